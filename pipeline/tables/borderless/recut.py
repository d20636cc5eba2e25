"""Cells so close, or figures so wide, that the gaps do not tell: cut where the other lines have their edges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from pipeline.tables.borderless.estimates import paired_lines
from pipeline.tables.borderless.headcuts import PER_CENT, WIDER, keeps, units_joined
from pipeline.tables.borderless.shapes import is_prosy
from pipeline.tables.borderless.stacks import Stack, are_several, stack
from pipeline.tables.borderless.yearcuts import EDGE, total_cut, words_cut, years_cut
from pipeline.tables.content.cells import MINUS, NUMBER_KIND, REFUSED_KIND, TEXT_KIND, read_cell
from pipeline.tables.content.headings import is_of_other_years, is_period_heading
from pipeline.tables.content.spread import is_figure
from pipeline.tables.content.units import KEPT, may_hold_unit, unit_note
from pipeline.tables.layout.coded import cut, numbers_cut
from pipeline.tables.layout.headdates import is_date
from pipeline.tables.layout.places import Places
from pipeline.tables.layout.remarks import remarks_cut
from pipeline.tables.layout.segments import NUMBER_GAP
from pipeline.tables.layout.thousands import are_apart
from pipeline.tables.layout.touching import FIGURES, SIGNED, scale_named, signs_cut
from pipeline.tables.layout.words import PageLine, Segment, segment_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"(?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?$")
"""How a heading ends in its year, or two of them: "Elever 2030", "Ændring 2030-31"."""
_NUMBERED = re.compile(r"([^\W\d_]+\.?) \d{1,2}")
_ORDINAL = re.compile(r"\d{1,2}\.")
_GROUPS = re.compile(rf"[{MINUS}+(]{{0,2}}\d{{1,3}}(?:[ \u00a0]\d{{3}})*(?:,\d+)?[{MINUS})]?")
_OPEN = re.compile(rf"[{MINUS}+(]{{0,2}}\d{{1,3}}(?:[ \u00a0]\d{{3}})*")
_GOES_ON = re.compile(rf"\d{{3}}(?:[ \u00a0]\d{{3}})*(?:,\d+)?[{MINUS})]?")
"""The beginning of a figure that may go on behind a blank, and what may do so: neither has decimals before the end."""
_THREE = re.compile(r"\d{3}(?:,\d+)?\)?")
_THOUSANDS = re.compile(r"0\d\d(?:,\d+)?\)?")
"""Digits that are no figure by themselves."""
MANY = 5
"""Where so many texts begin, a word that begins there too is in a cell of its own, however near the last one is."""
MOST_PARTS = 9
HEAD_GAP = 0.4
"""Two headings are further apart than this share of their height."""
SAME_WIDTH = 0.08
"""Two letters, or a blank and a letter, are of one width within this share of it."""
FAR = 0.9
"""Letters that are narrower than this share of a gap are not as wide as it."""
SAME_GAP = 0.05
"""Blanks of one figure differ by less than this share of its height."""


def recut(lines: Sequence[PageLine], *, signed: bool = True) -> list[PageLine]:
    """The lines with each segment cut that holds a figure of another column, or a number in front of a label.

    ``signed``: a sign within digits begins another figure; it is no part of a range or of a telephone number.
    Groups of digits that stand so far apart as if they were two figures are made one where a column says so.
    """
    lines = remarks_cut([years_cut(units_joined(line), lines) if line.years > 1 else line for line in lines])
    lines = scale_named(lines)
    if dated := [n for n, line in enumerate(lines) if line.years > 1]:
        lines = _years_cut(lines, dated)
    paired = paired_lines(lines)
    if signed:
        lines = [signs_cut(line) if line.values and n not in paired else line for n, line in enumerate(lines)]
    begun = [
        s.x0
        for line in lines
        if line.values < len(line.segments) - 1 or line.segments[0].is_value  # else its name is all that is no figure
        for s in line.segments[1:]
        if s.kind is TEXT_KIND and not s.is_year
    ]
    lines = numbers_cut(lines)
    starts = {x0 for x0, count in Counter(map(round, begun)).items() if count >= MANY} if len(begun) >= MANY else set()
    if starts:
        lines = [_texts_cut(line, starts) if line.values else line for line in lines]
    doubtful = [n for n, line in enumerate(lines) if n not in paired and _may_be_cut(line)]
    places = Places(lines) if doubtful else None
    if places is None or not (places.heads or places.rights):
        return list(lines)
    blanks = any(map(_has_blank, lines))
    grouped = any(map(_is_grouped, lines)) or are_apart(lines)
    before, lines = lines, list(lines)
    for n in doubtful:
        lines[n] = _grouped(lines[n], places, blanks, grouped)
    places = Places(lines) if blanks or grouped or any(lines[n] is not before[n] for n in doubtful) else places
    for n in doubtful:
        if lines[n] is before[n] or _may_be_cut(lines[n]):
            lines[n] = _recut(lines[n], places)
    return lines


def _years_cut(lines: Sequence[PageLine], dated: Sequence[int]) -> list[PageLine]:
    """The lines, those of years, by their numbers, and those right below them cut where headings stand close."""
    cut_lines = list(lines)
    for n in dated:
        cut_lines[n] = words_cut(lines[n], lines)
    lines = cut_lines[:]
    for n in dated:
        if lines[n].years > 1:
            cut_lines[n] = _heads_cut(total_cut(lines[n], lines), lines)
    lines = cut_lines[:]
    for n in dated:
        if lines[n].years > 1 and n + 1 < len(lines) and _is_below_years(lines[n], lines[n + 1]):
            cut_lines[n + 1] = _heads_cut(lines[n + 1], lines)
    return cut_lines


def _has_blank(line: PageLine) -> bool:
    """Whether a blank parts thousands for sure: "22 074"."""
    for segment in line.segments[1:]:
        if segment.text[:1] == "0" and _THOUSANDS.fullmatch(segment.text):
            return any(_THOUSANDS.fullmatch(s.text) for run in _runs(line) for s in run[1:])
    return False


def _is_grouped(line: PageLine) -> bool:
    """Whether a figure is printed with blanks between its thousands."""
    several = [segment for segment in line.segments if segment.count > 1]
    return any(segment.is_value and _GROUPS.fullmatch(segment.text) for segment in several) if several else False


def _may_be_cut(line: PageLine) -> bool:
    """Whether a line has several words with a digit in one stretch, or figures so near that they may be one."""
    before: Segment | None = None
    for segment in line.segments:
        if segment.count > 1 and not segment.is_year and _has_digit(segment.text):
            return line.values > 0 or not _are_dated(line)
        if segment.is_value and before is not None and _is_near(before, segment, line.height):
            return line.values > 0 or not _are_dated(line)
        before = segment
    return False


def _are_dated(line: PageLine) -> bool:
    """Whether a line without figures has no digits but the years with which its headings end: "Antal 2027"."""
    numbered = [segment for segment in line.segments if _has_digit(segment.text)]
    dated = [bool(_YEAR.fullmatch(s.text[-4:])) and not _has_digit(s.text[:-4]) for s in numbered]
    return len(dated) > 1 and all(dated) and numbered[0] is not line.segments[0]


@lru_cache(KEPT)
def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_below_years(years: PageLine, line: PageLine) -> bool:
    """Whether a line without figures may be the second one of the years above it: "Udgift Indtægt Netto"."""
    return not (years.values or line.values or line.years)


def _heads_cut(line: PageLine, lines: Sequence[PageLine]) -> PageLine:
    """A line of years with headings that stand closer together than cells do cut: "Korr. budget", "Regnskab 2024".

    More than blanks part them, and each keeps to a column of figures of its own.
    """
    if all(segment.count < 2 for segment in line.segments):
        return line
    figures = [s for other in lines if not other.years for s in other.segments[1:] if s.is_value]
    if not figures:
        return line
    segments: list[Segment] = []
    for segment in line.segments:
        texts = segment.text.split(" ")
        columns: list[Stack] = []
        if len(texts) == segment.count > 1 and not segment.is_stacked:
            under = [s for s in figures if s.x0 < segment.x1 and segment.x0 < s.x1]
            columns = stack(under) if are_several(under) else []
        cuts = _at_gaps(segment, columns, line.height) if len(columns) > 1 else []
        parts = cut(segment, segment.words, texts, cuts) if cuts else [segment]
        kept = all(
            keeps((part.x0, part.x1), (column.x0, column.x1)) and len(column.segments) > 1
            for part, column in zip(parts if cuts else (), columns, strict=False)
        )
        segments += parts if kept else [segment]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _at_gaps(segment: Segment, columns: Sequence[Stack], height: float) -> list[int]:
    """Where to cut a heading, a part for each column, at gaps wider than blanks and than all others; [] if it has none.

    No part begins with the year of the words before it ("B 2027"), or with a small letter, unless all end where their
    figures do and that one in a year, as the second line of a heading does: "regnskab 2024" below "Forventet".
    """
    gaps = {n: b[0] - a[2] for n, (a, b) in enumerate(pairwise(segment.boxes), 1)}
    cuts = sorted(sorted(gaps, key=lambda n: -gaps[n])[: len(columns) - 1])
    blanks = max((gap for n, gap in gaps.items() if n not in cuts), default=0.0)
    if len(cuts) < len(columns) - 1 or any(gaps[n] <= max(HEAD_GAP * height, WIDER * blanks) for n in cuts):
        return []
    texts, ends = segment.text.split(" "), [n - 1 for n in [*cuts, len(segment.boxes)]]
    level = all(abs(segment.boxes[n][2] - column.x1) < EDGE for n, column in zip(ends, columns, strict=True))
    dated = {n for n, end in zip(cuts, ends[1:], strict=True) if level and n < end and _YEAR.fullmatch(texts[end])}
    return [] if any((texts[n][0].islower() and n not in dated) or _YEAR.fullmatch(texts[n]) for n in cuts) else cuts


def _texts_cut(line: PageLine, starts: set[int]) -> PageLine:
    """A row with a text that runs up to the next column's cut where that column's texts begin."""
    segments: list[Segment] = []
    for segment in line.segments:
        if segment.kind is not TEXT_KIND or segment.count == 1:
            segments.append(segment)
            continue
        texts = segment.text.split(" ")
        near = [n for n in range(1, len(texts)) if not texts[n][:1].islower()] if len(texts) == segment.count else []
        boxes = segment.boxes if near else []
        cuts = [n for n in near if round(boxes[n][0]) in starts]
        segments += cut(segment, segment.words, texts, cuts) if len(cuts) == 1 else [segment]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _grouped(line: PageLine, places: Places, blanks: bool, grouped: bool) -> PageLine:
    """A line with each run of digits a blank apart as the figures that keep to the columns, if it has none as it is.

    ``blanks``: somewhere in the table a blank parts thousands for sure ("22 074"), so digits that near are one figure.
    ``grouped``: in some figure it does, so they are where no two years stand over them.
    """
    segments: list[Segment] = []
    for run in _runs(line):
        if len(run) == 1:
            segments += run
            continue
        sure = blanks or (grouped and sum(x0 < run[-1].x1 and run[0].x0 < x1 for x0, x1 in places.heads) < 2)
        kept = places.take(run) and not (sure and all(_THREE.fullmatch(s.text) for s in run[1:]))
        segments += run if kept else _figures_of(run, places) or run
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _runs(line: PageLine) -> list[list[Segment]]:
    """The segments, in one list those of digits that are no further apart than groups of one figure may be."""
    runs: list[list[Segment]] = []
    for segment in line.segments:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and _is_near(last, segment, line.height)
            and _OPEN.fullmatch(last.text)
            and _GOES_ON.fullmatch(segment.text)
        ):
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def _is_near(before: Segment, after: Segment, height: float) -> bool:
    """Whether digits are no further apart than groups of one figure, or by a blank in letters of one width."""
    gap = after.x0 - before.x1
    if gap < NUMBER_GAP * height:
        return True
    wide, far = before.x1 - before.x0, FAR * gap
    if wide < far * len(before.text) and after.x1 - after.x0 < far * len(after.text):
        return False  # letters are narrower than the gap: so they are between most columns
    one = abs(wide / len(before.text) - gap) < SAME_WIDTH * gap
    other = abs((after.x1 - after.x0) / len(after.text) - gap) < SAME_WIDTH * gap
    if one is other:
        return one
    digits = [s.text.isdigit() for s in (before, after)]  # a sign may be narrower than a digit
    return digits == [one, other]


def _figures_of(run: Sequence[Segment], places: Places) -> list[Segment] | None:
    words = tuple(word for segment in run for word in segment.words)
    whole = segment_of(words, " ".join(segment.text for segment in run), run[0].page)
    texts = whole.text.split(" ")
    if len(texts) != len(words):
        return None
    cuts = [n for n in range(1, len(words)) if SIGNED.match(texts[n])]
    found: list[Segment] = []
    for part in cut(whole, words, texts, cuts):
        found += [part] if part.kind is NUMBER_KIND else _figures(part, part.text.split(" "), places)
    return found if places.take(found) else None


def _recut(line: PageLine, places: Places) -> PageLine:
    beside = line.values > 0 and any(s.is_value and not _heads_figures(s.text) for s in line.segments)
    numbered = [_NUMBERED.fullmatch(segment.text) if " " in segment.text else None for segment in line.segments]
    names = [found[1] for found in numbered if found is not None]
    segments: list[Segment] = []
    for n, (segment, found) in enumerate(zip(line.segments, numbered, strict=True)):
        if segment.count < 2:
            segments.append(segment)
            continue
        heads = found is not None and names.count(found[1]) > 1  # "År 1", "År 2" over two columns
        heads = heads or (n > 0 and not beside and _DATED.search(segment.text) is not None)  # "Årsværk 2026"
        heads = heads or (line.values == segment.is_value and _is_unit(segment.text))
        segments += [segment] if heads else _parts(segment, places, beside)
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _parts(segment: Segment, places: Places, beside: bool) -> list[Segment]:
    """A segment in its cells; ``beside``: other figures stand in its line, so that it is no running text."""
    if segment.count < 2 or segment.is_year or not _has_digit(segment.text) or (is_prosy(segment) and not beside):
        return [segment]
    texts = segment.text.split(" ")
    if (
        segment.is_stacked
        or len(texts) != segment.count
        or (_YEAR.fullmatch(texts[-1]) and (is_period_heading(segment.text) or is_of_other_years(segment.text)))
    ):
        return [segment]
    if segment.kind is REFUSED_KIND and FIGURES.fullmatch("".join(texts)):
        return _figures(segment, texts, places)
    cuts = _before_last_figure(segment, texts, places)
    if cuts or is_prosy(segment):
        return cut(segment, segment.words, texts, cuts) if cuts else [segment]
    figures = [is_figure(text) for text in texts]
    word = figures.index(False) if False in figures else len(texts)
    for place in range(1, len(texts)):
        if (figures[place] and _begins_figure(segment, texts, place, places)) or (
            place <= word and _begins_label(segment, texts, place, places)
        ):
            cuts.append(place)
    return cut(segment, segment.words, texts, cuts) if cuts else [segment]


def _heads_figures(text: str) -> bool:
    """Whether what reads like a figure stands over figures: "1.000 kr.", "%"."""
    return text == PER_CENT or _is_unit(text)


@lru_cache(KEPT)
def _is_unit(text: str) -> bool:
    """Whether a stretch says a unit and nothing else: "DKK 1.000" is no word with a figure behind it."""
    note = unit_note(text) if may_hold_unit(text) else None
    return note is not None and text[: note.start] + text[note.end :] == ""


def _before_last_figure(segment: Segment, texts: Sequence[str], places: Places) -> list[int]:
    """Where to cut a name from the figure that follows it as close as a word, and ends or stands as its column does.

    "Hal 2 250 400" may be read in two ways, unless the gaps tell: it is cut at both, so that its row is refused.
    """
    boxes = segment.boxes
    first = len(texts)
    while first > 1 and is_figure(texts[first - 1]):
        first -= 1
    if is_figure(texts[first - 1]) or first == len(texts) or (first == len(texts) - 1 and _YEAR.fullmatch(texts[-1])):
        return []
    whole = [n for n in range(first, len(texts)) if read_cell(" ".join(texts[n:])).kind is NUMBER_KIND]
    if not places.end_at(segment.x1):
        kept = [n for n in whole if places.hold(boxes[n][0], segment.x1)]
        return kept if len(kept) == 1 else []
    if not whole:
        return []
    start = whole[0]
    if len(whole) == 1 or SIGNED.match(texts[start]):
        return [start]
    before, inside, *further = (boxes[n][0] - boxes[n - 1][2] for n in range(start, len(texts)))
    slack = SAME_GAP * (segment.box[3] - segment.box[1])
    if before > inside + slack:
        return [start]
    named = bool(further) and inside > max(further) + slack
    return [start + 1] if named else [start, start + 1]


def _figures(segment: Segment, texts: Sequence[str], places: Places) -> list[Segment]:
    """A row of digits that is no figure as the only figures that it can be made of which all keep to columns.

    Where all lines of a table stand so close, no column is told by figures alone: then each keeps to its own year.
    """
    if len(texts) > MOST_PARTS:
        return [segment]
    found: list[list[Segment]] = []
    for count in range(1, len(texts)):
        for cuts in combinations(range(1, len(texts)), count):
            parts = cut(segment, segment.words, texts, cuts)
            if any(read_cell(p.text).kind is not NUMBER_KIND for p in parts):
                continue
            if all(places.hold(p.x0, p.x1) for p in parts) or places.under_years(parts):
                found.append(parts)
    return found[0] if len(found) == 1 else [segment]


def _begins_figure(segment: Segment, texts: Sequence[str], place: int, places: Places) -> bool:
    """Whether a figure begins with a word that may be one: it ends where others do, behind words or one that does so.

    "30." is none, nor is "31.8.2031".
    """
    if _ORDINAL.fullmatch(texts[place]) or is_date(texts[place]):
        return False
    boxes, rights = segment.boxes, places.ends
    before = not is_figure(texts[place - 1]) or round(boxes[place - 1][2]) in rights
    end = place
    while end + 1 < len(texts) and is_figure(texts[end]) and round(boxes[end][2]) not in rights:
        end += 1
    return before and is_figure(texts[end]) and round(boxes[end][2]) in rights


def _begins_label(segment: Segment, texts: Sequence[str], place: int, places: Places) -> bool:
    """Whether a label begins where others do. Before it stand nothing but numbers.

    Behind a figure of a column, near where others do: some letters reach over the edge.
    """
    if not texts[place][0].isalpha():
        return False
    boxes = segment.boxes
    start = round(boxes[place][0])
    near = start - 1 in places.starts or start + 1 in places.starts
    return start in places.starts or (near and places.hold(boxes[0][0], boxes[place - 1][2]))
