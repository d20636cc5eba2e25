"""Which printed lines state a unit for a table: a short line of its own, a bracket, "Beløb i …"; never running text."""

from __future__ import annotations

import re

from pipeline.tables.content.levels import level_spans, price_level
from pipeline.tables.content.rows import HANGING, VERBS, is_hanging, is_prose
from pipeline.tables.content.units import UnitNote, is_statement, unit_note, without_signs

_NAMED = re.compile(r"(?:tabel|oversigt|skema|figur|bilag|tab\.|note|side)\s?[\dA-Z]{1,3}[.:]?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?")
_CUT_AMOUNT = re.compile(r"\d\s?(?:mio|mill|mia|t|tus|tusinde?|millioner|milliarder)\.?$", re.IGNORECASE)
_STOPS = (".", ":", "!", "?", ")")
_LED = re.compile(r"beløb|\btal|\benhed|[(\[]", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:konsekvens\w*|virkning\w*|beløb\w*|tal|tallene|bevilling\w*|tabel\w*|oversigt\w*|økonomi\w*)\s(?:[^.]*\s)?"
    r"(?:fremgår|vises|viser|angives|opgøres|(?:er|bliver)(?:\s\w+)?\s(?:opgjort|angivet|vist|anført|opstillet|beregnet)|er)\s"
    r"(?:\w+\s){0,3}?i\s(?:hele\s)?$",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"[\s,]*(?:(?:og|som|der)\s)?(?:er\s)?(?:gælder|gældende|træder\si\skraft)"
    r"(?:\s(?:fra|og|med|pr\.?|for|i|til|indtil|den|hele|år|året|\d{1,2}\.|(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|"
    r"januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)){1,12}\.?\s*",
    re.IGNORECASE,
)
"""From when on what a table says is in force: "og gælder fra 1. januar 2027."."""
_OPEN = re.compile(r"(?:(?:,|og|i)\s?(?:(?:i\s)?(?:årets|faste|løbende)(?:\s(?:priser|pris|prisniveau))?)?)?")
"""A price level of no year, or what may stand at the end of a line before the price level on the next one."""
_PRICED = re.compile(
    r"[\s.,;:(–-]*(?:alle\s)?(?:beløb|tal|\w*regnskab|\w*forbrug|\w*budget|\w*overslag)\w*(?:\s(?:19|20)\d\d)?\s"
    r"(?:(?:er|vises|angives|opgøres|opgjort|angivet|alle)\s){0,3}i\s",
    re.IGNORECASE,
)
_SAID_IN = re.compile(r"(?:^|\.\s|\balle\s)(?:beløb\w*|tal|tallene)\s[^.]*\bi$", re.IGNORECASE)
CAPTION = re.compile(r"(?:tabel|oversigt|skema|figur|bilag|tab\.)\s?(?-i:[\dA-Z]{1,3})(?:[.:\-–)]|\s|$)", re.IGNORECASE)
_ALL_TABLES = re.compile(
    r"\b(?:alle\s+(?:tabeller|oversigter|skemaer)|(?:tabellerne|oversigterne)\s+er)\b", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"\bmed\s?mindre\b|\b(?:hvor|hvis)\s(?:intet|ikke|andet)\b|"
    r"\b\w*(?:dokument|katalog|notat|bilag|rapport|hæfte|materiale|publikation|beretning|regnskab)(?:et|en|t)\b|"
    r"\bi\s(?:hele\s|hele\sdet\s)?(?:dette|denne|det\sfølgende)\b",
    re.IGNORECASE,
)
"""What a sentence says that is of more than one table: "Alle beløb er i 1.000 kr., hvor ikke andet er anført"."""
_UNLESS = re.compile(
    r"(?:,?\s(?:og\s)?(?:er\s)?(?:inkl|ekskl)(?:usive|\.)?\s(?:25\s?(?:%|pct\.?)\s)?moms)?[\s,.]*(?:med\s?mindre|hvor|hvis|såfremt)\s(?:der\s)?(?:(?:intet|ikke)\s)?andet\s(?:tydeligt\s)?(?:er|fremgår)\b[^.\d]{0,40}\.?",
    re.IGNORECASE,
)
"""What a sentence on the unit of many tables ends in: ", medmindre andet er anført.", after VAT perhaps."""
MOST_AFTER = 5
"""A price level takes so many words at most: "i faste 2026-priser og lønniveau"."""
_SAID_ONLY = frozenset(
    {"i", "og", "netto", "brutto", "årligt", "pr", "per", "år", "ekskl", "inkl", "moms", "faste", "løbende", "priser"}
)
_SAYING = VERBS | {"udgør", "koster", "stiger", "falder", "kræver", "omkring"}


