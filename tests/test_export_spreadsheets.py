"""What LibreOffice makes of a workbook, a CSV and a TSV: numbers, days, texts, and no formula of a document."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.delimited import COMMA, EXCEL_DANISH, TAB, delimited
from pipeline.export.xlsx import write_xlsx


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not there: apt-get install libreoffice-calc-nogui"
)
def test_libreoffice_reads_numbers_days_and_no_formulas(tmp_path: Path) -> None:
    names = {"tekst": Kind.TEXT, "tal": Kind.DECIMAL, "dag": Kind.DAY, "år": Kind.WHOLE}
    sheet = Sheet("prøve", "A row.", tuple(Column(name, kind, "Mening.") for name, kind in names.items()))
    texts = ["=1+1", "- heraf moms", "@SUM(A1)", "_x0041_", "http://fjordby.example", "0012"]
    rows = [{"tekst": text, "tal": Decimal("-1375000.5"), "dag": dt.date(2025, 3, 1), "år": 2025} for text in texts]
    with (tmp_path / "bog.xlsx").open("wb") as stream:
        write_xlsx(sheet, rows, stream)
    (tmp_path / "dansk.csv").write_text("".join(delimited(sheet, rows, EXCEL_DANISH)), encoding="utf-8", newline="")

    as_csv = converted(tmp_path, "bog.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true")
    read = list(csv.reader(io.StringIO(as_csv.read_text(encoding="utf-8"))))
    # As it is shown: a formula would be its result, and only a number has marks between its thousands.
    assert read == [["tekst", "tal", "dag", "år"], *([text, "-1,375,000.5", "2025-03-01", "2025"] for text in texts)]

    danish = "CSV:59,34,76,1,1/1/2/1/3/1/4/1,1030,false,true,false"
    as_book = openpyxl.load_workbook(converted(tmp_path, "dansk.csv", "xlsx", f"--infilter={danish}"))
    cells = [[(cell.value, cell.data_type) for cell in row] for row in as_book.worksheets[0].iter_rows(min_row=2)]
    safe = ["'=1+1", "'- heraf moms", "'@SUM(A1)", "_x0041_", "http://fjordby.example"]
    assert [row[0][0] for row in cells][:5] == safe
    for row in cells:
        assert [kind for _, kind in row[1:]] == ["n", "d", "n"]
        assert (row[1][0], row[2][0]) == (-1375000.5, dt.datetime(2025, 3, 1))


HOSTILE = [
    *(
        "=1+1",
        " =1+1",
        "\u00a0=1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\u200b=1+1",
        "\uff1d1+1",
        "\uff0b1+1",
        "\uff20SUM(1)",
    ),
    *('=HYPERLINK("http://fjordby.example")', " @SUM(1)", "-1+1", "+45 33 33 33 33", "{=1+1}", "- heraf moms"),
]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not there: apt-get install libreoffice-calc-nogui"
)
@pytest.mark.parametrize(("name", "mark"), [("fil.csv", 44), ("fil.tsv", 9), ("dansk.csv", 59)])
def test_no_text_becomes_a_formula_though_blanks_are_dropped_and_formulas_reckoned(
    tmp_path: Path, name: str, mark: int
) -> None:
    """LibreOffice is told to drop blanks around cells and to reckon what begins with "="."""
    columns = [Column("før", Kind.WHOLE, "Mening."), Column("tekst", Kind.TEXT, "Mening.")]
    sheet = Sheet("prøve", "A row.", (*columns, Column("efter", Kind.WHOLE, "Mening.")))
    rows = [{"før": number, "tekst": text, "efter": number} for number, text in enumerate(HOSTILE)]
    dialect = {"fil.csv": COMMA, "fil.tsv": TAB, "dansk.csv": EXCEL_DANISH}[name]
    (tmp_path / name).write_text("".join(delimited(sheet, rows, dialect)), encoding="utf-8", newline="")

    reading = f"--infilter=CSV:{mark},34,76,1,,1033,false,true,false,false,true,0,true"
    book = openpyxl.load_workbook(converted(tmp_path, name, "xlsx", reading))
    read = [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [(row[0][0], row[2][0]) for row in read] == [(number, number) for number in range(len(HOSTILE))]
    assert {row[1][1] for row in read} == {"s"}


def converted(folder: Path, name: str, form: str, *options: str) -> Path:
    """The file in another format, by LibreOffice with a profile of its own."""
    out = folder / form.partition(":")[0]
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        *options,
        "--convert-to",
        form,
        "--outdir",
        str(out),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    (written, *_) = sorted(out.iterdir())
    return written
