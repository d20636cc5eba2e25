"""A mailbox of gigabytes: the memory it takes to read, and the rate against the standard library's parser alone.

    python benchmarks/bench_mbox.py [--megabytes 2000] [--ingest]

Each figure is of a process of its own that goes through the same file once, in processor time, without its imports.
``standard library`` is ``mailbox.mbox``, which parses each mail and does nothing with it; ``akt`` gives each mail as
Akt reads it: headers, body text, attachments decoded. ``--ingest`` also takes the mailbox into a workspace (facts,
store, index), for its memory.
"""

from __future__ import annotations

import argparse
import mailbox
import random
import resource
import subprocess
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

TEXT = """
forvaltningen udvalget indstiller budgettet kommunen legeplads svømmehal skolen ændring 2025 mio. kr. børn og unge i det
der vi som på til en med er for at støtte pædagoger midler årsværk høringssvar rådhuset møde
"""
MAILS_PER_KIND = 40


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arkiv.mbox"
        count = write_mailbox(path, options.megabytes * 1_000_000)
        size = path.stat().st_size / 1e6
        say(f"{size:.0f} MB, {count} mails")
        baseline = _measured("standard library", "stdlib", path, size)
        ours = _measured("akt", "akt", path, size)
        say(f"rate, akt to the standard library's parser alone: {ours / baseline:.2f}")
        if options.ingest:
            _measured("akt ingest", "ingest", path, size)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=2000)
    parser.add_argument("--ingest", action="store_true")
    parser.add_argument("--child", choices=["stdlib", "akt", "ingest"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.child, options.file)
        sys.exit()
    return options


def _measured(name: str, child: str, path: Path, size: float) -> float:
    """Run one process over the file; prints and returns its rate in MB/s."""
    command = [sys.executable, __file__, "--child", child, "--file", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    seconds, megabytes, mails = float(said[0]), float(said[1]), int(said[2])
    say(f"{name:18} {size / seconds:7.1f} MB/s  {mails / seconds:8.0f} mails/s  peak memory {megabytes:5.0f} MB")
    return size / seconds


def _child(kind: str, path: Path) -> None:
    read = {"stdlib": _stdlib, "akt": _akt, "ingest": _ingest}[kind]
    with tempfile.TemporaryDirectory() as folder:  # a first mail, for the imports
        first = Path(folder) / "en.mbox"
        write_mailbox(first, 1)
        read(first)
    start = time.process_time()
    mails = read(path)
    seconds = time.process_time() - start
    say(f"{seconds} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024} {mails}")


def _stdlib(path: Path) -> int:
    return sum(1 for _ in mailbox.mbox(path, create=False))


def _akt(path: Path) -> int:
    from corpus.limits import DEFAULT_LIMITS
    from corpus.model import Problem
    from corpus.readers import mbox, read

    mails = 0
    with path.open("rb") as file:
        for found in mbox.members(file, path.name, DEFAULT_LIMITS):
            if isinstance(found, Problem):
                raise SystemExit(found.message)
            if not read(found.data, found.name).text:
                raise SystemExit(f"{found.name} was read as nothing")
            mails += 1
    return mails


def _ingest(path: Path) -> int:
    from corpus.workspace import Workspace
    from pipeline.ingest.run import ingest

    with tempfile.TemporaryDirectory() as folder:
        return ingest(Workspace(Path(folder)), [path]).documents


def write_mailbox(path: Path, size: int) -> int:
    """Mails as offices have them: seven of ten plain text, two with HTML beside it, one with a file of 50 to 500 kB."""
    draw = random.Random(2025)
    templates = [_mail(draw, kind) for kind in "ttttttthha" for _ in range(MAILS_PER_KIND)]
    count = written = 0
    with path.open("wb") as file:
        while written < size:
            mail = draw.choice(templates).replace(b"NUMBER", b"%d" % count)
            written += file.write(b"From karen@fjordby.example Mon Mar  3 10:00:00 2025\n" + mail + b"\n")
            count += 1
    return count


def _mail(draw: random.Random, kind: str) -> bytes:
    message = EmailMessage()
    message["Received"] = "from a.fjordby.example by b.lyngsoe.example; Mon, 03 Mar 2025 10:00:01 +0100"
    message["From"] = "Karen Holm <karen@fjordby.example>"
    message["To"] = ", ".join(f"Medarbejder {n} <m{n}@lyngsoe.example>" for n in range(draw.randint(1, 9)))
    message["Subject"] = "Høringssvar om svømmehallen, sag NUMBER"
    message["Date"], message["Message-ID"] = "Mon, 03 Mar 2025 10:00:00 +0100", "<NUMBER@fjordby.example>"
    lines = [" ".join(draw.choices(TEXT.split(), k=12)) for _ in range(draw.randint(12, 60))]
    message.set_content("\n".join(lines) + "\n")
    if kind == "h":
        message.add_alternative("<html><body>" + "".join(f"<p>{line}</p>" for line in lines), subtype="html")
    if kind == "a":
        data = draw.randbytes(draw.randint(50_000, 500_000))
        message.add_attachment(data, maintype="application", subtype="pdf", filename="bilag.pdf")
    return message.as_bytes()


if __name__ == "__main__":
    main()
