"""Sums over sums: what no sum above takes in is added up, and a sum is told to be wrong only where its way is plain."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_tables_accounts import of_rows
from test_tables_sums import failed, sums

BALANCE = [
    ("Grunde", 20, 21),
    ("Bygninger", 30, 33),
    ("Anlægsaktiver i alt", 50, 54),
    ("Likvider", 7, 9),
    ("AKTIVER I ALT", 57, 63),
    ("Opskrivninger", 11, 12),
    ("Balancekonto", 13, 15),
    ("Egenkapital i alt", 24, 27),
    ("Hensættelser", 14, 16),
    ("Kortfristet gæld", 19, 20),
]
OVERVIEW = [
    ("Skatter", -90, -95, -99),
    ("Tilskud", -20, -21, -22),
    ("Indtægter i alt", -110, -116, -121),
    ("Skoleudvalget", 60, 61, 62),
    ("Vejudvalget", 45, 47, 49),
    ("Driftsudgifter i alt", 105, 108, 111),
    ("Resultat af ordinær drift", -5, -8, -10),
    ("Anlæg af veje", 4, 6, 6),
    ("Anlæg af skoler", 3, 3, 3),
    ("Anlægsudgifter i alt", 7, 9, 9),
    ("Resultat af det skattefinansierede område", 2, 1, -1),
    ("Drift", -31, -32, -33),
    ("Anlæg", 40, 41, 42),
    ("Resultat af det brugerfinansierede område", 9, 9, 9),
]
YEARS = ["", "Budget 2031", "Overslag 2032", "Overslag 2033"]


def _printed(rows: Sequence[tuple[str, *tuple[int, ...]]]) -> list[list[str]]:
    return [[label, *(f"{figure}00" for figure in figures)] for label, *figures in rows]


@pytest.mark.parametrize(("total", "wrong"), [((57, 63), []), ((157, 163), [])])
def test_the_last_side_of_a_balance_adds_a_sum_and_the_rows_below_it(total: tuple[int, int], wrong: list[str]) -> None:
    rows = _printed([*BALANCE, ("PASSIVER I ALT", *total)])
    assert failed(of_rows("1.000 kr.", ["", "Ultimo 2030", "Ultimo 2031"], *rows)) == wrong


def test_what_holds_over_sums_is_a_check() -> None:
    rows = _printed([*BALANCE, ("PASSIVER I ALT", 57, 63)])
    held = sums(of_rows("1.000 kr.", ["", "Ultimo 2030", "Ultimo 2031"], *rows))
    assert [check[2] for check in held[-2:]] == ["5700000", "6300000"]


@pytest.mark.parametrize(
    ("result", "wrong"), [((11, 10, 8), []), ((11, 10, 18), ["1800000"]), ((71, 79, 98), [])], ids=str
)
def test_a_net_result_over_the_results_of_two_areas(result: tuple[int, int, int], wrong: list[str]) -> None:
    """Where all years are off, what the result adds up is not plain; where one is, the others prove it."""
    rows = _printed([*OVERVIEW, ("Resultat i alt", *result)])
    assert failed(of_rows("1.000 kr.", YEARS, *rows)) == wrong


FOLLOWED = ["", "Vedtaget budget 2031", "Tillægsbev.", "Korrigeret budget", "Forventet regnskab 2031", "Restbudget"]
KEPT = [("Skoler", 50, 0, 50, 53, -3), ("Veje", 31, 0, 31, 27, 4), ("Museer", 12, 1, 13, 14, -1)]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([("Bade", 40, -5, 35, 38, -3), ("I alt", 133, -4, 129, 132, -3)], []),
        ([("Bade", 40, -5, 35, 38, -7), ("I alt", 133, -4, 129, 132, -7)], ["-700000", "-700000"]),
    ],
)
def test_what_is_left_of_a_budget_that_prints_no_year(
    rows: list[tuple[str, *tuple[int, ...]]], wrong: list[str]
) -> None:
    """ "Korrigeret budget" beside a year: a row is told to be wrong only where no way to take it holds."""
    found = of_rows("1.000 kr.", FOLLOWED, *_printed([*KEPT, *rows]))
    assert [printed for rule, _, printed, ok in sums(found) if rule == "deviation" and not ok] == wrong
