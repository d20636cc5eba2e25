"""Councils and boards: "Byrådet", "Ældrerådet", "Huslejenævnet", "Det Grønne Råd"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts.bodies.members import left_of, members_of
from pipeline.facts.bodies.names import (
    HYPHENS,
    Level,
    Name,
    W,
    cased,
    composed,
    fixed_names,
    has_owner_before,
    is_area,
    words,
)
from pipeline.facts.bodies.topics import board_topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language import Prose

_COUNCILS = {
    "byråd": "et",
    "borgerrepræsentation": "en",
    "kommunalbestyrelse": "n",
    "regionsråd": "et",
    "amtsråd": "et",
    "sogneråd": "et",
    "magistrat": "en",
}
_OF_REGIONS = ("regionsråd", "amtsråd")
_COUNCIL_STEMS = ("by", "regions", "sogne", "amts")  # of those in "råd"
_TAILS = {"et": ("", "s", "et", "ets"), "en": ("", "s", "en", "ens"), "n": ("", "s", "n", "ns")}
_BOARD_NOUNS = {"råd": "et", "nævn": "et", "kommission": "en"}
_BOARD_TAIL = re.compile(rf"(ets|et|ens|en|s|)(?![{W}\d]|[-_]\w)")
_INDEFINITE = re.compile(r"(?<!\w)(?:et|nyt|hvert|ethvert|intet|andet|hvilket|flere|en|ny|enhver)\s+$", re.IGNORECASE)
_NOT_OURS = re.compile(_INDEFINITE.pattern.replace("enhver", "enhver|danske"), re.IGNORECASE)  # "Danske Ældreråd"
_BREAK = re.compile(rf"(?P<before>[{W}]+)[{HYPHENS}][ \t]*\n[ \t]*(?P<after>[{W}]+)")
_BEFORE_FIXED = re.compile(rf"(?:(?<!\w)[Dd][Ee][Tt]\s+)?(?<![-\w])[{W}]+\s+$")
_ADJECTIVE = re.compile(rf"(?<!\w)Det\s+(?P<quality>[A-ZÆØÅ][{W}]*e)\s+$")
_LONGEST_WORD = 30


@cache
def council_forms() -> dict[str, tuple[str, bool, bool]]:
    """Every printed form of a council, lower case -> its name, whether the form is definite, and a municipality's."""
    return {
        stem + tail: (cased(stem) + _COUNCILS[stem], tail.rstrip("s") != "", stem not in _OF_REGIONS)
        for stem in _COUNCILS
        for tail in _TAILS[_COUNCILS[stem]]
    }


def councils(prose: Prose) -> Iterator[Name]:
    """Byråd, Borgerrepræsentation, Kommunalbestyrelse, Regionsråd, and the older ones, in definite form or a name."""
    forms = council_forms()
    places = prose.places(forms)
    for start, end in places:
        if not prose.text.startswith("-", end) or not prose.text[end + 1 : end + 2].isalpha():
            yield from _council(prose, start, end, prose.lower[start:end])
    if "-\n" in prose.text:
        for before, after in _broken(prose):
            word = prose.lower[before[0] : before[1]] + prose.lower[after[0] : after[1]]
            if word in forms:
                yield from _council(prose, before[0], after[1], word)


def _council(prose: Prose, start: int, end: int, form: str) -> Iterator[Name]:
    text = prose.text
    name, definite, municipal = council_forms()[form]
    if start and (text[start - 1] == "-" or text[start - 1].isdigit()):
        return
    definite = definite or has_owner_before(prose.lower, start)
    if not definite and (text[start].islower() or _INDEFINITE.search(text, max(0, start - 20), start)):
        return
    level: Level = "committee" if name == "Magistraten" else "council"
    yield Name(start, end, name, level, owned=municipal)


