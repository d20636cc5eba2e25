"""A run in sentences, on stderr."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.store.entries import FailedFile
from corpus.workspace import Workspace
from pipeline.cli.output import talk
from pipeline.export.rows import TYPE_WORDS
from pipeline.ingest.report import Report

LISTED = 20


def tell(report: Report, workspace: Workspace, *, by_paths: bool) -> None:
    """Say what a run did, what failed, and what was not taken."""
    if by_paths and report.seen:
        counted = ("new", "changed", "moved", "unchanged", "deleted")
        figures = ", ".join(f"{getattr(report, name)} {name}" for name in counted if getattr(report, name))
        talk(f"{amount(report.seen, 'file')}: {figures}.")
    if report.documents:
        talk(f"Read {amount(report.documents, 'document')} in {amount(report.parts, 'part')}; {_records(report)}.")
    if report.indexed:
        talk(f"The index in {workspace.root} is up to date.")
    for skipped in [entry for entry in report.not_taken if not entry.failed][:LISTED]:
        talk(f"Left out: {skipped.path}: {skipped.reason}")
    tell_failures(report.failures)
    if report.interrupted:
        talk("Stopped. What is read is kept and can be searched; the same command goes on from here.")


def tell_failures(failures: Sequence[FailedFile]) -> None:
    """List what failed, the first of it when it is much."""
    if not failures:
        return
    talk(f"{amount(len(failures), 'document')} failed:")
    for failed in failures[:LISTED]:
        talk(f"  {failed.path}: {failed.reason}")
    if len(failures) > LISTED:
        talk(f"  … and {len(failures) - LISTED} more: see `akt failures`.")


def amount(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _records(report: Report) -> str:
    words = {singular: plural for plural, singular in TYPE_WORDS.items()}
    found = [f"{count} {kind if count == 1 else words[kind]}" for kind, count in report.records.items()]
    return "found " + ", ".join(found) if found else "found no records"
