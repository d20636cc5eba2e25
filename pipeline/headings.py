"""Printed lines, and which of them are headings: by number in a rising chain, by mark-up, or by a known word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from corpus.model import Section
from pipeline.lexicon import rows

LONGEST_HEADING = 110
SHORT = 100_000
"""Characters of a text whose lines are remembered."""
MAX_GAP = 5
"""A chain of numbers may miss this many (closed items are left out of what is handed out)."""
IN_ORDER = 1.5
"""What a number gains by following the one before it."""

_MARKUP = re.compile(r"^[ \t>]*(?:#{1,6}(?=[ \t])|[-*+](?=[ \t]))?[ \t]*")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<dot>[.):]?)[ \t]+(?P<title>\S.*)")
_LEADERS = re.compile(r"(?:\.\.\.|\. \. \.|…|___)[ ._]{0,3}\d{0,4}$")
_FIGURE = re.compile(r"[-−–(]?\d[\d.,]*\)?")
_MONEY = re.compile(r"\b(?:kr|tkr|mio|mia|pct)\b", re.IGNORECASE)
_RULE = re.compile(r"[-*_=\s]{3,}")
_RULED = frozenset("-*_=")
_BEFORE = frozenset("\t >#-*+")
"""What a line with mark-up begins with."""
_BOLD = ("**", "__")
_ITALIC = ("*", "_")


class TextLine(msgspec.Struct, frozen=True, gc=False):
    """A line: ``text[start:end]`` without its line break; ``plain`` is it without mark-up and outer blanks."""

    start: int
    end: int
    plain: str
    marked: bool
    blank_before: bool
    indent: int


def text_lines(text: str, start: int = 0, end: int | None = None) -> list[TextLine]:
    """The lines of ``text[start:end]`` that hold anything but blanks and rules; offsets count from the text's start."""
    if start == 0 and end is None and len(text) <= SHORT:
        return list(_lines_of(text))
    return _lines_between(text, start, len(text) if end is None else end)


@lru_cache(maxsize=4)
def _lines_of(text: str) -> list[TextLine]:
    """All lines of a short text, which several steps ask for one after another."""
    return _lines_between(text, 0, len(text))


def _lines_between(text: str, start: int, end: int) -> list[TextLine]:
    found: list[TextLine] = []
    blank = True
    position = start
    for raw in text[start:end].split("\n"):
        stripped = raw.strip()
        if not stripped or (stripped[0] in _RULED and _RULE.fullmatch(stripped)):
            blank = True
        else:
            found.append(_text_line(raw, position, blank))
            blank = False
        position += len(raw) + 1
    return found


def _text_line(raw: str, start: int, blank: bool) -> TextLine:
    markup = _MARKUP.match(raw) if raw[0] in _BEFORE else None
    body = raw[markup.end() :] if markup else raw
    hashed = markup is not None and "#" in markup[0]
    bare = body
    if "*" in body or "_" in body or "\\" in body:
        bare = body.replace("**", "").replace("__", "").replace("\\", "")
    bold = bare is not body and body.startswith(_BOLD) and body.rstrip().rstrip(":").endswith(_BOLD)
    indent = len(raw) - len(raw.lstrip())
    spaced = "  " in bare or not bare.isprintable()  # of all blanks only " " is printable
    plain = " ".join(bare.split()) if spaced else bare.strip(" ")
    if plain[:1] in _ITALIC and plain[-1:] == plain[0] and len(plain) > 2 and plain[1] != " ":
        plain = plain[1:-1]
    return TextLine(start, start + len(raw), plain, hashed or bold, blank, indent)


def fold(text: str) -> str:
    """The form in which headings and labels are compared: lower case, one blank, no ending colon or stop."""
    return " ".join(text.casefold().split()).rstrip(" :.")


@cache
def known_headings() -> frozenset[str]:
    """The headings that Danish case papers use without a number."""
    return frozenset(row["heading"] for row in rows("section_headings"))


# --- chains of numbers ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be heading ``number`` of a chain; the higher the score, the more it looks like one."""

    index: int
    number: int
    score: float


