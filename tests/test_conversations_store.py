"""The keys by which messages are joined, and conversations in a workspace that changes and grows."""

from __future__ import annotations

import datetime as dt
import random

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from letters import ANNE, ANSWER, BO, GRANT, KAREN, ORIGINAL, REPLY, Letter, Room, eml, gmail, outlook, seen
from msgspec.structs import replace

from corpus.store import messages as stored
from corpus.store.database import open_store, sqlite_url
from corpus.store.keys import subject_key, utc_minute
from corpus.store.schema import message_references, messages, metadata, stages
from corpus.workspace import WorkspaceError
from pipeline.conversations.find import NoMessageError, conversation
from pipeline.conversations.subjects import base_subject, is_answer
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.mail.fingerprints import danish_time

YEAR_ONE = dt.datetime(1, 1, 1)


# --- keys -------------------------------------------------------------------------------------------------------

SUBJECTS = {
    "Busdrift": "busdrift",
    "SV: Busdrift": "busdrift",
    "Re: SV: VS: Busdrift": "busdrift",
    "SV:Busdrift": "busdrift",
    "RE[2]: Fwd: AW: WG: Busdrift": "busdrift",
    "Vs: Vl: TR: Antw: Busdrift": "busdrift",
    "[EXTERN] SV: [EKSTERN] VS: Busdrift": "busdrift",
    "Sv: Fw: Busdrift – rute 16": "busdrift rute 16",
    "Re : Busdrift": "busdrift",
    "Svømmehal: SV: tider": "svømmehal sv tider",
    "Reparation: tag": "reparation tag",
    "Vsk: Busdrift": "vsk busdrift",
    "[Budget] Busdrift": "budget busdrift",
    "SV:": "",
}


@pytest.mark.parametrize(("subject", "base"), SUBJECTS.items())
def test_base_subject(subject: str, base: str) -> None:
    assert base_subject(subject) == base


def test_what_marks_an_answer() -> None:
    assert is_answer("SV: Busdrift")
    assert is_answer("[EXTERN] Fwd: Busdrift")
    assert not is_answer("[EXTERN] Busdrift")
    assert not is_answer("Reparation: tag")
    assert not is_answer(None)


@given(st.sampled_from(["SV", "VS", "Re", "Fwd", "AW", "[EXTERN] SV"]), st.text(min_size=1, max_size=60))
def test_an_answer_is_looked_up_by_the_key_of_its_subject(mark: str, subject: str) -> None:
    if subject_key(subject) is not None:
        assert subject_key(f"{mark}: {subject}") == subject_key(subject)


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2100, 1, 1)), st.integers(-14, 14))
def test_a_moment_has_one_minute_whatever_zone_it_is_printed_in(moment: dt.datetime, east: int) -> None:
    zone = dt.timezone(dt.timedelta(hours=east))
    printed = moment.replace(tzinfo=dt.UTC).astimezone(zone).isoformat(timespec="seconds")
    minute, clock = utc_minute(printed)

    assert clock
    assert minute == (moment - YEAR_ONE) // dt.timedelta(minutes=1) + 1440


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2100, 1, 1)))
def test_a_time_without_offset_is_that_of_a_danish_clock(moment: dt.datetime) -> None:
    danish = danish_time(moment.replace(tzinfo=dt.UTC).isoformat(timespec="seconds"))
    assert danish is not None
    found, there = utc_minute(danish)[0], utc_minute(f"{moment.isoformat(timespec='minutes')}+00:00")[0]
    assert found is not None
    assert there is not None
    # The hour that comes twice in October is the first one.
    twice = moment.month == 10 and moment.hour == 1 and moment.day > 24 and moment.isoweekday() == 7
    assert there - found == (60 if twice else 0)


@pytest.mark.parametrize("sent", [None, "", "2024", "i går", "2024-13-01"])
def test_what_is_no_time_has_no_minute(sent: str | None) -> None:
    assert utc_minute(sent) == (None, False)


def test_a_day_alone_has_no_clock() -> None:
    assert utc_minute("2024-03-04") == (utc_minute("2024-03-04T00:00")[0], False)


# --- a workspace that changes -----------------------------------------------------------------------------------


def test_a_deleted_file_leaves_the_conversation_and_comes_back(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER, outlook(ORIGINAL)))
    room.ingest()
    (room.folder / "a.eml").rename(room.folder.parent / "a.eml")
    ingest(room.workspace, [room.folder], RunOptions(gone=True))

    found = room.thread("b.eml")
    assert [seen(message) for message in found["messages"]] == [["b.eml#1"], ["b.eml#0"]]
    assert [each["message_id"] for each in found["not_in_workspace"]] == ["<brev@fjordby.example>"]
    assert found["not_in_workspace"][0]["quoted_as"] == room.id("b.eml", 1)
    with pytest.raises(NoMessageError, match="gone from every place"):
        room.thread("a.eml")

    (room.folder.parent / "a.eml").rename(room.folder / "a.eml")
    room.ingest()
    assert [seen(message) for message in room.thread("b.eml")["messages"]] == [["a.eml#0", "b.eml#1"], ["b.eml#0"]]


