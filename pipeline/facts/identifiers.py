"""Numbers and addresses that name somebody: CPR (see :mod:`corpus.cpr`), CVR, telephone, e-mail, web."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from corpus.cpr import cpr_matches, hidden, mask, passes_modulus_11
from corpus.cprapart import bare
from corpus.model import Identifier
from corpus.problems import Code, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Problem, Record
    from pipeline.context import Context
    from pipeline.language import Prose

_CVR = re.compile(
    r"\b(?:CVR|SE|CVR-?/SE)(?:[- ]?(?:nummer|nr))?\.?[\s:.]{0,4}(?:er\s)?"
    r"((?:DK[- ]?)?(\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}))(?![\w-])",
    re.IGNORECASE,
)
_CVR_WORDS = frozenset({"cvr", "se", "cvrnr", "cvrnummer", "senr", "senummer"})
_PHONE = re.compile(
    r"(?<![\w.,/§+-])(?<!\d )(?:(?:\+|00)45[ \u00a0-]?|\(\+45\)[ ]?)?"
    r"(?:[2-9]\d(?:[ \u00a0]\d\d){3}|[2-9]\d(?:[.]\d\d){3}|[2-9]\d(?:-\d\d){3}|[2-9]\d{3}[ \u00a0-]\d{4}|[2-9]\d{7})"
    r"(?![\w%]|[.,/-]\d|[ \u00a0]\d)"
)
_PHONE_PREFIXED = re.compile(r"(?:\+|00)45|\(\+45\)")
_PHONE_SHAPES = (b"00 00 00 00", b"00.00.00.00", b"00-00-00-00", b"0000 0000", b"0000-0000", b"00000000")
_COUNTRY_CODE = re.compile(r"(?:\(\+45\)|(?:\+|00)45|\+)[ \u00a0-]?$")
_ZERO, _LONGEST_CODE = ord("0"), 6
_FOREIGN = re.compile(
    r"(?<![\w+])\+(?:1|3[0-469]|4[13-46-9]|29[89]|35[0-9]|37[0-2]|380|42[01])(?!\d{13})[ \u00a0-]?(?:\(0\)[ ]?)?"
    r"\d(?:[ \u00a0-]?\d){5,11}(?![\w%]|[.,/]\d)"
)
_PHONE_WORD = re.compile(
    r"(?:tlf|telefon|telefonnummer|telefonnr|mobil|mobilnummer|mobilnr|hovednummer|omstilling"
    r"|(?<![^\W\d_])(?:mob|direkte|tel|telf|ring|sms|fax|kontakt|kontaktperson|t|m))"
    r"[\s.:*_|]*(?:nr\.?|nummer|til|på|:)?[\s:]*$",
    re.IGNORECASE,
)
_NOT_PHONE_WORD = re.compile(
    r"(?:cvr|se|ean|iban|konto|kontonr|reg|faktura|fakturanr|giro|ordre|kunde|sag|sags?nr|sagsnummer|journal|j\.?nr|bilag"
    r"|gln|cpr|matr|dok|dokument|id|løbe|ref|p-?nummer|budget|ramme|lbnr|acadre|edoc|varenummer|post|antal|§)"
    r"[a-zæøå]*[-\s.]*(?:nr|nummer)?[\s.:#]*(?:\d{1,6}[ ]?)?$",
    re.IGNORECASE,
)
# "medlemsnr. 40 12 34 56", "mit lejemålsnummer er 40123456": a number with a name of its own.
_OTHER_NUMBER = re.compile(
    r"(?<![^\W\d_])(?!(?:\w*(?:telefon|tlf|mobil|hoved|fax|kontakt|direkte|vagt)|lokal)-?(?:nr|nummer))\w{2,}-?(?:nr|nummeret|nummer)\b"
    r"[.\s:#]{0,3}(?:(?:er|var|på)\s)?$",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"(?<![^\W\d_])(?:(?:\w*(?:tlf|telefon|mobil)\w*|opkald)|(?:ring|ringe|ringes|sms|fax|kontakt|kontakte|træffes)(?![^\W\d_]))",
    re.IGNORECASE,
)
"""What says that somebody is called by the number near."""
_CLOSING = re.compile(
    r"[\s>]*(?:(?:med |de |mange )?(?:bedste|venlige?|kærlige?) hilsen(?:er)?|hilsen"
    r"|(?:d\.?)?m\.?v\.?h|v\.?h|k\.?h|b\.?h)(?![^\W\d_])",
    re.IGNORECASE,
)
_OF_MONEY = re.compile(
    r"beløb|bevilling|budget|konto|forbrug|udgift|indtægt|ramme|saldo|sum\b|rest(?:en)?\b", re.IGNORECASE
)
_SENTENCE, _SIGNATURE, _SIGNATURE_LINES = 60, 400, 7
_OTHER_LABEL = re.compile(r"[a-zæøå]:[ \t]*$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"[ \u00a0]*(?:kr|DKK|mio|mia|t\.?kr|,-|EUR|€|kroner|årsværk|borgere|indbyggere|stk\.? \w)", re.IGNORECASE
)
_MONEY_BEFORE = re.compile(r"(?:kr\.?|DKK|EUR|€|beløb(?:et)?:?)[ \u00a0]*$", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9ÆØÅæøå._%+\\-])[A-Za-z0-9ÆØÅæøå](?:[A-Za-z0-9ÆØÅæøå._%+'-]|\\+_){0,63}"
    r"@(?:[A-Za-z0-9ÆØÅæøå](?:[A-Za-z0-9ÆØÅæøå-]|\\+_){0,62}\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9-])"
)
_LOCAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅabcdefghijklmnopqrstuvwxyzæøå0123456789._%+'-\\")
_LONGEST_LOCAL, _LONGEST_DOMAIN = 200, 600  # characters to look at around "@"; those that end a word end the search
_URL = re.compile(r"(?<![\w@./])(?:https?://|www\.)[^\s<>\"”“»«|\[\]{}`]{1,2000}", re.IGNORECASE)
__all__ = ["find", "mask", "passes_modulus_11"]

_SAME_LINE = 30  # characters before a number in which a word may say what it is


def _cprs(matches: Sequence[re.Match[str]], *, show: bool) -> Iterator[Identifier]:
    for match in matches:
        printed, last = match.group(), bare(match["last"])
        if not show:
            printed, last = printed[: match.start("last") - match.start()] + hidden(match["last"]), "xxxx"
        born = bare(match["day"] + match["month"] + match["year"])
        value = f"{born}-{last}"
        yield Identifier(start=match.start(), end=match.end(), text=printed, kind="cpr", value=value)


def _cvrs(prose: Prose) -> Iterator[Identifier]:
    for start, _ in prose.places(_CVR_WORDS):
        match = _CVR.match(prose.text, start)
        digits = re.sub(r"\D", "", match[2]) if match else ""
        if match and digits[0] != "0" and passes_modulus_11(digits, "27654321"):
            yield Identifier(start=match.start(2), end=match.end(2), text=match[2], kind="cvr", value=digits)


def _faulty_cvrs(prose: Prose) -> Iterator[Problem]:
    """The numbers behind "CVR" whose check digit is wrong: one that was misprinted or misread names another firm."""
    for start, _ in prose.places(_CVR_WORDS):
        match = _CVR.match(prose.text, start) if prose.lower.startswith("cvr", start) else None
        digits = re.sub(r"\D", "", match[2]) if match else ""
        if match and (digits[0] == "0" or not passes_modulus_11(digits, "27654321")):
            printed = f"Looks like a CVR number and its check digit is wrong: {match[2]!r}"
            yield problem(Code.NUMBER_REFUSED, printed)


def _phones(prose: Prose) -> Iterator[Identifier]:
    text, end = prose.text, 0
    for start in _phone_starts(prose):
        match = _PHONE.match(text, start) if start >= end else None
        if match:
            end = match.end()
            printed = match.group()
            before = text[max(0, start - _SAME_LINE) : start].rsplit("\n", 1)[-1]
            prefixed = bool(_PHONE_PREFIXED.match(printed))
            if (
                prefixed
                or (_PHONE_WORD.search(before) and not _NOT_PHONE_WORD.search(before))
                or _looks_like_phone(text, match, before, printed)
            ):
                value = "+45" + re.sub(r"\D", "", printed)[-8:]
                yield Identifier(start=start, end=end, text=printed, kind="phone", value=value)


def _phone_starts(prose: Prose) -> list[int]:
    """Where a Danish telephone number may begin, ascending: at its digits, or at the country code before them."""
    text, outline = prose.text, prose.outline
    starts: set[int] = set()
    for shape in _PHONE_SHAPES:
        at = outline.find(shape)
        while at >= 0:
            start = at
            while start > 0 and outline[start - 1] == _ZERO and at - start < _LONGEST_CODE:
                start -= 1
            starts.add(start)
            code = _COUNTRY_CODE.search(text, max(0, start - _LONGEST_CODE), start)
            if code:
                starts.add(code.start())
            at = outline.find(shape, at + 1)
    return sorted(starts)


def _foreign_phones(prose: Prose) -> Iterator[Identifier]:
    """Numbers with the country code of another country, marked with "+"; amounts ("+46 000 000 kr.") are none."""
    text = prose.text
    at = text.find("+")
    while at >= 0:
        match = _FOREIGN.match(text, at)
        if match and 9 <= sum(map(str.isdigit, match.group())) <= 15 and not _MONEY_AFTER.match(text, match.end()):
            value = "+" + re.sub(r"\(0\)|\D", "", match.group())
            yield Identifier(start=at, end=match.end(), text=match.group(), kind="phone", value=value)
        at = text.find("+", at + 1)


def _looks_like_phone(text: str, match: re.Match[str], before: str, printed: str) -> bool:
    """Whether an unlabelled number is a telephone number: not money, not a file number, not years, not a date."""
    if (
        _NOT_PHONE_WORD.search(before)
        or _OTHER_NUMBER.search(before)
        or _MONEY_BEFORE.search(before)
        or _MONEY_AFTER.match(text, match.end())
    ):
        return False
    if _OTHER_LABEL.search(before):
        return False
    if printed.isdigit() and not _is_called(text, match):
        return False
    if re.fullmatch(r"(?:19|20)\d\d[ \u00a0-](?:19|20)\d\d", printed):
        return False
    return not _is_in_number_row(text, match, before)


def _is_called(text: str, match: re.Match[str]) -> bool:
    """Whether eight digits without a gap, which may be money or an account, are a telephone number by what is near.

    A word of it stands on the line ("Ring helst om formiddagen på 33123456"), or the line is one of a signature.
    """
    start, end = match.span()
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = stop if stop >= 0 else len(text)
    called = [*_CALLING.finditer(text, max(begin, start - _SENTENCE), start)]
    if called and not _OF_MONEY.search(text, called[-1].end(), start):
        return True
    if _CALLING.search(text, end, min(stop, end + 20)):
        return True
    above = text[max(0, begin - _SIGNATURE) : begin].split("\n")[-_SIGNATURE_LINES:]
    return stop - begin <= _SENTENCE and any(_CLOSING.match(line) for line in above)


def _is_in_number_row(text: str, match: re.Match[str], before: str) -> bool:
    """Whether other figures stand beside the number on its line, as in a table row."""
    return bool(
        re.search(r"\d[ \u00a0\t|]+$", before) or re.match(r"[ \u00a0\t|]+-?\d", text[match.end() : match.end() + 12])
    )


def _emails(text: str) -> Iterator[Identifier]:
    previous: Identifier | None = None
    end, at = 0, text.find("@")
    while at >= 0:
        start = at
        while start > max(end, at - _LONGEST_LOCAL) and text[start - 1] in _LOCAL:
            start -= 1
        match = _EMAIL.search(text, start, at + _LONGEST_DOMAIN)
        if match and match.start() < at:
            end = match.end()
            value = re.sub(r"\\+_", "_", match.group())
            linked = (
                previous
                and value.lower() == previous.value.lower()
                and text[previous.end : match.start()] in {"](mailto:", " <mailto:", "<mailto:"}
            )
            if not linked:
                previous = Identifier(start=match.start(), end=end, text=match.group(), kind="email", value=value)
                yield previous
        at = text.find("@", max(at + 1, end))


def _urls(prose: Prose) -> Iterator[Identifier]:
    text, end = prose.text, 0
    previous: Identifier | None = None
    for at in _url_starts(prose.lower):
        match = _URL.match(text, at) if at >= end else None
        if not match:
            continue
        end = match.end()
        printed = _trim(match.group())
        if "." not in printed or len(printed) < 7:
            continue
        linked = previous and _bare(printed) == _bare(previous.value) and text[previous.end : at] == "]("
        if not linked:
            value = printed.replace("\\_", "_")
            previous = Identifier(start=at, end=at + len(printed), text=printed, kind="url", value=value)
            yield previous


def _url_starts(lower: str) -> list[int]:
    starts: list[int] = []
    for mark in ("http", "www."):
        at = lower.find(mark)
        while at >= 0:
            starts.append(at)
            at = lower.find(mark, at + len(mark))
    return sorted(starts)


def _trim(url: str) -> str:
    """A web address without the marks of the sentence behind it, and without a closing bracket that it did not open."""
    url = url.rstrip(".,;:!?'’*_>")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?'’*_>")
    return url


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url.lower()).rstrip("/")


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The identifiers of a text in order, none inside another. CPR masked unless ``context.show_identifiers``.

    A problem for each CVR number whose check digit is wrong: it is not given.
    """
    text, show = prose.text, context.show_identifiers
    cprs = list(cpr_matches(text))
    found: list[Identifier] = []
    groups = (
        _emails(text),
        _urls(prose),
        _cprs(cprs, show=show),
        _cvrs(prose),
        _phones(prose),
        _foreign_phones(prose),
    )
    for group in groups:
        spans = sorted((record.start, record.end) for record in found)
        found += [record for record in group if not _overlaps(spans, record)]
    shown = mask(text) if cprs and not show else text  # a web address may hold a CPR number too
    records: list[Record] = [
        replace(
            r,
            text=shown[r.start : r.end],
            value=r.value if show or r.kind == "phone" else mask(r.value),
            source=context.source,
        )
        for r in found
    ]
    faulty = list(_faulty_cvrs(prose)) if not _CVR_WORDS.isdisjoint(prose.words) else []
    return sorted(records, key=lambda record: record.start), faulty


def _overlaps(spans: list[tuple[int, int]], record: Identifier) -> bool:
    at = bisect_right(spans, (record.start, record.end))
    return any(start < record.end and record.start < end for start, end in spans[max(0, at - 1) : at + 1])
