"""What a copy of a message lacks, adds or changes, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pipeline.conversations.emphasis import touches
from pipeline.conversations.model import Difference, Kind
from pipeline.conversations.words import GAP, Token

MOST_PAIRS = 40_000
"""Equal words of two stretches that difflib may look at; beyond it the stretches count as one change."""
ANCHOR = 4
"""So many words that stand together once in each text hold the two together at that place."""
LONGEST_SHOWN = 240
CONTEXT = 50
SHORT_RUN = 2

Span = tuple[int, int, int, int]
"""Tokens ``[a0, a1)`` of the original that stand for ``[b0, b1)`` of the copy."""


class Side:
    """One of the two texts: its tokens, where its body begins, and the stretches of which it may say more or less."""

    def __init__(self, text: str, tokens: Sequence[Token], start: int, holes: Sequence[tuple[int, int]] = ()) -> None:
        self.text, self.tokens, self.start = text, tokens, start
        self.keys = [token.key for token in tokens]
        self._holes = holes

    def without_holes(self, first: int, last: int) -> tuple[int, int]:
        """Tokens ``[first, last)`` without those in holes at both ends."""
        while first < last and self._is_in_hole(first):
            first += 1
        while first < last and self._is_in_hole(last - 1):
            last -= 1
        return first, last

    def _is_in_hole(self, at: int) -> bool:
        return any(start <= self.tokens[at].start < end for start, end in self._holes)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """The characters of tokens ``[first, last)``; of none, the place behind the token before them."""
        if first < last:
            return self.tokens[first].start, self.tokens[last - 1].end
        at = self.tokens[first - 1].end if first else self.tokens[0].start if self.tokens else self.start
        return at, at


def differences(original: Side, copy: Side) -> list[Difference]:
    """In printed order; empty for two texts that say the same. Linear in the length but for short stretches.

    The copy may have gaps: what the original says there is not lacking.
    """
    spans = changed_spans(original.keys, copy.keys)
    if GAP in copy.keys:
        spans = [piece for span in spans for piece in _without_gaps(original, copy, span)]
    trimmed = [(*original.without_holes(a0, a1), *copy.without_holes(b0, b1)) for a0, a1, b0, b1 in spans]
    return [
        _difference(original, copy, span)
        for span in trimmed
        if (span[0] < span[1] or span[2] < span[3]) and not _is_sign_apart(original, copy, span)
    ]


def _without_gaps(original: Side, copy: Side, span: Span) -> Iterator[Span]:
    """The pieces of a stretch between its gaps. The first stands for the original's first words and the last for its
    last, where they are of the same kind, word by word; else they are added.
    """
    a0, a1, b0, b1 = span
    gaps = [at for at in range(b0, b1) if copy.keys[at] == GAP]
    if not gaps:
        yield span
        return
    pieces = list(zip([b0, *(at + 1 for at in gaps)], [*gaps, b1], strict=True))
    for number, (first, last) in enumerate(pieces):
        size = last - first
        if not size:
            continue
        if number == 0 and _are_alike(original.tokens[a0 : a0 + size], copy.tokens[first:last], a1 - a0):
            yield a0, a0 + size, first, last
            a0 += size
        elif number == len(pieces) - 1 and _are_alike(
            original.tokens[a1 - size : a1], copy.tokens[first:last], a1 - a0
        ):
            yield a1 - size, a1, first, last
        else:
            at = a1 if number == len(pieces) - 1 else a0
            yield at, at, first, last


def _are_alike(ours: Sequence[Token], theirs: Sequence[Token], most: int) -> bool:
    return len(theirs) <= most and [token.kind for token in ours] == [token.kind for token in theirs]


_SIGN_APART = re.compile(r"[-−–‑][\s>]*$")


def _is_sign_apart(original: Side, copy: Side, span: Span) -> bool:
    """One figure on both sides, with its minus on one, and on the other before a blank or a line's end."""
    a0, a1, b0, b1 = span
    if a1 - a0 != 1 or b1 - b0 != 1:
        return False
    (signed, _), (bare, side) = sorted(
        ((original.tokens[a0], original), (copy.tokens[b0], copy)), key=lambda each: not each[0].key.startswith("-")
    )
    if signed.kind != "number" or signed.key != f"-{bare.key}":
        return False
    return _SIGN_APART.search(side.text, max(bare.start - CONTEXT, 0), bare.start) is not None


def changed_spans(one: Sequence[str], other: Sequence[str]) -> list[Span]:
    """The stretches in which two lists of keys differ, those with a few equal words between them as one.

    A stretch whose letters are the same on both sides is no difference: a word was divided at a line's end.
    """
    if list(one) == list(other):
        return []
    real = [span for span in _compared(one, other) if not _is_division(one, other, span)]
    return [span for span in _merged(real, one) if not _is_division(one, other, span)]


