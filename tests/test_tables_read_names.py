"""Names of rows and headings that a person reads at once: codes, wrapped names, headings around years and pages."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row, texts

PROSE: Line = (
    (-60.0, "Forvaltningen har undersøgt, hvordan opgaven løses i andre kommuner, og om den kan løses her."),
)


def test_a_name_whose_first_word_stands_alone_is_whole() -> None:
    """The second line stands nearer to the first one than rows do."""
    names = ["Plejecenter Egelunden", "Plejecenter Møllegården", "Plejecenter Solbakken"]
    lines: list[Line] = [row("1.000 kr.", "2026", "2027", ends=(300.0, 360.0)), 4.0]
    for name in names:
        lines += [row(name, "36", "37", ends=(300.0, 360.0)), 5.0]
    lines += [row("Plejecenter", "15", "22", ends=(300.0, 360.0)), ((-60.0, "Hyldespjældet"),), 5.0]
    lines += [row("Plejecenter Lindehuset", "31", "35", ends=(300.0, 360.0))]
    found = figures(laid(lines, step=11.0))
    assert list(found) == [*names, "Plejecenter Hyldespjældet", "Plejecenter Lindehuset"]


def test_long_codes_beside_names_that_short_sections_stand_over() -> None:
    lines: list[Line] = [row("Konto", "2026", "2027"), ((-60.0, "Veje og trafik"),)]
    for code, name in [("003998", "Solceller på tage"), ("000119", "Pumpestation 7"), ("001340", "Salg af grunde")]:
        lines.append(((-60.0, code), (-106.0, name), (300.0, "18.360"), (360.0, "25.700")))
    found = figures(laid([((-60.0, "Anlæg i 1.000 kr."),), *lines]))
    assert [name for name, values in found.items() if values] == [
        "Solceller på tage",
        "Pumpestation 7",
        "Salg af grunde",
    ]


def test_years_over_repeated_headings_without_a_name_in_the_corner() -> None:
    lines: list[Line] = [((270.0, "2025"), (390.0, "2026")), row("", "Budget", "Forbrug", "Budget", "Forbrug")]
    lines += [row("Hallen", "302", "321", "310", "330"), row("Museer", "475", "338", "451", "340")]
    document = laid([((-60.0, "(1.000 kr.)"),), *lines])
    assert [value.raw for value in document.tables[0].lines[0].values] == ["302", "321", "310", "330"]
    assert not document.problems


def test_the_first_line_of_a_heading_in_the_middle_of_the_page_is_no_title() -> None:
    ends = (180.0, 290.0, 400.0, 480.0)
    lines: list[Line] = [
        ((290.0, "Elever"),),
        ((290.0, "pr."),),
        row("1.000 kr.", "Løn", "klasse", "Drift", "I alt", ends=ends),
    ]
    lines += [row(f"{name} Skole", "8", "21,6", "24", "32", ends=ends) for name in ("Birkehøj", "Lindehøj", "Søgård")]
    assert texts(laid(lines, step=12.0))[0][2] == "Elever pr. klasse"


def test_headings_printed_again_over_a_lone_total() -> None:
    head = row("Nr.", "Budget 2026", "Budget 2027", ends=(330.0, 410.0))
    head = (head[0], (-90.0, "Forslag"), (-200.0, "Udvalg"), *head[1:])
    rows: list[Line] = [
        ((-60.0, str(n)), (-90.0, name), (-200.0, "SDU"), (330.0, "-918"), (410.0, "-1.102"))
        for n, name in enumerate(["Færre møder", "Ny struktur", "Nye aftaler"], 1)
    ]
    total: Line = ((-90.0, "Total"), (330.0, "-2.754"), (410.0, "-3.306"))
    document = laid([*[PROSE] * 46, ((-60.0, "Forslag, 1.000 kr."),), head, *rows], [head, total, 20.0, PROSE])
    assert len(document.tables) == 1
    assert figures(document)["Total"] == {2026: "-2754000", 2027: "-3306000"}


def test_a_unit_alone_on_the_line_below_its_sentence() -> None:
    said = "Resultatet fremgår af tabellen nedenfor. Beløbene er angivet i"
    lines: list[Line] = [((-60.0, said),), ((-60.0, "mio. kr."),), 8.0, row("", "2026", "2027")]
    found = figures(laid([*lines, row("Skatter", "-23,7", "-23,6"), row("Tilskud", "-2,8", "-2,9")]))
    assert found["Skatter"] == {2026: "-23700000", 2027: "-23600000"}


def test_dots_left_of_a_row_of_dots_are_no_part_of_the_name() -> None:
    lines: list[Line] = [row("1.000 kr.", "2026", "2027")]
    for name, dots in [("Møder", "." * 30), ("Frivillig koordinator på halv tid", "..")]:
        lines.append((*row(f"{name} {dots}", "0", "43"),))
    assert list(figures(laid(lines))) == ["Møder", "Frivillig koordinator på halv tid"]


def test_a_second_table_with_the_same_years_in_other_places_is_one_of_its_own() -> None:
    """Its figures stand under other years of the first table."""
    first, second = (300.0, 344.0, 388.0), (281.0, 316.0, 351.0)
    lines: list[Line] = [row("I 1.000 kr.", "2026", "2027", "2028", ends=first)]
    lines += [row("Klub", "-1", "-2", "-3", ends=first), row("Bro", "-4", "-5", "-6", ends=first), 8.0]
    lines += [((-60.0, "Økonomiudvalget"),), row("I 1.000 kr.", "2026", "2027", "2028", ends=second)]
    lines += [row("Møder", "-188", "-377", "-378", ends=second), row("Haller", "-80", "-81", "-82", ends=second)]
    found = figures(laid(lines))
    assert found["Møder"] == {2026: "-188000", 2027: "-377000", 2028: "-378000"}
    assert found["Bro"] == {2026: "-4000", 2027: "-5000", 2028: "-6000"}


def test_the_same_figure_in_all_years_that_reads_like_years_is_a_row() -> None:
    head = row("1.000 kr.", "2026", "2027", "2028")
    rows = [row("Klub", "81", "82", "83"), row("Sommer", "2010–", "2010–", "2010–"), row("Bro", "1", "2", "3")]
    assert figures(laid([head, *rows]))["Sommer"] == dict.fromkeys((2026, 2027, 2028), "-2010000")


def test_a_heading_that_reaches_over_the_names_is_that_of_its_year() -> None:
    names = ["Skatter", "Det skattefinansierede område i alt", "Renter"]
    lines: list[Line] = [((300.0, "Regnskab"), (360.0, "Budget")), row("", "2025", "2026", ends=(300.0, 360.0))]
    lines = [((-60.0, "1.000 kr."),), 6.0, *lines, *(row(name, "-7.811", "-7.805") for name in names)]
    columns = laid(lines).tables[0].columns
    assert [(column.label, column.year) for column in columns] == [("Regnskab 2025", 2025), ("Budget 2026", 2026)]


def test_second_headings_closer_than_cells_are_cut_below_years() -> None:
    ends = (212.0, 259.0, 293.0, 331.0, 378.0, 412.0)
    figures = ("{}.100", "({}50)", "{}2", "{}.200", "({}60)", "{}3")
    rows = [row(f"Kreds {n}", *(text.format(n) for text in figures), ends=ends) for n in range(1, 5)]
    heads = row("Tekst", *("Udgift", "Indtægt", "Netto") * 2, ends=ends)
    document = laid([row("1.000 kr."), ((250.0, "2031"), (368.0, "2032")), heads, *rows], step=18, size=9.5)
    assert [(c.label, c.year) for c in document.tables[0].columns] == [
        (f"{year} {name}", year) for year in (2031, 2032) for name in ("Udgift", "Indtægt", "Netto")
    ]
    assert document.problems == []


@pytest.mark.parametrize(
    ("mark", "note"),
    [("1)", "1)"), ("(1)", "(1)"), ("1)", "(1)"), ("*", "*"), ("**)", "**)"), ("¹", "¹"), ("²", "2)"), ("(a)", "(a)")],
)
def test_the_mark_of_a_note_below_is_no_part_of_a_name(mark: str, note: str) -> None:
    rows = [
        row(f"Leje af pavilloner {mark}", "-223", "-229"),
        row("Energi (2)", "10", "20"),
        row("Drift af hal 2", "1", "2"),
    ]
    below = [(-60.0, "* Beløbet er afrundet."), (-60.0, f"{note} Inkl. overhead på 12 pct.")]
    document = laid([row("1.000 kr.", "2026", "2027"), *rows, 8.0, *((line,) for line in below)])
    named = "Energi" if mark == "²" else "Energi (2)"
    assert list(figures(document)) == ["Leje af pavilloner", named, "Drift af hal 2"]
    assert texts(document)[1][0] == f"Leje af pavilloner {mark}"


def test_a_row_that_begins_with_a_letter_in_brackets_is_no_note() -> None:
    document = laid([row("1.000 kr.", "2026", "2027"), row("Vikarer (a)", "1", "2"), row("(a) Mad", "3", "4")])
    assert list(figures(document)) == ["Vikarer (a)", "(a) Mad"]


@pytest.mark.parametrize("label", ["Ombygning (2)", "Cykelsti (etape 1)", "Rørlægning pr. m²", "Hal *"])
@pytest.mark.parametrize("below", ["1) Ekskl. moms.", "Der er regnet med 2) og * som før.", "2 Indledning"])
def test_what_ends_a_name_stays_where_no_note_below_begins_with_it(label: str, below: str) -> None:
    document = laid(
        [row("1.000 kr.", "2026", "2027"), row(label, "1", "2"), row("Andet", "3", "4"), 8.0, ((-60.0, below),)]
    )
    assert list(figures(document)) == [label, "Andet"]


def test_a_mark_in_brackets_that_touches_the_name_is_no_part_of_it() -> None:
    below: Line = ((-60.0, "(1) Jf. budgetaftalen for 2025."),)
    document = laid([row("1.000 kr.", "2026", "2027"), row("Vikarer(1)", "1", "2"), row("Mad", "3", "4"), 8.0, below])
    assert list(figures(document)) == ["Vikarer", "Mad"]


def test_a_rule_drawn_with_dashes_is_no_part_of_a_name() -> None:
    rule: Line = ((-60.0, "-" * 90),)
    head = row("1.000 kr.", "2026", "2027", "2028", "2029")
    lines: list[Line] = [
        head,
        rule,
        row("Vikarer", *"1234"),
        row("Mad", *"5678"),
        rule,
        row("I alt", "6", "8", "10", "12"),
    ]
    document = laid(lines)
    assert list(figures(document)) == ["Vikarer", "Mad", "I alt"]
    assert document.problems == []
