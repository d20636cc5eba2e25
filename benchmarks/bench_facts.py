"""What finding all facts costs, as a share of spaCy's blank Danish tokenizer over the same texts, in one run.

    python benchmarks/bench_facts.py [FILE ...]

Debates (Folketinget, `../shared/data/text`, cut into speeches where a time of day is printed), minutes (two invented
papers beside this file, with the prose that real ones have between their figures) and the samples' minutes, which are
little but facts; or the plain text of each FILE. Long texts are cut at blank lines into pieces of some thousand
characters. Processor time, the best of five rounds; finders and tokenizer take turns on the same texts, so that another
load on the machine meets both. The finders run as in an extraction, from the text of a part on; reading, cutting into
parts and tables are left out.
"""

from __future__ import annotations

import datetime as dt
import gc
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from pipeline.context import Context
from pipeline.extract import FACTS_AFTER_FIGURES, FACTS_BEFORE_FIGURES, FIGURES, extract_bytes, find_facts
from pipeline.language import Prose

ROOT = Path(__file__).parent.parent
DEBATES = ROOT.parent / "shared" / "data" / "text"
SAMPLES = ROOT / "corpus" / "samples"
MINUTES = Path(__file__).parent / "minutes"
ROUNDS = 5
MOST_CHARACTERS = 400_000
LONGEST_PART = 6_000
CONTEXT = Context(reference_date=dt.date(2023, 5, 5))
FINDERS = (*FACTS_BEFORE_FIGURES, *FIGURES, *FACTS_AFTER_FIGURES)


def debates() -> list[str]:
    """Speeches, until there are enough characters of them."""
    texts: list[str] = []
    for file in sorted(DEBATES.glob("*.txt")):
        for speech in re.split(r"(?=\nKl\. \d\d:\d\d)", file.read_text(encoding="utf-8")):
            texts += _pieces(speech)
    return _enough(texts)


def minutes(files: Sequence[Path]) -> list[str]:
    """The files in pieces, again and again until there are enough characters."""
    return _again([piece for file in files for piece in _pieces(file.read_text(encoding="utf-8"))])


def samples() -> list[str]:
    """The parts of the minutes and agendas among the samples."""
    named = [file for file in sorted(SAMPLES.iterdir()) if file.name.startswith(("referat", "dagsorden"))]
    read = [file for file in named if file.suffix in {".pdf", ".txt"}]
    return _again([part.text for file in read for part in extract_bytes(file.read_bytes(), file.name).parts])


def _again(texts: Sequence[str]) -> list[str]:
    return _enough([*texts] * (MOST_CHARACTERS // max(1, sum(map(len, texts))) + 1))


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for paragraph in re.split(r"(?<=\n\n)", text):
        if len(pieces[-1]) + len(paragraph) > LONGEST_PART:
            pieces.append("")
        pieces[-1] += paragraph
    return [piece for piece in pieces if piece.strip()]


def _enough(texts: Sequence[str]) -> list[str]:
    taken, size = [], 0
    for text in texts:
        if size > MOST_CHARACTERS:
            break
        taken.append(text)
        size += len(text)
    return taken


def seconds(run: Callable[[str], object], texts: Sequence[str]) -> float:
    """Processor time over the texts, once."""
    gc.collect()
    begin = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - begin


def _one_by_one(texts: Sequence[str]) -> dict[str, float]:
    """Processor time by finder, each on the words and digits that the ones before it asked for."""
    spent: dict[str, float] = {}
    for text in texts:
        prose = Prose(text)
        begin = time.process_time()
        _ = prose.words, prose.digits
        spent["words and digits"] = spent.get("words and digits", 0) + time.process_time() - begin
        context = CONTEXT
        for finder in FINDERS:
            begin = time.process_time()
            found = finder.find(prose, context)[0]
            name = finder.__name__.rpartition(".")[2]
            spent[name] = spent.get(name, 0) + time.process_time() - begin
            taken = tuple((record.start, record.end) for record in found)
            context = Context(
                reference_date=CONTEXT.reference_date,
                taken=context.taken if finder in FACTS_AFTER_FIGURES else context.taken + taken,
                found=context.found + tuple(found),
            )
    return spent


def measure(name: str, texts: Sequence[str]) -> None:
    if not texts:
        sys.stdout.write(f"{name}: no texts here\n")
        return
    tokenize = spacy.blank("da").make_doc

    def find(text: str) -> object:
        return find_facts(Prose(text), CONTEXT)

    rounds = [(seconds(tokenize, texts), seconds(find, texts), _one_by_one(texts)) for _ in range(ROUNDS)]
    tokens, facts = min(each[0] for each in rounds), min(each[1] for each in rounds)
    records = sum(len(find_facts(Prose(text), CONTEXT)[0]) for text in texts)
    size = sum(map(len, texts))
    lines = [
        f"{name}: {size:,} characters, {records:,} records",
        f"  tokenizer {size / tokens / 1e6:.2f} MB/s, all facts {size / facts / 1e6:.2f} MB/s: {facts / tokens:.2f}",
        *(f"    {step:18} {min(each[2][step] for each in rounds) / tokens:.3f}" for step in rounds[0][2]),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]]
    if files:
        measure("files", minutes(files))
        return
    measure("debates", debates())
    measure("minutes", minutes(sorted(MINUTES.glob("*.txt"))))
    measure("minutes of the samples, dense with facts", samples())


if __name__ == "__main__":
    main()
