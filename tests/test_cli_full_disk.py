"""What is written to a disk without room is named, and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from nightly import akt, ingested, notes

from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.is_char_device(), reason="Linux has a device that is always full")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "rum")
    assert ingested(made, notes(tmp_path / "sager", 1)) == ExitCode.DONE
    return made


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_file_that_does_not_fit_is_named(workspace: Workspace, capfd: pytest.CaptureFixture[str], form: str) -> None:
    code = akt(workspace, "records", "amounts", "--format", form, "--no-descriptor", "-o", FULL)

    told = capfd.readouterr().err
    assert code == ExitCode.ERROR
    assert f"{FULL} cannot be written: there is no room left" in told
    assert "run the same command again" in told


def test_an_output_that_does_not_fit_says_what_to_do(workspace: Workspace) -> None:
    command = [sys.executable, "-c", "import sys; from pipeline.cli.app import run; sys.exit(run(sys.argv[1:]))"]
    command += ["--workspace", str(workspace.root), "records", "amounts", "--format", "csv"]
    with FULL.open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=os.environ, check=False)

    assert done.returncode == ExitCode.ERROR
    assert b"no room left" in done.stderr
