"""Columns of accounts and rates: which are money, of which year, and in what unit."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_tables_accounts import of_rows, values

from corpus.model import Amount
from corpus.readers.pdf import read
from pipeline.extract import extract_bytes
from pipeline.tables import TableFindings, find_tables
from pipeline.tables.content.units import unit_note


@pytest.mark.parametrize(
    "heading",
    ["Forbrugspct.", "Forbrugsgrad", "%-afvigelse", "Forbrug i %", "Afv. %", "Indeks", "Realvækst", "Dækningsgrad"],
)
def test_shares_and_indices_beside_money_are_no_money(heading: str) -> None:
    found = of_rows("1.000 kr.", ["Post", "Budget 2023", "Regnskab 2023", heading], ["Skoler", "200", "100", "50"])
    assert values(found)["Skoler"] == {(2023, "Budget 2023"): "200000", (2023, "Regnskab 2023"): "100000"}


@pytest.mark.parametrize(
    "heading",
    ["Overføres til 2024", "Forbrug før 2023", "Forbrug t.o.m. 2022", "Merforbrug", "Korr. bud.", "Tillægsbevilling"],
)
def test_money_beside_the_years_that_is_of_none_of_them(heading: str) -> None:
    found = of_rows("1.000 kr.", ["Post", "Regnskab 2023", heading], ["Skoler", "200", "50"])
    assert values(found)["Skoler"] == {(2023, None): "200000", (None, heading): "50000"}


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("Nordby Kommune · Bevillingsoversigt 2025 · Hele kr., løbende priser", 1),
        ("Nordby Kommune | 1.000 kr. | 2025", 1000),
        ("Beløb i hele kr. Positive tal er mindreforbrug, negative tal er merforbrug.", 1),
        ("Mio. kr. med 3 decimaler", 10**6),
        ("Alle takster er i kr. og inkl. moms", 1),
    ],
)
def test_units_among_other_words(text: str, factor: int) -> None:
    note = unit_note(text)
    assert note is not None
    assert note.unit.factor == factor


@pytest.mark.parametrize("text", ["Der er givet 1.000 kr. Det er nok", "Puljen er på 2 mio. kr. Den deles i to"])
def test_an_amount_before_a_full_stop_is_no_unit(text: str) -> None:
    assert unit_note(text) is None


def test_a_row_of_pupils_that_is_summed_with_money_is_money() -> None:
    rows = [["Løn", "40"], ["It og licenser", "30"], ["Elever", "20"], ["Administration i alt", "90"]]
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert values(found)["Elever"] == {(2025, None): "20000", (2026, None): "20000"}
    rows[3][1] = "70"
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert values(found)["Elever"] == {}
    rows = [["Personale", ""], ["Ledelse", "4"], ["Drift", "3"], ["Elever", "2"], ["I alt", "9"]]
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert values(found)["Elever"] == {}


def test_counts_and_rates_of_tax_are_no_money() -> None:
    rows = [["Grundskyldspromille", "24,8"], ["Folketal pr. 1. januar", "43.015"], ["Grundskyld", "-141,2"]]
    found = of_rows("Beløb i mio. kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert [len(line.values) for line in found.tables[0].lines] == [0, 0, 2]


def test_a_sentence_says_the_unit_of_rates() -> None:
    above = "Alle takster er i kr. og inkl. moms, hvor der opkræves moms. De er vedtaget sammen med budgettet."
    rows = [["Dagpleje", "pr. måned", "2.900,50"], ["Hovedret", "pr. portion", "58,75"]]
    found = of_rows(above, ["Ydelse", "Enhed", "Takst 2025", "Takst 2026"], *([*row, row[2]] for row in rows))
    assert [next(iter(line.values())) for line in values(found).values()] == ["2900.5", "58.75"]
    found = of_rows(above, ["Ydelse", "Enhed", "2025", "2026"], *([*row, row[2]] for row in rows))
    assert found.records == []


def printed(lines: list[tuple[float, list[tuple[float, str]]]], rights: list[float]) -> TableFindings:
    """A page with words at their left (below 200 points) or right edges, and its tables. ``rights`` of the figures."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("Helvetica", 10)
    for y, words in lines:
        for x, text in words:
            (canvas.drawString if x < 200 else canvas.drawRightString)(x, y, text)
    y = lines[-1][0]
    for label in ("Skoler", "Veje", "Bolig", "Kultur"):
        y -= 14
        canvas.drawString(60, y, label)
        for number, right in enumerate(rights):
            canvas.drawRightString(right, y, f"{number + 1}1,{number}")
    canvas.save()
    return find_tables(read(buffer.getvalue(), "ark.pdf"))


def test_headings_that_repeat_below_two_others() -> None:
    rights = [240.0, 300.0, 360.0, 420.0, 480.0, 540.0]
    under = ["2022", "2023", "Ændring"] * 2
    lines = [
        (780.0, [(60.0, "Område"), (318.0, "Årsværk"), (508.0, "Løn, mio. kr.")]),
        (767.0, list(zip(rights, under, strict=True))),
    ]
    found = printed(lines, rights)
    assert [(line.unit, len(line.values)) for line in found.tables[0].lines] == [("fte", 3), ("DKK", 3)] * 4
    assert [column.label for column in found.tables[0].columns][::3] == ["Årsværk 2022", "Løn, mio. kr. 2022"]


