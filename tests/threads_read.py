"""Threads of a text, divided into messages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from corpus.model import Message
from corpus.normalise import normalise
from corpus.reading import Reading
from pipeline.mail.threads import split_thread


class Expected(NamedTuple):
    """What one message's head says: sender (name, address), sent, subject, number of To and Cc recipients.

    ``inline``: answers stand between the lines it quotes.
    """

    name: str | None = None
    address: str | None = None
    sent: str | None = None
    subject: str | None = None
    to: int = 1
    cc: int = 0
    inline: bool = False


class Variant(NamedTuple):
    """A thread and its messages in printed order."""

    text: str
    messages: list[Expected]


def reading_of(text: str) -> Reading:
    text = normalise(text)
    return Reading(media_type="text/plain", reader="text/1", text=text)


def thread(text: str) -> list[Message]:
    """The messages of a text that is a thread; holds the invariants of every division."""
    reading = reading_of(text)
    messages = split_thread(reading)
    assert messages is not None
    assert "".join(message.text for message in messages) == reading.text
    assert [message.index for message in messages] == list(range(len(messages)))
    assert [message.quoted for message in messages] == [False] + [True] * (len(messages) - 1)
    assert all(0 <= message.body_start <= len(message.text) for message in messages)
    return messages


def _variants() -> dict[str, Variant]:
    """The threads of the table beside this file, by name."""
    table = tomllib.loads(Path(__file__).with_name("test_mail_threads.toml").read_text("utf-8"))
    return {
        row["name"]: Variant(row["text"], [Expected(**message) for message in row["messages"]])
        for row in table["thread"]
    }


VARIANTS = _variants()
INTRO = "Den 12.03.2024 kl. 10.12 skrev Lone Juhl:\n"
