"""Minutes as municipalities print them: heads of decisions, points of recommendations, days and bodies beside them."""

from __future__ import annotations

import pytest

from corpus.model import AgendaItem, Amount, Committee, Decision, Document, Fte
from pipeline.extract import extract_bytes

HEAD = "Beslutningsreferat\nHavneudvalget den 3. maj 2024\n\n1. Kajen\n\n"
Told = tuple[str, str | None, str, str | None]  # text, body, status, date


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "papir.txt")


def decided(text: str) -> list[Told]:
    found = [each for each in read(text).records if isinstance(each, Decision)]
    return [(each.text, each.body, each.status, each.date) for each in found]


@pytest.mark.parametrize(
    "absent",
    [
        "Afbud fra Ida Holm\n\nAfbud fra Ole Bak\n\n",
        "Fraværende: Ida Holm\nAfbud: Ole Bak\n",
        "\nIkke til stede: Ida Holm (C)\n\n",
    ],
)
def test_several_lines_of_absence_do_not_end_what_stands_under_a_heading(absent: str) -> None:
    text = f"{HEAD}Beslutning i Havneudvalget den 03-05-2024\n\n{absent}Godkendt.\n"

    assert decided(text) == [("Godkendt.", "Havneudvalget", "decided", "2024-05-03")]


def test_absence_behind_a_decision_ends_it() -> None:
    text = f"{HEAD}Beslutning i Havneudvalget den 03-05-2024\n\nGodkendt.\n\nFraværende: Ida Holm\n\nKajen afvist.\n"

    assert ("Godkendt.", "Havneudvalget", "decided", "2024-05-03") in decided(text)


@pytest.mark.parametrize(
    ("meeting", "body"),
    [("byrådsmødet", "Byrådet"), ("kommunalbestyrelsesmødet", "Kommunalbestyrelsen"), ("mødet", "Havneudvalget")],
)
def test_a_heading_may_name_the_meeting_of_a_council(meeting: str, body: str) -> None:
    text = f"{HEAD}Beslutning på {meeting} den 3. maj 2024\nIndstillingen godkendt\n"

    assert [each[1:] for each in decided(text)] == [(body, "decided", "2024-05-03")]


def test_where_a_case_has_been_is_not_who_recommends() -> None:
    text = f"{HEAD}Høring og sagsgang\n\nKommunalbestyrelsen den 30. august 2024\n\nIndstilling\n\nTil godkendelse.\n"

    assert decided(text) == [("Til godkendelse.", None, "recommended", None)]


@pytest.mark.parametrize("head", ["at", "at:", "at;"])
def test_points_below_at_are_recommended_and_begin_no_item(head: str) -> None:
    document = read(
        "Referat\n\nMandag den 6. maj 2024\nUdvalgÆldreråd\n\nResume\n\nGodkendelse af dagsordenen.\n\nIndstilling\n\n"
        f"Forvaltningen indstiller, {head}\n\n 1. Ældrerådet godkender dagsordenen.\n\nBeslutning\n\nUdsat.\n"
    )
    told = [(each.text, each.status) for each in document.records if isinstance(each, Decision)]

    assert told == [("Ældrerådet godkender dagsordenen.", "recommended"), ("Udsat.", "postponed")]
    assert not any(isinstance(part, AgendaItem) for part in document.parts)
    assert document.title == "Ældreråd"


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("at chefen skulle fortælle om huset, som er nyt – herunder:\n\n • Planen for huset.\n • Haven:\n", 1),
        ("at de ansatte får ny løn, blandt andet:\n\n • Gartnere.\n • Kokke.\n", 1),
        ("at:\n\n • Planen godkendes.\n • Haven lukkes.\n", 2),
        ("følgende:\n\n • Planen godkendes.\n • Haven lukkes.\n", 2),
    ],
)
def test_examples_below_a_decision_are_no_decisions(said: str, points: int) -> None:
    found = decided(f"{HEAD}Beslutning\n\nHavneudvalget besluttede, {said}")

    assert len(found) == points
    assert all(each[2] == "decided" for each in found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Økonomiudvalget godkendte på mødet i juni rammerne for borgermødet den 11. september 2025.", None),
        ("Byrådet vedtog planen for havneturen den 4. juni 2025.", None),
        ("Byrådet vedtog planen for havnen den 4. juni 2025.", "2025-06-04"),
        ("Byrådet vedtog på mødet den 4. juni 2025 planen for havnen.", "2025-06-04"),
    ],
)
def test_the_day_of_what_is_planned_is_not_the_day_of_deciding(text: str, day: str | None) -> None:
    assert [each[3] for each in decided(text)] == [day]


