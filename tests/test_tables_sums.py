"""The sums a table promises: they hold, fail with both figures and the right page, or are not told at all."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_tables_accounts import of_rows

from corpus.model import Amount
from corpus.problems import Code
from corpus.readers.pdf import read
from pipeline.tables import TableFindings, find_tables

YEARS = ["", "2025", "2026"]
ACCOUNTS = ["", "Oprindeligt budget", "Korrigeret budget", "Regnskab", "Afvigelse"]


def sums(found: TableFindings) -> list[tuple[str, str, str, bool]]:
    return [(c.rule, f"{c.expected:f}", f"{c.found:f}", c.ok) for table in found.tables for c in table.checks]


def failed(found: TableFindings) -> list[str]:
    assert [p.code for p in found.problems] == [Code.SUM_MISMATCH] * sum(not ok for *_, ok in sums(found))
    return [printed for _, _, printed, ok in sums(found) if not ok]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("Løn 100 110,Drift 20 20,I alt 120 130", []),
        ("Løn 100 110,Drift 20 20,I alt 120 140", ["140000"]),
        ("Løn 100 110,heraf-elever 10 11,Drift 20 20,I-alt 120 130", []),
        ("Besparelse -100 -200,Investering 30 0,Netto -70 -190", ["-190000"]),
        ("Udgifter 500 510,Indtægter 200 210,Netto 300 300", []),
        ("A 10 20,B 30 40,Gennemsnit 20 30,I-alt 40 60", []),
        ("Skoler 30 32,A 10 12,B 20 20,Klubber 7 9,C 3 4,D 4 5,I-alt 37 41", []),
        ("Skoler 30 32,A 10 12,B 20 20,Klubber 7 9,C 3 4,D 4 5,I-alt 37 45", ["45000"]),
        ("Årsværk-i-alt -1,5 -2,0,Antal-årsværk -1,5 -2,0", []),
        (
            "Antal-årsværk -1,5 -2,0,Pædagoger-(årsværk) -1,0 -1,0,Lærere-(årsværk) -0,5 -1,0,Årsværk-i-alt -1,5 -2,6",
            ["-2.6"],
        ),
    ],
)
def test_sums_of_rows(rows: str, wrong: list[str]) -> None:
    table = [row.split(" ") for row in rows.replace(",5", ";5").replace(",0", ";0").replace(",6", ";6").split(",")]
    cells = [[" ".join(row[:-2]).replace("-", " "), *(cell.replace(";", ",") for cell in row[-2:])] for row in table]
    assert failed(of_rows("1.000 kr.", YEARS, *cells)) == wrong


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("100", "110", "105", "-5"), ("300", "310", "320", "10")], ["-5000", "10000"]),
        ([("100", "110", "105", "5"), ("300", "310", "320", "-10")], ["5000", "-10000"]),
        ([("100", "110", "105", "5"), ("300", "310", "320", "20")], ["5000", "20000"]),
        ([("100", "110", "105", "7"), ("300", "310", "320", "8")], []),
        ([("100", "100", "105", "5"), ("300", "300", "320", "20")], []),
    ],
)
def test_the_way_of_a_deviation(rows: Sequence[Sequence[str]], expected: list[str]) -> None:
    found = of_rows("Regnskab 2023, 1.000 kr.", ACCOUNTS, *(["Løn", *row] for row in rows))
    assert [value for _, value, _, ok in sums(found) if ok] == expected
    assert failed(found) == []


def test_a_wrong_deviation() -> None:
    rows = [("Løn", "1", "10", "15", "5"), ("Leje", "1", "20", "27", "7"), ("Mad", "1", "40", "50", "13")]
    found = of_rows("Regnskab 2023, 1.000 kr.", ACCOUNTS, *rows)
    assert [check for check in sums(found) if not check[3]] == [("deviation", "10000", "13000", False)]
    assert failed(found) == ["13000"]


def test_a_deviation_beside_its_percentage() -> None:
    heading = ["", "Budget 2024", "Regnskab 2024", "Afvigelse ift. budget", "Afvigelse i pct."]
    found = of_rows("1.000 kr.", heading, ["Løn", "100", "110", "10", "10,0"], ["Leje", "50", "45", "-5", "-10,0"])
    assert sums(found) == [("deviation", "10000", "10000", True), ("deviation", "-5000", "-5000", True)]
    assert [record.role for record in found.records if isinstance(record, Amount)][:3] == ["budget", "actual", None]


STEPS = [("Grunde", 5, 6), ("Veje", 7, 8), ("", 12, 14), ("Kasse", 1, 2), ("Bank", 3, 4), ("Likvider", 4, 6)]
SECTION = [("Varekøb", 12, 14), ("Fødevarer", 5, 6), ("El", 7, 8)]
"""The sum of two rows stands above them."""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([*STEPS, ("Inventar", 2, 2), ("I alt", 18, 22)], [True, True]),
        ([*STEPS, ("Inventar", 2, 2), ("I alt", 18, 29)], [True, False]),
        ([("Løn", 9, 9), *SECTION, ("I alt", 21, 23)], [True, True]),
        ([("Løn", 9, 9), *SECTION, ("I alt", 21, 24)], [True, False]),
        ([("Løn", 9, 9), ("Tilskud", -2, 3), ("Leje", 1, 1), ("I alt", 12, 13)], [True]),
        ([("Løn", 9, 9), ("Leje", 5, 5), ("heraf moms", 1, 1), ("I alt", 13, 14)], [True]),
    ],
)
def test_sums_of_accounts(rows: Sequence[tuple[str, int, int]], told: list[bool]) -> None:
    """Subtotals without a word for it, below their rows or above them, are not added twice.

    What is off by just one row has signs of its own.
    """
    found = of_rows("kr.", ["", "2023", "2022"], *([label, f"{a}00", f"{b}00"] for label, a, b in rows))
    assert [ok for *_, ok in sums(found)] == told


def test_a_large_mismatch_is_not_masked_as_a_cpr_number() -> None:
    found = of_rows("mio. kr.", YEARS, ["Løn", "1.000", "2"], ["Leje", "1.080", "2"], ["I alt", "9.070", "4"])
    assert found.problems[0].message == "total 2025: printed 9.070.000.000, parts give 2.080.000.000."


def test_a_mismatch_names_the_page_of_the_sum() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    rows = [
        ("1.000 kr.", "2025", "2026"),
        *((f"Post {'abcdefgh'[n % 8]}", "1", "2") for n in range(70)),
        ("I alt", "70", "250"),
    ]
    for number, row in enumerate(rows):
        if number == 50:
            canvas.showPage()
        y = 790 - 15 * (number % 50)
        canvas.drawString(60, y, row[0])
        for x, text in zip((400, 480), row[1:], strict=True):
            canvas.drawRightString(x, y, text)
    canvas.save()
    found = find_tables(read(buffer.getvalue(), "ark.pdf"))
    assert [table.pages for table in found.tables] == [[1, 2]]
    assert [(problem.code, problem.page) for problem in found.problems] == [(Code.SUM_MISMATCH, 2)]


LINES = [("Løn", 100, 110, 10), ("Leje", 50, 45, -5), ("Mad", 70, 77, 7)]


@pytest.mark.parametrize(
    "heads",
    [
        ("Budget 2026", "Budget 2027", "Ændring"),
        ("Regnskab 2025", "Budget 2026", "Afvigelse"),
        ("2026", "2027", "Forskel"),
    ],
)
@pytest.mark.parametrize(("last", "wrong"), [(("El", 8, 9, 1), []), (("El", 8, 9, 4), ["4000"])])
def test_what_differs_between_two_years(
    heads: Sequence[str], last: tuple[str, int, int, int], wrong: list[str]
) -> None:
    found = of_rows("1.000 kr.", ["", *heads], *([label, *map(str, row)] for label, *row in [*LINES, last]))
    assert [found for rule, _, found, ok in sums(found) if rule == "deviation" and ok][:3] == ["10000", "-5000", "7000"]
    assert failed(found) == wrong


@pytest.mark.parametrize("rows", [LINES[:2], [("Løn", 100, 110, 30), ("Leje", 50, 45, -9), ("Mad", 70, 77, 6)]])
def test_what_may_be_a_difference_of_something_else_is_not_checked(rows: Sequence[tuple[str, int, int, int]]) -> None:
    heads = ["", "Budget 2026", "Budget 2027", "Ændring"]
    assert not sums(of_rows("1.000 kr.", heads, *([label, *map(str, row)] for label, *row in rows)))


SIDES = [
    ("Løn", 100, 110),
    ("Drift", 20, 20),
    ("Udgifter i alt", 120, 130),
    ("Takster", 40, 40),
    ("Indtægter i alt", 40, 40),
]


@pytest.mark.parametrize(
    ("sign", "more", "net", "wrong"),
    [
        (-1, [], (80, 90), []),
        (-1, [], (85, 95), ["85000", "95000"]),
        (-1, [], (80, 95), ["95000"]),
        (1, [], (80, 90), []),
        (1, [], (-80, -90), []),
        (1, [], (85, 95), ["85000", "95000"]),
        (1, [("Renter", 5, 5)], (85, 95), []),
        (1, [("Renter", 5, 5)], (88, 99), []),
    ],
)
def test_a_net_below_the_sums_of_both_sides(
    sign: int, more: list[tuple[str, int, int]], net: tuple[int, int], wrong: list[str]
) -> None:
    """It is told to be wrong in every column, if nothing else stands above it."""
    rows = [*SIDES[:3], *((label, sign * a, sign * b) for label, a, b in SIDES[3:]), *more, ("Netto", *net)]
    found = of_rows("1.000 kr.", YEARS, *([label, str(a), str(b)] for label, a, b in rows))
    assert failed(found) == wrong


def test_a_sum_below_the_name_of_a_section_with_a_unit_of_its_own_adds_no_rows_above_it() -> None:
    heads = ["", "2025", "2024", "4. kvt. 2025", "3. kvt. 2025"]
    above = [
        ["Renter", "443", "459", "99", "115"],
        ["Drift", "610", "570", "150", "140"],
        ["Leje", "447", "471", "70", "80"],
    ]
    below = [["Balance, ultimo (mia. kr.)", "", "", "", ""], ["Udlån", "19,9", "19,7", "19,9", "19,6"]]
    total = ["Aktiver i alt", "21,4", "21,2", "22,4", "22,1"]
    found = of_rows("Hovedtal (mio. kr.)", heads, *above, *below, total)
    assert failed(found) == []
    assert found.tables[0].lines[-1].values[0].value == 21_400_000_000
