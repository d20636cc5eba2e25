"""Mailboxes in one file: every mail comes out once, as it was put in, and only one is held at a time."""

from __future__ import annotations

import mailbox
import tracemalloc
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import readers
from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.readers import mbox
from corpus.reading import Child

LINE = b"From bo@fjordby.example Wed Mar  3 14:05:09 2021\n"
HEAD = b"From: Bo Berg <bo@fjordby.example>\nTo: anne@lyngsoe.example\nSubject: Takster\n"


def mail(number: int, body: bytes = b"Hej Anne\n") -> bytes:
    return HEAD + b"Message-ID: <%d@fjordby.example>\n\n" % number + body


def mails(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[bytes]:
    found = list(mbox.members(BytesIO(data), "indbakke", limits))
    assert [child.name for child in found if isinstance(child, Child)] == [
        f"{number}.eml" for number, child in enumerate(found, 1) if isinstance(child, Child)
    ]
    return [child.data for child in found if isinstance(child, Child)]


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        b"From - Wed Mar 03 14:05:09 2021\n",
        b"From 1693052411780554239@xxx Wed Mar 03 14:05:09 +0000 2021\n",
        b"From MAILER-DAEMON Wed Mar  3 14:05:09 2021\n",
        b"From ???@??? Wed Mar 03 14:05:09 2021\n",
        b"From bo@fjordby.example  Wed, 3 Mar 2021 14:05:09 +0100\n",
        b"From bo@fjordby.example 2021-03-03 14:05\n",
        b"From bo@fjordby.example\n",
        b'From "bo berg"@fjordby.example Wed Mar  3 14:05 CET 2021 remote from fjordby\n',
    ],
)
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_the_lines_of_many_programs_divide_mails(line: bytes, newline: bytes) -> None:
    data = (line + mail(1) + b"\n" + line + mail(2) + b"\n").replace(b"\n", newline)

    assert mbox.claims(data, "Indbakke")
    assert [each.rstrip() for each in mails(data)] == [
        mail(number).replace(b"\n", newline).rstrip() for number in (1, 2)
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"From now on we meet at 10:00.\n\nFrom Bo: ja\n",
        b"Hej\n\nFrom 10:00 to 12:00 in 2021\nvi ses\n",
        b"\n\n\n",
        b"",
        b"Hej uden linjeskift til sidst",
    ],
)
def test_what_looks_like_a_separator_in_a_text_is_none(body: bytes) -> None:
    assert len(mails(LINE + mail(1, body) + b"\n\n" + LINE + mail(2))) == 2


def test_the_marks_before_from_are_taken_away() -> None:
    (only,) = mails(LINE + mail(1, b">From Bo\n>>From Anne\n> From Per\n"))

    assert only.endswith(b"\n\nFrom Bo\n>From Anne\n> From Per\n")


def test_what_stands_above_the_first_mail_is_no_mailbox() -> None:
    assert not mbox.claims(b"Kopi af indbakken\n" + LINE + mail(1), "indbakke.mbox")
    assert mbox.claims(b"\xef\xbb\xbf\n\n" + LINE + mail(1), "indbakke.mbox")
    assert not mbox.claims(b"From bo to anne at 10:05 in 2021\nHej Anne, tak for sidst\n", "brev.txt")


def test_a_file_called_eml_is_a_mailbox_only_with_a_second_mail() -> None:
    assert readers.read(LINE + mail(1), "brev.eml").media_type == "message/rfc822"
    assert len(readers.read(LINE + mail(1) + b"\n" + LINE + mail(2), "brev.eml").children) == 2
    far = LINE + mail(1, b"Hej med dig\n" * 100_000) + b"\n" + LINE + mail(2)
    assert len(readers.read(far, "brev.eml").children) == 2


def test_a_mail_over_the_limit_is_told_and_the_others_are_given() -> None:
    limits = Limits(file_size=2_500_000)
    data = LINE + mail(1) + b"\n" + LINE + mail(2, b"Hej med dig\n" * 400_000) + b"\n" + LINE + mail(3)
    first, lost, last = list(mbox.members(BytesIO(data), "indbakke", limits))

    assert isinstance(first, Child)
    assert isinstance(last, Child)
    assert isinstance(lost, Problem)
    assert (lost.code, lost.message) == ("too-large", "Mail 2 is over 2500000 bytes and was not read.")
    assert (first.name, last.name) == ("1.eml", "3.eml")


BODIES = st.lists(
    st.sampled_from([b"Hej Anne", b"", b"From now on", b">From Bo", b"> ja", b"From: x", b"\xe6\xf8\xe5", b"a" * 70]),
    max_size=12,
).map(lambda lines: b"".join(line + b"\n" for line in lines))


@given(bodies=st.lists(BODIES, min_size=1, max_size=8))
def test_what_the_standard_library_writes_comes_out_again(
    bodies: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("mbox") / "indbakke"
    box = mailbox.mbox(path)
    for number, text in enumerate(bodies):
        box.add(mail(number, text))
    box.close()
    found = mails(path.read_bytes())

    assert len(found) == len(bodies)
    for number, (data, text) in enumerate(zip(found, bodies, strict=True)):
        written = mail(number, text)
        assert data.rstrip(b"\n").replace(b"\n>From", b"\nFrom") == written.rstrip(b"\n").replace(b"\n>From", b"\nFrom")


@given(st.integers(0, 3), st.integers(-600, 600))
def test_a_separator_is_found_wherever_a_chunk_of_reading_ends(before: int, shift: int) -> None:
    padding = b"x" * 63 + b"\n"
    wanted = mbox.CHUNK * (before + 1) + shift - len(LINE + mail(1, b""))
    body = padding * (wanted // 64) + b"y" * (wanted % 64) + b"\n\n"

    assert mails(LINE + mail(1, body) + LINE + mail(2)) == [mail(1, body)[:-1], mail(2)]


class Endless:
    """A file of many mails that are made while it is read."""

    def __init__(self, count: int) -> None:
        self._mails = (LINE + mail(number, b"Hej Anne, tak for sidst.\n" * 400) + b"\n" for number in range(count))
        self._rest = b""

    def read(self, size: int) -> bytes:
        pieces = [self._rest]
        got = len(self._rest)
        while got < size and (piece := next(self._mails, b"")):
            pieces.append(piece)
            got += len(piece)
        data = b"".join(pieces)
        self._rest = data[size:]
        return data[:size]


def test_memory_does_not_grow_with_the_mailbox() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        stream: Iterator[Child | Problem] = mbox.members(Endless(count), "indbakke", DEFAULT_LIMITS)  # type: ignore[arg-type]
        assert sum(1 for _ in stream) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(4_000) < 1.5 * peak(1_000)


def test_a_mailbox_cut_anywhere_loses_nothing() -> None:
    def ink(data: bytes) -> bytes:
        return b"".join(data.replace(LINE, b"").split())

    data = LINE + mail(1) + b"\n" + LINE + mail(2)
    for end in range(1, len(data)):
        assert ink(b"".join(mails(data[:end]))) == ink(data[:end])
