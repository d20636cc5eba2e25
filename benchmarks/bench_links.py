"""Links in a large workspace: the time of one look-up among many documents, and how it grows with their number.

    python benchmarks/bench_links.py [--documents 100000]

The store is made of rows as an ingest writes them, for a tenth of the documents and for all. Each figure is the median
of the processor time over some messages, minutes and proposals, each looked up by itself, as `akt show` does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from corpus.model import (
    AgendaItem,
    Amount,
    AnyPart,
    AnyRecord,
    Committee,
    Decision,
    Document,
    DocumentKind,
    Message,
    Proposal,
    Reference,
)
from corpus.reading import Reading
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Content, Quote
from corpus.store.rows import pack
from corpus.store.schema import occurrences, roots
from corpus.store.writer import put_packed
from pipeline.links.find import links_of
from pipeline.links.keys import link_keys

BATCH = 2000
ASKED = 40
SYLLABLES = [consonant + vowel for consonant in "bdfghklmn" for vowel in "aeio"]
BODIES = ("Børneudvalget", "Teknikudvalget", "Kulturudvalget", "Byrådet")
TOWNS = [f"By{number}" for number in range(98)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    most = parser.parse_args().documents
    before: dict[str, float] = {}
    for count in (most // 10, most):
        with tempfile.TemporaryDirectory() as folder:
            found = _measured(Path(folder) / "store.db", count)
        for name, seconds in found.items():
            growth = f"  {seconds / before[name]:5.2f} times" if name in before else ""
            sys.stdout.write(f"{count:>8} documents  {name:10} {seconds * 1000:7.1f} ms{growth}\n")
        before = found


def _measured(path: Path, count: int) -> dict[str, float]:
    draw = random.Random(2025)
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(3, 5))) for _ in range(20_000)]
    asked: dict[str, list[Document]] = {"mail": [], "minutes": [], "proposal": []}
    with open_store(sqlite_url(path)) as engine:
        with engine.begin() as connection:
            root = connection.execute(roots.insert().values(path="/sager", whole=True)).inserted_primary_key
            batch: list[Document] = []
            for document in _documents(draw, words, count):
                batch.append(document)
                kind = {"email": "mail", "minutes": "minutes"}.get(document.kind, "proposal")
                if draw.random() < 12 * ASKED / count and len(asked[kind]) < ASKED:
                    asked[kind].append(document)
                if len(batch) == BATCH:
                    _put(connection, batch, root[0] if root else 1)
                    batch = []
            _put(connection, batch, root[0] if root else 1)
        with engine.connect() as connection:
            return {kind: _median(connection, documents) for kind, documents in asked.items()}


def _median(connection: sa.Connection, documents: list[Document]) -> float:
    took = []
    for document in documents:
        start = time.process_time()
        links_of(connection, document, document.parts, document.records, 0)
        took.append(time.process_time() - start)
    return statistics.median(took)


def _documents(draw: random.Random, words: list[str], count: int) -> Iterator[Document]:
    """Of ten, six are mails, three minutes of five items, one a proposal."""
    for number in range(count):
        town = draw.choice(TOWNS)
        if number % 10 < 6:
            yield _mail(draw, words, number, town)
        elif number % 10 < 9:
            yield _minutes(draw, words, number, town)
        else:
            yield _proposal(draw, words, number, town)


def _some(draw: random.Random, words: list[str], count: int) -> str:
    """Words as often as texts have them: the n-th with a share of 1/n."""
    return " ".join(words[int(len(words) ** draw.random()) - 1] for _ in range(count))


def _mail(draw: random.Random, words: list[str], number: int, town: str) -> Document:
    text = f"Sagsnr. {draw.randrange(20, 26)}/{draw.randrange(20_000)} BU{draw.randrange(60)} "
    case, proposal = text.split()[1], text.split()[2]
    body = text + _some(draw, words, 250) + " 413.500 kr. Byrådet"
    value = draw.randrange(1000, 9_999_999)
    found: list[AnyRecord] = [
        Reference(start=8, end=8 + len(case), text=case, kind="case", value=case),
        Reference(start=9 + len(case), end=len(text) - 1, text=proposal, kind="proposal", value=proposal),
        Amount(start=len(body) - 19, end=len(body) - 8, text="413.500 kr.", value=value, currency="DKK"),  # type: ignore[arg-type]
        Committee(start=len(body) - 7, end=len(body), text="Byrådet", name="Byrådet", level="council"),
    ]
    sent = f"20{draw.randrange(20, 26)}-0{draw.randrange(1, 9)}-10T10:00"
    subject = _some(draw, words, 5)
    message = Message(index=0, title=subject, text=body, sent=sent, subject=subject, fingerprint=f"{number:016x}")
    return _document(number, "email", town, sent[:10], [message], found)


def _minutes(draw: random.Random, words: list[str], number: int, town: str) -> Document:
    day, body = f"20{draw.randrange(20, 26)}-0{draw.randrange(1, 9)}-1{draw.randrange(9)}", draw.choice(BODIES)
    items: list[AnyPart] = []
    found: list[AnyRecord] = []
    for index in range(5):
        title, case = _some(draw, words, 6), f"{day[2:4]}/{draw.randrange(20_000)}"
        text = f"{title}\n\nSagsnr.: {case}\n\nDer gives 413.500 kr.\n\nBeslutning\nGodkendt.\n"
        start, end = text.index(case), text.index("Beslutning")
        items.append(
            AgendaItem(
                index=index,
                title=title,
                text=text,
                number=str(index + 1),
                committee=body,
                heading=title,
                decision_start=end,
            )
        )
        money = text.index("413.500")
        value = draw.randrange(1000, 9_999_999)
        found += [
            Reference(part=index, start=start, end=start + len(case), text=case, kind="case", value=case),
            Amount(part=index, start=money, end=money + 11, text="413.500 kr.", value=value, currency="DKK"),  # type: ignore[arg-type]
            Decision(
                part=index, start=end + 11, end=end + 20, text="Godkendt.", verb="godkende", status="decided", body=body
            ),
        ]
    return _document(number, "minutes", town, day, items, found)


def _proposal(draw: random.Random, words: list[str], number: int, town: str) -> Document:
    year, own, title = draw.randrange(2021, 2027), f"BU{draw.randrange(60)}", _some(draw, words, 6)
    part = Proposal(index=0, title=title, text=title, number=own, committee=draw.choice(BODIES), budget_years=[year])
    return _document(number, "budget-proposal", town, None, [part], [])


def _document(
    number: int, kind: DocumentKind, town: str, date: str | None, found: list[AnyPart], facts: list[AnyRecord]
) -> Document:
    return Document(
        path=f"{number}.txt",
        sha256=f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}" * 4,
        media_type="text/plain",
        kind=kind,
        title=found[0].title,
        municipality=town,
        date=date,
        reader="text/1",
        extractor_version="akt-extract/0",
        parts=found,
        records=facts,
    )


def _put(connection: sa.Connection, documents: list[Document], root: int) -> None:
    """The rows of some documents, each table at once."""
    put_packed(connection, [pack(_content(document)) for document in documents])
    place = {"root": root, "seen_run": 1, "deleted": False, "tries": 1, "at": ""}
    places = [{"path": document.path, "sha256": document.sha256, **place} for document in documents]
    connection.execute(occurrences.insert(), places)


def _content(document: Document) -> Content:
    return Content(
        sha256=document.sha256,
        size=1,
        reading=Reading(media_type=document.media_type, reader=document.reader, text=""),
        document=document,
        quotes=[Quote(record.text, 0, len(record.text)) for record in document.records],
        members=None,
        read_version=document.reader,
        extract_version=document.extractor_version,
        link_keys=link_keys(document),
    )


if __name__ == "__main__":
    main()
