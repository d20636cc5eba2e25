"""What a run did, as figures and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from corpus.limits import Limits, allow_more
from corpus.store.coverage import Covered, covered, fill
from corpus.store.database import now
from corpus.store.entries import FailedFile, PartlyRead
from corpus.store.overview import failed_places, failures, partly_read, with_problems
from corpus.store.pruning import Pruned
from corpus.store.rows import Packed
from corpus.store.untold import Failing
from pipeline.ingest.before import Before, failing
from pipeline.ingest.discover import NotTaken
from pipeline.ingest.hints import IN_PART, UNREAD, told, told_in_part
from pipeline.ingest.scope import Scope
from pipeline.masking import mask_name


class RunFailure(FailedFile, frozen=True, kw_only=True):
    """A failure in the report of a run. ``known``: the report of an earlier run has told it, with the same code."""

    known: bool


class Report(msgspec.Struct, kw_only=True):
    """A run in figures. ``started`` and ``finished`` are ISO 8601 with offset, ``status`` as in docs/batch.md.

    ``new`` to ``deleted`` count files on disk; a moved file is counted as moved only, and one that was marked as gone
    and is there again with what it held as ``back``. What a run that was stopped or broken has ``seen`` and not worked
    on is ``not_reached``, so that new, changed, moved, back, unchanged, unreadable and it add up to ``seen``. They are
    counted from what the last run that came to its end has told: ``unended`` runs since then, which were killed or
    ended by an error, have told nobody what they found.

    So many as ``continued`` were half read by a run that was killed or stopped, and read to their end.
    ``unreadable`` files could not be opened. ``gone`` are the named paths that are no longer there; ``emptied`` those
    that held so many files at the last run and now hold none, of which nothing was changed; ``missing`` those that
    neither exist nor were ever read. ``left`` are folders of earlier runs that are not there and were not named, with
    how many files of them are still searched, for they were not found in what was named. ``problems`` counts the
    documents of the whole workspace with problems, ``new_problems`` those that were worked on in this run.

    ``documents``, ``parts`` and ``records`` count what was worked on in this run and is stored, ``again`` the contents
    of known files read or extracted anew, for another version or other settings had made them. ``indexed`` are the
    documents that the index took in, each counted once, ``waiting`` those of the workspace that it has not at the end;
    ``index_troubles`` what kept it from that during the run, which was tried again at its end. ``failures`` are all
    that stand in the named paths now, also those of earlier runs; ``new_failures`` counts the others. So are the
    documents ``in_part``: something of them was not read; so many of them as ``in_part_before`` at limits that this run
    goes beyond. ``codes`` counts the failures by their code, ``coverage`` adds up what is not accounted for in the
    whole workspace. ``pruned`` is what was dropped for good. ``hollow`` are
    folders below the named ones that are empty now, with how many files lay there that this run has marked as gone; and
    those in ``not_pruned``, which are empty or not there, with how many documents lay there that were to be dropped,
    for which nothing was. ``left_by_name`` counts the files and folders that are no documents by their names
    (:mod:`corpus.junk`). ``stopped_at_failure``: the run was to stop at the first document that failed, and did.
    """

    started: str = msgspec.field(default_factory=now)
    finished: str | None = None
    status: str = "running"
    seen: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    back: int = 0
    unchanged: int = 0
    continued: int = 0
    unended: int = 0
    unreadable: int = 0
    not_reached: int = 0
    deleted: int = 0
    again: int = 0
    documents: int = 0
    parts: int = 0
    records: dict[str, int] = {}
    indexed: int = 0
    waiting: int = 0
    index_troubles: list[str] = []
    problems: int = 0
    new_problems: int = 0
    gone: list[str] = []
    emptied: dict[str, int] = {}
    missing: list[str] = []
    left: dict[str, int] = {}
    failures: list[RunFailure] = []
    new_failures: int = 0
    in_part: list[PartlyRead] = []
    in_part_before: int = 0
    not_taken: list[NotTaken] = []
    left_by_name: int = 0
    codes: dict[str, int] = {}
    coverage: Covered | None = None
    pruned: Pruned | None = None
    hollow: dict[str, int] = {}
    not_pruned: list[str] = []
    interrupted: bool = False
    stopped_at_failure: bool = False

    @property
    def failed_files(self) -> int:
        """How many files on disk failed: as `akt status` counts them."""
        return sum(failed.path == failed.file for failed in self.failures)

    @property
    def failed_inside(self) -> int:
        """How many attachments and members of containers failed; the files that they lie in may be read."""
        return len(self.failures) - self.failed_files

    def take_standing(
        self, connection: sa.Connection, scopes: Sequence[Scope], before: Before, limits: Limits
    ) -> list[Failing]:
        """What stands at the end of the run: what was not read in the named paths, problems in the whole workspace.

        Returns the failures among it, for the store to note that they are told.
        """
        stood: list[Failing] = []
        here = {place for place, _, _ in failed_places(connection)}
        for scope in scopes:
            standing = list(failures(connection, scope.root_id, scope.prefix)) if here else []
            for each, known in zip(standing, before.known(standing, here), strict=True):
                self.failures.append(RunFailure(**msgspec.structs.asdict(told(each)), known=known))
                stood.append(failing(each))
            found = partly_read(connection, IN_PART, scope.root_id, scope.prefix)
            self.in_part += [told_in_part(document, place) for document, place in found]
        self.in_part_before = sum(allow_more(limits, [document.reason]) for document in self.in_part)
        self.new_failures = sum(not failed.known for failed in self.failures)
        self.codes = dict(sorted(Counter(failed.code for failed in self.failures).items()))
        self.problems = with_problems(connection)
        fill(connection)
        self.coverage = covered(connection, UNREAD)
        return stood

    def end(self, status: str) -> None:
        """The run is over."""
        self.finished, self.status = now(), status
        reached = self.new + self.changed + self.moved + self.back + self.unchanged + self.unreadable
        self.not_reached = max(self.seen - reached, 0)

    def take_troubles(self, found: Sequence[str]) -> None:
        """What kept the index from being brought up to date during the run; each is told once."""
        self.index_troubles = list(dict.fromkeys([*self.index_troubles, *map(mask_name, found)]))

    def figures(self) -> str:
        """The run as the store keeps it, in JSON: lists of documents, which can be made anew, by their lengths."""
        found = msgspec.to_builtins(self)
        counts = {name: len(found[name]) for name in ("failures", "in_part", "not_taken")}
        inside = {"failed_files": self.failed_files, "failed_inside": self.failed_inside}
        return msgspec.json.encode(found | counts | inside).decode()

    def count(self, content: Packed) -> None:
        """Add a content that was worked on, and is stored."""
        self.documents += 1
        self.parts += content.parts
        self.new_problems += "problems" in content.blocks
        self.records = dict(sorted((Counter(self.records) + Counter(content.records)).items()))
