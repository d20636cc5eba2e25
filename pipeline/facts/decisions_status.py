"""What a verb of decision says where it stands: decided, recommended, rejected, postponed, or nothing.

"besluttede at udsætte sagen" keeps the leading verb (beslutte) and takes its status from what follows (postponed).
"ikke behandlet" says nothing. To forward a case to its next reading is to decide, "med anbefaling" to recommend.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.decisions_agents import agent, is_foreign, place, subject
from pipeline.facts.decisions_clauses import REACH
from pipeline.facts.decisions_open import is_open
from pipeline.facts.decisions_words import WORD, form_of, listed, names_action, names_object

if TYPE_CHECKING:
    from corpus.model import DecisionStatus
    from pipeline.facts.decisions_blocks import Block
    from pipeline.facts.decisions_clauses import Anchor, Clause
    from pipeline.facts.decisions_scene import Scene
    from pipeline.facts.decisions_words import Form

_PAST_MODAL = re.compile(r"kunne|kunnet|ville|ønskede|ikke", re.IGNORECASE)
_RECOMMENDED = re.compile(r"(?:indstilling|anbefaling)(?:en|er|erne)?\b", re.IGNORECASE)
_TIL_BEFORE = re.compile(r"\btil\s+$", re.IGNORECASE)
_DET_BEFORE = re.compile(r"\bdet\s+(?:af\s+\w+\s+)?$", re.IGNORECASE)
_AT_BEHIND = re.compile(r",?\s+at\b")
_SOM_BEFORE = re.compile(r"\bsom\s+$", re.IGNORECASE)
_IKKE_BEHIND = re.compile(r"\s+(?:\w+\s+)?ikke\b")
_IKKE_BEFORE = re.compile(r"\bikke\s+$")
_AT_OR_TIL = re.compile(r",?\s+at\b|\s+til\s")
_AT_NEAR = re.compile(r"[^;]{0,60}?\bat\b")
_SENT_OR_AT = re.compile(r"\bsendte\b|\bat\s+$")
_NOT_BEHIND = re.compile(r"(?:\s+[^\W,]+){0,2}?\s+ikke\b")
_OPENING = re.compile(r"[^;]{0,110}?\bat\s+")
_CASE_NAMED = re.compile(r"^\s+(?:\w+(?:en|et|erne)\s+|over\s+for\s+)")
_FOR_BEHIND = re.compile(r"\s+for\b")
_SOON_AT = re.compile(r"\s+(?:\w+\s+)?at\b")
_NOBODY = re.compile(r"\b(?:hverken|ingen)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:ikke|ej|hverken)\b", re.IGNORECASE)
_REFUSABLE = re.compile(
    r"\b(?:kunne|kan|kunnet|ville|vil|ønskede|ønsker)\b(?:\s+\w+){0,3}?\s+(?:ikke|ej)\b[^,;]{0,40}$|\bikke\s+kunnet\s+$",
    re.I,
)
_AGREES = re.compile(r"\b(?:kan|kunne)\s+(?:(?!ikke\b|ej\b)\w+\s+){0,2}$", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"[^;]{0,110}?(?:\bat\b|\btil\b|\bover\s+for\b|:|\b(?:godkendt|vedtaget|tiltrådt|afvist|imødekommet)\b)",
    re.IGNORECASE,
)
_LEADS_ON_STRICTLY = re.compile(
    r"\W*(?:derfor |hermed |på den baggrund )?(?:,? ?at\b|til\b|:|over for|godkendt|vedtaget)", re.IGNORECASE
)
_OF_A_CASE = re.compile(r"(?:forslag|indstilling|sag|punkt|anmodning|ansøgning)(?:et|en|ene|erne)?\b", re.IGNORECASE)
_FELL_OTHERWISE = re.compile(
    r"\s*(?:i god jord|på plads|sammen|i tråd|inden for|uden for|under|ind|bort fra)\b", re.IGNORECASE
)
_BROKEN = re.compile(r"-\n[ \t>]*")
_BY = re.compile(r"\bmed\s+(?:[^\W\d_]+s\s+(?:endelige\s+)?)?$", re.IGNORECASE)
_BY_VOTES = re.compile(r"\s+(?:\w+\s+)?med\s+[^,;.]{1,20}\s(?:stemmer|mod|imod)\b", re.IGNORECASE)
_NEITHER = re.compile(r"\b(?:hverken|heller\s+ikke)\b", re.IGNORECASE)
_PASSED_ON = re.compile(
    r"\s+(?:og\s+)?(?:indstillet|anbefalet|indstilles|anbefales)\s+(?:til|over for|overfor)\b", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"(?:\d|\b(?:de|den|det|alle|samtlige|nye|øvrige))\s+$", re.IGNORECASE)
_ITEM = re.compile(r"\b(?:pkt|punkt|sag|litra|ad)\.?\s*(?:nr\.?\s*)?(?:\d|[a-f]\b)|\bÆF\s?\d", re.IGNORECASE)
_PARTY = re.compile(r"(?:^|[\s(])(?:[A-ZÆØÅ]|[Ll]iste\s+[A-ZÆØÅ]|[A-ZÆØÅ][\w. -]+\([A-ZÆØÅ]{1,3}\))\s+$")
_WE = re.compile(r"\bvi\b", re.IGNORECASE)
_VERDICT_END = re.compile(r"[.,;:]|\s*\n|\s*$|\s+(?:af|med|som|til|uden|på|enstemmigt|endeligt|idet|ad)\b")
_ANSWERS = frozenset(("afslå", "give afslag", "meddele afslag", "imødekomme", "bevilge"))
_OF_CASES_ONLY = frozenset(("sige nej", "trække", "sende tilbage", "tage af dagsordenen", "nedstemme", "stemme nej"))
_UNDER_DECISION = frozenset(("block", "til", "followed", "bare"))
_HELPING = frozenset(("blev", "blevet", "er", "var", "været", "har", "havde", "have", "bliver", "pkt.", "punkt"))
_LEADING = frozenset(("beslutte", "vedtage", "vælge", "træffe beslutning"))
_NOT_REFUSABLE = frozenset(("beslutte", "vælge", "tage til efterretning", "drøfte", "udpege", "træffe beslutning"))
_AGREEABLE = frozenset(("tiltræde", "tilslutte", "anbefale", "godkende"))


def may_decide(scene: Scene, form: Form, mark: Anchor, block: Block | None) -> bool:
    """Whether a form can decide anything where it stands, by what is cheap to ask."""
    decides = block is not None and block.kind == "decision"
    needs, low = form.needs, scene.prose.lower
    if needs in _UNDER_DECISION and not decides:
        return False
    if needs[0] in "+=" and not form.has_phrase(low[mark[1] : mark[1] + 160]):
        return False
    if form.tense == "past":
        return True
    if form.tense == "participle":
        if needs == "at" and low.find("at", mark[1], mark[1] + 40) < 0:
            return False
        return decides or not _HELPING.isdisjoint(low[max(0, mark[0] - 160) : mark[0]].split()) or scene.is_minutes
    if form.tense in ("present", "present-passive"):
        told = scene.loose or scene.is_agreement or scene.answers if form.tense == "present-passive" else scene.answers
        return decides or told or form.status == "recommended"
    if needs == "nominal":
        return low.find("ed ", max(0, mark[0] - 40), mark[0]) >= 0
    if form.tense == "infinitive":
        front = low[max(0, mark[0] - 90) : mark[0]]
        return "ikke" in front or "ej " in front or "kun" in front or (decides and "kan" in front)
    return True


def status_of(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """What the verb says here, or None when it says no decision."""
    words = clause.vocabulary
    if (
        not words.isdisjoint(listed("private"))
        or is_open(text, clause)
        or (form.needs == "block" and not clause.in_decision)
    ):
        return None
    if form.needs == "bare":
        return form.status if clause.in_decision and not clause.words else None
    if form.needs == "nominal":
        return form.status if _is_done(clause) else None
    if form.tense == "infinitive":
        return _refused(text, clause, form)
    if form.tense == "intransitive":
        return _fallen(clause, form)
    if form.needs in ("til", "followed") and not _is_followed(clause, form):
        return None
    if form.status == "recommended":
        return _recommendation(text, clause, form)
    if form.tense in ("participle", "present-passive") and _has_modal(clause, words):
        return _refused(text, clause, form)
    if form.tense == "past":
        return _past(text, clause, form)
    if form.tense == "participle":
        return _participle(text, clause, form)
    if form.tense == "past-passive":
        return _following(clause, _negated(clause.before, form), form)
    return _present(text, clause, form)


def _has_modal(clause: Clause, words: frozenset[str]) -> bool:
    """Whether a modal verb stands in the clause: of "har besluttet" only behind the last comma."""
    if words.isdisjoint(listed("modal")):
        return False
    return not (
        clause.is_perfect and listed("modal").isdisjoint(WORD.findall(clause.before.lower().rpartition(",")[2]))
    )


def _is_done(clause: Clause) -> bool:
    """ "Med vedtagelsen af budget 2024 er der afsat …": what the sentence tells has come of it."""
    if not _BY.search(clause.before) or not clause.after.startswith(" af "):
        return False
    words = WORD.findall(clause.after[:200].lower())
    return listed("modal").isdisjoint(words) and not {"er", "blev", "har", "fik"}.isdisjoint(words)


def _refused(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Udvalget kunne ikke tiltræde …", "kunne ikke godkendes": a refusal; any other modal verb is no decision.

    In minutes "Udvalget kan tiltræde …" is how a body says yes.
    In minutes a person or a party who "kunne ikke tiltræde" is no subject that decides.
    """
    if clause.in_decision and form.lemma in _AGREEABLE and _AGREES.search(clause.before):
        return form.status if form.tense == "infinitive" and subject(text, clause, form) else None
    refusable = form.status == "decided" and form.lemma not in _NOT_REFUSABLE
    if not refusable and not (form.lemma == "anbefale" and form.tense == "infinitive"):
        return None
    refusal = _REFUSABLE.search(clause.before)
    past = refusal and _PAST_MODAL.match(refusal.group())
    answered = form.lemma == "imødekomme" and (clause.loose or clause.scene.answers)
    if not refusal or not (past or clause.in_decision or answered):
        return None
    if form.tense != "infinitive":
        return "rejected"
    elided = clause.in_decision and not clause.before[: refusal.start()].strip()
    return "rejected" if elided or subject(text, clause, form) else None


