"""Labels inside a line, and the places where a header was run into the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from pipeline.mail.dates import parse_sent
from pipeline.mail.labels import Field, field_of, vocabulary

_INNER_LABEL = re.compile(r"(?<=[\s|*>;])\*{0,2}(([^\W\d_][^\W\d_.\-/]{0,14})(?: [^\W\d_]{1,9})?)\*{0,2} ?:(?!//)")
_CLOSING = "*_`\\"
_AFTER_COLON = " \t\xa0|\\"
_WORD = re.compile(r"(?<=\s)\*{0,2}([A-ZÆØÅÄÖ][^\W\d_]{1,9})(?=[\s,!*])")
_MAIN: frozenset[Field] = frozenset(["from", "sent", "date", "to", "cc", "subject"])
GLUED_COLONS = 4
SHORTEST_RUN = 60
LONGEST_RUN = 4_000


class Label(msgspec.Struct, frozen=True, gc=False):
    """A label in a line: where it begins and where its value begins, as offsets in the whole text."""

    field: Field
    start: int
    value: int


def run_on_cuts(line: str) -> list[int]:
    """Where lines were lost: before a header in the middle of a line, and before the greeting behind its subject.

    A header is trusted when a sender, a readable time and a recipient or subject follow each other.
    """
    if len(line) < SHORTEST_RUN or line.count(":") < 4:
        return []
    labels = list(inner_labels(f" {line}", 0, len(line) + 1))
    starts = [number for number, label in enumerate(labels) if label.field == "from"]
    if not starts:
        return []
    cuts: set[int] = set()
    for number, after in zip(starts, [*starts[1:], len(labels)], strict=True):
        group = _one_header(labels[number:after])
        if _is_header(line, group):
            ends = labels[number + len(group)].start - 1 if number + len(group) < len(labels) else len(line)
            cuts |= {group[0].start - 1, _greeting(line, group[-1], ends)}
    return sorted(cut for cut in cuts if cut > 0 and line[:cut].strip(" \t>*|"))


def _one_header(labels: Sequence[Label]) -> list[Label]:
    """The first labels without a repetition, close enough to be one header."""
    group: list[Label] = []
    seen: set[Field] = set()
    for label in labels:
        if merged(label.field) in seen or label.start - labels[0].start > LONGEST_RUN:
            break
        seen.add(merged(label.field))
        group.append(label)
    return group


def _is_header(line: str, group: Sequence[Label]) -> bool:
    fields = {merged(label.field) for label in group}
    if not ("sent" in fields and fields & {"to", "subject"}):
        return False
    ends = [label.start - 1 for label in group[1:]] + [len(line)]
    return any(
        merged(label.field) == "sent" and parse_sent(line[label.value - 1 : end]) is not None
        for label, end in zip(group, ends, strict=True)
    )


def _greeting(line: str, last: Label, end: int) -> int:
    """Where "Kære …" begins behind the last value of a header; -1 where it does not."""
    if last.field != "subject":
        return -1
    opening = vocabulary().openings
    found = (word for word in _WORD.finditer(line, last.value, end) if word.group(1).casefold() in opening)
    return next((word.start() for word in found), -1)


def inner_labels(text: str, start: int, end: int) -> Iterator[Label]:
    """The labels that stand inside ``text[start:end]`` behind a blank; the caller judges whether to trust them.

    Where there are many, those glued to the value before them count too: "Sendt: 2. marts 2021 09.26 CETEmne: Takster".
    """
    found = list(_spaced_labels(text, start, end))
    if text.count(":", start, end) >= GLUED_COLONS:
        glued = (
            Label(field=field, start=label.start(), value=value_start(text, label.end(), end))
            for label in _glued().finditer(text, start, end)
            if (field := field_of(label.group(1))) is not None
        )
        found = sorted([*found, *glued], key=lambda label: label.start)
    yield from found


def _spaced_labels(text: str, start: int, end: int) -> Iterator[Label]:
    for found in _INNER_LABEL.finditer(text, start, end):
        whole, last = found.group(1), found.group(1).split()[-1]
        for key in (whole, last):
            field = field_of(key)
            if field is not None:
                at = found.start() if key == whole else found.end() - len(last) - 1
                yield Label(field=field, start=at, value=value_start(text, found.end(), end))
                break


@cache
def _glued() -> re.Pattern[str]:
    words = {
        word.capitalize()
        for word, field in vocabulary().labels.items()
        if field in _MAIN and len(word) > 1 and word.isalpha()
    }
    return re.compile(rf"(?<=[^\W_])({'|'.join(sorted(words | {'CC'}, key=len, reverse=True))}) ?:(?!//)")


def value_start(text: str, position: int, end: int) -> int:
    """The first character behind the decoration that closes a label, and behind blanks."""
    for skipped in (_CLOSING, _AFTER_COLON):
        while position < end and text[position] in skipped:
            position += 1
    return position


def merged(field: Field) -> Field:
    """Both words for the time of sending are one field of a header."""
    return "sent" if field == "date" else field
