"""The searches of a file as lines for people: each query with how many hits it has, and its hits below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pipeline.export.layout import INDENT, Style, counted, place, wrapped
from pipeline.export.safety import on_one_line

BELOW = "  "


def batch_lines(rows: Iterable[Mapping[str, object]], columns: int, bold: Style | None) -> Iterator[str]:
    """The rows of a batch, query by query; with counts alone, a row has no hit."""
    for _, of_query in groupby(rows, key=lambda row: row["line"]):
        for number, row in enumerate(of_query):
            if not number:
                heading = wrapped(on_one_line(f"{row['line']}: {row['query'] or '(no query)'}"), columns, "")
                yield f"{bold(heading) if bold else heading}\n"
                yield f"{wrapped(_outcome(row), columns, BELOW)}\n"
            if row.get("id"):
                yield from _hit(row, columns)


def _outcome(row: Mapping[str, object]) -> str:
    if row["error"]:
        return f"Not answered: {on_one_line(str(row['error']))}"
    total, with_all = int(str(row["total"])), int(str(row["total_all"]))
    return counted(total, "hit") + (f", {with_all} of them with all words" if with_all < total else "")


def _hit(row: Mapping[str, object], columns: int) -> Iterator[str]:
    """Title and day, then where it is."""
    day = str(row["date"] or "").partition("T")[0]
    named = [on_one_line(str(row["title"])) if row["title"] else "", day]
    title = " · ".join(filter(None, named))
    rank, where = f"{row['rank']}. ", f"{place(row['path'], row['page'])}  [{row['id']}]"
    if title:
        yield f"{wrapped(rank + title, columns)}\n"
        yield f"{wrapped(where, columns, INDENT + BELOW)}\n"
    else:
        yield f"{wrapped(rank + where, columns)}\n"
