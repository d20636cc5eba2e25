"""A file of queries: one a line, or a table with a column ``query``, columns of filters and columns of one's own."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping, Sequence

import msgspec

QUERY = "query"
# Headings as a person writes them, folded -> the filter that is meant: that of `akt search --from-date`, or the query.
DANISH = {
    "søgning": QUERY,
    "forespørgsel": QUERY,
    "udvalg": "committee",
    "kommune": "municipality",
    "type": "kind",
    "fra": "from",
    "til": "to",
    "sti": "path",
    "mappe": "path",
    "fil": "path",
    "fra_dato": "from_date",
    "til_dato": "to_date",
    "min_beløb": "min_amount",
    "max_beløb": "max_amount",
    "min_årsværk": "min_fte",
    "max_årsværk": "max_fte",
    "rolle": "role",
    "år": "year",
}
DELIMITERS = ";,\t"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
NEAR = 0.83  # how like a heading must be to that of a filter to be taken for a slip


class QueryFileError(Exception):
    """The file cannot be used; the message says why, and what to do."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One query of a file, which begins in ``line`` (from 1). ``own`` are the cells of columns that are no filters."""

    line: int
    query: str
    filters: dict[str, str]
    own: dict[str, str]


class QueryFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file asks. ``own`` are the headings of its columns that are neither the query nor a filter."""

    asked: list[Asked]
    own: list[str]


def read_queries(data: bytes, filters: Sequence[str], *, plain: bool = False) -> QueryFile:
    """The queries of a file in UTF-8 or Windows-1252, with ``;``, ``,`` or tabs between its columns.

    ``filters`` are the names that a heading may have beside ``query``; hyphens, blanks and capitals do not matter, and
    Danish names are known too. ``plain``: no table, each line is a query. Empty lines are left out.

    Raises QueryFileError for a workbook, no table, none of queries, and a heading that looks like a misspelt filter:
    what it narrows down would be lost.
    """
    text = _text(data)
    if plain:
        lines = enumerate(text.splitlines(), 1)
        return QueryFile(
            asked=[
                Asked(line=number, query=line.strip(), filters={}, own={}) for number, line in lines if line.strip()
            ],
            own=[],
        )
    rows = _rows(text)
    _, headings = next(rows, (0, []))
    meant = _meant(headings, filters)
    asked = [_asked(line, cells, headings, meant) for line, cells in rows]
    return QueryFile(asked=asked, own=[heading for heading in headings if meant[heading] is None])


def _text(data: bytes) -> str:
    if data.startswith(WORKBOOKS):
        raise QueryFileError("That is a workbook (.xlsx, .xls, .ods): save its sheet as CSV and use that file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Excel writes in Denmark as "CSV"
        return data.decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line it begins in."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise QueryFileError(f"Line {line} is no row of a table ({error}): are its quotes closed?") from error


def _meant(headings: Sequence[str], filters: Sequence[str]) -> dict[str, str | None]:
    """What each heading stands for: the query, a filter, or None for a column of one's own."""
    known = {**{name: name for name in (QUERY, *filters)}, **DANISH}
    meant: dict[str, str | None] = {}
    for heading in headings:
        if not heading:
            raise QueryFileError("A column has no heading: give each a name.")
        if heading in meant:
            raise QueryFileError(f"Two columns are called {heading!r}: give each a name of its own.")
        folded = "_".join(heading.casefold().replace("-", " ").replace("_", " ").split())
        near = difflib.get_close_matches(folded, known, n=1, cutoff=NEAR)
        if folded not in known and near:
            raise QueryFileError(
                f"The column {heading!r} is no filter: did you mean {near[0]!r}? "
                "A column of your own needs a name that is less like one."
            )
        if known.get(folded) in [one for one in meant.values() if one]:
            raise QueryFileError(f"Two columns mean {known[folded]!r}: leave one out.")
        meant[heading] = known.get(folded)
    if not any(meant.values()):
        raise QueryFileError(
            f"No column is called {QUERY!r} (or has a filter's name: {', '.join(filters)}): "
            "name the columns in the first line. A list with one query on each line is to end in .txt."
        )
    return meant


def _asked(line: int, cells: Sequence[str], headings: Sequence[str], meant: Mapping[str, str | None]) -> Asked:
    if len(cells) > len(headings):
        raise QueryFileError(
            f"Line {line} has {len(cells)} cells under {len(headings)} headings: "
            'a query with the column separator in it must stand in quotes ("…").'
        )
    row = dict(zip(headings, [*cells, *[""] * (len(headings) - len(cells))], strict=True))
    given = {name: row[heading] for heading, name in meant.items() if name and row[heading]}
    return Asked(
        line=line,
        query=given.pop(QUERY, ""),
        filters=given,
        own={heading: row[heading] for heading, name in meant.items() if name is None},
    )
