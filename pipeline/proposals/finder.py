"""Budget proposals: one form or a catalogue of them, each a part with what its labels say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus.model import AgendaItem, Body, Committee, Proposal
from corpus.reading import Reading
from pipeline.context import Context
from pipeline.facts import committees
from pipeline.headings import TextLine, fold, is_contents_line, known_headings, text_lines
from pipeline.language import Prose
from pipeline.meetings import split_meeting
from pipeline.proposals.committees import committee_at, first_committee, only_committee
from pipeline.proposals.ends import proposal_ends
from pipeline.proposals.forms import Form, forms_of
from pipeline.proposals.labels import Hit, is_rule_row, kind_of, read_number
from pipeline.proposals.sections import proposal_sections
from pipeline.proposals.titles import SERIES, heads_paper, is_sentence, title_above

MOST_TITLE_LINES = 5
LONGEST_TITLE_LINE = 150
MOST_YEARS = 12
FEWEST_WORDS = 6
"""A sentence that stands where a title may go on has so many words at least."""

_YEAR = r"(?:19|20)\d\d"
_HEADING_YEARS = re.compile(
    rf"budget\w{{0,14}}\s+(?:for\s+)?(?P<first>{_YEAR})(?:\s?[-–—/]\s?(?P<last>{_YEAR}|\d\d)(?!\d))?", re.IGNORECASE
)
_HEADER_YEAR = re.compile(rf"(?<![\d.,]){_YEAR}(?![\d]|[.,]\d)(?!-?\s?(?:pris|pl\b|p/l|niveau))", re.IGNORECASE)
_TABLE_TOP = re.compile(r"beløb i|1\.?000 kr|mio\. kr|t\.kr|hele kr|20\d\d-(?:pris|pl)", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}[.)]? +[A-ZÆØÅ]")
_OPEN_END = re.compile(r"(?:[-–/,&]|\b(?:og|eller|for|samt|til|af|på|i|med))$")

_OF_PLACE = re.compile(r"(?:[A-ZÆØÅ][\w-]+ ){1,2}[Kk]ommune ?[-–—|·,] ?[Bb]udget\b")
"""A line below a title that says whose budget it is for: "Fjordby Kommune - Budget 2027"."""
_FIELD = re.compile(r"[A-ZÆØÅ][^\W\d_]+:\s+\S")


def split_proposals(reading: Reading) -> list[Proposal | Body] | None:
    """The proposals of a reading, with the matter in front, between and behind them as body.

    None for no form, and for minutes that quote one. The parts, joined in order, are the text.
    Index and pages are left to the caller.
    """
    text = reading.text
    lines = text_lines(text)
    forms, hits = forms_of(reading, lines)
    if not forms or _is_quoted(reading, lines[forms[0].first].start):
        return None
    if not text[: forms[0].start].strip():
        forms[0].start = 0
    years = _heading_years(text[: forms[0].start])
    parts: list[Proposal | Body] = []
    if forms[0].start:
        parts.append(Body(index=0, title=None, text=text[: forms[0].start]))
    stops = [*(form.start for form in forms[1:]), len(text)]
    for form, (end, heading), stop in zip(forms, proposal_ends(reading, lines, forms), stops, strict=True):
        parts.append(_proposal(text[form.start : end], form, lines, hits, years))
        if end < stop:
            parts.append(Body(index=0, title=heading, text=text[end:stop]))
    return parts


def _is_quoted(reading: Reading, label: int) -> bool:
    """Whether the first label of the first form stands in an item of minutes, before what was decided on it."""
    if "eslutning" not in reading.text and "BESLUTNING" not in reading.text:
        return False
    position = 0
    for item in split_meeting(reading) or ():
        if isinstance(item, AgendaItem) and position < label < position + (item.decision_start or 0):
            return True
        position += len(item.text)
    return False


def _proposal(
    text: str, form: Form, lines: Sequence[TextLine], hits: dict[int, list[Hit]], years: list[int]
) -> Proposal:
    first = bisect_left(lines, form.start, key=lambda line: line.start)
    own = lines[first : bisect_left(lines, form.start + len(text), key=lambda line: line.start)]
    head_end = lines[form.last].end - form.start
    found = proposal_sections(text, min(head_end, len(text)), _barred(form, len(text), lines, hits))
    body_start = min([section.start for section in found[:1]] or [min(head_end + 1, len(text))])
    title = _title(form, lines, hits)
    return Proposal(
        index=0,
        title=title or form.number(),
        text=text,
        body_start=body_start,
        number=form.number() or _number_below(form, lines, hits),
        budget_years=_budget_years(own) or years,
        sections=found,
        committee=first_committee(_value(form, "committee", lines, hits))
        or _committee_said(form, lines)
        or _committee_below(form, title, lines, hits)
        or _committee_beside(form, lines),
        proposer=_value(form, "proposer", lines, hits),
        expense_type=_value(form, "expense_type", lines, hits),
    )


def _barred(form: Form, length: int, lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> set[int]:
    """Where lines begin that hold a label with its value, or the value of the label above them."""
    first = bisect_left(lines, form.start, key=lambda line: line.start)
    last = bisect_left(lines, form.start + length, key=lambda line: line.start)
    found = set()
    for index in range(first, last):
        for hit in hits.get(index, ()):
            at = index if hit.value else index + 1
            if at < len(lines) and _is_value_line(lines, at, {}):
                found.add(lines[at].start - form.start)
    return found


# --- values ---------------------------------------------------------------------------------------------------


def _value(form: Form, name: str, lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> str | None:
    """What is printed beside or below a label, on as many lines as it visibly goes on for."""
    hit = form.best(name)
    if hit is None:
        return None
    value, index = hit.value, hit.index + 1
    if hit.whole:
        return _clean(value)
    if not value:
        if not _is_value_line(lines, index, hits):
            return None
        value, index = lines[index].plain, index + 1
    while _goes_on(value, lines, index, hits):
        value, index = _joined(value, lines[index].plain), index + 1
    return _clean(value)


def _committee_said(form: Form, lines: Sequence[TextLine]) -> str | None:
    """The one committee that the sentence around the number names ("Forslag KFU-07. Behandles i Kulturudvalget."), or
    the line below a number that heads its paper."""
    hit = form.best("number")
    if hit is None or not (is_sentence(lines[hit.index].plain) or heads_paper(lines, hit.index)):
        return None
    at = hit.index if is_sentence(lines[hit.index].plain) else hit.index + 1
    found = committees.find(Prose(lines[at].plain), Context())[0]
    names = {record.name for record in found if isinstance(record, Committee)}
    return names.pop() if len(names) == 1 else None


def _committee_below(
    form: Form, title: str | None, lines: Sequence[TextLine], hits: dict[int, list[Hit]]
) -> str | None:
    """A committee's name that is all of the line right below the title, where no label of the form names one."""
    if title is None or form.best("committee") is not None:
        return None
    first = bisect_left(lines, form.start, key=lambda line: line.start)
    for index in range(first + 1, min(form.last + MOST_TITLE_LINES, len(lines))):
        above, line = lines[index - 1].plain, lines[index]
        if line.blank_before or index in hits or _OPEN_END.search(above) or not _ends_title(above, title):
            continue
        return only_committee(line.plain)
    return None


