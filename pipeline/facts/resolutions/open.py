"""Where a verb of decision tells of no decision: conditional, asked, wished, denied, or only quoted."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.denial import NONE
from pipeline.facts.resolutions.supposed import is_of_others, is_supposed
from pipeline.facts.resolutions.words import WORD, listed, names_object

if TYPE_CHECKING:
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.clauses import Clause

_NEVER = re.compile(r"\b(?:aldrig|endnu|fortsat ikke|snart|næppe)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:ikke|næppe|langt\s+fra)\s+(?:helt\s+)?(?:rigtigt|korrekt|sandt|tilfældet|sådan|bekendt|sikkert|givet|afgjort)"
    r"|\b(?:usikkert|uvist|uklart)|\bforkert|\busand|\bpasser\s+ikke"
    r"|\b(?:ikke|intet)\s+(?:[^\W\d_]+\s+)?(?:grundlag|belæg|holdepunkter)\s+for\s+at\s+(?:fastslå|antage|konkludere|påstå|mene|konstatere|tro|sige)"
    r"|\bstemmer\s+ikke|\bmisforstå\w+|\b(?:en\s+)?fejl|\bbenægter|\bbestrider|\bpåstå\w*|\bhævder\w*|\brygte\w*)"
    r"[^;]{0,40}?\b(?:at|om)\s",
    re.IGNORECASE,
)
_MAY_DENY = re.compile(
    r"langt|usikk|uvist|uklar|[infumbphrIFUMBPHR](?:kke|æppe|orkert|sand|asser|isf|ejl|enægt|estrid|åstå|ævd|ygte|ngen|ntet)"
)
_SAID_SO = r"(?:det|dette|den\s+(?:historie|oplysning|påstand)|historien|oplysningen|påstanden)"
_NOT_SO = (
    r"(?:(?:passer|passede|stemmer)\s+(?:[^\W\d_]+\s+)?ikke(?!\s+(?:ind|sammen|til|med|helt|alle|os|mig|dem|kun|længere)(?!\w))"
    r"|(?:er|var)\s+(?:[^\W\d_]+\s+)?(?:ikke\s+(?:rigtigt|korrekt|sandt|tilfældet|sket)|forkert|usandt|løgn|en\s+(?:fejl|misforståelse|skrøne)))"
)
_TAKEN_BACK = re.compile(
    rf"(?:[,;–-]|(?<!\w)men)\s+(?:men\s+|og\s+)?{_SAID_SO}\s+{_NOT_SO}\s*(?:[.,;!]|$)", re.IGNORECASE
)
"""Behind what is told: "(har givet grønt lys til hallen), men det passer ikke."."""
_REVERSED = re.compile(
    r"[,;–]\s+men\s+(?:[^\W\d_]+\s+){0,2}?(?:beslutningen|afgørelsen|bevillingen|tilsagnet|vedtagelsen|den|det)\s+(?:er|blev)\s+"
    r"(?:[^\W\d_]+\s+){0,2}?(?:omgjort|annulleret|trukket\s+tilbage|tilbagekaldt|underkendt|ophævet)(?!\w)",
    re.IGNORECASE,
)
"""Behind a decision that stands no more: "(bevilgede 2 mio. kr.), men beslutningen blev omgjort af Byrådet"."""
_TAKEN_BACK_NEXT = re.compile(rf"[\s\"”»]*{_SAID_SO}\s+{_NOT_SO}\s*[.,;:!]", re.IGNORECASE)
_NOT_SO_NEAR = 80
_MAY_TAKE_BACK = re.compile(
    r"passe|stemmer|ikke\s+(?:rigtigt|korrekt|sandt|tilf|sket)|forkert|usandt|løgn|en\s+(?:fejl|mis|skrøne)"
)
_HEAD_CUT = re.compile(r",(?!\d)|\(")
_NEVER_BEHIND = re.compile(r"\s+(?:\w+\s+){0,2}aldrig\b", re.IGNORECASE)
_NEARLY = re.compile(r"\b(?:nær|nærved|næsten)\s+$", re.IGNORECASE)  # "havde nær vedtaget lukningen"
_QUOTED = re.compile(r"[\s(][\"“„»”](?:\w+\s){0,2}$")
_QUOTES = (("»", "«"), ("“", "”"), ("„", "“"), ("”", "”"), ('"', '"'))
# 'Udkast: "Byrådet har i dag vedtaget …"', "forslag til formulering: Byrådet godkendte …"
_DRAFTED = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(listed('draft'), key=len, reverse=True))})(?!\w)"
    r"[^:.\n\"“„»”]{0,60}:[\s>*]*(?:[\"“„»”][^\"“”«]*|[^\"\n]*)$",
    re.IGNORECASE,
)
_DRAFT_REACH = 300
_DOUBTED = re.compile(r"\b(?:ikke|næppe),?\s+at\s+$", re.IGNORECASE)  # "Jeg mener ikke, at byrådet har vedtaget det"
_HEDGE_BEHIND = re.compile(r"\s+(\w+)")
_ASKING_VERBS = frozenset(("har", "havde", "er", "blev", "bliver", "var", "skulle"))
_ASKED_BEHIND = re.compile(r"[^.;:!?\n]{0,80}\?(?=\s)")
_NOTHING = re.compile(
    rf"\b(?:findes|er|var|foreligger|har|kender|fremgår|ved)\b[^,;.]{{0,20}}\b(?:ikke|{NONE})\b[^,;.]{{0,50}},\s*"
    r"(?:hvor|der|som)\s",
    re.IGNORECASE,
)
_NEW_CLAUSE = re.compile(r"[,;]\s*(?:og|men)\s", re.IGNORECASE)
_PROPOSED = re.compile(r"\bom, at\s+$", re.IGNORECASE)
_NEVER_WORDS = frozenset(("aldrig", "endnu", "fortsat", "snart", "næppe"))
_ASKING = ("om", "hvad", "hvem")


def is_open(text: str, clause: Clause) -> bool:
    """Whether the verb's clause is conditional, asked, wished, denied or only quoted."""
    if not clause.vocabulary.isdisjoint(_turning()):
        words = WORD.findall(_HEAD_CUT.split(clause.before)[-1].lower())
        if not listed("condition").isdisjoint(words) and (words[0] in _ASKING or not _strict().isdisjoint(words)):
            return True
        if not listed("asked").isdisjoint(words):
            return True
    if clause.link == "at" and _is_wished(clause):
        return True
    if _is_taken_back(text, clause) or is_supposed(text, clause) or is_of_others(text, clause):
        return True
    if "aldrig" in clause.after[:30] and _NEVER_BEHIND.match(clause.after):
        return True
    if not clause.vocabulary.isdisjoint(_NEVER_WORDS) and _NEVER.search(clause.before[-80:]):
        return True
    if _NEARLY.search(clause.before[-16:]):
        return True
    if _is_guessed(clause) or _begins_as_a_question(text, clause):
        return True
    if "?" in clause.after and _ASKED_BEHIND.match(clause.after):
        return True  # "> Er det godkendt?", and the answer on the next line
    if clause.scene.has_drafts and _DRAFTED.search(text, max(0, clause.verb - _DRAFT_REACH), clause.verb):
        return True
    quotes = clause.scene.quotes
    if quotes and _QUOTED.search(text, max(clause.start, clause.verb - 30), clause.verb):
        return True
    may_deny = clause.words and clause.matrix and _MAY_DENY.search(clause.matrix)
    if may_deny and any(pattern.search(clause.matrix) for pattern in (_DENIED, _NOTHING, _DOUBTED)):
        return True
    return quotes and clause.in_decision and is_speech(text, clause.block, clause.verb)


