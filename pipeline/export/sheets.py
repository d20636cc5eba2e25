"""The tables that Akt gives: every column that there is, with its kind, meaning and unit, in one place.

`docs/data-dictionary.md` is generated from it. The fields of the records themselves are those of
:mod:`corpus.model.records`; a field that is missing here, or is of another kind, fails a test.
"""

from __future__ import annotations

from functools import cache
from typing import get_args

import msgspec

from corpus.model import RECORD_TYPES, DecisionStatus, DocumentKind, Precision, Role, Source
from pipeline.export.columns import Column, Kind, Sheet

KR, YEAR, PAGE, POINTS, CHARACTERS = "kr.", "year", "page, from 1", "PDF points", "characters"
DECIDED_BY = "The political body that decided, by its canonical name."
KINDS = get_args(DocumentKind)
CHECKS = ("ok", "mismatch", "none")


def _text(name: str, meaning: str, *choices: str) -> Column:
    return Column(name, Kind.TEXT, meaning, choices=choices)


ID = Column("id", Kind.TEXT, "Stays while the content stays: `akt show ID` prints it.", required=True)
DOCUMENT = (
    Column(
        "path",
        Kind.TEXT,
        "The file as it was ingested, relative to the folder given; `!` stands between a container and its member.",
        required=True,
    ),
    _text("document", "The title of the document."),
    Column("document_date", Kind.DAY, "The day of the document, where it prints one."),
    _text("municipality", "The municipality of the document, or of the record where it names its own."),
)
PART = (
    _text("part_kind", "The kind of the part it stands in.", "message", "proposal", "agenda-item", "body"),
    _text("part_title", "The title of the part."),
    _text("part_number", "The number of the proposal or agenda item."),
    _text("part_committee", "The committee of the proposal, or the body whose meeting the item belongs to."),
)
PART_INDEX = Column("part", Kind.WHOLE, "The part of the document it stands in, counted from 0.")
PAGE_COLUMN = Column("page", Kind.WHOLE, "The page on which it is printed.", PAGE)
BOX = Column("bbox", Kind.BOX, "Where it is printed on the page: x0, top, x1, bottom from the top left.", POINTS)
QUOTE = _text("quote", "The sentence around it; of a figure in a table its row.")
ALSO_IN = Column("also_in", Kind.TEXTS, "The other paths of the same content.")
VERSIONS = (
    Column("sha256", Kind.TEXT, "SHA-256 of the file's content: proves which file a figure is from.", required=True),
    _text("extractor_version", "The version of the extractor that made the row."),
)
CONTEXT = (*DOCUMENT, *PART, PAGE_COLUMN, QUOTE, ALSO_IN, *VERSIONS)
"""What every exported record says of its place beside its own fields, which go first where names are the same."""

