"""Words a slip of the pen apart: a letter more, less or other, or two neighbours swapped, is one step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

LETTERS = "abcdefghijklmnopqrstuvwxyzæøåéäöü-"


def one_step(form: str) -> Iterator[str]:
    """All that one step makes of a form, itself among it; some more than once."""
    for at in range(len(form) + 1):
        before, after = form[:at], form[at:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after[1:]
            yield before + letter + after


def pieces(form: str, count: int) -> list[tuple[int, str]]:
    """The form in so many pieces of about one length, each with its place."""
    cuts = [len(form) * number // count for number in range(count + 1)]
    return [(start, form[start:end]) for start, end in pairwise(cuts)]


def swapped(form: str, at: int) -> str:
    """The form with the letters before and after a place swapped."""
    return form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :]


def within(one: str, other: str, limit: int) -> bool:
    """True when at most ``limit`` steps lead from one form to the other (no letter is touched twice)."""
    if abs(len(one) - len(other)) > limit:
        return False
    older: list[int] = []
    old = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        new = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(old[column] + 1, new[column - 1] + 1, old[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, older[column - 2] + 1)
            new.append(cost)
        if min(new) > limit and min(old) > limit:
            return False
        older, old = old, new
    return old[-1] <= limit
