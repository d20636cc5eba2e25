"""How a table prints what is saved: what tells it, and what `akt budget --signs` says of the tables it leaves out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from figures import paper, proposal, table
from msgspec.structs import replace

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.figures.collect import paper_figures
from pipeline.figures.sign_notes import way_of_note

TITLES = ("Færre vikarer i skolerne", "Senere åbning i klubberne", "Fælles indkøb af bøger")
CUT = (("Løn", (-150, -300)), ("Øvrige udgifter", (-75, -150)), ("Nettoændring", (-225, -450)))
SPENT = (("Løn", (-350, -660)), ("Øvrige udgifter", (40, 40)), ("Nettoændring", (-310, -620)))
GAIN = (("Besparelse", (100, 200)), ("Nettoændring", (100, 200)))
Rows = tuple[tuple[str, tuple[int, int]], ...]


def catalogue(*proposals: Rows, note: str = "") -> str:
    lines = ["Fjordby Kommune", "Budgetkatalog 2026-2027", "", f"Beløb i 1.000 kr. {note}".strip(), ""]
    lines += ["| Nr. | Forslag | 2026 | 2027 |", "|---|---|---|---|"]
    for number, rows in enumerate(proposals):
        lines.append(f"| BSU0{number} | {TITLES[number]} | {rows[-1][1][0]} | {rows[-1][1][1]} |")
    for number, rows in enumerate(proposals):
        lines += ["", f"Nummer: BSU0{number}", f"Titel: {TITLES[number]}", "Udvalg: Børne- og Skoleudvalget", ""]
        lines += ["Beløb i 1.000 kr.", "", "| Ændring | 2026 | 2027 |", "|---|---|---|"]
        lines += [f"| {label} | {one} | {two} |" for label, (one, two) in rows]
    return "\n".join([*lines, ""])


def asked(
    text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], *how: str
) -> tuple[int, list[dict[str, str]], str]:
    """The exit code, the rows as CSV and what was told, of the net sums over a paper."""
    (tmp_path / "katalog.txt").write_text(text, encoding="utf-8")
    place = ["--workspace", str(tmp_path / "ws")]
    assert run([*place, "ingest", str(tmp_path / "katalog.txt")]) == ExitCode.DONE
    capfd.readouterr()
    code = run([*place, "budget", "--net", "--stage", "proposal", *how, "--format", "csv"])
    out, err = capfd.readouterr()
    return code, list(csv.DictReader(io.StringIO(out))), err


@pytest.mark.parametrize("note", ["", "Minus er en besparelse."])
@pytest.mark.parametrize("signs", [(), ("--signs", "minus")])
def test_a_cut_of_expenses_is_added_to_savings_with_a_minus(
    note: str, signs: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, rows, err = asked(catalogue(CUT, SPENT, note=note), tmp_path, capfd, *signs)
    assert (code, [row["value"] for row in rows]) == (ExitCode.DONE, ["-535000", "-1070000"])
    assert "--signs" not in err


def test_what_signs_leaves_out_is_counted_and_listed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = catalogue(CUT, SPENT, GAIN)
    code, rows, err = asked(text, tmp_path, capfd)
    assert (code, rows) == (ExitCode.USAGE, [])
    assert "signs of what is saved: minus (2), plus (2)" in err
    code, rows, err = asked(text, tmp_path, capfd, "--signs", "minus")
    assert (code, [row["value"] for row in rows]) == (ExitCode.DONE, ["-535000", "-1070000"])
    assert "Not asked for: 2 figures of tables that print a saving with plus (--signs plus)." in err
    _, rows, _ = asked(text, tmp_path, capfd, "--signs", "minus", "--left-out")
    left = [(row["number"], row["label"], row["value"]) for row in rows if row["left_out"] == "other signs"]
    assert left == [("BSU02", "Nettoændring", "100000"), ("BSU02", "Nettoændring", "200000")]


def test_sums_beside_each_other_that_print_savings_otherwise_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = catalogue(CUT, SPENT, GAIN)
    code, _, err = asked(text, tmp_path, capfd, "--by", "number")
    assert code == ExitCode.DONE
    assert "print a saving alike: 2 sums with minus, 2 sums with plus (--by signs tells which)" in err
    assert "alike" not in asked(text, tmp_path, capfd, "--by", "number,signs")[2]


def test_the_note_of_a_summary_decides_for_its_proposals(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lost = (("Indtægter", (90, 180)), ("Nettoændring", (90, 180)))
    for note, told in (("", "plus"), ("Minus er en besparelse.", "minus"), ("Minus er en udgift.", "plus")):
        _, rows, _ = asked(catalogue(CUT, lost, note=note), tmp_path, capfd, "--by", "number,signs")
        assert {row["signs"] for row in rows if row["number"] == "BSU01"} == {told}
        assert {row["signs"] for row in rows if row["number"] == "BSU00"} == {told if note else ""}


@pytest.mark.parametrize(
    ("rows", "note", "told"),
    [
        (CUT, None, None),
        (SPENT, None, "minus"),
        (CUT, "- = besparelse", "minus"),
        (CUT, "(-) = merudgift", "plus"),
        (GAIN, "Minus er en besparelse", "plus"),
        ((("Investering", (-500, -100)),), None, "plus"),
        ((("Investering", (-500, -100)),), "(-) = mindreudgift", "minus"),
    ],
)
def test_the_note_of_a_table_decides_but_where_a_saving_is_printed_otherwise(
    rows: Rows, note: str | None, told: str | None
) -> None:
    made = replace(table(*rows), sign_note=note)
    figures = paper_figures(paper(made, parts=[proposal()]), {})
    assert {figure.signs for figure in figures} == {told}


@pytest.mark.parametrize(
    ("note", "way"),
    [
        ("1.000 kr. i 2026-priser. Minus er en besparelse.", "minus"),
        ("Note: (-) = mindreudgift, (+) = merudgift", "minus"),
        ("+ er merudgifter, - er mindreudgifter", "minus"),
        ("Udgifter er positive, indtægter negative", "minus"),
        ("Besparelser er anført med minus", "minus"),
        ("Minus er mindre udgift og merindtægt", "minus"),
        ("(+) = besparelse, (-) = udgift", "plus"),
        ("Negative tal er mindreindtægter", "plus"),
        ("Udgifter er vist med -", "plus"),
        ("Minus angiver reduktion i indtægter", None),
        ("Afvigelse = regnskab 2024 minus udgift", None),
        ("Budget 2026-2029 - udgift er vedtaget", None),
        ("- er besparelse, + er besparelse", None),
        (None, None),
    ],
)
def test_what_a_note_says_of_a_minus(note: str | None, way: str | None) -> None:
    assert way_of_note(note) == way
