"""Headings of several lines are one cell, those over several columns span them; numbers beside the rows name none."""

from __future__ import annotations

import pytest
from laid import Line, laid, row
from laid import figures as laid_figures
from reportlab.pdfbase.pdfmetrics import stringWidth
from test_tables_layout import RIGHT, YEARS, Paper, figures, labels

from corpus.model import Amount, Document
from corpus.reading import Reading
from pipeline.tables import find_tables

Head = tuple[str, int]


def over(paper: Paper, y: float, first: int, last: int, text: str, *, off: float = 0) -> None:
    """Words in the middle over columns that are 60 wide, moved to the right by ``off``."""
    middle = (RIGHT[first] - 60 + RIGHT[last]) / 2
    paper.put(y, [(middle + off - stringWidth(text, "Helvetica", paper.size) / 2, text)])


def body(paper: Paper, y: float) -> Document:
    for number, (label, printed) in enumerate([("Løn", "-300|-100|200|300"), ("Drift", "300|100|200|300")]):
        paper.row(y - 15 * number, label, printed)
    return paper.read()


def printed_heads(document: Document) -> list[list[Head]]:
    (table,) = document.tables
    return [[(c.text, c.column_span) for c in row if c.header and c.text] for row in table.cells if row[0].header]


def column_labels(document: Document) -> list[str]:
    return [column.label for column in document.tables[0].columns]


@pytest.mark.parametrize("off", [0, 10])
def test_two_headings_share_the_years_among_them(off: float) -> None:
    paper = Paper()
    over(paper, 780, 0, 1, "Budget", off=off)
    over(paper, 780, 2, 3, "Overslag", off=off)
    paper.put(767, [(56, "1.000 kr.")], YEARS)
    document = body(paper, 752)
    assert printed_heads(document) == [[("1.000 kr.", 1), ("Budget", 2), ("Overslag", 2)], [(y, 1) for y in YEARS]]
    assert column_labels(document) == ["Budget 2025", "Budget 2026", "Overslag 2027", "Overslag 2028"]


def test_years_that_repeat_below_two_headings() -> None:
    paper = Paper()
    over(paper, 780, 0, 1, "Drift", off=10)
    over(paper, 780, 2, 3, "Anlæg", off=10)
    paper.put(767, [(56, "1.000 kr.")], ["2025", "2026", "2025", "2026"])
    document = body(paper, 752)
    assert column_labels(document) == ["Drift 2025", "Drift 2026", "Anlæg 2025", "Anlæg 2026"]
    assert figures(document, "Løn") == ["-300000", "-100000", "200000", "300000"]
    assert not document.problems


def test_a_heading_over_headings_is_not_cut_between_them() -> None:
    paper = Paper()
    over(paper, 793, 0, 3, "Økonomiske konsekvenser", off=10)
    over(paper, 780, 0, 1, "Budget", off=10)
    over(paper, 780, 2, 3, "Overslag", off=10)
    paper.put(767, [(56, "1.000 kr.")], YEARS)
    document = body(paper, 752)
    assert printed_heads(document)[0] == [("1.000 kr.", 1), ("Økonomiske konsekvenser", 4)]
    assert column_labels(document) == ["Budget 2025", "Budget 2026", "Overslag 2027", "Overslag 2028"]
    assert figures(document, "Løn") == ["-300000", "-100000", "200000", "300000"]


def test_a_heading_that_goes_on_below_the_years_is_one_cell() -> None:
    paper = Paper()
    paper.put(780, [], ["Regnskab", "Budget", "Budget", "Ændring i"])
    paper.put(767, [(56, "1.000 kr.")], ["2023", "2024", "2025", "forhold til"])
    paper.put(754, [], ["", "", "", "2024"])
    document = body(paper, 739)
    (heads,) = printed_heads(document)
    assert heads[1:] == [(f"{name}", 1) for name in ("Regnskab 2023", "Budget 2024", "Budget 2025")] + [
        ("Ændring i forhold til 2024", 1)
    ]


def test_a_section_that_begins_where_the_numbers_do() -> None:
    paper = Paper()
    paper.put(95, [(90, "1.000 kr.")], YEARS)
    paper.put(80, [(56, "Serviceudgifter")])
    paper.page()
    for number, name in enumerate(["Effektivisering af rengøring", "Besparelse", "Indtægter fra leje"], 2):
        paper.put(810 - 15 * number, [(56, str(number)), (90, name)], ["-1", "-2", "-3", "-4"])
    document = paper.read()
    assert labels(document) == ["Effektivisering af rengøring", "Besparelse", "Indtægter fra leje"]
    assert {line.group for line in document.tables[0].lines} == {"Serviceudgifter"}
    assert [line.role for line in document.tables[0].lines] == ["efficiency", "saving", "income"]


