"""Text from documents commands neither a terminal nor a spreadsheet; rows keep their shape."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.filters import with_filters
from pipeline.export.formats import csv_lines, json_array, json_lines
from pipeline.export.layout import aligned, marked, wrapped
from pipeline.export.rows import flat
from pipeline.export.safety import for_spreadsheet, for_terminal, on_one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sag\x1b[31m rød\x07", "Sag[31m rød"),
        ("linje 1\nlinje\t2", "linje 1\nlinje\t2"),
        ("bilag\u202efdp.exe", "bilagfdp.exe"),
        ("\x9b31m", "31m"),
    ],
)
def test_a_terminal_gets_no_commands(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in on_one_line(text))


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+2", "'=1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+45 33 33 33 33", "'+45 33 33 33 33"),
        ("- kultur", "'- kultur"),
        ("-206000", "-206000"),
        ("-0.5", "-0.5"),
        ("-206 000", "-206 000"),
        ("- 200", "- 200"),
        ("+ 1.250", "+ 1.250"),
        ("- 2 år", "'- 2 år"),
        ("-1\u00a0250\u00a0000", "-1\u00a0250\u00a0000"),
        ("-1.250", "-1.250"),
        ("-0,5", "-0,5"),
        ("−413", "−413"),
        ("-1 250,5", "-1 250,5"),
        ("-206 000+1", "'-206 000+1"),
        ("-206 000\n=1", "'-206 000\n=1"),
        ("+12,5", "+12,5"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_spreadsheet_gets_no_formulas(cell: str, safe: str) -> None:
    assert for_spreadsheet(cell) == safe


def test_csv_comes_back_as_it_was_written() -> None:
    rows: list[dict[str, object]] = [
        {"a": 'med "citat", komma\nog linje', "b": None, "c": [1.5, 2.0]},
        {"a": "=1", "b": True, "c": ["x", "y"]},
    ]

    read = list(csv.reader(io.StringIO("".join(csv_lines(rows, ["a", "b", "c"])))))

    assert read == [["a", "b", "c"], ['med "citat", komma\nog linje', "", "1.5 2.0"], ["'=1", "true", "x; y"]]


@pytest.mark.parametrize(
    ("value", "cell"),
    [([(3, 8), (10, 14)], "3 8; 10 14"), ((1.5, 2.0, 3.25, 4.0), "1.5 2.0 3.25 4.0"), (["a", "b"], "a; b"), ([], "")],
)
def test_a_list_is_one_cell(value: object, cell: str) -> None:
    assert flat(value) == cell


@given(st.lists(st.dictionaries(st.text(), st.text())))
def test_json_forms_say_the_same(values: list[dict[str, str]]) -> None:
    assert json.loads("".join(json_array(values))) == values
    assert [json.loads(line) for line in json_lines(values)] == values


def test_matches_are_marked_and_survive_line_breaks() -> None:
    text = "Udvalget bevilger ekstra midler til skolerne i kommunen"

    assert marked(text, [[18, 31]], 100, None) == "    Udvalget bevilger «ekstra midler» til skolerne i kommunen"
    assert marked(text, [[18, 31]], 30, lambda word: f"<{word}>") == (
        "    Udvalget bevilger <ekstra>\n    <midler> til skolerne i\n    kommunen"
    )


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))), st.integers(1, 80))
def test_marking_loses_no_word(text: str, spans: list[tuple[int, int]], columns: int) -> None:
    shown = marked(text, spans, columns, lambda word: word)

    assert "".join(shown.split()) == "".join(on_one_line(text).split())


def test_lines_fit_a_narrow_terminal() -> None:
    assert all(len(line) <= 40 for line in wrapped("støttepædagogkorpset " * 20, 40).split("\n"))


def test_columns_are_aligned_by_what_is_seen() -> None:
    assert aligned([("ø", "1"), ("år", "2")]) == "ø   1\når  2\n"


@pytest.mark.parametrize(
    ("query", "filters", "full"),
    [
        ("støtte", {}, "støtte"),
        ("støtte", {"kind": "minutes"}, "støtte kind:minutes"),
        ("a OR b", {"committee": "Børne- og Ungdomsudvalget"}, '(a OR b) committee:"Børne- og Ungdomsudvalget"'),
        ("a ELLER b", {"kind": "email"}, "(a ELLER b) kind:email"),
        ("x", {"min_amount": "1,5 mio", "max_amount": "2 mio"}, "x amount:1,5mio..2mio"),
        ("", {"from_date": "2023", "to_date": "2024"}, "date:2023..2024"),
        ("x", {"min_amount": "1mio"}, "x amount:>=1mio"),
        ("x", {"to_date": "2023-05"}, "x date:<=2023-05"),
    ],
)
def test_filters_are_written_in_the_query_language(query: str, filters: dict[str, str | None], full: str) -> None:
    assert with_filters(query, filters) == full
