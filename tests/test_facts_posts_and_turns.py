"""Posts that are made or cut one by one, staff in turn by years, sums in brackets, and rates over an adjective."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Document, Fte
from pipeline.extract import extract_bytes


def read(text: str) -> Document:
    return extract_bytes(f"Notat om økonomi\n\n{text}\n".encode(), "notat.txt")


def staff(text: str) -> list[str]:
    found = [each for each in read(text).records if isinstance(each, Fte)]
    return [f"{each.text} = {each.value} {each.unit} {each.year or ''}".rstrip() for each in found]


def amounts(text: str) -> list[tuple[str, str | None, int | None, bool]]:
    found = [each for each in read(text).records if isinstance(each, Amount)]
    return [(str(each.value), each.per, each.year, each.open_end) for each in found]


def refused(text: str) -> list[str]:
    return [each.message.rpartition(": ")[2] for each in read(text).problems if each.code == "number-refused"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der nedlægges en souschefstilling.", ["en souschefstilling = 1 position"]),
        ("Ledelsen sparer en chefstilling væk.", ["en chefstilling = 1 position"]),
        ("Der oprettes en ny stilling i køkkenet.", ["en ny stilling = 1 position"]),
        (
            "Samtidig reduceres en administrativ stilling og en it-stilling.",
            ["en administrativ stilling = 1 position", "en it-stilling = 1 position"],
        ),
        ("Hun søger en stilling.", []),
        ("Vi har en stilling i opslag.", []),
        ("Der oprettes en stilling på 20 timer.", []),
        ("Der tales om en lederstilling.", []),
    ],
)
def test_one_post_that_is_made_or_cut(text: str, expected: list[str]) -> None:
    assert staff(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Staben skæres med 9 årsværk over tre år: 2 i 2026, 3 i 2027 og 4 i 2028.",
            ["9 årsværk = 9 fte", "2 = 2 fte 2026", "3 = 3 fte 2027", "4 = 4 fte 2028"],
        ),
        (
            "Der spares 5 stillinger: 2 i 2026 og 3 i 2027.",
            ["5 stillinger = 5 position", "2 = 2 position 2026", "3 = 3 position 2027"],
        ),
        ("Der spares 5 årsværk: 2 skoler i 2026 og 3 i 2027.", ["5 årsværk = 5 fte"]),
        ("Der spares 5 årsværk: 2 i havnen og 3 i skoven.", ["5 årsværk = 5 fte"]),
    ],
)
def test_staff_in_turn_by_years(text: str, expected: list[str]) -> None:
    assert staff(text) == expected


def test_a_sum_alone_in_a_bracket_has_the_year_before_it() -> None:
    assert amounts("Det virker halvt i 2026 (150.000 kr.) og helt fra 2027 (300.000 kr.).") == [
        ("150000", None, 2026, False),
        ("300000", None, 2027, True),
    ]
    assert amounts("Det vedtog byrådet i 2026 (udgiften var 150.000 kr.).")[0][2] is None


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Bøden er 900 kr. pr. påbegyndt kvarter.", "quarter-hour"),
        ("Gebyret er 900 kr. pr. påbegyndt parcel.", "parcel"),
        ("Prisen er 45.500 kr. højere om året.", "year"),
        ("Prisen er 45.500 kr. lavere pr. måned.", "month"),
        ("Prisen er 45.500 kr. højere end i fjor.", None),
    ],
)
def test_what_a_sum_is_paid_for(text: str, per: str | None) -> None:
    assert [each[1] for each in amounts(text)] == [per]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi bad om et loft på 300.000.", ["'300.000'"]),
        ("Regningen er på 41.500, og den er betalt.", ["'41.500'"]),
        ("Det koster 300.000.", ["'300.000'"]),
        ("Der spares 300.000 kr. i 2026 og godt det dobbelte i 2027.", ["'godt det dobbelte'"]),
        ("Der kom 300.000.", []),
        ("Et hus på 300.000 kvadratmeter.", []),
        ("Regningen er på 41.500 kr.", []),
        ("Han løb det dobbelte i 2027.", []),
    ],
)
def test_a_sum_without_currency_or_figure_is_told_as_refused(text: str, expected: list[str]) -> None:
    assert refused(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det betyder, at en fuldtidsstilling bortfalder.", ["en fuldtidsstilling = 1 position"]),
        ("En lederstilling i skolen nedlægges.", ["En lederstilling = 1 position"]),
        ("Der bortfalder en fuldtidsstilling i klubben.", ["en fuldtidsstilling = 1 position"]),
        ("Det koster knap DKK 340.000, svarende til en halv stilling.", ["en halv stilling = 0.5 position"]),
        ("En fuldtidsstilling bortfalder ikke.", []),
        ("Når en stilling nedlægges, høres medarbejderen.", []),
        ("En fuldtidsstilling er på 37 timer.", []),
        ("Hun søger en fuldtidsstilling.", []),
    ],
)
def test_one_post_that_falls_away(text: str, expected: list[str]) -> None:
    assert [each for each in staff(text) if "position" in each] == expected
