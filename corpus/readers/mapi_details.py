"""What Outlook's other items say in fields of their own (meetings, tasks, contacts), as lines above the body."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Protocol

Name = tuple[uuid.UUID, int | str]


def _property_set(number: int) -> uuid.UUID:
    """One of Outlook's property sets, [MS-OXPROPS] 1.3.2."""
    return uuid.UUID(f"{number:08x}-0000-0000-c000-000000000046")


APPOINTMENT, TASK, CONTACT = _property_set(0x00062002), _property_set(0x00062003), _property_set(0x00062004)

_MEETING: list[tuple[str, list[Name | int]]] = [
    ("Start", [(APPOINTMENT, 0x820D), 0x0060]),
    ("End", [(APPOINTMENT, 0x820E), 0x0061]),
    ("Location", [(APPOINTMENT, 0x8208)]),
]
_FIELDS: dict[str, list[tuple[str, list[Name | int]]]] = {
    "IPM.APPOINTMENT": _MEETING,
    "IPM.SCHEDULE.MEETING": _MEETING,
    "IPM.TASK": [
        ("Start", [(TASK, 0x8104)]),
        ("Due", [(TASK, 0x8105)]),
        ("Completed", [(TASK, 0x810F)]),
        ("Owner", [(TASK, 0x811F)]),
    ],
    "IPM.CONTACT": [
        ("Name", [0x3001]),
        ("Title", [0x3A17]),
        ("Department", [0x3A18]),
        ("Company", [0x3A16]),
        ("E-mail", [(CONTACT, 0x8083)]),
        ("E-mail 2", [(CONTACT, 0x8093)]),
        ("E-mail 3", [(CONTACT, 0x80A3)]),
        ("Business phone", [0x3A08]),
        ("Mobile phone", [0x3A1C]),
        ("Home phone", [0x3A09]),
        ("Business address", [(CONTACT, 0x801B)]),
    ],
}


class _Values(Protocol):
    def named(self, name: Name) -> int: ...

    def text(self, number: int) -> str | None: ...

    def moment(self, number: int) -> dt.datetime | None: ...


def details_of(properties: _Values) -> list[tuple[str, str]]:
    """Label and value of each field that this class of item shows a person; none for a mail. Times are UTC, as kept."""
    kind = (properties.text(0x001A) or "").upper()
    fields = next((fields for known, fields in _FIELDS.items() if kind.startswith(known)), [])
    found = []
    for label, places in fields:
        value = next(_values(properties, places), None)
        if value:
            found.append((label, value))
    return found


def _values(properties: _Values, places: list[Name | int]) -> Iterator[str]:
    for place in places:
        number = place if isinstance(place, int) else properties.named(place)
        moment = properties.moment(number)
        if moment is not None:
            yield f"{moment:%Y-%m-%d %H:%M} UTC"
        elif text := properties.text(number):
            yield text
