"""What a search gives."""

from __future__ import annotations

from typing import Literal

import msgspec


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One part that was found. ``matches`` are character spans in ``snippet``; ``part`` is its number in the document.

    ``match`` is "all" when every word was found in the part, "some" when most were. ``kind`` is the document's kind,
    ``part_kind`` the part's. ``also_in`` are the other places of the same content or of the same message.
    """

    rank: int
    score: float
    match: Literal["all", "some"]
    id: str
    path: str
    part: int
    kind: str
    part_kind: str
    title: str | None
    date: str | None
    committee: str | None
    municipality: str | None
    page: int | None
    snippet: str
    matches: list[tuple[int, int]]
    also_in: list[str]


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """``total`` counts hits (copies of a message once), ``total_all`` those of them with all words.

    ``exact`` is False when so much was found that copies were not looked for beyond the page shown: the totals are then
    upper limits.
    """

    hits: list[Hit]
    total: int
    total_all: int
    exact: bool = True
