"""Akt in notebooks and scripts.

    import akt

    document = akt.read("forslag.pdf")            # parts, records, tables and problems of one file
    with akt.Workspace("~/arkiv") as archive:     # what `akt ingest` has read
        archive.search("støttepædagog* amount:>=1mio").hits
        archive.pandas("lines", "kind:budget-proposal")
        archive.budget(by="committee", stage="proposal", price_level=2026, side="net")

What is read from a document is a struct of :mod:`corpus.model`: docs/records.md is its contract. Money and årsværk are
:class:`decimal.Decimal` everywhere, and exact decimals in frames.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from akt.reading import read, read_bytes
from akt.workspace import Workspace

if TYPE_CHECKING:
    from akt.budget import Sums
    from corpus.model import Document
    from corpus.workspace import WorkspaceBusyError, WorkspaceError
    from index.tree import QueryError
    from pipeline.figures.request import MixedError

__all__ = [
    "Document",
    "MixedError",
    "QueryError",
    "Sums",
    "Workspace",
    "WorkspaceBusyError",
    "WorkspaceError",
    "read",
    "read_bytes",
]
_LATER = {
    "Document": "corpus.model",
    "MixedError": "pipeline.figures.request",
    "QueryError": "index.tree",
    "Sums": "akt.budget",
    "WorkspaceBusyError": "corpus.workspace",
    "WorkspaceError": "corpus.workspace",
}


def __getattr__(name: str) -> object:
    """``akt.Document`` and others without loading what they need before they are wanted."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'akt' has no attribute {name!r}")
