"""The one strict Danish number grammar: a printed number is read exactly, or it is refused.

A point parts thousands ("2.500" is 2500) and a comma parts decimals; thousands may also be parted by a blank (plain,
no-break, thin or narrow). A decimal point is read only where a scale follows ("2.5 mio."), and only with one or two
digits after it. Everything else ("1.23", "1,234,567", "1..2", "0.500", "007") has no reading. Values are
:class:`~decimal.Decimal`, never float.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.lexicon import rows

MINUS_SIGNS = "-–−÷"
BLANK = "[ \u00a0\u2009\u202f]"
FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
# A third has no exact decimal, so only these denominators are read.
EXACT_DENOMINATORS = frozenset({2, 4, 5, 8})
MOST_DIGITS = 21
MOST_WORDS = 8
LONGEST_WORD = 32

_SPACED = rf"\d{{1,3}}(?:{BLANK}\d{{3}}(?!\d))+(?:,\d+)?(?![.,]?\d)"
_RUN = r"\d+(?:[.,]+\d+)*"
_SLASH = rf"(?:\d{{1,3}}{BLANK})?\d/\d(?![/\d.,-]*\d)"
_FRACTION = rf"(?:\d{{1,3}}{BLANK}?)?[½¼¾]"
NUMERAL = rf"(?:{_FRACTION}|{_SLASH}|{_SPACED}|{_RUN})(?:[,.](?:-{{1,2}}|–|—)(?![\d\w]))?"
_SIGN = rf"(?P<sign>(?<![\w)½¼¾%.,])[{MINUS_SIGNS}]|(?<![\d.][ \u00a0])[−÷]{BLANK})?"
_NUMERAL = re.compile(rf"(?<![\w½¼¾])(?<!\d[.,])(?<![^\W\d½¼¾][-–/]){_SIGN}{NUMERAL}")

_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?|[1-9]\d{{0,2}}(?:{BLANK}\d{{3}})+(?:,\d+)?")
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:,\d+)?")
_POINTED = re.compile(r"(?:0|[1-9]\d*)\.\d{1,2}")
_MIXED = re.compile(rf"(?:(\d{{1,3}}){BLANK}?)?([½¼¾])")
_SLASHED = re.compile(rf"(?:(\d{{1,3}}){BLANK})?(\d)/(\d)")
_SUFFIX = re.compile(r"[,.](?:-{1,2}|–|—)$")
_SIGNED = re.compile(rf"(?:[{MINUS_SIGNS}+]{BLANK}?|[Mm]inus\s)")
_WORD = re.compile(r"[^\W\d_]+")
_POWER = re.compile(r"\d[eE]\+")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s*$")


class Number(NamedTuple):
    """A number as printed: ``text[start:end]``; ``value`` is None where the digits fit no rule.

    ``pointed`` is the value when a scale follows and the point is a decimal point ("2.5" in "2.5 mio."), else None.
    """

    start: int
    end: int
    value: Decimal | None
    pointed: Decimal | None = None


def parse_decimal(text: str, *, scaled: bool = False) -> Decimal | None:
    """The value of a text that is one number and nothing else, as in a table cell; None when it fits no rule.

    Signs are ``-``, ``–``, ``−``, ``÷``, ``+``, "minus" in front, or parentheses around ("(206)" is -206). ``scaled``
    says that a scale follows, which lets one point be a decimal point. Number words are read too ("halvanden").
    """
    body = text.strip()
    if body.startswith("(") and body.endswith(")"):
        inner = parse_decimal(body[1:-1], scaled=scaled)
        return None if inner is None or inner < 0 else -inner
    sign = _SIGNED.match(body)
    if sign:
        value = _parse_unsigned(body[sign.end() :], scaled)
        return value if value is None or sign.group().startswith("+") else -value
    return _parse_unsigned(body, scaled)


def _parse_unsigned(body: str, scaled: bool) -> Decimal | None:
    value = parse_numeral(body)
    if value is None and scaled:
        value = _parse_pointed(body)
    return parse_words(body.split()) if value is None and body[:1].isalpha() else value


def parse_numeral(text: str) -> Decimal | None:
    """The value of unsigned digits ("1.234,50", "1 234", "1½", "500,-"), or None."""
    body = _SUFFIX.sub("", text)
    if sum(map(str.isdigit, body)) > MOST_DIGITS or not _ascii_digits(body):
        return None
    if _GROUPED.fullmatch(body) or _PLAIN.fullmatch(body):
        return Decimal(re.sub(rf"\.|{BLANK}", "", body).replace(",", "."))
    if mixed := _MIXED.fullmatch(body):
        return int(mixed[1] or 0) + FRACTIONS[mixed[2]]
    slashed = _SLASHED.fullmatch(body)
    if slashed and 0 < int(slashed[2]) < int(slashed[3]) and int(slashed[3]) in EXACT_DENOMINATORS:
        return int(slashed[1] or 0) + Decimal(slashed[2]) / Decimal(slashed[3])
    return None


def _ascii_digits(body: str) -> bool:
    # str.isdigit is also true of superscripts and of other scripts' digits, which Danish prose never counts with.
    return all(char.isascii() for char in body if char.isdigit())


_SIMPLE = re.compile(
    r"[1-9]\d{0,2}(?:\.\d{3}){1,3}(?:,\d{1,2})?|(?!(?:19|20)\d\d\Z)[1-9]\d{0,6}(?:,\d{1,4})?|0(?:,\d{1,4})?"
)


@functools.lru_cache(maxsize=4096)
def simple_value(word: str) -> Decimal | None:
    """The value of the commonest forms ("11", "1,5", "250.000", no year) as :func:`parse_numeral` has it, or None."""
    return Decimal(word.replace(".", "").replace(",", ".")) if _SIMPLE.fullmatch(word) else None


_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d\d")


def parse_english(text: str) -> Decimal | None:
    """ "1,250,000.00" in an English sentence: groups by comma and two decimals after a point have no other reading."""
    return Decimal(text.replace(",", "")) if len(text) < MOST_DIGITS and _ENGLISH.fullmatch(text) else None


def _parse_pointed(text: str) -> Decimal | None:
    return Decimal(text) if text.isascii() and len(text) < MOST_DIGITS and _POINTED.fullmatch(text) else None


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """The numbers printed in digits in ``text[start:end]``, left to right, with a sign that touches them.

    A run of digits, points and commas is taken whole: "1.23.4" is one number without a value, not "1.23" and "4". The
    power in "1,5E+6" has none either, for it is no number by itself.
    """
    for match in _NUMERAL.finditer(text, start, len(text) if end is None else end):
        sign = match["sign"]
        body = match.group()[len(sign or "") :]
        value, pointed = parse_numeral(body), _parse_pointed(body)
        if text[match.start() - 1 : match.start()] == "+" and _POWER.match(text, max(match.start() - 3, 0)):
            value = pointed = None
        if sign:
            value, pointed = -value if value is not None else None, -pointed if pointed is not None else None
        yield Number(match.start(), match.end(), value, pointed)


_AT = re.compile(rf"(?P<sign>[{MINUS_SIGNS}])?{NUMERAL}")


def number_at(text: str, start: int) -> Number | None:
    """The number in digits that begins exactly at ``start``, whatever stands before it, or None."""
    match = _AT.match(text, start)
    if match is None:
        return None
    body, factor = match.group()[len(match["sign"] or "") :], -1 if match["sign"] else 1
    value, pointed = parse_numeral(body), _parse_pointed(body)
    return Number(
        start,
        match.end(),
        None if value is None else value * factor,
        None if pointed is None else pointed * factor,
    )


# --- number words ---------------------------------------------------------------------------------------------


@functools.cache
def _table() -> dict[str, tuple[Decimal, str]]:
    words = {row["word"]: (Decimal(row["value"]), row["kind"]) for row in rows("number_words")}
    ones = {word: value for word, (value, kind) in words.items() if kind == "one" and value > 0}
    tens = {word: value for word, (value, kind) in words.items() if kind == "ten"}
    compounds = {f"{one}og{ten}": (a + b, "ten") for one, a in ones.items() for ten, b in tens.items()}
    glued = {f"{one}{word}": (a * 100, "hundreds") for one, a in ones.items() for word in ("hundrede", "hundred")}
    smaller = ones | tens | {word: value for word, (value, kind) in words.items() if kind in {"teen", "hundred"}}
    smaller |= {word: value for word, (value, _) in (compounds | glued).items()}
    many = {f"{word}{end}": (a * 1000, "thousands") for word, a in smaller.items() for end in ("tusind", "tusinde")}
    return many | words | compounds | glued


def is_number_word(word: str) -> bool:
    """True for a word that can stand in a number written out ("to", "femogtyve", "halvanden")."""
    return word.lower() in _table()


def parse_words(words: list[str]) -> Decimal | None:
    """The value of a number written out: ["to", "og", "en", "halv"] is 2.5, ["hundrede", "femogtyve"] is 125.

    None for anything that is not one whole number in words.
    """
    if not words or len(words) > MOST_WORDS:
        return None
    lowered = [word.lower() for word in words]
    whole, half = _split_half(lowered)
    if half is None:
        return _whole(lowered)
    if not whole:
        return half
    value = _whole(whole)
    return None if value is None or half >= 1 else value + half


def _split_half(words: list[str]) -> tuple[list[str], Decimal | None]:
    """Cuts "[og] en halv", "halvanden", "trekvart" off the end."""
    table = _table()
    value, kind = table.get(words[-1], (Decimal(0), ""))
    if kind != "half":
        return words, None
    rest = words[:-1]
    if rest and words[-1] == "halve":
        return ["?"], value  # "to halve": two halves, not two and a half
    if words[-1] == "kvart" and rest and rest[-1] not in {"en", "et", "én", "ét", "og"}:
        return (["?"], value) if rest != ["tre"] else ([], 3 * value)  # "tre kvart million"
    if value < 1 and rest and rest[-1] in {"en", "et", "én", "ét"}:
        rest = rest[:-1]
    if rest and rest[-1] == "og":
        rest = rest[:-1]
        return (rest, value) if rest else (["?"], value)
    return rest, value


def _whole(words: list[str]) -> Decimal | None:
    """Each word is smaller than the one before it, but for the counts in front of hundrede and tusind."""
    table, total, current, previous = _table(), Decimal(0), Decimal(0), ""
    for place, word in enumerate(words):
        if word == "og":
            if previous not in {"hundred", "hundreds", "thousand"} or place == len(words) - 1:
                return None
            continue
        value, kind = table.get(word, (Decimal(0), "unknown"))
        if kind == "hundred" and previous in {"", "one", "teen"} | {"thousand"}:
            current = (current or 1) * value
        elif kind == "thousands" and not previous:
            total, kind = value, "thousand"
        elif kind == "thousand" and previous != "thousand" and not total:
            total, current = (current or 1) * value, Decimal(0)
        elif kind in {"one", "teen", "ten", "hundreds"} and previous in {"", "hundred", "hundreds", "thousand"}:
            if kind == "hundreds" and previous in {"hundred", "hundreds"}:
                return None
            current += value
        else:
            return None
        previous = kind
    return total + current


def words_before(text: str, end: int, start: int) -> Number | None:
    """The longest number in words that ends at ``end`` (blanks skipped) and begins at ``start`` or later."""
    nearest = _LAST_WORD.search(text, max(start, end - LONGEST_WORD), end)
    if nearest is None or not is_number_word(nearest[1]):
        return None
    words = list(_WORD.finditer(text, start, end))[-MOST_WORDS:]
    if not words or text[words[-1].end() : end].strip():
        return None
    first = len(words)
    if _is_upper_end(text, words):  # of "fire-fem"; whoever asks reads the lower end himself
        return Number(words[-1].start(), words[-1].end(), parse_words([words[-1].group()]))
    while first and _continues(text, words, first):
        first -= 1
    for begin in range(first, len(words)):
        value = parse_words([match.group() for match in words[begin:]])
        if value is not None:
            # "halvandet hundrede": what is left over counts too, so the rest is no number.
            left = _is_left(text, words, begin)
            return Number(words[begin].start(), words[-1].end(), None if left else value)
    if first == len(words) and _is_left(text, words, first - 1):
        return Number(words[-1].start(), words[-1].end(), None)
    return None


def _is_upper_end(text: str, words: list[re.Match[str]]) -> bool:
    if len(words) < 2 or not is_number_word(words[-2].group()):
        return False
    return text[words[-2].end() : words[-1].start()] in {"-", "–"}


def _is_left(text: str, words: list[re.Match[str]], begin: int) -> bool:
    if begin < len(words) and words[begin].group().lower() in {"halve", "hundrede", "hundred", "tusind", "tusinde"}:
        before = text[max(0, words[begin].start() - 3) : words[begin].start()].rstrip()
        if before[-1:].isdigit():
            return True  # "3 halve stillinger", "3 hundrede tusind kroner"
    if begin < 1 or words[begin - 1].group() in {"en", "et", "En", "Et"}:
        return False
    between = text[words[begin - 1].end() : words[begin].start()]
    return not between.strip() and is_number_word(words[begin - 1].group())


def _continues(text: str, words: list[re.Match[str]], first: int) -> bool:
    word = words[first - 1]
    apart = first < len(words) and not text[word.end() : words[first].start()].isspace()
    glued = word.start() > 0 and (text[word.start() - 1].isdigit() or text[word.start() - 1] in "-–_@'")
    return not apart and not glued and (is_number_word(word.group()) or word.group() == "og")
