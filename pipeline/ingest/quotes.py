"""The sentence around a record, as a reader wants to see it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus.model import AnyPart, Record
from pipeline.language import sentence_starts

LONGEST = 600  # characters; a longer sentence is cut around the record, with "…" where it goes on


def quotes(parts: Sequence[AnyPart], records: Sequence[Record]) -> list[str]:
    """One quote per record, blanks and line ends run together; a table's record is quoted with its printed line."""
    texts = {part.index: part.text for part in parts}
    starts: dict[int, list[int]] = {}
    found = []
    for record in records:
        text = texts.get(record.part, "")
        if record.source == "table":
            span = _line(text, record.start, record.end)
        else:
            if record.part not in starts:
                starts[record.part] = sentence_starts(text)
            span = _sentence(text, starts[record.part], record.start, record.end)
        found.append(_cut(text, span, record.start, record.end))
    return found


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _sentence(text: str, starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    before, after = bisect_right(starts, start), bisect_left(starts, end)
    return (starts[before - 1] if before else 0), (starts[after] if after < len(starts) else len(text))


def _cut(text: str, span: tuple[int, int], start: int, end: int) -> str:
    low, high = span
    if high - low <= LONGEST:
        return " ".join(text[low:high].split())
    room = max(LONGEST - (end - start), 0) // 2
    first, last = max(low, start - room), min(high, end + room)
    shown = text[first:last]
    if first > low:
        shown = "… " + (shown[shown.find(" ") + 1 :] if " " in text[first:start] else shown)
    if last < high:
        shown = (shown[: shown.rfind(" ")] if " " in text[end:last] else shown) + " …"
    return " ".join(shown.split())
