"""PDF: the printed lines of a page, held against pdfplumber's and against what was drawn; memory over many pages."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pdfplumber
import pypdfium2 as pdfium
import pytest
import reportlab
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.readers import read

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = A4
OFFICE = [HERE / "data" / "notat-office.pdf", *sorted((HERE.parent / "corpus" / "samples").glob("*.pdf"))]

KNOWN = {"\N{MINUS SIGN}": "-", "(cid:127)": "\N{BULLET}"}
"""What pdfplumber reads otherwise in the standard fonts: the minus sign as a hyphen, the bullet not at all."""

WORDS = st.sampled_from(["Skoleudvalget", "Børne-", "årsværk", "-413", "1.200", "mio.", "kr.", "i", "2025-2028", "Æ/Ø"])
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=12)


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def printed_lines(data: bytes) -> list[str]:
    return [line for line in read(data, "a.pdf").text.splitlines() if line]


def as_known(text: str) -> str:
    for theirs, ours in KNOWN.items():
        text = text.replace(theirs, ours)
    return text


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.stem)
def test_lines_are_those_that_pdfplumber_reads(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)

    with pdfplumber.open(path) as oracle:
        for page, other in zip(reading.pages, oracle.pages, strict=True):
            printed = as_known(reading.text[page.start : page.end])
            assert [line for line in printed.splitlines() if line] == as_known(other.extract_text()).splitlines()


@settings(max_examples=40, deadline=None)
@given(LINES, st.randoms(use_true_random=False), st.sampled_from([7, 9, 11, 14]))
def test_words_in_any_order_in_the_file_are_read_as_they_stand(lines, random, size) -> None:  # type: ignore[no-untyped-def]
    placed = []
    for row, line in enumerate(lines):
        left = 50.0
        for word in line:
            placed.append((left, 780 - 1.3 * size * row, word))
            left += pdfmetrics.stringWidth(word, "Helvetica", size) + size * random.choice([0.3, 1, 4])
    random.shuffle(placed)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for place in placed:
            canvas.drawString(*place)

    assert printed_lines(drawn(draw)) == [" ".join(line) for line in lines]


@settings(max_examples=25, deadline=None)
@given(LINES, st.sampled_from([0.2, 0.4, 0.6]))
def test_words_printed_twice_to_look_bold_are_read_once(lines: list[list[str]], shift: float) -> None:
    def draw(canvas: Canvas) -> None:
        for row, line in enumerate(lines):
            for offset in (0.0, shift):
                left = 50.0
                for word in line:
                    canvas.drawString(left + offset, 780 - 16 * row, word)
                    left += canvas.stringWidth(word) + 6

    assert printed_lines(drawn(draw)) == [" ".join(line) for line in lines]


@settings(max_examples=25, deadline=None)
@given(LINES, st.sampled_from([0, 90, 180, 270]), st.sampled_from([0, 90, 180, 270]))
def test_a_page_turned_any_way_with_writing_turned_any_way(lines: list[list[str]], turn: int, writing: int) -> None:
    """Every direction of writing is read along its own lines, and ``turn`` of the words says which it is.

    reportlab swaps the sides of a page that is turned by a quarter.
    """

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        across, up = (HEIGHT, WIDTH) if turn % 180 else (WIDTH, HEIGHT)
        canvas.translate(across / 2, up / 2)
        canvas.rotate(writing)
        for row, line in enumerate(lines):
            canvas.drawString(-200, 100 - 16 * row, " ".join(line))

    reading = read(drawn(draw), "a.pdf")

    assert [line for line in reading.text.splitlines() if line] == [" ".join(line) for line in lines]
    assert {word.turn for word in reading.pages[0].words} == {(writing - turn) // 90 % 4}


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=6), st.sampled_from([0.0, 0.3, 0.6, 1.0]))
def test_blanks_made_by_kerning_part_words(words: list[str], spacing: float) -> None:
    """Text whose blanks are no characters but gaps, and whose letters are spaced a little."""

    def draw(canvas: Canvas) -> None:
        left = 50.0
        for word in words:
            text = canvas.beginText(left, 700)
            text.setFont("Helvetica", 11)
            text.setCharSpace(spacing)
            text.textOut(word)
            canvas.drawText(text)
            left += canvas.stringWidth(word, "Helvetica", 11) + spacing * len(word) + 3.1

    assert printed_lines(drawn(draw)) == [" ".join(words)]


def test_a_ligature_is_its_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 11)
        canvas.drawString(50, 700, "En \N{LATIN SMALL LIGATURE FI}nansieret \N{LATIN SMALL LIGATURE FL}ytning")

    assert printed_lines(drawn(draw)) == ["En finansieret flytning"]


MANY_PAGES = """
import io
from pathlib import Path
from reportlab.pdfgen.canvas import Canvas
from corpus.options import ReadOptions
from corpus.readers import pdf

