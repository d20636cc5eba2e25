"""On what condition something is decided: "Godkendt under forudsætning af, at staten giver tilskud".

The words of the condition are a field of the decision, for its status is still what the body said. A condition may
stand in the sentence, or be all that the next one says ("Tilskuddet er betinget af, at …"). Terms that go with any such
paper ("på markedsvilkår", "uden forbehold") are none, and neither is an "if" inside what is reported or looked into.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Decision
from pipeline.facts.denial import CONDITION, IF_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Record
    from pipeline.context import Span
    from pipeline.facts.decisions_scene import Scene

_MARKS = frozenset(
    {
        *("forudsætning", "forudsætningen", "forudsætninger", "forudsættes", "forudsat", "betingelse", "betingelser"),
        *("betinget", "betingede", "forbehold", "vilkår", *IF_WORDS),
    }
)
_PLAIN = re.compile(rf"(?<!\w){CONDITION}", re.IGNORECASE)
_IF = re.compile(
    r"(?:(?<=[\w.)%]),\s+|(?<=[\w.)%])\s+)(?P<if>(?P<word>hvis|såfremt|dersom|medmindre)\s+(?P<next>[^\W\d_]+))",
    re.IGNORECASE,
)
_IN_FRONT = re.compile(r"\W{0,4}(?P<said>(?:hvis|såfremt|dersom|medmindre)\s[^,.]{3,160}),", re.IGNORECASE)
_INSIDE = re.compile(
    r"\b(?:idet|fordi|eftersom|da|mens|selv\s+om|hvad|hvordan|hvorfor|hvorvidt|hvilke[nt]?|hvornår|hvor|orientere\w*"
    r"|oplys\w+|undersøg\w+|afdække\w*|belyse\w*|redegør\w*|efterretning|som\s+om)\b|,\s*(?:som|der)\s",
    re.IGNORECASE,
)
_SUBJECT = frozenset(
    ("det", "der", "den", "de", "denne", "dette", "disse", "vi", "du", "ikke", "alle", "ingen", "en", "et")
)
_DEFINITE = re.compile(r"[^\W\d_]{2,}(?:en|et|ene|erne|rne)")
_CONTENT = re.compile(r"\b(?:orienteret|orientering|efterretning|drøftede|drøftet)\b", re.IGNORECASE)
_ENDS = re.compile(r";|,?\s+(?:men|mens|hvorimod|idet)\s|\n\s*\n")
_NEXT = re.compile(
    rf"\s*(?P<said>(?:Det\s+er\s+(?:dog\s+)?(?:en|et)\s+(?:forudsætning|betingelse|vilkår)\b|Det\s+forudsættes\b"
    r"|(?:Bevilling|Tilskudd?|Tilsagn|Godkendelse|Tilladelse|Garanti|Støtte|Beslutning|Lån|Dispensation|Midler)"
    r"(?:en|et|erne|ne)?\s+(?:er|gives|ydes|sker|gøres|frigives|udbetales|meddeles)\s+"
    rf"(?:dog\s+|kun\s+)?{CONDITION})[^\n]*?)(?=\.?\s*(?:\n|$)|\.\s+[A-ZÆØÅ])",
)
_SHORT = (" kr.", " mio.", " mia.", " pct.", " stk.", " pkt.", " mv.", " m.v.", " m.m.")
_TOLD = frozenset(("drøfte", "tage til efterretning", "sende i høring"))
_GRANTING = frozenset(("decided", "recommended"))


def with_conditions(scene: Scene, found: Sequence[Record]) -> list[Record]:
    """The decisions with the condition that each is printed with; what is rejected or put off has none."""
    if scene.prose.words.isdisjoint(_MARKS):
        return list(found)
    return [_with_condition(scene, record) for record in found]


def condition_of_head(scene: Scene, head: Span) -> str | None:
    """The condition that stands in the line above points, and is one of all of them."""
    if scene.prose.words.isdisjoint(_MARKS):
        return None
    match = _PLAIN.search(scene.text, *head)
    return _quoted(scene.text, match.start(), head[1]) if match else None


def _with_condition(scene: Scene, record: Record) -> Record:
    if not isinstance(record, Decision) or record.status not in _GRANTING or record.verb in _TOLD or record.condition:
        return record
    said = next(_conditions(scene, (record.start, record.end)), None)
    return msgspec.structs.replace(record, condition=said) if said else record


def _conditions(scene: Scene, span: Span) -> Iterator[str]:
    text = scene.text
    first = _IN_FRONT.match(text, *span)
    if first:
        yield " ".join(first["said"].split())
    plain = _PLAIN.search(text, *span)
    if plain and not _CONTENT.search(text, span[0], plain.start()):
        yield _quoted(text, plain.start(), span[1])
    for match in _IF.finditer(text, *span):
        if _sets_condition(match) and not _INSIDE.search(text, span[0], match.start()):
            yield _quoted(text, match.start("if"), span[1])
    block = scene.block_at(span[0])
    behind = _NEXT.match(text, span[1], block.end if block else min(len(text), span[1] + 600))
    if behind and "\n\n" not in text[span[1] : behind.start("said")]:
        yield _quoted(text, behind.start("said"), behind.end("said"))


def _sets_condition(match: re.Match[str]) -> bool:
    """Whether "hvis" is an "if" and no "whose": "…, hvis staten betaler", not "foreningen, hvis formand …"."""
    following = match["next"]
    if match["word"].lower() != "hvis":
        return True
    return following.lower() in _SUBJECT or following[:1].isupper() or _DEFINITE.fullmatch(following) is not None


def _quoted(text: str, start: int, limit: int) -> str:
    """The printed words from ``start`` to the end of what they belong to, on one line."""
    end = _ENDS.search(text, start, limit)
    said = " ".join(text[start : end.start() if end else limit].split()).rstrip(" ,:")
    return said if said.endswith(_SHORT) else said.rstrip(" .,:")
