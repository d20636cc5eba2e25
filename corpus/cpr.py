"""CPR numbers as people write them, found generously: a number masked in vain costs little, a leaked one much.

"ddmmyy-xxxx" with a real date always counts, whatever stands around it and whichever dash, slash or underscore divides
it, also over a line end, and so does "(ddmmyy)-xxxx". Divided by a blank or a full stop, or not at all, it counts
unless it is shown to be something else: an amount, a row of figures, or a number with a label of its own ("faktura",
"konto", "tlf."). A failing check digit clears no number: cpr.dk says so of numbers given since October 2007.

"yyyymmdd-xxxx" counts where the first of the last four digits is one of that century: "20230412-1430" is a case or a
time of the day. "dd/mm-yy xxxx" may be a day and an amount; it counts behind a word of birth or of a CPR number.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from corpus.cprapart import (
    BLANK,
    CPR_WORD,
    DASHES,
    IN_NAME,
    in_boxes,
    in_order,
    is_date,
    is_in_table,
    is_of_year,
    told_again,
)
from corpus.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SEPARATOR = (
    rf"\)?{BLANK}{{0,2}}[\\*_\u200b]{{0,4}}(?:[{DASHES}]\\?){{1,3}}[*_\u200b]{{0,3}}{BLANK}{{0,3}}"
    r"(?:\r?\n[ \t>]{0,8})?"
    rf"|[*_]{{0,2}}{BLANK}?[/_]{BLANK}?|%2D|%20|[.:]|[*_]{{0,3}}{BLANK}{{1,3}}[*_]{{0,3}}"
    rf"|{BLANK}?\r?\n[ \t>]{{0,8}}-?"
)
_CPR = late(
    r"(?<!\d)(?P<day>\d{2})(?P<first>[ .\u00a0/-]?)(?P<month>\d{2})(?P<second>[ .\u00a0/-]?)"
    rf"(?P<century>(?:18|19|20)?)(?P<year>\d{{2}})(?P<between>(?:{_SEPARATOR})?)"
    r"(?P<last>\d{4}|\d\d[ \u00a0]\d\d|[xX*•]{4}|[xX]{2}[ \u00a0][xX]{2})(?!\d)",
    re.IGNORECASE,
)
_YEAR_FIRST = late(
    r"(?<!\d)(?P<century>18|19|20)(?P<year>\d{2})(?P<first>[.-]?)(?P<month>\d{2})(?P=first)(?P<day>\d{2})"
    rf"(?P<between>{BLANK}?[{DASHES}]{BLANK}?)(?P<last>\d{{4}}|[xX*•]{{4}})(?!\d|[{DASHES}]\d)"
)
_CASE_LABEL = late(
    r"(?<![a-zæøå])(?:sag(?:en|s)?|journal|j|dok(?:ument)?|akt|esdh|brev|bilags?|ref)[.-]? ?(?:nummer|nr|id)?[.:]{0,2}"
    r"[\s:#]*$",
    re.IGNORECASE,
)
_BORN = late(r"(?<![a-zæøå])(?:f\.|født|fødselsdato|fødselsdag)[\s:.(]{0,3}$", re.IGNORECASE)
_OTHER_LABEL = late(
    r"(?<![a-zæøå])(?:(?:bank|giro|bogførings)?konto|reg|faktura|giro|ordre|rekvisition|ean|iban|gln|tlf|telefon|mobil|fax"
    r"|cvr|se|matr|p(?=-?n)|produktionsenhed|løbe|vare)(?:s?-?nummer|s?-?nr)?[.:]{0,2}"
    r"[ \t]*(?:nr\.?|nummer)?[\s:#]*(?:\d{1,6}[ -]?)?$",
    re.IGNORECASE,
)
_FILE_LABEL = late(
    r"(?:sags?|dok(?:ument)?|kunde|id|lb|bilags?|j)[.-]?(?:nummer|nr|id)[.:]{0,2}[\s:#]*$", re.IGNORECASE
)
_MONEY_AFTER = late(
    rf"(?<!{BLANK}){BLANK}*+(?:kr\b|DKK|mio\b|mia\b|t\.?kr|EUR|€|kroner)(?!\.?{BLANK}*+\d)", re.IGNORECASE
)
_MONEY_BEFORE = late(r"(?:^|[^\d\s])\s*(?:kr\.?|DKK|EUR|€|beløb(?:et)?:?)[ \u00a0]*$", re.IGNORECASE)
_FIGURE_BEFORE = late(r"\d[ \t|]{1,3}$")
_FIGURE_AFTER = late(r"[ \t|]{1,3}-?\d[\d.,]{0,12}")
_DECIMALS = late(r"[.,]\d|%")
_PLAIN = (" ", "\u00a0")
# Figures right beside one whose parts stand apart, which is then part of a row, an amount or a longer number.
_CLOSE_BEFORE = late(r"\+$|(?:\d|x{4})[ \u00a0]{1,3}[-–(]?$|\d[.,:/-]$", re.IGNORECASE)
_CLOSE_AFTER = late(r"[ \u00a0]{1,3}[-–+(]?(?:\d|x{4})|[.,:/-]\d|[ \u00a0]?(?:%|pct\b)", re.IGNORECASE)
_WINDOW = 30  # characters before a number in which a word may say what it is

# A text's outline, one byte for a character: "0" a digit, "-" what may stand between the parts of a date, " " the rest.
_OUTLINE = bytes(
    ord("0") if mark.isdecimal() else ord("-") if mark in " .\u00a0/-" else ord(" ") for mark in map(chr, range(256))
)
_SINGLE_DIGITS = late(rb"0[- ]{1,6}0[- ]{1,6}0[- ]{1,6}0")  # as a box for each digit prints them, or a list
_DATE_START = late(rb"0(?<!00)(?=00000|(?:00)?0-00)")  # begins with a literal, so that it is searched for fast


def passes_modulus_11(digits: str, weights: str) -> bool:
    """Whether the weighted sum of ``digits`` is divisible by 11: weights 4327654321 for CPR, 27654321 for CVR."""
    return sum(int(digit) * int(weight) for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


def cpr_matches(text: str) -> Iterator[re.Match[str]]:
    """The CPR numbers of a text in order, masked ones too: groups ``day``, ``month``, ``year`` and ``last``."""
    return iter(told_again(text, shaped_matches(text)))


def shaped_matches(text: str) -> list[re.Match[str]]:
    """The CPR numbers that are told by their shape and what stands around them, in order."""
    outline = _outline(text)
    pieces = list(_in_pieces(text, outline))
    return in_order(pieces, in_boxes(text)) if _SINGLE_DIGITS.search(outline) else pieces


def _in_pieces(text: str, outline: bytes) -> Iterator[re.Match[str]]:
    """Those whose digits stand together but for the marks between day, month, year and number."""
    position = 0
    for start in _date_starts(outline):
        match = _at(text, start) if start >= position else None
        if match:
            yield match
            position = match.end()


def _at(text: str, start: int) -> re.Match[str] | None:
    """The number that begins there, if one does."""
    match = _CPR.match(text, start)
    if match and is_date(match["day"], match["month"]) and _counts(text, match):
        return match
    match = _YEAR_FIRST.match(text, start)
    return match if match and is_date(match["day"], match["month"]) and _is_of_century(text, match) else None


def _is_of_century(text: str, match: re.Match[str]) -> bool:
    """Whether a number whose date begins with the year is one of that time, and is no case number by its label."""
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    if not match["last"].isdecimal() or CPR_WORD.search(before):
        return True
    if not is_of_year(match["century"] + match["year"], match["last"]):
        return False
    digits = match["day"] + match["month"] + match["year"] + match["last"]
    return not _CASE_LABEL.search(before) or passes_modulus_11(digits, "4327654321")


def _beyond_latin(error: UnicodeError) -> tuple[bytes, int]:
    """Characters outside Latin-1 as they stand in an outline: the digits of other scripts are digits."""
    assert isinstance(error, UnicodeEncodeError)
    odd = error.object[error.start : error.end]
    return b"".join(b"0" if char.isdecimal() else b"x" for char in odd), error.end


codecs.register_error("akt-outline", _beyond_latin)


def _date_starts(outline: bytes) -> list[int]:
    """Where digits begin that may be a date, ascending: six in a row, or two or four before a dot, dash or blank."""
    return [match.start() for match in _DATE_START.finditer(outline)]


def _outline(text: str) -> bytes:
    """A byte for each character, in which shapes of digits are found many times faster than in the text."""
    return text.encode("latin-1", "akt-outline").translate(_OUTLINE)


def mask(text: str) -> str:
    """The text with the last four digits of each CPR number as "xxxx". The length stays, so offsets hold."""
    return masked(text, cpr_matches(text))


def masked(text: str, matches: Iterable[re.Match[str]]) -> str:
    """The text with the last four digits of each match as "xxxx"; ``matches`` are of this text, in order."""
    pieces: list[str] = []
    position = 0
    for match in matches:
        pieces += [text[position : match.start("last")], hidden(match["last"])]
        position = match.end("last")
    return "".join([*pieces, text[position:]])


_SHOWN = late(r"[\dX*•]")


def hidden(last: str) -> str:
    """The last four digits as they are shown: "1234" is "xxxx", "12 34" is "xx xx"."""
    return _SHOWN.sub("x", last)


_CPR_OR_BIRTH = late(r"cpr|person-?\s?n(?:umme)?r|fødselsn|fødselsda|(?<![a-zæøå])født|kontrolcif", re.IGNORECASE)


def speaks_of_cpr(text: str) -> bool:
    """Whether a text has a word of CPR numbers or of birth anywhere."""
    return _CPR_OR_BIRTH.search(text) is not None


def _counts(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    between, last = match["between"], match["last"]
    pairs = bool(re.search(r"\s", last))
    if CPR_WORD.search(before):
        spoken = match["first"] == "/" and match["second"] == "-"
        return match["first"] in ("", " ", ".", "\u00a0") or spoken or _is_dash(between)
    if _BORN.search(before) and match["first"] == "/" and match["second"] == "-" and "\n" not in between:
        return bool(between)
    if "\n" in between and not _is_dash(between):
        return False
    if match["first"] in _PLAIN and match["second"] in _PLAIN and between in _PLAIN:
        return not pairs and _stands_alone(text, match, before)
    if match["first"] or match["second"] or match["century"]:
        return _is_dash(between) and not pairs and not _is_period(match, before)
    if _is_dash(between) or not last[0].isdigit():
        return True
    if _OTHER_LABEL.search(before) or re.search(r"\+$|\d[.,]$", before):
        return False
    if between.strip(" \u00a0") in ("/", "_", "%2D", "%20"):
        return True
    return _is_no_figure(text, match, before)


def _stands_alone(text: str, match: re.Match[str], before: str) -> bool:
    """Whether "27 12 65 2221" is a number: no figure beside it, no label, no unit, and no row of a table."""
    if _OTHER_LABEL.search(before) or _CLOSE_BEFORE.search(before) or _CLOSE_AFTER.match(text, match.end()):
        return False
    if match["century"] and not is_of_year(match["century"] + match["year"], match["last"]):
        return False
    digits = match["day"] + match["month"] + match["year"] + match["last"]
    if _FILE_LABEL.search(before) and digits.isdecimal() and not passes_modulus_11(digits, "4327654321"):
        return False
    if _MONEY_AFTER.match(text, match.end()) or _MONEY_BEFORE.search(before):
        return False
    return not is_in_table(text, match.start(), match.end())


def _is_dash(between: str) -> bool:
    """Whether a dash divides the digits. " -1234" may be a negative figure, as one at a line's beginning."""
    bare = between.strip("*_\\")
    dash = re.search(f"[{DASHES}]", bare)
    if not dash or re.match(r"\s*\n", bare):
        return False
    return not (bare[0].isspace() and dash.start() > 0 and not bare[-1].isspace())


