"""Tables with rules right of a column of text, and the numbers that names end in."""

from __future__ import annotations

from laid import Line, figures, laid, row, texts

ENDS = (440.0, 480.0, 520.0)
YEARS: Line = ((-310.0, "Nr"), (-350.0, "Titel"), (440.0, "2027"), (480.0, "2028"), (520.0, "2029"))
NAMES = [["Ledelse", "af haller"], ["Leje af", "lokaler"], ["Ny busrute", "12"], ["Tilsyn med", "tag"]]
TEXT = ["Udvalget har i dag set på, hvordan det kan", "spare på lokaler.", "Byrådet har det sidste ord."]


def _rows(left: list[str]) -> tuple[list[Line], list[tuple[float, float, float, float]]]:
    """Rows with names on two lines, the figures on the second one, and the rule below each; text on the left."""
    lines: list[Line] = [((-310.0, "1.000 kr."),), YEARS]
    rules = [(308.0, 19.0, 522.0, 19.0)]
    for number, (first, second) in enumerate(NAMES, 1):
        amounts = row("", f"{number}11", f"{number}12", f"{number}13", ends=ENDS)
        lines += [((-350.0, first),), ((-310.0, f"BU{number}"), (-350.0, second), *amounts)]
        rules.append((308.0, 28.0 * number + 19, 522.0, 28.0 * number + 19))
    for number, text in enumerate(left, 1):
        lines[number] = _behind(text, lines[number])
    return lines, rules


def _behind(text: str, line: Line) -> Line:
    """The line with a text left of it."""
    return line if isinstance(line, float) else ((-60.0, text), *line)


def test_text_left_of_the_rules_of_a_table_is_none_of_it() -> None:
    lines, rules = _rows(TEXT)
    document = laid(lines, rules=rules)
    assert texts(document)[:2] == [
        ["Nr", "Titel", "2027", "2028", "2029"],
        ["BU1", "Ledelse af haller", "111", "112", "113"],
    ]
    assert list(figures(document)) == [" ".join(name) for name in NAMES]


def test_a_number_on_the_last_line_of_a_name_is_no_figure() -> None:
    lines, rules = _rows([])
    assert figures(laid(lines, rules=rules))["Ny busrute 12"] == {2027: "311000", 2028: "312000", 2029: "313000"}


def test_the_first_column_of_a_table_whose_rules_begin_behind_it_is_of_it() -> None:
    lines, rules = _rows([])
    groups = [_behind("Kultur og fritid", line) if n in {3, 7} else line for n, line in enumerate(lines)]
    firsts = [cells[0] for cells in texts(laid(groups, rules=rules))]
    assert [text for text in firsts[1:] if text] == ["Kultur og fritid"] * 2
