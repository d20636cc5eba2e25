"""The faults of Whoosh that the engine works around, each with what it would cost."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_index_engines import WORLD
from whoosh.index import FileIndex

from index.engines import whoosh_matching
from index.engines.base import AllOf, Entry, Everything, Prefix, Request, Term, engine
from index.tree import QueryError

MANY = 40


def whoosh_index(folder: Path, entries: list[Entry]) -> Path:
    engine("whoosh").create(folder)
    writer = engine("whoosh").writer(folder, 1)
    for one in entries:
        writer.add(one)
    writer.commit()
    writer.close()
    return folder


def test_whoosh_keeps_the_files_of_a_segment_apart_so_that_they_are_mapped(tmp_path: Path) -> None:
    folder = whoosh_index(tmp_path / "index", WORLD)

    assert list(folder.glob("*.trm"))
    assert not list(folder.glob("*.seg"))


def test_whoosh_opens_one_reader_for_many_deletes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = whoosh_index(tmp_path / "index", WORLD)
    opened = []
    read = FileIndex.reader

    def counted(index: FileIndex, reuse: object = None) -> object:
        opened.append(1)
        return read(index, reuse=reuse)

    monkeypatch.setattr(FileIndex, "reader", counted)

    writer = engine("whoosh").writer(folder, 1)
    for content in range(MANY):
        writer.delete(str(content))
    writer.commit()
    writer.close()

    assert len(opened) == 1
    reader = engine("whoosh").reader(folder)
    assert reader.count(Request(Everything())) == sum(int(e.keywords["sha256"][0]) >= MANY for e in WORLD)
    reader.close()


def test_whoosh_refuses_a_beginning_of_too_many_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = engine("whoosh").reader(whoosh_index(tmp_path / "index", WORLD))
    monkeypatch.setattr(whoosh_matching, "MOST_WORDS", 4)

    assert reader.count(Request(Prefix("body", "ab"))) > 0
    with pytest.raises(QueryError, match="more than 4 words begin with a: type more"):
        reader.search(Request(AllOf((Term("body", "b"), Prefix("body", "a")))), 5)
    reader.close()
