"""Archives over the limits: no bomb goes off, and what is left out is told."""

from __future__ import annotations

import base64
import gzip
import lzma
import tarfile
import tracemalloc
from collections.abc import Callable

import hostile_files as hostile
import pytest
from archives_read import TEXT, all_documents, codes, members

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Document
from pipeline.extract import extract_bytes


def peak(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Document, int]:
    tracemalloc.start()
    document = extract_bytes(data, name, limits=limits)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return document, most


def told(document: Document) -> list[str]:
    return [each.code for found in all_documents(document) for each in found.problems]


def test_a_bomb_of_one_stream_stops_at_the_ratio() -> None:
    document, most = peak(hostile.gzip_bomb(150_000_000), "bombe.gz", Limits(ratio=1))

    assert told(document) == ["too-large"]
    assert most < 250_000_000  # 100 MB come through, in a buffer that grows by copying


def test_a_bomb_in_bombs_is_paid_from_one_budget() -> None:
    document, most = peak(hostile.nested_bomb(levels=3, wide=5, size=9_000_000), "bombe.zip", Limits(ratio=1))

    assert document.problems[-1].code == "too-large"
    assert told(document).count("unknown-format") <= 100_000_000 // 9_000_000
    assert most < 100_000_000


def test_a_mailbox_that_came_out_of_an_archive_has_no_budget_of_its_own() -> None:
    """A mail of a mailbox as it lies on disk is a file like others; of a small zip, all that comes out is counted."""
    mails = [
        b"From bo@fjordby.example Mon Mar  3 10:00:00 2025\n" + hostile.mail_with(
            b'Content-Type: application/gzip; name="nul.gz"\nContent-Transfer-Encoding: base64\n',
            base64.encodebytes(hostile.gzip_bomb(20_000_000) + bytes(number)),
        )
        for number in range(1, 20)
    ]  # fmt: skip
    document = extract_bytes(hostile.zipped(("post.mbox", b"\n".join(mails))), "post.zip", limits=Limits(ratio=1))

    assert len(document.children[0].children) == 19
    assert told(document).count("unknown-format") == 4  # 100 MB less the mailbox itself
    assert told(document).count("too-large") == 15


def test_an_archive_that_holds_itself_is_unpacked_once() -> None:
    quine = hostile.gzip_quine()
    assert gzip.decompress(quine) == quine

    document = extract_bytes(hostile.zipped(("mappe/r.gz", quine), ("notat.txt", TEXT)), "sag.zip")

    first, note = document.children
    assert (first.children, codes(first.problems)) == ([], ["too-deep"])
    assert "'r', without end" in first.problems[0].message
    assert (document.problems, note.problems) == ([], [])


@pytest.mark.parametrize("make", [hostile.flat_bomb, hostile.overlapping_bomb])
def test_members_that_share_their_bytes_are_read_once(make: Callable[[], bytes]) -> None:
    data = make()
    document = extract_bytes(data, "bombe.zip")

    assert len(document.children) <= 2
    assert len(document.problems) > 40


def test_depth_number_and_size_of_members_are_limited() -> None:
    deep = all_documents(extract_bytes(hostile.zip_in_zip(50), "a.zip"))
    assert len(deep) == DEFAULT_LIMITS.depth + 1
    assert codes(deep[-1].problems) == ["too-deep"]

    many = hostile.zipped(*((f"{n}.txt", TEXT) for n in range(30)))
    found, problems = members(many, limits=Limits(members=10))
    assert (len(found), codes(problems)) == (10, ["too-large"])
    assert "10" in problems[0].message

    found, problems = members(hostile.zipped(("a.txt", TEXT), ("b.txt", TEXT * 9)), limits=Limits(file_size=len(TEXT)))
    assert (list(found), codes(problems)) == (["a.txt"], ["too-large"])


def test_a_thousand_problems_of_one_kind_are_counted_and_not_listed() -> None:
    links = [(str(number), tarfile.SYMTYPE, "/etc/passwd") for number in range(1_000)]
    _, problems = members(hostile.tarred(("a.txt", TEXT), links=links), "arkiv.tar")

    assert len(problems) == 101
    assert problems[-1].message == "900 problems more like these in 'arkiv.tar'."


def test_xz_that_asks_for_more_memory_than_a_machine_has_is_refused() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 30}]
    _, problems = members(lzma.compress(TEXT, filters=filters), "brev.txt.xz")

    assert codes(problems) == ["unreadable"]