def stated_unit(text: str, before: str = "") -> UnitNote | None:
    """The unit that a line states for a table, None for running text; ``before``: the line printed above it."""
    note = unit_note(text)
    if note is None or runs(text, before):
        return None
    return note


def is_of_whole(text: str) -> bool:
    """Whether a statement of a unit is of more than one table by its words: "Alle beløb i hæftet er i 1.000 kr."."""
    return _ELSEWHERE.search(text) is not None or names_tables(text)


def names_tables(text: str) -> bool:
    """Whether a text speaks of all tables: "Alle tabeller er i 1.000 kr."."""
    return _ALL_TABLES.search(text) is not None


def tells_unit(text: str) -> bool:
    """True for a sentence that says in what unit the amounts of a table are, and nothing else behind it.

    "De økonomiske konsekvenser fremgår nedenfor i hele 1.000 kr. (2026-priser)."
    """
    note = unit_note(text)
    if note is None or _TOLD.search(text[: note.start]) is None:
        return False
    rest = text[note.end :].strip(" .:")
    leveled = price_level(rest) is not None and len(rest.split()) <= MOST_AFTER
    return _OPEN.fullmatch(rest) is not None or is_statement(rest) or leveled


def runs(text: str, before: str = "") -> bool:
    """True for a line of running text with a unit in it: "mio. kr. årligt fra 2026.", also by the line above it."""
    note = unit_note(text)
    if note is None or _LED.search(text[: note.start]):
        return False
    at_start = not re.search(r"[^\W_]", text[: note.start])
    if at_start and goes_on(before, text):
        return True
    rest = text[note.end :]
    if _UNLESS.fullmatch(rest):
        return False
    stated = is_statement(without_signs(text)) or says_prices(rest) or _IN_FORCE.fullmatch(rest) is not None
    return not stated and _is_running(without_signs(text)[note.end :], at_start=at_start)


def says_prices(text: str) -> bool:
    """True for what tells at whose prices the columns are: "Regnskab 2025 er i løbende priser, budget i 2027-pl."."""
    if _PRICED.match(text) is None or ("pris" not in text.casefold() and not level_spans(text)):
        return False
    levels = level_spans(text)
    rest = "".join(" " if any(a <= n < b for a, b in levels) else char for n, char in enumerate(text))
    return not any(map(str.isdigit, _YEAR.sub(" ", rest)))


def goes_on(before: str, text: str) -> bool:
    """True where the sentence of the line ``before`` is not at its end, so that ``text`` goes on with an amount."""
    body = before.strip()
    if not body:
        return False
    words = body.split()
    last = words[-1]
    sentence = is_prose(body) or not _SAYING.isdisjoint(word.casefold() for word in words[1:])
    if _CUT_AMOUNT.search(body):
        return True
    if last[-1].isdigit() and not _NAMED.search(body):
        counted = len(words) > 1 and words[-2].casefold() in HANGING and not _YEAR.fullmatch(last)
        return sentence or counted or not (_YEARS.fullmatch(last) or is_statement(without_signs(text)))
    if _SAID_IN.search(body):
        return False
    if is_hanging(body) and last.casefold() != "i":
        return True
    return sentence and not body.endswith(_STOPS)


def ends_sentence(text: str, before: str) -> bool:
    """True for the last words of running text, with a verb: "normeringen falder." below "… selv om"."""
    words = text.casefold().strip(" .").split()
    return text.rstrip().endswith(".") and not _SAYING.isdisjoint(words) and goes_on(before, text)


def _is_running(rest: str, *, at_start: bool) -> bool:
    """Whether what stands behind a unit is a sentence: it has a verb, a stop, or many small words."""
    body = re.sub(r"\([^()]*\)?", " ", rest).strip()
    small = [word for word in re.findall(r"[^\W\d_]+", body) if word.islower() and word not in _SAID_ONLY]
    stopped = body.endswith((".", "!", "?")) and any(char.isalnum() for char in body)
    if not _SAYING.isdisjoint(small):
        return True
    return at_start and (stopped or (len(small) > 2 and not body[:1].isupper()))
