"""Two versions of a paper: which figures of tables and prose differ, which rows, proposals, decisions, names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal

from corpus.model import AgendaItem, AnyPart, Message, Proposal, Table
from pipeline.catalogues.known import number_key, title_key
from pipeline.figures.differences import Difference, Side
from pipeline.figures.names_compared import name_differences
from pipeline.figures.prose_compared import prose_differences
from pipeline.figures.tables_compared import paired_tables, table_differences, whole_table

Pairs = list[tuple[AnyPart, AnyPart]]
KINDS: dict[type, str] = {Proposal: "proposal", Message: "message", AgendaItem: "agenda item"}
FIELDS = ("title", "number", "committee", "proposer", "expense_type")


def compare(one: Side, other: Side) -> Iterator[Difference]:
    """Everything that differs, part by part: what was there before first, then what is new."""
    pairs, gone, new = _paired_parts(one, other)
    stated: dict[int, list[Difference]] = defaultdict(list)
    in_text = (*prose_differences(one, other, pairs, called), *name_differences(one, other, pairs, called))
    for part, difference in (*_tables(one, other, pairs), *in_text):
        stated[id(part)].append(difference)
    for before, after in pairs:
        yield from _fields(before, after)
        yield from stated[id(after)]
    for part in gone:
        yield from _whole(one, part, "removed")
        yield from stated[id(part)]
    for part in new:
        yield from _whole(other, part, "added")
        yield from stated[id(part)]


# --- which part is which ----------------------------------------------------------------------------------------


def _paired_parts(one: Side, other: Side) -> tuple[Pairs, list[AnyPart], list[AnyPart]]:
    """The parts that are one paper: by number and title, as one message, by title or number, or left over in order."""
    left, right = [*one.parts], [*other.parts]
    pairs: Pairs = []
    for key in (_full_name, _message, _sent, _title, _number):
        names = Counter(key(part) for part in left), Counter(key(part) for part in right)
        named = {key(part): part for part in right if key(part) and names[1][key(part)] == 1}
        for part in [*left]:
            match = named.get(key(part))
            if match is not None and names[0][key(part)] == 1:
                pairs.append((part, match))
                left.remove(part)
                right.remove(match)
    for kind in {type(part) for part in left}:
        alone, match_alone = [p for p in left if type(p) is kind], [p for p in right if type(p) is kind]
        if len(alone) == len(match_alone) == 1 or kind is not Proposal:
            for part, match in zip(alone, match_alone, strict=False):
                pairs.append((part, match))
                left.remove(part)
                right.remove(match)
    pairs.sort(key=lambda pair: pair[0].index)
    return pairs, left, right


def _full_name(part: AnyPart) -> str:
    return f"{_number(part)} {_title(part)}" if _number(part) and _title(part) else ""


def _message(part: AnyPart) -> str:
    return part.fingerprint if isinstance(part, Message) else ""


def _sent(part: AnyPart) -> str:
    if not isinstance(part, Message) or part.sent is None or part.sender is None:
        return ""
    return f"{part.sent} {part.sender.address or part.sender.name}"


def _title(part: AnyPart) -> str:
    return f"{type(part).__name__} {title_key(part.title)}" if part.title else ""


def _number(part: AnyPart) -> str:
    number = getattr(part, "number", None)
    return f"{type(part).__name__} {' '.join(number_key(number))}" if number else ""


def called(part: AnyPart) -> str:
    """What a reader calls a part: "BSU07 Senere åbning i klubberne"."""
    number = getattr(part, "number", None)
    return " ".join(filter(None, dict.fromkeys((number, part.title)))) or f"part {part.index}"


# --- one part ---------------------------------------------------------------------------------------------------


def _fields(before: AnyPart, after: AnyPart) -> Iterator[Difference]:
    name = called(after)
    for attribute in FIELDS:
        old, new = getattr(before, attribute, None), getattr(after, attribute, None)
        if " ".join((old or "").split()) != " ".join((new or "").split()):
            yield Difference(
                attribute.replace("_", " "),
                "changed" if old and new else "added" if new else "removed",
                name,
                before=old,
                after=new,
                before_page=before.page_first,
                after_page=after.page_first,
            )


def _whole(side: Side, part: AnyPart, change: Literal["added", "removed"]) -> Iterator[Difference]:
    """A proposal, message, item … that is in one of the two only."""
    what = KINDS.get(type(part), "part")
    if what != "part" or side.tables(part):
        text, page = called(part), part.page_first
        if change == "removed":
            yield Difference(what, change, text, before=text, before_page=page)
        else:
            yield Difference(what, change, text, after=text, after_page=page)


def _tables(one: Side, other: Side, pairs: Pairs) -> Iterator[tuple[AnyPart, Difference]]:
    """What differs in tables, with the part that it is told of. One that moved to another part is that table still."""
    mates = {before.index: after for before, after in pairs}
    found: list[tuple[Table, Table]] = []
    for before, after in pairs:
        found += paired_tables(one.tables(before), other.tables(after))[0]
    taken = {id(table) for pair in found for table in pair}
    moved, gone, new = paired_tables(*([t for t in side.all_tables() if id(t) not in taken] for side in (one, other)))
    olds, news = _by_index(one), _by_index(other)
    for old, table in [*found, *moved]:
        part = news[table.part]
        yield from ((part, each) for each in table_differences((one, old), (other, table), called(part)))
    for table in gone:
        part = mates.get(table.part, olds[table.part])
        yield from ((part, each) for each in whole_table(one, table, "removed", called(part)))
    for table in new:
        part = news[table.part]
        yield from ((part, each) for each in whole_table(other, table, "added", called(part)))


def _by_index(side: Side) -> dict[int, AnyPart]:
    return {part.index: part for part in side.parts}
