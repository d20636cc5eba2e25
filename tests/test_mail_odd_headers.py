"""Odd headers of e-mail files: who, when and about what, as real programs write it."""

from __future__ import annotations

import msgspec
import pytest

from corpus.readers import mail
from corpus.reading import MailHeaders, Reading

REST = b"Message-ID: <1@fjordby.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n\nHej\n"
Person = tuple[str | None, str | None]


def read(*lines: str | bytes) -> Reading:
    return mail.read(
        b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines) + REST, "a.eml"
    )


def headers(reading: Reading) -> MailHeaders:
    assert reading.mail is not None
    return reading.mail


BO, ANNE = ("Berg, Bo", "bo@x.example"), ("Holm, Anne", "anne@x.example")


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("Berg, Bo <bo@x.example>", [BO]),
        ("Berg, Bo <bo@x.example>, Holm, Anne <anne@x.example>", [BO, ANNE]),
        ("Berg, Bo <bo@x.example>; Holm, Anne <anne@x.example>;", [BO, ANNE]),
        ('"Berg, Bo" <bo@x.example>;"Holm, Anne" <anne@x.example>', [BO, ANNE]),
        ("=?utf-8?Q?Berg,_Bo?= <bo@x.example>, anne@x.example", [BO, (None, "anne@x.example")]),
        ("Berg, Bo, Skole <bo@x.example>", [("Berg, Bo, Skole", "bo@x.example")]),
        ("Bo Berg (Byrådet) <bo@x.example>", [("Bo Berg (Byrådet)", "bo@x.example")]),
        ("Berg, Bo (Plan; Byg) <bo@x.example>", [("Berg, Bo (Plan; Byg)", "bo@x.example")]),
        ("bo@x.example (Bo Berg (Byrådet))", [("Bo Berg (Byrådet)", "bo@x.example")]),
        ('"Bo \\"Skipper\\" Berg" <bo@x.example>', [('Bo "Skipper" Berg', "bo@x.example")]),
        ("bo@x.example; anne@x.example", [(None, "bo@x.example"), (None, "anne@x.example")]),
        ("bo@x.example anne@x.example", [(None, "bo@x.example"), (None, "anne@x.example")]),
        ("Bo Berg bo@x.example", [("Bo Berg", "bo@x.example")]),
        ("Bo <bo@x.example> Anne <anne@x.example>", [("Bo", "bo@x.example"), ("Anne", "anne@x.example")]),
        ("Bo@Byen <bo@x.example>", [("Bo@Byen", "bo@x.example")]),
        ("'bo@x.example' <bo@x.example>", [(None, "bo@x.example")]),
        ("bo@x.example <mailto:bo@x.example>", [(None, "bo@x.example")]),
        ("<<bo@x.example>>", [(None, "bo@x.example")]),
        ("<bo@x.example>, <bo@x.example>", [(None, "bo@x.example")]),
        ("Bo <@a.example,@b.example:bo@x.example>", [("Bo", "bo@x.example")]),
        ('"Bo Berg"@x.example', [(None, '"Bo Berg"@x.example')]),
        ("bo @ x . example", [(None, "bo@x.example")]),
        ("åse@blåbær.example", [(None, "åse@blåbær.example")]),
        ("=?utf-8?B?Qm8gPGJvQHguZXhhbXBsZT4=?=", [("Bo", "bo@x.example")]),
        ("Kontoret: Bo <bo@x.example>, anne@x.example;", [("Bo", "bo@x.example"), (None, "anne@x.example")]),
        ("undisclosed recipients: ;", [("undisclosed recipients", None)]),
        ("<Undisclosed-Recipient:@x.example;>", [("Undisclosed-Recipient:@x.example", None)]),
        ("Byrådet: alle <bo@x.example>", [("Byrådet: alle", "bo@x.example")]),
        ('"Bo <bo@x.example>, anne@x.example', [("Bo", "bo@x.example"), (None, "anne@x.example")]),
        ("Bo (barsel <bo@x.example>", [("Bo (barsel", "bo@x.example")]),
        ("Berg, Bo", [("Berg, Bo", None)]),
        ("Bo Berg, Anne Holm", [("Bo Berg", None), ("Anne Holm", None)]),
        ("█████ <█>", [("█████", None)]),
        (", ,bo@x.example,", [(None, "bo@x.example")]),
        ("<>", []),
    ],
)
def test_participants(raw: str, people: list[Person]) -> None:
    reading = read("From: a@x.example", "To: " + raw)

    assert [(person.name, person.address) for person in headers(reading).to] == people


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("Wed, 3 Mar 2021 14:05:09 +0100", "2021-03-03T14:05:09+01:00"),
        ("Wed, 3 Mar 2021 14:05 +0100", "2021-03-03T14:05+01:00"),
        ("Wed, 3 Mar 2021 14:05:09 -0000", "2021-03-03T14:05:09"),
        ("Wed, 3 Mar 2021 14:05:09", "2021-03-03T14:05:09"),
        ("3 Mar 2021", "2021-03-03"),
        ("Mon, 3 Mar 21 14:05:09 GMT", "2021-03-03T14:05:09+00:00"),
        ("21 Nov 97 09:55:06 EST", "1997-11-21T09:55:06-05:00"),
        ("Wed, 3 Mar 2021 14:05:09 CET", "2021-03-03T14:05:09+01:00"),
        ("Wed, 3 Mar 2021 14:05:09 +0100 (Romance (Normaltid))", "2021-03-03T14:05:09+01:00"),
        ("Wed, 3 (tredje) Mar 2021 14(to): 05:09 +0100", "2021-03-03T14:05:09+01:00"),
        ("Wed, 3 Mar 2021 14:05:09 GMT+01:00", "2021-03-03T14:05:09+01:00"),
        ("Wed, 3 Mar 2021 14:05:09 H0500", "2021-03-03T14:05:09"),
        ("Wed, 3 Mar 2021 2:05:09 PM +0100", "2021-03-03T14:05:09+01:00"),
        ("Wed Mar  3 14:05:09 CET 2021", "2021-03-03T14:05:09+01:00"),
        ("2021-03-03T14:05:09+01:00", "2021-03-03T14:05:09+01:00"),
        ("ons, 03 maj 2021 14.05.09 +0200", "2021-05-03T14:05:09+02:00"),
        ("onsdag den 3. marts 2021 kl. 14.05", "2021-03-03T14:05"),
        ("Mi, 3 Mär 2021 14:05:09 MEZ", "2021-03-03T14:05:09+01:00"),
        ("ven., 5 févr. 2021 10:00:00 +0100", "2021-02-05T10:00:00+01:00"),
        ("Tue, 31 Feb 2021 10:00:00 +0100", None),
        ("Wed, 3 Mar 2021 25:05:09 +0100", None),
        ("Mon, 1 Jan 1601 00:00:00 +0000", None),
        ("Mon, 6 Jun 3609 22:21:22 +0200", None),
        ("Wed, 15 Dec 2010    59:10 -0500", None),
        ("03-04-2021 14:05", None),
        ("i morgen", None),
    ],
)
def test_dates(raw: str, sent: str | None) -> None:
    reading = read("From: a@x.example", "Date: " + raw)

    assert headers(reading).sent == sent
    assert [problem.code for problem in reading.problems] == ([] if sent else ["bad-header"])
    assert f"Date: {raw}" in reading.text


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        ("=?utf-8?Q?Bl=C3?= =?utf-8?Q?=A5b=C3=A6r?=", "Blåbær"),
        ("=?utf-8?B?w6U=?==?utf-8?B?w6Y=?=", "åæ"),
        ("=?utf-8?B?w6?==?utf-8?B?pg==?=", "æ"),
        ("Sag =?utf-8?Q?=C3=A5?= og =?iso-8859-1?Q?=E6?= i dag", "Sag å og æ i dag"),
        ("=?utf-8?Q?Bl=C3=A5?= =?iso-8859-1?Q?b=E6r?=", "Blåbær"),
        ("=?utf-8*da?Q?Bl=C3=A5?=", "Blå"),
        ("=?utf-8?Q?to ord?=", "to ord"),
        ("=?utf-8?B?Qmzl?=", "Blå"),
        ("=?utf-8?Q??= Hej", "Hej"),
        ("=?utf-8?B?*?= Hej", "=?utf-8?B?*?= Hej"),
        ("=?utf-8?Q?uden slut", "=?utf-8?Q?uden slut"),
        (b"Bl\xe5b\xe6r", "Blåbær"),
        ("Blåbær =?iso-8859-1?Q?=E6?=", "Blåbær æ"),
        ("foldet\n \n\tto gange", "foldet to gange"),
    ],
)
def test_encoded_subjects(raw: str | bytes, subject: str) -> None:
    raw = raw if isinstance(raw, bytes) else raw.encode()

    assert headers(read("From: a@x.example", b"Subject: " + raw)).subject == subject


