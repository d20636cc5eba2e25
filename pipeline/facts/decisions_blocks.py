"""The stretches of minutes under a heading "Beslutning" or "Indstilling", and the body that the heading names."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

import msgspec

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
    stops = sorted([start for start, _, _ in heads] + [match.start() for match in _OTHER.finditer(text)])
    found = []
    for start, tail, match in heads:
        after = bisect_right(stops, start)
        end = stops[after] if after < len(stops) else len(text)
        decides = not match["word"].lower().startswith("indstilling")
        owner = next((b.name for b in bodies if start <= b.start < tail), None)
        found.append(Block("decision" if decides else "recommendation", tail, end, owner, (start, tail)))
    return found


def _is_heading(match: re.Match[str]) -> bool:
    """Whether the line is a heading: nothing but an owner, a date and a body around the word."""
    if not match["colon"] and match["tail"].strip():
        return False
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
