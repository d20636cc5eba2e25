"""Where data goes and in which format: the options that commands share, and the one way to write."""

from __future__ import annotations

import errno
import functools
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeVar

import click

from corpus.durable import put_in_place
from pipeline.cli.exits import CommandError, ReaderGoneError

F = TypeVar("F", bound=Callable[..., Any])
WIDTH_WITHOUT_TERMINAL = 100
UNBOUNDED = 1_000_000
"""The room of a table that goes to no terminal: a row stays on its line, as `grep` and `cut` need it."""


ENDINGS = {
    "csv": "csv", "tsv": "tsv", "tab": "tsv", "xlsx": "xlsx", "json": "json", "jsonl": "jsonl", "ndjson": "jsonl",
    "parquet": "parquet", "pq": "parquet", "txt": "table", "md": "table",
}  # fmt: skip
"""What the ending of a file's name says of its format."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
ANYTHING = ("txt", "md")  # may hold every format that is text
BINARY = frozenset({"xlsx", "parquet"})
NO_FORMAT = {"xls", "ods", "xlsm", "xlsb", "feather", "arrow", "pdf", "html", "docx", "sqlite", "db", "zip", "gz"}
"""Endings of formats that no command writes."""


def output_options(formats: Sequence[str], default: str) -> Callable[[F], F]:
    """Adds ``--format`` and ``-o``: the command gets ``form`` and ``output``. Rows in many formats: exporting.py."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def with_format(*args: Any, form: str | None, output: str | None, **rest: Any) -> Any:
            return function(*args, form=chosen_format(form, output, formats, default), output=output, **rest)

        return format_options(formats, default)(with_format)  # type: ignore[return-value]

    return decorate


def format_options(formats: Sequence[str], default: str) -> Callable[[F], F]:
    """The two options as they are given: ``form`` may be None."""

    def decorate(function: F) -> F:
        function = click.option(
            "-o",
            "--output",
            type=click.Path(dir_okay=False, allow_dash=True),
            help="Write to this file; it appears when it is whole.  [default: stdout]",
        )(function)
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            help=f"What to write.  [default: by the ending of -o, else {default}]",
        )(function)

    return decorate


def chosen_format(form: str | None, output: str | None, formats: Sequence[str], default: str) -> str:
    """The format that was asked for, by name or by the ending of the file.

    Raises UsageError where the two contradict each other, where the command does not write that format, and for a
    format that is no text and goes to a terminal.
    """
    ending = Path(output or "").suffix.lower().removeprefix(".")
    by_ending = ENDINGS.get(ending)
    if form is None:
        if ending in NO_FORMAT or (by_ending and ending not in ANYTHING and by_ending not in formats):
            raise click.UsageError(f"No .{ending} is written here: name a file that ends in {_or_endings(formats)}.")
        form = by_ending if by_ending is not None and by_ending in formats else default
    elif (by_ending and by_ending != form and ending not in ANYTHING) or (form in BINARY and ending in ANYTHING):
        raise click.UsageError(
            f"--format {form} and -o {output} contradict each other: leave one out, or let the file end in .{form}."
        )
    if form in BINARY and output in (None, "-") and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text and cannot go to a terminal: name a file with -o, or use a pipe.")
    return form


def _or_endings(formats: Sequence[str]) -> str:
    *first, last = (f".{form}" for form in formats if form != "table")
    return f"{', '.join(first)} or {last}" if first else last


