"""A line between dashes that names the author, above a header that does not."""

from __future__ import annotations

import pytest

from corpus.model import Message
from pipeline.extract import extract_bytes

OUTER = "Fra: Nanna Rosen\nTil: Bo Berg\nDato: 09-01-2025 07:30\nEmne: Råderum\n\nSe her.\n"


def messages(text: str) -> list[Message]:
    document = extract_bytes(text.encode(), "mail.txt")

    assert "".join(part.text for part in document.parts) == text
    return [part for part in document.parts if isinstance(part, Message)]


@pytest.mark.parametrize(
    "separator",
    [
        "----- Videresendt meddelelse fra Karl Emil Sand <kaes@fjordby.example> -----",
        "---------- Forwarded message from Karl Emil Sand <kaes@fjordby.example> ----------",
        "-----Oprindelig besked fra Karl Emil Sand <kaes@fjordby.example>-----",
    ],
)
def test_the_author_is_read_from_the_separator(separator: str) -> None:
    labels = "Emne: Rammen\nDato: Wed, 8 Jan 2025 15:12:00 +0100\nTil: Nanna Rosen <naro@fjordby.example>\n"
    upper, lower = messages(f"{OUTER}\n{separator}\n{labels}\nRammen er 14 mio. kr.\n")

    assert upper.sender is not None
    assert upper.sender.name == "Nanna Rosen"
    assert lower.sender is not None
    assert (lower.sender.name, lower.sender.address) == ("Karl Emil Sand", "kaes@fjordby.example")
    assert (lower.subject, lower.sent, [each.name for each in lower.to]) == (
        "Rammen",
        "2025-01-08T15:12:00+01:00",
        ["Nanna Rosen"],
    )


def test_who_passed_it_on_is_not_its_author() -> None:
    labels = "Emne: Rammen\nDato: 8. januar 2025 15:12\nTil: Bo Berg\n"
    text = f"{OUTER}\n----- Videresendt af Karl Emil Sand -----\n{labels}\nTekst.\n"

    assert "Karl Emil Sand" not in [each.sender.name for each in messages(text) if each.sender]


def test_a_label_is_nobody_s_name() -> None:
    text = (
        f"{OUTER}\n-----Oprindelig meddelelse-----\nEmne: Rammen\nDato: 8. januar 2025 15:12\nTil: Bo Berg\n\nTekst.\n"
    )

    assert all(":" not in (each.sender.name or "") for each in messages(text) if each.sender)
