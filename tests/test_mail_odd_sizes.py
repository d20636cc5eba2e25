"""Mails that are deep, wide, signed in one piece, or attached to each other."""

from __future__ import annotations

import pytest

from corpus.readers import mail
from corpus.reading import Reading
from pipeline.extract import extract_bytes
from pipeline.ingest.hints import failure_of

HEAD = b"From: Bo Berg <bo@fjordby.example>\nMessage-ID: <1@fjordby.example>\nMIME-Version: 1.0\n"
SIGNED, ENVELOPED, DATA = (bytes.fromhex("2a864886f70d01070" + digit) for digit in "231")


def body(reading: Reading) -> str:
    assert reading.mail is not None
    return reading.text[reading.mail.end :]


def der(tag: int, *content: bytes) -> bytes:
    """A BER element of definite length."""
    data = b"".join(content)
    size = len(data).to_bytes(4, "big").lstrip(b"\0")
    return bytes([tag]) + (bytes([len(data)]) if len(data) < 128 else bytes([128 + len(size)]) + size) + data


def ber(tag: int, *content: bytes) -> bytes:
    """The same with its end marked instead, as programs write that do not know the length beforehand."""
    return bytes([tag, 128]) + b"".join(content) + b"\0\0"


def smime(data: bytes) -> bytes:
    return HEAD + b"Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: binary\n\n" + data


ENTITY = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + b"Hej Anne\r\n" * 40 + b"--b\r\n"
ENTITY += b"Content-Type: application/pdf; name=bilag.pdf\r\n\r\n%PDF-1.7\r\n--b--\r\n"


@pytest.mark.parametrize("wrap", [der, ber], ids=["lengths", "ends"])
@pytest.mark.parametrize("pieces", [1, 3])
def test_what_is_signed_is_read(wrap: type(der), pieces: int) -> None:  # type: ignore[valid-type]
    step = -(-len(ENTITY) // pieces)
    octets = [der(4, ENTITY[start : start + step]) for start in range(0, len(ENTITY), step)]
    content = octets[0] if pieces == 1 else wrap(0x24, *octets)
    inside = wrap(0x30, der(6, DATA), wrap(0xA0, content))
    signed = wrap(0x30, der(2, b"\1"), der(0x31), inside, der(0x31))
    reading = mail.read(smime(wrap(0x30, der(6, SIGNED), wrap(0xA0, signed))), "a.eml")

    assert body(reading) == "Hej Anne\n" * 40
    assert [child.name for child in reading.children] == ["bilag.pdf"]
    assert reading.problems == []


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (der(0x30, der(6, ENVELOPED), der(0xA0, b"hemmeligt")), ["encrypted-mail"]),
        (der(0x30, der(6, SIGNED), der(0xA0, der(0x30, der(2, b"\1"), der(0x31), der(0x30, der(6, DATA))))), []),
        (der(0x30, der(6, SIGNED))[:-3], []),
        (b"\x30\x80" * 5_000, []),
        (b"", []),
    ],
    ids=["encrypted", "a signature alone", "cut off", "nested", "empty"],
)
def test_what_cannot_be_opened_is_kept(data: bytes, codes: list[str]) -> None:
    reading = mail.read(smime(data), "a.eml")

    assert [child.name for child in reading.children] == ["smime.p7m"]
    assert [problem.code for problem in reading.problems] == codes


def test_a_mail_that_is_encrypted_counts_as_failed() -> None:
    document = extract_bytes(smime(der(0x30, der(6, ENVELOPED), der(0xA0, b"hemmeligt"))), "a.eml")
    failure = failure_of(document, inside=False)

    assert failure is not None
    assert failure.code == "encrypted-mail"


@pytest.mark.parametrize("depth", [101, 3_000])
def test_parts_nested_too_deep_are_said_to_be(depth: int) -> None:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    reading = mail.read(HEAD + parts + b"\nHej\n", "a.eml")

    assert "too-deep" in [problem.code for problem in reading.problems]
    assert reading.mail is not None
    assert reading.mail.message_id == "<1@fjordby.example>"


def test_mails_in_mails_are_taken_out_one_by_one() -> None:
    data = HEAD + b"\nHej\n"
    for _ in range(50):
        data = HEAD + b"Content-Type: message/rfc822; name=indre.eml\n\n" + data
    for _ in range(50):
        (child,) = mail.read(data, "a.eml").children
        data = child.data

    assert data == HEAD + b"\nHej\n"


def test_thousands_of_parts() -> None:
    part = b"--b\nContent-Type: image/png; name=logo.png\n\nx\n"
    reading = mail.read(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 3_000 + b"--b--\n", "a.eml")

    assert len(reading.children) == 3_000
    assert reading.problems == []


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_an_attached_mail_has_the_bytes_that_it_was_sent_with(line_end: bytes) -> None:
    """So that it is one content with the mail itself, wherever that lies."""
    long = b"Subject: " + b"En meget lang linje, som intet program ombryder, " * 5 + b"\n foldet\n"
    parts = b"--i\nContent-Type: text/plain; charset=iso-8859-1\n\nBl\xe5b\xe6r\n\n--i\n\nTo\n--i--\n"
    inner = HEAD + long + b"Content-Type: multipart/mixed; boundary=i\n\nForord om MIME\n" + parts
    outer = HEAD + b"Content-Type: multipart/mixed; boundary=o\n\n--o\n\nHej\n--o\nContent-Type: message/rfc822\n\n"
    data = (outer + inner + b"\n--o--\n").replace(b"\n", line_end)
    (child,) = mail.read(data, "a.eml").children

    assert child.data == inner.replace(b"\n", line_end)
