"""Figures that stand in several places are counted once: summaries, reprints, copies, versions.

Two parts are the same proposal by number and title, which may be touched up, or by a title alone where one of them
prints no number. Nothing is taken for a copy that names itself otherwise.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from pipeline.catalogues.known import SHORTEST_TITLE, NumberKey, number_key, same_title, title_key
from pipeline.figures.details import TELLING, digits, leave_out_details
from pipeline.figures.editions import leave_out_older_editions
from pipeline.figures.model import GROSS, Figure, Level, Reason, Stage
from pipeline.figures.unmatched import unmatched
from pipeline.headings import fold
from pipeline.lexicon import rows
from pipeline.proposals.labels import NUMBER

FEWEST = 4
"""A table of fewer figures is not known by them alone."""
DISTINCT = 3
"""So many different figures it must have, for round ones are printed everywhere."""
NEAR = 0.85
"""So much of two titles under one number must be the same for them to be versions, of 1."""
SUMMED = frozenset({"net", "total"})
LONG_TITLE = 12
"""A row without a number names a proposal only by a title of so many letters, printed in full."""

_CAPTION_WORD = re.compile(r"[^\W_]+")
_ANY_TABLE = re.compile(
    r"økonomi\w*|konsekvens\w*|budget\w*|oversigt\w*|sam(?:let|lede)|resume|sammenfatning|sammendrag|opsummering|"
    r"forslag\w*|beløb\w*|virkning\w*|nøgletal|hovedtal|i|og|over|for|af|pr|alt|total|netto|mio|kr|dkk|t|hele|kroner|"
    r"priser|pl|pris\w*|(?:19|20)\d\d|1|000|de|det|den|samt|på"
)

FigureKey = tuple[str, str, str | None, str, int | None, str | None]
Place = tuple[str, int]


def count_once(figures: Sequence[Figure], *, by_document: bool = False) -> None:
    """Marks (``left_out``, ``told``) what repeats another figure of these. Those left out already count for nothing.

    ``by_document``: sums are kept apart by document, so that versions may stand of which none is known to be newest.
    """
    live = [figure for figure in figures if figure.left_out is None]
    parts = _by_place(live)
    _leave_out_reprints(parts)
    _leave_out_messages(parts)
    _leave_out_versions(parts, by_document=by_document)
    if not by_document:
        leave_out_older_editions(figures)
    _leave_out_tables(parts)
    _leave_out_lists(parts)
    leave_out_details(live)


def _by_place(figures: Iterable[Figure]) -> dict[Place, list[Figure]]:
    found: dict[Place, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[figure.place].append(figure)
    return dict(found)


def _leave_out(figures: Iterable[Figure], reason: Reason, told: str) -> None:
    for figure in figures:
        if figure.left_out is None:
            figure.left_out, figure.told = reason, told


# --- the same row again in a part -------------------------------------------------------------------------------


def _leave_out_reprints(parts: dict[Place, list[Figure]]) -> None:
    """A row that is printed again in another table of its part.

    Where the rows of both tables tell otherwise, one is of another thing ("Skoler", "Dagtilbud"), and short or round
    figures in both are equal by chance. So it is where their captions differ.
    """
    for figures in parts.values():
        seen: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        tables = _own_rows(figures)
        for row in _rows(figures):
            first = row[0]
            said = tuple((figure.year, figure.column, figure.value) for figure in row)
            alike = seen[fold(first.label), first.group, first.role, first.unit, said]
            telling = any(digits(figure) >= TELLING for figure in row)
            near = (each for each in alike if not _are_captioned_apart(each, first))
            before = next((each for each in near if telling or not _contradict(tables, each, first)), None)
            if before is None:
                alike.append(first)
            elif before.table != first.table:
                _leave_out(row, Reason.REPEATED, before.spot)


def _own_rows(figures: Iterable[Figure]) -> dict[int, dict[object, set[Decimal]]]:
    """What the rows of each table say that are no sums: those of two tables may be called alike and sum up others."""
    found: dict[int, dict[object, set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for figure in figures:
        if figure.level in GROSS and figure.role not in SUMMED:
            key = (fold(figure.label), figure.group, figure.role, figure.unit, figure.stage, figure.price_level)
            found[figure.table][(*key, figure.year, figure.column)].add(figure.value)
    return found


def _are_captioned_apart(one: Figure, other: Figure) -> bool:
    """Whether the captions of both tables name different things, "Skoler" and "Dagtilbud": "Økonomi" names none."""
    captions = _subject(one.caption), _subject(other.caption)
    return all(captions) and captions[0] != captions[1]


@cache
def _subject(caption: str | None) -> str:
    """What the words of a caption name; "" for those that stand over any table, as "Samlet økonomi (1.000 kr.)"."""
    words = _CAPTION_WORD.findall(fold(caption or ""))
    return "" if all(_ANY_TABLE.fullmatch(word) for word in words) else " ".join(words)


def _contradict(tables: dict[int, dict[object, set[Decimal]]], one: Figure, other: Figure) -> bool:
    """Whether a row of the one's table is printed with another value in the other's."""
    own, others = tables[one.table], tables[other.table]
    return any(own[key].isdisjoint(others[key]) for key in own.keys() & others.keys())


def _rows(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.table, figure.line].append(figure)
    yield from rows.values()


# --- the same message, the same proposal ------------------------------------------------------------------------


def _leave_out_messages(parts: dict[Place, list[Figure]]) -> None:
    """A message that is quoted in several threads: the first of them counts."""
    first: dict[str, Figure] = {}
    for figures in parts.values():
        mark = figures[0].fingerprint
        if mark and first.setdefault(mark, figures[0]).place != figures[0].place:
            _leave_out(figures, Reason.COPY, first[mark].spot)


def _leave_out_versions(parts: dict[Place, list[Figure]], *, by_document: bool) -> None:
    for same in same_proposals(list(parts.values())):
        if len(same) < 2:
            continue
        keys = [_figure_keys(figures) for figures in same]
        if all(agree(one, other) for n, one in enumerate(keys) for other in keys[n + 1 :]):
            kept = max(range(len(same)), key=lambda n: (len(keys[n]), -n))
            for n, figures in enumerate(same):
                if n != kept:
                    _leave_out(figures, Reason.COPY, same[kept][0].spot)
            continue
        newest = _newest(same)
        if newest is None and by_document and len({figures[0].sha256 for figures in same}) == len(same):
            continue
        for n, figures in enumerate(same):
            if newest is None:
                others = ", ".join(other[0].spot for m, other in enumerate(same) if m != n)
                _leave_out(figures, Reason.VERSIONS, others)
            elif n != newest:
                _leave_out(figures, Reason.OLDER, same[newest][0].spot)


def _newest(same: Sequence[Sequence[Figure]]) -> int | None:
    """The one with the latest date, None where one has none or two share it."""
    dates = [figures[0].date for figures in same]
    told = [date for date in dates if date is not None]
    if len(told) < len(dates) or dates.count(max(told)) > 1:
        return None
    return dates.index(max(told))


def same_proposals(parts: Sequence[Sequence[Figure]]) -> list[list[Sequence[Figure]]]:
    """The parts that are one proposal, together; each of ``parts`` is the figures of one, in the order given."""
    groups: list[list[Sequence[Figure]]] = []
    known: dict[object, list[list[Sequence[Figure]]]] = defaultdict(list)
    for figures in parts:
        keys = _names(figures[0])
        near = [group for key in keys for group in known[key]]
        found = next((group for group in near if all(_may_be_same(figures[0], other[0]) for other in group)), None)
        if found is not None:
            found.append(figures)
        elif keys:
            groups.append([figures])
            for key in keys:
                known[key].append(groups[-1])
    return groups


def _names(figure: Figure) -> list[object]:
    """By what a proposal is looked up: its title, and its number; nothing where it has no title of its own."""
    return names_of(figure.part_title, figure.number) if figure.part_kind == "proposal" else []


def names_of(title: str | None, number: str | None) -> list[object]:
    """What a proposal of this title and number is looked up by: proposals that share none are never one."""
    own = _named(title, number)
    if own is None:
        return []
    return [own, number_key(number)] if number else [own]


def _own_title(figure: Figure) -> str | None:
    """The key of a proposal's title; None for what is no proposal or is called by its number only."""
    return _named(figure.part_title, figure.number) if figure.part_kind == "proposal" else None


