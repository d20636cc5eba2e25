"""What two versions of a paper may differ in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.model import AnyPart, Decision, Document, Table

Change = Literal["changed", "added", "removed", "renamed", "incomparable"]


@dataclass(frozen=True, slots=True)
class Side:
    """A document, or one part of it, that is compared."""

    document: Document
    parts: list[AnyPart]

    @property
    def name(self) -> str:
        return self.document.path

    def tables(self, part: AnyPart) -> list[Table]:
        return [table for table in self.document.tables if table.part == part.index]

    def decisions(self, part: AnyPart) -> list[Decision]:
        return [r for r in self.document.records if isinstance(r, Decision) and r.part == part.index]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``before`` and ``after`` are figures in kr. or FTE, or texts; None where there is none.

    ``proposal`` is the number or title of the part; ``difference`` is given only where the two may be subtracted.
    """

    what: str
    change: Change
    proposal: str = ""
    label: str = ""
    new_label: str = ""
    year: int | None = None
    column: str | None = None
    unit: str | None = None
    before: Decimal | str | None = None
    after: Decimal | str | None = None
    difference: Decimal | None = None
    before_page: int | None = None
    after_page: int | None = None
    before_id: str | None = None
    after_id: str | None = None
    told: str = ""
