"""Exports of the samples: every figure leads to its place, the descriptor is true of its file, spreadsheets read it."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import hashlib
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pypdfium2 as pdfium
import pytest

from corpus.model import Cell, Document, Table
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.grids import tables_of
from pipeline.export.sheets import CELLS
from pipeline.export.table_book import write_table_book

AKT = Path(sys.executable).with_name("akt")


@pytest.fixture(scope="module")
def workspace(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the samples that have tables, as far as they have pages, and two more."""
    root = tmp_path_factory.mktemp("rum")
    wanted = [
        "forslag-*.pdf",
        "katalog-*.pdf",
        "regnskab-*.pdf",
        "investeringer-*.pdf",
        "forslag-*.txt",
        "referat-*.txt",
    ]
    files = [str(path) for pattern in wanted for path in sorted(samples.glob(pattern))]
    assert run(["--workspace", str(root), "ingest", *files, str(samples / "mail-med-bilag.eml")]) == ExitCode.DONE
    return root


def exported(workspace: Path, target: Path, *arguments: str) -> Path:
    assert run(["--workspace", str(workspace), *arguments, "-o", str(target)]) == ExitCode.DONE
    return target


# --- every figure leads to its place --------------------------------------------------------------------------------


@functools.cache
def page_of(path: Path, number: int) -> Any:
    document = pdfium.PdfDocument(path)
    return document, document[number - 1].get_textpage(), document[number - 1].get_height()


def printed_in(path: Path, number: int, box: dict[str, float]) -> str:
    """What stands in a box of a page, read anew by pdfium, without blanks."""
    _, text, height = page_of(path, number)
    sides = {"left": box["x0"], "right": box["x1"], "top": height - box["top"], "bottom": height - box["bottom"]}
    return "".join(text.get_text_bounded(**sides).split())


@pytest.mark.parametrize(
    ("kind", "printed", "least"), [("lines", "raw", 500), ("amounts", "text", 500), ("ftes", "text", 50)]
)
def test_the_figure_stands_in_its_box(
    workspace: Path, samples: Path, tmp_path: Path, kind: str, printed: str, least: int
) -> None:
    rows = pq.read_table(exported(workspace, tmp_path / f"{kind}.parquet", "records", kind)).to_pylist()

    paged = [row for row in rows if row["path"].endswith(".pdf") and "!" not in row["path"]]
    assert len(paged) >= least
    for row in paged:
        found = printed_in(samples / row["path"], row["page"], row["bbox"])
        assert "".join(row[printed].split()) in found, row
        assert row["sha256"] == checksum(samples / row["path"])


@functools.cache
def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_line_of_a_page_has_page_and_box(workspace: Path, tmp_path: Path) -> None:
    rows = pq.read_table(exported(workspace, tmp_path / "lines.parquet", "records", "lines")).to_pylist()

    assert not [row for row in rows if row["path"].endswith(".pdf") and (row["page"] is None or row["bbox"] is None)]
    assert {row["unit"] for row in rows if row["value_kr"] is None} == {"fte"}
    assert all(row["value_kr"] == row["value"] for row in rows if row["unit"] == "DKK")


def test_a_line_has_the_heading_that_the_amount_has(workspace: Path, tmp_path: Path) -> None:
    lines = pq.read_table(exported(workspace, tmp_path / "l.parquet", "records", "lines")).to_pylist()
    amounts = pq.read_table(exported(workspace, tmp_path / "a.parquet", "records", "amounts")).to_pylist()
    headed = {(row["sha256"], row["part"], row["start"]): row for row in amounts if row["source"] == "table"}

    money = [row for row in lines if row["unit"] == "DKK"]
    assert len(money) > 400
    for row in money:
        amount = headed[row["sha256"], row["part"], int(row["id"].rpartition(".")[2])]
        assert (row["column"], row["value"], row["year"]) == (amount["column"], amount["value"], amount["year"])


# --- the descriptor -------------------------------------------------------------------------------------------------


