"""Whether the index says what the store says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.cpr import mask_digits
from corpus.identity import document_id, part_id
from corpus.model import Document
from corpus.store.entries import Stage
from corpus.store.held import in_lots
from corpus.store.packing import unpack_as, unpack_document
from corpus.store.queries import contents_to_index, is_live, packed_documents, places_of_all
from corpus.store.schema import contents, stages
from index import manifest
from index.engines.faults import EngineError
from index.inside import Inside, damage, look_inside
from index.manifest import IndexMismatch
from pipeline.ingest.verify_content import BROKEN
from pipeline.ingest.versions import index_version
from pipeline.masking import mask_name

SAMPLE = 200
"""So many contents, spread evenly, are looked for by their words; of the others it is compared what is shown."""

OUTDATED = "index-outdated"
"""Code of an index that another version of Akt has made: a search refuses it, and the next run makes it anew."""

UNBUILT = "index-unbuilt"
"""Code of an index that there has never been, though documents wait for it: the first run has not got to it."""

Finding = tuple[str, str | None, str]
"""Code, content (None: the index as a whole), sentence."""


class _ShownPart(msgspec.Struct, frozen=True):
    index: int
    text: str = ""


class _Shown(msgspec.Struct, frozen=True):
    """As much of a document as a hit shows."""

    parts: list[_ShownPart] = []


def index_faults(
    connection: sa.Connection, index_dir: Path, on_content: Callable[[int], None], *, full: bool = False
) -> Iterator[Finding]:
    """What the index has that the store has not, lacks, or shows otherwise. ``full``: all contents by their words."""
    if not manifest.exists(index_dir):
        if _indexed(connection):
            yield "index-broken", None, "There is no index; nothing is lost, for it is built from the store."
        elif contents_to_index(connection, index_version()):
            yield UNBUILT, None, "There is no index yet, for the first run did not get to it; nothing is lost."
        return
    try:
        if said := damage(index_dir):
            yield "index-broken", None, said
            return
        with look_inside(index_dir) as inside:
            yield from _compared(connection, inside, on_content, full=full)
    except IndexMismatch as error:
        yield OUTDATED, None, f"{str(error)[:1].upper()}{str(error)[1:]}."
    except EngineError as error:
        yield "index-broken", None, f"{str(error)[:1].upper()}{str(error)[1:]}."


def _compared(
    connection: sa.Connection, inside: Inside, on_content: Callable[[int], None], *, full: bool
) -> Iterator[Finding]:
    indexed = _indexed(connection)
    step = 1 if full else max(len(indexed) // SAMPLE, 1)
    entries = looked = 0
    known: set[str] = set()
    for lot in in_lots(connection):
        known |= set(map(document_id, lot))
        packed, places = packed_documents(connection, lot), places_of_all(connection, lot)
        for sha256 in lot:
            on_content(looked)
            looked += 1
            number = indexed.get(sha256)
            shown = None if number is None else _shown(packed[sha256], whole=number % step == 0)
            if shown is None:  # it waits to be indexed, or to leave the index; or is broken, a fault of the store
                entries += inside.count(sha256)
                continue
            entries += len(shown.parts)
            paths = [mask_name(place.path) for place in places.get(sha256, ())]
            yield from _of_content(inside, sha256, shown, list(dict.fromkeys(paths)))
    if inside.parts() != entries:
        yield from _surplus(inside, known)


def _shown(packed: bytes, *, whole: bool) -> Document | _Shown | None:
    """What the index shows of a document, or all of it; None where it cannot be unpacked."""
    try:
        return unpack_document(packed) if whole else unpack_as(packed, _Shown)
    except BROKEN:
        return None


def _indexed(connection: sa.Connection) -> dict[str, int]:
    """The contents that the index must hold as they are in the store, numbered."""
    query = (
        sa.select(contents.c.sha256)
        .join(stages, stages.c.sha256 == contents.c.sha256)
        .where(stages.c.stage == Stage.INDEX.value, stages.c.version == index_version(), stages.c.status == "done")
        .where(is_live())
        .order_by(contents.c.sha256)
    )
    return {str(sha256): number for number, sha256 in enumerate(connection.scalars(query))}


def _of_content(inside: Inside, sha256: str, shown: Document | _Shown, paths: list[str]) -> Iterator[Finding]:
    wanted = {part_id(sha256, part.index): mask_digits(part.text) for part in shown.parts}
    found = inside.stored(sha256, len(wanted) + 1)
    if sorted(head.id for head in found) != sorted(wanted):
        yield "index-differs", sha256, f"The index has {len(found)} of its {len(wanted)} parts."
        return
    masked = list(dict.fromkeys(map(mask_digits, paths)))
    for each in found:
        if each.text != wanted[each.id] or each.paths != masked:
            yield "index-differs", sha256, f"The index shows another text or place of its part {each.part}."
            return
    if isinstance(shown, Document) and paths:
        lacking = inside.lacking(msgspec.structs.replace(shown, path=paths[0]), paths)
        if lacking is not None:
            yield "index-differs", sha256, f"It is not found by {lacking!r}, which is in it."


def _surplus(inside: Inside, known: set[str]) -> Iterator[Finding]:
    """Entries of contents that the store does not know, each content once; or the same part twice."""
    strangers: dict[str, str] = {}
    for head in inside.heads():
        document = head.id.partition(".")[0]
        if document not in known:
            strangers.setdefault(document, head.paths[0])
    for document, path in strangers.items():
        yield "index-surplus", None, f"The index holds {document} ({path}), which is not in the store."
    if not strangers:
        yield "index-differs", None, "The index has more or fewer parts than the store."
