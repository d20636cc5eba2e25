"""`akt records`: budget lines and problems, Danish words, and filters that hold for what is printed."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.model import (
    AgendaItem,
    Amount,
    AnyPart,
    AnyRecord,
    Body,
    Check,
    Column,
    Decision,
    Document,
    Fte,
    Line,
    LineValue,
    Problem,
    Proposal,
    Table,
    Unit,
)
from corpus.reading import Reading
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Content, Quote
from corpus.store.places import put_file
from corpus.store.writer import add_root, begin_run, put_content
from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.records import MOST_PROBLEMS, WORDS
from pipeline.export.rows import DANISH_TYPE_WORDS, TYPE_WORDS
from pipeline.extract import EXTRACTOR_VERSION
from pipeline.ingest.indexing import update_index

AKT = Path(sys.executable).with_name("akt")
SHA = "ab" * 32
TEXT = "Udvalget besluttede. Byrådet afviste. -206 000 og 1,5"


def run(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(AKT), "--workspace", str(workspace), *arguments], capture_output=True, text=True, check=False
    )


def records() -> list[AnyRecord]:
    def decision(start: int, status: str, year: int | None = None) -> Decision:
        made = {"start": start, "end": start + 5, "text": TEXT[start : start + 5], "verb": "beslutte"}
        return Decision(**made, status=status, budget_year=year)  # type: ignore[arg-type]

    value, common = Decimal(-206_000), {"source": "table", "year": 2025}
    return [
        decision(0, "decided", 2025),
        decision(21, "rejected"),
        Amount(start=38, end=46, text="-206 000", value=value, currency="DKK", role="saving", label="Drift", **common),  # type: ignore[arg-type]
        Amount(start=38, end=42, text="-206", value=Decimal(5), currency="DKK", role="income", year=2026),
        Fte(start=50, end=53, text="1,5", value=Decimal("1.5"), unit="fte"),
    ]


def tables() -> list[Table]:
    value = LineValue(
        value=Decimal(-206_000), raw="-206", year=2025, part=0, start=38, end=46, page=2, bbox=(1, 2, 3, 4)
    )
    half = LineValue(value=Decimal("1.5"), raw="1,5", column="I alt")
    one = Decimal(1)
    check = Check(rule="total", expected=one, found=one, ok=True, tolerance=Decimal(0), year=2025, unit="DKK")
    lines = [
        Line(label="Drift", group="Skoler", role="saving", unit="DKK", values=[value]),
        Line(label="Årsværk", unit="fte", values=[half]),
    ]
    unit = Unit(factor=Decimal(1000), currency="DKK", text="1.000 kr.")
    columns = [Column(label="B 2025", year=2025), Column(label="I alt")]
    told: dict[str, Any] = {"caption": "Økonomi", "price_level": 2025, "sign_note": "(-) = mindreudgift"}
    return [Table(part=0, page=1, unit=unit, columns=columns, lines=lines, checks=[check], **told)]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one document that is made by hand: a proposal, an agenda item and a body."""
    root = Workspace(tmp_path_factory.mktemp("rum")).open(create=True)
    parts: list[AnyPart] = [
        Proposal(index=0, title="Drift", text=TEXT, number="BSU7", committee="Børne- og Skoleudvalget"),
        AgendaItem(index=1, title="Punkt", text="Sagen.", number="3", committee="Byrådet"),
        Body(index=2, title=None, text="Resten."),
    ]
    problems = [
        Problem(code="unit-unknown", message="Uden enhed.", part=1, page=3),
        Problem(code="truncated", message="For lang."),
    ]
    document = Document(
        path="a.txt", sha256=SHA, media_type="text/plain", reader="text/1", extractor_version=EXTRACTOR_VERSION,
        title="Katalog", municipality="Fjordby", kind="budget-proposal", parts=parts, records=records(),
        tables=tables(), problems=problems,
    )  # fmt: skip
    content = Content(
        sha256=SHA, size=1, reading=Reading(media_type="text/plain", reader="text/1", text=TEXT), document=document,
        quotes=[Quote(found.text, 0, len(found.text)) for found in document.records], members=[],
        read_version="text/1", extract_version=EXTRACTOR_VERSION,
    )  # fmt: skip
    with open_store(sqlite_url(root.store_file)) as engine:
        with engine.begin() as connection:
            _put(connection, content)
        update_index(engine, root.index_dir)
    return root.root


