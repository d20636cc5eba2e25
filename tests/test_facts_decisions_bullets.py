"""Points of one list that do not all begin with "at": each is one of its own, with its own money."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

HEAD = "Budgetaftale 2026\n\nParterne er enige om:\n\n"
Told = tuple[str, bool, list[str]]  # the point, whether it is negated, its figures


def told(text: str) -> list[Told]:
    records = extract_bytes(f"{HEAD}{text}\n".encode(), "aftale.txt").records
    decisions = [record for record in records if isinstance(record, Decision)]
    return [(each.text, each.negated, [link.text for link in each.links]) for each in decisions]


POINTS: list[Told] = [
    ("at biblioteket ikke lukkes", True, []),
    ("fortsat at afsætte 2 mio. kr. årligt til natur", False, ["2 mio. kr."]),
    ("i 2027 at afsætte 3 mio. kr. til veje", False, ["3 mio. kr."]),
    ("ikke at hæve grundskylden", True, []),
    ("at afsætte 1 mio. kr. til stier", False, ["1 mio. kr."]),
]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("mark", ["- ", "• ", "{}. ", "{}) "])
def test_each_mark_begins_a_point(mark: str, between: str) -> None:
    lines = [f"{mark.format(at)}{point}" for at, (point, _, _) in enumerate(POINTS, 1)]

    assert told(between.join(lines)) == POINTS


def test_a_point_with_a_capital_is_one_too() -> None:
    assert told("- at biblioteket ikke lukkes\n- Fortsat at afsætte 2 mio. kr. til natur") == [
        ("at biblioteket ikke lukkes", True, []),
        ("Fortsat at afsætte 2 mio. kr. til natur", False, ["2 mio. kr."]),
    ]
    assert told("1. at biblioteket ikke lukkes\n2. I 2027 at afsætte 3 mio. kr. til veje") == [
        ("at biblioteket ikke lukkes", True, []),
        ("I 2027 at afsætte 3 mio. kr. til veje", False, ["3 mio. kr."]),
    ]


def test_a_capital_may_follow_a_small_letter() -> None:
    found = told("1. at biblioteket lukkes\n2. hallen til 3 mio. kr. bygges ikke\n3. At afsætte 2 mio. kr. til natur")

    assert found == [
        ("at biblioteket lukkes", False, []),
        ("hallen til 3 mio. kr. bygges ikke", True, ["3 mio. kr."]),
        ("At afsætte 2 mio. kr. til natur", False, ["2 mio. kr."]),
    ]


def test_the_lines_that_go_on_from_a_point_are_of_it() -> None:
    assert told("- at biblioteket\n  ikke lukkes\n- ikke at hæve\n  skatten") == [
        ("at biblioteket\n  ikke lukkes", True, []),
        ("ikke at hæve\n  skatten", True, []),
    ]


def test_a_heading_that_counts_on_is_no_point() -> None:
    found = told("1. at afsætte 2 mio. kr. til natur\n\n2. Økonomi\nDer er 9 mio. kr. i kassen.")

    assert found == [("at afsætte 2 mio. kr. til natur", False, ["2 mio. kr."])]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("At forslag D12 om færre busser (1,9 mio. kr.) udgår.", ("rejected", False, ["D12", "1,9 mio. kr."])),
        ("Forslag D12, der sparer 1,9 mio. kr., bortfalder.", ("rejected", False, ["D12"])),
        ("at forslag D12 ikke udgår", ("decided", True, ["D12"])),
        ("at besparelsen på 1,9 mio. kr. på busser udgår", ("decided", True, [])),
        ("at der afsættes 2 mio. kr., når forslag D12 udgår", ("decided", False, ["D12"])),
    ],
)
def test_a_point_by_which_a_proposal_or_a_saving_falls(point: str, expected: tuple[str, bool, list[str]]) -> None:
    records = extract_bytes(f"{HEAD}- at bygge en hal\n- {point}\n".encode(), "aftale.txt").records
    fallen = [record for record in records if isinstance(record, Decision)][-1]

    assert (fallen.status, fallen.negated, [link.text for link in fallen.links]) == expected
