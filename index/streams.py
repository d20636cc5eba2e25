"""A text as an engine indexes it: its terms in order, made in one pass.

What :func:`index.tokens.tokens` and :class:`index.text.Analyser` say of each word, put together for all that stands
between two blanks and remembered, because a text is mostly stretches that were seen before. (No token has a blank or
a line end in it.)
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from corpus import compiled
from index.language import foreign_words, language_of, met
from index.lemmas import DANISH
from index.text import Analyser, Word
from index.tokens import CHUNK, HYPHENS, Token, broken_words, pieces, stretches

if TYPE_CHECKING:
    from index._terms import Terms

INTERFACE = 3
USED = compiled.in_use("index._terms", INTERFACE)
"""Whether a compiled part remembers stretches and their terms, see :class:`_Compiled`."""
# Stretches remembered, per language: those used last, at most twice as many; some 40 MB.
MEMO_LIMIT = 50_000
# The same for the compiled part, in which a stretch takes some 120 bytes.
MOST_BYTES = 32_000_000
# So much of texts is cut into words at a time.
LETTERS_AT_ONCE = 1_000_000
# Stands before the further terms of a stretch that begins or ends with a hyphen: only there may a word be in pieces.
HALF = "\n"
WITH_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
# What ends no word and joins none with another, before or behind it.
MARKS = ".,:;!?()[]{}\"'/*&+%"
# Stands before a stretch in the place of its terms, which have no such sign in them.
UNKNOWN = "\x01"

Filled = tuple[str, str, str, bool]
"""Streams, but their further terms are whole only where the last says that no word may be in pieces."""


class Streams(NamedTuple):
    """Terms with a blank between: lemmas and exact forms, position by position, and further terms without positions."""

    body: str
    exact: str
    parts: str


class Streamer:
    """Texts to streams, each by the language it is in."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._seen: dict[str, _InPython | _Compiled] = {}
        self._met = _compiled_met() if USED else met

    def of(self, text: str) -> Streams:
        """The streams of a normalised text."""
        return next(self.all_of([text]))

    def all_of(self, texts: Iterable[str]) -> Iterator[Streams]:
        """The streams of normalised texts, in order. The words of many texts are looked up at once."""
        for lot in _lots(texts):
            for known in self._seen.values():
                known.settle()
            languages = [language_of(text, self._met) for text in lot]
            begun = [self._known(language).begun(text) for text, language in zip(lot, languages, strict=True)]
            for known in self._seen.values():
                known.learn()
            for text, language, one in zip(lot, languages, begun, strict=True):
                yield self._whole(text, language, one.filled())

    def _known(self, language: str) -> _InPython | _Compiled:
        known = self._seen.get(language)
        if known is None:
            made = _Compiled if USED else _InPython
            known = self._seen[language] = made(_Maker(self._analyser, language))
        return known

    def _whole(self, text: str, language: str, made: Filled) -> Streams:
        body, exact, further, has_half = made
        if has_half:
            wholes = (self._analyser.word_in(whole, language).terms for whole in self._wholes(text, language))
            further = " ".join(filter(None, (further, *chain.from_iterable(wholes))))
        return Streams(body, exact, further)

    def _wholes(self, text: str, language: str) -> Iterator[str]:
        """Words that stand in the text in two pieces, or by half."""
        yield from broken_words(text).values()
        if language == DANISH:
            yield from self._analyser.completed(text)


class _Begun:
    """The streams of a text, in which what is not known yet is held by a mark and the stretch itself.

    Put together at once: going through many texts twice is mostly waiting for memory.
    """

    def __init__(self, text: str, known: _InPython) -> None:
        self._known = known
        body, exact, parts = zip(*map(known.__getitem__, stretches(text)), strict=True)
        self._made = (" ".join(body), " ".join(exact), " ".join(filter(None, parts)))

    def filled(self) -> Filled:
        """The streams, now that all is known."""
        body, exact, further = self._made
        if UNKNOWN in body:
            body, exact, further = self._filled(0), self._filled(1), self._filled(2, empty=False).rstrip(" ")
        if HALF in further:
            return body, exact, " ".join(further.replace(HALF, "").split()), True
        return body, exact, further, False

    def _filled(self, column: int, *, empty: bool = True) -> str:
        """A stream; the terms of a stretch that has none are something between blanks only where they may be empty."""
        made, *rest = self._made[column].split(UNKNOWN)
        found = [made]
        for piece in rest:
            stretch, blank, after = piece.partition(" ")
            terms = self._known[stretch][column]
            found += (terms, blank, after) if terms or empty else (after,)
        return "".join(found)


class _InPython(dict[str, tuple[str, str, str]]):
    """What was seen last between blanks, in one language."""

    def __init__(self, maker: _Maker) -> None:
        super().__init__()
        self._maker = maker
        self._unknown: dict[str, None] = {}
        self._older: dict[str, tuple[str, str, str]] = {}

    def settle(self) -> None:
        """Forgets what is unknown still: it could not be learned."""
        self._unknown = {}

    def begun(self, text: str) -> _Begun:
        """A text whose stretches are to be learned before it is filled."""
        return _Begun(text, self)

    def learn(self) -> None:
        """Looks up what was asked for and is unknown, at once."""
        new, self._unknown = self._unknown, {}
        if len(self) + len(new) >= MEMO_LIMIT:
            self._older = self.copy()
            self.clear()
        self.update(zip(new, self._maker.all_of(new), strict=True))

    def __missing__(self, stretch: str) -> tuple[str, str, str]:
        if UNKNOWN in stretch:
            return self._maker.of(stretch)
        known = self._older.get(stretch)
        if known is not None:
            self[stretch] = known
            return known
        self._unknown[stretch] = None
        held = UNKNOWN + stretch
        return held, held, held


