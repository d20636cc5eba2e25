"""Threads as they are printed in the wild, divided into messages. All people, places and sentences are invented."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Message
from corpus.normalise import normalise
from corpus.readers import read
from corpus.reading import Page, Reading
from pipeline.mail.threads import split_thread

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"


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


def seen(message: Message) -> Expected:
    sender = message.sender
    name, address = (sender.name, sender.address) if sender else (None, None)
    return Expected(
        name, address, message.sent, message.subject, len(message.to), len(message.cc), inline=message.inline
    )


def _variants() -> dict[str, Variant]:
    """The threads of the table beside this file, by name."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        row["name"]: Variant(row["text"], [Expected(**message) for message in row["messages"]])
        for row in table["thread"]
    }


VARIANTS = _variants()


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


NO_THREADS = {
    "memo": "Til: Økonomiudvalget\nFra: Økonomiforvaltningen\nDato: 3. marts 2021\nEmne: Budget 2022\n\nNotat.\n",
    "period": "Lukket\nFra: 1. august til 31. december\nTil: alle brugere\nEmne: ferie\n",
    "travel": "Fra: Fjordby St.\nTil: Lyngsø H\nDato: 4. marts 2021 kl. 08:15\nPris: 49 kr.\n",
    "prose": "Den 1. marts 2021 skrev vi til jer:\nTiderne ændres. Fra: 8 til 12.\n",
    "minutes": "Referat\nTil stede: Bo Berg\nEmne: Budget\nFra: kl. 10.00\nTil: kl. 11.00\nDato: 3. marts 2021\n",
    "agenda-quote": "Den 3. marts 2021 kl. 10.00 skrev Fjordby Kommune til ministeriet:\nTeksten.\n",
    "empty": "",
    "table-memo": "| Fra | Skolen |\n| --- | --- |\n| Til | Udvalget |\n| Dato | 3. marts 2021 |\n| Emne | A |\n",
    "memo-and-receipt": (
        "Afsender: Bo Berg\nModtager: Anne Holm\nDato: 3. marts 2021\nEmne: Pakke\n\n"
        "Fra: butik@x.example\nTil: kunde@x.example\nPris: 100 kr.\n"
    ),
    "how-to": "Skriv sådan:\nFra: dit navn\nSendt: i dag\nTil: modtagerens navn\nEmne: det, det handler om\n",
    "whited-out-form": "Fra:\nSendt:\nTil:\nEmne:\n\nUdfyldes af skolen.\n",
    "prose-english": "On Monday, 1 March 2021 at 10:00 we wrote:\nmore money is needed.\n",
    "prose-verbs": "I brev af 1. marts 2021 kl. 10.00 skrev Anne Holm til os:\nVi mangler penge.\n",
    "telephone-note": (
        "TELEFONNOTAT\n\nFra: Ole Bak, Skovvej 12\nTil: Byggesag\nDato: 3. februar 2023  kl. 10.15\nTlf.: 70 00 00 44\n"
        "Vedr.: Hegn\n\nOle Bak ringer om sit hegn.\n"
    ),
    "telephone-note-two-lines": (
        "Fjordby Kommune\nTelefonnotat\n\nFra: Ole Bak\nTil: Omstillingen\nDato: 5. juni 2020\nKl.: 9.40\nEmne: Tøm\n\n"
        "Han ringede.\n"
    ),
    "swedish-note": (
        "Tjänsteanteckning\n\nFrån: Åsa Ek\nTill: Akten\nDatum: 2021-03-03 10:15\nÄrende: Samtal\n\nHon ringde.\n"
    ),
    "memo-with-case": (
        "NOTAT\nSagsnr.: 2021-0012345\nDokumentnr.: 7\n\nTil: Økonomiudvalget\nFra: Økonomiforvaltningen\n"
        "Dato: 3. marts 2021\nEmne: Budget\n\nNotat om budgettet.\n"
    ),
    "memo-with-time": "NOTAT\nTil: Udvalget\nFra: Forvaltningen\nDato: 3. marts 2021 kl. 10.00\nEmne: Budget\n\nTo.\n",
    "booking": (
        "LÅN AF SAL\n\nNavn: Eva Lund\nE-mail: eva@lund.example\nEmne: Spisning\nDato: 17. juni 2021\nFra: kl. 17.00\n"
        "Til: kl. 22.00\nAntal deltagere: 80\n"
    ),
    "one-entry-below-a-rule": "Vedtaget på mødet.\n\n--------------------\nBo Berg, 3. marts 2021 kl. 10.15\n",
    "two-memos": (
        "Til: Udvalget\nFra: Forvaltningen\nDato: 3. marts 2021\nEmne: Budget\n\nTekst.\n\n"
        "Til: Byrådet\nFra: Borgmesteren\nDato: 4. marts 2021\nEmne: Skat\n\nTekst.\n"
    ),
    "letter-with-case": (
        "Brev\n\nAfsender: Fjordby Kommune\nModtager: Bo Berg\nDato: 3. marts 2021\nSagsnr.: 21/4711\nEmne: Svar\n\n"
        "Kære Bo.\n"
    ),
    "travel-report": ("Rejse\n\nFra: Fjordby\nTil: Lyngsø\nDato: 3. marts 2021 kl. 08.15\nFormål: Møde\n\nTog.\n"),
    "register": "Fra: Bo Berg\nTil: Teknik\nEmne: Hul\nSagsnr.: 21/1\n\nFra: Eva Lund\nTil: Byrådet\nEmne: Klage\n",
    "minutes-cite": "Referat af samtale\n\nDen 3. marts 2021 kl. 14.05 skrev Bo Berg:\nVi kommer.\n\nSå svarede vi.\n",
    "birthdays": "Kontaktliste\n\nBo Berg\n12. marts 1970 10.10\nTil: fest\n",
    "log-heading": "# Log\n\n## Bo Berg, 3. marts 2021 kl. 14.05\n\nBesøgte pladsen.\n",
    "form-of-a-meeting": (
        "Emne: Budget\nSted: Rådhuset\n\nStart: kl. 10.00\n\nFra: kl. 10.00\nTil: kl. 11.00\nDato: 3. marts 2021\n"
    ),
    "timetable-in-columns": "Fra:\tFjordby\tTil:\tLyngsø\nDato:\t3. marts 2021\tPris:\t49 kr.\n",
    "memo-in-columns": ("Til:\tØkonomiudvalget\tFra:\tForvaltningen\nDato:\t3. marts 2021\tEmne:\tBudget\n\nTekst.\n"),
    "memos-of-offices": (
        "Til: Byrådet\nFra: Teknisk Udvalg\nDato: 4. marts 2021\nEmne: Skat\n\nTekst.\n\n"
        "Til: Teknisk Udvalg\nFra: Vej og Park\nDato: 3. marts 2021\nEmne: Budget\n\nTekst.\n"
    ),
    "report-with-a-citation": (
        "# Redegørelse\n\nSagen begyndte i marts.\n\n> Den 3. marts 2021 kl. 10:00 skrev Udvalget:\n> Taksten sænkes.\n"
    ),
    "letter-above-a-memo": (
        "Kære Anne\n\nHermed svar.\n\nFra: Skolen\nTil: Bo Berg\nDato: 3. marts 2021\nEmne: Svar\n\nTekst.\n"
    ),
    "stacked-form": "Fra:\nFjordby\nTil:\nLyngsø\nOdde\nDato:\n03-03-2021\nEmne:\nKørsel\n",
    "timetable": "| Fra | Til | Sendt |\n| --- | --- | --- |\n| Fjordby | Lyngsø | 10:12 |\n| Emne | Tog | 2 |\n",
}


