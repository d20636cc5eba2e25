"""What a batch run costs: two workers against one, a run with nothing to do, processor time by stage, memory.

Invented papers are written to a folder and ingested by `akt ingest`. Everything is printed as a ratio but for memory:

- *workers*: the time of a run with one worker by that with two. The work of the run, its processor time, hardly
  differs; so the time on machines that do other work too is told as well by how many cores it kept busy, and by what
  two idle cores would take: the processor time of each process until the first document is there, while documents are
  worked on (halved for two workers, but no less than that of the busiest process), and after the last one.
- *nothing to do*: a run over files that are as they were, against walking over them and asking for size and time; over
  files that hold the same few contents, and over papers that all differ; of these also with the look at all pages of
  the store, which is taken once in twelve hours.
- *stages*: processor seconds of reading with extracting, of writing, and of indexing, in one process, as shares.

    python benchmarks/bench_ingest.py --documents 2000 --files 10000
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from danish_papers import Papers

from corpus.workspace import Workspace
from pipeline.ingest import filing, keeping
from pipeline.ingest.run import ingest

ROUNDS = 5
CHILD = """\
import json, os, resource, sys, time
from pathlib import Path
from corpus.workspace import Workspace
from pipeline.ingest import filing, indexer, workers
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
def spent():
    parents, used = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[place.name] = (place / "stat").read_text().rpartition(")")[2].split()[1]
            used[place.name] = int((place / "schedstat").read_text().split()[0]) / 1e9
        except OSError:
            pass
    run = str(os.getpid())
    return {pid: used[pid] for pid in used if run in (pid, parents[pid], parents.get(parents[pid]))}
marks = []
def marked(kind, name, most):
    do = getattr(kind, name)
    def call(*given):
        if len(marks) < most:
            marks.append(spent())
        return do(*given)
    setattr(kind, name, call)
marked(filing.Filing, "take", 2)
marked(workers.Crew, "close", 3)
marked(indexer.Indexer, "close", 4)
marks.append(spent())
began = time.monotonic()
report = ingest(Workspace(Path(sys.argv[1])), [Path(sys.argv[2])], RunOptions(workers=int(sys.argv[3])))
taken = time.monotonic() - began
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
used = [each.ru_utime + each.ru_stime for each in (own, others)]
marks.append(spent())
print(json.dumps([report.documents, taken, *used, own.ru_maxrss, marks]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--files", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if given.documents:
            papers = _papers(place / "papirer", given.documents)
            _workers(place, papers)
            _stages(place, papers)
            _nothing_to_do(papers, Workspace(place / "rum0"), "papers that all differ")
            _nothing_to_do(papers, Workspace(place / "rum0"), "of them, with a look at the store", look=True)
        if given.files:
            files = _few_contents(place / "filer", given.files)
            _nothing_to_do(files, Workspace(place / "rumf"), "files with twenty contents")


def _papers(folder: Path, count: int) -> Path:
    for paper in Papers()(count):
        file = folder / paper.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(paper.parts[0].text)
    return folder


def _workers(place: Path, papers: Path) -> None:
    """The start of the processes is in it, as it is for the user."""
    taken: dict[int, float] = {}
    idle: dict[int, float] = {}
    for workers in (1, 2):
        asked = [sys.executable, "-c", CHILD, str(place / f"rum{workers}"), str(papers), str(workers)]
        printed = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout
        documents, taken[workers], own, others, most, marks = json.loads(printed)
        idle[workers], alone = _on_idle_cores(marks, workers)
        busy = (own + others) / taken[workers]
        _say(
            f"{workers} worker(s): {documents:.0f} documents, {taken[workers]:.1f} s, {own + others:.1f} s of processor"
            f" time ({own / (own + others):.0%} in the run's own process), {busy:.2f} cores busy,"
            f" {most / 1024:.0f} MB in the run's own process; {idle[workers]:.1f} s on idle cores, of which"
            f" {alone / idle[workers]:.0%} before the first document and after the last"
        )
    _say(
        f"two workers against one: {taken[1] / taken[2]:.2f} times as fast by the clock,"
        f" {idle[1] / idle[2]:.2f} times on idle cores by processor time"
    )


def _on_idle_cores(marks: list[dict[str, float]], workers: int) -> tuple[float, float]:
    """Seconds that a run takes on as many idle cores as it has workers, and those in which its documents wait.

    ``marks``: seconds by process at the start, at the first document, at the last, where the index is whole, and at the
    end; with one worker the index has no process, and no mark.
    """
    first, begun, done, *rest = marks
    before = [used - first.get(pid, 0.0) for pid, used in begun.items()]
    between = [used - begun.get(pid, 0.0) for pid, used in done.items()]
    after = 0.0
    for here, there in pairwise([done, *rest]):
        after += sum(used - here[pid] for pid, used in there.items() if pid in here)
    waiting = max(before) + after
    return waiting + max(sum(between) / workers, *between), waiting


class _Clock:
    """Processor time spent in some functions."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def timed(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            began = time.process_time()
            try:
                return function(*given, **named)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - began

        return call


def _stages(place: Path, papers: Path) -> None:
    clock = _Clock()
    for module, name, stage in (
        (keeping, "index_meanwhile", "index"),
        (keeping, "update_index", "index"),
        (filing.Filing, "flush", "write"),
    ):
        setattr(module, name, clock.timed(stage, getattr(module, name)))
    began = time.process_time()
    report = ingest(Workspace(place / "rum0"), [papers])
    whole = time.process_time() - began
    clock.spent["read and extract"] = whole - sum(clock.spent.values())
    shares = ", ".join(f"{name} {spent / whole:.0%}" for name, spent in sorted(clock.spent.items()))
    _say(f"one process: {whole / report.documents * 1000:.1f} ms of processor time for each document; {shares}")


def _few_contents(folder: Path, count: int) -> Path:
    """Twenty contents lie in all these files: what is looked at is files."""
    for number in range(count):
        file = folder / f"{number // 200:04}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Notat {number % 20}\n\nUdvalget bevilger {number % 20 + 1} mio. kr. til legepladser.\n")
    return folder


def _nothing_to_do(folder: Path, room: Workspace, what: str, *, look: bool = False) -> None:
    """The first run brings the workspace up to date."""
    ingest(room, [folder])
    ratios = []
    for _ in range(ROUNDS):
        began = time.process_time()
        count = _walk(folder)
        if look:
            room.looked_file.unlink()
        walked = time.process_time()
        report = ingest(room, [folder])
        ratios.append((time.process_time() - walked) / (walked - began))
        if report.unchanged != count or report.documents:
            raise SystemExit(f"it did something: {report}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(
        f"nothing to do, {count} {what}: {sorted(ratios)[ROUNDS // 2]:.1f} times the processor time of walking over"
        f" them ({min(ratios):.1f} to {max(ratios):.1f}); {most:.0f} MB at most"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _walk(folder: Path) -> int:
    """How many files there are."""
    count = 0
    for top, _, names in os.walk(folder):
        for name in names:
            os.stat(os.path.join(top, name))
        count += len(names)
    return count


if __name__ == "__main__":
    main()
