"""PDF: running text in columns is read column by column, and nothing else is taken apart."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from corpus.readers import read
from corpus.reading import Reading

DATA = Path(__file__).resolve().parent / "data"
SENTENCES = (
    "Udvalget besluttede i foråret at samle vikarerne i et korps, som skolerne kan ringe til om morgenen.",
    "Kommunen har 12 skoler, og de fleste af dem ligger inden for en halv times kørsel fra rådhuset i Lyngsø.",
    "Erfaringerne fra det første år er gode, men de små skoler i nord synes, at ventetiden er blevet for lang.",
    "Forvaltningen foreslår derfor, at korpset får en fast afdeling i nord, og at den bemandes fra klokken seks.",
    "Det koster 413.000 kr. om året, som findes ved at nedlægge en stilling i administrationen.",
)
SIZE, LEADING = 10, 12.5
LEFT, RIGHT, WIDE = 60, 312, 225


def drawn(draw: Callable[[Canvas], None]) -> Reading:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Helvetica", SIZE)
    draw(canvas)
    canvas.save()
    return read(buffer.getvalue(), "a.pdf")


def wrapped(text: str, width: float = WIDE) -> list[str]:
    return list(map(str, simpleSplit(text, "Helvetica", SIZE, width)))


def lines_of(reading: Reading) -> list[str]:
    return [line for line in reading.text.splitlines() if line]


def column(canvas: Canvas, left: float, top: float, paragraphs: list[list[str]]) -> None:
    for paragraph in paragraphs:
        for line in paragraph:
            canvas.drawString(left, top, line)
            top -= LEADING
        top -= 7


def test_a_newsletter_is_read_column_by_column() -> None:
    reading = read((DATA / "nyhedsbrev-spalter.pdf").read_bytes(), "a.pdf")

    (page,) = reading.pages
    lines = lines_of(reading)
    assert lines[0] == "Nyt om affald i Lyngsø Kommune, juni 2025"
    assert lines[1:3] == [
        "Lyngsø Kommune har i foråret 2025 spurgt",
        "borgerne, hvad de synes om affaldsordningen.",
    ]
    assert lines.index("naboerne.") + 1 == lines.index("Genbrugspladsen på Havnevej får samtidig")
    assert lines[-2].startswith("Spørgsmål om ordningen")
    assert [word.line for word in page.words] == sorted(word.line for word in page.words)
    assert page.words[-1].line + 1 == len(lines)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=2, max_size=4),
    st.integers(min_value=1, max_value=3),
    st.sampled_from([0.0, 3.0, 7.5]),
)
def test_columns_of_running_text_follow_one_another(texts: list[list[str]], shift: int, lower: float) -> None:
    """Whatever the paragraphs, when both columns have eight lines or more."""
    paragraphs = [wrapped(" ".join(text)) for text in texts]
    left = [line for paragraph in paragraphs for line in paragraph]
    right = wrapped(" ".join([*SENTENCES[shift:], *SENTENCES[:shift]]))
    assume(len(left) >= 8)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 780, "Et hoved over hele siden, som står længere til højre end den ene spalte er bred")
        column(canvas, LEFT, 740, [left])
        column(canvas, RIGHT, 740 - lower / 4, [right])

    assert lines_of(drawn(draw))[1:] == [*left, *right]


def interleaved(left: list[str], right: list[str]) -> list[str]:
    rows = max(len(left), len(right))
    pairs = zip(left + [""] * (rows - len(left)), right + [""] * (rows - len(right)), strict=True)
    return [f"{a} {b}".strip() for a, b in pairs]


def test_rows_of_long_cells_without_lines_stay_rows() -> None:
    """Hearing answers beside what the office says of them: every row begins in both columns."""
    rows = [(wrapped(SENTENCES[n]), wrapped(SENTENCES[n + 1] + " " + SENTENCES[n])) for n in range(4)]

    def draw(canvas: Canvas) -> None:
        top = 740.0
        for left, right in rows:
            column(canvas, LEFT, top, [left])
            column(canvas, RIGHT, top, [right])
            top -= LEADING * max(len(left), len(right)) + 9

    assert lines_of(drawn(draw)) == [line for row in rows for line in interleaved(*row)]


def test_a_drawn_line_across_keeps_columns_together() -> None:
    left, right = wrapped(" ".join(SENTENCES)), wrapped(" ".join(SENTENCES[2:] + SENTENCES[:2]))

    def draw(canvas: Canvas) -> None:
        column(canvas, LEFT, 740, [left])
        column(canvas, RIGHT, 740, [right])
        canvas.line(LEFT, 740 - 6 * LEADING + 9.5, RIGHT + WIDE, 740 - 6 * LEADING + 9.5)

    assert lines_of(drawn(draw)) == interleaved(left, right)


@pytest.mark.parametrize("amounts", [["-413"], ["-206", "-413", "1.200"]])
def test_long_labels_with_amounts_beside_them_stay_rows(amounts: list[str]) -> None:
    labels = wrapped(" ".join(SENTENCES * 2))

    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(labels):
            canvas.drawString(LEFT, 740 - LEADING * row, label)
            for place, amount in enumerate(amounts):
                canvas.drawRightString(RIGHT + 60 * (place + 1), 740 - LEADING * row, amount)

    assert lines_of(drawn(draw)) == [" ".join([label, *amounts]) for label in labels]


def test_amounts_below_two_columns_stay_in_their_rows() -> None:
    left, right = wrapped(" ".join(SENTENCES)), wrapped(" ".join(SENTENCES[2:] + SENTENCES[:2]))
    rows = [("Besparelse på vikarkorpset", "-413"), ("Udgift til en afdeling i nord", "206")]

    def draw(canvas: Canvas) -> None:
        column(canvas, LEFT, 740, [left])
        column(canvas, RIGHT, 740, [right])
        below = 740 - LEADING * max(len(left), len(right))
        for row, (label, amount) in enumerate(rows):
            canvas.drawString(LEFT, below - LEADING * row, label)
            canvas.drawRightString(RIGHT + 100, below - LEADING * row, amount)

    assert lines_of(drawn(draw)) == [*left, *right, *(" ".join(row) for row in rows)]