class _Read:
    """A text as numbers of its stretches."""

    def __init__(self, terms: Terms, text: str) -> None:
        self._terms, self._numbers = terms, terms.read(text)

    def filled(self) -> Filled:
        """As :meth:`_Begun.filled`."""
        return self._terms.join(self._numbers)


class _Compiled:
    """As :class:`_InPython`, in a fifth of its time and memory, so that more is remembered."""

    def __init__(self, maker: _Maker) -> None:
        from index._terms import Terms

        self._maker = maker
        self._terms = Terms(secrets.randbits(64))

    def settle(self) -> None:
        """Forgets what could not be learned and, where it is too much, what was met only once."""
        if self._terms.new():
            self._terms.forget(False)
        if self._terms.size() > MOST_BYTES:
            self._terms.forget(True)
            if self._terms.size() > MOST_BYTES // 2:
                self._terms.forget(True)

    def begun(self, text: str) -> _Read:
        """As :meth:`_InPython.begun`."""
        return _Read(self._terms, text)

    def learn(self) -> None:
        """As :meth:`_InPython.learn`."""
        self._terms.learn(self._maker.all_of(self._terms.new()))


def _compiled_met() -> Callable[[str], int]:
    """As :func:`index.language.met`, in a fifth of its time."""
    from index._terms import Terms

    small = Terms(secrets.randbits(64))
    small.read(" ".join(foreign_words()))
    return small.met


class _Maker:
    """Says what the terms of a stretch are, in one language."""

    def __init__(self, analyser: Analyser, language: str) -> None:
        self._analyser, self._language = analyser, language

    def all_of(self, stretches: Iterable[str]) -> list[tuple[str, str, str]]:
        """Those of each, in order, as :class:`Streams`, but plain, for the collector has nothing to look for in a tuple
        of strings. Their words are looked up at once."""
        lot = list(stretches)
        forms = list(map(_plain_form, lot))
        tokens = [None if form else _tokens(stretch) for form, stretch in zip(forms, lot, strict=True)]
        wanted = set(forms)
        wanted.discard("")
        wanted.update(form for found in tokens if found for token in found for form in (token.form, *token.wholes))
        known = self._analyser.learn(wanted, self._language)
        return [
            _of_word(stretch, known.get(form) or self._word(form))
            if found is None
            else self._of_tokens(stretch, found, known)
            for stretch, form, found in zip(lot, forms, tokens, strict=True)
        ]

    def of(self, stretch: str) -> tuple[str, str, str]:
        """As :meth:`all_of`, of one."""
        return self.all_of([stretch])[0]

    def _of_tokens(self, stretch: str, found: Iterable[Token], known: Mapping[str, Word]) -> tuple[str, str, str]:
        body: list[str] = []
        exact: list[str] = []
        further: list[str] = []
        for token in found:
            word = known.get(token.form) or self._word(token.form)
            body.append(word.lemmas[0])
            exact.append(word.exact)
            further += word.terms[1:]
            for whole in token.wholes:
                if whole != token.form:
                    further += (known.get(whole) or self._word(whole)).terms
        return " ".join(body), " ".join(exact), (HALF if _is_half(stretch) else "") + " ".join(further)

    def _word(self, form: str) -> Word:
        return self._analyser.word_in(form, self._language)


def _of_word(stretch: str, word: Word) -> tuple[str, str, str]:
    # One string where they are equal: going through a text is waiting for memory.
    exact = stretch if word.exact == stretch else word.exact
    lemmas, members = word.lemmas, word.members
    lemma = lemmas[0]
    further = " ".join((*lemmas[1:], *members)) if members or len(lemmas) > 1 else ""
    return exact if lemma == exact else lemma, exact, further


def _lots(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in order, some letters at a time."""
    lot: list[str] = []
    size = 0
    for text in texts:
        lot.append(text)
        size += len(text)
        if size >= LETTERS_AT_ONCE:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def _plain_form(stretch: str) -> str:
    """The form of a stretch that is one word, or a number of thousands, with or without marks around it, and no other
    token; "" for any other, and for what may be one."""
    word = stretch
    if not stretch.isalpha():
        word = stretch.strip(MARKS)
        if WITH_POINTS.fullmatch(word):
            return word
        if not word.isalpha() or word[:-1].isupper():
            return ""
    return word.lower() if word[1:].islower() else ""


def _tokens(stretch: str) -> list[Token]:
    return [token for chunk in CHUNK.findall(stretch) for token in pieces(chunk)]


def _is_half(stretch: str) -> bool:
    bare = stretch.strip("\t")
    return bare[:1] in HYPHENS or bare[-1:] in HYPHENS if bare else False