def _named(title: str | None, number: str | None) -> str | None:
    if not title or title == number:
        return None
    key = title_key(title)
    named = len(key) >= SHORTEST_TITLE and key.strip("0123456789") not in _kinds()
    return key if named else None


@cache
def _kinds() -> frozenset[str]:
    """What is no name of a proposal: "Budgetforslag 2026" stands over each of them."""
    return frozenset(title_key(row["word"]) for row in rows("proposal_kinds"))


def _may_be_same(one: Figure, other: Figure) -> bool:
    """Whether number and municipality are the same, where both print them, and the titles, or nearly with a number."""
    if one.place == other.place or not _of_one_place(one, other):
        return False
    if one.sha256 == other.sha256 and not (one.number and other.number):
        return False  # a form without numbers may have one title over each of its pages
    titles = _own_title(one) or "", _own_title(other) or ""
    if one.number and other.number:
        same = number_key(one.number) == number_key(other.number)
        return same and (titles[0] == titles[1] or _is_near(*titles))
    return titles[0] == titles[1]


def _is_near(one: str, other: str) -> bool:
    """Whether a title was only touched up: the digits in it are the same, and most letters."""
    if [char for char in one if char.isdigit()] != [char for char in other if char.isdigit()]:
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def _figure_keys(figures: Iterable[Figure]) -> dict[FigureKey, Decimal]:
    return {(f.stage.value, fold(f.label), f.role, f.unit or "", f.year, f.column): f.value for f in figures}


