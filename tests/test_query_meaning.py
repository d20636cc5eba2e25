"""What people type and what comes: mails, notes, proposals and minutes are taken in as files and searched by command.

The documents are in the folders of ``data/query`` (``papers``), each beside a ``cases.tsv``: queries with the parts
that have all they ask for, and no others. A part is called by its file, and by its number where a file has several
("tku.2").
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from index.engines.base import EngineName
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

FOLDER = Path(__file__).parent / "data" / "query"
FOLDERS = ("casework", "notes")
REFUSED = "refused"
MINUTES = ("tku", "bfu")


def cases() -> list[tuple[str, str, str]]:
    """Folders with queries and the parts that are to be found, or refused."""
    found = []
    for folder in FOLDERS:
        with (FOLDER / folder / "cases.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [(folder, row["query"], row["finds"]) for row in rows]
    return found


@pytest.fixture(scope="module", params=get_args(EngineName))
def workspaces(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A workspace of each folder."""
    made = {folder: str(tmp_path_factory.mktemp("rum") / "rum") for folder in FOLDERS}
    for folder, room in made.items():
        papers = str(FOLDER / folder / "papers")
        assert run(["--workspace", room, "ingest", "--workers", "0", "--engine", request.param, papers]) == 0
    return made


@pytest.fixture
def workspace(workspaces: dict[str, str]) -> str:
    return workspaces["casework"]


def asked(workspace: str, target: Path, query: str, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit code, and what was found."""
    given = ["--format", "json", "--no-descriptor", "-o", str(target), *options]
    code = run(["--workspace", workspace, "search", *given, "--", query])
    return code, json.loads(target.read_bytes()) if target.is_file() else {}


def name(hit: dict[str, Any]) -> str:
    """What a part is called in the table; a copy of a message by its original."""
    stem = Path(hit["path"]).stem
    if hit["title"] == "Merforbrug på flextrafik":
        return "flextrafik"
    return f"{stem}.{hit['part']}" if stem in MINUTES else stem


@pytest.mark.parametrize(("folder", "query", "finds"), cases())
def test_what_is_found(workspaces: dict[str, str], tmp_path: Path, folder: str, query: str, finds: str) -> None:
    code, found = asked(workspaces[folder], tmp_path / "hits.json", query, "--all-words", "--limit", "100")

    if finds == REFUSED:
        assert code == ExitCode.USAGE
        return
    assert code == (ExitCode.DONE if finds else ExitCode.NOTHING_FOUND)
    hits = found.get("hits", [])
    assert " ".join(sorted(map(name, hits))) == finds
    assert found.get("total", 0) == len(hits)


def test_a_mail_that_stands_in_three_places_is_one_hit(workspace: str, tmp_path: Path) -> None:
    _, found = asked(workspace, tmp_path / "hits.json", "taksterne")
    places = [found["hits"][0]["path"], *found["hits"][0]["also_in"]]

    assert (found["total"], found["parts"]) == (1, 3)
    assert sorted(places) == ["flextrafik-svar.eml", "flextrafik.eml", "kopi/flextrafik.eml"]


@pytest.mark.parametrize("sort", ["relevance", "date", "-date", "amount", "-fte"])
def test_pages_put_together_are_the_whole(workspace: str, tmp_path: Path, sort: str) -> None:
    target = tmp_path / "hits.json"
    _, whole = asked(workspace, target, "kommune ELLER havnby", "--sort", sort, "--limit", "100")
    pages: list[dict[str, Any]] = []
    following: list[str] = []
    while not pages or following:
        _, page = asked(workspace, target, "kommune ELLER havnby", "--sort", sort, "--limit", "3", *following)
        pages += page["hits"]
        following = ["--after", page["next"]] if page["next"] else []

    assert len(whole["hits"]) > 9
    assert [name(hit) for hit in pages] == [name(hit) for hit in whole["hits"]]
    assert [hit["rank"] for hit in pages] == list(range(1, len(pages) + 1))


def test_the_newest_and_the_dearest_come_first(workspace: str, tmp_path: Path) -> None:
    _, newest = asked(workspace, tmp_path / "hits.json", "har:dato", "--sort", "-date", "--limit", "100")
    _, dearest = asked(workspace, tmp_path / "hits.json", "har:beløb", "--sort", "-amount", "--limit", "3")
    days = [hit["date"][:10] for hit in newest["hits"] if hit["date"]]

    assert days == sorted(days, reverse=True)
    assert len(days) > 9
    assert [name(hit) for hit in dearest["hits"]] == ["affald", "tku.2", "tku.1"]


def test_facets_count_what_is_found(workspace: str, tmp_path: Path) -> None:
    _, found = asked(workspace, tmp_path / "hits.json", "kommune:Havnby ELLER kommune:Nordsund", "--facets")
    counted = {value["value"]: value["count"] for value in found["facets"]["municipality"]}

    assert counted == {"Havnby": 7, "Nordsund": 4}
    assert sum(value["count"] for value in found["facets"]["kind"]) == found["parts"] == 11
