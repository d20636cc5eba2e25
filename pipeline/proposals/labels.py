"""The labels of a budget proposal form ("Nr.", "Udvalg", "Forslagsstiller" …) and what is printed beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.headings import TextLine, fold, known_headings
from pipeline.lexicon import rows

MOST_LABEL_WORDS = 5
LONGEST_VALUE = 200
LONGEST_LINE = 600
LONGEST_SENTENCE_WORDS = 3
TITLE_REACH = 15
LONGEST_TITLE = 90
"""A longer line under "Forslag" is prose."""

NUMBER = re.compile(
    r"(?:[A-ZÆØÅ][A-ZÆØÅa-zæøå&]{0,5}(?:[ .\-_/–]{1,2}[A-ZÆØÅ]{1,4})?[ .\-_/–]{0,2})?"
    r"\d{1,4}(?:[.\-/_]\d{1,4}){0,3}[a-zA-Z]?(?![\w,%])"
)
"""ISU42, BUU-07, ØK 12, A-1, SUN.03, SOU-D-03, 1.2, 23-004, 7b."""
YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?")
_YEAR = re.compile(r"(?<!\S)(?:19|20)\d\d(?!\S)")
_UNIT = re.compile(
    r"\W{0,3}(?:(?:alle )?(?:beløb|tal)(?: er)?(?: angivet)? )?(?:i )?"
    r"(?:1\.?000 kr|mio\.? ?kr|mill\.? ?kr|t\.? ?kr|hele kr)",
    re.IGNORECASE,
)
_HEADS = re.compile(r"(?:\s(?:19|20)\d\d){2,}$")
"""The headings of a table over the pages of a catalogue: "Nr. Titel 2027 2028"."""
_GAP = re.compile(r"\t| {2,}|\xa0{2,}")
_RULE_ROW = re.compile(r"[|:\-= ]+")
_NUMBER_WORD = re.compile(r"(?:nr|nummer|no)[.:]?\s+", re.IGNORECASE)
_POINTED = re.compile(r"\d{1,4}[a-z]? ?[:.–—-] +[A-ZÆØÅ]")
_PLACE = re.compile(
    r"(?:[A-ZÆØÅ][\w.]*(?:[ -][\w.]+){0,3} kommune|region [A-ZÆØÅ]\w+)\s?[:|·–—-]\s+(?=\S)", re.IGNORECASE
)
"""Who makes the proposal, before its kind: "Fjordby Kommune: Budgetforslag BU-15 Skolebusser"."""
_DIVIDED = re.compile(r"[:|·–—-]\s")
_PERIOD = re.compile(rf"(?:(?:til|for)\s+)?(?:budget(?:tet)?\s+)?{YEARS.pattern}\s?[:,;|·–—-]\s+(?=\S)", re.IGNORECASE)
"""The years of the budget, between the kind and the number: "Budgetforslag 2027: SS30 Aflastning"."""
_CODE = re.compile(r"[A-ZÆØÅ][A-ZÆØÅa-zæøå&]{0,5}[ .\-_/–]{0,2}\d")
_ENDS = " :."
_KIND_ENDS = ":.,-–"
_ALL_ENDS = _ENDS + _KIND_ENDS
_STRIPPED = frozenset("#>")
"""Marks that go from around a line before its labels are read."""
_DIVIDER = " \t:.-–—|"


@dataclass(frozen=True, slots=True)
class Hit:
    """A label on line ``index`` and the value on the same line, "" where there is none. ``rank``: low is preferred.

    ``whole``: the value is all that stands in its box; no other line belongs to it.
    """

    field: str
    label: str
    rank: int
    value: str
    index: int
    whole: bool = False


@cache
def labels() -> dict[str, list[tuple[str, int, bool]]]:
    """Folded label -> its fields, each with its rank in the list and whether it may stand without a colon."""
    table: dict[str, list[tuple[str, int, bool]]] = {}
    for rank, row in enumerate(rows("proposal_labels")):
        table.setdefault(fold(row["label"]), []).append((row["field"], rank, row["bare"] != "no"))
    return table


@cache
def first_words() -> frozenset[str]:
    """The words that labels begin with, folded."""
    return frozenset(label.split(" ", 1)[0].rstrip(_ENDS) for label in labels())


@cache
def code_labels() -> frozenset[str]:
    """Labels of a number that also stand before case numbers ("Sag 24/123"): only a code with letters is meant."""
    return frozenset(fold(row["label"]) for row in rows("proposal_labels") if row["bare"] == "code")


@cache
def kinds() -> frozenset[str]:
    """The names that forms give themselves, folded."""
    return frozenset(fold(row["word"]) for row in rows("proposal_kinds"))


@cache
def _kind_words() -> frozenset[str]:
    """The words that the kinds of forms begin with, folded."""
    return frozenset(kind.split(" ", 1)[0].rstrip(_KIND_ENDS) for kind in kinds())


def find_hits(text: str, lines: Sequence[TextLine]) -> dict[int, list[Hit]]:
    """The labels of each line that has any, by the line's index."""
    found: dict[int, list[Hit]] = {}
    for index, line in enumerate(lines):
        if len(line.plain) > LONGEST_LINE or index in found:
            continue
        if "|" in line.plain:
            hits, values_at = _row_hits(lines, index)
            if hits:
                found[values_at if values_at != index else index] = hits
            continue
        if _HEADS.search(line.plain) and ":" not in line.plain:
            continue
        raw = text[line.start : line.end]
        hits = (_kind_hit(line.plain, index) or _line_hits(raw, line.plain, index)) if _may_hit(raw, line.plain) else []
        if hits:
            found[index] = hits
    return _without_sections(lines, found)


