"""Names on several lines, of which one stands a little further down, or beside a remark with a figure."""

from __future__ import annotations

import pytest
from laid import LEFT, Cell, Line, figures, laid, row

ENDS = (300.0, 360.0)
HEADS: list[Line] = [((-LEFT, "Beløb i kr."),), 8.0]


def test_a_line_a_hair_further_down_goes_on_with_the_name_above_it() -> None:
    lines: list[Line] = [*HEADS, row("Navn", "2026", "2027", ends=ENDS), 1.0]
    for number, name in enumerate(("Vedligehold", "Materialer", "Tilsyn"), 1):
        lines += [row(name, f"{number}1.000", f"{number}2.000", ends=ENDS), 1.0]
    lines += [row("Fælles brug af", "51.000", "52.000", ends=ENDS), ((-LEFT, "lokaler i kommunens"),), 0.7]
    lines += [((-LEFT, "haller og skoler"),), ((-LEFT, "som følge af færre hold"),)]
    lines += [row("Omlægninger i kantinerne", "61.000", "62.000", ends=ENDS), ((-LEFT, "efter ferien"),), 1.0]
    lines += [row("I alt", "178.000", "182.000", ends=ENDS)]
    found = figures(laid(lines, step=10.4, size=8))
    assert found["Fælles brug af lokaler i kommunens haller og skoler som følge af færre hold"][2026] == "51000"
    assert found["Omlægninger i kantinerne efter ferien"] == {2026: "61000", 2027: "62000"}


def test_a_figure_in_a_remark_makes_no_row_of_a_line_of_a_name() -> None:
    lines: list[Line] = [*HEADS, (*row("Navn", "2026", "2027", ends=ENDS), (-380.0, "Kommentar"))]
    lines += [((-LEFT, "Omlægning af indsatsen"),), ((-LEFT, "for unge uden for byen og"), (-380.0, "50 pct."))]
    lines += [(*row("eksterne forløb", "51.000", "52.000", ends=ENDS), (-380.0, "refusion"))]
    lines += [row("Aftaler", "11.000", "12.000", ends=ENDS), row("Tilsyn", "21.000", "22.000", ends=ENDS)]
    found = figures(laid(lines))
    assert found["Omlægning af indsatsen for unge uden for byen og eksterne forløb"] == {2026: "51000", 2027: "52000"}


def test_a_unit_in_brackets_beside_figures_is_the_end_of_the_name_above() -> None:
    rows: list[Line] = [row(f"{name} (mio. kr.)", "1,5", "2,5") for name in ("Drift", "Anlæg")]
    rows += [((-60.0, "Samlet virkning (netto)"),), row("(mio. kr.)", "3,0", "5,0")]
    document = laid([row("", "2027", "2028"), *rows], step=12, size=9)
    assert document.problems == []
    assert figures(document)["Samlet virkning (netto) (mio. kr.)"] == {2027: "3000000", 2028: "5000000"}


@pytest.mark.parametrize("left", [60.0, 72.0])
def test_a_name_without_room_goes_on_where_the_names_of_groups_begin_further_left(left: float) -> None:
    """Names of two words end in one that no small letter leads to; a group's would begin at the left edge."""
    lines: list[Line] = [row("Projekt (t.kr.)", "2027", "2028", ends=(200.0, 250.0))]
    for group, names in (("Byg", ("Genhusning i pavillon", "Forpladsen Lindely|Nord", "Ny sal")), ("Vej", ("Bro",))):
        lines.append(((-60.0, group),))
        for name in names:
            upper, _, lower = name.partition("|")
            lines += [((-left, upper),)] if lower else []
            lines.append(row(lower or upper, "11", "12", left=left, ends=(200.0, 250.0)))
    lines.append(row("I alt", "44", "48", ends=(200.0, 250.0)))
    document = laid(lines, step=11, size=9)
    assert ("Forpladsen Lindely Nord" in figures(document)) is (left > 60)


