"""PDF: the text a person reads, each word where it stands, and what cannot be read."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from pdf_drawn import HEIGHT, WIDTH, drawn
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from corpus.limits import Limits
from corpus.readers import read
from corpus.reading import Reading

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
PROSE = (
    "Antallet af vikarer på daginstitutionsområdet reduceres fra 2025. Børne- og Skoleudvalget besluttede den "
    "3. maj 2024, at besparelsen på 1,5 mio. kr. findes ved at samle vikarkorpset. Ændringen berører 12 institutioner. "
)


def report() -> bytes:
    """Headings, prose and two tables over several pages, as Office programs lay them out."""
    styles = getSampleStyleSheet()
    figures = [
        ["Beløb i 1.000 kr.", "2025", "2026", "2027"],
        ["Besparelse", "-206", "-413", "-413"],
        ["I alt", "", "1", ""],
    ]
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    story = []
    for number in range(1, 9):
        story += [
            Paragraph(f"{number}. Overskrift nr. {number}", styles["Heading2"]),
            Paragraph(PROSE * 3, styles["Normal"]),
        ]
        story += [Spacer(1, 12), Table(figures, style=ruled if number % 2 else None), Spacer(1, 12)]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(story)
    return buffer.getvalue()


def assert_sound(reading: Reading) -> None:
    """The pages cover the text, and every word is in the text between blanks and on its page; notes come last."""
    assert "".join(reading.text[page.start : page.end] for page in reading.pages) == reading.text
    for page in reading.pages:
        words = [reading.text[word.start : word.end] for word in page.words]
        printed = reading.text[page.start : page.end].split()
        assert words == printed[: len(words)]
        assert printed[len(words) :][:1] in ([], ["Note"], ["Note:"])
        for word in page.words:
            assert page.start <= word.start < word.end <= page.end
            assert 0 <= word.x0 < word.x1 <= page.width
            assert 0 <= word.top < word.bottom <= page.height
        for ruling in page.rulings:
            assert 0 <= ruling.x0 <= ruling.x1 <= page.width
            assert 0 <= ruling.top <= ruling.bottom <= page.height


def printed_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def test_the_text_is_what_pdfplumber_reads() -> None:
    data = report()
    reading = read(data, "notat.pdf")

    assert_sound(reading)
    with pdfplumber.open(io.BytesIO(data)) as oracle:
        assert len(reading.pages) == len(oracle.pages) > 2
        for page, other in zip(reading.pages, oracle.pages, strict=True):
            assert printed_lines(reading.text[page.start : page.end]) == other.extract_text().splitlines()


def test_words_stand_where_pdfplumber_finds_them() -> None:
    data = report()
    reading = read(data, "notat.pdf")

    with pdfplumber.open(io.BytesIO(data)) as oracle:
        for page, other in zip(reading.pages, oracle.pages, strict=True):
            expected = other.extract_words()
            for word, their in zip(page.words, expected, strict=True):
                assert word.x0 == pytest.approx(their["x0"], abs=1)
                assert word.x1 == pytest.approx(their["x1"], abs=1)
                assert (word.top + word.bottom) / 2 == pytest.approx((their["top"] + their["bottom"]) / 2, abs=2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_as_it_is_shown(turn: int) -> None:
    """A page turned by /Rotate whose writing is turned the other way is read like one that is not turned at all."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*{0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turn])
        canvas.rotate(turn)
        canvas.drawString(72, HEIGHT - 100, "Forslag nr. BSU07 koster 1,5 mio. kr.")
        canvas.drawString(72, HEIGHT - 114, "Udvalg: Skoleudvalget")
        canvas.line(72, HEIGHT - 130, 272, HEIGHT - 130)

    reading = read(drawn(draw), "a.pdf")

    assert_sound(reading)
    assert reading.text == "Forslag nr. BSU07 koster 1,5 mio. kr.\nUdvalg: Skoleudvalget\n"
    (page,) = reading.pages
    first, below = page.words[0], page.words[-2]
    assert first.x0 == pytest.approx(72, abs=1.5)
    assert first.top < 100 < first.bottom
    assert below.top > first.top + 10
    (ruling,) = page.rulings
    assert (ruling.x0, ruling.x1) == pytest.approx((72, 272), abs=0.2)
    assert (ruling.top, ruling.bottom) == pytest.approx((130, 130), abs=0.2)


