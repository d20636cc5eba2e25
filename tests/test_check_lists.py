"""`akt check`: a list of proposals against the proposals in other documents, and nothing that only looks alike."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

PROPOSAL = """{place} Kommune
Budgetforslag

Nummer: BSU0{number}
Titel: {title}
Udvalg: Børne- og Skoleudvalget

Beløb i 1.000 kr., 2026-priser

| Budgetændring | 2026 | 2027 |
|---|---|---|
| Besparelse | -100 | -{saved} |
| Investering | 40 | |
| Samlet ændring (netto) | -60 | -{saved} |
"""
LIST = """Fjordby Kommune
Oversigt over forslag

Beløb i {unit}, {prices}-priser

| Nr. | Forslag | 2026 | 2027 |
|---|---|---|---|
{rows}"""


def checked(
    tmp_path: Path, rows: str, capfd: pytest.CaptureFixture[str], **how: str
) -> tuple[int, list[tuple[str, ...]]]:
    folder = tmp_path / "papers"
    folder.mkdir()
    told = {"unit": "1.000 kr.", "prices": "2026", **how}
    (folder / "oversigt.txt").write_text(LIST.format(rows=rows, **told), encoding="utf-8")
    papers = [("Fjordby", 1, "Senere åbning i klubberne", 150), ("Fjordby", 2, "Fælles ledelse af skoler", 200)]
    for place, number, title, saved in [*papers, ("Lyngsø", 1, "Senere åbning i klubberne", 999)]:
        text = PROPOSAL.format(place=place, number=number, title=title, saved=saved)
        (folder / f"{place}-{number}.txt").write_text(text, encoding="utf-8")
    workspace = ["--workspace", str(tmp_path / "ws")]
    assert run([*workspace, "ingest", str(folder)]) == ExitCode.DONE
    capfd.readouterr()
    code = run([*workspace, "check", "--all", "--format", "csv"])
    found = csv.DictReader(io.StringIO(capfd.readouterr().out))
    names = ("status", "label", "year", "found", "expected")
    return code, [tuple(row[name] for name in names) for row in found if row["rule"] == "list = proposal"]


def test_a_row_is_held_against_the_net_sum_of_its_proposal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = "| BSU01 | Senere åbning i klubberne | -60 | -150 |\n| BSU02 | Fælles ledelse af skoler | -60 | -210 |\n"
    code, found = checked(tmp_path, rows, capfd)
    assert code == ExitCode.DONE, "a difference is a remark: the list may be of another day"
    assert found == [
        ("holds", "BSU01 Senere åbning i klubberne", "2026", "-60000", "-60000"),
        ("holds", "BSU01 Senere åbning i klubberne", "2027", "-150000", "-150000"),
        ("holds", "BSU02 Fælles ledelse af skoler", "2026", "-60000", "-60000"),
        ("remark", "BSU02 Fælles ledelse af skoler", "2027", "-210000", "-200000"),
    ]


def test_a_list_rounds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = "| BSU01 | Senere åbning i klubberne | -0,1 | -0,2 |\n| BSU02 | Fælles ledelse af skoler | -0,1 | -0,3 |\n"
    _, found = checked(tmp_path, rows, capfd, unit="mio. kr.")
    assert [row[0] for row in found] == ["holds", "holds", "holds", "remark"]


@pytest.mark.parametrize(
    ("rows", "how"),
    [
        ("| BSU01 | Nyt tag på rådhuset | -60 | -150 |\n| BSU02 | Nye cykelstier i byen | -60 | -200 |\n", {}),
        ("| BSU01 | Senere åbning i klubberne | -60 | -150 |\n", {"prices": "2025"}),
    ],
)
def test_another_title_or_price_level_is_not_compared(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], rows: str, how: dict[str, str]
) -> None:
    assert checked(tmp_path, rows, capfd, **how)[1] == []
