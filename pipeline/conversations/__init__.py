"""Conversations: the messages that belong together, gathered from all documents of a workspace."""
