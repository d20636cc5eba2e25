"""The head of a letter that prints no greeting: whom it is to, in lines of their own, and its day beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.facts.persons.names import given_names
from pipeline.headings import TextLine
from pipeline.note_heads import CLOSING, is_day_line

_HEAD_LINES = 20
_NEAR = 6
"""Lines between the day and whom the letter is to: an address, a case number, who may be asked."""
_DATED = re.compile(r"(?:brev)?dato ?: ?", re.IGNORECASE)
_NAME = re.compile(r"(?:[^\W\d_][\w.'-]*\s){1,4}[^\W\d_][\w.'-]*")
_ATTENTION = re.compile(r"att\.? ?:? ?\S.{2,60}", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:kommune|region|forvaltning\w*|sekretariat\w*|afdeling\w*|center\w*|notat|referat|af|fra|ved)\b", re.I
)


def day_of_letter(text: str, lines: Sequence[TextLine]) -> TextLine | None:
    """The line of the day that stands right below or above whom a paper is to; None where there is none, or several.

    Whose name ``text`` prints again signs it, and is not whom it is to.
    """
    head = [line for line in lines[:_HEAD_LINES] if not CLOSING.match(line.plain)]
    days = [at for at, line in enumerate(head) if is_day_line(_undated(line.plain))]
    if len(days) != 1:
        return None
    at = days[0]
    above, below = head[max(0, at - _NEAR) : at], head[at + 1 : at + 1 + _NEAR]
    near = (_until_sentence(above[::-1]), _until_sentence(below))
    return head[at] if any(_is_address(text, side) for side in near) else None


def _undated(plain: str) -> str:
    """ "Dato: 7. marts 2022" without the label."""
    return _DATED.sub("", plain) if ":" in plain else plain


def _until_sentence(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines up to one of the text: a sentence or a long line."""
    found = list[TextLine]()
    for line in lines:
        if len(line.plain) > 60 or (line.plain.endswith((".", "?", "!")) and len(line.plain.split()) > 3):
            break
        found.append(line)
    return found


def _is_address(text: str, lines: Sequence[TextLine]) -> bool:
    """Whether a person by name and another line of an address stand there, or "Att." and a name."""
    if any(_ATTENTION.fullmatch(line.plain) for line in lines):
        return True
    names = [at for at, line in enumerate(lines) if _names_person(line.plain) and text.count(line.plain) == 1]
    others = [line for at, line in enumerate(lines) if at not in names and ":" not in line.plain]
    beside = [line for line in others if not _NO_NAME.search(line.plain) and not is_day_line(line.plain)]
    return bool(names) and bool(beside)


def _names_person(plain: str) -> bool:
    """ "Bo Friis", "Journalist Ida Holm": a given name among the first two words, and capitals."""
    words = plain.split()
    if not _NAME.fullmatch(plain) or _NO_NAME.search(plain) or not all(word[:1].isupper() for word in words):
        return False
    return any(word.lower() in given_names() for word in words[: min(2, len(words) - 1)])
