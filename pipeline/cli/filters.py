"""The filters of the query language as options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, TypeVar

import click

from corpus.patterns import late
from corpus.workspace import Workspace, WorkspaceBusyError, WorkspaceError
from pipeline.cli.danish import in_english
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.output import utf8
from pipeline.export.safety import width

F = TypeVar("F", bound=Callable[..., Any])

MINUS_WORD = late(r"-(?!h$)[^\W\d_].*", re.DOTALL)  # -h asks for help
AROUND = 90  # characters of a wrong query that are shown on either side of the mistake
FILTERS = {
    "committee": "Only parts of or about this committee.",
    "municipality": "Only documents of this municipality.",
    "kind": "Only this kind of document: email, budget-proposal, minutes, agenda, …",
    "from": "Only messages from this person, address or domain.",
    "to": "Only messages to this person, address or domain.",
    "path": "Only documents in this folder, or with this file name.",
    "from_date": "Only parts dated on or after this: 2023, 2023-05, 2023-05-01.",
    "to_date": "Only parts dated on or before this.",
    "min_amount": "Only parts that name this amount or a larger one: 500.000, 1,5mio.",
    "max_amount": "Only parts that name this amount or a smaller one.",
    "min_fte": "Only parts that name this number of årsværk or a larger one.",
    "max_fte": "Only parts that name this number of årsværk or a smaller one.",
    "role": "Only parts with an amount of this role: saving, grant, … (of the amount above, if one is asked for).",
    "year": "Only parts about this year (that of the amount or årsværk above, if one is asked for).",
    "status": "Only parts with a decision that is decided, recommended, rejected or postponed.",
}
NAMED = ("committee", "municipality", "kind", "from", "to", "path", "status")


class Typed(click.ParamType[str]):
    """A text that the user typed."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return utf8(value)


class QueryCommand(click.Command):
    """A command with a query, in which a minus leaves a word out: where that is taken for an option, it says so.

    Its options have Danish names, too, as the fields of a query have (:mod:`pipeline.cli.danish`).
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        shown = [utf8(one) for one in args]
        english = in_english(self, shown, ctx)
        self._refuse_both(english, ctx)
        word = self._minus_word(english)
        if word is None:  # a file's name that is no UTF-8 stays as it is
            raw = [one if was == now else now for one, was, now in zip(args, shown, english, strict=True)]
            return super().parse_args(ctx, raw)
        before = [one.human_readable_name for one in self.params if isinstance(one, click.Argument)][:-1]
        command = " ".join((ctx.command_path, *before))
        raise click.UsageError(
            f"No such option: {word}. To leave a word out, write -- before the query or NOT in it: "
            f"{command} -- 'skole {word}', {command} 'skole NOT {word.lstrip('-')}'.",
            ctx,
        )

    def _refuse_both(self, typed: list[str], ctx: click.Context) -> None:
        """Two flags of which each leaves the other out, as --net and --gross, are a mistake: the last one would win."""
        flags = {
            name: one.name for one in self.params if isinstance(one, click.Option) and one.is_flag for name in one.opts
        }
        valued = self._valued()
        asked: dict[str | None, str] = {}
        for before, word in pairwise(["", *typed]):
            if word == "--":
                return
            if word in flags and before not in valued and asked.setdefault(flags[word], word) != word:
                raise click.UsageError(f"{asked[flags[word]]} and {word} leave each other out: choose one.", ctx)

    def _valued(self) -> set[str]:
        """The names of the options that have a value behind them."""
        options = [one for one in self.params if isinstance(one, click.Option)]
        return {name for one in options for name in one.opts if not (one.is_flag or one.count)}

    def _minus_word(self, typed: list[str]) -> str | None:
        """The first word behind one minus that is no option and no option's value. "-overskud" would be -o verskud."""
        options = [one for one in self.params if isinstance(one, click.Option)]
        known = {name for one in options for name in one.opts}
        valued = self._valued()
        for before, word in pairwise(["", *typed]):
            if word == "--":
                return None
            if MINUS_WORD.fullmatch(word) and word not in known and before not in valued:
                return word
        return None


