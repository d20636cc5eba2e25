"""Decisions: sentences in which a body has decided, recommended, rejected or postponed something.

A verb in the past with a body for its subject, a passive ("blev besluttet"), or a bare participle in minutes under
"Beslutning". What is planned, asked, conditional, denied or a private person's is no decision, and neither is what a
member or a party says in minutes: "Venstre kunne ikke godkende indstillingen" is none. Of a recommendation in points
each point is one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Decision, DecisionStatus
from pipeline.facts.resolutions.adopted import adopted
from pipeline.facts.resolutions.agents import Agent, agent, subject
from pipeline.facts.resolutions.agreed import agreed, done, may_be_agreed
from pipeline.facts.resolutions.blocks import HEADING_WORDS, Block
from pipeline.facts.resolutions.bodies import bodies_of, body_of, is_of_other_majority
from pipeline.facts.resolutions.clauses import REACH, Anchor, Clause, anchors, by_sentence, form_at
from pipeline.facts.resolutions.compared import says_what_was
from pipeline.facts.resolutions.conditions import condition_of_head, with_conditions
from pipeline.facts.resolutions.dates import budget_year, day_of, regions
from pipeline.facts.resolutions.denial import NOT
from pipeline.facts.resolutions.figures import Deed, figures, figures_of_turn
from pipeline.facts.resolutions.fronted import of_what_stands_before
from pipeline.facts.resolutions.lists import Recommended, recommended
from pipeline.facts.resolutions.majority import no_majorities
from pipeline.facts.resolutions.points import starts_point
from pipeline.facts.resolutions.pointwise import decisions_of_point
from pipeline.facts.resolutions.scene import Scene
from pipeline.facts.resolutions.shares import with_shares
from pipeline.facts.resolutions.status import may_decide, status_of
from pipeline.facts.resolutions.turns import Turn, turns, turns_beside, turns_of_answers, turns_of_grants
from pipeline.facts.resolutions.undone import undone
from pipeline.facts.resolutions.unknown import by_unknown
from pipeline.facts.resolutions.unread import unread
from pipeline.facts.resolutions.untold import untold
from pipeline.facts.resolutions.verdicts import begins_line, rows_decided, verdict
from pipeline.facts.resolutions.votes import votes
from pipeline.facts.resolutions.words import Form, forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import Problem, Record
    from pipeline.context import Context, Span
    from pipeline.language import Prose


_COMES_AGAIN = ("genoptages", "genfremsættes", "genfremlægges")
_AGAIN = ("genoptage", "genfremsætte")
_JOINED = re.compile(r"\bog\b|[,;]")
_AT = re.compile(r"\bat\b")
_FAR = 2_000
"""Characters between two verbs in which a clause is looked for: no sentence that anybody reads has more."""
_FINITE_AT = re.compile(r"\bat\s+(?!(?:[^\W\d_]{2,}e|få|gå|stå|se|nå|slå|lade)\s)")
"""An "at" with a clause behind it; in one with an infinitive no verb in the past can stand: "om at lukke hallen"."""
_NEXT_CLAUSE = re.compile(r"[,;]\s*(?:og|men|mens|hvorefter)\s+(?!at\b)")
_NOT_ONLY = re.compile(rf"\s+{NOT}\s+", re.IGNORECASE)
_ONE_STEP = re.compile(r"[^,;.]{0,40}\s(?:og|til)\s+")
_FILLS_LINE = re.compile(r"\.?(?=[ \t]*(?:\n|$))")
_ELIDED = re.compile(r"[,;]?\s*\b(?:og|samt|men)\s+$", re.IGNORECASE)


class _Verb(msgspec.Struct, frozen=True):
    clause: Clause
    form: Form
    status: DecisionStatus
    negated: bool


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The decisions of a text in order, each with the span of its sentence; one per verb, body and sentence.

    In minutes a problem ``decision-unread`` for each "Beslutning" under which something stands and no decision is read,
    elsewhere for each sentence that may grant a sum or only be a draft of that.
    """
    marks = [] if prose.words.isdisjoint(forms().keys()) and "-\n" not in prose.text else anchors(prose)
    may_tell = "flertal" in prose.words or not HEADING_WORDS.isdisjoint(prose.words)
    if not marks and not may_tell and not may_be_agreed(prose, context):
        return [], []
    scene = Scene(prose, context)
    listed = any(block.kind == "recommendation" for block in scene.blocks)
    found = _found(scene, marks) if marks or listed else []
    more = [*(votes(scene, found) if scene.blocks else []), *no_majorities(scene, found), *agreed(scene, found)]
    more += done(scene, [*found, *more]) if scene.blocks else []
    found = _numbered(sorted([*found, *more], key=lambda record: record.start) if more else found)
    told = [*(unread(scene, found) if context.in_minutes else []), *by_unknown(scene, marks, found)]
    return found, [*told, *untold(scene, found)] if scene.loose or not context.in_minutes else told


