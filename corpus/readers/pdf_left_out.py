"""How many characters and comments of a PDF are left out or unknown, why, and on which pages; never what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from corpus.model import Problem
from corpus.problems import Code, problem

OUTSIDE = "{count} characters stand outside the visible part of {pages}; they are left out"
UNSEEN = "{count} characters on {pages} are not seen (covered, too small or in the colour behind); they are left out"
COMMENTS = "{count} comments on {pages} are hidden; they are left out"
UNNAMED = (
    "The file does not say which letters {count} characters on {pages} are; they are given as \ufffd, or as letters "
    "that may be wrong"
)
MOST_RUNS = 20
"""Runs of pages that are named one by one."""

LeftOut = dict[str, dict[int, int]]
"""By the reason, how many on each page."""


def leave_out(found: LeftOut, reason: str, number: int, count: int) -> None:
    """Note that so much of page ``number`` is left out."""
    if count:
        found.setdefault(reason, {})[number] = count


def problems_of(found: Mapping[str, Mapping[int, int]]) -> list[Problem]:
    """One problem for each reason, at the first of its pages; the message names all of them."""
    return [
        problem(
            Code.UNREAD_TEXT if reason == UNNAMED else Code.HIDDEN_TEXT,
            f"{reason.format(count=sum(pages.values()), pages=pages_named(sorted(pages)))}.",
            page=min(pages),
        )
        for reason, pages in found.items()
    ]


def pages_named(numbers: Sequence[int]) -> str:
    """ "page 3", "pages 3-7, 12"; of very many runs, the first and how many pages follow them."""
    runs = list(_runs(numbers))
    named = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs[:MOST_RUNS])
    more = sum(last - first + 1 for first, last in runs[MOST_RUNS:])
    return f"page{'s' if len(numbers) > 1 else ''} {named}{f' and {more} more' if more else ''}"


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        pages = [number for _, number in run]
        yield pages[0], pages[-1]
