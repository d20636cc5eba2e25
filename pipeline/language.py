"""Danish without a trained model: spaCy's tokens and our own sentences.

spaCy's ``sentencizer`` does not end a sentence at a final "kr." and ends one at "sagsnr."; here the text itself is
searched for places where a sentence ends, line ends included, and the tokens only receive the result.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import numpy
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

UPPER = "A-ZÆØÅÄÖÜÉ"
LOWER = "a-zæøåäöüéè"

_END = re.compile(r"[.!?…][\"”»'’)\]*_]*(?=\s)|;(?=[ \t]*\n)|:(?=[ \t]*\n)")
_SPACE = re.compile(r"\s+")
_BLANK_LINE = re.compile(r"\n[ \t\u00a0>]*(?=\n)|\f")
_OPENING = re.compile(r"[\s\"”“»«'’(\[*_>]*")
_CAPITAL = re.compile(rf"[{UPPER}]")
_BULLET = re.compile(
    rf"[-–—•*·o▪●■][ \t]+\S|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)]?[ \t]+[{UPPER}]|[a-zæøå]\)[ \t]|\d{{1,2}}\)[ \t]|\|"
)
_LABEL = re.compile(rf"[*_>#\s]*[{UPPER}][{UPPER}{LOWER} ./-]{{1,30}}[*_]*:")
_UNIT = re.compile(r"(?:kr|mio|mia|mill|DKK|EUR|Kr|Mio|Mia|KR)\b")
_MONTH_OR_DAY = re.compile(
    r"(?:Januar|Februar|Marts|April|Maj|Juni|Juli|August|September|Oktober|November|December"
    r"|Mandag|Tirsdag|Onsdag|Torsdag|Fredag|Lørdag|Søndag)\b"
)
_NUMBERED_NAME = re.compile(r"(?:^|\s)(?:den|d\.|Christian|Frederik|Margrethe|Chr\.|de|det)$", re.IGNORECASE)
_LONG_RUN = re.compile(r"\S{400,}")
_SMALLEST_WIDTH = 40  # characters: below this a line end says nothing about a full line


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["ends_sentence"] for row in rows("abbreviations")}


def _word_before(text: str, dot: int) -> str:
    """The blank-free run that ends with the dot at ``dot``, at most 40 characters of it."""
    start = dot
    while start > 0 and dot - start < 40 and not text[start - 1].isspace():
        start -= 1
    return text[start : dot + 1].lstrip("\"”»«'(*_[-–/")


def _ends_at_dot(text: str, dot: int, following: int) -> bool:
    """Whether the full stop at ``dot`` ends a sentence when the next word begins at ``following``."""
    word, next_word = _word_before(text, dot), text[following : following + 12]
    capital = bool(_CAPITAL.match(next_word))
    if not capital and not next_word[:1].isdigit():
        return bool(next_word) and not next_word[0].isalpha() and next_word[0] in "•▪●"
    known = _abbreviations().get(word.lower())
    if known == "never":
        return False
    if known == "maybe":
        return capital and not _UNIT.match(next_word)
    if re.fullmatch(rf"(?:[{UPPER}]\.)+", word):
        return False
    if re.fullmatch(r"\d{1,3}\.", word):
        return capital and _number_ends_sentence(text, dot, len(word), next_word)
    return True


def _number_ends_sentence(text: str, dot: int, length: int, next_word: str) -> bool:
    """ "fra 10 til 8. Herefter" ends; "den 18. December", "3. Ændringsforslag" at a line's start do not."""
    before = text[max(0, dot + 1 - length - 20) : dot + 1 - length]
    line_start = before.rsplit("\n", 1)[-1].strip(" \t>*#") == ""
    return not line_start and not _MONTH_OR_DAY.match(next_word) and not _NUMBERED_NAME.search(before.rstrip())


def _stops(text: str) -> Iterator[int]:
    """Where a sentence begins because the one before ended with a mark."""
    for match in _END.finditer(text):
        opening = _OPENING.match(text, match.end())
        following = opening.end() if opening else match.end()
        if following >= len(text):
            return
        space = _SPACE.match(text, match.end())
        start = space.end() if space else match.end()
        mark = text[match.start()]
        if mark in ":;" or (_ends_at_dot(text, match.start(), following) if mark == "." else _begins(text, following)):
            yield start


def _begins(text: str, following: int) -> bool:
    return text[following].isupper() or text[following].isdigit()


