"""Price levels as tables and their notes print them: "2023-pl", "pris- og lønniveau 2023", "Årets priser"."""

from __future__ import annotations

import re

_LEVEL_WORD = r"(?:priser|prisniveau|pris|pl|p/l|p\.l\.|p&l|pris-?\s*og\s*lønniveau|løn-?\s*og\s*prisniveau|niveau)"
_LEVEL_CUE = re.compile(r"pris|p[/.&]?l|niveau", re.IGNORECASE)
"""Each price level has one of these."""
_LEVELS = (
    re.compile(rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-–/]?\s?{_LEVEL_WORD}(?!\w)", re.IGNORECASE),
    re.compile(
        r"(?:pris-?\s*og\s*lønniveau|løn-?\s*og\s*prisniveau|pl-niveau|p/l-niveau|prisniveau|faste priser|p/l|\bpl)"
        r"[\s:,(-]{0,3}(?:(?:i|er|for|fra)\s)?(?P<year>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d.,])(?P<year>\d\d)[-/](?:pl|p/l|priser)(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:pl|p/l)-?(?P<year>\d\d)(?![\w-])", re.IGNORECASE),
)
_UNDATED_LEVEL = re.compile(
    r"(?:beløb(?:ene)?\s)?(?:(?:er\s)?(?:i|opgjort i|angivet i)\s)?(?:årets|løbende|faste|de\sårlige)\s"
    r"(?:pris\w*|p/l|pl|pris-?\sog\slønniveau)",
    re.IGNORECASE,
)


def price_levels(text: str) -> set[int]:
    """2023 for "2023-priser", "2023-pl", "pris- og lønniveau 2023", "(2023 p/l)", "P/L 2023"; two are no level."""
    years = {int(match["year"]) for match in _levels(text)}
    return {year if year > 99 else 2000 + year for year in years}


def price_level(text: str) -> int | None:
    """The one price level that ``text`` states; None for none, and for "2024-pl, fremskrevet til 2025-pl"."""
    years = price_levels(text)
    return years.pop() if len(years) == 1 else None


def level_spans(text: str) -> list[tuple[int, int]]:
    """Where ``text`` states price levels, each with its year."""
    return [match.span() for match in _levels(text)]


def is_undated_level(text: str) -> bool:
    """True for a text that is nothing but a price level of no one year: "Årets priser", "(løbende priser)"."""
    return _UNDATED_LEVEL.fullmatch(text.strip(" ().:")) is not None


def _levels(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    if _LEVEL_CUE.search(text) is None:
        return found
    for pattern in _LEVELS:
        taken = [match.span() for match in found]
        found += [m for m in pattern.finditer(text) if not any(m.start() < e and s < m.end() for s, e in taken)]
    return found
