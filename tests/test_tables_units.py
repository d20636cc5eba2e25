"""Where a table states its unit: in a column of units, or beside other words of the line over it."""

from __future__ import annotations

import pytest
from test_tables_accounts import of_rows, values

from corpus.model import Amount
from corpus.problems import Code
from pipeline.extract import extract_bytes

YEARS = ["2025", "2026"]
TABLE = "| Post | 2025 | 2026 |\n|---|---|---|\n| Husleje | -210 | -420 |\n| Flytning | 95 | 40 |\n"


def amounts(text: str) -> list[tuple[str, str | None]]:
    """Each amount of a text by its printed figure: the value, and where its unit is said."""
    found = extract_bytes(text.encode(), "note.txt").records
    return [(f"{record.value:f}", record.unit_source) for record in found if isinstance(record, Amount)]


@pytest.mark.parametrize(
    "unit", ["1.000 kr.", "1000 kr.", "1 000 kr", "kr. 1.000", "1.000 kroner", "DKK 1.000", "i 1.000 kr.", "t.kr."]
)
@pytest.mark.parametrize("heading", ["Enhed", "Måleenhed"])
def test_units_in_a_column_of_their_own_are_no_figures(heading: str, unit: str) -> None:
    rows = [["Tilskud", unit, "100", "2.150"], ["Indtægter", unit, "-5", "-10"]]
    found = of_rows("Budget for svømmehallen", ["Post", heading, *YEARS], *rows)
    assert values(found) == {
        "Tilskud": {(2025, None): "100000", (2026, None): "2150000"},
        "Indtægter": {(2025, None): "-5000", (2026, None): "-10000"},
    }
    assert found.problems == []
    assert len(found.records) == 4


def test_each_row_has_the_unit_in_its_column_of_units_also_behind_the_figures() -> None:
    rows = [
        ["Byggeri", "22,5", "61,0", "mio. kr."],
        ["Tilskud", "0", "215", "1.000 kr."],
        ["Bad", "3", "4", "1.000 kr."],
    ]
    found = of_rows("Anlæg og drift", ["Post", *YEARS, "Enhed"], *rows)
    assert values(found)["Byggeri"] == {(2025, None): "22500000", (2026, None): "61000000"}
    assert values(found)["Tilskud"] == {(2025, None): "0", (2026, None): "215000"}


def test_no_amount_is_read_in_a_column_of_units_under_a_unit_of_the_table() -> None:
    rows = "| Tilskud | 1.000 kr. | 100 | 200 |\n| Gebyr | 1.000 kr. | 7 | 8 |"
    table = f"| Post | Enhed | 2025 | 2026 |\n|---|---|---|---|\n{rows}\n"
    said = amounts(f"Beløb i 1.000 kr.\n\n{table}")
    assert said == [(value, "1.000 kr.") for value in ("100000", "200000", "7000", "8000")]
    assert extract_bytes(f"Beløb i 1.000 kr.\n\n{table}".encode(), "note.txt").problems == []


@pytest.mark.parametrize("unit", ["1.000", "100 kr.", "kr. (1.000)"])
def test_a_unit_that_no_rule_reads_is_not_taken_for_the_tables(unit: str) -> None:
    rows = [["Tilskud", unit, "100", "200"], ["Gebyr", unit, "7", "8"]]
    found = of_rows("Beløb i kr.", ["Post", "Enhed", *YEARS], *rows)
    assert found.records == []
    assert [problem.code for problem in found.problems] == [Code.NUMBER_REFUSED] * 4


