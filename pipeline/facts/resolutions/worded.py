"""Forms that decide only in some wordings: "endte med at bevilge", "Der ansættes …", what is told of proposals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.agents import agent, place, subject
from pipeline.facts.resolutions.denial import IF_WORDS, NOT_OR_NEITHER
from pipeline.facts.resolutions.negated import negated
from pipeline.facts.resolutions.outright import CHANGING, changes_a_sum, is_at_one
from pipeline.facts.resolutions.verdicts import is_named_verdict
from pipeline.facts.resolutions.words import WORD, forms, listed, names_action, names_object

if TYPE_CHECKING:
    from corpus.model import DecisionStatus
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

_NEGATION = re.compile(rf"\b{NOT_OR_NEITHER}\b", re.IGNORECASE)
_BY = re.compile(r"\bmed\s+(?:[^\W\d_]+s\s+(?:endelige\s+)?)?$", re.IGNORECASE)
_OF_PARTY = re.compile(
    r"\([A-ZÆØÅ]{1,3}\)|(?<!\w)(?:Liste\s+[A-ZÆØÅ]|[Bb]orgmester(?:en)?|[Uu]dvalgsformand(?:en)?)(?!\w)"
)
"""Who asks a council for something: "Bo Friis (S), der fik nej til sit forslag"."""
_NAMED_PROPOSAL = re.compile(r"\b(?:\w*forslag(?:ene|et)?|pkt\.|punkt)\s+(?:nr\.?\s+)?(?:\d|[A-ZÆØÅ]\b)")
_ENDS_WITH = re.compile(r"(?:\s+[^\W\d_]+){0,2}?\s+med\s+(?:ikke\s+)?at\s+(?P<deed>[^\W\d_]+)")
_HAS_SUM = re.compile(
    r"\s+(?:(?:ikke|derfor|herefter|dog|kun|i\s+alt|et\s+tilskud\s+på|tilskud\s+på|støtte\s+på|ca\.|op\s+til|højst)\s+)*"
    r"\d[\d.,]*\s*(?:kr\b|kroner|mio\b|t\.?kr|,-)"
)
_WHAT_OR_THAT = re.compile(r",?\s+(?:at|en|et)\s", re.IGNORECASE)
_FALLS = re.compile(
    r"\s+(?P<what>[^;]{1,90}?)\s+falde(?!\s+(?:på\s+plads|til\s+(?!jorden)|i\s|sammen|ind|ud|af|med\s+\d)|[\w-])",
    re.IGNORECASE,
)
"""Behind "lod": a proposal or a plan, and no "priserne falde"."""
_CASE = re.compile(r"(?:sag|punkt|pkt\.|indstilling|forslag|ansøgning|beslutning|behandling|møde)", re.IGNORECASE)
_YOURS = frozenset(("din", "dit", "dine", "jeres", "deres"))
_VERDICTS = frozenset(
    (
        *("tage til efterretning", "godkende", "tiltræde", "vedtage", "beslutte", "bevilge", "afvise", "oversende"),
        *("imødekomme", "frigive", "afslå", "give afslag", "meddele afslag"),
    )
)
_ANSWERED = frozenset(("godkende", "tiltræde", "vedtage", "imødekomme", "afslå"))
_ANSWER_END = re.compile(r"[ \t]*(?:[.,:]|\n|$)|\s+(?:til|med|som|for|under|uden|på)\s", re.IGNORECASE)
_HOSTS = frozenset(("rådet", "udvalget", "nævnet", "bestyrelsen", "kommissionen"))
_AS_A_RULE = re.compile(
    r"(?<!\w)(?:normalt|altid|typisk|som\s+regel|ofte|hver[t]?|årligt|når|hvis|senere|først|i\s+(?:januar|februar|marts|april|maj|juni|juli"
    r"|august|september|oktober|november|december)|på\s+(?:sit\s+|det\s+)?(?:næste|kommende))(?!\w)",
    re.IGNORECASE,
)
ON_APPEAL = frozenset(("stadfæste", "hjemvise", "ophæve", "ændre til afslag"))
_APPEAL_BODIES = ("nævnet", "nævn", "ankestyrelsen", "tilsynet")
_TOP = 400
_PARTLY = re.compile(r"\s+(?:(?:kun|dog)\s+)?delvist?\b", re.IGNORECASE)
_LESS = re.compile(
    r"[^;]{0,40}?(?:kr\.?|kroner|mio\.?|,-)\s+(?:(?:kr\.?|kroner)\s+)?(?:mindre|lavere)\b", re.IGNORECASE
)
_BEFORE_NOW = re.compile(r"\b(?:i\s+dag|allerede|hidtil|i\s+forvejen|tidligere)\b", re.IGNORECASE)
_FROM_OTHERS = re.compile(
    r"\bfra\s+(?![^\W\d_]*(?:pulje|konto|budget|ramme|reserve|kasse)|og\s+med\b|den\s|d\.)[^\W\d_]", re.IGNORECASE
)

_OF_A_DECISION = re.compile(
    r"(?<!\w)[^\W\d_]*(?:beslutning|afgørelse|vedtagelse|bevilling|tilsagn|tilskud|støtte|garanti|tilladelse|afslag)"
    r"(?:e[nt]|n|t|er|erne)?(?!\w)",
    re.IGNORECASE,
)
"""What a body may undo of what it decided or gave."""
_WHEN_IT_BEGINS = re.compile(
    r"(?:ikrafttræd|virkning|opstart|byggestart|anlægsstart|igangsætning|ibrugtagning|tidsplan|tidsfrist|fristen)[^\W\d_]*\s+$",
    re.IGNORECASE,
)
"""What is put off beside a yes: "(Godkendt), idet ikrafttræden udskydes til 1. august"; the case itself is not."""
_CHOSEN_END = re.compile(r"[.,;]|\s*$|\s+(?:som|til|for|ved|enstemmigt)\b")
_PUT_RIGHT = re.compile(
    r"\s+ikke\s+\d[\d.,]*\s(?:[^\W\d_]+\.?\s?){0,2},\s+men\s+(?:(?:kun|blot|derimod|alene)\s+)?\d", re.IGNORECASE
)
_TAKEN_OUT = re.compile(r"\s+ud\s*(?:[.,;]|$|\s(?:igen|og|men)\s)")
_OF_WHAT = re.compile(r"(?:(?P<word>[^\W\d_]+)\.?|[\d)%])\s*,\s*(?:der|som)\s+$", re.IGNORECASE)
_ANOTHERS_MEETING = re.compile(r"(?:generalforsamling|repræsentantskabsmøde|årsmøde|delegeretmøde)", re.IGNORECASE)
_VOTED_DOWN = re.compile(
    r"\s+(?!(?:for|imod|mod|om)\s)(?:[^\W\d_]+\s+){0,3}?[^\W\d_]*(?:forslag|indstilling|ansøgning|plan)(?:et|en)\s+om,?\s+at\s[^;]{1,140}?\s+ned\s*(?:[.,;:]|$)"
    r"|(?:\s+(?!(?:for|imod|mod|om|at|til|ja|nej|og|men)\s)[^\s.,;]+){1,6}?\s+ned\s*(?:[.,;:]|$|\s(?:med|og|men|i|på|fordi|den)\s)"
)
"""Behind "stemte": "(stemte) i går fusionen ned"."""
_DECISION_FIRST = re.compile(r"\W*(?:[^\W\d_]+\s){0,3}?[Bb]eslutning(?:en|er|erne)?\s")
_TELLS = re.compile(
    r"\s*(?:[^\s.:;]+\s+){1,8}?(?:viste|orienterede|fortalte|besøgte|gennemgik|fremlagde|præsenterede|redegjorde|holdt)\s"
)
"""The beginning of what minutes tell of a visit or a talk."""
_TO_BUDGET = re.compile(r"\s+til\s+(?:[^\W\d_]+\s+){0,2}budget(?:forhandl|drøft|behandl|lægn|tet)")


_VERDICT_BEFORE = re.compile(
    r"(?:^|\n)[ \t>*_]*(?:Enstemmigt |Indstillingen |Forslaget )?(?:[Gg]odkendt|[Vv]edtaget|[Tt]iltrådt|[Ii]mødekommet)"
    r"(?: enstemmigt| uden bemærkninger| som indstillet)?\.\s{1,2}$"
)


def carried_out(clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Forslag 1 og 2 gennemføres, mens forslag 3 ikke gennemføres": what is told of proposals by their names."""
    if not (clause.in_decision or clause.scene.agrees) or clause.link not in ("", "mens", "men", "hvorefter"):
        return None
    named = clause.scene.names_case(clause.cut, clause.verb) or _NAMED_PROPOSAL.search(clause.before)
    if not named or has_modal(clause, clause.vocabulary) or _PARTLY.match(clause.after):
        return None
    return negated(clause.before, form)


