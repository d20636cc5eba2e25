"""Runs over invented files, and what is found after them."""

from __future__ import annotations

from pathlib import Path

from corpus.workspace import Workspace
from index.search import search
from pipeline.ingest.report import Report

NOTE = "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n"


def two_notes(folder: Path) -> Path:
    """The folder, made, with one note in it and one in a folder of a year."""
    (folder / "2025").mkdir(parents=True)
    (folder / "a.txt").write_text(NOTE)
    (folder / "2025" / "b.txt").write_text(NOTE.replace("legepladser", "svømmehaller"))
    return folder


def hits(workspace: Workspace, query: str) -> list[str]:
    return [hit.path for hit in search(workspace.index_dir, query).hits]


def counted(report: Report) -> dict[str, int]:
    names = ("new", "changed", "moved", "back", "unchanged", "deleted")
    return {name: getattr(report, name) for name in names if getattr(report, name)}
