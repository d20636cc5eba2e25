"""The names of political bodies: how they are cased, shortened, and told from other things that end in "udvalg"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pipeline.lexicon import rows

Level = Literal["committee", "council", "board"]

_SMALL_WORDS = frozenset(("og", "for", "af", "i", "om", "samt", "vedr.", "vedrørende", "med", "til", "på", "de", "det"))
_WORD = re.compile(r"[^\W\d_]+")


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in ``lexicon/committees.csv``: ``area``, ``trap``, ``board``, ``national``."""
    return frozenset(row["word"] for row in rows("committees") if row["kind"] == kind)


@cache
def fixed_names() -> dict[str, tuple[str, Level]]:
    """Names without a definite form ("Teknisk Udvalg"): lower case -> name and level."""
    levels: dict[str, Level] = {"fixed": "committee", "fixed-board": "board"}
    return {row["word"]: (row["name"], levels[row["kind"]]) for row in rows("committees") if row["kind"] in levels}


@cache
def overrides(municipality: str) -> dict[str, str]:
    """Abbreviation -> name as a municipality uses them, or ("") as they are used anywhere."""
    return {
        row["abbreviation"]: row["name"]
        for row in rows("committees")
        if row["kind"] == "override" and row["municipality"] == municipality
    }


def is_area(word: str) -> bool:
    """Whether a member of a name ("børne-", "Kultur", "teknik") is a field that committees are named after."""
    plain = word.lower().rstrip("-‐‑–")
    return plain in words("area") or plain.removesuffix("s") in words("area")


def cased(word: str) -> str:
    """A member as it stands in a name: "BØRNE-" and "børne-" are "Børne-"; small words stay small."""
    if word.lower() in _SMALL_WORDS:
        return word.lower()
    plain = word.lower() if word.isupper() and len(word) > 1 else word
    return plain[:1].upper() + plain[1:]


def titled(phrase: str) -> str:
    """A phrase in name case, its blanks single: "BØRN OG\\nUNGE" is "Børn og Unge"."""
    flat = " ".join(phrase.split())
    return _WORD.sub(lambda match: cased(match.group()), flat)


def initials(name: str) -> str | None:
    """The abbreviation that follows from a committee's name: "Børne- og Ungdomsudvalget" is BUU. None without a rule.

    The rule (a letter per member and U) gave seven of eight abbreviations in use in one large municipality.
    """
    if not name.endswith("udvalget") or name.startswith(("Udvalget", "§")):
        return None
    members = [word for word in re.split(r"[\s,/&-]+", name) if word and word not in (*_SMALL_WORDS, "udvalget")]
    letters = "".join(word[0] for word in members).upper()
    return f"{letters}U" if len(letters) <= 4 else None


def abbreviation_of(name: str, level: Level, municipality: str | None, defined: dict[str, str]) -> str | None:
    """What a body is called for short: as the text defines it, as the list has it, or by its initials."""
    for table in (defined, overrides(municipality or "-")):
        for short, long in table.items():
            if long == name:
                return short
    return initials(name) if level == "committee" else None
