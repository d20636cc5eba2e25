"""What the words around a quantity say of it: about, at most, per what.

Words are looked up, never guessed at: the cues are data in ``lexicon/cues.csv``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from pipeline.facts.numbers import is_number_word
from pipeline.facts.qualifiers.denied import is_denied
from pipeline.lexicon import rows

_SET_ASIDE = re.compile(r"[^.;:]{0,24}(?:\.[^.;:]{0,12}){0,2}?(?<!\w)(?:kr\.?|kroner|,-)\s+af(?!\w)", re.IGNORECASE)
_GIVEN = frozenset(("tilskud", "støtte", "bevilling", "refusion"))
Bound = Literal["min", "max"]
Span = tuple[int, int]

BEFORE = 60
AFTER = 90
LONGEST = 30
_REMEMBERED = 1 << 15


@functools.cache
def cues(kind: str) -> dict[str, str]:
    """The cue words of one kind, each with its value."""
    return _by_kind().get(kind, {})


@functools.cache
def _by_kind() -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    for row in rows("cues"):
        kinds.setdefault(row["kind"], {})[row["cue"]] = row["value"]
    return kinds


def words_back(text: str, end: int, most: int, floor: int = 0) -> list[tuple[str, int]]:
    """Up to ``most`` words that stand directly before ``end``, nearest first, each in lower case with its start."""
    found: list[tuple[str, int]] = []
    while len(found) < most:
        begin, stop = _word_back(text, end, max(floor, end - LONGEST))
        if begin == stop or (begin > floor and text[begin - 1].isalnum()):
            break
        found.append((text[begin:stop].lower(), begin))
        end = begin
    return found


def _word_back(text: str, end: int, floor: int) -> tuple[int, int]:
    """The word before ``end``, with its dot if it has one, or "~"; over three blanks, brackets or colons at most."""
    stop = end
    while stop > floor and end - stop < 3 and (text[stop - 1].isspace() or text[stop - 1] in "(:"):
        stop -= 1
    if stop > floor and text[stop - 1] == "~":
        return stop - 1, stop
    begin = stop - 1 if stop > floor and text[stop - 1] == "." else stop
    letters = begin
    while begin > floor and text[begin - 1].isalpha():
        begin -= 1
    return (begin, stop) if begin < letters else (stop, stop)


@functools.cache
def _hedge_ends() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words that hedge alone, the last two of those that do together ("højst koste" too), and what may be last."""
    plain = [phrase.rstrip(".:").split() for phrase in _hedges()]
    parted = [
        *(f"{bound} {verb}" for bound in cues("bound-before-verb") for verb in cues("bound-verb")),
        *(f"{modal} {verb}" for modal in cues("bound-modal") for verb in cues("bound-verb")),
        *(f"{verb} på" for verb in (*cues("bound-verb"), *_GIVEN)),
    ]
    pairs = [" ".join(words[-2:]) for words in plain if len(words) > 1]
    single, together = [words[0] for words in plain if len(words) == 1], [*pairs, *parted]
    last = [*single, *(pair.split()[-1] for pair in together), "(", ":"]
    return frozenset(single), frozenset(together), frozenset(last)


def may_hedge(words: Sequence[str]) -> bool:
    """Whether a clause that ends in these words, in lower case and without dots, may end in a hedge."""
    single, pairs, last = _hedge_ends()
    words = words[:-1] if words and words[-1] == "mellem" else words
    if not words or words[-1] not in last:
        return False
    kept = [word for word in words[-4:] if word not in {"(", ":"}]
    return bool(kept) and (kept[-1] in single or (len(kept) > 1 and f"{kept[-2]} {kept[-1]}" in pairs))


@functools.cache
def _hedges() -> dict[str, tuple[bool, Bound | None]]:
    """Each hedge: whether it says about, and the bound it sets."""
    kinds = (cues("approximate"), cues("max"), cues("min"))
    return {
        phrase: (phrase in kinds[0], "max" if phrase in kinds[1] else "min" if phrase in kinds[2] else None)
        for kind in kinds
        for phrase in kind
    }


class Hedges(msgspec.Struct, frozen=True, gc=False):
    """What the words before a quantity say: that it is approximate, and a bound, each with the words."""

    approximate: Span | None = None
    bound: Bound | None = None
    bound_span: Span | None = None
    start: int = 0  # where the words that do nothing but hedge begin


