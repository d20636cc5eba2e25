"""Decisions: sentences in which a body has decided, recommended, rejected or postponed something.

A verb in the past with a body for its subject, a passive ("blev besluttet"), or a bare participle in minutes under
"Beslutning". What is planned, asked, conditional, denied or a private person's is no decision, and neither is what a
member or a party says in minutes: "Venstre kunne ikke godkende indstillingen" is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Committee, Date, Decision, DecisionStatus
from pipeline.facts.decisions_agents import Agent, agent, place, subject
from pipeline.facts.decisions_blocks import Block, block_at, blocks
from pipeline.facts.decisions_clauses import Clause, clauses
from pipeline.facts.decisions_dates import budget_year, day_of, regions
from pipeline.facts.decisions_status import status_of
from pipeline.facts.decisions_words import Form, forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import Problem, Record
    from pipeline.context import Context
    from pipeline.language import Prose


class _Verb(msgspec.Struct, frozen=True):
    clause: Clause
    form: Form
    status: DecisionStatus


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The decisions of a text in order, each with the span of its sentence; one per verb, body and sentence."""
    text = prose.text
    if not prose.words & forms().keys():
        return [], []
    named = [record for record in context.found if isinstance(record, Committee)]
    days = [record for record in context.found if isinstance(record, Date)]
    areas = blocks(text, named)
    found: list[Record] = []
    for start, end in _without_headings(prose.sentences, areas, text):
        low = bisect_left(named, start, key=lambda body: body.start)
        high = bisect_left(named, end, key=lambda body: body.start)
        verbs = _verbs(text, start, end, named[low:high], block_at(areas, start))
        first, last = bisect_left(days, start, key=lambda day: day.start), bisect_left(days, end, key=lambda d: d.start)
        heading = verbs[0].clause.block.heading if verbs and verbs[0].clause.block else (0, 0)
        of_block = [day for day in days if heading[0] <= day.start < heading[1]]
        found += _decisions(text, verbs, [*of_block, *days[first:last]], context)
    return found, []


def _without_headings(spans: list[tuple[int, int]], areas: list[Block], text: str) -> Iterator[tuple[int, int]]:
    """Sentences without the headings "Beslutning:" in them, and cut in two where a heading stands within."""
    for start, end in spans:
        position = start
        at = bisect_left(areas, start, key=lambda block: block.start)
        while at < len(areas) and areas[at].heading[0] < end and areas[at].heading[0] >= start:
            if text[position : areas[at].heading[0]].strip():
                yield _stripped(text, position, areas[at].heading[0])
            position = areas[at].start
            at += 1
        if text[position:end].strip():
            yield _stripped(text, position, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _verbs(text: str, start: int, end: int, bodies: list[Committee], block: Block | None) -> list[_Verb]:
    """The verbs of a sentence that decide something, without those that only tell what was decided."""
    found: list[_Verb] = []
    for clause, form in clauses(text, start, end, bodies, block):
        status = status_of(text, clause, form)
        if status is not None and (not found or _is_another(text, found, clause, form)):
            found.append(_Verb(clause, form, status))
    others = [verb for verb in found if verb.form.lemma != "drøfte"]
    return others or found


def _is_another(text: str, found: list[_Verb], clause: Clause, form: Form) -> bool:
    """Whether a further verb is a decision of its own, and not a part of what was decided or recommended."""
    first = found[-1]
    between = text[first.clause.stop : clause.verb]
    if first.status != "recommended" and first.form.lemma != "beslutte" and not re.search(r"\bat\b", between):
        return True
    parts = re.split(r"[,;]\s*(?:og|men|mens|hvorefter)\s+(?!at\b)", between)
    if len(parts) > 1 and not clause.is_passive(form):
        who = subject(text, clause, form)
        return who is not None and who.start >= clause.verb - len(parts[-1])
    own = agent(text, clause, form) if form.tense == "participle" else None
    joined = re.search(r"\bog\b|[,;]", between) and not re.search(r"\bat\b", between)
    if own and own.start > clause.stop and joined:
        return True
    return first.status != "recommended" and form.tense in ("past", "past-passive")


def _decisions(text: str, verbs: list[_Verb], days: list[Date], context: Context) -> Iterator[Record]:
    seen: set[tuple[str, str | None, str | None]] = set()
    for verb, region in zip(verbs, regions(text, [verb.clause for verb in verbs]), strict=True):
        clause, form = verb.clause, verb.form
        body = _body(text, clause, form, context)
        day = day_of(text, clause, form, region, days, body, context)
        if (form.lemma, body, day) in seen:
            continue
        seen.add((form.lemma, body, day))
        yield Decision(
            start=clause.start,
            end=clause.end,
            text=text[clause.start : clause.end],
            body=body,
            verb=form.lemma,
            status=verb.status,
            date=day,
            budget_year=budget_year(text[clause.start : clause.end]),
            source=context.source,
        )


def _body(text: str, clause: Clause, form: Form, context: Context) -> str | None:
    """The deciding body: the agent of a passive, the subject, the block's or the meeting's; never who is asked."""
    who: Agent | None
    if clause.is_passive(form):
        who = agent(text, clause, form)
        if who is None and form.status != "recommended":
            who = place(text, clause)
    else:
        who = subject(text, clause, form)
    if who is not None and who.name:
        return who.name
    if not clause.in_decision or clause.block is None:
        return None
    return clause.block.body or context.meeting_body
