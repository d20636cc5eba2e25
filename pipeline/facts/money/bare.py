"""Numbers with a scale and no currency ("3 mio.", "ti millioner"): money, something else, or unclear.

Money where a money word governs it, where the amount beside it names the currency, or where the paragraph has just
spoken of millions of kroner; never where a noun follows or people are counted.
"""

from __future__ import annotations

import functools
import re

import msgspec

from pipeline.facts.money.front import Reading
from pipeline.facts.qualifiers.cues import find_cue
from pipeline.facts.qualifiers.years import CLAUSE
from pipeline.facts.units import MILLION, figure_set, figure_words
from pipeline.language import Prose

PARAGRAPH = 320
_SENTENCE_END = re.compile(r"[!?]\s|\n[ \t]*\n|[.:]\s{1,3}(?=[A-ZÆØÅ•])")
_GIVER = r"(?:staten|regionen|regeringen|kommunen|fonden|EU|[A-ZÆØÅ][^\W\d_]*(?:ministeriet|styrelsen|fonden))"
_AFTER_BARE = re.compile(
    # A line end ends the clause, but where the next line goes on in small letters: "1,3 mio.", line end, "elever".
    r"\s{0,3}(?:[.,;:!?()\]\"”»]|$|\n(?![> \t]*[a-zæøå])|[-–—]\s"
    r"|(?:i|til|på|om|at|årligt|pr|per|og|for|fra|som|der|mens|men|eller|stigende|voksende|faldende|aftagende|mere|mindre|lavere|højere"
    r"|dyrere|billigere|hvert|hver|over|samlet|samlede|bare|allerede"
    r"|ved|med|samt|hvilket|heraf|hvoraf|at|er|var|var|blev|bliver|netto|brutto|ekstra|ud|ned|op|tilbage|under|efter|blot|kun"
    r"|kommer|[^\W\d_]{3,20}es|kan|skal|vil|går|gik|har|ikke|alene|hen|væk|næste|blandt\sandet|bl\.\s?a|dækker|lød|lyder"
    rf"|af(?=\s(?:[^\W\d_]*puljen|budgettet|{_GIVER})(?!\w)))(?!\w))"
)

# "Det bliver nærmere 3,8 mio. Byrådet har …": the dot of the scale ends the sentence too.
_NEXT_SENTENCE = re.compile(r"(?<=\.)\s{1,3}(?P<word>[A-ZÆØÅ][^\W\d_]*)(?![-\w])")
_DEFINITE = re.compile(r"[^\W\d_]{3}(?:en|et|ne)$")
# "… fik 2 mio. til et nyt tag", "… 5 mio. ekstra", "… 5 mio. af staten": with a purpose, on top, by somebody.
_WITH_A_PURPOSE = re.compile(
    rf"\s{{1,3}}(?:ekstra(?=\s?(?:[.,;!?)\n]|$|(?:til|i|fra|om|pr|årligt)\s))|til\s{{1,3}}(?!at\s)[^\W\d_]|af\s{_GIVER}(?!\w))"
)


def with_currency(text: str, readings: list[Reading]) -> list[Reading]:
    """Settles numbers with a scale and no currency: money, something else (left out), or unclear (refused)."""
    if all(reading.currency is not None for reading in readings):
        return readings
    settled: list[Reading] = []
    known = {(each.low, each.high) for each in readings if each.currency == "DKK"}
    for place, reading in enumerate(readings):
        if reading.currency is not None:
            settled.append(reading)
            continue
        following = readings[place + 1] if place + 1 < len(readings) else None
        between = text[reading.end : following.start].strip() if following else "?"
        if (
            following
            and following.currency
            and (not between or (between == "og" and following.factor < reading.factor))
        ):
            # "1 mio. 250.000 kr.", "1 million og 200.000 kroner": one amount or two.
            readings[place + 1] = msgspec.structs.replace(following, start=reading.start, low=None)
            continue
        source = _currency_source(text, reading, settled[-1] if settled else None, following)
        if source is None and (reading.low, reading.high) in known and _ends(text, reading.end):
            source = "kr."  # a heading's "halvanden million mere" over a text with "halvanden million kroner"
        if source:
            settled.append(msgspec.structs.replace(reading, currency="DKK", unit_source=source))
        elif _may_be_money(text, reading):
            settled.append(reading)  # refused: "de 4,5 mill, det er for meget"
    return settled


def _may_be_money(text: str, bare: Reading) -> bool:
    """Whether it is millions of nothing that is named."""
    return bare.low is not None and bare.factor >= MILLION and _counts_nothing(text, bare.start, bare.end)


def is_money(text: str, start: int, end: int) -> bool:
    """Whether millions without a figure are money: a word of money governs them, and nothing that is counted."""
    begin = _sentence_start(text, start)
    stop = _SENTENCE_END.search(text, end, end + CLAUSE)
    sentence = text[begin : stop.start() + 1 if stop else end + CLAUSE]
    said = any(figure_words(kind).search(sentence) for kind in ("spent", "given"))
    return (said or find_cue(text[begin:start]) is not None) and _counts_nothing(text, start, end)


