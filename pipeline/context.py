"""What a finder of facts may know beside the text in front of it."""

from __future__ import annotations

import datetime as dt

import msgspec

from corpus.model import Committee, Record, Source

Span = tuple[int, int]
Dated = tuple[int, int, dt.date | None]
"""A stretch of text and the day on which it was written, None where that is not known."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The surroundings of one part.

    ``reference_date``: what short dates ("d. 3/5", "uge 51") are read against: the message's or the document's date.
    ``written``: the day on which the text was written, for "i går": that of the message or of the letter; None where it
    is not known (the day of minutes is that of the meeting).
    ``quoted``: what of the text somebody else wrote before, in order, and when.
    ``taken``: spans that earlier finders have claimed (phone numbers, dates, table zones); no figure is read in them.
    ``found``: the records of the finders before this one, by kind in the order of ``pipeline/extract.py``.
    ``show_identifiers``: leave CPR numbers unmasked.
    ``known_bodies``: the political bodies that the document names anywhere, with the abbreviations that it explains.
    ``meeting_body``, ``meeting_date``: in minutes, who decides where nobody is named, and when (ISO day).
    ``in_minutes``: whether the document tells of a meeting that was held.
    ``verdict_cells``: in minutes that are a table on a page, what stands in the column "Beslutning", row by row.
    ``in_mail``: whether the text is a message, whose writer cites what was decided and talks on.
    ``in_agreement``: whether the document is the paper of a budget agreement itself, whose own words decide.
    ``agreed_on``: the ISO day on which the paper of a budget agreement says that it was made.
    ``known_people``: the names that other parts of the document have introduced.
    ``named``: where the trained model ``model`` ("da_core_news_lg 3.8.0") saw a person in the text.
    """

    reference_date: dt.date | None = None
    written: dt.date | None = None
    quoted: tuple[Dated, ...] = ()
    municipality: str | None = None
    source: Source = "text"
    taken: tuple[Span, ...] = ()
    show_identifiers: bool = False
    found: tuple[Record, ...] = ()
    known_bodies: tuple[Committee, ...] = ()
    meeting_body: str | None = None
    meeting_date: str | None = None
    in_minutes: bool = False
    verdict_cells: tuple[Span, ...] = ()
    in_mail: bool = False
    in_agreement: bool = False
    agreed_on: str | None = None
    known_people: tuple[str, ...] = ()
    named: tuple[Span, ...] = ()
    model: str | None = None

    def written_at(self, position: int) -> dt.date | None:
        """The day on which the text at ``position`` was written."""
        return next((day for start, end, day in self.quoted if start <= position < end), self.written)
