"""What an index was made by: a small JSON file beside it. An index made by other rules is refused, never misread."""

from __future__ import annotations

from pathlib import Path

import msgspec

from corpus.durable import write_whole
from index.engines.faults import REBUILD, EngineError
from index.lemmas import lexicon_hash
from index.text import ANALYSIS_VERSION

__all__ = ["REBUILD", "IndexMismatch", "Manifest", "exists", "kept_engine", "read", "version", "write"]

FORMAT = 13
MANIFEST = "manifest.json"


class IndexMismatch(EngineError):  # noqa: N818 - said in prose
    """The index was made by other rules; the message names the command that rebuilds it."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``folder`` holds the engine's files; ``documents`` and ``parts`` count what was there at the last commit."""

    format: int = FORMAT
    analysis: str = ANALYSIS_VERSION
    lexicon: str = msgspec.field(default_factory=lexicon_hash)
    engine: str
    folder: str
    documents: int = 0
    parts: int = 0


def write(index_dir: Path, manifest: Manifest, name: str = MANIFEST) -> None:
    """Puts the manifest in place whole or not at all, also when the machine stops in the middle."""
    write_whole(index_dir / name, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")


def version() -> str:
    """Format, analysis and dictionary of an index that this Akt makes and reads."""
    return f"{FORMAT} {ANALYSIS_VERSION} {lexicon_hash()}"


def exists(index_dir: Path) -> bool:
    """True when there is an index, of whatever version."""
    return (index_dir / MANIFEST).is_file()


def kept_engine(index_dir: Path) -> str | None:
    """The engine of the index that is there, of whatever version; None where that cannot be told."""
    try:
        return msgspec.json.decode((index_dir / MANIFEST).read_bytes(), type=Manifest).engine
    except (OSError, msgspec.MsgspecError):
        return None


def read(index_dir: Path) -> Manifest:
    """The manifest. Raises EngineError where there is no readable one, IndexMismatch where it is of another making."""
    try:
        data = (index_dir / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise EngineError(f"there is no index in {index_dir} yet; `akt ingest` makes one") from None
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as error:
        raise EngineError(f"the manifest of the index in {index_dir} is not readable; run `{REBUILD}`") from error
    current = Manifest(engine=manifest.engine, folder=manifest.folder)
    for name, what in (("format", "format"), ("analysis", "Danish analysis"), ("lexicon", "dictionary")):
        old, new = getattr(manifest, name), getattr(current, name)
        if old != new:
            raise IndexMismatch(
                f"the index in {index_dir} was made by another version of Akt ({what} {old}, now {new}); nothing is "
                f"damaged: `akt ingest` of any folder makes it anew, or `{REBUILD}` by itself"
            )
    return manifest