def hedges(text: str, start: int) -> Hedges:
    """Whether the words before ``start`` make the quantity approximate ("ca.", "knap"), and which bound they set."""
    nearest = words_back(text, start, 1, max(0, start - BEFORE))
    begin = start
    if nearest and nearest[0][0] == "mellem":  # "højst mellem 2 og 3 mio. kr."
        start = nearest[0][1]
        nearest = words_back(text, start, 1, max(0, start - BEFORE))
    if not nearest or nearest[0][0].rstrip(".") not in _hedge_ends()[2]:
        return Hedges(start=begin)
    approximate: Span | None = None
    bound: Bound | None = None
    bound_span: Span | None = None
    at = first = start
    known = _hedges()
    while True:
        words = words_back(text, at, 3, max(0, start - BEFORE))
        step = next((n for n in (3, 2, 1) if len(words) >= n and _phrase(words[:n]) in known), 0)
        if not step or _is_idiom(words, step) or _is_at_hand(text, words, step) or _is_raised(text, words, step):
            break
        about, limit = known[_phrase(words[:step])]
        span = (words[step - 1][1], _word_end(words[0]))
        if about:
            approximate = approximate or span
        if bound is None and limit:
            bound, bound_span = limit, span
        at = words[step - 1][1]
        if words[step - 1][0] not in cues("set-at"):  # "skønnes til" is what ties the amount to its noun
            first = at
    if bound is None and (before := _bound_before_verb(text, at, max(0, start - BEFORE))):
        bound, bound_span = before
    if bound and bound_span and is_denied(text, *bound_span):
        bound = "min" if bound == "max" else "max"
    return Hedges(approximate, bound, bound_span, first)


def _bound_before_verb(text: str, at: int, floor: int) -> tuple[Bound, Span] | None:
    """ "må højst koste 300 kr.", "tilskuddet højst kan blive på": the bound stands before the verb, and its modal."""
    words = words_back(text, at, 5, floor)
    if words[:1] and words[0][0] == "på":
        del words[0]
        if words[:1] and words[0][0] in _GIVEN:
            del words[0]  # "der højst gives tilskud på 20.000 kr."
    if not words[:1] or words[0][0] not in cues("bound-verb"):
        return None
    said = next((word for word in words[1:] if word[0] not in cues("bound-modal")), ("", 0))
    if said[0] not in cues("bound-before-verb"):
        return None
    return ("max" if said[0] in cues("max") else "min"), (said[1], _word_end(said))


def _word_end(word: tuple[str, int]) -> int:
    return word[1] + len(word[0])


def _is_idiom(words: list[tuple[str, int]], step: int) -> bool:
    """ "råder over 2 mio. kr.", "fordelt over 3 år", "en pulje, der ligger inde under": no bound is meant."""
    if step > 1 or words[0][0] not in {"over", "under"} or len(words) < 2:
        return False
    return words[1][0] in cues("over-idiom")


def _is_raised(text: str, words: list[tuple[str, int]], step: int) -> bool:
    """ "Taksten sættes op til 171 kr.": that is where it ends; "der sættes op til 2 mio. kr. af" says a bound."""
    if step != 2 or len(words) < 3 or words[1][0] != "op" or words[2][0] not in cues("raised-op"):
        return False
    return _SET_ASIDE.match(text, _word_end(words[0])) is None


def _is_at_hand(text: str, words: list[tuple[str, int]], step: int) -> bool:
    """ "Skolen råder i dag over 2 stillinger": the verb and its "over" apart."""
    if step > 1 or words[0][0] != "over":
        return False
    at = words[0][1]
    return any(word in cues("at-hand") for word, _ in words_back(text, at, 6, max(0, at - 2 * BEFORE)))


def _phrase(words: list[tuple[str, int]]) -> str:
    return " ".join(word for word, _ in reversed(words))


_BOUND_AFTER = re.compile(r"\s{1,2}(?:eller|og)\s(?:(derover|mere|opefter)|(derunder|mindre))(?!\w)")


def bound_after(text: str, end: int) -> tuple[Bound, Span] | None:
    """ "500 kr. eller derover" is a lower bound, "eller derunder" an upper one."""
    match = _BOUND_AFTER.match(text, end)
    if match is None:
        return None
    return ("min" if match[1] else "max"), (match.start() + len(match[0]) - len(match[0].lstrip()), match.end())


# --- per ------------------------------------------------------------------------------------------------------


class Per(NamedTuple):
    """What an amount is paid for, in English where the lexicon has it, and the words that say so."""

    name: str
    start: int
    end: int


