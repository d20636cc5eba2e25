"""What is compared: a file, or a document or part of the workspace by its id."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import msgspec

from corpus.identity import document_id
from corpus.model import Document
from corpus.workspace import Workspace
from pipeline.figures.differences import Inside, Side


def side_of_file(path: Path) -> Side:
    """Read and extract a file with what lies inside it. Raises OSError."""
    from pipeline.extract import extract_bytes
    from pipeline.masking import mask_name

    document = extract_bytes(path.read_bytes(), os.fspath(path))
    return _side_of(msgspec.structs.replace(document, path=mask_name(os.fspath(path))))


def _side_of(document: Document) -> Side:
    inside = [
        Inside(child.name or child.path, document_id(child.sha256), partial(_side_of, child))
        for child in document.children
    ]
    return Side(document, list(document.parts), inside)


def side_of_id(workspace: Workspace, id: str) -> Side:
    """The stored document, or the one part that the id names. Raises NotFoundError and WorkspaceError."""
    from pipeline.export.shown import find

    shown = find(workspace, id)
    whole = find(workspace, id.partition(".")[0])
    document = msgspec.structs.replace(shown.document, records=whole.records, parts=whole.parts)
    members = [] if "." in id else shown.members
    inside = [Inside(member.name, member.id, partial(side_of_id, workspace, member.id)) for member in members]
    return Side(document, list(shown.parts), inside)
