"""``akt demo``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

import click

from pipeline.cli.exits import ExitCode
from pipeline.cli.output import talk

NOT_DOCUMENTS = ("__init__.py", "README.md", ".gold.json")


@click.command(name="demo", short_help="Show what Akt does, on invented documents.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the workspace in this folder, to go on with.  [default: it is thrown away]",
)
@click.argument("query", default="støttepædagog")
def command(query: str, keep: Path | None) -> ExitCode:
    """Show what Akt does, on invented documents that come with it.

    \b
    Example: akt demo --keep demo-workspace
    """
    from pipeline.cli.app import akt

    with _samples() as samples, _place(keep) as root:
        steps = [["ingest", str(samples)], ["search", query, "--limit", "3"], ["records", "amounts", query]]
        for step in steps:
            talk(f"\n$ akt --workspace {root} {' '.join(_quoted(word) for word in step)}")
            akt.main(["--workspace", str(root), *step], prog_name="akt", standalone_mode=False)
    if keep is not None:
        talk(f"\nThe workspace is kept: akt --workspace {keep} search …")
    return ExitCode.DONE


@contextmanager
def _samples() -> Iterator[Path]:
    """A folder with the sample documents and nothing else."""
    with tempfile.TemporaryDirectory(prefix="akt-samples-") as folder, as_file(files("corpus.samples")) as packaged:
        for source in sorted(packaged.rglob("*")):
            relative = source.relative_to(packaged)
            if source.is_file() and not source.name.endswith(NOT_DOCUMENTS) and "__pycache__" not in relative.parts:
                target = Path(folder) / relative
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read_bytes())
        yield Path(folder)


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="akt-demo-") as folder:
        yield Path(folder)


def _quoted(word: str) -> str:
    return f"'{word}'" if " " in word else word
