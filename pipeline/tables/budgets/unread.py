"""The safety net: rows of figures near a line of years or a unit that went into no table are named, never lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.reading import Reading
from pipeline.tables.around.breaks import is_mark
from pipeline.tables.budgets.checks import SUMS
from pipeline.tables.budgets.ledger import Marked
from pipeline.tables.content.cells import is_masked
from pipeline.tables.content.labels import role_of
from pipeline.tables.content.rows import is_prose, starts_section
from pipeline.tables.content.spread import is_figure
from pipeline.tables.content.units import unit_note

LONGEST_LINE = 250
RIGHT_BELOW = 3
"""A lone row no more than so many printed lines below a table is one of its rows, for all that a page ends between."""
NEAR = 6
"""A row this many printed lines below a line of years, a table or another row is near it."""
_WIDE = re.compile(r" {3}|\t")
_BESIDE = frozenset({"kr.", "kr", "%"})
"""What may stand behind a figure."""
_YEAR = re.compile(r"(?<![\d.,/\-])(?:19|20)\d\d(?![\d.,]\d|\d)")
_DATED = re.compile(
    r"\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b", re.I
)
_DIGIT = re.compile(r"\d")
_PAIRS = re.compile(r"\+?\d\d(?: \d\d)+")


@dataclass(frozen=True, slots=True)
class _Text:
    """A printed line. ``figures``: how many stand at its end after a label; ``taken``: a table has it.

    ``heads``: it has years, or ends in a unit of money, as what stands over a table does.
    """

    start: int
    text: str
    figures: int
    heads: bool
    taken: bool


def unread_rows(reading: Reading, taken: Marked) -> list[tuple[int, Problem]]:
    """A ``table-refused`` problem for each stretch of rows in no table, though years, a unit or a table stand near.

    Each with the place in the text where the stretch begins.
    """
    problems: list[tuple[int, Problem]] = []
    if not _may_have_rows(reading.text, taken):
        return problems
    for run in _runs(_lines(reading.text, taken)):
        first = run[0]
        page = next((p.number for p in reversed(reading.pages) if p.start <= first.start), None)
        begun = first.text.strip()[:60]
        sentence = f'{len(run)} rows from "{begun}" on look like a table, but their columns cannot be told; their'
        if len(run) == 1:
            sentence = f'The row "{begun}" looks like one of a table, but its columns cannot be told; its'
        note = problem(Code.TABLE_REFUSED, f"{sentence} figures are not given.", page=page)
        problems.append((first.start, note))
    return problems


def _may_have_rows(text: str, taken: Marked) -> bool:
    """Whether a line at least ends in figures and no table has it: else no row can be named."""
    start = 0
    for line in text.split("\n"):
        if len(line) <= LONGEST_LINE and not _is_taken(start, line, taken) and _has_figures(line, _figures(line)):
            return True
        start += len(line) + 1
    return False


def _has_figures(line: str, figures: int) -> bool:
    """Whether a line has figures enough to be a row: two, or one behind the name of a sum, "I alt"."""
    return figures >= 2 or (figures == 1 and _is_sum(line.replace("|", " ").split()))


def _is_sum(words: Sequence[str]) -> bool:
    """Whether words are the name of a sum and its figure, and nothing of a sentence."""
    *name, figure = words
    plain = name and name[0][0].isupper() and not any(char.isdigit() for word in name for char in word)
    return bool(plain) and figure not in _BESIDE and figure[-1] != "%" and role_of(" ".join(name)) in SUMS


def _printed(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its place."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield start, line
        start += len(line) + 1


def _is_taken(start: int, line: str, taken: Marked) -> bool:
    return taken.any_in(start, start + len(line) + 1)


def _lines(text: str, taken: Marked) -> Iterator[_Text]:
    for start, line in _printed(text):
        is_taken = _is_taken(start, line, taken)
        told = not is_taken and len(line) <= LONGEST_LINE and _DIGIT.search(line) is not None
        figures = _figures(line) if told else 0
        heads = not is_taken and len(line) <= LONGEST_LINE and (_has_years(line) or (figures < 2 and _says_unit(line)))
        yield _Text(start, line, figures, heads, is_taken)


def _has_years(line: str) -> bool:
    years = len(set(_YEAR.findall(line)))
    return years >= 2 and (not is_prose(line) or _WIDE.search(line.strip()) is not None)


def _says_unit(line: str) -> bool:
    """Whether a line says the unit of money of what stands below it: "Anlægsoversigt i mio. kr.", "(1.000 kr.)"."""
    note = unit_note(line)
    return note is not None and not is_prose(line) and not line[note.end :].strip(" .:)")


def _figures(text: str) -> int:
    """The figures at the end of a line after a label; 0 for running text, dates, years and telephone numbers."""
    bare = text.replace("|", " ").rstrip()
    if not bare or (bare[-1].isalpha() and bare[-1] not in "rx") or not _is_printed_figure(bare.rsplit(None, 1)[-1]):
        return 0
    words = bare.split()
    first = len(words)
    while first and _is_printed_figure(words[first - 1]):
        first -= 1
    label, figures = " ".join(words[:first]), words[first:]
    if not any(char.isalpha() for char in label) or is_prose(label) or starts_section(text):
        return 0
    if _PAIRS.fullmatch(" ".join(figures)) or _DATED.search(label):
        return 0
    printed = sum(is_masked(each) or (any(map(str.isdigit, each)) and not _YEAR.fullmatch(each)) for each in figures)
    return printed + sum(not any(c.isalnum() or c == "%" for c in figure) for figure in figures) if printed else 0


def _is_printed_figure(word: str) -> bool:
    return word in _BESIDE or is_figure(word) or is_masked(word)


def _runs(lines: Iterable[_Text]) -> Iterator[list[_Text]]:
    """Stretches of rows of two figures or more below years, a unit or a table: two rows, or one right below a table,
    where a sum may have one figure.

    The headings of the table, printed again, part such a row from it by nothing.
    """
    run: list[_Text] = []
    printed: set[str] = set()
    since, known, below, last = NEAR + 1, False, False, NEAR
    for line in lines:
        since += 1
        if line.taken:
            last = 0
            printed.add(line.text)
        elif line.text not in printed:
            last += 1
        if since > NEAR or is_prose(line.text) or (starts_section(line.text) and not is_mark(line.text)):
            if known and (len(run) >= 2 or (run and below)):
                yield run
            run, known = [], False
        if line.figures >= 2 or (not run and last <= 1 and _has_figures(line.text, line.figures)):
            below = below if run else last <= RIGHT_BELOW
            run, since = [*run, line], 0
        elif line.taken or line.heads:
            known, since = True, 0
    if known and (len(run) >= 2 or (run and below)):
        yield run
