"""Titles that a message mentions: their words side by side in its subject or in a few lines, and rare among titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
import sqlalchemy as sa

from corpus.model import Message
from corpus.store import links as stored
from pipeline.links.words import Token, tokens

Key = tuple[str, int]
_INSIDE = re.compile(r"[^\W\d_],? \Z")
"""What stands before a word within a sentence."""

RARE = 50
"""A word of more titles than these finds no paper; in a title that is found, it counts little."""
WIDEST = 1000
"""Titles with a word, those of files that are gone among them, up to which the ones that are there are counted."""
COMMON_WORD = 0.25
NAME, WORD = 1.0, 0.5
"""What a rare word counts: a name or a long word, and another."""
LONG_STEM = 8
FEWEST_RARE = 2
"""Fewer rare words of a title side by side find no paper, nor do some of which none is a name or long."""
ONE_WORD = 0.1
"""What those add that find no paper."""
NAMED = 0.2
"""What one rare word adds that is a name, in the title or within a sentence of the message."""
PER_WORD = 0.15
MOST = 0.6
LEAST_COVERED = 0.5
"""What is matched of a title, at least, its rare words counting most."""
SPREAD = 8
"""The words of a title of n words stand within 3 n words and so many more."""
MOST_WORDS = 400
SHORTEST_ASKED = 5
LONGEST_TEXT = 20_000
MOST_LOOKED_AT = 1000
"""Titles that are looked at: those of the rarest words of the message."""
MOST_PLACES = 50
LONGEST_QUOTE = 200


class Mention(msgspec.Struct, frozen=True):
    """A title that a message mentions: the words in the message, the title, and what they add to a score."""

    text: str
    title: str
    weight: float


class Title(msgspec.Struct, frozen=True):
    """A title, and the stems in it that name the municipality or the body: of every paper of theirs."""

    text: str
    places: frozenset[str] = frozenset()


class Mentions:
    """The words of one message, and the papers whose titles have them."""

    def __init__(self, connection: sa.Connection, message: Message) -> None:
        self._connection = connection
        body = message.text[message.body_start : message.body_start + LONGEST_TEXT]
        self._stretches = [(text, tokens(text)) for text in (message.subject or "", body) if text]
        self._rare = stored.live_counts(connection, self._asked(), RARE, WIDEST)

    def _asked(self) -> list[str]:
        stems = (token.stem for _, found in self._stretches for token in found)
        return [word for word in dict.fromkeys(filter(None, stems)) if len(word) >= SHORTEST_ASKED][:MOST_WORDS]

    def places(self) -> list[Key]:
        """The papers of which some rare words of the title stand in the message, those with the most first."""
        left, asked = MOST_LOOKED_AT, []
        for word in sorted(self._rare, key=lambda word: (self._rare[word], word)):
            left -= self._rare[word]
            if left < 0:
                break
            asked.append(word)
        count = Counter((sha256, part) for _, sha256, part in stored.with_words(self._connection, asked))
        enough = [(-number, key) for key, number in count.items() if number >= FEWEST_RARE]
        return [key for _, key in sorted(enough)[:MOST_PLACES]]

    def of(self, titles: Mapping[Key, Title | None]) -> dict[Key, Mention]:
        """How the titles of papers are mentioned; those whose words do not stand together are left out."""
        found = {key: self._mention(title) for key, title in titles.items() if title}
        return {key: mention for key, mention in found.items() if mention}

    def _mention(self, titled: Title) -> Mention | None:
        title = titled.text
        words = {token.stem: _strength(title, token) for token in tokens(title) if token.stem}
        weights = {word: strength if word in self._rare else COMMON_WORD for word, strength in words.items()}
        near = (self._nearest(text, found, weights) for text, found in self._stretches)
        weight, matched, text = max(near, default=(0.0, (), ""))
        covered = weight / sum(weights.values()) if weights else 0
        rare = [weights[word] for word in matched if word in self._rare]
        if covered < LEAST_COVERED or not rare:
            return None
        mentions = len(rare) >= FEWEST_RARE and max(rare) >= NAME
        named = [word for word in matched if word in self._rare and word not in titled.places]
        alone = NAMED if any(self._is_name(title, word) for word in named) else ONE_WORD
        adds = min(MOST, PER_WORD * (1 + sum(rare))) * covered if mentions else alone
        return Mention(text, title, round(adds, 2))

    def _is_name(self, title: str, word: str) -> bool:
        """A capital within a sentence, in the title or in the message."""
        return any(
            token.stem == word and _is_capital(text, token)
            for text, found in [(title, tokens(title)), *self._stretches]
            for token in found
        )

    def _nearest(
        self, text: str, found: Sequence[Token], weights: dict[str, float]
    ) -> tuple[float, tuple[str, ...], str]:
        """The stretch with the most of a title: its weight, the words, and its text."""
        hits = [(at, token) for at, token in enumerate(found) if token.stem in weights]
        reach = SPREAD + 3 * len(weights)
        best: tuple[float, tuple[str, ...], str] = (0.0, (), "")
        inside: Counter[str] = Counter()
        first = 0
        for last, (at, token) in enumerate(hits):
            inside[str(token.stem)] += 1
            while at - hits[first][0] > reach:
                gone = str(hits[first][1].stem)
                inside[gone] -= 1
                if not inside[gone]:
                    del inside[gone]
                first += 1
            weight = sum(weights[word] for word in inside)
            if weight > best[0]:
                best = weight, tuple(sorted(inside)), _quote(text, hits[first][1].start, hits[last][1].end)
        return best


def _is_capital(text: str, token: Token) -> bool:
    printed = text[token.start : token.end]
    return printed[:1].isupper() and printed[1:].islower() and bool(_INSIDE.search(text[: token.start][-3:]))


def _strength(title: str, token: Token) -> float:
    """A long word, mostly a compound, and a name say what a paper is about; "skole" and "støtte" stand in many."""
    named = token.start > 0 and title[token.start].isupper() and not title.isupper()
    return NAME if named or len(token.stem or "") >= LONG_STEM else WORD


def _quote(text: str, start: int, end: int) -> str:
    flat = " ".join(text[start:end].split())
    return flat if len(flat) <= LONGEST_QUOTE else f"{flat[: LONGEST_QUOTE - 2]} …"
