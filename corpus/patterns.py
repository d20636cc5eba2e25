"""Patterns that are compiled when they are first used.

Compiling takes most of the time that a module with many patterns takes to import, and a search, which is to answer at
once, needs few of them. What a search imports makes its patterns by :func:`late`; what works on documents needs nearly
all of its own, and makes them by :func:`re.compile`.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

from corpus.lazy import lazy


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As :func:`re.compile`, at the first question. What is wrong with the pattern is raised then, as re.error."""
    return cast("re.Pattern[AnyStr]", Late(pattern, flags))


class Late(Generic[AnyStr]):
    """Has the methods and attributes of a compiled pattern; each is a plain attribute once it was asked for."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = pattern, flags

    @lazy
    def compiled(self) -> re.Pattern[AnyStr]:
        """The pattern itself."""
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self.compiled, name)
        return found
