"""The head of a paper, above its text: the line that is its title, and the day on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.lazy import lazy
from corpus.model import Date
from pipeline.context import Context
from pipeline.facts import dates
from pipeline.headings import TextLine, fold, is_contents_line
from pipeline.language import Prose
from pipeline.meetings import meeting_words

LONGEST_TITLE = 160
FEWEST_WORDS_OF_PROSE = 4
FULL_LINE = 60
"""A line of text is as long, where its sentence goes on below it."""

CLOSING = re.compile(
    r"(?:(?:med\s+)?(?:de\s+)?(?:venlig|bedste|kærlig)\w*\s+)?hils(?:en|ener|ner)\b|m\.?v\.?h\b|vh\b|"
    r"p\.?\s?[bv]\.?\s?v\.?$",
    re.IGNORECASE,
)
SAID_LATER = re.compile(r"[,;(]? ?\(?\b(?:godkendt|udskrevet|udsendt|offentliggjort|underskrevet)\b", re.IGNORECASE)
"""Words before the day on which what a line names was only approved or sent out."""
NOT_ITS_DATE = re.compile(
    r"udskrevet|udskrift|udsendt|udsendelse|print|offentliggjort|godkendt|modtaget|"
    r"deres (?:brev|mail|ref)|frist|senest|ændret|(?:vedtægt|takst|regulativ)[^\W\d_]* pr\. ?\d|gældende",
    re.IGNORECASE,
)
TELLS_OF_BEFORE = re.compile(
    r"[^\d]{0,120}?\b(?:besluttede|vedtog|godkendte|tiltrådte|behandlede|drøftede|modtog|fik|har|havde|blev)\b[^\d]{0,80}\d.{20}",
    re.IGNORECASE,
)
"""A sentence of what came of an earlier meeting: "Udvalget besluttede på mødet den 3. maj 2023 at …"."""
_GREETING = re.compile(r"(?:kære|hej|til\s+\S|att\.?[: ]|goddag|hr\.|fru\s)", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"\bkommune\b|@|www\.|^(?:tlf|telefon|cvr|ean|side|sagsnr|sagsbehandler|journalnr|j\.nr|dato|dok|att|til|fra|emne|akt)\b|"
    r"^\d{4} [A-ZÆØÅ]|\b\d{1,3} ?[a-z]?(?:, ?\d|$)|\d\. ?(?:th|tv|sal)\b",
    re.IGNORECASE,
)
_CASE = re.compile(r"(?:sagsnr|sagsnummer|sag nr|sagsbehandler|journalnr|j\.nr|dato|dok)\b", re.IGNORECASE)
_CASE_BEGINS = frozenset("sSſjJdD")
_SENDER = re.compile(
    r"(?:[\w-]+ ){1,3}kommune|region [\w-]+|(?:[\w.-]+ (?:& |og )?){1,5}(?:a/s|aps|[ikps]/s|a\.?m\.?b\.?a\.?)",
    re.IGNORECASE,
)
_OF_YEARS = re.compile(
    r"[A-ZÆØÅ][^\W\d_]{3,}(?:[ ,-]{1,2}[^\W\d_]+){0,5},? (?:for )?(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?"
)
"""What paper it is, and of which years: "Årsrapport 2024", "Forslag til budget 2026-2029"."""
_BETWEEN_PIECES = re.compile(r", | [-–—|·] |: ")
_LEADING_IN = re.compile(r"\b(?:følgende|nedenstående|således|herunder|disse|er enige om)\b", re.IGNORECASE)
_GOES_ON = re.compile(r" (?:af|for|fra|i|med|og|om|over|på|samt|til|ved)$")
_OFFICE = re.compile(
    r"(?i:(?:center|afdeling|team|stab|område)\b.*|.*(?:forvaltning|afdeling|sekretariat|stab|center)(?:en|et|s)?)"
    r"|[A-ZÆØÅ][\w-]+(?:, [A-ZÆØÅ][\w-]+)*,? (?:og|&) [A-ZÆØÅ][\w-]+"
)
_DAY = (
    r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag,? )?(?:den |d\. ?)?"
    r"(?:\d{1,2}\. ?[a-zæøå]{3,9}\.? \d{4}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}-\d\d-\d\d)"
)
_DAY_LINE = re.compile(
    r"(?:[^\W\d_][\w-]{1,30}, ?|(?:(?:[^\W\d_][\w-]* ){1,3}kommune|region [^\W\d_][\w-]*)"
    r"(?:(?:, ?| [-–|·] )(?-i:[A-ZÆØÅ][\w-]*(?:,? (?:og |& )?[A-ZÆØÅ][\w-]*){0,4})(?=,| [-–|·]))?(?:, ?| [-–|·] | ))?"
    rf"{_DAY}\.?",
    re.IGNORECASE,
)
_ISSUES = r"(?:(?:presse)?meddelelse|nyhed(?:sbrev)?|notat|notits|redegørelse|orientering|udtalelse|(?:hørings)?svar)"
_ISSUED_BARE = re.compile(_ISSUES, re.IGNORECASE)
_ISSUED_BY = re.compile(rf"{_ISSUES}(?: fra (?:[\w-]+,? ){{0,5}}?[\w-]+)?", re.IGNORECASE)
_ISSUED = re.compile(
    rf"{_ISSUES}"
    rf"(?: fra (?:[\w-]+,? ){{0,5}}?[\w-]+)?(?:, ?| [-–|·] |: | (?=den |d\. )){_DAY}",
    re.IGNORECASE,
)
"""What a paper is, who sends it and on which day, and nothing of what it is about: that may have a day of its own."""
_AGREEMENT = re.compile(r"\w{0,24}(?:aftale|forlig|overenskomst)(?:en|et)?\b[^.:;]{0,100}", re.IGNORECASE)
_CONCLUDED = re.compile(rf"(?:indgået|underskrevet|dateret) {_DAY}(?!\w)", re.IGNORECASE)
_TORN_NAME = re.compile(r"kommunes?(?: \d{4}(?:[-–]\d{2,4})?)?", re.IGNORECASE)
_WHOSE_NAME = re.compile(r"(?:[A-ZÆØÅ][^\W\d_]+[ -]?){1,3} [Kk]ommune(?: \d{4}(?:[-–]\d{2,4})?)?")
_WHOSE = re.compile(rf",? (?:for|i|–|-) {_WHOSE_NAME.pattern}$")
_HALF_NAME = re.compile(r"\w- (?:og|eller)$")
_WHOSE_BEFORE = re.compile(rf"{_WHOSE_NAME.pattern} (?=[A-ZÆØÅ])")
_AGREED = re.compile(
    r"\w{0,24}(?:aftale|kontrakt|forlig|overenskomst)\b(?:(?!aftale|kontrakt|forlig|overenskomst|lejemål).){0,160}? "
    rf"(?:indgået|underskrevet|dateret) {_DAY}",
    re.IGNORECASE,
)


class PaperHead:
    """The lines that a paper begins with, and what stands above its text: looked for once for its title and its day."""

    def __init__(self, text: str, lines: Sequence[TextLine]) -> None:
        self.text, self.lines = text, lines

    @lazy
    def stop(self) -> int:
        """As :func:`signed_from`."""
        return signed_from(self.text, self.lines)

    @lazy
    def marked(self) -> TextLine | None:
        """As :func:`marked_title`, above who signed."""
        return marked_title(self.lines[: self.stop])

    @lazy
    def printed(self) -> TextLine | None:
        """As :func:`printed_title`."""
        return printed_title(self.lines, self.stop)


def is_title(plain: str) -> bool:
    """A line that can be the title of a paper: no sentence, row, line of a letterhead, greeting or closing, no day."""
    return (
        4 <= len(plain) <= LONGEST_TITLE
        and not plain.endswith((".", ",", ";"))
        and "|" not in plain
        and any(map(str.isalpha, plain))
        and not is_contents_line(plain)
        and _LETTERHEAD.search(plain) is None
        and _GREETING.match(plain) is None
        and CLOSING.match(plain) is None
        and not is_day_line(plain)
    )


def is_day_line(plain: str) -> bool:
    """ "7. marts 2022", "Fjordby, d. 7.3.2022", "Fjordby Kommune, Park og Vej, 7. marts 2022" and nothing else."""
    return _ends_in_figures(plain) and _DAY_LINE.fullmatch(plain) is not None and len(days_of(plain)) == 1


def is_dated_head(plain: str) -> bool:
    """ "Pressemeddelelse fra Fjordby Kommune, 7. marts 2022", "Aftale mellem … indgået den 7. marts 2022"."""
    said = (_ISSUED.fullmatch(plain) or _AGREED.fullmatch(plain)) if _ends_in_figures(plain) else None
    return said is not None and len(days_of(plain)) == 1


def _ends_in_figures(plain: str) -> bool:
    """Whether a line ends as a day does; most do not, and are asked nothing more."""
    return plain.rstrip(".")[-1:].isdigit()


def days_of(plain: str) -> list[str]:
    """The days printed in a line with their year, as ISO dates."""
    if len(plain) > 300 or not any(map(str.isdigit, plain)):
        return []
    found, _ = dates.find(Prose(plain), Context())
    days = [date for date in found if isinstance(date, Date)]
    return [date.first.isoformat() for date in days if date.precision == "day" and date.first == date.to]


def signed_from(text: str, lines: Sequence[TextLine]) -> int:
    """The index of "Venlig hilsen", else of the last line that ``text`` prints: who signed stands there."""
    end = next((at for at, line in enumerate(lines) if CLOSING.match(line.plain)), len(lines))
    return end - 1 if end > 1 and not text[lines[end - 1].end :].strip() else end


def marked_title(lines: Sequence[TextLine]) -> TextLine | None:
    """The first line marked as a heading; several words may end in a number as a street does ("Taget på hal 2").

    Who sends the paper may stand in it, too: "Budgetaftale 2026, Fjordby Kommune".
    """
    return next(
        (line for line in lines if line.marked and is_title(_without_number(_without_sender(line.plain)))), None
    )


def _without_sender(plain: str) -> str:
    """A heading without a municipality named before it or behind it; as it is where only an office is left."""
    pieces = _BETWEEN_PIECES.split(plain)
    kept = [piece for piece in pieces if not _SENDER.fullmatch(piece)]
    rest = ", ".join(kept)
    return rest if kept and len(kept) < len(pieces) and _OFFICE.fullmatch(rest) is None else plain


def whole_title(lines: Sequence[TextLine], at: int) -> str:
    """A line, and the next one where it goes on there: "Katalog over forslag til", "budget 2026-2029"."""
    plain = _begun_above(lines, at) + lines[at].plain
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.blank_before or _GOES_ON.search(plain) is None or _is_prose(below.plain):
        return plain
    return f"{plain} {below.plain}" if len(plain) + len(below.plain) < LONGEST_TITLE else plain


def _begun_above(lines: Sequence[TextLine], at: int) -> str:
    """What the line above begins of a title, without whose it is: "Fjordby Kommune Effektiviserings- og"."""
    above = lines[at - 1].plain if at and not lines[at].blank_before else ""
    goes_on = (lines[at].plain[:1].islower() and _GOES_ON.search(above) is not None) or _HALF_NAME.search(
        above
    ) is not None
    if not goes_on or _is_prose(above) or len(above) + len(lines[at].plain) >= LONGEST_TITLE:
        return ""
    return _WHOSE_BEFORE.sub("", above) + " "


def agreed_title(lines: Sequence[TextLine]) -> str | None:
    """ "Budgetaftale 2026 for Fjordby" over "Kommune" and "Indgået den 11. september 2025 mellem …" on top.

    "Fjordby Kommune" may stand between the two.
    """
    if not lines or not _AGREEMENT.fullmatch(lines[0].plain):
        return None
    torn = len(lines) > 1 and not lines[1].blank_before and _is_torn(lines[0].plain, lines[1].plain)
    at = 1 + torn
    at += len(lines) > at and _WHOSE_NAME.fullmatch(lines[at].plain) is not None
    below = lines[at] if len(lines) > at else None
    if below is None or not (_CONCLUDED.match(below.plain) or is_day_line(below.plain)):
        return None
    title = f"{lines[0].plain} {lines[1].plain}" if torn else lines[0].plain
    what = _WHOSE.sub("", title)  # a letterhead's line ends in "Kommune", too
    return title if is_title(what) else None


def _is_torn(first: str, second: str) -> bool:
    """Whether the name of the municipality is cut at the line's end, or stands below "for"."""
    if first.endswith((" for", " i", " –", " -")):
        return _WHOSE_NAME.fullmatch(second) is not None
    return _TORN_NAME.fullmatch(second) is not None


