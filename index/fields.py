"""The filters of the query language: their names, their Danish synonyms, and how each reads its value."""

from __future__ import annotations

import csv
import difflib
from functools import lru_cache
from pathlib import Path

import msgspec

from index import values
from index.tree import Name, QueryError, Span

LEXICON = Path(__file__).parent / "lexicon"
NUMERIC = {"date": values.date, "year": values.year, "amount": values.amount, "fte": values.fte}


class Field(msgspec.Struct, frozen=True):
    """``kind``: name, choice, person, code, words, date, year, amount or fte."""

    name: str
    kind: str


@lru_cache(maxsize=1)
def fields() -> dict[str, Field]:
    """The fields by every name they go by, in lower case."""
    found: dict[str, Field] = {}
    for row in _rows("fields.csv"):
        field = Field(row["name"], row["kind"])
        found.update((name, field) for name in [row["name"], *row["synonyms"].split()])
    return found


@lru_cache(maxsize=1)
def choices() -> dict[str, dict[str, str]]:
    """For each field with a closed list: every name of a value, and the value."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows("choices.csv"):
        names = found.setdefault(row["field"], {})
        names.update((name, row["value"]) for name in [row["value"], *row["synonyms"].split()])
    return found


def _rows(table: str) -> list[dict[str, str]]:
    with (LEXICON / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find(name: str, position: int) -> Field:
    """The field of that name. Raises QueryError with the name that was perhaps meant."""
    field = fields().get(name.lower())
    if field is None:
        near = difflib.get_close_matches(name.lower(), fields(), n=1, cutoff=0.6)
        message = f"there is no filter {name}: (to look for the text itself, put it in quotes)"
        raise QueryError(message, position, f"{near[0]}:" if near else None)
    return field


def read(field: Field, text: str, position: int) -> Name | Span:
    """The value of a filter. Raises QueryError at ``position`` for one that the field cannot have."""
    if not text.strip():
        raise QueryError(f"{field.name}: needs a value", position)
    if field.kind in NUMERIC:
        try:
            return NUMERIC[field.kind](text)
        except ValueError as error:
            raise QueryError(str(error), position) from None
    if field.kind == "choice":
        return Name(_choice(field, text, position))
    if text[0] in "<>=" or ".." in text:
        raise QueryError(f"{field.name}: is a name; it has no greater, smaller or range", position)
    if field.kind == "person" and (day := _as_date(text)) is not None:
        raise QueryError(f"{field.name}: is a person or an address, not a date", position, f"date:>={day}")
    stem = text.removesuffix("*")
    if "*" in stem or not any(letter.isalnum() for letter in stem):
        raise QueryError(f"{field.name}: cannot look for {text}; a star stands at the end, after letters", position)
    return Name(stem, prefix=stem != text)


def _choice(field: Field, text: str, position: int) -> str:
    known = choices()[field.name]
    value = known.get(text.lower().strip())
    if value is None:
        near = difflib.get_close_matches(text.lower(), known, n=1, cutoff=0.6)
        listed = ", ".join(dict.fromkeys(known.values()))
        suggestion = f"{field.name}:{known[near[0]]}" if near else None
        raise QueryError(f"{field.name}: cannot be {text}; it is one of {listed}", position, suggestion)
    return value


def _as_date(text: str) -> str | None:
    try:
        values.date(text)
    except ValueError:
        return None
    return text