def _numbered(found: list[Record]) -> list[Record]:
    """With their ordinals: two decisions of one sentence have one place, and must have ids of their own."""
    numbered: list[Record] = []
    counts: Counter[int] = Counter()
    for record in found:
        counts[record.start] += 1
        times = counts[record.start]
        again = isinstance(record, Decision) and times > 1
        numbered.append(msgspec.structs.replace(record, ordinal=times) if again else record)
    return numbered


def _found(scene: Scene, marks: list[Anchor]) -> list[Record]:
    prose = scene.prose
    lists = recommended(scene, marks)
    found: list[Record] = [*rows_decided(scene, marks)] if "|" in prose.text else []
    if found:
        marks = [mark for mark in marks if not any(row.start <= mark[0] < row.end for row in found)]
    for each in lists:
        common = condition_of_head(scene, (each.span[0], each.points[0][0]))
        for span, status in zip(each.points, each.status, strict=True):
            for point in decisions_of_point(scene, each, span, status):
                granted = common and point.status in ("decided", "recommended")
                told = msgspec.structs.replace(point, condition=common) if granted else point
                found += [msgspec.structs.replace(told, body=body) for body in each.together or [told.body]]
    last: Decision | None = None
    for whole, own in by_sentence(prose, _worth(scene, _outside(marks, lists))):
        for span, inside in _pieces(whole, own, scene):
            block = scene.block_at(inside[0][0])
            alone = verdict(scene, span, inside[0], block)
            decided = [alone] if alone else _decisions(scene, _verbs(scene, span, inside, block), last)
            for decision in decided:
                found.append(decision)
                last = decision
    found.sort(key=lambda record: record.start)
    return with_shares(scene, adopted(scene, with_conditions(scene, _without_repeats(scene, found))))


def _without_repeats(scene: Scene, found: list[Record]) -> list[Record]:
    """Without "Sagen genoptages i januar." where the same block says what was decided: "Udsat."."""
    if scene.prose.words.isdisjoint(_COMES_AGAIN):
        return found
    blocks = [scene.block_at(record.start) for record in found]
    return [
        record
        for record, block in zip(found, blocks, strict=True)
        if not (isinstance(record, Decision) and record.verb in _AGAIN) or blocks.count(block) == 1
    ]


def _outside(marks: list[Anchor], lists: list[Recommended]) -> list[Anchor]:
    """The verbs that stand in no list of points and in no head of one."""
    taken = [each.span for each in lists]
    kept = []
    at = 0
    for mark in marks:
        while at < len(taken) and taken[at][1] <= mark[0]:
            at += 1
        if at == len(taken) or mark[1] <= taken[at][0]:
            kept.append(mark)
    return kept


def _worth(scene: Scene, marks: list[Anchor]) -> list[Anchor]:
    """The verbs that can decide anything where they stand, by what is cheap to ask, before sentences are looked at."""
    kept = []
    known = forms()
    for mark in marks:
        block = scene.block_at(mark[0])
        decides = block is not None and block.kind == "decision"
        if says_what_was(scene.prose.lower, mark[:2], in_decision=decides):
            continue
        for form in known[mark[2]]:
            if may_decide(scene, form, mark, block):
                kept.append(mark)
                break
    return kept


def _pieces(span: Span, own: list[Anchor], scene: Scene) -> Iterator[tuple[Span, list[Anchor]]]:
    """A sentence without the headings "Beslutning:" in it, cut where one stands within; each with its verbs."""
    heads = scene.blocks
    at = scene.first_block(span[0])
    position, left = span[0], own
    while at < len(heads) and heads[at].heading[0] < span[1]:
        front = [mark for mark in left if position <= mark[0] < heads[at].heading[0]]
        if front:
            yield from _lines(scene, (position, heads[at].heading[0]), front)
        position = heads[at].start
        left = [mark for mark in left if mark[0] >= position]
        at += 1
    if left and position < span[1]:
        yield from _lines(scene, (position, span[1]), left)


