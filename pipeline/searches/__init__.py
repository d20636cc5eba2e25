"""Searches that are kept or come by the hundred: files of queries, and what is new since last time."""
