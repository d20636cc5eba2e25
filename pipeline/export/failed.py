"""The files that could not be read, as rows of typed columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.store.entries import FailedFile
from pipeline.export.columns import Column, Kind, Sheet


def _text(name: str, meaning: str) -> Column:
    return Column(name, Kind.TEXT, meaning, required=True)


FAILURES = Sheet(
    "failures",
    "A document that could not be read.",
    (
        _text("path", "The document, relative to its root; `!` leads into a container."),
        _text("stage", "The step that it failed in."),
        _text("code", "The kind of failure."),
        _text("reason", "What was wrong."),
        _text("hint", "What can be done about it."),
        Column("tries", Kind.WHOLE, "How often it was tried.", required=True),
        _text("last", "When it was tried last: ISO 8601."),
        _text("root", "The folder that was ingested."),
        _text("file", "The file on disk that it lies in."),
    ),
)


def failure_rows(found: Sequence[FailedFile]) -> Iterator[Mapping[str, object]]:
    """A row for each."""
    for one in found:
        yield {name: getattr(one, name) for name in FAILURES.names}
