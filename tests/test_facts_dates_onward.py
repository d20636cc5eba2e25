"""Months that something comes to or is put off to: never one that is over when it is written."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import MONTHS, read
from hypothesis import given
from hypothesis import strategies as st

MAY, JUNE, OCTOBER = dt.date(2025, 5, 2), dt.date(2025, 6, 17), dt.date(2025, 10, 21)
REFUSED = "! date-refused"


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        (MAY, "Svømmehallen åbner til marts.", "marts = 2026-03-01..2026-03-31 month"),
        (MAY, "Arbejdet går i gang til februar.", "februar = 2026-02-01..2026-02-28 month"),
        (MAY, "Vejen er klar til juli.", "juli = 2025-07-01..2025-07-31 month"),
        (JUNE, "Høringen er udskudt til april.", "april = 2026-04-01..2026-04-30 month"),
        (JUNE, "Udsat til mødet i april.", "april = 2026-04-01..2026-04-30 month"),
        (JUNE, "Sagen udsættes til byrådsmødet i august.", "august = 2025-08-01..2025-08-31 month"),
        (OCTOBER, "Udsat til udvalgets møde i januar.", "januar = 2026-01-01..2026-01-31 month"),
        (dt.date(2025, 3, 11), "Udsat til mødet i april.", "april = 2025-04-01..2025-04-30 month"),
        (JUNE, "Udsat til mødet den 12. august.", "12. august = 2025-08-12 day"),
        (JUNE, "Høringen blev udskudt til august.", "august = 2025-08-01..2025-08-31 month"),
        # What is no verb of time to come, or names what has been.
        (MAY, "Regningen for april betales nu.", "april = 2025-04-01..2025-04-30 month"),
        (JUNE, "Vi ventede helt til april.", "april = 2025-04-01..2025-04-30 month"),
        (MAY, "Vejen var færdig i marts.", "marts = 2025-03-01..2025-03-31 month"),
        (MAY, "Sagen blev drøftet på mødet i april.", "april = 2025-04-01..2025-04-30 month"),
    ],
)
def test_the_next_one_is_meant(written: dt.date, text: str, expected: str) -> None:
    assert read(text, written) == [expected]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (MAY, "Planen behandles igen i april."),
        (MAY, "Udvalget stemmer om takterne i april."),
        (MAY, "Arbejdet går i gang i april."),
        (JUNE, "Høringen blev udskudt til april."),
        (JUNE, "Huset tages i brug til april."),
        (dt.date(2025, 5, 4), "Høringen er udskudt til april."),
    ],
)
def test_a_month_that_is_over_and_was_to_come_is_refused(written: dt.date, text: str) -> None:
    assert read(text, written) == [REFUSED]


def test_of_two_that_follow_each_other_the_second_is_not_the_earlier() -> None:
    assert read("Banen lukker til marts og åbner igen til maj.", MAY) == [
        "marts = 2026-03-01..2026-03-31 month",
        REFUSED,
    ]


@given(st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(MONTHS))
def test_what_is_put_off_lies_never_behind(written: dt.date, month: str) -> None:
    for text in (f"Mødet er udskudt til {month}.", f"Udsat til mødet i {month}.", f"Broen åbner til {month}."):
        for found in read(text, written):
            assert found == REFUSED or found.split(" = ")[1][:7] >= written.isoformat()[:7]
