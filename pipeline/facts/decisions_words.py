"""The verbs of decision and the words around them, from ``lexicon/decision_verbs.csv`` and ``decision_words.csv``."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from corpus.model import DecisionStatus
from pipeline.lexicon import rows


class Form(msgspec.Struct, frozen=True):
    """A verb form and ``needs``, what must stand by it.

    ``free`` nothing, ``object`` a word like "forslaget" or a body, ``subject`` a body, ``at`` an "at", ``indstil`` an
    "at", a "til" or a colon behind it, ``block`` minutes under "Beslutning", ``fall`` the proposal or the case that
    falls, ``followed`` the recommendation that is followed, ``til`` a "til" in front. ``+afslag/…`` one of these
    phrases behind it.
    """

    lemma: str
    status: DecisionStatus
    needs: str
    tense: str

    def has_phrase(self, behind: str) -> bool:
        """Whether ``behind`` holds one of the phrases that the form needs; True when it needs none."""
        if not self.needs.startswith("+"):
            return True
        near = re.split(r"[;]|,\s+(?:og|men)\s", behind[:160])[0].lower()
        return any(re.search(rf"\b{re.escape(phrase)}\b", near) for phrase in self.needs[1:].split("/"))


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """The verb forms by their spelling in lower case; several where a phrase behind tells them apart."""
    table: dict[str, tuple[Form, ...]] = {}
    for row in rows("decision_verbs"):
        table[row["form"]] = (*table.get(row["form"], ()), msgspec.convert(row, Form))
    return table


def form_of(word: str, behind: str) -> Form | None:
    """The form that ``word`` is, with what stands behind it, or None."""
    return next((form for form in forms().get(word.lower(), ()) if form.has_phrase(behind)), None)


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one kind: ``actor``, ``object``, ``modal``, ``condition``, ``private``."""
    return frozenset(row["word"] for row in rows("decision_words") if row["kind"] == kind)


def names_object(text: str) -> bool:
    """Whether a word stands there for what authorities decide on: "forslaget", "sagen", "indstillingerne", "det"."""
    endings = ("", "et", "en", "n", "erne", "er", "ne", "s", "lerne", "met")
    return any(
        word == "det" or any(word.removesuffix(ending) in listed("object") for ending in endings)
        for word in re.findall(r"[^\W\d_]+", text.lower())
    )
