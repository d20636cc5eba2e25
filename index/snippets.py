"""Snippets: the stretches of a part that show most of what was looked for, with the words marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from corpus.patterns import late
from index.marker import Marker, Place
from index.results import Snippet, Span

__all__ = ["Marker", "cut"]

WIDTH = 240
LEAD = 60
# However long a word is; two ellipses come on top.
LONGEST = 398
# Where a text of many megabytes is no longer searched for a better place; the words marked are a help, not the hit.
FURTHEST = 500_000
# No sentence begins in small letters: "7 mio. kr. til 8 mio. kr.", a line that goes on.
SENTENCE_START = late(r"(?:[.!?:]\s+|\n\s*)(?=[^\sa-zæøåéäöü])")
BLANKS = late(r"\s+")
ELLIPSIS = "…"


def cut(
    text: str,
    body_start: int,
    marker: Marker,
    most: int = 1,
    page_at: Callable[[int], int | None] = lambda place: None,
    stands: bytes = b"",
) -> tuple[Snippet, list[Snippet]]:
    """The best snippet of a part, and up to ``most`` of them in the order of the text (the best among them).

    ``stands``: the part's figures and decisions (:mod:`index.standing`). No stretch is shown twice. Where nothing of
    what was looked for has a place, it is the beginning of the body.
    """
    places = marker.places(text[:FURTHEST])
    if stands:
        places = sorted({*places, *marker.standing(stands)})
    if not places:
        line, _ = _show(text, _window(text, body_start, body_start), [])
        only = Snippet(text=line, matches=[], page=page_at(body_start))
        return only, [only]
    windows = _windows(text, places, body_start, most)
    made = []
    for window in windows:
        inside = [place for place in places if window[0] <= place.start < window[1]]
        line, spans = _show(text, window, _joined(inside, window[1]))
        made.append(Snippet(text=line, matches=spans, page=page_at(inside[0].start)))
    order = sorted(range(len(windows)), key=lambda number: windows[number])
    return made[0], [made[number] for number in order]


def _windows(text: str, places: list[Place], body_start: int, most: int) -> list[Span]:
    """The stretches to show, the best first; none reaches into another."""
    windows: list[Span] = []
    free = places
    while free and len(windows) < most:
        first, last = _best(free, body_start)
        begin = max([0, *(end for _, end in windows if end <= free[first].start)])
        finish = min([len(text), *(start for start, _ in windows if start > free[first].start)])
        window = _window(text, free[first].start, min(free[last].end, finish), begin, finish)
        windows.append(window)
        free = [place for place in free if place.end <= window[0] or place.start >= window[1]]
        free = [place for place in free if not any(start <= place.start < end for start, end in windows)]
    return windows


def _joined(places: list[Place], end: int) -> list[Span]:
    """The places as stretches that do not overlap, cut at the window's end."""
    spans: list[Span] = []
    for place in places:
        if spans and place.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], min(place.end, end)))
        else:
            spans.append((place.start, min(place.end, end)))
    return spans


def _best(places: Sequence[Place], body_start: int) -> tuple[int, int]:
    """First and last place of the stretch with most different marks, then most words, then in the body, then first."""
    best, chosen = (0, 0, False), (0, 0)
    seen: Counter[int] = Counter()
    words = list(accumulate(int(not at or place.start > places[at - 1].start) for at, place in enumerate(places)))
    left = 0
    for right, (_, end, which) in enumerate(places):
        seen[which] += 1
        while left < right and end - places[left].start > WIDTH - LEAD:
            seen[places[left].which] -= 1
            left += 1
        different = sum(1 for count in seen.values() if count)
        value = (different, words[right] - words[left] + 1, places[left].start >= body_start)
        if value > best:
            best, chosen = value, (left, right)
    return chosen


def _window(text: str, start: int, end: int, earliest: int = 0, latest: int | None = None) -> Span:
    """A stretch of about :data:`WIDTH` characters around ``[start, end)``, from a sentence's start if one is near."""
    latest = len(text) if latest is None else latest
    begin = max(earliest, start - LEAD)
    starts = [match.end() for match in SENTENCE_START.finditer(text, begin, start)]
    if start == end or begin == 0:
        begin = start if start == end else 0
    elif starts:
        begin = starts[-1]
    elif begin > earliest:
        blank = BLANKS.search(text, begin, start)
        begin = blank.end() if blank else start
    finish = min(latest, max(end, begin + WIDTH))
    if finish < len(text) and not text[finish].isspace():
        blank_at = max(text.rfind(" ", end, finish), text.rfind("\n", end, finish))
        finish = blank_at if blank_at > 0 else finish
    return begin, min(finish, begin + LONGEST)


def _show(text: str, window: Span, spans: list[Span]) -> tuple[str, list[Span]]:
    """The stretch on one line, blanks run together, an ellipsis where it was cut; the spans moved along."""
    begin, finish = window
    raw = text[begin:finish]
    raw = raw.rstrip()
    begin += len(raw) - len(raw.lstrip())
    raw = raw.lstrip()
    before = text[:begin].rstrip()
    lead = ELLIPSIS if before and before[-1] not in ".!?:" and "\n" not in text[len(before) : begin] else ""
    tail = ELLIPSIS if text[finish:].strip() and not raw.endswith((".", "!", "?")) else ""

    def moved(position: int) -> int:
        before = raw[: position - begin]
        return len(lead) + len(_on_one_line(before)) + before[-1:].isspace()

    return lead + _on_one_line(raw) + tail, [(moved(start), moved(end)) for start, end in spans]


def _on_one_line(text: str) -> str:
    """With one blank for each run of blanks, none at the ends. Quicker than to replace them."""
    return " ".join(text.split())