def _may_hit(raw: str, plain: str) -> bool:
    """Whether a line may have a label: by its first word, as a line of text without mark-up and gaps has to show."""
    if raw != plain or plain[0] in _STRIPPED or plain[-1] in _STRIPPED:
        return True
    first = plain.partition(" ")[0].casefold().rstrip(_ALL_ENDS)
    return first in _opening_words() or _DIVIDED.search(plain) is not None


@cache
def _opening_words() -> frozenset[str]:
    """The words that labels and kinds of forms begin with, folded, without a mark at the end."""
    return frozenset(word.rstrip(_ALL_ENDS) for word in first_words() | _kind_words())


def _without_sections(lines: Sequence[TextLine], found: dict[int, list[Hit]]) -> dict[int, list[Hit]]:
    """The labels without those that head a section: "Forslag" over a sentence, or before one below a title."""
    kept: dict[int, list[Hit]] = {}
    titled = -TITLE_REACH
    for index in sorted(found):
        hits = found[index]
        (hit, *others) = hits
        ambiguous = not others and hit.label in known_headings()
        runs_in = hit.value.endswith(".") and index - titled < TITLE_REACH
        if ambiguous and (runs_in or _is_section(lines, index, hits)):
            continue
        if any(hit.field == "title" for hit in hits):
            titled = index
        kept[index] = hits
    return kept


def _is_section(lines: Sequence[TextLine], index: int, hits: Sequence[Hit]) -> bool:
    """ "Forslag" or "Tiltag" alone over a sentence, or a table's unit or years, is a heading; it labels no value."""
    if hits[0].value or lines[index].plain.endswith(":"):
        return False
    below = lines[index + 1].plain if index + 1 < len(lines) else ""
    over_table = _UNIT.match(below) is not None or len(set(_YEAR.findall(below))) > 1
    return below.endswith((".", "?", "!")) or len(below) > LONGEST_TITLE or over_table


def kind_of(plain: str) -> str | None:
    """The kind of form that a short line begins with ("Prioriteringsforslag"), None if it names none."""
    if not any(word.casefold().rstrip(_KIND_ENDS) in _kind_words() for word in plain.split(None, 1)[:1]):
        return None
    words = fold(plain).split()
    for count in range(min(MOST_LABEL_WORDS, len(words)), 0, -1):
        head = " ".join(words[:count]).rstrip(_KIND_ENDS)
        if head in kinds():
            return head
    return None


