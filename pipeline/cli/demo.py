"""``akt demo``."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

import click
from click.core import ParameterSource

from corpus.identity import content_hash, document_id
from corpus.workspace import Workspace
from pipeline.cli.exits import ExitCode
from pipeline.cli.output import talk
from pipeline.export.layout import counted

NOT_DOCUMENTS = ("__init__.py", "README.md", ".gold.json")
QUOTED = "mail-hoering.eml"
"""A mail of which another one quotes a copy that was altered."""


@click.command(name="demo", short_help="Show what Akt does, on invented documents.")
@click.argument("query", default="vikarer")
@click.option(
    "--samples",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Only copy the documents to this new folder: the tutorials work with them.",
)
@click.pass_context
def command(context: click.Context, query: str, samples: Path | None) -> ExitCode:
    """Show what Akt does, on invented documents that come with it: read them, search, list amounts, follow a thread.

    With `akt --workspace DIR demo` the workspace is kept, to go on with; without, it is thrown away.

    \b
    Example: akt --workspace demo-workspace demo
             akt demo --samples papirer
    """
    from pipeline.cli.app import akt

    if samples is not None:
        return _copy(samples)
    failed = False
    with as_file(files("corpus.samples")) as folder, _place(context) as root:
        documents = [str(path) for path in sorted(folder.iterdir()) if _is_document(path)]
        steps = [
            ["ingest", *documents],
            ["search", query, "--limit", "3"],
            ["records", "decisions", query],
            ["records", "amounts", f"{query} role:net"],
            ["thread", document_id(content_hash((folder / QUOTED).read_bytes()))],
        ]
        for shown, step in zip([["ingest", f"{folder}/*"], *steps[1:]], steps, strict=True):
            talk("")
            talk(f"$ akt --workspace {shlex.quote(str(root))} {' '.join(map(_typed, shown))}")
            code = akt.main(["--workspace", str(root), *step], prog_name="akt", standalone_mode=False)
            failed = failed or code not in (ExitCode.DONE, ExitCode.SOME_FAILED, ExitCode.NOTHING_FOUND)
    return ExitCode.ERROR if failed else ExitCode.DONE


def _copy(target: Path) -> ExitCode:
    if target.exists() and any(target.iterdir()):
        raise click.UsageError(f"{target} is not empty: name a new folder.")
    with as_file(files("corpus.samples")) as folder:
        documents = [path for path in sorted(folder.iterdir()) if _is_document(path)]
        target.mkdir(parents=True, exist_ok=True)
        for path in documents:
            shutil.copyfile(path, target / path.name)
    talk(f"{counted(len(documents), 'invented document')} in {target}")
    return ExitCode.DONE


def _is_document(path: Path) -> bool:
    return path.is_file() and not path.name.endswith(NOT_DOCUMENTS)


@contextmanager
def _place(context: click.Context) -> Iterator[Path]:
    """The workspace that the command line names, else a temporary one: never the user's own by default."""
    group = context.find_root()
    if group.get_parameter_source("workspace") == ParameterSource.COMMANDLINE:
        workspace: Workspace = context.obj
        yield workspace.root
        return
    with tempfile.TemporaryDirectory(prefix="akt-demo-") as folder:
        yield Path(folder)


def _typed(word: str) -> str:
    return word if word.endswith("/*") else shlex.quote(word) if not word.isalpha() else word
