"""Names inside a container that read as places in another member: each document keeps a place of its own."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import hostile_files as hostile
import pytest
from runs import hits
from test_hostile_patterns import limited

from corpus.naming import Names
from corpus.workspace import Workspace
from pipeline.extract import extract_bytes
from pipeline.ingest.run import ingest
from pipeline.ingest.verify import verify

SWINGS, SAND = b"Gyngerne koster 3 mio. kr.\n", b"Sandkassen koster 4 mio. kr.\n"
INNER = hostile.zipped(("brev.txt", SWINGS))


def mail(*attachments: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "karen@fjordby.example", "Bilag"
    message.set_content("Hermed bilagene.\n")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize("make", [lambda *members: hostile.zipped(*members), mail])
@pytest.mark.parametrize("first", [True, False])
def test_what_is_named_like_a_place_in_another_member_is_lost_nowhere(
    tmp_path: Path, workspace: Workspace, make: type[object], first: bool
) -> None:
    members = [("ind.zip", INNER), ("ind.zip!brev.txt", SAND)]
    (tmp_path / "sager").mkdir()
    (tmp_path / "sager" / "ud").write_bytes(make(*(members if first else members[::-1])))  # type: ignore[arg-type]

    ingest(workspace, [tmp_path / "sager"])

    places = hits(workspace, "gyngerne") + hits(workspace, "sandkassen")
    assert len(set(places)) == 2
    assert verify(workspace, full=True).faults == []


def test_a_name_that_is_no_place_keeps_its_mark_and_a_renamed_one_is_told() -> None:
    plain = extract_bytes(hostile.zipped(("Vigtigt!.txt", SWINGS), ("Vigtigt!!.txt", SAND)), "a.zip")
    odd = extract_bytes(hostile.zipped(("ind.zip", INNER), ("ind.zip!brev.txt", SAND)), "a.zip")

    assert [child.name for child in plain.children] == ["Vigtigt!.txt", "Vigtigt!!.txt"]
    assert plain.problems == []
    assert [child.name for child in odd.children] == ["ind.zip", "ind.zip_brev.txt"]
    assert [problem.code for problem in odd.problems] == ["unsafe-name"]


@pytest.mark.parametrize("name", ["bilag.txt", "!" * 20_000, "a!" * 8 + "b.txt"])
def test_a_thousand_equal_names_are_told_apart_in_no_time(name: str) -> None:
    names = Names()
    with limited(10.0):
        given = [names.give(name) for _ in range(5_000)]

    assert len(set(given)) == len(given)
