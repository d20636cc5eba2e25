"""The filters of the query language: their names, their Danish synonyms, and how each reads its value.

What can be typed stands in ``lexicon/fields.csv`` and ``lexicon/choices.csv``; the page of the language is made from
the same tables.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from corpus.patterns import late
from index import values
from index.places import LEVELS
from index.text import fold
from index.tree import Name, OneOf, QueryError, Span

LEXICON = Path(__file__).parent / "lexicon"
NUMERIC = {"date": values.date, "year": values.year, "amount": values.amount, "fte": values.fte}
LISTED = frozenset({"choice", "year"})
NAMED = frozenset({"name", "code", "person"})
NEAR, VERY_NEAR = 0.6, 0.8
MOST_LETTERS = 2
"""A word that is only near is at most so many letters longer or shorter than what was meant."""
LISTED_WITH = late(r"\s*[;/|+&]\s*")
"""What stands between several values: "email;minutes" means the first at least."""
# "Re:" and "SV:" are no fields misspelt.
SHORTEST_NAME = 3
DENIED = late(r"(?:ikke|ej|ingen|intet|not|no)-|u(?:vedtaget|godkendt|besluttet|anbefalet|indstillet)")
ADDRESS = late(r"[^<>]*<([^<>\s]+@[^<>\s]+)>")
BARE = late(r"[^\s()\"]+")


class Field(msgspec.Struct, frozen=True):
    """``kind``: name, choice, person, code, path, words, date, year, amount or fte; ``synonyms`` are other names."""

    name: str
    kind: str
    synonyms: tuple[str, ...] = ()
    about: str = ""


@lru_cache(maxsize=1)
def fields() -> dict[str, Field]:
    """The fields by every name they go by, in lower case and spelling folded (å is aa)."""
    found: dict[str, Field] = {}
    for row in _rows("fields.csv"):
        field = Field(row["name"], row["kind"], tuple(row["synonyms"].split()), row["about"])
        found.update((fold(name), field) for name in (field.name, *field.synonyms))
    return found


def _all() -> Iterable[Field]:
    """Each field once, in the order of the table."""
    return dict.fromkeys(fields().values())


@lru_cache(maxsize=1)
def choices() -> dict[str, dict[str, str]]:
    """For each field with a closed list: every name of a value (spelling folded), and the value."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows("choices.csv"):
        names = found.setdefault(row["field"], {})
        names.update((fold(name), row["value"]) for name in [row["value"], *row["synonyms"].split()])
    return found


