"""Recommendations and decisions in points, each one of its own."""

from __future__ import annotations

import pytest
from decided import OEU, Point, decisions
from hypothesis import given
from hypothesis import strategies as st

POINTS: list[tuple[str, list[Point]]] = [
    (
        "Forvaltningen indstiller,\n1. at planen godkendes,\n2. at der gives 2 mio. kr., og\n3. at resten udgår.\n",
        [
            ("Forvaltningen", "at planen godkendes"),
            ("Forvaltningen", "at der gives 2 mio. kr."),
            ("Forvaltningen", "at resten udgår."),
        ],
    ),
    (
        "Børne- og Kulturforvaltningen indstiller over for udvalget,\n\nat hallen bygges, og\n\nat den hedder Ny Hal.",
        [
            ("Børne- og Kulturforvaltningen", "at hallen bygges"),
            ("Børne- og Kulturforvaltningen", "at den hedder Ny Hal."),
        ],
    ),
    (
        "Teknik og Miljø indstiller, at udvalget\n• godkender projektet\n• frigiver 300.000 kr.\n\nØkonomi\nIngen.",
        [(None, "godkender projektet"), (None, "frigiver 300.000 kr.")],
    ),
    (
        "Forvaltningen indstiller,\n- at der gives 1 mio. kr. til hallen\nSagens indhold\nDer bruges 4 mio. kr. nu.",
        [("Forvaltningen", "at der gives 1 mio. kr. til hallen")],
    ),
    (
        "Forvaltningen indstiller,\n1. at der gives 1 mio. kr. til den gamle\nFjordby Skole\n2. at den lukkes\n",
        [
            ("Forvaltningen", "at der gives 1 mio. kr. til den gamle\nFjordby Skole"),
            ("Forvaltningen", "at den lukkes"),
        ],
    ),
    (
        "DIREKTIONEN INDSTILLER, AT BYRÅDET\n\n1) GODKENDER PLANEN,\n2) AFSÆTTER 1 MIO. KR.\n",
        [("Direktionen", "GODKENDER PLANEN"), ("Direktionen", "AFSÆTTER 1 MIO. KR.")],
    ),
    (
        "Det indstilles,\nAt 1)  hallen bygges,\nAt 2)  der lånes 4 mio. kr.\n\n3. Baggrund\nHallen er gammel.",
        [(None, "hallen bygges"), (None, "der lånes 4 mio. kr.")],
    ),
    (
        "  Det indstilles: At 1) hallen bygges, som\n  beskrevet i bilag 1\n  At 2) der lånes 4 mio. kr.\n\n  Hallen.",
        [(None, "hallen bygges, som\n  beskrevet i bilag 1"), (None, "der lånes 4 mio. kr.")],
    ),
    (
        "Det indstilles: At 1) hallen bygges, at 2) der lånes 4 mio. kr.\nHallen er gammel.",
        [(None, "hallen bygges"), (None, "der lånes 4 mio. kr.")],
    ),
    (
        "Økonomiudvalget indstiller til Byrådet at beslutte, at\na) taksten hæves\nb) rabatten\n   bortfalder\n",
        [(OEU, "taksten hæves"), (OEU, "rabatten\n   bortfalder")],
    ),
    (
        "Indstilling\nAt ansøgningen imødekommes.\nAt tilskuddet er 5.000 kr.\n\nBilag\nPlan.pdf",
        [(None, "At ansøgningen imødekommes."), (None, "At tilskuddet er 5.000 kr.")],
    ),
    ("Forvaltningens indstilling\nat hallen bygges\n\nBilag\nPlan.pdf", [("Forvaltningen", "at hallen bygges")]),
    (
        "Børne- og Kulturforvaltningens indstilling:\nat hallen bygges\nat den males",
        [
            ("Børne- og Kulturforvaltningen", "at hallen bygges"),
            ("Børne- og Kulturforvaltningen", "at den males"),
        ],
    ),
    (
        "Indstilling om, at Byrådet tiltræder,\n1. at grunden sælges, og\n2. at prisen er 2 mio. kr.\n(Magistraten)",
        [(None, "at grunden sælges"), (None, "at prisen er 2 mio. kr.")],
    ),
    (
        "Centerchefen indstiller, at planen godkendes, at den sendes i høring, og at fristen er 1. maj 2024.",
        [(None, "at planen godkendes"), (None, "at den sendes i høring"), (None, "at fristen er 1. maj 2024.")],
    ),
    (
        "Forvaltningen indstiller, at Kulturudvalget godkender,\nat hallen males, og\nat udgiften er 40.000 kr.",
        [("Forvaltningen", "at hallen males"), ("Forvaltningen", "at udgiften er 40.000 kr.")],
    ),
    # one sentence, one recommendation
    (
        "Forvaltningen indstiller, at udvalget anbefaler, at planen vedtages.",
        [("Forvaltningen", "Forvaltningen indstiller, at udvalget anbefaler, at planen vedtages.")],
    ),
    (
        "Forvaltningen indstiller, at planen godkendes.\n\n- Bilag 1\n- Bilag 2",
        [("Forvaltningen", "Forvaltningen indstiller, at planen godkendes.")],
    ),
    ("Hvis forvaltningen indstiller,\n1. at planen godkendes,\n2. at den udgår,\nsker der noget.", []),
    ("V indstiller,\n1. at planen udgår,\n2. at skatten falder.", []),
]