def test_the_rest_of_a_single_word_goes_on_inside_a_group_below_its_figures() -> None:
    lines: list[Line] = [row("Projekt (t.kr.)", "2027", "2028", ends=(200.0, 250.0))]
    for group, names in (
        ("Byg", ("Sikring af taget", "Naturgenopretning|Langmosen", "Ny sal")),
        ("Vej", ("Bro i by",)),
    ):
        lines.append(((-60.0, group),))
        for name in names:
            upper, _, lower = name.partition("|")
            lines.append(row(upper, "11", "12", left=72.0, ends=(200.0, 250.0)))
            lines += [((-72.0, lower),)] if lower else []
        lines.append(row(f"{group} i alt", "33", "36", ends=(200.0, 250.0)))
    found = figures(laid(lines, step=11, size=9))
    assert [name for name in found if found[name]] == [
        *("Sikring af taget", "Naturgenopretning Langmosen", "Ny sal", "Byg i alt"),
        *("Bro i by", "Vej i alt"),
    ]


def test_names_of_numbered_rows_go_on_further_left_where_groups_stand_over_the_numbers() -> None:
    """The first line of each name is indented; "i alt" below a total is its end."""
    ends = (260.0, 310.0)
    lines: list[Line] = [((-60.0, "Nr."), (-120.0, "mio. kr."), (260.0, "2027"), (310.0, "2028"))]
    for group, names in (("Bygninger", ("Nyt tag", "Byggemodning|Nordre Eng")), ("Veje", ("Sti Åsum–|Havnen", "Bro"))):
        lines.append(((-60.0, group),))
        for number, name in enumerate(names, 95312):
            upper, _, lower = name.partition("|")
            lines.append(((-60.0, f"{number}"), *row(upper, "1,1", "1,2", left=132.0, ends=ends)))
            lines += [((-120.0, lower),)] if lower else []
        lines += [row(f"Alt under {group}", "2,2", "2,4", left=120.0, ends=ends), ((-120.0, "i alt"),)]
    found = figures(laid(lines, step=12, size=10))
    assert {"Byggemodning Nordre Eng", "Sti Åsum–Havnen", "Alt under Veje i alt"} <= {*found}


def test_the_rest_of_a_name_at_the_top_of_the_next_page_is_no_group() -> None:
    head = ((-60.0, "Nr."), *row("Titel, 1.000 kr.", "2027", "2028", left=100.0))
    filled: list[Line] = [((-60.0, "Kataloget samler de forslag, som udvalgene har drøftet i foråret."),)] * 49
    rows = [
        ((-60.0, f"E-0{number}"), *row(name, f"-{number}1", f"-{number}2", left=100.0))
        for number, name in enumerate(("Færre møder", "Ny struktur i de mindre byer og", "Takster på mad", "Bad"), 1)
    ]
    document = laid([*filled, head, *rows[:2]], [((-100.0, "landdistrikterne"),), *rows[2:]])
    assert list(figures(document)) == [
        *("Færre møder", "Ny struktur i de mindre byer og landdistrikterne", "Takster på mad", "Bad")
    ]


@pytest.mark.parametrize(("note", "name"), [("(a) Vedtaget i maj.", "Leje"), ("(b) Vedtaget i maj.", "Leje (a)")])
def test_a_note_at_the_top_of_the_next_page_tells_that_a_mark_is_none_of_the_name(note: str, name: str) -> None:
    filled: list[Line] = [((-60.0, "Kataloget samler de forslag, som udvalgene har drøftet i foråret."),)] * 49
    rows = [row("Post, 1.000 kr.", "2027", "2028"), row("Kørsel", "11", "12"), row("Leje (a)", "21", "22")]
    second: list[Line] = [((-60.0, note),), 20.0, ((-60.0, "Forslaget har været i høring hos alle råd."),)]
    assert list(figures(laid([*filled, *rows], second))) == ["Kørsel", name]