def test_a_column_of_offices_is_none_of_units() -> None:
    rows = [["Løn", "Havnen", "100", "200"], ["Leje", "Museet", "7", "8"]]
    found = of_rows("Beløb i 1.000 kr.", ["Post", "Enhed", *YEARS], *rows)
    assert [record.value for record in found.records if isinstance(record, Amount)] == [100000, 200000, 7000, 8000]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Nordby Kommune. 1.000 kr., netto", "1.000 kr., netto"),
        ("Udgifter i Nordby. 1.000 kr. - 2025-priser", "1.000 kr. - 2025-priser"),
        ("Nordby Kommune. T.kr.", "T.kr."),
        ("Oversigten samler alle forslag fra os. Beløb i 1.000 kr., 2025-pl.", "Beløb i 1.000 kr., 2025-pl."),
        ("Budgettet er vedtaget. Alle tal er i t.kr.", "Alle tal er i t.kr."),
        ("Der er holdt møde om dem alle. Virkningen fremgår herunder (i 1.000 kr.).", "(i 1.000 kr.)."),
    ],
)
def test_a_unit_in_the_last_sentence_of_the_line_over_a_table(line: str, unit: str) -> None:
    said = amounts(f"Budget for Nordby\n\n{line}\n\n{TABLE}")
    assert said == [(value, unit) for value in ("-210000", "-420000", "95000", "40000")]


@pytest.mark.parametrize(
    "line",
    [
        "Alle beløb er i hele 1.000 kr. og i årets priser.",
        "Beløb i 1.000 kr. i faste priser",
        "Beløb er i 1.000 kr. og uden moms",
    ],
)
def test_a_unit_with_the_prices_behind_it(line: str) -> None:
    said = amounts(f"Budget for Nordby\n\n{line}\n\n{TABLE}")
    assert said == [(value, line) for value in ("-210000", "-420000", "95000", "40000")]


@pytest.mark.parametrize(
    "line", ["Tilskuddet er hævet. 1.000 kr.", "Puljen er på ca. 1.000 kr.", "Pris inkl. 1.000 kr."]
)
def test_an_amount_at_the_end_of_a_line_is_no_unit(line: str) -> None:
    text = f"Budget for Nordby\n\n{line}\n\n{TABLE}"
    assert amounts(text) == [("1000", None)]
    assert Code.UNIT_UNKNOWN in {problem.code for problem in extract_bytes(text.encode(), "note.txt").problems}


@pytest.mark.parametrize(
    "line", ["Nordby Kommune. 1.000 kr., netto", "Oversigt, drift. 1.000 kr.", "1.000 kr. 2025-priser"]
)
def test_a_unit_line_is_no_amount_where_no_table_takes_it(line: str) -> None:
    assert amounts(f"Budget for Nordby\n\n{line}\n\nDet er alt.") == []


def test_what_is_said_before_the_unit_in_its_line_is_still_read() -> None:
    said = amounts(f"Budget for Nordby\n\nDer er afsat 3 mio. kr. til havnen. Beløb i 1.000 kr.\n\n{TABLE}")
    assert said[0] == ("3000000", None)
    assert [value for value, _ in said[1:]] == ["-210000", "-420000", "95000", "40000"]


@pytest.mark.parametrize("headings", [["25", "26"], ["1", "2"]])
def test_figures_under_headings_that_no_rule_reads_are_counted_without_them(headings: list[str]) -> None:
    lines = [["Beløb i 1.000 kr.", *headings], ["Husleje", "-210", "-420"], ["Flytning", "95", "40"]]
    rows = [f"| {' | '.join(line)} |" for line in lines]
    found = extract_bytes("\n".join([rows[0], "|---|---|---|", *rows[1:], ""]).encode(), "note.txt")
    assert [record for record in found.records if isinstance(record, Amount)] == []
    assert [problem.message.split(", the")[0] for problem in found.problems] == [
        "4 figures stand in columns without a heading that is read: column 2, column 3"
    ]


CARE = [["Fysioterapeuter", "420", "840"], ["Færre plejetimer", "-300", "-1.150"], ["Kørsel", "60", "60"]]


def test_rows_of_professions_that_a_net_change_of_more_than_people_adds_up_are_money() -> None:
    found = of_rows("Beløb i 1.000 kr.", ["Post", *YEARS], *CARE, ["Netto", "180", "-250"])
    assert values(found)["Fysioterapeuter"] == {(2025, None): "420000", (2026, None): "840000"}
    assert values(found)["Færre plejetimer"] == {(2025, None): "-300000", (2026, None): "-1150000"}
    assert found.problems == []


