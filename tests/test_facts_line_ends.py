"""Lines of running text that end where no sentence does: before a name, inside a date, behind a comma."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import read

from corpus.model import Amount, Decision, Fte
from pipeline.extract import extract_bytes

MARCH = dt.date(2026, 3, 2)


def decided(text: str) -> list[Decision]:
    document = extract_bytes(f"Hej Ida\n\n{text}\n\nHilsen Bo\n".encode(), "papir.txt")
    return [each for each in document.records if isinstance(each, Decision)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sagen blev den 12-\n11-2025 udsat.", "12- 11-2025 = 2025-11-12 day"),
        ("Fristen er den 22-06-\n2026.", "22-06- 2026 = 2026-06-22 day"),
        ("Mødet den 24/5-\n2025 blev udsat.", "24/5- 2025 = 2025-05-24 day"),
        ("Mødet den 24/1-\n12 medlemmer kom.", "24/1 = 2026-01-24 day"),
    ],
)
def test_a_day_may_be_broken_behind_its_hyphen(text: str, expected: str) -> None:
    assert read(text, MARCH) == [expected]


def test_what_is_no_day_is_none_over_a_line_end() -> None:
    assert read("Lokalerne 40-\n45-2025 og 12-\n13-14 er lukket.", MARCH) == []


@pytest.mark.parametrize("name", ["foreningen\nByens Krat", "sangkoret\nDen Glade Lyd"])
def test_a_name_on_the_next_line_begins_no_sentence(name: str) -> None:
    text = (
        "En nedgang på tre stillinger vil efter vores vurdering betyde, at ventetiden stiger helt fra seks til\n"
        f"11 uger. Kulturudvalget gav den 12. april 2026 afslag på den store ansøgning fra {name} om\n"
        "165.000 kr. til nye redskaber."
    )
    (decision,) = decided(text)
    assert [link.text for link in decision.links] == ["165.000 kr."]


def test_a_line_behind_a_comma_is_no_point_of_a_list() -> None:
    text = (
        "Efter en lang høring af skolerne besluttede Børneudvalget den 28. august 2025,\n"
        "at der skal spares 98.750 kr. i 2027 på korpset. Vi ser på, om der kan spares 145.000 kr. på\nklubben."
    )
    (decision,) = decided(text)
    assert decision.text.startswith("Efter en lang")
    assert decision.text.endswith("korpset.")
    assert [link.text for link in decision.links] == ["98.750 kr."]


def test_lines_that_each_begin_with_at_are_points() -> None:
    found = decided("Byrådet besluttede,\nat give 2 mio. kr. til hallen, og\nat udsætte resten.")
    assert [(each.text, each.status) for each in found] == [
        ("at give 2 mio. kr. til hallen", "decided"),
        ("at udsætte resten.", "postponed"),
    ]


def told(text: str) -> list[str]:
    """The figures of a note, each with its years; and what is refused."""
    document = extract_bytes(f"Notat\n\n{text}\n".encode(), "notat.txt")
    figures = [each for each in document.records if isinstance(each, Amount | Fte)]
    values = [each.value if each.value is not None else f"{each.low}..{each.high}" for each in figures]
    years = [[each.year] if each.year else each.years for each in figures]
    said = [f"{value} {','.join(map(str, when))}".strip() for value, when in zip(values, years, strict=True)]
    return [*said, *("refused" for each in document.problems if each.code == "number-refused")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Klubben: 2 mio. kr.\n- 30 mio. kr. til molen", ["2000000", "30000000"]),
        ("– Bøger: 12\n– 15 mio. kr. til stier", ["15000000"]),
        ("- Hegn ved banen: 3,5 mio. kr. i 2027\n- 58 nye pladser", ["3500000 2027"]),
        ("- Hegn: 3,5 mio. kr. fra 2027\n- 1,1 mio. kr. til bænke", ["3500000 2027", "1100000"]),
        ("- Hegn: 3,5 mio. kr. i 2027-2029\n- 9,6 mio. kr. til bænke", ["3500000 2027,2028,2029", "9600000"]),
        ("- Klubben får 3 årsværk i 2026\n- 47 elever flytter", ["3 2026"]),
        ("Taget ventes at koste 10 -\n12 mio. kr. i 2027.", ["10000000..12000000 2027"]),
        ("Taget ventes efter det nye overslag at koste mellem 10\n- 12 mio. kr. i alt.", ["refused"]),
    ],
)
def test_a_dash_that_begins_a_line_is_the_mark_of_a_list(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der blev brugt 4,8 mio. kr. i 2026 – 45 pct. mere end før.", ["4800000 2026"]),
        ("Der afsættes 6 mio. kr. i 2027 - 32 nye pladser.", ["6000000 2027"]),
        ("Der afsættes 6 mio. kr. i 2027 - 29.", ["6000000 2027,2028,2029"]),
        ("Der afsættes 6 mio. kr. i 2027 - 29 til stier.", ["6000000 2027,2028,2029"]),
        ("Der afsættes 6 mio. kr. i 2027-29.", ["6000000 2027,2028,2029"]),
        ("Der afsættes 6 mio. kr. i 2027 – 2029.", ["6000000 2027,2028,2029"]),
        ("Der afsættes 6 mio. kr. i 2027 – 29 er for lidt.", ["6000000"]),
        ("Prisen blev 5 mio. kr. – 8 mio. kr. mindre end ventet.", ["5000000", "8000000"]),
        ("Prisen bliver 5 mio. kr. – 8 mio. kr. i alt.", ["5000000..8000000"]),
    ],
)
def test_a_dash_between_blanks_is_a_span_or_a_remark(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det er ikke 8 mio. kr., men 6,5\nmio. kr., vi mangler.", ["6500000", "refused"]),
        ("Det er ikke 8 mio. kr., men 65\nelever, vi mangler.", ["refused"]),
        ("Regningen blev 7.500.000 kr. Busserne kørte 1,3 mio.\nkilometer.", ["7500000"]),
        ("Regningen blev 7.500.000 kr., og taget koster 1,3 mio.\ntil næste år.", ["7500000", "1300000"]),
    ],
)
def test_what_a_number_counts_may_stand_on_the_next_line(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_greeting_is_no_part_of_what_is_decided() -> None:
    document = extract_bytes("Hej Ida,\nByrådet godkendte indstillingen den 3. maj 2026.\n".encode(), "papir.txt")
    (decision,) = [each for each in document.records if isinstance(each, Decision)]
    assert decision.text == "Byrådet godkendte indstillingen den 3. maj 2026."


@pytest.mark.parametrize("when", ["den 25. januar 2026 ", "på sit møde den 25. januar 2026 ", "tidligere ", ""])
def test_what_a_relative_clause_tells_of_a_body_with_its_day(when: str) -> None:
    (decision,) = decided(f"Sagen har været behandlet i Kulturudvalget, der {when}tog redegørelsen til efterretning.")
    assert (decision.body, decision.verb) == ("Kulturudvalget", "tage til efterretning")


def test_a_number_that_seems_to_share_its_unit_is_told_as_refused() -> None:
    assert told("Vi bruger 12 mio. kr. på skoler og 9 på klubber.") == ["12000000", "refused"]
    assert told("Vi bruger 12 mio. kr. på skoler og 9 pct. på klubber.") == ["12000000"]
