"""Which column names the rows: not the one of numbers, committees or remarks that stands beside the names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import mean

from pipeline.lexicon import rows as lexicon
from pipeline.tables.content.cells import NIL_KIND, TEXT_KIND, read_cell
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import Heading, is_year_heading
from pipeline.tables.content.labels import measure_of, role_of, side_of, speaks_of_money
from pipeline.tables.content.levels import level_spans
from pipeline.tables.content.units import KEPT, STATING, unit_note

Row = dict[int, GridCell]
_CODES = re.compile(
    r"\d{1,3}(?:\s?[,/+&]\s?\d{1,3})*|\d{4,10}|\d{5,10}-\d{2,6}|"
    r"(?:[A-ZÆØÅ]{1,5}[ .\-–]{0,2})\d{1,4}[a-z]?|[A-ZÆØÅ]?\d{1,3}(?:\.\d{1,3}){1,4}|"
    r"\d{1,2}(?:[./-]\s?|\.\s)(?:\d{1,2}[./-]\s?|[a-z]{3,9}\.?\s)(?:\d{4}|\d\d)"
)
"""Numbers, accounts, cases, and days: "25.01.2025", "3. marts 2025"."""
_TIMES = frozenset({"år", "periode", "dato", "frist"})
_NOTE, _NOTE_NUMBER = "note ", re.compile(r"\d{1,2}")
_FOUR = re.compile(r"\d{4}")
_SHORT = re.compile(r"\d{1,5}")
_PER = re.compile(r"(?:pr\.?|per)\s", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
REPEATED = 0.7
"""Of a column that names the rows more texts than this part are distinct."""
FEWEST_NAMES = 3
FEWEST_NOTES = 2
LONGER = 1.5
"""A name is so many times as long as what stands beside it, if both columns have distinct texts."""


@dataclass(frozen=True, slots=True)
class Names:
    """``labels``: the columns that name the rows; ``named``, ``aside`` and ``units`` as in a layout."""

    labels: list[int]
    named: int | None
    aside: frozenset[int]
    units: int | None


def name_columns(found: Sequence[Heading], body: Sequence[Row], columns: Sequence[int], first: int) -> Names:
    """The names of the rows of ``body``. ``columns`` hold the figures; those before ``first`` are none of them."""
    labels = _labels(body, columns, first)
    units = unit_column(found, body)
    aside = _aside(found, body, labels) | ({units} if units is not None else set())
    aside |= {n for n in labels[1:] if not _texts(body, n) and any(n in row for row in body)}  # nothing but dashes
    labels = [column for column in labels if column not in aside]
    named = _named(found, body, labels if first > 1 else [])
    beside = _beside(found, body, labels, named)
    return Names([n for n in labels if n not in beside], named, frozenset(aside | beside), units)


def is_naming(heading: str) -> bool:
    """True for the heading of a column of numbers that are names: "Note", "Konto nr.", "Dato"."""
    return _plain(heading) in _headings("naming")


def numbers_accounts(heading: str, numbers: Sequence[str]) -> bool:
    """Whether what reads like years in the first column is numbers of accounts: "Nr." over 1000, 2010, 2020, 3000.

    The heading says so, or some have four digits and are no years.
    """
    if is_naming(heading) and _plain(heading) not in _TIMES:
        return True
    return any(_FOUR.fullmatch(text) is not None and not is_year_heading(text) for text in numbers)


def is_beside(heading: str) -> bool:
    """True for the heading of what stands beside names: "Udvalg", "Art"; numbers under it are those of its kinds."""
    return _plain(heading) in _headings("beside")


def heads_labels(text: str) -> bool:
    """True for what stands over numbers, names, or words beside them: "Konto", "Projekt", "Udvalg (1.000 kr.)"."""
    return any(_plain(text) in _headings(kind) for kind in ("naming", "label", "staff", "beside", "unit"))


def heads_staff(text: str) -> bool:
    """True for what stands over groups of employees: "Stillingsgruppe"."""
    return _plain(text) in _headings("staff")


def numbers_names(found: Sequence[Heading], body: Sequence[Row], column: int) -> bool:
    """Whether a column holds the bare numbers of what the words right behind it name: "Sag", 3, 29, before "Emne".

    Each stands beside a name, and its heading says nothing of figures. A sum has none. So does a column of notes whose
    heading took in the words of the next one: "Note budget 2031".
    """
    heading = found[column]
    if heading.text[: len(_NOTE)].casefold() == _NOTE:
        return _counts_notes(body, column)
    if not heading.text or heading.year is not None or heading.total or heading.unit is not None:
        return False
    if heading.measure != "unsaid" or heading.role is not None or speaks_of_money(heading.text):
        return False
    before = [n for n in range(column) if not is_beside(found[n].text)]
    if any(n in row and _is_words(row[n].text) for n in before for row in body):
        return False  # words in front of figures name them, and those behind are remarks
    named = {n for n, row in enumerate(body) if column + 1 in row and _is_words(row[column + 1].text)}
    numbered = [n for n, row in enumerate(body) if _texts([row], column)]
    if 2 * len(named) <= len(body) or not all(n in named and _SHORT.fullmatch(body[n][column].text) for n in numbered):
        return False
    return not any(role_of(body[n][column + 1].text) in {"net", "total"} for n in numbered)


def _counts_notes(body: Sequence[Row], column: int) -> bool:
    """Whether a column holds numbers of notes, which go up, two at least, and none before it holds numbers."""
    texts = _texts(body, column)
    if len(texts) < FEWEST_NOTES or not all(map(_NOTE_NUMBER.fullmatch, texts)):
        return False
    numbers = [int(text) for text in texts]
    before = (row[n].text for row in body for n in range(1, column) if n in row)
    return numbers == sorted(numbers) and not any(text.isdecimal() for text in before)


@cache
def _headings(kind: str) -> frozenset[str]:
    return frozenset(row["heading"] for row in lexicon("table_columns") if row["kind"] == kind)


@lru_cache(maxsize=KEPT)
def _plain(heading: str) -> str:
    """A heading without its unit and what it says in brackets: "Forslag (1.000 kr.)", "Alle beløb i 1.000 kr. Note"."""
    text = _BRACKETS.sub(" ", heading)
    note = unit_note(text)
    if note is not None:
        before = text[: note.start].split()
        headings = _headings("naming") | _headings("unit")
        while before and before[-1].casefold() in STATING - headings:
            before.pop()
        text = f"{' '.join(before)} {text[note.end :]}"
    for start, end in sorted(level_spans(text), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.casefold().replace(".", " ").split()).strip(" :,")


def _labels(body: Sequence[Row], columns: Sequence[int], first: int) -> list[int]:
    before = (cell for row in body for n, cell in row.items() if n < first)
    if not columns or any(read_cell(cell.text).kind is not NIL_KIND for cell in before):
        return list(range(first))
    words = {n for row in body for n, cell in row.items() if read_cell(cell.text).kind is TEXT_KIND}
    return sorted(words - set(columns))[:1]


def unit_column(found: Sequence[Heading], body: Sequence[Row]) -> int | None:
    """The column under "Enhed", if most of it says what is counted, also as "1.000 kr."; it may be of offices, too."""
    headed = (n for n, heading in enumerate(found) if n and _plain(heading.text) in _headings("unit"))
    return next((n for n in headed if _says_units(_texts(body, n))), None)


def _says_units(cells: Sequence[str]) -> bool:
    """Whether most of a column's texts are units, or figures, which are none of money under "Enhed": "1.000"."""
    figures = sum(read_cell(text).kind is not TEXT_KIND and unit_note(text) is None for text in cells)
    told = sum(
        unit_note(text) is not None or measure_of(text, heading=True) != "unsaid" or _PER.match(text) is not None
        for text in cells
    )
    return 2 * (told + figures) > len(cells)


