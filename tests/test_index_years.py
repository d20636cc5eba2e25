""" "fra 2024 og frem": what goes on is found under the years that follow, and counted under those that are printed."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import get_args

import pytest

from corpus.model import Amount, AnyRecord, Body, Document, Fte
from index.build import IndexWriter
from index.engines.base import EngineName
from index.query import QueryError
from index.search import open_index


def amount(*years: int, open_end: bool) -> Amount:
    year, several = (years[0], []) if len(years) == 1 else (None, list(years))
    return Amount(
        part=0, start=0, end=1, text="x", value=Decimal(5000), currency="DKK", role="saving",
        year=year, years=several, open_end=open_end,
    )  # fmt: skip


RECORDS: dict[str, AnyRecord] = {
    "2024 og frem": amount(2024, open_end=True),
    "2024": amount(2024, open_end=False),
    "2023, 2025 og frem": amount(2023, 2025, open_end=True),
    "uden år": amount(open_end=True),
    "årsværk": Fte(
        part=0, start=0, end=1, text="x", value=Decimal(2), unit="fte", year=2024, open_end=True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("engine", get_args(EngineName))
def test_what_goes_on_is_found_in_the_years_after(tmp_path: Path, engine: EngineName) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        for name, record in RECORDS.items():
            paper = Document(
                path=name, sha256=sha256(name.encode()).hexdigest(), media_type="text/plain", reader="text/1",
                extractor_version="1", parts=[Body(index=0, title=None, text="Notat.")], records=[record],
            )  # fmt: skip
            writer.replace(paper, [name])
    with open_index(tmp_path) as searcher:

        def found(query: str) -> set[str]:
            return {hit.path for hit in searcher.search(query, limit=50).hits}

        assert found("year:2026") == {"2024 og frem", "2023, 2025 og frem", "årsværk"}
        assert found("year:2024") == {"2024 og frem", "2024", "årsværk"}
        assert found("year:2023") == {"2023, 2025 og frem"}
        assert found("year:2060") == set()
        assert found("amount:(>=5000 role:saving year:2026)") == {"2024 og frem", "2023, 2025 og frem"}
        assert found("fte:(2 year:2030)") == {"årsværk"}
        counted = searcher.search("notat", facets=["year"], limit=50).facets["year"]
        assert {(one.value, one.count) for one in counted} == {("2023", 1), ("2024", 3), ("2025", 1)}


def test_a_value_that_records_cannot_tell_apart_is_refused_beside_a_role_or_year(tmp_path: Path) -> None:
    with IndexWriter(tmp_path, "tantivy"):
        pass
    with open_index(tmp_path) as searcher:
        for query in ("amount:(>=6000mia role:saving)", "amount:(<-6000mia year:2024)", "fte:(700000000000 year:2024)"):
            with pytest.raises(QueryError, match="at most"):
                searcher.search(query)
        assert searcher.search("amount:>=6000mia OR amount:(5000mia role:saving)").total == 0
