"""More like this: from a part to the question for parts of the same subject.

The words that say most about a part are those that it has often and few others have at all (tf-idf over lemmas). The
figures of its tables are not among them, but its number is: two papers with 1.080 in a column need not be about one
thing. Parts with a share of the words are found, the part itself and its copies are not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import msgspec

from index.engines.base import AllOf, AnyOf, Boost, Everything, Node, Prefix, Reader, Request, Term, Without
from index.plan import Mark
from index.stored import Head, Stored, unpack, unpack_head
from index.text import Word, fold
from index.tokens import NUMBER, tokens
from index.tree import QueryError

# So many words stand for a part, and of so many of them another must have some: fewer are a matter of chance.
# They are few, for what a meeting decides on a paper is short, and one of them must be of the heaviest share.
MOST_WORDS, LEAST_SHARE, LEAST_WORDS = 25, 0.12, 2
HEAVY_SHARE, LEAST_HEAVY = 1 / 3, 3
# Of a text with fewer such words the members of its compounds count too, and what else its forms may be.
FEW_WORDS = 3
# A word that only this part has finds nothing; one in so large a share of all parts says nothing.
LEAST_PARTS, COMMON_SHARE = 2, 0.2
FIELDS: tuple[str, ...] = ("body", "title", "parts")
SHORTEST_WORD = 3
FURTHEST = 200_000  # characters of a part that are looked at
MOST_COPIES = 500
MOST_PARTS = 1_000
MOST_NAMED = 3
EVERYTHING = Request(Everything())

WordOf = Callable[[str], Word]


class NoSuchPartError(QueryError):
    """There is no part of that id in the index, or several documents begin so; the message says which."""


class Alike(msgspec.Struct, frozen=True):
    """The question for what is like a part; ``words`` are the lemmas that stand for it with their weights, heaviest
    first, and a part with ``least`` of them is like it."""

    request: Request
    words: tuple[tuple[str, float], ...] = ()
    least: int = 0

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The words as they are marked in a text."""
        return tuple(Mark(terms=frozenset({term})) for term, _ in self.words)


def alike(reader: Reader, id: str, word: WordOf, also: Node | None = None) -> Alike:
    """What is like the part of that id (of a record's id the part it is in, of a document's all of it).

    ``also`` must be found too. Raises NoSuchPartError.
    """
    own = _parts(reader, id.strip().lower())
    ids = sorted(_ids(reader, own))
    without = Without(AnyOf(tuple(Term("id", name) for name in ids)))

    def others_have(lemma: str, parts: int) -> bool:
        return parts > len(ids) or reader.count(Request(AllOf((Term("body", lemma), without)))) > 0

    weights, fields = _weights(reader, own, word, others_have), FIELDS[:-1]
    if len(weights) < FEW_WORDS:
        weights, fields = _wider(reader, own, word, without), FIELDS
    must = (without,) if also is None else (without, also)
    if not weights:
        return Alike(Request(AllOf((*must, Without(Everything())))))
    places = [AnyOf(tuple(Term(field, term) for field in fields)) for term, _ in weights]
    heavy = Boost(AnyOf(tuple(places[: max(LEAST_HEAVY, math.ceil(len(places) * HEAVY_SHARE))])), 0)
    some = tuple(Boost(place, weight) for place, (_, weight) in zip(places, weights, strict=True))
    least = max(min(len(some), LEAST_WORDS), math.ceil(len(some) * LEAST_SHARE))
    return Alike(Request(AllOf((*must, heavy)), some, least), tuple(weights), least)


def _parts(reader: Reader, id: str) -> list[Stored]:
    document, _, rest = id.partition(".")
    part = rest.partition(".")[0]
    asked: Node = Term("id", f"{document}.{part}") if part else Prefix("id", document)
    found = reader.search(Request(asked), MOST_PARTS).rows
    if not found and part:
        found = reader.search(Request(Prefix("id", document)), MOST_PARTS).rows
    parts = [unpack(data) for data in reader.stored(found)]
    if part:
        parts = [stored for stored in parts if str(stored.part) == part]
    documents = sorted({stored.id.partition(".")[0] for stored in parts})
    if not parts:
        raise NoSuchPartError(f"nothing in the index has the id {id}: give one as search prints it", None)
    if len(documents) > 1:
        told = ", ".join(documents[:MOST_NAMED])
        raise NoSuchPartError(f"several documents begin with {id} ({told} …): give more of the id", None)
    return parts


