""" "Udvalget" alone: the committee that it points back to, where it can mean only one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from corpus.model import Committee
from pipeline.facts.bodies.names import initials, validity

if TYPE_CHECKING:
    from pipeline.context import Context
    from pipeline.facts.bodies.names import Name
    from pipeline.language import Prose

_NOT_POINTING_BACK = re.compile(
    r"(?:kære|det|dette|hele|hvert|i alt|stort|bredt|et|andet|[\"”“»«'])\s*$", re.IGNORECASE
)
_BOUNDARY = re.compile(r"[.!?:]\s+(?=[A-ZÆØÅ\d–-]|$)|\n[ \t]*\n|\n[ \t]*[-–•]")
_HEADING = 40  # characters before and behind a name in a heading
_SENTENCE = 500  # characters: longer is no sentence
_CHOICE = re.compile(r"\s+af\s|[\"”“»«']")


def pointing_back(prose: Prose, names: list[Name], records: list[Committee], context: Context) -> list[Committee]:
    """A record for each "udvalget" that means the committee named last, marked ``resolved``.

    Not when that one's sentence names another, when others were named before and a paragraph lies between, or after a
    MED-udvalg. In an agenda item or minutes it is the committee whose meeting it is, and nobody where another was
    named last.
    """
    if not any(name.bare for name in names):
        return []
    text = prose.text
    by_start = {record.start: record for record in records}
    host = _host(context)
    found: list[Committee] = []
    named: list[Name] = []
    for name in names:
        if not name.bare:
            if name.level == "committee":
                named.append(name)
        elif _points_back(text, name):
            meant = _meant(prose, named, name, host.name if host else None, by_start)
            meant = host if meant is None and host and not named else meant
            if meant:
                text_of = text[name.start : name.end]
                found.append(replace(meant, start=name.start, end=name.end, text=text_of, resolved=True))
    return found


def _host(context: Context) -> Committee | None:
    """The committee whose meeting it is."""
    name = context.meeting_body
    if not name or not (name.endswith(("udvalget", " Udvalg")) or name.startswith("Udvalget")):
        return None
    first, last = validity(name)
    return Committee(
        start=0, end=0, text="", name=name, level="committee", abbreviation=initials(name),
        municipality=context.municipality, source=context.source, valid_from=first, valid_to=last,
    )  # fmt: skip


def _meant(
    prose: Prose, named: list[Name], bare: Name, host: str | None, by_start: dict[int, Committee]
) -> Committee | None:
    """The committee named last before ``bare``, unless it has a rival."""
    if not named or named[-1].name is None:
        return None
    last = named[-1]
    if host is not None and last.name != host:
        return None
    rival = next((name for name in reversed(named) if name.name != last.name), None)
    if rival:
        if _is_one_sentence(prose.text, rival.end, last.start):
            return None
        if host is None and "\n\n" in prose.text[last.end : bare.start] and not _heads(prose.text, last):
            return None
    return by_start.get(last.start)


def _heads(text: str, name: Name) -> bool:
    """Whether the name stands in a heading: "Beslutning i Socialudvalget den 3. maj 2023", a blank line below."""
    start = text.rfind("\n", 0, name.start) + 1
    stop = text.find("\n", name.end)
    if name.start - start > _HEADING or not 0 <= stop < name.end + _HEADING or not text.startswith("\n\n", stop):
        return False
    return not text[start:stop].rstrip().endswith((".", "!", "?", ","))


def _is_one_sentence(text: str, end: int, start: int) -> bool:
    return start - end < _SENTENCE and not _BOUNDARY.search(text, end, start)


def _points_back(text: str, name: Name) -> bool:
    return not _NOT_POINTING_BACK.search(text, max(0, name.start - 12), name.start) and not _CHOICE.match(
        text, name.end
    )
