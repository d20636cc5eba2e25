"""A no and a yes in one sentence: "besluttede at afslå ansøgningen og bevilge 400.000 kr. til hallen" decides twice.

What follows the verb is cut where another deed begins ("og at", "og i stedet bruge"). Where the stretches say different
things each is a decision with the figures of its own stretch. Where it is not sure where the next deed begins, or what
a negation reaches over, nothing is cut (and ``resolutions/figures.py`` hangs no figure of a second deed on a no).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.resolutions.denial import NOT, NOT_OR_NEITHER, ONLY
from pipeline.facts.resolutions.negated import LEADING
from pipeline.facts.resolutions.undone import REASON, carries_out, gives_up, not_in, refusing
from pipeline.facts.resolutions.words import ANSWER, GRANT, WORD, form_of, forms, is_infinitive, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import DecisionStatus

_JOINT = re.compile(
    r"(?P<comma>,\s*)?(?<!\w)(?:(?P<word>og|samt|men)\s+(?P<rest>(?:(?:i\s?stedet|derimod|samtidig|dog|at|der)\s+)*)"
    r"|(?P<instead>for\s+i\s?stedet\s+at\s+|i\s?stedet\s+at\s+))",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"(?P<front>(?:[^;.]|(?<=\d)\.){{0,110}}?)(?<!\w)(?P<not>{NOT_OR_NEITHER}\s+)?at\s+", re.IGNORECASE
)
_PURPOSE = re.compile(r"(?<!\w)(?:for|ved|på|af|uden|end|som|til|mod|om)(?:,)?\s*$", re.IGNORECASE)
_OF_DECIDING = re.compile(r"(?:^\s*|beslutning\s+)om,?\s*$", re.IGNORECASE)
_INSTEAD = re.compile(r"i\s?stedet|derimod", re.IGNORECASE)
_INNER = re.compile(r"(?<!\w)(?:som|der|hvis|når|hvor|hvad|fordi|at|mens|indtil|før|hvilket|om)(?!\w)", re.IGNORECASE)
_OF_A_NOUN = re.compile(
    r"(?:e[nt]|erne|ene|ing|e?ls?er?|slag)\s+om(?!,?\s+at\b)|[^\W\d_]\s+om(?=\s+(?:(?:i\s+alt|op\s+til|højst|ca\.)\s+)?\d)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"som|der", re.IGNORECASE)


_TO_SAY = re.compile(r"(?:\s+[^\W\d_]+){0,2}?\s+at\s+(?:sige|stemme)\s+$", re.IGNORECASE)
_ANSWER_JOINT = re.compile(r"\s*(?:[,;]\s*|(?<!\w)(?:og|men|samt|mens)\s+(?:\w+\s+){0,2})+$", re.IGNORECASE)
_GIVEN_TOO = re.compile(
    rf",?\s+(?:og|men|samt)\s+(?:(?:delvist|også|dermed|samtidig)\s+)?(?P<what>afslag|{GRANT})(?=\s+(?:om|på|til|i|for)\b)",
    re.IGNORECASE,
)
_INFINITIVES = {
    **dict.fromkeys(("gives", "giver"), "give"),
    **dict.fromkeys(("ydes", "yder"), "yde"),
    **dict.fromkeys(("bevilges", "bevilliges", "bevilger", "bevilliger"), "bevilge"),
    **dict.fromkeys(("afsættes", "afsætter"), "afsætte"),
    **dict.fromkeys(("frigives", "frigiver"), "frigive"),
}
_BUT_GIVES = re.compile(
    rf",?\s+men\s+(?:der\s+)?(?P<verb>{'|'.join(_INFINITIVES)})(?!\s+(?:\w+\s+)?(?:ikke|ingen|hverken)\b)(?!\w)",
    re.IGNORECASE,
)
_AND_TO = re.compile(r"(?<!\w)(?:og|samt|men)\s+(?:(?:samtidig|derfor|derimod)\s+)?(?P<at>at\s+)?", re.IGNORECASE)
_SUM = re.compile(r"\s+(?:[^\W\d_]+\.?\s+){0,5}?(?:\d|(?:million|milliard)(?:er)?\s)", re.IGNORECASE)
_FALLS_OUT = re.compile(r"(?<!\w)(?:udgår|bortfalder)(?!\w)", re.IGNORECASE)

_NO_BUT = re.compile(
    rf"(?:[^\W\d_][\w-]*\s+){{1,6}}?[^\W\d_]{{3,}}s\s+(?:[^\W\d_]+\s+)?{NOT}(?![^\W\d_])(?!\s+(?:{ONLY}|over|mere)\b)"
    r"(?:[^,;]|,(?=\d))*(?P<but>,?\s+(?:men|derimod)\s+)",
    re.IGNORECASE,
)
_TELLS = frozenset(("er", "var", "har", "koster", "kostede", "giver", "betyder", "som", "der", "at", "hvis"))
_DONE = frozenset(("finde", "hente", "dække", "lægge", "udskyde"))
"""What is done with money or a thing beside what is not done: "(lukkes ikke), men besparelsen findes på staben"."""


class Turn(msgspec.Struct, frozen=True):
    """A stretch of a sentence that says one thing of what is to be done; ``deed`` is where its deed begins.

    ``lemma``: of its own verb, where that is another than the sentence's.
    """

    start: int
    end: int
    deed: int
    status: DecisionStatus
    negated: bool
    lemma: str = ""


def refuses_further(front: str) -> bool:
    """Whether behind a deed another begins that refuses or puts off: "(at give 2 mio. kr.) samt at afslå"."""
    for joint in _AND_TO.finditer(front):
        word = WORD.match(front, joint.end())
        form = form_of(word.group(), front[word.end() :]) if word else None
        tenses = ("infinitive",) if joint["at"] else ("infinitive", "present")
        if form and form.tense in tenses and form.status in ("rejected", "postponed"):
            return not any(each.group().lower() in listed("spends") for each in WORD.finditer(front, joint.end()))
    return False


def turns(text: str, verb: int, end: int, lemma: str, base: DecisionStatus) -> list[Turn]:
    """The stretches behind a verb that ends at ``verb``, up to ``end``; [] where all of it says the same.

    ``base``: what the verb says of a deed that is to be done, ``decided`` or ``recommended``.
    """
    if base not in ("decided", "recommended"):
        return []
    opening = _OPENING.match(text, verb, end)
    if opening is None:
        return []
    purpose = _PURPOSE.search(opening["front"])
    if purpose and not _OF_DECIDING.search(opening["front"]):
        return []
    reason = REASON.search(text, opening.end(), end)
    limit = reason.start() if reason else end
    return _turns(text, (opening.end(), limit, end), lemma, base, denied=opening["not"] is not None)


def turns_of_point(text: str, start: int, end: int, base: DecisionStatus) -> list[Turn]:
    """As :func:`turns`, of a point, which begins with the deed or with "at"."""
    reason = REASON.search(text, start, end)
    begin = start + 3 if text[start : start + 3].lower() == "at " else start
    lemma = "beslutte" if base == "decided" else ""
    found = _turns(text, (begin, reason.start() if reason else end, end), lemma, base, denied=False)
    return found or _turns_at_but(text, (start, end), lemma, base)


def _turns_at_but(text: str, point: tuple[int, int], lemma: str, base: DecisionStatus) -> list[Turn]:
    """ "Klubben lukkes ikke, men besparelsen findes på staben": a no, and a yes behind "men"; what else stands there
    is no decision of its own, and none of the no's.
    """
    start, end = point
    joint = _NO_BUT.match(text, start, end)
    if joint is None:
        return []
    turn = Turn(start, joint.start("but"), start, base, negated=True)
    own = text[joint.end() : end]
    deed = _deed_in(own)
    if deed is None:
        return [turn]
    status, negated = _says(own, lemma, base, denied=False)
    return [turn, Turn(joint.start("but"), end, joint.end() + deed, status, negated)]


def _deed_in(said: str) -> int | None:
    """Where the passive of a clause stands that does something; None where it only tells of something."""
    does = listed("deed") | listed("at-last") | _DONE
    for at, match in enumerate(list(WORD.finditer(said))[:10]):
        word = match.group().lower()
        if word in _TELLS or word in listed("modal"):
            return None
        done = word in listed("spends") | listed("given-up") or (word.endswith("s") and word[:-1] in does)
        if at and (done or word in ("bortfalder", "udgår")):
            return match.start()
    return None


def turns_of_answers(text: str, verb: int, end: int, lemma: str, base: DecisionStatus) -> list[Turn]:
    """As :func:`turns`, of "sagde nej til A og ja til B": the stretches behind a verb that ends at ``verb``."""
    answers = list(ANSWER.finditer(text, verb, end))
    if len(answers) < 2 or _status(answers[0]) != base:
        return []
    if not lemma.endswith((" ja", " nej")) and not (lemma in LEADING and _TO_SAY.match(text, verb, answers[0].start())):
        return []
    found = [Turn(verb, end, verb, base, negated=False)]
    for answer in answers[1:]:
        joint = _ANSWER_JOINT.search(text, found[-1].deed, answer.start())
        if joint is None:
            continue
        status = _status(answer)
        if status != found[-1].status:
            found[-1] = msgspec.structs.replace(found[-1], end=joint.start())
            found.append(Turn(joint.start(), end, answer.end(), status, negated=False))
    return found if len(found) > 1 else []


def turns_of_grants(text: str, verb: int, end: int, lemma: str, base: DecisionStatus) -> list[Turn]:
    """As :func:`turns`, of "gav tilsagn om A og afslag på B": what one verb gives to one and to the other."""
    if lemma.split(" ", 1)[0] not in ("give", "meddele") or base not in ("decided", "rejected"):
        return []
    found = [Turn(verb, end, verb, base, negated=False)]
    for match in _GIVEN_TOO.finditer(text, verb, end):
        status: DecisionStatus = "rejected" if match["what"].lower() == "afslag" else "decided"
        if status != found[-1].status:
            found[-1] = msgspec.structs.replace(found[-1], end=match.start())
            own = f"{lemma.split(' ', 1)[0]} afslag" if status == "rejected" else lemma.split(" ", 1)[0]
            found.append(Turn(match.start(), end, match.end("what"), status, negated=False, lemma=own))
    return found if len(found) > 1 else []


def turns_beside(text: str, verb: int, end: int, base: DecisionStatus) -> list[Turn]:
    """As :func:`turns`, of a no beside which something is granted: "afviste 2 mio. kr., men der gives 80.000 kr."."""
    match = _BUT_GIVES.search(text, verb, end) if base == "rejected" else None
    if match is None or not _SUM.match(text, match.end(), end):
        return []
    lemma = _INFINITIVES[match["verb"].lower()]
    return [
        Turn(verb, match.start(), verb, base, negated=False),
        Turn(match.start(), end, match.end("verb"), "decided", negated=False, lemma=lemma),
    ]


def _status(answer: re.Match[str]) -> DecisionStatus:
    return "decided" if answer["word"].lower() == "ja" else "rejected"


def _turns(text: str, span: tuple[int, int, int], lemma: str, base: DecisionStatus, *, denied: bool) -> list[Turn]:
    begin, limit, end = span
    cuts = list(_joints(text, begin, limit, denied=denied))
    if not cuts:
        return []
    edges = [(begin, begin), *cuts]
    found = list[Turn]()
    for at, (start, deed) in enumerate(edges):
        stop = edges[at + 1][0] if at + 1 < len(edges) else end
        status, negated = _says(text[deed:stop], lemma, base, denied=denied and at == 0)
        if found and (found[-1].status, found[-1].negated) == (status, negated):
            found[-1] = msgspec.structs.replace(found[-1], end=stop)
        else:
            found.append(Turn(start, stop, deed, status, negated))
    return found if len(found) > 1 else []


def _joints(text: str, begin: int, limit: int, *, denied: bool) -> Iterator[tuple[int, int]]:
    """Where another deed surely begins: the joint, and the first word behind it."""
    first = begin
    for joint in _JOINT.finditer(text, begin, limit):
        rest = (joint["rest"] or joint["instead"] or "").lower()
        words = rest.split()
        word = WORD.match(text, joint.end(), limit)
        following = word.group().lower() if word else ""
        instead = bool(_INSTEAD.search(rest))
        if not ({"at", "der"} & set(words) or following in _deeds() or (instead and is_infinitive(following))):
            continue
        turns_round = instead or joint["word"] in ("men", "Men")
        if denied and first == begin and not turns_round:
            return  # "ikke at lukke hallen og bevilge 2 mio. kr.": what the negation reaches over is not told
        if not _is_clean(text[first : joint.start()], own=bool(joint["comma"]) and "at" in words):
            return
        yield joint.start(), joint.end()
        first = joint.end()


def _is_clean(stretch: str, *, own: bool) -> bool:
    """Whether no clause inside a stretch may go on behind its end; ``own``: ", og at" begins what follows."""
    of_nouns = {match.end() for match in _OF_A_NOUN.finditer(stretch)}  # "ansøgningen om 2 mio. kr."
    inner = [match for match in _INNER.finditer(stretch) if match.start() > 0 and match.end() not in of_nouns]
    if not inner:
        return True
    wished = listed("wish") | listed("wished-figure")
    return own and all(_RELATIVE.fullmatch(each.group()) for each in inner) and wished.isdisjoint(WORD.findall(stretch))


def _says(stretch: str, lemma: str, base: DecisionStatus, *, denied: bool) -> tuple[DecisionStatus, bool]:
    leads = lemma in LEADING
    if denied:
        return ("rejected", False) if leads and base == "decided" and carries_out(stretch) else (base, True)
    what = refusing(stretch)
    if what == "rejected":
        return ("rejected", False) if leads and base == "decided" else (base, True)
    if gives_up(stretch) or not_in(stretch) is not None or _FALLS_OUT.search(stretch):
        return base, True
    if what == "postponed" and base == "decided":
        return ("postponed", False) if leads else (base, True)
    return base, False


@cache
def _deeds() -> frozenset[str]:
    """The infinitives that begin a deed without an "at" of their own."""
    known = {spelt for spelt, each in forms().items() if any(form.tense == "infinitive" for form in each)}
    told = listed("spends") | listed("not-yet") | listed("gives-up") | listed("deed")
    return frozenset(known | {word for word in told if is_infinitive(word)})
