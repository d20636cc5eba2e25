"""One item of an Outlook data file, from libpff's objects to an :class:`~corpus.readers.mapi.Item`."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from corpus.limits import Limits, at_limit
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers.mapi import Attachment, Item
from corpus.readers.mapi_properties import (
    ATTACH_DATA,
    ATTACH_LONG_NAME,
    ATTACH_METHOD,
    ATTACH_NAME,
    BINARY,
    DISPLAY_NAME,
    Name,
    Properties,
    Property,
    attachment_from,
    item_from,
)
from corpus.readers.pst_nodes import Node, Nodes, Window

BROKEN = (OSError, ValueError, TypeError, OverflowError, MemoryError, SystemError)
"""What libpff raises for bytes that are not as they should be."""

_ATTACHMENT_TABLE, _RECIPIENT_TABLE, _ROW_NUMBER, _ATTACH_SIZE = 0x671, 0x692, 0x67F2, 0x0E20
_EMBEDDED, _WITH_DATA = 5, (None, 1, 6)
"""Ways of attaching, [MS-OXCMSG] 2.2.2.9: a message; a file (said or not) or an object of another program."""
_NAMED = 0x8000
_GUIDS, _ENTRIES, _STRINGS = 0x0002, 0x0003, 0x0004
_FIRST_SETS = [uuid.UUID(int=0)] + [uuid.UUID(f"0002032{n}-0000-0000-c000-000000000046") for n in (8, 9)]
"""Property sets that have no row in the map of names, [MS-PST] 2.4.7.1: none, PS_MAPI, PS_PUBLIC_STRINGS."""

_CALLS = re.compile(r"\. (?=\w+: )")

Place = Callable[[], Node]
"""Where an item's node is; it is looked up only when libpff does not give something of the item."""


def opened(file: Window) -> Any:
    """A file of libpff. Raises one of :data:`BROKEN`."""
    import pypff

    pff = pypff.file()
    pff.open_file_object(file)
    return pff


def said(error: BaseException) -> str:
    """What libpff says first: it puts the name of its function in front, and its calls behind."""
    first = (str(error).strip().splitlines() or [""])[0]
    return _CALLS.split(first.split(": ", 1)[-1])[0].strip(" .") or type(error).__name__


class _Found(NamedTuple):
    """An attachment: its number and libpff's object."""

    number: int
    object: Any


class ItemReader:
    """Reads the items of one open file. ``names`` are its named properties."""

    def __init__(self, nodes: Nodes, names: dict[Name, int], limits: Limits) -> None:
        self._nodes = nodes
        self._names = names
        self._limits = limits
        self._bytes_left = 0
        self._attachments_left = 0

    def read(self, message: Any, place: Place) -> Item:
        """An item with everything inside it; raises one of :data:`BROKEN` when its own properties cannot be read.

        What is over ``limits.file_size`` bytes or ``limits.children`` attachments in all is a problem of the item.
        """
        self._bytes_left = self._limits.file_size
        self._attachments_left = self._limits.children
        return self._item(message, place, 0)

    def _item(self, message: Any, place: Place, depth: int) -> Item:
        notes: list[Problem] = []
        properties = Properties(properties_of(message, notes), self._names)
        rows: list[Properties] = []
        attachments: list[Attachment] = []
        try:
            for row in self._recipients(message, place):
                rows.append(Properties(_row(row, notes), self._names))
        except BROKEN as error:
            notes.append(problem(Code.DAMAGED_MAIL, f"The recipients could not be read: {said(error)}."))
        try:
            for found in self._attachments(message, place):
                made, met = self._attachment(found, place, depth)
                attachments += [made] if made is not None else []
                notes += met
        except BROKEN as error:
            notes.append(problem(Code.DAMAGED_MAIL, f"The attachments could not all be read: {said(error)}."))
        return item_from(properties, rows, attachments, notes)

    # --- what libpff gives only of the classes of items that it knows -----------------------------------------

    def _recipients(self, message: Any, place: Place) -> Iterator[Any]:
        """The rows of the table of recipients."""
        if hasattr(type(message), "recipients"):
            yield from _rows(message.recipients)
        else:
            yield from self._table(place, _RECIPIENT_TABLE)

    def _attachments(self, message: Any, place: Place) -> Iterator[_Found]:
        if hasattr(type(message), "attachments"):
            for index in range(message.number_of_attachments or 0):
                attachment = message.get_attachment(index)
                yield _Found(attachment.identifier, attachment)
            return
        for row in self._table(place, _ATTACHMENT_TABLE):
            number = Properties(_row(row, [])).number(_ROW_NUMBER)
            if number is not None:
                yield _Found(number, self._shown(self._nodes.inside(place(), number)))

    def _table(self, place: Place, number: int) -> Iterator[Any]:
        node = self._nodes.find_inside(place(), number)
        return iter(()) if node is None else _rows(self._shown(node))

    def _shown(self, node: Node) -> Any:
        """A node as an item of libpff."""
        root = opened(self._nodes.showing(node)).get_root_folder()
        if root is None:
            raise ValueError("the file has no folders")
        return root.get_sub_item(0)

    # --- attachments ------------------------------------------------------------------------------------------

    def _attachment(self, found: _Found, place: Place, depth: int) -> tuple[Attachment | None, list[Problem]]:
        notes: list[Problem] = []
        values = properties_of(found.object, notes, without=ATTACH_DATA)
        properties = Properties(values, self._names)
        name = next(filter(None, map(properties.text, (ATTACH_LONG_NAME, ATTACH_NAME, DISPLAY_NAME))), "")
        self._attachments_left -= 1
        if self._attachments_left < 0:
            note = f"The attachment '{name}' is over {self._limits.children} attachments and was not read."
            return None, [*notes, problem(Code.TRUNCATED, at_limit(note, self._limits, "children"))]
        method = properties.number(ATTACH_METHOD)
        try:
            if method == _EMBEDDED:
                item, met = self._embedded(found, place, name, depth)
                if item is None:
                    return None, notes + met
                made, met = attachment_from(properties, item)
                return made, notes + met
            if method in _WITH_DATA:
                size = _size(found.object, properties)
                self._bytes_left -= size
                if self._bytes_left < 0:
                    self._bytes_left += size
                    note = f"The attachment '{name}' of {size} bytes is over the size limit and was not read."
                    return None, [*notes, problem(Code.TRUNCATED, at_limit(note, self._limits, "children_size"))]
                values.append((ATTACH_DATA, Property(BINARY, _data(found.object, size))))
        except BROKEN as error:
            note = f"The attachment '{name}' could not be read: {said(error)}."
            return None, [*notes, problem(Code.DAMAGED_MAIL, note)]
        made, met = attachment_from(Properties(values, self._names))
        return made, notes + met

    def _embedded(self, found: _Found, place: Place, name: str, depth: int) -> tuple[Item | None, list[Problem]]:
        if depth >= self._limits.depth:
            note = f"The attached message '{name}' lies deeper than {self._limits.depth} messages and was not read."
            return None, [problem(Code.TOO_DEEP, note)]
        number = int.from_bytes(_data(found.object)[:4], "little")
        node = self._nodes.inside(self._nodes.inside(place(), found.number), number)
        return self._item(self._shown(node), lambda: node, depth + 1), []