def _texts(body: Sequence[Row], column: int) -> list[str]:
    return [row[column].text for row in body if column in row and read_cell(row[column].text).kind is not NIL_KIND]


def _aside(found: Sequence[Heading], body: Sequence[Row], labels: Sequence[int]) -> frozenset[int]:
    """Label columns of numbers and codes, where another has words: by their heading, or by what stands in them."""
    words = {n for n in labels if any(n in row and _is_words(row[n].text) for row in body)}
    aside = set()
    for column in labels:
        named = [row for row in body if any(n != column and n in row and _is_words(row[n].text) for n in words)]
        texts = _texts(named or [row for row in body if _stands_beside(row, column)], column)
        bare = not found[column].text or _plain(found[column].text) not in _headings("label")
        coded = bool(texts) and all(map(_is_code, texts))
        worded = 2 * sum(map(_is_words, texts)) > len(texts)
        if (is_naming(found[column].text) and not worded) or (bare and coded):
            aside.add(column)
    return frozenset(aside) if words - aside else frozenset()


def _stands_beside(row: Row, column: int) -> bool:
    """Whether a row prints something in other columns, too: the name of a section may begin where the numbers do."""
    return any(read_cell(cell.text).kind is not NIL_KIND for n, cell in row.items() if n != column)


def _is_words(text: str) -> bool:
    return read_cell(text).kind is TEXT_KIND and not _is_code(text)


