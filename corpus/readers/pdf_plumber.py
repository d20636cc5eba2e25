"""PDF through pdfplumber: the same reading by another program, chosen with ``--pdf-engine`` or where pdfium gives up.

pdfplumber decides here what a word and a line is. It tells neither covered text nor text without ink. It is some
twenty times slower, and loaded only when it is used.
"""

from __future__ import annotations

import itertools
import logging
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np

from corpus import formats
from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.options import DEFAULT_READ_OPTIONS, ReadOptions
from corpus.problems import Code, problem
from corpus.readers import pdf_miner
from corpus.readers.pdf_chars import Floats
from corpus.readers.pdf_layout import PageText, in_one, printed
from corpus.readers.pdf_left_out import OUTSIDE, UNNAMED
from corpus.readers.pdf_lines import Lines
from corpus.readers.pdf_paging import PageFound, paged, unread
from corpus.readers.pdf_rings import mend_pdfplumber
from corpus.readers.pdf_words import Words, spelled
from corpus.reading import Reading

READER = formats.PDF_PLUMBER
MEDIA_TYPE = "application/pdf"
SAME_LINE = 3.0
"""pdfplumber's own tolerance: words whose tops are nearer, in points, stand on one line."""
THIN = 2.0
"""Points: a filled rectangle less wide or high is a drawn line."""
WHITE = 0.99

_UNMAPPED = re.compile(r"\(cid:\d+\)")

Obj = Mapping[str, Any]


class UnreadableError(Exception):
    """pdfplumber cannot read this either. ``encrypted``: the file asks for a password."""

    def __init__(self, reason: str, *, encrypted: bool = False) -> None:
        super().__init__(reason)
        self.encrypted = encrypted


def read(data: bytes, limits: Limits = DEFAULT_LIMITS, options: ReadOptions = DEFAULT_READ_OPTIONS) -> Reading:
    """Read a PDF. A file that cannot be opened gives an empty text and the problem that says why."""
    try:
        return read_opened(opened(data), limits, options, READER)
    except UnreadableError as error:
        if error.encrypted:
            note = problem(Code.ENCRYPTED_PDF, "The PDF asks for a password; save it without one and read it again.")
        else:
            note = problem(Code.UNREADABLE, f"The PDF is broken and cannot be opened ({error}).")
        return Reading(media_type=MEDIA_TYPE, reader=READER, text="", problems=[note])


def opened(data: bytes) -> Any:
    """A pdfplumber document. Raises UnreadableError."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    mend_pdfplumber()
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it has to say is said as problems
    try:
        document = pdfplumber.open(BytesIO(data), raise_unicode_errors=False)
        if not document.pages:
            raise UnreadableError("no page is found in it")
    except UnreadableError:
        raise
    except Exception as error:  # of broken bytes, pdfminer raises whatever they lead it to
        causes = [error, *error.args]
        encrypted = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        raise UnreadableError(f"{type(error).__name__}: {error}", encrypted=encrypted) from error
    return document


def read_opened(document: Any, limits: Limits, options: ReadOptions, reader: str) -> Reading:
    """The whole reading of a pdfplumber document, under the name of this reader."""
    count = len(document.pages)
    found = (_page_or_reason(document, number) for number in range(1, count + 1))
    pages, text, problems, *_ = paged(found, count, limits, options)
    if not text.strip() and not any(each.code == Code.UNREADABLE for each in problems):
        problems.append(problem(Code.NO_TEXT_LAYER, "The PDF holds no text that can be read."))
    return Reading(
        media_type=MEDIA_TYPE,
        reader=reader,
        text=text,
        pages=pages,
        children=pdf_miner.embedded(document.doc, limits, problems),
        problems=problems,
        metadata=pdf_miner.metadata(document.doc),
        outline=pdf_miner.bookmarks(document.doc, [page.page_obj.pageid for page in document.pages]),
        page_labels=pdf_miner.page_labels(document.doc, len(pages)),
    )


def read_page(document: Any, number: int) -> PageFound:
    """One page of a pdfplumber document. Raises UnreadableError."""
    page = document.pages[number - 1]
    try:
        return _read_page(page, number)
    except Exception as error:  # as above
        raise UnreadableError(f"{type(error).__name__}: {error}") from error
    finally:
        page.close()


def _page_or_reason(document: Any, number: int) -> PageFound:
    try:
        return read_page(document, number)
    except UnreadableError as error:
        return unread(number, str(error))


def _read_page(page: Any, number: int) -> PageFound:
    left, top, right, bottom = _crop(page)
    width, height = right - left, bottom - top
    laid = pdf_miner.laid_over(page)
    chars = [*_moved(page.chars, left, top), *_moved(laid.chars, left, top)]
    seen = [char for char in chars if _is_on(char, width, height) or char["text"].isspace()]
    words = in_one(list(_turned(seen)))
    problems = []
    if not words.text and page.images:
        problems.append(problem(Code.NO_TEXT_LAYER, f"Page {number} shows pictures and holds no text.", page=number))
    return PageFound(
        size=(width, height),
        words=words._replace(boxes=np.clip(words.boxes, 0, [width, height, width, height])),
        comments=laid.comments,
        rulings=_boxes(_moved(page.edges, left, top), width, height),
        fills=_boxes(_moved(filter(_is_filled, page.rects), left, top), width, height),
        problems=problems,
        left_out=[
            (OUTSIDE, len(chars) - len(seen)),
            (UNNAMED, sum(_UNMAPPED.fullmatch(char["text"]) is not None for char in seen)),
        ],
    )


def _crop(page: Any) -> tuple[float, float, float, float]:
    """The crop box within the media box: left, top, right, bottom in pdfplumber's coordinates."""
    media, crop = page.mediabox, page.cropbox
    left, top = max(media[0], crop[0]), max(media[1], crop[1])
    right, bottom = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, top, right, bottom) if left < right and top < bottom else tuple(media)


