"""What a match is worth. docs/decisions/0012-ranking.md says how these weights were found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from index.engines.base import AnyOf, Boost, Close, Node, Term
from index.language import is_small
from index.text import Word
from index.tokens import Token

# A word in the title says more than one in the body, and the form as typed a little more than its lemma alone; inside
# a compound it says less; and a compound that is only there in pieces, far apart perhaps, ranks below all of these.
TITLE, EXACT, INSIDE, IN_PIECES = 2.0, 0.15, 0.55, 0.1
# A word with a slip says less than the word as typed.
SLIPPED = 0.5
# Words typed side by side: where they stand close to each other, up to REACH places off; where they are one compound.
CLOSE, REACH, JOINED = 0.5, 5, 2.5
# Of so many words typed side by side it is asked whether they stand so, too.
MOST_PAIRS = 20
JOINTS = ("", "s", "e")

Rarity = Callable[[str, str], float]
"""How much a term of a field says; 0 when no entry has it."""


def level(_field: str, _term: str) -> float:
    """Any term as much as any other, where nothing is known of an index."""
    return 1.0


def anywhere(lemmas: tuple[str, ...], rarity: Rarity) -> list[Node]:
    """The questions for a word by its lemmas: in the text, in the title, inside compounds."""
    return [
        way
        for lemma in lemmas
        for way in (Term("body", lemma), inside(lemma, rarity), Boost(Term("title", lemma), TITLE))
    ]


def inside(lemma: str, rarity: Rarity) -> Node:
    """A member of compounds. That few compounds have it does not make it worth more than the word by itself."""
    alone, member = rarity("body", lemma), rarity("parts", lemma)
    scale = min(1.0, alone / member) if alone and member else 1.0
    return Boost(Term("parts", lemma), INSIDE * scale)


def beside(typed: Sequence[tuple[Token, Word]], rarity: Rarity) -> tuple[Node, ...]:
    """What adds to a part in which words typed one after the other stand close to each other, or are one compound.

    Small words between them do not count.
    """
    words = [(token, word) for token, word in typed if not is_small(token.form)] or typed
    bonus = [node for first, second in list(pairwise(words))[:MOST_PAIRS] for node in _pair(first, second, rarity)]
    return tuple(dict.fromkeys(bonus))


def _pair(first: tuple[Token, Word], second: tuple[Token, Word], rarity: Rarity) -> Iterator[Node]:
    one, other = first[1].lemmas[0], second[1].lemmas[0]
    if one != other:
        yield Boost(Close("body", one, other, REACH), CLOSE)
    if first[0].form.isalpha() and second[0].form.isalpha():
        heads = dict.fromkeys((first[1].exact, one))
        for compound in dict.fromkeys(head + joint + other for head in heads for joint in JOINTS):
            if rarity("body", compound) or rarity("parts", compound):
                yield Boost(AnyOf((Term("body", compound), inside(compound, rarity))), JOINED)
