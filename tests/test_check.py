"""`akt check`: what the tables promise, what documents say of each other, and pictures of what fails."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from figures import paper, proposal, table
from PIL import Image

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.figures.across import copy_verdicts
from pipeline.figures.arithmetic import table_verdicts
from pipeline.figures.collect import paper_figures
from pipeline.figures.papers import Paper
from pipeline.figures.verdicts import RULES, Status, Verdict

PROPOSAL = """FJORDBY KOMMUNE
Budgetforslag 2026

Forslag nr.:   {number}
Titel:         Senere åbning i klubberne
Fagudvalg:     Børne- og Skoleudvalget
Fremsat af:    Forvaltningen

Forslaget kort

Klubberne åbner en time senere.

1.000 kr., 2026-pl                                2026      2027      2028      2029
------------------------------------------------------------------------------------
Besparelse                                        -{saving}      -900      -900      -900
Investering                                        100
Nettoændring                                      {net}      -900      -900      -900
"""
MAIL = """From: Anne Holm <anne@fjordby.example>
To: Bo Lind <bo@fjordby.example>
Subject: Klubberne
Date: Mon, 3 Nov 2025 09:00:00 +0100
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hej Bo

{sentence}

Venlig hilsen
Anne Holm
"""


def folder(tmp_path: Path, **files: str) -> Path:
    place = tmp_path / "papers"
    place.mkdir()
    for name, text in files.items():
        (place / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return place


def checked(place: Path, workspace: Path, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict]]:  # type: ignore[type-arg]
    assert run(["--workspace", str(workspace), "ingest", str(place)]) == ExitCode.DONE
    capfd.readouterr()
    code = run(["--workspace", str(workspace), "check", "--format", "jsonl", *arguments])
    return code, [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_a_failed_sum_is_shown_with_both_figures_and_a_picture(
    samples: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "papers"
    place.mkdir()
    shutil.copy(samples / "forslag-fjordby-KFU04-sumfejl.pdf", place)
    code, rows = checked(place, tmp_path / "ws", capfd, "--crop", str(tmp_path / "billeder"))
    assert code == ExitCode.CHECKS_FAIL
    (row,) = rows
    assert (row["rule"], row["found"], row["expected"], row["page"]) == ("net", "-380000", "-360000", 1)
    assert row["label"] == "Samlet ændring (netto)"
    assert [each.partition(" ")[0] for each in row["from"]] == [
        f"{row['id'].rpartition('.')[0]}.{start}" for start in (287, 322, 352)
    ]
    (picture,) = row["pictures"]
    assert Path(picture).name.startswith("0002-fails-forslag-fjordby-KFU04-sumfejl-")
    with Image.open(picture) as shown:
        colours = {colour for _, colour in shown.convert("RGB").getcolors(1 << 20) or []}
    assert {(0xD0, 0, 0), (0, 0x50, 0xE0)} <= colours
    assert run(["--workspace", str(tmp_path / "ws"), "check", "--all"]) == ExitCode.CHECKS_FAIL
    out, err = capfd.readouterr()
    assert (
        "printed -380.000 kr., its figures give -360.000 kr. (difference -20.000, rounding explains 2.000)"
        in " ".join(out.split())
    )
    assert "4 checks in 1 document: 3 hold, 1 fail" in err


FOLLOWED = """Budgetopfølgning, beløb i 1.000 kr.

