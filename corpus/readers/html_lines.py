"""The lines of a page's text: where elements only ask for a line end, and how often quoted lines are marked.

The writer puts marks into its text that no page can hold (the parser takes control characters out); here they become
line ends, blanks and "> ".
"""

from __future__ import annotations

import re

LINE = "\x1c"
"""A line ends here, unless one has ended here already."""
PARAGRAPH = "\x1d"
"""A line ends here and a blank one follows, unless there is one already."""
BLANK = "\x1e"
"""A blank that stays."""
QUOTE, END_QUOTE = "\x0e", "\x0f"
GLUE = "\x0b"
"""No line ends between this and the next letter: behind a list's bullet."""
MOST_MARKS = 50
"""Deeper quotes are marked no further: with thousands of levels the marks would outgrow the text."""

_AROUND = re.compile(r" ?([\n\x1c\x1d]) ?")
_MANY = re.compile(r" {2,}")
_RUN = re.compile(r"[\n\x1c\x1d]+")
_OPENED = re.compile(r"([\x0e\x0b])[ \x1c\x1d]+")
_CLOSED = re.compile(r"(?<![ \x1c\x1d])[ \x1c\x1d]+\x0f")
_NOTHING_TO_DO = re.compile(r"[^\n\x0b\x0e\x0f\x1c\x1d ]*(?: [^\n\x0b\x0e\x0f\x1c\x1d ]+)*")


def settle(text: str) -> str:
    """Soft line ends made real: several in a row are one, and blanks around them fall away."""
    if _NOTHING_TO_DO.fullmatch(text):
        return text
    text = _AROUND.sub(r"\1", _MANY.sub(" ", text))
    text = _CLOSED.sub(END_QUOTE, _OPENED.sub(r"\1", text)).replace(GLUE, "")
    return _RUN.sub(_line_ends, text)


def _line_ends(run: re.Match[str]) -> str:
    """Hard breaks count each; a soft end adds one only where none is; a paragraph's end leaves one blank line."""
    hard = run.group().count("\n")
    soft = 2 if PARAGRAPH in run.group() else 1 if LINE in run.group() else 0
    if hard and soft:
        starts_hard = run.group()[0] == "\n"
        hard = hard if starts_hard else hard + 1
    return "\n" * min(max(hard, soft), 3)


def finish(text: str) -> str:
    """The settled text as it is given: quoted lines marked, no blanks at line ends, a line end at the end."""
    text = settle(text).strip("\n ")
    lines = []
    depth = 0
    for line in text.split("\n"):
        opened = depth + line.count(QUOTE)
        marked = opened > depth or END_QUOTE in line
        bare = (
            line.replace(QUOTE, "").replace(END_QUOTE, "").rstrip(" \xa0\x1e") if marked else line.rstrip(" \xa0\x1e")
        )
        level = min(opened if bare.strip() else depth, MOST_MARKS)
        if bare.strip() or not marked:
            lines.append(">" * level + " " + bare if level and bare else ">" * level + bare)
        depth = max(opened - line.count(END_QUOTE), 0)
    text = "\n".join(lines).replace(BLANK, " ").strip("\n")
    return text + "\n" if text.strip() else ""
