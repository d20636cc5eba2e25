"""What stands under "Beslutning" and gives no decision is told, so that no item is lost in silence."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_bytes

HEAD = "Fjordby Kommune\nByrådet\nReferat fra mødet den 3. april 2024\n\n"


def unread(text: str) -> list[tuple[int | None, str]]:
    found = extract_bytes(text.encode(), "referat.txt").problems
    return [(told.part, told.message) for told in found if told.code == "decision-unread"]


@pytest.mark.parametrize(
    "said",
    [
        "Formanden orienterede.",
        "Ingen bemærkninger.",
        "Uden anbefaling.",
        "Afventer budgetforhandlingerne.",
        "For stemte 10, imod stemte 15.",
        "Udvalget ønsker sagen belyst yderligere.",
        "Tja",
    ],
)
def test_what_no_rule_reads_under_beslutning_is_told(said: str) -> None:
    text = f"{HEAD}Punkt 1. Ny hal\n\nBeslutning:\nGodkendt.\n\nPunkt 2. Kajen\n\nBeslutning:\n{said}\n"

    assert unread(text) == [(2, f'Under "Beslutning" no decision was read: "{said}"')]


@pytest.mark.parametrize(
    "said",
    [
        "Godkendt.",
        "Formanden orienterede. Taget til efterretning.",
        "",
        "Fraværende: Bo Friis",
        "-",
        "Godkendt.\n\nFraværende: Bo Friis",
    ],
)
def test_nothing_is_told_of_a_decision_or_of_an_empty_heading(said: str) -> None:
    assert unread(f"{HEAD}Punkt 1. Ny hal\n\nBeslutning:\n{said}\n") == []


def test_an_earlier_body_s_decision_does_not_hide_the_own_one() -> None:
    text = (
        f"{HEAD}Punkt 1. Ny hal\n\nBeslutning fra Økonomiudvalget den 26. marts 2024\nAnbefales.\n\n"
        "Beslutning:\nByrådet drog til havnen.\n"
    )

    assert unread(text) == [(1, 'Under "Beslutning" no decision was read: "Byrådet drog til havnen."')]


def test_a_long_one_is_quoted_by_its_beginning_on_one_line() -> None:
    ((_, message),) = unread(f"{HEAD}Punkt 1. Ny hal\n\nBeslutning:\n" + "Formanden fortalte\nom turen. " * 9)

    assert "\n" not in message
    assert message.endswith('…"')
    assert len(message) < 150


@pytest.mark.parametrize(
    "text",
    [
        "Fjordby Kommune\nByrådet\nDagsorden til mødet den 3. april 2024\n\nPunkt 1. Ny hal\n\nIndstilling:\nHejsa.\n",
        "Kære Bo\n\nBeslutning:\nVi ses på havnen.\n\nVenlig hilsen\nAne",
    ],
)
def test_only_minutes_are_held_to_their_headings(text: str) -> None:
    assert unread(text) == []


@pytest.mark.parametrize(
    "said",
    [
        "P-afgiften blev ikke hævet.",
        "P-afgiften bliver dog ikke hævet, så længe pladsen bygges.",
        "Dækningsafgiften afskaffes ikke.",
        "I stedet holdes lukket i uge 30.",
        "Udvalget ønsker i stedet, at driften sendes i udbud.",
        "Byrådet ønskede, at driften sendes i udbud.",
        "Miljø- og Havneudvalget anmoder om et notat.",
    ],
)
def test_a_further_sentence_that_denies_something_is_told(said: str) -> None:
    text = f"{HEAD}Punkt 1. Plads\n\nBeslutning:\nByrådet godkendte lukningen. {said} Venstre tog forbehold.\n"

    assert unread(text) == [(1, f'Under "Beslutning" a sentence was not read as one: "{said}"')]


@pytest.mark.parametrize(
    "said",
    [
        "Byrådet godkendte lukningen. Venstre ønskede ikke pladsen.",
        "Byrådet godkendte lukningen. Bo Friis ønskede, at pladsen blev.",
        "Byrådet godkendte lukningen og bad om et notat.",
        "Byrådet godkendte lukningen. Forslaget blev ikke vedtaget.",
        "Byrådet godkendte lukningen, men afgiften blev ikke hævet.",
        'Godkendt. Venstre fik ført til protokol: "Afgiften blev ikke hævet."',
        "Godkendt. Udvalget besluttede i stedet for en hal at bygge en bro.",
    ],
)
def test_a_sentence_that_is_read_or_is_a_remark_is_not_told(said: str) -> None:
    assert unread(f"{HEAD}Punkt 1. Plads\n\nBeslutning:\n{said}\n") == []


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("Besparelsen på 2 mio. kr. indarbejdes i budget 2026.", True),
        ("Staben reduceres med 3 årsværk.", True),
        ("Venstre foreslog, at staben reduceres med 3 årsværk.", False),
        ("Lukningen kostede 3 mio. kr. i 2023.", False),
    ],
)
def test_a_deed_with_a_figure_beside_a_verdict_on_a_proposal_is_told(said: str, *, is_told: bool) -> None:
    text = f"{HEAD}Punkt 1. Plads\n\nBeslutning:\nEt forslag om at vente faldt. Byrådet godkendte lukningen. {said}\n"

    assert unread(text) == ([(1, f'Under "Beslutning" a sentence was not read as one: "{said}"')] if is_told else [])


@pytest.mark.parametrize(
    "said",
    [
        "Ad 2: Byrådet ønsker ikke at vente og bevilger 26,7 mio. kr. i 2028.",
        "Byrådet justerede rammen med 1,1 mio. kr. i 2027.",
        "Tilskuddet blev sat til 45.000 kr. årligt.",
        "Beløbet i indstillingens punkt 2 rettes til 2,5 mio. kr.",
    ],
)
def test_a_sentence_of_money_behind_a_verdict_is_told(said: str) -> None:
    found = unread(f"{HEAD}Punkt 1. Ny hal\n\nBeslutning:\nAd 1: Godkendt. {said}\n")

    assert [message[:50] for _, message in found] == ['Under "Beslutning" a sentence was not read as one:']


@pytest.mark.parametrize("said", ["Udgiften var 4 mio. kr. i 2023.", "Udvalget drøftede de 2 mio. kr. til kajen."])
def test_what_was_or_was_talked_about_is_not(said: str) -> None:
    assert unread(f"{HEAD}Punkt 1. Ny hal\n\nBeslutning:\nGodkendt. {said}\n") == []


@pytest.mark.parametrize(
    ("said", "falls"),
    [
        ("Indstillingens pkt. 1 tiltrådt, pkt. 2 bortfalder.", "Indstillingens pkt. 1 tiltrådt, pkt. 2 bortfalder."),
        ("Pkt. 1 tiltrådt. Pkt. 2 bortfalder.", "Pkt. 2 bortfalder."),
    ],
)
def test_a_point_that_falls_beside_one_that_is_approved_is_told(said: str, falls: str) -> None:
    text = f"{HEAD}Punkt 1. Ny hal\n\nBeslutning:\n{said}\n"

    assert unread(text) == [(1, f'Under "Beslutning" what falls was not read: "{falls}"')]
