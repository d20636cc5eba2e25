"""Threads as they are printed in the wild, divided into messages. All people, places and sentences are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from threads_read import INTRO, VARIANTS, Expected, Variant, reading_of, thread

from corpus.model import Message
from corpus.readers import read
from corpus.reading import Page, Reading
from pipeline.mail.threads import split_thread

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"


def seen(message: Message) -> Expected:
    sender = message.sender
    name, address = (sender.name, sender.address) if sender else (None, None)
    return Expected(
        name, address, message.sent, message.subject, len(message.to), len(message.cc), inline=message.inline
    )


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_variant(variant: Variant) -> None:
    """Every message is found, none is made up, and its head is read."""
    assert [seen(message) for message in thread(variant.text)] == variant.messages


@pytest.mark.parametrize("name", [name for name in VARIANTS if "forward" not in name and "separator" not in name])
def test_markdown_hard_breaks_and_carriage_returns_change_nothing(name: str) -> None:
    text = VARIANTS[name].text
    plain = [seen(message) for message in thread(text)]

    assert [seen(message) for message in thread(text.replace("\n", "\r\n"))] == plain
    if "wrap" not in name and "\f" not in text:
        assert [seen(message) for message in thread(text.replace("\n", "  \n"))] == plain


def test_an_answer_below_the_quote_is_the_outermost_message() -> None:
    text = INTRO + "> Hej Per\n>\n> Hvornår kommer budgettet?\n\nHej Lone\n\nI morgen.\n\nPer Dam\n"
    messages = split_thread(reading_of(text))

    assert messages is not None
    quote, answer = messages
    assert quote.text + answer.text == text
    assert (quote.quoted, seen(quote)) == (True, Expected("Lone Juhl", None, "2024-03-12T10:12", to=0))
    assert (answer.quoted, seen(answer)) == (False, Expected(to=0))
    assert answer.text.startswith("Hej Lone\n")


def test_a_deeper_quote_stays_in_the_quote_above_the_answer() -> None:
    inner = "> Den 11.03.2024 kl. 09.00 skrev Per Dam:\n> > Hvornår mødes vi?\n> På fredag.\n"
    messages = split_thread(reading_of(INTRO + "> Hej Per\n" + inner + "\nFint.\nPer\n"))

    assert messages is not None
    assert [(message.quoted, message.text[:5]) for message in messages] == [(True, INTRO[:5]), (False, "Fint.")]


@pytest.mark.parametrize("greeting", ["", "Hej Lone\n\nSe mine svar nedenfor.\n\n"])
def test_answers_between_the_lines_of_a_quote_are_one_message(greeting: str) -> None:
    (message,) = thread(greeting + INTRO + "> Kommer budgettet?\n\nJa.\n\n> Og regnskabet?\n\nNej.\n")

    assert message.sender is None
    assert message.inline


@pytest.mark.parametrize(
    ("body", "inline"),
    [
        ("Hej Lone\n\nI morgen.\n\n" + INTRO + "> Hvornår kommer budgettet?\n", [False, False]),
        (INTRO + "> Hvornår kommer budgettet?\n\nI morgen.\n", [True]),
        (INTRO + "> Hvornår kommer budgettet?\n\n-- \nSendt fra min telefon\n", [False, False]),
        (INTRO + "> Hvornår kommer budgettet?\n\nI morgen.\n\n> Og regnskabet?\n\nSenere.\n", [True]),
        ("> Hvornår kommer budgettet?\nI morgen.\n> Og regnskabet?\nSenere.\n", [True]),
    ],
)
def test_answers_between_quoted_lines_are_flagged_in_a_mail_with_headers_too(body: str, inline: list[bool]) -> None:
    head = "From: Per Dam <per@x.example>\nTo: lone@x.example\nSubject: SV: Budget\nMIME-Version: 1.0\n"
    mail = f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}"
    messages = split_thread(read(mail.encode(), "svar.eml"))

    assert messages is not None
    assert [message.inline for message in messages] == inline
    assert messages[0].sender is not None


def test_body_begins_behind_the_header() -> None:
    first, second = thread(VARIANTS["outlook-danish-plain"].text)

    assert first.text[first.body_start :].startswith("Kære Anne\n")
    assert second.text[second.body_start :].startswith("Hej Bo")
    assert second.text.startswith("Fra: Anne Holm")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a-meeting-with-labels-nobody-knows", "Dagsorden:\n1. Takster"),
        ("an-agenda-right-below-the-header", "Dagsorden:\n1. Takster"),
        ("a-journal-with-labels-nobody-knows", "Hej\n\nKlaveret"),
        ("plain-labels-of-a-journal-last", "Hej\n\nKlaveret"),
        ("a-bold-journal-label-last", "Hej Anne"),
        ("a-day-alone-and-a-reply-above-that-greets-the-sender", "Notat til sagen: Mailen"),
        ("a-bold-list-of-a-journal", "Hej"),
        ("rows-of-a-journal-nobody-knows", "Hej"),
        ("a-table-of-a-journal-with-unknown-rows", "Hej"),
        ("a-table-right-below-the-header", "| Vare"),
        ("a-first-reply-taken-out-below-a-case-number", "(tekst udeladt"),
    ],
)
def test_labels_nobody_knows_are_no_body_and_an_agenda_is(name: str, body: str) -> None:
    first = thread(VARIANTS[name].text)[0]

    assert first.text[first.body_start :].startswith(body)


@pytest.mark.parametrize(
    ("name", "recipients"),
    [
        (
            "a-running-head-printed-once-in-a-list",
            ["Klubben Nord", "Klubben Syd", "Klubben Øst", "Klubben Vest", "Klubben Midt"],
        ),
        (
            "a-running-foot-with-a-day-and-a-case",
            ["Klubben Nord", "Klubben Syd", "Klubben Vest", "Klubben Midt"],
        ),
        ("a-running-head-that-says-more", ["Anne Holm", "Per Dam", "Eva Lund"]),
        ("taken-out-names-one-a-line", ["[Navn 2]", "[Navn 3]"]),
        ("a-journal-number-alone-below-a-page-number", ["Anne Holm", "Per Dam", "Eva Lund"]),
        ("a-day-alone-below-a-page-number", ["Anne Holm", "Per Dam", "Eva Lund"]),
        ("running-heads-between-labels", ["Klubben Nord"]),
        ("a-label-alone-and-recipients-one-a-line", ["Anne Holm", "Per Dam", "Teknik"]),
        ("a-label-alone-and-blank-lines-between", ["Anne Holm", "Per Dam"]),
        ("names-below-each-other-beside-a-label", ["Anne Holm", "Per Dam", "Eva Lund"]),
        ("a-wrapped-recipient-below-a-label-alone", ["Anne Holm"]),
    ],
)
def test_recipients_one_a_line_and_none_of_the_paper(name: str, recipients: list[str]) -> None:
    assert [address.name for address in thread(VARIANTS[name].text)[0].to] == recipients


def test_a_separator_belongs_to_the_message_it_opens() -> None:
    assert thread(VARIANTS["original-message"].text)[1].text.startswith("-----Oprindelig")
    assert thread(VARIANTS["underscores-above-header"].text)[1].text.startswith("____")


def test_a_stamp_above_the_header_stays_in_the_first_part() -> None:
    (message,) = thread(VARIANTS["journal-stamp"].text)

    assert message.text.startswith("Fjordby Kommune\n")
    assert message.text[message.body_start :] == "Hej\n"


@pytest.mark.parametrize(
    ("above", "messages"),
    [
        ("Anne Holm\n________________________________\n", 1),
        ("Fjordby Kommune\nBorgmesterens Afdeling\n", 1),
        ("AKTINDSIGT\n", 1),
        ("Sagsnr. 2021-0012345, akt 4\n", 1),
        ("Udskrift af mail\n", 1),
        ("Lukning af klubben\n", 1),
        ("## Mail 2\n", 1),
        ("Enig\n", 2),
        ("FYI\n", 2),
        ("fin løsning\n", 2),
        ("Vil du svare på den her\n", 2),
        ("Til orientering\n", 2),
        ("Ok, tak.\n\nAnne\n", 2),
        ("Hent Outlook til iOS\n________________________________\n", 2),
    ],
)
def test_a_stamp_is_no_reply_and_a_reply_no_stamp(above: str, messages: int) -> None:
    header = "Fra: Bo Berg\nSendt: 3. marts 2021 14:05\nTil: Anne Holm\nEmne: Lukning af klubben\n\nHej\n"

    assert len(thread(above + "\n" + header)) == messages


def test_pages_of_messages() -> None:
    first = "Fra: Anne Holm <anne@x.example>\nSendt: 4. marts 2021 08:00\nTil: Bo\nEmne: SV\n\nTak.\n"
    second = "Fra: Bo <bo@x.example>\nSendt: 3. marts 2021 08:00\nTil: Anne\nEmne: A\n\nHej.\n"
    whole = first + second + "mere\n"
    pages = [
        Page(number=1, width=595, height=842, start=0, end=len(first + second)),
        Page(number=2, width=595, height=842, start=len(first + second), end=len(whole)),
    ]
    messages = split_thread(Reading(media_type="application/pdf", reader="pdf/1", text=whole, pages=pages))

    assert messages is not None
    assert [(m.page_first, m.page_last) for m in messages] == [(1, 1), (1, 2)]


def test_quoted_copy_has_the_fingerprint_of_the_message_itself() -> None:
    body = "Vi har set på taksterne for klubben og foreslår, at de sættes ned med halvdelen fra næste skoleår.\n\nBo\n"
    alone = "Fra: Bo Berg <bo.berg@fjordby.example>\nSendt: 3. marts 2021 14:05\nTil: Anne\nEmne: Takster\n\n" + body
    quoted = "Tak\n\nDen ons. 3. mar. 2021 kl. 14.05 skrev Bo Berg <bo.berg@fjordby.example>:\n\n" + "".join(
        f"> {line}\n" for line in body.splitlines()
    )
    other = alone.replace("halvdelen", "en tredjedel")

    assert thread(alone)[0].fingerprint == thread(quoted)[1].fingerprint
    assert thread(alone)[0].fingerprint != thread(other)[0].fingerprint


def test_short_messages_of_different_people_differ() -> None:
    one = "Fra: Bo Berg\nSendt: 3. marts 2021 14:05\nTil: Anne\nEmne: Ja\n\nOk.\n"

    assert thread(one)[0].fingerprint != thread(one.replace("Bo Berg", "Eva Lund"))[0].fingerprint


@pytest.mark.skipif(not SEEDS.exists(), reason="the real documents are not beside this checkout")
def test_real_thread() -> None:
    path = next(SEEDS.glob("000_*"))
    messages = split_thread(read(path.read_bytes(), path.name))

    assert messages is not None
    assert [(m.sent, len(m.to), len(m.cc), m.quoted) for m in messages] == [
        ("2020-02-21T08:29", 1, 0, False),
        ("2020-01-23T13:22", 12, 1, True),
    ]
    assert not any("\\" in (address.address or "") for message in messages for address in message.to)
