"""A committee is found by its abbreviation wherever it is meant, once the document says what that is short for."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from corpus.model import AgendaItem, AnyPart, AnyRecord, Body, Committee, Decision, Document, Proposal
from index.build import IndexWriter
from index.search import part_ids

NAME = "Børne- og Skoleudvalget"
OTHER = "Teknik- og Miljøudvalget"
TEXT = "Udvalget drøftede sagen."


def committee(name: str, abbreviation: str | None, part: int = 0) -> Committee:
    return Committee(
        part=part, start=0, end=8, text="Udvalget", name=name, level="committee", abbreviation=abbreviation
    )


def parts_of(index_dir: Path, query: str) -> list[int]:
    return sorted(int(id.rpartition(".")[2]) for id in part_ids(index_dir, query))


def built(tmp_path: Path, parts: list[AnyPart], records: list[AnyRecord]) -> Path:
    document = Document(
        path="a.txt",
        sha256=sha256(b"a").hexdigest(),
        media_type="text/plain",
        reader="text/1",
        extractor_version="1",
        parts=parts,
        records=records,
    )
    with IndexWriter(tmp_path) as writer:
        writer.replace(document, ["a.txt"])
    return tmp_path


def test_the_abbreviation_finds_what_the_name_finds(tmp_path: Path) -> None:
    decision = Decision(part=3, start=0, end=8, text="Udvalget", verb="vedtage", status="decided", body=NAME)
    index = built(
        tmp_path,
        [
            Body(index=0, title=None, text=TEXT),
            Proposal(index=1, title=None, text=TEXT, committee=NAME),
            AgendaItem(index=2, title=None, text=TEXT, committee=NAME),
            Body(index=3, title=None, text=TEXT),
            Proposal(index=4, title=None, text=TEXT, committee=OTHER),
        ],
        [committee(NAME, "BSU"), decision],
    )

    assert parts_of(index, "udvalg:BSU") == parts_of(index, f'udvalg:"{NAME}"') == [0, 1, 2, 3]
    assert parts_of(index, f'udvalg:"{OTHER}"') == [4]


@pytest.mark.parametrize("abbreviations", [("BSU", "BS"), (None, None)])
def test_two_abbreviations_or_none_are_given_to_nobody(tmp_path: Path, abbreviations: tuple[str | None, ...]) -> None:
    index = built(
        tmp_path,
        [Body(index=0, title=None, text=TEXT), Proposal(index=1, title=None, text=TEXT, committee=NAME)],
        [committee(NAME, short) for short in abbreviations],
    )

    assert 1 not in parts_of(index, "udvalg:BSU")
    assert parts_of(index, f'udvalg:"{NAME}"') == [0, 1]


def test_an_abbreviation_of_two_meanings_is_found_as_printed_and_is_neither_body(tmp_path: Path) -> None:
    unclear = Committee(
        start=0, end=3, text="BSU", name=None, level="committee", abbreviation="BSU", candidates=[NAME, OTHER]
    )
    index = built(tmp_path, [Body(index=0, title=None, text="BSU drøftede sagen.")], [unclear])

    assert parts_of(index, "udvalg:BSU") == [0]
    assert parts_of(index, f'udvalg:"{NAME}"') == parts_of(index, f'udvalg:"{OTHER}"') == []
    assert parts_of(index, "har:committee") == [0]


def test_paths_in_the_index_hold_no_cpr_number(tmp_path: Path) -> None:
    from index.search import search

    document = Document(
        path="x", sha256=sha256(b"b").hexdigest(), media_type="text/plain", reader="text/1", extractor_version="1",
        parts=[Body(index=0, title=None, text=TEXT)],
    )  # fmt: skip
    with IndexWriter(tmp_path) as writer:
        writer.replace(document, ["klage_010190-1234_svar.txt", "kopi/0101901234.txt"])

    (hit,) = search(tmp_path, "sagen").hits
    assert (hit.path, hit.also_in) == ("klage_010190-xxxx_svar.txt", ["kopi/010190xxxx.txt"])


@pytest.mark.parametrize(
    "query",
    [
        'udvalg:"Børne- og Skoleudvalget"', 'udvalg:"børne og skoleudvalget"', 'udvalg:"Børne og Skoleudvalg"',
        'committee:("Boerne og Skoleudvalget" OR KFU)',
    ],
)  # fmt: skip
def test_a_hyphen_for_a_word_left_out_may_be_left_out(tmp_path: Path, query: str) -> None:
    index = built(tmp_path, [Proposal(index=0, title=None, text=TEXT, committee=NAME)], [])

    assert parts_of(index, query) == [0]
    assert parts_of(index, 'udvalg:"Børne og Miljøudvalget"') == []
