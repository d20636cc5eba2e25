"""CPR numbers are gone from every field of a reading, and the text keeps its length."""

from __future__ import annotations

import msgspec
import pytest

from corpus.cpr import mask
from corpus.model import Address, Problem
from corpus.reading import Child, MailHeaders, Reading
from pipeline.extract import DEFAULT_OPTIONS, extract_bytes, read_document
from pipeline.masking import mask_reading

NUMBERS = [f"010190-{1000 + number}" for number in range(14)]
BOUNDARY = "skel"


def full_reading() -> Reading:
    """A reading with a number of its own in each field that can hold one."""
    at = iter(NUMBERS)
    mail = MailHeaders(
        sender=Address(name=f"Bo {next(at)}", address=f"{next(at)}@x.dk"),
        to=[Address(name=f"Per {next(at)}", address=None)],
        cc=[Address(name=None, address=f"{next(at)}@x.dk")],
        sent=None,
        subject=f"Sag {next(at)}",
        message_id=f"<{next(at)}@x.dk>",
        in_reply_to=f"<{next(at)}@x.dk>",
        references=[f"<{next(at)}@x.dk>", f"<a_{next(at)}_b@x.dk>"],
        end=0,
    )
    return Reading(
        media_type="message/rfc822",
        reader="mail/1",
        text=f"Borger {next(at)} bor her.\n",
        mail=mail,
        children=[Child(name=f"bilag_{next(at)}.txt", media_type=f"text/x-{next(at)}", data=b"")],
        problems=[Problem(code="bad-header", message=f"The header 'Date' cannot be read: '{next(at)}'.")],
        metadata={"title": f"Sag {next(at)}"},
    )


def test_no_field_of_a_reading_keeps_a_number() -> None:
    reading = full_reading()
    whole = msgspec.json.encode(mask_reading(reading)).decode()

    assert all(number in msgspec.json.encode(reading).decode() for number in NUMBERS)
    assert [number for number in NUMBERS if number in whole] == []
    assert whole.count("010190-xxxx") == len(NUMBERS)


def test_the_text_keeps_its_length() -> None:
    reading = full_reading()

    assert len(mask_reading(reading).text) == len(reading.text)


MAIL = (
    "From: 010190-1000 Bo <0101901001@x.dk>\r\nTo: =?utf-8?q?Per_010190-1002?= <per@x.dk>\r\nCc: c.010190-1003@x.dk\r\n"
    "Subject: Sag 010190-1004\r\nDate: 010190-1005\r\nMessage-ID: <0101901006@x.dk>\r\nX-Mailer: 010190-1007\r\n"
    f"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary={BOUNDARY}\r\n\r\n"
    f"--{BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nBorger 010190-1008\r\n--{BOUNDARY}\r\n"
    'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="b_010190-1009.bin"\r\n\r\n'
    f"\x00\x01\x02\r\n--{BOUNDARY}--\r\n"
).encode()


@pytest.mark.parametrize("number", [f"{1000 + number}" for number in range(10)])
def test_no_number_of_a_mail_comes_through(number: str) -> None:
    document = extract_bytes(MAIL, "brev.eml")
    reading = read_document(MAIL, "brev.eml", DEFAULT_OPTIONS)
    shown = msgspec.json.encode(document).decode() + repr(reading)

    assert f"010190-{number}" not in shown
    assert f"010190{number}" not in shown


def test_the_numbers_are_there_when_they_are_asked_for() -> None:
    reading = read_document(MAIL, "brev.eml", msgspec.structs.replace(DEFAULT_OPTIONS, show_identifiers=True))

    assert reading.mail is not None
    assert reading.mail.sender == Address(name="010190-1000 Bo", address="0101901001@x.dk")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("0 1 0 1 9 0 - 1 0 0 9", "0 1 0 1 9 0 - x x x x"),
        ("0 1 0 1 9 0-1 0 0 9", "0 1 0 1 9 0-x x x x"),
        ("0 1 0 1 9 0 1 0 0 9", "0 1 0 1 9 0 1 0 0 9"),
        ("3 2 1 3 9 0 - 1 0 0 9", "3 2 1 3 9 0 - 1 0 0 9"),
    ],
)
def test_digits_in_boxes_of_their_own(printed: str, shown: str) -> None:
    document = extract_bytes(f"Ansøger: {printed} har søgt.".encode(), "skema.txt")
    assert shown in document.parts[0].text
    found = [record for record in document.records if record.text == shown]
    assert [record.value for record in found] == (["010190-xxxx"] if "x" in shown else [])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Borger 19680412-3027 bor her.", "Borger 19680412-xxxx bor her."),
        ("Borger 1968-04-12-3027 bor her.", "Borger 1968-04-12-xxxx bor her."),
        ("Barnet 20150412-5027 går i skole.", "Barnet 20150412-xxxx går i skole."),
        ("Jytte 20150412-5027 går i skole.", "Jytte 20150412-xxxx går i skole."),
        ("CPR 20150412-1027.", "CPR 20150412-xxxx."),
        ("Sag 19010170-1004.", "Sag 19010170-1004."),  # no date
        ("Borger (120468)-3026 bor her.", "Borger (120468)-xxxx bor her."),
        ("Borger (120468) - 3026 bor her.", "Borger (120468) - xxxx bor her."),
        ("CPR-nr. 12/04-68 3022.", "CPR-nr. 12/04-68 xxxx."),
        ("Født 12/04-68 3022.", "Født 12/04-68 xxxx."),
        ("Sag 2023-004512 og 20230412-1234.", "Sag 2023-004512 og 20230412-1234."),
        ("Kommune 2007 2010 2007–2010", "Kommune 2007 2010 2007–2010"),
        ("I årene 2010-2011-2012.", "I årene 2010-2011-2012."),
        ("CPR-nr. 2010 1936-1940.", "CPR-nr. 2010 1936-xxxx."),
        ("Født 2010 1936-1940.", "Født 2010 1936-xxxx."),
        ("Borger 2010 1940-1936 bor her.", "Borger 2010 1940-xxxx bor her."),
        ("Borger 1210 1936-1940 bor her.", "Borger 1210 1936-xxxx bor her."),
        ("Borger 201036-1940 bor her.", "Borger 201036-xxxx bor her."),
        ("Journalnr. 20230412-5678.", "Journalnr. 20230412-5678."),
        ("J.nr. 19980412-3028.", "J.nr. 19980412-3028."),
        ("Skannet 20230412-1430.", "Skannet 20230412-1430."),
        ("Betalt 12/04-24 1500 kr.", "Betalt 12/04-24 1500 kr."),
        ("Bilag 12/04-24 3022 14,50", "Bilag 12/04-24 3022 14,50"),
        ("(120468) 3026 kr.", "(120468) 3026 kr."),
        ("Telefon 19680412-3027-11.", "Telefon 19680412-3027-11."),
    ],
)
def test_spellings_with_the_year_first_brackets_and_a_spoken_day(printed: str, shown: str) -> None:
    assert mask(printed) == shown
    assert len(mask(printed)) == len(printed)
