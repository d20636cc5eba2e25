"""Runs with worker processes: the outcome is that of a run without, whatever a parser does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from mixed_folder import NOTE, change, fill, mail, mailbox
from msgspec.structs import replace
from store_dump import Row, stored

from corpus.limits import DEFAULT_LIMITS
from corpus.store.lock import workspace_lock
from corpus.store.rows import COLUMNS
from corpus.store.schema import metadata
from corpus.workspace import Workspace
from index.search import search
from pipeline.cli import progress as talking
from pipeline.cli.progress import finish_on_interrupt
from pipeline.ingest import filing, hired, processes, workers
from pipeline.ingest.forkserver import PRELOADED, ForkServer
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest

TIGHT = replace(DEFAULT_LIMITS, seconds=3, memory=700_000_000)


@pytest.fixture(autouse=True)
def many_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers are started for the fewest files, too."""
    monkeypatch.setattr(workers, "FEW", 1)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers in which reading certain words has the faults of parsers."""
    begin = processes.BEGIN.replace("\nmain(", "\nimport faulty_reader\nmain(")
    monkeypatch.setattr(processes, "BEGIN", begin)
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parent), *sys.path])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sager"
    made.mkdir()
    return made


def test_what_costs_a_worker_costs_no_other_document(folder: Path, workspace: Workspace, faulty: None) -> None:
    """A crash, an exit, a hang, and too much memory, in files, in an attachment and in a mailbox."""
    for number in range(9):
        (folder / f"{number}.txt").write_text(NOTE.format(number))
    (folder / "a.txt").write_text("SEGFAULT")
    (folder / "b.txt").write_text("HANG")
    (folder / "c.eml").write_bytes(mail(1, "MEMORY", "Bilag om sandkasser"))
    (folder / "d.mbox").write_bytes(mailbox(mail(2), mail(3, "EXIT"), mail(4)))
    (folder / "e.txt").write_text("FYLDT")

    report = ingest(workspace, [folder], RunOptions(workers=2, limits=TIGHT))

    assert {failed.path: failed.code for failed in report.failures} == {
        "a.txt": "worker-died",
        "b.txt": "timed-out",
        "c.eml!bilag 0.txt": "out-of-memory",
        "d.mbox!2.eml!bilag 0.txt": "worker-died",
        "e.txt": "out-of-memory",
    }
    assert (report.new, report.unreadable) == (14, 0)
    assert "SIGSEGV" in report.failures[0].reason
    assert search(workspace.index_dir, "legepladser").total == 9 + 4
    assert search(workspace.index_dir, "sandkasser").total == 1

    again = ingest(workspace, [folder], RunOptions(workers=2, limits=TIGHT))

    assert (again.documents, again.unchanged) == (0, 14)
    assert len(again.failures) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="memory is held to its limit on Linux")
def test_a_file_larger_than_the_memory_of_a_worker_is_out_of_memory(folder: Path, workspace: Workspace) -> None:
    (folder / "a.txt").write_text(NOTE.format(1))
    with (folder / "stor.txt").open("wb") as file:
        file.truncate(250_000_000)

    limits = replace(DEFAULT_LIMITS, memory=200_000_000)  # a busy machine has all the time that it needs
    report = ingest(workspace, [folder], RunOptions(workers=2, limits=limits))

    assert {failed.path: failed.code for failed in report.failures} == {"stor.txt": "out-of-memory"}
    assert "memory=" in report.failures[0].hint
    assert (report.new, report.unreadable) == (2, 0)


def test_the_store_is_that_of_a_serial_run(folder: Path, tmp_path: Path) -> None:
    rooms = [Workspace(tmp_path / name) for name in ("alene", "sammen")]
    fill(folder, slow=2000)
    serial, parallel = (
        ingest(room, [folder], RunOptions(workers=count)) for room, count in zip(rooms, (0, 2), strict=True)
    )

    first, second = map(stored, rooms)
    assert {name: rows for name, rows in first.items() if rows != second[name]} == {}
    assert all(first[name] for name in ("parts", "records", "members", "message_keys", "occurrences", "problems"))
    figures = ("documents", "parts", "records", "new", "unreadable", "problems")
    assert [getattr(serial, name) for name in figures] == [getattr(parallel, name) for name in figures]
    told = [{(each.path, each.code) for each in report.failures} for report in (serial, parallel)]
    assert told[0] == told[1]

    change(folder)
    for room, count in zip(rooms, (0, 2), strict=True):
        report = ingest(room, [folder], RunOptions(workers=count))
        assert (report.changed, report.deleted, report.moved) == (2, 1, 1)
    assert stored(rooms[0]) == stored(rooms[1])


@pytest.mark.parametrize("count", [1, 2])
def test_copies_that_wait_with_a_worker_are_the_content_that_it_has_in_hand(
    folder: Path, tmp_path: Path, count: int
) -> None:
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(NOTE.format(number // 6))
    (folder / "20.txt").write_bytes(b"\0" * 300_000)  # too large to wait with others

    rooms = [Workspace(tmp_path / name) for name in ("alene", "flere")]
    for room, workers_of in zip(rooms, (0, count), strict=True):
        report = ingest(room, [folder], RunOptions(workers=workers_of))
        assert (report.new, report.documents) == (40, 8)
    assert stored(rooms[0]) == stored(rooms[1])


class Killed(BaseException):
    """Like a signal: nothing catches it."""


def test_what_was_written_too_early_is_put_right_after_a_run_that_died(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail is still in hand when files behind it are written, with the same picture as its logo among them."""
    fill(folder, slow=9000)
    rooms = [Workspace(tmp_path / name) for name in ("uforstyrret", "afbrudt")]
    ingest(rooms[0], [folder])
    monkeypatch.setattr(filing, "AT_ONCE", 1)
    monkeypatch.setattr(hired, "AHEAD", 1)

    def progress(step: str, done: int, total: int | None, path: str) -> None:
        if (step, done) == ("reading", 17):
            raise Killed

    with pytest.raises(Killed):
        ingest(rooms[1], [folder], RunOptions(workers=2), progress=progress)
    left = stored(rooms[1])
    assert any(row["path"] == "1.png" for row in map(dict, left["occurrences"]))
    assert not any(row["path"] == "0.eml" for row in map(dict, left["occurrences"]))
    assert left["ahead"]

    ingest(rooms[1], [folder])

    whole, healed = map(stored, rooms)
    assert {name: rows for name, rows in whole.items() if without_tries(rows) != without_tries(healed[name])} == {}
    assert healed["ahead"] == []


