"""Headings broken over more lines than those beside them: no part of one is a figure, and no column is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Cell, Line, figures, laid, texts

from corpus.model import Document

HALF = 5.5
"""Half the height of a line: headings in the middle of their row stand so far above and below the others."""
ENDS = (260.0, 300.0, 340.0, 380.0, 430.0)
WIDE = (220.0, 280.0, 340.0, 400.0, 470.0)
UNIT: Line = ((-60.0, "Beløb i 1.000 kr."),)
YEARS = ("2031", "2032", "2033", "2034")
ROWS = {
    "Cykelsti ved Mosen": ("1.200", "2.400", "0", "850", "4.450"),
    "Nyt tag på Hal 2": ("-310", "-620", "-930", "-400", "-2.260"),
    "Bro over åen": ("75", "80", "95", "110", "360"),
}


def _level(*texts: str, first: int = 0, ends: Sequence[float] = ENDS) -> tuple[Cell, ...]:
    return tuple((x, text) for x, text in zip(ends[first:], texts, strict=False) if text)


def _body(*remarks: str, ends: Sequence[float] = ENDS) -> list[Line]:
    lines: list[Line] = [8.0]
    for (label, row), remark in zip(ROWS.items(), [*remarks, "", "", ""], strict=False):
        lines += [((-60.0, label), *_level(*row, ends=ends), *([(-445.0, remark)] if remark else [])), 9.0]
    return lines


def _printed(head: list[Line], *remarks: str, unit: Line | None = UNIT) -> Document:
    above: list[Line] = [unit, 12.0] if unit is not None else []
    return laid([*above, *head, *_body(*remarks)], step=HALF, size=9)


def _expected(total: str) -> dict[str, dict[int | str | None, str]]:
    keys: list[int | str | None] = [2031, 2032, 2033, 2034, total]
    return {
        label: {key: f"{int(figure.replace('.', '')) * 1000}" for key, figure in zip(keys, row, strict=True)}
        for label, row in ROWS.items()
    }


@pytest.mark.parametrize("remarks", [(), ("Ny", "Er begyndt", "Afventer lokalplan")])
@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
def test_total_on_two_lines_beside_years_on_one(place: str, remarks: tuple[str, ...]) -> None:
    names: tuple[Cell, ...] = ((-60.0, "Projekt"), *_level(*YEARS), *([(-445.0, "Bemærkninger")] if remarks else []))
    upper, lower = _level("I alt", first=4), _level("2031-34", first=4)
    head: dict[str, list[Line]] = {
        "top": [(*names, *upper), HALF, lower],
        "middle": [upper, names, lower],
        "bottom": [upper, HALF, (*names, *lower)],
    }
    document = _printed(head[place], *remarks)
    assert figures(document) == _expected("I alt 2031-34")
    assert not document.problems
    heads = ["Projekt", *YEARS, "I alt 2031-34"]
    assert texts(document)[0] == [*heads, *(["Bemærkninger"] if remarks else [])]


def test_range_broken_behind_its_hyphen() -> None:
    head: list[Line] = [_level(*["Overslag"] * 4, "I alt 2031-", ends=WIDE), HALF, _level(*YEARS, "34", ends=WIDE)]
    document = laid([UNIT, 12.0, *head, *_body(ends=WIDE)], step=HALF, size=9)
    keys = [f"Overslag {year}" for year in YEARS]
    assert texts(document)[0] == ["", *keys, "I alt 2031-34"]
    assert figures(document) == _expected("I alt 2031-34")
    assert not document.problems


@pytest.mark.parametrize(
    "broken", [("(1.000", "kr.)"), ("(tusinde", "kr.)"), ("(i 1.000", "kr.)"), ("(hele", "1.000", "kr.)")]
)
@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
def test_unit_broken_over_lines_under_each_year(place: str, broken: tuple[str, ...]) -> None:
    lines: list[Line] = []
    parts = [(*YEARS, "I alt"), *[(part,) * 5 for part in broken]]
    corner = {"top": 0, "middle": 1, "bottom": len(parts) - 1}[place]
    for number, part in enumerate(parts):
        lines += [(*([(-60.0, "Projekt")] if number == corner else []), *_level(*part)), HALF]
    document = _printed(lines[:-1], unit=None)
    unit = " ".join(broken)
    assert figures(document) == _expected(f"I alt {unit}")
    assert not document.problems
    assert document.tables[0].unit is not None
    assert document.tables[0].unit.factor == 1000


def test_headings_of_accounts_with_units_on_lines_of_their_own() -> None:
    heads = [
        ("Budget", "Forventet", "Afvigelse"),
        ("2031", "regnskab", "(1.000"),
        ("(1.000", "2031", "kr)"),
        ("kr)", "(1.000"),
        ("", "kr)"),
    ]
    lines: list[Line] = []
    for number, part in enumerate(heads):
        lines += [(*([(-60.0, "Område")] if not number else []), *_level(*part, ends=WIDE)), HALF]
    rows = {"Skoler": ("1.334", "1.400", "66"), "Veje": ("7.498", "8.102", "604"), "Fritid": ("-21", "-30", "-9")}
    lines.append(8.0)
    for label, row in rows.items():
        lines += [((-60.0, label), *_level(*row, ends=WIDE)), 9.0]
    document = laid(lines, step=HALF, size=9)
    assert texts(document)[0] == [
        "Område",
        "Budget 2031 (1.000 kr)",
        "Forventet regnskab 2031 (1.000 kr)",
        "Afvigelse (1.000 kr)",
    ]
    values = [[f"{v.value:f}" for v in line.values] for line in document.tables[0].lines]
    assert values == [["1334000", "1400000", "66000"], ["7498000", "8102000", "604000"], ["-21000", "-30000", "-9000"]]


def test_a_figure_right_under_the_total_is_a_row() -> None:
    """Its row stands as close to the headings as tables in print do."""
    head: list[Line] = [((-60.0, "Projekt"), *_level(*YEARS, "I alt 2034")), 8.0]
    lines: list[Line] = [UNIT, 12.0, *head, ((-60.0, "Hegn"), *_level("", "", "", "", "-29")), *_body()]
    document = laid(lines, step=HALF, size=9)
    assert texts(document)[1] == ["Hegn", "", "", "", "", "-29"]


def test_unit_broken_over_lines_in_a_drawn_heading() -> None:
    parts = [(*YEARS, "I alt"), *[(part,) * 5 for part in ("(1.000", "kr.)")]]
    lines: list[Line] = []
    for number, part in enumerate(parts):
        lines += [(*([(-60.0, "Projekt")] if number == 1 else []), *_level(*part)), HALF]
    places = [55.0, 222.0, *(end + 3 for end in ENDS)]
    heights = [-10.0, 27.0, 41.5, 56.0, 70.5]
    rules = [(55.0, y, 433.0, y) for y in heights] + [(x, heights[0], x, heights[-1]) for x in places]
    document = laid([*lines[:-1], *_body()], step=HALF, size=9, rules=rules)
    assert figures(document) == _expected("I alt (1.000 kr.)")
    assert not document.problems
    assert texts(document)[0] == ["Projekt", *(f"{year} (1.000 kr.)" for year in YEARS), "I alt (1.000 kr.)"]


@pytest.mark.parametrize(("upper", "lower"), [("I alt 2031-", ("", "34")), ("I alt", ("2031", "-34"))])
def test_table_with_a_part_of_a_heading_below_a_rule_is_refused(upper: str, lower: tuple[str, ...]) -> None:
    lines: list[Line] = [UNIT, 12.0, ((-60.0, "Projekt"), *_level(*YEARS, upper, ends=WIDE)), 9.0]
    lines += [_level(*lower, first=3, ends=WIDE), *_body(ends=WIDE)]
    places = [55.0, 160.0, *(end + 3 for end in WIDE)]
    heights = [7.5, 20.0, 35.0, 49.0, 63.0, 77.0]
    rules = [(55.0, y, 473.0, y) for y in heights] + [(x, heights[0], x, heights[-1]) for x in places]
    document = laid(lines, step=HALF, size=9, rules=rules)
    assert not any(figures(document).values())
    assert {problem.code for problem in document.problems} == {"table-refused"}
    assert "is a part of a heading" in document.problems[0].message


@pytest.mark.parametrize(
    ("upper", "factor"), [("1.000", 1000), ("1000", 1000), ("Mio.", 1000000), ("Beløb i 1.000", 1000)]
)
@pytest.mark.parametrize("step", [9.0, 12.5])
def test_a_unit_in_the_corner_on_two_lines_is_one(upper: str, factor: int, step: float) -> None:
    heads = _level("Udgift", "Indtægt", "Netto")
    lines: list[Line] = [((-60.0, upper),), ((-60.0, "kr."), *heads)]
    lines += [((-60.0, year), *_level(f"-{n}1", f"{n}3", "2")) for n, year in enumerate(YEARS, 1)]
    document = laid(lines, step=step, size=9)
    values = [value for line in document.tables[0].lines for value in line.values]
    assert [f"{value.value:f}" for value in values if value.raw == "-11"] == [f"{-11 * factor}"]
    assert len(values) == len(YEARS) * len(heads)
    assert document.problems == []


def test_last_year_and_those_behind_it_are_a_heading_to_its_end() -> None:
    head: list[Line] = [((-60.0, "Projekt"), *_level(*YEARS[:3], "2034-"))]
    document = laid([UNIT, 12.0, *head, *_body()], step=HALF, size=9)
    assert figures(document)["Bro over åen"][2034] == "110000"
    assert texts(document)[0] == ["Projekt", *YEARS[:3], "2034-", ""]


def test_thousands_a_wide_blank_apart_are_one_figure_under_a_total_above_the_years() -> None:
    """Signs and digits end in one place where the figures are of one length; other blanks are narrower by a hair."""
    printed = {
        "Leje": ("-8 995", "-8 995", "-3 748", "-7 496", "-29 234"),
        "Drift": ("-1 801", "-9 100", "-9 200", "-9 300", "-29 401"),
        "Varer": ("-9 307", "-9 307", "-4 653", "-9 307", "-32 574"),
    }
    lines: list[Line] = [UNIT, 12.0, _level("I alt", first=4), _level(*YEARS), 8.0]
    for label, row in printed.items():
        upper, lower = row[4].split()
        total = ((ENDS[4] - 3 * 5.004 - 3.7, upper), (ENDS[4], lower))
        lines += [((-60.0, label), *_level(*row[:4]), *total), 9.0]
    keys: list[int | str | None] = [2031, 2032, 2033, 2034, "I alt"]
    assert figures(laid(lines, step=HALF, size=9)) == {
        label: {key: f"{int(text.replace(' ', '')) * 1000}" for key, text in zip(keys, row, strict=True)}
        for label, row in printed.items()
    }


@pytest.mark.parametrize("title", ["Regnskab 2030, beløb i kr.", "Tabel 2. Beløb i kr."])
def test_second_table_without_years_close_below_the_first(title: str) -> None:
    """It has no more columns than the first one has years."""
    lines: list[Line] = [UNIT, 12.0, ((-60.0, "Projekt"), *_level(*YEARS, "I alt", ends=WIDE)), *_body(ends=WIDE)]
    heads = (
        _level("Oprindeligt", "Korrigeret", ends=WIDE),
        _level("budget", "budget", "Regnskab", "Afvigelse", ends=WIDE),
    )
    lines += [16.0, ((-60.0, title),), 10.0, heads[0], HALF, heads[1], 8.0]
    lines += [((-60.0, "Jobcenter"), *_level("5.900", "5.790", "5.760", "-30", ends=WIDE)), 9.0]
    lines += [((-60.0, "Museer"), *_level("-980", "-940", "-970", "-30", ends=WIDE)), 9.0]
    document = laid(lines, step=HALF, size=9)
    first, second = document.tables
    assert [line.label for line in first.lines] == list(ROWS)
    assert [[f"{v.value:f}" for v in line.values] for line in second.lines] == [
        ["5900", "5790", "5760", "-30"],
        ["-980", "-940", "-970", "-30"],
    ]
    assert [v.column for v in second.lines[0].values] == [
        "Oprindeligt budget",
        "Korrigeret budget",
        "Regnskab",
        "Afvigelse",
    ]
    assert not document.problems
