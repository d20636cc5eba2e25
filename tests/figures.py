"""Documents with tables for the tests of sums and comparisons, as values: no file, no store."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.model import Check, Column, Line, LineValue, Table, Unit
from corpus.store.entries import Origin, PartOutline, TablesOutline
from pipeline.figures.collect import paper_figures
from pipeline.figures.model import Figure
from pipeline.figures.papers import Paper
from pipeline.figures.request import Request
from pipeline.figures.sums import Budget, add_up
from pipeline.tables.content.labels import role_of

Row = tuple[str, Sequence[int | None]]
YEARS = (2026, 2027)
THOUSAND = Unit(factor=Decimal(1000), currency="DKK", text="1.000 kr.")


def line(label: str, printed: Sequence[int | None], years: Sequence[int], group: str | None, unit: str | None) -> Line:
    values = [
        LineValue(value=Decimal(number) * (1 if unit == "fte" else 1000), raw=str(number), year=year)
        for number, year in zip(printed, years, strict=True)
        if number is not None
    ]
    return Line(label=label, group=group, role=role_of(label), unit=unit, values=values)


def table(
    *rows: Row,
    years: Sequence[int] = YEARS,
    part: int = 0,
    price_level: int | None = 2026,
    caption: str | None = None,
    unit: str | None = "DKK",
    checks: Sequence[Check] = (),
) -> Table:
    """A table in 1.000 kr. with a column for each year; None is an empty cell. A row of "årsværk" is counted in FTE."""
    lines = [line(label, printed, years, None, "fte" if "årsværk" in label else unit) for label, printed in rows]
    columns = [Column(label=str(year), year=year) for year in years]
    return Table(
        part=part,
        caption=caption,
        unit=THOUSAND,
        price_level=price_level,
        columns=columns,
        lines=lines,
        checks=list(checks),
    )


def paper(
    *tables: Table,
    name: str = "forslag",
    kind: str = "budget-proposal",
    parts: Sequence[PartOutline] = (),
    date: str | None = None,
    title: str | None = None,
    municipality: str | None = "Fjordby",
) -> Paper:
    """A stored document; without ``parts`` it is one proposal, BSU07 by default."""
    outline = TablesOutline(
        title=title,
        date=date,
        municipality=municipality,
        kind=kind,
        parts=list(parts) or [proposal()],
        tables=list(tables),
    )
    sha256 = name.encode().hex().ljust(64, "0")[:64]
    return Origin(sha256=sha256, path=f"{name}.pdf", also_in=[], outline=outline)


def proposal(
    index: int = 0,
    number: str | None = "BSU07",
    title: str | None = "Senere åbning i klubberne",
    committee: str | None = "Børne- og Skoleudvalget",
) -> PartOutline:
    return PartOutline(index=index, kind="proposal", title=title, number=number, committee=committee)


def figures(*papers: Paper, decided: frozenset[str] = frozenset()) -> list[Figure]:
    return [figure for each in papers for figure in paper_figures(each, {0: decided})]


def summed(*papers: Paper, **how: object) -> Budget:
    request = Request(**{"by": (), **how})  # type: ignore[arg-type]
    return add_up(figures(*papers), request)


def values(found: Budget) -> dict[int | None, Decimal]:
    return {each.year: each.value for each in found.sums}
