"""What a power cut leaves: what was never sent to the disk is lost, and names may have got there before their bytes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from test_index_search import document, message

from corpus.durable import put_in_place, write_whole
from corpus.workspace import Workspace
from index import generations
from index.build import IndexWriter
from index.engines.base import EngineName
from index.search import search
from pipeline.cli.output import data_output
from pipeline.ingest.run import ingest
from pipeline.snapshot.manifest import faults, read_manifest
from pipeline.snapshot.writing import export_workspace


class Disk:
    """A folder, and what of it is on the disk: the bytes of a file, and the names in a folder, at its last fsync.

    ``cuts`` are the folder as a power cut may leave it: after each change of a name, with the name and only those bytes
    that were sent to the disk before; and at the end, with those names only.
    """

    def __init__(self, folder: Path, cuts: Path) -> None:
        self._folder, self._cuts = folder, cuts
        self._bytes: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        self.cuts: list[Path] = []
        for place in [folder, *folder.rglob("*")]:
            self._take(place)

    def _take(self, place: Path) -> None:
        number = place.stat().st_ino
        if place.is_dir():
            self._names[number] = {each.name: each.stat().st_ino for each in place.iterdir()}
        else:
            self._bytes[number] = place.read_bytes()

    def fsync(self, descriptor: int) -> None:
        self._take(Path(f"/proc/self/fd/{descriptor}").resolve())

    def cut(self, *, names: bool) -> None:
        """The power fails now. ``names``: all names have got to the disk by themselves."""
        made = self._cuts / f"{len(self.cuts)}"
        self._copy(self._folder, made, names=names)
        self.cuts.append(made)

    def _copy(self, folder: Path, to: Path, *, names: bool) -> None:
        to.mkdir(parents=True)
        kept = self._names.get(folder.stat().st_ino, {})
        for place in folder.iterdir():
            number = place.stat().st_ino
            if not names and kept.get(place.name) != number:
                continue
            if place.is_dir():
                self._copy(place, to / place.name, names=names)
            else:
                (to / place.name).write_bytes(self._bytes.get(number, b""))


Watch = Callable[[Path], Disk]


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Has a folder watched from now on: what is done is done, and noted."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("descriptors have no names here")

    def watched(folder: Path) -> Disk:
        disk = Disk(folder, tmp_path / "strømsvigt")
        fsync, replace = os.fsync, os.replace

        def noted(descriptor: int) -> None:
            fsync(descriptor)
            disk.fsync(descriptor)

        def cut(source: Path, target: Path) -> None:
            replace(source, target)
            disk.cut(names=True)

        monkeypatch.setattr(os, "fsync", noted)
        monkeypatch.setattr(os, "replace", cut)
        return disk

    return watched


def test_a_write_in_the_wrong_order_is_caught(watch: Watch, tmp_path: Path) -> None:
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "fil").write_bytes(b"gammel")
    disk = watch(folder)

    (folder / "ny").write_bytes(b"nyt indhold")
    os.replace(folder / "ny", folder / "fil")
    disk.cut(names=False)

    assert [(cut / "fil").read_bytes() if (cut / "fil").exists() else None for cut in disk.cuts] == [b"", None]


def test_a_file_is_the_old_one_or_the_new_one(watch: Watch, tmp_path: Path) -> None:
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "fil").write_bytes(b"gammel")
    disk = watch(folder)

    write_whole(folder / "fil", b"nyt indhold")
    disk.cut(names=False)
    with data_output(str(folder / "rapport.json")) as out:
        out.write("{}\n")
    disk.cut(names=False)

    assert [(cut / "fil").read_bytes() for cut in disk.cuts] == [b"nyt indhold"] * 4
    assert [(cut / "rapport.json").read_bytes() for cut in disk.cuts[2:]] == [b"{}\n"] * 2
    assert sorted(path.name for path in folder.iterdir()) == ["fil", "rapport.json"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "mappe" / "inde").mkdir(parents=True)

    with pytest.raises(OSError, match="mappe"):
        write_whole(tmp_path / "mappe", b"en mappe er ingen fil")

    assert [path.name for path in tmp_path.iterdir()] == ["mappe"]
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "findes ikke", tmp_path / "mål")


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_an_index_that_takes_the_place_of_another_is_there_before_its_name(
    watch: Watch, tmp_path: Path, engine: EngineName
) -> None:
    folder = tmp_path / "index"
    with IndexWriter(folder, engine) as writer:
        writer.replace(document("a.txt", message("Lygter ved havnen", "f1")), ["a.txt"])
    disk = watch(folder)

    writer = IndexWriter(folder, engine, beside=True)
    for name in ("a.txt", "b.txt"):
        writer.replace(document(name, message(f"Lygter ved havnen {name}", name)), [name])
    writer.publish()
    writer.close()
    disk.cut(names=False)

    found = []
    for cut in disk.cuts:
        generations.drop_old(cut)
        found.append(search(cut, "lygter").total)
    assert found[-1] == 2
    assert set(found) == {1, 2}
    assert len(found) > 2


def test_a_snapshot_is_whole_as_soon_as_it_has_its_name(watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "a.txt").write_text("Udvalget bevilger 3 mio. kr. til legepladser i 2025.\n")
    workspace = Workspace(tmp_path / "rum")
    ingest(workspace, [tmp_path / "sager"])
    (tmp_path / "ud").mkdir()
    disk = watch(tmp_path / "ud")

    export_workspace(workspace, tmp_path / "ud" / "kopi")
    disk.cut(names=False)

    assert len(disk.cuts) == 2
    for cut in disk.cuts:
        assert faults(cut / "kopi", read_manifest(cut / "kopi")) == []
        shutil.rmtree(cut)
