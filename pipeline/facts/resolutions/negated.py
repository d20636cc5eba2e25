"""How a verb's status turns: refused ("kunne ikke tiltræde"), denied, fallen, or told by the verb that follows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pipeline.facts.resolutions.agents import PERSONAL, Agent, place, subject
from pipeline.facts.resolutions.denial import IF_WORDS, NONE, NOT, NOT_OR_NEITHER, ONLY
from pipeline.facts.resolutions.outright import is_followed_by
from pipeline.facts.resolutions.words import WORD, form_of, listed, names_action, names_object

if TYPE_CHECKING:
    from corpus.model import DecisionStatus
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

_PAST_MODAL = re.compile(r"kunne|kunnet|ville|ønskede|ikke", re.IGNORECASE)
_RECOMMENDED = re.compile(r"(?:indstilling|anbefaling)(?:en|er|erne)?\b", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"\s+(?:(?:da|derfor|enstemmigt|enigt|ikke|dog)\s+){0,2}(?:[^.,;]{2,60}?s\s+)?(?:indstilling|anbefaling)(?:en|er|erne)?(?=[\s.,;!]|$)",
    re.IGNORECASE,
)
_ADVISES_A_NO = re.compile(
    r"\s++(?:fra\s[^;]{1,50}?\s)?om,?\s++(?:ikke\s++at|at\s++(?:ikke|afslå|afvise|forkaste|droppe|opgive|stoppe|nedstemme|udskyde|udsætte))(?!\w)",
    re.IGNORECASE,
)
"""Behind a recommendation that is not followed: what is decided in its place is then not told."""
_TIL_BEFORE = re.compile(r"\btil\s+$", re.IGNORECASE)
_OPENING = re.compile(r"[^;]{0,110}?\bat\s+")
_CASE_NAMED = re.compile(r"^\s+(?:\w+(?:en|et|erne)\s+|over\s+for\s+)")
_FAILED_TO = re.compile(rf"(?<!\w)kunne\s+(?:[^\W\d_]+\s+)?{NOT}\s+$", re.IGNORECASE)  # "kunne ikke (opnå flertal)"
_NEGATION = re.compile(rf"\b{NOT_OR_NEITHER}\b", re.IGNORECASE)
_REFUSABLE = re.compile(
    rf"\b(?:kunne|kan|kunnet|ville|vil|ønskede|ønsker)\b(?:\s+[\w.]+){{0,5}}?\s+{NOT_OR_NEITHER}\b[^,;]{{0,40}}$|\bikke\s+kunnet\s+$",
    re.I,
)
_AGREES = re.compile(rf"\b(?:kan|kunne)\s+(?:(?!{NOT}\b)\w+\s+){{0,2}}$", re.IGNORECASE)
_NO_REASON = re.compile(
    rf"(?<!\w)(?P<who>[^\W\d_]+)\s+(?P<sees>ser|så|finder|fandt)\s+(?:(?:dog|derfor|herefter)\s+)?(?:{NOT}|ingen)\s+"
    r"(?:anledning|grundlag|grund|behov|mulighed)\s+(?:til|for),?\s+at\s+$",
    re.IGNORECASE,
)
_BODIES = ("udvalget", "rådet", "bestyrelsen", "repræsentationen")
_CANNOT = re.compile(
    rf"\b{NOT}\s+(?:kan|kunne|vil|ville)\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE
)  # "idet rådet ikke kan …"
_LEADS_ON_STRICTLY = re.compile(
    r"\W*(?:derfor |hermed |på den baggrund )?(?:,? ?at\b|til\b|:|over for|godkendt|vedtaget)", re.IGNORECASE
)
_OF_A_CASE = re.compile(r"(?:forslag|indstilling|sag|punkt|anmodning|ansøgning)(?:et|en|ene|erne)?\b", re.IGNORECASE)
_FELL_OTHERWISE = re.compile(
    r"\s*(?:i god jord|på plads|sammen|i tråd|inden for|uden for|under|ind|bort fra)\b", re.IGNORECASE
)
_FELL_BEHIND = re.compile(
    r"\s+(?:(?:dermed|herefter|også)\s+)?(?:[^\W\d_]*forslag(?:et|ene)|indstillingen)(?![\w-])", re.IGNORECASE
)
"""Who fell, where something else begins the sentence: "Efter to timers debat faldt forslaget om …"."""
_BROKEN = re.compile(r"-\n[ \t>]*")
_BY_VOTES = re.compile(r"\s+(?:\w+\s+)?med\s+[^,;.]{1,20}\s(?:stemmer|mod|imod)\b", re.IGNORECASE)
_NONE_OF = re.compile(rf"\b{NONE}\s+af\s+(?P<what>(?:\w+\s+){{1,3}}?)[^,;]*$", re.IGNORECASE)
_NONE_OF_BEHIND = re.compile(
    rf"\s+(?:(?:dog|derfor|dermed|enstemmigt)\s+)?{NONE}\s+af\s+(?P<what>(?:[^\W\d_]+(?:\s+|\W|$)){{1,3}})",
    re.IGNORECASE,
)
_NONE_OF_FIRST = re.compile(rf"\W*{NONE}\s+(?:af\s+)?(?P<what>(?:[^\W\d_]+\s+){{1,3}}?)om,?\s+at\s", re.IGNORECASE)
"""In front of what is proposed: "Ingen af forslagene om at (lukke skoler blev godkendt)"."""
_NEITHER_OF = re.compile(
    r"\W*hverken\s+(?P<what>[^;]{1,90}?)\s+eller\s+[^;]{1,60}?\s(?:blev|er|bliver)\s+(?:[^\W\d_]+\s+)?$", re.IGNORECASE
)
_NEITHER_FIRST = re.compile(r"\W*hverken\s+(?!(?:er|var|har|havde|kan|kunne|vil|skal|blev|bliver)\s)", re.IGNORECASE)
_NONE_WORDS = frozenset(("ingen", "intet", "ingenting"))
_NO_DENIAL = r"(?!stemm|imod\b|mod\b|indsig|bemærk|ændring|af\b|og\b|men\b|som\b|der\b|til\b)"
_NONE_SUBJECT = re.compile(
    rf"\W*{NONE}\s+(?P<what>(?:{_NO_DENIAL}[^\W\d_]+\s+){{1,2}}?)(?:blev|er|var|bliver)\s+(?:[^\W\d_]+\s+){{0,2}}$",
    re.I,
)
_NOTHING = re.compile(rf"\b(?:intet|ingenting)\s+(?:(?:af\s+)?{_NO_DENIAL}[^\W\d_]+\s+){{0,3}}$", re.IGNORECASE)
_NONE_BEFORE = re.compile(rf"\bingen\s+{_NO_DENIAL}[^\W\d_]+\s+$", re.IGNORECASE)
_NONE_BEHIND = re.compile(
    r"\s+(?:(?:dog|endnu|derfor)\s+)?(?:intet|ingenting|ingen\s+(?!stemm|imod\b|indsig|bemærk|af\b|og\b)[^\W\d_]+)(?!\w)",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"\b(?:hverken|heller\s+ikke)\b", re.IGNORECASE)
_THAT_FELL = re.compile(
    r"(?:\b\w*forslag(?:et|ene|\s+\d+)?|\bindstillingen|\b(?:første|anden|andet|tredje|fjerde|sidste)\s+del|\b(?:punkt|pkt\.)\s+\d+)"
    r"(?:\s+fra\s+[^,]{1,25})?,\s*(?:som|der)\s*$",
    re.IGNORECASE,
)
_NOT_TO_DO = re.compile(rf"(?:\s+(?!at\b)[^\W,]+){{0,2}}?\s+{NOT_OR_NEITHER}\s+(?:{ONLY}\s+)?at\b", re.IGNORECASE)
_TO_DO = re.compile(r"forslag(?:et)?(?:\s+fra\s+\S+)?\s+om,?\s+at\s+$", re.IGNORECASE)
_PROPOSAL_TO = re.compile(
    r"(?:forslag|anmodning|ansøgning|indstilling)(?:et|en)?(?:\s+(?:nr\.\s*)?[A-ZÆØÅ]{0,5}[-.]?\d{1,4}[a-z]?)?\s+om,?\s+at\s+$",
    re.IGNORECASE,
)
_FINDS_NONE = re.compile(r"\s+ikke\s+(?:flertal|tilslutning)\s+(?:for|til),?\s+at\s", re.IGNORECASE)
_SHORT = 40  # characters of a clause in which little more stands than the numbers of proposals
_HENCE = frozenset(("dermed", "herefter", "så", "derfor", "således", "herved"))
_CONTRAST = re.compile(r"\b(?:blev|blevet|er|var)\s+(?:\w+\s+){0,2}\w+t,\s+(?:og\s+)?ikke\s+$", re.IGNORECASE)
LEADING = frozenset(
    ("beslutte", "afgøre", "vedtage", "vælge", "træffe beslutning", "træffe afgørelse", "ende med", "enes")
)
APPROVING = frozenset(("godkende", "tiltræde"))
APPROVED = r"(?:,?\s+(?:enstemmigt|dermed|herefter|således|hermed|derfor)){0,2},?\s+at\s+"
"""Behind a verb of approving: "godkendte (enstemmigt), at …"."""
_CASE = (
    r"(?:sagen|punktet|dagsordenspunktet|behandlingen(?:\s+af\s+(?:sagen|punktet))?|beslutningen|sagens\s+behandling)"
)
_PUTS_OFF = re.compile(
    rf"{APPROVED}(?:{_CASE}\s+(?:[^\W\d_]+\s+){{0,2}}?(?:udsættes|udskydes|(?:skal|må)\s+afvente)"
    rf"|(?:udsætte|udskyde)\s+{_CASE})(?!\w)",
    re.IGNORECASE,
)
_NOT_REFUSABLE = frozenset(
    (
        "beslutte",
        "vælge",
        "drøfte",
        "udpege",
        "træffe beslutning",
        "træffe afgørelse",
        "ende med",
    )
)
_AGREEABLE = frozenset(("tiltræde", "tilslutte", "anbefale", "godkende"))


def refused(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Udvalget kunne ikke tiltræde …", "kunne ikke godkendes": a refusal; any other modal verb is no decision.

    In minutes "Udvalget kan tiltræde …" is how a body says yes.
    In minutes a person or a party who "kunne ikke tiltræde" is no subject that decides.
    """
    cannot = _CANNOT.search(clause.before) if clause.in_decision else None
    if (
        (clause.in_decision or clause.loose)
        and not cannot
        and form.lemma in _AGREEABLE
        and _AGREES.search(clause.before)
    ):
        return form.status if form.tense == "infinitive" and subject(text, clause, form) else None
    if form.lemma == "opnå ikke flertal":
        return form.status if _FAILED_TO.search(clause.before) and is_refusal(text, clause, form) else None
    refusable = form.status == "decided" and form.lemma not in _NOT_REFUSABLE
    if refusable and sees_no_reason(clause):
        return "rejected"
    if not refusable and not (form.lemma == "anbefale" and form.tense == "infinitive"):
        return None
    refusal = _REFUSABLE.search(clause.before) or cannot
    past = refusal and _PAST_MODAL.match(refusal.group())
    answered = form.lemma == "imødekomme" and (clause.loose or clause.scene.answers)
    advised = form.lemma == "anbefale" and not clause.link  # "Udvalget kan ikke anbefale forslaget"
    if not refusal or not (past or clause.in_decision or answered or advised):
        return None
    if form.tense != "infinitive":
        return "rejected"
    elided = clause.in_decision and not clause.before[: refusal.start()].strip()
    return "rejected" if elided or subject(text, clause, form) else None


