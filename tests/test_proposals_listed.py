"""Catalogues whose proposals have plain figures for numbers: the summary in front tells which headings are theirs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, laid, row

from corpus.model import Body, Document, Proposal
from corpus.problems import Code

ENDS = (300.0, 350.0, 400.0, 450.0)
YEARS = ("2027", "2028", "2029", "2030")
ITEMS = [
    ("1.1.1", "Færre skolebusser", -1.2),
    ("1.1.2", "Samling af klubtilbud", -0.4),
    ("1.2.1", "Lavere bemanding i ferier", -2.5),
    ("2.1.1", "Senere lukning af svømmehallen", 0.3),
]
TEXT = "Der er i dag ni medarbejdere, som løser opgaven i to afdelinger."


def _paper(
    *,
    title: str = "Spareforslag til budget 2027",
    left_out: Sequence[str] = (),
    wrapped: bool = False,
    money: bool = True,
) -> Document:
    front: list[Line] = [
        ((-60.0, title),),
        20.0,
        ((-60.0, "Oversigt i mio. kr."),),
        row("Nr. Titel", *YEARS, ends=ENDS),
    ]
    for number, name, sum_ in ITEMS:
        if number not in left_out:
            front.append(row(f"{number} {name}", *[f"{sum_:.1f}".replace(".", ",")] * 4, ends=ENDS))
    pages: list[list[Line]] = [front]
    for chapter, owner in (("1", "Børne- og Skoleudvalget"), ("2", "Kultur- og Fritidsudvalget")):
        lines: list[Line] = [((-60.0, f"{chapter} {owner}"),), 10.0]
        for number, name, sum_ in ITEMS:
            if number[0] != chapter:
                continue
            head, last = name.rsplit(" ", 1) if wrapped else (name, "")
            lines += [((-60.0, f"{number} {head}"),), *([((-60.0, last),)] if last else []), ((-60.0, TEXT),)]
            if money:
                amounts = [f"{round(sum_ * 1000):,}".replace(",", ".")] * 4
                lines += [row("Beløb i 1.000 kr.", *YEARS, ends=ENDS), row("Netto", *amounts, ends=ENDS), 30.0]
        pages.append(lines)
    return laid(*pages)


def _found(document: Document) -> list[tuple[str | None, str | None, str | None, int | None]]:
    return [(p.number, p.title, p.committee, p.page_first) for p in document.parts if isinstance(p, Proposal)]


EXPECTED = [
    (number, name, "Børne- og Skoleudvalget" if number[0] == "1" else "Kultur- og Fritidsudvalget", 1 + int(number[0]))
    for number, name, _ in ITEMS
]


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(
    "title", ["Spareforslag til budget 2027", "Katalog over ændringer", "Besparelsesforslagene 2027"]
)
def test_headings_that_the_summary_lists_are_proposals(title: str, wrapped: bool) -> None:
    document = _paper(title=title, wrapped=wrapped)
    assert _found(document) == EXPECTED
    assert document.problems == []
    checks = [check for table in document.tables for check in table.checks if check.rule == "summary = proposal"]
    assert len(checks) == 16
    assert all(check.ok for check in checks)


def test_a_proposal_between_others_that_the_summary_lacks_is_told() -> None:
    document = _paper(left_out=["1.1.2"])
    assert _found(document) == EXPECTED
    (told,) = document.problems
    assert told.code == Code.SUMMARY_MISMATCH
    assert '"1.1.2 Samling af klubtilbud" on page 2 is not in the summary' in told.message


@pytest.mark.parametrize(
    "title", ["Budgetbemærkninger 2027", "Budget 2027", "Regnskab 2025 og spareforslag", "Forslag"]
)
def test_chapters_of_a_budget_or_of_accounts_are_no_proposals(title: str) -> None:
    document = _paper(title=title)
    assert all(isinstance(part, Body) for part in document.parts)
    assert document.kind != "budget-catalogue"


def test_proposals_whose_sums_stand_in_the_summary_alone_are_proposals() -> None:
    assert _found(_paper(money=False)) == EXPECTED


def test_the_headings_of_a_table_printed_again_overleaf_head_no_proposal() -> None:
    rows: list[Line] = [row(f"Række {'abcdefgh'[n % 8]}", "10", "20", "30", "40", ends=ENDS) for n in range(20)]
    head = row("Nr. Titel", *YEARS, ends=ENDS)
    document = laid([((-60.0, "Spareforslag 2027"),), ((-60.0, "1.000 kr."),), head, *rows], [head, *rows])
    assert not _found(document)
