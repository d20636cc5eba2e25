"""What a query means, on every engine: the papers, the cases and the refusals are in ``test_index_meaning.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from meaning import Paper, built, table

from index.engines.base import EngineName
from index.query import QueryError, parse
from index.search import Searcher

CASES, REFUSED = table("case"), table("refused")
OFFERED = [row for row in REFUSED if "suggests" in row]


@pytest.fixture(scope="module", params=get_args(EngineName))
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    opened = Searcher(built(tmp_path_factory.mktemp("index") / "index", request.param))
    yield opened
    opened.close()


@pytest.mark.parametrize("case", CASES, ids=[case["query"] for case in CASES])
def test_a_query_finds_what_it_means(searcher: Searcher, case: Paper) -> None:
    hits = searcher.search(case["query"], limit=100).hits
    found = {match: "".join(sorted(hit.path for hit in hits if hit.match == match)) for match in ("all", "some")}

    assert found == {"all": case["all"], "some": case.get("some", "")}


@pytest.mark.parametrize("row", REFUSED, ids=[row["query"] for row in REFUSED])
def test_what_cannot_be_answered_is_refused_in_its_place(row: Paper) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(row["query"])

    assert row["says"] in refusal.value.message
    assert refusal.value.position == row.get("at", 0)
    assert refusal.value.suggestion == row.get("suggests")


@pytest.mark.parametrize("row", OFFERED, ids=[row["query"] for row in OFFERED])
def test_what_is_offered_can_be_typed(row: Paper) -> None:
    offered = row["suggests"]
    if offered.endswith((":", ">")):
        offered += "2020" if offered.startswith("date") else "BUU"
    if offered.startswith("-"):
        offered = f"{offered} midler"
    if offered in ("AND", "OR"):
        offered = f"korps {offered} midler"

    parse(offered)
