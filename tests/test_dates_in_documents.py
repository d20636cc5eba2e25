"""Days in whole documents: counted from the day of writing, given their year by a heading, or no days at all."""

from __future__ import annotations

import pytest
from dates_read import brief
from papers import Item, minutes

from corpus.model import Date
from corpus.problems import Code
from pipeline.extract import extract_bytes

MAIL = (
    "Fra: Ida Krog <ida@fjordby.example>\nSendt: 12. maj 2025 09:15\nTil: Bo Berg <bo@fjordby.example>\n"
    "Emne: Broen\n\nHej Bo\n\n{}\n\nHilsen Ida\n"
)
QUOTED = "{}\n\nFra: Bo Berg <bo@fjordby.example>\nTil: Ida Krog <ida@fjordby.example>\nEmne: SV: Broen\n\n{}"
LETTER = "Fjordby Kommune\n\nDato: 12. maj 2025\n\nKære Ida Krog\n\n{}\n\nMed venlig hilsen\n\nBo Berg\n"
MINUTES = (
    "Referat\nKulturudvalget\n\nMødedato: 11. marts 2025\n\n3. {}\n\nSagsfremstilling\n\n{}\n\n"
    "Beslutning\n\nGodkendt.\n"
)
REFUSED = "! date-refused"


def read(document: str) -> list[str]:
    """The days and the refusals of a text; the day of its own head is left out."""
    found = extract_bytes(document.encode(), "papir.txt")
    days = [brief(each) for each in found.records if isinstance(each, Date)]
    refused = [f"! {each.code}" for each in found.problems if each.code == Code.DATE_REFUSED]
    return [day for day in days if not day.startswith(("12. maj 2025", "11. marts 2025"))] + refused


@pytest.mark.parametrize(
    ("said", "expected"),
    [  # 12 May 2025 is a Monday
        ("Byrådet besluttede i går at bygge broen.", "i går = 2025-05-11 day"),
        ("I går besluttede Byrådet at bygge broen.", "I går = 2025-05-11 day"),
        ("Han ringede i forgårs kl. 14.30.", "i forgårs kl. 14.30 = 2025-05-10 day 14:30"),
        ("Vi mødes i morgen kl. 10.", "i morgen kl. 10 = 2025-05-13 day 10:00"),
        ("Fristen er i overmorgen.", "i overmorgen = 2025-05-14 day"),
        ("Udvalget vedtog det i tirsdags.", "i tirsdags = 2025-05-06 day"),
        ("Mødet i mandags blev aflyst.", "i mandags = 2025-05-05 day"),
        ("Tak for mødet d.d. i Vester Borg.", "d.d. = 2025-05-12 day"),
        ("Ved brev af dags dato er der svaret.", "dags dato = 2025-05-12 day"),
        ("Vi har i dag modtaget din ansøgning.", "i dag = 2025-05-12 day"),
        ("Svar senest førstkommende mandag kl. 12.", "førstkommende mandag kl. 12 = 2025-05-19 day 12:00"),
        ("Svar inden førstkommende onsdag.", "førstkommende onsdag = 2025-05-14 day"),
        ("Jeres brev af 28. f.m. om broen er læst.", "28. f.m. = 2025-04-28 day"),
        ("Mødet er den 24. ds. kl. 9.", "24. ds. kl. 9 = 2025-05-24 day 09:00"),
        ("Vi ses førstkommende mandag, den 19. maj 2025.", "19. maj 2025 = 2025-05-19 day"),
        ("Byrådet har den 29. april d.å. sagt nej.", "29. april = 2025-04-29 day"),
    ],
)
@pytest.mark.parametrize("paper", [MAIL, LETTER])
def test_a_day_counted_from_the_day_of_writing(paper: str, said: str, expected: str) -> None:
    assert read(paper.format(said)) == [expected]


@pytest.mark.parametrize(
    "said",
    [
        "Tallet er i dag 12 skoler.",
        "Børn skal trives i dag og i morgen.",
        "Hvis I går med til det, er sagen klar.",
        "I går ind for broen, hører vi.",
        "Vi tales ved på mandag eller i næste uge.",
        "Svar inden 14 dage fra dato.",
        "Det var i sidste uge og i går-aften-bladet.",
        "Hun kommer til Christian den 10. sammen med Bo.",
    ],
)
def test_what_names_no_day_is_left(said: str) -> None:
    assert read(MAIL.format(said)) == []


