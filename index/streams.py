"""A text as an engine indexes it: its terms in order, made in one pass.

What :func:`index.tokens.tokens` and :class:`index.text.Analyser` say of each word, put together a chunk (what stands
between blanks) at a time and remembered, because a text is mostly chunks that were seen before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from index.text import Word
from index.tokens import AFTER_SUSPENSION, BROKEN_LINE, CHUNK, Token, pieces

MEMO_LIMIT = 200_000

WordOf = Callable[[str], Word]


class Streams(NamedTuple):
    """Terms with a blank between: lemmas and exact forms, position by position, and further terms without positions."""

    body: str
    exact: str
    parts: str


class Streamer(dict[str, Streams]):
    """Texts to streams; as a dict, the chunks seen last. ``word`` analyses a lower-case form."""

    def __init__(self, word: WordOf) -> None:
        super().__init__()
        self._word = word

    def __missing__(self, chunk: str) -> Streams:
        if len(self) >= MEMO_LIMIT:
            self.clear()
        made = self[chunk] = self._chunk(chunk)
        return made

    def of(self, text: str) -> Streams:
        """The streams of a normalised text."""
        chunks = CHUNK.findall(text)
        if not chunks:
            return Streams("", "", "")
        body, exact, parts = zip(*map(self.__getitem__, chunks), strict=True)
        further = [part for part in parts if part]
        further += (term for whole in _broken_words(text) for term in self._word(whole).terms)
        return Streams(" ".join(body), " ".join(exact), " ".join(further))

    def _chunk(self, chunk: str) -> Streams:
        found = pieces(chunk)
        words = [self._word(token.form) for token in found]
        further = [term for token, word in zip(found, words, strict=True) for term in self._further(token, word)]
        return Streams(
            " ".join(word.lemmas[0] for word in words), " ".join(word.exact for word in words), " ".join(further)
        )

    def _further(self, token: Token, word: Word) -> Iterator[str]:
        yield from word.terms[1:]
        for whole in token.wholes:
            if whole != token.form:
                yield from self._word(whole).terms


def _broken_words(text: str) -> Iterator[str]:
    """The words that a hyphen at the end of a line cuts in two, whole ("støtte-⏎pædagog")."""
    for gap in BROKEN_LINE.finditer(text):
        line = text.rfind("\n", 0, gap.start()) + 1
        *_, before = [None, *CHUNK.finditer(text, line, gap.start())]
        after = CHUNK.match(text, gap.end())
        if before is None or before.end() != gap.start() or after is None or not text[gap.end()].islower():
            continue
        tail = pieces(after[0])[0].form
        if tail not in AFTER_SUSPENSION:
            yield pieces(before[0])[-1].form + tail
