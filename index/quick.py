"""The compiled analysis of plain Danish words (:file:`native/`): whether it is there, and what it is given.

It says of a form of Danish letters what :class:`index.text.Analyser` says of it, in a twentieth of the time, and leaves
any other to it. All that it knows comes from the dictionary's file, the learned members and the numbers of the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from mmap import mmap
from typing import TYPE_CHECKING

from corpus import compiled
from index import compounds, members, text
from index.ends import JOINED, ends, loose_ends
from index.members import Members

if TYPE_CHECKING:
    from index._words import Words

INTERFACE = 5
USED = compiled.in_use("index._words", INTERFACE)
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzæøå")
Entry = tuple[bytes, int, bytes, int, float, int, float]


class Known:
    """What is known of a string, as :file:`native/lexicon.h` numbers it."""

    PREFIX = 1
    SUFFIX = 2
    SHORT = 4
    SIMPLE = 8
    TOLD = 16
    BEGINS = 32
    BEGINS_AT_NO_PRICE = 64
    BEGINS_ODDLY = 128
    ENDS_AT_NO_PRICE = 256
    BRIEF = 65536
    LOOSE_END = 131072
    ENDS_WITH = {"en": 4096, "et": 8192, "e": 16384, JOINED: 32768}


def words(file: mmap, places: tuple[int, int, int, int, int], learned: Members) -> Words:
    """The compiled analysis. ``places`` are where the slots of the dictionary begin in its file, how many there are,
    where the tables of first and of last members begin, and where these end."""
    from index._words import Words

    rules = (
        compounds.SHORTEST_WORD,
        compounds.LONGEST,
        members.SHORTEST_MEMBER,
        members.LONG_ENOUGH,
        compounds.DOUBTFUL_LAST,
        compounds.SHORTEST_UNKNOWN,
        compounds.STRONG_LAST,
        compounds.SHORTEST_STRONG,
        compounds.SURE_LAST,
        compounds.SHORTEST_SURE,
        compounds.SHORTEST_USUAL,
        members.OFTEN,
        text.SHORTEST_GENITIVE,
        compounds.least_price(learned),
        compounds.UNKNOWN_COST,
        compounds.price_of("x" * members.LONG_ENOUGH, 0) or 0.0,
    )
    return Words(file, places, _entries(learned), rules)


def _entries(learned: Members) -> list[Entry]:
    """All that is known of strings of Danish letters; no other is asked for."""
    kinds = {
        "prefix": Known.PREFIX,
        "suffix": Known.SUFFIX,
        "short": Known.SHORT,
        "brief": Known.BRIEF,
        "simple": Known.SIMPLE,
    }
    listed: list[tuple[Iterable[str], int]] = [(members.affixes()[kind], flag) for kind, flag in kinds.items()]
    listed += [(learned.simple, Known.SIMPLE), (learned.told, Known.TOLD), (loose_ends(), Known.LOOSE_END)]
    flags: defaultdict[str, int] = defaultdict(int)
    for strings, flag in listed:
        for string in strings:
            flags[string] |= flag
    for string, evidence in ends().items():
        flags[string] |= Known.ENDS_WITH[evidence]
    known = filter(is_plain, sorted(flags.keys() | learned.firsts.keys() | learned.lasts.keys()))
    return [_entry(string, flags[string], learned) for string in known]


def _entry(string: str, flags: int, learned: Members) -> Entry:
    first, ends = learned.firsts.get(string), learned.lasts.get(string, 0)
    lemma, begins, begins_price, ends_price = "", 0, None, None
    if first is not None:
        lemma, begins, begins_price = first.lemma, first.count, compounds.price_of(string, first.count)
        flags |= Known.BEGINS | (Known.BEGINS_AT_NO_PRICE if begins_price is None else 0)
        if not is_plain(lemma):
            lemma, flags = "", flags | Known.BEGINS_ODDLY
    if ends:
        ends_price = compounds.price_of(string, ends)
        flags |= Known.ENDS_AT_NO_PRICE if ends_price is None else 0
    return _letters(string), flags, _letters(lemma), begins, begins_price or 0.0, ends, ends_price or 0.0


def is_plain(string: str) -> bool:
    """True for Danish letters only."""
    return LETTERS.issuperset(string)


def _letters(string: str) -> bytes:
    return string.encode("latin-1")