def test_raw_bytes_are_read_by_the_charset_of_the_body() -> None:
    data = "From: a@x.example\nSubject: Привет\n".encode("koi8-r") + REST.replace(b"iso-8859-1", b"koi8-r")
    reading = mail.read(data, "a.eml")

    assert headers(reading).subject == "Привет"
    assert [problem.code for problem in reading.problems] == ["charset-guessed"]


@pytest.mark.parametrize(
    "line",
    [
        b"Message-ID: <\xe6@x.example>",
        b"References: <1@x.example> <\xe6@x.example>",
        b"Subject: =?\xe6?Q?a?=",
        b"Content-Type: text/plain; charset=\xe6",
        b"Content-Type: image/\xe6; name=\xe6",
        b"Content-Transfer-Encoding: \xe6",
        b"Date: \xe6",
        b"From: \xe6 <\xe6@\xe6>",
        b"Reply-To: \xe6",
    ],
)
def test_raw_bytes_anywhere_can_be_stored(line: bytes) -> None:
    reading = mail.read(line + b"\nTo: a@x.example\n" + REST.replace(b"Content-Type", b"X-Type"), "a.eml")

    assert msgspec.json.decode(msgspec.json.encode(reading))["text"] == reading.text


def test_who_else_had_to_do_with_a_mail_is_kept() -> None:
    reading = read(
        "From: bo@x.example",
        "Sender: =?utf-8?Q?=C3=85se?= <aase@x.example>",
        "Resent-From: anne@x.example",
        "Resent-Date: Thu, 4 Mar 2021 08:00:00 +0100",
        "Date: Wed, 3 Mar 2021 14:05:09 +0100",
    )

    assert reading.metadata["sender"] == "Åse <aase@x.example>"
    assert reading.metadata["resent-from"] == "anne@x.example"
    assert reading.metadata["resent-date"] == "Thu, 4 Mar 2021 08:00:00 +0100"
    assert "received" not in reading.metadata


