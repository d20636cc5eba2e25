"""Making the index say what the store says. That a content is in the index is written down only after the commit.

A process that dies in between leaves contents without that note: the next run indexes them again, which replaces them.
An index that is made anew is built beside the other, which is searched until the new one is whole and takes its place;
what is in it is noted under a stage of its own, so that a killed process leaves it to the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import sqlalchemy as sa

from corpus.store.database import make_durable
from corpus.store.entries import Failure, Stage
from corpus.store.queries import contents_to_index, indexed_count
from corpus.store.state import begin_indexing, put_indexed
from corpus.store.writer import forget_rebuild, take_rebuilt
from corpus.workspace import WorkspaceError, is_full
from index import generations, manifest
from index.build import IndexWriter
from index.engines.base import USUAL, EngineName
from index.engines.faults import EngineError, IndexBusy
from index.inside import has_met_damage
from index.search import open_index
from pipeline.ingest.loading import found_in, letters_of, lots
from pipeline.ingest.versions import index_version

CHUNK = 5000
"""Contents per commit. A commit is dear: it begins a segment, and small segments are merged again and again."""
FIRST_CHUNK = 64
"""Contents in the first commit where each takes in twice as many as the one before: whenever it is killed, half of what
it did is kept."""
ROUNDS = 5
"""So often what waits is looked for while an index is built beside the other: a run that goes on meanwhile changes what
was put in before, and the less of that is left when the new one takes its place, the less is old in it."""
LETTERS_PER_COMMIT = 20_000_000  # what is new in them is held until then, and would have to be read again

OnContent = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Tells nobody."""


def never() -> bool:
    """Nobody wants it stopped."""
    return False


def update_index(
    engine: sa.Engine,
    index_dir: Path,
    on_content: OnContent = silent,
    *,
    rebuild: bool = False,
    kind: EngineName | None = None,
    should_stop: Callable[[], bool] = never,
) -> int:
    """Index every content of which the index is not up to date. Returns how many were.

    The index is built anew when ``rebuild`` says so, when it is missing, broken (also when a search has met damage in
    it, see :func:`index.inside.has_met_damage`), of another version or of another engine than ``kind`` (None: the one
    it has), and when it does not hold as many documents afterwards as the store says (one of the two was put back from
    a copy). ``should_stop`` is asked after every commit; what is built beside is then kept, and gone on with by the
    next call that builds anew.
    """
    _settle(engine, index_dir)
    job = _Job(engine, index_dir, on_content, should_stop)
    if not rebuild and _is_usable(index_dir, kind):
        try:
            done = job.bring_up()
            if should_stop() or is_whole(engine, index_dir):
                return done
        except IndexBusy:
            raise
        except Exception as error:  # its files are broken: everything in it is in the store
            if is_full(error, index_dir) or isinstance(error, sa.exc.DBAPIError):
                raise
    return job.build_beside(kind)


def index_meanwhile(
    engine: sa.Engine,
    index_dir: Path,
    kind: EngineName | None = None,
    on_content: OnContent = silent,
    *,
    gone: bool = False,
    left: bool = False,
    should_stop: Callable[[], bool] = never,
) -> str | None:
    """Let what is read so far be found while the run goes on, and after it died. Returns what went wrong, if anything.

    What is gone from its place waits for the end of the run (``gone``): it may have moved. So does an index that is
    broken. ``left``: it is what earlier runs have left, which may have been killed, and this one may be: it is taken in
    by small commits first, gone or not.
    """
    try:
        _settle(engine, index_dir)
        job = _Job(engine, index_dir, on_content, should_stop, gone=gone or left, left=left)
        if _is_usable(index_dir, kind):
            job.bring_up()
        else:
            job.build_beside(kind)
    except Exception as error:
        if is_full(error, index_dir) or isinstance(error, sa.exc.DBAPIError):
            raise
        return reason_of(error)
    return None


def reason_of(error: Exception) -> str:
    """What kept the index from being brought up to date during a run, for people; the end of the run tries again."""
    if isinstance(error, _NotWholeError):
        return error.found
    if isinstance(error, sa.exc.DBAPIError):
        return f"the store: {error.orig}"
    if isinstance(error, EngineError | OSError | WorkspaceError):
        return str(error)
    return f"an error that Akt did not foresee, {type(error).__name__}: {error}"


def rebuild_begun(index_dir: Path) -> bool:
    """Whether an index was being built beside the other when the process ended."""
    return generations.begun(index_dir) is not None and not generations.is_in_place(index_dir)


def abandon_rebuild(engine: sa.Engine, index_dir: Path) -> None:
    """Give up an index that is being built beside the other."""
    _settle(engine, index_dir)
    with engine.begin() as connection:
        forget_rebuild(connection)
    if index_dir.is_dir():
        generations.discard(index_dir)


def is_whole(engine: sa.Engine, index_dir: Path) -> bool:
    """Whether the index holds as many documents as the store says. Raises EngineError when it cannot be opened."""
    with open_index(index_dir), engine.connect() as connection:
        return manifest.read(index_dir).documents == indexed_count(connection)


def _is_usable(index_dir: Path, kind: EngineName | None) -> bool:
    try:
        made = manifest.read(index_dir)
        return kind in (None, made.engine) and not has_met_damage(index_dir / made.folder)
    except (EngineError, OSError):
        return False


