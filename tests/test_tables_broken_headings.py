"""Headings of three lines and more, each broken in a place of its own: words, years and units."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from laid import Cell, Line, figures, laid, texts
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.problems import Code

ENDS = (280.0, 370.0, 450.0, 540.0)
ROWS = {"Cykelsti ved Mosen": ("1,2", "2,4", "0,7", "8,5"), "Nyt tag på Hal 2": ("0,3", "0,6", "0,9", "0,4")}


def _level(*texts: str, ends: Sequence[float] = ENDS, name: str = "") -> tuple[Cell, ...]:
    """Texts that end where columns do, an empty one where nothing stands."""
    return (*([(-60.0, name)] if name else []), *((x, text) for x, text in zip(ends, texts, strict=False) if text))


def _body() -> list[Line]:
    return [line for label, row in ROWS.items() for line in (_level(*row, name=label), 4.0)]


def test_a_unit_broken_behind_the_year_in_some_headings_and_below_it_in_others() -> None:
    names = ("Budget", "Overslagsår 1", "Overslagsår 2", "Overslagsår 3")
    head: list[Line] = [
        _level(*names, name="Post"),
        _level("2029", "(2030) (mio.", "(2031) (mio.", "(2032) (mio."),
        _level("(mio.", "kr.)", "kr.)", "kr.)"),
        _level("kr.)"),
    ]
    document = laid([*head, 4.0, *_body()], step=11, size=9)
    assert document.problems == []
    expected = {2029: "300000", 2030: "600000", 2031: "900000", 2032: "400000"}
    assert figures(document)["Nyt tag på Hal 2"] == expected


def test_a_unit_broken_behind_a_year_between_headings_that_are_close_together() -> None:
    """ "Afvigelse" and "Forbrugs-" stand a blank apart, but what is below each does not."""
    head: list[Line] = [
        _level("Korrigeret", "Forbrug", "Afvigelse", "Forbrugs-", ends=(280.0, 370.0, 450.0, 496.0)),
        _level("budget 2024", "2024 (1000", "(B-R)", "%", ends=(280.0, 370.0, 450.0, 496.0)),
        _level("(1000 kr.)", "kr.)", "(1000 kr.)", ends=(280.0, 370.0, 450.0)),
    ]
    rows = {"Cykelsti ved Mosen": ("412", "380", "32", "92,2"), "Nyt tag på Hal 2": ("310", "320", "-10", "103,2")}
    body = [_level(*row, name=label, ends=(280.0, 370.0, 450.0, 496.0)) for label, row in rows.items()]
    document = laid([*head, 4.0, *body], step=11, size=9)
    assert document.problems == []
    columns = [column.label for column in document.tables[0].columns]
    assert columns[:2] == ["Korrigeret budget 2024 (1000 kr.)", "Forbrug 2024 (1000 kr.)"]
    values = [f"{value.value:f}" for value in document.tables[0].lines[1].values]
    assert values == ["310000", "320000", "-10000"]


def test_the_first_line_of_a_heading_that_goes_on_small_is_of_its_column_alone() -> None:
    """Headings in the middle of their columns: "Korrigeret" stands in the middle of all three, too."""
    middles = (250.0, 330.0, 410.0)
    rows: list[tuple[str, ...]] = [("3386,9", "3507,0", "2977,7"), ("185,2", "199,6", "205,6")]

    def centred(*texts: str) -> tuple[Cell, ...]:
        return tuple((x + 2.25 * len(text), text) for x, text in zip(middles, texts, strict=True) if text)

    head: list[Line] = [
        ((-60.0, "Beløb i 1.000 kr."),),
        8.0,
        centred("", "Korrigeret", ""),
        centred("Budget", "budget", "Regnskab"),
        ((-60.0, "Konto"), *centred("2024", "2024", "2024")),
    ]
    body: list[Line] = [
        ((-60.0, "2.45.79"), (-110.0, name), *centred(*row)) for name, row in zip("AB", rows, strict=True)
    ]
    body = [line for each in body for line in (6.0, each)]
    document = laid([*head, *body], step=12, size=9)
    assert [column.label for column in document.tables[0].columns] == [
        "Budget 2024",
        "Korrigeret budget 2024",
        "Regnskab 2024",
    ]
    assert document.problems == []


def test_a_unit_without_brackets_on_lines_of_a_drawn_heading() -> None:
    edges = (60.0, 200.0, 270.0, 340.0, 410.0)
    middle = [(a + b) / 2 for a, b in pairwise(edges[1:])]
    lines: list[Line] = [
        tuple((x + 16, text) for x, text in zip(middle, ("BO 2032", "BO 2033", "BO 2034"), strict=True)),
        tuple((x + 8, "hele") for x in middle),
        tuple((x + 10, "1.000") for x in middle),
        tuple((x + 6, "kr.") for x in middle),
        8.0,
    ]
    for name, row in {
        "Drift": ("6.339", "4.020", "50"),
        "Leje": ("839", "719", "37"),
        "Kørsel": ("170", "2", "3"),
    }.items():
        lines += [((-64.0, name), *((edge - 4, text) for edge, text in zip(edges[2:], row, strict=True))), 6.0]
    ys = (-10.0, 40.0, 58.0, 75.0, 92.0)
    rules = [(x, ys[0], x, ys[-1]) for x in edges] + [(edges[0], y, edges[-1], y) for y in ys]
    document = laid(lines, step=11, size=8, rules=rules)
    assert document.problems == []
    assert texts(document)[0] == ["", *(f"BO {year} hele 1.000 kr." for year in (2032, 2033, 2034))]
    assert figures(document)["Leje"] == {2032: "839000", 2033: "719000", 2034: "37000"}


def test_ends_of_units_that_stand_beside_each_other_are_of_their_headings() -> None:
    """Half a line above and below the names of the columns at their sides."""
    ends = (280.0, 340.0, 400.0)
    head: list[Line] = [
        _level("2025 (hele", "2026 (hele", "2027 (hele", ends=ends),
        ((-60.0, "Post"), (-420.0, "Bemærkning")),
        _level("kr.)", "kr.)", "kr.)", ends=ends),
    ]
    rows = [("Tab", "-369.245", "-36.924", "-300"), ("Leje", "-170.200", "-340.400", "-20")]
    body: list[Line] = [line for name, *row in rows for line in (_level(*row, ends=ends, name=name), 9.0)]
    document = laid([*head, 5.0, *body], step=5.5, size=9)
    assert document.problems == []
    assert figures(document)["Leje"] == {2025: "-170200", 2026: "-340400", 2027: "-20"}


def test_half_a_unit_says_none_for_the_document() -> None:
    """ "kr.)" may be the end of "(1.000 kr.)": a table without a unit does not take it."""
    lines: list[Line] = [
        _level("kr.)", "kr.)", "kr.)", "kr.)"),
        60.0,
        _level("2026", "2027", "2028", "2029", name="Post"),
    ]
    body = [_level("310", "320", "330", "340", name=name) for name in ("Tab", "Leje")]
    document = laid([*lines, *body])
    assert [problem.code for problem in document.problems] == [Code.UNIT_UNKNOWN]


YEARS = ("B 2018", "B 2019", "B 2020", "2018-2020")


def test_a_range_broken_behind_its_hyphen_is_one_beside_years_below_a_letter() -> None:
    head: list[Line] = [((-60.0, "Alle beløb er i 1.000 kr."),), 9.0, _level("B", "B", "B", "2018-")]
    head.append(_level("2018", "2019", "2020", "2020"))
    rows = [("Tab", "223", "446", "446", "1115"), ("Leje", "-317", "-633", "-633", "-1583")]
    document = laid([*head, 4.0, *(_level(*row, name=name) for name, *row in rows)], step=11, size=9)
    assert document.problems == []
    columns = [column.label for column in document.tables[0].columns]
    assert columns == list(YEARS)
    assert figures(document)["Leje"]["2018-2020"] == "-1583000"


def test_amounts_like_years_right_below_years_are_not_lost_in_the_headings() -> None:
    head = _level("2025", "2026", "2027", "2028-", name="1.000 kr.")
    rows = [
        ("Tab", "1950", "1990", "2030", "2050"),
        ("Leje", "317", "633", "634", "1583"),
        ("Vand", "3", "4", "5", "6"),
    ]
    document = laid([head, *(_level(*row, name=name) for name, *row in rows)], step=11, size=9)
    assert document.problems == []
    assert [figures(document)["Tab"][year] for year in (2025, 2026, 2027)] == ["1950000", "1990000", "2030000"]


def test_the_same_word_over_each_year_is_no_line_of_running_text() -> None:
    """ "Budget Budget Budget 2026-": the gaps between the words are all of one width."""
    gap = 60.0 - stringWidth("Budget", "Helvetica", 9)
    last = 420.0 + gap + stringWidth("2026-", "Helvetica", 9)
    ends = (240.0, 300.0, 360.0, 420.0, last)
    head = [
        _level("", "", "", "", "I alt", ends=ends),
        _level(*["Budget"] * 4, "2026-", ends=ends),
        _level("2026", "2027", "2028", "2029", "2029", ends=ends, name="Beløb i t.kr."),
    ]
    rows = [_level("3.811", "3.812", "3.813", "3.814", "15.250", ends=ends, name=name) for name in ("Skole", "Hal")]
    document = laid([*head, 4.0, *rows], step=12, size=9)
    assert document.problems == []
    assert [column.year for column in document.tables[0].columns] == [2026, 2027, 2028, 2029, None]
    assert figures(document)["Hal"][2028] == "3813000"


@pytest.mark.parametrize(
    ("corner", "factor"),
    [
        (("Beløb i", "1.000", "kr.", "(2026-p/l)"), 1000),
        (("Beløb i", "mio. kr."), 1000000),
        (("Alle beløb i 1.000", "kr."), 1000),
        (("Alle tal er i", "1.000", "kr."), 1000),
        (("Beløb i hele", "kr.", "(2026-p/l)"), 1),
    ],
)
def test_a_unit_of_several_lines_in_the_corner_is_read_whole(corner: Sequence[str], factor: int) -> None:
    """ "kr.", its last line, alone is another unit."""
    head = [_level(name=text) for text in corner[:-1]]
    rows = [_level("1,1", "2,2", "3,3", name=year) for year in ("2026", "2027", "2028")]
    document = laid([*head, _level("Løn", "Drift", "I alt", name=corner[-1]), *rows], step=12, size=9)
    found = {value.raw: value.value for table in document.tables for line in table.lines for value in line.values}
    if factor == 1:  # whole kroner have no decimals
        assert found == {}
    else:
        assert found["2,2"] == Decimal("2.2") * factor


def test_a_unit_of_several_lines_over_the_headings_is_read_whole() -> None:
    over: list[Line] = [_level(name=text) for text in ("1.000", "kr.")]
    rows = [_level("11", "22", "33", name=year) for year in ("2026", "2027", "2028")]
    document = laid([*over, 12.0, _level("Løn", "Drift", "I alt", name="År"), *rows], step=12, size=9)
    values = [f"{value.value:f}" for line in document.tables[0].lines for value in line.values]
    assert values
    assert {*values} == {"11000", "22000", "33000"}


@pytest.mark.parametrize("corner", ["Alle beløb i 1.000", "Forslagets økonomi i 1.000", "Udgifter, 1.000"])
def test_the_last_word_of_a_unit_below_the_corner_is_no_unit_of_its_own(corner: str) -> None:
    """Years stand beside the first line: "kr." below it is of thousands, whatever the corner says before."""
    rows = [_level("29.350", "12.411", "75.423", name=name) for name in ("Leje", "Vand", "Varme")]
    document = laid([_level("2025", "2026", "2027", name=corner), _level(name="kr."), 3.0, *rows], step=11, size=9)
    assert figures(document)["Leje"][2025] == "29350000"


@pytest.mark.parametrize(
    ("upper", "lower", "value"),
    [
        ("Byrådet er enigt i det. Virkningen fremgår herunder (i", "1.000 kr.).", "11000"),
        ("Byrådet er enigt i det. Virkningen fremgår herunder (i 1.000", "kr., 2027-priser).", "11000"),
        ("Byrådet er enigt i det, hvor det blev fremlagt (som tabel i", "bilag 4).", None),
    ],
)
def test_the_sentence_over_a_table_may_break_inside_the_bracket_with_its_unit(
    upper: str, lower: str, value: str | None
) -> None:
    """ "1.000 kr.)." alone on the last line is running text."""
    over: list[Line] = [((-60.0, upper),), ((-60.0, lower),), 4.0]
    body = [_level("11", "12", "13", name=name) for name in ("Hal", "Bro")]
    document = laid([*over, _level("2027", "2028", "2029", name="Post"), *body], step=12, size=9)
    assert figures(document).get("Hal", {}).get(2027) == value
    assert ([problem.code for problem in document.problems] == []) is (value is not None)


NAMED = {"Samlet drift af haller og svømmebade": ("41.250", "42.310"), "Veje": ("8.020", "9.105")}


def _centred(*lines: tuple[str, ...]) -> list[Line]:
    """Lines of headings in the middle of columns that end at 280 and 380; the first text of each is the corner's."""
    return [
        (
            *([(-60.0, corner)] if corner else []),
            *(
                (x + stringWidth(text, "Helvetica", 10) / 2, text)
                for x, text in zip((248.0, 348.0), texts, strict=True)
            ),
        )
        for corner, *texts in lines
    ]


