"""What a person's name looks like in Danish print, and who is named in a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from pipeline.lexicon import rows
from pipeline.mail.labels import is_redacted
from pipeline.mail.signatures import is_name, is_title

Span = tuple[int, int]
_MARKS = " \t\xa0\n*_#|>\\•·▪●■–—-"
_TOKEN = re.compile(r"[^\W\d_](?:[\w'’´\-]*\w)?\.?")
_BLANK = re.compile(r"[ \t\xa0]*\n?[ \t\xa0>]*")
_TORN = re.compile(r"-[ \t\xa0]*\n[ \t\xa0>]*(?=[^\W\d_])(?!(?:og|samt)\b)")
_PARTICLES = frozenset(["af", "von", "van", "de", "der", "den", "el", "al", "bin", "da", "du", "la", "le", "zu"])
_POLITE = frozenset(["hr", "hr.", "fr", "fr.", "fru", "frøken", "dr", "dr.", "herr", "mr", "mr.", "ms", "ms.", "mrs"])
_OF_GROUPS = frozenset(["i", "af"])
_BETWEEN = re.compile(r"[ \n]*(?:\([A-ZÆØÅ]{1,3}\))?[ ,(\n]*")
"""What stands between a name and its title in a list: at most a party's letter in brackets."""
_CUT = re.compile(r"[ \t\xa0\n](?:og|samt|and)(?=\s)|[,;/&|\t(\n]| {3,}|\xa0{3,}")
MOST_TOKENS = 5


class Named(msgspec.Struct, frozen=True):
    """A name at ``text[start:end]``; ``name`` has one blank between its words, ``role`` is the title beside it."""

    start: int
    end: int
    name: str
    role: str | None = None

    def moved(self, by: int) -> Named:
        return Named(self.start + by, self.end + by, self.name, self.role)


@cache
def given_names() -> frozenset[str]:
    """First names that are usual in Denmark, in lower case: facts of usage."""
    return frozenset(row["name"].lower() for row in rows("given_names"))


@cache
def name_words() -> frozenset[str]:
    """Names that are words or places as well, in lower case: alone they name nobody."""
    return frozenset(row["word"] for row in rows("name_words"))


def is_given(token: str) -> bool:
    """ "Mette", "Hans-Jørgen", "Anne Marie": the first of the names."""
    first = re.split(r"[-\s]", token.lower(), maxsplit=1)[0]
    return first in given_names()


@lru_cache(maxsize=8192)
def is_full_name(name: str) -> bool:
    """Two words or more that look like a person's name."""
    tokens = name.split()
    if len(tokens) < 2 or not is_name(name) or not tokens[-1][0].isupper() or _is_capitals(tokens):
        return False
    if not is_given(tokens[0]) and _is_group(tokens):
        return False
    return not any(token.lower().strip(".") in _not_in_names() for token in tokens)


def _is_group(tokens: list[str]) -> bool:
    """ "Foreningerne i Fjordby", "Venner af Havnen"."""
    return tokens[0].endswith(("erne", "ene")) or not _OF_GROUPS.isdisjoint(tokens)


def is_person(name: str) -> bool:
    """A full name, one turned round ("Holm, Anne"), or a usual first name alone: no office, no group, no mailbox."""
    if is_redacted(name) or any(character.isdigit() or character == "@" for character in name):
        return False
    last, comma, first = name.partition(",")
    if comma:
        return is_person(f"{first.strip()} {last.strip()}") if first.strip() else is_person(last)
    return is_full_name(name) if " " in name.strip() else is_given(name) and is_name(name)


