"""What an export costs: memory by the number of budget lines, and time against Python's own CSV writer.

    python benchmarks/bench_export.py [--lines 100000 1000000] [--formats parquet csv jsonl xlsx]

The budget lines are those of one invented paper (``tests/long_papers.py``), read once and stored under as many names as
are needed; `akt records lines` then takes its usual way from the store to the file. Peak of resident memory and
processor time are those of a process that runs the command once. The CSV ratio is of processor time over the same rows:
Python's ``csv.writer`` gets them as lists of finished texts, ours as rows of values that it has to print and to make
harmless.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
PAGES = 12
ROWS_FOR_CSV = 40_000
ROUNDS = 5


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        rooms = {count: Path(folder) / str(count) for count in options.lines}
        for count, room in rooms.items():
            filled = _child(["--fill", str(room), "--lines", str(count)])
            say(f"{filled.strip()} lines stored in {room.name}")
        for form in options.formats:
            peaks = [_measured(room, count, form) for count, room in rooms.items()]
            say(f"{form}: peak at {options.lines[-1]} lines to {options.lines[0]}: {peaks[-1] / peaks[0]:.2f}")
        sys.stdout.write(_child(["--csv", str(rooms[options.lines[0]])]))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--formats", nargs="+", default=["parquet", "csv", "jsonl"])
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--csv", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        say(str(fill(options.fill, options.lines[0])))
        sys.exit()
    if options.csv:
        compare(options.csv)
        sys.exit()
    return options


def _child(arguments: list[str]) -> str:
    """In a process of its own: what runs later counts what its parent had."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def fill(room: Path, count: int) -> int:
    """A workspace with at least so many budget lines; returns how many."""
    import msgspec
    from long_papers import long_paper

    from corpus.identity import content_hash
    from corpus.reading import Reading
    from corpus.store.database import open_store, sqlite_url
    from corpus.store.entries import Content
    from corpus.store.places import put_file
    from corpus.store.writer import add_root, begin_run, put_content
    from corpus.workspace import Workspace
    from pipeline.extract import EXTRACTOR_VERSION, Options, extract, read_document

    data = long_paper(PAGES)
    reading = read_document(data, "katalog.pdf", Options())
    paper = extract(reading, path="katalog.pdf", name=None, sha256=content_hash(data), options=Options())
    each = sum(len(line.values) for table in paper.tables for line in table.lines)
    bare = Reading(media_type=reading.media_type, reader=reading.reader, text="")
    workspace = Workspace(room).open(create=True)
    copies = -(-count // each)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.begin() as connection:
        root, number = add_root(connection, "/arkiv", whole=True), begin_run(connection)
        for copy in range(copies):
            path, sha256 = f"mappe/katalog-{copy:05}.pdf", hashlib.sha256(str(copy).encode()).hexdigest()
            document = msgspec.structs.replace(paper, path=path, sha256=sha256, records=[])
            content = Content(
                sha256=sha256, size=1, reading=bare, document=document, quotes=[], members=[],
                read_version=reading.reader, extract_version=EXTRACTOR_VERSION,
            )  # fmt: skip
            put_content(connection, content)
            put_file(connection, root=root, path=path, sha256=sha256, mtime_ns=1, size=1, run=number)
    return copies * each


def _measured(room: Path, count: int, form: str) -> float:
    """The peak of `akt records lines` in MB; it is printed with the time and the size of the file."""
    target = room / f"ud.{form}"
    run = "import sys; from pipeline.cli import main; sys.exit(main())"
    arguments = [sys.executable, "-c", run, "--workspace", str(room), "records", "lines", "-o", str(target)]
    child = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"akt records lines to {form} ended with {os.waitstatus_to_exitcode(status)}")
    peak, seconds = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
    size = target.stat().st_size / 1e6
    target.unlink()
    say(f"{form:8} {count:9} lines {peak:5.0f} MB, {seconds * 1e6 / count:4.0f} µs a line, {size:6.1f} MB written")
    return peak


def compare(room: Path) -> None:
    """Processor time of our CSV and of Python's over the same rows."""
    from itertools import islice

    from corpus.workspace import Workspace
    from pipeline.export.delimited import delimited
    from pipeline.export.records import found_rows
    from pipeline.export.rows import flat
    from pipeline.export.safety import for_spreadsheet
    from pipeline.export.sheets import LINES

    with found_rows(Workspace(room), "line") as found:
        rows = [row for row, _ in islice(found, ROWS_FOR_CSV)]
    finished = [[for_spreadsheet(flat(row[name])) for name in LINES.names] for row in rows]
    with (room / "ud.csv").open("w", encoding="utf-8", newline="") as out:
        theirs = _best(lambda: csv.writer(out).writerows([LINES.names, *finished]))
        ours = _best(lambda: _write(out.write, delimited(LINES, rows)))
    say(f"csv: Python's writer {theirs * 1e6 / len(rows):.1f} µs a row of {len(LINES.columns)} finished cells")
    say(f"csv: ours {ours * 1e6 / len(rows):.1f} µs a row of values; as fast as Python's: {theirs / ours:.2f}")


def _write(write: Callable[[str], int], texts: Iterable[str]) -> None:
    for text in texts:
        write(text)


def _best(work: Callable[[], None]) -> float:
    """The least processor time of some rounds: what else the machine does only adds to it."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


if __name__ == "__main__":
    main()
