"""The unit at the end of a title with running text below it: "Bevillinger, 1.000 kr.", two sentences, a table."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.around.statements import runs
from pipeline.tables.content.levels import price_level
from pipeline.tables.content.rows import VERBS, is_prose
from pipeline.tables.content.units import UnitNote, unit_note

LONGEST_TITLE = 90
SHORTEST_LINE = 60
"""A line of running text that begins a paragraph and is no whole sentence has so many characters at least."""
FEWEST_WORDS = 3
"""So many words at least make a sentence; fewer with a stop are the end of one."""
_STOPS = (".", "!", "?")


def titled_unit(above: Sequence[str]) -> tuple[int, UnitNote] | None:
    """The unit of the nearest title over a table, with its line, where nothing but paragraphs stands between them.

    ``above``: the lines over the table, from the top down. A title between that says no unit, and another unit, end
    the search: neither speaks of what stands below it.
    """
    for number in range(len(above) - 1, -1, -1):
        note = unit_note(above[number])
        if note is None or runs(above[number], above[number - 1] if number else ""):
            continue
        below = above[number + 1 :]
        before = above[number - 1] if number else ""
        return (number, note) if below and _is_title(above[number], note, before) and _are_paragraphs(below) else None
    return None


def _is_title(text: str, note: UnitNote, before: str) -> bool:
    """Whether a line is a name and a unit behind it, and neither a sentence nor the end of one."""
    name, rest = text[: note.start].strip(" ,:;(-–"), text[note.end :].strip(" ,.:;)")
    if len(text) > LONGEST_TITLE or not name[:1].isalnum() or name[:1].islower() or is_prose(text):
        return False
    said = not rest or (price_level(rest) is not None and len(rest.split()) < FEWEST_WORDS)
    ends = is_prose(before) and not before.rstrip().endswith(_STOPS)
    return said and VERBS.isdisjoint(name.casefold().split()) and not ends


def _are_paragraphs(lines: Sequence[str]) -> bool:
    """Whether lines are whole sentences: no other title stands among them."""
    ended = True
    for text in lines:
        body = text.strip()
        stopped = body.endswith(_STOPS)
        begun = is_prose(body) or len(body) >= SHORTEST_LINE or (stopped and len(body.split()) >= FEWEST_WORDS)
        if ended and not begun:
            return False
        ended = stopped
    return ended
