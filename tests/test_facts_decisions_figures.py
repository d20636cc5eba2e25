"""Which figures hang on a decision: those that it decides, and none that its sentence only names."""

from __future__ import annotations

import msgspec
import pytest

from corpus.model import Decision
from pipeline.context import Context
from pipeline.extract import find_facts
from pipeline.language import Prose

COUNCIL = Context(meeting_body="Byrådet", meeting_date="2024-04-03")
Hung = tuple[str, list[str]]  # status, the words of its figures


def hung(verdict: str, context: Context = COUNCIL) -> list[Hung]:
    records, _ = find_facts(Prose(f"Beslutning:\n{verdict}"), context)
    return [
        (record.status, [link.text for link in record.links if link.type != "reference"])
        for record in records
        if isinstance(record, Decision)
    ]


@pytest.mark.parametrize(
    ("verdict", "figures"),
    [
        ("Byrådet besluttede at afsætte 2 mio. kr. og 1,5 årsværk.", ["2 mio. kr.", "1,5 årsværk"]),
        ("Regnskabet på 7,8 mio. kr. godkendt.", ["7,8 mio. kr."]),
        ("Godkendt med en ramme på 2 mio. kr., heraf 500.000 kr. til inventar.", ["2 mio. kr."]),
        ("Godkendt med 2 mio. kr. til hallen, 1 mio. kr. til kajen, og 3 mio. kr. til broen.", None),
        ("Godkendt, dog ikke over 500.000 kr.", ["500.000 kr."]),
        ("Godkendt, således at der afsættes 2 mio. kr.", ["2 mio. kr."]),
        ("Godkendt, så hallen får 2 mio. kr.", ["2 mio. kr."]),
        ("Godkendt, idet Havnens Venner får 80.000 kr. og Mølleforeningen 135.000 kr.", ["80.000 kr.", "135.000 kr."]),
        ("Byrådet vedtog at sælge ejendommen for 2.750.000 kr.", ["2.750.000 kr."]),
        ("Byrådet besluttede at undersøge behovet og at afsætte 500.000 kr. hertil.", ["500.000 kr."]),
        ("Byrådet besluttede at afsætte 2 mio. kr. til at undersøge behovet.", ["2 mio. kr."]),
        ("Byrådet vedtog at hæve taksten til 58 kr.", ["58 kr."]),
        ("Byrådet besluttede at reducere budgettet med 2 mio. kr.", ["2 mio. kr."]),
        ("Byrådet bevilgede de ansøgte 125.000 kr.", ["125.000 kr."]),
        (
            "Anlægsbevilling på 2 mio. kr. og rådighedsbeløb på 1 mio. kr. godkendt.",
            ["2 mio. kr.", "1 mio. kr."],
        ),
        ("Byrådet godkendte, at der bruges 200.000 kr. ekskl. moms og 2 årsværk.", ["200.000 kr.", "2 årsværk"]),
        ("Byrådet besluttede at ansøge staten om 3 mio. kr. og at afsætte 100.000 kr.", ["100.000 kr."]),
        ("Godkendt med 2 mio. kr., som bruges i 2026.", ["2 mio. kr."]),
        ("Byrådet godkendte de omplaceringer, der ikke er nye, på 3 mio. kr.", ["3 mio. kr."]),
        ("Byrådet godkendte planen, som ikke støttes med tilskud på 3 mio. kr.", []),
    ],
)
def test_what_is_decided_hangs_on_the_decision(verdict: str, figures: list[str] | None) -> None:
    wanted = ["2 mio. kr.", "1 mio. kr.", "3 mio. kr."] if figures is None else figures

    assert hung(verdict) == [("decided", wanted)]


