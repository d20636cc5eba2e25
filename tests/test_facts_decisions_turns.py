"""A no and a yes in one sentence are two decisions, each with its own money, or no money hangs on them."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

HEAD = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 3. april 2024\n\nPunkt 1. Hallen\n\n"
Told = tuple[str, bool, list[str]]  # status, negated, figures


def told(text: str) -> list[Told]:
    records = extract_bytes(f"{HEAD}{text}\n".encode(), "referat.txt").records
    decisions = [record for record in records if isinstance(record, Decision)]
    return [(each.status, each.negated, [link.text for link in each.links]) for each in decisions]


NO: Told = ("rejected", False, [])
DROPPED: Told = ("decided", True, [])


def yes(*figures: str) -> Told:
    return ("decided", False, list(figures))


TWO: list[tuple[str, list[Told]]] = [
    ("besluttede at afslå ansøgningen og bevilge 400.000 kr. til hallen.", [NO, yes("400.000 kr.")]),
    ("besluttede at afslå ansøgningen og\nbevilge 400.000 kr. til hallen.", [NO, yes("400.000 kr.")]),
    ("vedtog at droppe hallen og at afsætte 500.000 kr. til stien.", [DROPPED, yes("500.000 kr.")]),
    ("besluttede at droppe hallen for i stedet at bruge 6 mio. kr. på stien.", [DROPPED, yes("6 mio. kr.")]),
    ("besluttede, at ansøgningen afslås, og at der i stedet bevilges 300.000 kr.", [NO, yes("300.000 kr.")]),
    (
        "besluttede den 3. april at udsætte broen og i stedet bruge 1,4 mio. kr. på stien.",
        [("postponed", False, []), yes("1,4 mio. kr.")],
    ),
    (
        "besluttede at bevilge 400.000 kr. til hallen og afslå ansøgningen om 2 mio. kr. til stien.",
        [yes("400.000 kr."), ("rejected", False, ["2 mio. kr."])],
    ),
    (
        "besluttede, at ansøgningen om 2 mio. kr. afslås, og at der bevilges 300.000 kr.",
        [("rejected", False, ["2 mio. kr."]), yes("300.000 kr.")],
    ),
    (
        "besluttede ikke at yde lånet på 3 mio. kr., men i stedet at bevilge 420.000 kr. til broen.",
        [("rejected", False, ["3 mio. kr."]), yes("420.000 kr.")],
    ),
    (
        "besluttede at afsætte 2 mio. kr. til stien og 1 mio. kr. til broen, og at droppe hallen.",
        [yes("2 mio. kr.", "1 mio. kr."), DROPPED],
    ),
]

TWO += [  # two verbs in the past, the second behind a deed of the first
    (
        "afviste forslaget om at lukke hallen og bevilgede 4 mio. kr. til en ny.",
        [NO, yes("4 mio. kr.")],
    ),
    (
        "afslog at bevilge 2 mio. kr. og besluttede at bruge 1 mio. kr.",
        [("rejected", False, ["2 mio. kr."]), yes("1 mio. kr.")],
    ),
    (
        "besluttede, at 2 mio. kr. til hallen udgår, og at 1 mio. kr. til stien fastholdes.",
        [DROPPED, yes("1 mio. kr.")],
    ),
]

ONE: list[tuple[str, list[Told]]] = [
    # What the no reaches over, or where the next deed begins, is not told: no money.
    ("besluttede ikke at lukke hallen og bevilge 410.000 kr. til broen.", [DROPPED]),
    ("besluttede at afslå ansøgningen fra foreningen, som ønskede at lukke hallen og købe en til 4 mio. kr.", [NO]),
    (
        "besluttede at afvise forslaget på 5 mio. kr. og at bevilge 2 mio. kr., hvis staten betaler resten.",
        [("rejected", False, ["5 mio. kr."]), yes()],
    ),
    (
        "besluttede at bevilge 2 mio. kr. til stien og at afvise hallen til 5 mio. kr., såfremt staten betaler.",
        [yes(), ("rejected", False, ["5 mio. kr."])],
    ),
    ("besluttede at afslå ansøgningen, og forvaltningen bevilger 301.000 kr. selv.", [NO]),
    ("besluttede at afvise forslaget om at lukke hallen og bruge 4 mio. kr. på en ny.", [NO]),
    ("afviste at lukke hallen og bruge 4 mio. kr. på en ny.", [NO]),
    # One thing is said, of one or of several.
    (
        "besluttede at afslå ansøgningen om 1 mio. kr. til hallen og 2 mio. kr. til broen.",
        [("rejected", False, ["1 mio. kr.", "2 mio. kr."])],
    ),
    (
        "besluttede at bevilge 1 mio. kr. til hallen og at afsætte 2 mio. kr. til broen.",
        [yes("1 mio. kr.", "2 mio. kr.")],
    ),
    ("besluttede at bygge en hal til 3 mio. kr. for ikke at miste tilskuddet.", [yes("3 mio. kr.")]),
    ("besluttede at lukke skolen, men ikke at sælge den.", [DROPPED]),
]


@pytest.mark.parametrize(("said", "expected"), [*TWO, *ONE])
def test_each_decision_has_its_own_money(said: str, expected: list[Told]) -> None:
    assert told(f"Beslutning\n\nByrådet {said}") == expected


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        (
            "Økonomiudvalget anbefaler, at der gives afslag på lånet, og at tilskuddet højst bliver 2 mio. kr.",
            "2 mio. kr.",
        ),
        ("Økonomiudvalget anbefaler at droppe hallen og i stedet bruge 8 mio. kr.", "8 mio. kr."),
        ("Forvaltningen indstiller, at hallen opgives, og at der bevilges 1 mio. kr.", "1 mio. kr."),
        ("Forvaltningen indstiller,\n1. at hallen opgives, og at der bevilges 1 mio. kr.", "1 mio. kr."),
    ],
)
def test_a_recommendation_of_a_no_and_a_yes(said: str, figure: str) -> None:
    assert told(f"Indstilling\n\n{said}") == [("recommended", True, []), ("recommended", False, [figure])]


def test_what_is_given_beside_a_no_may_be_told_in_words() -> None:
    said = "Byrådet afviser, at der bruges 2 mio. kr. på havnen, men giver halvanden million kroner til en analyse."

    assert told(f"Beslutning:\n{said}") == [("rejected", False, ["2 mio. kr."]), yes("halvanden million kroner")]
