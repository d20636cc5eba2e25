"""What a summary and the proposals of a catalogue lack of each other, and titles and numbers that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import AnyPart, Problem, Proposal
from corpus.problems import Code, problem
from corpus.reading import Reading
from pipeline.catalogues.entries import Entry, Summary, agrees
from pipeline.catalogues.figures import on
from pipeline.catalogues.known import Known, number_key, title_key, title_of
from pipeline.headings import is_row, text_lines
from pipeline.proposals.labels import NUMBER


def title_notes(summary: Summary) -> list[Problem]:
    """The titles, and beside a title the numbers, that are others than the proposal's own."""
    notes = []
    for entry in summary.entries:
        if entry.proposal is None:
            continue
        if entry.misnumbered:
            notes.append(_note(summary, entry, f'the proposal of this title is numbered "{entry.proposal.number}"'))
        elif summary.titled and entry.number and not agrees(entry):
            notes.append(_note(summary, entry, f'the proposal of this number is called "{entry.proposal.title}"'))
    return notes


def _note(summary: Summary, entry: Entry, said: str) -> Problem:
    assert entry.proposal is not None
    sentence = f'The summary{on(entry.page)} lists "{entry.name}"; {said}{on(entry.proposal.page_first)}.'
    return problem(Code.SUMMARY_MISMATCH, sentence, part=summary.table.part, page=entry.page)


def absences(
    reading: Reading, parts: Sequence[AnyPart], known: Known, summaries: Sequence[Summary]
) -> Iterator[Problem]:
    """Rows without a proposal, and proposals that a summary of all, or of their committee, lacks."""
    for summary in summaries:
        yield from _rows_alone(summary)
    for together in _stretches(parts, summaries):
        missing = _missing(known, together)
        if missing:
            printed = _Printed(reading, parts, together)
            yield from (_absent(together[0], part) for part in missing if not printed.holds(part, known))


def _rows_alone(summary: Summary) -> Iterator[Problem]:
    """The rows that name no proposal; where they are most, the document is an excerpt, and that is said once."""
    alone = [entry for entry in summary.entries if entry.proposal is None]
    if len(alone) * 2 > len(summary.entries):
        counted = f"has {len(summary.entries)} rows; of {len(alone)} no proposal was found"
        sentence = f"The summary{on(summary.table.page)} {counted}."
        yield problem(Code.SUMMARY_MISMATCH, sentence, part=summary.table.part, page=summary.table.page)
        return
    for entry in alone:
        sentence = f'The summary{on(entry.page)} lists "{entry.name}"; no proposal of that name was found.'
        yield problem(Code.SUMMARY_MISMATCH, sentence, part=summary.table.part, page=entry.page)


def _absent(summary: Summary, part: Proposal) -> Problem:
    name = " ".join(filter(None, (part.number, part.title if part.title != part.number else None)))
    sentence = f'The proposal "{name}"{on(part.page_first)} is not in the summary{on(summary.table.page)}.'
    return problem(Code.SUMMARY_MISMATCH, sentence, part=part.index, page=part.page_first)


def _stretches(parts: Sequence[AnyPart], summaries: Sequence[Summary]) -> list[list[Summary]]:
    """The summaries that stand together, without a proposal between them: one list over several tables."""
    found: list[list[Summary]] = []
    proposals = [part.index for part in parts if isinstance(part, Proposal)]
    before = None
    for summary in sorted(summaries, key=lambda summary: (summary.table.part, summary.table.page or 0)):
        behind = sum(index <= summary.table.part for index in proposals)
        if behind != before:
            found.append([])
        found[-1].append(summary)
        before = behind
    return found


def _missing(known: Known, together: Sequence[Summary]) -> list[Proposal]:
    """The proposals of the list's scope that it lacks: all proposals, or those of the one committee that it is about.

    A list of fewer than two in three of them is a choice, and lacks none.
    """
    covered = {index for summary in together for index in summary.covered()}
    committees = {part.committee for part in known.proposals if part.index in covered}
    named = [part for part in known.proposals if part.number or title_of(part)]
    scopes = [named]
    if len(committees) == 1 and None not in committees:
        scopes.append([part for part in named if part.committee in committees])
    for scope in scopes:
        missing = [part for part in scope if part.index not in covered]
        if len(covered) * 3 >= 2 * len(scope):
            return missing
    return []


class _Printed:
    """The rows printed on the pages of a list: one that no table holds is a row that was not read, and not missing."""

    def __init__(self, reading: Reading, parts: Sequence[AnyPart], together: Sequence[Summary]) -> None:
        pages = {page for summary in together for page in summary.table.pages}
        texts = [reading.text[page.start : page.end] for page in reading.pages if page.number in pages]
        if not pages:
            texts = [parts[index].text for index in sorted({summary.table.part for summary in together})]
        rows = [line.plain for text in texts for line in text_lines(text) if is_row(line.plain)]
        self.numbers = {number_key(match[0]) for row in rows if (match := NUMBER.match(row))}
        self.text = "\n".join(title_key(row) for row in rows)

    def holds(self, part: Proposal, known: Known) -> bool:
        if part.number and not self.numbers.isdisjoint(known.by_number):
            return number_key(part.number) in self.numbers
        titled = title_of(part)
        return titled in known.by_title and titled in self.text
