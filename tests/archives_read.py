"""Members of an archive, and documents out of it."""

from __future__ import annotations

import io

import hostile_files as hostile

from corpus import readers
from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Document, Problem
from corpus.reading import Child

TEXT = hostile.TEXT


def members(
    data: bytes, name: str = "arkiv.zip", limits: Limits = DEFAULT_LIMITS
) -> tuple[dict[str, bytes], list[Problem]]:
    stream = readers.stream_of(data[: readers.HEAD], name)
    assert stream is not None
    found = list(stream.members(io.BytesIO(data), name, limits))
    children = [child for child in found if isinstance(child, Child)]
    named = {child.name: child.data for child in children}
    assert len(named) == len(children)
    return named, [told for told in found if isinstance(told, Problem)]


def codes(problems: list[Problem]) -> list[str]:
    return [told.code for told in problems]


def all_documents(document: Document) -> list[Document]:
    return [document, *(inner for child in document.children for inner in all_documents(child))]
