"""Rows for people: blocks of lines, see :mod:`pipeline.export.layout`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

from pipeline.export.layout import Style, marked, place, wrapped
from pipeline.export.rows import Row, flat
from pipeline.export.safety import on_one_line

if TYPE_CHECKING:
    from corpus.store.entries import FailedFile, PartlyRead, Quote

MOST_IDS = 3


def record_blocks(records: Iterable[tuple[Row, Quote]], columns: int, bold: Style | None) -> Iterator[str]:
    """Exported records under a line for each place: what each says, its id, and the sentence around it."""
    place_before = None
    for row, quote in records:
        here = _heading(row)
        if here != place_before:
            heading = wrapped(here, columns, "")
            yield ("" if place_before is None else "\n") + (bold(heading) if bold else heading) + "\n"
            place_before = here
        yield wrapped(f"{summary(row)}{_figures_of(row)}  [{row['id']}]", columns, "  ") + "\n"
        if quote.text:
            yield marked(quote.text, [(quote.start, quote.end)], columns, bold) + "\n"


def _figures_of(row: Row) -> str:
    """The amounts and FTEs that a decision links, as they are printed: " · with 4,2 mio. kr., 3 årsværk"."""
    links = row.get("links")
    if not isinstance(links, list):
        return ""
    said = [on_one_line(str(link["text"])) for link in links if link["type"] in ("amount", "fte")]
    return f" · with {', '.join(said)}" if said else ""


def problem_blocks(
    problems: Iterable[tuple[Row, Quote]], columns: int, bold: Style | None, most: int | None
) -> Iterator[str]:
    """The problems of each document, which come one after another: at most so many of each code, and how many more."""
    between = ""
    for _, rows in groupby(problems, lambda one: (one[0]["path"], str(one[0]["id"]).partition(".")[0])):
        counts = Counter[str]()
        yield between
        yield from record_blocks(_first_of_each(rows, counts, most), columns, bold)
        for code, count in counts.items():
            if most is not None and count > most:
                yield wrapped(f"… and {count - most} more {code} in this document", columns, "  ") + "\n"
        between = "\n"


def _first_of_each(
    rows: Iterable[tuple[Row, Quote]], counts: Counter[str], most: int | None
) -> Iterator[tuple[Row, Quote]]:
    for row, quote in rows:
        code = str(row["code"])
        counts[code] += 1
        if most is None or counts[code] <= most:
            yield row, quote


def _heading(row: Row) -> str:
    title = row.get("part_title") or row["document"]
    where = place(row["path"], row["page"])
    return f"{on_one_line(str(title))} · {where}" if title else where


SHOWN_ELSEWHERE = frozenset(
    {
        *("id", "type", "part", "start", "end", "text", "page", "bbox", "source", "path", "document", "document_date"),
        *("part_kind", "part_title", "part_number", "part_committee", "quote", "municipality", "resolved", "also_in"),
        *(
            "evidence",
            "links",
            "sha256",
            "extractor_version",
            "document_kind",
            "number",
            "table",
            "sign_note",
            "ordinal",
            "value_kr",
        ),
    }
)
OF_LINES = frozenset({"body", "title"})  # of the part there, of the record itself elsewhere


OWN_WORDS = frozenset(
    {
        *("name", "kind", "verb", "status", "body", "role", "precision", "level", "value", "code", "message"),
        "resolution",
    }
)
"""Fields whose values need no name in front."""


def summary(row: Row) -> str:
    """The record in a few words: its figure or name first, then the other fields of its type that are filled in."""
    skipped = set(SHOWN_ELSEWHERE)
    said = []
    if row.get("currency") or row.get("unit"):
        said.append(figure(row))
        skipped |= {"value", "low", "high", "currency", "unit", "raw", "unit_text"}
    if "raw" in row:
        skipped |= OF_LINES
    if row.get("column") == str(row.get("year")):
        skipped.add("column")
    for name, value in row.items():
        if name in skipped or value is None or value is False or value == []:
            continue
        said.append(name.replace("_", " ") if value is True else _said(name, flat(value)))
    if isinstance(ids := row.get("resolved"), list) and ids:  # of a reference; a committee says yes or no there
        said.append(f"to {', '.join(ids[:MOST_IDS])}{' …' if len(ids) > MOST_IDS else ''}")
    return on_one_line(" · ".join(said))


UNIT_WORDS = {"DKK": "kr.", "fte": "årsværk", "position": "stillinger", "hours-per-week": "timer om ugen"}


def figure(row: Row) -> str:
    """An amount or FTE as Danes print it: "-1.375.000 kr.", "742.318,50 kr.", "2,5 to 3 årsværk"."""
    printed = [danish(str(row[name])) for name in ("value", "low", "high") if row.get(name) is not None]
    if row.get("currency"):
        printed = [f"{each}0" if each[-2:-1] == "," else each for each in printed]  # øre have two digits
    named = str(row.get("currency") or row.get("unit"))
    unit = "stilling" if named == "position" and printed in (["1"], ["-1"]) else UNIT_WORDS.get(named, named)
    return f"{' to '.join(printed)} {unit}"


def danish(plain: str) -> str:
    """ "-1375000.5" as "-1.375.000,5"."""
    whole, _, decimals = plain.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def _said(name: str, value: str) -> str:
    return value if name in OWN_WORDS else f"{name.replace('_', ' ')} {value}"


def failure_lines(failures: Iterable[FailedFile], columns: int) -> Iterator[str]:
    """A failed document per block: path, reason, hint, broken to ``columns``; a path stays whole, to be copied."""
    for failed in failures:
        said = (wrapped(text, columns) for text in (on_one_line(failed.reason), failed.hint))
        yield "\n".join((on_one_line(shown_path(failed)), *said)) + "\n"


def shown_path(failed: FailedFile | PartlyRead) -> str:
    """The path with the name of the ingested folder in front: two folders may hold files of one name."""
    return f"{PurePath(failed.root).name}/{failed.path}"
