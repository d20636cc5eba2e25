"""Odd and broken e-mail files: each gives a document; every text and attachment in it is in a part or a child."""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

import pytest

from corpus.model import Document
from pipeline.extract import extract_bytes

ADDRESSED = "From: Bo Berg <bo@fjordby.example>\nTo: anne@lyngsoe.example\nSubject: Takster\n"
HEAD = ADDRESSED + "Date: Wed, 3 Mar 2021 14:05:09 +0100\nMessage-ID: <1@fjordby.example>\nMIME-Version: 1.0\n"
MIXED = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n"
TEXT = "Content-Type: text/plain; charset=utf-8\n\n"
PDF = "Content-Type: application/pdf; name=bilag.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjcK\n"
END = "\n--b--\n"


def mixed(*parts: str) -> str:
    return MIXED + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"


def encoded(name: str, body: str, kind: str = "text/plain; charset=utf-8") -> str:
    return HEAD + f"Content-Type: {kind}\nContent-Transfer-Encoding: {name}\n\n{body}\n"


def attached(headers: str, data: str = "aW5kaG9sZA==") -> str:
    return mixed(TEXT + "Se bilag.", f"{headers}\nContent-Transfer-Encoding: base64\n\n{data}")


class Odd(NamedTuple):
    """``text``: the body; ``children``: what each child's name and text are; ``codes``: the mail's own problems."""

    mail: str | bytes
    text: str
    children: dict[str, str] = {}
    codes: list[str] = []


INNER = ADDRESSED.replace("Takster", "Indre") + "\nindre brev\n"
REPORT = MIXED.replace("multipart/mixed", "multipart/report; report-type=delivery-status")
STATUS = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n\n"
STATUS += (
    "Final-Recipient: rfc822; x@a.example\nAction: failed\n\nFinal-Recipient: rfc822; y@a.example\nAction: failed\n"
)
UU = "begin 644 notat.txt\n" + binascii.b2a_uu(b"uu-indhold").decode() + "`\nend\n"
LONG = [f"Skolen koster {number} mio. kr. i alt i 2026 ~~~~~~\n" for number in range(1, 5)]
UU_LINES = [binascii.b2a_uu(line.encode()).decode() for line in LONG]

TRANSFER = {
    "7-bit": Odd(encoded("7-bit", "Blåbær"), "Blåbær"),
    "8bits": Odd(encoded("8bits", "Blåbær"), "Blåbær"),
    "the type in its place": Odd(encoded("text/plain", "Blåbær"), "Blåbær"),
    "nothing": Odd(encoded("", "Blåbær"), "Blåbær"),
    "a blank for the hyphen": Odd(encoded("quoted printable", "Bl=C3=A5b=\n=C3=A6r"), "Blåbær"),
    "a semicolon behind it": Odd(encoded("quoted-printable;", "Bl=C3=A5b=C3=A6r"), "Blåbær"),
    "capitals and a comment": Odd(encoded("BASE64 (sic)", "QmzDpWLDpnI="), "Blåbær"),
    "unknown": Odd(encoded("x-hemmelig", "Blåbær"), "Blåbær", codes=["damaged-mail"]),
    "yenc is not undone": Odd(encoded("yenc", "=ybegin"), "=ybegin", codes=["damaged-mail"]),
    "soft breaks with blanks": Odd(encoded("quoted-printable", "et ord = \t\nog et til=\n"), "et ord og et til"),
    "broken escapes": Odd(encoded("quoted-printable", "100 =XZ =e6 = 5"), "100 =XZ æ = 5", codes=["charset-guessed"]),
    "base64 without padding": Odd(encoded("base64", "SGVqIEFubm"), "Hej Ann", codes=["damaged-mail"]),
    "base64 with garbage": Odd(encoded("base64", "SGVq*IEFu!bmU="), "Hej Anne", codes=["damaged-mail"]),
    "text that is called base64": Odd(
        encoded("base64", "Kære Anne\nSkolen koster 3 mio. kr.\nHilsen Bo"),
        "Kære Anne\nSkolen koster 3 mio. kr.\nHilsen Bo",
        codes=["damaged-mail"],
    ),
    "base64 that is not called so": Odd(
        HEAD + TEXT + base64.encodebytes("".join(LONG).encode()).decode(),
        "".join(LONG).rstrip(),
        codes=["damaged-mail"],
    ),
    "one word like base64 is none": Odd(HEAD + TEXT + "A" * 76 + "\n" + "B" * 76, "A" * 76 + "\n" + "B" * 76),
    "base64 in pieces": Odd(encoded("base64", "SGVqIA==\nQW5uZQ=="), "Hej Anne"),
    "a footer behind base64": Odd(
        encoded("base64", "SGVqIEFubmU=\n-- \nlisten@a.example er åben"),
        "Hej Anne\n-- \nlisten@a.example er åben",
        codes=["damaged-mail"],
    ),
    "uuencoded": Odd(encoded("x-uuencode", UU), "uu-indhold"),
    "a uuencoded file in the text": Odd(
        HEAD + "\nSe notatet.\n\n" + UU + "\nHilsen Bo\n", "Se notatet.\n\n\nHilsen Bo", {"notat.txt": "uu-indhold"}
    ),
    "a uuencoded file that breaks off": Odd(
        HEAD + "\nSe notatet.\n\nbegin 644 notat.txt\n" + "".join(UU_LINES) + UU_LINES[0][:31],
        "Se notatet.",
        {"notat.txt": "".join(LONG).rstrip()},
        codes=["damaged-mail"],
    ),
    "begin is a word, too": Odd(HEAD + "\nbegin 644 forfra\nikke kode\nend\n", "begin 644 forfra\nikke kode\nend"),
}

