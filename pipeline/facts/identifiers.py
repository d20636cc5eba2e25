"""Numbers and addresses that name somebody: CPR (see :mod:`corpus.cpr`), CVR, telephone, e-mail, web."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from corpus.cpr import cpr_matches, hidden, mask, passes_modulus_11
from corpus.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import Problem, Record
    from pipeline.context import Context
    from pipeline.language import Prose

_CVR = re.compile(
    r"\b(?:CVR|SE|CVR-?/SE)(?:[- ]?(?:nummer|nr))?\.?[\s:.]{0,4}(?:er\s)?"
    r"((?:DK[- ]?)?(\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}))(?![\w-])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,/§+-])(?<!\d )(?:(?:\+|00)45[ \u00a0-]?|\(\+45\)[ ]?)?"
    r"(?:[2-9]\d(?:[ \u00a0]\d\d){3}|[2-9]\d(?:[.]\d\d){3}|[2-9]\d(?:-\d\d){3}|[2-9]\d{3}[ \u00a0-]\d{4}|[2-9]\d{7})"
    r"(?![\w%]|[.,/-]\d|[ \u00a0]\d)"
)
_PHONE_PREFIXED = re.compile(r"(?:\+|00)45|\(\+45\)")
_PHONE_WORD = re.compile(
    r"(?:tlf|telefon|telefonnummer|telefonnr|mobil|mob|mobiltelefon|direkte|tel|telf|ring|sms|hovednummer|fax|omstilling|vagttelefon|kontakt|kontaktperson|t|m)"
    r"[\s.:*_|]*(?:nr\.?|nummer|til|på|:)?[\s:]*$",
    re.IGNORECASE,
)
_NOT_PHONE_WORD = re.compile(
    r"(?:cvr|se|ean|iban|konto|kontonr|reg|faktura|fakturanr|giro|ordre|kunde|sag|sags?nr|sagsnummer|journal|j\.?nr|bilag"
    r"|gln|cpr|matr|dok|dokument|id|løbe|ref|p-?nummer|budget|ramme|lbnr|acadre|edoc|varenummer|post|antal|§)"
    r"[a-zæøå]*[-\s.]*(?:nr|nummer)?[\s.:#]*(?:\d{1,6}[ ]?)?$",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(r"[a-zæøå]:[ \t]*$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"[ \u00a0]*(?:kr|DKK|mio|mia|t\.?kr|,-|EUR|€|kroner|årsværk|borgere|indbyggere|stk\.? \w)", re.IGNORECASE
)
_MONEY_BEFORE = re.compile(r"(?:kr\.?|DKK|EUR|€|beløb(?:et)?:?)[ \u00a0]*$", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9ÆØÅæøå._%+\\-])[A-Za-z0-9ÆØÅæøå](?:[A-Za-z0-9ÆØÅæøå._%+'-]|\\+_){0,63}"
    r"@(?:[A-Za-z0-9ÆØÅæøå](?:[A-Za-z0-9ÆØÅæøå-]|\\+_){0,62}\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9-])"
)
_URL = re.compile(r"(?<![\w@./])(?:https?://|www\.)[^\s<>\"”“»«|\[\]{}`]{1,2000}", re.IGNORECASE)
__all__ = ["find", "mask", "passes_modulus_11"]

_SAME_LINE = 30  # characters before a number in which a word may say what it is


def _cprs(text: str, *, show: bool) -> Iterator[Identifier]:
    for match in cpr_matches(text):
        printed, last = match.group(), re.sub(r"\s", "", match["last"])
        if not show:
            printed, last = printed[: match.start("last") - match.start()] + hidden(match["last"]), "xxxx"
        value = f"{match['day']}{match['month']}{match['year']}-{last}"
        yield Identifier(start=match.start(), end=match.end(), text=printed, kind="cpr", value=value)


def _cvrs(text: str) -> Iterator[Identifier]:
    for match in _CVR.finditer(text):
        digits = re.sub(r"\D", "", match[2])
        if digits[0] != "0" and passes_modulus_11(digits, "27654321"):
            yield Identifier(start=match.start(2), end=match.end(2), text=match[2], kind="cvr", value=digits)


def _phones(text: str) -> Iterator[Identifier]:
    for match in _PHONE.finditer(text):
        printed = match.group()
        digits = re.sub(r"\D", "", printed)[-8:]
        before = text[max(0, match.start() - _SAME_LINE) : match.start()].rsplit("\n", 1)[-1]
        prefixed = bool(_PHONE_PREFIXED.match(printed))
        if (
            prefixed
            or (_PHONE_WORD.search(before) and not _NOT_PHONE_WORD.search(before))
            or _looks_like_phone(text, match, before, printed)
        ):
            yield Identifier(start=match.start(), end=match.end(), text=printed, kind="phone", value=f"+45{digits}")


def _looks_like_phone(text: str, match: re.Match[str], before: str, printed: str) -> bool:
    """Whether an unlabelled number is a telephone number: not money, not a file number, not years, not a date."""
    if _NOT_PHONE_WORD.search(before) or _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(text, match.end()):
        return False
    if _OTHER_LABEL.search(before):
        return False
    if re.fullmatch(r"(?:19|20)\d\d[ \u00a0-](?:19|20)\d\d", printed):
        return False
    return not _is_in_number_row(text, match, before)


def _is_in_number_row(text: str, match: re.Match[str], before: str) -> bool:
    """Whether other figures stand beside the number on its line, as in a table row."""
    return bool(
        re.search(r"\d[ \u00a0\t|]+$", before) or re.match(r"[ \u00a0\t|]+-?\d", text[match.end() : match.end() + 12])
    )


def _emails(text: str) -> Iterator[Identifier]:
    previous: Identifier | None = None
    for match in _EMAIL.finditer(text):
        value = re.sub(r"\\+_", "_", match.group())
        linked = (
            previous
            and value.lower() == previous.value.lower()
            and text[previous.end : match.start()] in {"](mailto:", " <mailto:", "<mailto:"}
        )
        if not linked:
            previous = Identifier(start=match.start(), end=match.end(), text=match.group(), kind="email", value=value)
            yield previous


def _urls(text: str) -> Iterator[Identifier]:
    previous: Identifier | None = None
    for match in _URL.finditer(text):
        printed = _trim(match.group())
        if "." not in printed or len(printed) < 7:
            continue
        start, end = match.start(), match.start() + len(printed)
        linked = previous and _bare(printed) == _bare(previous.value) and text[previous.end : start] == "]("
        if not linked:
            previous = Identifier(start=start, end=end, text=printed, kind="url", value=printed.replace("\\_", "_"))
            yield previous


def _trim(url: str) -> str:
    """A web address without the marks of the sentence behind it, and without a closing bracket that it did not open."""
    url = url.rstrip(".,;:!?'’*_>")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?'’*_>")
    return url


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url.lower()).rstrip("/")


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The identifiers of a text in order, none inside another. CPR masked unless ``context.show_identifiers``."""
    text = prose.text
    found: list[Identifier] = []
    for group in (_emails(text), _urls(text), _cprs(text, show=context.show_identifiers), _cvrs(text), _phones(text)):
        spans = sorted((record.start, record.end) for record in found)
        found += [record for record in group if not _overlaps(spans, record)]
    shown = text if context.show_identifiers else mask(text)  # a web address may hold a CPR number too
    value = str if context.show_identifiers else mask
    records: list[Record] = [
        replace(r, text=shown[r.start : r.end], value=value(r.value), source=context.source) for r in found
    ]
    return sorted(records, key=lambda record: record.start), []


def _overlaps(spans: list[tuple[int, int]], record: Identifier) -> bool:
    at = bisect_right(spans, (record.start, record.end))
    return any(start < record.end and record.start < end for start, end in spans[max(0, at - 1) : at + 1])
