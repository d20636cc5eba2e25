"""Figures that a sentence names beside what it decides: a consequence of it, or what is asked for meanwhile."""

from __future__ import annotations

import re

from pipeline.facts.resolutions.compared import is_held_against

_CONSEQUENCE = re.compile(
    r"(?:svarende\s+til|hvilket\s+[^\W\d_]+(?:\s+til)?|hvorved|(?:og|som|der)\s+(?:medfører|giver|betyder|koster))"
    r"\s+(?:(?!(?:og|samt|men)\s)[^\W\d_]+\s+){0,5}?"
    r"[^\W\d_]*(?:provenutab|mindreprovenu|indtægtstab|mindreindtægt|merindtægt|merudgift|mindreudgift|merforbrug|underskud)"
    r"(?:e[nt]|er|erne)?\s+(?:(?!(?:og|samt|men)\s)[^\W\d_]+\.?\s+){0,4}?$",
    re.IGNORECASE,
)
"""What comes of a decision: "(at sænke skatten), svarende til et provenutab på 9 mio. kr."."""
_MEASURED_BY = re.compile(r"bevilling(?:en|er|s)?\s+(?:\([^)\d]*\)\s+)?svarende\s+til\s", re.IGNORECASE)
"""A grant that has no other figure: "(der gives) en tillægsbevilling svarende til et merforbrug på 9 mio. kr."."""
_ASKED_FOR = re.compile(
    r"(?<!\w)(?:med\s+henblik\s+på|for\s+at|med\s+(?:ønske|besked|krav|anmodning)\s+om|så\s+(?:der|det)\s+kan|indtil)(?!\w)",
    re.IGNORECASE,
)
"""Behind a case that is put off: what is to be found or looked into till then."""


_HANDED_OUT = re.compile(r"(?<!\w)udlever(?:e|es|er|et|ede)(?!\w)", re.IGNORECASE)
"""What is done with papers: the sum that one is about is not decided by it."""
_YES_OR_NO = re.compile(
    r"\b(?:(?P<no>afslag\s+(?:til\s+(?:[^\s,;]+\s+){1,6}?)?på|nej(?:\s+tak)?\s+til|rødt\s+lys)"
    r"|tilsagn\s+(?:til\s+(?:[^\s,;]+\s+){1,6}?)?om|ja(?:\s+tak)?\s+til|grønt\s+lys)\b",
    re.IGNORECASE,
)


_STILL_TO_DO = re.compile(
    r"(?<!\w)(?:skal|kan|bliver|vil)\s+(?:(?:dog|så|nu)\s+)?(?:først|senere|måske|endnu)(?!\w)|(?<!\w)(?:mangler|endnu\s+ikke)(?!\w)",
    re.IGNORECASE,
)


_IS_SO = re.compile(
    r"(?:[^\W\d_]+\s+){0,6}?(?:er|var|koster|kostede|udgør|lyder|løber|beløber|bliver|viser|ender|endte|beder|bad|søger"
    r"|søgte|ansøger|håber|mangler|kræver|gav\s+(?:en\s+pris|et\s+(?:over|under)skud))\s",
    re.IGNORECASE,
)


_MAKES_IN_ALL = re.compile(
    r"(?:at\s+)?(?:[^\W\d_]+\s+){1,6}?(?:andrager|udgør|beløber\s+sig\s+til|lyder\s+på|kommer\s+op\s+på)\s",
    re.IGNORECASE,
)
"""What a sum comes to with the one that is given: "(bevilges 2 mio. kr.), så projektet nu andrager 8 mio. kr."."""


def is_how_it_is(opens: str, front: str) -> bool:
    """ "(godkendte 54 mio. kr.), men regningen er nu på 81 mio. kr.": how things are, and nothing that was decided."""
    if opens in ("således", "sådan", "så"):
        return _MAKES_IN_ALL.match(front.lstrip()) is not None
    return opens in ("men", "og") and _IS_SO.match(front.lstrip()) is not None


