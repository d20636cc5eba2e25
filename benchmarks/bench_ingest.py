"""What a batch run costs: two workers against one, a run with nothing to do, processor time by stage, memory.

Invented papers are written to a folder and ingested by `akt ingest`. Everything is printed as a ratio but for memory:

- *workers*: the time of a run with one worker by that with two. The work of the run, its processor time, hardly
  differs; so the time on machines that do other work too is told as well by how many cores it kept busy.
- *nothing to do*: a run over files that are as they were, against walking over them and asking for size and time.
- *stages*: processor seconds of reading with extracting, of writing, and of indexing, in one process, as shares.

    python benchmarks/bench_ingest.py --documents 2000 --files 10000
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from danish_papers import Papers

from corpus.workspace import Workspace
from pipeline.ingest import filing, keeping
from pipeline.ingest.run import ingest

ROUNDS = 5
CHILD = """\
import resource, sys, time
from pathlib import Path
from corpus.workspace import Workspace
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
began = time.monotonic()
report = ingest(Workspace(Path(sys.argv[1])), [Path(sys.argv[2])], RunOptions(workers=int(sys.argv[3])))
taken = time.monotonic() - began
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
spent = [each.ru_utime + each.ru_stime for each in (own, others)]
print(report.documents, taken, *spent, own.ru_maxrss)
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
        if given.files:
            _nothing_to_do(place, given.files)


def _papers(folder: Path, count: int) -> Path:
    for paper in Papers()(count):
        file = folder / paper.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(paper.parts[0].text)
    return folder


def _workers(place: Path, papers: Path) -> None:
    """The start of the processes is in it, as it is for the user."""
    taken: dict[int, float] = {}
    for workers in (1, 2):
        asked = [sys.executable, "-c", CHILD, str(place / f"rum{workers}"), str(papers), str(workers)]
        printed = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        documents, taken[workers], own, others, most = map(float, printed.split())
        busy = (own + others) / taken[workers]
        _say(
            f"{workers} worker(s): {documents:.0f} documents, {taken[workers]:.1f} s, {own + others:.1f} s of processor"
            f" time ({own / (own + others):.0%} in the run's own process), {busy:.2f} cores busy,"
            f" {most / 1024:.0f} MB in the run's own process"
        )
    _say(f"two workers against one: {taken[1] / taken[2]:.2f} times as fast")


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


def _nothing_to_do(place: Path, count: int) -> None:
    """Twenty contents lie in all these files: what is looked at is files."""
    folder = place / "filer"
    for number in range(count):
        file = folder / f"{number // 200:04}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Notat {number % 20}\n\nUdvalget bevilger {number % 20 + 1} mio. kr. til legepladser.\n")
    room = Workspace(place / "rumf")
    ingest(room, [folder])
    ratios = []
    for _ in range(ROUNDS):
        began = time.process_time()
        _walk(folder)
        walked = time.process_time()
        report = ingest(room, [folder])
        ratios.append((time.process_time() - walked) / (walked - began))
        if report.unchanged != count or report.documents:
            raise SystemExit(f"it did something: {report}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(
        f"nothing to do, {count} files: {sorted(ratios)[ROUNDS // 2]:.1f} times the processor time of walking over them"
        f" ({min(ratios):.1f} to {max(ratios):.1f}); {most:.0f} MB at most"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _walk(folder: Path) -> None:
    for top, _, names in os.walk(folder):
        for name in names:
            os.stat(os.path.join(top, name))


if __name__ == "__main__":
    main()
