"""Rows in every format: what goes in comes out with its type, and no text of a document becomes anything else."""

from __future__ import annotations

import csv
import datetime as dt
import io
import types
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import duckdb
import msgspec
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import RECORD_TYPES, Evidence, Link
from pipeline.export.columns import AT_ONCE, Column, Kind, Sheet, batches
from pipeline.export.delimited import BOM, COMMA, EXCEL_DANISH, TAB, Dialect, delimited
from pipeline.export.parquet import ROW_GROUP, NumberTooLongError, write_parquet
from pipeline.export.safety import for_spreadsheet, is_like_a_formula
from pipeline.export.sheets import LINES, all_sheets, sheet_of
from pipeline.export.xlsx import ROWS_OF_A_SHEET, write_xlsx

SHEET = Sheet("prøve", "A row.", tuple(Column(kind.name.lower(), kind, "Mening.") for kind in Kind))
ROW: dict[str, object] = {
    "text": 'Løn, "drift"\nog mere; æøå',
    "whole": 2025,
    "decimal": Decimal("-1375000.5"),
    "day": dt.date(2025, 3, 1),
    "yes_no": True,
    "box": (1.5, 2.0, 3.25, 4.0),
    "texts": ["a", "b"],
    "wholes": [2024, 2025],
    "evidence": [{"field": "role", "text": "besparelse", "start": 3, "end": 13}],
    "links": [{"type": "amount", "start": 1, "end": 5, "text": "2 mio. kr."}],
}
EMPTY: dict[str, object] = dict.fromkeys(ROW)
HOSTILE = [
    " =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\t=1+1",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+45 33 33 33 33",
    "- heraf moms",
    "http://fjordby.example",
]
NUMBERS = ["0012", "1e5", "1-2", "8.450", "1,5"]


def read_csv(rows: list[dict[str, object]], dialect: Dialect, sheet: Sheet = SHEET) -> list[list[str]]:
    text = "".join(delimited(sheet, rows, dialect))
    return list(csv.reader(io.StringIO(text.removeprefix(BOM)), delimiter=dialect.delimiter))


def read_parquet(rows: list[dict[str, object]], sheet: Sheet = SHEET) -> Any:
    stream = io.BytesIO()
    write_parquet(sheet, rows, stream)
    return pq.read_table(io.BytesIO(stream.getvalue()))


def read_xlsx(rows: list[dict[str, object]], most: int = ROWS_OF_A_SHEET) -> tuple[Any, list[str]]:
    stream = io.BytesIO()
    notes = write_xlsx(SHEET, rows, stream, most=most)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue())), notes


# --- one description for all ----------------------------------------------------------------------------------------


def kind_of(annotation: Any) -> Kind:
    """The kind that a field of the model asks for, from its type alone."""
    if get_origin(annotation) in (Union, types.UnionType):
        (annotation,) = (one for one in get_args(annotation) if one is not type(None))
    if get_origin(annotation) is Literal:
        return Kind.TEXT
    plain = {str: Kind.TEXT, int: Kind.WHOLE, Decimal: Kind.DECIMAL, dt.date: Kind.DAY, bool: Kind.YES_NO}
    lists = {str: Kind.TEXTS, int: Kind.WHOLES, Evidence: Kind.EVIDENCE, Link: Kind.LINKS}
    if get_origin(annotation) is list:
        return lists[get_args(annotation)[0]]
    return Kind.BOX if get_origin(annotation) is tuple else plain[annotation]


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_every_field_of_a_record_is_a_column_of_its_kind(record_type: str) -> None:
    columns = {column.name: column.kind for column in sheet_of(record_type).columns}
    days = {"date", "valid_from", "valid_to"}  # ISO days that the model keeps as text

    for field in msgspec.structs.fields(RECORD_TYPES[record_type]):
        wanted = Kind.DAY if field.encode_name in days else kind_of(field.type)
        assert columns[field.encode_name] is wanted, field.encode_name


@pytest.mark.parametrize("sheet", all_sheets(), ids=lambda sheet: sheet.name)
def test_a_column_is_named_once_and_explained(sheet: Sheet) -> None:
    assert len(set(sheet.names)) == len(sheet.names)
    assert all(column.meaning.endswith((".", '"', "…")) for column in sheet.columns)


def test_a_row_without_a_column_is_an_error_and_no_empty_cell() -> None:
    with pytest.raises(KeyError):
        list(batches(SHEET, [{"tekst": "stavefejl"}]))


# --- csv ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "decimal"), [(COMMA, "-1375000.5"), (TAB, "-1375000.5"), (EXCEL_DANISH, "-1375000,5")]
)
def test_csv_has_every_kind_in_one_cell(dialect: Dialect, decimal: str) -> None:
    heading, row, empty = read_csv([ROW, EMPTY], dialect)

    assert heading == SHEET.names
    assert row == [
        *(ROW["text"], "2025", decimal, "2025-03-01", "true", "1.5 2.0 3.25 4.0", "a; b", "2024 2025"),
        *("role: besparelse", "amount: 2 mio. kr."),
    ]
    assert set(empty) == {""}


