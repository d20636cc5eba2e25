"""Lines of headings: where one ends whose body is printed over two ("Beslutning i Børne-"), what may stand above."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Committee

_ENDED = re.compile(r"(?:[.:!?]|\n)[ \t*_]*\n$")
_ROW = re.compile(r"(?<=[ \t])[-–]?\d[\d.,]*[ \t]+[-–]?\d[\d.,]*[ \t]*\n$")


def has_ended(text: str, line: int) -> bool:
    """Whether what stands above the line that begins at ``line`` ended there: a sentence, or a table's row."""
    return bool(_ENDED.search(text, max(0, line - 4), line) or _ROW.search(text, max(0, line - 60), line))


def line_end(text: str, start: int, limit: int, bodies: Sequence[Committee]) -> int:
    """The end of the line of ``start``, or of the next one where a body's name goes on in it; ``limit`` at most."""
    stop = text.find("\n", start, limit)
    if stop < 0:
        return min(len(text), limit)
    at = bisect_left(bodies, stop, key=lambda body: body.start)
    if at and start <= bodies[at - 1].start and stop < bodies[at - 1].end:
        below = text.find("\n", bodies[at - 1].end, limit)
        return below if below >= 0 else min(len(text), limit)
    return stop