def is_worded(text: str, clause: Clause, form: Form) -> bool | None:
    """Whether a form decides that only some wordings make a decision of; None of any other form."""
    if reverses(form):
        front = clause.matrix[-90:] if clause.link == "at" else ""  # "Beslutningen om at lukke skolen blev omgjort"
        return None if _OF_A_DECISION.search(f"{front} {clause.before} … {clause.after[:90]}") else False
    if form.lemma in CHANGING and form.needs != "+udvalg/arbejdsgruppe":
        return None if changes_a_sum(text, clause, form) else False
    if form.lemma == "enes":
        return None if is_at_one(text, clause, form) else False
    if form.status == "postponed" and clause.link and _WHEN_IT_BEGINS.search(clause.before):
        return False
    if form.lemma == "nedstemme" and form.needs == "+ned":
        return None if _VOTED_DOWN.match(clause.after) else False
    if form.lemma == "træffe beslutning" and form.needs == "subject":
        return None if _DECISION_FIRST.match(text, clause.start) and not clause.is_perfect else False
    if form.lemma == "ende med":
        return None if _ends_with_deed(clause) else False
    if form.lemma in ("være enig", "aftale"):
        return agree(clause)
    if form.needs in ("main", "bare", "nominal") or (form.tense == "noun" and form.needs[0] == "+"):
        return _by_its_place(clause, form)
    return _by_its_object(text, clause, form)


