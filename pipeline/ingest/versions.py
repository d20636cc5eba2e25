"""Which version of each stage this Akt has: what was made by another one is stale."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from corpus import formats
from corpus.options import PdfEngine
from pipeline.ner import load_nlp, with_model
from pipeline.options import EXTRACTOR_VERSION, Options

__all__ = [
    "extract_version",
    "fresh_read_versions",
    "index_version",
    "lost_version",
    "read_version",
    "version_of",
]


@cache
def _nobody() -> str:
    return f"none/{_digest(formats.ALL)}"


@cache
def lost_version() -> str:
    """The version to keep for what cost a worker: stale as soon as any reader or the extraction is new."""
    return f"lost/{_digest(formats.ALL | {EXTRACTOR_VERSION})}"


def _digest(names: frozenset[str]) -> str:
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:12]


def read_version(reader: str) -> str:
    """The version to keep for a reading. One that no reader made is stale as soon as any reader is new."""
    return reader if reader in formats.ALL | _without_library(formats.STREAMS) else _nobody()


def fresh_read_versions(pdf_engine: PdfEngine = "pdfium") -> frozenset[str]:
    """The versions that need no new reading when this engine reads PDFs.

    Those of a reader that lacked its library do need one once that is installed.
    """
    others = frozenset[str]().union(*(made for engine, made in formats.PDF_VERSIONS.items() if engine != pdf_engine))
    fresh = (formats.ALL - others) | {_nobody(), lost_version()}
    return fresh | _without_library(reader for reader in formats.STREAMS if not formats.is_installed(reader))


def _without_library(readers: Iterable[str]) -> frozenset[str]:
    return frozenset(map(formats.without_its_library, readers))


def extract_version(model_tag: str | None = None) -> str:
    """The version of the extraction, with the model that takes part in it: what another model did is stale."""
    return with_model(EXTRACTOR_VERSION, model_tag)


def version_of(options: Options) -> str:
    """The version of what these options extract."""
    return extract_version(load_nlp(options.ner_model).tag if options.ner_model else None)


@cache
def index_version() -> str:
    """Format, analysis and dictionary of the index: the same as in its manifest."""
    from index.manifest import version  # a worker reads documents and starts without the index

    return version()
