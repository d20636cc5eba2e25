"""The stretches of minutes under a heading "Beslutning" or "Indstilling", and the body that the heading names.

A heading is a line of its own: an owner, the word, and nothing but a body, a day and an item's number around it
("Beslutning fra Økonomiudvalget den 3. maj 2023, pkt. 12", "Udvalgets beslutning:", "Sagens afgørelse"). A line that
begins with a body and a day ("Børneudvalget, 7. maj 2024: Godkendt") is a heading too: of a decision told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from pipeline.facts.resolutions.amid import LONGEST_TITLE, WORD, amid, is_rest
from pipeline.facts.resolutions.earlier import earlier
from pipeline.facts.resolutions.headlines import has_ended, line_end
from pipeline.facts.resolutions.words import forms, listed

if TYPE_CHECKING:
    from corpus.model import Committee, Date
    from pipeline.language import Prose

HEADING_WORDS = frozenset(
    {
        *("beslutning", "beslutningen", "beslutninger", "beslutn", "afgørelse"),
        *("indstilling", "indstillingen", "indstillinger", "hovedindstilling"),
    }
)
_ADVICE = frozenset(("anbefaling", "anbefalinger"))  # headings where another one of a case stands
_CONCLUSION = "konklusion"  # "Konklusion: Godkendt": a heading of minutes, elsewhere of any paper
_OF_A_MEETING = ("bestyrelsesmøde", "udvalgsmøde", "referat")
_MAY_HEAD = frozenset(("pkt", _CONCLUSION, "amtsrådet"))
_LONGEST = 190
_OWNER_END = re.compile(
    r"(?:udvalget|udvalg|råd|rådet|bestyrelsen|repræsentationen|forvaltningen|administrationen|direktionen|nævnet"
    r"|magistraten|borgmesteren|kommissionen|direktøren|chefen|afdelingen|sekretariatet|centeret)s$",
    re.IGNORECASE,
)
_OF_A_SENTENCE = frozenset(("om", "af", "er", "var", "har", "blev", "sig", "det"))  # no owner has such a word
_LABEL = re.compile(r"[ \t*_#>]*(?:\d{1,2}\.?[ \t]+)?(?P<word>[^\W\d_]+)")
_REST_OF_LABEL = re.compile(r"[^\W\d_]{0,2}\b(?:\.(?=:))?[^\n.]{0,60}:?[ \t*_]*(?=\n|$)|[ \t*_]*:", re.IGNORECASE)
_STOP = re.compile(
    r"[ \t*_#>]*(?:(?:punkt|pkt\.|sag|sag nr\.?) \d+\b[^\n.]{0,60}:?|-[ \t]*o[ \t]*-)[ \t*_]*(?=\n|$)", re.IGNORECASE
)
_ABSENT = re.compile(r"[ \t*_#>]*(?:fraværende|afbud|ikke til stede)\b", re.IGNORECASE)
_OF_COUNCIL = re.compile(r"\b(byråds|kommunalbestyrelses|regionsråds)møde")
_COUNCILS = {"byråds": "Byrådet", "kommunalbestyrelses": "Kommunalbestyrelsen", "regionsråds": "Regionsrådet"}
_ABSENCES = re.compile(r"(?:[ \t*_#>]*(?:(?:fraværende|afbud|ikke til stede)\b[^\n]*)?\n)*", re.IGNORECASE)
_UNNAMED = re.compile(r"[ \t*_#>•–-]*[A-ZÆØÅ][^\n:.;]{3,60},[ \t]*(?:den[ \t]+|d\.[ \t]*)?")
_ITEM_BEHIND = re.compile(r",[ \t]*(?:pkt\.?|punkt)[ \t]*(?:nr\.?[ \t]*)?\d{1,4}[ \t]*:?[ \t]*")
_ITEM = r"(?:,?[ \t]*\(?(?:punkt|pkt\.?|sag)[ \t]*(?:nr\.?[ \t]*)?(?:\n[ \t]*)?\d{1,3}\)?)?"
_TO_DAY = re.compile(
    r"(?:s[ \t]+møde)?[ \t]*[,(:]?[ \t]*\n?[ \t]*(?:på[ \t]+møde[rt]?[ \t]*)?(?:den(?:[ \t]+|[ \t]*\n)|d\.\s*)?",
    re.IGNORECASE,
)
_BEHIND_DAY = re.compile(rf"{_ITEM}\)?[ \t*_]*(?P<mark>:|\n|[-–](?=[ \t]))[ \t*_]*", re.IGNORECASE)
_PAPER = re.compile(r"(?:beslutnings|møde)?(?:referat|protokol)(?:et|len)?[ \t*_]*(?:\n|$)", re.IGNORECASE)
_LOWER_NEXT = re.compile(r"\n[ \t>]*(?!at\b)[a-zæøå]+\b(?![.)])")
_PLAIN_DAY = re.compile(
    r"[ \t]*,?[ \t]*(?:den[ \t]+|d\.[ \t]*)?\d{1,2}\.[ \t]*(?:januar|februar|marts|april|maj|juni|juli|august|september"
    r"|oktober|november|december)(?:[ \t]+\d{4})?",
    re.IGNORECASE,
)
_LINE_BEGIN = re.compile(r"[ \t*_#>•–-]*")
_OPEN_BEFORE = re.compile(r"(?<!\w)(?:fra|af|i|til|på|for|om|med|ved|hos|og|samt|at)[ \t]*\n$")
_COLON = re.compile(r"[ \t*_]*:[ \t*_]*")
_IS_FOLLOWED = re.compile(
    r"\s*(?:indstillingen|anbefalingen|sagen|punktet|forslaget)\s+(?:enstemmigt\s+|blev\s+)?"
    r"(?:følges|tiltrædes|(?P<done>fulgt|tiltrådt|godkendt|anbefalet|udsat|afvist|forkastet))[ \t]*(?=[.,;\n]|$)",
    re.IGNORECASE,
)
_SHORT_VERDICT = re.compile(
    r"(?:(?<=\A)|(?<=[.\n])\s)[ \t]*(?P<front>(?:[^\W\d_]+\.?[ \t]+){0,4}?)(?P<verb>[^\W\d_]+)(?=[.,;\n]|\Z"
    r"|[ \t]+(?:med|mod|enst|enstemmigt|uændret|uden|under)\b)"
)
_NO_VERDICT = frozenset(("er", "var", "blev", "har", "som", "der", "at", "bliver", "kan", "skal"))
_OFFICE_DAY = re.compile(  # "Amtsrådet (30.9.93):", a body that no list knows
    r"[ \t*_]*[A-ZÆØÅ][^\W\d_]+(?:rådet|udvalget|nævnet|bestyrelsen|kommissionen)"
    r"[ \t]*[,(][ \t]*(?:den[ \t]+|d\.[ \t]*)?"
)
_BEHIND_OFFICE = re.compile(r"\)?[ \t]*:[ \t]*")
_ANSWER_LINE = re.compile(
    r"\n[ \t]*(?=(?:Godkendt|Vedtaget|Tiltrådt|Imødekommet|Bevilget|Udsat|Afvist|Afslået|Drøftet"
    r"|Taget til efterr?etning)\b"
    r"(?:\.|[ \t]*(?:\n|\Z)|[ \t]+(?:under|med|som|uden|til|på)\b[^\n]{0,120}(?:\n|\Z)))"
)
"""What a board says of the lines under "Indstilling" that stand above, in minutes without a heading "Beslutning"."""
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)\s*")
_POINT = re.compile(
    r"[ \t*_]*(?:[-–•*·▪●]|(?:ad|punkt|pkt\.?)?[ \t]*\d{1,2}[.):]?[ \t]|[a-zæøå][).][ \t]|at\b)", re.IGNORECASE
)
_FIRST_WORD = re.compile(r"\s*(?:ikke\s+|enstemmigt\s+)?([^\W\d_]+)", re.IGNORECASE)


class Block(msgspec.Struct, frozen=True):
    """``[start, end)`` of what stands under a heading; ``body`` as the heading names it.

    ``told``: a line of history ("Økonomiudvalget 3. maj 2023: …"), not a heading "Beslutning".
    """

    kind: Literal["decision", "recommendation"]
    start: int
    end: int
    body: str | None = None
    heading: tuple[int, int] = (0, 0)
    told: bool = False


def blocks(prose: Prose, bodies: list[Committee], days: list[Date], *, in_mail: bool = False) -> list[Block]:
    """The blocks of a text in order, none inside another. ``in_mail``: minutes are only cited in it."""
    if HEADING_WORDS.isdisjoint(prose.words) and not bodies and prose.words.isdisjoint(_MAY_HEAD):
        return []
    inner = amid(prose, bodies, days, in_mail=in_mail)
    within = {each.heading[0]: Block("decision", *each.said, each.body, each.heading) for each in inner}
    lines = [*_headings(prose, bodies, days), *_history(prose.text, bodies, days)]
    heads = [*(head for head in lines if head.heading[0] not in within), *within.values()]
    heads += _earlier(prose.text, bodies, days, {block.heading[0] for block in heads})
    heads += _unnamed(prose.text, days, {block.heading[0] for block in heads})
    heads.sort(key=lambda block: block.start)
    found: list[Block] = []
    for at, head in enumerate(heads):
        last = found[-1] if found else None
        alone = last and last.told and not prose.text[last.start : head.heading[0]].strip()
        if last and alone and head.kind == "decision" and not (head.told or head.body):
            found.pop()  # "Byrådet d. 3/5 1997, pkt. 14", and below it "Beslutning:"
            joined = (last.heading[0], head.heading[1])
            head = msgspec.structs.replace(head, body=last.body, told=True, heading=joined)
        elif last and head.told and _is_signed(prose.text, last, head):
            found.pop()
            head = msgspec.structs.replace(head, told=False, heading=(last.heading[0], head.heading[1]))
        following = heads[at + 1].heading[0] if at + 1 < len(heads) else len(prose.text)
        end = head.end if head.end > head.start else _end(prose, head, max(head.start, following))
        end = _cited_end(prose.text, head.start, end) if in_mail else end
        found.append(msgspec.structs.replace(head, end=end))
    return found


def _is_signed(text: str, last: Block, head: Block) -> bool:
    """Whether a line of history is whose the "Beslutning" right above it is, on a line of its own."""
    plain = last.kind == "decision" and not (last.told or last.body)
    return plain and not text[last.start : head.heading[0]].strip() and text[head.heading[1] - 1] == "\n"


def _end(prose: Prose, head: Block, limit: int) -> int:
    """Where a block ends: before the next heading or label; a line of history already at a blank line."""
    text = prose.text
    if head.told and "pkt" not in text[head.heading[0] : head.heading[1]].lower():
        start = head.start
        absences = _ABSENCES.match(text, start, limit)
        start = absences.end() if absences else start
        while start < limit and text[start] in " \t\n":
            start += 1
        blank = text.find("\n\n", start, limit)
        return blank if blank >= 0 else limit
    answer = _answer(text, head, limit)
    limit = answer if answer >= 0 else limit
    for begin in _may_stop().finditer(prose.lower, head.start, limit):
        line = begin.start() + 1
        stop = _stop(text, line)
        absent = stop and _ABSENT.match(stop) and _ABSENCES.fullmatch(text, head.start, line)
        if stop and line < limit and not absent and not _tells(stop):
            return line
    return limit


def _answer(text: str, head: Block, limit: int) -> int:
    """Where below a recommendation that says something the verdict on it stands, or -1."""
    if head.kind != "recommendation":
        return -1
    match = _ANSWER_LINE.search(text, head.start, limit)
    return match.end() if match and text[head.start : match.start()].strip() else -1


def _cited_end(text: str, start: int, limit: int) -> int:
    """Where a block in a mail ends: with its paragraph, or with the points below it. The writer talks on behind it."""
    blank = _BLANK_LINE.search(text, limit - len(text[start:limit].lstrip()), limit)
    while blank and _POINT.match(text, blank.end()):
        blank = _BLANK_LINE.search(text, blank.end(), limit)
    return blank.start() if blank else limit


@cache
def _may_stop() -> re.Pattern[str]:
    """A line's end, in text in lower case, behind which a label or the head of an item may begin."""
    words = "|".join(sorted(map(re.escape, _labels()), key=len, reverse=True))
    return re.compile(rf"\n(?=[ \t*_#>]*(?:(?:\d{{1,2}}\.?[ \t]+)?(?:{words})(?![^\W\d_])|punkt |pkt|sag |-[ \t]*o))")


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """The labels that end a block, by their first word."""
    table: dict[str, tuple[str, ...]] = {}
    for label in sorted(listed("ends-block"), key=len, reverse=True):
        first = label.split(" ", 1)[0]
        table[first] = (*table.get(first, ()), label)
    return table


