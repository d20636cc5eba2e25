"""Where the report of a run may be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from nightly import ingested, notes

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode


def test_a_report_is_not_written_among_the_documents(
    tmp_path: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = notes(tmp_path / "sager", 1)
    before = (folder / "0.txt").read_bytes()
    for report in (folder / "r.json", folder / ".." / "sager" / "0.txt"):
        assert ingested(workspace, folder, "--report", str(report)) == ExitCode.USAGE
        assert "would be read as a document: name a file outside of it." in capfd.readouterr().err
    assert ingested(workspace, folder / "0.txt", "--report", str(folder / "0.txt")) == ExitCode.USAGE
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"0.txt": before}
    assert not workspace.root.exists()


def test_a_report_beside_the_documents_or_in_the_workspace_is_written(tmp_path: Path, workspace: Workspace) -> None:
    folder = notes(tmp_path / "sager", 1)
    workspace.open(create=True)
    for report in (tmp_path / "sager.json", workspace.root / "r.json"):
        assert ingested(workspace, folder, "--report", str(report)) == ExitCode.DONE
        assert report.is_file()
    assert ingested(workspace, folder / "0.txt", "--report", str(tmp_path / "0.json")) == ExitCode.DONE
