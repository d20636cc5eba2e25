"""What is decided not to be done, and what only looks decided."""

from __future__ import annotations

import pytest
from decided import decisions

# The text, its status (None: no decision), and whether it is negated.
UNDONE: list[tuple[str, str | None, bool]] = [
    ("Byrådet besluttede ikke at afsætte 2 mio. kr. til hallen.", "rejected", False),
    ("Byrådet besluttede efter debat den 3. marts ikke at afsætte 2 mio. kr. til hallen.", "rejected", False),
    ("Byrådet besluttede, at der ikke afsættes 2 mio. kr. til hallen.", "rejected", False),
    ("Byrådet besluttede at der ikke bevilges penge til hallen.", "rejected", False),
    ("Byrådet besluttede, at der ikke arbejdes videre med forslaget.", "rejected", False),
    ("Det blev besluttet ikke at afsætte 2 mio. kr. til hallen.", "rejected", False),
    ("Byrådet traf beslutning om ikke at bevilge 2 mio. kr.", "rejected", False),
    ("Udvalget valgte ikke at bevilge 2 mio. kr.", "rejected", False),
    ("Byrådet vedtog ikke at lukke skolen.", "rejected", False),
    ("Beslutning\nDet besluttes ikke at afsætte 2 mio. kr.", "rejected", False),
    # Was the deed the proposal, or its contrary?
    # A number stands before the negation, or before the clause that has it.
    ("Byrådet besluttede med 14 stemmer mod 5 ikke at afsætte 2 mio. kr. til hallen.", "rejected", False),
    ("Byrådet besluttede med 14 stemmer mod 5, at skolen ikke skal lukkes.", "decided", True),
    ("Byrådet vedtog som led i budgettet for 2027, at rengøringen ikke udliciteres.", "decided", True),
    # None of two.
    ("Byrådet vedtog hverken forslaget fra SF eller forslaget fra Venstre.", "rejected", False),
    ("Erhvervsudvalget godkendte hverken punkt 1 eller punkt 2.", "rejected", False),
    ("Beslutning\nHverken forslag 1 eller forslag 2 blev vedtaget.", "rejected", False),
    ("Beslutning\nHverken partierne eller borgmesteren blev godkendt.", None, False),
    # A no, or a postponement, that is approved.
    ("Udvalget godkendte at afvise ansøgningen om 2 mio. kr.", "decided", True),
    ("Beslutning\nTiltrådt, at ansøgningen afslås.", "decided", True),
    ("Beslutning\nGodkendt, at sagen udsættes.", "postponed", False),
    ("Udvalget godkendte afslaget på ansøgningen om 2 mio. kr.", "decided", True),
    ("Udvalget tiltrådte forvaltningens indstilling om at afvise ansøgningen om 2 mio. kr.", "decided", True),
    ("Udvalget besluttede, at der gives afslag på ansøgningen om 2 mio. kr.", "decided", True),
    ("Udvalget besluttede sig for et nej til forslaget om 2 mio. kr.", "decided", True),
    ("Økonomiudvalget anbefaler indstillingen om at afslå ansøgningen om 2 mio. kr.", "recommended", True),
    ("Byrådet godkendte en redegørelse om afslag på aktindsigt.", "decided", False),
    ("Udvalget godkendte et tilskud på 2 mio. kr. efter et afslag.", "decided", False),
    # A ruling may be a refusal.
    ("Kommunen traf den 9. januar 2026 afgørelse om afslag på ansøgningen.", "rejected", False),
    ("Udvalget har truffet afgørelse om delvist afslag på ansøgningen.", "rejected", False),
    ("Der er truffet beslutning om afslag på ansøgningen af Teknisk Udvalg.", "rejected", False),
    ("Byrådet traf beslutning om hallen efter en klage over en afgørelse om afslag.", "decided", False),
    ("Beslutning\nGodkendt, at byggeriet udskydes til 2027.", "decided", False),
    # What is changed may fall; what is only said beside it of how things are takes nothing back.
    ("Beslutning\nGodkendt med den ændring, at der ikke etableres p-pladser.", "decided", True),
    ("Beslutning\nGodkendt med den præcisering, at der ikke er tale om en varig ordning.", "decided", False),
    ("Beslutning\nGodkendt med den bemærkning, at besparelsen på 2 mio. kr. ikke gennemføres.", "decided", True),
    ("Beslutning\nGodkendt med en bemærkning om, at ordningen ikke er varig.", "decided", False),
    # A grant is undone by what only repeals a plan; no saving is taken back that there is not.
    ("Byrådet besluttede at ophæve bevillingen.", "decided", True),
    ("Byrådet besluttede, at tilsagnet ophæves.", "decided", True),
    ("Byrådet besluttede at ophæve lokalplan 12.", "decided", False),
    ("Byrådet besluttede at fritage skolen for besparelsen på 2 mio. kr.", "decided", True),
    ("Byrådet besluttede at fritage området for besparelser.", "decided", False),
    ("Byrådet besluttede ikke at lukke skolen.", "decided", True),
    ("Byrådet besluttede, at skolen ikke lukkes.", "decided", True),
    ("Byrådet besluttede ikke at udsætte sagen.", "decided", True),
    # A name or an adjective may look like an infinitive.
    ("Byrådet besluttede, at Vestre Skole ikke lukkes.", "decided", True),
    ("Byrådet besluttede, at Nørre Skole ikke skal lukkes.", "decided", True),
    ("Byrådet vedtog, at Vestre Hal ikke nedlægges.", "decided", True),
    ("Byrådet besluttede, at Vestre Børnehave ikke får en ny legeplads.", "decided", True),
    ("Byrådet besluttede, at vestre skole ikke lukkes.", "decided", True),
    ("Byrådet besluttede, at små skoler og gamle haller ikke lukkes.", "decided", True),
    ("Byrådet besluttede at støtte Vestre Skole, der ikke har en hal.", "decided", False),
    ("Byrådet besluttede at undlade at afsætte 2 mio. kr.", "decided", True),
    ("Byrådet godkendte, at der ikke afsættes 2 mio. kr.", "decided", True),
    ("Udvalget indstiller, at der ikke afsættes 2 mio. kr.", "recommended", True),
    # Only a part is denied.
    ("Byrådet besluttede ikke at afsætte 2 mio. kr. til hallen, men i stedet 1 mio. kr.", "decided", True),
    ("Byrådet besluttede ikke at afsætte mere end 2 mio. kr.", "decided", True),
    ("Byrådet besluttede at lukke skolen, men ikke at sælge den.", "decided", True),
    ("Byrådet besluttede at lukke skolen, og at der ikke bygges en ny.", "decided", True),
    # What is stopped, called off or taken back is given up as well.
    ("Byrådet besluttede at stoppe byggeriet til 900.000 kr.", "decided", True),
    ("Direktionen har valgt at stoppe forsøget.", "decided", True),
    ("Byrådet vedtog at skrotte planen om en hal.", "decided", True),
    ("Udvalget besluttede at annullere udbuddet.", "decided", True),
    ("Udvalget besluttede, at kontrakten opsiges.", "decided", True),
    ("Byrådet besluttede at trække tilsagnet om 500.000 kr. tilbage.", "decided", True),
    ("Byrådet besluttede at lukke ned for puljen.", "decided", True),
    ("Byrådet besluttede at lukke hallen.", "decided", False),
    ("Byrådet besluttede at trække en kloak gennem byen.", "decided", False),
    ("Byrådet besluttede at bygge en mur, der skal stoppe vandet.", "decided", False),
    ("Byrådet godkendte planen om at stoppe støjen.", "decided", False),
    # What is given up is not done after all.
    ("Byrådet besluttede at droppe hallen til 3 mio. kr.", "decided", True),
    ("Byrådet besluttede, at hallen droppes.", "decided", True),
    ("Byrådet besluttede at lukke skolen, og at planen om en ny opgives.", "decided", True),
    ("Forvaltningen anbefaler at droppe projektet.", "recommended", True),
    ("Økonomiudvalget anbefaler, at projektet skrinlægges.", "recommended", True),
    ("Forvaltningen anbefaler Byrådet, at planen om at droppe hallen belyses.", "recommended", False),
    ("Byrådet traf beslutning om at droppe hallen.", "decided", True),
    ("Byrådet godkendte en undersøgelse af planen om at droppe hallen.", "decided", False),
    # Advice against.
    ("Forvaltningen fraråder, at skolen lukkes.", "recommended", True),
    ("Forvaltningen frarådede salget.", "recommended", True),
    ("Økonomiudvalget fraråder Byrådet at sælge grunden.", "recommended", True),
    ("Beslutning\nForvaltningen fraråder salget.", "recommended", True),
    ("Udvalget indstiller lovforslaget til forkastelse ved 3. behandling.", "recommended", True),
    ("Forslaget indstilles til afvisning.", "recommended", True),
    ("Udvalget indstiller lovforslaget til vedtagelse.", "recommended", False),
    ("Indstillinger\nEt andet mindretal i Teknisk Udvalg (EL) indstiller forslaget til forkastelse.", None, False),
    ("Forvaltningen fraråder ikke salget.", None, False),
    ("Jeg fraråder, at skolen lukkes.", None, False),
    ("Sundhedsstyrelsen fraråder rejser.", None, False),
    ("Kommunen fraråder badning.", None, False),
    # Something is done.
    ("Byrådet besluttede ikke kun at afsætte 2 mio. kr. til hallen, men også til skolen.", "decided", False),
    ("Byrådet besluttede at afsætte 2 mio. kr., som ikke er i budgettet.", "decided", False),
    ("Byrådet besluttede, at elever, der ikke har betalt, får et afslag.", "decided", False),
    ("Byrådet besluttede, at foreninger der ikke har lokaler, får 2 mio. kr.", "decided", False),
    ("Byrådet besluttede at lukke skolen for ikke at miste tilskuddet.", "decided", False),
    ("Byrådet besluttede, at udgiften ikke må overstige 2 mio. kr.", "decided", False),
    ("Byrådet vedtog budgettet, idet borgmesteren oplyste, at der ikke er flere penge.", "decided", False),
    ("Byrådet besluttede, at alle ikke-kommercielle foreninger får 2 mio. kr.", "decided", False),
    ("Byrådet besluttede ikke noget i sagen.", None, False),
    # Under "Beslutning" what is not set aside is told, though not whether it was proposed.
    ("Beslutning\nDer afsættes ikke midler til hallen.", "decided", True),
    ("Beslutning\nByrådet afsætter ikke 2 mio. kr. til hallen.", "decided", True),
    ("Beslutning\nDer afsættes 2 mio. kr. til hallen.", "decided", False),
    ("Beslutning\nGodkendt med bemærkning om, at udvalget ikke ønsker en evaluering.", "decided", False),
    ("Beslutning\nForslaget om at afsætte 5 mio. kr. faldt.", "rejected", False),
    ("Beslutning\nSagen hjemsendes til udvalget.", "postponed", False),
    ("Forslaget går ud på at sænke taksten, så prisen faldt.", None, False),
    # Who cannot recommend it is against it.
    ("Økonomiudvalget kan ikke anbefale forslaget.", "rejected", False),
    ("Forvaltningen kan ikke anbefale, at der afsættes 2 mio. kr.", "rejected", False),
    ("Hvis udvalget ikke kan anbefale forslaget, bortfalder det.", None, False),
    # A case that is sent back is not settled.
    ("Sagen blev tilbagesendt til forvaltningen.", "postponed", False),
    ("Bogen blev tilbagesendt til biblioteket.", None, False),
    ("Byrådet besluttede, at udvidelsen fra 25 til 35 mio. kr. skal afvente en ny ansøgning.", "postponed", False),
    ("Byrådet besluttede at afvente budgettet.", "postponed", False),
    ("Beslutning\nGodkendt, at sagen skal afvente budgettet.", "postponed", False),
    ("Byrådet besluttede at bygge hallen, mens stien må afvente.", "decided", False),
    ("Udvalget besluttede at genbehandle sagen om 2 mio. kr. i august.", "postponed", False),
    ("Udvalget besluttede at tage sagen om 2 mio. kr. op igen i august.", "postponed", False),
    ("Udvalget besluttede, at sagen om 2 mio. kr. skal behandles på næste møde.", "postponed", False),
    ("Beslutning\nSagen genbehandles på mødet i august.", "postponed", False),
    ("Udvalget besluttede, at sagen drøftes med naboerne.", "decided", False),
    ("Udvalget besluttede at genoptage driften til 2 mio. kr.", "decided", False),
    ("Sagen blev hjemvist.", "postponed", False),
    ("Byrådet hjemviste sagen til Teknisk Udvalg.", "postponed", False),
    ("Beslutning\nHjemvist til fornyet behandling.", "postponed", False),
    ("Beslutning\nByrådet besluttede at hjemvise sagen.", "postponed", False),
]


