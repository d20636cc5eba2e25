"""The option ``--limit`` of more than one command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from corpus.limits import Limits, limits_of

F = TypeVar("F", bound=Callable[..., Any])


def limit_option() -> Callable[[F], F]:
    """The option, which gives the command its ``limits``; several may stand in the environment, with blanks between."""
    return click.option(
        "--limit",
        "limits",
        multiple=True,
        metavar="NAME=VALUE",
        envvar="AKT_LIMITS",
        callback=_limits,
        help="Read more or less than the usual limit allows: file_size=2GB, pages=10000, seconds=20min. "
        "May be given more than once; docs/limits.md has the names.  [env: AKT_LIMITS]",
    )


def _limits(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> Limits:
    try:
        return limits_of(values)
    except ValueError as error:
        if context.get_parameter_source(option.name or "") == ParameterSource.ENVIRONMENT:
            raise click.UsageError(
                f"Invalid value in the environment variable AKT_LIMITS: {error}.", context
            ) from error
        raise click.BadParameter(f"{error}.", context, option) from error
