"""The proposals of a catalogue by number and by title, as they are looked up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.model import AnyPart, Proposal

SHORTEST_TITLE = 8
"""A title of fewer letters and digits is known only when it is the whole of both."""

_PIECES = re.compile(r"\d+|[^\W\d_]+")
_NO_LETTER = re.compile(r"[\W_]+")

NumberKey = tuple[str, ...]
K = TypeVar("K")


def number_key(number: str) -> NumberKey:
    """A proposal's number as it is compared: "BUU-03" and "BUU 3" are one, "4.12" and "41.2" are two."""
    return tuple(piece.lstrip("0") or "0" if piece.isdigit() else piece for piece in _PIECES.findall(number.casefold()))


def title_key(title: str) -> str:
    """A title's letters and digits: blanks, hyphens at a line's end and punctuation are the printer's."""
    return _NO_LETTER.sub("", title.casefold())


def same_title(one: str, other: str) -> bool:
    """Whether two keys are one title; a shortened one, or one with the committee behind it, is no other title."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= SHORTEST_TITLE and short in long)


@dataclass(frozen=True, slots=True)
class Known:
    """The proposals of a document, and those that a number, or a title, names alone.

    ``shared``: the numbers that several have, as where each committee counts its own.
    """

    proposals: list[Proposal]
    shared: set[NumberKey]
    by_number: dict[NumberKey, Proposal]
    by_title: dict[str, Proposal]
    titles: list[str]

    def titled(self, key: str) -> Proposal | None:
        """The proposal of this title, or the only one whose title begins with it or begins it."""
        found = self.by_title.get(key)
        if found is not None or len(key) < SHORTEST_TITLE:
            return found
        at = bisect_left(self.titles, key)
        longer = [title for title in self.titles[at : at + 2] if title.startswith(key)]
        shorter = [
            title
            for title in self.titles[max(at - 1, 0) : at]
            if len(title) >= SHORTEST_TITLE and key.startswith(title)
        ]
        fitting = longer or shorter
        return self.by_title[fitting[0]] if len(fitting) == 1 else None


def known_proposals(parts: Sequence[AnyPart]) -> Known:
    """What the parts of a document are called. A number or a title of two proposals names neither."""
    proposals = [part for part in parts if isinstance(part, Proposal)]
    numbers = [(number_key(part.number), part) for part in proposals if part.number]
    by_number = _unique(numbers)
    by_title = _unique((title_of(part), part) for part in proposals if title_of(part))
    shared = {key for key, _ in numbers if key not in by_number}
    return Known(proposals, shared, by_number, by_title, sorted(by_title))


def title_of(part: Proposal) -> str:
    """The key of a proposal's own title, "" where it is called by its number only."""
    return "" if part.title is None or part.title == part.number else title_key(part.title)


def _unique(pairs: Iterable[tuple[K, Proposal]]) -> dict[K, Proposal]:
    found = list(pairs)
    count = Counter(key for key, _ in found)
    return {key: part for key, part in found if count[key] == 1}
