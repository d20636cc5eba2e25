"""The prices that amounts are given in: "(2023-priser)", "i 2023-pl", "p/l 2023", "Alle beløb er i 2024-priser".

Said behind an amount it holds for the amounts before it in the sentence too, said in front for those that follow, and
said of "alle beløb" for the whole text, but for the price of one thing ("en billet koster 45 kr."). What the head or
a note of a table says is the table's. "Årets priser" are those of the amount's own year; "løbende priser" are none.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.facts.qualifiers.bounds import Span, cues, per_compound
from pipeline.facts.qualifiers.cues import words_of
from pipeline.facts.qualifiers.years import clause_start
from pipeline.language import Prose

REACH = 300
LARGEST_FEE = 100_000
_MARKS = ("pris", "p/l", "pl", "niveau")
_KIND = r"(?:priser|prisniveau|pris-?\sog\slønniveau|løn-?\sog\sprisniveau|p/l-niveau|pl-niveau|p/l|pl|niveau)"
_YEAR = r"(?:19|20)\d\d"
_LEVEL = re.compile(
    rf"(?<![\d.,])(?:(?P<year>{_YEAR})|(?P<short>\d\d))[- ]?{_KIND}(?!\w)"
    rf"|(?<!\w){_KIND}(?::\s|[\s-](?:for\s|år\s|i\s)?)(?P<last>{_YEAR})(?![\d])"
    r"|(?<!\w)(?P<own>årets|dette\sårs)\s(?:priser|prisniveau|pl|p/l)(?!\w)|(?<!\w)løbende\s(?:priser|p/l|pl)(?!\w)"
)
# What every level has in it.
_TIMED = re.compile(r"[\dål](?:(?<=\d)\d|(?<=å)r(?:s|ets)|(?<=l)øbende)")
# One look back at the character of the class, which begins them all.
_BREAK = re.compile(
    r"[!?;\n.mh](?:(?<=[!?;])\s|(?<=\n)[> \t]*\n|(?<=\.)(?<!\bpr\.)\s{1,3}(?=[A-ZÆØÅ•])"
    r"|(?<!\w.)(?:(?<=m)ens?|(?<=h)vorimod)(?!\w))"
)
# "5 mio. kr., og i 2023-priser 4 mio. kr.": what is said belongs to what follows.
_NEW_CLAUSE = re.compile(r",\s(?:og|men|mens)\s(?:opgjort\s)?i\s$")
_ALL = re.compile(
    r"(?P<fees>(?:alle|samtlige)\s(?:priser|takster|gebyrer)|(?:priserne|taksterne|gebyrerne)|priser\si\s)"
    r"|(?:alle|samtlige)\s(?:beløb|tal|udgifter|figurer)|(?:beløbene|tallene)|beløb\s(?:er|angives|i)\s",
    re.IGNORECASE,
)
_OF_TABLE = re.compile(r"(?i:(?<!\w)(?:budget)?(?:tabel|skema|oversigt))")  # "Beløbene i tabellen er i …"
_SENTENCE = re.compile(
    r"(?<!\w)(?:er|angives|angivet|opgøres|opgjort|vises|står|gives|anført|anføres)(?!\w)", re.IGNORECASE
)
# "Beløb i 1.000 kr. (2025-priser)", "(mio. kr., 2025-pl)": the unit of a table stands beside its prices.
_HEAD = re.compile(
    r"(?:(?<!\w)(?:beløb|tal|beløbene|tallene)\s(?:[^\W\d_]+\s){0,3}?(?:1\.?000|mio\.?|mia\.?|t\.?|hele)\s?(?:kr|kroner)"
    r"|\(\s?(?:i\s)?(?:1\.?000|mio\.?|mia\.?|t\.?)\s?kr)[^\n]{0,24}$",
    re.IGNORECASE,
)


class Prices(NamedTuple):
    """A level as printed: its year, ``own`` for the amount's own year, neither for current prices."""

    level: int | None
    own: bool
    start: int
    end: int


class Place(NamedTuple):
    """Where an amount stands."""

    start: int
    end: int


def find_prices(prose: Prose) -> list[Prices]:
    """Every mention of a price level in a text, in printed order."""
    found: dict[int, Prices] = {}
    lower = prose.lower
    for at in _marks(prose):
        begin, stop = max(0, at - 24), at + 40
        match = _LEVEL.search(lower, begin, stop) if _TIMED.search(lower, begin, stop) else None
        if match is None or not match.start() - 1 <= at <= match.end():
            continue
        printed = match["year"] or match["last"]
        level = int(printed) if printed else 2000 + int(match["short"]) if match["short"] else None
        found[match.start()] = Prices(level, match["own"] is not None, *match.span())
    return [found[start] for start in sorted(found)]


