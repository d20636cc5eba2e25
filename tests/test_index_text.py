"""Tokens and their analysis."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.streams import Streamer
from index.text import Analyser, fold, keyword
from index.tokens import pieces, tokens


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Børne- og Ungdomsudvalget", ["børne", "og", "ungdomsudvalget"]),
        ("1.000.000 kr., 1,5 mio.", ["1.000.000", "kr", "1,5", "mio"]),
        ("1\u00a0234\u00a0567 kr.", ["1.234.567", "kr"]),
        ("2024 100 200", ["2024", "100", "200"]),
        ("sag 2020-0012345 den 31-12-2020 kl. 10:15", ["sag", "2020-0012345", "den", "31-12-2020", "kl", "10:15"]),
        ("1,5-2 mio.", ["1,5", "2", "mio"]),
        ("bl.a. f.eks. m.v.", ["bl.a", "f.eks", "m.v"]),
        ("slut.Næste linje", ["slut", "næste", "linje"]),
        ("og/eller it-system", ["og", "eller", "it", "system"]),
        ("jens.hansen@fjordby.dk", ["jens.hansen@fjordby.dk"]),
        ("BUU's og BUU’s", ["buu's", "og", "buu's"]),
        ("ISU42", ["isu42"]),
        ("BILAG_2.pdf", ["bilag", "2", "pdf"]),
        ("-206 % § 17, stk. 4", ["206", "17", "stk", "4"]),
        ("500.000kr. og 1,5mio. kr.500.000", ["500.000", "kr", "og", "1,5", "mio", "kr", "500.000"]),
        ("A.P. Møller A/S", ["a.p", "møller", "a", "s"]),
        ("", []),
        (" -–— .,;:()[] ", []),
    ],
)
def test_tokens(text: str, forms: list[str]) -> None:
    assert [token.form for token in tokens(text)] == forms


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("2020-0012345", "0012345"),
        ("2020-0012345", "12345"),
        ("2024-2027", "2027"),
        ("jens.hansen@fjordby.dk", "fjordby.dk"),
        ("jens.hansen@fjordby.dk", "hansen"),
        ("ISU42", "isu"),
        ("it-system", "it-system"),
        ("www.fjordby.dk/om", "www.fjordby.dk"),
        ("støtte-\npædagog", "støttepædagog"),
        ("ISU042", "42"),
        ("B12", "12"),
        ("§ 17a", "17"),
        ("EMN-2020-00123", "2020-00123"),
        ("EMN-2020-00123", "123"),
        ("27.18.00-G01-5-19", "27.18.00-g01-5-19"),
        ("2020-0012345-2", "2020-0012345"),
        ("KFOs", "kfo"),
        ("jens@bk.fjordby.dk", "fjordby"),
        ("jens@bk.fjordby.dk", "fjordby.dk"),
        ("https://www.bk.fjordby.dk/om", "fjordby.dk"),
        ("500.000kr", "500.000kr"),
    ],
)
def test_what_a_person_may_type_instead(text: str, whole: str) -> None:
    assert whole in {whole for token in tokens(text) for whole in token.wholes}


@pytest.mark.parametrize("text", ["børne-\nog ungdomsudvalget", "Nord-\nSyd", "a -\nb"])
def test_a_hyphen_that_breaks_no_word(text: str) -> None:
    assert not any("\n" in whole or whole in ("børneog", "nordsyd", "ab") for t in tokens(text) for whole in t.wholes)


@pytest.mark.parametrize("chunk", ["0%", "i\u0307a", "a%.b", ".", "a\u0301-b"])
def test_what_no_text_gives_as_a_chunk_is_cut_all_the_same(chunk: str) -> None:
    assert all(token.form for token in pieces(chunk))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_tokens_are_where_they_say_in_any_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= max(token.stop, token.end) <= len(text)
        assert not any(letter.isspace() for letter in token.form)
        end = token.end


@settings(deadline=None)
@given(text=st.text(alphabet="ab1-.,/@'_ \n\u00a0æÅ", max_size=200))
def test_terms_hold_no_blank_in_any_text(analyser: Analyser, text: str) -> None:
    for token in tokens(text):
        for form in (token.form, *token.wholes):
            word = analyser.word(form)
            assert all(term and not any(letter.isspace() for letter in term) for term in (word.exact, *word.terms))


@pytest.mark.parametrize(
    "forms",
    [
        ("indsats", "indsatsen", "indsatser", "indsatsernes"),
        ("plads", "pladsen", "pladser"),
        ("budget", "budgettet", "budgetter", "budgetterne"),
        ("barn", "børn", "børnene"),
        ("korps", "korpset"),
        ("skat", "skatten", "skatter"),
        ("ældre", "ældres"),
        ("støtte", "støtten", "stoette", "stoetten"),
        ("århus", "aarhus"),
        ("ågård", "aagaard"),
        ("støttepædagogkorps", "støttepædagogkorpset", "stoettepaedagogkorpset"),
        ("fjordby", "fjordbys"),
        ("buu", "buu's"),
        ("1000000", "1.000.000"),
        ("bl.a", "bla"),
        ("it-system", "it-systemet", "it-systemer"),
        ("500000", "500.000", "500.000,00"),
        ("1,5", "1,50"),
        ("der", "dér"),
        ("pris", "prisen", "priser", "priserne"),
        ("tosprogsindsats", "tosprogsindsatsen"),
        ("vedtage", "vedtaget", "vedtages", "vedtog"),
    ],
)
def test_forms_of_one_word_share_a_lemma(analyser: Analyser, forms: tuple[str, ...]) -> None:
    assert len({analyser.word(form).lemmas[0] for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mål", "mal"),
        ("får", "far"),
        ("rød", "rod"),
        ("kø", "ko"),
        ("skat", "skatte"),
        ("indsats", "indsigt"),
        ("by", "bye"),
    ],
)
def test_other_words_stay_apart(analyser: Analyser, one: str, other: str) -> None:
    words = analyser.word(one), analyser.word(other)

    assert words[0].exact != words[1].exact
    if (one, other) != ("skat", "skatte"):
        assert not set(words[0].terms) & set(words[1].terms)


def test_a_compound_gives_its_members_and_what_stands_together(analyser: Analyser) -> None:
    word = analyser.word("støttepædagogkorpset")

    assert word.members[: word.leaves] == ("stoette", "paedagog", "korps")
    assert set(word.members[word.leaves :]) == {"stoettepaedagog", "paedagogkorps"}


def test_a_word_that_is_a_noun_and_a_verb_is_filed_under_both(analyser: Analyser) -> None:
    assert set(analyser.word("hjælper").lemmas) == {"hjaelpe", "hjaelper"}
    assert analyser.word("hjælperen").lemmas == ("hjaelper",)


@pytest.mark.parametrize(
    ("form", "lemmas"), [("svaret", {"svar", "svare"}), ("starter", {"start", "starte"}), ("isu042", {"isu42"})]
)
def test_further_readings_of_a_form(analyser: Analyser, form: str, lemmas: set[str]) -> None:
    assert lemmas <= set(analyser.word(form).lemmas)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Børne- og Ungdomsudvalget", ["børneudvalget"]),
        ("ungdoms-, børne- eller skolepolitikken", ["børnepolitikken", "ungdomspolitikken"]),
        ("ansøgningsfrist og -krav", ["ansøgningskrav"]),
        ("Børne- og Kulturforvaltningen", ["børneforvaltningen"]),
        ("syd- og nord", []),
        ("a - og b", []),
    ],
)
def test_words_that_a_hyphen_leaves_unfinished(analyser: Analyser, text: str, whole: list[str]) -> None:
    assert list(analyser.completed(text)) == whole


def test_a_form_is_what_it_is_in_each_language_of_the_index(analyser: Analyser) -> None:
    words = {"en": analyser.word_in("women", "en")}
    asked = Analyser(seen=lambda form: words if form == "women" else {}).word("women")

    assert words["en"].lemmas == ("woman",)
    assert asked.lemmas == ("women", "woman")


@settings(deadline=None)
@given(text=st.text(alphabet="abeg1-.,/@' \nogsæÅKF", max_size=120))
def test_a_stream_is_the_tokens_and_their_words(analyser: Analyser, text: str) -> None:
    stream = Streamer(analyser).of(text)
    words = [analyser.word(token.form) for token in tokens(text)]
    further = [term for token in tokens(text) for whole in token.wholes for term in analyser.word(whole).terms]

    assert stream.body.split() == [word.lemmas[0] for word in words]
    assert stream.exact.split() == [word.exact for word in words]
    assert set(stream.parts.split()) >= {term for word in words for term in word.terms[1:]}
    assert set(stream.parts.split()) | set(stream.body.split()) >= set(further)


def test_what_was_seen_is_not_looked_up() -> None:
    word = Analyser().word("indsatsen")
    analyser = Analyser(seen=lambda form: {"da": word} if form == "findesikke" else {})

    assert analyser.word("findesikke") == word


@pytest.mark.parametrize(
    ("value", "other"), [("Børne-  og\nUngdomsudvalget", "børne- og ungdomsudvalget"), ("ÅSE", "Aase")]
)
def test_names_compare_without_case_blanks_and_spelling(value: str, other: str) -> None:
    assert keyword(value) == keyword(other)


def test_no_vowel_is_folded_to_another() -> None:
    assert fold("blå bla rød rod") == "blaa bla roed rod"
