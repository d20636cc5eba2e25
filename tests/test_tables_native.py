"""Tables: the compiled part cuts a page into the segments and lines that Python cuts it into, to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import pytest
from budget_papers import papers
from budget_press import printed
from hypothesis import given
from hypothesis import strategies as st
from installed import uses_compiled_part
from pdf_drawn import drawn
from reportlab.pdfgen.canvas import Canvas
from test_hostile_patterns import limited

from corpus.readers import pdf
from corpus.reading import Page, Reading
from pipeline.tables import find_tables
from pipeline.tables.layout import page_native
from pipeline.tables.layout.gutters import column_starts
from pipeline.tables.layout.page_native import printed_lines
from pipeline.tables.layout.pagelines import PageLines
from pipeline.tables.layout.segments import Strips
from pipeline.tables.layout.words import PageLine, Printed, Segment

HERE = Path(__file__).parent
SEED = 20260714
# Of the files made to break a reader those whose drawings have no end are left out: a process is given up over them.
FILES = [
    HERE / "data" / "notat-office.pdf",
    *sorted({*(HERE / "hostile").glob("*.pdf")} - {*(HERE / "hostile").glob("tegning*.pdf")}),
    *sorted((HERE.parent / "corpus" / "samples").glob("*.pdf")),
]
built = pytest.mark.skipif(not page_native.USED, reason="the compiled part is not there, or not wanted")


def both_ways(page: Page, text: str) -> tuple[PageLines, PageLines]:
    """The lines of a page as the compiled part makes them, and as Python does."""
    return printed_lines(page, text), PageLines.of(page, text)


def of_segment(segment: Segment) -> tuple[object, ...]:
    own = (segment.text, segment.page, segment.box, segment.x0, segment.x1, segment.kind, segment.count)
    read = (segment.is_year, segment.is_value, segment.place, segment.words, segment.piece())
    return *own, *read, *map(tuple, segment.boxes)


def of_line(line: PageLine) -> tuple[object, ...]:
    own = (line.text, line.box, line.centre, line.height, line.years, line.values, line.piece())
    return *own, *map(of_segment, line.segments)


def of_strips(strips: Strips | None) -> list[object]:
    names = [name for name in Strips.__slots__ if name != "may_have_columns"]
    values = [] if strips is None else [getattr(strips, name) for name in names]
    return [(value.dtype, value.tolist()) if isinstance(value, np.ndarray) else value for value in values]


def assert_alike(reading: Reading) -> list[PageLines]:
    """The lines of each page of a reading, which are the same both ways."""
    pages = [both_ways(page, reading.text) for page in reading.pages]
    for native, plain in pages:
        assert of_strips(native.strips) == of_strips(plain.strips)
        assert list(map(of_line, native.whole())) == list(map(of_line, plain))
        if native.strips is not None and plain.strips is not None and not native.strips.may_have_columns:
            assert not any(column_starts(plain.strips))
    return [native for native, _ in pages]


def tables_of(reading: Reading, *, compiled: bool) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_native, "USED", compiled)
        return msgspec.json.encode(find_tables(reading))


@built
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_cut_alike(path: Path) -> None:
    reading = pdf.read(path.read_bytes(), path.name)

    assert_alike(reading)
    assert tables_of(reading, compiled=True) == tables_of(reading, compiled=False)


@built
def test_generated_papers_are_cut_alike() -> None:
    made: list[PageLines] = []
    for paper in papers(40, SEED):
        reading = pdf.read(printed(paper)[0], "papir.pdf")
        made += assert_alike(reading)
        assert tables_of(reading, compiled=True) == tables_of(reading, compiled=False)

    lines = [line for page in made for line in page._made]
    assert sum(page.is_made for page in made) > len(made) * 0.9
    assert lines.count(None) < len(lines) / 50, "nearly all lines go the compiled way"


def written(canvas: Canvas, words: Sequence[tuple[str, int, int, int]], walls: Sequence[tuple[int, int]]) -> None:
    for text, x, y, size in words:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)
    for x, y in walls:
        canvas.line(x, y, x, y + 60)


TEXTS = st.one_of(
    st.text(st.characters(codec="cp1252", exclude_characters="()\\\n\r"), min_size=1, max_size=8),
    st.sampled_from(
        ["2026", "2027", "BO 1", "(2028)", "2025-pl", "1.200", "-1.200", "-", "350", "12", "I alt", "Skoler", "og",
         "børn.", "...", ". . .", "Leje....", "___", "…", "¼", "²", "a", "(1.000 kr.)", "50 %", "mål l", "20 26 27"]
    ),
)  # fmt: skip
# Words stand on few lines and close together, so that lines, segments and the gaps between them come about.
WORDS = st.lists(
    st.tuples(TEXTS, st.integers(5, 50).map(lambda n: 11 * n), st.integers(40, 46).map(lambda n: 12 * n),
              st.sampled_from([9, 9, 9, 10, 14])),
    max_size=30,
)  # fmt: skip
WALLS = st.lists(st.tuples(st.integers(60, 540), st.integers(470, 520)), max_size=3)


GROUPS = st.sampled_from(["12", "350", "005", "1", "-3", "(12", "234)", "234,5", "234-", "2026", "1.200", "Leje", "og"])


def spaced(lines: Sequence[Sequence[tuple[str, float]]]) -> Reading:
    """A page of such lines of words, each with the gap behind it."""
    spans: list[tuple[int, int, int, int]] = []
    boxes: list[tuple[float, float, float, float]] = []
    for number, line in enumerate(lines):
        x0 = 40.0
        for word, gap in line:
            start = spans[-1][1] + 1 if spans else 0
            spans.append((start, start + len(word), number, 0))
            boxes.append((x0, 14.0 * number, x0 + 5 * len(word), 14.0 * number + 10))
            x0 += 5 * len(word) + gap
    text = " ".join(word for line in lines for word, _ in line)
    page = Page.build(number=1, width=600, height=800, start=0, end=len(text), spans=spans, boxes=boxes)
    return Reading(media_type="application/pdf", reader="pdf", text=text, pages=[page])


@built
@given(st.lists(st.lists(st.tuples(GROUPS, st.sampled_from([2.5, 3.6, 3.9, 4.2, 9.0])), min_size=1), min_size=1))
def test_digits_a_wide_blank_apart_are_cut_alike(lines: list[list[tuple[str, float]]]) -> None:
    (cut,) = assert_alike(spaced(lines))

    assert cut.is_made or not cut.strips or not cut.strips.promising


@pytest.mark.parametrize(
    "lines", [[[("350", 3.9)] * 100_000], [[("12", 3.9), ("350", 3.9)]] * 50_000], ids=["one line", "many lines"]
)
def test_digits_a_wide_blank_apart_without_end_take_no_more_time_each(lines: list[list[tuple[str, float]]]) -> None:
    reading = spaced(lines)

    with limited(5.0):
        both_ways(reading.pages[0], reading.text)


def taller(page: Page, by: float) -> Page:
    """The page as a font prints it that claims more height than its letters have."""
    boxes = page.boxes.copy()
    boxes[:, 1::2] += (boxes[:, 3:] - boxes[:, 1:2]) * (-by, by)
    kept = {name: getattr(page, name) for name in ("number", "width", "height", "start", "end")}
    return Page.build(**kept, spans=page.spans, boxes=boxes, rulings=page.ruling_boxes, fills=page.fill_boxes)


@built
@given(WORDS, WALLS, st.sampled_from([0, 0, 0.4, 1.5]))
def test_words_anywhere_are_cut_alike(
    words: list[tuple[str, int, int, int]], walls: list[tuple[int, int]], by: float
) -> None:
    reading = pdf.read(drawn(partial(written, words=words, walls=walls)), "papir.pdf")

    assert_alike(msgspec.structs.replace(reading, pages=[taller(page, by) for page in reading.pages]))


@built
@pytest.mark.parametrize("by", [0.5, 1.0])
def test_papers_in_tall_boxes_are_cut_alike(by: float) -> None:
    for paper in papers(10, SEED):
        reading = pdf.read(printed(paper)[0], "papir.pdf")
        made = assert_alike(msgspec.structs.replace(reading, pages=[taller(page, by) for page in reading.pages]))
        assert all(page.is_made for page in made if page.strips is not None and page.strips.promising)


NUMBERS = st.integers(-3, 40)
BOXES = st.tuples(*[st.sampled_from([0.0, 1.5, 10.0, 10.004, 20.0, 60.0, float("nan"), float("inf")])] * 4)


@built
@given(
    st.text(st.sampled_from("ab1. \n…–2¼\U0001f389"), max_size=30),
    st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 3), st.sampled_from([0, 0, 0, 0, 1])), max_size=6),
    st.lists(BOXES, min_size=6, max_size=6),
    st.lists(BOXES, max_size=2),
    st.integers(0, 3),
)
def test_arrays_that_make_no_page_are_left_to_python(
    text: str,
    spans: list[tuple[int, int, int, int]],
    boxes: list[tuple[float, ...]],
    rulings: list[tuple[float, ...]],
    start: int,
) -> None:
    from pipeline.tables.layout import _page

    given_boxes = boxes[: len(spans)]
    page = Page.build(
        number=1, width=595, height=842, start=start, end=len(text), spans=spans, boxes=given_boxes, rulings=rulings
    )
    packed = page.packed
    found = _page.cut_page(text, 1, start, len(text), packed.spans, packed.boxes, packed.rulings)

    if found is not None:
        places = [place for first, last, _, _ in spans for place in (first, last)]
        assert all(start <= place <= len(text) for place in places)
        assert np.isfinite(given_boxes).all()
        native, plain = both_ways(page, text)
        assert of_strips(native.strips) == of_strips(plain.strips)


@built
def test_a_page_without_arrays_of_one_length_is_left_to_python() -> None:
    from pipeline.tables.layout import _page

    row = bytes(16)

    for spans, boxes, rulings in ((row, b"", b""), (b"", row, b""), (row, row, b"1"), (row[1:], row[1:], b"")):
        assert _page.cut_page("abc", 1, 0, 3, spans, boxes, rulings) is None
    with pytest.raises(TypeError):
        _page.cut_page(b"abc", 1, 0, 3, row, row, b"")  # type: ignore[arg-type]


@built
def test_numbers_and_classes_are_bound_once() -> None:
    from pipeline.tables.layout import _page

    with pytest.raises(RuntimeError, match="bound already"):
        _page.bind({}, np.zeros(1, np.uint8), np.zeros(1, np.uint8), Segment, PageLine, Printed, len, None, None)  # type: ignore[arg-type]


@built
def test_the_environment_turns_it_off() -> None:
    assert uses_compiled_part("pipeline.tables.layout.page_native", "1")
    assert not uses_compiled_part("pipeline.tables.layout.page_native", "0")
