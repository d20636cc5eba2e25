"""Full-time equivalents, positions and weekly hours in running text.

``text`` covers the number and its unit ("2,5 årsværk", "37 timer om ugen"), not the words that qualify it. Only words
for staff are units: "10 børn", "1. stilling" and "stillingtagen" are nothing here. In a list that shares its unit all
but the last item are the bare number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Fte, Problem
from corpus.problems import Code, problem
from pipeline.context import Context
from pipeline.facts import quantities
from pipeline.facts.money.corrected import correction, put_in_front, why_refused
from pipeline.facts.money.phrase import Item, Skip, further, is_named, is_year, read_before
from pipeline.facts.money.readings import is_change
from pipeline.facts.numbers import number_at, parse_decimal
from pipeline.facts.posts.changes import by_which, changed, is_all
from pipeline.facts.posts.heads import counts_positions
from pipeline.facts.posts.paid import sum_without_currency, without_money
from pipeline.facts.posts.told import in_turn, is_cut_or_made
from pipeline.facts.posts.units import Anchor, find_anchors, item_before
from pipeline.facts.qualifiers.following import with_following
from pipeline.facts.spans import Spans
from pipeline.facts.units import figure_set, figure_words, says
from pipeline.language import Prose

SENTENCE = 200
# Each alternative looks back at the one character of the class that begins them all.
_STOP = re.compile(
    r"[!?;.\n](?:(?<=[!?;])\s|(?<=\n)[ \t]*\n|(?<=\.)(?<!\bca\.)(?<!\bpr\.)(?<!\bkl\.)(?<!\bhhv\.)\s{1,3}(?=[A-ZÆØÅ])"
    r"|(?<=\n)[ \t]{0,8}[-•*]\s)"
)
_WORK = re.compile(
    r"(?i:(?<![^\W\d_])(?:bemand|(?:aften|natte?|dag|weekend)vagter|ansat|ansætte|ansættelse|medarbejder|årsværk|normering|normeret|arbejdstid|arbejdsuge|arbejder"
    r"|arbejde(?![^\W\d_])|beskæftige|vikar|løn|fuldtid(?!sperson)|deltid|fleksjob|personale|tjenestetid|studiejob|studentermedhjælp"
    r"|stillinger|stilling(?:en)?(?![^\W\d_])|[^\W\d_]{2,24}(?:stilling|stillinger|normering|medarbejder|medarbejdere"
    r"|ansættelse|løn|vikar|job)(?![^\W\d_])))"
)
_NO_WORK = re.compile(
    r"(?i:(?<![^\W\d_])(?:[^\W\d_]{0,16}åbning|åbent|åbne|åben(?![^\W\d_])|lukke|passes|pasning|pasningstid|[^\W\d_]{0,12}modul"
    r"|undervisning|undervises|[^\W\d_]{0,12}træning|hjemmehjælp|åbner|lukker|telefontid|åbningstid|fritidshjem"
    r"|opholder|deltidsplads|fuldtidsplads|plads(?:er|en)?(?![^\W\d_])|praktisk\shjælp|børn(?:ene|enes)?\s(?:er|går|kan|må|har)(?![^\W\d_])))"
)
# "Vintertjeneste 2024/2025", "Budget og plan 2025": a year that ends its line counts nothing in the next one.
_HEADING_YEAR = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d[ \t\u00a0]{0,4}\n[> \t\u00a0]{0,8}$|(?<!\d)(?:19|20)\d\d[/–-](?:19|20)?\d\d\s{0,9}$"
)
_OUT_OF = re.compile(r"\s{1,2}(?:ud\s)?af\s(?:i\salt\s|de\s)?$")


# Municipalities count the people on a benefit in "helårspersoner" and "fuldtidspersoner" too.
_ON_BENEFIT = re.compile(
    r"(?i:modtage|[^\W\d_]{0,24}hjælp|ledige|ledighed|[^\W\d_]{0,16}dagpenge|[^\W\d_]{0,16}ydelse|pension|[^\W\d_]{0,8}fleksjob"
    r"|borgere|forsørgelse|jobafklaring|ressourceforløb|revalidering|elever|visiteret|aktivering|kontant|flygtninge|sygemeldt)"
)


_EMPLOYED_NEAR = 40
_LABEL = re.compile(
    r"(?:[ \t](?:(?:i[ \t])?(?:19|20)\d\d|\((?:netto|brutto|i\salt)\)))?[ \t]{0,2}:[ \t\u00a0]{1,3}(?=[-–−÷]?[ ]?\d)"
)
_LABEL_WORD = re.compile(
    r"(?i:(?<!\w)(?:antal|ændring(?:er)?|i alt|sum|heraf|årsværk|normering|stillinger)[^\n:]{0,40}$)"
)
_NEARLY = re.compile(
    r"(?<!\w)knap\s+(?=\d|(?:kr\.?|dkk|en|et|to|tre|fire|fem|seks|halvanden|halvandet)\s)", re.IGNORECASE
)
_LABEL_END = re.compile(r"[ \t]*(?:\n|$|[.;)]|,\s)")


def find(prose: Prose, context: Context) -> tuple[list[Fte], list[Problem]]:
    """The FTEs, positions and weekly hours of a part in printed order, and a problem for each that has no reading."""
    found: list[Fte] = []
    problems: list[Problem] = []
    anchors = find_anchors(prose)
    if not anchors:
        return found, problems
    text, skip = prose.text, Spans(context.taken).overlap
    floor = 0
    for anchor in anchors:
        if anchor.start < floor or skip(anchor.start, anchor.end):
            continue
        told = _told(text, anchor, floor, skip)
        paid = sum_without_currency(text, told[0][0].start, floor) if told else None
        if paid:
            problems.append(problem(Code.NUMBER_REFUSED, f"Looks like an amount and names no currency: {paid!r}"))
        for item, end in told:
            record = quantities.people(prose, item, end, floor, anchor.unit, context)
            why = why_refused(text, item.start, end)
            if record is None or why:
                why = why or "fits no rule"
                printed = text[item.start : end]
                problems.append(problem(Code.NUMBER_REFUSED, f"Looks like an FTE and {why}: {printed!r}"))
            else:
                found.append(record)
        floor = max(anchor.end, told[-1][1]) if told else floor
    return with_following(text, found), problems


def _told(text: str, anchor: Anchor, floor: int, skip: Skip) -> list[tuple[Item, int]]:
    """The numbers of a unit, each with the place where its record ends."""
    items = _items(text, anchor, floor, skip)
    if not items:
        figures = (
            list(_labelled(text, anchor, skip))
            or changed(text, anchor, floor, skip)
            or by_which(text, anchor, floor, skip)
        )
        return [(item, item.end) for item in figures]
    items = [*_with_adjectives(text, items, anchor, floor), *_part_of_whole(text, items, floor)]
    if _is_part_time(text, items, anchor):
        return [(Item(items[0].start, items[0].end, items[0].low, refused=True), anchor.end)]
    if _is_no_count(text, items, anchor) or not _is_staffing(text, items[0].start, anchor):
        return []
    told = [(item, anchor.end if item.end == items[-1].end else item.end) for item in _apart(text, items)]
    front = put_in_front(text, items[0].start)
    if front is not None and front.start >= floor and not skip(front.start, front.end):
        told.insert(0, (front, front.end))
    more = list(further(text, anchor.end)) or (in_turn(text, anchor.end) if anchor.unit != "hours-per-week" else [])
    so = correction(text, items[-1].start, anchor.end)
    more += [so] if so else []
    return [*told, *((item, item.end) for item in more if not skip(item.start, item.end))]


def _items(text: str, anchor: Anchor, floor: int, skip: Skip) -> list[Item]:
    if anchor.number is None:
        items = read_before(text, anchor.start, floor, pointed=False, skip=skip)
        return without_money(text, items, floor) if items and (len(items) > 1 or items[0].split) else items
    number = number_at(text, anchor.number[0])
    if number is None or anchor.number[0] < floor or skip(*anchor.number):
        return []
    return [Item.of(number)]


def _labelled(text: str, anchor: Anchor, skip: Skip) -> Iterator[Item]:
    """ "Ændring i antal årsværk: -3,5": one figure that ends the line of its label."""
    label = _LABEL.match(text, anchor.end) if anchor.unit != "hours-per-week" and not anchor.heads else None
    number = number_at(text, label.end()) if label else None
    if number is None or skip(number.start, number.end) or not _LABEL_END.match(text, number.end):
        return
    begin = max(0, anchor.start - 60)
    line = max(begin, text.rfind("\n", begin, anchor.start) + 1)
    item = Item.of(number)
    if _LABEL_WORD.search(text, line, anchor.end) and not is_year(text, item) and not 1900 <= item.low <= 2100:
        yield item


def _with_adjectives(text: str, items: list[Item], anchor: Anchor, floor: int) -> list[Item]:
    """ "tre faste og" before "to tidsbegrænsede stillinger"; the rest of the list follows.

    Only where the unit has an adjective too: what stands before "og 3 årsværk" may be anything that is counted.
    """
    found: list[Item] = []
    start = items[0].start
    told_apart = anchor.unit != "hours-per-week" and len(text[anchor.start : anchor.end].split()) > 1
    while told_apart and len(found) < 8:
        match = item_before(text, start, floor)
        value = parse_decimal(match["number"]) if match else None
        if match is None or value is None or is_named(text, match.start()):
            break
        start = match.start("item")
        found.insert(0, Item(*match.span("item"), value))
    return found


def _is_staffing(text: str, start: int, anchor: Anchor) -> bool:
    """Hours a week are somebody's work only beside a word for it, and not beside opening hours or child care."""
    if anchor.number is not None or (anchor.unit == "fte" and not anchor.heads):
        return True
    if anchor.unit == "position":
        if not counts_positions(text, start, (anchor.start, anchor.end)):
            return False
        others = _are_persons(text, anchor) or _are_heads(text, start, anchor)
        return not others and not _is_position_of_a_switch(text, start, anchor)
    around = _sentence(text, start, anchor.end)
    if anchor.heads:
        return _WORK.search(around) is not None and _ON_BENEFIT.search(around) is None
    if _is_employed(text, start, anchor.end):
        return True
    if is_all(around):
        around = f"{_before(text, start)} {around}"
    return _WORK.search(around) is not None and _NO_WORK.search(around) is None


