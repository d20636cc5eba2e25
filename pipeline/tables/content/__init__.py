"""What the cells, headings, names and rows of a table say, wherever the table was found."""
