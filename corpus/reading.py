"""What a reader gives: the text and where it stands on the page. Nothing is interpreted yet.

A :class:`Reading` is what the store keeps of a file, so that a new extractor never has to read the file again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from corpus.lazy import lazy
from corpus.model import Address, Bookmark, Problem

if TYPE_CHECKING:  # `akt search` knows a page without numpy
    import numpy as np
    import numpy.typing as npt


class Packed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Arrays of a page as little-endian bytes: four int32 or float32 to a row."""

    spans: bytes = b""
    boxes: bytes = b""
    rulings: bytes = b""
    fills: bytes = b""


class Word(NamedTuple):
    """A printed word: ``reading.text[start:end]``, and its box in points, origin top left of the page as shown.

    ``line`` counts the printed lines of the page; ``turn`` is the writing's quarter turns (1 runs upwards).
    """

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    line: int = 0
    turn: int = 0


class Ruling(NamedTuple):
    """A drawn line, or the side of a stroked rectangle; horizontal when ``bottom - top`` is the smaller."""

    x0: float
    top: float
    x1: float
    bottom: float


class Page(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A page as shown (rotation and crop box applied): ``reading.text[start:end]``. ``number`` is 1-based.

    The words are kept as packed arrays, for a page has hundreds and a paper hundreds of pages: ``spans`` (n, 4) has
    start, end, line and turn of each, ``boxes`` (n, 4) the box. ``rulings`` and ``fills`` (n, 4) are the boxes of drawn
    lines and of filled rectangles that are not white. :meth:`build` makes a page from arrays.
    """

    number: int
    width: float
    height: float
    start: int
    end: int
    packed: Packed = Packed()

    @classmethod
    def build(
        cls,
        *,
        number: int,
        width: float,
        height: float,
        start: int,
        end: int,
        spans: npt.ArrayLike = (),
        boxes: npt.ArrayLike = (),
        rulings: npt.ArrayLike = (),
        fills: npt.ArrayLike = (),
    ) -> Page:
        """A page of these arrays, each (n, 4) or empty. Raises ValueError for another shape."""
        import numpy as np

        whole, part = np.dtype("<i4"), np.dtype("<f4")
        packed = Packed(
            spans=_pack(np.asarray(spans, dtype=whole)),
            boxes=_pack(np.asarray(boxes, dtype=part)),
            rulings=_pack(np.asarray(rulings, dtype=part)),
            fills=_pack(np.asarray(fills, dtype=part)),
        )
        return cls(number=number, width=width, height=height, start=start, end=end, packed=packed)

    @property
    def has_words(self) -> bool:
        return bool(self.packed.spans)

    @property
    def has_turned(self) -> bool:
        """Whether any of the words runs up or down the page, or upside down."""
        return bool(self.packed.spans[12::16].strip(b"\0"))  # the lowest byte of each turn, which has no other

    @lazy
    def spans(self) -> npt.NDArray[np.int32]:
        """(n, 4): start, end, line and turn of each word, in reading order."""
        return _unpack(self.packed.spans, "<i4")

    @lazy
    def boxes(self) -> npt.NDArray[np.float32]:
        """(n, 4): x0, top, x1, bottom of each word."""
        return _unpack(self.packed.boxes, "<f4")

    @lazy
    def ruling_boxes(self) -> npt.NDArray[np.float32]:
        """(n, 4): the drawn lines, from the top down."""
        return _unpack(self.packed.rulings, "<f4")

    @lazy
    def fill_boxes(self) -> npt.NDArray[np.float32]:
        """(n, 4): the filled rectangles that are not white, in the order in which they are painted."""
        return _unpack(self.packed.fills, "<f4")

    @property
    def words(self) -> list[Word]:
        """The words one by one."""
        pairs = zip(self.spans.tolist(), rounded(self.boxes), strict=True)
        return [
            Word(start, end, x0, top, x1, bottom, line, turn)
            for (start, end, line, turn), (x0, top, x1, bottom) in pairs
        ]

    @property
    def rulings(self) -> list[Ruling]:
        """The drawn lines one by one."""
        return [Ruling(*box) for box in rounded(self.ruling_boxes)]


def _pack(array: npt.NDArray[Any]) -> bytes:
    if array.size and (array.ndim != 2 or array.shape[1] != 4):
        raise ValueError(f"an array of shape (n, 4) is needed, not {array.shape}")
    return array.tobytes()


def _unpack(data: bytes, kind: str) -> npt.NDArray[Any]:
    import numpy as np

    return np.ndarray((len(data) // (4 * np.dtype(kind).itemsize), 4), kind, data)


def rounded(boxes: npt.NDArray[np.float32]) -> list[list[float]]:
    """Boxes as Python numbers with the two decimals that the arrays hold."""
    rounded: list[list[float]] = boxes.astype("<f8").round(2).tolist()
    return rounded


class TableCell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A printed cell: ``reading.text[start:end]``, its place in its table, and over how much of that it reaches."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class MailHeaders(msgspec.Struct, frozen=True, kw_only=True):
    """The decoded headers of an e-mail file. ``sent`` is ISO 8601 with the offset where one was given.

    ``end`` is where the body begins in ``reading.text``: the reader prints the headers a person sees in front of it.
    """

    sender: Address | None
    to: list[Address]
    cc: list[Address]
    sent: str | None
    subject: str | None
    message_id: str | None
    in_reply_to: str | None
    references: list[str]
    end: int


class Child(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment or a container's member: a file of its own."""

    name: str
    media_type: str
    data: bytes


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One file, read. ``reader`` is name and version ("pdf/2"); ``text`` is normalised.

    ``pages`` is empty where the format has none; else the pages' stretches follow each other and cover ``text``.
    ``metadata`` holds what the file says of itself (title, producer, created); ``outline`` its bookmarks, and
    ``page_labels`` the printed number of each page, empty where all pages count from 1. ``tables``: the cells of each
    table whose cells the format says to reach over several rows or columns; how others stand, the text shows.
    ``table_ends``: where tables end that the format marks, of two lines at least, ascending.
    """

    media_type: str
    reader: str
    text: str
    pages: list[Page] = []
    mail: MailHeaders | None = None
    children: list[Child] = []
    problems: list[Problem] = []
    metadata: dict[str, str] = {}
    outline: list[Bookmark] = []
    page_labels: list[str] = []
    tables: list[list[TableCell]] = []
    table_ends: list[int] = []
