"""`akt failures` into files of typed columns; what it writes of old is as it was."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from corpus.workspace import Workspace
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.state import status_lines
from pipeline.export.tables import failure_lines
from pipeline.ingest.status import standing_failures, status


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("sager")
    (folder / "ødelagt.pdf").write_bytes(b"%PDF-1.7\nikke mere")
    made = str(tmp_path_factory.mktemp("rum") / "rum")
    assert run(["--workspace", made, "ingest", str(folder)]) == ExitCode.SOME_FAILED
    return made


def test_every_format_says_the_same(workspace: str, tmp_path: Path) -> None:
    files = {form: tmp_path / f"mangler.{form}" for form in ("jsonl", "csv", "tsv", "xlsx", "parquet")}
    for file in files.values():
        assert run(["--workspace", workspace, "failures", "-o", str(file)]) == ExitCode.DONE

    told = json.loads(files["jsonl"].read_text(encoding="utf-8"))
    assert (told["path"], told["tries"]) == ("ødelagt.pdf", 1)
    assert pq.read_table(files["parquet"]).to_pylist() == [told]
    printed = {name: str(value) for name, value in told.items()}
    for form, between in (("csv", ","), ("tsv", "\t")):
        with files[form].open(encoding="utf-8-sig", newline="") as lines:
            assert list(csv.DictReader(lines, delimiter=between)) == [printed]
    heading, row = openpyxl.load_workbook(files["xlsx"])["failures"].iter_rows(values_only=True)
    assert dict(zip(map(str, heading), map(str, row), strict=True)) == printed
    described = {path.name for path in tmp_path.glob("*.datapackage.json")}
    assert described == {f"mangler.{form}.datapackage.json" for form in ("tsv", "xlsx", "parquet")}


def test_people_get_the_same_lines_on_the_screen(workspace: str, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run(["--workspace", workspace, "failures"]) == ExitCode.DONE
    assert "ødelagt.pdf" in capfd.readouterr().out


def test_a_narrow_terminal_breaks_what_is_said_and_no_path(workspace: str) -> None:
    room = Workspace(Path(workspace))
    failures = standing_failures(room)
    for columns in (40, 60):
        lines = "".join(failure_lines(failures, columns)).splitlines()
        assert lines[0].endswith("/ødelagt.pdf")
        assert max(map(len, lines[1:])) <= columns
        broken = status_lines(status(room), columns).splitlines()
        assert max(len(line) for line in broken if not line.startswith("workspace")) <= columns
        assert " ".join(" ".join(broken).split()) == " ".join(status_lines(status(room)).split())


def test_a_limit_without_a_retry_is_refused(
    workspace: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["--workspace", workspace, "failures", "--limit", "seconds=1h"]) == ExitCode.USAGE
    assert "--limit wants --retry" in capfd.readouterr().err
    monkeypatch.setenv("AKT_LIMITS", "seconds=1h")
    assert run(["--workspace", workspace, "failures"]) != ExitCode.USAGE
