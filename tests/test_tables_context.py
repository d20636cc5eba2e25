"""Lines around a table that speak of it: notes right below it, and nothing of what stands in another column."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

from corpus.model import Amount, Fte
from corpus.problems import Code
from pipeline.extract import extract_bytes

TEXT = ("Forslaget samler køkkenerne på", "to steder, og kørslen ændres, så", "maden kommer varm frem til alle")
YEARS = ("2026", "2027", "2028")
ENDS = (190.0, 230.0, 270.0)
RIGHT = 260.0


def _cells(name: str, *figures: str, shift: float = 0.0) -> Line:
    return ((-50.0 - shift, name), *((end + shift, text) for end, text in zip(ENDS, figures, strict=True)))


def _columns(left: list[Line], right: list[Line]) -> list[Line]:
    """Two columns, the right one a fraction of a line lower; lines of text fill both."""
    lines: list[Line] = []
    longest = max(len(left), len(right)) + 6
    fill = [((-50.0, text),) for text in TEXT * 8], [((-50.0 - RIGHT, text),) for text in TEXT * 8]
    sides = [[*side, *fill[n]][:longest] for n, side in enumerate((left, right))]
    for first, second in zip(*sides, strict=True):
        lines += [first, -9.0, second, -5.0]
    return lines


def _text(count: int, shift: float = 0.0) -> list[Line]:
    return [((-50.0 - shift, text),) for text in (TEXT * 4)[:count]]


@pytest.mark.parametrize("unit", ["1.000 kr.", ""])
def test_a_note_in_the_next_column_is_of_no_table_in_this_one(unit: str) -> None:
    """Below the first table stands text in its own column, and beside that the note of the second table."""
    left = [*_text(6), *([((-50.0, f"Økonomi i {unit}"),)] if unit else []), _cells("Post", *YEARS)]
    left += [_cells("Løn", "-11", "-12", "-13"), _cells("Kørsel", "21", "22", "23")]
    right = [*_text(4, RIGHT), _cells("Område", *YEARS, shift=RIGHT), _cells("Leje", "1,5", "2,5", "3,5", shift=RIGHT)]
    right += [_cells("Energi", "4,5", "5,5", "6,5", shift=RIGHT)] * (len(left) - len(right) + 1)
    right += [((-50.0 - RIGHT, "Anm.: Beløb i mio. kr."),)]
    document = laid(_columns(left, right))
    units = {line.label: table.unit for table in document.tables for line in table.lines}
    second, first = units["Leje"], units["Løn"]
    assert second is not None
    assert second.factor == 1_000_000
    if unit:
        assert first is not None
        assert first.factor == 1000
        assert document.problems == []
    else:
        assert first is None
        assert [problem.code for problem in document.problems] == [Code.UNIT_UNKNOWN]


@pytest.mark.parametrize("room", [0.0, 12.0])
def test_footnotes_right_below_a_table_are_its_own_where_another_table_follows(room: float) -> None:
    years = ("2026", "2027", "2028", "2029")
    lines: list[Line] = [
        row("1.000 kr.", *years),
        row("Licenser 1)", "-5", "-4", "-3", "-2"),
        row("Tilsyn 2)", "31", "32", "33", "34"),
        room,
        ((-60.0, "1) Beløbet er afrundet."),),
        ((-60.0, "2) Inkl. overhead på 12 pct."),),
        ((-60.0, "Ændringen drøftes med de berørte parter."),),
        10.0,
        ((-60.0, "Personale (mio. kr.)"),),
        row("Område", *years),
        row("Løn, ledelse", "1,601", "1,193", "0,100", "0,200"),
        row("I alt", "1,601", "1,193", "0,100", "0,200"),
    ]
    document = laid(lines)
    assert document.problems == []
    assert list(figures(document)) == ["Licenser", "Tilsyn", "Løn, ledelse", "I alt"]
    assert figures(document)["I alt"][2026] == "1601000"


HEADS = ("2026/27", "2027/28", "2028/29", "2029/30")


def test_a_unit_behind_years_of_two_is_that_of_their_column() -> None:
    heads = tuple(f"{years} 1000 kr." for years in HEADS)
    ends = (330.0, 410.0, 490.0, 570.0)
    rows = [("Kontrakt", "-48", "-48", "-48", "-48"), ("Rengøring", "-3.716", "-2.338", "-5.051", "-4.739")]
    document = laid([row("Post", *heads, ends=ends), *(row(*cells, ends=ends) for cells in rows)])
    assert document.problems == []
    assert list(figures(document)["Rengøring"].values()) == ["-3716000", "-2338000", "-5051000", "-4739000"]


def test_figures_under_years_of_two_that_have_no_unit_are_told() -> None:
    rows = [("Kontrakt", "-48", "-48", "-48", "-48"), ("Rengøring", "-3.716", "-2.338", "-5.051", "-4.739")]
    document = laid([row("Post", *HEADS), *(row(*cells) for cells in rows)])
    assert [problem.code for problem in document.problems] == [Code.UNIT_UNKNOWN]
    assert not any(line.values for table in document.tables for line in table.lines)


@pytest.mark.parametrize("head", ["12/3/31, 2:05 PM", "12.3.2031, 14.05", "12-03-2031 14:05"])
def test_a_table_goes_on_between_what_a_browser_prints_around_its_pages(head: str) -> None:
    rows = [row(f"Hal {n}", f"{n}1", f"{n}2", f"{n}3", f"{n}4") for n in range(1, 9)]
    top = ((-30.0, head), (350.0, "Anlæg i havnen 2031"))
    foot: list[Line] = [((-30.0, "file:///C:/papirer/anlaeg-2031.html"), (560.0, f"{n}/2")) for n in (1, 2)]
    above: list[Line] = [top, 20.0, row("1.000 kr."), row("Projekt", "2031", "2032", "2033", "2034")]
    document = laid([*above, *rows[:5], 60.0, foot[0]], [top, 20.0, *rows[5:], 60.0, foot[1]])
    (table,) = document.tables
    assert table.pages == [1, 2]
    assert figures(document)["Hal 8"] == {2031: "81000", 2032: "82000", 2033: "83000", 2034: "84000"}
    assert len(figures(document)) == len(rows)
    assert document.problems == []


def _said(paper: str) -> list[tuple[str, str]]:
    """What the text of a paper says beside its one table of budget figures, which has to be read."""
    document = extract_bytes(f"<meta charset=utf-8>{paper}".encode(), "a.html")
    (table,) = document.tables
    assert [str(value.value) for value in table.lines[0].values] == ["412000", "420000"]
    assert document.problems == []
    records = [record for record in document.records if isinstance(record, Amount | Fte) and record.source == "text"]
    return [(record.text, str(record.value)) for record in records]


_ROWS = "<tr><td>Havne</td><td>412</td><td>420</td></tr><tr><td>Stier</td><td>268</td><td>271</td></tr>"
_HEAD = "<tr><td>1.000 kr.</td><td>2031</td><td>2032</td></tr>"


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Note: Merforbruget på havne er 6,2 mio. kr. og skyldes en storm.", [("6,2 mio. kr.", "6200000")]),
        ("Anm.: Heraf udgør løn 3,4 mio. kr. i 2031.", [("3,4 mio. kr.", "3400000")]),
        ("Note 2: Beløb i 2031-priser. Heraf går 150.000 kr. til stier.", [("150.000 kr.", "150000")]),
        ("Note: Beløb er i 1.000 kr.", []),
        ("Note 1: Beløb i 1.000 kr., 2031-priser.", []),
    ],
)
def test_a_figure_in_a_note_below_a_table_is_one_of_the_text(note: str, said: list[tuple[str, str]]) -> None:
    assert _said(f"<table>{_HEAD}{_ROWS}</table><p>{note}</p>") == said


def test_a_sentence_in_a_cell_over_the_columns_of_years_is_read() -> None:
    sentence = "Der afsættes 1,2 mio. kr. årligt fra 2031 til en bro, svarende til ca. 2,5 årsværk."
    over = f"<tr><td>Beskrivelse</td><td colspan=2>{sentence}</td></tr>"
    assert _said(f"<table>{over}{_HEAD}{_ROWS}</table>") == [("1,2 mio. kr.", "1200000"), ("2,5 årsværk", "2.5")]


def test_a_unit_over_the_columns_of_years_is_no_amount() -> None:
    over = "<tr><td>Post</td><td colspan=2>Ændringer i budgettet (1.000 kr.), som udvalget har peget på i år.</td></tr>"
    assert _said(f"<table>{over}{_HEAD}{_ROWS}</table>") == []


@pytest.mark.parametrize("note", ["(a) Vedtaget i maj.", ""])
def test_a_unit_below_a_table_and_over_its_footnotes_is_not_that_of_the_next_table(note: str) -> None:
    """The lines between two tables stand as close as rows do: the footnote says where those of the upper one end."""
    heads = row("", *YEARS)
    first: list[Line] = [heads, row("Skole (a)", "11", "12", "13"), row("Hal", "21", "22", "23")]
    between: list[Line] = [row("Tabellen er opgjort i 1.000 kr."), *([row(note)] if note else [])]
    second: list[Line] = [row("Anlæg"), heads, row("Bro", "31", "32", "33"), row("Vej", "41", "42", "43")]
    document = laid([*first, *between, *second], step=13)
    assert figures(document)["Hal"] == {2026: "21000", 2027: "22000", 2028: "23000"}
    assert (figures(document)["Vej"] == {}) is (note != "")
    assert [table.caption for table in document.tables] == [None, "Anlæg"]


@pytest.mark.parametrize(("title", "told"), [("Virkning pr. år", True), ("Antal årsværk", False), ("", True)])
def test_the_last_line_of_a_page_says_the_unit_of_a_table_below_a_title_on_the_next_one(title: str, told: bool) -> None:
    first: list[Line] = [row("Forslaget har været i høring hos alle råd i kommunen."), row("Beløb er i 1.000 kr.")]
    second: list[Line] = [*([row(title)] if title else []), row("", *YEARS), row("Hal", "11", "12", "13")]
    document = laid(first, [*second, row("Bro", "21", "22", "23")])
    assert (figures(document).get("Hal") == {2026: "11000", 2027: "12000", 2028: "13000"}) is told
