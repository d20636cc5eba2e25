"""`akt search` as a user meets it, on an index of either engine: every format, every exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

AKT = Path(sys.executable).with_name("akt")
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MAIL = """From: Karen Holm <kh@fjordby.example>
To: Per Dam <pd@fjordby.example>
Subject: Gynger
Date: Tue, 5 Mar 2024 10:12:00 +0100
Message-ID: <1@fjordby.example>
Content-Type: text/plain; charset=utf-8

Hej Per. Gyngerne paa legepladsen er i stykker.
"""
NOTES = {
    "a.txt": "Notat om legepladser\n\nDer er en besparelse på 2 mio. kr. i 2025. "
    "Bevillingen til gynger er 5 mio. kr. i 2026.\n",
    "b.txt": "Notat om svømmehaller\n\nDer er en besparelse på 500.000 kr. i 2026, og der er 1,5 årsværk i 2026.\n",
    "c.txt": "Støttepædagogkorpset nedlægges.\n",
    "lang.txt": f"Notat om diger\n\nDiget kostede 31 mio. kr. i 2019.\n\n{'Diget er langt. ' * 40}\n\n"
    "Byrådet besluttede at afsætte 47 mio. kr. i 2031, og der ansættes 6,5 årsværk. Prisen steg fra 52 mio. kr. til\n"
    "57,5 mio. kr. i 2032.\n",
    "brev.eml": MAIL,
    "kopi.eml": f"X-Kopi: 1\n{MAIL}",
    "styret.txt": "Skøjtebanen\x1b[31m er \u202elukket\x9b0m og \u061cmørk.\n",
    **{f"n{number}.txt": f"Cykelsti nummer {number} er lang.\n" for number in range(12)},
}

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("sager")
    for name, text in NOTES.items():
        (folder / name).write_text(text)
    made = str(tmp_path_factory.mktemp("rum") / "rum")
    assert run(["--workspace", made, "ingest", str(folder), "--engine", request.param]) == ExitCode.DONE
    assert json.loads((Path(made) / "index" / "manifest.json").read_bytes())["engine"] == request.param
    return made


@pytest.fixture
def ask(workspace: str, capfd: pytest.CaptureFixture[str]) -> Ask:
    """Exit code, stdout and stderr of a search."""

    def asked(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(["--workspace", workspace, "search", *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return asked


def found(ask: Ask, *arguments: str) -> Any:
    return json.loads(ask(*arguments, "--format", "json")[1])


# --- formats --------------------------------------------------------------------------------------------------


def test_json_is_one_object_with_everything(ask: Ask) -> None:
    told = found(ask, "cykelsti", "--limit", "5", "--facet", "kind", "--facet", "sender")

    assert set(told) >= {"hits", "total", "total_all", "parts", "exact", "next", "facets", "did_you_mean"}
    assert (len(told["hits"]), told["total"], told["total_all"], told["parts"]) == (5, 12, 12, 12)
    assert told["facets"] == {"kind": [{"value": "other", "count": 12}], "sender": []}


def test_lines_are_hits_then_facets_and_the_last_hit_has_the_cursor(ask: Ask) -> None:
    lines = [
        json.loads(line)
        for line in ask("cykelsti", "--limit", "3", "--facet", "kind", "--format", "jsonl")[1].splitlines()
    ]

    assert [line.get("rank") for line in lines] == [1, 2, 3, None]
    assert [bool(line.get("next")) for line in lines[:3]] == [False, False, True]
    assert lines[3] == {"facet": "kind", "value": "other", "count": 12}


def test_csv_is_one_table(ask: Ask) -> None:
    hits = list(csv.DictReader(io.StringIO(ask("cykelsti", "--limit", "3", "--format", "csv")[1])))
    facets = list(csv.DictReader(io.StringIO(ask("cykelsti", "--facets", "--format", "csv")[1])))

    assert [row["rank"] for row in hits] == ["1", "2", "3"]
    assert [bool(row["next"]) for row in hits] == [False, False, True]
    assert hits[0]["snippets"].startswith("Cykelsti nummer")
    assert {"facet": "kind", "value": "other", "count": "12"} in facets


def test_the_table_shows_facets_below_the_hits(ask: Ask) -> None:
    _, out, err = ask("gynger", "--facets")

    assert "Of the 3 parts found, every copy of a message counted:" in out
    assert out.index("[") < out.index("Of the 3 parts")
    assert re.search(r"^sender\n {4}2  kh@fjordby\.example$", out, re.M)
    assert "also in: kopi.eml" in out or "also in: brev.eml" in out
    assert err == "2 of 2 hits\n"


def test_a_part_of_a_word_is_marked_inside_it(ask: Ask) -> None:
    assert "Støtte«pædagog»korpset" in ask("pædagog")[1]
    assert "«Støttepædagogkorpset»" in ask("støttepædagogkorps")[1]


@pytest.mark.parametrize(
    ("query", "marked", "begins"),
    [
        ("beløb:47mio", ["47 mio. kr."], "Byrådet besluttede"),
        ("beløb:57,5mio", ["57,5 mio. kr."], "Prisen steg fra 52"),
        ("årsværk:6,5", ["6,5 årsværk"], "…"),
        ("status:besluttet beløb:47mio", ["Byrådet", "47 mio. kr."], "Diget er langt. Byrådet besluttede"),
        ("rolle:bevilling år:2031", ["47 mio. kr."], "Byrådet besluttede"),
        ("beløb:(47mio år:2031)", ["47 mio. kr."], "Byrådet besluttede"),
        ("dige -beløb:<30mio", ["diger", "Diget", "Diget"], "Notat om"),
    ],
)
def test_a_filter_shows_the_figure_or_decision_that_fits(ask: Ask, query: str, marked: list[str], begins: str) -> None:
    (hit,) = (one for one in found(ask, query)["hits"] if one["path"].endswith("lang.txt"))
    words = [hit["snippet"][start:end] for start, end in hit["matches"]]
    assert words[: len(marked)] == marked
    assert hit["snippet"].startswith(begins)


@pytest.mark.parametrize(("form", "data"), [("table", "2\n"), ("jsonl", None), ("json", None), ("csv", None)])
def test_a_count_is_one_number(ask: Ask, form: str, data: str | None) -> None:
    code, out, err = ask("gynger", "--count", "--format", form)

    assert code == ExitCode.DONE
    assert data is None or out == data
    if form == "csv":
        assert out.splitlines() == ["total,total_all,parts,exact", "2,2,3,true"]
    elif form != "table":
        assert json.loads(out) == {"total": 2, "total_all": 2, "parts": 3, "exact": True}
    assert err == "2 hits: 2 with all words, 0 with most; 3 parts with every copy of a message counted\n"


TABLES = ("tsv", "xlsx", "parquet")


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The rows of a file by its ending, as whoever opens it gets them."""
    if file.suffix == ".parquet":
        return list(pq.read_table(file).to_pylist())
    if file.suffix == ".xlsx":
        heading, *rows = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))
        return [dict(zip(map(str, heading), row, strict=True)) for row in rows]
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.mark.parametrize("form", TABLES)
def test_hits_facets_and_counts_go_to_files_of_typed_columns(ask: Ask, tmp_path: Path, form: str) -> None:
    hits, facets, counts = (tmp_path / f"{name}.{form}" for name in ("hits", "facets", "counts"))
    plain = list(csv.DictReader(io.StringIO(ask("gynger", "--limit", "1", "--format", "csv")[1])))

    assert ask("gynger", "--limit", "1", "-o", str(hits))[:2] == (ExitCode.DONE, "")
    assert ask("gynger", "--facets", "-o", str(facets))[:2] == (ExitCode.DONE, "")
    assert ask("gynger", "--count", "-o", str(counts))[:2] == (ExitCode.DONE, "")

    (hit,) = rows_of(hits)
    assert list(hit) == list(plain[0])
    same = ("id", "path", "title", "snippet", "next")
    assert [hit[name] or "" for name in same] == [plain[0][name] for name in same]
    assert {"facet": "sender", "value": "kh@fjordby.example", "count": 2} in [
        {**row, "count": int(row["count"])} for row in rows_of(facets)
    ]
    assert [[int(row[name]) for name in ("total", "total_all", "parts")] for row in rows_of(counts)] == [[2, 2, 3]]
    described = json.loads(Path(f"{hits}.datapackage.json").read_bytes())
    assert [field["name"] for field in described["resources"][0]["schema"]["fields"]] == list(hit)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_the_plain_formats_have_nothing_beside_the_file(ask: Ask, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"fund.{form}"

    assert ask("gynger", "-o", str(file))[0] == ExitCode.DONE
    assert file.read_bytes().decode() == ask("gynger", "--format", form)[1]
    assert list(tmp_path.iterdir()) == [file]


def test_danish_excel_gets_semicolons(ask: Ask) -> None:
    heading, first, *_ = ask("gynger", "--excel-da")[1].splitlines()

    assert heading.lstrip("\ufeff").startswith("rank;score;match;")
    assert re.match(r"1;\d+,\d+;all;", first)


@pytest.mark.parametrize("form", ["csv", *TABLES])
def test_a_tree_is_no_table(ask: Ask, tmp_path: Path, form: str) -> None:
    code, _, err = ask("gynger", "--explain", "-o", str(tmp_path / f"x.{form}"))

    assert (code, list(tmp_path.iterdir())) == (ExitCode.USAGE, [])
    assert "--explain prints a tree" in err


# --- exit codes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "data"), [("jsonl", ""), ("table", ""), ("json", None), ("csv", None)])
def test_nothing_found_is_code_4_in_every_format(ask: Ask, form: str, data: str | None) -> None:
    code, out, _ = ask("zzxqy", "--format", form, "--facets")

    assert code == ExitCode.NOTHING_FOUND
    assert data is None or out == data
    assert form != "json" or json.loads(out)["hits"] == []


def test_a_count_of_nothing_is_nought_and_code_4(ask: Ask) -> None:
    assert ask("zzxqy", "--count")[:2] == (ExitCode.NOTHING_FOUND, "0\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("cykelsti", "--after", "x"),
        ("cykelsti", "--after", "eA", "--offset", "2"),
        ("cykelsti", "--count", "--facets"),
        ("cykelsti", "--count", "--after", "x"),
        ("cykelsti", "--facet", "farve"),
        ("cykelsti", "--snippets", "0"),
        ("cykelsti", "--snippets", "21"),
        ("cykelsti", "--like", ""),
        ("cykelsti", "--role", "mange"),
        ("cykelsti", "--year", "mange"),
        ("",),
    ],
)
def test_what_cannot_be_asked_is_code_2_with_a_sentence(ask: Ask, arguments: tuple[str, ...]) -> None:
    code, out, err = ask(*arguments)

    assert (code, out) == (ExitCode.USAGE, "")
    assert err
    assert "Traceback" not in err


