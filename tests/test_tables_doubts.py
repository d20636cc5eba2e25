"""Tables: figures that are refused rather than read wrongly, rows that are not money, units and price levels."""

from __future__ import annotations

import pytest
from laid import laid, row

from corpus.model import Amount, Fte, Identifier
from corpus.normalise import normalise
from corpus.problems import Code
from corpus.reading import Reading
from pipeline.extract import extract, extract_bytes
from pipeline.tables import TableFindings, find_tables
from pipeline.tables.content.labels import measure_of, role_of
from pipeline.tables.content.levels import price_level
from pipeline.tables.content.units import unit_note

YEARS = f"{'':40}{'2025':>10}{'2026':>10}\n"


def aligned(*rows: tuple[str, str, str], unit: str = "Beløb i 1.000 kr.", years: str = YEARS) -> str:
    return f"{unit}\n{years}" + "".join(f"{label:40}{a:>10}{b:>10}\n" for label, a, b in rows)


def reading_of(text: str) -> Reading:
    return Reading(media_type="text/plain", reader="text/1", text=text)


def found_in(text: str) -> TableFindings:
    found = find_tables(reading_of(text))
    assert len(found.problems) == len(found.problem_starts)
    return found


def values(found: TableFindings) -> dict[str, list[str]]:
    return {line.label: [f"{v.value:f}" for v in line.values] for table in found.tables for line in table.lines}


def codes(found: TableFindings) -> set[str]:
    return {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    "printed", ["[206]", "ca. -206", "±206", "200/300", "-1,5 mio.", "-206⁰", "op til 206", "0.413", "-1,250"]
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_figure_with_something_to_it_is_refused_and_never_in_the_label(printed: str, place: int) -> None:
    row = ("Besparelse", printed, "-412") if place == 0 else ("Besparelse", "-412", printed)
    found = found_in(aligned(("Kørsel", "-1", "-2"), row))
    assert len(values(found)["Besparelse"]) < 2
    assert "-206000" not in values(found)["Besparelse"]
    assert codes(found) & {Code.NUMBER_REFUSED, Code.TABLE_REFUSED}


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("minus 206", "-206000"),
        ("½", "500"),
        ("1½", "1500"),
        ("-206 1)", "-206000"),
        ("-206 *)", "-206000"),
        ("-206²", "-206000"),
    ],
)
def test_a_figure_with_something_to_it_that_is_clear(printed: str, value: str) -> None:
    found = found_in(aligned(("Besparelse", printed, "-412")))
    assert values(found) == {"Besparelse": [value, "-412000"]}
    assert codes(found) == set()


@pytest.mark.parametrize("row", ["Leje minus 206 -412", "Leje ca. 206 412", "Leje op til 5 6", "Leje ± 5 6"])
def test_a_word_before_the_first_figure_is_not_left_in_the_label(row: str) -> None:
    found = found_in(f"t.kr.\n2025 2026\nKørsel 1 2\n{row}\n")
    assert [record.value for record in found.records if isinstance(record, Amount)] == [1000, 2000]
    assert codes(found) == {Code.TABLE_REFUSED}


def test_decimal_points_make_other_points_doubtful() -> None:
    found = found_in(aligned(("Kørsel", "-0.413", "-1.250"), ("Leje", "3", "4"), unit="mio. kr."))
    assert values(found) == {"Kørsel": [], "Leje": ["3000000", "4000000"]}
    assert codes(found) == {Code.NUMBER_REFUSED}


@pytest.mark.parametrize(
    ("unit", "figures", "read"),
    [
        ("mio. kr.", ("1,250", "2,500"), ["1250000", "2500000"]),
        ("t.kr.", ("1,250", "2,500"), []),
        ("kr.", ("1,250", "2,500"), []),
        ("t.kr.", ("1,250", "2,5"), ["1250", "2500"]),
        ("t.kr.", ("1,250", "0,500"), ["1250", "500"]),
    ],
)
def test_three_digits_after_a_comma(unit: str, figures: tuple[str, str], read: list[str]) -> None:
    found = found_in(aligned(("Leje", *figures), unit=unit))
    assert values(found) == {"Leje": read}
    assert (codes(found) == {Code.NUMBER_REFUSED}) == (not read)


@pytest.mark.parametrize(
    "unit",
    ["1.000-kr.", "1000-kr", "Kr. i 1.000", "kkr.", "Tusinde", "Tal i tusinder", "Tusinde kr.", "i tusinde kroner"],
)
def test_thousands(unit: str) -> None:
    note = unit_note(unit)
    assert note is not None
    assert note.unit.factor == 1000


@pytest.mark.parametrize("text", ["Antal borgere (tusinde)", "Flere tusinde", "Hundrede tusinde borgere"])
def test_thousands_of_something_else(text: str) -> None:
    assert unit_note(text) is None


