"""Which decision a message is about: what is given with its evidence, and what is not given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from letters import Letter, Room, eml
from papers import Item, about, links, minutes, proposal

from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.links.about import THRESHOLD, WEIGHTS
from pipeline.links.words import stem, title_words

PLAYGROUND = Item(
    title="Legeplads ved Havneskolen",
    case="24/4711",
    text="En ny legeplads koster 413.250 kr. Der søges om en bevilling til gynger og hegn.",
    decided="Børne- og Skoleudvalget godkendte indstillingen.",
)
POOL = Item(title="Renovering af svømmehallens tag", case="24/4712", text="Taget koster 1 mio. kr.", decided="Udsat.")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    found = Room(tmp_path)
    found.put("referat.txt", minutes(Item(title="Godkendelse af dagsorden"), PLAYGROUND, POOL))
    return found


def ask(room: Room, body: str, *, subject: str = "Spørgsmål", sent: str = "2024-04-22") -> list[tuple[str, list[str]]]:
    """What a message of these words is about."""
    day = dt.datetime.fromisoformat(f"{sent}T09:30")
    text = f"Hej Bo\n\n{body}\n\nVenlig hilsen\nKaren Holm\n"
    room.put("brev.eml", eml(Letter(body=text, sent=day, subject=subject, id="brev")))
    room.ingest()
    return about(links(room, "brev.eml"))


# --- what is given ----------------------------------------------------------------------------------------------


def test_a_case_number_is_enough(room: Room) -> None:
    ((place, why),) = ask(room, "Hvornår går I i gang? Se sagsnr. 24/4711.")

    assert (place, why[0]) == ("referat.txt#2", "case-number")


def test_a_decision_is_given_with_its_record_and_its_evidence(room: Room) -> None:
    ask(room, "Hvornår går I i gang? Se sagsnr. 24/4711.")
    (found,) = links(room, "brev.eml")["about"]

    assert found["message"] == room.id("brev.eml")
    assert found["record"].startswith(f"{room.id('referat.txt', 2)}.decision.")
    assert (found["status"], found["date"], found["body"]) == ("decided", "2024-04-09", "Børne- og Skoleudvalget")
    assert found["evidence"][0] == {
        "kind": "case-number",
        "message": "24/4711",
        "target": "24/4711",
        "weight": WEIGHTS["case-number"],
    }
    assert found["score"] == round(sum(each["weight"] for each in found["evidence"]), 2)


def test_a_proposals_number_is_enough(room: Room) -> None:
    room.put("forslag.txt", proposal("ISU42", "Færre timer i støttekorpset"))

    ((place, why),) = ask(room, "Hvad betyder ISU42 for os?", sent="2023-09-11")

    assert (place, why) == ("forslag.txt#0", ["proposal-number", "date-window"])


def test_the_words_of_a_title_with_time_and_body_are_enough(room: Room) -> None:
    told = "I Børne- og Skoleudvalget blev der talt om legepladsen ved Havneskolen. Hvornår går I i gang?"

    ((place, why),) = ask(room, told)

    assert place == "referat.txt#2"
    assert sorted(why) == ["body", "date-window", "title-words"]


def test_the_words_of_a_title_with_an_exact_amount_are_enough(room: Room) -> None:
    ((place, why),) = ask(room, "Dækker de 413.250 kr. også sandet?", subject="Legepladsen ved Havneskolen")

    assert place == "referat.txt#2"
    assert sorted(why) == ["amount", "date-window", "title-words"]


def test_a_decision_after_the_message_counts_too(room: Room) -> None:
    found = ask(room, "Dækker de 413.250 kr. også sandet?", subject="Legepladsen ved Havneskolen", sent="2024-02-01")

    assert [place for place, _ in found] == ["referat.txt#2"]


def test_each_message_of_a_document_is_asked_for_itself(room: Room) -> None:
    upper = "Fra: Karen Holm\nSendt: 22. april 2024 09:30\nTil: Bo Berg\nEmne: SV: Taget\n\nTak.\n\n"
    lower = "Fra: Bo Berg\nSendt: 20. april 2024 08:12\nTil: Karen Holm\nEmne: Taget\n\nSe sagsnr. 24/4712.\n"
    room.put("traad.txt", upper + lower)
    room.ingest()

    assert [(each["message"], each["id"]) for each in links(room, "traad.txt", None)["about"]] == [
        (room.id("traad.txt", 1), room.id("referat.txt", 3))
    ]
    assert about(links(room, "traad.txt", 0)) == []


def test_the_likeliest_comes_first(room: Room) -> None:
    room.put("maj.txt", minutes(PLAYGROUND, day="2021-05-11"))

    found = ask(room, "Hvornår går I i gang med legepladsen ved Havneskolen til 413.250 kr.? Se sagsnr. 24/4711.")
    scores = [each["score"] for each in links(room, "brev.eml")["about"]]

    assert [place for place, _ in found] == ["referat.txt#2", "maj.txt#1"]
    assert scores == sorted(scores, reverse=True)
    assert all(THRESHOLD <= score <= 1 for score in scores)


def test_a_name_with_amount_body_and_a_few_days_is_enough(room: Room) -> None:
    ((place, why),) = name_and_amount(room)

    assert (place, sorted(why)) == ("juni.txt#1", ["amount", "body", "date-window", "title-words"])
    (found,) = links(room, "brev.eml")["about"]
    assert found["score"] == THRESHOLD


def test_each_status_of_the_points_is_told(room: Room) -> None:
    points = "Ad 1: Godkendt.\nAd 2: Udsat til mødet den 11. juni 2024."
    room.put("maj.txt", minutes(Item(title="Tag på hallen", case="24/4799", decided=points), day="2024-05-14"))
    ask(room, "Se sagsnr. 24/4799.")
    (found,) = links(room, "brev.eml")["about"]

    assert (found["status"], found["statuses"]) == ("decided", ["decided", "postponed"])


@pytest.mark.parametrize(
    ("decided", "negated"),
    [
        ("Der afsættes ikke midler til projektet.", True),
        ("Udvalget besluttede at renovere taget, men ikke at male hallen.", True),
        ("Udvalget besluttede at renovere taget.", False),
    ],
)
def test_what_is_not_to_be_done_is_told(room: Room, decided: str, negated: bool) -> None:
    room.put("maj.txt", minutes(Item(title="Tag på hallen", case="24/4799", decided=decided), day="2024-05-14"))
    ask(room, "Se sagsnr. 24/4799.")
    (found,) = links(room, "brev.eml")["about"]

    assert (found["status"], found["negated"]) == ("decided", negated)


def name_and_amount(
    room: Room,
    said: str = "Børne- og Skoleudvalget tiltrådte i tirsdags, at Engskolen ikke lukkes.",
    *,
    amount: str = "640.000 kr.",
    sent: str = "2024-06-13",
    title: str = "Engskolen",
) -> list[tuple[str, list[str]]]:
    text = "Der gives en tillægsbevilling på 640.000 kr. i 2024."
    room.put("juni.txt", minutes(Item(title=title, text=text), day="2024-06-11"))
    return ask(room, f"{said} Tillægsbevillingen er på {amount}", subject="Beslutningen i tirsdags", sent=sent)


# --- what is not given ------------------------------------------------------------------------------------------

NOT_STRONG_ENOUGH = {
    "nothing": "Hvornår holder I åbent i påsken?",
    "body and time": "Jeg vil gerne møde Børne- og Skoleudvalget.",
    "a round amount": "I Børne- og Skoleudvalget blev der talt om 1 mio. kr. til taget.",
    "an amount with body and time": "I Børne- og Skoleudvalget blev der talt om 413.250 kr.",
    "another currency": "I Børne- og Skoleudvalget blev der talt om 413.250 euro til legepladsen.",
    "nearly the amount": "I Børne- og Skoleudvalget blev der talt om 413.000 kr. til legepladsen.",
    "one word of a title": "Legepladsen i parken er blevet flot, siger man i Børne- og Skoleudvalget.",
    "short words of a title": "Taget er utæt, siger man i Børne- og Skoleudvalget om hallen.",
    "the words far apart": "Legepladsen i parken er blevet flot. "
    + "Det er vi glade for hver eneste dag her. " * 8
    + "Og så er der Havneskolen, hvor Børne- og Skoleudvalget var på besøg.",
    "words of every agenda": "Godkendelse af dagsorden til mødet i Børne- og Skoleudvalget.",
    "a running number": "Se sag 2 i Børne- og Skoleudvalget.",
    "another case": "Hvornår går I i gang? Se sagsnr. 24/47111.",
}


@pytest.mark.parametrize("why", NOT_STRONG_ENOUGH)
def test_nothing_is_given_where_nothing_is_strong_enough(room: Room, why: str) -> None:
    assert ask(room, NOT_STRONG_ENOUGH[why]) == []


NAME_IS_NOT_ENOUGH: dict[str, dict[str, str]] = {
    "no amount": {"amount": "et andet beløb."},
    "another amount": {"amount": "641.000 kr."},
    "no body": {"said": "I tirsdags faldt det, at Engskolen ikke lukkes."},
    "a month later": {"sent": "2024-07-14"},
    "no name": {"title": "Takster", "said": "Børne- og Skoleudvalget tiltrådte i tirsdags nye takster."},
    "the municipality's name": {"title": "Fjordby", "said": "Børne- og Skoleudvalget i Fjordby Kommune enedes."},
}


@pytest.mark.parametrize("case", NAME_IS_NOT_ENOUGH)
def test_a_name_needs_all_of_the_others(room: Room, case: str) -> None:
    assert name_and_amount(room, **NAME_IS_NOT_ENOUGH[case]) == []


def test_words_and_amounts_do_not_reach_over_years(room: Room) -> None:
    told = "I Børne- og Skoleudvalget blev der talt om legepladsen ved Havneskolen til 413.250 kr."

    assert ask(room, told, sent="2021-01-11") == []
    assert ask(room, f"{told} Se sagsnr. 24/4711.", sent="2021-01-11") != []


def test_another_municipalitys_decision_is_not_given(room: Room) -> None:
    room.put("lyngsoe.txt", minutes(PLAYGROUND, town="Lyngsø"))
    told = "Fjordby Kommune vil bygge. I Børne- og Skoleudvalget blev der talt om legepladsen ved Havneskolen."

    assert [place for place, _ in ask(room, told)] == ["referat.txt#2"]


def test_a_title_that_many_papers_have_is_not_given(room: Room) -> None:
    for number in range(60):
        again = minutes(Item(title="Ny legeplads ved Havneskolen"), day=f"2024-{1 + number % 12:02}-15")
        room.put(f"{number}.txt", again.replace("undersøgt sagen", f"undersøgt sagen {number} gange"))

    assert ask(room, "I Børne- og Skoleudvalget blev der talt om legepladsen ved Havneskolen.") == []


def test_papers_that_are_gone_do_not_make_a_title_common(room: Room) -> None:
    for number in range(60):
        again = minutes(Item(title="Ny legeplads ved Havneskolen"), day=f"2024-{1 + number % 12:02}-15")
        room.put(f"{number}.txt", again.replace("undersøgt sagen", f"undersøgt sagen {number} gange"))
    room.ingest()
    for number in range(60):
        (room.folder / f"{number}.txt").unlink()
    ingest(room.workspace, [room.folder], RunOptions(gone=True))

    found = ask(room, "I Børne- og Skoleudvalget blev der talt om legepladsen ved Havneskolen.")
    assert [place for place, _ in found] == ["referat.txt#2"]


def test_everyday_words_are_no_title(room: Room) -> None:
    room.put("maj.txt", minutes(Item(title="Støtte til skolerne"), day="2024-05-14"))

    assert ask(room, "I Børne- og Skoleudvalget blev der talt om støtte til skolen.") == []


def test_a_paper_that_decides_nothing_is_not_given(room: Room) -> None:
    room.put("notat.txt", "Fjordby Kommune\n\nSagsnr.: 24/5555\n\nNotat om hegnet\n\nHegnet er for lavt.\n")

    assert ask(room, "Se sagsnr. 24/5555.") == []
    assert [link["state"] for link in links(room, "brev.eml")["to"]] == ["resolved"]


def test_one_of_several_proposals_needs_more_than_its_number(room: Room) -> None:
    room.put("a.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    room.put("b.txt", proposal("ISU42", "Lavere tilskud til musikskolen"))

    assert ask(room, "Hvad betyder ISU42 for os?", sent="2023-09-11") == []
    found = ask(room, "Hvad betyder ISU42 om lavere tilskud til musikskolen for os?", sent="2023-09-11")
    assert [place for place, _ in found] == ["b.txt#0"]


def test_a_decision_that_lies_nowhere_now_is_not_given(room: Room) -> None:
    assert ask(room, "Se sagsnr. 24/4711.") != []
    (room.folder / "referat.txt").unlink()
    ingest(room.workspace, [room.folder], RunOptions(gone=True))

    assert about(links(room, "brev.eml")) == []


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("legeplads", "Legepladsens"),
        ("Havneskole", "HAVNESKOLEN"),
        ("hal", "hallerne"),
        ("klub", "klubberne"),
        ("tilskud", "tilskuddet"),
        ("Aarhus", "Århus"),
        ("lærer", "lærerne"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("skole", "skolelærer"), ("bad", "bade og"), ("hegn", "regn")])
def test_words_are_not_made_one(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_of_every_agenda_tell_nothing() -> None:
    assert title_words("Orientering om godkendelse af budget 2024 og 2025") == []
    assert title_words("Legeplads og legepladsen ved Havneskolen") == ["legeplads", "havneskol"]
