"""Writing an index. The index is derived: it can always be made again from the store."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from corpus.durable import sync_tree
from corpus.model import Document
from index import generations, manifest
from index.copies import Copies
from index.engines.base import USUAL, EngineName, Entry, Everything, Request, Term, pieces_missing
from index.engines.base import engine as engine_named
from index.engines.faults import EngineError
from index.entry import Draft, drafts, finished
from index.latest import Latest
from index.manifest import IndexMismatch, Manifest
from index.streams import Streamer
from index.terms import TermTable
from index.text import Analyser

__all__ = ["EngineError", "IndexMismatch", "IndexWriter"]

TERMS = "terms.sqlite"
FIRST = Request(Term("first", "1"))
ALL = Request(Everything())
MOST_PUT = 200_000
"""So many hashes are remembered: some 25 MB."""


class _Memory:
    """What a writer knows of words. It is handed on to the next writer of the same table in the same process.

    All it knows is in that table once it is ``saved``; one of which that is not so is forgotten.
    """

    def __init__(self, table: TermTable) -> None:
        self.mark, self.saved = table.mark, True
        # All that a new index has is seen here; an older one's table knows more.
        self.is_new = table.is_empty()
        self.analyser = Analyser()
        self.streamer = Streamer(self.analyser)


_MEMORIES: dict[Path, _Memory] = {}


def _remembered(folder: Path, table: TermTable) -> _Memory:
    """The memory of the last writer of this table, else a new one; no other is kept meanwhile."""
    known = _MEMORIES.pop(folder.resolve(), None)
    _MEMORIES.clear()
    memory = known if known is not None and known.mark == table.mark else _Memory(table)
    memory.analyser.ask(table.words, table.words_of, forgotten_only=memory.is_new)
    return memory


class IndexWriter:
    """The one writer of the index in ``index_dir``; a context manager that commits at its end when nothing was raised.

    ``engine`` counts when the index is made; an existing one keeps its own (another name is refused), also when it is
    made anew and no name is given. ``rebuild`` makes a new, empty index beside the old one, whatever that is, and puts
    it in its place at the first commit: until then searches see the old one. ``beside`` goes on with the index that is
    built beside the other, or begins one; it takes the other's place at :meth:`publish`, and a process that dies
    leaves it to the next.

    Raises IndexMismatch for an index made by other rules, IndexBusy when another process still writes after ``wait``
    seconds.
    """

    def __init__(
        self,
        index_dir: Path,
        engine: EngineName | None = None,
        *,
        rebuild: bool = False,
        beside: bool = False,
        wait: float = 10.0,
    ) -> None:
        self._dir = index_dir
        self._name = generations.BUILDING if beside else manifest.MANIFEST
        index_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        generations.drop_old(index_dir)
        self._manifest = _begun(index_dir, engine) if beside else _made(index_dir, engine, rebuild=rebuild)
        self._folder = index_dir / self._manifest.folder
        self._engine = engine_named(self._manifest.engine)
        self._writer = self._engine.writer(self._folder, wait)
        self._table = TermTable(self._folder / TERMS)
        self._memory = _remembered(self._folder, self._table)
        self._copies = Copies(lambda: self._engine.reader(self._folder))
        self._latest = Latest()
        self._is_changed = True
        # What was put into an index that was empty before: nothing else need be taken out first. None for another.
        self._put_here: set[str] | None = set() if self._is_empty() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()

    def replace(self, document: Document, paths: list[str]) -> None:
        """Puts a document in, in the place of what was known of the same content: one entry for each of its parts.

        ``paths`` are all places of the content as they are shown, relative to the ingested root; the first one is the
        hit's ``path``, the others its ``also_in``. Children are contents of their own and need a call of their own.
        """
        for error in self.replace_all([(document, paths)]).values():
            raise error

    def replace_all(
        self, documents: Iterable[tuple[Document, list[str]] | tuple[Document, list[str], list[str]]]
    ) -> dict[str, Exception]:
        """As :meth:`replace` with each of the documents, in a third of the time: their words are looked up at once.

        A third member has further paths by which it is found and that are not shown.

        Returns what went wrong, by the content that it cost. The documents are held meanwhile without their records,
        and nothing is collected: they are to be few enough for that.
        """
        failed: dict[str, Exception] = {}
        made: dict[str, list[Draft]] = {}
        with uncollected():
            for document, paths, *further in documents:
                try:
                    made[document.sha256] = _drafts(document, paths, *further)
                except Exception as error:
                    failed[document.sha256] = error
            for sha256, ready in self._finished(made, failed).items():
                try:
                    self._put(sha256, ready)
                except Exception as error:
                    failed[sha256] = error
        return failed

    def _finished(self, made: dict[str, list[Draft]], failed: dict[str, Exception]) -> dict[str, list[Entry]]:
        self._memory.saved, self._is_changed = False, True
        streamer = self._memory.streamer
        try:
            ready = finished(list(chain.from_iterable(made.values())), streamer)
            return {sha256: list(islice(ready, len(drafts))) for sha256, drafts in made.items()}
        except Exception as error:
            if len(made) == 1:
                failed.update(dict.fromkeys(made, error))
                return {}
        # One of them is to blame, and is to cost no other.
        alone = [self._finished({sha256: drafts}, failed) for sha256, drafts in made.items()]
        return {sha256: ready for one in alone for sha256, ready in one.items()}

    def _put(self, sha256: str, entries: list[Entry]) -> None:
        here = self._put_here
        if here is None or sha256 in here:
            self._writer.delete(sha256)
        else:
            here.add(sha256)
            self._put_here = here if len(here) < MOST_PUT else None
        self._latest.forget(sha256)
        for entry in entries:
            self._copies.mark(entry)
            self._writer.add(entry)
        self._latest.put(sha256, entries)

    def delete(self, sha256: str) -> None:
        """Takes a content out."""
        self._is_changed = True
        self._latest.forget(sha256)
        self._writer.delete(sha256)

    def commit(self) -> None:
        """Makes everything so far safe, and visible to searches that begin from now on unless it is built beside.

        Words first: they may be too many. Nothing is done where nothing has changed since: the disk is waited for.
        """
        if not self._is_changed:
            return
        with uncollected():
            self._table.add(self._memory.analyser.take_fresh())
        self._memory.saved = True
        self._copies.forget()
        self._writer.commit()
        documents, parts = self._count()
        self._manifest = msgspec.structs.replace(self._manifest, documents=documents, parts=parts)
        sync_tree(self._folder)  # an engine may not; the manifest is to name nothing that is not on the disk
        manifest.write(self._dir, self._manifest, self._name)
        generations.drop_old(self._dir)
        self._is_changed = False

    def join_pieces(self) -> None:
        """Commits, and has an engine that keeps what was put in between two commits in a piece of its own join small
        pieces, where that makes searches quicker: at the end of what is put in, for it takes some seconds.

        The engine joins them by itself when there are enough, so some of the last contents are put in once more, as
        they are, each with a commit of its own. No search sees a difference.
        """
        self.commit()
        if not self._latest.are_enough():
            return
        # More than are missing may be needed: contents that were alone in their piece take it away.
        for sha256, entries in self._latest.taken():
            if not self._pieces_missing():
                return
            self._writer.delete(sha256)
            for entry in entries:
                self._writer.add(entry)
            self._is_changed = True
            self.commit()

    def _pieces_missing(self) -> int:
        return pieces_missing(self._manifest.engine, self._folder)

    def _is_empty(self) -> bool:
        """A process that died may have left a commit that no manifest tells of."""
        if not self._manifest.documents:
            with suppress(EngineError):  # told where it is met
                return not self._count()[1]
        return False

    def _count(self) -> tuple[int, int]:
        """The documents and parts of the last commit."""
        reader = self._engine.reader(self._folder)
        try:
            return reader.count(FIRST), reader.count(ALL)
        finally:
            reader.close()

    def publish(self) -> None:
        """Commits what was built beside and puts it in its place. :func:`index.generations.settle` is to follow."""
        self.commit()
        manifest.write(self._dir, self._manifest)

    def close(self) -> None:
        """Drops what is not committed and lets others write."""
        self._copies.forget()
        self._writer.close()
        self._table.close()
        if self._memory.saved:
            _MEMORIES[self._folder.resolve()] = self._memory
        give_back()


def give_back() -> None:
    """Gives the memory that an engine's threads took and freed back to the machine, where the C library keeps it.

    glibc keeps what is freed for each thread by itself; a run that indexes in between had 60 MB of that.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _drafts(document: Document, paths: list[str], further: Sequence[str] = ()) -> list[Draft]:
    if not paths:
        raise ValueError("a document in the index is somewhere: paths is empty")
    return list(drafts(document, paths, further))


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is looked for that only holds itself: among very many words and terms, that takes long and finds
    nothing. What was made meanwhile is old at once, or all of it would be gone through at the end."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():  # else somebody means it to stay frozen
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _made(index_dir: Path, name: EngineName | None, *, rebuild: bool) -> Manifest:
    """The manifest of the index to write to, made with its empty index where there is none or it is to be rebuilt."""
    if manifest.exists(index_dir) and not rebuild:
        known = manifest.read(index_dir)
        if name is not None and name != known.engine:
            command = f"{manifest.REBUILD} --engine {name}"
            raise IndexMismatch(f"the index in {index_dir} is of engine {known.engine}, not {name}; run `{command}`")
        return known
    made = _new(index_dir, name)
    if not rebuild or not manifest.exists(index_dir):
        manifest.write(index_dir, made)
    return made


def _begun(index_dir: Path, name: EngineName | None) -> Manifest:
    """The manifest of the index that is built beside the other, made with its empty index where there is none."""
    known = generations.building(index_dir, _engine_for(index_dir, name))
    if known is not None:
        return known
    generations.discard(index_dir)
    made = _new(index_dir, name)
    manifest.write(index_dir, made, generations.BUILDING)
    return made


def _new(index_dir: Path, name: EngineName | None) -> Manifest:
    made = Manifest(engine=_engine_for(index_dir, name), folder=generations.new_folder(index_dir))
    engine_named(made.engine).create(index_dir / made.folder)
    return made


def _engine_for(index_dir: Path, name: EngineName | None) -> str:
    return name or manifest.kept_engine(index_dir) or USUAL