def _marks(prose: Prose) -> Iterator[int]:
    lower = prose.lower
    for mark in _MARKS:
        at = lower.find(mark) if mark != "pl" or mark in prose.words else -1
        while at >= 0:
            end = at + len(mark)
            if mark != "pl" or not lower[end : end + 1].isalpha():
                yield at
            at = lower.find(mark, end)


def price_of(
    text: str, places: Sequence[Place], mentions: Sequence[Prices], taken: Sequence[Span], is_fee: Callable[[int], bool]
) -> dict[int, Prices]:
    """The mention that holds for each place, by its index.

    ``taken``: the zones of tables, among other spans. ``is_fee`` tells of a place, by its index, whether it is the
    price of one thing.
    """
    held: dict[int, Prices] = {}
    general: list[Prices] = []
    tables = [span for span in taken if "\n" in text[span[0] : span[1]]]
    for n, said in enumerate(mentions):
        if any(start <= said.start and said.end <= end for start, end in tables):
            continue
        floor = mentions[n - 1].end if n else 0
        ceiling = mentions[n + 1].start if n + 1 < len(mentions) else len(text)
        before = _before(text, places, said, floor)
        for index in before or _following(text, places, said, ceiling):
            held.setdefault(index, said)
        if not before and said.level is not None and _is_general(text, said, beside_table=bool(tables)):
            general.append(said)
    if len({said.level for said in general}) == 1:
        for index in range(len(places)):
            if index not in held and (_is_of_fees(text, general[0]) or not is_fee(index)):
                held[index] = general[0]
    return held


def _before(text: str, places: Sequence[Place], said: Prices, floor: int) -> list[int]:
    """The amounts before a mention that it holds for, nearest first."""
    found: list[int] = []
    for index in range(bisect_right(places, (said.start,)) - 1, -1, -1):
        place = places[index]
        if place.end < max(floor, said.start - REACH) or _BREAK.search(text, place.end, said.start):
            break
        if not found and _NEW_CLAUSE.search(text, place.end, said.start):
            break
        found.append(index)
    return found


def _following(text: str, places: Sequence[Place], said: Prices, ceiling: int) -> list[int]:
    """The amounts behind a mention in its sentence; behind the head of a table, in its line."""
    found: list[int] = []
    if _is_head(text, said):
        line = text.find("\n", said.end)
        ceiling = min(ceiling, line if line >= 0 else len(text))
    for index in range(bisect_right(places, (said.end,)), len(places)):
        place = places[index]
        if place.start > min(ceiling, said.end + REACH) or _BREAK.search(text, said.end, place.start):
            break
        found.append(index)
    return found


def _is_head(text: str, said: Prices) -> bool:
    begin = max(0, said.start - 80)
    return _HEAD.search(text, max(begin, text.rfind("\n", begin, said.start) + 1), said.start) is not None


def _is_general(text: str, said: Prices, *, beside_table: bool) -> bool:
    """ "Alle beløb er i 2024-priser": of the whole text. Without a verb ("Beløb i 2024-priser") it may be a table's."""
    found = _all_before(text, said)
    if found is None or _is_head(text, said):
        return False
    return not beside_table or _SENTENCE.search(text, found.start(), said.start) is not None


def _is_of_fees(text: str, said: Prices) -> bool:
    """ "Alle takster er i 2024-priser"."""
    found = _all_before(text, said)
    return found is not None and found["fees"] is not None


def _all_before(text: str, said: Prices) -> re.Match[str] | None:
    begin = max(0, said.start - 120)
    begin = max([begin, *(match.end() for match in _BREAK.finditer(text, begin, said.start))])
    return None if _OF_TABLE.search(text, begin, said.start) else _ALL.search(text, begin, said.start)


def is_fee(prose: Prose, start: int, value: Decimal | None) -> bool:
    """ "Prisen hæves fra 45 til 50 kr.": whether the amount at ``start`` is plainly what one of something costs."""
    if value is not None and value >= LARGEST_FEE:
        return False
    words = words_of(prose.lower, clause_start(prose.text, start, 0), start)
    return any(word.endswith(_fees()) or per_compound(word) for word in words)


@functools.cache
def _fees() -> tuple[str, ...]:
    return tuple(cues("fee"))
