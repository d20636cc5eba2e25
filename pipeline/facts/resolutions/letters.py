"""What letters decide in the present: who gets no access to papers, which are kept back, who is awarded a contract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.denial import IF_WORDS
from pipeline.facts.resolutions.words import WORD, listed

if TYPE_CHECKING:
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

_YOUR_REQUEST = re.compile(
    r"^\W*(?:Din|Jeres|Deres)\s+(?:anmodning|ansøgning|begæring|henvendelse)[^.;:]{0,100}?\bom,?\s+at\s+$"
)
_WE_BEHIND = re.compile(r"\s+(?:vi|kommunen|regionen)(?!\w)")
_PAPERS = re.compile(
    r"(?<!\w)[^\W\d_]*(?:dokument|oplysning|mail|bilag|notat|akt|brev|papir)[^\W\d_]{0,5}\s+$", re.IGNORECASE
)
_WE_KEPT_BACK = re.compile(
    r"\W*(?:Vi|Kommunen)\s+har\s+(?:[^\W\d_]+\s+)?…\s+(?:\w+\s+){0,3}?[^\W\d_]*(?:dokument|oplysning|mail|bilag|notat|akt|brev|papir)",
    re.IGNORECASE,
)
"""Around "undtaget": "Vi har … 6 dokumenter"."""
_NO_ACCESS = re.compile(r"\s+(?:derfor\s+|desværre\s+|dog\s+)?ikke\s+(?:fuld\s+)?aktindsigt\s+i(?!\w)", re.IGNORECASE)
_FIRM = re.compile(r"^\W*[A-ZÆØÅ][^.;:,]{1,60}\s(?:A/S|ApS|I/S|K/S|P/S|A\.M\.B\.A\.)\s+$")


def of_letters(form: Form) -> bool:
    """Whether a form decides in the present also outside minutes, in the wordings of this room."""
    return form.lemma == "undtage" or (form.lemma == "tildele" and form.needs[0] == "=")


def asks_for_answer(clause: Clause, form: Form) -> bool:
    """ "Din anmodning om at få notatet afslår vi." in a letter that answers."""
    if form.lemma not in ("afslå", "afvise", "imødekomme") or not clause.scene.answers or clause.link != "at":
        return False
    return _YOUR_REQUEST.match(clause.matrix) is not None and _WE_BEHIND.match(clause.after) is not None


def gets_no_access(clause: Clause) -> bool:
    """ "Du får ikke aktindsigt i lønaftalen" in a ruling."""
    plain = clause.scene.is_ruling and not clause.link and clause.words in (["du"], ["i"], ["de"])
    return plain and _NO_ACCESS.match(clause.after) is not None


def decides_in_letter(clause: Clause, form: Form) -> bool:
    """ "14 dokumenter undtages efter …", "Vi har undtaget …" in a ruling, "Vestbus A/S tildeles kontrakten"."""
    words = {*clause.words, *WORD.findall(clause.after.lower())}
    if clause.link or clause.block is not None or clause.cut != clause.start or not IF_WORDS.isdisjoint(words):
        return False
    if (
        not listed("modal").isdisjoint(clause.vocabulary)
        or "ikke" in clause.vocabulary
        or clause.after.startswith(" ikke")
    ):
        return False
    if form.lemma == "undtage":
        kept_back = _PAPERS.search(clause.before) or _WE_KEPT_BACK.match(f"{clause.before} …{clause.after}")
        return clause.scene.is_ruling and kept_back is not None
    return form.lemma == "tildele" and _FIRM.match(clause.before) is not None
