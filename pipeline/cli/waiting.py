"""What a search says of documents that are in the store and not in the index yet."""

from __future__ import annotations

from corpus.workspace import Workspace
from pipeline.cli.output import talk
from pipeline.export.layout import counted


def tell_of_waiting(workspace: Workspace) -> None:
    """Say how many documents a search does not look into, for the run that read them did not end well or goes on."""
    from corpus.store.waiting import waiting
    from index.manifest import version

    count = waiting(workspace.store_file, version())
    if not count:
        return
    from corpus.store.lock import holder

    wait = counted(count, "document waits", "documents wait")
    does = "the run that goes on takes them in" if holder(workspace.lock_file) else "`akt ingest` brings it up to date"
    talk(f"{wait} for the index and cannot be found yet: {does}.")
