"""Who decides: bodies that decide together, and abbreviations that nothing explains."""

from __future__ import annotations

import pytest

from corpus.model import Committee, Decision
from pipeline.extract import extract_bytes

NOTE = "Fjordby Kommune\nNotat om hallen\n\n"
MINUTES = "Fjordby Kommune\nReferat fra byrådet den 4. marts 2026\n\nPunkt 3. Ny hal\n\nBeslutning\n"
KUU, SOU, OEU = "Kulturudvalget", "Socialudvalget", "Økonomiudvalget"
Told = tuple[str | None, str, list[str]]  # body, status, figures


def told(head: str, text: str) -> list[Told]:
    records = extract_bytes(f"{head}{text}\n".encode(), "papir.txt").records
    return [
        (each.body, each.status, [link.text for link in each.links if link.type != "reference"])
        for each in records
        if isinstance(each, Decision)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Økonomiudvalget og Kulturudvalget anbefalede den 2. marts 2026 at bevilge 3 mio. kr. til hallen.",
            [(OEU, "recommended", ["3 mio. kr."]), (KUU, "recommended", ["3 mio. kr."])],
        ),
        (
            "Kulturudvalget, Socialudvalget og Økonomiudvalget godkendte planen.",
            [(KUU, "decided", []), (SOU, "decided", []), (OEU, "decided", [])],
        ),
        (
            "Planen blev anbefalet af Kulturudvalget og Socialudvalget den 4. maj 2026.",
            [(KUU, "recommended", []), (SOU, "recommended", [])],
        ),
        ("I maj godkendte både Økonomiudvalget og Byrådet planen.", [(OEU, "decided", []), ("Byrådet", "decided", [])]),
        (
            "Planen blev vedtaget i Økonomiudvalget og i Byrådet.",
            [(OEU, "decided", []), ("Byrådet", "decided", [])],
        ),
        (
            "Kulturudvalget og Socialudvalget indstiller, at\n1. der afsættes 3 mio. kr. til haller\n2. stien laves.",
            [
                (KUU, "recommended", ["3 mio. kr."]),
                (SOU, "recommended", ["3 mio. kr."]),
                (KUU, "recommended", []),
                (SOU, "recommended", []),
            ],
        ),
        # Each with a verb of its own, or no subject at all.
        (
            "I maj godkendte Kulturudvalget og Byrådet vedtog planen.",
            [(KUU, "decided", []), ("Byrådet", "decided", [])],
        ),
        ("Sagen gik til Kulturudvalget og Byrådet vedtog den.", [("Byrådet", "decided", [])]),
        ("Indstillingen fra Kulturudvalget og Socialudvalget blev godkendt af Byrådet.", [("Byrådet", "decided", [])]),
        ("Som anbefalet af Kulturudvalget og Socialudvalget vedtog Byrådet planen.", [("Byrådet", "decided", [])]),
    ],
)
def test_bodies_that_decide_together_have_a_decision_each(text: str, expected: list[Told]) -> None:
    assert told(NOTE, text) == expected


def bodies(text: str) -> list[tuple[str, str | None, list[str]]]:  # as printed, name, candidates
    records = extract_bytes(f"{NOTE}{text}\n".encode(), "papir.txt").records
    return [(each.text, each.name, each.candidates) for each in records if isinstance(each, Committee)]


TMU, OF_BSU = "Teknik- og Miljøudvalget", ["Beskæftigelses- og Socialudvalget", "Børne- og Skoleudvalget"]


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        (
            "TMU tiltrådte den 3. maj 2025 indstillingen om at bevilge 2 mio. kr. til stien.",
            [("TMU", TMU, [])],
            [(TMU, "decided", ["2 mio. kr."])],
        ),
        ("Planen blev godkendt i TMU den 3. maj 2025.", [("TMU", TMU, [])], [(TMU, "decided", [])]),
        # Two municipalities mean two committees by it.
        ("BSU har afvist forslaget.", [("BSU", None, OF_BSU)], [("BSU", "rejected", [])]),
        # The paper names the only one that it can be.
        (
            "Udvalget for Teknik og Miljø mødes. TMU vedtog planen.",
            [
                ("Udvalget for Teknik og Miljø", "Udvalget for Teknik og Miljø", []),
                ("TMU", "Udvalget for Teknik og Miljø", []),
            ],
            [("Udvalget for Teknik og Miljø", "decided", [])],
        ),
        ("Bestil varenummer TMU og BSU.", [], []),
    ],
)
def test_an_abbreviation_that_nothing_explains(
    text: str, named: list[tuple[str, str | None, list[str]]], expected: list[Told]
) -> None:
    assert (bodies(text), told(NOTE, text)) == (named, expected)


def test_what_an_abbreviated_committee_decided_is_not_put_down_to_the_meeting() -> None:
    assert told(MINUTES, "BSU tiltrådte den 3. maj 2025 indstillingen om 2 mio. kr.") == [
        ("BSU", "decided", ["2 mio. kr."])
    ]


def test_an_abbreviation_in_a_paper_of_the_folketing_is_no_municipalitys() -> None:
    text = "Ordføreren talte i Folketinget om lovforslaget. BUU vedtog betænkningen.\n"
    assert [each for each in extract_bytes(text.encode(), "tale.txt").records if isinstance(each, Committee)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Udvalget delegerede kompetencen til at bruge 2 mio. kr. til direktionen.",
        "Byrådet besluttede at delegere kompetencen til at bruge 2 mio. kr. til direktionen.",
        "Kompetencen til at bruge 2 mio. kr. blev delegeret til Kulturudvalget.",
    ],
)
def test_who_hands_on_a_decision_grants_no_money(text: str) -> None:
    assert [(status, figures) for _, status, figures in told(MINUTES, text)] == [("decided", [])]
