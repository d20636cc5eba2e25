"""What a document is, how it is read, and where it is kept. Imports nothing of ours."""
