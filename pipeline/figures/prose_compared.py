"""Two versions of a text: which amounts, årsværk, dates, decisions and other numbers differ, sentence by sentence.

Sentences are paired by their words without the figures: first in print order within parts that are one, then wherever
else the same words stand, then by words that are nearly the same. Where the words of a pair differ, the figures in it
are paired by what they are (unit, role, year) before their order tells.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from corpus.model import AnyPart, exact
from pipeline.figures.differences import Change, Difference, Side
from pipeline.figures.statements import Sentence, Statement, sentences, words_only

NEAR = 0.6
"""So many of the words of two sentences must be the same, in order, for them to be one sentence, of 1."""
MOST_NEAR = 250_000
"""Pairs of sentences whose words are compared with each other; of more, only those that stand near each other are."""
FEWEST_NEAR = 20

Pairs = list[tuple[Sentence | None, Sentence | None]]
Paired = tuple[Statement | None, Statement | None]
Called = Callable[[AnyPart], str]


def prose_differences(
    one: Side, other: Side, parts: Sequence[tuple[AnyPart, AnyPart]], called: Called
) -> Iterator[tuple[AnyPart, Difference]]:
    """What the text states otherwise, with the part that it is told of: the second one's where it is in both.

    ``parts``: which part is which. What stands in another part is looked up too, for text moves from page to page.
    """
    before, after = sentences(one, one.parts), sentences(other, other.parts)
    mates = {old.index: new for old, new in parts}
    for old, new in _paired_sentences(before, after, {index: new.index for index, new in mates.items()}):
        if new is not None:
            told_of = new.part
        else:
            assert old is not None
            told_of = mates.get(old.part.index, old.part)
        for pair in _paired_statements(old, new):
            found = _difference(pair, old, new, called(told_of))
            if found is not None:
                yield told_of, found


def reworded(one: Side, other: Side) -> int:
    """How many sentences of either version the other one has not, whatever figures stand in them."""
    before, after = Counter(words_only(one, one.parts)), Counter(words_only(other, other.parts))
    return max((before - after).total(), (after - before).total())


# --- sentences --------------------------------------------------------------------------------------------------


def _paired_sentences(before: list[Sentence], after: list[Sentence], same: Mapping[int, int]) -> Pairs:
    """Each sentence of both, in the order of the second version; what is gone stands where it was."""
    mates: dict[int, int] = {}
    keyed = [(same.get(each.part.index, -1), each.frame) for each in before]
    others = [(each.part.index, each.frame) for each in after]
    for first, second, size in difflib.SequenceMatcher(None, keyed, others, autojunk=False).get_matching_blocks():
        mates.update(zip(range(first, first + size), range(second, second + size), strict=True))
    _pair_moved(before, after, mates)
    _pair_near(before, after, mates, same)
    return _in_order(before, after, mates)


def _pair_moved(before: list[Sentence], after: list[Sentence], mates: dict[int, int]) -> None:
    """The same words elsewhere; of several, those that state the same, then the first."""
    taken = set(mates.values())
    places: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(after):
        if number not in taken:
            places[sentence.frame].append(number)
    for number, sentence in enumerate(before):
        choices = places.get(sentence.frame, []) if number not in mates else []
        if choices:
            said = _said(sentence)
            best = next((choice for choice in choices if _said(after[choice]) == said), choices[0])
            mates[number] = best
            choices.remove(best)


def _said(sentence: Sentence) -> list[tuple[object, ...]]:
    return [(each.what, each.unit, each.value) for each in sentence.statements]


def _pair_near(before: list[Sentence], after: list[Sentence], mates: dict[int, int], same: Mapping[int, int]) -> None:
    taken = set(mates.values())
    left = [number for number in range(len(before)) if number not in mates]
    right = [number for number in range(len(after)) if number not in taken]
    near: list[tuple[float, bool, int, int, int]] = []
    for new, choices in _within_reach(left, right, mates):
        matcher = difflib.SequenceMatcher(None, b=after[new].frame.split(), autojunk=False)
        for old in choices:
            apart = same.get(before[old].part.index) != after[new].part.index
            matcher.set_seq1(before[old].frame.split())
            may_be = matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR
            if may_be and (like := matcher.ratio()) >= NEAR:
                near.append((-like, apart, abs(old - new), old, new))
    for _, _, _, old, new in sorted(near):
        if old not in mates and new not in taken:
            mates[old] = new
            taken.add(new)


def _within_reach(left: list[int], right: list[int], mates: Mapping[int, int]) -> Iterator[tuple[int, list[int]]]:
    """For each sentence that is left of the second version, those of the first that its words are compared with.

    All of them; where that is too much, as many before and behind the place where it would stand.
    """
    if len(left) * len(right) <= MOST_NEAR:
        yield from ((new, left) for new in right)
        return
    reach = max(MOST_NEAR // (2 * len(right)), FEWEST_NEAR)
    anchors = sorted((new, old) for old, new in mates.items())
    for new in right:
        at = bisect_left(anchors, (new, 0))
        behind_new, behind_old = anchors[at - 1] if at else (-1, -1)
        place = bisect_left(left, behind_old + new - behind_new)
        yield new, left[max(place - reach, 0) : place + reach]


def _in_order(before: list[Sentence], after: list[Sentence], mates: dict[int, int]) -> Pairs:
    back = {new: old for old, new in mates.items()}
    pairs: Pairs = []
    done = 0
    for new, sentence in enumerate(after):
        old = back.get(new)
        if old is not None and old >= done:
            pairs += [(before[gone], None) for gone in range(done, old) if gone not in mates]
            done = old + 1
        pairs.append((None if old is None else before[old], sentence))
    return pairs + [(before[gone], None) for gone in range(done, len(before)) if gone not in mates]


# --- statements of a sentence -----------------------------------------------------------------------------------


def _paired_statements(old: Sentence | None, new: Sentence | None) -> Iterator[Paired]:
    if old is None or new is None:
        yield from ((each, None) for each in (old.statements if old else ()))
        yield from ((None, each) for each in (new.statements if new else ()))
        return
    left, right = list(old.statements), list(new.statements)
    pairs: list[Paired] = []
    ways: list[Callable[[Statement], object]] = [
        lambda each: (each.what, each.unit, each.tied, each.value),
        lambda each: (each.what, each.unit, each.tied),
        lambda each: (each.what, each.unit, each.value),
        lambda each: (each.what, each.unit),
        lambda each: each.what,
    ]
    if old.frame == new.frame:
        ways = ways[-1:]
    for way in ways:
        for statement in [*left]:
            match = next((each for each in right if way(each) == way(statement)), None)
            if match is not None:
                pairs.append((statement, match))
                left.remove(statement)
                right.remove(match)
    pairs += [(each, None) for each in left] + [(None, each) for each in right]
    yield from sorted(pairs, key=lambda pair: (pair[1] or pair[0]).order)  # type: ignore[union-attr]


def _difference(pair: Paired, old: Sentence | None, new: Sentence | None, name: str) -> Difference | None:
    before, after = pair
    told = _told(before, after)
    if before is not None and after is not None and before.value == after.value and not told:
        return None
    shown, sentence = after or before, new or old
    assert shown is not None
    assert sentence is not None
    change, off = _change(before, after)
    return Difference(
        shown.what,
        change,
        name,
        year=shown.year,
        unit=before.unit if before else shown.unit,
        new_unit=after.unit if before and after and before.unit != after.unit else None,
        before=before.value if before else None,
        after=after.value if after else None,
        difference=off,
        before_page=before.page if before else None,
        after_page=after.page if after else None,
        before_id=before.id if before else None,
        after_id=after.id if after else None,
        told=told,
        quote=sentence.text,
    )


def _change(before: Statement | None, after: Statement | None) -> tuple[Change, Decimal | None]:
    """What became of it, and the difference where the two are of one unit and price level and have one figure each."""
    if before is None or after is None:
        return ("added" if before is None else "removed"), None
    prices = dict(before.tied).get("prices"), dict(after.tied).get("prices")
    if before.unit != after.unit or prices[0] != prices[1]:
        return "incomparable", None
    if not isinstance(before.value, Decimal) or not isinstance(after.value, Decimal):
        return "changed", None
    return "changed", exact(after.value - before.value) if before.value != after.value else None


def _told(before: Statement | None, after: Statement | None) -> str:
    """What the two are tied to that differs: "years: 2026, now 2027"."""
    if before is None or after is None:
        return ""
    ties: list[tuple[str, object, object]] = [("unit", before.unit, after.unit)]
    ties += [(name, tied, new) for (name, tied), (_, new) in zip(before.tied, after.tied, strict=True)]
    return "; ".join(
        f"{name}: {'not told' if tied is None else tied}, now {'not told' if new is None else new}"
        for name, tied, new in ties
        if tied != new
    )
