"""The closed grammar of cells, headings, units and labels."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.headings import is_year_heading, read_heading
from pipeline.tables.content.labels import measure_of, role_of
from pipeline.tables.content.levels import price_level
from pipeline.tables.content.units import is_sign_note, unit_note


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("-206", "-206", "-206"),
        ("\u2212206", "-206", "\u2212206"),
        ("–206", "-206", "–206"),
        ("÷206", "-206", "÷206"),
        ("(206)", "-206", "(206)"),
        ("206-", "-206", "206-"),
        ("- 206", "-206", "- 206"),
        ("+206", "206", "+206"),
        ("1.234,5", "1234.5", "1.234,5"),
        ("1 234", "1234", "1 234"),
        ("12\u00a0450", "12450", "12\u00a0450"),
        ("-1.250.000", "-1250000", "-1.250.000"),
        ("0", "0", "0"),
        ("0,5", "0.5", "0,5"),
        ("1,125", "1.125", "1,125"),
        ("-206*", "-206", "-206"),
        ("-206 *)", "-206", "-206"),
        ("-206 1)", "-206", "-206"),
        ("(206) 2)", "-206", "(206)"),
        ("206-¹", "-206", "206-"),
        ("206 kr.²", "206", "206 kr."),
        ("1.206 kr.*", "1206", "1.206 kr."),
        ("minus 206", "-206", "minus 206"),
        ("½", "0.5", "½"),
        ("-1½", "-1.5", "-1½"),
        ("  17 ", "17", "17"),
        ("-5,9²", "-5.9", "-5,9"),
        ("206 ¹⁾", "206", "206"),
        ("-000", "0", "-000"),
    ],
)
def test_figures(text: str, value: str, printed: str) -> None:
    read = read_cell(text)
    assert read.kind is Kind.NUMBER
    assert read.number == Decimal(value)
    assert text[read.start : read.end] == printed


@pytest.mark.parametrize("text", ["", " ", "-", "–", "\u2212", "—", "...", "n/a"])
def test_nothing_is_not_zero(text: str) -> None:
    assert read_cell(text).kind is Kind.NIL


@pytest.mark.parametrize(
    "text", ["1.5", "1.23", "007", "000", "1.2345", "12-13", "(206", "-(206)", "206⁰", "1,2,3", "--5"]
)
def test_refused(text: str) -> None:
    assert read_cell(text).kind is Kind.REFUSED


@pytest.mark.parametrize(
    "text", ["0.413", "[206]", "±206", "1/2", "ca. 200", "op til 206", "-1,5 mio.", "2-3 mio. kr.", "200/300"]
)
def test_a_figure_with_something_to_it_is_refused(text: str) -> None:
    assert read_cell(text).kind is Kind.REFUSED


@pytest.mark.parametrize("text", ["Uændret", "10:30", "a" * 100])
def test_words(text: str) -> None:
    assert read_cell(text).kind is Kind.TEXT


@pytest.mark.parametrize(
    ("text", "kind", "factor"),
    [
        ("200.000 kr.", "money", 1),
        ("1,5 mio. kr.", "money", 1_000_000),
        ("200 t.kr.", "money", 1000),
        ("kr. 206", "money", 1),
        ("206,-", "money", 1),
        ("5 %", "percent", 1),
        ("2,5 årsværk", "fte", 1),
        ("1 stilling", "position", 1),
    ],
)
def test_a_cell_with_its_own_unit(text: str, kind: str, factor: int) -> None:
    unit = read_cell(text).unit
    assert unit is not None
    assert str(unit.kind) == kind
    assert unit.factor == factor


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from([".", " ", "\u00a0", "\u202f", ""]))
def test_what_is_printed_the_danish_way_is_read_exactly(value: Decimal, mark: str) -> None:
    text = f"{value:,}".replace(",", "T").replace(".", ",").replace("T", mark)
    assert read_cell(text).number == value


@given(st.text(alphabet="0123456789.,-–()+ kr%", max_size=25))
def test_any_cell_is_read_or_refused_with_its_place(text: str) -> None:
    read = read_cell(text)
    assert (read.number is not None) == (read.kind is Kind.NUMBER)
    assert 0 <= read.start <= read.end <= len(text)


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("Beløb i 1.000 kr.", 1000),
        ("1.000 kr.", 1000),
        ("i 1000 kr", 1000),
        ("(1.000 kr.)", 1000),
        ("T.kr.", 1000),
        ("tkr.", 1000),
        ("DKK 1,000", 1000),
        ("Sæt selv tre nuller på", 1000),
        ("mio. kr.", 10**6),
        ("Tabel 1. Økonomi (mio. kr., 2023-pl)", 10**6),
        ("Beløb i hele kroner", 1),
        ("kr.", 1),
        ("Alle beløb er i 1.000 kr. og i 2024-priser", 1000),
        ("Økonomi - 1.000 kr. - 2024 p/l", 1000),
    ],
)
def test_units_that_are_stated(text: str, factor: int) -> None:
    note = unit_note(text)
    assert note is not None
    assert note.unit.factor == factor
    assert note.unit.currency == "DKK"


@pytest.mark.parametrize("text", ["koster 1.000 kr.", "900.000 kr.", "11 mio. kr.", "Gebyr: 1.000 kr.", "kroket"])
def test_an_amount_states_no_unit(text: str) -> None:
    assert unit_note(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023-priser", 2023),
        ("2023-pl", 2023),
        ("pris- og lønniveau 2023", 2023),
        ("(2023 p/l)", 2023),
        ("i 2023-priser", 2023),
        ("P/L 2023", 2023),
        ("24-pl", 2024),
        ("2024", None),
        ("Budget 2024", None),
        ("plan 2024", None),
    ],
)
def test_price_levels(text: str, year: int | None) -> None:
    assert price_level(text) == year


@pytest.mark.parametrize("text", ["(-) = mindreudgift", "- = besparelse", "Negative tal angiver en besparelse"])
def test_notes_on_signs(text: str) -> None:
    assert is_sign_note(text)


@pytest.mark.parametrize(
    ("text", "year", "role"),
    [
        ("2024", 2024, None),
        ("B2024", 2024, "budget"),
        ("BO2025", 2025, "budget"),
        ("R2022", 2022, "actual"),
        ("B24", 2024, "budget"),
        ("Budget 2024", 2024, "budget"),
        ("Overslag 2025", 2025, "budget"),
        ("Regnskab 2022", 2022, "actual"),
    ],
)
def test_headings_of_years(text: str, year: int, role: str | None) -> None:
    heading = read_heading(text)
    assert (heading.year, heading.role) == (year, role)
    assert is_year_heading(text)


@pytest.mark.parametrize("text", ["2023-2026", "I alt", "2024-25", "2023-priser", "31.12.2023", "1. kvartal 2024"])
def test_headings_of_no_single_year(text: str) -> None:
    assert read_heading(text).year is None


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Ændring i antal årsværk", "fte"),
        ("Årsværk", "fte"),
        ("ÅV", "fte"),
        ("Fuldtidsstillinger", "position"),
        ("Personale (årsværk)", "fte"),
        ("Stillinger", "position"),
        ("Antal stillinger", "position"),
        ("Nedlæggelse af 2 stillinger", "unsaid"),
        ("Nedlæggelse af stilling", "unsaid"),
        ("Lønudgift pr. årsværk", "unsaid"),
        ("Reduktion af stillinger", "unclear"),
        ("Udgift til årsværk", "unclear"),
        ("Antal børn", "count"),
        ("Besparelse i pct.", "percent"),
        ("Rammebesparelse på 1 pct.", "unsaid"),
        ("Besparelse (t.kr.)", "money"),
    ],
)
def test_what_a_row_counts(label: str, measure: str) -> None:
    assert measure_of(label) == measure


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Besparelse", "saving"),
        ("Driftsbesparelse", "saving"),
        ("Mindreudgifter", "saving"),
        ("Effektivisering", "efficiency"),
        ("Investering", "investment"),
        ("Samlet ændring (Netto)", "net"),
        ("Nettoændring", "net"),
        ("Merudgifter til kørsel", "expense"),
        ("Lejeindtægter", "income"),
        ("Pulje til besparelser", "grant"),
        ("Anlægsudgifter", "construction"),
        ("Anlæg, etape 1", "construction"),
        ("Anlæg og drift", None),
        ("Nuværende budget", "budget"),
        ("Regnskab", "actual"),
        ("I alt", "total"),
        ("Besparelse i alt", "total"),
        ("Mindreindtægt", None),
        ("Mindreprovenu", None),
        ("Fjordbadet", None),
    ],
)
def test_roles(label: str, role: str | None) -> None:
    assert role_of(label) == role
