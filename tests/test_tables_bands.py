"""What two rules or shaded grounds have between them: a row, or a row with the name of a group above or below it."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

from corpus.model import Document

YEARS = ("2026", "2027", "2028", "2029")
WIDE = "Harmonisering af åbningstider og betaling"


def _banded(*bands: list[Line]) -> Document:
    """Years, and below them the lines of each band with a rule under it."""
    lines: list[Line] = [row("1.000 kr.", *YEARS)]
    heights = [4.0]
    for band in bands:
        lines += [4.0, *band, 4.0]
        heights.append(heights[-1] + 8.0 + 14.0 * len(band))
    return laid(lines, rules=[(60.0, height, 480.0, height) for height in heights])


def _groups(document: Document) -> dict[str, str | None]:
    return {line.label: line.group for table in document.tables for line in table.lines}


def _row(label: str, first: int = 1) -> Line:
    return row(label, *(str(-first - n) for n in range(4)))


@pytest.mark.parametrize("name", ["Overførselsudgifter", "Indtægter"])
def test_a_known_name_over_the_first_row_of_a_band_is_none_of_its_label(name: str) -> None:
    document = _banded([row(name), _row("Energi")], [_row(WIDE, 5)], [_row("Kørsel", 3)], [_row("I alt", 9)])
    assert [label for label, values in figures(document).items() if values] == ["Energi", WIDE, "Kørsel", "I alt"]
    assert _groups(document)["Energi"] == (name if name != "Indtægter" else None)


@pytest.mark.parametrize("name", ["Klima- og Planudvalget", "Lokale initiativer"])
def test_a_name_below_a_total_in_its_band_is_the_group_of_the_rows_below(name: str) -> None:
    top = [[_row(WIDE, 5)], [_row("Kørsel", 3)]]
    document = _banded(*top, [_row("Subtotal", 8), row(name)], [_row("Energi")], [_row("Vand", 2)])
    assert list(figures(document)) == [WIDE, "Kørsel", "Subtotal", "Energi", "Vand"]
    assert _groups(document)["Energi"] == name


def test_a_label_that_goes_on_between_two_rules_is_one() -> None:
    wrapped: list[Line] = [row("Indtægter"), _row("fra salg af pladser")]
    no_room: list[Line] = [_row("I alt, Klima og Plan samt"), row("Kommunaldirektørens område")]
    document = _banded(wrapped, [_row("Kørsel", 3)], [_row("Energi og vand til skoler")], no_room)
    assert list(figures(document)) == [
        "Indtægter fra salg af pladser",
        "Kørsel",
        "Energi og vand til skoler",
        "I alt, Klima og Plan samt Kommunaldirektørens område",
    ]


@pytest.mark.parametrize("sign", ["§", "§§"])
def test_a_label_goes_on_behind_a_sign_of_sections(sign: str) -> None:
    lines: list[Line] = [row("1.000 kr.", *YEARS), _row("Løn"), _row("Kørsel", 3)]
    lines += [row(f"Støtte efter lovens {sign}"), _row("83", 5), _row("I alt", 9)]
    assert list(figures(laid(lines))) == ["Løn", "Kørsel", f"Støtte efter lovens {sign} 83", "I alt"]