def test_numbers_that_take_turns_with_figures_begin_the_rows() -> None:
    """Each name wraps before a capital, with its figures on the second line."""
    paper = Paper()
    paper.put(780, [(90, "1.000 kr.")], YEARS)
    names = [("Gårdmænd på Åmosen", "Dagtilbud"), ("Belægning på Nordby", "Skole"), ("Varme på Egelund", "Plejehjem")]
    for number, (first, last) in enumerate(names):
        paper.put(765 - 30 * number, [(56, str(60 + number)), (90, first)])
        paper.put(750 - 30 * number, [(90, last)], ["-1", "-2", "-3", "-4"])
    paper.put(675, [(90, "Årsværk")], ["-1", "-1", "-1", "-1"])
    assert labels(paper.read()) == [*(f"{first} {last}" for first, last in names), "Årsværk"]


def test_numbers_a_little_apart_from_the_names_are_no_part_of_them() -> None:
    paper = Paper()
    paper.put(780, [(56, "1.000 kr.")], YEARS)
    for number, (account, name) in enumerate([("301", "Folkeskoler"), ("305", "Klubber"), ("309", "Dagpleje")]):
        after = 56 + stringWidth(account, "Helvetica", paper.size) + 6
        paper.put(765 - 15 * number, [(56, account), (after, name)], ["-1", "-2", "-3", "-4"])
    assert labels(paper.read()) == ["Folkeskoler", "Klubber", "Dagpleje"]


@pytest.mark.parametrize("word", ["År", "Fase"])
def test_numbered_headings_are_not_cut_where_figures_end(word: str) -> None:
    paper = Paper()
    paper.put(780, [(56, "1.000 kr.")], [f"{word} {number}" for number in range(1, 5)])
    document = body(paper, 765)
    assert column_labels(document) == [f"{word} {number}" for number in range(1, 5)]
    assert figures(document, "Løn") == ["-300000", "-100000", "200000", "300000"]


def test_a_unit_from_a_column_of_units_has_its_place() -> None:
    rows = ["| Post | Enhed | 2025 |", "| --- | --- | --- |", "| Løn | 1.000 kr. | 7 |", "| Leje | 1.000 kr. | 5 |"]
    text = "\n".join(rows)
    found = find_tables(Reading(media_type="text/plain", reader="text/1", text=text))
    units = [e for record in found.records if isinstance(record, Amount) for e in record.evidence if e.field == "unit"]
    first = text.index("1.000 kr.")
    assert [(e.text, e.start) for e in units] == [("1.000 kr.", n) for n in (first, text.index("1.000 kr.", first + 1))]


def test_a_last_year_and_the_name_of_another_column_behind_it() -> None:
    """No gap parts "2029" from "Årsværk"; two columns of figures end under them, one with places left empty."""
    ends = (330.0, 366.0, 402.0, 438.0, 478.0)
    proposals = [("Skærmbesøg", "-1,5"), ("Madservice", ""), ("Nattevagter", "-0,5"), ("Bostøtte", "2,0")]
    rows = [row(name, "-416", "-831", "-832", "-833", people, ends=ends) for name, people in proposals]
    heading = row("Emne", "2026", "2027", "2028", "2029", "Årsværk", ends=ends)
    (table,) = laid([row("Beløb i 1.000 kr."), heading, *rows], size=9).tables
    found = {(line.label, v.year or v.column): f"{v.value:f}" for line in table.lines for v in line.values}
    assert found["Madservice", 2029] == "-833000"
    assert [found["Skærmbesøg", column] for column in (2028, 2029, "Årsværk")] == ["-832000", "-833000", "-1.5"]
    assert ("Madservice", "Årsværk") not in found


def test_headings_closer_than_cells_over_a_column_each() -> None:
    """Two of them say no year, or no year of their own; figures end under each."""
    ends = (310.0, 380.0, 450.0, 520.0)
    names = ("Skoleudvalget", "Sundhedsudvalget", "Miljøudvalget", "I alt")
    rows = [row(name, "594,2", "596,2", "590,2", "-6,0", ends=ends) for name in names]
    heading = row("Mio. kr.", "Budget 2024", "Korr. budget", "Regnskab 2024", "Afvigelse", ends=ends)
    (table,) = laid([heading, *rows], size=9).tables
    assert [column.label for column in table.columns] == ["Budget 2024", "Korr. budget", "Regnskab 2024", "Afvigelse"]
    assert [v.column for v in table.lines[0].values[1::2]] == ["Korr. budget", "Afvigelse"]
    assert [v.year for v in table.lines[0].values] == [2024, None, 2024, None]
    assert [f"{v.value:f}" for v in table.lines[0].values] == ["594200000", "596200000", "590200000", "-6000000"]


