"""Dates: lists and ranges, dates of every year, other languages, glitches of print, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import MONTHS, REFERENCE, read
from hypothesis import given
from hypothesis import strategies as st

from pipeline.context import Context
from pipeline.facts.dates import find
from pipeline.language import Prose

LISTS_AND_RANGES: list[tuple[str, list[str]]] = [
    (
        "den 3., 10. og 17. maj 2024",
        [f"{d} = 2024-05-{n} day" for d, n in (("3.", "03"), ("10.", "10"))] + ["17. maj 2024 = 2024-05-17 day"],
    ),
    ("tirsdag den 3. og torsdag den 5. maj 2022", ["3. = 2022-05-03 day", "5. maj 2022 = 2022-05-05 day"]),
    ("punkt 3 og 4. maj 2022", ["4. maj 2022 = 2022-05-04 day"]),
    ("den 12/9\n2023 435.000 kr.", ["12/9 2023 = 2023-09-12 day"]),
    ("færdig pr. 22/4\n2027.", ["22/4 2027 = 2027-04-22 day"]),
    ("frigav den 12/9\n> 2023 3 mio. kr.", ["12/9 > 2023 = 2023-09-12 day"]),
    ("Mødet den 12/9\n2023 Regnskab", ["! date-refused"]),  # a heading's year, or that of the day above
    ("Kurset er d. 1/6 og 8/6", ["1/6 = 2020-06-01 day", "8/6 = 2020-06-08 day"]),
    ("fra den 30. april til 2. maj", ["30. april til 2. maj = 2020-04-30..2020-05-02 day"]),
    ("fra 1.1.24 til 31.12.24", ["1.1.24 til 31.12.24 = 2024-01-01..2024-12-31 day"]),
    ("31. december 2023/1. januar 2024", ["31. december 2023/1. januar 2024 = 2023-12-31..2024-01-01 day"]),
    ("januar-marts 2023", ["januar-marts 2023 = 2023-01-01..2023-03-31 month"]),
    (
        "maj, juni og juli 2024",
        [
            f"{m} = 2024-0{n}-01..2024-0{n}-3{e} month"
            for m, n, e in (("maj", 5, 1), ("juni", 6, 0), ("juli 2024", 7, 1))
        ],
    ),
    (
        "foråret og sommeren 2024",
        ["foråret = 2024-03-01..2024-05-31 season", "sommeren 2024 = 2024-06-01..2024-08-31 season"],
    ),
    ("uge 28-30", ["uge 28-30 = 2020-07-06..2020-07-26 week"]),
    (
        "i uge 7, 8 og 9 2024",
        [
            "uge 7 = 2024-02-12..2024-02-18 week",
            "8 = 2024-02-19..2024-02-25 week",
            "9 2024 = 2024-02-26..2024-03-03 week",
        ],
    ),
    ("i uge 7, 8 deltagere", ["uge 7 = 2020-02-10..2020-02-16 week"]),
    (
        "2. og 3. kvartal 2024",
        ["2. = 2024-04-01..2024-06-30 quarter", "3. kvartal 2024 = 2024-07-01..2024-09-30 quarter"],
    ),
    (
        "første og andet halvår 2024",
        ["første = 2024-01-01..2024-06-30 half-year", "andet halvår 2024 = 2024-07-01..2024-12-31 half-year"],
    ),
    ("medio 2024 - ultimo 2025", ["medio 2024 - ultimo 2025 = 2024-06-01..2025-12-31 approximate"]),
    ("Det steg fra 9,8 mio. kr. i 2021 til 24,3 mio. kr.", ["2021 = 2021-01-01..2021-12-31 year"]),
    (
        "Mødet er flyttet fra den 4. maj til den 11. maj 2023.",
        ["4. maj = 2020-05-04 day", "11. maj 2023 = 2023-05-11 day"],
    ),
    (
        "Åbningen udskydes fra 2024 til 2025",
        ["2024 = 2024-01-01..2024-12-31 year", "2025 = 2025-01-01..2025-12-31 year"],
    ),
    ("Vi har flyttet kontor. Lukket fra 4. maj til 11. maj", ["4. maj til 11. maj = 2020-05-04..2020-05-11 day"]),
]

OF_EVERY_YEAR = [
    "hvert år den 1. maj",
    "Takster reguleres årligt pr. 1. april.",
    "Hvert år i september fremlægges et udkast.",
    "Hvert andet år i marts tæller vi biller.",
    "Der er lukket hvert år fra 1. maj til 30. september.",
    "Der afregnes 1. maj og 1. november hvert år.",
    "Ydelsen falder den 1. i hver måned.",
    "Festen holdes 3. juni hvert år.",
]

OTHER_LANGUAGES = [
    ("Sendt: tirsdag 3. mai 2022 09:14", "3. mai 2022 09:14 = 2022-05-03 day 09:14"),
    ("Gesendet: Montag, 6. März 2023 um 08:41 Uhr", "6. März 2023 um 08:41 Uhr = 2023-03-06 day 08:41"),
    ("Skickat: den 21 augusti 2020 08:29", "21 augusti 2020 08:29 = 2020-08-21 day 08:29"),
    ("Envoyé : vendredi 21 février 2020 08:29", "21 février 2020 08:29 = 2020-02-21 day 08:29"),
    ("Lähetetty: perjantai 21. helmikuuta 2020 8.29", "21. helmikuuta 2020 8.29 = 2020-02-21 day 08:29"),
    ("Sent: 2/21/2020 8:29 PM", "2/21/2020 8:29 PM = 2020-02-21 day 20:29"),
    ("> **Sent:** Friday, February 21, 2020 8:29 AM", "February 21, 2020 8:29 AM = 2020-02-21 day 08:29"),
    ("On Feb 21, 2020, at 8:29 AM, Bo Holm wrote:", "Feb 21, 2020, at 8:29 AM = 2020-02-21 day 08:29"),
    ("Le 21 févr. 2020 à 08:29, Bo Holm a écrit :", "21 févr. 2020 à 08:29 = 2020-02-21 day 08:29"),
]

GLITCHES = [
    ("10. sep-\ntember 2024", "10. sep- tember 2024 = 2024-09-10 day"),
    ("i for-\nåret 2024", "for- året 2024 = 2024-03-01..2024-05-31 season"),
    ("den 1 . maj 2023", "1 . maj 2023 = 2023-05-01 day"),
    ("Faktura af 12 . 05 . 2023", "12 . 05 . 2023 = 2023-05-12 day"),
    ("den 12.05. 2023 kl. 14", "12.05. 2023 kl. 14 = 2023-05-12 day 14:00"),
    ("MØDET TORSDAG DEN 23. JANUAR 2025 ER AFLYST", "23. JANUAR 2025 = 2025-01-23 day"),
    ("Det hører til i\n> januar 2020", "januar 2020 = 2020-01-01..2020-01-31 month"),
    ("talt i dag.I 2019 faldt det", "2019 = 2019-01-01..2019-12-31 year"),
]

YEARS_AND_PARTS = [
    ("finansåret 2024", "2024 = 2024-01-01..2024-12-31 year"),
    ("overslagsårene 2025-2027", "2025-2027 = 2025-01-01..2027-12-31 years"),
    ("budgetperioden 2025/28", "2025/28 = 2025-01-01..2028-12-31 years"),
    ("fra 2024 og i årene derefter", "2024 = 2024-01-01..+ year"),
    ("2024 og fremefter", "2024 = 2024-01-01..+ year"),
    ("4. kv. 2023", "4. kv. 2023 = 2023-10-01..2023-12-31 quarter"),
    ("sidste kvartal af 2023", "sidste kvartal af 2023 = 2023-10-01..2023-12-31 quarter"),
    ("anden halvdel af 2024", "anden halvdel af 2024 = 2024-07-01..2024-12-31 half-year"),
    ("Lov nr. 123 af 4. maj 2020", "4. maj 2020 = 2020-05-04 day"),
    ("Udvalget mødes først 1/12", "1/12 = 2020-12-01 day"),
    ("pr. 1.9.", "1.9 = 2020-09-01 day"),
]

NO_DATES = [
    "i dag, på mandag, sidste uge og 14 dage fra dato",
    "lige efter jul.",
    "til 1. maj-møde i parken",
    "i 2023- og 2024-priser",
    "i 2024-niveau",
    "i prisniveau 2024",
    "side 2019-2023",
    "Sag nr. 34/45-2021",
    "Sag 2025-48-16",
    "3/4 af de adspurgte, vedtaget med 2/3 flertal",
    "Stillingen var 1/2-1, åbent 9-17 og 24/7",
    "Koden er sommer2024 eller Maj2024",
    "anden halvdel og sidste kvartal",
    "omkring 2000 besøgende",
    "i sommer",
    "version fra 1.10.3 til 1.10.24",
    "set mai og mars",
]


@pytest.mark.parametrize(("text", "expected"), LISTS_AND_RANGES)
def test_lists_and_ranges(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", OF_EVERY_YEAR)
def test_a_date_of_every_year_is_no_day(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(("text", "expected"), [*OTHER_LANGUAGES, *GLITCHES, *YEARS_AND_PARTS])
def test_forms(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize("text", NO_DATES)
@pytest.mark.parametrize("reference", [dt.date(2020, 2, 21), None])
def test_no_date_and_no_problem_either(text: str, reference: dt.date | None) -> None:
    assert read(text, reference) == []


@given(st.integers(1, 28), st.integers(1, 12), st.integers(0, 30))
def test_a_range_of_days_holds_both_ends(day: int, month: int, length: int) -> None:
    first = dt.date(2023, month, day)
    last = first + dt.timedelta(days=length)
    for text in (
        f"fra {first.day}. {MONTHS[month - 1]} {first.year} til {last.day}. {MONTHS[last.month - 1]} {last.year}",
        f"i perioden {first:%d.%m.%Y} - {last:%d.%m.%Y}",
        f"{first.day}/{first.month} {first.year} til {last.day}/{last.month} {last.year}",
    ):
        (record,) = find(Prose(text), Context())[0]
        assert (record.first, record.to) == (first, last)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "i 2024, 2025 og ",
            "1., 2. og ",
            "den 1. ",
            "uge 1, 2 og ",
            "1.1.",
            "2024-",
            "-\n",
            "maj-",
            "fra ",
            "d. ",
            "1 . ",
        ),
        *(
            "Sendt: ",
            "hvert år den 1. maj og ",
            "skoleåret 20/21, ",
            "første og ",
            "i 2023 til 3 mio. kr. ",
            "fra flyttet ",
        ),
    ],
)
def test_long_lists_come_to_an_end(piece: str) -> None:
    records, _ = find(Prose(piece * 20_000), Context(reference_date=REFERENCE))
    ends = [0, *(record.end for record in records)]
    assert all(record.start >= end for record, end in zip(records, ends, strict=False))


@pytest.mark.xfail(strict=True, reason="A day that is written as a word is read as its month alone.")
def test_known_miss_day_in_words() -> None:
    assert read("den tredje maj 2024") == ["tredje maj 2024 = 2024-05-03 day"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Økonomiudvalget (23.9.93): Tiltrådt", ["23.9.93 = 1993-09-23 day"]),
        ("se afsnit (3.9.93)", []),
        ("Økonomiudvalget (23.19.93)", []),
    ],
)
def test_a_day_in_brackets_behind_a_body(text: str, wanted: list[str]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hallen er klar i midten af 2025.", ["midten af 2025 = 2025-06-01..2025-06-30 approximate"]),
        ("Midt i 2028 ses det.", ["Midt i 2028 = 2028-06-01..2028-06-30 approximate"]),
        ("i midten af maj 2026", ["midten af maj 2026 = 2026-05-11..2026-05-20 approximate"]),
        (
            "fra midten af 2024 til midten af 2025",
            ["midten af 2024 til midten af 2025 = 2024-06-01..2025-06-30 approximate"],
        ),
        ("Der er hul midt i 3 veje og i midten af byen.", []),
        ("midten af 2025 kr.", []),
    ],
)
def test_the_middle_of_a_year_or_month_is_its_medio(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Opgjort 15.12.22-01.12.23", ["15.12.22-01.12.23 = 2022-12-15..2023-12-01 day"]),
        ("I perioden 1.1.24-31.12.24 er der lukket.", ["1.1.24-31.12.24 = 2024-01-01..2024-12-31 day"]),
        ("Høring: 1.1.25 - 1.2.25", ["1.1.25 - 1.2.25 = 2025-01-01..2025-02-01 day"]),
        ("Se afsnit 1.2.10-1.3.11 og version 1.1.24-1.2.24.", []),
    ],
)
def test_a_stretch_between_days_of_three_short_numbers(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rådet den 15-maj-2002 og den 07-juni-2002",
            ["15-maj-2002 = 2002-05-15 day", "07-juni-2002 = 2002-06-07 day"],
        ),
        ("Udskrevet 3-okt-2024.", ["3-okt-2024 = 2024-10-03 day"]),
        ("Mappen 31-feb-2024", []),
        ("Se 15-maj-2002-udgaven og 3-maj-dagen.", []),
    ],
)
def test_a_month_in_letters_between_hyphens(text: str, expected: list[str]) -> None:
    assert read(text) == expected