def _is_division(one: Sequence[str], other: Sequence[str], span: Span) -> bool:
    """The same letters, divided elsewhere. Figures in a row ("12 50", "1 250") are no division of each other."""
    left, right = one[span[0] : span[1]], other[span[2] : span[3]]
    if "".join(left) != "".join(right):
        return False
    return min(len(left), len(right)) == 1 or not any(key[-1].isdigit() for key in (*left, *right))


def _compared(one: Sequence[str], other: Sequence[str]) -> Iterator[Span]:
    """Anchors divide the texts; between two anchors difflib compares, as long as that is cheap."""
    a, b = 0, 0
    for next_a, next_b in [*_anchors(one, other), (len(one), len(other))]:
        yield from _between(one, other, a, next_a, b, next_b)
        a, b = next_a, next_b


def _between(one: Sequence[str], other: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> Iterator[Span]:
    while a0 < a1 and b0 < b1 and one[a0] == other[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and one[a1 - 1] == other[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    if a0 == a1 and b0 == b1:
        return
    left, right = one[a0:a1], other[b0:b1]
    counted = Counter(right)
    pairs = sum(counted[key] for key in left)
    if not pairs or pairs > MOST_PAIRS:
        yield a0, a1, b0, b1
        return
    for tag, i0, i1, j0, j1 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield a0 + i0, a0 + i1, b0 + j0, b0 + j1


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Where four words stand that are alone of their kind in both texts, in the longest order that both share."""
    there = {key: at for key, at in _once(other).items() if at is not None}
    pairs = [(at, there[key]) for key, at in _once(one).items() if at is not None and key in there]
    return _longest_rising(sorted(pairs))


def _once(keys: Sequence[str]) -> dict[tuple[str, ...], int | None]:
    found: dict[tuple[str, ...], int | None] = {}
    for at in range(len(keys) - ANCHOR + 1):
        piece = tuple(keys[at : at + ANCHOR])
        found[piece] = None if piece in found else at
    return found


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        pile = bisect_left(tails, value)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[pile], ends[pile] = value, index
    rising: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        rising.append(pairs[at])
        at = before[at]
    return rising[::-1]


def _merged(spans: Sequence[Span], one: Sequence[str]) -> list[Span]:
    """Two changes with at most two short words between them are one: words found again by chance say nothing."""
    found: list[Span] = []
    for span in spans:
        if found and _are_near(found[-1], span, one):
            a0, _, b0, _ = found[-1]
            found[-1] = (a0, span[1], b0, span[3])
        else:
            found.append(span)
    return found


def _are_near(left: Span, right: Span, one: Sequence[str]) -> bool:
    run = right[0] - left[1]
    if run == 0:
        return True
    size = min(max(span[1] - span[0], span[3] - span[2]) for span in (left, right))
    letters = sum(len(key) for key in one[left[1] : right[0]])
    return run <= SHORT_RUN and size > run and letters <= 4 * run


def _difference(original: Side, copy: Side, span: Span) -> Difference:
    a0, a1, b0, b1 = span
    start, end = original.place(a0, a1)
    copy_start, copy_end = copy.place(b0, b1)
    kind: Kind = "lacks" if b0 == b1 else "adds" if a0 == a1 else "changes"
    return Difference(
        kind=kind,
        original=shown(_with_brackets(original.text, start, end)),
        copy=shown(_with_brackets(copy.text, copy_start, copy_end)),
        before=_before(original, start),
        after=_after(original, end),
        touches=touches(original.tokens[a0:a1], copy.tokens[b0:b1], original.text, copy.text),
        original_start=start,
        original_end=end,
        copy_start=copy_start,
        copy_end=copy_end,
    )


def _with_brackets(text: str, start: int, end: int) -> str:
    """ "[undtaget]" is blacked out by its brackets: they belong to the words though they are no words."""
    opens = start > 0 and text[start - 1] == "[" and "]" in text[start : end + 1]
    closes = text[end : end + 1] == "]" and (opens or "[" in text[start:end])
    return text[start - opens : end + closes] if start < end else ""


def shown(text: str) -> str:
    """The words on one line without quote marks; of many the first and the last."""
    words = " ".join(word for word in text.split() if word.strip(">"))
    if len(words) <= LONGEST_SHOWN:
        return words
    half = LONGEST_SHOWN // 2
    return f"{words[:half].rpartition(' ')[0] or words[:half]} … {words[-half:].partition(' ')[2] or words[-half:]}"


def _before(side: Side, start: int) -> str:
    words = side.text[max(side.start, start - CONTEXT) : start]
    whole = words if start - CONTEXT <= side.start else words.partition(" ")[2]
    return shown(whole)


def _after(side: Side, end: int) -> str:
    words = side.text[end : end + CONTEXT]
    return shown(words if end + CONTEXT >= len(side.text) else words.rpartition(" ")[0])
