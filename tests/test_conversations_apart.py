"""Which messages do not belong together, however alike they are."""

from __future__ import annotations

import datetime as dt

import pytest
from letters import ANNE, ANSWER, BO, GRANT, KAREN, ORIGINAL, Letter, Room, eml, gmail, outlook, seen
from msgspec.structs import replace

LATER = ORIGINAL.sent + dt.timedelta(days=7)


AWAY = (
    "Tak for din mail. Jeg er på ferie til og med uge 32 og læser ikke mine mails imens. Kontakt venligst "
    "kommunens hovednummer, hvis det haster, ellers svarer jeg, når jeg er tilbage på kontoret.\n"
)


def test_identical_automatic_answers_of_two_people_are_two_messages(room: Room) -> None:
    one = Letter(sender=BO, to=ANNE, subject="Autosvar", id="a", body=AWAY)
    room.put("a.eml", eml(one))
    room.put("b.eml", eml(replace(one, sender=KAREN, id="b")))
    room.put("c.txt", outlook(replace(one, sender="Per Dahl <per.dahl@fjordby.example>")))
    room.put("d.txt", outlook(replace(one, sender="Lise Lund <lise.lund@fjordby.example>")))
    room.ingest()

    for name in ("a.eml", "b.eml", "c.txt", "d.txt"):
        assert [seen(message) for message in room.thread(name)["messages"]] == [[f"{name}#0"]]


def test_automatic_answers_of_one_person_to_two_people_in_one_minute_are_two_messages(room: Room) -> None:
    one = Letter(sender=BO, to=ANNE, subject="Autosvar", id="a", body=AWAY)
    room.put("a.eml", eml(one))
    room.put("b.eml", eml(replace(one, to=KAREN, id="b")))
    room.put("c.txt", outlook(replace(one, to="Per Dahl <per.dahl@fjordby.example>")))
    room.ingest()

    for name in ("a.eml", "b.eml", "c.txt"):
        assert [seen(message) for message in room.thread(name)["messages"]] == [[f"{name}#0"]]


def test_a_newsletter_to_many_does_not_join_those_who_answer_it(room: Room) -> None:
    news = Letter(
        sender="Nyt fra Fjordby <nyt@fjordby.example>",
        subject="Nyt fra Fjordby",
        body=GRANT.replace("Kære Bo", "Kære læser"),
    )
    people = [ANNE, KAREN, "Per Dahl <per.dahl@fjordby.example>"]
    for number, person in enumerate(people):
        sent = replace(news, to=person, id=f"nyt-{number}")
        room.put(f"nyt-{number}.eml", eml(sent))
        answer = Letter(
            sender=person,
            to="nyt@fjordby.example",
            sent=LATER,
            subject="SV: Nyt fra Fjordby",
            id=f"svar-{number}",
            body=f"Tak for nyhedsbrevet, hilsen nummer {number}.\n",
        )
        room.put(f"svar-{number}.eml", eml(answer, outlook(sent)))
    room.ingest()

    for number in range(3):
        found = room.thread(f"svar-{number}.eml")
        assert [seen(message) for message in found["messages"]] == [
            [f"nyt-{number}.eml#0", f"svar-{number}.eml#1"],
            [f"svar-{number}.eml#0"],
        ]


def test_a_quotation_that_fits_many_messages_joins_none_unless_the_answer_names_one(room: Room) -> None:
    news = Letter(sender="Nyt fra Fjordby <nyt@fjordby.example>", subject="Nyt fra Fjordby", body=AWAY + GRANT)
    for number, person in enumerate([ANNE, KAREN]):
        room.put(f"nyt-{number}.eml", eml(replace(news, to=person, id=f"nyt-{number}")))
    answer = Letter(
        sender=ANNE, to="nyt@fjordby.example", sent=LATER, subject="SV: Nyt fra Fjordby", id="x", body="Nej tak.\n"
    )
    room.put("x.eml", eml(answer, gmail(news)))
    room.put("y.eml", eml(replace(answer, sender=KAREN, id="y", answers="nyt-1"), gmail(news)))
    room.ingest()

    doubtful = room.thread("x.eml")
    assert [seen(message) for message in doubtful["messages"]] == [["x.eml#1"], ["x.eml#0"]]
    assert any("fits 2 messages" in note for note in doubtful["notes"])
    assert [seen(message) for message in room.thread("y.eml")["messages"]] == [["nyt-1.eml#0", "y.eml#1"], ["y.eml#0"]]


def test_the_same_subject_every_month_is_not_one_conversation(room: Room) -> None:
    meetings = [
        Letter(
            sender=KAREN,
            to=BO,
            sent=dt.datetime(2024, month, 1, 9, 0),
            subject="Møde",
            id=f"m{month}",
            body=f"Kære alle\n\nHermed indkaldes til møde i {name}. Dagsordenen følger senere på ugen.\n\nKaren\n",
        )
        for month, name in ((3, "marts"), (2, "februar"), (1, "januar"))
    ]
    for letter in meetings:
        room.put(f"{letter.id}.eml", eml(letter))
    room.put("bundt.txt", "\n".join(map(outlook, meetings)))
    room.ingest()

    for number, letter in enumerate(meetings):
        found = room.thread(f"{letter.id}.eml")
        assert [seen(message) for message in found["messages"]] == [[f"bundt.txt#{number}", f"{letter.id}.eml#0"]]


