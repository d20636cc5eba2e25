"""No text holds up the reading: neither the worst case of any regular expression nor one letter without end."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from pathlib import Path

import patterns
import pytest

from corpus import cpr
from index.build import IndexWriter
from index.query import LONGEST_QUERY, QueryError
from index.search import search
from pipeline.extract import extract_bytes

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
LONG = bool(os.environ.get("AKT_LONG_TESTS"))
SHORT_SIZE, FULL_SIZE = 500, 1_000_000
SECONDS = 5.0
"""Of processor time: what is linear takes tenths of a second for a megabyte, what is quadratic takes hours."""
SLICES = 20
"""Parts in which the long tests go over all patterns."""
BOUNDED = {
    "corpus.cpr._OTHER_LABEL": 30,
    "corpus.readers.mail_dates._FORMS": 100,
}
"""Patterns that are given no more than so many characters, where they are called."""


class HeldUpError(BaseException):
    """Not an Exception: a step that breaks is a problem of the document, and this must not be one."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises HeldUpError when the block takes more processor time; a busy machine takes no more of it."""

    def ring(signum: int, frame: object) -> None:
        raise HeldUpError(f"more than {seconds} s of processor time")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def found(floor: str) -> list[patterns.Found]:
    return patterns.all_patterns((floor,))


def run(each: patterns.Found, text: str | bytes) -> None:
    if each.searched:
        deque(each.pattern.finditer(text), maxlen=0)
    else:
        each.pattern.match(text)
        each.pattern.fullmatch(text)


def slowest(each: patterns.Found) -> int:
    """Which of its worst cases costs a pattern most, by short ones; -1 for a pattern that repeats nothing."""
    times = []
    for text in patterns.worst_cases(each.pattern, min(SHORT_SIZE, bound(each.place))):
        start = time.thread_time()
        run(each, text)
        times.append(time.thread_time() - start)
    return times.index(max(times)) if times else -1


def worst_case(each: patterns.Found, at: int, size: int) -> str | bytes:
    text: str | bytes = next(islice(patterns.worst_cases(each.pattern, size), at, None))
    return text


def run_all(each: patterns.Found, size: int) -> None:
    for text in patterns.worst_cases(each.pattern, size):
        run(each, text)


def bound(place: str) -> int:
    return next((size for name, size in BOUNDED.items() if place.startswith(name)), FULL_SIZE)


