"""Whose decisions, and which: ``akt records decisions`` by body and by what is not done; a message by its own day."""

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

Punkt 1. Kunstgræs

Beslutning Børne- og Skoleudvalget den 12. maj 2026:
Børne- og Skoleudvalget besluttede at sende sagen i høring.

Beslutning:
Byrådet vedtog forslaget.

Punkt 2. Brøns Bibliotek

Beslutning:
Byrådet besluttede ikke at lukke biblioteket.
"""
NOTE = "Notat\n\nUdvalget vedtog forslaget, skriver Byrådet.\n"
THREAD = """Fra: Ida Holm
Sendt: fredag den 17. april 2026 14.02
Til: Bo Strand
Emne: SV: Havnen

Tak.

Fra: Bo Strand <bo@fjordby.example>
Sendt: torsdag den 16. april 2026 08.05
Til: Ida Holm
Emne: Havnen

Her er tallene.
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers, place = tmp_path_factory.mktemp("papirer"), tmp_path_factory.mktemp("rum")
    for name, text in (("referat.txt", MINUTES), ("notat.txt", NOTE), ("traad.txt", THREAD)):
        (papers / name).write_text(text, encoding="utf-8")
    assert run(["--workspace", str(place), "ingest", "--workers", "0", "--quiet", str(papers)]) == ExitCode.DONE
    return place


def decisions(room: Path, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[str], str]:
    """The sentence of each decision found, and what is said on stderr."""
    capfd.readouterr()
    run(["--workspace", str(room), "records", "decisions", *arguments, "--format", "jsonl"])
    said = capfd.readouterr()
    return [json.loads(row)["text"] for row in said.out.splitlines()], said.err


COUNCIL = ["Byrådet vedtog forslaget.", "Byrådet besluttede ikke at lukke biblioteket."]
COMMITTEE = ["Børne- og Skoleudvalget besluttede at sende sagen i høring."]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("udvalg:Byrådet type:referat", COUNCIL),
        ("udvalg:byråd* type:referat", COUNCIL),
        ('udvalg:"Børne- og Skoleudvalget" status:besluttet', COMMITTEE),
        ('udvalg:"børne og skoleudvalg"', COMMITTEE),
        ("udvalg:BSU", COMMITTEE),
        ('committee:(Byrådet OR "Børne- og Skoleudvalget") type:referat', [*COMMITTEE, *COUNCIL]),
        ("status:besluttet høring", [*COMMITTEE, COUNCIL[0]]),
    ],
)
def test_decisions_of_a_body_are_its_own(
    room: Path, capfd: pytest.CaptureFixture[str], query: str, expected: list[str]
) -> None:
    assert sorted(decisions(room, capfd, query)[0]) == sorted(expected)


def test_decisions_that_name_no_body_are_told(room: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found, said = decisions(room, capfd, "udvalg:Byrådet")
    assert sorted(found) == sorted(COUNCIL)
    assert "1 more decision of these parts does not say who decides" in said
    assert "who decides" not in decisions(room, capfd, "udvalg:Byrådet type:referat")[1]


def test_decisions_that_something_is_not_done(room: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert decisions(room, capfd, "--negated")[0] == [COUNCIL[1]]
    assert COUNCIL[1] not in decisions(room, capfd, "--not-negated", "type:referat")[0]
    assert COUNCIL[0] in decisions(room, capfd, "--not-negated", "type:referat")[0]
    assert run(["--workspace", str(room), "records", "amounts", "--negated"]) == ExitCode.USAGE


def test_a_quoted_message_is_shown_with_its_own_day_and_subject(room: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["--workspace", str(room), "search", "kind:message", "--format", "jsonl", "--sort", "date"])
    ids = [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()]
    heads = []
    for id in ids:
        assert run(["--workspace", str(room), "show", id]) == ExitCode.DONE
        heads.append(capfd.readouterr().out.split("\n\n")[0].splitlines())
    quoted, outer = heads
    assert quoted[0] == "Havnen"
    assert "date  2026-04-16 08:05" in quoted
    assert "kind  message that another quotes" in quoted
    assert outer[0] == "SV: Havnen"
    assert "date  2026-04-17 14:02" in outer
    assert "kind  message" in outer
