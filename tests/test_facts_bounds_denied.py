"""Comparisons under a negation: what may not fall below a sum is at least that, what may not exceed it at most."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Fte
from pipeline.context import Context
from pipeline.facts import amounts, fte
from pipeline.language import Prose


def bounds(text: str) -> list[str | None]:
    prose = Prose(text)
    found = [*amounts.find(prose, Context())[0], *fte.find(prose, Context())[0]]
    return [each.bound for each in found if isinstance(each, Amount | Fte)]


@pytest.mark.parametrize(
    "text",
    [
        "Reserven må ikke komme under 12 mio. kr.",
        "Formuen må aldrig være under 30 mio. kr.",
        "Sørg for, at reserven ikke falder til under 9 mio. kr.",
        "Saldoen skal ikke ligge under 7 mio. kr.",
        "Gebyret kan ikke være mindre end 250 kr.",
        "Grunden bør ikke sælges for under 2 mio. kr.",
        "Saldoen må ikke på noget tidspunkt komme ned under 4 mio. kr.",
        "Ingen klub får under 8.000 kr.",
        "På holdet må der ikke være under 5 årsværk.",
        "Reserven må ikke blive mindre end ca. 12 mio. kr.",
        "Honoraret må ikke være lavere end 900 kr.",
    ],
)
def test_what_may_not_be_below_is_at_least(text: str) -> None:
    assert bounds(text) == ["min"]


@pytest.mark.parametrize(
    "text",
    [
        "Legepladsen må ikke koste mere end 900.000 kr.",
        "Taget må ikke koste over 4 mio. kr.",
        "Regningen må ikke blive større end 60.000 kr.",
        "Prisen kom aldrig op over 3 mio. kr.",
        "Klubben har aldrig haft over 90.000 kr.",
        "Vi har ikke råd til at betale over 90.000 kr.",
        "Det bliver ikke dyrere end 90.000 kr.",
        "Taget må ikke, som byrådet har sagt, koste over 4 mio. kr.",
        "Vi vil ikke betale over 70.000 kr.",
        "Intet tilbud lå over 5 mio. kr.",
        "Der ansættes ikke flere end 4 medarbejdere.",
        "Der må ikke bruges mere end 2 årsværk på det.",
    ],
)
def test_what_may_not_be_above_is_at_most(text: str) -> None:
    assert bounds(text) == ["max"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taget koster over 4 mio. kr.", "min"),
        ("Taget koster ikke kun over 4 mio. kr.", "min"),
        ("Vi må ikke glemme regningen på over 60.000 kr.", "min"),
        ("Vi støtter ikke anlæg over 2 mio. kr.", "min"),
        ("Taget blev ikke lagt, og der er brugt over 90.000 kr. på det.", "min"),
        ("Det er ikke sandt, at taget koster under 90.000 kr.", "max"),
        ("Aftalen blev ikke fornyet. Prisen var under 90.000 kr.", "max"),
        ("Beløb større end 10.000 kr. skal godkendes.", "min"),
    ],
)
def test_a_negation_of_something_else_leaves_the_bound_as_printed(text: str, expected: str) -> None:
    assert bounds(text) == [expected]
