"""Who is told what a run is at."""

from __future__ import annotations

from typing import Protocol

from msgspec.structs import replace

from pipeline.options import Options


class Progress(Protocol):
    """Told what the run is at: ``step`` is "reading", "unpacking", "pages", "tables", "extracting" or
    "indexing"; of `akt verify` also "store", "contents", "index" or "files".

    ``total`` is None while it is not known: how many members a large container holds. "pages" are those of the document
    at ``path`` that are read, "tables" those whose tables are.
    """

    def __call__(self, step: str, done: int, total: int | None, path: str) -> None: ...


def silent(step: str, done: int, total: int | None, path: str) -> None:
    """For a run that nobody watches."""


def telling_of_pages(options: Options, progress: Progress, path: str) -> Options:
    """The options with which the pages of the document at ``path`` are counted; without, where nobody watches."""
    if progress is silent:
        return options
    told = replace(options.reading, on_page=lambda done, total: progress("pages", done, total, path))
    return replace(options, reading=told, on_page=lambda done, total: progress("tables", done, total, path))
