"""Pages by cursor: whatever is indexed between two of them, no hit comes twice and none is left out."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Body, Document, Message
from index import cursor
from index.build import IndexWriter
from index.cursor import CursorError
from index.engines.base import EngineName
from index.results import Results
from index.search import Sort, open_index, search

ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")
SORT_WORDS: tuple[Sort, ...] = ("relevance", "date", "-date", "-amount")


def paper(number: int) -> Document:
    """A paper on lamps and roads: every third without the road, days and lengths of its own."""
    text = f"Lampen ved nummer {number}. " + "Og mere om lampen. " * (number % 4)
    text += "Vejen er lang. " if number % 3 else ""
    return Document(
        path=f"{number}.txt",
        sha256=sha256(str(number).encode()).hexdigest(),
        media_type="text/plain",
        reader="text/1",
        extractor_version="1",
        date=f"2024-{1 + number % 5:02}-01" if number % 7 else None,
        parts=[Body(index=0, title=None, text=text)],
    )


def put(folder: Path, numbers: Iterable[int], engine: EngineName | None = None, gone: Iterable[int] = ()) -> None:
    with IndexWriter(folder, engine) as writer:
        for number in numbers:
            writer.replace(paper(number), [f"{number}.txt"])
        for number in gone:
            writer.delete(paper(number).sha256)


def paths(found: Results) -> list[str]:
    return [hit.path for hit in found.hits]


@pytest.fixture(scope="module", params=ENGINES)
def still(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that nobody writes to."""
    folder: Path = tmp_path_factory.mktemp("still") / "index"
    put(folder, range(40), request.param)
    return folder


@pytest.mark.parametrize("sort", SORT_WORDS)
@pytest.mark.parametrize("query", ["lampe vej", "lampe", "kind:other", "nummer OR vej", "nummer"])
def test_what_an_open_index_remembers_changes_nothing(still: Path, query: str, sort: Sort) -> None:
    """Many of the papers are as good as others, so that what ends a page must be told by more than its score."""
    limits = (3, 1, 7, 39, 3, 100, 1, 7)
    fresh = [search(still, query, limit=limit, sort=sort) for limit in limits]

    with open_index(still) as searcher:
        again = [searcher.search(query, limit=limit, sort=sort) for limit in limits]
        counted = searcher.count(query)

    assert again == fresh
    assert [paths(page) for page in again] == [paths(again[5])[:limit] for limit in limits]
    assert {(page.total, page.parts) for page in again} == {(counted.total, counted.parts)}


@pytest.mark.parametrize("sort", SORT_WORDS)
@pytest.mark.parametrize("query", ["lampe vej", "lampe", "kind:other", "nummer OR vej"])
def test_pages_by_cursor_are_the_pages_by_offset(still: Path, query: str, sort: Sort) -> None:
    whole = search(still, query, limit=100, sort=sort)
    after, seen = None, []
    for _ in range(20):
        page = search(still, query, limit=7, sort=sort, after=after)
        seen += page.hits
        assert page.total == whole.total
        if page.next is None:
            break
        after = page.next

    assert [(hit.id, hit.rank, hit.match) for hit in seen] == [(hit.id, hit.rank, hit.match) for hit in whole.hits]
    assert whole.next is None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sort", SORT_WORDS)