def sees_no_reason(clause: Clause) -> bool:
    """ "Udvalget ser ikke anledning til at imødekomme ansøgningen"; outside of minutes a body that is named "fandt"."""
    match = _NO_REASON.search(clause.matrix) if clause.link == "at" and not clause.words else None
    if match is None:
        return False
    if not clause.in_decision:
        named = clause.cut - len(clause.matrix) + match.end("who")
        return match["sees"].lower() in ("så", "fandt") and any(body.end == named for body in clause.bodies)
    return match["who"].lower().endswith(_BODIES) or match["who"].lower() in listed("actor")


def fell_thereby(clause: Clause, form: Form) -> bool:
    """Whether minutes say of a proposal or a part of it "…, som dermed faldt"."""
    if form.lemma != "falde" or clause.link not in ("som", "der") or not clause.in_minutes:
        return False
    return clause.vocabulary <= _HENCE and _THAT_FELL.search(clause.matrix) is not None


def fallen(clause: Clause, form: Form) -> DecisionStatus | None:
    """ "Forslaget faldt", "Punktet udgår": of a proposal or a case, the present tense only under "Beslutning"."""
    if form.lemma in ("falde", "bortfalde") and _BY_VOTES.match(clause.after):
        return form.status
    if form.lemma == "genoptage" and not clause.in_decision:
        return None
    if clause.words and clause.words[0] in IF_WORDS:
        return None  # "Hvis det ikke anbefales, bortfalder forslaget."
    if clause.in_minutes and not clause.words and form.lemma != "falde":
        return form.status  # "Udgik af dagsordenen."
    if form.lemma == "falde" and not clause.link and clause.words and _FELL_BEHIND.match(clause.after):
        return None if _FELL_OTHERWISE.search(clause.after) or _NEGATION.search(clause.after) else form.status
    front = clause.before[-70:]
    if clause.link == "at" and _TO_DO.search(clause.matrix):
        front = f"{clause.matrix[-40:]}{clause.before}"  # "Forslaget om at spare 2 mio. kr. faldt"
    nouns = list(_OF_A_CASE.finditer(_BROKEN.sub("", front)))
    if not nouns and form.lemma in ("udgå", "bortfalde") and clause.scene.agrees and _is_of_numbered(clause):
        return None if _NEGATION.search(clause.before + clause.behind[:8]) else "rejected"
    if not nouns or _NEGATION.search(clause.before[-20:] + clause.behind[:8]) or _FELL_OTHERWISE.match(clause.after):
        return None
    proposal = nouns[-1].group().lower().startswith(("forslag", "indstilling"))
    if form.lemma == "falde" and not proposal:
        return None
    if form.lemma == "udgå" and clause.scene.agrees and proposal:
        return "rejected"  # "Forslag 12 udgår" of what the parties had before them
    if form.lemma == "udgå" and not (clause.in_decision or "dagsorden" in clause.after[:40]):
        return None
    return form.status if clause.in_decision or clause.stop - clause.verb < 10 or proposal else None


