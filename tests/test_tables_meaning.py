"""What a grid means: which column names the rows, which unit holds, what is money, what people, what a total."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_tables_accounts import of_rows, values

from corpus.problems import Code
from corpus.readers.pdf import read
from corpus.reading import Reading
from pipeline.tables import TableFindings, find_tables


def of_text(text: str) -> TableFindings:
    return find_tables(Reading(media_type="text/plain", reader="text/1", text=text))


def labels(found: TableFindings) -> list[str]:
    return [line.label for table in found.tables for line in table.lines if line.values]


def roles(found: TableFindings) -> dict[str, str | None]:
    return {line.label: line.role for table in found.tables for line in table.lines}


NAMES = ["Drift af haller", "Flere pladser i dagtilbud", "Rengøring", "Belysning på stierne"]


@pytest.mark.parametrize(
    ("heading", "beside"),
    [
        (["Nr.", "Forslag (t.kr.)", "Udvalg"], ["1 # Teknik og Klima", "2 # Børn og Unge"]),
        (["ID", "Overskrift", "Udv."], ["BUU 1 # Børn og Unge", "BUU 2 # Børn og Unge"]),
        (["Udvalg", "Projekt"], ["Børne- og Undervisningsudvalget #", "Teknik- og Klimaudvalget #"]),
        (["Område", "Indsats", "Bemærkning"], ["Skole # Se bilag 3", "Ældre #"]),
        (["Note", "1.000 kr."], ["6, 7 #", "12 #"]),
        (["", ""], ["6, 7 #", "29,30 #"]),
        (["", ""], ["TKU-01 #", "BUU-02 #"]),
        (["Ansvarlig", ""], ["Center for By #", "Center for Børn #"]),
        (["", "", ""], ["A # Kultur", "B # Kultur"]),
    ],
)
def test_the_names_are_one_column(heading: list[str], beside: list[str]) -> None:
    rows = []
    for number, name in enumerate(NAMES):
        before, after = (part.strip() for part in beside[number % len(beside)].split("#"))
        cells = [name, after][: 1 + (len(heading) == 3 or not before)]
        rows.append([*([before] if before else []), *cells, "-1.250", "-2.500"])
    found = of_rows("Beløb i 1.000 kr.", [*heading, "2025", "2026"], *rows)
    assert labels(found) == NAMES


def test_a_row_without_a_name_is_named_by_what_it_has() -> None:
    found = of_rows(
        "Beløb i 1.000 kr.",
        ["Nr.", "Forslag", "Udvalg", "2025", "2026"],
        ["1", "Rengøring", "Skole", "10", "20"],
        ["2", "Belysning", "Skole", "30", "40"],
        ["3", "Haller", "Kultur", "30", "40"],
        ["I alt", "", "", "70", "100"],
    )
    assert labels(found) == ["Rengøring", "Belysning", "Haller", "I alt"]


@pytest.mark.parametrize("unit", ["1.000 kr.", "(1.000 kr.)", "t.kr."])
@pytest.mark.parametrize("name", ["", "Projekt"])
def test_units_under_the_years_are_units(unit: str, name: str) -> None:
    found = of_rows("", ["", "2025", "2026"], [name, unit, unit], ["Løn", "-108", "-215"], ["Energi", "-20", "0"])
    assert labels(found) == ["Løn", "Energi"]
    assert values(found)["Løn"] == {(2025, None): "-108000", (2026, None): "-215000"}
    assert not found.problems


TWO = """Alle tabeller er opgjort i 1.000 kr.

| Post | Budget 2025 | Budget 2026 |
|---|---|---|
| Løn | 100 | 110 |

{between}