def test_a_title_with_a_year_right_above_a_drawn_grid_is_no_heading_of_the_names() -> None:
    lines = [row("Forventet regnskab 2024"), row("", "Budget", "Regnskab", "Afvigelse")]
    lines += [row(name, "519", "496", "-23") for name in ("Boligstøtte", "Ledighed", "I alt")]
    rules = [(58.0, y, 422.0, y) for y in (4.0, 18.0, 32.0, 46.0, 60.0)]
    rules += [(x, 4.0, x, 60.0) for x in (58.0, 240.0, 302.0, 362.0, 422.0)]
    (table,) = laid(lines, rules=rules).tables
    assert [cell.text for cell in table.cells[0]] == ["", "Budget", "Regnskab", "Afvigelse"]


def test_a_last_heading_over_all_years_that_have_no_other() -> None:
    """The others begin where their years do; it stands in the middle over three years, or over their columns' room."""
    starts = (226.0, 297.0, 357.0, 411.0, 465.0)

    def level(label: str, *words: str) -> tuple[tuple[float, str], ...]:
        return ((-79.0, label), *((-x, word) for x, word in zip(starts, words, strict=False)))

    upper = (*level("", "Regnskab", "Budget")[1:], (-399.0, "Budgetoverslag"))
    body_rows = [level(name, "54,5", "57,3", "60,4", "63,8", "55,6") for name in ("Biografer", "Museer", "Teatre")]
    years = level("Konto", "2020", "2021", "2022", "2023", "2024")
    (table,) = laid([row("Mio. kr."), upper, years, *body_rows], size=8).tables
    assert [(c.column, c.column_span) for c in table.cells[0] if c.text == "Budgetoverslag"] == [(3, 3)]


def test_the_end_of_a_sentence_above_a_table_counts_no_people() -> None:
    said: list[Line] = [
        row("Det vurderes, at serviceniveauet kan holdes, og at der ikke sker noget ved, selv om"),
        row("normeringen falder."),
        8.0,
    ]
    rows = [row(name, "183", "45", "228") for name in ("Lindehuset", "Egelunden", "Solbakken")]
    heading = row("Plejecenter", "Lønsum", "Drift", "Budget i alt")
    found = laid([*said, heading, *rows, 8.0, row("Note: Beløb i 1.000 kr.")])
    assert [f"{v.value:f}" for v in found.tables[0].lines[0].values] == ["183000", "45000", "228000"]


BUDGET: dict[int | str | None, str] = {2029: "-850000", 2030: "0", 2031: "-1850000", 2032: "90000"}


def below_budget(*head: Line) -> Document:
    """Rows under headings, of which those on the second line may be in brackets."""
    rows = (("Vikarer", "-850", "0", "-1.850", "90"), ("Mad", "10", "(2031)", "2", "0"))
    return laid([*head, 6.0, *(spaced(*texts) for texts in rows)])


def spaced(label: str, *texts: str) -> Line:
    return row(label, *texts, ends=(260, 350, 440, 530))


@pytest.mark.parametrize("corner", ["", "Post", "1.000 kr.", "Udvalg"])
def test_years_in_brackets_below_words_are_years_and_no_figures(corner: str) -> None:
    words = spaced("" if corner else "1.000 kr.", "Budget", "Overslagsår 1", "Overslagsår 2", "Overslagsår 3")
    unit: list[Line] = [spaced("Beløb i 1.000 kr.")] if corner in {"Post", "Udvalg"} else []
    found = below_budget(*unit, words, spaced(corner, "2029", "(2030)", "(2031)", "(2032)"))
    assert laid_figures(found) == {
        "Vikarer": BUDGET,
        "Mad": {2029: "10000", 2030: "-2031000", 2031: "2000", 2032: "0"},
    }
    assert column_labels(found)[1] == "Overslagsår 1 (2030)"
    assert found.problems == []


def test_years_in_brackets_stand_behind_words_on_the_same_line() -> None:
    head = spaced("1.000 kr.", "B 2029", "BO1 (2030)", "BO2 (2031)", "BO3 (2032)")
    assert laid_figures(below_budget(head))["Vikarer"] == BUDGET