ROLES = get_args(Role)
OWN = (  # the fields of the records
    _text("text", "The record as printed: these characters of the part."),
    Column("start", Kind.WHOLE, "Its first character in the text of the part.", CHARACTERS),
    Column("end", Kind.WHOLE, "One past its last character in the text of the part.", CHARACTERS),
    _text("source", "Where it was found.", *get_args(Source)),
    Column("value", Kind.DECIMAL, "The figure in whole units; empty for a range, which has low and high."),
    Column("low", Kind.DECIMAL, "The lower end of a range."),
    Column("high", Kind.DECIMAL, "The upper end of a range."),
    Column("approximate", Kind.YES_NO, 'Printed as an estimate ("ca.", "omkring").'),
    _text("bound", 'The figure is a limit: min ("mindst") or max ("op til").', "min", "max"),
    Column("year", Kind.WHOLE, "The one year that the figure is tied to.", YEAR),
    Column("years", Kind.WHOLES, "The several years that it is tied to; year is empty then.", YEAR),
    Column("open_end", Kind.YES_NO, 'It goes on from there ("i 2024 og frem", "fra 2024").'),
    _text("label", "Of a figure in a table: the words of its row."),
    _text("group", "Of a figure in a table: the section that its row stands in."),
    _text("column", "Of a figure in a table: the heading of its column as printed."),
    Column("evidence", Kind.EVIDENCE, "The printed words from which fields were read, with their characters."),
    _text("currency", "The currency (ISO 4217)."),
    _text("per", "What the amount is paid for each of: year, month, child …"),
    Column("price_level", Kind.WHOLE, 'The year of the prices ("2025-priser", "2025-pl").', YEAR),
    _text("role", "What the amount is for whoever prints it.", *ROLES),
    _text("unit_source", "The words that gave the unit, where it does not stand beside the figure."),
    _text("name", "The canonical name."),
    _text("level", "What kind of body it is.", "committee", "council", "board"),
    _text("abbreviation", "The abbreviation, where that is printed."),
    Column("resolved", Kind.YES_NO, "Read from a short form (udvalget, an abbreviation) by what the document says."),
    Column("candidates", Kind.TEXTS, "The bodies that an ambiguous abbreviation may stand for."),
    Column("valid_from", Kind.DAY, "Since when a body of this name exists, where known."),
    Column("valid_to", Kind.DAY, "Until when a body of this name exists, where known."),
    Column("from", Kind.DAY, "The first day of what is printed; a year is its 1 January with precision year."),
    Column("to", Kind.DAY, "The last day of what is printed; empty with open_end."),
    _text("precision", "How exactly the date is printed.", *get_args(Precision)),
    _text("time", "The time of day, where printed."),
    _text("verb", "The verb of the decision as a lemma: vedtage, godkende, indstille …"),
    _text("status", "What became of it.", *get_args(DecisionStatus)),
    Column("negated", Kind.YES_NO, "What was decided or recommended is that something, or a part of it, is not done."),
    _text("condition", "The printed words of a condition that it is made on; read the sentence around them."),
    _text("body", DECIDED_BY),
    Column("date", Kind.DAY, "The day of the decision."),
    Column("budget_year", Kind.WHOLE, "The budget year that is decided on.", YEAR),
    Column("ordinal", Kind.WHOLE, "Which of the decisions of its sentence it is, from 1."),
    Column(
        "links",
        Kind.LINKS,
        "The references of the same sentence, and the amounts and årsværk that it is sure the decision is about.",
    ),
    _text("kind", "What it refers to, or what kind of number or address it is."),
    _text("title", "The title beside the number."),
    _text("method", "How the name is known.", "header", "signature", "salutation", "thread", "ner"),
    _text("model", "The trained model that told the name."),
    _text("unit", "What is counted.", "fte", "position", "hours-per-week"),
)
BY_NAME = {column.name: column for column in (*CONTEXT, PART_INDEX, BOX, *OWN)}
DIFFERENT = {  # fields of one name that mean something else in one type
    ("amount", "value"): Column(
        "value", Kind.DECIMAL, "The amount in whole units of the currency; empty for a range.", "the currency"
    ),
    ("fte", "value"): Column("value", Kind.DECIMAL, "The number; empty for a range.", "the unit"),
    ("reference", "value"): _text("value", "The number of the paper as it is filed: ISU32, 2020-0012345."),
    ("identifier", "value"): _text("value", "The number or address; a CPR number is masked."),
    ("reference", "kind"): _text("kind", "What it points to.", "proposal", "case", "budget", "agenda-item", "law"),
    ("identifier", "kind"): _text("kind", "What it is.", "cpr", "cvr", "phone", "email", "url"),
    ("person", "role"): _text("role", "The title printed beside the name."),
}
RESOLVED = (
    Column("resolved", Kind.TEXTS, "The ids of the parts or documents that it points to."),
    _text(
        "resolution",
        "Whether what it points to is in the workspace.",
        *("resolved", "ambiguous", "dangling", "unclear", "external", "itself"),
    ),
)
ROW_OF = {
    "amount": ("amounts", "An amount of money."),
    "fte": ("ftes", "A number of årsværk, positions or hours a week."),
    "committee": ("committees", "A political body that is named."),
    "date": ("dates", "A day or a stretch of days that is named."),
    "decision": ("decisions", "The sentence of a decision."),
    "reference": ("references", "A pointer to another paper."),
    "identifier": ("identifiers", "A number or address that names somebody."),
    "person": ("people", "A person by the name as printed."),
}

