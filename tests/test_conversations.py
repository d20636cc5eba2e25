"""Which messages are one message and which belong together: ids, words, and attached mails."""

from __future__ import annotations

import datetime as dt

import pytest
from letters import (
    ANNE,
    ANSWER,
    BO,
    GRANT,
    KAREN,
    ORIGINAL,
    Letter,
    Room,
    eml,
    gmail,
    outlook,
    pdf,
    seen,
    subjects,
)
from msgspec.structs import replace

LATER = ORIGINAL.sent + dt.timedelta(days=7)


# --- joined by ids ----------------------------------------------------------------------------------------------


def test_an_answer_belongs_to_what_it_answers_though_it_quotes_nothing(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, subject="Noget helt andet")))
    room.ingest()

    found = room.thread("b.eml")

    assert [seen(message) for message in found["messages"]] == [["a.eml#0"], ["b.eml#0"]]
    assert [tie["how"] for tie in found["messages"][1]["joined_by"]] == ["in-reply-to"]
    assert found["messages"][1]["joined_by"][0]["to"] == found["messages"][0]["id"]


def test_references_reach_over_a_message_that_is_missing(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    third = Letter(
        sent=LATER, subject="Opfølgning", id="tredje", answers="svar", references=("brev", "svar"), body="Hej\n"
    )
    room.put("c.eml", eml(third))
    room.ingest()

    found = room.thread("a.eml")

    assert subjects(found) == ["Legepladsen ved Havneskolen", "Opfølgning"]
    assert [each["message_id"] for each in found["not_in_workspace"]] == ["<svar@fjordby.example>"]
    assert found["messages"][1]["missing"] == ["<svar@fjordby.example>"]


def test_two_answers_to_one_missing_mail_belong_together(room: Room) -> None:
    room.put("b.eml", eml(ANSWER))
    room.put(
        "c.eml", eml(Letter(sender=ANNE, to=KAREN, sent=LATER, subject="Hegn", id="c", answers="brev", body="Hej\n"))
    )
    room.ingest()

    found = room.thread("b.eml")

    assert subjects(found) == ["SV: Legepladsen ved Havneskolen", "Hegn"]
    assert found["messages"][0]["joined_by"][0]["how"] == "same-reference"
    (missing,) = found["not_in_workspace"]
    assert sorted(missing["wanted_by"]) == sorted(message["id"] for message in found["messages"])


def test_ids_are_the_same_whatever_their_case(room: Room) -> None:
    room.put("a.eml", eml(replace(ORIGINAL, id="BREV")))
    room.put("b.eml", eml(ANSWER))
    room.ingest()

    assert len(room.thread("a.eml")["messages"]) == 2


# --- joined by the words ----------------------------------------------------------------------------------------


def test_a_quoted_copy_is_the_message_that_it_quotes(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, answers=None), outlook(ORIGINAL)))
    room.ingest()

    found = room.thread("a.eml")

    assert [seen(message) for message in found["messages"]] == [["a.eml#0", "b.eml#1"], ["b.eml#0"]]
    copy = next(copy for copy in found["messages"][0]["seen_in"] if copy["quoted"])
    assert copy["known_by"].startswith("fingerprint")
    assert copy["differences"] == []


@pytest.mark.parametrize("quoted", [outlook, gmail])
def test_documents_of_all_formats_come_together(room: Room, quoted: object) -> None:
    bold = outlook(ORIGINAL).replace("Fra:", "**Fra:**").replace("Til:", "**Til:**").replace("Emne:", "**Emne:**")
    html = f"<html><body><p>{outlook(ANSWER)}</p></body></html>".replace("\n", "<br>\n")
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.txt", outlook(ANSWER) + "\n" + quoted(ORIGINAL))  # type: ignore[operator]
    room.put("c.md", bold.replace("Sendt:", "**Sendt:**"))
    room.put("d.pdf", pdf(outlook(ANSWER)))
    room.put("e.html", html.replace("<karen.holm@fjordby.example>", "").replace("<bo.berg@fjordby.example>", ""))
    room.ingest()

    for name in ("a.eml", "b.txt", "c.md", "d.pdf", "e.html"):
        found = room.thread(name)
        assert [seen(message) for message in found["messages"]] == [
            ["a.eml#0", "b.txt#1", "c.md#0"],
            ["b.txt#0", "d.pdf#0", "e.html#0"],
        ], name


