"""Annual reports: the unit in the corner of headings that are printed twice; a fault on one page of a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from laid import Line, figures, laid, row, texts

from corpus.model import Document
from pipeline.tables.borderless.finder import borderless_grids
from pipeline.tables.borderless.heads import Rule
from pipeline.tables.budgets.budget import Outcome, read_table
from pipeline.tables.content.found import Found, Heads
from pipeline.tables.content.grid import Grid
from pipeline.tables.layout.words import PageLine


def _row(name: str, note: str, *values: str) -> Line:
    ends = zip((370.0, 430.0), values, strict=False)
    return ((-60.0, name), *([(310.0, note)] if note else []), *ends)


def _balance(unit: str) -> Document:
    head = _row(unit, "Note", "2031", "2030")
    assets = [_row("Goodwill", "2", "10.404", "8.077"), _row("Deposita", "5", "11.858", "7.699")]
    debts = [_row("Bankgæld", "6", "1.815", "1.478"), _row("Anden gæld", "9", "20.447", "14.298")]
    sums = [_row("Aktiver i alt", "", "22.262", "15.776"), _row("Passiver i alt", "", "22.262", "15.776")]
    return laid([head, *assets, sums[0], 6.0, ((-60.0, "Passiver"),), head, *debts, sums[1]])


@pytest.mark.parametrize("unit", ["DKK 1.000", "Kr. 1.000", "1.000 kr."])
def test_a_unit_in_the_corner_of_two_headings_is_no_word_with_a_figure(unit: str) -> None:
    document = _balance(unit)
    assert document.problems == []
    found = figures(document)
    assert found["Goodwill"] == {2031: "10404000", 2030: "8077000"}
    assert found["Passiver i alt"] == {2031: "22262000", 2030: "15776000"}


def test_a_fault_on_one_page_costs_its_tables_alone_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(lines: Sequence[PageLine], rules: Sequence[Rule], carried: Heads) -> list[Found]:
        if any("Goodwill" in line.text for line in lines):
            raise ZeroDivisionError("in a table")
        return borderless_grids(lines, rules, carried)

    monkeypatch.setattr("pipeline.tables.papers.pages.borderless_grids", breaks)
    head = _row("1.000 kr.", "Note", "2031", "2030")
    first = [head, _row("Goodwill", "2", "10.404", "8.077"), _row("Deposita", "5", "11.858", "7.699")]
    second = [head, _row("Bankgæld", "6", "1.815", "1.478"), _row("Anden gæld", "9", "20.447", "14.298")]
    document = laid(first, second)
    assert [table.page for table in document.tables] == [2]
    assert figures(document)["Bankgæld"][2031] == "1815000"
    assert [told.page for told in document.problems if told.code == "stage-failed"] == [1]
    assert "ZeroDivisionError: in a table" in next(t.message for t in document.problems if t.code == "stage-failed")


def test_a_unit_that_ends_over_the_last_of_two_years_is_no_heading_of_it() -> None:
    """It stands so near to the middle over both that it might head them."""
    ends = (511.0, 546.0)
    rows = [row("Tilgang", "26 995", "22 323", ends=ends), row("Afgang", "−2 725", "−3 606", ends=ends)]
    rows.append(row("I alt", "24 270", "18 717", ends=ends))
    heads: list[Line] = [((545.0, "1.000 kr."),), -2.0, row("", "2031", "2030", ends=ends)]
    document = laid([*heads, *rows], size=8, step=11)
    assert document.problems == []
    assert figures(document)["Tilgang"] == {2031: "26995000", 2030: "22323000"}
    assert texts(document)[0] == ["", "2031", "2030"]


@pytest.mark.parametrize("place", [480.0, -60.0])
def test_a_unit_alone_between_rows_and_the_same_years_heads_another_table(place: float) -> None:
    kinds = ("Budget", "Overslag", "Overslag", "Overslag")
    years = ("2031", "2032", "2033", "2034")
    upper: list[Line] = [
        row("", *kinds),
        -2.0,
        row("t.kr.", *years),
        row("Skat", "8", "4", "7", "3"),
        row("Gebyr", "6", "7", "4", "2"),
    ]
    lower: list[Line] = [
        row("", *kinds),
        -2.0,
        row("Udvalg", *years),
        row("Veje", "3", "2", "2", "9"),
        row("Havne", "7", "1", "8", "7"),
    ]
    title: list[Line] = [2.0, ((-60.0, "Bevillinger, drift"),), 2.0, ((place, "t.kr."),)]
    page: list[Line] = [*upper, *title, *lower]
    document = laid(page)
    assert document.problems == []
    assert len(document.tables) == 2
    assert figures(document)["Veje"] == {2031: "3000", 2032: "2000", 2033: "2000", 2034: "9000"}


def test_a_unit_on_the_last_line_of_each_heading_is_that_of_its_column() -> None:
    ends = (300.0, 400.0, 500.0)
    heads: list[Line] = [row("", "Indtægtsført", "Øvrige", "", ends=ends), -3.0]
    heads += [row("Opgave", "bevilling", "indtægter", "Omkostninger", ends=ends), -3.0]
    heads.append(row("", "mio. kr.", "mio. kr.", "mio. kr.", ends=ends))
    rows = [row("Tilsyn", "561", "515", "435", ends=ends), row("Formidling", "133", "135", "134", ends=ends)]
    document = laid([*heads, *rows, row("I alt", "694", "650", "569", ends=ends)], rules=[(56.0, 30.0, 502.0, 30.0)])
    assert document.problems == []
    assert list(figures(document)["Tilsyn"].values()) == ["561000000", "515000000", "435000000"]


@pytest.mark.parametrize(("total", "given"), [("1.930", True), ("1.940", False), ("100", False)])
def test_a_share_of_money_with_a_total_that_is_its_sum_is_an_amount(total: str, given: bool) -> None:
    """Percentages add up to 100, or to nothing."""
    ends = (320.0, 460.0)
    shares = ("41", "23", "36") if total == "100" else ("694", "763", "473")
    rows = [
        row(name, "561", share, ends=ends) for name, share in zip(("Tilsyn", "Ledelse", "Råd"), shares, strict=True)
    ]
    heads = row("Mio. kr.", "Omkostninger", "Andel af årets overskud", ends=ends)
    document = laid([heads, *rows, row("I alt", "1.683", total, ends=ends)])
    found = figures(document)["Tilsyn"]
    assert ("Andel af årets overskud" in found) == given
    assert found["Omkostninger"] == "561000000"


@pytest.mark.parametrize("upper", [("Regnskab", "Budget", "Budget", "Budget"), ("Regnskab", "", "", "")])
def test_words_over_years_printed_again_that_are_other_words_head_another_table(upper: tuple[str, ...]) -> None:
    years = ("2030", "2031", "2032", "2033")
    first: list[Line] = [row("", *upper), -3.0, row("1.000 kr.", *years), row("Skat", "8", "4", "7", "3")]
    again: list[Line] = [row("", "Regnskab", *["Overslag"] * 3), -3.0, row("1.000 kr.", *years)]
    document = laid(
        [*first, row("Gebyr", "6", "7", "4", "2"), *again, row("Veje", "3", "2", "2", "9"), row("Havne", *"7187")]
    )
    assert len(document.tables) == 2
    assert [cell.text for cell in document.tables[1].cells[0]][2] == "Overslag 2031"
    assert figures(document)["Veje"][2031] == "2000"


def test_a_fault_in_reading_a_table_costs_it_alone_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(grid: Grid, text: str, *others: Any) -> Outcome:
        if any(cell.text == "Goodwill" for cell in grid.cells()):
            raise ZeroDivisionError("in a row")
        return read_table(grid, text, *others)

    monkeypatch.setattr("pipeline.tables.read_table", breaks)
    head = _row("1.000 kr.", "", "2031", "2030")
    first = [head, _row("Goodwill", "", "10.404", "8.077"), _row("Deposita", "", "11.858", "7.699")]
    second = [head, _row("Bankgæld", "", "1.815", "1.478"), _row("Anden gæld", "", "20.447", "14.298")]
    document = laid([*first, 60.0, ((-60.0, "Passiver"),), *second])
    assert figures(document)["Bankgæld"][2031] == "1815000"
    told = [problem for problem in document.problems if problem.code == "stage-failed"]
    assert [(problem.page, "ZeroDivisionError: in a row" in problem.message) for problem in told] == [(1, True)]


def test_a_unit_beside_headings_in_words_begins_no_row() -> None:
    """Else the headings of a table are the last row of the one above it."""
    ends = (464.0, 537.0)
    lines: list[Line] = []
    for unit, names in (("I 1.000 kr.", ["Grunde", "Lån", "Aktiver i alt"]), ("kr. 1.000", ["Gæld", "Egenkapital"])):
        lines += [row(unit, "Ultimo", "Ultimo", ends=ends), -2.0, row("", "2031", "2030", ends=ends)]
        lines += [*(row(name, "14.778", "14.336", ends=ends) for name in names), 10.0, row("Passiver")]
    read = figures(laid(lines))
    assert read.pop("Passiver") == {}
    assert list(read) == ["Grunde", "Lån", "Aktiver i alt", "Gæld", "Egenkapital"]
