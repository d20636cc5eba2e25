"""More like this: from a part to the question for parts of the same subject.

The words that say most about a part are those that it has often and few others have at all (tf-idf over lemmas). Parts
with a good share of them are found, the part itself and its copies are not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from index.engines.base import AllOf, AnyOf, Boost, Everything, Node, Prefix, Reader, Request, Term, Without
from index.plan import Mark
from index.stored import Head, Stored, unpack, unpack_head
from index.text import Word
from index.tokens import tokens
from index.tree import QueryError

# So many words stand for a part, and of so many of them another must have some: fewer are a matter of chance.
MOST_WORDS, LEAST_SHARE = 25, 0.3
# A word that only this part has finds nothing; one in so large a share of all parts says nothing.
LEAST_PARTS, COMMON_SHARE = 2, 0.2
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
    """The question for what is like a part; ``marks`` are the words that stand for it."""

    request: Request
    marks: tuple[Mark, ...]


def alike(reader: Reader, id: str, word: WordOf, also: Node | None = None) -> Alike:
    """What is like the part of that id (of a record's id the part it is in, of a document's all of it).

    ``also`` must be found too. Raises NoSuchPartError.
    """
    own = _parts(reader, id.strip().lower())
    weights = _weights(reader, own, word)
    without = Without(AnyOf(tuple(Term("id", name) for name in sorted(_ids(reader, own)))))
    must = AllOf((without,) if also is None else (without, also))
    if not weights:
        return Alike(Request(AllOf((must, Without(Everything())))), ())
    some = tuple(Boost(AnyOf((Term("body", term), Term("title", term))), weight) for term, weight in weights)
    minimum = max(1, min(len(some), math.ceil(len(some) * LEAST_SHARE)))
    marks = tuple(Mark(terms=frozenset({term})) for term, _ in weights)
    return Alike(Request(must, some, minimum), marks)


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


def _weights(reader: Reader, own: Iterable[Stored], word: WordOf) -> list[tuple[str, float]]:
    """The words that stand for some parts with their weights, the heaviest first; the heaviest weighs 1."""
    counts: Counter[str] = Counter()
    for stored in own:
        text = f"{stored.title or ''}\n{stored.text[stored.body_start :][:FURTHEST]}"
        counts.update(token.form for token in tokens(text))
    lemmas: Counter[str] = Counter()
    for form, count in counts.items():
        if len(form) >= SHORTEST_WORD:
            lemmas[word(form).lemmas[0]] += count
    parts = reader.count(EVERYTHING)
    common = max(parts * COMMON_SHARE, LEAST_PARTS)
    weighed = []
    for lemma, count in lemmas.items():
        frequency = reader.frequency("body", lemma)
        if LEAST_PARTS <= frequency <= common:
            weighed.append((-(1 + math.log(count)) * math.log(1 + parts / frequency), lemma))
    heaviest = sorted(weighed)[:MOST_WORDS]
    return [(lemma, round(weight / heaviest[0][0], 4)) for weight, lemma in heaviest]