def _is_position_of_a_switch(text: str, start: int, anchor: Anchor) -> bool:
    """ "Omskifteren har 3 stillinger: sommer, vinter og auto"."""
    alone = text[anchor.start : anchor.end].lower() in {"stilling", "stillinger"}
    return alone and says("switch", _NEARLY.sub("", _sentence(text, start, anchor.end)))


def _are_persons(text: str, anchor: Anchor) -> bool:
    """ "Én medarbejder sagde på mødet": people who do something, not how many are employed."""
    said = text[anchor.end : anchor.end + 1] == " " and figure_words("speaks").match(text, anchor.end + 1)
    return bool(said) and text[anchor.start : anchor.end].lower().endswith(("medarbejder", "medarbejdere"))


def _are_heads(text: str, start: int, anchor: Anchor) -> bool:
    """ "23 medarbejdere svarende til 18,4 årsværk": how many people share the work, and no positions."""
    if not text[anchor.start : anchor.end].lower().endswith(("medarbejder", "medarbejdere")):
        return False
    shared = _WORK_OF_HEADS.match(text, anchor.end) or _HEADS_OF_WORK.search(text, max(0, start - _SHARED), start)
    return shared is not None


_SHARED = 60
_FULL_TIME = r"(?:årsværk|årsv\.|åv|fuldtids\w+|helårs\w+|fte)"
_SAID_OF = r"(?:svarende\stil|svarer\stil|omregnet\stil|fordelt\spå|fordeler\ssig\spå)\s(?:[^\W\d_]+\.?\s){0,2}?"
_WORK_OF_HEADS = re.compile(
    rf"(?:,?\s(?:[^\W\d_]+\s){{0,3}}?{_SAID_OF}|\s\((?:[^\W\d_]+\.?\s){{0,3}}?)[\d.,½]{{1,8}}\s{_FULL_TIME}",
    re.IGNORECASE,
)
_HEADS_OF_WORK = re.compile(
    rf"\d\s{_FULL_TIME}(?:,?\s(?:[^\W\d_]+\s){{0,1}}?{_SAID_OF}|\s\((?:[^\W\d_]+\.?\s){{0,3}}?)$", re.IGNORECASE
)


