"""What the clauses and the sentences of one point say for themselves: a no beside a yes, and what only was.

"Forslag SSU-12 udgår, mens forslag SSU-15 gennemføres" decides twice. "Der afsættes 1 mio. kr. Udgiften var 800.000 kr.
i 2026" decides the first figure and tells the second.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.resolutions.agreed import does
from pipeline.facts.resolutions.denial import NOT, NOT_WORDS
from pipeline.facts.resolutions.figures import Deed, figures
from pipeline.facts.resolutions.lists import status_within
from pipeline.facts.resolutions.turns import Turn
from pipeline.facts.resolutions.undone import point_denies
from pipeline.facts.resolutions.words import WORD, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import Decision, DecisionStatus, Link
    from pipeline.context import Span
    from pipeline.facts.resolutions.scene import Scene

_JOINT = re.compile(r",?\s+(?:mens|men|og|hvorimod|derimod)\s+")
_YES = (
    r"(?:gennemføres|vedtages|fastholdes|indarbejdes|igangsættes|realiseres|medtages|imødekommes|optages|prioriteres"
    r"|godkendes|bevares|tages\s+med)"
)
_FATE = re.compile(
    rf"(?<!\w)(?:(?P<denied>{NOT}\s+{_YES}|{_YES}\s+(?:[^\W\d_]+\s+)?{NOT}(?!\s+(?:kun|alene|blot|bare)\b))"
    rf"|(?P<yes>{_YES})"
    r"|(?P<later>udskydes|udsættes|udskudt)"
    r"|(?P<no>udgår|bortfalder|droppes|opgives|skrinlægges|sløjfes|afvises|forkastes|annulleres|fjernes"
    r"|tages\s+(?:helt\s+)?(?:ud|af)|trækkes\s+(?:ud|tilbage)))(?!\w)",
    re.IGNORECASE,
)
_FALLS = re.compile(rf"(?<!\w)(?:udgår|bortfalder)(?!\w)(?!\s+{NOT})", re.IGNORECASE)
_EXPLAINS = re.compile(r"(?:Det|Dette|Heraf|Hvoraf|Herunder|Besparelse\w*|Beløbet|Udgift\w*)(?!\w)")
_STATUS: dict[str, DecisionStatus] = {"yes": "decided", "denied": "rejected", "no": "rejected", "later": "postponed"}

_WAS = frozenset(
    (
        *("var", "blev", "kostede", "udgjorde", "havde", "brugte", "lå", "gav", "fik", "betalte", "steg", "faldt"),
        *("endte", "modtog", "bidrog", "anvendte", "afsatte", "bevilgede"),
    )
)
_HAS = frozenset(("har", "er"))
_SPENT = frozenset(("brugt", "anvendt", "betalt", "kostet", "givet", "udbetalt", "været", "haft", "modtaget"))
_ASIDE = re.compile(r",\s+(?:der|som|hvis|hvor)\s[^,.]*(?:,(?=\s)|$)|\([^()]*\)")
_OF_NOUN = frozenset(("de", "den", "det", "allerede", "tidligere", "hidtil"))
"""What stands in front of "afsatte" where it is no verb: "de afsatte midler"."""
_WHOSE = frozenset(("deres", "vores", "jeres", "alles", "ældres"))
_SHORTEST = 4
_NEAR = 9  # words between "er" and "brugt"


def by_fate(scene: Scene, whole: Decision) -> list[Decision]:
    """The decisions of a point that says what becomes of several proposals, each with its own; [] where it is one."""
    found = []
    for turn in _fates(scene, whole.start, whole.end):
        deed = Deed((turn.deed, turn.deed), turn.start, "", turn.status, turn.negated)
        links = without_past(scene, (turn.start, turn.end), figures(scene, (turn.start, turn.end), deed, [deed]))
        found.append(msgspec.structs.replace(whole, status=turn.status, negated=turn.negated, links=links))
    return found


def _fates(scene: Scene, start: int, end: int) -> list[Turn]:
    """The sentences of a point, and their clauses that each name a proposal and what becomes of it; [] where all say
    the same. A sentence that does nothing belongs to the one before it.
    """
    found = list[Turn]()
    for begin, stop in _sentences(scene, start, end):
        clauses = _of_clauses(scene, begin, stop)
        if not clauses and found and not does(scene.text[begin:stop]):
            found[-1] = msgspec.structs.replace(found[-1], end=stop)
            continue
        found += clauses or [_of_sentence(scene, begin, stop)]
    return found if len({(turn.status, turn.negated) for turn in found}) > 1 else []


def _sentences(scene: Scene, start: int, end: int) -> Iterator[Span]:
    begin = start
    while begin < end:
        stop = min(max(scene.prose.sentence_at(begin, begin + 1)[1], begin + 1), end)
        yield begin, stop
        begin = stop
        while begin < end and scene.text[begin].isspace():
            begin += 1


def _of_clauses(scene: Scene, start: int, end: int) -> list[Turn]:
    """The clauses of a sentence, where one of them at least names a proposal and what becomes of it."""
    found = list[Turn]()
    begin = start
    for stop in [*(joint.end() for joint in _JOINT.finditer(scene.text, start, end)), end]:
        told = list(_FATE.finditer(scene.text, begin, stop))
        if len(told) > 1:
            return []
        if told:
            found.append(_of_clause(scene, begin, stop, told[0]))
        elif does(scene.text[begin].upper() + scene.text[begin + 1 : stop]):
            found.append(Turn(begin, stop, begin, "decided", negated=False))
        else:
            continue  # "BUU-15 og BUU-17 gennemføres": the clause goes on behind the joint
        begin = stop
    return found if begin == end and scene.names_case(start, end) else []


def _of_clause(scene: Scene, start: int, end: int, fate: re.Match[str]) -> Turn:
    status = _STATUS[str(fate.lastgroup)]
    negated = status == "rejected" and not scene.names_case(start, end)  # a plan that is given up
    return Turn(start, end, fate.start(), "decided" if negated else status, negated)


def _of_sentence(scene: Scene, start: int, end: int) -> Turn:
    status = status_within(scene.text, (start, end))
    said = scene.text[start:end]
    falls = status == "decided" and _FALLS.search(said) is not None
    return Turn(start, end, start, status, falls or point_denies(said, status))


def own_references(links: list[Link], turn: Turn) -> list[Link]:
    """Without the references of other stretches of the point: "Forslag 4 udgår, og der afsættes 2 mio. kr."."""
    return [link for link in links if link.type != "reference" or turn.start <= link.start < turn.end]


def without_past(scene: Scene, span: Span, links: list[Link]) -> list[Link]:
    """Without the figures of sentences in ``span`` that only tell what was: "Udgiften var 800.000 kr. i 2026."."""
    if scene.prose.words.isdisjoint(_WAS) and scene.prose.words.isdisjoint(_SPENT):
        return links
    return [link for link in links if link.type == "reference" or not _tells_past(scene, span, link)]


def of_its_no(scene: Scene, whole: Decision) -> Decision:
    """A point of an agreement that says no, without figures of later sentences that say something else."""
    refuses = whole.negated or whole.status == "rejected"
    if not refuses or not scene.agrees:
        return whole
    kept = []
    for link in whole.links:
        start, stop = scene.prose.sentence_at(link.start, link.end)
        later = start > whole.start and link.type != "reference"
        if not later or is_of_a_no(scene.text[start : min(stop, whole.end)]):
            kept.append(link)
    return msgspec.structs.replace(whole, links=kept)


def is_of_a_no(said: str) -> bool:
    """Whether a sentence behind a no goes on with it: "Det ville koste 2 mio. kr.", "Besparelsen bortfalder"."""
    return _EXPLAINS.match(said) is not None or not NOT_WORDS.isdisjoint(said.lower().split())


def _tells_past(scene: Scene, span: Span, link: Link) -> bool:
    start, stop = scene.prose.sentence_at(link.start, link.end)
    return tells_past(scene.text[max(start, span[0]) : min(stop, span[1])])


def tells_past(said: str) -> bool:
    """Whether a sentence only tells what was or has been, and does nothing now."""
    words = WORD.findall(_ASIDE.sub(" ", said).lower())
    pairs = list(pairwise(("", *words)))
    if words[:1] == ["at"] or any(_is_deed(word) and before != "at" for before, word in pairs):
        return False
    for at, (before, word) in enumerate(pairs):
        if word in _WAS and before not in _OF_NOUN:
            return True
        if word in _HAS and not _SPENT.isdisjoint(words[at + 1 : at + _NEAR]):
            return True
    return False


def _is_deed(word: str) -> bool:
    """A verb that does something, or is still to be done: "afsættes", "nedbringes", "skal"."""
    does = listed("deed") | listed("spends") | listed("given-up") | listed("gives-up") | listed("modal")
    return word in does or (len(word) > _SHORTEST and word.endswith("es") and word not in _WHOSE)
