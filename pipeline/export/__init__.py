"""What leaves Akt: rows, and the formats they are written in."""
