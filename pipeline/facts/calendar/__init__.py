"""The pieces that dates and stretches of time in running text are read from."""
