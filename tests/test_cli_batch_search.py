"""`akt batch-search`: a file of queries in, a table of hits out."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.cli.filters import FILTERS
from pipeline.searches.queries import QueryFileError, read_queries

NOTES = {
    "a.txt": "Notat om legepladser\n\nDer er en besparelse på 2 mio. kr. i 2025 i Fjordby Kommune.\n",
    "b.txt": "Notat om svømmehaller\n\nDer er en besparelse på 500.000 kr. i 2026.\n",
    "c.txt": "Notat om skøjtebanen\n\nBanen lukker.\n",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    papers = folder / "papirer"
    papers.mkdir()
    for name, text in NOTES.items():
        (papers / name).write_text(text, encoding="utf-8")
    assert run(["--workspace", str(folder / "arbejde"), "ingest", str(papers)]) == ExitCode.DONE
    return folder / "arbejde"


def _search(workspace: Path, file: Path, *options: str) -> int:
    return run(["--workspace", str(workspace), "batch-search", str(file), *options])


def _rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


def test_each_hit_is_a_row_with_the_users_own_columns(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Semicolons and Windows-1252, as Excel writes a CSV in Denmark."""
    file = tmp_path / "søgninger.csv"
    file.write_bytes("Emne;Søgning;Min beløb\r\nFælles;besparelse;1mio\r\nBaner;skøjtebane*;\r\n".encode("cp1252"))
    capfd.readouterr()
    assert _search(workspace, file) == ExitCode.DONE
    out, err = capfd.readouterr()
    found = [(row["line"], row["Emne"], row["total"], row["path"], row["rank"]) for row in _rows(out)]
    assert found == [("2", "Fælles", "1", "a.txt", "1"), ("3", "Baner", "1", "c.txt", "1")]
    assert "2 queries: 2 found something, 0 nothing" in err
    assert "Copied from the file, no filters: Emne" in err


def test_queries_without_hits_and_wrong_ones_have_a_row_each(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q.csv"
    file.write_text('query\nintetsteds\namount:>=x\n""\nbesparelse\n')
    capfd.readouterr()
    assert _search(workspace, file, "--format", "jsonl") == ExitCode.SOME_FAILED
    out, err = capfd.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["line"], row.get("total"), bool(row.get("error"))) for row in rows] == [
        (2, 0, False),
        (3, None, True),
        (5, 2, False),
        (5, 2, False),
    ]
    assert "Not answered, see the column error: line 3" in err


def test_a_plain_list_counts_and_a_limit_is_told(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "navne.txt"
    file.write_text("besparelse\n\nintetsteds\n")
    capfd.readouterr()
    assert _search(workspace, file, "--counts") == ExitCode.DONE
    assert [(row["line"], row["total"]) for row in _rows(capfd.readouterr().out)] == [("1", "2"), ("3", "0")]
    assert _search(workspace, file, "--limit", "1") == ExitCode.DONE
    assert "More than 1 hit, not all printed (--limit): line 1" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("navn,emne\na,b\n", "No column is called 'query'"),
        ("query,comittee\na,b\n", "did you mean 'committee'"),
        ("query,udvalg,committee\na,b,c\n", "Two columns mean 'committee'"),
        ("query,x,x\na,b,c\n", "Two columns are called 'x'"),
        ("query,x\na,b,c\n", "Line 2 has 3 cells under 2 headings"),
        ('query\n"a\n', "Line 2 is no row of a table"),
        ("query,min_amont\na,1\n", "did you mean 'min_amount'"),
    ],
)
def test_a_file_that_would_be_misread_is_refused(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    file = tmp_path / "q.csv"
    file.write_text(text)
    capfd.readouterr()
    assert _search(workspace, file) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert told in err
    assert not out


def test_columns_of_ones_own_never_hide_ours(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q.csv"
    file.write_text("query\ttitle\nskøjtebane*\tmin titel\n")
    capfd.readouterr()
    _search(workspace, file)
    (row,) = _rows(capfd.readouterr().out)
    assert row["own_title"] == "min titel"
    assert row["title"] == "Notat om skøjtebanen"


def test_a_heading_somewhat_like_a_filter_is_a_column_of_ones_own() -> None:
    found = read_queries(b"query;min note;kilde\nhal;ring igen;avisen\n", tuple(FILTERS))
    assert found.own == ["min note", "kilde"]
    assert found.asked[0].filters == {}


def test_a_workbook_is_told_to_be_saved_as_csv(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "firmaer.xlsx"
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    assert _search(workspace, file) == ExitCode.USAGE
    assert "save its sheet as CSV" in capfd.readouterr().err


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS).filter(any), min_size=1, max_size=5),
    delimiter=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([("emne", "query"), *rows])
    found = read_queries(buffer.getvalue().encode(encoding), tuple(FILTERS))
    assert [(one.own["emne"], one.query) for one in found.asked] == rows


def test_an_empty_heading_is_refused() -> None:
    with pytest.raises(QueryFileError, match="no heading"):
        read_queries(b"query,\na,b\n", tuple(FILTERS))


def test_a_cpr_number_in_a_query_is_not_printed(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "personer.txt"
    file.write_text("legepladser 010190-1234\nukendt:0101901234\n", encoding="utf-8")
    capfd.readouterr()
    for options in ([], ["--counts"]):
        assert _search(workspace, file, *options) == ExitCode.SOME_FAILED
        out, err = capfd.readouterr()
        (refused, _) = _rows(out)
        assert (refused["query"], refused["total"]) == ("legepladser 010190-xxxx", "")
        assert refused["error"].startswith("No search finds a CPR number, for all of them are masked")
        assert "010190-1234" not in out + err


def test_cpr_numbers_in_columns_of_ones_own_are_masked(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file, fund = tmp_path / "q.csv", tmp_path / "fund.csv"
    file.write_text("query,Klager 010190-1234,sag\nskøjtebane*,010190-1234,24/117\nintetsteds,,24/118\n")
    for output in ([], ["-o", str(fund)]):
        capfd.readouterr()
        assert _search(workspace, file, *output) == ExitCode.DONE
        out, err = capfd.readouterr()
        written = out or fund.read_text("utf-8")
        assert "1234" not in written + err
        assert [row["sag"] for row in _rows(written)] == ["24/117", "24/118"]
        assert "CPR numbers are masked in 1 cell of these columns" in err
