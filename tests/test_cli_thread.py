"""``akt thread`` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from letters import ANSWER, GRANT, KAREN, ORIGINAL, Letter, Room, eml, gmail, outlook
from msgspec.structs import replace

from pipeline.cli.exits import ExitCode

AKT = Path(sys.executable).with_name("akt")


def akt(room: Room, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH", "TMPDIR") if name in os.environ}
    command = [str(AKT), "--workspace", str(room.workspace.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=kept | environment, check=False)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The original, an answer that quotes it with another amount, a note, and a mail that a terminal would obey."""
    made = Room(tmp_path_factory.mktemp("rum"))
    made.put("a.eml", eml(ORIGINAL))
    made.put("b.eml", eml(ANSWER, outlook(ORIGINAL, GRANT.replace("413.000", "900.000"))))
    made.put(
        "c.eml", eml(replace(ANSWER, id="c", answers="mangler", sent=ANSWER.sent.replace(day=20), subject="SV: Hegn"))
    )
    made.put("notat.txt", "Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n")
    cpr = Letter(
        sender=KAREN, id="cpr", subject="Sag 010190-1234", body="Om 010190-1234.\n\x1b[31mRødt\x1b[0m \u202etxt.exe\n"
    )
    made.put("sag 010190-1234.eml", eml(cpr))
    made.ingest()
    return made


def test_the_timeline_for_people(room: Room) -> None:
    done = akt(room, "thread", room.id("b.eml"))

    assert done.returncode == ExitCode.DONE
    lines = done.stdout.splitlines()
    assert lines[0] == "Legepladsen ved Havneskolen"
    assert lines[1] == "2 messages in 2 documents, 2024-03-04 08:12 to 2024-03-05 10:30"
    assert "1 copy differs from the message as shown: see below" in lines
    assert done.stdout.index("1. 2024-03-04 08:12  Karen Holm") < done.stdout.index("2. 2024-03-05 10:30  Bo Berg")
    assert f"    seen in b.eml, quoted  [{room.id('b.eml', 1)}]" in lines
    assert "        CHANGES FIGURE: Kære Bo Udvalget bevilger «413.000» -> «900.000» kr. til legepladsen ved" in lines
    assert done.stderr == "2 messages, 3 copies; not in the workspace: 0\n"


def test_what_must_be_seen_is_in_capitals_also_when_it_is_lacking_or_added(tmp_path: Path) -> None:
    edits = {
        "1": ("bevilger 413.000 kr. til", "bevilger penge til"),
        "2": ("er færdigt den", "ikke er færdigt den"),
        "3": (" med Lise Lund", ""),
        "4": ("Resten af puljen", "Resten af den store pulje"),
    }
    made = Room(tmp_path)
    made.put("a.eml", eml(ORIGINAL))
    for name, (old, new) in edits.items():
        assert old in GRANT
        made.put(f"{name}.eml", eml(replace(ANSWER, id=name), outlook(ORIGINAL, GRANT.replace(old, new))))
    made.put(
        "5.eml", eml(replace(ANSWER, id="5", body=f"{gmail(ORIGINAL, GRANT.replace('3. maj', '4. maj'))}\nNej.\n"))
    )
    made.ingest()
    lines = [line.strip().partition(":")[0] for line in akt(made, "thread", made.id("a.eml")).stdout.splitlines()]

    for label in ("CHANGES FIGURE", "ADDS NEGATION", "LACKS NAME", "changes", "CHANGES FIGURE, DATE"):
        assert label in lines, label
    assert f"seen in 5.eml, quoted in part  [{made.id('5.eml')}]" in lines


def test_what_is_not_there_is_said(room: Room) -> None:
    done = akt(room, "thread", room.id("c.eml"))

    assert "not in the workspace: 1 message that these refer to" in done.stdout
    assert f"  <mangler@fjordby.example>, named by {room.id('c.eml')}" in done.stdout
    assert "    refers to 1 message not in the workspace" in done.stdout.splitlines()
    assert "not in the workspace: 1" in done.stderr


