"""Accounts and budgets: years told beside or over the columns, note numbers, units and signs in all their ways."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Amount
from corpus.problems import Code
from corpus.readers.pdf import read
from corpus.reading import Reading
from pipeline.extract import extract_bytes
from pipeline.tables import TableFindings, find_tables
from pipeline.tables.content.levels import price_level
from pipeline.tables.content.units import is_sign_note, unit_note


def of_rows(above: str, heading: Sequence[str], *rows: Sequence[str], below: str = "") -> TableFindings:
    """The tables of a text with one table between pipes."""
    lines = [" | ".join(["", *row, ""]).strip() for row in (heading, ["---"] * len(heading), *rows)]
    text = "\n".join([above, "", *lines, "", below])
    return find_tables(Reading(media_type="text/plain", reader="text/1", text=text))


def values(found: TableFindings) -> dict[str, dict[tuple[int | None, str | None], str]]:
    return {
        line.label: {(value.year, value.column): f"{value.value:f}" for value in line.values}
        for table in found.tables
        for line in table.lines
    }


def years(found: TableFindings) -> list[int | None]:
    return [column.year for column in found.tables[0].columns]


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("Budget 2025|BO1|BO2|BO3", [2025, 2026, 2027, 2028]),
        ("R2023|B2024|BO1|BO2", [2023, 2024, 2025, 2026]),
        ("2025|Overslagsår 1|Overslagsår 2", [2025, 2026, 2027]),
        ("Budget 2025|Budgetoverslag 1|Budgetoverslag 2", [2025, 2026, 2027]),
        ("Regnskab 2023|BO1|BO2", [2023, None, None]),
        ("Budget 2025|BO2|BO3", [2025, None, None]),
        ("Budget 2025|I alt|BO1", [2025, None, None]),
        ("31.12.2023|31.12.2022", [2023, 2022]),
        ("Ultimo 2023|Primo 2023", [2023, 2023]),
        ("Forbrug pr. 31.8.2023|Rest|Regnskab pr. 30. juni 2023", [2023, None, 2023]),
        ("Saldo primo januar 2023|Ændring fra 1.1.2023|Forbrug 31/12 2023", [2023, None, 2023]),
        ("Budget 2024 pr. 1.9.2023|Forbrug 1. halvår 2023", [None, None]),
        ("2025-2028|2025", [None, 2025]),
        ("2025|2026|Varigt", [2025, 2026, None]),
        ("Korrigeret budget 2024|Forventet regnskab 2024|Vedtaget budget 2025", [2024, 2024, 2025]),
    ],
)
def test_years_of_the_columns(headings: str, told: list[int | None]) -> None:
    columns = headings.split("|")
    found = of_rows("Beløb i 1.000 kr.", ["Post", *columns], *(["Løn", *("7" for _ in columns)],) * 2)
    assert years(found) == told


def test_expected_accounts_are_no_actual_figures() -> None:
    head = ["Post", "Korrigeret budget 2031", "Forbrug 2031", "Forventet regnskab 2031", "Prognose, forbrug 2031"]
    found = of_rows("Beløb i 1.000 kr.", head, ["Løn", "9", "5", "8", "7"], ["Forventet forbrug", "3", "2", "1", "4"])
    told = [(record.label, record.role) for record in found.records if isinstance(record, Amount)]
    assert told == [("Løn", role) for role in ("budget", "actual", None, None)] + [("Forventet forbrug", None)] * 4


COMPARED = ["Område", "Oprindeligt budget", "Korrigeret budget", "Regnskab", "Afvigelse"]


@pytest.mark.parametrize(
    ("above", "year"),
    [
        ("Tabel 2. Regnskab 2023 (1.000 kr.)", 2023),
        ("Regnskab 2023\nBeløb i 1.000 kr., 2024-priser", 2023),
        ("Budgetopfølgning pr. 31. marts 2024, 1.000 kr.", 2024),
        ("Regnskab 2023 og budget 2024, 1.000 kr.", None),
        ("Overførsler fra 2023, 1.000 kr.", None),
        ("Budget 2025-2028, 1.000 kr.", None),
        ("1.000 kr., 2024-priser", None),
    ],
)
def test_the_year_of_the_caption(above: str, year: int | None) -> None:
    found = of_rows(above, COMPARED, ["Skole", "100", "110", "105", "-5"], ["Kultur", "30", "31", "32", "1"])
    assert values(found)["Skole"] == {
        (year, "Oprindeligt budget"): "100000",
        (year, "Korrigeret budget"): "110000",
        (year, "Regnskab"): "105000",
        (year, "Afvigelse"): "-5000",
    }


def test_years_after_the_one_of_the_caption() -> None:
    for above in ("Budget 2025, mio. kr.", "Budget 2025-2028, mio. kr."):
        found = of_rows(above, ["Område", "Budget", "BO1", "BO2", "BO3"], ["Skole", "1", "2", "3", "4"])
        assert years(found) == [2025, 2026, 2027, 2028]
    assert years(of_rows("Budget 2025-2027, mio. kr.", ["", "Budget", "BO1"], ["Skole", "1", "2"])) == [None, None]


def test_note_numbers_accounts_and_dates_name_no_row() -> None:
    found = of_rows("1.000 kr.", ["Note", "", "2023", "2022"], ["", "Omsætning", "9", "8"], ["1", "Løn", "-5", "-4"])
    assert values(found) == {
        "Omsætning": {(2023, None): "9000", (2022, None): "8000"},
        "Løn": {(2023, None): "-5000", (2022, None): "-4000"},
    }
    found = of_rows(
        "1.000 kr.", ["Post", "Dato", "Konto", "2025"], ["Løn", "01.02.2024", "301", "9"], ["Leje", "", "302", "7"]
    )
    assert values(found) == {"Løn": {(2025, None): "9000"}, "Leje": {(2025, None): "7000"}}
    assert found.problems == []


def test_two_columns_with_units_of_their_own() -> None:
    found = of_rows("", ["", "Note", "2023 kr.", "2022 t.kr."], ["Salg", "", "12.345.678", "11.000"])
    assert values(found) == {"Salg": {(2023, None): "12345678", (2022, None): "11000000"}}


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("Sæt selv tre nuller", 1000),
        ("DKK t.", 1000),
        ("i hele tusinder", 1000),
        ("Mio.kr. (1 decimal)", 10**6),
        ("EUR mio.", 10**6),
        ("Besparelser i 1.000 kr., 2025-pl", 1000),
    ],
)
def test_units(text: str, factor: int) -> None:
    note = unit_note(text)
    assert note is not None
    assert note.unit.factor == factor


def test_a_unit_whose_words_stand_apart_is_none() -> None:
    assert unit_note("Beløb i mio. 2026 kr.") is None
    assert unit_note("1.000 2026 kr.") is None


def test_price_levels() -> None:
    assert [price_level(text) for text in ("PL-25", "pl25", "2025 P&L", "pl 12 stk", "løbende priser")] == [
        *(2025, 2025, 2025),
        *(None, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Besparelser er angivet med minus",
        "+ er merudgifter, - er mindreudgifter",
        "Mindreudgifter er anført med -",
        "Tal i parentes er negative",
        "Udgifter er positive, indtægter negative",
    ],
)
def test_sign_notes(text: str) -> None:
    assert is_sign_note(text)
    assert not is_sign_note("Budget 2025 - er vedtaget")
    found = of_rows(f"1.000 kr.\n{text}", ["", "2025", "2026"], ["Løn", "-1", "2"])
    assert found.tables[0].sign_note == text
    assert values(found) == {"Løn": {(2025, None): "-1000", (2026, None): "2000"}}


def test_two_units_give_no_figure() -> None:
    found = of_rows("Beløb i 1.000 kr.", ["", "2025", "2026"], ["Løn", "1", "2"], below="Alle tal i mio. kr.")
    assert found.records == []
    assert [problem.code for problem in found.problems] == [Code.UNIT_CONFLICT]


def body(columns: int) -> list[list[str]]:
    return [["Løn", *(f"{n}" for n in range(1, columns + 1))], ["Leje", *("9" for _ in range(columns))]]


@pytest.mark.parametrize(
    ("over", "under", "told"),
    [
        ("|Budget||Regnskab|", "|2023|2024|2022|2023", ["Budget 2023", 2024, 2022, "Regnskab 2023"]),
        ("|Regnskab|Budget|Overslag||", "|2023|2024|2025|2026|2027", [2023, 2024, 2025, 2026, 2027]),
        (
            "Post|2023||2024|",
            "|Budget|Regnskab|Budget|Regnskab",
            ["2023 Budget", "2023 Regnskab", "2024 Budget", "2024 Regnskab"],
        ),
        (
            "Post|Kommunen||Koncern|",
            "|2023|2022|2023|2022",
            ["Kommunen 2023", "Kommunen 2022", "Koncern 2023", "Koncern 2022"],
        ),
        ("Post||2023||2024", "|Budget|Regnskab|Budget|Regnskab", []),
    ],
)
def test_headings_over_several_columns(over: str, under: str, told: list[int | str]) -> None:
    found = of_rows("1.000 kr.", over.split("|"), under.split("|"), *body(over.count("|")))
    assert [column or year for year, column in values(found)["Løn"]] == told
    assert len(found.records) == 2 * len(told)
    assert bool(found.problems) == (not told)


def test_money_and_people_side_by_side() -> None:
    for unit, above in (("1.000 kr.", ""), ("Drift", "1.000 kr.")):
        heading = ["Post", unit, "", "Årsværk", ""]
        found = of_rows(above, heading, ["", "2025", "2026", "2025", "2026"], *body(4))
        lines = [(line.unit, [f"{value.value:f}" for value in line.values]) for line in found.tables[0].lines]
        assert lines[:2] == [("DKK", ["1000", "2000"]), ("fte", ["3", "4"])]


def accounts(
    *blocks: Sequence[tuple[str, ...]],
    head: tuple[str, ...] = ("Mio. kr.", "2023", "2022"),
    first: Sequence[tuple[str, ...]] = (),
) -> TableFindings:
    """A page of accounts: one line of years at the top, and blocks of notes with words between them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    right = [480.0 - 70 * (len(head) - 2 - n) for n in range(len(head) - 1)]
    y = 780.0
    for rows in ([head, *first], *blocks):
        for row in rows:
            canvas.drawString(60, y, row[0])
            for x, text in zip(right[len(right) - len(row) + 1 :], row[1:], strict=True):
                canvas.drawRightString(x, y, text)
            y -= 14
        y -= 30
        canvas.drawString(60, y, "Noten omfatter de poster, som kommunen har haft i begge år, og som er bogført.")
        y -= 40
    canvas.save()
    return find_tables(read(buffer.getvalue(), "ark.pdf"))


