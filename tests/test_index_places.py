"""The filter for where a document lies: folders and files, on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from contract import ENGINES, document
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.model import Body
from corpus.workspace import Workspace
from index import places
from index.build import IndexWriter
from index.query import QueryError, parse
from index.search import Searcher, search
from pipeline.ingest.run import ingest
from pipeline.ingest.verify import verify

PLACES = {
    "a": ["Arkiv/2024/Skole Øst/budget.pdf"],
    "b": ["Arkiv/2024/svar.eml!Bilag/Budget.pdf"],
    "c": ["Arkiv/2023/referat, endeligt.docx", "Arkiv/Kopier/referat.docx"],
}


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("steder")
    with IndexWriter(folder, engine=request.param) as writer:
        for name, paths in PLACES.items():
            writer.replace(document(name, [Body(index=0, title=None, text="Budgettet er vedtaget.")]), paths)
    with closing(Searcher(folder)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("path:Arkiv", "abc"),
        ("mappe:2024", "ab"),
        ("mappe:arkiv/2024/", "ab"),
        ("mappe:./Arkiv/2023", "c"),
        ("mappe:20*", "abc"),
        ("mappe:202", ""),
        ('mappe:"skole øst"', "a"),
        ('sti:"2024/Skole Oest/budget.pdf"', "a"),
        (r'sti:"2024\Skole Øst"', "a"),
        ("fil:budget.pdf", "ab"),
        ("fil:BUDGET.PDF", "ab"),
        ("fil:budget", ""),
        ("fil:budget*", "ab"),
        ("fil:svar.eml", "b"),
        ("fil:svar.eml!bilag/budget.pdf", "b"),
        ("2024/svar.eml", ""),
        ("path:2024/budget.pdf", ""),
        ('fil:"referat, endeligt.docx"', "c"),
        ("mappe:kopier budget", "c"),
        ("budget NOT mappe:2024", "c"),
        ("mappe:kopier OR mappe:bilag", "bc"),
        ("mappe:(kopier OR bilag)", "bc"),
    ],
)
def test_documents_are_found_by_where_they_lie(searcher: Searcher, query: str, found: str) -> None:
    of = {paths[0]: name for name, paths in PLACES.items()}

    assert "".join(sorted(of[hit.path] for hit in searcher.search(query).hits)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mappe:Skoler", ["2024/b.txt", "a.txt"]),
        ("mappe:skoler/2024", ["2024/b.txt"]),
        ("mappe:2024", ["2024/b.txt", "c.txt"]),
        ("mappe:2024 -mappe:skoler", ["c.txt"]),
        ("fil:skoler/a.txt", ["a.txt"]),
        ("fil:a.txt", ["a.txt"]),
        ('mappe:"post xxxx"', []),
        ('mappe:"post 010190-xxxx"', ["d.txt"]),
        ("mappe:arkiv", []),
    ],
)
def test_the_folder_that_was_ingested_is_a_level_and_is_not_shown(
    ingested: Workspace, query: str, found: list[str]
) -> None:
    assert sorted(hit.path for hit in search(ingested.index_dir, query).hits) == found


def test_an_index_with_such_levels_is_whole(ingested: Workspace) -> None:
    assert verify(ingested, full=True).faults == []


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two folders of an archive, and a file of a third one."""
    root = tmp_path_factory.mktemp("rum")
    for name in ("Skoler/a.txt", "Skoler/2024/b.txt", "2024/c.txt", "Post 010190-1234/d.txt"):
        (root / "arkiv" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "arkiv" / name).write_text(f"Budgettet {name[-5:]} er vedtaget.", encoding="utf-8")
    workspace = Workspace(root / "ws")
    ingest(workspace, [root / "arkiv" / name for name in ("Skoler", "2024", "Post 010190-1234/d.txt")])
    return workspace


@pytest.mark.parametrize("query", ["path:*.pdf", "path:/", "path:!", "mappe:../2024", "mappe:20*/a", "fil:"])
def test_what_is_no_place_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)


LEVEL = st.text(st.characters(exclude_characters="/\\!", exclude_categories=["Cs"]), min_size=1).filter(
    lambda level: level.strip() not in ("", ".")
)


@given(st.lists(LEVEL, min_size=1, max_size=12), st.data())
@example(["a"] * 12, None)
def test_neighbouring_levels_and_the_whole_are_names_of_a_place(levels: list[str], data: st.DataObject | None) -> None:
    found = places.names(["/".join(levels)])
    start = data.draw(st.integers(0, len(levels) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, min(len(levels), start + places.MOST_LEVELS))) if data else 1

    assert places.place("/".join(levels)) in found
    assert places.place("/".join(levels[start:end])) in found
