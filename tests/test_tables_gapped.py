"""Tables with a rule below each cell, gaps between the rules, and words that are longer than their cell."""

from __future__ import annotations

from laid import LEFT, Line, figures, laid, texts

from corpus.model import Document

CELLS = ((57.0, 110.0), (116.0, 142.0), (148.0, 220.0), (226.0, 300.0), (306.0, 360.0))
WHOLE = ((57.0, 360.0),)
STEP = 14.0


def _paper(names: list[list[str]], section: str = "", unit: str = "") -> Document:
    """A table of proposals whose names stand in a narrow column before that of the committees."""
    lines: list[Line] = [((-LEFT, "Nr."), (-119.0, "Navn"), (-151.0, "Udvalg"), (297.0, "2026"), (357.0, "2027"))]
    lines[:0] = [((-LEFT, unit),), 8.0] if unit else []
    levels = [STEP + 14 if unit else 6.0]
    for number, (first, *others) in enumerate(names, 1):
        lines += [((-LEFT, section),)] if section and number == 1 else []
        amounts = (297.0, f"{number}1"), (357.0, f"{number}2")
        lines += [((-LEFT, f"BU {number}"), (-119.0, first), (-151.0, "BUU"), *amounts)]
        lines += [((-119.0, word),) for word in others]
        printed = sum(not isinstance(line, float) for line in lines)
        levels.append((printed - 1) * STEP + (8 if unit else 0) + 6)
    return laid(lines, step=STEP, rules=[(x0, y, x1, y) for y in levels for x0, x1 in CELLS])


NAMES = [["Ny", "skolebusrute", "12"], ["Pulje", "til", "forebyggelse"], ["Bedre", "normeringer"], ["Sygeplejersker"]]


def test_words_longer_than_their_cell_are_names_in_the_column_they_begin_in() -> None:
    cells = texts(_paper(NAMES))
    assert cells[1] == ["BU 1", "Ny skolebusrute 12", "BUU", "11", "12"]
    assert [row[1] for row in cells[2:]] == ["Pulje til forebyggelse", "Bedre normeringer", "Sygeplejersker"]


def test_figures_beside_words_longer_than_their_cell_have_whole_names() -> None:
    found = figures(_paper(NAMES, unit="1.000 kr."))
    assert found["Ny skolebusrute 12"] == {2026: "11000", 2027: "12000"}
    assert list(found) == [" ".join(words) for words in NAMES]


def test_the_name_of_a_section_without_a_rule_is_a_row_above_such_cells() -> None:
    cells = texts(_paper(NAMES, section="Børneudvalget"))
    assert [text for text in cells[1] if text] == ["Børneudvalget"]
    assert cells[2] == ["BU 1", "Ny skolebusrute 12", "BUU", "11", "12"]


def test_what_is_written_in_capitals_keeps_its_hyphen() -> None:
    cells = texts(_paper([["Nyt", "LED-", "gadelys"], *NAMES]))
    assert cells[1][1] == "Nyt LED-gadelys"
