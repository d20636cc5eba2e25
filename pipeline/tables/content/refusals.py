"""Many figures of a table that are refused for one reason are told in one problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from corpus.model import Problem

MOST_TOLD = 4
"""So many figures of a table are told one by one; of more, the first ones are named and all are counted."""
NAMED = 2

Refused = tuple[Problem, str]
"""What is told of one figure, and the figure as printed."""


def told_once(problems: Sequence[Problem], reasons: Mapping[str, Sequence[Refused]]) -> list[Problem]:
    """The problems of a table in their order; ``reasons``: those of single figures, by why they are refused."""
    first: dict[int, Problem] = {}
    others: set[int] = set()
    for refused in reasons.values():
        if len(refused) > MOST_TOLD:
            first[id(refused[0][0])] = _of_all(refused)
            others |= {id(each) for each, _ in refused[1:]}
    return [first.get(id(each), each) for each in problems if id(each) not in others]


def _of_all(refused: Sequence[Refused]) -> Problem:
    (problem, _), *others = refused
    printed = ", ".join(f'"{figure}"' for _, figure in others[:NAMED])
    said = f"{problem.message.removesuffix('.')}, nor are {len(others)} others of its table for the same reason"
    return msgspec.structs.replace(problem, message=f"{said} ({printed} …).")
