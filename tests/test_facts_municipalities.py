"""The municipalities of a text, and whose document it is."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.facts.municipalities import (
    beside,
    known,
    mentions,
    municipality_of,
    region,
    region_beside,
    region_period,
    regions,
)
from pipeline.language import Prose
from pipeline.lexicon import rows


def test_the_list_holds_the_98_municipalities_and_no_other_place() -> None:
    names = [row["name"] for row in rows("municipalities")]

    assert len(names) == len(set(names)) == 98
    assert len({row["code"] for row in rows("municipalities")}) == 98
    assert "Helsingør" in names
    assert "Christiansø" not in names


def test_the_regions_have_the_known_numbers_of_municipalities() -> None:
    homes = [row["region"] for row in rows("municipalities")]
    wanted = {"Hovedstaden": 29, "Sjælland": 17, "Syddanmark": 22, "Midtjylland": 19, "Nordjylland": 11}

    assert {name: homes.count(f"Region {name}") for name in wanted} == wanted


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Københavns", "København"),
        ("Århus", "Aarhus"),
        ("AARHUS", "Aarhus"),
        ("Høje Taastrup", "Høje-Taastrup"),
        ("Høje-Tåstrup", "Høje-Taastrup"),
        ("Bornholms", "Bornholm"),
        ("Nordfyn", "Nordfyns"),
        ("Lyngby-Tårbæk", "Lyngby-Taarbæk"),
        ("Taarnby", "Tårnby"),
        ("Ålborg", "Aalborg"),
        ("Christiansø", None),
        ("Fjordby", None),
    ],
)
def test_spellings(printed: str, name: str | None) -> None:
    assert known(printed) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sagen er sendt til Københavns Kommune.", [("København", "Københavns Kommune")]),
        ("KØBENHAVNS KOMMUNE\nTeknik", [("København", "KØBENHAVNS KOMMUNE")]),
        ("Bornholms Regionskommune svarer.", [("Bornholm", "Bornholms Regionskommune")]),
        ("Høje Taastrup Kommunes skoler", [("Høje-Taastrup", "Høje Taastrup Kommunes")]),
        ("I Ringkøbing-Skjern\nKommune er det nyt.", [("Ringkøbing-Skjern", "Ringkøbing-Skjern\nKommune")]),
        ("I Ringkøbing- Skjern Kommune er det nyt.", [("Ringkøbing-Skjern", "Ringkøbing- Skjern Kommune")]),
        ("Fjordby Kommune har svaret.", [("Fjordby", "Fjordby Kommune")]),
        ("FJORDBY KOMMUNE", [("Fjordby", "FJORDBY KOMMUNE")]),
        ("Nørre Lyngsø Kommune", [("Nørre Lyngsø", "Nørre Lyngsø Kommune")]),
        ("Århus Byråd vedtog det.", [("Aarhus", "Århus")]),
        ("kommunen i Skive har", [("Skive", "Skive")]),
        ("Byrådet i Odense mødes", [("Odense", "Odense")]),
        ("skriv til post@aarhus.dk", [("Aarhus", "aarhus.dk")]),
        ("se www.kk.dk for mere", [("København", "kk.dk")]),
        ("Hun bor i Gladsaxe.", [("Gladsaxe", "Gladsaxe")]),
        ("vejle kommune har", [("Vejle", "vejle kommune")]),
        ("Grev Skive kørte ad vejen mod Greve og Ringsted.", []),
        ("Vores Kommune er god, og denne kommune er stor.", []),
        ("Den nye kommune og Hele Kommunen", []),
        ("fjordby kommune", []),
        ("en mail til a@lyngsoe-privat.dk", []),
    ],
)
def test_mentions(text: str, found: list[tuple[str, str]]) -> None:
    assert [(m.name, text[m.start : m.end]) for m in mentions(Prose(text))] == found


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["FJORDBY KOMMUNE\n\nKære borger\nDu har skrevet om Lyngsø Kommune."], "Fjordby"),
        (["Lyngsø Kommune og Fjordby Kommune er naboer."], None),
        (["Hun bor i Gladsaxe."], None),
        (["Intet her."], None),
        (["Udvalg: Kultur- og Fritidsudvalget\nKommune: Egevang"], "Egevang"),
        (["Politikområde: Biblioteker\nKommune: Egevang Kommune\n"], "Egevang"),
        (["**Kommune:** Nørre Lyngsø\nDato: 3. maj 2024"], "Nørre Lyngsø"),
        (["Kommune: 101 - København"], "København"),
        (["| Kommune | Antal |\n| København | 3 |"], None),
        (["Teknik- og Miljøudvalget\nKommune i vækst"], None),
        (["Kommune:\nNavn: Per Holm"], None),
        (["Første del", "Venlig hilsen\nFjordby Kommune"], "Fjordby"),
        (["Svar til borgmester@buf.kk.dk"], "København"),
        (["Fjordby Kommune, Fjordby Kommune og Lyngsø Kommune"], "Fjordby"),
    ],
)
def test_whose_document(texts: list[str], name: str | None) -> None:
    assert municipality_of([Prose(text) for text in texts]) == name


def test_one_document_alone_may_be_asked() -> None:
    assert municipality_of(Prose("Fjordby Kommune")) == "Fjordby"


def test_two_regions_become_one_in_2027() -> None:
    assert region("Køge", dt.date(2026, 12, 31)) == "Region Sjælland"
    assert region("Køge", dt.date(2027, 1, 1)) == "Region Østdanmark"
    assert region("Skive", dt.date(2027, 1, 1)) == "Region Midtjylland"
    assert region("Fjordby", dt.date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (
            dt.date(2026, 12, 31),
            {"Hovedstaden": 29, "Sjælland": 17, "Syddanmark": 22, "Midtjylland": 19, "Nordjylland": 11},
        ),
        (dt.date(2027, 1, 1), {"Østdanmark": 46, "Syddanmark": 22, "Midtjylland": 19, "Nordjylland": 11}),
    ],
)
def test_the_regions_of_a_day_hold_all_municipalities(day: dt.date, counts: dict[str, int]) -> None:
    homes = [region(row["name"], day) for row in rows("municipalities")]

    assert {name: homes.count(name) for name in regions(day)} == {f"Region {n}": count for n, count in counts.items()}


def test_there_were_no_regions_before_2007() -> None:
    assert regions(dt.date(2006, 12, 31)) == []


@pytest.mark.parametrize("row", rows("municipalities"), ids=lambda row: row["name"])
def test_every_municipality_is_known_in_its_spellings(row: dict[str, str]) -> None:
    name, before = row["name"], row["before_kommune"]
    kommune = "Regionskommune" if name == "Bornholm" else "Kommune"
    texts = [f"{before} {kommune}", f"{before.upper()} {kommune.upper()}S", f"{before} {kommune}s", f"{before} Byråd"]

    assert [[m.name for m in mentions(Prose(text))] for text in texts] == [[name]] * 4
    assert known(name) == known(name.upper()) == known(f"{name}s") == name
    assert (
        known(name.replace("aa", "å").replace("Aa", "Å")) == known(name.replace("å", "aa").replace("Å", "Aa")) == name
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Region Sjællands |Sundhedsudvalg|", "Region Sjælland"),
        ("|Regionsrådet| i Region Nordjylland", "Region Nordjylland"),
        ("|Regionsrådet| for Region Østdanmark", "Region Østdanmark"),
        ("REGION SYDDANMARK\n|FORRETNINGSUDVALGET|", "Region Syddanmark"),
        ("Region Fjordlands |Sundhedsudvalg|", None),
        ("|Socialudvalget| i Odense", None),
    ],
)
def test_the_region_beside_a_body(text: str, name: str | None) -> None:
    before, body, _ = text.split("|")

    assert region_beside(Prose(text.replace("|", "")), len(before), len(before) + len(body)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Odense |Byråd|", "Odense"),
        ("på vejen |Byråd|", None),
        ("Nordfyns Kommunes |Socialudvalg|", "Nordfyns"),
        ("|Byrådet| i Ringkøbing-Skjern", "Ringkøbing-Skjern"),
        ("|Socialudvalget| i Fjordby Kommune", "Fjordby"),
        ("|Socialudvalget| i Fjordby", None),
        ("|Socialudvalget| i denne Kommune", None),
    ],
)
def test_the_municipality_beside_a_body(text: str, name: str | None) -> None:
    before, body, _ = text.split("|")
    council = body.startswith("By")

    assert beside(Prose(text.replace("|", "")), len(before), len(before) + len(body), council=council) == name


def test_a_region_has_a_period() -> None:
    assert region_period("Region Hovedstaden") == ("2007-01-01", "2026-12-31")
    assert region_period("Region Midtjylland") == ("2007-01-01", None)
