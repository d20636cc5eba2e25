"""The contract of every engine, below the query language: trees of questions, orders, facets, against a plain model.

The model is a page of Python that looks at every entry. The index has several commits, replaced and deleted contents,
so that an engine's segments, deletions and merges are in play.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engines import base
from index.engines.base import (
    Alike,
    AllOf,
    AnyOf,
    Boost,
    Close,
    Entry,
    Everything,
    Near,
    Node,
    Order,
    Phrase,
    Prefix,
    Range,
    Reader,
    Request,
    Term,
    Without,
    engine,
)
from index.terms import LONGEST_FORM

ENGINES = ("tantivy", "whoosh")
WORDS = ("ab", "ac", "bc", "b", "abc", "æ", "abø", "a" + LONGEST_FORM * "b")
KINDS = ("mail", "mødereferat", "ab c")
COMMITTEES = ("Udvalg A", "Udvalg B", "Ældreudvalget", "a", "B")
KEYS = (None, 0, 1, 1, 2, 730_000)
FIRST, LAST = -(2**62), 2**62
NUMBERS = (FIRST, -5, 0, 1, 2, 2, 1_000_000, LAST)


def entry(number: int, version: int = 0) -> Entry:
    """An entry of a small world: everything about it follows from its number."""
    draw = partial(_drawn, f"{number}.{version}")
    body = [WORDS[draw(f"w{place}", len(WORDS))] for place in range(draw("size", 9))]
    sorts = {name: KEYS[draw(name, len(KEYS))] for name in base.SORTS}
    return Entry(
        texts={"body": " ".join(body), "exact": " ".join(reversed(body)), "title": WORDS[draw("t", len(WORDS))],
               "title_exact": " ".join(WORDS[draw(f"e{place}", len(WORDS))] for place in range(draw("exact", 4)))},
        parts=" ".join(WORDS[draw(f"p{place}", len(WORDS))] for place in range(draw("parts", 3))),
        keywords={
            "id": [f"{number}"], "sha256": [f"{number // 2}"],
            "kind": sorted({KINDS[draw(f"k{place}", len(KINDS))] for place in range(draw("kinds", 3))}),
        },
        numbers={name: sorted({NUMBERS[draw(f"{name}{n}", len(NUMBERS))] for n in range(draw(name, 4))})
                 for name in base.NUMBERS},
        facets={"committee": sorted({COMMITTEES[draw(f"c{n}", len(COMMITTEES))] for n in range(draw("c", 3))}),
                "year": [str(2020 + draw("year", 3))]},
        sorts={name: value for name, value in sorts.items() if value is not None},
        group=draw("group", 5) + 2**63,
        own=draw("own", 2),
        tie=draw("tie", 2**20) << 20 | number,
        stored=f"{number}.{version}".encode(),
    )  # fmt: skip


def _drawn(seed: str, name: str, below: int) -> int:
    """A number below a bound that is the same in every process."""
    return int.from_bytes(sha256(f"{seed} {name}".encode()).digest()[:6]) % below


FIRST_LOT = [entry(number) for number in range(60)]
CHANGED = [entry(number, 1) for number in range(10, 16)]
LATER = [entry(number) for number in range(60, 90)]
GONE = {"12", "13", "30", "40"}  # contents of two entries each
REPLACED = {e.keywords["sha256"][0] for e in CHANGED}
WORLD = [
    e for e in (*(e for e in FIRST_LOT if e.keywords["sha256"][0] not in REPLACED), *CHANGED, *LATER)
    if e.keywords["sha256"][0] not in GONE
]  # fmt: skip
BY_STORED = {e.stored: e for e in WORLD}


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Reader]]:
    opened = {}
    for name in ENGINES:
        folder = tmp_path_factory.mktemp(name) / "index"
        engine(name).create(folder)
        writer = engine(name).writer(folder, 1)
        for lot in (FIRST_LOT[:20], FIRST_LOT[20:], CHANGED, LATER):
            for content in sorted({e.keywords["sha256"][0] for e in lot}):
                writer.delete(content)
            for one in lot:
                writer.add(one)
            writer.commit()
        for content in sorted(GONE):
            writer.delete(content)
        writer.commit()
        writer.close()
        opened[name] = engine(name).reader(folder)
    yield opened
    for reader in opened.values():
        reader.close()


# --- the model ------------------------------------------------------------------------------------------------


def terms(e: Entry, field: str) -> list[str]:
    if field == base.PARTS:
        return e.parts.split()
    return e.texts[field].split() if field in e.texts else e.keywords.get(field, [])


def stands_near(found: list[str], values: tuple[str, ...], width: int) -> bool:
    wanted = Counter(values)
    return any(not wanted - Counter(found[start : start + width]) for start in range(len(found)))


def begins(term: str, value: str, but: str) -> bool:
    listed = len(term) <= LONGEST_FORM and not set(term) - set("abcdefghijklmnopqrstuvwxyz-")
    return term.startswith(value) and not (but and listed and term[len(value) : len(value) + 1] in set(but))


def holds(node: Node, e: Entry) -> bool:
    match node:
        case Everything():
            return True
        case Term(field=field, value=value):
            return value in terms(e, field)
        case Phrase(field=field, values=values):
            found = terms(e, field)
            return any(tuple(found[start : start + len(values)]) == values for start in range(len(found)))
        case Near(field=field, values=values, slop=slop):
            return stands_near(terms(e, field), values, len(values) + slop)
        case Close(field=field, first=first, second=second, reach=reach):
            places = [[n for n, term in enumerate(terms(e, field)) if term == one] for one in (first, second)]
            return any(abs(after - place - 1) <= reach for place in places[0] for after in places[1])
        case Prefix(field=field, value=value, but=but):
            return any(begins(term, value, but) for term in terms(e, field))
        case Range(field=field, low=low, high=high):
            numbers = e.numbers.get(field, [])
            return any((low is None or low <= n) and (high is None or n <= high) for n in numbers)
        case AllOf(children=children):
            return all(holds(child, e) for child in children)
        case AnyOf(children=children):
            return any(holds(child, e) for child in children)
        case Without(child=child):
            return not holds(child, e)
        case Boost(child=child) | Alike(child=child):
            return holds(child, e)


def finds(request: Request) -> list[Entry]:
    return [
        e for e in WORLD
        if holds(request.must, e) and sum(holds(node, e) for node in request.some) >= request.minimum
    ]  # fmt: skip


def in_order(found: list[Entry], order: Order) -> list[bytes]:
    sign = -1 if order.descending else 1

    def key(e: Entry) -> tuple[bool, int, int]:
        value = e.sorts.get(order.field)
        return value is None, sign * (value or 0), e.tie

    return [e.stored for e in sorted(found, key=key)]


# --- the questions --------------------------------------------------------------------------------------------

words = st.sampled_from([*WORDS, "nowhere"])
texts = st.sampled_from(base.TEXTS)
numbers = st.none() | st.sampled_from([*NUMBERS, -1, 3])
runs = st.lists(words, min_size=1, max_size=3).map(tuple)
leaves = st.one_of(
    st.just(Everything()),
    st.builds(Term, texts | st.just(base.PARTS), words),
    st.builds(Term, st.just("kind"), st.sampled_from([*KINDS, "ab"])),
    st.builds(Phrase, texts, runs),
    st.builds(Near, texts, runs, st.integers(0, 3)),
    st.tuples(words, words)
    .filter(lambda pair: pair[0] != pair[1])
    .flatmap(lambda pair: st.builds(Close, texts, st.just(pair[0]), st.just(pair[1]), st.integers(0, 4))),
    st.builds(Prefix, texts | st.just("kind"), st.sampled_from(["a", "ab", "b", "æ", "m", "mø", "x"])),
    st.builds(Prefix, texts, st.sampled_from(["a", "ab", "b"]), st.sampled_from(["b", "bc", "c"])),
    st.builds(Range, st.sampled_from(base.NUMBERS), numbers, numbers),
)
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda found: AllOf(tuple(found))),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: AnyOf(tuple(found))),
        inner.map(Without),
        inner.map(Alike),
        st.builds(Boost, inner, st.sampled_from([0.0, 0.5, 2.0])),
    ),
    max_leaves=6,
)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    some, bonus = (tuple(draw(st.lists(nodes, max_size=size))) for size in (3, 2))
    return Request(draw(nodes), some, draw(st.integers(0, len(some))), bonus)


orders = st.builds(Order, st.sampled_from(base.SORTS), st.booleans())
often = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@often
@given(requests())
def test_the_same_entries_as_the_model_for_every_question(readers: dict[str, Reader], request_: Request) -> None:
    expected = sorted(e.stored for e in finds(request_))

    for name, reader in readers.items():
        found = reader.search(request_, 1000)
        assert sorted(reader.stored(found.rows)) == expected, name
        assert (found.total, reader.count(request_)) == (len(expected), len(expected)), name


@often
@given(requests(), orders, st.integers(1, 30))
def test_one_total_order_by_a_sort_key_whatever_the_limit(
    readers: dict[str, Reader], request_: Request, order: Order, limit: int
) -> None:
    expected = in_order(finds(request_), order)

    for name, reader in readers.items():
        found = reader.search(request_, limit, order)
        assert reader.stored(found.rows) == expected[:limit], name
        assert found.total == len(expected), name
        keys = [BY_STORED[stored].sorts.get(order.field) for stored in expected[:limit]]
        assert [row.key for row in found.rows] == [order.key(key) for key in keys], name


@often
@given(requests(), st.integers(1, 20))
def test_the_best_come_first_and_equal_ones_by_their_tie(
    readers: dict[str, Reader], request_: Request, limit: int
) -> None:
    for name, reader in readers.items():
        every = reader.search(request_, 1000).rows
        assert every == sorted(every, key=lambda row: (-row.score, row.entry.tie)), name
        best = reader.search(request_, limit).rows
        assert [row.entry.tie for row in best] == [row.entry.tie for row in every[:limit]], name


@often
@given(requests(), st.integers(1, 6))
def test_facets_count_the_entries_found(readers: dict[str, Reader], request_: Request, limit: int) -> None:
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("committee", "year", "role")}
    for e in finds(request_):
        for name, counts in counted.items():
            counts.update(e.facets.get(name, []))
    expected = {name: base.ranked(counts.items(), limit) for name, counts in counted.items()}

    for name, reader in readers.items():
        assert reader.facets(request_, list(counted), limit) == expected, name


@pytest.mark.parametrize("name", ENGINES)
def test_what_rows_have_and_how_frequent_terms_are(readers: dict[str, Reader], name: str) -> None:
    reader = readers[name]
    rows = reader.search(Request(Everything()), 1000).rows
    found = [BY_STORED[stored] for stored in reader.stored(rows)]

    assert [(row.entry.words, row.entry.own) for row in rows] == [(e.group, e.own) for e in found]
    assert [row.entry.tie for row in rows] == [e.tie for e in found] == sorted(e.tie for e in WORLD)
    for field in (*base.TEXTS, base.PARTS):
        for word in (*WORDS, "nowhere"):
            assert reader.frequency(field, word) == sum(word in terms(e, field) for e in WORLD)


@pytest.mark.parametrize("name", ENGINES)
def test_an_index_without_entries_answers_too(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp(name) / "index"
    engine(name).create(folder)
    reader = engine(name).reader(folder)

    for node in (Everything(), Term("body", "ab"), Near("body", ("ab", "b"), 2), Range("date", 1, 2)):
        for order in (None, Order("sort_date", descending=True)):
            assert reader.search(Request(node, (node,), 1), 5, order).rows == []
    assert reader.facets(Request(Everything()), base.FACETS, 3) == {field: [] for field in base.FACETS}
    assert (reader.count(Request(Everything())), reader.frequency("body", "ab")) == (0, 0)
    reader.close()
