"""The table of words that mail programs print around messages (``pipeline/lexicon/mail_labels.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

Field = Literal[
    "from",
    "sent",
    "date",
    "to",
    "cc",
    "bcc",
    "subject",
    "title",
    "attachments",
    "received",
    "flag",
    "clock",
    "journal",
    "other",
]


class _Words(msgspec.Struct, frozen=True):
    words: list[str]
    prefixes: list[str] = []


class _Behalf(msgspec.Struct, frozen=True):
    words: list[str]
    behind_address: list[str]


class _Surroundings(msgspec.Struct, frozen=True):
    memos: list[str]
    mail_headings: list[str]
    mail_stems: list[str]
    counted: list[str]
    parties: list[str]


class _Greetings(msgspec.Struct, frozen=True):
    words: list[str]
    inside: list[str]


class _Intro(msgspec.Struct, frozen=True):
    verbs: list[str]
    halves: list[tuple[str, str]]
    announcing: list[str]
    openers: list[str]
    pronouns: list[str]
    entries: list[str]


class _Answers(msgspec.Struct, frozen=True):
    openings: list[str]
    spoken: list[str]
    below: list[str]


class _Stamps(msgspec.Struct, frozen=True):
    parts: list[str]
    openings: list[str]
    stamped: list[str]


class _Footers(msgspec.Struct, frozen=True):
    prefixes: list[str]


class _HalfDays(msgspec.Struct, frozen=True):
    am: list[str]
    pm: list[str]


class _Furniture(msgspec.Struct, frozen=True):
    page: list[str]
    of: list[str]
    messages: list[str]
    hidden: list[str]


class _Table(msgspec.Struct, frozen=True):
    labels: dict[Field, list[str]]
    separators: _Words
    intro: _Intro
    behalf: _Behalf
    redaction: _Words
    greetings: _Greetings
    surroundings: _Surroundings
    answers: _Answers
    stamps: _Stamps
    footers: _Footers
    halfdays: _HalfDays
    furniture: _Furniture
    months: dict[str, list[str]]
    weekdays: dict[str, list[str]]
    zones: dict[str, int]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The table turned round for looking up; every key is casefolded."""

    labels: dict[str, Field]
    """Label to field; see ``field_of``."""
    separators: frozenset[str]
    separator_prefixes: tuple[str, ...]
    verbs: tuple[str, ...]
    halves: tuple[tuple[str, str], ...]
    announcing: tuple[str, ...]
    openers: frozenset[str]
    pronouns: frozenset[str]
    entries: tuple[str, ...]
    behalf: tuple[str, ...]
    behind_address: tuple[str, ...]
    memos: tuple[str, ...]
    mail_headings: tuple[str, ...]
    mail_stems: tuple[str, ...]
    counted: tuple[str, ...]
    parties: frozenset[str]
    redaction: frozenset[str]
    greetings: frozenset[str]
    openings: frozenset[str]
    answers: tuple[str, ...]
    spoken: frozenset[str]
    below: tuple[str, ...]
    stamps: tuple[str, ...]
    stamp_openings: tuple[str, ...]
    stamped: frozenset[str]
    footers: tuple[str, ...]
    halfdays: dict[str, bool]
    page_words: frozenset[str]
    of_words: frozenset[str]
    message_words: frozenset[str]
    hidden: frozenset[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    zones: dict[str, int]


def _table() -> _Table:
    raw = tomllib.loads(resources.files("pipeline.lexicon").joinpath("mail_labels.toml").read_text("utf-8"))
    return msgspec.convert(raw, _Table)


@cache
def vocabulary() -> Vocabulary:
    """The words, read once. Raises msgspec.ValidationError when the table is not in its form."""
    table = _table()
    return Vocabulary(
        labels={word.casefold(): field for field, words in table.labels.items() for word in words},
        separators=frozenset(word.casefold() for word in table.separators.words),
        separator_prefixes=tuple(table.separators.prefixes),
        verbs=tuple(table.intro.verbs),
        halves=tuple(table.intro.halves),
        announcing=tuple(table.intro.announcing),
        openers=frozenset(table.intro.openers),
        pronouns=frozenset(table.intro.pronouns),
        entries=tuple(table.intro.entries),
        behalf=tuple(table.behalf.words),
        behind_address=tuple(table.behalf.behind_address),
        memos=tuple(table.surroundings.memos),
        mail_headings=tuple(table.surroundings.mail_headings),
        mail_stems=tuple(table.surroundings.mail_stems),
        counted=tuple(table.surroundings.counted),
        parties=frozenset(table.surroundings.parties),
        redaction=frozenset(table.redaction.words),
        greetings=frozenset(table.greetings.words + table.greetings.inside),
        openings=frozenset(table.greetings.inside),
        answers=tuple(table.answers.openings),
        spoken=frozenset(table.answers.spoken),
        below=tuple(table.answers.below),
        stamps=tuple(table.stamps.parts),
        stamp_openings=tuple(table.stamps.openings),
        stamped=frozenset(table.stamps.stamped),
        footers=tuple(table.footers.prefixes),
        halfdays={**dict.fromkeys(table.halfdays.am, False), **dict.fromkeys(table.halfdays.pm, True)},
        page_words=frozenset(table.furniture.page),
        of_words=frozenset(table.furniture.of),
        message_words=frozenset(table.furniture.messages),
        hidden=frozenset(table.furniture.hidden),
        months={word: int(number) for number, words in table.months.items() for word in words},
        weekdays={word: int(number) for number, words in table.weekdays.items() for word in words},
        zones=table.zones,
    )


def field_of(printed: str) -> Field | None:
    """The field a printed label stands for: "Fra", "**Cc (kopi)**", "Emne / Subject"; None for any other word."""
    key = " ".join(printed.replace("’", "'").strip(_DECORATION).split()).casefold()
    labels = vocabulary().labels
    if key.endswith(")") and key not in labels:
        key = _PLURAL.sub("", key)
    if key in labels or "/" not in key:
        return labels.get(key)
    fields = {labels.get(each.strip()) for each in key.split("/")}
    return fields.pop() if len(fields) == 1 else None


INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufffc"
"""Marks without ink that mail programs leave behind."""
_DECORATION = " \t\xa0>|#*_`\\•-." + INVISIBLE
_PLURAL = re.compile(r" ?\([^\W\d_]{1,3}\)$")
"""The ending of "Modtager(e)", "Recipient(s)"."""
_BLACKED_OUT = re.compile(r"[█■▓▒▆▇]{2}|(?<!\w)[Xx]{3,}(?!\w)|_{4}|\.{6}|\*{5}")
_LEFT_OUT = re.compile(r"\[\s{0,40}(?:\.{2,}|…|-{1,3}|–|[Xx]+)?\s{0,40}\]")
"""An empty pair of brackets, or one around dots: "[...]", "[ ]"."""
_BRACKETED = re.compile(r"[\[(<{][^\[\](){}<>]{3,60}[\])>}]")
_LETTERS = re.compile(r"[^\W\d_]+")


def is_redacted(value: str) -> bool:
    """True for a value that was blacked out before the paper was handed over: ``████``, ``[undtaget]``, ``XXXXX``."""
    if _BLACKED_OUT.search(value) or _LEFT_OUT.search(value):
        return True
    words = vocabulary().redaction
    return any(not words.isdisjoint(_LETTERS.findall(found.group().casefold())) for found in _BRACKETED.finditer(value))