def _line_breaks(text: str) -> Iterator[int]:
    """Where a line end is meant: blank lines, lists, labels, and lines that would have had room for the next word."""
    position = 0
    for paragraph in _BLANK_LINE.split(text):
        yield position + len(paragraph) - len(paragraph.lstrip())
        lines = paragraph.split("\n")
        width = max(_SMALLEST_WIDTH, *(len(line.rstrip()) for line in lines))
        offset = position
        for line, after in pairwise(lines):
            offset += len(line) + 1
            if line.strip() and after.strip() and _breaks(line, after, width):
                yield offset + len(after) - len(after.lstrip())
        position += len(paragraph)
        blank = _BLANK_LINE.match(text, position)
        position = blank.end() if blank else len(text)


def _breaks(line: str, after: str, width: int) -> bool:
    """Whether the line end between two lines of one paragraph separates them."""
    line, after = line.rstrip(), after.lstrip(" \t\u00a0>")
    if _BULLET.match(after) or _LABEL.match(after):
        return True
    if line.endswith((",", "-", "–", "/", "&")) or not after[:1].strip("\"”»'(*_"):
        return False
    first_word = after.split(None, 1)[0] if after else ""
    return bool(_CAPITAL.match(after) or after[:1].isdigit()) and len(line) + 1 + len(first_word) < 0.95 * width


def sentence_starts(text: str) -> list[int]:
    """The offsets at which sentences begin, ascending and without doubles, 0 left out."""
    found = set(_stops(text))
    found.update(_line_breaks(text))
    found.discard(0)
    return sorted(offset for offset in found if offset < len(text))


@Language.component("akt_sentences")
def akt_sentences(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on each token of ``doc`` from :func:`sentence_starts`."""
    offsets = [token.idx for token in doc]
    marks = numpy.full((len(doc), 1), -1, dtype=numpy.int64)
    starts = {bisect_left(offsets, start) for start in sentence_starts(doc.text)}
    marks[[index for index in starts | {0} if index < len(doc)]] = 1
    if len(doc):
        # Set token by token it takes a thousand times longer.
        doc.from_array(["SENT_START"], cast("Any", marks.astype(numpy.uint64)))
    return doc


@cache
def pipeline() -> Language:
    """The one spaCy pipeline of the process: blank Danish and our sentences."""
    nlp = spacy.blank("da")
    nlp.add_pipe("akt_sentences")
    nlp.max_length = 10**9  # the limit guards trained models; tokens alone take little memory
    return nlp


def _tokens(text: str) -> Doc:
    """``text`` in tokens. A run of 400 characters without a blank is one token: spaCy takes quadratic time for it."""
    make = pipeline().make_doc
    runs = list(_LONG_RUN.finditer(text))
    if not runs:
        return make(text)
    words: list[str] = []
    spaces: list[bool] = []
    position = 0
    for run in runs:
        for token in make(text[position : run.start()]):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
        words.append(run.group())
        position = run.end() + text.startswith(" ", run.end())
        spaces.append(position > run.end())
    for token in make(text[position:]):
        words.append(token.text)
        spaces.append(bool(token.whitespace_))
    return Doc(pipeline().vocab, words=words, spaces=spaces)


def analyse(text: str) -> Doc:
    """The text as a spaCy document: ``doc.text == text``, ``doc.sents`` set by rules, nothing else annotated."""
    doc: Doc = pipeline()(_tokens(text))
    return doc


def sentence_spans(doc: Doc) -> list[tuple[int, int]]:
    """The sentences as character spans in order, without the blanks around them; kept with the document."""
    known: list[tuple[int, int]] | None = doc.user_data.get("akt_sentence_spans")
    if known is not None:
        return known
    spans: list[tuple[int, int]] = []
    for sentence in doc.sents:
        text = sentence.text
        start = sentence.start_char + len(text) - len(text.lstrip())
        end = sentence.start_char + len(text.rstrip())
        if start < end:
            spans.append((start, end))
    doc.user_data["akt_sentence_spans"] = spans
    return spans


def sentence_at(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence, or the run of sentences, that holds ``[start, end)``, without blanks around it."""
    spans = sentence_spans(doc)
    first = max(0, bisect_right(spans, start, key=lambda span: span[0]) - 1)
    last = max(first, bisect_left(spans, end, key=lambda span: span[0]) - 1)
    if not spans:
        return start, end
    return min(start, spans[first][0]), max(end, spans[last][1])
