"""Decisions: who, what verb, what status, and all the sentences that are none."""

from __future__ import annotations

import msgspec
import pytest

from corpus.model import Decision, Problem, Record
from pipeline.context import Context
from pipeline.facts import committees, dates
from pipeline.facts.decisions import find
from pipeline.language import Prose

PLAIN = Context()
Found = tuple[str | None, str, str]  # body, verb, status


def decided(text: str, context: Context = PLAIN) -> tuple[list[Record], list[Problem]]:
    """As :func:`find`, with the bodies and the days that the finders before it give."""
    prose = Prose(text)
    found = (*dates.find(prose, context)[0], *committees.find(prose, context)[0])
    return find(prose, msgspec.structs.replace(context, found=found))


def decisions(text: str) -> list[Decision]:
    records, problems = decided(text)

    assert problems == []
    for record in records:
        assert text[record.start : record.end] == record.text
    return [record for record in records if isinstance(record, Decision)]


def found(text: str) -> list[Found]:
    return [(record.body, record.verb, record.status) for record in decisions(text)]


BUU, SOU = "Børne- og Ungdomsudvalget", "Socialudvalget"

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


OEU, KUU = "Økonomiudvalget", "Kulturudvalget"

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


Dated = tuple[str | None, str, str, str | None]  # body, verb, status, date
DAY = "2024-04-03"

