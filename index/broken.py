"""Printed words that a line end has cut in two: "fællesskabet" of a query where a text has "fælles-⏎skabet"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.text import Word, fold
from index.tokens import tokens
from index.weights import MOST_PAIRS, Rarity

SHORTEST_HALF = 2


def halves(text: str, word: Callable[[str], Word], rarity: Rarity) -> Iterator[tuple[tuple[str, ...], str]]:
    """The printed words of a text with one of them in two halves, which the index has; and a term for the whole, which
    the index keeps of a part where a word is broken so (:func:`index.tokens.broken_words`).

    Where no part has that term, nothing is broken and nothing is given.
    """
    typed = [token.form for token in tokens(text)]
    forms = tuple(map(fold, typed))
    for place, form in enumerate(typed[:MOST_PAIRS]):
        lemma = word(form).lemmas[0] if form.isalpha() else ""
        if not lemma or not rarity("parts", lemma):
            continue
        whole = forms[place]
        for cut in range(SHORTEST_HALF, len(whole) - SHORTEST_HALF + 1):
            pair = (whole[:cut], whole[cut:])
            if all(rarity("exact", half) for half in pair):
                yield (*forms[:place], *pair, *forms[place + 1 :]), lemma
