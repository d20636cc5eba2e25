"""How well hits are ranked: nDCG@10 over the graded queries in tests/data/ranking, on both engines.

    python benchmarks/ranking.py [--set NAME=VALUE ...] [--engine tantivy] [--show]

The index holds the samples, the papers of documents.toml, and :data:`OTHERS` papers of random sentences that use
the words of the queries in passing. ``--set`` gives a weight of index/weights.py another value: to tune it, look at
the half "tune" alone. What the halves are is said in queries.toml.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.identity import part_id
from corpus.model import AgendaItem, AnyPart, Body, Document, Message, Proposal
from index import weights
from index.build import IndexWriter
from index.engines.base import EngineName
from index.search import Searcher, open_index
from pipeline.extract import extract_bytes

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data" / "ranking"
SAMPLES = ROOT / "corpus" / "samples"
SUFFIXES = {".pdf", ".txt", ".eml", ".msg", ".md", ".mbox"}
ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")
HALVES = ("tune", "held")
BEST = 10
OTHERS, SEED = 600, 20240607
WORDS_OF_SENTENCE, SENTENCES_OF_PAPER = (6, 13), (3, 25)
PADDING = (
    "Sagen behandles på et senere møde.", "Der er ikke taget stilling til resten.", "Bilagene ligger på nettet.",
    "Forvaltningen vender tilbage med flere oplysninger.", "Tidsplanen er den samme som før.",
    "Alle har haft lejlighed til at udtale sig.", "Det følger af de gældende regler.", "Se i øvrigt vedlagte notat.",
)  # fmt: skip
TITLES = "dagsorden orientering kvartal møde bilag oversigt arkiv personale kontor kalender valg post telefon"
SMALL = "og i at på med for af til den det er som ikke har bliver"
SYLLABLES = ("bal", "der", "fin", "gru", "hol", "kam", "lin", "mos", "nor", "pel", "rik", "sun", "tam", "ved")
# Words of the queries among others, so that they are not as rare here as in no archive; a paper has some of them.
IN_PASSING, OF_TEN = 12, (4, 4, 2)
PASSING = (
    "kommunen kommunens udvalget udvalg forslag forslaget "
    "budget budgettet borgere borgerne møde mødet skole skolen skoler elever klasse klasser børn unge ældre hjælp "
    "støtte korps pædagoger indsats indsatser lukning lukket midler ekstra mad bolig boliger havn havnen kyst sikring "
    "cykel sti vej veje parkering klage klager skat procent aftale aftaler system rådgiver fælles plan planen hus "
    "kultur idræt tilskud takst gebyr sag sager lamper betaling vikar personale pleje rapport år måned "
    "leder ledere medarbejdere kontrakt firma bygning plads pladser grund vand varme regnskab revision valg"
)


def walk(document: Document) -> Iterator[Document]:
    """A document and all in it."""
    yield document
    for child in document.children:
        yield from walk(child)


def samples() -> Iterator[Document]:
    """The samples and their members."""
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix in SUFFIXES and path.stem != "README":
            yield from walk(extract_bytes(path.read_bytes(), path.name))


def paper(name: str, part: AnyPart, date: str | None) -> Document:
    """A document of one part."""
    return Document(
        path=name, sha256=sha256(name.encode()).hexdigest(), media_type="text/plain", reader="text/1",
        extractor_version="1", parts=[part], date=date,
    )  # fmt: skip


def invented() -> Iterator[Document]:
    """The papers of documents.toml."""
    for row in tomllib.loads((DATA / "documents.toml").read_text(encoding="utf-8"))["document"]:
        draw = random.Random(row["id"])
        text = " ".join([row["title"] + ".", row["text"], *(draw.choice(PADDING) for _ in range(row["pad"]))])
        yield paper(row["id"], _part(row, text), row["date"])


def _part(row: dict[str, Any], text: str) -> AnyPart:
    title = row["title"]
    match row["part"]:
        case "proposal":
            return Proposal(index=0, title=title, text=f"{row['number']} {text}", number=row["number"])
        case "agenda-item":
            return AgendaItem(index=0, title=title, text=text)
        case "message":
            fingerprint = sha256(text.encode()).hexdigest()[:16]
            return Message(index=0, title=title, subject=title, text=text, fingerprint=fingerprint, sent=row["date"])
    return Body(index=0, title=title, text=text)


def others() -> Iterator[Document]:
    """Papers that nobody looks for."""
    draw = random.Random(SEED)
    titles = TITLES.split()
    for number in range(OTHERS):
        title = " ".join(draw.choices(titles, k=3)).capitalize()
        kinds = SMALL.split(), ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(100)]
        words = *kinds, draw.sample(PASSING.split(), IN_PASSING)
        sentences = (
            " ".join(map(draw.choice, draw.choices(words, OF_TEN, k=draw.randint(*WORDS_OF_SENTENCE)))).capitalize()
            + "."
            for _ in range(draw.randint(*SENTENCES_OF_PAPER))
        )
        date = f"{draw.randint(2012, 2025)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield paper(f"other-{number}", Body(index=0, title=title, text=f"{title}. {' '.join(sentences)}"), date)


def ndcg(grades: list[int], ideal: list[int]) -> float:
    """nDCG@10 with gains of 2^grade - 1."""

    def gain(values: list[int]) -> float:
        return math.fsum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(values[:BEST]))

    return gain(grades) / gain(sorted(ideal, reverse=True))


class Collection:
    """The index of one engine, and what its parts are called in queries.toml."""

    def __init__(self, folder: Path, engine: EngineName, documents: list[Document]) -> None:
        self._folder = folder
        self._names: dict[str, list[str]] = {}
        words: dict[str, list[str]] = {}
        with IndexWriter(folder, engine) as writer:
            for document in documents:
                writer.replace(document, [document.path])
                for part in document.parts:
                    invented = "." not in document.path
                    name = document.path if invented else f"{document.path}#{part.index}"
                    alike = part.fingerprint if isinstance(part, Message) else part_id(document.sha256, part.index)
                    words.setdefault(alike, []).append(name)
                    self._names[part_id(document.sha256, part.index)] = words[alike]

    def open(self, stack: ExitStack) -> Searcher:
        """A searcher for as long as the stack."""
        return stack.enter_context(open_index(self._folder))

    def names(self, id: str) -> list[str]:
        """All that a part and its copies are called."""
        return self._names[id]


def judged(collection: Collection, searcher: Searcher, query: dict[str, Any]) -> tuple[float, list[str]]:
    """The nDCG of a query and what it found, with grades."""
    wanted: dict[str, int] = dict(query["grades"])
    left, grades, lines = dict(wanted), [], []
    for hit in searcher.search(query["text"], limit=BEST).hits:
        names = collection.names(hit.id)
        known = next((name for name in names if name in left), None)
        grades.append(left.pop(known) if known else 0)
        lines.append(f"    {grades[-1]} {hit.score:7.3f} {hit.match:4} {known or names[0]} {hit.title}")
    lines += [f"    {grade}    missing    {name}" for name, grade in left.items() if grade]
    return ndcg(grades, list(wanted.values())), lines


def measure(collection: Collection, queries: list[dict[str, Any]], *, show: bool) -> dict[str, float]:
    """The mean nDCG@10 of each half."""
    with ExitStack() as stack:
        searcher = collection.open(stack)
        values: dict[str, list[float]] = {half: [] for half in HALVES}
        for query in queries:
            value, lines = judged(collection, searcher, query)
            values[query["half"]].append(value)
            if show:
                sys.stdout.write("\n".join([f"{value:.3f} {query['half']} {query['text']}", *lines, ""]))
    return {half: statistics.mean(found) for half, found in values.items()}


def main() -> None:
    """Indexes, searches, prints."""
    parser = argparse.ArgumentParser(description="nDCG@10 over the graded queries.")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a weight of index/weights.py")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--show", action="store_true", help="print each query with its hits and their grades")
    options = parser.parse_args()
    for name, _, value in (setting.partition("=") for setting in options.set):
        if not isinstance(getattr(weights, name, None), float | int):
            parser.error(f"index/weights.py has no weight {name}")
        setattr(weights, name, float(value) if "." in value else int(value))
    queries = tomllib.loads((DATA / "queries.toml").read_text(encoding="utf-8"))["query"]
    documents = [*samples(), *invented(), *others()]
    for engine in options.engine or ENGINES:
        with tempfile.TemporaryDirectory() as scratch:
            found = measure(Collection(Path(scratch), engine, documents), queries, show=options.show)
        sys.stdout.write(f"{engine:8} " + "   ".join(f"{half} {value:.4f}" for half, value in found.items()) + "\n")


if __name__ == "__main__":
    main()
