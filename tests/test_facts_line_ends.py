"""Lines of running text that end where no sentence does: before a name, inside a date, behind a comma."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import read

from corpus.model import Decision
from pipeline.extract import extract_bytes

MARCH = dt.date(2026, 3, 2)


def decided(text: str) -> list[Decision]:
    document = extract_bytes(f"Hej Ida\n\n{text}\n\nHilsen Bo\n".encode(), "papir.txt")
    return [each for each in document.records if isinstance(each, Decision)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sagen blev den 12-\n11-2025 udsat.", "12- 11-2025 = 2025-11-12 day"),
        ("Fristen er den 22-06-\n2026.", "22-06- 2026 = 2026-06-22 day"),
        ("Mødet den 24/5-\n2025 blev udsat.", "24/5- 2025 = 2025-05-24 day"),
        ("Mødet den 24/1-\n12 medlemmer kom.", "24/1 = 2026-01-24 day"),
    ],
)
def test_a_day_may_be_broken_behind_its_hyphen(text: str, expected: str) -> None:
    assert read(text, MARCH) == [expected]


def test_what_is_no_day_is_none_over_a_line_end() -> None:
    assert read("Lokalerne 40-\n45-2025 og 12-\n13-14 er lukket.", MARCH) == []


@pytest.mark.parametrize("name", ["foreningen\nByens Krat", "sangkoret\nDen Glade Lyd"])
def test_a_name_on_the_next_line_begins_no_sentence(name: str) -> None:
    text = (
        "En nedgang på tre stillinger vil efter vores vurdering betyde, at ventetiden stiger helt fra seks til\n"
        f"11 uger. Kulturudvalget gav den 12. april 2026 afslag på den store ansøgning fra {name} om\n"
        "165.000 kr. til nye redskaber."
    )
    (decision,) = decided(text)
    assert [link.text for link in decision.links] == ["165.000 kr."]


def test_a_line_behind_a_comma_is_no_point_of_a_list() -> None:
    text = (
        "Efter en lang høring af skolerne besluttede Børneudvalget den 28. august 2025,\n"
        "at der skal spares 98.750 kr. i 2027 på korpset. Vi ser på, om der kan spares 145.000 kr. på\nklubben."
    )
    (decision,) = decided(text)
    assert decision.text.startswith("Efter en lang")
    assert decision.text.endswith("korpset.")
    assert [link.text for link in decision.links] == ["98.750 kr."]


def test_lines_that_each_begin_with_at_are_points() -> None:
    found = decided("Byrådet besluttede,\nat give 2 mio. kr. til hallen, og\nat udsætte resten.")
    assert [(each.text, each.status) for each in found] == [
        ("at give 2 mio. kr. til hallen", "decided"),
        ("at udsætte resten.", "postponed"),
    ]