RENT = [("Renter af lån", "16", "-3"), ("Bidrag", "1.862", "1.774"), ("I alt", "1.878", "1.771")]
WAGES = [("Løn", "2.319", "2.410"), ("Pension", "290", "272"), ("I alt", "2.609", "2.682")]


def test_one_line_of_years_and_unit_heads_the_page() -> None:
    found = accounts(RENT, WAGES)
    assert values(found)["Løn"] == {(2023, None): "2319000000", (2022, None): "2410000000"}
    assert values(found)["Renter af lån"] == {(2023, None): "16000000", (2022, None): "-3000000"}
    assert len(found.records) == 12
    assert [check.ok for table in found.tables for check in table.checks] == [True] * 4


def test_years_of_other_columns_are_not_taken_over() -> None:
    found = accounts(RENT, WAGES, head=("Mio. kr.", "2024", "2023", "2022"))
    assert found.records == []
    assert found.problems != []


def test_a_year_centred_over_its_columns() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    rows = [
        ("Område", "Drift", "Anlæg", "I alt", "I alt"),
        ("Lån", "10", "20", "30", "28"),
        ("Leje", "1", "2", "3", "4"),
    ]
    canvas.drawString(60, 780, "Mio. kr.")
    canvas.drawCentredString(348, 760, "2023")
    canvas.drawRightString(500, 760, "2022")
    for number, row in enumerate(rows):
        canvas.drawString(60, 746 - 14 * number, row[0])
        for x, text in zip((300, 360, 420, 500), row[1:], strict=True):
            canvas.drawRightString(x, 746 - 14 * number, text)
    canvas.save()
    found = find_tables(read(buffer.getvalue(), "ark.pdf"))
    assert [(year, value) for (year, _), value in values(found)["Lån"].items()] == [
        *((2023, "10000000"), (2023, "20000000"), (2023, "30000000")),
        (2022, "28000000"),
    ]


