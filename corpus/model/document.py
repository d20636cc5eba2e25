"""A document with everything that was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from corpus.model.basis import Problem, Struct
from corpus.model.parts import AnyPart
from corpus.model.records import AnyRecord
from corpus.model.tables import Table, UnclaimedNumber

DocumentKind = Literal[
    "email", "budget-proposal", "budget-catalogue", "minutes", "agenda", "letter", "spreadsheet", "other"
]


class Bookmark(Struct, kw_only=True, frozen=True):
    """An entry of a document's outline. ``page`` is 1-based, None where it leads to none; ``level`` 0 is outermost."""

    title: str
    page: int | None = None
    level: int = 0


class Document(Struct, kw_only=True, frozen=True):
    """One content, with what was found in it. ``path`` is as the user gave it; ``name`` is that inside a container.

    ``metadata``, ``outline`` and ``page_labels`` (the printed number of each page, where it is not its place) are what
    the file says of itself.
    """

    schema: Literal["akt/1"] = "akt/1"
    path: str
    name: str | None = None
    sha256: str
    media_type: str
    kind: DocumentKind = "other"
    title: str | None = None
    language: str | None = None
    municipality: str | None = None
    date: str | None = None
    pages: int | None = None
    page_labels: list[str] = []
    metadata: dict[str, str] = {}
    outline: list[Bookmark] = []
    reader: str
    extractor_version: str
    parts: list[AnyPart] = []
    records: Sequence[AnyRecord] = []
    tables: Sequence[Table] = []
    problems: list[Problem] = []
    unclaimed_numbers: list[UnclaimedNumber] = []
    children: list[Document] = []
