"""Lines of a quotation that were wrapped once more, so that only the first of them has its mark.

A print on paper breaks a long "> " line where its edge is, and what goes on below has no mark. Read as printed it would
be an answer between quoted lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

FULL = 0.8
"""A line that the next word would have made so much of the widest is full: letters are not all of one width."""
FEWEST = 40
"""Characters of the widest quoted line: below this nothing is told by a full line."""
_SENTENCE_END = (".", "!", "?", ":", ";", "…")

Printed = tuple[int, str]
"""A line's quote depth and its content."""


def true_depths(lines: Sequence[Printed]) -> list[int]:
    """The depth of each line; lines that go on without a mark have that of the quotation above them.

    All unmarked lines that stand right below marked ones must follow a full line, and one at least in the middle of a
    sentence: where people answer below single lines neither is so.
    """
    marked = [depth for depth, _ in lines]
    widest = max((len(content) for depth, content in lines if depth), default=0)
    if widest < FEWEST:
        return marked
    depths = marked[:1]
    certain = False
    for (_, above), (depth, content) in pairwise(lines):
        if depth or not content or not above or not depths[-1]:
            depths.append(depth)
            continue
        if len(above) + 1 + len(content.split(None, 1)[0]) < FULL * widest:
            return marked
        certain = certain or (content[0].islower() and not above.endswith(_SENTENCE_END))
        depths.append(depths[-1])
    return depths if certain else marked
