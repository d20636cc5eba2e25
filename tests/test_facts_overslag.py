"""The years of what stands "i overslagsårene": the three behind that of the budget, where that one is told."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Fte
from pipeline.extract import extract_bytes


def years(text: str) -> list[str]:
    """The years of each figure, "+" where they go on."""
    records = extract_bytes(f"Notat\n22. maj 2026\n\n{text}\n".encode(), "notat.txt").records
    figures = [record for record in records if isinstance(record, Amount | Fte)]
    for figure in figures:
        for each in figure.evidence:
            assert each.field not in ("year", "years") or "20" in each.text or "overslag" in each.text
    return [
        ",".join(map(str, each.years or ([each.year] if each.year else []))) + ("+" if each.open_end else "")
        for each in figures
    ]


LATER = "2027,2028,2029"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der spares 2 mio. kr. i 2026 og 3 mio. kr. i overslagsårene.", ["2026", LATER]),
        ("Der spares 2 mio. kr. i 2026 og 3 mio. kr. årligt i hvert af overslagsårene.", ["2026", LATER]),
        ("Der spares 2 mio. kr. i 2026 og i overslagsårene 3 mio. kr. årligt.", ["2026", LATER]),
        ("I budget 2026 er der 2 mio. kr. og i overslagsårene 3 mio. kr. årligt.", ["2026", LATER]),
        ("Der spares 2 årsværk i 2026 og 4 årsværk i overslagsårene.", ["2026", LATER]),
        ("Der afsættes 2 mio. kr. årligt i 2026 og overslagsårene.", [f"2026,{LATER}"]),
        ("Der afsættes 2 mio. kr. årligt i budget 2026 og i overslagsårene.", [f"2026,{LATER}"]),
        ("Der spares 2 mio. kr. i 2026 og 4 mio. kr. i overslagsårene 2028-2029.", ["2026", "2028,2029"]),
        # The budget's year is not told, or is one of accounts, or there are several.
        ("Der spares 4 mio. kr. i overslagsårene.", [""]),
        ("Der spares 2 mio. kr. i 2026. Der bruges 4 mio. kr. i overslagsårene.", ["2026", ""]),
        ("Der spares 2 mio. kr. i 2026 og 2027 og 4 mio. kr. i overslagsårene.", ["2026,2027", ""]),
        ("I 2024 var forbruget 2 mio. kr., og i overslagsårene er der 3 mio. kr.", ["2024", ""]),
    ],
)
def test_the_years_behind_the_budget(text: str, expected: list[str]) -> None:
    assert years(text) == expected
