"""PDFs with loops, pages without size, bombs of entities, mails without end: read or told, in the time of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import hostile_files as hostile
import pytest
from test_hostile_patterns import limited

from corpus.model import Amount, Document
from corpus.options import ReadOptions
from corpus.readers import read
from pipeline.extract import extract_bytes
from pipeline.ingest.hints import failure_of

AMOUNT = "3 mio. kr."
BLANKS = " " * 40_000


def documents(document: Document) -> list[Document]:
    return [document, *(inner for child in document.children for inner in documents(child))]


def text_of(document: Document) -> str:
    return "".join(part.text for found in documents(document) for part in found.parts)


@pytest.mark.parametrize(
    "make",
    [
        hostile.page_tree_loop,
        lambda: hostile.deep_page_tree(20),
        hostile.outline_loop,
        lambda: hostile.forms_of_forms(4),
        lambda: hostile.huge_page("14400"),
        lambda: hostile.huge_page("1000000000"),
        hostile.metadata_laughs,
        lambda: hostile.form_loop().replace(b"/X Do /X Do", b"/X Do      "),
    ],
)
def test_a_pdf_that_goes_around_is_read_once(make: Callable[[], bytes]) -> None:
    with limited(20.0):
        document = extract_bytes(make(), "ring.pdf")

    assert AMOUNT in text_of(document)
    assert "stage-failed" not in {told.code for told in document.problems}


@pytest.mark.parametrize(
    "make",
    [lambda: hostile.deep_page_tree(2_000), lambda: hostile.pdf_bomb(20_000_000), lambda: hostile.huge_page("0")],
)
def test_a_pdf_that_cannot_be_read_says_so(make: Callable[[], bytes]) -> None:
    with limited(60.0):
        document = extract_bytes(make(), "bombe.pdf")

    assert AMOUNT in text_of(document) or document.problems
    assert "stage-failed" not in {told.code for told in document.problems}


@pytest.mark.parametrize(
    ("make", "page"),
    [
        (lambda: hostile.packed_page(hostile.bitten), 1),
        (lambda: hostile.packed_page(hostile.mangled), 1),
        (lambda: hostile.packed_page(lambda packed: packed[:-40]), 1),
        (lambda: hostile.page_without("/Contents 99 0 R"), 2),
        (lambda: hostile.page_without("/Contents 7 0 R", "8 0 R", "7 0 R"), 2),
        (lambda: hostile.unnamed_letters("Takst 1.357 kr."), 1),
    ],
)
def test_a_page_that_loses_words_says_so(make: Callable[[], bytes], page: int) -> None:
    document = extract_bytes(make(), "skadet.pdf")

    told = [told for told in document.problems if told.code == "unread-text"]
    assert [each.page for each in told] == [page]
    assert f"page {page}" in told[0].message


@pytest.mark.parametrize(
    "make",
    [
        hostile.packed_page,
        lambda: hostile.packed_page(lambda packed: packed[:-4]),
        lambda: hostile.page_without(""),
        lambda: hostile.page_without("/Contents 6 0 R"),
    ],
)
def test_a_page_that_is_whole_or_blank_is_told_nothing_of(make: Callable[[], bytes]) -> None:
    document = extract_bytes(make(), "hel.pdf")

    assert "kr." in text_of(document)
    assert document.problems == []


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("further", [("5 0 R",), ("6 0 R", "5 0 R")])
@pytest.mark.parametrize(
    ("named", "by"),
    [
        ("/Font << ", "/Font << /F9 5 0 R "),
        ("/Contents", "/Rotate 5 0 R /Contents"),
        ("/Resources", "/Group 5 0 R /Resources"),
    ],
)
def test_objects_that_only_name_each_other_end(
    named: str, by: str, further: tuple[str, ...], engine: Literal["pdfium", "pdfplumber"]
) -> None:
    page = hostile.PAGE.replace(named, by)
    data = hostile.pdf(hostile.CATALOG, hostile.PAGES, page, hostile.stream(hostile.SHOWN), *further)
    with limited(10.0):
        found = read(data, "ring.pdf", options=ReadOptions(pdf_engine=engine))
    assert "kr." in found.text


@pytest.mark.parametrize("catalog", ["1 0 R", "<< /Type /Catalog /Pages 5 0 R >>"])
def test_a_catalogue_that_only_names_itself_is_read_by_the_other_engine(catalog: str) -> None:
    data = hostile.pdf(catalog, hostile.PAGES, hostile.PAGE, hostile.stream(hostile.SHOWN), "5 0 R")
    with limited(10.0):
        document = extract_bytes(data, "ring.pdf")
    assert [told.code for told in document.problems] == ["other-engine"]


def test_very_many_streams_that_do_not_unpack_take_no_more_time_each() -> None:
    with limited(10.0):
        document = extract_bytes(hostile.broken_streams(100_000), "skadet.pdf")

    assert "kr." in text_of(document)
    assert "unread-text" in {told.code for told in document.problems}


def test_letters_without_a_name_are_no_figures() -> None:
    document = extract_bytes(hostile.unnamed_letters("1.357.000 kr. 2.468.000 kr."), "uden-navn.pdf")

    assert [record.text for record in document.records if isinstance(record, Amount)] == [AMOUNT]
    assert "\ufffd" in text_of(document)


def test_entities_are_not_unfolded() -> None:
    with limited(10.0):
        document = extract_bytes(hostile.html_laughs(), "takster.html")

    assert "Takster" in text_of(document)
    assert len(text_of(document)) < 1_000


def test_a_letter_with_very_many_marks_is_read() -> None:
    with limited(20.0):
        document = extract_bytes(hostile.marks(400_000), "mærker.html")

    assert AMOUNT in text_of(document)


@pytest.mark.parametrize(
    ("make", "code"), [(lambda: hostile.deep_mime(300), "too-deep"), (lambda: hostile.deep_messages(30), "too-deep")]
)
def test_a_mail_in_a_mail_without_end_is_told(make: Callable[[], bytes], code: str) -> None:
    with limited(20.0):
        document = extract_bytes(make(), "dyb.eml")

    assert code in {told.code for found in documents(document) for told in found.problems}


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (hostile.called_base64, "a.eml"),
        (hostile.not_called_base64, "a.eml"),
        (hostile.called_utf_16, "a.eml"),
        (hostile.cut_within_a_letter, "a.txt"),
    ],
)
def test_words_whose_encoding_is_a_lie_are_read_and_told(make: Callable[[], bytes], name: str) -> None:
    document = extract_bytes(make(), name)

    assert "Svømmehallen koster 3 mio. kr. på et år.\nHilsen Bo" in text_of(document)
    assert {"damaged-mail", "charset-guessed"} & {told.code for told in document.problems}


def test_headers_and_addresses_without_end() -> None:
    headers = b"".join(b"X-%d: a\n" % number for number in range(50_000))
    people = b"Cc: " + b",\n ".join(b"Bo Berg <bo%d@fjordby.example>" % number for number in range(20_000)) + b"\n"
    blanks = b"Reply-To: " + b" " * 300_000 + b"\n  x\n"
    styles = b"<style></ <!-- <x " * 20_000
    with limited(60.0):
        document = extract_bytes(hostile.mail_with(headers + people + blanks), "mange.eml")
        html = extract_bytes(hostile.mail_with(b"Content-Type: text/html\n", b"<p>Hej</p>" + styles), "html.eml")

    assert AMOUNT in text_of(document)
    assert "Hej" in text_of(html)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<div>" * 100_000 + "Svømmehallen koster 3 mio. kr.", "too-deep"),
        ("<p>\u00a0</p>", "empty-file"),
        ("<!-- Svømmehal -->", "empty-file"),
    ],
)
def test_what_kept_a_page_from_being_read_is_told_and_not_what_was_guessed_of_it(page: str, code: str) -> None:
    with limited(20.0):
        document = extract_bytes(f"<html><body>{page}".encode(), "side.html")

    failure = failure_of(document, inside=False)
    assert failure is not None
    assert failure.code == code


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"Med venlig hilsen\nBo Berg{number}\nKontorchef\n\n" for number in range(10_000)),
        "Udvalget godkender at give 3 mio. kr. i 2026 og indstiller til byrådet, " * 5_000,
        "Børne- og Ungdomsudvalget (herefter" + " " * 20_000 + "x\n",
        "Budgetforslag nr." + " " * 50_000 + "x\n",
        "3-" + "0 000 " * 15_000 + "kr.\n",
        "1.000 kr.\tBudget 2026\tBudget 2027\n" + "".join(f"Sted {at}\t2024\t2025\n" for at in range(5_000)),
    ],
    ids=["names", "clauses", "blanks in brackets", "blanks for a number", "figures", "figures like years"],
)
def test_very_much_of_one_thing_takes_no_more_time_each(text: str) -> None:
    with limited(15.0):
        document = extract_bytes(text.encode(), "langt.txt")

    assert document.parts
    assert "stage-failed" not in {told.code for told in document.problems}


@pytest.mark.parametrize(
    ("text", "fewest"),
    [
        (
            "1. Sag\nBeslutning\n"
            + "".join(f"Udvalget godkendte hal {at} til {at}.000 kr.\n\n" for at in range(3_000)),
            3_000,
        ),
        (
            f"Økonomiudvalget 3. maj 2024{BLANKS}x\n\nØkonomiudvalget - 3. maj 2024\n{BLANKS}x\nGodkendt.\n",
            1,
        ),
    ],
    ids=["verdicts below one heading", "blanks beside a line that heads what was said before"],
)
def test_very_much_below_a_decisions_heading_takes_no_more_time_each(text: str, fewest: int) -> None:
    with limited(15.0):
        document = extract_bytes(f"Referat af møde i Kulturudvalget den 3. maj 2026\n\n{text}".encode(), "langt.txt")

    assert len(document.records) >= fewest
    assert "stage-failed" not in {told.code for told in document.problems}
