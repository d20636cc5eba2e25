"""The word tables of the Danish analysis: our own, small, and data only."""
