"""Every limit on what is read, in one place. Over a limit is a problem on the document, never silence."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from corpus.counts import counted
from corpus.patterns import late

MOST_EXPANDED = 100_000_000
"""Bytes that any archive may unpack to, whatever its ratio: a small one may hold one long, empty spreadsheet."""
LEAST_MEMORY = 100_000_000
"""Bytes that a worker takes before it has read anything, and a little more (some 85 MB, measured on Linux)."""
UNITS = {"": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "s": 1, "min": 60, "h": 3_600}
_SETTING = late(r"([a-z_-]+) ?= ?([\d_]{1,20}) ?([a-z]{0,3})", re.IGNORECASE)

_NAMED = late(r"--limit ([a-z_]+)=(\d{1,20})(?!\d)")
_TOO_DEEP = (
    (late(r"(?:\blies? deeper than|\blies in) (\d{1,9}) (?:containers|messages)\b"), "depth"),
    (late(r"\bparts are nested deeper than (\d{1,9})\."), "mail_depth"),
)
"""How a limit is told that is not named with its option."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Defaults fit honest documents many times over; sizes are bytes, text is characters (docs/limits.md).

    ``depth``, ``members``, ``unpacked_size`` and ``ratio`` hold for archives, ``children`` and ``children_size`` for
    the attachments of one document. ``seconds`` and ``memory`` are what one document may take of a worker.
    A million characters of prose take some 8 seconds and 75 MB, so the longest text, 4,000 full pages, takes a minute
    and a half and under a gigabyte.
    """

    file_size: int = 500_000_000
    pages: int = 5_000
    text_length: int = 10_000_000
    depth: int = 10
    children: int = 10_000
    children_size: int = 2_000_000_000
    members: int = 100_000
    unpacked_size: int = 20_000_000_000
    ratio: int = 200
    mail_depth: int = 100
    seconds: int = 600
    memory: int = 2_000_000_000


DEFAULT_LIMITS = Limits()


class OverLimitError(Exception):
    """The message is a sentence that says which limit stops the reading."""


class Budget:
    """What may still come out of the archives in one file: everything inside it is counted together.

    A bomb in a bomb is paid from the same purse. ``size`` is that of the file in bytes.
    """

    def __init__(self, limits: Limits, size: int) -> None:
        self._limits, self._size = limits, size
        self._members = self._bytes = 0
        self._most = min(limits.unpacked_size, max(limits.ratio * size, MOST_EXPANDED))

    def count(self) -> None:
        """One more member. Raises OverLimitError."""
        self._members += 1
        if self._members > self._limits.members:
            raise OverLimitError(f"There are more than {counted(self._limits.members, 'member')}.")

    def follow(self, spent: Budget) -> None:
        """Go on where a copy of this one has come to, in another process."""
        self._members, self._bytes = spent._members, spent._bytes

    def spend(self, size: int) -> None:
        """So many bytes more were unpacked, kept or not. Raises OverLimitError."""
        self._bytes += size
        if self._bytes > self._most:
            times = "" if self._most == self._limits.unpacked_size else f", {self._most // max(self._size, 1)} times it"
            raise OverLimitError(f"A file of {counted(self._size, 'byte')} unpacks to more than {self._most}{times}.")


def at_limit(note: str, limits: Limits, *names: str) -> str:
    """The sentence with the limits behind it that kept something from being read: "(--limit pages=100)"."""
    said = " ".join(f"--limit {name}={getattr(limits, name)}" for name in names)
    return f"{note.removesuffix('.')} ({said})."


def allow_more(limits: Limits, notes: Iterable[str]) -> bool:
    """Whether these limits are beyond one that the notes name, and below none of them: as :func:`at_limit` names it, or
    as what lies too deep is told."""
    named = [found.groups() for note in notes for found in _NAMED.finditer(note)]
    named += [(name, found[1]) for note in notes for told, name in _TOO_DEEP if (found := told.search(note))]
    change = [getattr(limits, name) - int(value) for name, value in named if name in Limits.__struct_fields__]
    return bool(change) and min(change) >= 0 and max(change) > 0


def limits_of(settings: Iterable[str], start: Limits = DEFAULT_LIMITS) -> Limits:
    """The limits with some of them set: "file_size=2GB", "seconds=10min". Raises ValueError with what can be typed."""
    changed: dict[str, int] = {}
    for setting in settings:
        found = _SETTING.fullmatch(setting.strip())
        name = found.group(1).lower().replace("-", "_") if found else setting.partition("=")[0].strip()
        if name not in Limits.__struct_fields__:
            raise ValueError(f"{name!r} is no limit; there are {', '.join(Limits.__struct_fields__)}")
        if found is None or found.group(3).lower() not in UNITS:
            raise ValueError(f"{setting!r} is not understood: write it as {name}=NUMBER, with KB, MB, GB, s, min or h")
        changed[name] = int(found.group(2).replace("_", "") or 0) * UNITS[found.group(3).lower()]
        if changed[name] < 1:
            raise ValueError(f"{name} is at least 1")
        if name == "memory" and changed[name] < LEAST_MEMORY:
            raise ValueError(f"memory is at least {LEAST_MEMORY // 1_000_000}MB, which reading takes by itself")
    return msgspec.structs.replace(start, **changed)