def is_still_to_do(said: str) -> bool:
    """ "(har godkendt planen), men pengene (1,2 mio. kr.) skal først frigives": a clause of what is not done yet."""
    return _STILL_TO_DO.search(said) is not None


_REMARKED = re.compile(
    r"(?:bemærkning|oplysning|konstatering|udtalelse)(?:en|er)?(?:\s+om)?,?\s+at\s+(?:[^\W\d_]+\s+){1,3}?"
    r"(?:mangler|er|var|udgør|koster|har)\s[^;]*$",
    re.IGNORECASE,
)
"""What is only remarked: "(godkendte rapporten) med bemærkning om, at der mangler 2 årsværk"."""


_POOL = r"[^\W\d_]*(?:pulje|ramme|bevilling|beløb|budget|konto|reserve|midler|kassebeholdning)(?:tet|e[nt]|[stn])?"
_OUT_OF = r"(?:(?:ud\s+)?af|fra|inden\s*for|ud\s*over)"
_EARLIER = r"(?:bevilgede|bevilligede|afsatte|vedtagne|godkendte|frigivne|reserverede|budgetterede)"
_OF_POOL = (
    rf"{_OUT_OF}\s+(?:(?!(?:og|samt|eller|til)\s)[^\W\d_]+\s+){{0,4}}?"
    rf"(?:{_POOL}(?:\s+til\s+(?!(?:en|et|den|det|de)\s)[^\W\d_][\w-]*(?:\s+[^\W\d_][\w-]*){{0,4}}?)?\s+på|(?:allerede|tidligere|hidtil)\s+{_EARLIER}|de\s+{_EARLIER})\s+(?:(?:i\s+alt|ca\.|samlet)\s+)?$"
)
_FOR_THING = (
    r"(?:\s+til\s+(?:[^\W\d_]+\s+){0,2}?(?![^\W\d_]*(?:ing|else|tion|ingen|elsen|tionen|køb|salg|brug)\s)[^\W\d_]+)?"
)
"""What the sum is for: "(70.000 kr.) til broer (af puljen)"; not "til udvidelse (af puljen)"."""
_BEHIND_SUM = re.compile(
    rf"(?:\bkr\b\.?|\bkroner|\d|årsværk|stillinger)(?:\s+(?!(?:og|samt|eller|til)\s)[^\W\d_]+){{0,5}}?"
    rf"{_FOR_THING}\s+{_OF_POOL}",
    re.IGNORECASE,
)
_AT_FRONT = re.compile(rf"(?:^|\b(?:at|der|at\s+der))\s*{_OF_POOL}", re.IGNORECASE)
_PAID = re.compile(
    rf"\b(?:finansiere\w*|dække[rs]?|dækket|betale[rs]?|betalt|afholde[rs]?|afholdt|hente[rs]?|hentet|tages|taget)\s+"
    rf"(?:[^\W\d_]+\s+){{0,2}}?{_OF_POOL}",
    re.IGNORECASE,
)
_A_SUM = re.compile(r"[^;]*?\d\s?(?:kr\b|mio\b|mia\b|t\.?kr\b|kroner|millioner|årsværk)", re.IGNORECASE)


def is_of_pool(front: str, behind: str) -> bool:
    """Whether a figure is of the pool, frame or earlier grant that the sum beside it is taken from, or goes beyond.

    "650.000 kr. af puljen på 4 mio. kr.", "120.000 kr. ud over de allerede bevilgede 2 mio. kr.": the second.
    "af puljen på 4 mio. kr. bevilges 650.000 kr.": the first.
    """
    if _BEHIND_SUM.search(front) or _PAID.search(front):
        return True
    return _AT_FRONT.search(front) is not None and _A_SUM.match(behind) is not None


