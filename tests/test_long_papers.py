"""Long papers: kept in blocks, they are what they are as lists, in every form; memory grows little with their pages."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from long_papers import long_paper

from corpus.blocks import Blocks, Gathered, with_changed
from corpus.encoding import json_pieces
from corpus.model import UnclaimedNumber
from corpus.store.entries import TablesOutline
from corpus.store.packing import pack_document, unpack_as, unpack_document
from pipeline import gathering
from pipeline.cli.app import run
from pipeline.export.formats import json_array, json_lines, pretty, pretty_pieces
from pipeline.extract import Options, extract_bytes
from pipeline.ingest import quotes

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
CATALOGUE = "katalog-fjordby-2026.pdf"
NUMBERS = st.lists(st.integers(0, 30), max_size=12)


def numbers(values: Sequence[int]) -> list[UnclaimedNumber]:
    return [UnclaimedNumber(text=str(value), part=0, start=value, end=value + 1) for value in values]


def gathered(values: Sequence[int]) -> Sequence[UnclaimedNumber]:
    found: Gathered[UnclaimedNumber] = Gathered(UnclaimedNumber, 3)
    found.add(numbers(values))
    return found.all()


def long_from(patch: pytest.MonkeyPatch, *, records: int, tables: int) -> None:
    """A document is long if it has more records, or tables, than these."""
    patch.setattr(gathering, "RECORDS_AT_ONCE", records)
    patch.setattr(gathering, "TABLES_AT_ONCE", tables)
    patch.setattr(gathering, "STRETCH", 20 * records)
    patch.setattr(quotes, "AT_ONCE", records)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    long_from(monkeypatch, records=3, tables=1)


@given(values=NUMBERS, index=st.integers(-14, 14), end=st.integers(-14, 14))
def test_blocks_are_the_list_that_they_hold(values: list[int], index: int, end: int) -> None:
    expected, found = numbers(values), gathered(values)
    assert isinstance(found, Blocks) == (len(values) > 3)
    assert len(found) == len(expected)
    assert list(found) == list(found) == expected
    assert found == expected
    assert found != [*expected, *numbers([1])]
    assert found[index:end] == expected[index:end]
    if -len(values) <= index < len(values):
        assert found[index] == expected[index]
    else:
        with pytest.raises(IndexError):
            found[index]


@given(values=NUMBERS, changes=st.dictionaries(st.integers(0, 11), st.integers(40, 50), max_size=4))
def test_items_are_changed_by_number(values: list[int], changes: dict[int, int]) -> None:
    changed = {number: numbers([value])[0] for number, value in changes.items() if number < len(values)}
    expected = [changed.get(number, item) for number, item in enumerate(numbers(values))]
    assert with_changed(gathered(values), changed) == expected


def samples() -> list[Path]:
    return [path for path in sorted(SAMPLES.iterdir()) if path.suffix in {".pdf", ".txt", ".eml"}]


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_blocks_change_nothing_of_a_sample(path: Path) -> None:
    plain = extract_bytes(path.read_bytes(), path.name)
    kept = extract_bytes(path.read_bytes(), path.name, Options(in_blocks=True))
    encoded = msgspec.json.encode(plain)
    assert (len(plain.records) > 3) == isinstance(kept.records, Blocks)
    assert (len(plain.tables) > 1) == isinstance(kept.tables, Blocks)
    assert b"".join(json_pieces(kept)) == encoded
    assert b"".join(json_pieces(plain)) == encoded
    assert "".join(pretty_pieces(kept)) == pretty(plain)
    assert "".join(json_array([kept, kept])) == f"[\n{pretty(plain)},\n{pretty(plain)}\n]\n"


@pytest.mark.usefixtures("small_blocks")
def test_the_store_gives_back_what_it_was_given() -> None:
    data = (SAMPLES / CATALOGUE).read_bytes()
    plain, kept = (extract_bytes(data, "k.pdf", Options(in_blocks=blocks)) for blocks in (False, True))
    packed = pack_document(kept)
    assert msgspec.json.encode(plain) == b"".join(json_pieces(unpack_document(packed)))
    assert unpack_document(packed) == unpack_document(pack_document(plain)) == plain
    assert unpack_as(packed, TablesOutline) == unpack_as(pack_document(plain), TablesOutline)


COMMANDS = [
    ["records", "amounts", "--format", "jsonl"],
    ["records", "lines", "--format", "jsonl"],
    ["records", "problems", "--format", "jsonl"],
    ["search", "budget", "--format", "json"],
    ["show", hashlib.sha256((SAMPLES / CATALOGUE).read_bytes()).hexdigest()[:12], "--format", "json"],
]


def test_a_workspace_says_the_same_of_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    said: list[list[str]] = []
    for name, records, tables in (("lists", 10_000, 10_000), ("blocks", 3, 1)):
        long_from(monkeypatch, records=records, tables=tables)
        place = ["--workspace", str(tmp_path / name)]
        assert run([*place, "ingest", str(SAMPLES / CATALOGUE)]) == 0
        capfd.readouterr()
        assert [run([*place, *command]) for command in COMMANDS] == [0] * len(COMMANDS)
        # "next" leads on in this one index
        said.append([line for line in capfd.readouterr().out.splitlines() if '"next"' not in line])
    assert len(said[0]) > 300
    assert said[0] == said[1]


def peak_of(data: bytes) -> int:
    """The most that extracting and writing a paper holds, in bytes."""
    tracemalloc.start()
    for _ in json_lines([extract_bytes(data, "lang.pdf", Options(in_blocks=True))]):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_grows_by_little_more_than_a_page_s_text_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of this paper is 34 kB of JSON; as objects, without the writing, it takes 90 kB."""
    long_from(monkeypatch, records=50, tables=2)
    short, long = long_paper(6, rows=8), long_paper(24, rows=8)
    extract_bytes(long, "lang.pdf")  # what the finders remember of words has a limit of its own
    assert (peak_of(long) - peak_of(short)) / 18 < 55_000
