"""Sentences that tell what was decided, and not surely by whom: "KLU vedtog planen", "Børn og Unge godkendte".

An abbreviation that nothing explains and that no municipality is known to use, and an area's name that may be a
committee's or an office's: no decision, and told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.problems import Code, problem
from pipeline.facts.bodies.names import is_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Problem, Record
    from pipeline.facts.resolutions.clauses import Anchor
    from pipeline.facts.resolutions.scene import Scene

_DECIDED = frozenset(
    (
        *("tiltrådte", "vedtog", "godkendte", "besluttede", "anbefalede", "afviste", "bevilgede", "forkastede"),
        *("udsatte", "afslog", "afsatte", "frigav", "imødekom"),
        *("tiltrådt", "vedtaget", "godkendt", "besluttet", "anbefalet", "afvist", "bevilget", "udsat", "afsat"),
    )
)
_AREA = r"[A-ZÆØÅ][^\W\d_]+"
_WHO = re.compile(
    rf"(?:^|(?<=[.!?:\n(] )|(?<=[\n(])|(?<=[.!?:,]\s))(?P<who>[A-ZÆØÅ]{{2,4}}U|{_AREA}(?:,\s{_AREA})*\sog\s{_AREA})"
    r"(?:\s(?:har|behandlede|drøftede)\s(?:(?:[^.;:]|(?<=\d)\.){0,60}\sog\s)?|\s)$"
)
_VERB_FIRST = re.compile(r"\s(?P<who>[A-ZÆØÅ]{2,4}U)(?![\w-])")
_NO_COMMITTEES = frozenset(
    (
        *("SDU", "AAU", "DTU", "ITU", "DSU", "HMU", "OMU", "LMU", "CMU", "FMU", "AMU", "RMU", "VMU", "EMU", "SMU"),
        *("PPU", "UUU", "EUU", "LAU", "RAU", "GDU"),
    )
)
"""Universities, parties' youth, bodies of staff, education and labour."""
_FRONT = 160
_QUOTED = 80


def by_unknown(scene: Scene, marks: Sequence[Anchor], found: Sequence[Record]) -> list[Problem]:
    """A problem for each such sentence in which no decision of ``found`` is read; ``marks``: the verbs of the text."""
    told: dict[str, Problem] = {}
    for start, end, word in marks:
        if word not in _DECIDED or not _is_by_unknown(scene, start, end):
            continue
        if any(record.start <= start < record.end for record in found):
            continue
        first, stop = scene.prose.sentence_at(start, end)
        said = " ".join(scene.text[first:stop].split())
        quoted = said if len(said) <= _QUOTED else f"{said[:_QUOTED].rstrip()}…"
        message = f'Who decided is an abbreviation or a name that is not known as a body; no decision: "{quoted}"'
        told[said] = problem(Code.DECISION_UNREAD, message)
    return list(told.values())


def _is_by_unknown(scene: Scene, start: int, end: int) -> bool:
    text = scene.text
    behind = _VERB_FIRST.match(text, end) if text[end - 1] != "t" else None
    before = None if behind else _WHO.search(text, max(0, start - _FRONT), start)
    match = behind or before
    if match is None or match["who"] in _NO_COMMITTEES or scene.bodies_in(*match.span("who")):
        return False
    if text.startswith("t", end - 1) and " har " not in text[match.end("who") : start]:
        return False  # "… og Miljø godkendt"
    return " " not in match["who"] or all(is_area(word) for word in re.findall(r"[^\W\d_]{3,}", match["who"]))