def test_the_best_copy_is_shown(room: Room) -> None:
    room.put("1.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL))
    room.put("2.txt", outlook(ORIGINAL))
    room.ingest()
    assert room.thread("1.txt")["messages"][0]["path"] == "2.txt"

    room.put("3.eml", eml(ORIGINAL))
    room.ingest()
    (first, second) = room.thread("1.txt")["messages"]
    assert (first["path"], first["quoted"], second["path"]) == ("3.eml", False, "1.txt")
    assert first["seen_in"][0]["path"] == "3.eml"


def test_the_longest_quotation_is_shown_where_there_is_no_more(room: Room) -> None:
    room.put("1.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, GRANT[:200]))
    room.put("2.txt", outlook(replace(ANSWER, sent=LATER)) + "\n" + outlook(ORIGINAL))
    room.ingest()

    (first, *_) = room.thread("1.txt")["messages"]

    assert (first["path"], first["quoted"]) == ("2.txt", True)
    assert seen(first) == ["1.txt#1", "2.txt#1"]


EDITS = {
    "an amount": GRANT.replace("413.000", "900.000"),
    "a sentence less": GRANT.replace(" Beløbet dækker gynger, sand og hegn.", ""),
    "a name": GRANT.replace("Lise Lund", "Per Dahl"),
    "words more": GRANT.replace("næste år", "næste år efter aftale med borgmesteren"),
    "cut short": GRANT[: GRANT.index("Det er aftalt")],
    "blacked out": GRANT.replace("Lise Lund", "████████"),
}


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS.keys())
def test_an_edited_quotation_is_a_copy_of_the_message(room: Room, edited: str) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, edited))
    room.ingest()

    for asked, part in (("a.eml", 0), ("b.txt", 0), ("b.txt", 1)):
        found = room.thread(asked, part)
        assert [seen(message) for message in found["messages"]] == [["a.eml#0", "b.txt#1"], ["b.txt#0"]]
        (copy,) = [copy for copy in found["messages"][0]["seen_in"] if copy["path"] == "b.txt"]
        assert copy["known_by"].startswith("quoted-text")
        assert copy["differences"]


def test_a_quotation_with_another_subject_is_a_copy_where_sender_minute_and_words_fit(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    edited = GRANT.replace("413.000", "900.000")
    room.put("b.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, edited, Emne="Budget 2024"))
    room.ingest()

    assert seen(room.thread("a.eml")["messages"][0]) == ["a.eml#0", "b.txt#1"]


def test_a_short_quotation_is_a_copy_only_where_all_of_the_header_fits(room: Room) -> None:
    short = replace(ORIGINAL, body="Ja, 500.000 kr. er fint.\n")
    room.put("a.eml", eml(short))
    room.put("b.txt", outlook(ANSWER) + "\n" + outlook(short, "Ja, 700.000 kr. er fint.\n"))
    room.put("c.txt", outlook(ANSWER) + "\n" + outlook(short, "Ja, 800.000 kr. er fint.\n", Emne="Hegnet"))
    room.ingest()

    assert seen(room.thread("a.eml")["messages"][0]) == ["a.eml#0", "b.txt#1"]


def test_what_an_answer_names_and_quotes_is_the_message_however_much_was_rewritten(room: Room) -> None:
    rewritten = (
        "Kære Bo\n\nUdvalget bevilger slet ingen penge til legepladsen. Der er hverken råd til nye gynger eller til et "
        "hegn, og sagen må vente til der igen er midler i puljen for de kommende budgetår.\n\nKaren Holm\n"
    )
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER, outlook(ORIGINAL, rewritten)))
    room.put("c.eml", eml(replace(ANSWER, id="c", answers=None, sent=LATER), outlook(ORIGINAL, rewritten)))
    room.ingest()

    first = room.thread("a.eml")["messages"][0]

    assert "b.eml#1" in seen(first)
    assert any(copy["differences"] for copy in first["seen_in"])


def test_a_quotation_that_is_blacked_out_as_a_whole_is_a_copy_where_all_of_the_header_fits(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, "██████████\n\n████ ████\n"))
    room.put("c.txt", outlook(ANSWER) + "\n" + outlook(ORIGINAL, "██████████\n", Emne="Hegnet"))
    room.ingest()

    first = room.thread("a.eml")["messages"][0]

    assert seen(first) == ["a.eml#0", "b.txt#1"]
    assert "redaction" in first["seen_in"][1]["differences"][0]["touches"]


# --- one document -----------------------------------------------------------------------------------------------


def test_a_whole_thread_in_one_print_is_one_conversation(room: Room) -> None:
    third = Letter(sent=LATER, subject="SV: Legepladsen ved Havneskolen", body="Godt, så gør vi det.\n")
    room.put("t.txt", "\n".join([outlook(third), outlook(ANSWER), outlook(ORIGINAL)]))
    room.ingest()

    found = room.thread("t.txt")

    assert [message["part"] for message in found["messages"]] == [2, 1, 0]
    assert {tie["how"] for message in found["messages"] for tie in message["joined_by"]} == {"quoted-below"}


def test_nested_introductions_are_one_conversation(room: Room) -> None:
    inner = "\n".join(f"> {line}" for line in gmail(ORIGINAL).splitlines())
    room.put("t.txt", outlook(replace(ORIGINAL, sent=LATER, body="Godt.\n")) + "\n" + gmail(ANSWER) + inner + "\n")
    room.ingest()

    assert [message["part"] for message in room.thread("t.txt")["messages"]] == [2, 1, 0]