| Post | {heading} 2025 | {heading} 2026 |
|---|---|---|
| {row} | 450 | 475 |
"""


@pytest.mark.parametrize(
    ("between", "heading", "row", "told"),
    [
        ("Her følger en tabel mere.", "Budget", "Drift", "450000"),
        ("Her følger en tabel mere.", "", "Serviceudgifter", "450000"),
        ("Her følger en tabel mere.", "", "Birkeskolen", None),
        ("Her følger en tabel mere.", "", "Antal elever", None),
        ("Her følger en tabel mere.\n\n2025-priser", "", "Birkeskolen", "450000"),
        ("Tabel 4: Driftsbudget", "", "Birkeskolen", "450000"),
        ("Tabel 4: Elever", "", "Birkeskolen", None),
        ("Andele (%)", "Budget", "Drift", None),
        ("Antal elever", "Budget", "Birkeskolen", None),
        ("Børnetal", "Budget", "Birkeskolen", None),
        ("Anlæg følger herunder.\n\nBeløb i mio. kr.", "Budget", "Drift", "450000000"),
    ],
)
def test_a_unit_stated_once_holds_for_the_tables_of_money(
    between: str, heading: str, row: str, told: str | None
) -> None:
    found = of_text(TWO.format(between=between, heading=heading, row=row))
    assert values(found)["Løn"] == {(2025, None): "100000", (2026, None): "110000"}
    assert values(found)[row].get((2025, None)) == told


@pytest.mark.parametrize(
    ("unit", "after", "told"),
    [
        ("Beløb i 1.000 kr.", "", None),
        ("Beløb i 1.000 kr.", "Alle beløb er i 1.000 kr.", "450000"),
        (
            "Beløb i 1.000 kr.\n\nHer er først budgettet, så følger en tabel.\n\nOg så driften.\n\nDen er her.",
            "",
            "450000",
        ),
    ],
)
def test_a_unit_over_one_table_is_not_that_of_the_next(unit: str, after: str, told: str | None) -> None:
    """But one in the document's head is, or one that is said of all amounts."""
    text = TWO.format(between="Her følger en tabel mere.", heading="Budget", row="Drift")
    found = of_text(f"{text.replace('Alle tabeller er opgjort i 1.000 kr.', unit)}\n\n{after}")
    assert values(found)["Løn"] == {(2025, None): "100000", (2026, None): "110000"}
    assert values(found)["Drift"].get((2025, None)) == told
    assert (Code.UNIT_UNKNOWN in [problem.code for problem in found.problems]) == (told is None)


def test_of_two_units_none_holds_for_a_third_table() -> None:
    text = TWO.format(between="Beløb i mio. kr.", heading="Budget", row="Drift")
    third = "En tabel mere, som ikke siger noget.\n\n| Post | Budget 2025 |\n|---|---|\n| Varme | 3 |\n| Vand | 4 |\n"
    found = of_text(f"{text}\n\n{third}")
    assert values(found)["Varme"] == {}
    assert Code.UNIT_UNKNOWN in [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("label", "told"), [("Ændring i alt", "33000"), ("Antal elever", None), ("Indeks", None), ("Kapacitet", None)]
)
def test_a_unit_over_the_years_holds_for_money_beside_them(label: str, told: str | None) -> None:
    found = of_rows("", ["Forslag", "T.kr. 2023", "T.kr. 2024", label], ["Lokaler", "412", "445", "33"])
    assert values(found)["Lokaler"].get((None, label)) == told


def test_tables_side_by_side_have_each_their_unit() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0)
    for left, unit, figure in ((60, "Drift (1.000 kr.)", "125"), (330, "Anlæg (mio. kr.)", "3,5")):
        canvas.drawString(left, 720, unit)
        for row, cells in enumerate(
            [("Post", "2025", "2026"), *((f"Række {n}", figure, figure) for n in (1, 2, 3, 4))]
        ):
            canvas.drawString(left, 700 - 18 * row, cells[0])
            canvas.drawRightString(left + 130, 700 - 18 * row, cells[1])
            canvas.drawRightString(left + 200, 700 - 18 * row, cells[2])
    canvas.save()
    found = find_tables(read(buffer.getvalue(), "ark.pdf"))
    printed = [[f"{v.value:f}" for line in table.lines for v in line.values] for table in found.tables]
    assert printed == [["125000"] * 8, ["3500000"] * 8]


PERSONNEL = [["Personalekonsekvenser", "", ""], ["Øvrig drift", "-3", "-4"], ["Kurser", "-6", "-6"]]


