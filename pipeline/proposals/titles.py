"""Titles that no label names: "S01 Senere skolestart" at the head of a proposal, or a line above its fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.headings import TextLine, fold, is_contents_line, is_row, known_headings
from pipeline.proposals.committees import committee_at, has_letters_of
from pipeline.proposals.labels import NUMBER, Hit, kind_of, read_number

SERIES = "series"
"""The label of a number that stands before its title at a proposal's head, without any word that says so."""
LONGEST_TITLE = 130
NEAR = 4
"""So many printed lines below a numbered title its first label, or its table, is expected."""
FAR = 12
"""So many below one whose committee, or kind of form, stands beside it."""
HEAD_LINES = 8
PAPER = 45
"""So many lines of a paper are looked at for what makes it a proposal: two headings of sections, and a table."""
FEWEST_LETTERS, FEWEST_HEADINGS = 2, 2

_CODE = re.compile(r"[A-ZÆØÅ](?:[A-ZÆØÅ&][A-ZÆØÅa-zæøå&]{0,4})?(?:[ .\-_/–]{1,2}[A-ZÆØÅ]{1,4})?[ .\-_/–]{0,2}\d")
_PERIOD = re.compile(r"[A-ZÆØÅ]{1,3}[ -]?(?:19|20)\d\d(?!\d)(?![-/.]\d)")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:[.):]| [-–—])? ")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{3}")
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_TABLE = re.compile(r"1\.?000 kr|mio\. ?kr|\bt\.? ?kr\b|hele kr|beløb i", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:kommune|region \w+|budget(?: \d{4})?|katalog)$", re.IGNORECASE)
_OWNER = re.compile(
    r"\bkommunes?(?: [-–—|·].*)?$|^(?:region|center|afdeling|side|tabel|bilag|sag|dato|punkt)\b|"
    r"(?:forvaltning|afdeling|sekretariat|stab|udvalg)(?:en|et)?$|katalog|\bbudget\w{0,12} (?:19|20)\d\d",
    re.IGNORECASE,
)
ACCOUNTS = re.compile(
    r"\b(?:års|del)?regnskab|budgetopfølgning|budgetbemærkning|(?:speciel|generel)le bemærkninger"
    r"|årsberetning|årsrapport|økonomirapport|politikområde",
    re.IGNORECASE,
)
"""Papers whose chapters have numbers and committees as proposals have."""
_OF_BUDGET = re.compile(
    r"(?=.*\b[\w-]*udvalg(?:et)?\b)(?:.*[,.;·|–-] ?)?budget(?:forslag)?(?: for)? (?:19|20)\d\d"
    r"(?:[-–](?:19|20)?\d\d)?\b(?! ?\w)",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(?:kære|hej|goddag|fra:|til:|sendt:)", re.IGNORECASE)
_PLACE_DIVIDERS = (": ", " – ", " - ", " — ", " | ", " · ")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A line "S01 Senere skolestart": its number, its series ("S", "" for plain figures), and number and title."""

    index: int
    number: str
    series: str
    value: str


def series_hits(lines: Sequence[TextLine], hits: Mapping[int, Sequence[Hit]]) -> dict[int, list[Hit]]:
    """Numbered titles that head proposals, by line: a form's label stands below, or a table of years in a series.

    A code with letters is believed over one label, or over a table where a committee whose letters it has, or the kind
    of form, stands beside it, or at the head of a paper with the sections and the table of a proposal. Plain figures
    ("1. Titel", "4.12 Titel") are only as one of several with labels, a code over a table only as one of several with
    the same letters. Lists of numbered titles have neither.
    """
    found = [entry for index in range(len(lines)) if (entry := _numbered(index, lines))]
    at = {entry.index for entry in found}
    labelled = [
        entry
        for entry in found
        if _over_label(lines, entry, at, hits) or _is_headed(lines, entry, at) or _is_whole_paper(lines, entry)
    ]
    several = {series for series, count in Counter(entry.series for entry in labelled).items() if count > 1}
    kept = [entry for entry in labelled if entry.series or "" in several]
    tabled = [entry for entry in found if entry.series and over_table(lines, entry.index, at)]
    series = {entry.number: entry.series for entry in [*kept, *tabled]}
    counted = Counter(series.values())
    kept += [entry for entry in tabled if counted[entry.series] > 1]
    return {entry.index: [Hit("number", SERIES, 99, entry.value, entry.index)] for entry in kept}


def _numbered(index: int, lines: Sequence[TextLine]) -> _Numbered | None:
    line = lines[index]
    if len(line.plain) > LONGEST_TITLE or not _may_be_numbered(line.plain):
        return None
    if "|" in line.plain or is_row(line.plain) or is_contents_line(line.plain):
        return None
    value = _after_place(_whole_title(index, lines))
    coded = _CODE.match(value) is not None and _PERIOD.match(value) is None
    if not coded and not _POINTED.match(value) and not (line.marked and value[:1].isdigit()):
        return None
    found = read_number(value)
    if found is None or not is_title(found[1]):
        return None
    series = "".join(char for char in found[0] if char.isalpha()) if coded else ""
    return _Numbered(index, found[0], series, value)


def _may_be_numbered(plain: str) -> bool:
    """Whether a line has a figure, or ends as one that is joined to the line above."""
    return plain.endswith(")") or _DIGIT.search(plain) is not None


def _whole_title(index: int, lines: Sequence[TextLine]) -> str:
    """A line that ends in a code, "i byerne (BUU-03)", with the line above that it runs on from."""
    plain = lines[index].plain
    above = lines[index - 1].plain if index else ""
    wrapped = plain[:1].islower() and plain.endswith(")") and not lines[index].blank_before
    return f"{above} {plain}" if wrapped and len(above) + len(plain) <= LONGEST_TITLE and is_title(above) else plain


def _after_place(plain: str) -> str:
    """ "Lyngsø Kommune: U-05 Færre licenser" without the place in front; "Færre licenser (U-05)" turned round."""
    title, opened, code = plain.rpartition(" (")
    if opened and code.endswith(")") and _CODE.match(code) and NUMBER.fullmatch(code[:-1]):
        return f"{code[:-1]} {title}"
    for divider in _PLACE_DIVIDERS:
        head, found, rest = plain.partition(divider)
        if found and _PLACE.search(head[-40:]) and read_number(rest):
            return rest
    return plain


def is_title(plain: str) -> bool:
    """Words that begin with a capital and end no sentence; no heading that every form prints."""
    return (
        bool(plain)
        and (plain[:1].isupper() or plain[0] in "\"'«”")
        and _WORD.search(plain) is not None
        and not plain.endswith((".", ",", ";", ":"))
        and fold(plain) not in known_headings()
        and len(_YEARS.findall(plain)) < 2
    )


def _over_label(lines: Sequence[TextLine], entry: _Numbered, at: set[int], hits: Mapping[int, Sequence[Hit]]) -> bool:
    """A label of a form stands just below, before any other numbered title."""
    if entry.index - 1 in at and not lines[entry.index].blank_before:
        return False
    for index in range(entry.index + 1, min(entry.index + 1 + NEAR, len(lines))):
        if index in at or is_contents_line(lines[index].plain):
            return False
        for hit in hits.get(index, ()):
            found = read_number(hit.value) if hit.field == "number" else None
            if found and found[0] != entry.number:
                return False
            if hit.field != "number":
                return True
    return False


def _is_headed(lines: Sequence[TextLine], entry: _Numbered, at: set[int]) -> bool:
    """ "TMU-07 Færre busser" beside "Teknik- og Miljøudvalget", or over "Budgetforslag 2026-2029", and over a table."""
    above = lines[max(0, entry.index - FAR) : entry.index + 1]
    if (
        not entry.series
        or not over_table(lines, entry.index, at, FAR)
        or any(ACCOUNTS.search(line.plain) for line in above)
    ):
        return False
    if len(entry.series) >= FEWEST_LETTERS and heads_paper(lines, entry.index):
        return True
    beside = committee_at(lines, entry.index)
    if beside is not None and has_letters_of(entry.series, beside[1]):
        return True
    below = lines[entry.index + 1].plain
    kind = kind_of(below)
    return kind is not None and kind != "forslag" and len(below) <= LONGEST_TITLE and not below.endswith((".", ":"))


def heads_paper(lines: Sequence[TextLine], title: int) -> bool:
    """A paper's first line, over one with the committee and the budget's year: "Fjordby Kommune, Ældreudvalget. Budget
    2027"."""
    below = lines[title + 1].plain if title + 1 < len(lines) else ""
    first = not any(line.plain for line in lines[:title])
    return first and len(below) <= LONGEST_TITLE and _OF_BUDGET.search(below) is not None


def _is_whole_paper(lines: Sequence[TextLine], entry: _Numbered) -> bool:
    """ "BSU14 Mindre bureaukrati" as a paper's first line, over known headings and a budget table.

    The letters are a committee's, or the text below speaks of "forslaget".
    """
    above = lines[: entry.index]
    if len(entry.series) < FEWEST_LETTERS or len(above) > NEAR or not all(is_passed(line.plain) for line in above):
        return False
    below = [line.plain for line in lines[entry.index + 1 : entry.index + 1 + PAPER]]
    headings = {fold(plain) for plain in below} & known_headings()
    money = any(_TABLE.search(plain) for plain in below if len(plain) <= LONGEST_TITLE)
    years = any(len(_YEARS.findall(plain)) >= 2 for plain in below if len(plain) <= LONGEST_TITLE)
    if len(headings) < FEWEST_HEADINGS or not (money and years) or any(map(ACCOUNTS.search, below)):
        return False
    return entry.series.endswith("U") or any("forslaget" in plain.casefold() for plain in below)


def over_table(lines: Sequence[TextLine], title: int, at: set[int], reach: int = NEAR) -> bool:
    """The years of a budget table, or its unit, stand just below a title, before any other numbered one (``at``)."""
    for index in range(title + 1, min(title + 1 + reach, len(lines))):
        plain = lines[index].plain
        if index in at or is_contents_line(plain):
            return False
        if len(plain) <= LONGEST_TITLE and (_TABLE.search(plain) or len(_YEARS.findall(plain)) >= 2):
            return True
    return False


# --- sentences ------------------------------------------------------------------------------------------------


def sentence_hits(lines: Sequence[TextLine]) -> dict[int, list[Hit]]:
    """ "Forslag BU-22 hører under Børneudvalget." on a line of its own below a title, in a document's first lines."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        if _GREETING.match(line.plain):
            return {}
        kind = kind_of(line.plain) if is_sentence(line.plain) and "udvalg" in line.plain.casefold() else None
        rest = " ".join(line.plain.split()[len(kind.split()) :]).removeprefix("nr. ") if kind else ""
        code = NUMBER.match(rest) if _CODE.match(rest) else None
        if code and title_above(lines, 0, index):
            return {index: [Hit("number", f"kind:{kind}", -1, code[0].strip(), index)]}
    return {}


def is_sentence(plain: str) -> bool:
    """A line that ends as a sentence does."""
    return len(plain) <= LONGEST_TITLE and plain.endswith(".") and len(plain.split()) > 3


# --- above the fields -----------------------------------------------------------------------------------------


def title_above(lines: Sequence[TextLine], first: int, stop: int) -> str | None:
    """The title among ``lines[first:stop]``, nearest above a form's fields: no place, kind, running head or row.

    A line that runs on from the one above it is joined to it.
    """
    index = stop - 1
    if index < max(first, stop - HEAD_LINES):
        return None
    plain = lines[index].plain
    if index - 1 >= first and not lines[index].blank_before and _open(lines[index - 1].plain, plain):
        index, plain = index - 1, f"{lines[index - 1].plain} {plain}"
    return plain if is_title_line(plain) else title_above(lines, first, index) if is_passed(plain) else None


def _open(above: str, below: str) -> bool:
    return below[:1].islower() or above.endswith((",", " og", " i", " af", " til", " på", " for", " med"))


def is_title_line(plain: str) -> bool:
    """A line that can be a proposal's title where no label says so."""
    return (
        len(plain) <= LONGEST_TITLE
        and "|" not in plain
        and ":" not in plain
        and is_title(plain)
        and not is_row(plain)
        and not is_contents_line(plain)
        and not _OWNER.search(plain)
        and not _GREETING.match(plain)
        and kind_of(plain) is None
    )


def is_passed(plain: str) -> bool:
    """A line of the head between the title and the fields: the kind of form, a year, a place, a running head."""
    return kind_of(plain) is not None or _OWNER.search(plain) is not None
