"""What two versions of a paper may differ in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from corpus.model import AnyPart, Document, Table

Change = Literal["changed", "added", "removed", "renamed", "incomparable"]


@dataclass(frozen=True, eq=False)
class Inside:
    """What lies inside a paper: its name there, the id of its content, and how it is loaded."""

    name: str
    id: str
    load: Callable[[], Side]

    @cached_property
    def side(self) -> Side:
        return self.load()


@dataclass(frozen=True, slots=True)
class Side:
    """A document, or one part of it, that is compared. ``inside`` is empty for a part."""

    document: Document
    parts: list[AnyPart]
    inside: list[Inside] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.document.path

    def tables(self, part: AnyPart) -> list[Table]:
        return [table for table in self.document.tables if table.part == part.index]

    def all_tables(self) -> list[Table]:
        return [table for part in self.parts for table in self.tables(part)]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``before`` and ``after`` are figures in kr. or FTE, or texts; None where there is none.

    ``proposal`` is the number or title of the part; ``difference`` is given only where the two may be subtracted. A
    range is "low..high". ``new_unit`` is given where the second version has another ``unit``. ``quote``: of what stands
    in the text its sentence, of the second version if both have it.
    """

    what: str
    change: Change
    proposal: str = ""
    label: str = ""
    new_label: str = ""
    year: int | None = None
    column: str | None = None
    unit: str | None = None
    new_unit: str | None = None
    before: Decimal | str | None = None
    after: Decimal | str | None = None
    difference: Decimal | None = None
    before_page: int | None = None
    after_page: int | None = None
    before_id: str | None = None
    after_id: str | None = None
    told: str = ""
    quote: str = ""
