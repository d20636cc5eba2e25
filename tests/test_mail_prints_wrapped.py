"""Gmail's print in a narrow column: name, address and time are wrapped, each in its own column."""

from __future__ import annotations

import pytest

from corpus.model import Message
from pipeline.extract import extract_bytes

FIRST = (
    "Taget\n2 meddelelser\nIda Lund <ida@elmeby.example> 2. marts 2026 kl. 16.50\n"
    "Til: Bo Berg <bo@elmeby.example>\nHej\n\n"
)


def senders(head: str) -> list[tuple[str | None, str | None, str | None]]:
    text = f"{FIRST}{head}\nTil: Ida Lund <ida@elmeby.example>\nHej Ida\nPrisen er 2 mio. kr.\nMvh Bo\n"
    parts = extract_bytes(text.encode(), "tråd.txt").parts
    messages = [part for part in parts if isinstance(part, Message)]
    return [(each.sender.name, each.sender.address, each.sent) for each in messages[1:] if each.sender]


@pytest.mark.parametrize(
    "head",
    [
        "Bo Berg Andersen <bo.berg.andersen@nordre-elmeby- 3. marts 2026 kl.\nkommune.example> 10.58",
        "Bo Berg Andersen <bo.berg.andersen@nordre-elmeby- 3. marts\nkommune.example> 2026 kl. 10.58",
        "Bo Berg Andersen 3. marts 2026 kl.\n<bo.berg.andersen@nordre-elmeby-kommune.example> 10.58",
        "Bo Berg Andersen <bo.berg.andersen@nordre-elmeby-kommune.example> 3. marts 2026 kl.\n10.58",
        "Bo Berg Andersen <bo.berg.andersen@nordre-elmeby- tirs. 3. marts 2026 kl.\nkommune.example> 10.58",
    ],
)
def test_each_column_is_put_together(head: str) -> None:
    assert senders(head) == [("Bo Berg Andersen", "bo.berg.andersen@nordre-elmeby-kommune.example", "2026-03-03T10:58")]


@pytest.mark.parametrize(
    "head",
    [
        "Bo Berg Andersen <bo.berg@nordre-elmeby- er ny leder\nkommune.example> fra i dag",
        "Vi mødes 3. marts 2026 kl.\n10.58 på <rådhuset> i Elmeby",
        "Se taget på 12 < 14 den 3. marts 2026 kl.\nog 3 > 2 kl. 10.58",
    ],
)
def test_what_has_no_name_address_and_time_begins_no_message(head: str) -> None:
    assert senders(head) == []


def test_a_header_at_the_top_of_two_pages_is_no_running_head() -> None:
    body = "Til: Ida Lund <ida@elmeby.example>\nHej Ida\nTaget koster 2 mio. kr.\nMvh\nBo\n"
    pages = [f"Bo Berg <bo@elmeby.example> {day}. marts 2026 kl. 10.58\n{body}" for day in (4, 7, 9)]
    parts = extract_bytes("\f".join(["Taget\n3 meddelelser\n", *pages]).encode(), "tråd.txt").parts
    sent = [part.sent for part in parts if isinstance(part, Message)]
    assert sent == ["2026-03-04T10:58", "2026-03-07T10:58", "2026-03-09T10:58"]
