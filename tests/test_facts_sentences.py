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


AGREEMENT = (
    "Budgetaftale 2026-2029\n\nMellem Venstre og SF i Fjordby\n\n{}\n\nAftalen er indgået den 2. september 2025.\n"
)
POINTS = ("6,5 mio. kr. årligt fra 2026 til flere pædagoger", "0,8 mio. kr. og to stillinger")


@pytest.mark.parametrize(
    "points",
    [
        "Parterne er enige om:\n\n• At der afsættes {}.\n• At rengøringen reduceres med {}.",
        "Parterne er enige om:\n- at der afsættes {}\n- at rengøringen reduceres med {}",
        "Partierne er enige om, at\n- der afsættes {}\n- rengøringen reduceres med {}",
        "Aftalens parter er enige om følgende:\n1. Der afsættes {}\n2. Rengøringen reduceres med {}",
        "Partierne har aftalt, at:\n1. der afsættes {}\n2. rengøringen reduceres med {}",
    ],
)
def test_each_point_of_an_agreement_is_decided_with_its_figures(points: str) -> None:
    found = decisions(AGREEMENT.format(points.format(*POINTS)))
    assert [(each.status, each.negated, [link.text for link in each.links]) for each in found] == [
        ("decided", False, ["6,5 mio. kr."]),
        ("decided", False, ["0,8 mio. kr.", "to stillinger"]),
    ]


@pytest.mark.parametrize(
    "point",
    [
        "At spareforslaget BUU-12 om lukning af Lunden Skole ikke gennemføres",
        "At natbussen ikke afskaffes",
        "At der ikke bygges en hal til 18 mio. kr.",
    ],
)
def test_a_point_that_says_what_is_not_done(point: str) -> None:
    (found,) = decisions(AGREEMENT.format(f"Parterne er enige om:\n- {point}"))
    assert (found.status, found.negated) == ("decided", True)


def test_a_point_behind_a_head_that_ends_in_at_may_deny() -> None:
    lines = "Partierne har aftalt, at:\n1. skolebussen bevares\n2. der ikke bygges en hal til 18 mio. kr."
    assert [each.negated for each in decisions(AGREEMENT.format(lines))] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "Referat af møde i Skoleudvalget den 3. maj 2025\n\n1. Sag\nPartierne er ikke enige om:\n- at skolen lukkes\n",
        "Kære Bo\n\nPartierne er enige om:\n- at skolen lukkes\n- at taksten hæves\n\nVenlig hilsen\nIda Holm\n",
        AGREEMENT.format("Partierne er ikke enige om:\n- at skolen lukkes\n- at taksten hæves"),
    ],
)
def test_points_on_which_nobody_agreed_are_no_decisions(text: str) -> None:
    assert decisions(text) == []


@pytest.mark.parametrize(
    ("what", "negated"),
    [
        ("forslag SOU-03 om madservice ikke gennemføres", True),
        ("forslaget om at lukke skolen ikke gennemføres", True),
        ("ansøgningen om 75.000 kr. ikke imødekommes", True),
        ("forslaget om ikke at lukke skolen gennemføres", False),
        ("forslaget om borgere, der ikke kan gå, gennemføres", False),
    ],
)
def test_a_no_behind_what_the_proposal_is_about(what: str, negated: bool) -> None:
    (found,) = decisions(f"Høringssvar fra Ældrerådet i Fjordby\n\nÆldrerådet anbefaler, at {what}.\n")
    assert (found.status, found.negated) == ("recommended", negated)


def test_minutes_whose_head_has_a_comma() -> None:
    document = read(
        "Beslutningsreferat, Lunde Lokalråd\nTirsdag d. 11/3-2025 kl. 19.00\n\n1. Siden sidst\nMødet den 25/2.\n"
    )
    assert (document.kind, document.date) == ("minutes", "2025-03-11")


def test_a_weekday_before_the_day_is_no_part_of_a_title() -> None:
    head = "Referat fra møde i Børne- og Skoleudvalget, mandag den 3. februar 2025"
    assert read(f"{head}\n\nPkt. 4 Skole\nUdvalget godkendte planen.\n").title == head.partition(",")[0]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            "Regionsrådet vedtog budgettet for 2025. § 17, stk. 4-udvalget om ældre godkendte sagen.",
            ["Regionsrådet", "§ 17, stk. 4-udvalget om Ældre"],
        ),
        ("Byrådet vedtog planen. § 17, stk. 4-udvalget afviste den.", ["Byrådet", "§ 17, stk. 4-udvalget"]),
        # No sentence ends before these.
        ("Byrådet vedtog planen, jf. § 17 i loven.", ["Byrådet"]),
        ("Byrådet vedtog planen efter lovens kap. 2. § 4 er ændret.", ["Byrådet"]),
        ("Byrådet godkendte tilskud m.v. § 18 blev brugt.", ["Byrådet"]),
    ],
)
def test_a_sentence_may_begin_with_a_paragraph(text: str, bodies: list[str]) -> None:
    found = decisions(LETTER.format(text))
    assert [each.body for each in found] == bodies
    assert (found[0].text == text) is (len(bodies) == 1)