THREE = [row("Fælles formål", "56,3", "55,5", ends=ENDS), row("Tilskud", "62,9", "62,3", ends=ENDS)]
BROKEN: dict[str, list[Line]] = {
    "first": [row("Botilbud til ophold (§", "3,0", "2,7", ends=ENDS), ((-LEFT, "107)"),)],
    "middle": [((-LEFT, "Botilbud til ophold (§"),), -6.0, ((300.0, "3,0"), (360.0, "2,7")), -6.0, ((-LEFT, "107)"),)],
    "last": [((-LEFT, "Botilbud til ophold (§"),), row("107)", "3,0", "2,7", ends=ENDS)],
}


@pytest.mark.parametrize("place", BROKEN)
@pytest.mark.parametrize("step", [12, 14])
def test_a_bracket_left_open_is_closed_on_the_next_line_of_the_name(place: str, step: int) -> None:
    lines = [row("Mio. kr.", "2026", "2027", ends=ENDS), *THREE, *BROKEN[place]]
    lines += [row("I alt", "122,2", "120,5", ends=ENDS), row("Tandpleje", "2,7", "2,8", ends=ENDS)]
    found = laid(lines, step=step)
    assert figures(found)["Botilbud til ophold (§ 107)"] == {2026: "3000000", 2027: "2700000"}
    assert figures(found)["Tandpleje"] == {2026: "2700000", 2027: "2800000"}
    assert found.problems == []


def test_a_committee_and_in_small_letters_in_all_is_the_name_of_one_row() -> None:
    lines: list[Line] = [row("Mio. kr.", "2026", "2027", ends=ENDS), ((-LEFT, "Beskæftigelsesudvalget"),), *THREE]
    lines += [((-LEFT, "Beskæftigelsesudvalget"),), row("i alt", "119,2", "117,8", ends=ENDS)]
    lines += [
        ((-LEFT, "Kulturudvalget"),),
        row("Museer", "6,3", "5,5", ends=ENDS),
        row("I alt", "6,3", "5,5", ends=ENDS),
    ]
    document = laid(lines, step=12)
    rows = {(line.label, line.group): line.values[0].raw for line in document.tables[0].lines if line.values}
    assert rows["Beskæftigelsesudvalget i alt", "Beskæftigelsesudvalget"] == "119,2"
    assert rows["I alt", "Kulturudvalget"] == "6,3"


def test_a_note_in_a_letter_and_brackets_below_the_last_row_is_none_of_its_name() -> None:
    lines: list[Line] = [
        row("Beløb i kr.", "2026", "2027", ends=ENDS),
        row("Ledere (a)", "51.000", "52.000", ends=ENDS),
    ]
    lines += [row("Vikarer", "11.000", "12.000", ends=ENDS), row("Løn i alt", "62.000", "64.000", ends=ENDS)]
    lines += [((-LEFT, "(a) Inkl. 12 pct. til uforudsete udgifter."),)]
    assert list(figures(laid(lines, step=12))) == ["Ledere", "Vikarer", "Løn i alt"]


@pytest.mark.parametrize("years", [("2026", "2027"), ("Anlæg", "Drift")])
@pytest.mark.parametrize("numbers", [("2", "3"), ("4B", "1 og 2")])
def test_a_number_alone_is_the_last_word_of_the_name_above_it(years: tuple[str, str], numbers: tuple[str, str]) -> None:
    names = ["Byggemodning, Engen etape", "Leje af lokaler ved Stationsvej"]
    first: list[Line] = [*HEADS, row("Projekt", *years, ends=ENDS)]
    last = list(first)
    for number, name in zip(numbers, names, strict=True):
        first += [row(name, "80", "90", ends=ENDS), ((-LEFT, number),)]
        last += [((-LEFT, name),), row(number, "80", "90", ends=ENDS)]
    for lines in (first, last):
        found = figures(laid([*lines, row("Stier", "10", "20", ends=ENDS), row("I alt", "170", "200", ends=ENDS)]))
        assert list(found) == [*map(" ".join, zip(names, numbers, strict=True)), "Stier", "I alt"]


