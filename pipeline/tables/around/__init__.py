"""What stands around a table and belongs to it: units, captions, running heads, and its other half overleaf."""
