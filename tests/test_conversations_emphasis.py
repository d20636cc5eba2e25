"""What a difference touches: what must be seen at once is marked, and other spellings of the same are no difference."""

from __future__ import annotations

import pytest
from letters import ANNE, ANSWER, GRANT, KAREN, ORIGINAL, Letter, Room, changes, eml, gmail, outlook, seen
from msgspec.structs import replace

from pipeline.conversations.differences import Side, differences
from pipeline.conversations.model import Difference
from pipeline.conversations.words import tokens


def compared(one: str, other: str) -> list[Difference]:
    return differences(*(Side(text, tokens(text), 0) for text in (one, other)))


def touched(one: str, other: str) -> list[str]:
    (found,) = compared(one, other)
    return list(found.touches)


# --- what is touched --------------------------------------------------------------------------------------------

TOUCHED = {
    "a figure": ("Vi giver 300 kr. for vagten.", "Vi giver 900 kr. for vagten.", ["figure"]),
    "a unit": ("Rammen er 2,4 mio. kr. i år.", "Rammen er 2,4 mia. kr. i år.", ["figure"]),
    "a currency": ("Prisen er 1.500 kr. pr. elev.", "Prisen er 1.500 EUR pr. elev.", ["figure"]),
    "a number word": ("Der er tre tilbud på bordet.", "Der er to tilbud på bordet.", ["figure"]),
    "a divided number word": ("Der er femogtyve tilbud i år.", "Der er femogtredive tilbud i år.", ["figure"]),
    "a Swedish number word": ("Det finns åtta anbud här.", "Det finns nio anbud här.", ["figure"]),
    "a half": ("Vi tager halv pris i maj.", "Vi tager fuld pris i maj.", ["figure"]),
    "a percent sign": ("Det er 25 % af alt.", "Det er 25 af alt.", ["figure"]),
    "what is counted": ("Fristen er 14 dage fra nu.", "Fristen er 14 uger fra nu.", ["figure"]),
    "not": ("Vi giver ikke lov til det.", "Vi giver lov til det.", ["negation"]),
    "not, in Swedish": ("Vi ger inte lov till det.", "Vi ger lov till det.", ["negation"]),
    "not, in English": ("We do not agree to this.", "We do agree to this.", ["negation"]),
    "without": ("Det sker uden varsel i maj.", "Det sker med varsel i maj.", ["negation"]),
    "never": ("Det har jeg sagt til ham.", "Det har jeg aldrig sagt til ham.", ["negation"]),
    "divided at its hyphen": ("Det er ikke-offentlige møder.", "Det er offentlige møder.", ["negation"]),
    "a day": ("Fristen er den 5. marts 2021.", "Fristen er den 6. marts 2021.", ["figure", "date"]),
    "a month": ("Fristen er den 5. marts 2021.", "Fristen er den 5. maj 2021.", ["date"]),
    "a date in figures": ("Mødet er 05-03-2021 som aftalt.", "Mødet er 06-03-2021 som aftalt.", ["figure", "date"]),
    "a time": ("Vi ses kl. 14.00 på skolen.", "Vi ses kl. 15.00 på skolen.", ["figure", "date"]),
    "a weekday": ("Vi ses på mandag i hallen.", "Vi ses på tirsdag i hallen.", ["date"]),
    "a name": ("Det siger Lise Lund til os.", "Det siger Per Dahl til os.", ["name"]),
    "a name behind a title": ("Borgmester Lise Lund kommer.", "Borgmester Per Dahl kommer.", ["name"]),
    "a figure that is added": ("Vi giver penge for vagten.", "Vi giver penge 300 for vagten.", ["figure"]),
    "nothing of these": ("Vi ses snart på skolen igen.", "Vi ses vist på skolen igen.", []),
    "an article": ("Det er en skole i byen.", "Det er et skole i byen.", []),
    "a title": ("Hilsen\nLis Dam\nKontorchef\n", "Hilsen\nLis Dam\n", []),
    "a title with its place": ("Hilsen\nLis Dam\nLeder af Teknik og Miljø\n", "Hilsen\nLis Dam\n", []),
    "days without a figure": ("Hav en god dag derude.", "Hav en god aften derude.", []),
    "another word for a currency": ("Prisen er 1.500 kr. pr. elev.", "Prisen er 1.500 kroner pr. elev.", []),
}


@pytest.mark.parametrize(("one", "other", "expected"), TOUCHED.values(), ids=TOUCHED.keys())
def test_what_a_difference_touches(one: str, other: str, expected: list[str]) -> None:
    assert touched(one, other) == expected
    assert touched(other, one) == expected


# --- the same number in another spelling --------------------------------------------------------------------------

