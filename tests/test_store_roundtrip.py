"""The store on a real SQLite file: what goes in comes out, once per content and once per place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from corpus.identity import content_hash, document_id
from corpus.model import Amount, Body, Document, Message, Problem
from corpus.reading import Child, Page, Reading
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Content, Failure, Member, Place, Quote, Stage
from corpus.store.exports import stream_records
from corpus.store.overview import content_counts, failures, file_counts, record_counts
from corpus.store.places import file_states, mark_deleted, mark_present, put_file, put_unopened
from corpus.store.queries import (
    contents_to_extract,
    contents_to_index,
    contents_with_prefix,
    files_to_read_again,
    known_fresh,
    load_document,
    load_reading,
    members_of,
    places_of,
)
from corpus.store.schema import parts
from corpus.store.writer import add_root, begin_run, merge_root, put_content, put_members, put_stage

TEXT = "Udvalget bevilger 2 mio. kr. i 2025.\n"


def content(
    text: str,
    *,
    read: str = "text/1",
    extract: str = "x/1",
    failure: Failure | None = None,
    title: str | None = "Notat",
) -> Content:
    """A content with one part and one amount at characters 18 to 28."""
    sha256 = content_hash(text.encode())
    amount = Amount(part=0, start=18, end=28, text=text[18:28], value=2_000_000, currency="DKK")  # type: ignore[arg-type]
    document = Document(
        path="a.txt",
        sha256=sha256,
        media_type="text/plain",
        title=title,
        reader=read,
        extractor_version=extract,
        parts=[Body(index=0, title=title, text=text)],
        records=[amount],
        problems=[Problem(code="number-refused", message="Et tal.", part=0)],
    )
    reading = Reading(
        media_type="text/plain",
        reader=read,
        text=text,
        pages=[
            Page.build(
                number=1, width=595, height=842, start=0, end=len(text), spans=[(0, 8, 0, 0)], boxes=[(1.5, 2, 3, 4)]
            )
        ],
        children=[Child(name="x", media_type="text/plain", data=b"not kept here")],
    )
    return Content(
        sha256=sha256,
        size=len(text),
        reading=reading,
        document=document,
        quotes=[Quote(text.strip(), 18, 28)],
        members=[],
        read_version=read,
        extract_version=extract,
        failure=failure,
    )


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    with open_store(sqlite_url(tmp_path / "akt.sqlite")) as engine, engine.begin() as connection:
        begin_run(connection)
        add_root(connection, "/arkiv", whole=True)
        yield connection


def put(connection: sa.Connection, path: str, stored: Content, root: int = 1) -> None:
    put_content(connection, stored)
    put_file(connection, root=root, path=path, sha256=stored.sha256, mtime_ns=1, size=stored.size, run=1)


def test_document_and_reading_come_back_as_they_were(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "a.txt", stored)

    loaded = load_reading(connection, stored.sha256)

    assert load_document(connection, stored.sha256) == stored.document
    assert loaded is not None
    assert loaded[0].text == TEXT
    assert loaded[0].pages == stored.reading.pages
    assert loaded[0].children == []
    assert loaded[1] == len(TEXT)


def test_a_record_comes_back_with_its_quote_and_place(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "mappe/a.txt", stored)

    (found,) = stream_records(connection, "amount")

    assert found.record == stored.document.records[0]
    origin = found.origin
    assert (origin.path, origin.outline.title, origin.outline.parts[0].kind) == ("mappe/a.txt", "Notat", "body")
    assert found.quote == Quote(TEXT.strip(), 18, 28)
    assert list(stream_records(connection, "date")) == []


def test_records_can_be_restricted_to_parts(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "a.txt", stored)

    assert len(list(stream_records(connection, "amount", [(document_id(stored.sha256), 0)]))) == 1
    assert list(stream_records(connection, "amount", [(document_id(stored.sha256), 1)])) == []
    assert list(stream_records(connection, "amount", [])) == []


def test_writing_a_content_again_replaces_what_was_found(connection: sa.Connection) -> None:
    put(connection, "a.txt", content(TEXT))
    put(connection, "a.txt", content(TEXT, extract="x/2", title="Nyt"))

    assert content_counts(connection) == (1, 1)
    assert record_counts(connection) == {"amount": 1}
    assert [found.origin.outline.title for found in stream_records(connection, "amount")] == ["Nyt"]


def test_an_attachment_of_two_mails_is_one_content_at_two_places(connection: sa.Connection) -> None:
    attachment, first, second = (
        content(TEXT),
        content("Mail 1: bevilling 3 mio. kr."),
        content("Mail 2: bevilling 4 mio. k"),
    )
    put_content(connection, attachment)
    for path, mail in (("1.eml", first), ("2.eml", second)):
        put_content(connection, mail)
        put_members(connection, mail.sha256, [Member(name="bilag.txt", sha256=attachment.sha256)])
        put_file(connection, root=1, path=path, sha256=mail.sha256, mtime_ns=1, size=1, run=1)

    places = places_of(connection, attachment.sha256)

    assert places == [Place(root="/arkiv", path="1.eml!bilag.txt"), Place(root="/arkiv", path="2.eml!bilag.txt")]
    assert content_counts(connection) == (3, 3)
    assert members_of(connection, first.sha256) == [Member(name="bilag.txt", sha256=attachment.sha256)]
    assert set(file_states(connection, 1)) == {"1.eml", "2.eml"}


def test_an_archive_that_holds_itself_ends(connection: sa.Connection) -> None:
    quine = content("quine: bevilling på 2 mio. kr.")
    put_content(connection, quine)
    put_members(connection, quine.sha256, [Member(name="r.zip", sha256=quine.sha256)])
    put_file(connection, root=1, path="r.zip", sha256=quine.sha256, mtime_ns=1, size=1, run=1)

    assert [place.path for place in places_of(connection, quine.sha256)] == ["r.zip", "r.zip!r.zip"]


def test_a_changed_file_leaves_its_old_content_without_a_place(connection: sa.Connection) -> None:
    old, new = content(TEXT), content(TEXT + "Mere.")
    put(connection, "a.txt", old)
    put(connection, "a.txt", new)

    assert places_of(connection, old.sha256) == []
    assert [place.path for place in places_of(connection, new.sha256)] == ["a.txt"]
    assert len(list(stream_records(connection, "amount"))) == 1


def test_a_deleted_file_is_marked_and_can_come_back(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "a.txt", stored)
    file = file_states(connection, 1)["a.txt"].id
    put_stage(connection, stored.sha256, Stage.INDEX, "i/1")

    mark_deleted(connection, file)

    assert content_counts(connection) == (0, 0)
    assert load_document(connection, stored.sha256) is not None
    assert contents_to_index(connection, "i/1") == [stored.sha256]

    mark_present(connection, file)

    assert content_counts(connection) == (1, 1)


def test_staleness_by_stage(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "a.txt", stored)
    put_stage(connection, stored.sha256, Stage.INDEX, "i/1")

    assert known_fresh(connection, {"text/1"}, "x/1") == {stored.sha256}
    assert contents_to_extract(connection, {"text/1"}, "x/1") == []
    assert contents_to_extract(connection, {"text/1"}, "x/2") == [stored.sha256]
    assert files_to_read_again(connection, 1, {"text/1"}) == set()
    assert files_to_read_again(connection, 1, {"text/3"}) == {"a.txt"}
    assert contents_to_index(connection, "i/1") == []
    assert contents_to_index(connection, "i/2") == [stored.sha256]


def test_a_new_place_makes_the_index_stale(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "a.txt", stored)
    put_stage(connection, stored.sha256, Stage.INDEX, "i/1")

    put_file(connection, root=1, path="kopi.txt", sha256=stored.sha256, mtime_ns=1, size=1, run=1)

    assert contents_to_index(connection, "i/1") == [stored.sha256]


def test_a_stale_attachment_names_the_file_it_lies_in(connection: sa.Connection) -> None:
    attachment, mail = content(TEXT, read="pdf/1"), content("Mail med bevilling på 2 mio. kr.")
    put_content(connection, attachment)
    put_content(connection, mail)
    put_members(connection, mail.sha256, [Member(name="b.pdf", sha256=attachment.sha256)])
    put_file(connection, root=1, path="m.eml", sha256=mail.sha256, mtime_ns=1, size=1, run=1)

    assert files_to_read_again(connection, 1, {"text/1", "pdf/2"}) == {"m.eml"}


def test_failures_and_counts(connection: sa.Connection) -> None:
    locked = Failure(stage=Stage.READ, code="encrypted-pdf", reason="Den er låst.")
    put(connection, "ok.txt", content(TEXT))
    put(connection, "mappe/låst.pdf", content("Låst: bevilling på 2 mio. kr.", failure=locked))
    put_unopened(connection, root=1, path="væk.txt", reason="Ingen adgang.", run=1)

    counts = file_counts(connection, {"text/1"}, "x/1", "i/1")

    assert (counts.seen, counts.read, counts.failed, counts.stale, counts.waiting) == (3, 1, 2, 0, 2)
    assert [(f.failed.path, f.failed.code, f.failed.reason) for f in failures(connection)] == [
        ("væk.txt", "cannot-open", "Ingen adgang."),
        ("mappe/låst.pdf", "encrypted-pdf", "Den er låst."),
    ]
    assert [f.failed.path for f in failures(connection, 1, "mappe")] == ["mappe/låst.pdf"]
    assert [f.failed.path for f in failures(connection, 1, "map")] == []


def test_a_file_that_cannot_be_opened_any_more_keeps_what_was_found(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "a.txt", stored)

    put_unopened(connection, root=1, path="a.txt", reason="Ingen adgang.", run=1)

    assert file_states(connection, 1)["a.txt"].failed
    assert len(list(stream_records(connection, "amount"))) == 1


@pytest.mark.parametrize(("prefix", "number"), [("", 3), ("50%_a", 1), ("50", 0), ("b.txt", 1)])
def test_paths_under_a_prefix_are_taken_literally(connection: sa.Connection, prefix: str, number: int) -> None:
    for path in ("50%_a/x.txt", "50xya/x.txt", "b.txt"):
        put(connection, path, content(TEXT))

    assert len(file_states(connection, 1, prefix)) == number


def test_a_root_inside_another_is_taken_in(connection: sa.Connection) -> None:
    inner = add_root(connection, "/arkiv/2024", whole=True)
    stored = content(TEXT)
    put(connection, "a.txt", stored, root=inner)

    merge_root(connection, inner, 1, "2024/")

    assert places_of(connection, stored.sha256) == [Place(root="/arkiv", path="2024/a.txt")]


def test_ids_by_their_beginning(connection: sa.Connection) -> None:
    stored = content(TEXT)
    put(connection, "a.txt", stored)

    assert contents_with_prefix(connection, stored.sha256[:6]) == [stored.sha256]
    assert contents_with_prefix(connection, "%") == []


def test_the_fingerprint_of_a_message_is_kept_with_its_part(connection: sa.Connection) -> None:
    message = Message(index=0, title="Sv: Budget", text=TEXT, fingerprint="f" * 16)
    stored = content(TEXT)
    document = msgspec.structs.replace(stored.document, parts=[message])

    put_content(connection, msgspec.structs.replace(stored, document=document))

    assert connection.scalars(sa.select(parts.c.fingerprint)).all() == ["f" * 16]
