"""The number grammar: every printed form of a number reads back to the same number; what fits no rule is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts.numbers import find_numbers, parse_decimal, parse_words, words_before

DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
SEPARATORS = (".", " ", "\u00a0", "\u2009", "\u202f")


def forms(value: Decimal) -> list[str]:
    """Every way a Danish text may print ``value`` in digits."""
    sign, digits = ("-" if value < 0 else ""), format(abs(value).normalize(), "f")
    whole, _, fraction = digits.partition(".")
    tail = f",{fraction}" if fraction else ""
    groups = f"{int(whole):,}".split(",")
    bodies = {whole + tail, *(separator.join(groups) + tail for separator in SEPARATORS)}
    signs = {"-", "–", "−", "÷", "minus "} if sign else {"", "+"}
    printed = [mark + body for mark in signs for body in bodies]
    return printed + [f"({body})" for body in bodies if sign] + [f"{body},-" for body in bodies if not (sign or tail)]


@given(DECIMALS)
def test_every_printed_form_reads_back(value: Decimal) -> None:
    for printed in forms(value):
        assert parse_decimal(printed) == value, printed


@given(DECIMALS)
def test_every_printed_form_is_found_whole_in_a_sentence(value: Decimal) -> None:
    for printed in forms(abs(value)):
        text = f"Der er {printed.lstrip('+')} i kassen."
        assert [(text[n.start : n.end], n.value) for n in find_numbers(text)] == [(printed.lstrip("+"), abs(value))]


@given(st.text(alphabet="0123456789.,-–½ ()", max_size=30))
def test_any_text_is_read_or_refused_and_spans_hold(text: str) -> None:
    parse_decimal(text)
    previous = 0
    for number in find_numbers(text):
        assert previous <= number.start < number.end <= len(text)
        previous = number.end
        if number.value is not None:
            assert parse_decimal(text[number.start : number.end]) == number.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("2.500", "2500"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("0,125", "0.125"),
        ("½", "0.5"),
        ("1½", "1.5"),
        ("1 1/2", "1.5"),
        ("3/4", "0.75"),
        ("-½", "-0.5"),
        ("(206)", "-206"),
        ("− 413", "-413"),
        ("minus 5", "-5"),
        ("90.000,-", "90000"),
        ("500,–", "500"),
        ("halvanden", "1.5"),
        ("en halv", "0.5"),
        ("to en halv", "2.5"),
        ("to og en halv", "2.5"),
        ("femogtyve", "25"),
        ("toogfirs", "82"),
        ("hundrede", "100"),
        ("to hundrede og femogtyve", "225"),
        ("trehundrede", "300"),
        ("femten hundrede", "1500"),
        ("to hundrede tusind", "200000"),
        ("tusind", "1000"),
    ],
)
def test_read(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1.23",
        "12.3456",
        "1,234,567",
        "1,234.50",
        "1.2.3",
        "1..2",
        "1.234.56",
        "0.500",
        "007",
        "1 23",
        "1 234.567",
        "12 34",
        "1/3",
        "½½",
        "--5",
        "((5))",
        "(-5)",
        "12 %",
        "12 kr.",
        "1e5",
        "٣٤",
        "²",
        "1_000",
        "og",
        "tre og tyve",
        "en to",
        "halv halv",
        "1" * 40,
    ],
)
def test_refused(text: str) -> None:
    assert parse_decimal(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("2.5", "2.5"), ("2.25", "2.25"), ("12.5", "12.5"), ("2.500", "2500"), ("-2.5", "-2.5")]
)
def test_a_decimal_point_only_before_a_scale(text: str, value: str) -> None:
    assert parse_decimal(text, scaled=True) == Decimal(value)


def test_a_run_of_digits_is_never_read_in_part() -> None:
    text = "Nr. 1.23.4, ISU42, covid-19, F-16, 2020-0012345, x2, 1,5-2 og -206"
    found = [(text[n.start : n.end], n.value) for n in find_numbers(text)]
    assert found == [
        ("1.23.4", None),
        ("2020", Decimal(2020)),
        ("0012345", None),
        ("1,5", Decimal("1.5")),
        ("2", Decimal(2)),
        ("-206", Decimal(-206)),
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [("der er to og en halv ", "to og en halv"), ("og tre ", "tre"), ("i alt femogtyve ", "femogtyve")],
)
def test_words_before(text: str, printed: str) -> None:
    number = words_before(text, len(text), 0)
    assert number is not None
    assert text[number.start : number.end] == printed


def test_no_words_before() -> None:
    assert words_before("uden tal ", 9, 0) is None
    assert parse_words(["og"]) is None
