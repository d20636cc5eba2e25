"""Decisions: who, what verb, what status, and all the sentences that are none."""

from __future__ import annotations

import pytest
from decided import BUU, KUU, OEU, PLAIN, SOU, Found, decided, decisions, found

from corpus.model import Decision
from pipeline.extract import find_facts
from pipeline.language import Prose

DEVELOPED: list[tuple[str, list[Found]]] = [
    ("Byrådet besluttede at lukke skolen.", [("Byrådet", "beslutte", "decided")]),
    ("Den 3. maj 2021 vedtog Byrådet planen.", [("Byrådet", "vedtage", "decided")]),
    ("Socialudvalget har besluttet, at taksten sættes op.", [(SOU, "beslutte", "decided")]),
    ("Det er rigtigt, at vi i Børne- og Ungdomsudvalget har valgt at omlægge støtten.", [(BUU, "vælge", "decided")]),
    ("Som led i aftalen blev det besluttet at bruge 3 mio. kr. på sprog.", [(None, "beslutte", "decided")]),
    ("Jeg skriver om den sag, der blev besluttet med budget 2020.", [(None, "beslutte", "decided")]),
    ("Planen blev vedtaget af Byrådet.", [("Byrådet", "vedtage", "decided")]),
    ("På møde i Socialudvalget blev forslaget godkendt.", [(SOU, "godkende", "decided")]),
    ("Indstillingen blev tiltrådt.", [(None, "tiltræde", "decided")]),
    ("Byrådet godkendte ikke regnskabet.", [("Byrådet", "godkende", "rejected")]),
    ("Forslaget blev ikke godkendt.", [(None, "godkende", "rejected")]),
    ("Socialudvalget kunne ikke tiltræde forslaget.", [(SOU, "tiltræde", "rejected")]),
    ("Byrådet afviste forslaget.", [("Byrådet", "afvise", "rejected")]),
    ("Forslaget blev forkastet af Økonomiudvalget.", [("Økonomiudvalget", "forkaste", "rejected")]),
    ("Sagen blev udsat.", [(None, "udsætte", "postponed")]),
    ("Socialudvalget udsatte sagen til næste møde.", [(SOU, "udsætte", "postponed")]),
    ("Byrådet bevilgede 4 mio. kr. til hallen.", [("Byrådet", "bevilge", "decided")]),
    ("Byrådet afsatte 2 mio. kr. til cykelstier.", [("Byrådet", "afsætte", "decided")]),
    (
        "Forvaltningen indstiller, at Byrådet godkender planen.",
        [("Forvaltningen", "indstille", "recommended")],
    ),
    ("Socialudvalget indstiller til Byrådet, at sagen godkendes.", [(SOU, "indstille", "recommended")]),
    ("Det indstilles, at planen vedtages.", [(None, "indstille", "recommended")]),
    ("Socialudvalget anbefaler, at hallen bygges.", [(SOU, "anbefale", "recommended")]),
    ("Sagen indstilles til godkendelse i Byrådet.", [(None, "indstille", "recommended")]),
    ("Byrådet tog orienteringen til efterretning.", [("Byrådet", "tage til efterretning", "decided")]),
    ("Orienteringen blev taget til efterretning.", [(None, "tage til efterretning", "decided")]),
    ("Et flertal i Socialudvalget godkendte forslaget.", [(SOU, "godkende", "decided")]),
    ("Et flertal besluttede at gå videre.", [(None, "beslutte", "decided")]),
    ("Lokalplanen er vedtaget.", [(None, "vedtage", "decided")]),
    ("Det besluttedes at nedsætte en gruppe.", [(None, "beslutte", "decided")]),
    ("Byrådet besluttede ikke at lukke skolen.", [("Byrådet", "beslutte", "decided")]),
    ("Teknisk Udvalg har godkendt projektet.", [("Teknisk Udvalg", "godkende", "decided")]),
    ("Forvaltningen har besluttet at ansætte to.", [("Forvaltningen", "beslutte", "decided")]),
    ("Skoleudvalget mødtes mandag. Udvalget vedtog planen.", [("Skoleudvalget", "vedtage", "decided")]),
    # none
    ("Byrådet skal beslutte, om skolen lukker.", []),
    ("Planen forventes godkendt i juni.", []),
    ("Hvis Byrådet vedtager planen, går vi i gang.", []),
    ("Hvis planen blev vedtaget, ville det hjælpe.", []),
    ("Har Byrådet besluttet det?", []),
    ("Når planen er godkendt, går vi i gang.", []),
    ("Jeg besluttede mig for at flytte.", []),
    ("Jeg har besluttet at klage til Socialudvalget.", []),
    ("Familien besluttede at klage til Socialudvalget.", []),
    ("Vi besluttede at skifte børnehave.", []),
    ("Det er endnu ikke besluttet.", []),
    ("Byrådet godkender hvert år et budget.", []),
    ("Der er udsatte børn i kommunen.", []),
    ("Barnet er udsat for mobning.", []),
    ("Hun er godkendt plejemor.", []),
    ("Den vedtagne plan følges.", []),
    ("Busruten indstilles fra juni.", []),
    ("Sundhedsstyrelsen anbefaler frisk luft.", []),
    ("Planen bliver vedtaget til sommer.", []),
    ("Borgmesterens valgte linje er ny.", []),
    ("Byrådets formand besluttede sig for ferie.", []),
    ("Hun tiltrådte stillingen i maj.", []),
    ("Inden Byrådet vedtog planen, var der høring.", []),
    # minutes
    ("Beslutning\nGodkendt.", [(None, "godkende", "decided")]),
    ("Beslutning:\nUdsat.", [(None, "udsætte", "postponed")]),
    ("Beslutning: Tiltrådt.", [(None, "tiltræde", "decided")]),
    ("Socialudvalgets beslutning den 3. maj 2021\nIndstillingen godkendt.", [(SOU, "godkende", "decided")]),
    ("Beslutning i Økonomiudvalget den 4. marts 2020:\nAnbefales.", [("Økonomiudvalget", "anbefale", "recommended")]),
    ("Byrådets beslutning\nTaget til efterretning.", [("Byrådet", "tage til efterretning", "decided")]),
    ("Beslutning\nIkke godkendt.", [(None, "godkende", "rejected")]),
    ("Beslutning\nEnstemmigt vedtaget.\n\nBilag\nPlan godkendt 2019.pdf", [(None, "vedtage", "decided")]),
    ("Indstilling\nForvaltningen indstiller, at planen godkendes.", [("Forvaltningen", "indstille", "recommended")]),
]

