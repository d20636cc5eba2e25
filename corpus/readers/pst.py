"""Outlook's mailboxes in one file (.pst, .ost), read one item at a time by libpff, where that is installed.

Every item of every folder is given: mails, meetings, contacts, tasks, notes. What Outlook hides (views, rules) is none.
libpff reads past the scrambling that Outlook calls encryption, and past a password, which only Outlook asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

import msgspec

from corpus import formats
from corpus.limits import Budget, Limits
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers.mail_names import clean_name
from corpus.readers.mapi import all_problems, to_bytes
from corpus.readers.mapi_properties import Properties
from corpus.readers.pst_items import BROKEN, ItemReader, named_properties, opened, properties_of, said
from corpus.readers.pst_nodes import Nodes, Window
from corpus.reading import Child

READER = formats.PST
MEDIA_TYPE = formats.PST_TYPE
MAIL = "message/rfc822"
PACKED = False

_MAGIC, _CONTENTS = b"!BDN", (b"SM", b"SO")
"""[MS-PST] 2.2.2.6; an .ost says "SO"."""
_FOLDERS, _MESSAGE = (0x02, 0x03), 0x04
"""Types of nodes, in the lowest five bits of their numbers: a folder, a search folder, a message."""
_SUBTREE_ENTRY = 0x35E0
"""PidTagIpmSubTreeEntryId: the folder under which a person sees the others. Its name is no part of their path."""
_NAMELESS = "mappe"


def claims(head: bytes, name: str) -> bool:
    """True for the beginning of a .pst or .ost file, of any version, whether or not libpff is installed."""
    return head[:4] == _MAGIC and head[8:10] in _CONTENTS


def is_installed() -> bool:
    """Whether libpff is there."""
    return formats.is_installed(READER)


def members(file: BinaryIO, name: str, limits: Limits, budget: Budget | None = None) -> Iterator[Child | Problem]:
    """The items, each as a mail named by its folder and its number there ("Indbakke/12.eml"); folders in tree order.

    One item is in memory at a time. One that cannot be read is a problem that says which, and keeps its number.
    """
    if not is_installed():
        note = f"'{name}' is an Outlook data file; libpff, which reads it, is not installed."
        yield problem(Code.READER_MISSING, note)
        return
    try:
        pff = opened(Window(file))
        root = pff.get_root_folder()
        if root is None:
            raise ValueError("it has no folders")
        subtree = _subtree(pff)
        nodes = Nodes(file)
    except ImportError as error:
        note = f"'{name}' is an Outlook data file; libpff, which reads it, cannot be loaded ({error})."
        yield problem(Code.READER_MISSING, note)
        return
    except BROKEN as error:
        note = f"The Outlook data file '{name}' is damaged and cannot be opened: {said(error)}."
        yield problem(Code.UNREADABLE, note)
        return
    reader = ItemReader(nodes, named_properties(pff), limits)
    counts: dict[str, int] = {}
    for path, folder in _folders(root, subtree):
        for item_name, inner in _numbered(folder, path, counts):
            yield from _given(reader, nodes, item_name, inner)
    yield from _orphans(pff)


def _given(reader: ItemReader, nodes: Nodes, name: str, message: Any) -> Iterator[Child | Problem]:
    """One item as a mail, then its problems."""
    try:
        if isinstance(message, Exception):
            raise message
        item = reader.read(message, partial(nodes.node, message.identifier))
        data = to_bytes(item)
    except BROKEN as error:
        yield problem(Code.UNREADABLE, f"The item '{name}' is damaged and was not read: {said(error)}.")
        return
    yield Child(name=name, media_type=MAIL, data=data)
    for met in all_problems(item):
        yield msgspec.structs.replace(met, message=f"In '{name}': {met.message}")


# --- folders ----------------------------------------------------------------------------------------------------------


def _folders(root: Any, subtree: int | None) -> Iterator[tuple[str, Any]]:
    """Each folder with its path, a folder before those in it.

    Paths are unique: a second folder of the same name in one folder becomes "Indbakke (2)".
    """
    waiting: list[tuple[str, Any]] = [("", root)]
    taken: set[str] = set()
    while waiting:
        path, folder = waiting.pop()
        yield path, folder
        below: list[tuple[str, Any]] = []
        for inner in _below(folder):
            number = 0 if isinstance(inner, Exception) else inner.identifier
            if number & 0x1F in _FOLDERS:
                below.append(("" if number == subtree else _path(path, inner, taken), inner))
        waiting += reversed(below)


def _numbered(folder: Any, path: str, counts: dict[str, int]) -> Iterator[tuple[str, Any]]:
    """The names and items of one folder; ``counts`` go on where two folders have one path."""
    for inner in _below(folder):
        if isinstance(inner, Exception) or inner.identifier & 0x1F == _MESSAGE:
            counts[path] = counts.get(path, 0) + 1
            yield f"{path}/{counts[path]}.eml".lstrip("/"), inner


def _below(folder: Any) -> Iterator[Any]:
    """What is in a folder in the order of making (of its numbers); an exception in the place of what is broken."""
    try:
        count = folder.number_of_sub_items or 0
    except BROKEN as error:
        yield error
        return
    for index in range(count):
        inner: Any
        try:
            inner = folder.get_sub_item(index)
            if inner.identifier is None:
                raise ValueError("it has no number")
        except BROKEN as error:
            inner = error
        yield inner


def _path(above: str, folder: Any, taken: set[str]) -> str:
    try:
        name = clean_name((folder.name or "").replace("/", "-").replace("\\", "-"))
    except BROKEN:
        name = ""
    first = path = f"{above}/{name or _NAMELESS}".lstrip("/")
    count = 1
    while path in taken:
        count += 1
        path = f"{first} ({count})"
    taken.add(path)
    return path


def _subtree(pff: Any) -> int | None:
    """The number of the folder that holds the others, from the entry in the message store."""
    try:
        store = pff.get_message_store()
        entry = None if store is None else Properties(properties_of(store)).data(_SUBTREE_ENTRY)
    except BROKEN:
        return None
    return int.from_bytes(entry[20:24], "little") if entry and len(entry) >= 24 else None


def _orphans(pff: Any) -> Iterator[Problem]:
    """Items and folders whose folder is gone; they are counted and not given, because nobody sees them in Outlook."""
    count = 0
    for index in range(pff.number_of_orphan_items or 0):
        try:
            count += (pff.get_orphan_item(index).identifier or 0) & 0x1F in (*_FOLDERS, _MESSAGE)
        except BROKEN:
            count += 1
    if count:
        yield problem(
            Code.DAMAGED_MAIL, f"Items and folders that are in no folder any more: {count}. They were not read."
        )