def _without_number(plain: str) -> str:
    bare = plain.rstrip("0123456789 ")
    return bare if len(bare.split()) > 2 else plain


def printed_title(lines: Sequence[TextLine], stop: int) -> TextLine | None:
    """The first of ``lines[:stop]`` above the text that stands alone or over the paper's day or case number.

    Before it the one of a year right below who sends the paper, else any below that, or the one between
    "Pressemeddelelse" and the text.
    """
    end = next((at for at in range(stop) if _is_prose(lines[at].plain)), stop)
    dated = next((lines[at] for at in range(end) if _is_of_years(lines, at)), None)
    if dated is not None:
        return dated
    ways = (_stands_alone, _stands_below_sender, _stands_below_issue)
    places = ((stands, at) for stands in ways for at in range(end))
    return next((lines[at] for stands, at in places if stands(lines, at) and is_title(lines[at].plain)), None)


def _is_of_years(lines: Sequence[TextLine], at: int) -> bool:
    """ "Årsrapport 2024" in the line below "Fjordby Forsyning A/S"."""
    below_sender = at > 0 and not lines[at].blank_before and _SENDER.fullmatch(lines[at - 1].plain) is not None
    return below_sender and _OF_YEARS.fullmatch(lines[at].plain) is not None and not is_day_line(lines[at].plain)