def test_what_is_indexed_between_two_pages_repeats_no_hit_and_hides_none(
    tmp_path: Path, engine: EngineName, sort: Sort
) -> None:
    put(tmp_path / "index", range(30), engine)
    before = paths(search(tmp_path / "index", "lampe vej", limit=100, sort=sort))
    after, seen, fresh = None, [], 100
    for _ in range(20):
        page = search(tmp_path / "index", "lampe vej", limit=6, sort=sort, after=after)
        seen += paths(page)
        if page.next is None:
            break
        after = page.next
        put(tmp_path / "index", range(fresh, fresh + 5))
        fresh += 5

    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)
    if sort != "relevance":
        assert [path for path in seen if path in before] == before


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_gone_between_two_pages_hides_no_other_hit(tmp_path: Path, engine: EngineName) -> None:
    put(tmp_path / "index", range(20), engine)
    first = search(tmp_path / "index", "lampe", limit=8)
    rest = paths(search(tmp_path / "index", "lampe", limit=100))[8:]
    put(tmp_path / "index", [], gone=[int(first.hits[-1].path.removesuffix(".txt")), 3])
    second = search(tmp_path / "index", "lampe", limit=100, after=first.next)

    assert set(paths(second)) == set(rest) - {"3.txt"}
    assert [hit.rank for hit in second.hits] == list(range(9, 9 + len(second.hits)))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_a_message_shown_by_its_quotation_is_not_shown_again_by_itself(
    tmp_path: Path, engine: EngineName, sort: Sort
) -> None:
    def mail(name: str, fingerprint: str, *, quoted: bool) -> Document:
        own = None if quoted else f"<{name}@fjordby.example>"
        part = Message(
            index=0,
            title="L",
            text="Lampen.",
            fingerprint=fingerprint,
            quoted=quoted,
            message_id=own,
            sent="2024-03-05",
        )
        return Document(
            path=name,
            sha256=sha256(name.encode()).hexdigest(),
            media_type="message/rfc822",
            reader="mail/1",
            extractor_version="1",
            parts=[part],
        )

    folder = tmp_path / "index"
    with IndexWriter(folder, engine) as writer:
        for number in range(6):
            writer.replace(mail(f"citat-{number}", f"f{number}", quoted=True), [f"citat-{number}"])
    first = search(folder, "lampe", limit=3, sort=sort)
    with IndexWriter(folder) as writer:
        for number in range(6):
            writer.replace(mail(f"selv-{number}", f"f{number}", quoted=False), [f"selv-{number}"])
    second = search(folder, "lampe", limit=10, sort=sort, after=first.next)

    shown = [{hit.path.rpartition("-")[2] for hit in page.hits} for page in (first, second)]
    assert shown[0].isdisjoint(shown[1])
    assert shown[0] | shown[1] == {str(number) for number in range(6)}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.integers(1, 9), st.lists(st.integers(0, 60), max_size=6), st.lists(st.integers(0, 60), max_size=3)
        ),
        max_size=5,
    ),
    sort=st.sampled_from(SORT_WORDS),
)
def test_pages_hold_however_the_index_changes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, list[int], list[int]]], sort: Sort
) -> None:
    folder = tmp_path_factory.mktemp("changing") / "index"
    put(folder, range(25), "tantivy")
    stayed = set(range(25)) - {number for _, _, gone in steps for number in gone}
    seen: list[str] = []
    after = None
    for limit, more, gone in [*steps, (1_000, [], [])]:
        page = search(folder, "lampe vej", limit=limit, sort=sort, after=after)
        seen += paths(page)
        if page.next is None:
            break
        after = page.next
        put(folder, [number for number in more if number not in range(25)], gone=gone)

    assert len(seen) == len(set(seen))
    assert {f"{number}.txt" for number in stayed} <= set(seen)


# --- refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sort", "all_words", "told"),
    [
        ("lampe vej mere", "relevance", False, "another query"),
        ("lampe vej", "date", False, "by relevance, not by date"),
        ("lampe vej", "relevance", True, "another query"),
    ],
)
def test_a_cursor_of_something_else_is_refused(still: Path, query: str, sort: Sort, all_words: bool, told: str) -> None:
    after = search(still, "lampe vej", limit=3).next

    with pytest.raises(CursorError, match=told):
        search(still, query, sort=sort, all_words=all_words, after=after)


@pytest.mark.parametrize("damage", [lambda text: text[:-4], lambda text: "", lambda text: "x" + text, lambda text: "ø"])
def test_what_is_no_cursor_is_refused(still: Path, damage: object) -> None:
    after = search(still, "lampe", limit=3).next
    assert after is not None

    with pytest.raises(CursorError, match="no cursor"):
        search(still, "lampe", after=damage(after))  # type: ignore[operator]


@given(st.text(max_size=80))
def test_any_text_as_a_cursor_is_refused_with_a_sentence(text: str) -> None:
    asked = cursor.Asked(b"q", "relevance", b"i")

    with pytest.raises(CursorError):
        cursor.read(text, asked, moves=True)


@pytest.mark.parametrize(("sort", "holds"), [("relevance", False), ("date", True)])
def test_beyond_the_hits_that_a_cursor_can_hold_a_changed_index_is_refused_by_score_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: Sort, holds: bool
) -> None:
    monkeypatch.setattr(cursor, "MOST_SEEN", 5)
    put(tmp_path / "index", range(30))
    first = search(tmp_path / "index", "lampe", limit=8, sort=sort)
    assert len(search(tmp_path / "index", "lampe", limit=100, sort=sort, after=first.next).hits) == 22
    put(tmp_path / "index", [50])

    if holds:
        rest = paths(search(tmp_path / "index", "lampe", limit=100, sort=sort, after=first.next))
        assert set(rest) | set(paths(first)) >= {f"{number}.txt" for number in range(30)}
        assert set(rest).isdisjoint(paths(first))
    else:
        with pytest.raises(CursorError, match="has changed"):
            search(tmp_path / "index", "lampe", sort=sort, after=first.next)
    filters = search(tmp_path / "index", "kind:other", limit=8)
    put(tmp_path / "index", [51])
    assert len(search(tmp_path / "index", "kind:other", limit=100, after=filters.next).hits) >= 22


@pytest.mark.parametrize("engine", ENGINES)
def test_the_order_does_not_depend_on_the_order_of_indexing(tmp_path: Path, engine: EngineName) -> None:
    put(tmp_path / "a", range(30), engine)
    put(tmp_path / "b", reversed(range(15, 30)), engine)
    put(tmp_path / "b", range(15))

    for query in ("lampe vej", "kind:other", "lampe"):
        for sort in SORT_WORDS:
            found = [paths(search(tmp_path / name, query, limit=30, sort=sort)) for name in ("a", "b")]
            assert found[0] == found[1], (query, sort)