@pytest.mark.parametrize(
    ("line", "amounts"),
    [
        ("Forslaget koster 2,5 mio. kr. i 2025 og 300.000 kr. årligt derefter.", ["2,5 mio. kr.", "300.000 kr."]),
        ("Kørsel udgør 500.000 kr. i 2025 og 700.000 kr. i 2026.", ["500.000 kr.", "700.000 kr."]),
        ("Investering på 1,2 mio. kr.", ["1,2 mio. kr."]),
        ("Heraf 500.000 kr. til kørsel", ["500.000 kr."]),
    ],
)
def test_running_text_right_below_a_table_keeps_its_amounts(line: str, amounts: list[str]) -> None:
    text = f"Beløb i 1.000 kr.\n{'':18}2025   2026   2027\nBesparelse        -100   -200   -300\n{line}\n"
    document = extract_bytes(text.encode(), "forslag.txt")
    assert [r.text for r in document.records if isinstance(r, Amount) and r.source == "text"] == amounts
    assert [problem.message for problem in document.problems] == []


def test_a_refused_row_names_its_figures() -> None:
    text = f"Beløb i 1.000 kr.\n{'':18}2025   2026   2027\nBesparelse        -100   -200   -300\nKørsel 10 20\n"
    (told,) = extract_bytes(text.encode(), "forslag.txt").problems
    assert told.code == Code.TABLE_REFUSED
    assert "10 20" in told.message


