"""The walk down the lines of a header block, from its first label to the last line that still belongs to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.mail.dates import parse_sent
from pipeline.mail.inner import Label, inner_labels, merged
from pipeline.mail.intros import read_intro
from pipeline.mail.labelled import ASIDES, has_pair, is_greeting, is_unknown_label, label_at_start, labels_in
from pipeline.mail.labels import Field, is_redacted
from pipeline.mail.lines import Line, next_inked
from pipeline.mail.subjects import wraps

Span = tuple[int, int]

MOST_LINES = 400
CORE: frozenset[Field] = frozenset(["from", "sent", "to", "subject"])
_PEOPLE: frozenset[Field] = frozenset(["from", "to", "cc", "bcc"])
_FILE_NAME = re.compile(r"\.[A-Za-z]{2,4}[x\d]?(?:\b|$)")
_DIVIDER = re.compile(r"\s+[|/–—·•-]+\s*$")
_SENTENCE_END = re.compile(r"[^\W\d_]{2}[.!?]$")
_LOOK_AHEAD: dict[Field, int] = {"to": 60, "cc": 60, "bcc": 60, "from": 3, "sent": 1, "date": 1, "subject": 3}
MOST_LISTED = 12
SAME_AGAIN = 2
"""So many values behind blank lines make it this header's way of printing them."""


def named_fields(fields: set[Field]) -> set[Field]:
    """The fields, a journal's title counted as the subject."""
    return fields | {"subject"} if "title" in fields else fields


