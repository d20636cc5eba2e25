"""Documents out of the store for the index: some at a time, for asking for each costs more than unpacking it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

import msgspec
import sqlalchemy as sa

from corpus.model import Document
from corpus.store.entries import Place
from corpus.store.packing import unpack_document
from corpus.store.queries import packed_documents, places_of_all, sized_documents, some_at_once
from corpus.store.rows import batched
from pipeline.masking import mask_name

LETTERS_AT_ONCE = 1_000_000
"""Of the documents that are in memory."""

Found = tuple[Document, list[str], list[str]]
"""A document, its paths, and these with the name of the folder that was ingested in front."""


def found_in(
    connection: sa.Connection, chunk: Sequence[str], failed: dict[str, Exception]
) -> Iterator[tuple[str, Found | None]]:
    """What is to be indexed, with its paths; None for what is to leave the index. What cannot be loaded has failed."""
    for some in batched(chunk):
        places, sizes = places_of_all(connection, some), sized_documents(connection, some)
        for few in some_at_once(some, sizes):
            packed = packed_documents(connection, [sha256 for sha256 in few if sha256 in places])
            for sha256 in few:
                try:
                    yield sha256, _content(packed.pop(sha256, None), places.get(sha256, []))
                except Exception as error:
                    failed[sha256] = error


def _content(packed: bytes | None, places: Sequence[Place]) -> Found | None:
    if packed is None:
        return None
    document = unpack_document(packed)
    paths = list(dict.fromkeys(mask_name(place.path) for place in places))
    whole = list(dict.fromkeys(mask_name(f"{PurePath(place.root).name}/{place.path}") for place in places))
    return msgspec.structs.replace(document, path=paths[0]), paths, whole


def letters_of(lot: Mapping[str, Found | None]) -> int:
    """How long the texts of a lot are."""
    return sum(len(part.text) for found in lot.values() if found for part in found[0].parts)


def lots(contents: Iterable[tuple[str, Found | None]]) -> Iterator[dict[str, Found | None]]:
    """Contents by their hash, in order, some letters at a time."""
    lot: dict[str, Found | None] = {}
    size = 0
    for sha256, found in contents:
        lot[sha256] = found
        size += sum(len(part.text) for part in found[0].parts) if found else 0
        if size >= LETTERS_AT_ONCE:
            yield lot
            lot, size = {}, 0
    if lot:
        yield lot
