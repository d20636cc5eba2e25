"""What minutes print under "Beslutning" and no rule reads: told, so that it is not lost in silence."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from corpus.problems import Code, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Problem, Record
    from pipeline.facts.decisions_scene import Scene

_SAYS = re.compile(r"[^\W\d_]{2}")
_NOTHING = re.compile(r"[ \t*_#>•–-]*(?:(?:fraværende|afbud|ikke til stede|bilag)\b.*)?", re.IGNORECASE)
_QUOTED = 80  # characters of it in the message


def unread(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem for each block "Beslutning" that says something and holds none of the decisions ``found``, in order."""
    starts = sorted(record.start for record in found)
    told = []
    for block in scene.blocks:
        at = bisect_left(starts, block.heading[0])
        if block.kind != "decision" or block.told or (at < len(starts) and starts[at] < block.end):
            continue
        lines = scene.text[block.start : block.end].splitlines()
        said = " ".join(line.strip() for line in lines if not _NOTHING.fullmatch(line))
        if _SAYS.search(said):
            quoted = said if len(said) <= _QUOTED else f"{said[:_QUOTED].rstrip()}…"
            told.append(problem(Code.DECISION_UNREAD, f'Under "Beslutning" no decision was read: "{quoted}"'))
    return told