def test_rows_that_are_numbered_under_a_name_are_not_the_end_of_it() -> None:
    lines: list[Line] = [*HEADS, row("Trin", "2026", "2027", ends=ENDS), ((-LEFT, "Satser for hold"),)]
    lines += [row(str(number), "80", "90", ends=ENDS) for number in (1, 2, 3)]
    assert list(figures(laid(lines))) == ["1", "2", "3"]


def test_the_name_of_a_section_that_ends_in_a_capital_is_no_part_of_the_first_row() -> None:
    lines: list[Line] = [*HEADS, row("Område", "2026", "2027", ends=ENDS)]
    for name, rows in (
        ("Dagtilbud", ["Vuggestuer"]),
        ("Kultur, Fritid og Idræt", ["Biblioteker og museer", "Haller"]),
        ("Sundhed", ["Genoptræning efter indlæggelse"]),
    ):
        lines += [((-LEFT, name),), *(row(each, "80", "90", ends=ENDS) for each in rows)]
    document = laid([*lines, row("I alt", "320", "360", ends=ENDS)])
    grouped = {line.label: line.group for line in document.tables[0].lines if line.values}
    assert grouped["Biblioteker og museer"] == "Kultur, Fritid og Idræt"
    assert grouped["Genoptræning efter indlæggelse"] == "Sundhed"


@pytest.mark.parametrize("part", ["it", "tv", "e"])
def test_a_part_of_a_word_that_is_no_syllable_keeps_its_hyphen(part: str) -> None:
    lines: list[Line] = [*HEADS, row("Post", "2026", "2027", ends=ENDS), ((-LEFT, f"Kursus for skolernes {part}-"),)]
    lines += [row("vejledere", "80", "90", ends=ENDS), ((-LEFT, "Vedligehold af kommu-"),)]
    lines += [row("nens stier", "10", "20", ends=ENDS), row("I alt", "90", "110", ends=ENDS)]
    names = [f"Kursus for skolernes {part}-vejledere", "Vedligehold af kommunens stier", "I alt"]
    assert list(figures(laid(lines))) == names


def test_numbers_of_houses_on_a_line_of_their_own_end_a_name() -> None:
    lines: list[Line] = [*HEADS, row("Post", "2026", "2027", ends=ENDS), row("Tag på Skolegade", "80", "90", ends=ENDS)]
    lines += [((-LEFT, "12-14"),), row("Stier", "10", "20", ends=ENDS), row("I alt", "90", "110", ends=ENDS)]
    assert list(figures(laid(lines))) == ["Tag på Skolegade 12-14", "Stier", "I alt"]


def test_years_on_the_last_line_of_a_name_are_of_it_where_words_stand_behind_the_figures() -> None:
    def state(name: str, first: str, last: str, said: str) -> Line:
        return (*row(name, first, last, ends=ENDS), (-420.0, said))

    lines: list[Line] = [*HEADS, state("Projekt", "Budget", "Forbrug", "Status")]
    for name in ("Havnebad", "Cykelstier", "Skøjtehal"):
        lines.append(state(name, "80.000", "30.000", "Afventer"))
    lines += [state("Trafikplan for byen", "60.000", "10.000", "Igangsat"), ((-LEFT, "2026-2029"),)]
    lines += [state("Stier", "5.000", "2.000", "Igangsat"), row("I alt", "305.000", "102.000", ends=ENDS)]
    found = figures(laid(lines, step=12.0))
    assert list(found)[3:] == ["Trafikplan for byen 2026-2029", "Stier", "I alt"]