_LATER = re.compile(
    r"(?:(?!(?:og|samt|men)\s)[^\s,;]+\s+){0,6}?(?:(?:gen)?drøftes|(?:gen)?overvejes|afklares|forhandles|genforhandles)(?!\w)",
    re.IGNORECASE,
)
_LAST_AT = re.compile(r"(?:.*(?<!\w)(?:at|der))?(?P<own>.*)", re.IGNORECASE | re.DOTALL)
_DOES = re.compile(r"[^\W\d_]{2,}(?:es|tes)(?!\w)")


def is_for_later(front: str, behind: str) -> bool:
    """ "(godkendte, at 2 årsværk flyttes), og at de resterende 4,5 årsværk drøftes i foråret": nothing is settled."""
    own = _LAST_AT.match(front)
    return _LATER.match(behind.lstrip()) is not None and not (own and _DOES.search(own["own"]))


_WAIVED = re.compile(
    r"(?<!\w)(?:fritage[rst]?|fritaget|fritagelse|friholde[rs]?|friholdt|undtage[rs]?|undtaget|slippe[rs]?)\s"
    r"(?:(?!(?:og|men|samt)\s)[^,;])*?(?<!\w)for\s+(?:(?!(?:og|men|samt|at)\s)[^\W\d_]+\s+){0,5}?$",
    re.IGNORECASE,
)
"""In front of what nobody is to pay: "(at) fritage foreninger for gebyret på 1.200 kr."."""


_MINORITY = re.compile(r"(?<!\w)mindretal(?:let)?\s+(?:kun\s+|alene\s+)?$", re.IGNORECASE)
"""In front of what others wish for: "(flertallet indstillede 4 mio. kr.), mindretallet 2 mio. kr."."""


_REST_OF = re.compile(r"\bresten\s+af\s+(?:[^\W\d]+\s+){0,4}$", re.IGNORECASE)  # "(nej til) resten af de 5 mio. kr."
_INSIGHT = re.compile(r"(?<!\w)(?:akt)?indsigt\s+i(?!\w)", re.IGNORECASE)
"""Behind it stands what somebody may see, and no money is granted or refused by that."""


_ON_TOP_OF = re.compile(
    r"(?<!\w)(?:ud\s?over|oven\s?i|foruden)\s+(?:de|den|det)\s+(?:[^\W\d_]+\s+){0,3}$", re.IGNORECASE
)
"""In front of what was there before: "(bevilgede 3 mio. kr.) ud over de 5 mio. kr."."""
_FINANCED = re.compile(r"(?<!\w)til\s+(?:[^\W\d_]+\s+)?finansiering\s+af\s[^,;.]{1,60}\s(?:til|på)\s+$", re.IGNORECASE)
"""In front of what money is for: "(optager et lån på 3 mio. kr.) til finansiering af hallen til 8 mio. kr."."""


def is_aside(front: str, behind: str, *, postponed: bool) -> bool:
    """Whether a figure between them is no part of what is decided (or put off: ``postponed``)."""
    if _REST_OF.search(front) or _INSIGHT.search(front) or _HANDED_OUT.search(front) or _HANDED_OUT.search(behind):
        return True
    if _MINORITY.search(front) or _REMARKED.search(front) or is_of_pool(front, behind) or is_held_against(front):
        return True
    if is_for_later(front, behind) or _WAIVED.search(front) or _ON_TOP_OF.search(front) or _FINANCED.search(front):
        return True
    follows = _CONSEQUENCE.search(front)
    if follows and _MEASURED_BY.search(front[max(0, follows.start() - 60) : follows.end()]) is None:
        return True
    return postponed and _ASKED_FOR.search(front) is not None


def is_of_other_word(front: str, *, denies: bool) -> bool:
    """ "(gav tilsagn om A og) afslag på 2 mio. kr.": the nearest noun of a yes or a no is not what the verb says."""
    words = [each["no"] is not None for each in _YES_OR_NO.finditer(front)]
    return bool(words) and words[-1] != denies
