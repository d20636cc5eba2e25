"""A narrow terminal: nothing that is printed for people is wider, and a pipe gets each row on its line."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.app import COMMANDS, run
from pipeline.cli.exits import ExitCode
from pipeline.export.layout import beside_or_below, in_columns
from pipeline.export.safety import width

AKT = Path(sys.executable).with_name("akt")
COLUMNS = 60
SUMS = ["budget", "--by", "committee", "--stage", "proposal", "--price-level", "2026", "--net"]


@pytest.fixture(scope="module")
def workspace(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rum")
    names = ("katalog-fjordby-2026.pdf", "forslag-fjordby-BSU07.pdf", "forslag-fjordby-KFU04-sumfejl.pdf")
    files = [
        str(samples / name) for name in (*names, "forslag-fjordby-SSU12.txt", "referat-fjordby-KFU-2024-06-04.pdf")
    ]
    text = (samples / "forslag-fjordby-SSU12.txt").read_text(encoding="utf-8")
    (place / "ny-udgave-af-forslaget-om-digital-tilmelding.txt").write_text(text.replace("-380", "-390"))
    files.append(str(place / "ny-udgave-af-forslaget-om-digital-tilmelding.txt"))
    assert run(["--workspace", str(place / "ws"), "ingest", *files]) == ExitCode.DONE
    assert run(["--workspace", str(place / "ws"), "saved", "add", "vikarer", "vikarer OR besparelse"]) == ExitCode.DONE
    return place / "ws"


def on_terminal(workspace: Path, *arguments: str) -> list[str]:
    """The lines that a terminal of :data:`COLUMNS` columns gets on stdout."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    command = [str(AKT), "--workspace", str(workspace), *arguments]
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=child, stderr=subprocess.DEVNULL, env=environment):
        os.close(child)
        pieces = []
        try:
            while piece := os.read(parent, 65_536):
                pieces.append(piece)
        except OSError:  # the end of a terminal's other side
            pass
    os.close(parent)
    return b"".join(pieces).decode().replace("\r\n", "\n").split("\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["records", "amounts", "besparelse"],
        ["records", "lines"],
        ["tables", "--all"],
        SUMS,
        [*SUMS, "--lines"],
        [*SUMS, "--left-out"],
        ["check", "--all"],
        ["duplicates", "--at-least", "60"],
        ["saved", "list"],
        ["saved", "run"],
        ["status"],
        ["status", "--coverage"],
    ],
    ids=" ".join,
)
def test_no_line_is_wider_than_the_terminal(workspace: Path, arguments: list[str]) -> None:
    """But for a path, which is never cut."""
    lines = on_terminal(workspace, *arguments)
    assert len(lines) > 3
    assert [line for line in lines if width(line) > COLUMNS and str(workspace) not in line] == []


def test_what_is_said_of_a_part_is_not_wider(workspace: Path) -> None:
    """The text of the part stays as the paper has it."""
    search = on_terminal(workspace, "search", "kind:minutes", "--format", "jsonl", "--limit", "1")
    part = json.loads("".join(search))["id"]
    shown = on_terminal(workspace, "show", part)
    text = json.loads("".join(on_terminal(workspace, "show", part, "--format", "json")))["parts"][0]["text"]
    assert sum("[" + part + "." in line for line in shown) > 1
    assert [line for line in shown if width(line) > COLUMNS and line.strip() not in text] == []


def test_a_comparison_is_not_wider(workspace: Path, samples: Path) -> None:
    one, other = samples / "forslag-fjordby-SSU12.txt", next(workspace.parent.glob("ny-*.txt"))
    lines = on_terminal(workspace, "compare", str(one), str(other))
    assert any("->" in line for line in lines)
    assert [line for line in lines if width(line) > COLUMNS] == []


@pytest.mark.parametrize("columns", [50, 72])
def test_hits_in_a_pipe_are_as_wide_as_the_environment_says(workspace: Path, columns: int) -> None:
    command = [str(AKT), "--workspace", str(workspace), "search", "vikarer", "--facets"]
    environment = {**os.environ, "COLUMNS": str(columns)}
    lines = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()
    assert max(map(width, lines)) in range(columns - 12, columns + 1)


def test_a_pipe_gets_each_row_on_one_line(workspace: Path) -> None:
    command = [str(AKT), "--workspace", str(workspace), *SUMS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "60"})
    rows = done.stdout.splitlines()[2:]
    assert rows
    assert all("udvalget" in row and row.rstrip()[-1].isdigit() for row in rows)


TEXT = st.lists(st.text("abcd", min_size=1, max_size=10), min_size=1, max_size=6).map(" ".join)
FIGURE = st.integers(-(10**9), 10**9).map(str)


@given(st.lists(st.tuples(TEXT, TEXT, FIGURE, FIGURE), min_size=1, max_size=5), st.integers(30, 140))
def test_whatever_the_room_no_figure_and_no_word_is_lost(rows: list[tuple[str, ...]], columns: int) -> None:
    printed = in_columns([("udvalg", "titel", "2026", "2027"), *rows], 2, columns)
    words = Counter(word for row in rows for cell in row for word in cell.split())
    assert words - Counter(printed.replace("·", " ").split()) == Counter()
    assert Counter(beside_or_below(rows, columns).split()) == words
    for text in (printed, beside_or_below(rows, columns)):
        assert all(width(line) <= columns for line in text.split("\n"))


@pytest.mark.parametrize("command", [*COMMANDS, "saved add"])
def test_help_is_no_wider_and_its_examples_are_still_the_same_commands(command: str, workspace: Path) -> None:
    lines = on_terminal(workspace, *command.split(), "--help")
    assert [line for line in lines if width(line) > COLUMNS] == []

    wide = {**os.environ, "COLUMNS": "100"}
    asked = [str(AKT), *command.split(), "--help"]
    whole = subprocess.run(asked, capture_output=True, text=True, check=True, env=wide).stdout
    assert examples("\n".join(lines).replace("\\\n", "")) == examples(whole)


def examples(shown: str) -> list[list[str]]:
    """The words of the commands that a help gives as examples, as a shell takes them."""
    _, _, below = shown.partition("Example:")
    return [shlex.split(line) for line in below.partition("\n\n")[0].split("\n")]


def test_the_searches_of_a_file_are_listed_at_a_terminal_and_are_rows_in_a_pipe(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    queries = tmp_path / "søgninger.csv"
    queries.write_text("query,mit\nvikarkorps,a\nbeløb:>=x,b\nxyzzyqq,c\n", encoding="utf-8")

    lines = on_terminal(workspace, "batch-search", str(queries))
    assert [line for line in lines if width(line) > COLUMNS] == []
    assert lines[:2] == ["2: vikarkorps", "  1 hit"]
    assert any("forslag-fjordby-BSU07.pdf, page 1" in line for line in lines)
    assert "Not answered: 'x' is no number" in " ".join(lines)
    assert lines[-3:] == ["4: xyzzyqq", "  0 hits", ""]

    capfd.readouterr()
    assert run(["--workspace", str(workspace), "batch-search", str(queries)]) == ExitCode.SOME_FAILED
    assert capfd.readouterr().out.startswith("line,mit,query,total,total_all,error,rank,")
    counts = on_terminal(workspace, "batch-search", str(queries), "--counts")
    assert counts[:3] == ["2: vikarkorps", "  1 hit", "3: beløb:>=x"]