def _by_its_place(clause: Clause, form: Form) -> bool:
    """Of forms that decide only where they begin a sentence, stand behind "med", or are a noun."""
    if form.needs == "main":
        return _is_done_by_it(clause)
    if form.needs == "nominal":
        return _is_done(clause)
    if form.needs != "bare":
        return clause.in_decision and clause.vocabulary <= listed("with-assent")
    alone = form.lemma != "sige nej" or clause.end - clause.stop <= 1
    return (clause.in_decision or is_named_verdict(clause)) and not clause.words and alone


def _by_its_object(text: str, clause: Clause, form: Form) -> bool | None:
    """Of forms that decide only of a proposal or of somebody who is named."""
    if form.needs == "=ud":
        said = (clause.matrix + clause.before).lower()
        named = clause.scene.names_case(clause.start, clause.verb) or "forslag" in said
        return None if named and _TAKEN_OUT.match(clause.after) else False
    if form.lemma == "lade falde":
        falls = _FALLS.match(clause.after)
        return None if falls and names_object(falls["what"]) else False
    if form.tense == "past-passive" and form.lemma.endswith(" lys"):
        return (agent(text, clause, form) or place(text, clause)) is not None
    if form.lemma == "få nej":
        of_party = _OF_PARTY.search(clause.matrix[-60:] + clause.before)
        party = of_party or not clause.vocabulary.isdisjoint(listed("party"))
        return None if party or agent(text, clause, form) or place(text, clause) else False
    return None


def reverses(form: Form) -> bool:
    """Whether a verb undoes what was decided: "omgjorde beslutningen", "trak bevillingen tilbage"."""
    undoes = form.lemma in ("omgøre", "tilbagekalde", "trække tilbage", "annullere")
    return form.status == "decided" and (undoes or (form.lemma == "ophæve" and form.needs.startswith("+beslutning")))


def _ends_with_deed(clause: Clause) -> bool:
    """ "Byrådet endte med at bevilge …", and no "endte med at skændes"."""
    deed = _ENDS_WITH.match(clause.after)
    word = deed["deed"].lower() if deed else ""
    known = any(form.tense == "infinitive" for form in forms().get(word, ()))
    return known or word in listed("spends") | listed("gives-up") | listed("carried-out") | listed("at-last")


def agree(clause: Clause) -> bool:
    """ "Partierne er enige om at …", "Der er enighed om at …" in a budget agreement: it is made of that."""
    return (
        clause.scene.agrees
        and not clause.link
        and (
            not clause.vocabulary.isdisjoint(listed("agreeing"))
            or clause.words in (["der", "er"], ["det", "er"])
            or _are_parties(clause)
        )
        and _NEGATION.search(clause.before) is None
    )


def _are_parties(clause: Clause) -> bool:
    """ "A, F og Ø er enige om:", "Socialdemokratiet og Venstre er enige om:", and nobody else."""
    named = [word for word in clause.words if len(word) == 1 or word in listed("party")]
    known = listed("party-word") | listed("party")
    return len(named) > 1 and all(len(word) == 1 or word in known for word in clause.words)