def is_followed(text: str, clause: Clause, form: Form) -> bool:
    """ "Indstillingen følges" and a bare "Til efterretning" in minutes; elsewhere "Byrådet fulgte indstillingen"."""
    if clause.loose and form.needs == "til":
        line = text.rfind("\n", 0, clause.verb) + 1
        return text[line : clause.verb].strip(" *_").lower() == "til" and clause.after in ("", ".")
    if not clause.in_decision:
        if form.tense == "participle":
            advised = _RECOMMENDED.search(clause.matrix[-120:] + clause.before)
            refusing = _ADVISES_A_NO.search(clause.matrix[-120:] + clause.before)
            return advised is not None and refusing is None and is_followed_by(text, clause, form)
        who = subject(text, clause, form) if form.needs == "followed" and form.tense == "past" else None
        said = _FOLLOWS.match(clause.after) if who is not None and who.name and not clause.link else None
        return said is not None and not (
            _NEGATION.search(said.group()) and _ADVISES_A_NO.match(clause.after, said.end())
        )
    if form.needs == "followed":
        return bool(_RECOMMENDED.search(clause.before + clause.after[:60]))
    return bool(_TIL_BEFORE.search(clause.before)) and len(clause.words) <= 4


_SHORTENED = frozenset(("vedtage", "godkende", "tiltræde"))  # "Ej godk."


