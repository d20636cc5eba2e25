"""Tables whose cells are ruled one by one, and headings of several lines whose words happen to keep to columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from laid import ENDS, Line, figures, laid, row
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.model import Document

YEARS = ("2031", "2032", "2033", "2034")
NAMES = (
    ("Færre åbne dage på", "det lille museum"),
    ("Digitale breve",),
    ("Ny ruteplan for", "kommunens busser i", "ydertimerne"),
    ("Lavere rabat på", "årskort"),
    ("Samling af lagre",),
)
Rule = tuple[float, float, float, float]


def _cells(head: str, *, own: bool, left: float = 60) -> tuple[list[Line], list[Rule]]:
    """Rows with their figures on the first line, and a rule below each cell, or below each row where not ``own``."""
    lines: list[Line] = [((-left, head),), row("Forslag", *YEARS, left=left)]
    rules: list[Rule] = []
    place = 14.0 * len(lines)
    for number, name in enumerate(NAMES, 1):
        lines.append(row(name[0], *(f"-{number}{n}" for n in range(1, 5)), left=left))
        lines += [((-left, more),) for more in name[1:]]
        low = place + 14 * (len(name) - 1) + 4
        rules.append((left - 2, low, 180, low))
        rules.append((180, place + 4 if own else low, ENDS[-1] + 4, place + 4 if own else low))
        place += 14 * len(name)
    return lines, rules


@pytest.mark.parametrize("own", [True, False])
def test_rules_below_each_cell_part_names_where_the_names_cells_end(own: bool) -> None:
    lines, rules = _cells("Beløb i 1.000 kr.", own=own)
    found = figures(laid(lines, rules=rules))
    assert list(found) == [" ".join(name) for name in NAMES]
    assert found["Ny ruteplan for kommunens busser i ydertimerne"][2031] == "-31000"


def test_rules_over_the_figures_alone_part_no_name_that_has_none() -> None:
    lines, _ = _cells("Beløb i 1.000 kr.", own=False)
    total = row("I alt", "-155", "-160", "-165", "-170")
    low = 14.0 * len(lines) - 10
    found = figures(laid([*lines, total], rules=[(180, low, ENDS[-1] + 4, low), (180, low + 2, ENDS[-1] + 4, low + 2)]))
    assert found["I alt"] == {2031: "-155000", 2032: "-160000", 2033: "-165000", 2034: "-170000"}
    assert "Ny ruteplan for kommunens busser i ydertimerne" in found


def _table(*headings: Line, values: Sequence[str] = ("-41", "-21", "-31"), ends: Sequence[float] = ENDS) -> Document:
    return laid([*headings, row("Rengøring", *values, ends=ends), row("Kørsel", *values, ends=ends)])


def test_a_sentence_over_years_is_not_cut_where_its_words_begin_as_columns_do() -> None:
    begun = [240 + stringWidth(words, "Helvetica", 10) for words in ("", "Ændring i ", "Ændring i forhold til ")]
    ends = [place + stringWidth("2031", "Helvetica", 10) for place in begun]
    text = "Ændring i forhold til budget"
    unit, over = ((-60.0, "Beløb i 1.000 kr."),), ((-240.0, text),)
    found = _table(unit, over, row("Område", "2031", "2032", "2033", ends=ends), ends=ends)
    assert [(c.label, c.year) for c in found.tables[0].columns] == [
        (f"{text} {year}", year) for year in (2031, 2032, 2033)
    ]
    assert figures(found)["Kørsel"] == {2031: "-41000", 2032: "-21000", 2033: "-31000"}


@pytest.mark.parametrize("level", ["Årets priser", "Løbende priser", "(faste priser)"])
def test_a_price_level_right_over_the_last_year_leaves_it_its_year(level: str) -> None:
    years = ("2031 (t.kr.)", "2032 (t.kr.)", "2033 (t.kr.)")
    ends = (300.0, 380.0, 460.0)
    found = _table(((ends[-1], level),), row("Område", *years, ends=ends), ends=ends)
    assert figures(found)["Kørsel"] == {2031: "-41000", 2032: "-21000", 2033: "-31000"}
    assert found.tables[0].price_level is None


def test_a_unit_below_a_year_is_no_heading_under_it() -> None:
    heads = ("Budget 2031", "Regnskab 2031", "Forskel")
    ends = (300.0, 390.0, 460.0)
    found = _table(row("", *heads, ends=ends), row("", "kr.", "kr.", "kr.", ends=ends), ends=ends)
    assert [(c.label, c.year) for c in found.tables[0].columns][:2] == [
        ("Budget 2031 kr.", 2031),
        ("Regnskab 2031 kr.", 2031),
    ]
    values = [f"{value.value:f}" for line in found.tables[0].lines for value in line.values]
    assert values == ["-41", "-21", "-31"] * 2


def test_the_second_line_of_two_headings_is_of_these_alone() -> None:
    ends = (280.0, 350.0, 415.0, 480.0)
    heads = [row("I 1.000 kr.", "Budget", "Korrigeret", "Regnskab", "Afvigelse", ends=ends)]
    heads.append(row("", "", "budget", "", "(B-R)", ends=ends))
    found = _table(*heads, values=("3 381", "3 527", "3 762", "-235"), ends=ends)
    labels = [column.label for column in found.tables[0].columns]
    assert labels == ["Budget", "Korrigeret budget", "Regnskab", "Afvigelse (B-R)"]


@pytest.mark.parametrize("sign", ["", "-"])
def test_thousands_a_digit_apart_are_one_figure_though_a_sign_is_narrower(sign: str) -> None:
    wide = 10 * 0.556  # a digit in this face
    lines: list[Line] = [((-60, "Beløb i 1.000 kr."),), row("Forslag", *YEARS)]
    for number, name in enumerate(("Skolebus", "Museum", "Hal", "Bibliotek"), 1):
        lines.append(row(name, "0", f"{sign}{number}65", "-25", "-95"))
        parts = [cell for end in ENDS for cell in ((end - 4 * wide, f"{sign}{number}"), (end, "047"))]
        lines.append(((-60, f"{name} II"), *parts))
    found = figures(laid(lines))
    assert found["Hal II"] == dict.fromkeys(map(int, YEARS), f"{sign}3047000")
    assert found["Hal"] == {2031: "0", 2032: f"{sign}365000", 2033: "-25000", 2034: "-95000"}


MONO = ("Courier", 0.6)
"""A face whose letters are all of one width, and that width in sizes of the face."""


def _typed(*texts: str) -> Document:
    """Lines of a typewriter, each as it is printed, blanks included."""
    wide = 8 * MONO[1]
    lines: list[Line] = []
    for text in texts:
        words = [(start, text[start:end]) for start, end in _stretches(text)]
        lines.append(tuple((-(40 + wide * start), word) for start, word in words))
    return laid(lines, step=11, size=8, face=MONO[0])


def _stretches(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S+", text)]


TYPED = [
    "Nr.     Titel               B 2031 (1000 kr.)  B 2032 (1000 kr.)  B 2033 (1000 kr.)",
    "K 01    Ny cykelsti                  -2 970,0           -5 940,0             -940,0",
    "K 02    Lavere husleje                  -99,2              -99,2              -99,2",
    "K 03    Færre tryksager              -1 911,5                0,0           -1 871,4",
]


def test_units_behind_years_in_letters_of_one_width_are_no_headings_of_their_own() -> None:
    found = _typed(*TYPED)
    assert [column.year for column in found.tables[0].columns] == [2031, 2032, 2033]
    assert figures(found)["Ny cykelsti"] == {2031: "-2970000", 2032: "-5940000", 2033: "-940000"}
    assert figures(found)["Færre tryksager"] == {2031: "-1911500", 2032: "0", 2033: "-1871400"}


def test_the_end_of_a_name_with_a_number_is_no_row_that_lacks_figures() -> None:
    shifted = "K 04    Sundhedsplejerskerne i nord    -370,5                0,0             -740,5"
    found = _typed(*TYPED, shifted[:39] + "  " + shifted[39:], "        (0-6 år)")
    assert figures(found)["Ny cykelsti"] == {2031: "-2970000", 2032: "-5940000", 2033: "-940000"}
    assert not [problem for problem in found.problems if problem.code == "table-refused"]


TEXT = (
    "Forslaget er drøftet med lederne i foråret, som finder",
    "at det lader sig gøre. Der er i dag to ansatte til opgaven,",
    "og den ene går på pension. Derfor venter forvaltningen,",
    "at ingen skal afskediges. Borgerne mærker forslaget ved,",
    "at biblioteket lukker en time før om fredagen, og ved at",
    "der er længere kø. Det gælder især i de store ferier og",
    "op til jul. Forvaltningen foreslår, at der følges op på",
    "det i efteråret. Kontrakten udløber den 31. december",
    "2030 og kan forlænges i op til to år. Det er ikke ventet,",
    "at prisen ændrer sig, men det kan ske.",
)


def _beside(note: str, *, right: str = "") -> Document:
    """A table on the left half of a page, with a note below it, and running text, ``right`` last, beside both."""
    ends = (190.0, 230.0, 270.0)
    cells = [row("Post", "2031", "2032", "2033", left=40, ends=ends)]
    cells += [row(name, "-41", "-21", "-31", left=40, ends=ends) for name in ("Rengøring", "Kørsel", "Husleje")]
    placed: list[tuple[float, Line]] = [(30.0 + 14 * n, line) for n, line in enumerate(cells)]
    placed.append((93.0, ((-40.0, note),)))
    placed += [(10.5 * n, ((-310.0, line),)) for n, line in enumerate([*TEXT, right]) if line]
    lines: list[Line] = []
    last = 0.0
    for place, line in sorted(placed, key=lambda each: each[0]):
        lines += [place - last - 1, line]
        last = place
    return laid(lines, step=1, size=8)


@pytest.mark.parametrize(("note", "value"), [("Note: Alle tal er i kr.", "-21"), ("Tal i 1.000 kr.", "-21000")])
def test_a_note_below_a_table_says_its_unit_though_text_stands_beside_it(note: str, value: str) -> None:
    assert figures(_beside(note))["Kørsel"][2032] == value


def test_text_beside_the_note_below_a_table_says_nothing_of_it() -> None:
    assert figures(_beside("Kilde: Egne tal", right="Alle tal er i kr.")).get("Kørsel", {}) == {}


def test_a_note_far_behind_its_mark_is_one_line_also_beside_text() -> None:
    ends = (190.0, 230.0, 270.0)
    text = (-310.0, "Forslaget er drøftet med de berørte ledere")
    rows = [row("Post", "2031", "2032", "2033", left=40, ends=ends)]
    rows += [row(name, "-41", "-21", "-31", left=40, ends=ends) for name in ("Rengøring", "Kørsel 1)", "Husleje")]
    found = laid(
        [((-40.0, "Beløb i 1.000 kr."),), *((*line, text) for line in rows), ((-40, "1)"), (-65, "Netto"), text)]
    )
    assert figures(found)["Kørsel"][2033] == "-31000"


def test_units_below_years_that_are_printed_again_overleaf_are_no_row() -> None:
    ends = (300.0, 370.0, 440.0)
    names = row("Forslag", "", "", "", ends=ends)
    years = row("", "B 2031", "B 2032", "B 2033", ends=ends)
    units = row("", "1.000 kr.", "1.000 kr.", "1.000 kr.", ends=ends)
    heads: list[Line] = [years, -6.0, names, -6.0, units]
    rows = [row(f"Hal {chr(65 + n)}", f"-{n + 11}", "-21", "-31", ends=ends) for n in range(48)]
    found = laid([*heads, *rows[:44]], [*heads, *rows[44:]])
    assert len(found.tables) == 1
    assert found.problems == []
    values = figures(found)
    assert len(values) == len(rows)
    assert values["Hal p"] == {2031: "-58000", 2032: "-21000", 2033: "-31000"}