buffer = io.BytesIO()
canvas = Canvas(buffer)
for page in range(500):
    for line in range(25):
        canvas.drawString(60, 780 - 28 * line, f"Side {page}, linje {line}: udgiften er {page * line} kr. i 2025")
        canvas.line(60, 770 - 28 * line, 500, 770 - 28 * line)
    canvas.showPage()
canvas.save()

used = {}

def on_page(number, count):
    used[number] = int(Path("/proc/self/statm").read_text().split()[1]) * 4096

reading = pdf.read(buffer.getvalue(), "a.pdf", options=ReadOptions(on_page=on_page))
later = [page for page in reading.pages if page.number > 100]
kept = sum(page.end - page.start for page in later)
kept += sum(len(page.packed.spans + page.packed.boxes + page.packed.rulings) for page in later)
print(len(reading.pages), used[500] - used[100] - kept)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_many_pages_need_no_more_memory_than_what_is_kept_of_them() -> None:
    """From page 100 to page 500 nothing grows but text, words and lines: under 8 KB a page on top of them."""
    done = subprocess.run([sys.executable, "-c", MANY_PAGES], capture_output=True, text=True, check=True)

    pages, more = map(int, done.stdout.split())
    assert pages == 500
    assert more < 400 * 8192


def merged(files: list[bytes]) -> bytes:
    document = pdfium.PdfDocument.new()
    for data in files:
        document.import_pages(pdfium.PdfDocument(data))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_many_pages_are_read_as_each_by_itself() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Bilag")
        canvas.showPage()
        canvas.rotate(90)
        canvas.drawString(300, -40, "Fortroligt")
        canvas.showPage()
        canvas.showPage()
        canvas.drawString(72, 780, "Tabel 2")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(118, 786, "1")

    files = [path.read_bytes() for path in (*OFFICE, HERE / "data" / "nyhedsbrev-spalter.pdf")]
    files.insert(len(files) // 2, drawn(turned))
    apart = [read(data, "a.pdf") for data in files]
    together = read(merged(files), "a.pdf")

    alone = [(reading, page) for reading in apart for page in reading.pages]
    assert len(alone) == len(together.pages) > 20
    for (reading, one), page in zip(alone, together.pages, strict=True):
        assert together.text[page.start : page.end] == reading.text[one.start : one.end]
        assert (page.spans - [page.start, page.start, 0, 0] == one.spans - [one.start, one.start, 0, 0]).all()
        assert msgspec.structs.replace(page.packed, spans=b"") == msgspec.structs.replace(one.packed, spans=b"")


@pytest.mark.parametrize(
    ("gap", "cells"),
    [(gap, ["elever", "-210", "-735", "år"]) for gap in (0, -0.4, -0.9)] + [(3, ["eleve r", "-21 0", "-73 5", "å r"])],
)
def test_a_last_letter_that_the_file_writes_by_itself_is_of_its_word(gap: float, cells: list[str]) -> None:
    """It begins where the word ends, or a little within it, and what the file writes next is elsewhere; not so with a
    gap between."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9.5)
        for x, y, word, letter in [
            (100, 500, "eleve", "r"),
            (64, 492, "15", ""),
            (400, 492, "-21", "0"),
            (500, 492, "-73", "5"),
            (100, 480, "å", "r"),
        ]:
            canvas.drawString(x, y, word)
            canvas.drawString(x + pdfmetrics.stringWidth(word, "Helvetica", 9.5) + gap, y, letter)
        canvas.drawString(100, 470, "Tekst")

    assert read(drawn(draw), "a.pdf").text.split() == " ".join([cells[0], "15", *cells[1:], "Tekst"]).split()
