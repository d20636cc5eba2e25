"""A table with several columns of one year is in no sum, also in the rows that fill only one of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

COMPANY = """Fjordby Forsyning A/S

Beløb i 1.000 kr.

| Post | Koncern 2024 | Koncern 2023 | Moderselskab 2024 | Moderselskab 2023 |
|---|---|---|---|---|
| Omsætning | 148.320 | 141.905 | 12.400 | 11.850 |
| Produktion | -97.415 | -94.230 | - | - |
| Resultat i datterselskaber |  |  | 15.604 | 12.985 |
"""
OVERVIEW = """Fjordby Kommune

Beløb i 1.000 kr.

| Udvalg | Drift 2026 | Drift 2027 | Anlæg 2026 | Anlæg 2027 |
|---|---|---|---|---|
| Økonomiudvalget | 210.550 | 212.100 | - | 4.500 |
| Socialudvalget | 842.750 | 851.300 | 3.250 | - |
"""


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    (tmp_path / "papir.txt").write_text(request.param, encoding="utf-8")
    assert run(["--workspace", str(tmp_path / "ws"), "ingest", str(tmp_path / "papir.txt")]) == ExitCode.DONE
    return tmp_path / "ws"


@pytest.mark.parametrize(
    ("place", "year", "count", "column", "value"),
    [
        pytest.param(COMPANY, "2024", 4, "Moderselskab", "28004000", id="a company and its group"),
        pytest.param(OVERVIEW, "2027", 3, "Drift", "1063400000", id="running costs and works"),
    ],
    indirect=["place"],
)
def test_a_row_that_fills_one_of_two_columns_is_left_out_as_the_others(
    place: Path, year: str, count: int, column: str, value: str, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = ["--workspace", str(place), "budget", "--year", year, "--gross", "--format", "csv"]
    capfd.readouterr()
    assert run(asked) == ExitCode.NOTHING_FOUND
    assert f"Left out: {count} figures in 1 document: their table has several columns" in capfd.readouterr().err
    assert run([*asked, "--column", column]) == ExitCode.DONE
    assert [row["value"] for row in csv.DictReader(io.StringIO(capfd.readouterr().out))] == [value]
