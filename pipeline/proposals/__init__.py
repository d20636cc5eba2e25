"""Where the proposals of a paper begin and end: forms, numbers, titles, committees and sections."""