def _lines(scene: Scene, span: Span, own: list[Anchor]) -> Iterator[tuple[Span, list[Anchor]]]:
    """Under "Beslutning" each line with a mark of its own: "Ad 1: Tiltrådt" and below it "Ad 2: Udsat" are two."""
    start, text = span[0], scene.text
    block = scene.block_at(own[0][0])
    if block is not None and block.kind == "decision":
        line = text.find("\n", start, span[1])
        while line >= 0:
            inside = [mark for mark in own if start <= mark[0] < line]
            if inside and starts_point(text, line + 1):
                yield _stripped(text, start, line), inside
                start = line + 1
            line = text.find("\n", line + 1, span[1])
    elif scene.loose:
        for mark in own:
            behind = _FILLS_LINE.match(text, mark[1], span[1]) if begins_line(text, mark[0], start) else None
            if behind:
                front = [each for each in own if start <= each[0] < mark[0]]
                if front:
                    yield _stripped(text, start, mark[0]), front
                yield (mark[0], behind.end()), [mark]
                start = behind.end()
    left = [mark for mark in own if mark[0] >= start]
    if left:
        yield _stripped(text, start, span[1]), left


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip().rstrip("| "))


def _verbs(scene: Scene, span: Span, own: list[Anchor], block: Block | None) -> list[_Verb]:
    """The verbs of a sentence that decide something, without those that only tell what was decided."""
    text, found = scene.text, list[_Verb]()
    if text[max(span[0], span[1] - 5) : span[1]].rstrip('"”») ').endswith("?"):
        return []
    for mark in own:
        form = form_at(text, mark, span[1])
        if form is None or ((len(own) > 1 or len(forms()[mark[2]]) > 1) and not may_decide(scene, form, mark, block)):
            continue
        clause = Clause(scene, span, mark, block)
        if found:
            clause.elided = _shared(text, found, clause, form)
        status = status_of(text, clause, form)
        if status is not None and (not found or _is_another(text, found, clause, form, status)):
            found.append(_Verb(clause, form, *undone(clause, form, status)))
    others = [verb for verb in found if verb.form.lemma != "drøfte" and verb.form.needs != "nominal"]
    return others or found


def _shared(text: str, found: list[_Verb], clause: Clause, form: Form) -> Agent | None:
    """The subject shared with the verb before: "Byrådet besluttede …, og tog …", "anbefaler … og fraråder"."""
    if not found or form.tense not in ("past", "present"):
        return None
    if found[-1].form.tense != form.tense and found[-1].form.lemma != "ønske ikke":
        return None
    first = found[-1]
    joint = _ELIDED.search(text, max(first.clause.stop, clause.verb - 12), clause.verb)
    after = max(first.clause.stop, clause.verb - _FAR)
    inside = joint and joint.group()[0] not in ",;" and _FINITE_AT.search(text, after, clause.verb)
    if not joint or inside:
        return None
    who = subject(text, first.clause, first.form)
    unsaid = first.clause.in_decision and first.clause.verb == first.clause.start  # "Afslog A og bevilgede B."
    return who or (Agent("", first.clause.start) if unsaid else None)


def _is_another(text: str, found: list[_Verb], clause: Clause, form: Form, status: str) -> bool:
    """Whether a further verb is a decision of its own, and not a part of what was decided or recommended."""
    first = found[-1]
    between = text[max(first.clause.stop, clause.verb - REACH) : clause.verb]
    if form.tense == "participle" and not between.strip():
        return False  # "Tiltrædes indstillet til Byrådet"
    if form.tense == "participle" and first.form.status == "recommended" and _NOT_ONLY.fullmatch(between):
        return False  # "Anbefales ikke godkendt"
    if status == first.status == "postponed" and _ONE_STEP.fullmatch(between):
        return False  # "taget af dagsordenen og udsat"
    if clause.begins_anew:
        return subject(text, clause, form) is not None
    at = _AT.search(between)
    if (first.status != "recommended" and first.form.lemma != "beslutte" and not at) or clause.elided:
        return True
    parts = _NEXT_CLAUSE.split(between)
    if len(parts) > 1 and not clause.is_passive(form):
        who = subject(text, clause, form)
        return who is not None and who.start >= clause.verb - len(parts[-1])
    if len(parts) > 1 and clause.has_passive_auxiliary and not _AT.search(parts[-1]):
        return True
    own = agent(text, clause, form) if form.tense == "participle" else None
    if own and own.start > clause.stop and not at and _JOINED.search(between):
        return True
    return first.status != "recommended" and form.tense in ("past", "past-passive")