def _is_code(text: str) -> bool:
    """Whether a text is a number or code, by itself or behind the word for it: "1.12.23", "Funktion 1.12.23"."""
    code = text.strip(" .*")
    word, _, rest = code.partition(" ")
    return _CODES.fullmatch(code) is not None or (is_naming(word) and _CODES.fullmatch(rest) is not None)


def _named(found: Sequence[Heading], body: Sequence[Row], labels: Sequence[int]) -> int | None:
    """The label column with words in most rows whose heading says that it names them, else whose texts do.

    Of two that stand beside names elsewhere, "Udvalg" and "Art", the one names the rows that has a text of its own for
    each of them, else the last one.
    """
    full = [n for n in labels if 2 * sum(_is_words(text) for text in _texts(body, n)) > len(body)]
    full = [n for n in full if not _holds_sides(body, n)]
    named = [n for n in full if _plain(found[n].text) in _headings("who") and _is_distinct(body, n)]
    named = named or [n for n in full if _plain(found[n].text) in _headings("label")]
    if len(named) == 1:
        return named[0]
    named = [full[0]] if len(full) == 1 else [n for n in full[1:] if _names_sums(body, n, [m for m in labels if m < n])]
    if len(named) == 1 and any(holds_sections(found[n].text, body, n, named[0]) for n in labels if n < named[0]):
        return named[0]
    rest = [n for n in full if not is_beside(found[n].text)]
    if len(full) > 1 and (len(rest) == 1 or not rest):
        own = [n for n in full if _is_own(body, n)]
        return rest[0] if rest else own[0] if len(own) == 1 else full[-1]
    if len(rest) > 1 and _is_distinct(body, rest[0]) and _names_sums(body, rest[0], rest[1:]):
        return rest[0]
    return next((n for n in rest if len(rest) > 1 and all(_names_better(body, n, m) for m in rest if m != n)), None)


def _is_own(body: Sequence[Row], column: int) -> bool:
    """Whether a column says something else in every row."""
    texts = _texts(body, column)
    return len(texts) == len(body) == len(set(texts)) > 1


def _is_distinct(body: Sequence[Row], column: int) -> bool:
    """Whether no two rows say the same in a column, three of them at least say something, and all are words."""
    texts = _texts(body, column)
    return len(texts) == len(set(texts)) >= FEWEST_NAMES and all(map(_is_words, texts))


def _holds_sides(body: Sequence[Row], column: int) -> bool:
    """Whether a column says the sides of accounts, "U" and "I", and nothing else: it stands beside names, and stays."""
    said = {side_of(text) for text in _texts(body, column)}
    return None not in said and len(said) > 1


