"""The figure that a relative clause is of: "af de 42 mio. kr., som byrådet bevilgede i 2023, er 3 mio. kr. brugt"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Link
    from pipeline.context import Span

_WHICH = re.compile(
    r"(?:,\s(?:som\s)?|\ssom\s|\s(?=(?:[Bb]yrådet|[Uu]dvalget|[Kk]ommunen|[Pp]artierne|vi|man)\s))"
    r"(?!(?:og|men|mens|samt|så|idet|hvor|der|som|at|blev|er|har|var)\s)(?:[^\W\d_]+-?,?\s){1,5}"
    r"|,?\s(?:som|der)\s(?:blev|er|var)\s(?:[^\W\d_]+\s){0,3}"
)
"""Behind a figure: who decided on it, with "som" or without ("de 42 mio. kr., byrådet sagde ja til")."""
_DEFINITE = re.compile(r"(?<!\w)(?:de|den|det)\s(?:[^\W\d_]+\s){0,2}$", re.IGNORECASE)
_CLAUSE_END = re.compile(r",(?!\d)|[;:]|\.(?=\s+[A-ZÆØÅ]|$)")
_REACH = 30


def antecedent(text: str, verb: Span, links: Sequence[Link]) -> Link | None:
    """The one figure in front that the clause of ``verb`` tells of, None where that clause has one of its own.

    ``links``: the figures near, in printed order. All others of the sentence then hang on something else.
    """
    before = [link for link in links if link.type != "reference" and link.end <= verb[0]]
    if not before or not _WHICH.fullmatch(text, before[-1].end, verb[0]):
        return None
    if not _DEFINITE.search(text, max(0, before[-1].start - _REACH), before[-1].start):
        return None
    behind = next((link for link in links if link.type != "reference" and link.start >= verb[1]), None)
    if behind is not None and not _CLAUSE_END.search(text, verb[1], behind.start):
        return None  # "de 5 årsværk, som byrådet bevilgede 2,5 mio. kr. til"
    return before[-1]
