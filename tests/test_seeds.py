"""Two real documents, read where they lie beside the repository; skipped where they do not.

People are compared by count, domain and hash, so that no name of theirs stands here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from corpus.model import Amount, Committee, Date, Decision, Document, Fte, Message, Proposal, Record, Reference
from pipeline.extract import Options, extract_bytes, read_document

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
SEEDS = SHARED / "seeds"
SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
CHECKER = SHARED / "tools" / "check_contract.py"
THREAD, PROPOSAL = "000_*.txt", "002_*.txt"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents are not on this machine")

R = TypeVar("R", bound=Record)


@cache
def seed(pattern: str) -> Document:
    path = next(SEEDS.glob(pattern))
    return extract_bytes(path.read_bytes(), path.name, Options())


def records(pattern: str, kind: type[R]) -> list[R]:
    return [record for record in seed(pattern).records if isinstance(record, kind)]


def messages() -> list[Message]:
    return [part for part in seed(THREAD).parts if isinstance(part, Message)]


def proposal() -> Proposal:
    (part,) = [part for part in seed(PROPOSAL).parts if isinstance(part, Proposal)]
    return part


def digest(text: str | None) -> str:
    return hashlib.sha256((text or "").encode()).hexdigest()[:12]


@pytest.mark.parametrize("pattern", [THREAD, PROPOSAL])
def test_every_character_is_in_a_part_and_every_record_at_its_place(pattern: str) -> None:
    path = next(SEEDS.glob(pattern))
    found = seed(pattern)
    assert "".join(part.text for part in found.parts) == read_document(path.read_bytes(), path.name, Options()).text
    for record in found.records:
        assert found.parts[record.part].text[record.start : record.end] == record.text


@pytest.mark.parametrize("pattern", [THREAD, PROPOSAL])
def test_no_problem_is_told(pattern: str) -> None:
    assert seed(pattern).problems == []


# --- the thread -----------------------------------------------------------------------------------------------


def test_thread_kind_and_municipality() -> None:
    assert (seed(THREAD).kind, seed(THREAD).municipality, seed(THREAD).date) == ("email", "København", "2020-02-21")


def test_thread_has_two_messages_in_printed_order() -> None:
    assert [message.sent for message in messages()] == ["2020-02-21T08:29", "2020-01-23T13:22"]
    assert [message.quoted for message in messages()] == [False, True]


def test_thread_senders() -> None:
    first, second = (message.sender for message in messages())
    assert first is not None
    assert second is not None
    assert (digest(first.name), first.address) == ("a9ca386a4fac", None)
    assert (digest(second.name), digest(second.address)) == ("c82bc564ba10", "599e4d5fe937")


def test_thread_recipients() -> None:
    first, second = messages()
    assert (len(first.to), len(first.cc), len(second.to), len(second.cc)) == (1, 0, 12, 1)
    everyone = [*first.to, *second.to, *second.cc]
    assert all("\\" not in (one.address or "") for one in everyone)
    domains = Counter((one.address or "").partition("@")[2] for one in everyone)
    assert sorted(domains.values()) == [1, 2, 11]
    assert sum("(Borgerrepræsentationen)" in (one.name or "") for one in second.to) == 9


def test_thread_subjects() -> None:
    first, second = (message.subject or "" for message in messages())
    assert first == f"SV: {second}"
    assert digest(second) == "9ac3d78b888d"


def test_thread_amounts_are_these_three_and_no_others() -> None:
    found = records(THREAD, Amount)
    assert [(one.text, one.value, one.currency) for one in found] == [
        ("11 mio. kr.", Decimal(11000000), "DKK"),
        ("46 mio. kr.", Decimal(46000000), "DKK"),
        ("4 mio. kr.", Decimal(4000000), "DKK"),
    ]
    assert found[0].role == "efficiency"
    assert found[2].role == "investment"
    assert records(THREAD, Fte) == []


def test_thread_dates() -> None:
    days = [one for one in records(THREAD, Date) if one.precision == "day" and one.source == "text"]
    new_year, december = dt.date(2020, 1, 1), dt.date(2019, 12, 18)
    assert [one.first for one in days] == [new_year, new_year, new_year, december]
    assert [one.to for one in days] == [new_year, new_year, new_year, december]
    (season,) = [one for one in records(THREAD, Date) if one.precision == "season"]
    assert (season.first, season.to) == (dt.date(2019, 3, 1), dt.date(2019, 5, 31))


def test_thread_committees() -> None:
    assert {(one.name, one.level) for one in records(THREAD, Committee)} == {
        ("Børne- og Ungdomsudvalget", "committee"),
        ("Borgerrepræsentationen", "council"),
    }


def test_thread_decisions() -> None:
    in_answer = [one for one in records(THREAD, Decision) if one.part == 0]
    chosen = [one for one in in_answer if "har valgt at" in one.text]
    decided = [one for one in in_answer if "blev det besluttet" in one.text]
    assert len(chosen) == len(decided) == 1
    assert (chosen[0].verb, chosen[0].status, chosen[0].body) == ("vælge", "decided", "Børne- og Ungdomsudvalget")
    assert (decided[0].verb, decided[0].status) == ("beslutte", "decided")


def test_thread_second_message_tells_the_decision_of_the_budget() -> None:
    told = [one for one in records(THREAD, Decision) if one.part == 1]
    assert [(one.verb, one.status) for one in told] == [("beslutte", "decided")]


# --- the proposal ---------------------------------------------------------------------------------------------


def test_proposal_head() -> None:
    part = proposal()
    assert seed(PROPOSAL).kind == "budget-proposal"
    assert (part.number, part.committee) == ("ISU42", "Institutions- og Skoleudvalget")
    assert (part.proposer, part.expense_type) == ("MED", "Serviceudgifter")
    assert digest(part.title) == "43473d18886b"
    assert part.budget_years == [2023, 2024, 2025, 2026]


def test_proposal_has_seven_sections() -> None:
    sections = proposal().sections
    assert len(sections) == 7
    assert [proposal().text[one.start :].lstrip()[:2] for one in sections] == [f"{n}." for n in range(1, 8)]
    assert all(one.end == after.start for one, after in pairwise(sections))


def test_proposal_table() -> None:
    (table,) = [table for table in seed(PROPOSAL).tables if table.lines]
    assert table.unit is not None
    assert (table.unit.factor, table.unit.currency, table.price_level) == (Decimal(1000), "DKK", 2023)
    assert table.sign_note is not None
    assert [column.year for column in table.columns] == [2023, 2024, 2025, 2026]
    thousands = [Decimal(n) * 1000 for n in (-206, -413, -413, -413)]
    lines = {line.label: line for line in table.lines if line.values}
    assert [value.value for value in lines["Besparelse"].values] == thousands
    assert lines["Besparelse"].role == "saving"
    assert [value.value for value in lines["Samlet ændring (Netto)"].values] == thousands
    assert lines["Samlet ændring (Netto)"].role == "net"
    assert [value.value for value in lines["Ændring i antal årsværk"].values] == [Decimal("-0.5"), -1, -1, -1]
    assert lines["Ændring i antal årsværk"].unit == "fte"
    assert len(lines) == 3
    assert all([value.year for value in line.values] == [2023, 2024, 2025, 2026] for line in lines.values())


def test_proposal_net_is_checked_in_every_year() -> None:
    (table,) = [table for table in seed(PROPOSAL).tables if table.lines]
    assert {check.year for check in table.checks} == {2023, 2024, 2025, 2026}
    assert all(check.ok for check in table.checks)


def test_proposal_amounts_are_the_table_and_one_in_the_text() -> None:
    found = records(PROPOSAL, Amount)
    assert [(one.text, one.value) for one in found if one.source == "text"] == [("900.000 kr.", Decimal(900000))]
    cells = [one for one in found if one.source == "table"]
    assert [one.value for one in cells] == [Decimal(n) * 1000 for n in (-206, -413, -413, -413)] * 2
    assert [one.year for one in cells] == [2023, 2024, 2025, 2026] * 2
    assert {one.price_level for one in cells} == {2023}
    assert all("1.000 kr." in (one.unit_source or "") for one in cells)


def test_proposal_ftes() -> None:
    found = records(PROPOSAL, Fte)
    cells = [(one.year, one.value) for one in found if one.source == "table"]
    assert cells == [(2023, Decimal("-0.5")), (2024, -1), (2025, -1), (2026, -1)]
    assert {(one.text, one.value, one.unit) for one in found if one.source == "text"} == {
        ("1 stilling", Decimal(1), "position")
    }


def test_proposal_references() -> None:
    found = {one.value: one.title or "" for one in records(PROPOSAL, Reference) if one.kind == "proposal"}
    assert {"ISU32", "ISU36", "ISU41"} <= found.keys()
    assert digest(found["ISU32"]) == "841f41a553ab"
    assert found["ISU36"].endswith("på daginstitutionsområdet reduceres")
    assert found["ISU41"].endswith("reduceres fra 2 til 1")


def test_proposal_decisions() -> None:
    (adopted,) = [one for one in records(PROPOSAL, Decision) if "vedtog" in one.text]
    assert (adopted.verb, adopted.body, adopted.status) == ("vedtage", "Byrådet", "decided")
    assert any("blev det besluttet" in one.text for one in records(PROPOSAL, Decision))


# --- the command ----------------------------------------------------------------------------------------------


def akt() -> str | None:
    beside = Path(sys.executable).with_name("akt")
    return str(beside) if beside.exists() else shutil.which("akt")


@pytest.mark.skipif(not CHECKER.exists(), reason="the checker of the contract is not on this machine")
@pytest.mark.skipif(akt() is None, reason="the command akt is not installed")
def test_the_output_of_the_command_keeps_the_contract() -> None:
    command = akt()
    assert command is not None
    samples = [p for p in SAMPLES.iterdir() if p.suffix in {".pdf", ".txt", ".md", ".eml"} and p.name != "README.md"]
    files = [*sorted(SEEDS.glob("*.txt")), *sorted(samples)]
    out = subprocess.run([command, "extract", "--format", "jsonl", *files], capture_output=True, check=False)
    lines = out.stdout.splitlines(keepends=True)
    assert out.returncode == 0, out.stderr.decode()
    assert len(lines) == len(files)
    contract(lines)
    # A masked CPR number is the one thing in which the parts, joined, differ from the input.
    unmasked = [line for line in lines if b"-xxxx" not in line]
    assert len(unmasked) == len(lines) - 1
    for source in (SEEDS, SAMPLES):
        contract(unmasked, "--source", str(source))


def contract(lines: list[bytes], *arguments: str) -> None:
    checked = subprocess.run(
        [sys.executable, str(CHECKER), *arguments], input=b"".join(lines), capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout.decode()
