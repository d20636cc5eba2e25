"""Units at the head of page after page ("Mio. kr."), as accounts print them once over all the notes of a page."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from corpus.reading import Page, Reading
from pipeline.tables.content.labels import measure_of
from pipeline.tables.content.units import is_statement, unit_note

HEAD_LINES = 4
"""A running unit is one of so many lines at the head of its page, below a running title perhaps."""
FEWEST_PAGES = 5
LONGEST = 40
_YEARS = re.compile(r"(?:\s+(?:19|20)\d\d)+\s*$")
_NO_MONEY = frozenset({"percent", "count", "hours", "fte", "position", "unclear"})


class RunningUnits:
    """The unit that pages of a document have in common; looked for when a table asks."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def is_running(self, text: str, start: int, page: Page) -> bool:
        """Whether a unit that begins at ``start`` of the document's text is the one at the head of its pages."""
        return _plain(text) == self._unit and any(first <= start < last for first, last, _ in self._head(page))

    def is_of_money(self, start: int, end: int) -> bool:
        """Whether no short line of a stretch of the text, rows apart, says that something else is counted: "Pct."."""
        lines = (line.strip() for line in self._reading.text[start:end].split("\n"))
        said = (x for x in lines if 0 < len(x) <= LONGEST and not any(map(str.isdigit, x)))
        return not any(measure_of(text, heading=True) in _NO_MONEY for text in said)

    @cached_property
    def _unit(self) -> str | None:
        """The unit that heads more pages than all others together."""
        found: Counter[str] = Counter()
        for page in self._reading.pages:
            said = {_plain(line) for _, _, line in self._head(page)}
            found.update(text for text in said if unit_note(text) is not None and is_statement(text))
        unit, pages = max(found.items(), key=lambda pair: pair[1], default=("", 0))
        return unit if pages >= FEWEST_PAGES and 2 * pages > found.total() else None

    def _head(self, page: Page) -> list[tuple[int, int, str]]:
        """The first lines of a page that are not blank, with where each begins and ends."""
        lines: list[tuple[int, int, str]] = []
        start = page.start
        while len(lines) < HEAD_LINES and start < page.end:
            end = self._reading.text.find("\n", start, page.end)
            end = page.end if end < 0 else end
            if line := self._reading.text[start:end].strip():
                lines.append((start, end, line))
            start = end + 1
        return lines


def _plain(text: str) -> str:
    """A line without the years behind its unit: "Mio. kr. 2024 2023"."""
    return _YEARS.sub("", text).strip().casefold()
