"""Comparisons under a negation: what may not fall below a sum is at least that, what may not exceed it at most."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Fte
from pipeline.context import Context
from pipeline.facts import amounts, fte
from pipeline.language import Prose


def bounds(text: str) -> list[str | None]:
    prose = Prose(text)
    found = [*amounts.find(prose, Context())[0], *fte.find(prose, Context())[0]]
    return [each.bound for each in found if isinstance(each, Amount | Fte)]


@pytest.mark.parametrize(
    "text",
    [
        "Reserven må ikke komme under 12 mio. kr.",
        "Formuen må aldrig være under 30 mio. kr.",
        "Sørg for, at reserven ikke falder til under 9 mio. kr.",
        "Saldoen skal ikke ligge under 7 mio. kr.",
        "Gebyret kan ikke være mindre end 250 kr.",
        "Grunden bør ikke sælges for under 2 mio. kr.",
        "Saldoen må ikke på noget tidspunkt komme ned under 4 mio. kr.",
        "Ingen klub får under 8.000 kr.",
        "På holdet må der ikke være under 5 årsværk.",
        "Reserven må ikke blive mindre end ca. 12 mio. kr.",
        "Kassebeholdningen skal helst ikke komme til at ligge under 40 mio. kr.",
        "Honoraret må ikke være lavere end 900 kr.",
    ],
)
def test_what_may_not_be_below_is_at_least(text: str) -> None:
    assert bounds(text) == ["min"]


@pytest.mark.parametrize(
    "text",
    [
        "Legepladsen må ikke koste mere end 900.000 kr.",
        "Chefen siger, at vi ikke må bruge mere end 30.000 kr.",
        "Det er aftalt, at broen ikke skal koste over 7 mio. kr.",
        "Taget må ikke koste over 4 mio. kr.",
        "Regningen må ikke blive større end 60.000 kr.",
        "Prisen kom aldrig op over 3 mio. kr.",
        "Klubben har aldrig haft over 90.000 kr.",
        "Vi har ikke råd til at betale over 90.000 kr.",
        "Det bliver ikke dyrere end 90.000 kr.",
        "Taget må ikke, som byrådet har sagt, koste over 4 mio. kr.",
        "Vi vil ikke betale over 70.000 kr.",
        "Intet tilbud lå over 5 mio. kr.",
        "Der ansættes ikke flere end 4 medarbejdere.",
        "Der må ikke bruges mere end 2 årsværk på det.",
        "Broen må ikke komme til at koste over 7 mio. kr.",
        "Prisen må aldrig nå at blive højere end 2,4 mio. kr.",
        "Projektet bør ikke ende med at koste mere end 900.000 kr.",
        "Regningen kommer ikke til at overstige 61.000 kr.",
        "Udgiften forventes ikke at overstige 3 mio. kr.",
        "Det vil næppe overstige 3 mio. kr.",
        "Broen kan umuligt komme til at løbe op i mere end 3 mio. kr.",
        "Lånet må under ingen omstændigheder overstige 8 mio. kr.",
        "Ingen af posterne overstiger 40.000 kr.",
        "Vi tror ikke, at taget koster over 2 mio. kr.",
        "Jeg regner ikke med, at udgiften overstiger 60.000 kr.",
    ],
)
def test_what_may_not_be_above_is_at_most(text: str) -> None:
    assert bounds(text) == ["max"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taget koster over 4 mio. kr.", "min"),
        ("Taget koster ikke kun over 4 mio. kr.", "min"),
        ("Vi må ikke glemme regningen på over 60.000 kr.", "min"),
        ("Vi støtter ikke anlæg over 2 mio. kr.", "min"),
        ("Taget blev ikke lagt, og der er brugt over 90.000 kr. på det.", "min"),
        ("Det er ikke sandt, at taget koster under 90.000 kr.", "max"),
        ("Aftalen blev ikke fornyet. Prisen var under 90.000 kr.", "max"),
        ("Beløb større end 10.000 kr. skal godkendes.", "min"),
        ("Regningen kommer til at overstige 61.000 kr.", "min"),
        ("Vi tror ikke, at fonden støtter projekter over 2 mio. kr.", "min"),
        ("Det kommer ikke bag på os, at prisen overstiger 5 mio. kr.", "min"),
        ("Lånet blev ikke brugt til at betale regninger over 2 mio. kr.", "min"),
        ("Aftalen er ikke underskrevet, selv om beløbet overstiger 5 mio. kr.", "min"),
    ],
)
def test_a_negation_of_something_else_leaves_the_bound_as_printed(text: str, expected: str) -> None:
    assert bounds(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der kan højst opkræves 4.500 kroner i gebyr.", "max"),
        ("Klubben kan højst søge 15.000 kr.", "max"),
        ("Der skal mindst investeres 3 mio. kr. i vejene.", "min"),
        ("Det er højst mærkeligt, at der opkræves 400 kr.", None),
        ("Der opkræves 400 kr. af højst ti borgere.", None),
    ],
)
def test_a_bound_may_stand_before_the_verb(text: str, expected: str | None) -> None:
    assert bounds(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satsen sættes op til 171 kr.", None),
        ("Der højst gives tilskud på 20.000 kr.", "max"),
        ("Klubben kan højst få støtte på 5.000 kr.", "max"),
        ("Højst ti klubber fik tilskud på 8.000 kr.", None),
        ("Taksten er gået op til 300 kr.", None),
        ("Der sættes op til 2 mio. kr. af til broen.", "max"),
        ("Der bevilges op til 200.000 kr.", "max"),
    ],
)
def test_what_is_raised_to_a_sum_or_given_at_most(text: str, expected: str | None) -> None:
    assert bounds(text) == [expected]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Prisen hæves, denne gang fra 1,7 mio. kr. til 6,8 mio. kr.", 2),
        ("Prisen stiger i 2031 fra 4 mio. kr. til 6 mio. kr.", 2),
        ("Taksten går op, nemlig fra 120 kr. til 150 kr.", 2),
        ("Rammen er løftet – for tredje gang – fra 4 mio. kr. til 6 mio. kr.", 2),
        ("Skønnet er ændret tre gange, senest fra kr. 300.000 til kr. 450.000.", 2),
        ("Holdet udvides, i første omgang fra 4 til 6 årsværk.", 2),
        ("Holdet udvides med 2 årsværk, dvs. fra 4 til 6 årsværk.", 3),
        ("Udgiften er steget med 6 mio. kr., dvs. fra 30 mio. kr. til 36 mio. kr. i dag.", 3),
        ("Udgiften er steget med 6 mio.kr., dvs. fra 30 mio. kr. til 36 mio. kr. i dag.", 3),
        ("Udgiften er steget med 6 millioner kroner, altså fra 30 mio. kr. til 36 mio. kr.", 3),
        ("Rammen hæves med 8 pct. årligt, altså fra 30 mio. kr. til 32,4 mio. kr.", 2),
        ("Der er stor forskel, og tilbuddene spænder fra 3 mio. kr. til 5 mio. kr.", 1),
        ("Prisen er hævet, og de andre ligger nu fra 300 kr. til 450 kr.", 1),
        ("Husordenen blev ændret, fordi lejen svinger fra 3.000 kr. til 5.000 kr.", 1),
    ],
)
def test_a_rise_from_one_to_another_is_two_amounts(text: str, count: int) -> None:
    assert len(bounds(text)) == count