def spelled_choices() -> dict[str, dict[str, list[str]]]:
    """For each field with a closed list, its values with their other names as they are spelled."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in _rows("choices.csv"):
        found.setdefault(row["field"], {})[row["value"]] = row["synonyms"].split()
    return found


def _rows(table: str) -> list[dict[str, str]]:
    with (LEXICON / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PRICE_LEVELS = frozenset({"prisniveau", "price", "price-level", "price_level", "prices", "pris", "priser", "pl"})
"""What a filter for the year of the prices may be called: there is none."""


def known(name: str) -> Field | None:
    """The field of that name, if there is one."""
    return fields().get(fold(name.lower()))


def find(name: str, position: int) -> Field:
    """The field of that name. Raises QueryError with the name that was perhaps meant."""
    field = known(name)
    if field is None:
        message = f"there is no filter {name}: (to look for the text itself, put it in quotes)"
        if fold(name.lower()) in PRICE_LEVELS:
            message = (
                f"there is no filter {name}: figures of one price level are summed by akt budget --price-level YEAR"
            )
        meant = _perhaps(name.lower())
        if meant is None and name.isalpha() and len(name) >= SHORTEST_NAME:
            message += f"; the filters are {', '.join(f'{(*one.synonyms, one.name)[0]}:' for one in _all())}"
        raise QueryError(message, position, meant)
    return field


@lru_cache(maxsize=1)
def instead() -> dict[str, str]:
    """What to write for names of fields, and for values of them ("kind:notat"), that there are none of."""
    return {row["name"]: row["instead"] for row in _rows("instead.csv")}


def _perhaps(name: str) -> str | None:
    if name in instead():
        return instead()[name]
    spelled = {one: one for field in fields().values() for one in (field.name, *field.synonyms)}
    near = difflib.get_close_matches(name, spelled, n=1, cutoff=NEAR) if len(name) >= SHORTEST_NAME else None
    return f"{near[0]}:" if near else None


def read(field: Field, text: str, position: int, *, named: str | None = None) -> Name | Span | OneOf:
    """The value of a filter. Raises QueryError at ``position`` for one that the field cannot have.

    ``named`` is the name of the field as it was typed; a suggestion uses it.
    """
    named = named or field.name
    if not text.strip():
        raise QueryError(f"{named}: needs a value right after the colon", position)
    if field.kind in LISTED and "," in text:
        return _one_of(field, text, position, named)
    return _read_one(field, text.strip(), position, named)


def _one_of(field: Field, text: str, position: int, named: str) -> OneOf:
    listed = text.split(",")
    if not all(one.strip() for one in listed):
        raise QueryError(f"{named}: has a comma and nothing beside it", position)
    read_ones = dict.fromkeys(_read_one(field, one.strip(), position, named) for one in listed)
    return OneOf(tuple(read_ones))


def _read_one(field: Field, text: str, position: int, named: str) -> Name | Span:
    if field.kind in NUMERIC:
        return _number(field, text, position, named)
    if field.kind == "choice":
        return Name(_choice(field, text, position, named))
    if field.kind == "path":
        return _place(text, position, named)
    address = ADDRESS.fullmatch(text) if field.kind == "person" else None
    if address:
        return Name(address[1])
    if text[0] in "<>=" or ".." in text:
        raise QueryError(f"{named}: is a name; it has no greater, smaller or range", position)
    if field.kind == "person" and _is_date(text):
        raise QueryError(f"{named}: is a person or an address, not a date", position, f"date:>={text}")
    stem = text.removesuffix("*")
    if "*" in stem or not any(letter.isalnum() for letter in stem):
        raise QueryError(f"{named}: cannot look for {text}; a star stands at the end, after letters", position)
    if field.kind in NAMED and "," in stem and " " not in stem:
        either = " OR ".join(f"{named}:{one}" for one in stem.split(",") if one)
        raise QueryError(f"{named}: takes one name; for one of several use OR", position, f"({either})")
    return Name(stem, prefix=stem != text)


def _place(text: str, position: int, named: str) -> Name:
    """A file or folder; a part of a name has its star at the end."""
    stem = text.removesuffix("*")
    if "*" in stem or not any(letter.isalnum() for letter in stem):
        raise QueryError(f"{named}: cannot look for {text}; a star stands at the end of a name's beginning", position)
    if ".." in LEVELS.split(stem):
        raise QueryError(f'{named}: is a path as hits print it; there is no ".." in it', position)
    return Name(stem, prefix=stem != text)


def _number(field: Field, text: str, position: int, named: str) -> Span:
    try:
        return NUMERIC[field.kind](text)
    except values.Unreadable as error:
        instead = error.instead if error.instead and can_read(field, error.instead) else None
        raise QueryError(str(error), position, instead and written(named, instead)) from None


def can_read(field: Field, text: str) -> bool:
    """Whether the text is a value of a field of numbers or days."""
    try:
        NUMERIC[field.kind](text)
    except ValueError:
        return False
    return True


def written(named: str, value: str) -> str:
    """A filter as it can be typed: the value in quotes when it holds blanks."""
    return f"{named}:{value}" if BARE.fullmatch(value) else f'{named}:"{value}"'


def _choice(field: Field, text: str, position: int, named: str) -> str:
    known = choices()[field.name]
    asked = fold("-".join(text.lower().split()))
    value = known.get(asked)
    if value is not None:
        return value
    is_danish = fold(named.lower()) in map(fold, field.synonyms)
    names = spelled_choices()[field.name].items()
    listed = ", ".join(synonyms[0] if is_danish and synonyms else value for value, synonyms in names)
    raise QueryError(
        f"{named}: cannot be {text}; it is one of {listed}", position, _perhaps_choice(field, asked, named)
    )


def _perhaps_choice(field: Field, asked: str, named: str) -> str | None:
    """The value that was meant: one spelled much like it, one of another field, one spelled a little like it.

    A word that only looks a little like another begins as it does, is as long but for two letters, and is no status: it
    may say the opposite. What is said not to be ("ikke vedtaget") is none of the list.
    """
    known = choices()[field.name]
    told = {fold(name): value for name, value in instead().items()}.get(f"{field.name}:{asked}")
    if told or DENIED.match(asked):
        return told
    if (first := LISTED_WITH.split(asked)[0]) in known and first != asked:
        return f"{named}:{_spelled(field, first)}"
    for cutoff in (VERY_NEAR, NEAR):
        near = difflib.get_close_matches(asked, known, n=5, cutoff=cutoff)
        if cutoff == NEAR:
            near = [one for one in near if one[0] == asked[0] and field.name != "status"]
            near = [one for one in near if one.startswith(asked) or abs(len(one) - len(asked)) <= MOST_LETTERS]
        if near:
            return f"{named}:{_spelled(field, near[0])}"
        for other, names in choices().items():
            if asked in names:
                return f"{other}:{names[asked]}"
    return None


def _spelled(field: Field, folded: str) -> str:
    """A name of a value as it is spelled: a slip in a Danish word is put right in Danish."""
    values = spelled_choices()[field.name]
    return next(name for value, names in values.items() for name in (value, *names) if fold(name) == folded)


def _is_date(text: str) -> bool:
    try:
        values.date(text)
    except ValueError:
        return False
    return True