def _is_period(match: re.Match[str], before: str) -> bool:
    """Whether "01.01.2021-2024" is a time from a date to a year, or "2010 2006–2010" one beside a year.

    Behind "født" the latter is no year but a day.
    """
    if not re.match("(?:19|20)", match["last"]):
        return False
    beside = match["second"] and match["century"] and match["day"] in ("19", "20") and not _BORN.search(before)
    return bool(match["first"] or (beside and match["century"] + match["year"] < match["last"]))


def _is_no_figure(text: str, match: re.Match[str], before: str) -> bool:
    """Whether digits with a blank, a full stop or nothing between them are neither an amount nor a row of figures."""
    if match["day"][0] == "0":  # no amount and no count begins with a nought
        return not _MONEY_AFTER.match(text, match.end()) or not match["between"]
    digits = match["day"] + match["month"] + match["year"] + re.sub(r"\s", "", match["last"])
    if _FILE_LABEL.search(before) and not passes_modulus_11(digits, "4327654321"):
        return False
    money = _MONEY_AFTER.match(text, match.end()) or _MONEY_BEFORE.search(before)
    row = not (not match["between"] and passes_modulus_11(digits, "4327654321")) and _is_in_row(text, match, before)
    return not money and not row and not _DECIMALS.match(text, match.end())


