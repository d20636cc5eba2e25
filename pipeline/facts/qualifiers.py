"""What the words around a quantity say of it: about, at most, per what, in which prices.

Words are looked up, never guessed at: the cues are data in ``lexicon/cues.csv``.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from pipeline.facts.numbers import is_number_word
from pipeline.facts.units import lexicon

Bound = Literal["min", "max"]

BEFORE = 60
AFTER = 90
_BACKWARD_TOKEN = re.compile(r"(?:[^\W\d_]+\.?|~)[\s(:]{0,3}$")


@functools.cache
def cues(kind: str) -> dict[str, str]:
    """The cue words of one kind, each with its value."""
    return {row["cue"]: row["value"] for row in lexicon("cues.csv") if row["kind"] == kind}


def words_back(text: str, end: int, most: int, floor: int = 0) -> list[tuple[str, int]]:
    """Up to ``most`` words that stand directly before ``end``, nearest first, each in lower case with its start."""
    found: list[tuple[str, int]] = []
    while len(found) < most:
        match = _BACKWARD_TOKEN.search(text, max(floor, end - 30), end)
        if match is None or (match.start() > floor and text[match.start() - 1].isalnum()):
            break
        found.append((match.group().strip(" \t\n\u00a0(:").lower(), match.start()))
        end = match.start()
    return found


def hedges(text: str, start: int) -> tuple[bool, Bound | None]:
    """Whether the words before ``start`` make the quantity approximate ("ca.", "knap"), and which bound they set."""
    approximate, at = False, start
    bound: Bound | None = None
    while True:
        words = words_back(text, at, 3, max(0, start - BEFORE))
        step = next((n for n in (3, 2, 1) if len(words) >= n and _hedge(words[:n])), 0)
        if not step or _is_idiom(words, step) or _is_at_hand(text, words, step):
            return approximate, bound
        phrase = _phrase(words[:step])
        approximate = approximate or phrase in cues("approximate")
        bound = bound or ("max" if phrase in cues("max") else "min" if phrase in cues("min") else None)
        at = words[step - 1][1]


def _is_idiom(words: list[tuple[str, int]], step: int) -> bool:
    """ "råder over 2 mio. kr.", "fordelt over 3 år", "en pulje, der ligger inde under": no bound is meant."""
    if step > 1 or words[0][0] not in {"over", "under"} or len(words) < 2:
        return False
    return words[1][0] in cues("over-idiom")


def _is_at_hand(text: str, words: list[tuple[str, int]], step: int) -> bool:
    """ "Skolen råder i dag over 2 stillinger": the verb and its "over" apart."""
    if step > 1 or words[0][0] != "over":
        return False
    at = words[0][1]
    return any(word in cues("at-hand") for word, _ in words_back(text, at, 6, max(0, at - 2 * BEFORE)))


def _phrase(words: list[tuple[str, int]]) -> str:
    return " ".join(word for word, _ in reversed(words))


def _hedge(words: list[tuple[str, int]]) -> bool:
    phrase = _phrase(words)
    return phrase in cues("approximate") or phrase in cues("max") or phrase in cues("min")


_BOUND_AFTER = re.compile(r"\s{1,2}(?:eller|og)\s(?:(derover|mere|opefter)|(derunder|mindre))(?!\w)")


def bound_after(text: str, end: int) -> Bound | None:
    """ "500 kr. eller derover" is a lower bound, "eller derunder" an upper one."""
    match = _BOUND_AFTER.match(text, end)
    return None if match is None else "min" if match[1] else "max"


# --- per ------------------------------------------------------------------------------------------------------

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
_LEAD = r"(?:\s\(?(?:i\sgennemsnit|gennemsnitligt|(?:ekskl|ex|inkl)\.?\smoms|netto|brutto)\)?(?=[\s,(]))?[\s,(]{0,3}"
_PER = re.compile(
    rf"{_LEAD}(?:(?:pr\.?|per)\s{{0,2}}|/\s?|(?:om|i)\s(?=året|måneden|ugen|dagen|timen|døgnet|kvartalet)|hver[t]?\s"
    r"(?=år|måned|uge|dag))(?P<noun>m[²³23]|[^\W\d_]+)(?:\s(?P<next>[^\W\d_]+))?"
)
_PER_ANNUM = re.compile(rf"{_LEAD}(?:p\.\s?a\.|pro anno|per annum)")
_ADVERB = re.compile(rf"{_LEAD}(?:i\s\d{{4}}-priser\s)?(?P<adverb>[^\W\d_]+)")
_EVERY = re.compile(r"(?i:(?<!\w)(hvert|hver|om|pr\.?|per)\s(år|året|måned|måneden|uge|ugen|dag)(?!\w))")
# "240 ture om året à 850 kr.": what is counted comes every year, the amount is the price of one.
_PRICE_OF_ONE = re.compile(r"(?<!\w)[àáa@]\s{0,2}$")
_LET_GO = re.compile(r"[,;\d]|(?<![^\W\d_])(?:og|samt|eller|men|plus)(?![^\W\d_])")
_PER_BEFORE = re.compile(r"(?<![^\W\d_])(?:pr\.?|per)\s(?P<noun>[^\W\d_]{2,}|m[²2])(?::\s|\s(?:[^\W\d_]+\.?\s){0,3})$")
_OF_ONE = re.compile(r"(?<![^\W\d_])(?:pr\.?|per)\s(?P<noun>[^\W\d_]+)\s$")
_ADJECTIVE = re.compile(r"[^\W\d_]{2,20}(?:ende|dt|rt|et)")
_NOT_UNITS = frozenset({"januar", "mail", "automatik", "kulance", "dato", "brev", "telefon", "post", "definition"})


def per_after(text: str, end: int) -> str | None:
    """What the amount before ``end`` is paid for: "year" for "pr. år" and "årligt", "child" for "pr. barn".

    A noun outside the lexicon is given as printed, in lower case. Of two ("pr. barn pr. år") it is the first.
    """
    if _PER_ANNUM.match(text, end):
        return "year"
    match = _PER.match(text, end)
    if match:
        return _per_noun(match["noun"].lower(), (match["next"] or "").lower())
    adverb = _ADVERB.match(text, end)
    return _ADVERBS.get(adverb["adverb"]) if adverb else None


def _per_noun(noun: str, following: str) -> str | None:
    """ "pr. barn", and "pr. påbegyndt time" over the adjective."""
    if noun in cues("per"):
        return cues("per")[noun]
    if _ADJECTIVE.fullmatch(noun) and following in cues("per"):
        return cues("per")[following]
    return None if noun in _NOT_UNITS or len(noun) < 2 or noun.endswith(("ende", "yndt")) else noun


def per_before(clause: str) -> str | None:
    """ "Hvert år afsættes 5 mio. kr.", "en årlig besparelse på 2 mio. kr."; ``clause`` ends at the amount.

    Not where something else is counted ("37 timer pr. uge"), nor over a comma, a number or an "og": the words may
    belong to a neighbour then.
    """
    found = _PER_BEFORE.search(clause)
    first = _OF_ONE.search(clause, max(0, found.start() - 40), found.start()) if found else None
    noun = first or found
    if noun and found and not _is_neighbours(clause, noun.start(), found.end("noun"), 2):
        following = re.match(r"\s([^\W\d_]+)", clause[noun.end("noun") :])
        named = _per_noun(noun["noun"].lower(), following[1].lower() if following else "")
        if named:
            return named
    if _PRICE_OF_ONE.search(clause):
        return None
    every = [
        match[2].lower()
        for match in _EVERY.finditer(clause)
        if not _OF_ONE.search(clause, max(0, match.start() - 40), match.start())
        and not _is_neighbours(clause, *match.span(), 1 if match[1].lower().startswith("hver") else 2)
    ]
    if every:
        return cues("per").get(every[-1])
    for word in list(re.finditer(r"[^\W\d_]+", clause))[-6:][::-1]:
        if word.group().lower() in _ADVERBS and not _is_neighbours(clause, *word.span(), 0):
            return _ADVERBS[word.group().lower()]
    return None


def _is_neighbours(clause: str, start: int, end: int, reach: int) -> bool:
    """Whether ``clause[start:end]`` is said of what is counted ``reach`` words before it, or parted off."""
    if _LET_GO.search(clause, end):
        return True
    words = re.findall(r"\d+|[^\W\d_]+|[^\s\w]", clause[max(0, start - 80) : start])[-reach - 1 :]
    return any(word.isdigit() or (is_number_word(word) and word.lower() not in {"en", "et", "og"}) for word in words)


# --- price level ----------------------------------------------------------------------------------------------

_PRICES = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)|(?P<short>\d\d))(?:-|\s)?"
    r"(?:priser|prisniveau|pris-\sog\slønniveau|p/l|pl|PL|P/L|niveau)(?!\w)"
    r"|(?:prisniveau|p/l|pl|PL|P/L)[\s:-]{1,2}(?P<last>(?:19|20)\d\d)(?!\d)"
)


def price_level(text: str, end: int, stop: int) -> int | None:
    """The year of the prices an amount is given in: 2023 for "(2023-priser)", "i 2023-pl", "p/l 2023"."""
    match = _PRICES.search(text, end, min(stop, end + AFTER))
    if match is None:
        return None
    return 2000 + int(match["short"]) if match["short"] else int(match["year"] or match["last"])
