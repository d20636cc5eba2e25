"""What a table is called, where no "Tabel 3" says so: the short line right above it, or its first row.

"Skoler" over one table and "Dagtilbud" over the next tell their rows of the same name apart. A title is a line of its
own, no sentence, no mere unit, no field of a form, no running head, and no heading of the text further up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.model import Box
from pipeline.headings import fold
from pipeline.proposals.labels import labels
from pipeline.tables.around.breaks import begins_proposal, is_mark
from pipeline.tables.around.statements import goes_on
from pipeline.tables.around.surroundings import is_context, people_said
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid, TextLine
from pipeline.tables.content.naming import heads_labels
from pipeline.tables.content.rows import VERBS, is_footnote, is_prose
from pipeline.tables.content.units import is_note, is_statement, unit_note

LONGEST, MOST_WORDS = 90, 12
MOST_LINES = 3
"""In a text a title stands at most so many lines above its table, blank ones and that of the unit among them."""
FARTHEST = 2.5
"""On a page no gap between it and the table is more than so many of its heights."""
ASIDE = 0.2
"""A title begins in this share of the table's width, or its middle is that of the table."""
INDENT = 4
"""In a text it begins at most so many characters right of the table."""
PARTED = 1.0
"""A gap of so many of its heights parts a line from the sentence above it."""
_MARKS = re.compile(r"(?:#{1,6}\s+|>\s?)+|[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}$|(?<=\S)\s#+$")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-ZÆØÅ][.)]|[IVX]{1,4}\.)\s+(?=[A-ZÆØÅ])")
_NAME = re.compile(r"[A-ZÆØÅ0-9§]")
_ALONE = re.compile(
    r"(?:tabel|oversigt|skema|figur|bilag|tab\.)\s?(?-i:[\dA-Z]{1,3}(?:\.\d{1,2})?)[.:]?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2}")
_APART = re.compile(r"[ \u00a0]{3}|[\t|]")
_ENDS_FIGURES = re.compile(r"(?<!\w)[(+−–-]?\d[\d.,]*%?\)?$")
_YEARS = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?:[-–/](?:\d\d)?\d\d)?\)?$")
_DAY = re.compile(
    r"\d{1,2}\.?\s(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*\.?\s(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d"
)
_OPENINGS = frozenset({"kære", "hej", "goddag", "hilsen", "mvh", "mvh.", "vh", "venlig", "bedste", "med", "side"})
_TELLING = VERBS | {"sig", "således", "følgende", "nedenfor", "nedenstående", "herunder", "jeg", "vi", "du", "man"}
_STOPS = (".", ",", ";", "!", "?", "-", "–", "…")
_SHORTENED = re.compile(r"(?:\b(?:kr|m\.?v|m\.?m|o\.?l|ekskl|inkl|mio|mia)\.)$", re.IGNORECASE)

IsRunning = Callable[[TextLine], bool]


def title_of(grid: Grid, layout: Layout, text: str, is_running: IsRunning) -> str | None:
    """The title of a table: its first row, where that is one cell over all others, else the line right above it.

    Units and notes may stand between. ``is_running``: whether a line is one that the head of each page has.
    """
    inside = [c for c in layout.titles if c.row == 0 and c.column_span >= grid.width > 1]
    if len(inside) == 1 and len(grid.rows[0]) == 1 and (title := plain_title(inside[0].text)):
        return title
    for number in range(len(grid.above) - 1, -1, -1):
        line = grid.above[number]
        if not is_near(line, grid.above[number + 1 :], grid, text):
            return None
        if _says_nothing(line.text):
            continue
        before = grid.above[number - 1] if number else None
        title = plain_title(line.text)
        if title is None or is_running(line) or _goes_on(line, before, text) or not _stands_over(line, grid, text):
            return None
        if _is_field(title) or any(_is_of_form(other, line) for other in grid.above if other is not line):
            return None
        return title
    return None


def whole_caption(caption: str, grid: Grid, text: str) -> str:
    """A caption with its second line: the title below "Tabel 3" alone, or what goes on with a small letter.

    Nothing but a unit, or what says how to read the figures, stands between that line and the table.
    """
    number = next((n for n, line in enumerate(grid.above) if line.text == caption), None)
    below = grid.above[number + 1] if number is not None and number + 1 < len(grid.above) else None
    if number is None or below is None or _says_nothing(below.text) or not _is_next(grid.above[number], below, text):
        return caption
    if not all(_says_nothing(line.text) for line in grid.above[number + 2 :]):
        return caption
    if _ALONE.fullmatch(caption.strip()):
        title = plain_title(below.text)
        return caption if title is None else f"{caption.strip()} {title}"
    goes_on = below.text[:1].islower() and not caption.endswith(_STOPS[:1]) and not is_prose(caption)
    longer = f"{caption} {below.text}"
    return longer if goes_on and plain_title(f"Navn {below.text}") and len(longer) <= 2 * LONGEST else caption


