"""Catalogues of budget proposals: the summary tables in front, between or behind, against the proposals themselves.

Nothing is said where it is not certain what is compared: a false difference is as bad as a missed one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from corpus.blocks import with_changed
from corpus.model import AnyPart, Problem, Proposal, Table
from corpus.reading import Reading
from pipeline.catalogues.entries import Summary, read_summary
from pipeline.catalogues.figures import figure_checks
from pipeline.catalogues.known import Known, known_proposals
from pipeline.catalogues.reports import absences, title_notes


def compare(
    reading: Reading, parts: Sequence[AnyPart], tables: Sequence[Table]
) -> tuple[Sequence[Table], list[Problem]]:
    """The tables, those that list the proposals with a check ``summary = proposal`` per figure, and the differences.

    ``tables`` are placed: their ``part`` is the part that they stand in.
    """
    if sum(isinstance(part, Proposal) for part in parts) < 2:
        return tables, []
    known = known_proposals(parts)
    summaries = {n: summary for n, table in enumerate(tables) if (summary := read_summary(table, known)) is not None}
    if not summaries:
        return tables, []
    own = _own_tables(known, tables, summaries)
    checked: dict[int, Table] = {}
    problems: list[Problem] = []
    for n, summary in summaries.items():
        checked[n], notes = figure_checks(summary, own)
        problems += [*title_notes(summary), *notes]
    problems += absences(reading, parts, known, list(summaries.values()))
    return with_changed(tables, checked), problems


def _own_tables(known: Known, tables: Sequence[Table], summaries: dict[int, Summary]) -> dict[int, list[Table]]:
    """The tables that stand in each proposal, by its part; their cells are not asked for, and many to keep."""
    own: dict[int, list[Table]] = {proposal.index: [] for proposal in known.proposals}
    for n, table in enumerate(tables):
        if n not in summaries and table.part in own:
            own[table.part].append(replace(table, cells=[]))
    return own
