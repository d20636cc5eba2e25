"""The words of a page in segments, lines, columns of text and cells, by where they stand."""
