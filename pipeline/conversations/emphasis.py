"""What a difference touches: figures, dates, names and negations change what a message says."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

import msgspec

from pipeline.conversations.model import Touches
from pipeline.conversations.words import HIDDEN, Token
from pipeline.mail.labels import is_redacted, vocabulary

REACH = 24  # characters around a figure in which the rest of its date stands
ARTICLES = frozenset(["en", "et", "t"])
"""Number words and units that are mostly other words."""
_MARKS = {"%": "%", "€": "EUR", "$": "USD", "£": "GBP", "½": "0.5", "¼": "0.25", "¾": "0.75"}
_LAST_WORD = re.compile(r"(\w+)[\s>.,½]*$")
_TITLE = re.compile(r"[\s>*_]*([^\W\d_]+)(?:,|[ \t]+[^\W\d_A-ZÆØÅÄÖ])")
LONGEST_TITLE = 100


class _Words(msgspec.Struct, frozen=True):
    negations: list[str]
    clock: list[str]
    numbers: dict[str, str]
    units: dict[str, str]
    counted: dict[str, str]


class _Titles(msgspec.Struct, frozen=True):
    titles: list[str]


def touches(ours: Sequence[Token], theirs: Sequence[Token], our_text: str, their_text: str) -> list[Touches]:
    """What stands on one side only, and whether something was blacked out in the copy (``theirs``)."""
    found: list[Touches] = []
    if _figures(ours, our_text) != _figures(theirs, their_text):
        found.append("figure")
    if _dates(ours, our_text) != _dates(theirs, their_text):
        found.append("date")
    if _names(ours, our_text) != _names(theirs, their_text):
        found.append("name")
    if _negations(ours) != _negations(theirs):
        found.append("negation")
    # With the brackets of "[undtaget]", which are no tokens.
    printed = their_text[max(theirs[0].start - 1, 0) : theirs[-1].end + 1] if theirs else ""
    hidden = any(token.key == HIDDEN for token in theirs) or bool(printed and is_redacted(printed))
    return [*found, "redaction"] if hidden and not any(token.key == HIDDEN for token in ours) else found


# --- figures ----------------------------------------------------------------------------------------------------


def _figures(some: Sequence[Token], text: str) -> list[str]:
    """Numbers, number words, units and currencies by what they stand for."""
    return [value for token in some if (value := _figure(token, text)) is not None]


def _figure(token: Token, text: str) -> str | None:
    if token.kind == "number":
        return token.key
    if token.kind == "mark":
        return _MARKS.get(token.key)
    if token.kind != "word":
        return None
    counted = _words().counted.get(token.key)
    return counted if counted is not None and _is_counted(token, text) else _said(token.key)


def _is_counted(token: Token, text: str) -> bool:
    """Whether a figure or a number word stands right before it."""
    before = _LAST_WORD.search(text, max(token.start - REACH, 0), token.start)
    return before is not None and (before.group(1)[-1].isdigit() or _said(before.group(1).casefold()) is not None)


@lru_cache(maxsize=65536)
def _said(word: str) -> str | None:
    """What a number word ("tre", "femogtyve"), a unit or a currency stands for; None for other words."""
    known = _values().get(word)
    if known is not None or word in ARTICLES:
        return known
    return word if "og" in word and _compound().fullmatch(word) else None


@cache
def _values() -> dict[str, str]:
    words = _words()
    found = words.numbers | words.units
    for row in _rows("currencies.csv"):
        found[row["form"].casefold()] = row["currency"]
    for row in _rows("units.csv"):
        found[row["form"].casefold()] = f"{row['factor']} {row['currency']}".strip()
    for row in _rows("number_words.csv"):
        found[row["word"].casefold()] = row["value"]
    return {word: value for word, value in found.items() if word not in ARTICLES}


@cache
def amount_words() -> frozenset[str]:
    """Units and currencies: a figure beside one is no number of a page or a street."""
    forms = [row["form"].casefold() for name in ("currencies.csv", "units.csv") for row in _rows(name)]
    return frozenset([*forms, *_words().units, *_MARKS]) - ARTICLES


@cache
def _compound() -> re.Pattern[str]:
    """ "femogtyve", "tohundredeogti" """
    words = sorted({row["word"].casefold() for row in _rows("number_words.csv")}, key=len, reverse=True)
    one = "|".join(map(re.escape, words))
    return re.compile(rf"(?:{one})+og(?:{one})+(?:og(?:{one})+)?")


# --- dates ------------------------------------------------------------------------------------------------------


def _dates(some: Sequence[Token], text: str) -> list[str]:
    """The names of months and weekdays, and the figures of dates and times of day."""
    words = vocabulary()
    long = {word for word in (*words.months, *words.weekdays) if len(word) > 3}
    return [
        token.key
        for token in some
        if (token.kind == "word" and token.key in long) or (token.kind == "number" and _is_of_date(token, text))
    ]


def _is_of_date(token: Token, text: str) -> bool:
    start = max(token.start - REACH, 0)
    around = text[start : token.end + REACH]
    return any(
        found.start() + start < token.end and token.start < found.end() + start for found in _date().finditer(around)
    )


@cache
def _date() -> re.Pattern[str]:
    words = vocabulary()
    month = "|".join(sorted((re.escape(word) for word in words.months if len(word) > 2), key=len, reverse=True))
    clock = "|".join(map(re.escape, _words().clock))
    blank = r"[\s>]{0,4}"
    shapes = (
        rf"(?<![\d.,])\d{{1,2}}\.?{blank}(?:{month})\b\.?(?:,?{blank}\d{{4}}\b)?",
        rf"\b(?:{month})\.?{blank}\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?{blank}\d{{4}}\b)?",
        rf"\b(?:{month})\.?{blank}\d{{4}}\b",
        r"(?<![\d.,])\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?![\d.,]*\d)",
        r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)",
        r"(?<![\d.,/])\d{1,2}/\d{1,2}(?![\d/]|[.,]\d)",
        rf"\b(?:{clock})\.?:?{blank}\d{{1,2}}(?:[.:]\d\d)?(?![\d.,]*\d)",
        r"(?<![\d.,:])\d{1,2}:\d\d(?!\d)",
    )
    return re.compile("|".join(shapes), re.IGNORECASE)


# --- names and negations ------------------------------------------------------------------------------------------


def _names(some: Sequence[Token], text: str) -> list[str]:
    """Capitalised words that do not begin a sentence, and those right behind another such word."""
    return [token.key for token in some if token.kind == "mail" or (token.kind == "word" and _is_name(token, text))]


def _is_name(token: Token, text: str) -> bool:
    printed = text[token.start : token.end]
    if not printed[0].isupper() or token.key in vocabulary().greetings or _said(token.key) is not None:
        return False
    if _is_in_title(token, text):
        return False
    before = text[max(token.start - 80, 0) : token.start].rstrip("*_ \t\xa0>\"“”'(")
    opens = not before or before[-1] in ".!?:\n•–-;|" or before[-1] == "\f"
    if not opens:
        return True
    after = text[token.end : token.end + 40].lstrip("*_ \t\xa0.-")
    return bool(after[:1].isupper()) and "\n" not in text[token.end : token.end + 1]


def _is_in_title(token: Token, text: str) -> bool:
    """Whether the word says what somebody is ("Kontorchef"), or stands behind such a word at the head of its line:
    "Leder af Teknik og Miljø", "Skoleleder, Havneskolen", but not "Borgmester Lise Lund".
    """
    if token.key.endswith(_titles()):
        return True
    start = text.rfind("\n", max(token.start - LONGEST_TITLE, 0), token.start) + 1
    first = _TITLE.match(text, start, token.start)
    return first is not None and first.group(1).casefold().endswith(_titles())


@cache
def _titles() -> tuple[str, ...]:
    raw = tomllib.loads(resources.files("pipeline.lexicon").joinpath("signatures.toml").read_text("utf-8"))
    return tuple(msgspec.convert(raw, _Titles).titles)


def _negations(some: Sequence[Token]) -> list[str]:
    return [token.key for token in some if token.kind == "word" and token.key in _negating()]


@cache
def _negating() -> frozenset[str]:
    return frozenset(_words().negations)


# --- the lexicon --------------------------------------------------------------------------------------------------


@cache
def _words() -> _Words:
    raw = tomllib.loads(resources.files("pipeline.lexicon").joinpath("mail_emphasis.toml").read_text("utf-8"))
    return msgspec.convert(raw, _Words)


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("pipeline.lexicon").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
