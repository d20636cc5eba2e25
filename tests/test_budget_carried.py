"""Budget lines over page breaks, and at prices of several years: carried sums count in none, levels are not added."""

from __future__ import annotations

import pytest
from figures import figures, paper, summed, table, values
from msgspec.structs import replace

from corpus.model import Table
from pipeline.figures.request import MixedError


def test_columns_in_prices_of_their_own_are_of_several_price_levels() -> None:
    made = table(("Skoler", (10, 20)), price_level=None)
    columns = [replace(column, label=f"{column.year}-pl") for column in made.columns]
    told = {figure.year: figure.price_level for figure in figures(paper(replace(made, columns=columns)))}
    assert told == {2026: 2026, 2027: 2027}


def paged(found: Table, *pages: int) -> Table:
    lines = [
        replace(line, values=[replace(value, page=page) for value in line.values])
        for line, page in zip(found.lines, pages, strict=True)
    ]
    return replace(found, lines=lines)


@pytest.mark.parametrize(
    ("foot", "first"),
    [
        ("At overføre", "Overført fra forrige side"),
        ("Til næste side", "Fra forrige side"),
        ("Transport", "Transport"),
        ("Overføres:", "Overført fra side 1"),
    ],
)
def test_a_sum_that_is_carried_to_the_next_page_is_counted_in_none(foot: str, first: str) -> None:
    rows = [("Skoler", (10, 20)), ("Klubber", (5, 7)), (foot, (15, 27)), (first, (15, 27)), ("Veje", (3, 4))]
    whole = paged(table(*rows, ("I alt", (18, 31))), 1, 1, 1, 2, 2, 2)
    for side in ("gross", "net"):
        assert values(summed(paper(whole), side=side)) == {2026: 18000, 2027: 31000}
    halves = (paged(table(*rows[:3]), 1, 1, 1), paged(table(*rows[3:], ("I alt", (18, 31))), 2, 2, 2))
    for side in ("gross", "net"):
        assert values(summed(paper(*halves), side=side)) == {2026: 18000, 2027: 31000}


def test_grants_that_are_carried_over_years_and_transport_are_rows_like_others() -> None:
    rows = [("Skoler", (10, 20)), ("Transport", (5, 7)), ("Overført", (4, 6)), ("Overført fra 2025 til 2026", (5, 6))]
    found = paged(table(*rows), 1, 1, 2, 2)
    assert values(summed(paper(found), side="gross")) == {2026: 24000, 2027: 39000}


def test_rows_in_prices_of_two_years_are_not_added() -> None:
    found = paper(table(("Ramme, 2025-priser", (100, 100)), ("Ramme, 2026-priser", (103, 103)), price_level=None))
    with pytest.raises(MixedError, match="price level"):
        summed(found, side="gross")
    assert values(summed(found, side="gross", price_levels=frozenset({"2025"}))) == {2026: 100_000, 2027: 100_000}
