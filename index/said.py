"""What the records of a part say together, gathered in one pass: those of a long paper are made anew for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from corpus.cpr import mask_digits
from corpus.model import Amount, AnyRecord, Committee, Date, Decision, Fte, Reference
from index.engines.base import INT_MAX
from index.records import packed
from index.standing import MOST, Kind, Standing
from index.stored import bare_code, code
from index.text import NAMES_REMEMBERED, keyword

ORE = 100
THOUSANDTHS = 1000
LONGEST_YEARS = 20
BODY, BODY_NAMED = "udvalg", "udvalget"
YEARLY = frozenset({"year", "years", "school-year"})


class Said:
    """``keywords`` and ``numbers`` are by field of the index; ``years`` are those that are printed, without the later
    ones of "fra 2024 og frem". ``bodies`` decide or are named, ``deciding`` and ``standing`` are some of them; a body
    without a name is None. ``stands``: where figures and decisions are, the first :data:`MOST` of them.
    """

    def __init__(self, records: Iterable[AnyRecord]) -> None:
        self.types: set[type[AnyRecord]] = set()
        self.keywords: dict[str, set[str]] = {
            "committee": set(), "role": set(), "status": set(), "reference": set(), "number": set(),
        }  # fmt: skip
        self.numbers: dict[str, set[int]] = {
            "amount": set(), "fte": set(), "year": set(), "amount_record": set(), "fte_record": set(),
        }  # fmt: skip
        self.years: set[int] = set()
        self.bodies: dict[str | None, None] = {}
        self.named: set[str | None] = set()
        self.standing: set[str | None] = set()
        self.deciding: set[str | None] = set()
        self.stands: list[Standing] = []
        for record in records:
            kind = type(record)
            self.types.add(kind)
            if (take := _TAKEN.get(kind)) is not None:
                take(self, record)
        self.numbers["year"] |= self.years

    @property
    def tags(self) -> list[str]:
        """The types of the records, as they are printed."""
        return [tag(kind) for kind in self.types]

    def _committee(self, record: Committee) -> None:
        self.keywords["committee"].update(committee_names(record.name))
        if record.abbreviation:
            self.keywords["committee"].add(masked_keyword(record.abbreviation))
        self.bodies[record.name] = None
        self.named.add(record.name)
        if record.level == "committee":
            self.standing.add(record.name)

    def _decision(self, record: Decision) -> None:
        self.keywords["status"].add(record.status)
        self.keywords["committee"].update(committee_names(record.body))
        self.bodies[record.body] = None
        if record.status != "recommended":
            self.deciding.add(record.body)
        if record.budget_year:
            self.years.add(record.budget_year)
        first = "".join(record.text.split(maxsplit=1)[:1])
        self._stand(Standing(record.start, record.start + len(first), "decision", record.status))

    def _reference(self, record: Reference) -> None:
        found = codes(record.value)
        self.keywords["reference"].update(found)
        if record.kind == "case":
            self.keywords["number"].update(found)

    def _date(self, record: Date) -> None:
        if record.precision in YEARLY:
            last = record.to.year if record.to else record.first.year
            self.years.update(range(record.first.year, min(last, record.first.year + LONGEST_YEARS) + 1))

    def _amount(self, record: Amount) -> None:
        if record.role:
            self.keywords["role"].add(record.role)
        self._quantity(record, "amount" if record.currency == "DKK" else None, record.role, ORE)

    def _fte(self, record: Fte) -> None:
        self._quantity(record, "fte" if record.unit == "fte" else None, None, THOUSANDTHS)

    def _quantity(self, record: Amount | Fte, kind: Kind | None, role: str | None, factor: int) -> None:
        """A figure; it counts with its value in kroner or in positions in full years, for others do not compare. A
        range counts by both of its ends, and "fra 2024 og frem" holds in the years that follow as well."""
        years = [record.year] if record.year else record.years
        self.years.update(years)
        if record.open_end and years:
            later = range(max(years) + 1, max(years) + LONGEST_YEARS + 1)
            self.numbers["year"].update(later)
            years = [*years, *later]
        if kind is not None:
            values = _scaled(record, factor)
            self.numbers[kind].update(values)
            self.numbers[f"{kind}_record"].update(packed(values, role, years))
            self._stand(Standing(record.start, record.end, kind, role, values, years))

    def _stand(self, one: Standing) -> None:
        if len(self.stands) < MOST:
            self.stands.append(one)


_TAKEN: dict[type[AnyRecord], Callable[[Said, Any], None]] = {
    Committee: Said._committee,
    Decision: Said._decision,
    Reference: Said._reference,
    Date: Said._date,
    Amount: Said._amount,
    Fte: Said._fte,
}


def _scaled(record: Amount | Fte, factor: int) -> list[int]:
    """The value, or both ends, in whole parts; none that is too large for the index."""
    if record.value is not None:
        value = _whole(record.value, factor)
        return [value] if abs(value) <= INT_MAX else []
    ends = {_whole(end, factor) for end in (record.low, record.high) if end is not None}
    return sorted(end for end in ends if abs(end) <= INT_MAX)


def _whole(value: Decimal, factor: int) -> int:
    return int((value * factor).to_integral_value())


@cache
def tag(kind: type[AnyRecord]) -> str:
    """A type of records as it is printed."""
    return str(kind.__struct_config__.tag)


def codes(number: str) -> tuple[str, str]:
    """A number without the zeros after its letters, by which it is found, and with them, for what begins so."""
    return bare_code(number), code(number)


@lru_cache(maxsize=NAMES_REMEMBERED)
def masked_keyword(name: str) -> str:
    """A name as it is compared, without digits that name somebody."""
    return keyword(mask_digits(name))


def body_name(name: str) -> str:
    """A body's name as it is shown, with its article: "Teknik- og Miljøudvalg" is "Teknik- og Miljøudvalget"."""
    return f"{name}et" if name.endswith(BODY) else name


@lru_cache(maxsize=NAMES_REMEMBERED)
def committee_names(name: str | None) -> tuple[str, ...]:
    """The name with its article and without: either finds "Teknik- og Miljøudvalget", however it is printed."""
    if not name:
        return ()
    if name.endswith(BODY_NAMED):
        return keyword(name), keyword(name.removesuffix("et"))
    return (keyword(name), keyword(body_name(name))) if name.endswith(BODY) else (keyword(name),)
