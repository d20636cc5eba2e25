"""A column of remarks behind the years, and headings of two lines that stand around a line of years."""

from __future__ import annotations

from itertools import product

import pytest
from laid import ENDS, Line, figures, laid, texts

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

BROKEN = [
    ("BF/2024", "BO 2025", "BO 2026", "BO 2027"),
    ("Regnskab/2024", "2025", "2026", "2027"),
    ("R/2024", "B/2025", "BO 2026", "BO 2027"),
    ("R 2024", "B 2025", "BO 2026", "Overslag/2027"),
    ("Regnskab/2024", "Budget 2025", "Budget/2026", "BO 2027"),
]
NAMES = ("Skoler", "Veje", "Parker")


def _paper(heads: tuple[str, ...], remark: str, corner: str, remarks: tuple[str, str, str]) -> Document:
    """Headings on a line, those with a stroke around it; each row lacks the figure of one year."""
    above, below = (
        tuple((x, head.split("/")[part]) for x, head in zip(ENDS, heads, strict=True) if "/" in head)
        for part in range(2)
    )
    level = [*((x, head) for x, head in zip(ENDS, heads, strict=True) if "/" not in head), (-490.0, remark)]
    line = tuple(cell for cell in [(-60.0, corner), *level] if cell[1])
    lines: list[Line] = [((-60, "Økonomi i 1.000 kr."),), 6.0, above, -9.0, line, -9.0, below, 4.0]
    for n, (name, said) in enumerate(zip(NAMES, remarks, strict=True)):
        printed = [(x, str(100 * n + k)) for k, x in enumerate(ENDS, 1) if k != n + 1]
        lines.append(tuple(cell for cell in [(-60.0, name), *printed, (-490.0, said)] if cell[1]))
    return laid(lines)


@pytest.mark.parametrize("heads", BROKEN)
def test_headings_of_two_lines_around_the_years_are_whole_and_move_no_figure(heads: tuple[str, ...]) -> None:
    expected = {
        "Skoler": {2025: "2000", 2026: "3000", 2027: "4000"},
        "Veje": {2024: "101000", 2026: "103000", 2027: "104000"},
        "Parker": {2024: "201000", 2025: "202000", 2027: "204000"},
    }
    said = [("", "", ""), ("", "Varig", "Engangsbeløb"), ("Jf. notat 2", "Varig", "")]
    for (remark, remarks), corner in product([("", said[0]), *(("Kommentar", each) for each in said)], ("", "Post")):
        document = _paper(heads, remark, corner, remarks)
        assert figures(document) == expected
        assert document.problems == []
        assert texts(document)[0][1:5] == [head.replace("/", " ") for head in heads]


def test_a_remark_that_begins_with_a_letter_that_reaches_over_is_cut_from_the_figure_as_others_are() -> None:
    head = ((-60, "1.000 kr."), *zip(ENDS, ("2026", "2027", "2028", "2029"), strict=True), (-488.6, "Note"))
    rows = [("Skoler", "Varig"), ("Veje", "Varig"), ("Parker", "Engangsbeløb"), ("Bad", "Jf. bilag 2")]
    lines: list[Line] = [head]
    for name, said in rows:
        begins = -488.1 if said.startswith("J") else -488.6
        lines.append(((-60, name), *((end, "1,8") for end in ENDS), (begins, said)))
    document = laid(lines)
    assert document.problems == []
    assert figures(document)["Bad"] == dict.fromkeys((2026, 2027, 2028, 2029), "1800")


@pytest.mark.parametrize("heading", ["Note", "Kommentar"])
@pytest.mark.parametrize("gap", [5.0, 6.0, 8.0])
def test_remarks_as_close_as_words_are_cut_from_the_figures_where_all_begin_in_one_place(
    heading: str, gap: float
) -> None:
    head = ((-60, "1.000 kr."), *zip(ENDS, ("2026", "2027", "2028", "2029"), strict=True), (-480 - gap, heading))
    rows = [
        ("Skoler", "1,8", "Varig"),
        ("Veje", "12,4", "Varig"),
        ("Parker", "0,5", "Engangsbeløb"),
        ("Bad", "7,0", ""),
    ]
    lines: list[Line] = [head]
    for name, figure, said in rows:
        cells = [(-60.0, name), *((end, figure) for end in ENDS), (-480 - gap, said)]
        lines.append(tuple(cell for cell in cells if cell[1]))
    document = laid(lines)
    assert document.problems == []
    assert figures(document)["Veje"] == dict.fromkeys((2026, 2027, 2028, 2029), "12400")
    assert figures(document)["Bad"] == dict.fromkeys((2026, 2027, 2028, 2029), "7000")


def test_words_a_blank_behind_figures_leave_them_refused_and_none_is_lost() -> None:
    head = ((-60, "1.000 kr."), *zip(ENDS, ("2026", "2027", "2028", "2029"), strict=True), (-483, "Note"))
    rows = [("Skoler", "Varig"), ("Veje", "Varig"), ("Parker", "Engangsbeløb")]
    document = laid([head, *(((-60, name), *((end, "1,8") for end in ENDS), (-483, said)) for name, said in rows)])
    told = " ".join(problem.message for problem in document.problems)
    assert all(f'"1,8 {said}" in row "{name}"' in told for name, said in rows)
    assert figures(document)["Veje"] == dict.fromkeys((2026, 2027, 2028), "1800")