def _counts_nothing(text: str, start: int, end: int) -> bool:
    """Whether no noun follows, and nobody and nothing is counted around it."""
    if not _ends(text, end):
        return False
    begin = _sentence_start(text, start)
    stop = _SENTENCE_END.search(text, end, end + CLAUSE)
    around = text[max(0, begin - CLAUSE) : stop.start() if stop else end + CLAUSE]
    return not figure_words("counted").search(around)


# "… 208 mio. kr. Heraf er 61 millioner øremærket diget."
_OF_IT = re.compile(
    r"\.?\s{1,4}(?:Heraf|Deraf|heraf|hvoraf)(?:\s(?:er|går|gik|skal|kommer|kan|bliver|blev|var|afsættes|bruges|anvendes|udgør))?"
    r"(?:\s(?:ca\.|cirka|knap|godt))?\s$"
)


def _is_of_it(text: str, bare: Reading, before: Reading | None) -> bool:
    """Whether it is a part of the amount of money right before it."""
    if before is None or before.currency != "DKK" or bare.low is None or before.low is None:
        return False
    near = 0 < bare.start - before.end < 40 and bare.low < before.low
    return near and _OF_IT.fullmatch(text, before.end, bare.start) is not None


def _currency_source(text: str, bare: Reading, before: Reading | None, after: Reading | None) -> str | None:
    if _is_of_it(text, bare, before):
        return "kr."
    listed = bare.tail > bare.end  # another item of its list stands behind it
    if not listed and not _ends(text, bare.end):
        return None
    begin = _sentence_start(text, bare.start)
    found = find_cue(text[begin : bare.start])
    if found:
        return found.word
    for other in (before, after):
        if other and other.currency == "DKK" and _same_sentence(text, bare, other):
            return _printed_currency(text, other)
    stop = _SENTENCE_END.search(text, bare.end, bare.end + CLAUSE)
    sentence = text[begin : stop.start() + 1 if stop else bare.end + CLAUSE]
    if figure_words("counted").search(sentence):
        return None
    spent = figure_words("spent").search(sentence)
    spent = spent or (_WITH_A_PURPOSE.match(text, bare.end) and figure_words("given").search(sentence))
    if spent:
        return spent[0].lower()
    return _printed_currency(text, before) if before and _same_paragraph(text, before, bare) else None


_KRONER = re.compile(r"kroner|dkk|kr\.?", re.IGNORECASE)


def _printed_currency(text: str, reading: Reading) -> str:
    """How an amount prints its currency: "kroner" of "halvanden million kroner"."""
    found = _KRONER.search(text, reading.start, reading.end)
    return found[0] if found else reading.unit_source or "kr."


def _ends(text: str, end: int) -> bool:
    """Whether no noun follows that says what is counted: "2 mio. EU-borgere" has one."""
    if _AFTER_BARE.match(text, end):
        return True
    following = _NEXT_SENTENCE.match(text, end)
    return following is not None and (
        following["word"].lower() in figure_set("begins") or _is_a_word(following["word"])
    )


def _is_a_word(word: str) -> bool:
    """ "14 mio. Skatten sættes ned": a definite noun with a capital begins a sentence; "3 mio. Euro" goes on."""
    return word[1:].islower() and _DEFINITE.search(word) is not None


def _same_paragraph(text: str, before: Reading, bare: Reading) -> bool:
    if before.currency != "DKK" or before.factor < MILLION or bare.start - before.end > PARAGRAPH:
        return False
    return "\n\n" not in text[before.end : bare.start]


def _same_sentence(text: str, one: Reading, other: Reading) -> bool:
    start, end = (one.end, other.start) if one.start < other.start else (other.end, one.start)
    return end - start <= CLAUSE and not _SENTENCE_END.search(text, start, end)


def _sentence_start(text: str, at: int) -> int:
    return max((m.end() for m in _SENTENCE_END.finditer(text, max(0, at - CLAUSE), at)), default=max(0, at - CLAUSE))


@functools.lru_cache(maxsize=256)
def _source(printed: str) -> re.Pattern[str]:
    return re.compile(r"\s{1,4}".join(map(re.escape, printed.split())), re.IGNORECASE)


def unit_place(prose: Prose, reading: Reading, source: str) -> tuple[int, int] | None:
    """Where the words stand that gave the unit: behind the list, else the nearest before or after the number."""
    text, pattern = prose.text, _source(source)
    if reading.tail > reading.end:
        found = pattern.search(text, max(reading.end, reading.tail - len(source) - 12), reading.tail)
        if found:
            return found.span()
    first, begin = source.split()[0].lower(), max(0, reading.start - CLAUSE)
    at = prose.lower.rfind(first, begin, reading.start)
    while at >= 0:
        before = pattern.match(text, at, reading.start)
        if before:
            return before.span()
        at = prose.lower.rfind(first, begin, at + len(first) - 1)
    after = pattern.search(text, reading.end, min(len(text), reading.end + CLAUSE))
    return after.span() if after else None