@pytest.mark.parametrize("text", ["Tak!", "Modtaget, tak.", "Med venlig hilsen", ""])
def test_a_short_standard_text_joins_nothing(room: Room, text: str) -> None:
    for number, (sender, to) in enumerate([(BO, KAREN), (ANNE, BO)]):
        thanks = Letter(sender=sender, to=to, subject="SV: Møde", id=None, body=f"{text}\n")
        room.put(f"{number}.txt", outlook(thanks))
        room.put(
            f"uden-{number}.txt", f"{text or 'Ok'}\n\n{outlook(replace(thanks, body=f'Sag nummer {number} er sendt.'))}"
        )
    room.put("dag-1.txt", outlook(Letter(sender=BO, subject="SV: Møde", body=f"{text}\n"), Sendt="4. marts 2024"))
    room.put("dag-2.txt", outlook(Letter(sender=BO, subject="Møde", body=f"{text}\n"), Sendt="4. marts 2024", Til=ANNE))
    room.ingest()

    for name in ("0.txt", "1.txt", "dag-1.txt", "dag-2.txt"):
        found = room.thread(name)
        assert {copy["path"] for message in found["messages"] for copy in message["seen_in"]} == {name}


def test_one_person_thanks_twice_in_one_minute(room: Room) -> None:
    thanks = Letter(sender=BO, to=KAREN, subject="SV: Hegnet", id=None, body="Tak!\n")
    room.put("a.txt", outlook(thanks))
    room.put("b.txt", outlook(replace(thanks, subject="SV: Ferieplan")))
    room.put("c.txt", outlook(replace(ANSWER, sender=KAREN, to=BO, subject="SV: Hegnet")) + "\n" + outlook(thanks))
    room.ingest()

    assert [seen(message) for message in room.thread("a.txt")["messages"]] == [["a.txt#0", "c.txt#1"], ["c.txt#0"]]
    assert [seen(message) for message in room.thread("b.txt")["messages"]] == [["b.txt#0"]]


def test_hourly_reports_under_one_subject_are_not_edited_copies_of_each_other(room: Room) -> None:
    def report(hour: int) -> Letter:
        words = (
            f"Status for Fjordby Vandværk klokken {hour}. Trykket er {30 + hour} bar, og der er ingen fejl på nettet."
        )
        sent = dt.datetime(2024, 3, 4, hour)
        return Letter(sender="drift@fjordby.example", sent=sent, subject="Driftsstatus", id=None, body=f"{words}\n")

    for hour in (8, 9, 10):
        room.put(f"{hour}.txt", outlook(report(hour)))
        room.put(f"mail-{hour}.eml", eml(replace(report(hour), id=f"drift-{hour}")))
    room.put("svar.txt", outlook(replace(ANSWER, subject="SV: Driftsstatus")) + "\n" + outlook(report(11)))
    room.ingest()

    for hour in (8, 9, 10):
        found = room.thread(f"{hour}.txt")
        assert [seen(message) for message in found["messages"]] == [[f"{hour}.txt#0", f"mail-{hour}.eml#0"]]
    assert len(room.thread("svar.txt")["messages"]) == 2


def test_reports_of_one_minute_in_one_bundle_are_each_a_message(room: Room) -> None:
    def note(number: int) -> Letter:
        words = (
            f"Der er oprettet en ny sag med nummer {number} i journalen. Åbn sagen for at se, hvem der behandler den."
        )
        return Letter(sender="journal@fjordby.example", subject="Ny sag", id=None, body=f"{words}\n")

    room.put("bundt.txt", outlook(note(4711)) + "\n" + outlook(note(4712)))
    room.ingest()

    for part in (0, 1):
        (message,) = room.thread("bundt.txt", part)["messages"]
        assert seen(message) == [f"bundt.txt#{part}"]


def test_two_mails_with_different_ids_are_two_messages_even_if_all_else_is_equal(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ORIGINAL, id="andet")))
    room.ingest()

    assert [seen(message) for message in room.thread("a.eml")["messages"]] == [["a.eml#0"]]


def test_another_sender_said_the_same_in_that_minute(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.txt", outlook(replace(ORIGINAL, sender=ANNE, body=GRANT.replace("413.000", "414.000"))))
    room.ingest()

    assert len(room.thread("b.txt")["messages"]) == 1


def test_one_id_on_many_mails_of_a_program_joins_nothing(room: Room) -> None:
    for number, sender in enumerate([KAREN, ANNE]):
        letter = Letter(
            sender=sender, sent=LATER + dt.timedelta(hours=number), subject=f"Sag {number}", body=f"Sag {number}\n"
        )
        room.put(f"{number}.eml", eml(letter))
    room.put("svar.eml", eml(ANSWER))
    room.ingest()

    for name in ("0.eml", "1.eml", "svar.eml"):
        found = room.thread(name)
        assert [seen(message) for message in found["messages"]] == [[f"{name}#0"]]
        assert any("2 documents have the Message-ID" in note for note in found["notes"])
