"""The texts of Outlook's messages: code pages, HTML and RTF."""

from __future__ import annotations

import struct

import pytest
from outlook import (
    RTF_HTML,
    RTF_PLAIN,
    RTF_TEXT,
    body,
    codes,
    head,
    read,
    rtf,
    without_text,
)
from samples_msg import Narrow

from corpus.model import Address

# --- code pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "codec", "text"),
    [
        (1252, "cp1252", "Æbleø – €"),
        (65001, "utf-8", "Æbleø – €"),
        (850, "cp850", "Æbleø"),
        (28591, "latin-1", "Æbleø"),
        (10000, "mac-roman", "Æbleø"),
        (1251, "cp1251", "Жук"),
        (932, "cp932", "日本"),
    ],
)
def test_narrow_strings_in_their_code_page(page: int, codec: str, text: str) -> None:
    data = Narrow(text.encode(codec))

    reading = read({0x3FFD: page, 0x0037: data, 0x1000: data, 0x0C1A: data, 0x0C1F: Narrow(b"a@b.example")})

    assert (head(reading).subject, body(reading).strip()) == (text, text)
    assert head(reading).sender == Address(name=text, address="a@b.example")
    assert reading.problems == []


def test_the_body_has_the_code_page_of_the_internet() -> None:
    reading = read({0x3FFD: 1252, 0x3FDE: 65001, 0x0037: Narrow("Sø".encode("cp1252")), 0x1000: Narrow("Sø".encode())})

    assert (head(reading).subject, body(reading).strip()) == ("Sø", "Sø")


def test_a_narrow_string_without_a_code_page_is_western() -> None:
    assert head(read({0x0037: Narrow(b"S\xf8g\xe5rd")})).subject == "Søgård"


@pytest.mark.parametrize("page", [20127, 65001, 99999, -1])
def test_a_code_page_that_does_not_fit_is_told_or_known_for_none(page: int) -> None:
    reading = read({0x3FFD: page, 0x0037: Narrow(b"S\xf8g\xe5rd")})

    assert head(reading).subject == "Søgård"
    assert codes(reading) == (["charset-guessed"] if page in (20127, 65001) else [])


# --- bodies -----------------------------------------------------------------------------------------------------------


def test_html_only() -> None:
    html = '<html><head><meta charset="windows-1252"></head><body><p>Kære Åse</p><p>Hilsen Bo</p></body></html>'

    narrow = without_text({0x1013: html.encode("cp1252"), 0x3FDE: 1252})
    wide = without_text({0x1013: html})

    assert body(narrow) == body(wide) == "Kære Åse\n\nHilsen Bo\n"
    assert narrow.metadata["body"] == "text/html"
    assert narrow.problems == wide.problems == []


@pytest.mark.parametrize(
    ("letters", "text", "kind"),
    [
        (RTF_HTML, "Kære Åse {5}<7 Ж\n\nHilsen\n", "text/html"),
        (RTF_TEXT, "Kære Åse\n\nHilsen\tBo\n", "text/plain"),
        (RTF_PLAIN, "Kære Åse\n\nHilsen\tBo\n", "text/plain"),
    ],
    ids=["html", "text", "plain"],
)
def test_rtf_only(letters: bytes, text: str, kind: str) -> None:
    reading = without_text({0x1009: rtf(letters)})

    assert (body(reading), reading.metadata["body"]) == (text, kind)
    assert reading.problems == []


@pytest.mark.parametrize("counted_too_much", [0, 12])
def test_rtf_that_is_not_compressed(counted_too_much: int) -> None:
    size = len(RTF_TEXT)
    kept = struct.pack("<II4sI", size + 12, size + counted_too_much, b"MELA", 0) + RTF_TEXT

    reading = without_text({0x1009: kept})

    assert (body(reading), reading.problems) == ("Kære Åse\n\nHilsen\tBo\n", [])
    assert codes(without_text({0x1009: kept[:-9]})) == ["damaged-mail"]


def test_compressed_rtf_refers_to_its_window() -> None:
    """By [MS-OXRTFCP]: a reference into the text that every window begins with, one that runs into itself, the end."""
    first_free = 207
    letters = rb"{\rtf1 " + b"ab" * 8 + b"}"
    to_the_start = struct.pack(">H", 0 << 4 | 4)
    to_the_last_two_letters = struct.pack(">H", (first_free + 7) << 4 | 12)
    end = struct.pack(">H", (first_free + len(letters) - 1) << 4)
    packed = bytes([0b00110001]) + to_the_start + b" ab" + to_the_last_two_letters + end
    kept = struct.pack("<II4sI", len(packed) + 12, len(letters) - 1, b"LZFu", 0) + packed

    reading = without_text({0x1009: kept})

    assert (body(reading), reading.problems) == ("abababababababab\n", [])


def test_a_body_that_is_cut_off_is_told() -> None:
    reading = without_text({0x1009: rtf(RTF_TEXT)[:-20]})

    assert body(reading).startswith("Kære Åse")
    assert codes(reading) == ["damaged-mail"]


@pytest.mark.parametrize("kept", [b"", b"abc", b"x" * 40, struct.pack("<II4sI", 99, 99, b"LZFu", 0)])
def test_a_body_that_is_no_rtf(kept: bytes) -> None:
    reading = without_text({0x1009: kept})

    assert (head(reading).subject, body(reading)) == ("Takster", "")
    assert codes(reading) == (["damaged-mail"] if kept else [])


def test_plain_text_is_the_body_where_html_and_rtf_say_the_same() -> None:
    reading = read({0x1013: b"<p>Takst</p>", 0x1009: rtf(RTF_HTML)})

    assert (body(reading), reading.metadata["body"]) == ("Kære Anne\n\nTaksten stiger.\n", "text/plain")
