"""`akt search` where there is no workspace yet, or where its first run was killed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

NOTE = "Notat om legepladser\n\nDer er en besparelse på 2 mio. kr. i 2025.\n"


def test_a_workspace_that_is_not_there_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--count"], ["--facets"], ["--like", "abc"]):
        assert run(["--workspace", str(tmp_path / "ingen"), "search", "x", *more]) == ExitCode.ERROR
        assert "run `akt ingest PATH` first" in capfd.readouterr().err


KILLED = """
import os, sys
from pathlib import Path
from pipeline.ingest import keeping, run
keeping.Keeper.finish = lambda *_, **__: os._exit(9)
from corpus.workspace import Workspace
run.ingest(Workspace(Path(sys.argv[1])), [Path(sys.argv[2])])
"""


def test_a_first_ingest_that_was_killed_is_to_be_run_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "a.txt").write_text(NOTE)
    rum = str(tmp_path / "rum")
    killed = subprocess.run([sys.executable, "-c", KILLED, rum, str(tmp_path / "sager")], check=False)
    assert killed.returncode == 9

    for command in (["search", "legeplads"], ["records", "amounts", "legeplads"]):
        assert run(["--workspace", rum, *command]) == ExitCode.ERROR
        assert "the first `akt ingest` did not finish: run it again" in capfd.readouterr().err
    assert run(["--workspace", rum, "verify"]) == ExitCode.SOME_FAILED
    told = capfd.readouterr()
    assert "There is no index yet" in told.out
    assert "no search works before the index is there (`akt ingest` or `akt reindex`)" in told.err
    assert run(["--workspace", rum, "ingest", str(tmp_path / "sager")]) == ExitCode.DONE
    assert run(["--workspace", rum, "verify"]) == ExitCode.DONE
    assert run(["--workspace", rum, "search", "legeplads"]) == ExitCode.DONE

    shutil.rmtree(tmp_path / "rum" / "index")  # as in a copy of the store alone
    assert run(["--workspace", rum, "search", "legeplads"]) == ExitCode.ERROR
    assert "nothing is lost: `akt reindex` builds it" in capfd.readouterr().err
    assert run(["--workspace", rum, "verify"]) == ExitCode.DAMAGED
    assert run(["--workspace", rum, "reindex"]) == ExitCode.DONE
    assert run(["--workspace", rum, "search", "legeplads"]) == ExitCode.DONE
