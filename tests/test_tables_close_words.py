"""Columns of words with hardly more than a blank between them, whose cells are centred in their rows."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, texts

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
