"""What a body decided not to do: "besluttede ikke at afsætte 2 mio. kr.", "besluttede, at skolen ikke lukkes".

Where what it will not do is to carry out what it was asked for (``carried-out`` in ``lexicon/decision_words.csv``), the
proposal is rejected. Of any other deed the sentence does not say whether it was proposed ("ikke at lukke skolen" may be
the proposal), and where only a part is denied there is no one status: the decision keeps its own and is negated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.cancelled import cancels, undoes_saving
from pipeline.facts.resolutions.denial import DENYING, NOT_OR_NEITHER, NOT_WORDS, ONLY
from pipeline.facts.resolutions.negated import APPROVED, APPROVING, LEADING, leaves_out
from pipeline.facts.resolutions.worded import reverses
from pipeline.facts.resolutions.words import WORD, form_of, is_infinitive, listed

if TYPE_CHECKING:
    from corpus.model import DecisionStatus
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.words import Form

_REACH = 200
_ADVICE_END = re.compile(
    r"[;\n](?!\S)|(?<!\bkr)(?<!\bmio)(?<!\bmia)(?<!\bpkt)(?<!\bnr)\.(?!\S)|,\s+(?:og|men|idet|da)\s", re.IGNORECASE
)
_AT_FRONT = re.compile(r"(?:^|\bat)\s*$", re.IGNORECASE)
_NOT_IN_ADVICE = frozenset(("som", "der", *NOT_WORDS, "hvis", "såfremt", "selv", "skønt", "fordi", "uanset"))
_OF_A_NOUN = frozenset(("om", "for"))
_TO_FALL = re.compile(r"(?:\s[\w-]+){0,4}?\stil\s(?:forkastelse|afvisning|afslag|bortfald)(?!\w)", re.IGNORECASE)
"""Behind "indstiller": "(lovforslaget) til forkastelse"."""
_TO_DO = re.compile(r",?\s+(?:(?:ikke|straks|fortsat)\s+)?at\b", re.IGNORECASE)
_ADVISED = frozenset(("present", "infinitive", "present-passive", "participle", "noun", "intransitive"))
REASON = re.compile(r";|\n\s*\n|,?\s\b(?:idet|fordi|eftersom|medmindre|forudsat|såfremt)\b", re.IGNORECASE)
_NOT = rf"{DENYING}(?![-\w])(?!\s+(?:{ONLY}|over(?:stige|skride))\b|\s+må\s+over)"
_NOT_TO = re.compile(rf"(?<!\w){NOT_OR_NEITHER}\s+at\s+", re.IGNORECASE)
_PROPOSED_NOT = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,4}?[^\W\d_]*(?:forslag|indstilling|anbefaling|anmodning|oplæg)(?:en|et|ene|erne)?"
    rf"(?:\s+fra\s[^,;]{{1,40}}?)?\s+om,?\s+{NOT_OR_NEITHER}\s+at\s",
    re.IGNORECASE,
)
"""Behind a yes to what somebody proposes: "(vedtog) forslaget om ikke at gennemføre …"."""
_AT = re.compile(r"(?<!\w)at\s+", re.IGNORECASE)
_NOT_WORD = re.compile(rf"(?<!\w){_NOT}", re.IGNORECASE)
_JOINED = re.compile(r"(?:^|[\s,])(?:og|samt|men|eller|heller)\s+(?:heller\s+)?$", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(
    r",(?!\d)|\b(?:som|der|hvis|når|hvor|fordi|at|om|end|mens|indtil|før|så|hvilket)\b", re.IGNORECASE
)
_INNER_CLAUSE = re.compile(r",(?!\d)|\b(?:som|der|hvis|når|hvor|fordi|at|mens|indtil|før|så|hvilket)\b", re.IGNORECASE)
_OF_CASE = re.compile(
    r"(?:(?:de[nt]?|dette|denne|disse|[^\W\d_]{2,30}s)\s+)?[^\W\d_]{0,24}"
    r"(?:forslag|ønske|henvendelse|ansøgning|anmodning|indstilling|projekt|plan|sag|besparelse|notat|dokument|rapport|referat)"
    r"[^\W\d_]{0,6}(?![\w-])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\.(?=\s+[A-ZÆØÅ]|\s*$)|;|\n\s*\n|,\s+(?:og|men|samt|idet|fordi)\s")
_PASSIVE = re.compile(r"\s+(?:at\s+blive\s+|skal\s+|bliver\s+)?[^\W\d_]{2,24}(?:s|t)(?!\w)", re.IGNORECASE)
_FINITE = re.compile(
    r"\s+(?:(?:skal|vil|bliver|kan|må|får|er|har|bør|sker)(?!\w)|(?!straks(?!\w))[^\W\d_]{3,24}s(?!\w))", re.IGNORECASE
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*$")
_RIDER = re.compile(
    r"(?<!\w)med\s+(?:(?:den|det|de|en|et|følgende|denne)\s+)?(?:[^\W\d_]+e\s+)?"
    r"(?:bemærkning|præcisering|tilføjelse|tilkendegivelse|understregning|kommentar|note|henstilling|opfordring)[^\W\d_]{0,4}(?:\s+om)?,?\s*$",
    re.IGNORECASE,
)
_IS_SO = re.compile(
    r"\s*(?:er|var|har|havde|vil\s+være|kan(?!\s+[^\W\d_]+s\b)|ønsker|mener|finder|ser|betyder|medfører|gælder|omfatter|kræver"
    r"|indebærer|indeholder|ligger|tager|får|ændrer)(?!\w)",
    re.IGNORECASE,
)
"""What is remarked beside an approval of how things are takes nothing back: "med den præcisering, at det ikke er …"."""
_NEXT = re.compile(r"(?:,\s*)?\b(?:og|samt|men|eller)\s+at\s+", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:men|i\s+stedet|dog|derimod|undtagen|bortset|kun|mere|flere|yderligere|over|før|endnu|alle|hele|fuldt)\b"
    r"|\b(?:og|samt)\s+(?:i\s+\w+\s+)?at\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"[\s\d.)(•*–-]{0,12}")
_GRANTS_A_PART = re.compile(r"\bdelvist?\b|\bat\s+(?:undtage|tilbageholde)\b", re.IGNORECASE)
"""In an answer to who has asked: "delvis aktindsigt", "at undtage 14 dokumenter"; the rest is refused."""
_PARTLY_BEFORE = re.compile(r"\bdelvist?\s+$", re.IGNORECASE)
_PARTLY_BEHIND = re.compile(
    r"\s+(?:(?:derfor|dermed|herved|kun|dog|hermed)\s+){0,2}delvist?\b(?!\s+(?:af|med|fra)\b)", re.IGNORECASE
)
_GRANTED_IN_PART = frozenset(("imødekomme", "godkende", "tiltræde", "vedtage"))
_SOME_OF = re.compile(
    r"\baktindsigt\s+i\s+(?:kun\s+|alene\s+|de\s+)?(?:\d+|en|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|nogle|flere|enkelte"
    r"|fleste|en\s+del|dele|største?delen|hovedparten|halvdelen)\s+(?:(?:dokument|bilag|akt|side|mail)\w*\s+)?(?:ud\s+)?af\s",
    re.IGNORECASE,
)
_REST_IS_REFUSED = re.compile(
    r"\s*De[nt]?\s+(?:øvrige|resterende|andre|sidste)\b[^.?!]{0,80}\b(?:undtages|undtaget|undtager|tilbageholdes|afslås|afslag"
    r"|udleveres\s+ikke|ikke\s+udlever\w+)\b",
    re.IGNORECASE,
)
_GRANTING = frozenset(("give aktindsigt", "imødekomme", "beslutte"))
_BUT_NOT = re.compile(r"\bdog\s+(?:ikke|ej)\s+(?:de[nt]?|punkt|pkt\.|forslag)\s", re.IGNORECASE)
_PART_FALLS = re.compile(
    r"\b(?:dog(?:\s+(?:således|sådan|med\s+den\s+ændring))?|med\s+den\s+ændring),?\s+(?:at\s+)?"
    r"(?:(?!(?:ikke|ej|kan|hvis|såfremt)\b)(?:(?:mio|kr|pkt|nr)\.|\d[\d.,]*|[^\s,;.]+)\s+){0,10}?"
    r"(?:udgår|bortfalder|slettes|stryges|fjernes|udtages|tages\s+ud|droppes)(?!\w)(?!\s+(?:ikke|ej|hvis|såfremt)\b)",
    re.IGNORECASE,
)
"""A part that falls of what is adopted: "(godkendt), dog således at årsværkene udgår", "dog udgår punkt 3"."""
_ADOPTING = frozenset(
    ("godkende", "tiltræde", "vedtage", "beslutte", "følge", "tilslutte", "vælge", "anbefale", "indstille")
)
_ADOPTS_A_NO = re.compile(
    r"(?:\s+[^\W\d_]+\s+at\s+(?:følge|tiltræde|godkende))?"
    r"(?:\s+(?:enstemmigt|hermed|derfor|dermed|herefter|også|sig\s+for|sig)){0,2}"
    r"(?:\s+(?:et\s+|det\s+)?(?:(?!uden|efter|trods|ingen|intet)[^\W\d_]+\s+)?(?:afslag(?:et)?|afvisning(?:en)?|nej)(?:\s+(?:på|af|til)\s|\s*(?:[.,;]|$))"
    r"|\s+(?:[^\W\d_-]+s\s+)?(?:indstilling|anbefaling|forslag|oplæg)(?:en|et)?\s+(?:fra\s+[^\W\d_]+\s+)?om,?\s+"
    r"(?:at\s+(?:afvise|afslå|forkaste|(?:give|meddele)\s+(?:[^\W\d_]+\s+)?afslag)|afslag|afvisning)(?!\w)"
    r"|,?\s+at\s+der\s+(?:[^\W\d_]+\s+)?(?:gives|meddeles)\s+(?:[^\W\d_]+\s+)?afslag(?!\w))",
    re.IGNORECASE,
)
"""Behind a yes: "(godkendte) afslaget på ansøgningen", "(tiltrådte) indstillingen om at afvise …"."""
_A_NO_IS = re.compile(
    r"\W*(?:et\s+)?afslag(?:et)?\s+(?:på|til)\s[^,;]{1,80}?\s(?:(?:blev|er|bliver)\s+(?:[^\W\d_]+\s+)?)?$",
    re.IGNORECASE,
)
_ON_A_NO = re.compile(
    r"(?:(?!afgørelse|beslutning)[^,;]){0,60}?\s(?:afgørelse|beslutning)\s+om\s+(?:(?:delvist?|et|fuldt)\s+)?(?:afslag|afvisning)(?!\w)",
    re.IGNORECASE,
)
"""Of a ruling that refuses: "(traf) afgørelse om afslag på ansøgningen"."""
_NOT_DONE = re.compile(
    rf"(?:[^\W\d_]+\s+){{1,4}}(?:[^\W\d_]{{3,}}s|får|skal|bliver)\s+{_NOT}(?!\s+(?:kun|over|mere|under)(?!\w))",
    re.IGNORECASE,
)
_WISHES_NOT = re.compile(
    r",?\s+(?:og|men|samt)\s+(?:[^\W\d_]+\s+)?ønske(?:r|de)\s+(?:[^\W\d_]+\s+)?ikke\s", re.IGNORECASE
)
"""A further clause that says no: "(oversender A til Økonomiudvalget) og ønsker ikke at gå videre med B"."""
_HELPING = re.compile(r"(?:skal|vil|bliver|kan|\s)+", re.IGNORECASE)
_REMARKS = ("bemærkning", "anmodning", "opfordring", "orientering", "oplysning")
_SETTLING = ("beslutning", "indstilling", "anbefaling", "afgørelse")
_APPROVED = re.compile(APPROVED, re.IGNORECASE)
_PURPOSE = frozenset(("for", "ved", "på", "af", "uden", "end", "som", "til", "mod", "besked"))


def undone(clause: Clause, form: Form, status: DecisionStatus) -> tuple[DecisionStatus, bool]:
    """The status of a decision, and whether it says of something, or of a part of it, that it is not to be done."""
    if status not in ("decided", "recommended"):
        return status, False
    if reverses(form):
        return status, True
    if form.lemma in ("træffe afgørelse", "træffe beslutning") and _ON_A_NO.match(clause.after):
        return "rejected", False
    if form.lemma in _ADOPTING and _adopts_a_no(clause):
        return status, True
    if form.lemma == "drøfte":
        return status, False  # "drøftede, at mange ansøgninger ikke indeholder budgetter"
    if leaves_out(clause, form) or _is_in_part(clause, form) or (clause.scene.answers and _grants_a_part(clause, form)):
        return status, True
    if _PART_FALLS.search(clause.after) or _BUT_NOT.search(clause.after) or undoes_saving(clause.after):
        return status, True
    if status == "decided" and _approves_a_no(clause, form):
        return status, True
    if form.lemma == "indstille" and _TO_FALL.match(clause.after):
        return status, True
    if form.lemma != "fraråde" and not clause.scene.may_turn(clause.stop, clause.stop + len(clause.after)):
        return status, False
    if status == "recommended" and (form.lemma == "fraråde" or says_no(clause.after)):
        return status, True
    said = _WISHES_NOT.split(clause.after, maxsplit=1)[0]
    reason = REASON.search(said)
    said = said[: reason.start()] if reason else said
    deed = _denied(said)
    if deed is None:
        return status, gives_up(_behind_at(said)) or _denied_further(said)
    whole = status == "decided" and form.lemma in LEADING and carries_out(deed) and not _MORE.search(deed)
    return ("rejected", False) if whole and not _PROPOSED_NOT.match(said) else (status, True)


def _adopts_a_no(clause: Clause) -> bool:
    return _ADOPTS_A_NO.match(clause.after) is not None or _A_NO_IS.match(clause.before) is not None


def _approves_a_no(clause: Clause, form: Form) -> bool:
    """ "Udvalget godkendte at afvise ansøgningen", "Tiltrådt, at forslaget forkastes"."""
    opening = _APPROVED.match(clause.after) if form.lemma in APPROVING else None
    return opening is not None and says_no(clause.after[opening.end() :])


def _is_in_part(clause: Clause, form: Form) -> bool:
    """ "Ansøgningen imødekommes dermed delvist", "delvist godkendt": the rest is refused."""
    if form.lemma not in _GRANTED_IN_PART:
        return False
    return _PARTLY_BEFORE.search(clause.before[-20:]) is not None or _PARTLY_BEHIND.match(clause.after) is not None


def _grants_a_part(clause: Clause, form: Form) -> bool:
    """Whether an answer to who has asked grants less than all, by what stands around its verb or right behind it."""
    said = f"{clause.before[-40:]} … {clause.after[:60]}"
    if _GRANTS_A_PART.search(said) or _SOME_OF.search(said):
        return True
    return form.lemma in _GRANTING and _REST_IS_REFUSED.match(clause.scene.text, clause.end) is not None


def point_denies(text: str, status: DecisionStatus) -> bool:
    """Whether a point of a recommendation is of something that is not to be done: "at der ikke afsættes …"."""
    if status not in ("decided", "recommended"):
        return False
    point = _MARK.sub("", text, count=1)
    if (status == "recommended" and says_no(point)) or cancels(point):
        return True
    if _NOT_DONE.match(point) or _NOT_WORD.match(point) or _denied(point) is not None or _denied_further(point):
        return True
    if status == "decided" and _falls(point):
        return True
    if _AT.match(point) is None and not_in(point) is not None:
        return True  # behind a head that ends in "at": "der ikke bygges en hal"
    return gives_up(_behind_at(point) if point.lower().startswith("at ") else point)


def _falls(point: str) -> bool:
    """Whether the first verb of a point is that something falls: "At besparelsen på 2 mio. kr. udgår"."""
    for match in WORD.finditer(point[:_REACH]):
        form = form_of(match.group(), point[match.end() :])
        if form is not None and form.tense in ("infinitive", "present-passive", "intransitive"):
            stays = _NOT_WORD.match(point[match.end() :].lstrip())
            return form.lemma in ("udgå", "bortfalde") and not stays
    return False


def says_no(said: str) -> bool:
    """Whether a verb of what is recommended refuses: "(indstilles) afvist", "at godkende A og at afvise B"."""
    near = _ADVICE_END.split(said[:_REACH], maxsplit=1)[0]
    starts = [0, *(each.end() for each in _NEXT.finditer(near))]
    return any(refusing(near[start:]) == "rejected" for start in starts)


def refusing(near: str) -> DecisionStatus | None:
    """The status of the first verb of deciding that says what is to be done, None where there is none."""
    for at, found in enumerate(WORD.finditer(near)):
        word = found.group().lower()
        if word in _NOT_IN_ADVICE and not (word == "der" and _AT_FRONT.search(near[: found.start()])):
            return None
        if word in _OF_A_NOUN and _TO_DO.match(near, found.end()):
            return None  # "planen om at droppe hallen"
        behind = near[found.end() :]
        form = form_of(word, behind)
        if form is not None and form.tense == "present" and form.status != "rejected" and ", at " in behind:
            continue  # "at udvalget godkender, at ansøgningen afslås"
        if form is None or form.tense not in _ADVISED or (form.tense == "noun" and at > 2):
            continue
        adopts_a_no = form.lemma in _ADOPTING and _ADOPTS_A_NO.match(behind)  # "at udvalget godkender afslag til …"
        return "rejected" if adopts_a_no else form.status
    return None


def _behind_at(said: str) -> str:
    """What is to be done: behind the first "at", but for that of a noun, "planen om at droppe hallen"."""
    at = _AT.search(said)
    front = WORD.findall(said[: at.start()].lower()) if at else []
    of_noun = front[-1:] == ["om"] and not (front[-2:-1] and front[-2].startswith(_SETTLING))
    return said[at.end() :] if at and not of_noun else ""


def gives_up(content: str) -> bool:
    """ "(at) droppe projektet", "(at) skolen opgives": what is not to be done after all."""
    stop = _INNER_CLAUSE.search(content)
    words = WORD.findall((content[: stop.start()] if stop else content)[:_REACH].lower())
    if words[:1] and (words[0] in listed("gives-up") or _takes_back(words)):
        return True
    if any(word in listed("given-up") for word in words[1:]):
        return True
    return "ophæves" in words and not listed("of-a-grant").isdisjoint(words[: words.index("ophæves")])


def _takes_back(words: list[str]) -> bool:
    """ "(at) trække bevillingen tilbage", "(at) lukke ned for ordningen": a verb that gives up by another word.

    To repeal ("ophæve") gives up a grant or a decision, but no plan and no rule.
    """
    if words[0] == "ophæve":
        return not listed("of-a-grant").isdisjoint(words[1:6])
    phrases = [each.split() for each in listed("gives-up") if " " in each]
    return any(
        words[0] == verb and (tail == words[1 : 1 + len(tail)] or (len(tail) == 1 and tail[0] in words))
        for verb, *tail in phrases
    )


def _denied(said: str) -> str | None:
    """What the first clause that tells the decision says is not done, from its verb on; None: it denies nothing."""
    to, at = _NOT_TO.search(said), _AT.search(said)
    if to and at and to.end() == at.end():
        return None if _last_word(said[: to.start()]) in _PURPOSE else said[to.end() :]
    if at is None or not _tells(said[: at.start()]):
        return None
    deed = not_in(said[at.end() :])
    remarked = deed is not None and _RIDER.search(said[: at.start()]) and _IS_SO.match(deed)
    return None if remarked else deed


def _tells(front: str) -> bool:
    words = WORD.findall(front.lower())
    if words[-1:] == ["om"] and words[-2:-1] and words[-2].startswith(_REMARKS):
        return False  # "Godkendt med bemærkning om, at udvalget ikke …"
    return _last_word(front) not in _PURPOSE


def _last_word(front: str) -> str:
    """The word that ends ``front``, or "": "med 14 stemmer mod 5" ends with a number."""
    last = _LAST_WORD.search(front)
    return last[1].lower() if last else ""


def not_in(content: str) -> str | None:
    """What follows the negation of "der ikke afsættes …"; one in a clause inside it, "der ikke har bil", is none."""
    content = content.removeprefix("der ")
    stop = _OTHER_CLAUSE.search(content)
    inner = content[: stop.start()] if stop else content
    for found in _NOT_WORD.finditer(inner):
        words = WORD.findall(inner[: found.start()])
        joined = _JOINED.search(inner[: found.start()])
        if not words or joined or not is_infinitive(words[0].lower()) or _has_subject(words, content[found.end() :]):
            return "" if joined else content[found.end() :]
    return _not_carried(content) if stop and _OF_CASE.match(content) else None


def _has_subject(words: list[str], behind: str) -> bool:
    """Whether what looks like an infinitive opens a name ("Vestre Skole ikke …"), or a finite verb follows."""
    is_name = all(word[:1].isupper() for word in words[:2]) and len(words) > 1
    return is_name or _FINITE.match(behind) is not None


def _not_carried(content: str) -> str | None:
    """ "forslaget om at lukke skolen ikke gennemføres": what the proposal is about may be told before its verb."""
    end = _SENTENCE_END.search(content)
    for found in _NOT_WORD.finditer(content, 0, end.start() if end else len(content)):
        verb = _PASSIVE.match(content, found.end())
        if verb and carries_out(verb.group()):
            return content[found.end() :]
    return None


def _denied_further(said: str) -> bool:
    """ "at lukke skolen, og at der ikke bygges en ny", "… og ikke at bygge en ny"."""
    further = [said[each.end() :] for each in _NEXT.finditer(said)]
    if any(not_in(each) is not None or gives_up(each) for each in further):
        return True
    return any(_JOINED.search(said[: each.start()]) for each in _NOT_TO.finditer(said))


def carries_out(deed: str) -> bool:
    helping = _HELPING.match(deed)
    words = WORD.findall(deed[helping.end() if helping else 0 :][:60].lower())
    if not words:
        return False
    known = listed("carried-out")
    word = words[0] if words[0] in known else words[0].removesuffix("s")
    return word in known or " ".join((word, *words[1:2])) in known
