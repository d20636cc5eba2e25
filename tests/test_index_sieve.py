"""What is looked for is found in a text without looking at each of its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sieve import Sieve
from index.text import fold, is_regular, regular
from index.tokens import stretches, tokens

CHUNKS = (
    "støtten", "Stoette", "STØTTE", "støttekorps", "støtte's", "børn", "barnet", "it-system", "IT‑system", "bl.a.",
    "A/S",
    "KFOs", "ISU42", "isu042", "2020-0012345", "1.000.000", "1\u00a0000\u00a0000", "1,50", "5mio.", "og/eller",
    "x@fjordby.dk",
    "Århus", "aarhus", "Große", "STRAẞE", "Ÿb", "Wałęsa", "(støtte,", "…", "İ", "børne-", "og", "",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(CHUNKS), max_size=12).flatmap(
    lambda words: st.lists(st.sampled_from([" ", "\n", "  ", "\n "]), min_size=len(words), max_size=len(words)).map(
        lambda blanks: "".join(word + blank for word, blank in zip(words, blanks, strict=True))
    )
)


def named(stretch: str) -> set[str]:
    """All that a stretch is filed under by how it is written, and its forms."""
    forms = {form for token in tokens(stretch) for form in (token.form, *token.wholes)}
    return (
        forms | set(map(fold, forms)) | {lemma for form in forms if is_regular(form) for lemma in regular(form).lemmas}
    )


@given(TEXTS, st.lists(st.sampled_from(sorted(set().union(*map(named, CHUNKS)))), min_size=1, max_size=4))
def test_no_stretch_with_a_form_is_missed(text: str, forms: list[str]) -> None:
    meant = {stretch for stretch in stretches(text) if not named(stretch).isdisjoint(forms)}

    assert meant <= Sieve(forms).stretches(text)


@pytest.mark.parametrize(
    ("forms", "found"),
    [
        (["støtten", "stoettekorps"], {"støtten", "Støttekorps,"}),
        (["barn", "børn"], {"børnene"}),
        (["isu42"], {"ISU042"}),
        ([], set()),
    ],
)
def test_most_of_a_text_is_not_looked_at(forms: list[str], found: set[str]) -> None:
    assert (
        Sieve(forms).stretches("Her er støtten til børnene.\nStøttekorps, ISU042 og mere".replace(".", " .")) == found
    )


def test_where_there_are_very_many_forms_every_stretch_may_have_one() -> None:
    assert Sieve([f"{one}{other}" for one in "abcdefg" for other in "hijklmn"]).stretches("her er to") == {
        "her",
        "er",
        "to",
    }
