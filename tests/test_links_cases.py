"""Case numbers that join papers: their keys, what a paper's own number is, and what joins nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from letters import Room
from papers import TABLES, Item, backwards, links, mail, minutes, references, targets

from corpus.store.database import open_store, sqlite_url
from pipeline.extract import extract_bytes
from pipeline.links.keys import link_keys
from pipeline.links.normal import body_key, case_key, item_key, proposal_key

PLAYGROUND = Item(title="Legeplads ved Havneskolen", case="24/4711")
LIBRARY = Item(title="Åbningstider på biblioteket", case="24/4712")


# --- keys -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24/8812", "24/8812"),
        ("2020-0012345", "2020\u20110012345"),
        ("05.01.12-P20-3-19", "05.01.12-p20-3-19"),
        ("EMN-2021-00733", "emn-2021-00733."),
    ],
)
def test_a_case_number_is_one_however_it_is_printed(one: str, other: str) -> None:
    assert case_key(one) == case_key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("2020-0012345", "2020-12345"), ("24/8812", "2024/8812"), ("24/8812", "24-8812")]
)
def test_what_may_be_another_case_is_another(one: str, other: str) -> None:
    assert case_key(one) != case_key(other)


@pytest.mark.parametrize(
    "printed", ["010190-xxxx", "0101901234", "010190-1234", "82.02.00G10", "17.01.04", "62", "7/24", ""]
)
def test_a_person_a_subject_and_a_running_number_are_no_case(printed: str) -> None:
    assert case_key(printed) is None


@pytest.mark.parametrize(
    ("printed", "key"),
    [("ISU42", "isu42"), ("BL-07", "bl7"), ("BL 7", "bl7"), ("BSU\u201103", "bsu3"), ("KFU10a", "kfu10a"), ("A", None)],
)
def test_a_proposals_number(printed: str, key: str | None) -> None:
    assert proposal_key(printed) == key


@given(st.text(alphabet="ABUÆabuæ0123456789-/. ‑", max_size=20))
def test_a_key_is_its_own_key(printed: str) -> None:
    for key in (case_key, proposal_key, body_key):
        found = key(printed)
        assert found is None or key(found) == found
    assert item_key("07", "2024-01-01") == item_key("7", "2024-01-01")


# --- cases ------------------------------------------------------------------------------------------------------


def test_a_case_number_points_to_the_papers_of_the_case_and_they_know_it(room: Room) -> None:
    room.put("referat.txt", minutes(LIBRARY, PLAYGROUND))
    room.put("brev.eml", mail("Hvad er der sket i sagsnr. 24/4711?"))
    room.ingest()

    assert targets(links(room, "brev.eml"), "case") == [("24/4711", "resolved", ["referat.txt#2"])]
    (link,) = links(room, "brev.eml")["to"]
    assert link["by"] == "case number"
    assert link["targets"][0]["title"] == "Legeplads ved Havneskolen"
    assert backwards(links(room, "referat.txt", 2)) == [("brev.eml", "24/4711")]
    assert "Hvad er der sket" in links(room, "referat.txt", 2)["from"][0]["quote"]
    assert backwards(links(room, "referat.txt", 1)) == []
    assert backwards(links(room, "referat.txt", None)) == [("brev.eml", "24/4711")]


def test_the_number_in_a_papers_own_head_is_its_own(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.ingest()

    assert targets(links(room, "referat.txt", 1), "case") == [("24/4711", "itself", ["referat.txt#1"])]
    assert references(room, dangling=True) == []


def test_papers_of_one_case_point_to_each_other(room: Room) -> None:
    room.put("april.txt", minutes(PLAYGROUND))
    room.put("maj.txt", minutes(LIBRARY, PLAYGROUND, day="2024-05-14"))
    room.ingest()

    assert targets(links(room, "april.txt", 1), "case") == [("24/4711", "resolved", ["maj.txt#2"])]
    assert backwards(links(room, "april.txt", 1)) == [("maj.txt", "24/4711")]


def test_a_number_in_a_sentence_is_not_the_papers_own(room: Room) -> None:
    text = "Udvalget behandlede sagsnr. 24/4711 på et tidligere møde."
    told = Item(title="Nyt tag på hallen", case="24/9000", text=text)
    room.put("referat.txt", minutes(told))
    room.put("brev.eml", mail("Hvad er der sket i sagsnr. 24/4711?"))
    room.ingest()

    assert targets(links(room, "brev.eml"), "case") == [("24/4711", "dangling", [])]


OWN = {
    "Sagsnr.: 24/4711": True,
    "Sagsnummer\n24/4711": True,
    "Åben sag   Sagsnr. 24/4711   Bilag: 2": True,
    "Havnsund Kommune · Ejendomscentret · 2. maj 2025 · Sagsnr. 24/4711": True,
    "Havnsund Kommune · Sagsnr. 24/4711 · 2. maj 2025": True,
    "Havnsund Kommune · Se også Sagsnr. 24/4711": False,
    "Sagsnr.: 24/4711 Sagsbehandler: Karin Holm": True,
    "| Sagsnr. | 24/4711 |": True,
    "J.nr. 24/4711": True,
    "Sagsnr. 24/4711 blev udsat på sidste møde.": False,
    "Der henvises til\nsagsnr. 24/4711\nfor en gennemgang.": False,
    "Se også Sagsnr. 24/4711": False,
}


@pytest.mark.parametrize("line", OWN)
def test_where_a_paper_prints_its_own_number(line: str) -> None:
    text = f"Fjordby Kommune\n\n{line}\n\nNotat om hegnet\n\nHegnet er for lavt.\n"
    papers = link_keys(extract_bytes(text.encode(), "a.txt")).papers

    assert [number.key for paper in papers for number in paper.numbers] == (["24/4711"] if OWN[line] else [])


@pytest.mark.parametrize(
    ("title", "own"),
    [("Afgørelse om hegnet - j.nr. 24/4711", True), ("Svar om hegnet, sagsnr. 24/4711", True), ("Hegn 24/4711", False)],
)
def test_a_number_behind_a_label_in_the_title_is_the_papers_own(title: str, own: bool) -> None:
    text = f"Fjordby Kommune\n3. maj 2025\n\n{title}\n\nHegnet er for lavt, og det skal være højere.\n"
    papers = link_keys(extract_bytes(text.encode(), "a.txt")).papers

    assert [number.key for paper in papers for number in paper.numbers] == (["24/4711"] if own else [])


def test_a_mail_is_no_paper_of_the_case_it_names(room: Room) -> None:
    room.put("a.eml", mail("Sagsnr.: 24/4711\n\nHvad er der sket?", id="a"))
    room.put("b.eml", mail("Sagsnr.: 24/4711\n\nDet ved jeg ikke.", id="b"))
    room.ingest()

    assert targets(links(room, "a.eml"), "case") == [("24/4711", "dangling", [])]


def test_another_municipalitys_case_of_that_number_is_another_case(room: Room) -> None:
    room.put("lyngsoe.txt", minutes(PLAYGROUND, town="Lyngsø"))
    room.put("fjordby.txt", minutes(Item(title="Ny svømmehal", text="Se sagsnr. 24/4711 herom."), day="2024-05-14"))
    room.ingest()

    (link,) = links(room, "fjordby.txt", 1)["to"]

    assert (link["state"], link["targets"]) == ("dangling", [])
    assert "Lyngsø" in link["reason"]
    assert backwards(links(room, "lyngsoe.txt", 1)) == []


def test_a_masked_person_is_in_no_key_and_joins_nothing(room: Room) -> None:
    room.put("a.txt", minutes(Item(title="Lukket punkt", case="010190-1234")))
    room.put("b.txt", minutes(Item(title="Lukket punkt", case="010190-4321"), day="2024-05-14"))
    room.ingest()

    assert backwards(links(room, "a.txt", None)) == []
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.connect() as connection:
        kept = "\n".join(str(row) for table in TABLES for row in connection.execute(sa.select(table)))
    assert "Lukket punkt" in kept
    assert "010190" not in kept