def best_chain(candidates: Iterable[Candidate], *, from_one: bool) -> list[Candidate]:
    """The rising chain with the highest sum of scores: 1, 2, 3 … with at most ``MAX_GAP`` numbers missing at a time.

    Inner lists start at 1 again, and tables of contents score low, so neither gets into the chain.
    """
    best: dict[int, tuple[float, tuple[Candidate, object] | None]] = {}
    top: tuple[float, tuple[Candidate, object] | None] = (0.0, None)
    for candidate in candidates:
        start = IN_ORDER if candidate.number == 1 else -2.0 * (candidate.number - 1) if from_one else 0.0
        choices = [(start, None)]
        for gap in range(1, MAX_GAP + 2):
            before = best.get(candidate.number - gap)
            if before is not None:
                choices.append((before[0] + (IN_ORDER if gap == 1 else 1 - gap), before[1]))  # type: ignore[arg-type]
        score, chain = max(choices, key=lambda choice: choice[0])
        link = (score + candidate.score, (candidate, chain))
        if link[0] >= best.get(candidate.number, (float("-inf"), None))[0]:
            best[candidate.number] = link
        if link[0] >= top[0]:
            top = link
    return _unwound(top[1])


def _unwound(link: object) -> list[Candidate]:
    chain: list[Candidate] = []
    while isinstance(link, tuple):
        candidate, link = link
        chain.append(candidate)
    return chain[::-1]


# --- sections -------------------------------------------------------------------------------------------------


def sections(text: str, start: int = 0, end: int | None = None) -> list[Section]:
    """The headed stretches of ``text[start:end]``: the numbered ones if they make a chain, else known or marked ones.

    Each begins at its heading's first character and ends where the next begins, the last at ``end``.
    """
    end = len(text) if end is None else end
    lines = text_lines(text, start, end)
    return sections_at(numbered_headings(lines) or plain_headings(lines), end)


def sections_at(headings: Sequence[tuple[TextLine, str]], end: int) -> list[Section]:
    """The sections that begin at these headings."""
    starts = [line.start + line.indent for line, _ in headings]
    stops = [*starts[1:], end][: len(starts)]
    return [
        Section(heading=heading, start=begin, end=stop)
        for (_, heading), begin, stop in zip(headings, starts, stops, strict=True)
    ]


def numbered_headings(lines: Sequence[TextLine]) -> list[tuple[TextLine, str]]:
    """Lines like "2. Status" and "2.1 Formål" in rising order; at least two, or one known or with two below it."""
    parsed = [(i, _NUMBERED.fullmatch(line.plain)) for i, line in enumerate(lines)]
    top: list[Candidate] = []
    for i, match in parsed:
        if match and "." not in match["number"]:
            top.append(Candidate(i, int(match["number"]), heading_score(lines, i, match["title"], bool(match["dot"]))))
    chain = best_chain(top, from_one=True)
    if not chain:
        return []
    taken = {candidate.index: candidate.number for candidate in chain}
    found: list[tuple[TextLine, str]] = []
    current = 0
    for i, match in parsed:
        if match is None:
            continue
        if i in taken:
            current = taken[i]
            found.append((lines[i], match["title"]))
        elif match["number"].startswith(f"{current}.") and heading_score(lines, i, match["title"], True) > 0:
            found.append((lines[i], match["title"]))
    alone = len(chain) == 1 and len(found) < 3 and fold(_title(lines[chain[0].index])) not in known_headings()
    return [] if alone else found


def heading_score(lines: Sequence[TextLine], index: int, title: str, dotted: bool) -> float:
    """How much a numbered line looks like a heading rather than an item of a list, a sentence or a row of figures."""
    line = lines[index]
    score = 0.5 if dotted else -0.5
    if fold(title) in known_headings():
        score += 4
    score += 1.5 if line.blank_before else 0
    score += 2 if line.marked else 0
    score += 1 if len(title) <= 60 else 0
    score -= 4 if title.endswith((".", ";", ",")) and not title.endswith(("mv.", "m.v.", "m.m.")) else 0
    score -= 4 if not (title[0].isupper() or title[0].isdigit()) else 0
    score -= 4 if len(title) > LONGEST_HEADING or is_contents_line(title) or holds_figures(title) else 0
    score -= 4 if "|" in line.plain else 0
    return score - _goes_on(lines, index)


