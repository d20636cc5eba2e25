"""Columns of words with hardly more than a blank between them, whose cells are centred in their rows."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, texts
from laid import row as figures_of

from corpus.model import Document

NUMBER, NAME, BODY = 60.0, 89.0, 184.0
ENDS = (340.0, 390.0, 440.0, 490.0)
Row = tuple[str, list[str], list[str]]
ROWS: list[Row] = [
    ("UNG-01", ["Ændret holddeling", "i 8. klasse"], ["Børne- og", "Uddannelsesudvalget"]),
    ("UNG-02", ["Samling af tilbud", "til de yngste"], ["Børne- og", "Uddannelsesudvalget"]),
    ("VEJ-01", ["Fejning", "hver tredje", "måned"], ["Teknikudvalget"]),
    ("VEJ-02", ["Lys slukkes"], ["Klima-, Teknik- og", "Miljøudvalget"]),
    ("KUL-01", ["Færre åbne dage", "i svømmehallen"], ["Havneudvalget"]),
    ("KUL-02", ["Fælles indkøb af", "lærebøger"], ["Kultur- og", "Havneudvalget"]),
]
TALLEST = 3
HEIGHT = 14.0


def _placed(row: Row, number: int, top: float) -> dict[float, list[tuple[float, str]]]:
    """The cells of a row by how far down their lines stand, in the middle of its height."""
    code, name, body = row
    found: dict[float, list[tuple[float, str]]] = {}
    first, last = code.split("-")
    for left, lines in ((NUMBER, [f"{first}-", last]), (NAME, name), (BODY, body)):
        for n, text in enumerate(lines):
            height = top + HEIGHT * (n + (TALLEST - len(lines)) / 2)
            found.setdefault(height, []).append((-left, text))
    middle = top + HEIGHT * (TALLEST - 1) / 2
    found.setdefault(middle, []).extend((end, str(-10 * number - n)) for n, end in enumerate(ENDS, 1))
    return found


def _document(*, ruled: bool) -> Document:
    heading = (
        (-NUMBER, "Nr."),
        (-NAME, "Forslag"),
        (-BODY, "Udvalg"),
        *zip(ENDS, ("2027", "2028", "2029", "2030"), strict=True),
    )
    lines: list[Line] = [((-NUMBER, "Beløb i 1.000 kr."),), heading]
    below = HEIGHT
    rules = [(NUMBER, below + 5.0, 500.0, below + 5.0)]
    for number, row in enumerate(ROWS, 1):
        top = below + 18.0
        for height, cells in sorted(_placed(row, number, top).items()):
            lines += [height - below - HEIGHT, tuple(cells)]
            below = height
        end = top + HEIGHT * (TALLEST - 1) + 5.0
        rules.append((NUMBER, end, 500.0, end))
        lines.append(end - 5.0 - below)
        below = end - 5.0
    return laid(lines, rules=rules if ruled else ())


def test_close_columns_of_words_between_rules_are_told_by_their_edges() -> None:
    document = _document(ruled=True)
    rows = {row[0]: row[1:3] for row in texts(document)[1:]}
    assert rows == {code: [" ".join(name), " ".join(body)] for code, name, body in ROWS}
    assert figures(document)["Fejning hver tredje måned"] == {
        2027: "-31000",
        2028: "-32000",
        2029: "-33000",
        2030: "-34000",
    }


@pytest.mark.parametrize("ruled", [True, False])
def test_no_name_of_a_close_table_has_words_of_another_column(ruled: bool) -> None:
    names = {" ".join(name) for _, name, _ in ROWS}
    assert set(figures(_document(ruled=ruled))) <= names


def _under_years(*rows: list[Line], rules: tuple[float, ...] = ()) -> Document:
    """Rows below years; a rule is drawn below each of the ``rules``, a number of lines."""
    heading = [(-NUMBER, "Nr."), (-NAME, "Forslag"), (-BODY, "Udvalg")]
    years = zip(ENDS, ("2027", "2028", "2029", "2030"), strict=True)
    drawn = [(NUMBER, 4.0 + HEIGHT * n, 500.0, 4.0 + HEIGHT * n) for n in rules]
    lines = [line for row in rows for line in row]
    return laid([((-NUMBER, "Beløb i 1.000 kr."),), (*heading, *years), *lines], rules=drawn)


def _values(first: int) -> list[tuple[float, str]]:
    return [(end, str(-first - n)) for n, end in enumerate(ENDS)]


def _plain(code: str, name: str, first: int) -> list[Line]:
    return [((-NUMBER, code), (-NAME - 12.0, name), (-BODY, "Havneudvalget"), *_values(first))]


def test_a_row_is_refused_whose_name_may_have_words_of_the_next_column() -> None:
    long: list[Line] = [
        ((-NUMBER, "H-02"), (BODY - 2.5, "Samling af tilbud"), (-BODY, "Børne- og")),
        ((-NAME - 12.0, "og af skoler"), (-BODY, "Uddannelsesudvalget"), *_values(20)),
    ]
    others = [_plain("H-01", "Fejning", 10), _plain("H-03", "Lys", 30), _plain("H-04", "Vask", 40)]
    document = _under_years(others[0], long, *others[1:], rules=(2, 4, 5))
    assert [name for name, values in figures(document).items() if values] == ["Fejning", "Lys", "Vask"]
    assert any("cannot be told apart" in problem.message for problem in document.problems)


def test_a_row_is_refused_whose_number_ends_in_another_row() -> None:
    rows = [
        _plain("H-01", "Fejning", 10),
        _plain("UNG-", "Lys", 20),
        _plain("02", "Vask", 30),
        _plain("H-03", "Leje", 40),
    ]
    document = _under_years(*rows)
    assert "Lys" not in [name for name, values in figures(document).items() if values]
    assert any("number stands in another row" in problem.message for problem in document.problems)


STATES = [("Havnebad", "80", "30", "50", "Afventer"), ("Skøjtehal", "60", "10", "50", "Afsluttet")]


@pytest.mark.parametrize("place", [-422.5, -436.0])
def test_words_close_behind_figures_are_of_the_next_column_where_headings_tell(place: float) -> None:
    """They begin two points behind figures that end in one place, and so may their heading."""
    heads = (*figures_of("Projekt", "Budget", "Forbrug", "Rest"), (place, "Status"))
    lines: list[Line] = [((-60.0, "Beløb i mio. kr."),), heads]
    lines += [(*figures_of(*cells[:4]), (-422.0, cells[4])) for cells in STATES]
    document = laid([*lines, figures_of("I alt", "140", "40", "100")])
    assert document.problems == []
    assert texts(document)[1] == ["Havnebad", "80", "30", "50", "Afventer"]
    assert figures(document)["Havnebad"]["Rest"] == "50000000"
    assert figures(document)["I alt"]["Rest"] == "100000000"


def test_figures_in_one_cell_with_words_are_told_where_no_heading_parts_them() -> None:
    heads = (*figures_of("Projekt", "Budget", "Forbrug"), (-395.0, "Restbevilling og status"))
    lines: list[Line] = [((-60.0, "Beløb i mio. kr."),), heads]
    lines += [(*figures_of(*cells[:4]), (-422.0, cells[4])) for cells in STATES]
    document = laid(lines)
    told = [problem.message for problem in document.problems if problem.code == "table-refused"]
    assert any('"Restbevilling og status" (50' in message for message in told)
