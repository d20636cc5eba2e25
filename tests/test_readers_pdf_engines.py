"""PDF: pdfplumber in the place of pdfium, by choice and where pdfium gives up; progress by page."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pdfplumber
import pytest
from pdf_syntax import file_of, line, objects_of, one_page, stream
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.limits import Limits
from corpus.options import PdfEngine, ReadOptions
from corpus.readers import read
from corpus.reading import Reading
from corpus.workspace import Workspace
from pipeline.extract import Options, extract_bytes
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.status import status

PLUMBER = ReadOptions(pdf_engine="pdfplumber")
ENGINES: list[PdfEngine] = ["pdfium", "pdfplumber"]


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pages(count: int) -> bytes:
    def draw(canvas: Canvas) -> None:
        for number in range(1, count + 1):
            canvas.drawString(72, 700, f"Side nr. {number} koster {number},5 mio. kr.")
            if number < count:
                canvas.showPage()

    return drawn(draw)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def table(canvas: Canvas) -> None:
    canvas.drawString(72, 760, "Beløb i 1.000 kr.")
    canvas.setFillColorRGB(0.8, 0.85, 0.9)
    canvas.rect(72, 715, 300, 20, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)
    for row, cells in enumerate([("", "2025", "2026"), ("Besparelse", "-206", "-413"), ("I alt", "-206", "-413")]):
        for x, cell in zip((76, 250, 360), cells, strict=True):
            (canvas.drawString if x == 76 else canvas.drawRightString)(x, 720 - 20 * row, cell)
        canvas.line(72, 715 - 20 * row, 372, 715 - 20 * row)
    canvas.rotate(90)
    canvas.drawString(300, -40, "Fortroligt")


def test_pdfplumber_reads_words_lines_rulings_and_fills_into_the_same_pages() -> None:
    data = drawn(table)
    usual, other = read(data, "a.pdf"), read(data, "a.pdf", options=PLUMBER)

    assert (usual.reader.split("/")[0], other.reader) == ("pdf", "pdf-plumber/1")
    assert other.text.split() == usual.text.split()
    (page,), (same,) = other.pages, usual.pages
    assert [word.turn for word in page.words] == [word.turn for word in same.words]
    for word, its in zip(page.words, same.words, strict=True):
        assert (word.x0, word.x1) == pytest.approx((its.x0, its.x1), abs=2)
        assert word.line == its.line
    flat = {round(ruling.top, 1) for ruling in page.rulings if ruling.x1 - ruling.x0 > 250}
    assert flat >= {round(ruling.top, 1) for ruling in same.rulings}
    assert page.fill_boxes.tolist() == [pytest.approx([72, 842 - 735, 372, 842 - 715], abs=1)]
    document = extract_bytes(data, "a.pdf", Options(reading=PLUMBER))
    (found,) = document.tables
    assert next((row.label, [value.value for value in row.values]) for row in found.lines)[0] == "Besparelse"


def test_the_lines_of_the_other_engine_are_those_of_its_extract_text() -> None:
    data = pages(3)
    with pdfplumber.open(io.BytesIO(data)) as oracle:
        expected = [page.extract_text() for page in oracle.pages]

    reading = read(data, "a.pdf", options=PLUMBER)

    assert [reading.text[page.start : page.end].strip() for page in reading.pages] == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_limits_and_progress_hold_for_both(engine: PdfEngine) -> None:
    told: list[tuple[int, int]] = []
    options = ReadOptions(pdf_engine=engine, on_page=lambda done, total: told.append((done, total)))

    reading = read(pages(5), "a.pdf", Limits(pages=3), options)

    assert (len(reading.pages), codes(reading)) == (3, ["truncated"])
    assert told == [(1, 5), (2, 5), (3, 5)]


def test_a_crop_box_holds_for_the_other_engine() -> None:
    data = one_page(line("Synlig", 700) + line("Udenfor", 100), page=b"/CropBox[50 400 550 800]")
    reading = read(data, "a.pdf", options=PLUMBER)

    assert (reading.text, codes(reading)) == ("Synlig\n", ["hidden-text"])
    (page,) = reading.pages
    assert (page.width, page.height) == (500, 400)
    assert page.words[0].x0 == pytest.approx(22, abs=1)


@pytest.mark.parametrize(
    ("box", "engine"),
    [
        (b"/MediaBox[0 0 842 595]", "pdfium"),
        (b"/MediaBox[0 0 842 595]", "pdfplumber"),
        (b"/MediaBox[842 595 0 0]/CropBox[0 0 842 595]", "pdfium"),
    ],
)
@pytest.mark.parametrize("at_page", [True, False])
def test_a_page_is_as_wide_as_the_tree_of_pages_says(box: bytes, at_page: bool, engine: PdfEngine) -> None:
    objects = objects_of(b"BT /F1 12 Tf 72 500 Td (Tekst) Tj 700 0 Td (Budget) Tj ET")
    objects[2] = objects[2].replace(b"/MediaBox[0 0 595 842]", box if at_page else b"")
    objects[1] = objects[1].replace(b"/Type/Pages", b"/Type/Pages" + (b"" if at_page else box))

    reading = read(file_of(objects), "a.pdf", options=ReadOptions(pdf_engine=engine))

    (page,) = reading.pages
    assert (page.width, page.height, reading.problems) == (842, 595, [])
    assert [(round(word.x0), reading.text[word.start : word.end]) for word in page.words] == [
        (72, "Tekst"),
        (772, "Budget"),
    ]


BROKEN = {
    "no pages named": one_page(line("Forslag BSU07", 700)).replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
    "another root": one_page(line("Forslag BSU07", 700)).replace(b"/Root 1 0 R", b"/Root 5 0 R"),
    "a page that is not there": one_page(line("Forslag BSU07", 700)).replace(b"/Kids[3 0 R]", b"/Kids[8 0 R]"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_pdfium_cannot_read_is_read_by_pdfplumber_and_said(case: str) -> None:
    reading = read(BROKEN[case], "a.pdf")

    assert reading.text == "Forslag BSU07\n"
    assert codes(reading) == ["other-engine"]
    assert reading.reader.endswith("pdf-plumber/1")


def test_a_page_is_not_taken_from_the_other_engine_where_the_pages_are_counted_differently() -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    data = file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 9 0 R 4 0 R]/Count 3>>",
            page % 6,
            page % 7,
            font,
            stream(line("Side et", 700)),
            stream(line("Side tre", 700)),
        ]
    )
    reading = read(data, "a.pdf")

    assert reading.text == "Side et\nSide tre\n"
    assert [(problem.code, problem.page) for problem in reading.problems] == [("unreadable", 2)]
    assert [page.number for page in reading.pages] == [1, 2, 3]


def test_a_workspace_keeps_its_engine_and_reads_anew_what_the_other_one_read(tmp_path: Path) -> None:
    folder, workspace = tmp_path / "sager", Workspace(tmp_path / "arkiv")
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pages(2))
    (folder / "b.pdf").write_bytes(BROKEN["another root"])
    (folder / "c.txt").write_text("En linje tekst.\n")

    assert ingest(workspace, [folder]).documents == 3
    assert (status(workspace).files.stale, status(workspace).pdf_engine) == (0, "pdfium")
    assert ingest(workspace, [folder]).documents == 0
    assert ingest(workspace, [folder], RunOptions(pdf_engine="pdfplumber")).documents == 2
    assert (status(workspace).files.stale, status(workspace).pdf_engine) == (0, "pdfplumber")
    assert ingest(workspace, [folder]).documents == 0
    assert ingest(workspace, [folder], RunOptions(pdf_engine="pdfium")).documents == 2
    assert status(workspace).files.stale == 0


def test_a_run_tells_which_page_it_is_at(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    (tmp_path / "a.pdf").write_bytes(pages(3))

    ingest(
        Workspace(tmp_path / "arkiv"),
        [tmp_path / "a.pdf"],
        progress=lambda step, done, total, path: told.append((step, done, total)),
    )

    for step in ("pages", "tables"):
        assert [each[1:] for each in told if each[0] == step] == [(1, 3), (2, 3), (3, 3)]


def akt(*words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "akt"), *words]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)


def test_extract_takes_the_engine(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pages(1))

    printed = akt("extract", "--pdf-engine", "pdfplumber", str(tmp_path / "a.pdf")).stdout

    assert json.loads(printed)["reader"] == "pdf-plumber/1"


def on_a_terminal(*words: str) -> str:
    """What a command shows on stderr when that is a terminal; it is read while the command runs, lest it wait."""
    screen, terminal = pty.openpty()
    command = [str(Path(sys.executable).parent / "akt"), *words]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=terminal, env=environment) as running:
        os.close(terminal)
        shown = b""
        with suppress(OSError):  # the end of a terminal
            while piece := os.read(screen, 4096):
                shown += piece
    os.close(screen)
    assert running.returncode == 0
    return shown.decode()


def test_the_pages_of_a_long_document_are_counted_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pages(60))

    for words in (("extract",), ("--workspace", str(tmp_path / "arkiv"), "ingest")):
        shown = on_a_terminal(*words, str(tmp_path / "a.pdf"))
        assert "pages" in shown
        assert "tables" in shown
        assert "/60" in shown


def test_no_pages_are_counted_where_nobody_watches(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pages(60))
    command = [str(Path(sys.executable).parent / "akt"), "extract", str(tmp_path / "a.pdf")]

    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)

    assert done.stderr == ""


def test_pdfplumber_is_loaded_only_when_it_reads() -> None:
    code = (
        "import sys; from corpus.readers import read; "
        "read(open(sys.argv[1], 'rb').read(), 'a.pdf'); "
        "sys.exit('pdfplumber' in sys.modules or 'pdfminer' in sys.modules)"
    )
    sample = Path(__file__).resolve().parents[1] / "corpus" / "samples" / "brev-fjordby-afslag.pdf"

    assert subprocess.run([sys.executable, "-c", code, str(sample)], check=False).returncode == 0
