"""What may be said of a request for sums, in words: the dimensions, stages, price levels and units, in Danish too."""

from __future__ import annotations

from collections.abc import Iterable

UNITS = {
    **dict.fromkeys(("kr", "kr.", "dkk"), "DKK"),
    **dict.fromkeys(("fte", "årsværk", "aarsvaerk"), "fte"),
    **dict.fromkeys(("position", "positions", "stilling", "stillinger"), "position"),
}
DIMENSIONS = (
    *("committee", "municipality", "document", "number", "title", "label", "group", "role", "stage", "price-level"),
    *("unit", "signs", "column", "year"),
)
IN_DANISH = {
    "udvalg": "committee",
    "kommune": "municipality",
    "dokument": "document",
    "nummer": "number",
    "titel": "title",
    "række": "label",
    "gruppe": "group",
    "rolle": "role",
    "stade": "stage",
    "prisniveau": "price-level",
    "enhed": "unit",
    "fortegn": "signs",
    "kolonne": "column",
    "år": "year",
}
STAGES_IN_DANISH = {
    "forslag": "proposal",
    "budgetforslag": "proposal",
    "vedtaget": "adopted",
    "oprindeligt": "adopted",
    "korrigeret": "revised",
    "forventet": "expected",
    "regnskab": "accounts",
    "forbrug": "accounts",
    "afvigelse": "difference",
    "ukendt": "unknown",
}
STAGES = ("proposal", "adopted", "revised", "budget", "expected", "accounts", "difference", "unknown")
NEAR = 0.7
"""So much of a word and of the one that may be meant is the same, of 1."""
UNKNOWN = frozenset({"unknown", "none", "ukendt"})


def dimensions(names: Iterable[str]) -> tuple[str, ...]:
    """What sums are kept apart by, each once. Raises ValueError for a name of nothing."""
    typed = (name.strip().lower().replace("_", "-") for name in names if name.strip())
    found = tuple(dict.fromkeys(IN_DANISH.get(name, name) for name in typed))
    unknown = [name for name in found if name not in DIMENSIONS]
    if unknown:
        meant = _meant(unknown[0], (*DIMENSIONS, *IN_DANISH))
        raise ValueError(f"{unknown[0]!r} is nothing to sum by{meant}: use {', '.join(DIMENSIONS)}.")
    return found


def stage(word: str) -> str:
    """The stage of a budget. Raises ValueError for a word that is none."""
    typed = word.strip().lower()
    found = STAGES_IN_DANISH.get(typed, typed)
    if found not in STAGES:
        meant = _meant(typed, (*STAGES, *STAGES_IN_DANISH))
        raise ValueError(f"{word!r} is no stage of a budget{meant}: use {', '.join(STAGES)}.")
    return found


def _meant(word: str, known: Iterable[str]) -> str:
    """What a wrong word may be meant to be, in brackets; "" where none is near."""
    import difflib  # for a slip only

    near = difflib.get_close_matches(word, known, n=1, cutoff=NEAR)
    return f" (did you mean {near[0]!r}?)" if near else ""


def price_level(word: str) -> str:
    """The year of the prices, or "unknown". Raises ValueError for another word."""
    typed = word.strip().lower()
    if typed in UNKNOWN:
        return "unknown"
    if not (typed.isdecimal() and len(typed) == 4):
        raise ValueError(f"{word!r} is no price level: give its year (2026), or unknown for none printed.")
    return typed


def role(word: str) -> str:
    """The role of a row, by the words that a query takes too. Raises ValueError for a word that is none."""
    from index.fields import choices  # a list in a file, which only a request for roles has to read
    from index.text import fold

    known = choices()["role"]
    found = known.get(fold("".join(word.split()).lower()))
    if found is None:
        raise ValueError(f"{word!r} is no role of a row: use {', '.join(dict.fromkeys(known.values()))}.")
    return found


def year(word: str) -> int:
    """A year of four digits. Raises ValueError for another word."""
    typed = word.strip()
    if not (typed.isdecimal() and len(typed) == 4):
        raise ValueError(f"{word!r} is no year: give four digits (2026).")
    return int(typed)


def unit(word: str) -> str:
    """DKK, fte, position or the code of another currency. Raises ValueError for a word that is none."""
    typed = word.strip()
    found = UNITS.get(typed.lower(), typed.upper())
    if found not in UNITS.values() and not (len(found) == 3 and found.isascii() and found.isalpha()):
        raise ValueError(
            f"{word!r} is no unit: use kr, fte (årsværk), position (stillinger) or the code of a currency (EUR)."
        )
    return found
