"""Budget proposals and amendments by their number: "ISU32", "SSU-R-14", "ændringsforslag nr. 3", "ISU32, 33 og 35".

A number of letters and digits is a proposal where a word says so, where it is shaped as committees' proposals are
(letters that end in U), where it begins a line with a title, or where its letters have been a proposal's elsewhere in
the text. Plain digits are one only directly behind such a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from corpus.model import Reference
from pipeline.facts.pointers.words import proposal_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language import Prose

_UP = "A-ZÆØÅ"
_DASH = "-‐‑"
_ANY_DASH = re.compile(f"[{_DASH}]")
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ")
_NOT_ON = r"(?![\w@]|[-–./:]\d|[.,]\d|[ ]?%)"
_CODE = re.compile(
    rf"(?P<letters>[{_UP}]{{1,5}}(?:&[{_UP}]{{1,3}})?)(?:"
    rf"[{_DASH}]\d\d[-/]\d{{1,3}}{_NOT_ON}"
    rf"|(?P<dash>[{_DASH}]?)(?P<digits>\d{{1,4}})(?P<suffix>[a-z]?)(?P<to>[-–](?=\d{{1,3}}(?![\w.,/-])))?(?:(?<=[-–])|{_NOT_ON})"
    rf"|[{_DASH}][{_UP}]{{1,2}}[{_DASH}]?\d{{1,3}}{_NOT_ON}"
    rf"|[ ](?P<pointed>\d{{1,2}}\.\d\d){_NOT_ON}|[ ](?P<apart>\d{{1,3}}){_NOT_ON})"
)
_WORD = (
    r"\w*(?:forslag(?:s|et|ets|ene|enes)?|businesscases?|bidrag(?:et|ene)?|effektivisering(?:en|er|erne)?|besparelse(?:n|r|rne)?"
    r"|initiativ(?:et|er|erne)?|tiltag(?:et|ene)?|reduktion(?:en|er|erne)?)"
)
_CUE = re.compile(
    rf"(?<!\w){_WORD}(?:[ \t]+(?:nr|nummer|med nr|med nummer|nummeret)\.?)?[ \t:]*\n?[ \t>]*[\"”»(]*$", re.IGNORECASE
)
_NAMED = re.compile(
    rf"(?<!\w)(?:{_WORD}|\w*katalog(?:et)?)(?!\w)[^.;\n]{{0,60}}?"
    r"(?P<as>(?:som|hed|hedder|hed oprindelig[te]?|kaldet|kaldt)[ ])?[\"”»(]*$",
    re.IGNORECASE,
)
_TIED = re.compile(
    r"(?<!\w)(?:(?:sammen|i[ \n]sammenhæng|samspil|overlap|identisk|i[ \n]tilknytning|supplement)[ \n](?:med|til)"
    r"|se(?:[ \n]også)?|jf\.?|jævnfør|afhæng(?:er|igt?)[ \n]af|forudsætter|udelukker|erstatter|henvises[ \n]til)[ \n]$",
    re.IGNORECASE,
)
_LIST_LINK = re.compile(r"(?:,|,?[ \t\n]+(?:og|samt|eller|&|/|til|OG|SAMT))[ \t\n]*|[ ]?[-–/][ ]?")
_LABEL_LINE = re.compile(
    r"^[ \t*_|#>]*(?:forslags?|løbe|bidrags?)?[ \t-]*(?:nr\.?|nummer|forslagsn(?:r\.?|ummer)|id)[ \t*_.:|]*$",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"[ \t*_>]*(?:[-–•·▪o][ \t]+)?$")
_TITLE = re.compile(rf"[ \t]*(?:[-–:][ \t]*)?(?P<title>[{_UP}][^\n|]{{3,160}}?)[ \t.;]*(?=\n|$)")
_MARKED_TITLE = re.compile(rf"[ \t]*[-–:][ \t]*[{_UP}]")
_VERB = re.compile(r"[ ](?:er|blev|bliver|udgår|indgår|bortfalder|og|eller|samt|[a-zæøå]{4,}es)\b")
_TITLED = re.compile(r"[*_ \t]*(?:[:–|-]|\.?[ \t]*(?:\n|$))")
_HEADING = re.compile(r"[^\n]*:[ \t]*\n")
_NUMBER = re.compile(
    r"(?:[ \t\u00a0]*+:)?[ \t\u00a0\n]++(?P<label>\(?(?:med[ ])?(?:nr|nummer|id)\.?[ \t]*+:?[ \t]*+)?"
    r"(?P<number>\d{1,3}[a-z]?(?:\.\d{1,2})?)"
    r"(?![\w%]|[.,/-]\d|[-–]\d)"
)
_NEXT_WORD = re.compile(r"(?:\.(?=[ ]?[a-zæøå]))?[ \t\u00a0\n]*([A-ZÆØÅa-zæøå]+|%)")
_MORE = re.compile(
    r"(?:,|,?[ \n](?:og|samt|eller))[ \n](?:nr\.[ ])?(?P<number>\d{1,3}[a-z]?)"
    r"(?![\w%]|[.,/-]\d|[ ](?:kr|mio|pct|stemmer))"
)
_GOES_ON = r"(?:er|blev|bliver|udgår|indgår|bortfalder|og|samt|om|i|fra|kan|skal|som|der|[a-zæøå]{4,}es)\b"
_SHARED = re.compile(
    r"((?:(?:,|,?[ \n](?:og|samt|eller))[ \n]|[-–])\d{2,3}(?!\w))++"
    rf"(?!%|[.,/-]\d|[ \u00a0](?!{_GOES_ON})[\wÆØÅæøå])"
)
_SHARED_DIGITS = re.compile(r"\d+")
_WINDOW, _NEAR = 90, 50


class _Code(NamedTuple):
    """A number of letters and digits, what stands before it on its line and in the window, and its title if any."""

    match: re.Match[str]
    line: str
    before: str
    title: str | None

    @property
    def letters(self) -> str:
        return self.match["letters"]

    @property
    def end(self) -> int:
        return self.match.start("to") if self.match["to"] else self.match.end()


def proposals(prose: Prose, known: frozenset[str]) -> list[Reference]:
    """The proposals in order; ``known`` are the marks in the text. ``title`` only of those that begin a line."""
    found = list(_numbered(prose, known))
    codes = [_code(prose.text, match) for match in _codes(prose)]
    codes = [code for code in codes if not _LABEL_LINE.match(code.line)]
    for code in _accepted(prose, codes):
        found += _listed(prose.text, code)
    return sorted(found, key=lambda record: record.start)


def _codes(prose: Prose) -> Iterator[re.Match[str]]:
    """What is shaped like a number of letters and digits, once each."""
    text, end = prose.text, 0
    near = [
        at
        for at in prose.digits
        if text[at - 1] in _CAPITALS or (text[at - 2 : at - 1] in _CAPITALS and text[at - 1] in "-‐‑ ")
    ]
    for at in near:
        start = at - (text[at - 1] not in _CAPITALS)
        while start > end and at - start < 12 and (text[start - 1] in _CAPITALS or text[start - 1] in "-‐‑&"):
            start -= 1
        while text[start] in "-‐‑&":
            start += 1
        match = _CODE.match(text, start)
        if match and match.end() > at and not (start and (text[start - 1].isalnum() or text[start - 1] in "_.@/§")):
            end = match.end()
            yield match


def _code(text: str, match: re.Match[str]) -> _Code:
    start = match.start()
    line = text[max(text.rfind("\n", 0, start) + 1, start - 200) : start]
    title = None if match["to"] else _title(text, match.end()) if _LINE_START.fullmatch(line) else None
    return _Code(match, line, text[max(0, start - _WINDOW) : start], title)


def _title(text: str, end: int) -> str | None:
    title = _TITLE.match(text[end : end + 200])
    return " ".join(title["title"].split()) if title else None


def _accepted(prose: Prose, codes: list[_Code]) -> Iterator[_Code]:
    """The codes that are proposals: said to be, joined to one that is, or of letters that such a one has."""
    said: list[bool] = []
    for i, code in enumerate(codes):
        before = codes[i - 1] if i else None
        joined = before and said[-1] and _LIST_LINK.fullmatch(prose.text, before.end, code.match.start())
        tied = code.match["apart"] and _is_committee(code.letters) and _is_said(code.before, _TIED)
        said.append(bool(joined or tied or _is_said(code.before[-_NEAR:], _CUE)))
    known = {code.letters for code, cued in zip(codes, said, strict=True) if cued and len(code.letters) > 1}
    for code, cued in zip(codes, said, strict=True):
        if code.match["apart"]:
            likely = code.letters in known or _is_committee(code.letters)
            listed = code.match["apart"].startswith("0") and code.title is not None
            accepted = likely and (cued or listed or bool(_VERB.match(prose.text, code.end)))
        else:
            accepted = cued or code.letters in known or _is_likely(prose, code)
        if accepted:
            yield code


def _is_said(before: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    low = before.lower()
    return pattern.search(before) if any(stem in low for stem in words("proposal-stem")) else None


def _is_committee(letters: str) -> bool:
    return 2 < len(letters) <= 4 and letters.endswith("U") and letters not in words("not-a-prefix")


def _is_likely(prose: Prose, code: _Code) -> bool:
    """Whether a code without a word before it is shaped, placed or introduced as a proposal's number."""
    letters, digits = code.letters, code.match["digits"]
    if letters in words("not-a-prefix") and len(letters) > 1:
        return False
    if code.match["pointed"]:
        return _is_committee(letters)
    if len(letters) > 1 and (code.title or letters == "ÆF"):
        return True
    if 2 <= len(letters) <= 4 and letters.endswith("U") and (not digits or 2 <= len(digits) <= 3):
        return True
    if len(letters) == 1 and _LINE_START.fullmatch(code.line) and _MARKED_TITLE.match(prose.text, code.end):
        return _under_heading(prose, code.match.start())
    named = _is_said(code.before, _NAMED) if not digits or (code.match["dash"] and len(digits) == 2) else None
    return bool(named and (named["as"] or len(letters) > 1))


