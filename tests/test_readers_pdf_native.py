"""PDF: the compiled part of the reader gives what Python gives, to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import hostile_files as hostile
import msgspec
import pytest
from budget_papers import papers
from budget_press import printed
from hypothesis import given
from hypothesis import strategies as st
from installed import uses_compiled_part
from pdf_drawn import drawn
from pdf_syntax import line, one_page
from reportlab.pdfgen.canvas import Canvas
from test_readers_pdf_hidden import HIDDEN, SEEN

from corpus import compiled
from corpus.readers import pdf, pdf_native
from corpus.reading import Reading

HERE = Path(__file__).parent
SEED = 20260710
# Of the files made to break a reader those whose drawings have no end are left out: a process is given up over them.
FILES = [
    HERE / "data" / "notat-office.pdf",
    *sorted({*(HERE / "hostile").glob("*.pdf")} - {*(HERE / "hostile").glob("tegning*.pdf")}),
    *sorted((HERE.parent / "corpus" / "samples").glob("*.pdf")),
]
built = pytest.mark.skipif(not pdf_native.USED, reason="the compiled part is not there, or not wanted")


def both_ways(data: bytes) -> tuple[Reading, Reading]:
    """What the compiled part makes of a file, and what Python makes of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_native, "USED", True)
        native = pdf.read(data, "papir.pdf")
        patch.setattr(pdf_native, "USED", False)
        return native, pdf.read(data, "papir.pdf")


def assert_alike(data: bytes) -> Reading:
    native, plain = both_ways(data)
    assert native.text == plain.text
    assert msgspec.json.encode(native) == msgspec.json.encode(plain)
    return plain


def turned(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Vejbelysning 1.250.000 kr.")
    for angle in (90, 180, 270, 30):
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.drawString(20, 20, f"Drejet {angle} grader")
        canvas.restoreState()


def lined(canvas: Canvas) -> None:
    canvas.setFillGray(0.9)
    canvas.rect(60, 690, 300, 30, stroke=0, fill=1)
    canvas.rect(60, 600, 300, 0.5, stroke=0, fill=1)
    canvas.roundRect(60, 500, 300, 60, 10, stroke=1, fill=0)
    canvas.setFillGray(0)
    canvas.drawString(72, 700, "Skoler og SFO 2.000")
    path = canvas.beginPath()
    path.moveTo(60, 400)
    for x, y in ((200, 400), (200, 350), (60, 350)):
        path.lineTo(x, y)
    path.close()
    path.rect(70, 355, 100, 30)
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.scale(2, 0.5)
    canvas.skew(0, 3)
    canvas.line(10, 300, 250, 300)


def raised(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Areal 120 m")
    canvas.setFont("Helvetica", 6)
    canvas.drawString(140, 706, "2")
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(72, 650, "for lille")


def side_by_side(canvas: Canvas, right: str) -> None:
    """Lines of five words, and as many of other words to the right of them."""
    canvas.setFont("Helvetica", 9)
    for number in range(20):
        canvas.drawString(60, 700 - 12 * number, "kommunen har i alle år")
        canvas.drawString(320, 700 - 12 * number, right)


ODD: dict[str, Callable[[], bytes]] = {
    "turned": lambda: drawn(turned),
    "lined": lambda: drawn(lined),
    "raised and tiny": lambda: drawn(raised),
    "columns": lambda: drawn(partial(side_by_side, right="holdt skolerne åbne om sommeren")),
    "figures beside text": lambda: drawn(partial(side_by_side, right="1.000 2.000 3.000 4.000 5.000")),
    "nothing": lambda: drawn(lambda canvas: None),
    "codes without meaning": lambda: one_page(line("A\\000\\001\\002\\255B", 700)),
    "a font of no height": lambda: one_page(b"BT /F1 0 Tf 72 700 Td (Fladt) Tj ET " + line("Rundt", 600)),
    **{
        f"shown at {turn}": partial(one_page, line("Omsorg 1.000", 700), page=b"/Rotate %d" % turn)
        for turn in (90, 180, 270)
    },
    "drawings in drawings": lambda: hostile.forms_of_forms(3),
    "a drawing in itself": lambda: hostile.form_loop().replace(b"/X Do /X Do", b"/X Do      "),
    "a page without end": lambda: hostile.huge_page("1000000000"),
    "cropped": lambda: one_page(line("Inden for og uden for", 700), page=b"/CropBox[0 600 120 800]"),
}


@built
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_read_alike(path: Path) -> None:
    assert_alike(path.read_bytes())


@built
@pytest.mark.parametrize("case", ODD)
def test_odd_pages_are_read_alike(case: str) -> None:
    assert_alike(ODD[case]())


@built
@pytest.mark.parametrize("case", [*HIDDEN, *SEEN])
def test_text_that_is_not_seen_is_left_out_alike(case: str) -> None:
    assert_alike(HIDDEN[case] if case in HIDDEN else SEEN[case])


@built
def test_generated_papers_are_read_alike() -> None:
    for paper in papers(40, SEED):
        assert assert_alike(printed(paper)[0]).text


@built
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="cp1252", exclude_characters="()\\\n\r"), min_size=1, max_size=12),
            st.integers(20, 560),
            st.integers(20, 800),
            st.sampled_from([6, 9, 9, 9, 12]),
            st.sampled_from([0, 0, 0, 90, 180, 7]),
        ),
        max_size=25,
    )
)
def test_words_anywhere_are_read_alike(words: list[tuple[str, int, int, int, int]]) -> None:
    def draw(canvas: Canvas) -> None:
        for text, x, y, size, angle in words:
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(angle)
            canvas.setFont("Helvetica", size)
            canvas.drawString(0, 0, text)
            canvas.restoreState()

    assert_alike(drawn(draw))


@built
@pytest.mark.parametrize("step", ["read_painted", "read_chars", "page_text"])
def test_ordinary_pages_go_the_compiled_way(step: str, monkeypatch: pytest.MonkeyPatch, samples: Path) -> None:
    given: list[object] = []
    asked = getattr(pdf_native, step)

    def watched(*arguments: object, **named: object) -> object:
        given.append(asked(*arguments, **named))
        return given[-1]

    monkeypatch.setattr(pdf_native, step, watched)
    pdf.read((samples / "brev-fjordby-afslag.pdf").read_bytes(), "brev.pdf")
    assert given
    assert None not in given


@built
def test_the_environment_turns_it_off() -> None:
    assert uses_compiled_part("corpus.readers.pdf_native", "1")
    assert not uses_compiled_part("corpus.readers.pdf_native", "0")


@built
def test_one_of_another_source_is_not_used() -> None:
    assert compiled.in_use("corpus.readers._pdf", pdf_native.INTERFACE)
    assert not compiled.in_use("corpus.readers._pdf", pdf_native.INTERFACE + 1)
    assert not compiled.in_use("corpus.readers._no_such_part", 1)
