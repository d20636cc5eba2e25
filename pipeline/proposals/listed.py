"""Proposals whose numbers are plain figures ("1.2.4"), told by the summary in front that lists them with their sums.

Chapters of budgets and accounts have such numbers too, and tables that list them: the paper must say that it holds
proposals, and no chapter of accounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.headings import TextLine, is_contents_line
from pipeline.proposals.committees import only_committee
from pipeline.proposals.labels import Hit, kind_of
from pipeline.proposals.titles import ACCOUNTS, FAR, is_title, over_table

LISTED = "listed"
"""The label of a number that a summary lists with the title behind it."""
FEWEST = 3
"""So many titles at least, and half of those that the summary lists, stand again as headings."""
FRONT = 60
"""Before the first heading, in so many lines at most, the paper says what it is."""
LONGEST = 150
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,3})\.? (?=[A-ZÆØÅ])")
_SUMS = re.compile(r"(?:\s[-–−+(]?\s?\d[\d.,]*\)?-?|\s[-–−]){2,}$")
_LOOSE = frozenset({"forslag", "budgetforslag", "budgetskema", "budgetnotat"})
"""What whole budgets are called, too."""
_ENDING = re.compile(r"(?:et|ene|s)$")


class _Numbered(NamedTuple):
    """The number and the title of a heading."""

    number: str
    title: str


def listed_hits(lines: Sequence[TextLine]) -> dict[int, list[Hit]]:
    """The headings "1.2.4 Færre busser" that a table further up lists with sums, by line; none for other papers."""
    if not any(line.plain[:1].isdigit() and _SUMS.search(line.plain) for line in lines if len(line.plain) <= LONGEST):
        return {}
    listed: dict[str, str] = {}
    found: dict[int, _Numbered] = {}
    others: dict[int, _Numbered] = {}
    for index, line in enumerate(lines):
        match = _NUMBER.match(line.plain) if len(line.plain) <= LONGEST else None
        if match is None or is_contents_line(line.plain):
            continue
        sums = _SUMS.search(line.plain)
        if sums is not None:
            listed.setdefault(match[1], line.plain[match.end() : sums.start()])
        elif is_title(title := line.plain[match.end() :]):
            whole = _whole(title, lines[index + 1 : index + 2], listed.get(match[1]))
            (others if whole is None else found)[index] = _Numbered(match[1], whole or title)
    if len(found) < max(FEWEST, len(listed) / 2) or not _holds_proposals(lines, found):
        return {}
    found |= _left_out(lines, found, others)
    owners = _owners(others)
    return {index: list(_hits(index, found[index], owners)) for index in sorted(found)}


def _whole(title: str, below: Sequence[TextLine], name: str | None) -> str | None:
    """The title of a heading, the end on its next line too, if it is the name of a row, which may go on below that."""
    if name is None or title == name or title.startswith(f"{name} "):
        return title if name is not None else None
    longer = f"{title} {below[0].plain}" if below else title
    return longer if longer == name else None


def _left_out(
    lines: Sequence[TextLine], found: Mapping[int, _Numbered], others: Mapping[int, _Numbered]
) -> dict[int, _Numbered]:
    """The headings between those of proposals that have as many figures in their number and a table below them."""
    first, last = min(found), max(found)
    levels = {entry.number.count(".") for entry in found.values()}
    at = {*found, *others}
    return {
        index: entry
        for index, entry in others.items()
        if first < index < last and levels == {entry.number.count(".")} and over_table(lines, index, at, FAR)
    }


def _owners(others: Mapping[int, _Numbered]) -> dict[str, str]:
    """The committee that a chapter is headed by, by the chapter's number: "2 Kulturudvalget"."""
    return {entry.number: name for entry in others.values() if (name := only_committee(entry.title)) is not None}


def _hits(index: int, entry: _Numbered, owners: Mapping[str, str]) -> Iterator[Hit]:
    yield Hit("number", LISTED, 99, f"{entry.number} {entry.title}", index, whole=True)
    chapter, divider, _ = entry.number.partition(".")
    if divider and chapter in owners:
        yield Hit("committee", "chapter", 99, owners[chapter], index, whole=True)


def _holds_proposals(lines: Sequence[TextLine], found: Mapping[int, _Numbered]) -> bool:
    front = [line.plain for line in lines[: min(FRONT, min(found))]]
    if any(ACCOUNTS.search(plain) for plain in front):
        return False
    words = (word.strip(".,:;()").casefold() for plain in front for word in plain.split())
    return any(word.endswith("katalog") or _names(word) for word in words)


def _names(word: str) -> bool:
    """Whether a word names proposals, one or more: "spareforslag", "spareforslagene"."""
    return any(kind_of(each) == each and each not in _LOOSE for each in (word, _ENDING.sub("", word)))
