"""Tables of which no unit is printed: `akt budget` and `akt check` say how many figures they lack, and where."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from corpus.model import Document
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.extract import extract_bytes
from pipeline.figures.unitless import figures_without_unit

PROPOSAL = """Fjordby Kommune
Budgetforslag 2026

Nummer: BSU02
Titel: Senere åbning i klubberne
Udvalg: Børne- og Skoleudvalget

Beløb i 1.000 kr., 2026-priser

| Budgetændring | 2026 | 2027 |
|---|---|---|
| Besparelse | -100 | -240 |
| Netto | -100 | -240 |
"""
ACCOUNTS = """Fjordby Kommune
Opgørelse

| Nr. | Område | Regnskab 2024 | Budget 2025 | Andel i pct. | Note |
|---|---|---|---|---|---|
| 301 | Skoler | | | | |
| 302 | Folkeskoler | 412.385 | 420.110 | 61,2 | 3 |
| 303 | Klubber | 88.120 | | 12,0 | 4 |
| 304 | I alt | 500.505 | 420.110 | 73,2 | |
"""
MORE = """
Der er set på opgaven en gang til.

| Område | Regnskab 2024 | Budget 2025 |
|---|---|---|
| Veje | 12.385 | 20.110 |
"""


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "opgørelse.txt")


def counted(text: str) -> list[int]:
    document = read(text)
    return list(figures_without_unit(document.problems, document.tables).values())


@pytest.fixture
def workspace(tmp_path: Path) -> list[str]:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "forslag.txt").write_text(PROPOSAL, encoding="utf-8")
    (folder / "opgørelse.txt").write_text(ACCOUNTS, encoding="utf-8")
    place = ["--workspace", str(tmp_path / "ws")]
    assert run([*place, "ingest", str(folder)]) == ExitCode.DONE
    return place


def test_only_figures_in_columns_of_money_are_counted() -> None:
    assert "unit-unknown" in [problem.code for problem in read(ACCOUNTS).problems]
    assert counted(ACCOUNTS) == [5]


def test_each_table_is_counted_by_itself() -> None:
    assert counted(ACCOUNTS + MORE) == [5, 2]
    assert sum(counted(ACCOUNTS + MORE + MORE.replace("12.385", "13.385"))) == 9
    assert counted(PROPOSAL) == []


def test_a_table_with_two_units_is_counted_alike() -> None:
    both = PROPOSAL + "\nMio. kr.: 2024: 212,5; 2025: 187,3\n"
    assert "unit-conflict" in [problem.code for problem in read(both).problems]
    assert counted(both) == [4]


def test_a_sum_over_all_papers_tells_tables_without_a_unit(
    workspace: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert run([*workspace, "budget", "--net"]) == ExitCode.DONE
    assert "Refused: 5 figures in 1 document (opgørelse.txt)" in capfd.readouterr().err
    assert run([*workspace, "budget", "number:BSU02", "--net"]) == ExitCode.DONE
    assert "Refused" not in capfd.readouterr().err


def test_tables_without_a_unit_are_left_out_by_name(workspace: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run([*workspace, "budget", "--net", "--left-out", "--format", "csv"]) == ExitCode.DONE
    (row,) = (row for row in csv.DictReader(io.StringIO(capfd.readouterr().out)) if row["left_out"] == "refused")
    assert (row["path"], row["value"]) == ("opgørelse.txt", "")
    assert row["because"] == 'No unit is printed for the table with the row "Folkeskoler": 5 figures.'


def test_a_check_counts_the_figures_of_tables_without_a_unit(
    workspace: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert run([*workspace, "check"]) == ExitCode.DONE
    assert "Refused, and in no check: 5 figures in 1 document (opgørelse.txt)" in capfd.readouterr().err


def test_a_check_counts_columns_that_are_refused_and_names_papers_with_refused_rows(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    heads = "| Projekt | Tidl. år | 2026 | 2027 |\n|---|---|---|---|\n"
    rows = "| Ny skole | 2,40 | 12,50 | 31,00 |\n| Nyt tag | 0,70 | 6,80 | 6,80 |\n| I alt | 3,10 | 19,30 | 37,80 |\n"
    (tmp_path / "anlæg.txt").write_text(f"Investeringer\n\nMio. kr.\n\n{heads}{rows}", encoding="utf-8")
    rest = "\nDer er set på opgaven en gang til.\n\nMio. kr.: 2024: 212,5; 2025: 187,3\n"
    (tmp_path / "budget.txt").write_text(PROPOSAL + rest, encoding="utf-8")
    place = ["--workspace", str(tmp_path / "ws")]
    assert run([*place, "ingest", *(str(tmp_path / name) for name in ("anlæg.txt", "budget.txt"))]) == ExitCode.DONE
    capfd.readouterr()
    assert run([*place, "check"]) == ExitCode.DONE
    err = capfd.readouterr().err
    assert "Refused, and in no check: 3 figures in 1 document (anlæg.txt)" in err
    assert "Refused, and in no check: 1 row or table in 1 document (budget.txt)" in err
