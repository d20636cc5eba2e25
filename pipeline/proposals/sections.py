"""The sections of a budget proposal: its form names them freely, so a line that stands as a heading is taken as one.

Sub-headings ("1.1 Løsning") are sections of their own, in printed order; a section never lies inside another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from corpus.model import Section
from pipeline.headings import (
    Candidate,
    TextLine,
    best_chain,
    fold,
    heading_score,
    holds_figures,
    is_contents_line,
    is_row,
    known_headings,
    numbered_headings,
    plain_heading,
    sections_at,
    text_lines,
)

LONGEST_STANDALONE = 60
SHORTEST_PROSE = 40
LONG_PROSE = 60
FEWEST_STANDALONE = 2

_LETTERED = re.compile(r"(?P<letter>[A-L])[.):][ \t]+(?P<title>\S.*)")
_ROMAN = re.compile(r"(?P<roman>[IVX]{1,4})[.):]?[ \t]+(?P<title>\S.*)")
_ROMANS = {roman: n for n, roman in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), 1)}
_SUB = re.compile(r"(?P<top>\d{1,2})\.(?P<number>\d{1,2})\.?[ \t]+(?P<title>\S.*)")
_CAPTION = re.compile(r"(?:tabel|figur|note|kilde|side|bilag|diagram|kort|boks)\b\.? ?\d", re.IGNORECASE)
_LETTERHEAD = re.compile(r"\bkommune$|^(?:kommune|region)\b|@|www\.", re.IGNORECASE)
_TABLE_TOP = re.compile(r"(?<!\d)20\d\d(?!\d)|beløb|\bpris(?:er)?\b|\bpl\b|årsværk", re.IGNORECASE)
_CLOSED = (".", "?", "!", ")", ":", '"', "”")


def proposal_sections(text: str, start: int, barred: Collection[int] = ()) -> list[Section]:
    """The sections of a proposal's text from ``start`` on; lines that begin at a ``barred`` offset head none.

    Numbered headings if they make a chain, else lettered ones ("A. Baggrund"), else known, marked
    and stand-alone lines.
    """
    lines = text_lines(text, start)
    free = [line for line in lines if line.start not in barred]
    chains = (_believed(lines, numbered_headings(free)), *(chain(free) for chain in (lettered, roman, sub_numbered)))
    headings = next((chain for chain in chains if chain), None) or free_headings(text, lines, barred)
    return sections_at(headings, len(text))


def _believed(lines: Sequence[TextLine], chain: list[tuple[TextLine, str]]) -> list[tuple[TextLine, str]]:
    """A chain without any known heading whose lines follow each other at once is a list of short items."""
    if any(fold(heading) in known_headings() for _, heading in chain):
        return chain
    heads = {line.start for line, _ in chain}
    followed = sum(a.start in heads and b.start not in heads for a, b in pairwise(lines))
    return chain if followed * 2 > len(chain) else []


def lettered(lines: Sequence[TextLine]) -> list[tuple[TextLine, str]]:
    """ "A. Baggrund", "B. Konsekvenser" … from A on, at least two."""
    return _chained(lines, [(i, ord(m["letter"]) - 64, m["title"]) for i, m in _matches(_LETTERED, lines)])


def roman(lines: Sequence[TextLine]) -> list[tuple[TextLine, str]]:
    """ "I. Baggrund", "II. Virkning" … from I on, at least two."""
    found = ((i, _ROMANS.get(m["roman"], 0), m["title"]) for i, m in _matches(_ROMAN, lines))
    return _chained(lines, [entry for entry in found if entry[1]])


def sub_numbered(lines: Sequence[TextLine]) -> list[tuple[TextLine, str]]:
    """ "1.1 Baggrund", "1.2 Forslag" … under one number that is not printed itself, at least two."""
    found = list(_matches(_SUB, lines))
    tops = Counter(match["top"] for _, match in found)
    top = max(tops, key=lambda number: tops[number], default="")
    return _chained(lines, [(i, int(m["number"]), m["title"]) for i, m in found if m["top"] == top])


def _matches(pattern: re.Pattern[str], lines: Sequence[TextLine]) -> Iterable[tuple[int, re.Match[str]]]:
    for index, line in enumerate(lines):
        match = pattern.fullmatch(line.plain)
        if match:
            yield index, match


def _chained(lines: Sequence[TextLine], found: Sequence[tuple[int, int, str]]) -> list[tuple[TextLine, str]]:
    titles = {index: title for index, _, title in found}
    chain = best_chain(
        (Candidate(index, number, heading_score(lines, index, title, True)) for index, number, title in found),
        from_one=True,
    )
    return _believed(lines, [(lines[c.index], titles[c.index]) for c in chain]) if len(chain) >= 2 else []


# --- headings without a number --------------------------------------------------------------------------------


def free_headings(text: str, lines: Sequence[TextLine], barred: Collection[int]) -> list[tuple[TextLine, str]]:
    """Known and marked headings, and lines that stand alone over prose: two of these, or one beside a known one."""
    said = {line.start: heading for line in lines if line.start not in barred and (heading := plain_heading(line))}
    printed = Counter(line.plain for line in lines)
    colons = any(line.start in said and line.plain.endswith(":") for line in lines)
    alone = {
        line.start
        for at, line in enumerate(lines)
        if line.start not in said
        and line.start not in barred
        and printed[line.plain] == 1
        and _could_head(text, line, colons)
        and _stands_apart(lines, at, said)
    }
    if not said and len(alone) < FEWEST_STANDALONE:
        alone = set()
    return [
        (line, said.get(line.start, line.plain.rstrip(" :")))
        for line in lines
        if line.start in said or line.start in alone
    ]


def _could_head(text: str, line: TextLine, colons: bool) -> bool:
    """Short, begins with a capital, no sentence, row, caption, item of a list, name or address.

    A colon at its end is allowed after a blank line where known headings end with one too.
    """
    plain = line.plain.rstrip(" :") if colons and line.blank_before else line.plain
    words = plain.split()
    return (
        3 <= len(plain) <= LONGEST_STANDALONE
        and plain[:1].isupper()
        and (plain[-1].isalpha() or plain[-1] in "?)")
        and text[line.start : line.end].lstrip(" \t>")[:1].isalpha()
        and ":" not in plain
        and not (holds_figures(plain) or is_contents_line(plain))
        and (plain.endswith("?") or not any(map(str.isdigit, plain)))
        and not _CAPTION.match(plain)
        and not _LETTERHEAD.search(plain)
        and not (len(words) > 1 and not plain.isupper() and all(word[0].isupper() for word in words))
    )


def _stands_apart(lines: Sequence[TextLine], at: int, said: Collection[int]) -> bool:
    """Over a paragraph of prose, and after a blank line, the end of a sentence, a heading or a table."""
    if at + 1 >= len(lines) or lines[at + 1].start in said:
        return False
    line, following = lines[at], lines[at + 1].plain
    if not _is_prose(following, SHORTEST_PROSE):
        return False
    if at == 0 or line.blank_before or lines[at - 1].start in said:
        return True
    before = lines[at - 1].plain
    return before.endswith(_CLOSED[:3]) or (
        (before.endswith(_CLOSED) or is_row(before) or _TABLE_TOP.search(before) is not None)
        and (line.plain.endswith("?") or _is_prose(following, LONG_PROSE))
    )


def _is_prose(plain: str, shortest: int) -> bool:
    """A sentence, or the first printed line of one."""
    if plain[:1].islower() or "|" in plain or is_row(plain) or is_contents_line(plain):
        return False
    return len(plain) >= shortest or (plain.endswith((".", "!")) and len(plain.split()) >= 3)
