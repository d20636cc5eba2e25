"""The price level that the head of a document states for all amounts: "Alle beløb er i 1.000 kr. og 2026-priser."."""

from __future__ import annotations

import re

from pipeline.tables.content.levels import price_levels

FAR = 2000
"""The head of a document has so many characters at most."""
_SAID = re.compile(
    r"(?<!\w)[aA]lle\s+(?:beløb|tal)(?:\s+(?:er|vises|angives|opgøres))?(?:\s+(?:angivet|opgjort|vist|anført))?\s+i\s[^\n]*"
)
_OTHERS = re.compile(r"\b(?:tabel|skema|oversigt|figur|afsnit|neden|oven|herunder|regnskab|forbrug)", re.IGNORECASE)
"""What a sentence says that is of one table or section, or of some columns."""
_RANGE = re.compile(r"(?:19|20)\d\d\s?[-–—/]\s?(?:(?:19|20)\d\d|\d\d)")
_FIGURE = r"(?<![\w.,])[(−–+-]?\d[\d.,]*[)−–-]?(?:\s?%)?"
_TABLED = re.compile(rf"{_FIGURE}[\s|]+{_FIGURE}[\s|]*$|(?:19|20)\d\d\D+(?:19|20)\d\d|\|.*\|")
"""Two figures at the end of a line, two years, or cells between bars."""


def level_of_head(text: str) -> int | None:
    """The level of a sentence on "alle beløb" that no table stands above, nor right below, where it may be its own."""
    match = _SAID.search(text, 0, FAR)
    if match is None:
        return None
    said = price_levels(match[0])
    if len(said) != 1 or _OTHERS.search(match[0]) is not None:
        return None
    above = text[: match.start()].split("\n")
    below = next((line for line in text[match.end() : match.end() + FAR].split("\n") if line.strip()), "")
    return None if any(map(_is_tabled, (*above, below))) else said.pop()


def _is_tabled(line: str) -> bool:
    return _TABLED.search(_RANGE.sub(" ", line)) is not None
