"""Which lines may begin a message at all: each is asked for cheap marks, and most lines of a text have none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.mail.intros import MOST_LINES, OPENING, is_rule
from pipeline.mail.labels import vocabulary
from pipeline.mail.lines import Line
from pipeline.mail.prints import may_be_time

BELOW_RULE = 3
"""An entry of a log stands in one of so many lines below a rule."""
_MARKS = OPENING | frozenset("#|–")
"""What separators, headings of entries, rows of a table and rules begin with."""
_ENDS = frozenset(":*_ ")
"""What the last line of an introduction ends with: a colon, or marks behind it."""


def may_begin(text: str, lines: Sequence[Line], first: int) -> list[int]:
    """The numbers, ascending, of the lines from ``first`` on that a closer look may show to begin a message.

    These are lines with a colon or an angle bracket, with a mark in front, with columns, with the first words of a
    log's entry, below a rule, above what may be a time or an address, and those from which an introduction may run on
    to its colon. No other line is a separator, a label, an introduction, a printed header or an entry.
    """
    found: set[int] = set()
    columns = "\t" in text or "   " in text
    words, letters = _first_words(), _first_letters()
    reach, timed = 0, False
    for number in range(len(lines) - 1, max(first - BELOW_RULE, 0) - 1, -1):
        line = lines[number]
        content = line.content
        if not content:
            continue
        mark = content[0]
        if mark in _MARKS and is_rule(content):
            found.update(range(number + 1, min(number + 1 + BELOW_RULE, len(lines))))
        if line.noise:
            continue
        reach = MOST_LINES if content[-1] in _ENDS and content.rstrip("*_ ").endswith(":") else reach - 1
        if (
            reach > 0
            or timed
            or mark in _MARKS
            or (mark in letters and content.partition(" ")[0].casefold() in words)
            or ":" in content
            or ">" in content
            or "<" in content
            or (columns and _has_columns(text, line))
        ):
            found.add(number)
        timed = mark == "<" or may_be_time(content)
    return sorted(number for number in found if number >= first)


def _has_columns(text: str, line: Line) -> bool:
    return text.find("\t", line.start, line.end) >= 0 or text.find("   ", line.start, line.end) >= 0


@cache
def _first_words() -> frozenset[str]:
    """The words that entries of a log begin with."""
    return frozenset(words.partition(" ")[0] for words in vocabulary().entries)


@cache
def _first_letters() -> frozenset[str]:
    """The letters that those words begin with, small and capital."""
    letters = {word[0] for word in _first_words()}
    return frozenset(letters | {letter.upper() for letter in letters})
