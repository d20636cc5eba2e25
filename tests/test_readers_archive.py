"""Archives: every member comes out once under a safe name, or is told; nothing is written."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable

import hostile_files as hostile
import pytest
from archives_read import TEXT, all_documents, codes, members
from hypothesis import given
from hypothesis import strategies as st

from corpus import readers
from corpus.junk import is_junk_path
from corpus.limits import DEFAULT_LIMITS
from corpus.model import Problem
from corpus.readers.archive_names import LONGEST_COMPONENT, LONGEST_PATH, Names, safe_name
from corpus.reading import Child
from pipeline.extract import extract_bytes

# --- what is in them ------------------------------------------------------------------------------------------------

CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"], exclude_characters="/\\:")
NAMES = st.text(CHARACTERS, max_size=LONGEST_COMPONENT).filter(lambda name: not name or bool(name.strip()))
CONTENTS = st.dictionaries(
    NAMES.filter(lambda name: name.strip(" .") and not is_junk_path(name)),
    st.binary(max_size=3_000),
    max_size=6,
)


@given(contents=CONTENTS, method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]))
def test_what_python_zips_comes_out_again(contents: dict[str, bytes], method: int) -> None:
    found, problems = members(hostile.zipped(*(("m/" + name, data) for name, data in contents.items()), method=method))

    assert list(found.values()) == list(contents.values())
    assert problems == [] or not contents


@given(contents=CONTENTS, packed=st.sampled_from(["", "gz", "bz2", "xz"]))
def test_what_python_tars_comes_out_again(contents: dict[str, bytes], packed: str) -> None:
    made = hostile.tarred(("først.txt", TEXT), *contents.items(), packed=packed)
    found, problems = members(made, "arkiv.tar")

    assert list(found.values()) == [TEXT, *contents.values()]
    assert problems == []


@pytest.mark.parametrize("tar_format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_and_danish_names_of_every_kind_of_tar(tar_format: int) -> None:
    buffer = io.BytesIO()
    name = "/".join(["sagsakter-om-vandrutsjebanen"] * 4) + "/" + "å" * 40 + ".txt"
    with tarfile.open(fileobj=buffer, mode="w", format=tar_format) as archive:
        info = tarfile.TarInfo(name)
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))

    assert members(buffer.getvalue(), "arkiv.tar") == ({name: TEXT}, [])


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_single_packed_file_has_the_name_of_the_archive_without_its_ending(pack: Callable[[bytes], bytes]) -> None:
    ending = {gzip.compress: ".gz", bz2.compress: ".bz2", lzma.compress: ".xz"}[pack]

    assert members(pack(TEXT) + pack(TEXT), f"brev.txt{ending}") == ({"brev.txt": TEXT * 2}, [])
    assert "stands something else" in members(pack(TEXT) + b"andet", f"brev.txt{ending}")[1][0].message


def test_a_member_is_found_by_its_place_however_deep() -> None:
    mail = hostile.mail_with(
        b"Content-Type: multipart/mixed; boundary=q\n",
        b"--q\nContent-Type: text/plain\n\nHej\n--q\nContent-Type: application/zip; name=bilag.zip\n"
        b"Content-Transfer-Encoding: binary\n\n" + hostile.zipped(("notat.txt", TEXT)) + b"\n--q--\n",
    )
    made = hostile.tarred(("mappe/indbakke.zip", hostile.zipped(("brev.eml", mail))), packed="gz")
    document = extract_bytes(made, "sag.tgz")

    paths = [found.path for found in all_documents(document)]
    assert paths[-1] == "sag.tgz!mappe/indbakke.zip!brev.eml!bilag.zip!notat.txt"
    assert [found.problems for found in all_documents(document)] == [[]] * 5
    assert "3 mio. kr." in [record.text for record in all_documents(document)[-1].records]


def test_a_large_archive_is_read_in_the_memory_of_one_member() -> None:
    data = hostile.zipped(*((f"{n}.txt", random.Random(n).randbytes(1_000_000)) for n in range(30)))
    stream = readers.stream_of(data[: readers.HEAD], "arkiv.zip")
    assert stream is not None
    tracemalloc.start()
    assert sum(1 for _ in stream.members(io.BytesIO(data), "arkiv.zip", DEFAULT_LIMITS)) == 30
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 6_000_000


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["[Content_Types].xml", "_rels/.rels", "word/document.xml"], "Word document"),
        (["xl/workbook.xml", "_rels/.rels", "[Content_Types].xml"], "Excel workbook"),
        (["mimetype", "content.xml"], "OpenDocument text"),
        (["META-INF/MANIFEST.MF", "A.class"], "Java archive"),
    ],
)
def test_an_office_file_is_no_archive(names: list[str], said: str) -> None:
    parts = [(name, b"application/vnd.oasis.opendocument.text" if name == "mimetype" else TEXT) for name in names]
    (told,) = readers.read(hostile.zipped(*parts, method=zipfile.ZIP_STORED), "notat.docx").problems

    assert told.code == "unknown-format"
    assert said in told.message


def test_an_office_file_that_only_its_directory_tells_is_no_archive_either() -> None:
    parts = [("stor.bin", random.Random(1).randbytes(1_200_000)), ("xl/workbook.xml", TEXT), ("_rels/.rels", TEXT)]
    found, (told,) = members(hostile.zipped(*parts), "ark.xlsx")

    assert (found, told.code) == ({}, "unknown-format")


@pytest.mark.parametrize(
    ("head", "kind"), [(b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07\x01\x00", "rar"), (b"\x28\xb5\x2f\xfd", "zst")]
)
def test_archives_of_other_programs_are_told_with_what_to_do(head: bytes, kind: str) -> None:
    found, (told,) = members(head + bytes(100), f"arkiv.{kind}")

    assert (found, told.code) == ({}, "unread-archive")
    assert f".{kind}" in told.message
    assert "unpack it" in told.message


def test_what_systems_leave_behind_is_no_document() -> None:
    junk = [("__MACOSX/._a.txt", TEXT), ("m/.DS_Store", TEXT), ("m\\Thumbs.db", TEXT), (".git/config", TEXT)]

    assert members(hostile.zipped(*junk, ("a.txt", TEXT))) == ({"a.txt": TEXT}, [])
    assert members(hostile.tarred(*junk, ("a.txt", TEXT)), "arkiv.tar") == ({"a.txt": TEXT}, [])


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a/../../b.txt", "a/b.txt"),
        ("C:\\Windows\\system.ini", "Windows/system.ini"),
        ("c:brev.txt", "brev.txt"),
        ("\\\\server\\del\\brev.txt", "server/del/brev.txt"),
        ("brev\x00\x1b[31m\n.txt", "brev[31m.txt"),
        ("fdp.\u202etxt.exe", "fdp.txt.exe"),
        ("a\u030arsrapport.txt", "årsrapport.txt"),
        ("./mappe//brev.txt", "mappe/brev.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        ("HASTER! 1:2.txt", "HASTER! 1:2.txt"),
    ],
)
def test_a_name_is_shown_safely(raw: str, shown: str) -> None:
    name, wrong = safe_name(raw)

    assert name == shown
    assert bool(wrong) == (raw not in ("a\u030arsrapport.txt", "./mappe//brev.txt", "HASTER! 1:2.txt"))


@given(st.lists(st.text(max_size=30) | st.sampled_from(["", "..", "a.txt", "a (2).txt", "/", "010190-1234.txt"])))
def test_any_names_become_safe_and_unique_ones(raw: list[str]) -> None:
    names = Names()
    given_names = [names.give(name)[0] for name in raw]

    assert len(set(given_names)) == len(raw)
    for name in given_names:
        assert name
        assert len(name) <= LONGEST_PATH + 20
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))
        assert name.isprintable() or not name.isascii()
        name.encode()


def test_names_that_differ_in_a_cpr_number_only_stay_apart_when_it_is_masked() -> None:
    document = extract_bytes(hostile.zipped(("010190-1234.txt", TEXT), ("010190-5678.txt", b"Andet\n")), "a.zip")

    assert [child.name for child in document.children] == ["010190-xxxx.txt", "010190-xxxx (2).txt"]


@pytest.mark.parametrize(
    ("raw", "flags", "system"),
    [
        ("årsrapport om køb.txt".encode("cp850"), 0, 0),
        ("årsrapport om køb.txt".encode(), 0x800, 3),
        ("årsrapport om køb.txt".encode(), 0, 0),
        ("årsrapport om køb.txt".encode("cp1252"), 0, 3),
        ("årsrapport om køb.txt".encode("cp1252"), 0x800, 0),
        ("a\u030arsrapport om køb.txt".encode(), 0, 3),
    ],
)
def test_danish_names_of_every_packer_are_read(raw: bytes, flags: int, system: int) -> None:
    found, problems = members(hostile.raw_zip((raw, TEXT), flags=flags, system=system))

    assert (list(found), problems) == (["årsrapport om køb.txt"], [])


def test_a_name_that_no_windows_writes_is_read_as_dos() -> None:
    found, problems = members(hostile.raw_zip(("RØGRØD.TXT".encode("cp850"), TEXT), flags=0, system=3))

    assert (list(found), problems) == (["RØGRØD.TXT"], [])


# --- what is no file, is encrypted or is damaged --------------------------------------------------------------------


def test_links_and_devices_are_told_and_not_followed() -> None:
    kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE]
    made = hostile.tarred(("a.txt", TEXT), links=[(str(n), kind, "/etc/passwd") for n, kind in enumerate(kinds)])
    found, problems = members(made, "arkiv.tar")
    assert (found, codes(problems)) == ({"a.txt": TEXT}, ["no-file"] * 5)

    link = hostile.raw_zip((b"link", b"/etc/passwd"), system=3, mode=stat.S_IFLNK | 0o777)
    assert codes(members(link)[1]) == ["no-file"]


def test_encrypted_members_are_told() -> None:
    found, problems = members(hostile.raw_zip((b"a.txt", TEXT), flags=1))

    assert (found, codes(problems)) == ({}, ["encrypted-archive"])
    assert "a.txt" in problems[0].message


def test_a_message_quotes_the_end_of_a_very_long_path() -> None:
    path = "/".join(["mappe" * 30, "undermappe" * 15, "brev.txt"])
    found, (problem,) = members(hostile.raw_zip((path.encode(), TEXT), flags=1))

    assert found == {}
    assert "undermappe/brev.txt' asks for a password" in problem.message
    assert len(problem.message) < 260


def test_a_damaged_member_costs_itself_only() -> None:
    data = bytearray(hostile.raw_zip((b"a.txt", TEXT), (b"b.txt", TEXT), (b"c.txt", TEXT)))
    data[data.index(TEXT, 100) + 3] ^= 1
    found, problems = members(bytes(data))

    assert (list(found), codes(problems)) == (["a.txt", "c.txt"], ["unreadable"])
    assert "b.txt" in problems[0].message


@pytest.mark.parametrize("pack", ["zip", "tar", "gz"])
def test_an_archive_cut_anywhere_gives_whole_members_and_says_that_it_is_cut(pack: str) -> None:
    contents = [(f"{n}.txt", b"%d " % n + TEXT * 3) for n in range(4)]
    whole = hostile.zipped(*contents) if pack == "zip" else hostile.tarred(*contents, packed=pack.replace("tar", ""))
    end = len(whole) if pack != "tar" else 4 * 1024
    for cut in range(600, end, 7):
        found, problems = members(whole[:cut], f"arkiv.{pack}")
        assert found.items() <= dict(contents).items()
        assert problems


def test_a_broken_header_in_a_tar_is_told_and_the_next_member_is_read() -> None:
    data = bytearray(hostile.tarred(("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT)))
    data[1024 + 5] ^= 0xFF
    found, problems = members(bytes(data), "arkiv.tar")

    assert (list(found), codes(problems)) == (["a.txt", "c.txt"], ["damaged-archive"])


@given(st.randoms(use_true_random=False), st.sampled_from(["zip", "tar", "gz", "xz", "bz2"]))
def test_flipped_bytes_never_raise_and_never_pass_in_silence(chance: random.Random, pack: str) -> None:
    contents = [(f"{n}.txt", b"%d " % n + TEXT) for n in range(3)]
    made = hostile.zipped(*contents) if pack == "zip" else hostile.tarred(*contents, packed=pack.replace("tar", ""))
    data = bytearray(made)
    for _ in range(3):
        data[chance.randrange(len(data))] = chance.randrange(256)
    stream = readers.stream_of(bytes(data), f"arkiv.{pack}")
    if stream is None:
        return
    found = list(stream.members(io.BytesIO(bytes(data)), f"arkiv.{pack}", DEFAULT_LIMITS))
    if len([each for each in found if isinstance(each, Child)]) < 3:
        assert any(isinstance(each, Problem) for each in found)


def test_an_empty_archive_is_told() -> None:
    assert codes(members(hostile.zipped())[1]) == ["empty-file"]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_that_begins_with_a_stored_pdf_is_an_archive(kind: str) -> None:
    pdf, file = b"%PDF-1.4\n" + bytes(2000), io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("forslag.pdf", pdf)
    else:
        with tarfile.open(fileobj=file, mode="w") as bundle:
            member = tarfile.TarInfo("forslag.pdf")
            member.size = len(pdf)
            bundle.addfile(member, io.BytesIO(pdf))
    assert b"%PDF-" in file.getvalue()[:1024]
    found, problems = members(file.getvalue(), f"sag.{kind}")
    assert (list(found.values()), problems) == ([pdf], [])
    assert extract_bytes(file.getvalue(), f"sag.{kind}").media_type != "application/octet-stream"


@pytest.mark.parametrize("name", ["%PDF-1.4", "<html>", "PK\x03\x04aaaa", "From bo@lyngsoe.example 10:00 2025"])
def test_a_tar_is_one_whatever_its_first_name_begins_like(name: str) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as bundle:
        member = tarfile.TarInfo(name)
        member.size = len(TEXT)
        bundle.addfile(member, io.BytesIO(TEXT))

    document = extract_bytes(file.getvalue(), "sag.tar")
    assert (document.media_type, len(document.children)) == ("application/x-tar", 1)
