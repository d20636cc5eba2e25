"""Words that were typed apart and are one word of the index whose parts are not told there: "land brug" is landbrug."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from index import tree
from index.language import is_small
from index.text import Word
from index.tokens import Token, tokens
from index.weights import MOST_PAIRS, Rarity, joined

WordOf = Callable[[str], Word]


def in_one(wanted: Sequence[tree.Node], word: WordOf, rarity: Rarity) -> dict[tree.Node, list[str]]:
    """By each of two words typed side by side: the words that they are in one."""
    found: dict[tree.Node, list[str]] = {}
    for before, after in list(pairwise(wanted))[:MOST_PAIRS]:
        first, second = _single(before, word), _single(after, word)
        if first is None or second is None:
            continue
        lemmas = {first[1].lemmas[0], second[1].lemmas[0]}
        for one in joined(first, second, rarity):
            if not lemmas <= {*word(one).members}:
                for item in (before, after):
                    found.setdefault(item, []).append(one)
    return found


def _single(item: tree.Node, word: WordOf) -> tuple[Token, Word] | None:
    """A plain word that is one token and says something."""
    if not isinstance(item, tree.Words):
        return None
    token, *more = tokens(item.text)
    return None if more or is_small(token.form) else (token, word(token.form))
