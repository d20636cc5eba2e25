"""``akt records decisions`` by their figures: a decision counts for the amounts and FTEs that it links."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

MINUTES = """Fjordby Kommune
Referat
Byrådet
Mødedato: 26. maj 2026

Punkt 1. Hallen

Sagsfremstilling:
Hallen har kostet 14 mio. kr. at bygge.

Beslutning:
Byrådet vedtog at sende hallen i høring.
Byrådet bevilgede 2,4 mio. kr. til hallens tag.
Byrådet bevilgede 300.000 kr. til hallens døre.
Byrådet vedtog en besparelse på 1,2 mio. kr. på driften af hallen.
Byrådet besluttede at nedlægge 3,5 årsværk i hallen.
"""
HEARING = "Byrådet vedtog at sende hallen i høring."
ROOF = "Byrådet bevilgede 2,4 mio. kr. til hallens tag."
DOORS = "Byrådet bevilgede 300.000 kr. til hallens døre."
SAVING = "Byrådet vedtog en besparelse på 1,2 mio. kr. på driften af hallen."
STAFF = "Byrådet besluttede at nedlægge 3,5 årsværk i hallen."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers, place = tmp_path_factory.mktemp("papirer"), tmp_path_factory.mktemp("rum")
    (papers / "referat.txt").write_text(MINUTES, encoding="utf-8")
    assert run(["--workspace", str(place), "ingest", "--workers", "0", "--quiet", str(papers)]) == ExitCode.DONE
    return place


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("beløb:>=1mio", [ROOF, SAVING]),
        ("udvalg:Byrådet status:vedtaget beløb:>=2mio", [ROOF]),
        ("beløb:<1mio", [DOORS]),
        ("rolle:besparelse", [SAVING]),
        ("beløb:(>=1mio rolle:bevilling)", [ROOF]),
        ("beløb:(>=10mio)", []),
        ("årsværk:>=3", [STAFF]),
        ("årsværk:>=3 beløb:>=1mio", []),
        ("status:vedtaget", [HEARING, ROOF, DOORS, SAVING, STAFF]),
        ("beløb:>=10mio OR høring", [HEARING, ROOF, DOORS, SAVING, STAFF]),
    ],
)
def test_a_decision_is_found_by_the_figures_it_links(
    room: Path, capfd: pytest.CaptureFixture[str], query: str, expected: list[str]
) -> None:
    capfd.readouterr()
    run(["--workspace", str(room), "records", "decisions", query, "--format", "jsonl"])
    assert [json.loads(row)["text"] for row in capfd.readouterr().out.splitlines()] == expected


def test_the_figures_of_a_decision_are_shown_beside_it(room: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run(["--workspace", str(room), "records", "decisions", "status:vedtaget"]) == ExitCode.DONE
    said = capfd.readouterr().out
    assert [f"with {words}" in said for words in ("2,4 mio. kr.", "300.000 kr.", "3,5 årsværk")] == [True] * 3
    assert said.count(" · with ") == 4
