"""Headings of two years that are cut at the dash: their second year is no figure of the row that it hangs into."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row, texts

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes


def _paper(heading: str, hanging: str, *, title: str = "", more: str = "") -> Document:
    """A table of money with a section, in whose row ``hanging`` stands below the last heading."""
    rows = [
        *([f'<td colspan="2">{title}</td>'] if title else []),
        f"<th>Post</th><th>2027</th><th>2028</th><th>{heading}</th>",
        f"<td>Haller</td><td>{more}</td><td></td><td>{hanging}</td>",
        "<td>Leje</td><td>310</td><td>325</td><td>15</td>",
        "<td>Varme</td><td>140</td><td>100</td><td>-40</td>",
        "<td>I alt</td><td>450</td><td>425</td><td>-25</td>",
    ]
    markup = "".join(f"<tr>{row}</tr>" for row in rows)
    return extract_bytes(f"<html><body><p>1.000 kr.</p><table>{markup}</table></body></html>".encode(), "tal.html")


@pytest.mark.parametrize("title", ["", "Drift af haller i Solby Kommune, netto"])
@pytest.mark.parametrize("heading", ["Ændring 2027-", "Forskel 2027–", "Udvikling 2027-"])
@pytest.mark.parametrize("hanging", ["28", "2028"])
def test_the_second_year_of_a_heading_is_read_with_it(title: str, heading: str, hanging: str) -> None:
    document = _paper(heading, hanging, title=title)
    whole = heading + hanging
    assert [column.label for column in document.tables[0].columns] == ["2027", "2028", whole]
    assert [column.year for column in document.tables[0].columns] == [2027, 2028, None]
    assert figures(document) == {
        "Leje": {2027: "310000", 2028: "325000", whole: "15000"},
        "Varme": {2027: "140000", 2028: "100000", whole: "-40000"},
        "I alt": {2027: "450000", 2028: "425000", whole: "-25000"},
    }
    assert {line.group for line in document.tables[0].lines if line.label == "Varme"} == {"Haller"}


@pytest.mark.parametrize(("hanging", "more"), [("28", "12"), ("26", ""), ("280", ""), ("", "")])
def test_what_may_be_a_figure_below_half_a_heading_is_not_given(hanging: str, more: str) -> None:
    document = _paper("Ændring 2027-", hanging, more=more)
    assert document.records == []
    refused = [problem.message for problem in document.problems if problem.code == Code.TABLE_REFUSED]
    assert any("Ændring 2027-" in message for message in refused)


@pytest.mark.parametrize("heading", ["2029-", "BO 2029-"])
def test_a_year_and_those_behind_it_have_figures_of_two_digits(heading: str) -> None:
    assert figures(_paper(heading, "30"))["Haller"] == {2029: "30000"}


STEPS = ("0–4", "5–9", "10–14", "15–19")


@pytest.mark.parametrize("ends", [(200.0, 260.0, 320.0), (122.0, 162.0, 202.0)])
@pytest.mark.parametrize("heads", [("2031", "2032", "2033"), ("Alle", "Mænd", "Kvinder")])
def test_the_steps_of_a_scale_name_their_rows(heads: tuple[str, ...], ends: tuple[float, ...]) -> None:
    rows = [row(step, f"{k}70873", f"{k}61271", f"{k}85678", ends=ends, left=47) for k, step in enumerate(STEPS, 1)]
    rows.append(row("I alt", "834148", "710104", "416157", ends=ends, left=47))
    cells = texts(laid([row("Alder", *heads, ends=ends, left=47), *rows]))
    assert [cells[0], cells[1]] == [["Alder", *heads], ["0–4", "170873", "161271", "185678"]]
    assert [row[0] for row in cells[1:]] == [*STEPS, "I alt"]


def test_a_sign_between_figures_that_are_no_scale_parts_them() -> None:
    ends = (100.0, 160.0, 220.0)
    rows: list[Line] = [row("Post", "2031", "2032", "2033", ends=ends, left=20)]
    for first in ("300-350", "280-120", "150-170"):
        rows.append(((100.0 + 20, first), (160.0 + 30, "75"), (220.0 + 30, "95")))
    cells = [cell.text for table in laid(rows).tables for row in table.cells for cell in row]
    assert "300-350" not in cells
