"""A run in sentences, or in events for machines, on stderr."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from corpus.workspace import Workspace
from pipeline.cli.logs import Log, speaking
from pipeline.export.layout import counted
from pipeline.export.rows import TYPE_WORDS
from pipeline.export.state import SAID, left_by_name
from pipeline.export.tables import shown_path
from pipeline.ingest.report import Report

LISTED = 20
LISTED_IN_PART = 5
MANY = 5
"""Files that are gone with their folder: few enough are deleted by hand every day."""


def tell(report: Report, workspace: Workspace, *, by_paths: bool, reread: bool = False, log: Log | None = None) -> None:
    """Say what a run did, what failed, and what was not taken; in sentences where no ``log`` is given. ``reread``: all
    was to be read anew."""
    if log is not None:
        _tell(report, workspace, log, by_paths=by_paths, reread=reread)
        return
    with speaking() as log:
        _tell(report, workspace, log, by_paths=by_paths, reread=reread)


def _tell(report: Report, workspace: Workspace, log: Log, *, by_paths: bool, reread: bool) -> None:
    if report.unended and by_paths:
        runs = "The run before" if report.unended == 1 else f"The {report.unended} runs before"
        found, its = ("it", "its") if report.unended == 1 else ("they", "their")
        said = f"{runs} did not come to {its} end: what {found} found is counted here, as is what this one found."
        log.warning("runs-unended", said, runs=report.unended)
    _tell_folders(report, log)
    if by_paths:
        _tell_figures(report, log, reread=reread)
    if report.documents:
        read = f"Read {counted(report.documents, 'document')} in {counted(report.parts, 'part')}; {_records(report)}."
        log.info("read", read, documents=report.documents, parts=report.parts, records=report.records)
    if report.indexed:
        state = f"has taken in {counted(report.indexed, 'document')}" if report.waiting else "is up to date"
        log.info("indexed", f"The index in {workspace.root} {state}.", documents=report.indexed, waiting=report.waiting)
    for trouble in report.index_troubles:
        said = f"The index could not be brought up to date during the run ({trouble}): it was at its end."
        log.warning("index-late", said, reason=trouble)
    _tell_left_out(report, log)
    if report.problems and report.seen:
        have, new = counted(report.problems, "document has", "documents have"), report.new_problems
        of_these = f", {new} of them read in this run" if new < report.problems else ""
        said = f"In the workspace, {have} problems{of_these if new else ', as before'}: see `akt records problems`."
        log.info("problems", said, documents=report.problems, new=new)
    _tell_in_part(report, log)
    tell_failures(report, log)
    if report.pruned and not (report.pruned.contents or report.pruned.files):
        log.info("pruned", "There was nothing to drop.", documents=0, files=0)
    elif report.pruned:
        # a file that was moved or changed has left a place, or an earlier version: neither is a file that is gone
        documents, places = counted(report.pruned.contents, "document"), counted(report.pruned.files, "place")
        dropped = f"Dropped for good: {documents} without a file, and {places} where a file lay."
        log.info("pruned", dropped, documents=report.pruned.contents, files=report.pruned.files)
    tell_hollow(report.hollow, report.not_pruned, log)
    if report.stopped_at_failure:
        log.error("stopped-at-failure", "akt: stopped at the first document that failed (--failfast).")
    if report.interrupted:
        wait = counted(report.waiting, "document waits", "documents wait")
        found = f"; {wait} for the index" if report.waiting else " and can be searched"
        kept = f"What is read is kept{found}; the same command goes on from here."
        log.warning("stopped", f"Stopped. {kept}")


def tell_hollow(folders: Mapping[str, int], not_pruned: Collection[str], log: Log, *, would: bool = False) -> None:
    """Name the folders that are empty now, with what lay there, and those for which nothing was (``would``: would be)
    dropped."""
    for path, held in folders.items():
        state = "is empty now" if os.path.isdir(path) else "is empty or not there now"
        if path in not_pruned:
            said = (
                f"akt: nothing {'would be' if would else 'was'} dropped: {path} {state}, and "
                f"{counted(held, 'document')} to drop lay there: is it mounted? "
                "Run with --prune --gone when they are gone for good."
            )
            log.error("not-pruned", said, path=path, documents=held)
        else:
            marked = "would be marked" if would else "is marked"
            said = (
                f"{path} {state} and held {counted(held, 'file')} at the last run: is it mounted? "
                f"What was in it {marked} as gone, and is found again when it is back."
            )
            tell = log.alarm if held >= MANY else log.warning
            tell("folder-hollow", said, path=path, files=held)


def _tell_folders(report: Report, log: Log) -> None:
    for path in report.gone:
        kept = "It stays in the store, and is found again when it is back or ingested from its new place."
        said = f"{path} is no longer there: what was in it is marked as gone. {kept}"
        log.warning("folder-gone", said, path=path)
    for path, held in report.emptied.items():
        state = "is empty now" if Path(path).is_dir() else "is not there now"
        said = (
            f"akt: {path} {state} and held {counted(held, 'file')} at the last run: is it mounted? "
            "Nothing of it was changed; run with --gone to mark them as gone."
        )
        log.error("folder-emptied", said, path=path, files=held)
    tell_left(report.left, log)


def tell_left(folders: Mapping[str, int], log: Log) -> None:
    """Name the folders of earlier runs that are not there, and were not named."""
    for path, left in folders.items():
        said = (
            f"{path} is not there now, and {counted(left, 'file')} of it {'was' if left == 1 else 'were'} not found in "
            f"what was named: {'it is' if left == 1 else 'they are'} still searched and counted. Is it mounted? "
            "When it is gone for good, name it with --gone; --prune drops what is gone."
        )
        log.warning("folder-left", said, path=path, files=left)


def _tell_left_out(report: Report, log: Log) -> None:
    left = [entry for entry in report.not_taken if not entry.failed]
    for skipped in left if log.form == "json" else left[:LISTED]:
        said = f"Left out: {skipped.path}: {skipped.reason}"
        log.info("left-out", said, path=skipped.path, root=skipped.root, reason=skipped.reason)
    if report.left_by_name:
        log.info("left-by-name", left_by_name(report.left_by_name), files=report.left_by_name)


def _tell_figures(report: Report, log: Log, *, reread: bool) -> None:
    """How many files, and what came of each of them."""
    named = ("new", "changed", "moved", "back", "unchanged", "unreadable")
    figures = {name: getattr(report, name) for name in named}
    figures |= {"not reached": report.not_reached, "deleted": report.deleted}
    said = ", ".join(f"{count} {SAID.get(name, name)}" for name, count in figures.items() if count)
    text = f"{counted(report.seen, 'file')}: {said}." if said else ""
    if report.again:
        anew = counted(report.again, "document was", "documents were")
        why = "as asked (--reread)" if reread else "after an update of Akt, or with other settings"
        text += f" {anew} read or extracted anew: {why}."
    if report.continued:
        text += f" Gone on with: {counted(report.continued, 'file')} that an earlier run had read in part."
    events = {name.replace(" ", "_"): count for name, count in figures.items()}
    say = log.info if text else log.note
    events |= {"continued": report.continued, "again": report.again}
    say("files", text.strip() or "There are no files.", seen=report.seen, **events)


def _tell_in_part(report: Report, log: Log) -> None:
    """Name what was not read to its end, or not in all its pages and members; that is no failure."""
    found = report.in_part
    if log.form == "json":
        for each in found:
            log.warning("in-part", each.reason, path=each.path, root=each.root, code=each.code)
    elif found:
        log.warning("in-part", f"{counted(len(found), 'document was', 'documents were')} read in part only:")
        for document in found[:LISTED_IN_PART]:
            log.warning("in-part", f"  {shown_path(document)}: {document.reason}")
        if len(found) > LISTED_IN_PART:
            log.warning("in-part", f"  … and {len(found) - LISTED_IN_PART} more: see `akt records problems`.")
    if report.in_part_before:
        cut = counted(report.in_part_before, "of these was cut", "of these were cut")
        said = f"{cut} at a limit that this run goes beyond: `akt failures --retry`, with the same --limit, reads more."
        log.warning("in-part-before", said, documents=report.in_part_before)


def tell_failures(report: Report, log: Log) -> None:
    """List what failed, the first of it when it is much: what is new before what failed at the last run as well."""
    if not report.failures:
        return
    if log.form == "json":
        for each in report.failures:
            fields = {name: getattr(each, name) for name in ("path", "root", "stage", "code", "tries", "known")}
            log.warning("failed", each.reason, **fields)
        return
    files = counted(report.failed_files, "file") if report.failed_files else ""
    inside = f"{counted(report.failed_inside, 'document')} inside files" if report.failed_inside else ""
    log.warning("failed", f"{' and '.join(filter(None, (files, inside)))} failed{_since_when(report)}:")
    for failed in sorted(report.failures, key=lambda failed: failed.known)[:LISTED]:
        before = " (failed before)" if failed.known and report.new_failures else ""
        log.warning("failed", f"  {shown_path(failed)}: {failed.reason}{before}")
    if len(report.failures) > LISTED:
        log.warning("failed", f"  … and {len(report.failures) - LISTED} more: see `akt failures`.")


def _since_when(report: Report) -> str:
    if not report.new_failures:
        return ", as before"
    return f", {report.new_failures} of them new" if report.new_failures < len(report.failures) else ""


def _records(report: Report) -> str:
    words = {singular: plural for plural, singular in TYPE_WORDS.items()}
    found = [counted(count, kind, words[kind]) for kind, count in report.records.items()]
    return "found " + ", ".join(found) if found else "found no records"
