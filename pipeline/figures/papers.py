"""The stored documents with their tables, as sums and checks look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

import msgspec
import sqlalchemy as sa

from corpus.identity import ID_LENGTH
from corpus.model import Committee, Decision, Proposal, Table
from corpus.store.entries import Origin, PartOutline, TablesOutline
from corpus.store.exports import stream_contents
from corpus.store.schema import records
from pipeline.catalogues.entries import read_summary
from pipeline.catalogues.known import known_proposals
from pipeline.context import Context
from pipeline.facts import committees
from pipeline.language import Prose

PartIds = frozenset[tuple[str, int]]
"""Short document id and index of parts."""


Paper = Origin[TablesOutline]


def papers(connection: sa.Connection, among: Collection[str] | None = None) -> Iterator[Paper]:
    """The live contents that have a table, by path. ``among``: only those with one of these short ids are read."""
    return (paper for paper in stream_contents(connection, TablesOutline, among) if len(paper.outline.tables))


def is_wanted(parts: PartIds | None, sha256: str, part: int) -> bool:
    """Whether a part is among those that a query found; without a query every one is."""
    return parts is None or (sha256[:ID_LENGTH], part) in parts


def decided_verbs(connection: sa.Connection, sha256: str) -> dict[int, frozenset[str]]:
    """By part, the verbs of the decisions in it that were taken."""
    found: dict[int, set[str]] = defaultdict(set)
    wanted = sa.select(records.c.part, records.c.payload).where(
        records.c.sha256 == sha256, records.c.type == "decision"
    )
    for row in connection.execute(wanted):
        decision = msgspec.json.decode(row.payload, type=Decision)
        if decision.status == "decided" and not decision.negated:
            found[row.part].add(decision.verb)
    return {part: frozenset(verbs) for part, verbs in found.items()}


def listed_proposals(parts: Sequence[PartOutline], tables: Sequence[Table]) -> dict[tuple[int, int], int]:
    """By table and line, the part of the proposal that a line of a summary repeats, if that has figures itself."""
    proposals = [
        Proposal(index=part.index, title=part.title, text="", number=part.number, committee=part.committee)
        for part in parts
        if part.kind == "proposal"
    ]
    if len(proposals) < 2:
        return {}
    known = known_proposals(proposals)
    with_figures = {table.part for table in tables if any(line.values for line in table.lines)}
    found: dict[tuple[int, int], int] = {}
    for number, table in enumerate(tables):
        places = {id(line): at for at, line in enumerate(table.lines)}
        summary = read_summary(table, known)
        for entry in summary.entries if summary else []:
            behind = entry.proposal.index if entry.proposal is not None else None
            if entry.line is not None and behind in with_figures and id(entry.line) in places:
                found[number, places[id(entry.line)]] = behind
    return found


@lru_cache(maxsize=20_000)
def committee_in(label: str) -> str | None:
    """The committee with whose name a label begins: "Teknik- og Miljøudvalget, herunder veje". None for any other."""
    if "udvalg" not in label.casefold():
        return None
    found = [body for body in committees.find(Prose(label), Context())[0] if isinstance(body, Committee)]
    first = min(found, key=lambda body: body.start, default=None)
    if first is None or first.start > 0 or not first.name or first.level != "committee":
        return None
    rest = label[first.end :].lstrip()
    return first.name if not rest or rest[0] in ",;:(-–" else None


def row_committee(part: PartOutline, group: str | None, label: str) -> str | None:
    """Whose a row is: its proposal's committee, else the one over its rows, else the one that the row is called by."""
    if part.committee:
        return part.committee
    return next((name for text in (group, label) if text and (name := committee_in(text))), None)
