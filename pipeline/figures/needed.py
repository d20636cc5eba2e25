"""Which documents must be read for the checks of some parts: their own, and those that their figures stand in, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from corpus.identity import ID_LENGTH, document_id
from corpus.model import Reference
from corpus.store.links import waits_for_links
from corpus.store.schema import link_numbers, records
from corpus.store.schema import parts as stored_parts
from pipeline.figures.papers import PartIds
from pipeline.figures.repeats import names_of
from pipeline.links.find import Resolved

Documents = frozenset[str]
"""Short document ids."""


def documents_needed(connection: sa.Connection, parts: PartIds) -> Documents | None:
    """The documents of ``parts``, those with a proposal of the same name, and the proposals that a message names.

    Names are followed from proposal to proposal, so that whatever is read is grouped as if all were read. None: some
    documents were read by a version that kept no numbers, and every one is to be looked at.
    """
    if waits_for_links(connection):
        return None
    own = {document for document, _ in parts}
    named = {id.partition(".")[0] for id in _named_in_messages(connection, parts)}
    return frozenset(own | named | _of_the_same_names(connection, own | named))


def _of_the_same_names(connection: sa.Connection, documents: set[str]) -> set[str]:
    holders: dict[object, set[str]] = defaultdict(set)
    names: dict[str, set[object]] = defaultdict(set)
    for sha256, keys in _proposals(connection):
        names[document_id(sha256)].update(keys)
        for key in keys:
            holders[key].add(document_id(sha256))
    found, waiting = set(documents), list(documents)
    while waiting:
        for key in names[waiting.pop()]:
            new = holders.pop(key, set()) - found
            found |= new
            waiting += new
    return found


def _proposals(connection: sa.Connection) -> Iterator[tuple[str, list[object]]]:
    """Each proposal of the store, by its content, with what it is looked up by."""
    filed = sa.and_(
        link_numbers.c.sha256 == stored_parts.c.sha256,
        link_numbers.c.part == stored_parts.c.part,
        link_numbers.c.kind == "proposal",
    )
    rows = connection.execute(
        sa.select(stored_parts.c.sha256, stored_parts.c.title, link_numbers.c.text)
        .join_from(stored_parts, link_numbers, filed, isouter=True)
        .where(stored_parts.c.kind == "proposal")
    )
    for row in rows:
        yield row.sha256, names_of(row.title, row.text)


def _named_in_messages(connection: sa.Connection, parts: PartIds) -> set[str]:
    """The ids of the papers that the messages among the parts refer to."""
    links = Resolved(connection)
    ids: set[str] = set()
    rows = connection.execute(
        sa.select(records.c.sha256, records.c.part, records.c.payload)
        .join(stored_parts, sa.and_(stored_parts.c.sha256 == records.c.sha256, stored_parts.c.part == records.c.part))
        .where(records.c.type == "reference", stored_parts.c.kind == "message")
    )
    for row in rows:
        if (row.sha256[:ID_LENGTH], row.part) in parts:
            ids.update(links.of(row.sha256, msgspec.json.decode(row.payload, type=Reference))[0] or [])
    return ids
