"""A table below another one in lines of text, in HTML and in mails: its figures are never of the upper headings."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from laid import Line, figures, laid, row, texts

from corpus.model import Document
from corpus.readers.html import read
from pipeline.extract import extract_bytes

Rows = list[tuple[str, ...]]
BUDGET: Rows = [
    ("Område", "Budget 2026", "Budget 2027"),
    ("Veje", "43.180", "44.190"),
    ("Havne", "980", "1.025"),
]
WIDER: Rows = [
    ("Område", "Udvalg", "Budget 2026", "Budget 2027"),
    ("Veje", "Teknik", "43.180", "44.190"),
    ("Havne", "Teknik", "980", "1.025"),
]
UPPER = {"Veje": {2026: "43180000", 2027: "44190000"}, "Havne": {2026: "980000", 2027: "1025000"}}
SENTENCE = "Efter høringen er tallene gjort op igen."


def other(word: str) -> Rows:
    return [("Sted", f"{word} 2028", f"{word} 2029"), ("Nordkajen", "410", "425"), ("Sydkajen", "205", "212")]


def tabs(upper: Rows, between: list[str], lower: Rows) -> Document:
    parts = ["Beløb i 1.000 kr.", *map("\t".join, upper), *between, *map("\t".join, lower)]
    return extract_bytes("\n".join([*parts, ""]).encode(), "notat.txt")


def blanks(upper: Rows, between: list[str], lower: Rows) -> Document:
    def line(cells: tuple[str, ...]) -> str:
        words = [cell.rjust(18) if any(map(str.isdigit, cell)) else cell.ljust(18) for cell in cells[1:]]
        return cells[0].ljust(20) + "".join(words)

    parts = ["Beløb i 1.000 kr.", "", *map(line, upper), *between, *map(line, lower)]
    return extract_bytes("\n".join([*parts, ""]).encode(), "notat.txt")


def markup(upper: Rows, between: list[str], lower: Rows) -> str:
    def table(rows: Rows) -> str:
        lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table>{lines}</table>"

    middle = "".join(f"<p>{line}</p>" for line in between)
    return f"<!doctype html><html><body><p>Beløb i 1.000 kr.</p>{table(upper)}{middle}{table(lower)}</body></html>"


def html(upper: Rows, between: list[str], lower: Rows) -> Document:
    return extract_bytes(markup(upper, between, lower).encode(), "side.html")


def mail(upper: Rows, between: list[str], lower: Rows) -> Document:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "mona@fjordby.example", "ole@fjordby.example", "Tal"
    message["Date"] = "Mon, 03 Mar 2025 10:00:00 +0100"
    message.set_content(markup(upper, between, lower), subtype="html")
    return extract_bytes(message.as_bytes(), "brev.eml")


def markdown(upper: Rows, between: list[str], lower: Rows) -> Document:
    def lines(rows: Rows) -> list[str]:
        return ["| " + " | ".join(row) + " |" for row in rows]

    rule = "|---" * len(upper[0]) + "|"
    parts = ["Beløb i 1.000 kr.", "", lines(upper)[0], rule, *lines(upper)[1:], *between, *lines(lower)]
    return extract_bytes("\n".join([*parts, ""]).encode(), "notat.md")


def values(document: Document) -> dict[str, list[str]]:
    found = [line for table in document.tables for line in table.lines if "kajen" in line.label]
    return {line.label: [f"{value.value:f}" for value in line.values] for line in found if line.values}


@pytest.mark.parametrize("of", [tabs, html, mail, blanks])
@pytest.mark.parametrize("word", ["Salg", "Anløb", "Elever", "Udlån", "Pris", "Leje"])
@pytest.mark.parametrize(
    "between", [["", "Andre tal"], ["", "Aktivitet", "Alle tal er i antal."], ["", SENTENCE], [""]]
)
@pytest.mark.parametrize("upper", [BUDGET, WIDER])
def test_words_with_years_below_figures_head_another_table(
    of: Callable[[Rows, list[str], Rows], Document], word: str, between: list[str], upper: Rows
) -> None:
    document = of(upper, between, other(word))
    found = figures(document)
    assert {name: found[name] for name in UPPER} == UPPER
    assert not values(document)
    assert document.problems or word == "Elever"  # a count where no unit is printed


@pytest.mark.parametrize("of", [tabs, html, mail, markdown])
@pytest.mark.parametrize("between", [["", "Personale"], [""], []])
def test_people_below_money_are_read_under_their_own_years(
    of: Callable[[Rows, list[str], Rows], Document], between: list[str]
) -> None:
    document = of(BUDGET, between, other("Årsværk"))
    assert figures(document) == UPPER | {
        "Nordkajen": {2028: "410", 2029: "425"},
        "Sydkajen": {2028: "205", 2029: "212"},
    }
    assert {line.unit for table in document.tables[1:] for line in table.lines} == {"fte"}


@pytest.mark.parametrize("of", [tabs, html, mail])
def test_two_columns_are_parted_too(of: Callable[[Rows, list[str], Rows], Document]) -> None:
    upper: Rows = [row[:2] for row in BUDGET]
    document = of(upper, ["", "Personale"], [row[:2] for row in other("Årsværk")])
    assert figures(document) == {
        "Veje": {2026: "43180000"},
        "Havne": {2026: "980000"},
        "Nordkajen": {2028: "410"},
        "Sydkajen": {2028: "205"},
    }


@pytest.mark.parametrize("of", [tabs, html])
@pytest.mark.parametrize("heads", [("Elever", "Lærere"), ("Skibe", "Både")])
def test_words_without_years_below_a_caption_head_another_table(
    of: Callable[[Rows, list[str], Rows], Document], heads: tuple[str, str]
) -> None:
    for upper in (BUDGET, [("Område", "Bevilling", "Forbrug"), *BUDGET[1:]]):
        document = of(upper, ["", "Andre tal"], [("Sted", *heads), *other("")[1:]])
        assert not values(document)
        assert document.problems
        assert {name for name, found in figures(document).items() if found} == {"Veje", "Havne"}


@pytest.mark.parametrize("between", [[], ["Alle tal er i antal."]])
def test_headings_of_another_table_in_one_table_of_a_page_part_it(between: list[str]) -> None:
    """The heading of the years reaches over two columns, so the page's cells are known."""
    head = '<tr><td rowspan="2">Område</td><td colspan="2">Budget</td></tr><tr><td>2026</td><td>2027</td></tr>'
    rows = [*BUDGET[1:], *[(line,) for line in between], *other("Anløb")]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    document = extract_bytes(f"<html><p>Beløb i 1.000 kr.</p><table>{head}{body}</table></html>".encode(), "side.html")
    found = figures(document)
    assert {name: found[name] for name in UPPER} == UPPER
    assert not values(document)
    assert document.problems


