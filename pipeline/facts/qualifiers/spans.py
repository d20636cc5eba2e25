"""Expressions of years, as text and as numbers: "2024", "2024 og 2025", "2024-2026", "2023-26", "2024 og frem"."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 31
OVERSLAG = "overslagsårene"
_YEAR = r"(?:19|20)\d\d"
_UNTIL = (
    r"(?:[ \u00a0]?[-–]\s?|\stil(?:\sog\smed)?\s|\st\.o\.m\.\s|\sog\s(?:indtil|til\sog\smed|frem\stil(?:\sog\smed)?)\s)"
)
"""Between the ends of a span; a dash that begins its line is the mark of a list."""
_SPACED = r"[ \u00a0][-–]\s"
# "i 2026 - 29." is a span, "i 2026 – 29 pct. mere" a year and a remark: what follows tells them apart.
_CLOSES = (
    r"(?=\s?[.,;:)](?!\d)|\s{0,2}$|[ \t]*\n(?:[> \t]*\n|[> \t]*[-–•*A-ZÆØÅ])"
    r"|\s(?:og|samt|til|på|for|hos|[^\W\d_]{3,}es)(?!\w))"
)
SPAN = rf"{_YEAR}(?:{_UNTIL}{_YEAR}|(?!{_SPACED}){_UNTIL}\d\d(?!\d)|{_SPACED}\d\d(?!\d){_CLOSES})"
_ATOM = rf"(?:{SPAN}|{_YEAR})"
_GOES_ON = (
    r"(?:[ \u00a0]?[-–/]\d|\s?/\s?\d|[-–]\s\d"
    rf"|{_SPACED}(?:{_YEAR}|\d\d\s(?:er|var|blev|bliver|af|i|kan|skal|vil))(?!\w)"
    rf"|\n[> \t]{{0,8}}[-–][ \u00a0]{_YEAR}(?![\d:]))"
)
"""A dash or a stroke behind a year that has another number behind it, and is not surely a remark or the next item."""
# "2 mio. kr. i 2024 og i 2025 3 mio. kr.": the second year is of what follows, unless nothing does.
_ENDS = r"(?=[.,;)]|\s?$|\n|\s(?:til|på|for|under|hvoraf|heraf|afsættes|spares)\s)"
_NEXT = rf"(?:{_ATOM}(?!\s\d)|i\s{_ATOM}{_ENDS})"
EXPRESSION = rf"(?:{_ATOM}(?:(?:,|,?\s(?:og|samt|&))\s{_NEXT}){{0,9}})"
NOT_MORE = (
    rf"(?![\d½]|[.,]\d|-?\s?(?:pris|p/l|pl\b|niveau|PL\b)|{_GOES_ON}|\s(?:til|indtil)\s(?:19|20)\d\d"
    rf"|(?:,|\s(?:eller|og/eller|som))\s(?:i\s)?{_YEAR}(?![\d.,]\d|\d)|(?:,|,?\s(?:og|samt|&))\s{_NEXT}(?![\d.,]\d|\d))"
)
OPEN = (
    r"(?:,?\s(?:og|samt)\s(?:frem(?:over|efter|adrettet|ad)?|derefter|(?:de\s)?(?:følgende|efterfølgende|kommende)\sår"
    r"|(?:i\s)?årene\s(?:frem|derefter|herefter|efter|fremover)|(?:i\s)?overslagsårene(?!\s(?:19|20)\d))(?!\w)|\sff\.?(?!\w))?"
)
_NAMED = (
    r"(?:\s(?:hver?t?\saf\s(?:årene|de\sår)|årene|år|året|perioden|budgetårene|budgetåret|overslagsårene|overslagsåret"
    r"|overgangsåret|projektåret|forsøgsåret|valgåret|regnskabsåret|regnskabsårene|finansåret|finansårene|kalenderåret|budgetperioden|aftaleperioden|planperioden|budget|budgettet|budgettet\sfor|regnskab"
    r"|regnskabet\sfor|begge\sårene|alle\sårene|hhv\.?|henholdsvis|både|hele))"
)
JOINT = re.compile(
    r"(?:,?\sjf\.?\s[\w ]{1,16}?)?(?:\s(?:og|samt)|,(?:\s(?:og|samt|mens|men))?)\s(?:ca\.\s|yderligere\s)?"
)
"""Between two sums that each have their year: "(2 mio. kr. i 2025) og (3 mio. kr. til veje i 2026)"."""
LINK = (
    rf"(?:(?:i|for|over|fra(?:\sog\smed)?){_NAMED}{{0,2}}"
    rf"|fordelt\s(?:på|over|i){_NAMED}{{0,2}}(?=\s{{1,3}}(?:{SPAN}|{_YEAR}(?:,|\sog)\s{_YEAR}))"
    r"|i\sløbet\saf(?:\s(?:år|året|budgetåret))?|(?:budget|regnskab|årene|perioden|overslagsårene|budgetårene))"
)
# The years as printed, and what says that they go on.
YEARS = rf"(?P<expression>{EXPRESSION}){NOT_MORE}(?P<open>{OPEN})"
_SINCE = re.compile(r"(?i:(?<!\w)fra(?:\sog\smed)?)\s*$")
_ONE_ATOM = re.compile(rf"(?P<first>{_YEAR})(?:{_UNTIL}(?P<last>\d{{2,4}}))?")


class When(NamedTuple):
    """The years in ascending order, whether they go on, and the words that say so; no years: they cannot be told."""

    years: tuple[int, ...]
    open_end: bool
    start: int
    end: int

    def moved(self, by: int) -> When:
        """The same, its words counted from elsewhere."""
        return self._replace(start=self.start + by, end=self.end + by)


def read_when(match: re.Match[str], *, moved: bool) -> When:
    """The years of a match of ``EXPRESSION`` and ``OPEN``, led by ``LINK``.

    ``moved``: something goes "fra 2023 til 2024", which then says no years.
    """
    lead = match[0][: match.start("expression") - match.start()]
    begin = match.start() + len(lead) - len(lead.lstrip())
    if "span" in match.re.groupindex:
        begin = match.start("span") + match["span"].startswith("(")
    if match.re.groupindex.get("colon") and match["colon"] is not None:
        begin = match.start("expression")
    since = _SINCE.search(lead) is not None
    years = read_years(match["expression"])
    end = match.end("open") if match["open"] else match.end("expression")
    if moved:
        years = ()
    if match["open"] and match["open"].endswith(OVERSLAG):  # the three years behind that of the budget
        return When((*years, *(years[0] + n for n in (1, 2, 3))) if len(years) == 1 else (), False, begin, end)
    return When(years, bool(match["open"]) or (since and len(years) == 1), begin, end)


def read_years(expression: str) -> tuple[int, ...]:
    """All years of an expression, ascending; none where they are not in order or too many."""
    years: list[int] = []
    for match in _ONE_ATOM.finditer(expression):
        first, last = int(match["first"]), match["last"]
        stop = first if last is None else int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        if stop < first or stop - first > LONGEST or (years and first <= years[-1]):
            return ()
        years += range(first, stop + 1)
    return tuple(years)
