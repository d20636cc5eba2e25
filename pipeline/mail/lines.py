"""A text as lines with their quote depth, page furniture marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from corpus.reading import Page
from pipeline.mail.furniture import find_furniture
from pipeline.mail.inner import run_on_cuts
from pipeline.mail.labels import INVISIBLE

_BREAK = re.compile(r"[\n\f]")
_QUOTE_MARKS = re.compile(r"[ \t\xa0]*(?:\\?>[ \t\xa0>]*)*")
_BLANKS = " \t\xa0\u2007\u2009\u202f" + INVISIBLE


MOST_FURNITURE = 12
"""As many lines of furniture and blank lines may stand at a page break."""


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


def split_lines(text: str, pages: Sequence[Page] = ()) -> list[Line]:
    """The lines of a text, cut at line feeds and form feeds, and where a header was run into a line.

    Together with their breaks they are the whole text.
    """
    bare = list(_bare_lines(text))
    furniture = find_furniture([(start, content) for start, _, _, content in bare], text, pages)
    return [
        Line(start=start, end=end, depth=depth, content=content, noise=start in furniture)
        for start, end, depth, content in bare
    ]


def _bare_lines(text: str) -> Iterator[tuple[int, int, int, str]]:
    start = 0
    for found in _BREAK.finditer(text):
        yield from _bare_line(text, start, found.start())
        start = found.end()
    if start < len(text):
        yield from _bare_line(text, start, len(text))


def _bare_line(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, str]]:
    """A printed line, in more pieces where headers were run into it."""
    if start == end:
        yield start, end, 0, ""
        return
    raw = text[start:end]
    marks = _QUOTE_MARKS.match(raw)
    prefix = marks.group() if marks else ""
    cuts = run_on_cuts(raw)
    for left, right in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        content = raw[left:right] if left else raw[len(prefix) : right]
        yield start + left, start + right, prefix.count(">"), _inked(content)


def _inked(content: str) -> str:
    """The content without outer blanks and without marks that leave no ink."""
    content = content.strip()
    return content if content.isascii() else content.strip(_BLANKS)


def next_inked(lines: Sequence[Line], number: int, most_blanks: int) -> int | None:
    """The next line with ink below line ``number``, over so many blank ones, or over a page break; None at the end."""
    torn = False
    for below in range(number + 1, min(len(lines), number + 1 + most_blanks + MOST_FURNITURE)):
        if not lines[below].blank:
            return below if torn or below - number - 1 <= most_blanks else None
        torn |= lines[below].noise
    return None
