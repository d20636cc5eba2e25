"""What a match is worth. docs/decisions/0012-ranking.md says how these weights were found."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise

from index.engines.base import AllOf, AnyOf, Boost, Close, Node, Phrase, Term
from index.language import is_small
from index.text import Word
from index.tokens import Token

# A word in the title says more than one in the body, and the form as typed a little more than its lemma alone; inside
# a compound it says less; and a compound that is only there in pieces, far apart perhaps, ranks below all of these.
TITLE, EXACT, INSIDE, IN_PIECES = 2.0, 0.15, 0.55, 0.1
# That a part has one more of the words it need not all have, in the mean rarity of the words.
PRESENT = 1.0
# A word with a slip says less than the word as typed.
SLIPPED = 0.5
# Words typed side by side: where they stand so, where they are close, up to REACH places off, and as one compound.
SIDE_BY_SIDE, CLOSE, REACH, JOINED = 0.75, 0.2, 5, 2.5
# Of so many words typed side by side it is asked whether they stand so, too; and whether they are close where one of
# them is in so few parts: of common words it is asked too often to be quick, and what stands close says little.
MOST_PAIRS, MOST_CLOSE = 20, 1_000
JOINTS = ("", "s", "e")
ANYWHERE = ("body", "parts", "title")

Rarity = Callable[[str, str], float]
"""How much a term of a field says; 0 when no entry has it."""
Having = Callable[[str, str], int]
"""How many entries have a term in a field, or a few more."""


def level(_field: str, _term: str) -> float:
    """Any term as much as any other, where nothing is known of an index."""
    return 1.0


def in_few(_field: str, _term: str) -> int:
    """Any term in few entries, where nothing is known of an index."""
    return 1


def anywhere(lemmas: tuple[str, ...], rarity: Rarity) -> list[Node]:
    """The questions for a word by its lemmas: in the text, in the title, inside compounds.

    Titles and compounds are not asked where ``rarity`` says that none has it.
    """
    return [way for lemma in lemmas for way in _anywhere(lemma, rarity)]


def _anywhere(lemma: str, rarity: Rarity) -> Iterator[Node]:
    yield Term("body", lemma)
    if rarity("parts", lemma):
        yield inside(lemma, rarity)
    if rarity("title", lemma):
        yield Boost(Term("title", lemma), TITLE)


def inside(lemma: str, rarity: Rarity) -> Node:
    """A member of compounds. That few compounds have it does not make it worth more than the word by itself."""
    alone, member = rarity("body", lemma), rarity("parts", lemma)
    scale = min(1.0, alone / member) if alone and member else 1.0
    return Boost(Term("parts", lemma), INSIDE * scale)


def apart(word: Word) -> Node:
    """A compound by its members, wherever in a part they are."""
    pieces = (AnyOf(tuple(Term(field, one) for one in ones for field in ANYWHERE)) for ones in _pieces(word))
    return Boost(AllOf(tuple(pieces)), IN_PIECES)


def _pieces(word: Word) -> list[tuple[str, ...]]:
    """By each of the smallest members of a compound: the member, and the longer ones with it inside, which may be words
    that are not cut: "kunstgræsbane" is in a paper with kunstgræs and bane."""
    leaves, longer = word.members[: word.leaves], word.members[word.leaves :]
    size = len(leaves)
    spans = [(at, end) for at in range(size) for end in range(at + 2, size + 1) if end - at < size]
    if len(spans) != len(longer):  # members that are alike are told once
        return [(leaf,) for leaf in leaves]
    return [
        (leaf, *(term for term, (start, end) in zip(longer, spans, strict=True) if start <= number < end))
        for number, leaf in enumerate(leaves)
    ]


def beside(
    typed: Sequence[tuple[Token, Word]], rarity: Rarity, having: Having, opaque: Container[str] = ()
) -> tuple[Node, ...]:
    """What adds to a part in which words typed one after the other stand as they are typed, or close to each other, or
    are one compound, but for ``opaque`` ones. Small words between them may be others; "lukning af skoler" is
    "skolelukning" too."""
    places = [place for place, (token, _) in enumerate(typed) if not is_small(token.form)]
    bonus: dict[Node, None] = {}
    for before, after in list(pairwise(places))[:MOST_PAIRS]:
        bonus.update(dict.fromkeys(_near(typed[before][1], typed[after][1], after - before - 1, having)))
        compounds = list(joined(typed[before], typed[after], rarity))
        if after - before > 1:
            compounds += joined(typed[after], typed[before], rarity)
        bonus.update((_as_one(compound, rarity), None) for compound in compounds if compound not in opaque)
    return tuple(bonus)


def _near(first: Word, second: Word, between: int, having: Having) -> Iterator[Node]:
    one, other = first.lemmas[0], second.lemmas[0]
    if one != other:
        side_by_side = Close("body", one, other, between) if between else Phrase("body", (one, other))
        yield Boost(side_by_side, SIDE_BY_SIDE)
        if between < REACH and min(having("body", one), having("body", other)) <= MOST_CLOSE:
            yield Boost(Close("body", one, other, REACH), CLOSE)


def joined(first: tuple[Token, Word], second: tuple[Token, Word], rarity: Rarity) -> Iterator[str]:
    """Those of the compounds which the two may make that the index has."""
    (token, word), (last, other) = first, second
    if token.form.isalpha() and last.form.isalpha():
        heads, ends = dict.fromkeys((word.exact, word.lemmas[0])), (*other.lemmas, other.exact)
        for compound in dict.fromkeys(head + joint + end for head in heads for joint in JOINTS for end in ends):
            if rarity("body", compound) or rarity("parts", compound):
                yield compound


def _as_one(compound: str, rarity: Rarity) -> Node:
    return Boost(AnyOf((Term("body", compound), inside(compound, rarity))), JOINED)


def instead(compound: str, lemma: str, rarity: Rarity) -> list[Node]:
    """A compound in the place of a word that it is written with, never by more than that word's own rarity."""
    whole = rarity("body", compound)
    scale = min(1.0, rarity("body", lemma) / whole) if whole else 1.0
    return [Boost(Term(field, compound), IN_PIECES * scale) for field in ("body", "parts", "title")]
