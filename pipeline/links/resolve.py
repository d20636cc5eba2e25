"""Which papers a reference points to, by its number and by what is known on both sides; never a guess.

A reference and a paper of two municipalities are never joined. What is left equal is given as candidates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec

from corpus.store.keys import MINUTES_A_DAY
from corpus.store.links import PaperRow, PointerRow
from pipeline.links.library import Days, Library
from pipeline.links.model import State
from pipeline.links.words import title_words

NEAR_DAYS = 31
"""An agenda item without a printed day is of a meeting at most so many days from its paper's own day."""
LATER_DAYS = 365
"""An agreement or a catalogue that is named may come later than its name, but not by more."""
BUDGET_MONTH = 8
"""From August on the talk is of next year's budget; before it may be of this year's."""


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """What a reference points to. ``more``: under the number are more papers than were looked at."""

    state: State
    by: str | None = None
    reason: str | None = None
    papers: list[PaperRow] = []
    more: bool = False


OF_BUDGET = ("proposal", "agreement", "catalogue")
"""Kinds of papers that are of one budget."""

EXTERNAL = Resolution(state="external", by="what is the state's is not looked for in the workspace")
NO_NUMBER = Resolution(state="unclear", reason="it has no number that one paper is filed under")


def resolve(library: Library, pointer: PointerRow) -> Resolution:
    """Look up what a reference points to."""
    return _RULES[pointer.kind](library, pointer)


# --- cases ------------------------------------------------------------------------------------------------------


def _case(library: Library, pointer: PointerRow) -> Resolution:
    """All papers of the case but the one it stands in."""
    found, more = library.papers("case", pointer.key, pointer.municipality)
    others = _others(found, pointer)
    if not others:
        return _itself(found, "case number") if found else _dangling(library, pointer, "case")
    if pointer.municipality is None and len({paper.municipality for paper in others} - {None}) > 1:
        return _ambiguous(others, "case number", "municipalities share the number", more)
    return Resolution(state="resolved", by="case number", papers=others, more=more)


# --- proposals --------------------------------------------------------------------------------------------------


def _proposal(library: Library, pointer: PointerRow) -> Resolution:
    found, more = library.papers("proposal", pointer.key, pointer.municipality)
    itself = [paper for paper in found if _is_same_part(paper, pointer) and _is_of_named_year(paper, pointer)]
    if itself:
        return _itself(itself, "proposal number")
    if not found and not pointer.key.isdecimal():
        return _dangling(library, pointer, "proposal")
    fitting = [paper for paper in found if _year_fits(paper, pointer)]
    inside = [paper for paper in fitting if paper.sha256 == pointer.sha256]
    if inside:
        return _one_or_several(inside, "proposal number, same document", _other_title(pointer, inside), more)
    if pointer.key.isdecimal():
        return Resolution(state="unclear", reason="a bare number counts in one list only")
    if not fitting:
        years = ", ".join(str(year) for year in sorted({paper.year for paper in found if paper.year}))
        return Resolution(state="dangling", reason=f"the number is there of budget {years} only")
    by = ["proposal number"]
    theirs = [paper for paper in fitting if paper.municipality == pointer.municipality] if pointer.municipality else []
    if theirs:
        by.append(f"municipality {pointer.municipality}")
    nearest, told = _nearest(theirs or fitting, pointer)
    return _one_or_several(nearest, ", ".join([*by, *told]), _doubt(pointer, nearest), more)


def _is_of_named_year(paper: PaperRow, pointer: PointerRow) -> bool:
    """ "BSU07 in Budget 2024" in BSU07 of 2026 is another."""
    return None in (paper.year, pointer.year) or paper.year == pointer.year


def _year_fits(paper: PaperRow, pointer: PointerRow) -> bool:
    """A year that is named holds; without one, nobody speaks of a budget later than next year's."""
    if paper.year is None:
        return True
    if pointer.year is not None:
        return paper.year == pointer.year
    written = written_on(pointer)
    return written is None or paper.year <= written.year + 1