def _is_employed(text: str, start: int, end: int) -> bool:
    """A word for employment right before the hours ("ansat 28 timer ugentligt"), or whose hours they are."""
    begin = max(0, start - _EMPLOYED_NEAR)
    stop = max((match.end() for match in _STOP.finditer(text, begin, start)), default=begin)
    if figure_words("employed").search(text, stop, start):
        return _OPENING.search(text, stop, end + 30) is None
    whose = _WHOSE.search(text, stop, start) or _LABELLED.search(text, stop, start)
    return whose is not None and any(stem in whose["word"].lower() for stem in figure_set("clerk"))


_PART_TIME = re.compile(r"(?:halvtid|deltid)s")
_NO_LETTER = re.compile(r"[\W\d_]")
_OPENING = re.compile(r"(?i:åbn|åben|lukke|hold(?:er|e|t)\såbent|passe[st]|pasning)")
# "lederens 10 timer", "en hjemmehjælper på 28 timer"
_LABELLED = re.compile(r"(?P<word>[^\W\d_]{4,30}):\s{1,3}(?:ca\.\s)?$")  # "ledsager: 22 timer ugentligt"
_WHOSE = re.compile(r"(?P<word>[^\W\d_]{4,30}(?:s|(?=(?:en)?\s(?:på|med)\s)))(?:\s(?:på|med))?\s(?:ca\.\s)?$")


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(0, start - SENTENCE)
    first = max((match.end() for match in _STOP.finditer(text, begin, start)), default=begin)
    last = _STOP.search(text, end, end + SENTENCE)
    return text[first : last.start() if last else end + SENTENCE]


