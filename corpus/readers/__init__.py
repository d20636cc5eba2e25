"""Which reader claims which bytes. A file is claimed by its bytes, not its name, by one reader or by none."""
