"""The pieces that decisions are read from: verbs, agents, verdicts, votes, conditions, points and figures."""
