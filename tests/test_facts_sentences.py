"""What a sentence says twice or shares: two decisions, two days, a count and an amount, a bound over a range."""

from __future__ import annotations

import pytest

from corpus.identity import record_id
from corpus.model import Amount, Date, Decision, Document
from pipeline.extract import extract_bytes

MINUTES = "Referat af møde i Ældrerådet i Fjordby den 5. november 2024\n\n1. Høring om budget\nBeslutning\n{}\n"
LETTER = "Fjordby, den 20. november 2024\n\nKære alle\n\n{}\n\nVenlig hilsen\nBo Berg\n"


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "papir.txt")


def decisions(text: str) -> list[Decision]:
    return [record for record in read(text).records if isinstance(record, Decision)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Ældrerådet anbefaler forslaget om madservice, og fraråder forslaget om rengøring hver tredje uge.",
            [("anbefale", "recommended"), ("fraråde", "rejected")],
        ),
        (
            "Rådet godkender planen og afviser forslaget om rengøring.",
            [("godkende", "decided"), ("afvise", "rejected")],
        ),
        (
            "Ældrerådet anbefaler, at Byrådet godkender planen og afviser forslaget om rengøring.",
            [("anbefale", "recommended")],
        ),
    ],
)
def test_two_verbs_of_one_subject_decide_twice(sentence: str, told: list[tuple[str, str]]) -> None:
    found = decisions(MINUTES.format(sentence))
    assert [(each.verb, each.status) for each in found] == told
    assert {each.body for each in found} == {"Ældrerådet"}


def test_each_of_two_advised_figures_hangs_on_its_own_verb() -> None:
    sentence = "Rådet anbefaler, at der bruges 2 mio. kr. på vejen, men fraråder at bruge 500.000 kr. på stien."
    found = decisions(MINUTES.format(sentence))
    assert [[link.text for link in each.links] for each in found] == [["2 mio. kr."], ["500.000 kr."]]


def test_two_decisions_of_one_sentence_have_ids_of_their_own() -> None:
    document = read(MINUTES.format("Rådet godkendte planen og afviste forslaget om rengøring."))
    first, second = (record for record in document.records if isinstance(record, Decision))
    assert (first.start, first.ordinal, second.ordinal) == (second.start, 1, 2)
    assert record_id(document.sha256, second) == f"{record_id(document.sha256, first)}-2"


def test_ids_are_unique_where_a_sentence_turns() -> None:
    document = read(
        MINUTES.format("Rådet besluttede at afslå ansøgningen om 2 mio. kr. og bevilge 400.000 kr. til hallen.")
    )
    ids = [record_id(document.sha256, record) for record in document.records]
    assert len(ids) == len(set(ids))
    assert sum(isinstance(record, Decision) for record in document.records) == 2


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("Der afsættes 2 årsværk i 2026 og derefter 300.000 kr. til drift.", None),
        ("Der afsættes et årsværk i 2026 og 300.000 kr. til drift.", None),
        ("Der bygges tre boliger i 2026 og derefter 300.000 kr. til drift.", None),
        ("Der afsættes i 2026 og derefter 300.000 kr. til drift.", 2026),
        ("Der afsættes en pulje i 2026 på 300.000 kr.", 2026),
    ],
)
def test_the_year_behind_another_count_is_not_that_of_the_money(sentence: str, year: int | None) -> None:
    (amount,) = (record for record in read(LETTER.format(sentence)).records if isinstance(record, Amount))
    assert (amount.text, amount.year) == ("300.000 kr.", year)


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Der skal højst bruges mellem 2 og 3 mio. kr. på vejen.", "max"),
        ("Vi regner med mindst mellem 2 og 3 mio. kr. i overskud.", "min"),
        ("Prisen ligger på mellem 2 og 3 mio. kr.", None),
    ],
)
def test_a_range_keeps_the_bound_before_it(sentence: str, bound: str | None) -> None:
    (amount,) = (record for record in read(LETTER.format(sentence)).records if isinstance(record, Amount))
    assert (str(amount.low), str(amount.high), amount.bound) == ("2000000", "3000000", bound)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Seminaret er den 27.–28. ds. på rådhuset.", [("2024-11-27", "2024-11-28")]),
        ("Seminaret er den 27.-28. ds. på rådhuset.", [("2024-11-27", "2024-11-28")]),
        ("Vi holder lukket den 29. og 30. ds.", [("2024-11-29", "2024-11-29"), ("2024-11-30", "2024-11-30")]),
        ("Høringen er den 2. og 3. december 2024.", [("2024-12-02", "2024-12-02"), ("2024-12-03", "2024-12-03")]),
        ("Vi holder lukket den 30.–31. ds.", []),
    ],
)
def test_two_days_of_this_month(sentence: str, days: list[tuple[str, str]]) -> None:
    found = [record for record in read(LETTER.format(sentence)).records if isinstance(record, Date)][1:]
    assert [(str(date.first), str(date.to)) for date in found] == days


@pytest.mark.parametrize(
    "head", ["Pressemeddelelse", "Pressemeddelelse fra Fjordby Kommune", "Pressemeddelelse, 7. marts 2025"]
)
@pytest.mark.parametrize("day", ["", "7. marts 2025\n"])
def test_the_title_of_a_press_release_without_blank_lines(head: str, day: str) -> None:
    body = "Svømmehallen i Nordby åbner den 1. juni 2025. Den har kostet 45 mio. kr.\nBorgmesteren klipper snoren.\n"
    assert read(f"{head}\n{day}Ny svømmehal åbner til sommer\n{body}").title == "Ny svømmehal åbner til sommer"


def test_the_first_sentence_of_a_press_release_is_no_title() -> None:
    assert (
        read("Pressemeddelelse\nSvømmehallen i Nordby åbner den 1. juni 2025.\nDen har kostet 45 mio. kr.\n").title
        is None
    )
