"""`akt search`, `records` and `show` as they are started: what they give, and what a wrong question is told."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from installed import ROOT, ingested, run

from index import search as index_search
from pipeline.cli import search as cli_search
from pipeline.cli.exits import ExitCode


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingested(tmp_path_factory.mktemp("sager"), tmp_path_factory.mktemp("rum") / "rum")


def test_search_gives_hits_as_the_contract_says(workspace: Path) -> None:
    done = run("--workspace", workspace, "search", "legeplads", "--format", "jsonl")

    (hit,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert {
        *("rank", "score", "match", "id", "path", "part", "kind", "title", "date", "committee", "municipality"),
        *("page", "snippet", "matches", "also_in"),
    } <= set(hit)
    assert (hit["rank"], hit["path"], hit["part"]) == (1, "a.txt", 0)
    assert [hit["snippet"][start:end] for start, end in hit["matches"]] == ["legepladser", "legepladser"]
    assert done.stderr == "1 of 1 hit\n"


def test_search_for_people_marks_the_words(workspace: Path) -> None:
    done = run("--workspace", workspace, "search", "svømmehaller")

    assert "b.txt" in done.stdout
    assert "«svømmehaller»" in done.stdout
    assert "\x1b" not in done.stdout


def test_nothing_found_is_code_4_and_empty_data(workspace: Path) -> None:
    for form, data in (("jsonl", ""), ("table", "")):
        done = run("--workspace", workspace, "search", "zzxqy", "--format", form)

        assert (done.returncode, done.stdout) == (ExitCode.NOTHING_FOUND, data)


@pytest.mark.parametrize("query", ['"åben', "amount:>=mange", "comitee:BUU", "(a", "a AND"])
def test_a_wrong_query_is_shown_with_its_place(workspace: Path, query: str) -> None:
    for command in (["search", query], ["records", "amounts", query]):
        done = run("--workspace", workspace, *command)

        assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
        said, shown, caret = done.stderr.splitlines()[:3]
        assert said.startswith("akt: ")
        assert shown == f"  {query}"
        assert caret.strip() == "^"


def test_filters_are_options_too(workspace: Path) -> None:
    wide = run("--workspace", workspace, "search", "notat", "--min-amount", "1mio", "--format", "jsonl")
    narrow = run("--workspace", workspace, "search", "notat", "--max-amount", "1 mio", "--format", "jsonl")

    assert [json.loads(line)["path"] for line in wide.stdout.splitlines()] == ["a.txt"]
    assert [json.loads(line)["path"] for line in narrow.stdout.splitlines()] == ["b.txt"]


def test_every_sort_of_the_index_can_be_asked_for(workspace: Path) -> None:
    assert get_args(cli_search.Sort) == index_search.SORTS
    assert run("--workspace", workspace, "search", "notat", "--sort", "-amount").returncode == ExitCode.DONE


@pytest.mark.parametrize(
    ("query", "code"), [("legepladser", 0), ('"til legepladser" beløb:>=1mio', 0), ("kommune:Sønderbog", 4)]
)
def test_search_loads_neither_store_nor_language_nor_pdf(workspace: Path, query: str, code: int) -> None:
    program = f"""
import sys
from pipeline.cli.app import run
assert run(["--workspace", {str(workspace)!r}, "search", {query!r}]) == {code}
heavy = {{"spacy", "sqlalchemy", "pdfplumber", "pypdfium2", "numpy", "rich", "simplemma"}} & set(sys.modules)
sys.exit(f"loaded: {{heavy}}" if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("word", ["amounts", "amount", "AMOUNTS"])
def test_records_carry_their_context(workspace: Path, word: str) -> None:
    done = run("--workspace", workspace, "records", word, "--format", "jsonl")

    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert {
        *("id", "path", "document", "document_date", "municipality", "part_kind", "part_title", "page", "quote"),
        *("type", "part", "start", "end", "text", "bbox", "source", "value", "currency", "year"),
    } <= set(first)
    assert (first["value"], first["path"]) == ("2000000", "a.txt")
    assert first["quote"] == "Udvalget bevilger 2 mio. kr. til legepladser i 2025."
    assert second["value"] == "500000"


def test_records_of_what_a_query_finds(workspace: Path) -> None:
    done = run("--workspace", workspace, "records", "amounts", "svømmehaller", "--format", "csv")

    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["value"], row["currency"], row["path"]) == ("500000", "DKK", "b.txt")
    assert done.stderr == "1 record\n"