def _stop(text: str, line: int) -> str:
    """The label that a line is, "" when it is none."""
    word = _LABEL.match(text, line)
    for label in _labels().get(word["word"].lower(), ()) if word else ():
        begin = word.start("word") if word else line
        end = begin + len(label)
        rest = _REST_OF_LABEL.match(text, end) if text[begin:end].lower() == label else None
        if rest:
            return text[line : rest.end()]
    other = _STOP.match(text, line)
    return other.group() if other else ""


def _tells(line: str) -> bool:
    """ "Punkt 2 udsat" is no label but a decision."""
    words = {word.lower().rstrip(".") for word in WORD.findall(line)}
    return not words.isdisjoint(forms().keys()) and not words & {"høring"}


def _headings(prose: Prose, bodies: list[Committee], days: list[Date]) -> list[Block]:
    """The headings "Beslutning" and "Indstilling"; "Anbefaling", alone on its line, only beside one of these."""
    text, last = prose.text, -1
    found, advised = list[Block](), list[Block]()
    words = HEADING_WORDS if HEADING_WORDS.isdisjoint(prose.words) else HEADING_WORDS | _ADVICE
    if _CONCLUSION in prose.words and _tells_of_a_meeting(prose.lower):
        words |= {_CONCLUSION}
    for start, end in prose.places(words):
        line = _line_start(text, start)
        if line == last:
            continue
        stop = line_end(text, end, end + 2 * _LONGEST, bodies)
        colon = text.find(":", end, min(stop, end + _LONGEST))
        if start - line > 90 or (colon < 0 and stop - end > _LONGEST):
            continue
        rest = colon if colon >= 0 else stop
        advice = prose.lower.startswith("anbefaling", start)
        if prose.lower.startswith(_CONCLUSION, start) and text[end : end + 1] != ":":
            continue
        if advice and (text[line:start].strip("*_# \t") or text[end:rest].strip("*_ \t")):
            continue
        if colon < 0 and text[start].islower() and line and not has_ended(text, line):
            continue  # "Udvalget tiltrådte", and on the next line "indstillingen den 2. marts"
        if not _is_owner(text[line:start]) or not is_rest(text, end, rest, bodies, days):
            continue
        if colon < 0 and _LOWER_NEXT.match(text, stop):
            continue  # a sentence that goes on in the next line
        last = line
        tail = colon + 1 if colon >= 0 else stop
        while tail < stop and text[tail] in " \t*_":
            tail += 1
        decides = not advice and "indstilling" not in prose.lower[start:end]
        at = bisect_left(bodies, line, key=lambda body: body.start)
        owner = bodies[at].name if at < len(bodies) and bodies[at].start < rest else None
        council = None if owner else _OF_COUNCIL.search(prose.lower, line, rest)
        owner = _COUNCILS[council[1]] if council else owner
        block = Block("decision" if decides else "recommendation", tail, tail, owner, (line, tail))
        (advised if advice else found).append(block)
    return found + advised if found else []


