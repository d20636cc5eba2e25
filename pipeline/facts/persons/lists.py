"""People behind a label: "Deltagere: …", "Afbud: …", "Sagsbehandler: …", and "Fra:", "Til:" without a whole header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from pipeline.facts.persons.names import Named, Span, is_full_name, is_given, is_person, names_in
from pipeline.language import Prose
from pipeline.lexicon import rows
from pipeline.mail.addresses import display_name, parse_recipients
from pipeline.mail.labels import Field, field_of
from pipeline.mail.signatures import is_title

LONGEST_LABEL = 48
LONGEST_PARTY = 5
LONGEST_LINE = 160
LONGEST_LIST = 3_000
MOST_LINES = 40
LONGEST_ROW = 90
FULL_LINE = 50
"""A line that is shorter than this was not wrapped."""
_MARKS = " \t\xa0*_#|>-–•\\"
_APART = re.compile(r"[\n\t|]| {2,}|\xa0{2,}|[.;] ")
_CONTINUED = re.compile(
    r"[ \t>]*[^\W\d_a-zæøå][\w'’\-]+(?:[ \t]+[^\W\d_a-zæøå][\w'’\-]+){0,2}[ \t]*[,;(.]?(?:[ \t]|\n|$)"
)
_BESIDE_NAME = re.compile(r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:[,–-]\s*(?:\d\.\s*)?(?:[^\W\d_]++[ -]?){1,4})?[,;]?\s*")
"""What may stand behind the last name of a row: a party in brackets, a title behind a comma."""
_OPENINGS = ("deltagere ", "fraværende ", "til stede ", "afbud ", "medlemmer ", "fra ", "for ", "sagsbehandler ")
_ALONE = frozenset(
    ["deltagere", "fraværende", "afbud", "tilstedeværende", "sagsbehandler", "mødedeltagere", "medlemmer"]
)
_PEOPLE: frozenset[Field] = frozenset(["from", "to", "cc"])
_BESIDE: frozenset[Field] = frozenset(["from", "to", "cc", "bcc", "sent", "date", "subject"])


@cache
def _labels() -> dict[str, bool]:
    """Label in lower case -> whether only a usual first name shows that a person stands behind it."""
    return {row["label"]: bool(row["strict"]) for row in rows("person_labels")}


def from_labels(prose: Prose, labels: Sequence[Span]) -> list[Named]:
    """Who stands behind a label of attendance or of a case, in printed order."""
    found: list[Named] = []
    for start, colon in labels:
        label = prose.text[start:colon]
        if label.endswith(")"):
            speaks = not prose.text[colon + 1 : colon + 2].strip()
            found += [each.moved(start) for each in _speaker(label)] if speaks else []
            continue
        strict, role = _kind_of(label)
        if strict is not None:
            found += _behind(prose.text, colon + 1, role, strict=strict)
    for _, end in prose.places(_ALONE):
        if _stands_alone(prose.text, end):
            found += _behind(prose.text, end, None, strict=False)
        else:
            found += _beside(prose.text, end)
    return found


def labelled(text: str) -> Iterator[Span]:
    """Where each label begins, and its colon: the words before a colon that follow a line's start or a wide gap."""
    colon = text.find(":")
    while colon >= 0:
        if text[colon - 1 : colon].isdigit() or text.startswith("//", colon + 1):  # a time of day, a link
            colon = text.find(":", colon + 1)
            continue
        floor = max(0, colon - LONGEST_LABEL, text.rfind("\n", 0, colon) + 1)
        start = floor
        for cut in _APART.finditer(text, floor, colon):
            start = cut.end()
        if start > floor or floor == 0 or text[floor - 1] == "\n":
            yield start, colon
        colon = text.find(":", colon + 1)


@lru_cache(maxsize=4096)
def _speaker(label: str) -> tuple[Named, ...]:
    """ "Formanden (Bo Berg)", "Bo Berg (A)": who speaks, in minutes that tell what is said. Places within the label."""
    opened = label.find("(")
    title, inner = label[:opened].strip(_MARKS), label[opened + 1 : -1]
    if opened < 0 or not title:
        return ()
    if len(inner) <= LONGEST_PARTY:
        return tuple(each for each in names_in(label, 0, opened) if is_given(each.name) and each.name == title)
    if not is_title(title):
        return ()
    named = names_in(label, opened + 1, len(label) - 1)
    return tuple(msgspec.structs.replace(each, role=title) for each in named)


@lru_cache(maxsize=4096)
def _kind_of(label: str) -> tuple[bool | None, str | None]:
    """How strict the label is, and the title that it gives to who stands behind it."""
    printed = label.strip(_MARKS)
    strict = _strictness(printed.lower().strip(_MARKS + "."))
    return strict, printed if strict is not None and is_title(printed) else None


def _strictness(printed: str) -> bool | None:
    """None for what is no label of people; else whether a usual first name is asked for."""
    strict = _labels().get(printed)
    if strict is not None:
        return strict
    if printed.startswith(_OPENINGS) and printed.count(" ") <= 5:
        return True
    return True if printed and printed.count(" ") <= 2 and is_title(printed) else None


def _stands_alone(text: str, end: int) -> bool:
    """The word that ends here is a line of its own, a heading."""
    line = text[text.rfind("\n", 0, end) + 1 : end].strip(_MARKS)
    after = text.find("\n", end)
    return " " not in line and after >= 0 and not text[end:after].strip(_MARKS)


