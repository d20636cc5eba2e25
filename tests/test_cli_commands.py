"""The commands as they are started: extract, the terminal and its surroundings, help and documentation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from email.message import EmailMessage
from importlib.metadata import version
from pathlib import Path

import pytest
from installed import AKT, NOTE, ROOT, ingested, run

from corpus import compiled
from corpus.readers import pdf_native
from index import streams
from pipeline.cli.app import COMMANDS
from pipeline.cli.exits import MEANING, ExitCode
from pipeline.cli.reference import reference
from pipeline.tables.layout import page_native


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingested(tmp_path_factory.mktemp("sager"), tmp_path_factory.mktemp("rum") / "rum")


@pytest.mark.parametrize("wanted", ["1", "0"])
def test_the_version_tells_which_compiled_parts_are_used(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AKT_NATIVE", wanted)
    parts = {
        "reading PDFs": compiled.in_use("corpus.readers._pdf", pdf_native.INTERFACE),
        "finding tables": compiled.in_use("pipeline.tables.layout._page", page_native.INTERFACE),
        "indexing": compiled.in_use("index._terms", streams.INTERFACE),
    }

    told = run("--version", AKT_NATIVE=wanted).stdout.splitlines()

    used = ", ".join(name for name, is_used in parts.items() if is_used)
    assert told == [f"akt {version('akt')}", f"compiled parts in use: {used or 'none'}"]
    assert wanted == "1" or used == ""


# --- extract ----------------------------------------------------------------------------------------------------


def test_extract_gives_one_document_per_line(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(NOTE)

    done = run("extract", tmp_path / "a.txt", tmp_path / "b.txt")

    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert [document["path"] for document in documents] == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert all(document["schema"] == "akt/1" for document in documents)
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")


def test_extract_reads_standard_input() -> None:
    done = run("extract", "-", "--format", "json", stdin=NOTE.encode())

    document = json.loads(done.stdout)
    assert document["path"] == "-"
    assert [record["value"] for record in document["records"] if record["type"] == "amount"] == ["2000000"]


def test_short_dates_are_read_against_the_given_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Vi mødes d. 3/5 på rådhuset.\n")

    done = run("extract", tmp_path / "a.txt", "--document-date", "2024-03-01")

    assert [r["from"] for r in json.loads(done.stdout)["records"] if r["type"] == "date"] == ["2024-05-03"]


def test_cpr_numbers_are_masked_unless_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Karen Holm, cpr 010190-1234, har klaget.\n")

    masked, shown = run("extract", tmp_path / "a.txt"), run("extract", tmp_path / "a.txt", "--show-identifiers")

    assert "010190-xxxx" in masked.stdout
    assert "1234" not in masked.stdout
    assert "010190-1234" in shown.stdout


@pytest.mark.parametrize(("content", "code"), [(b"", "empty-file"), (b"%PDF-1.7\nbroken", "unreadable")])
def test_a_bad_file_is_printed_with_its_problem(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "x.pdf").write_bytes(content)

    done = run("extract", tmp_path / "x.pdf")

    assert done.returncode == ExitCode.SOME_FAILED
    assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == [code]
    assert len(done.stderr.splitlines()) == 1


def test_a_bad_attachment_is_named(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@fjordby.example", "b@fjordby.example", "Bilag"
    message.set_content("Hermed bilaget.\n")
    message.add_attachment(b"%PDF-1.7\nbroken", maintype="application", subtype="pdf", filename="bilag.pdf")
    (tmp_path / "m.eml").write_bytes(message.as_bytes())

    done = run("extract", tmp_path / "m.eml")

    assert done.returncode == ExitCode.SOME_FAILED
    assert "m.eml!bilag.pdf: " in done.stderr


def test_a_file_that_is_not_there_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE)

    done = run("extract", tmp_path / "væk.txt", tmp_path / "a.txt")

    assert done.returncode == ExitCode.SOME_FAILED
    assert json.loads(done.stdout)["path"] == str(tmp_path / "a.txt")
    assert "væk.txt: The file cannot be opened: No such file or directory." in done.stderr


def test_a_folder_is_a_usage_error_with_the_way_out(tmp_path: Path) -> None:
    done = run("extract", tmp_path)

    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert "akt ingest" in done.stderr


# --- the terminal and its surroundings --------------------------------------------------------------------------


def test_data_is_utf8_in_a_c_locale(workspace: Path) -> None:
    done = run("--workspace", workspace, "search", "svømmehaller", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")

    assert "svømmehaller" in done.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE * 5000)
    command = [str(AKT), "extract", str(tmp_path / "a.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()

        assert running.stderr.read() == b""
        assert running.wait(timeout=120) == ExitCode.DONE


def test_what_libraries_print_stays_out_of_the_data() -> None:
    code = """
import os
from pipeline.cli.output import data_output
with data_output(None) as out:
    print("noise from Python")
    os.write(1, b"noise from C\\n")
    out.write("data\\n")
print("after")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout == "data\nafter\n"
    assert "noise from Python" in done.stderr
    assert "noise from C" in done.stderr


def test_colour_needs_a_terminal_and_no_color_turns_it_off(workspace: Path) -> None:
    import pty

    def in_terminal(**environment: str) -> bytes:
        leader, follower = pty.openpty()
        subprocess.run(
            [str(AKT), "--workspace", str(workspace), "search", "legepladser"],
            stdout=follower,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "40"} | environment,
            check=True,
        )
        os.close(follower)
        shown = os.read(leader, 100_000)
        os.close(leader)
        return shown

    assert b"\x1b[1m" in in_terminal()
    assert b"\x1b" not in in_terminal(NO_COLOR="1")
    assert all(len(line) <= 40 for line in in_terminal(NO_COLOR="1").decode().splitlines())


def test_errors_have_no_traceback_unless_asked_for(tmp_path: Path) -> None:
    wrong = ["--workspace", str(tmp_path / "ingen"), "status"]

    assert "Traceback" not in run(*wrong).stderr
    assert "Traceback" in run("--debug", *wrong).stderr
    assert "Traceback" in run(*wrong, AKT_DEBUG="1").stderr


# --- help and documentation -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    short, long = run(command, "-h"), run(command, "--help")

    assert short.stdout == long.stdout
    assert f"Example: akt {command}" in " ".join(long.stdout.split()) or command == "demo"
    assert "Example: akt " in long.stdout
    assert short.returncode == ExitCode.DONE


def test_usage_errors_are_code_2() -> None:
    assert run("findes-ikke").returncode == ExitCode.USAGE
    assert run("search", "--limit", "0", "x").returncode == ExitCode.USAGE
    assert run("extract").returncode == ExitCode.USAGE
    assert run("ingest").returncode == ExitCode.USAGE


def test_the_reference_is_current() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference()


def test_every_exit_code_and_command_is_documented() -> None:
    page = reference()

    assert set(MEANING) == set(ExitCode)
    assert all(f"| {code.value} |" in page for code in ExitCode)
    assert all(f"## akt {command}\n" in page for command in COMMANDS)


def test_demo_works_on_a_fresh_install(tmp_path: Path) -> None:
    done = run("--workspace", tmp_path / "rum", "demo", HOME=str(tmp_path))

    assert done.returncode == ExitCode.DONE
    assert "$ akt --workspace" in done.stderr
    assert "amount" in done.stderr
    assert "«" in done.stdout
    assert (tmp_path / "rum" / "akt.sqlite").is_file()