def test_a_group_between_the_headings_and_the_first_row() -> None:
    lines = [
        (790.0, [(60.0, "1.000 kr."), (300.0, "Note"), (400.0, "Ultimo 2022"), (500.0, "Ultimo 2023")]),
        (774.0, [(60.0, "Materielle aktiver")]),
    ]
    found = printed(lines, [300.0, 400.0, 500.0])
    assert values(found)["Skoler"] == {(2022, "Ultimo 2022"): "21100", (2023, "Ultimo 2023"): "31200"}
    assert [cell.text for cell in found.tables[0].cells[1] if cell.text] == ["Materielle aktiver"]


def test_a_unit_halfway_between_two_lines_of_headings() -> None:
    lines = [
        (780.0, [(300.0, "Forbrug"), (400.0, "Gæld"), (500.0, "Rest")]),
        (774.0, [(60.0, "Mio. kr.")]),
        (768.0, [(300.0, "for året"), (400.0, "ultimo"), (500.0, "i alt")]),
    ]
    found = printed(lines, [300.0, 400.0, 500.0])
    assert list(values(found)["Skoler"]) == [(None, "Forbrug for året"), (None, "Gæld ultimo"), (None, "Rest i alt")]


def test_a_total_that_begins_beside_the_names() -> None:
    rows = [[f"SSU-0{n}", f"Forslag om {name}", "1"] for n, name in enumerate(("løn", "leje", "mad", "el"))]
    rows.append(["I alt Social- og", "Sundhedsudvalget", "4"])
    found = of_rows("1.000 kr.", ["ID", "Titel", "2025", "2026"], *([*row, row[2]] for row in rows))
    assert list(values(found))[-2:] == ["Forslag om el", "I alt Social- og Sundhedsudvalget"]


@pytest.mark.parametrize("unit", ["Alle beløb i 1.000 kr.", "Beløb i t.kr.", "1.000 kr."])
def test_a_unit_over_years_and_notes_makes_no_money_of_notes(unit: str) -> None:
    lines = [
        (790.0, [(340.0, unit)]),
        (776.0, [(60.0, "Tekst"), (300.0, "Note"), (400.0, "2026"), (500.0, "2027")]),
    ]
    found = printed(lines, [300.0, 400.0, 500.0])
    assert values(found)["Skoler"] == {(2026, None): "21100", (2027, None): "31200"}


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Årsv.", "fte"), ("Stillinger", "position"), ("Elever", None), ("Børn", None), ("Ansatte", None)],
)
def test_people_beside_the_years_are_no_money_where_they_have_years_too(heading: str, unit: str | None) -> None:
    found = of_rows("1.000 kr.", ["Område", "2026", "2027", f"{heading} 2026", f"{heading} 2027"], [*"A1234"])
    lines = {line.unit: [f"{value.value:f}" for value in line.values] for line in found.tables[0].lines}
    assert lines == {"DKK": ["1000", "2000"]} | ({unit: ["3", "4"]} if unit else {})
    assert bool(found.problems) == (heading in {"Børn", "Ansatte"})


def test_areas_that_are_named_as_people_are_money_where_nothing_else_is_told_of_their_year() -> None:
    found = of_rows("1.000 kr.", ["Post", "Børn 2026", "Ældre 2026"], ["Løn", "3", "4"])
    assert values(found)["Løn"] == {(2026, "Børn 2026"): "3000", (2026, "Ældre 2026"): "4000"}


def test_a_year_behind_headings_that_are_read_as_one_is_of_no_known_unit() -> None:
    rights = [240.0, 302.0, 364.0, 426.0]
    heads = list(zip(rights, ["2026", "2027", "Årsværk 2026", "Årsværk 2027"], strict=True))
    found = printed([(780.0, [(60.0, "1.000 kr.")]), (767.0, [(60.0, "Område"), *heads])], rights)
    money = {f"{v.value:f}" for line in found.tables[0].lines if line.unit == "DKK" for v in line.values}
    assert money <= {"11000", "21100"}


@pytest.mark.parametrize(
    "text",
    [
        "Oversigt over forslag. 1.000 kr., 2026-priser. Minus er besparelse.",
        "Byrådet vedtog budgettet den 9. oktober 2025. 1.000 kr. i 2026-priser.",
    ],
)
def test_a_unit_behind_a_date_or_before_what_the_signs_mean(text: str) -> None:
    found = of_rows(text, ["Forslag", "2026", "2027"], ["Vagtplan", "-3", "-4"], ["Energi", "-1", "-2"])
    assert values(found)["Vagtplan"] == {(2026, None): "-3000", (2027, None): "-4000"}
    assert not any(isinstance(record, Amount) for record in extract_bytes(text.encode(), "a.txt").records)


def test_pupils_are_counted_where_the_year_has_a_budget_or_no_unit_is_printed() -> None:
    found = of_rows("1.000 kr.", ["Skole", "Budget 2026", "Elever 2026"], ["Nord", "4.100", "410"])
    assert values(found)["Nord"] == {(2026, "Budget 2026"): "4100000"}
    assert found.problems == []
    alone = ["Skole", "Elever 2026", "Elever 2027"], ["Nord", "410", "425"], ["Syd", "205", "212"]
    assert of_rows("", *alone).problems == []
    assert of_rows("", *alone).records == []
    problems = of_rows("1.000 kr.", *alone).problems
    assert len(problems) == 4
    assert all("is money or counts elever is not said" in each.message for each in problems)
