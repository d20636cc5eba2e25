"""A table right below one of years, whose headings take two lines: none of its figures is of a year above."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, figures, laid, row

YEARS = ("2031", "2032", "2033", "2034")
ENDS = (240.0, 295.0, 350.0, 400.0, 450.0, 505.0)
UPPER = ("Oprindeligt", "Korrigeret", "Forbrug pr.", "Forbrugs-", "Forventet", "Afvigelse")
LOWER = ("budget", "budget", "31.08", "procent", "regnskab", "")
NAMES = ("Oprindeligt budget", "Korrigeret budget", "Forbrug pr. 31.08", "Forventet regnskab", "Afvigelse")
SPENT = (
    ("Kulturudvalget", "547.521", "548.058", "310.118", "56,6", "545.826", "-2.232"),
    ("Skoleudvalget", "811.685", "812.076", "584.132", "71,9", "811.262", "-814"),
)
TAXES: list[Line] = [
    row("1.000 kr.", *YEARS, ends=ENDS[-4:]),
    row("Indkomstskat", "-1.751", "-1.869", "-1.436", "-1.610", ends=ENDS[-4:]),
    row("Grundskyld", "-225", "-269", "-169", "-187", ends=ENDS[-4:]),
]


def _below(places: list[int], corner: str) -> list[Line]:
    """Headings of two lines and the rows below them, of these columns alone."""
    ends = [ENDS[n] for n in places]

    def picked(name: str, texts: Sequence[str]) -> Line:
        return row(name, *(texts[n] for n in places), ends=ends)

    return [
        picked(corner, UPPER),
        -3.0,
        picked("", LOWER),
        *(picked(name, texts) for name, *texts in SPENT),
    ]


@pytest.mark.parametrize("places", [[0, 1, 2, 3, 4, 5], [2, 3, 4, 5], [3, 4, 5], [0, 1, 2, 4, 5]])
@pytest.mark.parametrize("title", ["", "Budgetopfølgning pr. 31. august 2031"])
@pytest.mark.parametrize("room", [0.0, 8.0])
def test_headings_of_two_lines_below_figures_head_another_table(places: list[int], title: str, room: float) -> None:
    between: list[Line] = [room, ((-60.0, title),)] if title else [room]
    document = laid([*TAXES, *between, *_below(places, "1.000 kr.")], size=8)
    assert document.problems == []
    first = {line.label: [f"{value.value:f}" for value in line.values] for line in document.tables[0].lines}
    assert first == {
        "Indkomstskat": ["-1751000", "-1869000", "-1436000", "-1610000"],
        "Grundskyld": ["-225000", "-269000", "-169000", "-187000"],
    }
    money = [n for n in places if n != 3]
    lower = document.tables[1].lines[0].values
    assert [f"{value.value:f}" for value in lower] == [f"{SPENT[0][n + 1].replace('.', '')}000" for n in money]
    assert [value.column for value in lower] == [NAMES[n - (n > 3)] for n in money]


def test_without_a_unit_of_its_own_the_lower_table_is_refused() -> None:
    document = laid([*TAXES, 8.0, *_below([2, 3, 4, 5], "Udvalg")], size=8)
    assert [problem.code for problem in document.problems] == ["unit-unknown"]
    assert figures(document)["Kulturudvalget"] == {}


@pytest.mark.parametrize("day", ["31.08", "31.8.", "31/8", "30-09", "31.08.2031"])
def test_the_day_of_a_heading_is_no_figure_with_a_decimal_point(day: str) -> None:
    head = row("1.000 kr.", "Budget", f"Forbrug pr. {day}", "Rest", ends=ENDS[1::2])
    rows = [("Skoler", "35.333", "34.000", "1.333"), ("Dagtilbud", "7.091", "7.000", "91")]
    document = laid([head, *(row(*cells, ends=ENDS[1::2]) for cells in rows)], size=8)
    assert {problem.code for problem in document.problems} <= {"date-refused"}
    assert [value.column for value in document.tables[0].lines[0].values] == ["Budget", f"Forbrug pr. {day}", "Rest"]


def test_a_figure_with_a_decimal_point_still_makes_groups_of_three_doubtful() -> None:
    head = row("1.000 kr.", "Budget", "Forbrug pr. 31.08", "Rest", ends=ENDS[1::2])
    rows = [
        row("Skoler", "35.333", "34.000", "1.333", ends=ENDS[1::2]),
        row("Haller", "31.08", "30", "1", ends=ENDS[1::2]),
    ]
    document = laid([head, *rows], size=8)
    assert any("decimal mark elsewhere" in problem.message for problem in document.problems)
    assert figures(document)["Skoler"] == {}


def test_the_last_line_of_running_text_close_above_headings_is_no_part_of_their_corner() -> None:
    """Lines of running text overlap a little, as a unit halfway beside a heading of two lines does."""
    prose = [
        "I 2030 blev der brugt 939.000 kr. til området, og det svarer til 6,5",
        "pct. af det samlede budget.",
    ]
    lines: list[Line] = [((-60.0, prose[0]),), -2.0, ((-60.0, prose[1]),)]
    heads: list[Line] = [row("", "Regnskab", "Regnskab", "Budget", ends=ENDS[-3:]), -7.0, ((-60.0, "1.000 kr."),), -7.0]
    rows = [row(name, "-29.119", "-29.413", "-28.461", ends=ENDS[-3:]) for name in ("Skatter", "Tilskud")]
    document = laid([*lines, 4.0, *heads, row("", "2031", "2032", "2033", ends=ENDS[-3:]), *rows], step=13, size=10)
    assert document.problems == []
    assert document.tables[0].cells[0][0].text == "1.000 kr."
    assert figures(document)["Skatter"] == {2031: "-29119000", 2032: "-29413000", 2033: "-28461000"}


@pytest.mark.parametrize("note", ["Note", "Noter", "Note nr."])
@pytest.mark.parametrize("years", [("2031", "2032"), ("i alt", "i alt")])
def test_a_heading_of_notes_halfway_between_the_two_lines_of_the_others(note: str, years: tuple[str, str]) -> None:
    ends = (330.0, 420.0, 505.0)
    heads: list[Line] = [row("", "", "Regnskab", "Budget", ends=ends), -7.0, ((330.0, note),), -7.0]
    rows = [
        ("Afgifter", "1", "2.470.613", "1.070.000"),
        ("Vand", "", "175.643", "648.000"),
        ("Leje", "2", "9.500", "900"),
    ]
    body = [row(name, *texts, ends=ends) for name, *texts in rows]
    document = laid([((505.0, "kr."),), *heads, row("", "", *years, ends=ends), *body], step=13, size=10)
    assert document.problems == []
    kinds = [f"Regnskab {years[0]}", f"Budget {years[1]}"]
    assert [cell.text for cell in document.tables[0].cells[0] if cell.text] == [note, *kinds]
    assert [f"{value.value:f}" for value in document.tables[0].lines[0].values] == ["2470613", "1070000"]


def test_a_lone_row_below_the_headings_printed_again_overleaf_is_told() -> None:
    heads = _below([0, 1, 2, 3, 4, 5], "1.000 kr.")[:3]
    first = [*heads, *_below([0, 1, 2, 3, 4, 5], "1.000 kr.")[3:], 20.0, ((-250.0, "Regnskab, side 1"),)]
    lone = row("I alt", "1.359", "1.360", "894", "65,7", "1.357", "-3", ends=ENDS)
    document = laid(first, [*heads, lone, 20.0, ((-60.0, "Kommunen har i dag flere borgere end sidste år."),)], size=8)
    told = [problem for problem in document.problems if problem.code == "table-refused" and problem.page == 2]
    assert told or any(line.label == "I alt" and line.values for table in document.tables for line in table.lines)
