"""The state of a workspace for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus.store.state import PENDING
from pipeline.export.layout import aligned, counted, wrapped
from pipeline.export.safety import on_one_line

if TYPE_CHECKING:
    from corpus.store.coverage import Covered, DocumentCovered
    from corpus.store.entries import Counts
    from corpus.store.state import Run
    from pipeline.ingest.dry import Plan
    from pipeline.ingest.status import IndexState, Status

Lines = Iterator[tuple[str, str]]
LEFT_OUT = {
    "pages_without_text": ("page shows pictures only", "pages show pictures only"),
    "unread_members": ("attachment or member was not read", "attachments or members were not read"),
    "unread_pictures": ("picture, sound or font inside a document", "pictures, sounds or fonts inside documents"),
    "unclaimed_numbers": ("number is in no cell and no record", "numbers are in no cell and no record"),
    "cut": ("document was not read to its end", "documents were not read to their end"),
    "hidden_text": ("document holds text that nobody sees", "documents hold text that nobody sees"),
}
FIGURES = ("seen", "new", "changed", "moved", "back", "unreadable", "deleted", "documents", "indexed")
SAID = {"deleted": "gone"}
"""What is said of a figure where that is another word than its name in reports: Akt deletes nothing."""


def status_lines(found: Status, columns: int | None = None) -> str:
    """The state of a workspace in two columns; ``columns`` of a terminal are enough for both."""
    rows = [*_files(found), *_documents(found), *_left_out(found.coverage), *_problems(found), *_made(found)]
    return aligned(rows, columns)


def _files(found: Status) -> Lines:
    yield "workspace", on_one_line(found.workspace)
    if found.running:
        yield "running", f"{on_one_line(found.running)} writes to it now"
    yield "files", _counted(found.files)
    yield "stale", _stale(found)
    if found.files.waiting:
        cure = _cure(found, "`akt reindex`, or `akt ingest` again")
        yield "waiting", f"{counted(found.files.waiting, 'file waits', 'files wait')} for the index{cure}"
    if found.gone:
        yield "gone", f"{counted(found.gone, 'file is', 'files are')} no longer anywhere Akt has looked"
    for path in found.missing:
        yield "not there", f"{on_one_line(path)} (moved? ingest its new place, or itself)"
    if found.ner_model:
        yield "ner model", on_one_line(f"{found.ner_model} ({found.extractor})")


def _counted(files: Counts) -> str:
    inside = f"; {files.failed_inside} inside files failed" if files.failed_inside else ""
    return f"{files.seen} seen, {files.read} read, {files.failed} failed{inside}"


def _stale(found: Status) -> str:
    said = counted(found.files.stale, "file")
    return f"{said}{_cure(found, '`akt ingest` again')}" if found.files.stale else said


def _cure(found: Status, what: str) -> str:
    return " (a run is going on)" if found.running else f" (run {what})"


def _documents(found: Status) -> Lines:
    yield "documents", str(found.documents)
    yield from ((f"  {kind}", str(count)) for kind, count in found.kinds.items())
    yield "parts", str(found.parts)
    yield from ((f"  {kind}", str(count)) for kind, count in found.records.items())


def _left_out(covered: Covered) -> Lines:
    said = [each for _, each in not_accounted_for(covered)]
    if said:
        yield "left out", f"{said[0]} (see `akt status --coverage`)"
        yield from (("", each) for each in said[1:])


def not_accounted_for(covered: Covered) -> Lines:
    """What is not accounted for: the field, and a few words, of each thing of which there is any."""
    for name, (one, many) in LEFT_OUT.items():
        count = getattr(covered, name)
        if count:
            yield name, counted(count, one, many)


def _problems(found: Status) -> Lines:
    yield "problems", f"in {counted(found.with_problems, 'document')} (see `akt records problems`)"
    yield from ((f"  {code}", str(count)) for code, count in found.problems.items())


def _made(found: Status) -> Lines:
    for stage, states in found.stages.items():
        for state in states:
            if state.stale and state.version != PENDING:  # they are among those that wait
                yield f"old {stage}", f"{counted(state.documents, 'document')} by {on_one_line(state.version)}"
    yield "index", _index(found.index, running=bool(found.running))
    yield "last run", _told(found.last_run) if found.last_run else "never"
    if (found.untold.files or found.untold.failures) and not found.running:
        files, failed = counted(found.untold.files, "file"), counted(found.untold.failures, "failure")
        some = " and ".join([files] * bool(found.untold.files) + [failed] * bool(found.untold.failures))
        yield "untold", f"{some} that a run has found and no report has told: the next `akt ingest` does"
    yield from (("run" if not number else "", _told(run)) for number, run in enumerate(found.runs))


def _index(index: IndexState, *, running: bool) -> str:
    said = "up to date" if not index.waiting else counted(index.waiting, "document waits", "documents wait")
    if index.waiting and not running:
        said += " (run `akt reindex`)"
    if index.rebuilding and not running:
        said += "; a new one is half built (`akt reindex` goes on)"
    return f"{said}, {index.engine or 'none'}, {size(index.bytes)}"


def size(count: int) -> str:
    """So many bytes, as people say it: "3.4 MB"."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return counted(count, "byte")