def test_a_bundle_holds_conversations_one_after_another(room: Room) -> None:
    other = Letter(
        sender=ANNE,
        to="Lise Lund <lise.lund@lyngsoe.example>",
        sent=dt.datetime(2023, 11, 6, 9, 0),
        subject="Vandværket i Lyngsø",
        body="Kære Lise\n\nVandværket beder om et møde om de nye målere. Kan du finde en dag i denne uge?\n\nAnne\n",
    )
    room.put("bundt.pdf", pdf(outlook(ANSWER), outlook(ORIGINAL), outlook(other)))
    room.ingest()

    assert [message["part"] for message in room.thread("bundt.pdf", 0)["messages"]] == [1, 0]
    assert [message["part"] for message in room.thread("bundt.pdf", 2)["messages"]] == [2]


def test_the_same_people_on_another_matter_below_each_other_are_two_conversations(room: Room) -> None:
    other = replace(
        ANSWER, subject="Ferieplan", sent=dt.datetime(2024, 3, 1, 9, 0), body="Hej Karen\n\nJeg holder fri i uge 12.\n"
    )
    room.put("bundt.txt", outlook(ORIGINAL) + "\n" + outlook(other))
    room.ingest()

    assert len(room.thread("bundt.txt")["messages"]) == 1


def test_a_forwarded_mail_set_off_by_a_line_belongs_to_the_mail_above_it(room: Room) -> None:
    forward = Letter(
        sender=BO, to=ANNE, sent=LATER, subject="Til din orientering", body="Hej Anne\n\nSe nedenfor.\n\nBo\n"
    )
    quoted = "-----Oprindelig meddelelse-----\n" + outlook(ORIGINAL)
    room.put("a.txt", outlook(forward) + "\n" + quoted)
    room.ingest()

    assert [message["part"] for message in room.thread("a.txt")["messages"]] == [1, 0]


# --- attached mails and containers ------------------------------------------------------------------------------


def test_an_attached_mail_belongs_to_the_mail_that_carries_it(room: Room) -> None:
    carrier = Letter(
        sender=BO, to=ANNE, sent=LATER, subject="Aktindsigt", id="c", body="Hej Anne\n\nSe den vedhæftede.\n"
    )
    room.put("c.eml", eml(carrier, attached={"brev.eml": eml(ORIGINAL)}))
    room.ingest()

    for asked in ("c.eml", "c.eml!brev.eml"):
        found = room.thread(asked)
        assert [seen(message) for message in found["messages"]] == [["c.eml!brev.eml#0"], ["c.eml#0"]]
        assert found["messages"][0]["joined_by"][0]["how"] == "attached"


def test_the_same_attachment_on_two_mails_holds_them_together_and_a_text_file_does_not(room: Room) -> None:
    one = Letter(sender=BO, to=ANNE, sent=LATER, subject="Aktindsigt", id="c", body="Hej Anne\n\nSe den vedhæftede.\n")
    two = replace(one, id="d", subject="Klagen", to=KAREN, body="Hej Karen\n\nDu får den her til sagen.\n")
    room.put("c.eml", eml(one, attached={"brev.eml": eml(ORIGINAL)}))
    room.put("d.eml", eml(two, attached={"brev.eml": eml(ORIGINAL)}))
    room.put(
        "e.eml", eml(replace(two, id="e", subject="Takster"), attached={"notat.txt": b"Et notat om takster i 2024.\n"})
    )
    room.put(
        "f.eml", eml(replace(one, id="f", subject="Priser"), attached={"notat.txt": b"Et notat om takster i 2024.\n"})
    )
    room.ingest()

    found = room.thread("c.eml")
    assert [seen(message) for message in found["messages"]] == [
        ["c.eml!brev.eml#0"],
        *sorted([["c.eml#0"], ["d.eml#0"]], key=lambda each: [m["path"] for m in found["messages"]].index(each[0][:5])),
    ]
    assert found["messages"][0]["seen_in"][0]["also_in"] == ["d.eml!brev.eml"]
    assert len(room.thread("e.eml")["messages"]) == 1


def test_the_mails_of_a_mailbox_do_not_belong_together_for_that_reason(room: Room) -> None:
    others = replace(
        ORIGINAL, id="andet", subject="Vandværket", sent=LATER, sender=ANNE, body="Hej Bo\n\nMøde om vand?\n"
    )
    mails = [eml(ORIGINAL), eml(others), eml(ANSWER)]
    room.put("alle.mbox", b"".join(b"From a@b Mon Mar  4 08:12:00 2024\n" + mail + b"\n" for mail in mails))
    room.ingest()

    found = room.thread("alle.mbox!1.eml")

    assert [seen(message) for message in found["messages"]] == [["alle.mbox!1.eml#0"], ["alle.mbox!3.eml#0"]]