def properties_of(
    item: Any, notes: list[Problem] | None = None, without: int | None = None
) -> list[tuple[int, Property]]:
    """The properties of one of libpff's objects. Raises one of :data:`BROKEN` when there are none to be read."""
    if not item.number_of_record_sets:
        raise ValueError("it has no properties")
    return _row(item.get_record_set(0), [] if notes is None else notes, without)


def _rows(table: Any) -> Iterator[Any]:
    for index in range(0 if table is None else table.number_of_record_sets or 0):
        yield table.get_record_set(index)


def _row(row: Any, notes: list[Problem], without: int | None = None) -> list[tuple[int, Property]]:
    """The properties of an object, or of a row in a table, but for one; what cannot be read is a note."""
    found: list[tuple[int, Property]] = []
    for index in range(0 if row is None else row.number_of_entries or 0):
        which = "A property"
        try:
            entry = row.get_entry(index)
            number = entry.entry_type
            which = f"The property 0x{number:04X}"
            data = None if number == without else entry.data
            if data is not None:
                found.append((number, Property(entry.value_type, data)))
        except BROKEN:
            notes.append(problem(Code.DAMAGED_MAIL, f"{which} could not be read."))
    return found


def _size(attachment: Any, properties: Properties) -> int:
    size = attachment.size if hasattr(type(attachment), "size") else properties.number(_ATTACH_SIZE)
    return max(size or 0, 0)


def _data(attachment: Any, size: int | None = None) -> bytes:
    """The bytes of a file; without a size what stands in their place, as it does for an attached message."""
    if size is not None and hasattr(type(attachment), "read_buffer"):
        data: bytes = attachment.read_buffer(size) if size else b""
        return data
    entry = attachment.get_record_set(0).get_entry_by_type(ATTACH_DATA)
    if entry is None:
        raise ValueError("its data is not there")
    return entry.data or b""


def named_properties(pff: Any) -> dict[Name, int]:
    """The numbers that this file gave to properties that have names ([MS-PST] 2.4.7); none when the map is damaged."""
    try:
        table = pff.get_name_to_id_map()
        properties = Properties([] if table is None else properties_of(table))
    except BROKEN:
        return {}
    guids, entries, strings = (properties.data(number) or b"" for number in (_GUIDS, _ENTRIES, _STRINGS))
    sets = _FIRST_SETS + [uuid.UUID(bytes_le=guids[at : at + 16]) for at in range(0, len(guids) - 15, 16)]
    names: dict[Name, int] = {}
    for at in range(0, len(entries) - 7, 8):
        key = int.from_bytes(entries[at : at + 4], "little")
        which, index = (int.from_bytes(entries[at + by : at + by + 2], "little") for by in (4, 6))
        if which >> 1 < len(sets):
            name: int | str = key
            if which & 1:
                length = int.from_bytes(strings[key : key + 4], "little")
                name = strings[key + 4 : key + 4 + length].decode("utf-16-le", "replace")
            names[sets[which >> 1], name] = _NAMED + index
    return names
