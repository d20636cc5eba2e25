"""Records that were read across the cells of a table, whose text runs line by line over cells of several lines.

"til 41,7" in one cell and "kr." in the next are no amount where the first goes on below with "mio. kr.". Such a record
is refused. Cells of one line each are read as they stand: "Drift | 41,7 | mio. kr.".
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from corpus.model import Amount, Date, Decision, Fte, Problem, Quantity, Record
from corpus.problems import Code, problem
from corpus.reading import Page, Reading
from pipeline.besides import Gutter, Span, gutters
from pipeline.facts.resolutions.tabled import SAYS, has_verb

MOST_QUOTED = 4
QUOTED = 100
_SAID = "Read over the edge of a cell of several lines, beside another one on page"
_CODES: dict[type[Record], Code] = {
    Amount: Code.NUMBER_REFUSED,
    Fte: Code.NUMBER_REFUSED,
    Date: Code.DATE_REFUSED,
    Decision: Code.DECISION_UNREAD,
}
_YEARS: dict[str, object] = {"year": None, "years": [], "open_end": False}
_FIELDS: dict[str, dict[str, object]] = {
    **dict.fromkeys(_YEARS, _YEARS),
    **{field: {field: None} for field in ("per", "price_level", "role", "bound")},
    "approximate": {"approximate": False},
}
"""What a figure loses whose field was read from another cell: it is right without."""


class Across:
    """Knows where cells of several lines stand side by side on the pages of a reading; a page is asked once."""

    def __init__(self, reading: Reading) -> None:
        self._pages = [page for page in reading.pages if page.has_words]
        self._starts = [page.start for page in self._pages]
        self._text = reading.text
        self._known: dict[int, list[Gutter]] = {}
        self._unread: dict[Span, tuple[str, int]] = {}
        self._decided: list[Span] = []

    def without(self, facts: list[Record], shift: int) -> tuple[list[Record], list[Problem]]:
        """The facts of a part that begins at ``shift`` without what was read across cells, and what is said of it."""
        if not self._pages:
            return facts, []
        kept: list[Record] = []
        gone: set[tuple[str, int]] = set()
        told: dict[tuple[Code, int], list[str]] = defaultdict(list)
        for fact in map(self._clipped, facts):
            page = self._page_across(shift + fact.start, shift + fact.end)
            lost = {} if page is not None else self._lost(fact, shift)
            if page is None:
                kept.append(msgspec.structs.replace(fact, **_without(fact, lost)) if lost else fact)
            else:
                gone.add((_tag(fact), fact.start))
            if page is not None or lost:
                at = page if page is not None else min(lost.values())
                told[_CODES.get(type(fact), Code.TABLE_REFUSED), at].append(_quoted(fact, lost))
        notes = [_told(code, page, found) for (code, page), found in told.items()]
        kept = [_unlinked(fact, gone) for fact in kept] if gone else kept
        return kept, notes + self._untold(kept, shift)

    def verdicts(self, start: int, end: int) -> list[Span]:
        """The cells of one line below "Beslutning" in ``text[start:end]``, counted from its start.

        Those of several lines are told where no decision of them is given.
        """
        self._unread = {}
        found = set()
        for page, cell in self._cells(start, end):
            said = " ".join(self._text[first:last] for first, last in cell)
            if start <= cell[0][0] < end and has_verb(said):
                if len(cell) == 1:
                    found.add((cell[0][0] - start, cell[0][1] - start))
                else:
                    self._unread[cell[0][0], cell[-1][1]] = said, page.number
        self._decided = sorted(found)
        return self._decided

    def _cells(self, start: int, end: int) -> Iterator[tuple[Page, list[Span]]]:
        """The cells below "Beslutning" on the pages of a stretch."""
        for page in self._pages:
            if page.start < end and start < page.end and self._may_decide(page):
                for gutter in self._gutters(page):
                    yield from ((page, cell) for cell in gutter.cells_below(SAYS))

    def _may_decide(self, page: Page) -> bool:
        return not SAYS.isdisjoint(self._text[page.start : page.end].lower().split())

    def _clipped(self, fact: Record) -> Record:
        """A decision that begins in a cell below "Beslutning", without what stands behind this cell."""
        if not isinstance(fact, Decision):
            return fact
        end = next((last for first, last in self._decided if first <= fact.start < last), fact.end)
        if fact.end <= end:
            return fact
        text = fact.text[: end - fact.start]
        condition = fact.condition if fact.condition and fact.condition in text else None
        links = [link for link in fact.links if link.end <= end]
        return msgspec.structs.replace(fact, end=end, text=text, condition=condition, links=links)

    def _lost(self, fact: Record, shift: int) -> dict[str, int]:
        """The fields that a figure has from another cell, with the page."""
        found = {}
        for each in fact.evidence if isinstance(fact, Quantity) else ():
            if each.start is not None and each.end is not None and each.field in _FIELDS:
                page = self._page_across(shift + min(each.start, fact.start), shift + max(each.end, fact.end))
                if page is not None:
                    found[each.field] = page
        return found

    def _page_across(self, start: int, end: int) -> int | None:
        """The number of the page on which words of a stretch stand on both sides of a gutter, None if none."""
        for page in self._pages[max(bisect_right(self._starts, start) - 1, 0) :]:
            if page.start >= end:
                break
            if " " not in self._text[start:end] and "\n" not in self._text[start:end]:
                break
            if any(gutter.is_crossed(start, end) for gutter in self._gutters(page)):
                return page.number
        return None

    def _gutters(self, page: Page) -> list[Gutter]:
        found = self._known.get(page.number)
        if found is None:
            found = self._known[page.number] = gutters(page, self._text)
        return found

    def _untold(self, kept: Sequence[Record], shift: int) -> list[Problem]:
        """What cells of several lines below "Beslutning" say of which no decision is given."""
        decided = [(shift + each.start, shift + each.end) for each in kept if isinstance(each, Decision)]
        return [
            problem(
                Code.DECISION_UNREAD, f'Under "Beslutning", in a cell of several lines: "{said[:QUOTED]}"', page=page
            )
            for (start, end), (said, page) in self._unread.items()
            if not any(first < end and start < last for first, last in decided)
        ]


def _tag(fact: Record) -> str:
    return str(fact.__struct_config__.tag)


def _without(fact: Record, lost: Iterable[str]) -> dict[str, object]:
    """What changes of a figure that loses fields, and the evidence of these."""
    fields = {field: default for field in lost for field, default in _FIELDS[field].items()}
    evidence = [each for each in fact.evidence if each.field not in fields] if isinstance(fact, Quantity) else []
    return {**{field: value for field, value in fields.items() if hasattr(fact, field)}, "evidence": evidence}


def _unlinked(fact: Record, gone: set[tuple[str, int]]) -> Record:
    """A decision without links to records that are refused."""
    if not isinstance(fact, Decision) or not any((link.type, link.start) in gone for link in fact.links):
        return fact
    return msgspec.structs.replace(fact, links=[link for link in fact.links if (link.type, link.start) not in gone])


def _quoted(fact: Record, lost: Iterable[str]) -> str:
    words = f'"{" ".join(fact.text.split())}"'
    return f"{' and '.join(sorted(lost))} of {words}" if lost else words


def _told(code: Code, page: int, found: Sequence[str]) -> Problem:
    more = f", and {len(found) - MOST_QUOTED} more" if len(found) > MOST_QUOTED else ""
    return problem(code, f"{_SAID} {page}, and not given: {', '.join(found[:MOST_QUOTED])}{more}", page=page)
