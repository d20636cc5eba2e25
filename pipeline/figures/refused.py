"""What the tables behind sums print and Akt does not give: refused figures are in no sum, and that is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.counts import counted
from corpus.identity import part_id
from corpus.model import Problem
from corpus.problems import Code
from pipeline.export.layout import place
from pipeline.export.rows import Row, day, masked_paths, part_of
from pipeline.export.safety import on_one_line
from pipeline.figures.model import REFUSED, Figure
from pipeline.figures.papers import Paper, PartIds, is_wanted
from pipeline.figures.unitless import CODES, figures_without_unit
from pipeline.masking import mask_name

MEANING = "printed in these tables and not given, as they fit no rule or have no unit; a sum may lack them"
MOST_NAMED = 3
_OF_A_ROW = re.compile(r'" in row "')
"""A figure of a table; amounts in running text are refused by the same code."""
_MORE = re.compile(r"nor are (?P<count>\d+) others of its table")
_COUNTED = re.compile(r"(?P<count>\d+) figures? stands? in columns")


@dataclass(frozen=True, slots=True)
class Refused:
    """A problem that keeps figures of a table from being given. ``figures``: how many, None for rows or a table.

    ``row`` says of its place what the rows of figures say of theirs. ``unitless``: the unit of a table is not known, so
    that nothing tells whether its figures are asked for.
    """

    sha256: str
    path: str
    part: int
    number: str | None
    page: int | None
    message: str
    figures: int | None
    row: Row
    unitless: bool = False

    @property
    def place(self) -> tuple[str, int]:
        return self.sha256, self.part


def refused_in(paper: Paper, parts: PartIds | None = None) -> Iterator[Refused]:
    """What was refused in the tables of a document; of ``parts`` only, if they are given."""
    unitless = figures_without_unit(paper.outline.problems, paper.outline.tables)
    for at, problem in enumerate(paper.outline.problems):
        if not is_wanted(parts, paper.sha256, problem.part or 0):
            continue
        if problem.code == Code.TABLE_REFUSED:
            some = _COUNTED.match(problem.message)
            yield _refused(paper, problem, int(some["count"]) if some else None)
        elif problem.code in CODES:
            yield _refused(paper, problem, unitless.get(at))
        elif problem.code == Code.NUMBER_REFUSED and _OF_A_ROW.search(problem.message):
            more = _MORE.search(problem.message)
            yield _refused(paper, problem, 1 + int(more["count"] if more else 0))


def _refused(paper: Paper, problem: Problem, figures: int | None) -> Refused:
    part, path = part_of(paper, problem.part or 0), mask_name(paper.path)
    unitless = problem.code in CODES
    message = problem.message
    if unitless and figures is not None:
        message = f"{message.removesuffix('.')}: {counted(figures, 'figure')}."
    row: Row = {
        "left_out": REFUSED,
        "because": message,
        "id": part_id(paper.sha256, part.index),
        "path": path,
        "document": paper.outline.title,
        "document_date": day(paper.outline.date),
        "municipality": paper.outline.municipality,
        "part": part.index,
        "part_kind": part.kind,
        "title": part.title,
        "number": part.number,
        "committee": part.committee,
        "page": problem.page,
        "sha256": paper.sha256,
        "extractor_version": paper.outline.extractor_version,
        "also_in": masked_paths(paper.also_in),
    }
    return Refused(paper.sha256, path, part.index, part.number, problem.page, message, figures, row, unitless)


def refused_beside(
    refused: Iterable[Refused], figures: Iterable[Figure], wanted: Iterable[Figure], *, queried: bool
) -> list[Refused]:
    """What was refused beside figures that are asked for: in their part, or in one of their document without figures.

    Tables without a unit are told wherever they stand: which figures of theirs would be asked for is not known.

    ``queried``: the parts were found by a query, and what they lack is told even where no figure of them was read.
    """
    given, asked = ({figure.place for figure in each} for each in (figures, wanted))
    documents = {sha256 for sha256, _ in asked}
    return [
        each
        for each in refused
        if each.unitless or each.place in asked or (each.place not in given and (queried or each.sha256 in documents))
    ]


def refused_notes(refused: Sequence[Refused]) -> Iterator[str]:
    """How many figures, and how many rows or tables, were refused, and in which documents."""
    figures = [each for each in refused if each.figures is not None]
    if figures:
        count = counted(sum(each.figures or 0 for each in figures), "figure")
        yield f"Refused: {count} in {documents_named(figures)}: {MEANING} (--left-out names them)."
    others = [each for each in refused if each.figures is None]
    if others:
        yield (
            f"Refused: {rows_or_tables(others)} in {documents_named(others)}: printed there and not given, as they "
            "could not be read safely; a sum may lack them (--left-out names them)."
        )


def rows_or_tables(refused: Sequence[Refused]) -> str:
    """How many were refused, of which it is not told how many figures they have."""
    return counted(len(refused), "row or table", "rows or tables")


def documents_named(refused: Sequence[Refused]) -> str:
    """How many documents they stand in, and the first ones by their paths."""
    paths = list(dict.fromkeys(on_one_line(each.path) for each in refused))
    more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
    return f"{counted(len(paths), 'document')} ({', '.join(paths[:MOST_NAMED])}{more})"


def refused_lines(refused: Iterable[Refused]) -> list[list[str]]:
    """For people: the proposal's number, what was refused, and where."""
    return [[f"  {on_one_line(each.number or '')}", on_one_line(each.message), _where(each)] for each in refused]


def _where(each: Refused) -> str:
    return f"{on_one_line(place(each.path, each.page))}  [{part_id(each.sha256, each.part)}]"
