"""Tables with drawn grids: cells that rules enclose, in full, in part, or in boxes of a form."""
