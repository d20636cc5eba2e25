"""The pieces that positions and full-time equivalents in running text are read from."""
