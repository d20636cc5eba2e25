"""When the lines were written that a message quotes amid its own text: an answer between the lines of its question.

"> Mødet blev holdt i går" is counted from the day of the quoted mail, which its introduction prints ("Den 25. januar
2025 skrev Bo Berg:"). Where none stands above, the day is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from corpus.model import AnyPart, Message
from pipeline.context import Dated
from pipeline.flow import Flow
from pipeline.mail.intros import read_intro
from pipeline.mail.lines import Line, split_lines


def quoted_days(part: AnyPart, flow: Flow | None) -> tuple[Dated, ...]:
    """The stretches of a message's text, as its finders read it, that are quoted deeper than its own lines."""
    if flow is None or not isinstance(part, Message) or ">" not in part.text:
        return ()
    lines = split_lines(part.text)
    own = min((line.depth for line in lines if line.start >= part.body_start and not line.blank), default=0)
    if all(line.depth <= own for line in lines):
        return ()
    return tuple((*span, day) for start, end, day in _quoted(lines, own) for span in flow.read_spans([(start, end)]))


def _quoted(lines: Sequence[Line], own: int) -> Iterator[Dated]:
    days: dict[int, dt.date | None] = {}
    number = 0
    while number < len(lines):
        line = lines[number]
        intro = None if line.blank else read_intro(lines, number)
        if intro is not None:
            days = {depth: day for depth, day in days.items() if depth <= line.depth}
            days[line.depth + 1] = dt.date.fromisoformat(intro.sent[:10]) if intro.sent else None
        if line.depth > own:
            yield line.start, lines[intro.last if intro else number].end, days.get(line.depth)
        number = intro.last + 1 if intro else number + 1
