"""The state of a workspace in figures."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import sqlalchemy as sa

from corpus.limits import Limits
from corpus.options import PdfEngine
from corpus.store.coverage import Covered, DocumentCovered, covered, uncovered
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Counts, FailedFile, Stage
from corpus.store.lock import holder
from corpus.store.overview import (
    any_run_finished,
    content_counts,
    failures,
    file_counts,
    gone_count,
    problem_counts,
    record_counts,
    with_problems,
)
from corpus.store.queries import all_roots, contents_to_index
from corpus.store.settings import NER_MODEL, setting
from corpus.store.state import Run, kind_counts, last_runs, versions
from corpus.store.untold import Untold
from corpus.workspace import Workspace
from index import manifest
from index.engines.faults import EngineError
from pipeline.ingest.before import Before
from pipeline.ingest.hints import UNREAD, told, unmasked
from pipeline.ingest.indexing import rebuild_begun
from pipeline.ingest.options import kept_engine, kept_version
from pipeline.ingest.retry import cut_short
from pipeline.ingest.scope import missing_roots
from pipeline.ingest.versions import fresh_read_versions, index_version
from pipeline.masking import mask_name


class IndexState(msgspec.Struct, frozen=True, kw_only=True):
    """``waiting``: documents of which the index does not say yet what the store says.

    ``engine``, ``documents`` and ``parts`` are those of the index that is searched, None and 0 where none can be;
    ``bytes`` is the size of its folder, old indexes and one that is being built beside it (``rebuilding``) included.
    """

    version: str
    waiting: int
    engine: str | None
    documents: int
    parts: int
    bytes: int
    rebuilding: bool


class StageState(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that a version has taken through a stage; they are ``stale`` when this Akt has another version."""

    version: str
    documents: int
    failed: int
    stale: bool


class Unreported(msgspec.Struct, frozen=True, kw_only=True):
    """What runs have found that were killed or ended by an error, and no report has told: the next one does.

    ``files`` that are new, changed or gone, and failures that stand now.
    """

    files: int
    failures: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What ``akt status --format json`` prints; ``last_run`` is None before the first run.

    ``problems`` counts documents by the code of their problems, ``with_problems`` each document once. ``gone`` files
    are marked as deleted and lie nowhere else; ``missing`` are ingested folders that are not there now. ``ner_model``
    is the model that the workspace is kept with, ``extractor`` the version of the extraction, the model's in it;
    ``pdf_engine`` reads its PDFs.

    ``kinds`` counts documents by kind. ``stages`` says for read, extract and index which versions made what is there.
    ``coverage`` adds up what is not accounted for. ``running`` is who writes to the workspace now, None when nobody
    does; ``runs`` are the last ones, as many as were asked for. ``untold`` is what no report has told; of a run that
    goes on, as far as it has come.
    """

    workspace: str
    running: str | None
    files: Counts
    documents: int
    kinds: dict[str, int]
    parts: int
    records: dict[str, int]
    coverage: Covered
    problems: dict[str, int]
    with_problems: int
    gone: int
    missing: list[str]
    extractor: str
    ner_model: str | None
    pdf_engine: PdfEngine
    stages: dict[str, list[StageState]]
    index: IndexState
    last_run: Run | None
    untold: Unreported
    runs: list[Run] = []


def status(workspace: Workspace, runs: int = 0) -> Status:
    """The state of a workspace, with so many of its last runs. Raises WorkspaceError where it is not readable."""
    workspace.open(create=False)
    running = holder(workspace.lock_file)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        documents, parts = content_counts(connection)
        pdf_engine = kept_engine(connection)
        fresh = fresh_read_versions(pdf_engine)
        return Status(
            workspace=mask_name(str(workspace.root)),
            running=running,
            files=file_counts(connection, fresh, kept_version(connection), index_version()),
            documents=documents,
            kinds=kind_counts(connection),
            parts=parts,
            records=record_counts(connection),
            coverage=covered(connection, UNREAD),
            problems=problem_counts(connection),
            with_problems=with_problems(connection),
            gone=gone_count(connection),
            missing=[mask_name(path) for path in missing_roots(connection)],
            extractor=kept_version(connection),
            ner_model=setting(connection, NER_MODEL),
            pdf_engine=pdf_engine,
            stages=_stages(connection, fresh),
            index=_index(connection, workspace.index_dir),
            last_run=next((_told(run, running) for run in last_runs(connection, 1)), None),
            untold=_untold(connection),
            runs=[_told(run, running) for run in last_runs(connection, runs)] if runs else [],
        )


def _untold(connection: sa.Connection) -> Unreported:
    last = next(iter(last_runs(connection, 1)), None)
    untold = Untold(connection, last.id + 1 if last else 1)
    if not untold.is_open:
        return Unreported(files=0, failures=0)
    standing = list(failures(connection))
    known = Before(connection).known(standing, {each.place for each in standing})
    files = sum(len(untold.files(connection, root.id)) for root in all_roots(connection))
    return Unreported(files=files, failures=known.count(False))


def _stages(connection: sa.Connection, fresh: Container[str]) -> dict[str, list[StageState]]:
    extractor, index = kept_version(connection), index_version()
    found: dict[str, list[StageState]] = {Stage.READ.value: [], Stage.EXTRACT.value: [], Stage.INDEX.value: []}
    for made in versions(connection):
        current = made.version in fresh if made.stage == Stage.READ else made.version in (extractor, index)
        state = StageState(version=made.version, documents=made.documents, failed=made.failed, stale=not current)
        found.setdefault(made.stage, []).append(state)
    found.pop(Stage.REBUILD.value, None)
    return found


def _index(connection: sa.Connection, index_dir: Path) -> IndexState:
    try:
        made = manifest.read(index_dir)
    except (EngineError, OSError):
        made = None
    return IndexState(
        version=index_version(),
        waiting=len(contents_to_index(connection, index_version())),
        engine=made.engine if made else None,
        documents=made.documents if made else 0,
        parts=made.parts if made else 0,
        bytes=_size(index_dir),
        rebuilding=rebuild_begun(index_dir),
    )


def _size(folder: Path) -> int:
    """The bytes of all files in it; one that goes away meanwhile counts for nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_size
    return total


def not_covered(workspace: Workspace) -> Iterator[DocumentCovered]:
    """The documents of which not all is accounted for, by path. Raises as :func:`status`."""
    workspace.open(create=False)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        for found in uncovered(connection, UNREAD):
            names = {"path": mask_name(found.path), "root": mask_name(found.root)}
            yield msgspec.structs.replace(found, **names)


def never_finished(workspace: Workspace) -> bool:
    """True when the first run into the workspace died before it was done. Raises as :func:`status`."""
    if not workspace.store_file.stat().st_size:
        return True
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return not any_run_finished(connection)


def _told(run: Run, running: str | None) -> Run:
    """A run that is said to be running while nobody writes to the workspace was killed."""
    if run.status != "running" or running is not None:
        return run
    return msgspec.structs.replace(run, status="died")


def readable_further(workspace: Workspace, limits: Limits) -> int:
    """How many documents were read in part at a limit beyond which these go."""
    workspace.open(create=False)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return len(cut_short(connection, limits))


def standing_failures(workspace: Workspace, *, masked: bool = True) -> list[FailedFile]:
    """All documents that failed and are still there, with what to do about each; ``masked``: CPR numbers in paths."""
    workspace.open(create=False)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return [told(failed) if masked else unmasked(failed) for failed in failures(connection)]
