"""What a verb of decision says where it stands: decided, recommended, rejected, postponed, or nothing.

"besluttede at udsætte sagen" keeps the leading verb (beslutte) and takes its status from what follows (postponed).
"ikke behandlet" says nothing. To forward a case to its next reading is to decide, "med anbefaling" to recommend.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.agents import agent, place, subject
from pipeline.facts.resolutions.clauses import REACH
from pipeline.facts.resolutions.denial import IF_WORDS, NOT, NOT_OR_NEITHER, NOT_WORDS
from pipeline.facts.resolutions.foreign import is_foreign
from pipeline.facts.resolutions.letters import asks_for_answer, decides_in_letter, gets_no_access, of_letters
from pipeline.facts.resolutions.negated import (
    fallen,
    fell_thereby,
    following,
    is_followed,
    is_refusal,
    leads_on,
    leaves_out,
    negated,
    of_nothing,
    refused,
    takes_none_of,
    turned,
)
from pipeline.facts.resolutions.open import is_open
from pipeline.facts.resolutions.outright import heads_what_was_given, names_what
from pipeline.facts.resolutions.recommended import advises_against, recommendation
from pipeline.facts.resolutions.returned import RETURNS, comes_with_its_yes, sends_a_case
from pipeline.facts.resolutions.verdicts import AS_ADVISED, ITEM, is_lone_verdict, is_named_verdict, is_said_of_item
from pipeline.facts.resolutions.worded import (
    ON_APPEAL,
    agree,
    answers_in_minutes,
    carried_out,
    gives_a_sum,
    goes_to_budget,
    grants_outright,
    has_modal,
    is_a_state,
    is_answered_no,
    is_chosen,
    is_only_told,
    is_put_off,
    is_put_right,
    is_relative,
    is_worded,
    receives,
    reverses,
    rules_on_appeal,
    says_in_minutes,
)
from pipeline.facts.resolutions.words import WORD, is_infinitive, listed, names_action, names_object

if TYPE_CHECKING:
    from corpus.model import DecisionStatus
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.clauses import Anchor, Clause
    from pipeline.facts.resolutions.scene import Scene
    from pipeline.facts.resolutions.words import Form

_AT_NEAR = re.compile(r"[^;]{0,60}?\bat\b")
_SENT_OR_AT = re.compile(r"\bsendte\b|\bat\s+$")
_NOT_BEFORE = re.compile(rf"\b{NOT}\s+(?:\w+\s+)?$", re.IGNORECASE)
_NOT_BEHIND = re.compile(
    r"(?:\s+(?!(?:at|om)\b)[^\W,]+){0,2}?\s+(?:ikke|hverken)\b(?!\s+(?:mere|flere|over)\s+(?:end|\d))"
)
_FOR_BEHIND = re.compile(r"\s+for\b")
_SOON_AT = re.compile(r"\s+(?:\w+\s+)?at\b")
_NOBODY = re.compile(r"\b(?:hverken|ingen)\b", re.IGNORECASE)
_NEGATION = re.compile(rf"\b{NOT_OR_NEITHER}\b", re.IGNORECASE)
_JOINED_RIGHT_BEFORE = re.compile(r"\b(?:og|men|samt)\s+$", re.IGNORECASE)
"""Before a verb that shares the subject of another: "(fulgte ikke indstillingen) og bevilger 9.000 kr."."""
_PASSED_ON = re.compile(
    r"\s+(?:og\s+)?(?:indstillet|anbefalet|indstilles|anbefales)\s+(?:til|over for|overfor)\b", re.IGNORECASE
)
_ATTRIBUTIVE = re.compile(r"\b(?:for|om|med|ved|en|et|uden)\s+$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(r"\s+(?!(?:af|i|på|til|ved|med|som|den|d|og|eller|uden|efter|men|idet|at)\b)[a-zæøå]{3,}")
_ATTRIBUTE = re.compile(r"(?:\d|\b(?:de|den|det|alle|samtlige|nye|øvrige))\s+$", re.IGNORECASE)
_WE = re.compile(r"\bvi\b", re.IGNORECASE)
_PROPOSAL_TO = re.compile(r"(?:forslag|anmodning|ansøgning|indstilling)(?:et|en)?\s+om,?\s+at\s+$", re.IGNORECASE)
_RESOLVED = re.compile(r"\s+på\s+(?:ikke\s+)?at\b", re.IGNORECASE)
"""Behind "er fast besluttet": what somebody means to do, and no decision."""
_SINCE = re.compile(r"Siden (?!sidst\b)")  # "Siden sidste møde er der vedtaget en reform": by somebody
_COLUMN = re.compile(r"\b(?:ansøgt|søgt|indstillet)(?:\s+beløb)?\s+$", re.IGNORECASE)
_HEREBY = re.compile(r"\b(?:hermed|herved|derfor)\b", re.IGNORECASE)
_YOURS = re.compile(r"\b(?:din|dit|dine|jeres|deres|dig|jer)\b", re.IGNORECASE)
_ACCESS = re.compile(r"\s+(?:(?:kun|derfor)\s+)?(?:delvist?\s+)?aktindsigt\s+i\b", re.IGNORECASE)
_REFUSED_TO_YOU = re.compile(
    r"\s+(?:(?:derfor|desværre|dermed)\s+)?(?:delvist\s+)?afslag\s+på\s+(?:aktindsigt|(?:din|dit|dine|jeres|Deres)\s)"
    r"|\s+(?:(?:derfor|desværre|dermed)\s+)?afslag(?=\.|,?\s+(?:fordi|da)\s)"
)
_OFFER = re.compile(r"\b(?:tilbud|bud)(?:det|dene)\s+(?:fra|på)\s", re.IGNORECASE)
_ANSWERS = frozenset(("afslå", "give afslag", "meddele afslag", "give aktindsigt", "imødekomme", "bevilge", "påbyde"))
_GIVEN_HEREBY = frozenset(("give", "meddele", "bevilge", "give afslag", "meddele afslag", "godkende", "påbyde"))
_OF_CASES_ONLY = frozenset((*RETURNS, "sige nej", "trække", "tage af dagsordenen", "nedstemme", "stemme nej"))
_OF_NAMED_CASES = frozenset(("sende i høring", "tage ud"))
_UNDER_DECISION = frozenset(("block", "til", "followed", "bare", "main"))
_HELPING = frozenset(("blev", "blevet", "er", "var", "været", "har", "havde", "have", "bliver", "pkt.", "punkt"))


def may_decide(scene: Scene, form: Form, mark: Anchor, block: Block | None) -> bool:
    """Whether a form can decide anything where it stands, by what is cheap to ask."""
    decides = block is not None and block.kind == "decision"
    needs, low = form.needs, scene.prose.lower
    bound = form.lemma in listed("under-decision") and not (reverses(form) or form.lemma == "opnå ikke flertal")
    if not decides and (needs in _UNDER_DECISION or bound):
        if scene.loose and needs in ("bare", "til"):
            return low.endswith(": " if needs == "bare" else "\ntil ", 0, mark[0])
        if needs == "followed" and form.tense == "participle":
            return low.startswith(" af ", mark[1])
        return form.tense in ("present", "past") and (
            form.lemma == "fraråde" or (needs == "followed" and form.tense == "past")
        )
    if form.lemma == "aftale":
        return scene.agrees
    if needs[0] in "+=" and not form.has_phrase(low[mark[1] : mark[1] + 160]):
        return False
    if form.tense == "past":
        return True
    if form.tense == "participle":
        if needs == "at" and not decides and low.find("at", mark[1], mark[1] + 40) < 0:
            return False
        if decides or not _HELPING.isdisjoint(low[max(0, mark[0] - 160) : mark[0]].replace(",", " ").split()):
            return True
        return scene.is_minutes or low.startswith((*AS_ADVISED, " af "), mark[1])
    if form.tense in ("present", "present-passive"):
        told = scene.answers or scene.agrees or scene.loose or (form.lemma in ON_APPEAL and form.tense == "present")
        if form.tense == "present-passive":
            told = told or scene.loose or scene.is_agreement or of_letters(form)
        return decides or told or form.status == "recommended" or low.startswith((" hermed ", " herved "), mark[1])
    if needs == "nominal":
        return low.find("ed ", max(0, mark[0] - 40), mark[0]) >= 0
    if form.tense == "infinitive":
        front = low[max(0, mark[0] - 90) : mark[0]]
        denied = "ikke" in front or "ej " in front or "hverken" in front or "ingen " in front
        return denied or "kun" in front or ((decides or scene.loose) and "kan" in front)
    return True


def status_of(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """What the verb says here, or None when it says no decision."""
    words = clause.vocabulary
    if form.tense == "intransitive" and fell_thereby(clause, form):
        return form.status
    if not words.isdisjoint(listed("private")) or is_open(text, clause):
        return None
    if form.lemma == "fraråde" and advises_against(text, clause, form):
        return "recommended"
    if (form.needs == "block" and not clause.in_decision) or comes_with_its_yes(clause, form):
        return None
    if form.needs.startswith("=ikke"):
        return form.status if is_refusal(text, clause, form) else None
    of_case = form.lemma in listed("of-a-case") and not reverses(form)
    if of_case and clause.words and not names_object(clause.before):
        return None
    if (denied := of_nothing(clause, form)) is not None:
        return None if denied == "nothing" else denied
    if form.needs in ("sum", "done") or _gets_a_no(text, clause, form):
        return carried_out(clause, form) if form.needs == "done" else receives(clause, form)
    worded = is_worded(text, clause, form)
    if worded is not None:
        return form.status if worded else None
    if form.tense == "infinitive":
        return refused(text, clause, form)
    if form.tense == "intransitive":
        return fallen(clause, form)
    if form.needs in ("til", "followed") and not is_followed(text, clause, form):
        return None
    if form.status == "recommended":
        return recommendation(text, clause, form)
    if form.tense in ("participle", "present-passive") and has_modal(clause, words):
        return refused(text, clause, form)
    if form.tense == "past":
        return _past(text, clause, form)
    if form.tense == "participle":
        return _participle(text, clause, form)
    if form.tense == "past-passive":
        return following(clause, negated(clause.before, form), form)
    return _present(text, clause, form)


def _gets_a_no(text: str, clause: Clause, form: Form) -> bool:
    """ "Roklubben får afslag" under "Beslutning"."""
    return form.lemma == "give afslag" and clause.in_decision and text[clause.verb : clause.stop].lower() == "får"


def _past(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    who = subject(text, clause, form)
    if who is None:
        elided = clause.in_decision and clause.verb == clause.start  # "Tog sagen til efterretning."
        return form.status if elided and form.needs != "at" else None
    if not clause.vocabulary.isdisjoint(NOT_WORDS) and _NOT_BEFORE.search(clause.before):
        return turned(form)  # "…, som udvalget ikke vedtog"
    named = who.name and not _ATTRIBUTE.search(clause.before[-24:])  # not "de valgte medlemmer"
    if form.needs == "at" and not named and not _AT_NEAR.match(clause.after):
        return None
    if form.lemma == "udsætte" and not names_what(clause):
        return None
    if form.lemma in RETURNS and not sends_a_case(clause):
        return None
    said = re.sub(r"[^\W\d_]+$", "", clause.after[:60]).lower().partition("efter at")[0]
    if form.lemma in ("afvise", "stadfæste") and not listed("talk").isdisjoint(WORD.findall(said)):
        return None  # "afviste kritikken", "afviste at kommentere"
    if form.needs == "block" and form.lemma == "drøfte" and _SENT_OR_AT.search(clause.before):
        return None
    if takes_none_of(clause):
        return turned(form)  # "godkendte ingen af forslagene"
    if _NOT_BEHIND.match(clause.behind) and not is_put_right(clause):
        return leads_on(clause, form) or turned(form)
    return following(clause, form.status, form)


def _is_attribute(clause: Clause, form: Form) -> bool:
    """ "mulighed for udsat skolestart", "en godkendt plan", "midler, der er godkendt til brug": what it is like."""
    if _ATTRIBUTIVE.search(clause.before[-12:]) and _NOUN_BEHIND.match(clause.after):
        return True
    if clause.in_decision and clause.link in ("der", "som") and "blev" not in clause.vocabulary and is_relative(clause):
        return True  # "Listen rettes for dem, der er bevilget orlov"
    fit = form.lemma == "godkende" and clause.link in ("der", "som") and not clause.in_minutes
    return fit and "er" in clause.vocabulary and not clause.bodies and clause.after.startswith(" til ")


def _participle(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    if form.lemma == "undtage":
        return form.status if decides_in_letter(clause, form) else None
    resolved = form.lemma == "beslutte" and _RESOLVED.match(clause.after)
    if clause.words == ["tidligere"] or resolved or _is_attribute(clause, form):
        return None
    if clause.is_perfect:
        return _perfect(text, clause, form)
    if _SINCE.match(text, clause.start):
        return None
    if form.needs == "at":
        return form.status if is_chosen(clause) else None
    if is_foreign(text, clause, form):
        return None
    if form.lemma == "bevilge" and text[clause.verb].isupper() and _COLUMN.search(clause.before):
        return None  # "Forening Ansøgt Bevilget": the headings of a table
    if form.needs == "subject" and not (agent(text, clause, form) or place(text, clause)):
        return None  # "der er afsat": a state
    bare = clause.is_bare or is_said_of_item(text, clause)
    if clause.in_decision and (clause.has_passive_auxiliary or bare):
        status = following(clause, negated(clause.before, form), form)
        return "recommended" if status == "decided" and _PASSED_ON.match(clause.after) else status
    if not clause.has_passive_auxiliary:
        alone = form.needs == "til" or is_lone_verdict(text, clause) or is_named_verdict(clause)
        alone = alone or heads_what_was_given(text, clause)
        if alone and _is_advised(clause):
            return "recommended"
        return negated(clause.before, form) if alone else None
    if form.lemma == "udsætte" and _FOR_BEHIND.match(clause.after):
        return None
    if _NEGATION.search(clause.before[-40:]) and "blev" not in clause.words and not clause.in_minutes:
        return "rejected" if is_answered_no(clause, form) else None  # "er ikke vedtaget": not yet, or never asked
    return _passive(text, clause, form)


def _is_advised(clause: Clause) -> bool:
    """Whether it stands under "Indstilling", and what was decided under a heading of its own."""
    advised = clause.block is not None and clause.block.kind == "recommendation"
    return advised and any(block.kind == "decision" for block in clause.scene.blocks)


def _perfect(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    if form.needs == "at" and not _SOON_AT.match(clause.after):
        return None
    if _NOBODY.search(clause.before):
        return None
    if form.lemma != "imødekomme" and _NEGATION.search(clause.before[-40:]) and not clause.in_decision:
        return None  # "har ikke godkendt": not yet, or never asked
    if subject(text, clause, form) is None:
        return None
    return following(clause, negated(clause.before, form), form)


def _passive(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """ "blev vedtaget", "er afvist": of something that authorities decide on, or by an authority."""
    if form.needs.startswith("+") and "efterretning" not in form.needs:
        told = form.lemma in _OF_CASES_ONLY or (
            form.lemma in ("træffe beslutning", "træffe afgørelse") and not _NEGATION.search(clause.before)
        )
        told = told or (form.lemma in _OF_NAMED_CASES and _names_case(text, clause)) or goes_to_budget(clause, form)
        known = told or agent(text, clause, form) or place(text, clause)
        return negated(clause.before, form) if known else None
    if is_a_state(clause, form):
        return None
    told = bool(clause.bodies) or is_put_off(clause, form) or gives_a_sum(clause, form)
    if form.needs == "object" and not (told or _names_case(text, clause)):
        return None
    return following(clause, negated(clause.before, form), form)


def _names_case(text: str, clause: Clause) -> bool:
    """Whether the clause names what authorities decide on: "forslaget", "SOU21", "pkt. 4", "de forslag, der …"."""
    if names_object(clause.before + clause.after[:40]) or ITEM.search(
        text, max(clause.start, clause.verb - REACH), clause.verb
    ):
        return True
    if clause.link in ("der", "som") and names_object(clause.matrix[-50:]):
        return True
    if _OFFER.search(clause.before):
        return True
    infinitive = clause.link == "at" and "blev" in clause.vocabulary and is_infinitive(clause.words[0])
    if infinitive and _PROPOSAL_TO.search(clause.matrix):
        return True  # "et forslag om at plante træer blev udsat"
    told = "blev" in clause.words or clause.in_minutes
    return (told and names_action(clause.before)) or clause.scene.names_case(clause.start, clause.verb)


def _present(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """The present tense decides only under "Beslutning", and not in a clause with "at" behind another verb."""
    if asks_for_answer(clause, form):
        return negated(clause.behind[:12], form)
    if clause.link in ("at", "som") or (clause.link == "der" and (form.tense == "present" or is_relative(clause))):
        return None  # "Sagen går til Byrådet, der bevilger …", "en bevilling på 5 mio. kr., der frigives i 2026"
    if not clause.in_decision:
        return _present_elsewhere(text, clause, form)
    if is_only_told(clause, form):
        return None
    who = subject(text, clause, form) if form.tense != "present-passive" else None
    if form.tense != "present-passive" and who is None:
        return None
    if who and who.word == "vi" and not IF_WORDS.isdisjoint(clause.words[:1]):
        return None  # "Hvis du ikke flytter skuret, påbyder vi dig det"
    if leaves_out(clause, form):
        return form.status
    before = "" if _JOINED_RIGHT_BEFORE.search(clause.before) else clause.before
    denied = negated(before + clause.behind[:8], form)
    status = following(clause, denied or leads_on(clause, form), form)
    return "recommended" if status == "decided" and _PASSED_ON.match(clause.after) else status


def _present_elsewhere(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Vi afslår …" in a letter that answers, "Sagen udsættes" in minutes without headings and in agreements."""
    if form.tense == "present":
        if says_in_minutes(text, clause, form):
            return form.status
        if form.lemma in ON_APPEAL:
            return form.status if rules_on_appeal(text, clause, form) else None
        if agree(clause):
            return leads_on(clause, form) or negated(clause.before + clause.behind[:8], form)
        if not clause.scene.answers or form.lemma not in _ANSWERS:
            return form.status if _is_given_hereby(text, clause, form) else None
        if clause.scene.prose.lower.startswith("får", clause.verb):
            return "rejected" if gets_no_access(clause) else form.status if _is_told_to_you(clause) else None
        own = _WE.search(clause.before + " " + clause.after[:4]) or _answers_you(text, clause, form)
        sure = own and clause.vocabulary.isdisjoint(IF_WORDS)  # "Hvis du ikke …, afslår vi ansøgningen"
        return negated(clause.before + clause.behind[:8], form) if sure else None
    if of_letters(form):
        return form.status if decides_in_letter(clause, form) else None
    if form.lemma == "imødekomme" and clause.scene.answers and clause.scene.is_ruling and _YOURS.search(clause.before):
        return None if clause.link else negated(clause.before + clause.behind[:8], form)
    if form.lemma in _ANSWERS and clause.scene.answers and _HEREBY.search(clause.after[:20]):
        yours = form.lemma == "påbyde" and clause.words == ["du"]
        return form.status if not clause.link and (yours or _YOURS.search(clause.after[:120])) else None
    if form.lemma in ("udsætte", "udskyde") and (clause.loose or clause.scene.is_agreement):
        return form.status if _names_case(text, clause) or names_action(clause.before + clause.matrix) else None
    if form.tense == "present-passive" and answers_in_minutes(clause, form):
        return negated(clause.before + clause.behind[:8], form)
    if form.tense == "present-passive" and grants_outright(clause, form):
        return form.status if leaves_out(clause, form) else negated(clause.before + clause.behind[:8], form)
    if form.lemma == "tage ud" and clause.scene.agrees:
        return negated(clause.before + clause.behind[:8], form) if _names_case(text, clause) else None
    if clause.loose and form.lemma == "imødekomme" and _NEGATION.search(clause.before[-40:] + clause.behind[:8]):
        return "rejected"
    return None


