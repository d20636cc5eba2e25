"""Which reader takes which bytes, and plain text by its charset."""

from __future__ import annotations

import base64
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import formats, readers
from corpus.limits import Limits
from corpus.normalise import normalise
from corpus.readers import read

DANISH = "Børne- og Ungdomsudvalget sparer 11 mio. kr. på vikarer – fra 1. januar 2020.\n"


def codes(data: bytes, name: str = "a.txt", limits: Limits | None = None) -> list[str]:
    return [problem.code for problem in read(data, name, limits or Limits()).problems]


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-32", []),
        ("windows-1252", ["charset-guessed"]),
    ],
)
def test_text_is_the_same_in_every_charset(encoding: str, expected: list[str]) -> None:
    reading = read(DANISH.encode(encoding), "brev.txt")

    assert reading.text == DANISH
    assert [problem.code for problem in reading.problems] == expected


@pytest.mark.parametrize("mark", ["big", "little"])
def test_utf_16_of_both_byte_orders(mark: str) -> None:
    encoding, bom = ("utf-16-be", b"\xfe\xff") if mark == "big" else ("utf-16-le", b"\xff\xfe")

    assert read(bom + DANISH.encode(encoding), "a.txt").text == DANISH


def test_bytes_that_windows_1252_leaves_undefined_are_kept() -> None:
    assert read(b"r\xf8d \x81 gr\xf8d", "a.txt").text == "rød \x81 grød"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Smørrebrød på fjorden, årsværk".encode().replace(b" p", b" \xffp"), "Smørrebrød \xffpå fjorden, årsværk"),
        ("Smørrebrød på fjorden for få".encode()[:-1], "Smørrebrød på fjorden for fÃ"),
        (b"\xef\xbb\xbf" + "Rødgrød".encode() + b"\xe5 i \xe5r", "Rødgrødå i år"),
    ],
)
def test_a_faulty_byte_costs_no_other_letter_of_utf_8(data: bytes, text: str) -> None:
    reading = read(data, "a.txt")

    assert reading.text == text
    assert [problem.code for problem in reading.problems] == ["charset-guessed"]
    assert "UTF-8, and windows-1252" in reading.problems[0].message


def test_text_is_normalised() -> None:
    decomposed = unicodedata.normalize("NFD", "på")

    assert read(f"{decomposed}\r\nind\u00adsats\rslut".encode(), "a.txt").text == "på\nindsats\nslut"


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_comes_back_as_it_went_in(text: str) -> None:
    reading = read(text.encode(), "a.txt")

    if reading.reader == "text/3":
        assert reading.text == normalise(text)


@pytest.mark.parametrize(
    ("text", "name", "media_type"),
    [
        ("Kære Bo\n\nTak for sidst.\n", "a.txt", "text/plain"),
        ("Kære Bo\n", "a.md", "text/markdown"),
        ("**Fra:** Bo Holm  \n**Sendt:** 3. maj 2024\n", "a.txt", "text/markdown"),
        ("# Referat\n\nPunkt 1\n", "a", "text/markdown"),
        ("| Nr. | 12 |\n|---|---|\n| Udvalg | Skoleudvalget |\n", "a", "text/markdown"),
        ("Skriv til [bo@fjordby.example](mailto:bo@fjordby.example).\n", "a", "text/markdown"),
        ("Resultat: 3 * 4 * 5 = 60 # ikke en overskrift\n", "a", "text/plain"),
    ],
)
def test_markdown_is_told_from_plain_text(text: str, name: str, media_type: str) -> None:
    assert read(text.encode(), name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "tom.txt", ["empty-file"]),
        (b" \n\t\n", "blank.txt", ["empty-file"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "billede.png", ["unknown-format"]),
        (b"PK\x03\x04\x14\x00\x06\x00", "brev.docx", ["unknown-format"]),
        (bytes(range(1, 9)) * 40, "noget.txt", ["unknown-format"]),
        (b"{\\rtf1\\ansi Kommune}", "brev.rtf", ["unknown-format"]),
        (b"%P\xfaF-1.4\n" + b"1 0 obj\n<</A 1>>\nendobj\n" * 3 + b"startxref\n9\n", "a.pdf", ["unknown-format"]),
        (base64.encodebytes(bytes(range(256)) * 20), "a.txt", ["unknown-format"]),
        (b"x" * 5_000, "a.txt", ["unknown-format"]),
        ("Уважаемые коллеги, прошу ответить до пятницы. ".encode("cp1251") * 3, "a.txt", ["unknown-format"]),
    ],
)
def test_what_cannot_be_read_is_a_problem(data: bytes, name: str, expected: list[str]) -> None:
    reading = read(data, name)

    assert reading.text.strip() == ""
    assert [problem.code for problem in reading.problems] == expected


