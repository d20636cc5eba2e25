"""Pointers to other papers: budget proposals, cases, budgets, agenda items and laws, by their numbers."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from corpus.model import Reference
from pipeline.lexicon import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import Problem, Record
    from pipeline.context import Context
    from pipeline.language import Prose

_UP = "A-ZÆØÅ"
_PROPOSAL = re.compile(
    rf"(?<![\w.@/§-])(?P<letters>[{_UP}]{{1,5}})(?:-|‐|‑)?(?P<digits>\d{{1,4}})(?P<suffix>[a-z]?)"
    r"(?![\w@]|[-./:]\d|[.,]\d|[ ]?%)"
)
_PROPOSAL_CUE = re.compile(
    r"(?:(?:prioriterings|besparelses|effektiviserings|budget|ændrings|investerings|katalog|spare|drifts|anlægs)?"
    r"forslag(?:et|ene)?|businesscase|bidrag)(?:[ \t]+(?:nr|nummer|med nr|nummeret)\.?)?[ \t:]*[\"”»(]*$",
    re.IGNORECASE,
)
_LIST_LINK = re.compile(r"(?:,|,?[ \t\n]+(?:og|samt|eller|&|/))[ \t\n]*")
_LABEL_LINE = re.compile(
    r"^[ \t*_|#>]*(?:forslags?|løbe|bidrags?)?[ \t-]*(?:nr\.?|nummer|forslagsn(?:r\.?|ummer)|id)[ \t*_.:|]*$",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"[ \t*_>]*(?:[-–•·▪o][ \t]+)?$")
_TITLE = re.compile(rf"[ \t]*(?:[-–:][ \t]*)?(?P<title>[{_UP}][^\n|]{{3,160}}?)[ \t.;]*(?=\n|$)")

_CASE_LABEL = (
    r"(?<!\w)(?:sags?|journal|j|jr|jour|dokument|dok|edoc|e-doc|acadre|esdh|id)[ -]?(?:nr|nummer|id|sag|ident)?\.?"
    r"(?:[ \t]*(?:nr|nummer|id)\.?)?[ \t*_]*[:.]?[ \t*_]*"
)
_CASE = re.compile(rf"{_CASE_LABEL}(?P<number>\d[\dA-Za-z]*(?:[-./][\dA-Za-z]+){{1,5}})(?!\w)", re.IGNORECASE)
_PLAIN_CASE = re.compile(
    r"(?<!\w)(?:sags?|journal|j\.?|acadre|edoc|esdh|dok(?:ument)?)[ -]?(?:nr|nummer|id)?\.?[ \t*_]*:?[ \t*_]*"
    r"(?P<number>\d{4,12})(?![\w.,/-]*\d|[ \t]*(?:kr|mio))",
    re.IGNORECASE,
)
_KLE = re.compile(r"(?<![\w.-])\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,4}-\d{2}(?!\w|-\d)")
_BARE_CASE = re.compile(r"(?<![\w./-])(?:19|20)\d{2}-\d{5,8}(?![\w/-])")

_BUDGET = re.compile(
    r"(?<![\w-])(?:budget(?:forlig(?:et)?|aftale[nr]?|vedtagelsen?|forslag(?:et)?|tet|overslag(?:et)?|lægningen)?"
    r"|årsbudget(?:tet)?)(?:[ \t]+(?:for|til|om|i))?[ \t\n]+(?P<year>(?:19|20)\d\d)(?P<to>[-–/](?:(?:19|20)\d\d|\d\d))?"
    r"(?![\d.]\d|\w|-[a-zæøå])",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?<!\w)(?:dagsordens?punkt(?:et)?(?:[ \t]+(?:nr\.?|nummer))?[ \t]+(?P<one>\d{1,3}[a-z]?)(?![\d,]|\.\d)"
    r"|(?:punkt|pkt\.?)(?:[ \t]+(?:nr\.?|nummer))?[ \t]+(?P<two>\d{1,3}[a-z]?)"
    r"(?=,?[ \t\n]+(?:på|i)[ \t\n]+(?:[a-zæøå]+s[ \t]+)?(?:dagsorden|referat|mødet)))",
    re.IGNORECASE,
)
_SIGN = r"§§?[ \t\u00a0]*\d{1,4}(?:[ ]?[a-h](?!\w))?"
_FURTHER = r"(?:[ \t]*(?:,|og|-|–)[ \t]*(?:§[ \t]*)?\d{1,4}(?![\d.]*[ \t]*(?:kr|mio|pct)))?"
_CLAUSE = r"(?:,?[ \t\n]*(?:stk|nr|litra|pkt)\.?[ \t\n]*(?:\d{1,3}|[a-h](?!\w))){0,4}"
_ACT = r"[A-Za-zÆØÅæøå-]{2,50}(?:loven|bekendtgørelsen|fuldmagten|forordningen)s?"
_LAW = re.compile(rf"(?:(?<![\w-]){_ACT}[ \t\n]+)?{_SIGN}{_FURTHER}{_CLAUSE}", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?<!\w)(?:lovbekendtgørelse|bekendtgørelse|lov|cirkulære|vejledning|LBK|BEK|CIR|VEJ)\.?[ \t]+nr\.?[ \t\n]*\d{1,5}"
    r"(?:[ \t\n]+af[ \t\n]+(?:den[ \t]+|d\.[ \t]*)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.[ \t]+[a-z]+[ \t]+\d{4}))?(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!\w)(?:lov|bekendtgørelse) om (?P<name>[a-zæøå ,-]{4,80})", re.IGNORECASE)
_WINDOW = 60
_Kind = Literal["case", "budget", "agenda-item", "law"]


@cache
def _not_prefixes() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("reference_words") if row["kind"] == "not-a-prefix")


@cache
def _laws_about() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("reference_words") if row["kind"] == "law-about")


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The references of a text in order, none inside another. ``title`` only of proposals that begin a line."""
    text = prose.text
    found: list[Reference] = []
    spans: set[int] = set()
    for record in chain(_laws(text), _cases(text), _items(text), _budgets(text), _proposals(text)):
        place = range(record.start, record.end)
        if spans.isdisjoint(place):
            found.append(replace(record, source=context.source))
            spans.update(place)
    ordered: list[Record] = [*sorted(found, key=lambda record: record.start)]
    return ordered, []


