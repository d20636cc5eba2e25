"""`akt saved`: a search is kept, and a run prints what no run before has printed."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

MAIL = """From: Karen Holm <kh@fjordby.example>
To: Per Dam <pd@fjordby.example>
Subject: Gynger
Date: Tue, 5 Mar 2024 10:12:00 +0100
Message-ID: <1@fjordby.example>
Content-Type: text/plain; charset=utf-8

Gyngerne på legepladsen i Havnegade er i stykker igen.
"""
ANSWER = """From: Per Dam <pd@fjordby.example>
To: Karen Holm <kh@fjordby.example>
Subject: SV: Gynger
Date: Wed, 6 Mar 2024 08:00:00 +0100
Message-ID: <2@fjordby.example>
Content-Type: text/plain; charset=utf-8

Tak, det er meldt videre.

Fra: Karen Holm <kh@fjordby.example>
Sendt: 5. marts 2024 10:12
Til: Per Dam <pd@fjordby.example>
Emne: Gynger

Gyngerne på legepladsen i Havnegade er i stykker igen.
"""


class Place:
    """A workspace and the folder that is ingested into it."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.papers, self.workspace, self._capfd = folder / "papirer", folder / "arbejde", capfd
        self.papers.mkdir()

    def ingest(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.papers / name.replace("_", ".")).write_text(text, encoding="utf-8")
        assert self.akt("ingest", str(self.papers))[0] == ExitCode.DONE

    def akt(self, *arguments: str) -> tuple[int, str, str]:
        self._capfd.readouterr()
        code = run(["--workspace", str(self.workspace), *arguments])
        return code, *self._capfd.readouterr()

    def fresh(self, *arguments: str) -> list[str]:
        """The paths that a run prints; its exit code must say whether there are any."""
        code, out, _ = self.akt("saved", "run", "--format", "csv", *arguments)
        paths = [row["path"] for row in csv.DictReader(io.StringIO(out))]
        assert code == (ExitCode.DONE if paths else ExitCode.NOTHING_FOUND)
        return paths


