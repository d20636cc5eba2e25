"""Whatever the text, nothing is lost and every record stands where it says."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.limits import Limits
from corpus.model import Date, Document, Identifier
from corpus.normalise import normalise
from corpus.reading import Child
from pipeline.extract import Options, extract_bytes, member_names
from pipeline.ingest.quotes import quotes

PIECES = st.sampled_from(
    [
        "Fra: Bo Holm <bo@fjordby.example>\nSendt: 3. maj 2024 10:12\nTil: Ida Lund\nEmne: Budget\n\n",
        "**Fra:** Bo Holm  \n**Sendt:** 4. maj 2024 10:12  \n**Til:** Ida  \n**Emne:** SV: Budget\n\n",
        "Den 1. maj 2024 kl. 10.12 skrev Bo Holm <bo@fjordby.example>:\n> Ja, 2 mio. kr.\n",
        "Nr. SKU12\nOverskrift\nFærre vikarer\nUdvalg Skoleudvalget\n",
        "Beløb i 1.000 kr.\n2023-priser\n2023 2024 2025 2026\nBesparelse -206 -413 -413 -413\n",
        "1. Resumé\nSkoleudvalget besluttede at spare 1,5-2 mio. kr. og 2,5 årsværk i 2024.\n",
        "Punkt 3. Budgetopfølgning\nBeslutning:\nGodkendt.\n",
        "CPR 010190-1234, tlf. 33 12 34 56, § 17, stk. 4 og sagsnr. 2020-0012345.\n",
        "31. februar 2020, 1.23.4 kr., (−12.345,50 kr.), 7 %\n",
        "\n\n",
        "æøå ÅÆØ ½ é \u00ad\u200b\ufeff\t",
        "\f",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=12).map("".join)


def assert_sound(document: Document) -> None:
    assert "stage-failed" not in {problem.code for problem in document.problems}, document.problems
    for record in document.records:
        part = document.parts[record.part]
        assert part.text[record.start : record.end] == record.text
        assert record.text
    for left in document.unclaimed_numbers:
        assert document.parts[left.part].text[left.start : left.end] == left.text


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_character_is_in_exactly_one_part_and_every_record_at_its_span(text: str) -> None:
    document = extract_bytes(text.encode("utf-8", "ignore"), "a.txt", Options(show_identifiers=True))

    if any(problem.code in {"unknown-format", "empty-file"} for problem in document.problems):
        assert document.parts == [] or "".join(part.text for part in document.parts).strip() == ""
    else:
        assert "".join(part.text for part in document.parts) == normalise(text.encode("utf-8", "ignore").decode())
    assert_sound(document)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_masking_changes_no_length(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    plain = extract_bytes(data, "a.txt", Options(show_identifiers=True))
    masked = extract_bytes(data, "a.txt")

    assert [len(part.text) for part in masked.parts] == [len(part.text) for part in plain.parts]
    assert_sound(masked)


def test_a_cpr_number_is_nowhere_in_the_output() -> None:
    text = "Emne: Sag om 010190-1234\n\nBorgeren (cpr. 010190 1234, 0101901234) fik 2.500 kr. den 3. maj 2024.\n"
    printed = msgspec.json.encode(extract_bytes(text.encode(), "a.txt")).decode()

    assert "1234" not in printed
    assert "010190-xxxx" in printed


def test_a_cpr_number_is_shown_to_who_asks_for_it() -> None:
    document = extract_bytes(b"Borgeren, CPR 010190-1234, klager.", "a.txt", Options(show_identifiers=True))

    assert [record.value for record in document.records if isinstance(record, Identifier)] == ["010190-1234"]


def test_a_short_date_is_read_against_the_date_that_the_caller_gives() -> None:
    text = b"Svar senest den 3. maj."
    without = extract_bytes(text, "a.txt")
    document = extract_bytes(text, "a.txt", Options(document_date=dt.date(2024, 4, 1)))

    assert [problem.code for problem in without.problems] == ["date-refused"]
    assert [record.first for record in document.records if isinstance(record, Date)] == [dt.date(2024, 5, 3)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"  \n\n ", "empty-file"),
        (b"%PDF-1.7\nnothing of the kind", "unreadable"),
        (b"\x00\x01\x02\x03" * 50, "unknown-format"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_no_exception(data: bytes, code: str) -> None:
    document = extract_bytes(data, "a.bin")

    assert [problem.code for problem in document.problems] == [code]
    assert document.records == []


@pytest.mark.parametrize("blank", ["\u2028", "\v", "\u3000"])
def test_a_quoted_line_of_unusual_blanks_costs_no_quotation(blank: str) -> None:
    text = f"Rammen er på 3 mio. kr. i alt\n> {blank}\nog den deles i to\n"
    document = extract_bytes(text.encode(), "svar.txt")
    assert_sound(document)
    assert [quote.text[quote.start : quote.end] for quote in quotes(document.parts, document.records)] == ["3 mio. kr."]


def mail(body: bytes, content_type: str = "text/plain") -> bytes:
    """An .eml file around a body."""
    head = (
        "Message-ID: <1@fjordby.example>\nMIME-Version: 1.0\nFrom: Bo <bo@fjordby.example>\n"
        f"Date: Fri, 3 May 2024 10:12:00 +0200\nSubject: Bilag\nContent-Type: {content_type}\n\n"
    )
    return head.encode() + body


def test_attachments_are_children_with_names_of_their_own() -> None:
    text = b"--x\nContent-Type: text/plain\n\nSe bilag.\n"
    head = b'--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="bilag.txt"\n\n'
    body = text + head + b"Bilag 1: 5 mio. kr.\n" + head + b"Bilag 2: 7 mio. kr.\n--x--\n"
    document = extract_bytes(mail(body, 'multipart/mixed; boundary="x"'), "brev.eml")

    assert [child.path for child in document.children] == ["brev.eml!bilag.txt", "brev.eml!bilag (2).txt"]
    assert [child.name for child in document.children] == ["bilag.txt", "bilag.txt"]
    assert [len(child.records) for child in document.children] == [1, 1]


def test_containers_nested_too_deep_are_said_and_not_followed() -> None:
    inner = mail(b"Hej.\n")
    for level in range(4):
        body = f"--b{level}\nContent-Type: message/rfc822\n\n".encode() + inner + f"\n--b{level}--\n".encode()
        inner = mail(body, f'multipart/mixed; boundary="b{level}"')
    document = extract_bytes(inner, "a.eml", limits=Limits(depth=2))

    deepest = document.children[0].children[0]
    assert [problem.code for problem in deepest.problems] == ["too-deep"]
    assert deepest.children == []


def test_two_members_of_one_name_get_two_paths() -> None:
    children = [Child(name=name, media_type="a/b", data=b"") for name in ("a.pdf", "a.pdf", "a (2).pdf", "a.pdf")]

    assert member_names(children) == ["a.pdf", "a (2).pdf", "a (2) (2).pdf", "a (3).pdf"]