def _fallen(clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Forslaget faldt", "Punktet udgår": of a proposal or a case, the present tense only under "Beslutning"."""
    if form.lemma in ("falde", "bortfalde") and _BY_VOTES.match(clause.after):
        return form.status
    if clause.in_minutes and not clause.words and form.lemma in ("udgå", "bortfalde"):
        return form.status  # "Udgik af dagsordenen."
    nouns = list(_OF_A_CASE.finditer(_BROKEN.sub("", clause.before[-70:])))
    if not nouns or _NEGATION.search(clause.before[-20:] + clause.after[:8]) or _FELL_OTHERWISE.match(clause.after):
        return None
    proposal = nouns[-1].group().lower().startswith(("forslag", "indstilling"))
    if form.lemma == "falde" and not proposal:
        return None
    if form.lemma == "udgå" and not (clause.in_decision or "dagsorden" in clause.after[:40]):
        return None
    return form.status if clause.in_decision or clause.stop - clause.verb < 10 or proposal else None


def _is_followed(clause: Clause, form: Form) -> bool:
    """ "Indstillingen følges" and a bare "Til efterretning", in minutes."""
    if not clause.in_decision:
        return False
    if form.needs == "followed":
        return bool(_RECOMMENDED.search(clause.before + clause.after[:60]))
    return bool(_TIL_BEFORE.search(clause.before)) and len(clause.words) <= 4


def _recommendation(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    noun = form.tense == "past" and _DET_BEFORE.search(clause.before)
    goes_further = clause.words and form.tense != "present" and _AT_BEHIND.match(clause.after)
    relative = clause.link == "som" and (clause.words or form.tense != "past") and not goes_further
    as_recommended = _SOM_BEFORE.search(text, max(clause.start, clause.verb - 8), clause.verb)
    if as_recommended and clause.in_decision and clause.words == ["som"] and form.tense == "participle":
        return "decided"
    if relative or noun or (as_recommended and form.tense == "participle"):
        return None  # "godkendt som indstillet", "det indstillede"
    if form.needs == "proposal" and (clause.block is None or clause.block.kind != "recommendation"):
        return None
    if form.lemma not in ("anbefale", "indstille", "foreslå"):
        return form.status if clause.in_decision and (form.tense != "participle" or _is_bare(clause)) else None
    bare = form.tense == "participle" and not clause.has_passive_auxiliary and not clause.is_perfect
    if bare and not clause.in_decision:
        return None
    strict = form.lemma == "indstille" and form.tense == "present-passive" and not agent(text, clause, form)
    leads_on = _LEADS_ON_STRICTLY if strict else _LEADS_ON
    goes_on = bool(leads_on.match(clause.after))
    named = None if clause.is_passive(form) else subject(text, clause, form)
    if named and named.word == "kommunen" and form.lemma == "anbefale":
        return None  # advice to the public
    goes_on = goes_on or bool(named and named.name and names_object(clause.after[:60]))
    if not _may_recommend(text, clause, form) or not (goes_on or clause.in_decision):
        return None
    negative = _IKKE_BEHIND.match(clause.after) or _IKKE_BEFORE.search(clause.before)
    return "rejected" if negative else "recommended"


def _may_recommend(text: str, clause: Clause, form: Form) -> bool:
    """Whether an authority recommends: named, meant by minutes, or told by a passive that asks a body."""
    if not clause.is_passive(form):
        elided = clause.in_decision and not clause.words
        told = clause.block is not None and clause.block.kind == "recommendation"
        letter = form.lemma == "indstille" and "den indstiller" in clause.before
        official = form.lemma == "indstille" and not clause.in_decision and _is_official(clause)
        return elided or told or letter or official or subject(text, clause, form) is not None
    return clause.block is not None or form.lemma == "indstille" or bool(clause.bodies)


def _is_official(clause: Clause) -> bool:
    """Whether something like an office stands in front of "indstiller, at": no party and no minority."""
    if not clause.words or not _AT_OR_TIL.match(clause.after):
        return False
    return not (_PARTY.search(clause.before) or clause.vocabulary & (listed("party") | listed("minority")))


def _past(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    who = subject(text, clause, form)
    if who is None:
        return None
    named = who.name and not _ATTRIBUTE.search(clause.before)  # not "de valgte medlemmer"
    if form.needs == "at" and not named and not _AT_NEAR.match(clause.after):
        return None
    if form.lemma == "udsætte" and not names_object(clause.after[:60]):
        return None
    if form.lemma == "afvise" and not listed("talk").isdisjoint(WORD.findall(clause.after[:60].lower())):
        return None  # "afviste kritikken", "afviste at kommentere"
    if form.needs == "block" and form.lemma == "drøfte" and _SENT_OR_AT.search(clause.before):
        return None
    if _NOT_BEHIND.match(clause.after):
        return "decided" if form.lemma == "beslutte" else _turned(form)
    return _following(clause, form.status, form)


def _following(clause: Clause, status: DecisionStatus | None, form: Form) -> DecisionStatus | None:
    """The status of what a body decided to do: "besluttede at afvise …", "besluttede, at sagen udsættes"."""
    opening = _OPENING.match(clause.after)
    if status is None or form.lemma not in _LEADING or not opening:
        return status
    rest = clause.after[opening.end() : opening.end() + 200]
    for match in list(WORD.finditer(rest))[:7]:
        if match.group().lower() in ("ikke", "som", "der"):
            return status
        next_form = form_of(match.group(), rest[match.end() :])
        if next_form and next_form.tense in ("infinitive", "present-passive"):
            goes_on = next_form.lemma != "indstille" or _LEADS_ON_STRICTLY.match(_shortened(rest[match.end() :]))
            return next_form.status if goes_on else status
    return status


def _shortened(behind: str) -> str:
    """What follows "indstille" without the case that it may name: " sagen til Byrådet" is " til Byrådet"."""
    return _CASE_NAMED.sub(" ", behind, count=1)


def _turned(form: Form) -> DecisionStatus | None:
    """The status of a negated verb: not to approve is to reject; not to have decided, or not to reject, is nothing."""
    refusable = form.status == "decided" and form.lemma not in _NOT_REFUSABLE | {"afsætte"}
    return "rejected" if refusable and form.needs != "block" else None


def _negated(before: str, form: Form) -> DecisionStatus | None:
    """The status with the negation in front: none behind "hverken" and "heller ikke"."""
    near = before[-40:]
    if not _NEGATION.search(near):
        return form.status
    return None if _NEITHER.search(near) else _turned(form)


def _participle(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    if clause.is_perfect:
        return _perfect(text, clause, form)
    if form.needs == "at" or is_foreign(text, clause, form):
        return None
    if form.needs == "subject" and not (agent(text, clause, form) or place(text, clause)):
        return None  # "der er afsat": a state
    if clause.in_decision and (clause.has_passive_auxiliary or _is_bare(clause)):
        status = _following(clause, _negated(clause.before, form), form)
        return "recommended" if status == "decided" and _PASSED_ON.match(clause.after) else status
    if not clause.has_passive_auxiliary:
        return _negated(clause.before, form) if _is_verdict(text, clause) else None
    if form.lemma == "udsætte" and _FOR_BEHIND.match(clause.after):
        return None
    if _NEGATION.search(clause.before[-40:]) and "blev" not in clause.words and not clause.in_minutes:
        return None  # "er ikke vedtaget": not yet, or never asked
    return _passive(text, clause, form)


def _perfect(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    if form.needs == "at" and not _SOON_AT.match(clause.after):
        return None
    if _NOBODY.search(clause.before):
        return None
    if _NEGATION.search(clause.before[-40:]) and not clause.in_decision:
        return None  # "har ikke godkendt": not yet, or never asked
    if subject(text, clause, form) is None:
        return None
    return _following(clause, _negated(clause.before, form), form)


def _passive(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """ "blev vedtaget", "er afvist": of something that authorities decide on, or by an authority."""
    if form.needs.startswith("+") and "efterretning" not in form.needs:
        told = form.lemma in _OF_CASES_ONLY or (
            form.lemma == "træffe beslutning" and not _NEGATION.search(clause.before)
        )
        told = told or (form.lemma == "sende i høring" and _names_case(text, clause))
        known = told or agent(text, clause, form) or place(text, clause)
        return _negated(clause.before, form) if known else None
    if form.needs == "object" and not clause.bodies and not _names_case(text, clause):
        return None
    return _following(clause, _negated(clause.before, form), form)


def _names_case(text: str, clause: Clause) -> bool:
    """Whether the clause names what authorities decide on: "forslaget", "SOU21", "pkt. 4", "de forslag, der …"."""
    if names_object(clause.before + clause.after[:40]) or _ITEM.search(
        text, max(clause.start, clause.verb - REACH), clause.verb
    ):
        return True
    if clause.link in ("der", "som") and names_object(clause.matrix[-50:]):
        return True
    told = "blev" in clause.words or clause.in_minutes
    return (told and names_action(clause.before)) or clause.scene.names_case(clause.start, clause.verb)


def _present(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """The present tense decides only under "Beslutning", and not in a clause with "at" behind another verb."""
    if clause.link in ("at", "som"):
        return None
    if not clause.in_decision:
        return _present_elsewhere(text, clause, form)
    if form.tense != "present-passive" and subject(text, clause, form) is None:
        return None
    status = _following(clause, _negated(clause.before + clause.after[:8], form), form)
    return "recommended" if status == "decided" and _PASSED_ON.match(clause.after) else status


def _present_elsewhere(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Vi afslår …" in a letter that answers, "Sagen udsættes" in minutes without headings and in agreements."""
    if form.tense == "present":
        own = clause.scene.answers and form.lemma in _ANSWERS and _WE.search(clause.before + " " + clause.after[:4])
        return _negated(clause.before + clause.after[:8], form) if own else None
    if form.lemma in ("udsætte", "udskyde") and (clause.loose or clause.scene.is_agreement):
        return form.status if _names_case(text, clause) or names_action(clause.before + clause.matrix) else None
    if clause.loose and form.lemma == "imødekomme" and _NEGATION.search(clause.before[-40:] + clause.after[:8]):
        return "rejected"
    return None


def _is_bare(clause: Clause) -> bool:
    """ "Godkendt.", "Indstillingen enstemmigt godkendt": few words, from the beginning of the sentence."""
    return len(clause.words) <= 8


def _is_verdict(text: str, clause: Clause) -> bool:
    """Whether a participle is all that minutes say of an item: "Godkendt.", "Sagen udsat.", "Pkt. 8: … Afvist."."""
    if clause.cut != clause.start or len(clause.words) > 3 or not _VERDICT_END.match(text, clause.stop):
        return False
    line = text.rfind("\n", max(0, clause.start - 200), clause.start) + 1
    front = text[line : clause.start]
    if clause.words and not names_object(clause.before) and clause.vocabulary - listed("with-verdict"):
        return False
    if clause.scene.is_minutes:
        return not front.strip(" \t>*_-") or bool(_ITEM.search(front))
    return bool(_ITEM.match(front.lstrip(" \t-•*"))) and clause.end - clause.stop <= 1
