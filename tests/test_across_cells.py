"""What stands in cells of several lines side by side, of which the text of a PDF has one line behind the other."""

from __future__ import annotations

import io

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from corpus.model import Amount, Date, Decision, Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

STYLE = getSampleStyleSheet()["BodyText"]
DRAWN = (("GRID", (0, 0), (-1, -1), 0.5, colors.black),)
HEAD = ("Beslutningsprotokol", "Fjordby Kommune, Teknikudvalget, 29. oktober 2026")
MINUTES = [
    ["Pkt.", "Sag", "Beslutning"],
    ["1", "Godkendelse af dagsorden", "Godkendt."],
    ["2", "Ny kaj i Fjordby, etape 1, anslået til 41,7 mio. kr.", "Udvalget godkendte et tilbud på 41,7 mio. kr."],
    [
        "3",
        "Et nyt skur til havnens både for 875.000 kr. i budget 2027",
        "Sagen udsat til det møde i byen, der er i december",
    ],
]


def paper(rows: list[list[str]], *styles: tuple[object, ...], widths: tuple[float, ...] = (40, 120, 130)) -> Document:
    buffer = io.BytesIO()
    cells = [[Paragraph(cell, STYLE) for cell in row] for row in rows]
    table = Table(cells, colWidths=widths, style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *styles]))
    flow = [*(Paragraph(line, STYLE) for line in HEAD), table]
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build(flow)
    return extract_bytes(buffer.getvalue(), "protokol.pdf")


@pytest.mark.parametrize("styles", [DRAWN, ()])
@pytest.mark.parametrize("width", [105, 112, 118, 125, 133, 140])
def test_nothing_is_read_across_cells_of_several_lines(styles: tuple[tuple[object, ...], ...], width: int) -> None:
    found = paper(MINUTES, *styles, widths=(40, width, 250 - width))
    values = {each.value for each in found.records if isinstance(each, Amount)}
    assert values <= {41_700_000, 875_000}
    days = {" ".join(each.text.split()) for each in found.records if isinstance(each, Date)}
    assert days <= {"29. oktober 2026", "2027", "december", "i december"}
    verdicts = [each.text for each in found.records if isinstance(each, Decision)]
    assert not any("\n" in text for text in verdicts)
    told = [each for each in found.problems if each.message.startswith("Read over")]
    assert {each.code for each in told} <= {Code.NUMBER_REFUSED, Code.DATE_REFUSED, Code.DECISION_UNREAD}
    assert len(told) == len({each.code for each in told})


def test_what_is_read_across_cells_is_told_with_its_words() -> None:
    found = paper(MINUTES, *DRAWN, widths=(40, 118, 132))
    told = {each.code: each.message for each in found.problems if each.message.startswith("Read over")}
    assert "Udvalget godkendte" in told[Code.DECISION_UNREAD]


def test_a_cell_of_one_line_decides_and_one_of_several_is_told() -> None:
    rows = [
        *MINUTES[:3],
        ["3", "Et nyt skur til havnens både og lejere", "Udsat."],
        ["4", "Leje", "Afvist med 3 mod 2."],
    ]
    found = paper(rows, *DRAWN, widths=(40, 118, 132))
    told = [(each.text, each.status) for each in found.records if isinstance(each, Decision)]
    assert told == [("Godkendt.", "decided"), ("Udsat.", "postponed"), ("Afvist med 3 mod 2.", "rejected")]
    unread = [each.message for each in found.problems if each.code == Code.DECISION_UNREAD]
    assert any('"Udvalget godkendte et tilbud på 41,7 mio. kr."' in message for message in unread)


@pytest.mark.parametrize(("unit", "other"), [("mio. kr.", "mio. kr."), ("mio. kr.", "millioner kroner")])
def test_cells_of_one_line_are_read_as_they_stand(unit: str, other: str) -> None:
    found = paper([["Drift", "41,7", unit], ["Anlæg", "12,5", other], ["Lån", "3,1", unit]])
    assert [each.value for each in found.records if isinstance(each, Amount)] == [41_700_000, 12_500_000, 3_100_000]
    assert not [each for each in found.problems if each.message.startswith("Read over")]