def _tells_of_a_meeting(low: str) -> bool:
    """Whether what stands above the first "konklusion" and the first blank line names a meeting that was held."""
    top = low.lstrip()[:LONGEST_TITLE].partition("\n\n")[0].partition(_CONCLUSION)[0]
    return any(word in top for word in _OF_A_MEETING)


def _line_start(text: str, position: int) -> int:
    """Where the line of ``position`` begins; of a longer one only the last stretch."""
    near = max(0, position - _LONGEST)
    found = text.rfind("\n", near, position)
    return found + 1 if found >= 0 else near


def _is_owner(front: str) -> bool:
    """Whether what stands before the word is nothing, a number, or whose decision it is."""
    words = WORD.findall(front)
    while words and (words[0][0].isdigit() or words[0] in "*_#"):
        words = words[1:]
    if not words:
        return True
    if not words[0][0].isupper() or any(word.lower() in forms() for word in words):
        return False  # a sentence: "Byrådet godkendte Økonomiudvalgets indstilling."
    if not _OF_A_SENTENCE.isdisjoint(words):
        return False  # "Sagen drejer sig om Klagenævnets afgørelse af 25. juni 2025."
    last = words[-1].lower()
    return last in listed("owner") or bool(_OWNER_END.search(last))


def _history(text: str, bodies: list[Committee], days: list[Date]) -> list[Block]:
    """The lines "Børneudvalget, 7. maj 2024: Godkendt", and "Økonomiudvalget: Anbefales" where a verdict follows."""
    found = []
    starts = [day.start for day in days]
    for body in bodies:
        if body.start > 1 and text[body.start - 1] == " " and text[body.start - 2].isalpha():
            continue  # amid a sentence
        line = _line_start(text, body.start)
        front = text[line : body.start]
        if len(front) > 60 and not front.endswith(". "):
            continue
        if body.text[:1].islower() or not body.name:
            continue
        begin = _LINE_BEGIN.fullmatch(front) is not None
        if begin and _OPEN_BEFORE.search(text, max(0, line - 12), line):
            continue  # "… fulgte indstillingen fra", and on the next line "Økonomiudvalget den 3. maj"
        start = _told_from(text, line, body, days, bisect_left(starts, body.end), begin)
        if start is not None:
            found.append(Block("decision", start, start, body.name, (line if begin else body.start, start), told=True))
    return found


