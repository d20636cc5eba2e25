"""Words of names that the end of a line breaks at their own hyphen."""

from __future__ import annotations

import pytest
from laid import LEFT, Line, figures, laid, row

from pipeline.tables.content.grid import join_lines

ENDS = (300.0, 360.0)
HEADS: list[Line] = [((-LEFT, "Beløb i kr."),), 8.0]


@pytest.mark.parametrize(
    ("upper", "lower", "name"),
    [
        ("Heraf self-", "employed", "Heraf self-employed"),
        ("Lån til medium-", "sized enterprises", "Lån til medium-sized enterprises"),
        ("Ansatte part-", "time", "Ansatte part-time"),
        ("Lande med high-", "income", "Lande med high-income"),
        ("Udgift til un-", "skilled", "Udgift til unskilled"),
        ("Løn til part-", "ner", "Løn til partner"),
        ("Andre high-", "er", "Andre higher"),
        ("Ny arbejds-", "time", "Ny arbejdstime"),
    ],
)
def test_a_member_of_an_english_word_keeps_its_hyphen(upper: str, lower: str, name: str) -> None:
    lines: list[Line] = [*HEADS, row("Post", "2026", "2027", ends=ENDS), ((-LEFT, upper),)]
    lines += [
        row(lower, "80", "90", ends=ENDS),
        row("Vand", "10", "20", ends=ENDS),
        row("I alt", "90", "110", ends=ENDS),
    ]
    assert next(iter(figures(laid(lines)))) == name


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("Budgetfors", "lag", "Budgetforslag"),
        ("Afvig", "else", "Afvigelse"),
        ("Budget", "vedtaget", "Budget vedtaget"),
        ("Budget", "Forslag", "Budget Forslag"),
    ],
)
def test_a_word_of_headings_that_its_cell_breaks_without_a_hyphen_is_whole(upper: str, lower: str, whole: str) -> None:
    assert join_lines([upper, lower]) == whole
