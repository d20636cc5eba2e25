"""The sentence around a record."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Amount, Body, Message
from pipeline.ingest.quotes import LONGEST, quotes


def quote(text: str, start: int, end: int, source: str = "text") -> str:
    record = Amount(start=start, end=end, text=text[start:end], value=Decimal(1), currency="DKK", source=source)  # type: ignore[arg-type]
    return quotes([Body(index=0, title=None, text=text)], [record])[0].text


def test_the_sentence_and_no_other() -> None:
    text = "Det første punkt. Udvalget bevilger 2 mio. kr.\ntil skoler. Det sidste punkt."
    start = text.index("2 mio")

    assert quote(text, start, start + 10) == "Udvalget bevilger 2 mio. kr. til skoler."


def test_another_persons_words_between_answers_keep_their_mark() -> None:
    text = "> Vi giver 9.000 kr. for vagten.\n\nDet er for lidt. Vi vil have 12.000 kr. i stedet.\n"
    part = Message(index=0, title=None, text=text, inline=True, fingerprint="")
    spans = [(text.index(figure), text.index(figure) + len(figure)) for figure in ("9.000 kr.", "12.000 kr.")]
    records = [
        Amount(start=start, end=end, text=text[start:end], value=Decimal(1), currency="DKK") for start, end in spans
    ]
    theirs, own = quotes([part], records)

    assert theirs.text == "> Vi giver 9.000 kr. for vagten."
    assert theirs.text[theirs.start : theirs.end] == "9.000 kr."
    assert own.text == "Vi vil have 12.000 kr. i stedet."


def test_a_figure_of_a_table_is_quoted_with_its_line() -> None:
    text = "Beløb i 1.000 kr.\nLærerløn      -206    -412\nI alt         -206    -412\n"
    start = text.index("-412")

    assert quote(text, start, start + 4, source="table") == "Lærerløn -206 -412"


@pytest.mark.parametrize(
    ("text", "label", "shown"),
    [
        (
            "Specialpædagogiske\ntilbud   -206   -412\n",
            "Specialpædagogiske tilbud",
            "Specialpædagogiske tilbud -206 -412",
        ),
        ("Leje af   -206   -412\nlokaler\n", "Leje af lokaler", "Leje af lokaler -206 -412"),
        ("Drift af\nstore   -206   -412\nhaller\n", "Drift af store haller", "Drift af store haller -206 -412"),
        ("Drift af haller\n-206   -412\n", "Drift af haller", "Drift af haller -206 -412"),
        ("Leje   -206   -412\n", "Leje", "Leje -206 -412"),
    ],
)
def test_a_figure_of_a_table_is_quoted_with_its_whole_label(text: str, label: str, shown: str) -> None:
    at = text.index("-412")
    record = Amount(start=at, end=at + 4, text="-412", value=Decimal(-412), currency="DKK", source="table", label=label)

    (found,) = quotes([Body(index=0, title=None, text=text)], [record])

    assert found.text == shown
    assert found.text[found.start : found.end] == "-412"


def test_a_long_sentence_is_cut_around_the_record() -> None:
    text = "ord " * 500 + "12 kr. " + "ord " * 500
    start = text.index("12 kr.")

    shown = quote(text, start, start + 6)

    assert "12 kr." in shown
    assert shown.startswith("… ord")
    assert shown.endswith("ord …")
    assert len(shown) <= LONGEST + 10


def test_the_second_of_two_equal_figures_is_marked_as_such() -> None:
    text = "I alt -100 -100\n"
    records = [
        Amount(start=at, end=at + 4, text="-100", value=Decimal(-100), currency="DKK", source="table") for at in (6, 11)
    ]

    assert [(q.start, q.end) for q in quotes([Body(index=0, title=None, text=text)], records)] == [(6, 10), (11, 15)]


@given(st.text(min_size=1, max_size=2000), st.data())
def test_a_quote_always_holds_its_record_where_it_says(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    record = Amount(start=start, end=end, text=text[start:end], value=Decimal(1), currency="DKK")

    found = quotes([Body(index=0, title=None, text=text)], [record])[0]

    assert found.text[found.start : found.end].split() == text[start:end].split()
