"""What a word on the command line is, where it may be a file, an id or a query: `akt tables`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from corpus.cpr import mask_in_name
from corpus.patterns import late
from pipeline.cli.output import talk, utf8

ID = late(r"\[?([0-9a-f]{12,64}(?:\.\d+)?)\]?")
FIGURE = late(r"\[?([0-9a-f]{12,64}\.\d+)\.[a-z]+\.[\d.]+\]?")
"""The id of a record or a budget line: its part is what is meant."""
FILE_ENDING = late(r"\.[A-Za-z][A-Za-z0-9]{1,4}")


class Files(msgspec.Struct, frozen=True):
    """Files by their names, - for standard input."""

    names: tuple[str, ...]


class Id(msgspec.Struct, frozen=True):
    """A document or a part of the workspace. ``typed`` is the word it was read from."""

    id: str
    typed: str


class Query(msgspec.Struct, frozen=True):
    """A query, or None for everything. ``typed`` is the word it was read from, "" where there was no doubt."""

    query: str | None
    typed: str = ""


def told_apart(words: Sequence[str], query: str | None, *, everything: bool) -> Files | Id | Query:
    """What the words mean: files, an id, or a query. Raises UsageError where that cannot be told."""
    if sum((bool(words), query is not None, everything)) > 1:
        raise click.UsageError("Give files, an id, a query, --query or --all: one of these.")
    if query is not None or everything:
        return Query(query)
    if not words:
        raise click.UsageError(
            "Missing argument: name a FILE, an ID or a QUERY; --all is every table of the workspace."
        )
    there = [word for word in words if is_file(word)]
    if not there and len(words) > 1:
        spoken = utf8(" ".join(words))
        raise click.UsageError(f"There are no such files. To search for several words, write '{mask_in_name(spoken)}'.")
    if not there:
        return _of_workspace(utf8(words[0]))
    for word in words:
        if word != "-" and Path(word).is_dir():
            raise click.UsageError(f"{word} is a folder: name the files in it ({word}/*).")
    if len(words) == 1 and words[0] != "-" and not os.path.lexists(words[0]):
        raise click.UsageError(f"{mask_in_name(words[0])} does not exist. To search for it, use --query.")
    if len(words) == 1 and not _looks_like_a_file(words[0]):
        talk(f"{words[0]} is read as the file of that name; to search for it, use --query {words[0]}")
    return Files(tuple(words))


def is_file(word: str) -> bool:
    """Whether a word is a file by its look, or because there is one of that name."""
    return _looks_like_a_file(word) or os.path.lexists(word)


def _looks_like_a_file(word: str) -> bool:
    """ "-", a path with a folder in it, or a name with the ending of one: no blank, no field of a query."""
    if word == "-" or word.startswith((".", "~", os.sep)):
        return True
    plain = not any(letter.isspace() or letter in ':"()*' for letter in word)
    return plain and (os.sep in word or bool(FILE_ENDING.fullmatch(Path(word).suffix)))


def _of_workspace(word: str) -> Id | Query:
    named = word.strip().lower()
    found = FIGURE.fullmatch(named) or ID.fullmatch(named)
    return Id(found[1], word) if found else Query(word, word)
