"""What `akt budget` says of figures that were not asked for: other price levels, other columns."""

from __future__ import annotations

from decimal import Decimal

from figures import paper, proposal, table
from msgspec.structs import replace

from corpus.model import Column
from corpus.store.entries import PartOutline
from pipeline.figures.collect import paper_figures
from pipeline.figures.papers import Paper
from pipeline.figures.printed import notes
from pipeline.figures.request import Request
from pipeline.figures.sums import Budget, add_up

ROWS = (("Besparelse", (-300, -600)), ("Investering", (50, None)), ("Samlet ændring (netto)", (-250, -600)))


def summed(*papers: Paper, **how: object) -> Budget:
    return add_up([figure for each in papers for figure in paper_figures(each, {})], Request(**how))  # type: ignore[arg-type]


def values(found: Budget) -> dict[int | None, Decimal]:
    return {each.year: each.value for each in found.sums}


def test_figures_of_other_price_levels_are_told() -> None:
    levelled = paper(table(*ROWS), name="a")
    plain = paper(table(*ROWS, price_level=None), name="b", parts=[proposal(number="BSU08", title="Nyt tag på hallen")])
    found = summed(levelled, plain, side="net", price_levels=frozenset({"2026"}))
    assert values(found) == {2026: -250_000, 2027: -600_000}
    assert "Not asked for: 5 figures that print no price level (--price-level unknown)." in list(notes(found))
    found = summed(levelled, plain, side="net", price_levels=frozenset({"unknown"}))
    assert "Not asked for: 5 figures that are in 2026 prices (--price-level 2026)." in list(notes(found))


def test_one_figure_of_another_price_level_is_told_in_the_singular() -> None:
    both = [paper(table(("Besparelse", (-300, -600))), name="a")]
    for name, level in (("b", None), ("c", 2025)):
        own = [proposal(number=f"BSU{level}", title=f"Nyt tag på hal {name}")]
        both.append(paper(table(("Besparelse", (-5, None)), price_level=level), name=name, parts=own))
    told = list(notes(summed(*both, price_levels=frozenset({"2026"}))))
    assert "Not asked for: 1 figure that prints no price level (--price-level unknown)." in told
    assert "Not asked for: 1 figure that is in 2025 prices (--price-level 2025)." in told


def test_figures_whose_stage_nothing_tells_are_told_where_a_stage_is_asked_for() -> None:
    body = [PartOutline(index=0, kind="body", title="Skoler")]
    plain = paper(table(("Drift", (70, 80))), name="plan", kind="other", parts=body)
    told = "Not asked for: 2 figures of which nothing tells the stage, in plan.pdf (--stage unknown)."
    found = summed(paper(table(*ROWS)), plain, side="net", stages=frozenset({"proposal"}))
    assert values(found) == {2026: -250_000, 2027: -600_000}
    assert told in list(notes(found))
    assert told in list(notes(summed(plain, stages=frozenset({"accounts"})))), "also where nothing else is found"
    for stages in (frozenset({"proposal", "unknown"}), frozenset[str]()):
        every = summed(paper(table(*ROWS)), plain, side="gross", stages=stages, by=("stage",))
        assert not any("nothing tells the stage" in note for note in notes(every))


def _under(*headings: str) -> Paper:
    made = table(("Skoler", (10, 20)), ("Haller", (1, 2)))
    columns = [Column(label=label, year=year) for label, year in zip(headings, (2026, 2027), strict=True)]
    return paper(replace(made, columns=columns), kind="other", parts=[PartOutline(index=0, kind="body", title="Drift")])


def test_what_was_spent_in_a_part_of_a_year_is_told_where_accounts_are_asked_for() -> None:
    made = _under("Regnskab 2026", "Forbrug pr. 31.08.2027")
    found = summed(made, side="gross", stages=frozenset({"accounts"}))
    assert values(found) == {2026: 11_000}
    told = "Not asked for: 2 figures that are of a part of a year only and no accounts (--stage unknown)."
    assert told in list(notes(found))
    for stages in ({"unknown"}, {"accounts", "unknown"}, {"proposal"}):
        assert told not in list(
            notes(summed(_under("Regnskab 2026", "Forbrug pr. 31.08.2027"), side="gross", stages=frozenset(stages)))
        )
    whole = summed(_under("Regnskab 2026", "Forbrug pr. 31.12.2027"), side="gross", stages=frozenset({"accounts"}))
    assert not [note for note in notes(whole) if "part of a year" in note]


def test_a_column_is_named_with_its_year_or_without() -> None:
    made = table(("Skoler", (10, 20)))
    (year, _) = made.lines[0].values
    columns = [replace(year, column=f"2026 {name}") for name in ("Udgift", "Netto")]
    of_two = paper(replace(made, lines=[replace(made.lines[0], values=columns)]))
    for name in ("netto", "2026 netto"):
        assert values(summed(of_two, columns=frozenset({name}))) == {2026: 10_000}
    assert not summed(of_two, columns=frozenset({"2027 netto"})).sums