def test_writing_up_the_margin_does_not_disturb_the_lines() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Første linje")
        canvas.drawString(100, 686, "Anden linje")
        canvas.rotate(90)
        canvas.drawString(650, -60, "Fortroligt bilag")

    reading = read(drawn(draw), "a.pdf")

    assert_sound(reading)
    assert printed_lines(reading.text) == ["Første linje", "Anden linje", "Fortroligt bilag"]


def test_a_crop_box_moves_the_page_and_hides_what_is_outside() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 400, 550, 800))
        canvas.drawString(100, 700, "Synlig tekst")
        canvas.drawString(100, 100, "Skjult tekst")

    reading = read(drawn(draw), "a.pdf")

    assert_sound(reading)
    assert reading.text == "Synlig tekst\n"
    assert [(problem.code, problem.page) for problem in reading.problems] == [("hidden-text", 1)]
    assert (reading.pages[0].width, reading.pages[0].height) == (500, 400)
    assert reading.pages[0].words[0].x0 == pytest.approx(50, abs=1)


def test_two_columns_stay_words_of_their_own_on_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (left, right) in enumerate([("Udvalg", "Skoleudvalget"), ("Besparelse", "-413")]):
            canvas.drawString(72, 700 - 20 * row, left)
            canvas.drawRightString(400, 700 - 20 * row, right)

    reading = read(drawn(draw), "a.pdf")

    assert printed_lines(reading.text) == ["Udvalg Skoleudvalget", "Besparelse -413"]
    words = reading.pages[0].words
    assert [word.x1 for word in words[1::2]] == pytest.approx([400, 400], abs=1)


def test_order_on_the_page_wins_over_order_in_the_file() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 600, "Nederst")
        canvas.drawString(172, 700, "til højre")
        canvas.drawString(72, 700, "Øverst")

    assert printed_lines(read(drawn(draw), "a.pdf").text) == ["Øverst til højre", "Nederst"]


def test_a_word_divided_at_the_line_end_keeps_its_hyphen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Antallet af daginsti-")
        canvas.drawString(72, 686, "tutioner i Børne-")
        canvas.drawString(72, 672, "og Skoleudvalget")

    data = drawn(draw)
    reading = read(data, "a.pdf")

    assert_sound(reading)
    with pdfplumber.open(io.BytesIO(data)) as oracle:
        assert reading.text == oracle.pages[0].extract_text() + "\n"


def test_a_larger_gap_is_a_blank_line() -> None:
    def draw(canvas: Canvas) -> None:
        for y, text in ((700, "En linje"), (686, "og den næste."), (656, "Et nyt afsnit"), (642, "med to linjer.")):
            canvas.drawString(72, y, text)

    assert read(drawn(draw), "a.pdf").text == "En linje\nog den næste.\n\nEt nyt afsnit\nmed to linjer.\n"


def test_a_small_raised_figure_stays_on_its_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Areal i m")
        canvas.setFont("Helvetica", 7)
        canvas.drawString(72 + canvas.stringWidth("Areal i m", "Helvetica", 12), 706, "2")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 684, "Næste linje")

    assert printed_lines(read(drawn(draw), "a.pdf").text) == ["Areal i m2", "Næste linje"]


@pytest.mark.parametrize("rise", [3, 5])
def test_the_number_of_a_note_is_not_a_digit_of_the_figure(rise: int) -> None:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(72, 700)
        line.setFont("Helvetica", 12)
        line.textOut("Udgiften er 413")
        line.setFont("Helvetica", 7)
        line.setRise(rise)
        line.textOut("1)")
        canvas.drawText(line)

    assert read(drawn(draw), "a.pdf").text == "Udgiften er 413 1)\n"


def test_pages_follow_one_another_and_an_empty_one_has_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Side et")
        canvas.showPage()
        canvas.showPage()
        canvas.drawString(72, 700, "Side tre")

    reading = read(drawn(draw), "a.pdf")

    assert_sound(reading)
    assert [(page.number, reading.text[page.start : page.end]) for page in reading.pages] == [
        (1, "Side et\n"),
        (2, ""),
        (3, "Side tre\n"),
    ]
    assert reading.problems == []