| Område | Oprindeligt budget 2026 | Korrigeret budget 2026 | Regnskab 2026 | Afvigelse |
|---|---|---|---|---|
| Løn | 1 | 10 | 15 | 5 |
| Leje | 1 | 20 | 27 | 7 |
| Mad | 3 | 40 | 50 | 13 |
"""


def test_a_deviation_is_shown_with_the_two_figures_that_it_is_taken_from(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, rows = checked(folder(tmp_path, a_txt=FOLLOWED), tmp_path / "ws", capfd)
    assert code == ExitCode.CHECKS_FAIL
    (row,) = rows
    assert (row["rule"], row["found"], row["expected"]) == ("deviation", "13000", "10000")
    places = [int(each.partition(" ")[0].rpartition(".")[2]) for each in row["from"]]
    assert [FOLLOWED[place : place + 2] for place in places] == ["40", "50"]


def test_nothing_to_check_and_all_that_holds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    place = folder(
        tmp_path, a_txt=PROPOSAL.format(number="BSU07", saving=400, net=-300), b_txt="Et notat uden tabel.\n"
    )
    assert checked(place, tmp_path / "ws", capfd) == (ExitCode.DONE, [])
    assert run(["--workspace", str(tmp_path / "ws"), "check", "notat"]) == ExitCode.NOTHING_FOUND
    assert "Nothing to check" in capfd.readouterr().err


def test_only_what_fails_is_printed_where_that_is_asked_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mail = MAIL.format(sentence="Forslag BSU07 giver en besparelse på 0,7 mio. kr. i 2026.")
    place = folder(tmp_path, a_txt=FOLLOWED, b_txt=PROPOSAL.format(number="BSU07", saving=410, net=-310), m_eml=mail)
    code, rows = checked(place, tmp_path / "ws", capfd)
    assert {row["status"] for row in rows} == {"fails", "remark"}
    code, rows = checked(place, tmp_path / "ws", capfd, "--fails")
    assert (code, {row["status"] for row in rows}) == (ExitCode.CHECKS_FAIL, {"fails"})


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Forslag BSU07 giver en besparelse på 0,4 mio. kr. i 2026.", "holds"),
        ("Forslag BSU07 giver en besparelse på 0,7 mio. kr. i 2026.", "remark"),
        ("Forslag BSU07 giver en besparelse på mindst 0,7 mio. kr. i 2026.", None),
        ("Et andet forslag giver en besparelse på 0,7 mio. kr. i 2026.", None),
    ],
)
def test_a_mail_that_names_a_proposal_is_held_against_it(
    sentence: str, status: str | None, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = folder(
        tmp_path, a_txt=PROPOSAL.format(number="BSU07", saving=410, net=-310), mail_eml=MAIL.format(sentence=sentence)
    )
    code, rows = checked(place, tmp_path / "ws", capfd, "--all")
    assert code == ExitCode.DONE
    told = [row for row in rows if row["rule"] == "mail = proposal"]
    assert [row["status"] for row in told] == ([status] if status else [])
    if told:
        assert (told[0]["path"], told[0]["expected"], told[0]["tolerance"]) == ("mail.eml", "410000", "50000")


def compared(*papers: Paper) -> list[Verdict]:
    return list(copy_verdicts([figure for each in papers for figure in paper_figures(each, {})]))


def test_copies_must_agree_and_versions_are_remarks() -> None:
    rows, cut = ("Besparelse", (-300, -600)), ("Besparelse", (-300, -500))
    same = compared(paper(table(rows)), paper(table(rows), name="kopi"))
    assert [verdict.status for verdict in same] == [Status.HOLDS, Status.HOLDS]
    differing = compared(paper(table(rows)), paper(table(cut), name="kopi"))
    assert [(v.status, v.found, v.expected) for v in differing if v.status is not Status.HOLDS] == [
        (Status.FAILS, Decimal(-500_000), Decimal(-600_000))
    ]
    dated = compared(paper(table(rows), date="2025-08-01"), paper(table(cut), name="ny", date="2025-09-01"))
    assert [(v.status, v.told) for v in dated if v.status is not Status.HOLDS] == [
        (Status.REMARK, "2025-08-01, 2025-09-01")
    ]
    other = paper(table(cut), name="anden", parts=[proposal(number="BSU08", title="Fælles indkøb af møbler")])
    assert compared(paper(table(rows)), other) == []
    assert compared(paper(table(rows)), paper(table(cut, price_level=2025), name="kopi")) == []


@pytest.mark.parametrize(
    ("saving", "fewer", "remark"),
    [(-500, -1, False), (-90, -1, True), (-5000, -1, True), (-500, 1, False), (300, -1, False)],
)
def test_money_against_arsvaerk_is_a_remark_and_no_failure(saving: int, fewer: int, remark: bool) -> None:
    made = paper(table(("Besparelse", (saving, None)), ("Ændring i antal årsværk", (fewer, None))))
    found = [verdict for verdict in table_verdicts(made) if verdict.rule == "kr. per årsværk"]
    assert [verdict.status for verdict in found] == ([Status.REMARK] if remark else [])


def test_every_rule_is_described(samples: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "papers"
    place.mkdir()
    for name in ("katalog-fjordby-2026.pdf", "regnskab-fjordby-2024.pdf", "investeringer-lyngsoe-2026.pdf"):
        shutil.copy(samples / name, place)
    code, rows = checked(place, tmp_path / "ws", capfd, "--all")
    assert code == ExitCode.CHECKS_FAIL
    assert {row["rule"] for row in rows} == {"net", "total", "years", "deviation", "summary = proposal"}
    assert {row["rule"] for row in rows} <= RULES.keys()
    assert all(row["bbox"] and row["from"] for row in rows)
    (failed,) = [row for row in rows if row["status"] == "fails"]
    assert failed["label"].startswith("SSU03")
    assert (failed["found"], failed["expected"], failed["year"]) == ("-520000", "-620000", 2029)
    assert "page 11" in failed["from"][0]
