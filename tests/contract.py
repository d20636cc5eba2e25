"""The documents of the contract that every engine keeps, and an index of them in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from corpus.model import (
    Address,
    AgendaItem,
    Amount,
    AnyPart,
    AnyRecord,
    Body,
    Committee,
    Date,
    Decision,
    Document,
    DocumentKind,
    Fte,
    Message,
    Problem,
    Proposal,
    Reference,
    Table,
)
from index.build import IndexWriter
from index.engines.base import EngineName
from index.results import Hit
from index.search import Searcher

ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")


def document(
    name: str,
    parts: list[AnyPart],
    records: list[AnyRecord] | None = None,
    *,
    kind: DocumentKind = "other",
    municipality: str | None = None,
    date: str | None = None,
    tables: list[Table] | None = None,
    problems: list[Problem] | None = None,
) -> Document:
    return Document(
        path=name,
        sha256=sha256(name.encode()).hexdigest(),
        media_type="text/plain",
        reader="text/1",
        extractor_version="1",
        kind=kind,
        municipality=municipality,
        date=date,
        parts=parts,
        records=records or [],
        tables=tables or [],
        problems=problems or [],
    )


def amount(value: str, part: int = 0, *, year: int | None = None, currency: str = "DKK") -> Amount:
    return Amount(
        part=part, start=0, end=1, text="x", value=Decimal(value), currency=currency, year=year, role="saving"
    )


def fte(value: str, part: int = 0) -> Fte:
    return Fte(part=part, start=0, end=1, text="x", value=Decimal(value), unit="fte", year=2026)


NEW_YEAR = dt.date(2023, 1, 1)
CHILDREN = "Børne- og Ungdomsudvalget"
BUU = Committee(start=0, end=1, text="x", name=CHILDREN, level="committee", abbreviation="BUU")

CORPUS = [
    document(
        "katalog.txt",
        [
            Proposal(
                index=0,
                title="Nedlæggelse af støttekorps",
                number="ISU42",
                committee=CHILDREN,
                budget_years=[2025, 2026],
                text="Forslag ISU42: støttepædagogkorpset nedlægges. Besparelsen er 1.000.000 kr. årligt.",
                page_first=3,
            ),
            Proposal(
                index=1,
                title="Lavere normering",
                number="ISU 043",
                committee="Socialudvalget",
                text="Normeringen sænkes med 1,5 årsværk. Se sag 2020-0012345 om it-systemet.",
            ),
        ],
        [
            amount("-1000000", year=2025),
            amount("2500000", 1),
            fte("-1.5", 1),
            Reference(part=1, start=0, end=1, text="x", kind="case", value="2020-0012345"),
        ],
        kind="budget-catalogue",
        municipality="Københavns Kommune",
        date="2020-01-31",
        tables=[Table(part=0)],
    ),
    document(
        "referat.txt",
        [
            AgendaItem(
                index=0,
                title="Ældreplejen",
                number="7",
                text="Udvalget drøftede indsatsen for ældre borgere. Forslaget blev vedtaget med stemmerne 5-2.",
            ),
            Body(index=1, title=None, text="Mødet sluttede kl. 21.30. Der er ekstra midler til gadelamper og skoler."),
        ],
        [
            BUU,
            Decision(start=0, end=1, text="x", verb="vedtage", status="decided", budget_year=2024),
            Date(
                part=1, start=0, end=1, text="x", first=dt.date(2023, 1, 1), to=dt.date(2023, 12, 31), precision="year"
            ),
        ],
        kind="minutes",
        municipality="Fjordby Kommune",
        date="2021-06-15",
        problems=[Problem(code="sum-mismatch", message="m", part=1)],
    ),
    document(
        "mail.eml",
        [
            Message(
                index=0,
                title="Sv: Støtte til børn",
                text="Hej Åse. Aarhus og Fjordby vil gerne tale om stoette til børnene. Bilaget er BUU's eget.",
                sender=Address(name="Karen Marie Holm", address="kmh@fjordby.dk"),
                to=[Address(name="Dam, Åse", address="aase.dam@kfo.example")],
                sent="2022-03-05T10:12",
                subject="Sv: Støtte til børn",
                fingerprint="aaaa000011112222",
                attachments=[0],
            ),
            Message(
                index=1,
                title="Støtte til børn",
                text="Kære Karen. Budgettet på 11 mio. kr. til skolebestyrelser og mål for pædagoger i et korps.",
                sender=Address(name="Åse Dam", address="aase.dam@kfo.example"),
                to=[Address(name="Karen Marie Holm", address="kmh@fjordby.dk")],
                sent="2022-03-04T09:00",
                fingerprint="bbbb000011112222",
                quoted=True,
            ),
        ],
        [amount("11000000", 1), amount("500", 0, currency="EUR")],
        kind="email",
    ),
]
PATHS = {"katalog.txt": "k", "referat.txt": "r", "mail.eml": "m"}

K0, K1, R0, R1, M0, M1 = "k0", "k1", "r0", "r1", "m0", "m1"
EVERY = {K0, K1, R0, R1, M0, M1}


@contextmanager
def in_each_engine(folder: Path) -> Iterator[dict[str, Searcher]]:
    """The documents, to be searched in each engine."""
    opened: dict[str, Searcher] = {}
    for engine in ENGINES:
        with IndexWriter(folder / engine, engine=engine) as writer:
            for one in CORPUS:
                writer.replace(one, [one.path])
        opened[engine] = Searcher(folder / engine)
    yield opened
    for searcher in opened.values():
        searcher.close()


def shown(hit: Hit) -> str:
    """A hit's part as the tables call it."""
    return f"{PATHS[hit.path]}{hit.part}"
