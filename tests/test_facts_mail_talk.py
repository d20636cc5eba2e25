"""What somebody writes in a mail: what was decided elsewhere is only cited, and talk goes on behind it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from pipeline.extract import extract_bytes

CITED = "Beslutning i Skoleudvalget den 3. februar 2026:\n"


def found(body: str, kind: str, sent: str = "3. marts 2026 10:15") -> list[dict[str, Any]]:
    """The records of one kind below the header of a mail with this body."""
    head = f"Fra: Ida Krog <ida@engby.example>\nSendt: {sent}\nTil: Per Holt <per@engby.example>\nEmne: Svar\n\n"
    document = extract_bytes(f"{head}Hej Per\n\n{body}\n".encode(), "svar.txt")
    records: list[dict[str, Any]] = msgspec.to_builtins(document.records)
    return [record for record in records if record["type"] == kind and record["source"] == "text"]


def decided(body: str, sent: str = "3. marts 2026 10:15") -> list[tuple[str, str | None, str | None]]:
    return [(each["status"], each["body"], each["date"]) for each in found(body, "decision", sent)]


@pytest.mark.parametrize(
    "talk",
    [
        "Udkastet blev drøftet i chefgruppen i går.",
        "Der nedlægges en halv stilling og 2,25 årsværk.",
        "Hvis Skoleudvalget godkender planen, går vi i gang.",
        "Vi får 1.150 kr. pr. barn i tilskud.",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_what_the_writer_says_below_a_cited_decision_is_not_decided(talk: str, gap: str) -> None:
    assert decided(f"{CITED}{gap}Godkendt.\n\n{talk}") == [("decided", "Skoleudvalget", "2026-02-03")]


def test_points_below_a_cited_decision_are_of_it() -> None:
    text = f"{CITED}\n1. Godkendt.\n\n2. Der bevilges ikke 2 mio. kr. til hallen.\n\nDer nedlægges 2 stillinger."

    assert [status for status, _, _ in decided(text)] == ["decided", "rejected"]


def test_minutes_go_on_below_a_blank_line() -> None:
    text = "Referat\nSkoleudvalget d. 3. februar 2026\n\n1. Hal\n\nBeslutning\nGodkendt.\n\nDer nedlægges 2 stillinger."

    records = msgspec.to_builtins(extract_bytes(text.encode(), "referat.txt").records)
    assert [each["verb"] for each in records if each["type"] == "decision"] == ["godkende", "nedlægge"]


def days(body: str, sent: str = "3. marts 2026 10:15") -> list[str]:
    return [each["from"] for each in found(body, "date", sent)]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Jeg holder fri den 23. april.", ["2026-04-23"]),
        ("Kan man den 23. april nå det?", ["2026-04-23"]),
        ("Vi ses fre. den 24. april.", ["2026-04-24"]),
        ("Vi ses fredag den 23. april.", []),  # a Thursday: the weekday or the day is wrong
        ("See you Fri 24 April.", ["2026-04-24"]),
        ("Vi mødes den 6/7\n2026 og ser på det.", ["2026-07-06"]),
        ("Tallet er 6/7\n2026 er bedre.", []),
        ("Byrådet skal se på det den 16. jun. Punkt 16 blev godkendt.", ["2026-06-16"]),
        ("Byrådet vedtog budgettet i 2025. Vi skal have notatet klar i uge 12.", ["2025-01-01", "2026-03-16"]),
    ],
)
def test_days_are_those_that_are_meant(body: str, told: list[str]) -> None:
    assert days(body) == told


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Mødet er den 3. nov. Ansøgningen om en bro blev afvist.", "Ansøgningen om en bro blev afvist."),
        ("Mødet var den 16. jan. Punkt 16 blev godkendt.", "Punkt 16 blev godkendt."),
        ("Byrådet afviste den 3. nov. 2025 broen.", "Byrådet afviste den 3. nov. 2025 broen."),
        ("Byrådet tiltrådte\nindstillingen den 2. marts.", "Byrådet tiltrådte\nindstillingen den 2. marts."),
        ("Skoleudvalget afviste den 6/2\n2026 planen.", "Skoleudvalget afviste den 6/2\n2026 planen."),
    ],
)
def test_a_decision_is_its_sentence(body: str, text: str) -> None:
    assert [each["text"] for each in found(body, "decision")] == [text]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Byrådet oversendte forslaget til budgetforhandlingerne.", [("decided", "Byrådet", None)]),
        ("Forslaget blev oversendt til budgetforhandlingerne.", [("decided", None, None)]),
        ("Sagen er oversendt til de kommende budgetdrøftelser.", [("decided", None, None)]),
        ("Notatet blev oversendt til os i går.", []),
        ("Forslaget oversendes til budgettet, hvis vi når det.", []),
        ("Byrådet sagde nej til caféen den 28/11 2025.", [("rejected", "Byrådet", "2025-11-28")]),
        ("Byrådet sagde nej til caféen i går.", [("rejected", "Byrådet", "2026-03-02")]),
        ("Byrådet sagde ja til stien d. 3. februar 2026.", [("decided", "Byrådet", "2026-02-03")]),
        ("Byrådet sagde nej til sommerfesten den 28. juni 2026.", [("rejected", "Byrådet", None)]),
        ("Byrådet udsatte sagen til den 28. juni 2026.", [("postponed", "Byrådet", None)]),
    ],
)
def test_what_was_decided_and_when(body: str, told: list[tuple[str, str | None, str | None]]) -> None:
    assert decided(body) == told


@pytest.mark.parametrize(
    ("body", "value", "year", "per"),
    [
        ("Udgiften er 350.000 kr. om måneden i 2026.", "350000", 2026, "month"),
        ("Udgiften er 3.100 kr. pr. indbygger i 2027.", "3100", 2027, "inhabitant"),
        ("Driften er 350.000 kr. årligt i 2026.", "350000", 2026, "year"),
        ("Prisen er 450 kr. i timen i 2026.", "450", 2026, "hour"),
        ("Vi får 3.100 kr. pr. barn. I 2027 er der flere børn.", "3100", None, "child"),
        ("Kan det passe, at stien løber op i kr. 350.000?", "350000", None, None),
        ("Kan det passe, at stien løber op i DKK 940.000?", "940000", None, None),
    ],
)
def test_what_an_amount_is_for_and_of(body: str, value: str, year: int | None, per: str | None) -> None:
    amounts = [(each["value"], each.get("year"), each.get("per")) for each in found(body, "amount")]

    assert amounts == [(value, year, per)]


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("Besparelsen er knap 7 mio. kr. og svarer til 1,5 stilling.", ["1.5"]),
        ("Det svarer til knap 2 stillinger.", ["2"]),
        ("Kontakten har en knap med 3 stillinger.", []),
    ],
)
def test_nearly_is_no_button(body: str, values: list[str]) -> None:
    assert [each["value"] for each in found(body, "fte")] == values


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Beslutning i Skoleudvalget den 3. februar 2026: Udsat.", ("postponed", "Skoleudvalget", "2026-02-03")),
        (
            "Beslutning i Byrådet\nden 3. februar 2026: Indstillingen blev afvist.",
            ("rejected", "Byrådet", "2026-02-03"),
        ),
        ("Beslutning i Byrådet den 3. februar 2026: Vi kender den ikke.", None),
        ("Beslutning i sagen: Udsat.", None),
    ],
)
def test_a_decision_cited_amid_talk_is_one_sentence(body: str, told: tuple[str, str, str] | None) -> None:
    assert decided(f"Kan vi nå det? {body} Der nedlægges 2 stillinger.") == ([told] if told else [])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Ansøgningen blev afvist af Kommunalbestyrelsen.", [("rejected", "Kommunalbestyrelsen", None)]),
        ("Kontrakten blev godkendt af bestyrelsen.", []),
        (
            "Miljøudvalget sagde nej\ntil det specialpædagogiske tilbud den 16/6 2025.",
            [("rejected", "Miljøudvalget", "2025-06-16")],
        ),
    ],
)
def test_who_said_no_and_when(body: str, told: list[tuple[str, str | None, str | None]]) -> None:
    assert decided(body) == told


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("Vi bruger sagsnr. 2025-\n024445 til det hele.", ["2025-024445"]),
        ("Vi bruger sagsnr. 2025-024445 til det hele.", ["2025-024445"]),
        ("Vi mødes i 2025-\n2026 om sagen.", []),
    ],
)
def test_a_number_of_a_case_may_go_on_in_the_next_line(body: str, values: list[str]) -> None:
    assert [each["value"] for each in found(body, "reference")] == values


def test_talk_behind_a_cited_decision_on_its_line_is_not_decided() -> None:
    text = f"{CITED.strip()} Udsat. Der nedlægges 2 stillinger.\nHallen lukkes.\n\n{CITED.strip()} Godkendt."

    assert [status for status, _, _ in decided(text)] == ["postponed", "decided"]


def test_talk_right_below_a_cited_verdict_is_not_decided() -> None:
    text = f"{CITED}Afvist.\nUdkastet blev drøftet i chefgruppen den 29. januar.\nDer nedlægges 2 stillinger."

    assert decided(text) == [("rejected", "Skoleudvalget", "2026-02-03")]


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("Prisen er steget fra DKK 350.000 til 1.250.000 kr.", [("350000", None, None), ("1250000", None, None)]),
        ("Det koster kr. 300.000 til 400.000 i alt.", [(None, "300000", "400000")]),
    ],
)
def test_two_sums_with_their_currencies_are_no_range(body: str, values: list[tuple[str | None, ...]]) -> None:
    assert [(each.get("value"), each.get("low"), each.get("high")) for each in found(body, "amount")] == values
