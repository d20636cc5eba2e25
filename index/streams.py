"""A text as an engine indexes it: its terms in order, made in one pass.

What :func:`index.tokens.tokens` and :class:`index.text.Analyser` say of each word, put together for all that stands
between two blanks and remembered, because a text is mostly stretches that were seen before. (No token has a blank or
a line end in it.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from index.language import language_of
from index.lemmas import DANISH
from index.text import Analyser, Word
from index.tokens import CHUNK, Token, broken_words, pieces

MEMO_LIMIT = 200_000


class Streams(NamedTuple):
    """Terms with a blank between: lemmas and exact forms, position by position, and further terms without positions."""

    body: str
    exact: str
    parts: str


class Streamer:
    """Texts to streams, each by the language it is in."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._seen: dict[str, _Stretches] = {}

    def of(self, text: str) -> Streams:
        """The streams of a normalised text."""
        stretches = text.replace("\n", " ").split(" ")
        language = language_of(text)
        known = self._seen.get(language)
        if known is None:
            known = self._seen[language] = _Stretches(self._analyser, language)
        body, exact, parts = zip(*map(known.__getitem__, stretches), strict=True)
        further = [part for part in parts if part]
        for whole in self._wholes(text, language):
            further += self._analyser.word_in(whole, language).terms
        return Streams(" ".join(body), " ".join(exact), " ".join(further))

    def _wholes(self, text: str, language: str) -> Iterator[str]:
        """Words that stand in the text in two pieces, or by half."""
        yield from broken_words(text).values()
        if language == DANISH:
            yield from self._analyser.completed(text)


class _Stretches(dict[str, Streams]):
    """What was seen last between blanks, in one language."""

    def __init__(self, analyser: Analyser, language: str) -> None:
        super().__init__()
        self._analyser, self._language = analyser, language

    def __missing__(self, stretch: str) -> Streams:
        if len(self) >= MEMO_LIMIT:
            self.clear()
        made = self[stretch] = self._made(stretch)
        return made

    def _made(self, stretch: str) -> Streams:
        if stretch.isalpha() and stretch[1:].islower():
            word = self._word(stretch.lower())
            return Streams(word.lemmas[0], word.exact, " ".join(word.terms[1:]))
        found = [token for chunk in CHUNK.findall(stretch) for token in pieces(chunk)]
        words = [self._word(token.form) for token in found]
        further = [term for token, word in zip(found, words, strict=True) for term in self._further(token, word)]
        return Streams(
            " ".join(word.lemmas[0] for word in words), " ".join(word.exact for word in words), " ".join(further)
        )

    def _word(self, form: str) -> Word:
        return self._analyser.word_in(form, self._language)

    def _further(self, token: Token, word: Word) -> Iterator[str]:
        yield from word.terms[1:]
        for whole in token.wholes:
            if whole != token.form:
                yield from self._word(whole).terms