# --- one line -------------------------------------------------------------------------------------------------


def _line_hits(raw: str, plain: str, index: int) -> list[Hit]:
    """Labels at the line's beginning, after a wide gap, or anywhere before a colon."""
    bare = raw.strip("\t #>")
    parts = _GAP.split(bare) if "\t" in bare or "  " in bare or "\xa0\xa0" in bare else [bare]
    segments = [" ".join(part.replace("**", "").replace("__", "").split()) for part in parts]
    segments = [segment for segment in segments if segment]
    hits: list[Hit] = []
    position = 0
    while position < len(segments):
        following = segments[position + 1] if position + 1 < len(segments) else ""
        found = _segment_hits(segments[position], following, index)
        if found and not found[-1].value and following and not _segment_hits(following, "", index):
            last = found[-1]
            found[-1] = _valued(last.field, last.label, last.rank, following, index) or last
            position += 1
        hits += found
        position += 1
    return hits or _segment_hits(plain, "", index)


def _segment_hits(segment: str, following: str, index: int) -> list[Hit]:
    if segment.partition(" ")[0].casefold().rstrip(_ENDS) not in first_words():
        return []
    words = segment.split(" ")
    key, count = _label_at(words, 0)
    if key is None:
        return []
    colon = words[count - 1].endswith(":") or (count < len(words) and words[count] == ":")
    rest = words[count:]
    if rest[:1] == [":"]:
        rest = rest[1:]
    cut = _next_label(rest) if colon else len(rest)
    value = " ".join(rest[:cut]).strip(_DIVIDER[:2])
    hit = _chosen(key, value, colon, following, index)
    if hit is None:
        return []
    return [hit, *_segment_hits(" ".join(rest[cut:]), "", index)] if cut < len(rest) else [hit]


