"""Writing an index: replacing, deleting, privacy, versions, locks."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.cpr import mask_digits
from corpus.model import Address, AnyPart, Body, Document, Message
from index.build import IndexWriter
from index.engines.base import EngineName
from index.engines.faults import EngineError, IndexBusy
from index.manifest import IndexMismatch, read, write
from index.search import search

ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")
both = pytest.mark.parametrize("engine", ENGINES)


def document(name: str, *parts: AnyPart) -> Document:
    digest = sha256(name.encode()).hexdigest()
    return Document(
        path=name, sha256=digest, media_type="text/plain", reader="text/1", extractor_version="1", parts=list(parts)
    )


def body(text: str, index: int = 0, title: str | None = None) -> Body:
    return Body(index=index, title=title, text=text)


def paths(index: Path, query: str) -> list[str]:
    return sorted(hit.path for hit in search(index, query, limit=50).hits)


@both
def test_a_content_is_replaced_and_deleted_as_a_whole(tmp_path: Path, engine: EngineName) -> None:
    first = document("a.txt", body("gadelamper"), body("svømmehal", 1))
    with IndexWriter(tmp_path, engine) as writer:
        writer.replace(first, ["a.txt"])
        writer.replace(document("b.txt", body("gadelamper")), ["b.txt"])
    assert paths(tmp_path, "gadelamper") == ["a.txt", "b.txt"]

    with IndexWriter(tmp_path) as writer:
        writer.replace(document("a.txt", body("cykelsti")), ["x/a.txt"])
    assert paths(tmp_path, "gadelamper") == ["b.txt"]
    assert paths(tmp_path, "svømmehal") == []
    assert paths(tmp_path, "cykelsti") == ["x/a.txt"]

    with IndexWriter(tmp_path) as writer:
        writer.delete(first.sha256)
        writer.delete("0" * 64)
    assert paths(tmp_path, "cykelsti") == []
    assert (read(tmp_path).documents, read(tmp_path).parts) == (1, 1)


@both
def test_the_last_of_two_versions_in_one_commit_counts(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        writer.replace(document("a.txt", body("gadelamper")), ["a.txt"])
        writer.replace(document("a.txt", body("cykelsti")), ["a.txt"])

    assert (paths(tmp_path, "gadelamper"), paths(tmp_path, "cykelsti")) == ([], ["a.txt"])


@both
def test_what_a_commit_left_that_no_manifest_tells_of_is_replaced(tmp_path: Path, engine: EngineName) -> None:
    """As after a process that died between the two."""
    with IndexWriter(tmp_path, engine) as writer:
        writer.replace(document("a.txt", body("2024")), ["a.txt"])
    write(tmp_path, replace(read(tmp_path), documents=0, parts=0))
    with IndexWriter(tmp_path) as writer:
        writer.replace(document("a.txt", body("2025")), ["a.txt"])

    assert (paths(tmp_path, "2024"), paths(tmp_path, "2025")) == ([], ["a.txt"])
    assert read(tmp_path).documents == 1


@both
def test_what_is_not_committed_is_not_there(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        writer.replace(document("a.txt", body("gadelamper")), ["a.txt"])
    writer = IndexWriter(tmp_path)
    writer.replace(document("b.txt", body("gadelamper")), ["b.txt"])
    writer.close()

    assert paths(tmp_path, "gadelamper") == ["a.txt"]


@both
def test_commits_in_between_are_seen(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        for name in ("a.txt", "b.txt", "c.txt"):
            writer.replace(document(name, body("gadelamper")), [name])
            writer.commit()
            assert name in paths(tmp_path, "gadelamper")


def test_a_writer_goes_on_with_the_words_of_the_last_one_and_all_are_in_its_own_table(tmp_path: Path) -> None:
    index = tmp_path / "index"
    known = body("Støttepædagogen er her")
    broken_off = IndexWriter(index)
    broken_off.replace(document("a", known), ["a"])
    broken_off.close()
    with IndexWriter(index) as writer:
        writer.replace(document("b", known), ["b"])
    assert paths(index, "støttepædagogan~1") == ["b"]
    with IndexWriter(index) as writer:
        writer.replace(document("c", known, body("Kommunekassen", 1)), ["c"])
    assert paths(index, "støttepædagogan~1") == ["b", "c"]
    assert paths(index, "kommunekassem~1") == ["c"]
    shutil.rmtree(index)
    with IndexWriter(index) as writer:
        writer.replace(document("d", known), ["d"])
    assert paths(index, "støttepædagogan~1") == ["d"]


def test_a_writer_that_remembers_little_writes_the_same_words_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was forgotten is in the table; a form that was filed there again would stand there twice."""
    texts = [
        f"Støttepædagogerne på skole{number % 7}området, børne- og ungdomsudvalget {number}" for number in range(60)
    ]

    def written(name: str) -> list[list[tuple[str, ...]]]:
        for number, text in enumerate(texts):
            with IndexWriter(tmp_path / name) as writer:
                writer.replace(document(f"{number}.txt", body(f"{text} {texts[number // 2]}")), [f"{number}.txt"])
        with closing(sqlite3.connect(next((tmp_path / name).glob("*/terms.sqlite")))) as table:
            words = table.execute("select form, language, exact, lemmas, members, leaves from words").fetchall()
            filed = table.execute("select term, forms from forms").fetchall()
        return [sorted(words), sorted((term, form) for term, forms in filed for form in forms.split())]

    remembered = written("alt")
    for module in ("index.text", "index.streams", "index.tokens"):
        monkeypatch.setattr(f"{module}.MEMO_LIMIT", 5)

    assert written("lidt") == remembered
    assert search(tmp_path / "lidt", "ungdomsudvalg").total == search(tmp_path / "alt", "ungdomsudvalg").total == 60


