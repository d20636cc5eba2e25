"""Tables that a person reads at once: rows and headings that a rule for something else took."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row, texts
from reportlab.pdfbase.pdfmetrics import stringWidth


def test_figures_that_count_as_their_headings_do_are_a_row() -> None:
    document = laid(
        [row("1.000 kr.", "År 1", "År 2", "År 3"), row("Løn", "1", "2", "3"), row("Leje", "10", "20", "30")]
    )
    assert figures(document)["Løn"] == {"År 1": "1000", "År 2": "2000", "År 3": "3000"}
    assert not document.problems


def test_nothing_in_a_format_of_three_digits_is_nothing() -> None:
    document = laid([row("1.000 kr.", "2026", "2027"), row("Løn", "-000", "-200"), row("Leje", "-100", "-000")])
    assert figures(document) == {"Løn": {2026: "0", 2027: "-200000"}, "Leje": {2026: "-100000", 2027: "0"}}


PROSE = ((-60.0, "Forvaltningen har undersøgt, hvordan opgaven løses i andre kommuner, og om den kan løses her."),)
MILLIONS: list[Line] = [
    row("Beløb i mio. kr.", "2026", "2027"),
    row("Skoler", "1,1", "2,1"),
    row("Haller", "1,2", "2,2"),
]
THOUSANDS: list[Line] = [row("", "2026", "2027"), row("Løn", "-100", "-200"), row("Leje", "-10", "-20"), 20.0, PROSE]


def test_a_unit_at_the_foot_of_a_page_is_that_of_the_table_on_top_of_the_next() -> None:
    document = laid([*MILLIONS, 30.0, *[PROSE] * 30, 20.0, ((-60.0, "Beløb i 1.000 kr."),)], THOUSANDS)
    assert figures(document)["Løn"] == {2026: "-100000", 2027: "-200000"}
    assert figures(document)["Skoler"] == {2026: "1100000", 2027: "2100000"}


def test_a_unit_right_below_a_table_is_not_that_of_the_next_page() -> None:
    document = laid([*[PROSE] * 30, *MILLIONS[1:], ((-60.0, "Beløb i mio. kr."),)], THOUSANDS)
    assert "Løn" not in {label for label, values in figures(document).items() if values}


def test_a_text_that_runs_on_into_the_next_cell_of_a_drawn_grid_is_whole() -> None:
    rows = [row("1.000 kr.", "2026", "2027", ends=(260, 320))]
    rows += [row(name, "-10", "-20", ends=(260, 320)) for name in ("Mindre tilskud til foreninger", "Løn")]
    across = [(56.0, y, 324.0, y) for y in (-11.0, 3.0, 17.0, 31.0)]
    document = laid(rows, rules=[*across, *((x, -11.0, x, 31.0) for x in (56.0, 168.0, 264.0, 324.0))])
    assert figures(document) == {
        "Mindre tilskud til foreninger": {2026: "-10000", 2027: "-20000"},
        "Løn": {2026: "-10000", 2027: "-20000"},
    }
    assert not document.problems


def coded(rows: int, number: str = "D{}", left: float = 84.0) -> list[Line]:
    names = ["Omlægning af madservice", "Ny rammeaftale for vikarer", "Færre møder", "Lukning af depot"][:rows]
    lines: list[Line] = [((-60.0, "Nr."), (-left, "Titel"), (300, "2026"), (360, "2027"))]
    for n, name in enumerate(names, 1):
        lines.append(((-60.0, number.format(f"0{n}")), (-left, name), (300, f"-{n}00"), (360, f"-{n}50")))
    return lines


@pytest.mark.parametrize(("number", "left"), [("D{}", 84.0), ("SU-{}", 91.0), ("{}.", 86.0)])
@pytest.mark.parametrize("rows", [1, 4])
def test_the_code_in_front_of_a_name_is_no_part_of_it(rows: int, number: str, left: float) -> None:
    document = laid([((-60.0, "Oversigt over forslag, 1.000 kr."),), *coded(rows, number, left)])
    assert texts(document)[1][:2] == [number.format("01"), "Omlægning af madservice"]
    assert len(figures(document)) == rows
    assert figures(document)["Omlægning af madservice"] == {2026: "-100000", 2027: "-150000"}


def test_a_minus_a_blank_before_its_figure_in_letters_of_one_width() -> None:
    rows = [("Skoler", "16.045", "-", "7.351"), ("Haller", "1.311", "", "5.082"), ("Veje", "763", "-", "54")]
    lines: list[Line] = [((-60.0, "1.000 kr."), (300, "Budget"), (420, "Afvigelse"))]
    for label, budget, sign, figure in rows:
        lines.append(((-60.0, label), (300, budget), (414 - 6 * len(figure), sign), (420, figure)))
    found = figures(laid(lines, face="Courier"))
    assert [found[label]["Afvigelse"] for label in ("Skoler", "Haller", "Veje")] == ["-7351000", "5082000", "-54000"]


def test_years_over_headings_that_repeat() -> None:
    lines: list[Line] = [((270.0, "2025"), (390.0, "2026"))]
    lines += [row("Bevilling", "Budget", "Forbrug", "Budget", "Forbrug")]
    lines += [row("Hallen", "302", "321", "310", "330"), row("Museer", "47.517", "33.861", "45.148", "34.000")]
    document = laid([((-60.0, "Budgetopfølgning (1.000 kr.)"),), *lines])
    assert [(c.label, c.year) for c in document.tables[0].columns] == [
        ("2025 Budget", 2025),
        ("2025 Forbrug", 2025),
        ("2026 Budget", 2026),
        ("2026 Forbrug", 2026),
    ]
    assert [v.raw for v in document.tables[0].lines[0].values] == ["302", "321", "310", "330"]


def test_headings_a_blank_apart_over_years_on_end() -> None:
    heading = ((-60.0, "Forslag"), (440.0, "Udvalg BF 2026 BF 2027 BF 2028 Årsværk"))
    ends = (278.0, 316.0, 355.0, 394.0, 440.0)
    values = ["KFU", "-8", "-9", "-11", "-15"]
    lines = [row(name, *values, ends=ends) for name in ("Færre møder", "Nyt system", "Haller")]
    document = laid([((-60.0, "Forslag, 1.000 kr."),), heading, *lines])
    columns = [(column.label, column.year) for column in document.tables[0].columns]
    assert columns == [("BF 2026", 2026), ("BF 2027", 2027), ("BF 2028", 2028), ("Årsværk", None)]
    assert texts(document)[1] == ["Færre møder", *values]


def test_kinds_of_figures_a_blank_apart_stand_over_their_years() -> None:
    lines: list[Line] = [
        ((440.0, "Regnskab      Budget      Budgetoverslag"),),
        row("1.000 kr.", "2024", "2025", "2026", "2027"),
    ]
    lines += [row("Hallen", "1", "2", "3", "4"), row("Museer", "5", "6", "7", "8")]
    assert set(figures(laid(lines))["Hallen"]) == {2024, 2025, 2026, 2027}


def test_two_tables_side_by_side_with_unlike_numbers_of_years() -> None:
    lines: list[Line] = [
        ((-60.0, "1.000 kr."), (200, "2024"), (240, "2025"), (280, "2026"), (460, "2024"), (500, "2025"))
    ]
    for left, right in [("Affald", "Klubber"), ("Trafik", "Efterskoler"), ("Veje", "I alt")]:
        lines.append(((-60.0, left), (200, "3"), (240, "4"), (280, "5"), (-310.0, right), (460, "6"), (500, "7")))
    document = laid(lines)
    assert [[line.label for line in table.lines] for table in document.tables] == [
        ["Affald", "Trafik", "Veje"],
        ["Klubber", "Efterskoler", "I alt"],
    ]


def test_the_name_of_a_section_over_all_columns_is_no_heading() -> None:
    rules = [(56.0, y, 484.0, y) for y in (4.0, 18.0, 32.0)]
    lines = [row("1.000 kr.", "Budget", "Forbrug"), ((-60.0, "Børn"),), row("Hal", "1", "2"), row("Bad", "3", "4")]
    document = laid(lines, rules=rules)
    assert [(line.label, line.group) for line in document.tables[0].lines] == [("Hal", "Børn"), ("Bad", "Børn")]


def test_a_total_beside_a_heading_over_the_years_keeps_its_name() -> None:
    lines: list[Line] = [((-230.0, "Rådighedsbeløb"),), row("Projekt", "2026", "2027", "2028", "I alt")]
    lines += [row("Ny bro", "1", "2", "3", "6"), row("Cykelsti", "2", "2", "2", "6")]
    document = laid([((-60.0, "Anlæg, 1.000 kr."),), *lines], rules=[(228.0, 18.0, 306.0, 18.0)])
    assert figures(document)["Ny bro"] == {2026: "1000", 2027: "2000", 2028: "3000", "I alt": "6000"}
    assert not document.problems


def test_a_day_in_a_heading_is_no_figure() -> None:
    lines: list[Line] = [
        ((360.0, "Forbrug"),),
        ((300.0, "Korr."), (360.0, "pr. 30.")),
        row("1.000 kr.", "budget", "juni"),
    ]
    lines += [row("Hallen", "410", "366"), row("Museer", "391", "138"), row("Haver", "65", "47")]
    assert figures(laid(lines))["Hallen"] == {"Korr. budget": "410000", "Forbrug pr. 30. juni": "366000"}


def test_a_sentence_that_says_unit_and_price_level() -> None:
    said = "Udgifterne fremgår af tabellen nedenfor. Beløbene er angivet i 1.000 kr. og 2026-priser."
    lines: list[Line] = [((-60.0, said),), 8.0, row("", "2026", "2027"), row("Hal", "1", "2"), row("Bad", "3", "4")]
    document = laid(lines)
    assert figures(document)["Hal"] == {2026: "1000", 2027: "2000"}
    assert document.tables[0].price_level == 2026


@pytest.mark.parametrize("level", ["løbende priser.", "2026-priser."])
def test_a_unit_whose_sentence_goes_on_below_with_the_price_level(level: str) -> None:
    said = "Konsekvenserne fremgår af tabellen nedenfor. Beløbene er angivet i 1.000 kr. og"
    lines: list[Line] = [((-60.0, said),), ((-60.0, level),), 8.0, row("", "2026", "2027")]
    document = laid([*lines, row("Hallen", "1", "2"), row("Museer", "3", "4")])
    assert figures(document)["Hallen"] == {2026: "1000", 2027: "2000"}


@pytest.mark.parametrize("level", ["og årets priser", "i faste priser", "og løbende prisniveau"])
def test_a_sentence_that_says_unit_and_a_price_level_of_no_year(level: str) -> None:
    said = f"Økonomi fremgår af tabellen nedenfor. Beløbene er angivet i mio. kr. {level}."
    lines: list[Line] = [((-60.0, said),), 8.0, row("", "2026", "2027"), row("Hal", "1,5", "2"), row("Bad", "3", "4")]
    assert figures(laid(lines))["Hal"] == {2026: "1500000", 2027: "2000000"}


def test_a_column_of_functions_by_name_names_the_rows() -> None:
    lines: list[Line] = [((-60.0, "Konto"), (-110.0, "Funktion"), *((x, y) for x, y in ((360, "2026"), (420, "2027"))))]
    for code, name in [("02.31.91", "Pensioner"), ("00.66.09", "Arbejdsmiljø"), ("06.25.79", "Elevpuljen")]:
        lines.append(((-60.0, code), (-110.0, name), (360, "977"), (420, "870")))
    document = laid([((-60.0, "Budget, 1.000 kr."),), *lines])
    assert list(figures(document)) == ["Pensioner", "Arbejdsmiljø", "Elevpuljen"]


def test_what_a_charge_is_for_does_not_name_its_row() -> None:
    lines: list[Line] = [((-60.0, "Art"), (-200.0, "Enhed"), (360, "Takst 2026"), (440, "Takst 2027"))]
    for name, per in [("Klub", "pr. måned"), ("Morgen-SFO", "pr. måned"), ("Frokost", "pr. dag")]:
        lines.append(((-60.0, name), (-200.0, per), (360, "106,30"), (440, "108,95")))
    document = laid([((-60.0, "Takster (hele kr.)"),), *lines])
    assert figures(document)["Frokost"] == {2026: "106.3", 2027: "108.95"}


def test_a_committee_over_its_rows_is_no_part_of_the_first_ones_name() -> None:
    lines = [
        row("1.000 kr.", "2026", "2027"),
        ((-60.0, "Klima- og Planudvalget"),),
        row("Sprogvurdering af børn", "1", "2"),
    ]
    lines += [
        row("Sundhedsplejen", "3", "4"),
        ((-60.0, "Børne- og Erhvervsudvalget"),),
        row("Alkoholbehandling", "5", "6"),
    ]
    assert list(figures(laid(lines))) == ["Sprogvurdering af børn", "Sundhedsplejen", "Alkoholbehandling"]


def test_a_name_of_a_section_far_below_the_headings() -> None:
    lines: list[Line] = [
        row("", "Oprindeligt", "Korrigeret", "", ""),
        row("Område", "budget", "budget", "Forbrug", "Rest"),
    ]
    rows = [
        ("Kontanthjælp", "901", "949", "559", "367"),
        ("Jobcenter", "5", "6", "4", "1"),
        ("Sygedage", "1", "2", "3", "4"),
    ]
    lines += [18.0, ((-60.0, "Beskæftigelse"),)]
    for cells in rows:
        lines += [11.0, row(*cells)]
    document = laid([((-60.0, "I 1.000 kr."),), 9.0, *lines], step=12.0)
    assert [column.label for column in document.tables[0].columns] == [
        "Oprindeligt budget",
        "Korrigeret budget",
        "Forbrug",
        "Rest",
    ]
    assert [line.group for line in document.tables[0].lines] == ["Beskæftigelse"] * 3


def test_an_underlined_heading_over_all_years() -> None:
    lines: list[Line] = [
        ((412.0, "Rådighedsbeløb"),),
        row("1.000 kr.", "2026", "2027", "2028", ends=(300.0, 380.0, 460.0)),
    ]
    lines += [
        row("Ny bro", "1", "2", "3", ends=(300.0, 380.0, 460.0)),
        row("Sti", "4", "5", "6", ends=(300.0, 380.0, 460.0)),
    ]
    document = laid(lines, rules=[(318.0, 4.0, 428.0, 4.0), (56.0, 18.0, 464.0, 18.0)])
    assert document.tables[0].cells[0][-1].column_span == 3


def test_a_total_over_years_and_another_heading_a_blank_apart() -> None:
    ends = (300.0, 360.0, 430.0, 480.0)
    lines: list[Line] = [(*row("1.000 kr.", "2026", "2027", ends=ends), (490.0, "2026-2027 Årsværk"))]
    lines += [row("Møder", "-1", "-2", "-3", "0,5", ends=ends), row("Haller", "-4", "-5", "-9", "1,0", ends=ends)]
    document = laid(lines)
    assert [column.label for column in document.tables[0].columns] == ["2026", "2027", "2026-2027", "Årsværk"]


def test_running_text_with_widened_blanks_is_no_row_of_the_table_above() -> None:
    lines: list[Line] = [row("1.000 kr.", "Budget", "Forbrug", "Rest")]
    lines += [row("Hallen", "3.195", "2.077", "1.049"), row("Museer", "688", "723", "40")]
    spaced, x = [], 60.0
    for word in ["Ordningen", "omfatter", "3", "distrikter", "og", "cirka", "140", "medarbejdere", "i", "kommunen"]:
        spaced.append((-x, word))
        x += stringWidth(word, "Helvetica", 10) + 9.0
    document = laid([*lines, tuple(spaced)])
    assert [line.label for table in document.tables for line in table.lines] == ["Hallen", "Museer"]


def test_a_long_name_in_small_letters_parts_no_dash_from_its_column() -> None:
    lines: list[Line] = [row("Mio. kr.", "2026", "2027", "2028")]
    names = ["Nye møder", "Tidlig indsats over for unge uden uddannelse eller job", "Ny aftale", "Flere vikarer i nat"]
    lines += [row(name, "–", "0,4", "0,7", ends=(390.0, 430.0, 480.0)) for name in names]
    lines[0] = row("Mio. kr.", "2026", "2027", "2028", ends=(390.0, 430.0, 480.0))
    assert all(values == {2027: "400000", 2028: "700000"} for values in figures(laid(lines)).values())


def test_a_code_beside_the_last_line_of_a_name_and_one_in_front_of_a_short_one() -> None:
    """The years stand on the page before, and no heading tells where names begin."""
    ends = (300.0, 360.0)
    head = ((-60.0, "Nr."), (-92.0, "Titel"), (300.0, "2026"), (360.0, "2027"))
    first: list[Line] = [
        ((-60.0, "Oversigt, 1.000 kr."),),
        head,
        (*row("SU-01", "-1", "-2", ends=ends), (-92.0, "Møder")),
    ]
    wrapped: list[Line] = []
    for number, (upper, lower) in enumerate(
        [("Omlægning af kørsel", "til skoler"), ("Ny struktur for", "rengøring")], 2
    ):
        wrapped += [((-92.0, upper),), (*row(f"SU-0{number}", "-3", "-4", ends=ends), (-100.0, lower))]
    document = laid(
        [*[PROSE] * 47, *first], [*wrapped, ((-60.0, "SU-04"), (-92.0, "Haller"), (300.0, "-5"), (360.0, "-6"))]
    )
    assert {label: values[2027] for label, values in figures(document).items()} == {
        "Møder": "-2000",
        "Omlægning af kørsel til skoler": "-4000",
        "Ny struktur for rengøring": "-4000",
        "Haller": "-6000",
    }


def test_dots_that_lead_from_a_name_to_its_figures_are_no_figure() -> None:
    lines: list[Line] = [row("Nr.", "2026", "2027"), ((-60.0, "1.000 kr."),)]
    for number, name, dots in [("1", "Hal", "." * 20), ("2", "Nyt tag på skolen", "..."), ("3", "Bro", "." * 19)]:
        cells = row(number, "0", "4300")
        lines.append((*cells, (-80.0, name), (-(80.0 + 6 * len(name) + 8.5), dots)))
    found = figures(laid([((-60.0, "Anlæg i 1.000 kr."),), lines[0], *lines[2:]], face="Courier"))
    assert found == {name: {2026: "0", 2027: "4300000"} for name in ("Hal", "Nyt tag på skolen", "Bro")}


def test_thousands_a_blank_apart_in_letters_of_one_width() -> None:
    lines = [
        row("kr.", "B 2026", "B 2027"),
        row("Brugerbetaling", "-1 222 000", "-2 445 000"),
        row("Drift", "-274 000", "0"),
    ]
    assert figures(laid(lines, face="Courier")) == {
        "Brugerbetaling": {2026: "-1222000", 2027: "-2445000"},
        "Drift": {2026: "-274000", 2027: "0"},
    }