def _ids(reader: Reader, own: Sequence[Stored]) -> set[str]:
    """The ids of the parts and of the copies of those that are messages."""
    ids = {stored.id for stored in own}
    alike = copies(reader, own)
    for stored in own:
        ids.update(copy.id for copy in alike if same_message(stored, copy))
    return ids


def copies(reader: Reader, messages: Iterable[Head]) -> list[Head]:
    """All copies of the words of some messages of the index, themselves among them; nothing of those without others."""
    named = {message.fingerprint for message in messages if message.fingerprint is not None}
    several = sorted(name for name in named if reader.at_most("fingerprint", name) > 1)
    if not several:
        return []
    asked = AnyOf(tuple(Term("fingerprint", fingerprint) for fingerprint in several))
    rows = reader.search(Request(Boost(asked, 0)), MOST_COPIES * len(several)).rows
    return [unpack_head(data) for data in reader.stored(rows)]


def same_message(one: Head, other: Head) -> bool:
    """Whether two copies of the same words may be one message: two mails with an id each are two messages."""
    if one.fingerprint is None or one.fingerprint != other.fingerprint:
        return False
    return one.message_id is None or other.message_id is None or one.message_id == other.message_id


def _weights(
    reader: Reader, own: Iterable[Stored], word: WordOf, others_have: Callable[[str, int], bool]
) -> list[tuple[str, float]]:
    """The words that stand for some parts with their weights, the heaviest first; the heaviest weighs 1.

    ``others_have`` says whether other parts have a word that so many parts have.
    """
    lemmas = Counter[str]()
    for analysed, count in _words(own, word):
        lemmas[analysed.lemmas[0]] += count
    return _heaviest(reader, lemmas, lambda lemma: reader.frequency("body", lemma), others_have)


def _wider(reader: Reader, own: Iterable[Stored], word: WordOf, without: Node) -> list[tuple[str, float]]:
    """As :func:`_weights` for a text that has few such words: by members, too, and a form that may be of a common verb
    is of the other word ("taget" of "tag")."""
    lemmas = Counter[str]()
    for analysed, count in _words(own, word):
        lemma = next((lemma for lemma in analysed.lemmas if lemma not in common_verbs()), analysed.lemmas[0])
        for term in {lemma, *analysed.members[: analysed.leaves]}:
            lemmas[term] += count

    def parts(lemma: str) -> int:
        return reader.count(Request(_anywhere(lemma)))

    def others_have(lemma: str, _: int) -> bool:
        return reader.count(Request(AllOf((_anywhere(lemma), without)))) > 0

    return _heaviest(reader, lemmas, parts, others_have)


def _anywhere(lemma: str) -> Node:
    return AnyOf(tuple(Term(field, lemma) for field in FIELDS))


@lru_cache(maxsize=1)
def common_verbs() -> frozenset[str]:
    """Strong verbs as they are filed: nearly all are common, and say little of what a text is about."""
    from index.readings import strong  # seldom asked for, and not to hold up a search

    return frozenset(fold(verb) for verbs in strong().values() for verb in verbs)


def _heaviest(
    reader: Reader,
    lemmas: Mapping[str, int],
    parts_with: Callable[[str], int],
    others_have: Callable[[str, int], bool],
) -> list[tuple[str, float]]:
    """The words that weigh most by how often they are there and in how many parts, with their weights."""
    parts = reader.count(EVERYTHING)
    common = max(parts * COMMON_SHARE, LEAST_PARTS)
    weighed = []
    for lemma, count in lemmas.items():
        frequency = parts_with(lemma)
        if LEAST_PARTS <= frequency <= common:
            weighed.append((-(1 + math.log(count)) * math.log(1 + parts / frequency), lemma, frequency))
    told = ((lemma, weight) for weight, lemma, frequency in sorted(weighed) if others_have(lemma, frequency))
    heaviest = list(islice(told, MOST_WORDS))
    return [(lemma, round(weight / heaviest[0][1], 4)) for lemma, weight in heaviest]


def _words(own: Iterable[Stored], word: WordOf) -> Iterator[tuple[Word, int]]:
    """The words of some parts, and how often each form is there."""
    counts: Counter[str] = Counter()
    for stored in own:
        # The head of a message names its people, that of a paper its number and its field.
        begin = stored.body_start if stored.part_kind == "message" else 0
        text = f"{stored.title or ''}\n{stored.text[begin:][:FURTHEST]}"
        counts.update(token.form for token in tokens(text))
    for form, count in counts.items():
        if len(form) >= SHORTEST_WORD and not NUMBER.fullmatch(form):
            yield word(form), count