def test_two_price_levels_are_none() -> None:
    assert price_level("1.000 kr. (2024-pl, fremskrevet til 2025-pl)") is None
    found = found_in(aligned(("Leje", "1", "2"), unit="t.kr., 2024-pl") + "Note: 2025-priser\n")
    assert found.tables[0].price_level is None


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        *[
            (label, "unclear")
            for label in ("Ansatte", "Medarbejdere", "Lærere", "Elever", "Pladser", "Klasser", "Biler")
        ],
        *[(label, "unclear") for label in ("Ledige", "Børn 0-5 år", "Vikartimer", "Visiterede timer")],
        *[(label, "unclear") for label in ("Pædagogstillinger", "Takst, kr. pr. måned", "Pris pr. plads")],
        *[(label, "count") for label in ("Helårspladser", "Areal, m2", "Kilometer", "CO2, tons", "Personale (antal)")],
        *[(label, "count") for label in ("Tilbagebetalingstid (år)", "CO2-reduktion (ton)", "Elforbrug (MWh)")],
        ("Helårsstillinger", "position"),
        *[(label, "fte") for label in ("Helårspersoner", "Årsv.")],
        *[(label, "unsaid") for label in ("Vikarer", "Lærerløn", "Busdrift", "Legepladser", "Skolebusser", "Børn")],
        *[(label, "unsaid") for label in ("Børn og unge", "Ældre", "Elevtransport", "Personale", "Kilometerpenge")],
        *[(label, "unsaid") for label in ("Dagtilbud 0-5 år", "Løn til lærere", "Timelønnede", "Rengøring, skoler")],
    ],
)
def test_what_a_row_counts(label: str, measure: str) -> None:
    assert measure_of(label) == measure


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Lavere energiforbrug", None),
        ("Forbrug", "actual"),
        ("Forbrug i alt", "actual"),
        ("Mindreforbrug", "saving"),
        ("CO2-reduktion (ton)", None),
        *[(label, None) for label in ("Tabte indtægter", "Færre lejeindtægter", "Reduktion af indtægter")],
        *[(label, "income") for label in ("Øgede indtægter", "Nye lejeindtægter")],
        *[(label, "saving") for label in ("Lavere udgifter til el", "Reduktion af udgifter til brugerbetaling")],
    ],
)
def test_roles(label: str, role: str | None) -> None:
    assert role_of(label) == role


def test_rows_of_people_and_things_are_not_multiplied() -> None:
    found = found_in(aligned(("Løn", "-5", "-6"), ("Lærere", "-1", "-2"), ("Areal, m2", "900", "800")))
    assert values(found) == {"Løn": ["-5000", "-6000"], "Lærere": [], "Areal, m2": []}
    assert codes(found) == {Code.NUMBER_REFUSED}


def test_years_of_kroner_in_a_table_of_thousands_are_refused() -> None:
    years = f"{'':40}{'2025 kr.':>10}{'2026 kr.':>10}\n"
    found = found_in(aligned(("Løn", "-5", "-6"), years=years))
    assert found.records == []
    assert codes(found)


def test_the_same_year_twice_is_refused() -> None:
    text = "| t.kr. | 2025 | 2026 | | 2025 | 2026 |\n|---|---|---|---|---|---|\n| Løn | 1 | 2 | Leje | 3 | 4 |\n"
    found = found_in(text)
    assert found.records == []
    assert codes(found) == {Code.TABLE_REFUSED}


def test_an_amount_says_its_row_and_column() -> None:
    text = "| t.kr. | Budget 2025 | 2026 |\n|---|---|---|\n| Drift | | |\n| Løn | 1 | 2 |\n| Leje | 3 | 4 |\n"
    first = found_in(text).records[0]
    assert isinstance(first, Amount)
    assert (first.label, first.group, first.column) == ("Løn", "Drift", "Budget 2025")


def test_problems_of_tables_have_a_part_and_figures_are_no_telephone() -> None:
    text = aligned(("Husleje", "60 60", "60 60"), ("Leje", "[5]", "6"))
    text = text.replace("   60 60     60 60", "60 60 60 60")
    document = extract(reading_of(f"Forslag\n{text}"), path="a.txt", name=None, sha256="0" * 64)
    assert [problem.part for problem in document.problems] == [0] * len(document.problems)
    assert document.problems
    assert not [record for record in document.records if isinstance(record, Identifier)]


@pytest.mark.parametrize("printed", ["100;200", "10^3", "l00", "?"])
def test_what_stands_under_a_year_is_not_in_the_label(printed: str) -> None:
    found = found_in(aligned(("Leje", printed, "-412")))
    assert values(found) == {"Leje": ["-412000"]}