def _is_next(upper: TextLine, lower: TextLine, text: str) -> bool:
    """Whether a line stands right below another, as near as lines of one title do."""
    if upper.box is None or lower.box is None:
        return text.count("\n", upper.end, lower.start) <= 1
    height = upper.box[3] - upper.box[1]
    return upper.page == lower.page and lower.box[1] - upper.box[3] <= PARTED * height


def plain_title(text: str) -> str | None:
    """A line as a title, without the marks of a heading and the colon at its end; None where it cannot be one."""
    marked = _MARKS.match(text.strip())
    title = _MARKS.sub("", text.strip()).strip().rstrip(":").rstrip()
    body = title[numbered.end() :] if (numbered := _NUMBERED.match(title)) is not None else title
    words = body.split()
    if not 2 < len(body) <= LONGEST or len(words) > MOST_WORDS or not _NAME.match(body) or not _WORD.search(body):
        return None
    if ":" in body or "@" in body or _APART.search(text.strip()) or words[0].casefold().strip(",") in _OPENINGS:
        return None
    if body.endswith(_STOPS) and _SHORTENED.search(body) is None:
        return None
    if _ENDS_FIGURES.search(body) and not _YEARS.search(body):
        return None
    if is_prose(text) or not _TELLING.isdisjoint(body.casefold().split()[1:]) or _DAY.search(body):
        return None
    if read_cell(body).kind is not Kind.TEXT or is_mark(body) or (heads_labels(body) and not marked):
        return None
    noted = is_note(body) or (marked is None and is_footnote(text))
    return None if noted or begins_proposal(title) else title


def _is_field(title: str) -> bool:
    """Whether a line is a label of a form and its value: "Udvalg Kulturudvalget", and not "Center for Unge"."""
    first, _, rest = title.partition(" ")
    return fold(first) in labels() and rest[:1].isupper()


def _is_of_form(other: TextLine, line: TextLine) -> bool:
    """Whether another line is the label that a line is the value of: it stands beside it, or right above it."""
    if line.box is None or other.box is None or other.page != line.page:
        return False
    beside = other.box[1] < (line.box[1] + line.box[3]) / 2 < other.box[3]
    above = fold(other.text.rstrip(" :")) in labels() and 0 <= line.box[1] - other.box[3] < line.box[3] - line.box[1]
    return beside or above


def _says_nothing(text: str) -> bool:
    """Whether a line says how to read the figures, and not of what they are."""
    if is_statement(text) or people_said(text) in {"fte", "position"}:
        return True
    return is_context(text) and (unit_note(text) is None or plain_title(text) is None)


def _goes_on(line: TextLine, before: TextLine | None, text: str) -> bool:
    """Whether a line is the end of a sentence that begins on the one right above it."""
    if before is None or not goes_on(before.text, line.text):
        return False
    if line.box is None or before.box is None:
        return text.count("\n", before.end, line.start) <= 1
    return line.page == before.page and line.box[1] - before.box[3] <= PARTED * (line.box[3] - line.box[1])


def is_near(line: TextLine, between: Sequence[TextLine], grid: Grid, text: str) -> bool:
    """Whether a line stands right above a table, or above nothing but other lines between the two."""
    first = next((cell.pieces[0] for row in grid.rows for cell in row), None)
    if first is None:
        return False
    if line.box is None or first.box is None:
        return text.count("\n", line.end, max(first.start, line.end)) <= MOST_LINES
    page, boxes = first.page, [line.box, *(each.box for each in between if each.box is not None)]
    top = grid.box(page)
    if line.page != page or top is None:
        return False
    height = line.box[3] - line.box[1]
    steps = zip(boxes, [*boxes[1:], top], strict=True)
    return all(lower[1] - upper[3] <= FARTHEST * height for upper, lower in steps)


def _stands_over(line: TextLine, grid: Grid, text: str) -> bool:
    """Whether a line stands over the names of the rows or the whole table, and not over some columns of figures."""
    if line.box is None:
        first = grid.start
        return _place(line.start, text) <= _place(first, text) + INDENT
    box = grid.box(line.page)
    return box is not None and (line.box[0] <= box[0] + ASIDE * (box[2] - box[0]) or _is_in_the_middle(line.box, box))


def _is_in_the_middle(one: Box, other: Box) -> bool:
    return abs((one[0] + one[2]) - (other[0] + other[2])) / 2 <= ASIDE / 4 * (other[2] - other[0])


def _place(at: int, text: str) -> int:
    return at - text.rfind("\n", 0, at) - 1
