"""Every figure of an export leads to its place, in all samples: read back there, it is the figure that was printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pypdfium2 as pdfium
import pytest
import sqlalchemy as sa

from corpus.model import Document
from corpus.store.database import open_store, sqlite_url
from corpus.store.queries import load_document
from corpus.store.schema import records, table_values
from corpus.workspace import Workspace
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.originals import original

Row = dict[str, Any]
NO_DOCUMENTS = (".gold.json", ".py", "README.md")
PUNCTUATION = ".,;:()<>\"'«»“”!?"


@pytest.fixture(scope="module")
def workspace(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of all samples."""
    files = [str(path) for path in sorted(samples.iterdir()) if path.is_file() and not path.name.endswith(NO_DOCUMENTS)]
    place = tmp_path_factory.mktemp("rum")
    assert run(["--workspace", str(place), "ingest", *files]) == ExitCode.DONE
    return place


@pytest.fixture(scope="module")
def connection(workspace: Path) -> Iterator[sa.Connection]:
    with open_store(sqlite_url(Workspace(workspace).store_file)) as engine, engine.connect() as opened:
        yield opened


class Originals:
    """The contents that rows are of: their stored documents, and the pages of those that are PDFs, read anew."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._documents: dict[str, Document] = {}
        self._pdfs: dict[str, pdfium.PdfDocument] = {}

    def document(self, sha256: str) -> Document:
        if sha256 not in self._documents:
            found = load_document(self._connection, sha256)
            assert found is not None
            self._documents[sha256] = found
        return self._documents[sha256]

    def printed(self, row: Row) -> str | None:
        """What pdfium finds in the box of a row; None for what has no pages."""
        sha256 = row["sha256"]
        if self.document(sha256).media_type != "application/pdf":
            return None
        if sha256 not in self._pdfs:
            self._pdfs[sha256] = pdfium.PdfDocument(original(self._connection, sha256))
        pages = self._pdfs[sha256]
        page = pages[row["page"] - 1]
        box, height = row["bbox"], page.get_height()
        sides = {"left": box["x0"], "right": box["x1"], "top": height - box["top"], "bottom": height - box["bottom"]}
        return str(page.get_textpage().get_text_bounded(**sides))


@pytest.fixture(scope="module")
def originals(connection: sa.Connection) -> Originals:
    return Originals(connection)


def squeezed(text: str) -> str:
    """Without blanks, which printers set as they like."""
    return "".join(text.split())


def exported(workspace: Path, folder: Path, kind: str) -> list[Row]:
    target = folder / f"{kind}.parquet"
    assert run(["--workspace", str(workspace), "records", kind, "-o", str(target)]) == ExitCode.DONE
    rows: list[Row] = pq.read_table(target).to_pylist()
    return rows


def stands_there(row: Row, raw: str, start: int, originals: Originals) -> bool:
    """The row's part has the figure at its characters; its page has it in its box, and beside it only punctuation.

    A figure that goes over a line end has a box over both lines, in which more is printed.
    """
    part = originals.document(row["sha256"]).parts[int(row["id"].split(".")[1])]
    if part.text[start : start + len(raw)] != raw:
        return False
    found = originals.printed(row)
    if found is None:
        return row["page"] is None and row["bbox"] is None
    if "\n" in raw:
        return squeezed(raw) in squeezed(found)
    return squeezed(found).strip(PUNCTUATION) == squeezed(raw).strip(PUNCTUATION)


@pytest.mark.parametrize(("kind", "least"), [("amounts", 600), ("ftes", 60), ("dates", 100), ("decisions", 30)])
def test_each_record_stands_where_it_is_said_to(
    workspace: Path, originals: Originals, connection: sa.Connection, tmp_path: Path, kind: str, least: int
) -> None:
    rows = exported(workspace, tmp_path, kind)
    stored = connection.scalar(sa.select(sa.func.count()).where(records.c.type == kind.removesuffix("s")))
    assert len(rows) == stored
    assert len(rows) >= least
    wrong = [row for row in rows if not stands_there(row, row["text"], row["start"], originals)]
    assert wrong == []
    assert {row["source"] for row in rows if kind == "amounts"} <= {"text", "table"}
    paged = Counter((row["source"], row["page"] is not None) for row in rows)
    assert paged["text", True] > 5
    assert paged["text", False] > 5


def test_each_line_stands_where_it_is_said_to_and_is_worth_what_is_printed(
    workspace: Path, originals: Originals, connection: sa.Connection, tmp_path: Path
) -> None:
    rows = exported(workspace, tmp_path, "lines")
    assert len(rows) == connection.scalar(sa.select(sa.func.count()).select_from(table_values))
    assert len(rows) > 600
    for row in rows:
        kind, start = row["id"].split(".")[2:]
        assert kind == "line"
        assert stands_there(row, row["raw"], int(start), originals), row
        if (found := originals.printed(row)) is not None:
            assert squeezed(found) == squeezed(row["raw"])
        assert digits(row["raw"]) == digits(format(row["value"], "f")), row
        assert (row["value"] < 0) == is_negative(row["raw"]), row
    assert any(row["page"] is None for row in rows)


def digits(text: str) -> str:
    """The figures of a number without the noughts at its ends: a unit only adds some."""
    return re.sub(r"\D", "", text).strip("0")


def is_negative(raw: str) -> bool:
    """Whether a figure that is not nought is printed with a minus, before or behind it, or in parentheses."""
    return re.fullmatch(r"[-−–].*|.*[-−–]|\(.*\)", raw.strip()) is not None and digits(raw) != ""


def test_a_wrong_place_is_noticed(workspace: Path, originals: Originals, tmp_path: Path) -> None:
    """What the tests above ask fails for half of a box, and for characters that are one off."""
    rows = [row for row in exported(workspace, tmp_path, "amounts") if row["page"] is not None][:50]
    for row in rows:
        box = row["bbox"]
        short = {**row, "bbox": {**box, "x1": (box["x0"] + box["x1"]) / 2}}
        assert not stands_there(short, row["text"], row["start"], originals)
        assert not stands_there(row, row["text"], row["start"] + 1, originals)
