"""``akt budget``."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.explaining import tell_of_nothing, tell_of_rows_with_minus
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, asked, must_have_index
from pipeline.cli.output import Output, talk
from pipeline.figures import words

if TYPE_CHECKING:
    from pipeline.figures.asking import Asked
    from pipeline.figures.request import MixedError, Request
    from pipeline.figures.sums import Budget

Shown = Literal["sums", "lines", "left-out"]


class By(click.ParamType[str]):
    """Names of dimensions with commas between them."""

    name = "by"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return ",".join(words.dimensions(value.split(",")))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class StageName(click.Choice[str]):
    """A stage of a budget, in Danish too."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return words.stage(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class PriceLevel(click.ParamType[str]):
    """A year, or "unknown"."""

    name = "price level"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return words.price_level(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class UnitName(click.ParamType[str]):
    """kr, fte, position or a currency's code."""

    name = "unit"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return words.unit(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class RoleName(click.ParamType[str]):
    """The role of a row, in Danish too."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return words.role(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command(name="budget", cls=QueryCommand, short_help="Sum the lines of budget tables, or say why they cannot be.")
@click.argument("query", type=Typed(), required=False)
@click.option(
    "--by",
    type=By(),
    multiple=True,
    metavar="NAMES",
    help=f"Keep apart by these: {', '.join(words.DIMENSIONS)} (or udvalg, kommune …); may be repeated.",
)
@click.option("--unit", type=UnitName(), help="kr, fte (årsværk), position (stillinger) or EUR.  [default: kr]")
@click.option(
    "--stage",
    type=StageName(words.STAGES),
    multiple=True,
    metavar="STAGE",
    help=f"Only figures at this stage of a budget: {', '.join(words.STAGES)} (or forslag, vedtaget, regnskab …); "
    "may be repeated, as those below.",
)
@click.option("--price-level", type=PriceLevel(), multiple=True, metavar="YEAR", help="Only figures in these prices.")
@click.option("--signs", type=click.Choice(["minus", "plus"]), help="Only tables that print a saving with this sign.")
@click.option("--year", type=click.IntRange(1900, 2200), multiple=True, help="Only figures of this year.")
@click.option(
    "--role",
    type=RoleName(),
    multiple=True,
    help="Only rows of this role: saving, efficiency, income, net, … (or besparelse, indtægt, netto …).",
)
@click.option("--column", type=Typed(), multiple=True, metavar="NAME", help="Only figures under this printed heading.")
@click.option("--net", "side", flag_value="net", help="Add the sums that the tables print (netto, i alt).")
@click.option("--gross", "side", flag_value="gross", help="Add the rows that those sums are made of.")
@click.option("--include-unchecked", is_flag=True, help="Take figures, too, whose table has a sum that does not hold.")
@click.option("--lines", "shown", flag_value="lines", help="Print the lines behind each sum, with path, page and box.")
@click.option("--left-out", "shown", flag_value="left-out", help="Print the figures that are in no sum, and why.")
@click.option("--chart", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Draw it: .svg or .png.")
@export_options()
@click.pass_obj
def command(
    workspace: Workspace,
    /,
    query: str | None,
    shown: Shown | None,
    chart: Path | None,
    wanted: Wanted,
    **asked_for: Any,
) -> ExitCode:
    """Sum the figures of the budget tables, by year and by what you name, or say why they cannot be added.

    Years are always kept apart. A sum never holds two units, price levels, stages or ways to print a saving, nor a
    total and the rows that it adds up: where what you ask for does, nothing is summed, and you are told what to choose.
    With QUERY, only the tables in the parts that have all its words (the language of `akt search`).

    Each figure is counted once: not again in a summary of proposals, in a copy, in a mail that quotes it, in an older
    version. What is left out is counted on stderr; --left-out prints it, --lines what was added.

    \b
    Example: akt budget --by committee --stage proposal --price-level 2026 --net
             akt budget 'municipality:Fjordby' --by committee --unit fte --chart stillinger.svg
    """
    if chart is not None and chart.suffix.lower() not in (".svg", ".png"):
        raise click.UsageError(f"{chart}: a chart is drawn as .svg or .png.")
    workspace.open(create=False)
    if query:
        must_have_index(workspace)
    from pipeline.figures.asking import request_of

    request = request_of(cast("Asked", asked_for))
    found = _summed(workspace, query, request)
    _write(found, shown or "sums", wanted, query)
    if chart is not None and found.sums:
        _draw(found, chart, query)
    from pipeline.figures.printed import notes

    for note in notes(found):
        talk(note)
    if query:
        tell_of_rows_with_minus(workspace, "line", query)
        if not found.sums and not found.lacking:
            tell_of_nothing(workspace, query)
    return ExitCode.DONE if found.sums or (shown == "left-out" and found.lacking) else ExitCode.NOTHING_FOUND


def _summed(workspace: Workspace, query: str | None, request: Request) -> Budget:
    from pipeline.figures.asking import sums_of
    from pipeline.figures.printed import refusal
    from pipeline.figures.request import MixedError

    try:
        with asked(query or ""):
            return sums_of(workspace, query, request)
    except MixedError as error:
        raise CommandError(refusal(error, _typed(query, request, error)), ExitCode.USAGE) from error


def _typed(query: str | None, request: Request, error: MixedError) -> list[str]:
    """What was asked for, as it is typed, without what the example of the refusal chooses anew."""
    many = {
        "stage": request.stages,
        "price-level": request.price_levels,
        "year": request.years,
        "role": request.roles,
        "column": request.columns,
    }
    words = [query] if query else []
    words += ["--by", ",".join(request.by)] if request.by else []
    words += ["--unit", request.unit] if request.unit not in (None, "DKK") and "unit" not in error.example else []
    words += ["--signs", request.signs] if request.signs and "signs" not in error.example else []
    for name, values in many.items():
        words += (
            []
            if name in error.example
            else [word for value in sorted(map(str, values)) for word in (f"--{name}", value)]
        )
    words += [f"--{request.side}"] if request.side and "side" not in error.example else []
    return [shlex.quote(str(word)) for word in words]


def _write(found: Budget, shown: Shown, wanted: Wanted, query: str | None) -> None:
    from pipeline.figures import printed
    from pipeline.figures.sheets import FIGURES, LEFT_OUT, sums_sheet

    sheet = {"sums": sums_sheet(found.by), "lines": FIGURES, "left-out": LEFT_OUT}[shown]
    rows = {"sums": printed.sum_rows, "lines": printed.line_rows, "left-out": printed.left_out_rows}[shown]
    lines = {"sums": printed.sum_table, "lines": printed.line_table, "left-out": printed.left_out_table}[shown]

    def blocks(out: Output) -> Iterator[str]:
        return lines(found, out.table_width, (lambda text: out.style(text, bold=True)) if out.colour else None)

    export(wanted, sheet, rows(found), query=query, shown=blocks)


def _draw(found: Budget, chart: Path, query: str | None) -> None:
    from pipeline.export.charts import TooManyError, draw

    try:
        draw(found, chart, query)
    except TooManyError as error:
        raise CommandError(str(error), ExitCode.USAGE) from error
    except OSError as error:
        raise CommandError(f"{chart} cannot be written: {error.strerror}.") from error
    talk(f"Drawn: {chart}")
