"""Words that the end of a line breaks at their own hyphen, which stays: "it-" "vejledere", "self-" "employed".

Danish writes compounds as one word, so that a hyphen at the end of a line is mostly the printer's ("vikar-" "korps").
English has many with one. They are told by members that seldom stand in a word without, and are none of Danish.
"""

from __future__ import annotations

import re

_SPELLED = re.compile(r"(?<![^\W\d_])(?:[a-zæøå]|[bcdfghjklmnpqrstvwxz]{2,5}|it|ikt|edb|sfo|eu|ai)$")
"""A first part of a word that is spoken by its letters: no word is broken behind it."""
_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_FIRSTS = frozenset({"self", "non", "well", "full", "low", "high", "long", "short", "large", "small", "middle"})
_JOINED = re.compile(
    r"er|est|ed|en|ens|ened|ener|ening|ing|ings|ish|ly|ness|ages?|fold|some|sens|sense|hand|fall|falls|cuts?|comings?"
    r"|stop|less|hood|lights?|lighted|standing|way|ways|land|lands|man|men|time|times|head|chair|wave"
)
"""What goes on with such a first member without a hyphen: "high-" "er", "short-" "age", "middle-" "man"."""
_LASTS = re.compile(
    "based|related|specific|sized|efficient|effective|employed|owned|funded|financed|sponsored|oriented|orientated"
    "|assisted|supported|adjusted|weighted|skilled|income|family|families|couples?|friendly"
)
_PREFIXES = frozenset({"un", "re", "pre", "over", "under", "mis", "dis", "sub", "inter", "cor", "in", "mega", "multi"})
"""What stands before such a last member without a hyphen: "un-" "related", "inter-" "related"."""
_PAIRS = {
    "time": frozenset({"part", "full", "real"}),
    "term": frozenset({"long", "short", "medium", "near"}),
    "old": frozenset({"year", "month", "week"}),
    "olds": frozenset({"year"}),
    "round": frozenset({"year"}),
    "parent": frozenset({"single", "one", "two", "lone"}),
}
"""Last members that end other words, too, each with the firsts behind which it has a hyphen."""


_CUT = re.compile(
    r"(?:budget)?(?:forslag|overslag)(?:ene|et)?|overslagsår|budgetår(?:et)?|budgetbehov|budgetramme|"
    r"regnskab(?:et)?|årsregnskab|afvigelser?|tillægsbevilling(?:er)?|rådighedsbeløb|anlægsbevilling(?:er)?|"
    r"merforbrug|mindreforbrug|(?:netto|brutto)?(?:udgift|indtægt)(?:er)?"
)
"""Words of headings that a narrow cell breaks wherever it ends: "Budgetfors" "lag", "Afvig" "else"."""


def is_cut_word(text: str, line: str) -> bool:
    """Whether the first word of a line, in small letters, is the end of a heading's word that the line above begins."""
    if not (line[:1].islower() and text[-1:].isalpha()):
        return False
    before, after = _LAST_WORD.search(text), _FIRST_WORD.match(line)
    if before is None or after is None or not before[0][:1].isupper():
        return False
    return _CUT.fullmatch((before[0] + after[0]).casefold()) is not None


def keeps_hyphen(text: str, line: str) -> bool:
    """Whether the hyphen at the end of a text is that of its last word, which goes on at the beginning of ``line``."""
    if text[-2].isupper() or _SPELLED.search(text, 0, len(text) - 1):
        return True
    before, after = _LAST_WORD.search(text, 0, len(text) - 1), _FIRST_WORD.match(line)
    if before is None or after is None:
        return False
    first, last = before[0].casefold(), after[0]
    if first in _PAIRS.get(last, ()):
        return True
    if _LASTS.fullmatch(last):
        return first not in _PREFIXES
    return first in _FIRSTS and len(last) > 2 and _JOINED.fullmatch(last) is None
