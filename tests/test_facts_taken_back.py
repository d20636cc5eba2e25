"""What words behind a decision or a figure make of it: denied, of the years that follow, let fall, or only reported."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import read
from decided import found

from corpus.model import Amount, Decision, Fte
from pipeline.extract import extract_bytes

JUNE = dt.date(2024, 6, 12)
REFUSED = "! date-refused"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Der gives 4 mio. kr. i 2025 og 2,25 mio. kr. i de følgende år.", ["2025", "2026+"]),
        ("Der gives 4 mio. kr. i 2025 og 2 mio. kr. i hvert af de følgende år.", ["2025", "2026+"]),
        ("Der gives 4 mio. kr. i 2025 og 2 mio. kr. årligt i de følgende tre år.", ["2025", "2026 2027 2028"]),
        ("Der gives 4 mio. kr. i 2025-2026 og 2 mio. kr. i de næste to år.", ["2025 2026", "2027 2028"]),
        ("I 2025 gives 4 mio. kr. og 2 mio. kr. i de følgende år.", ["2025", "2026+"]),
        ("Der oprettes 2 årsværk i 2025 og 3 årsværk i årene derefter.", ["2025", "2026+"]),
        # The years of what stands in another sentence, or goes on, are none to count from; nor is a day to come.
        ("Der gives 4 mio. kr. i 2025. Der gives 2 mio. kr. i de følgende år.", ["2025", ""]),
        ("Der gives 4 mio. kr. fra 2025 og 2 mio. kr. i de følgende år.", ["2025+", ""]),
        ("Der gives 4 mio. kr. og 2 mio. kr. i de følgende år.", ["", ""]),
        ("Der gives 4 mio. kr. i 2025 og 2 mio. kr. i de kommende år.", ["2025", ""]),
        ("Der gives 4 mio. kr. i 2025 og 2 mio. kr. i de følgende årgange.", ["2025", ""]),
    ],
)
def test_the_years_that_follow(said: str, expected: list[str]) -> None:
    records = extract_bytes(f"Notat\n\n{said}\n".encode(), "notat.txt").records
    figures = [each for each in records if isinstance(each, Amount | Fte)]

    def years(one: Amount | Fte) -> str:
        return " ".join(map(str, [one.year] if one.year else one.years)) + "+" * one.open_end

    assert [years(each) for each in figures] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Udvalget har givet grønt lys til hallen, men det passer ikke.", []),
        ("Naboen siger, at Byrådet har vedtaget planen, men det er ikke rigtigt.", []),
        ("Avisen skriver, at Byrådet vedtog planen. Det er forkert.", []),
        ("Det hedder sig, at Byrådet vedtog planen – det er en misforståelse.", []),
        # What is not the decision's: the plan does not fit, or is not right in somebody's eyes.
        ("Byrådet vedtog planen, men det passer ikke ind i budgettet.", [("Byrådet", "vedtage", "decided")]),
        ("Byrådet vedtog planen, men det passer ikke alle.", [("Byrådet", "vedtage", "decided")]),
        ("Byrådet vedtog planen. Det er ikke rigtigt over for børnene.", [("Byrådet", "vedtage", "decided")]),
        ("Byrådet vedtog planen. Det passer ikke.", [("Byrådet", "vedtage", "decided")]),
    ],
)
def test_what_is_denied_behind_is_not_decided(text: str, expected: list[object]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Byrådet lod forslaget falde.", [("Byrådet", "lade falde", "rejected")]),
        ("Byrådet lod planen om en ny hal falde på mødet i maj.", [("Byrådet", "lade falde", "rejected")]),
        ("Byrådet har ladet projektet falde.", [("Byrådet", "lade falde", "rejected")]),
        ("Byrådet lod priserne falde.", []),
        ("Byrådet lod sagen falde på plads.", []),
        ("Nævnet stadfæster afgørelsen.", [(None, "stadfæste", "decided")]),
        ("Planklagenævnet stadfæster kommunens afgørelse.", [("Planklagenævnet", "stadfæste", "decided")]),
        ("Hvis Planklagenævnet stadfæster kommunens afgørelse, bygger vi.", []),
        ("Planklagenævnet stadfæster ikke kommunens afgørelse.", []),
        ("Landsretten stadfæster afgørelsen.", []),
        ("Vi håber, at Planklagenævnet stadfæster afgørelsen.", []),
    ],
)
def test_let_fall_and_upheld(text: str, expected: list[object]) -> None:
    assert found(text) == expected


def test_a_ruling_that_is_upheld_has_a_day_of_its_own() -> None:
    def days(text: str) -> list[str | None]:
        records = extract_bytes(f"{text}\n".encode(), "brev.txt").records
        return [each.date for each in records if isinstance(each, Decision)]

    assert days("Planklagenævnet stadfæster Fjordby Kommunes afgørelse af 3. maj 2024.") == [None]
    assert days("Planklagenævnet stadfæstede den 4. juni 2024 kommunens afgørelse af 3. maj 2024.") == ["2024-06-04"]
    assert days("Ved afgørelse af 4. juni 2024 stadfæstede Planklagenævnet kommunens afslag.") == ["2024-06-04"]


AGREED = "Bred aftale om budget 2025\n\nPartierne afsætter 4 mio. kr. til veje. Der afsættes 2 mio. kr. til stier.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (AGREED, 2),
        (f"Pressemeddelelse\n\n{AGREED}", 0),
        (f'{AGREED}\n"Vi er glade", siger borgmesteren.\n', 0),
        (AGREED.replace("Bred aftale om budget 2025", "Ny budgetaftale giver flere pædagoger"), 0),
        (AGREED.replace("Bred aftale om budget 2025", "Budgetaftale 2025 løfter skolerne"), 0),
        (AGREED.replace("Bred aftale om budget 2025", "Budgetaftale 2025-2028 mellem A, B og C"), 2),
        (AGREED.replace("Bred aftale om budget 2025", "Budgetaftale for 2025"), 2),
    ],
)
def test_a_report_or_a_headline_of_an_agreement_is_not_its_paper(text: str, expected: int) -> None:
    records = extract_bytes(text.encode(), "aftale.txt").records

    assert sum(isinstance(each, Decision) for each in records) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi holder åbent fra marts.", REFUSED),
        ("Taksten gælder fra marts.", REFUSED),
        ("Vi holder åbent fra marts til oktober.", "marts til oktober = 2024-03-01..2024-10-31 month"),
        ("Vi holder åbent fra juni.", "juni = 2024-06-01..2024-06-30+ month"),
        ("Vi holder åbent fra august.", "august = 2024-08-01..2024-08-31+ month"),
        ("Vi holdt åbent fra marts.", "marts = 2024-03-01..2024-03-31+ month"),
        ("Vi holder åbent fra marts 2024.", "marts 2024 = 2024-03-01..2024-03-31+ month"),
    ],
)
def test_a_month_from_which_something_goes_on_and_that_is_over(text: str, expected: str) -> None:
    assert read(text, JUNE) == [expected]
