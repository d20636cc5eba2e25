"""The leaves of a query: words, phrases, stars, slips of the pen and filters, each checked as it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from index import fields
from index.fields import Field, written
from index.tokens import Token, pieces, tokens
from index.tree import (
    MOST_PLACINGS,
    OPERATORS,
    RECORDS,
    AllOf,
    AnyOf,
    Filter,
    Fuzzy,
    Name,
    Near,
    Node,
    OneOf,
    OneRecord,
    Phrase,
    Prefix,
    QueryError,
    Span,
    Words,
)

SHORTEST_PREFIX = 2
# From so many letters on, a word is searched for with one slip or two: shorter ones are near to anything.
SHORTEST_FUZZY = {1: 3, 2: 5}
MOST_APART = 999
# Printed with a minus in tables and without in prose: asked for by role, they are compared without their sign.
CUTS = frozenset({"saving", "efficiency"})
FOLLOWING = re.compile(r"\s+([^\s()\"]+)")
COMPARED = re.compile(r"[<>=]")

OPERATOR_LIKE = (
    (re.compile(r"\+[^\W\d_]"), "+ is no operator here: words joined by AND must all be there"),
    (re.compile(r"!+\w"), "! is no operator here: a minus or NOT leaves a word out"),
    (re.compile(r".*[^\W_]\?+[^\W_]"), "a question mark stands for no letter: a word with one slip is written word~1"),
    (re.compile(r".*\^[0-9.]+$"), "^ is no operator here: words have no weight of their own"),
    (re.compile(r"[|&]|.*(?:&&|\||&$)"), "| and & are no operators here: write OR and AND"),
)
# Before a word these mean something to other programs; dropped, they would be taken for heeded.
SIGN_BEFORE = re.compile(r"[:;=<>^%\\!?+,]+")
IN_BRACKETS = re.compile(r"<[^<>]+>")
NAME_BEFORE = re.compile(r"([^\W\d_][\w-]*)\s+\Z")
COMPARED_NAME = re.compile(r"([^\W\d_][\w-]*)([<>=]+)(.*)")
FIELD_SIGN = re.compile(r":?[<>=]*")


def _word(tree: Any, source: str) -> Node:
    text, position = _token(tree)
    if text in OPERATORS:
        raise QueryError(f"{text} stands between two things or before one; in quotes it is a word", position)
    if "~" in text:
        message = '~ stands right after a word or a phrase, with a number: indsats~1, "ekstra midler"~3'
        raise QueryError(message, position + text.index("~"))
    for pattern, message in OPERATOR_LIKE:
        if pattern.match(text):
            raise QueryError(message, position, _plainly(text))
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
    return _together(field, name, f"{sign}{value}") or _together(field, name, value)


def _token(tree: Any) -> tuple[str, int]:
    token = tree.children[0]
    return str(token), token.start_pos


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


# --- filters --------------------------------------------------------------------------------------------------


def _filter(tree: Any, source: str) -> Node:
    text, position = _token(tree)
    return _read_filter(text, position, source)


def _read_filter(text: str, position: int, source: str) -> Filter:
    name, _, value = text.partition(":")
    field = fields.find(name, position)
    at = position + len(name) + 1
    if "~" in value and re.search(r"~\d*$", value):
        raise QueryError("~ works with words, not in a filter", at + value.index("~"))
    try:
        return Filter(field.name, fields.read(field, value.replace('"', ""), at, named=name), position)
    except QueryError as error:
        longer = _with_following(field, name, value, source[position + len(text) :])
        if longer is None or error.suggestion is not None:
            raise
        raise QueryError(error.message, error.position, longer) from None


def _with_following(field: Field, name: str, value: str, rest: str) -> str | None:
    """The filter with up to three words after it taken in, as far as that can be read.

    ``amount:>= 1 mio`` and ``date:jan 2020`` are written apart by people who mean one thing.
    """
    best = None
    for _ in range(0 if '"' in value else 3):
        following = FOLLOWING.match(rest)
        if following is None or following[1] in OPERATORS:
            break
        value, rest = f"{value} {following[1]}".strip(), rest[following.end() :]
        best = _together(field, name, value) or best
    return best


def _together(field: Field, name: str, value: str) -> str | None:
    """A filter of a value that was typed with blanks: without them if that can be read, else in quotes."""
    for way in ("".join(value.split()), value):
        try:
            fields.read(field, way, 0)
        except QueryError:
            continue
        return written(name, way)
    return None


def check_units(items: Sequence[Node], source: str) -> None:
    """Refuses ``amount:1 mio`` and ``date:2020 jan``: half of the value would be looked for as a word."""
    for item, after in pairwise(items):
        if not isinstance(item, Filter) or not isinstance(item.value, Span) or not isinstance(after, Words):
            continue
        name, _, value = source[item.position : after.position].rstrip().partition(":")
        field = fields.find(name, item.position)
        longer = f"{value} {after.text}"
        if '"' in value or "(" in value or not fields.can_read(field, longer):
            continue
        if field.name == "amount" or fields.read(field, longer, 0) != item.value:
            message = f"{after.text} is not part of the filter; write the value in one or in quotes"
            raise QueryError(message, after.position, _together(field, name, longer))


# --- what is asked of one field, or of one record ---------------------------------------------------------------


def _scope(tree: Any, source: str) -> Node:
    """``amount:(>=1mio role:saving)``, ``committee:(BUU OR SOU)``."""
    opening = tree.children[0]
    named, position = str(opening)[:-2], opening.start_pos
    field = fields.find(named, position)
    ways = [_way(either.children, field, named, position, source) for either in tree.children[1:]]
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))


def _way(conditions: list[Any], field: Field, named: str, position: int, source: str) -> Node:
    for token in conditions:
        if token.type == "VALUE" and ":" in token:
            message = "a filter inside a filter's parentheses stands as it is; nothing can be left out there"
            raise QueryError(message, token.start_pos)
    if field.name in RECORDS:
        return _record(conditions, field, named, position, source)
    values = [token for token in conditions if token.type != "FILTER"]
    if len(values) < len(conditions):
        other = next(token for token in conditions if token.type == "FILTER")
        raise QueryError(f"inside {named}:( ) stand values of {named} only", other.start_pos)
    return _values(values, field, named, position)


def _values(values: list[Any], field: Field, named: str, position: int) -> Node:
    """Values beside each other: a day of several words, or values that must all be there."""
    if field.kind in fields.NUMERIC:
        text = " ".join(_bare(token) for token in values)
        return Filter(field.name, fields.read(field, text, values[0].start_pos, named=named), position)
    if len(values) > 1 and field.kind != "words":
        together, apart = " ".join(map(_bare, values)), " OR ".join(map(str, values))
        message = f"several values of {named}: are joined by OR; one value of several words goes in quotes"
        raise QueryError(message, values[1].start_pos, _either(named, together, apart, field))
    found = [
        Filter(field.name, fields.read(field, _bare(token), token.start_pos, named=named), position) for token in values
    ]
    return found[0] if len(found) == 1 else AllOf(tuple(found))


def _either(named: str, together: str, apart: str, field: Field) -> str:
    return f"{named}:({apart})" if field.kind == "choice" else f'{named}:"{together}"'


def _bare(token: Any) -> str:
    return str(token).replace('"', "")


def _record(conditions: list[Any], field: Field, named: str, position: int, source: str) -> Node:
    value: Span | None = None
    roles: tuple[str, ...] = ()
    years: tuple[Span, ...] = ()
    for text, at in _stretches(conditions):
        value = _both(value, _span(field, text, at, named), at)
    for token in conditions:
        if token.type != "FILTER":
            continue
        inner = _read_filter(str(token), token.start_pos, source)
        if inner.field == "role" and field.name == "amount" and not roles:
            roles = tuple(name.text for name in _alternatives(inner) if isinstance(name, Name))
        elif inner.field == "year" and not years:
            years = tuple(span for span in _alternatives(inner) if isinstance(span, Span))
        else:
            raise _no_condition(field, named, inner, token.start_pos)
    if value is not None and roles and CUTS.issuperset(roles) and _is_unsigned(value):
        value = Span(value.low, value.high, size=True)
    if value is not None and not roles and not years:
        return Filter(field.name, value, position)
    return OneRecord(field.name, value, roles, years, position)


def _no_condition(field: Field, named: str, inner: Filter, position: int) -> QueryError:
    if inner.field in ("role", "year") and (field.name == "amount" or inner.field == "year"):
        message = f"one record is asked for one {inner.field}:, with commas for one of several"
        return QueryError(message, position)
    kinds = "a value, role: and year:" if field.name == "amount" else "a value and year:"
    return QueryError(f"inside {named}:( ) stand {kinds} only; {inner.field}: goes outside", position)


def _alternatives(found: Filter) -> tuple[Name | Span, ...]:
    return found.value.values if isinstance(found.value, OneOf) else (found.value,)


def _stretches(conditions: list[Any]) -> list[tuple[str, int]]:
    """The values in a filter's parentheses, their words put together: a comparison begins one."""
    found: list[tuple[str, int]] = []
    filter_between = True
    for token in conditions:
        if token.type == "FILTER":
            filter_between = True
        elif filter_between or (COMPARED.match(token) and COMPARED.sub("", found[-1][0])):
            found.append((_bare(token), token.start_pos))
            filter_between = False
        else:
            found[-1] = (f"{found[-1][0]} {_bare(token)}", found[-1][1])
    return found


def _span(field: Field, text: str, position: int, named: str) -> Span:
    value = fields.read(field, text, position, named=named)
    assert isinstance(value, Span)
    return value


def _both(first: Span | None, second: Span, position: int) -> Span:
    """A number that is in both."""
    if first is None:
        return second
    if first.size != second.size:
        raise QueryError("± stands before both values or before none", position)
    lows = [low for low in (first.low, second.low) if low is not None]
    highs = [high for high in (first.high, second.high) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        raise QueryError("no number is both of these; write OR between them", position)
    return Span(low, high, first.size)


def _is_unsigned(span: Span) -> bool:
    ends = [end for end in (span.low, span.high) if end is not None]
    return bool(ends) and min(ends) > 0


LEAVES: dict[str, Callable[[Any, str], Node]] = {
    "word": _word,
    "phrase": _phrase,
    "near": _near,
    "prefix": _prefix,
    "fuzzy": _fuzzy,
    "filter": _filter,
    "scope": _scope,
}
