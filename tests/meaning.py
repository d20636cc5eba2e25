"""The papers of ``test_index_meaning.toml`` as documents in an index."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.model import (
    Address,
    AgendaItem,
    Amount,
    AnyPart,
    AnyRecord,
    Body,
    Committee,
    Decision,
    Document,
    Fte,
    Message,
    Proposal,
)
from index.build import IndexWriter
from index.engines.base import EngineName

TABLE = Path(__file__).with_suffix("").parent / "test_index_meaning.toml"
Paper = dict[str, Any]


def table(name: str) -> list[Paper]:
    """The rows of one kind."""
    rows: list[Paper] = tomllib.loads(TABLE.read_text(encoding="utf-8"))[name]
    return rows


def built(folder: Path, engine: EngineName) -> Path:
    """An index of all papers."""
    with IndexWriter(folder, engine=engine) as writer:
        for paper in table("paper"):
            writer.replace(_document(paper), [paper["id"]])
    return folder


def _document(paper: Paper) -> Document:
    return Document(
        path=paper["id"],
        sha256=sha256(paper["id"].encode()).hexdigest(),
        media_type="text/plain",
        reader="text/1",
        extractor_version="1",
        kind=paper["kind"],
        municipality=paper.get("municipality"),
        date=paper.get("date"),
        parts=[_part(paper)],
        records=list(_records(paper)),
    )


def _part(paper: Paper) -> AnyPart:
    common: Paper = {"index": 0, "title": paper.get("title"), "text": paper["text"]}
    body: Paper = {"number": paper.get("number"), "committee": paper.get("committee")}
    if paper["part"] == "proposal":
        return Proposal(**common, **body)
    if paper["part"] == "agenda-item":
        return AgendaItem(**common, **body)
    if paper["part"] == "message":
        sender, to = _address(paper["from"]), _address(paper["to"])
        return Message(**common, fingerprint=paper["id"], sent=paper["date"], sender=sender, to=[to])
    return Body(**common)


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(name=name, address=address)


def _records(paper: Paper) -> list[AnyRecord]:
    place: dict[str, Any] = {"part": 0, "start": 0, "end": 1, "text": paper["text"][:1]}
    found: list[AnyRecord] = []
    for row in paper.get("amounts", []):
        found.append(Amount(**place, currency="DKK", value=Decimal(row["value"]), role=row["role"], year=row["year"]))
    for row in paper.get("ftes", []):
        found.append(Fte(**place, unit="fte", value=Decimal(row["value"]), year=row["year"]))
    if "decided" in paper:
        found.append(Decision(**place, verb="beslutte", status=paper["decided"]))
    if "abbreviation" in paper:
        names = {"name": paper["committee"], "abbreviation": paper["abbreviation"]}
        found.append(Committee(**place, level="committee", **names))
    return found
