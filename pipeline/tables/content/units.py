"""Units of money as tables print them: "Beløb i 1.000 kr.", "mio. kr."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from corpus.model import Unit
from pipeline.lexicon import rows
from pipeline.tables.content.levels import level_spans

KEPT = 1 << 12
"""So many short texts keep what was read of them: a label is asked for each of its figures."""
UnitKind = Literal["money", "fte", "position", "percent", "other"]


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit printed beside a figure in its own cell. ``factor`` and ``currency`` are set for money."""

    kind: UnitKind
    factor: Decimal = Decimal(1)
    currency: str = "DKK"


@dataclass(frozen=True, slots=True)
class UnitNote:
    """A statement of the unit, by its place in the line or cell that was asked."""

    unit: Unit
    start: int
    end: int


_BESIDE: dict[str, UnitKind] = {
    "%": "percent",
    "pct": "percent",
    "procent": "percent",
    "årsværk": "fte",
    "åv": "fte",
    "fte": "fte",
    "fuldtidsstilling": "position",
    "fuldtidsstillinger": "position",
    "stilling": "position",
    "stillinger": "position",
}


@cache
def _spellings() -> dict[str, tuple[Decimal, str]]:
    return {_key(row["spelling"]): (Decimal(row["factor"]), row["currency"]) for row in rows("table_units")}


def _key(printed: str) -> str:
    return re.sub(r"[\s.,'\-]", "", printed).casefold()


@cache
def _unit_pattern() -> re.Pattern[str]:
    """All spellings, longest first; a point may be missing, be a comma or a blank, and blanks may vary.

    The first letters stand in front as one set: a pattern that begins with one is fast to search for.
    """
    by_first: dict[str, list[str]] = {}
    for spelling in sorted((row["spelling"] for row in rows("table_units")), key=len, reverse=True):
        rest = re.escape(spelling[1:]).replace(r"\ ", " ")
        by_first.setdefault(spelling[0], []).append(re.sub(r"\\?[. ]+", lambda m: r"[.,'\s\-]{0,3}", rest))
    ways = "|".join(rf"(?<={first})(?:{'|'.join(rests)})" for first, rests in by_first.items())
    firsts = "".join(first + first.upper() for first in by_first)
    return re.compile(rf"[{firsts}](?<![\w.,].)(?<!\d-.)(?i:{ways})(?!\w)(?:\.\.(?!\.)|\.?)")


def holds_unit(text: str) -> bool:
    """Whether a unit of money is printed in a text, stated or counted."""
    return may_hold_unit(text) and _unit_pattern().search(text) is not None


def may_hold_unit(text: str) -> bool:
    """Whether letters of a unit of money stand in a text, as in each of its spellings; costs little of a long one."""
    small = text.casefold()
    return (  # in so many words: it is asked of every line
        "kr" in small or "eur" in small or "dkk" in small or "€" in small or "tusind" in small or "nuller" in small
    )


def own_unit(tail: str) -> OwnUnit | None:
    """The unit of a cell's tail (" mio. kr."), None where it is not one: the cell is text then."""
    plain = tail.strip().rstrip(".").casefold()
    if plain in _BESIDE:
        return OwnUnit(_BESIDE[plain])
    known = None if _is_bare(plain) else _spellings().get(_key(plain))
    return OwnUnit("money", *known) if known and not plain[:1].isdigit() else None


