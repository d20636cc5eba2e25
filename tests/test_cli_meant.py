"""What was meant: options in front of a command typed behind it, and words near to commands, types and options."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.app import COMMANDS, IN_DANISH, run
from pipeline.cli.exits import ExitCode
from pipeline.cli.filters import with_filters
from pipeline.cli.search import IN_DANISH as ORDERS

MAIL = """Fra: Ejnar Tolstrup <etol@fjordby.example>
Sendt: 3. marts 2025 10:00
Til: Lone Skaarup <lska@fjordby.example>
Emne: Taget

Kære Lone Skaarup

Her er prisen.

Venlig hilsen
Ejnar Tolstrup
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers, place = tmp_path_factory.mktemp("papirer"), tmp_path_factory.mktemp("rum")
    (papers / "a.txt").write_text("Notat\n\nSkolen får 2 mio. kr.\n", encoding="utf-8")
    (papers / "b.txt").write_text("Notat\n\nSkolen får 9 mio. kr.\n", encoding="utf-8")
    (papers / "s.txt").write_text("Notat\n\nSkolen får 1,5 stilling.\n", encoding="utf-8")
    (papers / "m.txt").write_text(MAIL, encoding="utf-8")
    assert run(["ingest", "--workers", "0", "--quiet", str(papers), "--workspace", str(place)]) == ExitCode.DONE
    return place


@pytest.mark.parametrize(
    "line",
    [
        ["search", "skole", "--workspace", "{}"],
        ["search", "--workspace={}", "skole", "--debug"],
        ["records", "amounts", "--workspace", "{}"],
        ["saved", "add", "en", "skole", "--workspace", "{}"],
        ["saved", "--workspace", "{}", "add", "to", "skole"],
        ["--workspace", "/nowhere", "status", "--workspace", "{}"],
    ],
)
def test_the_workspace_may_stand_behind_the_command(room: Path, line: list[str]) -> None:
    assert run([word.format(room) for word in line]) == ExitCode.DONE


def test_a_workspace_behind_the_command_is_checked(room: Path) -> None:
    assert run(["search", "skole", "--workspace", ""]) == ExitCode.USAGE
    assert run(["search", "skole", "--workspace", str(room / "akt.sqlite")]) == ExitCode.USAGE


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("soeg x", "'search'"),
        ("Søg x", "'search'"),
        ("vis x", "'show'"),
        ("dubleter", "'duplicates'"),
        ("serach x", "'search'"),
        ("records desicions", "'decisions'"),
        ("records beslutning", "'beslutninger'"),
        ("records belob", "'beløb'"),
    ],
)
def test_a_word_near_to_a_command_or_type_is_asked_for(
    capfd: pytest.CaptureFixture[str], line: str, meant: str
) -> None:
    assert run(line.split()) == ExitCode.USAGE
    assert f"Did you mean {meant}?" in capfd.readouterr().err


@pytest.mark.parametrize("line", ["kaffe", "records kaffe"])
def test_another_word_is_not_guessed_at(capfd: pytest.CaptureFixture[str], line: str) -> None:
    assert run(line.split()) == ExitCode.USAGE
    assert "Did you mean" not in capfd.readouterr().err


