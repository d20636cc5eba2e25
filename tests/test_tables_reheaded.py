"""Headings in words over more rows, overleaf or further down: what stands below them is another table."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

ENDS = (300, 400, 500)
Row = list[str]
HEAD = ["Projekt", "Drift", "Anlæg", "I alt"]
ROWS = [["Cykelsti", "11,4", "0,6", "12,0"], ["Hal Nord", "0,9", "0,1", "1,0"]]
MORE = [["Broen", "11,2", "0,7", "11,9"], ["Havnen", "0,8", "0,2", "1,0"]]


def book(*pages: list[Row], ruled: bool) -> Document:
    """Pages of rows; a row of one cell is a line over all columns."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for rows in pages:
        y = 780
        for name, *cells in rows:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, y, name)
            for x, text in zip(ENDS, cells, strict=False):
                canvas.drawString(x - stringWidth(text, "Helvetica", 10), y, text)
            if ruled and cells:
                for edge in (56, *(x - 95 for x in ENDS), 504):
                    canvas.line(edge, y - 5, edge, y + 13)
                for edge in (y - 5, y + 13):
                    canvas.line(56, edge, 504, edge)
            y -= 18
        canvas.showPage()
    canvas.save()
    return extract_bytes(buffer.getvalue(), "bog.pdf")


def values(found: Document) -> dict[str, dict[str, str]]:
    return {
        line.label: {value.column or str(value.year): f"{value.value / 1_000_000:.1f}" for value in line.values}
        for table in found.tables
        for line in table.lines
    }


def under(heads: Row, rows: list[Row]) -> dict[str, dict[str, str]]:
    return {
        name: {head: cell.replace(",", ".") for head, cell in zip(heads[1:], cells, strict=True)}
        for name, *cells in rows
    }


OTHERS = [
    ["Projekt", "Anlæg", "Drift", "I alt"],
    ["Forening", "Bevilget", "Udbetalt", "Rest"],
    ["Projekt", "Drift", "Anlæg", "Netto"],
    ["", "Budget", "Regnskab", "Afvigelse"],
]


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("above", [[], [["Mio. kr."]]])
@pytest.mark.parametrize("heads", OTHERS, ids=lambda heads: "-".join(heads))
def test_headings_of_its_own_make_the_rows_overleaf_another_table(heads: Row, above: list[Row], ruled: bool) -> None:
    found = book([["Mio. kr."], HEAD, *ROWS], [*above, heads, *MORE], ruled=ruled)
    expected = under(HEAD, ROWS) | under(heads, MORE)
    if not above:  # the unit of the page before may be that of the first table alone
        expected |= {name: {} for name, *_ in MORE}
    assert values(found) in (expected, under(HEAD, ROWS) | under(heads, MORE))
    assert len(found.tables) == 2


@pytest.mark.parametrize("ruled", [False, True])
def test_words_overleaf_of_a_table_of_years_head_another_table(ruled: bool) -> None:
    dated = ["Mio. kr.", "2026", "2027", "2028"]
    found = book([dated, *ROWS], [["Mio. kr."], OTHERS[1], *MORE], ruled=ruled)
    assert values(found) == under(dated, ROWS) | under(OTHERS[1], MORE)


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("again", [[], [HEAD]], ids=["bare", "again"])
def test_rows_overleaf_without_other_headings_go_on(again: list[Row], ruled: bool) -> None:
    found = book([["Mio. kr."], HEAD, *ROWS], [*again, *MORE], ruled=ruled)
    assert values(found) == under(HEAD, [*ROWS, *MORE])
    assert len(found.tables) == 1


@pytest.mark.parametrize("words", [["afventer", "afventer", "afventer"], ["-", "-", "-"], ["-", "0,2", "0,2"]])
def test_a_row_overleaf_of_one_word_or_of_dashes_is_no_heading(words: Row) -> None:
    found = book([["Mio. kr."], HEAD, *ROWS], [["Stien", *words], *MORE], ruled=True)
    assert values(found).items() >= under(HEAD, [*ROWS, *MORE]).items()
    assert len(found.tables) == 1


def text_of(*blocks: list[Row]) -> Document:
    rows = [row for block in blocks for row in block]
    lines = [f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * 4, *rows[1:]]]
    return extract_bytes(("Mio. kr.\n\n" + "\n".join(lines)).encode(), "oversigt.md")


@pytest.mark.parametrize("heads", OTHERS, ids=lambda heads: "-".join(heads))
def test_headings_in_words_below_figures_head_another_table(heads: Row) -> None:
    found = text_of([HEAD, *ROWS], [heads, *MORE])
    assert values(found) == under(HEAD, ROWS) | under(heads, MORE)


def test_the_same_headings_again_or_words_that_are_none_go_on() -> None:
    assert values(text_of([HEAD, *ROWS], [HEAD, *MORE])) == under(HEAD, [*ROWS, *MORE])
    found = text_of([HEAD, *ROWS], [["Stien", "afventer", "ukendt", "se note"], *MORE])
    assert values(found).items() >= under(HEAD, [*ROWS, *MORE]).items()
