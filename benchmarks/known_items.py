"""Known-item searches: is a passage found again by words that do not stand in it as they are typed?

    python benchmarks/known_items.py FOLDER [--queries 60] [--seed 1] [--show]

FOLDER holds plain Danish texts (.txt); a text is cut into speeches where the clock is printed ("Kl. 10:15"), or else
at empty lines. Passages are drawn at random, and their queries made by a blind rule that knows neither a dictionary nor
Akt's splitter: three or four of the passage's rarer words, each in another form that the texts have (same beginning,
another Danish ending); in every second query one is a compound, given by its parts (two words of the texts, with or
without -s- or -e- between) beside two more words. Prints MRR@10 for Akt and for tantivy with its own Danish stemmer
(Snowball), BM25 and OR.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import tantivy

from corpus.model import Body, Document
from index.build import IndexWriter
from index.search import open_index

CLOCK = re.compile(r"\s*Kl\. \d{1,2}[:.]\d{2}\s*")
WORD = re.compile(r"[^\W\d_]+")
ENDINGS = ("", "e", "en", "et", "er", "ene", "erne", "s", "ens", "ets", "ernes", "t", "ede", "te", "r")
SHORTEST_PASSAGE, SHORTEST_WORD, SHORTEST_STEM = 60, 6, 5
RAREST, COMMONEST = 2, 0.02
# A first part, a last part (longer, lest it be an ending), and in how many passages each is a word of its own.
SHORTEST_HEAD, SHORTEST_TAIL, PART_IN = 4, 5, 10
WORDS, BESIDE_PARTS = (3, 4), 2
BEST = 10


class Item(NamedTuple):
    """A query and the number of the passage it was made from."""

    query: str
    passage: int
    compound: bool


class Words:
    """The words of all passages, and in how many passages each is."""

    def __init__(self, passages: list[str]) -> None:
        self.passages = [frozenset(WORD.findall(passage.lower())) for passage in passages]
        self.held = Counter(word for words in self.passages for word in words)

    def other_form(self, word: str, draw: random.Random) -> str | None:
        """Another form of the word that the texts have."""
        forms = {
            word[: len(word) - len(ending)] + other
            for ending in ENDINGS
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM
            for other in ENDINGS
        }
        known = sorted(form for form in forms if form in self.held and form != word)
        return draw.choice(known) if known else None

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two words that a compound is made of, the most common ones; None where it is not made of two."""
        found = []
        for cut in range(SHORTEST_HEAD, len(word) - SHORTEST_TAIL + 1):
            head, tail = word[:cut], word[cut:]
            if head[-1] in "se" and self.held[head[:-1]] > self.held[head]:
                head = head[:-1]
            if len(head) >= SHORTEST_HEAD and min(self.held[head], self.held[tail]) >= PART_IN:
                found.append((min(self.held[head], self.held[tail]), head, tail))
        return max(found)[1:] if found else None


def passages(folder: Path) -> list[str]:
    """The speeches or paragraphs of all texts that are long enough."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found += CLOCK.split(text) if CLOCK.search(text) else re.split(r"\n\s*\n", text)
    return [passage for passage in dict.fromkeys(found) if len(WORD.findall(passage)) >= SHORTEST_PASSAGE]


def items(texts: list[str], count: int, seed: int) -> Iterator[Item]:
    """The queries, every second one with a compound by its parts."""
    draw = random.Random(seed)
    words = Words(texts)
    order = list(range(len(texts)))
    draw.shuffle(order)
    made = 0
    for number in order:
        item = _item(words, number, draw, compound=made % 2 == 1)
        if item is not None:
            yield item
            made += 1
        if made == count:
            return


def _item(words: Words, number: int, draw: random.Random, *, compound: bool) -> Item | None:
    most = COMMONEST * len(words.passages)
    rare = sorted(
        word for word in words.passages[number] if len(word) >= SHORTEST_WORD and RAREST <= words.held[word] <= most
    )
    draw.shuffle(rare)
    typed: list[str] = []
    if compound:
        made = next(((word, parts) for word in rare if (parts := words.parts(word))), None)
        if made is None or any(part in words.passages[number] for part in made[1]):
            return None
        typed += made[1]
        rare.remove(made[0])
    size = len(typed) + BESIDE_PARTS if compound else draw.choice(WORDS)
    for word in rare:
        form = words.other_form(word, draw)
        if form is not None and form not in words.passages[number] and len(typed) < size:
            typed.append(form)
    return Item(" ".join(typed), number, compound) if len(typed) == size else None


def rank(found: list[int], wanted: int) -> float:
    """One over the place of what is wanted among the best; 0 where it is not there."""
    return 1 / (found.index(wanted) + 1) if wanted in found else 0.0


def akt(texts: list[str], folder: Path) -> Callable[[str], list[int]]:
    """A search in an index of Akt's."""
    with IndexWriter(folder) as writer:
        for number, text in enumerate(texts):
            name = f"{number}"
            document = Document(
                path=name, sha256=sha256(name.encode()).hexdigest(), media_type="text/plain", reader="text/1",
                extractor_version="1", parts=[Body(index=0, title=None, text=text)],
            )  # fmt: skip
            writer.replace(document, [name])

    def search(query: str) -> list[int]:
        with open_index(folder) as searcher:
            return [int(hit.path) for hit in searcher.search(query, limit=BEST).hits]

    return search


def snowball(texts: list[str]) -> Callable[[str], list[int]]:
    """A search in an index of tantivy's with its own Danish: Snowball stems, BM25, any of the words."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    danish = analyzer.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("danish")).build()
    schema = tantivy.SchemaBuilder().add_text_field("body", tokenizer_name="danish")
    index = tantivy.Index(schema.add_unsigned_field("number", stored=True).build())
    index.register_tokenizer("danish", danish)
    writer = index.writer(num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(body=text, number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[int]:
        hits = searcher.search(index.parse_query(query, ["body"]), BEST).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return search


def main() -> None:
    """Draws, searches, prints."""
    parser = argparse.ArgumentParser(description="Known-item searches over plain Danish texts.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print each query with its ranks")
    options = parser.parse_args()
    texts = passages(options.folder)
    asked = list(items(texts, options.queries, options.seed))
    lines = [f"{len(texts)} passages, {len(asked)} queries, seed {options.seed}"]
    with tempfile.TemporaryDirectory() as scratch:
        for name, search in (("Akt", akt(texts, Path(scratch, "index"))), ("Snowball, OR", snowball(texts))):
            ranks = [rank(search(item.query), item.passage) for item in asked]
            plain = [value for value, item in zip(ranks, asked, strict=True) if not item.compound]
            compounds = [value for value, item in zip(ranks, asked, strict=True) if item.compound]
            means = [statistics.mean(values) for values in (ranks, plain, compounds)]
            lines.append(f"{name:14} MRR@10 {means[0]:.3f}   plain {means[1]:.3f}   compounds {means[2]:.3f}")
            if options.show:
                lines += [f"  {value:.2f} {item.query}" for value, item in zip(ranks, asked, strict=True)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
