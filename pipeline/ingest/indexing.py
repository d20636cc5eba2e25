"""Making the index say what the store says. That a content is in the index is written down only after the commit.

A process that dies in between leaves contents without that note: the next run indexes them again, which replaces them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa
from index.build import IndexWriter

from corpus.store.entries import Failure, Stage
from corpus.store.queries import contents_to_index, load_document, places_of
from corpus.store.writer import forget_index, put_stage
from pipeline.ingest.versions import index_version

CHUNK = 200  # contents per commit


def update_index(
    engine: sa.Engine,
    index_dir: Path,
    on_content: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Index every content of which the index is not up to date. Returns how many were."""
    version = index_version()
    with engine.begin() as connection:
        if not _is_built(index_dir):
            forget_index(connection)
        waiting = contents_to_index(connection, version)
    done = 0
    if not waiting:
        return done
    index_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with IndexWriter(index_dir) as writer:
        while done < len(waiting):
            chunk = waiting[done : done + CHUNK]
            _index_chunk(engine, writer, chunk, version)
            done += len(chunk)
            on_content(done, len(waiting))
    return done


def rebuild_index(engine: sa.Engine, index_dir: Path) -> None:
    """Throw the index away; :func:`update_index` then builds it from the store."""
    with engine.begin() as connection:
        forget_index(connection)
    shutil.rmtree(index_dir, ignore_errors=True)


def _is_built(index_dir: Path) -> bool:
    return index_dir.is_dir() and any(index_dir.iterdir())


def _index_chunk(engine: sa.Engine, writer: IndexWriter, chunk: Sequence[str], version: str) -> None:
    failed: dict[str, Failure] = {}
    with engine.connect() as connection:
        for sha256 in chunk:
            try:
                _index_content(connection, writer, sha256)
            except Exception as error:  # a fault of ours must cost this content, not the index
                reason = f"It could not be indexed ({type(error).__name__}: {error})."
                failed[sha256] = Failure(stage=Stage.INDEX, code="stage-failed", reason=reason)
    writer.commit()
    with engine.begin() as connection:
        for sha256 in chunk:
            put_stage(connection, sha256, Stage.INDEX, version, failed.get(sha256))


def _index_content(connection: sa.Connection, writer: IndexWriter, sha256: str) -> None:
    places = places_of(connection, sha256)
    document = load_document(connection, sha256) if places else None
    if document is None:
        writer.delete(sha256)
        return
    paths = [place.path for place in places]
    writer.replace(msgspec.structs.replace(document, path=paths[0]), paths)