@pytest.mark.parametrize(
    ("counted", "money"),
    [
        ([["Antal årsværk", "-2,5", "-2,5"]], True),
        ([["Antal årsværk i alt", "-9", "-10"]], False),
        ([["Årsværk", "-8,8", "-10,2"]], False),
        ([["Pædagoger", "-2", "-2"], ["Årsværk", "-2,5", "-2,5"]], False),
        ([], False),
    ],
)
def test_rows_on_personnel_are_money_where_people_have_their_row(counted: list[list[str]], money: bool) -> None:
    found = of_rows("Beløb i 1.000 kr.", ["", "2025", "2026"], ["Løn", "1", "1"], *PERSONNEL, *counted)
    assert values(found)["Øvrig drift"] == ({(2025, None): "-3000", (2026, None): "-4000"} if money else {})
    assert (Code.NUMBER_REFUSED in [problem.code for problem in found.problems]) is not money


def test_more_than_any_proposal_has_people_is_money() -> None:
    rows = [["Personalekonsekvenser", "", ""], ["Styrkelse af tilsynet", "-3.042.597", "-25.000"]]
    found = of_rows("Beløb i hele kr.", ["", "2025", "2026"], ["Løn", "1.000", "1.000"], *rows)
    assert values(found)["Styrkelse af tilsynet"] == {(2025, None): "-3042597", (2026, None): "-25000"}


@pytest.mark.parametrize(
    ("rows", "money"),
    [
        ([["Konsulenter", "5.612", "3.348"], ["Vikarer", "1.020", "980"], ["I alt", "6.632", "4.328"]], True),
        ([["Konsulenter", "5.612", "3.348"], ["Vikarer", "1.020", "980"], ["I alt", "6.632", "4.329"]], False),
        ([["Konsulenter", "5.612", "3.348"], ["Vikarer", "1.020", "980"]], False),
        ([["Konsulenter", "56", "33"], ["Vikarer", "10", "9"], ["I alt", "66", "42"]], False),
        ([["Elever", "5.612", "3.348"], ["Vikarer", "1.020", "980"], ["I alt", "6.632", "4.328"]], False),
        ([["Lærere", "5.612", "3.348"], ["Pædagoger", "1.020", "980"], ["I alt", "6.632", "4.328"]], False),
    ],
)
def test_more_employees_than_work_anywhere_that_a_total_adds_to_money_are_money(
    rows: list[list[str]], money: bool
) -> None:
    found = of_rows("Beløb i 1.000 kr.", ["", "2025", "2026"], *rows)
    figures = {(2025 + n, None): text.replace(".", "") + "000" for n, text in enumerate(rows[0][1:])}
    assert values(found)[rows[0][0]] == (figures if money else {})


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Samlet indkøb på skolerne", None),
        ("Samlet ledelse af dagtilbud", None),
        ("Samlet", "total"),
        ("Samlede udgifter til skolerne", "total"),
        ("Samlet driftsbudget", "total"),
        ("Samlet Økonomiudvalget", "total"),
        ("Samlet ændring", "net"),
        ("Samlet ændring (netto)", "net"),
    ],
)
def test_a_name_that_begins_like_a_total_is_none(label: str, role: str | None) -> None:
    found = of_rows("1.000 kr.", ["", "2025", "2026"], ["Løn", "1", "2"], ["Varer", "3", "4"], [label, "4", "6"])
    assert roles(found)[label] == role
    off = of_rows("1.000 kr.", ["", "2025", "2026"], ["Løn", "1", "2"], ["Varer", "3", "4"], [label, "9", "9"])
    assert bool(off.problems) is (role is not None)


BLOCKS = [("Haller", 5, 6), ("Stier", 7, 8), ("Vask", 1, 2), ("Lys", 3, 3)]


