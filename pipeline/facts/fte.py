"""Full-time equivalents, positions and weekly hours in running text.

``text`` covers the number and its unit ("2,5 årsværk", "37 timer om ugen"), not the words that qualify it. Only words
for staff are units: "10 børn", "1. stilling" and "stillingtagen" are nothing here. In a list that shares its unit all
but the last item are the bare number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from corpus.model import Fte, Problem
from corpus.problems import Code, problem
from pipeline.context import Context
from pipeline.facts.amounts_phrase import Item, is_named, is_year, read_before
from pipeline.facts.amounts_readings import is_change
from pipeline.facts.qualifiers import bound_after, hedges
from pipeline.facts.qualifiers_years import year_of
from pipeline.facts.spans import Spans
from pipeline.language import Prose

Unit = Literal["fte", "position", "hours-per-week"]

SENTENCE = 200
_STOP = re.compile(r"[!?;]\s|\n[ \t]*\n|(?<!\bca)(?<!\bpr)(?<!\bkl)(?<!\bhhv)\.\s{1,3}(?=[A-ZÆØÅ])|\n[ \t]{0,8}[-•*]\s")
_WORK = re.compile(
    r"(?i:(?<![^\W\d_])(?:bemand|(?:aften|natte?|dag|weekend)vagter|ansat|ansætte|ansættelse|medarbejder|årsværk|normering|normeret|arbejdstid|arbejdsuge|arbejder"
    r"|arbejde(?![^\W\d_])|beskæftige|vikar|løn|fuldtid|deltid|fleksjob|personale|tjenestetid|studiejob|studentermedhjælp"
    r"|stillinger|stilling(?:en)?(?![^\W\d_])|[^\W\d_]{2,24}(?:stilling|stillinger|normering|medarbejder|medarbejdere"
    r"|ansættelse|løn|vikar|job)(?![^\W\d_])))"
)
_NO_WORK = re.compile(
    r"(?i:(?<![^\W\d_])(?:[^\W\d_]{0,16}åbning|åbent|åbne|åben(?![^\W\d_])|lukke|passes|pasning|pasningstid|[^\W\d_]{0,12}modul"
    r"|undervisning|undervises|[^\W\d_]{0,12}træning|hjemmehjælp|åbner|lukker|telefontid|åbningstid|fritidshjem"
    r"|opholder|deltidsplads|fuldtidsplads|plads(?:er|en)?(?![^\W\d_])|praktisk\shjælp|børn(?:ene|enes)?\s(?:er|går|kan|må|har)(?![^\W\d_])))"
)
_ADJECTIVE = (
    r"(?:(?:nye|ekstra|faste|fuldtids|deltids|ledige|vakante|ubesatte|færre|flere|yderligere|hele|fulde|ny|fast|ledig"
    r"|fuld|(?!(?:mange|alle|andre|nogle|begge|disse|ikke|både|deres)\s|[^\W\d_]{0,12}(?:tre|fire|tyve|dive|fyrre|hundrede|tusinde|halve)\s)[^\W\d_]{2,20}e)\s{1,2}){0,2}"
)
_UNITS = re.compile(
    rf"(?<![^\W\d_])(?<!-){_ADJECTIVE}(?:"
    r"(?P<fte>(?i:årsværk(?:er|ene|et)?|fuldtidsårsværk|fuldtidsækvivalenter|fuldtidsækvivalent|fuldtidsansatte?|fuldtidsbeskæftigede?|årsv(?:\.|\b)"
    r"|helårsansatte?)|ÅV|FTE|(?P<heads>(?i:helårsperson(?:er)?)))"
    r"|(?P<position>(?i:(?:[^\W\d_]{0,30}stilling(?:er)?|fuldtidsmedarbejdere?|medarbejdere?)))"
    r"|(?P<hours>(?i:ugentlige[ \u00a0]timer|(?:timer?|t\.?)[ \t\u00a0]{0,2}(?:\n[> ]{0,8})?"
    r"(?:ugentlige?t?|om[ \u00a0\n]ugen|pr\.?[ \u00a0]?uge|per[ \u00a0]uge"
    r"|i[ \u00a0]ugen|hver[ \u00a0]uge|/[ ]?uge|ugentligt|ugl\.)))"
    r")(?![\w-])"
)
# The ends of words that are no position, alone or in a compound ("Sagsfremstilling").
_NOT_STAFF = tuple(
    stem + ending
    for stem in [
        "fremstilling",
        "udstilling",
        "forestilling",
        "bestilling",
        "indstilling",
        "indtilling",
        "opstilling",
        "tilstilling",
        "omstilling",
        "problemstilling",
        "sammenstilling",
        "målstilling",
        "særstilling",
        "ligestilling",
        "magtstilling",
        "tilbudsstilling",
        "dagsstilling",
        "sidestilling",
    ]
    for ending in ("", "er")
)
# "Vintertjeneste 2024/2025", "Budget og plan 2025": a year that ends its line counts nothing in the next one.
_HEADING_YEAR = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d[ \t\u00a0]{0,4}\n[> \t\u00a0]{0,8}$|(?<!\d)(?:19|20)\d\d[/–-](?:19|20)?\d\d\s{0,9}$"
)
_OUT_OF = re.compile(r"\s{1,2}(?:ud\s)?af\s(?:i\salt\s|de\s)?$")


class _Anchor(NamedTuple):
    start: int
    end: int
    unit: Unit
    heads: bool  # heads counted over a year, who may be staff or not


def find(prose: Prose, context: Context) -> tuple[list[Fte], list[Problem]]:
    """The FTEs, positions and weekly hours of a part in printed order, and a problem for each that has no reading."""
    text, spans = prose.text, Spans(context.taken)
    found: list[Fte] = []
    problems: list[Problem] = []
    floor = 0
    for anchor in _anchors(text):
        if anchor.start < floor or spans.overlap(anchor.start, anchor.end):
            continue
        items = read_before(text, anchor.start, floor, pointed=False, skip=spans.overlap)
        if not items or _is_no_count(text, items, anchor) or not _is_staffing(text, items[0].start, anchor):
            continue
        for item in _apart(text, _part_of_whole(text, items, floor)):
            end = anchor.end if item.end == items[-1].end else item.end
            record = _record(text, item, end, floor, anchor.unit, context)
            if record is None:
                printed = text[item.start : end]
                problems.append(problem(Code.NUMBER_REFUSED, f"Looks like an FTE and fits no rule: {printed!r}"))
            else:
                found.append(record)
        floor = anchor.end
    return found, problems


def _anchors(text: str) -> Iterator[_Anchor]:
    for match in _UNITS.finditer(text):
        word = match["position"]
        if word is not None and word.lower().endswith(_NOT_STAFF):
            continue
        unit: Unit = "fte" if match["fte"] else "position" if word else "hours-per-week"
        yield _Anchor(match.start(), match.end(), unit, match["heads"] is not None)


# Municipalities count the people on a benefit in "helårspersoner" too.
_ON_BENEFIT = re.compile(
    r"(?i:modtage|[^\W\d_]{0,24}hjælp|ledige|ledighed|[^\W\d_]{0,16}dagpenge|[^\W\d_]{0,16}ydelse|pension|[^\W\d_]{0,8}fleksjob"
    r"|borgere|forsørgelse|jobafklaring|ressourceforløb|revalidering|elever|visiteret|aktivering|kontant|flygtninge|sygemeldt)"
)


def _is_staffing(text: str, start: int, anchor: _Anchor) -> bool:
    """Hours a week are somebody's work only beside a word for it, and not beside opening hours or child care."""
    if anchor.unit != "hours-per-week" and not anchor.heads:
        return True
    around = _sentence(text, start, anchor.end)
    if anchor.heads:
        return _WORK.search(around) is not None and _ON_BENEFIT.search(around) is None
    return _WORK.search(around) is not None and _NO_WORK.search(around) is None


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(0, start - SENTENCE)
    first = max((match.end() for match in _STOP.finditer(text, begin, start)), default=begin)
    last = _STOP.search(text, end, end + SENTENCE)
    return text[first : last.start() if last else end + SENTENCE]


