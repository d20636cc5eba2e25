"""The store as other programs see it: Datasette, DuckDB, pandas and Polars read the file itself."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.store.database import open_store, sqlite_url
from corpus.store.views import VIEWS
from corpus.workspace import Workspace, WorkspaceError
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.records import found_rows

PAPERS = (
    "forslag-fjordby-BSU07.pdf",
    "mail-med-bilag.eml",
    "referat-fjordby-KFU-2024-06-04.pdf",
    "indbakke.mbox",
    "forslag-fjordby-KFU04-sumfejl.pdf",
)
QUESTION = (
    "SELECT path, label, year, value, page FROM budget_lines WHERE path LIKE '%BSU07%' AND role = 'saving' "
    "ORDER BY path, year, label"
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Workspace:
    folder = tmp_path_factory.mktemp("views")
    papers = folder / "papirer"
    papers.mkdir()
    for name in PAPERS:
        shutil.copy(samples / name, papers)
    assert run(["--workspace", str(folder / "arbejde"), "ingest", str(papers)]) == ExitCode.DONE
    return Workspace(folder / "arbejde")


def _rows(workspace: Workspace, sql: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"{workspace.store_file.as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(sql)]


@pytest.mark.parametrize("view", [view.name for view in VIEWS if view.name != "ftes"])
def test_every_view_answers_in_its_columns(workspace: Workspace, view: str) -> None:
    rows = _rows(workspace, f'SELECT * FROM "{view}"')
    described = next(one for one in VIEWS if one.name == view)
    assert rows
    assert list(rows[0]) == [column.name for column in described.columns]
    for column in described.columns:
        assert column.meaning.endswith((".", "…", ")")), column


@pytest.mark.parametrize(
    ("view", "record_type", "fields"),
    [
        ("amounts", "amount", ("value", "low", "high", "currency", "role", "price_level", "page", "text", "quote")),
        ("dates", "date", ("from", "to", "precision", "page", "text")),
        ("decisions", "decision", ("body", "verb", "status", "text")),
        ("committees", "committee", ("name", "level", "text")),
        ("budget_lines", "line", ("label", "year", "value", "unit", "raw", "role", "page", "caption", "price_level")),
    ],
)
def test_a_view_says_what_the_export_says(
    workspace: Workspace, view: str, record_type: str, fields: tuple[str, ...]
) -> None:
    with found_rows(workspace, record_type, None) as found:
        exported = sorted(str([_plain(row[field]) for field in ("path", *fields)]) for row, _ in found)
    seen = [
        str([_plain(row[field]) for field in ("path", *fields)]) for row in _rows(workspace, f"SELECT * FROM {view}")
    ]
    assert exported == sorted(seen)
    assert len(seen) > 3


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_the_parts_joined_are_the_whole_text(workspace: Workspace, samples: Path) -> None:
    rows = _rows(workspace, "SELECT text FROM document_parts WHERE path = 'mail-med-bilag.eml' ORDER BY part")
    assert "Budgetforslag om fælles værksted" in "".join(row["text"] for row in rows)
    (message,) = _rows(workspace, "SELECT * FROM messages WHERE path = 'mail-med-bilag.eml' AND NOT quoted")
    assert message["from_address"].endswith(".example")
    assert json.loads(message["to"])[0]["address"].endswith(".example")
    assert message["body"].strip()
    assert "Subject:" not in message["body"]


def test_what_is_gone_is_in_files_only(tmp_path: Path) -> None:
    papers = tmp_path / "papirer"
    papers.mkdir()
    (papers / "a.txt").write_text("Besparelse på 2 mio. kr. i 2025.\n", encoding="utf-8")
    (papers / "b.txt").write_text("Intet.\n", encoding="utf-8")
    workspace = Workspace(tmp_path / "arbejde")
    assert run(["--workspace", str(workspace.root), "ingest", str(papers)]) == ExitCode.DONE
    assert [row["value"] for row in _rows(workspace, "SELECT value FROM amounts")] == ["2000000"]
    (papers / "a.txt").unlink()
    assert run(["--workspace", str(workspace.root), "ingest", str(papers)]) == ExitCode.DONE
    assert _rows(workspace, "SELECT value FROM amounts") == []
    assert [row["path"] for row in _rows(workspace, "SELECT path FROM documents")] == ["b.txt"]
    assert _rows(workspace, "SELECT path, deleted FROM files ORDER BY path")[0] == {"path": "a.txt", "deleted": 1}


def test_pandas_and_polars_read_the_file(workspace: Workspace) -> None:
    import pandas as pd
    import polars as pl

    expected = [tuple(row.values()) for row in _rows(workspace, QUESTION)]
    assert expected
    with closing(sqlite3.connect(workspace.store_file)) as database:
        frame = pd.read_sql_query(QUESTION, database)
        assert list(frame.itertuples(index=False, name=None)) == expected
        assert pl.read_database(QUESTION, database).rows() == expected


def test_duckdb_reads_the_file(workspace: Workspace) -> None:
    import duckdb

    extension = _duckdb_extension(duckdb.__version__)
    if extension is None:
        pytest.skip("DuckDB's SQLite extension is not installed: pip install duckdb-ext-sqlite")
    with duckdb.connect() as database:
        database.execute(f"LOAD '{extension}'")
        database.execute(f"ATTACH '{workspace.store_file}' AS akt (TYPE sqlite, READ_ONLY)")
        found = database.execute(QUESTION.replace("budget_lines", "akt.budget_lines")).fetchall()
    assert found == [tuple(row.values()) for row in _rows(workspace, QUESTION)]


def _duckdb_extension(version: str) -> Path | None:
    import site

    for folder in site.getsitepackages():
        found = sorted(Path(folder).glob(f"duckdb_ext/extensions/v{version}/*/sqlite_scanner.duckdb_extension"))
        if found:
            return found[0]
    return None


def test_datasette_reads_the_file(workspace: Workspace) -> None:
    datasette = Path(sys.executable).with_name("datasette")
    command = [str(datasette), str(workspace.store_file), "--get", "/akt/budget_lines.json?_shape=array&_size=max"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = json.loads(answer.stdout)
    expected = _rows(workspace, "SELECT * FROM budget_lines")
    assert found == expected[: len(found)]
    assert len(found) == min(len(expected), 1000)


def test_a_store_of_the_first_format_is_brought_up_to_date(workspace: Workspace, tmp_path: Path) -> None:
    """It had a table ``messages`` and no views; a process that may only read says what to do."""
    old = tmp_path / "akt.sqlite"
    shutil.copy(workspace.store_file, old)
    with closing(sqlite3.connect(old)) as database, database:
        for view in VIEWS:
            database.execute(f'DROP VIEW "{view.name}"')
        database.execute("ALTER TABLE message_keys RENAME TO messages")
        database.execute("DROP TABLE part_contents")
        database.execute("DELETE FROM meta WHERE key = 'views'")
        database.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with open_store(sqlite_url(old)) as engine, engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM messages")).scalar() == 0  # till it is read anew
        assert connection.execute(sa.text("SELECT count(*) FROM message_keys")).scalar()
        assert connection.execute(sa.text("SELECT count(*) FROM amounts")).scalar()


def test_a_store_of_an_unknown_format_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    new = tmp_path / "akt.sqlite"
    shutil.copy(workspace.store_file, new)
    with closing(sqlite3.connect(new)) as database, database:
        database.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(WorkspaceError, match="format 99"), open_store(sqlite_url(new)):
        pass