def _goes_on(lines: Sequence[TextLine], index: int) -> float:
    """A penalty when the line runs on below it (a wrapped sentence), or the next number follows at once (a list)."""
    if index + 1 >= len(lines) or lines[index + 1].blank_before:
        return 0
    following = lines[index + 1].plain
    if following[:1].islower():
        return 3 if len(lines[index].plain) > 60 else 1.5
    return 1.5 if _NUMBERED.fullmatch(following) else 0


def plain_headings(lines: Sequence[TextLine]) -> list[tuple[TextLine, str]]:
    """Lines that are a known heading, run in before their text or alone, or marked as a heading in Markdown."""
    return [(line, heading) for line in lines if (heading := plain_heading(line))]


def plain_heading(line: TextLine) -> str | None:
    """The heading that a line is by a known word or by mark-up, None for any other line."""
    if len(line.plain) > LONGEST_HEADING and ":" not in line.plain[:LONGEST_HEADING]:
        return None
    head, colon, rest = line.plain.partition(":")
    if fold(line.plain) in known_headings() or (line.marked and _is_heading_text(line.plain)):
        return line.plain.rstrip(" :")
    return head if colon and rest and fold(head) in known_headings() and not is_row(line.plain) else None


def _is_heading_text(plain: str) -> bool:
    return len(plain) <= LONGEST_HEADING and any(map(str.isalpha, plain)) and not plain.endswith((".", ",", ";"))


def _title(line: TextLine) -> str:
    match = _NUMBERED.fullmatch(line.plain)
    return match["title"] if match else line.plain


def is_contents_line(plain: str) -> bool:
    """A line of a table of contents: leaders and a page number."""
    return _LEADERS.search(plain[-40:]) is not None


def holds_figures(plain: str) -> bool:
    """A row of a table, or a line about money: it ends in two figures, or names a unit of money."""
    return is_row(plain) or _MONEY.search(plain[:LONGEST_HEADING]) is not None


def is_row(plain: str) -> bool:
    tail = plain[-80:].split()[-2:]
    return "|" in plain or (len(tail) == 2 and all(map(_FIGURE.fullmatch, tail)))


_NAME_ENDS = re.compile(r"[^\W\d_]-(?:,|\s+(?:og|samt))?$")
_NAME_GOES_ON = re.compile(
    r"(?:(?:og|samt)\s+)?(?:[^\W\d_]+-(?:,|\s+(?:og|samt))\s+)?"
    r"[^\W\d_]*(?:udvalg|råd|nævn|bestyrelse|kommission|forvaltning)(?:et|en|s|ets|ens)?(?!\w)",
    re.IGNORECASE,
)


_DAY_CUT = re.compile(r"(?<!\w)(?:den|d\.) \d{1,2}\.$")
_MONTH_FIRST = re.compile(r"[a-zæøå]{3,9}\.? (?:19|20)\d\d$")


def whole_names(lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines, those joined over which the name of a body is printed: "Referat Sundheds-", "og Ældreudvalget"."""
    found: list[TextLine] = []
    for line in lines:
        above = found[-1] if found else None
        if above is None or not _may_go_on(above.plain) or not _NAME_GOES_ON.match(line.plain):
            found.append(line)
            continue
        word = line.plain[:1].islower() and not line.plain.lower().startswith(("og ", "samt "))
        upper = above.plain[:-1] if word and above.plain.endswith("-") else f"{above.plain} "
        found[-1] = msgspec.structs.replace(above, end=line.end, plain=upper + line.plain)
    return found


def _may_go_on(plain: str) -> bool:
    return plain.endswith(("-", ",", " og", " samt")) and _NAME_ENDS.search(plain) is not None


def whole_head(lines: Sequence[TextLine], at: int) -> str:
    """A line, with the one above it that ends in a dash ("Teknisk Udvalg –", "referat, mandag den 5. maj 2025").

    A day that ends it ("mandag den 5.") goes on below.
    """
    plain = lines[at].plain
    above = lines[at - 1].plain if at and plain[:1].islower() else ""
    below = lines[at + 1].plain if plain[-1:] == "." and at + 1 < len(lines) and _DAY_CUT.search(plain) else ""
    whole = f"{above} {plain}" if above.endswith((" –", " -", " —")) else plain
    return f"{whole} {below}" if below and _MONTH_FIRST.match(below) else whole
