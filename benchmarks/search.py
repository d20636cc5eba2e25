"""Akt's search on each of its engines against tantivy, SQLite FTS5 and Whoosh used plainly, in one run.

    python benchmarks/search.py [--documents 100000] [--whoosh-documents 2000] [--rounds 3] [--plot FILE.svg] [--keep F]

``--keep`` makes the indexes of Akt and tantivy in a folder, or asks those that are there; no other tool then.

Invented Danish papers (danish_papers.py), the same ones each time; eleven kinds of question, twenty of each. The rivals
get Akt's terms ready-made, so what is compared is what Akt adds: making the terms, planning, ranking by fields, putting
copies together, reading what a hit shows. All give ten hits and the number of all; snippets for one kind alone. Time
is processor time of the process, the best of the rounds for each question; the tools take turns at each question. What
is printed are ratios to tantivy in the same run (to Whoosh for Akt on Whoosh), and how long a whole search process
takes, as a ratio to one that only imports tantivy and click (by the clock).
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import itertools
import os
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from danish_papers import SEED, SIMPLE, Papers
from search_rivals import TEN, Fts5, Question, Rival, Tantivy, Whoosh

from corpus.model import Document
from index.build import IndexWriter
from index.engines.base import EngineName, Entry
from index.engines.tantivy import TantivyReader
from index.search import Options, Searcher
from index.text import Analyser, fold

LOT = 5000  # as many as a run that makes an index anew commits at a time
# So many are put in together, as in a run (of 1,000,000 letters).
TOGETHER = 250
EACH = 20
KINDS = (
    "common word", "rare word", "two words", "phrase", "prefix", "fuzzy", "amount", "date", "facet", "snippets",
    "sort by date",
)  # fmt: skip
SAME = "tantivy asked as Akt asks"
BASELINE = "import tantivy, click"
SEARCH = "import sys; from pathlib import Path; from index.search import search; search(Path(sys.argv[1]), sys.argv[2])"
COLD = ("kommunen", "kommunen borgere", '"kommunen og"', "pleje*", "kommunen amount:>=1mio", "findesikke")
FILTERS = {"amount": " amount:>=1mio", "date": " date:2020"}


class Clock:
    """Processor and wall time of a tool, added up."""

    def __init__(self) -> None:
        self.processor = self.wall = 0.0

    def time(self, work: Callable[[], Any]) -> Any:
        """What the work gives."""
        processor, wall = time.process_time(), time.perf_counter()
        done = work()
        self.processor += time.process_time() - processor
        self.wall += time.perf_counter() - wall
        return done


class Recorder:
    """An engine's writer that keeps the entries it is given, for the rivals."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """See :class:`index.engines.base.Writer`."""
        self.entries.append(entry)
        self._writer.add(entry)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


def build(folder: Path, engine: EngineName, documents: Iterator[Document], rivals: Sequence[Rival]) -> dict[str, Clock]:
    """Index the same documents with Akt, then with its rivals, one after another.

    Not in turn: tantivy works in a thread of its own, and would do so while another's clock runs.
    """
    clocks: dict[str, Clock] = defaultdict(Clock)
    akt = clocks["Akt"]
    writer = IndexWriter(folder, engine)
    recorder = Recorder(writer._writer)
    writer._writer = recorder
    with tempfile.TemporaryFile() as spool:
        for lot in batched(documents, LOT):
            akt.time(partial(replace_all, writer, lot))
            akt.time(writer.commit)
            pickle.dump(recorder.entries, spool)
            recorder.entries = []
        akt.time(writer.join_pieces)
        akt.time(writer.close)
        spool.seek(0)
        entries = list(spooled(spool))
    gc.freeze()
    for rival in rivals:
        clocks[rival.name].time(partial(rival.add, entries))
        clocks[rival.name].time(rival.finish)
    return clocks


def spooled(spool: IO[bytes]) -> Iterator[Entry]:
    """The entries of a file of pickled lots."""
    with contextlib.suppress(EOFError):
        while True:
            yield from pickle.load(spool)


def replace_all(writer: IndexWriter, documents: list[Document]) -> None:
    """Index a lot, some at a time as a run does."""
    for lot in batched(iter(documents), TOGETHER):
        writer.replace_all((one, [one.path]) for one in lot)


