"""The one unit that a document states for all its tables: of "alle beløb", or once, of no table in particular."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.model import Unit
from pipeline.tables.around.headlevel import level_of_head
from pipeline.tables.around.statements import is_of_whole, names_tables, runs
from pipeline.tables.around.surroundings import LONGEST_NOTE, NEAR, is_told
from pipeline.tables.content.labels import is_rate
from pipeline.tables.content.levels import price_levels
from pipeline.tables.content.rows import is_prose
from pipeline.tables.content.units import (
    UnitNote,
    holds_unit,
    is_note,
    last_statement,
    may_hold_unit,
    told_units,
    unit_note,
    units_in,
)

FAR = 1000
"""A unit so many characters before the next table is not said of that table alone."""
_FIGURES = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d(?!\d))\d[\d.,]*")
_HEAD = re.compile(r"(?<![\w.])(?:19|20)\d\d(?:[\s|]+(?:19|20)\d\d)+\W*$")
"""A line of years, which heads one table: the unit in it is not said of the others."""
_DIGIT = re.compile(r"\d")
_TABLED = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\d.,])|(?:^|[\s|])[(−–+-]?\d[\d.,]*[)−–-]?(?=\s*(?:$|\|))")
"""A year anywhere, or a figure at the end of a cell: two of them make a line of a table."""
_ENDS_IN_FIGURES = re.compile(r"(?:[\s|]+[(−–+-]?\s?\d[\d.,]*[)−–-]?(?:\s?%)?){2}[\s|]*$")
"""So do two figures side by side at the end of a line."""
_ALL_AMOUNTS = re.compile(r"[aA](?<!\w.)(?i:lle\s+(?:beløb|tal)\b)")


@dataclass(frozen=True, slots=True)
class DocumentUnit:
    """The one unit that a document states. ``everywhere``: it is said of all amounts, or once of no table right below.

    ``places`` and ``tabled``: where the lines end that state it, and those of tables. The unit over one table is not
    that of another one with a heading of its own. ``since``: no table that begins before it has the unit.
    """

    unit: Unit | None
    everywhere: bool
    places: Sequence[int] = ()
    tabled: Sequence[int] = ()
    since: int = 0

    def over(self, start: int) -> Unit | None:
        """The unit of a table that begins at a place in the text and states none."""
        last = bisect_right(self.places, start) - 1
        first = last >= 0 and self._next(self.places[last]) >= start
        return self.unit if (self.everywhere and start >= self.since) or first else None

    def _next(self, place: int) -> float:
        """Where the first line of a table after a place ends."""
        at = bisect_right(self.tabled, place)
        return self.tabled[at] if at < len(self.tabled) else float("inf")

    def is_loose(self, text: str) -> bool:
        """Whether it is stated somewhere with no table on the next three lines that are not blank."""
        for place in self.places:
            end = self._next(place)
            if end > place + FAR or sum(bool(line.strip()) for line in text[place : int(end)].split("\n")) > NEAR:
                return True
        return False


def document_unit(text: str) -> DocumentUnit:
    """The unit of a sentence on "alle beløb", else the one that headings and notes on tables state; None for two.

    "Alle beløb" at a table is said of that one, where other tables state another unit, and right over one not of those
    before it.
    """
    said = list(_said_of_all(text))
    unit = _one_unit(note for _, note in said)
    whole = unit is not None and _is_of_whole(text, said)
    if unit is not None and (whole or not _has_others(text, unit)):
        over_one = not whole and not any(_ends_table(text, end) for end, _ in said)
        return DocumentUnit(unit, everywhere=True, since=min(end for end, _ in said) if over_one else 0)
    stated = list(_stated(text)) if not said else []
    unit = _one_unit(note for _, note in stated)
    if unit is None:
        return DocumentUnit(None, everywhere=False)
    places = [end for end, _ in stated if not _ends_table(text, end)]
    found = DocumentUnit(unit, False, places, list(_tabled(text)) if places else [])
    loose = found.is_loose(text) and not _has_others(text, unit)
    return replace(found, everywhere=names_tables(text) or loose)


def level_of_all(unit: Unit | None, text: str) -> int | None:
    """The price level that the head, or the sentence on the unit of the whole, states and no other words gainsay."""
    said = price_levels(unit.text) if unit is not None and is_of_whole(unit.text) else set()
    if len(said) != 1 and (level := _level_of_head(text)) is not None:
        said = {level}
    return said.pop() if len(said) == 1 and len(_levels_in(text)) == 1 else None


_level_of_head = lru_cache(maxsize=2)(level_of_head)


@lru_cache(maxsize=2)
def _levels_in(text: str) -> frozenset[int]:
    return frozenset(price_levels(text))


def _has_others(text: str, unit: Unit) -> bool:
    """Whether a line that is no running text prints another unit, not behind a figure: "t.kr.  2026  2027"."""
    for line in text.split("\n"):
        if len(line) <= LONGEST_NOTE and holds_unit(line) and not is_prose(line):
            others = units_in(line)
            if any((other.factor, other.currency) != (unit.factor, unit.currency) for other in others):
                return True
    return False


def _said_of_all(text: str) -> Iterator[tuple[int, UnitNote]]:
    """The units of sentences on "alle beløb", with the end of their line."""
    for match in _all_amounts(text):
        end = text.find("\n", match.end(), match.end() + LONGEST_NOTE)
        end = end if end >= 0 else min(match.end() + LONGEST_NOTE, len(text))
        begin = _sentence_start(text, match.start())
        begin = begin if is_of_whole(text[begin : match.start()]) else match.start()
        if (note := unit_note(text[begin:end])) is not None:
            yield end, note


def _sentence_start(text: str, place: int) -> int:
    """Where the sentence of a place begins on its line: "Medmindre andet er anført, er alle beløb i 1.000 kr."."""
    before = text[max(place - LONGEST_NOTE, 0) : place]
    return place - min(len(before.rpartition(mark)[2]) for mark in ("\n", ". ", ": "))


def _all_amounts(text: str) -> Iterator[re.Match[str]]:
    """Where "alle beløb" stands; the pattern is tried only where "alle" does."""
    small = text.lower()
    if len(small) != len(text):
        yield from _ALL_AMOUNTS.finditer(text)
        return
    at = small.find("alle")
    while at >= 0:
        if (match := _ALL_AMOUNTS.match(text, at)) is not None:
            yield match
        at = small.find("alle", at + 1)


def _is_of_whole(text: str, said: Sequence[tuple[int, UnitNote]]) -> bool:
    """Whether a sentence on "alle beløb" speaks of the whole document: by its words, or as no table stands at it."""
    if any(is_of_whole(note.unit.text) for _, note in said):
        return True
    places = [end for end, _ in said if not _ends_table(text, end)]
    return bool(places) and DocumentUnit(None, False, places, list(_tabled(text))).is_loose(text)


def _ends_table(text: str, end: int) -> bool:
    """Whether the line that ends at a place stands right below a row of figures, or below a note on its table."""
    lines = [line.strip() for line in text[max(end - FAR, 0) : end].split("\n") if line.strip()][:-1]
    row = lines[-2] if len(lines) > 1 and is_note(lines[-1]) else lines[-1] if lines else ""
    return len(row) <= LONGEST_NOTE and _ENDS_IN_FIGURES.search(row) is not None and len(_FIGURES.findall(row)) > 1


def _tabled(text: str) -> Iterator[int]:
    """Where the lines end that have two years or figures: the tables that a unit above them is said of."""
    end = -1
    for line in text.split("\n"):
        end += 1 + len(line)
        if (
            len(line) <= LONGEST_NOTE
            and _DIGIT.search(line) is not None
            and (len(_TABLED.findall(line)) > 1 or _ENDS_IN_FIGURES.search(line) is not None)
            and not is_prose(line)
        ):
            yield end


def _units(notes: Iterable[UnitNote]) -> dict[tuple[str, str], Unit]:
    units: dict[tuple[str, str], Unit] = {}
    for note in notes:
        for unit in told_units(note.unit.text) or [note.unit]:
            units.setdefault((str(unit.factor), unit.currency), unit)
    return units


def _one_unit(notes: Iterable[UnitNote]) -> Unit | None:
    units = _units(notes)
    return next(iter(units.values())) if len(units) == 1 else None


def _stated(text: str) -> Iterator[tuple[int, UnitNote]]:
    """The units that lines of a text state which are neither running text nor rows of figures, with the line's end."""
    if not may_hold_unit(text):
        return
    before, end = "", -1
    for line in text.split("\n"):
        last, before, end = before, line, end + 1 + len(line)
        if len(line) > LONGEST_NOTE or not holds_unit(line):
            continue
        line = line[last_statement(line) or 0 :]
        if is_prose(line) and not is_told(line):
            continue
        if runs(line, last) or _HEAD.search(line):
            continue
        open_end = last.rstrip()[-1:].isdigit() or (is_prose(last) and not last.rstrip().endswith("."))
        note, rest = unit_note(line), line
        while note is not None and not (open_end and not rest[: note.start].strip()):
            rest = rest[note.end :]
            if not is_rate(line) and len(_FIGURES.findall(rest)) < 2:
                yield end, note
            note = unit_note(rest)
