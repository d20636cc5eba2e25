"""The number ledger: every number of a page is in a cell, in a record or among the unclaimed ones, once."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

from budget_papers import random_paper
from budget_press import printed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.limits import DEFAULT_LIMITS
from corpus.model import Document
from corpus.readers import read
from pipeline.extract import extract_bytes
from pipeline.tables import find_tables

SLOW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
WORDS = st.sampled_from(
    ["Løn", "Leje", "I alt", "Årsværk", "Note 3", "2025-pl", "mio. kr.", "heraf 2 stillinger", "§ 17"]
)
FIGURE = st.sampled_from(
    ["2025", "2026", "-1.250", "12 450", "0,5", "3", "–", "", "1.000 kr.", "31.12.2025", "45 %", "1/2"]
)
LINES = st.lists(st.tuples(WORDS, FIGURE, FIGURE, FIGURE), min_size=1, max_size=8)
JOINTS = st.sampled_from([" | ", "\t", "     ", " "])


def digits(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isdigit())


def stand_once(document: Document, data: bytes, name: str) -> None:
    """By place: a digit is claimed by cells and records, or unclaimed, and never both; no cell shares one."""
    reading = read(data, name, DEFAULT_LIMITS)
    cells = find_tables(reading).cell_spans
    assert all(before[1] <= after[0] for before, after in pairwise(cells))
    starts = [0]
    for part in document.parts:
        starts.append(starts[-1] + len(part.text))
    claimed = {n for start, end in cells for n in range(start, end)}
    claimed |= {n for r in document.records for n in range(starts[r.part] + r.start, starts[r.part] + r.end)}
    left = [n for u in document.unclaimed_numbers for n in range(starts[u.part] + u.start, starts[u.part] + u.end)]
    printed_digits = {n for n, char in enumerate(reading.text) if char.isdigit()}
    assert len(left) == len(set(left))
    assert not claimed & printed_digits & set(left)
    assert printed_digits <= claimed | set(left)


@given(choose=st.randoms(use_true_random=False))
@SLOW
def test_of_a_printed_paper(choose: random.Random) -> None:
    data, _ = printed(random_paper(choose))
    document = extract_bytes(data, "forslag.pdf")
    stand_once(document, data, "forslag.pdf")
    for number, start, end in [(p.number, p.start, p.end) for p in read(data, "forslag.pdf", DEFAULT_LIMITS).pages]:
        cells = [c.text for t in document.tables for row in t.cells for c in row if c.page == number]
        others = [r.text for r in document.records if r.page == number and r.source == "text"]
        others += [u.text for u in document.unclaimed_numbers if u.page == number]
        again = [t for t in document.tables if number in t.pages[1:]]  # its heading may be printed again, as no row
        others += [c.text for t in again for row in t.cells for c in row if c.header]
        page = "".join(part.text for part in document.parts)[start:end]
        assert not digits(page) - digits(" ".join(cells + others))


@given(
    rows=LINES,
    joint=JOINTS,
    above=st.sampled_from(["Beløb i 1.000 kr.\n", "Tabel 2. Regnskab 2023 (mio. kr.)\n\n", ""]),
)
@SLOW
def test_of_lines_of_text(rows: list[tuple[str, str, str, str]], joint: str, above: str) -> None:
    heading = joint.join(["Post", "2025", "2026", "2027"])
    text = above + "\n".join([heading, *(joint.join(row) for row in rows), "", "I alt bruges 3,5 mio. kr. i 2025."])
    stand_once(extract_bytes(text.encode(), "forslag.txt"), text.encode(), "forslag.txt")
