"""Danish text as the finders of facts ask about it: its words, its digits and its sentences, each made when asked for.

No tokens: to tokenize costs more than all the finding. spaCy's ``sentencizer`` does not end a sentence at a final "kr."
and ends one at "sagsnr."; here the text itself is searched for places where a sentence ends, line ends included.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar, cast

from corpus.lazy import lazy
from corpus.normalise import is_latin
from pipeline.fullstops import UPPER, ends_at_dot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

T = TypeVar("T")
LOWER = "a-zæøåäöüéè"

# What ends a sentence with the blanks behind it, and what may stand before the first word of the next one.
# Every mark comes first: a pattern that begins with one set of characters is fast to search for.
_END = re.compile(r"[.!?…;:](?:(?<![;:])[\"”»'’)\]*_]*|(?<=[;:])(?=[ \t]*\n))(?P<blank>\s+)[\s\"”“»«'’(\[*_>]*")
_BLANK_LINE = re.compile(r"[\n\f](?:(?<=\f)|(?<=\n)[ \t\u00a0>]*(?=\n))")
_CAPITAL = re.compile(rf"[{UPPER}]")
_BULLET = re.compile(
    rf"[-–—•*·o▪●■][ \t]+\S|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)]?[ \t]+[{UPPER}]|[a-zæøå]\)[ \t]|\d{{1,2}}\)[ \t]|\|"
)
_LABEL = re.compile(rf"[*_>#\s]*[{UPPER}][{UPPER}{LOWER} ./-]{{1,30}}[*_]*:")
_GREETING = re.compile(r"[>\s]*(?:Hej|Kære|Goddag|Godmorgen|Hi|Dear)(?:\s+[^\s,]+){0,5},")
OPEN_ENDS = frozenset(
    [
        *("den", "d.", "en", "et", "ca.", "kl.", "og", "samt", "eller", "at", "der", "som", "i", "af", "til", "fra"),
        *("for", "på", "med", "om", "ved", "hos", "mellem", "under", "over", "efter"),
    ]
)
"""What ends no sentence and no title: "vedtog den", "Børne- og", "et tilskud på"."""
_NAME_FOLLOWS = re.compile(r"(?<!\w)(?:fra|til|på|af|for|hos|ved|i|om)\s(?:[a-zæøå]+e\s)?[^\W\d_]{4,}(?:en|et|ne)$")
DAY_END = re.compile(  # "den 27. december", "den 6/7", and the year on the next line
    r"(?<!\d)\d{1,2}(?:\.\s?(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)|/\d{1,2})$"
)
_SUM_FOLLOWS = re.compile(r"[a-zæøå](?<!mi[oa])(?<!mill)(?<!sind)(?<!sinde)[ \t][Kk]r\.?$")  # "et lån på kr."
_LOWER = re.compile(r"[a-zß-öø-ÿ]")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile(r"[^\0-\xff]")
_ODD_LETTERS = "ªºµß²³¹¼½¾"  # letters of Latin-1 that are none of the small alphabet, or not compared as they are
_DIGITS = re.compile(r"\d+")
_NOUGHTS = re.compile(rb"0+")
_OUTLINE = bytes.maketrans(b"123456789\xa0", b"000000000 ")
_FAR = 1_000  # blanks over which the next sentence is looked for
SHORT = 100_000  # characters of a text whose prose is remembered
_SMALLEST_WIDTH = 40  # characters: below this a line end says nothing about a full line


def _stops(text: str) -> Iterator[int]:
    """Where a sentence begins because the one before ended with a mark."""
    for match in _END.finditer(text):
        following = match.end()
        if following >= len(text):
            return
        start = match.start()
        mark = text[start]
        if mark == ".":
            if text[following].islower() or not ends_at_dot(text, start, following):
                continue
        elif mark not in ";:" and not (text[following].isupper() or text[following] in "§0123456789"):
            continue
        yield match.end("blank")


def _line_breaks(text: str) -> Iterator[int]:
    """Where a line end is meant: blank lines, lists, labels, and lines that would have had room for the next word."""
    position = 0
    for blank in (*_BLANK_LINE.finditer(text), None):
        stop = blank.start() if blank else len(text)
        paragraph = text[position:stop]
        yield stop - len(paragraph.lstrip())
        if "\n" in paragraph:
            yield from _inner_breaks(paragraph, position)
        position = blank.end() if blank else stop


def _inner_breaks(paragraph: str, position: int) -> Iterator[int]:
    lines = paragraph.split("\n")
    width = max(_SMALLEST_WIDTH, *(len(line.rstrip()) for line in lines))
    offset = position
    for line, after in pairwise(lines):
        offset += len(line) + 1
        first = after[:1]
        if first.islower() and after[1:2].isalpha():
            continue  # a word goes on: no bullet, no label, no capital
        if line.strip() and after.strip() and _breaks(line, after, width):
            yield offset + len(after) - len(after.lstrip())


def _breaks(line: str, after: str, width: int) -> bool:
    """Whether the line end between two lines of one paragraph separates them."""
    line, after = line.rstrip(), after.lstrip(" \t\u00a0>")
    if _BULLET.match(after) or _LABEL.match(after) or (line[-1:] == "," and _GREETING.fullmatch(line)):
        return True
    if line.endswith((",", "-", "–", "/", "&")) or not after[:1].strip("\"”»'(*_"):
        return False
    day = after[:2] in ("19", "20") and DAY_END.search(line)
    if day or line.rsplit(None, 1)[-1] in OPEN_ENDS or (after[:1].isdigit() and _SUM_FOLLOWS.search(line)):
        return False
    room = (0.8 if _NAME_FOLLOWS.search(line) else 0.95) * width - len("".join(after.split(None, 1)[:1]))
    return bool(_CAPITAL.match(after) or after[:1].isdigit()) and len(line) + 1 < room


def sentence_starts(text: str) -> list[int]:
    """The offsets at which sentences begin, ascending and without doubles, 0 left out."""
    return _sorted_starts(text, {*_stops(text), *_line_breaks(text)})


def _all_starts(prose: Prose) -> list[int]:
    return sentence_starts(prose.text)


def _starts_of(paragraph: str) -> list[int]:
    """``sentence_starts`` of a text in which no blank line stands but at its end."""
    body = paragraph.removesuffix("\f")
    found = {*_stops(paragraph), len(body) - len(body.lstrip())}
    if "\n" in body.strip("\n"):
        found.update(_inner_breaks(body, 0))
    return _sorted_starts(paragraph, found)


def _sorted_starts(text: str, found: set[int]) -> list[int]:
    found.discard(0)
    starts = sorted(found)
    while starts and starts[-1] >= len(text):
        starts.pop()
    return starts


def letter_words(text: str) -> list[str]:
    """The runs of letters in a text, in order."""
    if not is_latin(text) and any(map(str.isalpha, _BEYOND_LATIN.findall(text))):
        return _LETTERS.findall(text)
    return _latin_words(text, _letters_only())


def _latin_words(text: str, kept: bytes) -> list[str]:
    """The runs of the characters that a table keeps. To cut a text at blanks is faster than to search it for words."""
    return text.encode("latin-1", "replace").translate(kept).decode("latin-1").split()


@cache
def _lower_only() -> bytes:
    """A table of bytes that leaves small letters of the Latin-1 alphabet and makes a blank of all else."""
    return _blank_but(_LOWER)


@cache
def _small() -> bytes:
    """A table of bytes that makes capital letters of the Latin-1 alphabet small: none of them leaves it by that."""
    return bytes(ord(chr(n).lower()) for n in range(256))


@cache
def _small_words() -> bytes:
    """The two in one."""
    return bytes(_lower_only()[small] for small in _small())


def casefolded(text: str) -> str:
    """``text.casefold()``, in a fraction of the time for most texts: of Latin-1, two characters fold otherwise."""
    if not is_latin(text) or "ß" in text or "µ" in text:
        return text.casefold()
    return text.encode("latin-1").translate(_small()).decode("latin-1")


def folded_words(text: str) -> list[str]:
    """The runs of letters of a text as it is to be compared, in order; those of a short one are known already."""
    if len(text) > SHORT or not is_latin(text) or any(letter in text for letter in _ODD_LETTERS):
        return letter_words(casefolded(text))
    return prose_of(text).all_words


def _past_digits(outline: bytes, start: int) -> int:
    run = _NOUGHTS.match(outline, start)
    return run.end() if run else start + 1


@cache
def _letters_only() -> bytes:
    return _blank_but(_LETTERS)


def _blank_but(kept: re.Pattern[str]) -> bytes:
    return bytes(n if kept.fullmatch(chr(n)) else ord(" ") for n in range(256))


def prose_of(text: str) -> Prose:
    """The prose of a text; that of a short one is remembered, for steps ask for it one after another."""
    return _remembered(text) if len(text) <= SHORT else Prose(text)


@lru_cache(maxsize=4)
def _remembered(text: str) -> Prose:
    return Prose(text)


class Prose:
    """A text and what its finders ask of it. Everything is made once, when it is first asked for.

    What a finder looks for has a mark that is cheap to find: a word of a lexicon, an ending, a digit. It asks for the
    places of its marks and looks closely only there.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: dict[int, list[int]] = {}
        self._found: dict[object, object] = {}

    def once(self, find: Callable[[Prose], T]) -> T:
        """What ``find`` finds in the text; it looks but once, and what it gives is not to be changed."""
        if find not in self._found:
            self._found[find] = find(self)
        return cast("T", self._found[find])

    @lazy
    def lower(self) -> str:
        """The text in lower case, each character in its place."""
        if is_latin(self.text):
            return self.text.encode("latin-1").translate(_small()).decode("latin-1")
        low = self.text.lower()
        if len(low) == len(self.text):
            return low
        return "".join(small if len(small := char.lower()) == 1 else char for char in self.text)

    @lazy
    def words(self) -> frozenset[str]:
        """The words of the text in lower case: runs of letters of the Latin-1 alphabet."""
        return frozenset(self.all_words)

    @lazy
    def all_words(self) -> list[str]:
        """The same in their order, each as often as it stands there."""
        if is_latin(self.text):
            return _latin_words(self.text, _small_words())
        return _latin_words(self.lower, _lower_only())

    @lazy
    def digits(self) -> list[int]:
        """Where each run of digits begins, ascending."""
        if not is_latin(self.text):
            return [match.start() for match in _DIGITS.finditer(self.text)]
        found, outline = [], self.outline
        at = outline.find(b"0")
        while at >= 0:
            found.append(at)
            at = outline.find(b"0", _past_digits(outline, at))
        return found

    @lazy
    def outline(self) -> bytes:
        """A byte for each character: "0" for a digit, " " for a blank that does not break, "?" beyond Latin-1.

        A shape of digits ("00-00 ") is found in it by ``bytes.find``, faster than by a pattern.
        """
        return self.text.encode("latin-1", "replace").translate(_OUTLINE)

    def places(self, vocabulary: Collection[str]) -> list[tuple[int, int]]:
        """The spans of the words of ``vocabulary`` (lower case) in the text, ascending."""
        spans: list[tuple[int, int]] = []
        for word in self.words.intersection(vocabulary):
            spans += self._occurrences(word)
        spans.sort()
        return spans

    def _occurrences(self, word: str) -> list[tuple[int, int]]:
        low, size = self.lower, len(word)
        spans: list[tuple[int, int]] = []
        start = low.find(word)
        while start >= 0:
            end = start + size
            if not (start and low[start - 1].isalpha()) and not low[end : end + 1].isalpha():
                spans.append((start, end))
            start = low.find(word, end)
        return spans

    @lazy
    def _paragraphs(self) -> list[int]:
        """Where the text may be cut without touching a sentence: at blank lines, 0 first."""
        return [0, *(match.end() for match in _BLANK_LINE.finditer(self.text))]

    @lazy
    def sentences(self) -> list[tuple[int, int]]:
        """All sentences as spans in order, without the blanks around them."""
        starts = [0, *sentence_starts(self.text), len(self.text)]
        return [span for begin, end in pairwise(starts) if (span := self._stripped(begin, end))]

    def sentence_at(self, start: int, end: int) -> tuple[int, int]:
        """The sentence, or the run of sentences, that holds ``[start, end)``, without blanks around it.

        Only the paragraph around it is looked at.
        """
        low = bisect_right(self._paragraphs, start) - 1
        high = bisect_right(self._paragraphs, max(start, end - 1), low) - 1
        first = self._starts_in(low)
        last = self._starts_in(high) if high != low else first
        begin = first[max(0, bisect_right(first, start) - 1)]
        stop = last[min(bisect_left(last, end), len(last) - 1)]
        span = self._stripped(begin, max(stop, end))
        return (min(start, span[0]), max(end, span[1])) if span else (start, end)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence, or the run of sentences, that holds ``[start, end)`` begins, and where the next one does.

        As by all of ``sentence_starts``, but only the paragraph around it is looked at, where no quote marks stand in
        the blank lines.
        """
        if ">" in self.text:
            starts = self.once(_all_starts)
            before, after = bisect_right(starts, start), bisect_left(starts, end)
            return (starts[before - 1] if before else 0), (starts[after] if after < len(starts) else len(self.text))
        low = bisect_right(self._paragraphs, start) - 1
        high = bisect_right(self._paragraphs, max(start, end - 1), low) - 1
        first = self._starts_in(low)
        last = self._starts_in(high) if high != low else first
        begin = first[bisect_right(first, start) - 1]
        after = bisect_left(last, end)
        if after < len(last) - 1:
            return begin, last[after]
        stop = last[-1]
        rest = self.text[stop : stop + _FAR]
        ink = stop + len(rest) - len(rest.lstrip())
        blank = _BLANK_LINE.search(self.text, stop)
        return begin, min(ink, blank.start()) if blank else ink

    def _starts_in(self, paragraph: int) -> list[int]:
        """Where the sentences of a paragraph begin, and last where it ends."""
        known = self._starts.get(paragraph)
        if known is None:
            begin = self._paragraphs[paragraph]
            following = self._paragraphs[paragraph + 1 : paragraph + 2]
            end = following[0] if following else len(self.text)
            known = [begin, *(begin + start for start in _starts_of(self.text[begin:end])), end]
            self._starts[paragraph] = known
        return known

    def _stripped(self, start: int, end: int) -> tuple[int, int] | None:
        piece = self.text[start:end]
        begin, stop = end - len(piece.lstrip()), start + len(piece.rstrip())
        return (begin, stop) if begin < stop else None