_ADVERBS = {
    "årligt": "year",
    "årlig": "year",
    "årlige": "year",
    "månedligt": "month",
    "månedlig": "month",
    "månedlige": "month",
    "ugentligt": "week",
    "ugentlig": "week",
    "ugentlige": "week",
    "dagligt": "day",
    "daglig": "day",
    "kvartalsvis": "quarter",
    "kvartårligt": "quarter",
    "halvårligt": "half-year",
}
_LEAD = (
    r"(?:\s\(?(?:mere|mindre|højere|lavere|dyrere|billigere|ekstra|i\sgennemsnit|gennemsnitligt|(?:ekskl|ex|inkl)\.?\smoms|netto|brutto|eksklusive\smoms|inklusive\smoms|af"
    r"|og\s[\d,½]{1,6}\s(?:årsværk|stillinger)|i\s(?!(?:året|måneden|ugen|dagen|timen|døgnet|kvartalet|årlige?)\b)[a-zæøå]{4,20}"
    r"(?=\s(?:om\såret|om\småneden|pr\.\s|per\s|hvert?\s(?:år|måned))))\)?(?=[\s,(]))?"
    r"[^\S\n]{0,2}(?:\n[> ]{0,8})?[,(]?\s?"
)
_PER = re.compile(
    rf"{_LEAD}(?P<said>(?:(?:pr(?:\.|(?=\s))|per(?=\s))\s{{0,2}}|(?<!\n)/[ \u00a0]?"
    r"|(?:om|i)\s(?=året|måneden|ugen|dagen|timen|døgnet|kvartalet)|hvert?\s"
    r"(?=år|måned|uge|dag|kvartal))(?P<noun>m[²³23]|[^\W\d_]+))(?:\s(?P<next>[^\W\d_]+))?"
)
_BASIS = re.compile(
    rf"{_LEAD}(?P<said>p\.\s?a\.|pro anno|per annum|på\s(?:hel)?års(?:basis|plan)|i\sårlig(?=\s[^\W\d_]))"
)
# How each of the three above and the one below begin.
_PER_MARK = re.compile(
    rf"{_LEAD}(?:/|p(?:[r.]|er|å\s(?:hel)?års)|(?:om|i)\s(?:årlig|året|måned|ugen|dagen|timen|døgn|kvart|\d)"
    "|hver|årlig|måned|uge|dag|kvart|halvår)"
)
_PER_FIRST = frozenset(" \n>/,(pioåhmudkgenbal")  # what any of them may begin with
_ADVERB = re.compile(rf"{_LEAD}(?:i\s\d{{4}}-priser\s)?(?P<adverb>[^\W\d_]+)")
_EVERY = re.compile(r"(?i:(?<!\w)(hvert|hver|om|pr\.?|per)\s(år|året|måned|måneden|uge|ugen|dag)(?!\w))")
# "240 ture om året à 850 kr.": what is counted comes every year, the amount is the price of one.
_PRICE_OF_ONE = re.compile(r"(?<!\w)[àáa@]\s{0,2}$")
_LET_GO = re.compile(r"[,;\d]|(?<![^\W\d_])(?:og|samt|eller|men|plus)(?![^\W\d_])")
_PER_BEFORE = re.compile(r"(?<![^\W\d_])(?:pr\.?|per)\s(?P<noun>[^\W\d_]{2,}|m[²2])(?::\s|\s(?:[^\W\d_]+\.?\s){0,3})$")
_OF_ONE = re.compile(r"(?<![^\W\d_])(?:pr\.?|per)\s(?P<noun>[^\W\d_]+)\s$")
_ADJECTIVE = re.compile(r"[^\W\d_]{2,20}(?:ende|dt|rt|et)")
_PER_WORDS = frozenset(["pr", "per", "hver", "hvert", "om", *_ADVERBS])
_NOT_UNITS = frozenset({"januar", "mail", "automatik", "kulance", "dato", "brev", "telefon", "post", "definition"})
_NOT_COUNTED = frozenset(
    (
        "til",
        "fra",
        "med",
        "for",
        "ved",
        "hos",
        "som",
        "der",
        "men",
        "skal",
        "kan",
        "har",
        "efter",
        "før",
        "under",
        "over",
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")


def per_after(text: str, end: int) -> Per | None:
    """What the amount before ``end`` is paid for: "year" for "pr. år" and "årligt", "child" for "pr. barn".

    A noun outside the lexicon is given as printed, in lower case. Of two ("pr. barn pr. år") it is the first.
    """
    following = text[end : end + 3].lstrip()
    if (following and following[0] not in _PER_FIRST) or not _PER_MARK.match(text, end):
        return None
    basis = _BASIS.match(text, end)
    if basis:
        return Per("year", *basis.span("said"))
    match = _PER.match(text, end)
    if match:
        return _per_noun(match["noun"].lower(), (match["next"] or "").lower(), *match.span("said"))
    adverb = _ADVERB.match(text, end)
    name = _ADVERBS.get(adverb["adverb"]) if adverb else None
    return Per(name, *adverb.span("adverb")) if adverb and name else None


def _per_noun(noun: str, following: str, start: int, end: int) -> Per | None:
    """ "pr. barn", and "pr. påbegyndt time" over the adjective."""
    if noun in cues("per"):
        return Per(cues("per")[noun], start, end)
    if _ADJECTIVE.fullmatch(noun) and following in cues("per"):
        return Per(cues("per")[following], start, end + 1 + len(following))
    if noun.endswith(("yndt", "ende")) and len(following) > 2 and following not in _NOT_COUNTED:
        return Per(following, start, end + 1 + len(following))  # "pr. påbegyndt parcel", "pr. manglende afgang"
    if noun in _NOT_UNITS or len(noun) < 2 or noun.endswith(("ende", "yndt")):
        return None
    return Per(noun, start, end)


def per_before(text: str, begin: int, stop: int, words: Sequence[str]) -> Per | None:
    """ "Hvert år afsættes 5 mio. kr.", "en årlig besparelse på 2 mio. kr."; the clause ends at the amount.

    Not where something else is counted ("37 timer pr. uge"), nor over a comma, a number or an "og": the words may
    belong to a neighbour then. ``words`` are those of the clause, in lower case.
    """
    if _PER_WORDS.isdisjoint(words):
        return None
    found = _PER_BEFORE.search(text, begin, stop)
    first = _OF_ONE.search(text, max(begin, found.start() - 40), found.start()) if found else None
    noun = first or found
    if noun and found and not _is_neighbours(text, noun.start(), found.end("noun"), begin, stop, 2):
        following = _NEXT_WORD.match(text, noun.end("noun"), stop)
        after = following[1].lower() if following else ""
        named = _per_noun(noun["noun"].lower(), after, noun.start(), noun.end("noun"))
        if named:
            return named
    if _PRICE_OF_ONE.search(text, begin, stop):
        return None
    return _every(text, begin, stop) or _adverb_before(text, begin, stop)


def _every(text: str, begin: int, stop: int) -> Per | None:
    every = [
        match
        for match in _EVERY.finditer(text, begin, stop)
        if not _OF_ONE.search(text, max(begin, match.start() - 40), match.start())
        and not _is_neighbours(text, *match.span(), begin, stop, 1 if match[1].lower().startswith("hver") else 2)
    ]
    name = cues("per").get(every[-1][2].lower()) if every else None
    return Per(name, *every[-1].span()) if name else None


def _adverb_before(text: str, begin: int, stop: int) -> Per | None:
    for word in list(_WORD.finditer(text, begin, stop))[-6:][::-1]:
        name = _ADVERBS.get(word.group().lower())
        if name and not _is_neighbours(text, *word.span(), begin, stop, 0):
            return Per(name, *word.span())
    return None


_COUNTED = re.compile(r"\d+|[^\W\d_]+|[^\s\w]")


def _is_neighbours(text: str, start: int, end: int, begin: int, stop: int, reach: int) -> bool:
    """Whether ``text[start:end]`` is said of what is counted ``reach`` words before it, or parted off."""
    if _LET_GO.search(text, end, stop):
        return True
    words = _COUNTED.findall(text, max(begin, start - 80), start)[-reach - 1 :]
    return any(word.isdigit() or (is_number_word(word) and word.lower() not in {"en", "et", "og"}) for word in words)


@functools.lru_cache(maxsize=_REMEMBERED)
def per_compound(word: str) -> str | None:
    """ "hour" for "timeprisen", "month" for "månedsløn": a price that says what it is the price of."""
    match = _RATE.fullmatch(word)
    return cues("rate")[match["unit"]] if match else None


_RATE = re.compile(
    rf"(?P<unit>{'|'.join(sorted(cues('rate'), key=len, reverse=True))})"
    r"(?:pris|priser|takst|takster|sats|satser|løn|leje|honorar|betaling|ydelse)(?:en|erne|ne|n|nen|ningen|ninger|et|r)?"
)
