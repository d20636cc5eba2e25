"""An index outlives its writers: killed at any moment, and after very many small updates.

``AKT_LONG_TESTS=1`` kills forty writers of each engine and makes a thousand updates; otherwise a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_index_build import body, document

from index.build import IndexWriter
from index.engines.base import EngineName
from index.manifest import read
from index.search import open_index

LONG = os.environ.get("AKT_LONG_TESTS") == "1"
KILLS = 40 if LONG else 3
UPDATES = 1000 if LONG else 40
DOCUMENTS = 60
CONTENTS = 20
pytestmark = pytest.mark.timeout(7200 if LONG else 300)
both = pytest.mark.parametrize("engine", ["tantivy", "whoosh"])

# Replaces every document by one of the next generation, says when it begins, and commits once.
WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_index_build import body, document
from index.build import IndexWriter
with IndexWriter(Path({index!r})) as writer:
    print("begun", flush=True)
    for number in range({count}):
        text = "generation{generation} gadelamper " * 200
        writer.replace(document(f"{{number}}.txt", body(text)), [f"{{number}}.txt"])
"""


def rewritten(index: Path, generation: int, kill_after: float | None = None) -> float | None:
    """Has a process of its own write a generation. Gives its seconds; None when it was killed before its end."""
    tests = Path(__file__).parent
    script = WRITER.format(tests=str(tests), index=str(index), count=DOCUMENTS, generation=generation)
    command = [sys.executable, "-W", "ignore", "-c", script]
    process = subprocess.Popen(command, cwd=tests.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n", process.stderr and process.stderr.read()
    begun = time.monotonic()
    try:
        process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode in (0, -signal.SIGKILL)
    return time.monotonic() - begun if process.returncode == 0 else None


def generations(index: Path) -> dict[int, int]:
    """How many documents there are of each generation, and in all (by -1)."""
    with open_index(index) as searcher:
        counts = {number: searcher.search(f"generation{number}").total for number in range(KILLS + 2)}
        counts[-1] = searcher.search("gadelamper").total
    return {number: count for number, count in counts.items() if count}


def engine_files(index: Path) -> set[str]:
    return {path.name for path in (index / read(index).folder).iterdir() if not path.name.endswith(".lock")}


def orphans(index: Path, engine: EngineName) -> list[str]:
    """Files of segments that the last commit knows nothing of."""
    folder = index / read(index).folder
    if engine == "tantivy":
        known = (folder / "meta.json").read_text()
        names = [name for name in engine_files(index) if len(name.split(".")[0]) == 32]
        return sorted(name for name in names if f"{name[:8]}-{name[8:12]}" not in known)
    tocs = [name for name in engine_files(index) if name.endswith(".toc")]
    known_bytes = b"".join((folder / name).read_bytes() for name in tocs)
    names = [name for name in engine_files(index) if name.startswith("MAIN_") and not name.endswith((".toc", "LOCK"))]
    lost = [name for name in names if name.split(".")[0].removeprefix("MAIN_").encode() not in known_bytes]
    return sorted(lost + tocs[1:])


@both
def test_a_killed_writer_leaves_one_whole_generation_and_room_for_the_next(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        for number in range(DOCUMENTS):
            writer.replace(document(f"{number}.txt", body("generation0 gadelamper " * 200)), [f"{number}.txt"])
    lasted = rewritten(tmp_path, 1)
    assert lasted is not None
    draw = random.Random(1)
    current, killed = 1, 0

    for generation in range(2, KILLS + 2):
        killed += rewritten(tmp_path, generation, draw.uniform(0, 0.9 * lasted)) is None
        found = generations(tmp_path)
        assert found in ({current: DOCUMENTS, -1: DOCUMENTS}, {generation: DOCUMENTS, -1: DOCUMENTS})
        current = generation if generation in found else current

    with IndexWriter(tmp_path, wait=1) as writer:
        writer.replace(document("0.txt", body("cykelsti")), ["0.txt"])
    assert generations(tmp_path) == {current: DOCUMENTS - 1, -1: DOCUMENTS - 1}
    assert orphans(tmp_path, engine) == []
    assert killed


@both
def test_very_many_small_updates_leave_no_orphans(tmp_path: Path, engine: EngineName) -> None:
    for number in range(UPDATES):
        with IndexWriter(tmp_path, engine) as writer:
            name = f"{number % CONTENTS}.txt"
            writer.replace(document(name, body(f"gadelamper update{number}")), [name])

    with open_index(tmp_path) as searcher:
        assert searcher.search("gadelamper").total == CONTENTS
        assert searcher.search(f"update{UPDATES - 1}").total == 1
    assert orphans(tmp_path, engine) == []
    assert len(engine_files(tmp_path)) < 300
