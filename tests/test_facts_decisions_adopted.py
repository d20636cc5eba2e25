"""What a verdict takes over from the recommendation above it: the figures of numbered points, and a no."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

HEAD = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 3. april 2024\n\nPunkt 1. Hallen\n\n"
POINTS = (
    "Forvaltningen indstiller,\n1. at der bevilges 400.000 kr. til taget,\n2. at der oprettes 2,5 årsværk,\n"
    "3. at ansøgningen fra Fjordby Roklub om 60.000 kr. afslås.\n"
)
Told = tuple[str, bool, list[str]]  # status, negated, figures


def told(advice: str, verdict: str) -> list[Told]:
    text = f"{HEAD}Indstilling\n{advice}\nBeslutning\n{verdict}\n"
    records = extract_bytes(text.encode(), "referat.txt").records
    decisions = [each for each in records if isinstance(each, Decision) and each.status != "recommended"]
    return [(each.status, each.negated, [link.text for link in each.links]) for each in decisions]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("Indstillingens punkt 1 og 2 blev godkendt.", ("decided", False, ["400.000 kr.", "2,5 årsværk"])),
        ("Punkt 1-2 godkendt.", ("decided", False, ["400.000 kr.", "2,5 årsværk"])),
        ("Byrådet godkendte indstillingens punkt 2.", ("decided", False, ["2,5 årsværk"])),
        ("Punkt 2 blev ikke godkendt.", ("rejected", False, ["2,5 årsværk"])),
        ("Punkt 1 udsættes.", ("postponed", False, ["400.000 kr."])),
        ("Punkt 3 blev godkendt.", ("decided", True, [])),
        # A point that is not there, and a verdict that says more than yes or no.
        ("Punkt 7 blev godkendt.", ("decided", False, [])),
        ("Punkt 1 blev godkendt, dog således at beløbet halveres.", ("decided", False, [])),
        ("Punkt 1 blev godkendt med 300.000 kr.", ("decided", False, ["300.000 kr."])),
        ("Godkendt.", ("decided", False, [])),
    ],
)
def test_a_verdict_on_numbered_points_has_their_figures(verdict: str, expected: Told) -> None:
    assert told(POINTS, verdict) == [expected]


def test_points_without_numbers_have_none_and_two_verdicts_in_a_sentence_each_its_own() -> None:
    unnumbered = "Forvaltningen indstiller,\nat der bevilges 400.000 kr. til taget,\nat der oprettes 2,5 årsværk.\n"

    assert told(unnumbered, "Punkt 1 blev godkendt.") == [("decided", False, [])]
    for joint in (", mens punkt", "; punkt", " og punkt", ", men pkt."):
        assert told(POINTS, f"Punkt 1 blev vedtaget{joint} 2 blev afvist.") == [
            ("decided", False, ["400.000 kr."]),
            ("rejected", False, ["2,5 årsværk"]),
        ]
    assert [each[2] for each in told(POINTS, "Punkt 1 blev vedtaget, mens punkt 7 blev afvist.")] == [
        ["400.000 kr."],
        [],
    ]
    assert [each[2] for each in told(POINTS, "Punkt 1 blev vedtaget, mens resten blev afvist.")] == [[], []]


@pytest.mark.parametrize(
    "advice",
    [
        "Det indstilles, at ansøgningen fra Fjordby Roklub om 60.000 kr. afslås.\n",
        "Forvaltningen indstiller, at ansøgningen om 60.000 kr. afvises.\n",
        "Forvaltningen indstiller, at klubbens ønske om en mole til 2 mio. kr. ikke imødekommes.\n",
    ],
)
@pytest.mark.parametrize("verdict", ["Indstillingen er dermed vedtaget.", "Godkendt.", "Indstillingen blev tiltrådt."])
def test_who_adopts_a_no_says_no(advice: str, verdict: str) -> None:
    assert told(advice, verdict) == [("decided", True, [])]


@pytest.mark.parametrize(
    ("point", "negated"),
    [
        ("at udvalget giver afslag på ansøgningen om 17.500 kr.", True),
        ("at udvalget meddeler afslag til koret på 17.500 kr.", True),
        ("at udvalget afviser ansøgningen om 17.500 kr.", True),
        ("at udvalget godkender afslag til en forening på 17.500 kr.", True),
        ("at udvalget godkender, at ansøgningen om 17.500 kr. afslås.", True),
        ("at udvalget giver tilsagn om 17.500 kr.", False),
        ("at udvalget godkender, at der gives 17.500 kr.", False),
    ],
)
def test_advice_that_a_body_says_no_is_negated(point: str, negated: bool) -> None:
    text = f"{HEAD}Indstilling\nFormanden indstiller,\n1. {point}\n2. at planen godkendes.\n"
    advice = [each for each in extract_bytes(text.encode(), "referat.txt").records if isinstance(each, Decision)]

    assert [(each.status, each.negated) for each in advice] == [("recommended", negated), ("recommended", False)]


@pytest.mark.parametrize(
    ("advice", "verdict", "expected"),
    [
        (
            "Det indstilles, at ansøgningen om 60.000 kr. imødekommes.\n",
            "Godkendt.",
            ("decided", False, ["60.000 kr."]),
        ),
        ("Det indstilles, at ansøgningen om 60.000 kr. afslås.\n", "Drøftet.", ("decided", False, [])),
        (
            "Det indstilles, at der gives 60.000 kr., selv om klubben før er afvist.\n",
            "Indstillingen blev godkendt.",
            ("decided", False, ["60.000 kr."]),
        ),
        (
            "Det indstilles, at ansøgningen om 60.000 kr. afslås.\n",
            "Byrådet bevilgede 20.000 kr.",
            ("decided", False, ["20.000 kr."]),
        ),
    ],
)
def test_who_adopts_a_yes_or_does_another_thing_does_not(advice: str, verdict: str, expected: Told) -> None:
    assert told(advice, verdict) == [expected]


@pytest.mark.parametrize(
    ("verdict", "negated"),
    [
        ("Ansøgningen imødekommes dermed delvist.", True),
        ("Ansøgningen blev delvist imødekommet.", True),
        ("Indstillingen blev tiltrådt delvist.", True),
        ("Ansøgningen imødekommes.", False),
        ("Ansøgningen imødekommes, idet taget er delvist betalt.", False),
    ],
)
def test_what_is_granted_in_part_is_negated(verdict: str, negated: bool) -> None:
    advice = "Det indstilles, at ansøgningen om 60.000 kr. imødekommes.\n"

    assert told(advice, verdict) == [("decided", negated, [])]


@pytest.mark.parametrize(
    "verdict",
    ["Godkendt med 5 stemmer mod 2.", "Godkendt med forbehold for budgettet.", "Tiltrådt af et enigt udvalg."],
)
def test_a_verdict_with_its_votes_or_a_reservation_adopts_the_no(verdict: str) -> None:
    assert told("Det indstilles, at ansøgningen om 60.000 kr. afslås.\n", verdict) == [("decided", True, [])]


@pytest.mark.parametrize("grants", ["og bevilger 9.000 kr.", "og bevilgede 9.000 kr.", "men bevilger 9.000 kr."])
def test_a_no_to_the_recommendation_does_not_reach_over_what_is_granted_beside_it(grants: str) -> None:
    verdict = f"Byrådet fulgte ikke indstillingen {grants}"

    assert told("Det indstilles, at ansøgningen om 60.000 kr. afslås.\n", verdict) == [
        ("rejected", False, []),
        ("decided", False, ["9.000 kr."]),
    ]


ONE = "Forvaltningen indstiller, at 2,5 mio. kr. flyttes fra broen til hallen.\n"
TWO = "Forvaltningen indstiller,\nat der bevilges 2,5 mio. kr. til hallen,\nat planen godkendes.\n"


@pytest.mark.parametrize("advice", [ONE, TWO])
@pytest.mark.parametrize(
    "verdict", ["Tiltrådt.", "Godkendt.", "Indstillingen tiltrådt.", "Indstillingen blev vedtaget."]
)
def test_a_verdict_on_all_has_the_one_figure_that_is_recommended(advice: str, verdict: str) -> None:
    assert told(advice, verdict) == [("decided", False, ["2,5 mio. kr."])]


@pytest.mark.parametrize(
    "verdict",
    [
        "Godkendt med forbehold for budgettet.",
        "Godkendt. Dog nedsættes beløbet.",
        "Godkendt, idet beløbet er 2 mio. kr.",
        "Tiltrådt. Ida Holm (V) foreslog et mindre beløb.",
    ],
)
def test_a_verdict_that_says_more_takes_no_figure(verdict: str) -> None:
    assert all("2,5 mio. kr." not in figures for *_, figures in told(ONE, verdict))


def test_the_next_body_s_verdict_has_the_figure_too() -> None:
    before = "Beslutning i Økonomiudvalget den 26. marts 2024\nAnbefales.\n"
    text = f"{HEAD}Indstilling\n{ONE}\n{before}\nBeslutning i Byrådet den 3. april 2024\nGodkendt.\n"
    decisions = [each for each in extract_bytes(text.encode(), "referat.txt").records if isinstance(each, Decision)]

    assert [(each.body, [link.text for link in each.links]) for each in decisions] == [
        ("Forvaltningen", ["2,5 mio. kr."]),
        ("Økonomiudvalget", ["2,5 mio. kr."]),
        ("Byrådet", ["2,5 mio. kr."]),
    ]


SIGNED = "Ejendomsudvalget, 27.10.2026\n\nFraværende: Ida Holm (V)\n\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ad A: Godkendt.\n\nAd B: Til efterretning\n", [("decided", []), ("decided", [])]),
        ("Tiltrådt.\n", [("decided", ["2,5 mio. kr."])]),
    ],
)
def test_a_body_and_its_day_below_beslutning_head_all_that_follows(
    said: str, expected: list[tuple[str, list[str]]]
) -> None:
    head = "Referat\nEjendomsudvalget den 27. oktober 2026\n\n4. Hallen\n\n"
    text = f"{head}Indstilling\n{ONE}\nBeslutning\n\n{SIGNED}{said}"
    records = extract_bytes(text.encode(), "referat.txt").records
    decisions = [each for each in records if isinstance(each, Decision) and each.status != "recommended"]

    assert [(each.status, [link.text for link in each.links]) for each in decisions] == expected
    assert {(each.body, each.date) for each in decisions} == {("Ejendomsudvalget", "2026-10-27")}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ad 1. Udsat.\nAd 2. Tiltrådt.\n", [("postponed", ["2,5 mio. kr."]), ("decided", [])]),
        ("Ad. 1 Godkendt.\nAd. 2 Udsat.\n", [("decided", ["2,5 mio. kr."]), ("postponed", [])]),
        ("1: Godkendt\n2: Afvist\n", [("decided", ["2,5 mio. kr."]), ("rejected", [])]),
        ("1\nUdsat.\n2\nGodkendt.\n", [("postponed", []), ("decided", [])]),
        ("Udsat.\nTiltrådt.\n", [("postponed", []), ("decided", [])]),
        ("Ad 1 og 2: Godkendt.\n", [("decided", ["2,5 mio. kr."])]),
    ],
)
def test_a_verdict_beside_others_has_the_figure_of_its_own_point(
    said: str, expected: list[tuple[str, list[str]]]
) -> None:
    points = "Forvaltningen indstiller,\n1. at der bevilges 2,5 mio. kr. til hallen,\n2. at planen godkendes.\n"
    text = f"{HEAD}Indstilling\n{points}\nBeslutning\n{said}"
    records = extract_bytes(text.encode(), "referat.txt").records
    decisions = [each for each in records if isinstance(each, Decision) and each.status != "recommended"]

    assert [(each.status, [link.text for link in each.links]) for each in decisions] == expected


@pytest.mark.parametrize(
    "advice",
    [
        "Forvaltningen indstiller, at orienteringen om merforbruget på 2 mio. kr. tages til efterretning.\n",
        "Forvaltningen indstiller, at udvalget drøfter, om der skal afsættes 2 mio. kr.\n",
        "Forvaltningen indstiller, at udvalget vælger mellem model A til 2 mio. kr. og model B.\n",
        "Forvaltningen indstiller, at regnskabet med et underskud på 2 mio. kr. godkendes.\n",
    ],
)
def test_what_is_only_seen_or_discussed_is_not_granted_by_a_verdict(advice: str) -> None:
    assert told(advice, "Godkendt.") == [("decided", False, [])]
