"""What a body gives out in a list: "Udvalget bevilgede følgende tilskud:" and below it a line for each who gets some.

The decision is that of the head, with the sum of each line. A line that says no has none, and a sum of all ends the
list. Where a line has two sums, or neither a sum nor a no, it is not known what the list gives, and nothing of it hangs
on the decision.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Decision, Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Record
    from pipeline.facts.resolutions.scene import Scene

_GIVING = frozenset(("bevilge", "give", "yde", "fordele", "tildele", "afsætte", "støtte", "uddele"))
_MARK = re.compile(r"[ \t>]*(?:(?P<mark>[-–—•*·▪●■]|\d{1,2}[.)]|[a-z]\))[ \t]+)?(?=\S)")
_NO = re.compile(
    r"(?<!\w)(?:afslag|afvist|afvises|ikke|udsat|udsættes|nej|intet|ingen)(?!\w)|(?<![\d.,])0\s?kr", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:i\s?alt|sum|samlet|total)(?!\w)", re.IGNORECASE)
_ASKED = re.compile(r"(?<!\w)(?:an)?søgt(?!\w)", re.IGNORECASE)
_GAP = re.compile(r"[ \t]*\n(?:[ \t]*\n)?")


def with_shares(scene: Scene, found: Sequence[Record]) -> list[Record]:
    """The decisions, those that give something out in a list below them with the sums of its lines."""
    return [
        msgspec.structs.replace(record, links=[*record.links, *_shares(scene, record)])
        if isinstance(record, Decision) and _heads_a_list(scene, record)
        else record
        for record in found
    ]


def _heads_a_list(scene: Scene, record: Decision) -> bool:
    if not record.text.endswith(":") or record.status != "decided" or record.negated or record.condition:
        return False
    block = scene.block_at(record.start)
    decides = block.kind == "decision" if block else scene.loose
    return decides and record.verb in _GIVING and all(link.type == "reference" for link in record.links)


def _shares(scene: Scene, record: Decision) -> list[Link]:
    """The sums of the lines below; [] where one of them is not clear."""
    text, block = scene.text, scene.block_at(record.start)
    limit = block.end if block else scene.next_heading(record.end)
    gap = _GAP.match(text, record.end)
    position, shares = (gap.end() if gap else limit), list[Link]()
    while position < limit:
        stop = text.find("\n", position, limit)
        stop = stop if stop >= 0 else limit
        mark = _MARK.match(text, position, stop)
        if mark is None or _TOTAL.match(text, mark.end(), stop):
            break
        sums = [link for link in scene.links(mark.end(), stop) if link.type == "amount"]
        closes = bool(sums) and not text[sums[-1].end : stop].strip(" .;,")
        if not mark["mark"] and not closes:
            return [] if sums else shares  # running text, which ends the list
        said_no = _NO.search(text, mark.end(), stop)
        if not said_no and (len(sums) != 1 or _ASKED.search(text, mark.end(), stop)):
            return []
        shares += [] if said_no else sums
        position = stop + 1
    return shares