def _before(text: str, start: int) -> str:
    """The sentence or the line before the one in which ``start`` is."""
    begin = max(0, start - SENTENCE)
    stops = [begin, *(match.end() for match in _STOP.finditer(text, begin, start))]
    return text[stops[-2] : stops[-1]] if len(stops) > 1 else ""


def _part_of_whole(text: str, items: list[Item], floor: int) -> list[Item]:
    """ "2 ud af 10 stillinger" is about the two: they come first, and the ten are told too."""
    if len(items) != 1:
        return items
    if text[max(0, items[0].start - 4) : items[0].start].rstrip()[-1:] not in {"f", "e", "t"}:  # "af", "de", "alt"
        return items
    out_of = _OUT_OF.search(text, max(floor, items[0].start - 24), items[0].start)
    part = read_before(text, out_of.start(), floor, pointed=False, skip=lambda start, end: False) if out_of else []
    return [part[-1], *items] if part else items


def _is_no_count(text: str, items: list[Item], anchor: Anchor) -> bool:
    """ "§ 3 medarbejdere", "1. stilling", and "en medarbejder", which is anybody ("én stilling" is counted)."""
    if is_named(text, items[0].start) or text[items[-1].end : items[-1].end + 1] == ".":
        return True
    tail = text[max(0, items[-1].end - 10) : anchor.start]
    if ("20" in tail or "19" in tail) and (is_year(text, items[0]) or _HEADING_YEAR.search(tail)):
        return True
    alone = (
        len(items) == 1 and anchor.unit == "position" and text[items[0].start : items[0].end].lower() in {"en", "et"}
    )
    return alone and not is_cut_or_made(text, items[0].start, (anchor.start, anchor.end))


def _is_part_time(text: str, items: list[Item], anchor: Anchor) -> bool:
    """ "en halvtidsstilling", "tre deltidsstillinger": how much of a whole position each one is, is not told."""
    printed = _NO_LETTER.sub("", text[anchor.start : anchor.end].lower())
    if anchor.unit != "position" or not _PART_TIME.search(printed) or is_named(text, items[0].start):
        return False
    return "stilling" in printed or not (_is_no_count(text, items, anchor) or _are_persons(text, anchor))


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