def agree(one: dict[FigureKey, Decimal], other: dict[FigureKey, Decimal]) -> bool:
    """Whether two sets of figures share some, and those are equal, and the smaller has no figure of its own."""
    shared = one.keys() & other.keys()
    return len(shared) == min(len(one), len(other)) > 0 and all(one[key] == other[key] for key in shared)


# --- the same table elsewhere -----------------------------------------------------------------------------------


def _leave_out_tables(parts: dict[Place, list[Figure]]) -> None:
    """A table with all the figures of one in another document, such as a proposal's table pasted into a mail."""
    seen: dict[frozenset[object], list[Figure]] = defaultdict(list)
    for figures in _tables(parts):
        said = frozenset((key, value) for key, value in _figure_keys(figures).items())
        if len(said) < FEWEST or len({value for _, value in said}) < DISTINCT:
            continue
        first = figures[0]
        before = next((other for other in seen[said] if other.sha256 != first.sha256 and _unnamed(other, first)), None)
        if before is not None:
            _leave_out(figures, Reason.COPY, before.spot)
        seen[said].append(first)


def _tables(parts: dict[Place, list[Figure]]) -> Iterator[list[Figure]]:
    """The tables of proposals first: a copy elsewhere is the one that is left out."""
    tables: dict[tuple[Place, int], list[Figure]] = defaultdict(list)
    for place, figures in parts.items():
        for figure in figures:
            if figure.left_out is None:
                tables[place, figure.table].append(figure)
    yield from sorted(tables.values(), key=lambda figures: figures[0].part_kind != "proposal")


