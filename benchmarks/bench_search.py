"""How long a whole search process takes, as a ratio to a Python process that only imports tantivy and click.

    python benchmarks/bench_search.py [--documents 10000] [--engine tantivy] [--runs 15]

Builds an index of invented documents (the same ones each time), then runs each query in a process of its own. Ratios
travel between machines; milliseconds do not.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from corpus.model import Amount, Body, Document
from index.build import IndexWriter

SEED = 20240607
FIRSTS = [
    "støtte",
    "indsats",
    "budget",
    "skole",
    "ældre",
    "pleje",
    "trafik",
    "kultur",
    "klima",
    "bolig",
    "social",
    "byggesags",
    "rengørings",
    "ungdoms",
]
LASTS = [
    "område",
    "plan",
    "udvalg",
    "indsats",
    "ordning",
    "aftale",
    "pulje",
    "forslag",
    "center",
    "leder",
    "bestyrelse",
    "udgift",
    "ramme",
    "projekt",
]
ENDINGS = ("", "en", "et", "er", "ne", "s")
SMALL = [
    "og",
    "i",
    "at",
    "det",
    "en",
    "til",
    "er",
    "som",
    "på",
    "de",
    "med",
    "han",
    "af",
    "for",
    "ikke",
    "der",
    "var",
    "den",
    "har",
    "vi",
    "kommunen",
    "borgere",
    "forvaltningen",
]
QUERIES = ("indsats", "støtteordning budget", '"kommunen og"', "pleje*", "amount:>=1mio klima", "findesikke")
BASELINE = "import tantivy, click"
SEARCH = "import sys; from pathlib import Path; from index.search import search; search(Path(sys.argv[1]), sys.argv[2])"


def document(number: int, draw: random.Random) -> Document:
    """A document of about 3 kB: small words, compounds by a steep distribution, a figure or two."""
    words = []
    for _ in range(420):
        if draw.random() < 0.6:
            words.append(draw.choice(SMALL))
        else:
            first = FIRSTS[min(int(draw.expovariate(0.3)), len(FIRSTS) - 1)]
            words.append(first + draw.choice(LASTS) + draw.choice(ENDINGS))
    value = Decimal(draw.randrange(1, 20_000) * 1000)
    text = f"Sag 2020-{number:07}. " + " ".join(words) + f" I alt {value} kr."
    record = Amount(start=0, end=3, text="Sag", value=value, currency="DKK")
    return Document(
        path=f"{number}.txt",
        sha256=sha256(str(number).encode()).hexdigest(),
        media_type="text/plain",
        reader="text/1",
        extractor_version="1",
        date=f"20{draw.randrange(10, 26)}-0{draw.randrange(1, 10)}-15",
        parts=[Body(index=0, title=f"Dokument {number}", text=text)],
        records=[record],
    )


def build(folder: Path, count: int, engine: str) -> float:
    """Documents per second of building, commit included."""
    draw = random.Random(SEED)
    documents = [document(number, draw) for number in range(count)]
    begun = time.perf_counter()
    with IndexWriter(folder, "whoosh" if engine == "whoosh" else "tantivy") as writer:
        for one in documents:
            writer.replace(one, [one.path])
    return count / (time.perf_counter() - begun)


def process_time(runs: int, code: str, *arguments: str) -> float:
    """Median seconds of a whole process."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Builds, measures, prints."""
    parser = argparse.ArgumentParser(description="Whole search processes against an import.")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--engine", choices=["tantivy", "whoosh"], default="tantivy")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "index")
        speed = build(folder, options.documents, options.engine)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        lines = [f"built {options.documents} documents: {speed:.0f}/s, {size / 1e6:.1f} MB"]
        base = process_time(options.runs, BASELINE)
        lines.append(f"{'python -c ' + BASELINE!r:32} {base * 1000:6.0f} ms   1.00")
        for query in QUERIES:
            taken = process_time(options.runs, SEARCH, str(folder), query)
            lines.append(f"{query:32} {taken * 1000:6.0f} ms  {taken / base:5.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
