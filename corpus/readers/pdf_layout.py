"""The text of a page from its characters: a line for each printed line. Only geometry; nothing is interpreted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.readers.pdf_bulk import lasts_of, places_of, some
from corpus.readers.pdf_chars import Bools, Chars, Codes, Floats
from corpus.readers.pdf_columns import by_columns
from corpus.readers.pdf_lines import Lines, changes, in_lines
from corpus.readers.pdf_words import decoded, read_words

PARAGRAPH = 0.5
"""A blank line stands where the gap is larger than the page's usual one by this share of the lines' height."""
USUAL = 0.4
"""The usual gap of a page: this share of its gaps is no larger."""
BLANK, LINE_END = ord(" "), ord("\n")


class PageText(NamedTuple):
    """The text of a page and its words: ``spans`` (n, 4) start, end, line and turn of each, ``boxes`` (n, 4)."""

    text: str
    spans: npt.NDArray[np.int64]
    boxes: Floats


NOTHING = PageText("", np.empty((0, 4), dtype=np.int64), np.empty((0, 4)))


def page_texts(pages: Sequence[Chars], drawn: Sequence[Floats]) -> list[PageText]:
    """The text of each page of a document. All are read at once, for that costs little more than one of them.

    Columns of running text follow one another, and so do directions of writing, the ordinary one first. ``drawn``
    (n, 4) are the lines of each page, for columns are told from tables by them.
    """
    chars, begin = Chars.joined(pages)
    turns = places_of(np.bincount(chars.turns) > 0).tolist() if some(chars.turns != 0) else [0]
    pieces: list[list[PageText]] = [[] for _ in pages]
    for turn in turns:
        words = read_words(chars if len(turns) == 1 else chars.chosen(chars.turns == turn), turn, begin)
        if len(words.starts):
            lines = in_lines(words) if turn else by_columns(in_lines(words), drawn)
            for page, piece in printed(lines, turn):
                pieces[page].append(piece)
    return list(map(in_one, pieces))


def in_one(pieces: Sequence[PageText]) -> PageText:
    """The text of a page from the pieces of its directions of writing."""
    if len(pieces) < 2:
        return pieces[0] if pieces else NOTHING
    start = line = 0
    spans = []
    for piece in pieces:
        spans.append(piece.spans + np.array([start, start, line, 0]))
        start += len(piece.text) + 1
        line += int(piece.spans[-1, 2]) + 1
    text = "\n".join(piece.text for piece in pieces)
    return PageText(text, np.concatenate(spans), np.concatenate([piece.boxes for piece in pieces]))


def printed(lines: Lines, turn: int) -> Iterator[tuple[int, PageText]]:
    """The lines of each page as text; ``turn`` is their direction. Pages without lines are left out."""
    words = lines.words
    text, starts = _printed(lines)
    spans = np.empty((len(starts), 4), dtype=np.int64)
    spans[:, 0] = starts
    spans[:, 1] = starts + words.lengths
    spans[:, 2] = lines.numbers
    spans[:, 3] = turn
    boxes = words.sides.T
    if words.pages[0] == words.pages[-1]:
        yield int(words.pages[0]), PageText(text, spans, boxes)
        return
    firsts = changes(words.pages)
    ends = [*firsts[1:].tolist(), len(starts)]
    for page, first, end in zip(words.pages[firsts].tolist(), firsts.tolist(), ends, strict=True):
        start = int(starts[first])
        stop = int(starts[end]) if end < len(starts) else len(text)
        of_page = spans[first:end] - [start, start, lines.numbers[first], 0]
        yield page, PageText(text[start:stop], of_page, boxes[first:end])


def _printed(lines: Lines) -> tuple[str, npt.NDArray[np.int64]]:
    """The lines as text, and where each word starts in it."""
    words, firsts = lines.words, lines.firsts
    wide = _wide_gaps(lines)
    ends = words.lengths + 1
    ends[firsts] += wide
    ends[0] -= 1
    ends = ends.cumsum()
    starts = ends - words.lengths
    shown = np.empty(int(ends[-1]) + 1, dtype=np.uint32)
    shown.fill(BLANK)
    above = starts.take(firsts)
    shown[above - 1] = LINE_END  # above the first line is the end of the last one
    if some(wide):
        shown[above[wide] - 2] = LINE_END
    _put(words.letters, words.starts, words.lengths, shown, starts)
    return decoded(shown), starts


def _put(
    letters: Codes,
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    shown: Codes,
    places: npt.NDArray[np.int64],
) -> None:
    """Put the letters of each word, from its start on, in its place."""
    before = lengths.cumsum() - lengths
    at = np.arange(int(before[-1] + lengths[-1]))
    if len(at) < len(letters) or some(starts != before):
        letters = letters[at + (starts - before).repeat(lengths)]
    at += (places - before).repeat(lengths)
    shown[at] = letters


def _wide_gaps(lines: Lines) -> Bools:
    """For each line, whether the gap above it is clearly larger than usual on its page."""
    firsts, upright = lines.firsts, lines.words.upright
    wide = np.zeros(len(firsts), dtype=np.bool_)
    if len(firsts) < 2:
        return wide
    tops = np.minimum.reduceat(upright[1], firsts)
    bottoms = np.maximum.reduceat(upright[3], firsts)
    heights = _medians(upright[3] - upright[1], lines.numbers, firsts)
    gaps = np.maximum(tops[1:] - bottoms[:-1], 0.0) / np.maximum(np.minimum(heights[1:], heights[:-1]), 1e-6)
    pages = lines.words.pages[firsts]
    begin = [0] if pages[0] == pages[-1] else changes(pages).tolist()
    for first, end in zip(begin, [*begin[1:], len(firsts)], strict=True):
        if end - first > 1:
            on_page = gaps[first : end - 1]
            wide[first + 1 : end] = on_page > _share(on_page, USUAL) + PARAGRAPH
    return wide


def _medians(values: Floats, numbers: npt.NDArray[np.intp], firsts: npt.NDArray[np.intp]) -> Floats:
    highest = np.maximum.reduceat(values, firsts)
    if not some(highest != np.minimum.reduceat(values, firsts)):
        return highest  # one font and size in each line
    ordered = values.take(np.lexsort((values, numbers)))
    middle = firsts + lasts_of(firsts, len(values))
    medians: Floats = (ordered.take(middle // 2) + ordered.take((middle + 1) // 2)) / 2
    return medians


def _share(values: Floats, share: float) -> float:
    """The value that this share of them does not exceed, interpolated: ``numpy.percentile`` takes ten times as long."""
    ordered = values.copy()
    ordered.sort()
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return float(ordered[low] + (ordered[high] - ordered[low]) * (place - low))