def _is_given_hereby(text: str, clause: Clause, form: Form) -> bool:
    """ "Kystdirektoratet giver hermed tilsagn om 3 mio. kr.": to give a word in so many words is to decide."""
    if form.lemma not in _GIVEN_HEREBY or not clause.after.startswith((" hermed ", " herved ")):
        return False
    plain = not clause.link and not _NEGATION.search(clause.after[:30]) and not clause.vocabulary & IF_WORDS
    return plain and subject(text, clause, form) is not None


def _answers_you(text: str, clause: Clause, form: Form) -> bool:
    """ "Fjordby Kommune meddeler hermed afslag på din anmodning": the authority that writes, of what you asked."""
    hereby = _HEREBY.search(clause.before + clause.after[:20]) and _YOURS.search(clause.after[:120])
    return bool(hereby) and not clause.link and subject(text, clause, form) is not None


def _is_told_to_you(clause: Clause) -> bool:
    """ "Du får hermed afslag på aktindsigt" in a letter that answers."""
    you = clause.words in (["du"], ["i"], ["de"], ["derfor"], ["hermed"]) and not _NEGATION.search(clause.after[:30])
    ruled = clause.scene.is_ruling and _ACCESS.match(clause.after) is not None
    if (
        clause.scene.is_ruling
        and _REFUSED_TO_YOU.match(clause.after)
        and IF_WORDS.isdisjoint(WORD.findall(clause.after))
    ):
        ruled = True
    hereby = _HEREBY.search(clause.before + clause.after[:20]) is not None
    return you and not clause.link and (hereby or ruled)
