"""Tables that list proposals: each line knows the number and the committee of its row, and a base year its stage."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from laid import Cell, laid

from corpus.model import Column, Document
from pipeline.catalogues.owners import Owner, line_owners
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.figures.stages import base_headings

LIST = """Fjordby Kommune
Oversigt over budgetforslag

Beløb i 1.000 kr., 2026-priser

| Nr. | Forslag | Udvalg | Budget 2025 | 2026 | 2027 |
|-----|---------|--------|-------------|------|------|
| BSU01 | Færre vikarer i skolerne | Børne- og Skoleudvalget | 12.500 | -250 | -500 |
| BSU02 | Senere åbning i klubberne | Børne- og Skoleudvalget | 4.200 | -100 | -100 |
| TMU03 | Ny belysning på stierne | TMU | 2.150 | 75 | -150 |
| KFU04 | Lukning af bibliotek om søndagen |  | 1.900 | -80 | -160 |
|  | Antal timer pr. uge |  | 37 | 30 | 30 |
|  | I alt |  | 20.750 | -355 | -910 |
"""
PROPOSAL = """Fjordby Kommune
Budgetforslag

Nummer: BSU02
Titel: Senere åbning i klubberne
Udvalg: Børne- og Skoleudvalget

Beløb i 1.000 kr., 2026-priser

| Budgetændring | 2026 | 2027 |
|---|---|---|
| Besparelse | -100 | -100 |
"""


def owners(document: Document) -> dict[str, Owner]:
    (table,) = document.tables
    return {line.label: owner for line, owner in zip(table.lines, line_owners(table), strict=True) if line.values}


def test_a_row_on_a_page_has_its_number_and_committee() -> None:
    ends = (400.0, 450.0, 500.0)

    def row(number: str, title: str, body: str, *figures: str) -> tuple[Cell, ...]:
        named = [(-60.0, number), (-100.0, title), (-230.0, body)]
        return tuple((x, text) for x, text in [*named, *zip(ends, figures, strict=True)] if text)

    found = owners(
        laid(
            [
                ((-60.0, "Beløb i 1.000 kr."),),
                row("Nr.", "Forslag", "Udvalg", "2026", "2027", "2028"),
                row("KFU-04", "Lukket om søndagen", "Kultur- og Fritidsudvalget", "-80", "-160", "-160"),
                row("BSU-11", "Fælles ledelse", "Børne- og Skoleudvalget", "-200", "-400", "-400"),
                row("", "I alt", "", "-280", "-560", "-560"),
            ]
        )
    )
    assert found == {
        "Lukket om søndagen": Owner("KFU-04", "Kultur- og Fritidsudvalget"),
        "Fælles ledelse": Owner("BSU-11", "Børne- og Skoleudvalget"),
        "I alt": Owner(),
    }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, place = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("rum")
    (folder / "oversigt.txt").write_text(LIST, encoding="utf-8")
    (folder / "bsu02.txt").write_text(PROPOSAL, encoding="utf-8")
    assert run(["--workspace", str(place), "ingest", str(folder)]) == ExitCode.DONE
    return place


def rows(workspace: Path, capfd: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    capfd.readouterr()
    assert run(["--workspace", str(workspace), *words, "--format", "csv"]) == ExitCode.DONE
    return list(csv.DictReader(io.StringIO(capfd.readouterr().out)))


def test_the_export_of_lines_has_number_and_body_of_the_row(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = {
        (row["label"], row["number"], row["body"], row["part_number"])
        for row in rows(workspace, capfd, "records", "lines")
    }
    assert told == {
        ("Færre vikarer i skolerne", "BSU01", "Børne- og Skoleudvalget", ""),
        ("Senere åbning i klubberne", "BSU02", "Børne- og Skoleudvalget", ""),
        ("Ny belysning på stierne", "TMU03", "TMU", ""),
        ("Lukning af bibliotek om søndagen", "KFU04", "", ""),
        ("I alt", "", "", ""),
        ("Besparelse", "BSU02", "Børne- og Skoleudvalget", "BSU02"),
    }, "hours are no line, and a blank cell is not the one above it"


def test_sums_by_committee_take_rows_of_a_list_and_count_its_proposals_once(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = rows(workspace, capfd, "budget", "--by", "committee,stage", "--year", "2026", "--role", "saving", "--gross")
    assert [(row["committee"], row["value"]) for row in found] == [("Børne- og Skoleudvalget", "-100000")]
    found = rows(workspace, capfd, "budget", "--by", "committee,stage,number", "--year", "2025", "--gross")
    assert [(row["committee"], row["stage"], row["number"], row["value"]) for row in found] == [
        ("Børne- og Skoleudvalget", "budget", "BSU01", "12500000"),
        ("Børne- og Skoleudvalget", "budget", "BSU02", "4200000"),
        ("TMU", "budget", "TMU03", "2150000"),
        ("", "budget", "KFU04", "1900000"),
    ]


@pytest.mark.parametrize(
    ("headings", "base"),
    [
        (("Budget 2025", "2026", "2027"), {"Budget 2025"}),
        (("B2025", "2026", "2027"), {"B2025"}),
        (("B 2025", "2026", "2027"), {"B 2025"}),
        (("Budget 2025", "Budget 2026", "Budget 2027"), set()),
        (("Budget 2025", "BO 2026", "BO 2027"), set()),
        (("2025", "2026", "Budget 2027"), set()),
        (("Regnskab 2024", "Budget 2025", "2026"), {"Budget 2025"}),
        (("2025", "2026"), set()),
    ],
)
def test_the_base_year_alone_says_budget(headings: tuple[str, ...], base: set[str]) -> None:
    columns = [Column(label=heading, year=int(heading[-4:])) for heading in headings]
    assert base_headings(columns) == base
