"""Verdicts on single points: each has the figures of the points that it names, and of no others."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

MINUTES = (
    "Referat\n\nKulturudvalget\nTorsdag den 12. marts 2026\n\n1. Sag\n\nIndstilling\n\nDet indstilles,\n\n"
    "{}. at der gives 50.000 kr. til scenen\n{}. at der ansættes 2 årsværk\n\nBeslutning\n\n{}\n"
)


def told(said: str, marks: str = "12") -> list[tuple[str, list[str]]]:
    records = extract_bytes(MINUTES.format(*marks, said).encode(), "referat.txt").records
    found = [each for each in records if isinstance(each, Decision) and each.body == "Kulturudvalget"]
    return [(each.status, [link.text for link in each.links]) for each in found]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ad 1: Anbefales.\nAd 2: Anbefales ikke.", [("recommended", ["50.000 kr."]), ("rejected", ["2 årsværk"])]),
        ("Ad 1-2 anbefales.", [("recommended", ["50.000 kr.", "2 årsværk"])]),
        ("1. Godkendt.\n2. Udgår.", [("decided", ["50.000 kr."]), ("postponed", ["2 årsværk"])]),
        ("Ad 1) Godkendt\nAd 2) Ikke godkendt", [("decided", ["50.000 kr."]), ("rejected", ["2 årsværk"])]),
        # Points that there are none of, a verdict on the whole, and one that changes its point.
        ("Ad 1-3 anbefales.", [("recommended", [])]),
        ("Anbefales.", [("recommended", [])]),
        ("Ad 1 anbefales, dog i mindre omfang.", [("recommended", [])]),
    ],
)
def test_a_verdict_has_the_figures_of_its_points(said: str, expected: object) -> None:
    assert told(said) == expected


def test_points_with_letters() -> None:
    found = told("Pkt. a vedtaget. Pkt. b forkastet.", "ab")

    assert found == [("decided", ["50.000 kr."]), ("rejected", ["2 årsværk"])]