BOUNDARIES = {
    "one begins as the other": Odd(
        MIXED
        + f"--b\nContent-Type: multipart/alternative; boundary=b_alt\n\n--b_alt\n{TEXT}Hej\n--b_alt--\n--b\n{PDF}{END}",
        "Hej",
        {"bilag.pdf": ""},
    ),
    "in quotation marks, with blanks": Odd(
        HEAD
        + f'Content-Type: multipart/mixed;\n Boundary="==_ _= 6(1)"\n\n--==_ _= 6(1)\n{TEXT}Hej\n--==_ _= 6(1)--\n',
        "Hej",
    ),
    "unquoted and illegal": Odd(
        HEAD + f"Content-Type: multipart/mixed; boundary=--=_N:1\n\n----=_N:1\n{TEXT}Hej\n----=_N:1--\n", "Hej"
    ),
    "not ascii": Odd(
        HEAD
        + f'Content-Type: multipart/mixed; boundary="skel-å"\n\n--skel-å\n{TEXT}Hej\n--skel-å\n{PDF}\n--skel-å--\n',
        "Hej",
        {"bilag.pdf": ""},
        ["damaged-mail", "damaged-mail"],
    ),
    "announced wrong": Odd(
        HEAD + f"Content-Type: multipart/mixed; boundary=x\n\n--y\n{TEXT}Hej\n--y--\n",
        "Hej",
        codes=["damaged-mail"] * 2,
    ),
    "never closed": Odd(MIXED + f"--b\n{TEXT}Hej og f", "Hej og f", codes=["damaged-mail"]),
    "never opened": Odd(MIXED + "Hej uden dele\n", "Hej uden dele", codes=["damaged-mail"]),
    "closed too early": Odd(MIXED + f"--b\n{TEXT}Hej\n--b--\n--b\n{PDF}{END}", "Hej", {"bilag.pdf": ""}),
    "the same twice": Odd(
        MIXED
        + f"--b\nContent-Type: multipart/alternative; boundary=b\n\n--b\n{TEXT}Hej\n--b\n"
        + f"Content-Type: text/html\n\n<p>Hej</p>\n--b--\n\n--b\n{PDF}{END}",
        "Hej",
        {"bilag.pdf": ""},
    ),
    "the usual notice": Odd(MIXED + f"This is a multi-part message in MIME format.\n\n--b\n{TEXT}Hej{END}", "Hej"),
    "text in front and behind": Odd(
        MIXED + f"Foran stod dette.\n\n--b\n{TEXT}Hej{END}Bagved stod dette.\n",
        "Hej",
        {"uden-for-delene-1.txt": "Foran stod dette.", "uden-for-delene-2.txt": "Bagved stod dette."},
        ["hidden-text", "hidden-text"],
    ),
    "no body at all": Odd(MIXED, "", codes=["damaged-mail"]),
    "empty parts": Odd(mixed("", TEXT, TEXT + "Hej"), "Hej"),
}

