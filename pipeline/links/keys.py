"""The keys of one document: what its parts are filed under, and what its references point to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.model import AnyPart, Committee, Date, Document, Proposal, Reference
from corpus.store.entries import LinkKeys, Pointer
from pipeline.language import Prose, prose_of
from pipeline.links.normal import body_key, case_key, item_key, proposal_key
from pipeline.links.papers import papers
from pipeline.links.words import words

_YEAR = re.compile(r"(?:19|20)\d\d")


def link_keys(document: Document) -> LinkKeys:
    """The papers of a document and its pointers. They depend on nothing but the document."""
    return LinkKeys(papers=papers(document), pointers=list(_pointers(document)))


def _pointers(document: Document) -> list[Pointer]:
    near = _Near(document)
    found = []
    for ordinal, record in enumerate(document.records):
        if isinstance(record, Reference) and record.kind != "law" and not is_national(record):
            pointer = _pointer(record, ordinal, near)
            if pointer is not None:
                found.append(pointer)
    return found


def _pointer(record: Reference, ordinal: int, near: _Near) -> Pointer | None:
    kind: str = record.kind
    year, day, body, key = None, None, None, None
    if kind == "case":
        key = case_key(record.value)
    elif kind == "proposal":
        key, year = proposal_key(record.value), near.year(record)
    elif kind == "budget":
        printed = _YEAR.search(record.value)
        kind, key = _of_budget(record.text), printed and printed.group()
    else:
        body, day = near.meeting(record)
        key = item_key(record.value, day or body)
    if key is None:
        return None
    return Pointer(
        ordinal=ordinal,
        part=record.part,
        start=record.start,
        kind=kind,
        key=key,
        title=record.title,
        year=year,
        body_key=body,
        day=day,
    )


def is_national(record: Reference) -> bool:
    """Whether a budget is the state's, or an agreement of the state with all municipalities."""
    low = " ".join(record.text.casefold().split())
    return record.kind == "budget" and any(word in low for word in words("national"))


def _of_budget(text: str) -> str:
    """What is named: a budget's agreement, its catalogue, or the budget as such."""
    low = " ".join(text.casefold().split())
    if any(word in low for word in words("agreement")):
        return "agreement"
    return "catalogue" if any(word in low for word in words("catalogue")) else "budget"


class _Near:
    """What else the sentence of a reference names."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._prose: dict[int, Prose] = {}
        self._parts: dict[int, AnyPart] = {part.index: part for part in document.parts}
        self._records: dict[int, list[Reference | Date | Committee]] = defaultdict(list)
        for record in document.records:
            if isinstance(record, Reference | Date | Committee):
                self._records[record.part].append(record)

    def year(self, record: Reference) -> int | None:
        """The budget year that is named with a proposal, else that of the proposal in which it is named."""
        for other in self._beside(record):
            if isinstance(other, Reference) and other.kind == "budget" and (year := _YEAR.search(other.value)):
                return int(year.group())
        part = self._parts.get(record.part)
        return min(part.budget_years) if isinstance(part, Proposal) and part.budget_years else None

    def meeting(self, record: Reference) -> tuple[str | None, str | None]:
        """Body and day of the meeting that is named with an agenda item; of a meeting's own papers, that meeting.

        In a paper of a meeting another day, or another body, is of another meeting.
        """
        beside = self._beside(record)
        days = [other.first.isoformat() for other in beside if isinstance(other, Date) and other.precision == "day"]
        bodies = [key for other in beside if isinstance(other, Committee) and (key := body_key(other.name))]
        day, body = next(iter(days), None), next(iter(bodies), None)
        if self._document.kind in ("minutes", "agenda") and day in (None, self._document.date):
            own = next(
                (key for part in self._document.parts if (key := body_key(getattr(part, "committee", None)))), None
            )
            if body in (None, own):
                return own, self._document.date
        return body, day

    def _beside(self, record: Reference) -> Sequence[Reference | Date | Committee]:
        """The records of the same sentence, the nearest first."""
        part = self._parts.get(record.part)
        if part is None:
            return []
        prose = self._prose.get(record.part) or self._prose.setdefault(record.part, prose_of(part.text))
        start, end = prose.sentence_at(record.start, record.end)
        inside = [
            other
            for other in self._records[record.part]
            if other is not record and start <= other.start and other.end <= end
        ]
        return sorted(inside, key=lambda other: max(other.start - record.end, record.start - other.end))