def grants_outright(clause: Clause, form: Form) -> bool:
    """Whether "Der afsættes 3 mio. kr." grants by itself: in a budget agreement, or behind a verdict in minutes."""
    return _grants_in_agreement(clause, form) or _grants_behind_verdict(clause, form)


def _grants_in_agreement(clause: Clause, form: Form) -> bool:
    """ "Der afsættes 3 mio. kr. i 2026", a sentence of its own in the paper of a budget agreement."""
    first = clause.scene.agrees and not clause.link and clause.cut == clause.start and clause.words == ["der"]
    if not first or form.lemma not in ("afsætte", "bevilge") or not _HAS_SUM.match(clause.after):
        return False
    return _BEFORE_NOW.search(clause.after) is None


def _grants_behind_verdict(clause: Clause, form: Form) -> bool:
    """ "Godkendt. Der afsættes 95.000 kr." in minutes that print no heading "Beslutning"."""
    first = clause.loose and not clause.link and clause.cut == clause.start and clause.words == ["der"]
    if (
        not first
        or form.lemma not in ("afsætte", "bevilge", "give", "yde", "frigive")
        or not _HAS_SUM.match(clause.after)
    ):
        return False
    return _VERDICT_BEFORE.search(clause.scene.text, max(0, clause.start - 120), clause.start) is not None


def rules_on_appeal(text: str, clause: Clause, form: Form) -> bool:
    """ "Planklagenævnet stadfæster kommunens afgørelse", or "Vi hjemviser …" in its letter; no "hvis" and no "ikke"."""
    words = clause.vocabulary
    if clause.link or _NEGATION.search(clause.before + clause.after[:30]) or not words.isdisjoint(IF_WORDS):
        return False
    if has_modal(clause, words):
        return False
    who = subject(text, clause, form)
    if who is not None and (who.name or who.word).lower().endswith(_APPEAL_BODIES):
        return True
    top = clause.scene.prose.lower[:_TOP]
    return clause.scene.is_ruling and clause.words == ["vi"] and any(each in top for each in _APPEAL_BODIES)


def says_in_minutes(text: str, clause: Clause, form: Form) -> bool:
    """ "Rådet tager budgettet til efterretning" in minutes that print no heading "Beslutning": what their body does."""
    if not clause.loose or form.lemma not in _VERDICTS or clause.link or clause.cut != clause.start:
        return False
    near = clause.before + clause.after[:40]
    if _NEGATION.search(near) or _AS_A_RULE.search(near) or has_modal(clause, clause.vocabulary):
        return False
    who = subject(text, clause, form)
    return who is not None and (who.name == clause.scene.meeting_body or (not who.name and who.word in _HOSTS))


def answers_in_minutes(clause: Clause, form: Form) -> bool:
    """ "Ansøgningen godkendes.", first in minutes that print no headings "Indstilling" and "Beslutning"."""
    if not (clause.loose and clause.scene.context.in_minutes and form.lemma in _ANSWERED):
        return False
    if clause.link or clause.cut != clause.start or not 0 < len(clause.words) <= 3 or clause.scene.blocks:
        return False
    said = names_object(clause.before) and clause.words[0] not in _YOURS and clause.words[0] not in IF_WORDS
    rule = _AS_A_RULE.search(clause.after[:60]) or has_modal(clause, clause.vocabulary)
    return said and not rule and _ANSWER_END.match(clause.after) is not None


