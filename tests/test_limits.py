"""Limits: set by name, told when they are met, and each in the documentation with its default."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from pathlib import Path

import hostile_files as hostile
import pytest

from corpus.limits import DEFAULT_LIMITS, LEAST_MEMORY, Budget, Limits, OverLimitError, limits_of
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

ROOT = Path(__file__).parents[1]


def test_the_documentation_has_every_limit_with_its_default() -> None:
    page = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    listed = {name: int(value) for name, value in re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)}

    assert listed == {name: getattr(DEFAULT_LIMITS, name) for name in Limits.__struct_fields__}


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        ("file_size=2GB", "file_size", 2_000_000_000),
        ("text-length = 500", "text_length", 500),
        ("seconds=20min", "seconds", 1_200),
        ("MEMORY=4gb", "memory", 4_000_000_000),
        ("pages=10_000", "pages", 10_000),
    ],
)
def test_a_limit_is_set_by_name(setting: str, name: str, value: int) -> None:
    assert getattr(limits_of([setting]), name) == value


@pytest.mark.parametrize(
    "setting", ["", "filesize=3", "pages", "pages=", "pages=-1", "pages=many", "pages=0", "=3", "memory=60MB"]
)
def test_what_is_no_limit_is_refused_with_what_can_be_typed(setting: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match=r"limit|NUMBER|at least"):
        limits_of([setting])
    assert run(["extract", "--limit", setting, __file__]) == ExitCode.USAGE
    assert "--limit" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="memory is held to its limit on Linux")
def test_the_least_memory_is_enough_for_a_small_document(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("Udvalget bevilger 2 mio. kr. til legepladser i 2025.\n")
    least = f"memory={LEAST_MEMORY // 1_000_000}MB"

    assert run(["--workspace", str(tmp_path / "rum"), "ingest", "--limit", least, str(tmp_path / "brev.txt")]) == 0


def test_a_budget_counts_all_that_is_spent_from_it() -> None:
    budget = Budget(Limits(members=2, unpacked_size=100), size=10)
    budget.count()
    budget.count()
    budget.spend(100)
    with pytest.raises(OverLimitError, match="2 members"):
        budget.count()
    with pytest.raises(OverLimitError, match="100"):
        budget.spend(1)


def test_limits_of_the_command_line_and_of_the_environment_reach_the_reader(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(hostile.zipped(("a.txt", hostile.TEXT), ("b.txt", hostile.TEXT * 40)))
    assert run(["extract", "--limit", "file_size=500", str(tmp_path / "a.zip")]) == ExitCode.SOME_FAILED
    out = json.loads(capfd.readouterr().out)
    assert [child["name"] for child in out["children"]] == ["a.txt"]
    assert [told["code"] for told in out["problems"]] == ["too-large"]

    monkeypatch.setenv("AKT_LIMITS", "members=1 depth=3")
    run(["extract", str(tmp_path / "a.zip")])
    assert len(json.loads(capfd.readouterr().out)["children"]) == 1


def test_a_wrong_limit_is_told_of_what_was_typed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(hostile.TEXT)
    assert run(["extract", "--limit", "sider=3", str(tmp_path / "a.txt")]) == ExitCode.USAGE
    assert "'--limit': 'sider' is no limit" in capfd.readouterr().err

    monkeypatch.setenv("AKT_LIMITS", "seconds=20 pages=mange")
    assert run(["extract", str(tmp_path / "a.txt")]) == ExitCode.USAGE
    said = capfd.readouterr().err
    assert "environment variable AKT_LIMITS: 'pages=mange' is not understood" in said
    assert "--limit'" not in said


def test_no_more_of_a_pipe_is_read_than_the_limit(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "--limit", "file_size=1MB", "/dev/zero"]) == ExitCode.SOME_FAILED
    assert json.loads(capfd.readouterr().out)["problems"][0]["code"] == "too-large"


def test_escapes_and_directions_in_a_document_never_reach_a_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    room, folder = tmp_path / "rum", tmp_path / "sag\u202e\x1b[31m"
    folder.mkdir()
    text = "Svømmehallen \x1b]0;ejet\x07\x1b[2J koster \u202e3 mio. kr.\u2066\n"
    (folder / "brev\x1b[5m.txt").write_text(text, encoding="utf-8")
    (folder / "a.zip").write_bytes(hostile.zipped(("b\x1b[31m\u202e.txt", b"Svommehallen igen \x1b[2J\n")))
    (folder / "linje\nskift.txt").write_text(text, encoding="utf-8")
    for command in (["ingest", str(folder)], ["search", "svømmehallen OR igen"], ["records", "amounts"], ["failures"]):
        run(["--workspace", str(room), *command])
        for shown in capfd.readouterr():
            assert not set(shown) & {"\x1b", "\x07", "\u202e", "\u2066"}


def test_special_files_and_odd_names_are_met_and_no_run_is_held_up(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    room, folder = tmp_path / "rum", tmp_path / "sag"
    folder.mkdir()
    os.mkfifo(folder / "rør")
    (folder / "ring").symlink_to(folder)
    (folder / "ud").symlink_to("/etc/passwd")
    (folder / "sig selv").symlink_to("sig selv")
    names = [b"a\xcc\x8arsrapport.txt", b"k\xf8b.txt", b"x" * 251 + b".txt", b"to\nlinjer.txt", b"-o.txt"]
    for name in names:
        (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_bytes(hostile.TEXT)
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.open(folder, os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{here}/sok")
        os.close(here)
        run(["--workspace", str(room), "ingest", str(folder)])
    capfd.readouterr()
    run(["--workspace", str(room), "status", "--format", "json"])
    assert json.loads(capfd.readouterr().out)["files"]["read"] == len(names)
