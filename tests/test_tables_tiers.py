"""Headings of several lines in tiers: the room between lines, and what stands level, tell which lines are one."""

from __future__ import annotations

from collections.abc import Sequence

from laid import Cell, Line, laid, row
from reportlab.pdfbase.pdfmetrics import stringWidth

ENDS = (240.0, 310.0, 380.0, 450.0)
MIDDLES = (222.0, 292.0, 362.0, 432.0)
"""Figures end right of the middle of their columns, as in wide cells."""


def _centred(*texts: str, middles: Sequence[float] = MIDDLES, name: str = "") -> tuple[Cell, ...]:
    """Texts around the middles of columns, an empty one where nothing stands."""
    cells = [
        (middle - stringWidth(text, "Helvetica", 10) / 2, text) for middle, text in zip(middles, texts, strict=False)
    ]
    return (*([(-60.0, name)] if name else []), *((-x, text) for x, text in cells if text))


def _body() -> list[Line]:
    names = ("Nordby", "Vesterlund", "Østermose", "Nederdal")
    return [row(name, f"{n + 3}1", f"{n}.204", f"1{n},4", f"{n + 2}7", ends=ENDS) for n, name in enumerate(names)]


def _heads(*lines: Line) -> list[list[tuple[str, int, int]]]:
    """The heading cells row by row, each with its column and how many it is over."""
    document = laid([*lines, *_body()], step=12)
    assert len(document.tables) == 1
    return [
        [(c.text, c.column, c.column_span) for c in cells if c.header and c.text] for cells in document.tables[0].cells
    ][: -len(_body())]


def test_headings_of_one_two_and_three_lines_in_the_middle_of_their_row() -> None:
    """The lines stand level with none beside them; a figure within a heading is no row."""
    over = _centred("Landområder", "Byområder", middles=(257.0, 397.0))
    heads = _heads(
        over,
        4.0,
        _centred("", "Antal pr.", "", "Antal pr."),
        -6.0,
        _centred("Trufne", "", "Areal", ""),
        -6.0,
        _centred("", "1.000", "", "1.000"),
        -6.0,
        _centred("afgørelser", "", "i hektar", "", name="Kommune"),
        -6.0,
        _centred("", "indbyggere", "", "indbyggere"),
        4.0,
    )
    assert heads[0][1:] == [("Landområder", 1, 2), ("Byområder", 3, 2)]
    names = ["Trufne afgørelser", "Antal pr. 1.000 indbyggere", "Areal i hektar", "Antal pr. 1.000 indbyggere"]
    assert [text for text, _, _ in heads[1]] == names


def test_a_row_of_units_stands_further_below_the_headings_than_their_second_lines() -> None:
    heads = _heads(
        _centred("Udgifter", "Antal", "Andel", "Folketal"),
        -1.0,
        _centred("i alt", "ansatte", "af alle", "i maj", name="Kommune"),
        3.0,
        _centred("kr.", "antal", "pct.", "antal"),
        3.0,
    )
    assert [[text for text, _, _ in cells] for cells in heads] == [
        ["Kommune", "Udgifter i alt", "Antal ansatte", "Andel af alle", "Folketal i maj"],
        ["kr.", "antal", "pct.", "antal"],
    ]


def test_letters_or_numbers_that_count_the_columns_are_no_part_of_their_headings() -> None:
    for counts in (("a", "b", "c", "d"), ("(1)", "(2)", "(3)", "(4)")):
        heads = _heads(
            _centred("Udgifter", "Antal", "Andel", "Folketal"),
            _centred("i alt", "ansatte", "af alle", "i maj", name="Kommune"),
            _centred(*counts),
        )
        assert [text for text, _, _ in heads[0]][1:] == [
            "Udgifter i alt",
            "Antal ansatte",
            "Andel af alle",
            "Folketal i maj",
        ]


def test_a_blank_before_a_small_letter_parts_no_heading_over_two_columns() -> None:
    """ "Privat" begins where figures of one column do, and "sektor" ends where those of the next do."""
    wide = stringWidth("Privat sektor", "Helvetica", 10)
    ends = (300.0, 276.0 + wide, 420.0)
    lines: list[Line] = [
        ((-276.0, "Privat sektor"), (420.0, "Folketal")),
        row("Kommune", "Nu", "Før", "", ends=ends),
        *(row(name, "1.204", f"{n + 5}", f"1.{n}04", ends=ends) for n, name in enumerate(("By", "Mose", "Lund", "Sø"))),
    ]
    cells = [c for cells in laid(lines).tables[0].cells for c in cells]
    assert [(c.column, c.column_span) for c in cells if c.text == "Privat sektor"] == [(1, 2)]


def test_years_over_the_same_headings_each_whatever_stands_halfway() -> None:
    """ "2008" stands in the middle of three columns, and so over the middle one; "Alder" between the two lines."""
    ends = tuple(150.0 + 50 * n for n in range(6))
    years: Line = ((-187.5, "2008"), (-337.5, "2009"))
    heads = tuple((end, text) for end, text in zip(ends, ("Alle", "Mænd", "Piger") * 2, strict=True))
    body = [row(f"{5 * n}-{5 * n + 4} år", *(f"{n + 2}.{m}04" for m in range(6)), ends=ends) for n in range(5)]
    document = laid([years, -7.0, ((-60.0, "Alder"),), -7.0, heads, *body])
    spans = [(c.text, c.column, c.column_span) for cells in document.tables[0].cells[:2] for c in cells if c.text]
    assert [each for each in spans if each[0] in {"2008", "2009"}] == [("2008", 1, 3), ("2009", 4, 3)]


def test_headings_that_end_before_the_figures_below_them_begin_are_not_over_the_names() -> None:
    """Wide cells: "Antal" in the middle, figures at the right, with the year over both "Antal" and "Pct."."""
    years: Line = ((-222.0, "2001"), (-427.0, "2002"))
    heads: Line = ((-172.0, "Antal"), (-277.0, "Pct."), (-377.0, "Antal"), (-481.0, "Pct."))
    ends = (233.0, 331.0, 438.0, 535.0)
    body = [row(f"By {n}", f"24.9{n}5", f"2{n},9", f"{n}32", f"{n},7", ends=ends) for n in range(1, 6)]
    document = laid([years, heads, *body], size=9)
    cells = [(c.text, c.column, c.column_span) for cells in document.tables[0].cells[:2] for c in cells if c.text]
    assert [cell for cell in cells if cell[0] != "Pct."] == [
        ("2001", 1, 2),
        ("2002", 3, 2),
        ("Antal", 1, 1),
        ("Antal", 3, 1),
    ]


def test_the_heading_of_a_table_of_words_takes_the_lines_that_stand_closer_than_its_rows() -> None:
    middles = (222.0, 300.0, 380.0)
    rows: list[Line] = []
    for n, name in enumerate(("Nordby", "Vesterlund", "Østermose", "Nederdal", "Overdal")):
        answers = ("Ja", "Nej", "Delvis") if n % 2 else ("Nej", "Ja", "Ja")
        rows += [3.0, _centred(*answers, middles=middles, name=name)]
    upper = _centred("Fast", "Areal", "Folketal", middles=middles)
    lower = _centred("takst", "i hektar", "i januar", middles=middles, name="Kommune")
    cells = [[cell.text for cell in cells] for cells in laid([upper, lower, *rows], step=12).tables[0].cells]
    assert cells[:2] == [
        ["Kommune", "Fast takst", "Areal i hektar", "Folketal i januar"],
        ["Nordby", "Nej", "Ja", "Ja"],
    ]