def test_figures_that_drift_are_of_no_year_where_one_of_the_headings_may_be_that_of_remarks() -> None:
    lines: list[Line] = [
        ((-60, "1.000 kr."), (-200, "2026"), (-270, "2027"), (-340, "2028"), (-410, "Kommentar")),
        ((-60, "Skoler og fritid"), (-150, "11"), (-220, "12"), (-290, "13"), (-350, "14")),
        ((-60, "Veje"), (-98, "21"), (-160, "22"), (-222, "23"), (-281, "24")),
    ]
    document = laid(lines)
    assert not any(line.values for table in document.tables for line in table.lines)
    assert {problem.code for problem in document.problems} == {Code.TABLE_REFUSED}


@pytest.mark.parametrize("first", ["4", "4 varig"])
def test_figures_with_words_under_a_year_are_refused_and_named(first: str) -> None:
    rows = [("Skoler", "10", first), ("Veje", "20", "104 varig"), ("Parker", "30", "204 varig")]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "<tr><th>Beløb i 1.000 kr.</th><th>2026</th><th>2027</th></tr>"
    page = f'<html><meta charset="utf-8"><table>{head}{body}</table></html>'
    document = extract_bytes(page.encode(), "budget.html")
    told = " ".join(problem.message for problem in document.problems)
    assert '"104 varig"' in told
    assert '"204 varig"' in told
    assert figures(document)["Veje"] == {2026: "20000"}


def test_the_year_of_a_heading_of_people_is_not_cut_from_it_where_the_money_has_units_behind_its_years() -> None:
    ends = (300.0, 390.0, 480.0, 560.0)
    heads = ("BF 2026 (mio. kr.)", "BO 2027 (mio. kr.)", "BO 2028 (mio. kr.)", "Årsværk 2026")
    lines: list[Line] = [((-60, "Nr."), (-90, "Titel"), *zip(ends, heads, strict=True))]
    for n, name in enumerate(("rengøring", "kørsel", "vikarer", "leje"), 1):
        printed = (f"-{n}2,7", f"-{n}1,4", f"-{n},6", f"0,{n}")
        lines.append(((-60, str(n)), (-90, f"Forslag om {name}"), *zip(ends, printed, strict=True)))
    found = [
        (value.year, f"{value.value:f}", line.unit) for line in laid(lines).tables[0].lines for value in line.values
    ]
    assert found[:4] == [
        (2026, "-12700000", "DKK"),
        (2027, "-11400000", "DKK"),
        (2028, "-1600000", "DKK"),
        (2026, "0.1", "fte"),
    ]


@pytest.mark.parametrize(("gap", "said"), [(2.2, "Varig"), (2.8, "50 pct. refusion"), (2.8, "Varig")])
def test_remarks_no_further_than_a_blank_are_cut_where_figures_without_one_show_where_their_column_ends(
    gap: float, said: str
) -> None:
    head = ((-60, "1.000 kr."), *zip(ENDS, ("2026", "2027", "2028", "2029"), strict=True), (-480 - gap, "Note"))
    rows = [("Skoler", "18", said), ("Veje", "124", "Jf. notat 5"), ("Parker", "150", ""), ("Bad", "70", "")]
    lines: list[Line] = [head]
    for name, figure, remark in rows:
        cells = [(-60.0, name), *((end, figure) for end in ENDS), (-480 - gap, remark)]
        lines.append(tuple(cell for cell in cells if cell[1]))
    document = laid(lines)
    assert document.problems == []
    assert figures(document)["Skoler"] == dict.fromkeys((2026, 2027, 2028, 2029), "18000")
    assert figures(document)["Bad"] == dict.fromkeys((2026, 2027, 2028, 2029), "70000")
    further = ((-60.0, "Parker"), *((end, "150") for end in ENDS[:-1]), (490.0, "150"))
    wider: list[Line] = [*lines[:3], further, *lines[4:]]
    assert [problem.code for problem in laid(wider).problems] != []


@pytest.mark.parametrize("name", ["Bemærkninger", "Note"])
@pytest.mark.parametrize(("shift", "read"), [(0.0, True), (8.0, False)])
def test_a_single_remark_is_cut_where_the_heading_behind_the_years_begins_with_it(
    name: str, shift: float, read: bool
) -> None:
    """Elsewhere than under its heading it may be a part of what the figure says."""
    head = (*zip(ENDS, ("2026", "2027", "2028", "2029"), strict=True), (-481.8 - shift, name))
    rows: list[Line] = [((-60.0, "Veje"), *((end, "124") for end in ENDS), (-481.8, "Politisk bestilt"))]
    rows += [((-60.0, said), *((end, "150") for end in ENDS)) for said in ("Skoler", "Parker", "Bad")]
    document = laid([((-60.0, "Økonomi (1.000 kr.)"),), head, *rows])
    years = (2026, 2027, 2028, 2029) if read else (2026, 2027, 2028)
    assert figures(document)["Veje"] == dict.fromkeys(years, "124000")
    assert figures(document)["Bad"] == dict.fromkeys((2026, 2027, 2028, 2029), "150000")
    assert (document.problems == []) is read
