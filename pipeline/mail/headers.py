"""Header blocks in running text: "Fra: … Sendt: … Til: … Emne: …" in any order, wrapped, quoted or on one line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from pipeline.mail.addresses import clean_value
from pipeline.mail.dates import parse_sent
from pipeline.mail.inner import Label, inner_labels, merged, value_start
from pipeline.mail.intros import read_intro
from pipeline.mail.labels import Field, field_of, is_redacted, vocabulary
from pipeline.mail.lines import Line, next_inked

Span = tuple[int, int]

LABEL_REACH = 48
"""A label and its colon stand within so many characters of the line's start, decoration included."""
MOST_LINES = 400
FULL_LINE = 62
"""A line that would be longer than this with the next line's first word was wrapped by a program."""
TORN_LINE = 45
"""At a page break a shorter line is enough where small letters follow: printers set narrower lines."""
MOST_SUBJECT_LINES = 3
_FOLDED = re.compile(r"\t| {2}")
_SENTENCE_END = re.compile(r"[^\W\d_]{2}[.!?:]$")
_CELL = re.compile(r"[ >]*\|[ \t]*(?P<key>[^|\t\n]{2,30})\|")
_TABBED = re.compile(r"[ >]*(?P<key>[^|\t\n ]{2,16}(?: [^|\t\n ]{1,12})?)(?:\t| {3})")
_FILE_NAME = re.compile(r"\.[A-Za-z]{2,4}[x\d]?(?:\b|$)")
_PEOPLE: frozenset[Field] = frozenset(["from", "to", "cc", "bcc"])
_CORE: frozenset[Field] = frozenset(["from", "sent", "to", "subject"])
_LOOK_AHEAD: dict[Field, int] = {"to": 60, "cc": 60, "bcc": 60, "from": 3, "sent": 1, "date": 1, "subject": 3}


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A header block: the lines ``first`` to ``last`` (inclusive); the stretches of the text that make each value."""

    first: int
    last: int
    start: int
    spans: dict[Field, list[Span]]
    values: dict[Field, str]

    @property
    def sent(self) -> str | None:
        """The time of sending in ISO 8601, None where none is printed or it cannot be read."""
        return parse_sent(self.values.get("sent", ""))


def read_block(text: str, lines: Sequence[Line], first: int, *, introduced: bool = False) -> Block | None:
    """The header block that begins in line ``first``, or None: a form, a timetable or a memo is none.

    ``introduced``: the line before it says that a message follows.
    """
    walk = _Walk(text, lines, first)
    walk.run()
    if not walk.spans.get("from"):
        return None
    values = {
        field: clean_value("".join(_joint(walk, span) + _unquoted(text[span[0] : span[1]]) for span in spans))
        for field, spans in walk.spans.items()
    }
    if not _is_mail(values, mail_only="sent" in walk.named, introduced=introduced):
        return None
    return Block(first=first, last=walk.last, start=lines[first].start, spans=walk.spans, values=values)


def _joint(walk: _Walk, span: Span) -> str:
    """A label that is printed again, "Til: … Til: …", begins a new recipient."""
    return "; " if span in walk.again else " "


def labels_in(text: str, line: Line) -> list[Label]:
    """The labels of a line that begins with one: more than one where a whole header was run together."""
    head = _label_at_start(text, line)
    if head is None:
        return []
    inner = [] if line.end - line.start < 12 else list(inner_labels(text, head.value, line.end))
    return [head, *_trusted(text, head, inner)]


def starts_block(text: str, line: Line, above: Line | None = None) -> bool:
    """True for a line that may be the first of a header block: right below another label only the sender's may."""
    label = _label_at_start(text, line)
    if label is None or label.field == "from" or above is None:
        return label is not None
    return _label_at_start(text, above) is None


def is_greeting(content: str) -> bool:
    """ "Kære …", "Hej …": the first words of a body."""
    words = content[:40].strip(" *_,").split()
    return bool(words) and words[0].strip(",!*_").casefold() in vocabulary().greetings


def _label_at_start(text: str, line: Line) -> Label | None:
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
    cell = (_CELL if cut else _TABBED).match(text, line.start, limit)
    field = field_of(cell["key"]) if cell else None
    if cell is None or field is None:
        return None
    return Label(field=field, start=line.start, value=value_start(text, cell.end(), line.end))


def _trusted(text: str, head: Label, inner: list[Label]) -> list[Label]:
    """Labels inside a line count when they make up a header, or when they stand apart from the value before them."""
    fields = {merged(label.field) for label in [head, *inner]}
    whole_header = "from" in fields and len(fields & {"from", "sent", "to", "cc", "subject"}) >= 3
    kept: list[Label] = []
    seen = {merged(head.field)}
    previous = head.field
    for label in inner:
        apart = text[label.start - 2 : label.start].strip() in ("", "|") and previous != "subject"
        if merged(label.field) in seen or not (whole_header or apart):
            continue
        kept.append(label)
        seen.add(merged(label.field))
        previous = label.field
    return kept


