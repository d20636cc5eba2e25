"""How much memory a long PDF takes: the peak of `akt extract` and `akt ingest`, by number of pages.

    python benchmarks/bench_memory.py [--pages 125 250 500]

Each page of the invented paper (``tests/long_papers.py``) has a heading, two sentences and a budget table of 22 rows
over four years: much more to keep than prose gives. Each figure is of a process of its own that runs the command once
over the file: its peak of resident memory, what an empty text file takes included, and its processor time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTHING = "ingenting.txt"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / NOTHING).write_text("Ingenting.\n", encoding="utf-8")
        for pages in options.pages:  # in a process of its own: a child counts what its parent had
            here = [sys.executable, __file__, "--print", str(room / f"{pages}.pdf"), "--pages", str(pages)]
            subprocess.run(here, check=True)
        for command in ("extract", "ingest"):
            peaks = _measured(command, room, options.pages)
            say(f"{command}: peak at {options.pages[-1]} pages to {options.pages[0]}: {peaks[-1] / peaks[0]:.2f}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[125, 250, 500])
    parser.add_argument("--print", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.print:
        sys.path.insert(0, str(ROOT / "tests"))
        from long_papers import long_paper

        options.print.write_bytes(long_paper(options.pages[0]))
        sys.exit()
    return options


def _measured(command: str, room: Path, counts: list[int]) -> list[float]:
    """The peaks in MB, in the order of ``counts``; all are printed."""
    floor, _ = _run(command, room, room / NOTHING)
    say(f"{command} of an empty text file {floor:5.0f} MB")
    peaks = []
    for pages in counts:
        peak, seconds = _run(command, room, room / f"{pages}.pdf")
        grown = f"{(peak - floor) * 1000 / pages:4.0f} kB a page over that"
        say(f"{command} {pages:5} pages {peak:5.0f} MB, {grown}; {seconds / pages:.3f} s a page")
        peaks.append(peak)
    return peaks


def _run(command: str, room: Path, path: Path) -> tuple[float, float]:
    """Peak of resident memory in MB and processor time in seconds of one command over one file."""
    run = "import sys; from pipeline.cli import main; sys.exit(main())"
    where = ["--workspace", str(room / f"rum-{path.stem}")] if command == "ingest" else []
    more = ["-o", str(room / "ud.jsonl")] if command == "extract" else []
    arguments = [sys.executable, "-c", run, *where, command, str(path), *more]
    child = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"akt {command} {path.name} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
