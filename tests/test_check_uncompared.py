"""`akt check` says what it could not compare: refused figures, and rows of a summary whose proposal gives no sum."""

from __future__ import annotations

from pathlib import Path

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
