"""The verbs of decision and the words around them, from ``lexicon/decision_verbs.csv`` and ``decision_words.csv``."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from corpus.model import DecisionStatus
from pipeline.facts.resolutions.denial import DENYING_WORDS, straight
from pipeline.lexicon import rows

WORD = re.compile(r"[^\W\d_]+")
_PHRASE_END = re.compile(r";|,\s+(?:og|men)\s")
_DEED_END = re.compile(r"[;,]|\b(?:som|der|hvis|efter|fordi|og\s+at)\b")
_NO = ("rejected", "postponed")
_YES_OR_NO = (" ja", " nej")
ANSWER = re.compile(r"(?<!\w)(?P<not>(?:ikke|ej|hverken)\s+)?(?P<word>ja|nej)(?:\s+tak)?\s+til(?!\w)", re.IGNORECASE)
"""What is said or voted to something: "ja til", "nej tak til"."""
GRANT = (
    r"(?:tilsagn|tilladelse|byggetilladelse|dispensation|samtykke|tilskud|støtte|garanti|kommunegaranti|bevilling"
    r"|anlægsbevilling|tillægsbevilling|grønt\s+lys|aktindsigt)"
)
"""What is given or granted, where "afslag" is what is given to the other."""
_GRANT_FIRST = re.compile(
    rf"(?<!\bom )(?<!\bpå )(?<!\btil )\b{GRANT}\s(?:[^;.]|(?<=\d)\.|(?<=kr)\.|(?<=mio)\.)*?"
    r"\b(?:og|men|samt)\s+(?:[^\W\d_]+\s+)?afslag\b",
    re.IGNORECASE,
)
_AFTER_NO = re.compile(r"^[^,;]*?\b(?:efter|trods|uanset|imod)\s+(?:[^\W\d_]+\s+)?afslag\b")
_ENDINGS = ("", "et", "en", "n", "erne", "er", "ne", "s", "lerne", "met", "rne", "ene")
_ACTION = re.compile(r"\w{3,}(?:ingen|elsen|andelen|ensionen|ationen|ingerne|elserne)")


class Form(msgspec.Struct, frozen=True):
    """A verb form and ``needs``, what must stand by it.

    ``free`` nothing, ``object`` a word like "forslaget" or a body, ``subject`` a body, ``at`` an "at", ``indstil`` an
    "at", a "til" or a colon behind it, ``block`` minutes under "Beslutning", ``proposal`` the heading "Indstilling",
    ``fall`` the proposal or the case that falls, ``followed`` the recommendation that is followed, ``til`` a "til" in
    front, ``bare`` a sentence under "Beslutning" that begins with it, ``main`` one that begins with "Der" and it,
    ``sum`` a sum that somebody is to have, ``done`` a proposal in front that is carried out, ``nominal`` a noun behind
    "med" ("med vedtagelsen af"). ``+afslag/…`` one of these phrases behind it, ``=ned`` right behind it,
    ``+@kind`` one of a kind of ``lexicon/decision_words.csv``.
    """

    lemma: str
    status: DecisionStatus
    needs: str
    tense: str

    def has_phrase(self, behind: str) -> bool:
        """Whether ``behind`` holds one of the phrases that the form needs; True when it needs none."""
        mark = self.needs[:1]
        if mark not in "+=":
            return True
        low = " ".join(straight(behind[:160].lower()).split())
        phrases = self.needs[1:].split("/")
        if mark == "=":
            return low.lstrip().startswith(tuple(phrases))
        if not any(phrase in low for phrase in phrases):
            return False
        if self.lemma.endswith(_YES_OR_NO):
            first = ANSWER.search(low)  # "sagde nej til A og ja til B": the verb says what stands first
            if first and (first["not"] or not self.lemma.endswith(first["word"])):
                return False
        if self.lemma.endswith(" afslag") and (_GRANT_FIRST.search(low) or _AFTER_NO.search(low)):
            return False  # "gav tilsagn om A og afslag på B": likewise
        near = (_DEED_END if self.tense == "infinitive" else _PHRASE_END).split(low, maxsplit=1)[0]
        return any(_phrase(phrase).search(near) for phrase in phrases if phrase in near)


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(phrase)}\b")


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """The verb forms by their spelling in lower case; several where a phrase behind tells them apart."""
    table: dict[str, tuple[Form, ...]] = {}
    for row in rows("decision_verbs"):
        form = msgspec.convert({**row, "needs": _spelled_out(row["needs"])}, Form)
        table[row["form"]] = (*table.get(row["form"], ()), form)
    return table


def _spelled_out(needs: str) -> str:
    """The phrases that a form needs, where the row names a kind of ``decision_words`` for them: "+@what-is-given"."""
    mark, name = needs[:1], needs[2:] if needs[1:2] == "@" else ""
    return f"{mark}{'/'.join(sorted(listed(name)))}" if name else needs


def form_of(word: str, behind: str) -> Form | None:
    """The form that ``word`` is, with what stands behind it, or None."""
    return next((form for form in forms().get(word.lower(), ()) if form.has_phrase(behind)), None)


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one kind: ``actor``, ``object``, ``modal``, ``condition``, ``private``, ``wish``, ``asked`` …"""
    return frozenset(row["word"] for row in rows("decision_words") if row["kind"] == kind)


@cache
def turning_words() -> frozenset[str]:
    """The words without which nothing that is to be done is denied, given up, rejected or put off."""
    forms_of_no = {spelt for spelt, each in forms().items() if any(form.status in _NO for form in each)}
    given_up = {each.split()[0] for each in listed("gives-up")} | listed("given-up")
    return frozenset(forms_of_no | DENYING_WORDS | given_up | listed("undoes"))


_SHORT_INFINITIVES = frozenset(("få", "gå", "stå", "se", "give", "nå", "slå", "lade"))
_NO_INFINITIVES = frozenset(
    ("alle", "mange", "nogle", "disse", "denne", "begge", "flere", "samtlige", "samme", "ingen")
)


def is_infinitive(word: str) -> bool:
    """Whether a word behind "at" looks like a verb: "lukke", "få"."""
    return word in _SHORT_INFINITIVES or (len(word) > 3 and word.endswith("e") and word not in _NO_INFINITIVES)


@cache
def _is_object(word: str) -> bool:
    objects = listed("object")
    if word == "det" or any(word.removesuffix(ending) in objects for ending in _ENDINGS):
        return True
    return any(word.endswith(tail) and len(word) > len(tail) + 2 for tail in listed("object-tail"))


def names_object(text: str) -> bool:
    """Whether a word stands there for what authorities decide on: "forslaget", "sagen", "indstillingerne", "det"."""
    return any(_is_object(word) for word in WORD.findall(text.lower()))


def names_action(text: str) -> bool:
    """Whether the definite noun of an action stands there: "lukningen", "henlæggelsen"."""
    return any(_ACTION.fullmatch(word) for word in WORD.findall(text.lower()))
