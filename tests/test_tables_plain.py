"""Tables in plain text: what is read, what is refused, and what is no table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Amount, Fte, Table
from corpus.problems import Code
from corpus.reading import Reading
from pipeline.extract import extract_bytes
from pipeline.tables import TableFindings, find_tables
from pipeline.tables.budgets.ledger import Marked, unclaimed

SEED = Path(__file__).resolve().parents[1].parent / "shared" / "seeds" / "002_fe39d613666f8825.txt"


def reading_of(text: str) -> Reading:
    return Reading(media_type="text/plain", reader="text/1", text=text)


def found_in(text: str) -> TableFindings:
    found = find_tables(reading_of(text))
    for record in found.records:
        assert text[record.start : record.end] == record.text
        assert record.source == "table"
    for table in found.tables:
        for line in table.lines:
            for value in line.values:
                assert value.start is not None
                assert text[value.start : value.end] == value.raw
    assert len(found.starts) == len(found.tables)
    return found


def values(table: Table, label: str) -> dict[int | str | None, str]:
    """The values of the line with this label by year, or by column where there is no year."""
    line = next(line for line in table.lines if line.label == label)
    return {value.year or value.column: f"{value.value:f}" for value in line.values}


def codes(found: TableFindings) -> list[str]:
    return [problem.code for problem in found.problems]


COLLAPSED = """Skoler 2025-2028
Nr. SKU7
Beløb i 1.000 kr.
2025-priser

2025 2026 2027 2028

Nuværende budget

Budgetændring – drift
Besparelse -120 -1.240 -1.240 -1.240
Effektivisering
Investering 300 - - -
Samlet ændring (netto) 180 -1.240 -1.240 -1.240

Personalekonsekvenser
Ændring i antal årsværk -0,25 -2,5 -2,5 -2,5
Note: (-) = mindreudgift, (+) = merudgift

