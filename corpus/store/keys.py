"""By what messages are joined: moments, subjects and Message-IDs as they are looked up."""

from __future__ import annotations

import datetime as dt
import re

MINUTES_A_DAY = 1440
LONGEST_KEY = 200

_TAG = re.compile(r"\[[^\[\]]{0,40}\]")
_COLON = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def utc_minute(sent: str | None) -> tuple[int | None, bool]:
    """Minutes since year 1 in UTC, and whether a clock time was printed. Without offset the time is Danish.

    Danish summer time runs from 01:00 UTC on the last Sunday of March to that of October (Directive 2000/84/EC); of the
    hour that comes twice in October the first is meant.
    """
    if not sent:
        return None, False
    try:
        moment = dt.datetime.fromisoformat(sent)
    except ValueError:
        return None, False
    minute = moment.toordinal() * MINUTES_A_DAY + moment.hour * 60 + moment.minute
    offset = moment.utcoffset()
    east = _danish_offset(moment) if offset is None else int(offset.total_seconds() // 60)
    return minute - east, "T" in sent


def _danish_offset(local: dt.datetime) -> int:
    summer = _last_sunday(local.year, 3, 2) <= local < _last_sunday(local.year, 10, 3)
    return 120 if summer else 60


def _last_sunday(year: int, month: int, hour: int) -> dt.datetime:
    last = dt.datetime(year, month, 31, hour)
    return last - dt.timedelta(days=last.isoweekday() % 7)


def subject_key(subject: str | None) -> str | None:
    """The letters and digits behind the subject's last colon and without tags in brackets; None where there are none.

    Coarser than the base subject, and the same for all subjects that have one base: "SV: [EXTERN] VS: Busdrift".
    """
    pieces = _COLON.split(_TAG.sub(" ", subject or ""))
    keys = [_NOT_A_LETTER.sub("", piece).casefold() for piece in pieces]
    told = [key for key in keys if key]
    return told[-1][:LONGEST_KEY] if told else None


def key_of_id(message_id: str) -> str:
    """A Message-ID as it is looked up."""
    return message_id.strip().casefold()