class Output:
    """A stream for data, with what its layout needs: ``width`` in columns (that of the terminal, or what COLUMNS in the
    environment says) and whether colour is wanted.

    ``table_width`` is the room of rows that are in columns of their own, which are not broken but for a terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = terminal = stream.isatty()
        known = terminal or os.environ.get("COLUMNS", "").isdecimal()
        self.width = max(shutil.get_terminal_size().columns, 20) if known else WIDTH_WITHOUT_TERMINAL
        wanted = terminal and os.environ.get("TERM") != "dumb"
        self.table_width = self.width if terminal else UNBOUNDED
        self.colour = (wanted or bool(os.environ.get("FORCE_COLOR"))) and not os.environ.get("NO_COLOR")

    def write(self, text: str) -> None:
        self._stream.write(text)

    @property
    def binary(self) -> BinaryIO:
        """The stream for bytes."""
        self._stream.flush()
        return self._stream.buffer

    def write_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._stream.write(text)

    def write_data(self, texts: Iterable[str]) -> None:
        """JSON or CSV: as it is, but for what a terminal would obey where it goes to one."""
        if self._terminal:
            from pipeline.export.safety import for_terminal

            texts = map(for_terminal, texts)
        self.write_all(texts)

    def style(self, text: str, **how: Any) -> str:
        """The text in bold or colour, where that is shown."""
        return click.style(text, **how) if self.colour and text else text


@contextmanager
def data_output(target: str | None) -> Iterator[Output]:
    """Standard output, or a file that takes its place only when everything is written."""
    if target is None or target == "-":
        with _own_stdout() as stream:
            yield Output(stream)
        return
    path = Path(target)
    if not os.path.lexists(path.parent):
        raise CommandError(f"{target} cannot be written: the folder {path.parent} does not exist. Make it first.")
    try:
        scratch = path if path.exists() and not path.is_file() else _scratch_beside(path)  # a pipe, /dev/null
        stream = scratch.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        if error.errno in NO_ROOM:
            raise no_room(target, path.parent) from error
        raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
    try:
        with stream:
            yield Output(stream)
        if scratch != path:
            put_in_place(scratch, path)
    except BaseException as error:
        if scratch != path:
            scratch.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise no_room(target, path.parent) from error
        raise


def no_room(target: str | Path, folder: Path) -> CommandError:
    """What to say where a file or a folder does not fit on its disk."""
    return CommandError(
        f"{target} cannot be written: there is no room left on the disk of {folder}. "
        "Make room or name another place, and run the same command again."
    )


def check_output(option: str, target: str) -> None:
    """For a file that is written last: raises UsageError at once where it cannot be."""
    path = Path(target)
    if target == "-":
        return
    if not path.parent.is_dir():
        raise click.UsageError(
            f"{option} {target} cannot be written: the folder {path.parent} does not exist. Make it first."
        )
    if not os.access(path if path.exists() and not path.is_file() else path.parent, os.W_OK):
        raise click.UsageError(f"{option} {target} cannot be written: you may not write in {path.parent}.")


def _scratch_beside(path: Path) -> Path:
    """A new file in the same folder (so that it can be moved into place), as private as the user's umask wants it."""
    import tempfile  # a search to the terminal needs none

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(name, 0o666 & ~mask)
    return Path(name)


@contextmanager
def _own_stdout() -> Iterator[TextIO]:
    """Standard output for data alone: what any library prints meanwhile, from Python or from C, goes to stderr."""
    sys.stdout.flush()
    ours, printed = os.dup(1), sys.stdout
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    stream = os.fdopen(ours, "w", encoding="utf-8", errors="backslashreplace", newline="", closefd=False)
    try:
        yield stream
        stream.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise CommandError(
            "The output cannot be written: there is no room left on the disk that it goes to. "
            "Make room, and run the same command again."
        ) from error
    finally:
        sys.stdout = printed
        os.dup2(ours, 1)
        _drop(stream)
        os.close(ours)


def _drop(stream: TextIO) -> None:
    """Close, without a second error when the reader at the other end has gone, or there is no room."""
    with suppress(OSError):
        stream.close()


def utf8(typed: str) -> str:
    """What the user typed, as UTF-8: in a C locale, Python hands Danish letters on as half ones."""
    try:
        return os.fsencode(typed).decode("utf-8", "replace")
    except UnicodeEncodeError:  # half letters that no command line holds, from a program that calls this one
        return typed.encode("utf-8", "replace").decode()


def escaped(text: str) -> str:
    """The text on one line, line ends and other control characters (in a file's name) as \\n or \\x1b."""
    return "".join(
        letter if letter.isprintable() or letter in " \u00a0\u00ad\u202f" else ascii(letter)[1:-1] for letter in text
    )


def talk(text: str) -> None:
    """One line for the person at the keyboard, without CPR numbers (a file name may hold one)."""
    from corpus.cpr import mask_in_name
    from pipeline.export.safety import for_terminal

    try:
        click.echo(for_terminal(mask_in_name(escaped(text))), err=True)
    except BrokenPipeError as error:
        raise ReaderGoneError from error
