"""A row that several tables of a part print: when it is one figure, and when it is one for each table."""

from __future__ import annotations

from decimal import Decimal

from figures import paper, table

from corpus.store.entries import PartOutline
from pipeline.figures.collect import paper_figures
from pipeline.figures.model import Reason
from pipeline.figures.papers import Paper
from pipeline.figures.request import Request, Side
from pipeline.figures.sums import Budget, add_up

AREA = (("Besparelse på ledelse", (-500, -600)), ("Udgift til konsulent", (100, 0)), ("Netto", (-400, -600)))


def summed(printed: Paper, side: Side) -> Budget:
    return add_up(list(paper_figures(printed, {0: frozenset()})), Request(by=(), side=side))


def values(found: Budget) -> dict[int | None, Decimal]:
    return {each.year: each.value for each in found.sums}


def left_out(found: Budget) -> set[tuple[str, Reason | None]]:
    return {(figure.label, figure.left_out) for figure in found.left_out}


def test_a_row_is_a_reprint_only_of_a_table_that_tells_nothing_else() -> None:
    other = (("Besparelse på ledelse", (-300, -300)), ("Udgift til konsulent", (100, 0)), ("Netto", (-200, -300)))
    found = summed(paper(table(*AREA), table(*other)), side="gross")
    assert values(found) == {2026: -600_000, 2027: -900_000}
    assert left_out(found) == set()
    assert values(summed(paper(table(*AREA), table(*other)), side="net")) == {2026: -600_000, 2027: -900_000}
    short = paper(table(*AREA), table(AREA[1], ("Ændring i årsværk", (-1, -1))))
    assert left_out(summed(short, side="gross")) == {("Udgift til konsulent", Reason.REPEATED)}


def test_tables_under_different_captions_are_no_reprints_of_each_other() -> None:
    named = [table(*AREA, caption=f"Tabel {number}. {area}") for number, area in ((1, "Skoler"), (2, "Klubber"))]
    note = PartOutline(index=0, kind="body")
    assert values(summed(paper(*named, parts=[note]), side="net")) == {2026: -800_000, 2027: -1_200_000}
    assert values(summed(paper(named[0], table(*AREA), parts=[note]), side="net")) == {2026: -400_000, 2027: -600_000}


def test_a_row_with_telling_figures_is_a_reprint_whatever_stands_around_it() -> None:
    licences = ("Udgift til licenser", (1275, 1310))
    again = paper(table(*AREA, licences), table(("Besparelse på ledelse", (-300, -300)), licences))
    assert left_out(summed(again, side="gross")) == {("Udgift til licenser", Reason.REPEATED)}
