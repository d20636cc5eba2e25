"""``akt check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.explaining import tell_of_nothing
from pipeline.cli.exporting import Wanted, export, export_options
from pipeline.cli.filters import QueryCommand, Typed, asked, must_have_index
from pipeline.cli.output import Output, talk
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from pipeline.figures.pictures import Crops
    from pipeline.figures.verdicts import Status, Verdict

Shown = tuple["Verdict", list[str]]


@click.command(name="check", cls=QueryCommand, short_help="Check the arithmetic of the tables, and show what fails.")
@click.argument("query", type=Typed(), required=False)
@click.option("--all", "asked_for", flag_value="all", help="Print the checks that hold, too.")
@click.option("--fails", "asked_for", flag_value="fails", help="Print only the checks that fail, and no remarks.")
@click.option(
    "--crop",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Save a picture of the place of each printed check in this folder, its figures marked.",
)
@export_options()
@click.pass_obj
def command(
    workspace: Workspace,
    query: str | None,
    asked_for: Literal["all", "fails"] | None,
    crop: Path | None,
    wanted: Wanted,
) -> ExitCode:
    """Check the figures of the stored tables, and print those that do not agree, both with page and box.

    Checked are the sums that tables print (net changes, totals, totals over years, deviations), summaries and lists
    against the proposals that they name, the same proposal in two documents, mails that give the figure of a proposal,
    and money against årsværk. Rounding is allowed for: half of the last printed digit for each figure. A remark is
    worth a look, and no fault of the arithmetic. With QUERY, only what stands in the parts that have all its words.

    The exit code is 0 when all checks hold, 7 when one fails, and 4 when there is nothing to check.

    \b
    Example: akt check 'municipality:Fjordby' --crop billeder
    """
    workspace.open(create=False)
    if query:
        must_have_index(workspace)
    from corpus.store.database import open_store, sqlite_url
    from pipeline.export.records import parts_found
    from pipeline.figures.checking import verdicts
    from pipeline.figures.pictures import Crops
    from pipeline.figures.uncompared import Uncompared

    with asked(query or ""):
        parts = frozenset(parts_found(workspace, query)) if query else None
    run, beside = _Run(asked_for), Uncompared()
    with (
        open_store(sqlite_url(workspace.store_file)) as engine,
        engine.connect() as connection,
        Crops(connection, crop) if crop is not None else nullcontext() as crops,
    ):
        _write(run.shown(verdicts(connection, parts, beside), crops), wanted, query)
    code = run.sum_up(crops)
    for note in beside.notes():
        talk(note)
    if query and not parts:
        tell_of_nothing(workspace, query)
    return code


def _write(shown: Iterator[Shown], wanted: Wanted, query: str | None) -> None:
    from pipeline.figures.checked import verdict_lines, verdict_row
    from pipeline.figures.sheets import VERDICTS

    def blocks(out: Output) -> Iterator[str]:
        bold = (lambda text: out.style(text, bold=True)) if out.colour else None
        return (line for each in shown for line in verdict_lines(*each, out.width, out.table_width, bold))

    export(wanted, VERDICTS, (verdict_row(*each) for each in shown), query=query, shown=blocks)


class _Run:
    """Counts the checks as they go by, and has their places drawn."""

    def __init__(self, asked_for: Literal["all", "fails"] | None) -> None:
        self._asked_for = asked_for
        self._counts: Counter[Status] = Counter()
        self._documents: set[str] = set()

    def shown(self, found: Iterable[Verdict], crops: Crops | None) -> Iterator[Shown]:
        from pipeline.figures.checked import said

        for verdict in found:
            self._counts[verdict.status] += 1
            self._documents.add(verdict.spot.sha256)
            if not self._is_asked_for(verdict.status):
                continue
            pictures: list[str] = []
            if crops is not None:
                try:
                    pictures = [str(file) for file in crops.save(verdict, self._counts.total(), said(verdict))]
                except OSError as error:
                    raise CommandError(
                        f"The pictures cannot be written: {error.filename}: {error.strerror}."
                    ) from error
            yield verdict, pictures

    def _is_asked_for(self, status: Status) -> bool:
        if self._asked_for is None:
            return status != "holds"
        return self._asked_for == "all" or status == "fails"

    def sum_up(self, crops: Crops | None) -> ExitCode:
        from pipeline.figures.checked import summary
        from pipeline.figures.verdicts import Status

        if not self._counts:
            talk("Nothing to check: no table of these documents promises a sum.")
            return ExitCode.NOTHING_FOUND
        talk(summary(self._counts, len(self._documents)))
        if crops is not None:
            talk(f"{counted(crops.saved, 'picture')} saved.")
            for reason, count in crops.missed.items():
                talk(f"{count} not drawn: {reason.rstrip('.')}.")
        return ExitCode.CHECKS_FAIL if self._counts[Status.FAILS] else ExitCode.DONE
