"""Words that say what an amount is: nouns and compounds, verbs, and words that take a role back.

The words are data in ``lexicon/cues.csv``; a noun of the table also matches as the last member of a compound, unless
the compound has a row of its own ("statstilskud" is income, "tilskud" a grant).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from itertools import islice

import msgspec

from corpus.model import Role
from pipeline.facts.qualifiers.bounds import cues

_ENDINGS = (
    "",
    "n",
    "en",
    "et",
    "r",
    "er",
    "t",
    "ne",
    "erne",
    "rne",
    "rnes",
    "s",
    "ens",
    "ene",
    "erens",
    "ernes",
    "ets",
    "dene",
    "det",
)
# The words of the Latin-1 alphabet come first, for they are found faster.
_TOKEN = re.compile(r"[a-zß-öø-ÿ]+(?![^\W\d_])|[^\W\d_]+|\d[\d.,]*|[:,()/]")
_YEAR = re.compile(r"(?:19|20)\d\d[.,]?")
_DAY = re.compile(r"\d{1,2}\.")
_NEW_CLAUSE = re.compile(
    r"(?<!\w)(?:(?:der|det|vi|man|kommunen)(?!\w)|[^\W\d_]{2,}\s{1,3}(?:er|var|bliver|blev|har|havde)(?!\w))"
)
_LIGHT = ("filler", "link", "approximate", "max", "min")
_PLAIN = frozenset(
    {"kommunen", "forvaltningen", "regionen", "byen", "vi", "man", "os", "dem", "jer", "i", "alt", "samtidig", "endnu"}
)
_NO_PASSIVES = frozenset(["fælles", "deres", "vores", "jeres"])
_LOST_BEHIND = re.compile(
    r"(?:\s{1,3}(?:årligt|om\såret|pr\.\sår|(?:i|for|fra)\s(?:19|20)\d\d))?\s{1,3}i\s(?:tabte?|mistede?|manglende|færre|lavere|mindre)"
    r"\s[^\W\d_]*indtægt"
)
_LOSSES = (["tab"], ["tabet"], ["bortfald"], ["bortfaldet"])
_DIFFERENCES = ("forskel", "differenc", "afvigelse")
_REMEMBERED = 1 << 15


class Cue(msgspec.Struct, frozen=True):
    """A cue word in a clause.

    ``kind`` is noun, verb, reduce, spend (a verb that is of money only beside a currency), release (a verb that takes
    only what stands behind it), opposite, head or money.
    """

    kind: str
    role: Role | None
    word: str


class Clause(msgspec.Struct, frozen=True, gc=False):
    """The words, numbers and marks of a clause up to an amount, and where in the text (in lower case) it stands."""

    words: list[str]
    lower: str
    start: int
    end: int

    def span(self, position: int) -> tuple[int, int]:
        """Where a word stands in the text."""
        return next(islice(_TOKEN.finditer(self.lower, self.start, self.end), position, None)).span()


def clause_of(lower: str, start: int, end: int) -> Clause:
    """The clause ``lower[start:end]``."""
    return Clause(words_of(lower, start, end), lower, start, end)


def words_of(lower: str, start: int, end: int) -> list[str]:
    """The words, numbers and marks of ``lower[start:end]``, a text in lower case."""
    return _TOKEN.findall(lower, start, end)


@functools.cache
def _nouns() -> dict[str, tuple[str, str]]:
    """Every inflected form of the nouns in the table: its kind and its role."""
    forms: dict[str, tuple[str, str]] = {}
    for kind in ("head", "opposite", "noun"):
        for word, role in cues(kind).items():
            for ending in _ENDINGS:
                forms[word + ending] = (kind, role)
                if word.endswith("budget") and ending in {"et", "er", "erne", "ets"}:
                    forms[word + "t" + ending] = (kind, role)
                if word.endswith(("e", "g", "d", "t")) and ending in {"r", "rne"}:
                    forms[word.removesuffix("e") + "er"] = (kind, role)
    irregular = {"puljen": "grant", "puljerne": "grant", "investeringerne": "investment", "bevillingerne": "grant"}
    for verb in ("forbrugt", "falder"):
        forms.pop(verb, None)
    return forms | {word: ("noun", role) for word, role in irregular.items()}


def _noun(word: str) -> tuple[str, str] | None:
    """The kind and role of a noun or of a compound that ends in one."""
    forms = _nouns()
    if word in forms:
        return forms[word]
    for cut in range(1, len(word) - 4):
        if word[cut:] in forms:
            kind, role = forms[word[cut:]]
            prefix = next((cues("prefix")[p] for p in cues("prefix") if word.startswith(p)), None)
            return (kind, prefix if prefix and kind == "noun" and role != "income" else role)
    return None


@functools.lru_cache(maxsize=_REMEMBERED)
def cue(word: str) -> Cue | None:
    """The cue that ``word`` (lower case) is, or None."""
    for kind in ("verb", "reduce", "spend", "release"):
        if word in cues(kind):
            return Cue(kind, _role(cues(kind)[word]), word)
    noun = _noun(word)
    if noun is not None:
        return Cue(noun[0], _role(noun[1]), word)
    return Cue("money", None, word) if word in cues("money") else None


def _role(name: str) -> Role | None:
    return msgspec.convert(name, Role) if name else None


def find_cue(clause: str) -> Cue | None:
    """The last word in ``clause`` that speaks of money."""
    for word in reversed(_TOKEN.findall(clause.lower())):
        found = cue(word)
        if found and found.kind not in {"head", "spend"}:
            return found
    return None


@functools.lru_cache(maxsize=_REMEMBERED)
def is_light(word: str) -> bool:
    """Whether a word may stand between an amount and what governs it: a hedge, an adverb, a year, "kommunen"."""
    if word in _PLAIN or _YEAR.fullmatch(word) or _DAY.fullmatch(word):
        return True
    return any(word in cues(kind) for kind in _LIGHT)


def all_light(words: Iterable[str]) -> bool:
    """Whether every one of the words is light."""
    return all(map(is_light, words))


def begins_clause(lower: str, start: int, end: int) -> bool:
    """ "…, og der er kun", "…, og tilbage er": a main clause of its own before an amount, which is no item of a list.

    "…, hvoraf der er" tells of a part of what stands before.
    """
    return not lower.endswith("af", 0, start) and _NEW_CLAUSE.search(lower, start, end) is not None


def is_year(word: str) -> bool:
    """Whether a token is printed as a year."""
    return _YEAR.fullmatch(word) is not None


def expected_role(role: Role, kind: str, words: list[str], position: int) -> Role:
    """ "Det forventede forbrug" is no actual, nor is "forbruget skal ned på", "forbruget halveres fra".

    The cue of that ``kind`` is ``words[position]``; what is planned is told beside a noun, not in the clause before.
    """
    if role == "expense" and kind == "noun" and words[max(0, position - 1) : position] in (["sparet"], ["sparede"]):
        return "saving"  # "sparede lønudgifter på 2 mio. kr."
    if role != "actual":
        return role
    near = words[max(0, position - 2) :] if kind == "noun" else []
    expected = not cues("expected").keys().isdisjoint(words) or not cues("planned").keys().isdisjoint(near)
    return "expense" if expected else role


def is_of_a_year(words: list[str], place: int) -> bool:
    """ "er indregnet i budget 2025 med": where an amount stands, by its year."""
    return words[place] in {"budget", "budgettet", "regnskab"} and place > 0 and words[place - 1] == "i"


def is_passive(word: str) -> bool:
    """ "Udgiften dækkes inden for rammen på"."""
    return word.endswith("es") and len(word) > 4 and word not in _NO_PASSIVES and not is_light(word)


def names_grant(phrase: list[str]) -> bool:
    """ "500.000 kr. i engangstilskud til kor, 900.000 kr. til spejdere": what the first is, all are."""
    found = cue(phrase[1]) if phrase[:1] == ["i"] and len(phrase) > 1 else None
    return found is not None and found.kind == "noun" and found.role == "grant"


def is_received(words: list[str], position: int) -> bool:
    """ "Kommunen får et tilskud fra staten på …": what comes from elsewhere is an income."""
    return "fra" in words[position + 1 : position + 2] and any(word in cues("receive") for word in words[:position])


def is_lost(words: list[str], position: int, found: Cue) -> bool:
    """ "Tabte indtægter på 2 mio. kr.", "et tab af indtægter på": what does not come in is no income."""
    if found.role != "income" or found.kind != "noun" or position == 0:
        return False
    before = words[position - 1]
    return before in cues("lost") or (before in {"af", "på", "i"} and words[position - 2 : position - 1] in _LOSSES)


def is_lost_behind(lower: str, end: int) -> bool:
    """ "(koster 640.000 kr.) i tabte indtægter": what a sum is of, behind it in the lower-case text."""
    return _LOST_BEHIND.match(lower, end) is not None


def is_difference(words: list[str], position: int, found: Cue) -> bool:
    """ "Forskellen mellem regnskab og budget er 2 mio. kr.", "et mindre forbrug på": no budget, and nothing used."""
    front = words[:position]
    if found.kind == "noun" and "mellem" in front and any(word.startswith(_DIFFERENCES) for word in front):
        return True
    return found.role == "actual" and front[-1:] in (["mindre"], ["lavere"], ["større"], ["højere"])


def in_brackets(words: list[str]) -> range:
    """The places of the last brackets that are closed: "et underskud (tilskud minus udgifter) på"."""
    if ")" not in words:
        return range(0)
    end = len(words) - 1 - words[::-1].index(")")
    start = next((place for place in range(end, -1, -1) if words[place] == "("), None)
    return range(0) if start is None else range(start, end + 1)
