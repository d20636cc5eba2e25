"""Votes under "Beslutning" that no verb sums up: "For forslaget stemte 10, imod stemte 15".

A vote is a decision where the text says on what it was taken and which side had more votes. A tie, a side without a
number, a majority that must be larger, and a motion that is itself a no or a delay are left to be told as unread.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Decision, DecisionStatus
from pipeline.facts.resolutions.dates import day_of_block
from pipeline.facts.resolutions.denial import DENYING, IF
from pipeline.facts.resolutions.sides import NOUN, STEM, Vote, sentence_end, votes_in
from pipeline.facts.resolutions.words import WORD, form_of, names_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Record
    from pipeline.context import Span
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.scene import Scene

_MARKS = frozenset(("stemte", "stemmer", "afstemning", "afstemningen", "flertal", "flertallet", "imod", "nej"))
_OF_ANOTHER = re.compile(r"(?:til|om|i|af|jf\.?|ifølge)[ \n]+(?:[^\W\d_]+[ \n]+){0,2}$", re.IGNORECASE)
_ENDING = re.compile(r"(?<=g)en$|(?<=slag)et$")
_MORE_NEEDED = re.compile(
    r"kvalificeret|to tredjedele|tre fjerdedele|\b(?:2/3|3/4|9/10)\b|enstemmighed|vejledende|prøveafstemning|fornødne",
    re.IGNORECASE,
)
_TURNS = re.compile(
    rf"(?<![^\W\d_])(?:{IF}|{DENYING}|undtagen|undtagelse|dog|delvist?|vil|ville|kan|skal"
    r"|udsættelse|afvisning|hjemvisning|tilbagesendelse)(?![^\W\d_])",
    re.IGNORECASE,
)
_NO_VOTES = re.compile(
    r"\bingen(?=[ \n]+(?:stemte|stemmer|imod|mod|for|undlod)\b)|(?<=stemte )ingen\b|(?<=: )ingen\b", re.I
)
_COUNTED = re.compile(
    r"(?<![\w.,])(?P<yes>\d{1,2})\s(?:medlemmer\s)?(?:\([^()\n]{1,60}\)\s)?(?P<verb>[^\W\d_]{5,12})\s(?P<what>[^.;:\n,]{5,80}?)"
    r"(?:[,.;]\s(?:og\s|mens\s|men\s)?)(?P<no>\d{1,2})\s(?:medlemmer\s)?(?:\([^()\n]{1,60}\)\s)?"
    r"(?:(?:kan|kunne)\sikke\s|stemmer\simod|stemte\simod|anbefaler\sikke|indstiller\sikke)"
)
"""How many recommend or approve, and how many do not: "5 medlemmer anbefaler det, 2 kan ikke anbefale det"."""
_AGAINST = frozenset(("ikke", "imod"))
_BEFORE = 220  # characters before a vote in which its motion stands


def votes(scene: Scene, found: Sequence[Record]) -> list[Decision]:
    """The decisions that votes are and no verb of ``found``, in order, sums up; a block may hold several."""
    words = scene.prose.words
    told, counted = not words.isdisjoint(_MARKS), not words.isdisjoint(_AGAINST)
    decided = list[Decision]()
    starts = [record.start for record in found] if told or counted else []
    for block in scene.blocks if told or counted else ():
        if block.kind != "decision":
            continue
        inside = found[bisect_left(starts, block.heading[0]) : bisect_left(starts, block.end)]
        if told and _may_vote(scene, block):
            decided += _in_block(scene, block, inside)
        if counted:
            decided += _counted(scene, block, inside)
    return decided


def _may_vote(scene: Scene, block: Block) -> bool:
    """Whether a word of voting stands in the block, without which no vote is told."""
    low = scene.prose.lower
    return any(low.find(mark, block.start, block.end) >= 0 for mark in ("stem", "flertal"))


def _in_block(scene: Scene, block: Block, decided: Sequence[Record]) -> Iterator[Decision]:
    text = scene.text
    if _MORE_NEEDED.search(text, block.start, block.end):
        return
    taken = votes_in(text, block.start, block.end)
    for at, vote in enumerate(taken):
        limit = taken[at + 1].start if at + 1 < len(taken) else block.end
        motion = _motion(text, vote, taken[at - 1].end if at else block.start)
        if motion is None or not _is_plain(text, motion):
            continue
        near = [each for each in decided if motion[0] <= each.start < limit]
        if not near or not _is_of(text, near[0], motion, vote):
            yield _decision(scene, block, motion, "decided" if vote.carried else "rejected")


def _is_of(text: str, decision: Record, motion: Span, vote: Vote) -> bool:
    """Whether a decision that is read sums up the vote: the first one, of the same motion or of none that it names."""
    if decision.start < vote.end:
        return True
    named, moved = _nouns(text, (decision.start, decision.end)), _nouns(text, motion)
    if not named:
        return getattr(decision, "status", None) in ("decided", "rejected")
    return any(one.endswith(other) or other.endswith(one) for one in named for other in moved)


def _decision(scene: Scene, block: Block, span: Span, status: DecisionStatus) -> Decision:
    body = block.body or (None if block.told else scene.meeting_body)
    other = {each.name for each in scene.bodies_in(*span)} - {body}
    return Decision(
        start=span[0],
        end=span[1],
        text=scene.text[span[0] : span[1]],
        body=None if other else body,
        verb="stemme ja" if status == "decided" else "stemme nej",
        status=status,
        date=None if other else day_of_block(scene, block, scene.days_in(*block.heading), body),
        links=[link for link in scene.links(*span) if link.type == "reference"],
        source=scene.context.source,
    )


def _motion(text: str, vote: Vote, floor: int) -> Span | None:
    """From where what was voted on is named to the end of the vote; None where nothing or two things are named."""
    begin = max(floor, vote.start - _BEFORE)
    starts = [begin]
    while (stop := sentence_end(text, starts[-1], vote.start)) < vote.start:
        starts.append(stop)
    sentence = starts[-1]
    for start in dict.fromkeys((sentence, starts[-2] if len(starts) > 1 else sentence)):
        nouns = _nouns(text, (start, vote.end))
        if nouns and (start == sentence or STEM.search(text, start, sentence)):
            piece = text[start : vote.end]
            return (vote.end - len(piece.lstrip()), vote.end) if len(nouns) == 1 else None
    return None


def _nouns(text: str, span: Span) -> set[str]:
    """The words for what may be voted on, each once, without those that another one governs."""
    found = set[str]()
    for match in NOUN.finditer(text, *span):
        if not (found and _OF_ANOTHER.search(text, max(span[0], match.start() - 40), match.start())):
            found.add(_ENDING.sub("", match.group().lower()))
    return found


def _is_plain(text: str, motion: Span) -> bool:
    """Whether a yes is a yes: no condition, no denial, and what was moved is no rejection and no delay."""
    said = text[motion[0] : motion[1]]
    if _TURNS.search(_NO_VOTES.sub("0", said)) or said.rstrip().endswith("?"):
        return False
    for match in WORD.finditer(said):
        form = form_of(match.group(), said[match.end() :])
        if form and form.status not in ("decided", "recommended") and form.lemma != "stemme nej":
            return False
    return True


def _counted(scene: Scene, block: Block, decided: Sequence[Record]) -> Iterator[Decision]:
    """The decision of a majority that a number on each side tells, with the verb of that majority."""
    for match in _COUNTED.finditer(scene.text, block.start, block.end):
        span = match.start(), sentence_end(scene.text, match.end(), block.end)
        form = form_of(match["verb"], scene.text[match.end("verb") : span[1]])
        if form is None or form.tense not in ("present", "past") or form.status not in ("decided", "recommended"):
            continue
        plain = names_object(match["what"]) and not _TURNS.search(match["what"])
        if not plain or match["yes"] == match["no"] or any(each.start < span[1] for each in decided):
            continue
        carried = int(match["yes"]) > int(match["no"])
        end = span[0] + len(scene.text[slice(*span)].rstrip())
        told = _decision(scene, block, (span[0], end), form.status if carried else "rejected")
        yield msgspec.structs.replace(told, verb=form.lemma)