@pytest.mark.parametrize("corner", range(3))
def test_headings_in_the_middle_that_reach_over_long_names_keep_all_their_words(corner: int) -> None:
    head = [("Oprindeligt", "Forventet"), ("budget", "regnskab"), ("2024", "2025")]
    lines = _centred(*(("1.000 kr." if n == corner else "", *texts) for n, texts in enumerate(head)))
    body: list[Line] = [((-60.0, name), *zip((280.0, 380.0), row, strict=True)) for name, row in NAMED.items()]
    document = laid([((-60.0, "Årsregnskab 2024"),), 10.0, *lines, 4.0, *body], step=12)
    assert document.problems == []
    (table,) = document.tables
    assert [column.label for column in table.columns] == ["Oprindeligt budget 2024", "Forventet regnskab 2025"]


@pytest.mark.parametrize("beside", [False, True], ids=["at the foot", "in the middle"])
def test_the_first_line_of_two_headings_in_the_middle_of_a_table_is_no_title(beside: bool) -> None:
    """ "Oprindeligt Korrigeret" stands alone in its line, close together and over the middle of the page's table."""
    ends = (285.0, 360.0, 435.0, 510.0)
    halves = [_level("", "", "Regnskab", ends=ends), _level("", "", "2024", ends=ends)]
    first, second = _level("Oprindeligt", "Korrigeret", ends=(285.0, 353.0)), ("budget", "budget")
    head: list[Line] = [
        *((first, -7.0, halves[0], -5.0) if beside else (first,)),
        _level(*second, *(("", "Afvigelse") if beside else ("Regnskab",)), ends=(285.0, 353.0, 435.0, 510.0)),
        *((-7.0, halves[1], -5.0) if beside else ()),
        _level("2024", "2024", *(("",) if beside else ("2024", "Afvigelse")), ends=(285.0, 353.0, 435.0, 510.0)),
    ]
    rows = {"Haller": ("41.250", "42.310", "40.120", "2.190"), "Veje": ("8.020", "9.105", "9.005", "100")}
    body = [_level(*row, name=name, ends=(285.0, 353.0, 435.0, 510.0)) for name, row in rows.items()]
    document = laid([((-60.0, "1.000 kr."),), 20.0, *head, 4.0, *body], step=12)
    (table,) = document.tables
    expected = ["Oprindeligt budget 2024", "Korrigeret budget 2024", "Regnskab 2024", "Afvigelse"]
    assert [column.label for column in table.columns] == expected
    assert document.problems == []