HEADERS = {
    "a line that is none": Odd(
        ADDRESSED.replace("Subject", "helt uden for Delivered-To: x\nSubject") + "Message-ID: <1@a.example>\n\nHej\n",
        "Hej",
        codes=["bad-header"],
    ),
    "blank lines among them": Odd(
        f"Message-ID: <1@a.example>\nMIME-Version: 1.0\n\n   \n\n{ADDRESSED}Content-Type: text/html\n\n<p>Hej</p>\n",
        "Hej",
        codes=["bad-header"],
    ),
    "blanks before the colon": Odd(HEAD.replace(":", "  :", 3) + "\nHej\n", "Hej", codes=["bad-header"]),
    "a part's parameter not indented": Odd(
        mixed(TEXT + "Hej", PDF.replace("; name", ";\nname")), "Hej", {"bilag.pdf": ""}, ["bad-header"]
    ),
    "no blank line before the body": Odd(HEAD + "Hej Anne\nTak.\n", "Hej Anne\nTak.", codes=["bad-header"]),
    "a part that has none": Odd(MIXED + "--b\nHej uden headers\n" + END, "Hej uden headers", codes=["bad-header"]),
    "two types": Odd(mixed(TEXT + "Hej").replace("\n\n--b", "\nContent-Type: text/plain\n\n--b", 1), "Hej"),
    "a type with more behind it": Odd(
        HEAD + "Content-Type: text/html Content-Transfer-Encoding: 8bit\\r\\n\n\n<p>Hej</p>\n", "Hej"
    ),
    "nul and control bytes": Odd(HEAD.encode() + b"X-A: \0\x01\n\nHej\0 Anne\n", "Hej\0 Anne"),
    "lone carriage returns": Odd((HEAD + "\nHej\nAnne\n").replace("\n", "\r"), "Hej\nAnne"),
    "mixed line ends": Odd(HEAD.replace("\n", "\r\n", 3) + "\nHej\r\nAnne\rTak\n", "Hej\nAnne\nTak"),
    "a byte order mark": Odd(b"\xef\xbb\xbf" + (HEAD + "\nHej\n").encode(), "Hej"),
    "utf-16": Odd((HEAD + "\nHej Åse\n").encode("utf-16"), "Hej Åse"),
    "the line of an mbox": Odd(f"From bo@a.example Wed Mar  3 14:05:09 2021\n{HEAD}\nHej\n", "Hej"),
    "nothing but a type": Odd("Content-Type: text/html\n\n<p>Hej</p>\n", "Hej"),
    "nothing but an encoded subject": Odd("Subject: =?utf-8?Q?Bl=C3=A5?=\n\nHej\n", "Hej"),
}

