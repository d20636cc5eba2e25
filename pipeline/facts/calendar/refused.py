"""Dates that are refused: what is printed again and again is told once, so that it buries nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from corpus.model import Problem
from corpus.problems import Code, problem

MOST_TOLD = 4
"""So many different ones of a part are told one by one; more of them in one problem, which names each."""
_TIMES = re.compile(r" \(\d+ times\)$")
_SAID = "Looks like a date and cannot be one, lacks its year, or is counted from a day unknown"


def refused_dates(printed: Iterable[str]) -> list[Problem]:
    """The problems of a part whose refused dates are ``printed`` so; each says how often, if more than once."""
    named = [
        f"{text!r} ({times} times)" if times > 1 else repr(text)
        for text, times in Counter(" ".join(each.split()) for each in printed).items()
    ]
    told = named if len(named) <= MOST_TOLD else [", ".join(named)]
    return [problem(Code.DATE_REFUSED, f"{_SAID}: {texts}") for texts in told]


def told_of_parts(problems: Sequence[Problem]) -> list[Problem]:
    """The problems of a document, where the same words are refused in many parts ("1. januar" in each proposal) once.

    The first part is named, and how many others there are.
    """
    parts: dict[str, list[Problem]] = {}
    for each in problems:
        if each.code == Code.DATE_REFUSED:
            parts.setdefault(_TIMES.sub("", each.message), []).append(each)
    many = [found for found in parts.values() if len(found) > MOST_TOLD]
    first = {
        id(found[0]): replace(found[0], message=f"{found[0].message}, and in {len(found) - 1} other parts")
        for found in many
    }
    others = {id(each) for found in many for each in found[1:]}
    return [first.get(id(each), each) for each in problems if id(each) not in others]
