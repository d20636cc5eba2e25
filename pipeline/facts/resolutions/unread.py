"""What minutes print under "Beslutning" and no rule reads: told, so that it is not lost in silence."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from corpus.model import Decision
from corpus.problems import Code, problem
from pipeline.facts.resolutions.agreed import PROPOSED, does

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Problem, Record
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.scene import Scene

_SAYS = re.compile(r"[^\W\d_]{2}")
_NOTHING = re.compile(r"[ \t*_#>•–-]*(?:(?:fraværende|afbud|ikke til stede|bilag|sagsnr|sagsid)\b.*)?", re.IGNORECASE)
_EMPTY = re.compile(
    r"[ \t*_#>•–-]*(?:(?:til|gå\s+til|tilbage\s+til)\s+(?:top|toppen)"
    r"|intet(?:\s+til\s+spørgetiden)?|ingen(?:\s+(?:spørgsmål|spørgetid|meddelelser))?"
    r"|der\s+(?:er|var)\s+ingen\s+(?:spørgsmål|meddelelser))[.: \t]*",
    re.IGNORECASE,
)
"""Lines of minutes that say that there was nothing, and what a web page prints below each item."""
_NAME = r"[A-ZÆØÅ][\w.'’-]*(?:\s+(?:[A-ZÆØÅ][\w.'’-]*|\([A-ZÆØÅ]{1,3}\)|(?:von|van|de)(?=\s))){1,5}(?!\w)"
_NAMES = re.compile(rf"[ \t*_#>•–-]*{_NAME}(?:(?:,\s+|\s+og\s+|\s+samt\s+){_NAME})*(?P<absent>[^:;]{{0,80}}?)\.?[ \t]*")
_ABSENT = re.compile(
    r"\s+(?:(?:var|er|havde|har|deltog|deltager)\s+(?:ikke|fravær\w+|forhindr\w+|meldt\s+afbud|afbud|inhabil\w*)"
    r"|(?:deltog|deltager)\s+(?:som|under|i|ved)|forlod\s+mødet)\b[^:;]*",
    re.IGNORECASE,
)
_OF_ABSENCE = re.compile(r"\s*(?:punkt|pkt\.|sag)?\s*(?:nr\.)?\s*\d{0,4}\.?\s*(?:fraværende|afbud)\b", re.IGNORECASE)
_MARKS = ("ikke", "stedet", "ønsk", "anmod", "opfordr", "pålæg", "pålagde", "henstil", " bad ", " beder ")
_DENIES = re.compile(
    r"(?:[^,;:\"“„»]{2,90}?\s(?:blev|bliver)\s+(?:[^\W\d_]+\s+)?ikke\s+[^\W\d_]+t\b"
    r"|[^,;:\"“„»]{2,90}?\s[^\W\d_]{2,}es\s+(?:[^\W\d_]+\s+)?ikke\b|I\s+stedet\s+(?!for\b)"
    r"|(?:(?:[^\W\d_]+-?,?\s+(?:og\s+)?){0,4}?(?:[Uu]dvalget|[Rr]ådet|[Bb]yrådet|[^\W\d_]+(?:udvalget|rådet|nævnet)|[Kk]ommunalbestyrelsen"
    r"|[Bb]orgerrepræsentationen|[Bb]estyrelsen|[Ff]lertallet)|Et\s+(?:enigt|samlet)\s+[^\W\d_]+|Der)\s+"
    r"(?:ønsker|ønskede|ønskes|anmoder|anmodede|opfordrer|opfordrede|pålægger|pålagde|henstiller|henstillede|bad|beder)\b)"
)
"""Of a sentence with single blanks: "Afgiften blev ikke hævet", "Afgiften hæves ikke", "I stedet holdes lukket",
"Udvalget ønsker, at …"."""
_POINT = re.compile(r"(?:ad|punkt|pkt\.?|til punkt)?\s?(?:\d{1,2}|[a-z])(?:\)|[.:])\s", re.IGNORECASE)
"""What stands in front of a sentence on a point of the recommendation: "Ad 2: Byrådet ønsker …"."""
_TOLD = r"drøft|orienter|spurgt|bemærk|konstater|noter|højtidelig|deltog|modtog|hørt|forklar|oplys"
_DID = re.compile(
    r"(?:(?:[^\W\d_]+-?,?\s(?:og\s)?){0,4}?(?:[^\W\d_]*(?:udvalget|rådet|nævnet|bestyrelsen|repræsentationen)|flertallet)\s"
    rf"(?!(?:{_TOLD})[^\W\d_]*\s)(?:[^\W\d_]{{3,}}(?:ede|te)|gav|satte|skar|lod|tog|lagde|valgte)\s"
    r"|[^,;:\"“„»]{2,90}?\sblev\s(?:[^\W\d_]+\s){0,3}?[^\W\d_]{2,}t\b"
    r"|[^,;:\"“„»]{2,90}?\s(?:ændres|rettes|korrigeres|justeres|omformuleres)\s(?:[^;]{1,80}?\s)?til\s)",
    re.IGNORECASE,
)
"""Of a sentence with a figure: "Byrådet justerede det med …", "Tilskuddet blev sat til …", "Beløbet rettes til …"."""
_POINT_FALLS = re.compile(
    r"(?:(?:[,;.]|(?<!\w)(?:og|mens|men))\s+)(?:pkt\.|punkt)\s?\d{1,2}(?:(?:,|\s+og)\s\d{1,2})*\s+(?:bortfalder|udgår|frafaldes|trækkes)(?!\w)",
    re.IGNORECASE,
)
"""Of a sentence that says yes to another point: "Pkt. 1 tiltrådt, pkt. 2 bortfalder", or of one behind it."""
_QUOTED = 80  # characters of it in the message


def unread(scene: Scene, found: Sequence[Record]) -> list[Problem]:
    """A problem for each block "Beslutning" that says something and holds none of the decisions ``found``, in order.

    In a block that holds some, for each further sentence that says what is not to be done, what instead, or what the
    body wishes or asks for.
    """
    starts = sorted(record.start for record in found)
    told = []
    for block in scene.blocks:
        if block.kind != "decision" or block.told:
            continue
        at = bisect_left(starts, block.heading[0])
        if at < len(starts) and starts[at] < block.end:
            own = [record for record in found if block.heading[0] <= record.start < block.end]
            told += [_problem("a sentence was not read as one", said) for said in _denials(scene, block, own)]
            told += [_problem("what falls was not read", said) for said in _falling(scene, block, own)]
            continue
        lines = scene.text[block.start : block.end].splitlines()
        said = " ".join(line.strip() for line in lines if not _says_nothing(line, scene.text))
        if _SAYS.search(said):
            told.append(_problem("no decision was read", said))
    return told


def _says_nothing(line: str, text: str) -> bool:
    """Whether a line decides nothing: an absence, "Ingen bemærkninger.", "Til toppen"; names below "Fraværende"."""
    if _NOTHING.fullmatch(line) or _EMPTY.fullmatch(line):
        return True
    names = _NAMES.fullmatch(line)
    if names is None:
        return False
    return bool(_ABSENT.fullmatch(names["absent"]) or (not names["absent"] and _OF_ABSENCE.match(text)))


def _problem(what: str, said: str) -> Problem:
    quoted = said if len(said) <= _QUOTED else f"{said[:_QUOTED].rstrip()}…"
    return problem(Code.DECISION_UNREAD, f'Under "Beslutning" {what}: "{quoted}"')


def _denials(scene: Scene, block: Block, own: Sequence[Record]) -> Iterator[str]:
    """The sentences of a block, outside the decisions ``own``, that deny something, put something in its place, or,
    where nothing there is a proposal of somebody, do something; elsewhere do it with a figure.
    """
    low = scene.prose.lower
    plain = not any(low.find(word, block.start, block.end) >= 0 for word in PROPOSED)
    figures = [link.start for link in scene.links(block.start, block.end) if link.type != "reference"]
    if not plain and not figures and all(low.find(mark, block.start, block.end) < 0 for mark in _MARKS):
        return
    position = block.start
    while position < block.end:
        start, stop = scene.prose.sentence_at(position, position + 1)
        stop = min(max(stop, position + 1), block.end)
        start = max(start, block.start)
        said = " ".join(scene.text[start:stop].split())
        mark = _POINT.match(said)
        told = said[mark.end() :] if mark else said
        has_figure = any(start <= at < stop for at in figures)
        own_figure = has_figure and not any(word in told.lower() for word in PROPOSED)
        deed = ((plain or own_figure) and does(told)) or (own_figure and _DID.match(told))
        if (_DENIES.match(told) or deed) and not any(each.start < stop and start < each.end for each in own):
            yield said
        position = stop
        while position < block.end and scene.text[position].isspace():
            position += 1


def _falling(scene: Scene, block: Block, own: Sequence[Record]) -> Iterator[str]:
    """The sentences of a block in which a point falls beside another that is approved, and that are read as a yes."""
    for match in _POINT_FALLS.finditer(scene.text, block.start, block.end):
        start, stop = scene.prose.sentence_at(match.end() - 1, match.end())
        beside = [each for each in own if isinstance(each, Decision) and each.start < stop and start < each.end]
        if all(each.status in ("decided", "recommended") and not each.negated for each in beside):
            yield " ".join(scene.text[max(start, block.start) : min(stop, block.end)].split())
