"""The one year a quantity is tied to, or none where more than one may be meant.

Directly behind the quantity a year is its own ("i 2024", "(2024)"). Farther off, on either side, it is so only where
nothing but light words or one plain prepositional phrase stands between, no other year stands in the clause, and no
other quantity competes for it. The words are data in ``lexicon/cues.csv``.
"""

from __future__ import annotations

import re

from pipeline.facts.qualifiers import AFTER, cues

CLAUSE = 160
MOST_BETWEEN = 8
_FINITE = (
    "er|var|blev|bliver|har|havde|skal|kan|vil|skulle|kunne|ville|må|udgør|udgjorde|koster|kostede|får|fik|afsættes|bruges"
    "|spares|anvendes|går|gik|bruger|brugte|forventes|foreslås"
)
CLAUSE_END = re.compile(
    r"[;!?]\s|\n[> \t]*\n|\.\s[>\s]{0,6}(?=[A-ZÆØÅ])"
    rf"|,[\s>]{{1,4}}(?:men|mens|og|så|hvoraf|hvor|der|som|heraf|fordi|idet|da|at)\s|\s(?:men|mens)\s|,[\s>]{{1,4}}(?=(?:{_FINITE})\s)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NOT_YEAR = (
    r"(?![\d½]|[.,]\d|-?\s?(?:pris|p/l|pl\b|niveau|PL\b)|\s?[-–/]\s?\d"
    r"|(?:,|\s(?:og|eller|til|samt|&|og/eller|indtil|og\sindtil|til\sog\smed|og\stil|som))\s(?:i\s)?(?:19|20)\d\d(?![\d.,]\d|\d))"
)
_FILLED = r"(?:\s{1,2}(?:årligt|varigt|pr\. år|om året|i alt|\([^()\n]{0,30}\)|i \d{4}-priser))?"
_AFTER = re.compile(
    rf"{_FILLED}\s{{1,3}}(?:\((?=(?:19|20)\d\d\s?\))|\(?(?:(?:i|for)(?:\s(?:år|året|budget))?|fra(?:\sog\smed)?)\s){_YEAR}{_NOT_YEAR}"
)
_RANGE_AFTER = re.compile(r"\s{1,3}til\s(?:19|20)\d\d")
_BEFORE = re.compile(
    rf"(?i:(?<!\w)(?:i|for|budget|regnskab)\s{_YEAR}|(?:^|\n|[(;,.]\s?)(?P<colon>(?:19|20)\d\d)(?=:))(?!\d|[-–/.,]\d|\s?[-–]\s?\d)"
)
_BETWEEN = re.compile(r"[^\W\d_]+|[^\s>.:]")
_SHARED_YEAR = re.compile(
    r"(?:19|20)\d\d(?:,?\s(?:og|eller|samt|til|som|&)|,)\s$|(?i:(?<!\w)(?:senest|inden|før|efter|siden)\s)$"
)
_SEVERAL = re.compile(
    rf"{_FILLED}\s{{1,3}}\(?(?:(?:i|for|fra|over)\s)?(?:årene\s|perioden\s)?(?:19|20)\d\d"
    r"(?:(?:\s?[-–/]\s?|\stil\s|\sog\s|,\s)(?:19|20)\d\d(?![\d.,]\d)|[-–/]\d\d(?![\d.,]))"
)
_REST_END = re.compile(r"[.;:!?]\s|\n[> \t]*\n|,\s|\s(?:og|men|mens|mod|samt)\s")
_TIED = re.compile(rf"(?<!\w)(?:i|til|for|fra|budget|regnskab|budgettet)\s{_YEAR}(?!\d|-?\s?(?:pris|p/l|pl\b|niveau))")
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)?"
_FARTHER = re.compile(
    rf"{_FILLED}(?:\s{{1,3}}(?:allerede|reelt|faktisk|blevet))?(?:\s{{1,3}}(?P<spent>{_WORD}))?"
    rf"(?P<phrase>\s{{1,3}}(?:til|på)(?:\s{{1,3}}{_WORD}){{1,4}}?)?"
    rf"\s{{1,3}}(?P<link>i|for|fra)(?:\s(?:år|året|budget|budgettet\sfor))?\s{_YEAR}{_NOT_YEAR}"
)
_RELATIVE = re.compile(
    rf",?\s{{1,3}}(?:som|der|vi|de|man|kommunen)(?:\s{{1,3}}{_WORD}){{0,4}}?\s{{1,3}}(?P<verb>{_WORD})\s{{1,3}}"
    rf"(?:i|fra|for)(?:\s(?:(?i:budget)|budgettet\sfor|år|året))?\s{_YEAR}(?=[,;]|\.(?!\d)|\s?$)"
)
_SAVED = re.compile(r"(?<!\w)spare[rs]?\s(?:[^\W\d_]+\.?\s){0,2}$")


