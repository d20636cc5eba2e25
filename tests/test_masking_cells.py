"""Digits of two cells of a table are no CPR number; every true number is masked, however a page prints it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from laid import Line, figures, laid, row

from corpus.model import Document, Identifier
from corpus.problems import Code
from pipeline.extract import extract_bytes
from pipeline.options import Options

ACCOUNTS = (
    ("Sundhed", "119921", "125461", "5540"),
    ("Hjemmepleje", "96786", "96594", "-192"),
    ("Samvær", "108098", "100962", "-7136"),
    ("Dagtilbud", "155602", "147806", "-7796"),
)
HEAD = row("1.000 kr.", "Budget", "Regnskab", "Afvigelse")


def _accounts(*more: tuple[str, ...]) -> list[Line]:
    return [HEAD, *(row(*each) for each in (*ACCOUNTS, *more))]


def _cprs(document: Document) -> list[str]:
    return [r.value for r in document.records if isinstance(r, Identifier) and r.kind == "cpr"]


def _whole(document: Document) -> str:
    return msgspec.json.encode(msgspec.structs.replace(document, sha256="")).decode()


@pytest.mark.parametrize("last", ["-4157", "4157-", "−4157"])
def test_a_figure_beside_six_digits_of_a_day_is_read_where_its_column_holds_figures(last: str) -> None:
    document = laid(_accounts(("Skoler", "155358", "151201", last)))
    assert document.problems == []
    assert figures(document)["Samvær"]["Afvigelse"] == "-7136000"
    assert figures(document)["Skoler"]["Afvigelse"] == "-4157000"
    assert _cprs(document) == []


def _listed(head: str, lefts: Sequence[str], rights: Sequence[str]) -> list[Line]:
    names = ("Bo", "Per", "Ida", "Kaj", "Eva")
    return [row("Borger", head, "Løbenr."), *(row(*each) for each in zip(names, lefts, rights, strict=False))]


DAYS = ("110190", "120280", "130370", "311299", "240565")
LASTS = ("1234", "2345", "3456", "4567", "5678")


@pytest.mark.parametrize("head", ["Dato", "Født", "Personnummer", ""])
@pytest.mark.parametrize("dash", ["", "-"])
def test_halves_in_two_columns_are_masked_whatever_the_heading_says(head: str, dash: str) -> None:
    document = laid(_listed(head, DAYS, [dash + last for last in LASTS]))
    assert not any(last in _whole(document) for last in LASTS)
    assert len(_cprs(document)) == len(DAYS)


@pytest.mark.parametrize("word", ["CPR-nr.", "Personnr.", "Født"])
def test_a_word_of_cpr_numbers_on_the_page_masks_them_between_figures_too(word: str) -> None:
    lefts = ("125461", "110190", "96594", "147806", "155602")
    document = laid([((-60.0, f"Oversigt, {word} og beløb"),), *_listed("Nr.", lefts, LASTS)])
    assert "2345" not in _whole(document)
    assert "1234" in _whole(document)


def test_two_persons_below_a_table_of_figures_are_masked() -> None:
    people = [row("Bo", "", "010190", "1234"), row("Per", "", "010280", "2345")]
    document = laid([HEAD, *(row(*each) for each in ACCOUNTS[:2]), 30.0, *people])
    assert "1234" not in _whole(document)
    assert "2345" not in _whole(document)


@pytest.mark.parametrize(
    "printed",
    ["010190-1234", "010190 - 1234", "010190 1234", "0101901234", "010190 -1234", "0 1 0 1 9 0 - 1 2 3 4"],
)
def test_a_number_in_a_cell_of_its_own_or_in_a_line_is_masked(printed: str) -> None:
    document = laid([*_accounts(), 20.0, ((-60.0, f"Borger {printed} er bevilget hjælp."),), row("Bo", printed)])
    shown = "".join(_whole(document).split())
    assert "901234" not in shown
    assert "90-1234" not in shown
    assert len(_cprs(document)) == 2


def test_a_number_broken_over_the_end_of_a_line_is_masked() -> None:
    document = laid([((-60.0, "Sagen drejer sig om en borger med nummer 010190-"),), ((-60.0, "1234, som bor her."),)])
    assert "1234" not in _whole(document)


@pytest.mark.parametrize(
    ("left", "right", "printed"), [("151201", "-4157", "-xxxx"), ("155358", "1901712987", "190171xxxx")]
)
def test_a_figure_that_is_masked_is_told(left: str, right: str, printed: str) -> None:
    """Two rows prove no column of figures, and ten digits of a CPR number's shape are masked wherever they stand."""
    rows = [("Beløb i kr.", "2026", "2027"), ("Sundhed", "1123461", "5540"), ("Skoler", left, right)]
    document = laid([row(*each, ends=(300.0, 400.0)) for each in rows])
    assert right.strip("-") not in _whole(document)
    assert [problem.code for problem in document.problems] == [Code.NUMBER_REFUSED]
    assert printed in document.problems[0].message
    assert "has the shape of a CPR number" in document.problems[0].message
    assert figures(document)["Sundhed"] == {2026: "1123461", 2027: "5540"}


def test_a_figure_that_is_masked_is_told_where_its_row_is_in_no_table() -> None:
    rows = [("Beløb i kr.", "2026", "2027"), ("Sundhed", "1123461", "5540"), ("Skoler", "155358", "1901712987")]
    document = laid([row(*each) for each in rows])  # as close as words
    assert [problem.code for problem in document.problems] == [Code.TABLE_REFUSED]
    assert "Skoler" in document.problems[0].message


def test_masked_numbers_under_their_heading_are_no_lost_figures() -> None:
    rows = [("Bo", "0101901234", "12.000"), ("Ida", "0202802345", "8.000"), ("Kaj", "3112993456", "950")]
    head = ("Navn", "CPR-nr.", "Bevilget (kr.)")
    document = laid([row(*each, ends=(260.0, 420.0)) for each in (head, *rows)])
    assert document.problems == []
    assert "xxxx" in _whole(document)


def test_cells_between_tabs_are_told_by_their_columns_too() -> None:
    table = "1.000 kr.\tBudget\tRegnskab\tAfvigelse\n" + "".join("\t".join(each) + "\n" for each in ACCOUNTS)
    people = "Borger\tDato\tLøbenr.\n" + "".join(f"Bo\t{day}\t{last}\n" for day, last in zip(DAYS, LASTS, strict=True))
    document = extract_bytes(f"Regnskab\n\n{table}\nListe\n\n{people}".encode(), "tabel.txt")
    whole = _whole(document)
    assert figures(document)["Samvær"]["Afvigelse"] == "-7136000"
    assert not any(last in whole for last in LASTS)


def test_all_are_shown_when_asked_for_and_figures_are_no_numbers_of_persons() -> None:
    data = "1.000 kr.\tBudget\tRegnskab\tAfvigelse\n" + "".join("\t".join(each) + "\n" for each in ACCOUNTS)
    document = extract_bytes(f"{data}\nBorger 010190-1234".encode(), "tabel.txt", Options(show_identifiers=True))
    assert _cprs(document) == ["010190-1234"]