def test_excel_knows_the_danish_csv_for_utf8_and_an_empty_one_has_its_heading() -> None:
    assert "".join(delimited(SHEET, [ROW], EXCEL_DANISH)).startswith("\ufefftext;whole;")
    assert "".join(delimited(SHEET, [], COMMA)) == ",".join(SHEET.names) + "\r\n"


@given(
    st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5), st.sampled_from([COMMA, TAB, EXCEL_DANISH])
)
def test_texts_of_a_csv_come_back_and_none_is_a_formula(texts: list[str], dialect: Dialect) -> None:
    sheet = Sheet("s", "A row.", (Column("a", Kind.TEXT, "Mening."), Column("b", Kind.TEXTS, "Mening.")))

    rows = read_csv([{"a": text, "b": [text]} for text in texts], dialect, sheet)[1:]

    assert rows == [[for_spreadsheet(text)] * 2 for text in texts]
    for cell in (cell for row in rows for cell in row):
        assert not is_like_a_formula(cell) or cell.strip().strip("+-").replace(" ", "").replace(".", "")[:1].isnumeric()


AWKWARD = st.none() | st.sampled_from(['"', ";", ",", "a\r", "a\n", "a\tb", "'", "", "-2", "- heraf", '=a"b"', "ø"])


@given(st.lists(st.lists(AWKWARD, min_size=2, max_size=2), max_size=9), st.sampled_from([COMMA, TAB, EXCEL_DANISH]))
def test_cells_are_quoted_as_pythons_writer_quotes_them(cells: list[list[str | None]], dialect: Dialect) -> None:
    sheet = Sheet("s", "A row.", (Column("a", Kind.TEXT, "Mening."), Column("b", Kind.TEXT, "Mening.")))
    theirs = io.StringIO()
    writer = csv.writer(theirs, delimiter=dialect.delimiter)
    writer.writerows([["a", "b"], *([cell and for_spreadsheet(cell) for cell in row] for row in cells)])

    ours = "".join(delimited(sheet, [dict(zip("ab", row, strict=True)) for row in cells], dialect))

    assert ours.removeprefix(BOM) == theirs.getvalue()


def test_equal_decimals_stay_as_they_were_printed_and_a_lone_empty_cell_is_a_row() -> None:
    sheet = Sheet("s", "A row.", (Column("a", Kind.DECIMAL, "Mening."),))
    rows: list[dict[str, object]] = [{"a": Decimal("1.5")}, {"a": None}, {"a": Decimal("1.50")}, {"a": Decimal("2E+3")}]

    assert read_csv(rows, COMMA, sheet) == [["a"], ["1.5"], [""], ["1.50"], ["2000"]]


def test_many_rows_are_all_there() -> None:
    count = 2 * AT_ONCE + 1
    rows = read_csv([ROW | {"whole": number} for number in range(count)], COMMA)

    assert [row[1] for row in rows[1:]] == [str(number) for number in range(count)]


# --- parquet --------------------------------------------------------------------------------------------------------


def test_parquet_has_decimals_days_and_boxes() -> None:
    table = read_parquet([ROW, EMPTY])

    read, empty = table.to_pylist()
    assert read == ROW | {"box": {"x0": 1.5, "top": 2.0, "x1": 3.25, "bottom": 4.0}}
    assert empty == EMPTY
    assert str(table.schema.field("decimal").type) == "decimal128(38, 10)"
    assert str(table.schema.field("day").type) == "date32[day]"
    assert table.schema.field("text").metadata[b"description"] == b"Mening."


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**18), max_value=10**18)))
@settings(max_examples=30)
def test_parquet_gives_every_figure_back(values: list[Decimal]) -> None:
    assert read_parquet([EMPTY | {"decimal": value} for value in values]).column("decimal").to_pylist() == values


@pytest.mark.parametrize("value", ["0.12345678901", "1" * 29])
def test_parquet_rounds_nothing(value: str) -> None:
    with pytest.raises(NumberTooLongError, match=value):
        read_parquet([EMPTY | {"decimal": Decimal(1)}, EMPTY | {"decimal": Decimal(value)}])


def test_parquet_is_written_in_row_groups() -> None:
    stream = io.BytesIO()
    write_parquet(SHEET, (ROW for _ in range(ROW_GROUP + 1)), stream)

    groups = pq.ParquetFile(stream).metadata
    assert [groups.row_group(n).num_rows for n in range(groups.num_row_groups)] == [ROW_GROUP, 1]


