"""A text as lines with their quote depth, page furniture marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from corpus.reading import Page
from pipeline.mail.inner import run_on_cuts
from pipeline.mail.labels import INVISIBLE, field_of, vocabulary

_BREAK = re.compile(r"[\n\f]")
_QUOTE_MARKS = re.compile(r"[ \t\xa0]*(?:\\?>[ \t\xa0>]*)*")
_PAGE_OF = re.compile(r"[-–—|\s]*(?:([^\W\d_]+)\.?\s+)?(\d{1,5})\s*([^\W\d_/]+|/)\s*(\d{1,5})[-–—|\s]*")
_PAGE_ALONE = re.compile(r"[-–—|\s]*(?:([^\W\d_]+)\.?\s+)?(\d{1,4})[-–—|\s]*")
_PRINT_ADDRESS = re.compile(r"(?:https?|file|about):\S+(?:\s+\d{1,4}\s*(?:/|af|of)\s*\d{1,4})?")
_TABLE_RULE = frozenset("| \t:-")
_BLANKS = " \t\xa0\u2007\u2009\u202f" + INVISIBLE
_DIGITS = re.compile(r"\d+")
EDGE_LINES = 3
"""As many lines at the head and foot of a page may be a running header or footer."""
LONGEST_FURNITURE = 120


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
    furniture = _furniture([(start, content) for start, _, _, content in bare], text, pages)
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


def _furniture(bare: Sequence[tuple[int, str]], text: str, pages: Sequence[Page]) -> frozenset[int]:
    """The starts of the lines that a print put at the edges of its pages, and of the rules under table headings."""
    found = {start for start, content in bare if content and (_is_page_number(content) or _is_table_rule(content))}
    edges = _page_edges(bare, text, pages)
    counts = Counter(_DIGITS.sub("0", content) for _, content in edges)
    for start, content in edges:
        lone = _PAGE_ALONE.fullmatch(content)
        repeated = counts[_DIGITS.sub("0", content)] > 1 and not _has_label(content)
        if lone is not None or repeated or _PRINT_ADDRESS.fullmatch(content):
            found.add(start)
    return frozenset(found)


def _is_table_rule(content: str) -> bool:
    """ "| --- | --- |", under the first row of a Markdown table."""
    return (
        content[:1] == "|" and len(content) <= LONGEST_FURNITURE and "--" in content and _TABLE_RULE.issuperset(content)
    )


def _is_page_number(content: str) -> bool:
    """ "Side 1 af 3", "Side 2", "- 3 / 7 -": a page's number that says so itself."""
    if len(content) > 40:
        return False
    words = vocabulary()
    whole = _PAGE_OF.fullmatch(content)
    if whole is not None:
        named = (whole.group(1) or "").casefold() in words.page_words
        return named and whole.group(3).casefold() in words.of_words
    alone = _PAGE_ALONE.fullmatch(content)
    return alone is not None and (alone.group(1) or "").casefold() in words.page_words


def _has_label(content: str) -> bool:
    key, colon, _ = content[:40].partition(":")
    return bool(colon) and field_of(key) is not None


def _page_edges(bare: Sequence[tuple[int, str]], text: str, pages: Sequence[Page]) -> list[tuple[int, str]]:
    """The first and last lines with ink of every page, where there is more than one."""
    cuts = [page.start for page in pages[1:]] or [found.end() for found in re.finditer("\f", text)]
    if not cuts:
        return []
    edges: list[tuple[int, str]] = []
    page: list[tuple[int, str]] = []
    bounds = iter([*cuts, len(text) + 1])
    bound = next(bounds)
    for start, content in bare:
        while start >= bound:
            edges += _edge_of(page)
            page, bound = [], next(bounds)
        if content and len(content) <= LONGEST_FURNITURE:
            page.append((start, content))
        elif content:
            page.append((start, ""))
    return edges + _edge_of(page)


def _edge_of(page: list[tuple[int, str]]) -> list[tuple[int, str]]:
    if len(page) > 2 * EDGE_LINES:
        page = page[:EDGE_LINES] + page[-EDGE_LINES:]
    return [(start, content) for start, content in page if content]