def filter_options(function: F) -> F:
    """Adds the filters; the command gets them as keyword arguments."""
    for name, text in reversed(FILTERS.items()):
        function = click.option(f"--{name.replace('_', '-')}", name, type=Typed(), help=text)(function)
    return function


def with_filters(query: str, filters: Mapping[str, str | None]) -> str:
    """The query with the filters written behind it in the query language."""
    given = [f"{name}:{_quoted(str(filters[name]))}" for name in NAMED if filters.get(name)]
    if limits := _range(filters.get("from_date"), filters.get("to_date")):
        given.append(f"date:{limits}")
    given += _of_records(filters)
    if given and {"OR", "ELLER"} & set(query.replace("(", " ").replace(")", " ").split()):
        query = f"({query})"
    return " ".join([query, *given]).strip()


def _of_records(filters: Mapping[str, str | None]) -> Iterator[str]:
    """What is asked of amounts and FTEs: all of it must be true of one record of the part."""
    amount = _range(filters.get("min_amount"), filters.get("max_amount"))
    fte = _range(filters.get("min_fte"), filters.get("max_fte"))
    role, year = (f"{name}:{_quoted(str(filters[name]))}" if filters.get(name) else None for name in ("role", "year"))
    if amount or role:
        yield from _of_one("amount", [amount, role, year])
    if fte:
        yield from _of_one("fte", [fte, year])
    if year and not (amount or role or fte):
        yield year


def _of_one(field: str, conditions: list[str | None]) -> Iterator[str]:
    """One condition stands alone; several stand in the parentheses of the field, and mean one record."""
    given = [condition for condition in conditions if condition]
    if len(given) > 1:
        yield f"{field}:({' '.join(given)})"
    else:
        yield given[0] if ":" in given[0] else f"{field}:{given[0]}"


def must_have_index(workspace: Workspace) -> None:
    """Raises WorkspaceBusyError while the first run has not got to the index yet, else what is to be done about it.

    That is WorkspaceError for a first run that did not finish, and for an index that is gone: it is no damage, for
    it can be made again from the store.
    """
    if (workspace.index_dir / "manifest.json").is_file():
        return
    from corpus.store.lock import holder

    if writer := holder(workspace.lock_file):
        raise WorkspaceBusyError(f"Nothing is indexed yet, a run is under way ({writer}): search again in a minute.")
    from pipeline.ingest.status import never_finished

    if never_finished(workspace):
        raise WorkspaceError(
            "Nothing is indexed yet, for the first `akt ingest` did not finish: run it again, it goes on where it was."
        )
    raise WorkspaceError("The workspace has no index; nothing is lost: `akt reindex` builds it.")


@contextmanager
def asked(query: str) -> Iterator[None]:
    """A wrong query ends the command with the message, the query with a caret under the mistake, and a suggestion."""
    from index.query import QueryError

    try:
        yield
    except QueryError as error:
        lines = [f"{error.message[:1].upper()}{error.message[1:]}."]
        if error.position is not None and query:
            lines += _with_caret(query, error.position)
        if error.suggestion:
            alone = "the text itself, without a filter: " if ":" in query and ":" not in error.suggestion else ""
            lines.append(f"Did you mean {alone}{error.suggestion}?")
        raise CommandError("\n".join(lines), ExitCode.USAGE) from error


def _with_caret(query: str, position: int) -> list[str]:
    """The query on one line with a caret under the place; of a long one, what stands around it."""
    first = max(position - AROUND, 0) if len(query) > 2 * AROUND else 0
    shown = "".join(" " if letter.isspace() else letter for letter in query[first : first + 2 * AROUND])
    before, after = "… " if first else "", " …" if first + 2 * AROUND < len(query) else ""
    return [f"  {before}{shown}{after}", f"  {' ' * width(before + shown[: position - first])}^"]


def _quoted(value: str) -> str:
    return value if value.replace("-", "").isalnum() else '"' + value.replace('"', "") + '"'


def _range(low: str | None, high: str | None) -> str | None:
    """One range, so that one date or one amount has to be inside it."""
    low, high = ("".join(limit.split()) if limit else None for limit in (low, high))
    if low and high:
        return f"{low}..{high}"
    return f">={low}" if low else f"<={high}" if high else None
