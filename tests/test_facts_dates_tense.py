"""The year of a day that is printed without one: what the verbs of its clause say, and where they leave it open."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import MONTHS, read
from hypothesis import given
from hypothesis import strategies as st

MARCH, MAY, SEPTEMBER, JANUARY = dt.date(2025, 3, 20), dt.date(2025, 5, 2), dt.date(2025, 9, 15), dt.date(2025, 1, 9)
REFUSED = "! date-refused"


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        (MARCH, "Det var i november, at det skete.", "november = 2024-11-01..2024-11-30 month"),
        (MARCH, "Han sagde, at det var i november.", "november = 2024-11-01..2024-11-30 month"),
        (MARCH, "Sagen startede tilbage i september.", "september = 2024-09-01..2024-09-30 month"),
        (MARCH, "Svaret skulle have været her senest den 1. december.", "1. december = 2024-12-01 day"),
        (SEPTEMBER, "Vi havde regnet med at være færdige i maj.", "maj = 2025-05-01..2025-05-31 month"),
        (MARCH, "Hun blev ansat i september.", "september = 2024-09-01..2024-09-30 month"),
        (MARCH, "Vi har den 12. november modtaget din anmodning.", "12. november = 2024-11-12 day"),
        (SEPTEMBER, "Tak for jeres brev af 3. december.", "3. december = 2024-12-03 day"),
        (MAY, "Den 12. november gik alarmen.", "12. november = 2024-11-12 day"),
        (MAY, "Fristen var den 12. november.", "12. november = 2024-11-12 day"),
        (MAY, "I 4. kvartal steg udgiften.", "4. kvartal = 2024-10-01..2024-12-31 quarter"),
        (MAY, "Det var i december sidste år.", "december = 2024-12-01..2024-12-31 month"),
        (SEPTEMBER, "Festen i april i år var god.", "april = 2025-04-01..2025-04-30 month"),
        (MAY, "Hej Bo\nI december var der 40 sager.", "december = 2024-12-01..2024-12-31 month"),
        (JANUARY, "Vi mødtes i december.", "december = 2024-12-01..2024-12-31 month"),
    ],
)
def test_what_has_been(written: dt.date, text: str, expected: str) -> None:
    assert read(text, written) == [expected]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        (JANUARY, "Byrådet vedtager budgettet i oktober.", "oktober = 2025-10-01..2025-10-31 month"),
        (dt.date(2024, 12, 10), "Skolen åbner igen til august.", "august = 2025-08-01..2025-08-31 month"),
        (SEPTEMBER, "Hvad sker der i januar?", "januar = 2026-01-01..2026-01-31 month"),
        (SEPTEMBER, "Vi overtager bygningen den 1. januar.", "1. januar = 2026-01-01 day"),
        (SEPTEMBER, "Byggeriet går i gang i februar.", "februar = 2026-02-01..2026-02-28 month"),
        (SEPTEMBER, "Sagen skal behandles den 14. april.", "14. april = 2026-04-14 day"),
        (MARCH, "Byrådet besluttede at åbne hallen i oktober.", "oktober = 2025-10-01..2025-10-31 month"),
        (MAY, "Sagen blev udsat til den 12. november.", "12. november = 2025-11-12 day"),
        (MAY, "Det er i slutningen af august.", "august = 2025-08-01..2025-08-31 month"),
        (MAY, "Vi har aftalt en høring til september.", "september = 2025-09-01..2025-09-30 month"),
        (MAY, "Vi mødes i april næste år.", "april = 2026-04-01..2026-04-30 month"),
        (MAY, "Huset brænder den 12. december 25, om man vil.", "12. december 25 = 2025-12-12 day"),
        (JANUARY, "Den 3. maj 25 deltog 40 borgere.", "3. maj = 2025-05-03 day"),
        (JANUARY, "I maj 30 nye sager.", "maj = 2025-05-01..2025-05-31 month"),
        (MAY, "Udspillet er her allerede i august.", "august = 2025-08-01..2025-08-31 month"),
        (MAY, "Vi mødes i uge 48.", "uge 48 = 2025-11-24..2025-11-30 week"),
        (MAY, "Sagen blev behandlet den 14. april.", "14. april = 2025-04-14 day"),
        (MAY, "Mødet holdes den 14. april.", "14. april = 2025-04-14 day"),
    ],
)
def test_what_is_to_come_and_what_needs_no_telling(written: dt.date, text: str, expected: str) -> None:
    assert read(text, written) == [expected]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (MARCH, "Byrådet vedtog budgettet i oktober."),
        (SEPTEMBER, "Vi fik en tid den 3. december."),
        (SEPTEMBER, "Vi har fået en tid den 3. december."),
        (SEPTEMBER, "Der blev orienteret om koncerten den 3. december."),
        (MAY, "Som aftalt i uge 48."),
        (SEPTEMBER, "De vil gentage forestillingen den 7. april."),
        (SEPTEMBER, "Vi skal drøfte festen i februar."),
        (MARCH, "Mødet den 3. april blev aflyst."),
        (MARCH, "Det var i april."),
        (MAY, "Vi nåede det ikke i december."),
        (SEPTEMBER, "Ombygningen afsluttes i januar."),
        (MARCH, "Vi indgav klagen den 15. oktober."),
        (MARCH, "De oprettede en ny klasse i oktober."),
        (MARCH, "Huset brændte - den 12. december 81 - ned."),
        (MAY, "Vi var til koncerten i november."),
        # Of something named, and neither year is clearly the nearer one.
        (MAY, "Mødet den 28. december"),
        (dt.date(2025, 7, 1), "Referat af mødet den 28. december vedhæftes."),
        (SEPTEMBER, "Tak for mødet d. 3. marts"),
        (MAY, "Notatet fra november."),
        # It is to come, and the nearest such day has been.
        (dt.date(2025, 1, 2), "Vi ses til mødet den 28. december."),
        (JANUARY, "Sagen behandles i december."),
        (dt.date(2025, 1, 2), "Udvalget mødes den 28. december."),
    ],
)
def test_a_day_that_may_be_of_either_year_is_refused(written: dt.date, text: str) -> None:
    assert read(text, written) == [REFUSED]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        (dt.date(2025, 1, 2), "Mødet den 28. december", "28. december = 2024-12-28 day"),
        (dt.date(2024, 12, 15), "Mødet den 28. december", "28. december = 2024-12-28 day"),
        (dt.date(2024, 12, 15), "Mødet den 4. januar", "4. januar = 2025-01-04 day"),
        (MARCH, "Mødet den 3. juni", "3. juni = 2025-06-03 day"),
        (MARCH, "Mødet torsdag den 28. august", "28. august = 2025-08-28 day"),
        (JANUARY, "28. august: Budgetseminar", "28. august = 2025-08-28 day"),
    ],
)
def test_without_a_verb_the_nearer_day_is_meant(written: dt.date, text: str, expected: str) -> None:
    assert read(text, written) == [expected]


@given(
    st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(MONTHS),
)
def test_a_month_that_was_lies_behind_and_one_that_will_be_before(written: dt.date, month: str) -> None:
    was, will = read(f"Det skete i {month}.", written), read(f"Det starter i {month}.", written)

    for found in was:
        assert found == REFUSED or found.split(" = ")[1][:7] <= written.isoformat()[:7]
    for found in will:
        assert found == REFUSED or found.split(" = ")[1][:7] >= (written - dt.timedelta(days=62)).isoformat()[:7]
