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
