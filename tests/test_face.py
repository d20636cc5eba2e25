"""The Python face: `import akt` in a notebook."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import akt
from corpus.workspace import WorkspaceError
from index.tree import QueryError
from pipeline.cli.app import run
from pipeline.export.rows import flat


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


def test_a_slip_is_put_right_as_the_command_does(archive: akt.Workspace) -> None:
    with archive:
        assert archive.search("vikarkrops").did_you_mean == "vikarkorps"
        assert archive.search("vikarkrops", suggest=False).did_you_mean is None
        assert archive.search("vikarkorps").did_you_mean is None


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


# --- sums -------------------------------------------------------------------------------------------------------------


def test_sums_are_those_of_the_command(archive: akt.Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    found = archive.budget("kind:budget-proposal", by=["udvalg", "role"], stage="forslag", year=[2026, 2027])
    options = ["--by", "committee,role", "--stage", "proposal", "--year", "2026", "--year", "2027"]
    assert run(["--workspace", str(archive.path), "budget", "kind:budget-proposal", *options, "--format", "csv"]) == 0
    told = capfd.readouterr()

    printed = list(csv.DictReader(told.out.splitlines()))
    assert [{name: flat(value) for name, value in row.items()} for row in found.rows()] == printed
    assert found.by == ["municipality", "committee", "role"]  # committees of two municipalities are others
    assert len(printed) > 3
    assert found.notes == told.err.splitlines()
    assert list(found.pandas()["value"]) == [each.value for each in found.sums]
    assert list(found.pandas()["figures"]) == [len(each.figures) for each in found.sums]
    assert sum(len(each.figures) for each in found.sums) == len(list(found.lines()))
    assert all(row["page"] and row["bbox"] for row in found.lines())
    assert found.notes[0] in str(found)


def test_what_must_not_be_added_is_refused_with_the_choices(archive: akt.Workspace) -> None:
    with pytest.raises(
        akt.MixedError, match=r"rows and the sums of them: .*one choice that would do: .*side='net'"
    ) as no:
        archive.budget("kind:budget-proposal")
    (mix,) = (mix for mix in no.value.mixes if mix.option == "side")
    assert set(mix.counts) == {"net", "gross"}
    assert archive.budget("kind:budget-proposal", side="net", stage="proposal").sums


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"by": "committee,colour"}, "'colour' is nothing to sum by: use committee"),
        ({"stage": "dreamt"}, "'dreamt' is no stage of a budget"),
        ({"price_level": [2026, "26"]}, "'26' is no price level"),
        ({"unit": "æbler"}, "'æbler' is no unit"),
        ({"year": "i fjor"}, "'i fjor' is no year"),
        ({"role": ["net", "opsparing"]}, "'opsparing' is no role of a row"),
        ({"side": "both"}, "'both' is no side: use net, gross"),
        ({"signs": "-"}, "'-' is no signs: use minus, plus"),
    ],
)
def test_a_word_that_means_nothing_to_sums_is_told(archive: akt.Workspace, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        archive.budget(**asked)


def test_an_option_that_sums_do_not_have_is_no_option_that_is_passed_over(archive: akt.Workspace) -> None:
    mistaken: Any = {"committe": "Skoleudvalget"}
    with pytest.raises(TypeError, match="'committe' is nothing to ask of sums"):
        archive.budget(**mistaken)
    with pytest.raises(akt.QueryError):
        archive.budget("beløb:>=x")


def test_a_file_is_read_in_a_process_of_its_own(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read as it is here, within the limits, and a fault of the file is told of it."""
    paper = samples / "forslag-fjordby-BSU07.pdf"
    assert akt.read(paper, isolated=True) == akt.read(paper)
    note = tmp_path / "note.txt"
    note.write_text("Klagen fra 010190-1234 kom d. 3/5.\n")
    asked: dict[str, Any] = {"document_date": dt.date(2024, 1, 1), "show_identifiers": True}
    assert akt.read(note, isolated=True, **asked) == akt.read(note, **asked)

    monkeypatch.setenv("AKT_LIMITS", "memory=200MB pages=1")
    with (tmp_path / "stor.txt").open("wb") as file:
        file.truncate(250_000_000)
    told = [problem.code for problem in akt.read(tmp_path / "stor.txt", isolated=True).problems]
    assert told == ["out-of-memory" if sys.platform == "linux" else "unknown-format"]
    with pytest.raises(FileNotFoundError):
        akt.read(tmp_path / "findes-ikke.txt", isolated=True)
    monkeypatch.setenv("AKT_LIMITS", "pages=mange")
    with pytest.raises(ValueError, match="pages=mange"):
        akt.read(paper, isolated=True)


def test_a_workspace_is_read_by_processes_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As by the command: what is larger than a worker's memory is told, and takes nothing of this process."""
    monkeypatch.delenv("AKT_WORKERS", raising=False)
    monkeypatch.setenv("AKT_LIMITS", "memory=200MB")
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "note.txt").write_text("Udvalget bevilger 2 mio. kr.\n")
    with (tmp_path / "sager" / "stor.txt").open("wb") as file:
        file.truncate(250_000_000)

    report = akt.Workspace(tmp_path / "rum").ingest(tmp_path / "sager")

    wanted = {"stor.txt": "out-of-memory"} if sys.platform == "linux" else {}
    assert {failed.path: failed.code for failed in report.failures if failed.code == "out-of-memory"} == wanted
    assert report.new == 2