def test_a_mail_without_a_date_says_when_it_arrived_and_not_when_it_was_sent() -> None:
    reading = read(
        "Received: from b.example by c.example; Wed,\n 3 Mar 2021 14:07:00 +0100 (CET)",
        "Received: from a.example by b.example; Wed, 3 Mar 2021 14:05:09 +0100",
        "From: bo@x.example",
    )

    assert headers(reading).sent is None
    assert reading.metadata["received"] == "2021-03-03T14:07:00+01:00"


def test_of_two_subjects_the_first_counts_and_the_other_is_kept() -> None:
    reading = read(
        "From: bo@x.example", "Subject: ", "Subject: Takster", "From: anne@x.example", "Subject: Andre takster"
    )

    assert headers(reading).subject == "Takster"
    assert reading.metadata["subject (others)"] == "Andre takster"
    assert "From: bo@x.example; anne@x.example\n" in reading.text


@pytest.mark.parametrize(
    "value",
    [
        '"' * 30_000,
        "(" * 30_000,
        "<" * 30_000,
        '\\"' * 30_000,
        "a:;" * 30_000,
        "(a" * 20_000 + ")" * 20_000,
        "<a@x>" * 20_000,
        " " * 60_000 + "a@x",
        "=?a?q?" * 20_000,
        "a, " * 30_000,
    ],
)
def test_hostile_lists_are_read_in_reasonable_time(value: str) -> None:
    """Quadratic reading of these takes minutes, and the suite is not run that long."""
    assert headers(read("From: a@x.example", "To: " + value)).subject is None


def test_thousands_of_recipients() -> None:
    people = ", ".join(f"Berg, Bo {number} <bo{number}@x.example>" for number in range(5_000))

    assert len(headers(read("From: a@x.example", "To: " + people)).to) == 5_000
