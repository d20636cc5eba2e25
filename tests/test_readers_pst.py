"""Outlook data files: folders, items of every class, attachments inside attachments, sound and broken files."""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
import subprocess
import sys
import tracemalloc
from importlib.util import find_spec
from pathlib import Path

import pytest
from pst_nodes import TEXT, TIME
from pst_writer import Attached, Folder, Message, Person, filetime, write_pst

from corpus import readers
from corpus.limits import Limits
from corpus.model import Address, Problem
from corpus.problems import Code
from corpus.readers import mail, pst
from corpus.readers.pst_nodes import Nodes
from corpus.reading import Child, MailHeaders, Reading

needs_libpff = pytest.mark.skipif(find_spec("pypff") is None, reason="needs libpff: pip install 'akt[pst]'")

AASE = Person("Åse Bøgh", "aase@fjordby.example")
BO = Person("Bo Østergård", "bo@lyngsoe.example")
SENT = dt.datetime(2021, 3, 3, 13, 5, 9, tzinfo=dt.UTC)


def note(subject: str = "Takster på børneområdet", **given: object) -> Message:
    values: dict[str, object] = {
        "sender": AASE,
        "recipients": [BO],
        "sent": SENT,
        "plain": "Kære Bo\r\n\r\nHilsen Åse\r\n",
    }
    return Message(subject=subject, **{**values, **given})  # type: ignore[arg-type]


def inbox(*messages: Message) -> bytes:
    return write_pst([Folder("Indbakke", list(messages))])


def found(data: bytes, limits: Limits | None = None) -> tuple[list[Child], list[Problem]]:
    children: list[Child] = []
    problems: list[Problem] = []
    for given in pst.members(io.BytesIO(data), "postkasse.pst", limits or Limits()):
        if isinstance(given, Problem):
            problems.append(given)
        else:
            children.append(given)
    return children, problems


def only(data: bytes) -> Reading:
    """The one item of a sound file, read as a mail."""
    children, problems = found(data)
    assert (len(children), problems) == (1, [])
    return mail.read(children[0].data, children[0].name, Limits())


def headers(reading: Reading) -> MailHeaders:
    assert reading.mail is not None
    return reading.mail


def body(reading: Reading) -> str:
    return reading.text[headers(reading).end :]


# --- what is claimed --------------------------------------------------------------------------------------------------


def test_a_file_is_claimed_by_its_bytes() -> None:
    head = inbox()[:600]
    assert readers.claimants(head, "uden-endelse") == [pst]
    assert pst.claims(head[:8] + b"SO" + head[10:], "post.ost")
    assert not pst.claims(b"!BDN" + bytes(20), "post.pst")
    assert not pst.claims(b"SM" + head[2:], "post.pst")
    assert not pst.claims(b"", "post.pst")


def test_without_libpff_the_file_says_what_to_install(tmp_path: Path) -> None:
    file = tmp_path / "postkasse.pst"
    file.write_bytes(inbox(note()))
    script = (
        "import sys; sys.modules['pypff'] = None\n"
        "from pathlib import Path\n"
        "from pipeline.ingest.hints import failure_of, hint\n"
        "from pipeline.extract import Options, extract, read_document\n"
        "path = Path(sys.argv[1])\n"
        "reading = read_document(path.read_bytes(), str(path), Options())\n"
        "document = extract(reading, path=path.name, name=None, sha256='0', options=Options())\n"
        "failure = failure_of(document, inside=False)\n"
        "print(reading.reader, [problem.code for problem in reading.problems], failure.code, hint(failure.code))\n"
    )
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, "-c", script, str(file)], cwd=root, capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.startswith("pst/1 not installed ['reader-missing'] reader-missing ")
    assert "pip install 'akt[pst]'" in run.stdout


# --- one item ---------------------------------------------------------------------------------------------------------