@both
def test_one_writer_at_a_time_and_the_other_is_told(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine), pytest.raises(IndexBusy, match="another process"):
        IndexWriter(tmp_path, wait=0.2)
    with IndexWriter(tmp_path):
        pass


def test_a_document_without_parts_and_one_with_an_empty_part(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.replace(document("a.txt"), ["a.txt"])
        writer.replace(document("b.txt", body("")), ["b.txt"])

    assert paths(tmp_path, "kind:other") == ["b.txt"]


def test_a_document_without_a_place_is_refused(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer, pytest.raises(ValueError, match="paths"):
        writer.replace(document("a.txt", body("x")), [])


@pytest.mark.parametrize("field", ["format", "analysis", "lexicon"])
def test_an_index_of_another_making_is_refused_with_the_cure(tmp_path: Path, field: str) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.replace(document("a.txt", body("gadelamper")), ["a.txt"])
    file = tmp_path / "manifest.json"
    manifest = json.loads(file.read_text())
    file.write_text(json.dumps(manifest | {field: 0 if field == "format" else "old"}))

    for use in (lambda: IndexWriter(tmp_path), lambda: search(tmp_path, "gadelamper")):
        with pytest.raises(IndexMismatch, match="akt reindex"):
            use()
    with IndexWriter(tmp_path, rebuild=True) as writer:
        writer.replace(document("b.txt", body("gadelamper")), ["b.txt"])
    assert paths(tmp_path, "gadelamper") == ["b.txt"]
    assert len([folder for folder in tmp_path.iterdir() if folder.is_dir()]) == 1


def test_a_broken_manifest_and_a_missing_index_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no index"):
        search(tmp_path, "a")
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(EngineError, match="not readable") as told:
        search(tmp_path, "a")
    assert not isinstance(told.value, IndexMismatch)


def test_another_engine_than_the_index_has_is_refused(tmp_path: Path) -> None:
    with IndexWriter(tmp_path, "tantivy"):
        pass
    with pytest.raises(IndexMismatch, match="--engine whoosh"):
        IndexWriter(tmp_path, "whoosh")
    with IndexWriter(tmp_path, "whoosh", rebuild=True) as writer:
        writer.replace(document("a.txt", body("gadelamper")), ["a.txt"])
    assert (read(tmp_path).engine, paths(tmp_path, "gadelamper")) == ("whoosh", ["a.txt"])


def test_the_old_index_is_searched_until_the_new_one_is_committed(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.replace(document("a.txt", body("gadelamper")), ["a.txt"])
    with IndexWriter(tmp_path, rebuild=True) as writer:
        writer.replace(document("b.txt", body("gadelamper")), ["b.txt"])
        assert paths(tmp_path, "gadelamper") == ["a.txt"]
        writer.commit()
        assert paths(tmp_path, "gadelamper") == ["b.txt"]


# --- privacy --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CPR 010190-1234.", "CPR 010190-xxxx."),
        ("CPR0101901234", "CPR010190xxxx"),
        ("010190 1234", "010190 xxxx"),
        ("311299–4321", "311299–xxxx"),
        ("710190-1234", "710190-xxxx"),
        ("sag 2020-0012345", "sag 2020-0012345"),
        ("320190-1234", "320190-1234"),
        ("011390-1234", "011390-1234"),
        ("tlf. 12345678", "tlf. 12345678"),
        ("EAN 5798001234567", "EAN 5798001234567"),
        ("1.000.000.000", "1.000.000.000"),
    ],
)
def test_cpr_numbers_are_masked_and_nothing_else(text: str, masked: str) -> None:
    assert mask_digits(text) == masked


@given(st.text(alphabet="0123456789- –x\n", max_size=60))
def test_masking_keeps_every_place(text: str) -> None:
    masked = mask_digits(text)

    assert len(masked) == len(text)
    assert mask_digits(masked) == masked


@both
def test_no_file_of_the_index_holds_a_cpr_number(tmp_path: Path, engine: EngineName) -> None:
    message = Message(
        index=0,
        title="Sag om 0101901234",
        text="Barnet 010190-1234 og 0101901234 bor i Fjordby.",
        subject="010190-1234",
        sender=Address(name="Holm 010190-1234", address="0101901234@fjordby.dk"),
        fingerprint="0" * 16,
    )
    with IndexWriter(tmp_path, engine) as writer:
        writer.replace(document("a.eml", message), ["a.eml"])

    hit = search(tmp_path, "barn").hits[0]
    assert "1234" not in hit.snippet + (hit.title or "")
    assert paths(tmp_path, "0101901234") == paths(tmp_path, "010190-1234") == paths(tmp_path, '"1234"') == []
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"1901234" not in file.read_bytes()
    with sqlite3.connect(next(tmp_path.rglob("terms.sqlite"))) as table:
        assert not [row for row in table.execute("select form from words") if "1234" in row[0]]


# --- crash ----------------------------------------------------------------------------------------------------

KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_index_build import body, document
from index.build import IndexWriter
writer = IndexWriter(Path({index!r}))
for number in range(50):
    writer.replace(document(f"{{number}}.txt", body("gadelamper")), [f"{{number}}.txt"])
os._exit(9)
"""


@both
def test_a_writer_that_dies_leaves_the_last_commit_and_no_lock(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        writer.replace(document("a.txt", body("gadelamper")), ["a.txt"])
    script = KILLED.format(tests=str(Path(__file__).parent), index=str(tmp_path))
    root = Path(__file__).resolve().parents[1]
    died = subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=root, check=False, capture_output=True)
    assert died.returncode == 9, died.stderr

    assert paths(tmp_path, "gadelamper") == ["a.txt"]
    with IndexWriter(tmp_path, wait=0.5) as writer:
        writer.replace(document("b.txt", body("gadelamper")), ["b.txt"])
    assert paths(tmp_path, "gadelamper") == ["a.txt", "b.txt"]


def filled(index: Path, engine: EngineName = "tantivy") -> Path:
    """An index of two parts, and the folder of its engine's files."""
    with IndexWriter(index, engine) as writer:
        writer.replace(document("a.txt", body("gadelamper på Havnevej", title="Lys"), body("svømmehal", 1)), ["a.txt"])
    return index / read(index).folder


def files_to_break() -> list[tuple[str, str]]:
    endings = {
        "tantivy": ("term", "idx", "pos", "store", "fast", "fieldnorm", "meta.json"),
        "whoosh": ("toc", "seg", "trm", "pst"),
    }
    return [(engine, ending) for engine, names in endings.items() for ending in (*names, "terms.sqlite")]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the files open
@pytest.mark.parametrize("damage", [b"\xff" * 1024, b"\0" * 1024, None], ids=["ones", "noughts", "cut"])
@pytest.mark.parametrize(("engine", "ending"), files_to_break())
def test_a_damaged_file_gives_hits_or_an_error_with_the_way_out(
    tmp_path: Path, engine: EngineName, ending: str, damage: bytes | None
) -> None:
    folder = filled(tmp_path, engine)
    broken = [path for path in folder.iterdir() if path.name.endswith(ending)]
    for path in broken:
        path.write_bytes(path.read_bytes()[:7] if damage is None else damage + path.read_bytes()[1024:])

    message = ""
    try:
        for query in ("gadelamper", '"på havnevej"', "svømme*", "lys -svømmehal"):
            search(tmp_path, query, sort="date")
    except EngineError as error:
        message = str(error)

    assert not message or "akt reindex" in message
    assert len(message) < 600


def test_damaged_terms_are_an_engine_error(tmp_path: Path) -> None:
    for path in filled(tmp_path).glob("*.term"):
        path.write_bytes(b"\xff" * path.stat().st_size)

    with pytest.raises(EngineError, match="akt reindex"):
        search(tmp_path, "gadelamper")


def test_an_index_is_searched_where_no_lock_file_can_be_made(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    for lock in folder.glob(".*.lock"):
        lock.unlink()
    (folder / ".tantivy-meta.lock").mkdir()  # as on a read-only file system, and for every user

    assert paths(tmp_path, "gadelamper") == ["a.txt"]
    assert paths(tmp_path, "svømmehal") == ["a.txt"]
