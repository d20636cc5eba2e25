"""Rows out, in every format: the options that `akt records`, `akt tables` and others share, and the one way to write.

A command takes ``@export_options()``, gets a :class:`Wanted`, and calls :func:`export` with a sheet and its rows.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from corpus.cpr import mask_digits
from pipeline.cli.exits import CommandError
from pipeline.cli.output import Output, chosen_format, data_output, format_options, talk

if TYPE_CHECKING:
    from pipeline.export.columns import Sheet
    from pipeline.export.delimited import Dialect

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "csv", "tsv", "xlsx", "json", "jsonl", "parquet")

Rows = Iterable[Mapping[str, object]]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Where rows go and how: ``form`` is one of FORMATS; ``descriptor`` whether one is wanted beside a file."""

    form: str
    output: str | None
    excel_da: bool = False
    descriptor: bool = True

    @property
    def file(self) -> Path | None:
        """The file that is written, None for stdout, a pipe or a device."""
        if self.output in (None, "-"):
            return None
        path = Path(str(self.output))
        return path if path.is_file() or not path.exists() else None

    @property
    def dialect(self) -> Dialect:
        from pipeline.export.delimited import COMMA, EXCEL_DANISH, TAB

        if self.form == "tsv":
            return TAB
        return EXCEL_DANISH if self.excel_da else COMMA


def export_options(
    default: str = "table", formats: tuple[str, ...] = FORMATS, *, on_terminal: str | None = None
) -> Callable[[F], F]:
    """Adds ``--format``, ``-o``, ``--excel-da`` and ``--no-descriptor``: the command gets ``wanted``.

    ``on_terminal``: what is written by default where that goes to a terminal, if it is another format.
    """
    told = default if on_terminal is None else f"{on_terminal} at a terminal, else {default}"

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def with_wanted(
            *args: Any, form: str | None, output: str | None, excel_da: bool, descriptor: bool, **rest: Any
        ) -> Any:
            seen = on_terminal if on_terminal and output in (None, "-") and sys.stdout.isatty() else default
            chosen = chosen_format(form, output, formats, "csv" if excel_da else seen)
            if excel_da and chosen != "csv":
                raise click.UsageError("--excel-da is for csv: xlsx opens right in every Excel as it is.")
            wanted = Wanted(form=chosen, output=output, excel_da=excel_da, descriptor=descriptor)
            return function(*args, wanted=wanted, **rest)

        options: Any = click.option(
            "--descriptor/--no-descriptor",
            default=True,
            help="Write FILE.datapackage.json beside FILE: columns, units, query, versions, checksum.  [default: on]",
        )(with_wanted)
        options = click.option(
            "--excel-da",
            is_flag=True,
            help="CSV that opens right in Excel with Danish settings: semicolons, decimal commas.",
        )(options)
        return format_options(formats, told)(options)  # type: ignore[no-any-return]

    return decorate


def export(
    wanted: Wanted,
    sheet: Sheet,
    rows: Rows,
    *,
    query: str | None,
    shown: Callable[[Output], Iterator[str]] | None = None,
) -> int:
    """Writes the rows, with a descriptor beside a file, and says what the format could not hold. Returns how many.

    ``shown`` gives the lines for people, for the format "table".
    """
    counted = _Counted()
    with data_output(wanted.output) as out:
        if wanted.form == "table":
            assert shown is not None
            out.write_all(shown(out))
            return 0
        notes = _write(wanted, sheet, counted.each(rows), out)
    describe(wanted, sheet, query, counted.count, sorted(counted.versions), notes)
    return counted.count


class _Counted:
    """Counts the rows that go by, and keeps the versions that made them."""

    def __init__(self) -> None:
        self.count = 0
        self.versions: set[str] = set()

    def each(self, rows: Rows) -> Iterator[Mapping[str, object]]:
        for row in rows:
            self.count += 1
            if version := row.get("extractor_version"):
                self.versions.add(str(version))
            yield row


def _write(wanted: Wanted, sheet: Sheet, rows: Rows, out: Output) -> list[str]:
    from pipeline.export.formats import json_array, json_lines

    if wanted.form == "json":
        out.write_data(json_array(rows))
    elif wanted.form == "jsonl":
        out.write_data(json_lines(rows))
    elif wanted.form == "xlsx":
        from pipeline.export.xlsx import write_xlsx

        return write_xlsx(sheet, rows, out.binary)
    elif wanted.form == "parquet":
        _write_parquet(sheet, rows, out)
    else:
        from pipeline.export.delimited import delimited

        out.write_data(delimited(sheet, rows, wanted.dialect))
    return []


def _write_parquet(sheet: Sheet, rows: Rows, out: Output) -> None:
    from pipeline.export.parquet import NumberTooLongError, write_parquet

    try:
        write_parquet(sheet, rows, out.binary)
    except NumberTooLongError as error:
        raise CommandError(str(error)) from error


def describe(
    wanted: Wanted, sheet: Sheet, query: str | None, count: int, versions: list[str], notes: list[str]
) -> None:
    """The descriptor beside the file that was written, and the notes on stderr."""
    from pipeline.export.descriptor import ENDING, Told, descriptor
    from pipeline.export.formats import pretty

    for note in notes:
        talk(note)
    file = wanted.file
    if file is None:
        return
    beside = Path(f"{file}{ENDING}")
    if not wanted.descriptor:
        if beside.exists():
            talk(f"{beside.name} describes an earlier {file.name}: remove it, or write without --no-descriptor.")
        return
    told = Told(
        command=_command(),
        query=None if query is None else mask_digits(query),
        created=_now(),
        akt_version=_version(),
        extractor_versions=versions,
        rows=count,
        notes=notes,
    )
    with data_output(str(beside)) as out:
        out.write_data([f"{pretty(descriptor(sheet, file, wanted.form, wanted.dialect, told))}\n"])


def _command() -> str:
    """The command by its name: what else stood on the line may name private folders."""
    context = click.get_current_context(silent=True)
    return context.command_path if context else Path(os.fspath(sys.argv[0])).name


def _now() -> str:
    from corpus.store.database import now

    return now()


def _version() -> str:
    from importlib.metadata import version

    return version("akt")
