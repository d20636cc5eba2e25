"""Figures of pages that are damaged, or whose letters are not known: they are given, and told with what uses them.

What could be read of such a page may be wrong without a sign of it, for damaged content is other content.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.counts import counted
from corpus.problems import Code
from pipeline.export.safety import on_one_line
from pipeline.figures.model import Figure
from pipeline.figures.papers import Paper, PartIds, is_wanted
from pipeline.masking import mask_name

MEANING = "words may be missing there, or be wrong: hold the figures against the page (`akt show ID --image`)"
MOST_NAMED = 3
_PAGES = re.compile(r"\bpages? (?P<runs>\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)(?P<more> and \d+ more)?")


@dataclass(frozen=True, slots=True)
class Damaged:
    """The pages of a document that could not be read whole; ``pages`` None where it may be any of them."""

    sha256: str
    path: str
    pages: frozenset[int] | None
    named: str

    def holds(self, figure: Figure) -> bool:
        return figure.sha256 == self.sha256 and (self.pages is None or figure.page in self.pages)


def damaged_in(paper: Paper) -> Iterator[Damaged]:
    """What is told of a document's damaged pages."""
    for problem in paper.outline.problems:
        if problem.code == Code.UNREAD_TEXT:
            found = _PAGES.search(problem.message)
            pages = None if found is None or found["more"] else frozenset(_numbers(found["runs"]))
            named = f"{mask_name(paper.path)}, {found[0]}" if found else mask_name(paper.path)
            yield Damaged(paper.sha256, mask_name(paper.path), pages, on_one_line(named))


def _numbers(runs: str) -> Iterator[int]:
    for run in runs.split(", "):
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


def tables_damaged(paper: Paper, parts: PartIds | None) -> list[Damaged]:
    """The damaged pages of a document that have a table, or may have lost one."""
    wanted = any(is_wanted(parts, paper.sha256, table.part) for table in paper.outline.tables)
    return list(damaged_in(paper)) if wanted else []


def damaged_notes(damaged: Collection[Damaged], figures: Sequence[Figure]) -> Iterator[str]:
    """How many of the figures stand on damaged pages, and on which."""
    found = [each for each in damaged if any(map(each.holds, figures))]
    if found:
        count = sum(any(each.holds(figure) for each in found) for figure in figures)
        yield f"{counted(count, 'figure')} from damaged pages ({_named(found)}): {MEANING}."


def damaged_pages(damaged: Sequence[Damaged]) -> Iterator[str]:
    """Which pages that were checked are damaged."""
    if damaged:
        yield f"Damaged pages are among those checked ({_named(damaged)}): {MEANING}."


def _named(damaged: Iterable[Damaged]) -> str:
    names = list(dict.fromkeys(each.named for each in damaged))
    more = f"; and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{'; '.join(names[:MOST_NAMED])}{more}"