def is_refusal(text: str, clause: Clause, form: Form) -> bool:
    """ "Udvalget ønsker ikke at lukke skolen", "Forslaget nyder ikke fremme": the verb says no with what follows it."""
    proposed = clause.link == "at" and _PROPOSAL_TO.search(clause.matrix) is not None
    if clause.link not in ("", "men", None) and not proposed:
        return False
    if form.lemma == "opnå ikke flertal" and not clause.in_decision and (proposed or names_object(clause.before)):
        return place(text, clause) is not None
    if proposed:
        return clause.in_decision or (clause.scene.agrees and form.tense == "present-passive")
    if clause.scene.agrees and form.tense == "present-passive":
        return names_object(clause.before) or names_action(clause.before) or _is_of_numbered(clause)
    if clause.loose and form.lemma == "ønske ikke":
        return subject(text, clause, form) is not None
    if form.lemma == "ønske ikke" and form.tense == "past" and not clause.in_decision:
        return _is_named(subject(text, clause, form))
    if not clause.in_decision:
        return _FINDS_NONE.match(clause.after) is not None and _is_named(subject(text, clause, form))
    if form.lemma in ("ønske ikke", "bakke ikke op"):
        return subject(text, clause, form) is not None
    return names_object(clause.before) or clause.words in ([], ["der"]) or _is_of_numbered(clause)