def cells_of(file: Path, resource: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The rows of a delimited file as its descriptor says it is to be read."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened, delimiter=resource["dialect"]["delimiter"])


def as_told(field: dict[str, Any], cell: str) -> object:
    """The cell as its field says it is. Raises ValueError where it is not."""
    if cell == "":
        assert not field.get("constraints", {}).get("required"), field
        return None
    if field["type"] == "number":
        return Decimal(cell.replace(field.get("decimalChar", "."), "."))
    if field["type"] == "boolean":
        return {"true": True, "false": False}[cell]
    if field["type"] == "date":
        return dt.date.fromisoformat(cell)
    return {"integer": int, "string": str}[field["type"]](cell)


@pytest.mark.parametrize(("name", "options"), [("l.csv", []), ("l.tsv", []), ("da.csv", ["--excel-da"])])
@pytest.mark.parametrize("kind", ["lines", "amounts", "decisions"])
def test_a_delimited_file_is_what_its_descriptor_says(
    workspace: Path, tmp_path: Path, kind: str, name: str, options: list[str]
) -> None:
    file = exported(workspace, tmp_path / name, "records", kind, "vikarer OR skole*", *options)

    package = json.loads((tmp_path / f"{name}.datapackage.json").read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    assert (resource["path"], resource["bytes"]) == (name, file.stat().st_size)
    assert resource["hash"] == f"sha256:{checksum(file)}"
    assert package["akt"]["query"] == "vikarer OR skole*"
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    rows = list(cells_of(file, resource))
    assert len(rows) == package["akt"]["rows"] > 0
    assert {row["extractor_version"] for row in rows} == set(package["akt"]["extractor_versions"])
    for row in rows:
        assert list(row) == list(fields)
        read = {name: as_told(fields[name], cell) for name, cell in row.items()}
        for column, field in fields.items():
            assert read[column] is None or read[column] in field.get("constraints", {}).get("enum", [read[column]])


def test_every_format_has_the_same_figures_and_true_types(workspace: Path, tmp_path: Path) -> None:
    files = {
        form: exported(workspace, tmp_path / f"l.{form}", "records", "lines") for form in ("parquet", "jsonl", "csv")
    }
    fields = {form: described(file) for form, file in files.items()}
    schema = pq.read_schema(files["parquet"])
    rows = [json.loads(line) for line in files["jsonl"].read_text(encoding="utf-8").splitlines()]

    arrow = {"string": pa.string(), "integer": pa.int64(), "number": pa.decimal128(38, 10), "date": pa.date32()}
    for field in fields["parquet"]:
        assert arrow.get(field["type"], schema.field(field["name"]).type) == schema.field(field["name"]).type
        assert schema.field(field["name"]).nullable == (not field.get("constraints", {}).get("required", False))
    python = {"string": str, "integer": int, "number": str, "date": str, "array": list}
    for row in rows:
        assert list(row) == [field["name"] for field in fields["jsonl"]]
        assert all(isinstance(row[f["name"]], (python[f["type"]], type(None))) for f in fields["jsonl"])
    of_parquet = pq.read_table(files["parquet"]).column("value").to_pylist()
    of_csv = [Decimal(row["value"]) for row in csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8")))]
    assert of_parquet == of_csv == [Decimal(row["value"]) for row in rows]


def described(file: Path) -> list[dict[str, Any]]:
    package = json.loads(Path(f"{file}.datapackage.json").read_text(encoding="utf-8"))
    fields: list[dict[str, Any]] = package["resources"][0]["schema"]["fields"]
    return fields


def test_a_descriptor_is_not_written_where_it_is_not_wanted_and_an_old_one_is_told(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    exported(workspace, tmp_path / "l.csv", "records", "lines", "--no-descriptor")
    assert [path.name for path in tmp_path.iterdir()] == ["l.csv"]
    exported(workspace, tmp_path / "l.csv", "records", "lines")
    capfd.readouterr()
    exported(workspace, tmp_path / "l.csv", "records", "lines", "--no-descriptor")
    assert "l.csv.datapackage.json describes an earlier l.csv" in capfd.readouterr().err


# --- formats and files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "l.ods"], "No .ods is written here"),
        (["-o", "l.csv", "--format", "xlsx"], "contradict each other"),
        (["-o", "l.txt", "--format", "parquet"], "contradict each other"),
        (["--excel-da", "-o", "l.xlsx"], "--excel-da is for csv"),
        (["--excel-da", "--format", "jsonl"], "--excel-da is for csv"),
    ],
)
def test_contradictions_are_refused(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    arguments: list[str], told: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)

    assert run(["--workspace", str(workspace), "records", "lines", *arguments]) == ExitCode.USAGE
    assert told in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_ending_of_a_search_result_says_its_format(workspace: Path, tmp_path: Path) -> None:
    file = exported(workspace, tmp_path / "fund.jsonl", "search", "vikarer")

    assert json.loads(file.read_text(encoding="utf-8").splitlines()[0])["rank"] == 1


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_bytes_go_to_a_pipe_and_not_to_a_terminal(workspace: Path, form: str) -> None:
    command = [str(AKT), "--workspace", str(workspace), "records", "ftes", "--format", form]
    piped = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    parent, child = pty.openpty()
    refused = subprocess.run(command, stdout=child, stderr=subprocess.PIPE, text=True, check=False)
    os.close(child)
    os.close(parent)

    rows = pq.read_table(io.BytesIO(piped)).num_rows if form == "parquet" else None
    assert rows != 0
    assert form == "parquet" or openpyxl.load_workbook(io.BytesIO(piped))["ftes"].max_row > 1
    assert refused.returncode == ExitCode.USAGE
    assert "cannot go to a terminal" in refused.stderr


# --- tables as printed ----------------------------------------------------------------------------------------------


def test_a_workbook_has_the_tables_as_printed_and_their_cells(workspace: Path, samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    assert run(["tables", str(samples / "forslag-fjordby-BSU07.pdf"), "-o", str(target)]) == ExitCode.DONE
    book = openpyxl.load_workbook(target)

    rows = [[cell.value for cell in row] for row in book["printed"].iter_rows()]
    assert str(rows[0][0]).endswith("forslag-fjordby-BSU07.pdf, page 1 · table 1")
    head = next(number for number, row in enumerate(rows) if row[0] == "Beløb i 1.000 kr.")
    assert rows[head][1:] == ["2025", "2026", "2027", "2028"]
    assert all(cell.font.b for cell in book["printed"][head + 1])
    (saving,) = (row for row in rows if row[0] == "Besparelse")
    assert saving[1:] == [-612.5, -1225, -1225, -1225]
    read = {(row[0], row[1]): row[2] for row in columns(book["cells"], "label", "year", "value") if row[2] is not None}
    assert read["Besparelse", 2025] == -612_500


def columns(sheet: Any, *names: str) -> list[tuple[Any, ...]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [tuple(row[head.index(name)] for name in names) for row in rows]


def test_cells_that_span_are_merged_and_nothing_overlaps() -> None:
    def cell(
        text: str, row: int, column: int, row_span: int = 1, column_span: int = 1, *, header: bool = False
    ) -> Cell:
        return Cell(text=text, row=row, column=column, row_span=row_span, column_span=column_span, header=header)

    heads = [cell("Område", 0, 0, 2, header=True), cell("Budget", 0, 1, 1, 2, header=True)]
    years = [cell("2025", 1, 1, header=True), cell("2026", 1, 2, header=True)]
    figures = [cell("Skoler", 2, 0), cell("-250", 2, 1, 2, 1), cell("=1+1", 2, 2)]
    over = [cell("", 3, 0, 1, 2), cell("1.500", 3, 2)]  # lies over the figure above: as a range it would be damage
    table = Table(page=2, caption="Skoler", cells=[heads, years, figures, over])
    document = Document(
        path="a.pdf", sha256="ab" * 32, media_type="x", reader="x", extractor_version="x", tables=[table]
    )
    stream = io.BytesIO()
    write_table_book(CELLS, [*tables_of(document).tables] * 2, stream)

    sheet = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))["printed"]
    once = {"A3:A4", "B3:C3", "B5:B6"}
    assert {str(one) for one in sheet.merged_cells.ranges} == once | {"A10:A11", "B10:C10", "B12:B13"}
    assert (sheet["A3"].value, sheet["B3"].value, sheet["B4"].value) == ("Område", "Budget", "2025")
    assert (sheet["C5"].value, sheet["C5"].data_type, sheet["C6"].value) == ("=1+1", "s", "1.500")
    assert sheet["A3"].font.b
    assert not sheet["A5"].font.b


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["vikarer role:saving"], ExitCode.DONE, "1 table"),
        (["forslag fandtes:ikke"], ExitCode.USAGE, "fandtes"),
        (["--query", "zxqvb"], ExitCode.NOTHING_FOUND, "0 tables"),
        (["zxqvb"], ExitCode.NOTHING_FOUND, "there is no file zxqvb"),
        (["000000000000"], ExitCode.NOTHING_FOUND, "use --query 000000000000"),
        (["vikarer", "skole"], ExitCode.USAGE, "write 'vikarer skole'"),
        (["mappe/vikarer"], ExitCode.USAGE, "does not exist. To search for it, use --query"),
        (["vikarer", "--query", "skole"], ExitCode.USAGE, "one of these"),
        (["vikarer", "--draw", "ud"], ExitCode.USAGE, "--draw is for files"),
        (["--all", "--show-identifiers"], ExitCode.USAGE, "--show-identifiers is for files"),
    ],
)
def test_a_word_is_a_file_an_id_or_a_query(
    workspace: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], code: ExitCode, told: str
) -> None:
    assert run(["--workspace", str(workspace), "tables", *arguments]) == code
    assert told in capfd.readouterr().err


def test_a_file_goes_before_a_query_and_that_is_told(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vikarer").write_text("Notat.\n")

    assert run(["--workspace", str(workspace), "tables", "vikarer"]) == ExitCode.NOTHING_FOUND
    assert "read as the file of that name; to search for it, use --query vikarer" in capfd.readouterr().err


def test_the_tables_of_an_id_are_those_of_its_file(workspace: Path, samples: Path, tmp_path: Path) -> None:
    path = samples / "forslag-fjordby-BSU07.pdf"
    by_id = exported(workspace, tmp_path / "id.csv", "tables", f"{checksum(path)[:12]}.0.line.315")
    assert run(["tables", str(path), "-o", str(tmp_path / "fil.csv")]) == ExitCode.DONE

    one, other = (list(csv.DictReader(io.StringIO(file.read_text()))) for file in (by_id, tmp_path / "fil.csv"))
    assert [row | {"path": ""} for row in one] == [row | {"path": ""} for row in other]
    assert len(one) == 50
