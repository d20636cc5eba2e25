"""`akt budget` says which figures of the tables that it sums were refused: the sums lack them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

PAPER = """Fjordby Kommune
Budgetforslag 2026

Nummer: BSU{number}
Titel: {title}
Udvalg: Børne- og Skoleudvalget

Beløb i 1.000 kr., 2026-priser

| Budgetændring | 2026 | 2027 |
|---|---|---|
| Besparelse | -100 | -240 |
| Netto | {net} | -240 |
"""


@pytest.fixture
def workspace(tmp_path: Path) -> list[str]:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number, title, net in (
        ("02", "Senere åbning i klubberne", "-100"),
        ("03", "Færre vikarer i skolerne", "ca. -100"),
    ):
        (folder / f"{number}.txt").write_text(PAPER.format(number=number, title=title, net=net), encoding="utf-8")
    place = ["--workspace", str(tmp_path / "ws")]
    assert run([*place, "ingest", str(folder)]) == ExitCode.DONE
    return place


def test_a_sum_that_lacks_a_refused_figure_is_told(workspace: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run([*workspace, "budget", "--by", "number", "--net", "--format", "csv"]) == ExitCode.DONE
    out, err = capfd.readouterr()
    sums = {(row["number"], row["year"]): row["value"] for row in csv.DictReader(io.StringIO(out))}
    assert sums == {("BSU02", "2026"): "-100000", ("BSU02", "2027"): "-240000", ("BSU03", "2027"): "-240000"}
    assert "Refused: 1 figure in 1 document (03.txt)" in err


def test_what_was_refused_is_left_out_line_by_line(workspace: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run([*workspace, "budget", "--net", "--left-out", "--format", "csv"]) == ExitCode.DONE
    (row,) = (row for row in csv.DictReader(io.StringIO(capfd.readouterr().out)) if row["left_out"] == "refused")
    assert (row["number"], row["committee"], row["value"]) == ("BSU03", "Børne- og Skoleudvalget", "")
    assert '"ca. -100" in row "Netto", column "2026"' in row["because"]
    assert run([*workspace, "budget", "--net", "--left-out"]) == ExitCode.DONE
    assert '"ca. -100" in row "Netto"' in " ".join(capfd.readouterr().out.split())


def test_refused_figures_of_other_papers_are_not_told(workspace: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run([*workspace, "budget", "number:BSU02", "--net"]) == ExitCode.DONE
    assert "Refused" not in capfd.readouterr().err
    assert run([*workspace, "budget", "number:BSU03", "--net"]) == ExitCode.DONE
    assert "Refused: 1 figure" in capfd.readouterr().err