def _put(connection: sa.Connection, content: Content) -> None:
    put_content(connection, content)
    folder, number = add_root(connection, "/arkiv", whole=True), begin_run(connection)
    for path in ("a.txt", "kopi/a.txt"):
        put_file(connection, root=folder, path=path, sha256=SHA, mtime_ns=1, size=1, run=number)


def found(workspace: Path, *arguments: str) -> list[dict[str, object]]:
    done = run(workspace, "records", *arguments, "--format", "jsonl")
    assert done.returncode in (ExitCode.DONE, ExitCode.NOTHING_FOUND), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_lines_are_one_row_per_value(workspace: Path) -> None:
    money, fte = found(workspace, "lines")

    assert money == {
        "id": f"{SHA[:12]}.0.line.38", "path": "a.txt", "document": "Katalog", "document_date": None,
        "municipality": "Fjordby", "body": "Børne- og Skoleudvalget", "number": "BSU7", "title": "Drift",
        "part": 0, "part_kind": "proposal", "part_title": "Drift", "part_number": "BSU7",
        "part_committee": "Børne- og Skoleudvalget", "table": 1, "caption": "Økonomi",
        "sign_note": "(-) = mindreudgift", "label": "Drift", "group": "Skoler", "role": "saving", "unit": "DKK",
        "price_level": 2025, "unit_text": "1.000 kr.", "year": 2025, "column": "B 2025", "value": "-206000",
        "value_kr": "-206000", "raw": "-206", "page": 2, "bbox": [1.0, 2.0, 3.0, 4.0], "check": "ok",
        "document_kind": "budget-proposal", "sha256": SHA, "extractor_version": EXTRACTOR_VERSION,
        "also_in": ["kopi/a.txt"],
    }  # fmt: skip
    assert (fte["value"], fte["value_kr"], fte["unit"]) == ("1.5", None, "fte")
    assert (fte["column"], fte["page"]) == ("I alt", 1)
    assert (fte["unit_text"], fte["price_level"], fte["check"]) == (None, None, "none")


def test_lines_come_in_every_format_and_can_be_shown(workspace: Path) -> None:
    (row, _) = csv.DictReader(io.StringIO(run(workspace, "records", "lines", "--format", "csv").stdout))
    table = run(workspace, "records", "linjer").stdout
    shown = run(workspace, "show", row["id"])

    assert (row["value"], row["bbox"], row["also_in"]) == ("-206000", "1.0 2.0 3.0 4.0", "kopi/a.txt")
    assert "-206.000 kr." in table
    assert "1,5 årsværk" in table
    assert shown.returncode == ExitCode.DONE
    assert "saving" in shown.stdout


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("role:saving", ["-206000"]),
        ("year:2025", ["-206000"]),
        ("amount:<0", ["-206000"]),
        ("amount:(>=200.000 role:saving year:2025)", ["-206000"]),
        ("amount:(role:saving,grant)", ["-206000"]),
        ("amount:>=±200.000", ["-206000"]),
        ("fte:1..2", ["1.5"]),
        ("year:2024,2025 amount:<0", ["-206000"]),
        ("nummer:BSU7", ["-206000", "1.5"]),
        ("type:agenda-item", []),
    ],
)
def test_lines_of_a_query(workspace: Path, query: str, values: list[str]) -> None:
    assert [row["value"] for row in found(workspace, "lines", query)] == values


