"""Where a proposal of a catalogue ends before the next begins: at a chapter's page, a summary, or the appendices.

Such matter begins at the top of a page, below the running head: with a heading larger than any in the proposals' own
text, with the name of a committee, with a word such as "Oversigt", or as a list of other proposals with figures. In a
text without pages it begins with a committee's name, or such a word, alone on a line just above the next proposal.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf
from statistics import median

import numpy as np

from corpus.reading import Reading
from pipeline.headings import TextLine, fold, is_contents_line, is_row, known_headings
from pipeline.proposals.forms import Form
from pipeline.proposals.labels import NUMBER, label_length

FURNITURE = 3
"""So many lines at the top of a page may be its running head."""
LARGER = 1.08
LONGEST_HEADING = 110
LONGEST_OVERVIEW = 60
NEAR_NEXT = 3
"""A chapter's heading in running text stands so many lines above the next proposal."""
FEWEST_LISTED = 2

_BODY = re.compile(
    r"(?:(?:kapitel|del|afsnit)? ?\d{1,2}(?:\.\d{1,2})*[.:]? )?(?:[Ff]orslag (?:fra|under|på|inden for) )?"
    r"[A-ZÆØÅ][\w,\- ]{2,70}udvalg(?:et)?(?:s (?:område|forslag))?(?: ?[-–(].{1,60})?"
)
_OTHER = re.compile(
    r"(?:kapitel|del) \d{1,2}\b|(?:samlet |samlede |\w{1,20})?oversigt(?:en|er|stabel|sskema)?\b|"
    r"(?:samlet )?opsamling\b",
    re.IGNORECASE,
)
_APPENDIX = re.compile(
    r"(?:bilag|bilagsliste|appendiks|appendix)(?: ?(?:\d{1,2}|[A-ZÆØÅ])\b)?(?:$|[:.] | [-–] | [A-ZÆØÅ])", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"(?:side|s\.)? ?\d{1,4}(?: (?:af|/) \d{1,4})?", re.IGNORECASE)


End = tuple[int, str | None]


def proposal_ends(reading: Reading, lines: Sequence[TextLine], forms: Sequence[Form]) -> list[End]:
    """Where the matter of each form ends, in characters of the text, and the heading of other matter behind it.

    Where there is none, the next form begins.
    """
    stops = [*(form.start for form in forms[1:]), len(reading.text)]
    firsts = [bisect_left(lines, form.start, key=lambda line: line.start) for form in forms]
    lasts = [*firsts[1:], len(lines)]
    pages = _Pages(reading, lines)
    largest = pages.largest(forms, lasts)
    numbers = {number for form in forms if (number := form.number()) and any(map(str.isalpha, number))}
    ends: list[End] = []
    for form, first, last, stop in zip(forms, firsts, lasts, stops, strict=True):
        final = stop == len(reading.text)
        head = {fold(line.plain) for line in lines[first : form.last + 1]}
        opened = (
            (lines[top].start, lines[at].plain)
            for top, at, following in pages.within(form.last + 1, last)
            if _opens_other(lines[at].plain, form, head, final=final)
            or (_is_heading(lines[at].plain, form, head) and pages.height(at) > LARGER * largest)
            or _lists(lines[top : min(following, last)], numbers, form.number())
        )
        bare = pages.bare(form.last + 1, last)
        closed: End = (lines[bare].start if bare < last else stop, None)
        ends.append(next(opened, closed if final else _chapter(lines, form.last + 1, bare) or closed))
    return ends


