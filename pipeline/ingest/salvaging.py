"""A store whose file is damaged, made anew of what can be read of it, of the files, and of texts where that is all.

The damaged one is kept beside the new one, which takes its place in one step when it is on the disk.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from corpus.counts import counted
from corpus.durable import put_in_place
from corpus.problems import Code, problem
from corpus.reading import Reading
from corpus.store.database import open_store, sqlite_url
from corpus.store.integrity import drop_orphans, packed_of
from corpus.store.packing import pack_reading, unpack_document
from corpus.store.places import mark_deleted, mended_files
from corpus.store.queries import all_roots
from corpus.store.rows import COLUMNS
from corpus.store.salvage import Salvage, salvage
from corpus.store.schema import ahead, contents, file_stamps, members, metadata, occurrences, part_contents, stages
from corpus.store.writer import forget_index, put_packed
from corpus.workspace import Workspace, WorkspaceDamagedError, WorkspaceFullError, is_full
from pipeline.ingest.discover import location_of
from pipeline.ingest.indexing import update_index
from pipeline.ingest.options import options_of
from pipeline.ingest.progress import Progress
from pipeline.ingest.repair import repaired
from pipeline.ingest.verify import Fault, Verification, Verified
from pipeline.ingest.verify_content import BROKEN
from pipeline.ingest.work import Terms, extract_again
from pipeline.masking import mask_name

TEXT_ONLY = (
    "Only its text was saved from a damaged store, without pages and tables: ingest its file again if you have it."
)
NOTHING_LEFT = "Nothing of it can be read, and no file holds it now: it was taken out of the store."


def salvaged(workspace: Workspace, found: Verified, progress: Progress, say: Callable[[str], None]) -> Verified:
    """What is in the workspace when its store is made anew; ``found``: what was wrong before.

    Raises WorkspaceDamagedError where nothing can be read of the store, and WorkspaceFullError.
    """
    say("The store's file is damaged: copying what can be read of it into a new one.")
    try:
        kept, saved = _exchanged(workspace.store_file)
    except sqlite3.DatabaseError as error:
        if is_full(error, workspace.root):
            raise WorkspaceFullError(workspace.root) from error
        raise WorkspaceDamagedError(
            f"Nothing of the store {workspace.store_file} can be read ({error}): put back a copy of it, or name a new "
            "folder with --workspace and ingest the documents again."
        ) from error
    for said in _told(saved, kept):
        say(said)
    for fault in found.faults:
        fault.healed = True
    with open_store(sqlite_url(workspace.store_file)) as engine:
        with engine.begin() as connection:
            _mark_gone(connection)
        again = Verification(workspace, engine, progress, full=found.full).all()
        if again.damaged or again.outdated:
            repaired(workspace, engine, again, progress, say)
            _save_texts(workspace, engine, again, say)
    again.faults = found.faults + again.faults
    again.damaged_copy = mask_name(str(kept))
    return again


def _mark_gone(connection: sa.Connection) -> None:
    """Of a file whose row was mended nobody knows whether it was gone: it is, where it is not there now."""
    for root in all_roots(connection):
        if os.path.isdir(root.path):
            for state in mended_files(connection, root.id):
                if not os.path.lexists(location_of(Path(root.path), state.path)):
                    mark_deleted(connection, state.id)


def _exchanged(store: Path) -> tuple[Path, Salvage]:
    """Put a new store in the place of the damaged one. Returns where that is kept, and what came over."""
    scratch = store.with_name(f"{store.name}.new")
    _drop_files(scratch)
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(store)) as old:
        old.execute("pragma wal_checkpoint(truncate)")  # so that no log is left beside it, if that can be
    try:
        saved = salvage(store, scratch)
    except BaseException:
        _drop_files(scratch)
        raise
    number, kept = 1, store.with_name("akt.damaged.sqlite")
    while kept.exists():
        number, kept = number + 1, store.with_name(f"akt.damaged.{number + 1}.sqlite")
    try:
        os.link(store, kept)
    except OSError:  # a file system without links
        shutil.copy2(store, kept)
    log = Path(f"{store}-wal")
    if log.exists() and log.stat().st_size:
        log.rename(f"{kept}-wal")
    for ending in ("-wal", "-shm"):  # a new store must not find the log of another
        Path(f"{store}{ending}").unlink(missing_ok=True)
    put_in_place(scratch, store)
    return kept, saved


def _drop_files(store: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{store}{ending}").unlink(missing_ok=True)


def _told(saved: Salvage, kept: Path) -> list[str]:
    said = [
        f"A new store is in its place; the damaged one is {kept}, with all texts: delete it when nothing is missed."
    ]
    lost = [f"{counted(count, 'row')} of {name}" for name, count in saved.lost.items()]
    mended = [f"{counted(count, 'row')} of {name}" for name, count in saved.mended.items()]
    said += [f"Read in part: {', '.join(mended)}."] if mended else []
    said += (
        [f"Not read: {', '.join(lost)}; what they said is made again from the others as far as can be."] if lost else []
    )
    said += [f"There may have been other rows of {', '.join(saved.unsure)}."] if saved.unsure else []
    return said


def _save_texts(workspace: Workspace, engine: sa.Engine, found: Verified, say: Callable[[str], None]) -> None:
    """Contents of which no file is left: kept by what can be read of them, or dropped and told."""
    lost: dict[str, list[Fault]] = {}
    for fault in found.damaged:
        if fault.area == "content" and fault.sha256:
            lost.setdefault(fault.sha256, []).append(fault)
    if not lost:
        return
    terms = Terms(options=options_of(engine, None))
    for sha256, faults in lost.items():
        with engine.begin() as connection:
            path = faults[0].path or _last_place(connection, sha256)
            is_kept = _keep(connection, sha256, terms, path or sha256)
            if not is_kept:
                _drop(connection, sha256)
        say(f"{'Saved in part' if is_kept else 'Lost'}: {path or sha256}.")
        for fault in faults:
            fault.path, fault.message = path, f"{fault.message} {TEXT_ONLY if is_kept else NOTHING_LEFT}"
    with engine.begin() as connection:
        drop_orphans(connection)
    update_index(engine, workspace.index_dir)


def _keep(connection: sa.Connection, sha256: str, terms: Terms, path: str) -> bool:
    """Keep a content by its document, or by the texts of its parts. False where there is nothing of it."""
    row = packed_of(connection, sha256)
    if row is None:
        return False
    try:
        document = unpack_document(row.document)
        reading = Reading(
            media_type=document.media_type,
            reader=document.reader,
            text="".join(part.text for part in document.parts),
            problems=document.problems,
        )
        connection.execute(contents.update().where(contents.c.sha256 == sha256).values(reading=pack_reading(reading)))
    except BROKEN:
        query = sa.select(part_contents.c.text).where(part_contents.c.sha256 == sha256).order_by(part_contents.c.part)
        text = "".join(connection.scalars(query))
        if not text.strip():
            return False
        note = problem(Code.TRUNCATED, TEXT_ONLY)
        reading = Reading(media_type="text/plain", reader="none/1", text=text, problems=[note])
        packed = extract_again(sha256, row.size, reading, path, terms, inside="!" in path, attached=0)
        put_packed(connection, [packed], counted=False)
    forget_index(connection, [sha256])
    return True


def _drop(connection: sa.Connection, sha256: str) -> None:
    """A content with its places: a file that lies there is read by the next run."""
    files = list(connection.scalars(sa.select(occurrences.c.id).where(occurrences.c.sha256 == sha256)))
    connection.execute(file_stamps.delete().where(file_stamps.c.file.in_(files)))
    connection.execute(occurrences.delete().where(occurrences.c.file.in_(files)))
    connection.execute(occurrences.delete().where(occurrences.c.id.in_(files)))
    connection.execute(members.delete().where((members.c.parent == sha256) | (members.c.sha256 == sha256)))
    for table in (stages, ahead, *(metadata.tables[name] for name in COLUMNS)):
        connection.execute(table.delete().where(table.c.sha256 == sha256))
    connection.execute(contents.delete().where(contents.c.sha256 == sha256))


def _last_place(connection: sa.Connection, sha256: str) -> str | None:
    path = connection.scalar(sa.select(occurrences.c.path).where(occurrences.c.sha256 == sha256).limit(1))
    return None if path is None else mask_name(path)
