"""The pieces of an index: a word is looked up in each, so small ones are joined when all has been put in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_index_build import body, document
from test_index_crash import engine_files, orphans

from corpus.model import Address, Message
from index.build import IndexWriter
from index.engines import tantivy_pieces
from index.engines.base import EngineName, pieces_missing
from index.latest import MOST_ENTRIES
from index.manifest import read
from index.search import open_index

QUERIES = ("gadelamper", "svømmehal", "lamper lys", "havnevej", "virker", "findesikke")
both = pytest.mark.parametrize("engine", ["tantivy", "whoosh"])


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few entries there are."""
    monkeypatch.setattr(tantivy_pieces, "LEAST", 1)


def written(writer: IndexWriter, first: int, last: int) -> None:
    """A commit for each number: a paper of two parts, four of one, and a mail that stands in others too."""
    for number in range(first, last):
        paper = document(f"{number}.txt", body(f"Gadelamper på Havnevej {number}", title="Lys"), body("svømmehal", 1))
        others = [document(f"{number}-{other}.txt", body(f"Cykelsti {other}")) for other in range(4)]
        mail = Message(
            index=0, title="Lys", text=f"Lamperne på Havnevej virker ikke, {number % 2}.", subject="Lys",
            sender=Address(name="Anna Holm", address="anna@fjordby.example"), fingerprint=f"{number % 2:016}",
        )  # fmt: skip
        for one in (paper, *others, document(f"{number}.eml", mail)):
            writer.replace(one, [one.path])
        writer.commit()


def sizes(index: Path) -> list[int]:
    """Of tantivy's pieces, deleted entries among them."""
    known = json.loads((index / read(index).folder / "meta.json").read_text())
    return [segment["max_doc"] for segment in known["segments"]]


def told(index: Path) -> list[object]:
    """All that searches say, but for scores, which count what was replaced until its piece is joined, and cursors."""
    with open_index(index) as searcher:
        found = [searcher.search(query, limit=50, facets=["kind"]) for query in QUERIES]
    return [
        (
            one.total,
            one.parts,
            one.facets,
            [(hit.id, hit.match, hit.also_in, hit.snippet) for hit in one.hits],
        )
        for one in found
    ]


@both
def test_small_pieces_become_one_and_a_search_says_the_same(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        written(writer, 0, 6)
        writer.delete(document("5.txt").sha256)
        writer.replace(document("4.txt", body("Gadelamper, svømmehal og havnevej igen", title="Lys")), ["x/4.txt"])
        writer.commit()
        before, counted = told(tmp_path), read(tmp_path)
        writer.join_pieces()

    assert told(tmp_path) == before
    assert before[0]
    assert read(tmp_path) == counted
    assert orphans(tmp_path, engine) == []
    if engine == "tantivy":
        assert len(sizes(tmp_path)) == 1
        assert pieces_missing(engine, tmp_path / read(tmp_path).folder) == 0


def test_a_later_writer_goes_on_as_ever(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        written(writer, 0, 5)
        writer.join_pieces()
    joined = engine_files(tmp_path)
    with IndexWriter(tmp_path) as writer:
        written(writer, 3, 6)
        writer.join_pieces()

    assert len(sizes(tmp_path)) == 1
    assert joined.isdisjoint(name for name in engine_files(tmp_path) if name.endswith(".term"))
    with open_index(tmp_path) as searcher:
        assert searcher.search("gadelamper").total == 6
        assert searcher.search("virker").total == 2  # two texts, however often they are there


def test_what_is_not_committed_is_committed_with_it_and_a_deleted_content_stays_out(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        written(writer, 0, 5)
        writer.delete(document("4.eml").sha256)
        writer.replace(document("ny.txt", body("fodgængerfelt")), ["ny.txt"])
        writer.join_pieces()

    with open_index(tmp_path) as searcher:
        assert searcher.search("fodgængerfelt").total == 1
        assert [hit.path for hit in searcher.search("path:4.eml").hits] == []


@pytest.mark.parametrize("parts", [MOST_ENTRIES, MOST_ENTRIES + 1])
def test_where_only_long_contents_were_put_in_the_pieces_stay(tmp_path: Path, parts: int) -> None:
    with IndexWriter(tmp_path) as writer:
        for number in range(20):
            name = f"{number}.txt"
            writer.replace(document(name, *(body(f"gadelamper {part}", part) for part in range(parts))), [name])
            if number % 4 == 3:
                writer.commit()
        writer.join_pieces()

    assert len(sizes(tmp_path)) == (1 if parts == MOST_ENTRIES else 5)
    with open_index(tmp_path) as searcher:
        assert searcher.search("gadelamper").total == parts * 20


def test_few_pieces_and_small_indexes_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with IndexWriter(tmp_path / "få") as writer:
        written(writer, 0, tantivy_pieces.MANY - 1)
        writer.join_pieces()
    assert len(sizes(tmp_path / "få")) == tantivy_pieces.MANY - 1

    monkeypatch.setattr(tantivy_pieces, "LEAST", 100)
    with IndexWriter(tmp_path / "små") as writer:
        written(writer, 0, 5)
        writer.join_pieces()
    assert len(sizes(tmp_path / "små")) == 5


@pytest.mark.parametrize(
    ("pieces", "missing"),
    [
        ([56_695, *[7_100] * 6, 660], 1),  # large ones are a level of their own
        ([15_000, 1_000, 1_000], 5),
        ([22_000, 1_000, 1_000], 0),
        ([1_000] * 8, 0),  # it is at it
        ([40_000, 40_000, 40_000], 0),
        ([], 0),
    ],
)
def test_what_is_missing_is_told_by_levels(tmp_path: Path, pieces: list[int], missing: int) -> None:
    segments = [{"max_doc": size + 10, "deletes": {"num_deleted_docs": 10, "opstamp": 1}} for size in pieces]
    (tmp_path / "meta.json").write_text(json.dumps({"segments": segments}))

    assert pieces_missing("tantivy", tmp_path) == missing
    assert pieces_missing("whoosh", tmp_path) == 0
