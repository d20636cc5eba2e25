"""Where the words of a text are: the first half of the Danish analysis.

Numbers ("1.000.000", "1,5"), case numbers ("2020-0012345"), e-mail addresses and abbreviations ("bl.a.") are one token;
what a person might type of them instead is given along as ``wholes``. Words joined by a hyphen or a slash ("it-system",
"og/eller") are a token each, so that a phrase finds them written apart, and the joined form is among the ``wholes``.
Every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

NARROW_BLANKS = "\u00a0\u2009\u202f"
HYPHENS = "-–‑"
ANY_HYPHEN = rf"\{HYPHENS}"
CHUNK = re.compile(
    rf"\d{{1,3}}(?:[{NARROW_BLANKS}]\d{{3}})+(?![^\W_])|[^\W_]+(?:[.,:/@'’&+_{ANY_HYPHEN}][^\W_]+)*",
)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
THOUSANDS = re.compile(rf"(\d{{1,3}}(?:[.{NARROW_BLANKS}]\d{{3}})+)(,\d+)?")
CASE_NUMBER = re.compile(rf"\d+(?:[/.{ANY_HYPHEN}]\d+)+")
CODE = re.compile(r"([^\W\d_]{2,8})(\d+)")
EMAIL = re.compile(r"[^@]+@[^@.]+(?:\.[^@.]+)+")
ABBREVIATION = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,4})+")
POSSESSIVE = re.compile(r"([^\W_]+)['’](?:s|er|ere|eren|en|et|erne|ers|ernes|ne|nes)")
STRONG = re.compile(rf"[:/@&+_{ANY_HYPHEN}]")
WEAK = re.compile(r"[.,'’]")
LONGEST_WHOLE = 80
MEMO_LIMIT = 500_000
BROKEN_LINE = re.compile(rf"[{ANY_HYPHEN}][ \t]*\n[ \t]*")
# "børne-\nog ungdomsudvalget": a hyphen before these stands for a word left out, not for a word broken off.
AFTER_SUSPENSION = frozenset({"og", "eller", "samt", "til", "som"})


class Token(NamedTuple):
    """A word at ``text[start:end]``: its lower-case form, more terms of the chunk it begins; ``stop`` ends that."""

    start: int
    end: int
    form: str
    wholes: tuple[str, ...] = ()
    stop: int = 0


_memo: dict[str, tuple[Token, ...]] = {}


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a normalised text, in order; offsets count characters of ``text``."""
    before: Token | None = None
    for match in CHUNK.finditer(text):
        start = match.start()
        for token in pieces(match[0]):
            placed = Token(start + token.start, start + token.end, token.form, token.wholes, start + token.stop)
            if before is not None and text[before.end] in HYPHENS:
                placed = _joined(text, before, placed)
            yield placed
            before = placed


def _joined(text: str, before: Token, token: Token) -> Token:
    """The token, with the whole word among its terms when a line break has cut that in two ("støtte-⏎pædagog")."""
    if token.form in AFTER_SUSPENSION or not BROKEN_LINE.fullmatch(text, before.end, token.start):
        return token
    if not text[token.start].islower():
        return token
    return token._replace(wholes=(*token.wholes, before.form + token.form))


def pieces(chunk: str) -> tuple[Token, ...]:
    """The tokens of a chunk that holds no plain blank, counted from its beginning. Memoised."""
    known = _memo.get(chunk)
    if known is None:
        if len(_memo) >= MEMO_LIMIT:
            _memo.clear()
        known = _memo[chunk] = _pieces(chunk)
    return known


def _pieces(chunk: str) -> tuple[Token, ...]:
    form = chunk.lower().replace("’", "'")
    for hyphen in HYPHENS[1:]:
        form = form.replace(hyphen, "-")
    if chunk.isalnum():
        code = CODE.fullmatch(form)
        return (_single(chunk, form, (code[1],) if code else ()),)
    if THOUSANDS.fullmatch(chunk):
        return (_single(chunk, re.sub(f"[{NARROW_BLANKS}]", ".", form), ()),)
    if NUMBER.fullmatch(form) or CASE_NUMBER.fullmatch(form):
        return (_single(chunk, form, _number_parts(form)),)
    if EMAIL.fullmatch(form):
        local, domain = form.split("@")
        return (_single(chunk, form, tuple(dict.fromkeys([local, domain, *re.split(r"[._+-]", local)]))),)
    if ABBREVIATION.fullmatch(chunk) and chunk.islower():
        return (_single(chunk, form, ()),)
    possessive = POSSESSIVE.fullmatch(form)
    if possessive:
        return (_single(chunk, form, (possessive[1],)),)
    return _apart(chunk, form)


def _single(chunk: str, form: str, wholes: tuple[str, ...]) -> Token:
    return Token(0, len(chunk), form, tuple(whole for whole in wholes if whole), len(chunk))


def _number_parts(form: str) -> tuple[str, ...]:
    """What a person may type of "2020-0012345": "0012345", "12345" and "2020"; of a decimal number nothing."""
    if not CASE_NUMBER.fullmatch(form):
        return ()
    parts = re.split(r"[/.-]", form)
    return tuple(dict.fromkeys([*parts, *(part.lstrip("0") for part in parts)]))


def _apart(chunk: str, form: str) -> tuple[Token, ...]:
    """A chunk of several words, cut at the strong joints first, so that "1,5-2" is 1,5 and 2."""
    joint = STRONG if STRONG.search(chunk) else WEAK
    found: list[Token] = []
    start = 0
    for piece in joint.split(chunk):
        found += [
            Token(start + t.start, start + t.end, t.form, t.wholes, start + t.stop)
            for t in (pieces(piece) if piece else ())
        ]
        start += len(piece) + 1
    if found and len(form) <= LONGEST_WHOLE:
        wholes = tuple(dict.fromkeys((*found[0].wholes, form)))
        found[0] = found[0]._replace(wholes=wholes, stop=len(chunk))
    return tuple(found)
