"""Subjects: where they go on in the next line, and what stands before them when somebody answers or forwards."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from pipeline.mail.labelled import is_greeting, label_at_start
from pipeline.mail.lines import Line, next_inked

FULL_LINE = 62
"""A line that would be longer than this with the next line's first word was wrapped by a program."""
TORN_LINE = 45
"""At a page break a shorter line is enough where small letters follow: printers set narrower lines."""
HALF_LINE = 30
"""A shorter line is not wrapped, even right above a greeting."""
MOST_SUBJECT_LINES = 3
OLDER_MAIL = 150
"""So many lines further down the same subject is looked for, as the mail answered prints it."""
_FOLDED = re.compile(r"\t| {2}")
_SENTENCE_END = re.compile(r"[^\W\d_]{2}[.!?:]$")


def wraps(text: str, lines: Sequence[Line], first: int, number: int, *, torn: bool, run_on: bool) -> bool:
    """Does the subject of the header that begins in line ``first`` go on in line ``number``?

    It does behind an indent, after a page break, or below a line as long as the paper is wide. Below a shorter one
    it does where the words between it and the greeting can be nothing else, and where an older mail further down has
    the whole subject. Several lines run on as long as each is full; a blank line or a label ends them. Text that
    begins right below a short subject is the body.
    """
    line = lines[number]
    above = next((each for each in reversed(lines[first:number]) if not each.blank), line)
    if is_greeting(line.content) or line.depth != above.depth:
        return False
    if torn and line.content[0].islower():
        return len(above.content) >= TORN_LINE
    if not run_on and _FOLDED.match(text, line.start) and not text[above.start].isspace():
        return True
    run = _run_from(lines, number)
    if not run or _SENTENCE_END.search(run[-1].content):
        return False
    full = [above, *run[:-1]]
    short = all(len(each.content) <= 2 * FULL_LINE for each in run)
    words = [each.content.split()[0] for each in run]
    if short and all(len(each.content) + 1 + len(word) > FULL_LINE for each, word in zip(full, words, strict=True)):
        return True
    if len(run) > 1:
        return False
    half = len(above.content) >= HALF_LINE
    return (half and _before_greeting(lines, number)) or _is_whole(text, lines, above, number)


def _run_from(lines: Sequence[Line], number: int) -> Sequence[Line]:
    """The lines from ``number`` on until a blank one; none where they are more than a subject has."""
    run = lines[number : number + MOST_SUBJECT_LINES + 1]
    end = next((at for at, each in enumerate(run) if each.blank), len(run))
    return run[:end] if end <= MOST_SUBJECT_LINES else []


def _before_greeting(lines: Sequence[Line], number: int) -> bool:
    """A line alone above the greeting, where no body begins; a stamp in capitals may stand there too."""
    below = next_inked(lines, number, 2)
    content = lines[number].content
    ordinary = not content.isupper() and len(content) < FULL_LINE and content[0].isalnum()
    return ordinary and below is not None and below > number + 1 and is_greeting(lines[below].content)


def _is_whole(text: str, lines: Sequence[Line], above: Line, number: int) -> bool:
    """True when a header further down has both lines as one subject."""
    label = label_at_start(text, above)
    half = text[label.value : above.end] if label else above.content
    whole = bare_subject(f"{half} {lines[number].content}").casefold()
    for line in lines[number + 1 : number + OLDER_MAIL]:
        found = label_at_start(text, line)
        if found is not None and found.field in ("subject", "title"):
            return whole == bare_subject(text[found.value : line.end]).casefold()
    return False


def bare_subject(subject: str) -> str:
    """The subject without "SV:", "VS: SV:" and the like, blanks made single."""
    return " ".join(subject[_prefix(subject) :].split())


def is_answer(subject: str) -> bool:
    """True for "SV: …", "VS: …": only mails have such subjects."""
    return _prefix(subject) > 0


def _prefix(subject: str) -> int:
    found = _prefixes().match(subject)
    return found.end() if found else 0


@cache
def _prefixes() -> re.Pattern[str]:
    table = tomllib.loads(resources.files("pipeline.lexicon").joinpath("mail_subjects.toml").read_text("utf-8"))
    words = "|".join(map(re.escape, sorted(table["prefixes"], key=len, reverse=True)))
    return re.compile(rf"\s*(?:(?:{words})(?:[\[(^]\d{{1,3}}[\])]?)?\s?:\s*)+", re.IGNORECASE)
