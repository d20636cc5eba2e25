"""Numbers of cases as the systems of municipalities, regions and ministries file them.

Some shapes say by themselves that they are a case: a number by KLE, "2020-0012345", "EMN-2021-12345". Others are one
only behind a label: "Sagsnr. 24-012234", "Acadre 23/1882", "sag 21/6602".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Reference
from pipeline.facts.pointers.columns import below
from pipeline.facts.pointers.shapes import ANY_SHAPE, KLE, SUFFIX, UP, WEAK_SHAPE, is_number
from pipeline.facts.pointers.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language import Prose

_OWN_SHAPE = re.compile(  # from the first digit on
    rf"(?:{KLE}|(?:19|20)\d\d-\d{{5,8}}{SUFFIX}|\d\d/\d{{5,6}}(?:-\d{{1,3}})?|1-\d\d-\d{{1,2}}-\d{{1,4}}(?:-\d{{1,4}}){{1,2}}"
    r"|[1-8]\d\d-20\d\d-\d{3,7})(?![\w/]|-\d|[.,]\d|[ ]?%)"
)
_LETTERED_SHAPE = re.compile(
    rf"(?:[{UP}]{{2,6}}-(?:19|20)\d\d-\d{{3,8}}|[{UP}]{{1,3}}20\d\d-\d{{3,7}}"
    rf"|(?:BR|KB|RR|[{UP}]{{1,3}}U)[ ]\d{{1,4}}/(?:19|20)?\d\d)(?![\w/]|-\d|[.,]\d|[ ]?%)"
)
_LABEL = (
    r"(?:(?:sags?|journal|jour|jr|j|dok(?:ument)?|esdh|acadre|e-?doc|sbsys)[-. ]{0,2}"
    r"(?:nr|nummer|numre|id|ident|no)\b\.?"
    r"|sagsident|sagsref(?:erence)?|acadre|e-?doc|sbsys|workzone|getorganized|esdh|journal(?=[.:]))"
)
_FILLING = r"(?:[ ](?:er|som|lyder|har|på|under|sag))?[ \t\u00a0*_|]*[:.#]?[ \t\u00a0*_|(]*(?:\n[ \t]*)?"
_LABELLED = re.compile(
    rf"(?:{_LABEL}{_FILLING}(?P<any>{ANY_SHAPE})"
    r"|(?:sag(?:en|er|erne)?|ref(?:erence)?|j)\b\.?(?:[ ](?:har[ ])?(?:nummer|nr\.?))?[ \t\u00a0*_|:(]*"
    rf"(?P<weak>{WEAK_SHAPE}))"
    r"(?![\w/]|[-.,]\d|[ ]?%)",
    re.IGNORECASE,
)
_CASE_BEFORE = re.compile(r"(?:sag|journal|j\.[ ]?nr|acadre|edoc)[^\n]*\d[^\n]*$", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:faktura|ordre|kontrakt|aftale|konto|bilag|tilbud|kunde|rekvisition|udbud|dok(?:ument)?|tlf|telefon|ean|cvr|cpr"
    r"|varenr|medlem|matr|stednr|projekt|lokalplan|tillæg|postnr|iban|licitation)"
    r"[a-zæøå]*[-. ]{0,2}(?:nr|nummer|id)?\.?[ :]*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:,|,?[ ](?:og|samt|eller)|[ ]?/)[ \n]+|[ ]\((?:tidl\.|tidligere)[ ])"
    rf"(?P<number>{ANY_SHAPE})(?![\w/]|[-.,]\d|[ ]?%)"
)
_IN_PARENTHESES = re.compile(r"\((?P<number>[0-389]\d/(?!19|20)\d{4})\)(?=[ \t]*(?:\n|$))")
_DIGITS = re.compile(r"\d+")
_EDGE = frozenset("./-–_:@§+")
_FARTHEST = 60  # characters from a label to the first digit of its number
_ZERO = ord("0")
_KINDS_OF_CASE = "AGIKPSYØ"  # in KLE
_MARKS = (
    *(b".00.00-", b"0000-000", b"/00", b"0-00-00-", b"0-00-0-", b"000-0000-"),
    *(f".00.00{letter}00-".encode("latin-1") for letter in _KINDS_OF_CASE),
)


def cases(prose: Prose, known: frozenset[str]) -> Iterator[Reference]:
    """The labelled numbers in order, then those that their shape tells; ``known`` are the marks in the text."""
    labelled = list(_labelled(prose, known))
    yield from labelled
    yield from _bare(prose, {(case.start, case.end) for case in labelled})
    yield from _in_parentheses(prose)


def _in_parentheses(prose: Prose) -> Iterator[Reference]:
    """ "Ny bro (22/1187)" where the line ends: neither a month of a year nor an item of one."""
    at = prose.outline.find(b"(00/0000)")
    while at >= 0:
        if match := _IN_PARENTHESES.match(prose.text, at):
            yield _case(prose.text, *match.span("number"))
        at = prose.outline.find(b"(00/0000)", at + 1)


def _labelled(prose: Prose, known: frozenset[str]) -> Iterator[Reference]:
    text = prose.text
    for start, word_end in prose.places(known & words("case-label")):
        if text[word_end : word_end + 1] not in " ," or text[word_end : word_end + 2] in ("  ", " |"):
            yield from below(text, start)
        near = prose.outline.find(b"0", start, start + _FARTHEST) >= 0
        match = _LABELLED.match(text, start) if near else None
        if match and _stands_alone(text, start) and _is_case(text, match):
            group = "any" if match["any"] else "weak"
            yield _case(text, match.start(group), match.end())
            yield from _others(text, match.end(), match[group])


def _is_case(text: str, match: re.Match[str]) -> bool:
    """Whether a labelled number is no date, no item of an agenda, and no document of the case beside it."""
    if not is_number(match["any"] or match["weak"]):
        return False
    if match.group()[:3].lower() != "dok":
        return True
    line = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 100)
    return not _CASE_BEFORE.search(text[line : match.start()])


def _others(text: str, end: int, number: str) -> Iterator[Reference]:
    """The numbers that follow in a list: "sagsnr. 23/1234 og 23/1235"."""
    while (match := _MORE.match(text, end)) and _skeleton(match["number"]) == _skeleton(number) != "0":
        end = match.end()
        yield _case(text, match.start("number"), end)


def _skeleton(number: str) -> str:
    return _DIGITS.sub("0", number)


def _bare(prose: Prose, known: set[tuple[int, int]]) -> Iterator[Reference]:
    """The numbers that their shape tells, but for those at the ``known`` places."""
    text = prose.text
    for at in _own_starts(prose.outline):
        before = text[at - 1] if at else " "
        match = None
        if before.isalpha() or (before in "- " and text[at - 2 : at - 1].isupper()):
            match = _LETTERED_SHAPE.match(text, _letters_start(text, at))
        if not match and not before.isalpha() and before not in _EDGE:
            match = _OWN_SHAPE.match(text, at)
        if match and match.end() > at and match.span() not in known and not _is_another(text, match.start()):
            yield _case(text, match.start(), match.end())


def _is_another(text: str, start: int) -> bool:
    """Whether a label before ``start`` says that the number is one of an invoice, a contract, a plan …"""
    before = text[max(0, start - 24) : start]
    last = before.rstrip(" :")[-1:]
    return (last.isalpha() or last in (".", "-")) and _NOT_BEFORE.search(before) is not None


def _own_starts(outline: bytes) -> list[int]:
    """Where digits begin that some piece of a case number follows, ascending."""
    starts: set[int] = set()
    for mark in _MARKS:
        at = outline.find(mark)
        while at >= 0:
            start = at
            while start > 0 and outline[start - 1] == _ZERO and at - start < 5:
                start -= 1
            starts.add(start)
            at = outline.find(mark, at + len(mark))
    return sorted(starts)


def _letters_start(text: str, at: int) -> int:
    """Where the capitals before the digits at ``at`` begin; a place that fits nothing when they are part of a word."""
    start = at - 1 if text[at - 1] in "- " else at
    while start > 0 and at - start < 8 and text[start - 1].isupper():
        start -= 1
    return start if _stands_alone(text, start) else at


def _stands_alone(text: str, start: int) -> bool:
    return not (start and (text[start - 1].isalnum() or text[start - 1] in "/-_@"))


def _case(text: str, start: int, end: int) -> Reference:
    printed = text[start:end]
    return Reference(
        start=start, end=end, text=printed, kind="case", value=printed.replace(" - ", "-").replace("-\n", "-")
    )
