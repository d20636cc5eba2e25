"""winmail.dat as a file of its own: the mail that it holds. Inside a mail, ``mail_parts`` unpacks it."""

from __future__ import annotations

import msgspec

from corpus import formats
from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.problems import Code, problem
from corpus.readers.mail import read_message
from corpus.readers.mapi import all_problems, to_message
from corpus.readers.tnef_stream import is_empty, is_tnef, unpack
from corpus.reading import Reading

READER = formats.TNEF
MEDIA_TYPE = "application/ms-tnef"


def claims(head: bytes, name: str) -> bool:
    """True for TNEF's signature; the name says nothing."""
    return is_tnef(head)


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The mail in the stream. What is broken becomes a problem; nothing about the bytes raises."""
    item = unpack(data)
    problems = all_problems(item)
    if is_empty(item):
        note = "The file calls itself winmail.dat (TNEF) and holds neither text nor files that could be read."
        problems.insert(0, problem(Code.UNREADABLE, note))
        return Reading(media_type=MEDIA_TYPE, reader=READER, text="", problems=problems)
    reading = read_message(to_message(item), limits, media_type=MEDIA_TYPE, reader=READER)
    return msgspec.structs.replace(reading, problems=list(dict.fromkeys([*problems, *reading.problems])))