@pytest.mark.parametrize("word", ["-vej", "-årsværk", "-overskud", "-hal"])
def test_a_minus_taken_for_an_option_is_told_how_to_type_it(
    ask: Ask, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = ask("cykelsti", word)

    assert not list(tmp_path.glob("verskud"))

    assert code == ExitCode.USAGE
    assert f"akt search -- 'skole {word}'" in err
    assert f"NOT {word[1:]}" in err
    assert ask("--", f"cykelsti {word}")[0] == ExitCode.DONE
    assert "NOT" not in ask("--limt", "3")[2]


def test_an_id_of_nothing_is_code_4(ask: Ask) -> None:
    for id in ("ffffffffffff.0", "hvad er det"):
        code, out, err = ask("--like", id)
        assert (code, out) == (ExitCode.NOTHING_FOUND, "")
        assert err.startswith("akt: ")


# --- paging, likeness, slips ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("fra:holm type:referat", "By themselves: fra:holm 1 hit, type:referat 0 hits"),
        ("type:mail OG dato:2019", "By themselves: type:mail 1 hit, dato:2019 0 hits"),
        ("fra:qwert", "Nothing is of fra:qwert. Most often it is kh@fjordby.example (--facet sender lists them)."),
    ],
)
def test_filters_that_find_nothing_say_what_each_finds_and_which_names_there_are(
    ask: Ask, query: str, told: str
) -> None:
    code, _, err = ask(query)

    assert code == ExitCode.NOTHING_FOUND
    assert told in err