def test_rows_below_words_that_may_be_headings_are_refused() -> None:
    rows: Rows = [*BUDGET[:2], ("Broer", "flyttes til 2028", "flyttes til 2029"), BUDGET[2]]
    document = tabs(rows, [], [])
    assert {name: found for name, found in figures(document).items() if found} == {"Veje": UPPER["Veje"]}
    (note,) = document.problems
    assert '"Havne"' in note.message
    assert "may head another table" in note.message


def test_words_beside_figures_are_cells_of_a_row() -> None:
    rows: Rows = [*BUDGET[:2], ("Broer", "afventer", "afventer"), BUDGET[2]]
    for of in (tabs, html, markdown):
        document = of(rows, [], [])
        assert {name: found for name, found in figures(document).items() if found} == UPPER
        assert len(document.tables) == 1


def test_a_page_says_where_its_tables_end() -> None:
    reading = read(markup(BUDGET, [SENTENCE], other("Salg")).encode(), "side.html")
    assert [reading.text[:end].rsplit("\n", 1)[-1] for end in reading.table_ends] == [
        "Havne\t980\t1.025",
        "Sydkajen\t205\t212",
    ]


def test_headings_in_a_table_of_one_row_are_those_of_the_table_below() -> None:
    head = "".join(f"<td>{cell}</td>" for cell in BUDGET[0])
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in BUDGET[1:])
    page = f"<html><p>Beløb i 1.000 kr.</p><table><tr>{head}</tr></table><table>{rows}</table></html>"
    assert figures(extract_bytes(page.encode(), "side.html")) == UPPER


