"""The group of commands, and the one place where an error becomes a sentence and an exit code."""

from __future__ import annotations

import difflib
import importlib
import io
import keyword
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from corpus.cpr import mask_in_name
from corpus.workspace import (
    ENVIRONMENT_VARIABLE,
    Workspace,
    WorkspaceBusyError,
    WorkspaceDamagedError,
    WorkspaceError,
    default_root,
)
from pipeline.cli.exits import CommandError, ExitCode, ReaderGoneError
from pipeline.cli.helping import HelpContext
from pipeline.cli.output import escaped, utf8
from pipeline.export.safety import for_terminal

COMMANDS = (
    *("ingest", "search", "show", "thread", "records", "tables", "budget", "check", "compare", "duplicates", "extract"),
    *("batch-search", "saved", "status", "failures", "verify", "reindex", "export", "import", "demo"),
)

IN_DANISH = {
    "søg": "search", "find": "search", "vis": "show", "indlæs": "ingest", "læs": "ingest", "importer": "import",
    "eksporter": "export", "tråd": "thread", "poster": "records", "oplysninger": "records", "tabeller": "tables",
    "tal": "tables", "kontrol": "check", "tjek": "check", "kontroller": "check", "sammenlign": "compare",
    "dubletter": "duplicates", "kopier": "duplicates", "udtræk": "extract", "gemt": "saved", "gemte": "saved",
    "fejl": "failures", "mangler": "failures", "genindekser": "reindex", "prøve": "demo", "hjælp": "--help",
}  # fmt: skip
"""What a command is perhaps called by who asks for it in Danish; no command has two names."""
_UNSEEN: dict[str, Any] = {"hidden": True, "expose_value": False}
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})

INDEX_CODES = {"IndexBusy": ExitCode.BUSY, "IndexMismatch": ExitCode.ERROR}
"""By name, for no command is to load the index for its errors; any other error of the index is damage."""


class LazyGroup(click.Group):
    """Imports the module of a command when the command is asked for, so that `akt search` starts fast."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        near = _meant(utf8(name)) if name and not name.startswith("-") and name not in COMMANDS else None
        if near:
            ctx.fail(f"No such command {utf8(name)!r}. Did you mean {near!r}?")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"pipeline.cli.{_module(cmd_name)}").command
        return _with_general_options(command)


def _meant(typed: str) -> str | None:
    """The command that is spelled much like what was typed, or that it is the Danish word of."""
    spelled = {name.translate(_LETTERS): command for name, command in IN_DANISH.items()}
    asked = typed.lower().translate(_LETTERS)
    for names, cutoff in ((spelled, 0.85), ({name: name for name in COMMANDS}, 0.6)):
        near = difflib.get_close_matches(asked, names, n=1, cutoff=cutoff)
        if near:
            return names[near[0]]
    return None


def _with_general_options(command: click.Command) -> click.Command:
    """The command, and those in it, with the options that stand before a command behind it too, where many put them."""
    if not any("--workspace" in one.opts for one in command.params):
        command.params += [
            click.Option(
                ["--workspace"], type=Folder(path_type=Path, file_okay=False), callback=_take_workspace, **_UNSEEN
            ),
            click.Option(["--debug"], is_flag=True, **_UNSEEN),
        ]
    command.context_class = HelpContext
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _with_general_options(inner)
    return command


def _take_workspace(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        context.obj = Workspace(folder.expanduser().absolute())


def _print_version(context: click.Context) -> NoReturn:
    from importlib.metadata import version

    from corpus.readers import pdf_native
    from index import streams
    from pipeline.tables.layout import page_native

    parts = {"reading PDFs": pdf_native.USED, "finding tables": page_native.USED, "indexing": streams.USED}
    click.echo(f"akt {version('akt')}")
    click.echo(f"compiled parts in use: {', '.join(name for name, used in parts.items() if used) or 'none'}")
    context.exit()


def _module(command: str) -> str:
    name = command.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


class Folder(click.Path):
    """A folder; an empty name (of an unset variable in a script) is none, though Python takes it for this folder."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        if not str(value).strip():
            self.fail("the name of the folder is empty.", param, ctx)
        return super().convert(value, param, ctx)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--workspace",
    type=Folder(path_type=Path, file_okay=False),
    envvar=ENVIRONMENT_VARIABLE,
    help="The folder of the store and the index.  [default: your data folder]",
)
@click.option("--debug", is_flag=True, envvar="AKT_DEBUG", help="Show the traceback of an error.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, asked: _print_version(context) if asked else None,
    help="Show the version, and which compiled parts are in use.",
)
@click.pass_context
def akt(context: click.Context, workspace: Path | None, debug: bool) -> None:
    """Read what Danish authorities hand out, take the facts out of it, and find in it.

    \b
    akt ingest ~/aktindsigt
    akt search 'støttepædagog* committee:"Børne- og Ungdomsudvalget"'
    akt records amounts --format csv -o amounts.csv
    """
    context.obj = Workspace((workspace or default_root()).expanduser().absolute())


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code. Never raises, and never shows a traceback unless asked to."""
    _speak_utf8()
    debug = "--debug" in arguments or bool(os.environ.get("AKT_DEBUG"))
    try:
        code = akt.main(list(arguments), prog_name="akt", standalone_mode=False)
        sys.stdout.flush()
        return int(code or ExitCode.DONE)
    except (BrokenPipeError, ReaderGoneError):
        _close_outputs()
        return ExitCode.DONE
    except SystemExit as error:  # click's, after printing a completion
        return error.code if isinstance(error.code, int) else ExitCode.ERROR
    except (KeyboardInterrupt, click.Abort):
        click.echo("akt: stopped.", err=True)
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        click.echo(mask_in_name(said.getvalue()), err=True, nl=False)  # it may name a path, or what was typed
        return error.exit_code
    except Exception as error:
        if debug:
            import traceback

            traceback.print_exc()
        message, code = explain(error)
        if not isinstance(error, CommandError):
            message = escaped(message)
        click.echo(for_terminal(mask_in_name(message)), err=True)
        return code


def explain(error: Exception) -> tuple[str, ExitCode]:
    """The sentence and the exit code for an error."""
    if any(kind.__name__ == "EngineError" for kind in type(error).__mro__):
        return f"akt: {error}.", INDEX_CODES.get(type(error).__name__, ExitCode.DAMAGED)
    if isinstance(error, CommandError):
        return f"akt: {error}", error.code
    if isinstance(error, WorkspaceBusyError):
        return f"akt: {error}", ExitCode.BUSY
    if isinstance(error, WorkspaceDamagedError):
        return f"akt: {error}", ExitCode.DAMAGED
    if isinstance(error, WorkspaceError):
        return f"akt: {error}", ExitCode.ERROR
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"akt: {place}{error.strerror}.", ExitCode.ERROR
    what = f"akt: an error of Akt itself ({type(error).__name__}: {error})"
    return f"{what}: run the command again with `akt --debug …` and report what it shows.", ExitCode.ERROR


def _speak_utf8() -> None:
    """Danish letters come out right whatever the locale says; a half letter from a file name is shown, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_outputs() -> None:
    """Let nothing more be written when Python flushes at its end: with ``2>&1 |``, both have lost their reader."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
