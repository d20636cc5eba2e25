"""The decisions that the points of a list are: of what is recommended or decided in points, each is one or several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Decision
from pipeline.facts.resolutions.dates import budget_year
from pipeline.facts.resolutions.figures import Deed, figures, figures_of_turn
from pipeline.facts.resolutions.turns import turns_of_point
from pipeline.facts.resolutions.undone import point_denies
from pipeline.facts.resolutions.within import by_fate, of_its_no, own_references, without_past

if TYPE_CHECKING:
    from corpus.model import DecisionStatus
    from pipeline.context import Span
    from pipeline.facts.resolutions.lists import Recommended
    from pipeline.facts.resolutions.scene import Scene

_TAKES_NOTE = re.compile(r"(?<!\w)(?:tage[rs]?\s[^;]{0,200}?)?til\s+(?:efterretning|orientering)\W*$", re.IGNORECASE)


def decisions_of_point(scene: Scene, each: Recommended, span: Span, status: DecisionStatus) -> list[Decision]:
    """The decision that a point is, or several where it says no to one thing and yes to another."""
    start, end = span
    whole = _point(scene, each, span, status)
    apart = by_fate(scene, whole) if status != "recommended" else []
    if apart:
        return apart
    base: DecisionStatus = "recommended" if status == "recommended" else "decided"
    has_figures = scene.may_turn(start, end) and any(link.type != "reference" for link in scene.links(start, end))
    parted = turns_of_point(scene.text, start, end, base) if has_figures else []
    found = []
    for number, turn in enumerate(parted):
        deed = Deed((turn.deed, turn.deed), number, "", turn.status, turn.negated)
        links = figures_of_turn(scene, span, (start if number == 0 else turn.start, turn.end), deed)
        links = without_past(scene, span, own_references(links, turn))
        found.append(msgspec.structs.replace(whole, status=turn.status, negated=turn.negated, links=links))
    return found or [of_its_no(scene, whole)]


def _point(scene: Scene, each: Recommended, span: Span, status: DecisionStatus) -> Decision:
    start, end = span
    text = scene.text[start:end]
    lemma = "tage til efterretning" if _TAKES_NOTE.search(text) else ""
    deed = Deed((start, start), None, lemma, status, scene.may_turn(start, end) and point_denies(text, status))
    return Decision(
        start=start,
        end=end,
        text=text,
        body=each.body,
        verb=each.verb,
        status=status,
        negated=deed.negated,
        date=each.date,
        budget_year=budget_year(scene, start, end),
        links=without_past(scene, span, figures(scene, span, deed, [deed])),
        source=scene.context.source,
    )
