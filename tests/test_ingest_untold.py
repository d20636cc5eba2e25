"""What a killed run has found is told by the next one: a report begins where the last one ended."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nightly import NOTE, akt, ingested, notes

from corpus.workspace import Workspace
from pipeline.ingest import keeping, run
from pipeline.ingest.options import RunOptions
from pipeline.ingest.report import Report
from pipeline.ingest.run import ingest

FIGURES = ("seen", "new", "changed", "moved", "back", "unchanged", "unreadable", "deleted", "hollow", "gone")
NO_TEXT = b"\0\1\2\3" * 40


class Killed(BaseException):
    """As kill -9: nothing after it is done."""


def _killed(*_: Any, **__: Any) -> None:
    raise Killed


def _not_done(*_: Any, **__: Any) -> None:
    raise RuntimeError("a run that is killed notes nothing")


@contextmanager
def killing(*, noted: bool = False, at: str = "finish") -> Iterator[None]:
    """The run within dies when all is read; ``noted``: it can still note that an error has ended it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping.Keeper, at, _killed)
        if not noted:
            patch.setattr(run._Run, "end", _not_done)
        with pytest.raises(Killed):
            yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Notes, some of them in folders, one of which has failed."""
    made = notes(tmp_path / "sager", 5)
    (made / "år").mkdir()
    for number in range(5, 11):
        (made / "år" / f"{number}.txt").write_text(NOTE.format(number + 1))
    (made / "tom.txt").write_bytes(b"")
    return made


def changed(folder: Path) -> None:
    """One file new, one changed, one moved, two gone with their failure, one failing, and a folder emptied."""
    (folder / "ny.txt").write_text(NOTE.format(40))
    (folder / "0.txt").write_text(NOTE.format(41))
    (folder / "1.txt").rename(folder / "flyttet.txt")
    (folder / "2.txt").unlink()
    (folder / "ulæselig.bin").write_bytes(NO_TEXT)
    (folder / "3.txt").write_bytes(NO_TEXT + b"3")
    for file in (folder / "år").iterdir():
        file.unlink()


def changed_again(folder: Path) -> None:
    (folder / "ny.txt").rename(folder / "nyere.txt")
    (folder / "0.txt").write_text(NOTE.format(42))
    (folder / "2.txt").write_text(NOTE.format(3))
    (folder / "3.txt").unlink()
    (folder / "flyttet.txt").rename(folder / "flyttet igen.txt")
    (folder / "år" / "5.txt").write_text(NOTE.format(6))


def told(report: Report) -> dict[str, object]:
    failed = {failed.path: failed.known for failed in report.failures}
    return {name: getattr(report, name) for name in FIGURES} | {"failed": failed, "new failures": report.new_failures}


@pytest.mark.parametrize("noted", [False, True])
@pytest.mark.parametrize("steps", [[changed], [changed, changed_again]])
def test_what_a_killed_run_has_found_is_told_by_the_next(
    folder: Path, workspace: Workspace, tmp_path: Path, steps: list[Callable[[Path], None]], *, noted: bool
) -> None:
    ingest(workspace, [folder])
    undisturbed = Workspace(tmp_path / "uforstyrret")
    shutil.copytree(workspace.root, undisturbed.root)

    for step in steps:
        step(folder)
        with killing(noted=noted):
            ingest(workspace, [folder])
    report = ingest(workspace, [folder])

    wanted = told(ingest(undisturbed, [folder]))
    assert told(report) == wanted
    assert (report.unended, wanted["deleted"]) != (0, 0)
    again = ingest(workspace, [folder])
    assert told(again) == told(ingest(undisturbed, [folder]))
    assert (again.unchanged, again.new_failures, again.unended) == (again.seen, 0, 0)


def test_a_first_run_that_was_killed_has_told_nothing(folder: Path, workspace: Workspace) -> None:
    for _ in range(2):
        with killing():
            ingest(workspace, [folder])

    report = ingest(workspace, [folder])

    assert (report.new, report.new_failures, report.unended) == (report.seen, 1, 2)


def test_a_run_that_was_stopped_has_told_what_it_found(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    changed(folder)
    (folder / "år" / "5.txt").write_text(NOTE.format(6))
    asked = iter([False] * 3)
    stopped = ingest(workspace, [folder], should_stop=lambda: next(asked, True))
    report = ingest(workspace, [folder])

    assert stopped.not_reached > 0
    assert stopped.new + stopped.moved + report.new + report.moved == 3
    assert stopped.changed + report.changed == 2
    assert (report.deleted, report.unended) == (0, 0)
    assert stopped.new_failures + report.new_failures == 2


@pytest.mark.parametrize("between", ["other folder", "retry"])
def test_a_run_about_something_else_tells_nothing_of_it(
    folder: Path, workspace: Workspace, tmp_path: Path, between: str
) -> None:
    other = notes(tmp_path / "andre", 2)
    ingest(workspace, [folder])
    undisturbed = Workspace(tmp_path / "uforstyrret")
    shutil.copytree(workspace.root, undisturbed.root)
    changed(folder)
    with killing():
        ingest(workspace, [folder])

    if between == "retry":
        ingest(workspace, [], RunOptions(retry=True))
    else:
        assert ingest(workspace, [other]).new == 2

    assert told(ingest(workspace, [folder])) == told(ingest(undisturbed, [folder]))


def test_a_folder_that_moved_while_a_run_was_killed_has_moved(folder: Path, workspace: Workspace) -> None:
    ingest(workspace, [folder])
    place = folder.rename(folder.parent / "flyttet")
    with killing():
        ingest(workspace, [place])

    report = ingest(workspace, [place])

    assert (report.moved, report.new, report.deleted) == (report.seen, 0, 0)


def test_it_is_said_that_runs_before_were_killed(
    folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    ingested(workspace, folder)
    (folder / "ny.txt").write_bytes(NO_TEXT)
    with killing():
        ingest(workspace, [folder])
    assert akt(workspace, "status") == 0
    status = capfd.readouterr().out
    assert "1 file and 1 failure that a run has found and no report has told" in " ".join(status.split())

    ingested(workspace, folder)

    said = capfd.readouterr().err
    assert "The run before did not come to its end: what it found is counted here, as is what this one found." in said
    assert "1 of them new" in said
    assert akt(workspace, "status") == 0
    assert "no report" not in capfd.readouterr().out
