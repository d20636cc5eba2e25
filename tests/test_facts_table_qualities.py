"""What is said of a quantity in a table of plain text: its prices, and the words behind its fields."""

from __future__ import annotations

from corpus.model import Amount, Document, Fte, Quantity
from pipeline.extract import extract_bytes


def _document(text: str) -> Document:
    return extract_bytes(text.encode(), "x.txt")


TABLE = (
    "Beløb i 1.000 kr. (2024-pl)\n"
    "                         2025      2026\n"
    "Besparelse               -200      -300\n"
    "Drift af haller\n"
    "Antal årsværk            -0,5      -1,0\n"
)


def test_the_prices_of_a_table_are_its_own() -> None:
    text = f"Forslaget.\n\n{TABLE}\nDet er alt.\n\nUdgiften er 2 mio. kr. for de to haller tilsammen, siger hun.\n"
    found = [record for record in _document(text).records if isinstance(record, Amount)]
    assert {(record.source, record.price_level) for record in found} == {("table", 2024), ("text", None)}


def test_evidence_of_a_table() -> None:
    document = _document(f"Forslaget.\n\n{TABLE}\nDet er alt.\n")
    found = [record for record in document.records if isinstance(record, Quantity) and record.source == "table"]
    assert len(found) == 4
    for record in found:
        part = document.parts[record.part].text
        told = {each.field: each for each in record.evidence}
        for each in told.values():
            assert each.start is None or part[each.start : each.end] == each.text
        assert told["year"].text == str(record.year)
        if isinstance(record, Fte):
            assert set(told) == {"year"}
        else:
            assert (told["role"].text, told["role"].start) == ("Besparelse", part.index("Besparelse"))
            assert told["unit"].text == "Beløb i 1.000 kr. (2024-pl)"
            assert told["price_level"].text == "Beløb i 1.000 kr. (2024-pl)"