@pytest.mark.parametrize(
    "text",
    [
        "En PDF slutter med\nstartxref\nog så tallet; hvert objekt med\nendobj\nsom det sig hør og bør.\n",
        "2024;1000;2000;3000\n" * 1_000,
        "Уважаемые коллеги, прошу ответить до пятницы. " * 3,
        "æøåÆØÅ\n" * 300,
        "Nøgle: " + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg" + "\n",
    ],
)
def test_unusual_text_is_still_text(text: str) -> None:
    assert read(text.encode(), "a.txt").text == text


PROSE = "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til en ny legeplads på øen.\n"


@pytest.mark.parametrize("run", ["x" * 20_000, "-" * 20_000, "QUJD" * 5_000])
def test_a_run_without_a_blank_does_not_cost_the_words_beside_it(run: str) -> None:
    for text in (f"{PROSE}\n{run}\n", f"{PROSE.strip()} {run} Slut\n"):
        reading = read(text.encode(), "a.txt")
        assert (reading.text, reading.problems) == (text, [])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (PROSE.encode() + b"\0", "it holds 1 NUL byte,"),
        (b"\0" * 3_000, "nothing but NUL bytes"),
        (PROSE.encode() + b"\0" * 3_000, "it ends in NUL bytes"),
        (b"x" * 20_000, "hardly a blank"),
        (b"-" * 20_000, "hardly a blank"),
        (b"[" + b'{"navn":"en vej","tal":[1,2,3,4,5,6,7,8]' * 2 + b'{"a":"b"},' * 4_000 + b"]", "hardly a blank"),
        (base64.encodebytes(bytes(range(256)) * 20), "encoded in letters"),
        ("Уважаемые коллеги, прошу ответить до пятницы. ".encode("cp1251") * 3, "letters are not those of UTF-8"),
    ],
)
def test_what_looks_like_a_text_and_is_not_read_says_why(data: bytes, why: str) -> None:
    (found,) = read(data, "a.txt").problems
    assert (found.code, why in found.message) == ("unknown-format", True)


def test_a_letter_cut_by_the_end_of_the_head_does_not_make_a_text_data() -> None:
    text = "я " * 700_000

    assert read(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"<title>A</title><p>Hej", "a.html", "html"),
        (b"  \n<!-- gemt -->\n<meta charset=utf-8><p>Hej</p>", "uden-endelse", "html"),
        (b"<!-- " + b"x" * 3_000 + b" --><html>Hej", "a.html", "html"),
        (b"<p>Hej <b>Anne</b></p>", "a.html", "html"),
        (b"<p>Hej <b>Anne</b></p>", "bilag-1", "html"),
        (b"Hej<br>Anne", "a.htm", "html"),
        ("<html><body>Hæ</body></html>".encode("utf-16"), "a.html", "html"),
        (b"Hej Anne", "a.html", "text"),
        (b"<p align=center>Logo</p>\n\n# Referat", "a.md", "text"),
        (b"<p er mindre end q", "a.txt", "text"),
        (b"<bo@x.example> skrev: <b", "a.txt", "text"),
        (b"%PDF-1.4\n<p>", "a.html", "pdf"),
        (b"From: <Saved by X>\nMIME-Version: 1.0\nMessage-ID: <1@x>\nDate: x\n\n<p>Hej</p>", "a.html", "mail"),
    ],
)
def test_html_is_told_by_its_beginning(data: bytes, name: str, reader: str) -> None:
    (claimant,) = readers.claimants(data, name)

    assert claimant.__name__ == f"corpus.readers.{reader}"


