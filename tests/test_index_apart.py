"""A compound is found by its members apart where few parts have it as one word, and only there, on both engines."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.model import Body, Document
from index.build import IndexWriter
from index.engines.base import EngineName
from index.finding import ENOUGH
from index.search import count, explain, part_ids, search

ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")
QUERY = "støttekorps"


def put(folder: Path, whole: int, apart: Iterable[str], engine: EngineName | None = None) -> None:
    with IndexWriter(folder, engine) as writer:
        for number in range(whole):
            writer.replace(paper(f"hel {number}", f"Byens støttekorps nummer {number} er her."), [f"hel {number}"])
        for name in apart:
            writer.replace(paper(name, f"En støtte i byen. Vejret er godt. Et korps spillede {name}."), [name])


def paper(name: str, text: str, title: str | None = None) -> Document:
    return Document(
        path=name, sha256=sha256(name.encode()).hexdigest(), media_type="text/plain", reader="text/1",
        extractor_version="1", date="2024-01-01", kind="minutes" if name == "delt a" else "other",
        parts=[Body(index=0, title=title, text=text)],
    )  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("whole", [0, ENOUGH - 1, ENOUGH])
def test_members_apart_are_found_where_few_parts_have_the_word(tmp_path: Path, engine: EngineName, whole: int) -> None:
    put(tmp_path, whole, ["delt a", "delt b"], engine)
    wanted = whole if whole == ENOUGH else whole + 2

    results = search(tmp_path, QUERY, limit=50, facets=["kind"])

    assert (
        len(results.hits) == results.total == count(tmp_path, QUERY).total == len(part_ids(tmp_path, QUERY)) == wanted
    )
    assert sum(value.count for value in results.facets["kind"]) == wanted
    assert [hit.path.split()[0] for hit in results.hits] == ["hel"] * whole + ["delt"] * (wanted - whole)
    assert all(hit.matches for hit in results.hits)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_filter_leaves_counts(tmp_path: Path, engine: EngineName) -> None:
    put(tmp_path, ENOUGH, ["delt a", "delt b"], engine)

    assert [hit.path for hit in search(tmp_path, f"{QUERY} kind:minutes").hits] == ["delt a"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("before", "more"), [(ENOUGH - 1, 5), (ENOUGH + 5, 0)])
def test_later_pages_go_on_as_the_first_began(tmp_path: Path, engine: EngineName, before: int, more: int) -> None:
    """The word becomes common, or rare, between two pages."""
    put(tmp_path, before, ["delt a", "delt b"], engine)
    first = search(tmp_path, QUERY, limit=4)
    put(tmp_path, before + more, [])
    if not more:
        with IndexWriter(tmp_path) as writer:
            for number in range(ENOUGH):
                writer.delete(paper(f"hel {number}", "").sha256)

    paths, cursor = [hit.path for hit in first.hits], first.next
    while cursor:
        page = search(tmp_path, QUERY, limit=4, after=cursor)
        paths += [hit.path for hit in page.hits]
        cursor = page.next

    assert len(set(paths)) == len(paths)
    assert ("delt a" in paths, "delt b" in paths) == (bool(more), bool(more))


@pytest.mark.parametrize("engine", ENGINES)
def test_words_apart_find_the_word_that_they_are_in_one_below_both(tmp_path: Path, engine: EngineName) -> None:
    """ "landbrug" is a word of its own, of which neither land nor brug is kept as a part."""
    texts = {
        "begge": "Et land er her. Vejret er godt. Stien er til brug for alle.",
        "i et": "Egnens landbrug er småt, landbrug er godt.",
        "land": "Et land er her.", "brug": "Stien er til brug.", "andet": "Et landskab af sten.",
    }  # fmt: skip
    with IndexWriter(tmp_path, engine) as writer:
        for name, text in texts.items():
            writer.replace(paper(name, text), [name])

    for query in ("land brug", "LAND brug", "landet brug"):
        results = search(tmp_path, query)
        assert [(hit.path, hit.match) for hit in results.hits][:2] == [("begge", "all"), ("i et", "all")]
        assert {hit.path for hit in results.hits[2:]} == {"land", "brug"}
    (hit,) = search(tmp_path, "land brug -sti").hits[:1]
    assert {hit.snippet[start:end] for start, end in hit.matches} == {"landbrug"}
    assert {hit.path for hit in search(tmp_path, "land AND brug").hits} == {"begge"}
    assert "landbrug" not in str(explain(tmp_path, "brug land").plan)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_may_be_a_small_word_of_four_letters(tmp_path: Path, engine: EngineName) -> None:
    papers = [paper("i et", "De vil overholde aftalen."), paper("efter", "Efterhånden er fortiden glemt.")]
    with IndexWriter(tmp_path, engine) as writer:
        for one in papers:
            writer.replace(one, [one.path])

    def found(query: str) -> set[str]:
        return {hit.path for hit in search(tmp_path, query, all_words=True).hits}

    assert found("over holde aftale") == {"i et"}
    assert found("efter hånden") == {"efter"}
    assert found("for tiden") == set()


@pytest.mark.parametrize("engine", ENGINES)
def test_so_they_do_in_a_group_and_in_a_filter_for_titles(tmp_path: Path, engine: EngineName) -> None:
    papers = [
        paper("i et", "Egnens landbrug er småt.", "Landbruget i tal"), paper("sten", "En vej af sten."),
        paper("apart", "Et land er her, og stien er til brug for alle.", "Et land til brug"),
        paper("begge", "Egnens landbrug er en vej."),
    ]  # fmt: skip
    with IndexWriter(tmp_path, engine) as writer:
        for one in papers:
            writer.replace(one, [one.path])

    def found(query: str) -> set[str]:
        return {hit.path for hit in search(tmp_path, query, all_words=True).hits}

    assert found("(land brug) OR sten") == {"i et", "apart", "sten", "begge"}
    assert found("vej AND (land brug)") == {"begge"}
    assert found("vej -(land brug)") == {"sten"}
    assert found("(land AND brug) OR sten") == {"apart", "sten"}
    assert found("title:(land brug)") == {"i et", "apart"}
    assert found('title:"land brug"') == found('titel:"land brug i tal"') == {"i et"}
    assert found("title:land AND title:brug") == {"apart"}


def test_a_long_or_looks_for_no_members_apart(tmp_path: Path) -> None:
    """As many words beside each other do not, either: each would be several lists for the engine."""
    put(tmp_path, 1, ["delt a"])
    fill = " OR ".join(f"ukendt{letter}" for letter in "abcdefghijklmnopqrst")

    assert {hit.path for hit in search(tmp_path, f"{QUERY} OR ukendta").hits} == {"hel 0", "delt a"}
    assert {hit.path for hit in search(tmp_path, f"{QUERY} OR {fill}").hits} == {"hel 0"}