def test_one_message_per_line(room: Room) -> None:
    done = akt(room, "thread", room.id("a.eml"), "--format", "jsonl")

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [message["id"] for message in found] == [room.id("a.eml"), room.id("b.eml")]
    assert set(found[0]) == {
        *("id", "sent", "undated", "from", "to", "cc", "subject", "text", "path", "part", "page", "quoted", "inline"),
        *("joined_by", "missing", "seen_in"),
    }
    assert set(found[0]["joined_by"][0]) == {"how", "to", "detail"}
    assert [set(copy) for copy in found[0]["seen_in"]] == [
        {"id", "path", "part", "page", "quoted", "also_in", "known_by", "partial", "differences"}
    ] * 2
    (difference,) = found[0]["seen_in"][1]["differences"]
    assert set(difference) == {
        *("kind", "where", "original", "copy", "before", "after", "touches"),
        *("original_start", "original_end", "copy_start", "copy_end"),
    }
    assert found[0]["text"].startswith("Kære Bo\n\nUdvalget bevilger 413.000 kr.")
    assert found[0]["from"] == {"name": "Karen Holm", "address": "karen.holm@fjordby.example"}


def test_one_object(room: Room) -> None:
    done = akt(room, "thread", room.id("a.eml"), "--format", "json")

    found: dict[str, Any] = json.loads(done.stdout)
    assert set(found) == {
        *("id", "asked", "asked_among", "subject", "first", "last", "participants", "documents", "copies", "differing"),
        *("not_in_workspace", "truncated", "notes", "messages"),
    }
    assert [person["name"] for person in found["participants"]] == ["Karen Holm", "Bo Berg"]


def test_a_file_is_written(room: Room, tmp_path: Path) -> None:
    done = akt(room, "thread", room.id("a.eml"), "--format", "jsonl", "-o", str(tmp_path / "ud.jsonl"))

    assert (done.returncode, done.stdout) == (ExitCode.DONE, "")
    assert len((tmp_path / "ud.jsonl").read_text().splitlines()) == 2


def test_an_id_may_be_short_of_a_document_or_of_a_record(room: Room) -> None:
    wanted = akt(room, "thread", room.id("b.eml")).stdout
    sha = room.id("b.eml").partition(".")[0]

    for named in (f"{sha[:6]}.0", sha, f" {sha.upper()}.0 ", f"{sha}.0.person.12", f"[{sha}.0]", f" [{sha}]"):
        assert akt(room, "thread", named).stdout == wanted
    assert akt(room, "show", f"[{sha}.0]").stdout == akt(room, "show", f"{sha}.0").stdout != ""


def test_which_message_of_a_document_is_meant_is_said(room: Room) -> None:
    wanted = room.id("b.eml")
    told = f"The document has 2 messages: this is the conversation of {wanted}.\n"

    assert akt(room, "thread", wanted[:-2]).stderr.startswith(told)
    assert told not in akt(room, "thread", wanted).stderr
    assert "this is the conversation" not in akt(room, "thread", room.id("a.eml")[:-2]).stderr


def test_a_mailbox_says_what_it_holds(tmp_path: Path) -> None:
    box = Room(tmp_path)
    mails = (b"From a@b Mon Mar  4 08:12:00 2024\n" + eml(letter) + b"\n" for letter in (ORIGINAL, ANSWER))
    box.put("indbakke.mbox", b"".join(mails))
    box.ingest()
    mailbox = box.id("indbakke.mbox")[:-2]
    done = akt(box, "thread", mailbox)

    assert done.returncode == ExitCode.NOTHING_FOUND
    told = f"akt: {mailbox} holds no message itself but 2 members: give the id of one of them, like "
    assert done.stderr.startswith(told)
    named = done.stderr.removeprefix(told).rstrip(".\n")
    assert akt(box, "thread", named).returncode == ExitCode.DONE


def test_what_is_no_message_is_said_so_with_code_4(room: Room) -> None:
    note = room.id("notat.txt")
    told = {
        note: f"akt: {note} is no message but a body: `akt show` prints it.\n",
        note[:-2]: f"akt: {note[:-2]} holds no message: `akt show` prints it.\n",
        f"{room.id('a.eml')[:-2]}.7": "akt: The document has 1 parts, counted from 0, and no part '7'.\n",
        "0000ffff": "akt: There is nothing with the id 0000ffff: ids stand in what search and records print.\n",
        note[:-1]: f'akt: "{note[:-1]}" ends in a dot: put the number of a part behind it, or leave the dot out.\n',
        "abc": "akt: The id 'abc' is too short: give at least 4 characters of it.\n",
        "æøå": 'akt: "æøå" is no id: give one as search and records print it, like 3f2a9c1b7d20.4.\n',
    }
    for wanted, sentence in told.items():
        done = akt(room, "thread", wanted)
        assert (done.returncode, done.stdout, done.stderr) == (ExitCode.NOTHING_FOUND, "", sentence)