def test_a_cursor_goes_on_where_the_page_ended(ask: Ask) -> None:
    first = found(ask, "cykelsti", "--limit", "7")
    second = found(ask, "cykelsti", "--limit", "7", "--after", first["next"])

    paths = [hit["path"] for page in (first, second) for hit in page["hits"]]
    assert len(set(paths)) == len(paths) == 12
    assert [hit["rank"] for hit in second["hits"]] == list(range(8, 13))
    assert second["next"] is None


def test_a_person_is_told_the_cursor(ask: Ask) -> None:
    err = ask("cykelsti", "--limit", "7")[2]
    after = re.fullmatch(r"7 of 12 hits\nThe next page: --after (\S+)\n", err)

    assert after is not None
    assert ask("cykelsti", "--after", after[1])[2] == "5 of 12 hits\n"


def test_a_cursor_of_another_query_is_refused(ask: Ask) -> None:
    after = found(ask, "cykelsti", "--limit", "3")["next"]

    for other in (["cykelsti", "--kind", "other"], ["nummer"], ["cykelsti", "--sort", "date"]):
        code, _, err = ask(*other, "--after", after)
        assert code == ExitCode.USAGE
        assert "The cursor belongs to" in err


def test_like_leaves_out_the_thing_itself_and_its_copies(ask: Ask) -> None:
    (mail,) = [hit for hit in found(ask, "gynger")["hits"] if hit["path"].endswith(".eml")]
    alike = found(ask, "--like", f"[{mail['id']}]")

    assert alike["hits"][0]["path"] == "a.txt"
    assert not [hit["path"] for hit in alike["hits"] if hit["path"].endswith(".eml")]
    assert ask("--like", mail["id"], "--kind", "minutes")[0] == ExitCode.NOTHING_FOUND
    assert ask("legeplads", "--like", mail["id"], "--count")[:2] == (ExitCode.DONE, "1\n")
    assert "legeplads" in ask("--like", mail["id"], "--explain")[1]
    assert json.loads(ask("--like", mail["id"], "--explain", "--format", "json")[1])["like"]["id"] == mail["id"]
    assert ask("--like", "ffffffffffff", "--explain")[0] == ExitCode.NOTHING_FOUND


