"""A dash that begins a line: nearly always the mark of a list, seldom that of a range which the line end has cut.

"- Bøger: 12", line end, "- 15 mio. kr. til stier" are two items. In prose, where no line around it is an item of a
list, "10", line end, "- 12 mio. kr." may be a range.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.numbers import NUMERAL, number_at

if TYPE_CHECKING:
    from pipeline.facts.numbers import Number

_DASHES = frozenset("-–—−")
_REACH = 160
_LOW = re.compile(rf"(?<![\w.,/-])(?P<low>{NUMERAL})[ \t]{{0,4}}\n[> \t]{{0,8}}[-–—−][ \t]{{1,2}}$")
_MARK = re.compile(r"[> \t]*(?:[-–—−•*]|\d{1,2}[.)])[ \t]")
_NEXT_ITEM = re.compile(r"[^\n]{0,200}\n[> \t]*[-–—−][ \t]")


def low_above(text: str, start: int, end: int, floor: int) -> Number | None:
    """The number that ends the line above ``text[start:end]``, which stands behind a dash; None where it is a list."""
    if text[max(0, start - 4) : start].rstrip()[-1:] not in _DASHES:
        return None
    low = _LOW.search(text, max(floor, start - 40), start)
    if low is None:
        return None
    line = text.rfind("\n", max(floor, start - _REACH), low.start()) + 1 or floor
    if _MARK.match(text, line) or _NEXT_ITEM.match(text, end):
        return None
    return number_at(text, low.start("low"))
