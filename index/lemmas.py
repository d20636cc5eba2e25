"""The sources behind the analysis: forms and lemmas from simplemma's data (MIT) and our own corrections.

Whoever wants to look a word up asks :mod:`index.dictionary`, which makes its file from these.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon"
CORRECTIONS = LEXICON / "lemmas.csv"
# What queries are read by changes no index.
OF_QUERIES = frozenset({"fields.csv", "choices.csv", "instead.csv", "months.csv", "periods.csv"})
DATA = Path("strategies", "dictionaries", "data")
DANISH = "da"
# Each language by its code and simplemma's dictionaries for it; of two, the first one decides.
LANGUAGES = {DANISH: ("da",), "nb": ("nb", "nn"), "sv": ("sv",), "en": ("en",), "de": ("de",)}
# The end of an xz file holds the checksum of what it unpacks to.
CHECKSUM = 64


@lru_cache(maxsize=1)
def corrections() -> dict[str, tuple[str, ...]]:
    """Forms that the dictionary gives a rarer lemma of ("skatten" is not of "skatte"), with one lemma or more."""
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return {row["form"]: tuple(row["lemmas"].split()) for row in csv.DictReader(file)}


def forms(language: str) -> dict[str, str]:
    """All forms of a language with their lemmas, in lower case. Loads simplemma: seconds, and some 100 MB."""
    from simplemma.strategies import DefaultDictionaryFactory

    found: dict[str, str] = {}
    capital: dict[str, str] = {}
    for code in LANGUAGES[language]:
        for form, lemma in DefaultDictionaryFactory(cache_max_size=0).get_dictionary(code).items():
            if form.islower():
                found.setdefault(form, lemma.lower())
            elif form[:1].isupper() and form[1:].islower():
                capital.setdefault(form.lower(), lemma.lower())
    found = capital | found
    if language == DANISH:
        found.update((form, first) for form, (first, *_) in corrections().items())
    return found


@lru_cache(maxsize=1)
def lexicon_hash() -> str:
    """16 hex digits over everything the analysis looks words up in. Reads files only; imports nothing."""
    digest = hashlib.sha256()
    for table in sorted(LEXICON.glob("*.csv")):
        if table.name not in OF_QUERIES:
            digest.update(table.read_bytes())
    package = importlib.util.find_spec("simplemma")
    if package is not None and package.origin is not None:
        for code in (code for codes in LANGUAGES.values() for code in codes):
            with (Path(package.origin).parent / DATA / f"{code}.plzma").open("rb") as file:
                digest.update(str(file.seek(-CHECKSUM, 2)).encode() + file.read())
    return digest.hexdigest()[:16]
