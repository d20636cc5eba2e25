"""Years over several columns with the same words below each: "2027" over "Udgift", "Indtægt" and "Netto"."""

from __future__ import annotations

from laid import Line, laid, row

from corpus.model import Document

ENDS = (241.4, 285.5, 325.6, 368.9, 413.0, 455.1)
RULES = [(58.0, y, 457.0, y) for y in (-10.0, 3.0, 15.0, 63.0)]
"""Those of shaded rows: above, between and below the headings, and at the end."""
WORDS = ("Udgift", "Indtægt", "Netto")
ROWS = (
    ("Tilskud til foreninger", "3 508", "(3 588)", "(80)", "21 941", "(3 440)", "18 501"),
    ("Grønne arealer", "6 160", "(7 745)", "(1 585)", "15 056", "(6 554)", "8 502"),
    ("Leje af lokaler", "551", "(4 468)", "(3 917)", "23 324", "(11 117)", "12 207"),
    ("Total", "10 219", "(15 801)", "(5 582)", "60 321", "(21 111)", "39 210"),
)


def _columns(document: Document) -> list[tuple[int | None, str | None, str]]:
    """Year, heading and text of the figures of the first row that has some."""
    rows = [line for table in document.tables for line in table.lines if line.values]
    return [(value.year, value.column, value.raw) for value in rows[0].values] if rows else []


def _with_years(*years: tuple[float, str], words: tuple[str, ...] = WORDS * 2) -> Document:
    lines: list[Line] = [years, row("t.kr.", *words, ends=ENDS)]
    return laid([*lines, *(row(*cells, ends=ENDS) for cells in ROWS)], size=8, step=12, rules=RULES)


def test_years_left_of_the_middle_of_their_columns_are_over_the_same_words() -> None:
    """They stand in the middle of cells; by the words and figures the first would be over two columns, not three."""
    found = _columns(_with_years((-250.0, "B 2027"), (-373.0, "BO 2028")))
    headings = [(year, f"{name} {word}") for year, name in ((2027, "B 2027"), (2028, "BO 2028")) for word in WORDS]
    assert [(year, column) for year, column, _ in found] == headings
    assert [raw for _, _, raw in found] == list(ROWS[0][1:])


def test_years_that_end_where_one_column_does_may_be_of_it_alone() -> None:
    document = _with_years((241.4, "2027"), (368.9, "2028"))
    assert _columns(document) == []
    assert document.problems


def test_words_below_years_that_stand_as_close_as_in_a_name() -> None:
    """All words of their line are one stretch, and each ends where its figures do."""
    ends = (217.0, 264.0, 303.0, 350.0, 389.0, 436.0, 475.0, 522.0)
    years = [(-208.0, "B 2026"), (-294.0, "B 2027"), (-380.0, "B 2028"), (-466.0, "B 2029")]
    words = row("", *("Udgift", "Indtægt") * 4, ends=ends)
    rows = [
        row("Hjælpemidler", "431", "-94", "941", "-220", "664", "-251", "866", "-141", ends=ends),
        row("Skadedyr", "973", "-98", "1 054", "-85", "1 317", "-192", "1 121", "-368", ends=ends),
        row("Total", "1 404", "-192", "1 995", "-305", "1 981", "-443", "1 987", "-509", ends=ends),
    ]
    document = laid([((-60.0, "Beløb i 1.000 kr."),), tuple(years), words, *rows], size=11)
    assert [(year, column) for year, column, _ in _columns(document)] == [
        (year, f"B {year} {word}") for year in (2026, 2027, 2028, 2029) for word in ("Udgift", "Indtægt")
    ]
    assert document.problems == []
