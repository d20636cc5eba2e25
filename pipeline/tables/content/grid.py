"""One grid for both ways in: rows of cells with their places in the text and, from a PDF, on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Box
from pipeline.tables.content.brokenwords import is_cut_word, keeps_hyphen

if TYPE_CHECKING:
    from pipeline.tables.content.columns import Layout

Span = tuple[int, int]
_PIECES = attrgetter("pieces")


class TextLine(msgspec.Struct, frozen=True, gc=False):
    """A printed line, or the side of it that stands in a table: its stretches of the text and its box."""

    text: str
    spans: tuple[Span, ...]
    page: int | None = None
    box: Box | None = None

    @property
    def start(self) -> int:
        return min(start for start, _ in self.spans)

    @property
    def end(self) -> int:
        return max(end for _, end in self.spans)


class GridCell(msgspec.Struct, gc=False):
    """A printed cell. ``pieces`` are its printed lines in reading order: a wrapped label has several.

    ``text`` is what they say together; it is asked for often, so :meth:`put` changes both.
    """

    row: int
    column: int
    pieces: list[TextLine]
    row_span: int = 1
    column_span: int = 1
    text: str = ""

    def __post_init__(self) -> None:
        pieces = self.pieces
        self.text = pieces[0].text if len(pieces) == 1 else join_lines([piece.text for piece in pieces])

    def put(self, pieces: list[TextLine]) -> None:
        """Print other pieces in the cell."""
        self.pieces = pieces
        self.__post_init__()

    @property
    def page(self) -> int | None:
        return self.pieces[0].page

    @property
    def box(self) -> Box | None:
        pieces = self.pieces
        return pieces[0].box if len(pieces) == 1 else union(p.box for p in pieces if p.page == pieces[0].page)

    @property
    def spans(self) -> Sequence[Span]:
        pieces = self.pieces
        return pieces[0].spans if len(pieces) == 1 else [span for piece in pieces for span in piece.spans]


@dataclass(slots=True)
class Grid:
    """A table as printed. ``rows`` hold the printed cells only, in column order; empty places have none.

    ``above`` and ``below``: the lines before (nearest last) and after (nearest first) that may speak of the table.
    ``again``: what later pages print once more of the heading; it is in no row.
    ``heads`` and ``stated``: the headings by column, and the unit, of a line further up the page, which is looked for
    when it is asked for.
    ``refused``: rows whose figures could not be given a column, with the reason; their cells stay.
    ``read``: how it is read, with the headings that lines further up the page give it; they are looked for when it is
    asked for, and are in ``heads`` then.
    ``begins_again``: its headings were printed once more below a name of rows; they are in no row.
    ``beside``: rows at the top of the page's next column, which the table's box does not go around.
    """

    rows: list[list[GridCell]]
    width: int
    above: list[TextLine] = field(default_factory=list)
    below: list[TextLine] = field(default_factory=list)
    again: list[TextLine] = field(default_factory=list)
    heads: dict[int, TextLine] = field(default_factory=dict)
    stated: Callable[[], TextLine | None] | None = None
    refused: dict[int, str] = field(default_factory=dict)
    edges: tuple[float, ...] = ()
    ruled: bool = False
    read: Callable[[], Layout] | None = None
    begins_again: bool = False
    beside: range = range(0)

    def cells(self) -> Iterator[GridCell]:
        for row in self.rows:
            yield from row

    def pieces(self) -> Iterator[TextLine]:
        """What is printed in the cells, line by line of each."""
        return chain.from_iterable(map(_PIECES, chain.from_iterable(self.rows)))

    def spans(self) -> list[Span]:
        printed = [span for piece in self.pieces() for span in piece.spans]
        return sorted(printed + self.spans_again())

    def spans_again(self) -> list[Span]:
        return [span for piece in self.again for span in piece.spans]

    @property
    def start(self) -> int:
        return self.spans()[0][0]

    @property
    def pages(self) -> list[int]:
        pages = {piece.page for piece in self.pieces()}
        return sorted([page for page in pages if page is not None])

    def box(self, page: int | None) -> Box | None:
        if not self.beside:
            return union([piece.box for piece in self.pieces() if piece.page == page])
        rows = [row for number, row in enumerate(self.rows) if number not in self.beside]
        return union([piece.box for row in rows for cell in row for piece in cell.pieces if piece.page == page])


HYPHENS, RANGE_DASH = ("-", "\u2010"), "–"
_CODE = re.compile(r"(?:[A-ZÆØÅ]{1,5}|\d{5,10})[-\u2010]")


def is_cut_code(text: str, below: str) -> bool:
    """Whether a line is the beginning of a code, and the one below its end: "SU-" and "07", "402117-" and "3305"."""
    return below.isdigit() and _CODE.fullmatch(text) is not None


def join_lines(lines: Iterable[str]) -> str:
    """Printed lines as one text: a word broken by a hyphen is made whole ("vikar-" "korps"), but not "børne-" "og".

    A code keeps its hyphen ("SU-" "07"), and so does what is written in capitals ("LED-" "lys") or is no syllable
    ("it-" "vejledere", "e-" "handel", "tv-" "udstyr"), or is a member of an English word with one ("self-" "employed");
    so does a stretch its dash ("Åsum–" "Havnen"). A word of headings needs no hyphen ("Budgetfors" "lag").
    """
    text = ""
    for line in lines:
        dashed = text.endswith(RANGE_DASH) and text[-2:-1].isalpha()
        if dashed or is_cut_code(text, line) or is_cut_word(text, line):
            text += line
            continue
        broken = text.endswith(HYPHENS) and text[-2:-1].isalpha() and line[:1].islower()
        if broken and line.split(maxsplit=1)[0] not in {"og", "eller", "samt"}:
            text = text + line if keeps_hyphen(text, line) else text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text


def union(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around all given ones, None if there is none."""
    given = list(filter(None, boxes))
    if not given:
        return None
    if len(given) == 1:
        return given[0]
    lefts, tops, rights, bottoms = zip(*given, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def zones(spans: Iterable[Span], text: str) -> list[Span]:
    """Stretches of ``text``, joined where nothing but blanks and column marks stands between them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" \t\r\n\u00a0|>:-")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
