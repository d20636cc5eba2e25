"""What the commands say to a person or a log: one line per thing, short, with the next step."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import escaped

AKT = Path(sys.executable).with_name("akt")
NOTE = "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("sager")
    (folder / "a.txt").write_text(NOTE)
    made = str(tmp_path_factory.mktemp("rum") / "rum")
    assert run(["--workspace", made, "ingest", str(folder)]) == ExitCode.DONE
    return made


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Århus – bilag «1».pdf", "Århus – bilag «1».pdf"),
        ("a\nakt: alt er godt", "a\\nakt: alt er godt"),
        ("\x1b[31mrød\t\x85\u202e", "\\x1b[31mrød\\t\\x85\\u202e"),
    ],
)
def test_control_characters_are_shown_not_obeyed(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_name_with_a_line_end_stays_on_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "tom\nalt er læst.txt").write_bytes(b"")

    assert run(["--workspace", str(tmp_path / "rum"), "ingest", str(tmp_path / "sager")]) == ExitCode.SOME_FAILED

    told = capsys.readouterr().err
    assert "sager/tom\\nalt er læst.txt: " in told
    assert not any(line.startswith("alt er") for line in told.splitlines())


@pytest.mark.parametrize("where", [0, 350, 700])
def test_a_long_wrong_query_is_cut_around_the_mistake(
    workspace: str, capsys: pytest.CaptureFixture[str], where: int
) -> None:
    words = "legepladsformand\nsvømmehalsprojekt " * 20
    query = f"{words[:where]} beløb:mange {words[where:]}"

    assert run(["--workspace", workspace, "search", query]) == ExitCode.USAGE

    lines = capsys.readouterr().err.splitlines()
    caret = next(at for at, line in enumerate(lines) if line.strip() == "^")
    assert max(map(len, lines)) <= 200
    assert lines[caret - 1][lines[caret].index("^") :].startswith(("beløb:", "mange"))


@pytest.mark.parametrize("wanted", ["../..", "a b c d", "a\nb" * 100])
def test_what_can_be_no_id_is_said_to_be_none(workspace: str, capsys: pytest.CaptureFixture[str], wanted: str) -> None:
    assert run(["--workspace", workspace, "show", wanted]) == ExitCode.NOTHING_FOUND

    told = capsys.readouterr().err
    assert "is no id: give one as search and records print it" in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("number", ["0", "1000001", "99999999999999999999"])
def test_limits_have_bounds(workspace: str, capsys: pytest.CaptureFixture[str], number: str) -> None:
    assert run(["--workspace", workspace, "search", "legeplads", "--limit", number]) == ExitCode.USAGE
    assert "1000000" in capsys.readouterr().err


def test_an_empty_workspace_name_is_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["--workspace", "", "ingest", "x"]) == ExitCode.USAGE
    assert "the name of the folder is empty" in capsys.readouterr().err
    assert run(["--workspace", ".", "status"]) == ExitCode.ERROR
    assert list(tmp_path.iterdir()) == []


def test_documents_with_problems_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "a.txt").write_bytes(f"{NOTE}Mødet er den 31. februar 2025.\n".encode())

    ingest = ["--workspace", str(tmp_path / "rum"), "ingest", str(tmp_path / "sager")]
    run(ingest)

    told = capsys.readouterr().err
    assert "In the workspace, 1 document has problems: see `akt records problems`." in told
    assert "in part" not in told

    run(ingest)
    assert "In the workspace, 1 document has problems, as before: see" in capsys.readouterr().err
    (tmp_path / "sager" / "b.txt").write_bytes(f"{NOTE}Mødet er den 30. februar 2025.\n".encode())
    run(ingest)
    assert "In the workspace, 2 documents have problems, 1 of them read in this run: see" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "said"), [(1, "1 document was"), (7, "7 documents were")])
def test_documents_read_in_part_are_named_and_no_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int, said: str
) -> None:
    (tmp_path / "sager").mkdir()
    for each in range(number):
        (tmp_path / "sager" / f"{each}.txt").write_text(f"Sag {each}. {NOTE}")
    (tmp_path / "sager" / "kort.txt").write_text("Kort.\n")
    asked = ["--workspace", str(tmp_path / "rum"), "ingest", "--limit", "text_length=40", str(tmp_path / "sager")]

    for _ in range(2):  # the second run reads nothing and says it again
        assert run(asked) == ExitCode.DONE
        told = capsys.readouterr().err
        assert f"\n{said} read in part only:\n  sager/0.txt: The text has " in told
        assert told.count("only the first 40 were read") == min(number, 5)
        assert ("  … and 2 more: see `akt records problems`." in told) == (number == 7)
        assert "failed" not in told


def test_a_document_that_failed_is_not_said_to_be_read_in_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "blank.txt").write_text(f"{' ' * 60}{NOTE}")
    asked = ["--workspace", str(tmp_path / "rum"), "ingest", "--limit", "text_length=40", str(tmp_path / "sager")]

    assert run(asked) == ExitCode.SOME_FAILED
    told = capsys.readouterr().err
    assert "1 file failed:" in told
    assert "in part" not in told


def test_sigterm_finishes_the_document_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "mange"
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number:04}.txt").write_text(f"{NOTE}\nSag {number}\n")
    root = str(tmp_path / "rum")
    running = subprocess.Popen([str(AKT), "--workspace", root, "ingest", str(folder)], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    store = tmp_path / "rum" / "akt.sqlite-wal"
    while time.monotonic() < deadline and not (store.exists() and store.stat().st_size > 1_000_000):
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=120)

    assert running.returncode == ExitCode.TERMINATED, said
    assert b"Stopped." in said
    assert b"not reached" in said
    done = subprocess.run(
        [str(AKT), "--workspace", root, "status", "--format", "json"], capture_output=True, check=True
    )
    state = json.loads(done.stdout)
    assert 0 < state["documents"] < 1000
    assert state["index"]["waiting"] == 0