@pytest.mark.parametrize(("text", "wanted"), POINTS)
def test_each_point_is_a_recommendation(text: str, wanted: list[Point]) -> None:
    records = decisions(text)

    assert [(record.body, record.text) for record in records] == wanted
    assert {record.status for record in records} <= {"recommended"}


@given(
    st.lists(st.sampled_from(["planen godkendes", "der gives 2 mio. kr.", "sagen udsættes"]), min_size=1, max_size=9)
)
@pytest.mark.parametrize("mark", ["{}. at ", "{}) at ", "- at ", "at "])
def test_as_many_recommendations_as_points(mark: str, points: list[str]) -> None:
    lines = [mark.format(number) + point for number, point in enumerate(points, 1)]
    text = "Forvaltningen indstiller,\n" + ",\n".join(lines) + "\n\nSagsfremstilling\nHer står sagen."

    assert [record.text for record in decisions(text)] == ["at " + point.rstrip() for point in points]


def test_each_decided_point_is_a_decision() -> None:
    text = "Beslutning\nByrådet besluttede,\n1. at planen godkendes, og\n2. at sagen om havnen udsættes.\n"

    assert [(r.body, r.verb, r.status, r.text) for r in decisions(text)] == [
        ("Byrådet", "beslutte", "decided", "at planen godkendes"),
        ("Byrådet", "beslutte", "postponed", "at sagen om havnen udsættes."),
    ]


def test_what_is_adopted_with_changes_is_a_decision_beside_them() -> None:
    text = (
        "Beslutning\nByrådet vedtog budget 2026 med følgende ændringer:\na) Vikarer: 800.000 kr. spares i 2026.\n"
        "b) Gadelys: forslaget bortfalder.\nc) Broer: Punktet udgår.\nFor stemte 20. Imod stemte 9.\n"
    )

    assert [(r.body, r.verb, r.status, r.text) for r in decisions(text)] == [
        ("Byrådet", "vedtage", "decided", "Byrådet vedtog budget 2026 med følgende ændringer:"),
        ("Byrådet", "vedtage", "decided", "Vikarer: 800.000 kr. spares i 2026."),
        ("Byrådet", "vedtage", "rejected", "Gadelys: forslaget bortfalder."),
        ("Byrådet", "vedtage", "postponed", "Broer: Punktet udgår."),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Det indstilles, 1) at hallen lukkes, 2) at grunden sælges den 1. maj, og 3) at sagen slutter.",
            ["at hallen lukkes", "at grunden sælges den 1. maj", "at sagen slutter."],
        ),
        (
            "Forvaltningen indstiller, a) at hallen lukkes, og b) at grunden sælges",
            ["at hallen lukkes", "at grunden sælges"],
        ),
        (
            "Direktionen indstiller:\n2.1 at skolen lukkes\n2.2 at taksten hæves\nByrådet godkendte 2.1.",
            ["at skolen lukkes", "at taksten hæves", "Byrådet godkendte 2.1."],
        ),
        (
            "Forvaltningen indstiller,\n1. at fastholde den plan, som\nByrådet vedtog i 2019\n2. at spare 3.1 mio. kr.",
            ["at fastholde den plan, som\nByrådet vedtog i 2019", "at spare 3.1 mio. kr."],
        ),
        ("Det indstilles, (1) at planen vedtages, og (2) at sagen lukkes.", ["at planen vedtages", "at sagen lukkes."]),
        (
            "Forvaltningen indstiller, at Byrådet godkender planen, idet 1) støjen falder, og 2) prisen holder.",
            ["Forvaltningen indstiller, at Byrådet godkender planen, idet 1) støjen falder, og 2) prisen holder."],
        ),
        ("Forvaltningen indstiller:\n5.1 at A\n5.2 at B\n\n6.3 at C", ["at A", "at B"]),
        (
            "Forvaltningen indstiller, at rammen bliver\n3.1 mio. kr. i 2024.",
            ["Forvaltningen indstiller, at rammen bliver\n3.1 mio. kr. i 2024."],
        ),
        ("Prisen er steget:\n3.1 mio. kr. i 2024\n3.2 mio. kr. i 2025", []),
    ],
)
def test_points_with_numbers_of_other_kinds(text: str, wanted: list[str]) -> None:
    assert [record.text for record in decisions(text)] == wanted


def test_of_the_points_of_a_recommendation_only_those_that_deny_are_negated() -> None:
    text = "Indstilling\nForvaltningen indstiller,\n1. at der ikke afsættes 2 mio. kr.,\n2. at der afsættes 1 mio. kr."

    assert [record.negated for record in decisions(text)] == [True, False]
