"""E-mail files: headers, bodies and attachments, sound and broken ones."""

from __future__ import annotations

import base64
from email import policy
from email.message import EmailMessage

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import readers
from corpus.limits import Limits
from corpus.model import Address
from corpus.readers import mail
from corpus.readers.flowed import unflow
from corpus.readers.mail_names import clean_name
from corpus.reading import MailHeaders, Reading
from pipeline.mail.threads import split_thread

HEAD = (
    b"From: Bo Berg <bo@fjordby.example>\r\nTo: anne@lyngsoe.example\r\nSubject: Takster\r\n"
    b"Date: Wed, 3 Mar 2021 14:05:09 +0100\r\nMessage-ID: <1@fjordby.example>\r\nMIME-Version: 1.0\r\n"
)


def message(text: str = "Hej Anne\n") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Åse Bøgh <aase@fjordby.example>"
    made["To"] = '"Holm, Anne" <anne@lyngsoe.example>, Per Dam <per@fjordby.example>'
    made["Cc"] = "bo@fjordby.example"
    made["Subject"] = "SV: Takster på børneområdet"
    made["Date"] = "Wed, 3 Mar 2021 14:05:09 +0100"
    made["Message-ID"] = "<2@fjordby.example>"
    made["In-Reply-To"] = "<1@lyngsoe.example>"
    made["References"] = "<0@lyngsoe.example> <1@lyngsoe.example>"
    made.set_content(text)
    return made


def read(data: bytes | EmailMessage, limits: Limits | None = None) -> Reading:
    data = data if isinstance(data, bytes) else data.as_bytes(policy=policy.SMTP)
    return mail.read(data, "brev.eml", limits or Limits())


def headers(reading: Reading) -> MailHeaders:
    assert reading.mail is not None
    return reading.mail


def body(reading: Reading) -> str:
    return reading.text[headers(reading).end :]


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_headers_are_decoded_and_printed() -> None:
    reading = read(message())

    assert reading.text == (
        "From: Åse Bøgh <aase@fjordby.example>\n"
        'To: "Holm, Anne" <anne@lyngsoe.example>; Per Dam <per@fjordby.example>\n'
        "Cc: bo@fjordby.example\n"
        "Date: Wed, 03 Mar 2021 14:05:09 +0100\n"
        "Subject: SV: Takster på børneområdet\n"
        "\n"
        "Hej Anne\n"
    )
    head = headers(reading)
    assert head.sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert [address.name for address in head.to] == ["Holm, Anne", "Per Dam"]
    assert (head.sent, head.message_id) == ("2021-03-03T14:05:09+01:00", "<2@fjordby.example>")
    assert head.in_reply_to == "<1@lyngsoe.example>"
    assert head.references == ["<0@lyngsoe.example>", "<1@lyngsoe.example>"]
    assert reading.problems == []


def test_attachments_become_children_in_order() -> None:
    made = message()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../etc/bilag å.pdf")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", disposition="inline", cid="<logo>")
    inner = message("indre brev\n")
    made.add_attachment(inner)
    reading = read(made)

    assert [(child.name, child.media_type) for child in reading.children] == [
        ("bilag å.pdf", "application/pdf"),
        ("bilag-2.gif", "image/gif"),
        ("SV Takster på børneområdet.eml", "message/rfc822"),
    ]
    assert reading.children[0].data == b"%PDF-1.7"
    nested = mail.read(reading.children[2].data, reading.children[2].name)
    assert body(nested) == "indre brev\n"
    messages = split_thread(reading)
    assert messages is not None
    assert messages[0].attachments == [0, 1, 2]


def test_children_over_the_limit_are_said_to_be_left_out() -> None:
    made = message()
    for number in range(3):
        made.add_attachment(bytes([number]), maintype="application", subtype="pdf", filename=f"{number}.pdf")
    reading = read(made, Limits(children=2))

    assert len(reading.children) == 2
    assert codes(reading) == ["truncated"]


def test_plain_text_is_preferred_unless_empty_or_a_stub() -> None:
    html = "<p>Kære Anne</p><p>" + "Her er hele brevet med alle tal og takster. " * 20 + "</p>"
    for plain, expected in (
        ("Kære Anne. Kort.\n" * 10, "Kære Anne. Kort."),
        ("\n", "Kære Anne"),
        ("Se HTML\n", "Kære Anne"),
    ):
        made = message(plain)
        made.add_alternative(html, subtype="html")

        assert body(read(made)).splitlines()[0] == expected