@pytest.fixture
def place(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Place:
    place = Place(tmp_path, capfd)
    place.ingest(a_txt="Besparelse på skolen.\n")
    return place


def test_a_run_prints_what_came_since_the_last_one(place: Place) -> None:
    assert place.akt("saved", "add", "skole", "besparelse")[0] == ExitCode.DONE
    assert place.fresh() == ["a.txt"]
    assert place.fresh() == []
    place.ingest(b_txt="Endnu en besparelse, nu på biblioteket.\n", c_txt="Intet.\n")
    assert place.fresh() == ["b.txt"]
    assert place.akt("ingest", "--reindex")[0] == ExitCode.DONE
    assert place.fresh() == []


@pytest.mark.parametrize("command", [("saved", "run"), ("search", "zebra")])
def test_at_exit_code_4_a_csv_has_its_headings_and_lines_of_json_are_none(
    place: Place, command: tuple[str, ...]
) -> None:
    place.akt("saved", "add", "skole", "zebra")
    code, out, _ = place.akt(*command, "--format", "csv")
    assert (code, len(out.splitlines())) == (ExitCode.NOTHING_FOUND, 1)
    assert "path" in out.split(",")
    assert place.akt(*command, "--format", "jsonl")[:2] == (ExitCode.NOTHING_FOUND, "")


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_score_is_a_number_in_json_as_that_of_a_search_is(place: Place, tmp_path: Path, form: str) -> None:
    place.akt("saved", "add", "skole", "besparelse")
    (searched,) = json.loads(place.akt("search", "besparelse", "--format", "json")[1])["hits"]
    (tmp_path / "spørgsmål.txt").write_text("besparelse\n")
    for command in (("saved", "run"), ("batch-search", str(tmp_path / "spørgsmål.txt"))):
        found = json.loads(place.akt(*command, "--format", form)[1])
        (row,) = found if form == "json" else [found]
        assert isinstance(row["score"], float)
        assert row["score"] == searched["score"]


def test_a_changed_file_is_new_and_one_that_comes_back_is_not(place: Place) -> None:
    place.akt("saved", "add", "skole", "besparelse")
    assert place.fresh() == ["a.txt"]
    (place.papers / "a.txt").rename(place.papers / "væk.bin")
    place.ingest(b_txt="Andet.\n")
    assert place.fresh() == []
    (place.papers / "væk.bin").rename(place.papers / "a.txt")
    place.ingest()
    assert place.fresh() == []
    place.ingest(a_txt="Besparelse på skolen i Havnegade.\n")
    assert place.fresh() == ["a.txt"]


@pytest.mark.parametrize("first", [("mail_eml", MAIL), ("svar_eml", ANSWER)])
def test_a_message_is_shown_once_whichever_copy_came_first(place: Place, first: tuple[str, str]) -> None:
    place.akt("saved", "add", "gynger", '"i stykker igen"')
    place.ingest(**dict([first]))
    assert len(place.fresh()) == 1
    place.ingest(mail_eml=MAIL, svar_eml=ANSWER)
    assert place.fresh() == []


def test_from_now_limit_and_keep(place: Place) -> None:
    assert "1 hit of today is" in place.akt("saved", "add", "nu", "besparelse", "--from-now")[2]
    assert place.fresh() == []
    place.ingest(b_txt="Besparelse et.\n", c_txt="Besparelse to.\n", d_txt="Besparelse tre.\n")
    assert len(place.fresh("--keep")) == 3
    first = place.fresh("--limit", "2")
    assert sorted([*first, *place.fresh()]) == ["b.txt", "c.txt", "d.txt"]


def test_what_could_not_be_written_is_not_taken_for_shown(place: Place) -> None:
    place.akt("saved", "add", "skole", "besparelse")
    code, _, err = place.akt("saved", "run", "-o", str(place.papers / "findes-ikke" / "nyt.csv"))
    assert code == ExitCode.ERROR
    assert "does not exist" in err
    assert place.fresh() == ["a.txt"]


def test_names_and_queries_are_checked(place: Place) -> None:
    assert place.akt("saved", "run")[0] == ExitCode.ERROR
    assert place.akt("saved", "list")[0] == ExitCode.NOTHING_FOUND
    assert place.akt("saved", "add", "x", "comittee:x")[0] == ExitCode.USAGE
    assert place.akt("saved", "add", "x", "")[0] == ExitCode.USAGE
    assert place.akt("saved", "add", "Skole", "skole", "--min-amount", "1mio")[0] == ExitCode.DONE
    code, _, err = place.akt("saved", "add", "skole", "andet")
    assert (code, "There is a search called" in err) == (ExitCode.USAGE, True)
    code, _, err = place.akt("saved", "run", "bibliotek")
    assert (code, "there are 'Skole'" in err) == (ExitCode.USAGE, True)
    assert "amount:>=1mio" in place.akt("saved", "list")[1]
    assert place.akt("saved", "remove", "skole")[0] == ExitCode.DONE
    assert place.akt("saved", "list")[0] == ExitCode.NOTHING_FOUND


def test_a_query_that_is_not_understood_any_more_stops_no_other(place: Place) -> None:
    """As after an update of Akt: the file holds what an older one took."""
    place.akt("saved", "add", "a", "besparelse")
    place.akt("saved", "add", "b", "skole")
    with sqlite3.connect(place.workspace / "saved.sqlite") as database:
        database.execute("update searches set query = 'gammelt:x' where name = 'a'")
    code, out, err = place.akt("saved", "run", "--format", "csv")
    assert code == ExitCode.SOME_FAILED
    assert "a.txt" in out
    assert "a: there is no filter gammelt" in err.replace("There", "there")


def test_a_damaged_file_is_told_with_what_to_do(place: Place) -> None:
    (place.workspace / "saved.sqlite").write_bytes(b"no database at all, but long enough to be looked into" * 20)
    code, _, err = place.akt("saved", "run")
    assert code == ExitCode.DAMAGED
    assert "put back a copy" in err


def test_a_cpr_number_is_not_kept(place: Place) -> None:
    for name, query in (("hr. dam", "dam 010190-1234"), ("dam 010190-1234", "dam")):
        code, out, err = place.akt("saved", "add", name, query)
        assert (code, "010190-1234" in out + err) == (ExitCode.USAGE, False)
    assert place.akt("saved", "list")[0] == ExitCode.NOTHING_FOUND


def test_an_amount_of_that_shape_is_kept(place: Place) -> None:
    assert place.akt("saved", "add", "stor", "havn", "--min-amount", "1201900000")[0] == ExitCode.DONE


def test_a_cpr_number_in_an_option_is_not_printed(place: Place, tmp_path: Path) -> None:
    code, _, err = place.akt("ingest", "--report", str(tmp_path / "010190-1234" / "last.json"), str(tmp_path))
    assert (code, "010190-xxxx" in err, "010190-1234" in err) == (ExitCode.USAGE, True, False)
