"""Which figures of a sentence were decided, of all that it names.

"Godkendt med undtagelse af bevillingen på 450.000 kr." names a figure and does not decide it; nor does "besluttede at
ansøge staten om 980.000 kr.", nor what another body rejected in the same sentence. A figure of which it is not sure
that the verb decides it (or rejects, recommends, puts it off) is no link of the decision.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.resolutions.antecedents import antecedent
from pipeline.facts.resolutions.asides import is_aside, is_how_it_is, is_of_other_word, is_still_to_do
from pipeline.facts.resolutions.changed import CHANGED, CHANGING, TO, WITH, is_replaced
from pipeline.facts.resolutions.denial import CONDITION, IF, NOT, ONLY
from pipeline.facts.resolutions.parts import without_parts
from pipeline.facts.resolutions.pieces import piece_at, pieces_of
from pipeline.facts.resolutions.turns import refuses_further
from pipeline.facts.resolutions.words import WORD, forms, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import DecisionStatus, Link
    from pipeline.context import Span
    from pipeline.facts.resolutions.pieces import Piece
    from pipeline.facts.resolutions.scene import Scene

_TELLING = frozenset(
    {
        *("mens", "hvorimod", "idet", "fordi", "eftersom", "da", "så", "jf", "jævnfør", "selv", "som", "der", "hvor"),
        *("selvom", "skønt", "efter", "uanset", "trods", "på"),
        *("hvilket", "told"),
    }
)
"""What opens a clause that gives a reason or tells of something: its figures are decided only where it spends them."""
_LEFT_OUT = re.compile(
    r"\b(?:med\s+undtagelse\b|undtage[nt]\b|på\s+nær\b|ekskl\.?(?!\s*moms)\s|bortset\s+fra|fraregnet|fratrukket|eksklusive|i\s?stedet\s+for|frem\s?for"
    r"|snarere\s+end|hverken"
    rf"|{NOT}\b(?!\s+(?:over|mere|flere|højere|{ONLY}|overstig\w+|overskrid\w+|må\s+over\w+)\b)"
    r"|uden\s+(?:de|den|det)\s+$|uden\s+(?:\w+\s+){0,3}?(?:\w*(?:bevilling|beløb|tilskud|pulje|midler|ramme|udgift|investering|lån|garanti)\w*|\d)"
    rf"|{IF}\b|forudsat|forudsætning\w*|betinget|betingelse\w*|forbehold\b)",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"\b(?:udgår|udgik|bortfalder|bortfaldt|slettes|stryges|fjernes|udtages|tages\s+ud|halveres|halveret|udskydes"
    r"|indgår\s+i\s+\w*budget\w*|i\s+(?:offentlig\s+)?høring|til\s+budget(?:forhandling|lægning|behandling|drøftelse)\w*"
    r"|udsættes|afventer|annulleres|ophæves|spares\s+væk|droppes|opgives|afvises|forkastes|afslås)\b",
    re.IGNORECASE,
)
_BEFORE_NOW = re.compile(r"\b(?:allerede|i\s+forvejen|tidligere|hidtil|indtil\s+nu|i\s+dag)\b", re.IGNORECASE)
_RECEIVES = re.compile(r"\b(?:får|modtager)\b", re.IGNORECASE)
_PART_OF = re.compile(  # "75.000 kr. (ud) af de ansøgte 125.000 kr.", "mod de foreslåede 2 mio. kr."
    r"(?:\b(?:halvdelen|hovedparten|størstedelen|[^\W\d_]{3,}dele?|\d+\s?(?:pct\.|procent|%))\s+af\s+(?:[^\W\d]+\s+){0,6}"
    r"|\bud\s+af\s+(?:[^\W\d]+\s+){0,4}|\b(?:af|mod)\s+(?:de|den|det)\s+(?:\w+\s+)?|\([^)\d]*søgt[^)\d]*"
    r"|(?:kr\.?|kroner|mio\.?|årsværk|stillinger|\d)\s[^;]{0,60}?\bmod\s+(?:(?:i\s+dag|hidtil|nu|tidligere|kun)\s+)?"
    r"|\b(?:mod|ud\s+af|af)\s+(?:(?:oprindeligt|i\s+alt)\s+)?(?:an)?søgte?\s+|,\s+(?:an)?søgt(?:\s+(?:beløb|var|om))?:?\s+)$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:ansøgning|anmodning|ønske)(?:en|et)?\s+(?:på|om)\s+$", re.IGNORECASE)
_MET_WITH = re.compile(r"\s+(?:delvist\s+)?med\s+(?:(?:et|en)\s+[^\W\d_]+\s+på\s+)?\d", re.IGNORECASE)
"""Behind what was asked for: "(imødekommer ansøgningen på 250.000 kr.) med 100.000 kr."."""
_NOT_BEHIND = re.compile(rf"\W+(?:dog\s+)?{NOT}\b(?!\s+(?:over|mere|{ONLY})\b)", re.IGNORECASE)
_NOT_LATER = re.compile(rf"(?<!\bog\s)(?<!\bmen\s)\b{NOT}\b(?!\s+(?:over|mere|{ONLY})\b)", re.IGNORECASE)
_LESS = re.compile(r"\s+(?:mindre|lavere)\b", re.IGNORECASE)
_IF_BEHIND = re.compile(rf"\b(?:{IF}|forudsat|betinget)\b|(?<!\w){CONDITION}", re.IGNORECASE)
_PARTLY = re.compile(r"\bdelvis(?:t)?\b", re.IGNORECASE)
_ONLY = re.compile(
    r"\b(?:ændring\w*|kun|alene|blot|nedsat)\b|\bi\s?stedet(?!\s+for)\b(?!\s+(?:at\s+)?[^\W\d_]{3,}e\s)", re.IGNORECASE
)
_GOES_ON = re.compile(r"(?:;|\b(?:og|samt)\s+(?:at|der))\s+(?:der\s+)?(?:\w+\s+){0,2}?$", re.IGNORECASE)
_OF_GRANT = re.compile(
    r"\s+(?:om\s+)?(?:en\s+)?(?:tillægs|anlægs|mer)bevilling|\s+om\s+(?:en\s+)?(?:ekstraordinær\s+)?(?:låneramme|lånedispensation)",
    re.IGNORECASE,
)
"""Behind "søges": what the council is to grant or to borrow, and no money of others."""
_MERELY = re.compile(
    r"\b(?:gå\s+i\s+(?:dialog|forhandling)|arbejde[s]?\s+(?:videre\s+med|(?:videre\s+)?for)|rette\s+henvendelse|tage\s+kontakt|delegere)\b",
    re.IGNORECASE,
)
_IN_ITS_PLACE = re.compile(r"\bi\s?stedet\b(?!\s+for\b)|\bderimod\b", re.IGNORECASE)
_GIVING = re.compile(
    r"\b(?:bevil(?:ge|lige)\w*|afs[æa]t(?:te[rs]?|te)|g(?:av|iver|ivet)|yde[rst]|bruge[rs]|brugte|frigiv\w+|frigav|tildel\w+"
    r"|overfør\w+|tilfør\w+|køber|købte|betaler|betalte|anvende\w*|finde[rs]|finansiere\w*|reservere\w*)\b",
    re.IGNORECASE,
)
_AFTER_ANOTHER = re.compile(r"(?<!\w)(?:efter|trods|til\s+trods\s+for|uden|uanset)\s+at\s+(?:have\s+)?", re.IGNORECASE)
"""What opens a deed told beside the verb's: "(bevilgede 3 mio. kr.) efter at have afvist 9 mio. kr."."""
_LEAVES = re.compile(
    r"\b(?:og|men|samt)\s+(?:lod|lagde|skrinlagde|parkerede|skrottede|droppede|opgav|strøg|fjernede|fravalgte|undlod|trak"
    r"|stoppede|sparede|sendte|satte|valgte\s+(?:fra|ikke))(?!\w)",
    re.IGNORECASE,
)
"""What is left or put away beside a deed: "(godkendte planen), men lod hallen til 7 mio. kr. ligge"."""
_AT_LAST = re.compile(r".*?(?P<word>[^\W\d_]+),?\s+at\s", re.IGNORECASE | re.DOTALL)
_BESIDE_IT = re.compile(
    r"\W*(?:For|Til|Ud\s?over|Foruden|Oven\s?i|Sammen\s+med|Trods)\s+(?:(?:de|den|det|disse)\s+)?(?:[^\W\d_]+\s+){0,3}"
)
"""What stands before the deed and what is given: "Til de 2 mio. kr. (bevilgede Byrådet yderligere 3 mio. kr.)"."""
_FURTHER = re.compile(r"(?<!-\s)\b(?:og|samt|men)\s(?!\d+\s(?:imod|mod|for|stemmer)\b)", re.IGNORECASE)
_AND = re.compile(r"\b(?:og|samt|eller)\b|,", re.IGNORECASE)
_SHARED = re.compile(r"\W*(?:og|samt|eller)?\W*(?:(?:at|derfor|dermed|herefter|enstemmigt)\W*)?", re.IGNORECASE)
_MADE = re.compile(r"truffet\s+(?!beslutning)", re.IGNORECASE)
"""Of "Beslutningen om at købe hallen for 2 mio. kr. er truffet": what it is on stands in front."""
_TOLD = frozenset(("drøfte", "tage til efterretning", "sende i høring", "oversende", "fremsende", "overgå", "delegere"))
"""What is done with a case while its money stays undecided."""
_WITH_ADVICE = re.compile(r"\bmed\s+(?:[^\W\d_]+\s+)?(?:anbefaling|indstilling)\s+(?:af|om)\W", re.IGNORECASE)
"""Behind "oversender": what is advised on the way."""