@pytest.mark.parametrize(
    "said",
    [
        "Svar inden d. 30.",
        "Svar senest den 30., tak.",
        "Der er åbent frem til den 30.",
        "Jeres brev af 31. f.m. er læst.",  # no 31 April
        "Første rate forfalder den 1. ds. om tre måneder.",
        "Sagen blev behandlet førstkommende mandag derefter.",
    ],
)
def test_a_day_that_cannot_be_counted_is_refused(said: str) -> None:
    assert read(MAIL.format(said)) == [REFUSED]


def test_two_days_in_a_row_are_both_read() -> None:
    assert read(MAIL.format("Vi talte i mandags i går kl. 9 og ses i morgen kl. 10.")) == [
        "i mandags = 2025-05-05 day",
        "i går kl. 9 = 2025-05-11 day 09:00",
        "i morgen kl. 10 = 2025-05-13 day 10:00",
    ]


def test_a_quoted_mail_without_its_time_is_not_counted_from_the_answer() -> None:
    answer = MAIL.format("Det læste jeg i går.")

    assert read(QUOTED.format(answer, "Byrådet sagde nej i går.")) == ["i går = 2025-05-11 day", REFUSED]


def test_minutes_are_not_written_on_the_day_of_their_meeting() -> None:
    assert read(MINUTES.format("Broen", "Rådgiveren oplyste i går, at broen holder.")) == [REFUSED]


@pytest.mark.parametrize(
    ("heading", "said", "expected"),
    [
        (
            "Sommerferielukning 2026",
            "Dagtilbud holder lukket i uge 29 og 30.",
            ["uge 29 = 2026-07-13..2026-07-19 week", "30 = 2026-07-20..2026-07-26 week"],
        ),
        ("Feriekalender 2026", "Skolerne holder ferie fra 29. juni.", ["29. juni = 2026-06-29+ day"]),
        ("Lukkedage 2026", "Uge 29 blev foreslået af forældrene.", [REFUSED]),
        ("Festival 2026", "Pladsen er spærret i uge 29.", [REFUSED]),
        ("Budget 2026", "Seminaret holdes i uge 35.", ["uge 35 = 2025-08-25..2025-08-31 week"]),
        ("Budget 2026", "Kassen er på 9 mio. kr. i første halvår.", [REFUSED]),
        (
            "Budget 2025",
            "Kassen er på 9 mio. kr. i første halvår.",
            ["første halvår = 2025-01-01..2025-06-30 half-year"],
        ),
        ("Ferielukning 2026", "Høringsfristen er den 2. maj.", ["2. maj = 2025-05-02 day"]),
        ("Sommerferielukning", "Dagtilbud holder lukket i uge 29.", ["uge 29 = 2025-07-14..2025-07-20 week"]),
        (
            "Sommerferielukning 2026",
            "Dagtilbud holder lukket i uge 29, 2027.",
            ["uge 29, 2027 = 2027-07-19..2027-07-25 week"],
        ),
    ],
)
def test_the_year_of_a_heading(heading: str, said: str, expected: list[str]) -> None:
    found = read(MINUTES.format(heading, said))

    assert [each for each in found if " year" not in each] == expected


@pytest.mark.parametrize("printed", ["11/27/26, 5:34 PM", "12.05.2025 10.33", "27-11-2026 17:34"])
@pytest.mark.parametrize("address", ["http://localhost/07.html", "https://www.fjordby.example/referat.html", "07.html"])
def test_the_page_of_a_browsers_print_is_no_day(address: str, printed: str) -> None:
    text = f"Vi ses i hallen.\n\n{address} 1/2\n{printed}\n\nDer er kaffe.\n\n{address} 2/2\n{printed}\n"

    assert [each for each in read(MAIL.format(text)) if "/2 =" in each] == []


def test_a_list_of_days_in_lines_has_its_year_still() -> None:
    assert read(MAIL.format("Møder: 3/6, 10/6 og 17/6 2025")) == [
        "3/6 = 2025-06-03 day",
        "10/6 = 2025-06-10 day",
        "17/6 2025 = 2025-06-17 day",
    ]


def test_a_date_that_is_refused_in_many_parts_is_told_once() -> None:
    items = [Item(title=f"Sag {number}", text="Fristen er 31. februar.") for number in range(8)]
    found = extract_bytes(minutes(*items).encode(), "referat.txt")
    told = [each.message for each in found.problems if each.code == Code.DATE_REFUSED]
    assert len(told) == 1
    assert told[0].endswith("'31. februar', and in 7 other parts")
