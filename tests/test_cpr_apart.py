"""CPR numbers whose digits stand apart are masked: in sentences, forms and names of files, and told a second time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msgspec
import pytest
from installed import run
from laid import Line, figures, laid, row
from test_hostile_patterns import SECONDS, limited

from corpus import cpr
from corpus.model import Document, Identifier
from pipeline.extract import extract_bytes
from pipeline.options import Options

DIGITS = "2712652221"


def _text(printed: str) -> str:
    return "".join(part.text for part in extract_bytes(printed.encode(), "brev.txt").parts)


def _cprs(document: Document) -> list[str]:
    return [r.value for r in document.records if isinstance(r, Identifier) and r.kind == "cpr"]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Borger 27 12 65 2221 klager.", "Borger 27 12 65 xxxx klager."),
        ("Alex 27 12 65 2221 klager.", "Alex 27 12 65 xxxx klager."),
        ("27\u00a012\u00a065\u00a02221", "27\u00a012\u00a065\u00a0xxxx"),
        ("Borger 27 12 1965 2221 klager.", "Borger 27 12 1965 xxxx klager."),
        ("1. 27 12 65 2221", "1. 27 12 65 xxxx"),
        ("Bo Berg\n27 12 65 2221\nTlf. 27 12 65 22\n", "Bo Berg\n27 12 65 xxxx\nTlf. 27 12 65 22\n"),
        ("27 12 65 2221\n01 02 70 1234\n", "27 12 65 xxxx\n01 02 70 xxxx\n"),
        ("Børn: 27 12 15 5221, 01 02 17 6234.", "Børn: 27 12 15 xxxx, 01 02 17 xxxx."),
        ("CPR-nr. er 2 7 1 2 6 5 2 2 2 1", "CPR-nr. er 2 7 1 2 6 5 x x x x"),
        ("Personnummer: |2|7|1|2|6|5|2|2|2|1|", "Personnummer: |2|7|1|2|6|5|x|x|x|x|"),
        ("Fødselsnummer [2][7][1][2][6][5]-[2][2][2][1]", "Fødselsnummer [2][7][1][2][6][5]-[x][x][x][x]"),
        ("CPR-nr. 2 7 1 2 1 9 6 5 2 2 2 1", "CPR-nr. 2 7 1 2 1 9 6 5 x x x x"),
        (
            "Navn, cpr-nr.\n2   7   1   2   6   5   2   2   2   1\n",
            "Navn, cpr-nr.\n2   7   1   2   6   5   x   x   x   x\n",
        ),
    ],
)
def test_digits_that_stand_apart_are_masked(printed: str, shown: str) -> None:
    assert _text(printed) == shown
    assert _text(shown) == shown
    assert all(value.endswith("-xxxx") for value in _cprs(extract_bytes(printed.encode(), "brev.txt")))


@pytest.mark.parametrize(
    "printed",
    [
        "Tlf. 27 12 65 22",
        "Tlf. 27 12 65 2221",
        "Uge 27 12 65.",
        "Konto 27 12 65 2221",
        "Reg.nr. 1203 konto 27 12 65 2221",
        "27 12 65 2221 kr.",
        "kr. 27 12 65 2221",
        "27 12 65 2221,50",
        "27 12 65 22 21",
        "27 13 65 2221",
        "32 12 65 2221",
        "27 12 2024 1430",
        "5 27 12 65 2221",
        "27 12 65 2221 5",
        "27 12 65 -2221 500",
        "Den 27.12.24 1430 borgere",
        "2024 2025 2026 2027\nSkoler 27 12 65 2221\n",
        "Skoler 27 12 65 2221\nDagtilbud 31 45 77 3221\n",
        "Skoler 27 12 65 2221 uændret\nDagtilbud 31 45 77 3221 faldende\n",
        "Skoler\t27\t12\t65\t2221\n",
        "Skoler   27   12   65   2221\n",
        "Antal 2 7 1 2 6 5 2 2 2 1",
        "CPR-nr.\n\n\n2 7 1 2 6 5 2 2 2 1",
        "CPR-numre pr. måned\n1 1 2 7 1 2 6 5 2 2 2 1 3 4",
        "CPR-nr. 3 2 1 2 6 5 2 2 2 1",
    ],
)
def test_telephones_accounts_amounts_and_rows_stay(printed: str) -> None:
    assert _text(printed) == printed


@pytest.mark.parametrize(
    ("again", "shown"),
    [
        ("27.12.65 2221", "27.12.65 xxxx"),
        ("2712 65 2221", "2712 65 xxxx"),
        ("2712 6522 21", "2712 65xx xx"),
        ("2 7 1 2 6 5 2 2 2 1", "2 7 1 2 6 5 x x x x"),
        ("27/12 1965 (2221)", "27/12 1965 (xxxx)"),
        ("1965 12 27 2221", "1965 12 27 xxxx"),
        ("27 12 65\n> 2221", "27 12 65\n> xxxx"),
        ("konto 27 12 65 2221", "konto 27 12 65 xxxx"),
        ("27 12 65 2222 kr.", "27 12 65 2222 kr."),
        ("127 12 65 2221 kr.", "127 12 65 2221 kr."),
        ("27.12.65 22215 kr.", "27.12.65 22215 kr."),
    ],
)
def test_a_number_that_is_masked_once_is_masked_in_any_spacing(again: str, shown: str) -> None:
    assert _text(f"{again}\n\nBorger 271265-2221 klager.\n") == f"{shown}\n\nBorger 271265-xxxx klager.\n"
    assert _text(f"Borger 271265-2221 klager: {again} igen.") == f"Borger 271265-xxxx klager: {shown} igen."


def test_a_time_of_the_day_is_no_number_that_was_told() -> None:
    assert _text("Fil 271224-1430, sendt 27.12.2024 14:30.") == "Fil 271224-xxxx, sendt 27.12.2024 14:30."


def test_the_number_is_shown_when_it_is_asked_for() -> None:
    document = extract_bytes(b"CPR-nr. 2 7 1 2 6 5 2 2 2 1", "brev.txt", Options(show_identifiers=True))
    assert _cprs(document) == ["271265-2221"]


def test_a_page_masks_boxes_and_sentences_and_leaves_the_rows_of_a_table() -> None:
    boxes = tuple((-(120.0 + 18 * number), digit) for number, digit in enumerate(DIGITS))
    table = [row("Antal pladser", "2024", "2025", "2026", "2027"), row("Skoler", "28", "12", "65", "2222")]
    page: list[Line] = [((-60.0, "CPR-nr."), *boxes), 30.0, ((-60.0, "Borger 01 02 70 1234 klager."),), 30.0, *table]
    shown = "".join(part.text for part in laid(page).parts)
    assert "2 7 1 2 6 5 x x x x" in shown
    assert "01 02 70 xxxx klager" in shown
    assert "28 12 65 2222" in shown


def test_rows_that_might_all_be_days_are_read_where_their_cells_stand_apart() -> None:
    head = row("1.000 kr.", "Budget", "Regnskab", "Afvigelse", "I alt")
    document = laid([head, row("Skoler", "28", "12", "65", "2222"), row("Drift", "27", "12", "65", "2221")])
    assert figures(document)["Drift"]["I alt"] == "2221000"
    assert _cprs(document) == []


NAMES = [
    "27 12 65 2221.txt",
    "27.12.65 2221 klage.txt",
    "sag_27_12_65_2221.txt",
    "27-12-1965 2221.txt",
    "2712 65 2221.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_members_and_attachments_are_masked(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "Hej.")
    mail = (
        "From: bo@x.dk\r\nSubject: Klage\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=skel\r\n\r\n"
        f"--skel\r\nContent-Type: text/plain\r\n\r\nVedhæftet: {name}\r\n--skel\r\nContent-Type: text/plain\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\nHej.\r\n--skel--\r\n'
    ).encode()
    for document in (extract_bytes(buffer.getvalue(), "a.zip"), extract_bytes(mail, "a.eml"), extract_bytes(b"", name)):
        shown = msgspec.json.encode(msgspec.structs.replace(document, sha256="", children=[])).decode()
        shown += "".join(f"{child.path} {child.name}" for child in document.children)
        assert "2221" not in shown
        assert "xxxx" in shown


def test_a_path_is_masked_where_it_is_printed(tmp_path: Path) -> None:
    (tmp_path / NAMES[1]).write_text("Hej.", encoding="utf-8")
    there, missing = run("extract", tmp_path / NAMES[1]), run("extract", tmp_path / "nej" / NAMES[1])
    assert "27.12.65 xxxx klage" in there.stdout
    assert "27.12.65 xxxx klage" in missing.stdout + missing.stderr
    assert "65 2221" not in there.stdout + there.stderr + missing.stdout + missing.stderr


@pytest.mark.parametrize(
    "name",
    ["01.01.2021-2024.pdf", "Scan 2024-12-27 1430.pdf", "27.12.2024 1430.pdf", "27 12 65 22.txt", "27 13 65 2221.txt"],
)
def test_days_periods_and_telephones_in_names_stay(name: str) -> None:
    assert cpr.mask_in_name(name) == name


@pytest.mark.parametrize(
    "text",
    [
        "27 12 65 2221\n",
        "Bo 27 12 65 2221, ",
        "cpr 1 1 1 1 1 1 1 1 1 1 1 1 ",
        "1 ",
        "27\n",
        "27 12 65\t",
        "271265-2221\n1 2 3 ",
    ],
)
def test_digits_without_end_take_linear_time(text: str) -> None:
    size = 100_000
    with limited(SECONDS):
        printed = "CPR 271265-2221\n" + text * (size // len(text))
        assert len(cpr.mask(printed)) == len(printed)
        assert len(cpr.mask_in_name(printed)) == len(printed)
