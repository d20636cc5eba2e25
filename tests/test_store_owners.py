"""The view ``budget_lines`` says whose each figure is, as the export does; an older workspace is brought up to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.workspace import Workspace
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.records import found_rows

LIST = """Fjordby Kommune
Oversigt over budgetforslag

Beløb i 1.000 kr., 2026-priser

| Nr. | Forslag | Udvalg | 2026 | 2027 |
|-----|---------|--------|------|------|
| BSU01 | Færre vikarer i skolerne | Børne- og Skoleudvalget | -250 | -500 |
| TMU03 | Ny belysning på stierne | TMU | 75 | -150 |
| KFU04 | Lukning af bibliotek om søndagen |  | -80 | -160 |
|  | I alt |  | -255 | -810 |
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
FIRST_YEAR = "SELECT label, number, committee FROM budget_lines WHERE year = 2026"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "papirer"
    folder.mkdir()
    (folder / "liste.txt").write_text(LIST, encoding="utf-8")
    (folder / "forslag.txt").write_text(PROPOSAL, encoding="utf-8")
    ingest(tmp_path)
    return Workspace(tmp_path / "rum")


def ingest(place: Path) -> None:
    assert run(["--workspace", str(place / "rum"), "ingest", str(place / "papirer")]) == ExitCode.DONE


def rows(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{workspace.store_file.as_uri()}?mode=ro", uri=True)) as database:
        return list(database.execute(sql))


def test_a_figure_of_a_list_has_the_number_and_committee_of_its_row(workspace: Workspace) -> None:
    owned = {label: (number, committee) for label, number, committee in rows(workspace, FIRST_YEAR)}

    assert owned == {
        "Færre vikarer i skolerne": ("BSU01", "Børne- og Skoleudvalget"),
        "Ny belysning på stierne": ("TMU03", "TMU"),
        "Lukning af bibliotek om søndagen": ("KFU04", None),
        "I alt": (None, None),
        "Besparelse": ("BSU02", "Børne- og Skoleudvalget"),
    }


def test_the_view_owns_a_figure_to_whom_the_export_does(workspace: Workspace) -> None:
    names = ("path", "label", "year", "value", "number", "body", "part_number", "part_committee")
    with found_rows(workspace, "line", None) as found:
        exported = sorted(str([str(row[name]) for name in names]) for row, _ in found)
    seen = rows(
        workspace,
        "SELECT path, label, year, value, number, committee, part_number, part_committee FROM budget_lines",
    )

    assert sorted(str(list(map(str, row))) for row in seen) == exported
    assert len(seen) == 10


def test_an_older_workspace_gets_the_view_when_it_is_opened_and_the_rows_with_the_next_run(
    workspace: Workspace, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(workspace.store_file)) as database, database:
        database.execute("DROP VIEW budget_lines")
        database.execute("CREATE VIEW budget_lines AS SELECT label, year FROM table_values")
        database.execute("DROP TABLE table_value_owners")
        database.execute("UPDATE meta SET value = 'an older one' WHERE key = 'views'")
        database.execute("UPDATE stages SET version = 'akt-extract/1' WHERE stage = 'extract'")

    assert run(["--workspace", str(workspace.root), "status"]) == ExitCode.DONE
    assert ("Besparelse", "BSU02", "Børne- og Skoleudvalget") in rows(workspace, FIRST_YEAR)
    assert ("Færre vikarer i skolerne", None, None) in rows(workspace, FIRST_YEAR)

    ingest(tmp_path)
    assert ("Færre vikarer i skolerne", "BSU01", "Børne- og Skoleudvalget") in rows(workspace, FIRST_YEAR)


def test_a_lost_owner_is_found_and_put_back(workspace: Workspace) -> None:
    with closing(sqlite3.connect(workspace.store_file)) as database, database:
        database.execute("DELETE FROM table_value_owners WHERE number = 'KFU04'")

    command = ["--workspace", str(workspace.root), "verify"]
    assert run(command) == ExitCode.DAMAGED
    assert run([*command, "--repair"]) == ExitCode.DONE
    assert ("Lukning af bibliotek om søndagen", "KFU04", None) in rows(workspace, FIRST_YEAR)


YEARS_OVER = [["", "2026", ""], ["Område", "Budget", "Forslag"]]


@pytest.mark.parametrize(
    "heads",
    [[["Område", "Budget 2026", "Forslag"]], [["Område", "Forslag", "2026"]], YEARS_OVER],
)
@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_figure_of_a_column_of_money_headed_proposal_is_no_number(
    tmp_path: Path, heads: list[list[str]], kind: str
) -> None:
    folder = tmp_path / "papirer"
    folder.mkdir()
    printed = [*heads, ["Skoler", "50.900", "50.100"], ["Bus", "23.900", "24.700"]]
    if kind == "html":
        cells = ["".join(f"<td>{text}</td>" for text in row) for row in printed]
        paper = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells).replace(
            "<td>2026</td><td>", "<td colspan=2>2026"
        )
        text = f"<meta charset=utf-8><p>Beløb i t.kr.</p>{paper}</table>"
    else:
        lines = ["| " + " | ".join(row) + " |" for row in printed]
        text = "\n".join(["Beløb i t.kr.", "", lines[0], "|--|--|--|", *lines[1:]])
    (folder / f"a.{kind}").write_text(text, encoding="utf-8")
    ingest(tmp_path)
    seen = rows(Workspace(tmp_path / "rum"), "SELECT DISTINCT label, number FROM budget_lines ORDER BY label")
    assert seen == [("Bus", None), ("Skoler", None)]
