"""What stands over the headings of accounts: running text, groups of columns, and first lines of long headings."""

from __future__ import annotations

from laid import Line, laid, texts
from reportlab.pdfbase.pdfmetrics import stringWidth

ENDS = (260.0, 310.0, 360.0, 410.0, 460.0, 510.0)
NAMES = ("Terminer", "Swaps", "Optioner", "I alt")
FIGURES = (
    "1.210 320 415 1.945 905 1.040",
    "980 110 25 1.115 640 475",
    "340 75 60 475 300 175",
    "2.530 505 500 3.535 1.845 1.690",
)


def rows(names: tuple[str, ...] = NAMES) -> list[Line]:
    return [((-60.0, n), *zip(ENDS, f.split(), strict=True)) for n, f in zip(names, FIGURES, strict=True)]


def middle(place: float, text: str) -> tuple[float, str]:
    """A text of Helvetica 10 set in the middle over a place."""
    return -(place - stringWidth(text, "Helvetica", 10) / 2), text


HEADED = ("Kort", "Mellem", "Lang", "Aktiver", "Passiver", "Netto")
HEADS: Line = tuple(zip(ENDS, HEADED, strict=True))


def test_running_text_between_a_title_and_the_headings_is_in_no_table() -> None:
    text: list[Line] = [
        ((-40.0, "4"), (-60.0, "Indtægter efter steder")),
        ((-60.0, "Summen af indtægterne udgør 7.717 t.kr. (2030: 7.782 t.kr.), der fordeles med"),),
        ((-60.0, "7.675 t.kr. (2030: 7.649 t.kr.) på Fjordby og med 42 t.kr. (2030: 133 t.kr.) på alle de andre."),),
        ((-40.0, "5"), (-60.0, "Instrumenter")),
    ]
    document = laid([((-60.0, "Beløb i 1.000 kr."),), 30.0, *text, HEADS, *rows()])
    assert texts(document)[:2] == [["5", "Instrumenter", *HEADED], ["", "Terminer", *FIGURES[0].split()]]


def test_a_heading_in_the_middle_of_three_columns_is_over_all_of_them() -> None:
    over: Line = (middle(270, "Netto efter tid"), (410.6, "Dagsværdi"), (510.0, "Hovedstol"))
    first: Line = ((410.0, "Forplig-"), (510.0, "Nominel"))
    heads: Line = tuple(zip(ENDS, ("Kort", "Lang", "Aktiver", "telser", "Netto", "værdi"), strict=True))
    document = laid([((-60.0, "1.000 kr."),), over, 8.0, first, -4.0, heads, *rows()])
    head = [(cell.text, cell.column, cell.column_span) for cell in document.tables[0].cells[0] if cell.text]
    assert head == [("Netto efter tid", 1, 2), ("Dagsværdi", 3, 3), ("Hovedstol", 6, 1)]


def test_the_first_lines_of_headings_of_five_belong_to_them() -> None:
    heads: list[Line] = [
        ((410.0, "Forplig-"), (460.0, "Egen-")),
        ((260.0, "Aktiver"), (310.0, "Lån"), (360.0, "Andet"), (410.0, "telser"), (460.0, "kapital"), (510.0, "I alt")),
        tuple((end, "mio. kr.") for end in ENDS),
        tuple((end, "ultimo") for end in ENDS),
        ((-60.0, "31. december 2031"), *((end, "2031") for end in ENDS)),
    ]
    document = laid([*heads, *rows()], step=12)
    assert [column.label for column in document.tables[0].columns] == [
        f"{name} mio. kr. ultimo 2031" for name in ("Aktiver", "Lån", "Andet", "Forpligtelser", "Egenkapital", "I alt")
    ]
    values = [(value.year, f"{value.value:f}") for value in document.tables[0].lines[1].values]
    assert values == [(2031, f"{amount}000000") for amount in (980, 110, 25, 1115, 640, 475)]


def test_the_name_of_the_first_rows_behind_a_column_of_notes_is_their_group() -> None:
    lines: list[Line] = [((-60.0, "Skoler"),), *rows()[:2], ((-60.0, "Haller"),), *rows()[2:]]
    document = laid([((-60.0, "1.000 kr."),), ((-40.0, "7"), *((-60.0, "Regnskab"), *HEADS)), *lines])
    groups = [(line.group, line.label) for line in document.tables[0].lines if line.values]
    assert groups == [("Skoler", NAMES[0]), ("Skoler", NAMES[1]), ("Haller", NAMES[2]), (None, NAMES[3])]