def turned(name: str) -> str:
    """ "Holm, Anne" -> "Anne Holm"."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name


def _is_capitals(tokens: list[str]) -> bool:
    """ "FOA Fjordby", "DI": an abbreviation among the words; a whole name in capitals is none."""
    shouted = [len(token) > 2 and token.isupper() for token in tokens]
    return any(shouted) and not (all(shouted) and is_given(tokens[0]))


@cache
def _not_in_names() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("not_names"))


def name_at(text: str, start: int, end: int, *, wrapped: bool = False) -> int:
    """Where the run of name words that begins at ``start`` ends; ``start`` when there is none.

    ``wrapped``: it may go on in the next line, also behind a hyphen ("Bro-" and "Nissen"). A small word ("von") stands
    only between two others; a lone capital at the end is a party's letter.
    """
    position = stop = start
    tokens = 0
    while tokens < MOST_TOKENS and (token := _TOKEN.match(text, position, end)):
        word = token.group()
        if word.lower().strip(".") in _not_in_names():
            break
        if word[0].isupper() and not (word.endswith(".") and len(word) > 3):
            stop = token.end()
        elif word[0].isupper():
            stop = token.end() - 1
            break
        elif not tokens or word not in _PARTICLES:
            break
        tokens += 1
        printed = token.end()
        while wrapped and (torn := _TORN.match(text, printed, end)) and (rest := _TOKEN.match(text, torn.end(), end)):
            stop = printed = rest.end()
        blank = _BLANK.match(text, printed, end)
        if blank is None or not blank.group() or ("\n" in blank.group() and not wrapped):
            break
        position = blank.end()
    return _without_party(text, start, stop)


def _without_party(text: str, start: int, stop: int) -> int:
    head, _, last = text[start:stop].rpartition(" ")
    return start + len(head.rstrip()) if head and len(last) == 1 else stop


def names_in(text: str, start: int, end: int, *, wrapped: bool = False) -> list[Named]:
    """The people of a list in ``text[start:end]``: "Bo Berg (formand), Anne Holm (A) og Per Toft".

    Only full names; a title before, behind or in brackets after a name is its ``role``. What is no name is left out.
    """
    found: list[Named] = []
    for left, right, bracketed in _pieces(text, start, end, wrapped=wrapped):
        colon = text.find(":", left, right) if bracketed else -1
        if colon >= 0:  # "(stedfortræder: Anne Holm)"
            found += names_in(text, colon + 1, right, wrapped=wrapped)
            continue
        named = None if bracketed else _named(text, left, right, wrapped=wrapped)
        if named is not None:
            found.append(named)
        elif found and _is_role_of(text, found[-1], left, right, bracketed=bracketed):
            role = text[left:right].strip(_MARKS + ".:")
            found[-1] = msgspec.structs.replace(found[-1], role=" ".join(role.split()))
    return found


def _is_role_of(text: str, named: Named, left: int, right: int, *, bracketed: bool) -> bool:
    """The title that stands right behind a name without one: "(formand)", ", formand"."""
    role = text[left:right].strip(_MARKS + ".:")
    if named.role is not None or not _BETWEEN.fullmatch(text, named.end, left):
        return False
    return (bracketed or role[:1].islower()) and is_title(role)


def _pieces(text: str, start: int, end: int, *, wrapped: bool) -> Iterator[tuple[int, int, bool]]:
    """The list cut at its separators; True for what stands in brackets."""
    while start < end:
        cut = _CUT.search(text, start, end)
        while cut and cut.group() == "\n" and wrapped:
            cut = _CUT.search(text, cut.end(), end)
        yield start, cut.start() if cut else end, False
        if cut is None:
            return
        start = cut.end()
        if cut.group() == "(":
            closed = text.find(")", start, end)
            if closed < 0:
                return
            yield start, closed, True
            start = closed + 1


def _named(text: str, start: int, end: int, *, wrapped: bool) -> Named | None:
    while start < end and text[start] in _MARKS:
        start += 1
    if start >= end or is_redacted(text[start:end]):
        return None
    start, role = behind_titles(text, start, end)
    stop = name_at(text, start, end, wrapped=wrapped)
    name = _joined(text[start:stop])
    if not name or not is_full_name(name) or not _may_follow(text, stop, end):
        return None
    return Named(start, stop, name, role)


def _joined(printed: str) -> str:
    """A name as printed, over lines or not, with one blank between its words."""
    whole = _TORN.sub(lambda torn: "-" if printed[torn.end()].isupper() else "", printed)
    return " ".join(whole.replace(">", " ").split())


def behind_titles(text: str, start: int, end: int) -> tuple[int, str | None]:
    """Where the name begins behind "borgmester", "hr.", "Udvalgsformand", and the title; "hr." is none."""
    first, role = start, None
    for _ in range(2):
        token = _TOKEN.match(text, start, end)
        if token is None or not text[token.end() : token.end() + 1].isspace():
            break
        polite = token.group().lower() in _POLITE
        if not polite and not (is_title(token.group()) and not is_given(token.group())):
            break
        blank = _BLANK.match(text, token.end(), end)
        start = blank.end() if blank else token.end()
        if polite:
            first = start if role is None else first
        else:
            role = text[first : token.end()]
    return start, role


def _may_follow(text: str, stop: int, end: int) -> bool:
    """Behind a name in a list: nothing, a mark, or words in lower case ("deltog ikke i punkt 4")."""
    rest = text[stop:end].lstrip()
    return not rest or not rest[0].isalpha() or rest[0].islower() or rest[:2].strip(".").isupper()


def is_out_of_names(word: str) -> bool:
    """A word of everyday or of offices that is in no name: "Mødet", "Udvalg", "Venstre"."""
    return word.lower().strip(".,:;!?") in _not_in_names()