def _broken(prose: Prose) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The two halves of every word that a line break parts."""
    text = prose.text
    at = text.find("-\n")
    while at >= 0:
        start = at
        while start and at - start < _LONGEST_WORD and text[start - 1].isalpha():
            start -= 1
        match = _BREAK.match(text, start)
        if match:
            yield match.span("before"), match.span("after")
        at = text.find("-\n", at + 2)


def boards(prose: Prose) -> Iterator[Name]:
    """Råd, nævn and kommissioner: the listed ones, and a capital name of a known field."""
    low = prose.lower
    for noun, ending in _BOARD_NOUNS.items():
        size = len(noun)
        at = low.find(noun)
        while at >= 0:
            follows = low[at + size : at + size + 1]
            if (follows in "es" or not follows.isalpha()) and not _is_council(low, at):
                tail = _BOARD_TAIL.match(low, at + size)
                if tail and (found := _board(prose, at, tail, noun, ending)):
                    yield found
            at = low.find(noun, at + size)


def _is_council(low: str, at: int) -> bool:
    """Whether "råd" at ``at`` is Byrådet's or another council's: Landsbyrådet is a board."""
    for stem in _COUNCIL_STEMS:
        if low.endswith(stem, 0, at):
            return not low[max(0, at - len(stem) - 1) : at - len(stem)].isalpha()
    return False


def _board(prose: Prose, at: int, tail: re.Match[str], noun: str, ending: str) -> Name | None:
    text = prose.text
    definite = tail[1].rstrip("s") != ""
    left = left_of(text, at)
    if definite and (topical := _with_topic(text, left.start, tail, left.stem + noun)):
        return topical
    if not left.stem:
        return None if definite else _fixed(text, at, tail.end(), noun)
    word = f"{left.stem.lower().rstrip('-')}{noun}"
    fixed = None if definite else _fixed(text, left.start, tail.end(), word)
    if fixed:
        return fixed
    start, members = members_of(text, left)
    capital = text[start].isupper()
    definite = definite or has_owner_before(prose.lower, start)
    national = word in words("national")
    if not (national or _is_listed(left.stem, members, word, noun, capital=capital)) or not (definite or capital):
        return None
    if not definite and _NOT_OURS.search(text, max(0, start - 20), start):
        return None
    owned = not national and (noun != "kommission" or word in words("board"))  # "Strukturkommissionen" is the state's
    return Name(start, tail.end(), composed(members, left.stem) + noun + ending, "board", owned=owned)


def _with_topic(text: str, start: int, tail: re.Match[str], word: str) -> Name | None:
    """A board whose name goes on: "Rådet for Socialt Udsatte". Of them only a råd may be a municipality's."""
    low = word.lower()
    found = None
    if low in words("topical-board") and not tail[1].endswith("s"):
        found = board_topic(text, start, tail.end())
    if not found:
        return None
    stop, topic = found
    plain = topic.removeprefix("for ").lower()
    if plain in words("union"):
        return Name(start, stop, None)
    owned = low == "råd" and plain not in words("national-topic")
    return Name(start, stop, f"{cased(low)}{tail[1].lower()} {topic}", "board", owned=owned)


def _is_listed(stem: str, members: str, word: str, noun: str, *, capital: bool) -> bool:
    if word in words("board"):
        return True
    if noun == "råd":
        return capital and bool(members) and is_area(stem)
    return capital and not stem.endswith("-")


def _fixed(text: str, at: int, end: int, noun: str) -> Name | None:
    """A listed name of two or three words ("Grønt Råd"), or a capital one of three: "Det Sociale Råd"."""
    base = max(0, at - 60)
    match = _BEFORE_FIXED.search(text[base:at])
    if not match:
        return None
    phrase = match.group()
    short = phrase.split(None, 1)[1] if phrase[:4].lower().startswith("det") and len(phrase.split()) > 1 else phrase
    for words_before in (phrase, short):
        entry = fixed_names().get(" ".join((words_before + noun).split()).lower())
        if entry and (words_before[0].isupper() or not _INDEFINITE.search(text[base : at - len(words_before)])):
            return Name(at - len(words_before), end, entry[0], entry[1])
    return _with_article(text, base, at, end, noun)


def _with_article(text: str, base: int, at: int, end: int, noun: str) -> Name | None:
    """A capital name of three words: "Det Tværgående Udvalg"; of a råd only with a listed quality ("Grønne")."""
    is_committee = noun.endswith("udvalg")
    match = _ADJECTIVE.search(text, base, at) if text[at].isupper() and (is_committee or noun.endswith("råd")) else None
    if not match or not (is_committee or match["quality"].lower() in words("adjective")):
        return None
    name = " ".join(text[match.start() : end].split()).removesuffix("s")
    return Name(match.start(), end, name, "committee" if is_committee else "board")


def fixed_name(text: str, at: int, end: int, noun: str) -> Name | None:
    """A listed name of which ``noun`` at ``at`` is the last word, without its ending: "Teknisk Udvalg"."""
    return _fixed(text, at, end, noun)
