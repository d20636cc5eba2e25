"""Tables of HTML pages and mails with cells over several columns or rows: each figure is under its own heading."""

from __future__ import annotations

from email.message import EmailMessage
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laid import figures, texts

from corpus.model import Document
from corpus.readers.html import read
from pipeline.extract import extract_bytes

YEARS = """<tr><th rowspan="2">Område</th><th colspan="3">Budgetforslag</th></tr>
<tr><th>2026</th><th>2027</th><th>2028</th></tr>
<tr><td>Skoler</td><td>-250</td><td>-500</td><td>-500</td></tr>
<tr><td>Klubber</td><td></td><td>-100</td><td>-100</td></tr>
<tr><td>I alt</td><td>-250</td><td>-600</td><td>-600</td></tr>"""
PAIRS = """<tr><th rowspan=2>Område</th><th rowspan=2>Rolle</th><th colspan=2>2026</th><th colspan=2>2027</th></tr>
<tr><th>Budget</th><th>Regnskab</th><th>Budget</th><th>Regnskab</th></tr>
<tr><td rowspan=2>Skoler</td><td>Drift</td><td>1.250</td><td>1.500</td><td>1.500</td><td>1.510</td></tr>
<tr><td>Anlæg</td><td>100</td><td>110</td><td>100</td><td>90</td></tr>
<tr><td colspan=2>I alt</td><td>1.350</td><td>1.610</td><td>1.600</td><td>1.600</td></tr>"""


def page(rows: str, above: str = "<p>Beløb i 1.000 kr.</p>") -> str:
    return f"<!doctype html><html><body><h1>Notat om budget</h1>{above}<table>{rows}</table><p>Slut.</p></body></html>"


