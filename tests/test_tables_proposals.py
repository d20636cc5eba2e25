"""Budget tables as proposals print them: headings that say more than a year, and names that wrap."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row, texts

YEARS = ("2025", "2026", "2027", "2028")


@pytest.mark.parametrize("level", ["{}-pl", "{}-p/l", "B {}-pl", "{} pl"])
def test_price_levels_of_different_years_are_the_years(level: str) -> None:
    heads = [level.format(year) for year in YEARS]
    document = laid(
        [row("1.000 kr."), row("", *heads), row("Løn", "1", "2", "3", "4"), row("Drift", "5", "6", "7", "8")]
    )
    assert figures(document)["Løn"] == {2025: "1000", 2026: "2000", 2027: "3000", 2028: "4000"}


def test_one_price_level_is_no_year() -> None:
    document = laid([row("1.000 kr.", "2025-pl"), row("Løn", "1"), row("Drift", "5"), row("Leje", "6")])
    assert all(not values for values in figures(document).values())


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("step", [14, 24])
def test_a_unit_in_the_middle_over_the_years_is_a_heading_of_theirs(step: float, count: int) -> None:
    middle = (278 + 300 + 60 * (count - 1)) / 2
    unit = ((middle + 15, "t.kr."),)
    amounts = [row("Løn til lærere", *"1234"[:count]), row("Drift", *"5678"[:count]), row("Leje", *"9123"[:count])]
    document = laid([row("Økonomi"), unit, row("Post", *YEARS[:count]), *amounts], step=step)
    (table,) = document.tables
    assert [cell.column_span for cell in table.cells[0] if cell.text == "t.kr."] == [count]
    assert figures(document)["Drift"] == {2025 + n: f"{5 + n}000" for n in range(count)}


def test_a_title_that_ends_in_kr_states_the_unit() -> None:
    title = row("Oversigt over udgifter og indtægter i 1.000 kr.")
    head = row("Post", *YEARS)
    document = laid([title, head, row("Løn", "1", "2", "3", "4"), row("Drift", "5", "6", "7", "8")])
    assert figures(document)["Løn"][2025] == "1000"


def test_names_that_begin_alike_are_rows_of_their_own() -> None:
    """The figures stand on the last line of a label, and no room parts the rows."""
    lines = [row("Mio. kr.", "2025", "2026"), row("Rengøring på gamle Sandvig Skole", "7", "8")]
    lines += [row("Rengøring på Egelund"), row("Plejehjem", "9", "1"), row("Rengøring på Birkely", "3", "4")]
    found = figures(laid(lines, step=12))
    assert found["Rengøring på gamle Sandvig Skole"] == {2025: "7000000", 2026: "8000000"}
    assert "Rengøring på gamle Sandvig Skole Rengøring på Egelund" not in found


def test_remarks_beside_figures_do_not_make_their_labels_running_text() -> None:
    """The figures stand at half the height of labels of two lines, and all lines are equally far apart."""
    lines: list[Line] = [row("1.000 kr.", "2025", "2026"), row("Serviceudgifter")]
    lines += [(*row("Indtægter fra leje", "-33", "62"), (-400.0, "Se bilag"))]
    for number, (upper, lower) in enumerate(
        [("Vedligehold af haller", "og svømmebade"), ("Bortfald af en pulje til", "forsøg i skolen")]
    ):
        lines += [row(upper), -7.0, (*row("", f"{number + 1}1", "-67"), (-400.0, "Se bilag")), -7.0, row(lower)]
    found = figures(laid(lines))
    assert found["Indtægter fra leje"] == {2025: "-33000", 2026: "62000"}
    assert found["Vedligehold af haller og svømmebade"] == {2025: "11000", 2026: "-67000"}
    assert found["Bortfald af en pulje til forsøg i skolen"] == {2025: "21000", 2026: "-67000"}


def test_a_name_that_wraps_after_a_known_word_is_one() -> None:
    """The figures stand on the middle line, and a name goes on with a capital where it had no room."""
    lines: list[Line] = [row("1.000 kr.", "2025", "2026"), row("Drift", "1", "2"), 7.0]
    for first, second, third in (
        ("Øgede indtægter fra", "udlejning af haller til", "private arrangementer"),
        ("Besparelse ved fælles", "indkøb til skolerne i", "Tårnby Kommune"),
        ("Færre udgifter til leje", "af lokaler hos Tårnby", "Idrætsforening"),
    ):
        lines += [row(first), row(second, "45", "-4"), row(third), 7.0]
    found = figures(laid([*lines, row("Personale", "3", "4"), 7.0, row("Total", "5", "6")]))
    assert "Færre udgifter til leje af lokaler hos Tårnby Idrætsforening" in found
    assert "Øgede indtægter fra udlejning af haller til private arrangementer" in found
    assert "Besparelse ved fælles indkøb til skolerne i Tårnby Kommune" in found


def test_a_committee_beside_the_kind_is_no_part_of_the_name() -> None:
    def line(committee: str, name: str, *amounts: str) -> Line:
        return ((-60.0, committee), *row(name, *amounts, left=120))

    lines = [row("Mio. kr."), line("Udvalg", "Art", "2025", "2026"), line("KFU", "Licenser", "1", "2")]
    lines += [line("KFU", "Løn", "3", "4"), line("TMU", "Leje", "5", "6"), line("", "I alt", "9", "12")]
    assert figures(laid(lines))["Løn"] == {2025: "3000000", 2026: "4000000"}


@pytest.mark.parametrize("unit", ["(mio. kr.)", "(1.000 kr.)"])
def test_a_unit_below_each_year_is_that_of_its_column(unit: str) -> None:
    """The units are so close together that they make one stretch of words; a table above has another unit."""
    ends = (300, 346, 392, 438)
    first: list[Line] = [row("Hele kr.", *YEARS), row("Vand", "7", "8"), row("El", "7", "8"), 20.0, row("Anlæg"), 8.0]
    lines = [row("", *YEARS, ends=ends), row("", *[unit] * 4, ends=ends), row("Løn", "1", "2", "3", "4", ends=ends)]
    document = laid([*first, *lines, row("Leje", "5", "6", "7", "8", ends=ends)], size=9)
    factor = 1_000_000 if "mio" in unit else 1000
    assert figures(document)["Løn"][2026] == str(2 * factor)


def test_a_unit_over_the_years_beside_another_heading() -> None:
    lines: list[Line] = [((366.0, "1.000 kr., netto"),), row("", *YEARS[:3], "Konto")]
    lines += [row("Løn", "1", "2", "3", "3.35.56"), row("Leje", "4", "5", "6", "0.38.19")]
    assert figures(laid(lines))["Leje"][2027] == "6000"


def test_a_label_that_reads_like_prose_right_below_the_years() -> None:
    """Its figures stand at half the height between its two lines."""
    long = "Besparelse ved fælles indkøb af fødevarer til alle"
    ends = (350, 410)
    lines: list[Line] = [
        row("1.000 kr.", "2025", "2026", ends=ends),
        8.0,
        row(long),
        -9.0,
        row("", "5", "-3", ends=ends),
    ]
    lines += [-9.0, row("køkkener"), 8.0, row("Total", "5", "-3", ends=ends), row("Årsværk", "1,5", "2", ends=ends)]
    document = laid(lines, step=18)
    assert figures(document)[f"{long} køkkener"] == {2025: "5000", 2026: "-3000"}


def test_a_rule_below_a_heading_that_stops_short_of_its_columns_parts_it_from_the_years() -> None:
    lines = [
        ((360.0, "Budgetvirkning"),),
        row("Mio. kr.", *YEARS[:3]),
        row("Løn", "1", "2", "3"),
        row("El", "4", "5", "6"),
    ]
    across = [(56, y, 424, y) for y in (-11, 17, 31, 45)]
    upright = [(x, -11, x, 45) for x in (56, 250, 424)] + [(x, 3, x, 45) for x in (306, 366)]
    document = laid(lines, rules=[*across, (268, 3, 416, 3), *upright])
    (table,) = document.tables
    assert [(cell.text, cell.column_span) for cell in table.cells[0] if cell.text][-1] == ("Budgetvirkning", 3)
    assert figures(document)["Løn"] == {2025: "1000000", 2026: "2000000", 2027: "3000000"}


def test_a_total_so_close_to_the_last_year_that_both_are_one_heading() -> None:
    """ "2027 I alt" over two columns: the total of a row without a figure for 2027 is not that of 2027."""
    ends = (300, 330, 352)
    lines = [row("Mio. kr."), row("", "2026", "2027", "I alt", ends=(300, 327, 352))]
    lines += [row("Leje af haller", "", "1,2", "1,2", ends=ends), row("Løn", "-1", "", "-1", ends=ends)]
    found = figures(laid([*lines, row("Drift", "3,4", "5,8", "9,2", ends=ends)]))
    assert found["Løn"] == {2026: "-1000000", "I alt": "-1000000"}


def test_a_long_name_behind_a_committee_and_the_number_of_the_page() -> None:
    """A name that reads like running text is one where figures follow; a page's number below is no row."""
    name = "Forventet effekt af ændret visitation til praktisk hjælp"
    ends = (390, 440, 490)
    lines: list[Line] = [row("1.000 kr."), row("Udvalg", "2025", "2026", "2027", ends=ends)]
    for text in ("Drift", "Leje", name, "Løn"):
        lines.append(((-60.0, "KFU"), *row(text, "-36", "519", "95", left=110, ends=ends)))
    document = laid([*lines, 2.0, ((390.0, "- 1 -"),)])
    assert figures(document)[name] == {2025: "-36000", 2026: "519000", 2027: "95000"}
    assert not document.problems


