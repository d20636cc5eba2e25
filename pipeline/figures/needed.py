"""Which documents must be read for the checks of some parts: their own, and those that their figures stand in, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from corpus.identity import ID_LENGTH, document_id
from corpus.model import Reference
from corpus.store.links import waits_for_links
from corpus.store.rows import batched
from corpus.store.schema import link_numbers, link_pointers, records
from corpus.store.schema import parts as stored_parts
from pipeline.figures.papers import PartIds
from pipeline.figures.repeats import names_of
from pipeline.links.find import Resolved

Documents = frozenset[str]
"""Short document ids."""


def documents_needed(connection: sa.Connection, parts: PartIds) -> Documents | None:
    """The documents of ``parts``, those with a proposal of the same name, and what names a proposal or is named so.

    Names are followed from proposal to proposal, so that whatever is read is grouped as if all were read. None: some
    documents were read by a version that kept no numbers, and every one is to be looked at.
    """
    if waits_for_links(connection):
        return None
    own = {document for document, _ in parts}
    named = {id.partition(".")[0] for id in _named_in(connection, parts)}
    same = _of_the_same_names(connection, own | named)
    return frozenset(same | _naming(connection, own))


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


def _naming(connection: sa.Connection, documents: set[str]) -> set[str]:
    """The documents that print the number of a proposal in these: lists of proposals are among them."""
    numbers = connection.execute(
        sa.select(link_numbers.c.sha256, link_numbers.c.key).where(link_numbers.c.kind == "proposal")
    )
    keys = {row.key for row in numbers if document_id(row.sha256) in documents}
    found: set[str] = set()
    for some in batched(sorted(keys)):
        pointers = sa.select(link_pointers.c.sha256).where(
            link_pointers.c.kind == "proposal", link_pointers.c.key.in_(some)
        )
        found.update(map(document_id, connection.scalars(pointers.distinct())))
    return found


def _named_in(connection: sa.Connection, parts: PartIds) -> set[str]:
    """The ids of the papers that messages and lists among the parts refer to."""
    links = Resolved(connection)
    ids: set[str] = set()
    rows = connection.execute(
        sa.select(records.c.sha256, records.c.part, records.c.payload).where(records.c.type == "reference")
    )
    for row in rows:
        if (row.sha256[:ID_LENGTH], row.part) in parts:
            ids.update(links.of(row.sha256, msgspec.json.decode(row.payload, type=Reference))[0] or [])
    return ids