@pytest.mark.parametrize("of", [tabs, html, markdown])
def test_offices_and_dashes_beside_names_are_no_part_of_them(of: Callable[[Rows, list[str], Rows], Document]) -> None:
    dashed: Rows = [("Område", "Enhed", "Budget 2026", "Budget 2027"), *[(r[0], "-", *r[1:]) for r in BUDGET[1:]]]
    for rows in (WIDER, dashed):
        document = of(rows, [], [])
        assert figures(document) == UPPER
        assert [line.group for line in document.tables[0].lines] == [None, None]


def test_headings_that_no_room_parts_head_another_table_too() -> None:
    document = markdown(BUDGET, [], [("Sted", "Anløb 2028 Anløb 2029", ""), *other("")[1:]])
    assert {name: found for name, found in figures(document).items() if found} == UPPER
    assert len(document.tables) == 2
    assert document.problems


STAFF: list[Line] = [((-60.0, "Institution"), (300.0, "Ansatte"), (400.0, "Andel"), (500.0, "Snit"))]
STAFF += [row(name, *said, ends=(300.0, 400.0, 500.0)) for name, *said in (
    ("Nordby", "412", "7,7", "17"), ("Vesterlund", "293", "15,5", "21"), ("Østermose", "602", "16,1", "50"),
    ("Nederdal", "238", "1,3", "83"), ("Overdal", "170", "1,7", "42"))]  # fmt: skip
ORDERS: list[Line] = [((-60.0, "Ordning"), (-220.0, "Kommuner"), (500.0, "Antal"))]
ORDERS += [((-60.0, name), (-220.0, "A, B, C"), (490.0, "7")) for name in ("Fast takst", "Uden ordning", "Ikke oplyst")]
PLAN: list[Line] = [((-60.0, "Nr."), (-110.0, "Tiltag"), (-250.0, "Bemærkning"), (-430.0, "Frist"))]
PLAN += [((-60.0, f"{n}."), (-110.0, "Nye skilte"), (-250.0, "Skal aftales"), (-430.0, "Til maj")) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("between", "lower", "found"),
    [
        ([24.0], ORDERS, ["Ordning", "Kommuner", "Antal"]),
        ([14.0, ((-50.0, "Handleplan"),), 4.0], PLAN, ["Nr.", "Tiltag", "Bemærkning", "Frist"]),
        ([14.0, ((-60.0, "Ansatte efter sted – kvinder"),), 4.0], STAFF, ["Institution", "Ansatte", "Andel", "Snit"]),
        ([14.0, ((-60.0, "TABEL 10—Grænser"),), 4.0], PLAN, ["Nr.", "Tiltag", "Bemærkning", "Frist"]),
    ],
)
def test_a_title_or_headings_apart_from_the_rows_above_begin_another_table(
    between: list[Line], lower: list[Line], found: list[str]
) -> None:
    document = laid([*STAFF, *between, *lower])
    assert len(document.tables) == 2
    assert texts(document)[-1] == ["Overdal", "170", "1,7", "42"]
    assert texts(document, 1)[0] == found


def test_a_table_under_years_ends_where_it_is_said_where_it_is_from() -> None:
    ends = (300.0, 400.0)
    years: list[Line] = [row("Klasser", "2031", "2032", ends=ends)]
    rows = [row(name, "63,2", "3,4", ends=ends) for name in ("Nordby", "Vesterlund", "Overdal")]
    source: list[Line] = [
        8.0,
        ((-60.0, "Kilde: Skolernes indberetninger"),),
        12.0,
        ((-60.0, "Priser for skærver"),),
        6.0,
    ]
    lower: list[Line] = [((-60.0, "Vare"), (-180.0, "Beskrivelse"), (300.0, "Sats"), (-380.0, "Enhed"))]
    goods = ("Skærver", "Grus", "Sten")
    lower += [((-60.0, name), (-180.0, "knust sten"), (300.0, "5,9"), (-380.0, "ton")) for name in goods]
    document = laid([*years, *rows, *source, *lower])
    assert texts(document)[-1] == ["Overdal", "63,2", "3,4"]
    assert texts(document, 1)[0] == ["Vare", "Beskrivelse", "Sats", "Enhed"]
