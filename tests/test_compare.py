"""`akt compare` and `akt duplicates`: what differs between versions, and which documents are nearly the same."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.figures.alike import Groups, likeness, sketch


@pytest.fixture
def first(samples: Path) -> str:
    return (samples / "forslag-lyngsoe-KT-03.txt").read_text(encoding="utf-8")


def compared(tmp_path: Path, one: str, other: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, list[dict]]:  # type: ignore[type-arg]
    before, after = tmp_path / "v1.txt", tmp_path / "v2.txt"
    before.write_text(one, encoding="utf-8")
    after.write_text(other, encoding="utf-8")
    capfd.readouterr()
    code = run(["--workspace", str(tmp_path / "no"), "compare", str(before), str(after), "--format", "jsonl"])
    return code, [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_a_changed_figure_is_told_with_both_values(
    first: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, rows = compared(
        tmp_path, first, first.replace("-1,6      -1,6      -1,6\n", "-1,6      -1,9      -1,6\n"), capfd
    )
    assert code == ExitCode.DONE
    (row,) = rows
    assert (row["what"], row["change"], row["label"]) == ("figure", "changed", "Besparelse, entreprenørudgifter")
    assert (row["year"], row["before"], row["after"], row["difference"]) == (2027, "-1600000", "-1900000", "-300000")


def test_rows_titles_and_arsvaerk(first: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    second = (
        first.replace("Ekstensiv pleje", "Mindre pleje")
        .replace("Indtægt ved salg af maskiner ", "Indtægter ved salg af maskiner")
        .replace("Omlægning til vild natur                           0,6       0,3\n", "")
        .replace("-2,0      -2,0      -2,0", "-2,0      -2,0      -2,5")
    )
    _, rows = compared(tmp_path, first, second, capfd)
    told = {(row["what"], row["change"], row["label"], row["year"]) for row in rows}
    assert told == {
        ("title", "changed", None, None),
        ("row", "renamed", "Indtægt ved salg af maskiner", None),
        ("row", "removed", "Omlægning til vild natur", 2025),
        ("row", "removed", "Omlægning til vild natur", 2026),
        ("figure", "changed", "Antal årsværk", 2028),
    }
    (renamed,) = [row for row in rows if row["change"] == "renamed"]
    assert "% of the name is the same" in renamed["told"]


def test_figures_of_other_prices_are_not_subtracted(
    first: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    second = first.replace("2024-pl", "2025-pl").replace("-0,2      -1,5", "-0,3      -1,5")
    _, rows = compared(tmp_path, first, second, capfd)
    assert [(row["what"], row["change"]) for row in rows] == [("price level", "changed"), ("figure", "incomparable")]
    assert rows[1]["difference"] is None
    assert rows[1]["told"] == "price levels differ: 2024, 2025"


def test_other_numbers_in_a_name_are_other_rows(first: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    old = first.replace("Omlægning til vild natur ", "Pulje 1 til vild natur   ")
    _, rows = compared(tmp_path, old, old.replace("Pulje 1 ", "Pulje 2 "), capfd)
    assert {row["change"] for row in rows} == {"added", "removed"}


def test_nothing_differs(first: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert compared(tmp_path, first, first, capfd) == (ExitCode.NOTHING_FOUND, [])
    assert (
        compared(tmp_path, first, first.replace("Materielgården har", "Gården har"), capfd)[0] == ExitCode.NOTHING_FOUND
    )


def test_what_is_no_paper_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tom.txt").write_text("Et notat uden tal.\n", encoding="utf-8")
    here = str(tmp_path / "tom.txt")
    for named, told in ((str(tmp_path), "is a folder"), (str(tmp_path / "nej.pdf"), "does not exist")):
        assert run(["compare", named, here]) == ExitCode.USAGE
        assert told in capfd.readouterr().err
    assert run(["--workspace", str(tmp_path / "no"), "compare", here, "abcd1234"]) == ExitCode.ERROR
    assert "No workspace" in capfd.readouterr().err


# --- near-duplicates --------------------------------------------------------------------------------------------

WORDS = [f"ord{number}" for number in range(2000)]


def shared(one: list[str], other: list[str]) -> float:
    runs = [{tuple(words[n : n + 5]) for n in range(len(words) - 4)} for words in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 60))
def test_sketches_tell_the_share_of_runs(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    one = [draw.choice(WORDS) for _ in range(500)]
    other = list(one)
    for _ in range(changes):
        other[draw.randrange(500)] = draw.choice(WORDS)
    mine, theirs = sketch(" ".join(one)), sketch(" ".join(other))
    assert mine is not None
    assert theirs is not None
    assert abs(likeness(mine, theirs) - shared(one, other)) < 0.2  # five standard deviations


def test_groups_hold_what_is_alike_and_nothing_else() -> None:
    draw = random.Random(7)
    texts: list[list[str]] = []
    for _ in range(40):
        base = [draw.choice(WORDS) for _ in range(400)]
        texts += [base, [*base[:200], "ny", *base[201:]], [draw.choice(WORDS) for _ in range(400)]]
    groups = Groups(0.8)
    for words in texts:
        found = sketch(" ".join(words))
        assert found is not None
        groups.add(found)
    assert [[number for number, _ in group] for group in groups.groups()] == [[n, n + 1] for n in range(0, 120, 3)]
    assert sketch("for kort til at sige noget") is None


def test_duplicates_over_a_workspace(first: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(first, encoding="utf-8")
    (folder / "b.txt").write_text(first.replace("-1,6", "-1,7"), encoding="utf-8")
    (folder / "c.txt").write_text("Et helt andet notat. " + " ".join(WORDS[:80]), encoding="utf-8")
    workspace = ["--workspace", str(tmp_path / "ws")]
    assert run([*workspace, "ingest", str(folder)]) == ExitCode.DONE
    capfd.readouterr()
    assert run([*workspace, "duplicates", "--format", "jsonl"]) == ExitCode.DONE
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(row["group"], row["path"]) for row in rows] == [(1, "a.txt"), (1, "b.txt")]
    ids = [row["id"] for row in rows]
    assert run([*workspace, "compare", *ids]) == ExitCode.DONE
    assert "-1.600.000 kr. -> -1.700.000 kr." in capfd.readouterr().out
    assert run([*workspace, "duplicates", "ord7"]) == ExitCode.NOTHING_FOUND


@pytest.mark.parametrize("place", [0, 1])
def test_what_could_not_be_read_is_not_compared(
    place: int, first: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "god.txt").write_text(first, encoding="utf-8")
    (tmp_path / "brudt.pdf").write_bytes(b"%PDF-1.4 no more")
    names = [str(tmp_path / "god.txt"), str(tmp_path / "god.txt")]
    names[place] = str(tmp_path / "brudt.pdf")
    assert run(["--workspace", str(tmp_path / "no"), "compare", *names]) == ExitCode.SOME_FAILED
    said = capfd.readouterr()
    assert said.out == ""
    assert "brudt.pdf cannot be compared: The PDF is broken" in said.err
    assert "0 differences" not in said.err
