"""When a printed line goes on with the line before it, and when it is no row of a table at all."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.tables.content.cells import MINUS
from pipeline.tables.content.grid import HYPHENS, RANGE_DASH
from pipeline.tables.content.labels import is_group_label, measure_of, role_of
from pipeline.tables.content.units import KEPT, is_statement

DASHES = frozenset(MINUS.replace("÷", ""))
"""Signs at the beginning of a line; the one left out is a minus only."""
LONGEST_LABEL = 110
SHORTEST_PROSE = 14
"""Seven words of one letter and the blanks behind them."""
# A line that ends in one of these is not at its end.
HANGING_WORDS = """og eller samt i på af til for fra ved med om under over mellem efter inden uden mod hos som der at
    den det de en et pr. vedr. inkl. ekskl. herunder fx bl.a. hhv. – § §§"""
HANGING = frozenset(HANGING_WORDS.split())
NAMING = ":·|•"
"""Signs behind which a name stands, and no word that goes on."""
# A label without figures that has one of these is a sentence.
VERB_WORDS = "er var har havde vil skal kan må bliver giver medfører indebærer betyder opnås sker gælder"
VERBS = frozenset(VERB_WORDS.split())
LONGEST_EMPTY = 60
_WIDE = re.compile(r"\t|[ \u00a0]{3}")
_LOWER_WORDS = re.compile(r"(?:[a-zæøåé]+,?\s+){7}")
_FOOTNOTE = re.compile(r"(?:\(?\d{1,2}\)|\*{1,3}\)?|[¹²³⁴⁵⁶⁷⁸⁹])\s?[^\W\d_]{2}|\([a-z]\)\s?[A-ZÆØÅ].*\.$")
_MARKED = re.compile(r"\D\d{1,2}/$")
"""The mark of a footnote as some papers print it behind a name: "Norge 1/"."""
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]\D{2,80}$|#{1,6}\s|(?:Punkt|Pkt\.|Kapitel|Bilag|Side)\s\d")


@lru_cache(maxsize=KEPT)
def is_prose(text: str) -> bool:
    """True for a line of running text: too long for a label, a row of small words, or a long sentence with its stop.

    The point of "kr." is no stop: "Oversigt over udgifter og indtægter i hele kr." is a title.
    """
    if len(text) < SHORTEST_PROSE:
        return False
    body = text.strip()
    if len(body) > LONGEST_LABEL:
        return True
    if body.endswith("kr.") and VERBS.isdisjoint(body.casefold().split()):
        return False
    return (body.endswith((".", ":")) and len(body.split()) > 7) or _LOWER_WORDS.search(body) is not None


def starts_section(text: str) -> bool:
    """True for the numbered heading of a section of text ("2. Status"), a page's foot, a Markdown heading."""
    return _SECTION.match(text.strip()) is not None


_NO_FIGURES = frozenset(
    {"ukendt", "kendes ikke", "ikke kendt", "ikke opgjort", "ikke beregnet", "ikke oplyst", "ikke afklaret", "nul"}
    | {"uafklaret", "afventer", "afklares", "ingen", "uændret", "neutral", "budgetneutral", "gratis", "udgår"}
)


def stands_for_figure(text: str) -> bool:
    """True for words that are printed where a figure would be, and head no column: "Ukendt", "Afventer"."""
    return text.strip(" .").casefold() in _NO_FIGURES


def without_stand_ins(label: str) -> str:
    """A label without the words for figures that stand behind it, two at least: "Afledt drift Ukendt Ukendt"."""
    rest, count = label, 0
    while (last := next((words for words in _NO_FIGURES if rest.casefold().endswith(f" {words}")), None)) is not None:
        rest, count = rest[: -len(last)].rstrip(), count + 1
    return rest if count > 1 else label