def receives(clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Roklubben får 125.000 kr.", "Roklubben får afslag", first in a sentence under "Beslutning": what it gives."""
    first = clause.in_decision and not clause.link and clause.cut == clause.start and 0 < len(clause.words) <= 8
    whose = clause.words[-1] if clause.words else ""
    if not first or whose in listed("actor") or whose.endswith(("udvalget", "rådet", "nævnet", "forvaltningen")):
        return None
    if form.needs == "sum" and _LESS.match(clause.after):
        return None
    granted = form.needs != "sum" or (_HAS_SUM.match(clause.after) and not _FROM_OTHERS.search(clause.after[:90]))
    if has_modal(clause, clause.vocabulary) or not granted:
        return None
    if form.status == "rejected":
        return None if _NEGATION.search(clause.behind[:12]) else "rejected"
    return negated(clause.before + clause.behind[:8], form)


def _is_done_by_it(clause: Clause) -> bool:
    """ "Der ansættes en havnefoged", first in a sentence under "Beslutning": what is done by the decision."""
    first = not clause.link and clause.cut == clause.start and clause.words == ["der"]
    return clause.in_decision and first and _NEGATION.match(clause.after.lstrip()) is None


def _is_done(clause: Clause) -> bool:
    """ "Med vedtagelsen af budget 2024 er der afsat …": what the sentence tells has come of it."""
    if not _BY.search(clause.before) or not clause.after.startswith(" af "):
        return False
    words = WORD.findall(clause.after[:200].lower())
    return listed("modal").isdisjoint(words) and not {"er", "blev", "har", "fik"}.isdisjoint(words)


def is_a_state(clause: Clause, form: Form) -> bool:
    """ "Projektet er udskudt til 2027" in a note: how it is, and no case that somebody put off."""
    if clause.got and agent(clause.scene.text, clause, form) is None:
        return not (clause.in_minutes or place(clause.scene.text, clause))  # "Udvalget har fået godkendt sin ansøgning"
    late = form.lemma in ("udsætte", "udskyde") and "er" in clause.vocabulary and not clause.in_minutes
    return late and not clause.bodies and not _CASE.search(clause.before + clause.matrix[-40:])


def is_only_told(clause: Clause, form: Form) -> bool:
    """ "Lederen viste rundt. Alle gode idéer vedtages i fællesskab.": how things are done, no decision."""
    block = clause.block
    if not clause.in_decision or block is None or form.tense != "present-passive":
        return False
    if _TELLS.match(clause.scene.text, block.start, block.start + 200) is None:
        return False
    return not (
        names_object(clause.before) or names_action(clause.before) or clause.scene.links(clause.start, clause.end)
    )


def is_relative(clause: Clause) -> bool:
    """Whether "…, der frigives" tells of what stands in front; "Godkendt, der afsættes 95.000 kr." goes on."""
    front = _OF_WHAT.search(clause.matrix)
    return front is not None and not (front["word"] and forms().get(front["word"].lower()))


def is_chosen(clause: Clause) -> bool:
    """ "Revision Nord valgt til 415.000 kr." under "Beslutning", but no "den valgte model" and no "der er valgt"."""
    if _ANOTHERS_MEETING.search(clause.before):
        return False  # "Sejlklubbens generalforsamling, Ida Holm blev valgt til formand"
    told = clause.in_decision and not clause.link and clause.is_bare and bool(clause.words)
    plain = not clause.has_passive_auxiliary or "blev" in clause.vocabulary
    return told and plain and not _NEGATION.search(clause.before) and _CHOSEN_END.match(clause.after) is not None


def gives_a_sum(clause: Clause, form: Form) -> bool:
    """ "Der blev bevilget 380.000 kr.", "Der blev godkendt et lån" in minutes that print no heading "Beslutning"."""
    if not clause.loose or clause.words != ["der", "blev"]:
        return False
    told = _HAS_SUM if form.lemma == "bevilge" else _WHAT_OR_THAT if form.lemma == "godkende" else None
    return told is not None and told.match(clause.after) is not None


def is_put_right(clause: Clause) -> bool:
    """ "(bevilgede) ikke 4 mio. kr., men kun 3,4 mio. kr.": the second sum is the one that was given."""
    return _PUT_RIGHT.match(clause.after) is not None


def is_put_off(clause: Clause, form: Form) -> bool:
    """ "Udvalget kunne ikke nå sagen, og den er udsat til næste møde": "den" is a case's."""
    put_off = form.lemma == "udsætte" and clause.words[:1] == ["den"] and clause.after.startswith(" til ")
    return put_off and names_object(clause.matrix[-40:])


def is_answered_no(clause: Clause, form: Form) -> bool:
    """ "Din ansøgning om automatgear er ikke imødekommet" in a ruling."""
    told = form.lemma == "imødekomme" and clause.scene.answers and clause.scene.is_ruling and not clause.link
    return told and not clause.vocabulary.isdisjoint(_YOURS)


def has_modal(clause: Clause, words: frozenset[str]) -> bool:
    """Whether a modal verb stands in the clause: of "har besluttet" only behind the last comma."""
    if words.isdisjoint(listed("modal")):
        return False
    return not (
        clause.is_perfect and listed("modal").isdisjoint(WORD.findall(clause.before.lower().rpartition(", ")[2]))
    )


def goes_to_budget(clause: Clause, form: Form) -> bool:
    """ "Forslaget blev oversendt til budgetforhandlingerne": only who has the case sends it there."""
    return form.lemma == "oversende" and _TO_BUDGET.match(clause.after) is not None
