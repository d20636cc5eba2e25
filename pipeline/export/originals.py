"""The bytes of a stored content, read again from where it lies and held against the hash that the store has of it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from corpus.identity import content_hash
from corpus.limits import DEFAULT_LIMITS
from corpus.readers import read
from corpus.store.queries import best_place_first
from corpus.store.schema import occurrences, roots
from pipeline.extract import member_names
from pipeline.masking import mask_name, mask_names

DEEPEST = DEFAULT_LIMITS.depth


class OriginalError(Exception):
    """The source of a content is not there any more, or is another one; the message says which, and what to do."""


def original(connection: sa.Connection, sha256: str) -> bytes:
    """The content as it was ingested, from the first of its places that still has it. Raises OriginalError."""
    outer = occurrences.alias()
    places = connection.execute(
        sa.select(occurrences.c.path, roots.c.path.label("root"), outer.c.path.label("outer"))
        .join_from(occurrences, roots, occurrences.c.root == roots.c.id)
        .outerjoin(outer, occurrences.c.file == outer.c.id)
        .where(occurrences.c.sha256 == sha256, occurrences.c.deleted.is_(False))
        .order_by(*best_place_first())
    ).all()
    told = []
    for place in places:
        file = Path(place.root) / (place.outer or place.path)
        inside = place.path[len(place.outer) + 1 :] if place.outer else ""
        try:
            data = _member(file.read_bytes(), file.name, inside, sha256)
        except OSError as error:
            told.append(f"{mask_name(str(file))} cannot be opened ({error.strerror})")
            continue
        if data is not None:
            return data
        told.append(f"{mask_name(str(file))} is not what it was when it was ingested")
    why = "; ".join(dict.fromkeys(told)) or "it lies nowhere that Akt knows of"
    raise OriginalError(
        f"The source is not there to be drawn: {why}. Put it back, or run `akt ingest` to read what is there now."
    )


def _member(data: bytes, name: str, inside: str, sha256: str, depth: int = 0) -> bytes | None:
    """The bytes with that hash: these, or those of the member that ``inside`` names ("brev.eml!bilag.pdf")."""
    if not inside:
        return data if content_hash(data) == sha256 else None
    if depth > DEEPEST:
        return None
    reading = mask_names(read(data, name))
    for member, child in zip(member_names(reading.children), reading.children, strict=True):
        if inside == member and content_hash(child.data) == sha256:
            return child.data
        if inside.startswith(f"{member}!"):
            found = _member(child.data, member, inside[len(member) + 1 :], sha256, depth + 1)
            if found is not None:
                return found
    return None