1. Resumé
Forslaget sparer 2 lærerstillinger i 2026 og flytter 300 elever.
"""


def test_a_budget_table_of_collapsed_columns() -> None:
    found = found_in(COLLAPSED)
    (table,) = found.tables
    assert [column.year for column in table.columns] == [2025, 2026, 2027, 2028]
    assert table.unit is not None
    assert (table.unit.factor, table.unit.text) == (Decimal(1000), "Beløb i 1.000 kr.")
    assert table.price_level == 2025
    assert table.sign_note == "Note: (-) = mindreudgift, (+) = merudgift"
    assert values(table, "Besparelse") == {2025: "-120000", 2026: "-1240000", 2027: "-1240000", 2028: "-1240000"}
    assert values(table, "Investering") == {2025: "300000"}
    assert values(table, "Effektivisering") == {}
    assert values(table, "Nuværende budget") == {}
    assert values(table, "Ændring i antal årsværk") == {2025: "-0.25", 2026: "-2.5", 2027: "-2.5", 2028: "-2.5"}
    groups = {line.label: line.group for line in table.lines}
    assert groups["Besparelse"] == "Budgetændring – drift"
    assert groups["Ændring i antal årsværk"] == "Personalekonsekvenser"
    assert [(check.rule, check.year, check.ok) for check in table.checks] == [
        ("net", year, True) for year in (2025, 2026, 2027, 2028)
    ]
    assert codes(found) == []
    assert "Resumé" not in "".join(COLLAPSED[start:end] for start, end in found.zones)


def test_the_records_of_a_table() -> None:
    found = found_in(COLLAPSED)
    first = found.records[0]
    assert isinstance(first, Amount)
    assert (first.value, first.currency, first.year, first.price_level) == (Decimal(-120000), "DKK", 2025, 2025)
    assert (first.role, first.unit_source, first.text) == ("saving", "Beløb i 1.000 kr.", "-120")
    people = [record for record in found.records if isinstance(record, Fte)]
    assert [(record.value, record.unit, record.year) for record in people][:2] == [
        (Decimal("-0.25"), "fte", 2025),
        (Decimal("-2.5"), "fte", 2026),
    ]


@pytest.mark.skipif(not SEED.exists(), reason="the real proposal is not beside the checkout")
def test_the_real_proposal() -> None:
    found = found_in(SEED.read_text(encoding="utf-8"))
    (table,) = found.tables
    assert values(table, "Besparelse") == {2023: "-206000", 2024: "-413000", 2025: "-413000", 2026: "-413000"}
    assert values(table, "Ændring i antal årsværk") == {2023: "-0.5", 2024: "-1", 2025: "-1", 2026: "-1"}
    for empty in ("Nuværende budget", "Effektivisering", "Investering"):
        assert values(table, empty) == {}
    assert table.price_level == 2023
    assert table.unit is not None
    assert table.unit.text == "Beløb i 1.000 kr."
    assert len(table.checks) == 4
    assert all(check.ok for check in table.checks)
    assert found.problems == []


@pytest.mark.parametrize(
    "row",
    [
        "Færre møder 100 200",
        "Færre møder -100",
        "Færre møder 1 200 300 400 500",
        "Færre møder - 206 - 413 413",
        "Færre møder 100 200 300 400 500",
        "Pulje 12 450 13 200 800",
    ],
)
def test_a_row_with_an_unknown_layout_is_refused_and_never_shifted(row: str) -> None:
    text = f"1.000 kr.\n2024 2025 2026 2027\nBesparelse 1 2 3 4\n{row}\nNetto 1 2 3 4\n"
    found = found_in(text)
    (table,) = found.tables
    assert Code.TABLE_REFUSED in codes(found)
    assert all(not line.values for line in table.lines if line.label not in {"Besparelse", "Netto"})
    assert values(table, "Netto") == {2024: "1000", 2025: "2000", 2026: "3000", 2027: "4000"}


@pytest.mark.parametrize(
    ("row", "label", "expected"),
    [
        ("Færre møder 12 450 13 200 - -", "Færre møder", {2024: "12450000", 2025: "13200000"}),
        ("Færre møder - 206 - 413 - 413 - 413", "Færre møder", {2024: "-206000", 2025: "-413000", 2026: "-413000"}),
        ("Budgetaftale 2024 -500 -500 -500 -500", "Budgetaftale 2024", {2024: "-500000", 2025: "-500000"}),
        ("Færre møder (206) 413- \u2212413 +1", "Færre møder", {2024: "-206000", 2025: "-413000", 2026: "-413000"}),
        ("Færre møder i\nde lokale råd 1 2 3 4", "Færre møder i de lokale råd", {2024: "1000", 2025: "2000"}),
        ("Mindre rengø-\nring 1 2 3 4", "Mindre rengøring", {2024: "1000", 2025: "2000"}),
        ("Færre møder 1 2 3 4\nog kortere dage", "Færre møder og kortere dage", {2024: "1000", 2025: "2000"}),
    ],
)
def test_rows_that_can_be_laid_out_in_one_way(row: str, label: str, expected: dict[int, str]) -> None:
    found = found_in(f"Beløb i t.kr.\n2024 2025 2026 2027\n{row}\nNetto 1 2 3 4\n")
    assert expected.items() <= values(found.tables[0], label).items()
    assert Code.TABLE_REFUSED not in codes(found)


def test_columns_kept_apart_by_blanks() -> None:
    text = (
        "Beløb i 1.000 kr.\n"
        "                     2024    2025    2026\n"
        "Drift\n"
        "Besparelse           -100            -200\n"
        "Investering                   500\n"
        "Skæv række              1  2\n"
    )
    found = found_in(text)
    (table,) = found.tables
    assert values(table, "Besparelse") == {2024: "-100000", 2026: "-200000"}
    assert values(table, "Investering") == {2025: "500000"}
    assert values(table, "Skæv række") == {}
    assert codes(found) == [Code.TABLE_REFUSED]


def test_tabs_keep_empty_cells() -> None:
    found = found_in("t.kr.\tB2024\tBO2025\nBesparelse\t-1\t-2\nInvestering\t\t5\nMere\t5\n")
    (table,) = found.tables
    assert values(table, "Investering") == {2025: "5000"}
    assert values(table, "Mere") == {}
    assert codes(found) == [Code.TABLE_REFUSED]
    amounts = [record for record in found.records if isinstance(record, Amount)]
    assert [amount.role for amount in amounts] == ["saving", "saving", "investment"]


def test_pipes() -> None:
    found = found_in(
        "Tabel 1. Oversigt (mio. kr., 2024-pl)\n| Forslag | 2024 | 2025 | I alt |\n|---|---:|---:|---:|\n"
        "| Færre vikarer | -1,25 | -2,5 | -3,75 |\n| Flere busser |  | 1 | 1 |\n| **I alt** | -1,25 | -1,5 | -2,75 |\n"
    )
    (table,) = found.tables
    assert table.caption == "Tabel 1. Oversigt (mio. kr., 2024-pl)"
    assert values(table, "Færre vikarer") == {2024: "-1250000", 2025: "-2500000", "I alt": "-3750000"}
    assert values(table, "Flere busser") == {2025: "1000000", "I alt": "1000000"}
    assert all(check.ok for check in table.checks)
    assert {check.rule for check in table.checks} == {"years", "total"}


def test_a_cell_to_a_line() -> None:
    found = found_in("t.kr.\n2024\n2025\nBesparelse\n-1\n-2\nInvestering\n5\nNetto\n-1\n3\n")
    (table,) = found.tables
    assert values(table, "Besparelse") == {2024: "-1000", 2025: "-2000"}
    assert values(table, "Investering") == {}
    assert codes(found) == [Code.TABLE_REFUSED]


def test_years_as_rows() -> None:
    found = found_in(
        "| År | Besparelse (t.kr.) | Årsværk |\n|---|---|---|\n| 2024 | -500 | -1,0 |\n| 2025 | -1.000 | -2 |\n"
    )
    (table,) = found.tables
    assert values(table, "Besparelse (t.kr.)") == {2024: "-500000", 2025: "-1000000"}
    assert values(table, "Årsværk") == {2024: "-1", 2025: "-2"}


def test_quoted_lines_of_a_mail() -> None:
    found = found_in("> Beløb i 1.000 kr.\n> 2024 2025\n> Besparelse -5 -10\n>\n> Hilsen\n")
    assert values(found.tables[0], "Besparelse") == {2024: "-5000", 2025: "-10000"}


def test_an_unknown_unit_gives_cells_and_people_but_no_money() -> None:
    found = found_in("2024 2025\nBesparelse -5 -10\nÅrsværk -1 -2\n")
    (table,) = found.tables
    assert values(table, "Besparelse") == {}
    assert values(table, "Årsværk") == {2024: "-1", 2025: "-2"}
    assert table.cells[1][1].text == "-5"
    assert codes(found) == [Code.UNIT_UNKNOWN]


def test_two_units() -> None:
    found = found_in("Beløb i 1.000 kr.\nmio. kr. 2024 2025\nBesparelse -5 -10\n")
    assert codes(found) == [Code.UNIT_CONFLICT]
    assert found.records == []


def test_a_row_may_have_its_own_unit() -> None:
    found = found_in("Beløb i 1.000 kr.\n2024 2025\nBesparelse -5 -10\nAnlæg (mio. kr.) 1,5 2\nAntal børn 12 15\n")
    (table,) = found.tables
    assert values(table, "Anlæg (mio. kr.)") == {2024: "1500000", 2025: "2000000"}
    assert values(table, "Antal børn") == {}


def test_a_unit_said_for_the_whole_document() -> None:
    found = found_in("Alle beløb er i 1.000 kr.\n" + "Tekst.\n" * 30 + "2024 2025\nBesparelse -5 -10\n")
    assert values(found.tables[0], "Besparelse") == {2024: "-5000", 2025: "-10000"}


def test_a_sum_that_is_not_right_is_said_with_both_figures() -> None:
    found = found_in("Beløb i 1.000 kr.\n2024 2025\nBesparelse -5 -10\nInvestering 2 3\nNetto -3 -9\n")
    (table,) = found.tables
    assert [(check.year, check.ok) for check in table.checks] == [(2024, True), (2025, False)]
    (note,) = found.problems
    assert note.code == Code.SUM_MISMATCH
    assert "-9.000" in note.message
    assert "-7.000" in note.message


@pytest.mark.parametrize(("printed", "ok"), [("5,1", True), ("5,2", False)])
def test_rounding_is_tolerated_by_half_a_digit_for_each_term(printed: str, ok: bool) -> None:
    found = found_in(f"mio. kr.\n2024 2025\nPulje A 2,5 1\nPulje B 2,5 1\nI alt {printed} 2\n")
    assert [check.ok for check in found.tables[0].checks] == [ok, True]


@pytest.mark.parametrize(
    "text",
    [
        "I 2023 og 2024 blev der brugt 200.000 kr.\nog i 2024 500 kr.\n",
        "budget 2023 og 2024\nEr der 2 eller 3 skoler?\n",
        "Nr. ISU42\nUdvalg Skoleudvalget\nTelefon 12 34 56 78\n",
        "1. Resumé\n2. Status\n3. Økonomi 12\n",
        "Forside | Kontakt\nOm os | Job\n",
        "",
        "\n\n\n",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert found_in(text) == TableFindings()


def test_every_number_is_in_a_cell_or_named() -> None:
    found = found_in(COLLAPSED)
    claimed = Marked(len(COLLAPSED))
    claimed.mark([*found.cell_spans, *found.zones])
    left = [COLLAPSED[start:end] for start, end in unclaimed(reading_of(COLLAPSED), claimed)]
    assert left == ["2025-2028", "7", "1", "2", "2026", "300"]


figures = st.integers(min_value=-99_999, max_value=999_999)


@given(st.lists(st.tuples(figures, figures, figures), min_size=1, max_size=6), st.sampled_from(["\t", " ", "   "]))
def test_full_rows_are_read_back_whatever_parts_the_columns(rows: list[tuple[int, int, int]], gap: str) -> None:
    lines = [gap.join(["1.000 kr.", "2024", "2025", "2026"])]
    for number, row in enumerate(rows):
        lines.append(gap.join([f"Forslag {chr(65 + number)}", *(f"{value:,}".replace(",", ".") for value in row)]))
    (table,) = found_in("\n".join(lines)).tables
    assert [[int(v.value) // 1000 for v in line.values] for line in table.lines] == [list(row) for row in rows]


@settings(max_examples=200)
@given(st.text(alphabet="2024 5\n\t|-.,abÅrsværk kr", max_size=300))
def test_any_text_is_read_without_breaking(text: str) -> None:
    found = found_in(text)
    assert all(0 <= start < end <= len(text) for start, end in found.zones)


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize(
    "unit",
    ["2024\n", "2024 2025\n", "|", "||\n", "+---+\n", "| a |\n", "2024 2025 ", "1 ", "> ", "\t", "a b c d e f ", "("],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    find_tables(reading_of(text))


@pytest.mark.parametrize(("heading", "told"), [("Bevilget", True), ("Tilskud", True), ("Deltagere", False)])
def test_a_table_of_grants_without_years_and_without_a_unit_is_told(heading: str, told: bool) -> None:
    head = f"Puljen er fordelt sådan:\n\n| Forening | Ansøgt | {heading} |\n|---|---|---|\n"
    rows = "| Nørklerne | 25.000 | 20.000 |\n| Venner | 40.000 | 15.000 |\n"
    document = extract_bytes(f"{head}{rows}".encode(), "note.md")

    assert (Code.UNIT_UNKNOWN in {problem.code for problem in document.problems}) is told
    assert not [record for record in document.records if isinstance(record, Amount)]
