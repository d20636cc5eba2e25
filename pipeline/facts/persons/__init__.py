"""Names of people: in headers, greetings, signatures and lists, and where a text names them again."""
