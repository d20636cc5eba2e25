"""Running text in columns, read column by column. In doubt a page stays as it is: a table must never be torn.

Columns are told by a white strip from top to bottom with running text on both sides of it, over many lines. They are
no table when no drawn line crosses the strip, no line has only figures on one side, and a paragraph on one side mostly
begins in the middle of a sentence on the other: the rows of a table begin in all its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np

from corpus.readers.pdf_bulk import lasts_of, places_of, rows_of, some
from corpus.readers.pdf_chars import Bools, Floats
from corpus.readers.pdf_lines import Lines, Places

GUTTER, COMMON = 0.8, 0.5
"""The strip is this wide on each line, and this wide from top to bottom, in shares of the words' height."""
NARROWEST = 0.7
"""Words with a gap may be higher than most words of the page: at first look a narrower gap will do."""
MARGIN = 0.2
"""No word comes nearer to the middle of the strip."""
MANY = 6
"""Lines with text on both sides; fewer are no columns."""
CONTINUED = 0.5
"""The longer column goes on below the other while the gap between its lines is under this share of their height."""
APART = 1.0
"""A first or last line with such a gap to the others, in shares of their height, is the page's head or foot."""
WORDS_A_LINE, FULL, LOWER, FIGURES, LOOSE = 4, 0.7, 0.5, 0.15, 0.1
"""Running text: words on the middle line, its share of the width, and shares of words that begin small, of words
with figures, and of lines with a gap as wide as ``STRETCHED`` heights, which justified text seldom has."""
STRETCHED = 1.7
BREAK = 0.35
"""A paragraph begins where the gap above is larger than usual by this share of the height."""
HARD_END = 0.85
"""A line that ends before this share of the width ends a paragraph."""
LATIN, _SIGNS = 0x250, range(0x2000, 0x2100)
"""Behind the Latin letters; dashes, bullets and currencies, none of which has two forms."""


@cache
def cased() -> Bools:
    """Of the Latin letters and the signs, which have a large form and a small one."""
    cased = np.zeros(_SIGNS.stop, dtype=np.bool_)
    cased[:LATIN] = [chr(code).lower() != chr(code).upper() for code in range(LATIN)]
    return cased


