"""Figures that are denied and put right, that are to be multiplied, and what a sum is paid for."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Fte
from pipeline.extract import extract_bytes


def read(sentence: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The figures and their values, and what is told as refused."""
    document = extract_bytes(f"Notat\n\n{sentence}\n".encode(), "notat.txt")
    figures = [(each.text, str(each.value)) for each in document.records if isinstance(each, Amount | Fte)]
    return figures, [each.message for each in document.problems if each.code == "number-refused"]


@pytest.mark.parametrize(
    ("sentence", "figures", "refused"),
    [
        ("Der er ikke nedlagt 8 årsværk, men 5,5.", [("5,5", "5.5")], "is denied: '8 årsværk'"),
        ("Prisen blev ikke 7 mio. kr., men 8,5.", [("8,5", "8500000")], "is denied: '7 mio. kr.'"),
        ("Prisen blev ikke 7 mio. kr., men 8,5 mio. kr.", [("8,5 mio. kr.", "8500000")], "is denied: '7 mio. kr.'"),
        (
            "Det bliver ikke 7 mio. kr., men nærmere 8,5 mio. Det er dyrt.",
            [("8,5 mio.", "8500000")],
            "denied: '7 mio. kr.'",
        ),
        (
            "Der er ikke tale om en merudgift på 700.000 kr., men om 510.000 kr.",
            [("510.000 kr.", "510000")],
            "is denied: '700.000 kr.'",
        ),
        ("Det var ikke 17 mio. kr.", [], "is denied: '17 mio. kr.'"),
        ("Prisen er altså ikke 17 mio. kr. i 2025, sagde lederen.", [], "is denied: '17 mio. kr.'"),
        ("Hun siger, at det ikke er 6 årsværk.", [], "is denied: '6 årsværk'"),
        ("Der er ikke tale om 17 mio. kr.", [], "is denied: '17 mio. kr.'"),
        # The figure that is so stands in front.
        ("Beløbet er 3,5 mio. kr., ikke 4,5 mio. kr.", [("3,5 mio. kr.", "3500000")], "is denied: '4,5 mio. kr.'"),
        (
            "Der er afsat 3,5 mio. kr., og ikke som tidligere oplyst 4,5 mio. kr.",
            [("3,5 mio. kr.", "3500000")],
            "is denied: '4,5 mio. kr.'",
        ),
        ("Der nedlægges 6 og ikke 8 årsværk.", [("6", "6")], "is denied: '8 årsværk'"),
        ("Der er afsat 3,5 og ikke 4,5 mio. kr.", [("3,5", "3500000")], "is denied: '4,5 mio. kr.'"),
        ("Der ansættes 6 årsværk (ikke 8 årsværk).", [("6 årsværk", "6")], "is denied: '8 årsværk'"),
        ("Værdien er 2 x 4,5 mio. kr.", [], "is to be multiplied: '4,5 mio. kr.'"),
        ("Der er afsat tre gange 60.000 kr.", [], "is to be multiplied: '60.000 kr.'"),
        ("Der ansættes 2 x 0,5 årsværk.", [], "is to be multiplied: '0,5 årsværk'"),
    ],
)
def test_a_figure_that_is_not_what_is_printed(sentence: str, figures: object, refused: str) -> None:
    found, told = read(sentence)

    assert found == figures
    assert [each.endswith(refused) for each in told] == [True]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Det koster ikke kun 7 mio. kr., men 8 mio. kr.", ["7 mio. kr.", "8 mio. kr."]),
        ("Prisen er 7 mio. kr., men 4 børn går gratis.", ["7 mio. kr."]),
        ("Var det ikke 7 mio. kr.?", ["7 mio. kr."]),
        ("Det er ikke over 7 mio. kr.", ["7 mio. kr."]),
        ("Det er 6 mio. kr., ikke over 7 mio. kr.", ["6 mio. kr.", "7 mio. kr."]),
        ("Det er 6 mio. kr. og ikke 7 mio. kr., som der står i bilaget.", ["6 mio. kr.", "7 mio. kr."]),
        ("Det koster ikke mere end 7 mio. kr.", ["7 mio. kr."]),
        ("Det er ikke 7 mio. kr. værd at gøre.", ["7 mio. kr."]),
        ("Det er ikke dyrt, og prisen er 7 mio. kr.", ["7 mio. kr."]),
        ("Der er ikke afsat 7 mio. kr.", ["7 mio. kr."]),
        ("Der gives ikke 7 mio. kr., men 2 biler.", ["7 mio. kr."]),
        ("Vi har flere gange brugt 60.000 kr.", ["60.000 kr."]),
    ],
)
def test_a_figure_that_is(sentence: str, figures: list[str]) -> None:
    found, refused = read(sentence)

    assert [text for text, _ in found] == figures
    assert refused == []


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("Boden er 4.000 kr. pr. manglende afgang.", "afgang"),
        ("Det koster 80 kr. pr. studerende fra Fyn.", "student"),
        ("Det koster 80 kr. pr. rejsende til Fyn.", None),
    ],
)
def test_what_a_sum_is_paid_for(sentence: str, per: str | None) -> None:
    (amount,) = [each for each in extract_bytes(sentence.encode(), "notat.txt").records if isinstance(each, Amount)]

    assert amount.per == per
