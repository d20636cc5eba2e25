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
from pipeline.facts.resolutions.denial import CONDITION, IF_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Record
    from pipeline.context import Span
    from pipeline.facts.resolutions.scene import Scene

_MARKS = frozenset(
    {
        *("forudsætning", "forudsætningen", "forudsætninger", "forudsættes", "forudsat", "betingelse", "betingelser"),
        *("betinget", "betingede", "betingelsen", "betingelserne", "forbehold", "vilkår", "vilkåret", "forudsætter"),
        *("forudsætningerne", "kræver", "når", *IF_WORDS),
    }
)
_PLAIN = re.compile(rf"(?<!\w){CONDITION}", re.IGNORECASE)
_IF = re.compile(
    r"(?:(?<=[\w.)%]),\s+|(?<=[\w.)%])\s+)(?P<if>(?P<word>hvis|såfremt|dersom|medmindre)\s+(?P<next>[^\W\d_]+))",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"(?<=[\w.)%]),?\s+(?P<if>(?:først\s+)?når\s+(?:(?!(?:der|det|som|de|vi|man)\s)(?:\d[\d.]*|(?:kr|mio|mia|nr)\.|[^\s,.;]+)\s+){1,8}?"
    r"(?:foreligger|er\s+(?:[^\W\d_]+\s+){0,2}?[^\W\d_]{3,}(?:t|et|ne))(?![\w-]))",
    re.IGNORECASE,
)
"""What has to be there first: "(Pengene frigives,) når fondens tilsagn foreligger", "når regnskabet er modtaget"."""
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
_GRANTED = (
    r"(?:Det|Dette|(?:(?:Anlægs|Tillægs|Kassekredit|Bygge)?(?:[Bb]evilling|[Tt]ilskudd?|[Tt]ilsagn|[Gg]odkendelse|[Tt]illadelse|[Gg]aranti"
    r"|[Ss]tøtte|[Bb]eslutning|[Ll]ån|[Dd]ispensation|[Mm]idler|[Aa]ftale|[Uu]dbetaling|[Tt]ildeling|[Pp]rojekt|[Pp]ulje)"
    r"(?:en|et|erne|ne)?))"
)
_NEXT = re.compile(
    r"\s*(?P<said>(?:Det\s+er\s+(?:dog\s+)?(?:en|et)\s+(?:forudsætning|betingelse|vilkår)\b|Det\s+forudsættes\b"
    r"|(?:Forudsætning|Betingelse|Vilkår)(?:en|n|et|erne|rne)?\s+(?:herfor\s+|for\s+[^\n.]{3,50}\s)?er,?\s+at\b"
    rf"|{_GRANTED}\s+(?:forudsætter|kræver\s+dog)\s*(?:dog|imidlertid|også)?,?\s+at\b"
    rf"|{_GRANTED}\s+(?:er|gives|ydes|sker|gøres|frigives|udbetales|meddeles|gælder)\s+"
    rf"(?:dog\s+|kun\s+)?{CONDITION})(?:[^\n]|\n(?=[ \t>]*[a-zæøå]))*?)"
    r"(?=\.?[ \t]*(?:\n(?![ \t>]*[a-zæøå])|$)|\.\s+[A-ZÆØÅ])",
)
_ONE_BETWEEN = re.compile(
    r"[ \t]*\n?[ \t]*[A-ZÆØÅ](?:[^.!?\n]|\n(?=[ \t>]*[a-zæøå])|\.(?=\d|\s[a-zæøå(])){3,130}\.(?=\s+[A-ZÆØÅ])"
)
"""A sentence between a decision and its condition: "Lånet afdrages over ti år."."""
_SHORT = (" kr.", " mio.", " mia.", " pct.", " stk.", " pkt.", " mv.", " m.v.", " m.m.")
_GIVEN = frozenset(
    (
        "frigive",
        "bevilge",
        "godkende",
        "give",
        "yde",
        "udbetale",
        "tiltræde",
        "imødekomme",
        "afsætte",
        "vedtage",
        "anbefale",
    )
)
_TOLD = frozenset(("drøfte", "tage til efterretning", "sende i høring"))
_GRANTING = frozenset(("decided", "recommended"))


def with_conditions(scene: Scene, found: Sequence[Record]) -> list[Record]:
    """The decisions with the condition that each is printed with; what is rejected or put off has none."""
    if not found or scene.prose.words.isdisjoint(_MARKS):
        return list(found)
    ends = [*(record.start for record in found[1:]), len(scene.text)]
    return [_with_condition(scene, record, end) for record, end in zip(found, ends, strict=True)]


def condition_of_head(scene: Scene, head: Span) -> str | None:
    """The condition that stands in the line above points, and is one of all of them."""
    if scene.prose.words.isdisjoint(_MARKS):
        return None
    match = _PLAIN.search(scene.text, *head)
    return _quoted(scene.text, match.start(), head[1]) if match else None


def _with_condition(scene: Scene, record: Record, limit: int) -> Record:
    """The decision with its condition; what follows from ``limit`` on is another decision's."""
    if not isinstance(record, Decision) or record.status not in _GRANTING or record.verb in _TOLD or record.condition:
        return record
    span = record.start, record.end
    said = next(_conditions(scene, span, limit), None)
    links = record.links
    if said is None and record.verb in _GIVEN and (once := _ONCE.search(scene.text, *span)):
        said = _quoted(scene.text, once.start("if"), record.end)
        links = [link for link in links if link.type == "reference"]  # no figure hangs on what waits
    return msgspec.structs.replace(record, condition=said, links=links) if said else record


def _conditions(scene: Scene, span: Span, limit: int) -> Iterator[str]:
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
    stop = min(block.end if block else len(text), span[1] + 600)
    behind = _NEXT.match(text, span[1], stop)
    between = None if behind else _ONE_BETWEEN.match(text, span[1], stop)
    if between and between.end() <= limit:
        behind = _NEXT.match(text, between.end(), stop)
    if behind and "\n\n" not in text[span[1] : behind.start("said")]:
        end = behind.end("said")
        yield _quoted(text, behind.start("said"), end + text.startswith(".", end))


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
