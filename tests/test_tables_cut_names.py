"""Names on several lines, of which one stands a little further down, or beside a remark with a figure."""

from __future__ import annotations

from laid import LEFT, Line, figures, laid, row

ENDS = (300.0, 360.0)
HEADS: list[Line] = [((-LEFT, "Beløb i kr."),), 8.0]


def test_a_line_a_hair_further_down_goes_on_with_the_name_above_it() -> None:
    lines: list[Line] = [*HEADS, row("Navn", "2026", "2027", ends=ENDS), 1.0]
    for number, name in enumerate(("Vedligehold", "Materialer", "Tilsyn"), 1):
        lines += [row(name, f"{number}1.000", f"{number}2.000", ends=ENDS), 1.0]
    lines += [row("Fælles brug af", "51.000", "52.000", ends=ENDS), ((-LEFT, "lokaler i kommunens"),), 0.7]
    lines += [((-LEFT, "haller og skoler"),), ((-LEFT, "som følge af færre hold"),)]
    lines += [row("Omlægninger i kantinerne", "61.000", "62.000", ends=ENDS), ((-LEFT, "efter ferien"),), 1.0]
    lines += [row("I alt", "178.000", "182.000", ends=ENDS)]
    found = figures(laid(lines, step=10.4, size=8))
    assert found["Fælles brug af lokaler i kommunens haller og skoler som følge af færre hold"][2026] == "51000"
    assert found["Omlægninger i kantinerne efter ferien"] == {2026: "61000", 2027: "62000"}


def test_a_figure_in_a_remark_makes_no_row_of_a_line_of_a_name() -> None:
    lines: list[Line] = [*HEADS, (*row("Navn", "2026", "2027", ends=ENDS), (-380.0, "Kommentar"))]
    lines += [((-LEFT, "Omlægning af indsatsen"),), ((-LEFT, "for unge uden for byen og"), (-380.0, "50 pct."))]
    lines += [(*row("eksterne forløb", "51.000", "52.000", ends=ENDS), (-380.0, "refusion"))]
    lines += [row("Aftaler", "11.000", "12.000", ends=ENDS), row("Tilsyn", "21.000", "22.000", ends=ENDS)]
    found = figures(laid(lines))
    assert found["Omlægning af indsatsen for unge uden for byen og eksterne forløb"] == {2026: "51000", 2027: "52000"}