@pytest.mark.parametrize(("text", "status", "negated"), UNDONE)
def test_what_is_decided_not_to_be_done(text: str, status: str | None, negated: bool) -> None:
    told = [(record.status, record.negated) for record in decisions(text)]

    assert told == ([] if status is None else [(status, negated)])


@pytest.mark.parametrize(
    "text",
    [
        'Udkast: "Byrådet har i dag vedtaget at bruge 25 mio. kr. på huset."',
        "Forslag til formulering: Byrådet godkendte planen den 3. maj.",
        "Kladde til pressetekst:\n> Byrådet vedtog planen.",
        "> Er planen godkendt?\nDet ved jeg ikke.",
        "Har byrådet besluttet at lukke skolen, må vi klage.",
        "Var forslaget blevet vedtaget, havde vi sparet 2 mio. kr.",
        "Jeg mener ikke, at byrådet har vedtaget det.",
        "Jeg tror, at byrådet har vedtaget planen.",
        "Avisen skriver, at byrådet vedtog planen.",
        "Byrådet har formentlig besluttet at lukke skolen.",
        "Byrådet besluttede vistnok at lukke skolen.",
    ],
)
def test_a_draft_a_question_or_a_guess_decides_nothing(text: str) -> None:
    assert decisions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Det er penge, som styrelsen sendte tilbage til folk.",
        "Der er afsat midler til bedre mulighed for udsat skolestart.",
        "Byrådet har en godkendt plan for området.",
        "Der findes midler, der er godkendt til behandling af ukrudt.",
        "Vi er sympatisk indstillet over for forslaget.",
    ],
)
def test_what_something_is_like_is_no_decision(text: str) -> None:
    assert decisions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Byrådet godkendte udkastet til aftale: Der bygges en hal.",
        "Udkastet blev godkendt af Byrådet.",
        "> Er det godkendt?\n---> Ja, Byrådet godkendte det den 7. april 2025.",
    ],
)
def test_a_draft_may_be_decided_on_and_a_question_answered(text: str) -> None:
    assert [(record.body, record.verb, record.status) for record in decisions(text)] == [
        ("Byrådet", "godkende", "decided")
    ]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Borgmesteren har besluttet at fremrykke projektet.", ["Borgmesteren"]),
        ("Beslutning\nBorgmesteren har besluttet at fremrykke projektet.", ["Borgmesteren"]),
        ("Rådmanden besluttede at lukke kantinen.", ["Rådmanden"]),
        ("Borgmesteren har besluttet at genopstille.", []),
        ("Beslutning\nBorgmesteren kunne ikke godkende indstillingen.", []),
    ],
)
def test_what_a_mayor_decides_is_put_down_to_the_mayor(text: str, bodies: list[str]) -> None:
    assert [record.body for record in decisions(text)] == bodies


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Intet er vedtaget endnu.", None),
        ("Det er langt fra sikkert, at Byrådet har godkendt planen.", None),
        ("Byrådet havde nær vedtaget lukningen.", None),
        ("Man kunne tro, at Byrådet vedtog planen.", None),
        ("Byrådet fik forelagt en plan, som Aarhus vedtog i 2020.", None),
        ("Beslutning\nForslag 3 gennemføres kun delvist.", None),
        ("Beslutning\nAnsøgeren får 20.000 kr. mindre end sidste år.", None),
        ("Ingenting er besluttet.", None),
        ("Der er intet besluttet om hallen.", None),
        ("Intet af dette er godkendt af Byrådet.", None),
        ("Byrådet har intet besluttet.", None),
        ("Byrådet besluttede intet.", None),
        ("Beslutning\nByrådet bevilgede ingen penge til hallen.", None),
        ("Beslutning\nIngen penge blev bevilget.", None),
        ("Beslutning\nByrådet vedtog ingen ændringer.", None),
        ("Beslutning\nIngen forslag blev afvist.", None),
        ("Beslutning\nIngen ansøgninger blev imødekommet.", "rejected"),
        ("Beslutning\nIntet forslag blev vedtaget.", "rejected"),
        ("Beslutning\nIngen af forslagene blev vedtaget.", "rejected"),
        ("Beslutning\nBlev med ingen stemmer imod vedtaget.", "decided"),
        ("Beslutning\nGodkendt med ingen stemmer imod.", "decided"),
        ("Beslutning\nDer var ingen bemærkninger og forslaget blev vedtaget.", "decided"),
        ("Beslutning\nByrådet godkendte planen, intet at bemærke.", "decided"),
        ("Beslutning\nPlanen er godkendt, da intet taler imod.", "decided"),
        ("Forslaget er vedtaget endnu en gang af Byrådet.", "decided"),
    ],
)
def test_what_is_told_of_none(text: str, status: str | None) -> None:
    assert [record.status for record in decisions(text)] == ([status] if status else [])
