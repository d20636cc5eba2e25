"""The figures of a chart below a table are no rows of it, whatever column their bars happen to stand near."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

ENDS = (440.0, 540.0)
BARS: list[Line] = [
    ((238.0, "816"),),
    ((70.0, "750"),),
    ((149.0, "527"), (283.0, "559")),
    ((104.0, "497"), (193.0, "475")),
    ((70.0, "500"),),
]


@pytest.mark.parametrize("heads", [("Ultimo 2031", "Ultimo 2032"), ("2031", "2032")])
@pytest.mark.parametrize("note", ["1) Inklusive overførsler fra 2031.", ""])
def test_the_figures_over_the_bars_of_a_chart_are_no_rows(heads: tuple[str, str], note: str) -> None:
    lines: list[Line] = [
        row("Mio. kr.", *heads, ends=ENDS),
        row("Egenkapital i alt", "657", "687", ends=ENDS),
        row("Hensatte forpligtelser", "18", "18", ends=ENDS),
        row("Kortfristede gældsforpligtelser", "96", "100", ends=ENDS),
        row("PASSIVER I ALT", "771", "805", ends=ENDS),
        *([((-60.0, note),)] if note else []),
        8.0,
        *BARS,
    ]
    found = laid(lines)
    assert list(figures(found)) == [
        *("Egenkapital i alt", "Hensatte forpligtelser", "Kortfristede gældsforpligtelser", "PASSIVER I ALT")
    ]
    given = [value.raw for table in found.tables for line in table.lines for value in line.values]
    assert given == ["657", "687", "18", "18", "96", "100", "771", "805"]


def test_figures_on_the_middle_of_a_name_of_two_lines_are_a_row() -> None:
    lines: list[Line] = [
        row("Mio. kr.", "2031", "2032", ends=ENDS),
        row("Egenkapital i alt", "657", "687", ends=ENDS),
        row("Hensatte forpligtelser", "18", "18", ends=ENDS),
        row("Kortfristet gæld", "90", "90", ends=ENDS),
        ((-60.0, "Nettogæld vedrørende fonds og"),),
        -7.0,
        ((440.0, "19"), (540.0, "16")),
        -7.0,
        ((-60.0, "legater, deposita m.v."),),
    ]
    assert figures(laid(lines))["Nettogæld vedrørende fonds og legater, deposita m.v."] == {
        2031: "19000000",
        2032: "16000000",
    }