class _Pages:
    """The pages' first lines below their running heads, and how high lines are printed."""

    def __init__(self, reading: Reading, lines: Sequence[TextLine]) -> None:
        self._pages = reading.pages
        self._lines = lines
        starts = [bisect_left(lines, page.start, key=lambda line: line.start) for page in reading.pages]
        self._spans = [*zip(starts, [*starts[1:], len(lines)], strict=False)]
        heads = [
            {self._key(line) for line in lines[start : min(start + FURNITURE, stop)]} for start, stop in self._spans
        ]
        self._repeated = Counter(key for head in heads for key in head)
        self._opening = [self._first(start, stop) for start, stop in self._spans]

    @staticmethod
    def _key(line: TextLine) -> str:
        return "" if _PAGE_NUMBER.fullmatch(line.plain) else fold(line.plain)

    def _first(self, start: int, stop: int) -> int:
        """The first line that is not of the running head: each of its lines stands on a page once."""
        seen: set[str] = set()
        for at in range(start, min(start + FURNITURE, stop)):
            key = self._key(self._lines[at])
            if key in seen or (key and self._repeated[key] < 2):
                return at
            seen.add(key)
        return min(start + FURNITURE, stop)

    def within(self, first: int, last: int) -> Iterator[tuple[int, int, int]]:
        """Of each page that begins among ``lines[first:last]``: its first line, the one below the head, its end."""
        for at in range(bisect_left(self._spans, (first, first)), len(self._spans)):
            start, stop = self._spans[at]
            if start >= last:
                return
            if self._opening[at] < min(stop, last):
                yield start, self._opening[at], stop

    def bare(self, first: int, last: int) -> int:
        """Where the pages at the end of ``lines[first:last]`` begin that hold nothing but running heads; else last."""
        for at in range(bisect_left(self._spans, (last, last)) - 1, -1, -1):
            start, stop = self._spans[at]
            if start < first or self._opening[at] < stop or self._has_section(start, stop):
                break
            last = start
        return last

    def _has_section(self, start: int, stop: int) -> bool:
        """Whether lines hold a section's heading and its text, which may be the same in each proposal: "Ingen."."""
        return any(fold(line.plain) in known_headings() for line in self._lines[start : stop - 1])

    def height(self, index: int) -> float:
        """The height of a line's first word in points, 0 where no words are known."""
        at = bisect_right(self._spans, (index, len(self._lines))) - 1
        if at < 0 or not self._pages[at].has_words:
            return 0.0
        spans, boxes = self._pages[at].spans, self._pages[at].boxes
        word = int(np.searchsorted(spans[:, 0], self._lines[index].start))
        return float(boxes[word, 3] - boxes[word, 1]) if word < len(boxes) else 0.0

    def largest(self, forms: Sequence[Form], lasts: Sequence[int]) -> float:
        """The height of the largest line in the text of a proposal, at the median; infinite where it is not known."""
        if len(forms) < 2 or not any(page.has_words for page in self._pages):
            return inf
        opening = set(self._opening)
        found = [
            max((self.height(at) for at in range(form.last + 1, last) if at not in opening), default=0.0)
            for form, last in zip(forms, lasts, strict=True)
        ]
        return median(found) or inf


def _opens_other(plain: str, form: Form, head: set[str], *, final: bool) -> bool:
    """A heading whose words say that a chapter, a summary, or behind the last proposal an appendix begins."""
    if final and _APPENDIX.match(plain) and len(plain) <= LONGEST_HEADING and not plain.endswith("."):
        return True
    if not _is_heading(plain, form, head) or label_length(plain):
        return False
    return bool(_BODY.fullmatch(plain) or (_OTHER.match(plain) and len(plain) <= LONGEST_OVERVIEW))


def _is_heading(plain: str, form: Form, head: set[str]) -> bool:
    """A short line that is no row, no sentence, no section of a proposal, and none of the form's own head again."""
    number = form.number()
    return (
        len(plain) <= LONGEST_HEADING
        and (plain[:1].isupper() or plain[:1].isdigit())
        and any(map(str.isalpha, plain))
        and not plain.endswith((".", ",", ";"))
        and not is_row(plain)
        and fold(plain) not in known_headings()
        and not (number and any(map(str.isalpha, number)) and number in plain)
        and not any(known.startswith(fold(plain)) or fold(plain).startswith(known) for known in head)
    )


def _lists(lines: Sequence[TextLine], numbers: set[str], own: str | None) -> bool:
    """A page with rows of figures, or of contents, that begin with the numbers of other proposals."""
    rows = (line.plain for line in lines if is_row(line.plain) or is_contents_line(line.plain))
    named = {match[0] for row in rows if (match := NUMBER.match(row))}
    return len((named & numbers) - {own}) >= FEWEST_LISTED


def _chapter(lines: Sequence[TextLine], first: int, last: int) -> End | None:
    """A committee's name that stands alone just above the next form."""
    for line in lines[max(first, last - NEAR_NEXT) : last]:
        if line.blank_before and _BODY.fullmatch(line.plain) and not label_length(line.plain):
            return line.start, line.plain
    return None
