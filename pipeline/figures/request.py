"""What is asked of the figures, and whether they may be added as they are asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from corpus.model import STAFF_UNITS
from pipeline.figures.model import GROSS, NET, Figure, Level, Reason

Side = Literal["net", "gross"]
UNKNOWN = "unknown"
MONEY = "DKK"

DIMENSIONS: dict[str, Callable[[Figure], object]] = {
    "committee": lambda figure: figure.committee,
    "municipality": lambda figure: figure.municipality,
    "document": lambda figure: figure.path,
    "number": lambda figure: figure.shown_number,
    "title": lambda figure: figure.part_title,
    "label": lambda figure: " ".join(figure.label.split()),
    "group": lambda figure: figure.group,
    "role": lambda figure: figure.role,
    "stage": lambda figure: figure.stage.value,
    "price-level": lambda figure: figure.price_level,
    "unit": lambda figure: figure.unit,
    "signs": lambda figure: figure.signs,
    "column": lambda figure: figure.column or figure.heading or None,
    "year": lambda figure: figure.year,
}

_YEAR = re.compile(r"(?<!\w)(?:19|20)\d\d(?!\w)")


@dataclass(frozen=True, slots=True)
class Request:
    """``by``: what sums are kept apart by, beside the year, which always parts them. Empty sets ask for everything.

    ``stages`` and ``price_levels`` may hold ``UNKNOWN`` for figures that print none; ``side`` None has not been asked.
    """

    by: tuple[str, ...] = ()
    unit: str | None = MONEY
    stages: frozenset[str] = frozenset()
    price_levels: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    signs: str | None = None
    side: Side | None = None
    include_unchecked: bool = False

    def wants(self, figure: Figure) -> bool:
        """Whether a figure is asked for; one of no unit at all is, so that it is told what it is left out for."""
        level = UNKNOWN if figure.price_level is None else str(figure.price_level)
        return (
            (self.unit is None or figure.unit in (self.unit, None))
            and (not self.stages or figure.stage.value in self.stages)
            and (not self.price_levels or figure.unit in STAFF_UNITS or level in self.price_levels)
            and (not self.years or figure.year in self.years)
            and (not self.roles or figure.role in self.roles)
            and (self.signs is None or figure.signs in (self.signs, None))
            and self._names(figure.column)
        )

    def _names(self, column: str | None) -> bool:
        """Whether a column is asked for: by its whole name, or by that without the year, for years are apart anyway."""
        if not self.columns:
            return True
        name = " ".join((column or "").split()).casefold()
        return name in self.columns or " ".join(_YEAR.sub(" ", name).split()) in self.columns

    def leave_out(self, figures: Iterable[Figure]) -> None:
        """Marks what is asked for and yet not to be counted as it stands."""
        for figure in figures:
            if figure.left_out is Reason.COLUMNS and (self.columns or "column" in self.by):
                figure.left_out = None
            if figure.left_out is Reason.NO_YEAR and "column" in self.by:
                figure.left_out = None
            if figure.left_out is None and figure.check == "mismatch" and not self.include_unchecked:
                figure.left_out = Reason.UNCHECKED

    def choose_side(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures of the side that is asked for; what the other side has and this one lacks is marked."""
        if self.side is None:
            return [figure for figure in figures if figure.left_out is None]
        kept, lost, reason = (
            (NET, Level.FREE, Reason.NO_SUM) if self.side == "net" else (GROSS, Level.BARE, Reason.NOT_PART)
        )
        figures, chosen = list(figures), []
        gone = _without_sums(figures) if self.side == "net" else frozenset()
        for figure in figures:
            alone = figure.level is lost or (figure.level is Level.PART and _column(figure) in gone)
            if figure.left_out is None and alone:
                figure.left_out = reason
            if figure.left_out is None and figure.level in kept:
                chosen.append(figure)
        return chosen


_Column = tuple[str, int, str | None, int | None, str | None]