def test_danish_words_lead_to_commands() -> None:
    assert {*IN_DANISH.values()} <= {*COMMANDS, "--help"}
    assert not {*IN_DANISH} & {*COMMANDS}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("search x --beløb 5", "Write --min-amount or --max-amount, or in the query 'beløb:>=…'"),
        ("search x --amount=5", "Write --min-amount or --max-amount"),
        ("search x --dato 2024", "Write --from-date or --to-date"),
        ("search x --aarsvaerk 2", "'årsværk:>=…'"),
        ("records amounts --beløb 5", "It is written in the query: akt records … 'beløb:>=…'"),
        ("search x --titel y", "'titel:…'"),
    ],
)
def test_a_field_that_is_no_option_is_told_with_what_to_write(
    capfd: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    assert run(line.split()) == ExitCode.USAGE
    said = capfd.readouterr().err
    assert told in said
    assert "--help'?" not in said


@pytest.mark.parametrize("minus", ["", "-"])
@pytest.mark.parametrize("danish", [*ORDERS])
def test_an_order_in_danish_is_that_order(
    room: Path, capfd: pytest.CaptureFixture[str], danish: str, minus: str
) -> None:
    if danish == "relevans" and minus:
        return
    said = []
    for order in (minus + danish, minus + ORDERS[danish]):
        capfd.readouterr()
        assert run(["search", "skole", "--sort", order, "--workspace", str(room)]) == ExitCode.DONE
        said.append(capfd.readouterr().out)
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("mappe/notat-12.txt", "Names of files are not searched"),
        ('"Akt 2 mail.EML"', "Names of files are not searched"),
        ("kr>1000000", "Did you mean amount:>1000000"),
        ("hopla.dk", None),
        ("fra:Toolstrup", "Did you mean: fra:tolstrup"),
        ('fra:"Ejnar Toolstrup"', 'Did you mean: fra:"ejnar tolstrup"'),
        ('fra:"Ejnar Kvisthaven"', None),
        ("til:Skaaarup", "Did you mean: til:skaarup"),
        ("fra:Skaarup", None),
        ("fra:Kvisthaven", None),
    ],
)
def test_a_search_that_finds_nothing_says_what_was_perhaps_meant(
    room: Path, capfd: pytest.CaptureFixture[str], query: str, told: str | None
) -> None:
    assert run(["search", query, "--workspace", str(room)]) == ExitCode.NOTHING_FOUND
    said = capfd.readouterr().err
    assert told in said if told else said.startswith("0 of 0 hits\n") and "Did you mean" not in said


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("fra:'Ejnar Tolstrup'", 'Did you mean fra:"Ejnar Tolstrup"'),
        ("taget til:’Lone Skaarup’", 'Did you mean til:"Lone Skaarup"'),
        ("forfatter:Tolstrup", "Did you mean from:"),
        ("person:Tolstrup", "Did you mean from:"),
        ("status:høring", "Did you mean the text itself, without a filter: høring"),
        ("decision:rejected", "Did you mean status:"),
        ('status:"i høring"', 'without a filter: "i høring"'),
        ("type:pressemeddelelse", "without a filter: pressemeddelelse"),
        ("skole år:2026 --antal 3", "--antal stands inside the query"),
        ("skole (vej --limit=3)", "--limit stands inside the query"),
        ("fra:Tolstrup --uden-bilag", "one minus"),
    ],
)
def test_a_query_that_is_refused_says_what_was_meant(
    room: Path, capfd: pytest.CaptureFixture[str], query: str, told: str
) -> None:
    assert run(["search", "--workspace", str(room), "--", query]) == ExitCode.USAGE
    said = " ".join(capfd.readouterr().err.split())
    assert told in said


@pytest.mark.parametrize("query", ['"Skolen --- får"', "skolen -vej", "fra:tolstrup"])
def test_what_only_looks_like_an_option_or_a_quote_is_searched_for(room: Path, query: str) -> None:
    assert run(["search", "--workspace", str(room), "--", query]) == ExitCode.DONE


@pytest.mark.parametrize("command", [["search"], ["records", "ftes"]])
def test_positions_are_no_full_time_equivalents_and_that_is_said(
    room: Path, capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    other = "positions and hours a week"
    for query, told in (("årsværk:1,5", True), ("skolen (årsværk:>=1 ELLER årsværk:0)", True), ("kvisthaven", False)):
        assert run([*command, query, "--workspace", str(room)]) == ExitCode.NOTHING_FOUND
        assert (other in " ".join(capfd.readouterr().err.split())) is told
    assert run([*command, "har:årsværk", "--workspace", str(room)]) == ExitCode.DONE
    assert other not in capfd.readouterr().err


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_name_of_the_index_is_suggested_before_one_further_off(
    tmp_path: Path, engine: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Hvidsø Kommune\n\nReferat af byrådets møde.\n")
    room = ["--workspace", str(tmp_path / "rum")]
    run([*room, "ingest", str(tmp_path / "a.txt"), "--engine", engine])
    capfd.readouterr()

    run([*room, "search", "kommune:Hvidso"])

    assert 'Did you mean: kommune:"Hvidsø' in capfd.readouterr()[1]


@pytest.mark.parametrize(
    ("filters", "full"),
    [
        ({"role": "saving"}, "x role:saving"),
        ({"year": "2025"}, "x year:2025"),
        ({"role": "saving", "year": "2025"}, "x amount:(role:saving year:2025)"),
        ({"min_amount": "1 mio", "role": "saving"}, "x amount:(>=1mio role:saving)"),
        ({"min_amount": "1mio", "max_amount": "2mio", "year": "2025"}, "x amount:(1mio..2mio year:2025)"),
        ({"max_fte": "0", "year": "2026"}, "x fte:(<=0 year:2026)"),
        ({"min_fte": "1", "role": "saving"}, "x role:saving fte:>=1"),
        ({"from": "Karen Holm", "status": "decided"}, 'x from:"Karen Holm" status:decided'),
    ],
)
def test_options_of_records_mean_one_record(filters: dict[str, str | None], full: str) -> None:
    assert with_filters("x", filters) == full