def batched(documents: Iterator[Document], size: int) -> Iterator[list[Document]]:
    """Lists of so many, the last one shorter."""
    while lot := list(itertools.islice(documents, size)):
        yield lot


def questions(papers: Papers) -> Iterator[tuple[str, str, Question]]:
    """Kind, query for Akt, question for the others."""
    draw = random.Random(SEED)
    word = Analyser().word
    common = papers.compounds[5:200]
    for kind in KINDS:
        for number in range(EACH):
            one, other = draw.sample(common, 2)
            if kind == "rare word":
                one = draw.choice(papers.compounds[5000:20000])
            if kind == "common word":
                one = papers.compounds[number]
            lemmas = tuple(word(form).lemmas[0] for form in (one, other))
            match kind:
                case "two words":
                    yield kind, f"{one} {other}", Question(kind, lemmas)
                case "phrase":
                    pair = draw.sample(SIMPLE[:30], 2)
                    yield kind, '"{} {}"'.format(*pair), Question(kind, tuple(map(fold, pair)))
                case "prefix":
                    yield kind, f"{one[:6]}*", Question(kind, (fold(one[:6]),))
                case "fuzzy":
                    slip = one[:3] + one[4:]
                    yield kind, f"{slip}~1", Question(kind, (fold(slip),))
                case "snippets":
                    yield kind, one, Question(kind, (fold(one),))
                case _:
                    yield kind, one + FILTERS.get(kind, ""), Question(kind, lemmas[:1])


def ask_akt(searcher: Searcher, kind: str, query: str) -> int:
    """The first ten hits and the number of all, as the others give them: snippets only where they cut some too."""
    asked: Options = {"all_words": True, "snippets": int(kind == "snippets")}
    if kind == "facet":
        asked["facets"] = ["committee"]
    if kind == "sort by date":
        asked["sort"] = "-date"
    return searcher.search(query, **asked).total


def ask_bare(searcher: Searcher, kind: str, query: str) -> int | None:
    """tantivy asked in the terms, fields and weights that Akt asks in, and nothing more; no snippets."""
    reader = searcher._reader
    if not isinstance(reader, TantivyReader) or kind == "snippets":
        return None
    asked = reader._translated(searcher.plan(query).all, ranked=kind != "sort by date")
    if kind == "facet":
        reader._searcher.aggregate(asked, {"c": {"terms": {"field": "facet_committee", "size": TEN}}})
    order = {"order_by_field": "sort_date"} if kind == "sort by date" else {}
    return int(reader._searcher.search(asked, TEN, **order).count)  # type: ignore[attr-defined,arg-type]


def measure(
    searcher: Searcher, rivals: Sequence[Rival], asked: Sequence[tuple[str, str, Question]], rounds: int
) -> dict[str, dict[str, list[float]]]:
    """Seconds by tool and kind, a number for each question."""
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, query, question in asked:
        tools: dict[str, Callable[[], int | None]] = {"Akt": partial(ask_akt, searcher, kind, query)}
        tools |= {rival.name: partial(rival.ask, question) for rival in rivals}
        tools[SAME] = partial(ask_bare, searcher, kind, query)
        best = dict.fromkeys(tools, float("inf"))
        for _ in range(rounds):
            for name, ask in tools.items():
                begun = time.process_time()
                known = ask() is not None
                best[name] = min(best[name], time.process_time() - begun) if known else best[name]
        for name, taken in best.items():
            if taken < float("inf"):
                times[name][kind].append(taken)
    return times


def ninety_five(values: list[float]) -> float:
    """The value that 95 of 100 stay below."""
    return sorted(values)[int(len(values) * 0.95) - 1]


def table(times: dict[str, dict[str, list[float]]], base: str) -> Iterator[str]:
    """A row for each kind: p50 and p95 of the base in ms, and of the others as multiples of them."""
    names = [name for name in times if name != base]
    yield f"| | {base}, ms p50 / p95 | " + " | ".join(f"{name}, times" for name in names) + " |"
    yield "| --- |" + " --- |" * (len(names) + 1)
    for kind in KINDS:
        known = times[base][kind]
        middle, high = statistics.median(known), ninety_five(known)
        cells = [f"{middle * 1000:.2f} / {high * 1000:.2f}"]
        for name in names:
            values = times[name].get(kind)
            cells.append(
                f"{statistics.median(values) / middle:.1f} / {ninety_five(values) / high:.1f}" if values else ""
            )
        yield f"| {kind} | " + " | ".join(cells) + " |"