def test_a_number_of_an_estimate_may_be_a_line_of_its_own() -> None:
    lines = (
        spaced("", "", "Overslagsår", "Overslagsår", "Overslagsår"),
        spaced("", "Budget", "1", "2", "3"),
        spaced("I 1.000 kr.", "2029", "(2030)", "(2031)", "(2032)"),
    )
    found = below_budget(*lines)
    assert laid_figures(found)["Vikarer"] == BUDGET
    assert column_labels(found)[1] == "Overslagsår 1 (2030)"
    assert found.problems == []


def test_a_number_and_a_year_of_an_estimate_may_share_a_line() -> None:
    words = spaced("", "Budget", "Overslagsår", "Overslagsår", "Overslagsår")
    found = below_budget(words, spaced("1.000 kr.", "2029", "1 (2030)", "2 (2031)", "3 (2032)"))
    assert laid_figures(found)["Vikarer"] == BUDGET


@pytest.mark.parametrize("corner", ["", "1.000 kr.", "Projekt"])
def test_years_may_all_be_in_brackets(corner: str) -> None:
    words = spaced("", "Budget", "Overslag", "Overslag", "Overslag")
    found = below_budget(row("Beløb i 1.000 kr."), words, spaced(corner, "(2029)", "(2030)", "(2031)", "(2032)"))
    assert laid_figures(found)["Vikarer"] == BUDGET


def test_figures_in_brackets_that_may_be_years_below_words_are_refused() -> None:
    words = spaced("Post", "Budget", "Regnskab", "Forbrug", "Bevilling")
    found = below_budget(row("Beløb i 1.000 kr."), words, spaced("Tab", "(2029)", "(2030)", "(2031)", "(2032)"))
    assert laid_figures(found)["Tab"] == {}
    assert any("(2029) (2030)" in problem.message for problem in found.problems)


def test_numbered_estimates_count_on_from_the_budget_also_above_their_unit() -> None:
    found = below_budget(spaced("Post", "Budget 2029", "BO 1", "BO 2", "BO 3"), spaced("", *["t.kr."] * 4))
    assert laid_figures(found)["Vikarer"] == BUDGET


@pytest.mark.parametrize(
    "head", [("B 2029", "BO 1", "BO 2", "BO 3"), ("B2029", "BO1 (2030)", "BO2 (2031)", "BO3 (2032)")]
)
def test_numbered_estimates_head_a_table_also_above_a_unit_at_the_left(head: tuple[str, ...]) -> None:
    block = (spaced("Titel", *head), spaced("I 1.000 kr."), spaced("Bus", "1", "2", "3", "4"))
    again = (24.0, spaced("Forslag 2"), spaced("Titel", *head), spaced("Mio. kr."))
    found = below_budget(*block, *again)
    assert laid_figures(found)["Bus"] == {2029: "1000", 2030: "2000", 2031: "3000", 2032: "4000"}
    assert laid_figures(found)["Vikarer"] == {
        year: f"{value}000" if value != "0" else "0" for year, value in BUDGET.items()
    }
    assert found.problems == []


def test_figures_in_brackets_that_read_like_years_are_figures() -> None:
    lines = [
        row("Beløb i 1.000 kr.", "2029", "2030", "2031", "2032"),
        row("Tab", "(2030)", "(2031)", "(2032)", "(2033)"),
    ]
    found = laid([*lines, row("Mad", "1", "2", "3", "4")])
    assert laid_figures(found)["Tab"] == {2029: "-2030000", 2030: "-2031000", 2031: "-2032000", 2032: "-2033000"}


@pytest.mark.parametrize(("low", "expected"), [(True, "Korrigeret budget 2031"), (False, "Budget 2031")])
def test_a_heading_over_the_only_one_that_begins_with_a_small_letter_is_its_first_line(
    low: bool, expected: str
) -> None:
    ends = (300.0, 370.0, 450.0, 500.0)
    heads = ("Budget 2030", "budget 2031" if low else "Budget 2031", "Forbrug 2031", "Forskel")
    lines: list[Line] = [
        ((-60.0, "I 1.000 kr."), (370.0, "Korrigeret")),
        tuple(zip(ends, heads, strict=True)),
        row("Kørsel", "300", "309", "335", "-26", ends=ends),
        row("Leje", "107", "108", "118", "-10", ends=ends),
    ]
    document = laid(lines)
    assert document.problems == []
    assert [column.label for column in document.tables[0].columns if column.year][1].endswith(expected)
    found = [[f"{value.value:f}" for value in line.values] for line in document.tables[0].lines]
    assert found[0][:3] == ["300000", "309000", "335000"]
    if low:
        assert column_labels(document)[-4] == "Budget 2030"
