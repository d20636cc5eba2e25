"""At which stage figures stand under headings that say "budget" and not which one."""

from __future__ import annotations

import pytest
from figures import paper, table
from msgspec.structs import replace

from corpus.model import Column
from corpus.store.entries import PartOutline
from pipeline.figures.collect import paper_figures
from pipeline.figures.model import Stage

YEARS = (2026, 2027)


def _stages(labels: tuple[str, str], title: str, kind: str = "body") -> list[Stage]:
    made = table(("Havne", (300, 400)), ("Stier", (20, 30)), years=YEARS)
    made = replace(made, columns=[Column(label=label, year=year) for label, year in zip(labels, YEARS, strict=True)])
    part = PartOutline(index=0, kind=kind, title=title)
    return [figure.stage for figure in paper_figures(paper(made, kind="other", parts=[part]), {})][:2]


@pytest.mark.parametrize(
    "labels",
    [
        ("Budget 2026", "Budget 2027"),
        ("B 2026", "BO1 2027"),
        ("BF 2026", "BO 2027"),
        ("Budget 2026", "Overslag 2027"),
    ],
)
@pytest.mark.parametrize("title", ["Oversigt over drift", "Årsregnskab 2027", "Budgetopfølgning 2027"])
def test_a_heading_that_says_budget_is_one_that_does_not_say_which(labels: tuple[str, str], title: str) -> None:
    assert _stages(labels, title) == [Stage.BUDGET, Stage.BUDGET]


def test_where_the_place_says_which_budget_a_heading_takes_nothing_from_it() -> None:
    labels = ("Budget 2026", "Budget 2027")
    assert _stages(labels, "Budgetaftale 2026") == [Stage.ADOPTED, Stage.ADOPTED]
    assert _stages(labels, "Kortere åbningstid", kind="proposal") == [Stage.PROPOSAL, Stage.PROPOSAL]


@pytest.mark.parametrize(
    ("labels", "title", "stage"),
    [
        (("2026", "2027"), "Oversigt over drift", Stage.UNKNOWN),
        (("2026", "2027"), "Årsregnskab 2027", Stage.ACCOUNTS),
        (("Vedtaget budgetforslag 2026", "Vedtaget budgetforslag 2027"), "Oversigt over drift", Stage.UNKNOWN),
    ],
)
def test_years_and_headings_of_two_stages_are_no_budget(labels: tuple[str, str], title: str, stage: Stage) -> None:
    assert _stages(labels, title) == [stage, stage]


@pytest.mark.parametrize(
    "heading",
    [
        "Forbrug pr. 31.08.2026",
        "Forbrug ult. august 2026",
        "Forbrug 1. halvår 2026",
        "Regnskab 31/8 2026",
        "Forbrug 1.1.-31.8.2026",
        "Forbrug jan.-aug. 2026",
        "Forbrug t.o.m. sept. 2026",
    ],
)
def test_what_was_spent_in_part_of_a_year_is_no_accounts(heading: str) -> None:
    assert _stages((heading, "Regnskab 2027"), "Oversigt over drift") == [Stage.UNKNOWN, Stage.ACCOUNTS]


@pytest.mark.parametrize(
    "heading",
    [
        "Forbrug pr. 31.12.2026",
        "Forbrug ult. december 2026",
        "Regnskab 31. december 2026",
        "Regnskab 1.1.-31.12.2026",
        "Forbrug 2026",
    ],
)
def test_what_was_spent_by_the_end_of_a_year_is_its_accounts(heading: str) -> None:
    assert _stages((heading, "2027"), "Oversigt over drift")[0] is Stage.ACCOUNTS


def test_other_stages_have_a_day_as_well() -> None:
    labels = ("Korrigeret budget pr. 31.8.2026", "Forventet regnskab pr. 31.8.2027")
    assert _stages(labels, "Oversigt over drift") == [Stage.REVISED, Stage.EXPECTED]


def test_a_title_with_a_day_in_its_year_heads_no_accounts() -> None:
    assert _stages(("2026", "2027"), "Regnskab pr. 31. august 2027") == [Stage.UNKNOWN, Stage.UNKNOWN]
    assert _stages(("2026", "2027"), "Regnskab pr. 31. december 2027") == [Stage.ACCOUNTS, Stage.ACCOUNTS]
