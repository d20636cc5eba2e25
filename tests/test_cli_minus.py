"""A limit above nought leaves out what tables print with a minus: each command that reads a query says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

TOLD = re.compile(r"(\d+) more (\w+) ha(?:s|ve) such a number with a minus")


@pytest.fixture(scope="module")
def workspace(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rum")
    names = ("katalog-fjordby-2026.pdf", "forslag-fjordby-BSU07.pdf", "notat-faelder.txt")
    assert run(["--workspace", str(place), "ingest", *(str(samples / name) for name in names)]) == ExitCode.DONE
    return place


def asked(workspace: Path, capfd: pytest.CaptureFixture[str], *words: str) -> tuple[list[str], str]:
    capfd.readouterr()
    run(["--workspace", str(workspace), *words])
    said = capfd.readouterr()
    return said.out.splitlines(), said.err


@pytest.mark.parametrize("kind", ["lines", "amounts"])
@pytest.mark.parametrize("query", ["role:saving amount:>=500.000", "amount:>=500.000 kind:budget-catalogue"])
def test_so_many_rows_are_left_out_as_are_told(
    workspace: Path, capfd: pytest.CaptureFixture[str], kind: str, query: str
) -> None:
    some, said = asked(workspace, capfd, "records", kind, query, "--format", "jsonl")
    every, nothing_more = asked(workspace, capfd, "records", kind, query.replace(">=", ">=±"), "--format", "jsonl")
    told = TOLD.search(said)
    assert told is not None
    assert len(every) - len(some) == int(told[1]) > 0
    assert TOLD.search(nothing_more) is None


@pytest.mark.parametrize("command", ["tables", "budget"])
def test_tables_and_sums_say_it_too(workspace: Path, capfd: pytest.CaptureFixture[str], command: str) -> None:
    assert TOLD.search(asked(workspace, capfd, command, "role:saving amount:>=500.000")[1])
    assert not TOLD.search(asked(workspace, capfd, command, "role:saving amount:<=-500.000")[1])
    assert not TOLD.search(asked(workspace, capfd, command, "role:saving")[1])
