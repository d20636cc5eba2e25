"""Which recommendations come in points, who makes them and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.bodies.names import titled
from pipeline.facts.resolutions.agents import subject
from pipeline.facts.resolutions.bare import bare_points, lines_below
from pipeline.facts.resolutions.bodies import bodies_of, body_of, is_anothers
from pipeline.facts.resolutions.clauses import Anchor, Clause, form_at
from pipeline.facts.resolutions.dates import day_of
from pipeline.facts.resolutions.open import is_open
from pipeline.facts.resolutions.points import points_of, points_under, points_within
from pipeline.facts.resolutions.status import status_of
from pipeline.facts.resolutions.words import WORD, Form, forms, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import DecisionStatus
    from pipeline.context import Span
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.scene import Scene

_NOUN = re.compile(r"\s+om(?:,?\s+at\s[^\n.]{3,90}|[,:]?[ \t]*\n)", re.IGNORECASE)
_THAT = re.compile(r"\s+om,?\s+(?P<at>at)\s")
_TO_WHAT = re.compile(
    r"\s*(?P<what>til (?:godkendelse|efterretning|orientering|drøftelse)\b[^\n]{0,40})", re.IGNORECASE
)
_PARTY = re.compile(r"(?:^|[\s(])(?:[A-ZÆØÅ]|[Ll]iste\s+[A-ZÆØÅ]|[A-ZÆØÅ][\w. -]+\([A-ZÆØÅ]{1,3}\))\s+$")
_OFFICES = ("forvaltningen", "administrationen", "direktionen", "magistraten")  # not the mayor, nor a party
_OF_OFFICE = re.compile(
    r"[ \t*_#>\d.]*(?P<who>(?:[^\W\d_]+-(?:,[ \t]+|[ \t]+og[ \t]+))*[^\W\d_]*"
    r"(?:forvaltningen|administrationen|direktionen))s\s+indstilling",
    re.IGNORECASE,
)
_LONGEST_SENTENCE = 2_500
_POINTS_FOLLOW = re.compile(r"(?:[,:]|\b(?:at|enstemmigt|derfor|følgende|samtidig))[ \t]*\n")
_AMONG_THEM = re.compile(
    r"\bat\s[^\n]{20,}\b(?:herunder|heriblandt|blandt\s+andet|bl\.a\.|for\s+eksempel|fx|f\.eks\.)[ \t]*:[ \t]*\n",
    re.IGNORECASE,
)
"""The end of a head that tells all that is decided: "besluttede, at chefen orienterer om huset – herunder:"."""
_CHANGED = re.compile(r"\w\s[^\n]*\bmed\s+(?:de\s+)?følgende\s+\w+[ \t]*[,:]?[ \t]*\n", re.IGNORECASE)
"""The end of a head that adopts something and says how it is changed: "vedtog budgettet med følgende ændringer:"."""
_ON_POINTS = re.compile(r"(?:om)?(?:,? ?at| ?følgende(?: \w+)?)?", re.IGNORECASE)
_FALLS = re.compile(
    r"\b\w*(?:forslag|sag|punkt|indstilling)(?:et|en|ene|erne)?\s+(?:dermed\s+|herefter\s+)?$", re.IGNORECASE
)
_OF_PROPOSAL = re.compile(r"(?<!\w)(?:[^\W\d_]*[Ff]orslag(?:et|ene)?|[A-ZÆØÅ]{1,4}[ -]?\d{1,3})(?!\w)")
"""In front of "udgår" in a point: "At forslag D12 om færre busser (1,9 mio. kr.)"."""
_STAYS = re.compile(r"\s+(?:\w+\s+)?ikke\b", re.IGNORECASE)
_GRANTED = ("imødekommes", "imødekommet", "bevilges", "bevilget")
_TELLING = frozenset(("present", "past", "present-passive", "past-passive", "participle"))


class Recommended(msgspec.Struct, frozen=True):
    """A recommendation in points; ``span`` from the verb, or the first point, to the end of the last point.

    ``together``: all bodies that make it, where these are several.
    """

    span: Span
    points: list[Span]
    verb: str
    status: list[DecisionStatus]
    body: str | None = None
    date: str | None = None
    together: list[str | None] = []


def recommended(scene: Scene, marks: list[Anchor]) -> list[Recommended]:
    """The recommendations in points, in order, none inside another."""
    found = [*_from_verbs(scene, marks), *_from_headings(scene), *_from_nouns(scene)]
    found.sort(key=lambda each: each.span)
    kept: list[Recommended] = []
    for each in found:
        if not kept or each.points[0][0] >= kept[-1].span[1]:
            kept.append(each)
    return kept


def _from_verbs(scene: Scene, marks: list[Anchor]) -> Iterator[Recommended]:
    stop = 0
    for mark in marks:
        if mark[0] < stop:
            continue
        if mark[2] in listed("heads-points"):
            each = _from_verb(scene, mark)
        else:
            each = _decided(scene, mark) if mark[2] in listed("decides-points") else None
        if each:
            yield each
            stop = each.span[1]


def _from_verb(scene: Scene, mark: Anchor) -> Recommended | None:
    text = scene.text
    block = scene.block_at(mark[0])
    limit = _limit(scene, mark[1], block)
    lines = points_of(text, mark[1], limit)
    if not lines and (mark[2][:8] != "indstill" or not _may_list(scene.prose.lower, mark[1])):
        return None
    sentence = scene.prose.sentence_at(mark[0], mark[1])
    end = lines[0][0] if lines else min(sentence[1], limit)
    start = max(sentence[0], block.start) if block and block.start <= mark[0] else sentence[0]
    form = form_at(text, mark, max(end, mark[1]))
    if form is None or form.tense not in _TELLING or form.status != "recommended":
        return None
    points = lines or (points_within(text, mark[1], end) if end - mark[1] < _LONGEST_SENTENCE else [])
    if not points:
        return None
    clause = Clause(scene, (start, end), mark, block)
    if not (_is_official(text, clause, form) if lines else status_of(text, clause, form) == "recommended"):
        return None
    body = body_of(scene, clause, form, None, None)
    days = scene.days_for(clause)
    unsaid = body is None and is_anothers(clause, form)
    day = None if unsaid else day_of(text, clause, form, (start, points[0][0]), days, body, scene)
    together = bodies_of(scene, clause, form, body)
    return Recommended((mark[0], points[-1][1]), points, form.lemma, ["recommended"] * len(points), body, day, together)


def _decided(scene: Scene, mark: Anchor) -> Recommended | None:
    """ "Byrådet besluttede," and below it "at …", "at …": each point is a decision."""
    line = scene.text.find("\n", mark[1], mark[1] + 200)
    if line < 0 or scene.text[mark[1] : line].rstrip()[-1:] not in (",", ":", "t", ""):
        return None
    block = scene.block_at(mark[0])
    limit = _limit(scene, mark[1], block)
    points = points_of(scene.text, mark[1], limit)
    if not points and _agreed(scene, mark, line):
        points = bare_points(scene.text, line, limit)
    if not points and mark[2] in _GRANTED:
        points = _sums_below(scene, line, limit)
    if not points or not _POINTS_FOLLOW.search(scene.text, mark[1], points[0][0]):
        return None
    if _AMONG_THEM.search(scene.text, mark[1], points[0][0]):
        return None
    start = scene.prose.sentence_at(mark[0], mark[1])[0]
    span = (max(start, block.start) if block and block.start <= mark[0] else start, points[0][0])
    form = _agreed(scene, mark, line) or form_at(scene.text, mark, points[0][0])
    if form is None or (form.tense == "present" and (block is None or block.kind != "decision")):
        return None
    clause = Clause(scene, span, mark, block)
    told = status_of(scene.text, clause, form)
    passive = clause.is_passive(form) and form.lemma != "være enig" and not _grants_these(clause, form)
    if told != "decided" or passive:
        return None
    body = body_of(scene, clause, form, None, None)
    day = day_of(scene.text, clause, form, span, scene.days_for(clause), body, scene)
    status = [status_within(scene.text, point) for point in points]
    if _CHANGED.search(scene.text, mark[1], points[0][0]):
        points, status = [_head(scene.text, span), *points], ["decided", *status]
    together = bodies_of(scene, clause, form, body)
    return Recommended((min(mark[0], points[0][0]), points[-1][1]), points, form.lemma, status, body, day, together)


def _grants_these(clause: Clause, form: Form) -> bool:
    """ "Følgende ansøgninger imødekommes:" under "Beslutning": each line below is granted."""
    return clause.in_decision and form.lemma in ("imødekomme", "bevilge") and "følgende" in clause.vocabulary


def _sums_below(scene: Scene, line: int, limit: int) -> list[Span]:
    """The lines "Lunde Kor 12.000 kr." below a head, each with one sum; [] where one has none."""
    lines = lines_below(scene.text, line, limit)
    sums = [[link for link in scene.links(*each) if link.type == "amount"] for each in lines]
    return lines if len(lines) > 1 and all(len(each) == 1 for each in sums) else []


def _agreed(scene: Scene, mark: Anchor, line: int) -> Form | None:
    """ "Parterne er enige om:", "… enige om følgende:", "… aftalt, at", where points follow in a budget agreement."""
    said = " ".join(scene.text[mark[1] : line].split()).strip(" :,")
    agrees = scene.agrees and _ON_POINTS.fullmatch(said) is not None
    return next((form for form in forms()[mark[2]] if form.lemma in ("være enig", "aftale")), None) if agrees else None


def _head(text: str, span: Span) -> Span:
    """The lines above the first point, which ``span`` ends at; what they name is adopted itself."""
    start, stop = span
    piece = text[start : text.rindex("\n", start, stop)]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def status_within(text: str, point: Span) -> DecisionStatus:
    """What a decided point does: "at sagen udsættes" postpones, "forslaget bortfalder" rejects."""
    for match in WORD.finditer(text, *point):
        form = form_at(text, (match.start(), match.end(), match.group().lower()), point[1])
        if form and form.tense in ("infinitive", "present-passive"):
            return form.status if form.lemma != "indstille" else "decided"
        stays = _STAYS.match(text, match.end(), point[1]) or text.endswith(" ikke ", point[0], match.start())
        falls = form and form.needs == "fall" and not stays
        if form and falls and form.lemma != "genoptage" and _OF_PROPOSAL.search(text, point[0], match.start()):
            return "rejected"
        if form and falls and _FALLS.search(text, point[0], match.start()):
            return form.status
    return "decided"


def _may_list(low: str, verb: int) -> bool:
    """Whether points may stand in the sentence: two of "at", the last behind "og", or numbers in brackets."""
    if any(low.find(joint, verb, verb + _LONGEST_SENTENCE) >= 0 for joint in ("og at", "samt at", "og\nat")):
        return True
    return any(low.find(mark, verb, verb + _LONGEST_SENTENCE) >= 0 for mark in ("2)", "b)", "2. "))


def _is_official(text: str, clause: Clause, form: Form) -> bool:
    """Whether an authority heads the list: no person or party, nothing asked, wished or conditional."""
    words = clause.vocabulary
    if words & (listed("private") | listed("modal") | listed("minority")) or is_open(text, clause):
        return False
    if form.needs == "proposal" and (clause.block is None or clause.block.kind != "recommendation"):
        who = None if clause.is_passive(form) else subject(text, clause, form)
        return who is not None and who.word.endswith(_OFFICES)
    return not (_PARTY.search(clause.before) or words & listed("party"))


def _from_headings(scene: Scene) -> Iterator[Recommended]:
    """The points that stand at once under a heading "Indstilling"."""
    for block in scene.blocks:
        if block.kind == "recommendation":
            points = points_under(scene.text, block.start, block.end)
            what = None if points else _TO_WHAT.match(scene.text, block.start, block.end)
            if what:
                points = [what.span("what")]
            if points:
                status: list[DecisionStatus] = ["recommended"] * len(points)
                body = block.body or _office(scene.text[slice(*block.heading)])
                yield Recommended((points[0][0], points[-1][1]), points, "indstille", status, body)


def _office(heading: str) -> str | None:
    """The administration whose recommendation a heading says it is: "Forvaltningens indstilling"."""
    match = _OF_OFFICE.match(heading)
    if match is None:
        return None
    return titled(match["who"]) if "-" in match["who"] else match["who"].capitalize()


def _from_nouns(scene: Scene) -> Iterator[Recommended]:
    """ "Indstilling om, at Borgerrepræsentationen tiltræder," and its points."""
    if "indstilling om" not in scene.prose.lower:
        return
    for start, end in scene.prose.places({"indstilling"}):
        if _NOUN.match(scene.text, end) and scene.text[start].isupper():
            points = points_of(scene.text, end, _limit(scene, end, None)) or _of_sentence(scene, start, end)
            if points:
                yield Recommended((start, points[-1][1]), points, "indstille", ["recommended"] * len(points))


def _of_sentence(scene: Scene, start: int, end: int) -> list[Span]:
    """The points of "Indstilling om, at A, at B samt at C." on a line of its own, or its one point."""
    line = scene.text.rfind("\n", 0, start) + 1
    at = _THAT.match(scene.text, end)
    if scene.text[line:start].strip() or at is None:
        return []
    stop = scene.prose.sentence_at(start, end)[1]
    return points_within(scene.text, end, stop) or [(at.start("at"), len(scene.text[:stop].rstrip()))]


def _limit(scene: Scene, position: int, block: Block | None) -> int:
    """Where a list must have ended: with its block, else at the next heading."""
    if block is not None:
        return block.end
    return scene.next_heading(position)
