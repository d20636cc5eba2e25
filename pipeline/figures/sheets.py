"""The tables that sums, checks and comparisons give, column by column, for every format and the data dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from msgspec.structs import replace

from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.sheets import (
    ALSO_IN,
    BOX,
    CHECKS,
    DOCUMENT,
    ID,
    LINE_ROW,
    PAGE_COLUMN,
    PART_INDEX,
    VERSIONS,
    YEAR,
)
from pipeline.figures.differences import Change
from pipeline.figures.model import REFUSED, Level, Reason, Stage
from pipeline.figures.verdicts import RULES, Status

PATH, TITLE, DAY_OF, MUNICIPALITY = DOCUMENT
STAGE = Column(
    "stage",
    Kind.TEXT,
    "Whose figure it is: proposed, adopted, spent; unknown where nothing tells it.",
    required=True,
    choices=tuple(stage.value for stage in Stage),
)


def _text(name: str, meaning: str, *choices: str) -> Column:
    return Column(name, Kind.TEXT, meaning, choices=choices)


DIMENSION_COLUMNS = {
    "committee": _text("committee", "The committee of the proposal, or of the rows."),
    "municipality": MUNICIPALITY,
    "document": _text("document", "The path of the document."),
    "number": _text("number", "The number of the proposal."),
    "title": _text("title", "The title of the proposal or part."),
    "label": LINE_ROW[0],
    "group": LINE_ROW[1],
    "role": LINE_ROW[2],
    "stage": STAGE,
    "price-level": LINE_ROW[4],
    "unit": LINE_ROW[3],
    "signs": _text("signs", "How the table prints what is saved: -300 (minus) or 300 (plus).", "minus", "plus"),
    "column": _text("column", "The printed heading over the figures."),
}


def sums_sheet(by: Sequence[str]) -> Sheet:
    """The columns of sums that are kept apart by these dimensions."""
    own = [DIMENSION_COLUMNS[name] for name in by]
    named = {column.name for column in own}
    return Sheet(
        "sums",
        "A sum of figures of one unit, stage and price level, for one year.",
        (*own, *(column for column in SUM_COLUMNS if column.name not in named)),
    )


SUM_COLUMNS = (
    Column("year", Kind.WHOLE, "The year of the figures; empty for figures that stand under none.", YEAR),
    Column("value", Kind.DECIMAL, "The sum, in whole units.", "see unit", required=True),
    Column("unit", Kind.TEXT, "DKK (or another currency), fte (årsværk) or position (stillinger).", required=True),
    STAGE,
    Column("price_level", Kind.WHOLE, "The year of the prices; empty where the tables print none.", YEAR),
    _text(
        "side", "Sums that the tables print (net), or the rows of them (gross); empty for single rows.", "net", "gross"
    ),
    Column("figures", Kind.WHOLE, "How many figures were added.", required=True),
    Column("documents", Kind.WHOLE, "In how many documents they stand.", required=True),
    Column("unchecked", Kind.WHOLE, "How many of them no printed sum confirms.", required=True),
)
FIGURES = Sheet(
    "figures",
    "A figure behind a sum.",
    (
        ID,
        *DOCUMENT,
        PART_INDEX,
        _text("part_kind", "The kind of the part it stands in.", "message", "proposal", "agenda-item", "body"),
        DIMENSION_COLUMNS["title"],
        DIMENSION_COLUMNS["number"],
        DIMENSION_COLUMNS["committee"],
        *LINE_ROW[:3],
        Column(
            "level",
            Kind.TEXT,
            "Where its row stands: part (of a sum), free (in none), whole (the only row), sum, "
            'bare (a sum without rows), inner (a sum in another), within ("heraf").',
            required=True,
            choices=tuple(level.value for level in Level),
        ),
        Column("year", Kind.WHOLE, "The year of the column, where it has one.", YEAR),
        DIMENSION_COLUMNS["column"],
        Column("value", Kind.DECIMAL, "The figure in whole units.", "see unit", required=True),
        LINE_ROW[3],
        Column("raw", Kind.TEXT, "The figure as printed.", required=True),
        LINE_ROW[4],
        STAGE,
        DIMENSION_COLUMNS["signs"],
        Column("check", Kind.TEXT, "Whether the sums of its column hold.", required=True, choices=CHECKS),
        PAGE_COLUMN,
        BOX,
        *VERSIONS,
        ALSO_IN,
    ),
)
OF_FIGURES = frozenset({"label", "level", "value", "unit", "raw", "stage", "check"})
"""What a row of a refused figure does not say."""
LEFT_OUT = Sheet(
    "left_out",
    "A figure that is in no sum; of a refused one, its place and the reason.",
    (
        Column(
            "left_out",
            Kind.TEXT,
            "Why it is in no sum.",
            required=True,
            choices=(*(each.value for each in Reason), REFUSED),
        ),
        _text("because", "What it repeats, where that is why; of a refused one, what was refused."),
        *(replace(each, required=False) if each.name in OF_FIGURES else each for each in FIGURES.columns),
    ),
)
VERDICTS = Sheet(
    "checks",
    "A check of a figure against others.",
    (
        Column("status", Kind.TEXT, "What came of it.", required=True, choices=tuple(each.value for each in Status)),
        Column("rule", Kind.TEXT, "What was checked.", required=True, choices=tuple(RULES)),
        PATH,
        TITLE,
        PAGE_COLUMN,
        BOX,
        PART_INDEX,
        _text("label", "The row of the figure, or the sentence around it."),
        _text("raw", "The figure as printed."),
        Column("year", Kind.WHOLE, "Its year.", YEAR),
        _text("column", "The heading over it, where it stands under no year."),
        _text("unit", "DKK (or another currency), fte or position."),
        Column("found", Kind.DECIMAL, "The figure, in whole units.", "see unit", required=True),
        Column("expected", Kind.DECIMAL, "What it should be.", "see unit", required=True),
        Column("difference", Kind.DECIMAL, "found less expected.", "see unit", required=True),
        Column("tolerance", Kind.DECIMAL, "How far rounding explains a difference.", "see unit", required=True),
        _text("id", "The figure; empty where its place is not known."),
        Column("from", Kind.TEXTS, "The figures that the expected one comes from: id, path and page."),
        _text("told", "The check in a sentence."),
        Column("pictures", Kind.TEXTS, "The pictures of the place (--crop)."),
        Column("sha256", Kind.TEXT, "SHA-256 of the file's content.", required=True),
    ),
)
DIFFERENCES = Sheet(
    "differences",
    "Something that differs between two versions of a paper.",
    (
        Column(
            "what",
            Kind.TEXT,
            "Of a table: figure, row, cell, price level. Of the text: amount, fte, date, decision, number in text (one "
            "that is none of these); reference, committee, person, cvr, phone, email, url or cpr, where only one "
            "of the two names it. Else proposal, message, agenda item, part, attachment, title, number, committee …",
            required=True,
        ),
        Column("change", Kind.TEXT, "What became of it.", required=True, choices=get_args(Change)),
        _text("proposal", "The proposal or part, by number and title."),
        _text("label", "The row of a table."),
        _text("new_label", "What the row is called in the second version, where that is another name."),
        Column("year", Kind.WHOLE, "The year of the figure.", YEAR),
        _text("column", "The heading over it, where it stands under no year."),
        _text("unit", "DKK (or another currency), fte, position or hours-per-week."),
        _text("new_unit", "The unit in the second version, where that is another."),
        _text("before", "The figure or text of the first version; a figure in whole units, a range as low..high."),
        _text("after", "That of the second version."),
        Column("difference", Kind.DECIMAL, "after less before, where they may be subtracted.", "see unit"),
        Column("before_page", Kind.WHOLE, "The page in the first version.", "page, from 1"),
        Column("after_page", Kind.WHOLE, "The page in the second version.", "page, from 1"),
        _text("before_id", "The figure in the first version."),
        _text("after_id", "The figure in the second version."),
        _text("told", "Why two rows were taken for one, why two may not be subtracted, what else of a figure differs."),
        _text("quote", "Of what stands in the text: its sentence, that of the second version if both have it."),
    ),
)
ALIKE = Sheet(
    "duplicates",
    "A document of a group of documents that are nearly the same.",
    (
        Column("group", Kind.WHOLE, "The group, counted from 1.", required=True),
        Column(
            "likeness", Kind.DECIMAL, "The share of runs of five words in common with the group's first.", required=True
        ),
        Column("id", Kind.TEXT, "The document.", required=True),
        *DOCUMENT[:3],
        Column("words", Kind.WHOLE, "How many words it has.", required=True),
        ALSO_IN,
    ),
)


def figure_sheets() -> list[Sheet]:
    """Every sheet of this room; that of sums with all that they can be kept apart by."""
    return [sums_sheet(list(DIMENSION_COLUMNS)), FIGURES, LEFT_OUT, VERDICTS, DIFFERENCES, ALIKE]


__all__ = ["ALIKE", "DIFFERENCES", "FIGURES", "LEFT_OUT", "VERDICTS", "figure_sheets", "sums_sheet"]
