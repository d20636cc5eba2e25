"""Lists of proposals in other documents than the proposals: whether a row says what its proposal says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.figures.model import GROSS, NET, Figure, Level, Stage
from pipeline.figures.papers import PartIds, is_wanted
from pipeline.figures.repeats import KnownProposals
from pipeline.figures.verdicts import Spot, Status, Verdict
from pipeline.proposals.labels import NUMBER

RULE = "list = proposal"


def may_list(figure: Figure) -> bool:
    """Whether a figure may be of a row that names a proposal of another document: by its number, in kr. of a year."""
    named = figure.listed is not None or NUMBER.match(figure.label) is not None
    plain = figure.unit == "DKK" and figure.year is not None and figure.stage is not Stage.BUDGET
    return named and plain and figure.part_kind != "proposal" and figure.lists is None and figure.level in GROSS


def list_verdicts(
    proposals: Sequence[Figure], listed: Iterable[Figure], parts: PartIds | None = None
) -> Iterator[Verdict]:
    """Each figure of a list against the net sum of its proposal in that year, or its one row where it has no sum.

    Where several versions of the proposal are there, one that says the same is enough. A difference is a remark: the
    list may be of another day. Nothing is said where price levels or ways to print a saving differ.
    """
    by_part: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in proposals:
        by_part[figure.place].append(figure)
    known = KnownProposals(figures[0] for figures in by_part.values())
    for row in listed:
        choices = [_said(by_part[each.place], row) for each in known.all_named(row) if each.sha256 != row.sha256]
        own = [figure for figure in choices if figure is not None]
        if own and any(is_wanted(parts, *figure.place) for figure in (row, *own)):
            yield _verdict(row, min(own, key=lambda figure: abs(figure.value - row.value)))


def _said(proposal: Sequence[Figure], row: Figure) -> Figure | None:
    """The figure of a proposal that a list repeats: its sum of that year, else its only row of money."""
    same = [
        f for f in proposal if (f.unit, f.year, f.column, f.price_level) == (row.unit, row.year, None, row.price_level)
    ]
    same = [f for f in same if f.signs is None or row.signs is None or f.signs == row.signs]
    sums = [f for f in same if f.level in NET] or [f for f in same if f.role == "net"]
    rows = [f for f in same if f.level in (Level.PART, Level.FREE)]
    found = sums or (rows if len(rows) == 1 else [])
    return found[0] if len(found) == 1 else None


def _verdict(row: Figure, own: Figure) -> Verdict:
    tolerance = (_last_digit(row) + _last_digit(own)) / 2
    return Verdict(
        rule=RULE,
        status=Status.HOLDS if abs(row.value - own.value) <= tolerance else Status.REMARK,
        spot=_spot(row),
        found=row.value,
        expected=own.value,
        tolerance=tolerance,
        unit="DKK",
        year=row.year,
        part=row.part,
        document=row.document,
        others=[_spot(own)],
    )


def _last_digit(figure: Figure) -> Decimal:
    """What one unit of the last printed digit is worth; 0 of a nought, which does not tell."""
    digits = int(re.sub(r"\D", "", figure.raw) or 0)
    return abs(figure.value) / digits if digits else Decimal(0)


def _spot(figure: Figure) -> Spot:
    named = " ".join(filter(None, (figure.shown_number, figure.label)))
    return Spot(figure.sha256, figure.path, figure.page, figure.bbox, named, figure.raw, figure.id)
