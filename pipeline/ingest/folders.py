"""What became of the ingested folders: those that have moved, that hold nothing any more, and that are not there."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from corpus.store.places import file_states, mark_deleted
from corpus.store.queries import all_roots
from corpus.store.untold import Untold
from pipeline.ingest.report import Report
from pipeline.ingest.scope import Scope, missing_roots
from pipeline.masking import mask_name


def follow_moved(
    connection: sa.Connection, scopes: Sequence[Scope], vanished: Collection[str], report: Report, untold: Untold
) -> None:
    """What lay in a folder that is not there now and was found in a named path has moved there.

    ``vanished``: the folders of which nothing is left. A run that was killed since may have noted it already.
    """
    here = {
        state.sha256
        for scope in scopes
        if str(scope.location) not in report.emptied
        for state in file_states(connection, scope.root_id, scope.prefix).values()
        if not state.deleted
    }
    named = {scope.root_id for scope in scopes}
    for root in all_roots(connection):
        if root.path not in vanished and (root.id in named or os.path.lexists(root.path)):
            continue
        left = [s for s in file_states(connection, root.id).values() if not s.deleted and s.sha256 in here]
        untold.keep(connection, [state.id for state in left])
        for state in left:
            mark_deleted(connection, state.id)
        moved = min(len(left) + untold.followed(connection, root.id, here), report.new)
        report.new -= moved
        report.moved += moved


def tell_emptied(connection: sa.Connection, scopes: Sequence[Scope], report: Report) -> None:
    """The emptied places of which files are still counted as present: the others have moved."""
    for scope in scopes:
        place = str(scope.location)
        if place in report.emptied:
            states = file_states(connection, scope.root_id, scope.prefix).values()
            report.emptied[place] = sum(not state.deleted for state in states)
    report.emptied = {place: left for place, left in report.emptied.items() if left}


def tell_left(connection: sa.Connection, scopes: Sequence[Scope], report: Report) -> None:
    """The folders that are not there, and were not named, of which files are still counted as present."""
    named = {str(scope.root) for scope in scopes}
    if named:
        left = missing_roots(connection)
        report.left = {mask_name(path): count for path, count in left.items() if path not in named}