def _settle(engine: sa.Engine, index_dir: Path) -> None:
    """Note that what was built beside is in its place: the process that put it there may have died before it did."""
    if generations.is_in_place(index_dir):
        with engine.begin() as connection:
            take_rebuilt(connection)
        generations.settle(index_dir)


class _NotWholeError(EngineError):
    """A new index does not hold what the store says is in it; ``found`` are the two numbers."""

    def __init__(self, held: int | None, wanted: int) -> None:
        has = "no documents" if held is None else f"{held} documents"
        self.found = f"the new index holds {has} where the store has {wanted}, and was not put in place"
        super().__init__(f"{self.found}; `akt verify --repair` looks for what is wrong in the store")


class _Job:
    """One bringing up to date; ``gone`` as in :func:`corpus.store.queries.contents_to_index`, ``left`` as above."""

    def __init__(
        self,
        engine: sa.Engine,
        index_dir: Path,
        on_content: OnContent = silent,
        should_stop: Callable[[], bool] = never,
        *,
        gone: bool = True,
        left: bool = False,
    ) -> None:
        self._engine, self._dir, self._gone, self._left = engine, index_dir, gone, left
        self._on_content, self._should_stop = on_content, should_stop

    def bring_up(self) -> int:
        """Index what waits, into the index that is there."""
        waiting = self._waiting(Stage.INDEX)
        if not waiting:
            return 0
        with IndexWriter(self._dir) as writer:
            done = self._index(writer, waiting, Stage.INDEX)
            if self._gone and not self._left and done == len(waiting):  # at the end of a run, and not stopped
                writer.join_pieces()
            return done

    def build_beside(self, kind: EngineName | None) -> int:
        """Index everything into a new index, or go on with one, and put it in place when it is whole."""
        goes_on = generations.building(self._dir, kind or manifest.kept_engine(self._dir) or USUAL) is not None
        if not goes_on:
            abandon_rebuild(self._engine, self._dir)
        try:
            return self._build(kind)
        except IndexBusy:
            raise
        except Exception as error:  # what a killed process has left of it may be broken
            if not goes_on or is_full(error, self._dir) or isinstance(error, sa.exc.DBAPIError):
                raise
        abandon_rebuild(self._engine, self._dir)
        return self._build(kind)

    def _build(self, kind: EngineName | None) -> int:
        writer = IndexWriter(self._dir, kind, beside=True)
        done = 0
        try:
            for _ in range(ROUNDS):
                waiting = self._waiting(Stage.REBUILD)
                if not waiting:
                    break
                indexed = self._index(writer, waiting, Stage.REBUILD)
                done += indexed
                if indexed < len(waiting):
                    return done
            writer.join_pieces()
            self._must_be_whole()
            writer.publish()
        finally:
            writer.close()
        _settle(self._engine, self._dir)
        return done

    def _must_be_whole(self) -> None:
        """Raises _NotWholeError unless the index holds all that is noted as in it, and no more.

        What a run changes after the last look at what waits has lost its note, and its earlier state may be in the
        index: the next bringing up to date replaces it. It is asked for last, so that it is in one count or the other.
        """
        made = generations.begun(self._dir)
        with self._engine.connect() as connection:
            wanted = indexed_count(connection, stage=Stage.REBUILD)
        changed = len(self._waiting(Stage.REBUILD))
        held = None if made is None else made.documents
        if held is None or not wanted <= held <= wanted + changed:
            raise _NotWholeError(held, wanted)

    def _waiting(self, stage: Stage) -> list[str]:
        with self._engine.connect() as connection:
            gone = self._gone or stage == Stage.REBUILD
            return contents_to_index(connection, index_version(), gone=gone, stage=stage)

    def _index(self, writer: IndexWriter, waiting: Sequence[str], stage: Stage) -> int:
        """Returns how many were indexed: all, unless it is stopped."""
        done, chunk = 0, FIRST_CHUNK if self._left else CHUNK
        while done < len(waiting):
            if done and self._should_stop():
                return done
            done += self._index_chunk(writer, waiting[done : done + chunk], stage)
            chunk = min(2 * chunk, CHUNK)
            self._on_content(done, len(waiting))
        return done

    def _index_chunk(self, writer: IndexWriter, chunk: Sequence[str], stage: Stage) -> int:
        """Commits the first ones, as many as is not too much, and returns how many these are.

        What the run changes meanwhile is not noted as indexed (it may write while another process is in here).
        """
        failed: dict[str, Exception] = {}
        letters = 0
        with self._engine.begin() as connection:
            begin_indexing(connection, chunk, stage)
        with self._engine.connect() as connection:
            for lot in lots(found_in(connection, chunk, failed)):
                for sha256, found in lot.items():
                    if found is None:
                        writer.delete(sha256)
                failed |= writer.replace_all(found for found in lot.values() if found is not None)
                letters += letters_of(lot)
                if letters >= LETTERS_PER_COMMIT:
                    chunk = chunk[: chunk.index(next(reversed(lot))) + 1]
                    break
        for error in failed.values():
            if is_full(error, self._dir):
                raise error
        make_durable(self._engine)  # so that the index never knows more than the store
        writer.commit()
        with self._engine.begin() as connection:
            failures = {sha256: _failure(error) for sha256, error in failed.items()}
            put_indexed(connection, chunk, stage, index_version(), failures)
        return len(chunk)


def _failure(error: Exception) -> Failure:
    """A fault of ours must cost its content, not the index."""
    reason = f"It could not be indexed ({type(error).__name__}: {error})."
    return Failure(stage=Stage.INDEX, code="stage-failed", reason=reason)