ATTACHMENTS = {
    "two names": Odd(
        attached('Content-Type: text/x-a; name="a.txt"\nContent-Disposition: attachment; filename="b.txt"'),
        "Se bilag.",
        {"b.txt": "indhold"},
    ),
    "a name in the type only": Odd(attached('Content-Type: text/x-a; name="a.txt"'), "Se bilag.", {"a.txt": "indhold"}),
    "a place for a name": Odd(
        attached("Content-Type: image/x\nContent-Location: http://a.example/b/foto.txt"),
        "Se bilag.",
        {"foto.txt": "indhold"},
    ),
    "no name": Odd(
        attached("Content-Type: text/x-a\nContent-Disposition: attachment;"), "Se bilag.", {"bilag-1.txt": "indhold"}
    ),
    "unquoted with blanks": Odd(
        attached("Content-Type: text/x-a\nContent-Disposition: attachment; filename=Det er en.txt"),
        "Se bilag.",
        {"Det er en.txt": "indhold"},
    ),
    "an unclosed quotation mark": Odd(
        attached('Content-Type: text/x-a\nContent-Disposition: attachment; filename="a.txt'),
        "Se bilag.",
        {"a.txt": "indhold"},
    ),
    "encoded in quotation marks": Odd(
        attached('Content-Type: text/x-a; name="=?utf-8?Q?bl=C3=A5?=\n =?utf-8?Q?b=C3=A6r.txt?="'),
        "Se bilag.",
        {"blåbær.txt": "indhold"},
    ),
    "encoded and unquoted": Odd(
        attached("Content-Type: text/x-a; name==?utf-8?B?Ymzlci50eHQ=?="), "Se bilag.", {"blår.txt": "indhold"}
    ),
    "continued": Odd(
        attached(
            "Content-Type: text/x-a\nContent-Disposition: attachment; filename*0*=utf-8''bl%C3%A5;\n filename*1=b.txt"
        ),
        "Se bilag.",
        {"blåb.txt": "indhold"},
    ),
    "raw bytes": Odd(attached('Content-Type: text/x-a; name="blåbær.txt"'), "Se bilag.", {"blåbær.txt": "indhold"}),
    "an odd disposition": Odd(encoded("8bit", "Hej").replace("\n\n", "\nContent-Disposition: =?x?Q?y?=\n\n"), "Hej"),
    "before the body": Odd(mixed(PDF, TEXT + "Hej"), "Hej", {"bilag.pdf": ""}),
    "between two bodies": Odd(mixed(TEXT + "Før", PDF, TEXT + "Efter"), "Før\n\nEfter", {"bilag.pdf": ""}),
    "nothing else": Odd(HEAD + PDF, "", {"bilag.pdf": ""}),
}

ELSEWHERE = 'Content-Type: message/external-body; access-type=URL;\n URL="https://a.example/b"\n\nContent-Type: x/y'
FORK = "Content-Type: application/applefile\n\ngaffel"
ENVELOPE = "Content-Type: application/octet-stream; name=a.asc\n\nkode"
BESIDE = (
    f"Content-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: text/html\n\n<p>Hej</p>\n--c\n{TEXT}Bund\n--c--"
)

