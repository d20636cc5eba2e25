""" "Der var ikke flertal for forslaget": what was voted on is rejected, where it is named and told by whom.

No verb of decision stands in it, so that it is looked for by its own words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Decision
from pipeline.facts.resolutions.agents import called, is_genitive
from pipeline.facts.resolutions.dates import day_of_block
from pipeline.facts.resolutions.figures import Deed, figures
from pipeline.facts.resolutions.words import WORD, listed, names_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Record
    from pipeline.context import Span
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.scene import Scene

_MAJORITY = frozenset(("flertal",))
_NONE = re.compile(
    r"(?:der[\s>]+(?P<verb>var|er|kunne)|(?P<turned>var|er|kunne)[\s>]+der)[\s>]+"
    r"(?:(?:derfor|dermed|således|desværre|dog|samlet)[\s>]+)?(?:ikke|intet)[\s>]+"
    r"(?:(?:opnås|findes|skabes|samles|noget|et|politisk)[\s>]+){0,2}$"
)
_FOR_WHAT = re.compile(r"(?:\s+(?:i|blandt)\s+[^,;.]{3,60}?)?\s+for\s+(?P<what>[^,;.]{2,80})")
_TO_DO = re.compile(r",?\s*at\s")
_IN = (" i ", " i\n", "I ")
_REACH = 60
_VERB = "opnå ikke flertal"


def no_majorities(scene: Scene, found: Sequence[Record]) -> Iterator[Decision]:
    """The rejections that such sentences are: under "Beslutning", or in the past of a body that is named."""
    low = scene.prose.lower
    for start, end in scene.prose.places(_MAJORITY) if "flertal" in scene.prose.words else ():
        said = _NONE.search(low, max(0, start - _REACH), start)
        span = scene.prose.sentence_at(start, end) if said else (start, start)
        what = _FOR_WHAT.match(scene.text, end, span[1]) if said and span[0] <= said.start() else None
        if said is None or what is None or not (_TO_DO.match(what["what"]) or names_object(what["what"])):
            continue
        block = scene.block_at(start)
        decides = block is not None and block.kind == "decision"
        open_yet = not decides and (said["verb"] or said["turned"]) == "er"
        told = any(record.start < span[1] and span[0] < record.end for record in found)
        if open_yet or told or _is_only_asked(scene.text, span, said.start()):
            continue
        rejected = _rejected(scene, span, start, block if decides else None)
        if rejected:
            yield rejected


def _is_only_asked(text: str, span: Span, at: int) -> bool:
    """Whether a sentence asks, or sets a condition in front of ``at``: "Hvis der ikke var flertal …"."""
    asks = text[slice(*span)].rstrip().endswith("?")
    return asks or not listed("condition").isdisjoint(WORD.findall(text[span[0] : at].lower()))


def _rejected(scene: Scene, span: Span, at: int, block: Block | None) -> Decision | None:
    body = _body(scene, span)
    if block is not None:
        body = body or block.body or (None if block.told else scene.meeting_body)
        day = day_of_block(scene, block, scene.days_in(*block.heading), body)
    elif body is None:
        return None
    else:
        days = {each.first.isoformat() for each in scene.days_in(*span) if each.precision == "day"}
        day = days.pop() if len(days) == 1 else None
    deed = Deed((at, at), None, _VERB, "rejected", negated=False)
    return Decision(
        start=span[0],
        end=span[1],
        text=scene.text[span[0] : span[1]],
        body=body,
        verb=_VERB,
        status="rejected",
        date=day,
        links=figures(scene, span, deed, [deed]),
        source=scene.context.source,
    )


def _body(scene: Scene, span: Span) -> str | None:
    """The one body that it is told of: "i Byrådet"."""
    front = ((scene.text[max(span[0], each.start - 3) : each.start], each) for each in scene.bodies_in(*span))
    named = {called(each) for before, each in front if before.endswith(_IN) and not is_genitive(each)}
    return named.pop() if len(named) == 1 else None
