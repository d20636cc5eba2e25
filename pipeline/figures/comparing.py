"""Two versions of a paper: which figures, rows, tables, proposals and statements differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from corpus.model import AnyPart, Decision, Proposal
from pipeline.catalogues.known import number_key, title_key
from pipeline.figures.differences import Difference, Side
from pipeline.figures.tables_compared import paired_tables, rows, table_differences

FIELDS = ("title", "number", "committee", "proposer", "expense_type")


def compare(one: Side, other: Side) -> Iterator[Difference]:
    """Everything that differs, part by part: what was there before first, then what is new."""
    pairs, gone, new = _paired_parts(one, other)
    for before, after in pairs:
        yield from _part(one, before, other, after)
    for before in gone:
        yield from _whole(one, before, "removed")
    for after in new:
        yield from _whole(other, after, "added")


# --- which part is which ----------------------------------------------------------------------------------------


def _paired_parts(one: Side, other: Side) -> tuple[list[tuple[AnyPart, AnyPart]], list[AnyPart], list[AnyPart]]:
    """The parts that are one paper: by number and title, by title, by number, or as the only ones of their kind."""
    left, right = [*one.parts], [*other.parts]
    pairs: list[tuple[AnyPart, AnyPart]] = []
    for key in (_full_name, _title, _number):
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


def _part(one: Side, before: AnyPart, other: Side, after: AnyPart) -> Iterator[Difference]:
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
    yield from _decisions(one.decisions(before), other.decisions(after), name)
    pairs, gone, new_tables = paired_tables(one.tables(before), other.tables(after))
    for old_table, new_table in pairs:
        yield from table_differences((one, old_table), (other, new_table), name)
    for table in gone:
        yield from rows((one, table), table.lines, "removed", name)
    for table in new_tables:
        yield from rows((other, table), table.lines, "added", name)


def _decisions(before: Sequence[Decision], after: Sequence[Decision], name: str) -> Iterator[Difference]:
    """Decisions by who, what and how they ended; the words around them may change."""
    old, new = Counter(map(_decided, before)), Counter(map(_decided, after))
    for told, count in (old - new).items():
        yield from [Difference("decision", "removed", name, before=" ".join(filter(None, told)))] * count
    for told, count in (new - old).items():
        yield from [Difference("decision", "added", name, after=" ".join(filter(None, told)))] * count


def _decided(decision: Decision) -> tuple[str, str, str, str]:
    return decision.body or "", decision.verb, decision.status, "(negated)" if decision.negated else ""


def _whole(side: Side, part: AnyPart, change: Literal["added", "removed"]) -> Iterator[Difference]:
    """A part that is in one of the two only, with the figures of its tables."""
    tables = side.tables(part)
    if isinstance(part, Proposal) or tables:
        text, page = called(part), part.page_first
        what = "proposal" if isinstance(part, Proposal) else "part"
        if change == "removed":
            yield Difference(what, change, text, before=text, before_page=page)
        else:
            yield Difference(what, change, text, after=text, after_page=page)
    for table in tables:
        yield from rows((side, table), table.lines, change, called(part))