# What may stand before a unit that is stated, not counted: nothing, a bracket or comma, "i", or a word like "Beløb".
_LEAD = re.compile(
    r"(?:^|[(\[,;/|·•–-]|\bi|\bhele|"
    r"\b(?:beløb|beløbene|tal|tallene|enhed|angivet|anført|opgjort|mål|unit|udgifter|netto)[:,]?|"
    r"\b(?:19|20)\d\d(?:[-–/](?:\d\d)?\d\d)?[,:]?|"
    r"^(?:tabel|oversigt|skema|figur)\s\d{1,3}(?:\.\d{1,2})?[.:])\s*$",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"\s*(?:$|[)\],;:/|·•–-]|(?:og|som|der)\s(?:er\s)?(?:gælder|gældende|træder\si\skraft)\s|\bi\s+(?:(?:19|20)\d\d|(?:årets|faste|løbende)\s+pris)|\(|(?<=\.\s)(?-i:[A-ZÆØÅ])|\b(?:netto|brutto|årligt|pr\.?\s+år|per\s+år|hvor|pris|prisniveau|pl\b|p/l|"
    r"(?:19|20)\d\d|og\s*$|og\s+(?:er\s+)?(?:årsværk|(?:19|20)\d\d[-–/ ]{0,2}(?:pris|pl\b|p/l)|"
    r"(?:årets|faste|løbende)(?:\s|$)|i\s+(?:(?:19|20)\d\d|årets|faste|løbende)|inkl|ekskl|uden|netto|afrund|opgjort)|"
    r"med\s+(?:mindre|\w{1,3}\sdecimal)|medmindre|ekskl|inkl|afrund|løbende|faste))",
    re.IGNORECASE,
)
_ROW_LEAD = re.compile(r"(?:^|[(\[,;–-]|\bi|\bhele)\s*$", re.IGNORECASE)


_RATED = re.compile(r"\s?(?:pr\.?|per)\s[^\W\d_]{1,20}[²³\d]?\.?(?:\s[^\d()]{1,20})?\s?(?P<close>\)|$)")
_WHOLE_KRONER = re.compile(r"\d,[-–—]{1,2}\s?$")  # "35.500,- kr.": an amount, whose dash leads to nothing
_SCALED = re.compile(r"\b(?:mio|mill|mia|million\w*|milliard\w*|tusind\w*|tus|1\.?000|nuller)\b", re.IGNORECASE)


def _is_bare(printed: str) -> bool:
    """True for "tusinde" and the like, which may count anything: a unit of money only where nothing else is said."""
    return re.search(r"kr|dkk|eur|€|nuller", printed, re.IGNORECASE) is None


@lru_cache(maxsize=KEPT)
def unit_note(text: str, *, row_label: bool = False) -> UnitNote | None:
    """The unit that a heading, caption or note states; None for a mere amount ("koster 1.000 kr.").

    ``row_label``: stricter, for labels may speak of amounts ("Gebyr 1.000 kr.").
    """
    lead = _ROW_LEAD if row_label else _LEAD
    for match in _unit_pattern().finditer(text):
        before = text[max(match.start() - 24, 0) : match.start()]
        led = lead.search(before) is not None and _WHOLE_KRONER.search(before) is None
        trailed = _TRAIL.match(text, match.end()) or _is_signed(text[match.end() :]) or _is_rated(text, match)
        if (led or (not row_label and _is_last_said(text, match))) and trailed:
            if row_label and match.start() == 0:
                continue
            if _is_bare(match[0]) and (row_label or not _only_states(text, [match.span(), *level_spans(text)])):
                continue
            factor, currency = _spellings()[_key(match[0])]
            if factor == 1 and _is_rest(text, match):
                continue
            if factor == 1 and _SCALED.search(text[: match.start()] + " " + text[match.end() :]):
                continue  # "mio. 2026 kr.": its words are not in their order
            return UnitNote(Unit(factor=factor, currency=currency, text=text.strip()), match.start(), match.end())
    return None if row_label else _contradiction(text)