SAME = [
    ("Differencen er -150.000 kr. i år.", "Differencen er -150 000 kr. i år."),
    ("Differencen er -150.000 kr. i år.", "Differencen er - 150.000 kr. i år."),
    ("Differencen er -150.000 kr. i år.", "Differencen er −150.000 kr. i år."),
    ("Differencen er -150.000 kr. i år.", "Differencen er –150\u00a0000 kr. i år."),
    ("Differencen er -150.000 kr. i år.", "Differencen er -150000 kr. i år."),
    ("Prisen - 5.000 kr. - er aftalt.", "Prisen –\n> 5.000 kr. – er aftalt."),
    ("Det er 1.250.000 kr. til jer.", "Det er 1.250\n> .000 kr. til jer."),
    ("Det er 1.250.000,50 kr. til jer.", "Det er 1250000,50 kr. til jer."),
    ("Perioden 2024-2025 er aftalt.", "Perioden 2024 - 2025 er aftalt."),
    ("- 5 gynger\n- 3 hegn\n", "* 5 gynger\n* 3 hegn\n"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_number_is_no_difference(one: str, other: str) -> None:
    assert compared(one, other) == []
    assert compared(other, one) == []


OTHER = [
    ("Differencen er -150.000 kr. i år.", "Differencen er 150.000 kr. i år."),
    ("Differencen er - 150.000 kr. i år.", "Differencen er 150.000 kr. i år."),
    ("Prisen er 1.500 kr. pr. elev.", "Prisen er 1,500 kr. pr. elev."),
    ("Prisen er 1.500 kr. pr. elev.", "Prisen er 15.00 kr. pr. elev."),
    ("Det er -150 000 kr. til jer.", "Det er -150 100 kr. til jer."),
    ("Post 12 50 kr. er betalt.", "Post 1 250 kr. er betalt."),
]


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_number_is_a_difference(one: str, other: str) -> None:
    assert touched(one, other) == ["figure"]
    assert touched(other, one) == ["figure"]


# --- a header that was altered --------------------------------------------------------------------------------------


@pytest.mark.parametrize("quote", [outlook, gmail])
def test_another_sender_above_the_very_words_of_what_is_answered(room: Room, quote: object) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER, quote(replace(ORIGINAL, sender=ANNE))))  # type: ignore[operator]
    room.ingest()

    for name in ("a.eml", "b.eml"):
        first, second = room.thread(name)["messages"]
        assert seen(first) == ["a.eml#0", "b.eml#1"]
        assert changes(first, "b.eml") == [("changes", "from", KAREN, ANNE)]
        assert seen(second) == ["b.eml#0"]


def test_other_words_under_another_sender_are_another_message(room: Room) -> None:
    other = replace(
        ORIGINAL, sender=ANNE, body="Kære Bo\n\nHer er regningen for stilladset i maj, som vi aftalte.\n\nAnne\n"
    )
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER, outlook(other)))
    room.ingest()

    assert ["b.eml#1"] in [seen(message) for message in room.thread("a.eml")["messages"]]


@pytest.mark.parametrize("changed", [{"sender": ANNE}, {"sent": ORIGINAL.sent.replace(day=2)}], ids=["sender", "time"])
def test_the_same_words_under_another_header_are_told_in_both_conversations(
    room: Room, changed: dict[str, str]
) -> None:
    room.put("a.txt", outlook(ORIGINAL))
    room.put("b.txt", outlook(replace(ORIGINAL, **changed)))
    room.ingest()

    for mine, theirs in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        found = room.thread(mine)
        assert [seen(message) for message in found["messages"]] == [[f"{mine}#0"]]
        (note,) = found["notes"]
        assert note.startswith(f"The same words as in {room.id(mine)} stand under another sender or time in")
        assert f"{room.id(theirs)} ({theirs})" in note


def test_few_words_that_are_the_same_are_not_told(room: Room) -> None:
    room.put("a.txt", outlook(replace(ORIGINAL, body="Tak for mødet i går.\n\nKaren\n")))
    room.put("b.txt", outlook(replace(ORIGINAL, sender=ANNE, body="Tak for mødet i går.\n\nKaren\n")))
    room.ingest()

    assert room.thread("a.txt")["notes"] == []


# --- cover notes ----------------------------------------------------------------------------------------------------

NOTE = "Til orientering.\n\nVenlig hilsen\nBo Berg\n"


def forwarded(first: Letter, second: Letter, room: Room) -> list[list[str]]:
    cover = replace(ANSWER, to=ANNE, subject="VS: Henvendelse", body=NOTE)
    for name, letter in (("a.txt", first), ("b.txt", second)):
        room.put(name, f"{outlook(cover)}\n{outlook(letter)}")
    room.ingest()
    return [seen(message) for message in room.thread("a.txt")["messages"]]


def test_one_note_above_two_messages_is_two_messages(room: Room) -> None:
    first = Letter(subject="Henvendelse", id=None)
    second = replace(
        first, sender=ANNE, sent=first.sent.replace(minute=20), body=GRANT.replace("gynger", "rutsjebaner")
    )

    assert forwarded(first, second, room) == [["a.txt#1"], ["a.txt#0"]]


def test_one_note_above_two_copies_of_one_message_is_one_message(room: Room) -> None:
    first = Letter(subject="Henvendelse", id=None)

    assert forwarded(first, replace(first, body=GRANT.replace("413", "900")), room) == [
        ["a.txt#1", "b.txt#1"],
        ["a.txt#0", "b.txt#0"],
    ]


# --- the copy that is shown -------------------------------------------------------------------------------------------


def test_the_reading_of_most_papers_goes_before_a_longer_one(room: Room) -> None:
    room.put("1.txt", outlook(ORIGINAL, GRANT.replace("413.000", "900.000 gode danske")))
    room.put("2.txt", outlook(ORIGINAL))
    room.put("3.md", outlook(ORIGINAL) + "\n")
    room.ingest()

    (message,) = room.thread("1.txt")["messages"]

    assert message["path"] in ("2.txt", "3.md")
    assert changes(message, "1.txt") == [("changes", "text", "413.000", "900.000 gode danske")]