@needs_libpff
def test_people_time_subject_and_body() -> None:
    people = [BO, Person("Per Dam", "per@fjordby.example", "cc"), Person("Else", "else@fjordby.example", "bcc")]
    reading = only(inbox(note(recipients=people, prefix="SV: ", message_id="<1@fjordby.example>")))
    assert headers(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert headers(reading).to == [Address(name="Bo Østergård", address="bo@lyngsoe.example")]
    assert headers(reading).cc == [Address(name="Per Dam", address="per@fjordby.example")]
    assert headers(reading).subject == "SV: Takster på børneområdet"
    assert headers(reading).message_id == "<1@fjordby.example>"
    assert (headers(reading).sent or "").startswith("2021-03-03T13:05:09")
    assert body(reading).strip() == "Kære Bo\n\nHilsen Åse"
    assert reading.problems == []


@needs_libpff
def test_the_smtp_address_beside_an_exchange_address_is_given() -> None:
    sender = Person("Åse Bøgh", "aase@fjordby.example", exchange=True)
    reading = only(inbox(note(sender=sender, recipients=[Person("Bo", "bo@fjordby.example", exchange=True)])))
    assert headers(reading).sender == Address(name="Åse Bøgh", address="aase@fjordby.example")
    assert headers(reading).to == [Address(name="Bo", address="bo@fjordby.example")]


@needs_libpff
def test_headers_of_transport_and_the_time_of_delivery() -> None:
    raw = (
        "Received: from mx.fjordby.example; Wed, 3 Mar 2021 14:05:11 +0100\r\n"
        "From: Åse Bøgh <aase@fjordby.example>\r\nDate: Wed, 3 Mar 2021 14:05:09 +0100\r\n"
        "In-Reply-To: <0@lyngsoe.example>\r\n"
    )
    reading = only(inbox(note(headers=raw)))
    assert headers(reading).sent == "2021-03-03T14:05:09+01:00"
    assert headers(reading).in_reply_to == "<0@lyngsoe.example>"
    assert headers(reading).to == [Address(name="Bo Østergård", address="bo@lyngsoe.example")]
    late = only(inbox(note(sent=None, delivered=SENT + dt.timedelta(hours=1))))
    assert (headers(late).sent or "").startswith("2021-03-03T14:05:09")


@needs_libpff
def test_a_body_of_html_in_its_code_page() -> None:
    page = "<html><body><p>Kære Bo</p><p>Blåbærgrød til børnene</p></body></html>"
    reading = only(inbox(note(plain=None, html=page.encode("cp1252"), codepage=1252)))
    assert "Kære Bo" in body(reading)
    assert "Blåbærgrød til børnene" in body(reading)
    assert reading.problems == []


@needs_libpff
def test_a_long_body_stands_in_blocks_of_its_own() -> None:
    text = "".join(f"Linje {number}: blåbærgrød\r\n" for number in range(20_000))
    assert body(only(inbox(note(plain=text)))).strip() == text.replace("\r\n", "\n").strip()


@needs_libpff
def test_a_body_that_is_rtf_only() -> None:
    rtf = b"{\\rtf1\\ansi\\ansicpg1252 K\\'e6re Bo\\par Hilsen \\'c5se\\par}"
    stored = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    assert body(only(inbox(note(plain=None, rtf=stored)))).split() == ["Kære", "Bo", "Hilsen", "Åse"]


@needs_libpff
def test_a_meeting_gives_its_place_and_times() -> None:
    when = dt.datetime(2024, 5, 6, 8, 30, tzinfo=dt.UTC)
    meeting = note("Budgetmøde", message_class="IPM.Appointment", more={(0x0060, TIME): filetime(when)})
    meeting.more[0x8000, TEXT] = "Rådhuset, Lyngsø"
    text = body(only(inbox(meeting)))
    assert "2024-05-06 08:30" in text
    assert "Rådhuset, Lyngsø" in text
    assert "Hilsen Åse" in text


CLASSES = [
    "IPM.Note", "IPM.Note.SMIME.MultipartSigned", "REPORT.IPM.Note.NDR", "IPM.Schedule.Meeting.Request", "IPM.Contact",
    "IPM.StickyNote", "IPM.Task", "IPM.Activity", "IPM.Post", "IPM.Egen.Formular", "IPM.Appointment.Egen", "",
]  # fmt: skip


@needs_libpff
@pytest.mark.parametrize("kind", CLASSES)
def test_items_of_every_class_come_with_people_and_attachments(kind: str) -> None:
    inner = note("Indre", message_class=kind, attachments=[Attached("inderst.txt", b"dybt nede")])
    attached = [Attached("bilag.txt", b"tekst " * 500, "text/plain"), Attached("videresendt", message=inner)]
    reading = only(inbox(note("Vedr. høring", message_class=kind, attachments=attached)))
    assert headers(reading).subject == "Vedr. høring"
    assert headers(reading).to == [Address(name="Bo Østergård", address="bo@lyngsoe.example")]
    assert [(child.name, child.media_type) for child in reading.children] == [
        ("bilag.txt", "text/plain"), ("Indre.eml", "message/rfc822")
    ]  # fmt: skip
    assert reading.children[0].data == b"tekst " * 500
    nested = mail.read(reading.children[1].data, "Indre.eml", Limits())
    assert [(child.name, child.data) for child in nested.children] == [("inderst.txt", b"dybt nede")]


# --- attachments ------------------------------------------------------------------------------------------------------


@needs_libpff
def test_attachments_come_through_byte_for_byte() -> None:
    large = random.Random(7).randbytes(700_000)
    picture = Attached("logo.png", b"\x89PNG\r\n\x1a\n", "image/png", content_id="logo@fjordby")
    attached = [Attached("Høringssvar på æøå.pdf", large, "application/pdf"), Attached("tom.txt"), picture]
    children = only(inbox(note(attachments=attached))).children
    assert [(child.name, child.media_type) for child in children] == [
        ("Høringssvar på æøå.pdf", "application/pdf"),
        ("tom.txt", "application/octet-stream"),
        ("logo.png", "image/png"),
    ]
    assert [child.data for child in children] == [large, b"", b"\x89PNG\r\n\x1a\n"]


@needs_libpff
def test_messages_in_messages_are_whole() -> None:
    """libpff's Python module gives the bytes of an attached message and not the message."""
    deepest = note("Tredje", plain="Længst nede " * 900, attachments=[Attached("note.txt", b"x" * 20_000)])
    middle = note("Anden", sender=BO, recipients=[AASE], attachments=[Attached("tredje.msg", message=deepest)])
    reading = only(inbox(note("Første", attachments=[Attached("anden.msg", message=middle)])))
    second = mail.read(reading.children[0].data, "anden.eml", Limits())
    third = mail.read(second.children[0].data, "tredje.eml", Limits())
    assert [headers(r).subject for r in (reading, second, third)] == ["Første", "Anden", "Tredje"]
    assert headers(second).sender == Address(name="Bo Østergård", address="bo@lyngsoe.example")
    assert headers(second).to == [Address(name="Åse Bøgh", address="aase@fjordby.example")]
    assert body(third).strip() == ("Længst nede " * 900).strip()
    assert third.children[0].data == b"x" * 20_000


@needs_libpff
def test_a_scrambled_file_is_read_with_the_messages_in_messages() -> None:
    inner = note("Indre", plain="Blåbærgrød " * 900, attachments=[Attached("a.txt", b"a" * 9_000)])
    data = write_pst([Folder("Indbakke", [note(attachments=[Attached("brev", message=inner)])])], scrambled=True)
    assert "Takster".encode("utf-16-le") not in data
    reading = only(data)
    assert headers(reading).subject == "Takster på børneområdet"
    nested = mail.read(reading.children[0].data, "indre.eml", Limits())
    assert body(nested).strip() == ("Blåbærgrød " * 900).strip()
    assert nested.children[0].data == b"a" * 9_000


@needs_libpff
def test_messages_nested_too_deep_are_told() -> None:
    message = note("Bund")
    for level in range(4):
        message = note(f"Lag {level}", attachments=[Attached(f"lag-{level}.msg", message=message)])
    children, problems = found(inbox(message), Limits(depth=3))
    assert [problem.code for problem in problems] == [Code.TOO_DEEP]
    assert "'lag-0.msg'" in problems[0].message
    assert b"Lag" in children[0].data


@needs_libpff
def test_an_attachment_that_lies_elsewhere_is_told() -> None:
    linked = Attached("budget.xlsx", reference="\\\\fjordby\\fælles\\budget.xlsx")
    children, problems = found(inbox(note(attachments=[linked, Attached("bilag.txt", b"her")])))
    assert len(problems) == 1
    assert problems[0].message.startswith("In 'Indbakke/1.eml': The attachment 'budget.xlsx'")
    reading = mail.read(children[0].data, "1.eml", Limits())
    assert [child.name for child in reading.children] == ["bilag.txt"]


@needs_libpff
def test_attachments_over_the_limits_are_told() -> None:
    attached = [
        Attached("stor.bin", bytes(200_000)),
        Attached("lille.bin", bytes(10)),
        Attached("sidste.bin", bytes(10)),
    ]
    children, problems = found(inbox(note(attachments=attached)), Limits(file_size=100_000, children=2))
    assert [(problem.code, problem.message.split("'")[3]) for problem in problems] == [
        (Code.TRUNCATED, "stor.bin"), (Code.TRUNCATED, "sidste.bin")
    ]  # fmt: skip
    assert [child.name for child in mail.read(children[0].data, "1.eml", Limits()).children] == ["lille.bin"]


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
    assert (reading.reader, reading.media_type) == ("pst/1", "application/vnd.ms-outlook-pst")
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