def test_no_id_is_a_usage_error(room: Room) -> None:
    assert akt(room, "thread", " ").returncode == ExitCode.USAGE


def test_cpr_numbers_are_masked_and_a_terminal_obeys_nothing(room: Room) -> None:
    wanted = room.id("sag 010190-1234.eml")
    for form in ("table", "json", "jsonl"):
        done = akt(room, "thread", wanted, "--format", form)
        assert "1234" not in done.stdout
        assert "010190-xxxx" in done.stdout
        assert "\x1b" not in done.stdout
    assert "\u202e" not in akt(room, "thread", wanted).stdout


def test_what_changed_is_bold_where_that_is_shown(room: Room) -> None:
    done = akt(room, "thread", room.id("a.eml"), FORCE_COLOR="1")

    assert "\x1b[1m900.000\x1b[0m" in done.stdout


def test_the_language_pipeline_is_not_loaded(room: Room) -> None:
    code = (
        "import sys; from pipeline.cli.app import run; "
        f"run(['--workspace', {str(room.workspace.root)!r}, 'thread', {room.id('a.eml')!r}]); "
        "sys.exit('spacy' in sys.modules or 'pdfplumber' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_the_help_has_an_example(room: Room) -> None:
    assert "Example: akt thread 3f2a9c1b7d20.4" in akt(room, "thread", "--help").stdout


def test_of_two_quotations_that_differ_neither_is_called_the_original(tmp_path: Path) -> None:
    made = Room(tmp_path)
    made.put("a.eml", eml(replace(ANSWER, id="a"), outlook(ORIGINAL)))
    made.put("b.eml", eml(replace(ANSWER, id="b"), outlook(ORIGINAL, GRANT.replace("413.000", "900.000"))))
    made.ingest()
    asked = made.id("a.eml", 1)

    done = akt(made, "thread", asked)
    said = " ".join(done.stdout.split())
    assert "known from quotations only, and they differ: none of them is known to be the original" in said
    assert "quotations only, which differ: none is known to be the original" in said
    assert "DIFFERS IN FIGURE: Kære Bo Udvalget bevilger «413.000» / «900.000» kr." in said
    assert "CHANGES" not in said
    as_data = akt(made, "thread", asked, "--format", "json")
    assert any("known from quotations only" in note for note in json.loads(as_data.stdout)["notes"])

    made.put("c.eml", eml(ORIGINAL))
    made.ingest()
    with_it = akt(made, "thread", asked)
    assert "known to be the original" not in with_it.stdout
    assert "CHANGES FIGURE: Kære Bo Udvalget bevilger «413.000» -> «900.000»" in with_it.stdout


def test_a_message_that_is_only_quoted_and_the_same_everywhere_is_no_doubt(tmp_path: Path) -> None:
    made = Room(tmp_path)
    for name in ("a", "b"):
        made.put(f"{name}.eml", eml(replace(ANSWER, id=name), outlook(ORIGINAL)))
    made.ingest()

    assert "known to be the original" not in akt(made, "thread", made.id("a.eml", 1)).stdout


def test_what_is_quoted_between_answers_keeps_its_mark(tmp_path: Path) -> None:
    made = Room(tmp_path)
    made.put("a.eml", eml(ORIGINAL))
    quoted = "> Udvalget bevilger 413.000 kr. til legepladsen ved Havneskolen i 2024."
    between = (
        "Hej Karen\n\nDen 4. mar. 2024 kl. 08.12 skrev Karen Holm:\n> Kære Bo\n\nJa, det er mig.\n\n"
        f"{quoted}\n\nDet kan vi godt.\n"
    )
    made.put("b.eml", eml(replace(ANSWER, body=between)))
    made.ingest()

    shown = akt(made, "thread", made.id("b.eml"), COLUMNS="200").stdout

    assert "> Kære Bo" in shown
    assert quoted in shown
    answers = [line.strip() for line in shown.splitlines() if "det er mig" in line or "kan vi godt" in line]
    assert answers == ["Ja, det er mig.", "Det kan vi godt."]
