"""What was said or voted yes to and what no to, with one verb, and deeds told beside another: each its own money."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

HEAD = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 3. april 2024\n\nPunkt 1. Hallen\n\n"
Told = tuple[str, str, list[str]]  # verb, status, figures


def told(text: str) -> list[Told]:
    records = extract_bytes(f"{HEAD}{text}\n".encode(), "referat.txt").records
    decisions = [record for record in records if isinstance(record, Decision)]
    assert len({(each.start, each.ordinal) for each in decisions}) == len(decisions)
    return [(each.verb, each.status, [link.text for link in each.links]) for each in decisions]


def yes(verb: str, *figures: str) -> Told:
    return (f"{verb} ja", "decided", list(figures))


def no(verb: str, *figures: str) -> Told:
    return (f"{verb} nej", "rejected", list(figures))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Udvalget har i fredags sagt nej til de 2 mio. kr. til broen og ja til 500.000 kr. til stien.",
            [no("sige", "2 mio. kr."), yes("sige", "500.000 kr.")],
        ),
        (
            "Økonomiudvalget sagde ja til 700.000 kr. til stien og nej til 4 mio. kr. til broen.",
            [yes("sige", "700.000 kr."), no("sige", "4 mio. kr.")],
        ),
        (
            "Udvalget har sagt nej til de 3 mio. kr. til broen, men ja\ntil 600.000 kr.",
            [no("sige", "3 mio. kr."), yes("sige", "600.000 kr.")],
        ),
        (
            "Byrådet stemte ja til 12 mio. kr. og nej til 13 mio. kr.",
            [yes("stemme", "12 mio. kr."), no("stemme", "13 mio. kr.")],
        ),
        (
            "Byrådet stemte nej til 5 mio. kr. til hallen, og i stedet ja til 800.000 kr. til banen.",
            [no("stemme", "5 mio. kr."), yes("stemme", "800.000 kr.")],
        ),
        (
            "Byrådet sagde ja til 1 mio. kr. til stien, nej til 2 mio. kr. til broen og ja til 3 mio. kr. til hallen.",
            [yes("sige", "1 mio. kr."), no("sige", "2 mio. kr."), yes("sige", "3 mio. kr.")],
        ),
        (
            "Byrådet sagde ja til 2 mio. kr. til hallen og ja til 3 mio. kr. til broen.",
            [yes("sige", "2 mio. kr.", "3 mio. kr.")],
        ),
        ("Byrådet sagde nej tak til 11 mio. kr. fra staten.", [no("sige", "11 mio. kr.")]),
        (
            "Udvalget sagde ja til 2 mio. kr. og nej til resten af de ansøgte 5 mio. kr.",
            [yes("sige", "2 mio. kr."), no("sige")],
        ),
        ("Byrådet stemte ja til 2 mio. kr. til hallen.", [yes("stemme", "2 mio. kr.")]),
        ("Byrådet besluttede at sige nej til 3 mio. kr. til broen.", [("beslutte", "rejected", ["3 mio. kr."])]),
        (
            "Byrådet besluttede at sige nej til 3 mio. kr. til broen og ja til 2 mio. kr. til stien.",
            [("beslutte", "rejected", ["3 mio. kr."]), ("beslutte", "decided", ["2 mio. kr."])],
        ),
        (
            "Udvalget anbefaler at sige ja til 2 mio. kr. til stien og nej til 3 mio. kr. til broen.",
            [("anbefale", "recommended", ["2 mio. kr."])],
        ),
        (
            "Udvalget gav tilsagn om 2 mio. kr. til stien og afslag på 3 mio. kr. til broen.",
            [("give", "decided", ["2 mio. kr."]), ("give afslag", "rejected", ["3 mio. kr."])],
        ),
        (
            "Udvalget gav afslag på 3 mio. kr. til broen og tilsagn om 2 mio. kr. til stien.",
            [("give afslag", "rejected", ["3 mio. kr."]), ("give", "decided", ["2 mio. kr."])],
        ),
        # Only the first no is of the council, and only it is read.
        ("Byrådet sagde nej til et forslag om at sige ja til 2 mio. kr.", [no("sige")]),
        (
            "Byrådet sagde ja til 1 mio. kr. til hallen og nej til 2 mio. kr. til broen og vedtog at lukke stien.",
            [yes("sige", "1 mio. kr."), ("vedtage", "decided", [])],
        ),
        ("Byrådet sagde hverken ja til 2 mio. kr. eller nej til 3 mio. kr.", []),
    ],
)
def test_a_yes_and_a_no_with_one_verb(text: str, wanted: list[Told]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Byrådet bevilgede 3,5 mio. kr. efter at have afvist 9 mio. kr.", [("bevilge", "decided", ["3,5 mio. kr."])]),
        ("Efter at have afvist 9 mio. kr. bevilgede Byrådet 3,5 mio. kr.", [("bevilge", "decided", ["3,5 mio. kr."])]),
        ("Byrådet afviste 9 mio. kr. efter at have givet 3 mio. kr.", [("afvise", "rejected", ["9 mio. kr."])]),
        (
            "Byrådet bevilgede 3 mio. kr. efter at have besluttet at bevilge 9 mio. kr. til broen.",
            [("bevilge", "decided", ["3 mio. kr."])],
        ),
        (
            "Byrådet besluttede efter at have drøftet sagen at bevilge 2 mio. kr. til hallen.",
            [("beslutte", "decided", ["2 mio. kr."])],
        ),
        (
            "Byrådet godkendte planen til 6 mio. kr., men sendte halprojektet til 7 mio. kr. tilbage.",
            [("godkende", "decided", ["6 mio. kr."]), ("sende tilbage", "postponed", ["7 mio. kr."])],
        ),
        (
            "Byrådet godkendte planen til 6 mio. kr. og sendte halprojektet til 7 mio. kr. tilbage.",
            [("godkende", "decided", ["6 mio. kr."]), ("sende tilbage", "postponed", ["7 mio. kr."])],
        ),
        (
            "Byrådet godkendte planen til 6 mio. kr., men lod halprojektet til 7 mio. kr. ligge.",
            [("godkende", "decided", ["6 mio. kr."])],
        ),
        (
            "Byrådet godkendte planen til 6 mio. kr. og parkerede halprojektet til 7 mio. kr.",
            [("godkende", "decided", ["6 mio. kr."])],
        ),
    ],
)
def test_a_deed_told_beside_the_verb_has_money_of_its_own(text: str, wanted: list[Told]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Godkendt, dog således at årsværkene udgår.", True),
        ("Godkendt, dog således at der bruges 2 mio. kr. og de 3 årsværk udgår.", True),
        ("Tiltrådt med den ændring, at punkt 3 udgår.", True),
        ("Godkendt, dog ikke de 3 årsværk.", True),
        ("Godkendt, dog ikke før 1. maj 2024.", False),
        ("Godkendt, dog således at taksten fastsættes til 95 kr.", False),
    ],
)
def test_what_is_adopted_without_a_part_is_negated(text: str, negated: bool) -> None:
    records = extract_bytes(f"{HEAD}Beslutning\n{text}\n".encode(), "referat.txt").records
    decisions = [record for record in records if isinstance(record, Decision)]

    assert [(each.status, each.negated) for each in decisions] == [("decided", negated)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Økonomiudvalget anbefalede den 18. marts 2024 ikke lukningen.", ("anbefale", "rejected", [])),
        ("Udvalget anbefalede den 18. marts 2024 enstemmigt ikke, at hallen lukkes.", ("anbefale", "rejected", [])),
        (
            "Økonomiudvalget godkendte den 25. marts 2024 ikke ansøgningen om 80.000 kr.",
            ("godkende", "rejected", ["80.000 kr."]),
        ),
        ("Byrådet vedtog på mødet den 3/4-2024 dermed ikke forslaget.", ("vedtage", "rejected", [])),
        (
            "Beslutning\nForslaget på 2 mio. kr. gennemføres derfor ikke.",
            ("gennemføre ikke", "rejected", ["2 mio. kr."]),
        ),
        (
            "Beslutning\nDer bevilges derfor ikke 2 mio. kr. til havnen.",
            ("bevilge", "rejected", ["2 mio. kr."]),
        ),
        (
            "Byrådet godkendte den 25. marts 2024 ansøgningen om 80.000 kr., som ikke er udbetalt.",
            ("godkende", "decided", ["80.000 kr."]),
        ),
    ],
)
def test_a_no_behind_the_day_or_an_adverb(text: str, wanted: Told) -> None:
    assert told(text) == [wanted]
