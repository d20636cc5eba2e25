"""The options in Danish: hidden names of those that a command has, and where else a filter is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

import click

from corpus.patterns import late

IN_DANISH = {
    "udvalg": "committee",
    "kommune": "municipality",
    "type": "kind",
    "slags": "kind",
    "fra": "from",
    "afsender": "from",
    "til": "to",
    "modtager": "to",
    "sti": "path",
    "mappe": "path",
    "fil": "path",
    "fra-dato": "from-date",
    "til-dato": "to-date",
    "min-beløb": "min-amount",
    "max-beløb": "max-amount",
    "maks-beløb": "max-amount",
    "min-årsværk": "min-fte",
    "max-årsværk": "max-fte",
    "maks-årsværk": "max-fte",
    "rolle": "role",
    "år": "year",
    "afgørelse": "status",
    "efter": "by",
    "enhed": "unit",
    "stade": "stage",
    "prisniveau": "price-level",
    "fortegn": "signs",
    "kolonne": "column",
    "netto": "net",
    "brutto": "gross",
    "linjer": "lines",
    "udeladt": "left-out",
    "diagram": "chart",
    "alle": "all",
    "fejl": "fails",
    "antal": "limit",
    "sorter": "sort",
}
IN_THE_QUERY = {
    "committee": "udvalg:…",
    "municipality": "kommune:…",
    "kind": "type:…",
    "from": "fra:…",
    "to": "til:…",
    "path": "mappe:…",
    "from-date": "dato:>=…",
    "to-date": "dato:<=…",
    "min-amount": "beløb:>=…",
    "max-amount": "beløb:<=…",
    "min-fte": "årsværk:>=…",
    "max-fte": "årsværk:<=…",
    "role": "rolle:…",
    "year": "år:…",
    "status": "status:…",
}
"""How a filter is written in a query, by its option: for commands that have no such option."""

LIMITS = {
    "amount": ("min-amount", "max-amount", "beløb:>=…"),
    "fte": ("min-fte", "max-fte", "årsværk:>=…"),
    "date": ("from-date", "to-date", "dato:2024"),
}
"""Fields of a query that have two options, and none of their own name; and how they are written in a query."""
LIMITED = {"beløb": "amount", "beloeb": "amount", "årsværk": "fte", "aarsvaerk": "fte", "dato": "date"}
IN_QUERIES_ALONE = {"titel": "title", "nummer": "number", "har": "has", "henvisning": "reference"}

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
"""How the letters are written where the keyboard has none: "aarsvaerk"."""
_DAY = late(r"(?:19|20)\d\d\b|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}")
_ENGLISH = {**IN_DANISH, **{name.translate(LETTERS): english for name, english in IN_DANISH.items()}}


def in_english(command: click.Command, typed: Sequence[str], ctx: click.Context) -> list[str]:
    """The words of a command line with its Danish options by their own names.

    Raises UsageError for a filter that the command takes in its query only, and for a date given to --fra or --til,
    which are people.
    """
    options = {name: one for one in command.params if isinstance(one, click.Option) for name in one.opts}
    done: list[str] = []
    for word, is_option, following in _words(typed, options):
        name, mark, value = word.partition("=")
        if not is_option or name in options or not name.startswith("--"):
            done.append(word)
            continue
        bare = name.removeprefix("--").lower()
        english = _ENGLISH.get(bare, bare)
        if f"--{english}" not in options:
            if told := _of_the_query(name, bare, options, ctx):
                raise click.UsageError(told, ctx)
            if english in IN_THE_QUERY:
                raise click.UsageError(_written_so(name, english, ctx), ctx)
            done.append(word)
            continue
        if bare in ("fra", "til") and _DAY.match(value or following):
            raise click.UsageError(
                f"{name} is a person (as {name[2:]}: in a query); a day is given by {name}-dato.", ctx
            )
        done.append(f"--{english}{mark}{value}")
    return done


def _of_the_query(name: str, bare: str, options: Mapping[str, click.Option], ctx: click.Context) -> str | None:
    """What to write for a field that is no option, in Danish or in English ("--beløb"); None for what is no field."""
    field = LIMITED.get(bare, bare)
    if field in LIMITS:
        low, high, filter_ = LIMITS[field]
        if f"--{low}" in options:
            return f"No such option: {name}. Write --{low} or --{high}, or in the query '{filter_}'."
    else:
        field = IN_QUERIES_ALONE.get(bare, bare)
        if field not in IN_QUERIES_ALONE.values():
            return None
        filter_ = f"{bare}:…"
    return f"No such option: {name}. It is written in the query: {ctx.command_path} … '{filter_}'."


def _written_so(name: str, english: str, ctx: click.Context) -> str:
    filter_ = IN_THE_QUERY[english]
    return f"No such option: {name}. Here filters are written in the query: {ctx.command_path} … '{filter_}'."


def _words(typed: Sequence[str], options: Mapping[str, click.Option]) -> Iterator[tuple[str, bool, str]]:
    """Each word, whether it stands where an option may, and the word behind it."""
    free, value = True, False
    for word, following in zip_longest(typed, typed[1:], fillvalue=""):
        if word == "--" and not value:
            free = False
        is_option = free and not value and word.startswith("--") and word != "--"
        yield word, is_option, following
        bare = word.removeprefix("--").lower()
        own = options.get(word) or options.get(f"--{_ENGLISH.get(bare, bare)}") if is_option else options.get(word)
        value = free and not value and own is not None and not (own.is_flag or own.count)
