"""Who decides: the subject of an active verb, the agent of a passive, and never who is asked or sent something."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.bodies.names import is_area, titled
from pipeline.facts.resolutions.clauses import REACH
from pipeline.facts.resolutions.officials import MUNICIPAL, TITLES, Official, is_of_a_firm, is_with_others, official_at
from pipeline.facts.resolutions.words import WORD, forms, listed

if TYPE_CHECKING:
    from corpus.model import Committee
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

_ONE_WORD_AT = re.compile(r"\s+\S+\s+at\b")
_IS_ASKED = re.compile(r"\b(?:til|at)\b|else\b")
_JOINED = re.compile(r"[,;]|\bog\b")
_PARTED = re.compile(r"[,;]\s*(?:og|men|mens|hvorefter)\s")
_INSIDE = re.compile(r"[^,;]{0,40}\b(?:i|på|ved)\s+(?:\w+\s+i\s+)?")
_BEGINS_CLAUSE = re.compile(r",\s*(?:og|men|mens|hvorefter)\s+(?:\w+\s+)?$")
_I_BEFORE = re.compile(r"\bi\s+$")
_AT = re.compile(r"\bat\b", re.IGNORECASE)
_BRACKET = re.compile(r"^\s*\([^)]*\)")
_ADVERBS = (
    r"(?:\s+(?:da|så|derfor|også|dermed|enstemmigt|efterfølgende|i stedet|i dag|i går|nu|herefter|desuden|et|en|enigt"
    r"|enig|enstemmig|samlet|bredt|stort|snævert|næsten|har|havde|både|såvel))*"
)
_RIGHT_AFTER = re.compile(rf"{_ADVERBS}(?:\s+(?:flertal(?:let)?\s+)?i)?\s+$")
_RIGHT_WORD = re.compile(rf"{_ADVERBS}\s+(\w+)")
_NOT_SUBJECT_BEFORE = re.compile(
    r"(?<!selv )(?:\b(?:til|fra|hos|for|mod|ved|om|af|på|over\s+for|overfor|med)|forelægges|sendt|oversendt)\s+$", re.I
)
_WE_IN = re.compile(r"(?<!u)(?:vi|flertal|flertallet|partierne|medlemmerne|politikerne|alle)\s+i\s+$", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r",\s*(?:og|men|mens)\s+\w+(?:\s+\w+){0,3}\s*$", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r"\b(?:jeg|vi|han|hun|man|de|familien|forældrene|borgeren|mindretal|mindretallet)\b", re.I)
_OTHER_NAME = re.compile(
    r"\([A-ZÆØÅ]{1,3}\)|,\s*som\s+[A-ZÆØÅ][\w-]+(?:\s+[A-ZÆØÅ][\w-]+)?\s*$|,\s*(?:og|men|mens|samt)\s+[A-ZÆØÅ]"
    r"|\s(?:og|men|mens)\s+(?:Liste\s+)?[A-ZÆØÅ]\w*\s+(?:kunne|kan|vil|ville|ønskede|stemte|var|har)\b"
)
_AGENT = re.compile(
    r"\b[Aa]f\s+(?:et\s+(?:\w+\s+){1,2}(?:i\s+)?|flertallet\s+i\s+|[A-ZÆØÅ][\w-]+\s+(?:[Kk]ommunes\s+)?)?$"
)
_BY_OR_IN = re.compile(r"\s(?:af|i|fra|på|hos)\s(?:(?!af\b|i\b|fra\b|på\b|hos\b)\w+\s+){0,3}$", re.IGNORECASE)
_AS_BEFORE = re.compile(r"\bsom\s+$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?:den|det|de)\s+$", re.IGNORECASE)  # "i den af … foreslåede form"
_OF_ANOTHER = re.compile(  # "som anbefalet af …", "jf. indstilling i …": who advised, not who decided
    r"\b(?:som|der|hvad|således)\s(?:[^,;]{0,60}\s)?\w+t\s+(?:\w+\s+){0,2}$"
    r"|\b(?:indstillet|anbefalet|foreslået|ønsket|fremlagt|forelagt|fremsat|begæret|udarbejdet)\s+(?:\w+\s+){0,2}$"
    r"|\b\w*(?:indstilling|anbefaling|forslag|anmodning|begæring|beslutning|udtalelse|ønske|tilføjelse|ændring|bemærkning"
    r"|drøftelse|behandling|høring|forelæggelse|orientering)"
    r"(?:en|et|er|erne|ne)?\s+(?:\w+\s+)?$"
    r"|\b(?:med|til|under|uden|om|vedr\w*)\s+(?:\w+\s+){0,3}?\w{2,}(?:else|ing|tion|salg|køb|del)(?:n|en|et)?\s+$",
    re.IGNORECASE,
)
_MEMBERS = re.compile(r"(?:[A-ZÆØÅ][^\W\d_]*-(?:,\s+|\s+og\s+))+$", re.IGNORECASE)
_FIELD_BEFORE = re.compile(r"(?<![^\W\d_]|-)(?P<field>[A-ZÆØÅ][^\W\d_]+)\s+og\s+$")
"""In front of "Miljøforvaltningen": "Teknik og", without the hyphen."""
_PROPER = re.compile(r"(?:[A-ZÆØÅ][^\W\d_]*[\s-]+)+$")
_VI_BEFORE = re.compile(
    r"\bvi(?:\s+(?:har|havde|kan(?=[^,;]*\sikke\s)))?"
    r"(?:\s+(?:derfor|desværre|nu|herefter|samtidig|i dag|ikke|(?:den|d\.)\s*\d{1,2}\.\s*[^\W\d_]+\s+\d{4})){0,3}\s+$",
    re.IGNORECASE,
)
_VI_BEHIND = re.compile(r"\s+vi\b", re.IGNORECASE)
_TO_YOU = re.compile(r"\b(?:dig|jer|din|dit|dine|jeres)\b|\b(?:Deres|Dem)\b")
_ASKED_FOR = re.compile(r"\W*(?:Ansøgningen|Anmodningen|Klagen|Dispensationen)\b[^,;]*\bvi\s")
_OF_PAPERS = re.compile(
    r"\s+(?:derfor\s+)?(?:ikke\s+)?at\s+(?:undtage|udlevere|imødekomme|afslå|afvise|give|meddele)\b", re.IGNORECASE
)
_THAT_YOU = re.compile(r",?\s+at\s+(?:du|I|De)\b")
_ADVERBIAL = re.compile(
    r"\W*(?:derfor|herefter|på|den|d\.|i|efter|samtidig|desuden|endvidere|dermed|så|nu|ved)\b", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\b(?:blev|er|var|blive|været)\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?:\s+(?:den|d\.)\s[^,]{0,30})?,\s*(?:som|der)\s+(?:har\s+|havde\s+)?"
    r"(?:(?:på\s+(?:sit\s+)?mødet?\s+)?(?:den|d\.)\s\d[^,]{2,24}?\s+|(?:tidligere|senere|enstemmigt|i\s+stedet)\s+|i\s+(?:19|20)\d\d\s+)?"
)
_COUNCIL_MEETING = re.compile(
    r"\b(?:på|ved)\s+(?:et\s+)?(byråds|kommunalbestyrelses|regionsråds|borgerrepræsentations)møde", re.IGNORECASE
)
_OWN_MEETING = re.compile(r"\s+(?:\w+\.?\s+)?(?:[a-zæøå]*møde|[a-zæøå]*behandling)")
_OF_ITS_MAJORITY = re.compile(r"\s+flertal(?:let)?\b")
_AT_PLACE = re.compile(r"\b(?:i|på|ved|hos|under)\s+(?:et\s+)?$", re.IGNORECASE)
_OF_PLACE = re.compile(r"\b(?:i|af|for|til|fra|med|hos|mod|ved|over)\s+$", re.IGNORECASE)
_MAJORITY = re.compile(r"[^,;.]{0,20}?\baf\s+(?:et\s+(?:\w+\s+)?flertal|flertallet)\b", re.IGNORECASE)
_UNANIMOUS = ("enigt", "samlet", "enstemmigt", "enig", "samlet", "enstemmig", "splittet", "nyt")
COUNCILS = {
    "byråd": "Byrådet",
    "regionsråd": "Regionsrådet",
    "kommunalbestyrelse": "Kommunalbestyrelsen",
    "borgerrepræsentation": "Borgerrepræsentationen",
    "folketing": "Folketinget",
}
_OTHER_COUNCIL = re.compile(
    r"\b(?:det|den)\s+(?:tidligere|forrige|daværende|nuværende|siddende|afgående|afgåede|nyvalgte|nye|gamle)\s+$", re.I
)
_PREPOSITION = re.compile(
    r"\b(?:i|under|efter|før|siden|gennem|hos|af|til|fra|for|mod|ved|om|på|med|over|blandt|end|hvor|som)\s+$", re.I
)
_NAMED_OFFICE = re.compile(
    r"(?P<name>[A-ZÆØÅ][^\W\d_]+(?<=sk|al)[ \t])$"
)  # "Teknisk Forvaltning", "Social Forvaltning"
_ACTOR_ENDINGS = ("forvaltningen", "udvalg", "kommunen", "rådet")
_KINDS_OF_BODY = frozenset(("råd", "nævn", "kommission", "bestyrelse"))
PERSONAL = frozenset(("borgmesteren", "rådmanden", "direktøren", "chefen"))
_OFFICIALS = frozenset(("direktøren", "chefen"))
_RULED_BY_OFFICIALS = frozenset(
    (
        *("beslutte", "træffe beslutning", "træffe afgørelse", "godkende", "bevilge", "tildele"),
        *("vælge", "afslå", "give afslag", "ende med", "afvise"),
    )
)
_WITH_RECEIVER = frozenset(
    (
        *("anbefale", "fraråde", "indstille", "give", "give afslag"),
        *("meddele", "meddele afslag", "oversende", "pålægge", "bemyndige", "genfremsætte"),
    )
)


class Agent(msgspec.Struct, frozen=True):
    """Who decides, ``name`` "" for an authority without one ("et flertal"), where it is printed, and as what."""

    name: str
    start: int
    word: str = ""


def subject(text: str, clause: Clause, form: Form) -> Agent | None:
    """Who does an active verb. "Økonomiudvalget anbefaler Byrådet at …": the one behind is asked."""
    if isinstance(clause.known, bool):
        clause.known = _subject(text, clause, form)
    return clause.known or clause.elided


def _subject(text: str, clause: Clause, form: Form) -> Agent | None:
    right, left = _right(text, clause), _left(text, clause)
    if form.lemma not in _RULED_BY_OFFICIALS:
        right, left = (None if who and who.word in _OFFICIALS else who for who in (right, left))
    asked = form.lemma in _WITH_RECEIVER and _ONE_WORD_AT.match(clause.after)
    if right and asked and not _ADVERBIAL.match(clause.before):
        right = None
    if left and form.lemma in _WITH_RECEIVER and not _NEW_CLAUSE.search(text[left.start : clause.verb]):
        return left
    return right or left or _writers(clause)


def _writers(clause: Clause) -> Agent | None:
    """The authority that writes a letter: "Vi har besluttet at give dig aktindsigt"."""
    if not ("vi" in clause.vocabulary and _VI_BEFORE.search(clause.before)) and not _VI_BEHIND.match(clause.after):
        return None
    if not (clause.scene.answers or clause.scene.rules):
        return None
    told = clause.scene.rules or _TO_YOU.search(clause.after[:120] + clause.before) is not None
    told = told or (clause.scene.is_ruling and clause.after.startswith(" afgørelse om"))
    asked = clause.scene.is_ruling and clause.scene.answers and _ASKED_FOR.match(clause.before)
    ruled = clause.scene.is_ruling and (_THAT_YOU.match(clause.after) or _OF_PAPERS.match(clause.after))
    return Agent("", clause.cut, "vi") if told or asked or ruled else None


def agent(text: str, clause: Clause, form: Form) -> Agent | None:
    """The body behind "af" in a passive: "vedtaget af Byrådet", "blev det af Byrådet vedtaget".

    "Anbefales godkendt af Byrådet" and "anbefales til godkendelse af Byrådet" are none: Byrådet is asked to approve;
    nor is "godkendt som anbefalet af Økonomiudvalget", which tells who advised.
    """
    for body in clause.bodies:
        if is_of_another(text, clause, body.start):
            continue
        name = "" if _only_owns(text, body) else called(body)  # "truffet af byrådets økonomiudvalg"
        if body.start > clause.stop:
            between = text[clause.stop : body.start]
            other = {word.lower() for word in WORD.findall(between)} & forms().keys()
            asked = form.status == "recommended" and (other or _IS_ASKED.search(between))
            by = _AGENT.search(between) or (form.lemma == "give grønt lys" and between.endswith(" fra "))
            if len(between) < 60 and by and not asked:
                return Agent(name, body.start)
        elif body.start >= clause.start and _AGENT.search(text[max(clause.start, body.start - 30) : body.start]):
            between = text[body.end : clause.verb]
            if len(between) < 50 and not _JOINED.search(between) and not _AUXILIARY.search(between):
                return Agent(name, body.start)
    majority = clause.has_af and _MAJORITY.match(clause.after)
    return Agent("", clause.stop, "flertallet") if majority else None


def is_of_another(text: str, clause: Clause, at: int) -> bool:
    """Whether the "af", "i" or "fra" in front of ``at`` belongs to another word than the verb: "som anbefalet af"."""
    begin = clause.stop if at > clause.stop else max(clause.start, at - 80)
    front = _BY_OR_IN.search(text, max(begin, at - 40), at)
    if front is None:
        return False
    if at > clause.stop and front.start() <= clause.stop:
        return bool(_AS_BEFORE.search(text, max(clause.start, clause.verb - 8), clause.verb))  # "Som indstillet af …"
    attribute = at > clause.stop and _ATTRIBUTE.search(text, begin, front.start() + 1)
    return bool(attribute or _OF_ANOTHER.search(text, begin, front.start() + 1))


def place(text: str, clause: Clause) -> Agent | None:
    """The body at whose meeting a passive happened: "På møde i Socialudvalget blev …", "blev vedtaget i Byrådet"."""
    begin, stop = max(clause.start, clause.verb - 120), min(clause.end, clause.stop + 80)
    meeting = clause.scene.prose.lower.find("møde", begin, stop) >= 0
    council = _COUNCIL_MEETING.search(text, begin, stop) if meeting else None
    if council and not _NEW_CLAUSE.search(text[clause.stop : council.start()]):
        return Agent(COUNCILS[council[1].lower().removesuffix("s")], council.start())
    for body in clause.bodies:
        if _PARTED.search(text, body.end, clause.verb):
            continue
        inside = _INSIDE.fullmatch(text, clause.stop, body.start)
        if body.end > clause.verb and not inside:
            continue
        if inside and is_of_another(text, clause, body.start):
            continue
        if clause.link in ("der", "som") and body.start < clause.cut:
            continue
        owner = is_genitive(body) and not _OWN_MEETING.match(text, body.end)
        at_its_meeting = clause.link == "hvor" and body.start < clause.cut and "møde" in clause.matrix
        if not owner and (
            inside or at_its_meeting or _AT_PLACE.search(text, max(clause.start, body.start - 24), body.start)
        ):
            return Agent(called(body), body.start)
    return None


def _only_owns(text: str, body: Committee) -> bool:
    return is_genitive(body) and not _OF_ITS_MAJORITY.match(text, body.end)


def called(body: Committee) -> str:
    """What a body is called: its name, or the abbreviation where that may stand for several."""
    return body.name or body.abbreviation or ""


def is_genitive(body: Committee) -> bool:
    return body.text.lower().endswith("s")


def _right(text: str, clause: Clause) -> Agent | None:
    for body in clause.bodies:
        if body.start >= clause.stop and _RIGHT_AFTER.fullmatch(text[clause.stop : body.start]):
            return None if _only_owns(text, body) else Agent(called(body), body.start)
    match = _RIGHT_WORD.match(clause.after)
    if not match:
        return None
    return _actor(clause.after, match.start(1), match[1], clause, clause.stop)


def _left(text: str, clause: Clause) -> Agent | None:
    """The nearest subject in front: a named body, unless "…, og udvalget" begins another clause behind it."""
    body, actor = _left_body(text, clause), _left_actor(clause)
    if body and actor and body.start < clause.cut <= actor.start:
        return actor
    if body and actor and _BEGINS_CLAUSE.search(text, body.start, actor.start):
        return actor
    return body or actor


def _left_body(text: str, clause: Clause) -> Agent | None:
    for body in reversed([body for body in clause.bodies if body.end <= clause.verb]):
        before, between = text[max(clause.start, body.start - REACH) : body.start], text[body.end : clause.verb]
        free = can_be_subject(before) or _RELATIVE.fullmatch(between)
        if free and not _only_owns(text, body) and _is_near(between):
            return Agent(called(body), body.start)
    return None


def _left_actor(clause: Clause) -> Agent | None:
    base = clause.verb - len(clause.before)
    if not any(map(_may_act, clause.vocabulary)):
        return None
    for match in reversed(list(WORD.finditer(clause.before))):
        found = _actor(clause.before, match.start(), match.group(), clause, base)
        if found and can_be_subject(clause.before[: match.start()]) and _is_near(clause.before[match.end() :]):
            return found
    return None


def can_be_subject(before: str) -> bool:
    """Whether what stands in front of a body leaves it free to be a subject: no "til", "fra" or "af"."""
    plain = not _NOT_SUBJECT_BEFORE.search(before) and not _I_BEFORE.search(before)
    return plain or bool(_WE_IN.search(before))


def _is_near(between: str) -> bool:
    """Whether what stands between a subject and its verb names no other subject."""
    return (
        len(between) < 120
        and not _OTHER_SUBJECT.search(between)
        and not _AT.search(between)
        and not _OTHER_NAME.search(_BRACKET.sub("", between))
    )


def _actor(part: str, at: int, word: str, clause: Clause, base: int) -> Agent | None:
    """The authority that a word names: an administration its name, "et enigt byråd" Byrådet, a majority none."""
    low = word.lower()
    if not _may_act(low):
        return None
    if low.endswith(TITLES):
        official = official_at(part, at)
        return _official(part, at, official, clause, base) if official else None
    if low in listed("private-body") or (low == "bestyrelsen" and not clause.scene.of_board):
        return None
    if low == "ledelsen" and MUNICIPAL.isdisjoint(clause.scene.prose.words):
        return None  # a firm's
    if (low in PERSONAL and clause.in_decision and not clause.has_decided) or (
        low == "parterne" and not clause.scene.is_budget_agreement
    ):
        return None
    if low.endswith(("kommune", "kommunen", "regionen", "region")):
        return _municipality(part, at, low, base)
    previous = WORD.findall(part[max(0, at - 20) : at].lower())[-1:]
    united = bool(previous) and (previous[0] in _UNANIMOUS or _is_other_council(part, at))
    if low == "byrådsmedlemmerne":
        return Agent("Byrådet", base + at, low)
    if low in COUNCILS:
        return Agent(COUNCILS[low], base + at, low) if united or previous in (["et"], ["en"]) else None
    if low in _KINDS_OF_BODY:
        return Agent("", base + at, low) if united else None
    if low.endswith("udvalg"):
        return Agent(low.capitalize() + "et" if low != "udvalg" else "", base + at, low) if united else None
    if low == "forvaltning":
        named = _NAMED_OFFICE.search(part, max(0, at - 30), at) if part[at].isupper() else None
        return Agent(named["name"] + word, base + named.start(), "forvaltningen") if named else None
    if low.endswith(("forvaltningen", "administrationen", "direktionen")) or of_state(low):
        members = _MEMBERS.search(part, max(0, at - 60), at) or _field_before(part, at)
        name = titled(members.group() + word) if members else low.capitalize()
        return Agent(name, base + (members.start() if members else at), low)
    return Agent(low.capitalize() if low in listed("actor-named") else "", base + at, low)


def _field_before(part: str, at: int) -> re.Match[str] | None:
    """ "Teknik og " in front of "Miljøforvaltningen", but no "Byrådet og "."""
    before = _FIELD_BEFORE.search(part, max(0, at - 40), at) if part[at].isupper() else None
    return before if before and is_area(before["field"]) else None


def _official(part: str, at: int, who: Official, clause: Clause, base: int) -> Agent | None:
    """ "Indkøbschefen", and "direktøren" in a paper of a municipality: no firm's, and no report in minutes."""
    firm = is_of_a_firm(part, who.end) or is_of_a_firm(clause.scene.text, base + who.end)
    municipal = who.has_field or not MUNICIPAL.isdisjoint(clause.scene.prose.words)
    if firm or not municipal or (clause.in_decision and not clause.has_decided):
        return None
    return Agent("" if is_with_others(part, at) else who.title, base + at, who.kind)


