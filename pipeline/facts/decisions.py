"""Decisions: sentences in which a body has decided, recommended, rejected or postponed something.

A verb in the past with a body for its subject, a passive ("blev besluttet"), or a bare participle in minutes under
"Beslutning". What is planned, asked, conditional or a private person's is no decision: "Byrådet skal godkende" is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Committee, Date, Decision, DecisionStatus
from pipeline.facts import committees, dates
from pipeline.facts.decisions_blocks import Block, block_at, blocks, date_of
from pipeline.facts.decisions_words import Form, forms, listed
from pipeline.language import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from corpus.model import Problem, Record
    from pipeline.context import Context

_WORD = re.compile(r"[^\W\d_]+")
_CUT = re.compile(r"(?:,|;|:|^|–|\s)\s*(?:at|som|der|idet|fordi|mens|men|så)\s|[;:]\s|\s[–-]\s", re.IGNORECASE)
_ADVERBS = (
    r"(?:\s+(?:da|så|derfor|også|dermed|enstemmigt|efterfølgende|i stedet|i dag|i går|nu|herefter|desuden|et|en|enigt"
    r"|bredt))*"
)
_RIGHT_AFTER = re.compile(rf"{_ADVERBS}(?:\s+(?:flertal(?:let)?\s+)?i)?\s+$")
_NOT_SUBJECT_BEFORE = re.compile(
    r"(?:\b(?:til|fra|hos|for|mod|ved|om|af|på|over\s+for|overfor|med)|forelægges|sendt|oversendt)\s+$", re.I
)
_WE_IN = re.compile(r"(?:vi|flertal|flertallet|partierne|medlemmerne|alle)\s+i\s+$", re.IGNORECASE)
_BUDGET = re.compile(
    r"budget(?:forlig(?:et)?|aftale[nr]?|vedtagelsen?|t?et|lægning(?:en)?)?(?:\s+(?:for|om|i|af))?\s+((?:19|20)\d\d)(?!\d|-\d{4,})",
    re.IGNORECASE,
)
_NOT_ITS_DAY = re.compile(
    r"(?:\btil(?:\s+\w+){0,3}|\bpr\.|\bfra|\bsenest|\binden|\bsiden|\bgældende|virkning)\s+(?:d\.|den)?\s*$", re.I
)
_NEGATION = re.compile(r"\b(?:ikke|ej|hverken)\b", re.IGNORECASE)
_PASSIVE = frozenset(("blev", "blevet", "er", "var", "været"))
_PERFECT = frozenset(("har", "havde"))
_REFUSABLE = re.compile(
    r"\b(?:kunne|kan|kunnet|ville|vil|ønskede|ønsker)\b(?:\s+\w+){0,3}?\s+(?:ikke|ej)\b[^,;]{0,40}$|\bikke\s+kunnet\s+$",
    re.I,
)


_REACH = 400  # characters on each side of a verb in which its subject and its adverbs are looked for


class Clause(msgspec.Struct, frozen=True):
    """A verb in its sentence. Offsets are in the text; ``before`` is the clause up to the verb, ``after`` the rest."""

    start: int
    end: int
    verb: int
    stop: int
    before: str
    after: str
    bodies: list[Committee]
    block: Block | None

    @property
    def words(self) -> list[str]:
        return [word.lower() for word in _WORD.findall(self.before)]


def find(doc: Doc, context: Context) -> tuple[list[Record], list[Problem]]:
    """The decisions of a text in order, each with the span of its sentence; one per verb and sentence."""
    text = doc.text
    if not any(token.lower_ in forms() or token.lower_ in ("efterretning", "indstillet") for token in doc):
        return [], []
    named = [record for record in committees.find(doc, context)[0] if isinstance(record, Committee)]
    everywhere = msgspec.structs.replace(context, taken=())
    dated = dates.find(doc, everywhere)[0]
    days = [d for d in dated if isinstance(d, Date) and d.precision == "day" and d.to == d.first]
    areas = blocks(text, named)
    found: list[Record] = []
    for start, end in _without_headings(sentence_spans(doc), areas, text):
        low = bisect_left(named, start, key=lambda body: body.start)
        high = bisect_left(named, end, key=lambda body: body.start)
        block = block_at(areas, start)
        for clause, form in _clauses(text, start, end, named[low:high], block):
            decision = _decision(text, clause, form, days, context)
            if decision and all(
                not isinstance(r, Decision) or (r.start, r.verb) != (start, decision.verb) for r in found[-3:]
            ):
                found.append(decision)
                if form.status == "recommended":
                    break
    return found, []


def _without_headings(spans: list[tuple[int, int]], areas: list[Block], text: str) -> Iterator[tuple[int, int]]:
    """Sentences without a heading "Beslutning:" in front of them."""
    for start, end in spans:
        at = bisect_left(areas, end, key=lambda block: block.start) - 1
        if at >= 0 and start < areas[at].start and areas[at].heading[0] <= start:
            start = areas[at].start
        if text[start:end].strip():
            yield start, end


def _clauses(
    text: str, start: int, end: int, bodies: list[Committee], block: Block | None
) -> Iterator[tuple[Clause, Form]]:
    """Each verb of decision in a sentence with what stands around it; nothing of a question."""
    sentence = text[start:end]
    if sentence.rstrip('"”») ').endswith("?"):
        return
    for match in _WORD.finditer(sentence):
        form = forms().get(match.group().lower())
        if form is None or sentence[match.end() : match.end() + 1] == "-":
            continue
        before = sentence[max(0, match.start() - _REACH) : match.start()]
        cuts = [cut.end() for cut in _CUT.finditer(before)]
        clause = Clause(
            start,
            end,
            start + match.start(),
            start + match.end(),
            before[cuts[-1] if cuts else 0 :],
            sentence[match.end() : match.end() + _REACH],
            _near(bodies, start + match.start()),
            block,
        )
        yield clause, form


def _near(bodies: list[Committee], verb: int) -> list[Committee]:
    low = bisect_left(bodies, verb - _REACH, key=lambda body: body.start)
    return bodies[low : bisect_left(bodies, verb + _REACH, key=lambda body: body.start)]


def _decision(text: str, clause: Clause, form: Form, days: list[Date], context: Context) -> Decision | None:
    status = _status(text, clause, form)
    if status is None:
        return None
    body = _body(text, clause, form, passive=form.tense not in ("past", "present") and not _is_active(clause))
    day = _day(text, clause, days)
    if clause.block is not None and clause.block.kind == "decision" and clause.block.body is None:
        body, day = body or context.meeting_body, context.meeting_date or day
    return Decision(
        start=clause.start,
        end=clause.end,
        text=text[clause.start : clause.end],
        body=body,
        verb=form.lemma,
        status=status,
        date=day,
        budget_year=_budget_year(text[clause.start : clause.end]),
        source=context.source,
    )


def _is_active(clause: Clause) -> bool:
    return bool(_PERFECT & set(clause.words))


def _status(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    """What the verb says here, or None when it says no decision."""
    words = set(clause.words)
    if words & listed("private") or _starts_with_condition(text, clause):
        return None
    if form.tense == "infinitive":
        return _refused(clause, form, text)
    if form.needs == "efterretning" and not re.match(
        r"[^.;]{0,120}?\btil (?:orientering|efterretning)\b", clause.after
    ):
        return None
    if form.status == "recommended":
        return _recommendation(text, clause, form)
    if words & listed("modal"):
        return _refused(clause, form, text)
    if form.tense == "past":
        return _past(text, clause, form)
    if form.tense == "participle":
        return _participle(text, clause, form)
    if form.tense == "past-passive":
        return _negated(clause.before, form)
    in_minutes = clause.block is not None and clause.block.kind == "decision"
    if in_minutes and (form.tense == "present-passive" or _subject(text, clause)):
        return _negated(clause.before + clause.after[:8], form)
    return None


def _starts_with_condition(text: str, clause: Clause) -> bool:
    """Whether the verb stands in a clause with "hvis", "når", "inden" …, or in "om det blev godkendt"."""
    head = re.split(r"[,(]", clause.before)[-1] + " "
    words = [word.lower() for word in _WORD.findall(head)]
    strict = listed("condition") - {"om", "hvad", "hvem"}
    return bool(strict & set(words)) or (bool(words[:1]) and words[0] in ("om", "hvad", "hvem"))


def _refused(clause: Clause, form: Form, text: str) -> DecisionStatus | None:
    """ "Udvalget kunne ikke tiltræde …", "kunne ikke godkendes": a refusal; any other modal verb is no decision."""
    refusable = form.status == "decided" and form.lemma not in ("beslutte", "vælge", "tage til efterretning")
    if not refusable and not (form.lemma == "anbefale" and form.tense == "infinitive"):
        return None
    refusal = _REFUSABLE.search(clause.before)
    past = refusal and re.match(r"kunne|kunnet|ville|ønskede|ikke", refusal.group(), re.IGNORECASE)
    if not refusal or not (past or clause.block):
        return None
    return "rejected" if _subject(text, clause) or form.tense == "present-passive" or clause.block else None


def _recommendation(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    if (
        form.tense == "participle"
        and not _has_auxiliary(clause)
        and not (clause.block and clause.block.kind == "decision")
    ):
        return None
    negative = bool(re.match(r"\s+(?:\w+\s+)?ikke\b", clause.after)) or bool(re.search(r"\bikke\s+$", clause.before))
    leads_on = re.match(
        r"[^.;]{0,90}?(?:\bat\b|\btil\b|:|\b(?:godkendt|vedtaget|tiltrådt|afvist|imødekommet)\b)", clause.after
    )
    authority = _subject(text, clause) is not None or clause.block is not None
    if form.lemma == "indstille":
        authority = authority or form.tense in ("present-passive", "past-passive") or "den indstiller" in clause.before
        if form.tense == "present-passive":
            leads_on = re.match(
                r"\W*(?:derfor |hermed |på den baggrund )?(?:,? ?at\b|til\b|:|over for|godkendt|vedtaget)", clause.after
            )
    minutes = clause.block is not None and clause.block.kind == "decision"
    if not authority or not (leads_on or minutes):
        return None
    return "rejected" if negative else "recommended"


def _has_auxiliary(clause: Clause) -> bool:
    return bool((_PASSIVE | _PERFECT) & set(clause.words))


def _past(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    if _subject(text, clause) is None:
        return None
    if form.needs == "at" and not re.match(r"[^.;]{0,60}?\bat\b", clause.after):
        return None
    if form.lemma == "udsætte" and not _has_object(clause.after[:60]):
        return None
    if re.match(r"(?:\s+\w+){0,2}?\s+ikke\b", clause.after.split(",")[0]):
        return "decided" if form.lemma == "beslutte" else _turned(form)
    return form.status


def _turned(form: Form) -> DecisionStatus | None:
    """The status of a negated verb: not to approve is to reject; not to have decided, or not to reject, is nothing."""
    return "rejected" if form.status == "decided" and form.lemma not in ("beslutte", "vælge", "afsætte") else None


def _negated(before: str, form: Form) -> DecisionStatus | None:
    if re.search(r"\bendnu\b|\bfortsat ikke\b|\bsnart\b", before, re.IGNORECASE):
        return None
    return _turned(form) if _NEGATION.search(before[-40:]) else form.status


def _participle(text: str, clause: Clause, form: Form) -> DecisionStatus | None:
    words = set(clause.words)
    minutes = clause.block is not None and clause.block.kind == "decision"
    if words & _PERFECT:
        ok = _subject(text, clause) is not None and (
            form.needs != "at" or bool(re.match(r"\s+(?:\w+\s+)?at\b", clause.after))
        )
        return _negated(clause.before, form) if ok else None
    if form.needs == "at" or (form.needs == "subject" and not clause.bodies):
        return None
    passive = words & _PASSIVE
    if minutes and (passive or _is_bare(clause)):
        return _negated(clause.before, form)
    if not passive or (form.lemma == "udsætte" and re.match(r"\s+for\b", clause.after)):
        return None
    if (
        form.needs in ("object", "efterretning")
        and not _has_object(clause.before + clause.after[:40])
        and not clause.bodies
    ):
        return None
    return _negated(clause.before, form)


def _is_bare(clause: Clause) -> bool:
    """ "Godkendt.", "Indstillingen enstemmigt godkendt": few words, from the beginning of the sentence."""
    return len(clause.words) <= 8 and clause.before == clause.before[-(clause.verb - clause.start) :]


def _has_object(text: str) -> bool:
    """Whether a word stands there for what authorities decide on: "forslaget", "sagen", "indstillingerne"."""
    for word in _WORD.findall(text.lower()):
        if any(
            word.removesuffix(ending) in listed("object")
            for ending in ("", "et", "en", "n", "erne", "er", "ne", "s", "lerne")
        ):
            return True
    return bool(re.search(r"\bdet\b", text, re.IGNORECASE))


def _subject(text: str, clause: Clause) -> str | None:
    """Who does the verb: a body's name, "" for an authority without one ("et flertal"), None for nobody known."""
    for body in clause.bodies:
        if body.start >= clause.stop and _RIGHT_AFTER.match(text[clause.stop : body.start]):
            return None if _is_genitive(body) else body.name
    right = re.match(rf"{_ADVERBS}\s+(\w+)", clause.after)
    if right and _is_actor(right[1]):
        return _actor(right[1])
    for body in reversed([body for body in clause.bodies if body.end <= clause.verb]):
        before, between = text[max(clause.start, body.start - _REACH) : body.start], text[body.end : clause.verb]
        plain = not _NOT_SUBJECT_BEFORE.search(before) and not re.search(r"\bi\s+$", before)
        if (plain or _WE_IN.search(before)) and not _is_genitive(body) and _is_near(between):
            return body.name
    for word in reversed(_WORD.findall(clause.before)):
        if _is_actor(word):
            return _actor(word)
    return None