def year_of(text: str, start: int, end: int, low: int, high: int) -> int | None:
    """The year of the quantity ``text[start:end]``; its neighbours end at ``low`` and begin at ``high``."""
    if _SEVERAL.match(text, end):
        return None
    near = _year_after(text, end, high)
    if near is not None:
        return near
    begin = clause_start(text, start, low)
    clause = text[begin:start]
    competes = begin == low > 0
    before = _year_before(clause, competes)
    if before is not None:
        return before if _others(text, end, high) <= {before} else None
    relative = _year_relative(text, end, high)
    if relative is not None:
        return relative
    return None if competes or _TIED.search(clause) else _year_farther(text, end, high, clause)


def clause_start(text: str, at: int, floor: int) -> int:
    """Where the clause begins that ``at`` stands in: not before ``floor``, and at most ``CLAUSE`` characters back."""
    begin = max(floor, at - CLAUSE)
    return max((m.end() for m in CLAUSE_END.finditer(text, begin, at)), default=begin)


def _year_after(text: str, end: int, stop: int) -> int | None:
    """ "i 2024 og frem", "(2024)"; not "i 2023-2026"."""
    match = _AFTER.match(text, end, min(len(text), end + AFTER))
    if match is None or match.start("year") >= stop:
        return None
    return None if _RANGE_AFTER.match(text, match.end("year")) else int(match["year"])


def _year_before(clause: str, competes: bool) -> int | None:
    """ "I 2024 afsættes der 5 mio. kr.", "2024: 5 mio. kr.", "budgettet for 2024 rummer kun 5 mio. kr.".

    ``competes``: the clause begins right behind another quantity, whose a year there is ("4 mio. i 2023 til …").
    """
    match = max(_BEFORE.finditer(clause), key=lambda found: found.start(), default=None)
    if match is None:
        return None
    words = [word.lower() for word in _BETWEEN.findall(clause, match.end()) if word != ","]
    if len(words) > MOST_BETWEEN or not all(word in cues("year-between") for word in words):
        return None
    if words[:1] == ["til"] or _SHARED_YEAR.search(clause, 0, match.start()):
        return None
    if competes and match["year"] and clause[match.start()].islower() and not clause[: match.start()].strip(" ("):
        return None
    return int(match["year"] or match["colon"])


def _others(text: str, end: int, high: int) -> set[int]:
    """The years that what follows in the clause is tied to: "Af budget 2023 er 2 mio. kr. overført til 2024"."""
    limit = min(high, end + AFTER, len(text))
    stop = _REST_END.search(text, end, limit)
    return {int(match["year"]) for match in _TIED.finditer(text, end, stop.start() if stop else limit)}


def _year_relative(text: str, end: int, high: int) -> int | None:
    """ "Af de 5 mio. kr., som Byrådet afsatte i budget 2022, er …"."""
    match = _RELATIVE.match(text, end, min(len(text), end + AFTER))
    if match is None or match.end("year") > high or match["verb"].lower() not in cues("year-spent"):
        return None
    return int(match["year"])


def _year_farther(text: str, end: int, high: int, clause: str) -> int | None:
    """ "2 mio. kr. brugt i 2023", "2 mio. kr. af i 2024", "1 mio. kr. til akutfunktionen i 2024"."""
    match = _FARTHER.match(text, end, min(len(text), end + AFTER))
    if match is None or match.end("year") > high or _RANGE_AFTER.match(text, match.end("year")):
        return None
    spent, phrase = match["spent"], match["phrase"]
    if spent is not None and spent.lower() not in cues("year-spent"):
        return None
    if phrase is not None and not _is_plain(phrase.lower().split()[1:]):
        return None
    if match["link"] == "fra" and not (phrase and _SAVED.search(clause)):
        return None  # "2 mio. kr. til overførsler fra 2023"
    return int(match["year"]) if len(_others(text, end, high)) == 1 else None


def _is_plain(words: list[str]) -> bool:
    """One noun phrase without a clause, another preposition or a participle in it: "skolen bygget i 1975" has one."""
    if any(word in cues("year-barrier") for word in words):
        return False
    if not words[-1].endswith("t") or len(words) == 1:
        return True
    return words[-2] in {"det", "et"} or (words[-2].endswith("e") and not words[-2].endswith("ne"))
