"""Invented mails as different programs file and quote them, and a workspace to put them in."""

from __future__ import annotations

import datetime as dt
import io
import json
import textwrap
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import msgspec
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.workspace import Workspace
from pipeline.conversations.find import conversation
from pipeline.conversations.walk import MOST_COPIES
from pipeline.ingest.run import ingest

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli", "august"),
    *("september", "oktober", "november", "december"),
)
KAREN = "Karen Holm <karen.holm@fjordby.example>"
BO = "Bo Berg <bo.berg@fjordby.example>"
ANNE = "Anne Kjær <anne.kjaer@lyngsoe.example>"
GRANT = (
    "Kære Bo\n\n"
    "Udvalget bevilger 413.000 kr. til legepladsen ved Havneskolen i 2024. Beløbet dækker gynger, sand og hegn.\n\n"
    "Det er aftalt med Lise Lund, at arbejdet er færdigt den 3. maj. Resten af puljen overføres til næste år.\n\n"
    "Venlig hilsen\nKaren Holm\nKontorchef\n"
)
REPLY = (
    "Kære Karen\n\n"
    "Tak for brevet om legepladsen. Jeg lægger sagen på dagsordenen til mødet i Børne- og Skoleudvalget.\n\n"
    "Venlig hilsen\nBo Berg\n"
)


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it was sent. ``sent`` is Danish local time, ``id`` the Message-ID without its domain."""

    sender: str = KAREN
    to: str = BO
    cc: str = ""
    sent: dt.datetime = dt.datetime(2024, 3, 4, 8, 12)
    subject: str = "Legepladsen ved Havneskolen"
    body: str = GRANT
    id: str | None = "brev"
    answers: str | None = None
    references: tuple[str, ...] = ()

    @property
    def danish(self) -> str:
        """ "4. marts 2024 08:12" """
        return f"{self.sent.day}. {MONTHS[self.sent.month - 1]} {self.sent.year} {self.sent:%H:%M}"


ORIGINAL = Letter()
ANSWER = Letter(
    sender=BO,
    to=KAREN,
    sent=dt.datetime(2024, 3, 5, 10, 30),
    subject="SV: Legepladsen ved Havneskolen",
    body=REPLY,
    id="svar",
    answers="brev",
)


def eml(letter: Letter, *below: str, attached: Mapping[str, bytes] | None = None) -> bytes:
    """The letter as a mail file, with quotations below its text and mails attached by name."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = letter.sender, letter.to, letter.subject
    if letter.cc:
        message["Cc"] = letter.cc
    summer = 3 < letter.sent.month < 11
    zone = dt.timezone(dt.timedelta(hours=2 if summer else 1))
    message["Date"] = letter.sent.replace(tzinfo=zone)
    if letter.id:
        message["Message-ID"] = f"<{letter.id}@fjordby.example>"
    if letter.answers:
        message["In-Reply-To"] = f"<{letter.answers}@fjordby.example>"
    if letter.references:
        message["References"] = " ".join(f"<{reference}@fjordby.example>" for reference in letter.references)
    message.set_content("\n\n".join([letter.body, *below]))
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def outlook(letter: Letter, body: str | None = None, **changed: str) -> str:
    """The letter with a header as Outlook prints and quotes it; ``changed`` labels print other words ("": nothing)."""
    fields = {"Fra": letter.sender, "Sendt": letter.danish, "Til": letter.to, "Cc": letter.cc, "Emne": letter.subject}
    printed = "".join(f"{label}: {value}\n" for label, value in (fields | changed).items() if value)
    return f"{printed}\n{letter.body if body is None else body}"


def gmail(letter: Letter, body: str | None = None) -> str:
    """The letter quoted with an introduction and '>' marks, as webmail does."""
    when = letter.danish.rpartition(" ")
    quoted = "".join(f"> {line}\n" for line in (letter.body if body is None else body).splitlines())
    return f"Den {when[0]} kl. {when[2].replace(':', '.')} skrev {letter.sender}:\n{quoted}"


def pdf(*pages: str, footer: str = "") -> bytes:
    """Pages of plain lines."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for number, page in enumerate(pages, start=1):
        lines = [piece for text in page.splitlines() for piece in textwrap.wrap(text, 80) or [""]]
        for line, text in enumerate(lines):
            canvas.drawString(60, 780 - 14 * line, text)
        if footer:
            canvas.drawString(60, 40, f"{footer} – Side {number} af {len(pages)}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class Room:
    """A folder of documents and its workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.workspace = folder / "sager", Workspace(folder / "rum")
        self.folder.mkdir()

    def put(self, name: str, document: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document if isinstance(document, bytes) else document.encode())

    def ingest(self) -> None:
        ingest(self.workspace, [self.folder])

    def id(self, name: str, part: int = 0) -> str:
        """The id of a part of the document at that path."""
        from corpus.store.database import open_store, sqlite_url
        from corpus.store.schema import occurrences

        with open_store(sqlite_url(self.workspace.store_file)) as engine, engine.connect() as connection:
            rows = connection.execute(occurrences.select().where(occurrences.c.path == name)).all()
        return f"{rows[-1].sha256[:12]}.{part}"

    def thread(self, name: str, part: int = 0, most: int = MOST_COPIES) -> dict[str, Any]:
        """The conversation of a part, as `akt thread --format json` gives it."""
        found = conversation(self.workspace, self.id(name, part), most)
        decoded: dict[str, Any] = json.loads(msgspec.json.encode(found))
        return decoded


def seen(message: Mapping[str, Any]) -> list[str]:
    """Where a message stands: path and part."""
    return sorted(f"{copy['path']}#{copy['part']}" for copy in message["seen_in"])


def changes(message: Mapping[str, Any], path: str) -> list[tuple[str, str, str, str]]:
    """What the copies at a path differ in: kind, where, the original's words and the copy's."""
    return [
        (each["kind"], each["where"], each["original"], each["copy"])
        for copy in message["seen_in"]
        if copy["path"] == path
        for each in copy["differences"]
    ]


def subjects(found: dict[str, object]) -> list[object]:
    return [message["subject"] for message in found["messages"]]  # type: ignore[attr-defined]
