"""Outlook data files as wholes: the names of folders, many items, and files that are damaged."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
from pathlib import Path

import pytest
from pst_read import found, headers, inbox, needs_libpff, note
from pst_writer import Attached, Folder, write_pst

from corpus import readers
from corpus.limits import Limits
from corpus.problems import Code
from corpus.readers import mail, pst
from corpus.readers.pst_nodes import Nodes
from corpus.reading import Child

# --- folders ----------------------------------------------------------------------------------------------------------


@needs_libpff
def test_items_are_named_by_their_folder_and_number() -> None:
    inner = Folder("Høringssvar", [note("c")], [Folder("Skole/fritid", [note("d")])])
    tree = [Folder("Indbakke", [note("a"), note("b")], [inner]), Folder("Sendt post", [note("e")]), Folder("Tom")]
    children, problems = found(write_pst(tree))
    assert problems == []
    assert [(c.name, headers(mail.read(c.data, c.name, Limits())).subject) for c in children] == [
        ("Indbakke/1.eml", "a"),
        ("Indbakke/2.eml", "b"),
        ("Indbakke/Høringssvar/1.eml", "c"),
        ("Indbakke/Høringssvar/Skole-fritid/1.eml", "d"),
        ("Sendt post/1.eml", "e"),
    ]
    assert {child.media_type for child in children} == {"message/rfc822"}


@needs_libpff
def test_folders_of_the_same_name_or_none_are_told_apart() -> None:
    tree = [Folder("Sager", [note()]), Folder("Sager", [note()]), Folder("", [note()]), Folder("../..", [note()])]
    names = [child.name for child in found(write_pst(tree))[0]]
    assert names == ["Sager/1.eml", "Sager (2)/1.eml", "mappe/1.eml", "-/1.eml"]


@needs_libpff
def test_deep_folders_and_folders_in_each_other() -> None:
    folder = Folder("Bund", [note()])
    for level in range(100):
        folder = Folder(f"Lag {level}", folders=[folder])
    assert found(write_pst([folder]))[0][0].name.count("/") == 101
    tangled = write_pst([Folder("Ydre", [note()], [Folder("Indre", [note()])])])
    outer, inner = (_number_of(tangled, name) for name in ("Ydre", "Indre"))
    children, problems = found(_moved(tangled, outer, inner))
    assert (children, [problem.code for problem in problems]) == ([], [Code.UNREADABLE])


@needs_libpff
def test_items_whose_folder_is_gone_are_counted() -> None:
    children, problems = found(write_pst([Folder("Indbakke", [note()])], lost=[note("x"), note("y")]))
    assert len(children) == 1
    assert [(problem.code, "2" in problem.message) for problem in problems] == [(Code.DAMAGED_MAIL, True)]


@needs_libpff
def test_hundreds_of_items_come_one_at_a_time_from_a_file_on_disk(tmp_path: Path) -> None:
    file = tmp_path / "stor.pst"
    attached = [Attached("bilag.bin", bytes(40_000))]
    file.write_bytes(write_pst([Folder("Indbakke", [note(f"Brev {n}", attachments=attached) for n in range(300)])]))
    names, total = set(), 0
    with file.open("rb") as opened:
        members = pst.members(opened, file.name, Limits())
        first = next(members)
        assert isinstance(first, Child)
        assert first.name == "Indbakke/1.eml"
        tracemalloc.start()
        try:
            for member in members:
                assert isinstance(member, Child)
                names.add(member.name)
                total += len(member.data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert names == {f"Indbakke/{number}.eml" for number in range(2, 301)}
    assert total > 16_000_000
    assert peak < 2_000_000


@needs_libpff
def test_a_mailbox_attached_to_something_is_read_like_one_on_disk() -> None:
    reading = readers.read(inbox(note("a"), note("b")), "postkasse.pst")
    assert (reading.reader, reading.media_type) == ("pst/3", "application/vnd.ms-outlook-pst")
    assert [child.name for child in reading.children] == ["Indbakke/1.eml", "Indbakke/2.eml"]


@needs_libpff
def test_the_same_file_gives_the_same_bytes_each_time() -> None:
    data = inbox(note(attachments=[Attached("a.txt", b"a"), Attached("b.msg", message=note("b"))]))
    assert found(data) == found(data)


# --- damage -----------------------------------------------------------------------------------------------------------


@needs_libpff
def test_a_damaged_item_is_told_and_the_others_are_read() -> None:
    data = bytearray(inbox(note("a"), note("Ødelagt"), note("c")))
    at = data.find("Ødelagt".encode("utf-16-le"))
    block = data.rfind(b"\xec\xbc", 0, at) - 2
    data[block + 2 : block + 4] = b"\0\0"
    children, problems = found(bytes(data))
    assert [child.name for child in children] == ["Indbakke/1.eml", "Indbakke/3.eml"]
    assert [problem.code for problem in problems] == [Code.UNREADABLE]
    assert "'Indbakke/2.eml'" in problems[0].message


@needs_libpff
def test_a_file_that_is_cut_off_is_a_problem_wherever_it_is_cut() -> None:
    data = inbox(note(attachments=[Attached("m", message=note("i"))]), note("b"))
    for end in [*range(12, 600, 37), *range(600, len(data), 701)]:
        children, problems = found(data[:end])
        assert children == []
        assert [problem.code for problem in problems] == [Code.UNREADABLE]


@needs_libpff
def test_random_bytes_behind_the_magic_are_a_problem() -> None:
    for seed in range(40):
        chance = random.Random(seed)
        data = b"!BDN" + chance.randbytes(4) + b"SM" + chance.randbytes(chance.randrange(3_000))
        children, problems = found(data)
        assert (children, [problem.code for problem in problems]) == ([], [Code.UNREADABLE])


@needs_libpff
def test_bytes_changed_anywhere_never_raise_and_never_give_silence() -> None:
    custom = note("i", message_class="IPM.Egen", attachments=[Attached("n.txt", b"n" * 9_000)])
    data = write_pst([Folder("Indbakke", [note(attachments=[Attached("m", message=custom)]), custom, note("b")])])
    for seed in range(300):
        chance = random.Random(seed)
        broken = bytearray(data)
        for _ in range(chance.choice([1, 5, 30, 200])):
            broken[chance.randrange(0x4600, len(data))] = chance.randrange(256)
        children, problems = found(bytes(broken))
        assert len(children) == 3 or problems


def test_node_tables_of_other_versions_are_refused() -> None:
    """Their pages and numbers have other sizes: an attached message there is told, and not guessed at."""
    nodes = Nodes(io.BytesIO(inbox(note())))
    assert nodes.node(0x122).data
    nodes.version = 36
    with pytest.raises(ValueError, match="version 36"):
        nodes.node(0x122)


def _number_of(data: bytes, name: str) -> int:
    """The number of a folder: its row in the table of the folder above it begins with it."""
    import pypff

    file = pypff.file()
    file.open_file_object(io.BytesIO(data))
    waiting = [file.get_root_folder()]
    while waiting:
        folder = waiting.pop()
        if folder.name == name:
            return int(folder.identifier)
        waiting += [folder.get_sub_folder(index) for index in range(folder.number_of_sub_folders)]
    raise AssertionError(name)


def _moved(data: bytes, number: int, parent: int) -> bytes:
    """The file with another parent in the row of a node in the node tree."""
    at = data.rfind(struct.pack("<Q", number), 0, len(data) - 32)
    while int.from_bytes(data[at + 28 : at + 32], "little") or data[at + 24 : at + 26] == b"\0\0":
        at = data.rfind(struct.pack("<Q", number), 0, at)
    return data[: at + 24] + struct.pack("<I", parent) + data[at + 28 :]
