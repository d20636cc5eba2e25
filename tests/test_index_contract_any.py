"""The contract of every engine: they agree about any query, found or refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract import ENGINES, in_each_engine, shown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.search import SORTS, Searcher, Sort
from index.tree import QueryError

simple = st.sampled_from(
    [
        "støtte",
        "korps",
        "budget",
        "ældre",
        "mål",
        "1.000.000",
        "isu42",
        "it-system",
        "stø*",
        "ge*",
        "indsast~1",
        "budgetr~2",
        "findesikke",
    ]
)
quoted = st.builds('"{} {}"{}'.format, simple, simple, st.sampled_from(["", "", "~1", "~4"]))
filters = st.sampled_from(
    [
        "kind:email",
        "kind:minutes,email",
        "udvalg:BUU",
        "kommune:Fjord*",
        "amount:>=1mio",
        "amount:(<0 role:saving)",
        "fte:<0",
        "date:2020",
        "year:2024..2026",
        "has:table",
        "role:saving",
        "status:decided",
        "from:kfo.example",
        "number:isu*",
        "title:støtte",
        "title:st*",
        'title:"støtte korps"',
        'udvalg:"Børne og Ungdomsudvalget"',
        'from:"Anna Holm"',
        '"2. kvartal"',
        'dato:"4. kvartal 2020"',
    ]
)
queries = st.recursive(
    simple | quoted | filters,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("{} AND {}".format, inner, inner),
        st.builds("{} NOT {}".format, inner, inner),
        st.builds("-{} {}".format, simple | filters, inner),
    ),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Searcher]]:
    with in_each_engine(tmp_path_factory.mktemp("index")) as opened:
        yield opened


def answer(searcher: Searcher, query: str, sort: Sort) -> object:
    """All that must not differ between engines: what is found, in order where a value orders it, or the refusal."""
    try:
        results = searcher.search(query, limit=100, sort=sort)
    except QueryError as error:
        return error.message, error.position
    hits = [(hit.match, shown(hit)) for hit in results.hits]
    return results.total, results.total_all, sorted(hits) if sort == "relevance" else hits


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(queries, st.sampled_from(SORTS))
def test_engines_agree_about_any_query(searchers: dict[str, Searcher], query: str, sort: Sort) -> None:
    tantivy, whoosh = (answer(searchers[engine], query, sort) for engine in ENGINES)

    assert tantivy == whoosh


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet='ab støK"()*~-:<>=.,12/OR ANDT\n', max_size=30))
def test_engines_agree_about_any_string(searchers: dict[str, Searcher], query: str) -> None:
    tantivy, whoosh = (answer(searchers[engine], query, "-date") for engine in ENGINES)

    assert tantivy == whoosh
