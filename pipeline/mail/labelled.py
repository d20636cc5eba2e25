"""Labels at the beginning of a line, in a table's row, and those that follow them in the same line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.mail.dates import parse_sent
from pipeline.mail.inner import Label, inner_labels, merged, value_start
from pipeline.mail.labels import Field, field_of, vocabulary
from pipeline.mail.lines import Line

LABEL_REACH = 48
"""A label and its colon stand within so many characters of the line's start, decoration included."""
_CELL = re.compile(r"[ >]*\|[ \t]*(?P<key>[^|\t\n]{2,30})\|")
_TABBED = re.compile(r"[ >]*(?P<key>[^|\t\n ]{2,16}(?: [^|\t\n ]{1,12})?)(?:\t| {3})")
_UNKNOWN = re.compile(r"[*_\- ]{0,4}[^\W\d_a-zæøåäö][^:;,@<>|\d]{1,28}\**:(?:\s|\*|$)")
CELL_EDGES = 3
"""A row of two cells has so many bars."""
FAR = 4
"""So many blanks divide columns."""
ASIDES: frozenset[Field] = frozenset(["flag", "clock", "journal", "other"])
"""Labels whose values are read past."""


def labels_in(text: str, line: Line, *, paired: bool = False) -> list[Label]:
    """The labels of a line that begins with one: more than one where a whole header was run together.

    ``paired``: the header has two labels to a line, so those inside this one count too.
    """
    head = label_at_start(text, line)
    if head is None:
        return []
    inner = [] if line.end - line.start < 12 else list(inner_labels(text, head.value, line.end))
    return [head, *_trusted(text, line, head, inner, paired=paired)]


def starts_block(text: str, line: Line, above: Line | None = None) -> bool:
    """True for a line that may be the first of a header block: right below another label only the sender's may."""
    label = label_at_start(text, line)
    if label is None or label.field in ASIDES:
        return False
    if label.field == "from" or above is None:
        return True
    before = label_at_start(text, above)
    return before is None or before.field in ASIDES


def is_unknown_label(text: str, line: Line) -> bool:
    """ "Afdeling: Teknik og Miljø": a few words and a colon that no mail program prints, as journals put them in."""
    row = line.content.startswith("|") and line.content.count("|") == CELL_EDGES
    found = (_CELL if row else _UNKNOWN).match(text, line.start, line.end)
    return found is not None and label_at_start(text, line) is None


def is_greeting(content: str) -> bool:
    """ "Kære …", "Hej …": the first words of a body."""
    words = content[:40].strip(" *_,").split()
    return bool(words) and words[0].strip(",!*_").casefold() in vocabulary().greetings


def label_at_start(text: str, line: Line) -> Label | None:
    """The label a line begins with, None for a line of text."""
    if line.noise or not line.content:
        return None
    start = line.start
    limit = min(line.end, start + LABEL_REACH + 8 * line.depth)
    colon = text.find(":", start, limit)
    if colon >= 0:
        field = field_of(text[start:colon])
        if field:
            return Label(field=field, start=start, value=value_start(text, colon + 1, line.end))
    return _label_in_cell(text, line, limit)


def _label_in_cell(text: str, line: Line, limit: int) -> Label | None:
    """The label of a table's row of two cells: "| Fra | Bo Berg |", or with a tabulator between them."""
    cut = line.content.startswith("|") and line.content.count("|") <= 3
    if not cut and text.find("\t", line.start, limit) < 0 and text.find("   ", line.start, limit) < 0:
        return None
    cell = (_CELL if cut else _TABBED).match(text, line.start, limit)
    field = field_of(cell["key"]) if cell else None
    if cell is None or field is None:
        return None
    return Label(field=field, start=line.start, value=value_start(text, cell.end(), line.end))


def _trusted(text: str, line: Line, head: Label, inner: list[Label], *, paired: bool) -> list[Label]:
    """Labels inside a line count when they make up a header, or when they stand apart from the value before them."""
    fields = {merged(label.field) for label in [head, *inner]}
    whole_header = "from" in fields and len(fields & {"from", "sent", "to", "cc", "subject"}) >= 3
    whole_header = whole_header or has_pair(text, line, [head, *inner])
    kept: list[Label] = []
    seen = {merged(head.field)}
    previous = head.field
    for label in inner:
        apart = _is_far(text, label) or (_is_apart(text, label) and previous != "subject")
        beside = paired and (previous not in ("subject", "title") or label.field == "attachments")
        if merged(label.field) in seen or not (whole_header or apart or beside):
            continue
        kept.append(label)
        seen.add(merged(label.field))
        previous = label.field
    return kept


def _is_apart(text: str, label: Label) -> bool:
    """A tabulator, a cell's edge or two blanks stand between the label and the value before it."""
    return text[label.start - 1 : label.start] == "\t" or text[label.start - 2 : label.start].strip() in ("", "|")


def _is_far(text: str, label: Label) -> bool:
    """A tabulator or many blanks: a column of its own, even behind a subject."""
    return text[label.start - 1 : label.start] == "\t" or not text[label.start - FAR : label.start].strip()


def has_pair(text: str, line: Line, labels: Sequence[Label]) -> bool:
    """ "Fra: Bo Berg Sendt: 3. marts 2021 14:05": sender and a readable time in one line."""
    if len(labels) < 2 or labels[0].field != "from" or merged(labels[1].field) != "sent":
        return False
    end = labels[2].start if len(labels) > 2 else line.end
    return labels[1].start > labels[0].value and parse_sent(text[labels[1].value : end]) is not None
