"""Papers of one series in two years: "Budgetoversigt 2025-2028" and "Budgetoversigt 2026-2029" both print 2027.

A series is told by the title without its years. Where half the rows of the older paper are rows of the newer one, too,
they are two editions, and the newer one counts. Papers of proposals are no editions: each year has its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import PurePosixPath

from pipeline.figures.model import Figure, Reason
from pipeline.headings import fold

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s?[-–—/]\s?((?:19|20)\d\d|\d\d))?(?!\d)")
_NUMBERED = re.compile(r"^\W*(?:tabel|oversigt|skema|figur|bilag|tab\.)\s?[\dA-Z]{1,3}(?:\.\d+)*(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_PRINTED = (None, Reason.UNCHECKED, Reason.CONTAINED)
"""A newer figure that is in no sum of its own paper does not make the older one true."""
_OWN = frozenset({"proposal", "message"})

Series = tuple[str, ...]
Slot = tuple[object, ...]
"""Figures of one slot may be added: unit, stage, price level, year and column."""
Row = tuple[object, ...]


@dataclass(slots=True)
class _Edition:
    """One document of a series. ``years`` are those of its title: a later edition has later ones."""

    years: tuple[int, ...]
    municipality: str | None
    figures: list[Figure] = field(default_factory=list)
    rows: dict[Slot, dict[Row, list[Figure]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)
        self.rows[_slot(figure)][_row(figure)].append(figure)

    def again(self, figure: Figure) -> Figure | None:
        """What it has in the place of another paper's figure; not in a table that is called otherwise."""
        alike = self.rows.get(_slot(figure), {}).get(_row(figure), [])
        caption = _caption(figure.caption)
        return next((own for own in alike if not caption or _caption(own.caption) in ((), caption)), None)


def leave_out_older_editions(figures: Iterable[Figure]) -> None:
    """Marks the figures of older editions for which the newer edition has its own."""
    for editions in _series(figures):
        editions.sort(key=lambda edition: edition.years, reverse=True)
        for n, older in enumerate(editions):
            for newer in editions[:n]:
                if newer.years > older.years:
                    _leave_out(older, newer)


def _leave_out(older: _Edition, newer: _Edition) -> None:
    """What the older one has for the same years, if half of it is printed again; else the tables of which it is.

    A table of which no row is called alike is of something else.
    """
    slots = older.rows.keys() & newer.rows.keys()
    tables: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in older.figures:
        if _slot(figure) in slots:
            tables[figure.part, figure.table].append(figure)
    rows = {slot: newer.rows[slot].keys() for slot in slots}
    known = [table for table in tables.values() if any(_row(figure) in rows[_slot(figure)] for figure in table)]
    if not known or _mark(list(chain.from_iterable(known)), newer):
        return
    for table in known:
        _mark(table, newer)


def _mark(figures: Sequence[Figure], newer: _Edition) -> bool:
    """Whether at least half of these figures are printed again, so that they are left out."""
    again = [newer.again(figure) for figure in figures]
    found = [figure for figure in again if figure is not None]
    if 2 * len(found) < len(figures):
        return False
    for figure, other in zip(figures, again, strict=True):
        if figure.left_out is None:
            figure.left_out, figure.told = Reason.OLDER, (other or found[0]).spot
    return True


def contradictions(figures: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
    """Figures of one row and year that documents of one series give otherwise: the first of each row, and another."""
    found: dict[tuple[object, ...], tuple[Figure, Figure]] = {}
    for number, editions in enumerate(_series(figures)):
        first: dict[tuple[object, ...], Figure] = {}
        for figure in (figure for edition in editions for figure in edition.figures):
            key = (*_slot(figure), *_row(figure))
            before = first.setdefault(key, figure)
            if before.sha256 != figure.sha256 and before.value != figure.value:
                found.setdefault((number, *key), (before, figure))
    return list(found.values())


def _series(figures: Iterable[Figure]) -> Iterator[list[_Edition]]:
    """The documents of each series of one municipality, where there are several."""
    papers: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        papers[figure.sha256].append(figure)
    series: dict[Series, list[_Edition]] = defaultdict(list)
    for paper in papers.values():
        name, years = _named(paper[0].document, paper[0].path)
        if not name or not years or not _OWN.isdisjoint(figure.part_kind for figure in paper):
            continue
        edition = _Edition(years, paper[0].municipality)
        for figure in paper:
            if figure.left_out in _PRINTED and figure.unit is not None and figure.year is not None:
                edition.add(figure)
        series[name].append(edition)
    for editions in series.values():
        yield from (group for group in _by_municipality(editions) if len(group) > 1)


def _by_municipality(editions: Sequence[_Edition]) -> Iterator[list[_Edition]]:
    """One that names none is of the only one that the others name; of several, it cannot be told of which."""
    names = {edition.municipality for edition in editions} - {None}
    groups: dict[str | None, list[_Edition]] = defaultdict(list)
    for edition in editions:
        groups[edition.municipality if len(names) > 1 else None].append(edition)
    yield from groups.values()


@cache
def _named(title: str | None, path: str) -> tuple[Series, tuple[int, ...]]:
    """The title of a document without its years, and these; with the name of its file where the title has none."""
    titled = title or ""
    said = titled if _years(titled) else f"{titled} {PurePosixPath(path).stem}"
    return _words(said), _years(said)


@cache
def _caption(caption: str | None) -> tuple[str, ...]:
    """What a caption says but for its number and years: "Tabel 3. Skoler 2026" is "Tabel 1. Skoler 2027"."""
    return _words(_NUMBERED.sub(" ", caption or ""))


def _years(text: str) -> tuple[int, ...]:
    return tuple(int(year) for match in _YEARS.finditer(text) for year in match.groups() if year and len(year) == 4)


def _words(text: str) -> Series:
    words = tuple(_WORD.findall(fold(_YEARS.sub(" ", text))))
    return words if any(_LETTER.search(word) for word in words) else ()


def _slot(figure: Figure) -> Slot:
    return figure.unit, figure.stage, figure.price_level, figure.year, figure.column


def _row(figure: Figure) -> Row:
    return figure.committee, fold(figure.group or ""), fold(figure.label), figure.role
