"""Tables that a person reads at once: rows and headings that a rule for something else took."""

from __future__ import annotations

from laid import figures, laid, row


def test_figures_that_count_as_their_headings_do_are_a_row() -> None:
    document = laid(
        [row("1.000 kr.", "År 1", "År 2", "År 3"), row("Løn", "1", "2", "3"), row("Leje", "10", "20", "30")]
    )
    assert figures(document)["Løn"] == {"År 1": "1000", "År 2": "2000", "År 3": "3000"}
    assert not document.problems


def test_nothing_in_a_format_of_three_digits_is_nothing() -> None:
    document = laid([row("1.000 kr.", "2026", "2027"), row("Løn", "-000", "-200"), row("Leje", "-100", "-000")])
    assert figures(document) == {"Løn": {2026: "0", 2027: "-200000"}, "Leje": {2026: "-100000", 2027: "0"}}


PROSE = ((-60.0, "Forvaltningen har undersøgt, hvordan opgaven løses i andre kommuner, og om den kan løses her."),)
MILLIONS = [row("Beløb i mio. kr.", "2026", "2027"), row("Skoler", "1,1", "2,1"), row("Haller", "1,2", "2,2")]
THOUSANDS = [row("", "2026", "2027"), row("Løn", "-100", "-200"), row("Leje", "-10", "-20"), 20.0, PROSE]


def test_a_unit_at_the_foot_of_a_page_is_that_of_the_table_on_top_of_the_next() -> None:
    document = laid([*MILLIONS, 30.0, *[PROSE] * 30, 20.0, ((-60.0, "Beløb i 1.000 kr."),)], THOUSANDS)
    assert figures(document)["Løn"] == {2026: "-100000", 2027: "-200000"}
    assert figures(document)["Skoler"] == {2026: "1100000", 2027: "2100000"}


def test_a_unit_right_below_a_table_is_not_that_of_the_next_page() -> None:
    document = laid([*[PROSE] * 30, *MILLIONS[1:], ((-60.0, "Beløb i mio. kr."),)], THOUSANDS)
    assert "Løn" not in {label for label, values in figures(document).items() if values}


def test_a_text_that_runs_on_into_the_next_cell_of_a_drawn_grid_is_whole() -> None:
    rows = [row("1.000 kr.", "2026", "2027", ends=(260, 320))]
    rows += [row(name, "-10", "-20", ends=(260, 320)) for name in ("Mindre tilskud til foreninger", "Løn")]
    across = [(56.0, y, 324.0, y) for y in (-11.0, 3.0, 17.0, 31.0)]
    document = laid(rows, rules=[*across, *((x, -11.0, x, 31.0) for x in (56.0, 168.0, 264.0, 324.0))])
    assert figures(document) == {
        "Mindre tilskud til foreninger": {2026: "-10000", 2027: "-20000"},
        "Løn": {2026: "-10000", 2027: "-20000"},
    }
    assert not document.problems
