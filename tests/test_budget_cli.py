"""`akt budget` over the samples: sums, refusals, what is left out, the lines behind, the chart."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export import charts
from pipeline.figures import request, words
from pipeline.figures.model import REASON_MEANING, Reason, Stage
from pipeline.figures.sheets import DIMENSION_COLUMNS

Budget = Callable[..., tuple[int, str, str]]
"""Runs `akt budget` with these words: the exit code, stdout and stderr."""
CATALOGUE = ["--by", "committee", "--stage", "proposal", "--price-level", "2026"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for name in (
        "katalog-fjordby-2026.pdf",
        "forslag-fjordby-SSU12.txt",
        "mail-outlook.msg",
        "regnskab-fjordby-2024.pdf",
    ):
        shutil.copy(samples / name, folder / name)
    place = tmp_path_factory.mktemp("workspace") / "ws"
    assert run(["--workspace", str(place), "ingest", str(folder)]) == ExitCode.DONE
    return place


@pytest.fixture
def budget(workspace: Path, capfd: pytest.CaptureFixture[str]) -> Budget:
    def asked(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(["--workspace", str(workspace), "budget", *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return asked


@pytest.mark.parametrize("both", [("--net", "--gross"), ("--brutto", "--netto"), ("--left-out", "--lines")])
def test_flags_that_leave_each_other_out_are_a_mistake(budget: Budget, both: tuple[str, str]) -> None:
    code, out, err = budget(*CATALOGUE, *both)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "leave each other out" in err


def test_a_query_that_finds_nothing_is_told_what_was_perhaps_meant(budget: Budget) -> None:
    code, _, err = budget("kommune:Fjorby")
    assert code == ExitCode.NOTHING_FOUND
    assert "Did you mean" in err
    assert "Fjordby" in err
    code, _, err = budget("kommune:Fjordby", "--year", "1999")
    assert code == ExitCode.NOTHING_FOUND
    assert "Did you mean" not in err


def test_net_and_gross_of_the_catalogue_come_to_the_same(budget: Budget) -> None:
    def sums(side: str) -> dict[tuple[str, str], str]:
        code, out, _ = budget(*CATALOGUE, side, "--format", "csv")
        assert code == ExitCode.DONE
        return {(row["committee"], row["year"]): row["value"] for row in csv.DictReader(io.StringIO(out))}

    assert sums("--net") == sums("--gross")
    assert sums("--net")["Børne- og Skoleudvalget", "2026"] == "-710000"


def test_a_mixed_request_is_refused_with_a_command_that_works(budget: Budget) -> None:
    code, out, err = budget("--by", "committee")
    assert (code, out) == (ExitCode.USAGE, "")
    for told in ("stages:", "price levels:", "--stage proposal", "--by role", "--gross for the rows"):
        assert told in err
    assert "proposal (97)" in err  # what is proposed can be chosen from the list
    example = err.rpartition("For example: akt budget ")[2]
    assert budget(*example.split())[0] == ExitCode.DONE
    assert budget("--by", "price-level", "--by", "committee") == budget("--by", "price-level,committee")
    _, _, err = budget("--role", "saving", "--role", "net", "--year", "2026", "--stage", "proposal")
    assert "akt budget --stage proposal --year 2026 --role net --role saving --price-level 2026 --net" in err


def test_what_each_sum_has_one_of_is_told_too(budget: Budget) -> None:
    code, _, err = budget("--by", "price-level,committee")
    assert code == ExitCode.USAGE
    assert "price levels: 2026 (257), unknown (32), 2024 (12): each sum has only one of them" in err


def test_danish_words_are_the_same(budget: Budget) -> None:
    danish = budget("--by", "Udvalg", "--stage", "forslag", "--price-level", "2026", "--net")
    assert danish == budget(*CATALOGUE, "--net")
    assert danish[0] == ExitCode.DONE


def test_what_is_left_out_is_counted_and_printed(budget: Budget) -> None:
    _, _, err = budget(*CATALOGUE, "--net")
    assert "Left out: 43 figures in 1 document: rows of summaries" in err
    code, out, _ = budget(*CATALOGUE, "--net", "--left-out", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == ExitCode.DONE
    assert {row["left_out"] for row in rows} == {"listed again", "check failed"}
    assert all(row["page"] == 3 for row in rows)


def test_each_sum_is_the_sum_of_its_lines(budget: Budget) -> None:
    _, sums, _ = budget(*CATALOGUE, "--gross", "--format", "jsonl")
    _, lines, _ = budget(*CATALOGUE, "--gross", "--lines", "--format", "jsonl")
    figures = [json.loads(line) for line in lines.splitlines()]
    for each in map(json.loads, sums.splitlines()):
        own = [row for row in figures if (row["committee"], row["year"]) == (each["committee"], each["year"])]
        assert sum(int(row["value"]) for row in own) == int(each["value"])
        assert len(own) == each["figures"]
        assert all(row["page"] and row["bbox"] for row in own)


def test_an_attachment_that_is_a_file_too_is_counted_once(budget: Budget) -> None:
    code, out, err = budget(
        "number:SSU12", "--by", "role", "--stage", "proposal", "--year", "2025", "--format", "jsonl"
    )
    values = {row["role"]: row["value"] for row in map(json.loads, out.splitlines())}
    assert (code, values) == (ExitCode.DONE, {"saving": "-380000", "efficiency": "-40000", "net": "-420000"})
    assert "Counted once, though they lie in several places: 1 document." in err


def test_accounts_and_budgets_of_one_table_are_kept_apart(budget: Budget) -> None:
    code, out, _ = budget("Årsberetning", "--by", "stage", "--gross", "--year", "2024", "--format", "jsonl")
    values = {row["stage"]: row["value"] for row in map(json.loads, out.splitlines())}
    assert code == ExitCode.DONE
    assert values == {
        "adopted": "-46810000",
        "revised": "-40700000",
        "accounts": "-45155000",
        "difference": "-4455000",
    }, "the rows without their subtotals come to the result that the paper prints"


def test_the_table_has_a_column_for_each_year(budget: Budget) -> None:
    _, out, _ = budget(*CATALOGUE, "--net")
    lines = out.splitlines()
    assert lines[0] == "kr. · stage proposal · price level 2026 · net"
    assert lines[1].split() == ["committee", "2026", "2027", "2028", "2029"]
    assert lines[2].split()[-4:] == ["-710.000", "-1.540.000", "-1.540.000", "-1.540.000"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--by", "emne"], "nothing to sum by: use committee"),
        (["--by", "udvlg"], "'udvlg' is nothing to sum by (did you mean 'udvalg'?)"),
        (["--stage", "ønske"], "'ønske' is no stage of a budget: use proposal"),
        (["--stage", "regnskap"], "(did you mean 'regnskab'?)"),
        (["--unit", "timer"], "no unit"),
        (["--role", "opsparing"], "'opsparing' is no role of a row: use saving, efficiency"),
        (["--price-level", "2026-priser"], "no price level"),
        (["--chart", "tal.pdf"], ".svg or .png"),
    ],
)
def test_a_wrong_word_is_told(budget: Budget, arguments: list[str], told: str) -> None:
    code, _, err = budget(*arguments)
    assert code == ExitCode.USAGE
    assert told in err


def test_the_words_of_the_command_are_those_of_the_figures() -> None:
    assert set(words.DIMENSIONS) == request.DIMENSIONS.keys() == {*DIMENSION_COLUMNS, "year"}
    assert set(words.STAGES) == {stage.value for stage in Stage} == charts.STAGES.keys()
    assert set(REASON_MEANING) == set(Reason)


@pytest.mark.parametrize(("danish", "english"), [("besparelse", "saving"), ("I alt", "total"), ("INDTAEGT", "income")])
def test_a_role_is_asked_for_in_danish_too(budget: Budget, danish: str, english: str) -> None:
    asked = ["--stage", "proposal", "--price-level", "2026", "--format", "csv"]
    code, out, _ = budget("--role", english, *asked)
    assert budget("--role", danish, *asked)[:2] == (code, out)


def test_nothing_found_is_told(budget: Budget) -> None:
    code, out, err = budget("--unit", "EUR")
    assert (code, out) == (ExitCode.NOTHING_FOUND, "")
    assert "No figure of a table" in err
    assert "(--unit kr)" in err


def test_a_chart_is_drawn_or_refused(budget: Budget, tmp_path: Path) -> None:
    picture, drawing = tmp_path / "tal.png", tmp_path / "tal.svg"
    assert budget(*CATALOGUE, "--net", "--chart", str(picture))[0] == ExitCode.DONE
    with Image.open(picture) as shown:
        assert shown.width > 1000
    for _ in range(2):
        assert budget(*CATALOGUE, "--net", "--chart", str(drawing))[0] == ExitCode.DONE
        assert "<svg" in drawing.read_text(encoding="utf-8")
    code, _, err = budget("--by", "number,label", *CATALOGUE[2:], "--net", "--chart", str(tmp_path / "mange.png"))
    assert code == ExitCode.USAGE
    assert "cannot be told apart" in err
