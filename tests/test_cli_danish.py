"""Options in Danish, and filters that a command takes in its query only."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from pipeline.cli.app import COMMANDS, akt, run
from pipeline.cli.danish import IN_DANISH, IN_THE_QUERY
from pipeline.cli.exits import ExitCode
from pipeline.cli.filters import FILTERS, QueryCommand


@pytest.fixture(scope="module")
def workspace(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rum")
    files = [str(samples / name) for name in ("forslag-fjordby-BSU07.pdf", "mail-med-bilag.eml")]
    assert run(["--workspace", str(place), "ingest", *files]) == ExitCode.DONE
    return place


def both(workspace: Path, capfd: pytest.CaptureFixture[str], *lines: list[str]) -> list[tuple[int, str]]:
    capfd.readouterr()
    return [(run(["--workspace", str(workspace), *line]), capfd.readouterr().out) for line in lines]


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        ("search åbning --udvalg Børne-*", "search åbning --committee Børne-*"),
        ("search åbning --fra-dato=2020 --maks-beløb 9mio", "search åbning --from-date=2020 --max-amount 9mio"),
        ("search --min-beloeb 100.000", "search --min-amount 100.000"),
        ("records lines år:2026 --format csv", "records linjer year:2026 --format csv"),
        ("budget --efter udvalg --netto --år 2026 --stade forslag --prisniveau=2026",
         "budget --by committee --net --year 2026 --stage proposal --price-level 2026"),
    ],
)  # fmt: skip
def test_an_option_in_danish_is_that_option(
    workspace: Path, capfd: pytest.CaptureFixture[str], danish: str, english: str
) -> None:
    one, other = both(workspace, capfd, danish.split(), english.split())
    assert one == other
    assert one[0] != ExitCode.USAGE


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["records", "amounts", "--udvalg", "x"], "Here filters are written in the query: akt records … 'udvalg:…'"),
        (["records", "lines", "--min-amount", "5"], "'beløb:>=…'"),
        (["tables", "--from-date", "2024"], "'dato:>=…'"),
        (["search", "x", "--fra", "2024-01-01"], "a day is given by --fra-dato"),
        (["search", "x", "--til=1/3/2024"], "a day is given by --til-dato"),
        (["search", "x", "--frabat", "3"], "No such option"),
        (["tables"], "Missing argument"),
    ],
)
def test_what_is_no_option_here_is_told_with_what_to_write(
    workspace: Path, capfd: pytest.CaptureFixture[str], typed: list[str], told: str
) -> None:
    assert run(["--workspace", str(workspace), *typed]) == ExitCode.USAGE
    assert told in " ".join(capfd.readouterr().err.split())


def test_a_value_and_a_word_behind_two_dashes_are_no_options(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--workspace", str(workspace), "search", "åbning", "-o", "--udvalg"]) == ExitCode.DONE
    assert (tmp_path / "--udvalg").exists()
    assert run(["--workspace", str(workspace), "search", "--", "--fra"]) == ExitCode.USAGE
    assert "--fra stands inside the query" in capfd.readouterr().err


def test_each_danish_word_is_of_an_option_and_each_filter_has_its_way() -> None:
    with click.Context(akt) as context:
        commands = [command for name in COMMANDS if (command := akt.get_command(context, name))]
    known = {
        name for each in commands if isinstance(each, QueryCommand) for param in each.params for name in param.opts
    }
    assert {f"--{english}" for english in IN_DANISH.values()} <= known
    assert set(IN_THE_QUERY) == {name.replace("_", "-") for name in FILTERS}