def test_pictures_of_an_html_body_are_children() -> None:
    made = message("tekst\n")
    made.add_alternative('<p>tekst <img src="cid:a"></p>', subtype="html")
    html = made.get_payload()[1]  # type: ignore[index]
    html.add_related(b"\x89PNG", "image", "png", cid="<a>")  # type: ignore[union-attr]
    reading = read(made)

    assert body(reading) == "tekst\n"
    assert [child.media_type for child in reading.children] == ["image/png"]


@pytest.mark.parametrize(
    ("charset", "data", "text", "problems"),
    [
        ("utf-8", "Smørrebrød".encode(), "Smørrebrød", []),
        ("iso-8859-1", "Smørrebrød – 5 €".encode("cp1252"), "Smørrebrød – 5 €", []),
        ("utf-16", "Smørrebrød".encode("utf-16"), "Smørrebrød", []),
        ("utf-16", "Smørrebrød".encode(), "Smørrebrød", ["charset-guessed"]),
        ("utf-16le", "Smørrebrød".encode("utf-16-le"), "Smørrebrød", []),
        ("iso-8859-1", "Smørrebrød".encode(), "Smørrebrød", ["charset-guessed"]),
        ("x-ukendt", "Smørrebrød".encode("cp1252"), "Smørrebrød", ["charset-guessed"]),
        ("us-ascii", "Smørrebrød".encode("cp1252"), "Smørrebrød", ["charset-guessed"]),
        ("utf-8", "Smørrebrød".encode("cp1252"), "Smørrebrød", ["charset-guessed"]),
        ("utf-8", "Smørrebrød".encode()[:-2], "SmørrebrÃ", ["charset-guessed"]),
        ("utf-8", "Rødgrød \xe9t".encode("latin-1").replace(b"\xf8", "ø".encode()), "Rødgrød ét", ["charset-guessed"]),
        ("rot13", b"abc", "abc", ["charset-guessed"]),
        ("idna", b"abc", "abc", ["charset-guessed"]),
    ],
)
def test_charsets(charset: str, data: bytes, text: str, problems: list[str]) -> None:
    head = HEAD + f'Content-Type: text/plain; charset="{charset}"\r\n'.encode()
    reading = read(head + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + data)

    assert body(reading) == text + "\n"
    assert codes(reading) == problems


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"=?iso-8859-1?Q?Sm=F8r?= =?iso-8859-1?Q?br=F8d?=", "Smørbrød"),
        (b"=?utf-8?B?U23DuHI=?= og ost", "Smør og ost"),
        (b"=?utf-8?B?U23DuHI?=", "Smør"),
        (b"=?ukendt?Q?Sm=F8r?=", "Smør"),
        ("Smør".encode(), "Smør"),
        ("Smør".encode("cp1252"), "Smør"),
        (b"=?utf-8?B?!!!?=", None),
        (b"foldet\r\n  linje", "foldet linje"),
        (b"styre\x00tegn\x1b[31m", "styre tegn [31m"),
    ],
)
def test_subjects(raw: bytes, subject: str | None) -> None:
    reading = read(HEAD.replace(b"Takster", raw) + b"\r\nHej\r\n")

    assert subject is None or headers(reading).subject == subject
    assert body(reading) == "Hej\n"


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (b"=?utf-8?Q?Holm=2C_Anne?= <anne@lyngsoe.example>", ["Holm, Anne"]),
        (b'"=?utf-8?Q?S=C3=B8ren?= Dam" <s@x.example>', ["Søren Dam"]),
        (b"Bo <bo@x.example>; Anne <a@x.example>", ["Bo", "Anne"]),
        (b"undisclosed-recipients:;", ["undisclosed-recipients"]),
        (b"<<<>>>,,", []),
    ],
)
def test_recipients_of_files(raw: bytes, names: list[str]) -> None:
    reading = read(HEAD.replace(b"anne@lyngsoe.example", raw) + b"\r\nHej\r\n")

    assert [address.name for address in headers(reading).to] == names


