"""The one change made to a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.normalise import normalise


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
