"""The compiled analysis of plain Danish words says of every form what Python says of it."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import quick
from index.dictionary import dictionary
from index.lemmas import corrections
from index.members import affixes
from index.text import MANY, Analyser, Word
from index.tokens import tokens

built = pytest.mark.skipif(not quick.USED, reason="the compiled part is not there, or not wanted")
LABELS = Path(__file__).parent / "data" / "compounds.tsv"
SAMPLES = sorted((Path(__file__).parent.parent / "corpus" / "samples").glob("*.[te][xm][tl]"))
ENDINGS = ("", "", "en", "et", "er", "erne", "ernes", "ens", "ets", "s", "e", "ene", "ede", "r", "n", "heden", "ne")
SPELLINGS = (("å", "aa"), ("æ", "ae"), ("ø", "oe"))
ENOUGH = ["støtte", "skole", "børnehave"] * MANY

Learned = tuple[dict[str, Word], dict[tuple[str, str], Word]]


def learned(forms: list[str], *, compiled: bool) -> Learned:
    """The words of forms, and all that is to be known besides them."""
    forms = list(dict.fromkeys([*forms, *ENOUGH]))
    with pytest.MonkeyPatch.context() as patch:
        if not compiled:
            patch.setattr(dictionary("da"), "quick", None)
        analyser = Analyser()
        analyser.learn(forms, "da")
        return {form: analyser.word_in(form, "da") for form in forms}, analyser.take_fresh()


def assert_same(forms: list[str]) -> int:
    """Returns how many words were looked at: those of the forms, and the lemmas and members of these."""
    (made, fresh), (wanted, known) = learned(forms, compiled=True), learned(forms, compiled=False)
    assert {form: word for form, word in made.items() if word != wanted[form]} == {}
    assert {key: word for key, word in fresh.items() if word != known.get(key)} == {}
    assert len(fresh) == len(known)
    return len(fresh)


@lru_cache(maxsize=1)
def pieces() -> tuple[list[str], list[str]]:
    """First members, and words that end others, with all that is special of either."""
    known = dictionary("da").members
    special = [form for forms in affixes().values() for form in sorted(forms)]
    labels = [line.split("\t")[1].split("|")[0] for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]]
    words = [piece for label in labels for piece in label.split("-")]
    return [*sorted(known.firsts), *words, *special, "tosprogs", "qwort"], [*sorted(known.lasts), *words, *special]


def drawn(draw: random.Random) -> str:
    """A word of one to four members with an ending, at times misspelled or spelled otherwise."""
    firsts, lasts = pieces()
    word = "".join(draw.choice(firsts) for _ in range(draw.choice((0, 1, 1, 1, 1, 2, 2, 3)))) + draw.choice(lasts)
    word += draw.choice(ENDINGS)
    slip = draw.randrange(60)
    if slip < len(SPELLINGS):
        word = word.replace(*SPELLINGS[slip])
    elif slip < 9:
        at = draw.randrange(len(word))
        word = word[:at] + word[at + 1 :]
    return word


@built
@pytest.mark.parametrize("lot", range(10))
def test_drawn_words_are_what_python_says(lot: int) -> None:
    draw = random.Random(lot)
    assert assert_same([drawn(draw) for _ in range(8_000)]) > 13_000


@built
def test_labelled_words_are_what_python_says() -> None:
    labels = [line.split("\t")[1].split("|")[0] for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]]
    words = [label.replace("-", "") for label in labels]

    assert_same([*words, *(word[:end] for word in words for end in range(1, len(word)))])
    assert_same([*corrections(), *(form for forms in affixes().values() for form in forms)])


@built
def test_words_of_the_samples_are_what_python_says() -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in SAMPLES]

    assert len(texts) > 5
    assert_same([token.form for text in texts for token in tokens(text)])


@built
@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(alphabet="abdefgiklmnoprstuvyæøåéü-", max_size=70) | st.text(max_size=12), max_size=30))
def test_any_letters_are_what_python_says(forms: list[str]) -> None:
    assert_same([form.lower() for form in forms if form and not form.isspace()])


@built
def test_what_python_is_to_say_is_left_to_it() -> None:
    compiled = dictionary("da").quick
    assert compiled is not None
    left = [
        "",
        "Støtte",
        "café",
        "it-systemet",
        "1.000",
        "idekiste",
        "havneby",
        "x" * 61,
        "støtte\0",
        "\U0001d44e",
        "\ud800",
    ]

    assert compiled.words(left, Word, set()) == [None] * len(left)
    with pytest.raises(TypeError):
        compiled.words(["støtte", 7], Word, set())  # type: ignore[list-item]
    with pytest.raises(TypeError):
        compiled.words(("støtte",), Word, set())  # type: ignore[arg-type]


@built
def test_members_are_to_be_known_too() -> None:
    compiled, related = dictionary("da").quick, set[str]()
    assert compiled is not None
    made = compiled.words(["støttepædagogkorpset", "stoettepaedagogkorps"], Word, related)

    members = ("stoette", "paedagog", "korps", "stoettepaedagog", "paedagogkorps")
    assert [word and word.members for word in made] == [members, members]
    assert [word and word.leaves for word in made] == [3, 3]
    assert related == {"støttepædagogkorps", "støtte", "pædagog", "korps"}


@built
def test_a_file_that_is_no_dictionary_is_refused() -> None:
    from index._words import Words

    rules = (4, 60, 3, 6, 5, 4, 20, 5, 7, 5, 4, 5, 5, 1.0, 5.0, 3.6)
    data = bytes(4096)
    for places in ((0, 0, 64, 128, 192), (0, 2000, 64, 128, 192), (-4, 1, 64, 128, 192), (0, 8, 64, 128, 9000)):
        with pytest.raises(ValueError, match="no dictionary"):
            Words(data, places, [], rules)
    with pytest.raises(ValueError, match="no dictionary"):
        Words(data, (0, 8, 64, 127, 192), [], rules)
    with pytest.raises(ValueError, match="too long"):
        Words(data, (0, 8, 64, 128, 192), [(b"x" * 81, 0, b"", 0, 0.0, 0, 0.0)], rules)
    with pytest.raises(ValueError, match="rules"):
        Words(data, (0, 8, 64, 128, 192), [], (4, 61, *rules[2:]))
    nothing = Words(data, (0, 8, 64, 128, 192), [], rules)

    assert nothing.words(["støtte"], Word, set()) == [Word("stoette", ("stoette",))]