def test_rates_are_not_in_the_unit_of_the_table() -> None:
    found = of_rows("1.000 kr.", ["", "2025", "2026"], ["Udgift pr. elev", "61", "62"], ["Udgift pr. år", "5", "6"])
    assert values(found) == {"Udgift pr. elev": {}, "Udgift pr. år": {(2025, None): "5000", (2026, None): "6000"}}
    assert [problem.code for problem in found.problems] == [Code.NUMBER_REFUSED] * 2
    found = of_rows("Beløb i kr.", ["", "2025", "2026"], ["Udgift pr. elev", "61.000", "62.000"])
    assert len(found.records) == 2


def test_employees_below_a_heading_of_people() -> None:
    rows = [["Løn", "5"], ["Årsværk", ""], ["Pædagoger", "1"], ["Lærere", "2"], ["I alt", "3"]]
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    lines = [(line.label, line.unit, [f"{value.value:f}" for value in line.values]) for line in found.tables[0].lines]
    assert lines[2:] == [(label, "fte", [figure] * 2) for label, figure in rows[2:]]
    rows[2][0] = "Områdechefer"
    found = of_rows("1.000 kr.", ["", "2025", "2026"], *([*row, row[1]] for row in rows))
    assert [line.values for line in found.tables[0].lines if line.label in {"Områdechefer", "I alt"}] == [[], []]