def _decisions(scene: Scene, verbs: list[_Verb], last: Decision | None) -> Iterator[Decision]:
    if not verbs:
        return
    text = scene.text
    found = list[tuple[_Verb, Deed, str | None, str | None]]()
    days = scene.days_for(verbs[0].clause)
    before: str | None = None
    clauses = [verb.clause for verb in verbs]
    parted = regions(text, clauses) if days or len(verbs) > 1 else [clauses[0].near]
    for verb, region in zip(verbs, parted, strict=True):
        clause, form = verb.clause, verb.form
        body = body_of(scene, clause, form, before, last)
        before = body
        anothers = body is None and is_of_other_majority(scene, clause)
        day = None if anothers else day_of(text, clause, form, region, days, body, scene)
        key = (form.lemma, body, day, verb.status)
        deed = Deed((clause.verb, clause.stop), key, form.lemma, verb.status, verb.negated)
        found.append((verb, deed, body, day))
    if len(found) == 1:
        several = _turned(scene, *found[0])
        if several:
            yield from several
            return
    deeds = [deed for _, deed, _, _ in found]
    told = set[object]()
    before_it: Decision | None = None
    for verb, deed, body, day in found:
        if deed.key not in told:
            told.add(deed.key)
            before_it = of_what_stands_before(verb.clause, _decision(scene, verb, body, day, deeds, deed), before_it)
            for each in bodies_of(scene, verb.clause, verb.form, body):
                yield msgspec.structs.replace(before_it, body=each) if each != body else before_it


def _turned(scene: Scene, verb: _Verb, deed: Deed, body: str | None, day: str | None) -> list[Decision]:
    """The decisions of a sentence that says no to one thing and yes to another; [] where it says one thing."""
    clause, form = verb.clause, verb.form
    span = clause.start, clause.end
    found = []
    for number, turn in enumerate(_turns(scene, verb)):
        place = deed.verb if number == 0 else (turn.deed, turn.deed)
        own = Deed(place, (*span, number), turn.lemma or deed.lemma, turn.status, turn.negated)
        said = msgspec.structs.replace(form, lemma=turn.lemma) if turn.lemma else _answer(form, turn.status)
        part = _Verb(clause, said, turn.status, turn.negated)
        links = figures_of_turn(scene, span, (span[0] if number == 0 else turn.start, turn.end), own)
        found.append(msgspec.structs.replace(_decision(scene, part, body, day, [own], own), links=links))
    return found


def _turns(scene: Scene, verb: _Verb) -> list[Turn]:
    clause, form = verb.clause, verb.form
    told = scene.text, clause.stop, clause.end
    beside = turns_beside(*told, verb.status) or turns_of_grants(*told, form.lemma, verb.status)
    if beside or not scene.may_turn(clause.stop, clause.end):
        return beside
    if all(link.type == "reference" for link in scene.links(clause.start, clause.end)):
        return []
    return turns_of_answers(*told, form.lemma, verb.status) or turns(*told, form.lemma, form.status)


def _answer(form: Form, status: DecisionStatus) -> Form:
    """The form with "ja" or "nej" as the status has it, where it says or votes one of them."""
    verb, _, word = form.lemma.rpartition(" ")
    if word not in ("ja", "nej"):
        return form
    return msgspec.structs.replace(form, lemma=f"{verb} {'nej' if status == 'rejected' else 'ja'}")


def _decision(scene: Scene, verb: _Verb, body: str | None, day: str | None, deeds: list[Deed], deed: Deed) -> Decision:
    span = verb.clause.start, verb.clause.end
    return Decision(
        start=span[0],
        end=span[1],
        text=scene.text[span[0] : span[1]],
        body=body,
        verb=verb.form.lemma,
        status=verb.status,
        negated=verb.negated,
        date=day,
        budget_year=budget_year(scene, *span),
        links=figures(scene, span, deed, deeds),
        source=scene.context.source,
    )