@pytest.mark.parametrize("net", [["Netto", "180", "-251"], ["Bygninger", "180", "-250"]])
def test_without_a_net_change_that_adds_them_up_rows_of_professions_are_refused(net: list[str]) -> None:
    found = of_rows("Beløb i 1.000 kr.", ["Post", *YEARS], *CARE, net)
    refused = [problem.message for problem in found.problems if problem.code == Code.NUMBER_REFUSED]
    assert sum("Fysioterapeuter" in message for message in refused) == 2
    assert sum("plejetimer" in message for message in refused) == 2


def test_more_employees_than_any_proposal_takes_away_are_money_and_pupils_are_not() -> None:
    rows = [["Lærere", "-300", "-1.150"], ["Elever", "-300", "-1.150"], ["Kørsel", "60", "60"]]
    found = of_rows("Beløb i 1.000 kr.", ["Post", *YEARS], *rows)
    assert values(found)["Lærere"] == {(2025, None): "-300000", (2026, None): "-1150000"}
    assert values(found)["Elever"] == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "De økonomiske konsekvenser fremgår herunder i hele 1.000 kr. (2025-priser).",
        "Virkningen på budgettet er beregnet. Konsekvenserne er opgjort i hele 1.000 kr. (2025 p/l).",
        "Forslagets samlede økonomiske konsekvenser vises i tabellen i 1.000 kr., 2025-priser.",
    ],
)
def test_sentence_over_a_table_that_says_its_unit_before_a_price_level(sentence: str) -> None:
    found = of_rows(sentence, ["Post", *YEARS], ["Husleje", "-210", "-420"], ["Flytning", "95", "40"])
    assert values(found)["Husleje"] == {(2025, None): "-210000", (2026, None): "-420000"}
    assert found.problems == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Beløbet er fra 2024 til 2025 i gennemsnit steget med 1.000 kr. (2025-priser).",
        "Konsekvenserne er uændrede, da der er afsat 4 mio. kr. (2025-priser) til formålet i kommunen.",
    ],
)
def test_sentence_over_a_table_that_speaks_of_an_amount_says_no_unit(sentence: str) -> None:
    found = of_rows(sentence, ["Post", *YEARS], ["Husleje", "-210", "-420"], ["Flytning", "95", "40"])
    assert not any(values(found).values())
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


@pytest.mark.parametrize(
    "above",
    [
        "Solby Kommune. 1.000 kr.",
        "Solby Kommune, Ældreområdet. 1.000 kr.",
        "Region Vestland. 1.000 kr.",
        "Oversigt, drift. 1.000 kr.",
        "Driftsoversigt, havne (netto). 1.000 kr., årets priser.",
        "Driftsoversigt (netto). 1.000 kr., årets priser. Afvigelse = budget minus regnskab.",
        "1.000 kr., årets priser. Difference er budget 2024 minus\nkorrigeret regnskab.",
        "Oversigt 2025. Beløb i 1.000 kr. Afvigelse er budget minus regnskab.",
        "Hele 1.000 kr. - budgettet er i 2025-prisniveau, overslagsår i faste priser",
        "1.000 kr. – regnskab er i løbende priser",
    ],
)
def test_a_unit_behind_the_name_of_an_office_or_before_the_prices(above: str) -> None:
    found = of_rows(above, ["Post", *YEARS], ["Husleje", "-210", "-420"], ["Flytning", "95", "40"])
    assert values(found)["Husleje"] == {(2025, None): "-210000", (2026, None): "-420000"}
    assert found.problems == []


@pytest.mark.parametrize(
    "above",
    [
        "Gebyr for gravsted. 1.000 kr.",
        "Tilskud fra Solby Kommune. 1.000 kr.",
        "Afgift ifølge oversigten. 1.000 kr.",
        "Gebyr for et gravsted. 1.000 kr. Afvigelse er en fejl.",
        "Hele 1.000 kr. - budgettet er steget med 14 procent",
    ],
)
def test_an_amount_behind_a_sentence_is_no_unit(above: str) -> None:
    found = of_rows(above, ["Post", *YEARS], ["Husleje", "-210", "-420"], ["Flytning", "95", "40"])
    assert not any(values(found).values())
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