def _is_other_council(part: str, at: int) -> bool:
    """Whether "Det tidligere", as a subject's, stands in front of "byråd": another council than today's."""
    match = _OTHER_COUNCIL.search(part, max(0, at - 60), at)
    return match is not None and not _PREPOSITION.search(part, max(0, match.start() - 12), match.start())


@lru_cache(maxsize=4096)
def _may_act(word: str) -> bool:
    return (
        word in listed("actor")
        or word == "forvaltning"
        or word in COUNCILS
        or word in _KINDS_OF_BODY
        or word.endswith((*_ACTOR_ENDINGS, *TITLES))
        or of_state(word)
    )


def of_state(word: str) -> bool:
    """ "ministeriet", "Naturstyrelsen", "Vejdirektoratet", but no "bestyrelsen"."""
    return word.endswith(("ministeriet", "styrelsen", "direktoratet")) and not word.endswith("bestyrelsen")


def _municipality(part: str, at: int, low: str, base: int) -> Agent | None:
    """ "Fjordby Kommune" and "kommunen" decide without a body's name, but not "byrådet i Fjordby Kommune"."""
    front = part[max(0, at - 60) : at]
    if low == "region":
        named = part[at].isupper() and part[at + len(low) + 1 : at + len(low) + 2].isupper()
        acts = named and not _OF_PLACE.search(front)
    else:
        name = _PROPER.search(front)
        acts = low != "kommune" or (name is not None and not _OF_PLACE.search(front[: name.start()]))
    return Agent("", base + at, "kommunen") if acts else None
