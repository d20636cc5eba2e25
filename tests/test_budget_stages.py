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
