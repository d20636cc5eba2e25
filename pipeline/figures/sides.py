"""What is compared: a file, or a document or part of the workspace by its id."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from corpus.workspace import Workspace
from pipeline.figures.differences import Side


def side_of_file(path: Path) -> Side:
    """Read and extract a file; what lies inside it is not compared. Raises OSError."""
    from pipeline.extract import extract_bytes
    from pipeline.masking import mask_name

    document = extract_bytes(path.read_bytes(), os.fspath(path))
    return Side(msgspec.structs.replace(document, path=mask_name(os.fspath(path))), list(document.parts))


def side_of_id(workspace: Workspace, id: str) -> Side:
    """The stored document, or the one part that the id names. Raises NotFoundError and WorkspaceError."""
    from pipeline.export.shown import find

    shown = find(workspace, id)
    whole = find(workspace, id.partition(".")[0])
    document = msgspec.structs.replace(shown.document, records=whole.records, parts=whole.parts)
    return Side(document, list(shown.parts))
