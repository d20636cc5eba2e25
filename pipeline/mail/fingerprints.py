"""One message has one fingerprint, on its own and in every thread that quotes it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from corpus.identity import message_fingerprint
from corpus.model import Address
from pipeline.mail.addresses import display_name

_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\s]{1,2000}(?: \"[^\"\n]{0,200}\")?\)")
_ANGLED = re.compile(r"<[^<>\s]{3,2000}>")
_PICTURE = re.compile(r"\[(?:cid|image|https?):[^\[\]\n]{0,2000}\]")
_LETTERS = re.compile(r"\w")
TELLING_LENGTH = 80
"""A body of so many letters, sent in that minute, is one message whoever it is said to come from."""


def fingerprint(sender: Address | None, sent: str | None, body: Sequence[str]) -> str:
    """16 hex digits over minute and body, and over the sender where the body is too short to tell.

    A quoted copy prints the sender's name in another form and the time of the reader's clock without offset. So a
    time with an offset counts as Danish local time, and the sender only in a short message. Link targets, pictures'
    names and quote marks, which programs add or drop, do not count.
    """
    text = "\n".join(map(_without_targets, body))
    telling = sent is not None and len(_LETTERS.findall(text[: 10 * TELLING_LENGTH])) >= TELLING_LENGTH
    name = None if telling or sender is None else display_name(sender.name or sender.address or "")
    return message_fingerprint(name, danish_time(sent), text)


def _without_targets(line: str) -> str:
    """A line without the targets of its links and the names of its pictures."""
    if "[" not in line and "<" not in line:
        return line
    return _PICTURE.sub("", _ANGLED.sub("", _LINK.sub(r"\1", line)))


def danish_time(sent: str | None) -> str | None:
    """The minute as a Danish clock shows it: "2020-02-21T07:29:12+00:00" -> "2020-02-21T08:29"."""
    if sent is None or "T" not in sent:
        return sent
    moment = dt.datetime.fromisoformat(sent)
    if moment.tzinfo is None:
        return sent[:16]
    try:
        universal = moment.astimezone(dt.UTC).replace(tzinfo=None)
    except OverflowError:
        return sent[:16]
    hours = 2 if _last_sunday(universal.year, 3) <= universal < _last_sunday(universal.year, 10) else 1
    return (universal + dt.timedelta(hours=hours)).isoformat(timespec="minutes")


def _last_sunday(year: int, month: int) -> dt.datetime:
    """01:00 UTC on the last Sunday: summer time begins then in March and ends in October (Directive 2000/84/EC)."""
    last = dt.datetime(year, month, 31, 1)
    return last - dt.timedelta(days=last.isoweekday() % 7)
