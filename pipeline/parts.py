"""From a reading to its parts: messages, proposals, agenda items, else headed stretches or pages.

The parts, joined in order, are the text of the reading: nothing is lost and nothing is in two of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from corpus.model import AnyPart, Body, Problem
from corpus.reading import Page, Reading
from pipeline.headings import sections
from pipeline.mail.coloured import coloured_answers
from pipeline.mail.threads import split_thread
from pipeline.meetings import split_meeting
from pipeline.paging import page_breaks, page_range
from pipeline.proposals.finder import split_proposals

LONG = 12_000
"""A stretch of more characters than this (some four printed pages) is cut at its headings, else by page."""
SHORTEST_SECTION = 200
MOST_PIECES = 400


def split(reading: Reading) -> tuple[list[AnyPart], list[Problem]]:
    """The parts of a reading and what could not be told apart. An empty text has no parts."""
    if not reading.text:
        return [], []
    parts: Sequence[AnyPart] | None = split_thread(reading)
    if not parts:
        parts = split_proposals(reading) or split_meeting(reading) or [Body(index=0, title=None, text=reading.text)]
    found = _numbered(reading, parts)
    return found, coloured_answers(found)


def _numbered(reading: Reading, parts: Sequence[AnyPart]) -> list[AnyPart]:
    """The parts in order, with index and pages; long stretches of plain body are cut."""
    found: list[AnyPart] = []
    position = 0
    for part in parts:
        end = position + len(part.text)
        pieces: Sequence[AnyPart] = cut_body(reading, part.title, position, end) if isinstance(part, Body) else [part]
        for piece in pieces:
            after = position + len(piece.text)
            first, last = page_range(reading, position, after)
            breaks = page_breaks(reading, position, after)
            pages = {"page_first": first, "page_last": last, "page_breaks": breaks}
            found.append(msgspec.structs.replace(piece, index=len(found), **pages))
            position = after
    return found


def cut_body(reading: Reading, title: str | None, start: int, end: int) -> list[Body]:
    """``text[start:end]`` whole if it is short, else cut at its headings, else by page."""
    if end - start > LONG:
        cuts = _headed(reading, start, end) or _paged(reading.pages, start, end)
        if cuts:
            first = [(start, title)] if cuts[0][0] > start else []
            return _bodies(reading.text, [*first, *cuts], end)
    return _bodies(reading.text, [(start, title)], end)


def _headed(reading: Reading, start: int, end: int) -> list[tuple[int, str | None]]:
    """Where headed stretches begin, those too short to stand alone going with the one before."""
    cuts: list[tuple[int, str | None]] = []
    for section in sections(reading.text, start, end):
        if cuts and section.start - cuts[-1][0] < SHORTEST_SECTION:
            continue
        cuts.append((reading.text.rfind("\n", start, section.start) + 1 or start, section.heading))
    return cuts if 2 <= len(cuts) <= MOST_PIECES else []


def _paged(pages: Sequence[Page], start: int, end: int) -> list[tuple[int, str | None]]:
    cuts = [(max(page.start, start), f"Side {page.number}") for page in pages if page.start < end and start < page.end]
    return list(cuts) if len(cuts) >= 2 else []


def _bodies(text: str, cuts: Sequence[tuple[int, str | None]], end: int) -> list[Body]:
    stops = [*(start for start, _ in cuts[1:]), end]
    return [Body(index=0, title=title, text=text[start:stop]) for (start, title), stop in zip(cuts, stops, strict=True)]
