"""The installed command, started as a user starts it, and what it is given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipeline.cli.exits import ExitCode

AKT = Path(sys.executable).with_name("akt")
ROOT = Path(__file__).resolve().parents[1]
NOTE = "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n"


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command with a bare environment, so that nothing of the machine's own setting counts."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [str(AKT), *map(str, arguments)], input=stdin, capture_output=True, env=kept | environment, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def ingested(folder: Path, made: Path) -> Path:
    """The workspace ``made``, of two notes and an empty file that are put into ``folder``."""
    (folder / "a.txt").write_text(NOTE)
    (folder / "b.txt").write_text("Notat om svømmehaller\n\nDer spares 500.000 kr. og 1,5 årsværk i 2026.\n")
    (folder / "tom.txt").write_bytes(b"")
    done = run("--workspace", made, "ingest", folder)
    assert done.returncode == ExitCode.SOME_FAILED, done.stderr
    return made


def uses_compiled_part(module: str, wanted: str) -> bool:
    """Whether ``module`` goes the compiled way in a process with this ``AKT_NATIVE``; its ``USED`` says so."""
    said = subprocess.run(
        [sys.executable, "-c", f"from importlib import import_module; print(import_module({module!r}).USED)"],
        env={"PYTHONPATH": str(ROOT), "AKT_NATIVE": wanted},
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.strip() == "True"
