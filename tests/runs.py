"""Runs over invented files, and what is found after them."""

from __future__ import annotations

from corpus.workspace import Workspace
from index.search import search
from pipeline.ingest.report import Report

NOTE = "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n"


def hits(workspace: Workspace, query: str) -> list[str]:
    return [hit.path for hit in search(workspace.index_dir, query).hits]


def counted(report: Report) -> dict[str, int]:
    names = ("new", "changed", "moved", "unchanged", "deleted")
    return {name: getattr(report, name) for name in names if getattr(report, name)}