PERSONNEL = [row("Personale"), row("Energi", "-19,7", "-9,1"), row("Inventar", "26,9", "2,1")]


@pytest.mark.parametrize(("last", "money"), [("10,3", True), ("10,4", False)])
def test_what_a_total_adds_to_money_is_money(last: str, money: bool) -> None:
    """Rows under a heading on personnel and hours are of kroner where a total sums them with other sections."""
    lines = [row("Mio. kr.", "2025", "2026"), row("Drift"), row("Leje", "10,0", "5,0"), row("Kørsel", "1,0", "7,3")]
    lines += [row("Støttetimer", "-0,5", "5,0"), *PERSONNEL, row("I alt", "17,7", last)]
    document = laid(lines)
    assert tuple(name for name in figures(document) if name in {"Støttetimer", "Energi"}) == ("Støttetimer", "Energi")
    assert figures(document)["Energi"] == ({2025: "-19700000", 2026: "-9100000"} if money else {})
    assert figures(document)["Støttetimer"] == ({2025: "-500000", 2026: "5000000"} if money else {})
    assert {problem.code for problem in document.problems} >= (set() if money else {"number-refused"})


@pytest.mark.parametrize(("total", "money"), [("Netto", True), ("I alt", False)])
def test_hours_that_a_net_change_adds_to_one_row_of_money_are_money(total: str, money: bool) -> None:
    lines = [row("1.000 kr.", "2025", "2026"), row("Leje", "207", "109"), row("Støttetimer", "-2", "-61")]
    found = figures(laid([*lines, row(total, "205", "48")]))
    assert found["Støttetimer"] == ({2025: "-2000", 2026: "-61000"} if money else {})


