"""The lines of a plain text, and which of them is a heading of years."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from pipeline.tables.content.grid import TextLine
from pipeline.tables.content.headings import (
    bracketed_years,
    counted_years,
    is_total_heading,
    is_year_heading,
    split_headings,
    year_of,
)
from pipeline.tables.content.spread import Token, gap_fields
from pipeline.tables.content.yearlines import FARTHEST, may_be_amounts
from pipeline.tables.content.years import years_in

_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_TOKEN = re.compile(r"\S+")
_WIDE = re.compile(r"[ \u00a0]{2,}|\t")
# A word that may hold a year: "2024", "B2024", "24" of "BO 24". What else is in it is left to the headings.
# Its first two digits come first: a pattern that begins with one set of characters is fast to search for.
_YEAR_WORD = re.compile(r"[1-4]\d(?:(?<=19|20)\d\d\S*|(?<![^bfrdtgoBFRDTGO\s.\-–'’]\d\d)\*{0,2}(?!\S))")
_ESTIMATE = re.compile(r"\b(?:bo|b\.o|budgetoverslag|overslag)\w{0,5}\.?[ -]?[1-5]\b", re.IGNORECASE)
LONGEST_CELL = 40
"""The heading of a year or of a total is no longer."""


class PlainLine:
    """A line without its quote marks: ``text`` begins at ``start`` of the whole text; ``tokens`` are its words.

    ``body`` is the text without outer blanks. ``dated``: it may be a heading of years.
    """

    __slots__ = ("_fields", "_years", "body", "start", "text")

    def __init__(self, start: int, text: str, *, dated: bool = True) -> None:
        self.start = start
        self.text = text
        self.body = text.strip()
        self._years: YearLine | Literal[False] | None = False if dated else None
        self._fields: list[str] | None = None

    @property
    def tokens(self) -> list[Token]:
        return [(self.start + m.start(), self.start + m.end(), m[0]) for m in _TOKEN.finditer(self.text)]

    @property
    def blank(self) -> bool:
        return not self.body

    @property
    def is_parted(self) -> bool:
        """Whether a tab or two blanks at least stand between its words."""
        body = self.body
        return ("  " in body or "\t" in body or "\u00a0" in body) and _WIDE.search(body) is not None

    @property
    def years(self) -> YearLine | None:
        if self._years is False:
            self._years = year_line(self)
        return self._years

    @property
    def fields(self) -> list[str]:
        """What stands side by side, parted by tabs or by two blanks at least."""
        if self._fields is None:
            self._fields = [field.strip() for field in _WIDE.split(self.body) if field.strip()]
        return self._fields

    def count_years(self) -> None:
        """Take its years for figures: they are those of a row below headings in words."""
        self._years = None

    @property
    def is_heading_cell(self) -> bool:
        body = self.body
        return len(body) <= LONGEST_CELL and (is_year_heading(body) or is_total_heading(body))

    def piece(self) -> TextLine:
        body = self.body
        start = self.start + len(self.text) - len(self.text.lstrip())
        return TextLine(body, ((start, start + len(body)),))


@dataclass(frozen=True)
class YearLine:
    """A line of year headings after an optional label; ``tabs``: the columns are parted by tabs.

    ``over``: the words on the line above, for each heading; empty where it says nothing of them.
    """

    label: list[Token]
    groups: list[list[Token]]
    tabs: bool = False
    over: Sequence[list[Token]] = ()

    @property
    def label_text(self) -> str:
        return " ".join(token[2] for token in self.label)

    @cached_property
    def texts(self) -> list[str]:
        return [" ".join(token[2] for token in group) for group in self.groups]

    @cached_property
    def years(self) -> list[int]:
        return years_in(self.texts)

    @property
    def runs(self) -> int:
        """How often the same years stand here, one run of them behind the other."""
        return _runs(self.years)


def count_amounts(lines: Sequence[PlainLine]) -> None:
    """Take years that may be amounts below headings in words for figures: who reads their row tells what they are."""
    dated = [n for n, line in enumerate(lines) if (years := line.years) is not None and years.label]
    for number in dated:
        first = max(number - FARTHEST, 0)
        texts = [line.fields for line in lines[first : number + 1 + FARTHEST]]
        if "|" not in lines[number].text and may_be_amounts(texts, number - first):
            lines[number].count_years()


def _may_hold_years(text: str) -> bool:
    """Whether two words may be years, without which no line is a heading of them."""
    first = _YEAR_WORD.search(text)
    return first is not None and _YEAR_WORD.search(text, first.end()) is not None


def _counted_line(line: PlainLine) -> YearLine | None:
    """The line as a heading of a budget year and numbered estimates: "B 2026", "BO 1", "BO 2"."""
    if not line.is_parted or _ESTIMATE.search(line.text) is None:
        return None
    fields = gap_fields(line.start, line.text)
    texts = [" ".join(token[2] for token in field) for field in fields]
    counted = counted_years(texts)
    first = next((n for n, text in enumerate(texts) if text in counted), 0) - 1
    if first not in {0, 1} or len(counted) < len(texts) - first - 1 or len(set(texts)) < len(texts):
        return None
    return YearLine(fields[0] if first else [], fields[first:], "\t" in line.text)


def year_line(line: PlainLine) -> YearLine | None:
    """The line as a heading of years, None for anything else ("I 2023 og 2024 blev …")."""
    if len(line.text) > 200:
        return None
    if (counted := _counted_line(line)) is not None or not _may_hold_years(line.text):
        return counted
    groups = split_headings(line.tokens)
    if groups is None:
        return None
    first = groups[0]
    own = _begins(line, groups)
    if own is None:
        return None
    bracketed = bracketed_years([group[-1][2] for group in groups])
    for cut in range(own, len(first)):
        text = " ".join(token[2] for token in first[cut:])
        if _heads(text, bracketed) and not (text[:1].islower() and first[cut][2] != "år"):
            break
    else:
        return None
    label, groups = first[:cut], [first[cut:], *groups[1:]]
    found = YearLine(label, groups, "\t" in line.text)
    if len(label) > 8 or any(text.split()[0].casefold() in {"og", "i", "til", "frem"} for text in found.texts[:1]):
        return None
    if not all(_heads(text, bracketed) for text in found.texts):
        return None
    if any(text.split()[0].casefold() in {"og", "eller", "til"} for text in found.texts):
        return None
    years = [year for text in found.texts if (year := year_of(text)) is not None]
    return (
        found
        if years in (sorted(years), sorted(years, reverse=True)) or (_runs(years) > 1 and not found.tabs)
        else None
    )


def _runs(years: Sequence[int]) -> int:
    """How often a run of several years that rise is printed, one behind the other: twice for 2026, 2027, 2026, 2027."""
    size = next((n for n, (a, b) in enumerate(pairwise(years), 1) if b <= a), len(years))
    times, rest = divmod(len(years), size) if size > 1 else (1, 0)
    return times if not rest and list(years) == list(years[:size]) * times else 1


def _heads(text: str, bracketed: Container[str]) -> bool:
    return is_year_heading(text) or is_total_heading(text) or text in bracketed


def _begins(line: PlainLine, groups: Sequence[Sequence[Token]]) -> int | None:
    """How many words of the first heading at least are of another column: a tab, or a gap where none of the others has
    one, stands behind them ("Forslag   2027"). None where a tab stands within one of the others.
    """
    parted = [max((n for n in range(1, len(group)) if _gap(line, group, n)), default=0) for group in groups]
    tabbed = ["\t" in line.text[group[0][0] - line.start : group[-1][1] - line.start] for group in groups]
    if any(tabbed[1:]):
        return None
    alike = any(len(groups[0]) - parted[0] == len(group) for group in groups[1:])
    return parted[0] if tabbed[0] or (alike and not any(parted[1:])) else 0


def _gap(line: PlainLine, group: Sequence[Token], number: int) -> bool:
    """Whether more than one blank parts a word from the one before it."""
    between = line.text[group[number - 1][1] - line.start : group[number][0] - line.start]
    return "\t" in between or len(between) > 1


def text_lines(text: str, start: int, end: int) -> Iterator[PlainLine]:
    """The lines of ``text[start:end]``, without quote marks before them."""
    piece = text[start:end]
    dated = _dated_lines(piece)
    at = 0
    for line in piece.removesuffix("\n").split("\n") if start < end else ():
        quote = _QUOTE.match(line) if ">" in line else None
        marks = quote.end() if quote else 0
        yield PlainLine(start + at + marks, line[marks:], dated=dated is None or at in dated)
        at += len(line) + 1


def _dated_lines(text: str) -> set[int] | None:
    """Where the lines begin that may be headings of years; None where each must be asked.

    Years that are counted stand apart, and quote marks go before a line is read: only running text is told at once.
    """
    if "  " in text or "\t" in text or "\u00a0" in text or ">" in text:
        return None
    words = [match.span() for match in _YEAR_WORD.finditer(text)]
    return {
        text.rfind("\n", 0, start) + 1 for (_, end), (start, _) in pairwise(words) if text.find("\n", end, start) < 0
    }
