"""A weekday that its day does not have: the day is given as it is printed, and a problem tells of the two."""

from __future__ import annotations

import pytest

from corpus.model import Date
from pipeline.extract import extract_bytes

MAIL = "Fra: Anne Holm <ah@fjordby.dk>\nTil: Per Lund <pl@fjordby.dk>\nSendt: 16. april 2026 10:12\nEmne: Mødet\n\n"


def read(body: str) -> list[str]:
    document = extract_bytes(f"{MAIL}{body}\n".encode(), "mail.txt")
    days = [each for each in document.records if isinstance(each, Date) and each.source == "text"]
    return [each.first.isoformat() for each in days] + [f"! {each.message}" for each in document.problems]


def test_a_weekday_that_does_not_fit_is_told() -> None:
    assert read("Mødet er tirsdag den 15. april 2026, og vi ses onsdag d. 22/4-2026.") == [
        "2026-04-15",
        "2026-04-22",
        "! The weekday does not fit the day (2026-04-15, a Wednesday): 'tirsdag den 15. april 2026'",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Vi ses onsdag den 15. april 2026.", ["2026-04-15"]),
        ("Vi holder lukket mandag. Den 15. april 2026 åbner vi.", ["2026-04-15"]),
        ("Man den 15. april 2026 nå det?", ["2026-04-15"]),
        ("Vi ses fra tirsdag den 14. til fredag den 17. april 2026.", ["2026-04-14"]),
    ],
)
def test_one_that_fits_is_not(body: str, expected: list[str]) -> None:
    assert read(body) == expected


def test_a_weekday_that_fits_only_a_far_year_gives_no_year() -> None:
    (told,) = read("Mødet er tirsdag den 15. april.")

    assert told.startswith("! Looks like a date")


def test_this_evening_is_the_day_of_writing() -> None:
    assert read("Byrådet har i aften vedtaget planen, og vi ses i morgen.") == ["2026-04-16", "2026-04-17"]