NESTED = {
    "a bounce": Odd(
        REPORT + f"--b\n{TEXT}Kunne ikke afleveres.\n--b\n{STATUS}\n--b\nContent-Type: message/rfc822\n\n{INNER}{END}",
        "Kunne ikke afleveres.",
        {"bilag-1.txt": STATUS.partition("\n\n")[2].strip(), "Indre.eml": "indre brev"},
    ),
    "a bounce with headers alone": Odd(
        REPORT + f"--b\n{TEXT}Afvist.\n--b\nContent-Type: text/rfc822-headers\n\n{HEAD}{END}",
        "Afvist.",
        {"bilag-1.eml": ""},
    ),
    "attached in base64": Odd(
        mixed(
            TEXT + "Hej",
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(INNER.encode()).decode(),
        ),
        "Hej",
        {"bilag-1.eml": "indre brev"},
    ),
    "attached in quoted-printable": Odd(
        mixed(
            TEXT + "Hej",
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n" + INNER + "bl=\n=C3=A5\n",
        ),
        "Hej",
        {"Indre.eml": "indre brev\nblå"},
    ),
    "attached and no mail": Odd(
        mixed(TEXT + "Hej", 'Content-Type: message/rfc822; name="brudt.eml"\n\nikke et brev\n'),
        "Hej",
        {"brudt.eml": "ikke et brev"},
    ),
    "a piece of a mail": Odd(
        HEAD + f"Content-Type: message/partial; number=2; total=3; id=a\n\n{INNER}",
        "",
        {"Indre.eml": "indre brev"},
        ["damaged-mail"],
    ),
    "an attachment elsewhere": Odd(mixed(TEXT + "Hej", ELSEWHERE), "Hej", {"bilag-1.txt": ELSEWHERE}, ["damaged-mail"]),
    "an invitation": Odd(
        mixed(TEXT + "Kom til møde", "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nSUMMARY:Møde\n"),
        "Kom til møde",
        {"bilag-1.ics": "BEGIN:VCALENDAR\nSUMMARY:Møde"},
    ),
    "signed": Odd(
        mixed(TEXT + "Hej", "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMII=\n"),
        "Hej",
        {"smime.p7s": "MII="},
    ),
    "a resource fork": Odd(
        mixed(f"Content-Type: multipart/appledouble; boundary=c\n\n--c\n{FORK}\n--c\n{PDF}\n--c--"),
        "",
        {"bilag-1.bin": "gaffel", "bilag.pdf": ""},
    ),
    "a second text beside an alternative": Odd(
        HEAD + f"Content-Type: multipart/alternative; boundary=b\n\n--b\n{TEXT}Hej\n--b\n{BESIDE}{END}", "Hej\n\nBund"
    ),
    "enriched text": Odd(
        HEAD + "Content-Type: text/enriched\n\n<bold>Hej</bold>\nAnne <<3\n\n<param>red</param>Tak\n",
        "Hej Anne <3\nTak",
    ),
    "html for phones": Odd(HEAD + "Content-Type: text/x-amp-html\n\n<p>Hej</p>\n", "Hej"),
    "rich text": Odd(HEAD + "Content-Type: text/rtf\n\n{\\rtf1\\ansi Hej Anne\\par}\n", "Hej Anne"),
    "encrypted with pgp": Odd(
        mixed("Content-Type: application/pgp-encrypted\n\nVersion: 1", ENVELOPE).replace("mixed", "encrypted"),
        "",
        {"bilag-1.bin": "Version: 1", "a.asc": "kode"},
        ["encrypted-mail"],
    ),
    "encrypted in the text": Odd(
        HEAD + "\n-----BEGIN PGP MESSAGE-----\nabc\n", "-----BEGIN PGP MESSAGE-----\nabc", codes=["encrypted-mail"]
    ),
}


def body(document: Document) -> str:
    """The text behind the headers that the reader prints, if it prints any."""
    text = "".join(part.text for part in document.parts)
    start = document.parts[0].body_start if document.parts else 0
    return text[start:].strip("\n") if document.reader.startswith("mail/") else text.strip("\n")


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(odd, id=f"{group}: {name}")
        for group, table in {
            "encoding": TRANSFER,
            "boundary": BOUNDARIES,
            "header": HEADERS,
            "attachment": ATTACHMENTS,
            "nested": NESTED,
        }.items()
        for name, odd in table.items()
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_an_odd_mail_gives_all_that_it_holds(odd: Odd, line_end: str) -> None:
    data = odd.mail if isinstance(odd.mail, bytes) else odd.mail.encode()
    if line_end != "\n" and b"\r" not in data and not data.startswith(b"\xff\xfe"):
        data = data.replace(b"\n", line_end.encode())
    document = extract_bytes(data, "brev.eml")

    assert document.reader.startswith("mail/")
    assert body(document) == odd.text
    assert {child.name: body(child) for child in document.children} == odd.children
    assert [problem.code for problem in document.problems] == odd.codes


@pytest.mark.parametrize("end", ["", "\n", "Content-Type: text/plain\n\n \n"])
def test_a_mail_of_which_nothing_is_left_says_so(end: str) -> None:
    received = "Return-Path: <bo@fjordby.example>\nReceived: from a.example\n by b.example with SMTP; Wed, 3 Mar 2021\n"
    document = extract_bytes((received + end).encode(), "brev.eml")

    assert [problem.code for problem in document.problems] == ["empty-file"]
