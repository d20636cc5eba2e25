"""Papers of one series in two years print the same rows and years; only the newer one counts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from figures import Row, paper, proposal, table

from corpus.store.entries import PartOutline
from pipeline.figures.collect import paper_figures
from pipeline.figures.model import Level, Reason
from pipeline.figures.papers import Paper
from pipeline.figures.printed import notes
from pipeline.figures.request import Request
from pipeline.figures.sums import Budget, add_up

OLDER, NEWER = (2026, 2027, 2028), (2027, 2028, 2029)
ROWS = ("Dagpleje", "Folkeskolen", "Klubber")


def overview(
    title: str | None,
    years: Sequence[int] = OLDER,
    figure: int = 100,
    rows: Sequence[str] = ROWS,
    name: str | None = None,
    municipality: str | None = "Fjordby",
    caption: str | None = None,
) -> Paper:
    """Each of the rows says the figure in each year."""
    printed: list[Row] = [(row, [figure] * len(years)) for row in rows]
    printed.append((f"I alt{', årsværk' * ('årsværk' in rows[0])}", [len(rows) * figure] * len(years)))
    return paper(
        table(*printed, years=years, caption=caption),
        name=name or f"{title} {figure}",
        kind="other",
        parts=[PartOutline(index=0, kind="body")],
        title=title,
        municipality=municipality,
    )


def summed(*papers: Paper, by: tuple[str, ...] = (), unit: str = "DKK") -> Budget:
    figures = [figure for each in papers for figure in paper_figures(each, {0: frozenset()})]
    return add_up(figures, Request(by=by, side="net", unit=unit))


def values(found: Budget) -> dict[int | None, Decimal]:
    return {each.year: each.value for each in found.sums}


def test_the_newer_of_two_overviews_counts_and_is_named() -> None:
    found = summed(overview("Oversigt 2026-2028"), overview("Oversigt 2027-2029", NEWER, 200))
    assert values(found) == {2026: 300_000, 2027: 600_000, 2028: 600_000, 2029: 600_000}
    assert {(f.year, f.left_out) for f in found.left_out if f.level is Level.SUM} == {
        (2027, Reason.OLDER),
        (2028, Reason.OLDER),
    }
    assert any("newer version, which is counted (Oversigt 2027-2029 200.pdf)" in note for note in notes(found))


def test_staff_papers_whose_files_alone_tell_the_year() -> None:
    rows = ("Pædagoger, årsværk", "Lærere, årsværk")
    papers = [
        overview("Personale", years, figure, rows, name=f"personale {years[0]}")
        for years, figure in ((OLDER, 10), (NEWER, 20))
    ]
    assert values(summed(*papers, unit="fte")) == {2026: 20, 2027: 40, 2028: 40, 2029: 40}


def test_a_row_that_the_newer_one_calls_otherwise_is_not_added_to_it() -> None:
    renamed = overview("Oversigt 2027-2029", NEWER, 200, ("Dagtilbud", *ROWS[1:]))
    assert values(summed(overview("Oversigt 2026-2028"), renamed))[2027] == 600_000


@pytest.mark.parametrize(
    "other",
    [
        overview("Oversigt 2027-2029", NEWER, 200, municipality="Skovå"),
        overview("Personale 2027-2029", NEWER, 200),
        overview("Oversigt 2027-2029", NEWER, 200, ("Veje", "Parker", "Havn", "Busser")),
        overview("Oversigt 2026-2028, Teknikudvalget", OLDER, 200),
    ],
    ids=["another municipality", "another series", "other rows", "a committee's own"],
)
def test_papers_that_are_no_editions_of_each_other_are_added(other: Paper) -> None:
    found = summed(overview("Oversigt 2026-2028"), other)
    assert values(found)[2027] == 300_000 + sum(
        value.value for line in other.outline.tables[0].lines[-1:] for value in line.values if value.year == 2027
    )


def test_a_table_that_the_newer_one_has_not_is_counted() -> None:
    rows: list[Row] = [("Veje", [50, 50, 50]), ("Havn", [30, 30, 30]), ("Vej og havn i alt", [80, 80, 80])]
    own = overview("Oversigt 2026-2028").outline
    older = paper(*own.tables, table(*rows, years=OLDER), name="older", kind="other", parts=own.parts, title=own.title)
    assert values(summed(older, overview("Oversigt 2027-2029", NEWER, 200)))[2027] == 680_000


def test_tables_are_told_apart_by_their_captions_without_number_and_year() -> None:
    older = overview("Oversigt 2026-2028", caption="Tabel 2. Skoler 2026")
    same = overview("Oversigt 2027-2029", NEWER, 200, caption="Tabel 3. Skoler 2027")
    other = overview("Oversigt 2027-2029", NEWER, 200, caption="Tabel 3. Klubber 2027")
    assert values(summed(older, same))[2027] == 600_000
    assert values(summed(older, other))[2027] == 900_000
    assert any("in two versions" in note for note in notes(summed(older, other)))


def test_by_document_keeps_two_editions_apart() -> None:
    found = summed(overview("Oversigt 2026-2028"), overview("Oversigt 2027-2029", NEWER, 200), by=("document",))
    assert sorted(each.value for each in found.sums if each.year == 2027) == [300_000, 600_000]


def test_two_papers_of_one_title_and_year_are_told_where_they_differ() -> None:
    found = summed(overview("Oversigt 2026-2028"), overview("Oversigt 2026-2028", figure=200))
    assert values(found)[2027] == 900_000
    told = next(note for note in notes(found) if "in two versions" in note)
    assert '"I alt" 2027 (Oversigt 2026-2028 100.pdf; Oversigt 2026-2028 200.pdf)' in told
    assert not any("in two versions" in note for note in notes(summed(overview("Oversigt 2026-2028"))))


def test_proposals_of_two_years_are_not_editions() -> None:
    papers = [
        paper(
            table(("Besparelse", (-figure, -figure)), ("Netto", (-figure, -figure)), years=years[:2]),
            name=f"katalog {years[0]}",
            title=f"Katalog {years[0]}",
            parts=[proposal(number=f"BU{figure}", title=f"Forslag nummer {figure} om klubber")],
        )
        for years, figure in ((OLDER, 100), (NEWER, 200))
    ]
    assert values(summed(*papers)) == {2026: -100_000, 2027: -300_000, 2028: -200_000}
