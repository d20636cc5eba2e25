"""What ``akt search`` says of a query: how it is understood, and what it leaves out that was perhaps meant;
and how one ends that cannot be answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from corpus.patterns import late
from corpus.workspace import Workspace
from pipeline.cli.exits import CommandError, ExitCode
from pipeline.cli.filters import asked
from pipeline.cli.output import data_output, talk
from pipeline.export.layout import counted
from pipeline.searches.masked import cpr_refusal

_COMPARISON = late(
    r"(?<![\w:\"])(?P<name>[^\W\d_]{2,20})\.?(?P<how>[<>]=?|=)(?P<value>[\d.,-]+(?:mio|mia)?)(?=[\s)]|$)"
)
_NAMED = {"committee": "committee", "municipality": "municipality", "from": "sender"}
"""Fields of names, with the facet that counts each."""
_MOST_NAMES = 3


@contextmanager
def answered(query: str) -> Iterator[None]:
    """A query that cannot be answered, as one with a CPR number, ends the command with exit code 2, an id of nothing
    with 4."""
    if refused := cpr_refusal(query):
        raise click.UsageError(f"{refused[:1].upper()}{refused[1:]}.")
    with asked(query):
        try:
            yield
        except Exception as error:
            if type(error).__name__ != "NoSuchPartError":  # its module is loaded for --like alone
                raise
            told = getattr(error, "message", "")
            raise CommandError(f"{told[:1].upper()}{told[1:]}.", ExitCode.NOTHING_FOUND) from error


def explained(workspace: Workspace, query: str, like: str | None, form: str, output: str | None) -> ExitCode:
    """Print the tree of the query, the terms that the index is asked for and the words of the part to be like; nothing
    is searched."""
    if form not in ("table", "json", "jsonl"):
        raise click.UsageError("--explain prints a tree: use --format table, json or jsonl.")
    from index.search import explain

    with answered(query):
        told = explain(workspace.index_dir, query, like=like)
    with data_output(output) as out:
        if form == "table":
            out.write(told.text)
        else:
            out.write_data([told.json(indented=form == "json")])
    return ExitCode.DONE


def tell_of_minus(workspace: Workspace, query: str) -> None:
    """Say how many parts have the amount or FTE with a minus, which tables print for a cut: signs count in a query."""
    from index.search import more_with_minus

    _tell(more_with_minus(workspace.index_dir, query), "part")


def tell_of_rows_with_minus(workspace: Workspace, record_type: str, query: str, found: int | None = None) -> None:
    """The same of the rows of a record type, of which the query gives ``found``."""
    from pipeline.export.records import left_out_for_their_sign

    noun = record_type if record_type in ("line", "problem") else "record"
    _tell(left_out_for_their_sign(workspace, record_type, query, found), noun)


def _tell(more: int, noun: str) -> None:
    if more > 0:
        said = counted(more, f"more {noun} has", f"more {noun}s have")
        talk(f"{said} such a number with a minus, as tables print a cut: >=±… finds both.")


def tell_of_other_staff(query: str) -> None:
    """Say that positions and hours are other units, where a query for årsværk finds nothing."""
    from index.query import parse

    if _asks_for_fte(parse(query)):
        others = 'positions and hours a week ("1,5 stilling") are other units'
        ways = "`akt records ftes` lists them, har:årsværk finds their parts"
        talk(f"årsværk: asks for full-time equivalents alone; {others}: {ways}.")


def tell_of_comparison(query: str) -> None:
    """Say how a filter is written where "kr>1000000" was looked for as words and nothing was found."""
    from index.fields import instead

    for match in _COMPARISON.finditer(query):
        other = instead().get(match["name"].lower(), "")
        if other.endswith(":"):
            talk(f"{match[0]} is looked for as words. Did you mean {other}{match['how']}{match['value']}?")


def tell_of_path(query: str) -> None:
    """Say how a path is asked for, where a query for a file's name without its ending finds nothing."""
    from index.query import parse

    for name in dict.fromkeys(_paths(parse(query))):
        if "." not in name.rpartition("/")[2]:
            asked = f'path:"{name}*"' if " " in name else f"path:{name}*"
            talk(f"path: takes a file's name with its ending. For one that begins so, write {asked}.")


def tell_of_nothing(workspace: Workspace, query: str) -> None:
    """Say what was perhaps meant by a query that finds no part: a name or word near to it, or how a path is given."""
    from index.search import open_index
    from pipeline.export.suggest import near_names

    with open_index(workspace.index_dir) as searcher:
        found = searcher.count(query).total
        meant = None if found else searcher.did_you_mean(query, 0)
    if meant:
        talk(f"Did you mean: {meant}")
        return
    for wrong, near in () if found else near_names(query):
        talk(f"Nothing is of {wrong}. Did you mean {near}?")
    tell_of_path(query)


def tell_of_filters(workspace: Workspace, query: str) -> None:
    """Say what each of several filters finds by itself, where they find nothing together, and which names there are
    where a name finds nothing."""
    from index.fields import spelled_choices
    from index.search import open_index

    typed = list(_filters(query))
    if not typed:
        return
    everything = f"kind:{','.join(spelled_choices()['kind'])}"
    with open_index(workspace.index_dir) as searcher:
        alone = [(text, field, searcher.count(text).total) for text, field in typed]
        if len(alone) > 1 and any(count for _, _, count in alone):
            talk("By themselves: " + ", ".join(f"{text} {counted(count, 'hit')}" for text, _, count in alone))
        for text, field in [(text, field) for text, field, count in alone if not count and field in _NAMED]:
            facet = _NAMED[field]
            names = searcher.search(everything, limit=1, facets=(facet,), facet_values=_MOST_NAMES).facets[facet]
            if names:
                told = "; ".join(str(name.value) for name in names)
                talk(f"Nothing is of {text}. Most often it is {told} (--facet {facet} lists them).")


def _filters(query: str) -> Iterator[tuple[str, str]]:
    """The filters of a query that has nothing else, as they were typed, each with its field."""
    from index.query import parse
    from index.tree import OPERATORS, Filter

    items = list(_joined(parse(query)))
    found = [item for item in items if isinstance(item, Filter)]
    ends = [*(item.position for item in found[1:]), len(query)]
    if len(found) == len(items) and "(" not in query:
        for item, end in zip(found, ends, strict=True):
            words = query[item.position : end].split()
            yield " ".join(words[:-1] if words[-1] in OPERATORS else words), item.field


def _joined(node: object) -> Iterator[object]:
    """What must all be there."""
    from index.tree import AllOf, Group

    if isinstance(node, AllOf | Group):
        for item in node.items:
            yield from _joined(item)
    else:
        yield node


def _paths(node: object) -> Iterator[str]:
    value = getattr(node, "value", None)
    if getattr(node, "field", None) == "path" and not getattr(value, "prefix", True):
        yield str(getattr(value, "text", ""))
    for inner in (*getattr(node, "items", ()), getattr(node, "item", None)):
        if inner is not None:
            yield from _paths(inner)


def _asks_for_fte(node: object) -> bool:
    if getattr(node, "field", None) == "fte":
        return True
    inner = (*getattr(node, "items", ()), getattr(node, "item", None))
    return any(each is not None and _asks_for_fte(each) for each in inner)