def test_a_section_that_loses_more_than_any_proposal_has_people_is_of_money() -> None:
    rows = [row("Personale"), row("Møbler", "-18.050", "15.181"), row("Rengøring", "1.774", "3.177")]
    found = figures(laid([row("1.000 kr.", "2025", "2026"), *rows]))
    assert found["Rengøring"] == {2025: "1774000", 2026: "3177000"}
    for other in (row("Møbler", "-18", "15"), row("Lønudgifter", "-18.050", "15")):
        few = [row("Personale"), other, row("Rengøring", "170", "31")]
        assert figures(laid([row("1.000 kr.", "2025", "2026"), *few]))["Rengøring"] == {}
    one = [rows[0], rows[1], row("Rengøring", "-2", "-2")]
    assert figures(laid([row("1.000 kr.", "2025", "2026"), *one]))["Rengøring"] == {}


def test_the_only_unit_over_the_columns_is_that_of_all() -> None:
    """It stands over the first year; the numbers of notes stand under no year."""

    def line(name: str, note: str, *amounts: str) -> Line:
        note_end = 330.0 if note == "Note" else 322.0
        return (*row(name, *amounts, ends=(398, 466, 534)), (note_end, note))

    lines: list[Line] = [((394.0, "mio. kr."),), line("Post", "Note", "R 2023", "B 2024", "BO 2025")]
    lines += [
        line("Løn", "2", "7,37", "7,37", "0,23"),
        line("Leje", "", "1,4", "", "9,1"),
        line("El", "4", "2", "", "3"),
    ]
    assert figures(laid(lines, size=8, step=17.4))["Leje"] == {2023: "1400000", 2025: "9100000"}


