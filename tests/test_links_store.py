"""Links in a workspace that changes: keys are kept, renewed and forgotten with their papers."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from letters import Room
from papers import AGREEMENT, TABLES, Item, backwards, by_value, links, mail, minutes, proposal, references, targets

from corpus.store import links as stored
from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import (
    link_word_counts,
    metadata,
    stages,
)
from pipeline.export.records import links_wait
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest

PLAYGROUND = Item(title="Legeplads ved Havneskolen", case="24/4711")
LIBRARY = Item(title="Åbningstider på biblioteket", case="24/4712")


def kept(room: Room) -> dict[str, list[tuple[object, ...]]]:
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.connect() as connection:
        return {table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=str) for table in TABLES}


def test_the_keys_do_not_depend_on_the_order_of_ingest(room: Room, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    other = Room(tmp_path / "to")
    papers: dict[str, str | bytes] = {
        "a.eml": mail("Se sagsnr. 24/4711 og forslag ISU42."),
        "b.txt": minutes(PLAYGROUND, LIBRARY),
        "c.txt": proposal("ISU42", "Færre timer ved Havneskolen"),
    }
    for one, names in ((room, [*papers]), (other, [*papers][::-1])):
        for name in names:
            one.put(name, papers[name])
            one.ingest()

    assert kept(room) == kept(other)
    assert kept(room)["link_pointers"]


def test_a_changed_and_a_repeated_extraction_leave_no_old_keys(room: Room) -> None:
    room.put("a.txt", minutes(PLAYGROUND))
    room.ingest()
    once = kept(room)
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        connection.execute(stages.update().where(stages.c.stage == "extract").values(version="akt-extract/0"))
    room.ingest()

    assert kept(room) == once
    assert ("havneskol", 1) in once["link_word_counts"]


def test_pruning_leaves_no_word_of_a_title_in_the_file(room: Room) -> None:
    room.put("a.txt", minutes(PLAYGROUND))
    room.put("b.txt", minutes(LIBRARY))
    room.ingest()
    assert b"havneskol" in room.workspace.store_file.read_bytes()
    (room.folder / "a.txt").unlink()
    ingest(room.workspace, [room.folder], RunOptions(prune=True))

    assert {count for _, count in kept(room)["link_word_counts"]} == {1}
    assert b"havneskol" not in room.workspace.store_file.read_bytes()


def test_words_that_an_older_akt_left_behind_go_with_the_next_run(room: Room) -> None:
    room.put("b.txt", minutes(LIBRARY))
    room.ingest()
    once = kept(room)
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        connection.execute(link_word_counts.insert().values(word="havneskol", papers=0))
    room.ingest()

    assert kept(room) == once


def test_links_to_what_lies_nowhere_now_are_not_given(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.put("brev.eml", mail("Hvad er der sket i sagsnr. 24/4711?"))
    room.ingest()
    (room.folder / "referat.txt").rename(room.folder / "flyttet.txt")
    room.ingest()
    assert targets(links(room, "brev.eml"), "case") == [("24/4711", "resolved", ["flyttet.txt#1"])]

    (room.folder / "flyttet.txt").rename(room.folder.parent / "flyttet.txt")
    ingest(room.workspace, [room.folder], RunOptions(gone=True))
    assert targets(links(room, "brev.eml"), "case") == [("24/4711", "dangling", [])]

    (room.folder.parent / "flyttet.txt").rename(room.folder / "referat.txt")
    (room.folder / "brev.eml").unlink()
    ingest(room.workspace, [room.folder], RunOptions(gone=True))
    assert backwards(links(room, "referat.txt", 1)) == []


def test_one_content_in_two_places_is_one_paper(room: Room) -> None:
    room.put("arkiv/kopi.txt", minutes(PLAYGROUND))
    room.put("referat.txt", minutes(PLAYGROUND))
    room.put("brev.eml", mail("Hvad er der sket i sagsnr. 24/4711?"))
    room.put("sager/brev.eml", mail("Hvad er der sket i sagsnr. 24/4711?"))
    room.ingest()

    assert targets(links(room, "brev.eml"), "case") == [("24/4711", "resolved", ["referat.txt#1"])]
    assert backwards(links(room, "referat.txt", 1)) == [("brev.eml", "24/4711")]


def test_an_older_workspace_says_that_links_are_not_there_yet(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.put("brev.eml", mail("Hvad er der sket i sagsnr. 24/4711?"))
    room.ingest()
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        for table in TABLES:
            connection.execute(table.delete())
        older = stages.update().where(stages.c.stage == "extract").values(version=stored.WITHOUT_LINKS[-1])
        connection.execute(older)

    (note,) = links(room, "brev.eml")["notes"]
    assert "akt ingest" in note
    assert by_value(references(room))["24/4711"] == (None, None)
    assert links_wait(room.workspace)
    ingest(room.workspace, [])
    assert not links_wait(room.workspace)
    assert links(room, "brev.eml")["notes"] == []
    assert targets(links(room, "brev.eml"), "case") == [("24/4711", "resolved", ["referat.txt#1"])]


def test_a_store_without_the_tables_that_may_only_be_read_is_explained(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.ingest()
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        connection.execute(sa.text("drop table link_papers"))
    monkeypatch.setattr("corpus.store.database.metadata.create_all", lambda engine: None)

    assert "akt ingest" in links(room, "referat.txt")["notes"][0]
    assert references(room)[0]["resolved"] is None


def test_a_record_has_the_links_of_its_own(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND))
    room.put("brev.eml", mail("Hvad er der sket i sagsnr. 24/4711? Se forslag ISU42."))
    room.ingest()
    case = next(row for row in references(room) if row["value"] == "24/4711" and row["path"] == "brev.eml")
    decision = links(room, "brev.eml")["about"][0]["record"]

    found = links(room, "brev.eml", record="." + ".".join(str(case["id"]).split(".")[2:]))
    assert targets(found, "case") == [("24/4711", "resolved", ["referat.txt#1"])]
    assert (targets(found, "proposal"), found["about"]) == ([], [])
    decided = links(room, "referat.txt", 1, "." + ".".join(decision.split(".")[2:]))
    assert backwards(decided) == [("brev.eml", "24/4711")]


def test_no_look_up_reads_a_whole_table(room: Room) -> None:
    room.put("referat.txt", minutes(PLAYGROUND, LIBRARY))
    room.put("forslag.txt", proposal("ISU42", "Færre timer ved Havneskolen"))
    room.put("aftale.txt", AGREEMENT)
    told = "Se sagsnr. 24/4711, forslag ISU42, budgetaftalen for 2024 og dagsordenspunkt 1 i Børne- og Skoleudvalget."
    room.put("brev.eml", mail(f"{told} Det drejer sig om 413.250 kr. til en legeplads ved Havneskolen."))
    room.ingest()
    wanted = [("brev.eml", None), ("referat.txt", None), ("aftale.txt", None)]
    ids = [room.id(name) for name, _ in wanted]
    assert len(set(ids)) == 3
    plans: list[str] = []

    def explain(
        connection: sa.Connection, cursor: object, statement: str, values: tuple[object, ...], *_: object
    ) -> None:
        if statement.startswith("SELECT") and "sqlite_master" not in statement:
            rows = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(f"{row[3]} in {statement}" for row in rows)

    for name, part in wanted:
        sa.event.listen(sa.Engine, "before_cursor_execute", explain)
        try:
            links(room, name, part)
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", explain)

    for index in ("link_numbers_key", "link_words_word", "link_amounts_value", "link_pointers_key"):
        assert any(f"INDEX {index} " in plan for plan in plans), index
    scanned = {plan.split()[1] for plan in plans if plan.startswith("SCAN")}
    assert scanned & {*metadata.tables} <= {"roots", "meta", "occurrences"}
