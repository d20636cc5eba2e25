"""Running text right above or below a table of plain text says nothing of it, and loses nothing by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.model import Amount, Document
from pipeline.extract import extract_bytes

TABLE = "{head}   2026   2027   2028\nAnlæg      1.127  3.152  2.085\nDrift         99    421    576\n"


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "notat.txt")


def said(document: Document) -> list[Decimal | None]:
    return [each.value for each in document.records if isinstance(each, Amount) and each.source == "text"]


def first_figures(document: Document) -> list[Decimal | None]:
    return [value.value for table in document.tables for value in table.lines[0].values]


@pytest.mark.parametrize("amount", ["35.500,-", "1.000,-", "1.000,--"])
def test_an_amount_at_the_beginning_of_a_line_is_no_unit(amount: str) -> None:
    text = (
        f"Ansøger har i sit budget regnet med en entré på 60 kr. og en egenfinansiering på\n{amount} kr. Byrådet "
        f"tiltrådte den 4. maj 2025, at der gives anlægsbevilling på\nca. 840.000 kr., og det er godt.\n\n"
    )
    document = read(text + TABLE.format(head="1.000 kr."))
    assert first_figures(document) == [1_127_000, 3_152_000, 2_085_000]
    assert Decimal(840_000) in said(document)
    assert len(said(document)) == 3
    assert document.problems == []


@pytest.mark.parametrize(
    ("figure", "unit", "value"),
    [("585", "tusind kroner", 585_000), ("12", "mio. kr.", 12_000_000), ("585", "kr.", 585)],
)
def test_an_amount_whose_unit_is_on_the_next_line_is_no_row(figure: str, unit: str, value: int) -> None:
    after = (
        f"\nIndstilling\n\nDet anbefales, at scenarie 2 gennemføres med en samlet økonomisk ramme på {figure}\n{unit}\n"
    )
    document = read(TABLE.format(head="1.000 kr.") + after)
    assert first_figures(document) == [1_127_000, 3_152_000, 2_085_000]
    assert said(document) == [value]
    assert document.problems == []


def test_a_row_with_a_figure_too_few_is_still_refused() -> None:
    document = read(TABLE.format(head="1.000 kr.") + "Tilskud til klubber 585\nI alt       1.226  3.573  2.661\n")
    assert [problem.code for problem in document.problems] == ["table-refused"]
    assert [line.label for table in document.tables for line in table.lines][-1] == "I alt"
