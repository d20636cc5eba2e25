"""The one change made to a text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_hostile_patterns import limited

from corpus.normalise import GRAPHEME_JOINER, MOST_MARKS, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("ind\u00adsats", "indsats"),
        ("\ufeffhej", "hej"),
        ("a\u030a", "å"),
        ("a\u00ad\u030a", "å"),
        ("Leje \u00ad206 (\u00ad412)", "Leje -206 (-412)"),
        ("\u00ad206", "-206"),
        ("2023\u00ad2026", "20232026"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text(alphabet=st.sampled_from("aå\u030a\u00ad\r\n\ufeff 1(é"), max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)

    # A second byte order mark is text; only the first is one.
    assert normalise(once) == once or once.startswith("\ufeff")
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert "\u00ad" not in once


def test_a_letter_with_a_million_marks_is_composed_in_linear_time() -> None:
    """Marks that stand in the wrong order are sorted one by one: beyond 30, the standard parts the letter."""
    marks = "\u0315" * 250_000 + "\u0300" * 250_000
    with limited(5.0):
        once = normalise(f"a{marks} koster 3 mio. kr. e\u0301")
        again = normalise(once)

    assert again == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.replace(GRAPHEME_JOINER, "").count("\u0315") == 250_000
    assert once.endswith(" koster 3 mio. kr. é")


@given(st.text(alphabet=st.sampled_from("aå\u030a\u0323\u0315ж"), max_size=80))
def test_only_a_letter_with_more_than_thirty_marks_is_parted(text: str) -> None:
    longest = max(map(len, re.findall("[\u030a\u0323\u0315]+", unicodedata.normalize("NFD", text))), default=0)
    if longest <= MOST_MARKS:
        assert normalise(text) == unicodedata.normalize("NFC", text)
    assert normalise(normalise(text)) == normalise(text)