def _is_in_row(text: str, match: re.Match[str], before: str) -> bool:
    """Whether two or more figures stand beside the number, as in a row of a table."""
    after = _FIGURE_AFTER.match(text, match.end())
    further = after and _FIGURE_AFTER.match(text, after.end())
    return bool(further or (after and _FIGURE_BEFORE.search(before)))


# Days to 31 (to 91 in the replacement numbers of the administration), months to 12.
_LIKE_CPR = late(r"(?<!\d)((?:[06][1-9]|[1278]\d|[39][01])(?:0[1-9]|1[0-2])\d{2}[-–‑ \u00a0]?)\d{4}(?!\d)")
# What the outline of each of them holds; begins with a literal, so a text without is told many times faster.
_TEN_DIGITS = late(rb"000000.?0000", re.DOTALL)


def mask_digits(text: str) -> str:
    """The text with the last four digits of everything of a CPR number's shape replaced, at the same length.

    Coarser than :func:`mask`, for what has no surroundings to tell by (names, terms, paths) and as a second lock on the
    index: nothing of that shape gets in, however it came there.
    """
    return _LIKE_CPR.sub(r"\1xxxx", text) if _TEN_DIGITS.search(_outline(text)) else text


def mask_in_name(name: str) -> str:
    """A path or file name with CPR numbers masked: there "_" and letters stand where a text has blanks."""
    shown = mask_digits(mask(name))
    return masked(shown, _in_name(shown))


def numbers_in_name(name: str) -> list[str]:
    """What :func:`mask_in_name` masks, as it is printed."""
    return [match.group() for match in (*cpr_matches(name), *_in_name(name), *_LIKE_CPR.finditer(name))]


def _in_name(name: str) -> Iterator[re.Match[str]]:
    return (
        match
        for match in IN_NAME.finditer(name)
        if not match["century"] or is_of_year(match["century"] + match["year"], match["last"])
    )
