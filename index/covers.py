"""What the splitter covers words with: ways through a word, ends of words, and what it remembers of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

Cut = list[tuple[str, str]]

REMEMBERED = 1 << 16
K = TypeVar("K")


class Path(NamedTuple):
    """A beginning of a word as first members: where it ends, what it costs, its last member and the path before it."""

    end: int
    cost: float
    before: Path | None = None
    form: str = ""
    lemma: str = ""

    def cut(self) -> Cut:
        """Its members in order."""
        found: Cut = []
        path = self
        while path.before is not None:
            found.append((path.form, path.lemma))
            path = path.before
        found.reverse()
        return found


class Ending(NamedTuple):
    """An end of words: whether it may be a member, whether it is a noun as it is, and the member that it may be."""

    may_end: bool
    noun: bool
    last: Last | None


class Last(NamedTuple):
    """A last member: where it begins in the word (in an :class:`Ending`: 0), what it costs, its lemma."""

    start: int
    price: float
    lemma: str


NO_PATH = Path(0, 0.0)
NO_MEMBER = Ending(may_end=True, noun=False, last=None)
NO_END = Ending(may_end=False, noun=False, last=None)


class Remembered(dict[str, K]):
    """What was found last of stretches of words; what it does not know it finds."""

    def __init__(self, find: Callable[[str], K]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, form: str) -> K:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[form] = self._find(form)
        return found
