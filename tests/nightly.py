"""A workspace of invented notes, and the command as a nightly job gives it."""

from __future__ import annotations

from pathlib import Path

from corpus.workspace import Workspace
from pipeline.cli.app import run

NOTE = "Notat om legepladser\n\nUdvalget bevilger {} mio. kr. til legepladser i 2025.\n"


def notes(folder: Path, count: int) -> Path:
    """The folder, made, with so many notes in it."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.txt").write_text(NOTE.format(number + 1))
    return folder


def akt(workspace: Workspace, *arguments: str | Path) -> int:
    return run(["--workspace", str(workspace.root), *map(str, arguments)])


def ingested(workspace: Workspace, folder: Path, *more: str) -> int:
    return akt(workspace, "ingest", "--workers", "0", *more, folder)