def test_committees_stay_apart_from_names_of_which_some_are_indented() -> None:
    """The end of a name that wraps is shorter than the indent, and stands over no indented name."""
    committees = iter(["KBU", "ØU", "", "", "BEU", "SSU"])
    names = ["Kørsel af elever", "Lavere sygefravær", "Moms", "heraf varer", "Intern overhead", "Virkning i"]
    lines: list[Line] = [((-54.0, "Udvalg"), *row("Tusinde kr.", "2025", "2026", left=88))]
    for name in names:
        amounts = row(name, "1,5", "2,5", left=98 if name in {"Moms", "heraf varer"} else 88)
        lines.append(tuple(cell for cell in ((-54.0, next(committees)), *amounts) if cell[1]))
    document = laid([*lines, row("alt", left=88)], size=7.5, step=13)
    assert texts(document)[1][:2] == ["KBU", "Kørsel af elever"]
    assert figures(document)["Lavere sygefravær"] == {2025: "1500", 2026: "2500"}


@pytest.mark.parametrize("dash", ["-", "–", "•"])
def test_a_list_right_below_is_no_row(dash: str) -> None:
    lines = [row("1.000 kr.", "2025", "2026"), row("Løn", "1", "2"), row("Drift", "3", "4"), row("Resultat", "4", "6")]
    points = [((-50.0, dash), (-66.0, "Risikoen vurderes at være lav.")), ((-50.0, dash), (-66.0, "Leje er med."))]
    document = laid([*lines, *points])
    assert texts(document)[-1] == ["Resultat", "4", "6"]


@pytest.mark.parametrize(
    "name", ["Tilskud til Foreningen|Havnens Venner –|Lyngby", "Tilskud til|Foreningen|Havnens|Venner"]
)
def test_a_grant_to_an_association_whose_name_wraps(name: str) -> None:
    """The figures stand on the last line, and room parts the rows; "Tilskud" alone would head a group."""
    *above, last = name.split("|")
    lines: list[Line] = [row("Mio. kr.", "2025", "2026"), 6.0, row("Telefoner", "-47,8", "-69,8"), 6.0]
    lines += [*(row(part) for part in above), row(last, "46,1", "-85,4"), 6.0, row("Annoncer", "-31,3", "-72,2")]
    lines += [6.0, row("Sagsbehandling –"), row("Birkely", "-77,1", "-4,7")]
    found = figures(laid(lines, step=11.5))
    assert found[name.replace("|", " ")] == {2025: "46100000", 2026: "-85400000"}


