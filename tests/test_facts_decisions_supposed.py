"""Decisions that are only supposed, told of others, or told with an aside: "har som led i … besluttet"."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

Told = list[tuple[str, str | None, str | None]]


def decided(text: str) -> Told:
    document = extract_bytes(f"Hej Ida\n\n{text}\n\nHilsen Bo\n".encode(), "papir.txt")
    return [(each.status, each.body, each.date) for each in document.records if isinstance(each, Decision)]


@pytest.mark.parametrize(
    "text",
    [
        "Det skulle have været i aftes, at budgettet for skolen blev vedtaget i Børneudvalget.",
        "Det ville kræve, at Byrådet besluttede at hæve rammen med 3 mio. kr., og det sker næppe.",
        "Salget forudsætter, at Økonomiudvalget godkendte prisen på 4 mio. kr.",
        "En ny hal ville jo forudsætte, at Byrådet bevilgede 14 mio. kr.",
        "Det ville være nødvendigt, at Kommunalbestyrelsen bevilgede 6 mio. kr. mere.",
        "Skulle Børneudvalget vælge at afvise forslaget, bortfalder besparelsen på 700.000 kr.",
        "Vælger Byrådet at udskyde anlægget, bortfalder tilskuddet på 3 mio. kr.",
        "Afvises forslaget, bortfalder besparelsen på 3 mio. kr.",
        "Siger staten nej, bortfalder bevillingen på 3 mio. kr.",
        "Man måtte i givet fald have, at Byrådet bevilgede 3 mio. kr. mere.",
    ],
)
def test_what_is_supposed_is_not_decided(text: str) -> None:
    assert decided(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Det betød, at Byrådet besluttede at hæve rammen med 3 mio. kr.",
        "Vi kunne læse, at Byrådet besluttede at hæve rammen med 3 mio. kr.",
        "Det skulle vise sig, at Byrådet besluttede at hæve rammen med 3 mio. kr.",
        "Da sagen var klar, besluttede Byrådet at hæve rammen med 3 mio. kr.",
    ],
)
def test_what_was_done_is_decided(text: str) -> None:
    assert decided(text) == [("decided", "Byrådet", None)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Til sammenligning har Elmeby Kommune afsat 3 mio. kr. til en tilsvarende hal.", 0),
        ("Nabokommunen Elmeby Kommune har bevilget 4 mio. kr. til en hal.", 0),
        ("I nabokommunen Elmeby har byrådet bevilget 4 mio. kr. til en hal.", 0),
        ("Efter dialog med nabokommunen har Byrådet bevilget 4 mio. kr. til en hal.", 1),
        ("Vi ser, at man i andre kommuner har bestemt andet, og at Byrådet i 2024 har bevilget 3 mio. kr.", 1),
        ("Til sammenligning bevilgede Byrådet 3 mio. kr. i 2024.", 1),
        ("Elmeby Kommune har afsat 3 mio. kr. til hallen.", 1),
    ],
)
def test_what_another_municipality_did_is_told_for_comparison(text: str, count: int) -> None:
    assert len(decided(text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Elmeby Kommune har afsat 4 mio. kr. til cykelstier i 2026.", 0),
        ("Elmeby Kommune har netop bevilget 4 mio. kr. til en hal.", 0),
        ("I Elmeby Kommune har byrådet besluttet at lukke to skoler.", 0),
        ("Kolding Byråd har besluttet at lukke to skoler.", 0),
        ("Fjordby Kommune har afsat 4 mio. kr. til cykelstier i 2026.", 1),
        ("Fjordby Byråd har besluttet at lukke to skoler.", 1),
        ("Elmeby Kommune og Fjordby Kommune har besluttet at bygge en bro.", 1),
        ("Elmeby Kommune er bevilget 4 mio. kr. af Byrådet.", 1),
    ],
)
def test_what_another_municipality_did_is_not_decided_in_a_paper_of_this_one(text: str, count: int) -> None:
    document = extract_bytes(f"Fjordby Kommune\nNotat om stier\n\n{text}\n".encode(), "notat.txt")
    assert document.municipality == "Fjordby"
    assert sum(isinstance(each, Decision) for each in document.records) == count


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Byrådet har som led i budgetvedtagelsen den 9.10.2029 besluttet, at koret tilføres 40.000 kr. årligt.",
            [("decided", "Byrådet", "2029-10-09")],
        ),
        (
            "Kommunalbestyrelsen har, som en del af aftalen, vedtaget at lukke svømmehallen.",
            [("decided", "Kommunalbestyrelsen", None)],
        ),
        (
            "Forslaget blev som følge heraf afvist af Byrådet den 4. marts 2026.",
            [("rejected", "Byrådet", "2026-03-04")],
        ),
        ("Det er en plan, som Byrådet vedtog den 4. marts 2026.", [("decided", "Byrådet", "2026-03-04")]),
    ],
)
def test_an_aside_with_som_opens_no_clause(text: str, told: Told) -> None:
    assert decided(text) == told


def test_a_word_that_is_cut_short_says_nothing() -> None:
    text = "Økonomiudvalget afviste den 27.11.2029 forslaget om at bruge 115.000,00 kr. på værestedet Havnen."
    assert decided(text) == [("rejected", "Økonomiudvalget", "2029-11-27")]


def test_a_greeting_that_begins_with_til_says_nothing_of_the_day() -> None:
    document = extract_bytes(b"Til Jakob\n\nByr\xc3\xa5det vedtog den 21. maj 2026 at lukke hallen.\n", "papir.txt")
    assert [each.date for each in document.records if isinstance(each, Decision)] == ["2026-05-21"]
    document = extract_bytes("Byrådet udsatte sagen til den 21. maj 2026.\n".encode(), "papir.txt")
    assert [each.date for each in document.records if isinstance(each, Decision)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Der skal spares 3 mio. kr., inden der er besluttet nye tiltag.",
        "Byrådet kan kun vælge formænd efter en vedtægt, som er lovligt godkendt ved valget.",
        "Der var ikke tilstrækkeligt grundlag for at fastslå, at Fjordby Kommune havde truffet en ulovlig beslutning.",
        "Sagen rejses igen med henblik på, at Skoleudvalget indstiller en model til Byrådet.",
    ],
)
def test_what_is_still_to_be_decided_is_no_decision(text: str) -> None:
    assert decided(text) == []


def test_the_day_of_the_next_deed_is_not_that_of_the_decision() -> None:
    assert decided("Planen blev vedtaget, og den 3. marts 2015 blev hallen åbnet.") == [("decided", None, None)]
    assert decided("Planen blev vedtaget den 3. marts 2015, og hallen blev åbnet.") == [("decided", None, "2015-03-03")]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Der er til projektet bevilget 1,5 mio. kr. fra Kunststyrelsen til køb af kunst.", 0),
        ("Fra Lokale og Anlægsfonden er der bevilget 1,5 mio. kr. til hallen.", 0),
        ("Klubben har fået bevilget 1,5 mio. kr. fra Realdania.", 0),
        ("Der bevilges 1,5 mio. kr. fra udvalgets pulje til køb af kunst.", 1),
        ("Der gives 2 mio. kr. i tilskud, og resten søges fra Lokale og Anlægsfonden.", 1),
    ],
)
def test_money_from_outside_is_not_the_committee_s(said: str, count: int) -> None:
    text = f"Kulturudvalget\nReferat fra 17. december 2026\n\nPunkt: 5\nMeddelelser\nBeslutning\n{said}\n"
    document = extract_bytes(text.encode(), "referat.txt")
    decisions = [each for each in document.records if isinstance(each, Decision)]

    assert len(decisions) == count
    assert [each.code for each in document.problems] == ["decision-unread"] * (1 - count)