def _is_taken_back(text: str, clause: Clause) -> bool:
    """ "…, men det passer ikke.": what is said behind takes it back, or the next sentence, of what somebody says."""
    if _MAY_TAKE_BACK.search(clause.after) and _TAKEN_BACK.search(clause.after):
        return True
    if "men" in clause.after and _REVERSED.search(clause.after):
        return True
    if clause.link != "at":
        return False
    return _TAKEN_BACK_NEXT.match(text, clause.end, clause.end + _NOT_SO_NEAR) is not None


def _is_guessed(clause: Clause) -> bool:
    """ "har formentlig besluttet", "besluttede måske"."""
    hedges = listed("hedge")
    if not hedges.isdisjoint(clause.vocabulary) or "vist nok" in clause.before:
        return True
    behind = _HEDGE_BEHIND.match(clause.after)
    return behind is not None and behind[1].lower() in hedges


def _begins_as_a_question(text: str, clause: Clause) -> bool:
    """ "Har byrådet besluttet at lukke skolen, må vi …": the verb before its subject asks, or sets a condition."""
    if clause.link or not clause.words or clause.words[0] not in _ASKING_VERBS or clause.cut != clause.start:
        return False
    named = any(body.end <= clause.verb for body in clause.bodies) or names_object(clause.before)
    return text[clause.start : clause.start + 1].isupper() and (
        named or not listed("actor").isdisjoint(clause.vocabulary)
    )


def _is_wished(clause: Clause) -> bool:
    """ "ønsker, at planen blev vedtaget", "indstiller, at sagen udsættes": not what was decided."""
    words = WORD.findall(clause.matrix.lower())[-9:]
    proposed = _PROPOSED.search(clause.matrix) and "," not in clause.before
    if listed("wish").isdisjoint(words) and not (proposed and not listed("wished-noun").isdisjoint(words)):
        return False
    return not _NEW_CLAUSE.search(clause.before)


@cache
def _turning() -> frozenset[str]:
    return listed("condition") | listed("asked")


@cache
def _strict() -> frozenset[str]:
    return listed("condition") - frozenset(_ASKING)


def is_speech(text: str, block: Block | None, verb: int) -> bool:
    """Whether the verb stands in what a member had put on record: 'V afgav følgende udtalelse: "…"'."""
    begin = max(block.start if block else 0, verb - 1_500)
    for opening, closing in _QUOTES:
        at = text.rfind(opening, begin, verb)
        if at < 0 or text.find(closing, at + 1, verb) >= 0:
            continue
        if opening == closing and text.count(opening, begin, verb) % 2 == 0:
            continue
        return text[max(0, at - 3) : at].rstrip().endswith(":")
    return False
