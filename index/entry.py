"""A part as an engine gets it: its terms, what it can be filtered by, and what a hit shows."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

import msgspec

from corpus.blocks import Blocks, Gathered
from corpus.cpr import mask_digits
from corpus.identity import part_id
from corpus.model import AgendaItem, AnyPart, AnyRecord, Committee, Document, Message, Proposal
from index import places, standing
from index.engines.base import Entry
from index.properties import Context, Properties, properties
from index.said import Said
from index.stored import Stored, pack
from index.streams import Streamer

LONGEST_FORM = 60
DAY_BITS, LAST_DAY = 17, dt.date(2199, 12, 31).toordinal()
DATED_BITS = 63 - DAY_BITS
DATED_PART_BITS, UNDATED_PART_BITS = 16, 20
IN_TITLE = 4
"""A member of a compound in the title counts as so many in the text."""
RECORDS_AT_ONCE = 1000
"""So many records of a part are objects at a time."""


class Draft(msgspec.Struct, frozen=True):
    """All of an entry but its terms: ``texts`` are what those are of, the part's text, its title and the headings in
    it."""

    texts: list[str]
    properties: Properties
    group: int
    own: int
    tie: int
    stored: bytes


def entries(document: Document, paths: list[str], streamer: Streamer) -> list[Entry]:
    """One entry per part of the document (its children are contents of their own and have entries of their own)."""
    return list(finished(list(drafts(document, paths)), streamer))


def drafts(document: Document, paths: list[str], further: Sequence[str] = ()) -> Iterator[Draft]:
    """Of each part of the document, in order. It is found by the ``further`` paths too, and shown with the others."""
    short = _abbreviations(document.records)
    tables = {table.part for table in document.tables}
    problems = {problem.part for problem in document.problems}
    shown = list(dict.fromkeys(map(mask_digits, paths)))
    lies = sorted(places.names([*shown, *map(mask_digits, further)]))
    for number, (part, records) in enumerate(_by_part(document)):
        said = Said(records)
        stored = _stored(document, part, said, shown)
        has = [name for name, found in (("table", tables), ("problem", problems)) if part.index in found]
        context = Context(document, part, said, lies, has=has, short=short, first=number == 0, date=stored.date)
        yield _draft(context, stored)


def finished(made: Sequence[Draft], streamer: Streamer) -> Iterator[Entry]:
    """The entries of drafts, in order. What is unknown of the words of all of them is looked up at once."""
    streams = streamer.all_of(text for draft in made for text in draft.texts)
    for draft in made:
        text, title, *headings = islice(streams, len(draft.texts))
        found = draft.properties
        # The words of headings inside a part once more, so that they rank above those of the text.
        again = (terms for heading in headings for terms in (heading.body, heading.parts))
        yield Entry(
            texts={"body": text.body, "exact": text.exact, "title": title.body, "title_exact": title.exact},
            parts=" ".join(filter(None, (text.parts, *[title.parts] * IN_TITLE, *again))),
            keywords=found.keywords,
            numbers=found.numbers,
            facets=found.facets,
            sorts=found.sorts,
            group=draft.group,
            own=draft.own,
            tie=draft.tie,
            stored=draft.stored,
        )


def _by_part(document: Document) -> Iterator[tuple[AnyPart, Sequence[AnyRecord]]]:
    """Each part with its records. A long document's are in print order, and no others are held meanwhile."""
    records = document.records
    ordered = records if isinstance(records, Blocks) else sorted(records, key=_part_of)
    groups = groupby(ordered, key=_part_of)
    number, group = next(groups, (None, iter(())))
    for part in document.parts:
        found: Gathered[AnyRecord] = Gathered(AnyRecord, RECORDS_AT_ONCE)
        if number == part.index:
            found.add(group)
            number, group = next(groups, (None, iter(())))
        yield part, found.all()


def _part_of(record: AnyRecord) -> int:
    return record.part


def _abbreviations(records: Iterable[AnyRecord]) -> dict[str, str]:
    """What a document calls its committees for short, by name; none where it gives one name two abbreviations."""
    given: dict[str, set[str]] = {}
    for record in records:
        if isinstance(record, Committee) and record.abbreviation and record.name:
            given.setdefault(record.name, set()).add(record.abbreviation)
    return {name: next(iter(short)) for name, short in given.items() if len(short) == 1}


def _draft(context: Context, stored: Stored) -> Draft:
    part = context.part
    headings = [section.heading for section in part.sections] if isinstance(part, Proposal) else []
    found = properties(context)
    return Draft(
        texts=[stored.text, stored.title or "", *headings],
        properties=found,
        group=_group(context.document.sha256, part),
        own=_number(part.message_id) if isinstance(part, Message) and part.message_id else 0,
        tie=_tie(found.sorts.get("sort_date"), context.document.sha256, part.index),
        stored=pack(stored),
    )


def _stored(document: Document, part: AnyPart, said: Said, paths: list[str]) -> Stored:
    title = part.title or document.title
    sent = part.sent if isinstance(part, Message) else None
    return Stored(
        id=part_id(document.sha256, part.index),
        paths=paths,
        part=part.index,
        kind=document.kind,
        part_kind=str(part.__struct_config__.tag),
        title=mask_digits(title) if title else None,
        date=sent or document.date,
        committee=_committee(part, said),
        municipality=document.municipality,
        page=part.page_first,
        page_breaks=_page_breaks(part),
        body_start=part.body_start,
        quoted=isinstance(part, Message) and part.quoted,
        fingerprint=part.fingerprint if isinstance(part, Message) else None,
        message_id=mask_digits(part.message_id) if isinstance(part, Message) and part.message_id else None,
        text=mask_digits(part.text),
        stands=standing.packed(said.stands),
    )


def _page_breaks(part: AnyPart) -> list[int] | None:
    """None where an older Akt has not said where the pages of the part begin."""
    first, last = part.page_first, part.page_last
    known = first is None or last is None or len(part.page_breaks) == last - first
    return part.page_breaks if known else None


def _committee(part: AnyPart, said: Said) -> str | None:
    """The body a part is filed under: the proposal's or meeting's own, else the one that decides, else the one named.

    None where several come into question, as with an abbreviation of two meanings: a wrong name beside a decision is
    worse than none.
    """
    if isinstance(part, Proposal | AgendaItem) and part.committee:
        return part.committee
    for choice in (said.deciding - {None}, said.standing, said.named):
        if choice:
            return next(iter(choice)) if len(choice) == 1 else None
    return None


def _group(sha256: str, part: AnyPart) -> int:
    """64 bits, the same for all copies of a message; a part of any other kind is alone in its group."""
    return _number(f"message {part.fingerprint}" if isinstance(part, Message) else f"{sha256}.{part.index}")


def _number(name: str) -> int:
    """64 bits of a name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])


def _tie(day: int | None, sha256: str, part: int) -> int:
    """64 bits: the latest day first, what has none last; documents by their hash, a document's parts in their order.

    The days of 1841 to 2199 are told apart; the bits that they leave are shared by hash and part.
    """
    if day is None:
        return 1 << 63 | _packed(sha256, part, 63, UNDATED_PART_BITS)
    before_last = min(max(LAST_DAY - day, 0), (1 << DAY_BITS) - 1)
    return before_last << DATED_BITS | _packed(sha256, part, DATED_BITS, DATED_PART_BITS)


def _packed(sha256: str, part: int, bits: int, part_bits: int) -> int:
    document = int(sha256[:16], 16) >> (64 - bits + part_bits)
    return document << part_bits | min(part, (1 << part_bits) - 1)
