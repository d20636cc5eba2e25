"""What a check says: both figures, where they stand, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from corpus.model import Box


class Status(StrEnum):
    """``REMARK``: worth a look, and no fault of the arithmetic."""

    HOLDS = "holds"
    FAILS = "fails"
    REMARK = "remark"


RULES: dict[str, str] = {
    "net": "the net row is the sum of the changes above it",
    "total": "a total is the sum of its rows",
    "years": "the column over all years is the sum of the years",
    "deviation": "a deviation is the difference of two columns of its row",
    "summary = proposal": "a summary repeats the proposal that it lists, in the same document",
    "list = proposal": "a list in another document repeats the proposal that a row names",
    "copy = proposal": "the same proposal in two documents has the same figures",
    "mail = proposal": "a mail that names a proposal gives its figure",
    "kr. per årsværk": "money and årsværk of one proposal are in a relation that a salary explains",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure is printed."""

    sha256: str
    path: str
    page: int | None
    box: Box | None
    label: str
    raw: str
    id: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check. ``found`` is printed at ``spot``; ``expected`` follows from ``others`` (rows, or another place).

    ``tolerance`` is what rounding explains. ``told`` adds what the figures do not say.
    """

    rule: str
    status: Status
    spot: Spot
    found: Decimal
    expected: Decimal
    tolerance: Decimal
    unit: str
    year: int | None = None
    column: str | None = None
    part: int = 0
    document: str | None = None
    others: list[Spot] = field(default_factory=list)
    told: str = ""

    @property
    def difference(self) -> Decimal:
        return self.found - self.expected
