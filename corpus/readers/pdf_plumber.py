"""PDF through pdfplumber: the same reading by another program, chosen with ``--pdf-engine`` or where pdfium gives up.

pdfplumber decides here what a word and a line is. It tells neither covered text nor text without ink. It is some
twenty times slower, and loaded only when it is used.
"""

from __future__ import annotations

import itertools
import logging
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.options import DEFAULT_READ_OPTIONS, ReadOptions
from corpus.problems import Code, problem
from corpus.readers import pdf_miner
from corpus.readers.pdf_annotations import comment_lines
from corpus.readers.pdf_chars import Floats
from corpus.readers.pdf_layout import printed
from corpus.readers.pdf_left_out import OUTSIDE, LeftOut, leave_out, problems_of
from corpus.readers.pdf_lines import Lines
from corpus.readers.pdf_words import Words, spelled
from corpus.reading import Page, Reading

READER = "pdf-plumber/1"
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
    problems: list[Problem] = []
    pages: list[Page] = []
    pieces: list[str] = []
    position, count = 0, len(document.pages)
    left_out: LeftOut = {}
    for number in range(1, min(count, limits.pages) + 1):
        try:
            page, text = read_page(document, number, position, problems, left_out)
        except UnreadableError as error:
            problems.append(problem(Code.UNREADABLE, f"Page {number} cannot be read ({error}).", page=number))
            page, text = Page(number=number, width=0.0, height=0.0, start=position, end=position), ""
        if position + len(text) > limits.text_length:
            note = f"The text is over {limits.text_length} characters; page {number} and what follows was not read."
            problems.append(problem(Code.TRUNCATED, note, page=number))
            break
        pages.append(page)
        pieces.append(text)
        position += len(text)
        if options.on_page is not None:
            options.on_page(number, count)
    problems += problems_of(left_out)
    if count > limits.pages:
        problems.append(problem(Code.TRUNCATED, f"The PDF has {count} pages; only {limits.pages} were read."))
    text = "".join(pieces)
    if not text.strip() and not any(found.code == Code.UNREADABLE for found in problems):
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


def read_page(document: Any, number: int, start: int, problems: list[Problem], left_out: LeftOut) -> tuple[Page, str]:
    """One page of a pdfplumber document, its text beginning at ``start`` of the whole. Raises UnreadableError."""
    page = document.pages[number - 1]
    try:
        return _read_page(page, number, start, problems, left_out)
    except Exception as error:  # as above
        raise UnreadableError(f"{type(error).__name__}: {error}") from error
    finally:
        page.close()


def _read_page(page: Any, number: int, start: int, problems: list[Problem], left_out: LeftOut) -> tuple[Page, str]:
    left, top, right, bottom = _crop(page)
    width, height = right - left, bottom - top
    laid = pdf_miner.laid_over(page)
    chars = [*_moved(page.chars, left, top), *_moved(laid.chars, left, top)]
    seen = [char for char in chars if _is_on(char, width, height) or char["text"].isspace()]
    leave_out(left_out, OUTSIDE, number, len(chars) - len(seen))
    text, spans, boxes = _text(seen, start)
    if not len(spans) and page.images:
        note = f"Page {number} shows pictures and holds no text."
        problems.append(problem(Code.NO_TEXT_LAYER, note, page=number))
    text += comment_lines(laid.comments, text)
    found = Page.build(
        number=number,
        width=round(width, 2),
        height=round(height, 2),
        start=start,
        end=start + len(text),
        spans=spans,
        boxes=np.clip(boxes, 0, [width, height, width, height]),
        rulings=_boxes(_moved(page.edges, left, top), width, height),
        fills=_boxes(_moved(filter(_is_filled, page.rects), left, top), width, height),
    )
    return found, text


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


def _text(chars: Sequence[Obj], start: int) -> tuple[str, Floats, Floats]:
    """The text of a page and its words, as pdf_layout.page_text gives them; each direction of writing by itself."""
    text, line = "", 0
    spans: list[Any] = [np.empty((0, 4), dtype=np.int64)]
    boxes: list[Floats] = [np.empty((0, 4))]
    for turn, turned in itertools.groupby(sorted(chars, key=_turn), key=_turn):
        lines = _lines([_upright(char, turn) for char in turned], turn)
        if lines is None:
            continue
        text += "\n" if text else ""
        piece, places = printed(lines)
        spans.append(np.column_stack([places + start + len(text), lines.numbers + line, np.full(len(places), turn)]))
        boxes.append(lines.words.boxes)
        text += piece
        line += int(lines.numbers[-1]) + 1
    return text, np.concatenate(spans), np.concatenate(boxes)


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
    return Lines(Words(texts, upright, boxes.round(2), np.ones(len(texts), dtype=np.bool_)), numbers)


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
