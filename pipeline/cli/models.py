"""The option ``--ner-model`` of more than one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.cli.exits import CommandError, ExitCode

NER_HELP = (
    "Find people in running text too, by an installed spaCy pipeline such as da_core_news_lg (never downloaded here)."
)


def resolved(name: str | None) -> str | None:
    """A folder by its whole path, so that a later run finds it from anywhere."""
    return str(Path(name).resolve()) if name and Path(name).is_dir() else name


def check_model(name: str | None) -> None:
    """Load the model before any work. Raises CommandError when it cannot be used."""
    if name:
        from pipeline.ner import load_nlp

        with told_of_model():
            load_nlp(name)


@contextmanager
def told_of_model() -> Iterator[None]:
    """A model that cannot be used is a matter of how the command was called."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ != "ModelError":
            raise
        raise CommandError(str(error), ExitCode.USAGE) from error