def _earlier(text: str, bodies: list[Committee], days: list[Date], known: set[int]) -> list[Block]:
    """The lines "Behandling i Økonomiudvalget 3. maj 2024" and "03-05-2024 Byrådet" above what was decided."""
    return [
        Block("decision", each.start, each.start, each.body, (each.line, each.start), told=True)
        for each in (earlier(text, bodies, days) if days else ())
        if each.line not in known
    ]


def _unnamed(text: str, days: list[Date], known: set[int]) -> list[Block]:
    """The lines "Social og Sundhed, 6. januar 2020, pkt. 123:" of a body whose name is no "udvalg": it is not told."""
    found = []
    for day in days:
        behind = _ITEM_BEHIND.match(text, day.end)
        line = _line_start(text, day.start) if behind else 0
        pattern = _UNNAMED
        if behind is None and text[day.end : day.end + 2].strip()[:1] in (")", ":"):
            behind, pattern = _BEHIND_OFFICE.match(text, day.end), _OFFICE_DAY
            line = _line_start(text, day.start)
        if behind and line not in known and pattern.fullmatch(text[line : day.start]):
            found.append(Block("decision", behind.end(), behind.end(), None, (line, behind.end()), told=True))
    return found


def _told_from(text: str, line: int, body: Committee, days: list[Date], at: int, begin: bool) -> int | None:
    """Where the text behind a heading of history begins, or None when the line is none. ``at``: the next day."""
    opens = begin or text[max(0, body.start - 2) : body.start] in (". ", ".\u00a0")
    if opens and at < len(days) and days[at].start - body.end < 30:
        joint = _TO_DAY.fullmatch(text[body.end : days[at].start])
        behind = _BEHIND_DAY.match(text, days[at].end) if joint else None
        wrapped = "\n" in text[body.end : days[at].start]
        if behind and _PAPER.match(text, behind.end()):
            return None  # the title of the minutes: "Byrådet, 27. maj 2025 - Referat"
        if behind and (not wrapped or behind["mark"] == ":") and _is_heading(text, line, behind, begin=begin):
            return behind.end()
    plain = _PLAIN_DAY.match(text, body.end) if begin else None
    behind = _BEHIND_DAY.match(text, plain.end()) if plain else None
    if behind and behind["mark"] == ":":
        return behind.end()
    colon = _COLON.match(text, body.end)
    if not colon:
        return None
    before = days[at - 1] if at and days[at - 1].start >= line else None
    if before and not begin and _LINE_BEGIN.fullmatch(text[line : before.start].lower().removesuffix("den ")):
        return colon.end()
    followed = _IS_FOLLOWED.match(text, colon.end())
    if begin and followed and (followed["done"] or "indstilling" in text[max(0, line - 600) : line].lower()):
        return colon.end()
    verdict = _FIRST_WORD.match(text, colon.end())
    if verdict and (begin or text[max(0, body.start - 2) : body.start] == ". "):
        known = forms().get(verdict[1].lower(), ())
        if any(form.tense in ("participle", "present-passive") for form in known):
            return colon.end()
    if begin and text[colon.end() : colon.end() + 1] == "\n" and _is_short_verdict(text, colon.end() + 1):
        return colon.end()
    return None


def _is_heading(text: str, line: int, behind: re.Match[str], *, begin: bool) -> bool:
    """Whether a body and its day head what follows: with a mark, on a line of their own, or before a bare verdict.

    ``begin``: they begin the line; amid it they stand behind the end of what another body decided.
    """
    if begin:
        return behind["mark"] != "\n" or bool(text[:line].strip())
    if behind["mark"] == ":":
        return True
    verdict = _FIRST_WORD.match(text, behind.end())
    known = forms().get(verdict[1].lower(), ()) if verdict else ()
    return behind["mark"] == "\n" and any(form.tense in ("participle", "present-passive") for form in known)


def _is_short_verdict(text: str, start: int) -> bool:
    """ "Planen vedt. enst.", "Budet er for lavt. Ej godk.": a verdict without its verb "blev" below "Byrådet:"."""
    blank = text.find("\n\n", start, start + 250)
    for match in _SHORT_VERDICT.finditer(text[start : blank if blank >= 0 else start + 250]):
        known = forms().get(match["verb"].lower(), ())
        front = WORD.findall(match["front"].lower())
        if any(form.tense == "participle" for form in known) and _NO_VERDICT.isdisjoint(front):
            return True
    return False
