"""Which years a heading names, and figures that only look like years: "1904" under 2025."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.tables.content.headings import bracketed_years, is_year_heading, leveled_years, year_of

FARTHEST = 10
"""Budget years of one paper lie no further apart."""


def years_in(texts: Iterable[str]) -> list[int]:
    """The years of headings of years among the texts, in their order."""
    printed = list(texts)
    plain = [year for text in printed if is_year_heading(text) and (year := year_of(text)) is not None]
    if bracketed := bracketed_years(printed):
        return [*plain, *bracketed.values()]
    return plain or list(leveled_years(printed).values())


def are_figures(years: Sequence[int], headed: Sequence[int]) -> bool:
    """Whether what reads like years below a heading of years is figures: none is near those of the heading."""
    return bool(headed) and all(abs(year - head) > FARTHEST for year in years for head in headed)


def are_far_apart(years: Sequence[int]) -> bool:
    """Whether what reads like years side by side is no heading of one paper's budget years: "1950", "2000"."""
    return bool(years) and max(years) - min(years) > FARTHEST
