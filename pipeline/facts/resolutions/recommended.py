"""Recommendations: "Økonomiudvalget anbefaler, at …", "indstilles godkendt", and what only looks like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.agents import agent, of_state, subject
from pipeline.facts.resolutions.denial import NOT, ONLY
from pipeline.facts.resolutions.negated import is_none_of, takes_none_of
from pipeline.facts.resolutions.words import listed, names_action, names_object

if TYPE_CHECKING:
    from corpus.model import DecisionStatus
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

_DET_BEFORE = re.compile(r"\bdet\s+(?:af\s+\w+\s+)?$", re.IGNORECASE)
_AT_BEHIND = re.compile(r",?\s+at\b")
_A_SUM = re.compile(
    r"\s+(?:(?:kun|op\s+til|ca\.|højst|mindst|i\s+alt)\s+)*(?:kr\.?\s?\d|\d[\d.,]*\s?(?:kr|mio|mia|t\.?\s?kr|tkr|kroner|årsværk)\b)"
)
_WITHOUT = re.compile(r"\buden\s+(?:\w+\s+)?(?:anbefaling|indstilling)\b", re.IGNORECASE)
_SENDS_WITH_ADVICE = re.compile(r"[^;]{0,90}?\bmed\s+(?:[^\W\d_]+\s+)?(?:anbefaling|indstilling)\s+(?:af|om)\b")
_SOM_BEFORE = re.compile(r"\bsom\s+$", re.IGNORECASE)
_IKKE_BEHIND = re.compile(rf"\s+(?:(?!at\b)\w+\s+)?{NOT}\b(?!\s+{ONLY}\b)")
_IKKE_BEFORE = re.compile(rf"\b{NOT}\s+(?:(?!{ONLY}\b|enstemmigt\b)\w+\s+)?$", re.IGNORECASE)
_AT_OR_TIL = re.compile(r",?\s+at\b|\s+til\s")
_LEADS_ON = re.compile(
    r"[^;]{0,110}?(?:\bat\b|\btil\b|\bover\s+for\b|:|\b(?:godkendt|vedtaget|tiltrådt|afvist|imødekommet)\b)",
    re.IGNORECASE,
)
_LEADS_ON_STRICTLY = re.compile(
    r"\W*(?:derfor |hermed |på den baggrund )?(?:(?:1|a)[.)] )?(?:,? ?at\b|til\b|:|over for|godkendt|vedtaget)",
    re.IGNORECASE,
)
_WILLING = re.compile(r"\s+på(?:,?\s+at\b|\s+(?:en|et|det|den|dette)\b(?!\s+(?:\w+\s+)?møde))", re.IGNORECASE)
_MINDED = re.compile(
    r"\b(?:positivt|negativt|venligt|velvilligt|kritisk|fjendtligt|sympatisk|skeptisk|åbent|imødekommende|mentalt)\s+$",
    re.IGNORECASE,
)
_AT_WHAT = re.compile(r"(?:\s+(?:derfor|samtidig|fortsat))?,?\s+at\s+(\w+)\s")
_TO_BE_DISMISSED = re.compile(
    r"(?:\s+[^\W_]+){0,4}?\s+til\s+(?:afsked|afskedigelse|fyring|opsigelse)(?:\s|[.,;]|$)", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(r"(?:\s+til\s+[^\W\d_-]+)?,?\s+at\s*[:;,]?\s*", re.IGNORECASE)
_ADVISED = frozenset(("byrådet", "kommunalbestyrelsen", "udvalget", "kommunen", "politikerne", "forvaltningen"))
_OFFICES = ("forvaltningen", "administrationen", "direktionen")
_PARTY = re.compile(r"(?:^|[\s(])(?:[A-ZÆØÅ]|[Ll]iste\s+[A-ZÆØÅ]|[A-ZÆØÅ][\w. -]+\([A-ZÆØÅ]{1,3}\))\s+$")


def recommendation(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """What a verb that recommends says: recommended, rejected where it is denied, or nothing."""
    if _is_verdict(clause, form):
        return "recommended"
    if form.lemma == "indstille" and _TO_BE_DISMISSED.match(clause.after):
        return None  # "har indstillet 12 medarbejdere til afsked"
    if form.tense == "present" and clause.words and _SAYS_NOTHING.fullmatch(clause.after):
        return None  # "Direktøren indstiller, at:" whose points are not read
    as_recommended = _SOM_BEFORE.search(text, max(clause.start, clause.verb - 8), clause.verb)
    if as_recommended and clause.in_decision and clause.words == ["som"] and form.tense == "participle":
        return "decided"
    if _only_names(clause, form) or (as_recommended and form.tense == "participle"):
        return None  # "godkendt som indstillet", "det indstillede"
    if form.needs == "proposal" and (clause.block is None or clause.block.kind != "recommendation"):
        return None
    if form.lemma not in ("anbefale", "indstille", "foreslå"):
        return _sent_on(text, clause, form)
    bare = form.tense == "participle" and not clause.has_passive_auxiliary and not clause.is_perfect
    if bare and not clause.in_decision:
        return None
    if not _may_recommend(text, clause, form) or not _names_what(text, clause, form):
        return None
    none = is_none_of(clause.before) or takes_none_of(clause)
    negative = none or _IKKE_BEHIND.match(clause.behind) or _IKKE_BEFORE.search(clause.before)
    return "rejected" if negative else "recommended"


def _only_names(clause: Clause, form: Form) -> bool:
    """ "det indstillede", "de planer, som udvalget har anbefalet", "er indstillet på at": no recommendation."""
    if form.tense == "past" and _DET_BEFORE.search(clause.before):
        return True
    goes_further = clause.words and form.tense != "present" and _AT_BEHIND.match(clause.after)
    if clause.link == "som" and (clause.words or form.tense != "past") and not goes_further:
        return True
    if form.tense != "participle":
        return False
    return _WILLING.match(clause.after) is not None or _MINDED.search(clause.before) is not None


def _sent_on(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """What "oversendes til Byrådet med anbefaling" and the like say."""
    if not clause.in_decision and _SENDS_WITH_ADVICE.match(clause.after):
        who = None if clause.link or clause.is_passive(form) else subject(text, clause, form)
        return form.status if who is not None and who.name else None
    if clause.in_decision and _WITHOUT.search(clause.after):
        return "decided"  # "oversendes til Byrådet uden anbefaling"
    return form.status if clause.in_decision and (form.tense != "participle" or clause.is_bare) else None


def _names_what(text: str, clause: Clause, form: Form) -> bool:
    """Whether what is recommended stands there: behind the verb, or in front of a passive with its body."""
    passive = clause.is_passive(form)
    by = agent(text, clause, form) if passive else None
    strict = form.lemma == "indstille" and form.tense == "present-passive" and not by
    leads_on = _LEADS_ON_STRICTLY if strict else _LEADS_ON
    named = None if passive else subject(text, clause, form)
    if named and (of_state(named.word) or (named.word == "kommunen" and form.lemma == "anbefale")):
        return False  # advice to the public
    if clause.in_decision or leads_on.match(clause.after):
        return True
    if by is not None and by.name and form.tense == "participle":
        summed = any(link.type != "reference" for link in clause.scene.links(clause.cut, clause.verb))
        return summed or names_object(clause.before) or names_action(clause.before)
    return bool(named and named.name and (names_object(clause.after[:60]) or _A_SUM.match(clause.after)))


def advises_against(text: str, clause: Clause, form: Form) -> bool:
    """ "Forvaltningen fraråder, at skolen lukkes"; under "Beslutning" a body's own is its verdict and no advice."""
    if form.tense not in ("present", "past") or clause.link not in ("", "mens", "men", "idet", "og"):
        return False
    who = subject(text, clause, form)
    if who is None or of_state(who.word) or who.word in ("kommunen", "vi"):
        return False
    denied = _IKKE_BEHIND.match(clause.behind) or _IKKE_BEFORE.search(clause.before)
    return not denied and (not clause.in_decision or who.word.endswith(_OFFICES))


