"""Hits as rows of a table, for the commands that give many searches' hits in one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from index.results import Hit
from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.rows import Row

NESTED = ("json", "jsonl")
"""The formats in which the spans of matches are lists of two numbers, as `akt search` prints them."""


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


def hit_row(hit: Hit | None, form: str) -> Row:
    """The columns of a hit; empty ones for none."""
    if hit is None:
        return {column.name: None for column in HIT}
    spans: list[object] = [f"{start}-{end}" for start, end in hit.matches]
    if form in NESTED:
        spans = list(hit.matches)
    row = {column.name: getattr(hit, column.name) for column in HIT}
    return {**row, "score": Decimal(repr(hit.score)), "matches": spans}


def total_row(query: str, total: int | None, total_all: int | None, error: str | None = None) -> Row:
    """The columns that say how a query went."""
    return {"query": query, "total": total, "total_all": total_all, "error": error}
