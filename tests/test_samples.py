"""Every sample against its gold, and the samples against their sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from golds import (
    JSON,
    ROOT,
    SAMPLES,
    document,
    flat,
    gold,
    line_differences,
    pairs,
    part_differences,
    record_differences,
    table_differences,
    told_of,
)

from pipeline.extract import Options, read_document

NOT_DOCUMENTS = {"README.md", "__init__.py"}
NAMES = sorted(
    path.name
    for path in SAMPLES.iterdir()
    if path.is_file() and path.name not in NOT_DOCUMENTS and not path.name.endswith(".gold.json")
)


@pytest.mark.parametrize("name", NAMES)
def test_kind_title_date_and_municipality(name: str) -> None:
    differences = []
    for path, told, found in pairs(name):
        for field in ("kind", "municipality", "date", "language"):
            if field in told and told[field] != found[field]:
                differences.append((path, f"{field}: expected {told[field]!r}, got {found[field]!r}"))
        if flat(told.get("title")).casefold() not in flat(found["title"]).casefold():
            differences.append((path, f"title: expected {told['title']!r} in {found['title']!r}"))
    assert not differences, told_of(differences)


@pytest.mark.parametrize("name", NAMES)
def test_parts(name: str) -> None:
    differences = [(path, one) for path, told, found in pairs(name) for one in part_differences(told, found)]
    assert not differences, told_of(differences)


@pytest.mark.parametrize("name", NAMES)
def test_records(name: str) -> None:
    differences = [(path, one) for path, told, found in pairs(name) for one in record_differences(told, found)]
    assert not differences, told_of(differences)


@pytest.mark.parametrize("name", NAMES)
def test_tables(name: str) -> None:
    differences = [(path, one) for path, told, found in pairs(name) for one in table_differences(told, found)]
    assert not differences, told_of(differences)


@pytest.mark.parametrize("name", NAMES)
def test_problems(name: str) -> None:
    differences = []
    for path, told, found in pairs(name):
        codes = {problem["code"] for problem in found["problems"]}
        if codes - set(told.get("problems_allowed", [])) != set(told["problems"]):
            differences.append((path, f"expected {told['problems']}, got {found['problems']}"))
    assert not differences, told_of(differences)


@pytest.mark.parametrize("name", NAMES)
def test_children(name: str) -> None:
    told, found = gold(name), document(name)
    assert [child.name for child in found.children] == [child["name"] for child in told["children"]]


@pytest.mark.parametrize("name", NAMES)
def test_parts_hold_the_whole_text_and_records_stand_at_their_place(name: str) -> None:
    found = document(name)
    reading = read_document((SAMPLES / name).read_bytes(), name, Options())
    assert "".join(part.text for part in found.parts) == reading.text
    for record in found.records:
        assert found.parts[record.part].text[record.start : record.end] == record.text
        if name.endswith(".pdf"):
            assert record.page is not None, record
            assert record.bbox is not None, record


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".pdf")])
def test_every_printed_number_is_claimed_or_listed(name: str) -> None:
    """The number ledger: a number of a text line is in a cell, in a record or among the unclaimed ones."""
    found = document(name)
    spans = [(r.part, r.start, r.end) for r in found.records]
    spans += [(u.part, u.start, u.end) for u in found.unclaimed_numbers]
    in_cells = " ".join(cell.text for table in found.tables for row in table.cells for cell in row)
    lost = []
    for part in found.parts:
        for match in re.finditer(r"(?<![\w.,/-])\d[\d.,]*\d(?![\w/-])|(?<![\w.,/-])\d(?![\w.,/-])", part.text):
            claimed = any(p == part.index and start < match.end() and match.start() < end for p, start, end in spans)
            if not claimed and match.group() not in in_cells:
                lost.append(match.group())
    assert not lost


def test_no_cpr_number_leaves_the_case_note() -> None:
    printed = msgspec.json.encode(document("notat-faelder.txt")).decode()
    assert not re.search(r"010199[ -]?\d", printed)
    assert "010199-xxxx" in printed


def test_every_sample_has_a_gold_and_a_row_in_the_readme_and_nothing_else_does() -> None:
    golds = {path.name.removesuffix(".gold.json") for path in SAMPLES.glob("*.gold.json")}
    rows = re.findall(r"^\| `([^`]+)` \|", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert golds == set(NAMES)
    assert sorted(rows) == NAMES


def test_there_are_samples_of_every_kind() -> None:
    kinds = {gold(name)["kind"] for name in NAMES}
    assert len(NAMES) >= 18
    assert kinds >= {"email", "budget-proposal", "budget-catalogue", "minutes", "agenda", "letter", "other"}


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_generator_makes_the_same_bytes(seed: str) -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_samples.py"), "--check"],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "tools/samples/regnskab-fjordby-2024.fodt",
            "5,1 mio.",
            "5,2 mio.",
            "regnskab-fjordby-2024.fodt is not what was",
        ),
        ("corpus/samples/regnskab-fjordby-2024.pdf", "%%EOF", "%%EOF\n", "regnskab-fjordby-2024.pdf is not what was"),
        ("tools/samples/regnskab-fjordby-2024.pdf.src", '"536.480"', '"536.490"', "only printed: 536.480; only in"),
        ("tools/samples/investeringer-lyngsoe-2026.pdf.src", "pages = [1, 2]\n", "", "only printed: 2026 2027 2028"),
        ("corpus/samples/regnskab-fjordby-2024.pdf.gold.json", "536480000", "536490000", "gold.json is not current"),
    ],
)
def test_neither_page_nor_source_nor_gold_of_an_office_sample_is_changed_alone(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    for folder in ("tools", "corpus/samples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    changed = (tmp_path / file).read_bytes().replace(old.encode(), new.encode())
    (tmp_path / file).write_bytes(changed)
    command = [sys.executable, str(tmp_path / "tools" / "make_samples.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert told in run.stderr


# --- the comparison itself ------------------------------------------------------------------------------------

AMOUNT = {"type": "amount", "text": "2 mio. kr.", "value": "2000000", "currency": "DKK"}


@pytest.mark.parametrize(
    ("told", "found", "differences"),
    [
        ([AMOUNT], [AMOUNT], 0),
        ([AMOUNT], [AMOUNT | {"text": "2\nmio. kr.", "year": 2024}], 0),
        ([AMOUNT | {"year": 2024}], [AMOUNT | {"year": None}], 2),
        ([AMOUNT], [AMOUNT | {"value": "2"}], 2),
        ([AMOUNT], [], 1),
        ([], [AMOUNT], 1),
        ([AMOUNT, AMOUNT], [AMOUNT], 1),
        ([AMOUNT], [AMOUNT | {"text": "ca. 2 mio. kr."}], 2),
    ],
)
def test_the_comparison_tells_missing_and_unexpected_records(
    told: list[JSON], found: list[JSON], differences: int
) -> None:
    assert len(record_differences({"complete": ["amount"], "records": told}, {"records": found})) == differences


def test_a_value_in_the_wrong_year_is_told() -> None:
    line = {"label": "Besparelse", "unit": "DKK", "values": {"2025": {"value": "-1000", "raw": "-1"}}}
    moved = line | {"values": [{"year": 2026, "value": "-1000", "raw": "-1"}], "role": None, "group": None}
    assert list(line_differences([line], [moved]))
