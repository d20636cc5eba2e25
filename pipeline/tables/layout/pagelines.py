"""The lines of a page, made of its words where they are asked for, or beforehand by the compiled part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import overload

from corpus.model import Box
from corpus.reading import Page, Word
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.content.headings import LEVEL_ENDS, bracketed_years, counted_years, leveled_years
from pipeline.tables.content.leaders import LEADING, are_leaders, may_lead, without_leaders
from pipeline.tables.content.yearwords import may_be_years, year_groups
from pipeline.tables.layout.segments import DIGIT, Floats, Strips, page_strips
from pipeline.tables.layout.words import LaidOut, PageLine, Segment, read_text, segment_of

FEWEST_SPACED, FEWEST_JUSTIFIED, SAME_GAP = 3, 5, 0.3
"""So many stretches and words at least has a line with widened blanks; these differ by less than so many points."""
NEAR_DOTS = 1.5
"""Letters of usual width."""


class PageLines(Sequence[PageLine]):
    """The upright lines of a page in the reader's order; each is made when it is first asked for.

    ``made`` is given where the page is cut already: lines that are None are made here.
    """

    def __init__(self, page: Page, text: str, strips: Strips | None, made: list[PageLine | None] | None = None) -> None:
        self.strips = strips
        self._text, self._page = text, page.number
        self._known: LaidOut | None = None
        self._made = made or [None] * (len(strips.lines) - 1 if strips is not None else 0)
        self.is_made = made is not None

    @classmethod
    def of(cls, page: Page, text: str) -> PageLines:
        return cls(page, text, page_strips(page, text))

    def whole(self) -> list[PageLine]:
        """All of them, made."""
        return [made or self[number] for number, made in enumerate(self._made)]

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> PageLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[PageLine]: ...
    def __getitem__(self, index: int | slice) -> PageLine | list[PageLine]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self._made)))]
        made = self._made[index]
        if made is None:
            made = self._made[index] = self._line(index if index >= 0 else index + len(self._made))
        return made

    @property
    def _printed(self) -> LaidOut:
        if self._known is None:
            assert self.strips is not None
            self._known = LaidOut.of(self.strips, self._page)
        return self._known

    def _line(self, index: int) -> PageLine:
        printed, whole = self._printed, self._text
        starts, ends, firsts = printed.starts, printed.ends, printed.firsts
        first, last = printed.lines[index], printed.lines[index + 1]
        height: float | None = printed.heights[index]
        segments: list[Segment] = []
        stop = firsts[first]
        for number in range(first, last):
            start, stop = stop, firsts[number + 1]
            end = ends[stop - 1]
            if whole[end - 1] in LEADING and may_lead(whole[starts[stop - 1] : end]):
                height = None
                words = printed.words(start, stop)
                if _is_kept(words, whole, segments, first=number == first, last=number == last - 1):
                    kept = without_leaders(words, whole, followed=number < last - 1)
                    segments += _years_apart(kept, [whole[w.start : w.end] for w in kept], self._page)
                continue
            count = stop - start
            text = whole[starts[start] : end]
            if count > 1 and (len(text) != printed.lengths[number] or text.count(" ") != count - 1):
                text = " ".join([whole[starts[n] : ends[n]] for n in range(start, stop)])
            box = printed.boxes[number]
            if count > 1 and printed.kinds[number] & DIGIT and may_be_years(text, count):
                texts = [whole[starts[n] : ends[n]] for n in range(start, stop)]
                segments += _years_apart(printed.words(start, stop), texts, self._page, box)
            else:
                x0, _, x1, _ = box
                kind, year, value = read_text(text)
                segments.append(Segment(text, self._page, box, x0, x1, kind, year, value, count, printed, start))
        if len(segments) > 1:
            _tell_leveled(segments)
            _tell_years(segments)
            if len(segments) >= FEWEST_SPACED and _is_justified(segments, printed.sides[firsts[first] : stop]):
                words = printed.words(firsts[first], stop)
                segments = [segment_of(tuple(words), " ".join([s.text for s in segments]), self._page)]
        return PageLine(tuple(segments), height)


def _is_kept(words: Sequence[Word], text: str, segments: Sequence[Segment], *, first: bool, last: bool) -> bool:
    """Whether words that end in dots say something: none that only lead on from a name, or below one that wraps."""
    if first and last:
        return True
    if first:
        return not are_leaders(words, text) or len(words) > 1
    return last or not (are_leaders(words, text) or _are_near(words, segments))


def tell_years(line: PageLine) -> None:
    """Take headings of a line with years that is made already for years or for figures, as its other ones say."""
    _tell_years(line.segments)
    line.recount()


def _tell_years(segments: Sequence[Segment]) -> None:
    _tell_dated(segments)
    _tell_repeated(segments)


def _tell_repeated(segments: Sequence[Segment]) -> None:
    """Take what reads like the same year with a sign, in all places, for figures: "2010–", "2010–".

    The year itself may stand over the columns of two that are compared: "Koncern", "Moder".
    """
    years = [segment for segment in segments if segment.is_year and not segment.text.isdigit()]
    if len(years) > 1 and len({segment.text for segment in years}) == 1 and years[0].kind is not TEXT_KIND:
        for segment in years:
            segment.count_year()


def _is_justified(segments: Sequence[Segment], sides: Floats) -> bool:
    """Whether a line is one of running text whose blanks are widened, all by the same: most stretches are small words.

    ``sides`` (n, 4) are those of its words.
    """
    texts = [s for s in segments if s.kind is TEXT_KIND]
    small = sum([s.text[0].islower() for s in texts])
    if 2 * small < len(texts) or 2 * len(texts) <= len(segments) or len(sides) < FEWEST_JUSTIFIED:
        return False
    gaps = sides[1:, 0] - sides[:-1, 2]
    return bool(gaps.max() - gaps.min() < SAME_GAP)


def _tell_leveled(segments: Sequence[Segment]) -> None:
    """Take headings that say each year's price level for years."""
    ends = 0
    for segment in segments:
        ends += segment.text[-1] in LEVEL_ENDS
    if ends > 1 and (leveled := leveled_years([segment.text for segment in segments])):
        for segment in segments:
            segment.is_year |= segment.text in leveled


