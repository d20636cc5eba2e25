"""A request for sums as somebody asks it, in words and lists, and the sums of a workspace for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypedDict, TypeVar, get_args

from corpus.store.database import open_store, sqlite_url
from corpus.workspace import Workspace
from pipeline.export.narrow import asked_of_records
from pipeline.export.records import parts_found
from pipeline.figures import words
from pipeline.figures.request import MONEY, Request, Side
from pipeline.figures.sums import Budget, budget

T = TypeVar("T")
Signs = Literal["minus", "plus"]


class Asked(TypedDict, total=False):
    """What is asked of sums, named as the options of `akt budget`; one value or several, of which each will do.

    ``by`` keeps apart by dimensions ("committee", or several with commas between them); ``side`` is "net" or "gross".
    """

    by: str | Iterable[str]
    unit: str | None
    stage: str | Iterable[str]
    price_level: int | str | Iterable[int | str]
    year: int | Iterable[int]
    role: str | Iterable[str]
    column: str | Iterable[str]
    signs: Signs | None
    side: Side | None
    include_unchecked: bool


def request_of(asked: Asked) -> Request:
    """The request. Raises ValueError for a word that means nothing here, and TypeError for a name that does not."""
    unknown = asked.keys() - Asked.__annotations__.keys()
    if unknown:
        raise TypeError(f"{min(unknown)!r} is nothing to ask of sums: use {', '.join(Asked.__annotations__)}.")
    by = words.dimensions(name for names in _several(asked.get("by", ())) for name in names.split(","))
    unit = asked.get("unit")
    return Request(
        by=by,
        unit=words.unit(unit) if unit else None if "unit" in by else MONEY,
        stages=frozenset(map(words.stage, _several(asked.get("stage", ())))),
        price_levels=frozenset(map(words.price_level, _several(asked.get("price_level", ())))),
        years=frozenset(map(words.year, _several(asked.get("year", ())))),
        roles=frozenset(map(words.role, _several(asked.get("role", ())))),
        columns=frozenset(" ".join(name.split()).casefold() for name in _several(asked.get("column", ()))),
        signs=_one_of("signs", asked.get("signs"), get_args(Signs)),
        side=_one_of("side", asked.get("side"), get_args(Side)),
        include_unchecked=asked.get("include_unchecked", False),
    )


def sums_of(workspace: Workspace, query: str | None, request: Request) -> Budget:
    """The sums over the tables of a workspace; with a query, those in the parts that have all its words.

    Raises MixedError where they cannot be added, QueryError, and WorkspaceError.
    """
    narrow = asked_of_records(query)
    parts = frozenset(parts_found(workspace, query)) if query else None
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return budget(connection, request, parts, narrow)


def _several(given: str | int | Iterable[str | int]) -> list[str]:
    """As words; a text is one word, though it is iterable."""
    return [str(given)] if isinstance(given, str | int) else [str(word) for word in given]


def _one_of(name: str, given: T | None, choices: tuple[T, ...]) -> T | None:
    if given is not None and given not in choices:
        raise ValueError(f"{given!r} is no {name}: use {', '.join(map(str, choices))}.")
    return given
