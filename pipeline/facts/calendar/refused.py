"""Dates that are refused: what is printed again and again in a part is told once, so that it buries nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from corpus.model import Problem
from corpus.problems import Code, problem

MOST_TOLD = 4
"""So many different ones of a part are told one by one; more of them in one problem, which names each."""
_SAID = "Looks like a date and cannot be one, lacks its year, or is counted from a day unknown"


def refused_dates(printed: Iterable[str]) -> list[Problem]:
    """The problems of a part whose refused dates are ``printed`` so; each says how often, if more than once."""
    named = [
        f"{text!r} ({times} times)" if times > 1 else repr(text)
        for text, times in Counter(" ".join(each.split()) for each in printed).items()
    ]
    told = named if len(named) <= MOST_TOLD else [", ".join(named)]
    return [problem(Code.DATE_REFUSED, f"{_SAID}: {texts}") for texts in told]
