"""A row with "netto" in a longer name is the net sum where its figures say so, and else what it was before."""

from __future__ import annotations

import pytest
from figures import paper

from corpus.model import Amount, Document
from pipeline.extract import extract_bytes
from pipeline.figures.collect import paper_figures
from pipeline.figures.request import Request
from pipeline.figures.sums import add_up

PARTS = ("Projektering|450||", "Håndværkere||5.200|2.150", "Inventar|||600", "Gave fra fond||-1.000|")


def read(*rows: str) -> Document:
    lines = ["Beløb i 1.000 kr.", "", "| | 2026 | 2027 | 2028 |", "|---|---|---|---|"]
    text = "\n".join([*lines, *(f"| {' | '.join(row.split('|'))} |" for row in rows)])
    return extract_bytes(text.encode(), "anlaeg.txt")


def roles(*rows: str) -> list[str | None]:
    (table,) = read(*rows).tables
    return [line.role for line in table.lines]


@pytest.mark.parametrize(
    "name",
    ["Anlægsudgift netto", "Nettoanlægsudgift", "Nettoudgift", "Driftsudgifter, netto", "Udgift (1.000 kr.) netto"],
)
def test_a_net_row_of_a_longer_name_is_no_part_of_what_it_sums(name: str) -> None:
    found = read(*PARTS, f"{name}|450|4.200|2.750")
    (table,) = found.tables
    assert table.lines[-1].role == "net"
    assert [check.ok for check in table.checks if check.rule == "net"] == [True] * 3
    assert [a.role for a in found.records if isinstance(a, Amount) and a.text in ("4.200", "2.750")] == ["net"] * 2
    gross = add_up(list(paper_figures(paper(table), {})), Request(side="gross"))
    assert {each.year: int(each.value) for each in gross.sums} == {2026: 450_000, 2027: 4_200_000, 2028: 2_750_000}


def test_one_wrong_figure_of_such_a_row_is_told() -> None:
    found = read(*PARTS, "Anlægsudgift netto|450|4.300|2.750")
    assert [p.message for p in found.problems if p.code == "sum-mismatch"] == [
        "net 2027: printed 4.300.000, parts give 4.200.000."
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("Skoler|100|120|130", "Nettoudgift|80|90|95", "I alt|180|210|225"), id="an area of its own"),
        pytest.param((*PARTS, "Nettoudgifter til skoler|450|4.200|2.750"), id="a name that goes on"),
        pytest.param(("Løn|100|120|130", "Varer|10|20|30", "Nettoudgift|60|90|95"), id="other figures"),
        pytest.param(("Løn|100|120|130", "Nettoudgift|100|120|130"), id="one row above"),
    ],
)
def test_a_row_that_its_figures_do_not_make_a_sum_stays_what_it_was(rows: tuple[str, ...]) -> None:
    assert "net" not in roles(*rows)
    assert all(problem.code != "sum-mismatch" for problem in read(*rows).problems)
