"""`akt compare` of running text: amounts, årsværk, dates, decisions and other numbers, and of what no line holds."""

from __future__ import annotations

import json
import random
from email.message import EmailMessage
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Document
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.extract import extract_bytes
from pipeline.figures.comparing import compare
from pipeline.figures.differences import Side

LETTER = """Kære Ole

Forslaget giver en besparelse på 1,2 mio. kr. i 2026. Der nedlægges 2,5 årsværk.
Vi regner med 25 pct. færre indmeldelser.
Mødet er den 4. april 2025. Udgiften til flytning er 1,5-2 mio. kr.
Byrådet vedtog den 5. marts 2025 at lukke skolen.

Venlig hilsen
Mona Birk
"""


def mail(body: str, attached: bytes | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Mona Birk <mona@fjordby.example>", "Ole Holm <ole@fjordby.example>"
    message["Subject"], message["Date"] = "Klubberne i 2026", "Mon, 03 Mar 2025 10:00:00 +0100"
    message.set_content(body)
    if attached is not None:
        message.add_attachment(attached, maintype="text", subtype="plain", filename="bilag.txt")
    return message.as_bytes()


def compared(
    tmp_path: Path, one: bytes, other: bytes, capfd: pytest.CaptureFixture[str]
) -> tuple[int, list[dict], str]:  # type: ignore[type-arg]
    (tmp_path / "a.eml").write_bytes(one)
    (tmp_path / "b.eml").write_bytes(other)
    capfd.readouterr()
    code = run(["compare", str(tmp_path / "a.eml"), str(tmp_path / "b.eml"), "--format", "jsonl"])
    said = capfd.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1,2 mio. kr. i", "1,4 mio. kr. i", ("amount", "changed", "1200000", "1400000", "200000")),
        ("2,5 årsværk", "3 årsværk", ("fte", "changed", "2.5", "3", "0.5")),
        ("25 pct.", "30 pct.", ("number in text", "changed", "25", "30", None)),
        ("4. april", "11. april", ("date", "changed", "2025-04-04", "2025-04-11", None)),
        ("1,5-2 mio.", "1,5-2,5 mio.", ("amount", "changed", "1500000..2000000", "1500000..2500000", None)),
        ("1,5-2 mio. kr.", "1,5-2 mio. euro.", ("amount", "incomparable", *2 * ["1500000..2000000"], None)),
        ("1,2 mio. kr. i", "1,2 mio. euro i", ("amount", "incomparable", "1200000", "1200000", None)),
        (" Der nedlægges 2,5 årsværk.", "", ("fte", "removed", "2.5", None, None)),
        ("Mødet er den", "Prisen er 300 kr.\n\nMødet er den", ("amount", "added", None, "300", None)),
    ],
)  # fmt: skip
def test_what_prose_states_is_compared(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], old: str, new: str, told: tuple[str | None, ...]
) -> None:
    assert LETTER.count(old) == 1
    code, rows, _ = compared(tmp_path, mail(LETTER), mail(LETTER.replace(old, new)), capfd)
    assert code == ExitCode.DONE
    (row,) = rows
    assert tuple(row[name] for name in ("what", "change", "before", "after", "difference")) == told
    assert row["proposal"] == "Klubberne i 2026"
    assert row["quote"]
    assert row["what"] == "number in text" or row["before_id"] or row["after_id"]


def test_a_decision_that_turned_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, rows, _ = compared(tmp_path, mail(LETTER), mail(LETTER.replace("vedtog", "afviste")), capfd)
    (row,) = rows
    assert (row["what"], row["before"], row["after"]) == (
        "decision", "Byrådet vedtage decided", "Byrådet afvise rejected",
    )  # fmt: skip