def _leads_in(plain: str) -> bool:
    """A sentence that ends in a colon: "Partierne er enige om følgende ændringer:"."""
    return plain.endswith(":") and _LEADING_IN.search(plain) is not None


def day_below(lines: Sequence[TextLine], title: TextLine | None) -> str | None:
    """The day on a line of its own right below the title or a letterhead, or on top, or in the paper's first line.

    An ISO day. None where the paper has none there, or several that differ. What stands below a label of its own
    ("Frist") is none.
    """
    found = set()
    for at, line in enumerate(lines):
        if _is_prose(line.plain) and not is_day_line(line.plain):
            break
        if is_dated_head(line.plain):
            found.update(days_of(line.plain))
        if is_day_line(line.plain) and _is_headed(lines[at - 1] if at else None, title):
            found.update(days_of(line.plain))
    return found.pop() if len(found) == 1 else None


def _is_headed(above: TextLine | None, title: TextLine | None) -> bool:
    """Whether the title, "Pressemeddelelse" or a letterhead stands right above a day, or nothing; no other label."""
    headed = above is None or above == title or _is_passed(above.plain) or _is_issued(above.plain)
    return headed and not (above and NOT_ITS_DATE.search(above.plain))


def _is_issued(plain: str) -> bool:
    """ "Pressemeddelelse" and nothing else; the day below "Mødeplan" or "Invitation" is that of what it tells of."""
    return _ISSUED_BARE.fullmatch(plain) is not None


