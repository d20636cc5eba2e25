"""A text as lines with their quote depth, page furniture marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from corpus.reading import Page
from pipeline.mail.furniture import find_furniture
from pipeline.mail.inner import run_on_cuts
from pipeline.mail.labels import INVISIBLE
from pipeline.mail.wraps import true_depths

_QUOTE_MARKS = re.compile(r"[ \t\xa0]*(?:\\?>[ \t\xa0>]*)*")
_MARKED = frozenset(" \t\xa0>\\")
"""What a line with quote marks begins with."""
_BLANKS = " \t\xa0\u2007\u2009\u202f" + INVISIBLE


SHORT = 100_000
"""Characters of a text whose lines are remembered."""
MOST_FURNITURE = 12
"""As many lines of furniture and blank lines may stand at a page break."""

_Bare = tuple[int, int, int, str]


class Line(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]`` without its line break; ``content`` is without quote marks and outer blanks."""

    start: int
    end: int
    depth: int
    content: str
    noise: bool

    @property
    def blank(self) -> bool:
        """Nothing but blanks and quote marks, or page furniture that a print put there."""
        return self.noise or not self.content


def split_lines(text: str, pages: Sequence[Page] = ()) -> Sequence[Line]:
    """The lines of a text, cut at line feeds and form feeds, and where a header was run into a line.

    Together with their breaks they are the whole text.
    """
    return _lines_of(text) if not pages and len(text) <= SHORT else _split(text, pages)


@lru_cache(maxsize=2)
def _lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a short text, which is split once to be read and once more to be compared."""
    return tuple(_split(text, ()))


def _split(text: str, pages: Sequence[Page]) -> list[Line]:
    bare = list(_bare_lines(text))
    furniture = find_furniture([(start, content) for start, _, _, content in bare], text, pages)
    if any(depth for _, _, depth, _ in bare):
        bare = _with_true_depths(bare, furniture)
    return [Line(start, end, depth, content, start in furniture) for start, end, depth, content in bare]


def _with_true_depths(bare: Sequence[_Bare], furniture: Collection[int]) -> list[_Bare]:
    """The lines with the depths of :mod:`pipeline.mail.wraps`, which sees no furniture."""
    depths = iter(true_depths([(depth, content) for start, _, depth, content in bare if start not in furniture]))
    return [(start, end, depth if start in furniture else next(depths), content) for start, end, depth, content in bare]


def _bare_lines(text: str) -> Iterator[_Bare]:
    """Each line's start, end, depth and content."""
    start = 0
    for raw in text.replace("\f", "\n").removesuffix("\n").split("\n") if text else ():
        end = start + len(raw)
        prefix, depth = 0, 0
        if raw[:1] in _MARKED and (marks := _QUOTE_MARKS.match(raw)):
            prefix, depth = marks.end(), marks.group().count(">")
        cuts = run_on_cuts(raw) if ":" in raw else ()
        if cuts:
            for left, right in pairwise((0, *cuts, len(raw))):
                yield start + left, start + right, depth, _inked(raw[left or prefix : right])
        else:
            yield start, end, depth, _inked(raw[prefix:] if prefix else raw)
        start = end + 1


def _inked(content: str) -> str:
    """The content without outer blanks and without marks that leave no ink."""
    content = content.strip()
    return content if content.isascii() else content.strip(_BLANKS)


def next_inked(lines: Sequence[Line], number: int, most_blanks: int) -> int | None:
    """The next line with ink below line ``number``, over so many blank ones, or over a page break; None at the end."""
    torn = False
    if number + 1 < len(lines) and not lines[number + 1].blank:
        return number + 1
    for below in range(number + 1, min(len(lines), number + 1 + most_blanks + MOST_FURNITURE)):
        if not lines[below].blank:
            return below if torn or below - number - 1 <= most_blanks else None
        torn |= lines[below].noise
    return None
