"""Counts in words."""

from __future__ import annotations


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "1 document", "2 documents", "0 queries": every count that is printed goes through here."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
