"""A run in sentences, on stderr."""

from __future__ import annotations

from pathlib import Path

from corpus.workspace import Workspace
from pipeline.cli.output import talk
from pipeline.export.rows import TYPE_WORDS
from pipeline.export.tables import shown_path
from pipeline.ingest.report import Report

LISTED = 20
LISTED_IN_PART = 5


def tell(report: Report, workspace: Workspace, *, by_paths: bool) -> None:
    """Say what a run did, what failed, and what was not taken."""
    for path in report.gone:
        kept = "It stays in the store, and is found again when it is back or ingested from its new place."
        talk(f"{path} is no longer there: what was in it is marked as gone. {kept}")
    for path, held in report.emptied.items():
        state = "is empty now" if Path(path).is_dir() else "is not there now"
        talk(
            f"akt: {path} {state} and held {amount(held, 'document')} at the last run: is it mounted? "
            "Nothing of it was changed; run with --gone to mark them as gone."
        )
    if by_paths:
        _tell_figures(report)
    if report.documents:
        talk(f"Read {amount(report.documents, 'document')} in {amount(report.parts, 'part')}; {_records(report)}.")
    if report.indexed:
        talk(f"The index in {workspace.root} is up to date.")
    for skipped in [entry for entry in report.not_taken if not entry.failed][:LISTED]:
        talk(f"Left out: {skipped.path}: {skipped.reason}")
    if report.problems:
        have = "document has" if report.problems == 1 else "documents have"
        talk(f"{report.problems} {have} problems: see `akt records problems`.")
    _tell_in_part(report)
    tell_failures(report)
    if report.interrupted:
        talk("Stopped. What is read is kept and can be searched; the same command goes on from here.")


def _tell_figures(report: Report) -> None:
    """How many files, and what came of each of them."""
    counted = ("new", "changed", "moved", "unchanged", "unreadable")
    figures = {name: getattr(report, name) for name in counted}
    rest = report.seen - sum(figures.values())
    figures |= {"not reached" if report.interrupted else "left": max(rest, 0), "deleted": report.deleted}
    said = ", ".join(f"{count} {name}" for name, count in figures.items() if count)
    if said:
        talk(f"{amount(report.seen, 'file')}: {said}.")


def _tell_in_part(report: Report) -> None:
    """Name what was not read to its end, or not in all its pages and members; that is no failure."""
    found = report.in_part
    if not found:
        return
    talk(f"{amount(len(found), 'document')} {'was' if len(found) == 1 else 'were'} read in part only:")
    for document in found[:LISTED_IN_PART]:
        talk(f"  {shown_path(document)}: {document.reason}")
    if len(found) > LISTED_IN_PART:
        talk(f"  … and {len(found) - LISTED_IN_PART} more: see `akt records problems`.")


def tell_failures(report: Report) -> None:
    """List what failed, the first of it when it is much."""
    if not report.failures:
        return
    files = amount(report.failed_files, "file") if report.failed_files else ""
    inside = f"{amount(report.failed_inside, 'document')} inside files" if report.failed_inside else ""
    talk(f"{' and '.join(filter(None, (files, inside)))} failed:")
    for failed in report.failures[:LISTED]:
        talk(f"  {shown_path(failed)}: {failed.reason}")
    if len(report.failures) > LISTED:
        talk(f"  … and {len(report.failures) - LISTED} more: see `akt failures`.")


def amount(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _records(report: Report) -> str:
    words = {singular: plural for plural, singular in TYPE_WORDS.items()}
    found = [f"{count} {kind if count == 1 else words[kind]}" for kind, count in report.records.items()]
    return "found " + ", ".join(found) if found else "found no records"
