"""Numbers of money in front of staff: of "kr. 36.000 og 6 årsværk" only the six are årsværk."""

from __future__ import annotations

import functools
import re

from pipeline.facts.money.phrase import Item
from pipeline.facts.units import GAP
from pipeline.lexicon import rows

_REACH = 40
_COMMA = re.compile(r"(?:,-)?[,;]\s{1,3}")
_DASH = re.compile(r",[-–—]$|(?<=\d)(?=,[-–—])")
_UNNAMED = re.compile(r"(?<![\w.,/-])(?P<sum>\d{1,3}(?:\.\d{3}){1,3})\s{1,3}(?:og|samt)\s{1,3}$")
_NO_STAFF = 10_000
_APART = 1_000  # times: "300.000 og 2 årsværk" names a sum whose currency is left out


@functools.cache
def _currency() -> re.Pattern[str]:
    """A currency that stands in front of its number, with what may stand between: "kr. ca. "."""
    forms = [
        (re.escape(row["form"]) if row["case"] == "yes" else f"(?i:{re.escape(row['form'])})")
        + (r"\.?" if row["dot"] == "yes" else "")
        for row in rows("currencies")
        if row["before"] == "yes"
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)}):?{GAP}(?:(?i:ca\.?|cirka|knap|godt|omkring|op\stil)\s{{1,2}})?$")


def without_money(text: str, items: list[Item], floor: int) -> list[Item]:
    """The items behind the last one that is a sum, and behind those that a comma ties to it."""
    kept = items
    for at, item in enumerate(items[:-1]):
        if _is_sum(text, item, items[-1], floor):
            last = at
            while last + 2 < len(items) and _COMMA.fullmatch(text, items[last].end, items[last + 1].start):
                last += 1
            kept = items[last + 1 :]
    first = kept[0]
    if first.split and first.high is not None and _has_currency(text, first.start, floor):
        return [Item(first.split[1], first.end, first.high), *kept[1:]]  # "kr. 300.000 til 2 årsværk"
    return kept


def sum_without_currency(text: str, start: int, floor: int) -> str | None:
    """The sum in front of the staff at ``start`` whose currency is left out, as printed: it is of no record."""
    match = _UNNAMED.search(text, max(floor, start - _REACH), start)
    if match is None or _has_currency(text, match.start(), floor):
        return None
    return match["sum"] if int(match["sum"].replace(".", "")) >= _NO_STAFF else None


def _is_sum(text: str, item: Item, last: Item, floor: int) -> bool:
    if _has_currency(text, item.start, floor) or _DASH.search(text, item.start, item.end + 2):
        return True
    return not item.refused and item.low >= _NO_STAFF and item.low > last.low * _APART


def _has_currency(text: str, start: int, floor: int) -> bool:
    return _currency().search(text, max(floor, start - _REACH), start) is not None
