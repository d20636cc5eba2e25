"""Abbreviations of committees: what a text, its document and the lists say that "BUU" stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Committee
from pipeline.facts.bodies.names import Level, could_be_short, initials, overrides, validity
from pipeline.facts.bodies.unexplained import unexplained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.context import Context
    from pipeline.facts.bodies.names import Name
    from pipeline.language import Prose

_DEFINITION = re.compile(
    r"[*_]{0,2}(?:\s*\(|,?\s+(?=(?:herefter|i det følgende|forkortet|fremover)\b))"
    r"(?:(?:herefter|i det følgende|forkortet|fremover|også)?\s*+(?:benævnt|kaldet|kaldt|forkortet)?\s*+)?"
    r"[ ,:]*+[\"”»'“]?([A-ZÆØÅ]{2,6}[a-z]?)[\"”«'’“]?(?=[),;.\s])"
)
_REVERSED = re.compile(r"(?<![\w-])([A-ZÆØÅ]{2,6})[*_]{0,2}(?:\s*[=:(]|\s+[-–]|\t)\s*$")
_GOES_ON = re.compile(r"(?:['’]?s)?(?![\w@]|-\w|\.\w|/\d|[ \u00a0](?:\d+/(?:19|20)\d\d|\d{3,}))")
_BEFORE = frozenset("/.@§-_")
_SIGNS = ("=", ":", "(", "-", "–", "\t")
_CALLED = frozenset(("herefter", "følgende", "forkortet", "fremover"))


class Meanings(msgspec.Struct, frozen=True):
    """What a text says itself: the names of each abbreviation, and where the abbreviations stand that it explains."""

    names: dict[str, set[str]]
    places: frozenset[int]

    def only(self) -> dict[str, str]:
        """Name -> abbreviation, of the abbreviations with one meaning."""
        return {next(iter(names)): short for short, names in self.names.items() if len(names) == 1}


def definitions(prose: Prose, names: list[Name]) -> Meanings:
    """Abbreviations that the text itself explains: "Socialudvalget (SOU)", "…, herefter SOU", "SOU = …"."""
    text = prose.text
    meanings: dict[str, set[str]] = {}
    places: set[int] = set()
    worded = not _CALLED.isdisjoint(prose.words)
    for name in names:
        if name.name is None:
            continue
        for match in _explained(text, name, worded=worded):
            if could_be_short(match[1], name.name):
                meanings.setdefault(match[1], set()).add(name.name)
                places.add(match.start(1))
    return Meanings(meanings, frozenset(places))


def _explained(text: str, name: Name, *, worded: bool) -> Iterator[re.Match[str]]:
    """What may be an abbreviation right behind or right before a name."""
    if (worded or text.find("(", name.end, name.end + 5) >= 0) and (after := _DEFINITION.match(text, name.end)):
        yield after
    base = max(0, name.start - 14)
    if text[base : name.start].rstrip(" \n").endswith(_SIGNS):
        before = _REVERSED.search(text, base, name.start)
        if before:
            yield before


def abbreviations(prose: Prose, records: list[Committee], told: Meanings, context: Context) -> list[Committee]:
    """ "BUU" in running text by what it can stand for; with several meanings a record without name, with candidates."""
    known: dict[str, Committee] = {}
    for record in (*context.known_bodies, *records):
        if record.name and record.name not in known:
            known[record.name] = record
    found = []
    for short, names in _candidates(prose, records, told, context).items():
        if short.lower() not in prose.words:
            continue
        for start in _places(prose.text, short):
            if start not in told.places:
                found.append(_record(start, short, sorted(names), known, context))
    return found


def _candidates(prose: Prose, records: list[Committee], told: Meanings, context: Context) -> dict[str, set[str]]:
    """What each abbreviation may stand for: what the text says, else what the document says, else names and lists."""
    named = {record.name for record in records if record.name}
    named |= {body.name for body in context.known_bodies if body.name}
    meanings: dict[str, set[str]] = {}
    for name in named:
        short = initials(name)
        if short and len(short) > 2:  # two letters mean too much else: EU, SU
            meanings.setdefault(short, set()).add(name)
    for short, name in overrides("").items():
        if name in named:
            meanings.setdefault(short, set()).add(name)
    for short, name in overrides("*").items():
        rivals = set() if name in named else {other for other in named if could_be_short(short, other)}
        meanings.setdefault(short, set()).update({name}, rivals)
    for short, name in overrides(context.municipality or "-").items():
        meanings.setdefault(short, set()).add(name)
    explained = meanings | _of_document(context) | told.names
    return explained | unexplained(prose, named, explained)


def _of_document(context: Context) -> dict[str, set[str]]:
    """What the other parts of the document explain."""
    meanings: dict[str, set[str]] = {}
    for body in context.known_bodies:
        if body.name and body.abbreviation:
            meanings.setdefault(body.abbreviation, set()).add(body.name)
    return meanings


def _places(text: str, short: str) -> Iterator[int]:
    """Where the abbreviation stands as a word of its own, and not as part of a case number ("ØU 71/2010")."""
    at, size = text.find(short), len(short)
    while at >= 0:
        before = text[at - 1] if at else " "
        if not before.isalnum() and before not in _BEFORE and _GOES_ON.match(text, at + size):
            yield at
        at = text.find(short, at + size)


def _record(start: int, short: str, names: list[str], known: dict[str, Committee], context: Context) -> Committee:
    name = names[0] if len(names) == 1 else None
    like = known.get(names[0]) if name else None
    level: Level = "committee"
    if like:
        level = like.level
    elif name and not name.endswith("udvalget"):
        level = "council"
    first, last = validity(name) if name else (None, None)
    return Committee(
        start=start,
        end=start + len(short),
        text=short,
        name=name,
        level=level,
        abbreviation=short,
        municipality=like.municipality if like else context.municipality,
        candidates=[] if name else names,
        valid_from=first,
        valid_to=last,
        source=context.source,
    )