def _proposals(text: str) -> Iterator[Reference]:
    listed = -1  # where the last accepted number ends: what a comma joins to it is one too
    for match in _PROPOSAL.finditer(text):
        line = text[max(text.rfind("\n", 0, match.start()) + 1, match.start() - 200) : match.start()]
        if _LABEL_LINE.match(line):
            continue
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        joined = listed >= 0 and match.start() - listed < 12 and _LIST_LINK.fullmatch(text[listed : match.start()])
        cued = bool(_PROPOSAL_CUE.search(before) or joined)
        title = _TITLE.match(text[match.end() : match.end() + 200]) if _LINE_START.fullmatch(line) else None
        if not cued and (
            match["letters"] in _not_prefixes() or len(match["letters"]) < 2 or not (title or _is_likely(match))
        ):
            continue
        listed = match.end()
        yield Reference(
            start=match.start(),
            end=match.end(),
            text=match.group(),
            kind="proposal",
            value=match.group().replace("‐", "-").replace("‑", "-"),
            title=" ".join(title["title"].split()) if title else None,
        )


def _is_likely(match: re.Match[str]) -> bool:
    """Whether a number without a cue is shaped as committees' proposals are: ending in U, two or three digits."""
    return 2 <= len(match["letters"]) <= 4 and 2 <= len(match["digits"]) <= 3 and match["letters"][-1] == "U"


def _cases(text: str) -> Iterator[Reference]:
    for match in _CASE.finditer(text):
        if sum(character.isdigit() for character in match["number"]) >= 3:
            yield _reference(match, "case", match["number"], "number")
    for match in _PLAIN_CASE.finditer(text):
        yield _reference(match, "case", match["number"], "number")
    for pattern in (_KLE, _BARE_CASE):
        for match in pattern.finditer(text):
            yield _reference(match, "case", match.group(), 0)


def _reference(match: re.Match[str], kind: _Kind, value: str, group: str | int) -> Reference:
    return Reference(start=match.start(group), end=match.end(group), text=match[group], kind=kind, value=value)


def _budgets(text: str) -> Iterator[Reference]:
    for match in _BUDGET.finditer(text):
        yield _reference(match, "budget", match["year"] + (match["to"] or "").replace("–", "-"), 0)


def _items(text: str) -> Iterator[Reference]:
    for match in _ITEM.finditer(text):
        yield _reference(match, "agenda-item", match["one"] or match["two"], 0)


def _laws(text: str) -> Iterator[Reference]:
    named = [_reference(match, "law", _flat(match.group()), 0) for match in _NAMED.finditer(text)]
    found = [record for record in map(_named_law, named) if record]
    for pattern in (_LAW, _NUMBERED):
        found += [_reference(match, "law", _flat(match.group()), 0) for match in pattern.finditer(text)]
    end = 0
    for record in sorted(found, key=lambda record: (record.start, -record.end)):
        if record.start >= end:
            end = record.end
            yield record


def _named_law(record: Reference) -> Reference | None:
    """ "lov om social service og så videre" cut to the longest law that is listed, or None."""
    kind, _, about = record.text.partition(" om ")
    words = about.split(" ")
    for length in range(min(len(words), 8), 0, -1):
        name = " ".join(words[:length]).rstrip(",").lower()
        if name in _laws_about():
            end = len(kind) + 4 + len(name)
            return replace(record, end=record.start + end, text=record.text[:end], value=record.text[:end])
    return None


def _flat(text: str) -> str:
    return " ".join(text.split())
