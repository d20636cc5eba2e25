"""`akt check` says what it could not compare: refused figures, and rows of a summary whose proposal gives no sum."""

from __future__ import annotations

import zlib
from pathlib import Path

import hostile_files as hostile
import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

TITLES = {"BSU01": "Færre vikarer i skolerne", "BSU02": "Senere åbning i klubberne", "BSU03": "Fælles indkøb af bøger"}
SAVED = {"BSU01": (-250, -500), "BSU02": (-100, -140), "BSU03": (-75, -80)}


def catalogue(net: str) -> str:
    """A summary and three proposals; of the second one the net of 2027 is printed as it is asked for."""
    rows = [f"| {number} | {TITLES[number]} | {one} | {two} |" for number, (one, two) in SAVED.items()]
    head = ["Fjordby Kommune", "Budgetforslag 2026", "", "Beløb i 1.000 kr.", ""]
    lines = [*head, "| Nr. | Forslag | 2026 | 2027 |", "|---|---|---|---|", *rows, ""]
    for number, (one, two) in SAVED.items():
        printed = net if number == "BSU02" else str(two)
        lines += [f"Nummer: {number}", f"Titel: {TITLES[number]}", "Udvalg: Børne- og Skoleudvalget", ""]
        lines += ["Beløb i 1.000 kr.", "", "| Ændring | 2026 | 2027 |", "|---|---|---|"]
        lines += [f"| Besparelse | {one} | {two} |", f"| Netto | {one} | {printed} |", ""]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("net", "told"),
    [
        pytest.param("-140", (), id="all is there"),
        pytest.param(
            "ca. -140",
            ("Not compared: 1 figure of summaries", "BSU02 Senere åbning i klubberne", " 2027.", "Refused, and in no"),
            id="refused",
        ),
        pytest.param("", ("Not compared: 1 figure of summaries", " 2027."), id="blank"),
    ],
)
def test_a_row_of_a_summary_that_is_not_compared_is_told(
    net: str, told: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "katalog.txt").write_text(catalogue(net), encoding="utf-8")
    place = ["--workspace", str(tmp_path / "ws")]
    assert run([*place, "ingest", str(tmp_path / "katalog.txt")]) == ExitCode.DONE
    capfd.readouterr()
    assert run([*place, "check", "--all"]) == ExitCode.DONE
    out, err = capfd.readouterr()
    assert out.count("summary = proposal 2027") == 3 - bool(told)
    assert all(word in err for word in told)
    assert ("Not compared" in err, "Refused" in err) == (bool(told), net.startswith("ca."))


def _page_of_a_table(*, whole: bool) -> bytes:
    """A page whose packed content ends before its check sum, behind a table; or is ``whole``."""
    rows = [
        ("Beløb i 1.000 kr.", "", ""),
        ("Post", "2026", "2027"),
        ("Skoler", "1.500", "1.600"),
        ("Veje", "2.000", "2.100"),
        ("I alt", "3.500", "3.700"),
    ]
    shown = [
        f"1 0 0 1 {x} {760 - 16 * number} Tm ({text}) Tj"
        for number, row in enumerate(rows)
        for x, text in zip((60, 260, 340), row, strict=True)
    ]
    further = [f"1 0 0 1 60 {600 - 12 * number} Tm (Takst {number}) Tj" for number in range(40)]
    packed = zlib.compress(f"BT /F1 10 Tf {' '.join(shown + further)} ET".encode("latin-1"))
    packed = packed if whole else packed[:-60]
    return hostile.pdf(
        hostile.CATALOG, hostile.PAGES, hostile.PAGE, hostile.stream(packed.decode("latin-1"), "/Filter /FlateDecode ")
    )


@pytest.mark.parametrize("whole", [True, False])
def test_figures_of_a_damaged_page_are_told_with_what_uses_them(
    whole: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "budget.pdf").write_bytes(_page_of_a_table(whole=whole))
    place = ["--workspace", str(tmp_path / "ws")]
    run([*place, "ingest", str(tmp_path / "budget.pdf")])
    capfd.readouterr()
    assert run([*place, "check"]) == ExitCode.DONE
    assert ("Damaged pages are among those checked (budget.pdf, page 1)" in capfd.readouterr().err) is not whole
    assert run([*place, "budget", "--net"]) == ExitCode.DONE
    assert ("2 figures from damaged pages (budget.pdf, page 1)" in capfd.readouterr().err) is not whole