NAMING = """Kære Ole

Sagen har nr. 2024-0012345, se forslag BSU07. Børne- og Skoleudvalget har drøftet den.
Spørg på skole@fjordby.example eller tlf. 45 33 12 34.

Venlig hilsen
Mona Birk
Kontorchef
"""


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("BSU07", "BSU08", [("reference", "proposal BSU07")], [("reference", "proposal BSU08")]),
        ("2024-0012345", "2024-0012354", [("reference", "case 2024-0012345")], [("reference", "case 2024-0012354")]),
        (
            "Børne- og Skoleudvalget",
            "Kultur- og Fritidsudvalget",
            [("committee", "Børne- og Skoleudvalget")],
            [("committee", "Kultur- og Fritidsudvalget")],
        ),
        ("skole@", "klub@", [("email", "skole@fjordby.example")], [("email", "klub@fjordby.example")]),
        ("45 33 12 34", "45 33 12 43", [("phone", "+4545331234")], [("phone", "+4545331243")]),
        ("Kære Ole", "Kære Ole og Lis Holm", [], [("person", "Lis Holm")]),
        ("har drøftet den.", "har drøftet den. Børne- og Skoleudvalget følger sagen.", [], []),
        ("Spørg på", "BØRNE- OG SKOLEUDVALGET. Spørg på", [], []),
    ],
)
def test_what_only_one_of_two_versions_names_is_told(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    old: str,
    new: str,
    gone: list[tuple[str, str]],
    come: list[tuple[str, str]],
) -> None:
    assert old in NAMING
    _, rows, _ = compared(tmp_path, mail(NAMING), mail(NAMING.replace(old, new)), capfd)
    assert [(row["what"], row["before"]) for row in rows if row["change"] == "removed"] == gone
    assert [(row["what"], row["after"]) for row in rows if row["change"] == "added"] == come
    assert len(rows) == len(gone) + len(come)
    assert all(row["quote"] and (row["before_id"] or row["after_id"]) for row in rows)