MIXED = b"Content-Type: multipart/mixed; boundary=c\r\n\r\n"
PLAIN = b"Content-Type: text/plain\r\n\r\n"
BROKEN = {
    "no-boundary": (b"Content-Type: multipart/mixed\r\n\r\n--b\r\n" + PLAIN + b"Hej\r\n--b--\r\n", "Hej"),
    "boundary-missing": (MIXED + b"Hej uden dele\r\n", "Hej uden dele"),
    "cut-off": (MIXED + b"--c\r\n" + PLAIN + b"Hej og f", "Hej og f"),
    "bad-base64": (b"Content-Transfer-Encoding: base64\r\n\r\nSGVqIEFu*bmU\r\n", "Hej Anne"),
    "no-header-end": (b"dette er ingen header\r\nHej\r\n", "Hej"),
}


@pytest.mark.parametrize(("tail", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_mail_gives_its_text_and_a_problem(tail: bytes, text: str) -> None:
    reading = read(HEAD + tail)

    assert text in body(reading)
    assert set(codes(reading)) & {"damaged-mail", "bad-header"}
    assert headers(reading).subject == "Takster"


def test_a_date_that_is_none_is_a_problem() -> None:
    reading = read(HEAD.replace(b"Wed, 3 Mar 2021 14:05:09 +0100", b"i morgen") + b"\r\nHej\r\n")

    assert headers(reading).sent is None
    assert codes(reading) == ["bad-header"]
    assert "Date: i morgen\n" in reading.text


def test_attached_message_in_base64() -> None:
    inner = base64.encodebytes(HEAD + b"\r\nindre\r\n").replace(b"\n", b"\r\n")
    tail = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + inner
    data = HEAD + b"Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n" + tail + b"--c--\r\n"
    (child,) = read(data).children

    assert body(mail.read(child.data, child.name)) == "indre\n"


def test_flowed_lines_are_joined() -> None:
    text = "En lang \nlinje.\n> citeret \n> videre\nny\n -- stoppet\n-- \nBo\n"

    assert unflow(text) == "En lang linje.\n> citeret videre\nny\n-- stoppet\n-- \nBo\n"
    assert unflow("for \ndelt", delete_space=True) == "fordelt"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Brugere\\bo\\bilag.pdf", "bilag.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_of_attachments_are_safe(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("head", "name", "claimed"),
    [
        (HEAD, "brev.eml", True),
        (HEAD, "uden-navn", True),
        (b"Received: from a\r\n\tby b\r\nReturn-Path: <a@b>\r\nFrom: x\r\n\r\n", "", True),
        (b"\r\n\xef\xbb\xbf" + HEAD, "brev.eml", False),
        (b"\xef\xbb\xbf" + HEAD, "brev.eml", True),
        (b"From bo@x.example Wed Mar  3 14:05:09 2021\r\n" + HEAD, "indbakke.mbox", False),
        (b"From bo@x.example Wed Mar  3 14:05:09 2021\r\n" + HEAD, "brev.eml", True),
        (b"From: Bob <b@x.example>\nX-1: 1\nSubject: A\n\nHi", "1614776709.M1P2.post:2,RS", True),
        (b"From: Bob <b@x.example>\nX-1: 1\nSubject: A\n\nHi", "2021.noter.txt", False),
        (b"From Bo to you: see you at 10:00 in 2021\r\nHej Anne\r\n", "brev.eml", False),
        (b"Fra: Bo\nSendt: 3. marts 2021 14:05\nTil: Anne\nEmne: A\n\nHej", "brev.txt", False),
        (b"From: Bob\nSent: Monday, March 1, 2021 2:05 PM\nTo: Al\nSubject: A\n\nHi", "brev.txt", False),
        (b"From: Bob <b@x.example>\nDate: March 1, 2021\nTo: Al\nSubject: A\n\nHi", "brev.md", False),
        (b"From: Bob <b@x.example>\nDate: Mon, 99 Foo 20240 99:99\nTo: Al\nSubject: A\n\nHi", "brev.eml", True),
        (b"From: Bob <b@x.example>\nDate: i morgen\nTo: Al\nSubject: A\n\nHi", "brev.eml", True),
        (b"From: Bob <b@x.example>\nDate: 3. maj 2024\nSubject: =?utf-8?b?w7h1?=\n\nHi", "brev.eml", True),
        (b"From: Bob <b@x.example>\nX-1: 1\nSubject: A\n\nHi", "brev.eml", True),
        (b"From: Bob <b@x.example>\nDate: March 1, 2021\nTo: Al\nSubject: A\n\nHi", "brev.eml", False),
        (b"From: Bob <b@x.example>\nDate: 3. maj 2024\nTo: Al\nSubject: A\n\nHi", "brev.eml", False),
        (b"From: Bob\nSent: Monday, March 1, 2021 2:05 PM\nTo: Al\nSubject: A\n\nHi", "brev.eml", False),
        (b"%PDF-1.7", "brev.eml", False),
        (b"", "brev.eml", False),
    ],
)
def test_claims(head: bytes, name: str, claimed: bool) -> None:
    assert mail.claims(head, name) is claimed


MBOX_LINE = b"From bo@x.example Wed Mar  3 14:05:09 2021\n"


def test_a_mail_with_the_line_of_an_mbox_is_a_mail() -> None:
    reading = readers.read(MBOX_LINE + HEAD + b"\n>From Bo til Anne\n> Tak\n", "brev.eml")

    assert headers(reading).subject == "Takster"
    assert body(reading) == "From Bo til Anne\n> Tak\n"
    assert codes(reading) == []


@pytest.mark.parametrize(
    "front",
    [
        b"From: a@x.example\nTo: " + b", ".join(b"n%d@x.example" % number for number in range(20_000)) + b"\n",
        b"From: a@x.example\nX-Spam: " + b"\n\tSPAM_RULE_1.5".join([b""] * 10_000) + b"\n",
        b"From: a@x.example\n" + b"".join(b"X-%d: 1\n" % number for number in range(15_000)),
    ],
    ids=["many recipients", "a long header", "many headers"],
)
def test_transport_headers_may_stand_far_down(front: bytes) -> None:
    body_part = (
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(b"Hej Anne") + b"\n"
    )
    reading = readers.read(front + b"Subject: A\nMessage-ID: <1@x.example>\nMIME-Version: 1.0\n" + body_part, "a.eml")

    assert reading.reader == mail.READER
    assert body(reading) == "Hej Anne\n"


def test_a_header_over_the_limit_is_reported() -> None:
    long = b"To: " + b", ".join(b"n%d@x.example" % number for number in range(70_000)) + b"\n"

    assert codes(read(b"From: a@x.example\n" + long + b"Message-ID: <1@x.example>\n\nHej\n")) == ["truncated"]


LINES = st.sampled_from(
    [
        b"From: a@b.example",
        b"Subject: =?utf-8?B?\xff?=",
        b"",
        b"--x",
        b"--x--",
        b"<p>a",
        b"Content-Type: multipart/mixed; boundary=x",
        b"Content-Type: multipart/alternative; boundary=x",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/html; charset=\xff",
        b"Content-Type: text/plain; charset*=utf-8''%FF",
        b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment; filename*0*=x''%E6; filename*1=b",
    ]
)


@given(st.lists(LINES | st.binary(max_size=40), max_size=30))
def test_no_bytes_raise(lines: list[bytes]) -> None:
    reading = read(b"\r\n".join(lines))

    assert 0 <= headers(reading).end <= len(reading.text)
    assert split_thread(reading)
    assert msgspec.json.encode(reading)


def test_a_mail_and_its_quoted_copy_have_one_fingerprint() -> None:
    """Exchange writes its dates in universal time; Outlook quotes them by the reader's clock and without address."""
    text = "Kære Anne\n\nTaksten for klubben bliver sat ned med 100 kr. om måneden fra næste skoleår. Se https://x.example\n"
    original = message(text)
    original.replace_header("Date", "Wed, 3 Mar 2021 13:05:09 +0000")
    quoted = "Tak.\n\nFra: Åse Bøgh\nSendt: 3. marts 2021 14:05\nTil: Holm, Anne\nEmne: Takster\n\n" + text
    answer = message()
    answer.set_content("<p>" + quoted.replace("\n", "<br>") + "</p>", subtype="html")
    alone, thread = split_thread(read(original)), split_thread(read(answer))

    assert alone is not None
    assert thread is not None
    assert [message.quoted for message in thread] == [False, True]
    assert alone[0].fingerprint == thread[1].fingerprint
    assert alone[0].fingerprint != thread[0].fingerprint
