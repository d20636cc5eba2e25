"""What letters and notices decide in the present: access to papers, and who is awarded a contract."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

RULING = (
    "Fjordby Kommune\n\n8. juni 2026\n\nAfgørelse om aktindsigt\n\nKære Ida Holm\n\n{}\n\nVenlig hilsen\n\nBo Friis\n"
)
NOTE = "Fjordby Kommune\n\n8. juni 2026\n\nUdbud af kørsel\n\n{}\n"


def told(text: str) -> list[tuple[str, bool, int]]:
    """Status, whether negated, and the number of figures of each decision."""
    records = extract_bytes(text.encode(), "brev.txt").records
    found = [each for each in records if isinstance(each, Decision)]
    return [(each.status, each.negated, sum(link.type == "amount" for link in each.links)) for each in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Din anmodning om at få udleveret referaterne afslår vi.", [("rejected", False, 0)]),
        ("Din anmodning om at få udleveret referaterne imødekommer vi.", [("decided", False, 0)]),
        ("Din anmodning om at få udleveret referaterne imødekommer vi ikke.", [("rejected", False, 0)]),
        ("De øvrige 9 dokumenter undtages efter offentlighedslovens § 23.", [("rejected", False, 0)]),
        ("Vi har undtaget 6 dokumenter efter offentlighedslovens § 23.", [("rejected", False, 0)]),
        ("Notaterne er undtaget aktindsigt, har Venstre sagt.", []),
        ("Du får ikke aktindsigt i kontrakten.", [("rejected", False, 0)]),
        ("Kommunen har afgjort, at notatet om 90.000 kr. ikke udleveres.", [("rejected", False, 0)]),
        # A law's words, a question, and what is done in general.
        ("Dokumenter kan undtages efter offentlighedslovens § 23.", []),
        ("Dokumenter undtages ikke efter offentlighedslovens § 23.", []),
        ("Hvis du ikke får aktindsigt, kan du klage.", []),
        ("Andres anmodning om at få referaterne afslår vi.", []),
    ],
)
def test_a_ruling_on_access(sentence: str, expected: object) -> None:
    assert told(RULING.format(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Fjordbus A/S tildeles kontrakten.", [("decided", False, 0)]),
        ("Fjordbus A/S tildeles kontrakten, hvis prisen holder.", []),
        ("Fjordbus A/S tildeles ikke kontrakten.", []),
        ("Den bedste tildeles kontrakten.", []),
        ("Fjordbus A/S kan tildeles kontrakten.", []),
    ],
)
def test_who_is_awarded_a_contract(sentence: str, expected: object) -> None:
    assert told(NOTE.format(sentence)) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Du har den 18. december 2023 skrevet til os, idet kommunen har meddelt afslag på aktindsigt.", None),
        ("Du skrev den 3. marts 2020 til os, fordi kommunen havde meddelt afslag på aktindsigt.", None),
        ("Den 3. marts 2020 klagede du over, at kommunen har afslået din ansøgning.", None),
        ("Borgeren klagede den 4. maj 2021, da byrådet havde besluttet at lukke skolen.", None),
        ("Det var den 4. maj 2021, da byrådet besluttede at lukke skolen.", "2021-05-04"),
        ("Byrådet har den 3. maj 2021, da kassen var tom, besluttet at lukke skolen.", "2021-05-03"),
        ("Borgeren klagede, fordi byrådet den 4. maj 2021 havde besluttet at lukke skolen.", "2021-05-04"),
        ("Du klagede den 1. juni 2021, fordi byrådet den 4. maj 2021 besluttede at lukke skolen.", "2021-05-04"),
    ],
)
def test_the_day_of_a_complaint_is_not_the_day_of_what_it_is_about(text: str, day: str | None) -> None:
    document = extract_bytes(f"{text}\n".encode(), "brev.txt")
    assert [each.date for each in document.records if isinstance(each, Decision)] == [day]


@pytest.mark.parametrize(
    ("sentence", "refusals"),
    [
        ("Kommunen giver hermed tilladelse til broen. Der gives afslag på de øvrige 40 bådpladser.", 1),
        ("Kommunen giver hermed tilladelse til broen. Der gives normalt afslag på flere bådpladser.", 0),
        ("Der gives afslag på flere bådpladser, når havnen er fuld.", 0),
    ],
)
def test_a_refusal_by_nobody_in_a_letter_is_told(sentence: str, refusals: int) -> None:
    problems = extract_bytes(NOTE.format(sentence).encode(), "brev.txt").problems

    assert sum("refusal that was not read" in each.message for each in problems) == refusals