@pytest.mark.parametrize("text", NO_THREADS.values(), ids=NO_THREADS.keys())
def test_what_is_no_thread_is_left_alone(text: str) -> None:
    assert split_thread(reading_of(text)) is None


def test_a_report_that_quotes_a_mail_far_down_is_no_thread() -> None:
    report = "Kapitel om takster i kommunen.\n" * 500

    assert split_thread(reading_of(report + VARIANTS["outlook-danish-plain"].text)) is None


INTRO = "Den 12.03.2024 kl. 10.12 skrev Lone Juhl:\n"


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


def test_what_somebody_else_once_wrote_is_cited_and_no_message() -> None:
    header = "Fra: Bo Berg\nSendt: 3. marts 2021 14:05\nTil: Byggesag\nEmne: Hegn\n\nHej\n\n"

    assert len(thread(header + "Den 2. marts 2021 kl. 10.00 skrev Naboen:\n\nHegnet skal væk.\n\nBo\n")) == 1


def test_a_report_that_quotes_a_mail_and_goes_on_is_no_thread() -> None:
    assert split_thread(reading_of("Kapitel 1\n\n" + INTRO + "> Hej Per\n\nSådan begyndte sagen.\n")) is None


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


LINES = st.sampled_from(
    """Fra: Bo <bo@x.example>|Sendt: 3. marts 2021 14:05|Til: Anne;|Emne: A||> |> Fra: B <b@x.dk>|Hej|\f|Side 1 af 2
-----Oprindelig meddelelse-----|Den 3. mar. 2021 kl. 14.05 skrev B <b@x.example>:|> > tekst|________|Fra: 1. maj|Cc:|(|<
>>> Bo <b@x.example> 03-03-2021 14:05 >>>|Bo Berg|03-03-2021 14:05|Til|Emne|1/2|2/2|> B hat am|1.1.2020 geschrieben:
**Til:** [a@b.example](mailto:a@b.example)|\\_|**Fra** x|Sagsnr.: 21/4|Titel: SV: A|Dato: 3. marts 2021|Flagstatus: x
Modtaget: 3. marts 2021 14:05|Kl.: 14.05|Bo Berg, 3. marts 2021 14:05|-----B <b@x.example> skrev: -----|### Mail 2
2 beskeder|Fra: <navn udeladt>|Fra: ***** *****|TELEFONNOTAT
Fra: B <b@x.example> Sendt: 3. marts 2021 14:05 Til: A Emne: B
""".replace("\n", "|").split("|")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES | st.text(max_size=20), max_size=40), st.sampled_from(["\n", "\n\n", " "]))
def test_every_character_is_in_exactly_one_part(lines: list[str], joint: str) -> None:
    reading = reading_of(joint.join(lines))
    messages = split_thread(reading)

    if messages is not None:
        assert "".join(message.text for message in messages) == reading.text
        assert all(0 <= message.body_start <= len(message.text) for message in messages)
        assert not any(message.sender and not (message.sender.name or message.sender.address) for message in messages)