def _unnamed(one: Figure, other: Figure) -> bool:
    """Whether nothing that both print of themselves tells them apart."""
    if not _of_one_place(one, other):
        return False
    titles = [title for figure in (one, other) if (title := _own_title(figure))]
    if len(titles) == 2:
        return titles[0] == titles[1] and _may_be_same(one, other)
    return not (one.number and other.number)


# --- summaries --------------------------------------------------------------------------------------------------


def _leave_out_lists(parts: dict[Place, list[Figure]]) -> None:
    """The rows of summaries whose proposals have tables of their own, and the sums of such summaries.

    Where most rows of a summary are such, the others may be of proposals that are counted, under another name.
    """
    counted = {place: figures[0] for place, figures in parts.items() if figures[0].part_kind == "proposal"}
    known = KnownProposals(counted.values())
    bases = {place: {figure.year for figure in parts[place] if figure.stage is Stage.BUDGET} for place in counted}
    for figures in parts.values():
        if figures[0].part_kind == "proposal":
            continue
        by_table: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures:
            by_table[figure.table].append(figure)
        for table in by_table.values():
            listed = [(figure, behind) for figure in table if (behind := _behind(figure, counted, known, bases))]
            for figure, behind in listed:
                _leave_out([figure], Reason.LISTED, behind)
            if len({figure.line for figure, _ in listed}) > 1:
                columns = {(figure.year, figure.column) for figure, _ in listed}
                sums = (f for f in table if f.level is Level.SUM and (f.year, f.column) in columns)
                _leave_out(sums, Reason.LISTED, listed[0][1])
                _leave_out((f for f in unmatched(table) if (f.year, f.column) in columns), Reason.UNMATCHED, "")


def _behind(
    figure: Figure, counted: dict[Place, Figure], known: KnownProposals, bases: dict[Place, set[int | None]]
) -> str | None:
    """Where the proposal of a summary's row prints its own figures: in the same document, whatever is asked for.

    A base year ("Budget 2025") that the proposal does not print is the summary's own.
    """
    own = known.named(figure) if figure.lists is None else counted.get((figure.sha256, figure.lists))
    if own is None:
        return None if figure.lists is None else figure.path
    if figure.stage is Stage.BUDGET and figure.year not in bases[own.place]:
        return None
    return own.spot


class KnownProposals:
    """The proposals whose figures are counted, as the rows of summaries in other documents name them."""

    def __init__(self, proposals: Iterable[Figure]) -> None:
        self._by_number: dict[NumberKey, list[Figure]] = defaultdict(list)
        self._by_title: dict[str, list[Figure]] = defaultdict(list)
        for proposal in proposals:
            if proposal.number:
                self._by_number[number_key(proposal.number)].append(proposal)
            if title := _own_title(proposal):
                self._by_title[title].append(proposal)

    def named(self, row: Figure) -> Figure | None:
        """The proposal that a row is about: by number and title in its row, or by a long title alone."""
        return next(iter(self.all_named(row)), None)

    def all_named(self, row: Figure) -> list[Figure]:
        """A figure of each proposal that a row may be about: several, where it has versions."""
        number, printed = _in_row(row)
        choices: list[Figure] = []
        if number is not None:
            title = title_key(printed)
            numbered = self._by_number.get(number_key(number), [])
            choices = [each for each in numbered if title and same_title(title, _own_title(each) or "-")]
        if not choices and len(key := title_key(row.label)) >= LONG_TITLE:
            choices = self._by_title.get(key, [])
        return [each for each in choices if _of_one_place(each, row)]


def _in_row(row: Figure) -> tuple[str | None, str]:
    """The number that a row names a proposal by, in a column of its own or before the title, and the title."""
    match = NUMBER.match(row.label)
    if row.listed is not None and match is None:
        return row.listed, row.label
    return (match[0], row.label[match.end() :]) if match else (None, row.label)


def _of_one_place(one: Figure, other: Figure) -> bool:
    """Whether both are of one municipality, as far as they say."""
    return not (one.municipality and other.municipality) or one.municipality == other.municipality
