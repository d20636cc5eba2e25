"""Outlook data files of invented items, and what is read of them."""

from __future__ import annotations

import datetime as dt
import io
from importlib.util import find_spec

import pytest
from pst_writer import Folder, Message, Person, write_pst

from corpus.limits import Limits
from corpus.model import Problem
from corpus.readers import pst
from corpus.reading import Child, MailHeaders, Reading

needs_libpff = pytest.mark.skipif(find_spec("pypff") is None, reason="needs libpff: pip install 'akt[pst]'")
AASE = Person("Åse Bøgh", "aase@fjordby.example")
BO = Person("Bo Østergård", "bo@lyngsoe.example")
SENT = dt.datetime(2021, 3, 3, 13, 5, 9, tzinfo=dt.UTC)


def note(subject: str = "Takster på børneområdet", **given: object) -> Message:
    values: dict[str, object] = {
        "sender": AASE,
        "recipients": [BO],
        "sent": SENT,
        "plain": "Kære Bo\r\n\r\nHilsen Åse\r\n",
    }
    return Message(subject=subject, **{**values, **given})  # type: ignore[arg-type]


def inbox(*messages: Message) -> bytes:
    return write_pst([Folder("Indbakke", list(messages))])


def found(data: bytes, limits: Limits | None = None) -> tuple[list[Child], list[Problem]]:
    children: list[Child] = []
    problems: list[Problem] = []
    for given in pst.members(io.BytesIO(data), "postkasse.pst", limits or Limits()):
        if isinstance(given, Problem):
            problems.append(given)
        else:
            children.append(given)
    return children, problems


def headers(reading: Reading) -> MailHeaders:
    assert reading.mail is not None
    return reading.mail
