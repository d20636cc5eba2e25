"""Words that were typed apart and are one word of the index whose parts are not told there: "land brug" is landbrug.

They stand beside each other in the query or in a group of it, or in one filter for titles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from index import tree
from index.language import is_small
from index.text import Word
from index.tokens import Token, tokens
from index.weights import MOST_PAIRS, Rarity, joined

# A small word of so many letters may begin another; of shorter ones "brug for tid" would be about fortid.
SHORTEST_BEGINNING = 4

WordOf = Callable[[str], Word]


def in_one(items: Sequence[tree.Node], word: WordOf, rarity: Rarity) -> dict[tree.Node, list[str]]:
    """By each of two words typed side by side: the words that they are in one."""
    found: dict[tree.Node, list[str]] = {}
    for before, after in islice(_pairs(items), MOST_PAIRS):
        first, second = _single(before, word, begins=True), _single(after, word)
        if first is None or second is None:
            continue
        lemmas = {first[1].lemmas[0], second[1].lemmas[0]}
        titles = isinstance(before, tree.Filter)
        for one in _joined_in_titles(first, second, rarity) if titles else joined(first, second, rarity):
            # The members of a compound are not looked for in titles.
            if titles or not lemmas <= {*word(one).members}:
                for item in (before, after):
                    found.setdefault(item, []).append(one)
    return found


def in_one_title(first: Token, second: Token, word: WordOf, rarity: Rarity) -> list[str]:
    """The words of titles that two words are in one."""
    if is_small(second.form) or (is_small(first.form) and len(first.form) < SHORTEST_BEGINNING):
        return []
    return _joined_in_titles((first, word(first.form)), (second, word(second.form)), rarity)


def _joined_in_titles(first: tuple[Token, Word], second: tuple[Token, Word], rarity: Rarity) -> list[str]:
    return list(joined(first, second, lambda _field, term: rarity("title", term)))


def _pairs(items: Sequence[tree.Node]) -> Iterator[tuple[tree.Node, tree.Node]]:
    """What stands side by side: words of one group, words of one filter for titles."""
    yield from ((before, after) for before, after in pairwise(items) if _are_words(before, after))
    for item in items:
        match item:
            case tree.Group(items=inner):
                yield from _pairs(inner)
            case tree.AnyOf(items=inner) | tree.AllOf(items=inner):
                yield from (pair for pair in pairwise(inner) if _in_one_filter(*pair))
                for one in inner:
                    yield from _pairs((one,))
            case tree.Without(item=one):
                yield from _pairs((one,))


def _are_words(before: tree.Node, after: tree.Node) -> bool:
    return isinstance(before, tree.Words) and isinstance(after, tree.Words)


def _in_one_filter(before: tree.Node, after: tree.Node) -> bool:
    """Two values in the parentheses of one filter, all of which must be there."""
    return isinstance(before, tree.Filter) and isinstance(after, tree.Filter) and before.position == after.position


def _single(item: tree.Node, word: WordOf, *, begins: bool = False) -> tuple[Token, Word] | None:
    """A plain word that is one token and says something; or that ``begins`` one: "over holde" is overholde."""
    match item:
        case tree.Words(text=text) | tree.Filter(field="title", value=tree.Name(text=text, prefix=False)):
            token, *more = tokens(text)
            says = not is_small(token.form) or (begins and len(token.form) >= SHORTEST_BEGINNING)
            return (token, word(token.form)) if says and not more else None
    return None
