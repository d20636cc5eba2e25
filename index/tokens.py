"""Where the words of a text are: the first half of the Danish analysis.

Numbers ("1.000.000", "1,5"), case numbers ("2020-0012345"), e-mail addresses and abbreviations ("bl.a.") are one token;
what a person might type of them instead is given along as ``wholes``. Words joined by a hyphen or a slash ("it-system",
"og/eller") are a token each, so that a phrase finds them written apart, and the joined form is among the ``wholes`` of
the first; the stretches of a code ("EMN-2020-00123") are among those of the token they begin with.
Every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.patterns import late

NARROW_BLANKS = "\u00a0\u2009\u202f"
HYPHENS = "-–‑"
BLANKS = frozenset("\n \t")
ANY_HYPHEN = rf"\{HYPHENS}"
# What may stand inside a chunk and be no letter or digit.
JOINTS = ".,:/@'’&+_"
INSIDE = JOINTS + HYPHENS + NARROW_BLANKS
CHUNK = late(
    rf"\d{{1,3}}(?:[{NARROW_BLANKS}]\d{{3}})+(?![^\W_])|[^\W_]+(?:[{JOINTS}{ANY_HYPHEN}][^\W_]+)*",
)
NUMBER = late(r"\d+(?:[.,:]\d+)*")
THOUSANDS = late(rf"(\d{{1,3}}(?:[.{NARROW_BLANKS}]\d{{3}})+)(,\d+)?")
CASE_NUMBER = late(rf"\d+(?:[/.{ANY_HYPHEN}]\d+)+")
BETWEEN_PARTS = late(r"[/.-]")
PADDING = late(r"(?<=[-/])0+(?=\d)")
CODE = late(r"([^\W\d_]{2,8})(\d+)")
LETTERED = late(r"[^\W\d_](\d+)|(\d+)[^\W\d_]")
WITH_UNIT = late(r"(\d+(?:[.,]\d+)*)([^\W\d_]{2,}(?:\.[^\W\d_]+)*)")
UNIT_BEFORE = late(r"([^\W\d_]+)\.(\d+(?:[.,]\d+)*)")
HOST = late(r"(?:[^\W_]+[.-])*[^\W_]+\.[^\W\d_]{2,4}")
EMAIL = late(r"[^@]+@[^@.]+(?:\.[^@.]+)+")
ABBREVIATION = late(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,4})+")
POSSESSIVE = late(r"([^\W_]+)['’](?:s|er|ere|eren|en|et|erne|ers|ernes|ne|nes)")
STRONG = late(rf"[:/@&+_{ANY_HYPHEN}]")
WEAK = late(r"[.,'’]")
LONGEST_WHOLE = 80
MEMO_LIMIT = 10_000
"""Some 500 bytes each. Most are numbers and codes, which come seldom again; what stands between blanks is remembered by
:mod:`index.streams`."""
BROKEN_LINE = rf"[{ANY_HYPHEN}][ \t]*\n[ \t]*"
BROKEN = late(rf"{BROKEN_LINE}([^\W\d_]+)(?![^\W_])")
LETTERS_BEFORE = late(r"(?<![^\W_])[^\W\d_]+\Z")
MOST_STRETCHED = 6
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
    broken = broken_words(text)
    for match in CHUNK.finditer(text):
        start = match.start()
        found = pieces(match[0])
        if start in broken:
            found = (found[0]._replace(wholes=(*found[0].wholes, broken[start])), *found[1:])
        for token in found:
            yield Token(start + token.start, start + token.end, token.form, token.wholes, start + token.stop)


def stretches(text: str) -> list[str]:
    """What stands between blanks and line ends: no token goes over one of these."""
    return text.replace("\n", " ").split(" ")


def broken_words(text: str) -> dict[int, str]:
    """The words that a line break has cut in two ("støtte-⏎pædagog"), whole, by where their second half begins."""
    found: dict[int, str] = {}
    for match in _breaks(text):
        rest = match[1]
        head = letters_before(text, match.start())
        if head and rest[0].islower() and rest.lower() not in AFTER_SUSPENSION:
            found[match.start(1)] = f"{head}{rest}".lower()
    return found


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """Where a hyphen ends a line and letters begin the next, in order."""
    if "\n" in text:
        # To look for a single character takes a tenth of a pattern's time.
        hyphens = sorted(place for hyphen in HYPHENS for place in places(text, hyphen))
        for place in hyphens:
            if text[place + 1 : place + 2] in BLANKS and (match := BROKEN.match(text, place)):
                yield match


def places(text: str, mark: str) -> Iterator[int]:
    """Where a text has a character."""
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + 1)


def letters_before(text: str, end: int) -> str:
    """The word of letters that ends there; "" for none, or one of more than :data:`LONGEST_WHOLE` letters."""
    before = text[max(0, end - LONGEST_WHOLE - 1) : end]
    last = before.rsplit(None, 1)[-1:]
    if last and last[0].isalpha() and len(last[0]) <= LONGEST_WHOLE and before.endswith(last[0]):
        return last[0]
    match = LETTERS_BEFORE.search(before)
    return match[0] if match and len(match[0]) <= LONGEST_WHOLE else ""


def pieces(chunk: str) -> tuple[Token, ...]:
    """The tokens of a chunk that holds no plain blank, counted from its beginning. Memoised."""
    known = _memo.get(chunk)
    if known is None:
        if len(_memo) >= MEMO_LIMIT:
            _memo.clear()
        known = _memo[chunk] = _pieces(chunk)
    return known


def _pieces(chunk: str) -> tuple[Token, ...]:
    if chunk.isalpha():
        form = chunk.lower()
        return (_single(chunk, form, _plural_parts(chunk, form)),)
    form = chunk.lower().replace("’", "'")
    for hyphen in HYPHENS[1:]:
        form = form.replace(hyphen, "-")
    if THOUSANDS.fullmatch(chunk):
        return (_single(chunk, re.sub(f"[{NARROW_BLANKS}]", ".", form), ()),)
    if CASE_NUMBER.fullmatch(form):
        return (_single(chunk, form, _case_number_parts(form)),)
    if NUMBER.fullmatch(form):
        return (_single(chunk, form, ()),)
    beside = WITH_UNIT.fullmatch(chunk) or UNIT_BEFORE.fullmatch(chunk)
    if beside:
        return _joined(chunk, form, [(beside.start(number), beside[number]) for number in (1, 2)])
    if chunk.isalnum():
        return (_single(chunk, form, _word_parts(chunk, form)),)
    if EMAIL.fullmatch(form):
        return (_single(chunk, form, _address_parts(form)),)
    if ABBREVIATION.fullmatch(chunk) and (chunk.islower() or chunk.isupper()):
        return (_single(chunk, form, ()),)
    possessive = POSSESSIVE.fullmatch(form)
    if possessive:
        return (_single(chunk, form, (possessive[1],)),)
    return _apart(chunk, form)


def _single(chunk: str, form: str, wholes: Iterable[str]) -> Token:
    return Token(0, len(chunk), form, tuple(dict.fromkeys(whole for whole in wholes if whole)), len(chunk))


def _word_parts(chunk: str, form: str) -> tuple[str, ...]:
    """ "isu" and "42" of "ISU42", "17" of "17a"."""
    code = CODE.fullmatch(form)
    if code:
        return (code[1], code[2], code[2].lstrip("0"))
    lettered = LETTERED.fullmatch(form)
    if lettered:
        return (lettered[1] or lettered[2],)
    return _plural_parts(chunk, form)


def _plural_parts(chunk: str, form: str) -> tuple[str, ...]:
    """ "kfo" of "KFOs"."""
    return (form[:-1],) if len(form) > 2 and chunk[:-1].isupper() and chunk[-1] == "s" else ()


def without_padding(number: str) -> str:
    """A number of several parts without the zeros that some print before a later one: "2020-0012345" is
    "2020-12345"."""
    return PADDING.sub("", number)


def _case_number_parts(form: str) -> tuple[str, ...]:
    """What a person may type of "2020-0012345": "0012345", "12345" and "2020"."""
    parts = BETWEEN_PARTS.split(form)
    return (*parts, *(part.lstrip("0") for part in parts), *_stretches(form, parts))


def _stretches(form: str, parts: list[str]) -> Iterator[str]:
    """Neighbouring parts of a code as they are printed, but not all of them."""
    if not 2 < len(parts) <= MOST_STRETCHED:
        return
    starts = [sum(len(part) + 1 for part in parts[:number]) for number in range(len(parts))]
    for first in range(len(parts)):
        for last in range(first + 1, len(parts)):
            if last - first + 1 < len(parts):
                yield form[starts[first] : starts[last] + len(parts[last])]


def _address_parts(form: str) -> tuple[str, ...]:
    """What a person may type of an e-mail address: what stands before the @, its words, the domain and its names."""
    local, domain = form.split("@")
    return (local, *re.split(r"[._+-]", local), *_host_parts(domain))


def _host_parts(host: str) -> tuple[str, ...]:
    """ "bk.fjordby.dk", "fjordby.dk", "bk" and "fjordby"; the country is no name."""
    labels = host.split(".")
    return (*(".".join(labels[first:]) for first in range(len(labels) - 1)), *labels[:-1])


def _apart(chunk: str, form: str) -> tuple[Token, ...]:
    """A chunk of several words, cut at the strong joints first, so that "1,5-2" is 1,5 and 2."""
    joint = STRONG if STRONG.search(chunk) else WEAK
    starts = [0, *(match.end() for match in joint.finditer(chunk))]
    if len(starts) == 1:
        return (_single(chunk, form, ()),)
    return _joined(chunk, form, list(zip(starts, joint.split(chunk), strict=True)))


def _joined(chunk: str, form: str, cut: list[tuple[int, str]]) -> tuple[Token, ...]:
    """The tokens of the pieces, which begin where it is said; the first one knows the whole, others their stretch."""
    found: list[Token] = []
    for start, piece in cut:
        for token in pieces(piece) if piece else ():
            placed = Token(start + token.start, start + token.end, token.form, token.wholes, start + token.stop)
            found.append(placed)
    if not found or len(form) > LONGEST_WHOLE:
        return tuple(found)
    found[0] = found[0]._replace(wholes=tuple(dict.fromkeys((*found[0].wholes, form))), stop=len(chunk))
    if 2 < len(cut) <= MOST_STRETCHED and (HOST.fullmatch(form) or any(map(str.isdigit, form))):
        found[1:] = [_with_stretches(token, form, len(chunk), cut) for token in found[1:]]
    return tuple(found)


def _with_stretches(token: Token, form: str, size: int, cut: list[tuple[int, str]]) -> Token:
    """A later token of a code or host, with what begins at it: "2020-00123" of "EMN-2020-00123"."""
    ends = [start + len(piece) for start, piece in cut if start > token.start]
    if all(start != token.start for start, _ in cut) or not ends:
        return token._replace(wholes=tuple(dict.fromkeys((*token.wholes, *_without_zeros(token.form)))))
    wholes = (*token.wholes, *_without_zeros(token.form), *(form[token.start : end] for end in ends))
    return token._replace(wholes=tuple(dict.fromkeys(wholes)), stop=size)


def _without_zeros(form: str) -> tuple[str, ...]:
    return (form.lstrip("0"),) if form.isdigit() and form[0] == "0" and form.strip("0") else ()
