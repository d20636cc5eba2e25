"""Pages set in two columns of text, where a table goes on at the top of the second one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, figures, laid, row
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.model import Document

LEFT_ENDS, FURTHER = (190.0, 230.0, 270.0), 260.0
TEXT = ("Forslaget samler køkkenerne på", "to steder, og kørslen ændres, så", "maden kommer varm frem til alle")
YEARS = ("2026", "2027", "2028")
ROWS = [("Løn", "-11", "-12", "-13"), ("Kørsel", "21", "22", "23"), ("Leje", "-31", "-32", "-33")]
MORE = [("Vikarer", "41", "42", "43"), ("I alt", "20", "20", "20")]
PEOPLE = ("Antal årsværk", "-0,4", "-0,5", "-0,6")


def _cells(row: tuple[str, ...], shift: float = 0.0, wider: float = 0.0) -> Line:
    ends = [end + shift + n * wider for n, end in enumerate(LEFT_ENDS)]
    return ((-50.0 - shift, row[0]), *zip(ends, row[1:], strict=len(row) > 1))


def _paper(
    right: Sequence[tuple[str, ...]], *, below: str = "", over: str = "", wider: float = 0, head: str = ""
) -> Document:
    """Text and a table in the first column; rows and text in the second, a fraction of a line lower."""
    first: list[Line] = [((-50.0, line),) for line in TEXT * 2]
    first += [((-50.0, "Økonomi i 1.000 kr."),), _cells(("Post", *YEARS)), *map(_cells, ROWS)]
    first += [((-50.0, below),)] if below else []
    second: list[Line] = [((-310.0, over),)] if over else []
    second += [_cells(row, FURTHER, wider) for row in right]
    second += [((-310.0, line),) for line in TEXT * 3][: len(first) - len(second)]
    lines: list[Line] = [((-310.0, head),), 26.0] if head else []
    for left, beside in zip(first, [*second, ()][: len(first)], strict=True):
        lines += [left, -9.0, beside, -5.0]
    return laid(lines)


@pytest.mark.parametrize("again", [True, False])
def test_rows_at_the_top_of_the_next_column_are_of_the_table_in_the_first(again: bool) -> None:
    document = _paper([*([("Post", *YEARS)] if again else []), *MORE])
    assert document.problems == []
    assert len(document.tables) == 1
    assert figures(document)["Leje"] == {2026: "-31000", 2027: "-32000", 2028: "-33000"}
    assert figures(document)["Vikarer"] == {2026: "41000", 2027: "42000", 2028: "43000"}
    assert [check.ok for check in document.tables[0].checks] == [True] * 3


@pytest.mark.parametrize("head", ["", "Nordby Kommune, budget 2026-2028"])
def test_a_lone_row_at_the_top_of_the_next_column_is_not_lost(head: str) -> None:
    document = _paper([PEOPLE], head=head)
    assert figures(document)["Antal årsværk"] == {2026: "-0.4", 2027: "-0.5", 2028: "-0.6"}
    (table,) = document.tables
    assert table.bbox is not None
    assert table.bbox[2] < 300


@pytest.mark.parametrize(
    ("below", "over", "wider"),
    [
        ("Tabellen viser ændringerne i alt.", "", 0.0),
        ("", "Elever i skolerne", 0.0),
        ("", "Anlæg", 0.0),
        ("", "", 4.0),
    ],
)
def test_rows_of_the_next_column_are_no_part_of_a_table_that_ends_or_below_a_title_or_in_other_columns(
    below: str, over: str, wider: float
) -> None:
    document = _paper(MORE, below=below, over=over, wider=wider)
    assert {label for label, values in figures(document).items() if values} == {"Løn", "Kørsel", "Leje"}
    assert sorted(len(table.cells) for table in document.tables) == [2, 4]


@pytest.mark.parametrize("mark", ["Side 1", "Side 1 af 2", "1"])
def test_a_last_row_alone_overleaf_is_named_behind_the_number_of_the_page(mark: str) -> None:
    first: list[Line] = [row("Post i 1.000 kr.", *YEARS), *(row(*cells) for cells in ROWS), 20.0, ((-60.0, mark),)]
    rules = [(55.0, y, 425.0, y) for y in (-10.0, 4.0, 18.0, 32.0, 46.0)]
    rules += [(x, -10.0, x, 46.0) for x in (55.0, 250.0, 305.0, 365.0, 425.0)]
    overleaf: list[Line] = [150.0, ((-60.0, "Personale (antal"),), row("heltid, årsværk)", "1,25", "2,50", "2,50")]
    document = laid(first, overleaf, rules=rules)
    assert figures(document)["Leje"] == {2026: "-31000", 2027: "-32000", 2028: "-33000"}
    assert not any("heltid" in label for label in figures(document))
    assert 'The row "heltid, årsværk)' in " ".join(problem.message for problem in document.problems)


@pytest.mark.parametrize(("over", "joined"), [("", True), ("Anlæg", False)])
def test_rows_below_a_form_over_both_columns_go_on(over: str, joined: bool) -> None:
    lines: list[Line] = [((-50.0, "Løbenr."), (-310.0, "Type")), ((-50.0, "5.24"), (-310.0, "Udvidelse"))]
    lines += [((-50.0, "Udvalg"),), ((-50.0, "Teknikudvalget"),), 10.0]
    first: list[Line] = [((-50.0, line),) for line in TEXT * 2]
    first += [((-50.0, "Økonomi i 1.000 kr."),), _cells(("Post", *YEARS)), *map(_cells, ROWS)]
    second: list[Line] = [((-310.0, over),)] if over else []
    second += [_cells(row, FURTHER) for row in MORE]
    second += [((-310.0, line),) for line in TEXT * 3][: len(first) - len(second)]
    for left, beside in zip(first, second, strict=True):
        lines += [left, -9.0, beside, -5.0]
    found = figures(laid(lines))
    assert found["Leje"] == {2026: "-31000", 2027: "-32000", 2028: "-33000"}
    assert (found.get("Vikarer") == {2026: "41000", 2027: "42000", 2028: "43000"}) is joined


def test_rows_whose_figures_are_centred_go_on_in_the_next_column_too() -> None:
    def centred(cells: tuple[str, ...], shift: float = 0.0) -> Line:
        ends = [
            end + shift + stringWidth(text, "Helvetica", 10) / 2 for end, text in zip(LEFT_ENDS, cells[1:], strict=True)
        ]
        return ((-50.0 - shift, cells[0]), *zip(ends, cells[1:], strict=True))

    first: list[Line] = [((-50.0, line),) for line in TEXT * 2]
    first += [((-50.0, "Økonomi i 1.000 kr."),), *map(centred, [("Post", *YEARS), *CENTRED])]
    second: list[Line] = [centred(row, FURTHER) for row in MORE_CENTRED]
    second += [((-310.0, line),) for line in TEXT * 3][: len(first) - len(second)]
    lines: list[Line] = []
    for left, beside in zip(first, second, strict=True):
        lines += [left, -9.0, beside, -5.0]
    document = laid(lines)
    assert document.problems == []
    assert len(document.tables) == 1
    assert figures(document)["Vikarer"] == {2026: "41000", 2027: "4200", 2028: "-3000"}
    assert figures(document)["I alt"] == {2026: "52000", 2027: "116200", 2028: "-3300"}


CENTRED = [("Løn", "11", "12", "-13,3"), ("Kørsel", "-", "100", "13")]
MORE_CENTRED = [("Vikarer", "41", "4,2", "-3"), ("I alt", "52", "116,2", "-3,3")]


SECTIONED = [
    ("Skoler",),
    ("  Byggeri", "41", "42", "43"),
    ("  Inventar", "1", "2", "3"),
    ("Skoler i alt", "42", "44", "46"),
]


def _sides(first: Sequence[Line], second: Sequence[Line]) -> list[Line]:
    """The lines of two columns of a page, those of the second a fraction of a line lower."""
    lines: list[Line] = []
    for left, beside in zip(first, second, strict=True):
        lines += [left, -9.0, beside, -5.0]
    return lines


def _indented(row: tuple[str, ...]) -> Line:
    """A row in the second column, indented as far as its name begins with blanks."""
    cells = _cells(row, FURTHER)
    assert not isinstance(cells, float)
    (place, _), *others = cells
    return ((place - 6.0 * (len(row[0]) - len(row[0].lstrip())), row[0].lstrip()), *others)


@pytest.mark.parametrize(("unit", "corner"), [("Anlæg i 1.000 kr.", "Projekt"), ("1.000 kr.", "")])
def test_a_heading_alone_at_the_foot_of_a_column_has_its_rows_in_the_next_one(unit: str, corner: str) -> None:
    first: list[Line] = [((-50.0, line),) for line in TEXT * 3]
    years = _cells((corner, *YEARS))
    assert not isinstance(years, float)
    first += [(), ((-50.0, unit),), years if corner else years[1:]]
    second: list[Line] = [*map(_indented, SECTIONED), ()]
    second += [((-310.0, line),) for line in TEXT * 3][: len(first) - len(second)]
    document = laid(_sides(first, second), step=12, size=8)
    assert document.problems == []
    (table,) = document.tables
    assert figures(document)["Byggeri"] == {2026: "41000", 2027: "42000", 2028: "43000"}
    assert {line.label: line.group for line in table.lines}["Inventar"] == "Skoler"


def test_the_name_of_a_section_may_be_the_last_line_of_a_column_and_one_the_first_of_the_next() -> None:
    first: list[Line] = [((-50.0, line),) for line in TEXT * 2]
    first += [((-50.0, "Økonomi i 1.000 kr."),), _cells(("Post", *YEARS)), _cells(("Drift",)), *map(_cells, ROWS)]
    first.append(_cells(("Haller",)))
    more: list[Line] = [_cells(row, FURTHER) for row in [("Tag", "5", "6", "7"), ("Skoler",), *MORE]]
    more += [((-310.0, line),) for line in TEXT * 3][: len(first) - len(more)]
    document = laid(_sides(first, more))
    (table,) = document.tables
    assert [(line.label, line.group) for line in table.lines if line.values][3:5] == [
        ("Tag", "Haller"),
        ("Vikarer", "Skoler"),
    ]
    assert figures(document)["Tag"] == {2026: "5000", 2027: "6000", 2028: "7000"}


@pytest.mark.parametrize("ruled", [True, False])
def test_rules_over_both_columns_part_the_rows_below_from_what_stands_close_above(ruled: bool) -> None:
    """A form ends in a rule right above the rows of the second column, higher than the text of the first one."""
    lines: list[Line] = [((-50.0, "Løbenr."), (-310.0, "Type")), ((-50.0, "5.24"), (-310.0, "Udvidelse")), 2.0]
    first: list[Line] = [(), *(((-50.0, line),) for line in TEXT * 2)]
    first += [((-50.0, "Økonomi i 1.000 kr."),), _cells(("Post", *YEARS)), *map(_cells, ROWS)]
    second: list[Line] = [_cells(row, FURTHER) for row in MORE]
    second += [((-310.0, line),) for line in TEXT * 4][: len(first) - len(second)]
    rules = [(48.0, 18.0, 300.0, 18.0), (300.0, 18.0, 545.0, 18.0)] if ruled else []
    found = figures(laid([*lines, *_sides(first, second)], rules=rules))
    assert (found.get("Vikarer") == {2026: "41000", 2027: "42000", 2028: "43000"}) is ruled


def test_the_first_row_of_the_next_column_may_have_a_unit_of_its_own() -> None:
    first: list[Line] = [((-50.0, line),) for line in TEXT * 3]
    first += [(), ((-50.0, "Økonomi"),), _cells(("Post", *YEARS))]
    second: list[Line] = [_cells((f"{name} (kr.)", *values), FURTHER) for name, *values in (*ROWS, *MORE)]
    second += [(), *(((-310.0, line),) for line in TEXT * 4)][: len(first) - len(second)]
    document = laid(_sides(first, second))
    assert len(document.tables) == 1
    assert figures(document)["Vikarer (kr.)"] == {2026: "41", 2027: "42", 2028: "43"}