@pytest.mark.parametrize(("printed", "wrong"), [(("4", "5"), 0), (("16", "19"), 0), (("4", "7"), 1)])
def test_a_total_may_be_of_the_last_rows(printed: Sequence[str], wrong: int) -> None:
    rows = [[name, str(first), str(second), "1"] for name, first, second in BLOCKS]
    count = "4" if printed == ("16", "19") else "2"
    found = of_rows("1.000 kr.", ["", "2025", "2026", "2027"], *rows, ["I alt", *printed, count])
    assert [problem.code for problem in found.problems] == [Code.SUM_MISMATCH] * wrong


def test_a_summed_row_heads_its_parts() -> None:
    rows = [
        ["Driftsudgifter", "", ""],
        ["Skoler", "10", "20"],
        ["Veje", "30", "40"],
        ["Driftsudgifter i alt", "40", "60"],
    ]
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *rows)
    assert [(line.label, line.group) for line in found.tables[0].lines][:2] == [
        ("Skoler", "Driftsudgifter"),
        ("Veje", "Driftsudgifter"),
    ]


def test_headings_printed_again_between_rows_are_no_figures() -> None:
    heading = ["Restløbetid", "Anfordring", "1-5 år", "Over 5 år"]
    rows = [["Udlån", "4", "5", "6"], ["Restløbetid 2019", *heading[1:]], ["Indlån", "7", "8", "9"]]
    found = of_rows("Mio. kr.", heading, *rows)
    assert not found.problems
    assert values(found)["Indlån"][(None, "1-5 år")] == "8000000"
    assert {line.label: line.group for line in found.tables[0].lines} == {"Udlån": None, "Indlån": "Restløbetid 2019"}


def test_a_year_before_words_over_other_columns_is_a_heading() -> None:
    rows = [["Terminer", "5", "17", "22"], ["Swaps", "3", "4", "7"]]
    found = of_rows("Mio. kr.", ["", "", "", ""], ["", "2020", "Aktiver", "Netto"], *rows)
    assert labels(found) == ["Terminer", "Swaps"]


def test_running_text_over_the_columns_is_no_heading() -> None:
    prose = "Koncernen bruger finansielle instrumenter til at dække risici, og de opgøres til dagsværdi."
    rows = [["", prose, ""], ["", "Aktiver", "Netto"], ["Terminer", "5", "17"], ["Swaps", "3", "4"]]
    found = of_rows("Mio. kr.", ["", "Koncernen", "Koncernen"], *rows)
    assert [column.label for column in found.tables[0].columns] == ["Aktiver", "Netto"]


