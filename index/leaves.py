"""The leaves of a query: words, phrases, stars and slips of the pen, each checked as it is read; filters are read in
:mod:`index.filters`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from corpus.patterns import late
from index import fields
from index.fields import Field
from index.filters import FOLLOWING, filtered, scoped, together
from index.tokens import Token, pieces, tokens
from index.tree import (
    MOST_PLACINGS,
    OPERATORS,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Prefix,
    QueryError,
    Words,
)

SHORTEST_PREFIX = 2
# From so many letters on, a word is searched for with one slip or two: shorter ones are near to anything.
SHORTEST_FUZZY = {1: 3, 2: 5}
MOST_APART = 999

OPERATOR_LIKE = (
    (late(r"\+[^\W\d_]"), "+ is no operator here: words joined by AND must all be there"),
    (late(r"!+\w"), "! is no operator here: a minus or NOT leaves a word out"),
    (late(r".*[^\W_]\?+[^\W_]"), "a question mark stands for no letter: a word with one slip is written word~1"),
    (late(r".*\^[0-9.]+$"), "^ is no operator here: words have no weight of their own"),
    (late(r"[|&]|.*(?:&&|\||&$)"), "| and & are no operators here: write OR and AND"),
)
SIGNS_BETWEEN = {"&&": "AND", "&": "AND", "||": "OR", "|": "OR"}
# Before a word these mean something to other programs; dropped, they would be taken for heeded.
SIGN_BEFORE = late(r"[:;=<>^%\\!?+,]+")
IN_BRACKETS = late(r"<[^<>]+>")
NAME_BEFORE = late(r"([^\W\d_][\w-]*)\s+\Z")
COMPARED_NAME = late(r"([^\W\d_][\w-]*)([<>=]+)(.*)")
SECTION = late("§{1,2}")
SHARES = ("%", "‰")
FIELD_SIGN = late(r":?[<>=]*")


def without_signs_of_numbers(children: Sequence[Any]) -> list[Any]:
    """Things beside each other without a § before a number and a % after one: with or without a blank they say the same
    ("§ 85" is "§85", "5 %" is "5%")."""
    texts = [str(child.children[0]) if child.data == "word" else "" for child in children]
    before, after = ["", *texts], [*texts[1:], ""]
    return [
        child
        for child, text, left, right in zip(children, texts, before, after, strict=False)
        if not (SECTION.fullmatch(text) and right[:1].isdecimal()) and not (text in SHARES and left[-1:].isdecimal())
    ]


def _word(tree: Any, source: str) -> Node:
    text, position = _token(tree)
    if text in OPERATORS:
        raise QueryError(f"{text} stands between two things or before one; in quotes it is a word", position)
    if "~" in text:
        message = '~ stands right after a word or a phrase, with a number: indsats~1, "ekstra midler"~3'
        raise QueryError(message, position + text.index("~"))
    for pattern, message in OPERATOR_LIKE:
        if pattern.match(text):
            raise QueryError(message, position, _rewritten(text, position, source))
    _check_signs(text, position, source)
    if not any(True for _ in tokens(text)):
        way_out = "leave it out, or put it in quotes with what follows"
        raise QueryError(
            f"there is nothing to look for in {text[:40]!r}, which has no letter or digit: {way_out}", position
        )
    return Words(text, position)


def _check_signs(text: str, position: int, source: str) -> None:
    """Refuses ``udvalg :BSU``, ``udvalg=BSU``, ``beløb >= 1mio`` and any sign before a word that would be dropped."""
    compared = COMPARED_NAME.fullmatch(text)
    if compared and (field := fields.known(compared[1])):
        meant = _with_colon(field, compared[1], compared[2], compared[3])
        raise QueryError(f"a filter is written {compared[1]}:", position + compared.end(1), meant)
    sign = SIGN_BEFORE.match(text)
    if sign is None or IN_BRACKETS.fullmatch(text):
        return
    before = NAME_BEFORE.search(source[:position])
    field = before and fields.known(before[1])
    if before and field and FIELD_SIGN.fullmatch(sign[0]):
        after = FOLLOWING.match(source[position + len(text) :]) if sign.end() == len(text) else None
        meant = _with_colon(field, before[1], sign[0].lstrip(":"), after[1] if after else text[sign.end() :])
        raise QueryError(f"a filter is written {before[1]}: with no blank between", position, meant)
    if sign.end() < len(text):
        message = f"{sign[0]} before a word says nothing here: leave it out, or put it in quotes with the word"
        raise QueryError(message, position, text[sign.end() :])


def _with_colon(field: Field, name: str, sign: str, value: str) -> str | None:
    """The filter that was meant, if it can be read: names and days are equal without a sign."""
    return together(field, name, f"{sign}{value}") or together(field, name, value)


def _token(tree: Any) -> tuple[str, int]:
    token = tree.children[0]
    return str(token), token.start_pos


def _rewritten(text: str, position: int, source: str) -> str | None:
    """What takes the place of an operator of other search engines: of one between words, in the query."""
    plain = _plainly(text)
    if plain is None or not OPERATORS.intersection(plain.split()):
        return plain
    others = (SIGNS_BETWEEN.get(word, word) for word in source[position + len(text) :].split())
    return " ".join((*source[:position].split(), plain, *others))


def _plainly(text: str) -> str | None:
    """What takes the place of an operator of other search engines."""
    if text.startswith("!"):
        return f"-{text.lstrip('!')}"
    if "^" in text:
        return text[: text.index("^")]
    if "?" in text:
        return None
    return " ".join(re.sub(r"&&|^&|&$", " AND ", re.sub(r"\|+", " OR ", text)).lstrip("+").split())


def _phrase(tree: Any, source: str) -> Node:
    text, position = _token(tree)
    _check_quoted(text, position)
    return Phrase(text[1:-1], position)


def _check_quoted(text: str, position: int) -> list[Token]:
    found = list(tokens(text))
    if not found:
        raise QueryError("there is nothing between the quotes", position)
    if "*" in text:
        raise QueryError("a star does not work inside quotes", position + text.index("*"))
    return found


def _near(tree: Any, source: str) -> Node:
    text, position = _token(tree)
    quoted, _, slop = text.rpartition("~")
    at = position + len(quoted)
    count = len(_check_quoted(quoted, position))
    if not slop:
        raise QueryError("how many other words may stand between these is missing", at, f"{quoted}~3")
    if count == 1:
        raise QueryError("between one word and itself no other can stand; leave out the ~", at, quoted)
    allowed = most_apart(count)
    if allowed is None:
        raise QueryError(f"~ takes fewer words than {count}: near each other they are looked for in every order", at)
    if len(slop) > len(str(MOST_APART)) or int(slop) > allowed:
        message = f"of {count} words, at most {allowed} others can stand between the first and the last"
        raise QueryError(message, at, f"{quoted}~{allowed}")
    return Near(quoted[1:-1], int(slop), position)


def most_apart(count: int) -> int | None:
    """How many other words so many words can have between them; None when they are too many."""
    from index.engines.base import placings

    allowed = [slop for slop in range(MOST_APART) if placings(("",) * min(count, 9), slop) <= MOST_PLACINGS]
    return allowed[-1] if allowed else None


def _prefix(tree: Any, source: str) -> Node:
    text, position = _token(tree)
    stem = text[:-1]
    found = pieces(stem.lower()) if stem.isalnum() or stem[0].isdigit() else ()
    if len(found) != 1 or found[0].stop != len(stem):
        message = "a star works after letters and digits only; put the joined word in quotes"
        raise QueryError(message, position, _apart(stem))
    if len(stem) < SHORTEST_PREFIX:
        raise QueryError(f"at least {SHORTEST_PREFIX} letters must stand before a star", position)
    return Prefix(stem, position)


def _apart(stem: str) -> str | None:
    """ "it-sys" as the word "it" and what begins with "sys"."""
    found = [token.form for token in tokens(stem)]
    if len(found) < 2 or len(found[-1]) < SHORTEST_PREFIX or not all(form.isalnum() for form in found):
        return None
    return f"{' '.join(found)}*"


def _fuzzy(tree: Any, source: str) -> Node:
    text, position = _token(tree)
    word, _, digits = text.rpartition("~")
    at = position + len(word)
    distance = int(digits or "1") if len(digits) < 3 else MOST_APART
    if not word.isalpha():
        raise QueryError("~ works after one word of letters only: a number or a code has no slips", at, word)
    if distance not in SHORTEST_FUZZY:
        most = max((slips for slips, least in SHORTEST_FUZZY.items() if len(word) >= least), default=0)
        instead = f"{word}~{most}" if most and distance else word
        raise QueryError("~ takes 1 or 2, the number of letters that may be wrong", at, instead)
    if len(word) < SHORTEST_FUZZY[distance]:
        least = SHORTEST_FUZZY[distance]
        message = f"~{distance} needs a word of at least {least} letters: a shorter one is near to anything"
        raise QueryError(message, at, f"{word}~1" if distance > 1 and len(word) >= SHORTEST_FUZZY[1] else word)
    return Fuzzy(word, distance, position)


LEAVES: dict[str, Callable[[Any, str], Node]] = {
    "word": _word,
    "phrase": _phrase,
    "near": _near,
    "prefix": _prefix,
    "fuzzy": _fuzzy,
    "filter": filtered,
    "scope": scoped,
}