LINE_DOCUMENT = (
    ID,
    *DOCUMENT,
    _text("body", "The committee that the row prints in a column of its own, else that of the part: part_committee."),
    _text("number", "The number of the proposal or item: part_number; outside of proposals that of the row, if any."),
    _text("title", "The title of the part, else of the document."),
    PART_INDEX,
    *PART,
)
LINE_TABLE = (
    Column("table", Kind.WHOLE, "The table in its document, counted from 1.", required=True),
    _text("caption", "The caption of the table."),
    _text("sign_note", 'What the table says of signs: "(-) = mindreudgift".'),
)
LINE_ROW = (
    _text("label", "The words of the row."),
    _text("group", "The section that the row stands in."),
    _text("role", "What the row is: saving, expense, net, total …"),
    _text("unit", "DKK (or another currency, ISO 4217), fte (årsværk) or position (stillinger)."),
    Column("price_level", Kind.WHOLE, "The year of the prices, as the table prints it; of money only.", YEAR),
    _text("unit_text", 'The words that gave the unit: "Beløb i 1.000 kr."; of money only.'),
)
LINE_VALUE = (
    Column("year", Kind.WHOLE, "The year of the column, where it has one.", YEAR),
    _text("column", "The heading of the column as printed."),
    Column("value", Kind.DECIMAL, "The figure in whole units, with the unit of the row.", "see unit", required=True),
    Column("value_kr", Kind.DECIMAL, "The figure in kroner; empty where the unit is not DKK.", KR),
    Column("raw", Kind.TEXT, "The figure as printed.", required=True),
    PAGE_COLUMN,
    BOX,
    Column(
        "check",
        Kind.TEXT,
        "Whether the sums hold that the table promises of this year or column, in this unit; none: it promises none.",
        required=True,
        choices=CHECKS,
    ),
)
LINE_END = (_text("document_kind", "The kind of the document.", *KINDS), *VERSIONS, ALSO_IN)
LINES = Sheet(
    "lines",
    "One value of a budget line: a figure of a table with its row, year and place.",
    (*LINE_DOCUMENT, *LINE_TABLE, *LINE_ROW, *LINE_VALUE, *LINE_END),
)
PROBLEMS = Sheet(
    "problems",
    "Something that looked readable and was not.",
    (
        Column("id", Kind.TEXT, "The part, or the document where no part is to blame.", required=True),
        *DOCUMENT[:2],
        PART_INDEX,
        PAGE_COLUMN,
        Column("code", Kind.TEXT, "One of docs/problems.md.", required=True),
        Column("message", Kind.TEXT, "What is wrong, in a sentence.", required=True),
        *VERSIONS,
        ALSO_IN,
    ),
)
CELLS = Sheet(
    "cells",
    "A printed cell of a table, blank ones too, with what was read from it.",
    (
        Column("id", Kind.TEXT, "The part that the table stands in.", required=True),
        *DOCUMENT,
        PAGE_COLUMN,
        *LINE_TABLE,
        Column("row", Kind.WHOLE, "The row in its table, counted from 0, over page breaks.", required=True),
        Column("column", Kind.WHOLE, "The column in its table, counted from 0.", required=True),
        Column("row_span", Kind.WHOLE, "The rows that the cell takes.", required=True),
        Column("column_span", Kind.WHOLE, "The columns that the cell takes.", required=True),
        Column("header", Kind.YES_NO, "Whether it is a heading.", required=True),
        _text("text", "The cell as printed; empty where nothing is."),
        BOX,
        _text("label", "Of a cell that was read as a figure: the words of its row."),
        _text("group", "Of such a cell: the section that the row stands in."),
        _text("role", "Of such a cell: what the row is."),
        Column("year", Kind.WHOLE, "Of such a cell: its year.", YEAR),
        Column("value", Kind.DECIMAL, "Of such a cell: the figure in whole units.", "see unit"),
        _text("unit", "Of such a cell: DKK (or another currency), fte or position."),
        Column("price_level", Kind.WHOLE, "The year of the prices, as the table prints it.", YEAR),
        _text("unit_text", 'The words that gave the unit of the table: "Beløb i 1.000 kr."'),
        *VERSIONS,
        ALSO_IN,
    ),
)

TABLES = Sheet(  # in JSON alone: the rest of a table is as in corpus.model.tables
    "tables",
    "A table as it is printed and as it was read.",
    (
        CELLS.columns[0],
        *DOCUMENT,
        Column("number", Kind.WHOLE, "The table in its document, counted from 1.", required=True),
        PAGE_COLUMN,
        *VERSIONS,
        ALSO_IN,
    ),
)


@cache
def sheet_of(record_type: str) -> Sheet:
    """The sheet of a record type, of "line", "problem" or "cell".

    Of a record: its id, its own fields, then where it comes from. Raises KeyError for another word.
    """
    if record_type in (named := {"line": LINES, "problem": PROBLEMS, "cell": CELLS}):
        return named[record_type]
    own = [field.encode_name for field in msgspec.structs.fields(RECORD_TYPES[record_type])]
    columns = [DIFFERENT.get((record_type, name)) or BY_NAME[name] for name in own]
    if record_type == "reference":
        columns += RESOLVED  # of the workspace, not of the record: pipeline.links
    type_ = Column("type", Kind.TEXT, "The type of the record.", required=True, choices=(record_type,))
    # A committee's own municipality and a decision's own date keep their names; those of the document have others.
    columns = [ID, type_, *columns, *(column for column in CONTEXT if column.name not in own)]
    return Sheet(*ROW_OF[record_type], tuple(columns))


def all_sheets() -> list[Sheet]:
    """Every sheet, in the order of the data dictionary."""
    from pipeline.figures.sheets import figure_sheets  # which is made of columns of these

    return [LINES, CELLS, *map(sheet_of, RECORD_TYPES), PROBLEMS, *figure_sheets()]


__all__ = ["CELLS", "CONTEXT", "LINES", "PROBLEMS", "TABLES", "all_sheets", "sheet_of"]