def test_an_html_file_is_read_as_a_person_sees_it() -> None:
    for encoding in ("utf-8", "utf-16"):
        reading = read("<title>A</title><p>Børn &amp; unge</p>".encode(encoding), "a.html")
        assert (reading.text, reading.media_type) == ("Børn & unge\n", "text/html")


def test_a_file_over_the_size_limit_is_not_read() -> None:
    assert codes(b"x" * 11, limits=Limits(file_size=10)) == ["too-large"]
    assert codes(b"x" * 10, limits=Limits(file_size=10)) == []


def test_a_text_over_the_limit_is_cut_and_says_so() -> None:
    reading = read("ærø".encode() * 10, "a.txt", Limits(text_length=7))

    assert reading.text == "ærøærøæ"
    assert [problem.code for problem in reading.problems] == ["truncated"]


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"%PDF-1.7\n", "brev.txt", "pdf"),
        (b"junk before\n%PDF-1.4\n", "a.pdf", "pdf"),
        (b"Fra: Bo Holm\nSendt: 3. maj 2024 10:12\nTil: Ida\nEmne: Budget\n\nHej\n", "a.eml.txt", "text"),
        (b"**From:** Bo Holm\n**Sent:** Friday, May 3, 2024\n\nHej\n", "a.md", "text"),
        (
            (
                b"Message-ID: <1@fjordby.example>\nDate: Fri, 3 May 2024 10:12:00 +0200\nFrom: Bo <b@fjordby.example>\n"
                b"MIME-Version: 1.0\nSubject: Budget\n\nHej\n"
            ),
            "uden-endelse",
            "mail",
        ),
    ],
)
def test_a_file_is_claimed_by_its_bytes(data: bytes, name: str, reader: str) -> None:
    (claimant,) = readers.claimants(data, name)

    assert claimant.__name__ == f"corpus.readers.{reader}"


PAGE = b"<!DOCTYPE html><html><head><title>Fejl 403</title></head><body><p>Ingen adgang til siden.</p></body></html>\n"
MAIL = b"From: bo@fjordby.example\nDate: Fri, 3 May 2024 10:12:00 +0200\nMessage-ID: <1@fjordby.example>\n\nHej\n"


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (DANISH.encode(), "referat.PDF", "'referat.PDF' holds plain text"),
        (PAGE, "referat.pdf", "'referat.pdf' holds a web page"),
        (MAIL, "svar.zip", "'svar.zip' holds a mail"),
        (PAGE, "regnskab.xls", ""),
        (PAGE, "side.html", ""),
        (DANISH.encode(), "referat.pdf.txt", ""),
    ],
)
def test_a_name_that_promises_another_format_is_told(data: bytes, name: str, said: str) -> None:
    found = read(data, name)

    assert found.text
    assert [(each.code, each.message[: len(said)]) for each in found.problems] == (
        [("other-format", said)] if said else []
    )


def test_two_claimants_are_an_error_that_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "READERS", (readers.pdf, readers.pdf))

    (problem,) = read(b"%PDF-1.7\n", "a.pdf").problems

    assert problem.code == "unreadable"
    assert problem.message.count(readers.pdf.READER) == 2


def test_each_reader_and_each_container_is_known_without_loading_the_readers() -> None:
    streams = readers.STREAMS

    assert {str(reader.READER) for reader in (*readers.READERS, *streams, readers.FALLBACK)} <= formats.ALL
    assert {stream.READER for stream in streams} == formats.STREAMS
    assert {stream.MEDIA_TYPE for stream in streams} == formats.CONTAINERS
    assert all(stream.is_installed() is formats.is_installed(stream.READER) for stream in streams)
