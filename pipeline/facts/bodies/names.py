"""The names of political bodies: how they are cased, shortened, and told from other things that end in "udvalg"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from pipeline.lexicon import rows

Level = Literal["committee", "council", "board"]

W = "A-Za-zÆØÅæøåÄÖÜäöüÉé"
HYPHENS = "-‐‑"
_SMALL_WORDS = frozenset(("og", "for", "af", "i", "om", "samt", "vedr.", "vedrørende", "med", "til", "på", "de", "det"))
_WORD = re.compile(r"[^\W\d_]+")
_OF_MUNICIPALITY = (
    "kommunes ",
    "kommunens ",
    "regionens ",
    "kommunes\n",
    "kommunens\n",
    "regionens\n",
    "folketingets ",
)
_OF_REGION = re.compile(r"(?<!\w)region\s+\w+s\s$")
_SPLIT = re.compile(r"[\s,/&-]+")
_SPACED_HYPHEN = re.compile(r"\s+(?=[-‐‑–]\s*(?:og|samt)\s)", re.IGNORECASE)
_COMMA_AND = re.compile(r",(?=\s+og\s)", re.IGNORECASE)
_GLUED_AND = re.compile(r"(?<=[-‐‑–])og(?=\s)")
_AND_GLUED = re.compile(r"\s+og(?=[A-ZÆØÅ])")
_OPEN_HYPHEN = re.compile(r"[‐‑–](?=\W)")


class Name(msgspec.Struct, frozen=True, gc=False):
    """A body named at ``[start, end)``. ``name`` is None for what only looks like one (a MED-udvalg).

    ``bare``: the word "udvalget" alone. ``owned``: whether it is a municipality's at all ("national" boards are not,
    nor are committees of the Folketing).
    """

    start: int
    end: int
    name: str | None
    level: Level = "committee"
    bare: bool = False
    owned: bool = True


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in ``lexicon/committees.csv``: ``area``, ``trap``, ``board``, ``national`` and others."""
    return frozenset(row["word"] for row in rows("committees") if row["kind"] == kind)


@cache
def fixed_names() -> dict[str, tuple[str, Level]]:
    """Names without a definite form ("Teknisk Udvalg"): lower case -> name and level."""
    levels: dict[str, Level] = {"fixed": "committee", "fixed-board": "board"}
    return {row["word"]: (row["name"], levels[row["kind"]]) for row in rows("committees") if row["kind"] in levels}


@cache
def topics() -> dict[str, str]:
    """Listed topics of bodies named "Udvalget for …" or "Rådet for …": lower case -> as it is written in a name."""
    return {row["word"]: row["name"] for row in rows("committees") if row["kind"] in ("topic", "national-topic")}


@cache
def overrides(municipality: str) -> dict[str, str]:
    """Abbreviation -> name as a municipality uses them.

    "*" has those that need no name beside them anywhere, "" those that count where the text names the body.
    """
    return {
        row["abbreviation"]: row["name"]
        for row in rows("committees")
        if row["kind"] == "override" and row["municipality"] == municipality
    }


@cache
def short_of(municipality: str) -> dict[str, str]:
    """Name -> abbreviation as a municipality uses it."""
    return {name: short for short, name in reversed(overrides(municipality).items())}


@cache
def _validities() -> dict[str, tuple[str | None, str | None]]:
    listed = (row for row in rows("committees") if row["kind"] == "validity")
    return {row["name"]: (row["valid_from"] or None, row["valid_to"] or None) for row in listed}


def validity(name: str) -> tuple[str | None, str | None]:
    """The first and last day on which bodies of this name existed, as far as the law says so: amtsråd until 2006."""
    return _validities().get(name, (None, None))


def has_owner_before(low: str, start: int) -> bool:
    """Whether a genitive makes the word at ``start`` definite: "Fjordby Kommunes byråd", "Region Sjællands råd"."""
    base = max(0, start - 30)
    return low.endswith(_OF_MUNICIPALITY, base, start) or bool(
        low.endswith(("s ", "s\n"), base, start) and _OF_REGION.search(low, base, start)
    )


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


@lru_cache(maxsize=4096)
def titled(phrase: str) -> str:
    """A phrase in name case, its blanks single: "BØRN OG\\nUNGE" is "Børn og Unge"."""
    flat = " ".join(phrase.split())
    return _WORD.sub(lambda match: cased(match.group()), flat)


@lru_cache(maxsize=4096)
def composed(members: str, stem: str) -> str:
    """A name of its members and its last one, without the noun: "teknik-\\nog miljø" is "Teknik- og Miljø"."""
    if not members:
        return cased(stem)
    joined = _SPACED_HYPHEN.sub("", " ".join(members.split()) + " ")
    joined = _COMMA_AND.sub("", _GLUED_AND.sub(" og", joined))
    joined = _AND_GLUED.sub(" og ", joined)
    joined = _OPEN_HYPHEN.sub("-", joined)
    return titled(joined.strip()) + " " * (not joined.rstrip().endswith("/")) + cased(stem)


@lru_cache(maxsize=4096)
def are_fields(members: str, stem: str) -> bool:
    """Whether all members of a name are fields that committees are named after."""
    return all(is_area(word) for word in [*re.findall(rf"[{W}]{{3,}}", members), stem] if word.lower() != "samt")


@lru_cache(maxsize=4096)
def is_trap(stem: str, members: str) -> bool:
    """A body of staff or users, an abbreviation before the noun ("BUU-udvalget"), or no body at all."""
    plain = stem.lower().rstrip(HYPHENS)
    if stem.rstrip(HYPHENS).isupper() and stem.endswith(tuple(HYPHENS)):
        return not (members and is_area(plain))  # "Ældre- og Ø-udvalget"
    if members:
        return plain in ("med", "hovedmed", "arbejdsmiljø") or members.lower().startswith(
            ("med-", "sikkerheds- og arb")
        )
    return plain in words("trap") or plain.removesuffix("s") in words("trap") or plain.endswith("med")


@lru_cache(maxsize=4096)
def initials(name: str) -> str | None:
    """The abbreviation that follows from a committee's name: "Børne- og Ungdomsudvalget" is BUU. None without a rule.

    The rule (a letter per member and U) gave seven of eight abbreviations in use in one large municipality.
    """
    if not name.endswith("udvalget") or name.startswith(("Udvalget", "§")):
        return None
    members = [word for word in _SPLIT.split(name) if word and word not in (*_SMALL_WORDS, "udvalget")]
    letters = "".join(word[0] for word in members).upper()
    return f"{letters}U" if len(letters) <= 4 else None


def could_be_short(short: str, name: str) -> bool:
    """Whether the letters could stand for the name: the first the same, the rest in order. A party's are not."""
    letters = iter(name.lower())
    topic = name
    if name.startswith("Udvalget"):  # NKU is "Udvalget for Natur og Kyst"
        topic, short = name.partition(" for ")[2], short.removesuffix("U")
    return (
        len(short) >= 2
        and short not in words("party")
        and short[0].lower() in (topic[:1].lower(), "u")
        and all(letter in letters for letter in short.lower()[1:])
    )
