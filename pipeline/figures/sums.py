"""Sums over budget lines, and the lines behind each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import sqlalchemy as sa

from corpus.model import exact
from pipeline.export.narrow import Asked
from pipeline.export.rows import Row
from pipeline.figures.collect import figures_of
from pipeline.figures.damaged import Damaged
from pipeline.figures.model import Figure, Reason, Stage
from pipeline.figures.papers import PartIds
from pipeline.figures.refused import Refused, refused_beside
from pipeline.figures.repeats import count_once
from pipeline.figures.request import DIMENSIONS, SIDES, UNKNOWN, Request, refuse_mixes
from pipeline.figures.stages import is_so_far

OWN = frozenset({"committee", "number", "title", "group"})
"""What belongs to one municipality, and may be named alike in another."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of ``figures``. ``key`` is what was asked to keep it apart by, in order; ``year`` None: by its column.

    Its figures are of one unit, stage and price level (None: none is printed), and ``side`` is "net" or "gross", None
    where the tables behind it print one row only.
    """

    key: tuple[object, ...]
    year: int | None
    unit: str
    stage: str
    price_level: int | None
    side: str | None
    value: Decimal
    figures: list[Figure]

    @property
    def documents(self) -> int:
        return len({figure.sha256 for figure in self.figures})

    @property
    def unchecked(self) -> int:
        """How many of the figures stand under no sum that could be checked, or under one that does not hold."""
        return sum(figure.check != "ok" for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Budget:
    """The sums asked for in order of their keys, and the figures that are asked for and in none of them.

    ``by`` names the values of a key, in their order; the municipality is there where it must be, asked for or not.
    ``copies``: documents among those counted that lie in several places; ``other_units``: figures of other units.
    ``refused``: what their tables print beside them and is not given, so that a sum may lack it.
    ``columns``: where none of the columns asked for is there, those that are.
    ``other_levels``: figures of price levels that were not asked for, else as they were. ``so_far``: how many are of
    a part of a year, where accounts were asked for. ``no_stage``: figures of which nothing tells the stage, where
    stages were asked for. ``damaged``: pages of their documents that could not be read whole.
    """

    by: list[str]
    sums: list[Sum]
    left_out: list[Figure]
    copies: int
    other_units: Counter[str]
    refused: list[Refused] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    other_levels: Counter[str] = field(default_factory=Counter)
    so_far: int = 0
    no_stage: list[Figure] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)

    @property
    def lacking(self) -> bool:
        """Whether there is anything that is in no sum."""
        return bool(self.left_out or self.refused)


def budget(connection: sa.Connection, request: Request, parts: PartIds | None, asked: Asked) -> Budget:
    """Raises MixedError where figures that must not be added stand in one sum."""
    refused: list[Refused] = []
    damaged: list[Damaged] = []
    figures = list(figures_of(connection, parts, refused, damaged))
    found = add_up(figures, request, asked)
    left_out = [figure for figure in found.left_out if figure.left_out is not Reason.SIGNS]
    wanted = [*(figure for each in found.sums for figure in each.figures), *left_out]
    beside = refused_beside(refused, figures, wanted, queried=parts is not None)
    return replace(found, refused=beside, damaged=damaged)


def add_up(figures: Sequence[Figure], request: Request, asked: Asked | None = None) -> Budget:
    """The same over figures that are at hand, of which some are marked as left out. Raises MixedError.

    What repeats what is told from all of them: the sum of a specification tells that its rows are one, though nobody
    asks for the sum.
    """
    request.leave_out(figures)
    count_once(figures, by_document="document" in request.by)
    wanted, other_signs = list[Figure](), list[Figure]()
    other_units, other_levels = Counter[str](), Counter[str]()
    any_level, any_sign = replace(request, price_levels=frozenset()), replace(request, signs=None)
    for figure in figures:
        if asked is not None and not asked.line(_line(figure)):
            continue
        if request.wants(figure):
            wanted.append(figure)
        elif any_sign.wants(figure):
            other_signs += [figure] if figure.left_out is None else []
        elif figure.unit not in (None, request.unit) and figure.left_out is None:
            other_units[str(figure.unit)] += 1
        elif figure.left_out is None and any_level.wants(figure):
            other_levels[str(figure.price_level or UNKNOWN)] += 1
    chosen = request.choose_side(wanted)
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    dimensions = _dimensions(request, chosen)
    for figure in chosen:
        key = tuple(DIMENSIONS[name](figure) for name in dimensions)
        groups[(figure.year, *key)].append(figure)
    refuse_mixes(groups.values())
    sums = [_sum(key[1:], group) for key, group in groups.items()]
    sums.sort(key=lambda found: ([_order(value) for value in found.key], found.year or 0))
    copies = len({figure.sha256 for figure in chosen if figure.also_in})
    left_out = [figure for figure in wanted if figure.left_out is not None]
    left_out += _of_other_signs(request, other_signs)
    columns = [] if wanted or not request.columns else _columns(figures, replace(request, columns=frozenset()))
    found = Budget(dimensions, sums, left_out, copies, other_units, columns=columns, other_levels=other_levels)
    untold = _without_stage(request, figures, asked)
    so_far = sum(map(is_so_far, untold)) if Stage.ACCOUNTS.value in request.stages else 0
    return replace(found, so_far=so_far, no_stage=[f for f in untold if not (so_far and is_so_far(f))])


def _without_stage(request: Request, figures: Sequence[Figure], asked: Asked | None) -> list[Figure]:
    """The figures that would be asked for if their stage were told, where a stage is asked for."""
    if not request.stages or UNKNOWN in request.stages:
        return []
    any_stage = replace(request, stages=frozenset({UNKNOWN}))
    return [
        figure
        for figure in figures
        if figure.left_out is None and any_stage.wants(figure) and (asked is None or asked.line(_line(figure)))
    ]


def _of_other_signs(request: Request, figures: Sequence[Figure]) -> list[Figure]:
    """Those of the side asked for, marked: what the choice of a sign leaves out of the sums."""
    found = request.choose_side(figures)
    for figure in found:
        figure.left_out = Reason.SIGNS
    return found


def _columns(figures: Sequence[Figure], request: Request) -> list[str]:
    """The columns that figures stand under which are asked for, as they are called, the commonest first."""
    return [name for name, _ in Counter(f.column for f in figures if f.column and request.wants(f)).most_common()]


def _line(figure: Figure) -> Row:
    """A figure as the filters of a query see it."""
    return {"unit": figure.unit, "value": figure.value, "role": figure.role, "year": figure.year}


def _dimensions(request: Request, figures: Sequence[Figure]) -> list[str]:
    """What sums are kept apart by: committees and numbers of two municipalities are others, though named alike."""
    asked = [name for name in request.by if name != "year"]
    several = len({figure.municipality for figure in figures}) > 1
    if several and "municipality" not in asked and OWN.intersection(asked):
        return ["municipality", *asked]
    return asked


def _sum(key: tuple[object, ...], figures: list[Figure]) -> Sum:
    first = figures[0]
    sides = {SIDES[figure.level] for figure in figures if figure.level in SIDES}
    levels = {figure.price_level for figure in figures}
    return Sum(
        key=key,
        year=first.year,
        unit=str(first.unit),
        stage=first.stage.value,
        price_level=levels.pop() if len(levels) == 1 else None,
        side=sides.pop() if len(sides) == 1 else None,
        value=exact(sum((figure.value for figure in figures), Decimal(0))),
        figures=figures,
    )


def _order(value: object) -> tuple[bool, str]:
    """Alphabetical as far as letters go, what is not told last."""
    return value is None, str(value).casefold()


def reasons(left_out: Sequence[Figure]) -> list[tuple[Reason, int, int]]:
    """Why figures are in no sum: the reason, how many figures of how many documents, most first."""
    by_reason: dict[Reason, list[Figure]] = defaultdict(list)
    for figure in left_out:
        if figure.left_out is not None:
            by_reason[figure.left_out].append(figure)
    counted = [(reason, len(found), len({f.sha256 for f in found})) for reason, found in by_reason.items()]
    return sorted(counted, key=lambda each: -each[1])
