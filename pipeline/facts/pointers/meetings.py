"""Items of an agenda, and budgets and agreements by their years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Reference
from pipeline.facts.pointers.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language import Prose

_ITEM = re.compile(
    r"(?P<word>dagsordens?punkt(?:et)?|punkterne|punkt|pkt\.?|sag(?=[ ]nr))"
    r"(?:[ \t\u00a0]+(?:nr\.?|nummer))?[ \t\u00a0\n]+"
    r"(?P<number>\d{1,3}(?:/(?:19|20)\d\d|[a-z](?!\w))?)(?![\w%]|[.,/]\d|[-–]\d|[ \u00a0](?:kr|mio|pct))",
    re.IGNORECASE,
)
_OF_MEETING = re.compile(
    r"(?:(?:,|[ ]og)[ ]\d{1,3}){0,9},?[ \t\n]+"
    r"(?:(?:på|i|til|fra)[ \t\n]+(?:[a-zæøå-]+[ ]){0,3}?[a-zæøå-]*(?:dagsorden|referat|møde|protokol)"
    r"|(?:(?:om|vedr\.|vedrørende)[ ][^.;\n]{1,60}?[ ])?"
    r"(?:blev|er|bliver|blev[ ]derfor|er[ ]nu)[ ](?:trukket|taget|pillet)[ ](?:af|fra)[ ]dagsorden"
    r"|(?:blev[ ]|bliver[ ]|blev[ ]først[ ])?behandle(?:s|t|des)?[ ](?:før|efter|sammen|på|under|for))",
    re.IGNORECASE,
)
_MEETING_BEFORE = re.compile(
    r"(?:dagsorden|referat|protokol|møde|debat(?=ten))[a-zæøå]*(?![a-zæøå])[^.;\n]{0,60}$"
    r"|(?:udvalg|råd|bestyrelse|repræsentation|forsamling|magistrat|nævn|kommission)[a-zæøå]*,?[ ][^.;\n]{0,30}?"
    r"\d{1,2}(?:[ ]+[a-zæøå]+[ ]\d{4}|[-/ ]\d{1,2}[-/ ]\d{2,4}),[ ]$",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(
    r"\d(?:\.[ ](?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:[ ]\d{4})?"
    r"|[-./]\d{1,2}[-./ ]\d{2,4}),?[ ]\(?$"
)
_OTHER_PAPER = re.compile(
    rf"(?:{'|'.join(sorted(words('other-paper')))})(?:en|et)?[ ](?:af|fra|dateret)[ ][^.;\n]{{0,20}}[\d/. -]",
    re.IGNORECASE,
)
_DATE_DOT = re.compile(r"\.(?:(?<=\d\.)(?=[ ][a-zæøå\d]|\d)|(?<=jf\.)|(?<=[ ]d\.)|(?<=kl\.))")
_GOES_TO = re.compile(
    r"\b(?:går|gå|gik|kommer|komme|kom|når|nået|videre|over|tilbage|frem)[ ]"
    r"(?:(?:vi|nu|så|herefter|videre|over|tilbage|frem)[ ]){0,3}til[ ]$",
    re.IGNORECASE,
)
_TAKEN_WITH = re.compile(
    r"\b(?:behandl|genoptag|genbehandl|drøft|udsat|udsæt)[a-zæøå]*[ ](?:[a-zæøå]+[ ]){0,3}?"
    r"(?:sammen[ ]med|i[ ]sammenhæng[ ]med|i[ ]forlængelse[ ]af|under|efter|før|på)[ ]$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:udvalg|råd|bestyrelse|repræsentation|forsamling|magistrat|nævn|kommission)(?:ets|et|en|ens|n|ns|s|)(?!\w)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d.,/-])\d{1,2}(?:\.[ ](?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*|[-./]\d{1,2}[-./ ]\d\d)"
)
_NOT_BEFORE = re.compile(
    r"(?:\bad[ ]|(?:stk|nr)\.?[ ]?\d{1,2},?[ ]|indstilling[a-zæøå]*[^.\n]{0,20}|aftale[a-zæøå]*[^.\n]{0,20}"
    r"|notat[a-zæøå]*[^.\n]{0,20}|vejledning[a-zæøå]*[^.\n]{0,30})$",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r",?[ \t\n]+(?:i|af|fra)[ \t\n]+(?!(?:[a-zæøå-]+[ ]){0,3}?[a-zæøå-]*(?:dagsorden|referat|møde|protokol))[a-zæøå]",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[^.;:\n\d]{1,40}[ ]$|(?:,|[ ]og|[ ]samt)[ ]$")
_LIST = re.compile(r"(?:,|[ ](?:og|samt|eller))[ ](?P<number>\d{1,3})(?![\w%]|[.,/-]\d|[ ](?:kr|mio|pct))")
_LINE_START = re.compile(r"[ \t>*•·–-]*$")
_WINDOW = 110

_BUDGET = re.compile(
    r"[a-zæøå]+(?:-\n[ ]*(?:forlig(?:et)?|aftalen?|vedtagelsen?|forslag(?:et)?|overslag(?:et)?|tet))?"
    r"(?:[ \t\u00a0\n]+(?:for|til|om|i))?(?:[ ](?:årene|perioden|året))?[ \t\u00a0\n>]+(?P<year>(?:19|20)\d\d)"
    r"(?:[ ]?[-–/][ ]?(?P<to>(?:19|20)\d\d|\d\d))?(?![\d.]\d|\w|-[a-zæøå]|[ \u00a0]?(?:kr|mio|mia|t\.?kr|pct|%))",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"aftalen?[ \n]+om[ \n]+(?:kommunernes|regionernes|kommunens)[ \n]+økonomi[ \n]+for[ \n]+"
    r"(?P<year>20\d\d)(?P<to>(?!))?(?!\w)",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:,|[ ](?:og|samt|eller))[ ](?P<year>(?:19|20)\d\d)(?P<to>(?!))?(?![\w%]|[-–./,]\d|-[a-zæøå]|[ ](?:kr|mio|mia))"
)


def items(prose: Prose, known: frozenset[str]) -> Iterator[Reference]:
    """Items of an agenda that the text points to: not the headings of its own items, nor the points of a proposal."""
    text, end = prose.text, -1
    mail = bool(words("mail") & prose.words and words("meeting") & prose.words)
    for start in _item_starts(prose, known):
        match = _ITEM.match(text, start)
        if not match or (start and (text[start - 1].isalnum() or text[start - 1] in "-.")):
            continue
        near = 0 <= start - end < 40 and bool(_NEXT.match(text[end:start]))
        if near or _is_item(text, match, mail=mail):
            end = match.end()
            yield _reference(text, start, end, "agenda-item", match["number"])
            while more := _LIST.match(text, end):
                end = more.end()
                yield _reference(text, more.start("number"), end, "agenda-item", more["number"])


def _item_starts(prose: Prose, known: frozenset[str]) -> list[int]:
    starts = [start for start, _ in prose.places(known & words("agenda-item"))]
    at = prose.lower.find("sag nr")
    while at >= 0:
        starts.append(at)
        at = prose.lower.find("sag nr", at + 1)
    return sorted(starts)


def _is_item(text: str, match: re.Match[str], *, mail: bool) -> bool:
    word, number = match["word"].lower(), match["number"]
    if word.startswith("dagsorden") or ("/" in number and word != "sag"):
        return True
    if _OF_MEETING.match(text, match.end()):
        return True
    before = text[max(0, match.start() - _WINDOW) : match.start()].replace("\u00a0", " ")
    if _LINE_START.fullmatch(before.rpartition("\n")[2]):
        return mail and word in ("punkt", "pkt", "pkt.") and _is_told(text, match.end())
    if _OF_SOMETHING_ELSE.match(text, match.end()):
        return False
    introduced = _is_introduced(before, word) or (
        text[match.end() : match.end() + 1] == ")" and _stands_in_minutes(before)
    )
    return introduced and not _NOT_BEFORE.search(before[-50:])


def _stands_in_minutes(before: str) -> bool:
    """Whether "(pkt. 7)" stands in a line, or a sentence of it, with a body and a day: where that body met."""
    line = _DATE_DOT.sub(" ", before.rpartition("\n")[2])
    if not line.endswith(("(", "(jf. ", "(jf ", "(som ")):
        return False
    last = line.rpartition("(")[0].split()[-1:]
    if not last or any(paper in last[0].lower() for paper in ("plan", *words("other-paper"))):
        return False
    return bool(_BODY.search(line.rpartition(". ")[2])) and bool(_DAY.search(before.rpartition("\n")[2]))


def _is_introduced(before: str, word: str) -> bool:
    """Whether a meeting, its day or its paper stands before an item, or the chair goes on to it."""
    if before.endswith("til ") and word != "sag" and _GOES_TO.search(before):
        return True
    if word != "sag" and _TAKEN_WITH.search(before[-60:]):
        return True
    low = before.lower()
    if _DAY_BEFORE.search(before[-25:]):
        return not (any(name in low for name in words("other-paper")) and _OTHER_PAPER.search(before))
    spoken = any(stem in low for stem in words("meeting-stem"))
    return spoken and bool(_MEETING_BEFORE.search(_DATE_DOT.sub(" ", before)))


def _is_told(text: str, end: int) -> bool:
    """Whether the line behind an item's number is a sentence about it, and no heading."""
    stop = text.find("\n\n", end)
    return text[end : stop if stop >= 0 else len(text)].split("\n- ", 1)[0].rstrip().endswith((".", "!", "?"))


def budgets(prose: Prose, known: frozenset[str]) -> Iterator[Reference]:
    """Budgets, agreements on them and the state's Finance Act, with their year or years ("2024-2027") as value."""
    text = prose.text
    for start, word_end in prose.places(known & words("budget")):
        match = (_BUDGET if prose.lower[start:word_end] not in ("aftale", "aftalen") else _AGREEMENT).match(text, start)
        if match and not (start and text[start - 1] in "-_@/"):
            end = match.end()
            yield _reference(text, start, end, "budget", _years(match))
            while more := _YEARS.match(text, end):
                end = more.end()
                yield _reference(text, more.start("year"), end, "budget", more["year"])


def _years(match: re.Match[str]) -> str:
    first, last = match["year"], match["to"]
    if not last:
        return first
    return f"{first}-{last if len(last) == len(first) else first[:2] + last}"


def _reference(text: str, start: int, end: int, kind: str, value: str) -> Reference:
    return Reference(start=start, end=end, text=text[start:end], kind=kind, value=value)  # type: ignore[arg-type]