def _nearest(papers: Sequence[PaperRow], pointer: PointerRow) -> tuple[list[PaperRow], list[str]]:
    """Those of the budget year that is nearest to what the reference's day lets expect, and what says so."""
    if pointer.year is not None:
        return list(papers), [f"budget year {pointer.year}"]
    expected = _expected(pointer)
    if not expected or any(paper.year is None for paper in papers):
        return list(papers), []
    distances = [min(abs((paper.year or 0) - year) for year in expected) for paper in papers]
    near = [paper for paper, distance in zip(papers, distances, strict=True) if distance == min(distances)]
    return near, [f"budget year {near[0].year}, written {written_on(pointer)}"]


def _expected(pointer: PointerRow) -> set[int]:
    """The budget years that are spoken of on the day of writing; none where that is not known."""
    written = written_on(pointer)
    if written is None:
        return set()
    return {written.year + 1} if written.month >= BUDGET_MONTH else {written.year, written.year + 1}


def _doubt(pointer: PointerRow, papers: Sequence[PaperRow]) -> str | None:
    """Why a paper of the number is not surely the one that is meant, though it is the only one."""
    years = {paper.year for paper in papers if paper.year}
    expected = _expected(pointer)
    if pointer.year is None and expected and years and not years & expected:
        meant = " or ".join(map(str, sorted(expected)))
        return f"numbers are used again every year: it is there of budget {max(years)}, and {meant} may be meant"
    return _other_title(pointer, papers)


def _other_title(pointer: PointerRow, papers: Sequence[PaperRow]) -> str | None:
    """Numbers are used again: a title of some words beside the number must share one with that of the paper."""
    printed = set(title_words(pointer.title))
    shared = any(printed & set(title_words(paper.title)) for paper in papers)
    told = len(printed) > 1 and all(len(title_words(paper.title)) > 1 for paper in papers)
    return "another title is printed beside the number" if told and not shared else None


# --- budgets ----------------------------------------------------------------------------------------------------


def _budget(library: Library, pointer: PointerRow) -> Resolution:
    """The agreement or the catalogue of that year and municipality; "Budget 2024" names either.

    The budget that a proposal, an agreement or a catalogue is itself of is no other paper.
    """
    own = _own_budget(library, pointer) if pointer.kind == "budget" else []
    if own:
        return _itself(own, "its own budget")
    kinds = (pointer.kind,) if pointer.kind != "budget" else ("agreement", "catalogue")
    looked = [library.papers(kind, pointer.key, pointer.municipality) for kind in kinds]
    found = [paper for papers, _ in looked for paper in papers]
    others = [paper for paper in found if paper.sha256 != pointer.sha256]
    more = any(over for _, over in looked)
    if found and not others:
        return _itself(found, "budget year")
    if not others:
        if pointer.kind == "budget":
            return Resolution(state="unclear", reason="it names a budget and no paper of it")
        return _dangling(library, pointer, pointer.kind)
    others = [paper for paper in others if not _is_later(paper, pointer)]
    if not others:
        state: State = "unclear" if pointer.kind == "budget" else "dangling"
        return Resolution(state=state, reason="what is there is later than the reference")
    sure = pointer.municipality is not None and all(paper.municipality for paper in others)
    reason = None if sure else "whose budget it is, is not known"
    by = f"{' or '.join(kinds)} of {pointer.key}" + (f", municipality {pointer.municipality}" if sure else "")
    return _one_or_several(others, by, reason, more)


def _own_budget(library: Library, pointer: PointerRow) -> list[PaperRow]:
    """The papers of the reference's own document that are of the budget which it names."""
    return [
        paper
        for paper in library.own(pointer.sha256)
        if paper.kind in OF_BUDGET and str(paper.year) == pointer.key and _is_mine(paper, pointer)
    ]


def _is_mine(paper: PaperRow, pointer: PointerRow) -> bool:
    return paper.kind != "proposal" or paper.part == pointer.part or pointer.part == 0


def _is_later(paper: PaperRow, pointer: PointerRow) -> bool:
    """Whether a paper is too late to be meant; one without a day is made from August of the year before its budget."""
    written = written_on(pointer)
    day = iso_day(paper.day) or (dt.date(paper.year - 1, BUDGET_MONTH, 1) if paper.year else None)
    allowed = NEAR_DAYS if pointer.kind == "budget" else LATER_DAYS
    return written is not None and day is not None and (day - written).days > allowed


# --- agenda items -----------------------------------------------------------------------------------------------