def test_duckdb_pandas_and_polars_read_the_types_of_a_parquet_file(tmp_path: Path) -> None:
    """Sums and comparisons of each are made on decimals and days, not on texts or floats."""
    file = tmp_path / "prøve.parquet"
    with file.open("wb") as stream:
        write_parquet(SHEET, [ROW, EMPTY, ROW | {"decimal": Decimal("0.1")}, ROW | {"decimal": Decimal("0.2")}], stream)
    total, day = Decimal("-1375000.2"), dt.date(2025, 3, 1)

    asked = "SELECT sum(decimal), max(day), typeof(any_value(day)), sum(whole)"
    assert duckdb.sql(f"{asked} FROM '{file}' WHERE day > DATE '2025-02-28'").fetchone() == (
        total,
        day,
        "DATE",
        3 * 2025,
    )
    frame: Any = pd.read_parquet(file, dtype_backend="pyarrow")
    assert (frame["decimal"].sum(), frame["day"].max(), frame["whole"].sum()) == (total, day, 3 * 2025)
    table = pl.read_parquet(file)
    assert (table["decimal"].sum(), table["day"].max(), table["whole"].sum()) == (total, day, 3 * 2025)
    assert table.schema["yes_no"] == pl.Boolean


# --- xlsx -----------------------------------------------------------------------------------------------------------


def test_a_workbook_has_numbers_days_and_truths() -> None:
    book, notes = read_xlsx([ROW, EMPTY])

    heading, row, *empty = book[SHEET.name].iter_rows()
    assert [cell.value for cell in heading] == SHEET.names
    assert [cell.value for cell in row[:5]] == [ROW["text"], 2025, -1375000.5, dt.datetime(2025, 3, 1), True]
    assert [cell.data_type for cell in row] == ["s", "n", "n", "d", "b", "s", "s", "s", "s", "s"]
    assert (row[1].number_format, row[3].number_format) == ("General", "yyyy-mm-dd")
    assert heading[0].font.b
    assert all(cell.value is None for cells in empty for cell in cells)
    assert [cell.value for cell in book["columns"][2]] == ["text", "text", "Mening.", ""]
    assert notes == []


@pytest.mark.parametrize("text", [*HOSTILE, *NUMBERS])
def test_a_text_stays_a_text(text: str) -> None:
    book, _ = read_xlsx([EMPTY | {"text": text, "texts": [text]}])

    sheet = book[SHEET.name]
    for cell in (sheet["A2"], sheet["G2"]):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
        assert cell.quotePrefix == is_like_a_formula(text)


def test_what_excel_cannot_hold_is_told() -> None:
    long, many = "å" * 40_000, Decimal("1234567890123456.78")
    book, notes = read_xlsx([EMPTY | {"text": long, "decimal": many, "day": dt.date(1849, 6, 5)}])

    sheet = book[SHEET.name]
    assert sheet["A2"].value == "å" * 32_766 + "…"
    assert (sheet["C2"].value, sheet["D2"].value) == (str(many), "1849-06-05")
    assert [note.split()[:2] for note in notes] == [["1", "text"], ["1", "figure"]]


def test_control_characters_do_not_break_a_workbook() -> None:
    book, _ = read_xlsx([EMPTY | {"text": "a\x00\x07b\x1b[31m\tc\nd"}])

    assert book[SHEET.name]["A2"].value == "ab[31m\tc\nd"


def test_rows_beyond_a_sheet_go_on_in_the_next() -> None:
    book, notes = read_xlsx([EMPTY | {"whole": number} for number in range(7)], most=4)

    names = [SHEET.name, f"{SHEET.name} (2)", f"{SHEET.name} (3)"]
    assert book.sheetnames == [*names, "columns"]
    read = [[row[1].value for row in book[name].iter_rows(min_row=2)] for name in names]
    assert read == [[0, 1, 2], [3, 4, 5], [6]]
    assert len(notes) == 1


def test_a_sheet_larger_than_a_plain_zip_holds_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of 2 GiB is lowered; what reads the file back knows nothing of that."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10_000)
    book, _ = read_xlsx([EMPTY | {"whole": number, "text": "ord " * 50} for number in range(100)])

    assert [row[1].value for row in book[SHEET.name].iter_rows(min_row=2)] == list(range(100))


def test_the_lines_have_what_a_researcher_needs() -> None:
    wanted = {
        *("municipality", "body", "document", "number", "title", "label", "group", "role", "year", "value_kr", "raw"),
        *("unit", "price_level", "sign_note", "page", "bbox", "check", "sha256", "extractor_version"),
        *("id", "path", "document_date", "part_kind", "part_title"),
    }
    assert wanted <= set(LINES.names)


def test_no_rows_are_a_file_with_its_columns() -> None:
    assert read_parquet([]).schema.names == SHEET.names
    assert read_parquet([]).num_rows == 0
    book, _ = read_xlsx([])
    assert [[cell.value for cell in row] for row in book[SHEET.name].iter_rows(max_row=1)] == [SHEET.names]
