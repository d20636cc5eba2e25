"""What a table is called where no "Tabel 3" says so: the line right above it or its first row, and what is no title."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
from figures import paper, table
from laid import Line, figures, laid, row
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from corpus.model import Document
from corpus.store.entries import PartOutline
from pipeline.extract import extract_bytes
from pipeline.figures.collect import paper_figures
from pipeline.figures.request import Request
from pipeline.figures.sums import add_up

ROWS = "1.000 kr.       2026    2027\nLøn           10000   11000\nVarer           200     210\n"
HTML = (
    "<table>{}<tr><th>1.000 kr.</th><th>2026</th><th>2027</th></tr>"
    "<tr><td>Løn</td><td>10000</td><td>11000</td></tr><tr><td>Varer</td><td>200</td><td>210</td></tr></table>"
)
PIPES = "| 1.000 kr. | 2026 | 2027 |\n|---|---|---|\n| Løn | 10000 | 11000 |\n| Varer | 200 | 210 |\n"
STYLES = getSampleStyleSheet()


def captions(text: str, name: str = "notat.txt") -> list[str | None]:
    return [each.caption for each in extract_bytes(text.encode(), name).tables]


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("Skoler\n", "Skoler"),
        ("Notat\n\nUdgifterne til skolerne er vist her.\n\n2.1 Skoler og SFO\n\n", "2.1 Skoler og SFO"),
        ("Økonomiske konsekvenser:\n", "Økonomiske konsekvenser"),
        ("Skoler\nBeløb i 1.000 kr., 2026-priser\n", "Skoler"),
        ("Drift af haller (mio. kr.)\n", "Drift af haller (mio. kr.)"),
        ("Tabel 2. Skoler\n", "Tabel 2. Skoler"),
        # No title: a sentence and its end, a field, a greeting, a unit, a day, a figure, a heading further up.
        ("Udgifterne fordeler sig således:\n", None),
        ("Forvaltningen har set på udgifterne til skoler og foreslår, at de nedsættes i\nNordby\n", None),
        ("Udgiftstype: Serviceudgifter\n", None),
        ("Udgiftstype Serviceudgifter\n", None),
        ("Kære alle\n", None),
        ("Beløb i 1.000 kr.\n", None),
        ("Nordby, den 3. marts 2026\n", None),
        ("Side 3 af 7\n", None),
        ("Forbrug 1.250\n", None),
        ("Skoler\n\nUdgifterne til skoler stiger, fordi der bliver flere elever i byen.\n\n", None),
        ("Skoler\n\n\n\n\n\n", None),
        ("- løn til lærere\n", None),
    ],
)
def test_the_line_above_a_table_of_text(above: str, caption: str | None) -> None:
    assert captions(above + ROWS) == [caption]


def test_headings_and_bold_lines_of_markdown() -> None:
    titled = f"# Budget\n\n## Skoler\n\n{PIPES}\n**Dagtilbud**\n\n{PIPES}"
    assert captions(f"{titled}\n## Ældre\n\nDe ældre bliver flere i Nordby.\n\n{PIPES}", "notat.md") == [
        "Skoler",
        "Dagtilbud",
        None,
    ]


def test_captions_and_headings_of_html() -> None:
    inside = '<tr><th colspan="3">Kultur</th></tr>'
    page = "<h1>Budget</h1><h2>Skoler</h2>{}<p><b>Dagtilbud</b></p>{}{}{}".format(
        *(HTML.format(said) for said in ("", "", "<caption>Ældre</caption>", inside))
    )
    assert captions(f"<html><body>{page}</body></html>", "notat.html") == ["Skoler", "Dagtilbud", "Ældre", "Kultur"]


def test_names_over_headings_that_are_printed_again_are_the_groups_of_the_rows() -> None:
    (found,) = extract_bytes(f"Skoler\n{ROWS}\nDagtilbud\n{ROWS}".encode(), "notat.txt").tables
    assert found.caption is None
    assert [(line.group, line.label) for line in found.lines] == [
        *(("Skoler", "Løn"), ("Skoler", "Varer"), ("Dagtilbud", "Løn"), ("Dagtilbud", "Varer"))
    ]


def test_a_title_that_ends_in_a_unit_begins_another_table() -> None:
    bare = ROWS.replace("1.000 kr.", "         ")
    assert captions(f"{ROWS}\nØkonomi i alt (mio. kr.)\n{bare}") == [None, "Økonomi i alt (mio. kr.)"]


def printed(*parts: Flowable) -> Document:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, invariant=1).build(list(parts))
    return extract_bytes(buffer.getvalue(), "notat.pdf")


def grid(extra: int, *, ruled: bool, title: str = "") -> Table:
    rows = [["1.000 kr.", "2026", "2027"], ["Løn", f"{10_000 + extra}", "11000"], ["Varer", "200", f"{210 + extra}"]]
    style: list[Sequence[object]] = [("ALIGN", (1, 0), (-1, -1), "RIGHT")]
    style += [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    if title:
        rows, style = [[title, "", ""], *rows], [*style, ("SPAN", (0, 0), (-1, 0))]
    return Table(rows, style=style, hAlign="LEFT")


PROSE = Paragraph(
    "Forvaltningen har set på udgifterne, og tallene er foreløbige, indtil rådet har set dem.", STYLES["Normal"]
)


@pytest.mark.parametrize("ruled", [True, False])
def test_titles_on_pages(ruled: bool) -> None:
    found = printed(
        *(Paragraph("Skoler", STYLES["Heading2"]), grid(0, ruled=ruled), Spacer(1, 10), PROSE, Spacer(1, 10)),
        *(Paragraph("<b>Dagtilbud</b>", STYLES["Normal"]), Spacer(1, 6), grid(1, ruled=ruled), Spacer(1, 10)),
        *(Paragraph("Ældre", STYLES["Heading2"]), PROSE, Spacer(1, 6), grid(2, ruled=ruled)),
    )
    assert [each.caption for each in found.tables] == ["Skoler", "Dagtilbud", None]


@pytest.mark.parametrize("ruled", [True, False])
def test_titles_side_by_side(ruled: bool) -> None:
    sides = [
        [Paragraph(name, STYLES["Normal"]), grid(n, ruled=ruled)] for n, name in enumerate(("Skoler", "Dagtilbud"))
    ]
    found = printed(PROSE, Spacer(1, 12), Table([sides], colWidths=[250, 250]))
    assert [each.caption for each in found.tables] == ["Skoler", "Dagtilbud"]


def test_the_first_row_of_a_drawn_table_is_its_title() -> None:
    found = printed(grid(0, ruled=True, title="Skoler"), Spacer(1, 20), grid(1, ruled=True, title="Dagtilbud"))
    assert [each.caption for each in found.tables] == ["Skoler", "Dagtilbud"]


def page(*top: Line, salt: int = 0) -> list[Line]:
    return [
        *top,
        row("1.000 kr.", "2026", "2027"),
        row("Løn", f"{10_000 + salt}", "11.000"),
        row("Varer", f"{200 + salt}", "210"),
    ]


def test_a_running_head_is_no_title() -> None:
    head = (-60.0, "Budget i Nordby")
    pages = laid(*(page((head,), salt=n) for n in range(3)))
    assert {each.caption for each in pages.tables} == {None}
    assert [each.caption for each in laid(page((head,))).tables] == ["Budget i Nordby"]
    titled = laid(*(page((head,), ((-60.0, name),), salt=n) for n, name in enumerate(("Skoler", "Haller"))))
    assert [each.caption for each in titled.tables] == ["Skoler", "Haller"]


def test_the_value_of_a_form_and_a_heading_of_columns_are_no_titles() -> None:
    form = laid(page(((-60.0, "Udgiftstype"), (-180.0, "Serviceudgifter"))))
    assert [each.caption for each in form.tables] == [None]
    spanning = laid(page(((-330.0, "Ændring i forhold til budget"),)))
    assert {each.caption for each in spanning.tables} == {None}


def test_equal_rows_under_different_titles_are_both_counted() -> None:
    area = (("Besparelse på ledelse", (-500, -600)), ("Udgift til konsulent", (100, 0)), ("Netto", (-400, -600)))

    def net(*said: str | None) -> Decimal:
        found = paper(*(table(*area, caption=each) for each in said), parts=[PartOutline(index=0, kind="body")])
        figures = list(paper_figures(found, {0: frozenset()}))
        return next(each.value for each in add_up(figures, Request(by=(), side="net")).sums if each.year == 2026)

    assert net("Skoler", "Dagtilbud") == -800_000
    assert net("Skoler", "skoler") == -400_000
    assert net("Økonomiske konsekvenser", "Samlet økonomi 2026") == -400_000
    assert net("Skoler", "Samlet oversigt (1.000 kr.)") == -400_000


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("Tabel 3\nUdgifter til drift\n", "Tabel 3 Udgifter til drift"),
        ("Tabel 3.\nUdgifter til drift\n", "Tabel 3. Udgifter til drift"),
        (
            "Tabel 3. Udgifter til drift af skoler og\nklubber efter område\n",
            "Tabel 3. Udgifter til drift af skoler og klubber efter område",
        ),
        ("Tabel 3\n\nUdgifter til drift\n", "Tabel 3"),
        ("Tabel 3. Udgifter til drift\nSkoler\n", "Tabel 3. Udgifter til drift"),
        ("Tabel 3. Udgifter til drift\nalle tal er skøn, og de ændres.\n", "Tabel 3. Udgifter til drift"),
        ("Tabel 3\nBeløb i mio. kr.\n", "Tabel 3"),
    ],
)
def test_a_caption_of_two_lines(above: str, caption: str) -> None:
    assert captions(above + ROWS) == [caption]


def test_a_larger_title_and_a_unit_over_words_begin_another_table() -> None:
    """One of the words may have a year of its own, and the rows above stand under years."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    ages = [row("Aldersgruppe", "2026", "2027", "2028"), row("0-2 år", "1.751", "1.809", "1.773")]
    ages += [row("3-5 år", "1.925", "1.879", "1.888"), row("I alt", "3.676", "3.688", "3.661")]
    projects = [row("", "Anlægs-", "Forbrug", "Rest-"), row("Projekt", "bevilling", "2027", "bevilling")]
    projects += [row("Havnebad", "18.185.000", "5.455.500", "12.729.500"), row("Stier", "5.000", "2.000", "3.000")]
    lines = [(10, line) for line in ages] + [(15, row("Anlægsoversigt")), (10, row("Kr."))]
    y = 780.0
    for size, cells in [*lines, *((10, line) for line in projects)]:
        canvas.setFont("Helvetica", size)
        for x, said in cells:
            canvas.drawString(-x, y, said) if x < 0 else canvas.drawRightString(x, y, said)
        y -= 1.5 * size
    canvas.save()
    document = extract_bytes(buffer.getvalue(), "regnskab.pdf")
    assert [len(table.lines) for table in document.tables] == [3, 2]
    assert figures(document)["Havnebad"] == {
        "Anlægsbevilling": "18185000",
        2027: "5455500",
        "Restbevilling": "12729500",
    }
    assert figures(document)["0-2 år"] == {}
