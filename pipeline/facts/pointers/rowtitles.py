"""Where the title behind a proposal's number ends and the figures of its row begin: "BSU01 Færre møder -100 -200"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIGURE = r"[+−÷–-]?\(?\d[\d.,]*\)?-?%?"
_FIGURES = re.compile(rf"(?<=[ \t\u00a0])(?:(?:{_FIGURE}|[–-])(?:[ \t\u00a0]+|$))+$")
_TOKEN = re.compile(r"[^ \t\u00a0]+")
_FIELD_END = re.compile(r"\t|[ \u00a0]{3}|[ \u00a0]?\|")
_LAST = re.compile(rf"(?P<figures>(?:[ \u00a0](?:{_FIGURE}|[–-]))+)$")
_AMOUNT = re.compile(r"(?<!\S)(?:[+−÷–-]\(?\d|\(\d|\d{1,3}[.,]\d|(?!(?:19|20)\d\d(?!\d))\d{3})")
"""A figure that a name does not end in, as "Hal 3" and "Budget 2026" do."""


def title_of(text: str, start: int, title: str, taken: Sequence[tuple[int, int]]) -> str | None:
    """A title that begins behind ``start``, without the cells behind it on its line; None where nothing is left.

    ``taken``: spans of a text that tables have claimed, which tell where the figures of a row begin: a name with a
    figure in it is in none.
    """
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    run = _FIGURES.search(text, start, end)
    tokens = (token.start() for token in _TOKEN.finditer(text, run.start(), end)) if run is not None else iter(())
    row = next((at for at in tokens if any(s <= at < e for s, e in taken)), end)
    lead = len(text[start:row]) - len(text[start:row].lstrip(" \t\u00a0-–:"))
    printed = text[start + lead : row]
    if (gap := _FIELD_END.search(printed)) is not None:
        printed = printed[: gap.start()]
    elif row == end:
        printed = title
        if (last := _LAST.search(title)) and (amount := _AMOUNT.search(title, last.start())):
            printed = title[: amount.start()]
    return " ".join(printed.split()).strip(" .;") or None