def _is_rated(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket, or a text, is filled by a unit and what it is for each of: "(kr. pr. måned)".

    "(1.000 kr. pr. elev)" is an amount.
    """
    rated = _RATED.match(text, match.end()) if not match[0][0].isdigit() else None
    before = text[: match.start()].rstrip()
    if rated is None or not rated["close"]:
        return rated is not None and not before
    return before.endswith(("(", "(i", "(hele", "(i hele"))


def _contradiction(text: str) -> UnitNote | None:
    """Two units in one breath, as the first of them: "Beløb i 1.000 kr. og mio. kr."; see :func:`told_units`."""
    units = told_units(text) if may_hold_unit(text) else []
    if len(units) < 2:
        return None
    spans = [match.span() for match in _unit_pattern().finditer(text)]
    led = _LEAD.search(text[max(spans[0][0] - 24, 0) : spans[0][0]]) is not None
    return UnitNote(units[0], spans[0][0], spans[-1][1]) if led else None


@lru_cache(maxsize=KEPT)
def told_units(text: str) -> list[Unit]:
    """The different units that the end of a text states and nothing else: "mio. kr. (sæt selv tre nuller)" states two.

    "1.000 kr. (t.kr.)" states one, and so does "DKK 1.000 kr.". Two that stand apart are of two columns.
    """
    found = [match for match in _unit_pattern().finditer(text) if not _is_bare(match[0])]
    if len(found) < 2 or _APART.search(text, found[0].start(), found[-1].end()):
        return []
    start = found[0].start()
    spans = [(match.start() - start, match.end() - start) for match in found]
    if not _only_states(text[start:], [*spans, *level_spans(text[start:])]):
        return []
    worth = dict.fromkeys(_spellings()[_key(match[0])] for match in found)
    scaled = {currency for factor, currency in worth if factor != 1}
    return [
        Unit(factor=factor, currency=currency, text=text.strip())
        for factor, currency in worth
        if factor != 1 or currency not in scaled
    ]


_APART = re.compile(r"[ \u00a0]{2}|\t")


def _is_rest(text: str, match: re.Match[str]) -> bool:
    """Whether "kr." stands before a bracket that is not opened in the text: the line above may say of how many."""
    return text[match.end() :].lstrip()[:1] == ")" and "(" not in text[: match.start()]


_BEHIND_FIGURE = re.compile(r"\d\s?$")


def units_in(text: str) -> list[Unit]:
    """The units that a line prints, but for those of an amount: "kr." of "(kr.)", not of "12 kr.". May be empty."""
    found = [match for match in _unit_pattern().finditer(text) if not _is_bare(match[0])]
    return [
        Unit(factor=factor, currency=currency, text=text.strip())
        for match in found
        if not _BEHIND_FIGURE.search(text[: match.start()])
        for factor, currency in [_spellings()[_key(match[0])]]
    ]


_STOPPED = re.compile(
    r"(?:(?:(?<![^\W\d_])(?!(?i:inkl|ekskl|maks|mill|vedr)\.)[^\W\d_]{4,}|(?<![\w.,-])(?:19|20)\d\d)\)?[.!?]\)?\s+"
    r"(?=[^\W_]|\()"
    r"|[.!?]\)?\s+(?=(?:Alle|Beløb|Tal)))"
)
"""A stop behind a whole word or a year, or before "Beløb", with which a sentence ends."""
_PARTED = re.compile(r";\s+(?=(?:minus|plus|negativ|positiv))", re.IGNORECASE)


_DIFFERENCE = re.compile(
    r"(?:afvigelse|difference|forskel)(?:n|en|r|rne)?\s(?:=|er\s(?:beregnet|opgjort)|er|beregnes|opgøres|angiver)\s"
    r"(?:[^\d.]|\b(?:19|20)\d\d\b){3,80}\.?",
    re.IGNORECASE,
)
"""How a column of the table below is taken: "Afvigelse = budget minus regnskab"."""
_BEFORE_DIFFERENCE = re.compile(r"(?<=kr\.)\s(?=(?i:afvigelse|difference|forskel)|[A-ZÆØÅ])")
_OFFICES = re.compile(
    r"(?:[A-ZÆØÅ][^\W\d_]*[\s-]){1,4}(?:Kommune|Region|Forsyning)(?:,\s[^\d.,:;]{3,40}){0,2}\.\s+"
    r"|Region\s[A-ZÆØÅ][^\W\d_]+(?:,\s[^\d.,:;]{3,40}){0,2}\.\s+"
    r"|[^\W\d_]*(?i:oversigt|tabel|skema|specifikation|opgørelse)(?:,\s[^\d.,:;]{3,40}){0,2}\.\s+"
)
"""Whose figures they are, and of which of its areas: "Nordby Kommune, Ældreområdet. "; or "Oversigt, drift. "."""


def _is_last_said(text: str, match: re.Match[str]) -> bool:
    """Whether a unit begins the last sentence of a line, and that states nothing else: "Nordby. 1.000 kr., netto".

    "1.000 kr." alone may be an amount there, but behind nothing but the name of an office or an overview. What the
    signs mean may follow.
    """
    if not any(stop.end() == match.start() for stop in _STOPPED.finditer(text)):
        return False
    said = without_signs(text[match.start() :])
    rest = said[match.end() - match.start() :]
    says = not match[0][0].isdigit() or re.search(r"[^\W_]", rest) is not None
    says = says or _OFFICES.fullmatch(text[: match.start()]) is not None
    return says and is_statement(said)


def without_signs(text: str) -> str:
    """A text up to the sentence that says what the signs, or deviations, are: "1.000 kr. Minus er besparelse."."""
    stops = [stop.end() for stop in (*_STOPPED.finditer(text), *_PARTED.finditer(text))]
    if (mark := re.search(r"(?:(?<=kr\.)|(?<=kr)),?\s(?=[(\"']?[+\-−–÷])", text, re.IGNORECASE)) is not None:
        stops.append(mark.end())
    stops += [stop.end() for stop in _BEFORE_DIFFERENCE.finditer(text)]
    tells = (end for end in stops if is_sign_note(text[end:]) or _DIFFERENCE.fullmatch(text[end:].strip()))
    return next((text[:end].rstrip() for end in tells), text)


_LAST_BRACKET = re.compile(
    r"(?<=\s)\([^()]{3,60}\)\s?:$|(?:(?<=herunder\s)|(?<=nedenfor\s))\([^()]{3,60}\)\.?$", re.IGNORECASE
)
"""What a sentence that leads to a table says last: "… følgende prioriteringer (mio. kr.):", "… herunder (i kr.)."."""


def last_statement(text: str) -> int | None:
    """Where the last sentence of a text begins, if there are others before it and it is nothing but a statement.

    What the signs mean may follow it.
    """
    starts = [stop.end() for stop in _STOPPED.finditer(text)]
    if (bracket := _LAST_BRACKET.search(text)) is not None and is_statement(without_signs(bracket[0].strip(" :."))):
        starts.append(bracket.start())
    return next((n for n in starts if unit_note(text[n:]) is not None and _is_stated_at(text, n)), None)


def _is_stated_at(text: str, start: int) -> bool:
    rest = text[start:]
    return is_statement(without_signs(rest)) and (not rest[0].isdigit() or unit_note(text) is not None)


_SAYS_MONEY = re.compile(r"0{3}\b|\bt?kr\b|\bkroner\b|\b(?:mio|mill|mia)\b|€", re.IGNORECASE)


def is_unread_unit(text: str) -> bool:
    """True for the cell of a column of units that speaks of money, but not as any spelling does: "1.000", "100 kr."."""
    return unit_note(text) is None and _SAYS_MONEY.search(text) is not None


STATING = frozenset(
    {"beløb", "beløbene", "alle", "i", "er", "og", "hele", "tal", "tallene", "angivet", "opgjort", "årets", "faste"}
    | {"løbende", "priser", "pris", "niveau", "netto", "note", "enhed", "kr", "kroner", "afrundet"}
    | {"tabellen", "nedenfor", "herunder", "viser", "vises"}
)
_DECIMALS = re.compile(r"(?:\d|én|en|to|tre|uden)\sdecimal(?:er)?\b", re.IGNORECASE)


@lru_cache(maxsize=KEPT)
def is_statement(text: str) -> bool:
    """True for a text that is nothing but a unit, a price level, or both: "2025-priser", "(i 1.000 kr., 2025-pl)"."""
    spans = level_spans(text) if len(text) < 80 else []
    note = unit_note(text) if len(text) < 80 else None
    if note is not None:
        spans.append((note.start, note.end))
    return bool(spans) and _only_states(text, spans)


_SCALE = r"(?:1[.\s]?000|mio\.?|mill\.?|mia\.?|millioner|tusinde?|t\.)"
_LED = r"(?:(?:alle|beløb(?:ene)?|tal(?:lene)?|udgifter|er|angivet|anført|opgjort|vist)\s)"
_BEGUN = re.compile(rf"{_LED}+i(?:\shele)?|{_LED}*(?:i\s)?(?:hele\s)?{_SCALE}", re.IGNORECASE)
_ENDS_SCALED = re.compile(rf"(?<![\w.,-]){_SCALE}$", re.IGNORECASE)


@lru_cache(maxsize=KEPT)
def begins_unit(text: str) -> bool:
    """True for a unit without its currency, which may be on the next line: "Alle beløb i", "Beløb i 1.000", "mio."."""
    return _BEGUN.fullmatch(text) is not None


def ends_scaled(text: str) -> bool:
    """Whether the last word of a line says how many of what the next one names: "Forslagets økonomi i 1.000"."""
    return _ENDS_SCALED.search(text.strip()) is not None


def _only_states(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether nothing but "Beløb i", "alle tal er" and the like stands outside ``spans``."""
    rest = "".join(" " if any(a <= n < b for a, b in spans) else char for n, char in enumerate(text))
    rest = _DECIMALS.sub(" ", rest)
    return all(word in STATING for word in re.findall(r"[^\W_]+", rest.casefold()))


_SIGN_NOTE = re.compile(
    r"(?<!\w)[(\"']?[+\-−–÷][)\"']?\s?(?:=|:\s|angiver|betyder|er lig)|(?:^|[(,;]\s?)[+\-−–÷]\ser\s|"
    r"[(\"'][+\-−–÷][)\"']\ser\s|"
    r"\b(?:minus|plus|negative?|positive?)\b.{0,30}"
    r"(?:=|angiver|betyder|er\s|svarer|viser)|\bfortegn|"
    r"\b(?:anført|angivet|angives|vist|vises|skrevet|markeret)\s(?:som|med|ved)\s(?:et\s|en\s)?"
    r"(?:(?:minus|plus|negativ\w*|positiv\w*|parentes)\b|[(\"']?[+\-−–÷](?!\w))|"
    r"\b(?:tal|beløb|udgifter|indtægter|besparelser|mindreforbrug|merforbrug)\s(?:er\s|står\s)?i\sparentes|"
    r"\b(?:besparelser|udgifter|indtægter|mindreudgifter|merudgifter|merindtægter)\s(?:er|har)\s"
    r"(?:negativ|positiv|minus|plus)",
    re.IGNORECASE,
)


_SIGNED = re.compile(r"[\s.,;:]*[(\"']?[+\-−–÷]")


def _is_signed(text: str) -> bool:
    """Whether what stands behind a unit says what the signs mean: "+ er udgift, - er indtægt"."""
    return _SIGNED.match(text) is not None and is_sign_note(text.strip(" .,;:"))


@lru_cache(maxsize=KEPT)
def is_sign_note(text: str) -> bool:
    """True for a line that says what the signs mean: "(-) = mindreudgift", "Negative tal angiver …"."""
    return len(text) < 300 and _SIGN_NOTE.search(text) is not None


def is_note(label: str) -> bool:
    """True for a label without figures that is a remark on the table and names no row: "Note: …", a unit, the signs."""
    noted = label.casefold().startswith(("note", "anm", "*", "kilde"))
    said = unit_note(label) is not None and unit_note(label, row_label=True) is None
    return noted or is_sign_note(label) or is_statement(label) or said
