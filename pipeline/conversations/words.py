"""The words of a message as they are compared: without what mail programs change when they quote.

Line ends, quote marks, blanks, links behind words, pictures, bullets, bold marks and the shape of quotation marks go;
words, figures with their sign, question and exclamation marks, and what was blacked out stay. Figures are without the
dots between thousands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

# What is read past, first of all.
_SKIPPED = (
    r"!\[[^\[\]\n]{0,400}\]\([^()\s]{0,2000}\)"  # a picture in Markdown
    r"|\[(?i:cid|image|inline|billede|bild|https?)[ :][^\[\]\n]{0,2000}\]"  # a picture in plain text
    r"|\]\([^()\s]{1,2000}(?: \"[^\"\n]{0,200}\")?\)"  # where a link in Markdown leads
    r"|<(?i:https?:|mailto:|tel:|file:|www\.)?[^<>\s]{3,2000}>"  # where one in plain text leads, an address in brackets
    r"|&(?i:nbsp|amp|lt|gt|quot|#\d{1,5});"
    r"|\((?i:mailto|tel):[^()\s]{1,400}\)"
)
_HIDDEN = r"[█■▓▒▆▇]+(?:[ \t\xa0]*[█■▓▒▆▇]+)*|\*{5,}|(?<=\w)[ \t]_{4,}(?=[ \t.,]+\w)"
_LINK = r"[hHwW](?i:(?<=h)ttps?://|(?<=w)ww\.)[^\s<>\[\]()\"“”]{3,2000}"
_MAIL = r"[\w.+\-]{1,64}+@[\w\-]{1,64}(?:\.[\w\-]{1,64}){1,8}"
# A sign may stand a blank before its figure, where that is no range ("2 - 3") and no bullet at the head of a line.
_NUMBER = r"(?:(?<![\w.,)])[\-−–‑+](?=\d)|(?<=[^\W\d_,;.)] )[\-−–‑+][ \xa0](?=\d))?\d+(?:[.,:/]\d+)*"
_WORD = r"[^\W\d_]+"
_MARK = r"[?!%€$£§½¼¾]"
# Most tokens are words that no link or address begins with: to try these first, and to mind letters of either case only
# where it matters, takes a fraction of the time.
_TOKEN = re.compile(
    f"(?P<plain>{_WORD}+(?![\\w.+@:\\-]))|(?P<skip>{_SKIPPED})|(?P<hidden>{_HIDDEN})|(?P<link>{_LINK})|(?P<mail>{_MAIL})"
    f"|(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>{_MARK})"
)
_LETTER = re.compile(_WORD)
_PARTING = " \t\r\xa0,;:.-+'\")"
"""What is no part of a token where no digit, bracket, slash or @ stands in the line."""
_REWRITTEN = re.compile(r"https?://[^/\s]*(?:safelinks\.protection|urldefense)\.", re.IGNORECASE)
_MINUS = re.compile(r"[−–‑]")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_TRAILING = ".,;:!?'’\"”)]}*_"
SHINGLE = 3
HIDDEN = "█"
GAP = "\f"
"""The key of a gap: equal to no word."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]`` of a part, and the key by which it is compared."""

    start: int
    end: int
    key: str
    kind: str


def gap(at: int) -> Token:
    """Stands where a quotation leaves something out."""
    return Token(at, at, GAP, "gap")


def tokens(text: str, start: int = 0, holes: Sequence[tuple[int, int]] = (), end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]`` but for those in the ``holes`` (what a print put at the edges of its pages)."""
    found = []
    waiting = list(reversed(holes))
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or ""
        first, last = match.span()
        while waiting and waiting[-1][1] <= first:
            waiting.pop()
        if kind == "skip" or (waiting and waiting[-1][0] <= first):
            continue
        if kind == "plain":
            found.append(Token(first, last, match.group().casefold(), "word"))
            continue
        if kind == "link":
            last = first + len(match.group().rstrip(_TRAILING))
        found.append(Token(first, last, _key(text[first:last], kind), kind))
    return found


def keys(text: str, start: int = 0, holes: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The keys of ``tokens(text, start, holes)``.

    No token reaches over a line end. A line of words and stops only is cut at all else, in a tenth of the time.
    """
    if holes:
        return [token.key for token in tokens(text, start, holes)]
    found: list[str] = []
    linked = "ww." in text.casefold()
    for line in text[start:].split("\n"):
        end = start + len(line)
        words = None if linked and "ww." in line.casefold() else _plain_words(line)
        found += [token.key for token in tokens(text, start, (), end)] if words is None else words
        start = end + 1
    return found


def _plain_words(line: str) -> list[str] | None:
    """The words of a line in which nothing else can be a token or a part of one, small; None for any other line."""
    try:
        told = line.encode("latin-1").translate(_plain())
    except UnicodeEncodeError:
        return None
    return None if b"\0" in told else told.decode("latin-1").split()


@cache
def _plain() -> bytes:
    """A table of bytes: letters as they are compared, a blank for what only parts words, and nought for all else."""
    table = bytearray(256)
    for code, character in enumerate(map(chr, range(256))):
        folded = character.casefold()
        if character in _PARTING:
            table[code] = ord(" ")
        elif _LETTER.fullmatch(character) and len(folded) == 1 and ord(folded) < len(table):
            table[code] = ord(folded)
    return bytes(table)


def _key(printed: str, kind: str) -> str:
    if kind == "hidden":
        return HIDDEN
    if kind == "number":
        signed = "".join(_MINUS.sub("-", printed).split()).removeprefix("+")
        return signed.replace(".", "") if _GROUPED.fullmatch(signed) else signed
    if kind == "link":
        return "link" if _REWRITTEN.match(printed) else printed.casefold().rstrip("/")
    return printed.casefold()


def shingles(keys: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every three words that stand side by side, or the words where there are fewer."""
    if len(keys) < SHINGLE:
        return frozenset([tuple(keys)]) if keys else frozenset()
    return frozenset(tuple(keys[at : at + SHINGLE]) for at in range(len(keys) - SHINGLE + 1))


def containment(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the shorter text stands in the other, from 0 to 1, by its words and by three words side by side.

    The better of the two: one changed word breaks three shingles, and in a short text that is all of them.
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not short:
        return 0.0
    pieces, all_pieces = shingles(short), shingles(long)
    ordered = len(pieces & all_pieces) / len(pieces)
    known = set(long)
    loose = sum(key in known for key in short) / len(short)
    return max(ordered, loose if _in_proportion(short, long) else 0.0)


def _in_proportion(short: Sequence[str], long: Sequence[str]) -> bool:
    """Loose words say something only about texts of like length: in a long text all common words stand somewhere."""
    return len(long) <= 2 * len(short) + 4
