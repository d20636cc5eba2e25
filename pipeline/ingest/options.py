"""What is wished of a run, and how it reads and extracts: with what the workspace is kept with."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.options import PdfEngine, ReadOptions
from corpus.store.settings import INDEX_ENGINE, NER_MODEL, NER_TAG, PDF_ENGINE, put_setting, setting
from index import manifest
from index.engines.base import USUAL, EngineName
from pipeline.ingest.versions import extract_version
from pipeline.ner import ModelError, load_nlp
from pipeline.options import DEFAULT_OPTIONS, Options


class RunOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is wished of a run.

    ``reindex`` builds the index anew. ``gone``: a folder that held documents and is now empty or not there (an archive
    that is not mounted?) is taken for gone; otherwise it is left as it was.

    ``ner_model``: the pipeline that names people in running text. It stays with the workspace for the runs that follow
    and say nothing (None), until another is named, or "" for none; what was extracted with another one is stale.
    ``pdf_engine`` stays likewise; PDFs that the other one has read are stale. So does ``index_engine``:
    an index of another engine is built anew.
    ``workers``: processes that read documents. With 0 this process reads them itself, and one that crashes or hangs
    takes the run with it. ``index_apart``: with 0, too, a process of its own keeps the index of a run that has much to
    index, as far as processes can be started, so that this one does not take the memory for it.

    ``prune`` drops what lies nowhere any more, of the whole workspace. ``failfast`` stops at the first document that
    fails, when those in hand are done. ``retry`` works again on what failed, and needs no paths.
    ``reread`` reads all files at the paths anew, though nothing about them has changed.
    """

    reindex: bool = False
    gone: bool = False
    ner_model: str | None = None
    pdf_engine: PdfEngine | None = None
    index_engine: EngineName | None = None
    limits: Limits = DEFAULT_LIMITS
    workers: int = 0
    index_apart: bool = False
    prune: bool = False
    failfast: bool = False
    retry: bool = False
    reread: bool = False


def options_of(engine: sa.Engine, ner_model: str | None, pdf_engine: PdfEngine | None = None) -> Options:
    """The options of a run. ``ner_model``: None for the model that the workspace is kept with, "" for none.

    ``pdf_engine``: None for the one that the workspace is kept with. The model is loaded first (ModelError), then the
    workspace keeps its name and version, and the engine.
    """
    with engine.connect() as connection:
        kept = setting(connection, NER_MODEL), setting(connection, NER_TAG)
        reads = pdf_engine or kept_engine(connection)
    name = (kept[0] if ner_model is None else ner_model) or None
    try:
        tag = load_nlp(name).tag if name else None
    except ModelError as error:
        if ner_model is not None:
            raise
        raise ModelError(f"{error} The workspace is kept with it; `akt ingest --no-ner-model` drops it.") from error
    if (name, tag) != kept:
        with engine.begin() as connection:
            put_setting(connection, NER_MODEL, name)
            put_setting(connection, NER_TAG, tag)
    if pdf_engine is not None:
        with engine.begin() as connection:
            put_setting(connection, PDF_ENGINE, pdf_engine)
    return replace(DEFAULT_OPTIONS, ner_model=name, reading=ReadOptions(pdf_engine=reads), in_blocks=True)


def kept_engine(connection: sa.Connection) -> PdfEngine:
    """The engine that reads the PDFs of this workspace."""
    kept = setting(connection, PDF_ENGINE)
    return next((engine for engine in get_args(PdfEngine) if engine == kept), "pdfium")


def index_engine_of(engine: sa.Engine, index_dir: Path, wished: EngineName | None) -> EngineName | None:
    """The engine of the index: the wished one, or that of the index that is there; None where there never was one.

    The workspace remembers one that is not the usual one, so that an index whose folder is lost is made by it again.
    """
    names: tuple[EngineName, ...] = get_args(EngineName)
    there = manifest.kept_engine(index_dir)
    with engine.connect() as connection:
        kept = setting(connection, INDEX_ENGINE)
    name = next((name for name in names if name == (wished or there or kept)), None)
    unusual = None if name == USUAL else name
    if unusual != kept:
        with engine.begin() as connection:
            put_setting(connection, INDEX_ENGINE, unusual)
    return name


def kept_version(connection: sa.Connection) -> str:
    """The version of the extraction that the workspace is kept with; the model is not loaded for it."""
    return extract_version(setting(connection, NER_TAG))