HOSTILE = [
    "> Fra: a@b.example\n> Sendt: 3. marts 2021 14:05\n> Til: c\n> Emne: d\n\nb\n",
    "Side 1 af 2\n",
    "\f1/2\n",
    "Emne: a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i\n",
    "Bo Berg\n03-03-2021 14:05\nTil\n",
    "hat a geschrieben ",
    "a: ,",
    "Den 12.03.2024 kl. 10.12 skrev Lone Juhl:\n> a\n\nb\n",
    "Fra: x\n",
    "Til: a;\n",
    "> > > a\n",
    "<",
    "Fra:Til:",
    "-- \n",
    "Fra: A Berg\nTil: C Dam\nDato: 3. marts 2021\nEmne: x\n\n",
    "----------\nBo Berg, 3. marts 2021 14:05\n",
    "Bo Berg\n3. marts 2021 14:05\nTil: A\n",
    "Fra: A Sendt: 3. marts 2021 14:05\nTil: b Cc: c\n",
    "Sag 1   1/2\n\fx\n",
    "Den 1. skrev a\n",
    "Fra: a@b Sendt: ",
]


@pytest.mark.parametrize(
    "line", [*HOSTILE, '"', "((", "[a](", "a@", "\n>", "_", " ", "a:b ", "| Fra | x |\n", "|-", "Fra\t", "|"]
)
@pytest.mark.timeout(60)
def test_hostile_repetition_takes_linear_time(line: str) -> None:
    split_thread(reading_of(line * (200_000 // len(line))))
    header = "Fra: a@b.example\nSendt: 3. marts 2021 14:05\nTil: "
    split_thread(reading_of(header + line * (200_000 // len(line))))


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