def test_problems_say_their_place(workspace: Path) -> None:
    in_part, in_all = found(workspace, "problems")

    assert (in_part["id"], in_part["part"], in_part["page"]) == (f"{SHA[:12]}.1", 1, 3)
    assert (in_part["code"], in_part["message"], in_part["path"]) == ("unit-unknown", "Uden enhed.", "a.txt")
    assert (in_all["id"], in_all["code"], in_all["part"]) == (SHA[:12], "truncated", None)
    assert [row["code"] for row in found(workspace, "problems", "resten")] == ["truncated"]
    assert [row["code"] for row in found(workspace, "problemer", "sagen")] == ["unit-unknown", "truncated"]


def test_of_an_odd_document_few_problems_of_a_kind_are_printed_and_the_others_counted(tmp_path: Path) -> None:
    root = Workspace(tmp_path / "rum").open(create=True)
    problems = [Problem(code="unread-text", message=f"Side {page} er ulæselig.", page=page) for page in range(1, 13)]
    odd = Document(
        path="a.txt", sha256=SHA, media_type="text/plain", reader="text/1", extractor_version=EXTRACTOR_VERSION,
        kind="other", parts=[Body(index=0, title=None, text=TEXT)],
        problems=[Problem(code="truncated", message="For lang."), *problems],
    )  # fmt: skip
    content = Content(
        sha256=SHA, size=1, reading=Reading(media_type="text/plain", reader="text/1", text=TEXT), document=odd,
        quotes=[], members=[], read_version="text/1", extract_version=EXTRACTOR_VERSION,
    )  # fmt: skip
    with open_store(sqlite_url(root.store_file)) as engine, engine.begin() as connection:
        _put(connection, content)

    few = run(root.root, "records", "problems")
    assert few.stdout.count("er ulæselig") == MOST_PROBLEMS
    assert "… and 7 more unread-text in this document" in few.stdout
    assert "For lang." in few.stdout
    assert "  unread-text: 12 in 1 document\n  truncated: 1 in 1 document\n7 of them are not printed" in few.stderr
    every = run(root.root, "records", "problems", "--all")
    assert (every.stdout.count("er ulæselig"), "not printed" in every.stderr) == (12, False)
    assert len(found(root.root, "problems")) == 13
    assert run(root.root, "records", "amounts", "--all").returncode == ExitCode.USAGE


def test_a_record_says_its_proposal_committee_and_other_paths(workspace: Path) -> None:
    record = found(workspace, "amounts")[0]

    assert (record["part_number"], record["part_committee"]) == ("BSU7", "Børne- og Skoleudvalget")
    assert (record["label"], record["also_in"]) == ("Drift", ["kopi/a.txt"])
    header = run(workspace, "records", "amounts", "--format", "csv").stdout.splitlines()[0].split(",")
    assert {"part_number", "part_committee", "also_in", "label", "group", "column"} <= set(header)


@pytest.mark.parametrize(
    ("kind", "query", "texts"),
    [
        ("decisions", "status:rejected", ["Byråd"]),
        ("beslutninger", "status:afvist", ["Byråd"]),
        ("decisions", "udvalget AND status:decided", ["Udval"]),
        ("decisions", "status:decided OR status:rejected", ["Udval", "Byråd"]),
        ("decisions", "status:decided status:rejected", []),
        ("decisions", "år:2025", ["Udval"]),
        ("amounts", "role:saving", ["-206 000"]),
        ("amounts", "amount:>0", ["-206"]),
        ("amounts", "amount:(>=200.000 role:saving)", ["-206 000"]),
        ("amounts", "amount:(>=1 year:2026)", ["-206"]),
        ("amounts", "role:income,saving", ["-206 000", "-206"]),
        ("decisions", "amount:(>=200.000 role:saving)", []),  # it links none
        ("beløb", "år:2026", ["-206"]),
        ("amounts", "status:rejected", ["-206 000", "-206"]),
        ("årsværk", "fte:>2", []),
    ],
)
def test_filters_hold_for_the_records_themselves(workspace: Path, kind: str, query: str, texts: list[str]) -> None:
    assert [row["text"] for row in found(workspace, kind, query)] == texts


