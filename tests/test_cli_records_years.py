"""`akt records`: år: is a budget year, and the day is another thing; letters that the keyboard does not have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.exits import ExitCode

AKT = Path(sys.executable).with_name("akt")
MINUTES = """Referat
Kultur- og Fritidsudvalget
Mødedato: 10. marts 2025

1. Halvdørene

Beslutning
Kultur- og Fritidsudvalget bevilgede 200.000 kr. til nye døre.
"""


def run(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(AKT), "--workspace", str(workspace), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the minutes of one meeting, ingested."""
    papers = tmp_path_factory.mktemp("papirer")
    (papers / "referat.txt").write_text(MINUTES, encoding="utf-8")
    root = tmp_path_factory.mktemp("rum") / "ws"
    assert run(root, "ingest", str(papers)).returncode == ExitCode.DONE
    return root


@pytest.mark.parametrize("query", ["aar:2025 status:vedtaget", "status:vedtaget AND år:2025 AND døre", "år:2024..2025"])
def test_where_the_budget_year_finds_nothing_the_day_is_told(workspace: Path, query: str) -> None:
    done = run(workspace, "records", "beslutninger", query)
    days = "dato:2024..2025" if ".." in query else "dato:2025"
    assert (done.returncode, done.stdout) == (ExitCode.NOTHING_FOUND, "")
    assert f"the day is {days}, which finds 1 record." in done.stderr
    assert run(workspace, "records", "beslutninger", query.replace("aar:", "dato:").replace("år:", "dato:")).stdout


@pytest.mark.parametrize("query", ["år:2019", "år:2025 status:afvist", "dato:2019", "døre OR år:2019"])
def test_nothing_is_told_of_a_day_that_finds_nothing(workspace: Path, query: str) -> None:
    assert "the day is" not in run(workspace, "records", "beslutninger", query).stderr


def test_danish_words_may_be_written_without_the_danish_letters(workspace: Path) -> None:
    assert run(workspace, "records", "beloeb").stdout == run(workspace, "records", "beløb").stdout != ""
    assert run(workspace, "records", "aarsvaerk").stderr == "0 records\n"
    assert run(workspace, "records", "årsvaerk").stderr == "0 records\n"
    assert run(workspace, "records", "Aarsværk").stderr == "0 records\n"