def without_tries(rows: list[Row]) -> list[Row]:
    return [tuple(pair for pair in row if pair[0] != "tries") for row in rows]


def test_the_columns_of_the_rows_are_those_of_the_tables() -> None:
    for name, columns in COLUMNS.items():
        assert ["sha256", *columns] == [column.name for column in metadata.tables[name].columns]


def started(workspace: Workspace, folder: Path) -> subprocess.Popen[bytes]:
    """A run of four long documents that has two workers, of which each has one in hand."""
    for number in range(4):
        (folder / f"{number}.txt").write_text("\n\n".join(NOTE.format(number * 4000 + note) for note in range(3500)))
    akt = Path(sys.executable).with_name("akt")
    command = [str(akt), "--workspace", str(workspace.root), "ingest", "--workers", "2", str(folder)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 120
    while len(in_hand(run.pid)) < 2:
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return run


def in_hand(run: int) -> list[int]:
    """The workers of a run, grandchildren of its process, as soon as they have worked for a while."""
    parents, worked = {}, {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = place.read_text().rpartition(")")[2].split()
            parents[int(place.parent.name)], worked[int(place.parent.name)] = int(told[1]), int(told[11])
    long = os.sysconf("SC_CLK_TCK") // 5
    return [each for each, parent in parents.items() if parents.get(parent) == run and worked[each] > long]


def are_gone(processes: list[int]) -> bool:
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{each}").exists() for each in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(Path(f"/proc/{each}").exists() for each in processes)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")
def test_a_signal_to_all_ends_the_run_when_what_is_in_hand_is_done(folder: Path, workspace: Workspace) -> None:
    """Ctrl-C goes to every process of the terminal's group, as systemd's SIGTERM goes to every one of the unit."""
    run = started(workspace, folder)
    workers_of_it = in_hand(run.pid)

    os.killpg(run.pid, signal.SIGINT)
    told = run.communicate(timeout=300)[1].decode()

    assert run.returncode == 130, told
    assert search(workspace.index_dir, "legepladser").total >= 1
    assert "not reached" in told
    assert are_gone(workers_of_it)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")
def test_a_stop_that_comes_twice_is_one_stop(folder: Path, workspace: Workspace) -> None:
    """`timeout` signals the command, and then the group that it is in."""
    run = started(workspace, folder)

    os.kill(run.pid, signal.SIGTERM)
    os.killpg(run.pid, signal.SIGTERM)
    told = run.communicate(timeout=300)[1].decode()

    assert run.returncode == 143, told
    assert told.count("finishing the document at hand") == 1
    assert "not reached" in told
    assert search(workspace.index_dir, "legepladser").total >= 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A process that a shell started in the background ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_later_stop_ends_the_process_at_once(monkeypatch: pytest.MonkeyPatch, interruptible: None) -> None:
    with finish_on_interrupt() as stopped:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert stopped == [signal.SIGINT]
        monkeypatch.setattr(talking, "SAME_STOP", 0.0)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")
def test_a_run_that_is_killed_leaves_no_worker_and_no_lock(folder: Path, workspace: Workspace) -> None:
    run = started(workspace, folder)
    workers_of_it = in_hand(run.pid)

    os.kill(run.pid, signal.SIGKILL)
    run.communicate()

    assert are_gone(workers_of_it)
    with workspace_lock(workspace.lock_file):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_what_forks_the_workers_has_one_thread_and_is_started_anew_when_it_died() -> None:
    """A fork takes the locks of all threads and leaves the threads."""
    with closing(ForkServer()) as server, tempfile.TemporaryFile() as note:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            worker = server.start([theirs.fileno(), note.fileno()])
            facts = Path(f"/proc/{worker.pid}/status").read_text()
            parent = facts.partition("PPid:\t")[2].split()[0]
            assert "Threads:\t1\n" in Path(f"/proc/{parent}/status").read_text()

            os.kill(int(parent), signal.SIGKILL)
            assert worker.wait(60) == -signal.SIGKILL
            other = server.start([theirs.fileno(), note.fileno()])
            with pytest.raises(subprocess.TimeoutExpired):
                other.wait(0.01)
            other.kill()
            assert other.wait(60) == -signal.SIGKILL


def test_a_worker_that_cannot_be_imported_says_so(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no matter of the memory limit then."""
    for number in range(3):
        (folder / f"{number}.txt").write_text(NOTE.format(number))
    begin = processes.BEGIN.replace("\nmain(", "\nsys.modules['pipeline.ingest.work'] = None\nmain(")
    monkeypatch.setattr(processes, "BEGIN", begin)

    with pytest.raises(processes.ProcessStartError, match=r"pipeline\.ingest\.work.*Install it anew") as raised:
        ingest(workspace, [folder], RunOptions(workers=2))
    assert "memory" not in str(raised.value)


def test_a_worker_imports_no_database() -> None:
    """It writes nothing, and what the imports take is waited for."""
    code = (
        f"import sys, importlib; [*map(importlib.import_module, {PRELOADED!r})]; sys.exit('sqlalchemy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
