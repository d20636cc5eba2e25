"""Many words looked up at once: what is said of each is what is said of it alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_index_build import body, document, paths

from index import streams
from index.build import IndexWriter
from index.compounds import Splitter
from index.dictionary import dictionary, sources
from index.language import language_of
from index.members import possible_firsts, possible_lasts
from index.streams import Streamer
from index.stretches import Stretches, marks
from index.text import MANY, Analyser

LABELS = Path(__file__).parent / "data" / "compounds.tsv"
STRINGS = st.text(alphabet="abø\U0001d44e", min_size=1, max_size=9)
TEXTS = (
    "Støttepædagogkorpset på bostedet drøftede normeringsindsatserne og skolevejsforbedringer",
    "børne- og ungdomsudvalget, støtte-\npædagog: ansøgningsfrist og -krav i it-systemet EMN-2020-00123",
    "The committee has decided that the budget will be cut and this is not what you asked for.",
    "Der Ausschuss hat beschlossen, dass die Mittel nicht gekürzt werden und der Haushalt mit dem Antrag.",
    "STOETTEPAEDAGOGERNE og Gladsaxevejsprojektet; stoettepaedagogkorps, dérværende, økonomiforvaltningens",
    "\x01støtte \x01 - korpsets\x01pædagog \x01-",
    "",
)


def labelled() -> list[str]:
    rows = LABELS.read_text(encoding="utf-8").splitlines()[1:]
    return [row.split("\t")[1].split("|")[0].replace("-", "") for row in rows]


@lru_cache(maxsize=1)
def pieces() -> list[str]:
    """Words and beginnings, of which compounds and what only looks like one are made."""
    learned = dictionary("da").members
    return [
        *sorted(learned.firsts)[::40],
        *sorted(learned.lasts)[::40],
        *labelled()[::9],
        "tosprogs",
        "xq",
        "en",
        "erne",
    ]


PIECES: st.SearchStrategy[str] = st.deferred(lambda: st.sampled_from(pieces()))


@given(firsts=st.sets(STRINGS), lasts=st.sets(STRINGS), words=st.lists(STRINGS, max_size=20))
def test_every_stretch_that_is_marked_is_found(firsts: set[str], lasts: set[str], words: list[str]) -> None:
    found = Stretches(marks(firsts), marks(lasts)).places(words)

    for word, places in zip(words, found, strict=True):
        starts = [start for start in range(2, len(word) - 1) if word[start:] in lasts]
        assert set(starts) <= set(places.lasts)
        assert places.lasts == sorted(places.lasts)
        stop = max(starts, default=0)
        for start in (0, *range(2, stop)):
            ends = {end for end in range(start + 2, stop + 1) if word[start:end] in firsts}
            assert ends <= set(places.firsts.get(start, ()))
        assert all(ends == sorted(ends) for ends in places.firsts.values())


def test_hardly_anything_is_found_that_is_not_marked() -> None:
    known = [f"{number:06}" for number in range(0, 20_000, 2)]
    others = [f"x{number:06}" for number in range(20_000)]
    found = Stretches(marks(()), marks(known)).places(others)

    assert sum(bool(places.lasts) for places in found) < len(others) * 0.02


def test_words_of_more_letters_than_are_looked_at_in_one_go() -> None:
    words = [f"{'y' * (number % 7)}abc" for number in range(40_000)]
    found = Stretches(marks(["yy"]), marks(["abc"])).places(words)

    assert all((len(word) - 3 in places.lasts) == (len(word) > 4) for word, places in zip(words, found, strict=True))


def test_all_members_of_the_dictionary_are_marked() -> None:
    danish, known = dictionary("da"), sources("da")[0]
    splitter = Splitter(danish.members, danish.lemma)
    firsts, lasts = possible_firsts(known, danish.members), possible_lasts(known, danish.members)
    some = [form for form in known if len(form) > 1][::97]
    heads = {f"{head}{end}" for form in some for head in (form, form[:-1], form[:-2]) for end in ("", "s", "e")} - {""}

    assert {head for head in heads if splitter._first[head] is not None} <= firsts
    assert {form for form in some if splitter._ending[form].last is not None} <= lasts


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=4).map("".join), min_size=1, max_size=30))
def test_cuts_are_the_same_with_places(words: list[str]) -> None:
    danish = dictionary("da")
    splitter = Splitter(danish.members, danish.lemma, danish.begins)
    words = [word for word in (*words, *labelled()[::5]) if word.isalpha()]

    places = danish.stretches.places(words)
    assert [splitter.cut(word, of) for word, of in zip(words, places, strict=True)] == list(map(splitter.cut, words))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=3).map("".join), max_size=30))
def test_words_that_are_learned_are_what_they_are_one_by_one(words: list[str]) -> None:
    words = [*words, *labelled()[::4], "it-systemet", "1.000", "STØTTE".lower(), "stoettepaedagog", "dérfra"]
    assert len(words) > MANY
    alone, together = Analyser(), Analyser()
    together.learn(words, "da")

    assert [together.word_in(word, "da") for word in words] == [alone.word_in(word, "da") for word in words]
    assert together.take_fresh() == alone.take_fresh()


def test_texts_have_the_same_terms_together_as_alone() -> None:
    together = list(Streamer(Analyser()).all_of(TEXTS * 2))

    assert together == [Streamer(Analyser()).of(text) for text in TEXTS] * 2


@pytest.mark.parametrize("text", ["kan ikke læses", "\ud800"])
def test_a_document_that_fails_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    def fails(of: str, met: Callable[[str], int]) -> str:
        if of == "kan ikke læses":
            raise RuntimeError(of)
        return language_of(of, met)

    monkeypatch.setattr(streams, "language_of", fails)
    names = ("a.txt", "b.txt", "c.txt")
    documents = [document(name, body(text if name == "b.txt" else "gadelamper")) for name in names]
    with IndexWriter(tmp_path) as writer:
        failed = writer.replace_all((one, [one.path]) for one in documents)

    assert list(failed) == [documents[1].sha256]
    assert paths(tmp_path, "gadelamper") == ["a.txt", "c.txt"]
