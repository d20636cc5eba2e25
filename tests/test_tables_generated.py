"""Budget tables over many layouts, printed by ``budget_papers``: no figure is wrong, and nearly all are found."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest
from budget_papers import papers, printed, random_paper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Document
from pipeline.extract import extract_bytes

Figure = tuple[str, str, Decimal]
SEEDS = range(8)


def read(data: bytes) -> Document:
    return extract_bytes(data, "forslag.pdf")


def figures(document: Document) -> Counter[Figure]:
    return Counter(
        (line.label, str(value.year or value.column), value.value)
        for table in document.tables
        for line in table.lines
        for value in line.values
    )


@given(random=st.randoms(use_true_random=False))
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_no_layout_gives_a_wrong_figure_or_loses_one_silently(random: random.Random) -> None:
    data, truth = printed(random_paper(random))
    document = read(data)
    found, meant = figures(document), Counter(truth.values)
    assert not found - meant
    assert not meant - found or document.problems


@pytest.mark.parametrize("seed", SEEDS)
def test_nearly_every_figure_of_a_batch_is_found(seed: int) -> None:
    found, meant = Counter[Figure](), Counter[Figure]()
    for paper in papers(12, seed):
        data, truth = printed(paper)
        found += figures(read(data)) & Counter(truth.values)
        meant += Counter(truth.values)
    assert found.total() >= 0.98 * meant.total()