def scan(canvas: Canvas) -> None:
    picture = io.BytesIO()
    bitmap = pdfium.PdfBitmap.new_native(40, 40, pdfium.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((200, 10, 10, 255), 0, 0, 40, 40)
    bitmap.to_pil().save(picture, "PNG")
    canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)


def test_a_page_of_pictures_is_reported_with_its_number() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Forside")
        canvas.showPage()
        scan(canvas)

    (problem,) = read(drawn(draw), "a.pdf").problems

    assert (problem.code, problem.page) == ("no-text-layer", 2)


@pytest.mark.parametrize("size", [(0, 0, 14_400, 14_400), (0, 0, 1e9, 1e9), (0, 0, 595, 842)])
def test_a_pdf_without_any_text_is_reported(size: tuple[float, float, float, float]) -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(100, 100).set_mediabox(*size)
    buffer = io.BytesIO()
    document.save(buffer)

    reading = read(buffer.getvalue(), "a.pdf")

    assert reading.text == ""
    assert [problem.code for problem in reading.problems] == ["no-text-layer"]


def test_pages_over_the_limit_are_left_out_and_reported() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(1, 5):
            canvas.drawString(72, 700, f"Side {number}")
            canvas.showPage()

    reading = read(drawn(draw), "a.pdf", Limits(pages=2))
    assert reading.text == "Side 1\nSide 2\n"
    assert [problem.code for problem in reading.problems] == ["truncated"]

    reading = read(drawn(draw), "a.pdf", Limits(text_length=15))
    assert_sound(reading)
    assert reading.text == "Side 1\nSide 2\n"
    assert [problem.code for problem in reading.problems] == ["truncated"]


def test_an_empty_password_opens_and_another_is_a_problem() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Fortroligt")

    opened = read(drawn(draw, encrypt=StandardEncryption("", ownerPassword="hemmelig")), "a.pdf")
    closed = read(drawn(draw, encrypt=StandardEncryption("hemmelig")), "a.pdf")

    assert opened.text == "Fortroligt\n"
    assert opened.problems == []
    assert closed.text == ""
    assert [problem.code for problem in closed.problems] == ["encrypted-pdf"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\nikke en PDF", b"%PDF-1.4\n" + bytes(200)])
def test_a_broken_file_is_a_problem(data: bytes) -> None:
    reading = read(data, "a.pdf")

    assert reading.text == ""
    assert [problem.code for problem in reading.problems] == ["unreadable"]


def test_every_cut_of_a_file_is_read_or_reported() -> None:
    data = report()
    for size in range(200, len(data), len(data) // 17):
        reading = read(data[:size], "a.pdf")
        assert_sound(reading)
        assert reading.text or reading.problems


def test_metadata_is_kept_as_printed() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Årsplan på tværs")
        canvas.drawString(72, 700, "Tekst")

    assert read(drawn(draw), "a.pdf").metadata["title"] == "Årsplan på tværs"


def test_filled_fields_of_a_form_are_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Forslagsstiller:")
        canvas.acroForm.textfield(x=180, y=692, width=200, height=20, value="Havneskolen", name="stiller")

    reading = read(drawn(draw), "a.pdf")

    assert_sound(reading)
    assert printed_lines(reading.text) == ["Forslagsstiller: Havneskolen"]


def test_an_embedded_file_is_a_child() -> None:
    document = pdfium.PdfDocument(drawn(lambda canvas: canvas.drawString(72, 700, "Se bilag")))
    document.new_attachment("bilag æ.txt").set_data(b"Bilagets tekst")
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()

    (child,) = read(buffer.getvalue(), "a.pdf").children

    assert (child.name, child.data) == ("bilag æ.txt", b"Bilagets tekst")


@pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not here")
@pytest.mark.parametrize("path", sorted((SHARED / "data" / "pdf").glob("*.pdf")), ids=lambda path: path.stem)
def test_real_files_are_read_soundly(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)

    assert_sound(reading)
    assert reading.text