def _unquoted(value: str) -> str:
    """A line of a value without the quote marks before it."""
    return value.lstrip(" \t>\\").rstrip(" \t\\")


class _Walk:
    """Goes down the lines of a header block, from its first label to the last line that still belongs to it."""

    def __init__(self, text: str, lines: Sequence[Line], first: int) -> None:
        self.text, self.lines, self.first, self.last = text, lines, first, first
        self.spans: dict[Field, list[Span]] = {}
        self.named: set[Field] = set()
        self.again: set[Span] = set()
        self.current: Field = "other"
        self.gap = 0
        self.torn = False
        self.loose = self.close = False
        self.run_on = False

    def run(self) -> None:
        """Fill ``spans``; ``last`` becomes the last line of the block."""
        for number in range(self.first, min(len(self.lines), self.first + MOST_LINES)):
            line = self.lines[number]
            if line.noise:
                self.gap, self.torn = 0, True
            elif line.blank:
                self.gap += not self.torn
                if self.gap > 2:
                    return
            elif not self._take(number, line):
                return

    def _take(self, number: int, line: Line) -> bool:
        labels = labels_in(self.text, line)
        if len(labels) == 1 and self._repeats(labels[0], line):
            self._add_again(labels[0], line)
        elif labels and self._accepts(labels[0], line):
            self._add(labels, line)
        elif (labels and self.spans) or not self._continues(number, line):
            return False
        else:
            self._continue(line)
        self.loose |= self.gap > 0 and number > self.first
        self.close |= self.gap == 0 and number > self.first and bool(labels)
        self.gap, self.torn, self.last = 0, False, number
        return True

    def _repeats(self, label: Label, line: Line) -> bool:
        """ "Til: Bo" right below "Til: Anne" """
        below = self.current in ("to", "cc", "bcc") and not self.gap and line.depth == self.lines[self.last].depth
        return below and merged(label.field) == self.current

    def _add_again(self, label: Label, line: Line) -> None:
        span = (label.value, max(label.value, line.end))
        self.again.add(span)
        self.spans[self.current].append(span)

    def _accepts(self, label: Label, line: Line) -> bool:
        if line.depth < self.lines[self.first].depth:
            return False
        if self._is_aside(label):
            return self.gap == 0 or self.loose
        if self.gap and self.spans and self._begins_anew(label, line):
            return False
        complete = self.spans.keys() >= _CORE
        new = merged(label.field) not in self.spans or (self._is_better(label) and not self.gap)
        return new and not (self.gap and complete and not self.loose)

    def _begins_anew(self, label: Label, line: Line) -> bool:
        """Behind a blank line: a header of its own, or a sender below labels that stood close together."""
        fields: set[Field] = set()
        number = bisect_left(self.lines, line.start, key=lambda each: each.start)
        for each in self.lines[number : number + len(_CORE) + 1]:
            labels = labels_in(self.text, each)
            if not labels:
                break
            fields |= {merged(found.field) for found in labels}
        if fields >= {"from", "sent"} and len(fields & (_CORE | {"cc"})) >= len(_CORE) - 1:
            return not fields.isdisjoint(self.spans.keys() - {"other"})
        return "from" not in self.spans and label.field == "from" and self.close

    def _is_aside(self, label: Label) -> bool:
        """A label whose value is read past; so is a second time beside "Sendt", as the one of a meeting."""
        return label.field == "other" or (label.field == "date" and "sent" in self.named)

    def _add(self, labels: list[Label], line: Line) -> None:
        ends = [label.start for label in labels[1:]] + [line.end]
        for label, end in zip(labels, ends, strict=True):
            field: Field = "other" if self._is_aside(label) else merged(label.field)
            if field in self.spans and field != "other" and not self._is_better(label):
                continue
            self.spans[field] = [(label.value, max(label.value, end))]
            self.named.add(label.field)
            self.current = field
        self.run_on = self.run_on or len(labels) > 2

    def _is_better(self, label: Label) -> bool:
        """ "Sendt" says when a mail was sent, whatever a label for any time said above it."""
        return label.field == "sent" and "sent" not in self.named

    def _continue(self, line: Line) -> None:
        inner = []
        if self.run_on:
            found = inner_labels(self.text, max(line.start - 1, 0), line.end)
            inner = [label for label in found if merged(label.field) not in self.spans]
        start = line.start
        self.spans[self.current].append((start, inner[0].start if inner else line.end))
        if inner:
            self._add(inner, line)

    def _value(self) -> str:
        return " ".join(self.text[start:end] for start, end in self.spans[self.current][-2:]).strip(" *_|\t")

    def _continues(self, number: int, line: Line) -> bool:
        """True when a line without label belongs to the value above it."""
        if not self.spans or (line.depth < self.lines[self.first].depth and not self._is_cut_off(number)):
            return False
        value = self._value()
        unfinished = not value or (value.endswith((";", ",", "<", "(")) and self.current in _PEOPLE)
        if self.gap and not (unfinished and self._fits(line)):
            return False
        if not value:
            return self._fits(line)
        if read_intro(self.lines, number) is not None:
            return False
        if self._next_label(number):
            return True
        if self.current in _PEOPLE:
            return unfinished or value.count("<") > value.count(">") or _is_recipients(line.content)
        if self.current == "attachments":
            return value.endswith(";") or _is_file_list(line.content)
        return self.current == "subject" and self._wraps(number, line)

    def _is_cut_off(self, number: int) -> bool:
        """The second half of a quoted recipient, without the mark: some program on the way cut the line."""
        below = self.lines[number + 1] if number + 1 < len(self.lines) else None
        marked = below is not None and below.depth >= self.lines[self.first].depth and not self.gap
        return marked and self.current in _PEOPLE and self._next_label(number)

    def _fits(self, line: Line) -> bool:
        """May this line be the value of a label that has none yet, or the next of its recipients?"""
        if self.current == "sent":
            return parse_sent(line.content) is not None or is_redacted(line.content)
        if self.gap:
            listed = "@" in line.content or line.content.endswith(";") or self._ends_list(line)
            return self.current in _PEOPLE and listed
        return self.current in _CORE and len(line.content) < 200 and not is_greeting(line.content)

    def _ends_list(self, line: Line) -> bool:
        """The last recipient of a list with blank lines between them: the next line with ink has a new label."""
        number = bisect_left(self.lines, line.start, key=lambda each: each.start)
        below = next_inked(self.lines, number, 2)
        label = None if below is None else _label_at_start(self.text, self.lines[below])
        return label is not None and merged(label.field) not in self.spans

    def _next_label(self, number: int) -> bool:
        """True when a label that is still missing follows below, before any blank line."""
        reach = _LOOK_AHEAD.get(self.current, 3)
        for line in self.lines[number + 1 : number + 1 + reach]:
            if line.noise or (not line.content and self.loose):
                continue
            if not line.content:
                return False
            label = _label_at_start(self.text, line)
            if label is not None:
                return merged(label.field) not in self.spans
        return False

    def _wraps(self, number: int, line: Line) -> bool:
        """A subject goes on: behind an indent, after a page break, or below a line as long as the paper is wide.

        Several lines run on as long as each is full; a blank line or a label ends them. Text that begins right below
        a short subject is the body.
        """
        above = next((each for each in reversed(self.lines[self.first : number]) if not each.blank), line)
        if is_greeting(line.content) or line.depth != above.depth:
            return False
        if self.torn and line.content[0].islower():
            return len(above.content) >= TORN_LINE
        if not self.run_on and _FOLDED.match(self.text, line.start) and not self.text[above.start].isspace():
            return True
        run = self._run_from(number)
        if not run or _SENTENCE_END.search(run[-1].content):
            return False
        full = [above, *run[:-1]]
        short = all(len(each.content) <= 2 * FULL_LINE for each in run)
        words = [each.content.split()[0] for each in run]
        return short and all(
            len(each.content) + 1 + len(word) > FULL_LINE for each, word in zip(full, words, strict=True)
        )

    def _run_from(self, number: int) -> Sequence[Line]:
        """The lines from ``number`` on until a blank one; none where they are more than a subject has."""
        run = self.lines[number : number + MOST_SUBJECT_LINES + 1]
        end = next((at for at, each in enumerate(run) if each.blank), len(run))
        return run[:end] if end <= MOST_SUBJECT_LINES else []


