"""Dates as one line of text each, for tables of cases."""

from __future__ import annotations

import datetime as dt

from corpus.model import Date
from pipeline.context import Context
from pipeline.facts.dates import find
from pipeline.language import Prose

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
REFERENCE = dt.date(2020, 2, 21)


def brief(record: Date) -> str:
    """ "1. januar 2020 = 2020-01-01 day"; ".." before the last of several days, "+" for an open end."""
    end = "" if record.to == record.first else f"..{record.to or ''}"
    end += "+" if record.open_end else ""
    time = f" {record.time}" if record.time else ""
    return f"{record.text} = {record.first}{end} {record.precision}{time}".replace("\n", " ")


def read(text: str, reference: dt.date | None = REFERENCE) -> list[str]:
    records, problems = find(Prose(text), Context(reference_date=reference, written=reference))
    for record in records:
        assert text[record.start : record.end] == record.text
    return [brief(record) for record in records] + [f"! {each.code}" for each in problems]
