"""Tables of staff without a unit: the last row, or pay in a column of its own, says that people are counted."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

from corpus.model import Amount, Document, Fte

ENDS = (240.0, 290.0, 340.0, 480.0)
YEARS = ("2031", "2032", "2033")
ROWS = {
    "Gartnere": ("12,5", "11,0", "10,5"),
    "Lærere": ("140,2", "138,0", "131,4"),
    "Teknisk personale": ("8,0", "8,0", "7,5"),
}
SUMS = ("160,7", "157,0", "149,4")
PAY = {"Gartnere": "5.120", "Lærere": "71.300", "Teknisk personale": "3.405", "I alt": "79.825"}


def _of_staff(head: str, total: str, *, sums: tuple[str, ...] = SUMS, above: str = "Normering") -> Document:
    lines: list[Line] = [row(above), row(head, *YEARS), *(row(name, *printed) for name, printed in ROWS.items())]
    return laid([*lines, row(total, *sums)])


def _beside_pay(head: str, pay: str = "Lønsum (1.000 kr.)", *, whole: bool = False) -> Document:
    lines: list[Line] = [row(head, *YEARS, pay, ends=ENDS)]
    for name, printed in {**ROWS, "I alt": SUMS}.items():
        lines.append(row(name, *(text.split(",")[0] if whole else text for text in printed), PAY[name], ends=ENDS))
    return laid(lines)


def _people(document: Document) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for record in document.records:
        if isinstance(record, Fte):
            found.setdefault(record.label, []).append(record.text)
    return found


def _paid(document: Document) -> dict[str | None, str]:
    return {r.label: f"{r.value:f}" for r in document.records if isinstance(r, Amount) and r.source == "table"}


@pytest.mark.parametrize("head", ["Stillingsgruppe", "", "Område"])
@pytest.mark.parametrize("above", ["Normering", "Konsekvenser for medarbejderne"])
def test_a_total_of_people_says_what_the_rows_that_it_adds_up_count(head: str, above: str) -> None:
    document = _of_staff(head, "Årsværk i alt", above=above)
    assert _people(document) == {**{name: [*printed] for name, printed in ROWS.items()}, "Årsværk i alt": [*SUMS]}
    assert document.problems == []


def test_one_wrong_sum_of_three_is_told_and_the_rows_stay_people() -> None:
    document = _of_staff("Stillingsgruppe", "Årsværk i alt", sums=("160,7", "157,0", "194,4"))
    assert list(_people(document)) == [*ROWS, "Årsværk i alt"]
    assert [problem.code for problem in document.problems] == ["sum-mismatch"]


def test_one_sum_is_enough_below_the_heading_of_groups_of_staff() -> None:
    document = _of_staff("Personalegruppe", "Årsværk i alt", sums=("160,7", "99,0", "11,4"))
    assert list(_people(document)) == [*ROWS, "Årsværk i alt"]
    assert [problem.code for problem in document.problems] == ["sum-mismatch"] * 2
    none = _of_staff("Personalegruppe", "Årsværk i alt", sums=("3,5", "2,0", "1,5"))
    assert "Lærere" not in _people(none)


@pytest.mark.parametrize("sums", [("3,5", "2,0", "1,5"), ("160,7", "99,0", "11,4")])
def test_people_that_no_sum_ties_to_the_rows_say_nothing_of_these(sums: tuple[str, ...]) -> None:
    document = _of_staff("Område", "Årsværk i alt", sums=sums)
    assert "Lærere" not in _people(document)
    assert any("money or people is not said" in problem.message for problem in document.problems)


@pytest.mark.parametrize("head", ["Stillingsgruppe", "Personalegruppe", "Faggruppe"])
def test_parts_of_people_beside_what_they_cost_are_people_and_the_cost_is_money(head: str) -> None:
    document = _beside_pay(head)
    assert _people(document) == {**{name: [*printed] for name, printed in ROWS.items()}, "I alt": [*SUMS]}
    assert _paid(document) == {name: f"{printed.replace('.', '')}000" for name, printed in PAY.items()}
    assert document.problems == []


@pytest.mark.parametrize(
    ("head", "pay", "whole"),
    [("Stillingsgruppe", "Lønsum (1.000 kr.)", True), ("Område", "Lønsum (1.000 kr.)", False)],
)
def test_neither_whole_numbers_nor_other_names_beside_pay_are_told_to_be_people(
    head: str, pay: str, whole: bool
) -> None:
    document = _beside_pay(head, pay, whole=whole)
    assert _people(document) == {}
    assert any("is money or people is not said" in problem.message for problem in document.problems)


def test_pay_of_a_year_is_no_people_though_their_total_stands_below() -> None:
    heads = ("Løn 2031", "Løn 2032", "Løn 2033")
    lines: list[Line] = [row("Stillingsgruppe", *heads), *(row(name, *printed) for name, printed in ROWS.items())]
    assert "Lærere" not in _people(laid([*lines, row("Årsværk i alt", *SUMS)]))


def test_pay_below_a_title_that_counts_people_is_money() -> None:
    lines: list[Line] = [row("Antal årsværk"), row("Stillingsgruppe", *YEARS, "Lønsum (1.000 kr.)", ends=ENDS)]
    lines += [row(name, *printed, PAY[name], ends=ENDS) for name, printed in ROWS.items()]
    document = laid(lines, step=15)
    assert _paid(document)["Lærere"] == "71300000"
    assert _people(document)["Lærere"] == [*ROWS["Lærere"]]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Lærere", "Pædagoger", "Teknisk personale", "Elever og studerende"), True),
        (("Lærere", "Pædagoger", "Veje", "Havne"), False),
        (("Lærere", "Pædagoger", "Teknisk personale", "Drift"), False),
    ],
)
def test_rows_of_known_staff_beside_pay_count_people_also_without_a_heading(names: tuple[str, ...], told: bool) -> None:
    lines: list[Line] = [row("", *YEARS, "Lønsum (1.000 kr.)", ends=ENDS)]
    for number, name in enumerate(names, 1):
        lines.append(row(name, f"{number}2,5", f"{number}1,0", f"{number}0,5", f"{number}.120", ends=ENDS))
    document = laid(lines)
    assert (_people(document) == {name: [f"{n}2,5", f"{n}1,0", f"{n}0,5"] for n, name in enumerate(names, 1)}) is told
    assert (_people(document) == {}) is not told
    assert _paid(document).get("Lærere", "1120000") == "1120000"


def test_staffing_of_somewhere_is_money_in_a_sum_of_money_and_else_refused() -> None:
    ends = (300.0, 360.0)
    named = row("Normering i vuggestuer", "3,0", "6,0", ends=ends)
    others = [row("Klubber", "8,0", "8,0", ends=ends), row("Kvote på 45 børn", "2,0", "2,0", ends=ends)]
    head: list[Line] = [((-60.0, "Beløb i mio. kr."),), row("", "2026", "2027", ends=ends)]
    summed = laid([*head, named, *others, row("I alt", "13,0", "16,0", ends=ends)])
    assert figures(summed)["Normering i vuggestuer"] == {2026: "3000000", 2027: "6000000"}
    alone = laid([*head, named, *others])
    assert figures(alone)["Normering i vuggestuer"] == {}
    assert [problem.code for problem in alone.problems] == ["number-refused"] * 2
