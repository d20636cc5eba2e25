"""Texts of Latin-1 go a shorter way in several steps: what is said of them is what the long way says."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import letters_and_digits
from corpus.normalise import composed
from pipeline.conversations.words import keys, tokens
from pipeline.language import Prose, casefolded, folded_words, letter_words

ALPHABET = st.characters(min_codepoint=1, max_codepoint=255)
TEXTS = st.text(ALPHABET | st.sampled_from("aB .,:;/@-+_*[]()<>&!?\n12ßµ²–█٣ſK"), max_size=80)
MARKS = st.sampled_from(
    ["www.by.dk", "WWW.", "https://x.dk/a", "a.b@c.dk", "[cid: x]", "(mailto:a)", " - 5", "*****", "budget-møde.", "\n"]
)
MIXED = st.lists(TEXTS | MARKS | st.sampled_from(["Kære Bo", " "]), max_size=8).map("".join)


@given(MIXED, st.integers(0, 40))
def test_the_words_of_a_message_are_those_of_its_tokens(text: str, start: int) -> None:
    assert keys(text, min(start, len(text))) == [token.key for token in tokens(text, min(start, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hej Bo,\nvi ses.", ["hej", "bo", "vi", "ses"]),
        ("Se www.by.dk nu", ["se", "www.by.dk", "nu"]),
        ("Straße µ", ["strasse", "μ"]),
        ("minus -5 og budget-møde", ["minus", "-5", "og", "budget", "møde"]),
    ],
)
def test_words_as_they_are_compared(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@given(TEXTS)
def test_a_prose_of_latin_letters_answers_as_any_other(text: str) -> None:
    short, long = Prose(text), Prose(f"{text} Ω")
    assert f"{short.lower} ω" == long.lower
    assert short.words == long.words
    assert short.digits == [found.start() for found in re.finditer(r"\d+", text)]


@given(TEXTS)
def test_characters_are_told_as_by_the_standard(text: str) -> None:
    assert casefolded(text) == text.casefold()
    assert folded_words(text) == letter_words(text.casefold())
    assert letters_and_digits(text) == re.sub(r"[\W_]+", "", text)
    latin = text.encode("latin-1", "replace").decode("latin-1")
    assert composed(latin) == unicodedata.normalize("NFC", latin) == latin
