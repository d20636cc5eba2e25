"""Verdicts in other words under "Beslutning", in letters and in budget agreements; and what only looks like one."""

from __future__ import annotations

import pytest
from decided import MEETING, decided, decisions

from corpus.model import Decision
from pipeline.context import Context

Said = tuple[str, str]  # verb, status


def said(verdict: str, context: Context = MEETING) -> list[Said]:
    records, _ = decided(f"Beslutning:\n{verdict}", context)
    return [(record.verb, record.status) for record in records if isinstance(record, Decision)]


@pytest.mark.parametrize(
    ("verdict", "verb", "status"),
    [
        ("Udvalget meddelte en anlægsbevilling på 5.100.000 kr.", "meddele", "decided"),
        ("Udvalget meddeler en tillægsbevilling på 200.000 kr.", "meddele", "decided"),
        ("Udvalget gav en anlægsbevilling på 5.100.000 kr.", "give", "decided"),
        ("Ændringsforslaget opnåede ikke flertal.", "opnå ikke flertal", "rejected"),
        ("Indstillingen fik ikke tilslutning.", "opnå ikke flertal", "rejected"),
        ("Udvalget oversender regnskabet til revisionen.", "oversende", "decided"),
        ("Udvalget oversender sagen til Økonomiudvalget med anbefaling.", "oversende", "recommended"),
        ("Udvalget sender sagen videre til Økonomiudvalget med anbefaling om at udskyde den.", "sende", "recommended"),
        ("Udvalget sender sagen videre til Økonomiudvalget.", "sende videre", "decided"),
        ("Sagen sendes videre til Økonomiudvalget.", "sende videre", "decided"),
        ("Oversendes til Økonomiudvalget uden anbefaling.", "oversende", "decided"),
        ("Fremmes ikke.", "fremme ikke", "rejected"),
        ("Sagen trækkes tilbage.", "trække tilbage", "postponed"),
        ("Forslaget trukket tilbage.", "trække tilbage", "postponed"),
        ("Henvist til budgetforhandlingerne for 2027.", "henvise", "postponed"),
        ("Sagen henvises til fornyet behandling.", "henvise", "postponed"),
        ("Overgår til 2. behandling.", "overgå", "decided"),
        ("Budgettet overgår til anden behandling.", "overgå", "decided"),
        ("Udvalget stemte indstillingen ned.", "nedstemme", "rejected"),
        ("Udvalget siger ja til at bruge 640.000 kr.", "sige ja", "decided"),
        ("Udvalget siger nej til forslaget.", "sige nej", "rejected"),
        ("Tilslutning til indstillingen.", "tilslutte", "decided"),
        ("Fuld tilslutning til forslaget.", "tilslutte", "decided"),
        ("Udvalget bakker ikke op om forslaget.", "bakke ikke op", "rejected"),
        ("Nej.", "sige nej", "rejected"),
        ("Der ansættes en havnefoged fra 1. august.", "ansætte", "decided"),
        ("Der indkøbes to elbusser.", "indkøbe", "decided"),
        ("Udvalget anmodede om at genfremsætte sagen i maj.", "genfremsætte", "postponed"),
        ("Sagen genfremsættes i maj.", "genfremsætte", "postponed"),
        ("Udsat. Sagen genfremsættes i maj.", "udsætte", "postponed"),
        ("Revision Nord valgt for 2026-2029 til 415.000 kr. om året.", "vælge", "decided"),
        ("Forslaget gennemføres ikke.", "gennemføre ikke", "rejected"),
        ("Udvalget ser ikke anledning til at imødekomme ansøgningen.", "imødekomme", "rejected"),
        ("Kulturudvalget fandt derfor ikke grundlag for at godkende planen.", "godkende", "rejected"),
    ],
)
def test_verdicts_in_other_words(verdict: str, verb: str, status: str) -> None:
    assert said(verdict) == [(verb, status)]


@pytest.mark.parametrize(
    "verdict",
    [
        "Formanden meddelte, at der er søgt om en bevilling.",
        "Formanden fik ikke mødereferatet.",
        "Der henvises til udvalgets tidligere beslutning.",
        "Udvalget henviste til budgettet.",
        "Bogen trækkes tilbage fra biblioteket.",
        "Veje overgår til privat fællesvej.",
        "Ingen tilslutning til forslaget.",
        "Nej, det er ikke muligt i år.",
        "Den valgte leverandør holder oplæg.",
        "Der er valgt en leverandør.",
        "Planen, der etableres i 2027, blev vist frem.",
        "Forslaget gennemføres i 2027.",
        "Formanden siger farvel.",
        "Udvalget er enige om at ses igen.",
        "Venstre ser ikke anledning til at imødekomme ansøgningen.",
        "Udvalget ser ikke anledning til at udsætte sagen.",
    ],
)
def test_what_only_looks_like_a_verdict(verdict: str) -> None:
    assert said(verdict) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sagen trækkes tilbage.",
        "Der ansættes en havnefoged.",
        "Nej.",
        "Forslaget gennemføres ikke.",
        "Han bakkede ikke op om forslaget.",
        "Planen er henvist til budgetforhandlingerne.",
        "Ændringsforslaget opnåede ikke flertal.",
        "De er enige om at afsætte 5 mio. kr.",
    ],
)
def test_outside_minutes_these_words_decide_nothing(text: str) -> None:
    assert decisions(text) == []


