"""The first line of a heading of two lines, where only one or two columns have two: it belongs to the year below it."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

from corpus.model import Document

ENDS = (330.0, 400.0, 460.0, 520.0)
ROWS: list[Line] = [
    row("Havnebadet", "12,3", "25,0", "38,2", "9,0", ends=ENDS),
    row("Skøjtehallen", "2,5", "18,5", "20,0", "1,5", ends=ENDS),
    row("Anlæg i alt", "14,8", "43,5", "58,2", "10,5", ends=ENDS),
]
UNIT: Line = ((-60.0, "Beløb i mio. kr."),)


def _found(
    first: tuple[tuple[float, str], ...], *heads: str, rules: tuple[tuple[float, float, float, float], ...] = ()
) -> Document:
    lines: list[Line] = [UNIT, 14.0, first, -2.0, row("Projekt", *heads, ends=ENDS), 4.0, *ROWS]
    return laid(lines, rules=rules)


YEARS = ("2031", "2032", "2033", "2034")


@pytest.mark.parametrize("words", ["Forventet regnskab", "Senest korrigeret budget", "Korr. budget"])
def test_words_close_over_a_year_are_its_heading(words: str) -> None:
    found = _found(((330.0, words),), *YEARS)
    assert [column.label for column in found.tables[0].columns] == [f"{words} 2031", "2032", "2033", "2034"]
    assert figures(found)["Havnebadet"][2031] == "12300000"


@pytest.mark.parametrize("words", ["Afholdt t.o.m.", "Overført fra", "Forbrug til og med", "Samlet forbrug før"])
def test_words_that_leave_the_year_no_year_of_the_figures(words: str) -> None:
    found = _found(((330.0, words),), *YEARS)
    assert figures(found)["Havnebadet"] == {
        f"{words} 2031": "12300000",
        2032: "25000000",
        2033: "38200000",
        2034: "9000000",
    }


def test_first_lines_over_two_columns_are_cut() -> None:
    found = _found(((330.0, "Anlægsramme"), (400.0, "Afholdt t.o.m.")), "i alt", *YEARS[:3])
    assert list(figures(found)["Havnebadet"]) == ["Anlægsramme i alt", "Afholdt t.o.m. 2031", 2032, 2033]


def test_a_first_line_that_hangs_out_of_a_shallow_cell_is_of_its_heading() -> None:
    ruled = ((60.0, 41.5, 520.0, 41.5), (60.0, 57.0, 520.0, 57.0), (60.0, 105.0, 520.0, 105.0))
    found = _found(((330.0, "Anlægsramme"), (400.0, "Overført fra")), "i alt", *YEARS[:3], rules=ruled)
    assert list(figures(found)["Havnebadet"]) == ["Anlægsramme i alt", "Overført fra 2031", 2032, 2033]


def test_a_title_over_the_years_is_none_of_their_headings() -> None:
    lines: list[Line] = [
        ((400.0, "Anlæg, som kommunen har afsat"),),
        8.0,
        UNIT,
        row("Projekt", *YEARS, ends=ENDS),
        *ROWS,
    ]
    assert [column.label for column in laid(lines).tables[0].columns] == list(YEARS)


@pytest.mark.parametrize("end", [330.0, 334.0])
def test_a_first_line_over_two_columns_leaves_the_year_below_it_none(end: float) -> None:
    words = ((end, "Samlet"), (400.0, "Forbrug til og"))
    lines: list[Line] = [UNIT, 14.0, words, -2.0, row("Projekt", "bevilling", "med 2031", *YEARS[1:3], ends=ENDS), 4.0]
    found = laid([*lines, *ROWS])
    assert [column.year for column in found.tables[0].columns] == [None, None, 2032, 2033]
    assert found.tables[0].columns[1].label.endswith("Forbrug til og med 2031")


ENDED = (300.0, 355.0, 415.0, 460.0, 515.0)
UPPER = ("Oprindeligt vedtaget budget", "Korrigeret", "Forbrug pr.", "", "Forbrug")
LOWER = ("2031", "budget", "31.8.2031", "Forskel", "i pct.")
SPENT: list[Line] = [
    row("Skatter", "-61,20", "-58,21", "-56,38", "-1,83", "96,9", ends=ENDED),
    row("Renter", "17,97", "18,63", "18,60", "0,03", "99,8", ends=ENDED),
    row("I alt", "-43,23", "-39,58", "-37,78", "-1,80", "95,5", ends=ENDED),
]


def _two_lines(upper: tuple[str, ...], lower: tuple[str, ...]) -> list[Line]:
    return [row("", *upper, ends=ENDED), -3.0, row("", *lower, ends=ENDED), *SPENT]


def test_a_day_on_a_line_of_its_own_ends_the_heading_above_it() -> None:
    lines = _two_lines(UPPER, LOWER)
    document = laid([UNIT, *lines[:3], row("A. Skat"), row("Indtægter"), *SPENT], size=8)
    assert [(column.label, column.year) for column in document.tables[0].columns] == [
        ("Oprindeligt vedtaget budget 2031", 2031),
        ("Korrigeret budget", None),
        ("Forbrug pr. 31.8.2031", 2031),
        ("Forskel", None),
        ("Forbrug i pct.", None),
    ]
    values = document.tables[0].lines[-2].values
    assert [(v.year, v.column, v.raw) for v in values] == [
        (2031, "Oprindeligt vedtaget budget 2031", "17,97"),
        (None, "Korrigeret budget", "18,63"),
        (2031, "Forbrug pr. 31.8.2031", "18,60"),
        (None, "Forskel", "0,03"),
    ]


@pytest.mark.parametrize(("first", "last"), [("Afvigelse", ("Kr.", "i pct.")), ("2034", ("Budget", "Regnskab"))])
def test_what_may_stand_over_two_columns_is_of_neither(first: str, last: tuple[str, str]) -> None:
    lines = _two_lines((*UPPER[:4], first), (*LOWER[:3], *last))
    document = laid([UNIT, *lines[:3], row("A. Skat"), row("Indtægter"), *SPENT], size=8)
    labels = [column.label for column in document.tables[0].columns]
    assert labels[3:] == [*last]


def test_a_heading_of_two_lines_printed_again_overleaf_goes_on() -> None:
    more: list[Line] = [
        row("Anlæg", "57,43", "57,43", "64,34", "-6,91", "112,0", ends=ENDED),
        row("Drift", "2,57", "2,57", "5,66", "-3,09", "220,2", ends=ENDED),
    ]
    first = [UNIT, *_two_lines(UPPER, LOWER)[:3], row("A. Skat"), row("Indtægter"), *SPENT[:2]]
    document = laid(first, [*_two_lines(UPPER, LOWER)[:3], *more], size=8)
    assert len(document.tables) == 1
    drift = document.tables[0].lines[-1]
    assert (drift.label, [(v.year, v.raw) for v in drift.values]) == (
        "Drift",
        [(2031, "2,57"), (None, "2,57"), (2031, "5,66"), (None, "-3,09")],
    )


def _clipped(*over: tuple[float, str]) -> Document:
    """A drawn table whose cells of headings have room for two lines, with words right above it."""
    ends = (200.0, 270.0, 340.0, 410.0)
    xs, ys = (55.0, 140.0, 205.0, 275.0, 345.0, 415.0), (17.0, 40.0, 54.0, 68.0, 82.0)
    heads: list[Line] = [row("", "Regnskab", "Budget", "regnskab", "Afvigelse", ends=ends), -3.0]
    heads.append(row("Område", "2030", "2031", "2031", "2031", ends=ends))
    rows = [
        row("Skoler", "1.200", "1.300", "1.250", "50", ends=ends),
        row("Dagtilbud", "9", "95", "93", "2", ends=ends),
    ]
    lines: list[Line] = [UNIT, over, -3.0, *heads, *rows, row("I alt", "1.209", "1.395", "1.343", "52", ends=ends)]
    rules = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    return laid(lines, size=9, rules=rules)


def test_the_first_of_three_lines_above_a_drawn_cell_is_of_its_heading() -> None:
    document = _clipped((340.0, "Forventet"))
    heads = ["Regnskab 2030", "Budget 2031", "Forventet regnskab 2031", "Afvigelse 2031"]
    assert [column.label for column in document.tables[0].columns] == heads
    assert [(v.year, v.column, v.raw) for v in document.tables[0].lines[0].values][2] == (2031, heads[2], "1.250")


@pytest.mark.parametrize("over", [(270.0, "Forventet"), (330.0, "Forventet"), (340.0, "1.000 kr.")])
def test_words_above_another_cell_or_none_are_left_there(over: tuple[float, str]) -> None:
    assert _clipped(over).tables[0].columns[2].label == "regnskab 2031"


def test_words_at_the_top_of_a_cell_over_its_year_are_of_no_other_column() -> None:
    top: Line = tuple(zip(ENDS, ("Opr.", "Forbrug", "Forv.", "Afvigelse"), strict=True))
    lines: list[Line] = [UNIT, 14.0, top, ((330.0, "budget"), (460.0, "regnskab"))]
    lines += [((330.0, "2031"), (400.0, "2031"), (460.0, "2031")), 8.0, *ROWS]
    heads = ["Opr. budget 2031", "Forbrug 2031", "Forv. regnskab 2031", "Afvigelse"]
    found = laid(lines)
    assert [column.label for column in found.tables[0].columns] == heads
    assert [value.raw for value in found.tables[0].lines[0].values] == ["12,3", "25,0", "38,2", "9,0"]


def test_words_over_the_last_of_bare_years_may_be_of_all() -> None:
    lines: list[Line] = [UNIT, 14.0, ((400.0, "Forbrug"), (520.0, "Afvigelse")), 12.0]
    lines += [((330.0, "2031"), (400.0, "2032"), (460.0, "2033")), 8.0, *ROWS]
    assert "Forbrug 2032" not in [column.label for column in laid(lines).tables[0].columns]
