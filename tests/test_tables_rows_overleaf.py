"""Lists that go on over several pages: rows far apart, codes and names that a narrow column or a page cuts in two."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, figures, laid, row, texts
from pdf_drawn import drawn
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

CODE, NAME, ENDS = 60.0, 110.0, (330.0, 390.0, 450.0)
UNIT: Line = ((-CODE, "Alle beløb i 1.000 kr."),)
FOOT: Line = ((-CODE, "Side 1 af 2"),)
YEARS = tuple(zip(ENDS, ("2031", "2032", "2033"), strict=True))
HEAD: Line = ((-CODE, "Nr."), (-NAME, "Forslag"), *YEARS)


def _listed(code: str, name: str, *cells: str, shift: float = 0.0) -> Line:
    printed = [(-CODE, code), (-NAME, name), *zip([end + shift for end in ENDS], cells, strict=False)]
    return tuple(cell for cell in printed if cell[1])


def _first_page() -> list[Line]:
    rows = [_listed(f"AB {n:02}", f"Forslag {n}", "-10", "-20", "-30") for n in range(1, 5)]
    return [UNIT, 14.0, HEAD, *rows, 400.0, FOOT]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([24.0, ((-NAME, "Havneudvalget"),)], id="name of a group"),
        pytest.param([24.0], id="room"),
        pytest.param([24.0, ((-NAME, "Samling af havnens værksteder fra"),), -2.0], id="name in two lines"),
    ],
)
def test_rows_far_below_the_first_one_of_a_page_are_of_the_table_that_goes_on(between: list[Line]) -> None:
    name = "2032/33" if len(between) > 2 else "Nye bolværker"
    second = [
        _listed("AB 05", "Kajplads", "-0,86", "-1,12", "-1,46"),
        _listed("AB 09", "Kraner", "-0,86", "-1,12", "-1,46"),
        *between,
        _listed("AB 06", name, "-7,00", "-7,04", "-7,49", shift=0.6),
        18.0,
        _listed("AB 07", "Leje af lagre", "0,46", "0,51", "0,54", shift=0.6),
        FOOT,
    ]
    first = [_listed(f"AB {n:02}", f"Forslag {n}", "-1,10", "-2,20", "-3,30") for n in range(1, 5)]
    document = laid([((-CODE, "Mio. kr."),), 14.0, HEAD, *first, 400.0, FOOT], second)
    assert [p.code for p in document.problems] == []
    assert len(document.tables) == 1
    assert figures(document)["Leje af lagre"] == {2031: "460000", 2032: "510000", 2033: "540000"}
    assert len(figures(document)) == 8


def test_a_unit_between_the_rows_of_the_next_page_ends_the_table_that_goes_on() -> None:
    second = [
        _listed("AB 05", "Kajplads", "-10", "-20", "-30"),
        18.0,
        ((-CODE, "Beløb i mio. kr."),),
        _listed("AB 06", "Nye bolværker", "7", "8", "9"),
        _listed("AB 07", "Leje af lagre", "7", "8", "9"),
    ]
    found = figures(laid(_first_page(), second))
    assert found["Kajplads"] == {2031: "-10000", 2032: "-20000", 2033: "-30000"}
    assert found.get("Leje af lagre", {}).get(2031) in {None, "7000000"}


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize(
    ("last", "first"),
    [
        pytest.param(("AB 05", "Øget betaling på", "-1", "-2", "-3"), ("", "madordning"), id="figures above"),
        pytest.param(("AB 05", "Øget betaling på"), ("", "madordning", "-1", "-2", "-3"), id="figures below"),
    ],
)
def test_a_name_that_the_end_of_a_page_cuts_is_one(last: Sequence[str], first: Sequence[str], again: bool) -> None:
    document = _ruled([HEADED, *ROWS, last], [*([HEADED] if again else []), first, *MORE])
    assert len(document.tables) == 1
    assert figures(document)["Øget betaling på madordning"] == {2031: "-1000", 2032: "-2000", 2033: "-3000"}
    assert figures(document)["Kajplads"][2033] == "-60000"


@pytest.mark.parametrize(
    "first", [("", "Madordning"), ("", "heraf mad", "-1", "-2", "-3"), ("", "drift", "4", "5", "6")]
)
def test_a_row_of_its_own_at_the_top_of_a_page_stays_one(first: Sequence[str]) -> None:
    document = _ruled([HEADED, *ROWS, ("AB 05", "Øget betaling", "-1", "-2", "-3")], [HEADED, first, *MORE])
    assert figures(document)["Øget betaling"] == {2031: "-1000", 2032: "-2000", 2033: "-3000"}
    assert ["", first[1], *(first[2:] or ("", "", ""))] in texts(document)


HEADED = ("Nr.", "Forslag", "2031", "2032", "2033")
ROWS = [(f"AB {n:02}", f"Forslag {n}", "-10", "-20", "-30") for n in range(1, 4)]
MORE = [("AB 06", "Kajplads", "-40", "-50", "-60"), ("AB 07", "Leje af lagre", "7", "8", "9")]
XS = (60.0, 110.0, 280.0, 340.0, 400.0, 460.0)
HIGH = 16.0


def _ruled(*pages: Sequence[Sequence[str]]) -> Document:
    """A table with rules around all cells, in 1.000 kr., from the head of each page to near the foot of the first."""

    def draw(canvas: Canvas) -> None:
        for number, rows in enumerate(pages):
            top = HIGH * len(rows) + 60 if number == 0 else 780.0
            canvas.setFont("Helvetica", 9)
            if number == 0:
                canvas.drawString(60, top + 8, "1.000 kr.")
            _draw_grid(canvas, rows, top)
            if number < len(pages) - 1:
                canvas.showPage()

    return extract_bytes(drawn(draw), "liste.pdf")


def _draw_grid(canvas: Canvas, rows: Sequence[Sequence[str]], top: float, left: float = 0.0) -> None:
    for line in range(len(rows) + 1):
        canvas.line(left + XS[0], top - line * HIGH, left + XS[-1], top - line * HIGH)
    for x in XS:
        canvas.line(left + x, top, left + x, top - len(rows) * HIGH)
    for line, cells in enumerate(rows):
        y = top - line * HIGH - 12
        for column, text in enumerate(cells):
            if column < 2:
                canvas.drawString(left + XS[column] + 3, y, text)
            else:
                canvas.drawRightString(left + XS[column + 1] - 3, y, text)


BROKEN = [
    ("Færre lukkedage i", "dagtilbud", ("1", "2", "3")),
    ("", "Drift af hal 2", ("4", "5", "6")),
    ("Nedlæggelse af Klub", "Åen", ("7", "8", "9")),
    ("Indkøb af 450", "Chromebooks", ("11", "12", "13")),
    ("", "Ny skolebusrute 12", ("14", "15", "16")),
]


@pytest.mark.parametrize("gap", [50.0, 31.0])
def test_a_code_that_its_column_breaks_makes_one_row_of_its_lines(gap: float) -> None:
    lines: list[Line] = [UNIT, 14.0, ((-CODE, "Nr."), (-CODE - gap, "Forslag"), *YEARS)]
    for number, (upper, lower, cells) in enumerate(BROKEN, 1):
        if number == 1 or number == 4:
            lines += [2.0, ((-CODE - gap, "Havneudvalget" if number == 1 else "Skoleudvalget"),)]
        lines += [2.0, tuple(c for c in ((-CODE, "TMU-"), (-CODE - gap, upper)) if c[1]), -3.0]
        lines += [((-CODE, f"{number:02}"), (-CODE - gap, lower), *zip(ENDS, cells, strict=True)), -3.0]
    document = laid(lines)
    found = figures(document)
    assert [name for name in found if found[name]] == [" ".join(filter(None, pair[:2])) for pair in BROKEN]
    assert found["Nedlæggelse af Klub Åen"] == {2031: "7000", 2032: "8000", 2033: "9000"}
    assert [row[0] for row in texts(document) if row[0].startswith("TMU")] == [f"TMU-{n:02}" for n in range(1, 6)]


def test_two_ruled_tables_side_by_side_that_name_their_own_rows_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 6)
        canvas.setPageSize((1000, 600))
        canvas.drawString(60, 520, "1.000 kr.")
        canvas.drawString(540, 520, "Mio. kr.")
        _draw_grid(canvas, [HEADED, *ROWS, *MORE], 500)
        _draw_grid(canvas, [HEADED, *[(c.replace("AB", "CD"), "Ny " + n, *v) for c, n, *v in (*ROWS, *MORE)]], 500, 480)

    document = extract_bytes(drawn(draw), "to.pdf")
    assert [p.code for p in document.problems] == []
    assert len(document.tables) == 2
    assert figures(document)["Kajplads"][2031] == "-40000"
    assert figures(document)["Ny Kajplads"][2031] == "-40000000"


def test_a_ruled_table_goes_on_in_the_next_column_of_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 6)
        canvas.setPageSize((1000, 600))
        canvas.drawString(60, 520, "1.000 kr.")
        _draw_grid(canvas, [HEADED, *ROWS], 500)
        _draw_grid(canvas, MORE, 560, 480)

    document = extract_bytes(drawn(draw), "spalter.pdf")
    assert Code.TABLE_REFUSED not in {p.code for p in document.problems}
    assert len(document.tables) == 1
    assert figures(document)["Kajplads"] == {2031: "-40000", 2032: "-50000", 2033: "-60000"}


def test_names_over_what_is_filled_in_are_a_form_and_no_table() -> None:
    lines: list[Line] = []
    fields = [("Område", "Havn", "Tlf.", "12 34 56 78", "Årsværk", "4,5")] * 3
    for one, a, two, b, three, c in fields:
        lines += [((-60.0, f"{one}:"), (-200.0, f"{two}:"), (-340.0, f"{three}:")), -4.0]
        lines += [((-60.0, a), (-200.0, b), (-340.0, c)), 4.0]
    assert laid(lines).tables == []


def test_codes_with_a_blank_a_little_below_their_names_are_of_the_same_rows() -> None:
    lines: list[Line] = [UNIT, ((-60.0, "Nr."), (-122.0, "Forslag"), *YEARS)]
    number = 0
    for group, count in (("Klima- og Planudvalget", 6), ("Teknik- og Miljøudvalget", 7), ("Kulturudvalget", 3)):
        lines.append(((-60.0, group),))
        for _ in range(count):
            number += 1
            lines += [((-122.0, f"Forslag nummer {number}"), *zip(ENDS, ("-10", "-20", "-30"), strict=True)), -12.5]
            lines += [((-60.0, f"KPU {number:02}"),), -1.5]
        sums = zip(ENDS, (f"-{count * n}0" for n in (1, 2, 3)), strict=True)
        lines.append(((-122.0, f"I alt {group}"), *sums))
    document = laid(lines, step=14, size=8)
    assert [p.code for p in document.problems] == []
    assert len(document.tables) == 1
    assert figures(document)["Forslag nummer 16"] == {2031: "-10000", 2032: "-20000", 2033: "-30000"}
    assert len(figures(document)) == 19


def test_the_name_of_a_tall_row_may_read_like_prose_on_its_first_line() -> None:
    rows = [((-60.0, name), *zip(ENDS, ("210", "220", "10-"), strict=True)) for name in ("Løn", "Leje", "Vedligehold")]
    lines: list[Line] = [UNIT, ((-60.0, "Post"), *zip(ENDS, ("Budget 2031", "Regnskab 2031", "Forskel"), strict=True))]
    lines += [*rows, 40.0, ((-60.0, "Reduktion af den centrale pulje til efteruddannelse af"),), -4.0]
    lines += [((-60.0, "pædagogisk personale"), *zip(ENDS, ("420", "440", "20-"), strict=True)), 12.0]
    lines += [((-60.0, "I alt"), *zip(ENDS, ("1.050", "1.100", "50-"), strict=True))]
    document = laid(lines, size=8)
    assert [p.code for p in document.problems] == []
    (table,) = document.tables
    assert [line.label for line in table.lines][3] == (
        "Reduktion af den centrale pulje til efteruddannelse af pædagogisk personale"
    )


NOTES = ["1) Inkl. pulje til vedligehold.", "2) Budgettet er netto.", "3) Uden moms."]


@pytest.mark.parametrize("total", [True, False])
def test_notes_on_marks_at_the_foot_of_a_page_do_not_end_its_table(total: bool) -> None:
    rows = [_listed("AB 04", "Havnens drift 1)", "-10", "-20", "-30"), _listed("AB 05", "Kraner", "-1", "-2", "-3")]
    rows += [_listed("", "I alt", "-11", "-22", "-33")] if total else []
    first: list[Line] = [((-CODE, "1.000 kr."),), HEAD, *rows, 560.0, *(((-CODE, note),) for note in NOTES), FOOT]
    second: list[Line] = [
        HEAD,
        _listed("AB 06", "Kajplads", "-40", "-50", "-60"),
        _listed("AB 07", "Leje", "7", "8", "9"),
    ]
    document = laid(first, second)
    assert len(document.tables) == 1 + total
    if not total:
        assert figures(document)["Kajplads"] == {2031: "-40000", 2032: "-50000", 2033: "-60000"}
    assert figures(document)["Havnens drift"] == {2031: "-10000", 2032: "-20000", 2033: "-30000"}


@pytest.mark.parametrize("shift", [0.0, 9.0])
def test_a_drawn_row_alone_at_the_top_of_a_page_is_the_last_one_of_the_table_before(shift: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 130, "1.000 kr.")
        _draw_grid(canvas, [HEADED, *ROWS], 120)
        canvas.showPage()
        canvas.setFont("Helvetica", 9)
        _draw_grid(canvas, [("", "I alt", "-30", "-60", "-90")], 780, shift)

    document = extract_bytes(drawn(draw), "liste.pdf")
    if shift:
        assert "I alt" not in figures(document)
        assert Code.TABLE_REFUSED in {problem.code for problem in document.problems}
    else:
        assert document.problems == []
        assert figures(document)["I alt"] == {2031: "-30000", 2032: "-60000", 2033: "-90000"}
        assert [check.ok for check in document.tables[0].checks] == [True] * 3


def test_a_last_column_alone_on_the_next_page_is_refused_and_told() -> None:
    first: list[Line] = [
        UNIT,
        14.0,
        HEAD,
        *(_listed(f"AB {n:02}", f"Forslag {n}", "10", "20", "30") for n in (1, 2, 3)),
    ]
    second: list[Line] = [((90.0, "2034"),), ((90.0, "53.100"),), ((90.0, "31.500"),), ((90.0, "4.350"),)]
    document = laid(first, second)
    given = [value.raw for table in document.tables for line in table.lines for value in line.values]
    assert given == ["10", "20", "30"] * 3
    told = [p.message for p in document.problems if p.code == Code.TABLE_REFUSED and p.page == 2]
    assert len(told) == 3
    assert all(figure in message for figure, message in zip(("53.100", "31.500", "4.350"), told, strict=True))


def test_last_columns_without_names_on_the_next_page_are_told_by_their_first_figure() -> None:
    first: list[Line] = [
        UNIT,
        14.0,
        HEAD,
        *(_listed(f"AB {n:02}", f"Forslag {n}", "10", "20", "30") for n in (1, 2, 3)),
    ]
    second: list[Line] = [((110.0, "2034"), (170.0, "2035"))]
    second += [((110.0, f"5{n}.100"), (170.0, f"7.20{n}")) for n in (1, 2, 3)]
    told = [p.message for p in laid(first, second).problems if p.code == Code.UNIT_UNKNOWN]
    assert told == ['No unit is printed for the table whose first figure is "51.100".']


def test_a_heading_printed_once_more_without_rows_is_none_of_the_next_table() -> None:
    """A word processor repeats the heading of a table that ended with the page before; a proposal's form follows."""
    years = ("2031", "2032")
    summary: list[Line] = [row("Beløb i 1.000 kr.", *years), row("Senere åbning", "85", "-570"), row("Bro", "5", "6")]
    form: list[Line] = [((-60.0, name), (-130.0, text)) for name, text in (
        ("Nr.", "BUU"), ("Overskrift", "Senere åbning af dagtilbud"), ("Udvalg", "Børneudvalget"),
        ("Forslagsstiller", "Forvaltningen"))]  # fmt: skip
    below: list[Line] = [row("Beløb i 1.000 kr.", *years, ends=(310.0, 370.0))]
    below += [row(*each, ends=(310.0, 370.0)) for each in (
        ("Besparelse", "-265", "-190"), ("Effektivisering", "", "-380"), ("Investering", "350"),
        ("Samlet ændring (netto)", "85", "-570"))]  # fmt: skip
    title: list[Line] = [((-60.0, "Senere åbning af"),), ((-60.0, "dagtilbud"),)]
    document = laid(summary, [row("Beløb i 1.000 kr.", *years), 10.0, *title, *form, *below])
    assert document.problems == []
    found = figures(document)
    assert found["Effektivisering"] == {2032: "-380000"}
    assert found["Samlet ændring (netto)"] == {2031: "85000", 2032: "-570000"}


def test_a_sum_of_one_figure_right_overleaf_that_no_table_has_is_told() -> None:
    heads, *rows = [row("Post", "Budget 2026"), *(row(name, "1.500") for name in ("Skoler", "Veje", "Havn"))]
    prose = ((-60.0, "Her følger en tekst om forslaget og dets følger, som er uden tal og tabel."),)
    document = laid([((-60.0, "Beløb i 1.000 kr."),), heads, *rows], [row("I alt", "4.500"), 20.0, prose])
    assert figures(document)["Veje"] == {2026: "1500000"}
    told = [problem for problem in document.problems if '"I alt 4.500"' in problem.message]
    assert ("I alt" not in figures(document)) == bool(told)