def _is_near(between: str) -> bool:
    return len(between) < 120 and not re.search(
        r"\b(?:jeg|vi|han|hun|man|de|familien|forældrene|borgeren)\b|\bat\b", between, re.I
    )


def _is_genitive(body: Committee) -> bool:
    return body.text.lower().endswith("s")


def _is_actor(word: str) -> bool:
    low = word.lower()
    return low in listed("actor") or low.endswith("forvaltningen")


def _actor(word: str) -> str:
    """The body that an acting word names: an administration by its name, a majority by none."""
    low = word.lower()
    named = low.endswith(("forvaltningen", "administrationen", "direktionen")) or low in (
        "folketinget",
        "regeringen",
        "magistraten",
    )
    return word[:1].upper() + word[1:].lower() if named else ""


def _body(text: str, clause: Clause, form: Form, *, passive: bool) -> str | None:
    """The deciding body: the agent of a passive, the subject, the block's; never who it is sent to."""
    for body in clause.bodies if passive else []:
        between = text[clause.stop : body.start]
        if body.start > clause.stop and len(between) < 60 and re.search(r"\baf\s+(?:et\s+\w+\s+(?:i\s+)?)?$", between):
            return body.name
    subject = _subject(text, clause)
    if subject:
        return subject
    if passive and form.status != "recommended":
        for body in clause.bodies:
            if body.end <= clause.verb or re.fullmatch(
                r"[^,;]{0,40}\b(?:i|på|ved)\s+(?:\w+\s+i\s+)?", text[clause.stop : body.start]
            ):
                before = text[max(clause.start, body.start - 20) : body.start]
                if not _NOT_SUBJECT_BEFORE.search(before) or re.search(r"\b(?:på|ved)\s+$", before):
                    return body.name
    if clause.block is not None and clause.block.kind == "decision":
        return clause.block.body
    return None


def _day(text: str, clause: Clause, days: list[Date]) -> str | None:
    """The one day that the sentence gives for the deciding, ISO; else the day in the heading of the block."""
    stop = re.search(r"[,\s]at\s", clause.after)
    limit = clause.stop + stop.start() if stop else clause.end
    meant = {
        day.first.isoformat()
        for day in days
        if clause.start <= day.start < limit and not _NOT_ITS_DAY.search(text[max(0, day.start - 40) : day.start])
    }
    if len(meant) == 1:
        return meant.pop()
    return date_of(clause.block, days) if not meant else None


def _budget_year(sentence: str) -> int | None:
    """The budget year in "med budget 2020", "i budgetforlig 2018", or None when none or several are named."""
    years = {int(match[1]) for match in _BUDGET.finditer(sentence)}
    return years.pop() if len(years) == 1 else None
