"""Where a reference to a proposal, an agenda item or a budget points: what is linked, and what is only a candidate."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from letters import Room
from papers import AGREEMENT, Item, backwards, by_value, links, mail, minutes, proposal, references, targets

from pipeline.cli.exits import ExitCode
from pipeline.export.links import link_lines
from pipeline.export.shown import find
from pipeline.extract import extract_bytes
from pipeline.links.keys import link_keys

PLAYGROUND = Item(title="Legeplads ved Havneskolen", case="24/4711")
LIBRARY = Item(title="Åbningstider på biblioteket", case="24/4712")


# --- proposals --------------------------------------------------------------------------------------------------


def test_a_proposals_number_points_to_the_proposal(room: Room) -> None:
    room.put("forslag.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    room.put("brev.eml", mail("Hvad betyder forslag ISU42 for skolen?", sent="2023-09-11"))
    room.ingest()

    assert targets(links(room, "brev.eml"), "proposal") == [("ISU42", "resolved", ["forslag.txt#0"])]
    assert backwards(links(room, "forslag.txt")) == [("brev.eml", "ISU42")]


def test_of_two_municipalities_the_own_one_is_meant(room: Room) -> None:
    room.put("fjordby.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    room.put("lyngsoe.txt", proposal("ISU42", "Lavere tilskud til musikskolen", town="Lyngsø"))
    told = Item(title="Budget 2024", text="Forslag ISU42 blev drøftet.")
    room.put("referat.txt", minutes(told, day="2023-09-11", town="Lyngsø"))
    room.ingest()

    (link,) = [link for link in links(room, "referat.txt", 1)["to"] if link["kind"] == "proposal"]

    assert (link["state"], [target["path"] for target in link["targets"]]) == ("resolved", ["lyngsoe.txt"])
    assert "municipality Lyngsø" in link["by"]


def test_without_a_municipality_both_are_given_and_none_is_chosen(room: Room) -> None:
    room.put("fjordby.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    room.put("lyngsoe.txt", proposal("ISU42", "Lavere tilskud til musikskolen", town="Lyngsø"))
    room.put("brev.txt", "Notat\n\nForslag ISU42 skal regnes igennem en gang til.\n")
    room.ingest()

    (link,) = links(room, "brev.txt")["to"]

    assert link["state"] == "ambiguous"
    assert sorted(target["path"] for target in link["targets"]) == ["fjordby.txt", "lyngsoe.txt"]
    assert "several" in link["reason"]
    assert links(room, "fjordby.txt")["from"][0]["state"] == "ambiguous"


@pytest.mark.parametrize(
    ("sent", "body", "found"),
    [
        ("2023-09-11", "Hvad betyder forslag ISU42?", ("resolved", ["b24.txt"])),
        ("2022-09-12", "Hvad betyder forslag ISU42?", ("resolved", ["b23.txt"])),
        ("2023-03-01", "Hvad betyder forslag ISU42?", ("ambiguous", ["b23.txt", "b24.txt"])),
        ("2023-09-11", "Hvad betyder forslag ISU42 i budget 2023?", ("resolved", ["b23.txt"])),
        ("2023-09-11", "Hvad betyder forslag ISU42 i budget 2021?", ("dangling", [])),
        ("2024-09-11", "Hvad betyder forslag ISU42?", ("ambiguous", ["b24.txt"])),
        ("2024-03-01", "Hvad betyder forslag ISU42?", ("resolved", ["b24.txt"])),
        ("2020-09-11", "Hvad betyder forslag ISU42?", ("dangling", [])),
    ],
)
def test_of_two_years_the_one_that_fits_is_meant(
    room: Room, sent: str, body: str, found: tuple[str, list[str]]
) -> None:
    room.put("b23.txt", proposal("ISU42", "Lavere tilskud til musikskolen", year=2023))
    room.put("b24.txt", proposal("ISU42", "Færre timer i støttekorpset", year=2024))
    room.put("brev.eml", mail(body, sent=sent))
    room.ingest()

    (link,) = [link for link in links(room, "brev.eml")["to"] if link["kind"] == "proposal"]

    assert (link["state"], sorted(target["path"] for target in link["targets"])) == found


def test_a_proposal_speaks_of_those_of_its_own_year(room: Room) -> None:
    room.put("b24.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    room.put("b25.txt", proposal("ISU07", "Fælles vikarer", year=2025, text="Se også forslag ISU42 om timerne."))
    room.ingest()

    (link,) = [link for link in links(room, "b25.txt")["to"] if link["value"] == "ISU42"]

    assert (link["state"], link["targets"]) == ("dangling", [])
    assert "2024" in link["reason"]


def test_two_prints_of_one_proposal_are_no_choice(room: Room) -> None:
    room.put("a.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    room.put("b.txt", proposal("ISU42", "Færre timer i støttekorpset", text="Revideret udgave med nye tal."))
    room.put("brev.eml", mail("Hvad betyder forslag ISU42?", sent="2023-09-11"))
    room.ingest()

    ((value, state, found),) = targets(links(room, "brev.eml"), "proposal")

    assert (value, state, sorted(found)) == ("ISU42", "resolved", ["a.txt#0", "b.txt#0"])


def test_a_number_under_another_title_is_only_a_candidate(room: Room) -> None:
    room.put("forslag.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    lines = ("Liste over forslag", "ISU42 Lukning af musikskolens afdeling", "ISU42 Timer i støttekorpset")
    room.put("liste.txt", "\n\n".join(lines))
    room.ingest()

    found = targets(links(room, "liste.txt"), "proposal")

    assert [state for _, state, _ in found] == ["ambiguous", "resolved"]


# --- agenda items, budgets, laws --------------------------------------------------------------------------------


def test_an_agenda_item_is_found_by_its_meeting(room: Room) -> None:
    room.put("april.txt", minutes(PLAYGROUND, LIBRARY))
    room.put("maj.txt", minutes(LIBRARY, PLAYGROUND, day="2024-05-14"))
    room.put("andet.txt", minutes(LIBRARY, LIBRARY, body="Teknik- og Miljøudvalget"))
    told = "Se punkt 2 i referatet fra Børne- og Skoleudvalgets møde den 14. maj 2024."
    room.put("brev.eml", mail(told, sent="2024-06-03"))
    room.ingest()

    assert targets(links(room, "brev.eml"), "agenda-item") == [("2", "resolved", ["maj.txt#2"])]
    assert ("brev.eml", "punkt 2") in backwards(links(room, "maj.txt", 2))
    assert ("brev.eml", "punkt 2") not in backwards(links(room, "april.txt", None))


def test_without_a_day_the_only_meeting_of_the_time_is_a_candidate(room: Room) -> None:
    room.put("april.txt", minutes(PLAYGROUND, LIBRARY))
    room.put("fjor.txt", minutes(LIBRARY, PLAYGROUND, day="2023-04-11"))
    room.put("brev.eml", mail("Jeg tænker på dagsordenspunkt 2 i Børne- og Skoleudvalget."))
    room.ingest()

    assert targets(links(room, "brev.eml"), "agenda-item") == [("2", "ambiguous", ["april.txt#2"])]
    assert ("brev.eml", "dagsordenspunkt 2") in backwards(links(room, "april.txt", 2))
    assert ("brev.eml", "dagsordenspunkt 2") not in backwards(links(room, "fjor.txt", None))


def test_two_meetings_of_the_time_are_both_candidates(room: Room) -> None:
    room.put("april.txt", minutes(PLAYGROUND, LIBRARY))
    room.put("maj.txt", minutes(LIBRARY, PLAYGROUND, day="2024-05-14"))
    room.put("brev.eml", mail("Jeg tænker på dagsordenspunkt 2 i Børne- og Skoleudvalget."))
    room.ingest()

    ((_, state, found),) = targets(links(room, "brev.eml"), "agenda-item")

    assert (state, sorted(found)) == ("ambiguous", ["april.txt#2", "maj.txt#2"])


def test_an_item_of_no_meeting_is_not_looked_up(room: Room) -> None:
    room.put("april.txt", minutes(PLAYGROUND, LIBRARY))
    room.put("brev.eml", mail("Jeg tænker på dagsordenspunkt 2."))
    room.ingest()

    assert targets(links(room, "brev.eml"), "agenda-item") == [("2", "unclear", [])]
    assert references(room, dangling=True) == []


def test_minutes_speak_of_their_own_items(room: Room) -> None:
    room.put("april.txt", minutes(PLAYGROUND, Item(title="Hegn", text="Det hænger sammen med dagsordenspunkt 1.")))
    room.ingest()

    assert targets(links(room, "april.txt", 2), "agenda-item") == [("1", "resolved", ["april.txt#1"])]


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("Fjordby Kommune\nBudgetaftale 2024", "2024"),
        ("Budgetforlig for 2025-2028 i Fjordby Kommune", "2025"),
        ("Endelig aftale om budget 2025 og overslagsårene 2026-2028", "2025"),
        ("AFTALE OM BUDGET 2025", "2025"),
        ("# Budgetforlig 2025 i Fjordby Kommune", "2025"),
        ("Budgetforlig 2025 i Fjordby Kommune", "2025"),
        ("Fjordby Kommunes budgetaftale 2025", "2025"),
        ("Budgetforlig mellem partierne i Fjordby\nBudget 2025", "2025"),
        ("Notat om budgetaftale 2024", None),
        ("Høringssvar til budgetaftale 2024", None),
        ("Budgetforlig 2024 giver flere lærere", None),
        ("Budgetaftale 2024 er på plads", None),
        ("Budgetaftale", None),
        ("Udkast til budgetaftale 2024", None),
    ],
)
def test_what_is_the_agreement_on_a_budget(head: str, year: str | None) -> None:
    document = extract_bytes(f"{head}\n\nDer afsættes flere penge til skolerne.\n".encode(), "a.txt")
    numbers = [number for paper in link_keys(document).papers for number in paper.numbers]

    assert [number.key for number in numbers if number.kind == "agreement"] == ([year] if year else [])


def test_a_budget_agreement_is_found_by_its_year_and_municipality(room: Room) -> None:
    room.put("aftale.txt", AGREEMENT)
    room.put("anden.txt", AGREEMENT.replace("2024", "2023"))
    room.put("lyngsoe.txt", AGREEMENT.replace("Fjordby", "Lyngsø"))
    told = Item(title="Normeringer", text="Det følger af budgetaftalen for 2024, at der ansættes flere.")
    room.put("referat.txt", minutes(told))
    room.ingest()

    assert targets(links(room, "referat.txt", 1), "budget") == [("2024", "resolved", ["aftale.txt"])]
    assert [path for path, _ in backwards(links(room, "aftale.txt"))] == ["referat.txt"]
    assert backwards(links(room, "lyngsoe.txt")) == []


def test_whose_budget_is_not_known_is_no_link_but_a_candidate(room: Room) -> None:
    room.put("aftale.txt", AGREEMENT)
    room.put("brev.txt", "Notat\n\nDet følger af budgetaftalen for 2024, at der ansættes flere.\n")
    room.ingest()

    assert targets(links(room, "brev.txt"), "budget") == [("2024", "ambiguous", ["aftale.txt"])]


def test_the_budget_that_a_proposal_is_of_is_no_other_paper(room: Room) -> None:
    room.put("aftale.txt", AGREEMENT)
    room.put("forslag.txt", proposal("ISU42", "Færre timer i støttekorpset"))
    room.ingest()

    assert targets(links(room, "forslag.txt"), "budget") == [("2024-2027", "itself", ["forslag.txt#0"])]
    assert backwards(links(room, "aftale.txt")) == []


LATER = {
    "Se Budget 2024.": ("2022-04-11", "unclear"),
    "Det følger af budgetaftalen for 2024, at der ansættes flere.": ("2022-04-11", "dangling"),
    "Vi venter på budgetaftalen for 2024, som kommer til efteråret.": ("2023-04-11", "resolved"),
}


@pytest.mark.parametrize("told", LATER)
def test_a_paper_that_is_much_later_is_not_meant(room: Room, told: str) -> None:
    day, state = LATER[told]
    room.put("aftale.txt", AGREEMENT)
    room.put("referat.txt", minutes(Item(title="Normeringer", text=told), day=day))
    room.ingest()

    assert targets(links(room, "referat.txt", 1), "budget") == [
        ("2024", state, ["aftale.txt"] if state == "resolved" else [])
    ]


def test_one_candidate_alone_is_called_possible(room: Room) -> None:
    room.put("aftale.txt", AGREEMENT)
    room.put("brev.txt", "Notat\n\nDet følger af budgetaftalen for 2024, at der ansættes flere.\n")
    room.ingest()
    shown = "".join(link_lines(find(room.workspace, room.id("brev.txt")).links, 100, None))

    assert "possible · whose budget it is, is not known" in shown
    assert "one of these" not in shown


def test_last_years_proposal_of_the_same_number_is_another(room: Room) -> None:
    told = "Forslaget svarer til ISU42 i Budget 2022, som faldt."
    room.put("forslag.txt", proposal("ISU42", "Færre timer i støttekorpset", text=told))
    room.ingest()
    assert targets(links(room, "forslag.txt"), "proposal") == [("ISU42", "dangling", [])]

    room.put("gammelt.txt", proposal("ISU42", "Færre timer i støttekorpset", year=2022))
    room.ingest()
    assert targets(links(room, "forslag.txt"), "proposal") == [("ISU42", "resolved", ["gammelt.txt#0"])]


def test_a_note_about_an_agreement_is_not_the_agreement(room: Room) -> None:
    room.put("notat.txt", "Fjordby Kommune\nNotat om budgetaftale 2024\n\nPartierne er enige om normeringerne.\n")
    room.put("referat.txt", minutes(Item(title="Normeringer", text="Se budgetaftalen for 2024.")))
    room.ingest()

    assert targets(links(room, "referat.txt", 1), "budget") == [("2024", "dangling", [])]


@pytest.mark.parametrize("named", ["finansloven for 2024", "aftalen om kommunernes økonomi for 2024"])
def test_the_states_budget_is_no_municipalitys(room: Room, named: str) -> None:
    room.put("aftale.txt", AGREEMENT)
    room.put("referat.txt", minutes(Item(title="Normeringer", text=f"Det følger af {named}, at der kommer flere.")))
    room.ingest()

    assert targets(links(room, "referat.txt", 1), "budget") == [("2024", "external", [])]


def test_a_bare_number_is_of_one_list(room: Room) -> None:
    room.put("forslag.txt", proposal("3", "Færre timer i støttekorpset"))
    room.put("brev.eml", mail("Vi støtter ændringsforslag nr. 3.", sent="2023-09-11"))
    room.ingest()

    assert targets(links(room, "brev.eml"), "proposal") == [("3", "unclear", [])]


def test_what_an_export_says_of_references(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.put("brev.eml", mail("Se sagsnr. 24/4711, forslag ISU42 og servicelovens § 83. Se sagsnr. 24/9999."))
    room.ingest()

    rows = [row for row in references(room) if row["path"] == "brev.eml"]

    assert by_value(rows) == {
        "24/4711": ([room.id("referat.txt", 1)], "resolved"),
        "24/9999": ([], "dangling"),
        "ISU42": ([], "dangling"),
        "serviceloven § 83": (None, "external"),
    }
    assert {row["value"] for row in references(room, dangling=True)} == {"24/9999", "ISU42"}


# --- as a user sees it ------------------------------------------------------------------------------------------


def akt(room: Room, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("akt")), "--workspace", str(room.workspace.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_line_prints_links(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.put("brev.eml", mail("Hvad er der sket i sagsnr. 24/4711? Se sagsnr. 24/9999 og servicelovens § 83."))
    room.ingest()

    shown = akt(room, "show", room.id("brev.eml")).stdout
    points, _, rest = shown.partition("\nPoints to\n")[2].partition("\nAbout\n")
    assert "Legeplads ved Havneskolen  (referat.txt)" in points
    assert "24/9999 · not in the workspace" in points
    assert "§ 83" not in points
    assert rest.lstrip().startswith("0.8")
    assert "case-number +0.7" in rest
    assert "Referred to by\n  brev.eml" in akt(room, "show", room.id("referat.txt", 1)).stdout

    dangling = akt(room, "records", "references", "--dangling", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(dangling.stdout))
    assert (row["value"], row["resolved"], row["resolution"]) == ("24/9999", "", "dangling")
    assert "1 record" in dangling.stderr

    every = list(csv.DictReader(io.StringIO(akt(room, "records", "references", "--format", "csv").stdout)))
    assert [row["resolved"] for row in every if row["resolution"] == "resolved"] == [room.id("referat.txt", 1)]


def test_only_references_dangle(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.ingest()

    asked = akt(room, "records", "amounts", "--dangling")

    assert asked.returncode == ExitCode.USAGE
    assert "akt records references --dangling" in asked.stderr
