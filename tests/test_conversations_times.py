"""Times of messages: one moment in several prints, the order of a conversation, answers without a time."""

from __future__ import annotations

import datetime as dt

import pytest
from letters import (
    ANSWER,
    GRANT,
    ORIGINAL,
    REPLY,
    Letter,
    Room,
    eml,
    outlook,
    seen,
    subjects,
)
from msgspec.structs import replace

LATER = ORIGINAL.sent + dt.timedelta(days=7)


@pytest.mark.parametrize(
    "printed",
    [
        "4. marts 2024 08:12:59",
        "4. marts 2024 07:12 GMT",
        "2024-03-04 08:12:07 +0100",
        "4. marts 2024 12:42 +0530",
        "Monday, March 4, 2024 8:12 AM",
    ],
)
def test_one_moment_in_different_prints_is_one_message(room: Room, printed: str) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, Sendt=printed))
    room.ingest()

    found = room.thread("a.eml")

    assert seen(found["messages"][0]) == ["a.eml#0", "b.txt#1"]
    assert found["messages"][0]["seen_in"][1]["differences"] == []


@pytest.mark.parametrize("printed", ["4. marts 2024 07:12", "4. marts 2024", "4. marts 2024 02:12"])
def test_another_zone_or_a_day_alone_is_enough_with_sender_subject_and_words(room: Room, printed: str) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, Sendt=printed))
    room.ingest()

    assert seen(room.thread("b.txt")["messages"][0]) == ["a.eml#0", "b.txt#1"]


def test_summer_time_is_reckoned_with(room: Room) -> None:
    summer = replace(ORIGINAL, sent=dt.datetime(2024, 7, 1, 8, 12))
    room.put("a.eml", eml(summer))
    answer = replace(ANSWER, sent=dt.datetime(2024, 7, 2, 9, 0))
    room.put("b.txt", outlook(answer) + "\n" + outlook(summer, Sendt="1. juli 2024 06:12 UTC"))
    room.ingest()

    first = room.thread("b.txt")["messages"][0]

    assert seen(first) == ["a.eml#0", "b.txt#1"]
    assert first["seen_in"][1]["differences"] == []


def test_a_day_alone_joins_nothing_when_two_messages_fit(room: Room) -> None:
    again = GRANT.replace("413.000", "414.000")
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ORIGINAL, id="to", sent=ORIGINAL.sent.replace(hour=15), body=again)))
    room.put("c.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, GRANT.replace("413", "415"), Sendt="4. marts 2024"))
    room.ingest()

    found = room.thread("c.txt")

    assert [seen(message) for message in found["messages"]] == [["c.txt#1"], ["c.txt#0"]]
    assert any("fits 2 messages" in note for note in found["notes"])


def test_the_oldest_comes_first_by_the_moment_and_not_by_the_clock(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    early = eml(ANSWER).replace(b"Tue, 05 Mar 2024 10:30:00 +0100", b"Mon, 04 Mar 2024 09:00:00 +0300")
    assert early != eml(ANSWER)
    room.put("b.eml", early)
    room.ingest()

    assert subjects(room.thread("a.eml")) == ["SV: Legepladsen ved Havneskolen", "Legepladsen ved Havneskolen"]


def test_a_message_without_a_time_stands_before_the_one_that_quotes_it_else_last(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    undated = replace(ANSWER, body=REPLY.replace("Tak for brevet", "Tusind tak for dit lange brev"))
    quoted = "\n".join([outlook(undated, Sendt="i går"), outlook(ORIGINAL)])
    room.put(
        "b.txt", outlook(Letter(sent=LATER, subject="SV: Legepladsen ved Havneskolen", body="Fint.\n")) + "\n" + quoted
    )
    room.put("c.txt", "Kære Karen\n\nJeg er desværre syg i dag og ringer i morgen.\n\nBo\n\n" + outlook(ORIGINAL))
    room.ingest()

    found = room.thread("a.eml")

    assert [message["undated"] for message in found["messages"]] == [False, True, False, True]
    assert [seen(message)[-1] for message in found["messages"]] == ["c.txt#1", "b.txt#1", "b.txt#0", "c.txt#0"]


def test_an_answer_pasted_without_its_header_is_the_mail_that_quotes_the_same(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER, outlook(ORIGINAL)))
    room.put("c.md", REPLY + "\n" + outlook(ORIGINAL))
    room.ingest()

    found = room.thread("c.md")

    assert [seen(message) for message in found["messages"]] == [["a.eml#0", "b.eml#1", "c.md#1"], ["b.eml#0", "c.md#0"]]


def test_an_answer_between_the_lines_belongs_to_what_it_answers(room: Room) -> None:
    lines = [f"> {line}" for line in GRANT.splitlines()]
    lines[3:3] = ["", "Kan vi ikke vente med hegnet til efteråret?", ""]
    lines += ["", "Jeg ringer i morgen.", "", "Bo"]
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.txt", outlook(replace(ANSWER, body="\n".join(lines) + "\n")))
    room.put(
        "c.txt", outlook(replace(ANSWER, sent=LATER, body="Hej Karen\n\nEr der nyt om sagen i denne uge?\n\nBo\n"))
    )
    room.ingest()

    for name in ("a.eml", "b.txt"):
        found = room.thread(name)
        assert [seen(message) for message in found["messages"]] == [["a.eml#0", "b.txt#0"], ["b.txt#0"]]
        assert [tie["how"] for tie in found["messages"][0]["joined_by"]] == ["quoted-between"]


def test_an_edited_quotation_of_another_time_is_the_message_that_the_answer_names(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    edited = outlook(ORIGINAL, GRANT.replace("413.000", "900.000"), Sendt="2. marts 2024 09:40")
    room.put("b.eml", eml(ANSWER, edited))
    room.put("c.eml", eml(replace(ANSWER, id="c", answers=None, sent=LATER), edited.replace("09:40", "11:43")))
    room.ingest()

    found = room.thread("a.eml")

    assert [seen(message) for message in found["messages"]] == [["a.eml#0", "b.eml#1"], ["b.eml#0"]]
    assert [each["where"] for each in found["messages"][0]["seen_in"][1]["differences"]] == ["sent", "text"]


def test_several_edits_in_several_prints_are_all_copies(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    for number in range(12):
        edited = GRANT.replace("413.000", f"{number}13.000") if number % 2 else GRANT
        printed = ORIGINAL.danish if number % 3 else "4. marts 2024"
        letter = replace(ANSWER, sent=LATER + dt.timedelta(days=number))
        room.put(f"b{number:02}.txt", outlook(letter) + "\n" + outlook(ORIGINAL, edited, Sendt=printed))
    room.ingest()

    for name in ("a.eml", "b00.txt", "b01.txt", "b02.txt", "b03.txt"):
        first = room.thread(name)["messages"][0]
        assert seen(first) == ["a.eml#0", *(f"b{number:02}.txt#1" for number in range(12))], name
        assert sum(bool(copy["differences"]) for copy in first["seen_in"]) == 6