def test_a_column_of_accounts_before_the_years_is_named() -> None:
    text = f"{'1.000 kr.':30}{'Konto':>10}{'2025':>10}{'2026':>10}{'Ændring i pct.':>20}\n"
    text += "".join(f"{label:30}{'301':>10}{'-200':>10}{'-300':>10}{'50':>20}\n" for label in ("Løn", "Leje"))
    found = found_in(text)
    assert found.records or codes(found) == {Code.TABLE_REFUSED}
    assert {str(record.text) for record in found.records} <= {"-200", "-300"}


def test_a_soft_hyphen_before_a_figure_of_plain_text() -> None:
    found = find_tables(reading_of(normalise(aligned(("Leje", "\u00ad206", "412")))))
    assert values(found) != {"Leje": ["206000", "412000"]}


def test_a_line_counts_what_its_figures_count() -> None:
    rows = [("Besparelse", "-1.200", "-2.400"), ("Ændring i årsværk", "-1,5", "-3"), ("Antal stillinger", "-2", "-4")]
    found = found_in(aligned(*rows, ("Stillinger", "", ""), ("Pædagoger", "-1", "-2")))
    lines = {line.label: line for table in found.tables for line in table.lines}
    assert {label: line.unit for label, line in lines.items() if line.values} == {
        "Besparelse": "DKK",
        "Ændring i årsværk": "fte",
        "Antal stillinger": "position",
        "Pædagoger": "position",
    }
    people: dict[int | None, str] = {record.start: record.unit for record in found.records if isinstance(record, Fte)}
    assert len(people) == 6
    for line in lines.values():
        assert {people.get(value.start, "DKK") for value in line.values} <= {line.unit}


@pytest.mark.parametrize(
    ("label", "read"), [("Madservice", []), ("Gebyr", ["1.033", "2.067"]), ("Takst for vand", ["1.033", "2.067"])]
)
def test_kroner_have_no_three_decimals_but_for_prices(label: str, read: list[str]) -> None:
    found = found_in(aligned((label, "1,033", "2,067"), ("Årsværk", "3,40", "3,40"), unit="Beløb i kr."))
    assert values(found).get(label, []) == read
    assert found.problems == [] if read else codes(found) == {Code.NUMBER_REFUSED}


@pytest.mark.parametrize(
    ("unit", "figures", "read"),
    [
        ("Beløb i kr.", ("70,1", "93,8"), False),
        ("Beløb i hele kr.", ("8,53", "42,87"), False),
        ("Beløb i hele kr.", ("14.656,95", "1.042,87"), True),
        ("Beløb i hele kr.", ("14.656,95", "8,53"), False),
        ("Beløb i kr.", ("8,53", "42,87"), True),
        ("Beløb i hele 1.000 kr.", ("70,1", "93,8"), True),
    ],
)
def test_decimals_that_kroner_are_not_printed_with_tell_of_another_unit(
    unit: str, figures: tuple[str, str], read: bool
) -> None:
    found = found_in(aligned(("Husleje", *figures), unit=unit))
    assert bool(values(found).get("Husleje")) is read
    assert codes(found) == (set() if read else {Code.NUMBER_REFUSED})


def test_figures_among_names_make_no_figure_of_their_table_safe() -> None:
    """Those of a table on the left stand before the names of the one on the right."""
    rows = [row("-125 Rengøring", "-6", "-7"), row("140 Vikarer", "-3", "-3"), row("-1,8"), row("I alt", "-9", "-10")]
    document = laid([row("1.000 kr.", "2026", "2027"), *rows])
    assert [(problem.code, '"-1,8"' in problem.message) for problem in document.problems] == [("table-refused", True)]
    assert not any(line.values for table in document.tables for line in table.lines)


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("365 989", "has a blank where those of its table have a point"),
        ("75120652945", "has more digits on end than an amount has"),
        ("365.989", None),
        ("7512065", None),
    ],
)
def test_a_figure_that_may_be_several_is_refused(figure: str, told: str | None) -> None:
    rows = f"| Skoler | {figure} | 1.500 |\n| Veje | 2.000 | 2.100 |\n| Havn | 150 | 160 |\n"
    text = f"Beløb i 1.000 kr.\n\n| Post | 2026 | 2027 |\n|---|---|---|\n{rows}"
    document = extract_bytes(text.encode(), "budget.md")
    (row,) = [line for line in document.tables[0].lines if line.label == "Skoler"]
    assert [value.year for value in row.values] == ([2027] if told else [2026, 2027])
    assert [told in problem.message for problem in document.problems if told] == ([True] if told else [])


def test_a_sum_whose_last_figures_look_like_a_cpr_number_is_told() -> None:
    rows = ("Veje 52 -2991 -", "Havn 90013 11402 -2408", "I alt 90065 140710 -2408")
    text = "\n".join(("Beløb i 1.000 kr.", "", "Område B2027 B2028 B2029", *rows, ""))
    document = extract_bytes(text.encode(), "budget.txt")
    assert [problem.code for problem in document.problems] == ["table-refused"]
    assert "masked" in document.problems[0].message