def _tell_dated(segments: Sequence[Segment]) -> None:
    """Take years in brackets behind others for years, and numbered estimates: "2029", "(2030)"; "B 2029", "BO 1"."""
    texts = [segment.text for segment in segments]
    dated: set[str] = set()
    if any(text[-1] == ")" for text in texts):
        dated |= bracketed_years(texts).keys()
    if any(segment.is_year for segment in segments):
        dated |= counted_years(texts)
    for segment in segments:
        if segment.text in dated:
            segment.is_year, segment.is_value = True, False


def _are_near(words: Sequence[Word], segments: Sequence[Segment]) -> bool:
    """Whether two or three dots stand as near behind a label as a word: the last of a row of dots had no more room."""
    dots, label = words[0], segments[-1] if segments else None
    if label is None or len(words) > 1 or dots.end - dots.start < 2 or label.kind is not TEXT_KIND:
        return False
    return dots.x0 - label.x1 < NEAR_DOTS * (label.x1 - label.x0) / len(label.text)


def _years_apart(words: list[Word], texts: list[str], page: int, box: Box | None = None) -> Iterable[Segment]:
    """One segment, or one for each year where the words are nothing but year headings a blank apart."""
    text = " ".join(texts)
    if len(words) > 1 and may_be_years(text, len(words)):
        wide = tuple([after.start - before.end > 1 for before, after in pairwise(words)])
        groups = year_groups(tuple(texts), wide)
        edges = pairwise(accumulate(groups, initial=0))
        if groups:
            return [segment_of(tuple(words[a:b]), " ".join(texts[a:b]), page) for a, b in edges]
    return (segment_of(tuple(words), text, page, box),)
