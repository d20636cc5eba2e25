"""Snippets: the stretch of a part that shows most of what was looked for, with the words marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from index.plan import Mark
from index.text import fold, is_regular, regular
from index.tokens import Token, tokens

WIDTH = 240
LEAD = 60
# However long a word is; two ellipses come on top.
LONGEST = 398
# Where a text of many megabytes is no longer searched for a better place; the words marked are a help, not the hit.
FURTHEST = 500_000
SENTENCE_START = re.compile(r"(?:[.!?:]\s+|\n\s*)(?=\S)")
BLANKS = re.compile(r"\s+")
ELLIPSIS = "…"

Span = tuple[int, int]


class Marker:
    """Knows which words of a text a query has found. ``forms`` gives the indexed forms of terms (the index's table)."""

    def __init__(self, marks: Iterable[Mark], forms: Callable[[Iterable[str]], set[str]]) -> None:
        self._marks = list(marks)
        self._forms = [forms(mark.terms) for mark in self._marks]
        self._terms = [mark.terms for mark in self._marks]

    def places(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, which mark) of every word found, in order."""
        if not self._marks:
            return []
        found: list[tuple[int, int, int]] = []
        known: dict[str, int | None] = {}
        for token in tokens(text):
            key = token.form if not token.wholes else f"{token.form} {token.wholes}"
            if key not in known:
                known[key] = self._which(token)
            which = known[key]
            if which is not None:
                end = token.stop if which >= len(self._marks) else token.end
                found.append((token.start, end, which % len(self._marks)))
        return found

    def _which(self, token: Token) -> int | None:
        """The number of the mark that fits the token; with the count of marks added when it fits its chunk only."""
        for number, mark in enumerate(self._marks):
            if self._fits(token.form, number) or _as_typed(token.form, mark):
                return number
            if any(self._fits(whole, number) for whole in token.wholes):
                return number + len(self._marks)
        return None

    def _fits(self, form: str, number: int) -> bool:
        if form in self._forms[number]:
            return True
        return is_regular(form) and not self._terms[number].isdisjoint(regular(form).lemmas)


def _as_typed(form: str, mark: Mark) -> bool:
    exact = fold(form)
    return exact in mark.exact or (bool(mark.prefixes) and exact.startswith(mark.prefixes))


def cut(text: str, body_start: int, marker: Marker) -> tuple[str, list[Span]]:
    """The snippet of a part and the spans of the marked words in it. Without any, the beginning of the body."""
    places = marker.places(text[:FURTHEST])
    if not places:
        return _show(text, _window(text, body_start, body_start), [])
    first, last = _best(places, body_start)
    window = _window(text, places[first][0], places[last][1])
    inside = [(start, min(end, window[1])) for start, end, _ in places if window[0] <= start < window[1]]
    return _show(text, window, inside)


def _best(places: list[tuple[int, int, int]], body_start: int) -> tuple[int, int]:
    """First and last place of the stretch with most different marks, then most words, then in the body, then first."""
    best, chosen = (0, 0, False), (0, 0)
    seen: Counter[int] = Counter()
    left = 0
    for right, (_, end, which) in enumerate(places):
        seen[which] += 1
        while left < right and end - places[left][0] > WIDTH - LEAD:
            seen[places[left][2]] -= 1
            left += 1
        value = (sum(1 for count in seen.values() if count), right - left + 1, places[left][0] >= body_start)
        if value > best:
            best, chosen = value, (left, right)
    return chosen


def _window(text: str, start: int, end: int) -> Span:
    """A stretch of about :data:`WIDTH` characters around ``[start, end)``, from a sentence's start if one is near."""
    begin = max(0, start - LEAD)
    starts = [match.end() for match in SENTENCE_START.finditer(text, begin, start)]
    if start == end or begin == 0:
        begin = start if start == end else 0
    elif starts:
        begin = starts[-1]
    else:
        blank = BLANKS.search(text, begin, start)
        begin = blank.end() if blank else start
    finish = min(len(text), max(end, begin + WIDTH))
    if finish < len(text) and not text[finish].isspace():
        blank_at = max(text.rfind(" ", end, finish), text.rfind("\n", end, finish))
        finish = blank_at if blank_at > 0 else finish
    return begin, min(finish, begin + LONGEST)


def _show(text: str, window: Span, spans: list[Span]) -> tuple[str, list[Span]]:
    """The stretch on one line, blanks run together, an ellipsis where it was cut; the spans moved along."""
    begin, finish = window
    raw = text[begin:finish]
    raw = raw.rstrip()
    begin += len(raw) - len(raw.lstrip())
    raw = raw.lstrip()
    before = text[:begin].rstrip()
    lead = ELLIPSIS if before and before[-1] not in ".!?:" and "\n" not in text[len(before) : begin] else ""
    tail = ELLIPSIS if text[finish:].strip() and not raw.endswith((".", "!", "?")) else ""

    def moved(position: int) -> int:
        return len(lead) + len(BLANKS.sub(" ", raw[: position - begin]))

    return lead + BLANKS.sub(" ", raw) + tail, [(moved(start), moved(end)) for start, end in spans]
