"""The option ``--pdf-engine`` of more than one command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def pdf_engine_option(more: str = "", *, default: str | None = None) -> Callable[[F], F]:
    """The option; ``more`` goes on with its help."""
    return click.option(
        "--pdf-engine",
        type=click.Choice(["pdfium", "pdfplumber"]),
        default=default,
        help=f"What reads PDFs: pdfium (the default), or pdfplumber, slower and another pair of eyes.{more}",
    )
