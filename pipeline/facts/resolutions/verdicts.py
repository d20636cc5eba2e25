"""Verdicts of one word, "Godkendt.", "Anbefales.", "Udsat.": most decisions in minutes.

They are read without asking what stands around the verb, for nothing does: in a sentence under "Beslutning", in a
cell of a table of decisions, or behind the name of what it is about ("Roklubben: bevilget 18.000 kr.").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Decision
from pipeline.facts.resolutions.dates import day_of_block
from pipeline.facts.resolutions.open import is_speech
from pipeline.facts.resolutions.words import WORD, forms, listed, names_object

if TYPE_CHECKING:
    from pipeline.context import Span
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.clauses import Anchor, Clause
    from pipeline.facts.resolutions.scene import Scene
    from pipeline.facts.resolutions.words import Form

_NAMED = re.compile(
    r"[ \t>*_•–-]*(?:\(?(?:\d{1,2}|[a-zæøå])[.)]+[ \t]*)?(?P<name>[A-ZÆØÅ\d][^\n:.;!?]{1,70})"
    r":[ \t]+(?:(?:enstemmigt|delvist)[ \t]+)?"
)
_GIVEN = re.compile(r"[.,;]?\s*$|[ \t]+(?:med|til)\s|[ \t]+(?:(?:i alt|kr\.|op til|med)[ \t]+){0,2}\d|,[ \t]")
_NO_NAME = ("formand", "borgmester", "forvaltning", "udvalg", "råd", "status", "økonomi", "baggrund", "historik")
_VERDICT_END = re.compile(
    r"[.,;:]|\s*\n|\s*$|\s+(?:af|med|som|til|uden|under|på|enstemmigt|endeligt|idet|ad"
    r"|og\s+(?:taget|sendt|\w+(?:en|et)\s+\w{3,}s))\b"
)
ITEM = re.compile(r"\b(?:pkt|punkt|sag|litra|ad)\.?\s*(?:nr\.?\s*)?(?:\d|[a-f]\b)|\bÆF\s?\d", re.IGNORECASE)
AS_ADVISED = (" som indstillet", " som anbefalet")
_LINE_END = re.compile(r"\.?[ \t]*(?:\n|$)")
_ITEM_AND_TITLE = re.compile(
    r"[ \t*•-]*(?:punkt|pkt\.|sag)\s?(?:nr\.?\s?)?\d{1,3}[.:]?\s[A-ZÆØÅ][^.;:!?\n]*", re.IGNORECASE
)
_TENSES = frozenset(("participle", "present-passive"))
_NEEDS = frozenset(("free", "object", "indstil"))


def verdict(scene: Scene, span: Span, mark: Anchor, block: Block | None) -> Decision | None:
    """The decision that a sentence of one word is, or None where it must be looked at more closely."""
    start, end = span
    if start != mark[0] or end - mark[1] > 1 or block is None or block.kind != "decision":
        return None
    known = forms()[mark[2]]
    form = known[0]
    if len(known) > 1 or form.tense not in _TENSES or form.needs not in _NEEDS or scene.text[mark[1] : end] not in ".":
        return None
    if scene.quotes and is_speech(scene.text, block, start):
        return None
    body = block.body or (None if block.told else scene.meeting_body)
    return Decision(
        start=start,
        end=end,
        text=scene.text[start:end],
        body=body,
        verb=form.lemma,
        status=form.status,
        date=day_of_block(scene, block, scene.days_in(*block.heading), body),
        source=scene.context.source,
    )


def begins_line(text: str, position: int, start: int) -> bool:
    """Whether a word with a capital stands first on a line behind ``start``."""
    line = text.rfind("\n", start, position)
    return line >= 0 and text[position].isupper() and not text[line:position].strip()


def rows_decided(scene: Scene, marks: list[Anchor]) -> list[Decision]:
    """The rows "12 | Solceller på haller | Godkendt | sag 22/8812" of a list of decisions, one verdict in each."""
    text, found = scene.text, list[Decision]()
    for start, end, word in marks:
        form = forms()[word][0]
        if form.tense not in _TENSES or form.needs not in _NEEDS or not text[start].isupper():
            continue
        line = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        front, behind = text[line:start].rstrip(" \t*_"), text[end:stop].strip(" \t*_.")
        in_cell = front.endswith("|") and front.strip("| \t") and (not behind or behind[0] == "|")
        if in_cell and scene.logs and scene.block_at(start) is None and not (found and found[-1].end > line):
            found.append(_row(scene, line, stop, form))
    return found


def _row(scene: Scene, line: int, stop: int, form: Form) -> Decision:
    piece = scene.text[line:stop]
    start, end = stop - len(piece.lstrip(" \t|")), line + len(piece.rstrip(" \t|"))
    named = {body.name for body in scene.bodies_in(start, end)}
    days = {
        day.first.isoformat() for day in scene.days_in(start, end) if day.precision == "day" and day.to == day.first
    }
    return Decision(
        start=start,
        end=end,
        text=scene.text[start:end],
        body=named.pop() if len(named) == 1 else scene.meeting_body,
        verb=form.lemma,
        status=form.status,
        date=days.pop() if len(days) == 1 else None,
        links=scene.links(start, end),
        source=scene.context.source,
    )


def is_named_verdict(clause: Clause) -> bool:
    """ "a) Roklubben: bevilget 18.000 kr." in minutes without headings: what was decided of what a line names."""
    if not clause.loose or clause.link or _GIVEN.match(clause.after) is None:
        return False
    line = clause.scene.text.rfind("\n", 0, clause.verb) + 1
    named = _NAMED.fullmatch(clause.scene.text, line, clause.verb)
    words = WORD.findall(named["name"].lower()) if named else []
    if not words or len(max(words, key=len)) < 3 or words[0].startswith(_NO_NAME):
        return False  # "V og F: afvist": who says so
    return listed("party").isdisjoint(words) and listed("ends-block").isdisjoint(words)


def is_said_of_item(text: str, clause: Clause) -> bool:
    """ "Punkt 28. Beslutning om at leje hallen udsat.": the last word of a line that names an item and its title."""
    line = text.rfind("\n", max(0, clause.verb - 250), clause.verb) + 1
    return bool(_LINE_END.match(text, clause.stop) and _ITEM_AND_TITLE.fullmatch(text, line, clause.verb))


def is_lone_verdict(text: str, clause: Clause) -> bool:
    """Whether a participle is all that minutes say of an item: "Godkendt.", "Sagen udsat.", "Pkt. 8: … Afvist."."""
    if text[clause.start : clause.cut].strip(" 0123456789.–-") or len(clause.words) > 3:
        return False  # but "7 - " in front of "Regnskabet godkendt."
    if not _VERDICT_END.match(text, clause.stop):
        return False
    line = text.rfind("\n", max(0, clause.start - 200), clause.start) + 1
    front = text[line : clause.start]
    if clause.words and not names_object(clause.before) and clause.vocabulary - listed("with-verdict"):
        return False
    if clause.scene.is_minutes or clause.after.lower().startswith(AS_ADVISED):
        return not front.strip(" \t>*_-") or bool(ITEM.search(front))
    return bool(ITEM.match(front.lstrip(" \t-•*"))) and clause.end - clause.stop <= 1
