"""A workspace: what `akt ingest` has read, to search in and to take records and tables out of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

from corpus.workspace import Workspace as Folder
from corpus.workspace import WorkspaceBusyError, WorkspaceError, default_root

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from akt.budget import Sums
    from corpus.model import Document
    from index.results import Counts, Results
    from index.search import Options, Searcher
    from pipeline.export.columns import Sheet
    from pipeline.export.rows import Row
    from pipeline.figures.asking import Asked
    from pipeline.ingest.report import Report

AT_ONCE = 50_000  # rows of a frame that are gathered before they are put to the others


@contextmanager
def _told() -> Iterator[None]:
    """An index that cannot be used is a workspace that cannot be read, to whoever knows no more than this module."""
    from index.engines.faults import EngineError, IndexBusy

    try:
        yield
    except IndexBusy as error:
        raise WorkspaceBusyError(str(error)) from error
    except EngineError as error:
        raise WorkspaceError(str(error)) from error


class Workspace:
    """The workspace in a folder: by default the one that the `akt` command uses, too.

    Open it with ``with``, or :meth:`close` it. ``kind`` is in all methods what `akt records` takes ("amounts",
    "lines", "decisions" …, in Danish too), "documents", "parts" or "messages"; ``query`` is in the language of
    `akt search`, and narrows down as it does for `akt records`.

    Methods raise WorkspaceError (no workspace there, or one that cannot be read), QueryError (a query that cannot be
    answered, with the position of the mistake) and ValueError (a ``kind`` that there is not).
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self._folder = Folder((default_root() if path is None else Path(path)).expanduser().absolute())
        self._searcher: Searcher | None = None

    @property
    def path(self) -> Path:
        """The folder."""
        return self._folder.root

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up the files of the index. The workspace can be used again."""
        if self._searcher is not None:
            self._searcher.close()
            self._searcher = None

    def __repr__(self) -> str:
        return f"akt.Workspace({str(self.path)!r})"

    def ingest(self, *paths: str | os.PathLike[str], workers: int | None = None) -> Report:
        """Read folders and files into the workspace, as `akt ingest` does; what could not be read is in the report.

        ``workers``: as `--workers`, of which the default counts where it is None; 0 reads in this process, without the
        limits of time and memory. ``AKT_WORKERS`` and ``AKT_LIMITS`` count as they do for the command. Raises
        ValueError where these are not understood.
        """
        from akt.isolated import usual_limits
        from pipeline.ingest.options import RunOptions
        from pipeline.ingest.run import ingest
        from pipeline.ingest.workers import usual_workers

        self.close()
        if workers is None:
            workers = int(os.environ.get("AKT_WORKERS") or usual_workers())
        options = RunOptions(workers=workers, limits=usual_limits())
        return ingest(self._folder, [Path(path).expanduser() for path in paths], options)

    def search(self, query: str, **options: Unpack[Options]) -> Results:
        """The hits of a query; ``limit``, ``sort``, ``facets`` … as in :func:`index.search.search`.

        Slips in the words are looked for when little is found (``did_you_mean``) unless ``suggest`` is False.
        The index is kept open and stays as it was at the first search; :meth:`close` lets the next one see it anew.
        """
        options.setdefault("suggest", True)
        with _told():
            return self._open().search(query, **options)

    def count(self, query: str, *, all_words: bool = False) -> Counts:
        """How many hits a query has."""
        with _told():
            return self._open().count(query, all_words=all_words)

    def document(self, id: str) -> Document:
        """A document by its id, or by that of a part or record in it; its ``children`` are documents of their own.

        Raises LookupError for the id of nothing.
        """
        from corpus.store.database import open_store, sqlite_url
        from corpus.store.queries import load_document
        from pipeline.export.shown import NotFoundError, content_with

        self._folder.open(create=False)
        with open_store(sqlite_url(self._folder.store_file)) as engine, engine.connect() as connection:
            try:
                found = load_document(connection, content_with(connection, id.strip().lower().partition(".")[0]))
            except NotFoundError as error:
                raise LookupError(str(error)) from error
        if found is None:
            raise LookupError(f"There is nothing with the id {id}.")
        return found

    def records(self, kind: str, query: str | None = None) -> Iterator[Row]:
        """The rows of a kind, by path and place, one at a time: columns as in docs/data-dictionary.md, by name.

        Decimals are Decimal, days are dates, a box is (x0, top, x1, bottom) in points from the top left.
        """
        _, rows = self._rows(kind, query)
        return rows

    def arrow(self, kind: str, query: str | None = None) -> pa.Table:
        """All rows of a kind as an Arrow table; its schema says the meaning and unit of each column."""
        import pyarrow as pa

        from pipeline.export.columns import batches
        from pipeline.export.parquet import record_batch, schema_of

        sheet, rows = self._rows(kind, query)
        schema = schema_of(sheet)
        return pa.Table.from_batches(
            [record_batch(sheet, schema, columns) for columns in batches(sheet, rows, AT_ONCE)], schema
        )

    def pandas(self, kind: str, query: str | None = None) -> pd.DataFrame:
        """As :meth:`arrow`, for pandas (`pip install 'akt[notebook]'`), on Arrow's types: decimals stay exact."""
        import pandas as pd

        found: pd.DataFrame = self.arrow(kind, query).to_pandas(types_mapper=pd.ArrowDtype)
        return found

    def polars(self, kind: str, query: str | None = None) -> pl.DataFrame:
        """As :meth:`arrow`, for Polars (`pip install 'akt[notebook]'`)."""
        import polars as pl

        found: Any = pl.from_arrow(self.arrow(kind, query))
        assert isinstance(found, pl.DataFrame)
        return found

    def budget(self, query: str | None = None, **asked: Unpack[Asked]) -> Sums:
        """The sums of budget lines, as `akt budget` adds them, with its guards and its options.

        Raises MixedError, whose ``mixes`` are what there is to choose, where what is asked for would add figures of
        two units, stages, price levels or signs, or a sum and its rows; and ValueError for a word that means nothing.
        """
        from akt.budget import Sums
        from pipeline.figures.asking import request_of, sums_of

        self._folder.open(create=False)
        with _told():
            return Sums(sums_of(self._folder, query, request_of(asked)))

    def _open(self) -> Searcher:
        if self._searcher is None:
            from index.search import Searcher

            self._folder.open(create=False)
            self._searcher = Searcher(self._folder.index_dir)
        return self._searcher

    def _rows(self, kind: str, query: str | None) -> tuple[Sheet, Iterator[Row]]:
        from pipeline.export.rows import DANISH_TYPE_WORDS, TYPE_WORDS
        from pipeline.export.sheets import sheet_of
        from pipeline.snapshot.documents import SHEETS

        words = {**TYPE_WORDS, **DANISH_TYPE_WORDS, **{word: word for word in TYPE_WORDS.values()}}
        name = kind.strip().lower()
        if name in SHEETS:
            return SHEETS[name][0], self._document_rows(name, query)
        if name not in words:
            raise ValueError(f"{kind!r} is none of {', '.join([*TYPE_WORDS, *SHEETS])}")
        return sheet_of(words[name]), self._record_rows(words[name], query)

    def _record_rows(self, record_type: str, query: str | None) -> Iterator[Row]:
        from pipeline.export.records import found_rows

        with _told(), found_rows(self._folder, record_type, query) as found:
            for row, _ in found:
                yield row

    def _document_rows(self, name: str, query: str | None) -> Iterator[Row]:
        from corpus.store.database import open_store, sqlite_url
        from pipeline.export.records import parts_found
        from pipeline.snapshot.documents import SHEETS

        self._folder.open(create=False)
        with _told():
            parts = None if query is None else parts_found(self._folder, query)
            found = None if parts is None else {f"{document}.{part}" for document, part in parts}
        documents = None if found is None else {id.partition(".")[0] for id in found}
        with open_store(sqlite_url(self._folder.store_file)) as engine, engine.connect() as connection:
            for row in SHEETS[name][1](connection):
                if found is None or row["id"] in found or (name == "documents" and row["id"] in (documents or ())):
                    yield row
