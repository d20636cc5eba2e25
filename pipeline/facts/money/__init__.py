"""The pieces that amounts of money in running text are read from."""