class Walk:
    """What a header block says: ``spans`` of the text by field, and which labels were printed."""

    def __init__(self, text: str, lines: Sequence[Line], first: int) -> None:
        self.text, self.lines, self.first, self.last = text, lines, first, first
        self.spans: dict[Field, list[Span]] = {}
        self.printed: dict[Field, str] = {}
        self.named: set[Field] = set()
        self.again: set[Span] = set()
        self.current: Field = "other"
        self.gap = 0
        self.torn = False
        self.loose = self.close = False
        self.run_on = self.paired = False
        self.stacked = 0

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
        labels = labels_in(self.text, line, paired=self.paired)
        self.paired |= has_pair(self.text, line, labels)
        if len(labels) == 1 and self._repeats(labels[0], line):
            self._add_again(labels[0], line)
        elif labels and self._accepts(labels[0], line):
            self._add(labels, line)
        elif labels and self.spans:
            return False
        elif self._is_foreign(number, line):
            self.current = "journal" if self.current == "journal" else "other"
        elif not self._continues(number, line):
            return False
        else:
            self.stacked += self.gap > 0 and not self._value()
            self._continue(line)
        flagged = bool(labels) and labels[0].field == "flag"
        self.loose |= self.gap > 0 and number > self.first and not flagged
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
            early = self.gap == 1 and "subject" in self.spans and "from" not in self.spans
            return (
                early
                or self.gap == 0
                or self.loose
                or (label.field == "flag" and self.gap == 1 and "from" in self.spans)
            )
        if self.gap and self.spans and self._begins_anew(label, line):
            return False
        complete = named_fields(set(self.spans)) >= CORE
        new = merged(label.field) not in self.spans or (self._is_better(label) and not self.gap)
        return new and not (self.gap and complete and not self.loose)

    def _begins_anew(self, label: Label, line: Line) -> bool:
        """Behind a blank line: a header of its own, or a sender below labels that stood close together."""
        fields: set[Field] = set()
        number = bisect_left(self.lines, line.start, key=lambda each: each.start)
        for each in self.lines[number : number + len(CORE) + 1]:
            labels = labels_in(self.text, each)
            if not labels:
                break
            fields |= {merged(found.field) for found in labels}
        fields = named_fields(fields)
        if fields >= {"from", "sent"} and len(fields & (CORE | {"cc"})) >= len(CORE) - 1:
            return not fields.isdisjoint(named_fields(set(self.spans)) - ASIDES)
        return "from" not in self.spans and label.field == "from" and self.close

    def _is_aside(self, label: Label) -> bool:
        """A label whose value is read past; so is a second time beside "Sendt", as the one of a meeting."""
        return label.field in ASIDES or (label.field == "date" and "sent" in self.named)

    def _add(self, labels: list[Label], line: Line) -> None:
        ends = [label.start for label in labels[1:]] + [line.end]
        for label, end in zip(labels, ends, strict=True):
            field: Field = "other" if label.field == "date" and self._is_aside(label) else merged(label.field)
            if field in self.spans and field not in ASIDES and not self._is_better(label):
                continue
            divider = _DIVIDER.search(self.text, label.value, end) if end < line.end else None
            self.spans[field] = [(label.value, max(label.value, divider.start() if divider else end))]
            self.printed[field] = self.text[label.start : label.value]
            self.named.add(label.field)
            self.current = field
        self.run_on = self.run_on or len(labels) > 2

    def _is_better(self, label: Label) -> bool:
        """ "Sendt" says when a mail was sent, whatever a label for any time said above it."""
        return label.field == "sent" and "sent" not in self.named

    def _is_foreign(self, number: int, line: Line) -> bool:
        """A label no mail program prints, between labels that they do: a journal's, read past."""
        if self.gap or not self.spans or line.depth != self.lines[self.first].depth:
            return False
        value = self._value()
        open_ended = not value or (self.current in _PEOPLE and _is_unfinished(value))
        if (open_ended and self.current not in ASIDES) or not is_unknown_label(self.text, line):
            return False
        return self._next_label(number, reach=3) or self._is_last_of_journal(number, line)

    def _is_last_of_journal(self, number: int, line: Line) -> bool:
        """ "Afdeling:<tab>Teknik" closes a header whose labels are all set so, or stands below a journal's label."""
        key, _, value = line.content.lstrip("| ").partition("|" if line.content.startswith("|") else ":")
        value = value.strip("*_|")
        below = self.lines[number + 1] if number + 1 < len(self.lines) else None
        closed = below is None or not below.content or is_unknown_label(self.text, below)
        if not value.strip() or not closed or _SENTENCE_END.search(line.content):
            return False
        if line.content.startswith("|"):
            return all(printed.lstrip(" >").startswith("|") for printed in self.printed.values())
        tabbed = value.startswith("\t") and all("\t" in printed for printed in self.printed.values())
        bold = key.startswith("**") and all(printed.lstrip(" >").startswith("**") for printed in self.printed.values())
        return tabbed or bold or ("from" in self.spans and self.current == "journal")

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
        if self.current not in self.spans:
            return ""
        value = " ".join(self.text[start:end] for start, end in self.spans[self.current][-2:])
        return value.strip() if is_redacted(value) else value.strip(" *_|\t")

    def _continues(self, number: int, line: Line) -> bool:
        """True when a line without label belongs to the value above it."""
        if self.current not in self.spans:
            return False
        if line.depth < self.lines[self.first].depth and not self._is_cut_off(number):
            return False
        value = self._value()
        unfinished = not value or (self.current in _PEOPLE and _is_unfinished(value))
        listed = self.stacked > 0 and self.current in ("to", "cc", "bcc")
        if self.gap and not ((unfinished or listed) and self._fits(line)):
            return False
        if not value:
            return self._fits(line)
        if read_intro(self.lines, number) is not None:
            return False
        if self._next_label(number, reach=_LOOK_AHEAD.get(self.current, 3)):
            return True
        if self.current in _PEOPLE:
            return unfinished or value.count("<") > value.count(">") or _is_recipients(line.content)
        if self.current == "attachments":
            return value.endswith(";") or _is_file_list(line.content)
        return self.current in ("subject", "title") and self._wraps(number)

    def _wraps(self, number: int) -> bool:
        return wraps(self.text, self.lines, self.first, number, torn=self.torn, run_on=self.run_on)

    def _is_cut_off(self, number: int) -> bool:
        """The second half of a quoted recipient, without the mark: some program on the way cut the line."""
        below = self.lines[number + 1] if number + 1 < len(self.lines) else None
        marked = below is not None and below.depth >= self.lines[self.first].depth and not self.gap
        reach = _LOOK_AHEAD.get(self.current, 3)
        return marked and self.current in _PEOPLE and self._next_label(number, reach=reach)

    def _fits(self, line: Line) -> bool:
        """May this line be the value of a label that has none yet, or the next of its recipients?"""
        if self.current in ("sent", "received"):
            return parse_sent(line.content) is not None or is_redacted(line.content)
        if self.gap and self.current in ("subject", "title"):
            return self.stacked >= SAME_AGAIN and len(line.content) < 200 and not is_greeting(line.content)
        if self.gap:
            listed = "@" in line.content or line.content.endswith(";") or self._ends_list(line)
            return self.current in _PEOPLE and listed
        if self.current == "attachments":
            return _is_file_list(line.content)
        in_header = self.current in CORE or self.current in ("title", "cc", "bcc")
        return in_header and len(line.content) < 200 and not is_greeting(line.content)

    def _ends_list(self, line: Line) -> bool:
        """A recipient of a list with blank lines between them, the last: the next line with ink has a new label.

        Where the header's values stand below their labels, more recipients may come before that label.
        """
        number = bisect_left(self.lines, line.start, key=lambda each: each.start)
        for _ in range(MOST_LISTED if self.stacked else 1):
            content = self.lines[number].content
            below = next_inked(self.lines, number, 2)
            if below is None or is_greeting(content) or (self.stacked and _SENTENCE_END.search(content)):
                return False
            label = label_at_start(self.text, self.lines[below])
            if label is not None:
                return merged(label.field) not in self.spans
            number = below
        return False

    def _next_label(self, number: int, *, reach: int) -> bool:
        """True when a label that is still missing follows below, before any blank line."""
        for line in self.lines[number + 1 : number + 1 + reach]:
            if line.noise or (not line.content and self.loose):
                continue
            if not line.content:
                return False
            label = label_at_start(self.text, line)
            if label is not None:
                return label.field in ASIDES or merged(label.field) not in self.spans
        return False


def _is_unfinished(value: str) -> bool:
    return value.endswith((";", ",", "<", "("))


def _is_recipients(content: str) -> bool:
    if content.endswith(";"):
        return True
    return "@" in content and (any(mark in content for mark in "<;[") or len(content.split()) <= 6)


def _is_file_list(content: str) -> bool:
    return (len(content) < 200 and content.endswith((";", ")"))) or _FILE_NAME.search(content[-12:]) is not None