def _told(run: Run) -> str:
    figures = run.figures or {}
    counts = ", ".join(f"{figures[name]} {SAID.get(name, name)}" for name in FIGURES if figures.get(name))
    return f"{run.finished or run.started} ({run.status})" + (f": {counts}" if counts else "")


OF_ONE = {"cut": "it was not read to its end", "hidden_text": "it holds text that nobody sees"}


def coverage_lines(documents: Iterable[DocumentCovered], columns: int) -> Iterator[str]:
    """A document on a line, with what of it is not accounted for; broken to ``columns``."""
    for document in documents:
        said = [OF_ONE.get(name, each) for name, each in not_accounted_for(document)]
        first, *rest = wrapped(f"{on_one_line(document.path)}: {', '.join(said)}", columns, "").split("\n")
        more = wrapped(" ".join(rest), columns).split("\n") if rest else []
        yield "".join(f"{line}\n" for line in (first, *more))


DO = {
    "new": "new", "changed": "changed", "moved": "moved", "compare": "to compare byte by byte",
    "read-again": "to read again, for the reader is new", "back": "back", "gone": "gone",
    "left-out": "left out", "unreadable": "unreadable",
}  # fmt: skip


def plan_lines(plan: Plan) -> Iterator[str]:
    """What would be done about each file, on a line."""
    for step in (*plan.steps, *plan.drop):
        place = f"{step.root.rstrip('/')}/{step.path}" if step.root else step.path
        reason = f" ({on_one_line(step.reason)})" if step.reason else ""
        yield f"{step.action:<10} {on_one_line(place)}{reason}\n"


def left_by_name(count: int) -> str:
    """So many files and folders are left out, and why."""
    left = counted(count, "file or folder is", "files or folders are")
    return f"{left} left out by name, as no documents (lock files, what systems leave behind)."


def plan_sums(plan: Plan, *, reindex: bool) -> Iterator[str]:
    """The sums of a plan in sentences."""
    do = DO | {"read-again": "to read again"} if plan.reread else DO
    counts = ", ".join(f"{plan.counts[name]} {said}" for name, said in do.items() if name in plan.counts)
    unchanged = f"{plan.unchanged} unchanged" if plan.unchanged else ""
    said = ", ".join(filter(None, (counts, unchanged)))
    yield f"{counted(plan.seen, 'file')}{f': {said}' if said else ''}."
    if plan.left_by_name:
        yield left_by_name(plan.left_by_name)
    if plan.extract:
        yield f"{counted(plan.extract, 'document')} would be extracted anew from what is stored."
    if reindex:
        yield "The whole index would be built anew."
    elif plan.index:
        yield f"{counted(plan.index, 'document')} would be indexed from the store."
    if plan.prune is not None and not plan.not_pruned:
        earlier = ", and what files that are changed held before" if {"changed", "compare"} & plan.counts.keys() else ""
        yield f"{counted(plan.prune, 'document')} would be dropped for good{earlier}."
    yield "Nothing was written."
