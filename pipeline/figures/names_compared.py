"""Two versions of a text: which papers, political bodies, people, and numbers and addresses only one of them names.

How often a name is said tells nothing, nor where: it is told when one version has it and the other has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.identity import record_id
from corpus.model import AnyPart, AnyRecord, Committee, Identifier, Person, Reference
from pipeline.figures.differences import Difference, Side
from pipeline.figures.prose_compared import Called
from pipeline.language import Prose

Named = tuple[str, AnyRecord]
"""A name as it is printed first, and the record of that place."""


def name_differences(
    one: Side, other: Side, parts: Sequence[tuple[AnyPart, AnyPart]], called: Called
) -> Iterator[tuple[AnyPart, Difference]]:
    """What only one of the two names, with the part that it is told of: the second one's where it is in both."""
    mates = {old.index: new for old, new in parts}
    before, after = _names(one), _names(other)
    olds, news = _Places(one), _Places(other)
    for what, (name, record) in _without(before, after):
        told_of = mates.get(record.part, olds.parts[record.part])
        id, quote = record_id(one.document.sha256, record), olds.sentence(record)
        at: dict[str, Any] = {"before": name, "before_page": record.page, "before_id": id}
        yield told_of, Difference(what, "removed", called(told_of), quote=quote, **at)
    for what, (name, record) in _without(after, before):
        part = news.parts[record.part]
        id, quote = record_id(other.document.sha256, record), news.sentence(record)
        at = {"after": name, "after_page": record.page, "after_id": id}
        yield part, Difference(what, "added", called(part), quote=quote, **at)


class _Places:
    """The parts of a side by their index, and their sentences, for which a part is gone through once."""

    def __init__(self, side: Side) -> None:
        self.parts = {part.index: part for part in side.parts}
        self._prose: dict[int, Prose] = {}

    def sentence(self, record: AnyRecord) -> str:
        text = self.parts[record.part].text
        if record.part not in self._prose:
            self._prose[record.part] = Prose(text)
        begin, end = self._prose[record.part].sentence_at(record.start, record.end)
        return " ".join(text[begin:end].split())


def _without(
    some: Mapping[tuple[str, str], Named], others: Mapping[tuple[str, str], Named]
) -> Iterator[tuple[str, Named]]:
    return ((what, named) for (what, key), named in some.items() if (what, key) not in others)


def _names(side: Side) -> dict[tuple[str, str], Named]:
    """What a side names, each where it stands first; large and small letters are one."""
    found: dict[tuple[str, str], Named] = {}
    wanted = {part.index for part in side.parts}
    for record in side.document.records:
        if record.part in wanted and record.source != "table" and (told := _told(record)):
            what, name = told
            printed = " ".join(name.split())
            found.setdefault((what, printed.casefold()), (printed, record))
    return found


def _told(record: AnyRecord) -> tuple[str, str] | None:
    """What a record names and the name; an abbreviation that may stand for several bodies is itself."""
    if isinstance(record, Reference):
        return "reference", f"{record.kind} {record.value}"
    if isinstance(record, Committee):
        return "committee", record.name or record.abbreviation or record.text
    if isinstance(record, Identifier):
        return record.kind, record.value
    return ("person", record.name) if isinstance(record, Person) else None
