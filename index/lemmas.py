"""The dictionary behind the analysis: forms to lemmas, from simplemma's Danish data and our own corrections.

simplemma and its data are loaded at the first question and not before (0.6 s), so a search for words that the index
knows never pays for them.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon"
CORRECTIONS = LEXICON / "lemmas.csv"
DICTIONARY = Path("strategies", "dictionaries", "data", "da.plzma")


@lru_cache(maxsize=1)
def corrections() -> dict[str, tuple[str, ...]]:
    """Forms that the dictionary gives a rarer lemma of ("skatten" is not of "skatte"), with one lemma or more."""
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return {row["form"]: tuple(row["lemmas"].split()) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def dictionary() -> Mapping[str, str]:
    """All Danish forms of simplemma with their lemmas."""
    from simplemma.strategies import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary("da")


def lookup(form: str) -> str | None:
    """The lemma of a lower-case form, in lower case; None for a form that is in no dictionary."""
    corrected = corrections().get(form)
    if corrected is not None:
        return corrected[0]
    known = dictionary()
    lemma = known.get(form) or known.get(form.capitalize())
    return lemma.lower() if lemma else None


def all_lemmas() -> set[str]:
    """Every lemma of the dictionary, in lower case."""
    return {lemma.lower() for lemma in dictionary().values()}


@lru_cache(maxsize=1)
def lexicon_hash() -> str:
    """16 hex digits over everything the analysis looks words up in. Reads files only; imports nothing."""
    digest = hashlib.sha256()
    for table in sorted(LEXICON.glob("*.csv")):
        digest.update(table.read_bytes())
    package = importlib.util.find_spec("simplemma")
    if package is not None and package.origin is not None:
        digest.update((Path(package.origin).parent / DICTIONARY).read_bytes())
    return digest.hexdigest()[:16]
