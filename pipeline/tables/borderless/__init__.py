"""Tables without a drawn grid, found by where the words of a page stand."""
