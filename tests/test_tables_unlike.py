"""What stands in a table of money and is none: years of completion, counts; and names over columns of money."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, laid, row

from pipeline.extract import extract_bytes

YEARS = ["Færdig", "Ibrugtagning", "Afsluttes", "Startår", "Opført", "Udløb", "Indvielse", "Anlægsår", "Bevillingsår"]
YEARS += ["Driftsstart", "Forventet færdig", "Klar til brug"]
MILLIONS, THOUSANDS = "Beløb i mio. kr.", "Beløb i 1.000 kr."


def printed(unit: str, heads: Sequence[str], *rows: Sequence[str]) -> tuple[dict[str, list[str]], list[str]]:
    """The values in kroner by heading, and what the problems say."""
    table = [["Projekt", *heads], ["---"] * (len(heads) + 1), *([f"Række {n}", *row] for n, row in enumerate(rows))]
    text = f"# Oversigt\n\n{unit}\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in table)
    found = extract_bytes(text.encode(), "oversigt.md")
    values: dict[str, list[str]] = {}
    for line in (line for table in found.tables for line in table.lines):
        for value in line.values:
            values.setdefault(value.column or "", []).append(f"{value.value:f}")
    return values, [each.message for each in found.problems]


@pytest.mark.parametrize("head", YEARS)
def test_a_year_of_something_is_no_money_and_its_column_is_named(head: str) -> None:
    values, problems = printed(MILLIONS, ["Bevilling", head], ["11,4", "2027"], ["0,9", "2026"])
    assert values == {"Bevilling": ["11400000", "900000"]}
    assert any(f'"{head}"' in message for message in problems)
    values, problems = printed(THOUSANDS, ["Bevilling", head], ["1200", "2027"], ["900", "2026"])
    assert values == {"Bevilling": ["1200000", "900000"]}
    assert any(f'"{head}"' in message for message in problems)


def test_years_alone_beside_names_are_no_money() -> None:
    values, problems = printed(THOUSANDS, ["Færdig"], ["2027"], ["2026"])
    assert values == {}
    assert any('"Færdig"' in message for message in problems)


def test_a_forecast_beside_amounts_is_what_they_are_for() -> None:
    heads = ["Prognose 2027", "Prognose 2028", "Beløb 2027", "Beløb 2028", "Regulering 2028"]
    values, problems = printed(
        THOUSANDS, heads, ["1.886", "1.773", "-672", "-339", "-41"], ["507", "462", "90", "87", "3"]
    )
    assert values == {
        "Regulering 2028": ["-41000", "3000"],
        "Beløb 2027": ["-672000", "90000"],
        "Beløb 2028": ["-339000", "87000"],
    }
    assert any('"Prognose 2027"' in message for message in problems)


@pytest.mark.parametrize("head", ["Udlån", "Stemmer", "Kapacitet", "Point", "Kommentar", "Samlet antal", "Parceller"])
@pytest.mark.parametrize("row", [["2.027", "126"], ["14", "3"], ["2027", "2026"]])
def test_a_count_beside_money_is_no_money_and_its_column_is_named(head: str, row: list[str]) -> None:
    values, problems = printed(THOUSANDS, ["Bevilling", head], ["11.400", row[0]], ["900", row[1]])
    assert values == {"Bevilling": ["11400000", "900000"]}
    assert any(f'"{head}"' in message for message in problems)


def test_words_of_money_inside_other_words_do_not_make_money() -> None:
    for head in ("Anlægsnummer", "Tilskudsmodtagertype", "Bevillingssager", "Driftstimer"):
        values, _ = printed(THOUSANDS, ["Budget", head], ["11.400", "312"], ["900", "28"])
        assert values == {"Budget": ["11400000", "900000"]}, head


def test_counts_that_add_up_among_themselves_are_no_money() -> None:
    heads = ["Bevilling", "Drenge", "Piger", "I alt"]
    values, problems = printed(THOUSANDS, heads, ["11.400", "22", "33", "55"], ["900", "12", "15", "27"])
    assert values == {"Bevilling": ["11400000", "900000"]}
    assert sum("money" in message for message in problems) == 3


def test_columns_of_no_known_kind_and_of_different_make_are_all_named() -> None:
    values, problems = printed(MILLIONS, ["Nord", "Kapacitet"], ["11,4", "120"], ["0,9", "90"])
    assert values == {}
    assert len(problems) >= 2


def test_names_over_columns_of_one_make_are_money() -> None:
    values, problems = printed(THOUSANDS, ["Vestby Skole", "Østby Skole"], ["12", "40"], ["9", "14"])
    assert values == {"Vestby Skole": ["12000", "9000"], "Østby Skole": ["40000", "14000"]}
    assert problems == []


def test_names_that_a_total_adds_are_money_and_what_it_leaves_out_is_not() -> None:
    heads = ["Nord", "Syd", "Udlån", "I alt"]
    rows = (["11.400", "2.027", "5.112", "13.427"], ["900", "126", "334", "1.026"])
    values, problems = printed(THOUSANDS, heads, *rows)
    assert values == {
        "Nord": ["11400000", "900000"],
        "Syd": ["2027000", "126000"],
        "I alt": ["13427000", "1026000"],
    }
    assert any('"Udlån"' in message for message in problems)


def test_what_is_left_of_a_budget_may_have_any_name() -> None:
    heads = ["Budget", "Skønnet", "Afvigelse"]
    values, problems = printed(THOUSANDS, heads, ["11.400", "2.027", "-9.373"], ["900", "126", "-774"])
    assert values["Skønnet"] == ["2027000", "126000"]
    assert problems == []


def test_round_amounts_near_two_thousand_are_amounts_where_the_heading_says_so() -> None:
    values, _ = printed(THOUSANDS, ["Bevilling", "Rest"], ["2000", "4500"], ["2010", "1500"])
    assert values == {"Bevilling": ["2000000", "2010000"], "Rest": ["4500000", "1500000"]}


def test_a_row_with_a_unit_of_its_own_needs_no_other_proof() -> None:
    values, _ = printed(THOUSANDS, ["Bevilling", "Kontingent"], ["11.400", "200 kr."], ["900", "300 kr."])
    assert "Kontingent" not in values or values["Kontingent"] == ["200", "300"]


def test_a_part_of_the_money_before_it_is_money_and_a_part_of_a_count_is_not() -> None:
    values, _ = printed(THOUSANDS, ["Bevilling", "Heraf renovering"], ["11.400", "2.027"], ["900", "126"])
    assert values["Heraf renovering"] == ["2027000", "126000"]
    values, _ = printed(
        THOUSANDS, ["Bevilling", "Elever", "Heraf piger"], ["11.400", "227", "120"], ["900", "126", "70"]
    )
    assert list(values) == ["Bevilling"]
    values, _ = printed(THOUSANDS, ["Bevilling", "Heraf elever"], ["11.400", "227"], ["900", "126"])
    assert list(values) == ["Bevilling"]


@pytest.mark.parametrize("head", ["Anlægsår", "Driftsstart", "Samlet antal", "Restløbetid"])
def test_beside_years_a_word_of_money_inside_another_word_makes_no_money(head: str) -> None:
    values, problems = printed(
        THOUSANDS, [head, "2026", "2027"], ["2027", "1.200", "9.027"], ["2028", "1.900", "7.026"]
    )
    assert values == {"": ["1200000", "9027000", "1900000", "7026000"]}
    assert any(f'"{head}"' in message for message in problems)


@pytest.mark.parametrize("head", ["Afvigelse", "Afv.", "Afv", "Afv. KB/R", "Diff.", "Mer-/mindreforbr.", "Korr. bev."])
def test_what_is_left_of_a_budget_is_told_by_its_abbreviation_too(head: str) -> None:
    heads = ["R2024", "B2025", "KB2025", "R2025", head]
    values, problems = printed(THOUSANDS, heads, ["900", "1.200", "1.250", "1.150", "-100"])
    assert values[head] == ["-100000"]
    assert problems == []


@pytest.mark.parametrize("head", ["Afv. i pct.", "Afviste", "Afviklede sager"])
def test_what_begins_like_a_deviation_need_not_be_one(head: str) -> None:
    values, _ = printed(THOUSANDS, ["R2024", "B2025", "KB2025", "R2025", head], ["900", "1.200", "1.250", "1.150", "8"])
    assert head not in values


@pytest.mark.parametrize("head", ["Kvartal", "Uge", "Halvår", "Uge nr."])
def test_the_number_of_a_part_of_a_year_is_no_money(head: str) -> None:
    values, _ = printed(THOUSANDS, ["Budget", head], ["11.400", "3"], ["900", "4"])
    assert list(values) == ["Budget"]
    values, _ = printed(THOUSANDS, [head, "2026", "2027"], ["3", "1.200", "9.027"], ["4", "1.900", "7.026"])
    assert list(values) == [""]


def test_an_amount_of_a_part_of_a_year_is_money() -> None:
    values, problems = printed(
        THOUSANDS, ["Budget", "1. kvartal", "Ultimo"], ["11.400", "300", "200"], ["900", "4", "5"]
    )
    assert values["1. kvartal"] == ["300000", "4000"]
    assert problems == []


@pytest.mark.parametrize(("head", "money"), [("Udlån", False), ("Kapacitet", False), ("Forbrug", True), ("Rest", True)])
def test_where_years_name_the_rows_a_column_not_known_to_be_of_money_is_refused(head: str, money: bool) -> None:
    rows = ["| 2024 | 11.400 | 2.027 |", "| 2025 | 900 | 126 |", "| 2026 | 950 | 130 |"]
    table = "\n".join([f"| År | Bevilling | {head} |", "|---|---|---|", *rows])
    found = extract_bytes(f"# Oversigt\n\n{THOUSANDS}\n\n{table}\n".encode(), "oversigt.md")
    lines = {line.label: [f"{value.value:f}" for value in line.values] for line in found.tables[0].lines}
    assert lines["Bevilling"] == ["11400000", "900000", "950000"]
    assert lines[head] == (["2027000", "126000", "130000"] if money else [])
    assert any(head in problem.message for problem in found.problems) is not money


@pytest.mark.parametrize("head", ["Børn 2027", "Elever 2027", "Medlemmer 2027", "Boliger 2027", "Udlån 2027"])
def test_a_count_of_a_year_beside_money_of_years_is_no_money_in_the_sum_either(head: str) -> None:
    heads = [head, "Budget 2027", "Budget 2028"]
    rows = [["412", "31.250", "30.900"], ["388", "27.400", "27.850"]]
    values, problems = printed(THOUSANDS, heads, *rows, ["800", "58.650", "58.750"])
    assert sorted(figure for column in values.values() for figure in column) == sorted(
        f"{n}000" for n in (31250, 30900, 27400, 27850, 58650, 58750)
    )
    assert any(f'"{head}"' in message for message in problems) is (head != "Elever 2027")  # pupils are a plain count


@pytest.mark.parametrize(
    "heads", [["Nord 2027", "Syd 2027"], ["Forventet 2026", "Budget 2027"], ["R2025", "Budget 2027"]]
)
def test_names_of_places_and_states_of_a_budget_stay_money(heads: list[str]) -> None:
    values, problems = printed(THOUSANDS, heads, ["412", "31.250"], ["388", "27.400"])
    assert sum(map(len, values.values())) == 4, problems


def test_a_heading_in_the_middle_over_short_figures_is_theirs_and_none_of_the_names() -> None:
    """The year ends left of the figures of three digits, which are no codes in front of others."""
    heads = ((-205.6, "Prognose"), (-286.0, "Prognose"), (-371.5, "Beløb 2027"), (-498.1, "Beløb 2028"))
    below = ((-224.2, "2025"), (-304.6, "2026"), (-385.0, "(t.kr.)"), (-512.0, "(t.kr.)"))
    ends = (266.8, 347.2, 430.0, 555.0)
    rows: list[Line] = [
        row(name, *printed, ends=ends)
        for name, *printed in (
            ("Dagpleje", "609", "647", "304", "494"),
            ("Vuggestue", "638", "594", "-748", "-836"),
            ("Skole", "667", "676", "243", "45"),
            ("SFO", "1.272", "1.250", "-198", "-132"),
            ("I alt", "3.186", "3.167", "-399", "-429"),
        )
    ]
    document = laid([heads, below, 4.0, *rows], step=14)
    (table,) = document.tables
    assert [column.year for column in table.columns] == [2025, 2026, 2027, 2028]
    assert {value.year for line in table.lines for value in line.values} == {2027, 2028}


def test_the_name_of_something_else_without_a_year_is_no_money_either() -> None:
    lines: list[Line] = [row("Område (t.kr.)", "Prognose", "Prognose 2026", "Beløb 2027", "Beløb 2028")]
    lines += [row(name, "609", "647", "304", "494") for name in ("Dagpleje", "Skole")]
    document = laid(lines, size=7)
    assert all(value.year in {2027, 2028} for line in document.tables[0].lines for value in line.values)
    assert sum("Prognose" in problem.message for problem in document.problems) == 2


def test_compounds_of_one_noun_head_columns_of_one_kind() -> None:
    heads = ["Investeringsejendomme", "Domicilejendomme", "Ansatte"]
    values, problems = printed(MILLIONS, heads, ["3,0", "3,1", "7"], ["2,0", "2,5", "8"])
    assert values == {"Investeringsejendomme": ["3000000", "2000000"], "Domicilejendomme": ["3100000", "2500000"]}
    assert any('"Ansatte"' in message for message in problems)


@pytest.mark.parametrize(("net", "given"), [(("10", "27"), True), (("13", "33"), False)])
def test_a_column_beside_years_is_of_money_where_sums_tie_it_to_money(net: tuple[str, str], given: bool) -> None:
    """Netto is what pay and other costs add up to, with income, in all rows, or it is not."""
    heads = ["Vikarer", "Øvrig drift", "Indtægter", "Netto", "Udløb", "Netto 2030"]
    rows = [["8", "3", "-1", net[0], "2041", "9"], ["20", "9", "-2", net[1], "2047", "26"]]
    values, problems = printed(THOUSANDS, heads, *rows)
    assert values.get("Vikarer") == (["8000", "20000"] if given else None)
    assert "Udløb" not in values
    assert any('"Udløb"' in message for message in problems)
    assert any('"Vikarer"' in message for message in problems) is not given


@pytest.mark.parametrize("heads", [["Ekskl. moms, kr.", "Inkl. moms, kr."], ["2031", "2032"]])
def test_the_price_of_a_measure_is_money_where_its_column_or_table_says_kroner(heads: list[str]) -> None:
    rows = [["Fast bidrag", "40,00", "50,00"], ["Pris pr. m³ vand", "8,40", "10,50"]]
    table = [["Ydelse", *heads], ["---"] * 3, *rows]
    unit = "Alle priser er i kr.\n\n" if heads[0] == "2031" else ""
    text = f"# Takster\n\n{unit}" + "".join(f"| {' | '.join(row)} |\n" for row in table)
    found = extract_bytes(text.encode(), "takster.md")
    assert [f"{value.value:f}" for value in found.tables[0].lines[1].values] == ["8.4", "10.5"]
    assert not found.problems


def test_months_are_columns_of_money_below_a_unit() -> None:
    values, problems = printed(MILLIONS, ["jan", "feb", "mar"], ["391,6", "133,0", "96,4"], ["130,3", "219,3", "82,9"])
    assert list(values) == ["jan", "feb", "mar"]
    assert not problems


@pytest.mark.parametrize("parts", [("Boliger", "Butikker"), ("Antal elever", "Antal lærere"), ("Elever", "Lærere")])
def test_a_total_of_what_is_no_money_is_none_beside_a_year(parts: tuple[str, str]) -> None:
    rows = [["20", "3", "23", "1.200"], ["10", "2", "12", "300"], ["30", "5", "35", "1.500"]]
    values, problems = printed(THOUSANDS, [*parts, "I alt", "Budget 2031"], *rows)
    assert values == {"": ["1200000", "300000", "1500000"]}
    assert any('"I alt"' in message for message in problems)


def test_parts_of_a_year_and_totals_of_years_are_money() -> None:
    rows = [["20", "3", "23", "25"], ["10", "2", "12", "18"], ["30", "5", "35", "43"]]
    values, problems = printed(THOUSANDS, ["Vikarer", "Bøger", "2031", "2030"], *rows)
    assert (values["Vikarer"], values["Bøger"]) == (["20000", "10000", "30000"], ["3000", "2000", "5000"])
    assert not problems
    values, problems = printed(THOUSANDS, ["2031", "2032", "I alt", "Boliger"], *rows)
    assert values["I alt"] == ["23000", "12000", "35000"]
    assert "Boliger" not in values
