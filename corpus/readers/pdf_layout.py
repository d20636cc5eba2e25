"""The text of a page from its characters: a line for each printed line. Only geometry; nothing is interpreted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.readers.pdf_bulk import places_of
from corpus.readers.pdf_chars import Chars, Floats
from corpus.readers.pdf_columns import by_columns
from corpus.readers.pdf_lines import Lines, in_lines
from corpus.readers.pdf_words import read_words

PARAGRAPH = 0.5
"""A blank line stands where the gap is larger than the page's usual one by this share of the lines' height."""
USUAL = 0.4
"""The usual gap of a page: this share of its gaps is no larger."""


def page_text(chars: Chars, start: int, drawn: Floats) -> tuple[str, npt.NDArray[np.int64], Floats]:
    """The text of a page, and its words: (n, 4) start, end, line and turn, and (n, 4) boxes.

    The text begins at ``start`` of the whole. Columns of running text follow one another, and so do directions of
    writing, the ordinary one first. ``drawn`` (n, 4) are the page's lines, for columns are told from tables by them.
    """
    text, line = "", 0
    spans: list[npt.NDArray[np.int64]] = [np.empty((0, 4), dtype=np.int64)]
    boxes: list[Floats] = [np.empty((0, 4))]
    for turn in places_of(np.bincount(chars.turns) > 0).tolist():
        words = read_words(chars, turn)
        if not words.texts:
            continue
        lines = in_lines(words) if turn else by_columns(in_lines(words), drawn)
        text += "\n" if text else ""
        piece, places = printed(lines)
        spans.append(np.column_stack([places + start + len(text), lines.numbers + line, np.full(len(places), turn)]))
        boxes.append(lines.words.boxes)
        text += piece
        line += int(lines.numbers[-1]) + 1
    return text, np.concatenate(spans), np.concatenate(boxes)


def printed(lines: Lines) -> tuple[str, npt.NDArray[np.int64]]:
    """The lines as text, and (n, 2) where each word starts and ends in it."""
    texts, firsts = lines.words.texts, lines.firsts
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    before = np.ones(len(texts), dtype=np.int64)
    before[firsts] += _wide_gaps(lines)
    before[0] = 0
    ends = np.cumsum(lengths + before)
    first_places = firsts.tolist()
    printed = [" ".join(texts[a:b]) for a, b in zip(first_places, [*first_places[1:], len(texts)], strict=True)]
    blank_above = (before[firsts] > 1).tolist()
    text = "".join(f"\n{line}\n" if blank else f"{line}\n" for line, blank in zip(printed, blank_above, strict=True))
    return text, np.column_stack([ends - lengths, ends])


def _wide_gaps(lines: Lines) -> npt.NDArray[np.bool_]:
    """For each line, whether the gap above it is clearly larger than usual on this page."""
    firsts, upright = lines.firsts, lines.words.upright
    wide = np.zeros(len(firsts), dtype=np.bool_)
    if len(firsts) < 2:
        return wide
    tops = np.minimum.reduceat(upright[:, 1], firsts)
    bottoms = np.maximum.reduceat(upright[:, 3], firsts)
    heights = _medians(upright[:, 3] - upright[:, 1], lines.numbers, firsts)
    gaps = np.maximum(tops[1:] - bottoms[:-1], 0.0) / np.maximum(np.minimum(heights[1:], heights[:-1]), 1e-6)
    wide[1:] = gaps > _share(gaps, USUAL) + PARAGRAPH
    return wide


def _medians(values: Floats, numbers: npt.NDArray[np.intp], firsts: npt.NDArray[np.intp]) -> Floats:
    ordered = values[np.lexsort((values, numbers))]
    counts = np.diff(np.append(firsts, len(values)))
    medians: Floats = (ordered[firsts + (counts - 1) // 2] + ordered[firsts + counts // 2]) / 2
    return medians


def _share(values: Floats, share: float) -> float:
    """The value that this share of them does not exceed, interpolated: ``numpy.percentile`` takes ten times as long."""
    ordered = np.sort(values)
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return float(ordered[low] + (ordered[high] - ordered[low]) * (place - low))
