"""The years of days, weeks and months in a list, of which often one alone has its year printed.

The year is that of the neighbour: "den 12. april og den 1. juni 2024". The list may pass a turn of the year ("i
december og januar 2024"), and then its earlier months are of the year before; that is plain only where they are few
months apart. A list that goes back by some weeks within one year is of that year. Between the two the year is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from pipeline.facts.calendar.atoms import DEN, WEEKDAY, Atom

_LISTED = re.compile(rf",?\s{{1,2}}(?:(?:og|eller|samt)\s(?:igen\s)?(?:i\s)?)?{WEEKDAY}{DEN}")
_LONGEST_JOINT = 40
_OVER_THE_TURN = 125
"""Days from one item to the next over a turn of the year that nobody spells out: some four months."""
_BACKWARDS = 92
"""Days that a list of one year may go back from one item to the next: a quarter."""


def with_shared_years(text: str, atoms: list[Atom], read_year: Callable[[Atom], int | None]) -> list[Atom]:
    """Gives the items of a list one year: "i oktober og november 2023"; without any, the year of the first item.

    ``read_year`` tells the year of an item beside which none is printed. An item whose year is not told is ``untold``.
    """
    shared = list(atoms)
    for place in range(len(shared) - 2, -1, -1):
        atom, following = shared[place], shared[place + 1]
        known = following.year is not None or following.untold
        if atom.year is None and known and are_listed(text, atom, following):
            shared[place] = _beside(atom, following, following.year, before=True)
    for place in range(1, len(shared)):
        before, atom = shared[place - 1], shared[place]
        if atom.year is None and not atom.untold and are_listed(text, before, atom):
            year = before.year or read_year(before)
            if year or before.untold:
                shared[place] = _beside(atom, before, year, before=False)
    return shared


def are_listed(text: str, one: Atom, other: Atom) -> bool:
    """Whether two neighbours of the same precision are items of one list."""
    return (
        one.precision == other.precision
        and other.start - one.end < _LONGEST_JOINT
        and _LISTED.fullmatch(text, one.end, other.start) is not None
        and not _of_two_lines(text, one, other)
    )


def _of_two_lines(text: str, one: Atom, other: Atom) -> bool:
    """Digits over digits, with and without a year: "1/2" over "12.05.2025" is a page over the day of its print."""
    alone = one.bare and other.bare and text[one.end : other.start].isspace()
    return alone and (one.year is None) != (other.year is None)


def _beside(atom: Atom, neighbour: Atom, year: int | None, *, before: bool) -> Atom:
    """The atom with its year, told by that of its neighbour in the list; ``before``: it stands before that one."""
    own, other = (atom.days(year), neighbour.days(year)) if year else (None, None)
    sure = atom.sure or before
    if year is None:
        return replace(atom, untold=True, sure=sure)
    if own is None or other is None:
        return replace(atom, year=year, sure=sure)
    back = (own[0] - other[0]).days if before else (other[0] - own[0]).days
    if back <= 0:
        return replace(atom, year=year, sure=sure)
    if 365 - back <= _OVER_THE_TURN:
        return replace(atom, year=year - 1 if before else year + 1, sure=sure)
    return replace(atom, year=year, sure=sure) if back <= _BACKWARDS else replace(atom, untold=True, sure=sure)