@pytest.mark.parametrize("last", ["2", "184", "14B", "1,5 pct."])
@pytest.mark.parametrize("between", [False, True], ids=["beside the first line", "between the lines"])
def test_a_number_ends_the_name_of_a_numbered_row_and_parts_no_table(last: str, between: bool) -> None:
    """What stands below it is of the same table: its unit, its price level and its sums are."""
    name = "Omlægning af kørsel til og fra rute"
    names = {"KF01": "Senere åbning af hallen", "KF02": "Færre trykte foldere", "KF03": "Ny takst for både"}
    figures = dict.fromkeys(names, ("-120", "-240"))

    def numbered(number: str, text: str, *values: str) -> tuple[Cell, ...]:
        named = [(-110.0, text)] if text else []
        return ((-60.0, number), *named, *zip((340.0, 400.0), values, strict=False))

    lines: list[Line] = [
        ((-60.0, "Alle beløb er i 1.000 kr. og 2026-priser."),),
        10.0,
        numbered("Nr.", "Forslag", "2026", "2027"),
        *(numbered(label, text, *figures[label]) for label, text in names.items()),
    ]
    if between:
        lines += [((-110.0, name),), -8.0, numbered("KF04", "", "-500", "-600"), -8.0]
    else:
        lines += [numbered("KF04", name, "-500", "-600"), -3.0]
    lines += [((-110.0, last),), ((-110.0, "Udvalget i alt"), (340.0, "-860"), (400.0, "-1.320"))]
    document = laid(lines, step=15 if between else 14, size=10)
    (table,) = document.tables
    found = [(line.label, [f"{value.value:f}" for value in line.values]) for line in table.lines]
    assert found[-2:] == [(f"{name} {last}", ["-500000", "-600000"]), ("Udvalget i alt", ["-860000", "-1320000"])]
    assert {column.label for column in table.columns} == {"2026", "2027"}
    assert document.problems == []


WRAPPED = (("Ny skole, etape", "2"), ("Cykelsti ved Vej", "14"), ("Afledt drift", "1)"))


@pytest.mark.parametrize("halfway", [False, True])
def test_numbers_and_marks_that_wrap_alone_are_the_ends_of_their_names(halfway: bool) -> None:
    """Several names do so, so that numbers begin where names do as often as not; figures stand on the first line."""
    lines: list[Line] = [row("Mio. kr.", "B2031", "B2032", ends=ENDS)]
    for number, (name, end) in enumerate(WRAPPED, 1):
        values = (f"1{number},10", f"2{number},20")
        if halfway:
            lines += [row(name), -6.5, row("", *values, ends=ENDS), -6.5]
        else:
            lines.append(row(name, *values, ends=ENDS))
        lines += [((-LEFT, end),), 4.0]
    lines.append(row("I alt", "36,30", "66,60", ends=ENDS))
    document = laid(lines, step=11.5)
    assert document.problems == []
    (table,) = document.tables
    assert [line.label for line in table.lines] == [*(" ".join(each) for each in WRAPPED), "I alt"]
    assert [line.values[0].raw for line in table.lines] == ["11,10", "12,10", "13,10", "36,30"]


def test_a_name_below_the_number_of_an_account_at_the_foot_of_a_page_is_that_of_its_row() -> None:
    ends = (250.0, 350.0, 420.0)
    pages: list[list[Line]] = []
    for page in ("3", "4"):
        lines: list[Line] = [((-LEFT, "Drift, i 1.000 kr."),), 8.0] if page == "3" else []
        lines += [row("Område", "Budget 2027", "Regnskab 2027", "Afvigelse", ends=ends), 5.0]
        for number, name in enumerate(("Parker", "Veje"), 1):
            lines += [row(f"{page}.2{number}.01 {name}", "41.000", "42.500", "1.500", ends=ends), 5.0]
        lines += [row(f"{page}.25.01", "31.000", "32.500", "1.500", ends=ends), ((-LEFT, "Vintervedligehold"),)]
        pages.append(lines)
    document = laid(*pages, step=11, size=9)
    assert len(document.tables) == 1
    found = figures(document)
    assert [found[f"{page}.25.01 Vintervedligehold"]["Afvigelse"] for page in "34"] == ["1500000"] * 2
