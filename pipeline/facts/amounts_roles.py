"""The role of an amount: the nearest cue word that governs it in its clause, or none when that is not plain.

A noun governs over a link ("besparelsen i dagtilbud udgør 4 mio. kr."), a verb takes the amount as its object
("der spares 4 mio. kr."), a verb of lowering only with "med" ("reduceres med 4 mio. kr.", not "reduceres til").
The words are data in ``lexicon/cues.csv``; a noun of the table also matches as the last member of a compound.
"""

from __future__ import annotations

import functools
import re

import msgspec

from corpus.model import Role
from pipeline.facts.qualifiers import cues

MOST_BETWEEN = 12
MOST_UNDONE = 8
_COMPARED = re.compile(r"\s{1,2}(?:højere|lavere|mindre|mere|større|dyrere|billigere)(?!\w)")
_WORDS_AFTER = re.compile(r"(?:\s[^\W\d_]+){1,4}")
_TOKEN = re.compile(r"[^\W\d_]+\.?|[:,()/]")
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
    "s",
    "ens",
    "ene",
    "erens",
    "ernes",
    "ets",
    "dene",
    "det",
)
_FORWARD = re.compile(
    r"\s{1,3}(?:årligt\s|pr\. år\s|om året\s)?(?:(?:i|som)\s(?:en\s|årlig\s){0,2})(?P<noun>[^\W\d_]+)"
)
_FORWARD_VERB = re.compile(r"\s{1,3}(?P<verb>spares|bespares|investeres|bevilges|bevilliges)(?!\w)")


class Cue(msgspec.Struct, frozen=True):
    """A cue word in a clause: ``kind`` is noun, verb, reduce, opposite or money."""

    kind: str
    role: Role | None
    word: str


@functools.cache
def _nouns() -> dict[str, str]:
    """Every inflected form of the nouns in the table."""
    forms = {}
    for word, role in [*cues("noun").items(), *((word, "") for word in cues("opposite"))]:
        for ending in _ENDINGS:
            forms[word + ending] = role
            if word.endswith(("e", "g", "d", "t")) and ending in {"r", "rne"}:
                forms[word.removesuffix("e") + "er"] = role
    return forms | {"puljen": "grant", "puljerne": "grant", "investeringerne": "investment", "bevillingerne": "grant"}


def _noun_role(word: str) -> str | None:
    """The role of a noun or of a compound that ends in one; None for another word, "" for one that speaks against."""
    forms = _nouns()
    for cut in range(max(1, len(word) - 4)):
        if word[cut:] in forms:
            role = forms[word[cut:]]
            prefix = next((cues("prefix")[p] for p in cues("prefix") if word.startswith(p)), None)
            return prefix if prefix and role else role
    return None


@functools.cache
def cue(word: str) -> Cue | None:
    """The cue that ``word`` (lower case) is, or None."""
    for kind in ("verb", "reduce"):
        if word in cues(kind):
            return Cue(kind, _role(cues(kind)[word]), word)
    role = _noun_role(word)
    if role is not None:
        return Cue("noun" if role else "opposite", _role(role), word)
    return Cue("money", None, word) if word in cues("money") else None


def _role(name: str) -> Role | None:
    return msgspec.convert(name, Role) if name else None


def find_cue(clause: str) -> Cue | None:
    """The last cue word of any kind in ``clause``."""
    found = (cue(word) for word in reversed(_words(clause)))
    return next((each for each in found if each), None)


def _words(clause: str) -> list[str]:
    return [word.lower().rstrip(".") or word for word in _TOKEN.findall(clause)]


def role_of(before: str, after: str) -> Role | None:
    """The role of the amount that stands between ``before`` (its clause up to it) and ``after`` (what follows)."""
    words = _words(before)
    if words and words[-1] in {"netto", "nettoeffekt"}:
        return "net"
    if _is_undone(words, after):
        return None
    position, found = _governor(words)
    if found is None:
        return _forward(after)
    if found.kind == "noun" and "/" in words[max(0, position - 1) : position + 2]:
        return None  # "mindreforbrug/merindtægt" is either
    if found.kind == "noun" and _is_source(words, position):
        return None
    if words[position + 1 :] == [":"]:
        return found.role if found.kind == "noun" else None
    between = [word for word in words[position + 1 :] if not _light(word)]
    if found.kind == "noun" and _linked(words[position + 1 :], between):
        return found.role
    if found.kind == "verb" and not between:
        return found.role
    if found.kind == "reduce" and _lowered(words, position):
        return found.role
    return None


def _is_undone(words: list[str], after: str) -> bool:
    """ "Vi undgår en besparelse på …", "besparelsen på … droppes", "der spares ikke …", "… dyrere end"."""
    near = words[-MOST_UNDONE:]
    for place, word in enumerate(near):
        if word in cues("undone"):
            return True
        if word == "ikke" and (near[place + 1 : place + 2] or [""])[0] not in {"under", "over", "mere", "mindre"}:
            return True
    if _COMPARED.match(after):
        return True
    following = _WORDS_AFTER.match(after)
    return following is not None and any(word.lower() in cues("undone-after") for word in following[0].split())


def _governor(words: list[str]) -> tuple[int, Cue | None]:
    for position in range(len(words) - 1, max(-1, len(words) - 1 - MOST_BETWEEN), -1):
        if words[position] == ",":
            break
        found = cue(words[position])
        if found and found.kind != "money":
            return position, found
    return -1, None


def _is_source(words: list[str], position: int) -> bool:
    """ "Af budgettet er 2 mio. kr. overført": what the amount is taken from says nothing of it."""
    before = [word for word in words[max(0, position - 4) : position] if word not in _DETERMINERS]
    return before[-1:] in (["af"], ["fra"]) and words[position + 1 :][:1] in (["er"], ["var"], ["blev"], ["bliver"])


_DETERMINERS = frozenset(["den", "det", "de", "denne", "dette", "disse", "hele", "samlede", "årets"])


def _light(word: str) -> bool:
    plain = {"kommunen", "forvaltningen", "regionen", "byen", "vi", "man", "os", "dem", "jer"}
    return word in plain or any(word in cues(kind) for kind in ("filler", "link", "approximate", "max", "min"))


def _linked(words: list[str], between: list[str]) -> bool:
    """A link stands between noun and amount, or nothing does ("tilskud 4 mio. kr.", "Besparelse: 4 mio. kr.")."""
    if not words or not between:
        return not words or words[0] not in {"til"} or "på" in words
    last = next((word for word in reversed(words) if word in cues("link")), "")
    tail = words[len(words) - words[::-1].index(last) :] if last else ["?"]
    return last in {"på", "udgør", "udgøre", "udgjorde", "andrager", "er", "bliver", "for"} and all(map(_light, tail))


def _lowered(words: list[str], position: int) -> bool:
    tail = words[position + 1 :]
    if "med" not in tail or not all(map(_light, tail[tail.index("med") :])):
        return False
    # "Indtægterne reduceres med 4 mio. kr." saves nothing, nor does "besparelsen reduceres med".
    nouns = [each for each in map(cue, words[:position]) if each and each.kind in {"noun", "opposite"}]
    return all(each.role in {"expense", "budget"} for each in nouns)


def _forward(after: str) -> Role | None:
    verb = _FORWARD_VERB.match(after)
    if verb:
        found = cue(verb["verb"])
        return found.role if found else None
    noun = _FORWARD.match(after)
    found = cue(noun["noun"].lower()) if noun else None
    return found.role if found and found.kind == "noun" and found.role != "budget" else None
