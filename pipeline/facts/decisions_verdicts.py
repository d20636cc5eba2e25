"""A sentence under "Beslutning" that is one word, "Godkendt.", "Anbefales.", "Udsat.": most decisions in minutes.

They are read without asking what stands around the verb, for nothing does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.model import Decision
from pipeline.facts.decisions_dates import day_of_block
from pipeline.facts.decisions_open import is_speech
from pipeline.facts.decisions_words import forms

if TYPE_CHECKING:
    from pipeline.context import Span
    from pipeline.facts.decisions_blocks import Block
    from pipeline.facts.decisions_clauses import Anchor
    from pipeline.facts.decisions_scene import Scene

_TENSES = frozenset(("participle", "present-passive"))
_NEEDS = frozenset(("free", "object", "indstil"))


def verdict(scene: Scene, span: Span, mark: Anchor, block: Block | None) -> Decision | None:
    """The decision that a sentence of one word is, or None where it must be looked at more closely."""
    start, end = span
    if start != mark[0] or end - mark[1] > 1 or block is None or block.kind != "decision":
        return None
    known = forms()[mark[2]]
    form = known[0]
    if len(known) > 1 or form.tense not in _TENSES or form.needs not in _NEEDS or scene.text[mark[1] : end] not in ".":
        return None
    if scene.quotes and is_speech(scene.text, block, start):
        return None
    body = block.body or (None if block.told else scene.meeting_body)
    return Decision(
        start=start,
        end=end,
        text=scene.text[start:end],
        body=body,
        verb=form.lemma,
        status=form.status,
        date=day_of_block(scene, block, scene.days_in(*block.heading), body),
        source=scene.context.source,
    )