def _label_at(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """The longest label that begins at a word, and how many words it has."""
    if at >= len(words) or words[at].casefold().rstrip(_ENDS) not in first_words():
        return None, 0
    for count in range(min(MOST_LABEL_WORDS, len(words) - at), 0, -1):
        inner = words[at : at + count]
        if any(word.endswith(":") for word in inner[:-1]):
            continue
        key = fold(" ".join(inner))
        if key in labels():
            return key, count
    return None, 0


def label_length(plain: str) -> int:
    """How many of a line's first words are a label, whatever follows; 0 for none."""
    return _label_at(plain.split()[:MOST_LABEL_WORDS], 0)[1]


def label_words(plain: str) -> list[int]:
    """Where each label begins, by words, in a line of nothing but labels without colons; empty for any other line."""
    words = plain.split()
    found = []
    at = 0
    while at < len(words):
        key, count = _label_at(words, at)
        if key is None or words[at + count - 1].endswith(":"):
            return []
        found.append(at)
        at += count
    return found


def _next_label(words: Sequence[str]) -> int:
    """Where in the words a further label with a colon begins."""
    for at in range(1, len(words)):
        key, count = _label_at(words, at)
        if key is not None and words[at + count - 1].endswith(":"):
            return at
    return len(words)


def _chosen(key: str, value: str, colon: bool, following: str, index: int) -> Hit | None:
    """The field that fits the value, among those the label may stand for."""
    for field, rank, bare in labels()[key]:
        if value and not colon and not (bare and _looks_like_value(key, value)):
            continue
        if not value and not colon and not bare and not following:
            continue
        hit = _valued(field, key, rank, value, index)
        if hit is not None:
            return hit
    return None


def _valued(field: str, label: str, rank: int, value: str, index: int) -> Hit | None:
    if len(value) > LONGEST_VALUE:
        return None
    if field == "number" and value and (read_number(value) is None or (label in code_labels() and value[0].isdigit())):
        return None
    return Hit(field, label, rank, value, index)


def _looks_like_value(label: str, value: str) -> bool:
    """No sentence; after a word that heads sections too ("Forslag BU-22 hører under …") not even a short one."""
    longest = LONGEST_SENTENCE_WORDS if label in known_headings() else LONGEST_LINE
    sentence = value.endswith(".") and (len(value) > 60 or len(value.split()) > longest)
    return not value[0].islower() and not sentence


def read_number(value: str) -> tuple[str, str] | None:
    """A proposal number at the beginning of a value, and the title printed after it, if any; None for a year.

    "KFU-07. Behandles i Kulturudvalget." is a number and a sentence, which is no title.
    """
    match = NUMBER.match(value)
    if match is None or YEARS.fullmatch(match[0]):
        return None
    divider = value[match.end() :]
    rest = divider.strip(_DIVIDER)
    if divider[:1] == "." and value.endswith("."):
        return match[0].strip(), ""
    if rest and not (rest[0].isupper() or rest[0] in "\"'«”0123456789"):
        return None
    return match[0].strip(), rest


def _kind_hit(plain: str, index: int) -> list[Hit]:
    """ "Effektiviseringsforslag nr. 12: Færre vikarer" gives number 12; the title comes with the value."""
    if len(plain) > LONGEST_VALUE:
        return []
    place = _PLACE.match(plain) if _DIVIDED.search(plain) else None
    plain = plain[place.end() :] if place else plain
    kind = kind_of(plain)
    if kind is None:
        return []
    rest = _without_period(" ".join(plain.split()[len(kind.split()) :]).lstrip(_DIVIDER))
    said = _NUMBER_WORD.match(rest)
    rest = rest[said.end() :] if said else rest
    if (
        not rest
        or read_number(rest) is None
        or (not said and kind == "forslag" and rest[0].isdigit() and len(rest) > 4 and not _POINTED.match(rest))
    ):
        return []
    if not said and read_number(rest) == (rest, "") and rest.isdigit() and len(rest) == 4:
        return []
    return [Hit("number", "kind:" + kind, -1, rest, index)]


def _without_period(rest: str) -> str:
    """What stands behind a kind without the years before its number, if a code or "nr." follows them."""
    period = _PERIOD.match(rest)
    after = rest[period.end() :] if period else ""
    return after if _CODE.match(after) or _NUMBER_WORD.match(after) else rest


# --- rows of a pipe table -------------------------------------------------------------------------------------


def cells_of(plain: str) -> list[str]:
    """The cells of a row between pipes."""
    return [cell.strip() for cell in plain.strip().strip("|").split("|")]


def _row_hits(lines: Sequence[TextLine], index: int) -> tuple[list[Hit], int]:
    """Labels beside their values ("| Nr. | 12 |"), or a row of labels over a row of values."""
    cells = cells_of(lines[index].plain)
    known = [fold(cell) in labels() for cell in cells]
    filled = [i for i, cell in enumerate(cells) if cell]
    if len(filled) >= 2 and all(known[i] for i in filled):
        below = next((i for i in range(index + 1, min(index + 3, len(lines))) if not is_rule_row(lines[i].plain)), None)
        if below is None or "|" not in lines[below].plain:
            return [], index
        values = cells_of(lines[below].plain)
        pairs = [(cells[i], values[i] if i < len(values) else "") for i in filled]
        return paired(pairs, below), below
    pairs = []
    i = 0
    while i < len(cells):
        if known[i]:
            pairs.append((cells[i], cells[i + 1] if i + 1 < len(cells) else ""))
            i += 1
        elif ":" in cells[i] and fold(cells[i].partition(":")[0]) in labels():
            pairs.append((cells[i].partition(":")[0], cells[i].partition(":")[2].strip()))
        i += 1
    return paired(pairs, index), index


def paired(pairs: Sequence[tuple[str, str]], index: int) -> list[Hit]:
    """The labels with the values that stand in the cells beside or below them."""
    hits = []
    for label, value in pairs:
        for field, rank, _ in labels()[fold(label)]:
            hit = _valued(field, fold(label), rank, value, index)
            if hit is not None:
                hits.append(hit)
                break
    return hits


def is_rule_row(plain: str) -> bool:
    """The row of dashes under a pipe table's heading."""
    return _RULE_ROW.fullmatch(plain) is not None
