"""The Python face: `import akt` in a notebook."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import akt
from corpus.workspace import WorkspaceError
from index.tree import QueryError


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> akt.Workspace:
    folder = tmp_path_factory.mktemp("face")
    papers = folder / "papirer"
    papers.mkdir()
    for name in ("forslag-fjordby-BSU07.pdf", "mail-med-bilag.eml"):
        shutil.copy(samples / name, papers)
    archive = akt.Workspace(folder / "arbejde")
    report = archive.ingest(papers)
    assert (report.new, report.failures) == (2, [])
    return archive


def test_a_file_is_read_without_a_workspace(samples: Path) -> None:
    document = akt.read(samples / "forslag-fjordby-BSU07.pdf")
    assert isinstance(document, akt.Document)
    assert document.kind == "budget-proposal"
    assert all(isinstance(value.value, Decimal) for line in document.tables[0].lines for value in line.values)
    with pytest.raises(FileNotFoundError):
        akt.read(samples / "findes-ikke.pdf")


def test_cpr_numbers_are_masked_unless_they_are_asked_for() -> None:
    text = b"Borgeren har CPR-nr. 010190-1234.\n"
    assert "010190-xxxx" in akt.read_bytes(text, "a.txt").parts[0].text
    assert "010190-1234" in akt.read_bytes(text, "a.txt", show_identifiers=True).parts[0].text


def test_short_dates_are_read_against_a_date() -> None:
    document = akt.read_bytes("Mødet er d. 3/5.\n".encode(), "a.txt", document_date=dt.date(2024, 2, 1))
    (date,) = [record for record in document.records if type(record).__name__ == "Date"]
    assert getattr(date, "first", None) == dt.date(2024, 5, 3)


def test_a_workspace_is_searched_and_counted(archive: akt.Workspace) -> None:
    with archive:
        found = archive.search("vikarkorps", limit=3)
        assert found.hits[0].path.endswith("BSU07.pdf")
        assert archive.count("vikarkorps").total == found.total
        document = archive.document(found.hits[0].id)
        assert document.sha256.startswith(found.hits[0].id.partition(".")[0])
        with pytest.raises(QueryError):
            archive.search("beløb:>=x")
        with pytest.raises(LookupError):
            archive.document("ffffffffffff")


@pytest.mark.parametrize("kind", ["amounts", "lines", "beløb", "dates", "documents", "parts", "messages", "problems"])
def test_frames_hold_the_rows(archive: akt.Workspace, kind: str) -> None:
    rows = list(archive.records(kind))
    assert archive.arrow(kind).num_rows == len(rows)
    pandas, polars = archive.pandas(kind), archive.polars(kind)
    assert list(pandas.columns) == polars.columns == list(archive.arrow(kind).column_names)
    assert len(pandas) == polars.height == len(rows)
    if rows:
        assert list(pandas["path"]) == polars["path"].to_list() == [row["path"] for row in rows]


def test_figures_stay_exact_in_frames(archive: akt.Workspace) -> None:
    rows = [row for row in archive.records("lines", "vikarkorps") if row["role"] == "saving"]
    pandas = archive.pandas("lines", "vikarkorps")
    total = sum(Decimal(str(row["value"])) for row in rows)
    assert rows
    assert pandas[pandas["role"] == "saving"]["value"].sum() == total
    polars = archive.polars("lines", "vikarkorps")
    assert polars.filter(polars["role"] == "saving")["value"].sum() == total


def test_a_query_narrows_down(archive: akt.Workspace) -> None:
    all_of_it, some = list(archive.records("parts")), list(archive.records("parts", "kind:budget-proposal"))
    assert 0 < len(some) < len(all_of_it)
    documents = list(archive.records("documents", "kind:budget-proposal"))
    assert {row["kind"] for row in documents} == {"budget-proposal"}


def test_mistakes_are_told(archive: akt.Workspace, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="amounts, ftes"):
        archive.records("penge")
    with pytest.raises(WorkspaceError, match="No workspace"):
        akt.Workspace(tmp_path / "ingen").search("x")


def test_importing_it_is_light() -> None:
    heavy = ["spacy", "numpy", "sqlalchemy", "pyarrow", "pandas", "polars", "pypdfium2", "pdfplumber", "lxml"]
    code = f"import sys, akt; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_index_that_cannot_be_used_is_a_workspace_error(tmp_path: Path, samples: Path) -> None:
    shutil.copy(samples / "mail-med-bilag.eml", tmp_path)
    with akt.Workspace(tmp_path / "arbejde") as archive:
        archive.ingest(tmp_path / "mail-med-bilag.eml")
        (manifest,) = (archive.path / "index").glob("manifest*")
        manifest.write_text("{}", encoding="utf-8")
        for ask in (archive.search, archive.count, lambda query: archive.arrow("amounts", query)):
            with pytest.raises(WorkspaceError, match="akt reindex"):
                ask("budget")
