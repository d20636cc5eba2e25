"""Whose decision a sentence tells of, on what day and of what figure, where it names two bodies or an older day."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

OEU, KUU = "Økonomiudvalget", "Kulturudvalget"
Told = tuple[str | None, str, str | None, list[str]]  # body, status with "-" where it is negated, day, figures


def told(text: str) -> list[Told]:
    records = extract_bytes(f"Notat\n\n{text}\n".encode(), "notat.txt").records
    return [
        (each.body, each.status + "-" * each.negated, each.date, [x.text for x in each.links if x.type != "reference"])
        for each in records
        if isinstance(each, Decision)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Selv om Kulturudvalget anbefalede forslaget, forkastede Byrådet besparelsen på 3 mio. kr.",
            [(KUU, "recommended", None, []), ("Byrådet", "rejected", None, ["3 mio. kr."])],
        ),
        (
            "Efter at Kulturudvalget den 2/5 2025 havde anbefalet planen, bevilgede Byrådet den 28/5 2025 5 mio. kr.",
            [
                (KUU, "recommended", "2025-05-02", []),
                ("Byrådet", "decided", "2025-05-28", ["5 mio. kr."]),
            ],
        ),
        (
            "Kulturudvalget anbefalede den 2/5 2025 planen til 2 mio. kr., hvilket Byrådet tiltrådte den 28/5 2025.",
            [(KUU, "recommended", "2025-05-02", ["2 mio. kr."]), ("Byrådet", "decided", "2025-05-28", ["2 mio. kr."])],
        ),
        (
            "Kulturudvalget anbefalede den 2. maj 2025 en bevilling på 2 mio. kr., hvilket Byrådet afviste.",
            [(KUU, "recommended", "2025-05-02", ["2 mio. kr."]), ("Byrådet", "rejected", None, ["2 mio. kr."])],
        ),
        (
            "Hvor Kulturudvalget havde anbefalet 2 mio. kr., bevilgede Byrådet 1 mio. kr.",
            [(KUU, "recommended", None, ["2 mio. kr."]), ("Byrådet", "decided", None, ["1 mio. kr."])],
        ),
        (
            "Kulturudvalget anbefalede en bevilling på 2 mio. kr., som Byrådet tiltrådte den 28. maj 2025.",
            [(KUU, "recommended", None, ["2 mio. kr."]), ("Byrådet", "decided", "2025-05-28", ["2 mio. kr."])],
        ),
        (
            "Kulturudvalget anbefalede en bevilling på 2 mio. kr., og det afviste Byrådet den 28. maj 2025.",
            [(KUU, "recommended", None, ["2 mio. kr."]), ("Byrådet", "rejected", "2025-05-28", ["2 mio. kr."])],
        ),
        (
            "Da Kulturudvalget havde søgt om 3 mio. kr., bevilgede Byrådet 1 mio. kr.",
            [("Byrådet", "decided", None, ["1 mio. kr."])],
        ),
        # A condition in front is no clause of its own.
        ("Hvis Kulturudvalget anbefaler forslaget, vedtager Byrådet besparelsen på 3 mio. kr.", []),
    ],
)
def test_two_bodies_of_one_sentence(sentence: str, expected: list[Told]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Byrådet omgjorde sin beslutning af 24. december 2023 om at spare 3 mio. kr.", None),
        ("Sagen drejer sig om Klagenævnets afgørelse af 25. juni 2020.\nUdvalget vedtog planen.", None),
        ("På baggrund af Kulturudvalgets anbefaling af 2. maj 2025 vedtog Byrådet at bygge hallen.", None),
        (
            "På baggrund af Kulturudvalgets anbefaling af 2. maj 2025 vedtog Byrådet den 28. maj 2025 at bygge hallen.",
            "2025-05-28",
        ),
        (
            "På mødet i Byrådet den 28/5 2025 blev det på baggrund af indstillingen af 2/5 2025 besluttet at bygge.",
            "2025-05-28",
        ),
        (
            "Efter indstilling fra Kulturudvalget af 3. april 2025 bevilgede Byrådet den 3. maj 2025 2 mio. kr.",
            "2025-05-03",
        ),
        ("I forlængelse af Byrådets beslutning af 2. maj 2025 bevilgede Økonomiudvalget 3 mio. kr.", None),
        ("Byrådet har tidligere, senest den 20/9 2025, afvist at bygge hallen.", "2025-09-20"),
        ("Ved beslutning af 2. maj 2025 bevilgede Byrådet 3 mio. kr.", "2025-05-02"),
    ],
)
def test_an_older_day_is_not_that_of_the_decision(sentence: str, day: str | None) -> None:
    assert [each[2] for each in told(sentence)] == [day]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Byrådet godkendte ingen af forslagene om at spare 2 mio. kr.", "rejected"),
        ("Ingen af forslagene om at spare 2,1 mio. kr. blev godkendt af Byrådet.", "rejected"),
        ("Byrådet vedtog forslaget om ikke at spare 2 mio. kr.", "decided-"),
        ("Byrådet vedtog forslaget om ikke at gennemføre besparelsen på 2 mio. kr.", "decided-"),
        ("Byrådet tiltrådte indstillingen om ikke at nedlægge 2 årsværk.", "decided-"),
        ("Byrådet vedtog ikke forslaget om at spare 2 mio. kr.", "rejected"),
    ],
)
def test_none_of_it_and_a_proposal_not_to_do_it(sentence: str, expected: str) -> None:
    assert [each[:2] for each in told(sentence)] == [("Byrådet", expected)]
    assert len(told(sentence)[0][3]) == 1


@pytest.mark.parametrize("on_what", ["", " om landzonetilladelse"])
def test_what_is_repealed_and_sent_back_has_a_day_of_its_own(on_what: str) -> None:
    sentence = f"Klagenævnet ophæver Fjordby Kommunes afgørelse af 16. juni 2011{on_what} og hjemviser sagen til den."

    assert [each[1:3] for each in told(sentence)] == [("decided", None), ("postponed", None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "En forhøjelse af garantien fra 10 til 25 mio. kr. blev godkendt af Byrådet.",
        "Byrådet godkendte en udvidelse af rammen fra 10 mio. kr. til 25 mio. kr.",
    ],
)
def test_what_was_before_a_rise_is_not_granted_anew(sentence: str) -> None:
    assert told(sentence) == [("Byrådet", "decided", None, ["25 mio. kr."])]


def test_a_guarantee_is_granted() -> None:
    assert told("På byrådsmødet gav Byrådet Fjordby Havn en garanti på 350 mio. kr. til kajen.") == [
        ("Byrådet", "decided", None, ["350 mio. kr."])
    ]
    assert told("Byrådet gav ingen garanti for, at skolen består.") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Beslutningen om at tilføre skolen 9 årsværk blev omgjort af Byrådet den 15. marts 2025.",
            [("Byrådet", "decided-", "2025-03-15", ["9 årsværk"])],
        ),
        (
            "Byrådet reducerede den af Kulturudvalget foreslåede bevilling på 2 mio. kr. til halvanden mio. kr.",
            [("Byrådet", "decided", None, ["halvanden mio. kr."])],
        ),
        (
            "Byrådet nedsatte med virkning fra 2026 Kulturudvalgets ramme med 2 mio. kr. om året.",
            [("Byrådet", "decided", None, ["2 mio. kr."])],
        ),
        ("Byrådet hævede rammen med ca. kr. 40.000.", [("Byrådet", "decided", None, ["kr. 40.000"])]),
        ("Byrådet hævede rammen med halvanden mio. kr.", [("Byrådet", "decided", None, ["halvanden mio. kr."])]),
        (
            "Byrådet meddelte et rådighedsbeløb på 2 mio. kr., fordelt med 1,5 mio. kr. i 2025 og 0,5 mio. kr. i 2026.",
            [("Byrådet", "decided", None, ["2 mio. kr."])],
        ),
        (
            "Kulturudvalget ønskede ikke at gå videre med forslaget om at nedlægge 2,25 årsværk.",
            [(KUU, "rejected", None, ["2,25 årsværk"])],
        ),
        (
            "Efter en drøftelse enedes Kulturudvalget om at indstille, at museet tilføres 6 årsværk.",
            [(KUU, "recommended", None, ["6 årsværk"])],
        ),
        (
            "Byrådet stemte forslaget om at afsætte 2 mio. kr. til hallen ned.",
            [("Byrådet", "rejected", None, ["2 mio. kr."])],
        ),
        (
            "Forslaget om at spare 2 mio. kr. opnåede ikke flertal i Byrådet.",
            [("Byrådet", "rejected", None, ["2 mio. kr."])],
        ),
        (
            "Godkendt af Byrådet den 4. september 2023: 3 mio. kr. til hallen.",
            [("Byrådet", "decided", "2023-09-04", ["3 mio. kr."])],
        ),
        (
            "Byrådet fandt ikke grundlag for at imødekomme ansøgningen om 2 mio. kr.",
            [("Byrådet", "rejected", None, ["2 mio. kr."])],
        ),
        (
            "Økonomiudvalget oversender sagen til Byrådet med anbefaling af, at der optages et lån på 2 mio. kr.",
            [(OEU, "recommended", None, ["2 mio. kr."])],
        ),
        (
            "Indstillingen om at afsætte 2 mio. kr. blev ikke fulgt af Byrådet, der i stedet afsatte 1 mio. kr.",
            [("Byrådet", "rejected", None, ["2 mio. kr."]), ("Byrådet", "decided", None, ["1 mio. kr."])],
        ),
        (
            "Med 7 stemmer for og 8 imod blev forslaget om at bruge 2 mio. kr. ikke vedtaget.",
            [(None, "rejected", None, ["2 mio. kr."])],
        ),
        ("Kulturudvalget udsatte drøftelsen af den kommunale tandpleje.", [(KUU, "postponed", None, [])]),
        (
            "Byrådet har den 3. maj 2025 nedsat bevillingen på 2 mio. kr. til 1 mio. kr.",
            [("Byrådet", "decided", "2025-05-03", ["1 mio. kr."])],
        ),
        (
            "Byrådet forhøjede den 4. juni 2025 rammen til bænke i byens parker fra 2 mio. kr. til 3 mio. kr.",
            [("Byrådet", "decided", "2025-06-04", ["3 mio. kr."])],
        ),
        # What others do, and what grows by itself.
        ("Hvis der er flertal, er forslaget om at bruge 2 mio. kr. vedtaget.", []),
        ("Partierne enedes om at bruge 2 mio. kr.", []),
        ("Udgifterne øgede presset på rammen med 2 mio. kr.", []),
        ("Direktøren nedsatte rammen med 2 mio. kr.", []),
        ("Tilskuddet blev sat ned, og 2 mio. kr. opnåede ikke flertal hos naboerne.", []),
        ("Der er ikke grundlag for at imødekomme ansøgningen om 2 mio. kr.", []),
    ],
)
def test_verbs_with_which_a_body_that_is_named_decides(sentence: str, expected: list[Told]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Byrådet afviste den 12/10 2025 Børne- og Skoleudvalgets indstilling om at afsætte 16 mio. kr.",
            [("Byrådet", "rejected", "2025-10-12", ["16 mio. kr."])],
        ),
        (
            "Kulturudvalget anbefalede 2 mio. kr. til hallen, men Byrådet bevilgede alene 1 mio. kr.",
            [(KUU, "recommended", None, ["2 mio. kr."]), ("Byrådet", "decided", None, ["1 mio. kr."])],
        ),
        (
            "Byrådet besluttede at nedlægge 8,7 årsværk på skolen og i stedet ansætte 7 årsværk i klubben.",
            [("Byrådet", "decided", None, ["8,7 årsværk", "7 årsværk"])],
        ),
        (
            "Kulturudvalget anbefaler, at der søges om en låneramme på op til 4 mio. kr.",
            [(KUU, "recommended", None, ["4 mio. kr."])],
        ),
        ("Byrådet besluttede at ansøge staten om en låneramme på 4 mio. kr.", [("Byrådet", "decided", None, [])]),
        (
            "Ansøgningen fra klubben om 2 mio. kr. er af Kulturudvalget blevet afslået.",
            [(KUU, "rejected", None, ["2 mio. kr."])],
        ),
        (
            "Ved Byrådets 2. behandling den 28. maj 2023 blev det vedtaget at afsætte 2 mio. kr.",
            [("Byrådet", "decided", "2023-05-28", ["2 mio. kr."])],
        ),
    ],
)
def test_figures_and_bodies_beside_those_of_another(sentence: str, expected: list[Told]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Byrådet besluttede at reducere bevillingen på 8 mio. kr. med 3 mio. kr.",
        "Byrådet bevilgede 3 mio. kr. ud over de 5 mio. kr., der blev givet i 2023.",
        "Foruden de 5 mio. kr. til hallen bevilgede Byrådet 3 mio. kr. til skolen.",
        "Byrådet godkendte, at der optages lån på 3 mio. kr. til finansiering af hallen til 8 mio. kr.",
    ],
)
def test_what_was_there_before_or_is_paid_with_it_is_not_decided(sentence: str) -> None:
    assert told(sentence) == [("Byrådet", "decided", None, ["3 mio. kr."])]


def test_two_grants_are_two() -> None:
    figures = ["3 mio. kr.", "2 mio. kr."]

    assert told("Byrådet bevilgede 3 mio. kr. til finansiering af hallen og 2 mio. kr. til broen.")[0][3] == figures