UNDER_BESLUTNING: list[tuple[str, list[Dated]]] = [
    ("Anbefales godkendt af Byrådet.", [(KUU, "anbefale", "recommended", DAY)]),
    ("Byrådet anbefales at godkende planen.", [(KUU, "anbefale", "recommended", DAY)]),
    ("Mikkel Sand (V) kunne ikke tiltræde indstillingen.", []),
    ("Mikkel Sand kunne ikke tiltræde indstillingen.", []),
    ("Venstre kunne ikke godkende indstillingen.", []),
    ("Venstre anbefaler, at sagen udsættes.", []),
    ("Liste N kan ikke anbefale forslaget.", []),
    ("Birthe Lund (V) stemte imod og ønskede sagen udsat.", []),
    ("Et mindretal (A og F) kunne ikke tiltræde indstillingen.", []),
    ("Udvalget drøftede sagen, og Venstre kunne ikke tiltræde den.", [(KUU, "drøfte", "decided", DAY)]),
    ("Et flertal (A og B) godkendte indstillingen, idet V stemte imod.", [(KUU, "godkende", "decided", DAY)]),
    ("Udvalget kunne ikke anbefale forslaget.", [(KUU, "anbefale", "rejected", DAY)]),
    ("Kunne ikke godkendes.", [(KUU, "godkende", "rejected", DAY)]),
    ("Udvalget har ikke godkendt lukningen.", [(KUU, "godkende", "rejected", DAY)]),
    ("Økonomiudvalget godkendte sagen den 2. april 2024.", [(OEU, "godkende", "decided", "2024-04-02")]),
    ("Byrådet vedtog budgettet den 12. oktober 2023.", [("Byrådet", "vedtage", "decided", "2023-10-12")]),
    ("Byrådet afviste en lignende sag i 2022.", [("Byrådet", "afvise", "rejected", None)]),
    ("Udvalget afviste en lignende sag i 2022.", [(KUU, "afvise", "rejected", None)]),
    ("Økonomiudvalget godkendte sagen.", [(OEU, "godkende", "decided", None)]),
    ("Kulturudvalget godkendte sagen.", [(KUU, "godkende", "decided", DAY)]),
    ("Udvalget godkendte budgettet for 2025.", [(KUU, "godkende", "decided", DAY)]),
    ("Sagen blev udsat til mødet den 18. juni 2024.", [(KUU, "udsætte", "postponed", DAY)]),
    ("Godkendt som indstillet.", [(KUU, "godkende", "decided", DAY)]),
    ("Vedtaget som anbefalet af forvaltningen.", [(KUU, "vedtage", "decided", DAY)]),
    ("Der ydes et tilskud på 75.000 kr. i 2024.", [(KUU, "yde", "decided", DAY)]),
    ("Sagen sendes tilbage til forvaltningen.", [(KUU, "sende tilbage", "postponed", DAY)]),
    ("Sagen tilbagesendes.", [(KUU, "tilbagesende", "postponed", DAY)]),
    ("Sagen blev trukket af dagsordenen.", [(KUU, "trække", "postponed", DAY)]),
    ("Punktet udgår.", [(KUU, "udgå", "postponed", DAY)]),
    ("Fremsendes til Økonomiudvalget med anbefaling.", [(KUU, "fremsende", "recommended", DAY)]),
    ("Oversendes til Byrådets 2. behandling.", [(KUU, "oversende", "decided", DAY)]),
    ("Drøftet.", [(KUU, "drøfte", "decided", DAY)]),
    ("Udvalget drøftede sagen og besluttede at udsætte den.", [(KUU, "beslutte", "postponed", DAY)]),
    ("Punktet blev ikke behandlet.", []),
    ("Til efterretning.", [(KUU, "tage til efterretning", "decided", DAY)]),
    ("Udvalget kan tiltræde indstillingen.", [(KUU, "tiltræde", "decided", DAY)]),
    ("Udvalget kan tilslutte sig indstillingen.", [(KUU, "tilslutte", "decided", DAY)]),
    ("Venstre kan tiltræde indstillingen.", []),
    (
        "Godkendt med de ændringer, som Byrådet vedtog den 2. april 2024.",
        [(KUU, "godkende", "decided", DAY), ("Byrådet", "vedtage", "decided", "2024-04-02")],
    ),
    ("Økonomiudvalgets indstilling godkendt.", [(KUU, "godkende", "decided", DAY)]),
    ("V indstiller, at forslaget forkastes.", []),
    ("Et mindretal bestående af V indstiller, at forslaget forkastes.", []),
    ("Et flertal bestående af A og F indstiller, at forslaget vedtages.", [(KUU, "indstille", "recommended", DAY)]),
    ("Sendes til Byrådet med anbefaling.", [(KUU, "sende", "recommended", DAY)]),
    ("Venstres ændringsforslag blev nedstemt.", [(KUU, "nedstemme", "rejected", DAY)]),
    ("Forvaltningen anbefaler, at sagen udsættes.", [("Forvaltningen", "anbefale", "recommended", None)]),
    (
        "Byrådet vedtog i 2022 en strategi, og udvalget godkendte nu planen.",
        [("Byrådet", "vedtage", "decided", None), (KUU, "godkende", "decided", DAY)],
    ),
    ("Indstillingen følges.", [(KUU, "følge", "decided", DAY)]),
    ("Udvalget indstiller, at planen godkendes, og at der ydes støtte.", [(KUU, "indstille", "recommended", DAY)] * 2),
    ("Udvalget anbefaler, at planen godkendes, og at der ydes støtte.", [(KUU, "anbefale", "recommended", DAY)]),
    ("Afslag.", [(KUU, "give afslag", "rejected", DAY)]),
    ("Som indstillet.", [(KUU, "indstille", "decided", DAY)]),
    (
        "Godkendt.\n\nTidligere behandling\nSocialudvalget 3. marts 2024: Godkendt.\nØkonomiudvalget 10-03-24: Udsat.",
        [
            (KUU, "godkende", "decided", DAY),
            (SOU, "godkende", "decided", "2024-03-03"),
            (OEU, "udsætte", "postponed", "2024-03-10"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), UNDER_BESLUTNING)
def test_under_beslutning(text: str, wanted: list[Dated]) -> None:
    context = Context(meeting_body=KUU, meeting_date=DAY)
    records = decided(f"Beslutning\n{text}\n", context)[0]

    assert [(r.body, r.verb, r.status, r.date) for r in records if isinstance(r, Decision)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Børneudvalget, 7. maj 2024: Godkendt", [("Børneudvalget", "godkende", "decided", "2024-05-07")]),
        (
            "Socialudvalget 3. april 2024: Godkendt.\nØkonomiudvalget 10. april 2024: Anbefales.",
            [(SOU, "godkende", "decided", "2024-04-03"), (OEU, "anbefale", "recommended", "2024-04-10")],
        ),
        (
            "Socialudvalget godkendte det den 3. oktober 2023, og Økonomiudvalget forkastede det den 10. oktober 2023.",
            [(SOU, "godkende", "decided", "2023-10-03"), (OEU, "forkaste", "rejected", "2023-10-10")],
        ),
        (
            "Socialudvalget behandlede sagen den 3. april 2024, og Byrådet vedtog planen den 25. april 2024.",
            [("Byrådet", "vedtage", "decided", "2024-04-25")],
        ),
        (
            "Sagen blev anbefalet af Socialudvalget og vedtaget af Byrådet den 3. maj 2024.",
            [(SOU, "anbefale", "recommended", None), ("Byrådet", "vedtage", "decided", "2024-05-03")],
        ),
        (
            "Socialudvalget indstillede den 4. juni 2024, at planen godkendes.",
            [(SOU, "indstille", "recommended", "2024-06-04")],
        ),
    ],
)
def test_each_its_own_day(text: str, wanted: list[Dated]) -> None:
    assert [(r.body, r.verb, r.status, r.date) for r in decisions(text)] == wanted


@pytest.mark.parametrize(
    ("text", "date", "budget_year"),
    [
        ("Byrådet besluttede den 8. juni 2020 at hæve taksten pr. 1. januar 2021.", "2020-06-08", None),
        ("Byrådet besluttede at hæve taksten fra 1. januar 2021.", None, None),
        ("Byrådet vedtog planen med budget 2020.", None, 2020),
        ("Det blev besluttet i budgetforlig 2018.", None, 2018),
        ("Byrådet besluttede i budgetaftalen for 2024 at spare.", None, 2024),
        ("Byrådet vedtog budget 2020 og budget 2021.", None, None),
        ("Byrådets beslutning den 3. maj 2021\nGodkendt.", "2021-05-03", None),
        ("Byrådet udsatte sagen til mødet den 18. juni 2024.", None, None),
        ("Byrådet vedtog i budgettet for 2024 at bygge.", None, 2024),
    ],
)
def test_when(text: str, date: str | None, budget_year: int | None) -> None:
    assert [(record.date, record.budget_year) for record in decisions(text)] == [(date, budget_year)]


def test_minutes_know_who_decides_and_when() -> None:
    text = "Beslutning\nSagen blev udsat til mødet den 18. juni 2024.\n"
    taken = ((text.index("18."), text.index("2024") + 4),)
    context = Context(meeting_body="Byrådet", meeting_date="2024-06-04", taken=taken)
    (decision,) = decided(text, context)[0]

    assert isinstance(decision, Decision)
    assert (decision.body, decision.date, decision.status) == ("Byrådet", "2024-06-04", "postponed")


def test_the_span_is_the_sentence() -> None:
    text = "Først dette. Byrådet besluttede at give 3 mio. kr. til hallen. Så andet."

    assert [record.text for record in decisions(text)] == ["Byrådet besluttede at give 3 mio. kr. til hallen."]


def test_two_verbs_of_one_sentence_are_two_decisions() -> None:
    text = "Byrådet godkendte punkt 3, og Byrådet udsatte punkt 4."

    assert [(record.verb, record.status) for record in decisions(text)] == [
        ("godkende", "decided"),
        ("udsætte", "postponed"),
    ]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize("piece", ["besluttede ", "Beslutning\n", "Byrådet vedtog. ", "indstiller, at ", "blev udsat "])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    decided(piece * 4_000)
