"""Running text in the other column of a page, whose lines stand level with the rows of a table."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid

LINES: list[tuple[str, tuple[str, ...]]] = [
    ("Egenkapitalen udgør herefter 700,4 mio. kr., svarende til en", ("Note 6. Renteindtægter",)),
    ("soliditet på 39,3 pct. Resultatet blev 44,0 mio. kr. mod 245,5", ()),
    ("mio. kr. i 2030, hvilket er 27,7 mio. kr. bedre end forventet.", ("", "", "mio. kr.")),
    ("Udstyr over 50.000 kr. aktiveres og afskrives over 3-5 år.", ("", "2031", "2030")),
    ("Der er i 2031 afholdt udgifter for 24,9 mio. kr. til eftersyn af", ("Tilgodehavender hos selskaber og",)),
    ("bygninger og 373,4 mio. kr. til inventar. Ledelsen anser", ("centralbanker", "131", "86")),
    ("resultatet for tilfredsstillende set i lyset af de ændrede", ("Udlån og andre krav", "207", "155")),
    ("markedsforhold. Antallet af ansatte var ved årets udgang 249", ("Obligationer", "160", "157")),
    ("mod 143 året før.", ()),
    ("", ("Instrumenter i alt", "493", "498")),
    ("Bestyrelsen indstiller, at der udbetales et udbytte på 19,1 mio.", ("Kontrakter", "259", "155")),
    ("kr. Egenkapitalen udgør herefter 390,9 mio. kr., svarende til en", ("Rest", "991", "896")),
    ("soliditet på 8,0 pct. Resultatet blev 710,8 mio. kr. mod 334,3", ()),
]


@pytest.mark.parametrize(("text", "names", "ends"), [(46.0, 306.5, (516.0, 544.0)), (306.5, 46.0, (200.0, 240.0))])
def test_sentences_level_with_rows_are_no_part_of_their_names_nor_remarks(
    text: float, names: float, ends: tuple[float, float]
) -> None:
    page: list[Line] = []
    for beside, (name, *values) in ((words, row or ("",)) for words, row in LINES):
        cells = [(-text, beside), (-names, name), *zip(ends, values, strict=False)]
        page.append(tuple(cell for cell in cells if cell[1]))
    document = laid(page, size=8.5, step=11.5)
    assert document.problems == []
    found = figures(document)
    assert found["Tilgodehavender hos selskaber og centralbanker"] == {2031: "131000000", 2030: "86000000"}
    assert found["Obligationer"] == {2031: "160000000", 2030: "157000000"}
    assert {"Udlån og andre krav", "Instrumenter i alt", "Kontrakter", "Rest"} < set(found)
    assert not any("afholdt" in cell.text for table in document.tables for cells in table.cells for cell in cells)


def test_sentences_below_a_heading_of_their_own_are_a_column_of_the_table() -> None:
    texts = (
        "Der ryddes op på de små veje i byen",
        "Der bygges en ny hal til de unge",
        "Der plantes nye træer i den store park",
    )
    rows: list[Line] = [((-46.0, "Formål"), (-300.0, "Projekt (mio. kr.)"), (480.0, "2031"), (540.0, "2030"))]
    for text, name, value in zip(texts, ("Veje", "Hal", "Park"), ("131", "207", "160"), strict=True):
        rows.append(((-46.0, text), (-300.0, name), (480.0, value), (540.0, value)))
    document = laid(rows, size=8.5)
    cells = [cell.text for table in document.tables for cells in table.cells for cell in cells]
    assert all(text in cells for text in texts)


def test_sentences_left_of_a_gutter_name_no_rows_that_have_names_of_their_own() -> None:
    words = "Der er i året behandlet flere sager end før og det kan ses her"
    page: list[Line] = []
    for n in range(16):
        beside = ((-46.0, words if n % 5 else "Det var mange."),)
        name = ((-306.5, f"Kreds {n}"), (480.0, f"{n}1"), (540.0, f"{n}7")) if n % 3 else ((-306.5, "Sager ved de"),)
        page += [beside, -8.0, ((-306.5, "Sager"), (480.0, "2031"), (540.0, "2030")) if n == 1 else name, -8.0]
    cells = [cell.text for table in laid(page, size=7.5, step=14).tables for cells in table.cells for cell in cells]
    assert "Kreds 14" in " ".join(cells)
    assert not any("behandlet" in text for text in cells)
