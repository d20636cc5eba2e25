"""What a search says of documents that are in the store and not in the index yet, or in the index and gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.workspace import Workspace
from pipeline.cli.output import talk
from pipeline.export.layout import counted

if TYPE_CHECKING:
    from index.results import Hit

NAMED = 5
"""Hits that are named as out of date."""


def tell_of_waiting(workspace: Workspace, hits: Sequence[Hit] = ()) -> None:
    """Say how many documents a search does not look into, or finds though they are gone, for the run that found that
    did not end well or goes on; and which of the ``hits`` are not what lies in the files now."""
    from corpus.store.waiting import late
    from index.manifest import version

    found = late(workspace.store_file, version(), [hit.id.partition(".")[0] for hit in hits])
    if not (found.waiting or found.gone):
        return
    from corpus.store.lock import holder

    goes_on = holder(workspace.lock_file) is not None
    if found.waiting:
        wait = counted(found.waiting, "document waits", "documents wait")
        does = "the run that goes on takes them in" if goes_on else "`akt ingest` brings it up to date"
        talk(f"{wait} for the index and cannot be found yet: {does}.")
    if found.gone:
        gone = counted(found.gone, "document was deleted or has", "documents were deleted or have")
        does = "the run that goes on takes them out" if goes_on else "`akt ingest` brings the index up to date"
        talk(f"{gone} changed, and may still be found as before: {does}.")
    old = [hit for hit in hits if hit.id.partition(".")[0] in found.as_they_were]
    for hit in old[:NAMED]:
        talk(f"Out of date: {hit.id} ({hit.path}): its file was deleted, moved or changed since, or read anew.")
    if len(old) > NAMED:
        talk(f"Out of date as well: {counted(len(old) - NAMED, 'more hit')}.")
