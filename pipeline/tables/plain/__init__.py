"""Tables where only lines of text are left: pipes, tabs, columns of blanks."""
