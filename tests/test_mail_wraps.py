"""A printed chain whose quoted lines were wrapped once more without their mark is divided as it was written."""

from __future__ import annotations

import textwrap

import msgspec
import pytest

from corpus.model import Message
from corpus.reading import Reading
from pipeline.extract import extract_bytes
from pipeline.mail.threads import split_thread

HEAD = (
    "Fra: Ida Krog <ida@engby.example>\nSendt: 3. marts 2026 10:15\nTil: Per Holt <per@engby.example>\nEmne: Svar\n\n"
)
SECOND = (
    "Kære Ida, driften af hallen er opgjort til 4,2 millioner kroner om året, og den nye aftale med foreningerne "
    "gælder fra 1. august og skal være på plads inden ferien. Byrådet ser på det i morgen."
)
FIRST = (
    "Kære Per, jeg mangler stadig tallene for svømmehallen og for de to haller ved skolen, og udvalget skal have dem "
    "i overmorgen. Send dem gerne som regneark, så jeg kan lægge dem sammen."
)


def wrapped(mark: str, paragraph: str) -> list[str]:
    """A quoted paragraph on one line, as a print breaks it."""
    return textwrap.wrap(f"{mark} {paragraph}", 78)


def chain(*below: str) -> str:
    lines = [
        "Den 1. mar. 2026 kl. 9.05 skrev Per Holt <per@engby.example>:",
        "",
        "> Hej Ida",
        ">",
        *wrapped(">", SECOND),
        ">",
        "> Den 26. feb. 2026 kl. 14.40 skrev Ida Krog <ida@engby.example>:",
        ">",
        *wrapped(">>", FIRST),
        *below,
    ]
    return f"{HEAD}Tak for det.\n\n" + "\n".join(lines) + "\n"


def messages(text: str) -> list[Message]:
    return split_thread(Reading(reader="text/2", media_type="text/plain", text=text)) or []


def test_each_message_of_a_wrapped_chain_is_a_part() -> None:
    found = messages(chain())

    assert [(each.sender.name if each.sender else None, each.sent) for each in found] == [
        ("Ida Krog", "2026-03-03T10:15"),
        ("Per Holt", "2026-03-01T09:05"),
        ("Ida Krog", "2026-02-26T14:40"),
    ]
    assert [each.inline for each in found] == [False, False, False]


def test_days_are_counted_from_the_message_that_says_them() -> None:
    found = msgspec.to_builtins(extract_bytes(chain().encode(), "kæde.txt").records)
    days = {record["text"]: (record["part"], record["from"]) for record in found if record["text"].startswith("i ")}

    assert days == {"i morgen": (1, "2026-03-02"), "i overmorgen": (2, "2026-02-28")}


@pytest.mark.parametrize(
    "answers",
    [
        "> Hvad koster den?\nden koster 4 mio. kr.\n> Og hvornår er den færdig, hvis byrådet siger ja?\ni 2027\n",
        "> Hvad koster hallen, når vi regner moms og rådgivere og kunstgræs med i prisen?\nFire millioner.\n",
    ],
    ids=["short-lines", "whole-sentences"],
)
def test_an_answer_between_quoted_lines_is_no_wrapped_line(answers: str) -> None:
    text = f"{HEAD}Se svarene.\n\nDen 1. mar. 2026 kl. 9.05 skrev Per Holt <per@engby.example>:\n{answers}"

    assert [each.inline for each in messages(text)] == [True]


def test_a_line_that_begins_with_a_day_is_no_introduction_of_the_next_message() -> None:
    said = "Byrådet vedtog det\nden 8. oktober 2024.\nJeg er enig.\nMvh. Ida\n"
    text = f"{HEAD}{said}Den 8. sep. 2025 kl. 12.51 skrev Per Holt <per@engby.example>:\n> Hej\n"

    found = messages(text)

    assert [each.sent for each in found] == ["2026-03-03T10:15", "2025-09-08T12:51"]
    assert found[0].text.endswith(said)
