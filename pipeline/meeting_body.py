"""Whose meeting minutes or an agenda are of: the one political body that the paper's head names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Committee
from pipeline.context import Context
from pipeline.facts import committees
from pipeline.facts.resolutions.words import listed
from pipeline.headings import TextLine
from pipeline.language import Prose
from pipeline.note_heads import TELLS_OF_BEFORE

_HEAD = 6_000

BODY_NAME = re.compile(
    r"udvalg|byråd|kommunalbestyrelse|borgerrepræsentation|regionsråd|(?:\w(?<!om)råd|\w(?:nævn|bestyrelse))(?:et|en)?\b"
    r"|\wkommissionens?\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-ZÆØÅ&]{2,6}\b")
MEETING_DATE = re.compile(r"mødedato|møde(?:t|s)?\b|dato|dag den|kl\.|referat|dagsorden|protokol", re.IGNORECASE)
_ITS_MEETING = re.compile(
    r"(?P<body>udvalg|nævn|byråd|menighedsråd|regionsråd|kommunalbestyrelse|borgerrepræsentation)s(?=møde)", re.I
)
_DEFINITE = {"kommunalbestyrelse": "n", "borgerrepræsentation": "en"}
_PRIVATE = re.compile(
    r"\b(?:afdelings|repræsentantskabs|bestyrelses|generalforsamlings)[a-zæøå]*(?:råds?)?møde"
    r"|\b(?:grundejer|bolig|andelsbolig)forening|\bgeneralforsamling",
    re.IGNORECASE,
)
"""In the first lines of the minutes of an association."""
_PARISH = re.compile(r"\bmenighedsråd", re.IGNORECASE)
_BOARD_HEAD = re.compile(
    r"(?:(?:møde)?referat|beslutningsreferat|protokol|dagsorden)?\W*(?:(?:af|fra|for|til)\s+)?(?:møde\s+i\s+)?"
    r"(?P<who>[a-zæøå]{3,20}bestyrelse)(?:n(?!\w)|s?møde)",
    re.IGNORECASE,
)
_TOP_LINES = 4
_ITEM = re.compile(r"(?:punkt|pkt\.?|sag)?\s*\d{1,3}(?:\.|\)|:|\s[-–])?\s+[A-ZÆØÅ]", re.IGNORECASE)
_SENTENCE = re.compile(r"[A-ZÆØÅ][^:]*?\s[a-zæøå]+(?:er|ede|te|es|et|år)\s[^:]*\.")
"""A line of running text, which names a body without being its paper: "Ida Holm går ud af Skoleudvalget."."""
_UNKNOWN_BODY = re.compile(r"[A-ZÆØÅ][\w-]{3,30}udvalget\b")


def meeting_body(text: str, title: str | None, lines: Sequence[TextLine]) -> str | None:
    """The body that the title names, else the first line that names one; None where a line names two.

    "Referat af møde i BSU" names one by the short form that the first page spells out.
    """
    if any(_PRIVATE.search(line.plain) for line in lines[:_TOP_LINES]):
        return None
    if any(_PARISH.search(line.plain) for line in lines[:_TOP_LINES]):
        return _parish(lines)  # what its own committees are called is not who meets
    board = _board(title, lines)
    if board and not _at_the_top(lines):
        return board
    short = _short_forms(text[:_HEAD])
    for plain in (title or "", *(line.plain for line in lines if not line.plain.endswith(":"))):
        names = {short[word] for word in _CAPITALS.findall(plain) if word in short and MEETING_DATE.search(plain)}
        told = plain != title and not MEETING_DATE.search(plain) and _SENTENCE.fullmatch(plain)
        if not names and (told or TELLS_OF_BEFORE.match(plain)):
            continue  # "Økonomiudvalget besluttede på mødet den 3. maj …": an earlier meeting
        if not names and BODY_NAME.search(plain):
            found = committees.find(Prose(_meeting_of(plain)), Context())[0]
            own = plain == title or MEETING_DATE.search(plain)  # a board's own paper, and not one that it answers
            named = [body for body in found if isinstance(body, Committee) and (own or body.level != "board")]
            names = {body.name for body in named if body.name}
            if not found and plain == title and _UNKNOWN_BODY.match(plain):
                return None
        if names:
            return names.pop() if len(names) == 1 else None
    return None


def _parish(lines: Sequence[TextLine]) -> str | None:
    """Menighedsrådet, where the first lines name no other body."""
    names = _at_the_top(lines)
    return names.pop() if len(names) == 1 else None


def _at_the_top(lines: Sequence[TextLine]) -> set[str | None]:
    """The bodies that the first lines name, by themselves or by their meeting; no item and no running text."""
    top = [line.plain for line in lines[:_TOP_LINES] if not _ITEM.match(line.plain)]
    named = "\n".join(
        _meeting_of(plain) for plain in top if MEETING_DATE.search(plain) or not _SENTENCE.fullmatch(plain)
    )
    found = committees.find(Prose(named), Context())[0]
    return {body.name for body in found if isinstance(body, Committee)}


def _board(title: str | None, lines: Sequence[TextLine]) -> str | None:
    """A school's or a day-care's board, in a heading among the first lines: "Skolebestyrelsen, Vestre Skole"."""
    for plain in (title or "", *(line.plain for line in lines[:_TOP_LINES])):
        match = None if _SENTENCE.fullmatch(plain) else _BOARD_HEAD.match(plain)
        who = f"{match['who'].lower()}n" if match else ""
        if who in listed("actor-named"):
            return who.capitalize()
    return None


def _meeting_of(plain: str) -> str:
    """ "Provstiudvalgsmøde den 3. maj" as "Provstiudvalget møde den 3. maj": the body whose meeting it is."""
    return _ITS_MEETING.sub(lambda said: f"{said['body']}{_DEFINITE.get(said['body'].lower(), 'et')} ", plain)


def _short_forms(text: str) -> dict[str, str]:
    """Short form -> name, of the bodies a text spells out with it: "Børne- og Skoleudvalget (BSU)"."""
    found = committees.find(Prose(text), Context())[0]
    named = [body for body in found if isinstance(body, Committee)]
    told = [(body.abbreviation, body.name) for body in named if body.abbreviation and body.name]
    return {short: name for short, name in told if name != short}
