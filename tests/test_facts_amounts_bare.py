"""Numbers with a scale and no currency ("15 mio."): money where the sentence says so, else nothing."""

from __future__ import annotations

import pytest

from pipeline.context import Context
from pipeline.facts.amounts import find
from pipeline.language import Prose


def read(text: str) -> list[str]:
    records, problems = find(Prose(text), Context())

    assert problems == []
    return [f"{each.text} {each.value or f'{each.low}..{each.high}'} <{each.unit_source}>" for each in records]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Vi har brug for 15 mio. til den nye skole.", ["15 mio. 15000000 <brug for>"]),
        ("Der er behov for 2-3 mio.", ["2-3 mio. 2000000..3000000 <behov for>"]),
        ("Skolen har fået 1,5 mio. til nyt tag.", ["1,5 mio. 1500000 <fået>"]),
        ("Vi søger 3 mio. til projektet.", ["3 mio. 3000000 <søger>"]),
        ("Kommunen får 5 mio. ekstra.", ["5 mio. 5000000 <får>"]),
        ("Det løber op i 3 mio.", ["3 mio. 3000000 <løber op i>"]),
        ("Det giver en merindtægt på 12 mio stigende til 15 mio i 2028.",
         ["12 mio 12000000 <merindtægt>", "15 mio 15000000 <merindtægt>"]),
        ("Det bliver vel 2 mio. kr., men nærmere 3,8 mio. Byrådet har ikke bevilget pengene.",
         ["2 mio. kr. 2000000 <None>", "3,8 mio. 3800000 <kr.>"]),
    ],
)  # fmt: skip
def test_money(text: str, wanted: list[str]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Vi har brug for 15 mio. flere besøg.",
        "Vi har brug for 15 mio. stemmer.",
        "Appen fik 2 mio. ekstra brugere.",
        "Byen får 1 mio. til at besøge sig hvert år.",
        "Tallet på tilskuere løber op i 3 mio. til finalen.",
        "Vi skal nå 2 mio. EU-borgere.",
        "Danmark har 6 mio. Danskerne bor tæt.",
        "I Kina bor der 20 mio. i byen.",
        "Tallet steg fra 1 mio. til 2 mio. på et år.",
    ],
)
def test_something_else(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hospitalet modtager 2 mio. om året.",
        "Kanalen fik 2 mio. hvert år.",
        "Ring om de 4,5 mill, det er for meget.",
        "De ville have 1/2 million mere.",
    ],
)
def test_millions_of_what_is_not_said_are_refused(text: str) -> None:
    assert figures(text) == ["number-refused"]


def figures(text: str) -> list[str]:
    """The amounts and the problems of a text, in order of kind."""
    records, problems = find(Prose(text), Context())
    assert all(text[each.start : each.end] == each.text for each in records)
    return [f"{each.text} {each.value} <{each.unit_source}>" for each in records] + [each.code for each in problems]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Vi får 15.000 i tilskud fra staten.", ["15.000 15000 <tilskud>"]),
        ("Puljen giver 15.000 i årligt tilskud.", ["15.000 15000 <tilskud>"]),
        ("Klubben har fået 12500 i støtte\nog 2.000 kr. i gave.", ["12500 12500 <støtte>", "2.000 kr. 2000 <None>"]),
        ("Vi får 15.000\ni tilskud.", ["15.000 15000 <tilskud>"]),
        ("Vi får 15.000 kr. i tilskud.", ["15.000 kr. 15000 <None>"]),
        ("Vi får 15.000 i tilskudsordningen.", []),
        ("Vi får 15.000 i støtte-gruppen.", []),
        ("Vi får 15 i tilskud.", []),
        ("Vi får 10.000-15.000 i tilskud.", []),
        ("Vi får 10.000 til 15.000 i tilskud.", []),
        ("Vi får 15.000 i tilskud (euro).", []),
        ("Vi får 15.000 i tilskud, som er 2.000 EUR.", ["2.000 EUR 2000 <None>"]),
        ("Sag nr. 15.000 i tilskud", []),
        ("Alle tal er i 1.000 kr.\n\nVi får 15.000 i tilskud.", ["number-refused"]),
    ],
)
def test_a_word_of_money_behind_a_bare_number(text: str, wanted: list[str]) -> None:
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Udgiften er 18.400 (1.000 kr.) i 2025.", ["18.400 (1.000 kr.) 18400000 <None>"]),
        ("Udgiften er 18.400 (i 1.000 kr.).", ["18.400 (i 1.000 kr.) 18400000 <None>"]),
        ("Ændringen er -1.250,5 (t.kr.).", ["-1.250,5 (t.kr.) -1250500 <None>"]),
        ("Udgiften er 18,4 (mio. kr.).", ["18,4 (mio. kr.) 18400000 <None>"]),
        ("Gebyret (1.000 kr.) opkræves.", ["1.000 kr. 1000 <None>"]),
        ("Der er 300 (1.000 kr.) at hente.", ["number-refused"]),
        ("Budget 2025 (1.000 kr.)", []),
        ("Tabel 4 (mio. kr.)", []),
        ("Tabel 4.1 (mio. kr.)", []),
        ("Budget 2024-2027 (mio. kr.)", []),
        ("Udgifter 3 (1.000 kr.)\n", []),
    ],
)
def test_a_unit_in_brackets_behind_its_number(text: str, wanted: list[str]) -> None:
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "source", "place"),
    [
        ("Tilskuddet er 500 t.kr. i 2025.\nHalvanden million kroner og en halv million.", "kroner", "million {}"),
        ("Hegnet koster 90.000 kr.\nTårnet: 3 mio. DKK og 2 mio.", "DKK", "mio. {}"),
        ("Der er 3 mio. kr. og 2 mio. til det.", "kr.", "mio. {}"),
    ],
)
def test_the_currency_of_a_bare_number_is_that_of_the_amount_beside_it(text: str, source: str, place: str) -> None:
    record = find(Prose(text), Context())[0][-1]
    assert record.unit_source == source
    unit = next(each for each in record.evidence if each.field == "unit")
    assert unit.start == text.index(place.format(source)) + place.index("{")