def _may_recommend(text: str, clause: Clause, form: Form) -> bool:
    """Whether an authority recommends: named, meant by minutes, or told by a passive that asks a body."""
    if not clause.is_passive(form):
        elided = clause.in_decision and not clause.words
        told = clause.block is not None and clause.block.kind == "recommendation"
        told = told and clause.vocabulary.isdisjoint(listed("minority"))
        letter = form.lemma == "indstille" and "den indstiller" in clause.before
        official = form.lemma == "indstille" and not clause.in_decision and _is_official(clause)
        return elided or told or letter or official or _we_advise(clause) or subject(text, clause, form) is not None
    return clause.block is not None or form.lemma == "indstille" or bool(clause.bodies)


_ALONE = re.compile(
    r"(?:\s+(?:godkendt|tiltrådt|vedtaget|imødekommet))?(?:\s+(?:enstemmigt|til\s+godkendelse|over\s*for\s+[^\W\d_]+))?[.,;]?\s*$"
)


def _is_verdict(clause: Clause, form: Form) -> bool:
    """ "Anbefales godkendt." in minutes that print no heading "Beslutning"."""
    alone = clause.loose and clause.verb == clause.start and form.tense == "present-passive"
    return alone and _ALONE.match(clause.after) is not None


def _we_advise(clause: Clause) -> bool:
    """ "Vi anbefaler, at forslaget forkastes" of a board or an office: of what is decided on."""
    if clause.words[-1:] != ["vi"] or not clause.scene.advises:
        return False
    match = _AT_WHAT.match(clause.after)
    named = match[1].lower() if match else "det"
    return named != "det" and (names_object(named) or named in _ADVISED)


def _is_official(clause: Clause) -> bool:
    """Whether something like an office stands in front of "indstiller, at": no party and no minority."""
    if not clause.words or not _AT_OR_TIL.match(clause.after):
        return False
    return not (_PARTY.search(clause.before) or clause.vocabulary & (listed("party") | listed("minority")))
