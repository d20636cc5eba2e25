"""Sums without a figure are told as refused; amounts that take the place of others have their years."""

from __future__ import annotations

import pytest

from pipeline.context import Context
from pipeline.extract import extract_bytes
from pipeline.facts.amounts import find
from pipeline.language import Prose

Told = tuple[str, int | None, bool]  # text, year, open end


def refused(text: str) -> list[str]:
    """What is quoted in the problems of a text of which no amount is given."""
    records, problems = find(Prose(text), Context())

    assert records == []
    assert {each.code for each in problems} <= {"number-refused"}
    return [each.message.partition(": ")[2].strip("'") for each in problems]


def dated(text: str) -> list[Told]:
    records, problems = find(Prose(text), Context())

    assert problems == []
    for record in records:
        words = [each.text for each in record.evidence if each.field in ("year", "years")]
        assert bool(words) == bool(record.year or record.years)
    return [(each.text, each.year, each.open_end) for each in records]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Der mangler et par millioner til hallen.", ["et par millioner"]),
        ("Det koster et par mio. kr. om året.", ["et par mio. kr."]),
        ("Det drejer sig om nogle få millioner kroner.", ["nogle få millioner kroner"]),
        ("Det koster adskillige millioner.", ["adskillige millioner"]),
        ("Flere tusinde kr. gik tabt.", ["Flere tusinde kr."]),
        ("Det koster snesevis af millioner.", ["snesevis af millioner"]),
        ("Det koster hundredtusindvis af kroner.", ["hundredtusindvis af kroner"]),
        ("Det koster vel 170 tusind at drive hallen.", ["170 tusind"]),
        ("Det koster en million eller to.", ["en million"]),
        ("Det koster en million kroner eller to.", ["en million kroner"]),
    ],
)
def test_a_sum_without_a_figure_is_told(text: str, quoted: list[str]) -> None:
    assert refused(text) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "Byen har flere millioner besøgende.",
        "Der er mange millioner mennesker, og det koster penge.",
        "Der kom 170 tusind gæster, som brugte penge.",
        "Et par medarbejdere koster det.",
        "Mange kroner i bladene er gule.",
        "Flere tusinde deltog.",
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert refused(text) == []


def test_an_amount_with_another_that_is_said_for_it_is_no_value() -> None:
    assert dated("Det koster 1 mio. kr. eller 2 mio. kr.") == [("1 mio. kr.", None, False), ("2 mio. kr.", None, False)]
    records, _ = find(Prose("Det koster vel 300.000 kr. eller mere."), Context())
    assert [(each.approximate, each.bound) for each in records] == [(True, "min")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Besparelsen på 2 mio. kr. i 2025 ændres til 1,4 mio. kr.",
            [("2 mio. kr.", 2025, False), ("1,4 mio. kr.", 2025, False)],
        ),
        (
            "Besparelsen på 2 mio. kr. i 2025 og frem nedsættes derfor til 1,4 mio. kr.",
            [("2 mio. kr.", 2025, True), ("1,4 mio. kr.", 2025, True)],
        ),
        (
            "Puljen i 2025 på 2 mio. kr. bliver hævet til 3 mio. kr.",
            [("2 mio. kr.", 2025, False), ("3 mio. kr.", 2025, False)],
        ),
        (
            "Bevillingen på 2 mio. kr. i 2025 forhøjes med 500.000 kr. til 2,5 mio. kr.",
            [("2 mio. kr.", 2025, False), ("500.000 kr.", 2025, False), ("2,5 mio. kr.", 2025, False)],
        ),
        (  # what it is raised from may be of the year before
            "Bevillingen i 2025 hæves fra 2 mio. kr. til 2,5 mio. kr.",
            [("2 mio. kr.", None, False), ("2,5 mio. kr.", 2025, False)],
        ),
        (  # what stands beside it has no part in its year
            "Bevillingen på 2 mio. kr. i 2025 nedsættes til 1,5 mio. kr., og 500.000 kr. udskydes til 2026.",
            [("2 mio. kr.", 2025, False), ("1,5 mio. kr.", 2025, False), ("500.000 kr.", None, False)],
        ),
        (
            "I 2026 reduceres rammen fra 1,2 mio. kr. til 0,9 mio. kr.",
            [("1,2 mio. kr.", None, False), ("0,9 mio. kr.", 2026, False)],
        ),
        (
            "Udgiften på 2 mio. kr. i 2025 stiger til 3 mio. kr.",
            [("2 mio. kr.", 2025, False), ("3 mio. kr.", None, False)],
        ),
        (
            "Udgiften på 2 mio. kr. i 2025 hæves til 3 mio. kr. i 2026.",
            [("2 mio. kr.", 2025, False), ("3 mio. kr.", 2026, False)],
        ),
        (
            "Udgiften var 2 mio. kr. i 2025. Taksten ændres til 300 kr.",
            [("2 mio. kr.", 2025, False), ("300 kr.", None, False)],
        ),
        (
            "Prisen er 6 mio. kr. i 2027 og fremover stiger den til 7 mio. kr.",
            [("6 mio. kr.", 2027, False), ("7 mio. kr.", None, False)],
        ),
        (
            "Der var 2 mio. kr. i 2025 og derefter nedsættes puljen til 1,4 mio. kr.",
            [("2 mio. kr.", 2025, False), ("1,4 mio. kr.", None, False)],
        ),
    ],
)
def test_an_amount_that_takes_the_place_of_another(text: str, wanted: list[Told]) -> None:
    assert dated(text) == wanted


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Det betyder, at 1,9 milliard af de sparede penge føres tilbage.", ["'1,9 milliard'"]),
        ("Vi skal finde to millioners besparelser på driften.", ["'to millioners'"]),
        ("Det blev et 5 millioners-underskud.", ["'5 millioners'"]),
        ("Det er 2,4 milliarder af de danske indbyggere.", []),
        ("De har brugt 2 mio. kr. af de sparede penge.", []),
        ("Det var en millioners fest.", []),
    ],
)
def test_millions_of_money_without_a_currency_are_told(text: str, refused: list[str]) -> None:
    problems = extract_bytes(f"{text}\n".encode(), "notat.txt").problems
    told = [each.message.rpartition(": ")[2] for each in problems if each.code == "number-refused"]
    assert told == refused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der kan spares en halv million blandt andet ved salg af mad.", ["en halv million"]),
        ("Der kan spares 2 millioner, bl.a. ved salg af mad.", ["2 millioner"]),
        ("Der er spredt 2 millioner blandt borgerne.", []),
    ],
)
def test_millions_that_are_spared_among_other_things(text: str, found: list[str]) -> None:
    assert [each.text for each in find(Prose(text), Context())[0]] == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Byrådet frigav 12,5 af de 84 mio. kr. til kajen.", ["12,5"]),
        ("Der er brugt 3 ud af de afsatte 12 mio. kr.", ["3"]),
        ("Der er brugt 3 mio. kr. af de 12 mio. kr.", []),
        ("Der bruges i 2027 af de 12 mio. kr.", []),
    ],
)
def test_a_part_of_a_sum_without_a_currency_is_told(text: str, parts: list[str]) -> None:
    _, problems = find(Prose(text), Context())

    assert [each.message.partition(": ")[2].strip("'") for each in problems] == parts