_REACH = 2_000  # characters on each side of the verb in which its figures stand
_GRANTING = frozenset(("decided", "recommended"))


class Deed(msgspec.Struct, frozen=True):
    """A verb that decides, ``key`` of the decision it gives, and what it says. ``verb`` is empty for a point."""

    verb: Span
    key: object
    lemma: str
    status: DecisionStatus
    negated: bool


def figures(scene: Scene, span: Span, deed: Deed, all_deeds: Sequence[Deed]) -> list[Link]:
    """The links of a decision: the references of its sentence, and the amounts and FTEs that it surely is about.

    ``all_deeds``: the verbs of the sentence that decide, this one among them, in order. A sum has no parts beside it.
    """
    return without_parts(scene, _figures(scene, span, deed, all_deeds))


def _figures(scene: Scene, span: Span, deed: Deed, all_deeds: Sequence[Deed]) -> list[Link]:
    links = scene.links(*span)
    if len(all_deeds) < 2 and all(link.type == "reference" for link in links):
        return links
    told = deed.status in _GRANTING and deed.lemma in _TOLD
    told = told and not (deed.status == "recommended" and _WITH_ADVICE.search(scene.text, deed.verb[1], span[1]))
    if told or (deed.status == "rejected" and _PARTLY.search(scene.text, *span)):
        return [link for link in links if link.type == "reference"]
    near = max(span[0], deed.verb[0] - _REACH), min(span[1], deed.verb[1] + _REACH)
    pieces = pieces_of(scene.text, near)
    first = bisect_left(all_deeds, near[0], key=_place)
    rivals = all_deeds[first : bisect_left(all_deeds, near[1], first, key=_place)]
    further = [each.verb[0] for each in rivals if each.verb[0] > deed.verb[1] and each.key != deed.key]
    behind = further[0] if further else near[1]
    figures_near = [link for link in links if near[0] <= link.start and link.end <= near[1]]
    if own := antecedent(scene.text, deed.verb, figures_near):
        return [link for link in links if link.type == "reference" or link is own]
    return [
        link
        for link in links
        if (link.type == "reference" and _is_cited(link, deed, rivals, pieces))
        or (
            link.type != "reference"
            and near[0] <= link.start
            and link.end <= near[1]
            and _is_its(scene.text, link, deed, rivals, pieces)
            and _is_sure(scene.text, link, deed, pieces)
            and not (deed.status in _GRANTING and _is_cut(scene.text, link, deed, pieces, figures_near, behind))
        )
    ]