def test_who_asks_for_a_case_again_is_who_put_it_off() -> None:
    records, _ = decided("Beslutning:\nUdvalget anmodede forvaltningen om at genfremsætte sagen i maj.", MEETING)

    assert [record.body for record in records if isinstance(record, Decision)] == ["Kulturudvalget"]


LETTER = "Fjordby Kommune\nAfslag på aktindsigt\nKære Ane Skov\n{}\nMed venlig hilsen\nBo Friis\n"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            "Fjordby Kommune meddeler hermed afslag på din anmodning af 23. marts 2024 om aktindsigt.",
            [("meddele afslag", "rejected")],
        ),
        ("Kommunen giver hermed afslag på din ansøgning.", [("give afslag", "rejected")]),
        ("Fjordby Kommune meddeler hermed, at din anmodning er modtaget.", []),
        ("Hvis kommunen meddeler afslag, kan du klage.", []),
        ("Der meddeles hermed afslag på din anmodning om aktindsigt.", [("meddele afslag", "rejected")]),
        ("Der meddeles afslag, hvis din anmodning er for bred.", []),
    ],
)
def test_a_letter_that_refuses_hereby(said: str, wanted: list[Said]) -> None:
    found = decisions(LETTER.format(said))

    assert [(record.verb, record.status) for record in found] == wanted
    assert [record.date for record in found] == [None] * len(wanted)  # the day of the request is not the ruling's


AGREEMENT = "Budgetaftale 2027\nFjordby Kommune\nAftale mellem Liste A og Liste B\n\n{}\n"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Partierne er enige om at afsætte 5 mio. kr. til skolerne.", [("være enig", "decided")]),
        ("Aftaleparterne er enige om, at skolen udvides.", [("være enig", "decided")]),
        ("Partierne er ikke enige om at afsætte 5 mio. kr.", []),
        ("Lukningen af biblioteket gennemføres ikke.", [("gennemføre ikke", "rejected")]),
        ("Lukningen af biblioteket gennemføres i 2027.", []),
        ("Borgerne er enige om at klage.", []),
        ("Der er enighed om at afsætte 3 mio. kr. til hallen.", [("være enig", "decided")]),
        ("Partierne er enige om ikke at lukke biblioteket.", [("være enig", "decided")]),
        ("Forligspartierne afsætter 5 mio. kr. til kajen.", [("afsætte", "decided")]),
        ("Forslaget om at lukke biblioteket gennemføres ikke.", [("gennemføre ikke", "rejected")]),
        ("Borgerne afsætter en dag til festen.", []),
        ("Parterne har aftalt, at der indføres en ny takst.", [("aftale", "decided")]),
        ("Partierne har aftalt at afsætte 5 mio. kr. til kajen.", [("aftale", "decided")]),
        ("Parterne har ikke aftalt, at biblioteket lukkes.", []),
        ("Borgerne har aftalt, at de klager.", []),
    ],
)
def test_a_budget_agreement_decides_by_its_own_words(said: str, wanted: list[Said]) -> None:
    assert [(record.verb, record.status) for record in decisions(AGREEMENT.format(said))] == wanted


@pytest.mark.parametrize(
    ("said", "negated"),
    [
        ("Parterne har aftalt, at madordningen afskaffes.", False),
        ("Parterne har aftalt, at lukningen droppes.", True),
        ("Parterne har aftalt, at der ikke afsættes 5 mio. kr.", True),
    ],
)
def test_what_parties_agreed_not_to_do_is_negated(said: str, negated: bool) -> None:
    assert [record.negated for record in decisions(AGREEMENT.format(said))] == [negated]


@pytest.mark.parametrize(
    "text",
    [
        "Emne: Budgetaftale 2027\nFra: Bo Friis\n\nPartierne er enige om at afsætte 5 mio. kr.\n",
        "Kære Ane\nOm budgetaftalen\nLukningen af biblioteket gennemføres ikke.\n",
        "Kære Ane\nOm budgetaftalen\nParterne har aftalt, at skolen lukkes.\n",
        "Læserbrev\nNår partierne er enige om at spare, taber vi.\n",
    ],
)
def test_a_mail_about_an_agreement_is_none(text: str) -> None:
    assert decisions(text) == []