def _under_heading(prose: Prose, start: int) -> bool:
    """Whether the last line above that speaks of proposals announces a list: "Ændringsforslag fra Enhedslisten:"."""
    at = prose.lower.rfind("forslag", max(0, start - 800), start)
    return at >= 0 and bool(_HEADING.match(prose.text, at))


def _listed(text: str, code: _Code) -> Iterator[Reference]:
    """A code, and the digits that follow in a list and share its letters: "ISU32, 33 og 35", "BUU01-07"."""
    match, end = code.match, code.end
    printed = text[match.start() : end]
    value = _ANY_DASH.sub("-", printed)
    if match["apart"]:
        value = value.replace(" ", "")
    yield _reference(match.start(), end, printed, value, code.title)
    digits = match["digits"]
    more = _SHARED.match(text, end) if digits and len(digits) > 1 and not code.title else None
    if more:
        shared = _ANY_DASH.sub("-", text[match.start() : match.start("digits")])
        for number in _SHARED_DIGITS.finditer(text, end, more.end()):
            if len(number.group()) == len(digits):
                yield _reference(number.start(), number.end(), number.group(), shared + number.group(), None)


def _numbered(prose: Prose, known: frozenset[str]) -> Iterator[Reference]:
    """ "ændringsforslag nr. 3", "forslag 12a", "forslag 3 og 4"; not the label or heading of the proposal itself."""
    text = prose.text
    for start, word_end in prose.places(known & proposal_words()):
        match = _NUMBER.match(text, word_end)
        if not match or not (match["label"] or _is_plain(text, start, word_end, match)):
            continue
        end = match.end()
        if _is_own(text, start, end):
            continue
        yield _reference(start, end, text[start:end], match["number"], None)
        while more := _MORE.match(text, end):
            end = more.end()
            yield _reference(more.start("number"), end, more["number"], more["number"], None)


def _is_plain(text: str, start: int, word_end: int, match: re.Match[str]) -> bool:
    """Whether digits directly behind the word are its number, and neither a count nor a day."""
    definite = text[start:word_end].lower().endswith("et")
    behind = _NEXT_WORD.match(text, match.end())
    counted = bool(behind and behind[1].lower() in words("counted"))
    return not definite and not counted and "\n" not in text[word_end : match.start("number")]


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether the words are the label or the heading of a proposal: at a line's start, nothing or a title behind."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 40) : start]
    return bool(_LINE_START.fullmatch(line) and _TITLED.match(text, end))


def _reference(start: int, end: int, printed: str, value: str, title: str | None) -> Reference:
    return Reference(start=start, end=end, text=printed, kind="proposal", value=value, title=title)