def test_the_day_on_which_a_recommendation_is_to_be_decided_is_not_its_own() -> None:
    text = f"{HEAD}Beslutning\n\nPlanen indstilles til endelig beslutning på udvalgets møde den 10. juni 2024.\n"

    assert [(each[2], each[3]) for each in decided(text)] == [("recommended", "2024-05-03")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Byrådet vedtog budget 2026-29.", None),
        ("Byrådet vedtog budget 2026–29.", None),
        ("Byrådet vedtog budget 2026.", 2026),
    ],
)
def test_a_budget_of_years_shortened_has_no_one_year(text: str, year: int | None) -> None:
    assert [each.budget_year for each in read(text).records if isinstance(each, Decision)] == [year]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Salget blev vedtaget af byrådets økonomiudvalg.", None),
        ("Salget blev vedtaget af byrådets flertal.", "Byrådet"),
        ("Salget blev vedtaget af Byrådet.", "Byrådet"),
        ("Politikerne vedtog, at hallen lukkes.", None),
    ],
)
def test_who_decides_is_no_owner_of_another(text: str, body: str | None) -> None:
    assert [each[1:3] for each in decided(text)] == [(body, "decided")]


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen havde indstillet 24 medarbejdere til afsked.",
        "Ni medarbejdere er blevet indstillet til fyring.",
        "Direktør Ole Hald indstiller, at",
    ],
)
def test_whom_an_employer_names_for_dismissal_is_no_recommendation(text: str) -> None:
    assert decided(text) == []


def test_people_whose_hours_are_cut_are_no_positions() -> None:
    found = read("Kommunen varslede yderligere 26 medarbejdere ned i tid og fyrede 25 medarbejdere.").records

    assert [str(each.value) for each in found if isinstance(each, Fte)] == ["25"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Det gik til Projektudvalget for Udvikling af Byerne den 3. maj.",
            "Projektudvalget for Udvikling af Byerne",
        ),
        ("Udvalget for Fremme af Handel holdt møde.", "Udvalget for Fremme af Handel"),
        ("Sagen blev fremlagt i Udvalget for Kultur af Ida Holm.", "Udvalget for Kultur"),
    ],
)
def test_the_name_of_a_committee_says_of_what(text: str, name: str) -> None:
    assert [each.name for each in read(text).records if isinstance(each, Committee)] == [name]


def test_minutes_without_that_word_may_approve_the_agenda_first() -> None:
    document = read(
        "Rådet for handicap og udsatheds møde den 6. oktober 2025\nLundevej 7 kl. 16.00\n80Godkendelse af dagsorden\n"
        "Beslutning\nDagsordenen blev godkendt.\n81Godkendelse af referat\nBeslutning\nReferatet blev godkendt.\n"
    )

    assert (document.kind, document.date) == ("minutes", "2025-10-06")
    assert [part.number for part in document.parts if isinstance(part, AgendaItem)] == ["80", "81"]


@pytest.mark.parametrize(
    "said", ["Intet.", "Ida Holm deltog under pkt. 1-2 og delvis under pkt. 3.", "Ole Bak deltog som suppleant."]
)
def test_who_took_part_is_no_lost_decision(said: str) -> None:
    found = read(f"{HEAD}Beslutning\n\nGodkendt.\n\n2. Bemærkninger\n\nBeslutning\n\n{said}\n\nTil toppen\n").problems

    assert [each.code for each in found] == []


def test_what_an_item_is_about_is_not_whose_meeting_it_is() -> None:
    text = (
        "Referat\n\nDato: 5. december 2017\nSted: Mødelokale 2\n\nPkt. 8 Dagsorden\n\nSagsnr. 249032\n\nBeslutning\n\n"
        "Godkendt.\n\nPkt. 9 Handicaprådet for Lunde\n\nHandicaprådet for Lunde\n\nSagsnr. 280954\n\n"
        "Beslutning\n\nUdsat.\n"
    )

    assert [each[1:] for each in decided(text)] == [(None, "decided", "2017-12-05"), (None, "postponed", "2017-12-05")]


@pytest.mark.parametrize(
    ("said", "verbs"),
    [
        ("Sejlklubbens generalforsamling, Ida Holm blev valgt til formand.", []),
        ("Ida Holm blev valgt til formand.", ["vælge"]),
    ],
)
def test_whom_an_association_elects_is_not_elected_by_the_committee(said: str, verbs: list[str]) -> None:
    found = read(f"{HEAD}Beslutning\n\n{said}\n").records

    assert [each.verb for each in found if isinstance(each, Decision)] == verbs


@pytest.mark.parametrize("place", ["", " i puljen", " i festivalpuljen"])
def test_what_is_at_hand_in_a_year_is_of_that_year(place: str) -> None:
    found = read(f"Der er 253.655 kr. til rådighed{place} i 2024.").records

    assert [each.year for each in found if isinstance(each, Amount)] == [2024]


@pytest.mark.parametrize(
    ("said", "points"),
    [
        (
            "at der bygges en mole, at der anvises 754.000 kr., samt at molen males.",
            ["at der bygges en mole", "at der anvises 754.000 kr.", "at molen males."],
        ),
        ("at der gives 6,2 mio. kr. til molen. Udgiften falder i 2004.", ["at der gives 6,2 mio. kr. til molen."]),
    ],
)
def test_a_recommendation_in_one_line_has_its_points(said: str, points: list[str]) -> None:
    text = (
        "Borgerrepræsentationen\n\nBESLUTNINGSPROTOKOL\n\nfra mødet den 1. december 2005\n\nNr. 3 BR 664/05. Molen\n\n"
        f"Indstilling om, {said}\n\nIndstillingen blev godkendt uden afstemning.\n"
    )

    assert decided(text) == [
        *((point, None, "recommended", None) for point in points),
        ("Indstillingen blev godkendt uden afstemning.", "Borgerrepræsentationen", "decided", "2005-12-01"),
    ]


def test_an_indstilling_om_inside_a_sentence_heads_no_points() -> None:
    assert decided("Udvalget fik en Indstilling om, at hallen males, og at den lukkes.\n") == []