def test_a_remark_in_brackets_goes_on_with_a_row_of_people() -> None:
    """The figures stand at half the height of their labels."""
    lines: list[Line] = [row("1.000 kr.", "2025", "2026"), 6.0]
    lines += [row("Fuldtidsansatte"), -5.75, row("", "-9", "-14"), -5.75, row("(årsværk)"), 5.0]
    lines += [row("Projektledelse", "-936", "-936"), 5.0, row("Tilskud til"), row("Foreningen", "-1 934", "-2 942")]
    lines += [row("Havnens Venner"), 14.0, row("Nettoeffekt", "-2 870", "-3 878")]
    found = figures(laid(lines, step=11.5))
    assert found["Tilskud til Foreningen Havnens Venner"] == {2025: "-1934000", 2026: "-2942000"}
    assert found["Fuldtidsansatte (årsværk)"] == {2025: "-9", 2026: "-14"}


def test_a_row_with_a_number_of_its_own_does_not_go_on_with_the_name_of_a_group() -> None:
    def line(number: str, *cells: str) -> Line:
        return ((-60.0, number), *row(*cells, left=120))

    lines: list[Line] = [line("Konto", "1.000 kr.", "2025", "2026"), row("Området for Børn og Familie", left=120)]
    lines += [line("3.22.01", "Lavere sygefravær", "-15", "-16"), line("5.22.07", "Kørsel og biler", "-5", "-6")]
    lines += [row("Vej og park", left=120), line("3.22.01", "Rengøring – Åparken", "-11", "-12")]
    assert figures(laid(lines))["Lavere sygefravær"] == {2025: "-15000", 2026: "-16000"}


def test_a_unit_in_the_middle_over_years_of_two_lines() -> None:
    """It stands over the third of five years, and no further from that one's edges than from the middle of all."""
    ends = tuple(206.0 + 36.5 * n for n in range(5))
    years = [str(year) for year in range(2026, 2031)]
    lines: list[Line] = [((287.8, "Tusinde kr."),), 6.0, row("", *["Budget"] * 5, ends=ends), -3.0]
    lines += [row("", *years, ends=[end - 4 for end in ends])]
    lines += [row(name, "-6", "12", "-12", "6", "8", ends=ends) for name in ("Tilskud", "Løn", "Leje")]
    document = laid(lines, size=8.8)
    (table,) = document.tables
    assert [(cell.text, cell.column_span) for cell in table.cells[0] if cell.text] == [("Tusinde kr.", 5)]
    assert figures(document)["Løn"][2028] == "-12000"


@pytest.mark.parametrize("corner", ["Økonomi, 1.000 kr.|(2025-pl)", "Økonomi, Beløb i|1.000 kr."])
def test_the_heading_over_the_names_may_be_of_two_lines(corner: str) -> None:
    upper, lower = corner.split("|")
    lines = [row(upper, "Budget", "Overslag"), row(lower, "2025", "2026"), row("Løn", "1", "2"), row("El", "3", "4")]
    document = laid(lines, step=12)
    assert texts(document)[0][0] == corner.replace("|", " ")
    assert figures(document)["Løn"] == {2025: "1000", 2026: "2000"}


@pytest.mark.parametrize("other", ["Tilskud til", "Ældreområdet"])
def test_a_line_indented_as_the_ends_of_names_are_goes_on_with_one(other: str) -> None:
    """There was room for it on the line above; where no name goes on in words, it may be a row of a group."""
    lines: list[Line] = [
        row("1.000 kr.", "2025", "2026"),
        6.0,
        row("Omlægning af normeringen i pladser", "1", "2"),
        6.0,
    ]
    lines += [
        row("Åbning på Højvang"),
        row("Bibliotek", "-5,0", "27,4", left=66),
        6.0,
        row("Materialer", "3", "4"),
        6.0,
    ]
    lines += [row(other), row("Foreningen Havnen", "5", "6", left=66), 6.0, row("Drift", "7", "8")]
    found = figures(laid(lines, step=11.5))
    whole = other == "Tilskud til"
    assert found["Åbning på Højvang Bibliotek" if whole else "Bibliotek"] == {2025: "-5000", 2026: "27400"}
    assert found["Tilskud til Foreningen Havnen" if whole else "Foreningen Havnen"] == {2025: "5000", 2026: "6000"}