def mail(markup: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "mona@fjordby.example", "ole@fjordby.example", "Budget"
    message["Date"] = "Mon, 03 Mar 2025 10:00:00 +0100"
    message.set_content(markup, subtype="html")
    return message.as_bytes()


def documents(rows: str) -> list[Document]:
    """The same table on a page, in a mail, and quoted in a mail."""
    quoted = page(rows).replace("<table>", "<blockquote><table>").replace("</table>", "</table></blockquote>")
    return [
        extract_bytes(page(rows).encode(), "side.html"),
        extract_bytes(mail(page(rows)), "brev.eml"),
        extract_bytes(mail(quoted), "svar.eml"),
    ]


def test_a_heading_over_years_and_a_label_over_headings() -> None:
    for document in documents(YEARS):
        assert figures(document) == {
            "Skoler": {2026: "-250000", 2027: "-500000", 2028: "-500000"},
            "Klubber": {2027: "-100000", 2028: "-100000"},
            "I alt": {2026: "-250000", 2027: "-600000", 2028: "-600000"},
        }
        assert [(c.text, c.row_span, c.column_span) for c in document.tables[0].cells[0]] == [
            ("Område", 2, 1),
            ("Budgetforslag", 1, 3),
        ]


def test_two_columns_of_each_year_and_labels_over_rows() -> None:
    for document in documents(PAIRS):
        (table,) = document.tables
        told = {
            (line.group, line.label): [(value.year, value.column, f"{value.value:f}") for value in line.values]
            for line in table.lines
        }
        heads = list(product((2026, 2027), ("Budget", "Regnskab")))
        for (_, label), raws in {
            ("Skoler", "Drift"): ("1250000", "1500000", "1500000", "1510000"),
            ("Skoler", "Anlæg"): ("100000", "110000", "100000", "90000"),
            (None, "I alt"): ("1350000", "1610000", "1600000", "1600000"),
        }.items():
            (found,) = [values for key, values in told.items() if key[1] == label]
            assert [value for *_, value in found] == list(raws)
            for (year, column, _), (wanted, heading) in zip(found, heads, strict=True):
                assert year == wanted
                assert heading in (column or "")
        assert next(key for key in told if key[1] == "Drift")[0] == "Skoler"


def test_a_name_over_rows_is_the_name_of_each() -> None:
    rows = YEARS.replace("<td>Skoler</td>", "<td rowspan=2>Skoler</td>").replace("<td>Klubber</td>", "")
    for document in documents(rows):
        labels = [line.label for line in document.tables[0].lines]
        assert labels == ["Skoler", "Skoler", "I alt"]


def test_each_figure_is_where_the_text_has_it() -> None:
    for document in documents(YEARS) + documents(PAIRS):
        text = document.parts[0].text
        for line in document.tables[0].lines:
            for value in line.values:
                assert value.start is not None
                assert text[value.start : value.end] == value.raw


@pytest.mark.parametrize(
    "rows", [YEARS.replace(' colspan="3"', "").replace(' rowspan="2"', ""), "<tr><td>Hej</td></tr>"]
)
def test_a_table_without_reaching_cells_is_found_in_its_lines(rows: str) -> None:
    assert read(page(rows).encode(), "side.html").tables == []


@settings(max_examples=60)
@given(st.data())
def test_whatever_reaches_over_what_each_cell_stands_in_its_place(data: st.DataObject) -> None:
    """A grid is cut into rectangles; each is one cell with a text of its own."""
    height, width = data.draw(st.integers(2, 6)), data.draw(st.integers(2, 6))
    free = set(product(range(height), range(width)))
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    while free:
        row, column = min(free)
        most = next((n for n in range(column, width) if (row, n) not in free), width) - column
        across = data.draw(st.integers(1, most))
        down = data.draw(st.integers(1, height - row)) if across < width else 1
        cells[row, column] = (down, across)
        free -= set(product(range(row, row + down), range(column, column + across)))
    markup = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={down} colspan={across}>r{row}k{column}</td>"
            for (row, column), (down, across) in cells.items()
            if row == number
        )
        + "</tr>"
        for number in range(height)
    )
    reading = read(page(markup, "").encode(), "side.html")
    own = [row for row in range(height) if any(key[0] == row for key in cells)]
    inked = [column for column in range(width) if any(key[1] == column for key in cells)]
    for table in reading.tables:
        found = {reading.text[c.start : c.end]: (own[c.row], inked[c.column], c.row_span, c.column_span) for c in table}
        for (row, column), (down, across) in cells.items():
            over = sum(row <= n < row + down for n in own), sum(column <= n < column + across for n in inked)
            assert found[f"r{row}k{column}"] == (row, column, *over)
    several = any(
        sum(row <= n < row + down for n in own) > 1 or sum(column <= n < column + across for n in inked) > 1
        for (row, column), (down, across) in cells.items()
    )
    assert bool(reading.tables) == (several and len(own) > 1)


def test_the_grid_is_that_of_the_page() -> None:
    document = documents(PAIRS)[0]
    assert texts(document)[:2] == [["Område", "Rolle", "2026", "2027"], ["Budget", "Regnskab", "Budget", "Regnskab"]]


@pytest.mark.parametrize("heading", ["Område", "Konto", "Post", ""])
@pytest.mark.parametrize("names", [("Stier", "Søer"), ("Stier", "Søer", "Broer"), ("Stier", "Søer", "Broer", "Haver")])
def test_the_sides_of_accounts_name_no_row_whatever_sums_them(heading: str, names: tuple[str, ...]) -> None:
    accounts = "".join(
        f"<tr><td>{name}</td><td>U</td><td>300</td><td>400</td></tr><tr><td></td><td>I</td><td>-10</td><td>-20</td></tr>"
        for name in names
    )
    total = f"<tr><td>I alt</td><td></td><td>{290 * len(names)}</td><td>{380 * len(names)}</td></tr>"
    for document in documents(f"<tr><th>{heading}</th><th>U/I</th><th>2026</th><th>2027</th></tr>{accounts}{total}"):
        expected = {f"{name} U": {2026: "300000", 2027: "400000"} for name in names}
        expected |= {f"{name} I": {2026: "-10000", 2027: "-20000"} for name in names}
        expected["I alt"] = {2026: f"{290 * len(names)}000", 2027: f"{380 * len(names)}000"}
        assert figures(document) == expected
