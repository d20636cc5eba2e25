"""The `akt` command as a user runs it: a process with its own stdin, stdout, stderr and exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path
from typing import get_args

import pytest

from index import search as index_search
from pipeline.cli import search as cli_search
from pipeline.cli.app import COMMANDS
from pipeline.cli.exits import MEANING, ExitCode
from pipeline.cli.reference import reference

AKT = Path(sys.executable).with_name("akt")
ROOT = Path(__file__).resolve().parents[1]
NOTE = "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n"


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command with a bare environment, so that nothing of the machine's own setting counts."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [str(AKT), *map(str, arguments)], input=stdin, capture_output=True, env=kept | environment, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two notes and an empty file in it."""
    folder = tmp_path_factory.mktemp("sager")
    (folder / "a.txt").write_text(NOTE)
    (folder / "b.txt").write_text("Notat om svømmehaller\n\nDer spares 500.000 kr. og 1,5 årsværk i 2026.\n")
    (folder / "tom.txt").write_bytes(b"")
    made = tmp_path_factory.mktemp("rum") / "rum"
    done = run("--workspace", made, "ingest", folder)
    assert done.returncode == ExitCode.SOME_FAILED, done.stderr
    return made


# --- ingest, status, failures -----------------------------------------------------------------------------------


def test_ingest_says_what_it_did_on_stderr_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE)

    done = run("--workspace", tmp_path / "rum", "ingest", tmp_path / "a.txt")

    assert (done.returncode, done.stdout) == (ExitCode.DONE, "")
    assert "1 file: 1 new." in done.stderr
    assert "1 amount" in done.stderr


