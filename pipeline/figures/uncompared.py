"""What a check could not look at: refused figures, and rows of summaries and proposals that are not compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.counts import counted
from corpus.model import Table
from pipeline.export.layout import place
from pipeline.export.rows import part_of
from pipeline.export.safety import on_one_line
from pipeline.figures.arithmetic import SUMMARY
from pipeline.figures.damaged import Damaged, damaged_pages, tables_damaged
from pipeline.figures.papers import Paper, PartIds, is_wanted, listed_proposals
from pipeline.figures.refused import Refused, documents_named, refused_in, rows_or_tables
from pipeline.figures.unmatched import partly_matched, proposals_in_no_row
from pipeline.masking import mask_name

MOST_NAMED = 6


@dataclass(slots=True)
class Uncompared:
    """``refused``: in papers that were checked. ``rows``: of summaries, with years; ``figures`` in all.

    ``unmatched``: a sentence for each summary with rows that are matched with no proposal, and for each paper with
    proposals that stand in no row. ``damaged``: pages of checked papers that could not be read whole.
    """

    refused: list[Refused] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    figures: int = 0
    unmatched: list[str] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)

    def look(self, paper: Paper, parts: PartIds | None) -> None:
        """Adds what a paper has of both; of ``parts`` only, if they are given."""
        self.refused += refused_in(paper, parts)
        for row, years in _not_compared(paper, parts):
            self.rows.append(f"{row} {', '.join(map(str, years))}")
            self.figures += len(years)
        self.unmatched += _unmatched(paper, parts)
        self.damaged += tables_damaged(paper, parts)

    def notes(self) -> Iterator[str]:
        """In a sentence each, for stderr."""
        if self.rows:
            yield (
                f"Not compared: {counted(self.figures, 'figure')} of summaries, as the sum of the proposal for that "
                f"year is not given or cannot be told: {_first(self.rows, 'more rows')}."
            )
        yield from self.unmatched
        yield from damaged_pages(self.damaged)
        figures = [each for each in self.refused if each.figures is not None]
        if figures:
            count = counted(sum(each.figures or 0 for each in figures), "figure")
            yield f"Refused, and in no check: {count} in {documents_named(figures)} (`akt records problems`)."
        others = [each for each in self.refused if each.figures is None]
        if others:
            yield (
                f"Refused, and in no check: {rows_or_tables(others)} in {documents_named(others)}, whose figures are "
                "not counted (`akt records problems`)."
            )


def _first(names: Sequence[str], more: str) -> str:
    """The first of many names."""
    rest = f"; and {len(names) - MOST_NAMED} {more}" if len(names) > MOST_NAMED else ""
    return f"{'; '.join(names[:MOST_NAMED])}{rest}"


def _unmatched(paper: Paper, parts: PartIds | None) -> Iterator[str]:
    """The rows of each summary that are matched with no proposal, and the proposals that stand in no row."""
    tables, outline = paper.outline.tables, paper.outline
    lists = listed_proposals(outline.parts, tables)
    path = on_one_line(mask_name(paper.path))
    for summary in partly_matched(tables, lists) if lists else []:
        table = tables[summary.table]
        if summary.others and is_wanted(parts, paper.sha256, table.part):
            every = len(summary.matched) + len(summary.others)
            names = [f'"{on_one_line(table.lines[at].label)}"' for at in summary.others]
            yield (
                f"Not compared: {len(summary.others)} of {counted(every, 'row')} of the summary in "
                f"{place(path, table.page)}, which no proposal is matched with: {_first(names, 'more')}."
            )
    proposals = {part.index for part in outline.parts if part.kind == "proposal"}
    alone = proposals_in_no_row(tables, lists, proposals) if lists else []
    wanted = [part_of(paper, index) for index in alone if is_wanted(parts, paper.sha256, index)]
    if wanted:
        named = [on_one_line(" ".join(filter(None, (part.number, part.title)))) for part in wanted]
        count = counted(len(wanted), "proposal")
        yield f"Not compared: {count} in no row of a summary of {path}: {_first(named, 'more')}."


def _not_compared(paper: Paper, parts: PartIds | None) -> Iterator[tuple[str, list[int]]]:
    """The rows of summaries with the years that no check compares, though a table of the proposal has that year."""
    tables = paper.outline.tables
    lists = listed_proposals(paper.outline.parts, tables)
    rows = Counter(lists.values())
    behind = _years(tables) if lists else {}
    for (number, at), proposal in lists.items():
        table = tables[number]
        line = table.lines[at]
        if rows[proposal] > 1 or not any(is_wanted(parts, paper.sha256, part) for part in (table.part, proposal)):
            continue
        done = {check.year for check in table.checks if check.rule == SUMMARY and check.label == line.label}
        known = behind.get((proposal, line.unit), set()) - done
        years = [value.year for value in line.values if value.year in known and value.column is None]
        if years:
            named = " ".join(filter(None, (part_of(paper, proposal).number, on_one_line(line.label))))
            page = line.values[0].page or table.page
            yield f"{named} ({place(mask_name(paper.path), page)})", [year for year in years if year is not None]


def _years(tables: Sequence[Table]) -> dict[tuple[int, str | None], set[int]]:
    """By part and unit, the years of which a table gives a figure."""
    found: dict[tuple[int, str | None], set[int]] = defaultdict(set)
    for table in tables:
        for line in table.lines:
            found[table.part, line.unit] |= {value.year for value in line.values if value.year is not None}
    return found