def figures_of_turn(scene: Scene, sentence: Span, turn: Span, deed: Deed) -> list[Link]:
    """The links of a decision that is one stretch of a sentence: all its references, the figures of the stretch.

    A condition behind the stretch may be of all of the sentence: what it grants is then not sure.
    """
    references = [link for link in scene.links(*sentence) if link.type == "reference"]
    if deed.status in _GRANTING and not deed.negated and _IF_BEHIND.search(scene.text, turn[1], sentence[1]):
        return references
    own = [link for link in figures(scene, turn, deed, [deed]) if link.type != "reference"]
    return sorted([*references, *own], key=lambda link: link.start)


def _place(deed: Deed) -> int:
    return deed.verb[0]


def _is_its(text: str, link: Link, deed: Deed, all_deeds: Sequence[Deed], pieces: Sequence[Piece]) -> bool:
    """Whether no other verb that decides stands nearer to the figure: in its clause, else before it."""
    if len(all_deeds) < 2:
        return True
    at = piece_at(pieces, link.start)
    inside = [each for each in all_deeds if piece_at(pieces, each.verb[0]) == at]
    if not inside:
        before = [each for each in all_deeds if each.verb[0] < link.start]
        return (before[-1] if before else all_deeds[0]).key == deed.key
    return any(each.key == deed.key for each in _of_stretch(text, link, inside))