def _is_recipients(content: str) -> bool:
    if content.endswith(";"):
        return True
    return "@" in content and (any(mark in content for mark in "<;[") or len(content.split()) <= 6)


def _is_file_list(content: str) -> bool:
    return (len(content) < 200 and content.endswith((";", ")"))) or _FILE_NAME.search(content[-12:]) is not None


def _is_mail(values: dict[Field, str], *, mail_only: bool, introduced: bool) -> bool:
    """Is this block of labels a mail's header?

    It has a sender and two other labels (one where a line introduces it), and an address, a time of day, or a date
    behind a label that only mails carry. A memo ("Til: … Fra: … Dato: 3. marts 2020") has none of these. A sender who
    was whited out leaves a label without a value: then all four main labels and a time must be there.
    """
    sender = values["from"]
    others = len(values.keys() - {"from", "other"})
    if others < (1 if introduced else 2) or len(sender) > 1000:
        return False
    printed = parse_sent(values.get("sent", ""))
    if not sender and not introduced:
        return mail_only and values.keys() >= _CORE and printed is not None
    people = " ".join(values.get(field, "") for field in ("from", "to", "cc"))
    if "@" in people:
        return "subject" in values or printed is not None or introduced
    if parse_sent(sender) or sender[:1].isdigit():
        return False
    if is_redacted(people) or is_redacted(values.get("sent", "")):
        return _CORE - {"sent"} <= values.keys() or introduced or printed is not None
    if printed is None:
        return introduced and others >= 2
    timed = "T" in printed
    return introduced or ("subject" in values and (mail_only or timed)) or ("to" in values and mail_only and timed)
