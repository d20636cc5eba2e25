"""Figures whose column does not say what they are: which column it is, and why, for who reads the problem."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Unit
from pipeline.tables.budgets.doubts import same_headed
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.headings import counted_noun

Nameless = tuple[int, str]
"""The number of a column, from 0, and a figure as printed."""
MOST_PLACES = 4


def nameless_notes(nameless: Sequence[Nameless], layout: Layout) -> list[str]:
    """A sentence for each reason, without its end: the columns have no heading, share one, or it says no money."""
    same = same_headed(layout)
    texts = {column.column: column.heading.text for column in layout.columns}
    reasons: dict[str, list[Nameless]] = {}
    for figure in nameless:
        text = texts.get(figure[0], "")
        reason = "bare" if not text else "shared" if text in same else "worded"
        reasons.setdefault(reason, []).append(figure)
    return [_note(reason, figures, texts) for reason, figures in reasons.items()]


def why_unclear(heading: str, unit: Unit | None) -> str:
    """Why a figure is not given that may be no money, with {} for its place; "" where it is a plain count.

    "Elever 2026" counts pupils where no unit is printed; below one it may be the money of that year.
    """
    noun = counted_noun(heading)
    if noun and unit is None:
        return ""
    return f"Whether the figure {{}} is money or {f'counts {noun.lower()}' if noun else 'people'} is not said"


def _note(reason: str, figures: Sequence[Nameless], texts: dict[int, str]) -> str:
    columns = sorted({column for column, _ in figures})
    if reason == "bare":
        places = _listed([_beside(column, texts) for column in columns])
        says = f"without a heading that is read: {places}"
    elif reason == "shared":
        headings = _listed([f'"{text}"' for text in dict.fromkeys(texts[column] for column in columns)])
        numbers = _listed([str(column + 1) for column in columns])
        says = f"of one heading, {headings} (columns {numbers}), so that which is which is not said"
    else:
        places = _listed([f'"{texts[column]}" (column {column + 1})' for column in columns])
        says = f"whose heading does not say that they are money: {places}"
    count, stand = ("1 figure", "stands") if len(figures) == 1 else (f"{len(figures)} figures", "stand")
    return f"{count} {stand} in columns {says}, the first one is {figures[0][1]}"


def _beside(column: int, texts: dict[int, str]) -> str:
    """Where a column without a heading stands."""
    before = [n for n in texts if n < column and texts[n]]
    return f'column {column + 1}, right of "{texts[max(before)]}"' if before else f"column {column + 1}"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:MOST_PLACES])
    return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(names) > len(shown) else "")