class _Page:
    """What is known of each word of a page, in reading order."""

    def __init__(self, lines: Lines, walls: Floats) -> None:
        self.x0, self.top, self.x1, self.bottom = rows_of(lines.words.upright)
        self.numbers = lines.numbers
        self._words = lines.words
        self.height = self.bottom - self.top
        middle = np.sort(self.height)[[(len(self.height) - 1) // 2, len(self.height) // 2]]
        self.usual = float(middle.sum()) / 2
        self.walls = walls[walls[:, 2] - walls[:, 0] > walls[:, 3] - walls[:, 1]]

    @cached_property
    def texts(self) -> list[str]:
        """The words one by one."""
        return self._words.texts

    @cached_property
    def letters(self) -> Bools:
        """Whether each word holds a letter that may be large or small."""
        words = self._words
        first, last = int(words.starts.min()), int((words.starts + words.lengths).max())
        codes = words.letters[first:last]
        if some((codes >= LATIN) & (codes < _SIGNS.start)) or some(codes >= _SIGNS.stop):
            return np.array([text.lower() != text.upper() for text in self.texts])
        before = np.zeros(len(codes) + 1, dtype=np.intp)
        cased().take(codes).cumsum(out=before[1:])
        starts = words.starts - first
        return before.take(starts + words.lengths) > before.take(starts)

    @cached_property
    def small(self) -> Bools:
        """Whether each word begins with a small letter."""
        return np.array([text[0].islower() for text in self.texts])

    @cached_property
    def figures(self) -> Bools:
        """Whether each word holds a figure."""
        return np.array([not text.isalpha() and any(map(str.isdigit, text)) for text in self.texts])

    def firsts(self, words: Places) -> Places:
        """Where each printed line begins among these words."""
        numbers = self.numbers[words]
        return places_of(np.concatenate([[True], numbers[1:] != numbers[:-1]]))

    def gaps(self, words: Places) -> Floats:
        """In front of each word the gap to the one before it on its line; 0 in front of a line's first."""
        gaps = np.zeros(len(words))
        gaps[1:] = self.x0[words[1:]] - self.x1[words[:-1]]
        gaps[self.firsts(words)] = 0
        return gaps


def by_columns(lines: Lines, walls: Sequence[Floats]) -> Lines:
    """The same words, columns of running text one after the other; ``walls`` (n, 4) are each page's drawn lines.

    ``numbers`` then counts the printed lines of each column by themselves.
    """
    candidates = _with_wide_gaps(lines)
    if not candidates:
        return lines
    arranged: list[tuple[int, Lines, list[Places]]] = []
    for page in candidates:
        first, within = lines.on_page(page)
        if _may_have_columns(within):
            blocks = _arranged(_Page(within, walls[page]), np.arange(len(within.numbers)))
            if len(blocks) > 1:
                arranged.append((first, within, blocks))
    return _in_blocks(lines, arranged) if arranged else lines


def _in_blocks(lines: Lines, arranged: Sequence[tuple[int, Lines, list[Places]]]) -> Lines:
    """The lines of which some pages, beginning at these words, are to be read in these blocks of their words."""
    order = np.arange(len(lines.numbers))
    begins = np.zeros(len(order), dtype=np.bool_)
    begins[lines.firsts] = True
    for first, within, blocks in arranged:
        places = np.concatenate(blocks)
        last = first + len(places)
        numbers = within.numbers[places]
        begins[first + 1 : last] = numbers[1:] != numbers[:-1]
        begins[first + np.cumsum([len(block) for block in blocks[:-1]])] = True
        order[first:last] = first + places
    return Lines.of(lines.words.take(order), begins.cumsum() - 1)


def _with_wide_gaps(lines: Lines) -> list[int]:
    """The pages with gaps in many lines that are long enough for two columns: no others have any.

    In so many of them a gap has the words of two columns around it.
    """
    lengths = lasts_of(lines.firsts, len(lines.numbers)) - lines.firsts + 1
    long = lengths >= 2 * WORDS_A_LINE
    if np.count_nonzero(long) < MANY:
        return []
    x0, top, x1, bottom = rows_of(lines.words.upright)
    gaps, heights = x0[1:] - x1[:-1], bottom - top
    parted = _parted(lines, gaps >= 2 * MARGIN * np.minimum.reduce(heights), lengths)
    if np.count_nonzero(parted) < MANY:
        return []
    wide = gaps > GUTTER * NARROWEST * heights[1:]
    wide &= long.repeat(lengths)[1:]
    if np.count_nonzero(wide) < MANY:
        return []
    pages = lines.words.pages
    if pages[0] == pages[-1]:
        return [int(pages[0])]
    most = int(pages[-1]) + 1
    wide &= pages[1:] == pages[:-1]
    wanted = np.bincount(pages[1:][wide], minlength=most) >= MANY
    wanted &= np.bincount(pages[lines.firsts[parted]], minlength=most) >= MANY
    found: list[int] = places_of(wanted).tolist()
    return found


def _parted(lines: Lines, gaps: Bools, lengths: Places) -> Bools:
    """The lines with a gap that has two columns' words around it; ``gaps`` says of each word but the first if one is
    in front of it, ``lengths`` how many words each line has."""
    after = places_of(gaps) + 1
    numbers = lines.numbers.take(after)
    after -= lines.firsts.take(numbers)
    parted = np.zeros(len(lengths), dtype=np.bool_)
    parted[numbers[(after >= WORDS_A_LINE) & (lengths.take(numbers) - after >= WORDS_A_LINE)]] = True
    return parted


def _may_have_columns(lines: Lines) -> bool:
    """False, at little cost, where too few lines of a page have a gap with two columns' words around it."""
    x0, top, x1, bottom = rows_of(lines.words.upright)
    height = bottom - top
    height.sort()
    usual = height[(len(height) - 1) // 2]
    parted = _parted(lines, x0[1:] - x1[:-1] >= 2 * MARGIN * usual, np.bincount(lines.numbers))
    return bool(np.count_nonzero(parted) >= MANY)


def _arranged(page: _Page, words: Places) -> list[Places]:
    """The words in blocks, each to be read from the top down before the next."""
    found = _region(page, words)
    if found is None:
        return [words]
    first, last, middle = found
    numbers = page.numbers[words]
    inside = words[(numbers >= first) & (numbers <= last)]
    columns = _columns(page, inside, middle)
    if columns is None:
        return [words]
    above, below = words[numbers < first], words[numbers > last]
    return [
        *(_arranged(page, above) if len(above) else []),
        *columns,
        *(_arranged(page, below) if len(below) else []),
    ]


def _columns(page: _Page, inside: Places, middle: float) -> list[Places] | None:
    """The columns on both sides of a strip; None where they are none."""
    if _crossed(page, inside, middle):
        return None
    left, right = inside[page.x1[inside] <= middle], inside[page.x1[inside] > middle]
    sides = _side(page, left), _side(page, right)
    if sides[0] is None or sides[1] is None or _in_rows(page, left, right):
        return None
    return [*sides[0], *sides[1]]


def _side(page: _Page, words: Places) -> list[Places] | None:
    """What stands on one side of a strip: a column, or several of the same height."""
    if _is_prose(page, words):
        return [words]
    found = _region(page, words)
    if found is None:
        return None
    first, last, middle = found
    numbers = page.numbers[words]
    if (numbers < first).any() or (numbers > last).any():
        return None
    return _columns(page, words, middle)


def _region(page: _Page, words: Places) -> tuple[int, int, float] | None:
    """First and last line and the middle of the strip that most lines leave white; None where there is none."""
    gaps = page.gaps(words)
    wide = places_of(gaps > GUTTER * page.usual)
    if len(wide) < MANY:
        return None
    strip = _most_common(page.x1[words[wide - 1]], page.x0[words[wide]])
    if strip[1] - strip[0] < COMMON * page.usual:
        return None
    middle, margin = sum(strip) / 2, MARGIN * page.usual
    firsts = page.firsts(words)
    x0, x1 = page.x0[words], page.x1[words]
    left, right = x1 <= middle, x0 >= middle
    blocked = np.logical_or.reduceat((x0 < middle + margin) & (x1 > middle - margin), firsts)
    fewer = np.minimum(np.add.reduceat(left, firsts, dtype=np.intp), np.add.reduceat(right, firsts, dtype=np.intp))
    if np.count_nonzero(~blocked & (fewer >= WORDS_A_LINE)) < MANY:
        return None
    letters = page.letters[words]
    both = fewer > 0
    blocked |= both & ~np.logical_or.reduceat(left & letters, firsts)
    blocked |= both & ~np.logical_or.reduceat(right & letters, firsts)
    both &= ~blocked
    run = _longest_run(page, words, firsts, blocked, both)
    if run is None:
        return None
    numbers = page.numbers[words[firsts]]
    return int(numbers[run[0]]), int(numbers[run[1]]), middle


def _most_common(starts: Floats, ends: Floats) -> tuple[float, float]:
    """The stretch that lies in most of these gaps."""
    edges = np.concatenate([starts, ends])
    steps = np.concatenate([np.ones(len(starts)), -np.ones(len(ends))])
    order = np.lexsort((steps, edges))
    depth = np.cumsum(steps[order])
    deepest = int(np.argmax(depth))
    return float(edges[order[deepest]]), float(edges[order[deepest + 1]])


def _longest_run(page: _Page, words: Places, firsts: Places, blocked: Bools, both: Bools) -> tuple[int, int] | None:
    """First and last of the lines that leave the strip white and hold most lines with text on both sides of it."""
    parts = np.cumsum(blocked)
    counts = np.bincount(parts[both], minlength=1) if both.any() else np.zeros(1)
    if counts.max() < MANY:
        return None
    run = places_of(both & (parts == counts.argmax()))
    first, last = int(run[0]), int(run[-1])
    tops = np.minimum.reduceat(page.top[words], firsts)
    bottoms = np.maximum.reduceat(page.bottom[words], firsts)
    room = tops[1:] - bottoms[:-1]
    while first < last and room[first] > APART * page.usual:
        first += 1
    while first < last and room[last - 1] > APART * page.usual:
        last -= 1
    while last + 1 < len(firsts) and not blocked[last + 1]:
        if room[last] > CONTINUED * page.usual:
            break
        last += 1
    return first, last


def _crossed(page: _Page, inside: Places, middle: float) -> bool:
    """Whether a drawn line runs across the strip between the first line of text and the last."""
    top, bottom = float(page.bottom[inside].min()), float(page.top[inside].max())
    x0, y0, x1, y1 = page.walls.T
    return bool(((x0 < middle) & (x1 > middle) & (y0 > top) & (y1 < bottom)).any())


def _is_prose(page: _Page, words: Places) -> bool:
    """Many full lines of mostly small words without gaps: running text."""
    firsts = page.firsts(words)
    if len(firsts) < MANY:
        return False
    lengths = np.diff(np.concatenate([firsts, [len(words)]]))
    starts, ends = page.x0[words[firsts]], page.x1[words[firsts + lengths - 1]]
    full = np.median(ends - starts) >= FULL * (ends.max() - starts.min())
    if not full or np.median(lengths) < WORDS_A_LINE:
        return False
    loose = np.maximum.reduceat(page.gaps(words), firsts) > STRETCHED * page.usual
    if loose.mean() > LOOSE or page.small[words].mean() < LOWER:
        return False
    return bool(page.figures[words].mean() <= FIGURES)


def _in_rows(page: _Page, left: Places, right: Places) -> bool:
    """Whether paragraphs on one side mostly begin where one begins on the other, as in the rows of a table."""
    sides = [_Paragraphs(page, side) for side in (left, right)]
    breaks = aligned = 0
    for side, other in (sides, sides[::-1]):
        for top in side.tops[side.breaks].tolist():
            breaks += 1
            near = np.abs(other.tops - top) < page.usual / 2
            aligned += bool((near & other.anew).any())
    return 2 * aligned > breaks


class _Paragraphs:
    """The lines of a column: where they begin, above which there is more room, and which may begin a paragraph."""

    def __init__(self, page: _Page, words: Places) -> None:
        firsts = page.firsts(words)
        lasts = words[np.concatenate([firsts[1:], [len(words)]]) - 1]
        self.tops = np.minimum.reduceat(page.top[words], firsts)
        bottoms = np.maximum.reduceat(page.bottom[words], firsts)
        gaps = self.tops[1:] - bottoms[:-1]
        self.breaks = np.zeros(len(firsts), dtype=np.bool_)
        self.breaks[1:] = gaps > np.median(gaps) + BREAK * page.usual if len(gaps) else False
        short = page.x1[lasts] < page.x0[words].min() + HARD_END * np.ptp(
            np.concatenate([page.x0[words], page.x1[words]])
        )
        ended = short | np.array([page.texts[i][-1] in ".:;!?" for i in lasts.tolist()])
        self.anew = ~page.small[words[firsts]]
        self.anew[1:] &= ended[:-1]