# Written before the first run of the finder and not changed after it.
HELD_OUT: list[tuple[str, list[Found]]] = [
    ("Kommunalbestyrelsen godkendte enstemmigt budgettet for 2023.", [("Kommunalbestyrelsen", "godkende", "decided")]),
    (
        "I december 2019 besluttede Børne- og Ungdomsudvalget at sammenlægge to institutioner.",
        [(BUU, "beslutte", "decided")],
    ),
    ("Efter en lang drøftelse blev det vedtaget at sende sagen i høring.", [(None, "vedtage", "decided")]),
    (
        "Borgerrepræsentationen har den 12. maj 2022 vedtaget lokalplanen.",
        [("Borgerrepræsentationen", "vedtage", "decided")],
    ),
    (
        "Økonomiudvalget anbefalede over for Byrådet, at anlægsbevillingen frigives.",
        [("Økonomiudvalget", "anbefale", "recommended")],
    ),
    (
        "Administrationen indstiller til Teknik- og Miljøudvalget, at projektet godkendes.",
        [("Administrationen", "indstille", "recommended")],
    ),
    ("Ansøgningen blev afslået af Huslejenævnet.", [("Huslejenævnet", "afslå", "rejected")]),
    ("Punktet blev udsat til mødet i juni.", [(None, "udsætte", "postponed")]),
    ("Ældrerådet anbefaler, at forslaget ikke gennemføres.", [("Ældrerådet", "anbefale", "recommended")]),
    ("Vi afventer, at Byrådet godkender ansøgningen.", []),
    ("Kan udvalget vedtage sådan noget?", []),
    ("Forældrene har besluttet at stifte en forening.", []),
    ("Forslaget sendes til Økonomiudvalget, som skal godkende det.", []),
    ("Det blev i budgetforlig 2018 besluttet at ansætte flere vejledere.", [(None, "beslutte", "decided")]),
    ("Byrådet vedtog i budgetforlig 2019 en pakke til de ældste.", [("Byrådet", "vedtage", "decided")]),
    ("I forbindelse med budget 2021 blev det vedtaget, at puljen halveres.", [(None, "vedtage", "decided")]),
    (
        "Beslutning fra Socialudvalget, 4. februar 2020\nUdvalget tiltrådte indstillingen.",
        [(SOU, "tiltræde", "decided")],
    ),
    (
        "Økonomiudvalgets beslutning den 01-02-2022:\nIndstilles godkendt.",
        [("Økonomiudvalget", "indstille", "recommended")],
    ),
    ("BESLUTNING\nSagen genoptages. Punktet udsat.", [(None, "udsætte", "postponed")]),
    ("Beslutning\nForslaget blev forkastet, idet tre stemte for.", [(None, "forkaste", "rejected")]),
    ("Byrådet har ikke kunnet godkende ansøgningen.", [("Byrådet", "godkende", "rejected")]),
    ("Min mand og jeg har valgt at flytte til Fjordby.", []),
    ("Det er op til Byrådet at vedtage budgettet.", []),
    ("Hjælpemidlet er godkendt til brug i hjemmet.", []),
    ("Forslaget ventes vedtaget af Byrådet i oktober.", []),
    ("Byrådet besluttede på sit møde den 8. juni 2020 at hæve taksten.", [("Byrådet", "beslutte", "decided")]),
    ("Kultur- og Fritidsudvalget udskød behandlingen.", [("Kultur- og Fritidsudvalget", "udskyde", "postponed")]),
    ("Projektet blev nedstemt.", [(None, "nedstemme", "rejected")]),
    ("Udvalget for Børn og Unge imødekom ansøgningen.", [("Udvalget for Børn og Unge", "imødekomme", "decided")]),
    ("Forvaltningen foreslår, at Byrådet vedtager planen.", []),
]


