"""The dictionary's file, the table of an index, similar forms, and the language of a part."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import dictionary as module
from index import lemmas
from index.compounds import BEGINNINGS
from index.dictionary import Dictionary, dictionary, encode
from index.language import language_of
from index.members import First, Members
from index.similar import one_step, within
from index.terms import TermTable
from index.text import Analyser, Word

FORMS = st.text(alphabet="abcæø1-é", min_size=1, max_size=12)
WORDS = ("indsats", "indsatsen", "indsigt", "støtte", "støtten", "budget", "budgettet", "plan", "plads", "klasse")


def opened(path: Path, data: bytes) -> Dictionary:
    path.write_bytes(data)
    with path.open("rb") as file:
        return Dictionary(file)


@settings(deadline=None)
@given(
    forms=st.dictionaries(FORMS, FORMS, max_size=40),
    others=st.lists(FORMS, max_size=10),
    further=st.lists(FORMS, max_size=3),
)
def test_a_dictionary_gives_back_what_it_was_made_of(
    tmp_path_factory: pytest.TempPathFactory, forms: dict[str, str], others: list[str], further: list[str]
) -> None:
    several = {form: (lemma, *further) for form, lemma in list(forms.items())[::2]}
    members = Members({"sags": First("sag", 3)}, {"mappe": 4})
    made = opened(tmp_path_factory.mktemp("made") / "file", encode(forms, members, several))

    assert {form: made.lemma(form) for form in forms} == forms
    assert {form: made.lemmas(form) for form in forms} == {form: several.get(form, (forms[form],)) for form in forms}
    assert all(made.lemma(form) is None for form in others if form not in forms)
    assert made.members == members
    for size in BEGINNINGS:
        assert all(made.begins(word[:size]) for word in (*forms, *forms.values()) if len(word) >= size)


@pytest.mark.parametrize("data", [b"x", b"AKTDICT1", encode({"a": "b"}, Members({}, {}), {})[:-1]])
def test_half_a_dictionary_is_none(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ValueError, match="no dictionary"):
        opened(tmp_path / "file", data)


def test_a_broken_dictionary_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_cache", lambda language: tmp_path / language)
    monkeypatch.setattr(lemmas, "forms", lambda language: {"børn": "barn"})
    (tmp_path / "nb").write_bytes(b"broken")
    try:
        dictionary.cache_clear()

        assert dictionary("nb").lemma("børn") == "barn"
        assert (tmp_path / "nb").read_bytes() == encode({"børn": "barn"}, Members({}, {}), {})
    finally:
        dictionary.cache_clear()


def test_a_dictionary_that_cannot_be_kept_is_used_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_cache", lambda language: tmp_path / "no" / "folder")
    monkeypatch.setattr(lemmas, "forms", lambda language: {"børn": "barn"})
    try:
        dictionary.cache_clear()

        assert dictionary("nb").lemma("børn") == "barn"
    finally:
        dictionary.cache_clear()


def test_dictionaries_made_long_ago_are_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_cache", lambda language: tmp_path / f"dictionary-{language}-2-new")
    monkeypatch.setattr(lemmas, "forms", lambda language: {"børn": "barn"})
    for name in ("dictionary-nb-1-old", "dictionary-nb-1-recent", "dictionary-sv-1-old"):
        (tmp_path / name).touch()
        if name.endswith("old"):
            os.utime(tmp_path / name, (0, 0))
    try:
        dictionary.cache_clear()
        dictionary("nb")
    finally:
        dictionary.cache_clear()

    assert {path.name for path in tmp_path.iterdir()} == {
        "dictionary-nb-1-recent",
        "dictionary-nb-2-new",
        "dictionary-sv-1-old",
    }


def test_a_word_that_no_index_has_loads_no_simplemma() -> None:
    dictionary("da")
    code = "import sys; from index.text import Analyser; Analyser().word('tosprogsindsatser'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()

    assert "simplemma" not in loaded


# --- the table of an index ------------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path) -> Iterator[TermTable]:
    made = TermTable(tmp_path / "terms.sqlite")
    made.add({(form, "da"): Word(form, (form,)) for form in WORDS})
    yield made
    made.close()


def test_a_table_gives_back_the_words_of_each_language(table: TermTable) -> None:
    danish, english = Word("gift", ("gift",), ("a", "b"), 2), Word("gift", ("give",))
    table.add({("gift", "en"): english, ("gift", "da"): danish})

    assert table.words("gift") == {"da": danish, "en": english}
    assert table.word("gift") == Word("gift", ("gift", "give"), ("a", "b"), 2)
    assert table.forms(["give"]) == {"gift"}
    assert table.word("findesikke") is None


@pytest.mark.parametrize(
    ("form", "distance", "found"),
    [
        ("indsat", 1, ["indsats"]),
        ("idnsats", 1, ["indsats"]),
        ("udsats", 2, ["indsats"]),
        ("xndsats", 1, ["indsats"]),
        ("stoette", 1, ["støtte", "støtten"]),
        ("budgettet", 1, ["budgettet"]),
        ("lpads", 1, ["plads"]),
        ("lpasd", 2, ["plads"]),
        ("idnastsen", 2, ["indsatsen"]),
        ("zzzzzz", 2, []),
    ],
)
def test_similar_forms(table: TermTable, form: str, distance: int, found: list[str]) -> None:
    assert table.similar(form, distance) == found


@pytest.mark.parametrize("distance", [0, 3, -1])
def test_other_distances_are_refused(table: TermTable, distance: int) -> None:
    with pytest.raises(ValueError, match="distance"):
        table.similar("indsats", distance)


@settings(deadline=None)
@given(
    word=st.sampled_from(WORDS), form=st.text(alphabet="inds", min_size=1, max_size=9), distance=st.sampled_from([1, 2])
)
def test_the_table_finds_exactly_what_is_within_the_distance(
    tmp_path_factory: pytest.TempPathFactory, word: str, form: str, distance: int
) -> None:
    words = [word, form, form[::-1], form[1:] + "n", "i" + form]
    table = TermTable(tmp_path_factory.mktemp("table") / "terms.sqlite")
    table.add({(one, "da"): Word(one, (one,)) for one in words})

    assert table.similar(form, distance) == sorted({one for one in words if within(one, form, distance)})
    table.close()


@given(form=st.text(alphabet="abc", min_size=1, max_size=6))
def test_one_step_is_within_one(form: str) -> None:
    assert all(within(form, made, 1) for made in one_step(form))
    assert form in set(one_step(form))


# --- the language of a part -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The committee has decided that the budget will be cut and this is not what you asked for.", "en"),
        ("Der Ausschuss hat beschlossen, dass die Mittel nicht gekürzt werden und der Haushalt mit dem Antrag.", "de"),
        ("Utskottet har beslutat att inte ändra budgeten och det är något som kommer från regeringen.", "sv"),
        ("Utvalget har vedtatt å ikke endre budsjettet etter at noen hadde spurt hva som ble gjort av kommunen.", "nb"),
        ("Udvalget har besluttet ikke at ændre budgettet efter at nogen havde spurgt om det.", "da"),
        ("Udvalget har ikke svaret på mailen, som af en eller anden grund begyndte: This is what you are.", "da"),
        ("Budget 2024", "da"),
        ("The Beatles", "da"),
        ("", "da"),
    ],
)
def test_the_language_of_a_part(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("language", "form", "lemma"),
    [("en", "children", "child"), ("de", "kinder", "kind"), ("sv", "barnen", "barn"), ("nb", "kommunene", "kommune")],
)
def test_words_of_other_languages_have_their_lemmas(language: str, form: str, lemma: str) -> None:
    assert Analyser().word_in(form, language).lemmas == (lemma,)