def test_a_slip_is_told_on_stderr_and_in_json(ask: Ask) -> None:
    code, out, err = ask("svømehaller")

    assert (code, out) == (ExitCode.NOTHING_FOUND, "")
    assert err == "Did you mean: svømmehaller\n0 of 0 hits\n"
    assert ask("svømehaller", "--count")[2].startswith("Did you mean: svømmehaller\n0 hits")
    assert found(ask, "svømehaller")["did_you_mean"] == "svømmehaller"
    assert found(ask, "svømmehaller")["did_you_mean"] is None


# --- filters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        (["--min-amount", "1mio", "--role", "saving"], ["a.txt"]),
        (["--min-amount", "3mio", "--role", "saving"], []),
        (["--min-amount", "3mio", "--year", "2026"], ["a.txt"]),
        (["--min-amount", "3mio", "--year", "2025"], []),
        (["--role", "saving", "--year", "2026"], ["b.txt"]),
        (["--min-fte", "1,5", "--year", "2026"], ["b.txt"]),
        (["--max-fte", "1", "--year", "2026"], []),
    ],
)
def test_amount_role_and_year_hold_for_one_amount(ask: Ask, options: list[str], paths: list[str]) -> None:
    assert [hit["path"] for hit in found(ask, "notat", *options)["hits"]] == paths


# --- a terminal -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_no_command_of_a_document_reaches_a_terminal(workspace: str, form: str) -> None:
    import pty

    leader, follower = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "NO_COLOR": "1"}
    arguments = ["search", "skøjtebane", "--format", form, "--snippets", "3"]
    subprocess.run([str(AKT), "--workspace", workspace, *arguments], stdout=follower, env=environment, check=True)
    os.close(follower)
    shown = os.read(leader, 100_000).decode().replace("\r\n", "\n")
    os.close(leader)

    assert "lukket" in shown
    assert not UNSAFE.search(shown)


def test_control_characters_of_a_query_are_shown_not_obeyed(ask: Ask) -> None:
    for query in ("zzxqy\x1b[31m\u202e", "felt\u202e:x\x9b", 'kommune:"Fjord\x1bby\u2066"'):
        assert not UNSAFE.search(ask(query)[2])
