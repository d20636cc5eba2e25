"""What papers say of amounts and of staff, in documents: planned and used, bounds, years, refusals."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Date, Fte
from corpus.problems import Code
from pipeline.extract import extract_bytes

NOTE = "Fjordby Kommune\n\nNotat\n\nDato: 20. maj 2025\n\n{}\n"


def told(said: str, kind: type[Amount | Fte] = Amount) -> list[str]:
    """ "value role bound year per" of each record, without what is not known; refusals behind them."""
    found = extract_bytes(NOTE.format(said).encode(), "notat.txt")
    lines = []
    for each in found.records:
        if isinstance(each, kind):
            years = "/".join(map(str, [each.year] if each.year else each.years)) + ("+" if each.open_end else "")
            role = each.role if isinstance(each, Amount) else each.unit
            lines.append(" ".join(map(str, filter(None, [each.value or "range", role, each.bound, years]))))
    return lines + [str(each.code) for each in found.problems if each.code == Code.NUMBER_REFUSED]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Vikarforbruget halveres fra 5 mio. kr. til 2 mio. kr. i 2027.", ["5000000 expense", "2000000 expense 2027"]),
        ("Forbruget af konsulenter skal ned på 3 mio. kr. i 2026.", ["3000000 expense 2026"]),
        ("Forbruget er 3 mio. kr. i 2026.", ["3000000 expense 2026"]),  # the note is of 2025
        ("Forbruget var 3 mio. kr. i 2024.", ["3000000 actual 2024"]),
        ("Forbruget er 3 mio. kr. i 2025.", ["3000000 actual 2025"]),
        ("Forbruget blev halveret fra 5 mio. kr. til 3 mio. kr.", ["5000000 actual", "3000000 actual"]),
        ("Naboerne skal betale, da kommunen sidste år brugte 8 mio. kr. på hallen.", ["8000000 actual"]),
        ("Derfor skal forbruget ned på 3 mio. kr.", ["3000000 expense"]),
        ("Indtægten er indregnet i budget 2025 med 3,5 mio. kr.", ["3500000 income 2025"]),
        ("Udgiften til lokaler bliver snarere 2,3 mio. kr. end ventet.", ["2300000 expense"]),
        (
            "Der gives ca. 0,9 mio. kr. til spejdere og op til 500.000 kr. til kor.",
            ["900000 grant", "500000 grant max"],
        ),
        ("Der gives 2 mio. kr. tilbage.", ["2000000"]),
        (
            "Der gives op til 500.000 kr. i engangstilskud til kor, ca. 0,9 mio. kr. til spejdere.",
            ["500000 grant max", "900000 grant"],
        ),
        ("Vi får 3 mio. kr. i indtægt og betaler 2 mio. kr.", ["3000000 income", "2000000"]),
    ],
)
def test_what_is_planned_is_not_what_was_used(said: str, expected: list[str]) -> None:
    assert told(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Vi foreslår, at tilskuddet højst bliver 2 mio. kr. i 2026.", ["2000000 grant max 2026"]),
        ("Det højst kan koste 300.000 kr.", ["300000 expense max"]),
        ("Tilskuddet mindst udgør ca. 3 mio. kr.", ["3000000 grant min"]),
        ("Tilskuddet højst bliver på 4 mio. kr.", ["4000000 grant max"]),
        ("Prisen er højst 2 mio. kr. og bliver 3 mio. kr. senere.", ["2000000 max", "3000000"]),
        ("Tilskuddet kan blive 2 mio. kr.", ["2000000 grant"]),
    ],
)
def test_a_bound_before_the_verb(said: str, expected: list[str]) -> None:
    assert told(said) == expected


def test_the_years_of_less_than_before() -> None:
    assert told("Veje: 2 mio. kr. mindre end i basisbudgettet i hvert af årene 2026-2028") == ["2000000 2026/2027/2028"]
    assert told("Veje: 2 mio. kr. mindre end i budgettet i 2026") == ["2000000"]  # the year of what it is less than


def test_a_year_that_goes_on_goes_on_as_a_date_too() -> None:
    found = extract_bytes(NOTE.format("Der afsættes 1,2 mio. kr. i 2028 og frem til tandplejen.").encode(), "notat.txt")
    until = extract_bytes(NOTE.format("Der afsættes 1,2 mio. kr. i 2028 og frem til marts 2030.").encode(), "notat.txt")
    meant = extract_bytes(NOTE.format("Banen bygges i 2028 og frem til indvielsen.").encode(), "notat.txt")

    def years(records: object) -> list[bool]:
        assert isinstance(records, list)
        return [each.open_end for each in records if isinstance(each, Date) and each.text == "2028"]

    assert years(list(found.records)) == [True]
    assert years(list(until.records)) == [False]
    assert years(list(meant.records)) == [False]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Skolen får 8 mio. kr. årligt fra 2026, svarende til 17 årsværk.", ["17 fte 2026+"]),
        ("Skolen får 8 mio. kr. i 2026, hvilket svarer til ca. 17 årsværk.", ["17 fte 2026"]),
        ("Skolen får 8 mio. kr. i 2026. Det gav 17 årsværk.", ["17 fte"]),
        ("Kontoret: to årsværk i 2026 og 2027, derefter ét", ["2 fte 2026/2027", "1 fte"]),
        ("Kontoret får 3 årsværk i 2026, derefter 2 biler.", ["3 fte 2026"]),
        ("Rute 7:\n\n- ledsager: 22 timer ugentligt", ["22 hours-per-week"]),
        ("Hallen:\n\n- badminton: 22 timer ugentligt", []),
        ("Der nedlægges en halvtidsstilling.", ["number-refused"]),
        ("Der nedlægges to halvtidsstillinger.", ["number-refused"]),
        ("Der nedlægges en halv stilling.", ["0.5 position"]),
    ],
)
def test_staff(said: str, expected: list[str]) -> None:
    assert told(said, Fte) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ring om de 4,5 mill, det er for meget. Max 3 mill.", ["number-refused", "number-refused"]),
        ("Hallen koster 2 mio. kr. De 4,5 mill er for meget.", ["2000000 expense", "4500000"]),
        ("Der bor 6 mio. i landet.", []),
        ("Vi solgte 2 mio. billetter.", []),
    ],
)
def test_millions_without_a_currency(said: str, expected: list[str]) -> None:
    assert told(said) == expected
