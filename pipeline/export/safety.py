"""Text from documents must not command the program that shows it: no control characters, no formulas."""

from __future__ import annotations

import unicodedata

from corpus.patterns import late

# C0 and C1 controls but tab and line end, and the marks that turn the direction of writing (they hide file endings).
_CONTROL = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
# Also as Danes print it: "-206 000", "-1.250", "-0,5", "- 200". "+45 33 33 33 33" is no number, though all of digits.
_NUMBER = late(r"(?:[+-][ \u00a0\u202f]?)?(?:\d+(?:[.,]\d+)*|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?)")
# What a spreadsheet takes for the beginning of a formula, also in the wide letters of East Asian keyboards, and the
# blanks that it may drop before it when it opens a file. A tab or a line end may end the cell before.
_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u2060\ufeff"
_RISKY = frozenset(_SIGNS + _BLANKS)


def for_terminal(text: str) -> str:
    """The text without what a terminal would obey. Tabs and line ends stay."""
    return _CONTROL.sub("", text)


def on_one_line(text: str) -> str:
    """The text without control characters, every run of blanks and line ends as one blank."""
    return " ".join(for_terminal(text).split())


def is_like_a_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a text for a formula, or for a number with a sign."""
    if cell[:1] not in _RISKY:
        return False
    return cell[0] in "\t\r\n" or cell.lstrip(_BLANKS)[:1] in frozenset(_SIGNS)


def for_spreadsheet(cell: str) -> str:
    """The cell with ' in front when a spreadsheet would take it for a formula; numbers stay numbers."""
    if is_like_a_formula(cell) and not _NUMBER.fullmatch(cell.strip()):
        return f"'{cell}"
    return cell


def width(text: str) -> int:
    """Columns that the text takes in a terminal (wide letters two, combining marks none)."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