def _part_of_whole(text: str, items: list[Item], floor: int) -> list[Item]:
    """ "2 ud af 10 stillinger" is about the two: they come first, and the ten are told too."""
    if len(items) != 1:
        return items
    out_of = _OUT_OF.search(text, max(floor, items[0].start - 24), items[0].start)
    part = read_before(text, out_of.start(), floor, pointed=False, skip=lambda start, end: False) if out_of else []
    return [part[-1], *items] if part else items


def _is_no_count(text: str, items: list[Item], anchor: _Anchor) -> bool:
    """ "§ 3 medarbejdere", "1. stilling", and "en medarbejder", which is anybody ("én stilling" is counted)."""
    if is_named(text, items[0].start) or text[items[-1].end : items[-1].end + 1] == ".":
        return True
    if is_year(text, items[0]) or _HEADING_YEAR.search(text, max(0, items[-1].end - 10), anchor.start):
        return True
    alone = len(items) == 1 and anchor.unit == "position"
    return alone and text[items[0].start : items[0].end].lower() in {"en", "et"}


def _apart(text: str, items: list[Item]) -> list[Item]:
    """ "falder fra 3 til 2 stillinger" tells of two figures, not of a range."""
    told: list[Item] = []
    for item in items:
        if item.split and item.high is not None and (is_change(text, item.start) or item.low > item.high):
            told.append(Item(item.start, item.split[0], item.low, None, item.refused))
            told.append(Item(item.split[1], item.end, item.high, None, item.refused))
        else:
            told.append(item)
    return told


def _record(text: str, item: Item, end: int, floor: int, unit: Unit, context: Context) -> Fte | None:
    if item.refused or (item.high is not None and item.low > item.high):
        return None
    approximate, bound = hedges(text, item.start)
    ranged = item.high is not None
    return Fte(
        start=item.start,
        end=end,
        text=text[item.start : end],
        value=None if ranged else item.low,
        low=item.low if ranged else None,
        high=item.high,
        unit=unit,
        approximate=approximate,
        bound=bound or bound_after(text, end),
        year=year_of(text, item.start, end, floor, len(text)),
        source=context.source,
    )
