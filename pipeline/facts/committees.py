"""Political bodies named in a text: committees, councils, boards.

``level``: ``committee`` for standing and § 17, stk. 4 committees, the statutory Folkeoplysningsudvalg and a magistrate;
``council`` for Byråd, Borgerrepræsentation, Kommunalbestyrelse and Regionsråd; ``board`` for råd, nævn, kommissioner.
No record: MED-udvalg, lokaludvalg, samarbejdsudvalg and other bodies of staff and users, committees of the Folketing,
and the word "udvalg" alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from corpus.model import Committee
from pipeline.facts import municipalities
from pipeline.facts.bodies import abbreviation_of, initials, overrides
from pipeline.facts.bodies_scan import Name, scan

if TYPE_CHECKING:
    from corpus.model import Problem, Record
    from pipeline.context import Context
    from pipeline.language import Prose

_DEFINITION = re.compile(
    r"[*_]{0,2}\s*\((?:herefter|i det følgende|forkortet|også kaldet|kaldet)?"
    r"[ ,:]*[\"”»']?([A-ZÆØÅ]{2,6}[a-z]?)[\"”«']?\)"
)
_REVERSED = re.compile(r"(?<![\w-])([A-ZÆØÅ]{2,6})\s*[=:(]\s*$")
_SHORT = re.compile(r"(?<![\w/.@§-])([A-ZÆØÅ]{2,5})(?=(?:['’]?s)?(?![\w@]|-\w|\.\w|/\d))")
_NOT_POINTING_BACK = re.compile(r"(?:kære|det|dette|hele|hvert|i alt|stort|bredt|et)\s+$", re.IGNORECASE)
_CHOICE = re.compile(r"\s+af\s")


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The bodies named in a text in order, genitive included in the span. Abbreviations only when the text tells."""
    text = prose.text
    names = scan(text)
    defined = _definitions(text, names)
    nearby = municipalities.mentions(prose)
    records = [
        _record(text, name, defined, _owner(name, nearby, text, context), context) for name in names if name.name
    ]
    records += _abbreviations(text, names, records, defined, context)
    records += _pointing_back(prose, names, records)
    ordered: list[Record] = [*sorted(records, key=lambda record: record.start)]
    return ordered, []


def _definitions(text: str, names: list[Name]) -> dict[str, str]:
    """Abbreviations that the text itself explains: "Socialudvalget (SOU)" or "SOU = Socialudvalget"."""
    meanings: dict[str, set[str]] = {}
    for name in names:
        if not name.name:
            continue
        after = _DEFINITION.match(text[name.end : name.end + 60])
        before = _REVERSED.search(text[max(0, name.start - 12) : name.start])
        for match in filter(None, (after, before)):
            if _could_be_short(match[1], name.name):
                meanings.setdefault(match[1], set()).add(name.name)
    return {short: next(iter(long)) for short, long in meanings.items() if len(long) == 1}


def _could_be_short(short: str, name: str) -> bool:
    """Whether the letters could stand for the name: the first the same, the rest in order. A party's are not."""
    letters = iter(name.lower())
    return (
        len(short) >= 2 and short[0].lower() in (name[0].lower(), "u") and all(c in letters for c in short.lower()[1:])
    )


def _owner(name: Name, nearby: list[municipalities.Mention], text: str, context: Context) -> str | None:
    """The municipality printed beside the body ("Aarhus Byråd", "Byrådet i Fjordby Kommune"), or the document's."""
    if name.national:
        return None
    at = bisect_right(nearby, name.start, key=lambda mention: mention.start)
    if at and nearby[at - 1].end <= name.start and nearby[at - 1].cue in ("kommune", "council"):
        between = text[nearby[at - 1].end : name.start]
        if len(between) < 4 and between.strip(" \n") in ("", "-"):
            return nearby[at - 1].name
    if at < len(nearby) and nearby[at].cue in ("kommune", "place"):
        between = text[name.end : nearby[at].start]
        if len(between) < 6 and between.split() == ["i"]:
            return nearby[at].name
    return context.municipality


def _record(text: str, name: Name, defined: dict[str, str], owner: str | None, context: Context) -> Committee:
    return Committee(
        start=name.start,
        end=name.end,
        text=text[name.start : name.end],
        name=name.name or "",
        level=name.level,
        abbreviation=abbreviation_of(name.name or "", name.level, owner, defined),
        municipality=owner,
        source=context.source,
    )


def _abbreviations(
    text: str, names: list[Name], records: list[Committee], defined: dict[str, str], context: Context
) -> list[Committee]:
    """ "BUU" in running text, where the text defines it or names exactly one body that it can stand for."""
    known = _candidates(records, defined, context)
    levels = {record.name: record.level for record in records}
    found = []
    for match in _SHORT.finditer(text):
        name = known.get(match[1])
        if name is None or _is_definition(text, match, names, name):
            continue
        owner = next((record.municipality for record in records if record.name == name), context.municipality)
        found.append(
            Committee(
                start=match.start(1),
                end=match.end(1),
                text=match[1],
                name=name,
                level=levels.get(name, "committee" if name.endswith("udvalget") else "council"),
                abbreviation=match[1],
                municipality=owner,
                source=context.source,
            )
        )
    return found


def _candidates(records: list[Committee], defined: dict[str, str], context: Context) -> dict[str, str]:
    meanings: dict[str, set[str]] = {}
    named = {record.name for record in records if record.name}
    for name in named:
        short = initials(name)
        if short and len(short) > 2:  # two letters mean too much else: EU, SU
            meanings.setdefault(short, set()).add(name)
    for short, name in overrides("").items():
        if name in named:
            meanings.setdefault(short, set()).add(name)
    for short, name in overrides(context.municipality or "-").items():
        meanings[short] = {name}
    return {short: next(iter(long)) for short, long in meanings.items() if len(long) == 1} | defined


def _is_definition(text: str, match: re.Match[str], names: list[Name], name: str) -> bool:
    """Whether the abbreviation is printed right behind the name that it stands for: the name is the record."""
    at = bisect_right(names, match.start(), key=lambda item: item.start)
    behind = at and names[at - 1].name == name and 0 <= match.start() - names[at - 1].end < 30
    return bool(behind and re.fullmatch(r"[*_]{0,2}\s*\([^()]*", text[names[at - 1].end : match.start()]))


def _pointing_back(prose: Prose, names: list[Name], records: list[Committee]) -> list[Committee]:
    """ "Udvalget" where one committee was named last: not when its sentence names another, nor after a MED-udvalg."""
    text = prose.text
    spans = prose.sentences
    by_start = {record.start: record for record in records}
    found: list[Committee] = []
    last: Name | None = None
    rivals: set[str | None] = set()
    last_sentence = -1
    for name in names:
        if not name.bare:
            if name.level != "committee":
                continue
            sentence = bisect_right(spans, (name.start, len(text) + 1))
            rivals = rivals | {name.name} if sentence == last_sentence else {name.name}
            last, last_sentence = name, sentence
            continue
        if last is None or last.name is None or len(rivals) > 1 or not _points_back(text, name):
            continue
        meant = by_start[last.start]
        found.append(replace(meant, start=name.start, end=name.end, text=text[name.start : name.end], resolved=True))
    return found


def _points_back(text: str, name: Name) -> bool:
    before, after = text[max(0, name.start - 12) : name.start], text[name.end : name.end + 5]
    return not _NOT_POINTING_BACK.search(before) and not _CHOICE.match(after)