def test_every_type_has_a_danish_word() -> None:
    assert set(DANISH_TYPE_WORDS.values()) == set(TYPE_WORDS.values())
    assert {WORDS[word] for word in ("lines", "line", "linjer")} == {"line"}


# --- small manners ----------------------------------------------------------------------------------------------


def test_a_municipality_that_is_not_there_is_spelled_for_you(workspace: Path) -> None:
    done = run(workspace, "search", "kommune:Sønderbog")

    assert done.returncode == ExitCode.NOTHING_FOUND
    assert "Did you mean Sønderborg?" in done.stderr
    assert "Did you mean" not in run(workspace, "search", "kommune:Sønderborg zzxqy").stderr


def test_a_misspelled_command_is_guessed(workspace: Path) -> None:
    done = run(workspace, "seach", "x")

    assert done.returncode == ExitCode.USAGE
    assert "Did you mean 'search'?" in done.stderr


def test_an_empty_id_is_a_usage_error(workspace: Path) -> None:
    assert run(workspace, "show", " ").returncode == ExitCode.USAGE


def test_matches_are_in_the_csv_of_a_search(workspace: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run(workspace, "search", "resten", "--format", "csv").stdout))

    assert row["matches"] == "0 6"


def test_an_error_stream_without_a_reader_is_no_error(workspace: Path) -> None:
    for _ in range(3):
        reader, writer = os.pipe()
        os.close(reader)
        command = [str(AKT), "--workspace", str(workspace), "search", "resten"]
        code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=writer, check=False).returncode
        os.close(writer)

        assert code == ExitCode.DONE


@pytest.mark.parametrize("day", ["2024-03-01", "1. marts 2024", "01-03-2024", "1/3/2024"])
def test_the_document_date_is_read_in_danish_forms(workspace: Path, tmp_path: Path, day: str) -> None:
    (tmp_path / "a.txt").write_text("Vi mødes d. 3/5 på rådhuset.\n")

    done = run(workspace, "extract", str(tmp_path / "a.txt"), "--document-date", day)

    assert [r["from"] for r in json.loads(done.stdout)["records"] if r["type"] == "date"] == ["2024-05-03"]


@pytest.mark.parametrize("day", ["marts 2024", "2024", "igår", "31-02-2024", ">=2024-03-01"])
def test_no_day_is_a_usage_error_with_the_form(workspace: Path, tmp_path: Path, day: str) -> None:
    (tmp_path / "a.txt").write_text("Notat.\n")

    done = run(workspace, "extract", str(tmp_path / "a.txt"), "--document-date", day)

    assert done.returncode == ExitCode.USAGE
    assert "YYYY-MM-DD" in done.stderr


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_a_path_that_does_not_exist(workspace: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text("Notat.\n")
    own = tmp_path / "rum"

    alone = run(own, command, str(tmp_path / "ingen"))
    beside = run(own, command, str(tmp_path / "ingen"), str(tmp_path / "a.txt"))

    assert (alone.returncode, beside.returncode) == (ExitCode.USAGE, ExitCode.SOME_FAILED)
    assert "does not exist" in alone.stderr
    assert "ingen" in beside.stderr


def test_extract_masks_the_path(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "Klage_010190-1234_svar.txt"
    file.write_text("Notat.\n")

    masked, shown = run(workspace, "extract", str(file)), run(workspace, "extract", "--show-identifiers", str(file))

    assert json.loads(masked.stdout)["path"] == str(tmp_path / "Klage_010190-xxxx_svar.txt")
    assert json.loads(shown.stdout)["path"] == str(file)
