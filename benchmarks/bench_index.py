"""What indexing costs beside tantivy fed with ready terms, and what a run's extraction costs, step by step.

    python benchmarks/bench_index.py [--documents 10000] [--extract 1000]

The first part indexes invented papers (danish_papers.py) as `akt ingest` does, then gives tantivy the same terms
ready-made, with as many threads and as much memory, and prints the ratio of the rates: by processor time, and by the
clock, in which tantivy's thread works beside Python where a core is free for it. Making the entries is measured twice:
as the words come, and once more when all are known. The second part reads and extracts papers in one process and
prints the share of each step.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from danish_papers import Papers
from search import TOGETHER, batched, build
from search_rivals import Tantivy

from corpus.identity import content_hash
from index.entry import drafts, finished
from index.streams import Streamer
from index.text import Analyser
from pipeline import extract
from pipeline.conversations.keys import message_keys
from pipeline.ingest.quotes import quotes
from pipeline.links.keys import link_keys

WAYS = {"processor": "by processor time", "wall": "by the clock"}
OPTIONS = extract.Options(in_blocks=True)


def indexing(scratch: Path, count: int) -> Iterator[str]:
    """The rate of indexing, and what the terms cost."""
    rival = Tantivy(scratch / "raw")
    clocks = build(scratch / "akt", "tantivy", Papers()(count), [rival])
    for way in ("processor", "wall"):
        akt, base = (getattr(clocks[name], way) / count * 1000 for name in ("Akt", rival.name))
        yield f"indexing {count} papers, {WAYS[way]}: {base / akt:.2f} of tantivy's rate with ready terms"
        yield f"  Akt {akt:.2f} ms a paper, tantivy {base:.2f} ms"
    streamer = Streamer(Analyser())
    papers = list(Papers()(min(count, 2000)))
    for when in ("as words come", "all words known"):
        begun = time.process_time()
        for lot in batched(iter(papers), TOGETHER):
            made = (draft for paper in lot for draft in drafts(paper, [paper.path]))
            list(finished(list(made), streamer))
        taken = time.process_time() - begun
        yield f"  entries of the first {len(papers)}, {when}: {taken / len(papers) * 1000:.2f} ms a paper"


class Steps:
    """Processor time by step."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = defaultdict(float)

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time added up."""

        def run(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return work(*given, **named)
            finally:
                self.taken[name] += time.process_time() - begun

        return run


def extraction(count: int) -> Iterator[str]:
    """The share of each step of reading and extracting, once everything is imported and warm."""
    texts = [paper.parts[0].text.encode() for paper in Papers()(count)]
    for text in texts[:20]:
        one(text, Steps())
    steps = Steps()
    begun = time.process_time()
    for text in texts:
        one(text, steps)
    whole = time.process_time() - begun
    yield f"reading and extracting {count} papers: {whole / count * 1000:.2f} ms a paper, of that"
    for name, taken in sorted(steps.taken.items(), key=lambda pair: -pair[1]):
        yield f"  {name}: {taken / whole:.0%}"


def one(data: bytes, steps: Steps) -> None:
    """One paper, each of the steps of :mod:`pipeline.extract` timed."""

    def guarded(problems: Any, step: str, run: Callable[[], Any], otherwise: Any) -> Any:
        return steps.timed(step, run)()

    reading = steps.timed("reading", extract.read_document)(data, "paper.txt", OPTIONS)
    with patch.object(extract, "_guard", guarded):
        made = extract.extract(reading, path="paper.txt", name=None, sha256=content_hash(data), options=OPTIONS)
    steps.timed("keys of messages", message_keys)(made, reading.pages)
    steps.timed("keys of links", link_keys)(made)
    steps.timed("quotations", quotes)(made.parts, made.records)


def tell(line: str) -> None:
    """At once: a run takes long."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--extract", type=int, default=1_000)
    options = parser.parse_args()
    for line in extraction(options.extract):
        tell(line)
    with tempfile.TemporaryDirectory() as folder:
        for line in indexing(Path(folder), options.documents):
            tell(line)


if __name__ == "__main__":
    main()