def _is_of_numbered(clause: Clause) -> bool:
    """ "KFU02 udgår", "SK-02 og SK-04 gennemføres ikke": of a proposal by its number, that begins the clause."""
    return len(clause.before) < _SHORT and clause.scene.names_case(clause.cut, clause.verb)


def _is_named(who: Agent | None) -> bool:
    return who is not None and bool(who.name)


def turned(form: Form) -> DecisionStatus | None:
    """The status of a negated verb: not to approve is to reject; not to have decided, or not to reject, is nothing."""
    refusable = form.status == "decided" and form.lemma not in _NOT_REFUSABLE | {"afsætte"}
    return "rejected" if refusable and (form.needs != "block" or form.lemma in _SHORTENED) else None


def negated(before: str, form: Form) -> DecisionStatus | None:
    """The status with the negation in front: none behind "hverken", "heller ikke" and "forhandlet, ikke vedtaget"."""
    near = before[-40:]
    if is_none_of(before):
        return turned(form)
    if _NEITHER_FIRST.match(before):
        return None
    if not _NEGATION.search(near):
        return form.status
    return None if _NEITHER.search(near) or _CONTRAST.search(near) else turned(form)


def is_none_of(before: str) -> bool:
    """Whether none of what is decided on is meant: "Ingen af forslagene er godkendt", "Hverken forslag 1 eller 2 er …".

    Not "ingen af partierne".
    """
    none = _NONE_OF.search(before[-90:]) or _NEITHER_OF.match(before[-160:])
    return none is not None and names_object(none["what"])


def takes_none_of(clause: Clause) -> bool:
    """Whether a verb takes none of what is decided on: "(godkendte) ingen af forslagene"; not "ingen af partierne"."""
    none = _NONE_OF_BEHIND.match(clause.after) if "in" in clause.after[:16] else None
    return none is not None and names_object(none["what"])


def _is_none_proposed(clause: Clause) -> bool:
    """ "Ingen af forslagene om at lukke skoler blev godkendt"."""
    if clause.link != "at" or not clause.has_passive_auxiliary:
        return False
    none = _NONE_OF_FIRST.match(clause.scene.text, clause.start, clause.cut + 1)
    return none is not None and none.end() >= clause.cut and names_object(none["what"])


