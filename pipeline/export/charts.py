"""Sums drawn as bars, for a newspaper's eye: unit, price level, stage and source stand in the picture itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.cpr import mask_digits
from corpus.model import STAFF_UNITS, exact
from pipeline.export.safety import on_one_line
from pipeline.export.saving import save_picture
from pipeline.export.tables import UNIT_WORDS, danish

if TYPE_CHECKING:
    from pipeline.figures.sums import Budget, Sum

MOST_SERIES = 8
"""More colours beside each other cannot be told apart."""
MOST_BARS = 40
LONGEST = 48
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999", "#000000")
"""Okabe and Ito's, which colour-blind readers tell apart."""
STAGES = {
    "proposal": "forslag",
    "adopted": "vedtaget budget",
    "revised": "korrigeret budget",
    "budget": "budget",
    "expected": "forventet regnskab",
    "accounts": "regnskab",
    "difference": "afvigelse",
    "unknown": "budgetfase ikke oplyst",
}
SIDES = {"net": "netto", "gross": "enkelte poster"}


class TooManyError(Exception):
    """More bars than a reader can tell apart; the message says how to ask for fewer."""


def draw(found: Budget, place: Path, query: str | None) -> None:
    """One group of bars for each year, or with one year a bar for each sum; saved as the ending of ``place`` says.

    Raises TooManyError, and OSError where the file cannot be written.
    """
    series = _series(found)
    years = sorted({each.year for each in found.sums if each.year is not None})
    if len(years) > 1 and len(series) > MOST_SERIES:
        raise TooManyError(
            f"{len(series)} series of bars cannot be told apart (at most {MOST_SERIES} can): "
            "name one year with --year, sum by less, or narrow the query."
        )
    if len(series) > MOST_BARS:
        raise TooManyError(f"{len(series)} bars are more than one picture holds ({MOST_BARS}): narrow the query.")
    if not years or len({each.unit for each in found.sums}) > 1:
        raise TooManyError("A chart is of one unit and of years: choose with --unit, and leave out --by column.")
    _save(found, series, years, place, query)


def _series(found: Budget) -> dict[str, dict[int | None, Sum]]:
    """The sums by their name and year; the things in which they differ are part of the name."""
    series: dict[str, dict[int | None, Sum]] = {}
    differ = [name for name in ("stage", "price_level") if len({getattr(each, name) for each in found.sums}) > 1]
    for each in found.sums:
        named = [on_one_line(str(value)) if value is not None else "ikke oplyst" for value in each.key]
        for name in differ:
            if name.replace("_", "-") not in found.by:
                named.append(_told(each, name))
        text = " · ".join(named) or "I alt"
        series.setdefault(text, {})[each.year] = each
    return series


def _told(each: Sum, name: str) -> str:
    if name == "stage":
        return STAGES[each.stage]
    return f"{each.price_level}-priser" if each.price_level else "prisniveau ikke oplyst"


def _scale(found: Budget) -> tuple[Decimal, str]:
    """What one step of the axis is worth, and its name."""
    unit = found.sums[0].unit
    named = UNIT_WORDS.get(unit, unit)
    if unit in STAFF_UNITS:
        return Decimal(1), named
    most = max(abs(each.value) for each in found.sums)
    if most >= 2_000_000:
        return Decimal(1_000_000), f"mio. {named}"
    return (Decimal(1000), f"1.000 {named}") if most >= 10_000 else (Decimal(1), named)


def _save(
    found: Budget, series: dict[str, dict[int | None, Sum]], years: Sequence[int], place: Path, query: str | None
) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    factor, unit = _scale(found)
    with pyplot.rc_context(
        {"svg.hashsalt": "akt", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
    ):
        height = 4.8 if len(years) > 1 else max(2.4, 1.6 + 0.32 * len(series))
        figure, axes = pyplot.subplots(figsize=(9, height), layout="constrained")
        try:
            if len(years) > 1:
                _grouped(axes, series, years, factor, unit)
            else:
                _single(axes, series, years[0], factor, unit)
            axes.set_title(_title(found, years), loc="left", fontsize=10)
            figure.supxlabel(_source(found, query), x=0.01, ha="left", fontsize=7, color="#555555")
            told = {"Date": None} if place.suffix.lower() == ".svg" else {"Software": None}
            held = io.BytesIO()
            figure.savefig(held, format=place.suffix.lower().removeprefix("."), dpi=160, metadata=told)
            save_picture(place, held.getvalue())
        finally:
            pyplot.close(figure)


def _grouped(
    axes: Any, series: dict[str, dict[int | None, Sum]], years: Sequence[int], factor: Decimal, unit: str
) -> None:
    """Bars beside each other over each year. A year without a figure has no bar; a printed 0 has its number."""
    width = 0.8 / len(series)
    for number, (name, sums) in enumerate(series.items()):
        places = [n - 0.4 + width * (number + 0.5) for n, year in enumerate(years) if year in sums]
        values = [float(sums[year].value / factor) for year in years if year in sums]
        bars = axes.bar(places, values, width * 0.92, color=COLOURS[number], label=_short(name))
        if len(series) * len(years) <= 24:
            texts = [_number(sums[year].value / factor) for year in years if year in sums]
            axes.bar_label(bars, texts, padding=2, fontsize=7)
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.axhline(0, color="black", linewidth=0.8)
    axes.yaxis.set_major_formatter(lambda value, _: _number(Decimal(str(round(value, 6)))))
    axes.set_ylabel(unit)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.margins(y=0.12)
    if len(series) > 1:
        axes.legend(fontsize=8, frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.08))


def _single(axes: Any, series: dict[str, dict[int | None, Sum]], year: int, factor: Decimal, unit: str) -> None:
    """One bar to a line, the first on top."""
    names = list(series)
    values = [float(series[name][year].value / factor) for name in names]
    bars = axes.barh(range(len(names)), values, color=COLOURS[0])
    axes.bar_label(bars, [_number(series[name][year].value / factor) for name in names], padding=3, fontsize=8)
    axes.set_yticks(range(len(names)), [_short(name) for name in names])
    axes.invert_yaxis()
    axes.axvline(0, color="black", linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: _number(Decimal(str(round(value, 6)))))
    axes.set_xlabel(unit)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.margins(x=0.14)


def _title(found: Budget, years: Sequence[int]) -> str:
    """What all the bars are: stage, prices, net or rows, years."""
    told = []
    for name in ("stage", "price_level"):
        values = {getattr(each, name) for each in found.sums}
        if len(values) == 1 and not (name == "price_level" and found.sums[0].unit in STAFF_UNITS):
            told.append(_told(found.sums[0], name))
    sides = {each.side for each in found.sums} - {None}
    told += [SIDES[str(side)] for side in sides] if len(sides) == 1 else []
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    title = " · ".join([*told, span])
    return title[:1].upper() + title[1:]


def _source(found: Budget, query: str | None) -> str:
    figures = [figure for each in found.sums for figure in each.figures]
    documents = sorted({(figure.document or figure.path) for figure in figures})
    named = f": {', '.join(map(_short, documents))}" if len(documents) <= 3 else ""
    of = "dokument" if len(documents) == 1 else "dokumenter"
    asked = f" · søgning: {_short(on_one_line(mask_digits(query)))}" if query else ""
    return f"Kilde: {len(figures)} tal i {len(documents)} {of}{on_one_line(named)}{asked} · opgjort med Akt"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _number(value: Decimal) -> str:
    """As Danes print it, with one or two decimals where the number is small."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return danish(format(exact(round(value, digits)), "f")).replace("-", "−")