def _is_prose(plain: str) -> bool:
    """A sentence, or the end of one: what stands below it is no head."""
    if _leads_in(plain) and not _GREETING.match(plain):
        return True
    if not plain.endswith(".") or _GREETING.match(plain):
        return False
    return len(plain.split()) >= FEWEST_WORDS_OF_PROSE or plain[:1].islower()


def _stands_alone(lines: Sequence[TextLine], at: int) -> bool:
    """Blank lines around it; or over the paper's day or case number, and then below who sends it, or "Notat"."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.blank_before:
        return lines[at].blank_before
    dated = is_day_line(below.plain) or (below.plain[:1] in _CASE_BEGINS and _CASE.match(below.plain))
    if not dated or _OFFICE.fullmatch(lines[at].plain) or _names_kind(lines[at].plain):
        return False
    above = lines[at - 1].plain if at else ""
    return lines[at].blank_before or _is_passed(above) or _names_kind(above)


def _names_kind(plain: str) -> bool:
    """ "Notat" and nothing else."""
    return fold(plain) in meeting_words("other-paper")


def _stands_below_sender(lines: Sequence[TextLine], at: int) -> bool:
    """ "Fjordby Kommune" above it, a blank line below it; no office of the sender."""
    if not at or lines[at].blank_before or (at + 1 < len(lines) and not lines[at + 1].blank_before):
        return False
    return _SENDER.fullmatch(lines[at - 1].plain) is not None and _OFFICE.fullmatch(lines[at].plain) is None


def _stands_below_issue(lines: Sequence[TextLine], at: int) -> bool:
    """ "Pressemeddelelse fra Fjordby Kommune", or its day, above it; a sentence or a full line of text below it."""
    if not at or at + 1 >= len(lines) or not lines[at].plain[:1].isupper():
        return False
    above, below = lines[at - 1].plain, lines[at + 1].plain
    if is_day_line(above) and at > 1:
        above = lines[at - 2].plain
    issued = _ISSUED_BY.fullmatch(above) is not None or is_dated_head(above)
    return issued and below[:1].isupper() and (_is_prose(below) or len(below) >= FULL_LINE)


def _is_passed(plain: str) -> bool:
    """Who sends the paper, or another line of a letterhead."""
    return _LETTERHEAD.search(plain) is not None or _OFFICE.fullmatch(plain) is not None
