"""Prices are never added: what something costs for each is told by a column, a cell beside the row, or the caption."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from figures import paper

from pipeline.extract import extract_bytes
from pipeline.figures.collect import paper_figures
from pipeline.figures.model import Reason


def rates(*rows: Sequence[str], above: str = "Hele kr.") -> set[str]:
    """The rows of a table on a page of HTML whose figures are left out as prices, with what heads the column."""
    cells = ["".join(f"<td>{text}</td>" for text in row) for row in rows]
    page = f"<p>{above}</p><table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    found = extract_bytes(f'<meta charset="utf-8">{page}'.encode(), "bilag.html")
    figures = [figure for figure in paper_figures(paper(*found.tables), {}) if figure.unit == "DKK"]
    assert figures
    return {figure.label for figure in figures if figure.left_out is Reason.RATE}


@pytest.mark.parametrize("heading", ["Takst {}", "Forslag til takst {}", "Pris {}", "Gebyr {}", "Dagtakst {}"])
def test_a_column_of_prices_is_not_added(heading: str) -> None:
    years = [heading.format(year) for year in (2025, 2026)]
    assert rates(["Ydelse", *years], ["Vuggestue", "4.112", "4.238"], ["Hal", "742", "765"]) == {"Vuggestue", "Hal"}


def test_a_row_with_what_it_is_for_each_beside_it_is_not_added() -> None:
    rows = [["Vuggestue", "pr. måned", "4.112", "4.238"], ["Middag", "pr. portion", "61", "63"]]
    assert rates(["Ydelse", "Enhed", "2025", "2026"], *rows) == {"Vuggestue", "Middag"}
    mixed = [*rows, ["Renovation", "pr. år", "2.348", "2.510"], ["Materialer", "", "3.100", "3.200"]]
    assert rates(["Ydelse", "Enhed", "2025", "2026"], *mixed) == {"Vuggestue", "Middag", "Renovation"}


def test_a_table_of_prices_by_its_caption_is_not_added() -> None:
    table = ["", "2025", "2026"], ["Vuggestue", "4.112", "4.238"], ["Svømmehal", "742", "765"]
    assert rates(*table, above="Takster er i kr. inkl. moms") == {"Vuggestue", "Svømmehal"}


@pytest.mark.parametrize("heading", ["Budget {}", "{} (2026-priser)", "{}"])
def test_what_speaks_of_prices_and_is_an_amount_is_added(heading: str) -> None:
    years = [heading.format(year) for year in (2025, 2026)]
    rows = ["Gebyrer og takster", "-4.112", "-4.238"], ["Renovation pr. år", "742", "765"]
    assert rates(["Område", *years], *rows) == set()


def test_amounts_for_a_year_are_added() -> None:
    rows = ["Drift", "pr. år", "4.112", "4.238"], ["Husleje", "pr. år", "742", "765"]
    assert rates(["Område", "Enhed", "2025", "2026"], *rows) == set()


def test_a_section_or_heading_of_kroner_for_each_of_something_is_not_added() -> None:
    rows = [["Dagtilbud (kr. pr. måned)", "", ""], ["Vuggestue", "4.112", "4.238"]]
    rows += [["Renovation (kr. pr. år)", "", ""], ["Haveaffald", "412", "423"]]
    assert rates(["Ydelse", "2025", "2026"], *rows) == {"Vuggestue"}
    assert rates(["Ydelse", "Kr. pr. time", "Kr. pr. år"], ["Hal", "412", "4.238"], above="Udlejning") == {"Hal"}