def test_one_mail_in_two_places_stands_once(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("kopier/samme.eml", eml(ORIGINAL))
    room.ingest()

    (message,) = room.thread("a.eml")["messages"]
    (copy,) = message["seen_in"]

    assert (copy["path"], copy["also_in"]) == ("a.eml", ["kopier/samme.eml"])


def test_a_changed_file_takes_its_old_message_out(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER))
    room.ingest()
    room.put("a.eml", eml(replace(ORIGINAL, id="andet")))
    room.ingest()

    assert [seen(message) for message in room.thread("b.eml")["messages"]] == [["b.eml#0"]]


def test_a_workspace_of_an_older_akt_is_filled_by_the_next_run_from_what_it_has(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER))
    room.ingest()
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        connection.execute(messages.delete())
        connection.execute(message_references.delete())
        extracted = stages.update().where(stages.c.stage == "extract")
        connection.execute(extracted.values(version=stored.WITHOUT_MESSAGES[0]))

    with pytest.raises(NoMessageError, match="akt ingest"):
        room.thread("a.eml")
    ingest(room.workspace, [])

    assert len(room.thread("a.eml")["messages"]) == 2


def test_a_workspace_that_is_filled_in_part_says_so(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER))
    room.ingest()
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        version = stored.WITHOUT_MESSAGES[0]
        sha256 = connection.scalar(sa.select(messages.c.sha256).where(messages.c.message_id.like("%svar%")))
        connection.execute(
            stages.update().where(stages.c.stage == "extract", stages.c.sha256 == sha256).values(version=version)
        )
        connection.execute(messages.delete().where(messages.c.sha256 == sha256))
        connection.execute(message_references.delete())

    assert any("not been looked at" in note for note in room.thread("a.eml")["notes"])


def test_a_store_without_the_tables_that_may_only_be_read_is_explained(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.ingest()
    wanted = room.id("a.eml")
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        connection.execute(sa.text("drop table message_keys"))
    monkeypatch.setattr("corpus.store.database.metadata.create_all", lambda engine: None)

    with pytest.raises(WorkspaceError, match="akt ingest"):
        conversation(room.workspace, wanted)


def test_no_look_up_reads_a_whole_table(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER, outlook(ORIGINAL, GRANT.replace("413.000", "900.000"))))
    room.put("c.txt", f"{gmail(ORIGINAL)}\nDet er for lidt.\n\nBo\n")
    room.put("d.txt", f"{gmail(replace(ORIGINAL, sender=ANNE))}\nDet er for meget.\n\nBo\n")
    room.ingest()
    plans: list[str] = []

    def explain(
        connection: sa.Connection, cursor: object, statement: str, values: tuple[object, ...], *_: object
    ) -> None:
        if statement.startswith("SELECT") and "sqlite_master" not in statement:
            rows = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(f"{row[3]} in {statement}" for row in rows)

    wanted = room.id("b.eml")
    sa.event.listen(sa.Engine, "before_cursor_execute", explain)
    try:
        assert conversation(room.workspace, wanted).notes
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", explain)

    for index in ("message_keys_subject", "message_words", "message_quotations"):
        assert any(f"INDEX ix_{index}" in plan or f"INDEX {index}" in plan for plan in plans), index
    scanned = {plan.split()[1] for plan in plans if plan.startswith("SCAN")}
    assert scanned & set(metadata.tables) <= {"roots", "meta"}


# --- large conversations ----------------------------------------------------------------------------------------


def long_thread(room: Room, count: int) -> None:
    """Mails that each answer and quote the one before."""
    before: Letter | None = None
    for number in range(count):
        letter = Letter(
            sender=(KAREN, BO)[number % 2],
            to=(BO, KAREN)[number % 2],
            sent=dt.datetime(2024, 1, 8, 8) + dt.timedelta(hours=number),
            subject="SV: Hegnet" if number else "Hegnet",
            id=f"m{number}",
            answers=f"m{number - 1}" if number else None,
            references=tuple(f"m{earlier}" for earlier in range(max(number - 20, 0), number)),
            body=f"Hej\n\nDet her er svar nummer {number} om hegnet ved skolen, og prisen er nu {number * 500} kr.\n",
        )
        room.put(f"{number:03}.eml", eml(letter, *([outlook(before)] if before else [])))
        before = letter


