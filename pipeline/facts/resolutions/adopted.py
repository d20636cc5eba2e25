"""What a verdict takes over from the recommendation above it: "Indstillingens punkt 1 og 2 blev godkendt".

Where the points are numbered and the verdict names them and nothing else, it has the figures of these points. A verdict
on all of it ("Godkendt.") has the one figure that is recommended, and so has the next body's. Where all that is adopted
says no ("at ansøgningen afslås"), the verdict is negated: what was asked for is not granted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Link, Record
    from pipeline.facts.resolutions.scene import Scene

_ADOPTING = frozenset(
    (
        *("godkende", "vedtage", "tiltræde", "indstille", "anbefale", "følge", "beslutte", "bevilge"),
        *("oversende", "fremsende", "videresende"),
    )
)
_WHOLE = re.compile(
    r"\W*(?:(?:[^\W\d_]+-?\s+){0,5}?(?:indstillingen|det\s+indstillede)\b[^,;.]{0,60}|som\s+indstillet[^,;.]{0,40}"
    r"|(?:enstemmigt\s+)?(?:godkendt|tiltrådt|vedtaget|anbefales|(?:anbefales|indstilles)\s+(?:godkendt|til\s+godkendelse))"
    r"(?:\s+(?:som\s+indstillet|enstemmigt|over\s?for\s+[^\W\d_-]+|til\s+[^\W\d_]+(?:rådet|bestyrelsen|udvalget)))?"
    r"(?:\s+med\s+(?:forbehold|\d{1,2}\s+stemmer|stemmerne)\b[^;]{0,90}|\s+af\s+et\s[^,;]{0,60})?"
    r"|(?:over|frem|videre)?sendes\s+til\s+[^\W\d_-]+\s+med\s+(?:[^\W\d_-]+\s+)?(?:anbefaling|indstilling))\W*",
    re.IGNORECASE,
)
_NUMBERS = r"\d{1,2}(?:\s?[-–]\s?\d{1,2}|(?:,\s?\d{1,2})*(?:,?\s+(?:og|samt)\s+\d{1,2}))?"
_LETTERS = r"[a-h](?![\w.]?\w)(?:\s?[-–]\s?[a-h](?!\w)|(?:,\s?[a-h](?!\w))*(?:,?\s+(?:og|samt)\s+[a-h](?!\w))?)"
_POINTS = re.compile(
    r"(?P<front>[^.,;:]{0,60}?)(?:(?:punkt(?:er|erne)?|pkt\.?|litra|del)\s*(?:nr\.\s*)?|(?<!\w)ad\s+)"
    rf"(?P<numbers>{_NUMBERS}|{_LETTERS})(?![\d/]|\.\d|\s*(?:kr|mio|på\s+dagsordenen))\s*(?:i\s+indstillingen\b)?(?P<rest>[^;]{{0,120}})",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"(?P<front>\(?)(?P<numbers>\d{1,2}|[a-h])[.):]{1,2}\s+(?P<rest>(?:indstilles|anbefales)?(?:\s?[^\W\d_]+){1,4}\W*$)",
    re.IGNORECASE,
)
"""A verdict behind the mark of its point and nothing else: "1. Godkendt."."""
_LABEL = re.compile(
    r"(?:ad\.?|punkt|pkt\.?)\s+(?:pkt\.?\s+|punkt\s+)?(?P<number>\d{1,2}|[a-h])[.:)]{0,2}\s+(?P<said>.*)", re.IGNORECASE
)
_LONGEST_LABEL = 14
_POINT_LABEL = re.compile(
    r"(?<!\w)ad\.?[ \t]*(?:pkt\.?[ \t]*|punkt[ \t]*)?(?:\d|[a-h](?!\w))|^[ \t]*\d{1,2}[.:)]{0,2}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_GRANTS_NOTHING = re.compile(
    r"(?<!\w)til\s+(?:efterretning|orientering|drøftelse)(?!\w)|(?<!\w)(?:drøfte[rs]?|drøftelse[nr]?|overveje[rs]?|stilling|orienteres|(?:vælge[rs]?|valg)\s+mellem"
    r"|[^\W\d_]*(?:forbrug|underskud|overskud|regnskab)(?:et|sresultat(?:et)?)?)(?!\w)",
    re.IGNORECASE,
)
"""What is recommended to be seen, discussed or chosen: its sum is not decided by "Godkendt."."""
_OTHERWISE = re.compile(
    r"(?<!\w)(?:dog|men|undtagen|undtagelse|bortset|ændring\w*|ændret|delvist?|idet|således|nedsæt\w*|forhøj\w*|hæve\w*|sænk\w*|uden"
    r"|i\s?stedet|forudsat|forudsætning|betinget|hvis|punkt|pkt|resten|øvrige|mens)(?!\w)",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"\b(?:under)?ændringsforslag|\bforesl(?:år|og)\b|\bforslag\s+fra\b|\b(?:stille[rd]e?|fremsæt\w+|fremsatte)\s[^.\n]{0,40}forslag",
    re.IGNORECASE,
)
"""Between "Beslutning" and a verdict: what is adopted there need not be what is recommended above."""
_NEXT_POINT = re.compile(
    r"(?:,|;|,?\s(?:og|men|mens|medens|hvorimod))\s(?=(?:punkt|pkt)(?:er|erne)?\.?\s)", re.IGNORECASE
)
"""Between two verdicts: "punkt 1 vedtaget, mens punkt 3 blev afvist"."""
_MARK = re.compile(r"(?:^|[\s(])\(?(?:at\s+)?(?:(\d{1,2})(?:[.:)]{1,2})?|([a-h])[.)]{1,2})\s+$")


def adopted(scene: Scene, found: Sequence[Record]) -> list[Record]:
    """The decisions, those under "Beslutning" with what they take over from the points above."""
    places = Counter(record.start for record in found if isinstance(record, Decision))
    starts = [record.start for record in found if isinstance(record, Decision)]
    seen: Counter[int] = Counter()
    told: list[Record] = []
    for record in found:
        if not isinstance(record, Decision):
            told.append(record)
            continue
        said = _labelled(scene.text, record, _own_words(record, seen[record.start], places[record.start]))
        taken = _taken_over(scene, record, found, said) if said else record
        if taken is record and _adopts_all(record, said) and _is_alone(scene, record, starts):
            taken = _of_all(scene, record, _above(scene, record, found) or _before(scene, record, told))
        told.append(taken)
        seen[record.start] += 1
    return told


def _labelled(text: str, record: Decision, said: str) -> str:
    """A verdict with the label of its point that a full stop cuts off: "Ad 1.", "Tiltrådt."."""
    line = text.rfind("\n", 0, record.start) + 1
    if not said or record.start - line > _LONGEST_LABEL or not text[line : record.start].strip():
        return said
    label = _LABEL.match(" ".join(f"{text[line : record.start]}{said}".split()))
    return f"Ad {label['number']}: {label['said']}" if label else said


def _adopts_all(record: Decision, said: str) -> bool:
    adopts = record.status in ("decided", "recommended") and record.verb in _ADOPTING
    return adopts and not record.negated and not record.condition and _all_of_it(said)


def _is_alone(scene: Scene, record: Decision, starts: Sequence[int]) -> bool:
    """Whether a block holds no other verdict, and no label of a point; ``starts`` of all decisions, in order."""
    block = scene.block_at(record.start)
    if block is None or bisect_left(starts, block.end) - bisect_left(starts, block.start) != 1:
        return False
    return _POINT_LABEL.search(scene.text, block.start, block.end) is None


def _of_all(scene: Scene, record: Decision, above: Sequence[Decision]) -> Decision:
    """A verdict on all that is recommended, with the one figure of that, where its block says nothing more of it."""
    block = scene.block_at(record.start)
    if block is None or not above:
        return record
    around = scene.text[block.start : record.start] + scene.text[record.end : block.end]
    figures = [link for each in above for link in each.links if link.type != "reference"]
    if len(figures) != 1 or any(each.negated or each.condition for each in above) or _OTHERWISE.search(around):
        return record
    if any(each.links and _GRANTS_NOTHING.search(each.text) for each in above):
        return record
    own = any(link.type != "reference" for link in scene.links(block.start, block.end))
    changed = own or _AMENDED.search(scene.text, block.start, block.end)
    return record if changed else msgspec.structs.replace(record, links=_sorted([*record.links, *figures]))


def _all_of_it(said: str) -> bool:
    return _WHOLE.fullmatch(said) is not None and "forbehold" not in said


def _before(scene: Scene, record: Decision, told: Sequence[Record]) -> list[Decision]:
    """The advice of the body before, in the block before: "Økonomiudvalget: Anbefales." above "Byrådet: Godkendt."."""
    block = scene.block_at(record.start)
    last = next((each for each in reversed(told) if isinstance(each, Decision) and each.start < record.start), None)
    earlier = scene.block_at(last.start) if last else None
    if block is None or last is None or earlier is None or last.status != "recommended":
        return []
    if not _all_of_it(" ".join(last.text.split())):
        return []
    follows = earlier.kind == "decision" and scene.first_block(earlier.end) == scene.first_block(block.start)
    return [last] if follows and earlier.body != block.body else []


def _own_words(record: Decision, at: int, of: int) -> str:
    """What a sentence says for its decision number ``at``; "" where it is not cut into ``of`` verdicts on points."""
    said = " ".join(record.text.split())
    if of == 1:
        return said
    pieces = _NEXT_POINT.split(said)
    return pieces[at] if len(pieces) == of and all(map(_POINTS.match, pieces)) else ""


def _taken_over(scene: Scene, record: Decision, found: Sequence[Record], said: str) -> Decision:
    block = scene.block_at(record.start)
    if block is None or block.kind != "decision" or block.told or record.negated:
        return record
    above = _above(scene, record, found)
    if not above or _AMENDED.search(scene.text, block.start, record.start):
        return record
    adopts = record.status in ("decided", "recommended") and record.verb in _ADOPTING
    if record.status == "decided" and adopts and _WHOLE.fullmatch(said) and all(each.negated for each in above):
        return msgspec.structs.replace(record, negated=True)
    if any(link.type != "reference" for link in record.links):
        return record
    points = _named(said, _numbered(scene.text, above))
    if not points or (not adopts and any(each.negated for each in points)):
        return record
    if all(each.negated for each in points):
        return msgspec.structs.replace(record, negated=True)
    return msgspec.structs.replace(record, links=_with_links(record, points))


def _above(scene: Scene, record: Decision, found: Sequence[Record]) -> list[Decision]:
    """What is recommended between the decision before, if there is one, and the heading of a verdict."""
    block = scene.block_at(record.start)
    if block is None or block.kind != "decision":
        return []
    heading = block.heading[0]
    earlier = [each.end for each in scene.blocks if each.kind == "decision" and each.end <= heading]
    floor = max(earlier, default=0)
    return [
        each
        for each in found
        if isinstance(each, Decision) and floor <= each.start < heading and _is_advice(scene, each)
    ]


def _is_advice(scene: Scene, record: Decision) -> bool:
    block = scene.block_at(record.start)
    return record.status == "recommended" and (block is None or block.kind == "recommendation")


def _numbered(text: str, above: Sequence[Decision]) -> dict[str, Decision]:
    """The points by what is printed before them; {} where this is not 1, 2, 3 … or a, b, c … without a gap."""
    numbers: dict[str, Decision] = {}
    for each in above:
        line = text.rfind("\n", 0, each.start) + 1
        mark = _MARK.search(text[max(line, each.start - 12) : each.start])
        if mark is None or (mark[1] or mark[2]) in numbers:
            return {}
        numbers[mark[1] or mark[2]] = each
    printed = list(numbers)
    in_order = printed == _count("1", len(printed)) or printed == _count("a", len(printed))
    return numbers if in_order and len(numbers) > 1 else {}


def _count(first: str, many: int) -> list[str]:
    """ "1", "2", "3" or "a", "b", "c"."""
    if first.isdigit():
        return [str(int(first) + step) for step in range(many)]
    return [chr(ord(first) + step) for step in range(many)]


def _named(said: str, points: dict[str, Decision]) -> list[Decision]:
    """The points that a verdict names; [] where it names others, or says more than a verdict."""
    match = (_POINTS.match(said) or _MARKED.fullmatch(said)) if points else None
    if match is None or _OTHERWISE.search(match["rest"]) or _OTHERWISE.search(match["front"]):
        return []
    printed = re.findall(r"\d+|(?<!\w)[a-h](?!\w)", match["numbers"].lower())
    if len(printed) > 1 and re.search("[-–]", match["numbers"]):
        first, last = ((int(each) if each.isdigit() else ord(each)) for each in printed[:2])
        printed = _count(printed[0], last - first + 1)
    return [points[number] for number in printed] if printed and set(printed) <= points.keys() else []


def _with_links(record: Decision, points: Sequence[Decision]) -> list[Link]:
    own = [*record.links]
    for each in points:
        own += [link for link in each.links if not each.negated and link.type != "reference"]
    return _sorted(own)


def _sorted(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.start)
