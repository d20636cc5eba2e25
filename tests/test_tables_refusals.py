"""What of many refused figures is told, whose grants are no grants, prices in labels, and units behind a sentence."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row
from test_tables_accounts import of_rows, values

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes
from pipeline.tables.content.labels import measure_of, role_of

YEARS = ["Post", "2025", "2026", "2027"]


def test_many_figures_refused_for_one_reason_are_told_once_with_their_number() -> None:
    rows = [["Støttetimer", "14", "15", "13"], ["Lejrskole, elever", "22", "22", "24"]]
    rows += [[f"Elever på {n}. klassetrin, støtte pr. elev", "9", "9", "9"] for n in range(1, 3)]
    found = of_rows("Beløb i 1.000 kr.", YEARS, *rows)
    refused = [problem for problem in found.problems if problem.code == Code.NUMBER_REFUSED]
    figures = sum(len(row) for row in values(found).values())
    assert refused
    assert len(refused) <= 4
    assert sum(" others of its table" in problem.message for problem in refused) >= 1
    assert figures + len(refused) < 12


def test_one_refused_figure_is_told_with_its_row_and_column() -> None:
    found = of_rows("1.000 kr.", YEARS, ["Anlæg", "12", "15", "13"], ["Drift", "1x4", "15", "13"])
    assert [problem.message for problem in found.problems] == [
        'The figure "1x4" in row "Drift", column "2025" fits no rule; it is not given.'
    ]


@pytest.mark.parametrize("figure", ["-100 ?", "−100 m2", "(100 x", "+100 fra", "- 100 ??"])
def test_a_signed_figure_with_words_behind_it_is_told_as_one_without_a_sign_is(figure: str) -> None:
    found = of_rows("1.000 kr.", YEARS, ["Anlæg", "12", "15", "13"], ["Drift", figure, "15", "13"])
    assert [problem.message for problem in found.problems] == [
        f'The figure "{figure}" in row "Drift", column "2025" fits no rule; it is not given.'
    ]


def test_each_reason_is_told_apart() -> None:
    rows = [["Leje", "1", "2", "3"], ["Vand", "1", "2", "3"], ["Varme", "1", "2", "3"]]
    rows += [["Drift", "1x4", "1x5", "1x6"], ["Anlæg", "2x4", "2x5", "3"], ["Støttetimer", "1", "2", "3"]]
    found = of_rows("1.000 kr.", YEARS, *rows)
    told = [problem.message for problem in found.problems]
    assert "nor are 4 others of its table for the same reason" in told[0]
    assert ['"1x5", "1x6" …' in each for each in told] == [True, *[False] * (len(told) - 1)]
    assert len(told) == 4


@pytest.mark.parametrize(
    "label",
    [
        "Tilskud og udligning",
        "Statstilskud",
        "Bloktilskud 2027",
        "Generelle tilskud",
        "Tilskud fra staten",
        "Modtagne tilskud",
        "EU-tilskud til kysten",
    ],
)
def test_a_grant_that_the_printer_gets_has_no_role(label: str) -> None:
    assert role_of(label) is None


@pytest.mark.parametrize("label", ["Tilskud til foreninger", "Driftstilskud", "Tilskud til spejdere fra 2027", "Pulje"])
def test_a_grant_that_is_given_is_one(label: str) -> None:
    assert role_of(label) == "grant"


@pytest.mark.parametrize("label", ["Klinik, leje 1.250 kr. pr. m2", "Bus 12,50 kr. pr. km", "Hal (850 kr./time)"])
def test_a_price_in_a_label_says_nothing_of_the_figures(label: str) -> None:
    found = of_rows("1.000 kr.", YEARS, [label, "600", "610", "620"])
    assert list(values(found)[label].values()) == ["600000", "610000", "620000"]


@pytest.mark.parametrize("label", ["Takst 45 kr. pr. time", "Udgift 1.000 kr. pr. elev", "Støtte, kr. pr. barn"])
def test_a_rate_is_not_taken_for_an_amount(label: str) -> None:
    found = of_rows("Mio. kr.", YEARS, [label, "600", "610", "620"], ["Drift", "1", "2", "3"])
    assert not any(value == "600000000" for value in values(found).get(label, {}).values())


@pytest.mark.parametrize(
    "title", ["Normering i dagtilbud, årsværk", "Bemanding på plejehjem – årsværk", "Normering opgjort i årsværk"]
)
def test_a_title_that_ends_in_what_it_counts(title: str) -> None:
    found = of_rows(title, YEARS, ["Børnehuset", "14,25", "14,75", "13,50"], ["I alt", "14,25", "14,75", "13,50"])
    assert found.problems == []
    assert {line.unit for table in found.tables for line in table.lines} == {"fte"}


@pytest.mark.parametrize("title", ["Lønudgifter og stillinger", "Lønsum, årsværk", "Udgift pr. årsværk"])
def test_a_title_of_money_counts_no_people(title: str) -> None:
    found = of_rows(title, YEARS, ["Børnehuset", "14,25", "14,75", "13,50"])
    assert found.records == []


@pytest.mark.parametrize(
    "said",
    [
        "Parterne er enige om at gennemføre følgende prioriteringer i de kommende år (mio. kr., 2027-priser):",
        "Beløb i mio. kr. + er udgift, - er indtægt",
        "Mio. kr. (+ = udgift, - = indtægt)",
        "Hele mio. kr. Budget 2027 er i 2027-priser, regnskab 2025 er i løbende priser.",
    ],
)
def test_a_unit_at_the_end_of_a_sentence_or_before_one(said: str) -> None:
    found = of_rows(said, YEARS, ["Bus 42", "0,75", "-0,5", "1,0"])
    assert found.problems == []
    assert list(values(found)["Bus 42"].values()) == ["750000", "-500000", "1000000"]


@pytest.mark.parametrize(
    "said",
    [
        "Der er i de kommende år afsat en pulje på i alt 5 (mio. kr., 2027-priser) til formålet.",
        "Budgettet koster 3 mio. kr. - 2 mio. mindre end i dag.",
    ],
)
def test_an_amount_in_a_sentence_is_no_unit(said: str) -> None:
    found = of_rows(said, YEARS, ["Bus 42", "0,75", "-0,5", "1,0"])
    assert not values(found).get("Bus 42")


def test_measures_of_labels_with_a_price() -> None:
    assert measure_of("Leje 850 kr. pr. m2") == "unsaid"
    assert measure_of("Takst 45 kr. pr. time") == "unclear"


def _page(*rows: tuple[str, ...]) -> Document:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return extract_bytes(f'<meta charset="utf-8"><p>Beløb i 1.000 kr.</p><table>{body}</table>'.encode(), "a.html")


@pytest.mark.parametrize("over", ["Post", "Område 2", ""])
def test_figures_beside_a_second_column_of_names_are_not_given_the_first_name(over: str) -> None:
    rows = [("Løn", "3", "Salg", "933", "884"), ("Mad", "4", "Leje", "12", "600"), ("I alt", "7", "Sum", "945", "1484")]
    document = _page(("Post", "Antal", over, "2025", "2026"), *rows)
    assert not any(line.values for table in document.tables for line in table.lines)
    assert any('"Salg"' in problem.message for problem in document.problems)


@pytest.mark.parametrize("over", ["Bemærkning", "Kommentar", "Status"])
def test_remarks_between_the_years_are_no_names(over: str) -> None:
    rows = [("Løn", "3", "varig", "933"), ("Mad", "4", "engangsbeløb", "12"), ("I alt", "7", "netto", "945")]
    document = _page(("Post", "2025", over, "2026"), *rows)
    lines = {line.label: [str(value.value) for value in line.values] for line in document.tables[0].lines}
    assert lines == {"Løn": ["3000", "933000"], "Mad": ["4000", "12000"], "I alt": ["7000", "945000"]}


def test_names_under_a_heading_of_areas_beside_figures_of_another_table_are_told() -> None:
    rows = [
        ("", "", "Skoler", "12,4", "12,1"),
        ("Veje", "650", "Parker", "3,1", "3,0"),
        ("Bro", "9", "Bade", "7,7", "7,6"),
    ]
    document = _page(("", "", "Politikområde", "Budget 2025", "Regnskab 2025"), *rows)
    assert not any(line.values for table in document.tables for line in table.lines)
    assert any('"Parker"' in problem.message for problem in document.problems)


def test_a_first_row_that_was_read_with_the_headings_is_told() -> None:
    rows = [("Hal", "0", "29.051"), ("Netto", "17.042", "47.215")]
    found = of_rows("Beløb i kr.", ["Salg", "2019 17.042", "2020 18.164"], *map(list, rows))
    assert not any(line.values for table in found.tables for line in table.lines)
    assert any('"2019 17.042"' in problem.message for problem in found.problems)


def test_a_unit_broken_over_two_lines_is_neither_a_figure_nor_half_a_unit() -> None:
    lines: list[Line] = [
        row("Område", "2030", "2031", "2032"),
        row("", "1000", "1000 kr.", "1000 kr."),
        row("", "kr."),
        row("Brugerbetaling", "89", "89", "89"),
        row("Madservice", "375", "750", "750"),
    ]
    document = laid(lines)
    worth = {str(value.value) for table in document.tables for line in table.lines for value in line.values}
    assert worth <= {"89000", "375000", "750000"}
    assert worth or any(problem.code == Code.TABLE_REFUSED for problem in document.problems)


BROKEN: dict[str, list[Line]] = {
    "named above": [row("Indkomstskat", *"----"), row("", *["1.800.251"] * 4)],
    "named below": [6.0, row("", *"----"), -2.0, row("Indkomstskat", *["1.800.251"] * 4), 6.0],
    "named halfway": [row("", *"----"), -7.0, row("Indkomstskat"), -7.0, row("", *["1.800.251"] * 4)],
    "in two columns": [row("Indkomstskat", "-", "4.250", "-", "4.300"), row("", "1.800.251", "", "1.800.251", "")],
    "a name of two lines": [6.0, row("Kommunal", *"----"), -2.0, row("indkomstskat", *["1.800.251"] * 4), 6.0],
}


@pytest.mark.parametrize("heads", [("2031", "2032", "2033", "2034"), ("Budget", "Korr. budget", "Regnskab", "Rest")])
@pytest.mark.parametrize("printed", BROKEN.values(), ids=BROKEN)
def test_figures_below_dashes_that_may_be_their_signs_are_refused(heads: tuple[str, ...], printed: list[Line]) -> None:
    around = [row("Statstilskud", "-4.441", "-28.711", "80.903", "63.198"), row("Grundskyld", "-201", "103", "-2", "1")]
    document = laid([row("1.000 kr.", *heads), around[0], *printed, around[1]], size=8, step=12)
    given = {f"{value.value:f}" for table in document.tables for line in table.lines for value in line.values}
    assert "1800251000" not in given
    assert {"-28711000", "-201000"} <= given
    assert any("may be their signs" in problem.message for problem in document.problems)


def test_a_row_of_dashes_above_a_row_with_a_name_of_its_own_takes_no_figure_from_it() -> None:
    rows = [row("Anlæg", *"----"), row("Drift", "1.800", "1.700", "1.600", "1.500")]
    document = laid([row("1.000 kr.", "2031", "2032", "2033", "2034"), *rows])
    assert document.problems == []
    assert [f"{value.value:f}" for value in document.tables[0].lines[1].values][:2] == ["1800000", "1700000"]


@pytest.mark.parametrize(("full", "behind"), [(True, True), (True, False), (False, True)])
def test_a_figure_under_no_heading_takes_no_figure_of_a_full_row_with_it(full: bool, behind: bool) -> None:
    """Where a year of its row is empty, the figure may be that one's: none of the row is given."""
    ends = (300.0, 360.0, 420.0, 480.0) if behind else (240.0, 300.0, 360.0, 420.0)
    years = ("2026", "2027", "2028", "") if behind else ("", "2026", "2027", "2028")
    figures_of = ["1.500", "1.600" if full else "", "1.700"]
    stray = [*figures_of, "45"] if behind else ["45", *figures_of]
    others = [row(name, *(f"2.{n}00" if year else "" for n, year in enumerate(years)), ends=ends) for name in "ABC"]
    document = laid(
        [((-60.0, "Beløb i 1.000 kr."),), row("Post", *years, ends=ends), row("Tab", *stray, ends=ends), *others]
    )
    given = figures(document)["Tab"]
    assert list(given.values()) == (["1500000", "1600000", "1700000"] if full else [])
    (told,) = document.problems
    assert ('"45" in row "Tab" stands under no heading' in told.message) is full