def is_footnote(text: str) -> bool:
    """True for the words behind a mark in brackets or a star: "1) Ekskl. moms.", "* Inkl. pulje", "(a) Et skøn.".

    Behind a letter they are a sentence: "(a) Drift" is the name of a row.
    """
    if _FOOTNOTE.match(text) is None:
        return False
    last = text.split()[-1]
    return last.endswith(".") or not any(map(str.isdigit, last))


def continues(before: str, text: str) -> bool:
    """True if ``text`` goes on with the label ``before``.

    It does by a hanging word, a hyphen or an open bracket before it, or by its lower-case beginning.
    """
    if not before:
        return False
    if not text:
        return True
    if is_statement(before) or is_statement(text):
        return False
    if before.endswith(":"):
        return False
    if (text[0] == "(" and before[-1].isalpha() and not is_footnote(text)) or closes(before, text):
        return True
    if text[0].islower() and not re.match(r"[a-z][.)]\s|i alt\b|heraf\b|pr\.", text):
        return True
    words = before.split()
    hanging = is_hanging(before) or before.endswith((",", "/", "&"))
    hanging = hanging and not (before[-1] == "/" and text[0].isalpha() and _MARKED.search(before))
    broken = before.endswith((*HYPHENS, RANGE_DASH)) and len(words[-1]) > 2
    return (hanging or broken) and not (role_of(text) is not None and len(text.split()) < 3)


def is_hanging(text: str) -> bool:
    """True for a text that is not at its end by its last word: "Udgifter til", but not "Forslagsstiller: MED".

    In capitals such a word is a name, unless all the words before it are in capitals.
    """
    *before, last = text.split() or [""]
    if last.casefold() not in HANGING:
        return False
    named = len(last) > 1 and last.isupper() and (not before or not text.isupper() or before[-1][-1] in NAMING)
    return not named


def closes(before: str, text: str) -> bool:
    """True if ``text`` ends a bracket that ``before`` leaves open: "Botilbud (§", "107)"."""
    return before.count("(") > before.count(")") and ")" in text.partition("(")[0]


def is_dashed(text: str) -> bool:
    """True for a line that begins with a dash and a word: an item of the group above, or a name that goes on."""
    return text[:1] in DASHES and text[1:].lstrip()[:1].isalpha()


def is_known_row(text: str) -> bool:
    """True for a label that is a row of its own wherever it stands: "Investering", "Drift", "2025-priser".

    None that goes on: "Øgede indtægter fra".
    """
    if is_hanging(text):
        return False
    known = role_of(text) is not None or measure_of(text) in {"fte", "position"}
    return known or is_group_label(text) or is_statement(text)


def is_sentence(text: str) -> bool:
    """True for a short line that says something: "Forslaget er en besparelse på driften." is no row without figures."""
    words = text.split()
    stopped = text.endswith((".", "!", "?")) and len(words) > 2 and (len(words) > 4 or len(words[-1]) > 4)
    return stopped or not VERBS.isdisjoint(word.casefold() for word in words[1:])


_AMOUNT = re.compile(r"\d[\d.,]*\s(?:mio|mill|mia|t\.?|tusind|million)?\w*\.?\s?(?:kr|kroner|dkk)\b", re.IGNORECASE)


def is_said(text: str) -> bool:
    """True for running text with figures: a long sentence, or words that go on to an amount: "… på 1,2 mio. kr."."""
    body = text.strip()
    if body.endswith(".") and len(body.split()) > 7 and _WIDE.search(body) is None:
        return True
    found = _AMOUNT.search(body)
    before = body[: found.start()].split() if found else []
    return bool(before) and before[-1].casefold() in HANGING | VERBS | {"udgør", "koster", "ca.", "omkring"}


def may_be_empty(text: str) -> bool:
    """True for a label that may be a table's row without figures, also as its last: "Investering", "Antal årsværk"."""
    known = role_of(text) is not None or measure_of(text) in {"fte", "position"}
    return known and is_short_name(text)


def is_short_name(text: str) -> bool:
    return len(text) < LONGEST_EMPTY and not is_sentence(text)