def _is_cited(link: Link, deed: Deed, all_deeds: Sequence[Deed], pieces: Sequence[Piece]) -> bool:
    """Whether a reference is a decision's: all are, unless a clause of its own says another thing of it.

    "SOU-04 gennemføres, mens SOU-06 ikke gennemføres" says yes to one and no to the other.
    """
    if len({(each.status, each.negated) for each in all_deeds}) < 2:
        return True
    at = piece_at(pieces, link.start)
    inside = [each for each in all_deeds if piece_at(pieces, each.verb[0]) == at]
    return not inside or any(each.key == deed.key for each in inside)


def _of_stretch(text: str, link: Link, inside: Sequence[Deed]) -> list[Deed]:
    """The verbs of a clause that a figure may belong to: "A på 2 mio. forkastet og B på 1 mio. godkendt" is cut."""
    mine = [inside[0]]
    for one, other in pairwise(inside):
        between = text[one.verb[1] : other.verb[0]]
        joints = [one.verb[1] + match.start() for match in _AND.finditer(between)]
        if _SHARED.fullmatch(between) or not joints:
            mine.append(other)
        elif link.start < joints[-1]:
            return mine
        else:
            mine = [other]
    return mine


def _is_sure(text: str, link: Link, deed: Deed, pieces: Sequence[Piece]) -> bool:
    at, home = piece_at(pieces, link.start), piece_at(pieces, deed.verb[0])
    piece = pieces[at]
    if deed.lemma == "træffe beslutning" and _MADE.match(text, deed.verb[0]) and link.start > deed.verb[1]:
        return False
    if at == home:
        begin = deed.verb[1] if link.start >= deed.verb[1] else piece.start
        return not _is_doubtful(text, link, deed, piece, begin)
    if piece.opens in _TELLING and not _spends(text, link, piece):
        return False
    if (_denies(deed) or deed.status == "postponed") and _is_yes(text, link, piece):
        return False
    if piece.opens in ("og", "samt", "eller") and not _spending(text[piece.start : link.start]):
        before = pieces[at - 1]
        if at - 1 != home and before.opens in _TELLING:
            return False  # "fordi indkomsten er 600.000 kr., og grænsen er 590.000 kr."
        if _LEFT_OUT.search(text, max(before.start, deed.verb[1]), before.end) and not _denies(deed):
            return False  # "med undtagelse af 2 mio. kr. til hallen, og 1 mio. kr. til broen"
    return not _is_doubtful(text, link, deed, piece, piece.start, apart=True)


def _spends(text: str, link: Link, piece: Piece) -> bool:
    """Whether a clause that tells of something spends the figure now: "idet der afsættes …", not "er afsat …"."""
    said, front = text[piece.start : piece.end], text[piece.start : link.start]
    if _BEFORE_NOW.search(said):
        return False
    if piece.opens in ("idet", "så") and _RECEIVES.search(front):
        return True
    lowered = any(match.group().lower().endswith("s") for match in CHANGED.finditer(front))
    return (lowered and TO.search(front) is not None) or any(word.endswith("s") for word in _spending(said))


def _is_cut(text: str, link: Link, deed: Deed, pieces: Sequence[Piece], links: Sequence[Link], behind: int) -> bool:
    """Whether less is granted ("Ansøgningen om 5 kr. imødekommes med 3 kr."), or only on a condition.

    ``behind``: where the next deed begins, whose figures are its own.
    """
    piece = pieces[piece_at(pieces, link.start)]
    if link.start < deed.verb[0] and _BESIDE_IT.fullmatch(text, piece.start, link.start):
        return any(other.start > deed.verb[1] and other.type == link.type for other in links)
    later = [other for other in links if link.end <= other.start < behind and other.type == link.type]
    if link.start < deed.verb[0] and _PARTLY.search(text, link.end, piece.end):
        return True
    if link.start < deed.verb[0] and any(WITH.search(text, deed.verb[1], other.start) for other in later):
        return True
    if _PART_OF.search(text[piece.start : link.start]) or (not _denies(deed) and _NOT_BEHIND.match(text, link.end)):
        return True
    if _LESS.match(text, link.end) or _IF_BEHIND.search(text, link.end, pieces[-1].end):
        return True
    return any(_ONLY.search(text, link.end, other.start) for other in later)


