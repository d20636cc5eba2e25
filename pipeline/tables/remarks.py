"""Remarks as close behind the last figures as words are: where all begin in one place, they are a column."""

from __future__ import annotations

from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.coded import cut
from pipeline.tables.words import PageLine, Segment

FEWEST = 2
"""So many rows at least have a remark behind figures that end in one place."""
HAIR, REACH = 0.3, 1.0
"""In points: figures of one column end, and words of one column begin, so near each other; some letters reach over."""
WIDER = 0.35
"""A remark stands further from the figure than this share of the height of its line: blanks are narrower."""


def remarks_cut(lines: list[PageLine]) -> list[PageLine]:
    """The lines with each remark cut from the figure or the year in front of it."""
    found = [place for line in lines if line.values and (place := _behind(line)) is not None]
    if len(found) < FEWEST:
        return lines
    end, start = found[0]
    same = [place for place in found if abs(place[0] - end) < HAIR and abs(place[1] - start) < REACH]
    if len(same) < max(FEWEST, len(found)):
        return lines
    return [_cut_at(line, min(place[1] for place in same)) for line in lines]


def _behind(line: PageLine) -> tuple[float, float] | None:
    """Where the figure with which the last stretch of a row begins ends, and where its words begin."""
    last = line.segments[-1]
    texts = last.text.split(" ")
    if len(line.segments) < 2 or last.kind is not Kind.TEXT or len(texts) != last.count or last.count < 2:
        return None
    count = max((n for n in range(1, len(texts)) if read_cell(" ".join(texts[:n])).kind is Kind.NUMBER), default=0)
    if not count or not texts[count][0].isalpha():
        return None
    boxes = last.boxes
    end, start = boxes[count - 1][2], boxes[count][0]
    return (end, start) if start - end > WIDER * line.height else None


def _cut_at(line: PageLine, start: float) -> PageLine:
    segments: list[Segment] = []
    for segment in line.segments:
        texts = segment.text.split(" ")
        boxes = segment.boxes if segment.count == len(texts) > 1 and segment.x0 < start < segment.x1 else []
        near = [n for n in range(1, len(boxes)) if abs(boxes[n][0] - start) < REACH]
        apart = [n for n in near if boxes[n][0] - boxes[n - 1][2] > WIDER * line.height and not texts[n][0].isdigit()]
        segments += cut(segment, segment.words, texts, apart) if apart else [segment]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))
