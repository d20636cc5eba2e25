"""Catalogues of budget proposals, made as PDFs in several house styles: their parts, and summary against proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from catalogues import COMMITTEES, FORMS, Idea, Row, Style, catalogue, changed, ideas, summary_of, with_pages
from letters import Room

from corpus.checked import statuses
from corpus.limits import DEFAULT_LIMITS
from corpus.model import Body, Document, Proposal
from corpus.problems import Code
from corpus.readers.pdf import read
from pipeline.export.shown import find, lines
from pipeline.extract import extract_bytes
from pipeline.parts import split

LONG_TITLE = (
    "Omlægning af ordningen med støtte til frivillige foreninger og fælles lokaler til aktiviteter for børn og unge i "
    "byerne"
)
NUMBERS = ["BUU-{n:02d}", "ISU4{n}", "4.1{n}", "D-{n:02d}", "{n}", "ØU 2026-{n:02d}"]


def proposals_of(data: bytes) -> list[Proposal]:
    reading = read(data, "katalog.pdf", DEFAULT_LIMITS)
    parts, _ = split(reading)
    assert "".join(part.text for part in parts) == reading.text
    return [part for part in parts if isinstance(part, Proposal)]


def differences(data: bytes) -> list[str]:
    found = extract_bytes(data, "katalog.pdf")
    return [problem.message for problem in found.problems if problem.code == Code.SUMMARY_MISMATCH]


def compared(found: Document) -> list[bool]:
    return [check.ok for table in found.tables for check in table.checks if check.rule == "summary = proposal"]


def names(proposals: Sequence[Idea]) -> list[tuple[str | None, str, str]]:
    return [(idea.number or None, idea.title, idea.committee) for idea in proposals]


# --- parts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "numbers"),
    [*((form, NUMBERS[0]) for form in FORMS), *((form, n) for form in ("boxed", "kind", "coded") for n in NUMBERS[1:])],
)
def test_each_proposal_is_a_part_with_its_pages(form: str, numbers: str) -> None:
    told = ideas(4, numbers)
    told[2] = replace(told[2], title=LONG_TITLE)
    data, pages = with_pages(told, summary_of(told), Style(form=form, long=[1]))
    found = proposals_of(data)

    assert [(part.number, part.title, part.committee) for part in found] == names(told)
    assert [(part.page_first, part.page_last) for part in found] == pages


@pytest.mark.parametrize("form", FORMS)
def test_proposals_that_begin_in_the_middle_of_a_page(form: str) -> None:
    told = ideas(6)
    data, pages = with_pages(told, None, Style(form=form, flow=True, long=[1, 4]))
    found = proposals_of(data)

    assert [part.number for part in found] == [idea.number for idea in told]
    assert [(part.page_first, part.page_last) for part in found] == pages
    assert len({first for first, _ in pages}) < len(pages)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", ["front", "behind", "chapters"])
def test_chapters_summaries_and_appendices_belong_to_no_proposal(form: str, where: str) -> None:
    told = ideas(6)
    style = Style(form=form, where=where, chapters=True, appendix=True)
    data, pages = with_pages(told, summary_of(told), style)
    reading = read(data, "katalog.pdf", DEFAULT_LIMITS)
    parts, _ = split(reading)

    assert [(part.page_first, part.page_last) for part in parts if isinstance(part, Proposal)] == pages
    between = [part.title for part in parts if isinstance(part, Body)][1:]
    behind = "Samlet oversigt over forslagene" if where == "behind" else "Bilag 1: Metode"
    assert between == [*COMMITTEES[1:], behind]


def test_a_committee_in_the_running_head_is_no_chapter() -> None:
    told = ideas(3)
    data, pages = with_pages(told, None, Style(running=COMMITTEES[0], long=[0, 1, 2]))

    assert [(part.page_first, part.page_last) for part in proposals_of(data)] == pages


@pytest.mark.parametrize("ruled", [True, False])
def test_a_list_of_proposals_is_no_proposal(ruled: bool) -> None:
    told = ideas(5)
    listed = [["Nr.", "Titel", "Udvalg"], *([idea.number, idea.title, idea.committee] for idea in ideas(9))]
    data, pages = with_pages(told, None, Style(contents=False, front=listed, ruled=ruled))

    assert [(part.page_first, part.page_last) for part in proposals_of(data)] == pages


def test_a_proposal_without_a_number() -> None:
    told = ideas(4)
    told[1] = replace(told[1], number="")
    data = catalogue(told, summary_of(told), Style())

    assert [(part.number, part.title, part.committee) for part in proposals_of(data)] == names(told)
    assert differences(data) == []


# --- the summary ----------------------------------------------------------------------------------------------

STYLES = {
    "plain": Style(),
    "ruled": Style(ruled=True),
    "without committees": Style(columns=("number", "title")),
    "without numbers": Style(columns=("title", "committee"), ruled=True),
    "with sums": Style(columns=("number", "title"), sums=True),
    "grouped with subtotals": Style(summary="grouped"),
    "grouped and behind": Style(summary="grouped", where="behind", ruled=True, appendix=True),
    "one for each chapter": Style(where="chapters", chapters=True),
    "in millions": Style(summary_unit="mio. kr."),
    "both in millions": Style(unit="mio. kr.", summary_unit="mio. kr."),
    "millions before whole kr.": Style(unit="kr.", summary_unit="mio. kr."),
    "boxed heads": Style(form="boxed"),
    "codes for heads": Style(form="coded", flow=True),
    "a total for a net": Style(net="I alt"),
}
NUMBERED = [name for name in STYLES if name != "without numbers"]


def told_of(count: int = 9) -> list[Idea]:
    return ideas(count)


@pytest.mark.parametrize("style", STYLES)
def test_a_summary_that_agrees(style: str) -> None:
    told = told_of()
    found = extract_bytes(catalogue(told, summary_of(told), STYLES[style]), "katalog.pdf")

    assert [problem.message for problem in found.problems if problem.code == Code.SUMMARY_MISMATCH] == []
    assert len(compared(found)) >= 4 * len(told)
    assert all(compared(found))


@pytest.mark.parametrize("style", STYLES)
def test_a_figure_that_differs(style: str) -> None:
    told = told_of()
    figures = told[4].net
    rows = changed(summary_of(told), 4, figures=(figures[0], figures[1] - 400, *figures[2:]))
    found = extract_bytes(catalogue(told, rows, STYLES[style]), "katalog.pdf")
    (note,) = [problem for problem in found.problems if problem.code == Code.SUMMARY_MISMATCH]
    (part,) = [part for part in found.parts if isinstance(part, Proposal) and part.title == told[4].title]
    (check,) = [
        check for table in found.tables for check in table.checks if check.rule == "summary = proposal" and not check.ok
    ]

    assert check.part == part.index
    assert (check.year, check.unit) == (2027, "DKK")
    assert f"{check.found:f}" in note.message
    assert f"{check.expected:f}" in note.message
    assert f"page {note.page} " in note.message
    assert f"page {part.page_first} " in note.message
    assert told[4].title in note.message
    assert abs(check.expected - figures[1] * 1000) <= 50_000


@pytest.mark.parametrize("style", STYLES)
def test_a_proposal_that_the_summary_lacks(style: str) -> None:
    told = told_of()
    rows = [row for row in summary_of(told) if row.number != told[7].number]
    (message,) = differences(catalogue(told, rows, STYLES[style]))

    assert f'"{told[7].number} {told[7].title}"' in message
    assert "is not in the summary" in message


@pytest.mark.parametrize("style", STYLES)
def test_a_row_without_a_proposal(style: str) -> None:
    told = told_of()
    rows = summary_of(told)
    rows.insert(5, replace(rows[4], number="BUU-77", title="Et forslag om færre biler"))
    (message,) = differences(catalogue(told, rows, STYLES[style]))

    assert "Et forslag om færre biler" in message
    assert "no proposal of that name" in message


@pytest.mark.parametrize("style", NUMBERED)
def test_a_title_that_differs(style: str) -> None:
    told = told_of()
    rows = changed(summary_of(told), 3, title="Flere biler til hjemmeplejen")
    (message,) = differences(catalogue(told, rows, STYLES[style]))

    assert f'"{told[3].number} Flere biler til hjemmeplejen"' in message
    assert f'"{told[3].title}"' in message


def test_a_number_that_differs() -> None:
    told = told_of()
    (message,) = differences(catalogue(told, changed(summary_of(told), 3, number="BUU-44"), Style()))

    assert "BUU-44" in message
    assert '"BUU-04"' in message


def test_titles_that_changed_places_say_nothing_of_the_figures() -> None:
    told = told_of()
    rows = summary_of(told)
    rows = changed(changed(rows, 1, title=rows[2].title), 2, title=rows[1].title)
    found = differences(catalogue(told, rows, Style()))

    assert len(found) == 2
    assert all("is called" in message for message in found)


# --- what is not told -----------------------------------------------------------------------------------------


def without_minus(told: Sequence[Idea]) -> list[Row]:
    return [replace(row, figures=tuple(-value for value in row.figures)) for row in summary_of(told)]


def savings(told: Sequence[Idea]) -> list[Row]:
    return [Row(idea.number, idea.title, idea.committee, idea.saving) for idea in told]


def other_figures(told: Sequence[Idea]) -> list[Row]:
    return [replace(row, figures=tuple(7 + 3 * value for value in row.figures)) for row in summary_of(told)]


def shortened(told: Sequence[Idea]) -> list[Row]:
    return [replace(row, title=row.title[:14]) for row in summary_of(told)]


def favourites(told: Sequence[Idea]) -> list[Row]:
    return summary_of(told)[2:6]


@pytest.mark.parametrize("rows", [without_minus, savings, other_figures, shortened, favourites])
def test_no_false_difference(rows: Callable[[Sequence[Idea]], list[Row]]) -> None:
    told = told_of()

    assert differences(catalogue(told, rows(told), Style())) == []


def test_rounded_figures_are_the_same_figures() -> None:
    told = [replace(idea, saving=(-149, -151, -1250, -1349), investment=(0, 0, 0, 0)) for idea in told_of(4)]

    assert differences(catalogue(told, summary_of(told), Style(summary_unit="mio. kr."))) == []


def test_numbers_that_start_anew_in_each_chapter() -> None:
    told = [replace(idea, number=str(n % 3 + 1)) for n, idea in enumerate(told_of())]
    style = Style(form="kind", chapters=True)

    assert differences(catalogue(told, summary_of(told), style)) == []
    rows = changed(summary_of(told), 4, figures=(-1, *told[4].net[1:]))
    (message,) = differences(catalogue(told, rows, style))
    assert told[4].title in message


def test_an_excerpt_says_once_that_proposals_are_not_in_it() -> None:
    told = told_of()
    (message,) = differences(catalogue(told[:3], summary_of(told), Style()))

    assert "has 9 rows; of 6 no proposal" in message


def test_a_summary_in_plain_text() -> None:
    told = told_of(3)
    figures = {idea.number: " ".join(map(str, idea.net)) for idea in told}
    head = "Fjordby Kommune\nSparekatalog 2026-2029\n\nBeløb i 1.000 kr.\n\n"
    rows = "".join(
        f"| {idea.number} | {idea.title} | {' | '.join(figures[idea.number].split())} |\n" for idea in told
    ).replace("-294", "-249")
    summary = f"{head}| Nr. | Forslag | 2026 | 2027 | 2028 | 2029 |\n|---|---|---|---|---|---|\n{rows}\n"
    forms = "".join(
        f"Sparekatalog\n\nForslag nr. {idea.number}\nTitel: {idea.title}\nUdvalg: {idea.committee}\n\n"
        f"| Beløb i 1.000 kr. | 2026 | 2027 | 2028 | 2029 |\n|---|---|---|---|---|\n"
        f"| Netto | {' | '.join(figures[idea.number].split())} |\n\nBaggrund\nIngen.\n\n"
        for idea in told
    )
    found = extract_bytes(f"{summary}{forms}".encode(), "katalog.md")
    (note,) = [problem for problem in found.problems if problem.code == Code.SUMMARY_MISMATCH]

    assert "the summary says -249000" in note.message
    assert "the proposal says -294000" in note.message


# --- shown ----------------------------------------------------------------------------------------------------


def test_a_proposal_is_shown_with_its_number_committee_and_pages(tmp_path: Path) -> None:
    told = ideas(3)
    data, pages = with_pages(told, summary_of(told), Style(long=[1]))
    room = Room(tmp_path)
    room.put("katalog.pdf", data)
    room.ingest()
    shown = find(room.workspace, room.id("katalog.pdf", 2))
    printed = [line.split() for text in lines(shown, 100, None) for line in text.splitlines()]

    assert shown.document.kind == "budget-catalogue"
    assert shown.document.title == "Budgetkatalog 2026-2029"
    assert ["number", "BUU-02"] in printed
    assert ["committee", *told[1].committee.split()] in printed
    assert ["pages", str(pages[1][0]), "to", str(pages[1][1])] in printed


def test_the_row_that_differs_is_marked_and_no_other() -> None:
    told = told_of()
    rows = changed(summary_of(told), 4, figures=(-1, *told[4].net[1:]))
    found = extract_bytes(catalogue(told, rows, Style(columns=("number", "title"))), "katalog.pdf")
    (summary,) = [table for table in found.tables if any(check.rule == "summary = proposal" for check in table.checks)]
    marked = {
        (line.label, value.year)
        for line in summary.lines
        for value in line.values
        if line.role is None and statuses(summary)(line, value) == "mismatch"
    }

    assert marked == {(line.label, 2026) for line in summary.lines if told[4].title in line.label}


def test_a_title_that_begins_like_a_total_is_none() -> None:
    told = [replace(idea, title="Samlet indkøb af møbler") if n == 5 else idea for n, idea in enumerate(told_of())]
    found = extract_bytes(catalogue(told, summary_of(told), Style()), "katalog.pdf")

    assert Code.SUM_MISMATCH not in [problem.code for problem in found.problems]
