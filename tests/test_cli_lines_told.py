"""Budget lines at the command line: their headings, the order of years, no rows, and where prices are asked for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from laid import Line, laid

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode

STAFF = """Lønbudget i 1.000 kr.

| Afdeling | Årsværk 2026 | Lønbudget 2026 | Årsværk 2027 | Lønbudget 2027 |
|---|---|---|---|---|
| Borgerservice | 18,4 | 9.310 | 17,9 | 9.275 |
| Økonomi | 22,0 | 13.420 | 22,0 | 13.810 |
"""
GAPS = """Beløb i 1.000 kr.

| Projekt | 2027 | 2028 | 2029 | 2030 |
|---|---|---|---|---|
| Skolegård | 500 | | | 1.000 |
| Sti | | 250 | 75 | |
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "stillinger.md").write_text(STAFF, encoding="utf-8")
    place = tmp_path_factory.mktemp("workspace") / "ws"
    assert run(["--workspace", str(place), "ingest", str(folder)]) == ExitCode.DONE
    return place


def asked(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capfd.readouterr()
    code = run([*arguments])
    out, err = capfd.readouterr()
    return code, out, err


def test_lines_of_people_and_of_money_of_one_year_have_the_heading_of_their_own(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = asked(capfd, "--workspace", str(workspace), "records", "lines", "--format", "csv")
    found = {(row["unit"], row["year"], row["column"]) for row in csv.DictReader(io.StringIO(out))}
    assert found == {
        (unit, year, f"{name} {year}")
        for unit, name in (("fte", "Årsværk"), ("DKK", "Lønbudget"))
        for year in ("2026", "2027")
    }


def test_sums_by_column_name_the_heading_of_a_year(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = asked(capfd, "--workspace", str(workspace), "budget", "--by", "column", "--gross")
    assert "Lønbudget 2026" in out
    assert "(not told)" not in out


@pytest.mark.parametrize("name", ["prisniveau", "price", "Priser"])
def test_a_filter_for_the_price_level_is_told_where_it_is(
    workspace: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    code, _, err = asked(capfd, "--workspace", str(workspace), "search", f"{name}:2027")
    assert code != ExitCode.DONE
    assert "akt budget --price-level" in err


def test_an_empty_folder_is_told_and_nothing_of_other_documents(
    tmp_path: Path, workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tom").mkdir()
    _, out, err = asked(capfd, "--workspace", str(workspace), "ingest", str(tmp_path / "tom"))
    assert "there are no documents in" in err
    assert "problems" not in out + err


def test_what_was_read_is_printed_in_the_order_of_the_years(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "anlaeg.md").write_text(GAPS, encoding="utf-8")
    _, out, _ = asked(capfd, "tables", str(tmp_path / "anlaeg.md"))
    heading = next(line for line in out.splitlines() if line.lstrip().startswith("read as"))
    assert heading.split()[2:] == ["2027", "2028", "2029", "2030"]


def test_footnotes_below_a_table_are_no_rows() -> None:
    ends = (240.0, 300.0, 360.0)
    rows = [
        ("Kontrakt 1)", "350", "350", "-"),
        ("Energi 2)", "-1.400", "-900", "-500"),
        ("I alt", "-1.050", "-550", "-500"),
    ]
    lines: list[Line | float] = [
        ((-60.0, "Beløb i 1.000 kr."),),
        ((-60.0, "Ændring"), *zip(ends, ("2027", "2028", "2029"), strict=True)),
    ]
    lines += [((-60.0, name), *zip(ends, cells, strict=True)) for name, *cells in rows]
    lines += [6.0, ((-54.0, "1)"), (-66.0, "Ekskl. moms.")), ((-54.0, "2)"), (-66.0, "Beregnet ud fra prisen i 2026."))]
    document = laid(lines, size=9)
    assert document.problems == []
    assert [line.label for table in document.tables for line in table.lines] == ["Kontrakt", "Energi", "I alt"]