@pytest.mark.parametrize(
    ("heading", "factor"),
    [("Overskrift kr.", 1), ("Projekt 1.000 kr.", 1000), ("Titel mio. kr.", 1000000), ("Skoler kr.", None)],
)
def test_a_unit_behind_the_heading_of_the_names_is_that_of_the_table(heading: str, factor: int | None) -> None:
    heads = ["Nr.", heading, "Budget 2026", "Budget 2027"]
    rows = [["1", "Nyt tag på hallen", "-17", "-35"], ["2", "Færre vikarer", "-18", "-36"]]
    found = of_rows("Forslag", heads, *rows)
    read = [value.value for line in found.tables[0].lines for value in line.values]
    assert read == ([n * factor for n in (-17, -35, -18, -36)] if factor else [])
    assert bool(found.problems) is not bool(factor)


@pytest.mark.parametrize(
    "said",
    [
        "Tabellen nedenfor viser beløbene i 1.000 kr..",
        "Alle beløb er i 1.000 kr..",
        "Hallen er fra 1974. Beløb er angivet i 1.000 kr.; minus er en besparelse.",
        "Hallen er fra 1974 og slidt. Tabellen nedenfor viser beløbene i 1.000 kr.",
    ],
)
def test_a_unit_with_two_stops_or_with_what_minus_means_in_its_last_sentence(said: str) -> None:
    found = of_rows(said, ["Post", *YEARS], ["Husleje", "-210", "-420"], ["Flytning", "95", "40"])
    assert values(found)["Husleje"] == {(2025, None): "-210000", (2026, None): "-420000"}
    assert found.problems == []


def test_an_amount_in_a_sentence_with_what_minus_means_is_no_unit() -> None:
    said = "Hallen er fra 1974. Leje koster 1.000 kr.; minus er en besparelse."
    found = of_rows(said, ["Post", *YEARS], ["Husleje", "-210", "-420"], ["Flytning", "95", "40"])
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


@pytest.mark.parametrize(
    ("unit", "read"), [("kr. pr. måned", True), ("kr. pr. stk.", True), ("1.000 kr. pr. m2", False)]
)
def test_a_bracket_of_kroner_for_each_of_something_states_the_unit_of_its_group(unit: str, read: bool) -> None:
    """With a figure before the unit it is a price, which is no unit of others."""
    rows = f"| Madservice ({unit}) |  |  |\n| Hovedret | 60 | 62,50 |\n| Biret | 17 | 18 |\n"
    found = amounts(f"| Takst | 2025 | 2026 |\n|---|---|---|\n{rows}")
    assert [value for value, _ in found] == (["60", "62.5", "17", "18"] if read else ["1000"])


def test_a_heading_of_kroner_for_each_of_something_is_the_unit_of_its_column() -> None:
    found = amounts(
        "| Takst | kr. pr. måned | kr. pr. år |\n|---|---|---|\n| Kursus | 60 | 620 |\n| Sal | 17 | 180 |\n"
    )
    assert [value for value, _ in found] == ["60", "620", "17", "180"]


def test_what_an_amount_is_paid_for_is_read_of_its_unit() -> None:
    rows = "| Dagtilbud (kr. pr. måned) | | |\n| Vuggestue | 60 | |\n| Affald (kr. pr. år) | | |\n| Have | 7 | |\n"
    rows += "| Madservice (kr./portion) | | |\n| Biret | 17 | |\n| Gæld (kr. pr. ultimo) | | |\n| Lån | 9 | |\n"
    found = extract_bytes(f"| Takst | 2025 | 2026 |\n|---|---|---|\n{rows}".encode(), "note.md").records
    assert [each.per for each in found if isinstance(each, Amount)] == ["month", "year", "portion", None]