def of_nothing(clause: Clause, form: Form) -> DecisionStatus | Literal["nothing"] | None:
    """What is told of none: "Ingen ansøgninger blev imødekommet" rejects them, "Intet er vedtaget" tells of nothing."""
    if _is_none_proposed(clause):
        return turned(form) or "nothing"
    if leaves_out(clause, form) or is_none_of(clause.before):
        return None
    if clause.vocabulary.isdisjoint(_NONE_WORDS) and not _NONE_BEHIND.match(clause.after):
        return None
    subject_of = _NONE_SUBJECT.match(clause.before)
    if subject_of:
        return (turned(form) if names_object(subject_of["what"]) else None) or "nothing"
    denied = _NOTHING.search(clause.before) or _NONE_BEFORE.search(clause.before) or _NONE_BEHIND.match(clause.after)
    return "nothing" if denied else None


def leaves_out(clause: Clause, form: Form) -> bool:
    """ "Der afsættes ikke midler" under "Beslutning" or in an agreement: no proposal is told of, but it is negated."""
    near = clause.before[-40:] + clause.behind[:8]
    decides = clause.in_decision or clause.scene.agrees
    denied = (_NEGATION.search(near) and not _NEITHER.search(near)) or _NONE_BEHIND.match(clause.after)
    return form.lemma == "afsætte" and decides and bool(denied)


_AGAIN = (
    r"(?:igen|på\s(?:et\s|det\s|sit\s)?(?:senere|kommende|næste)\s[^\W\d_]*møde|til\s(?:fornyet|ny)\sbehandling)(?!\w)"
)
_THE_CASE = r"(?:sagen|punktet|forslaget|ansøgningen|spørgsmålet|emnet)"
_AWAITS = re.compile(
    r"(?:(?:[^,;]{0,120}?\s(?:skal|skulle|må|måtte)\s(?:dog\s)?)?afvente(?!\w)"
    rf"|(?:genbehandle|genoptage)\s{_THE_CASE}|(?:drøfte|behandle|tage|overveje)\s{_THE_CASE}\s[^,;]{{0,60}}?{_AGAIN}"
    rf"|{_THE_CASE}\s(?:[^,;]{{0,60}}?\s)?(?:genbehandles|genoptages|genfremlægges"
    rf"|(?:behandles|drøftes|tages\sop|forelægges)\s(?:[^,;]{{0,24}}?\s)?{_AGAIN}))",
    re.IGNORECASE,
)
"""Behind "besluttede at": what waits or comes again, "(at) sagen skal afvente budgettet", "behandles på næste møde"."""


def leads_on(clause: Clause, form: Form) -> DecisionStatus | None:
    """ "besluttede ikke at lukke skolen" decides, unlike "besluttede ikke noget": the negation is of what follows."""
    verb = form.lemma in ("beslutte", "vælge", "træffe beslutning", "træffe afgørelse", "ende med")
    return form.status if verb and _NOT_TO_DO.match(clause.behind) else None


def following(clause: Clause, status: DecisionStatus | None, form: Form) -> DecisionStatus | None:
    """The status of what a body decided to do: "besluttede at afvise …", "Godkendt, at sagen udsættes"."""
    if status == "decided" and form.lemma in APPROVING and _PUTS_OFF.match(clause.after):
        return "postponed"
    opening = _OPENING.match(clause.after)
    if status is None or form.lemma not in LEADING or not opening:
        return status
    rest = clause.after[opening.end() : opening.end() + 200]
    if status == "decided" and _AWAITS.match(rest):
        return "postponed"
    who = clause.known
    if isinstance(who, Agent) and who.word in PERSONAL and rest.lower().startswith(tuple(listed("private-act"))):
        return None  # "Borgmesteren har besluttet at genopstille"
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