def _committee_beside(form: Form, lines: Sequence[TextLine]) -> str | None:
    """The committee above a title that stands with its number, where that alone says that a proposal begins."""
    numbered = next((hit for hit in form.hits if hit.label == SERIES), None)
    found = committee_at(lines, numbered.index) if numbered and form.best("committee") is None else None
    return found[1] if found and lines[found[0]].start >= form.start else None


def _ends_title(plain: str, title: str) -> bool:
    """Whether a line ends with the title, or is the end of one that runs over several lines."""
    return plain.endswith(title) or (len(plain.split()) > 1 and title.endswith(f" {plain}"))


def _goes_on(value: str, lines: Sequence[TextLine], index: int, hits: dict[int, list[Hit]]) -> bool:
    if not _is_value_line(lines, index, hits) or lines[index].blank_before or len(value) > LONGEST_TITLE_LINE:
        return False
    return _OPEN_END.search(value) is not None or lines[index].plain[:1].islower()


def _title(form: Form, lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> str | None:
    """The title beside its label and on the lines below, up to the next label or blank line; else the number's own."""
    hit = form.best("title")
    if hit is None:
        return _title_of_number(form, lines, hits)
    value, index = hit.value, hit.index + 1
    if hit.whole:
        return _clean(value)
    if not value:
        if not _is_value_line(lines, index, hits):
            return _title_of_number(form, lines, hits)
        value, index = lines[index].plain, index + 1
    return _clean(_gathered(value, index, lines, hits))


def _title_of_number(form: Form, lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> str | None:
    """A title printed after the number, on the line below it, or marked as a heading just above."""
    hit = form.best("number")
    found = read_number(hit.value) if hit else None
    if hit is None or found is None:
        return None
    index = hit.index + 1
    if found[1] and (hit.whole or heads_paper(lines, hit.index)):
        return _clean(found[1])
    if found[1]:
        return _clean(_gathered(found[1], index, lines, hits))
    first = bisect_left(lines, form.start, key=lambda line: line.start)
    above = _title_above(lines, first, form.first, found[0])
    if is_sentence(lines[hit.index].plain) or not _is_value_line(lines, index, hits):
        return above
    below = lines[index]
    if (above and below.blank_before) or not (below.plain[:1].isupper() or below.marked):
        return above
    if lines[hit.index].marked and _begins_text(below.plain):
        return above
    return _clean(_gathered(below.plain, index + 1, lines, hits))


def _title_above(lines: Sequence[TextLine], first: int, stop: int, number: str) -> str | None:
    """Without a label: the line above the labels that repeats the number, the only marked one, or the nearest title."""
    for line in lines[first:stop]:
        if line.plain.startswith(number) and line.plain[len(number) :].lstrip(" .:-–—")[:1].isupper():
            return _clean(line.plain[len(number) :].lstrip(" .:-–—"))
    named = [line.plain for line in lines[first:stop] if line.marked and kind_of(line.plain) is None]
    return _clean(named[0]) if len(named) == 1 else title_above(lines, first, stop)


def _gathered(value: str, index: int, lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> str:
    first = index
    while index - first < MOST_TITLE_LINES and _is_value_line(lines, index, hits) and not lines[index].blank_before:
        if value.endswith((".", "|")) or "|" in lines[index].plain:
            break
        if not _OPEN_END.search(value) and (_begins_text(lines[index].plain) or _OF_PLACE.match(lines[index].plain)):
            break
        if not _OPEN_END.search(value) and (only_committee(lines[index].plain) or _is_field(lines, index, hits)):
            break
        value, index = _joined(value, lines[index].plain), index + 1
    return value


def _begins_text(plain: str) -> bool:
    """Whether a line is a sentence, which goes on with no title: the text stands right below it."""
    return plain[:1].isupper() and plain.endswith(".") and len(plain.split()) >= FEWEST_WORDS


def _is_field(lines: Sequence[TextLine], index: int, hits: dict[int, list[Hit]]) -> bool:
    """Whether a line is a field of the head that no list knows, right above one that is known: "Kommune: Fjordby"."""
    below = hits.get(index + 1, ())
    beside = any(hit.value for hit in below) and not lines[index + 1].blank_before
    return beside and _FIELD.match(lines[index].plain) is not None


def _number_below(form: Form, lines: Sequence[TextLine], hits: dict[int, list[Hit]]) -> str | None:
    """A number on the line below its label."""
    hit = form.best("number")
    if hit is None or hit.value or not _is_value_line(lines, hit.index + 1, hits):
        return None
    found = read_number(lines[hit.index + 1].plain)
    return found[0] if found else None


def _is_value_line(lines: Sequence[TextLine], index: int, hits: dict[int, list[Hit]]) -> bool:
    """A line that can carry a value: no label, heading, table top, row of figures or contents."""
    if index >= len(lines) or index in hits:
        return False
    plain = lines[index].plain
    return not (
        len(plain) > LONGEST_TITLE_LINE
        or is_rule_row(plain)
        or fold(plain) in known_headings()
        or _NUMBERED.match(plain)
        or _TABLE_TOP.search(plain)
        or len(_HEADER_YEAR.findall(plain)) >= 2
        or is_contents_line(plain)
    )


def _joined(value: str, following: str) -> str:
    """Two lines of one value; a hyphen at the end of the first goes unless it stands for a left-out word."""
    word = following.split(" ", 1)[0]
    if value.endswith("-") and value[-2:-1].isalpha() and word[0].islower() and word not in ("og", "eller", "samt"):
        return value[:-1] + following
    return f"{value} {following}"


def _clean(value: str) -> str | None:
    value = " ".join(value.split()).strip(" |")
    return value or None


# --- years ----------------------------------------------------------------------------------------------------


def _budget_years(lines: Sequence[TextLine]) -> list[int]:
    """The years of the form's heading ("Budget 2023-2026"); for a single year or none, those over its first table."""
    heading = _heading_years("\n".join(_as_budget(line.plain) for line in lines[:15]))
    if len(heading) > 1:
        return heading
    for line in lines:
        years = [int(year) for year in _HEADER_YEAR.findall(line.plain)]
        if 2 <= len(years) <= MOST_YEARS and years == list(range(years[0], years[0] + len(years))):
            return years
    return heading


def _as_budget(plain: str) -> str:
    """ "Driftsønske 2026" names the year of a budget just as "Budget 2026" does."""
    kind = kind_of(plain)
    return "Budget " + " ".join(plain.split()[len(kind.split()) :]) if kind else plain


def _heading_years(text: str) -> list[int]:
    """From the first "Budget 2023-2026" that names a range, else the first "Budget 2024"."""
    single: list[int] = []
    for match in _HEADING_YEARS.finditer(text):
        first, last = int(match["first"]), match["last"]
        if last is None:
            single = single or [first]
            continue
        end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        if first < end < first + MOST_YEARS:
            return list(range(first, end + 1))
    return single