def _column(figure: Figure) -> _Column:
    return (figure.sha256, figure.table, figure.unit, figure.year, figure.column)


def _without_sums(figures: Iterable[Figure]) -> Set[_Column]:
    """The columns of tables all of whose sums are left out: a summary's, whose proposals are counted by themselves."""
    lost, counted = set[_Column](), set[_Column]()
    for figure in figures:
        if figure.level in NET:
            (counted if figure.left_out is None else lost).add(_column(figure))
    return lost - counted


@dataclass(slots=True)
class Mix:
    """Values of one kind that stand in one sum and must not: ``option`` chooses one, ``by`` keeps them apart.

    ``counts``: how many of all figures asked for have each. ``apart``: they differ too, but each sum has only one.
    """

    what: str
    option: str
    by: str
    counts: Counter[str] = field(default_factory=Counter)
    apart: bool = False


class MixedError(Exception):
    """The figures asked for cannot be added. ``mixes`` says why, with what there is to choose.

    ``example`` is one choice that would do: a value by each option that it chooses.
    """

    def __init__(self, mixes: Sequence[Mix], example: dict[str, str]) -> None:
        told = "; ".join(f"{mix.what}: {_counted(mix.counts)}" for mix in mixes)
        chosen = ", ".join(f"{option.replace('-', '_')}={value!r}" for option, value in example.items())
        super().__init__(f"these figures cannot be added to each other ({told}); one choice that would do: {chosen}")
        self.mixes = list(mixes)
        self.example = example


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{value} ({count})" for value, count in counts.most_common())


_KINDS: tuple[tuple[str, str, Callable[[Figure], str | None]], ...] = (
    ("units", "unit", lambda figure: figure.unit),
    ("stages", "stage", lambda figure: figure.stage.value),
    (
        "price levels",
        "price-level",
        lambda figure: None if figure.unit in STAFF_UNITS else str(figure.price_level or UNKNOWN),
    ),
    ("signs of what is saved", "signs", lambda figure: figure.signs),
)
SIDES = {Level.PART: "gross", Level.FREE: "gross", Level.SUM: "net", Level.BARE: "net"}


def refuse_mixes(groups: Iterable[Sequence[Figure]]) -> None:
    """Raises MixedError where the figures of one sum are of several units, stages, price levels, signs or levels."""
    mixed: set[str] = set()
    every: list[Figure] = []
    for figures in groups:
        every += figures
        for _, option, value in _KINDS:
            if len({found for figure in figures if (found := value(figure)) is not None}) > 1:
                mixed.add(option)
        if len({SIDES[figure.level] for figure in figures if figure.level in SIDES}) > 1:
            mixed.add("side")
    if not mixed:
        return
    raise MixedError(_mixes(every, mixed), _example(every, mixed))


def _mixes(every: Sequence[Figure], mixed: Set[str]) -> list[Mix]:
    """What there is to choose, counted over all figures: to choose one is to leave out all others, in every sum."""
    mixes = []
    for what, option, value in _KINDS:
        counts = Counter(found for figure in every if (found := value(figure)) is not None)
        if option in mixed or (len(counts) > 1 and option in ("stage", "price-level")):
            mixes.append(Mix(what, option, option, counts, option not in mixed))
    if "side" in mixed:
        counts = Counter(SIDES[figure.level] for figure in every if figure.level in SIDES)
        mixes.append(Mix("rows and the sums of them", "side", "role", counts))
    return mixes


def _example(every: Sequence[Figure], mixed: Set[str]) -> dict[str, str]:
    """A choice that leaves most figures: option by option, the commonest value of what is left."""
    chosen: dict[str, str] = {}
    left = list(every)
    for _, option, value in _KINDS:
        if option in mixed:
            told = Counter(found for figure in left if (found := value(figure)) not in (None, UNKNOWN))
            if told:
                chosen[option] = str(told.most_common(1)[0][0])
                left = [figure for figure in left if value(figure) in (chosen[option], None)]
    if "side" in mixed:
        chosen["side"] = "net"
    return chosen
