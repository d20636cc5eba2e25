"""The splitter against words labelled by hand (:file:`data/compounds.tsv`): municipal compounds, and simple words.

The set ``dev`` was looked at while the splitter was made. The set ``held-out`` was labelled before any splitter was run
on it, and its misses have not been looked at since: only its figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.compounds import Splitter
from index.dictionary import dictionary

LABELS = Path(__file__).parent / "data" / "compounds.tsv"


class Compound(NamedTuple):
    """A word, where it may be cut (one or more ways), and for each member the lemmas that are right."""

    word: str
    cuts: tuple[tuple[str, ...], ...]
    lemmas: tuple[frozenset[str], ...]


class Score(NamedTuple):
    """How compounds came apart: words cut as labelled; cuts that are right, that should not be, that are missing."""

    exact: int
    right: int
    false: int
    missing: int
    wrong: list[tuple[str, tuple[str, ...]]]

    @property
    def precision(self) -> float:
        """Of the cuts made, how many are right."""
        return self.right / (self.right + self.false)

    @property
    def recall(self) -> float:
        """Of the cuts there are, how many were made."""
        return self.right / (self.right + self.missing)


def labels(which: str) -> tuple[list[Compound], list[str]]:
    """The compounds and the simple words of a set: dev or held-out."""
    compounds, simple = [], []
    for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        of, pieces, members = line.split("\t")
        if of == which and members:
            cuts = tuple(tuple(way.split("-")) for way in pieces.split("|"))
            lemmas = tuple(frozenset(names.split("/")) for names in members.split())
            compounds.append(Compound("".join(cuts[0]), cuts, lemmas))
        elif of == which:
            simple.append(pieces)
    return compounds, simple


def places(pieces: tuple[str, ...]) -> set[int]:
    return {sum(map(len, pieces[:number])) for number in range(1, len(pieces))}


def score(splitter: Splitter, compounds: list[Compound]) -> Score:
    exact = right = false = missing = 0
    wrong = []
    for word, cuts, _ in compounds:
        made = tuple(form for form, _ in splitter.cut(word))
        labelled = min(map(places, cuts), key=lambda cut: len(cut ^ places(made)))
        exact += labelled == places(made)
        right += len(labelled & places(made))
        false += len(places(made) - labelled)
        missing += len(labelled - places(made))
        if labelled != places(made):
            wrong.append((word, made))
    return Score(exact, right, false, missing, wrong)


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    danish = dictionary("da")
    return Splitter(danish.members, danish.lemma, danish.begins)


def test_what_no_word_begins_with_is_not_looked_up_and_the_cuts_are_the_same() -> None:
    danish = dictionary("da")
    looked_up: Counter[str] = Counter()

    def counting(name: str) -> Callable[[str], str | None]:
        def look_up(form: str) -> str | None:
            looked_up[name] += 1
            return danish.lemma(form)

        return look_up

    plain = Splitter(danish.members, counting("plain"))
    quick = Splitter(danish.members, counting("quick"), danish.begins)
    sets = [labels(which) for which in ("dev", "held-out")]
    words = [word for compounds, simple in sets for word in (*(each.word for each in compounds), *simple)]

    assert [quick.cut(word) for word in words] == [plain.cut(word) for word in words]
    assert looked_up["quick"] < 0.7 * looked_up["plain"]


# Measured: dev all but one of 145, held out 188 of 192 (precision .99, recall .99). With the rules of the first
# version, which knew dev but not the held-out words: 176 of 192 (.98, .95).
@pytest.mark.parametrize(("which", "exact"), [("dev", 0.97), ("held-out", 0.92)])
def test_compounds_come_apart_as_labelled(splitter: Splitter, which: str, exact: float) -> None:
    compounds, _ = labels(which)
    found = score(splitter, compounds)

    assert found.exact >= exact * len(compounds), found.wrong
    assert found.precision >= 0.97, found.wrong
    assert found.recall >= 0.95, found.wrong


# Measured: none of dev's 247 and one of the held-out 216.
@pytest.mark.parametrize("which", ["dev", "held-out"])
def test_simple_words_stay_whole(splitter: Splitter, which: str) -> None:
    _, simple = labels(which)
    split = {word: splitter.split(word) for word in simple if splitter.split(word)}

    assert len(split) <= 2, split


# Measured: all but one of dev (iværksætter, read as its verb) and all but one of the held-out words cut as labelled.
@pytest.mark.parametrize("which", ["dev", "held-out"])
def test_members_have_their_lemmas(splitter: Splitter, which: str) -> None:
    compounds, _ = labels(which)
    made = [(compound, splitter.split(compound.word)) for compound in compounds]
    cut_alike = [(compound, lemmas) for compound, lemmas in made if len(lemmas) == len(compound.lemmas)]
    wrong = [
        (compound.word, lemmas)
        for compound, lemmas in cut_alike
        if any(lemma not in right for lemma, right in zip(lemmas, compound.lemmas, strict=True))
    ]

    assert len(cut_alike) >= 0.9 * len(compounds)
    assert len(wrong) <= 0.02 * len(compounds), wrong


def test_there_are_enough_labels_and_the_sets_are_apart() -> None:
    (dev, dev_simple), (held_out, held_out_simple) = labels("dev"), labels("held-out")

    assert len(held_out) >= 150
    assert len(held_out_simple) >= 150
    assert not {compound.word for compound in dev} & {compound.word for compound in held_out}
    assert not set(dev_simple) & set(held_out_simple)


@pytest.mark.parametrize(
    ("word", "members"),
    [
        ("støttepædagogkorpset", ("støtte", "pædagog", "korps")),
        ("støtteindsatsen", ("støtte", "indsats")),
        ("børnehaveklassen", ("barn", "have", "klasse")),
        ("svømmehalsbilletterne", ("svømme", "hal", "billet")),
        ("idrætshalsudvidelsen", ("idræt", "hal", "udvidelse")),
        ("flaskehalsproblem", ("flaske", "hals", "problem")),
        ("halstørklæde", ("hals", "tørklæde")),
        ("lægehusplanen", ("læge", "hus", "plan")),
        ("botilbuddene", ("bo", "tilbud")),
        ("bofællesskabet", ("bo", "fællesskab")),
        ("bostedets", ("bo", "sted")),
        ("jobcentrets", ("job", "center")),
        ("bolig", ()),
        ("borger", ()),
        ("bordel", ()),
        ("bortvist", ()),
        ("kultur", ()),
        ("rapport", ()),
        ("mandag", ()),
        ("by", ()),
        ("", ()),
        ("2024", ()),
        ("æ" * 5000, ()),
    ],
)
def test_known_words(splitter: Splitter, word: str, members: tuple[str, ...]) -> None:
    assert splitter.split(word) == members


@pytest.mark.parametrize(
    ("word", "members"),
    [
        ("tosprogsindsats", ("tosprog", "indsats")),
        ("tosprogsindsatserne", ("tosprog", "indsats")),
        ("qwortprojektet", ("qwort", "projekt")),
        ("qwortelprojektgruppen", ("qwortel", "projekt", "gruppe")),
    ],
)
def test_a_first_member_that_no_dictionary_knows(splitter: Splitter, word: str, members: tuple[str, ...]) -> None:
    assert splitter.split(word) == members


@pytest.mark.parametrize(
    ("word", "members"),
    [
        ("barnedåben", ("barn", "dåb")),
        ("kalvebåsene", ("kalv", "bås")),
        ("långiver", ("lån", "giver")),
        ("øgrupperne", ("ø", "gruppe")),
        ("ådalen", ("å", "dal")),
        ("elbilernes", ("el", "bil")),
        ("isvinteren", ("is", "vinter")),
        ("kostalden", ("ko", "stald")),
        ("nyansættelser", ("ny", "ansættelse")),
        ("nattevagterne", ("nat", "vagt")),
        ("spildevandsledning", ("spilde", "vand", "ledning")),
        ("teknikskabet", ("teknik", "skab")),
        ("gadesøen", ("gade", "sø")),
        ("emailadresserne", ("email", "adresse")),
        ("pensum", ()),
        ("redaktion", ()),
        ("island", ()),
        ("komedie", ()),
        ("krokodille", ()),
        ("transport", ()),
        ("iværksætterskab", ()),
        ("istandsættelse", ()),
    ],
)
def test_short_and_rare_members_are_told_by_forms_and_company(
    splitter: Splitter, word: str, members: tuple[str, ...]
) -> None:
    assert splitter.split(word) == members


@pytest.mark.parametrize("word", ["fortræffeligheder", "månedlige", "interviewede", "indskærper", "ekspertise"])
def test_an_ending_is_no_member(splitter: Splitter, word: str) -> None:
    assert splitter.split(word) == ()


@settings(deadline=None)
@given(st.text(alphabet="abdefgiklmnoprstuvyæøå", max_size=40))
def test_the_pieces_of_any_word_are_the_word(splitter: Splitter, word: str) -> None:
    cut = splitter.cut(word)

    assert "".join(form for form, _ in cut) in ("", word)
    assert len(cut) != 1
