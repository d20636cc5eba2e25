"""Rows of a summary that are matched with no proposal of their paper: in no sum, and told by checks and sums."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

TITLES = {"BSU-01": "Færre vikarer i skolerne", "BSU-02": "Senere åbning i klubberne", "BSU-03": "Fælles bogindkøb"}


def catalogue(*rows: str) -> str:
    """A summary of these rows, and three proposals that save 100, 200 and 300 thousand kr."""
    lines = ["Fjordby Kommune", "Budgetforslag 2026", "", "Beløb i 1.000 kr.", ""]
    lines += ["| Nr. | Forslag | 2026 |", "|---|---|---|", *rows, ""]
    for at, (number, title) in enumerate(TITLES.items(), 1):
        lines += [f"Nummer: {number}", f"Titel: {title}", "Udvalg: Børne- og Skoleudvalget", ""]
        lines += ["Beløb i 1.000 kr.", "", "| Ændring | 2026 |", "|---|---|", f"| Besparelse | -{at}00 |", ""]
    return "\n".join(lines)


def listed(number: str, at: int) -> str:
    return f"| {number} | {TITLES[number]} | -{at}00 |"


MISREAD = "| 03 | BSU- Fælles Børne- og bogindkøb | -300 |"


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    (tmp_path / "katalog.txt").write_text(catalogue(*request.param), encoding="utf-8")
    assert run(["--workspace", str(tmp_path / "ws"), "ingest", str(tmp_path / "katalog.txt")]) == ExitCode.DONE
    return tmp_path / "ws"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        pytest.param([listed("BSU-01", 1), listed("BSU-02", 2), listed("BSU-03", 3)], "", id="all are matched"),
        pytest.param([listed("BSU-01", 1), listed("BSU-02", 2), MISREAD], '("03 BSU- Fælles', id="one is misread"),
    ],
    indirect=["place"],
)
def test_a_proposal_is_counted_once_though_its_row_is_not_matched(
    place: Path, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert run(["--workspace", str(place), "budget", "--gross", "--format", "csv"]) == ExitCode.DONE
    out, err = capfd.readouterr()
    assert [row["value"] for row in csv.DictReader(io.StringIO(out))] == ["-600000"]
    assert ("matched with no proposal" in err) == bool(told)
    assert told in err


@pytest.mark.parametrize(
    ("place", "told"),
    [
        pytest.param([listed("BSU-01", 1), listed("BSU-02", 2), listed("BSU-03", 3)], (), id="all are matched"),
        pytest.param(
            [listed("BSU-01", 1), listed("BSU-02", 2), MISREAD],
            ("Not compared: 1 of 3 rows of the summary in katalog.txt", "BSU- Fælles", "1 proposal in no row"),
            id="one is misread",
        ),
        pytest.param(
            [listed("BSU-01", 1), listed("BSU-02", 2)],
            ("Not compared: 1 proposal in no row of a summary of katalog.txt: BSU-03 Fælles bogindkøb.",),
            id="one is missing",
        ),
    ],
    indirect=["place"],
)
def test_a_check_says_which_rows_and_proposals_it_did_not_compare(
    place: Path, told: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert run(["--workspace", str(place), "check"]) == ExitCode.DONE
    err = capfd.readouterr().err
    assert err.count("Not compared") == ("1 of 3 rows" in err) + bool(told)
    assert all(words in err for words in told)


@pytest.mark.parametrize("place", [[listed("BSU-01", 1), listed("BSU-02", 2)]], indirect=True)
@pytest.mark.parametrize("command", ["search", "budget", "check"])
def test_a_file_that_is_named_without_its_ending_is_told_how_to_ask_for(
    place: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert run(["--workspace", str(place), command, "path:katalog"]) == ExitCode.NOTHING_FOUND
    assert "write path:katalog*." in capfd.readouterr().err
    extra = ["--gross"] if command == "budget" else []
    assert run(["--workspace", str(place), command, *extra, "path:katalog*"]) == ExitCode.DONE
    assert "write path" not in capfd.readouterr().err
