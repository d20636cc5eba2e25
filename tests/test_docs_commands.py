"""Every command in the documentation is run, and prints what the page says it prints.

Of README.md and docs/*.md each ```sh block is run, from the top of the page to its end, in a folder with the samples
(`papirer`). A ```text block right below it is what it prints: "…" stands for anything in its line, a line of nothing
else for any lines. An exit code other than 0 is said behind the command (`# exit code 7`). Above a block that cannot
be run here stands ``<!-- not run: the reason -->``.

A line that is a plain `akt` command is run in this process, which saves most of its time; all others by `bash -e`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click
import pytest

from pipeline.cli.app import akt, run

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8")
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
}
FROM_NOTHING = {"README.md", "docs/howto.md", *(name for name in PAGES if name.startswith("docs/tutorial-"))}
"""Pages that copy and read the samples themselves."""
MARKED = {"README.md": 1, "docs/batch.md": 1}
"""How many blocks of each page are not run."""

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"<!-- not run:?(.*?)-->\s*\Z", re.DOTALL)
CODE = re.compile(r"(?<!`)`(akt [^`\n]+)`(?!`)")
WORD = r"""(?:'[^']*'|"[^"$`\\]*"|[\w./:=@,%+-])+"""
PLAIN = re.compile(rf"akt(?: +{WORD})*(?: +#.*)?")
EXIT_CODE = re.compile(r" +# exit code (\d+).*$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """Commands, the line they stand at, what they print (None: not said), and why they are not run (None: they are)."""

    line: int
    commands: str
    prints: str | None
    reason: str | None


def blocks(page: str) -> Iterator[Block]:
    fences = list(FENCE.finditer(page))
    for fence, after in itertools.zip_longest(fences, fences[1:]):
        if fence[1] != "sh":
            continue
        below = after is not None and after[1] == "text" and not page[fence.end() : after.start()].strip()
        mark = MARK.search(page[: fence.start()])
        yield Block(
            page.count("\n", 0, fence.start()) + 1,
            fence[2],
            after[2] if after is not None and below else None,
            mark[1].strip() if mark else None,
        )


# --- running ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def taken() -> Iterator[BinaryIO]:
    """What is written to standard output and error meanwhile goes to one file: Akt writes its data to descriptor 1."""
    kept = os.dup(1), os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            with (
                open(1, "w", encoding="utf-8", closefd=False, buffering=1) as out,
                open(2, "w", encoding="utf-8", closefd=False, buffering=1) as err,
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
            ):
                yield file
        finally:
            for descriptor, former in enumerate(kept, start=1):
                os.dup2(former, descriptor)
                os.close(former)


def in_this_process(command: str) -> str:
    """Runs a plain `akt` command and gives what it prints."""
    expected = EXIT_CODE.search(command)
    with taken() as file:
        code = run(shlex.split(command, comments=True)[1:])
        file.seek(0)
        printed = file.read().decode()
    assert code == int(expected[1] if expected else 0), f"{command}: exit code {code}\n{printed}"
    return printed


def by_bash(script: str, folder: Path) -> str:
    """Runs `script`, takes over the variables that it exports, and gives what it prints."""
    script = EXIT_CODE.sub(r" || [ $? -eq \1 ]", script)
    done = subprocess.run(
        ["bash", "-e", "-c", f"{script}\nenv -0 > '{folder}.variables'"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    printed = done.stdout.decode()
    assert done.returncode == 0, f"{script}\nexit code {done.returncode}\n{printed}"
    for pair in Path(f"{folder}.variables").read_text(encoding="utf-8").split("\0"):
        if pair.startswith("AKT_"):
            name, _, value = pair.partition("=")
            os.environ[name] = value
    return printed


def printed_by(block: Block, folder: Path) -> str:
    lines = block.commands.splitlines()
    if "<<" in block.commands or not all(PLAIN.fullmatch(line) or whole(line) for line in lines):
        return by_bash(block.commands, folder)
    return "".join(in_this_process(line) if PLAIN.fullmatch(line) else by_bash(line, folder) for line in lines)


def whole(line: str) -> bool:
    """Whether the line is a command by itself, and not a piece of one."""
    return not line.endswith("\\") and subprocess.run(["bash", "-n", "-c", line], capture_output=True).returncode == 0


def agree(said: str, printed: str) -> bool:
    """Whether the lines that are said are those that are printed, blank ones at the ends aside."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    reached = {0}  # after how many of the lines printed what is said so far may end
    for line in said.strip("\n").splitlines():
        if line.strip() == "…":
            reached = set(range(min(reached, default=len(lines) + 1), len(lines) + 1))
        else:
            pattern = re.compile(".*".join(map(re.escape, line.rstrip().split("…"))))
            reached = {at + 1 for at in reached if at < len(lines) and pattern.fullmatch(lines[at])}
    return len(lines) in reached


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, and the workspace that they were read into."""
    folder = tmp_path_factory.mktemp("docs")
    with contextlib.chdir(folder):
        in_this_process("akt demo --samples papirer")
        in_this_process("akt --workspace arkiv ingest --quiet papirer")
    return folder


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if any(not b.reason for b in blocks(page))])
def test_the_commands_of_a_page_run_and_print_what_it_says(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if name not in FROM_NOTHING:
        shutil.copytree(request.getfixturevalue("archive"), home, dirs_exist_ok=True)
    monkeypatch.chdir(home)
    monkeypatch.setenv("AKT_WORKSPACE", str(home / "arkiv"))
    monkeypatch.setenv("AKT_WORKERS", "0")
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    wrong = []
    for block in blocks(PAGES[name]):
        if block.reason is not None:
            continue
        printed = printed_by(block, tmp_path / "bash")
        if block.prints is not None and not agree(block.prints, printed):
            wrong.append(f"--- {name}, line {block.line}: {block.commands}--- prints\n{printed}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


# --- what is said beside the blocks -----------------------------------------------------------------------------


def test_what_is_not_run_has_a_reason() -> None:
    marked = {name: [b for b in blocks(page) if b.reason is not None] for name, page in PAGES.items()}

    assert {name: len(found) for name, found in marked.items() if found} == MARKED
    for name, found in marked.items():
        for block in found:
            assert len(block.reason or "") > 20, f"{name}, line {block.line}: no reason is given"
        assert len(re.findall("<!-- not run", PAGES[name])) == len(found), f"{name}: a mark stands above no block"


def test_no_command_hides_in_a_block_of_another_kind() -> None:
    for name, page in PAGES.items():
        for fence in FENCE.finditer(page):
            if fence[1] not in ("sh", "cron", "ini"):
                prompt = r"\$ akt " if fence[1] == "text" else r"(?:\$ )?(?:AKT_\w+=\S+ )?akt "
                assert not re.search(f"^{prompt}", fence[2], re.MULTILINE), f"{name}: {fence[0]}"


def named(typed: str) -> tuple[click.Command, list[str]]:
    """The command that is meant by what is typed, and the words behind its name."""
    words = shlex.split(typed)[1:]
    command: click.Command = akt
    while isinstance(command, click.Group):
        if words[:1] == ["--workspace"]:
            words = words[2:]
        if not words or words[0].startswith("-") or words[0] == "…":
            break
        deeper = command.get_command(click.Context(command), words[0])
        assert deeper is not None, f"{typed}: there is no such command"
        command, words = deeper, words[1:]
    return command, words


def test_commands_within_sentences_have_the_options_they_name() -> None:
    seen = 0
    for name, page in PAGES.items():
        for code in CODE.findall(FENCE.sub("", page)):
            command, words = named(code)
            has = {opt for param in command.params for opt in [*param.opts, *param.secondary_opts]} | {"--help", "-h"}
            words = words[: words.index("--")] if "--" in words else words
            unknown = [word for word in words if re.match("--?[a-z]", word) and word.split("=")[0] not in has]
            assert not unknown, f"{name}: {code}"
            seen += 1
    assert seen > 100


def examples(command: click.Command) -> Iterator[str]:
    yield from re.findall(r"^\s*(?:Examples?: +)?(akt .*)$", command.help or "", re.MULTILINE)
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            deeper = command.get_command(click.Context(command), name)
            assert deeper is not None
            yield from examples(deeper)


def test_the_examples_of_the_help_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "snapshot-2026-11").mkdir()
    for name in ("virksomheder.csv", "navne.txt", "forslag.pdf", "forslag-v1.pdf", "forslag-v2.pdf"):
        (tmp_path / name).write_bytes(b"")
    found = list(examples(akt))
    assert len(found) > 25
    for example in found:
        command, words = named(example.split(" && ")[0])
        command.make_context(command.name, words)
