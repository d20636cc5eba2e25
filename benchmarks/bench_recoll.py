"""What taking in a folder of text costs, beside Debian's recollindex on the same folder in the same run.

    python benchmarks/bench_recoll.py [--documents 10000] [--workers 0 2] [--folder FOLDER]

recollindex (package recollcmd) reads each file, cuts it into words and writes a Xapian index; it takes nothing out of
the text and keeps no copy of it. Akt reads, extracts, stores and indexes. The papers are invented ones of about 4 kB
(danish_papers.py), or the files of a folder of your own. Time is processor time, user and system, of the process and of
all it starts; the two take turns. What is printed are ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from danish_papers import Papers

IN_FOLDER = 500
AKT = "from pipeline.cli import main; main()"


def processor_time(command: Sequence[str]) -> float:
    """Seconds of a process and its children. Raises RuntimeError when it fails."""
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {told.read()[-2000:].decode()}")
    return used.ru_utime + used.ru_stime


def written(folder: Path, count: int) -> Path:
    """The papers as text files, some hundred to a folder."""
    papers = Papers()
    for number in range(count):
        place = folder / f"{number // IN_FOLDER:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(papers.paper(number).parts[0].text, encoding="utf-8")
    return folder


def by_recoll(scratch: Path, folder: Path) -> float:
    """One run of recollindex over the folder, into an index of its own."""
    settings = scratch / "recoll"
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {folder}\n", encoding="utf-8")
    return processor_time(["recollindex", "-c", str(settings)])


def by_akt(scratch: Path, folder: Path, workers: int) -> float:
    """One run of `akt ingest` over the folder, into a workspace of its own."""
    workspace = scratch / f"akt-{workers}"
    options = ["--workspace", str(workspace), "ingest", "--quiet", "--workers", str(workers), str(folder)]
    return processor_time([sys.executable, "-c", AKT, *options])


def tell(line: str) -> None:
    """At once: a run takes long."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[0, 2])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if shutil.which("recollindex") is None:
        sys.exit("recollindex is not installed (Debian: apt install recollcmd); there is nothing to compare with.")
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        folder = options.folder.resolve() if options.folder else written(scratch / "papers", options.documents)
        count = sum(len(files) for _, _, files in os.walk(folder))
        base = by_recoll(scratch, folder)
        tell(f"{count} files; recollindex: {base / count * 1000:.2f} ms of processor time each")
        for workers in options.workers:
            taken = by_akt(scratch, folder, workers)
            tell(f"akt ingest --workers {workers}: {taken / base:.1f} times that ({taken / count * 1000:.1f} ms)")


if __name__ == "__main__":
    main()