def test_failed_documents_are_listed_and_given_a_code(workspace: Path) -> None:
    done = run("--workspace", workspace, "failures", "--format", "jsonl")

    (failure,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert set(failure) == {"path", "stage", "code", "reason", "hint", "tries", "last", "root", "file"}
    assert (failure["path"], failure["code"], failure["tries"]) == ("tom.txt", "empty-file", 1)
    assert done.returncode == ExitCode.DONE


def test_a_folder_without_documents_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()

    done = run("--workspace", tmp_path / "rum", "ingest", tmp_path / "tom")

    assert done.returncode == ExitCode.NOTHING_FOUND
    assert "there are no documents in" in done.stderr


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    done = run("--workspace", tmp_path / "rum", "ingest", tmp_path / "findes-ikke")

    assert done.returncode == ExitCode.USAGE
    assert "does not exist" in done.stderr
    assert not (tmp_path / "rum").exists()


def test_status_has_the_fields_of_the_contract(workspace: Path) -> None:
    done = run("--workspace", workspace, "status", "--format", "json")

    found = json.loads(done.stdout)
    assert {"files", "documents", "parts", "records", "index", "last_run"} <= set(found)
    assert found["files"] == {"seen": 3, "read": 2, "failed": 1, "failed_inside": 0, "stale": 0, "waiting": 0}
    assert found["documents"] == 3
    assert found["records"]["amount"] == 2
    assert found["last_run"]["status"] == "done"


def test_a_second_writer_gets_code_5_and_a_name(tmp_path: Path) -> None:
    (tmp_path / "rum").mkdir()
    code = f"""
import sys, pathlib
from corpus.store.lock import workspace_lock
with workspace_lock(pathlib.Path({str(tmp_path / "rum" / "lock")!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        done = run("--workspace", tmp_path / "rum", "ingest", ROOT / "LICENSE")
        other.kill()

    assert done.returncode == ExitCode.BUSY
    assert f"process {other.pid}" in done.stderr


def test_a_damaged_store_gets_code_6_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "akt.sqlite").write_bytes(b"not a database at all, whatever its name says " * 100)

    done = run("--workspace", tmp_path, "status")

    assert done.returncode == ExitCode.DAMAGED
    assert "is damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_index_gets_code_6(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "akt.sqlite").write_bytes((workspace / "akt.sqlite").read_bytes())

    done = run("--workspace", tmp_path, "search", "legeplads")

    assert done.returncode == ExitCode.DAMAGED
    assert "--reindex" in done.stderr


@pytest.mark.parametrize("command", [("search", "legeplads"), ("records", "amounts", "legeplads")])
def test_an_index_of_another_version_is_not_called_damaged(
    workspace: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    rum = shutil.copytree(workspace, tmp_path / "rum")
    manifest = rum / "index" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 1}))

    done = run("--workspace", rum, *command)

    assert done.returncode == ExitCode.ERROR
    assert "was made by another version of Akt (format 1, now " in done.stderr
    assert "`akt ingest` of any folder makes it anew, or `akt ingest --reindex`" in done.stderr
    assert run("--workspace", rum, "ingest", "--reindex").returncode == ExitCode.DONE
    assert run("--workspace", rum, *command).returncode == ExitCode.DONE


def test_a_manifest_that_cannot_be_read_gets_code_6(workspace: Path, tmp_path: Path) -> None:
    rum = shutil.copytree(workspace, tmp_path / "rum")
    (rum / "index" / "manifest.json").write_text("{")

    done = run("--workspace", rum, "search", "legeplads")

    assert done.returncode == ExitCode.DAMAGED
    assert "is not readable" in done.stderr


def test_a_missing_workspace_says_what_to_do(tmp_path: Path) -> None:
    for command in (["search", "x"], ["status"], ["records", "amounts"], ["show", "abcd"], ["failures"]):
        done = run("--workspace", tmp_path / "ingen", *command)

        assert (done.returncode, done.stdout) == (ExitCode.ERROR, ""), command
        assert "run `akt ingest PATH` first" in done.stderr


def test_the_first_ctrl_c_finishes_the_document_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "mange"
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number:04}.txt").write_text(f"{NOTE}\nSag {number}\n")
    running = subprocess.Popen(
        [str(AKT), "--workspace", str(tmp_path / "rum"), "ingest", str(folder)], stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    store = tmp_path / "rum" / "akt.sqlite-wal"
    while time.monotonic() < deadline and not (store.exists() and store.stat().st_size > 1_000_000):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=120)

    assert running.returncode == ExitCode.INTERRUPTED, said
    assert b"goes on from here" in said
    state = json.loads(run("--workspace", tmp_path / "rum", "status", "--format", "json").stdout)
    assert 0 < state["documents"] < 1000
    assert state["index"]["waiting"] == 0
    assert run("--workspace", tmp_path / "rum", "search", "legepladser").returncode == ExitCode.DONE


# --- search, records, show --------------------------------------------------------------------------------------


def test_search_gives_hits_as_the_contract_says(workspace: Path) -> None:
    done = run("--workspace", workspace, "search", "legeplads", "--format", "jsonl")

    (hit,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert {
        *("rank", "score", "match", "id", "path", "part", "kind", "title", "date", "committee", "municipality"),
        *("page", "snippet", "matches", "also_in"),
    } <= set(hit)
    assert (hit["rank"], hit["path"], hit["part"]) == (1, "a.txt", 0)
    assert [hit["snippet"][start:end] for start, end in hit["matches"]] == ["legepladser", "legepladser"]
    assert done.stderr == "1 of 1 hit\n"


def test_search_for_people_marks_the_words(workspace: Path) -> None:
    done = run("--workspace", workspace, "search", "svømmehaller")

    assert "b.txt" in done.stdout
    assert "«svømmehaller»" in done.stdout
    assert "\x1b" not in done.stdout


def test_nothing_found_is_code_4_and_empty_data(workspace: Path) -> None:
    for form, data in (("jsonl", ""), ("table", "")):
        done = run("--workspace", workspace, "search", "zzxqy", "--format", form)

        assert (done.returncode, done.stdout) == (ExitCode.NOTHING_FOUND, data)


@pytest.mark.parametrize("query", ['"åben', "amount:>=mange", "comitee:BUU", "(a", "a AND"])
def test_a_wrong_query_is_shown_with_its_place(workspace: Path, query: str) -> None:
    for command in (["search", query], ["records", "amounts", query]):
        done = run("--workspace", workspace, *command)

        assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
        said, shown, caret = done.stderr.splitlines()[:3]
        assert said.startswith("akt: ")
        assert shown == f"  {query}"
        assert caret.strip() == "^"


def test_filters_are_options_too(workspace: Path) -> None:
    wide = run("--workspace", workspace, "search", "notat", "--min-amount", "1mio", "--format", "jsonl")
    narrow = run("--workspace", workspace, "search", "notat", "--max-amount", "1 mio", "--format", "jsonl")

    assert [json.loads(line)["path"] for line in wide.stdout.splitlines()] == ["a.txt"]
    assert [json.loads(line)["path"] for line in narrow.stdout.splitlines()] == ["b.txt"]


def test_every_sort_of_the_index_can_be_asked_for(workspace: Path) -> None:
    assert get_args(cli_search.Sort) == index_search.SORTS
    assert run("--workspace", workspace, "search", "notat", "--sort", "-amount").returncode == ExitCode.DONE


@pytest.mark.parametrize(
    ("query", "code"), [("legepladser", 0), ('"til legepladser" beløb:>=1mio', 0), ("kommune:Sønderbog", 4)]
)
def test_search_loads_neither_store_nor_language_nor_pdf(workspace: Path, query: str, code: int) -> None:
    program = f"""
import sys
from pipeline.cli.app import run
assert run(["--workspace", {str(workspace)!r}, "search", {query!r}]) == {code}
heavy = {{"spacy", "sqlalchemy", "pdfplumber", "pypdfium2", "numpy", "rich", "simplemma"}} & set(sys.modules)
sys.exit(f"loaded: {{heavy}}" if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("word", ["amounts", "amount", "AMOUNTS"])
def test_records_carry_their_context(workspace: Path, word: str) -> None:
    done = run("--workspace", workspace, "records", word, "--format", "jsonl")

    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert {
        *("id", "path", "document", "document_date", "municipality", "part_kind", "part_title", "page", "quote"),
        *("type", "part", "start", "end", "text", "bbox", "source", "value", "currency", "year"),
    } <= set(first)
    assert (first["value"], first["path"]) == ("2000000", "a.txt")
    assert first["quote"] == "Udvalget bevilger 2 mio. kr. til legepladser i 2025."
    assert second["value"] == "500000"


def test_records_of_what_a_query_finds(workspace: Path) -> None:
    done = run("--workspace", workspace, "records", "amounts", "svømmehaller", "--format", "csv")

    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["value"], row["currency"], row["path"]) == ("500000", "DKK", "b.txt")
    assert done.stderr == "1 record\n"


def test_an_unknown_type_names_the_known_ones(workspace: Path) -> None:
    done = run("--workspace", workspace, "records", "kroner")

    assert done.returncode == ExitCode.USAGE
    assert "amounts, ftes" in done.stderr


def test_show_finds_what_search_and_records_name(workspace: Path) -> None:
    hit = json.loads(run("--workspace", workspace, "search", "legeplads", "--format", "jsonl").stdout)
    record = json.loads(run("--workspace", workspace, "records", "ftes", "--format", "jsonl").stdout)

    part = run("--workspace", workspace, "show", hit["id"])
    shown = json.loads(run("--workspace", workspace, "show", record["id"], "--format", "json").stdout)
    short = run("--workspace", workspace, "show", hit["id"][:7])

    assert "Udvalget bevilger 2 mio. kr. til legepladser" in part.stdout
    assert [found["value"] for found in shown["records"]] == ["1.5"]
    assert shown["places"][0]["path"] == "b.txt"
    assert short.returncode == ExitCode.DONE
    assert "a.txt" in short.stdout
    assert "told by: year «i 2025» · role «bevilger»" in part.stdout


@pytest.mark.parametrize("wanted", ["0000deadbeef", "abc", "%%%%"])
def test_an_id_of_nothing_is_code_4(workspace: Path, wanted: str) -> None:
    done = run("--workspace", workspace, "show", wanted)

    assert (done.returncode, done.stdout) == (ExitCode.NOTHING_FOUND, "")


def test_output_files_are_whole_or_not_there(workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "beløb.csv"

    assert run("--workspace", workspace, "records", "amounts", "--format", "csv", "-o", target).stdout == ""
    assert len(target.read_text().splitlines()) == 3
    before = target.read_bytes()
    assert run("--workspace", workspace, "records", "amounts", "a AND", "-o", target).returncode == ExitCode.USAGE
    assert target.read_bytes() == before
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["beløb.csv", "beløb.csv.datapackage.json"]


def test_an_output_place_that_is_not_there_is_said_so(workspace: Path, tmp_path: Path) -> None:
    done = run("--workspace", workspace, "records", "amounts", "-o", tmp_path / "ingen" / "fil.csv")

    assert done.returncode == ExitCode.ERROR
    assert f"cannot be written: the folder {tmp_path / 'ingen'} does not exist" in done.stderr


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
