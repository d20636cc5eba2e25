"""The state of a workspace in figures."""

from __future__ import annotations

import msgspec

from corpus.options import PdfEngine
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Counts, FailedFile, RunInfo
from corpus.store.lock import holder
from corpus.store.overview import (
    any_run_finished,
    content_counts,
    failures,
    file_counts,
    gone_count,
    last_run,
    problem_counts,
    record_counts,
    with_problems,
)
from corpus.store.queries import contents_to_index
from corpus.store.settings import NER_MODEL, setting
from corpus.workspace import Workspace
from pipeline.ingest.hints import told
from pipeline.ingest.options import kept_engine, kept_version
from pipeline.ingest.scope import missing_roots
from pipeline.ingest.versions import fresh_read_versions, index_version
from pipeline.masking import mask_name


class IndexState(msgspec.Struct, frozen=True, kw_only=True):
    """``waiting``: documents of which the index does not say yet what the store says."""

    version: str
    waiting: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What ``akt status --format json`` prints; ``last_run`` is None before the first run.

    ``problems`` counts documents by the code of their problems, ``with_problems`` each document once. ``gone`` files
    are marked as deleted and lie nowhere else; ``missing`` are ingested folders that are not there now. ``ner_model``
    is the model that the workspace is kept with, ``extractor`` the version of the extraction, the model's in it;
    ``pdf_engine`` reads its PDFs.
    """

    workspace: str
    files: Counts
    documents: int
    parts: int
    records: dict[str, int]
    problems: dict[str, int]
    with_problems: int
    gone: int
    missing: list[str]
    extractor: str
    ner_model: str | None
    pdf_engine: PdfEngine
    index: IndexState
    last_run: RunInfo | None


def status(workspace: Workspace) -> Status:
    """Raises WorkspaceError where there is no readable workspace."""
    workspace.open(create=False)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        documents, parts = content_counts(connection)
        pdf_engine = kept_engine(connection)
        fresh = fresh_read_versions(pdf_engine)
        return Status(
            workspace=mask_name(str(workspace.root)),
            files=file_counts(connection, fresh, kept_version(connection), index_version()),
            documents=documents,
            parts=parts,
            records=record_counts(connection),
            problems=problem_counts(connection),
            with_problems=with_problems(connection),
            gone=gone_count(connection),
            missing=[mask_name(path) for path in missing_roots(connection)],
            extractor=kept_version(connection),
            ner_model=setting(connection, NER_MODEL),
            pdf_engine=pdf_engine,
            index=IndexState(version=index_version(), waiting=len(contents_to_index(connection, index_version()))),
            last_run=_told(last_run(connection), workspace),
        )


def never_finished(workspace: Workspace) -> bool:
    """True when the first run into the workspace died before it was done. Raises as :func:`status`."""
    if not workspace.store_file.stat().st_size:
        return True
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return not any_run_finished(connection)


def _told(run: RunInfo | None, workspace: Workspace) -> RunInfo | None:
    """A run that is said to be running while nobody writes to the workspace was killed."""
    if run is None or run.status != "running" or holder(workspace.lock_file) is not None:
        return run
    return msgspec.structs.replace(run, status="died")


def standing_failures(workspace: Workspace) -> list[FailedFile]:
    """All documents that failed and are still there, with what to do about each."""
    workspace.open(create=False)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return [told(failed) for failed in failures(connection)]