def test_words_and_line_breaks_alone_are_no_difference_of_figures(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    again = LETTER.replace("Der nedlægges 2,5", "Der nedlægges\n2,5")
    code, rows, said = compared(tmp_path, mail(LETTER), mail(again), capfd)
    assert (code, rows) == (ExitCode.NOTHING_FOUND, [])
    assert "Words were not compared" not in said
    code, rows, said = compared(tmp_path, mail(LETTER), mail(LETTER.replace("Kære Ole", "Hej Ole")), capfd)
    assert (code, rows) == (ExitCode.NOTHING_FOUND, [])
    assert "Words were not compared: 1 sentence differs in more than figures." in said


def test_a_sentence_that_moved_is_not_told_and_one_that_is_reworded_is_paired(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = "Forslaget giver en besparelse på 1,2 mio. kr. i 2026."
    moved = LETTER.replace(f"{first} ", "").replace("Venlig hilsen", f"{first}\n\nVenlig hilsen")
    assert compared(tmp_path, mail(LETTER), mail(moved), capfd)[1] == []
    reworded = LETTER.replace(first, "Forslaget ventes at give en besparelse på 1,3 mio. kr. i 2026.")
    _, rows, _ = compared(tmp_path, mail(LETTER), mail(reworded), capfd)
    assert [(row["what"], row["before"], row["after"]) for row in rows] == [("amount", "1200000", "1300000")]


def test_years_and_prices_that_a_figure_is_tied_to(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, rows, _ = compared(tmp_path, mail(LETTER), mail(LETTER.replace("kr. i 2026.", "kr. i 2027.")), capfd)
    (row,) = [row for row in rows if row["what"] == "amount"]
    assert (row["before"], row["after"], row["told"]) == ("1200000", "1200000", "years: 2026, now 2027")


def test_what_lies_inside_is_compared_by_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    note = "Notat om klubber\n\nHuslejen er 400.000 kr. om året.\n"
    changed = mail(LETTER, note.replace("400.000", "450.000").encode())
    _, rows, _ = compared(tmp_path, mail(LETTER, note.encode()), changed, capfd)
    (row,) = rows
    assert row["proposal"].startswith("bilag.txt › ")
    assert (row["before"], row["after"]) == ("400000", "450000")
    _, rows, _ = compared(tmp_path, mail(LETTER, note.encode()), mail(LETTER), capfd)
    assert [(row["what"], row["change"], row["before"]) for row in rows] == [("attachment", "removed", "bilag.txt")]

    (tmp_path / "ind").mkdir()
    for name in ("a.eml", "b.eml"):
        (tmp_path / "ind" / name).write_bytes(changed if name == "b.eml" else mail(LETTER, note.encode()))
    workspace = ["--workspace", str(tmp_path / "ws")]
    run([*workspace, "ingest", str(tmp_path / "ind")])
    capfd.readouterr()
    run([*workspace, "records", "ftes", "--format", "jsonl"])
    ids = {row["path"]: row["id"].partition(".")[0] for row in map(json.loads, capfd.readouterr().out.splitlines())}
    assert run([*workspace, "compare", ids["a.eml"], ids["b.eml"]]) == ExitCode.DONE
    assert "400.000 kr. -> 450.000 kr. (+50.000)" in capfd.readouterr().out


def test_an_attachment_of_unknown_format_is_not_passed_over(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    one, other = (mail(LETTER, data) for data in (b"\x00\x01\x02" * 50, b"\x00\x01\x03" * 50))
    code, rows, _ = compared(tmp_path, one, other, capfd)
    assert code == ExitCode.DONE
    assert [(row["what"], row["change"]) for row in rows] == [("attachment", "incomparable")]


def test_cells_that_no_line_holds_are_compared(
    samples: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The table says no unit: no line can be read, and its figures are compared as printed."""
    old = (samples / "referat-lyngsoe-KB-2024-10-08.txt").read_bytes()
    assert compared(tmp_path, old, old + b" ", capfd)[1] == []
    table = (
        "Oversigt\n\nOmråde        2025    2026    2027\nBørnehave       {}     240     245\n"
        "Klubber          90      91      92\n"
    )
    _, rows, _ = compared(tmp_path, table.format("235").encode(), table.format("239").encode(), capfd)
    assert [(row["what"], row["label"], row["column"], row["before"], row["after"]) for row in rows] == [
        ("cell", "Børnehave", "2025", "235", "239")
    ]


# --- whatever is changed in a text is told ----------------------------------------------------------------------------

FIGURES = ("{} mio. kr.", "{}.000 kr.", "{} årsværk", "{} pct.", "{} børn")
SENTENCES = (
    "Skolen koster {}.",
    "Der spares {} ved at lukke klubben.",
    "Forvaltningen regner med {} i alt.",
    "I dag er det {}, og det er for meget.",
)


def read(lines: list[str]) -> Side:
    document: Document = extract_bytes("\n\n".join(lines).encode(), "notat.txt")
    return Side(document, list(document.parts))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_figure_that_is_changed_is_told_and_no_other(data: st.DataObject) -> None:
    drawn = st.tuples(st.sampled_from(SENTENCES), st.sampled_from(FIGURES), st.integers(2, 97))
    said = data.draw(st.lists(drawn, min_size=1, max_size=12))
    which = data.draw(st.integers(0, len(said) - 1))
    old = [sentence.format(figure.format(number)) for sentence, figure, number in said]
    new = list(old)
    sentence, figure, number = said[which]
    new[which] = sentence.format(figure.format(number + 1))
    found = list(compare(read(old), read(new)))
    assert len(found) == 1, found
    assert found[0].change == "changed"
    assert str(number + 1) in found[0].quote
    assert list(compare(read(old), read(old))) == []


def test_many_reworded_sentences_are_paired_with_those_that_stand_where_they_stood() -> None:
    """More pairs than are compared with each other: only those near each other are."""
    words = ["".join(letters) for letters in product("bdfgklmnprst", "aeiouyæøå", "kmnrst")]
    draw = random.Random(4)
    chosen = [draw.sample(words, 6) for _ in range(600)]
    old = [f"Til {' '.join(each)} gives {n + 2}.000 kr." for n, each in enumerate(chosen)]
    new = [f"Til {' '.join(each)} gives nu {n + 3}.000 kr." for n, each in enumerate(chosen)]
    found = list(compare(read(old), read(["Der er ført 7 møder.", *new])))
    assert [each.change for each in found].count("changed") == 600
    assert {each.difference for each in found if each.change == "changed"} == {1000}
    assert [each.change for each in found if each.change != "changed"] == ["added"]