def _item(library: Library, pointer: PointerRow) -> Resolution:
    """The item of that number at the meeting that is named: by its day, else by its body and a few days around."""
    if pointer.day is None and pointer.body_key is None:
        return Resolution(state="unclear", reason="it names no meeting")
    days = None if pointer.day else _days_around(pointer)
    if pointer.day is None and days is None:
        return Resolution(state="unclear", reason="it names no day, and its paper has none")
    found, more = library.papers("agenda-item", pointer.key, pointer.municipality, days)
    if pointer.body_key:
        found = [paper for paper in found if paper.body_key in (None, pointer.body_key)]
    others = _others(found, pointer)
    if not others:
        return _itself(found, "agenda item") if found else _dangling(library, pointer, "agenda-item")
    when = f"of {pointer.day}" if pointer.day else f"within {NEAR_DAYS} days"
    by = f"agenda item, meeting {when}" + (", body" if pointer.body_key else "")
    meetings = {(paper.municipality, paper.body_key, paper.day) for paper in others}
    if len(meetings) > 1:
        return _ambiguous(others, by, "several meetings fit", more)
    if pointer.day is None:
        return _ambiguous(others, by, "no day is named, and another meeting may be meant", more)
    return Resolution(state="resolved", by=by, papers=others, more=more)  # its agenda and its minutes may be two papers


def _days_around(pointer: PointerRow) -> Days | None:
    written = written_on(pointer)
    if written is None:
        return None
    around = dt.timedelta(days=NEAR_DAYS)
    return (written - around).isoformat(), (written + around).isoformat()


# --- for all ----------------------------------------------------------------------------------------------------


def written_on(pointer: PointerRow) -> dt.date | None:
    """The day of the message, else of the document, in which the reference stands."""
    return day_of_minute(pointer.minute) or iso_day(pointer.date)


def day_of_minute(minute: int | None) -> dt.date | None:
    return None if minute is None else dt.date.fromordinal(max(minute // MINUTES_A_DAY, 1))


def iso_day(printed: str | None) -> dt.date | None:
    """An ISO day; None for less."""
    try:
        return dt.date.fromisoformat((printed or "")[:10])
    except ValueError:
        return None


def _is_same_part(paper: PaperRow, pointer: PointerRow) -> bool:
    return (paper.sha256, paper.part) == (pointer.sha256, pointer.part)


def _others(papers: Sequence[PaperRow], pointer: PointerRow) -> list[PaperRow]:
    return [paper for paper in papers if not _is_same_part(paper, pointer)]


def _itself(papers: Sequence[PaperRow], by: str) -> Resolution:
    return Resolution(state="itself", by=by, papers=list(papers))


def _ambiguous(papers: Sequence[PaperRow], by: str, reason: str, more: bool) -> Resolution:
    return Resolution(state="ambiguous", by=by, reason=reason, papers=list(papers), more=more)


def _one_or_several(papers: Sequence[PaperRow], by: str, doubt: str | None, more: bool) -> Resolution:
    """Papers of one title are prints of one paper; of others nothing says which is meant."""
    titles = {(tuple(title_words(paper.title)), paper.municipality, paper.year) for paper in papers}
    if len(papers) > 1 and (len(titles) > 1 or more):
        doubt = doubt or "several papers fit equally well"
    if doubt:
        return _ambiguous(papers, by, doubt, more)
    return Resolution(state="resolved", by=by, papers=list(papers), more=more)


def _dangling(library: Library, pointer: PointerRow, kind: str) -> Resolution:
    """Nothing of its municipality is filed under the number; that another's is, is told."""
    reason = "not in the workspace"
    if pointer.municipality and kind != "agenda-item":
        elsewhere, _ = library.papers(kind, pointer.key, None)
        owners = sorted({paper.municipality for paper in elsewhere if paper.municipality})
        if owners:
            reason = f"not in the workspace; the number is there for {', '.join(owners)}"
    return Resolution(state="dangling", reason=reason)


_RULES: dict[str, Callable[[Library, PointerRow], Resolution]] = {
    "case": _case,
    "proposal": _proposal,
    "agreement": _budget,
    "catalogue": _budget,
    "budget": _budget,
    "agenda-item": _item,
}
