"""The verbs of decision and the words around them, from ``lexicon/decision_verbs.csv`` and ``decision_words.csv``."""

from __future__ import annotations

from functools import cache

import msgspec

from corpus.model import DecisionStatus
from pipeline.lexicon import rows


class Form(msgspec.Struct, frozen=True):
    """A verb form and ``needs``, what must stand by it.

    ``free`` nothing, ``object`` a word like "forslaget" or a body, ``subject`` a body, ``at`` an "at",
    ``efterretning`` "til efterretning", ``indstil`` an "at", a "til" or a colon behind it.
    """

    lemma: str
    status: DecisionStatus
    needs: str
    tense: str


@cache
def forms() -> dict[str, Form]:
    """The verb forms by their spelling in lower case."""
    return {row["form"]: msgspec.convert(row, Form) for row in rows("decision_verbs")}


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one kind: ``actor``, ``object``, ``modal``, ``condition``, ``private``."""
    return frozenset(row["word"] for row in rows("decision_words") if row["kind"] == kind)
