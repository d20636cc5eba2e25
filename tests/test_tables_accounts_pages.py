"""Pages of accounts: headings close together over narrow figures, and tables that do not go on overleaf."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal, NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.pdf import read
from pipeline.tables import TableFindings, find_tables

Side = Literal["left", "right", "middle"]


class Put(NamedTuple):
    """A text at a place of its line."""

    x: float
    text: str
    side: Side = "right"


Line = tuple[float, Sequence[Put]]
"""How far below the line above, and what stands on it."""


def pages(*printed: Sequence[Line], font: str = "Helvetica", size: float = 8.0) -> TableFindings:
    """The tables of a PDF with these lines on its pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in printed:
        canvas.setFont(font, size)
        y = 790.0
        for down, line in page:
            y -= down
            for x, text, side in line:
                shift = {"left": 0.0, "right": 1.0, "middle": 0.5}[side] * stringWidth(text, font, size)
                canvas.drawString(x - shift, y, text)
        canvas.showPage()
    canvas.save()
    return find_tables(read(buffer.getvalue(), "regnskab.pdf"))


def row(label: str, figures: str, at: Sequence[float], down: float = 10.0) -> Line:
    """A label and its figures, "." for none, each ending at its place."""
    cells = [Put(x, text) for x, text in zip(at, figures.split(), strict=True) if text != "."]
    return down, [Put(60, label, "left"), *cells]


def headings(found: TableFindings, number: int = 0) -> list[str]:
    return [column.label for column in found.tables[number].columns]


def kroner(found: TableFindings, number: int = 0) -> dict[str, list[str]]:
    """By label, the figures in millions of the unit's kr."""
    return {
        line.label: [f"{value.value:f}".removesuffix("000000") for value in line.values]
        for line in found.tables[number].lines
        if line.values
    }


YEARS = (430.0, 500.0)
NOTE: Line = (14, [Put(60, "Mio. kr.", "left"), Put(430, "2024"), Put(500, "2023")])


def test_a_table_with_headings_of_its_own_does_not_go_on_below_the_years_of_the_page_before() -> None:
    first = [
        NOTE,
        *(row(label, "12 11", YEARS) for label in ("Grunde", "Bygninger", "Inventar", "Biler", "Aktiver i alt")),
        *(row(f"Kortfristet gæld {n}", "3 4", YEARS) for n in range(1, 60)),
    ]
    own = ["Indskud", "Opskrivning", "Overført", "Udbytte", "I alt"]
    parts = (270.0, 330.0, 390.0, 440.0, 500.0)
    second = [
        (14, [Put(60, "Mio. kr.", "left")]),
        (14, [Put(60, "Egenkapitalopgørelse", "left")]),
        (12, [Put(x, text) for x, text in zip(parts, own, strict=True)]),
        row("Primo", "776 205 31.472 0 32.453", parts),
        row("Årets resultat", "0 0 1.441 0 1.441", parts),
        row("Udbytte", "0 -5 -1.889 0 -1.894", parts),
        row("Ultimo", "776 200 31.024 0 32.000", parts),
    ]
    found = pages(first, second)
    assert headings(found, 1) == own
    assert kroner(found, 1)["Primo"] == ["776", "205", "31472", "0", "32453"]


def test_headings_closer_than_cells_end_where_their_figures_end() -> None:
    names = ["Primo", "årets resultat", "totalindkomst", "Øvrige ændringer", "Ultimo"]
    ends = [300.0]
    for name in names[1:3]:
        ends.append(ends[-1] + 5 + stringWidth(name, "Helvetica", 8))
    ends += [480.0, 530.0]
    found = pages(
        [
            (0, [Put(60, "Mio. kr.", "left")]),
            (16, [Put(ends[2], "Anden")]),
            (10, [Put(x, text) for x, text in zip(ends, names, strict=True)]),
            row("Obligationer", "-24 -34 0 0 -58", ends),
            row("Bygninger", "259 -33 -1 0 225", ends),
            row("Pensioner", "-140 6 -1 0 -135", ends),
            row("I alt", "95 -61 -2 0 32", ends),
        ]
    )
    assert headings(found) == ["Primo", "årets resultat", "Anden totalindkomst", "Øvrige ændringer", "Ultimo"]
    assert kroner(found)["Bygninger"] == ["259", "-33", "-1", "0", "225"]


