"""What the parties of an agreement give up in the active voice, and which savings are taken back.

"Vi dropper planerne om en hal", "Vi hæver ikke afgiften" and "Skolen friholdes for besparelsen på 2 mio. kr." decide
that something is not to be.
"""

from __future__ import annotations

import re

from pipeline.facts.resolutions.denial import NOT, ONLY
from pipeline.facts.resolutions.words import WORD, listed

PARTIES = (
    r"(?:Vi|Partierne|Parterne|Aftalepartierne|Forligspartierne|Aftaleparterne|Forligsparterne"
    r"|Budgetpartierne|Forligskredsen)"
)
_ADVERBS = r"(?:(?:derfor|desuden|også|samtidig|endvidere|herudover|derudover|nu|dermed|i\s+(?:19|20)\d\d)\s+){0,2}"
_OWN_DEED = re.compile(rf"{PARTIES}\s+{_ADVERBS}(?P<verb>[^\W\d_]+)(?P<behind>(?:\s+\S+){{0,4}})")
_AGREED_TO = re.compile(rf"{PARTIES}\s+er\s+{_ADVERBS}enige\s+om,?\s+at\s+(?P<verb>[^\W\d_]+)(?!\w)")
_STAYS = re.compile(rf"\s+(?:[^\W\d_]+\s+)?{NOT}(?!\w)", re.IGNORECASE)
_IS_NOT = re.compile(rf"\s+(?:[^\W\d_]+\s+)?{NOT}(?!\w)(?!\s+(?:{ONLY}|over|mere)(?!\w))", re.IGNORECASE)
_SAYS_NO = re.compile(r"\s+(?:[^\W\d_]+\s+)?nej\s+(?:tak\s+)?til(?!\w)", re.IGNORECASE)
_REFUSES = frozenset(("afviser", "forkaster", "fravælger", "afslår"))
_SAVING = r"[^\W\d_]*(?:besparelse|nedskæring|sparekrav|sparemål)[^\W\d_]*"
_WITHIN = r"(?:(?!,\s|(?<!\w)(?:og|men|samt|som|der|mens)\s)[^;]){0,90}?"
_BACK = r"(?:tage|rulle|trække|føre)[rs]?"
_TAKEN_BACK = re.compile(
    rf"(?<!\w){_SAVING}\s{_WITHIN}(?:tilbage(?:føres|rulles|kaldes)|{_BACK}\s+(?:[^\W\d_]+\s+){{0,2}}?tilbage"
    rf"|tages\s+af\s+bordet)(?!\w)(?!\s+{NOT}\b)"
    rf"|(?<!\w)tilbage(?:føre|rulle)[rs]?\s+(?:(?!{NOT}\b)[^\W\d_]+\s+){{0,3}}?{_SAVING}"
    rf"|(?<!\w){_BACK}\s+(?:(?!{NOT}\b)[^\W\d_]+\s+){{0,3}}?{_SAVING}(?:\s{_WITHIN})?\stilbage(?!\w)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",\s+(?:som|der)\s[^,.;]*,(?=\s)")
_SPARED = re.compile(
    rf"(?<!\w)(?:friholde|fritage|skåne|undtage|slippe)[rs]?\s+(?:(?!{NOT}\b)[^\W\d_]+\s+){{0,6}}?(?:for|fra)\s+"
    rf"(?:(?:de|disse)\s+(?:[^\W\d_]+\s+){{0,2}}?{_SAVING}|(?:[^\W\d_]+\s+){{0,3}}?{_SAVING}(?!\w)(?:(?<!er)|(?=\s+på\s+(?:i\s+alt\s+)?\d)))",
    re.IGNORECASE,
)
"""Who is spared a saving that there is ("friholdes for besparelsen på 600.000 kr."), and not just "besparelser"."""


def cancels(said: str) -> bool:
    """Whether a point of an agreement says that its parties give something up, or takes a saving back."""
    return gives_up_actively(said) or undoes_saving(said)


def gives_up_actively(said: str) -> bool:
    """ "Vi skrotter planerne om en sø", "Partierne siger nej til tunnelen", "Vi sparer ikke 700.000 kr.",
    "Partierne er enige om at droppe planerne".
    """
    agreed = _AGREED_TO.match(said)
    if agreed:
        return agreed["verb"].lower() in listed("gives-up")
    match = _OWN_DEED.match(said)
    if match is None:
        return False
    verb, behind = match["verb"].lower(), match["behind"]
    if verb in listed("gives-up") or verb in _REFUSES:
        return _STAYS.match(behind) is None
    if verb == "siger" and _SAYS_NO.match(behind):
        return True
    return verb.endswith("r") and verb != "er" and _IS_NOT.match(behind) is not None


def undoes_saving(said: str) -> bool:
    """ "Besparelsen på 1,1 mio. kr. tages tilbage", "(at) friholde skolen for besparelsen": it is not carried out."""
    words = WORD.findall(said.lower())
    if listed("undoes").isdisjoint(words):
        return False
    said = _RELATIVE.sub(" ", said)
    return _TAKEN_BACK.search(said) is not None or _SPARED.search(said) is not None
