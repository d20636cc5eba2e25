"""Hits as rows of a table, for the commands that give many searches' hits in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from index.results import Counts, Hit, Results
from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.rows import Row

NESTED = ("json", "jsonl")
"""The formats in which a score is a number and the spans of matches are lists of two, as `akt search` prints them."""


def _text(name: str, meaning: str) -> Column:
    return Column(name, Kind.TEXT, meaning)


HIT = (
    Column("rank", Kind.WHOLE, "Its place among the hits printed, from 1."),
    Column("score", Kind.DECIMAL, "How well it fits; comparable within one query only."),
    _text("match", "all when every word was found in the part, some when most were."),
    _text("id", "The part: `akt show ID` prints it."),
    _text("path", "The file, relative to the folder that was ingested; `!` leads into a container."),
    Column("part", Kind.WHOLE, "The part of the document, from 0."),
    _text("kind", "The kind of the document."),
    _text("part_kind", "The kind of the part."),
    _text("title", "The title of the part."),
    _text("date", "Its day, or the day and time of a message: ISO 8601."),
    _text("committee", "The committee it is of or about."),
    _text("municipality", "The municipality of the document."),
    Column("page", Kind.WHOLE, "The first page of the part."),
    _text("snippet", "The words found, with some around them."),
    Column("matches", Kind.TEXTS, 'Where in the snippet they are: "from-to", in characters.'),
    Column("also_in", Kind.TEXTS, "The other places of the same content or message."),
)
QUERY_BEGIN = (Column("line", Kind.WHOLE, "Where the query stands in the file.", required=True),)
QUERY_END = (
    _text("query", "The query with its filters."),
    Column("total", Kind.WHOLE, "How many hits it has in all; empty for one that could not be answered."),
    Column("total_all", Kind.WHOLE, "How many of these have all its words."),
    _text("error", "Why it could not be answered."),
)
NEW_HITS = Sheet("hits", "A hit of a saved search that no run before has shown.", (_text("saved", "Its name."), *HIT))


def batch_sheet(own: Iterable[str], *, counts: bool) -> Sheet:
    """The columns of a batch: of each query, of one's own, and of its hits unless they are only counted."""
    mine = tuple(_text(name, "From the file of queries.") for name in own)
    row = "A query and how many hits it has." if counts else "A hit of a query, or a query without one."
    return Sheet("searches", row, (*QUERY_BEGIN, *mine, *QUERY_END, *(() if counts else HIT)))


def _as_printed() -> tuple[Column, ...]:
    """The columns in the order of the CSV of `akt search`."""
    mine = {column.name: column for column in HIT}
    part_kind = mine.pop("part_kind")
    snippets = Column("snippets", Kind.TEXTS, "All places that are shown of the hit, each after its page.")
    cursor = _text("next", "On the last hit: the cursor by which --after goes on.")
    return (*mine.values(), part_kind, snippets, cursor)


HITS = Sheet("hits", "A hit of a search.", _as_printed())
FACETS = Sheet(
    "facets",
    "How many parts found have one value, every copy of a message counted.",
    (
        _text("facet", "What is counted by."),
        _text("value", "The value, as it is printed."),
        Column("count", Kind.WHOLE, "How many parts have it.", required=True),
    ),
)
COUNTS = Sheet(
    "counts",
    "How many hits a search has.",
    (
        Column("total", Kind.WHOLE, "The hits, copies of a message once.", required=True),
        Column("total_all", Kind.WHOLE, "How many of these have all words.", required=True),
        Column("parts", Kind.WHOLE, "The same with every copy of a message counted.", required=True),
        Column("exact", Kind.YES_NO, "Whether the numbers are exact.", required=True),
    ),
)


def result_rows(found: Results, form: str) -> tuple[Sheet, Iterator[Row]]:
    """The hits of a search or, where it was asked for facets, these in their place."""
    return (FACETS, facet_rows(found)) if found.facets else (HITS, _search_rows(found, form))


def facet_rows(found: Results) -> Iterator[Row]:
    """A row for each value of a facet."""
    for name, values in found.facets.items():
        for one in values:
            yield {"facet": name, "value": one.value, "count": one.count}


def _search_rows(found: Results, form: str) -> Iterator[Row]:
    for hit in found.hits:
        snippets = [f"page {one.page}: {one.text}" if one.page is not None else one.text for one in hit.snippets]
        yield {**hit_row(hit, form), "snippets": snippets, "next": found.next if hit is found.hits[-1] else None}


def count_row(counts: Counts) -> Row:
    """The one row of a count."""
    return {column.name: getattr(counts, column.name) for column in COUNTS.columns}


def hit_row(hit: Hit | None, form: str) -> Row:
    """The columns of a hit; empty ones for none."""
    if hit is None:
        return {column.name: None for column in HIT}
    spans: list[object] = [f"{start}-{end}" for start, end in hit.matches]
    if form in NESTED:
        spans = list(hit.matches)
    row = {column.name: getattr(hit, column.name) for column in HIT}
    score = hit.score if form in NESTED else Decimal(repr(hit.score))
    return {**row, "score": score, "matches": spans}


def total_row(query: str, total: int | None, total_all: int | None, error: str | None = None) -> Row:
    """The columns that say how a query went."""
    return {"query": query, "total": total, "total_all": total_all, "error": error}
