"""Making the index say what the store says. That a content is in the index is written down only after the commit.

A process that dies in between leaves contents without that note: the next run indexes them again, which replaces them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.store.entries import Failure, Stage
from corpus.store.queries import contents_to_index, indexed_count, load_document, places_of
from corpus.store.writer import forget_index, put_stage
from corpus.workspace import is_full
from index import manifest
from index.build import IndexWriter
from index.engines.base import EngineError, EngineName, IndexBusy
from index.search import open_index
from pipeline.ingest.versions import index_version
from pipeline.masking import mask_name

CHUNK = 200  # contents per commit

OnContent = Callable[[int, int], None]


def update_index(
    engine: sa.Engine,
    index_dir: Path,
    on_content: OnContent = lambda done, total: None,
    *,
    rebuild: bool = False,
    kind: EngineName | None = None,
) -> int:
    """Index every content of which the index is not up to date. Returns how many were.

    The index is built anew when ``rebuild`` says so, when it is missing, broken, of another version or of another
    engine than ``kind`` (None: the one it has), and when it does not hold as many documents afterwards as the store
    says (one of the two was put back from a copy).
    """
    if not rebuild and _is_usable(index_dir, kind):
        try:
            done = _bring_up(engine, index_dir, on_content, rebuild=False)
            if _is_whole(engine, index_dir):
                return done
        except IndexBusy:
            raise
        except Exception as error:  # its files are broken: everything in it is in the store
            if is_full(error, index_dir) or isinstance(error, sa.exc.DBAPIError):
                raise
    with engine.begin() as connection:
        forget_index(connection)
    return _bring_up(engine, index_dir, on_content, rebuild=True, kind=kind)


def index_meanwhile(engine: sa.Engine, index_dir: Path, kind: EngineName | None = None) -> int:
    """Let what is read so far be found while the run goes on, and after it died. Returns how many were indexed.

    What is gone from its place waits for the end of the run: it may have moved. So does an index that is broken.
    """
    try:
        rebuild = not _is_usable(index_dir, kind)
        if rebuild:
            with engine.begin() as connection:
                forget_index(connection)
        return _bring_up(engine, index_dir, lambda done, total: None, rebuild=rebuild, gone=False, kind=kind)
    except Exception as error:
        if is_full(error, index_dir) or isinstance(error, sa.exc.DBAPIError):
            raise
        return 0


def _is_usable(index_dir: Path, kind: EngineName | None) -> bool:
    try:
        return kind in (None, manifest.read(index_dir).engine)
    except (EngineError, OSError):
        return False


def _is_whole(engine: sa.Engine, index_dir: Path) -> bool:
    """Raises EngineError when the index cannot be opened."""
    with open_index(index_dir), engine.connect() as connection:
        return manifest.read(index_dir).documents == indexed_count(connection)


def _bring_up(
    engine: sa.Engine,
    index_dir: Path,
    on_content: OnContent,
    *,
    rebuild: bool,
    gone: bool = True,
    kind: EngineName | None = None,
) -> int:
    with engine.connect() as connection:
        waiting = contents_to_index(connection, index_version(), gone=gone)
    if not waiting and not rebuild:
        return 0
    with IndexWriter(index_dir, kind, rebuild=rebuild) as writer:
        for first in range(0, len(waiting), CHUNK):
            chunk = waiting[first : first + CHUNK]
            _index_chunk(engine, writer, index_dir, chunk)
            on_content(first + len(chunk), len(waiting))
    return len(waiting)


def _index_chunk(engine: sa.Engine, writer: IndexWriter, index_dir: Path, chunk: Sequence[str]) -> None:
    failed: dict[str, Failure] = {}
    with engine.connect() as connection:
        for sha256 in chunk:
            try:
                _index_content(connection, writer, sha256)
            except Exception as error:  # a fault of ours must cost this content, not the index
                if is_full(error, index_dir):
                    raise
                reason = f"It could not be indexed ({type(error).__name__}: {error})."
                failed[sha256] = Failure(stage=Stage.INDEX, code="stage-failed", reason=reason)
    writer.commit()
    with engine.begin() as connection:
        for sha256 in chunk:
            put_stage(connection, sha256, Stage.INDEX, index_version(), failed.get(sha256))


def _index_content(connection: sa.Connection, writer: IndexWriter, sha256: str) -> None:
    places = places_of(connection, sha256)
    document = load_document(connection, sha256) if places else None
    if document is None:
        writer.delete(sha256)
        return
    paths = list(dict.fromkeys(mask_name(place.path) for place in places))
    writer.replace(msgspec.structs.replace(document, path=paths[0]), paths)