def test_a_rate_that_says_kr_is_in_kr() -> None:
    rows = [["Resultat pr. aktie (kr.)", "19,76"], ["Basisresultat i kr. pr. aktie", "27,40"], ["Løn", "5"]]
    found = of_rows("Mio. kr.", ["", "2023", "2022"], *([*row, row[1]] for row in rows))
    figures = [next(iter(row.values())) for row in values(found).values()]
    assert figures == ["19.76", "27.4", "5000000"]


def test_a_year_that_heads_the_rows() -> None:
    rows = [["2023", "", ""], ["Skole", "1", "2"], ["2022", "", ""], ["Skole", "3", "4"]]
    found = of_rows("Mio. kr.", ["", "Primo", "Ultimo"], *rows)
    assert [[(v.year, v.column, f"{v.value:f}") for v in line.values] for line in found.tables[0].lines] == [
        [(2023, "Primo", "1000000"), (2023, "Ultimo", "2000000")],
        [(2022, "Primo", "3000000"), (2022, "Ultimo", "4000000")],
    ]
    found = of_rows("Mio. kr.", ["2023", "Omsætning", "Skat"], ["Danmark", "1", "2"])
    assert values(found) == {"Danmark": {(2023, "Omsætning"): "1000000", (2023, "Skat"): "2000000"}}


def test_headings_of_words_go_on_below() -> None:
    found = accounts(WAGES, head=("Mio. kr.", "Kommunen", "Koncernen"), first=RENT)
    assert values(found)["Løn"] == {(None, "Kommunen"): "2319000000", (None, "Koncernen"): "2410000000"}
    assert len(found.records) == 12


def test_a_unit_for_a_section_of_the_table() -> None:
    rows = [["Drift (1.000 kr.)", ""], ["Løn", "7"], ["Anlæg (mio. kr.)", ""], ["Bro", "1,5"]]
    for above, leftover in (("", []), ("Beløb i hele kr.", [["Andet", ""], ["Diverse", "9"]])):
        found = of_rows(above, ["", "2025", "2026"], *([*row, row[1]] for row in (*rows, *leftover)))
        told = {line.label: line.values[0].value for line in found.tables[0].lines}
        assert told == {"Løn": 7000, "Bro": 1500000} | ({"Diverse": 9} if leftover else {})
        assert found.tables[0].lines[0].group == "Drift (1.000 kr.)"


def test_a_column_of_units() -> None:
    rows = [
        ["Løn", "1.000 kr.", "7"],
        ["Ansatte", "årsværk", "1,5"],
        ["Bro", "mio. kr.", "2"],
        ["Elever", "antal", "9"],
    ]
    found = of_rows("", ["Post", "Enhed", "2025", "2026"], *([*row, row[2]] for row in rows))
    assert [(line.label, line.unit, len(line.values)) for line in found.tables[0].lines] == [
        *(("Løn", "DKK", 2), ("Ansatte", "fte", 2), ("Bro", "DKK", 2)),
        ("Elever", None, 0),
    ]
    assert found.tables[0].lines[2].values[0].value == 2000000
    found = of_rows("1.000 kr.", ["", "Enhed", "2025", "2026"], ["Løn", "Havneskolen", "7", "8"])
    assert found.tables[0].lines[0].label == "Løn Havneskolen"


def test_a_figure_under_no_heading_is_refused() -> None:
    rows = [["Løn", "", "1", "2"], ["Leje", "", "3", "4"], ["Mad", "", "5", "6"], ["Grunde", "7", "8", "9"]]
    found = of_rows("1.000 kr.", ["", "", "2023", "2022"], *rows)
    assert values(found)["Mad"] == {(2023, None): "5000", (2022, None): "6000"}
    assert values(found)["Grunde"] == {(2023, None): "8000", (2022, None): "9000"}
    assert '"7" in row "Grunde" stands under no heading' in found.problems[0].message