def letter_with(text: str) -> bytes:
    """A letter that is taken for one, whatever the text: in front of it are words with blanks between them."""
    words = "Vi har set på sagen.\n" * (len(text.encode()) // 1_000 + 20)
    return f"Kære udvalg\n{words}{text}\nVenlig hilsen\nBo Berg\n".encode()


def test_the_patterns_that_are_tried_are_there() -> None:
    places = {each.place for each in found("corpus")}

    assert len(places) > 120
    assert {"corpus.readers.mbox.SEPARATOR", "corpus.readers.mail_addresses._USUAL"} <= places


def test_a_pattern_that_blows_up_is_caught() -> None:
    with limited(0.5), pytest.raises(HeldUpError):
        run_all(patterns.Found(re.compile(r"(?:a+)+$"), "here", True), 2_000)


def test_the_readers_patterns_take_a_megabyte_of_their_own_worst_case() -> None:
    """The readers are given whole files by strangers; the other floors see a text in lines and windows."""
    held_up = []
    for each in found("corpus"):
        try:
            with limited(SECONDS):
                at = slowest(each)
                if at >= 0:
                    run(
                        each,
                        next(t for n, t in enumerate(patterns.worst_cases(each.pattern, bound(each.place))) if n == at),
                    )
        except HeldUpError:
            held_up.append(f"{each.place}: {each.pattern.pattern!r}")

    assert held_up == []


def test_what_says_that_digits_are_money_is_linear_wherever_it_is_used() -> None:
    """Today it is tried behind digits only; searched for, it must not go over the same blanks again and again."""
    money = patterns.Found(cpr._MONEY_AFTER, "corpus.cpr._MONEY_AFTER", True)
    amounts = "1005801234" + " " * 400 + "kr." + "\u00a0" * 400 + "\n"
    with limited(SECONDS):
        run(money, worst_case(money, slowest(money), FULL_SIZE))
        for text in (" ", "\u00a0 \t", " " * 5_000 + "x", "kr" + " " * 5_000, "kr. "):
            run(money, text * (FULL_SIZE // len(text)))
        assert "x" not in cpr.mask(amounts * (FULL_SIZE // len(amounts)))


PUMPS = """
a|0|-|_|.|,|>|"|(|)|[|æ|*|:|/|#|@|0 |1.000 |> |§ 1 |d. 1. |kr. |Udvalget |og |J.nr. 1|a@|a.|a-|1-|a,|A |A. |1/|mio.
Fra: |Den 1. |http://a.|årsværk |0,0 |2024 |2024-|uge |stk. |a b |x-y_
"""
LINES = [" ", "\t", "\n", "-\n", "1.000\n", "|\n", "x\n\n", "1. a\n", "Udvalg\n", "a\u00a0", "\x1b[31m", "\u202e"]
ALL_PUMPS = [*LINES, *PUMPS.strip("\n").replace("\n", "|").split("|")]


@pytest.mark.parametrize("pump", ALL_PUMPS if LONG else ALL_PUMPS[::3])
def test_one_thing_without_end_holds_no_document_up(pump: str) -> None:
    size = 200_000 if LONG else 20_000
    with limited(60.0 if LONG else 10.0):
        document = extract_bytes(letter_with(pump * (size // len(pump))), "brev.txt")

    assert document.parts
    assert "stage-failed" not in {told.code for told in document.problems}


def costliest(each: patterns.Found, size: int) -> str | None:
    """The worst case that costs a pattern most, as a text; None for a pattern that repeats nothing."""
    try:
        with limited(SECONDS):
            at = slowest(each)
    except HeldUpError:
        at = 0
    if at < 0:
        return None
    text = worst_case(each, at, size)
    return (text.decode("latin-1") if isinstance(text, bytes) else text).replace("\0", "!")


def held_up(tried: Iterable[patterns.Found]) -> list[str]:
    """Where the patterns stand whose own worst case holds a document up."""
    places = []
    for each in tried:
        text = costliest(each, 30_000)
        if text is None:
            continue
        try:
            with limited(20.0):
                assert extract_bytes(letter_with(text), "brev.txt").parts
        except HeldUpError:
            places.append(each.place)
    return places


@pytest.mark.skipif(not LONG, reason="an hour of processor time: set AKT_LONG_TESTS=1")
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("part", range(SLICES))
def test_no_patterns_worst_case_holds_a_document_up(part: int) -> None:
    assert held_up(found("pipeline")[part::SLICES]) == []


@pytest.mark.skipif(not LONG, reason="half a minute of processor time: set AKT_LONG_TESTS=1")
def test_no_pattern_that_is_made_of_words_holds_a_document_up() -> None:
    """Those that functions make: no module holds them, so they are seen while documents are worked on."""
    made = patterns.made_in_work(SAMPLES)

    assert held_up(made) == []
    assert {"pipeline.mail.intros", "pipeline.facts.persons.headers"} <= {each.place.partition(":")[0] for each in made}


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("part", range(SLICES) if LONG else [0])
def test_no_patterns_worst_case_holds_the_index_or_a_search_up(tmp_path: Path, part: int) -> None:
    """As the text of a document, which gets in and is found, and as what somebody types."""
    held_up = []
    made: set[str] = set()
    with IndexWriter(tmp_path, "tantivy") as writer:
        for each in found("index")[part::SLICES]:
            text = costliest(each, 30_000)
            if text is None:
                continue
            made.add(text)
            document = extract_bytes(letter_with(text), "brev.txt")
            try:
                with limited(20.0):
                    writer.replace(document, ["brev.txt"])
                    writer.commit()
                    assert search(tmp_path, "udvalg").total == len(made)
                with limited(SECONDS), suppress(QueryError):
                    search(tmp_path, text[:LONGEST_QUERY])
            except HeldUpError:
                held_up.append(each.place)

    assert held_up == []