def rates(clocks: dict[str, Clock], count: int, base: str) -> Iterator[str]:
    """How fast each tool indexed."""
    for name, clock in clocks.items():
        wall, processor = clocks[base].wall / clock.wall, clocks[base].processor / clock.processor
        rate = f"{wall:.2f} of {base}'s rate ({processor:.2f} by processor time)"
        yield f"- indexing, {name}: {count / clock.wall:.0f}/s, {rate}"


def run(scratch: Path, engine: EngineName, count: int, rivals: Sequence[Rival], rounds: int) -> dict[str, Any]:
    """Build, ask, print."""
    clocks = build(scratch / engine, engine, Papers()(count), rivals)
    sys.stdout.write("\n".join([f"\n{count} documents, Akt on {engine}\n", *rates(clocks, count, rivals[0].name), ""]))
    return asked(scratch, engine, rivals, rounds)


def asked(scratch: Path, engine: EngineName, rivals: Sequence[Rival], rounds: int) -> dict[str, Any]:
    """Ask indexes that are there, print."""
    searcher = Searcher(scratch / engine)
    times = measure(searcher, rivals, list(questions(Papers())), rounds)
    lines = ["", *table(times, rivals[0].name)]
    searcher.close()
    lines += ["", *cold(scratch / engine, rounds)]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    return times


def kept(folder: Path, count: int, rounds: int) -> dict[str, Any]:
    """Ask the indexes in a folder, which are made where there are none."""
    if (folder / "raw").is_dir():
        return asked(folder, "tantivy", [Tantivy.made_before(folder / "raw")], rounds)
    folder.mkdir(parents=True, exist_ok=True)
    return run(folder, "tantivy", count, [Tantivy(folder / "raw")], rounds)


def cold(index: Path, rounds: int) -> Iterator[str]:
    """Whole processes: a search each, against an import."""
    base = process_time(rounds, BASELINE)
    yield f"- cold, python -c {BASELINE!r}: {base * 1000:.0f} ms"
    for query in COLD:
        yield f"- cold, {query}: {process_time(rounds, SEARCH, str(index), query) / base:.2f} times that"


def process_time(rounds: int, code: str, *arguments: str) -> float:
    """Median seconds of a process, after one that is not counted.

    With what Python keeps of modules that it has compiled, as with whoever searches twice: where it is told to keep
    nothing, compiling the modules takes as long as all the rest.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    clock = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        asked = [sys.executable, "-W", "ignore", "-c", code, *arguments]
        subprocess.run(asked, check=True, capture_output=True, env=kept)
        clock.append(time.perf_counter() - begun)
    return statistics.median(clock[1:])


def plot(times: dict[str, dict[str, list[float]]], target: Path) -> None:
    """p95 of each kind as a multiple of tantivy's."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5))
    names = [name for name in times if name != "tantivy"]
    for place, name in enumerate(names):
        kinds = [number for number, kind in enumerate(KINDS) if times[name].get(kind)]
        bars = [ninety_five(times[name][KINDS[n]]) / ninety_five(times["tantivy"][KINDS[n]]) for n in kinds]
        axes.barh([n + (place - 0.5) * 0.4 for n in kinds], bars, height=0.4, label=name)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set(xscale="log", xlabel="p95, times tantivy's", yticks=range(len(KINDS)), yticklabels=KINDS)
    axes.invert_yaxis()
    axes.legend()
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None})


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description="Akt's search beside others'.")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--whoosh-documents", type=int, default=2_000, help="0: without Whoosh")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the indexes of Akt and tantivy, which are used again")
    options = parser.parse_args()
    if options.keep:
        times = kept(options.keep, options.documents, options.rounds)
        if options.plot:
            plot(times, options.plot)
        return
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        rivals: list[Rival] = [Tantivy(scratch / "raw"), Fts5(scratch / "fts")]
        times = run(scratch, "tantivy", options.documents, rivals, options.rounds)
        if options.plot:
            plot(times, options.plot)
        if options.whoosh_documents:
            run(scratch, "whoosh", options.whoosh_documents, [Whoosh(scratch / "plain")], options.rounds)


if __name__ == "__main__":
    main()
