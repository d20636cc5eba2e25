"""Headings of two years that are cut at the dash: their second year is no figure of the row that it hangs into."""

from __future__ import annotations

import pytest
from laid import figures

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