def _names_sums(body: Sequence[Row], column: int, others: Sequence[int]) -> bool:
    """Whether a column names a sum, where nothing stands in the others; a kind beside it ("Drift") is blank there."""
    rows = [row for row in body if column in row and role_of(row[column].text) in {"net", "total"}]
    return any(not _texts([row], n) for row in rows for n in others)


def holds_sections(heading: str, body: Sequence[Row], column: int, named: int) -> bool:
    """Whether a column prints the name of a section once, beside the name of its first row, and nothing below it.

    It names no row by itself but a sum ("I alt").
    """
    if heading and not is_beside(heading):
        return False
    rows = [row for row in body if named in row and _is_words(row[named].text)]
    if all(side_of(row[named].text) is not None for row in rows):
        return False
    begun = [column in row and _is_words(row[column].text) for row in rows]
    alone = [row for row in body if named not in row or read_cell(row[named].text).kind is NIL_KIND]
    sums = all(role_of(text) in {"net", "total"} for text in _texts(alone, column))
    return any(begun) and begun[0] and not all(begun) and sums


def _names_better(body: Sequence[Row], column: int, other: int) -> bool:
    """Whether the texts of a column are distinct, and those of the other are not, or are far shorter."""
    ours, theirs = _texts(body, column), _texts(body, other)
    if len(ours) < 4 or len(set(ours)) <= REPEATED * len(ours):
        return False
    return len(set(theirs)) <= REPEATED * len(theirs) or mean(map(len, ours)) > LONGER * mean(map(len, theirs))


def _is_kind(found: Sequence[Heading], body: Sequence[Row], labels: Sequence[int], column: int) -> bool:
    """Whether a headed column says again and again of what kind the rows are that the column before it names.

    "Ramme" with "Service", "Service", "Anlæg"; a column of groups before their items is none, for it comes first.
    """
    if column == labels[0] or not found[column].text:
        return False
    rows = [row for row in body if column in row and _is_words(row[column].text)]
    names = [row[labels[0]].text for row in rows if labels[0] in row and _is_words(row[labels[0]].text)]
    kinds = {row[column].text for row in rows}
    return len(rows) > 1 and len(set(names)) == len(rows) and len(kinds) < len(rows)


def _beside(found: Sequence[Heading], body: Sequence[Row], labels: Sequence[int], named: int | None) -> set[int]:
    """Columns of committees and remarks beside the names; a cell over several rows is their group, and stays."""
    spanned = {n for row in body for n, cell in row.items() if cell.row_span > 1}
    others = [n for n in labels if n != named and n not in spanned and not _holds_sides(body, n)]
    if named is not None:
        return set(others)
    beside = {n for n in others if is_beside(found[n].text) or _is_kind(found, body, labels, n)}
    left = {n for n in labels if n not in beside and not _holds_sides(body, n)}
    return beside if any(_is_words(text) for n in left for text in _texts(body, n)) else set()


def kinds_beside(grid: Grid, aside: frozenset[int], names: Sequence[int], body: Sequence[int]) -> dict[int, str]:
    """By row, the words of the one column beside the names that tells rows of one name apart: "Anlæg", "Drift".

    ``body``: the numbers of the rows. Empty where each name stands once, or no column tells all rows of a name apart.
    """
    rows: dict[int, Row] = {n: {cell.column: cell for cell in grid.rows[n]} for n in body}
    named: dict[str, list[Row]] = {}
    for row in rows.values():
        name = " ".join(row[n].text for n in names if n in row)
        if name:
            named.setdefault(name, []).append(row)
    again = [same for same in named.values() if len(same) > 1]
    telling = [
        n for n in sorted(aside) if again and all(_are_apart([r[n].text for r in s if n in r], s) for s in again)
    ]
    if len(telling) != 1:
        return {}
    kinds = {number: row[telling[0]].text for number, row in rows.items() if telling[0] in row}
    return kinds if all(map(_is_kind_word, kinds.values())) else {}


def _are_apart(texts: Sequence[str], rows: Sequence[Row]) -> bool:
    return len(set(texts)) == len(rows)


def _is_kind_word(text: str) -> bool:
    return read_cell(text).kind is NIL_KIND or _is_words(text)
