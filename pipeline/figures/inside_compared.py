"""Two versions of a paper with what lies inside them: attachments of mails, members of archives, embedded files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.figures.comparing import compare
from pipeline.figures.differences import Difference, Inside, Side
from pipeline.figures.prose_compared import reworded
from pipeline.ingest.hints import failure_of

INNER = " › "


def compare_all(one: Side, other: Side) -> Iterator[Difference]:
    """Everything that differs in the papers themselves, then in what lies inside them, by name."""
    yield from compare(one, other)
    for old, new in _paired(one.inside, other.inside):
        if new is None and old is not None:
            yield Difference("attachment", "removed", old.name, before=old.name)
        elif old is None and new is not None:
            yield Difference("attachment", "added", new.name, after=new.name)
        elif old is not None and new is not None and old.id != new.id:
            yield from _inner(old, new)


def reworded_in_all(one: Side, other: Side) -> int:
    """How many sentences differ in their words, with those of what lies inside."""
    pairs = [(old, new) for old, new in _paired(one.inside, other.inside) if old and new and old.id != new.id]
    return reworded(one, other) + sum(reworded_in_all(old.side, new.side) for old, new in pairs)


def _inner(old: Inside, new: Inside) -> Iterator[Difference]:
    failures = [failure_of(each.side.document, inside=False) for each in (old, new)]
    reason = next((failure.reason for failure in failures if failure is not None), None)
    if reason is not None:
        yield Difference("attachment", "incomparable", new.name, before=old.name, after=new.name, told=reason)
        return
    for found in compare_all(old.side, new.side):
        yield replace(found, proposal=f"{new.name}{INNER}{found.proposal}")


def _paired(before: Sequence[Inside], after: Sequence[Inside]) -> list[tuple[Inside | None, Inside | None]]:
    """By content, then by name, then the only one of each side."""
    left, right = list(before), list(after)
    pairs: list[tuple[Inside | None, Inside | None]] = []
    keys: tuple[Callable[[Inside], str], ...] = (lambda each: each.id, lambda each: each.name.casefold())
    for key in keys:
        for old in [*left]:
            match = next((new for new in right if key(new) == key(old)), None)
            if match is not None:
                pairs.append((old, match))
                left.remove(old)
                right.remove(match)
    if len(left) == len(right) == 1:
        return [*pairs, (left[0], right[0])]
    return pairs + [(old, None) for old in left] + [(None, new) for new in right]