def test_a_heading_over_headed_columns_is_not_cut_where_a_word_happens_to_end() -> None:
    over = stringWidth("Udlån og garantier", "Helvetica", 8)
    word = stringWidth("Udlån og", "Helvetica", 8)
    places = (300.0 + word, 300.0 + over, 420.0, 480.0)
    found = pages(
        [
            (0, [Put(60, "Mio. kr.", "left")]),
            (16, [Put(300, "Udlån og garantier", "left"), Put(450, "Årets tab", "middle")]),
            (12, [Put(x, text) for x, text in zip(places, ("Brutto", "Netto", "Brutto", "Netto"), strict=True)]),
            row("Landbrug", "486 538 45 65", places),
            row("Handel", "965 759 11 49", places),
            row("Fiskeri", "279 278 19 44", places),
        ]
    )
    assert headings(found)[:2] == ["Udlån og garantier Brutto", "Udlån og garantier Netto"]


def test_a_year_between_two_columns_is_of_both() -> None:
    places = (390.0, 440.0, 490.0, 540.0)
    words = ["Indregnet", "Indregnet"], ["værdi", "Dagsværdi", "værdi", "Dagsværdi"]
    found = pages(
        [
            (0, [Put(60, "Mio. kr.", "left"), Put(405, "2024"), Put(505, "2023")]),
            (10, [Put(x, text) for x, text in zip(places[::2], words[0], strict=True)]),
            (10, [Put(x, text) for x, text in zip(places, words[1], strict=True)]),
            row("Udlån", "345.699 345.712 145.994 146.033", places, 14),
            row("Obligationer", "66.663 66.665 78.333 78.335", places),
            row("I alt", "412.362 412.377 224.327 224.368", places),
        ]
    )
    assert [(column.label, column.year) for column in found.tables[0].columns] == [
        ("2024 Indregnet værdi", 2024),
        ("2024 Dagsværdi", 2024),
        ("2023 Indregnet værdi", 2023),
        ("2023 Dagsværdi", 2023),
    ]
    assert kroner(found)["Udlån"] == ["345699", "345712", "145994", "146033"]


def test_a_year_over_columns_beside_a_column_of_text_is_in_the_middle_of_their_rooms() -> None:
    places = (360.0, 405.0, 450.0, 495.0, 540.0)
    heads = ["Stadie 1", "Stadie 2", "Stadie 3", "I alt", "I alt"]
    bands = [("A", "0,00 - 0,10"), ("B", "0,10 - 0,15"), ("C", "0,15 - 0,22")]
    found = pages(
        [
            (0, [Put(60, "Mio. kr.", "left")]),
            (14, [Put(407, "2024", "middle"), Put(540, "2023")]),
            (
                10,
                [
                    *(Put(60, "Klasse", "left"), Put(180, "Bånd i %", "left")),
                    *(Put(x, text) for x, text in zip(places, heads, strict=True)),
                ],
            ),
            *((10, [*row(name, "9.208 1 0 9.209 11.765", places)[1], Put(180, band, "left")]) for name, band in bands),
        ]
    )
    assert [column.year for column in found.tables[0].columns][-5:] == [2024, 2024, 2024, 2024, 2023]


def test_a_sentence_over_the_labels_takes_no_heading_away() -> None:
    places = (400.0, 450.0, 500.0)
    found = pages(
        [
            (0, [Put(60, "Mio. kr.", "left")]),
            (17, [Put(40, "14"), Put(60, "Nedskrivninger på udlån og garantier, fortsat", "left")]),
            (17, [Put(60, "Fordeling af saldoen i stadier - garantier og tilsagn mv.", "left")]),
            (10, [Put(x, text) for x, text in zip(places, ("Stadie 1", "Stadie 2", "I alt"), strict=True)]),
            row("Saldo primo", "57 65 122", places),
            row("Overførsler", "12 -11 1", places),
            row("Saldo ultimo", "69 54 123", places),
        ]
    )
    assert headings(found) == ["Stadie 1", "Stadie 2", "I alt"]
    assert kroner(found)["Overførsler"] == ["12", "-11", "1"]
