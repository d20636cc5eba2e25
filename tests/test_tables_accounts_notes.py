"""Notes to accounts: small tables between running text, rows that speak of negative figures, shading behind figures."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas
from test_tables_accounts_pages import NOTE, YEARS, Line, Put, kroner, pages, row

from corpus.readers.pdf import read
from pipeline.tables import find_tables
from pipeline.tables.content.columns import read_layout
from pipeline.tables.content.grid import Grid, GridCell, TextLine

TEXT = (
    "Noten omfatter de poster, som kommunen har haft i begge år, og som er bogført efter de regler, der gælder for dem."
)
PROSE: list[Line] = [(24, [Put(60, TEXT, "left")]), (10, [Put(60, TEXT, "left")])]


def rows_of(*lines: tuple[str, str]) -> list[Line]:
    return [row(label, figures, YEARS) for label, figures in lines]


def test_three_rows_of_two_growing_figures_are_no_contents() -> None:
    found = pages(
        [
            NOTE,
            *rows_of(("Renter", "12 11"), ("Gebyrer", "7 9"), ("I alt", "19 20")),
            *PROSE,
            (40, [Put(45, "28"), Put(60, "Efterstillede tilgodehavender", "left")]),
            *rows_of(("Udlån", "5 38"), ("Obligationer", "442 876"), ("I alt", "447 914")),
            *PROSE,
        ]
    )
    assert kroner(found, 1) == {"Udlån": ["5", "38"], "Obligationer": ["442", "876"], "I alt": ["447", "914"]}


def test_rows_that_speak_of_negative_figures_part_no_table() -> None:
    found = pages(
        [
            NOTE,
            *rows_of(("Renter", "12 11"), ("Gebyrer", "7 9"), ("I alt", "19 20")),
            *PROSE,
            (40, [Put(45, "8"), Put(60, "Renteudgifter", "left")]),
            *rows_of(
                ("Gæld", "129 82"),
                ("Indlån", "-379 -31"),
                ("I alt efter modregning af negative renter", "-250 51"),
                ("Negative renteudgifter er modregnet", "662 524"),
                ("I alt før modregning af negative renter", "412 575"),
            ),
        ]
    )
    assert list(kroner(found, 1)) == [
        "Gæld",
        "Indlån",
        "I alt efter modregning af negative renter",
        "Negative renteudgifter er modregnet",
        "I alt før modregning af negative renter",
    ]


def test_names_left_of_shaded_and_ruled_figures_are_theirs() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("Helvetica", 8)
    rows = [
        ("Renter", "83", "101"),
        ("Regulering", "-108", "-124"),
        ("Indtægter", "-25", "-23"),
        ("I alt", "-56", "-53"),
    ]
    canvas.drawString(60, 760, "Resultat af beholdningen (mio. kr.)")
    canvas.setFillGray(0.93)
    canvas.rect(200, 684, 40, 62, stroke=0, fill=1)
    canvas.setFillGray(0)
    for number, (name, *figures) in enumerate([("", "2024", "2023"), *rows]):
        y = 738 - 12 * number
        canvas.drawString(60, y, name)
        for x, text in zip((236, 280), figures, strict=True):
            canvas.drawRightString(x, y, text)
        if number > 2:
            for x in (200, 240):
                canvas.line(x, y - 2, x + 40, y - 2)
    canvas.line(240, 684, 240, 746)
    canvas.line(280, 684, 280, 746)
    canvas.save()
    found = find_tables(read(buffer.getvalue(), "noter.pdf"))
    assert {line.label: [f"{v.value:f}" for v in line.values] for line in found.tables[0].lines} == {
        "Renter": ["83000000", "101000000"],
        "Regulering": ["-108000000", "-124000000"],
        "Indtægter": ["-25000000", "-23000000"],
        "I alt": ["-56000000", "-53000000"],
    }


def test_the_end_of_a_paragraph_over_a_table_is_no_heading() -> None:
    printed = [
        [(0, 4, TEXT)],
        [(0, 3, "der er forbundet med afledte finansielle instrumenter."), (3, 1, "Hoved-")],
        [(0, 1, "2024"), (1, 1, "Til og med 1 år"), (2, 1, "Over 1 år"), (3, 1, "stol")],
        [(0, 1, "Terminer"), (1, 1, "5.672"), (2, 1, "1.760"), (3, 1, "357.140")],
        [(0, 1, "Swaps"), (1, 1, "-52"), (2, 1, "51"), (3, 1, "125.159")],
    ]
    rows = [
        [GridCell(n, at, [TextLine(text, ((0, len(text)),), 1, None)], 1, span) for at, span, text in cells]
        for n, cells in enumerate(printed)
    ]
    columns = read_layout(Grid(rows, 4)).columns
    assert [column.heading.text for column in columns] == ["Til og med 1 år", "Over 1 år", "Hovedstol"]
