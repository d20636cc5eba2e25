"""Of runs that follow each other one looks at all pages of the store; where it may be damaged, so does the next."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.store import looked
from corpus.store.integrity import must_look_sound
from corpus.workspace import Workspace, WorkspaceDamagedError
from pipeline.ingest.run import ingest


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """A run over one document that is not new; whether it has looked at the pages."""
    looks: list[Path] = []

    def look(engine: sa.Engine, file: Path) -> None:
        looks.append(file)
        must_look_sound(engine, file)

    monkeypatch.setattr(looked, "must_look_sound", look)
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "notat.txt").write_text("Udvalget bevilger 2 mio. kr. til legepladser.\n")

    def one() -> bool:
        before = len(looks)
        ingest(Workspace(tmp_path / "rum"), [tmp_path / "sager"])
        return len(looks) > before

    return one


def test_the_pages_are_looked_at_by_the_first_of_runs_that_follow_each_other(run: Callable[[], bool]) -> None:
    assert [run() for _ in range(3)] == [True, False, False]


def test_a_run_in_time_or_over_another_file_looks_again(
    run: Callable[[], bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "rum" / "akt.sqlite"
    assert run()
    os.utime(store, ns=(0, 0))
    assert (run(), run()) == (True, False)
    store.write_bytes(store.read_bytes())
    assert (run(), run()) == (True, False)
    (tmp_path / "rum" / "looked.json").write_text("{")
    assert (run(), run()) == (True, False)
    monkeypatch.setattr(looked, "SOON", dt.timedelta())
    assert (run(), run()) == (True, True)


def test_a_run_that_an_error_ended_has_the_next_one_look(
    run: Callable[[], bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (run(), run()) == (True, False)
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.ingest.run.Look", None)
        with pytest.raises(TypeError):
            run()
    assert (run(), run()) == (True, False)


def test_damage_is_met_before_anything_is_done(run: Callable[[], bool], tmp_path: Path) -> None:
    assert (run(), run()) == (True, False)
    with (tmp_path / "rum" / "akt.sqlite").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 8)
    with pytest.raises(WorkspaceDamagedError):
        run()
