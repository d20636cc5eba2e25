"""The stretches of minutes under a heading "Beslutning" or "Indstilling", and the body that the heading names."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

import msgspec

from pipeline.facts.decisions_words import forms

if TYPE_CHECKING:
    from corpus.model import Committee, Date

_HEADING = re.compile(
    r"^[ \t*_#>]*(?:\d{1,2}\.[ \t]*)?(?P<owner>[^\n:.]{0,80}?)(?P<word>beslutning(?:en)?|afgørelse|indstilling(?:en)?)"
    r"(?P<rest>[^\n:]{0,90})(?P<colon>:?)[ \t*_]*(?P<tail>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_REST_WORD = re.compile(
    r"[\d./-]+|i|fra|på|for|den|d\.?|vedr\.|til|af|mødet?|punkt|pkt\.?|nr\.?|og|samt|januar|februar|marts|april|maj"
    r"|juni|juli|august|september|oktober|november|december|kl\.?|mandag|tirsdag|onsdag|torsdag|fredag|[a-zæøå]{1,25}-"
    r"|[a-zæøå]{0,40}(?:udvalg|udvalget|rådet?|bestyrelsen|repræsentationen|nævnet)s?",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"[^\n]{0,70}(?:udvalget|udvalg|råd|rådet|bestyrelsen|repræsentationen|forvaltningen|administrationen|direktionen"
    r"|nævnet|magistraten|borgmesteren)s?[ \t]+|protokol[ \t]*[-–][ \t]*|",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"^[ \t*_#>]*(?:\d{1,2}\.[ \t]+)?(?:sagsfremstilling|baggrund|resum[eé]|økonomi(?:ske konsekvenser)?|bilag"
    r"|lovgrundlag|retsgrundlag|fraværende|afbud|sagsresum[eé]|problemstilling|løsning|høring|kommunikation"
    r"|supplerende|videre proces|deltagere|punkt \d+|pkt\. \d+|sagens forløb|beslutningshistorik"
    r"|eventuelt|sagsbehandler|konsekvens(?:er)?|bemærkninger"
    r"|åben sag|vurdering|tidligere behandling)\b[^\n.]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)


_DAY = (
    r"(?:den[ \t]+|d\.[ \t]*)?(?:\d{1,2}\.[ \t]*[a-zæøå]{3,9}\.?[ \t]+\d{4}"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d))"
)
_ITEM = r"(?:,?[ \t]*(?:punkt|pkt\.?|sag)[ \t]*(?:nr\.?[ \t]*)?\d{1,3})?"
_DAY_BEHIND = re.compile(
    rf"[ \t]*[,(]?[ \t]*{_DAY}{_ITEM}\)?[ \t*_]*(?P<mark>:|\n|[-–](?=[ \t]))[ \t*_]*", re.IGNORECASE
)
_DAY_BEFORE = re.compile(rf"^[ \t*_#>•-]*{_DAY}{_ITEM}[ \t,:–-]*$", re.IGNORECASE)
_LINE_BEGIN = re.compile(r"[ \t*_#>•–-]*")
_COLON = re.compile(r"[ \t*_]*:[ \t*_]*")


class Block(msgspec.Struct, frozen=True):
    """``[start, end)`` of what stands under a heading; ``body`` and ``date`` as the heading names them."""

    kind: Literal["decision", "recommendation"]
    start: int
    end: int
    body: str | None = None
    heading: tuple[int, int] = (0, 0)


def blocks(text: str, bodies: list[Committee]) -> list[Block]:
    """The blocks of a text in order, none inside another."""
    heads = [(match.start(), match.start("tail"), match) for match in _HEADING.finditer(text) if _is_heading(match)]
    told = _history(text, bodies)
    starts = [start for start, _, _ in heads] + [start for start, _, _ in told]
    stops = sorted(starts + [match.start() for match in _OTHER.finditer(text)])
    found = []
    for start, tail, name in told:
        after = bisect_right(stops, start)
        stop = stops[after] if after < len(stops) else len(text)
        blank = text.find("\n\n", tail, stop)
        end = blank if blank >= 0 else stop
        found.append(Block("decision", tail, max(tail, end), name, (start, tail)))
    for start, tail, match in heads:
        after = bisect_right(stops, start)
        end = stops[after] if after < len(stops) else len(text)
        decides = not match["word"].lower().startswith("indstilling")
        owner = next((b.name for b in bodies if start <= b.start < tail), None)
        found.append(Block("decision" if decides else "recommendation", tail, end, owner, (start, tail)))
    return sorted(found, key=lambda block: block.start)


def _history(text: str, bodies: list[Committee]) -> list[tuple[int, int, str]]:
    """The lines "Børneudvalget, 7. maj 2024: Godkendt": start, where the text behind the heading begins, the body."""
    found = []
    for body in bodies:
        near = max(0, body.start - 60)
        start = text.rfind("\n", near, body.start) + 1 or near
        if start and text[start - 1] != "\n":
            continue
        front = text[start : body.start]
        behind = _DAY_BEHIND.match(text, body.end)
        if not behind and _DAY_BEFORE.match(front):
            behind = _COLON.match(text, body.end)
        elif not _LINE_BEGIN.fullmatch(front):
            continue
        if behind:
            found.append((start, behind.end(), body.name or ""))
    return found


def _is_heading(match: re.Match[str]) -> bool:
    """Whether the line is a heading: nothing but an owner, a date and a body around the word."""
    if not match["colon"] and match["tail"].strip():
        return False
    if any(word.lower() in forms() for word in re.findall(r"\w+", match["owner"])):
        return False  # a sentence: "Byrådet godkendte Økonomiudvalgets indstilling."
    words = re.split(r"[\s,()*_–]+", match["rest"])
    return bool(_OWNER.fullmatch(match["owner"])) and all(
        _REST_WORD.fullmatch(word) for word in words if word not in "-"
    )


def block_at(found: list[Block], position: int) -> Block | None:
    """The block that holds ``position``."""
    at = bisect_right(found, position, key=lambda block: block.start) - 1
    return found[at] if at >= 0 and position < found[at].end else None


def date_of(block: Block | None, dates: list[Date]) -> str | None:
    """The one day that the block's heading prints, ISO."""
    if block is None:
        return None
    days = {d.first.isoformat() for d in dates if block.heading[0] <= d.start < block.heading[1]}
    return days.pop() if len(days) == 1 else None