def _denies(deed: Deed) -> bool:
    return deed.negated or deed.status == "rejected"


def _is_doubtful(text: str, link: Link, deed: Deed, piece: Piece, begin: int, *, apart: bool = False) -> bool:
    """Whether the clause says of the figure that it falls, is left out, only wished or asked for, or replaced.

    ``apart``: it is another clause than the verb's.
    """
    front, behind = text[begin : link.start], text[link.end : piece.end]
    opening = f"{piece.opens} {front}" if apart else front
    if (_denies(deed) or deed.status == "postponed") and _is_of_another_deed(front):
        return True
    if deed.status in _GRANTING and not deed.negated and refuses_further(front):
        return True
    if is_of_other_word(front, denies=_denies(deed)) or _is_beside(opening):
        return True
    if deed.lemma == "imødekomme" and _ASKED.search(front) and _MET_WITH.match(behind):
        return True
    if is_aside(front, behind, postponed=deed.status == "postponed"):
        return True
    if apart or not _denies(deed):
        left_out = [match.end() for match in _LEFT_OUT.finditer(front)]
        if left_out and not _spending(front[left_out[-1] :]):
            return True
    told_of = is_still_to_do(f"{front} … {behind}") or (is_how_it_is(piece.opens, front) and not _spending(front))
    if apart and (_NOT_LATER.search(behind) or told_of):
        return True
    falls = [match for match in _FALLS.finditer(text, begin, piece.end) if match.end() != deed.verb[1]]
    if falls and (apart or deed.status in _GRANTING):
        return True
    if deed.status in _GRANTING and not deed.negated and (_is_wished(front) or _is_not_yet(front)):
        return True
    changed = f"ændres {front}" if deed.lemma in CHANGING and not apart else front
    return is_replaced(changed, behind, apart=apart)


def _is_yes(text: str, link: Link, piece: Piece) -> bool:
    """ "(afslog ansøgningen), og der bevilges 2 mio. kr.": a clause beside a no that spends."""
    front = text[piece.start : piece.end if piece.opens in ("men", "mens") else link.start]
    return _gives(front) and not _LEFT_OUT.search(front)


def _is_of_another_deed(front: str) -> bool:
    """ "(afslog) ansøgningen og bevilge 2 mio. kr.": behind a no another deed may be a yes."""
    if _IN_ITS_PLACE.search(front):
        return True
    behind = [front[joint.end() :] for joint in _FURTHER.finditer(front)]
    return any(_gives(each) or each.split(" ", 1)[0].lower() in listed("deed") for each in behind)


def _is_beside(front: str) -> bool:
    """Whether the figure is of a deed told beside the verb's, not of one behind it: "efter at have hørt X at give"."""
    left = [match.end() for match in _LEAVES.finditer(front)]
    if left and not _gives(front[left[-1] :]):
        return True
    beside = _AFTER_ANOTHER.search(front)
    if beside is None:
        return False
    rest = front[beside.end() :]
    to = _AT_LAST.match(rest)
    return not (to and to["word"].lower() not in forms() and _gives(rest[to.end() :]))


def _gives(said: str) -> bool:
    """Whether a verb stands there that spends, in any of its forms."""
    return bool(_spending(said)) or _GIVING.search(said) is not None


def _spending(said: str) -> list[str]:
    return [word for word in WORD.findall(said.lower()) if word in listed("spends")]


def _is_wished(front: str) -> bool:
    return not listed("wished-figure").isdisjoint(WORD.findall(front.lower()))


def _is_not_yet(front: str) -> bool:
    """Whether what is to be done asks or looks into something: "(besluttede) at ansøge staten om …"."""
    asked = [
        match.end()
        for match in WORD.finditer(front)
        if match.group().lower() in listed("not-yet") and not _OF_GRANT.match(front, match.end())
    ]
    asked += [match.end() for match in _MERELY.finditer(front)]
    if not asked:
        return False
    rest = front[max(asked) :]
    return not any(
        match.group().lower() in listed("spends") and _GOES_ON.search(rest[: match.start()])
        for match in WORD.finditer(rest)
    )
