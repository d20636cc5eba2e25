"""Where the forms of a document begin: clusters of labels that make the head of a budget proposal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.reading import Reading
from pipeline.headings import TextLine, fold, is_contents_line, is_row, known_headings
from pipeline.meetings import is_decision_heading, meeting_kind, meeting_words
from pipeline.note_heads import CLOSING
from pipeline.paging import page_start
from pipeline.proposals.boxes import boxed_hits
from pipeline.proposals.labels import Hit, find_hits, kind_of, read_number
from pipeline.proposals.listed import LISTED, listed_hits
from pipeline.proposals.titles import (
    SERIES,
    is_passed,
    is_sentence,
    is_title,
    is_title_line,
    sentence_hits,
    series_hits,
)

REACH = 10
"""Labels of one head stand within this many printed lines of each other."""
LOOK_AHEAD = 45
HEAD_LINES = 8
MEETING_HEAD = 20
PROSE = 100
MOST_WORDS_AFTER_KIND = 5
LETTER_HEAD = 40
CORE = ("number", "title", "committee", "proposer", "expense_type")

_UNIT = re.compile(r"1\.?000 kr|mio\. ?kr|\bt\.? ?kr\b|hele kr|beløb i|\bkr\.?,? \(?20\d\d", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_POINT = re.compile(r"[•·▪●◦‣–-] ?\S")
_GREETING = re.compile(r"(?:kære|hej|goddag) \S[^.:]{0,60}$", re.IGNORECASE)
_BUDGET = re.compile(r"(?:\w{0,20}budget\w{0,14}\b.{0,60})?(?:20\d\d\b.{0,40})?", re.IGNORECASE)


@dataclass(slots=True)
class Form:
    """The head of one form: its labels by field, the lines it spans, and where the form begins in the text."""

    hits: list[Hit] = field(default_factory=list)
    start: int = 0

    @property
    def first(self) -> int:
        return self.hits[0].index

    @property
    def last(self) -> int:
        return self.hits[-1].index

    def best(self, name: str) -> Hit | None:
        """The preferred label of a field: one with a value before one without, then by its place in the list."""
        return min(
            (hit for hit in self.hits if hit.field == name), key=lambda hit: (not hit.value, hit.rank), default=None
        )

    def number(self) -> str | None:
        hit = self.best("number")
        found = read_number(hit.value) if hit else None
        return found[0] if found else None

    def untitled(self) -> bool:
        """No label of the form names a title, and none stands after its number."""
        hit = self.best("number")
        found = read_number(hit.value) if hit else None
        return self.best("title") is None and not (found and found[1])


def find_forms(reading: Reading, lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> list[Form]:
    """The forms of a document in order; a head repeated with the same number (a page's running head) is no new one."""
    strict = _is_meeting(lines, hits)
    clusters = _clusters(lines, hits)
    letter = _letter(lines)
    forms: list[Form] = []
    for at, form in enumerate(clusters):
        stop = clusters[at + 1].first if at + 1 < len(clusters) else len(lines)
        if form.last in letter:
            continue
        if not _is_head(lines, form, stop, strict) and (strict or not _is_headline(lines, form, stop, forms)):
            continue
        if forms and form.number() is not None and form.number() == forms[-1].number():
            continue
        form.start = _start(reading, lines, form, forms[-1] if forms else None)
        forms.append(form)
    return forms


def _clusters(lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> list[Form]:
    clusters: list[Form] = []
    kind_since = True
    for index in range(len(lines)):
        found = hits.get(index)
        if not found:
            kind_since = kind_since or _is_kind_line(lines[index])
            continue
        for hit in found:
            current = clusters[-1] if clusters else None
            repeated = current is not None and any(hit.label == other.label for other in current.hits)
            repeated = repeated or hit.label == SERIES
            if current is None or kind_since or repeated or hit.index - current.last > REACH:
                clusters.append(Form(hits=[hit]))
                kind_since = False
            else:
                current.hits.append(hit)
    return clusters


def _is_head(lines: Sequence[TextLine], form: Form, stop: int, strict: bool) -> bool:
    """Enough of a form: two labels and more, a number or a title, and the word or the money that make it a proposal."""
    if any(hit.label == LISTED for hit in form.hits):
        return not strict
    fields = {hit.field for hit in form.hits if hit.field in CORE}
    if not fields & {"number", "title"}:
        return False
    named = any(hit.label.startswith("kind:") for hit in form.hits) or _named_above(lines, form)
    series = any(hit.label == SERIES for hit in form.hits)
    weak = series or len(fields) < 2 or form.hits[0].label == "kind:forslag"
    if (strict and (weak or not named)) or not (named or "number" in fields):
        return False
    if form.number() is None and "title" not in fields:
        return False
    money, headed = _evidence(lines, form.last, min(stop, form.last + LOOK_AHEAD))
    score = len(fields) + ("number" in fields) + 2 * named + money + headed
    score += series
    return score >= 4 and (len(fields) >= 3 or (len(fields) >= 2 and named) or money + headed > 0)


def _is_headline(lines: Sequence[TextLine], form: Form, stop: int, before: Sequence[Form]) -> bool:
    """ "Budgetforslag SSU07: Færre vikarer" as the title of a paper, or of a chapter behind one, over text of its own.

    It says what the paper is, so the text need not show it; in a list of such lines none has text.
    """
    hit = form.best("number")
    found = read_number(hit.value) if hit is not None and hit.label.startswith("kind:") else None
    if hit is None or found is None or hit.label == "kind:forslag":
        return False
    line = lines[hit.index]
    named = is_title(found[1]) if found[1] else _LETTER.match(found[0]) is not None
    text = [below for below in lines[hit.index + 1 : stop] if not is_row(below.plain)]
    if not named or not text or is_contents_line(line.plain):
        return False
    if not (line.marked or text[0].blank_before or is_sentence(text[0].plain)):
        return False
    if before:
        return line.marked and lines[before[-1].first].marked
    return hit.index <= HEAD_LINES and all(is_passed(above.plain) for above in lines[: form.first])


def _evidence(lines: Sequence[TextLine], first: int, stop: int) -> tuple[int, int]:
    """1 for a table of money or years, and up to 2 for known headings, in the lines below a head."""
    below = [line.plain for line in lines[first + 1 : stop] if len(line.plain) <= 200]
    money = any(_UNIT.search(plain) or len(_YEAR.findall(plain)) >= 3 for plain in below)
    headings = sum(_is_known_heading(plain) for plain in below)
    return int(money), min(headings, 2)


def _is_known_heading(plain: str) -> bool:
    head = plain.lstrip("0123456789.) ").partition(":")[0]
    return fold(head) in known_headings()


def _named_above(lines: Sequence[TextLine], form: Form) -> bool:
    """The form says that it is a proposal, in a line just above its labels."""
    return any(_is_kind_line(line) for line in lines[max(form.first - HEAD_LINES, 0) : form.last + 1])


def _is_kind_line(line: TextLine) -> bool:
    """ "Prioriteringsforslag", "Besparelsesforslag til budget 2025-2028": the kind and little else."""
    kind = kind_of(line.plain) if len(line.plain) <= PROSE else None
    if kind is None or is_contents_line(line.plain) or line.plain.endswith("."):
        return False
    rest = len(line.plain.split()) - len(kind.split())
    return rest <= (0 if kind == "forslag" else MOST_WORDS_AFTER_KIND)


def _is_meeting(lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> bool:
    """A paper that says above its first label whose meeting it is of, or in its first lines that it has items."""
    words = meeting_words("agenda") | meeting_words("minutes")
    named = meeting_kind(lines[: min([*hits, MEETING_HEAD])]) is not None or any(
        fold(line.plain) in words or line.plain.casefold().startswith(("punkt ", "referat ", "dagsorden "))
        for line in lines[:MEETING_HEAD]
    )
    return named or (bool(hits) and _has_verdicts(lines))


def _has_verdicts(lines: Sequence[TextLine]) -> bool:
    """Whether items of a meeting are told by their own headings: "Sagsfremstilling" and "Beslutning"."""
    told = any(line.plain[:1] in "Ss" and fold(line.plain) == "sagsfremstilling" for line in lines)
    return told and any(map(_is_verdict_head, lines))


def _is_verdict_head(line: TextLine) -> bool:
    return line.plain[:1] in "Bb" and is_decision_heading(line.plain)


def _letter(lines: Sequence[TextLine]) -> range:
    """The lines of a letter in front: its head, from the greeting on to the closing. It names proposals; it is none."""
    greeting = next((i for i, line in enumerate(lines[:LETTER_HEAD]) if _GREETING.match(line.plain)), None)
    if greeting is None:
        return range(0)
    return range(next((i for i in range(greeting, len(lines)) if CLOSING.match(lines[i].plain)), 0))


def _start(reading: Reading, lines: Sequence[TextLine], form: Form, before: Form | None) -> int:
    """The form's first character: its page's top where only short lines stand above it, else its own heading lines."""
    floor = before.last + 1 if before else 0
    top = page_start(reading, lines[form.first].start)
    if top is not None:
        at = bisect_left(lines, top, key=lambda line: line.start)
        above = lines[max(at, floor) : form.first]
        heads = len(above) <= HEAD_LINES and all(_is_head_line(line.plain) for line in above)
        if at >= floor and heads and not (before and _is_tail(above)):
            return top
    elif before is None and form.first <= HEAD_LINES + 4:
        above = lines[: form.first]
        if all(_is_head_line(line.plain) for line in above):
            return 0
    first = form.first
    if form.untitled() and (before is None or before.untitled()) and _is_title_above(lines, first, floor):
        first -= 1
    while first > max(floor, form.first - HEAD_LINES) and _belongs_above(lines[first - 1]):
        first -= 1
    return lines[first].start


def _is_title_above(lines: Sequence[TextLine], first: int, floor: int) -> bool:
    return first - 1 >= floor and lines[first - 1].blank_before and is_title_line(lines[first - 1].plain)


def _is_tail(above: Sequence[TextLine]) -> bool:
    """Whether the lines at a page's top end the proposal before: points of a list, or a section with its heading."""
    return any(
        _POINT.match(line.plain) or (fold(line.plain) in known_headings() and kind_of(line.plain) is None)
        for line in above
    )


def _is_head_line(plain: str) -> bool:
    return len(plain) <= PROSE and not is_row(plain) and not is_contents_line(plain) and not plain.endswith((".", ";"))


def _belongs_above(line: TextLine) -> bool:
    """A kind heading, "Budget 2025-2028", or a heading marked as one."""
    if is_contents_line(line.plain) or len(line.plain) > PROSE:
        return False
    return _is_kind_line(line) or line.marked or _BUDGET.fullmatch(line.plain) is not None


def forms_of(reading: Reading, lines: Sequence[TextLine]) -> tuple[list[Form], dict[int, list[Hit]]]:
    """The forms of a reading, and all labels by line.

    Where labels do not number the forms, titles printed after their number ("S01 Senere skolestart") do.
    """
    hits = find_hits(reading.text, lines)
    hits |= boxed_hits(reading, lines, hits)
    forms = find_forms(reading, lines, hits) if hits else []
    numbered = sum(form.number() is not None for form in forms)
    if forms and numbered * 2 > len(forms):
        return forms, hits
    more = series_hits(lines, hits) or listed_hits(lines) or sentence_hits(lines)
    if not more:
        return forms, hits
    merged = {**hits, **{index: [*found, *hits.get(index, ())] for index, found in more.items()}}
    again = find_forms(reading, lines, merged)
    better = sum(form.number() is not None for form in again) > numbered
    return (again, merged) if better else (forms, hits)
