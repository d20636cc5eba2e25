"""The truth: contents, occurrences and what was found in them, in SQLite or another database that SQLAlchemy speaks."""
