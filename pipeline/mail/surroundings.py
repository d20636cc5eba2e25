"""What stands above a block of labels and tells a mail from a memo, a telephone note or a timetable."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.mail.intros import is_separator
from pipeline.mail.labels import Field, field_of, vocabulary
from pipeline.mail.lines import Line

MOST_BLANKS = 3
HEADING_LINES = 2
JOURNAL_LINES = 8
LONGEST_HEADING = 60
_DECORATION = " \t#*_|>-–—=:.\\"


def is_memo(lines: Sequence[Line], first: int) -> bool:
    """ "TELEFONNOTAT", "Notat til sagen": the heading of a paper that somebody wrote for the file."""
    return any(_begins_with(content, vocabulary().memos) for content in _above(lines, first, HEADING_LINES))


def is_told(lines: Sequence[Line], first: int) -> bool:
    """ "Toget:" right above: the labels belong to the sentence of a body."""
    content = lines[first - 1].content if first and not lines[first - 1].noise else ""
    return content.rstrip("*_ ").endswith(":") and not is_separator(content) and _field(content) is None


def is_of_mail(lines: Sequence[Line], first: int, printed: dict[Field, str]) -> bool:
    """ "Mail 2" above it, or a journal's words: "Afsender" below "Sagsnr." and the like."""
    above = _above(lines, first, JOURNAL_LINES)
    if any(_is_mail_heading(content) for content in above[:HEADING_LINES]):
        return True
    if any(_field(content) == "journal" and _names_mail(content) for content in above):
        return True
    party = printed.get("from", "").partition(":")[0].strip(_DECORATION).casefold()
    journaled = "journal" in printed or any(_field(content) == "journal" for content in above)
    return party in vocabulary().parties and journaled


def _is_mail_heading(content: str) -> bool:
    """ "Mail 2", "Udskrift af e-mailkorrespondance" """
    folded = content.strip(_DECORATION).casefold()
    if len(folded) > LONGEST_HEADING or ":" in folded or folded.endswith((",", ";")):
        return False
    stems = vocabulary().mail_stems
    return _begins_with(content, vocabulary().mail_headings) or any(stem in folded for stem in stems)


def _names_mail(content: str) -> bool:
    """ "Dokumenttype: Indgående e-mail" """
    words = content.partition(":")[2].casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words) for word in vocabulary().mail_headings)


def is_title(content: str) -> bool:
    """ "### Mail 2", "Bilag 3", "Meddelelse i Digital Post": a heading of a bundle over one of its mails."""
    bare = content.strip(_DECORATION)
    if not bare or len(bare) > LONGEST_HEADING:
        return False
    counted = _begins_with(content, vocabulary().counted) and any(map(str.isdigit, bare))
    return counted or (content.startswith("#") and _begins_with(content, vocabulary().mail_headings))


def _above(lines: Sequence[Line], first: int, most: int) -> list[str]:
    """The contents above, nearest first, up to a wide gap."""
    found: list[str] = []
    gap = 0
    for number in range(first - 1, max(first - 1 - 4 * most, -1), -1):
        if lines[number].noise:
            continue
        gap = 0 if lines[number].content else gap + 1
        if gap > MOST_BLANKS or len(found) == most:
            break
        if lines[number].content:
            found.append(lines[number].content)
    return found


def _begins_with(content: str, words: tuple[str, ...]) -> bool:
    folded = content.strip(_DECORATION).casefold()
    if len(folded) > LONGEST_HEADING or ":" in folded:
        return False
    return any(folded.startswith(word) and not folded[len(word) : len(word) + 1].isalpha() for word in words)


def _field(content: str) -> Field | None:
    head, colon, _ = content[:LONGEST_HEADING].partition(":")
    return field_of(head) if colon else None
