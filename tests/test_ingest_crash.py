"""Killed at any moment, a run leaves a workspace that the next one makes what it would have been.

``AKT_LONG_TESTS=1`` kills two hundred runs, in ten slices; otherwise twenty.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mixed_folder import fill
from store_dump import stored

from corpus.workspace import Workspace, WorkspaceFullError
from index.search import search
from pipeline.ingest.run import ingest
from pipeline.ingest.verify import verify

LONG = os.environ.get("AKT_LONG_TESTS") == "1"
SLICES = 10 if LONG else 1
KILLED = 20
"""Runs of a slice that are killed."""
KILLS = 5
"""Runs that are killed one after another in a workspace before one may end."""
QUERIES = (
    "legepladser",
    "bilag",
    "kind:email",
    "has:amount",
    "fælles -legepladser",
    '"mio. kr."',
    "from:fjordby.example",
)
Told = tuple[dict[str, object], list[list[tuple[object, ...]]]]
Run = Callable[[Workspace, int, float | None], dict[str, float]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Run]:
    """Runs ingest in a process that is killed after so many seconds, unless they are None."""
    here = Path(__file__).parent
    with subprocess.Popen(
        [sys.executable, str(here / "killed_runs.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        to, heard = process.stdin, process.stdout

        def asked(room: Workspace, workers: int, seconds: float | None) -> dict[str, float]:
            what = {"workspace": str(room.root), "folder": str(folder), "workers": workers, "seconds": seconds}
            to.write(json.dumps(what) + "\n")
            to.flush()
            told: dict[str, float] = json.loads(heard.readline())
            return told

        yield asked
        to.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("arkiv") / "sager"
    made.mkdir()
    fill(made, slow=20)
    return made


def told(room: Workspace) -> Told:
    """Everything that the store holds, but how often it was tried, and everything that is found."""
    tables: dict[str, object] = {
        name: [{column: value for column, value in row if column != "tries"} for row in rows]
        for name, rows in stored(room).items()
    }
    hits: list[list[tuple[object, ...]]] = [
        sorted(
            (hit.path, hit.part, hit.snippet, tuple(hit.also_in))
            for hit in search(room.index_dir, query, limit=500).hits
        )
        for query in QUERIES
    ]
    return tables, hits


@pytest.fixture(scope="module")
def wanted(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What an undisturbed run leaves."""
    room = Workspace(tmp_path_factory.mktemp("uforstyrret"))
    assert run(room, 0, None)["ended"]
    found = told(room)
    assert all(found[1])
    return found


@pytest.mark.timeout(1_800 if LONG else 300)
@pytest.mark.parametrize("part", range(SLICES))
def test_a_killed_run_is_healed_by_the_next(run: Run, wanted: Told, tmp_path: Path, part: int) -> None:
    """The moments are spread over the run; of every third room, the runs have two workers."""
    choose, killed = random.Random(7 + part), 0
    length = {workers: run(Workspace(tmp_path / f"m{workers}"), workers, None)["seconds"] for workers in (0, 2)}
    for number in range(KILLED):
        room = Workspace(tmp_path / f"rum {number}")
        workers = 2 if (part + number) % 3 == 2 else 0
        for kill in range(KILLS):
            moment = length[workers] * (kill + choose.random()) / KILLS
            if run(room, workers, moment)["ended"]:
                break  # the machine was faster than before, or there was little left to do
            killed += 1
        assert run(room, 0, None)["ended"]
        assert told(room) == wanted
        assert verify(room).faults == []
        if killed >= KILLED:
            return
    raise AssertionError(f"only {killed} runs were killed")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_stops_the_run_and_loses_nothing(disk: Path, folder: Path, tmp_path: Path) -> None:
    whole, room = Workspace(tmp_path / "uforstyrret"), Workspace(disk / "rum")
    ingest(whole, [folder])
    stopped = 0
    for size in (200, 350, 600, 1_000, 1_500, 2_200, 3_000, 64_000):
        subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)
        try:
            ingest(room, [folder])
        except WorkspaceFullError:
            stopped += 1

    assert stopped > 2
    assert told(room) == told(whole)
    assert verify(room).faults == []
