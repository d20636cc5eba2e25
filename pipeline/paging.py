"""Which pages a stretch of a reading's text stands on."""

from __future__ import annotations

from bisect import bisect_right

from corpus.reading import Reading


def page_range(reading: Reading, start: int, end: int) -> tuple[int | None, int | None]:
    """First and last page number of ``text[start:end]`` without the blanks around it; None where there are no pages."""
    if not reading.pages:
        return None, None
    stretch = reading.text[start:end]
    first = start + len(stretch) - len(stretch.lstrip())
    last = max(first, start + len(stretch.rstrip()) - 1)
    if first >= end:
        first = last = start
    starts = [page.start for page in reading.pages]
    return reading.pages[_page(starts, first)].number, reading.pages[_page(starts, last)].number


def page_breaks(reading: Reading, start: int, end: int) -> list[int]:
    """Where in ``text[start:end]`` each page after its first one begins, see :func:`page_range`."""
    first, last = page_range(reading, start, end)
    if first is None or last is None:
        return []
    return [max(page.start - start, 0) for page in reading.pages if first < page.number <= last]


def _page(starts: list[int], position: int) -> int:
    return max(bisect_right(starts, position) - 1, 0)


def page_start(reading: Reading, position: int) -> int | None:
    """Where the page begins that holds this character; None for a reading without pages."""
    if not reading.pages:
        return None
    starts = [page.start for page in reading.pages]
    return starts[_page(starts, position)]
