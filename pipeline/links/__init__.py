"""Links between papers: what a reference points to, what points to a paper, and which decision a message is about."""
