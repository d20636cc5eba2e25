"""What a print put at the edges of its pages, and no message says: left out where copies are compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from msgspec.structs import replace

from corpus.model import Message
from corpus.reading import Page
from pipeline.conversations.emphasis import amount_words
from pipeline.mail.labels import vocabulary
from pipeline.mail.lines import split_lines

Holes = list[tuple[int, int]]
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:[ ,]+(?:kl\.? ?)?\d{1,2}[.:]\d\d)?"
_JOURNAL = r"(?<![\d.,])\d{2,4}[-/]\d{2,8}(?:[-/]\d{1,6})*(?![\d.,]*\d)"
_COUNTED = r"\(?(?<![\d.,])\d{1,3}\s?(?:/|af|of|av|von)\s?\d{1,3}\)?"
_ADDRESS = r"(?:https?|file|about):\S+"
_NO_FIGURE = re.compile(f"{_ADDRESS}|{_DATE}|{_JOURNAL}|{_COUNTED}", re.IGNORECASE)
_ALONE = re.compile(r"[-–—|·\s]*\d{1,4}[-–—|·\s]*")
_WORD = re.compile(r"[^\W\d_]+|[%€$£]")


def without_holes(messages: Sequence[Message], pages: Sequence[Page]) -> tuple[list[Message], dict[int, Holes]]:
    """The messages of a document with their bodies whole, and the holes in each part's text by its index.

    ``pages`` are those of the whole text, none where it has none. A line that holds a figure is text, unless the figure
    is a page's number, a date, a journal number, or the same on every page: an amount that stands last on a page must
    never be lost. So a body begins with the first such line below its header, though it was taken for a foot.
    """
    starts = [0, *accumulate(len(part.text) for part in messages)]
    lines = split_lines("".join(part.text for part in messages), pages)
    repeated = Counter(line.content for line in lines if line.noise)
    holes: dict[int, Holes] = {}
    bodies = [message.body_start for message in messages]
    header = [False for _ in messages]
    for line in reversed(lines):
        at = min(bisect_right(starts, line.start), len(messages)) - 1
        start = line.start - starts[at]
        above = start < messages[at].body_start
        if line.noise and not _is_text(line.content, repeated[line.content] > 1):
            holes.setdefault(messages[at].index, []).append((start, line.end - starts[at]))
        elif above and line.noise and not header[at]:
            bodies[at] = start
        header[at] |= above and not line.blank
    whole = [replace(message, body_start=body) for message, body in zip(messages, bodies, strict=True)]
    return whole, {index: some[::-1] for index, some in holes.items()}


def _is_text(content: str, is_repeated: bool) -> bool:
    """Whether the line holds a figure that no head or foot of a page would."""
    rest = _NO_FIGURE.sub(" ", _page_number().sub(" ", content))
    if not any(map(str.isdigit, rest)) or _ALONE.fullmatch(rest):
        return False
    return not is_repeated or _names_amount(rest)


def _names_amount(content: str) -> bool:
    return any(word.casefold() in amount_words() for word in _WORD.findall(content))


@cache
def _page_number() -> re.Pattern[str]:
    words = vocabulary()
    page, of = ("|".join(map(re.escape, some)) for some in (words.page_words, words.of_words))
    return re.compile(rf"(?<!\w)(?:{page})\.?:?\s+\d{{1,4}}(?:\s*(?:{of})\s*\d{{1,4}})?(?!\w)", re.IGNORECASE)
