"""Indexing: the compiled part gives the terms that Python gives, whatever was seen or forgotten before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import streams
from index.language import foreign_words, met
from index.streams import Streamer, Streams
from index.text import Analyser

built = pytest.mark.skipif(not streams.USED, reason="the compiled part is not there, or not wanted")
SAMPLES = sorted((Path(__file__).parent.parent / "corpus" / "samples").glob("*.[te][xm][tl]"))
PIECES = st.sampled_from(
    [
        " ", "  ", "\n", "\t", "-", "– ", "-\n", ".", "", "støtte", "Støtten", "STOETTE", "støttepædagogkorpset",
        "børne- og ungdomsudvalget", "-\t\n", "‑\n", "EMN-2020-00123", "ISU042", "1.000.000", "1,5", "ø@fjordby.dk",
        "bl.a.", "\x01", "the", "of the", "were", "not", "och", "inte", "dérfra", "🎉", "x" * 300,
    ]
)  # fmt: skip
BLANKS = list(filter(str.isspace, map(chr, range(0x10000))))
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def streams_of(texts: list[str], *, compiled: bool, lot: int = streams.LETTERS_AT_ONCE) -> list[Streams]:
    """The terms of the texts, ``lot`` letters at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "USED", compiled)
        patch.setattr(streams, "LETTERS_AT_ONCE", lot)
        return list(Streamer(Analyser()).all_of(texts))


@built
@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, max_size=6), st.integers(1, 200))
def test_terms_are_the_same_both_ways(texts: list[str], lot: int) -> None:
    assert streams_of(texts, compiled=True, lot=lot) == streams_of(texts, compiled=False)


@built
@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*sorted(foreign_words())[:40], *BLANKS, "\u200b", "–", "x"])))
def test_small_words_are_the_same_both_ways(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert streams._compiled_met()(text) == met(text)


@built
def test_terms_of_the_samples_are_the_same_both_ways() -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in SAMPLES]

    assert len(texts) > 5
    assert streams_of(texts, compiled=True) == streams_of(texts, compiled=False)


@built
@pytest.mark.parametrize("most", [0, 20_000, 60_000])
def test_what_is_forgotten_is_learned_again(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(streams, "MOST_BYTES", most)
    texts = [f"støtten til sag {number} og {number % 7} gadelamper" for number in range(400)] * 2

    assert streams_of(texts, compiled=True, lot=300) == streams_of(texts, compiled=False)


@built
def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 300_000
    monkeypatch.setattr(streams, "MOST_BYTES", most)
    monkeypatch.setattr(streams, "LETTERS_AT_ONCE", 10_000)
    streamer = Streamer(Analyser())
    sizes = []
    for start in range(0, 40_000, 1_000):
        streamer.of(" ".join(f"sag {number} kr" for number in range(start, start + 1_000)))
        known = streamer._seen["da"]
        assert isinstance(known, streams._Compiled)
        sizes.append(known._terms.size())

    assert max(sizes) < 2 * most
    assert sizes != sorted(sizes)


@built
def test_a_stretch_that_fails_costs_no_later_text(monkeypatch: pytest.MonkeyPatch) -> None:
    streamer, learn = Streamer(Analyser()), Analyser.learn

    def failing(self: Analyser, forms: set[str], language: str) -> object:
        if "knækker" in forms:
            raise RuntimeError(language)
        return learn(self, forms, language)

    monkeypatch.setattr(Analyser, "learn", failing)
    with pytest.raises(RuntimeError):
        streamer.of("gadelamper og det der knækker")

    assert streamer.of("gadelamper er det").body == "gadelampe vaere det"


@built
def test_numbers_hold_until_something_is_forgotten() -> None:
    from index._terms import Terms

    terms = Terms(7)
    numbers = terms.read("en to\nen")
    assert terms.new() == ["en", "to"]
    with pytest.raises(ValueError, match="terms are known"):
        terms.join(numbers)
    with pytest.raises(ValueError, match="each new stretch"):
        terms.learn([("en", "en", "")])
    terms.learn([("ene", "en", ""), ("to", "to", "tal")])
    assert terms.join(numbers) == ("ene to ene", "en to en", "tal", False)
    assert terms.join(terms.read("")[:4]) == ("", "", "", False)
    # Read once more, they are numbers of what is known; a hyphen is told and is no term.
    with_half = terms.read("en en-")
    terms.learn([("", "", ""), ("en", "en", "\ntal og")])
    assert terms.join(with_half) == ("ene en", "en en", "tal og", True)
    assert terms.join(terms.read("en-")) == ("en", "en", "tal og", True)
    terms.forget(True)

    with pytest.raises(ValueError, match="forgotten"):
        terms.join(numbers)
    terms.read("en to")
    assert terms.new() == ["to"]