def test_three_hundred_messages_are_one_conversation(room: Room) -> None:
    long_thread(room, 300)
    room.ingest()

    found = room.thread("150.eml")

    assert [message["path"] for message in found["messages"]] == [f"{number:03}.eml" for number in range(300)]
    assert (found["documents"], found["copies"], found["differing"], found["truncated"]) == (300, 599, 0, False)
    assert found["not_in_workspace"] == []


def test_what_is_left_out_is_told(room: Room) -> None:
    long_thread(room, 30)
    room.ingest()

    found = room.thread("015.eml", most=20)

    assert found["truncated"]
    assert found["copies"] == 20
    assert any("only 20 copies" in note for note in found["notes"])
    assert "015.eml" in [message["path"] for message in found["messages"]]


def test_whichever_message_is_asked_for_the_conversation_is_the_same(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(ANSWER, outlook(ORIGINAL, GRANT.replace("413.000", "900.000"))))
    room.put("c.txt", outlook(replace(ANSWER, to=ANNE, sent=ANSWER.sent.replace(day=9))) + "\n" + outlook(ORIGINAL))
    room.put("d.md", REPLY + "\n" + outlook(ORIGINAL))
    room.ingest()

    every = [
        room.thread(name, part)
        for name, parts in (("a.eml", 1), ("b.eml", 2), ("c.txt", 2), ("d.md", 2))
        for part in range(parts)
    ]

    assert len({tuple(tuple(seen(message)) for message in found["messages"]) for found in every}) == 1
    assert len({found["id"] for found in every}) > 1


@pytest.mark.parametrize("seed", range(5))
def test_every_message_of_a_conversation_leads_to_the_same_conversation(room: Room, seed: int) -> None:
    chance = random.Random(seed)
    people = [KAREN, BO, ANNE, "████"]
    letters = []
    for number in range(14):
        body = GRANT if number % 3 else REPLY
        letter = Letter(
            sender=chance.choice(people[:3]),
            to=chance.choice(people[:3]),
            sent=ORIGINAL.sent + dt.timedelta(hours=chance.randrange(4), days=chance.randrange(2)),
            subject=chance.choice(["Hegnet", "SV: Hegnet", "Møde"]),
            body=body.replace("413", chance.choice(["413", "900"])),
            id=f"m{number}" if chance.random() < 0.6 else None,
            answers=f"m{chance.randrange(14)}" if chance.random() < 0.4 else None,
        )
        letters.append(letter)
        quoted = replace(chance.choice(letters), sender=chance.choice([*people, letter.sender]))
        below = chance.choice([(), (outlook(quoted),), (outlook(quoted, Sendt="4. marts 2024"),)])
        if chance.random() < 0.4:
            letter, below = replace(letter, body=f"{gmail(quoted)}\nNej, det er for lidt.\n\nHilsen\n"), ()
        document = eml(letter, *below) if letter.id else "\n".join([outlook(letter), *below])
        room.put(f"{number}.{'eml' if letter.id else 'txt'}", document)
    room.ingest()
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.connect() as connection:
        ids = [f"{row.sha256[:12]}.{row.part}" for row in connection.execute(sa.select(messages))]

    found = {wanted: conversation(room.workspace, wanted) for wanted in ids}

    shown = {
        wanted: frozenset(
            frozenset(copy.id for copy in message.seen_in if not copy.partial) for message in each.messages
        )
        for wanted, each in found.items()
    }
    for wanted, clusters in shown.items():
        together = frozenset().union(*clusters)
        assert wanted in together
        assert sum(map(len, clusters)) == len(together)
        assert all(shown[other] == clusters for other in together)
    assert len(set(shown.values())) > 1
    assert max(map(len, shown.values())) > 2
    partial = {
        wanted: frozenset(
            (message.id, copy.id) for message in each.messages for copy in message.seen_in if copy.partial
        )
        for wanted, each in found.items()
    }
    for wanted, clusters in shown.items():
        assert {partial[other] for cluster in clusters for other in cluster} == {partial[wanted]}
    assert any(partial.values())


def test_a_workspace_of_before_these_keys_is_read(room: Room) -> None:
    room.put("a.txt", outlook(ORIGINAL))
    room.put("b.txt", f"{outlook(ANSWER, '')}{gmail(ORIGINAL)}\nNej.\n\nBo\n")
    room.ingest()
    with open_store(sqlite_url(room.workspace.store_file)) as engine, engine.begin() as connection:
        for table in ("message_words", "message_quotations"):
            connection.execute(sa.text(f"drop table {table}"))

    assert len(room.thread("b.txt")["messages"]) == 2
