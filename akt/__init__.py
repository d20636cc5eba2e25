"""Akt in notebooks and scripts.

    import akt

    document = akt.read("forslag.pdf")            # parts, records, tables and problems of one file
    with akt.Workspace("~/arkiv") as archive:     # what `akt ingest` has read
        archive.search("støttepædagog* amount:>=1mio").hits
        archive.pandas("lines", "kind:budget-proposal")

What is read from a document is a struct of :mod:`corpus.model`: docs/records.md is its contract. Money and årsværk are
:class:`decimal.Decimal` everywhere, and exact decimals in frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akt.reading import read, read_bytes
from akt.workspace import Workspace

if TYPE_CHECKING:
    from corpus.model import Document

__all__ = ["Document", "Workspace", "read", "read_bytes"]


def __getattr__(name: str) -> object:
    """``akt.Document`` without loading the model before it is wanted."""
    if name == "Document":
        from corpus.model import Document

        return Document
    raise AttributeError(f"module 'akt' has no attribute {name!r}")