@pytest.mark.parametrize(("text", "wanted"), DEVELOPED)
def test_developed_on(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), HELD_OUT)
def test_held_out(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted


READ_AGAIN: list[tuple[str, list[Found]]] = [
    ("Økonomiudvalget anbefaler Byrådet at godkende bevillingen.", [(OEU, "anbefale", "recommended")]),
    ("Byrådet anbefales at godkende bevillingen.", [(None, "anbefale", "recommended")]),
    ("Det anbefales Byrådet at godkende bevillingen.", [(None, "anbefale", "recommended")]),
    ("Byrådet indstilles at godkende planen.", [(None, "indstille", "recommended")]),
    ("Planen indstilles af Økonomiudvalget til Byrådets godkendelse.", [(OEU, "indstille", "recommended")]),
    ("Det er ikke rigtigt, at Byrådet har vedtaget planen.", []),
    ("Det er forkert, at Byrådet har vedtaget planen.", []),
    ("Det passer ikke, at Byrådet har vedtaget planen.", []),
    ("Byrådet har aldrig vedtaget planen.", []),
    ("Byrådet har ikke godkendt lukningen.", []),
    ("Byrådet besluttede at udsætte sagen.", [("Byrådet", "beslutte", "postponed")]),
    ("Byrådet besluttede, at sagen udsættes.", [("Byrådet", "beslutte", "postponed")]),
    ("Byrådet vedtog at forkaste forslaget.", [("Byrådet", "vedtage", "rejected")]),
    ("Byrådet valgte at afvise ansøgningen.", [("Byrådet", "vælge", "rejected")]),
    ("Økonomiudvalget besluttede at indstille til Byrådet, at planen godkendes.", [(OEU, "beslutte", "recommended")]),
    ("Byrådet besluttede at indstille busruten fra august.", [("Byrådet", "beslutte", "decided")]),
    ("Byrådet besluttede ikke at udsætte sagen.", [("Byrådet", "beslutte", "decided")]),
    ("Økonomiudvalget har anbefalet forslaget.", [(OEU, "anbefale", "recommended")]),
    ("Byrådet frigav et rådighedsbeløb på 2 mio. kr.", [("Byrådet", "frigive", "decided")]),
    (
        "Byrådet tog efter en kort drøftelse orienteringen til efterretning.",
        [("Byrådet", "tage til efterretning", "decided")],
    ),
    ("Socialudvalget meddelte afslag på ansøgningen.", [(SOU, "meddele afslag", "rejected")]),
    ("Byrådet gav afslag.", [("Byrådet", "give afslag", "rejected")]),
    ("Byrådet gav en gave.", []),
    ("Byrådet sendte forslaget i høring.", [("Byrådet", "sende i høring", "decided")]),
    ("Byrådet sendte forslaget til trykning.", []),
    ("Sidste forår blev det af Kulturudvalget besluttet at lukke hallen.", [(KUU, "beslutte", "decided")]),
    ("Et enigt byråd vedtog planen.", [("Byrådet", "vedtage", "decided")]),
    ("I går godkendte en enig kommunalbestyrelse planen.", [("Kommunalbestyrelsen", "godkende", "decided")]),
    ("Byrådet stemte nej til forslaget.", [("Byrådet", "stemme nej", "rejected")]),
    ("Forslaget faldt.", [(None, "falde", "rejected")]),
    ("Forslaget faldt i god jord.", []),
    ("Forslaget bortfaldt med 10 stemmer mod 9.", [(None, "bortfalde", "rejected")]),
    ("Socialudvalgets forslag blev forkastet.", [(None, "forkaste", "rejected")]),
    ("Formanden for udvalget kunne ikke godkende det.", []),
    ("På Byrådets møde blev det besluttet at sælge ejendommen.", [("Byrådet", "beslutte", "decided")]),
    ("Byrådet traf beslutning om at lukke skolen.", [("Byrådet", "træffe beslutning", "decided")]),
    ("Der er ikke truffet beslutning om lukning.", []),
    ("Sagen blev drøftet i Økonomiudvalget, som anbefalede den over for Byrådet.", [(OEU, "anbefale", "recommended")]),
    ("Byrådet bad om et notat, men godkendte ikke planen.", [("Byrådet", "godkende", "rejected")]),
    ("Formanden siger, at det er forkert, at udvalget har vedtaget planen.", []),
    ("Byrådet skulle have vedtaget planen i maj.", []),
    ("Vi beder Byrådet om at afvise forslaget.", []),
    ("Hverken Økonomiudvalget eller Byrådet har godkendt planen.", []),
    ("Ingen i Byrådet har besluttet det.", []),
    ("Borgerne anbefaler Byrådet at udsætte sagen.", []),
    ("Derfor anbefaler Økonomiudvalget at udsætte sagen.", [(OEU, "anbefale", "recommended")]),
    ("Byrådet godkendte Økonomiudvalgets indstilling.", [("Byrådet", "godkende", "decided")]),
    ("Byrådet vedtog planen, og den blev godkendt af Erhvervsstyrelsen.", [("Byrådet", "vedtage", "decided")]),
    ("Planen blev vedtaget af Fjordby Byråd.", [("Byrådet", "vedtage", "decided")]),
    ("Din ansøgning om tilskud er afslået.", [(None, "afslå", "rejected")]),
    (
        "Socialudvalget har indstillet, at der gives 2 mio. kr., og Økonomiudvalget udsatte punktet.",
        [(SOU, "indstille", "recommended"), (OEU, "udsætte", "postponed")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), READ_AGAIN)
def test_a_fresh_reader_s_sentences(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("text", "date", "budget_year"),
    [
        ("Byrådet besluttede den 8. juni 2020 at hæve taksten pr. 1. januar 2021.", "2020-06-08", None),
        ("Byrådet besluttede at hæve taksten fra 1. januar 2021.", None, None),
        ("Byrådet vedtog planen med budget 2020.", None, 2020),
        ("Det blev besluttet i budgetforlig 2018.", None, 2018),
        ("Byrådet besluttede i budgetaftalen for 2024 at spare.", None, 2024),
        ("Byrådet vedtog budget 2020 og budget 2021.", None, None),
        ("Byrådet godkendte fordelingen af besparelsen fra budget 2020.", None, None),
        ("Byrådet afsatte 3 mio. kr. til to sager fra Budget 2020.", None, None),
        ("Byrådet afsatte 3 mio. kr. fra budget 2020.", None, 2020),
        ("Byrådets beslutning den 3. maj 2021\nGodkendt.", "2021-05-03", None),
        ("Byrådet udsatte sagen til mødet den 18. juni 2024.", None, None),
        ("Byrådet vedtog i budgettet for 2024 at bygge.", None, 2024),
    ],
)
def test_when(text: str, date: str | None, budget_year: int | None) -> None:
    assert [(record.date, record.budget_year) for record in decisions(text)] == [(date, budget_year)]


def test_the_span_is_the_sentence() -> None:
    text = "Først dette. Byrådet besluttede at give 3 mio. kr. til hallen. Så andet."

    assert [record.text for record in decisions(text)] == ["Byrådet besluttede at give 3 mio. kr. til hallen."]


def test_two_verbs_of_one_sentence_are_two_decisions() -> None:
    text = "Byrådet godkendte punkt 3, og Byrådet udsatte punkt 4."

    assert [(record.verb, record.status) for record in decisions(text)] == [
        ("godkende", "decided"),
        ("udsætte", "postponed"),
    ]


def test_a_decision_is_linked_to_the_figures_and_papers_of_its_sentence() -> None:
    text = "Skolen koster 9 mio. kr. Byrådet godkendte forslag BUU-12 om 2,5 årsværk og 1,2 mio. kr."
    records, _ = find_facts(Prose(text), PLAIN)
    (decision,) = [record for record in records if isinstance(record, Decision)]

    assert [(link.type, link.text) for link in decision.links] == [
        ("reference", "BUU-12"),
        ("fte", "2,5 årsværk"),
        ("amount", "1,2 mio. kr."),
    ]
    assert all(text[link.start : link.end] == link.text for link in decision.links)


def test_a_point_is_linked_to_its_own_figures_and_to_those_of_its_further_lines() -> None:
    text = "Direktionen indstiller,\n1. at der gives 2 mio. kr.,\n   og 1 mio. kr. til hal\n2. at 3 mio. kr. spares\n"
    records, _ = find_facts(Prose(text), PLAIN)
    found = [[link.text for link in record.links] for record in records if isinstance(record, Decision)]

    assert found == [["2 mio. kr.", "1 mio. kr."], ["3 mio. kr."]]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize(
    "piece",
    [
        "besluttede ",
        "Beslutning\n",
        "Byrådet vedtog. ",
        "indstiller, at ",
        "blev udsat ",
        "indstiller,\n",
        "1. at x\n",
        "at der gives\n",
        "Byrådet: Godkendt. ",
        "beslut-\ntede ",
    ],
)
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    decided(piece * 4_000)