@pytest.mark.parametrize(
    ("verdict", "figures"),
    [
        ("Godkendt med undtagelse af bevillingen på 450.000 kr.", []),
        ("Byrådet bevilgede 3,5 mio. kr., så der mangler 200.000 kr.", ["3,5 mio. kr."]),
        ("Godkendt, bortset fra de 450.000 kr. til inventar.", []),
        ("Godkendt med undtagelse af 2 mio. kr. til hallen, og 1 mio. kr. til broen.", []),
        ("Godkendt, men uden bevillingen på 1,2 mio. kr.", []),
        ("Godkendt, men ikke de 2 mio. kr. til broen.", []),
        ("Tiltrådt, idet udvalget ikke ønsker at bruge 3 mio. kr. på en konsulent.", []),
        ("Godkendt, idet der i budgettet allerede er afsat 3 mio. kr.", []),
        ("Godkendt, mens Liste B ønskede 3 mio. kr.", []),
        ("Godkendt under forudsætning af, at staten betaler 2 mio. kr.", []),
        ("Godkendt, dog således at beløbet på 3 mio. kr. halveres.", []),
        ("Godkendt, således at bevillingen på 1,85 mio. kr. nedsættes til 1,4 mio. kr.", ["1,4 mio. kr."]),
        ("Godkendt, idet tilskuddet nedsættes til 1,4 mio. kr.", ["1,4 mio. kr."]),
        ("Godkendt, således at bevillingen nedsættes med 400.000 kr.", []),
        ("Byrådet vedtog at hæve taksten fra 54 kr. til 58 kr.", ["58 kr."]),
        ("Byrådet besluttede at afsætte 2 mio. kr. i stedet for 3 mio. kr.", ["2 mio. kr."]),
        ("I stedet for de ansøgte 3 mio. kr. besluttede Byrådet at afsætte 2 mio. kr.", ["2 mio. kr."]),
        ("Byrådet besluttede at ansøge staten om et lån på 980.000 kr.", []),
        ("Byrådet besluttede at anmode regionen om 2 mio. kr.", []),
        ("Byrådet besluttede at undersøge muligheden for at afsætte 2 mio. kr.", []),
        ("Byrådet besluttede, at der søges om 2 mio. kr.", []),
        ("Orienteringen om et merforbrug på 3 mio. kr. blev taget til efterretning.", []),
        ("Byrådet godkendte planen, som i 2021 kostede 3 mio. kr.", []),
        ("Godkendt på nær bevillingen på 450.000 kr.", []),
        ("Byrådet besluttede at afsætte 2 mio. kr., hvis staten giver tilskud.", []),
        ("Byrådet godkendte, at der arbejdes videre med et forslag på 3 mio. kr.", []),
        ("Byrådet besluttede at give 2 mio. kr. mindre til hallen.", []),
        ("Godkendt ekskl. bevillingen på 450.000 kr.", []),
        ("Godkendt, bevillingen på 450.000 kr. dog ikke.", []),
        ("Byrådet godkendte 2 af de 5 mio. kr.", []),
        ("Byrådet bevilgede 75.000 kr. ud af de ansøgte 125.000 kr.", ["75.000 kr."]),
        ("Der bevilges 75.000 kr. (ansøgt 125.000 kr.).", ["75.000 kr."]),
        ("Ansøgningen om 125.000 kr. imødekommes med 75.000 kr.", ["75.000 kr."]),
        ("Ansøgningen om 125.000 kr. blev delvist imødekommet.", []),
        ("Byrådet godkendte forslaget på 2 mio. kr. med den ændring, at der kun afsættes 1 mio. kr.", ["1 mio. kr."]),
        ("Godkendt, dog med 2 mio. kr. i stedet for 3 mio. kr.", ["2 mio. kr."]),
        ("Byrådet besluttede at øge rammen med 300.000 kr. til 1,3 mio. kr.", ["1,3 mio. kr."]),
        ("Byrådet besluttede at gå i dialog med staten om 2 mio. kr.", []),
        ("Byrådet besluttede at arbejde for, at der afsættes 2 mio. kr.", []),
        ("Byrådet besluttede at sende forslaget på 2 mio. kr. i høring.", []),
        ("Byrådet besluttede, at forslaget om 2 mio. kr. indgår i budgetforhandlingerne.", []),
        ("Byrådet besluttede at udbyde opgaven til en anslået pris på 2 mio. kr.", []),
        ("Udvalget bevilgede halvdelen af det ansøgte beløb på 80.000 kr.", []),
        ("Byrådet bevilger 70.000 kr., når regnskabet for 2025 er modtaget.", []),
        ("Godkendt, når lejekontrakten på 90.000 kr. er underskrevet.", []),
        ("Udvalget bevilger 50 pct. af beløbet på 80.000 kr.", []),
        ("Udvalget imødekommer ansøgningen på 250.000 kr. med 100.000 kr.", ["100.000 kr."]),
        ("Udvalget bevilger op til 50.000 kr., dog højst halvdelen af udgiften på 120.000 kr.", ["50.000 kr."]),
        ("Godkendt i henhold til indstillingen, men uden de 2 årsværk.", []),
        ("Udvalget bevilgede ikke mere end 40.000 kr. ud af de ansøgte 100.000 kr.", ["40.000 kr."]),
    ],
)
def test_what_is_only_named_does_not(verdict: str, figures: list[str]) -> None:
    assert hung(verdict) == [("decided", figures)]


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        (
            "Godkendt, idet det bemærkes, at Økonomiudvalget den 2. april 2024 afviste forslaget om 5 mio. kr.",
            [("decided", []), ("rejected", ["5 mio. kr."])],
        ),
        (
            "Byrådet godkendte ansøgningen på 2 mio. kr. fra Hallen, mens ansøgningen på 1 mio. kr. blev afvist.",
            [("decided", ["2 mio. kr."]), ("rejected", ["1 mio. kr."])],
        ),
        (
            "Byrådet afviste at afsætte 5 mio. kr., men bevilgede 2 mio. kr.",
            [("rejected", ["5 mio. kr."]), ("decided", ["2 mio. kr."])],
        ),
        (
            "Forslag A på 2 mio. kr. blev forkastet og forslag B på 1 mio. kr. blev vedtaget.",
            [("rejected", ["2 mio. kr."]), ("decided", ["1 mio. kr."])],
        ),
        (
            "Forslaget på 2 mio. kr. blev ikke godkendt; i stedet godkendtes 1,2 mio. kr.",
            [("rejected", ["2 mio. kr."]), ("decided", ["1,2 mio. kr."])],
        ),
        (
            "Byrådet godkendte planen og udsatte bevillingen på 450.000 kr.",
            [("decided", []), ("postponed", ["450.000 kr."])],
        ),
        (
            "Byrådet tog beretningen til efterretning og frigav samtidig 2 mio. kr.",
            [("decided", []), ("decided", ["2 mio. kr."])],
        ),
        (
            "Vedtaget, idet forslaget om 2 mio. kr. til fortove udgår.",
            [("decided", []), ("postponed", ["2 mio. kr."])],
        ),
    ],
)
def test_of_two_decisions_each_has_its_own(verdict: str, wanted: list[Hung]) -> None:
    assert hung(verdict) == wanted


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        ("Forslaget om at afsætte 2 mio. kr. faldt.", "rejected"),
        ("Der bevilges ikke 2 mio. kr.", "rejected"),
        ("Byrådet besluttede ikke at afsætte 2 mio. kr.", "rejected"),
        ("Byrådet besluttede at udskyde beslutningen om de 2 mio. kr.", "postponed"),
        ("Byrådet anbefaler, at der afsættes 2 mio. kr.", "recommended"),
    ],
)
def test_what_is_rejected_put_off_or_recommended_hangs_on_that(verdict: str, status: str) -> None:
    assert hung(verdict) == [(status, ["2 mio. kr."])]


def test_a_paper_that_is_only_named_stays_a_link() -> None:
    records, _ = find_facts(Prose("Beslutning:\nGodkendt med undtagelse af SOU21 på 450.000 kr."), COUNCIL)
    (decision,) = [record for record in records if isinstance(record, Decision)]

    assert [(link.type, link.text) for link in decision.links] == [("reference", "SOU21")]


def test_in_a_point_too_only_what_is_recommended() -> None:
    text = "Indstilling:\n1. at der søges om tilskud på 4 mio. kr.\n2. at der afsættes 2 mio. kr.\n"

    records, _ = find_facts(Prose(text), msgspec.structs.replace(COUNCIL, meeting_body=None))
    assert [[link.text for link in record.links] for record in records if isinstance(record, Decision)] == [
        [],
        ["2 mio. kr."],
    ]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize("piece", ["Byrådet vedtog 2 mio. kr. og ", "2 mio. kr. ikke ", "idet 2 mio. kr. afsættes, "])
def test_a_sentence_of_thousands_of_figures_takes_linear_time(piece: str) -> None:
    hung(f"Byrådet besluttede at {piece * 4_000}")