def _beside(text: str, end: int) -> list[Named]:
    """Who stands in the column beside a label without a colon, "Medlemmer Bo Berg (A), borgmester", and below it.

    A PDF prints the two columns as one line; each further line is a name with what belongs to it.
    """
    line, stop = text.rfind("\n", 0, end) + 1, _line_end(text, end)
    label = text[line:end].strip(_MARKS)
    if " " in label or not label[:1].isupper() or label.lower() not in _ALONE - {"sagsbehandler"}:
        return []
    found: list[Named] = []
    start = end
    for _ in range(MOST_LINES):
        named = _row(text, start, stop)
        if not named or not (found or is_given(named[0].name)):
            break
        found += named
        start, stop = stop + 1, _line_end(text, stop + 1)
    return found


def _row(text: str, start: int, stop: int) -> list[Named]:
    """The people of one printed row that holds nothing else: names, parties, titles; no sentence."""
    row = text[start:stop]
    if len(row) > LONGEST_ROW or row.rstrip().endswith((".", ":")):
        return []
    named = names_in(text, start, stop)
    if not named or text[start : named[0].start].strip(_MARKS):
        return []
    rest = text[named[-1].end : stop]
    return named if _BESIDE_NAME.fullmatch(rest) else []


def _behind(text: str, start: int, role: str | None, *, strict: bool) -> list[Named]:
    line_end = _line_end(text, start)
    if text[start:line_end].strip(_MARKS):
        end, wrapped = _list_end(text, start, line_end)
        found = names_in(text, start, end, wrapped=wrapped)
    else:
        found = _below(text, line_end + 1)
    if strict and not all(is_given(named.name) for named in found):
        return []
    if any(not is_given(named.name) for named in found) and not any(is_given(named.name) for named in found):
        found = found if len(found) == 1 else []
    return [msgspec.structs.replace(each, role=role) if role and each.role is None else each for each in found]


def _line_end(text: str, start: int) -> int:
    """Where the line ends, or as much of it as a list may fill."""
    most = start + LONGEST_LIST
    end = text.find("\n", start, most)
    return end if end >= 0 else min(len(text), most)


def _list_end(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where a list that begins in a line ends, and whether it was wrapped: in mid-name or behind a comma."""
    first = start
    for _ in range(MOST_LINES):
        line = text[start:end].rstrip()
        after = _line_end(text, end + 1)
        below = text[end + 1 : after]
        if not below.strip(_MARKS) or ":" in below[:LONGEST_LABEL]:
            break
        goes_on = line.endswith((",", ";", " og")) or (line.endswith("-") and line[-2:-1].isalpha())
        last = line.rpartition(",")[2].split()
        room = len(line) < (FULL_LINE if len(last) != 1 else FULL_LINE // 2)
        torn = "," in text[first:end] and not room and _CONTINUED.match(below) is not None
        if not goes_on and not (torn and "," in below):
            break
        start, end = end + 1, after
    return end, start != first


def _below(text: str, start: int) -> list[Named]:
    """Names one a line, or several, below a label; one blank line may stand between."""
    found: list[Named] = []
    for number in range(MOST_LINES):
        end = _line_end(text, start)
        line = text[start:end]
        if line.strip(_MARKS):
            named = names_in(text, start, end) if len(line) <= LONGEST_LINE else []
            if not named:
                break
            found += named
        elif number or start >= len(text):
            break
        start = end + 1
    return found


def from_fields(text: str, labels: Sequence[Span]) -> list[Named]:
    """Who stands behind "Fra:", "Til:", "Cc:" where another such line is right above or below, or is named in full."""
    lines = list(_field_lines(text, labels))
    found: list[Named] = []
    for number, (field, colon, end) in enumerate(lines):
        if field not in _PEOPLE:
            continue
        beside = any(
            0 <= other < len(lines) and lines[other][0] != field and _is_near(text, lines[number], lines[other])
            for other in (number - 1, number + 1)
        )
        found += _addressed(text, colon + 1, end, beside=beside)
    return found


def _field_lines(text: str, labels: Sequence[Span]) -> Iterator[tuple[Field, int, int]]:
    for start, colon in labels:
        if colon - start > 16 or (start and text[start - 1] not in "\n\t|"):
            continue
        field = field_at(text[start:colon])
        if field in _BESIDE and len(text[start:colon].strip(_MARKS)) > 1:
            yield field, colon, _line_end(text, colon)


@lru_cache(maxsize=4096)
def field_at(label: str) -> Field | None:
    """The field of a mail's header that a label names."""
    return field_of(label)


def _is_near(text: str, one: tuple[Field, int, int], other: tuple[Field, int, int]) -> bool:
    first, second = sorted((one, other), key=lambda line: line[1])
    between = text[first[2] : second[1]]
    return between.count("\n") <= 2 and len(between) <= 2 * LONGEST_LABEL


def _addressed(text: str, start: int, end: int, *, beside: bool) -> Iterator[Named]:
    if end - start > 1000:
        return
    for address in parse_recipients(text[start:end]):
        name = display_name(address.name or "")
        if not (is_person(name) if beside else is_full_name(name) and is_given(name)):
            continue
        at = text.find(name, start, end)
        if at >= 0:
            yield Named(at, at + len(name), name)
            start = at + len(name)