def lines_of_page(*lines: str) -> TableFindings:
    """A page of text lines; the words parted by "|" stand in columns."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0)
    for number, line in enumerate(lines):
        first, *rest = line.split("|")
        canvas.drawString(60, 780 - 18 * number, first)
        for column, text in enumerate(rest):
            canvas.drawRightString(360 + 60 * column, 780 - 18 * number, text)
    canvas.save()
    return find_tables(read(buffer.getvalue(), "side.pdf"))


@pytest.mark.parametrize(
    "prose",
    [
        ("Forslaget giver en besparelse på 2,4", "mio. kr. årligt fra 2026."),
        ("Forslaget giver en besparelse på 2.400.000", "kr. årligt fra 2026."),
        ("Statens pulje er samlet på 3", "mio. kr. i 2025 og frem."),
        ("Området har i dag et samlet budget på godt 14 mio.", "kr. i 2025, og ruterne lægges om."),
        ("Det giver en besparelse på 2,4", "mio. kr. årligt fra 2026 og frem. Der nedlægges 4,75 årsværk."),
        ("Besparelsen er på 2,4", "mio. kr."),
    ],
)
@pytest.mark.parametrize("heading", [(), ("Økonomi",)])
def test_running_text_that_wraps_before_its_unit_states_none(prose: tuple[str, ...], heading: tuple[str, ...]) -> None:
    found = lines_of_page(*prose, *heading, "Udgifter|2025|2026", "Løn|-500|-600", "Drift|120|130")
    assert found.records == []
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]
    found = lines_of_page(*prose, *heading, "Beløb i 1.000 kr.|2025|2026", "Løn|-500|-600", "Drift|120|130")
    assert values(found)["Løn"] == {(2025, None): "-500000", (2026, None): "-600000"}
    assert found.problems == []


def test_a_unit_in_the_head_of_one_table_is_not_that_of_the_next() -> None:
    first = ("Mio. kr.|2025|2026", "Skoler|214,3|215,1", "Veje|31,8|31,3")
    between = ("Udgifter til projektet", "Projektet varer i to år og drives sammen med nabokommunen.")
    found = lines_of_page(*first, *between, "Projekt|2025|2026", "Løn|500|600", "Drift|120|120")
    assert values(found)["Skoler"] == {(2025, None): "214300000", (2026, None): "215100000"}
    assert values(found)["Løn"] == {}
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


STAFF = "Sundhedsplejersker (0-6 år)"


@pytest.mark.parametrize(
    ("heads", "figure", "money"),
    [
        (["Post", "2026 (1.000 kr.)", "2027 (1.000 kr.)"], "-900", True),
        (["Post", "2026 (1.000 kr.)", "2027 (1.000 kr.)"], "-9", False),
        (["Titel", "2026", "2027"], "-300", False),
        (["Nr.", "Titel", "2026", "2027"], "-300", True),
        (["Nr.", "Titel", "2026", "2027"], "-3", False),
        (["Nr.", "Stilling", "2026", "2027"], "-300", False),
    ],
)
def test_a_name_that_may_be_of_employees_is_money_under_its_unit_or_as_a_proposal(
    heads: list[str], figure: str, money: bool
) -> None:
    numbered = heads[0] == "Nr."
    rows = [[*([f"{n}"] if numbered else []), name, figure, figure] for n, name in enumerate((STAFF, "Ny bus"), 7)]
    table = "".join(f"| {' | '.join(row)} |\n" for row in [heads, ["---"] * len(heads), *rows])
    found = of_text(f"Beløb i 1.000 kr.\n\n{table}")
    (line,) = [line for line in found.tables[0].lines if line.label == STAFF]
    assert [f"{value.value:f}" for value in line.values] == ([f"{figure}000"] * 2 if money else [])
    assert bool(found.problems) is not money


@pytest.mark.parametrize("share", ["Pct.", "Forbrugs-%"])
def test_a_share_beside_sums_does_not_keep_a_row_of_employees_from_being_money(share: str) -> None:
    heads = ["Post", "Budget 2026", "Forbrug 2026", share]
    rows = [[STAFF, "9.500", "9.310", "98,0"], ["Leje", "700", "742", "106,0"], ["Kørsel", "400", "300", "75,0"]]
    total = ["I alt", "10.600", "10.352", "97,7"]
    table = "".join(f"| {' | '.join(row)} |\n" for row in [heads, ["---"] * 4, *rows, total])
    found = of_text(f"Beløb i 1.000 kr.\n\n{table}")
    (line,) = [line for line in found.tables[0].lines if line.label == STAFF]
    assert [f"{value.value:f}" for value in line.values] == ["9500000", "9310000"]
    assert found.problems == []
    wrong = table.replace("10.600", "10.700")
    assert [problem.code for problem in of_text(f"Beløb i 1.000 kr.\n\n{wrong}").problems] == [Code.NUMBER_REFUSED] * 2


@pytest.mark.parametrize(
    ("beside", "money"), [("Årsværk 2026", ["4", "24000"]), ("Andel 2026", []), ("Antal borgere", [])]
)
def test_employees_beside_their_arsvaerk_are_money_under_a_unit(beside: str, money: list[str]) -> None:
    heads = ["Personale", beside, "Antal elever", "Lønsum 2026 (1.000 kr.)"]
    rows = [["Pædagoger", "4", "91", "24"], ["Lærere", "6", "98", "32"], ["I alt", "10", "189", "56"]]
    table = "".join(f"| {' | '.join(row)} |\n" for row in [heads, ["---"] * 4, *rows])
    found = of_text(f"Personale\n\n{table}")
    lines = [line for line in found.tables[0].lines if line.label == "Pædagoger"]
    assert [f"{value.value:f}" for line in lines for value in line.values] == money
    assert bool(found.problems) is not bool(money)