def test_an_unknown_type_names_the_known_ones(workspace: Path) -> None:
    done = run("--workspace", workspace, "records", "kroner")

    assert done.returncode == ExitCode.USAGE
    assert "amounts, ftes" in done.stderr


def test_show_finds_what_search_and_records_name(workspace: Path) -> None:
    hit = json.loads(run("--workspace", workspace, "search", "legeplads", "--format", "jsonl").stdout)
    record = json.loads(run("--workspace", workspace, "records", "ftes", "--format", "jsonl").stdout)

    part = run("--workspace", workspace, "show", hit["id"])
    shown = json.loads(run("--workspace", workspace, "show", record["id"], "--format", "json").stdout)
    short = run("--workspace", workspace, "show", hit["id"][:7])

    assert "Udvalget bevilger 2 mio. kr. til legepladser" in part.stdout
    assert [found["value"] for found in shown["records"]] == ["1.5"]
    assert shown["places"][0]["path"] == "b.txt"
    assert short.returncode == ExitCode.DONE
    assert "a.txt" in short.stdout
    assert "told by: year «i 2025» · role «bevilger»" in part.stdout


@pytest.mark.parametrize("wanted", ["0000deadbeef", "abc", "%%%%"])
def test_an_id_of_nothing_is_code_4(workspace: Path, wanted: str) -> None:
    done = run("--workspace", workspace, "show", wanted)

    assert (done.returncode, done.stdout) == (ExitCode.NOTHING_FOUND, "")


def test_output_files_are_whole_or_not_there(workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "beløb.csv"

    assert run("--workspace", workspace, "records", "amounts", "--format", "csv", "-o", target).stdout == ""
    assert len(target.read_text().splitlines()) == 3
    before = target.read_bytes()
    assert run("--workspace", workspace, "records", "amounts", "a AND", "-o", target).returncode == ExitCode.USAGE
    assert target.read_bytes() == before
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["beløb.csv", "beløb.csv.datapackage.json"]


def test_an_output_place_that_is_not_there_is_said_so(workspace: Path, tmp_path: Path) -> None:
    done = run("--workspace", workspace, "records", "amounts", "-o", tmp_path / "ingen" / "fil.csv")

    assert done.returncode == ExitCode.ERROR
    assert f"cannot be written: the folder {tmp_path / 'ingen'} does not exist" in done.stderr


@pytest.mark.parametrize("more", [[], ["--count"], ["--explain"]])
@pytest.mark.parametrize("query", ["240752-1928", "legeplads 240752 1928"])
def test_a_search_for_a_cpr_number_says_that_none_is_found(workspace: Path, query: str, more: list[str]) -> None:
    done = run("--workspace", workspace, "search", query, *more)

    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert "No search finds a CPR number, for all of them are masked" in done.stderr
    assert "xxxx" in done.stderr
    assert "1928" not in done.stderr


@pytest.mark.parametrize("query", ["beløb:>=1201000000", "amount:(>=1201000000 role:saving)", "240752-xxxx"])
def test_an_amount_of_that_shape_and_a_masked_number_are_searched_for(workspace: Path, query: str) -> None:
    done = run("--workspace", workspace, "search", query)

    assert (done.returncode, "0 of 0 hits" in done.stderr) == (ExitCode.NOTHING_FOUND, True)
