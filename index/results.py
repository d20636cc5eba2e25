"""What a search gives."""

from __future__ import annotations

from typing import Literal

import msgspec

Match = Literal["all", "some"]
Span = tuple[int, int]


class Snippet(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A stretch of a part on one line. ``matches`` are character spans in ``text``; ``page`` is that of the first."""

    text: str
    matches: list[Span]
    page: int | None


class Hit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One part that was found. ``matches`` are character spans in ``snippet``; ``part`` is its number in the document.

    ``match`` is "all" when every word was found in the part, "some" when most were. ``kind`` is the document's kind,
    ``part_kind`` the part's; ``page`` is the first one of the part. ``snippets`` are as many as were asked for and
    differ, in the order of the text; ``snippet`` is the best of them. ``also_in`` are the other places of the same
    content or of the same message.
    """

    rank: int
    score: float
    match: Match
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
    matches: list[Span]
    snippets: list[Snippet]
    also_in: list[str]


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a facet, and how many of the parts found have it."""

    value: str
    count: int


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """``total`` counts hits (copies of a message once), ``total_all`` those of them with all words.

    ``parts`` counts what was found with every copy by itself. ``exact`` is False when so much was found that copies
    were not looked for in all of it: ``total`` and ``total_all`` are then upper limits.
    """

    total: int
    total_all: int
    parts: int
    exact: bool = True


class Results(Counts, frozen=True, kw_only=True):
    """The hits of one page. ``next`` is the cursor of the page after it, None where there is none.

    ``facets`` count parts, every copy by itself, over all that was found; ``did_you_mean`` is a query that finds more.
    """

    hits: list[Hit]
    next: str | None = None
    facets: dict[str, list[Value]] = {}
    did_you_mean: str | None = None
