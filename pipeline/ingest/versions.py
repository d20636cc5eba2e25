"""Which version of each stage this Akt has: what was made by another one is stale."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from functools import cache

import corpus.readers
from pipeline.extract import EXTRACTOR_VERSION

__all__ = ["EXTRACTOR_VERSION", "all_readers", "fresh_read_versions", "index_version", "read_version"]


@cache
def all_readers() -> frozenset[str]:
    """Name and version of every reader: the ``READER`` of each module in corpus.readers."""
    modules = (
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(corpus.readers.__path__, "corpus.readers.")
    )
    return frozenset(str(module.READER) for module in modules if hasattr(module, "READER"))


@cache
def _nobody() -> str:
    names = "\n".join(sorted(all_readers()))
    return f"none/{hashlib.sha256(names.encode()).hexdigest()[:12]}"


def read_version(reader: str) -> str:
    """The version to keep for a reading. One that no reader made is stale as soon as any reader is new."""
    return reader if reader in all_readers() else _nobody()


def fresh_read_versions() -> frozenset[str]:
    return all_readers() | {_nobody()}


def index_version() -> str:
    """The version of the index's analysis and format."""
    return "index/1"