def _moved(things: Iterable[Obj], left: float, top: float) -> list[dict[str, Any]]:
    """The things with the corner of the page as shown as their origin."""
    return [
        {
            **thing,
            "x0": thing["x0"] - left,
            "x1": thing["x1"] - left,
            "top": thing["top"] - top,
            "bottom": thing["bottom"] - top,
        }
        for thing in things
    ]


def _is_on(char: Obj, width: float, height: float) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(0 <= x <= width and 0 <= y <= height)


def _turned(chars: Sequence[Obj]) -> Iterator[PageText]:
    """The text of each direction of writing by itself."""
    for turn, turned in itertools.groupby(sorted(chars, key=_turn), key=_turn):
        lines = _lines([_upright(char, turn) for char in turned], turn)
        if lines is not None:
            yield from (text for _, text in printed(lines, turn))


def _lines(chars: list[dict[str, Any]], turn: int) -> Lines | None:
    """The words of upright characters as pdfplumber finds them, in its lines."""
    from pdfplumber.utils.clustering import cluster_objects
    from pdfplumber.utils.text import extract_words

    words = [word for word in extract_words(chars) if spelled(word["text"])]
    if not words:
        return None
    clusters = cluster_objects(words, "top", SAME_LINE)
    ordered = [word for cluster in clusters for word in sorted(cluster, key=lambda word: word["x0"])]
    numbers = np.repeat(np.arange(len(clusters)), [len(cluster) for cluster in clusters])
    upright = np.array([[word["x0"], word["top"], word["x1"], word["bottom"]] for word in ordered])
    texts = [spelled(_UNMAPPED.sub("\ufffd", word["text"])) for word in ordered]
    boxes = np.array([_turned_back(box, turn) for box in upright.tolist()])
    return Lines.of(Words.of(texts, upright.T, boxes.round(2).T), numbers)


def _turn(char: Obj) -> int:
    """Quarter turns of the writing on the page as shown (1 runs upwards)."""
    a, b, *_ = char["matrix"]
    return round(math.atan2(b, a) / (math.pi / 2)) % 4


def _upright(char: Obj, turn: int) -> dict[str, Any]:
    x0, top, x1, bottom = char["x0"], char["top"], char["x1"], char["bottom"]
    if turn == 1:
        x0, top, x1, bottom = -bottom, x0, -top, x1
    elif turn == 2:
        x0, top, x1, bottom = -x1, -bottom, -x0, -top
    elif turn == 3:
        x0, top, x1, bottom = top, -x1, bottom, -x0
    return {**char, "x0": x0, "top": top, "x1": x1, "bottom": bottom, "doctop": top, "upright": True}


def _turned_back(box: list[float], turn: int) -> list[float]:
    x0, top, x1, bottom = box
    if turn == 1:
        return [top, -x1, bottom, -x0]
    if turn == 2:
        return [-x1, -bottom, -x0, -top]
    if turn == 3:
        return [-bottom, x0, -top, x1]
    return box


def _boxes(things: Sequence[Obj], width: float, height: float) -> Floats:
    """(n, 4) boxes within the page, from the top down, each once."""
    if not things:
        return np.empty((0, 4))
    boxes = np.array([[thing["x0"], thing["top"], thing["x1"], thing["bottom"]] for thing in things], dtype=np.float64)
    boxes = np.unique(np.clip(boxes, 0, [width, height, width, height]).round(2), axis=0)
    kept: Floats = boxes[(boxes[:, 2] > boxes[:, 0]) | (boxes[:, 3] > boxes[:, 1])]
    return kept[np.lexsort((kept[:, 0], kept[:, 1]))]


def _is_filled(rect: Obj) -> bool:
    if not rect.get("fill") or min(rect["x1"] - rect["x0"], rect["bottom"] - rect["top"]) < THIN:
        return False
    colour = rect.get("non_stroking_color")
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return True
    return max(parts) > 1 - WHITE if len(parts) == 4 else min(parts, default=0) < WHITE
